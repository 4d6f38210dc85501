/* Every sample row of every shipped layout is written as a delivery and read back: what the layout
 * says must come of it, comes of it. */
#include "feed_file.h"

#include <hedui/feed.h>

#include <fnmatch.h>

static void add_cell(hedui_buffer *line, hedui_span cell, char delimiter)
{
    if (line->length && line->data[line->length - 1] != '\n')
        hedui_buffer_byte(line, delimiter);
    hedui_buffer_byte(line, '"');
    for (size_t i = 0; i < cell.length; i++) {
        if (cell.at[i] == '"')
            hedui_buffer_byte(line, '"');
        hedui_buffer_byte(line, cell.at[i]);
    }
    hedui_buffer_byte(line, '"');
}

static void compare(const hedui_layout *layout, const hedui_layout_sample *sample,
                    hedui_delivery *delivery)
{
    hedui_buffer got;
    hedui_reject reject;
    hedui_buffer_init(&got);
    if (sample->rejected) {
        if (hedui_rejects_count(delivery->rejects) != 1)
            fail_msg("%s:%u: not rejected", layout->path, sample->line);
        assert_int_equal(hedui_rejects_get(&reject, delivery->rejects, 0, NULL), HEDUI_OK);
        if (reject.reason != sample->reason)
            fail_msg("%s:%u: rejected for %s", layout->path, sample->line,
                     hedui_reason_name((hedui_reason)reject.reason));
    } else if (delivery->facts->count != 1) {
        int rejected = hedui_rejects_count(delivery->rejects) == 1;
        if (rejected)
            (void)hedui_rejects_get(&reject, delivery->rejects, 0, NULL);
        fail_msg("%s:%u: no fact: %s %s", layout->path, sample->line,
                 hedui_refusal_name(delivery->refusal),
                 rejected ? hedui_reason_name((hedui_reason)reject.reason) : "");
    }
    for (uint32_t i = 0; i < sample->value_count && !sample->rejected; i++) {
        hedui_buffer_clear(&got);
        hedui_facts_print(&got, delivery->facts, 0, sample->columns[i]);
        if (!hedui_span_equal(hedui_buffer_span(&got), sample->values[i]))
            fail_msg("%s:%u: %.*s is %s, not %.*s", layout->path, sample->line,
                     (int)layout->columns[sample->columns[i]].name.length,
                     layout->columns[sample->columns[i]].name.at, got.data,
                     (int)sample->values[i].length, sample->values[i].at);
    }
    assert_true(hedui_ledger_balances(&delivery->ledger));
    hedui_buffer_free(&got);
}

static void check(const hedui_layout *layout, const hedui_layout_sample *sample)
{
    hedui_buffer text;
    hedui_arena *arena = hedui_arena_open(0);
    hedui_buffer_init(&text);
    for (uint32_t i = 0; i < sample->cell_count; i++)
        add_cell(&text, sample->headers[i], layout->delimiter);
    hedui_buffer_byte(&text, '\n');
    for (uint32_t i = 0; i < sample->cell_count; i++)
        add_cell(&text, sample->cells[i], layout->delimiter);
    hedui_buffer_byte(&text, '\n');
    hedui_span bytes = hedui_buffer_span(&text);
    if (layout->charset == HEDUI_CHARSET_GB18030)
        bytes = to_gb18030(bytes, arena);
    hedui_delivery *delivery = scan_text(bytes, layout, NULL);
    compare(layout, sample, delivery);
    hedui_delivery_close(delivery);
    hedui_buffer_free(&text);
    hedui_arena_close(arena);
}

static void note(void *context, const hedui_err *err)
{
    (void)context;
    print_error("%s:%u:%u: E%d %.*s\n", err->file, err->line, err->column, (int)err->status,
                (int)err->text_used, err->text);
}

/* The folder of a workspace before the shipped one, if the test is told one. */
static const char *folders[2] = {HEDUI_SOURCE_DIR "/feeds"};
static size_t folder_count = 1;

static void decodes_the_samples_of_all_layouts(void **state)
{
    const hedui_layouts *layouts = NULL;
    hedui_arena *arena = hedui_arena_open(0);
    hedui_notes notes = {note, NULL};
    (void)state;
    assert_int_equal(hedui_layouts_load(&layouts, folders, folder_count, arena, &notes, NULL),
                     HEDUI_OK);
    assert_true(layouts->count >= 40);
    for (uint32_t i = 0; i < layouts->count; i++) {
        uint32_t rejected = 0, count = layouts->list[i]->sample_count;
        for (uint32_t s = 0; s < count; s++) {
            check(layouts->list[i], &layouts->list[i]->samples[s]);
            rejected += layouts->list[i]->samples[s].rejected;
        }
        if (rejected < 1 || count - rejected < 2)
            fail_msg("%s: two good samples and a rejected one", layouts->list[i]->path);
    }
    hedui_arena_close(arena);
}

/* A pension file must not also be a file of resident pensions: it would be refused as either. */
static void knows_every_file_by_one_layout_only(void **state)
{
    const hedui_layouts *layouts = NULL;
    hedui_arena *arena = hedui_arena_open(0);
    hedui_buffer name;
    (void)state;
    hedui_buffer_init(&name);
    assert_int_equal(hedui_layouts_load(&layouts, folders, folder_count, arena, NULL, NULL),
                     HEDUI_OK);
    for (uint32_t i = 0; i < layouts->count; i++) {
        hedui_span glob = layouts->list[i]->file_name;
        hedui_buffer_clear(&name);
        for (size_t at = 0; at < glob.length; at++)
            if (glob.at[at] == '*')
                hedui_buffer_text(&name, "20140630");
            else if (glob.at[at] == '[') /* a set of digits */
                at = (size_t)((const char *)memchr(glob.at + at, ']', glob.length - at) - glob.at);
            else
                hedui_buffer_byte(&name, glob.at[at]);
        hedui_buffer_byte(&name, '\0');
        for (uint32_t k = 0; k < layouts->count; k++)
            if ((fnmatch(layouts->list[k]->file_name.at, name.data, 0) == 0) != (k == i))
                fail_msg("%s as a file of %s", name.data, layouts->list[k]->path);
    }
    hedui_buffer_free(&name);
    hedui_arena_close(arena);
}

static int says(const hedui_buffer *text, const char *what)
{
    return memmem(text->data, text->length, what, strlen(what)) != NULL;
}

static void documents_what_is_asked_for(void **state)
{
    hedui_arena *arena = hedui_arena_open(0);
    hedui_buffer text;
    (void)state;
    hedui_buffer_init(&text);
    assert_int_equal(hedui_feed_document(&text, "vehicle", folders, folder_count, arena, NULL),
                     HEDUI_OK);
    assert_true(says(&text, "## 机动车登记（公安交管）"));
    assert_true(says(&text, "`veh-*.csv.gz`"));
    assert_true(says(&text, "`veh-delta-*.csv.gz`，变更标志写在“变更标志”列"));
    assert_true(says(&text, "| 身份证明号码 | 18 位公民身份号码 | 必填 |"));
    assert_true(says(&text, "| E | 注销 |"));
    assert_false(says(&text, "火化"));
    hedui_buffer_clear(&text);
    assert_int_equal(hedui_feed_document(&text, NULL, folders, folder_count, arena, NULL),
                     HEDUI_OK);
    assert_true(says(&text, "## 火化登记（殡仪馆）"));
    assert_int_equal(hedui_feed_document(&text, "ship", folders, folder_count, arena, NULL),
                     HEDUI_E2032);
    hedui_buffer_free(&text);
    hedui_arena_close(arena);
}

int main(int count, char **arguments)
{
    if (count == 2) {
        folders[1] = folders[0];
        folders[0] = arguments[1];
        folder_count = 2;
    }
    const struct CMUnitTest tests[] = {cmocka_unit_test(decodes_the_samples_of_all_layouts),
                                       cmocka_unit_test(knows_every_file_by_one_layout_only),
                                       cmocka_unit_test(documents_what_is_asked_for)};
    return cmocka_run_group_tests_name("feed/samples", tests, NULL, NULL);
}
