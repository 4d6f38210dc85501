/* What was made again against what is stored, flag by flag. */
#include "job/again.h"

#include <hedui/store_household.h>
#include <hedui/store_override.h>
#include <hedui/store_pair.h>

typedef struct comparison {
    hedui_again *again;
    hedui_job_replay_outcome *outcome;
    hedui_job_difference *differences;
} comparison;

static void differ(comparison *c, hedui_span household, hedui_span rule, hedui_span subject,
                   const char *kind)
{
    hedui_job_replay_outcome *o = c->outcome;
    if (o->difference_count < HEDUI_JOB_DIFFERENCES)
        c->differences[o->difference_count] = (hedui_job_difference){
            hedui_arena_copy(c->again->arena, household), hedui_arena_copy(c->again->arena, rule),
            hedui_arena_copy(c->again->arena, subject), kind};
    o->difference_count++;
}

static int same_place(const hedui_run_result *result, const hedui_run_evidence *made,
                      const hedui_store_evidence *stored)
{
    return made->line == stored->line && made->offset == stored->offset &&
           made->length == stored->length &&
           memcmp(&result->deliveries[made->delivery].digest, &stored->file_digest,
                  sizeof stored->file_digest) == 0;
}

/* @param kind  What it is called if the facts or the words differ; NULL: by what differs. */
static void compare_flag(comparison *c, const hedui_run_result *result, const hedui_run_flag *made,
                         const hedui_store_flag *stored, const char *kind)
{
    int fresh = stored->placed;
    int facts = memcmp(&made->content, &stored->content, sizeof made->content) == 0 &&
                made->evidence_count == stored->evidence_count;
    int words = hedui_span_equal(made->message, stored->message), places = 1;
    c->outcome->flags += !kind;
    /* else its places are those of the run that first found these facts */
    for (uint32_t i = 0; facts && fresh && i < made->evidence_count; i++) {
        int placed = same_place(result, &made->evidence[i], &stored->evidence[i]);
        c->outcome->rows++;
        c->outcome->rows_same += placed;
        places &= placed;
    }
    int same = facts && words && places;
    c->outcome->flags_same += !kind && same;
    if (!same)
        differ(c, stored->household, stored->rule, stored->subject,
               kind     ? kind
               : !facts ? "facts"
               : !words ? "words"
                        : "place");
}

static int order(const hedui_run_result *result, const hedui_run_flag *made,
                 const hedui_store_flag *stored)
{
    int by = hedui_span_compare(result->households[made->household].id, stored->household);
    for (uint32_t i = 0; !by && i < result->rule_count; i++) {
        int left = i == made->rule, right = hedui_span_equal(result->rules[i].id, stored->rule);
        if (left || right)
            by = left && right ? 0 : left ? -1 : 1;
        if (left || right)
            break;
    }
    return by ? by : hedui_span_compare(made->subject, stored->subject);
}

static int is_of(const hedui_run_result *result, const hedui_run_flag *made, hedui_span household)
{
    return !household.length || hedui_span_equal(result->households[made->household].id, household);
}

/* What decisions kept from being flags; both lists stand likewise. */
static hedui_status compare_overridden(comparison *c, const hedui_run_result *result,
                                       hedui_span household)
{
    static const char kind[] = "override";
    const hedui_store_overridden *stored = NULL;
    size_t count = 0, s = 0;
    hedui_status status =
        hedui_store_overridden_list(&stored, &count, c->again->store, c->again->run->id, household,
                                    c->again->arena, c->again->err);
    if (status)
        return status;
    for (uint32_t m = 0; m < result->overridden_count || s < count;) {
        const hedui_run_flag *made = m < result->overridden_count ? &result->overridden[m] : NULL;
        if (made && (!is_of(result, made, household) || result->rules[made->rule].visit_sheet)) {
            m++;
            continue;
        }
        int by = !made ? 1 : s == count ? -1 : order(result, made, &stored[s].flag);
        if (by == 0 && !hedui_span_equal(made->override, stored[s].override))
            differ(c, stored[s].flag.household, stored[s].flag.rule, stored[s].flag.subject, kind);
        else if (by == 0)
            compare_flag(c, result, made, &stored[s].flag, kind);
        else if (by < 0)
            differ(c, result->households[made->household].id, result->rules[made->rule].id,
                   made->subject, kind);
        else
            differ(c, stored[s].flag.household, stored[s].flag.rule, stored[s].flag.subject, kind);
        m += by <= 0;
        s += by >= 0;
    }
    return HEDUI_OK;
}

static int same_met(const hedui_run_result *result, const hedui_run_met *made,
                    const hedui_store_met *stored)
{
    return hedui_span_equal(result->households[made->household].id, stored->household) &&
           hedui_span_equal(made->pair, stored->pair) &&
           hedui_span_is(stored->state, hedui_run_met_code(made->state)) &&
           hedui_span_equal(made->person_masked, stored->person_masked) &&
           made->line == stored->line && made->offset == stored->offset &&
           made->length == stored->length &&
           memcmp(&result->deliveries[made->delivery].digest, &stored->file_digest,
                  sizeof stored->file_digest) == 0;
}

/* Rows that decisions speak of; both lists stand likewise. */
static hedui_status compare_met(comparison *c, const hedui_run_result *result, hedui_span household)
{
    static const char kind[] = "pair";
    const hedui_span none = {"", 0};
    const hedui_store_met *stored = NULL;
    size_t count = 0, s = 0;
    hedui_status status = hedui_store_met_list(&stored, &count, c->again->store, c->again->run->id,
                                               household, c->again->arena, c->again->err);
    for (uint32_t m = 0; !status && m < result->met_count; m++) {
        const hedui_run_met *made = &result->met[m];
        hedui_span owner = result->households[made->household].id;
        if (household.length && !hedui_span_equal(owner, household))
            continue;
        if (s < count && same_met(result, made, &stored[s]))
            s++;
        else
            differ(c, owner, none, made->pair, kind);
    }
    if (!status && s < count)
        differ(c, stored[s].household, none, stored[s].pair, kind);
    return status;
}

/* What each source was found to have stands outside the result digest. A household that came or
 * went shows by it. */
static void compare_searched_of(comparison *c, const hedui_run_household *made, hedui_span stored)
{
    const hedui_span none = {"", 0};
    if (stored.length && !hedui_span_equal(made->searched, stored))
        differ(c, made->id, none, none, "searched");
}

static hedui_status compare_searched(comparison *c, const hedui_run_result *result)
{
    const hedui_store_state *stored = NULL;
    size_t count = 0, s = 0;
    hedui_status status = hedui_store_state_list(&stored, &count, c->again->store,
                                                 c->again->run->id, c->again->arena, c->again->err);
    for (uint32_t m = 0; !status && m < result->household_count; m++) {
        const hedui_run_household *made = &result->households[m];
        while (s < count && hedui_span_compare(stored[s].household, made->id) < 0)
            s++;
        if (s < count && hedui_span_equal(stored[s].household, made->id))
            compare_searched_of(c, made, stored[s].searched);
    }
    return status;
}

static hedui_status compare_one_searched(comparison *c, const hedui_run_result *result,
                                         hedui_span household)
{
    const hedui_store_household *stored = NULL;
    hedui_status status = hedui_store_household_find(&stored, c->again->store, c->again->run->id,
                                                     household, c->again->arena, c->again->err);
    for (uint32_t m = 0; !status && m < result->household_count; m++)
        if (hedui_span_equal(result->households[m].id, household))
            compare_searched_of(c, &result->households[m], stored->searched);
    return status;
}

/* Both lists stand by household, rule and subject. Tags are not listed one by one: the result
 * digest covers them. */
static hedui_status compare_flags(comparison *c, const hedui_run_result *result,
                                  hedui_span household)
{
    const hedui_store_flag *stored = NULL;
    size_t count = 0, s = 0;
    hedui_status status = hedui_store_flag_list(&stored, &count, c->again->store, c->again->run->id,
                                                household, c->again->arena, c->again->err);
    if (status)
        return status;
    for (uint32_t m = 0; m < result->flag_count || s < count;) {
        const hedui_run_flag *made = m < result->flag_count ? &result->flags[m] : NULL;
        hedui_span owner = made ? result->households[made->household].id : (hedui_span){"", 0};
        int tag = made && result->rules[made->rule].effect == HEDUI_RUN_INFORM;
        if (tag || (made && !is_of(result, made, household))) {
            m++;
            continue;
        }
        if (s < count && (hedui_span_is(stored[s].status, "gone") ||
                          hedui_span_is(stored[s].status, "not_checked"))) {
            s++;
            continue;
        }
        int by = !made ? 1 : s == count ? -1 : order(result, made, &stored[s]);
        if (by == 0) {
            compare_flag(c, result, made, &stored[s], NULL);
            m++;
            s++;
        } else if (by < 0) {
            differ(c, owner, result->rules[made->rule].id, made->subject, "added");
            m++;
        } else {
            c->outcome->flags++;
            differ(c, stored[s].household, stored[s].rule, stored[s].subject, "missing");
            s++;
        }
    }
    return HEDUI_OK;
}

hedui_status hedui_again_compare(hedui_job_replay_outcome *outcome,
                                 hedui_job_difference *differences, hedui_again *again,
                                 const hedui_run_result *result, hedui_span household)
{
    comparison c = {again, outcome, differences};
    hedui_status status = compare_flags(&c, result, household);
    if (!status)
        status = compare_overridden(&c, result, household);
    if (!status)
        status = compare_met(&c, result, household);
    if (!status && household.length)
        return compare_one_searched(&c, result, household);
    return status ? status : compare_searched(&c, result);
}
