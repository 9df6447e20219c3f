/* sim: lives through seeds and says whether a rule was broken. */
#include <getopt.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "audit.h"
#include "books.h"
#include "jobs_sim.h"
#include "portal.h"
#include "seam.h"
#include "sim.h"
#include "web.h"

enum {
    CHUNK = 400,         /* seeds a database and a process */
    REPLAYED = 25,       /* of them are lived twice, ... */
    REPLAYING = 4,       /* ... in so many of the first */
    MUTANT_SEEDS = 1000, /* within which a planted bug is caught */
    PROCESSES = 2,
    KEPT = 1 << 18, /* bytes of a trace */
    RANGES = 64,    /* that wait to be run */
    TOLD = 20       /* broken rules that are told */
};

/* What a process reports of its seeds, through a pipe. */
struct report {
    uint64_t runs, steps;
    uint64_t seed; /* of the first broken rule */
    bool violated;
    char rule[64], what[400];
};

static struct options {
    uint64_t first, seeds;
    bool run, hunt; /* the seeds; the planted bugs */
    bool json, trace;
    const char *only; /* this planted bug alone */
} options = {.first = 1, .seeds = 10000};

static double now(void)
{
    struct timespec at;

    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

static bool world_open(const char *name)
{
    static struct seam own;

    seam = &own;
    twin_open();
    seam_conns_keep();
    return books_open(name) && web_open() && jobs_open() && portal_open();
}

static void world_close(void)
{
    seam_conns_drop();
    portal_close();
    jobs_close();
    web_close();
    books_close();
    twin_close();
}

static void keep(struct report *report, uint64_t seed)
{
    report->violated = true;
    report->seed = seed;
    snprintf(report->rule, sizeof(report->rule), "%s", sim.rule);
    snprintf(report->what, sizeof(report->what), "%s", sim.what);
}

/* The first line in which two traces differ. */
static void differ(const char *one, const char *two)
{
    const char *line = one;
    size_t i;

    for (i = 0; one[i] == two[i] && one[i] != '\0'; i++) {
        if (one[i] == '\n')
            line = one + i + 1;
    }
    sim_broken("A-1", "another trace: \"%.*s\", then \"%.*s\"",
               (int)strcspn(line, "\n"), line,
               (int)strcspn(two + (line - one), "\n"), two + (line - one));
}

/* Live through SEED twice; both lives must be the same. */
static bool run_twice(uint64_t seed)
{
    static char traces[2][KEPT];
    bool good;

    sim.kept_max = KEPT;
    sim.kept = traces[0];
    good = sim_run(seed);
    sim.kept = traces[1];
    good = good && sim_run(seed);
    if (good && strcmp(traces[0], traces[1]) != 0) {
        differ(traces[0], traces[1]);
        good = false;
    }
    sim.kept = NULL;
    return good;
}

/* Seeds FIRST to END - 1; the first REPLAYED of them twice. */
static void run_seeds(struct report *report, uint64_t first, uint64_t end,
                      uint64_t replayed)
{
    uint64_t seed;
    bool good;

    for (seed = first; seed < end && !report->violated; seed++) {
        good = seed - first < replayed ? run_twice(seed) : sim_run(seed);
        report->runs++;
        report->steps += sim.steps;
        if (!good)
            keep(report, seed);
    }
    if (!report->violated && !audit_all())
        keep(report, end - 1);
}

/* A process that lives through seeds FIRST to END - 1 with a database of its
 * own. */
struct place {
    pid_t child;
    int pipe; /* its report; -1: nobody is here */
    uint64_t first, end, replayed;
    enum sim_mutant mutant;
    double began;
};

static void live(const struct place *place, int number, int out)
{
    struct report report = {.runs = 0};
    char name[32];

    sim.mutant = place->mutant;
    snprintf(name, sizeof(name), "sim_%d", number);
    if (world_open(name)) {
        run_seeds(&report, place->first, place->end, place->replayed);
        world_close();
    } else {
        report.violated = true;
        report.seed = place->first;
        snprintf(report.rule, sizeof(report.rule), "SIM");
        snprintf(report.what, sizeof(report.what), "no world to live in");
    }
    fflush(stdout);
    if (write(out, &report, sizeof(report)) != (ssize_t)sizeof(report))
        _exit(2);
    _exit(0);
}

static void start(struct place *place, int number)
{
    int ends[2];

    place->began = now();
    if (pipe(ends) != 0)
        exit(2);
    fflush(NULL);
    place->child = fork();
    if (place->child == 0) {
        close(ends[0]);
        live(place, number, ends[1]);
    }
    close(ends[1]);
    place->pipe = ends[0];
}

/* Wait for what the process has to report. */
static void collect(struct report *report, struct place *place)
{
    ssize_t got = read(place->pipe, report, sizeof(*report));

    if (got != (ssize_t)sizeof(*report)) {
        memset(report, 0, sizeof(*report));
        report->violated = true;
        report->seed = place->first;
        snprintf(report->rule, sizeof(report->rule), "SIM");
        snprintf(report->what, sizeof(report->what), "the process died");
    }
    close(place->pipe);
    place->pipe = -1;
    waitpid(place->child, NULL, 0);
}

/* The place whose process has ended first; all are taken. */
static int first_ended(const struct place *places)
{
    struct pollfd fds[PROCESSES];
    int i;

    for (i = 0; i < PROCESSES; i++)
        fds[i] = (struct pollfd){.fd = places[i].pipe, .events = POLLIN};
    while (poll(fds, PROCESSES, -1) < 0)
        continue;
    for (i = 0; i < PROCESSES; i++) {
        if (fds[i].revents != 0)
            return i;
    }
    return 0;
}

struct total {
    uint64_t runs, steps, violations;
    double seconds;
    int caught;
};

/* Ranges of seeds that wait; the last one goes first. */
static struct {
    uint64_t first, end;
} waiting[RANGES];
static int nwaiting;

/* The next range, at most CHUNK seeds of it. */
static bool next_range(struct place *place)
{
    uint64_t first, end;

    if (nwaiting == 0)
        return false;
    first = waiting[nwaiting - 1].first;
    end = waiting[nwaiting - 1].end;
    if (end - first > CHUNK) {
        end = first + CHUNK;
        waiting[nwaiting - 1].first = end;
    } else {
        nwaiting--;
    }
    *place = (struct place){.pipe = -1, .first = first, .end = end};
    if (first < options.first + REPLAYING * CHUNK && !options.trace)
        place->replayed = REPLAYED;
    return true;
}

/* Count what a process has done; past a broken rule another one goes on. */
static void account(struct total *total, const struct place *place,
                    const struct report *report)
{
    total->runs += report->runs;
    total->steps += report->steps;
    if (!report->violated)
        return;
    if (total->violations++ < TOLD)
        printf("seed %" PRIu64 " breaks %s: %s\n", report->seed, report->rule,
               report->what);
    if (report->seed + 1 < place->end && nwaiting < RANGES) {
        waiting[nwaiting].first = report->seed + 1;
        waiting[nwaiting++].end = place->end;
    }
}

/* Live through all the seeds, PROCESSES at a time. */
static void run_all(struct total *total)
{
    struct place places[PROCESSES];
    struct report report;
    double began = now();
    int busy = 0, i;

    waiting[0].first = options.first;
    waiting[0].end = options.first + options.seeds;
    nwaiting = options.seeds > 0;
    for (i = 0; i < PROCESSES; i++) {
        places[i].pipe = -1;
        if (next_range(&places[i])) {
            start(&places[i], i);
            busy++;
        }
    }
    while (busy > 0) {
        i = first_ended(places);
        collect(&report, &places[i]);
        account(total, &places[i], &report);
        if (next_range(&places[i]))
            start(&places[i], i);
        else
            busy--;
    }
    total->seconds = now() - began;
}

static void tell_mutant(struct total *total, const struct place *place,
                        const struct report *report)
{
    const struct sim_mutant_info *info = &sim_mutants[place->mutant];
    bool caught = report->violated && strcmp(report->rule, "SIM") != 0;

    total->caught += caught;
    printf("%-22s %-52s ", info->name, info->what);
    if (caught)
        printf("caught by seed %" PRIu64 " (%.1f s) %s: %s\n", report->seed,
               now() - place->began, report->rule, report->what);
    else
        printf("ESCAPED %" PRIu64 " seeds %s\n", report->runs, report->what);
    fflush(stdout);
}

/* The next planted bug to be hunted after *MUTANT. */
static bool next_mutant(struct place *place, int *mutant)
{
    uint64_t most = options.seeds < MUTANT_SEEDS ? options.seeds : MUTANT_SEEDS;

    while (++*mutant < MUTANT__COUNT) {
        if (options.only != NULL &&
            strcmp(options.only, sim_mutants[*mutant].name) != 0)
            continue;
        *place = (struct place){.pipe = -1,
                                .first = options.first,
                                .end = options.first + most,
                                .mutant = (enum sim_mutant) * mutant};
        return true;
    }
    return false;
}

static void hunt_all(struct total *total)
{
    struct place places[PROCESSES];
    int mutant = MUTANT_NONE, busy = 0, i;
    struct report report;

    for (i = 0; i < PROCESSES; i++) {
        places[i].pipe = -1;
        if (next_mutant(&places[i], &mutant)) {
            start(&places[i], i);
            busy++;
        }
    }
    while (busy > 0) {
        i = first_ended(places);
        collect(&report, &places[i]);
        tell_mutant(total, &places[i], &report);
        if (next_mutant(&places[i], &mutant))
            start(&places[i], i);
        else
            busy--;
    }
    printf("%d of %d planted bugs caught\n", total->caught, MUTANT__COUNT - 1);
}

static void usage(void)
{
    fputs("usage: sim [--seeds N] [--first K] [--mutants] [--mutant NAME]\n"
          "           [--json] [--trace]\n",
          stderr);
    exit(2);
}

static uint64_t read_number(const char *text)
{
    char *end = NULL;
    uint64_t number = strtoull(text, &end, 10);

    if (*text == '\0' || *end != '\0')
        usage();
    return number;
}

/* Without a word of which: the seeds and the planted bugs. */
static void read_options(int argc, char **argv)
{
    static const struct option known[] = {
        {"seeds", required_argument, NULL, 'n'},
        {"first", required_argument, NULL, 'k'},
        {"mutants", no_argument, NULL, 'm'},
        {"mutant", required_argument, NULL, 'o'},
        {"json", no_argument, NULL, 'j'},
        {"trace", no_argument, NULL, 't'},
        {NULL, 0, NULL, 0},
    };
    int option;

    while ((option = getopt_long(argc, argv, "", known, NULL)) != -1) {
        switch (option) {
        case 'n':
            options.seeds = read_number(optarg);
            options.run = true;
            break;
        case 'k':
            options.first = read_number(optarg);
            break;
        case 'm':
            options.hunt = true;
            break;
        case 'o':
            options.only = optarg;
            options.hunt = true;
            break;
        case 'j':
            options.json = true;
            break;
        case 't':
            options.trace = true;
            break;
        default:
            usage();
        }
    }
    if (optind != argc)
        usage();
    if (!options.run && !options.hunt)
        options.run = options.hunt = true;
}

static void tell(const struct total *total)
{
    if (options.run)
        printf("%" PRIu64 " seeds, %" PRIu64 " steps, %" PRIu64
               " violations, %.1f s, %.1f s a thousand seeds\n",
               total->runs, total->steps, total->violations, total->seconds,
               total->runs > 0 ? total->seconds * 1000 / (double)total->runs
                               : 0.0);
    if (options.json)
        printf("{\"runs\":%" PRIu64 ",\"violations\":%" PRIu64
               ",\"seconds\":%.1f,\"mutants_caught\":%d}\n",
               total->runs, total->violations, total->seconds, total->caught);
}

int main(int argc, char **argv)
{
    struct total total = {.runs = 0};
    int want;

    read_options(argc, argv);
    sim.trace = options.trace;
    if (options.hunt)
        hunt_all(&total);
    if (options.run && options.only == NULL)
        run_all(&total);
    tell(&total);
    want = options.only != NULL ? 1 : options.hunt ? MUTANT__COUNT - 1 : 0;
    return total.violations > 0 || total.caught < want;
}
