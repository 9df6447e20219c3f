#include "ctl/progress.h"

#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"

enum { WIDTH = 30, TERMINAL_MS = 200, PLAIN_MS = 5000 };

void progress_begin(struct progress *progress, const char *what, int64_t total)
{
    *progress = (struct progress){.what = what, .total = total};
    progress->terminal = isatty(STDERR_FILENO) == 1;
    progress->began_ms = sm_clock_mono_ms();
    progress->written_ms = progress->began_ms;
}

static int64_t per_second(int64_t done, int64_t ms)
{
    return ms > 0 ? done * 1000 / ms : done;
}

static void draw_bar(int64_t position, int64_t total)
{
    char bar[WIDTH + 1];
    int64_t filled = position >= total ? WIDTH : position * WIDTH / total;

    for (int i = 0; i < WIDTH; i++)
        bar[i] = i < filled ? '#' : '.';
    bar[WIDTH] = '\0';
    fprintf(stderr, "[%s] %3d %%  ", bar, (int)(position * 100 / total));
}

static void draw_time_left(int64_t position, int64_t total, int64_t ms)
{
    int64_t left_s;

    if (position <= 0 || position > total)
        return;
    left_s = (total - position) * (ms / 10) / position / 100;
    fprintf(stderr, ", %lld:%02lld left", (long long)(left_s / 60),
            (long long)(left_s % 60));
}

void progress_update(struct progress *progress, int64_t done, int64_t position)
{
    int64_t now = sm_clock_mono_ms();
    int64_t ms = now - progress->began_ms;

    if (now - progress->written_ms <
        (progress->terminal ? TERMINAL_MS : PLAIN_MS))
        return;
    progress->written_ms = now;
    progress->shown = true;
    if (progress->terminal) {
        fputs("\r\033[K", stderr);
        if (progress->total > 0)
            draw_bar(position, progress->total);
    }
    fprintf(stderr, "%lld %s, %lld/s", (long long)done, progress->what,
            (long long)per_second(done, ms));
    if (progress->total > 0)
        draw_time_left(position, progress->total, ms);
    fputs(progress->terminal ? "" : "\n", stderr);
    fflush(stderr);
}

void progress_hide(struct progress *progress)
{
    if (progress->terminal && progress->shown)
        fputs("\r\033[K", stderr);
}

void progress_end(struct progress *progress, int64_t done)
{
    int64_t ms = sm_clock_mono_ms() - progress->began_ms;

    progress_hide(progress);
    fprintf(stderr, "%lld %s in %lld.%01lld s, %lld/s\n", (long long)done,
            progress->what, (long long)(ms / 1000), (long long)(ms / 100 % 10),
            (long long)per_second(done, ms));
}
