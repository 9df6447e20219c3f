/* smetka fence: which database is remembered as the newest. */
#include <stdio.h>

#include "ctl/ctl.h"
#include "db/fence.h"

static int print(struct ctl *ctl, const struct sm_fence *fence,
                 const char *path)
{
    unsigned long long cluster = sm_fence_cluster(fence);
    uint32_t timeline = sm_fence_timeline(fence);
    struct sm_buf out;

    sm_buf_init(&out, 4096);
    if (ctl->json)
        sm_buf_addf(&out, "{\"ok\":true,\"cluster\":\"%llu\",\"timeline\":%u}",
                    cluster, timeline);
    else if (cluster == 0)
        sm_buf_addf(&out, "%s: no database is remembered", path);
    else
        sm_buf_addf(&out, "%s: cluster %llu, timeline %u", path, cluster,
                    timeline);
    return ctl_print(&out, CTL_OK);
}

static int run_fence(struct ctl *ctl)
{
    struct sm_fence *fence = NULL;
    enum sm_status status;
    const char *path;
    int code = ctl_settings(ctl);

    if (code != CTL_OK)
        return code;
    path = sm_settings_str(ctl->settings, "db.timeline_file");
    if (path[0] == '\0')
        status = SM_FAIL(&ctl->err, SM_INVALID, "db.timeline_file is empty");
    else
        status = sm_fence_open(&fence, path, &ctl->err);
    if (status == SM_OK && ctl_option(ctl, "forget"))
        status = sm_fence_forget(fence, &ctl->err);
    code = status == SM_OK ? print(ctl, fence, path)
                           : ctl_fail(ctl, status, "fence");
    sm_fence_close(fence);
    return code;
}

static const struct ctl_option options[] = {
    {"forget", NULL, "Believe the next database, whatever it is"},
};

const struct ctl_command ctl_command_fence = {
    .name = "fence",
    .usage = "",
    .help = "Show which database is remembered as the newest.\n"
            "Servers on an older timeline and other clusters are refused.  "
            "After a\ndeliberate restore stop the old server, forget, and "
            "start the new one;\nrunning programs follow by themselves.",
    .options = options,
    .noptions = SM_COUNT(options),
    .run = run_fence,
};
