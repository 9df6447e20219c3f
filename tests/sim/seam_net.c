/* The seams of the network, the clock, chance and the log. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "audit.h"
#include "base/clock.h"
#include "base/log.h"
#include "net/http.h"
#include "pay/pay_impl.h"
#include "pay/stripe.h"
#include "psp.h"
#include "seam.h"
#include "sim.h"

enum sm_status __wrap_sm_http_send(struct sm_http_reply *out,
                                   const struct sm_http_request *request,
                                   struct sm_error *err);
int64_t __wrap_sm_clock_now_us(void);
int64_t __wrap_sm_clock_real_us(void);
int __wrap_nanosleep(const struct timespec *nap, struct timespec *rest);
void __wrap_sm_random(void *out, size_t len);
enum sm_status __real_sm_stripe_signature(const char *secrets,
                                          const char *header, const char *body,
                                          size_t len, int64_t real_us,
                                          struct sm_error *err);
enum sm_status __wrap_sm_stripe_signature(const char *secrets,
                                          const char *header, const char *body,
                                          size_t len, int64_t real_us,
                                          struct sm_error *err);
bool __real_sm_same_bytes(const void *a, const void *b, size_t len);
bool __wrap_sm_same_bytes(const void *a, const void *b, size_t len);
void __real_sm_pay_order_read(struct sm_pay_order *order,
                              const struct sm_rows *rows,
                              const uint8_t payment[SM_ID_BYTES]);
void __wrap_sm_pay_order_read(struct sm_pay_order *order,
                              const struct sm_rows *rows,
                              const uint8_t payment[SM_ID_BYTES]);

/* How long a call waits in vain.  What is left of its budget depends on the
 * real time; this does not. */
#define PATIENCE_US (4 * SIM_SECOND)

/* What happens to a call on its way. */
enum fate {
    FATE_GOOD,
    FATE_DROPPED,    /* it never arrives */
    FATE_HELD,       /* it arrives later, a create call only */
    FATE_NO_ANSWER,  /* it is carried out, the answer never arrives */
    FATE_500_BEFORE, /* 500, nothing was done */
    FATE_500_AFTER,  /* 500, it was done all the same */
    FATE_429,
    FATE_GARBAGE, /* done, but the answer cannot be read */
    FATE__COUNT
};

static const char *const fates[FATE__COUNT] = {
    "",
    "is lost",
    "is held up",
    "is carried out, its answer is lost",
    "is refused with 500",
    "is carried out and answered with 500",
    "is answered with 429",
    "is carried out, its answer is garbage",
};

static enum fate draw_fate(bool create)
{
    enum fate fate;

    if (sim.faults && sim.now_us >= sim.odds.silent_from &&
        sim.now_us < sim.odds.silent_until)
        return sim_chance(500) ? FATE_DROPPED : FATE_NO_ANSWER;
    if (!sim_fault(sim.odds.http))
        return FATE_GOOD;
    fate = (enum fate)sim_between(FATE_DROPPED, FATE__COUNT - 1);
    return fate == FATE_HELD && !create ? FATE_DROPPED : fate;
}

static const char *header_of(const struct sm_http_request *request,
                             const char *name)
{
    size_t len = strlen(name), i;

    for (i = 0; i < request->nheaders; i++) {
        if (strncmp(request->headers[i], name, len) == 0 &&
            request->headers[i][len] == ':')
            return request->headers[i] + len + 2;
    }
    return "";
}

/* Our order number in a create call's body. */
static void watch_create(const char *body)
{
    static const char name[] = "client_reference_id=";
    const char *at = strstr(body, name), *sum, *currency;
    char order_no[48];

    sum = strstr(body, "unit_amount%5D=");
    currency = strstr(body, "%5Bcurrency%5D=");
    if (at == NULL || sum == NULL || currency == NULL) {
        sim_broken("SIM", "a create call without its fields");
        return;
    }
    at += sizeof(name) - 1;
    snprintf(order_no, sizeof(order_no), "%.*s", (int)strcspn(at, "&"), at);
    audit_create(order_no, strtoll(sum + 15, NULL, 10), currency + 15);
}

/* Carry the call out, if it arrives. */
static int carry_out(char **answer, enum fate fate, const char *path,
                     const struct sm_http_request *request, const char *body)
{
    const char *key = header_of(request, "Idempotency-Key");

    *answer = NULL;
    switch (fate) {
    case FATE_DROPPED:
        return 0;
    case FATE_HELD:
        psp_hold(body, key);
        return 0;
    case FATE_500_BEFORE:
        return 500;
    case FATE_429:
        return 429;
    case FATE_GOOD:
    case FATE_NO_ANSWER:
    case FATE_500_AFTER:
    case FATE_GARBAGE:
    case FATE__COUNT:
        break;
    }
    return psp_answer(answer, path, body, key);
}

static enum sm_status hand_over(struct sm_http_reply *out, int code,
                                const char *answer, size_t max)
{
    out->code = code;
    sm_buf_init(&out->body, max);
    sm_buf_adds(&out->body, answer != NULL ? answer : "");
    return SM_OK;
}

/* What a call is about, for the trace. */
static const char *word_of(const char *path, bool post)
{
    if (strncmp(path, "/v1/refunds", 11) == 0)
        return post ? "refund" : path[11] == '?' ? "refunds" : "refund query";
    if (post)
        return strstr(path, "/expire") != NULL ? "expire" : "create";
    return strstr(path, "sessions?") != NULL ? "list" : "query";
}

enum sm_status __wrap_sm_http_send(struct sm_http_reply *out,
                                   const struct sm_http_request *request,
                                   struct sm_error *err)
{
    const char *path = strstr(request->url, "/v1/");
    bool post = strcmp(request->method, "POST") == 0;
    const char *body = post ? (request->body != NULL ? request->body : "")
                            : NULL;
    bool create = post && path != NULL &&
                  strcmp(path, "/v1/checkout/sessions") == 0;
    enum fate fate;
    char *answer;
    int code;

    if (path == NULL)
        return SM_FAIL(err, SM_INVALID, "no path");
    if (create)
        watch_create(body);
    seam_crash("before a call to the processor");
    sim_clock_add(sim_between(20, 400) * 1000);
    fate = draw_fate(create);
    sim_say("call: %s%s%s", word_of(path, post), fate != FATE_GOOD ? " " : "",
            fates[fate]);
    code = carry_out(&answer, fate, path, request, body);
    if (fate == FATE_DROPPED || fate == FATE_HELD || fate == FATE_NO_ANSWER)
        sim_clock_add(PATIENCE_US);
    seam_crash("after a call to the processor");
    if (fate == FATE_DROPPED || fate == FATE_HELD || fate == FATE_NO_ANSWER) {
        free(answer);
        return SM_FAIL(err, SM_UNAVAILABLE, "no answer");
    }
    if (fate == FATE_500_AFTER)
        code = 500;
    if (fate == FATE_GARBAGE && answer != NULL) {
        answer[strlen(answer) / 2] = '\0';
        code = sim_chance(500) ? 200 : code;
    }
    sim_clock_add(sim_between(1, 100) * 1000);
    hand_over(out, code, answer, request->reply_max);
    free(answer);
    return SM_OK;
}

bool seam_call(const char *what, void (*carry)(void *arg), void *arg)
{
    enum fate fate;
    bool arrives, answered;

    seam_crash("before a call to the processor");
    sim_clock_add(sim_between(20, 400) * 1000);
    fate = draw_fate(false);
    sim_say("call: %s %s", what, fates[fate]);
    answered = fate == FATE_GOOD;
    arrives = answered || fate == FATE_NO_ANSWER || fate == FATE_500_AFTER ||
              fate == FATE_GARBAGE;
    if (arrives)
        carry(arg);
    if (fate == FATE_DROPPED || fate == FATE_NO_ANSWER)
        sim_clock_add(PATIENCE_US);
    seam_crash("after a call to the processor");
    return answered;
}

int64_t __wrap_sm_clock_now_us(void)
{
    sim_clock_add(1); /* no two instants are the same */
    return sim.now_us;
}

int64_t __wrap_sm_clock_real_us(void)
{
    return sim.now_us;
}

int __wrap_nanosleep(const struct timespec *nap, struct timespec *rest)
{
    int64_t us = nap->tv_sec * SIM_SECOND + nap->tv_nsec / 1000;

    (void)rest;
    /* how long lib/db rests before it tries again depends on the real time */
    sim_clock_add(us < SIM_SECOND / 10 ? SIM_SECOND / 200 : us);
    return 0;
}

void __wrap_sm_random(void *out, size_t len)
{
    if (len < 8)
        sim_bytes(out, len);
    else
        sim_own_bytes(out, len);
}

enum sm_status __wrap_sm_stripe_signature(const char *secrets,
                                          const char *header, const char *body,
                                          size_t len, int64_t real_us,
                                          struct sm_error *err)
{
    if (sim.mutant == MUTANT_SKIP_HMAC)
        return SM_OK;
    return __real_sm_stripe_signature(secrets, header, body, len, real_us, err);
}

bool __wrap_sm_same_bytes(const void *a, const void *b, size_t len)
{
    if (sim.mutant == MUTANT_HMAC_PREFIX)
        return memcmp(a, b, len < 8 ? len : 8) == 0;
    return __real_sm_same_bytes(a, b, len);
}

void __wrap_sm_pay_order_read(struct sm_pay_order *order,
                              const struct sm_rows *rows,
                              const uint8_t payment[SM_ID_BYTES])
{
    static _Thread_local char key[120];

    __real_sm_pay_order_read(order, rows, payment);
    if (sim.mutant != MUTANT_NEW_KEY_ON_RETRY)
        return;
    snprintf(key, sizeof(key), "%s-%llu", order->idempotency_key,
             (unsigned long long)sim.steps);
    order->idempotency_key = key;
}

/* The log of the code under test: failures are steps of the trace. */
void sm_log_open(const char *program, enum sm_log_level level)
{
    (void)program;
    (void)level;
}

enum sm_log_level sm_log_level_of(const char *word)
{
    (void)word;
    return SM_LOG_ERROR;
}

void sm_log_begin(struct sm_log_line *line, enum sm_log_level level,
                  const char *event)
{
    (void)line;
    (void)level;
    (void)event;
}

void sm_log_str(struct sm_log_line *line, const char *key, const char *text)
{
    (void)line;
    (void)key;
    (void)text;
}

void sm_log_int(struct sm_log_line *line, const char *key, int64_t number)
{
    (void)line;
    (void)key;
    (void)number;
}

void sm_log_end(struct sm_log_line *line)
{
    (void)line;
}

void sm_log_msg(enum sm_log_level level, const char *event, const char *fmt,
                ...)
{
    (void)level;
    (void)fmt;
    sim_say("log: %s", event);
}

void sm_log_error(const char *event, enum sm_status status,
                  const struct sm_error *err)
{
    (void)err;
    sim_say("log: %s: %s", event, sm_status_word(status));
}
