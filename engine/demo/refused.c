/* Deliveries that were not used, and what each of them left open, against what was planted. */
#include "demo/meet.h"

#include <inttypes.h>
#include <stdio.h>

enum { NO_GOOD = 2119, REFUSAL_FIELDS = 5, GAP_FIELDS = 4 };

int hedui_demo_is_no_good(const hedui_demo_meeting *w, hedui_span file)
{
    for (size_t i = 0; i < w->actual->refusal_count; i++)
        if (w->actual->refusals[i].number == NO_GOOD &&
            hedui_span_equal(w->actual->refusals[i].file, file))
            return 1;
    return 0;
}

hedui_status hedui_demo_compare_refusals(hedui_demo_meeting *w)
{
    hedui_demo_side found;
    hedui_demo_lines l;
    hedui_status status = hedui_demo_lines_open(&l, w, "refusals.tsv");
    if (status)
        return status;
    hedui_demo_side_open(&found, w, w->actual->refusal_count);
    for (size_t i = 0; !w->memory && i < w->actual->refusal_count; i++) {
        const hedui_demo_refusal *r = &w->actual->refusals[i];
        char number[16];
        (void)snprintf(number, sizeof number, "%d", r->number);
        hedui_span key = HEDUI_DEMO_JOIN(w, r->feed, r->file, hedui_span_of(number));
        found.values[hedui_demo_side_put(&found, w, key)] = r->argument;
    }
    while (!w->memory && hedui_demo_lines_next(&l)) {
        if (l.count != REFUSAL_FIELDS)
            return hedui_demo_lines_damaged(w, &l);
        hedui_demo_meet(w, &found, HEDUI_DEMO_JOIN(w, l.field[0], l.field[1], l.field[2]),
                        l.field[3]);
    }
    if (!w->memory)
        hedui_demo_meet_rest(w, &found);
    return HEDUI_OK;
}

hedui_status hedui_demo_compare_gaps(hedui_demo_meeting *w)
{
    hedui_demo_side found;
    hedui_demo_lines l;
    hedui_status status = hedui_demo_lines_open(&l, w, "gaps.tsv");
    if (status)
        return status;
    hedui_demo_side_open(&found, w, w->actual->gap_count);
    for (size_t i = 0; !w->memory && i < w->actual->gap_count; i++) {
        const hedui_demo_gap *g = &w->actual->gaps[i];
        char households[24];
        (void)snprintf(households, sizeof households, "%" PRId64, g->households);
        hedui_span copy = hedui_arena_copy(w->arena, hedui_span_of(households));
        w->memory |= !copy.at;
        hedui_span key = HEDUI_DEMO_JOIN(w, g->rule, g->reason, g->feed);
        found.values[hedui_demo_side_put(&found, w, key)] = copy;
    }
    while (!w->memory && hedui_demo_lines_next(&l)) {
        if (l.count != GAP_FIELDS)
            return hedui_demo_lines_damaged(w, &l);
        hedui_demo_meet(w, &found, HEDUI_DEMO_JOIN(w, l.field[0], l.field[1], l.field[2]),
                        l.field[3]);
    }
    if (!w->memory)
        hedui_demo_meet_rest(w, &found);
    return HEDUI_OK;
}
