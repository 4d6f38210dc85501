/** @file
 * Deliveries for tests: text to a gzip file in a temporary folder, layouts from text.
 */
#ifndef HEDUI_TESTS_FEED_FILE_H
#define HEDUI_TESTS_FEED_FILE_H

#include "test.h"

#include "feed/delivery.h"
#include "feed/layout_parse.h"
#include "yaml/yaml.h"

#include <hedui/buffer.h>

#include <fcntl.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

/** One gzip member of `text`, appended. */
static inline void gzip_add(hedui_buffer *out, hedui_span text, int level)
{
    z_stream z = {0};
    unsigned char piece[4096];
    assert_int_equal(deflateInit2(&z, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    z.next_in = (Bytef *)(uintptr_t)text.at;
    z.avail_in = (uInt)text.length;
    int result;
    do {
        z.next_out = piece;
        z.avail_out = sizeof piece;
        result = deflate(&z, Z_FINISH);
        hedui_buffer_add(out, (hedui_span){(char *)piece, sizeof piece - z.avail_out});
    } while (result != Z_STREAM_END);
    (void)deflateEnd(&z);
}

static inline void write_file(const char *path, hedui_span bytes)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes.at, bytes.length), (ssize_t)bytes.length);
    (void)close(fd);
}

/** A path in a folder of this process; the same buffer every time. */
static inline const char *temporary_path(const char *name)
{
    static char path[256];
    char folder[128];
    const char *base = getenv("TMPDIR");
    (void)snprintf(folder, sizeof folder, "%s/hedui-test-%d", base ? base : "/tmp", (int)getpid());
    (void)mkdir(folder, 0700);
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static inline void remove_temporary(void)
{
    char folder[128];
    const char *base = getenv("TMPDIR");
    (void)snprintf(folder, sizeof folder, "%s/hedui-test-%d", base ? base : "/tmp", (int)getpid());
    (void)rmdir(folder);
}

static inline hedui_span to_gb18030(hedui_span text, hedui_arena *arena)
{
    iconv_t handle = iconv_open("GB18030", "UTF-8");
    size_t room = text.length * 2 + 4, left = text.length;
    char *out = hedui_arena_take(arena, room), *at = out, *in = (char *)(uintptr_t)text.at;
    assert_true(handle != (iconv_t)-1);
    assert_true(iconv(handle, &in, &left, &at, &room) != (size_t)-1);
    (void)iconv_close(handle);
    return (hedui_span){out, (size_t)(at - out)};
}

/** The layout of a text, with the one code list of another. */
static inline const hedui_layout *parse_layout(const char *list_text, const char *text,
                                               hedui_arena *arena)
{
    const hedui_yaml *yaml;
    const hedui_code_list **list = hedui_arena_array(arena, 1, sizeof *list);
    const hedui_layout *layout;
    hedui_err err;
    hedui_err_init(&err);
    assert_int_equal(hedui_yaml_parse(&yaml, "kind.yaml", hedui_span_of(list_text), arena, &err),
                     HEDUI_OK);
    assert_int_equal(hedui_code_list_parse(list, yaml, arena, &err), HEDUI_OK);
    const hedui_code_lists all = {list, 1};
    assert_int_equal(hedui_yaml_parse(&yaml, "test.yaml", hedui_span_of(text), arena, &err),
                     HEDUI_OK);
    if (hedui_layout_parse(&layout, yaml, &all, arena, &err) != HEDUI_OK)
        fail_msg("%s:%u %.*s", err.file, err.line, (int)err.text_used, err.text);
    return layout;
}

/** Scan `bytes` as a file. */
static inline hedui_delivery *scan_bytes(hedui_span bytes, const hedui_layout *layout,
                                         const hedui_scan_options *options)
{
    hedui_delivery *delivery = NULL;
    hedui_err err;
    const char *path = temporary_path("delivery.csv.gz");
    hedui_err_init(&err);
    write_file(path, bytes);
    assert_int_equal(hedui_delivery_scan(&delivery, path, layout, options, &err), HEDUI_OK);
    (void)unlink(path);
    remove_temporary();
    return delivery;
}

/** Scan `text` (already in the layout's character set) compressed. */
static inline hedui_delivery *scan_text(hedui_span text, const hedui_layout *layout,
                                        const hedui_scan_options *options)
{
    hedui_buffer gz;
    hedui_buffer_init(&gz);
    gzip_add(&gz, text, 6);
    hedui_delivery *delivery = scan_bytes(hedui_buffer_span(&gz), layout, options);
    hedui_buffer_free(&gz);
    return delivery;
}

#endif
