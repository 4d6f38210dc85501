/* One household explained: the store says what was found, the archive why.
 *
 * All of the run is read again, because whether a source was checked hangs on the whole of it; only
 * the judging is left to the one household. What then differs from the store is told, never mended.
 */
#include <hedui/job_explain.h>

#include "job/again.h"
#include "job/purge.h"
#include "rule/account.h"
#include "store/codes.h"

#include <omp.h>

typedef struct explaining {
    hedui_job_explanation *e;
    hedui_job_replay_outcome found; /* counts differences */
    hedui_job_difference *differences;
    hedui_again again;
    hedui_arena *arena;
    const hedui_account *account;
} explaining;

static hedui_status tell(void *context, hedui_judge *judge, uint32_t household, hedui_err *err)
{
    explaining *x = context;
    hedui_status status = hedui_account_make(&x->account, judge, household, x->arena);
    if (status && err && err->status == HEDUI_OK)
        *err = judge->err;
    return status;
}

/* --- beside the flags ------------------------------------------------------------------------- */

static void differ(explaining *x, hedui_span rule, const char *kind)
{
    hedui_span none = {"", 0};
    if (x->found.difference_count < HEDUI_JOB_DIFFERENCES)
        x->differences[x->found.difference_count] = (hedui_job_difference){
            x->e->household->id, hedui_arena_copy(x->arena, rule), none, kind};
    x->found.difference_count++;
}

static void compare_state(explaining *x, const hedui_run_result *result)
{
    const hedui_store_household *stored = x->e->household;
    const hedui_run_household *made = NULL;
    hedui_span none = {"", 0};
    for (uint32_t i = 0; i < result->household_count && !made; i++)
        if (hedui_span_equal(result->households[i].id, stored->id))
            made = &result->households[i];
    if (hedui_span_is(stored->state, "absent") ? made != NULL : !made)
        differ(x, none, "state");
    else if (made && (!hedui_span_is(stored->state, hedui_store_state_code(made->state)) ||
                      stored->flag_total != made->flags || stored->unanswered != made->unanswered))
        differ(x, none, "state");
}

static const hedui_run_rule *shown_rule(const hedui_run_result *result, uint32_t rule)
{
    return result->rules[rule].visit_sheet ? NULL : &result->rules[rule];
}

static int same_cause(const hedui_run_result *result, const hedui_run_undetermined *made,
                      const hedui_store_cause *stored)
{
    return hedui_span_equal(result->rules[made->rule].id, stored->rule) &&
           hedui_span_equal(made->subject, stored->subject) &&
           hedui_span_is(stored->reason, hedui_store_cause_code(made->reason)) &&
           hedui_span_equal(made->source, stored->source) &&
           hedui_span_equal(made->field, stored->field) &&
           hedui_span_equal(made->person, stored->person);
}

/* One of them is of no other household: only this one was judged. */
static void compare_causes(explaining *x, const hedui_run_result *result)
{
    const hedui_store_household *stored = x->e->household;
    size_t shown = 0;
    for (uint32_t i = 0; i < result->undetermined_count; i++) {
        const hedui_run_undetermined *made = &result->undetermined[i];
        int found = 0;
        if (!shown_rule(result, made->rule))
            continue;
        shown++;
        for (size_t s = 0; s < stored->cause_count && !found; s++)
            found = same_cause(result, made, &stored->causes[s]);
        if (!found)
            differ(x, result->rules[made->rule].id, "cause");
    }
    if (shown < stored->cause_count)
        differ(x, stored->causes[shown].rule, "cause");
}

static void compare_tags(explaining *x, const hedui_run_result *result)
{
    const hedui_store_household *stored = x->e->household;
    size_t shown = 0;
    for (uint32_t i = 0; i < result->flag_count; i++) {
        const hedui_run_flag *made = &result->flags[i];
        const hedui_run_rule *rule = shown_rule(result, made->rule);
        int found = 0;
        if (!rule || rule->effect != HEDUI_RUN_INFORM)
            continue;
        shown++;
        for (size_t s = 0; s < stored->tag_count && !found; s++)
            found = hedui_span_equal(stored->tags[s].rule, rule->id) &&
                    hedui_span_equal(stored->tags[s].message, made->message);
        if (!found)
            differ(x, rule->id, "tag");
    }
    if (shown < stored->tag_count)
        differ(x, stored->tags[shown].rule, "tag");
}

/* What holds by its condition may be no flag by a recorded decision. As the store has it: a flag
 * beside it counts first, then what is open, then the decision. */
static hedui_span answer_of(const hedui_account_rule *rule, const hedui_run_result *result)
{
    int flags = 0, overridden = 0, open = rule->has_each && rule->each.state != HEDUI_ACCOUNT_KNOWN;
    for (uint32_t i = 0; i < result->flag_count; i++)
        flags += hedui_span_equal(result->rules[result->flags[i].rule].id, rule->id);
    for (uint32_t i = 0; i < result->overridden_count; i++)
        overridden += hedui_span_equal(result->rules[result->overridden[i].rule].id, rule->id);
    if (flags || !overridden)
        return rule->answer;
    for (size_t i = 0; i < rule->judgement_count; i++)
        open |= rule->judgements[i].outcome.state != HEDUI_ACCOUNT_KNOWN;
    return hedui_span_of(open ? "undetermined" : "overridden");
}

static hedui_status settle(explaining *x, const hedui_run_result *result)
{
    if (!x->account || !result->overridden_count)
        return HEDUI_OK;
    hedui_account *settled = hedui_arena_take(x->arena, sizeof *settled);
    hedui_account_rule *rules = hedui_arena_array(x->arena, x->account->rule_count, sizeof *rules);
    if (!settled || !rules)
        return hedui_fail_memory(x->again.err);
    *settled = *x->account;
    for (size_t i = 0; i < settled->rule_count; i++) {
        rules[i] = settled->rules[i];
        rules[i].answer = answer_of(&rules[i], result);
    }
    settled->rules = rules;
    x->account = settled;
    return HEDUI_OK;
}

/* --- the whole -------------------------------------------------------------------------------- */

static hedui_status derive(explaining *x)
{
    const hedui_run_result *result = NULL;
    hedui_again *a = &x->again;
    const hedui_run_look look = {x->e->household->id, tell, x};
    hedui_status status =
        hedui_store_run_find(&a->run, a->store, x->e->household->run, x->arena, a->err);
    if (!status)
        status = hedui_again_lay_out(a);
    if (!status)
        status = hedui_again_execute(&result, a, &look);
    if (!status)
        status = hedui_again_compare(&x->found, x->differences, a, result, x->e->household->id);
    if (status)
        return status;
    compare_state(x, result);
    compare_causes(x, result);
    compare_tags(x, result);
    return settle(x, result);
}

/* Of a purged run nothing is left to explain; what went with it is named. */
static hedui_status find_household(explaining *x, hedui_span run, hedui_span household,
                                   hedui_err *err)
{
    const hedui_store_run *found = NULL;
    hedui_store *store = x->again.store;
    hedui_status status = hedui_store_run_find(&found, store, run, x->arena, err);
    if (!status && found->purged)
        return hedui_job_tell_purged(store, found->id, x->arena, err);
    return status
               ? status
               : hedui_store_household_find(&x->e->household, store, run, household, x->arena, err);
}

hedui_status hedui_job_explain(hedui_job_explanation *explanation, const hedui_workspace *workspace,
                               hedui_span run, hedui_span household, int stored_only, int threads,
                               hedui_arena *arena, const hedui_notes *notes, hedui_err *err)
{
    hedui_job_explanation made = {.household = NULL};
    explaining x = {.e = &made, .arena = arena};
    hedui_err_init(&made.why);
    x.differences = hedui_arena_array(arena, HEDUI_JOB_DIFFERENCES, sizeof *x.differences);
    x.again = (hedui_again){.workspace = workspace,
                            .threads = threads > 0 ? threads : omp_get_num_procs(),
                            .arena = arena,
                            .notes = notes,
                            .err = &made.why};
    hedui_status status = x.differences ? hedui_store_open(&x.again.store, workspace->store,
                                                           HEDUI_STORE_EXISTING, err)
                                        : hedui_fail_memory(err);
    if (!status)
        status = find_household(&x, run, household, err);
    if (!status && !stored_only) {
        hedui_status why = derive(&x);
        made.gone = why == HEDUI_E8023;
        made.account = why ? NULL : x.account;
        made.difference_count = why ? 0 : x.found.difference_count;
        made.differences = x.differences;
    }
    hedui_again_close(&x.again);
    hedui_store_close(x.again.store);
    if (!status)
        *explanation = made;
    return status;
}
