/* needs: portal pay */
/* Who sees whose: every route of people, as the programs themselves list
 * them, walked by everybody who must not see what the owner has, with the ids
 * of the owner's objects and with ids of nothing.  The owner's data are marked
 * (owner_world.sql); the marks never come to others, what is the owner's is
 * answered exactly as what there is not, and a form about it changes nothing.
 * A route whose id has no object there fails.  Then single checks are taken
 * out of the database, and the walk must find each. */
#include "harness.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "bills.h"
#include "owner_routes.h"
#include "owner_world.h"
#include "support/fixture.h"

/* A walk that is shorter than this walks past something. */
enum { OWNED_MIN = 50, MARKED_MIN = 12, ASKED_MIN = 3000 };

/* What others never see; the first also not who may see the account. */
static const char *const marks[] = {"MAGPIE", "CANARY", "73,519.46", "7351946"};

static struct sm_walk_who owner = {.name = "owner", .session = "owner"};
static struct sm_walk_who program = {.name = "owner", .token = "owner"};
static struct sm_walk_who code = {.name = "owner", .session = "owner.code"};
static struct sm_walk_who change = {.name = "owner", .session = "owner.change"};
static struct sm_walk_who others[] = {
    {.name = "nobody"},
    {.name = "another customer", .session = "other"},
    {.name = "delegate who sees", .session = "seer", .sees = true},
    {.name = "delegate whose right ended", .session = "late"},
    {.name = "delegate of the owner's other account", .session = "cousin"},
    {.name = "holder who waits for a yes", .session = "asked"},
    {.name = "owner before the code", .session = "owner.code"},
    {.name = "owner before the new password", .session = "owner.change"},
    {.name = "owner's ended session", .session = "owner.ended"},
    {.name = "owner's idle session", .session = "owner.idle"},
    {.name = "another's token", .token = "other"},
    {.name = "token of one whose right ended", .token = "late"},
    {.name = "owner's token past its end", .token = "owner.past"},
    {.name = "owner's revoked token", .token = "owner.revoked"},
};

static struct sm_site portal, pay;
static struct sm_walk walk;
static char base[SM_WALK_STATE], owned[SM_WALK_STATE]; /* before each form */
static int asked, leaks, marked;
static bool planted; /* leaks are expected */

/* ---- asking */

/* Cross out what differs from one request to the next by itself. */
static void cross_out_of(char *text)
{
    static const char *const fields[] = {
        "name=\"csrf\" value=\"",
        "name=\"once\" value=\"",
        "name=\"once_key\" value=\"",
    };
    char *at;

    for (int i = -1; i < walk.nobjects; i++) {
        const char *id = i < 0 ? sm_walk_nothing : walk.objects[i].id;

        for (at = text; (at = strstr(at, id)) != NULL;)
            memset(at, 'X', strlen(id));
    }
    for (size_t i = 0; i < SM_COUNT(fields); i++) {
        for (at = text; (at = strstr(at, fields[i])) != NULL;) {
            at += strlen(fields[i]);
            memset(at, 'X', strcspn(at, "\""));
        }
    }
}

static void cross_out(struct sm_answer *answer)
{
    if (answer->http == 0)
        return;
    cross_out_of(answer->head);
    cross_out_of(answer->body);
}

static const struct sm_site *site_of(const struct sm_walk_route *route)
{
    return strcmp(route->program, "pay") == 0 ? &pay : &portal;
}

static void ask(struct sm_answer *out, const struct sm_walk_who *who,
                const struct sm_walk_route *route,
                const struct sm_walk_fill *fill, bool post)
{
    struct sm_buf path, form;
    struct sm_ask request = {
        .method = post ? "POST" : "GET",
        .origin = post ? SM_SITE_ORIGIN : NULL,
        .cookie = who->cookie,
        .header = who->bearer,
    };

    sm_buf_init(&path, 8192);
    sm_buf_init(&form, 8192);
    sm_walk_path(&path, &walk, route, fill, post);
    if (post) {
        sm_buf_addf(&form, "csrf=%s&website=",
                    strcmp(route->auth, "customer") == 0 ? who->form_token
                                                         : who->guest_token);
        sm_walk_form(&form, &walk, route, fill);
    }
    assert_true(sm_buf_ok(&path) && sm_buf_ok(&form));
    request.path = path.data;
    request.body = post ? form.data : NULL;
    sm_site_ask(out, site_of(route), &request);
    cross_out(out);
    asked++;
    sm_buf_release(&path);
    sm_buf_release(&form);
}

/* OWN: only what is nobody's but the owner's. */
static const char *mark_in(const struct sm_answer *answer, bool own)
{
    for (size_t i = 0; i < (own ? 1 : SM_COUNT(marks)); i++)
        if (strcasestr(answer->head, marks[i]) ||
            strcasestr(answer->body, marks[i]))
            return marks[i];
    return NULL;
}

/* ---- what is wrong */

static void leak(const struct sm_walk_who *who,
                 const struct sm_walk_route *route, bool post, const char *what,
                 const char *one, const char *two)
{
    leaks++;
    if (!planted)
        print_message("%s %s by %s: %s\n%s\n%s\n", post ? "POST" : "GET",
                      route->path, who->name, what, one, two);
}

static void begin_state(void)
{
    sm_test_sql("SELECT walk.enter()");
    sm_walk_state(base, false);
    sm_walk_state(owned, true);
}

/* The line of NOW, which it ends, where it begins to differ from BEFORE. */
static const char *first_changed(const char *before, char *now)
{
    size_t at = 0;

    while (before[at] && before[at] == now[at])
        at++;
    now[at + strcspn(now + at, "\n")] = '\0';
    while (at > 0 && now[at - 1] != '\n')
        at--;
    return now + at;
}

/* The form changed nothing of the owner's, and if it must not be there for
 * WHO (REFUSED), nothing at all. */
static void check_state(const struct sm_walk_who *who,
                        const struct sm_walk_route *route, bool refused)
{
    char now[SM_WALK_STATE];

    sm_walk_state(now, false);
    if (strcmp(now, base) == 0)
        return;
    if (!refused)
        sm_walk_state(now, true);
    if (strcmp(now, refused ? base : owned) != 0)
        leak(who, route, true, "something changed",
             first_changed(refused ? base : owned, now), "");
    begin_state();
}

/* Who may see an account may know what this round of ROUTE is about. */
static bool is_open(const struct sm_walk_who *who,
                    const struct sm_walk_route *route, int round)
{
    for (int i = 0; i < route->ninputs; i++) {
        const struct sm_walk_object *object =
            route->inputs[i].is_id
                ? sm_walk_object(&walk, route, &route->inputs[i], round)
                : NULL;

        if (object && strcmp(object->sight, "see") != 0)
            return false;
    }
    return who->sees;
}

static bool differ(const struct sm_answer *one, const struct sm_answer *two)
{
    return one->http != two->http || one->len != two->len ||
           strcmp(one->head, two->head) != 0 ||
           memcmp(one->body, two->body, one->len) != 0;
}

static void check_same(const struct sm_walk_who *who,
                       const struct sm_walk_route *route, bool post,
                       const struct sm_answer *theirs,
                       const struct sm_answer *none)
{
    if (differ(theirs, none)) {
        leak(who, route, post, "what is there differs from what is not",
             theirs->head, none->head);
        if (!planted)
            print_message("%s\n---\n%s\n", theirs->body, none->body);
    }
}

static void check_one(const struct sm_walk_who *who,
                      const struct sm_walk_route *route, bool post,
                      const struct sm_answer *answer, bool open)
{
    const char *mark = mark_in(answer, open);

    if (mark)
        leak(who, route, post, mark, answer->head, answer->body);
    if (answer->http == 0 || answer->http >= 500)
        leak(who, route, post, "failed", answer->head, "");
}

/* Ask for the owner's and for nothing. */
static void check(const struct sm_walk_who *who,
                  const struct sm_walk_route *route, bool post,
                  struct sm_walk_fill fill)
{
    bool about = sm_walk_rounds(&walk, route) > 0;
    bool open = is_open(who, route, fill.round);
    struct sm_answer theirs, none;

    if (post)
        sm_test_sql("DELETE FROM ops.budget");
    fill.real = true;
    ask(&theirs, who, route, &fill, post);
    check_one(who, route, post, &theirs, open);
    if (about) {
        fill.real = false;
        ask(&none, who, route, &fill, post);
        check_one(who, route, post, &none, open);
        if (!open)
            check_same(who, route, post, &theirs, &none);
        sm_answer_free(&none);
    }
    sm_answer_free(&theirs);
    if (post)
        check_state(who, route, about && !open && !fill.all);
}

/* ROUTE is the one on which WHO gets all the way in. */
static bool is_step(const struct sm_walk_who *who,
                    const struct sm_walk_route *route)
{
    const char *stage = who->session ? strchr(who->session, '.') : NULL;

    return *route->stage && stage && strcmp(stage + 1, route->stage) == 0;
}

/* Walk the routes that begin with PREFIX. */
static void walk_others(const char *prefix)
{
    asked = leaks = 0;
    begin_state();
    for (int i = 0; i < walk.nroutes; i++) {
        const struct sm_walk_route *route = &walk.routes[i];
        int rounds = sm_walk_rounds(&walk, route);

        if (strncmp(route->path, prefix, strlen(prefix)) != 0)
            continue;
        for (size_t w = 0; w < SM_COUNT(others); w++) {
            if (is_step(&others[w], route))
                continue;
            /* a page that is about nothing must not show it either */
            for (int n = 0; n < (rounds ? rounds : 1); n++) {
                struct sm_walk_fill fill = {.round = n};

                if (route->get)
                    check(&others[w], route, false, fill);
                if (route->post)
                    check(&others[w], route, true, fill);
                fill.all = true;
                if (route->post)
                    check(&others[w], route, true, fill);
            }
        }
    }
}

/* ---- the tests */

static const struct sm_walk_who *owner_of(const struct sm_walk_route *route)
{
    if (strcmp(route->auth, "token") == 0)
        return &program;
    if (strcmp(route->stage, "code") == 0)
        return &code;
    return strcmp(route->stage, "change") == 0 ? &change : &owner;
}

/* It is about something that an id names; IN_PATH: of its address. */
static bool is_about(const struct sm_walk_route *route, bool in_path)
{
    for (int i = 0; i < route->ninputs; i++)
        if (route->inputs[i].is_id && (route->inputs[i].in_path || !in_path) &&
            strcmp(sm_walk_object(&walk, route, &route->inputs[i], 0)->sight,
                   "secret") != 0)
            return true;
    return false;
}

/* The owner does see it, or the walk would prove nothing. */
static void check_owner(const struct sm_walk_route *route, int round)
{
    struct sm_walk_fill fill = {.round = round, .real = true};
    const struct sm_walk_who *who = owner_of(route);
    struct sm_answer answer, none;
    char to[512];

    ask(&answer, who, route, &fill, false);
    sm_answer_header(&answer, "Location", to, sizeof(to));
    if (answer.http != 200 && (answer.http != 303 || strstr(to, "/login")))
        leak(who, route, false, "is refused", answer.head, answer.body);
    marked += mark_in(&answer, false) != NULL;
    fill.real = false;
    ask(&none, who, route, &fill, false);
    /* an address that only leads to another one shows nothing */
    if (answer.http == 200 && strcmp(route->auth, "public") != 0 &&
        is_about(route, true) && !differ(&answer, &none))
        leak(who, route, false, "is as nothing", answer.head, answer.body);
    sm_answer_free(&answer);
    sm_answer_free(&none);
}

static void test_owner(void **state)
{
    (void)state;
    asked = leaks = 0;
    begin_state();
    for (int i = 0; i < walk.nroutes; i++)
        for (int n = 0;
             walk.routes[i].get && is_about(&walk.routes[i], false) &&
             n < sm_walk_rounds(&walk, &walk.routes[i]);
             n++)
            check_owner(&walk.routes[i], n);
    print_message("%d pages of the owner, %d marked\n", asked, marked);
    assert_int_equal(leaks, 0);
    assert_true(asked >= OWNED_MIN);
    assert_true(marked >= MARKED_MIN);
}

static void test_others(void **state)
{
    (void)state;
    walk_others("");
    print_message("%d routes, %zu others, %d requests\n", walk.nroutes,
                  SM_COUNT(others), asked);
    assert_int_equal(leaks, 0);
    assert_true(asked >= ASKED_MIN);
}

/* A check that is taken out, the routes on which that shows, and how the
 * function was before. */
static void test_planted(void **state)
{
    static const struct {
        const char *what, *path, *sql;
    } plants[] = {
        {"rows of bills", "/invoices",
         "ALTER POLICY customer ON billing.document USING (true)"},
        {"the end of a delegate's right", "/invoices",
         "SELECT walk.without('auth.rights', ' AND r.ends_at > p_now')"},
        {"whose session is ended", "/account/sessions",
         "SELECT walk.without('auth.session_end', "
         "'s.login_id = v_session.login_id AND ')"},
        {"whose delegate is ended", "/settings/people",
         "SELECT walk.without('auth.people_end', "
         "' AND r.account_id = ANY (v_mine)')"},
        {"whose file of readings it was", "/meters/file",
         "SELECT walk.without('meter.file_sent', "
         "'c.account_id = ANY (p_accounts) AND ')"},
        {"the end of a token", "/api",
         "SELECT walk.without('auth.token_live', "
         "'t.ends_at > p_now AND ')"},
        {"which browser opened a bill", "/pay/{handle}",
         "SELECT walk.without('pay.guest_bill', "
         "'h.browser_hash = p_browser_hash AND ')"},
    };

    (void)state;
    planted = true;
    for (size_t i = 0; i < SM_COUNT(plants); i++) {
        sm_test_sql(plants[i].sql);
        walk_others(plants[i].path);
        print_message("without %s: %d found\n", plants[i].what, leaks);
        if (leaks == 0)
            fail_msg("the walk does not miss %s", plants[i].what);
        sm_test_sql("SELECT walk.mend()");
    }
    planted = false;
    walk_others("/invoices");
    assert_int_equal(leaks, 0);
}

static int start(void **state)
{
    static const char limits[] =
        "limit.lookups_per_address = 100000\nlimit.lookups_global = 1000000\n"
        "limit.login_failures_per_address = 100000\n"
        "limit.mail_global = 1000000\n"
        "limit.failures_per_identifier = 1000\n";
    static const char processor[] =
        "stripe.base_url = http://127.0.0.1:1\nstripe.secret_key = sk_test_1\n"
        "stripe.webhook_secret = whsec_test_secret\n";

    (void)state;
    sm_bills_schema();
    sm_walk_world();
    sm_site_start(&portal, "portal", limits, NULL);
    sm_site_start(&pay, "pay", processor,
                  (const char *const[]){"--instance", "pay", NULL});
    sm_walk_add(&walk, "portal");
    sm_walk_add(&walk, "pay");
    sm_walk_objects(&walk);
    sm_walk_arrive(&owner, &portal);
    sm_walk_arrive(&program, &portal);
    sm_walk_arrive(&code, &portal);
    sm_walk_arrive(&change, &portal);
    for (size_t i = 0; i < SM_COUNT(others); i++)
        sm_walk_arrive(&others[i], &portal);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    sm_walk_state_end();
    sm_site_stop(&pay);
    sm_site_stop(&portal);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_owner),
        cmocka_unit_test(test_others),
        cmocka_unit_test(test_planted),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
