/* The shipped packs, and the packs under tests/rules: what each way of writing means, as examples
 * whose outcome was worked out by hand. Every example of every pack must come out as it says. */
#include "rule/example.h"
#include "test.h"

#include <hedui/file.h>
#include <hedui/message.h>

static void show(void *context, const hedui_err *note)
{
    hedui_buffer words;
    (void)context;
    hedui_buffer_init(&words);
    hedui_message_render(&words, note, HEDUI_ZH, 0);
    print_error("%s\n", words.data ? words.data : "");
    hedui_buffer_free(&words);
}

static int run_example(const hedui_rulebook *book, uint32_t rule, const hedui_example *example)
{
    static const char *const answers[] = {"false", "true", "undetermined", "out of scope"};
    hedui_example_outcome outcome = {0};
    hedui_arena *arena = hedui_arena_open(0);
    hedui_err err;
    hedui_err_init(&err);
    hedui_status status = hedui_example_run(&outcome, book, rule, example, arena, &err);
    const hedui_rule_text *text = book->rules[rule].text;
    if (status)
        show(NULL, &err);
    else if (!outcome.passed)
        print_error("%.*s “%.*s”: %s %s\n", (int)text->id.length, text->id.at,
                    (int)example->title.length, example->title.at, answers[outcome.answer],
                    outcome.reason.length ? outcome.reason.at : "");
    hedui_arena_close(arena);
    return !status && outcome.passed;
}

static void run_pack(const char *name, const hedui_layouts *layouts)
{
    hedui_arena *arena = hedui_arena_open(0);
    hedui_notes notes = {show, NULL};
    const hedui_rulebook *book = NULL;
    const char *folder = hedui_path_join(HEDUI_SOURCE_DIR "/tests/rules", name, arena);
    uint32_t run = 0, good = 0;
    assert_int_equal(hedui_rulebook_make(&book, &folder, 1, layouts, arena, &notes, NULL),
                     HEDUI_OK);
    for (uint32_t r = 0; r < book->rule_count; r++) {
        const hedui_yaml_structs *examples = &book->rules[r].text->examples;
        for (uint32_t i = 0; i < examples->count; i++, run++)
            good += (uint32_t)run_example(book, r, (const hedui_example *)examples->items + i);
    }
    assert_true(run > 0);
    assert_int_equal(good, run);
    hedui_arena_close(arena);
}

static void every_example_comes_out_as_it_says(void **state)
{
    static const char *const feeds[] = {HEDUI_SOURCE_DIR "/feeds"};
    static const char *const packs[] = {"parameters", "values", "county",
                                        "../../rules/packs/cleanup-2014",
                                        "../../rules/packs/national-common"};
    hedui_arena *arena = hedui_arena_open(0);
    const hedui_layouts *layouts = NULL;
    (void)state;
    assert_int_equal(hedui_layouts_load(&layouts, feeds, 1, arena, NULL, NULL), HEDUI_OK);
    for (size_t i = 0; i < sizeof packs / sizeof *packs; i++)
        run_pack(packs[i], layouts);
    hedui_arena_close(arena);
}

/* Four examples at least for every rule that is judged, one of them with something unknown. */
static void the_common_core_is_tried_with_unknowns(void **state)
{
    static const char *const feeds[] = {HEDUI_SOURCE_DIR "/feeds"};
    static const char *const pack = HEDUI_SOURCE_DIR "/rules/packs/national-common";
    hedui_arena *arena = hedui_arena_open(0);
    hedui_notes notes = {show, NULL};
    const hedui_layouts *layouts = NULL;
    const hedui_rulebook *book = NULL;
    (void)state;
    assert_int_equal(hedui_layouts_load(&layouts, feeds, 1, arena, NULL, NULL), HEDUI_OK);
    assert_int_equal(hedui_rulebook_make(&book, &pack, 1, layouts, arena, &notes, NULL), HEDUI_OK);
    for (uint32_t r = 0; r < book->rule_count; r++) {
        const hedui_rule_text *text = book->rules[r].text;
        const hedui_example *examples = (const hedui_example *)text->examples.items;
        uint32_t count = text->examples.count, seen[3] = {0};
        for (uint32_t i = 0; i < count; i++)
            seen[examples[i].expect]++;
        if (text->when && (count < 4 || !seen[0] || !seen[1] || !seen[2]))
            fail_msg("%.*s: %u examples: %u, %u, %u", (int)text->id.length, text->id.at, count,
                     seen[0], seen[1], seen[2]);
    }
    hedui_arena_close(arena);
}

/* What is replaced is gone, what is inherited is there once, ancestors first. */
static void a_pack_stands_over_the_one_it_inherits(void **state)
{
    static const char *const feeds[] = {HEDUI_SOURCE_DIR "/feeds"};
    static const char *const both[] = {HEDUI_SOURCE_DIR "/tests/rules/county",
                                       HEDUI_SOURCE_DIR "/tests/rules/nation"};
    hedui_arena *arena = hedui_arena_open(0);
    hedui_notes notes = {show, NULL};
    const hedui_layouts *layouts = NULL;
    const hedui_rulebook *book = NULL;
    (void)state;
    assert_int_equal(hedui_layouts_load(&layouts, feeds, 1, arena, NULL, NULL), HEDUI_OK);
    assert_int_equal(hedui_rulebook_make(&book, both, 2, layouts, arena, &notes, NULL), HEDUI_OK);
    assert_int_equal(book->pack_count, 2);
    assert_true(hedui_span_is(book->packs[0]->id, "nation"));
    assert_int_equal(book->parameter_count, 2);
    assert_int_equal(book->household_value_count, 2);
    assert_int_equal(book->rule_count, 2);
    assert_true(hedui_span_is(book->rules[0].text->id, "OVER"));
    assert_true(hedui_span_is(book->rules[1].text->id, "COUNTY-01"));
    assert_true(hedui_span_is(book->rules[1].document->id, "law"));
    hedui_arena_close(arena);
}

/* A county's figures in place of the shipped ones: multiples of them follow, and what the county
 * does not write has no figure at all. */
static void a_local_pack_stands_over_the_common_core(void **state)
{
    static const char *const feeds[] = {HEDUI_SOURCE_DIR "/feeds"};
    static const char *const local = HEDUI_SOURCE_DIR "/tests/rules/local";
    hedui_arena *arena = hedui_arena_open(0);
    hedui_notes notes = {show, NULL};
    const hedui_layouts *layouts = NULL;
    const hedui_rulebook *book = NULL;
    uint32_t run = 0;
    (void)state;
    assert_int_equal(hedui_layouts_load(&layouts, feeds, 1, arena, NULL, NULL), HEDUI_OK);
    assert_int_equal(hedui_rulebook_make(&book, &local, 1, layouts, arena, &notes, NULL), HEDUI_OK);
    for (uint32_t r = 0; r < book->rule_count; r++) {
        const hedui_yaml_structs *examples = &book->rules[r].text->examples;
        assert_false(hedui_span_is(book->rules[r].text->id, "N-MON-01"));
        if (!hedui_span_is(book->rules[r].text->id, "LOCAL-MON"))
            continue;
        for (uint32_t i = 0; i < examples->count; i++, run++)
            assert_true(run_example(book, r, (const hedui_example *)examples->items + i));
    }
    assert_int_equal(run, 3);
    hedui_arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_example_comes_out_as_it_says),
        cmocka_unit_test(the_common_core_is_tried_with_unknowns),
        cmocka_unit_test(a_pack_stands_over_the_one_it_inherits),
        cmocka_unit_test(a_local_pack_stands_over_the_common_core),
    };
    return cmocka_run_group_tests_name("rule/examples", tests, NULL, NULL);
}
