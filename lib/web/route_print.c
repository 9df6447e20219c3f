/* The route table in print. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "web/route.h"

static const char *auth_word(enum sm_auth auth)
{
    switch (auth) {
    case SM_AUTH_PUBLIC:
        return "public";
    case SM_AUTH_BROWSER:
        return "browser";
    case SM_AUTH_CUSTOMER:
        return "customer";
    case SM_AUTH_TOKEN:
        return "token";
    case SM_AUTH_SIGNED:
        return "signed";
    case SM_AUTH_LOOPBACK:
        return "loopback";
    case SM_AUTH_UNSET:
    default:
        return "unset";
    }
}

static const char *type_word(enum sm_input_type type)
{
    static const char *const words[] = {
        [SM_IN_TEXT] = "text",
        [SM_IN_CHOICE] = "choice",
        [SM_IN_INT] = "int",
        [SM_IN_AMOUNT] = "amount",
        [SM_IN_BOOL] = "bool",
        [SM_IN_ID] = "id",
        [SM_IN_TOKEN] = "token",
        [SM_IN_PAYMENT_CODE] = "payment_code",
        [SM_IN_EMAIL] = "email",
        [SM_IN_PHONE] = "phone",
        [SM_IN_LANG] = "lang",
        [SM_IN_CLIENT_CODE] = "client_code",
        [SM_IN_INVOICE_NO] = "invoice_no",
        [SM_IN_PASSWORD] = "password",
        [SM_IN_BYTES] = "bytes",
    };

    return (size_t)type < SM_COUNT(words) && words[type] ? words[type] : "?";
}

static const char *methods(const struct sm_page *page)
{
    if (page->get && page->post)
        return "GET,POST";
    return page->get ? "GET" : "POST";
}

static const char *limit(const struct sm_page *page)
{
    return page->limit ? page->limit : "page";
}

static void print_input(const struct sm_input *input)
{
    printf("    %s %s", input->name, type_word(input->type));
    if (input->choices)
        printf(" %s", input->choices);
    if (input->min != 0 || input->max != 0)
        printf(" %" PRId64 "..%" PRId64, input->min, input->max);
    printf("%s%s\n", input->many ? " many" : "",
           input->required ? " required" : "");
}

void sm_routes_print(const struct sm_routes *routes, const char *program)
{
    for (size_t i = 0; i < routes->count; i++) {
        const struct sm_page *page = routes->routes[i].page;

        printf("%s%s  %s  auth=%s limit=%s body=%zu%s%s%s%s%s%s%s%s%s\n",
               page->plain ? "" : "/{lang}", page->path, methods(page),
               auth_word(page->auth), limit(page), sm_page_body_max(page),
               page->stage ? " stage=" : "", page->stage ? page->stage : "",
               page->confirm ? " confirm" : "",
               page->personal ? " personal" : "",
               page->processor_form ? " processor_form" : "",
               page->get_writes ? " get_writes" : "",
               page->signed_post ? " signed_post" : "",
               page->instance ? " instance=" : "",
               page->instance ? page->instance : "");
        printf("    # %s %s: %s\n", program, routes->routes[i].stem,
               page->help);
        for (size_t j = 0; j < page->ninputs; j++)
            print_input(&page->inputs[j]);
    }
}

/* The path as a regular expression, anchored. */
static void add_pattern(struct sm_buf *out, const struct sm_route *route)
{
    sm_buf_adds(out, route->page->plain ? "^" : "^/(?:ro|bg|en)");
    for (size_t i = 0; i < route->count; i++) {
        const struct sm_segment *segment = &route->segments[i];

        sm_buf_addc(out, '/');
        if (segment->input >= 0) {
            sm_buf_adds(out, "[A-Za-z0-9_-]+");
            continue;
        }
        for (size_t j = 0; j < segment->len; j++) {
            if (strchr(".+*?()[]{}|^$\\", segment->text[j]))
                sm_buf_addc(out, '\\');
            sm_buf_addc(out, segment->text[j]);
        }
    }
    sm_buf_addc(out, '$');
}

static void add_text(struct sm_buf *out, const char *key, const char *text)
{
    sm_buf_addf(out, ", \"%s\": \"", key);
    sm_buf_add_json(out, text, strlen(text));
    sm_buf_addc(out, '"');
}

static void add_flag(struct sm_buf *out, const char *key, bool value)
{
    sm_buf_addf(out, ", \"%s\": %s", key, value ? "true" : "false");
}

static void add_route(struct sm_buf *out, const struct sm_route *route,
                      const char *program)
{
    const struct sm_page *page = route->page;
    struct sm_buf pattern;

    sm_buf_init(&pattern, 4096);
    add_pattern(&pattern, route);
    sm_buf_addf(out, "  {\"program\": \"%s\"", program);
    add_text(out, "page", route->stem);
    add_text(out, "path", page->path);
    add_flag(out, "plain", page->plain);
    add_text(out, "pattern", pattern.data);
    sm_buf_addf(out, ", \"methods\": [%s%s%s]", page->get ? "\"GET\"" : "",
                page->get && page->post ? ", " : "",
                page->post ? "\"POST\"" : "");
    add_text(out, "auth", auth_word(page->auth));
    add_text(out, "limit", limit(page));
    sm_buf_addf(out, ", \"body_max\": %zu", sm_page_body_max(page));
    add_flag(out, "personal", page->personal);
    if (page->instance)
        add_text(out, "instance", page->instance);
    else
        sm_buf_adds(out, ", \"instance\": null");
    sm_buf_addc(out, '}');
    sm_buf_release(&pattern);
}

void sm_routes_print_json(const struct sm_routes *routes, const char *program)
{
    struct sm_buf out;

    sm_buf_init(&out, 1 << 20);
    sm_buf_adds(&out, "[");
    for (size_t i = 0; i < routes->count; i++) {
        sm_buf_adds(&out, i ? ",\n" : "\n");
        add_route(&out, &routes->routes[i], program);
    }
    puts(out.data);
    puts("]");
    sm_buf_release(&out);
}
