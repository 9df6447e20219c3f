#include "boxed.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "bridge.h"
#include "net/http.h"

static void open_adapter(struct sm_boxed *boxed, int port)
{
    char text[512];

    snprintf(text, sizeof(text),
             "stripe.base_url = http://127.0.0.1:%d\n"
             "stripe.secret_key = sk_test_1\n"
             "stripe.webhook_secret = whsec_test_secret\n",
             port);
    sm_bridge_adapter(&boxed->processor, &boxed->settings, text);
}

void sm_boxed_start(struct sm_boxed *out)
{
    int port;

    assert_int_equal(sm_http_global_init(NULL), SM_OK);
    port = sm_bridge_open(&out->site);
    open_adapter(out, port);
    out->arena = sm_arena_new((size_t)16 << 20);
    assert_non_null(out->arena);
    snprintf(out->dir, sizeof(out->dir), "/tmp/smetka-box.XXXXXX");
    assert_non_null(mkdtemp(out->dir));
    snprintf(out->text, sizeof(out->text),
             "sandbox.public_origin = https://localhost:8445\n"
             "sandbox.webhook_url = http://127.0.0.1:%d/gw/notify/stripe\n"
             "sandbox.webhook_secret = whsec_test_secret\n"
             "sandbox.secret_key = sk_test_1\n"
             "sandbox.state_dir = %s\nsandbox.mail_dir = %s\n",
             port, out->dir, out->dir);
    sm_site_start(&out->site, "sandbox", out->text, NULL);
}

void sm_boxed_stop(struct sm_boxed *boxed)
{
    static const char *const files[] = {"truth.jsonl", "parts.jsonl"};
    char path[96];

    sm_site_stop(&boxed->site);
    sm_bridge_close();
    for (size_t i = 0; i < SM_COUNT(files); i++) {
        snprintf(path, sizeof(path), "%s/%s", boxed->dir, files[i]);
        unlink(path);
    }
    assert_int_equal(rmdir(boxed->dir), 0);
    sm_arena_free(boxed->arena);
    sm_processor_close(boxed->processor);
    sm_settings_free(boxed->settings);
    sm_http_global_cleanup();
}

const char *sm_boxed_get(const struct sm_boxed *boxed,
                         const struct sm_site *site, const char *path)
{
    struct sm_answer answer;
    const char *copy;

    sm_site_ask(&answer, site, &(struct sm_ask){.path = path});
    assert_int_equal(answer.http, 200);
    copy = sm_arena_strdup(boxed->arena, answer.body);
    sm_answer_free(&answer);
    assert_non_null(copy);
    return copy;
}
