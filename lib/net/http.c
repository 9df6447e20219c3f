#include "net/http.h"

#include <curl/curl.h>
#include <pthread.h>
#include <string.h>

/* One easy handle a thread: it carries the thread's open connections. */
static pthread_key_t handle_key;
static pthread_once_t handle_once = PTHREAD_ONCE_INIT;
static int handle_error;

static void free_handle(void *handle)
{
    curl_easy_cleanup(handle);
}

static void make_key(void)
{
    handle_error = pthread_key_create(&handle_key, free_handle);
}

enum sm_status sm_http_global_init(struct sm_error *err)
{
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != 0)
        return SM_FAIL(err, SM_INTERNAL, "curl_global_init failed");
    return SM_OK;
}

void sm_http_global_cleanup(void)
{
    curl_global_cleanup();
}

/* This thread's handle, as new but for its connections; NULL if none. */
static CURL *thread_handle(void)
{
    CURL *curl;

    pthread_once(&handle_once, make_key);
    if (handle_error != 0)
        return NULL;
    curl = pthread_getspecific(handle_key);
    if (curl != NULL) {
        curl_easy_reset(curl);
        return curl;
    }
    curl = curl_easy_init();
    if (curl != NULL && pthread_setspecific(handle_key, curl) != 0) {
        curl_easy_cleanup(curl);
        curl = NULL;
    }
    return curl;
}

bool sm_http_url_ok(const char *url)
{
    static const char secure[] = "https://", local[] = "http://127.0.0.1";
    const char *rest, *at;

    for (at = url; *at != '\0'; at++)
        if ((unsigned char)*at <= ' ' || (unsigned char)*at >= 0x7f)
            return false;
    if (strncmp(url, secure, sizeof(secure) - 1) == 0) {
        rest = url + sizeof(secure) - 1;
        if (*rest == '\0' || *rest == '/' || *rest == ':')
            return false;
    } else if (strncmp(url, local, sizeof(local) - 1) == 0) {
        rest = url + sizeof(local) - 1;
        if (*rest != '\0' && *rest != '/' && *rest != ':')
            return false;
    } else {
        return false;
    }
    /* "https://bank@evil": what stands before @ would look like the host. */
    return memchr(rest, '@', strcspn(rest, "/?#")) == NULL;
}

static bool header_ok(const char *header)
{
    return strchr(header, ':') != NULL && strpbrk(header, "\r\n") == NULL;
}

static size_t collect(char *bytes, size_t size, size_t count, void *arg)
{
    struct sm_buf *body = arg;

    sm_buf_add(body, bytes, size * count);
    return sm_buf_ok(body) ? size * count : CURL_WRITEFUNC_ERROR;
}

/* libcurl's list of headers; false (and *OUT to free) if one cannot join. */
static bool make_headers(struct curl_slist **out,
                         const struct sm_http_request *request)
{
    struct curl_slist *list = NULL, *longer;
    size_t i;

    *out = NULL;
    for (i = 0; i < request->nheaders; i++) {
        longer = curl_slist_append(list, request->headers[i]);
        if (longer == NULL) {
            *out = list;
            return false;
        }
        list = longer;
    }
    /* Without this libcurl waits a second for "100 Continue". */
    longer = curl_slist_append(list, "Expect:");
    *out = longer != NULL ? longer : list;
    return longer != NULL;
}

static void configure(CURL *curl, const struct sm_http_request *request,
                      struct curl_slist *headers, struct sm_buf *body,
                      char *reason)
{
    curl_easy_setopt(curl, CURLOPT_URL, request->url);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR,
                     strncmp(request->url, "https:", 6) == 0 ? "https"
                                                             : "http");
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    if (request->ca_file != NULL && request->ca_file[0] != '\0')
        curl_easy_setopt(curl, CURLOPT_CAINFO, request->ca_file);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS,
                     (long)request->connect_ms);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)request->total_ms);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "smetka/" SM_VERSION);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, collect);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, body);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, reason);
    if (strcmp(request->method, "POST") == 0) {
        curl_easy_setopt(curl, CURLOPT_POST, 1L);
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE,
                         (curl_off_t)request->body_len);
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS,
                         request->body != NULL ? request->body : "");
    }
}

enum sm_status sm_http_send(struct sm_http_reply *out,
                            const struct sm_http_request *request,
                            struct sm_error *err)
{
    enum sm_status status = SM_OK;
    char reason[CURL_ERROR_SIZE] = "";
    struct curl_slist *headers = NULL;
    CURL *curl = NULL;
    CURLcode rc;
    long code = 0;
    size_t i;

    out->code = 0;
    sm_buf_init(&out->body, request->reply_max);
    if (!sm_http_url_ok(request->url))
        return SM_FAIL(err, SM_INVALID, "url refused");
    for (i = 0; i < request->nheaders; i++)
        if (!header_ok(request->headers[i]))
            return SM_FAIL(err, SM_INVALID, "header refused");
    curl = thread_handle();
    if (curl == NULL || !make_headers(&headers, request)) {
        status = SM_FAIL(err, SM_INTERNAL, "out of memory");
        goto out;
    }
    configure(curl, request, headers, &out->body, reason);
    rc = curl_easy_perform(curl);
    if (rc != CURLE_OK) {
        status = SM_FAIL(err, SM_UNAVAILABLE, "%s",
                         reason[0] != '\0' ? reason : curl_easy_strerror(rc));
        goto out;
    }
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &code);
    out->code = (int)code;
out:
    if (curl != NULL) /* the list must not outlive its use in the handle */
        curl_easy_reset(curl);
    curl_slist_free_all(headers);
    if (status != SM_OK)
        sm_buf_release(&out->body);
    return status;
}

void sm_http_reply_release(struct sm_http_reply *reply)
{
    sm_buf_release(&reply->body);
}
