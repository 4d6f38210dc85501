/** @file
 * A fabricated result cut into parts, for tests of the store's writing.
 */
#ifndef HEDUI_TESTS_STORE_PARTS_H
#define HEDUI_TESTS_STORE_PARTS_H

#include "store_world.h"

/** A copy on the heap of its own, so that it is seen when it is read behind its part. */
static inline hedui_span part_text(hedui_arena *arena, hedui_span text)
{
    hedui_span copy = hedui_arena_copy(arena, text);
    assert_non_null(copy.at);
    return copy;
}

/** Those of `all` that are about households from `from` to below `to`, by index into the part. */
static inline const hedui_run_flag *part_flags(uint32_t *count, hedui_arena *arena,
                                               const hedui_run_flag *all, uint32_t all_count,
                                               uint32_t from, uint32_t to)
{
    hedui_run_flag *flags = hedui_arena_array(arena, all_count, sizeof *flags);
    assert_non_null(flags);
    *count = 0;
    for (uint32_t i = 0; i < all_count; i++) {
        if (all[i].household < from || all[i].household >= to)
            continue;
        hedui_run_flag *flag = &flags[(*count)++];
        *flag = all[i];
        flag->household -= from;
        flag->subject = part_text(arena, flag->subject);
        flag->message = part_text(arena, flag->message);
    }
    return flags;
}

/** Households from `from` to below `to` with all that is about them; the rest of a result is not
 * set. */
static inline hedui_run_result part_of(hedui_arena *arena, const hedui_run_result *r, uint32_t from,
                                       uint32_t to)
{
    hedui_run_result part = {0};
    hedui_run_household *households = hedui_arena_array(arena, to - from, sizeof *households);
    hedui_run_met *met = hedui_arena_array(arena, r->met_count, sizeof *met);
    hedui_run_undetermined *causes =
        hedui_arena_array(arena, r->undetermined_count, sizeof *causes);
    assert_true(households && met && causes);
    for (uint32_t i = from; i < to; i++) {
        households[i - from] = r->households[i];
        households[i - from].id = part_text(arena, r->households[i].id);
    }
    for (uint32_t i = 0; i < r->met_count; i++)
        if (r->met[i].household >= from && r->met[i].household < to) {
            met[part.met_count] = r->met[i];
            met[part.met_count++].household -= from;
        }
    for (uint32_t i = 0; i < r->undetermined_count; i++)
        if (r->undetermined[i].household >= from && r->undetermined[i].household < to) {
            causes[part.undetermined_count] = r->undetermined[i];
            causes[part.undetermined_count++].household -= from;
        }
    part.households = households;
    part.household_count = to - from;
    part.flags = part_flags(&part.flag_count, arena, r->flags, r->flag_count, from, to);
    part.overridden =
        part_flags(&part.overridden_count, arena, r->overridden, r->overridden_count, from, to);
    part.met = met;
    part.undetermined = causes;
    return part;
}

/** Give the store one part of the world. */
static inline hedui_status part_write(hedui_store_writing *writing, const world *w, uint32_t from,
                                      uint32_t to, hedui_err *err)
{
    hedui_arena *arena = hedui_arena_open(0);
    assert_non_null(arena);
    const hedui_run_result part = part_of(arena, &w->r, from, to);
    hedui_status status = hedui_store_write_part(writing, &part, err);
    hedui_arena_close(arena);
    return status;
}

/** What stands over a run, and nothing of its households. */
static inline hedui_run_result part_head(const world *w)
{
    hedui_run_result head = {0};
    head.as_of = w->r.as_of;
    head.unit = w->r.unit;
    head.inputs = w->r.inputs;
    head.input_count = w->r.input_count;
    head.deliveries = w->r.deliveries;
    head.delivery_count = w->r.delivery_count;
    head.rules = w->r.rules;
    head.rule_count = w->r.rule_count;
    head.listed = w->r.listed;
    return head;
}

/** And what is known in the end alone. */
static inline hedui_run_result part_whole(const world *w)
{
    hedui_run_result whole = {0};
    whole.gaps = w->r.gaps;
    whole.gap_count = w->r.gap_count;
    whole.persons = w->r.persons;
    whole.persons_matched = w->r.persons_matched;
    whole.persons_authorised = w->r.persons_authorised;
    memcpy(whole.rows_matched, w->r.rows_matched, sizeof whole.rows_matched);
    whole.digest = w->r.digest;
    whole.held = w->r.held;
    return whole;
}

/** Store the world in parts of `size` households. */
static inline hedui_status parts_write(char id[HEDUI_STORE_RUN_ID], hedui_store *store,
                                       const world *w, uint32_t size, hedui_err *err)
{
    const hedui_run_result head = part_head(w), whole = part_whole(w);
    hedui_store_writing *writing = NULL;
    hedui_status status = hedui_store_write_begin(&writing, store, &head, &w->options, err);
    for (uint32_t i = 0; !status && i < w->r.household_count; i += size) {
        uint32_t rest = w->r.household_count - i;
        status = part_write(writing, w, i, i + (rest < size ? rest : size), err);
    }
    if (!status)
        status = hedui_store_write_end(id, writing, &whole, w->options.holds, w->options.hold_count,
                                       w->options.finished, err);
    hedui_store_write_close(writing);
    return status;
}

#endif
