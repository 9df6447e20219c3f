/* Electronic invoices: each file is a document, kept or refused by itself.
 * Several threads take batches of files; each has its own connection, parser
 * and memory. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "domain/import_batch.h"
#include "domain/ubl.h"
#include "domain/ubl_registers.h"

enum { THREADS_MAX = 8, FILES_AT_A_TIME = 1000, ARENA_MAX = 64 << 20 };

/* The whole run; what is under the lock is shared. */
struct run {
    const struct sm_import *import;
    struct sm_db_pool *pool;
    const char *const *paths;
    size_t count;
    pthread_mutex_t lock;
    size_t next;
    size_t done;
    struct sm_import_counts *counts;
    enum sm_status status; /* the first failure ends the run */
    struct sm_error *err;
};

/* One thread. */
struct reader {
    struct run *run;
    struct sm_db *db;
    struct sm_import_batch *batch;
    struct sm_ubl_reader *ubl;
    struct sm_arena *arena;
    struct sm_buf body;
    struct sm_error err;
};

static void refuse(struct run *run, const char *path, const char *place,
                   const char *reason)
{
    pthread_mutex_lock(&run->lock);
    run->counts->refused++;
    run->import->problem(run->import->ctx, path, place, reason);
    pthread_mutex_unlock(&run->lock);
}

static void note_outcome(void *ctx, int64_t seq, const char *outcome,
                         const char *reason)
{
    struct run *run = ctx;

    if (strcmp(outcome, "refused") == 0) {
        refuse(run, run->paths[seq], "/", reason);
        return;
    }
    pthread_mutex_lock(&run->lock);
    if (strcmp(outcome, "new") == 0)
        run->counts->added++;
    else if (strcmp(outcome, "attach") == 0)
        run->counts->changed++;
    else
        run->counts->same++;
    pthread_mutex_unlock(&run->lock);
}

/* Read the file PATH.  NULL, or why it cannot be. */
static const char *read_body(struct sm_buf *body, const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    char chunk[16384];
    ssize_t n;

    sm_buf_clear(body);
    if (fd < 0)
        return "the file cannot be opened";
    while ((n = read(fd, chunk, sizeof(chunk))) != 0) {
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            break;
        sm_buf_add(body, chunk, (size_t)n);
    }
    close(fd);
    if (n < 0)
        return "the file cannot be read";
    return sm_buf_ok(body) ? NULL : "the file is larger than 5 MiB";
}

static const char *first_of(const char *a, const char *b, const char *c)
{
    return *a ? a : *b ? b : c;
}

static void add_id(struct sm_import_document *d, const char *id)
{
    if (*id && d->nids < SM_BATCH_IDS)
        d->ids[d->nids++] = id;
}

static void map_document(struct sm_import_document *d,
                         const struct sm_ubl_document *u,
                         const struct sm_buf *body)
{
    *d = (struct sm_import_document){
        .credit_note = u->credit_note,
        .seller =
            first_of(u->seller.vat_id, u->seller.tax_id, u->seller.legal_id),
        .seller_name = u->seller.name,
        .number = u->number,
        .type_code = u->type_code,
        .currency = u->currency,
        .issued_on = u->issued_on,
        .due_on = u->due_on,
        .from = u->from,
        .to = u->to,
        .tax_minor = u->total.minor - u->net.minor,
        .net_minor = u->net.minor,
        .payable_minor = u->payable.minor,
        .payment_reference = u->payment_reference,
        .contract = u->contract,
        .points = {u->object, u->place},
        .original = body->data,
        .original_len = body->len,
    };
    add_id(d, u->buyer.legal_id);
    add_id(d, u->buyer.vat_id);
    add_id(d, u->buyer.tax_id);
    for (size_t i = 0; i < u->buyer.nids; i++)
        add_id(d, u->buyer.ids[i]);
}

static void add_registers(struct sm_import_batch *batch,
                          const struct sm_ubl_line *line)
{
    struct sm_bill_register registers[SM_UBL_LINE_REGISTERS];
    size_t count = sm_ubl_registers(registers, line);

    for (size_t i = 0; i < count; i++)
        sm_batch_register(batch, &registers[i], true);
}

static void add_details(struct sm_import_batch *batch,
                        const struct sm_ubl_document *u)
{
    for (const struct sm_ubl_line *l = u->lines; l; l = l->next) {
        struct sm_import_line line = {.quantity = l->quantity,
                                      .price = l->price,
                                      .unit = l->unit,
                                      .name = l->name,
                                      .percent = l->percent,
                                      .price_base = l->price_base,
                                      .category = l->category,
                                      .net_minor = l->net.minor};

        sm_batch_line(batch, &line);
        add_registers(batch, l);
    }
    for (const struct sm_ubl_tax *t = u->taxes; t; t = t->next)
        if (t->tax.set)
            sm_batch_tax(batch, t->category, t->percent, t->base.minor,
                         t->tax.minor);
}

/* Read one file into the batch, or report why not. */
static enum sm_status read_one(struct reader *r, size_t index)
{
    const char *path = r->run->paths[index];
    struct sm_ubl_problem problem;
    struct sm_ubl_document *u;
    struct sm_import_document d;
    const char *reason = read_body(&r->body, path);
    enum sm_status status;

    if (reason) {
        refuse(r->run, path, "/", reason);
        return SM_OK;
    }
    sm_arena_clear(r->arena);
    status = sm_ubl_parse(&u, r->ubl, r->arena, r->body.data, r->body.len,
                          &problem, &r->err);
    if (status == SM_INVALID) {
        refuse(r->run, path, problem.xpath, problem.reason);
        return SM_OK;
    }
    if (status != SM_OK)
        return status;
    map_document(&d, u, &r->body);
    reason = sm_batch_add(r->batch, (int64_t)index, &d);
    if (reason)
        refuse(r->run, path, "/", reason);
    else
        add_details(r->batch, u);
    return SM_OK;
}

/* Send what is read, in a transaction of its own. */
static enum sm_status send(struct reader *r)
{
    enum sm_status status;

    sm_db_begin(r->db);
    status = sm_batch_send(r->batch, r->db, note_outcome, r->run, &r->err);
    if (status == SM_OK && !r->run->import->dry_run)
        status = sm_db_commit(r->db, &r->err);
    else
        sm_db_rollback(r->db);
    return status;
}

/* Take the next files to read.  False when there are none left. */
static bool take_files(struct run *run, size_t *from, size_t *to, size_t done)
{
    const struct sm_import *import = run->import;
    bool any;

    pthread_mutex_lock(&run->lock);
    run->done += done;
    run->counts->read = (int64_t)run->done;
    if (import->progress)
        import->progress(import->ctx, run->counts->read, run->counts->read);
    any = run->status == SM_OK && run->next < run->count;
    *from = run->next;
    *to = run->count - run->next > FILES_AT_A_TIME ? run->next + FILES_AT_A_TIME
                                                   : run->count;
    if (any)
        run->next = *to;
    pthread_mutex_unlock(&run->lock);
    return any;
}

static enum sm_status read_all(struct reader *r)
{
    enum sm_status status = SM_OK;
    size_t from = 0;
    size_t to = 0;
    size_t done = 0;

    while (status == SM_OK && take_files(r->run, &from, &to, done)) {
        for (size_t i = from; i < to && status == SM_OK; i++) {
            status = read_one(r, i);
            if (status == SM_OK && sm_batch_full(r->batch))
                status = send(r);
        }
        if (status == SM_OK)
            status = send(r);
        done = to - from;
    }
    return status;
}

static enum sm_status open_reader(struct reader *r)
{
    enum sm_status status;

    sm_buf_init(&r->body, SM_UBL_BYTES_MAX);
    r->arena = sm_arena_new(ARENA_MAX);
    if (!r->arena)
        return SM_FAIL(&r->err, SM_INTERNAL, "out of memory");
    status = sm_ubl_reader_new(&r->ubl, &r->err);
    if (status == SM_OK)
        status = sm_batch_new(&r->batch, r->run->import, &r->err);
    if (status == SM_OK)
        status = sm_db_get(&r->db, r->run->pool, &r->err);
    return status;
}

static void *reader_main(void *arg)
{
    struct run *run = arg;
    struct reader r = {.run = run};
    enum sm_status status = open_reader(&r);

    if (status == SM_OK)
        status = read_all(&r);
    sm_db_put(r.db);
    sm_batch_free(r.batch);
    sm_ubl_reader_free(r.ubl);
    sm_arena_free(r.arena);
    sm_buf_release(&r.body);
    pthread_mutex_lock(&run->lock);
    if (status != SM_OK && run->status == SM_OK) {
        run->status = status;
        if (run->err)
            *run->err = r.err;
    }
    pthread_mutex_unlock(&run->lock);
    return NULL;
}

enum sm_status sm_import_einvoices(struct sm_import_counts *counts,
                                   const struct sm_import *import,
                                   struct sm_db_pool *pool,
                                   const char *const *paths, size_t count,
                                   int threads, struct sm_error *err)
{
    struct run run = {.import = import,
                      .pool = pool,
                      .paths = paths,
                      .count = count,
                      .counts = counts,
                      .err = err};
    pthread_t thread[THREADS_MAX];
    int started = 0;

    memset(counts, 0, sizeof(*counts));
    if (pthread_mutex_init(&run.lock, NULL) != 0)
        return SM_FAIL(err, SM_INTERNAL, "no mutex");
    while (started < threads && started < THREADS_MAX &&
           pthread_create(&thread[started], NULL, reader_main, &run) == 0)
        started++;
    for (int i = 0; i < started; i++)
        pthread_join(thread[i], NULL);
    pthread_mutex_destroy(&run.lock);
    if (started == 0)
        return SM_FAIL(err, SM_INTERNAL, "no thread could be started");
    counts->kept = run.status == SM_OK && !import->dry_run;
    return run.status;
}
