/* links: pdf base */
/* Documents, read back by poppler's programs, which share no code with what
 * writes them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <pthread.h>

#include "base/clock.h"
#include "pdf/pdf.h"

#define OUT_MAX ((size_t)4 << 20)
#define URL "https://site.example/ro/receipt/a'b"

static const struct sm_pdf_info info = {
    .title = "Dovada plății Ș-1",
    .author = "Електра Аква",
    .lang = "ro",
    .created = "2026-11-25T10:00:00Z",
    .accent = 0x0b5e6b,
};

/* A document with LINES lines in its table. */
static void make(struct sm_buf *out, int lines)
{
    struct sm_error err = {.message = ""};
    struct sm_pdf *pdf = NULL;
    char text[32];

    sm_buf_init(out, OUT_MAX);
    assert_int_equal(sm_pdf_new(&pdf, &info, &err), SM_OK);
    sm_pdf_heading(pdf, info.title);
    sm_pdf_figure(pdf, "1.234,56 RON");
    sm_pdf_row(pdf, "Plătit la", "25 noiembrie 2026");
    sm_pdf_row(pdf, "Платено", "щастие");
    sm_pdf_section(pdf, "Ce a plătit");
    sm_pdf_table(pdf, "Factura", "Suma");
    for (int i = 0; i < lines; i++) {
        snprintf(text, sizeof(text), "EA-%04d", i);
        sm_pdf_line(pdf, text, "1,00 RON");
    }
    sm_pdf_link(pdf, "Oricine poate verifica:", URL);
    sm_pdf_paragraph(pdf, "Strada Științei nr. 1");
    if (sm_pdf_finish(out, pdf, &err) != SM_OK)
        fail_msg("%s", err.message);
    assert_true(sm_buf_ok(out));
}

/* Run ARGV; what it prints, errors too, into TEXT. */
static void run(char *text, size_t size, char *const argv[])
{
    int ends[2], status = -1;
    size_t len = 0;
    ssize_t got;
    pid_t child;

    assert_int_equal(pipe(ends), 0);
    child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        dup2(ends[1], 1);
        dup2(ends[1], 2);
        execvp(argv[0], argv);
        _exit(127);
    }
    close(ends[1]);
    while (len < size - 1 &&
           (got = read(ends[0], text + len, size - 1 - len)) > 0)
        len += (size_t)got;
    text[len] = '\0';
    close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    if (status != 0)
        fail_msg("%s: %s", argv[0], text);
}

/* What PROGRAM prints of the document, with OPTION; "-" goes behind the
 * file's name. */
static char *read_back(const struct sm_buf *document, const char *program,
                       const char *option)
{
    static char text[65536];
    char path[] = "/tmp/smetka-pdf.XXXXXX", name[32], word[32];
    bool behind = strcmp(option, "-") == 0;
    int fd = mkstemp(path);

    assert_true(fd >= 0);
    assert_true(write(fd, document->data, document->len) ==
                (ssize_t)document->len);
    close(fd);
    snprintf(name, sizeof(name), "%s", program);
    snprintf(word, sizeof(word), "%s", option);
    if (behind)
        run(text, sizeof(text), (char *const[]){name, path, word, NULL});
    else if (word[0] != '\0')
        run(text, sizeof(text), (char *const[]){name, word, path, NULL});
    else
        run(text, sizeof(text), (char *const[]){name, path, NULL});
    unlink(path);
    return text;
}

static void assert_has(const char *text, const char *part)
{
    if (strstr(text, part) == NULL)
        fail_msg("no \"%s\" in:\n%s", part, text);
}

static void text_can_be_read(void **state)
{
    struct sm_buf out;
    char *text;

    (void)state;
    make(&out, 3);
    text = read_back(&out, "pdftotext", "-");
    assert_has(text, "Dovada plății Ș-1");
    assert_has(text, "Електра Аква");
    assert_has(text, "щастие");
    assert_has(text, "EA-0002");
    assert_has(text, "Strada Științei nr. 1");
    assert_has(text, URL);
    sm_buf_release(&out);
}

static void it_says_what_it_is(void **state)
{
    struct sm_buf out;
    char *text;

    (void)state;
    make(&out, 3);
    text = read_back(&out, "pdfinfo", "");
    assert_has(text, "Title:           Dovada plății Ș-1");
    assert_has(text, "Author:          Електра Аква");
    assert_has(text, "Tagged:          yes");
    assert_has(text, "Pages:           1\n");
    assert_has(text, "(A4)");
    assert_null(strstr(text, "Error"));
    assert_null(strstr(text, "Warning"));
    text = read_back(&out, "pdfinfo", "-struct");
    assert_has(text, "H1");
    assert_has(text, "Table");
    assert_has(text, "TH");
    text = read_back(&out, "pdfinfo", "-url");
    assert_has(text, URL);
    text = read_back(&out, "pdffonts", "");
    assert_has(text, "DejaVuSans");
    assert_null(strstr(text, " no  ")); /* all embedded */
    /* the last catalog counts: the language is in it */
    assert_non_null(memmem(out.data, out.len, "/Lang (ro)", 10));
    sm_buf_release(&out);
}

static void a_long_table_goes_on(void **state)
{
    struct sm_buf out;
    char *text, *at;
    int heads = 0;

    (void)state;
    make(&out, 100);
    text = read_back(&out, "pdfinfo", "");
    assert_has(text, "Pages:           4\n");
    text = read_back(&out, "pdftotext", "-");
    assert_has(text, "EA-0099");
    for (at = text; (at = strstr(at, "Factura")) != NULL; at++)
        heads++;
    assert_in_range(heads, 3, 4); /* on every page that it comes to */
    text = read_back(&out, "pdfinfo", "-struct");
    assert_null(strstr(text, "Error"));
    sm_buf_release(&out);
}

static void the_same_content_is_the_same_bytes(void **state)
{
    struct sm_buf one, two;

    (void)state;
    make(&one, 40);
    make(&two, 40);
    assert_int_equal(one.len, two.len);
    assert_memory_equal(one.data, two.data, one.len);
    sm_buf_release(&one);
    sm_buf_release(&two);
}

static void what_does_not_fit_is_refused(void **state)
{
    struct sm_pdf *pdf = NULL;
    char url[400];
    struct sm_buf out;

    (void)state;
    memset(url, 'u', sizeof(url) - 1);
    url[sizeof(url) - 1] = '\0';
    sm_buf_init(&out, OUT_MAX);
    assert_int_equal(sm_pdf_new(&pdf, &info, NULL), SM_OK);
    sm_pdf_link(pdf, "", url);
    assert_int_equal(sm_pdf_finish(&out, pdf, NULL), SM_INTERNAL);
    assert_int_equal(out.len, 0);
    sm_buf_init(&out, 100);
    assert_int_equal(sm_pdf_new(&pdf, &info, NULL), SM_OK);
    assert_int_equal(sm_pdf_finish(&out, pdf, NULL), SM_INTERNAL);
    assert_int_equal(out.len, 0);
    sm_buf_release(&out);
}

/* A document with what stands side by side, and ROWS rows of a grid. */
static void make_grid(struct sm_buf *out, int rows)
{
    static const struct sm_pdf_column columns[] = {{"Denumire", 40, false},
                                                   {"Cantitate", 30, true},
                                                   {"Valoare", 30, true}};
    const struct sm_pdf_block blocks[] = {{"Furnizor", "Ștefan SA", "Iași\nRO"},
                                          {"Клиент", "Щилян", ""}};
    const struct sm_pdf_code codes[] = {
        {"BCD\n002", "cu banca", "codul unu", ""},
        {URL, "cu cardul", "кодът 2 😀", URL}};
    const struct sm_pdf_panel panel = {"De plată", "1.234.567.890,12 RON",
                                       "Cod AB12\nIBAN RO49", codes, 2};
    struct sm_error err = {.message = ""};
    struct sm_pdf *pdf = NULL;
    char name[32];

    sm_buf_init(out, OUT_MAX);
    assert_int_equal(sm_pdf_new(&pdf, &info, &err), SM_OK);
    sm_pdf_heading(pdf, info.title);
    sm_pdf_blocks(pdf, blocks, SM_COUNT(blocks));
    sm_pdf_panel(pdf, &panel);
    sm_pdf_grid(pdf, columns, SM_COUNT(columns));
    for (int i = 0; i < rows; i++) {
        snprintf(name, sizeof(name), "Linia %04d", i);
        sm_pdf_grid_row(pdf, (const char *const[]){name, "12,5", "99,10"},
                        i + 1 == rows);
    }
    sm_pdf_link(pdf, "Verificați:", URL);
    sm_pdf_note(pdf, "Tipar mărunt");
    if (sm_pdf_finish(out, pdf, &err) != SM_OK)
        fail_msg("%s", err.message);
}

/* How often PART stands in TEXT. */
static int count(const char *text, const char *part)
{
    int n = 0;

    for (; (text = strstr(text, part)) != NULL; text++)
        n++;
    return n;
}

static void tables_of_several_columns(void **state)
{
    struct sm_buf out, again;
    char *text;

    (void)state;
    make_grid(&out, 3);
    text = read_back(&out, "pdftotext", "-");
    assert_has(text, "Furnizor");
    assert_has(text, "Ștefan SA");
    assert_has(text, "Щилян");
    assert_has(text, "1.234.567.890,12 RON\n"); /* on one line */
    assert_has(text, "IBAN RO49");
    assert_has(text, "cu banca");
    assert_has(text, "Linia 0002");
    assert_has(text, "Tipar mărunt");
    text = read_back(&out, "pdfinfo", "-struct");
    assert_null(strstr(text, "Error"));
    assert_int_equal(count(text, "TH"), 3);
    assert_int_equal(count(text, "TD"), 9);
    assert_int_equal(count(text, "Figure"), 3);
    assert_int_equal(count(text, "Div"), 2);
    text = read_back(&out, "pdfinfo", "-url");
    assert_int_equal(count(text, URL), 2);
    make_grid(&again, 3);
    assert_int_equal(out.len, again.len);
    assert_memory_equal(out.data, again.data, out.len);
    sm_buf_release(&out);
    sm_buf_release(&again);
    make_grid(&out, 100);
    text = read_back(&out, "pdfinfo", "");
    assert_has(text, "Pages:           3\n");
    text = read_back(&out, "pdftotext", "-");
    assert_int_equal(count(text, "Cantitate"), 3);
    assert_has(text, "Linia 0099");
    sm_buf_release(&out);
}

/* What stands for a code is in the update, in the order of the codes: it is
 * found again by the element's number in what cairo wrote. */
static void codes_have_words(void **state)
{
    static const char *const alts[] = {
        "/Alt <FEFF0063006F00640075006C00200075006E0075>",
        "/Alt <FEFF043A043E0434044A0442002000320020D83DDE00>"};
    struct sm_buf out;
    char *at, *end;
    long last = 0;

    (void)state;
    make_grid(&out, 1);
    at = memmem(out.data, out.len, alts[0], strlen(alts[0]));
    assert_non_null(at);
    end = memmem(out.data, out.len, alts[1], strlen(alts[1]));
    assert_non_null(end);
    assert_true(at < end);
    /* the marked content that they are: first the first */
    for (char *alt = at; alt != NULL; alt = strstr(alt + 1, "/Alt <")) {
        char *content = strstr(alt, "/K");
        long mcid;

        assert_non_null(content);
        mcid = strtol(content + strcspn(content, "0123456789"), NULL, 10);
        assert_true(mcid > last);
        last = mcid;
    }
    assert_null(strstr(read_back(&out, "pdfinfo", "-struct"), "Error"));
    /* the objects of the update stand in the order of their numbers */
    last = 0;
    at = strstr(end, "\nxref\n");
    assert_non_null(at);
    for (at += 6; *at != 't'; at = strchr(strchr(at, '\n') + 1, '\n') + 1) {
        assert_true(strtol(at, NULL, 10) > last);
        last = strtol(at, NULL, 10);
    }
    assert_true(last > 0);
    sm_buf_release(&out);
}

static void a_long_cell_is_cut(void **state)
{
    static const struct sm_pdf_column columns[] = {{"A", 30, false},
                                                   {"B", 70, true}};
    struct sm_pdf *pdf = NULL;
    struct sm_buf out;
    char text[16384], *got;

    (void)state;
    memset(text, 'm', sizeof(text) - 1);
    text[sizeof(text) - 1] = '\0';
    sm_buf_init(&out, OUT_MAX);
    assert_int_equal(sm_pdf_new(&pdf, &info, NULL), SM_OK);
    sm_pdf_blocks(pdf, &(struct sm_pdf_block){"t", text, text}, 1);
    sm_pdf_grid(pdf, columns, 2);
    sm_pdf_grid_row(pdf, (const char *const[]){text, "nearby"}, false);
    sm_pdf_grid_row(pdf, (const char *const[]){"after", "it"}, false);
    assert_int_equal(sm_pdf_finish(&out, pdf, NULL), SM_OK);
    got = read_back(&out, "pdfinfo", "");
    assert_has(got, "Pages:           2\n");
    got = read_back(&out, "pdftotext", "-");
    assert_has(got, "nearby");
    assert_has(got, "after");
    sm_buf_release(&out);
}

static void what_makes_no_grid(void **state)
{
    static const struct sm_pdf_column columns[9];
    static const struct sm_pdf_code code = {"", "", "", ""};
    struct sm_pdf *pdf = NULL;
    struct sm_buf out;

    (void)state;
    sm_buf_init(&out, OUT_MAX);
    for (int i = 0; i < 5; i++) {
        assert_int_equal(sm_pdf_new(&pdf, &info, NULL), SM_OK);
        if (i == 0)
            sm_pdf_grid(pdf, columns, 9);
        else if (i == 1)
            sm_pdf_grid_row(pdf, (const char *const[]){"", ""}, false);
        else if (i == 2)
            sm_pdf_blocks(pdf, NULL, 0);
        else if (i == 3) /* a code of nothing */
            sm_pdf_panel(pdf, &(struct sm_pdf_panel){"", "1", "", &code, 1});
        else
            sm_pdf_panel(pdf, &(struct sm_pdf_panel){"", "1", "", NULL, 3});
        assert_int_equal(sm_pdf_finish(&out, pdf, NULL), SM_INTERNAL);
        assert_int_equal(out.len, 0);
    }
}

static void *make_many(void *arg)
{
    (void)arg;
    for (int i = 0; i < 5; i++) {
        struct sm_buf out;

        make(&out, 10);
        sm_buf_release(&out);
    }
    return NULL;
}

static void two_at_a_time(void **state)
{
    struct sm_pdf *held[2] = {NULL, NULL}, *third = NULL;
    int64_t began = sm_clock_mono_ms();
    pthread_t threads[4];

    (void)state;
    for (int i = 0; i < 2; i++)
        assert_int_equal(sm_pdf_new(&held[i], &info, NULL), SM_OK);
    assert_int_equal(sm_pdf_new(&third, &info, NULL), SM_BUSY);
    assert_null(third);
    assert_in_range(sm_clock_mono_ms() - began, 900, 3000);
    sm_pdf_free(held[0]);
    assert_int_equal(sm_pdf_new(&third, &info, NULL), SM_OK);
    sm_pdf_free(third);
    sm_pdf_free(held[1]);
    sm_pdf_free(NULL);
    for (size_t i = 0; i < SM_COUNT(threads); i++)
        assert_int_equal(pthread_create(&threads[i], NULL, make_many, NULL), 0);
    for (size_t i = 0; i < SM_COUNT(threads); i++)
        pthread_join(threads[i], NULL);
}

static int end(void **state)
{
    (void)state;
    sm_pdf_cleanup();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_can_be_read),
        cmocka_unit_test(it_says_what_it_is),
        cmocka_unit_test(a_long_table_goes_on),
        cmocka_unit_test(the_same_content_is_the_same_bytes),
        cmocka_unit_test(what_does_not_fit_is_refused),
        cmocka_unit_test(tables_of_several_columns),
        cmocka_unit_test(codes_have_words),
        cmocka_unit_test(a_long_cell_is_cut),
        cmocka_unit_test(what_makes_no_grid),
        cmocka_unit_test(two_at_a_time),
    };

    return cmocka_run_group_tests(tests, NULL, end);
}
