/* Checking and testing the rules of a workspace. */
#include <hedui/job.h>
#include <hedui/job_rules.h>

#include "job/packs.h"
#include "rule/example.h"
#include "rule/scenario.h"

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
                                .values = book->household_value_count + book->member_value_count +
                                          book->supporter_value_count};
}

static hedui_span word_of(hedui_answer answer)
{
    static const char *const words[] = {"false", "true", "undetermined", "out_of_scope"};
    return hedui_span_of(words[answer]);
}

static hedui_status test_rule(hedui_job_rules *counts, const hedui_rulebook *book, uint32_t rule,
                              const hedui_job_rules_watch *watch, hedui_err *err)
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
            if (watch && watch->example)
                watch->example(watch->context, &told);
        }
        hedui_buffer_free(&actual);
        hedui_arena_close(arena);
    }
    return status;
}

/* A scenario being run: what its expectations are told with. */
typedef struct telling {
    hedui_job_rules *counts;
    const hedui_job_rules_watch *watch;
    const hedui_pack *pack;
    const hedui_scenario *scenario;
} telling;

static void tell(void *context, const hedui_scenario_check *check)
{
    telling *t = context;
    hedui_job_scenario told = {
        t->pack->id,   t->scenario->id,         t->scenario->title, check->what,  check->expected,
        check->actual, t->scenario->yaml->file, check->line,        check->passed};
    t->counts->expectations++;
    t->counts->unmet += !check->passed;
    if (t->watch && t->watch->scenario)
        t->watch->scenario(t->watch->context, &told);
}

/* The rulebook of a pack and those it inherits: the workspace's own where that is all there is. */
static hedui_status own_rulebook(const hedui_rulebook **own, const hedui_pack *pack,
                                 const hedui_rulebook *book, const hedui_layouts *layouts,
                                 hedui_arena *arena, hedui_err *err)
{
    const char **folders = hedui_arena_array(arena, book->pack_count, sizeof *folders);
    uint32_t count = 0;
    if (!folders)
        return hedui_fail_memory(err);
    for (uint32_t i = 0; i < book->pack_count; i++)
        if (hedui_pack_descends(pack, book->packs[i]))
            folders[count++] = book->packs[i]->folder;
    *own = book;
    return count == book->pack_count
               ? HEDUI_OK
               : hedui_rulebook_make(own, folders, count, layouts, arena, NULL, err);
}

static hedui_status test_scenarios(hedui_job_rules *counts, const hedui_job_packs *packs,
                                   const hedui_pack *pack, const hedui_job_rules_watch *watch,
                                   const hedui_notes *notes, hedui_err *err)
{
    const hedui_rulebook *own = NULL;
    hedui_arena *arena = hedui_arena_open(0);
    hedui_status first = arena ? HEDUI_OK : hedui_fail_memory(err);
    if (!first && pack->scenario_count)
        first = own_rulebook(&own, pack, packs->rulebook, packs->layouts, arena, err);
    if (first)
        own = NULL;
    for (uint32_t i = 0; own && i < pack->scenario_count; i++) {
        telling t = {counts, watch, pack, &pack->scenarios[i]};
        hedui_err fault;
        hedui_err_init(&fault);
        hedui_status status = hedui_scenario_run(t.scenario, pack, own, tell, &t, &fault);
        counts->scenarios++;
        if (status && notes)
            notes->add(notes->context, &fault);
        if (status && err && err->status == HEDUI_OK)
            *err = fault;
        first = first ? first : status;
    }
    hedui_arena_close(arena);
    return first;
}

static void warn(const hedui_notes *notes, hedui_status number, hedui_place place, hedui_span id)
{
    hedui_err note;
    hedui_err_init(&note);
    (void)hedui_fail(&note, number, place, HEDUI_ARG_SPAN(id));
    notes->add(notes->context, &note);
}

/* Warnings: what no rule rests on may be a slip of the pen, or be meant for a pack to come. */
static hedui_status warn_unused(const hedui_workspace *workspace, hedui_arena *arena,
                                const hedui_notes *notes, hedui_err *err)
{
    const hedui_rules_book *book = NULL;
    hedui_status status = hedui_job_rules_book(&book, workspace, arena, NULL, err);
    for (uint32_t i = 0; !status && i < book->parameter_count; i++) {
        const hedui_rules_parameter *p = &book->parameters[i];
        if (!p->used)
            warn(notes, HEDUI_E3070, hedui_place_at(p->file, p->line, p->column), p->id);
    }
    for (uint32_t i = 0; !status && i < book->value_count; i++) {
        const hedui_rules_value *v = &book->values[i];
        if (!v->used)
            warn(notes, HEDUI_E3071, hedui_place_at(v->file, v->line, v->column), v->id);
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
    hedui_status first = status;
    hedui_job_rules ignored = {0}; /* whether they hold is for the test to say */
    for (uint32_t r = 0; !status && r < packs.rulebook->rule_count; r++) {
        hedui_err fault;
        hedui_err_init(&fault);
        hedui_status one = test_rule(&ignored, packs.rulebook, r, NULL, &fault);
        if (one && notes)
            notes->add(notes->context, &fault);
        if (one && err && err->status == HEDUI_OK)
            *err = fault;
        first = first ? first : one;
    }
    for (uint32_t p = 0; !status && p < packs.rulebook->pack_count; p++) {
        hedui_status one =
            test_scenarios(&ignored, &packs, packs.rulebook->packs[p], NULL, notes, err);
        first = first ? first : one;
    }
    if (!first && notes)
        first = warn_unused(workspace, arena, notes, err);
    if (!first) {
        count(counts, packs.rulebook);
        for (uint32_t p = 0; p < packs.rulebook->pack_count; p++)
            counts->scenarios += packs.rulebook->packs[p]->scenario_count;
    }
    hedui_arena_close(arena);
    return first;
}

hedui_status hedui_job_rules_test(hedui_job_rules *counts, const hedui_workspace *workspace,
                                  const hedui_job_rules_watch *watch, const hedui_notes *notes,
                                  hedui_err *err)
{
    hedui_job_packs packs = {0};
    hedui_arena *arena = hedui_arena_open(0);
    hedui_status status =
        arena ? hedui_job_packs_load(&packs, workspace, arena, notes, err) : hedui_fail_memory(err);
    if (!status)
        count(counts, packs.rulebook);
    for (uint32_t r = 0; !status && r < packs.rulebook->rule_count; r++)
        status = test_rule(counts, packs.rulebook, r, watch, err);
    for (uint32_t p = 0; !status && p < packs.rulebook->pack_count; p++)
        status = test_scenarios(counts, &packs, packs.rulebook->packs[p], watch, notes, err);
    hedui_arena_close(arena);
    return status;
}
