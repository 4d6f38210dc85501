/* Whether hedui.yaml is not there or may not be looked for are two things: one asks for `init`, the
 * other for the workspace's owner. */
#include "test.h"

#include <hedui/file.h>
#include <hedui/workspace.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* In a child, which gives up what root may. */
static hedui_status status_of_stranger(const char *folder)
{
    enum { NOBODY = 65534 };
    int ends[2];
    hedui_status status = HEDUI_OK;
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        const hedui_workspace *workspace = NULL;
        hedui_arena *arena = hedui_arena_open(0);
        if (geteuid() == 0 && seteuid(NOBODY) != 0)
            _exit(1);
        status = hedui_workspace_load(&workspace, folder, NULL, arena, NULL);
        _exit(write(ends[1], &status, sizeof status) == (ssize_t)sizeof status ? 0 : 1);
    }
    assert_int_equal(read(ends[0], &status, sizeof status), sizeof status);
    assert_int_equal(waitpid(child, NULL, 0), child);
    (void)close(ends[0]);
    (void)close(ends[1]);
    return status;
}

static void a_folder_that_may_not_be_entered_is_told_apart(void **state)
{
    char folder[] = "/tmp/hedui-workspace-XXXXXX", file[64];
    (void)state;
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chmod(folder, 0755), 0);
    assert_int_equal(status_of_stranger(folder), HEDUI_E8001);
    (void)snprintf(file, sizeof file, "%s/hedui.yaml", folder);
    assert_int_equal(hedui_file_replace(file, hedui_span_of("hedui: 1\n"), NULL), HEDUI_OK);
    assert_int_equal(chmod(folder, 0), 0);
    assert_int_equal(status_of_stranger(folder), HEDUI_E8004);
    assert_int_equal(chmod(folder, 0700), 0);
    assert_int_equal(unlink(file), 0);
    assert_int_equal(rmdir(folder), 0);
    assert_int_equal(status_of_stranger(folder), HEDUI_E8001);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_folder_that_may_not_be_entered_is_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
