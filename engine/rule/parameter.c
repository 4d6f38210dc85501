/* Looking up a parameter for a household. Two rows that fit equally well, or none, is no value:
 * a default would decide about money that nobody decided about. */
#include "rule/rulebook.h"

static int fits(const hedui_parameter_row *row, hedui_span urban_rural, hedui_span programme,
                int32_t as_of)
{
    if (as_of < row->in_force.from || as_of > row->in_force.to)
        return 0;
    if (row->urban_rural.length && !hedui_span_equal(row->urban_rural, urban_rural))
        return 0;
    return !row->programme.length || hedui_span_equal(row->programme, programme);
}

/* The only fitting row for one area code; `many` is set when there are several. */
static const hedui_parameter_row *only_row(const hedui_parameter *p, hedui_span area,
                                           hedui_span urban_rural, hedui_span programme,
                                           int32_t as_of, int *many)
{
    const hedui_parameter_row *found = NULL;
    for (uint32_t i = 0; i < p->row_count; i++) {
        const hedui_parameter_row *row = &p->rows[i];
        if (!hedui_span_equal(row->area, area) || !fits(row, urban_rural, programme, as_of))
            continue;
        if (found)
            *many = 1;
        found = row;
    }
    return found;
}

const hedui_parameter_row *hedui_parameter_find(const hedui_parameter *parameter,
                                                const hedui_caseload *caseload, uint32_t household,
                                                int32_t as_of)
{
    static const hedui_span anywhere = HEDUI_SPAN("");
    hedui_span urban_rural = hedui_household_code(caseload, household, HEDUI_HOUSEHOLD_URBAN_RURAL);
    hedui_span programme = hedui_household_code(caseload, household, HEDUI_HOUSEHOLD_PROGRAMME);
    const hedui_parameter_row *found = NULL;
    int many = 0;
    if (parameter->by & HEDUI_BY_AREA) {
        uint32_t area = caseload->households[household].area;
        if (area == HEDUI_AREA_NONE)
            return NULL; /* a household whose place is not known has no standard of any place */
        for (; area != HEDUI_AREA_NONE && !found; area = caseload->areas->list[area].parent)
            found = only_row(parameter, caseload->areas->list[area].code, urban_rural, programme,
                             as_of, &many);
    }
    if (!found)
        found = only_row(parameter, anywhere, urban_rural, programme, as_of, &many);
    return many ? NULL : found;
}
