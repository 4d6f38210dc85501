/* Which rows of a parameter hold in an area on a day. */
#include <hedui/job_rules.h>

#include "caseload/area.h"

static int same_key(const hedui_rules_row *a, const hedui_rules_row *b)
{
    return hedui_span_equal(a->urban_rural, b->urban_rural) &&
           hedui_span_equal(a->programme, b->programme) && a->size_from == b->size_from &&
           a->size_to == b->size_to;
}

/* Steps up the tree from `area` to the row's area; past all of them for "any"; -1: not above. */
static int64_t distance(const hedui_areas *areas, uint32_t area, hedui_span code)
{
    int64_t steps = 0;
    for (; area != HEDUI_AREA_NONE; area = areas->list[area].parent, steps++)
        if (hedui_span_equal(areas->list[area].code, code))
            return steps;
    return code.length ? -1 : steps;
}

hedui_status hedui_job_rules_resolve(const hedui_rules_row **rows, uint32_t *count,
                                     const hedui_rules_parameter *parameter,
                                     const hedui_workspace *workspace, hedui_span area, int32_t day,
                                     hedui_arena *arena, hedui_err *err)
{
    const hedui_areas *areas = NULL;
    uint32_t used = 0;
    hedui_status status = hedui_areas_load(&areas, workspace->areas, workspace->area, arena, err);
    if (status)
        return status;
    uint32_t at = area.length ? hedui_areas_find(areas, area) : areas->root;
    if (at == HEDUI_AREA_NONE)
        return hedui_fail(err, HEDUI_E4005, hedui_place_file(workspace->areas),
                          HEDUI_ARG_SPAN(area));
    for (uint32_t i = 0; i < parameter->row_count; i++) {
        const hedui_rules_row *r = &parameter->rows[i];
        int64_t own = distance(areas, at, r->area);
        int holds = own >= 0 && day >= r->from && day <= r->to;
        for (uint32_t k = 0; k < parameter->row_count && holds; k++) {
            const hedui_rules_row *other = &parameter->rows[k];
            int64_t theirs = distance(areas, at, other->area);
            holds = !(same_key(r, other) && theirs >= 0 && theirs < own && day >= other->from &&
                      day <= other->to);
        }
        if (holds)
            rows[used++] = r;
    }
    *count = used;
    return HEDUI_OK;
}
