#include "owner_routes.h"

#include "harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/text.h"
#include "payer.h"
#include "json/json.h"

enum { TEXT_MAX = 1 << 20 };

const char sm_walk_nothing[] = "aaaaaaaaaaaaaaaaaaaaaaaaaa";

static void copy(char *out, size_t size, const struct sm_json *value,
                 const char *key)
{
    const char *text = sm_json_str(value, key);

    snprintf(out, size, "%s", text ? text : "");
}

static void read_input(struct sm_walk_input *out, const struct sm_json *json,
                       const char *path)
{
    char part[64];

    copy(out->name, sizeof(out->name), json, "name");
    copy(out->type, sizeof(out->type), json, "type");
    copy(out->first, sizeof(out->first), json, "choices");
    out->first[strcspn(out->first, "|")] = '\0';
    assert_int_equal(sm_json_int(&out->min, json, "min"), SM_OK);
    assert_int_equal(sm_json_int(&out->max, json, "max"), SM_OK);
    out->required = sm_json_true(json, "required");
    snprintf(part, sizeof(part), "{%s}", out->name);
    out->in_path = strstr(path, part) != NULL;
    out->is_id = strcmp(out->type, "id") == 0 ||
                 strcmp(out->type, "token") == 0;
}

static void read_route(struct sm_walk_route *out, const struct sm_json *json)
{
    const struct sm_json *list = sm_json_at(json, "methods");

    copy(out->program, sizeof(out->program), json, "program");
    copy(out->path, sizeof(out->path), json, "path");
    copy(out->auth, sizeof(out->auth), json, "auth");
    copy(out->stage, sizeof(out->stage), json, "stage");
    out->plain = sm_json_true(json, "plain");
    out->personal = sm_json_true(json, "personal");
    for (const struct sm_json *item = sm_json_first(list); item;
         item = sm_json_next(item)) {
        out->get = out->get || strcmp(sm_json_str(item, ""), "GET") == 0;
        out->post = out->post || strcmp(sm_json_str(item, ""), "POST") == 0;
    }
    for (const struct sm_json *item = sm_json_first(sm_json_at(json, "inputs"));
         item; item = sm_json_next(item)) {
        assert_true(out->ninputs < SM_WALK_INPUTS);
        read_input(&out->inputs[out->ninputs++], item, out->path);
    }
}

void sm_walk_add(struct sm_walk *walk, const char *program)
{
    char *text = sm_program_output(
        program, (const char *const[]){"--routes", "--json", NULL});
    struct sm_arena *arena = sm_arena_new((size_t)TEXT_MAX * 8);
    const struct sm_json *routes;

    assert_int_equal(sm_json_parse(&routes, arena, text, strlen(text), NULL),
                     SM_OK);
    for (const struct sm_json *json = sm_json_first(routes); json;
         json = sm_json_next(json)) {
        struct sm_walk_route *route = &walk->routes[walk->nroutes];

        assert_true(walk->nroutes < SM_WALK_ROUTES);
        memset(route, 0, sizeof(*route));
        read_route(route, json);
        if (strcmp(route->auth, "signed") != 0 &&
            strcmp(route->auth, "loopback") != 0)
            walk->nroutes++;
    }
    sm_arena_free(arena);
    free(text);
}

void sm_walk_objects(struct sm_walk *walk)
{
    char *text = calloc(1, TEXT_MAX), *rest = text, *line;

    assert_non_null(text);
    sm_payer_sql(text, TEXT_MAX,
                 "SELECT string_agg(concat_ws(' ', coalesce(nullif(path, ''), "
                 "'-'), input, sight, coalesce(replace(id::text, '-', ''), "
                 "'-')), chr(10) ORDER BY path, input, id) FROM walk.object");
    while ((line = strsep(&rest, "\n")) != NULL) {
        struct sm_walk_object *out = &walk->objects[walk->nobjects++];
        uint8_t id[SM_ID_BYTES];
        char hex[40];

        assert_true(walk->nobjects <= SM_WALK_OBJECTS);
        assert_int_equal(sscanf(line, "%63s %39s %7s %39s", out->path,
                                out->input, out->sight, hex),
                         4);
        if (strcmp(out->path, "-") == 0)
            out->path[0] = '\0';
        snprintf(out->id, sizeof(out->id), "%s", sm_walk_nothing);
        if (strcmp(hex, "-") != 0) {
            assert_int_equal(sm_unhex(id, sizeof(id), hex), SM_OK);
            sm_id_format(out->id, id);
        }
    }
    free(text);
}

/* How well OBJECT fits: the length of its path plus one; 0: not at all. */
static size_t fits(const struct sm_walk_object *object,
                   const struct sm_walk_route *route,
                   const struct sm_walk_input *input)
{
    size_t len = strlen(object->path);

    if (strcmp(object->input, input->name) != 0 ||
        strncmp(object->path, route->path, len) != 0 ||
        (len > 0 && route->path[len] != '/' && route->path[len] != '\0'))
        return 0;
    return len + 1;
}

const struct sm_walk_object *sm_walk_object(const struct sm_walk *walk,
                                            const struct sm_walk_route *route,
                                            const struct sm_walk_input *input,
                                            int n)
{
    size_t best = 0;

    for (int i = 0; i < walk->nobjects; i++) {
        size_t fit = fits(&walk->objects[i], route, input);

        best = fit > best ? fit : best;
    }
    if (best == 0)
        fail_msg("%s takes %s, of which the walk knows no object: add one to "
                 "walk.object in owner_world.sql",
                 route->path, input->name);
    for (int i = 0; i < walk->nobjects; i++)
        if (fits(&walk->objects[i], route, input) == best && n-- == 0)
            return &walk->objects[i];
    return NULL;
}

int sm_walk_rounds(const struct sm_walk *walk,
                   const struct sm_walk_route *route)
{
    int most = 0;

    for (int i = 0; i < route->ninputs; i++) {
        int n = 0;

        if (!route->inputs[i].is_id)
            continue;
        while (sm_walk_object(walk, route, &route->inputs[i], n))
            n++;
        most = n > most ? n : most;
    }
    return most;
}

static const char *id_of(const struct sm_walk *walk,
                         const struct sm_walk_route *route,
                         const struct sm_walk_input *input,
                         const struct sm_walk_fill *fill)
{
    const struct sm_walk_object *object;

    if (!fill->real)
        return sm_walk_nothing;
    object = sm_walk_object(walk, route, input, fill->round);
    return (object ? object : sm_walk_object(walk, route, input, 0))->id;
}

/* A day in a month, which is what the short texts are. */
static void add_day(struct sm_buf *out)
{
    time_t at = time(NULL) + (time_t)30 * 86400;
    struct tm day;

    gmtime_r(&at, &day);
    sm_buf_addf(out, "%04d-%02d-%02d", day.tm_year + 1900, day.tm_mon + 1,
                day.tm_mday);
}

/* The year in which the owner's newest bill was issued. */
static void add_year(struct sm_buf *out)
{
    time_t at = time(NULL) - (time_t)5 * 86400;
    struct tm day;

    gmtime_r(&at, &day);
    sm_buf_addf(out, "%04d", day.tm_year + 1900);
}

/* Something that INPUT takes. */
static void add_plain(struct sm_buf *out, const struct sm_walk_input *input)
{
    static const char *const values[][2] = {
        {"bool", "1"},
        {"email", "x%40example.org"},
        {"phone", "%2B40722123456"},
        {"amount", "50.00"},
        {"invoice_no", "X-1"},
        {"client_code", "12345678"},
        {"payment_code", "NOBODYHAS001"},
        {"password", "not-the-password-7"},
        {"lang", "en"},
    };

    if (strcmp(input->type, "choice") == 0) {
        sm_buf_adds(out, input->first);
        return;
    }
    if (strcmp(input->name, "year") == 0) {
        add_year(out);
        return;
    }
    if (strcmp(input->type, "int") == 0) {
        sm_buf_addf(out, "%lld", (long long)(input->min > 1 ? input->min : 1));
        return;
    }
    for (size_t i = 0; i < SM_COUNT(values); i++) {
        if (strcmp(input->type, values[i][0]) == 0) {
            sm_buf_adds(out, values[i][1]);
            return;
        }
    }
    if (input->max == 10)
        add_day(out);
    else
        for (int64_t i = 0; i < input->min || i < 1; i++)
            sm_buf_addc(out, "RON"[i % 3]);
}

static void add_value(struct sm_buf *out, const struct sm_walk *walk,
                      const struct sm_walk_route *route,
                      const struct sm_walk_input *input,
                      const struct sm_walk_fill *fill)
{
    if (input->is_id)
        sm_buf_adds(out, id_of(walk, route, input, fill));
    else
        add_plain(out, input);
}

/* Ids always; what else a form requires, where one is sent. */
static void add_fields(struct sm_buf *out, const struct sm_walk *walk,
                       const struct sm_walk_route *route,
                       const struct sm_walk_fill *fill, const char *first)
{
    bool form = *first == '&' || !route->post;

    for (int i = 0; i < route->ninputs; i++) {
        const struct sm_walk_input *input = &route->inputs[i];

        if (input->in_path ||
            !(input->is_id || (form && (input->required || fill->all))))
            continue;
        sm_buf_addf(out, "%s%s=", first, input->name);
        first = "&";
        add_value(out, walk, route, input, fill);
    }
}

void sm_walk_path(struct sm_buf *out, const struct sm_walk *walk,
                  const struct sm_walk_route *route,
                  const struct sm_walk_fill *fill, bool post)
{
    const char *at = route->path;

    sm_buf_adds(out, route->plain ? "" : "/en");
    while (*at) {
        size_t len = strcspn(at, "{"), end = strcspn(at, "}");

        sm_buf_add(out, at, len);
        for (int i = 0; at[len] && i < route->ninputs; i++) {
            const struct sm_walk_input *input = &route->inputs[i];

            if (strlen(input->name) == end - len - 1 &&
                strncmp(at + len + 1, input->name, end - len - 1) == 0)
                add_value(out, walk, route, input, fill);
        }
        at += at[len] ? end + 1 : len;
    }
    if (!post)
        add_fields(out, walk, route, fill, "?");
}

void sm_walk_form(struct sm_buf *out, const struct sm_walk *walk,
                  const struct sm_walk_route *route,
                  const struct sm_walk_fill *fill)
{
    add_fields(out, walk, route, fill, "&");
}
