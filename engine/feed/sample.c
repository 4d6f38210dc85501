/* `feeds test`: every sample of a layout is written as a delivery of one row and scanned like any
 * other, so that a technician sees what the night will see. Samples stand in YAML, so the delivery
 * is UTF-8 whatever the layout's character set. */
#include <hedui/feed.h>

#include "feed/delivery.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

typedef struct tester {
    hedui_feed_samples *told;
    hedui_feed_sample *failures;
    uint32_t room;
    hedui_arena *arena;
    hedui_err *err;
} tester;

static void add_line(hedui_buffer *text, const hedui_span *cells, uint32_t count, char delimiter)
{
    for (uint32_t c = 0; c < count; c++) {
        if (c)
            hedui_buffer_byte(text, delimiter);
        hedui_buffer_byte(text, '"');
        for (size_t i = 0; i < cells[c].length; i++) {
            if (cells[c].at[i] == '"')
                hedui_buffer_byte(text, '"');
            hedui_buffer_byte(text, cells[c].at[i]);
        }
        hedui_buffer_byte(text, '"');
    }
    hedui_buffer_byte(text, '\n');
}

static void add_number(hedui_buffer *out, uint32_t number, int bytes)
{
    for (int i = 0; i < bytes; i++)
        hedui_buffer_byte(out, (char)(number >> (8 * i) & 0xFF));
}

/* gzip of stored blocks: nothing is gained by compressing a line. */
static void add_gzip(hedui_buffer *out, hedui_span text)
{
    enum { BLOCK = 65535 };
    static const char header[] = {'\x1F', '\x8B', 8, 0, 0, 0, 0, 0, 0, '\xFF'};
    hedui_buffer_add(out, (hedui_span){header, sizeof header});
    for (size_t at = 0; at < text.length; at += BLOCK) {
        size_t length = text.length - at < BLOCK ? text.length - at : BLOCK;
        hedui_buffer_byte(out, at + length == text.length);
        add_number(out, (uint32_t)length, 2);
        add_number(out, ~(uint32_t)length, 2);
        hedui_buffer_add(out, (hedui_span){text.at + at, length});
    }
    add_number(out, (uint32_t)crc32(0, (const Bytef *)text.at, (uInt)text.length), 4);
    add_number(out, (uint32_t)text.length, 4);
}

static hedui_status scan_file(hedui_delivery **delivery, hedui_span bytes,
                              const hedui_layout *layout, hedui_err *err)
{
    char path[4096];
    const char *folder = getenv("TMPDIR");
    (void)snprintf(path, sizeof path, "%s/hedui-sample-XXXXXX", folder ? folder : "/tmp");
    int fd = mkstemp(path);
    if (fd < 0)
        return hedui_fail(err, HEDUI_E1004, hedui_place_none(),
                          HEDUI_ARG_TEXT(folder ? folder : "/tmp"), HEDUI_ARG_ERRNO(errno));
    errno = 0;
    ssize_t written = write(fd, bytes.at, bytes.length);
    int wrong = written == (ssize_t)bytes.length ? 0 : errno ? errno : ENOSPC;
    if (close(fd) != 0 && !wrong)
        wrong = errno;
    hedui_status status = wrong ? hedui_fail(err, HEDUI_E1004, hedui_place_none(),
                                             HEDUI_ARG_TEXT(path), HEDUI_ARG_ERRNO(wrong))
                                : hedui_delivery_scan(delivery, path, layout, NULL, err);
    (void)unlink(path);
    return status;
}

static hedui_status scan(hedui_delivery **delivery, const hedui_layout *layout,
                         const hedui_layout_sample *sample, hedui_err *err)
{
    hedui_buffer text, bytes;
    hedui_buffer_init(&text);
    hedui_buffer_init(&bytes);
    add_line(&text, sample->headers, sample->cell_count, layout->delimiter);
    add_line(&text, sample->cells, sample->cell_count, layout->delimiter);
    add_gzip(&bytes, hedui_buffer_span(&text));
    hedui_status status = hedui_buffer_failed(&text) || hedui_buffer_failed(&bytes)
                              ? hedui_fail_memory(err)
                              : scan_file(delivery, hedui_buffer_span(&bytes), layout, err);
    hedui_buffer_free(&text);
    hedui_buffer_free(&bytes);
    return status;
}

static hedui_status note(tester *t, const hedui_layout *layout, const hedui_layout_sample *sample,
                         hedui_span column, hedui_span want, hedui_span got)
{
    hedui_span kept = hedui_arena_copy(t->arena, got);
    if (t->told->failure_count == t->room) {
        uint32_t room = t->room ? t->room * 2 : 16;
        hedui_feed_sample *more = hedui_arena_array(t->arena, room, sizeof *more);
        if (!more)
            return hedui_fail_memory(t->err);
        if (t->room)
            memcpy(more, t->failures, t->room * sizeof *more);
        t->failures = more;
        t->room = room;
    }
    if (!kept.at)
        return hedui_fail_memory(t->err);
    t->failures[t->told->failure_count++] = (hedui_feed_sample){
        layout->name, column, hedui_arena_copy(t->arena, hedui_span_of(layout->path)).at,
        sample->line, want,   kept};
    t->told->failures = t->failures;
    return HEDUI_OK;
}

/* The word for what became of the row as a whole: a reason, a refusal, "other_document", or
 * "accepted". */
static hedui_span outcome(const hedui_delivery *delivery)
{
    hedui_reject reject;
    /* first: a delivery whose only row is rejected is refused as well */
    if (hedui_rejects_count(delivery->rejects) == 1 &&
        hedui_rejects_get(&reject, delivery->rejects, 0, NULL) == HEDUI_OK)
        return hedui_span_of(hedui_reason_name((hedui_reason)reject.reason));
    if (delivery->refusal != HEDUI_REFUSAL_none)
        return hedui_span_of(hedui_refusal_name(delivery->refusal));
    if (delivery->facts->count == 1)
        return hedui_span_of("accepted");
    return hedui_span_of("other_document");
}

static hedui_status compare(tester *t, const hedui_layout *layout,
                            const hedui_layout_sample *sample, const hedui_delivery *delivery)
{
    static const hedui_span row = {"", 0};
    hedui_span want =
        hedui_span_of(sample->rejected ? hedui_reason_name(sample->reason) : "accepted");
    hedui_span came = outcome(delivery);
    hedui_buffer got;
    if (!hedui_span_equal(want, came))
        return note(t, layout, sample, row, want, came);
    hedui_status status = HEDUI_OK;
    hedui_buffer_init(&got);
    for (uint32_t i = 0; i < sample->value_count && !sample->rejected && !status; i++) {
        hedui_buffer_clear(&got);
        hedui_facts_print(&got, delivery->facts, 0, sample->columns[i]);
        if (hedui_buffer_failed(&got))
            status = hedui_fail_memory(t->err);
        else if (!hedui_span_equal(hedui_buffer_span(&got), sample->values[i]))
            status = note(t, layout, sample, layout->columns[sample->columns[i]].name,
                          sample->values[i], hedui_buffer_span(&got));
    }
    hedui_buffer_free(&got);
    return status;
}

static hedui_status test_layout(tester *t, const hedui_layout *layout)
{
    hedui_layout plain = *layout; /* the delivery points to it */
    hedui_status status = HEDUI_OK;
    plain.charset = HEDUI_CHARSET_UTF8;
    t->told->layouts++;
    for (uint32_t i = 0; i < layout->sample_count && !status; i++) {
        uint32_t before = t->told->failure_count;
        hedui_delivery *delivery = NULL;
        status = scan(&delivery, &plain, &layout->samples[i], t->err);
        if (!status)
            status = compare(t, layout, &layout->samples[i], delivery);
        hedui_delivery_close(delivery);
        t->told->samples++;
        t->told->failed += t->told->failure_count != before;
    }
    return status;
}

hedui_status hedui_feed_test(const hedui_feed_samples **samples, const char *feed,
                             const char *const *folders, size_t folder_count, hedui_arena *arena,
                             hedui_err *err)
{
    const hedui_layouts *layouts;
    const hedui_layout *only = NULL;
    tester t = {.arena = arena, .err = err};
    hedui_status status = hedui_layouts_load(&layouts, folders, folder_count, arena, NULL, err);
    if (status)
        return status;
    if (feed && !(only = hedui_layouts_find_named(layouts, hedui_span_of(feed))))
        return hedui_fail(err, HEDUI_E2032, hedui_place_none(), HEDUI_ARG_TEXT(feed));
    t.told = hedui_arena_take(arena, sizeof *t.told);
    if (!t.told)
        return hedui_fail_memory(err);
    for (uint32_t i = 0; i < layouts->count && !status; i++)
        if (!only || layouts->list[i] == only)
            status = test_layout(&t, layouts->list[i]);
    if (!status)
        *samples = t.told;
    return status;
}
