/* links: zip base */
/* A ZIP that other programs can read, the same each time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "zip/zip.h"

static const struct sm_zip_file files[] = {
    {"data.json", "{\"a\":1}\n", 8},
    {"log.csv", "", 0},
};

static void test_same(void **state)
{
    struct sm_error err = {.message = ""};
    char *one, *two;
    size_t len, again;

    (void)state;
    assert_int_equal(sm_zip_make(&one, &len, files, 2, &err), SM_OK);
    sleep(2); /* the times of a ZIP count two seconds */
    assert_int_equal(sm_zip_make(&two, &again, files, 2, &err), SM_OK);
    assert_int_equal(len, again);
    assert_memory_equal(one, two, len);
    assert_memory_equal(one, "PK\3\4", 4);
    free(one);
    free(two);
}

static void test_other_reader(void **state)
{
    char *big = malloc(5 << 20), *zip, name[] = "/tmp/smetka-zip.XXXXXX";
    struct sm_zip_file one = {"big.csv", big, 5 << 20};
    struct sm_error err = {.message = ""};
    char command[128], text[64] = "";
    size_t len;
    FILE *pipe;
    int fd;

    (void)state;
    for (int i = 0; i < 5 << 20; i++)
        big[i] = (char)('a' + (i * 7 + i / 1000) % 26);
    assert_int_equal(sm_zip_make(&zip, &len, &one, 1, &err), SM_OK);
    fd = mkstemp(name);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, zip, len), len);
    close(fd);
    snprintf(command, sizeof(command),
             "python3 -c 'import sys,zipfile;z=zipfile.ZipFile(sys.argv[1]);"
             "print(z.testzip(),len(z.read(\"big.csv\")))' %s",
             name);
    pipe = popen(command, "r"); /* lint-ok: banned-call a reader of others */
    assert_non_null(pipe);
    assert_non_null(fgets(text, sizeof(text), pipe));
    pclose(pipe);
    unlink(name);
    assert_string_equal(text, "None 5242880\n");
    free(big);
    free(zip);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same),
        cmocka_unit_test(test_other_reader),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
