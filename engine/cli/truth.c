/* The store's answers in the shape that the demo compares. */
#include "cli/truth.h"

#include <hedui/store_delivery.h>
#include <hedui/store_household.h>

typedef struct work {
    hedui_store *store;
    hedui_span run;
    hedui_demo_actual actual;
    hedui_arena *arena;
    hedui_err *err;
} work;

static hedui_status read_states(work *w)
{
    const hedui_store_state *found;
    size_t count;
    hedui_status status =
        hedui_store_state_list(&found, &count, w->store, w->run, w->arena, w->err);
    if (status)
        return status;
    hedui_demo_state *states = hedui_arena_array(w->arena, count, sizeof *states);
    if (!states)
        return hedui_fail_memory(w->err);
    for (size_t i = 0; i < count; i++)
        states[i] = (hedui_demo_state){found[i].household, found[i].state};
    w->actual.states = states;
    w->actual.state_count = count;
    return HEDUI_OK;
}

/* Flags and tags: what a rule finds is true or not, whatever its effect. */
static hedui_status read_flags(work *w)
{
    const hedui_store_mark *found;
    size_t count;
    hedui_status status = hedui_store_mark_list(&found, &count, w->store, w->run, w->arena, w->err);
    if (status)
        return status;
    hedui_demo_flag *flags = hedui_arena_array(w->arena, count, sizeof *flags);
    if (!flags)
        return hedui_fail_memory(w->err);
    for (size_t i = 0; i < count; i++)
        flags[i] = (hedui_demo_flag){found[i].household, found[i].rule,          found[i].subject,
                                     found[i].person,    found[i].person_masked, found[i].effect,
                                     found[i].capped};
    w->actual.flags = flags;
    w->actual.flag_count = count;
    return HEDUI_OK;
}

static hedui_status read_causes(work *w)
{
    const hedui_store_open_cause *found;
    size_t count;
    hedui_status status =
        hedui_store_open_cause_list(&found, &count, w->store, w->run, w->arena, w->err);
    if (status)
        return status;
    hedui_demo_undetermined *causes = hedui_arena_array(w->arena, count, sizeof *causes);
    if (!causes)
        return hedui_fail_memory(w->err);
    for (size_t i = 0; i < count; i++)
        causes[i] = (hedui_demo_undetermined){found[i].household, found[i].rule, found[i].reason};
    w->actual.undetermined = causes;
    w->actual.undetermined_count = count;
    return HEDUI_OK;
}

static hedui_status read_rejects(work *w)
{
    const hedui_store_reject *found;
    size_t count;
    hedui_status status = hedui_store_reject_list(&found, &count, w->store, w->run,
                                                  hedui_span_of(""), w->arena, w->err);
    if (status)
        return status;
    hedui_demo_reject *rejects = hedui_arena_array(w->arena, count, sizeof *rejects);
    if (!rejects)
        return hedui_fail_memory(w->err);
    for (size_t i = 0; i < count; i++)
        rejects[i] = (hedui_demo_reject){found[i].file, (uint32_t)found[i].line, found[i].reason};
    w->actual.rejects = rejects;
    w->actual.reject_count = count;
    return HEDUI_OK;
}

/* Why each delivery was not used; one that was used has no such remark, nor one without a verdict
 * of its own. */
static hedui_status read_refusals(work *w, const hedui_store_delivery *found, size_t count)
{
    size_t most = 0;
    for (size_t i = 0; i < count; i++)
        most += found[i].remark_count + 1;
    hedui_demo_refusal *refusals = hedui_arena_array(w->arena, most, sizeof *refusals);
    if (!refusals)
        return hedui_fail_memory(w->err);
    most = 0;
    for (size_t i = 0; i < count; i++) {
        size_t before = most;
        for (size_t r = 0; r < found[i].remark_count; r++)
            if (hedui_span_is(found[i].remarks[r].verdict, "refused"))
                refusals[most++] =
                    (hedui_demo_refusal){found[i].feed, found[i].file, found[i].remarks[r].number,
                                         found[i].remarks[r].argument};
        if (most == before && found[i].file.length && !found[i].used) /* and nobody says why */
            refusals[most++] = (hedui_demo_refusal){.feed = found[i].feed, .file = found[i].file};
        else if (most > before && found[i].used) /* said to be used all the same */
            most = before;
    }
    w->actual.refusals = refusals;
    w->actual.refusal_count = most;
    return HEDUI_OK;
}

static hedui_status read_ledgers(work *w)
{
    const hedui_store_delivery *found;
    size_t count;
    hedui_status status =
        hedui_store_delivery_list(&found, &count, w->store, w->run, w->arena, w->err);
    if (status)
        return status;
    hedui_demo_ledger *ledgers = hedui_arena_array(w->arena, count, sizeof *ledgers);
    hedui_demo_reply *replies = hedui_arena_array(w->arena, count, sizeof *replies);
    if (!ledgers || !replies)
        return hedui_fail_memory(w->err);
    for (size_t i = 0; i < count; i++) {
        const hedui_store_delivery *d = &found[i];
        ledgers[i] = (hedui_demo_ledger){
            d->feed,      d->file,     d->records, d->accepted,        d->other_document,
            d->duplicate, d->rejected, d->matched, d->not_in_caseload, d->apart};
        replies[i] = (hedui_demo_reply){d->feed,  d->file,     d->query,  d->used,
                                        d->asked, d->answered, d->unasked};
    }
    w->actual.ledgers = ledgers;
    w->actual.ledger_count = count;
    w->actual.replies = replies;
    w->actual.reply_count = count;
    return read_refusals(w, found, count);
}

static hedui_status read_gaps(work *w, const hedui_store_run *run)
{
    hedui_demo_gap *gaps = hedui_arena_array(w->arena, run->gap_count, sizeof *gaps);
    if (!gaps)
        return hedui_fail_memory(w->err);
    for (size_t i = 0; i < run->gap_count; i++)
        gaps[i] = (hedui_demo_gap){run->gaps[i].rule, run->gaps[i].reason, run->gaps[i].source,
                                   run->gaps[i].households};
    w->actual.gaps = gaps;
    w->actual.gap_count = run->gap_count;
    return HEDUI_OK;
}

hedui_status hedui_cli_truth_compare(hedui_demo_report *report, hedui_store *store,
                                     const hedui_store_run *run, const char *folder,
                                     hedui_arena *arena, hedui_err *err)
{
    work w = {.store = store, .run = run->id, .arena = arena, .err = err};
    hedui_status status = read_states(&w);
    if (!status)
        status = read_flags(&w);
    if (!status)
        status = read_causes(&w);
    if (!status)
        status = read_rejects(&w);
    if (!status)
        status = read_ledgers(&w);
    if (!status)
        status = read_gaps(&w, run);
    return status ? status : hedui_demo_compare(report, folder, &w.actual, arena, err);
}
