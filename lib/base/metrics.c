#include "base/metrics.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

enum kind { COUNTER, GAUGE, GREATEST };

struct metric {
    enum kind kind;
    const char *name, *labels, *help;
};

#define ROW(id, kind_, name_, labels_, help_)                                  \
    {.kind = (kind_), .name = (name_), .labels = (labels_), .help = (help_)},
static const struct metric metrics[] = {SM_METRIC_TABLE(ROW)};
#undef ROW

#define ROW(id, name_, help_) {.name = (name_), .help = (help_)},
static const struct {
    const char *name, *help;
} histograms[] = {SM_HISTOGRAM_TABLE(ROW)};
#undef ROW

/* Upper ends of the buckets; the last bucket has none. */
static const struct {
    int64_t us;
    const char *seconds;
} buckets[] = {
    {1000, "0.001"},  {2500, "0.0025"}, {5000, "0.005"},  {10000, "0.01"},
    {25000, "0.025"}, {50000, "0.05"},  {100000, "0.1"},  {250000, "0.25"},
    {500000, "0.5"},  {1000000, "1"},   {2500000, "2.5"}, {5000000, "5"},
    {10000000, "10"}, {60000000, "60"},
};

enum { BUCKETS = SM_COUNT(buckets) + 1, NAME_SIZE = 32 };

struct times {
    atomic_int_fast64_t counts[BUCKETS];
    atomic_int_fast64_t sum_us;
};

/* One worker's figures; whole cache lines, so that neighbours do not meet. */
struct slot {
    _Alignas(128) char program[NAME_SIZE];
    atomic_int_fast64_t values[SM_METRIC_COUNT];
    struct times times[SM_HISTOGRAM_COUNT];
};

struct region {
    uint64_t magic; /* "smetka" and the size: another version differs */
    struct slot slots[];
};

#define MAGIC (UINT64_C(0x736d65746b610000) ^ sizeof(struct slot))
#define REGION_SIZE                                                            \
    (sizeof(struct region) + SM_METRICS_SLOTS * sizeof(struct slot))

static struct slot private_slot;
static struct slot *slots = &private_slot; /* all of them */
static struct slot *own = &private_slot;
static int slot_count = 1;

static enum sm_status attach(int fd, int64_t slot, struct sm_error *err)
{
    struct region *region;
    struct stat st;

    if (fstat(fd, &st) != 0 || st.st_size != (off_t)REGION_SIZE)
        return SM_FAIL(err, SM_NOT_FOUND, "metrics: other size");
    region = mmap(NULL, REGION_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (region == MAP_FAILED)
        return SM_FAIL(err, SM_NOT_FOUND, "metrics: %s", strerror(errno));
    if (region->magic != MAGIC) {
        munmap(region, REGION_SIZE);
        return SM_FAIL(err, SM_NOT_FOUND, "metrics: other version");
    }
    slots = region->slots;
    slot_count = SM_METRICS_SLOTS;
    own = &slots[slot];
    /* What was counted on the way here is taken along. */
    for (size_t i = 0; i < SM_METRIC_COUNT; i++)
        sm_metric_add((enum sm_metric)i,
                      atomic_exchange(&private_slot.values[i], 0));
    return SM_OK;
}

enum sm_status sm_metrics_open(const char *program, struct sm_error *err)
{
    const char *fd_text = getenv("SMETKA_METRICS_FD");
    const char *slot_text = getenv("SMETKA_METRICS_SLOT");
    enum sm_status status = SM_NOT_FOUND;
    int64_t fd, slot;

    if (fd_text && slot_text && sm_parse_i64(&fd, fd_text, 3, 1024) == SM_OK &&
        sm_parse_i64(&slot, slot_text, 0, SM_METRICS_SLOTS - 1) == SM_OK)
        status = attach((int)fd, slot, err);
    else
        SM_FAIL(err, status, "metrics: no shared memory");
    sm_copy(own->program, sizeof(own->program), program);
    return status;
}

enum sm_status sm_metrics_create(int *fd, const char *program,
                                 struct sm_error *err)
{
    const uint64_t magic = MAGIC;
    enum sm_status status;

    *fd = memfd_create("smetka-metrics", MFD_CLOEXEC);
    if (*fd < 0)
        return SM_FAIL(err, SM_INTERNAL, "memfd: %s", strerror(errno));
    if (ftruncate(*fd, (off_t)REGION_SIZE) != 0 ||
        pwrite(*fd, &magic, sizeof(magic), 0) != sizeof(magic)) {
        status = SM_FAIL(err, SM_INTERNAL, "memfd: %s", strerror(errno));
        goto out;
    }
    status = attach(*fd, 0, err);
    if (status == SM_OK)
        sm_copy(own->program, sizeof(own->program), program);
out:
    if (status != SM_OK) {
        close(*fd);
        *fd = -1;
    }
    return status;
}

void sm_metrics_clear_gauges(int slot)
{
    if (slot < 0 || slot >= slot_count)
        return;
    for (size_t i = 0; i < SM_COUNT(metrics); i++)
        if (metrics[i].kind != COUNTER)
            atomic_store_explicit(&slots[slot].values[i], 0,
                                  memory_order_relaxed);
}

void sm_metric_add(enum sm_metric metric, int64_t number)
{
    atomic_fetch_add_explicit(&own->values[metric], number,
                              memory_order_relaxed);
}

void sm_metric_set(enum sm_metric metric, int64_t number)
{
    atomic_store_explicit(&own->values[metric], number, memory_order_relaxed);
}

void sm_metric_time(enum sm_histogram histogram, int64_t us)
{
    struct times *times = &own->times[histogram];
    size_t i = 0;

    while (i < SM_COUNT(buckets) && us > buckets[i].us)
        i++;
    atomic_fetch_add_explicit(&times->counts[i], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&times->sum_us, us, memory_order_relaxed);
}

/* True if SLOT belongs to PROGRAM; NULL is any.  Names are written once,
 * before the worker serves, and never change to another. */
static bool belongs(const struct slot *slot, const char *program)
{
    if (!slot->program[0])
        return slots == &private_slot && !program;
    return !program ||
           strncmp(slot->program, program, sizeof(slot->program)) == 0;
}

int64_t sm_metric_get(enum sm_metric metric, const char *program)
{
    int64_t total = 0;

    for (int i = 0; i < slot_count; i++) {
        int64_t value;

        if (!belongs(&slots[i], program))
            continue;
        value = atomic_load_explicit(&slots[i].values[metric],
                                     memory_order_relaxed);
        if (metrics[metric].kind != GREATEST)
            total += value;
        else if (value > total)
            total = value;
    }
    return total;
}

/* The names of the programs that have a slot, each once. */
static int list_programs(char out[][NAME_SIZE], int max)
{
    int count = 0;

    for (int i = 0; i < slot_count && count < max; i++) {
        int j = 0;

        if (!slots[i].program[0])
            continue;
        while (j < count && strcmp(out[j], slots[i].program) != 0)
            j++;
        if (j == count)
            sm_copy(out[count++], NAME_SIZE, slots[i].program);
    }
    return count;
}

static void print_head(struct sm_buf *out, const char *name, const char *help,
                       const char *type)
{
    sm_buf_addf(out, "# HELP smetka_%s %s\n# TYPE smetka_%s %s\n", name, help,
                name, type);
}

static void print_metric(struct sm_buf *out, size_t index,
                         char programs[][NAME_SIZE], int nprograms)
{
    const struct metric *m = &metrics[index];

    if (index == 0 || strcmp(metrics[index - 1].name, m->name) != 0)
        print_head(out, m->name, m->help,
                   m->kind == COUNTER ? "counter" : "gauge");
    for (int i = 0; i < nprograms; i++)
        sm_buf_addf(
            out, "smetka_%s{program=\"%s\"%s%s} %lld\n", m->name, programs[i],
            m->labels[0] ? "," : "", m->labels,
            (long long)sm_metric_get((enum sm_metric)index, programs[i]));
}

static void sum_times(int64_t counts[BUCKETS], int64_t *sum_us, size_t index,
                      const char *program)
{
    memset(counts, 0, BUCKETS * sizeof(counts[0]));
    *sum_us = 0;
    for (int i = 0; i < slot_count; i++) {
        struct times *times = &slots[i].times[index];

        if (!belongs(&slots[i], program))
            continue;
        for (int b = 0; b < BUCKETS; b++)
            counts[b] +=
                atomic_load_explicit(&times->counts[b], memory_order_relaxed);
        *sum_us += atomic_load_explicit(&times->sum_us, memory_order_relaxed);
    }
}

static void print_histogram(struct sm_buf *out, size_t index,
                            const char *program)
{
    const char *name = histograms[index].name;
    int64_t counts[BUCKETS], sum_us, total = 0;

    sum_times(counts, &sum_us, index, program);
    for (int b = 0; b < BUCKETS; b++) {
        total += counts[b];
        sm_buf_addf(out, "smetka_%s_bucket{program=\"%s\",le=\"%s\"} %lld\n",
                    name, program,
                    b < BUCKETS - 1 ? buckets[b].seconds : "+Inf",
                    (long long)total);
    }
    sm_buf_addf(out,
                "smetka_%s_sum{program=\"%s\"} %lld.%06lld\n"
                "smetka_%s_count{program=\"%s\"} %lld\n",
                name, program, (long long)(sum_us / 1000000),
                (long long)(sum_us % 1000000), name, program, (long long)total);
}

void sm_metrics_print(struct sm_buf *out)
{
    char programs[16][NAME_SIZE];
    int nprograms = list_programs(programs, SM_COUNT(programs));

    for (size_t i = 0; i < SM_COUNT(metrics); i++)
        print_metric(out, i, programs, nprograms);
    for (size_t i = 0; i < SM_COUNT(histograms); i++) {
        print_head(out, histograms[i].name, histograms[i].help, "histogram");
        for (int p = 0; p < nprograms; p++)
            print_histogram(out, i, programs[p]);
    }
}
