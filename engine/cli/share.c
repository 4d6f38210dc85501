/* Where the shipped feeds/ and rules/ are. */
#include "cli/cli.h"

#include <hedui/file.h>

#include <stdlib.h>
#include <unistd.h>

/* A program that stands in a build folder belongs to the tree around it, not to an older version
 * that happens to be installed; CMakeCache.txt tells a build folder. */
const char *hedui_cli_share(hedui_arena *arena)
{
    const char *named = getenv("HEDUI_SHARE");
    if (named && named[0])
        return named;
    char *program = hedui_arena_take(arena, 4096);
    ssize_t length = program ? readlink("/proc/self/exe", program, 4095) : -1;
    char *slash = length > 0 ? strrchr(program, '/') : NULL;
    if (!slash)
        return HEDUI_SHARE;
    *slash = '\0';
    const char *cache = hedui_path_join(program, "CMakeCache.txt", arena);
    const char *tree = hedui_path_join(program, "../..", arena);
    const char *feeds = tree ? hedui_path_join(tree, "feeds", arena) : NULL;
    if (cache && feeds && hedui_file_exists(cache) && hedui_file_exists(feeds))
        return tree;
    const char *share = hedui_path_join(program, "../share/hedui", arena);
    feeds = share ? hedui_path_join(share, "feeds", arena) : NULL;
    return feeds && hedui_file_exists(feeds) ? share : HEDUI_SHARE;
}
