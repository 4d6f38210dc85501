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
    const hedui_pack_choice choice = {workspace->pack_folders, workspace->pack_count,
                                      workspace->pack_homes, workspace->packs_gathered};
    hedui_status status = hedui_layouts_load(&made.layouts, workspace->feed_folders,
                                             workspace->feed_folder_count, arena, notes, err);
    if (!status)
        status = hedui_rulebook_make_from(&made.rulebook, &choice, made.layouts, arena, notes, err);
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

/* What is tried: the packs of a workspace, each with the rulebook that its author had in mind. */
typedef struct trial {
    hedui_job_packs packs;
    const hedui_rulebook **own; /* one for each pack */
    hedui_job_rules counts;
    const hedui_job_rules_watch *watch;
    const hedui_notes *notes;
    hedui_err *err;
} trial;

/* Tell of a failure, and go on: all that is wrong is told in one go. @return `status`. */
static hedui_status report(const trial *t, hedui_status status, const hedui_err *fault)
{
    if (status && t->notes)
        t->notes->add(t->notes->context, fault);
    if (status && t->err && t->err->status == HEDUI_OK)
        *t->err = *fault;
    return status;
}

static hedui_status open_trial(trial *t, const hedui_workspace *workspace, hedui_arena *arena)
{
    hedui_status first = hedui_job_packs_load(&t->packs, workspace, arena, t->notes, t->err);
    const hedui_rulebook *book = t->packs.rulebook;
    if (first)
        return first;
    t->own = hedui_arena_array(arena, book->pack_count, sizeof *t->own);
    if (!t->own)
        return hedui_fail_memory(t->err);
    for (uint32_t p = 0; p < book->pack_count; p++) {
        hedui_err fault;
        hedui_err_init(&fault);
        hedui_status status =
            own_rulebook(&t->own[p], book->packs[p], book, t->packs.layouts, arena, &fault);
        (void)report(t, status, &fault);
        first = first ? first : status;
    }
    return first;
}

static const hedui_rulebook *own_of(const trial *t, const hedui_pack *pack)
{
    uint32_t p = 0;
    while (t->packs.rulebook->packs[p] != pack)
        p++;
    return t->own[p];
}

/* One rule of the rulebook `own`. */
static hedui_status test_rule(trial *t, const hedui_rulebook *own, uint32_t rule, hedui_err *err)
{
    static const char *const expected[] = {"true", "false", "undetermined"};
    const hedui_rule_text *text = own->rules[rule].text;
    const hedui_example *examples = text->examples.items;
    const hedui_yaml_node *nodes = hedui_yaml_find(text->node, "examples");
    hedui_status status = HEDUI_OK;
    for (uint32_t i = 0; i < text->examples.count && !status; i++) {
        hedui_example_outcome outcome = {0};
        hedui_buffer actual;
        hedui_arena *arena = hedui_arena_open(0); /* one an example: each makes chunks of facts */
        hedui_buffer_init(&actual);
        status = arena ? hedui_example_run(&outcome, own, rule, &examples[i], arena, err)
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
                                      outcome.as_of,
                                      outcome.passed};
            t->counts.examples++;
            t->counts.failed += !outcome.passed;
            if (t->watch && t->watch->example)
                t->watch->example(t->watch->context, &told);
        }
        hedui_buffer_free(&actual);
        hedui_arena_close(arena);
    }
    return status;
}

/* The examples of every rule that is not replaced, each in the rulebook of its own pack. */
static hedui_status test_examples(trial *t)
{
    const hedui_rulebook *book = t->packs.rulebook;
    hedui_status first = HEDUI_OK;
    for (uint32_t r = 0; r < book->rule_count; r++) {
        const hedui_rulebook *own = own_of(t, book->rules[r].pack);
        hedui_err fault;
        uint32_t at = 0;
        hedui_err_init(&fault);
        while (!hedui_span_equal(own->rules[at].text->id, book->rules[r].text->id))
            at++; /* a rule that stands in the whole stands in its own */
        hedui_status status = report(t, test_rule(t, own, at, &fault), &fault);
        first = first ? first : status;
    }
    return first;
}

/* A scenario being run: what its expectations are told with. */
typedef struct telling {
    trial *trial;
    const hedui_pack *pack;
    const hedui_scenario *scenario;
} telling;

static void tell(void *context, const hedui_scenario_check *check)
{
    telling *t = context;
    hedui_job_scenario told = {
        t->pack->id,   t->scenario->id,         t->scenario->title, check->what,  check->expected,
        check->actual, t->scenario->yaml->file, check->line,        check->passed};
    const hedui_job_rules_watch *watch = t->trial->watch;
    t->trial->counts.expectations++;
    t->trial->counts.unmet += !check->passed;
    if (watch && watch->scenario)
        watch->scenario(watch->context, &told);
}

static hedui_status test_scenarios(trial *t)
{
    const hedui_rulebook *book = t->packs.rulebook;
    hedui_status first = HEDUI_OK;
    for (uint32_t p = 0; p < book->pack_count; p++)
        for (uint32_t i = 0; i < book->packs[p]->scenario_count; i++) {
            telling one = {t, book->packs[p], &book->packs[p]->scenarios[i]};
            hedui_err fault;
            hedui_err_init(&fault);
            hedui_status status =
                hedui_scenario_run(one.scenario, one.pack, t->own[p], tell, &one, &fault);
            t->counts.scenarios++;
            (void)report(t, status, &fault);
            first = first ? first : status;
        }
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
static void warn_unused(const trial *t, const hedui_rules_book *book)
{
    for (uint32_t i = 0; i < book->parameter_count; i++) {
        const hedui_rules_parameter *p = &book->parameters[i];
        if (!p->used)
            warn(t->notes, HEDUI_E3070, hedui_place_at(p->file, p->line, p->column), p->id);
    }
    for (uint32_t i = 0; i < book->value_count; i++) {
        const hedui_rules_value *v = &book->values[i];
        if (!v->used)
            warn(t->notes, HEDUI_E3071, hedui_place_at(v->file, v->line, v->column), v->id);
    }
}

static hedui_status look_over(trial *t, const hedui_workspace *workspace, hedui_arena *arena)
{
    const hedui_rules_book *book = NULL;
    hedui_status status =
        hedui_job_rules_book_make(&book, t->packs.rulebook, workspace, arena, t->err);
    if (status)
        return status;
    for (uint32_t i = 0; i < book->rule_count; i++)
        t->counts.unseen +=
            book->rules[i].when.length && strcmp(book->rules[i].seen, "judged") != 0;
    if (t->notes)
        warn_unused(t, book);
    return HEDUI_OK;
}

/* Everything is tried, whatever was found before; whether examples hold is for the test to say. */
static hedui_status run_trial(trial *t, const hedui_workspace *workspace, int warnings)
{
    hedui_arena *arena = hedui_arena_open(0);
    hedui_status first = arena ? open_trial(t, workspace, arena) : hedui_fail_memory(t->err);
    if (!first) {
        hedui_status scenarios;
        count(&t->counts, t->packs.rulebook);
        first = test_examples(t);
        scenarios = test_scenarios(t);
        first = first ? first : scenarios;
    }
    if (!first && warnings)
        first = look_over(t, workspace, arena);
    hedui_arena_close(arena);
    return first;
}

hedui_status hedui_job_rules_check(hedui_job_rules *counts, const hedui_workspace *workspace,
                                   const hedui_notes *notes, hedui_err *err)
{
    trial t = {.notes = notes, .err = err};
    hedui_status status = run_trial(&t, workspace, 1);
    if (!status) {
        *counts = t.counts;
        counts->examples = counts->failed = counts->expectations = counts->unmet = 0;
    }
    return status;
}

hedui_status hedui_job_rules_test(hedui_job_rules *counts, const hedui_workspace *workspace,
                                  const hedui_job_rules_watch *watch, const hedui_notes *notes,
                                  hedui_err *err)
{
    trial t = {.watch = watch, .notes = notes, .err = err};
    hedui_status status = run_trial(&t, workspace, 0);
    if (!status)
        *counts = t.counts;
    return status;
}
