/* Looking up a parameter for a household. Two rows that fit equally well, or none, is no value:
 * a default would decide about money that nobody decided about. */
#include "rule/parameter.h"

#include <hedui/date.h>

static int fits(const hedui_parameter_row *row, const hedui_parameter_place *place)
{
    if (place->as_of < row->in_force.from || place->as_of > row->in_force.to)
        return 0;
    if (row->urban_rural.length && !hedui_span_equal(row->urban_rural, place->urban_rural))
        return 0;
    if (row->size_node &&
        (place->size.as.number < row->size.from || place->size.as.number > row->size.to))
        return 0;
    return !row->programme.length || hedui_span_equal(row->programme, place->programme);
}

/* The only fitting row for one area code; `many` is set when there are several. */
static const hedui_parameter_row *only_row(const hedui_parameter *p, hedui_span area,
                                           const hedui_parameter_place *place, int *many)
{
    const hedui_parameter_row *found = NULL;
    for (uint32_t i = 0; i < p->row_count; i++) {
        const hedui_parameter_row *row = &p->rows[i];
        if (!hedui_span_equal(row->area, area) || !fits(row, place))
            continue;
        if (found)
            *many = 1;
        found = row;
    }
    return found;
}

const hedui_parameter_row *hedui_parameter_find(const hedui_parameter *p, const hedui_areas *areas,
                                                const hedui_parameter_place *place)
{
    static const hedui_span anywhere = HEDUI_SPAN("");
    const hedui_parameter_row *found = NULL;
    int many = 0;
    if ((p->by & HEDUI_BY_HOUSEHOLD_SIZE) && place->size.kind != HEDUI_CEL_INT)
        return NULL;
    if (p->by & HEDUI_BY_AREA) {
        uint32_t area = place->area;
        if (area == HEDUI_AREA_NONE)
            return NULL; /* a household whose place is not known has no standard of any place */
        for (; area != HEDUI_AREA_NONE && !found; area = areas->list[area].parent)
            found = only_row(p, areas->list[area].code, place, &many);
    }
    if (!found)
        found = only_row(p, anywhere, place, &many);
    return many ? NULL : found;
}

int hedui_parameter_product(hedui_cel_value *product, const hedui_parameter *p,
                            const hedui_multiple *multiple, hedui_cel_value base)
{
    hedui_cel_value v = multiple->factor;
    uint32_t base_scale = base.kind == HEDUI_CEL_DECIMAL ? base.scale : 0;
    while (v.scale && v.as.number % 10 == 0)
        v = hedui_cel_decimal(v.as.number / 10, v.scale - 1u);
    if (v.scale + base_scale > 9 ||
        __builtin_mul_overflow(v.as.number, base.as.number, &v.as.number))
        return 0;
    v = hedui_cel_decimal(v.as.number, v.scale + base_scale);
    if (multiple->rounding.length ? !hedui_cel_decimal_round(&v, p->scale, multiple->rounding.at)
                                  : !hedui_cel_decimal_rescale(&v, p->scale))
        return 0;
    *product = p->kind == HEDUI_PARAMETER_INTEGER ? hedui_cel_int(v.as.number) : v;
    return 1;
}

static hedui_cel_value missing(const hedui_parameter *p, hedui_arena *arena)
{
    hedui_cel_reason *reason = hedui_arena_take(arena, sizeof *reason);
    if (!reason)
        return hedui_cel_fail(HEDUI_CEL_ERROR_MEMORY);
    *reason = (hedui_cel_reason){HEDUI_CAUSE_PARAMETER,
                                 (uint16_t)(HEDUI_SOURCE_PARAMETER + p->index), 0, UINT32_MAX};
    return hedui_cel_unknown(reason, 1);
}

/* The first and last day of a period that ends before `day`. */
static hedui_cel_value period_before(const hedui_period_rule *rule, int32_t day)
{
    int year, month, d;
    int32_t end = day, first;
    int64_t months = 0, days = 0;
    hedui_date_to_civil(&year, &month, &d, day);
    if (rule->unit == HEDUI_PERIOD_CALENDAR_MONTHS)
        (void)hedui_date_from_civil(&end, year, month, 1);
    else if (rule->unit == HEDUI_PERIOD_CALENDAR_YEARS)
        (void)hedui_date_from_civil(&end, year, 1, 1);
    if (rule->unit == HEDUI_PERIOD_DAYS)
        days = rule->count;
    else if (rule->unit == HEDUI_PERIOD_MONTHS || rule->unit == HEDUI_PERIOD_CALENDAR_MONTHS)
        months = rule->count;
    else
        months = rule->count * 12;
    if (!hedui_date_add_months(&first, end, -months))
        return hedui_cel_fail(HEDUI_CEL_ERROR_OVERFLOW);
    return hedui_cel_period((int32_t)months, (int32_t)days, first - (int32_t)days, end - 1);
}

static hedui_cel_value period_value(const hedui_period_rule *rule,
                                    const hedui_parameter_place *place, const hedui_case *the_case,
                                    hedui_arena *arena)
{
    int32_t day = place->as_of;
    if (!rule->before.length) {
        int in_days = rule->unit == HEDUI_PERIOD_DAYS;
        int years = rule->unit == HEDUI_PERIOD_YEARS || rule->unit == HEDUI_PERIOD_CALENDAR_YEARS;
        return hedui_cel_period(in_days ? 0 : (int32_t)(rule->count * (years ? 12 : 1)),
                                in_days ? (int32_t)rule->count : 0, HEDUI_CEL_NO_PERIOD_DAY,
                                HEDUI_CEL_NO_PERIOD_DAY);
    }
    if (rule->field != UINT32_MAX) {
        const hedui_cel_record *record = hedui_cel_type_fields(the_case->catalogue->household_type);
        hedui_cel_value at =
            record->get(record->context, the_case, the_case->household, rule->field, arena);
        if (at.kind != HEDUI_CEL_DATE)
            return at;
        day = at.as.day;
    }
    return period_before(rule, day);
}

hedui_cel_value hedui_parameter_value(const hedui_parameter *p, const hedui_parameter_place *place,
                                      const hedui_case *the_case, hedui_arena *arena)
{
    if ((p->by & HEDUI_BY_HOUSEHOLD_SIZE) && place->size.kind != HEDUI_CEL_INT)
        return place->size;
    const hedui_parameter_row *row =
        hedui_parameter_find(p, the_case->book->caseload->areas, place);
    if (!row)
        return missing(p, arena);
    if (row->period)
        return period_value(row->period, place, the_case, arena);
    if (!row->multiple)
        return row->value;
    hedui_parameter_place there = *place;
    if (row->multiple->urban_rural.length)
        there.urban_rural = row->multiple->urban_rural;
    hedui_cel_value base = hedui_parameter_value(row->multiple->base, &there, the_case, arena);
    hedui_cel_value product;
    if (hedui_cel_undetermined(base))
        return base;
    if (!hedui_parameter_product(&product, p, row->multiple, base))
        return hedui_cel_fail(HEDUI_CEL_ERROR_OVERFLOW);
    return product;
}

hedui_parameter_place hedui_parameter_place_of(const hedui_case *the_case)
{
    const hedui_caseload *c = the_case->book->caseload;
    uint32_t h = the_case->household;
    return (hedui_parameter_place){
        .area = c->households[h].area,
        .urban_rural = hedui_household_code(c, h, HEDUI_HOUSEHOLD_URBAN_RURAL),
        .programme = hedui_household_code(c, h, HEDUI_HOUSEHOLD_PROGRAMME),
        .size = hedui_cel_null(),
        .as_of = the_case->book->as_of};
}
