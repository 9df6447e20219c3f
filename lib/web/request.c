#include "web/request.h"

#include <assert.h>
#include <string.h>

#include "base/clock.h"
#include "web/app.h"
#include "web/params.h"

/* A request that arrived whole may write; one that is only shown again with
 * its errors may not, whatever its handler does. */
static bool may_write(const struct sm_request *rq)
{
    return rq->inputs_ok && (rq->is_post || rq->page->get_writes);
}

/* A request that may not write and has borrowed no connection needs none:
 * each of its statements is a transaction by itself. */
static bool reads_only(const struct sm_request *rq)
{
    return rq->app->pool && !rq->db_ && !may_write(rq);
}

enum sm_status sm_request_db(struct sm_db **out, struct sm_request *rq)
{
    *out = rq->db_;
    if (rq->db_)
        return SM_OK;
    if (!rq->app->pool)
        return SM_FAIL(&rq->err, SM_INTERNAL, "the program has no database");

    int64_t from = sm_clock_mono_us();
    enum sm_status st = sm_db_get(&rq->db_, rq->app->pool, &rq->err);

    rq->db_us_ += sm_clock_mono_us() - from;
    if (st != SM_OK) {
        rq->db_ = NULL;
        return st;
    }
    if (may_write(rq))
        sm_db_begin(rq->db_);
    *out = rq->db_;
    return SM_OK;
}

enum sm_status sm_request_query(struct sm_rows **out, struct sm_request *rq,
                                const struct sm_stmt *stmt,
                                const struct sm_arg *args)
{
    struct sm_db *db;
    int64_t from;
    enum sm_status st;

    if (reads_only(rq)) {
        from = sm_clock_mono_us();
        st = sm_db_read(out, rq->app->pool, rq->arena, stmt, args, &rq->err);
    } else {
        st = sm_request_db(&db, rq);
        if (st != SM_OK)
            return st;
        from = sm_clock_mono_us();
        st = sm_db_query(out, db, rq->arena, stmt, args, &rq->err);
    }
    rq->db_us_ += sm_clock_mono_us() - from;
    if (st == SM_CONFLICT)
        rq->clash_ = true;
    return st;
}

enum sm_status sm_request_commit(struct sm_request *rq)
{
    int64_t from = sm_clock_mono_us();
    enum sm_status st;

    if (!rq->db_)
        return SM_OK;
    st = sm_db_commit(rq->db_, &rq->err);
    rq->db_us_ += sm_clock_mono_us() - from;
    if (st == SM_CONFLICT)
        rq->clash_ = true;
    else if (sm_db_in_doubt(rq->db_))
        rq->doubt_ = true;
    else
        rq->committed_ = rq->committed_ || st == SM_OK;
    return st;
}

void sm_request_db_release(struct sm_request *rq)
{
    sm_db_put(rq->db_);
    rq->db_ = NULL;
}

static struct sm_value *find_value(const struct sm_request *rq,
                                   const char *name)
{
    for (size_t i = 0; i < rq->page->ninputs; i++) {
        if (strcmp(rq->page->inputs[i].name, name) == 0)
            return &rq->values[i];
    }
    return NULL;
}

const struct sm_value *sm_in(const struct sm_request *rq, const char *name)
{
    static const struct sm_value absent = {.raw = "", .text = ""};
    const struct sm_value *value = find_value(rq, name);

    assert(value);
    return value ? value : &absent;
}

void sm_in_refuse(struct sm_request *rq, const char *name, const char *sentence)
{
    struct sm_value *value = name ? find_value(rq, name) : NULL;

    assert(!name || value);
    rq->inputs_ok = false;
    if (!value)
        rq->form_error = sentence;
    else if (!value->error)
        value->error = sentence;
}

const char *sm_request_header(const struct sm_request *rq, const char *name)
{
    if (!SM_PAGE_SIGNED(rq->page, rq->is_post))
        return "";
    return sm_params_get(rq->params_, name);
}
