/* Any text as a manifest: no file name in it leads out of the inbox. */
#include "feed_target.h"

#include "feed/manifest.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const hedui_manifest *manifest;
    char path[64];
    hedui_arena *arena = hedui_arena_open(0);
    int fd = memfd_create("manifest", MFD_CLOEXEC);
    need(arena && fd >= 0 && write(fd, data, size) == (ssize_t)size);
    (void)snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    if (hedui_manifest_load(&manifest, path, arena, NULL) == HEDUI_OK)
        for (uint32_t i = 0; i < manifest->file_count; i++) {
            hedui_span name = manifest->files[i].file;
            need(name.length && name.at[0] != '.' && !memchr(name.at, '/', name.length));
        }
    (void)close(fd);
    hedui_arena_close(arena);
    return 0;
}
