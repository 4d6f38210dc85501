/** @file
 * Making values, in place: expressions make some at every step, and a call would pass each through
 * memory. Included by cel_value.h.
 */
#ifndef HEDUI_CEL_MAKE_H
#define HEDUI_CEL_MAKE_H

#include <hedui/cel_value.h>

static inline hedui_cel_value hedui_cel_null(void)
{
    hedui_cel_value v = {.kind = HEDUI_CEL_NULL};
    return v;
}

static inline hedui_cel_value hedui_cel_bool(int truth)
{
    hedui_cel_value v = {.kind = HEDUI_CEL_BOOL};
    v.as.boolean = truth != 0;
    return v;
}

static inline hedui_cel_value hedui_cel_int(int64_t number)
{
    hedui_cel_value v = {.kind = HEDUI_CEL_INT};
    v.as.number = number;
    return v;
}

static inline hedui_cel_value hedui_cel_string(hedui_span text)
{
    hedui_cel_value v = {.kind = HEDUI_CEL_STRING};
    v.as.text = text;
    return v;
}

/** `coefficient` / 10^scale; 700.00 yuan is (70000, 2), so fen are decimals of scale 2. */
static inline hedui_cel_value hedui_cel_decimal(int64_t coefficient, uint32_t scale)
{
    hedui_cel_value v = {.kind = HEDUI_CEL_DECIMAL, .scale = (uint8_t)scale};
    v.as.number = coefficient;
    return v;
}

static inline hedui_cel_value hedui_cel_date(int32_t day)
{
    hedui_cel_value v = {.kind = HEDUI_CEL_DATE};
    v.as.day = day;
    return v;
}

static inline hedui_cel_value hedui_cel_row(const hedui_cel_type *record, const void *object,
                                            uint32_t row)
{
    hedui_cel_value v = {.kind = HEDUI_CEL_RECORD, .count = row};
    v.as.row.type = record;
    v.as.row.object = object;
    return v;
}

/** `index` into the type's codes. */
static inline hedui_cel_value hedui_cel_code(const hedui_cel_type *type, uint32_t index)
{
    hedui_cel_value v = {.kind = HEDUI_CEL_CODE, .count = index};
    v.as.row.type = type;
    v.as.row.object = NULL;
    return v;
}

static inline hedui_cel_value hedui_cel_fail(hedui_cel_error error)
{
    hedui_cel_value v = {.kind = HEDUI_CEL_ERROR, .code = (uint16_t)error, .count = UINT32_MAX};
    return v;
}

/** What a getter gives for an optional field without a value. */
static inline hedui_cel_value hedui_cel_absent(void)
{
    return hedui_cel_fail(HEDUI_CEL_ERROR_ABSENT);
}

/** A variable to be computed by hedui_cel_input.resolve when it is read. */
static inline hedui_cel_value hedui_cel_lazy(void)
{
    hedui_cel_value v = {.kind = HEDUI_CEL_LAZY};
    return v;
}

/** 1 if it is unknown or an error, which both leave a rule undetermined. */
static inline int hedui_cel_undetermined(hedui_cel_value value)
{
    return value.kind == HEDUI_CEL_UNKNOWN || value.kind == HEDUI_CEL_ERROR;
}

#endif
