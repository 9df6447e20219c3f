#include "importer.h"

#include <spawn.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

void sm_import(const struct sm_site *site, const char *kind, const char *path,
               const char *option, const char *value)
{
    char config[128];
    const char *argv[] = {SM_TEST_BIN "/smetka",
                          "import",
                          "--config",
                          config,
                          kind,
                          path,
                          option,
                          value,
                          NULL};
    pid_t child;
    int status;

    snprintf(config, sizeof(config), "%s/conf", site->dir);
    assert_int_equal(posix_spawn(&child, argv[0], NULL, NULL,
                                 (char *const *)(uintptr_t)argv, environ),
                     0);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(WIFEXITED(status) ? WEXITSTATUS(status) : -1, 0);
}

void sm_import_text(const struct sm_site *site, const char *kind,
                    const char *text)
{
    char path[128];
    FILE *file;

    snprintf(path, sizeof(path), "%s/%s.csv", site->dir, kind);
    file = fopen(path, "we");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
    sm_import(site, kind, path, NULL, NULL);
    unlink(path);
}
