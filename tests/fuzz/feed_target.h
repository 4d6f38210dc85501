/** @file
 * What the fuzz targets of the feed layer share: a layout, and bytes as a file.
 */
#ifndef HEDUI_TESTS_FEED_TARGET_H
#define HEDUI_TESTS_FEED_TARGET_H

#include "feed/delivery.h"
#include "feed/layout_parse.h"
#include "yaml/yaml.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static inline void need(int condition)
{
    if (!condition)
        abort();
}

/** A layout with every type of column. */
static inline const hedui_layout *target_layout(hedui_arena *arena, const char *charset,
                                                const char *delimiter)
{
    static const char codes[] = "codes: kind\nlist:\n  A: {label: 身份证, also: [X]}\n"
                                "  B: {label: 执照}\n";
    static const char text[] =
        "feed: target\nas: targets\ntitle: 测试\nsource: 测试\nrow: 一行\nkey: [no]\n"
        "persons:\n  - {role: owner, id: a, name: b, kind: c, citizen: [A]}\n"
        "  - {role: other, id: d, optional: true}\n"
        "file: {name: \"*.gz\", charset: %s, delimiter: %s}\n"
        "columns:\n  no: {type: text, max: 8}\n  a: {type: citizen_id}\n  b: {type: name}\n"
        "  c: {type: code, list: kind}\n  d: {type: citizen_id}\n  e: {type: money, unit: "
        "wan_yuan}\n"
        "  f: {type: date, serial: true, epoch_ms: true}\n  g: {type: month}\n"
        "  h: {type: codes, list: kind}\n  i: {type: yes_no}\n  j: {type: area}\n  k: {type: "
        "rate}\n"
        "  l: {type: uscc}\n  m: {type: plate}\n  n: {type: integer, required: true}\n";
    const hedui_yaml *yaml;
    const hedui_code_list **list = hedui_arena_array(arena, 1, sizeof *list);
    const hedui_layout *layout = NULL;
    char filled[sizeof text + 32];
    need(list && !hedui_yaml_parse(&yaml, "k", hedui_span_of(codes), arena, NULL) &&
         !hedui_code_list_parse(list, yaml, arena, NULL));
    hedui_code_lists lists = {list, 1};
    (void)snprintf(filled, sizeof filled, text, charset, delimiter);
    need(!hedui_yaml_parse(&yaml, "t", hedui_span_of(filled), arena, NULL) &&
         !hedui_layout_parse(&layout, yaml, &lists, arena, NULL));
    return layout;
}

/** Scan `size` bytes as a file, with windows of `window` bytes (0: the default). */
static inline hedui_delivery *target_scan(const void *data, size_t size, const hedui_layout *layout,
                                          size_t window)
{
    hedui_scan_options options = {
        .reading = {.input_size = window, .block_size = window, .reject_keep = 64}};
    hedui_delivery *delivery = NULL;
    char path[64];
    int fd = memfd_create("target", MFD_CLOEXEC);
    need(fd >= 0 && write(fd, data, size) == (ssize_t)size);
    (void)snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    need(hedui_delivery_scan(&delivery, path, layout, &options, NULL) == HEDUI_OK);
    (void)close(fd);
    need(delivery->refusal != HEDUI_REFUSAL_none || hedui_ledger_balances(&delivery->ledger));
    need(delivery->refusal == HEDUI_REFUSAL_none || delivery->facts->count == 0);
    return delivery;
}

/** The layout by `charset` and comma, kept from call to call: reading one costs more than a scan. A
 * target asks for one only. */
static inline const hedui_layout *target_kept_layout(const char *charset)
{
    static const hedui_layout *layout;
    if (!layout) {
        hedui_arena *kept = hedui_arena_open(0);
        need(kept != NULL);
        layout = target_layout(kept, charset, "comma");
    }
    return layout;
}

/** A survey of the same bytes through the same windows, which keeps no rows, must count what the
 * scan counted. */
static inline void target_survey(const void *data, size_t size, hedui_delivery *a, size_t window)
{
    hedui_scan_options options = {
        .reading = {.input_size = window, .block_size = window, .reject_keep = 64}};
    hedui_delivery *b = NULL;
    char path[64];
    int fd = memfd_create("target", MFD_CLOEXEC);
    need(fd >= 0 && write(fd, data, size) == (ssize_t)size);
    (void)snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    need(hedui_delivery_survey(&b, path, a->layout, &options, NULL) == HEDUI_OK);
    (void)close(fd);
    need(a->refusal == b->refusal && memcmp(&a->ledger, &b->ledger, sizeof a->ledger) == 0);
    need(!memcmp(a->columns, b->columns, a->layout->column_count * sizeof *a->columns));
    need(hedui_rejects_count(a->rejects) == hedui_rejects_count(b->rejects));
    hedui_delivery_close(b);
}

/** Two scans of the same bytes must say the same. */
static inline void target_compare(hedui_delivery *a, hedui_delivery *b)
{
    hedui_reject x, y;
    need(a->refusal == b->refusal);
    need(a->facts->count == b->facts->count);
    need(memcmp(a->digest.bytes, b->digest.bytes, HEDUI_DIGEST_BYTES) == 0);
    if (a->refusal == HEDUI_REFUSAL_none) {
        need(memcmp(&a->ledger, &b->ledger, sizeof a->ledger) == 0);
        for (uint32_t i = 0; i < a->facts->count; i++) {
            const hedui_fact f = hedui_facts_at(a->facts, i), g = hedui_facts_at(b->facts, i);
            hedui_digest one, two;
            need(memcmp(&f, &g, sizeof f) == 0);
            need(!hedui_facts_digest(&one, a->facts, i, NULL) &&
                 !hedui_facts_digest(&two, b->facts, i, NULL) &&
                 memcmp(one.bytes, two.bytes, HEDUI_DIGEST_BYTES) == 0);
        }
        need(hedui_rejects_count(a->rejects) == hedui_rejects_count(b->rejects));
        for (uint64_t i = 0; i < hedui_rejects_count(a->rejects); i++)
            need(!hedui_rejects_get(&x, a->rejects, i, NULL) &&
                 !hedui_rejects_get(&y, b->rejects, i, NULL) && memcmp(&x, &y, sizeof x) == 0);
    }
    hedui_delivery_close(a);
    hedui_delivery_close(b);
}

#endif
