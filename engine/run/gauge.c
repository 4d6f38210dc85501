/* One pass over the facts in the order of the file. Each asks for its person's name at some other
 * place of the caseload; what is far away is why nobody should ask twice. */
#include "run/gauge.h"
#include "run/match.h"

static hedui_status take_matches(hedui_gauge *gauge, const hedui_facts *facts,
                                 const hedui_caseload *c, hedui_arena *arena, hedui_err *err)
{
    uint8_t *matches = hedui_arena_array(arena, facts->count, 1);
    if (!matches)
        return hedui_fail_memory(err);
    for (uint32_t i = 0; i < facts->count; i++) {
        uint32_t person = hedui_facts_person(facts, i);
        if (hedui_facts_gone(facts, i) || person == HEDUI_PERSON_NONE)
            continue;
        uint32_t member = c->places[c->persons[person].first];
        hedui_match match = hedui_match_strength(c, member, facts, i);
        matches[i] = (uint8_t)match;
        gauge->agree += match == HEDUI_MATCH_ID_NAME;
        gauge->compared += match == HEDUI_MATCH_ID_NAME || match == HEDUI_MATCH_NAME_DIFFERS;
    }
    gauge->matches = matches;
    return HEDUI_OK;
}

hedui_status hedui_gauge_take(hedui_gauge *gauge, const hedui_delivery *delivery, int figures,
                              const hedui_caseload *caseload, hedui_arena *arena, hedui_err *err)
{
    hedui_gauge made = {0};
    hedui_status status = HEDUI_OK;
    if (figures && delivery->layout->guards.watch_count)
        status = hedui_figures_take(&made.figures, &made.figure_count, delivery->facts, arena, err);
    if (!status && caseload)
        status = take_matches(&made, delivery->facts, caseload, arena, err);
    if (!status)
        *gauge = made;
    return status;
}
