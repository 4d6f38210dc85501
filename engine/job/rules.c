/* Checking and testing the rules of a workspace. */
#include <hedui/job.h>

#include "job/packs.h"
#include "rule/example.h"

hedui_status hedui_job_packs_load(hedui_job_packs *packs, const hedui_workspace *workspace,
                                  hedui_arena *arena, const hedui_notes *notes, hedui_err *err)
{
    hedui_job_packs made = {0};
    hedui_status status = hedui_layouts_load(&made.layouts, workspace->feed_folders,
                                             workspace->feed_folder_count, arena, notes, err);
    if (!status)
        status = hedui_rulebook_make(&made.rulebook, workspace->pack_folders, workspace->pack_count,
                                     made.layouts, arena, notes, err);
    if (!status)
        *packs = made;
    return status;
}

static void count(hedui_job_rules *counts, const hedui_rulebook *book)
{
    *counts = (hedui_job_rules){.packs = book->pack_count,
                                .rules = book->rule_count,
                                .parameters = book->parameter_count,
                                .values = book->household_value_count + book->member_value_count};
}

static hedui_span word_of(hedui_answer answer)
{
    static const char *const words[] = {"false", "true", "undetermined", "out_of_scope"};
    return hedui_span_of(words[answer]);
}

static hedui_status test_rule(hedui_job_rules *counts, const hedui_rulebook *book, uint32_t rule,
                              void (*each)(void *context, const hedui_job_example *example),
                              void *context, hedui_err *err)
{
    static const char *const expected[] = {"true", "false", "undetermined"};
    const hedui_rule_text *text = book->rules[rule].text;
    const hedui_example *examples = text->examples.items;
    const hedui_yaml_node *nodes = hedui_yaml_find(text->node, "examples");
    hedui_status status = HEDUI_OK;
    for (uint32_t i = 0; i < text->examples.count && !status; i++) {
        hedui_example_outcome outcome = {0};
        hedui_buffer actual;
        hedui_arena *arena = hedui_arena_open(0); /* one an example: each makes chunks of facts */
        hedui_buffer_init(&actual);
        status = arena ? hedui_example_run(&outcome, book, rule, &examples[i], arena, err)
                       : hedui_fail_memory(err);
        if (!status) {
            hedui_buffer_add(&actual, word_of(outcome.answer));
            if (outcome.reason.length)
                hedui_buffer_format(&actual, " (%s)", outcome.reason.at);
            hedui_job_example told = {text->id,
                                      examples[i].title,
                                      hedui_span_of(expected[examples[i].expect]),
                                      hedui_buffer_span(&actual),
                                      text->yaml->file,
                                      nodes->items[i]->line,
                                      outcome.passed};
            counts->examples++;
            counts->failed += !outcome.passed;
            if (each)
                each(context, &told);
        }
        hedui_buffer_free(&actual);
        hedui_arena_close(arena);
    }
    return status;
}

hedui_status hedui_job_rules_check(hedui_job_rules *counts, const hedui_workspace *workspace,
                                   const hedui_notes *notes, hedui_err *err)
{
    hedui_job_packs packs = {0};
    hedui_arena *arena = hedui_arena_open(0);
    hedui_status status =
        arena ? hedui_job_packs_load(&packs, workspace, arena, notes, err) : hedui_fail_memory(err);
    if (!status)
        count(counts, packs.rulebook);
    for (uint32_t r = 0; !status && r < packs.rulebook->rule_count; r++) {
        hedui_job_rules ignored = {0}; /* whether the examples hold is for the test to say */
        status = test_rule(&ignored, packs.rulebook, r, NULL, NULL, err);
        if (status && err && notes)
            notes->add(notes->context, err);
    }
    hedui_arena_close(arena);
    return status;
}

hedui_status hedui_job_rules_test(hedui_job_rules *counts, const hedui_workspace *workspace,
                                  void (*each)(void *context, const hedui_job_example *example),
                                  void *context, const hedui_notes *notes, hedui_err *err)
{
    hedui_job_packs packs = {0};
    hedui_arena *arena = hedui_arena_open(0);
    hedui_status status =
        arena ? hedui_job_packs_load(&packs, workspace, arena, notes, err) : hedui_fail_memory(err);
    if (!status)
        count(counts, packs.rulebook);
    for (uint32_t r = 0; !status && r < packs.rulebook->rule_count; r++)
        status = test_rule(counts, packs.rulebook, r, each, context, err);
    hedui_arena_close(arena);
    return status;
}
