/* An expression fails where it asks for what the data do not hold: the first record of nobody, a
 * share of a household of none. The second, non-stopping pass shows where it failed and what it had
 * been given there; that is what a clerk can act on. */
#include "rule/doubt.h"
#include "rule/getter.h"
#include "rule/proof.h"

#include <hedui/cel_explain.h>

typedef struct finder {
    hedui_judge *j;
    hedui_cel_value found; /* an unknown with the reasons so far */
    uint16_t code;         /* hedui_cel_error */
} finder;

static void add(finder *f, hedui_cause cause, uint16_t source, uint32_t field, uint32_t row)
{
    hedui_cel_value one = hedui_get_unknown(cause, source, field, row, f->j->scratch);
    f->found = hedui_cel_unknown_merge(f->found, one, f->j->scratch);
}

/* The member a row of this type is or belongs to. */
static uint32_t member_of(const finder *f, const hedui_cel_type *type, const void *object,
                          uint32_t row)
{
    if (!type || row == HEDUI_NONE)
        return HEDUI_NONE;
    return hedui_proof_member(f->j, hedui_cel_row(type, object, row));
}

/* A list that should have had a row. @return 0 if it is of no source. */
static int add_absence(finder *f, const hedui_cel_type *of, const hedui_cel_type *owner,
                       const void *object, uint32_t row)
{
    uint16_t source = of ? hedui_catalogue_source(of) : HEDUI_SOURCE_NONE;
    if (source >= hedui_judge_sources(f->j->book))
        return 0;
    add(f, HEDUI_CAUSE_NO_RECORD, source, 0, member_of(f, owner, object, row));
    return 1;
}

static int of_absence(uint16_t code)
{
    return code == HEDUI_CEL_ERROR_EMPTY || code == HEDUI_CEL_ERROR_INDEX ||
           code == HEDUI_CEL_ERROR_KEY;
}

/* A cell that was read where it failed, or has no value itself. @return 0 if it says nothing. */
static int add_cell(finder *f, const hedui_cel_witness *w, int here)
{
    const hedui_catalogue *catalogue = f->j->rulebook->catalogue;
    int absent = w->value.kind == HEDUI_CEL_ERROR && w->value.code == HEDUI_CEL_ERROR_ABSENT;
    int none = w->value.kind == HEDUI_CEL_OPTIONAL && !w->value.as.inner;
    uint16_t source = hedui_catalogue_source(w->type);
    if (here && w->value.kind == HEDUI_CEL_LIST && !w->value.count)
        return add_absence(
            f, hedui_cel_type_inner(hedui_cel_type_fields(w->type)->fields[w->field].type), w->type,
            w->object, w->row);
    if (!absent && (!here || (of_absence(f->code) && !none)))
        return 0;
    uint32_t column = source < hedui_judge_sources(f->j->book)
                          ? hedui_catalogue_column(catalogue, source, w->field)
                          : HEDUI_COLUMN_NONE;
    if (column == HEDUI_COLUMN_NONE)
        return 0;
    add(f, absent || none ? HEDUI_CAUSE_EMPTY_FIELD : HEDUI_CAUSE_BAD_VALUE, source, column,
        member_of(f, w->type, w->object, w->row));
    return 1;
}

static int failed_here(const hedui_cel_witness *w)
{
    for (const hedui_cel_witness *c = w->child; c; c = c->next)
        if (c->kind == HEDUI_CEL_WITNESS_ERROR)
            return 1;
    return 0;
}

/* hh.applied_on under its short name is a variable. */
static void add_day(finder *f)
{
    const hedui_catalogue *catalogue = f->j->rulebook->catalogue;
    uint16_t source = hedui_catalogue_source(catalogue->household_type);
    uint32_t field = hedui_cel_type_find(catalogue->household_type, hedui_span_of("applied_on"));
    add(f, HEDUI_CAUSE_BAD_VALUE, source, hedui_catalogue_column(catalogue, source, field),
        HEDUI_NONE);
}

/* `here`: below the part that failed, so that what was read is what it failed on. */
static void walk(finder *f, const hedui_cel_witness *w, int here)
{
    for (; w; w = w->next) {
        int nothing = w->kind == HEDUI_CEL_WITNESS_SEARCHED ||
                      (w->kind == HEDUI_CEL_WITNESS_ROWS && !w->child);
        if (w->kind == HEDUI_CEL_WITNESS_UNKNOWN)
            f->found = hedui_cel_unknown_merge(f->found, w->value, f->j->scratch);
        else if (w->kind == HEDUI_CEL_WITNESS_CELL && add_cell(f, w, here))
            continue;
        else if (here && nothing && add_absence(f, w->type, w->owner, w->object, w->row))
            continue;
        else if (here && w->kind == HEDUI_CEL_WITNESS_VARIABLE && !of_absence(f->code) &&
                 w->slot == f->j->rulebook->applied_on_slot)
            add_day(f);
        walk(f, w->child, here || failed_here(w));
    }
}

hedui_cel_value hedui_doubt_of(hedui_judge *judge, const hedui_cel_program *program,
                               const hedui_cel_value *variables, hedui_cel_value value)
{
    if (value.kind != HEDUI_CEL_ERROR || value.code == HEDUI_CEL_ERROR_MEMORY)
        return value;
    finder f = {judge, hedui_cel_unknown(NULL, 0), value.code};
    hedui_cel_input input = hedui_judge_input(judge, variables);
    hedui_cel_explanation e;
    if (value.code != HEDUI_CEL_ERROR_LIMIT) {
        if (hedui_cel_explain(&e, program, &input, judge->scratch))
            return hedui_cel_fail(HEDUI_CEL_ERROR_MEMORY);
        walk(&f, e.tree, 0);
    }
    if (!f.found.count)
        add(&f, HEDUI_CAUSE_EVALUATION, HEDUI_SOURCE_NONE, value.code, HEDUI_NONE);
    return f.found;
}
