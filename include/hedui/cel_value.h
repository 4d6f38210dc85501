/** @file
 * Values of the expression language: 24 bytes, passed by value; texts, lists and reasons are
 * borrowed from whoever made them.
 */
#ifndef HEDUI_CEL_VALUE_H
#define HEDUI_CEL_VALUE_H

#include <hedui/arena.h>
#include <hedui/buffer.h>
#include <hedui/cel_type.h>
#include <hedui/span.h>

#include <stdint.h>

/** Why something is not known. The library only sorts, merges and hands on; the meaning of the
 * four numbers is the host's. */
typedef struct hedui_cel_reason {
    uint16_t kind, source, field;
    uint32_t row;
} hedui_cel_reason;

/** Why there is no value though all was known. */
typedef enum hedui_cel_error {
    HEDUI_CEL_ERROR_NONE,
    HEDUI_CEL_ERROR_ABSENT,     /**< an optional field without a value was read */
    HEDUI_CEL_ERROR_OVERLOAD,   /**< no matching overload, operand of a wrong kind */
    HEDUI_CEL_ERROR_KEY,        /**< no such key or field */
    HEDUI_CEL_ERROR_INDEX,      /**< index out of range */
    HEDUI_CEL_ERROR_OVERFLOW,   /**< a number, date or duration left its range */
    HEDUI_CEL_ERROR_DIVISION,   /**< division or modulus by zero */
    HEDUI_CEL_ERROR_CONVERSION, /**< a text or number that cannot be converted */
    HEDUI_CEL_ERROR_VARIABLE,   /**< a variable without a value */
    HEDUI_CEL_ERROR_FUNCTION,   /**< an undeclared function */
    HEDUI_CEL_ERROR_REPEATED,   /**< a map literal with a repeated key */
    HEDUI_CEL_ERROR_ARGUMENT,   /**< an argument outside what the function accepts */
    HEDUI_CEL_ERROR_EMPTY,      /**< min(), max() or value() of nothing */
    HEDUI_CEL_ERROR_LIMIT,      /**< the step limit of the evaluation was passed */
    HEDUI_CEL_ERROR_MEMORY,     /**< no memory */
    HEDUI_CEL_ERROR_HOST        /**< an error the host put in */
} hedui_cel_error;

typedef struct hedui_cel_value hedui_cel_value;

typedef struct hedui_cel_map_entry hedui_cel_map_entry;

struct hedui_cel_value {
    uint8_t kind;  /**< hedui_cel_kind */
    uint8_t scale; /**< of a decimal */
    uint16_t code; /**< of an error: hedui_cel_error */
    /** list, map, unknown: how many; record: row; code: index; error: node; timestamp: nanos */
    uint32_t count;
    union {
        int boolean;
        int64_t number;   /**< int, decimal's coefficient, timestamp's seconds, duration's nanos */
        uint64_t natural; /**< uint */
        double real;
        int32_t day;     /**< date; month number of a month */
        hedui_span text; /**< string, bytes; the type's own text is in `type` */
        struct {
            int32_t months, days; /**< the amount */
            int32_t first, last;  /**< day numbers, both 0x80000000 (INT32_MIN) if not fixed */
        } period;
        const hedui_cel_type *type;   /**< a type as a value */
        const hedui_cel_value *items; /**< list: `count` values, each may be unknown */
        const hedui_cel_map_entry *entries;
        const hedui_cel_value *inner;    /**< optional: NULL for none */
        const hedui_cel_reason *reasons; /**< unknown: sorted, without repeats */
        struct {
            const hedui_cel_type *type; /**< record or code type */
            const void *object;         /**< the host's, handed to the getter; NULL for codes */
        } row;
    } as;
};

struct hedui_cel_map_entry {
    hedui_cel_value key, value;
};

/** A period without fixed first and last day. */
#define HEDUI_CEL_NO_PERIOD_DAY INT32_MIN

hedui_cel_value hedui_cel_uint(uint64_t number);
hedui_cel_value hedui_cel_double(double number);
hedui_cel_value hedui_cel_bytes(hedui_span bytes);
/** year 1..9999, month 1..12 */
hedui_cel_value hedui_cel_month(int year, int month);
/** first and last: day numbers, or HEDUI_CEL_NO_PERIOD_DAY for a bare amount. */
hedui_cel_value hedui_cel_period(int32_t months, int32_t days, int32_t first, int32_t last);
hedui_cel_value hedui_cel_timestamp(int64_t seconds, uint32_t nanos);
hedui_cel_value hedui_cel_duration(int64_t nanos);
hedui_cel_value hedui_cel_type_value(const hedui_cel_type *type);
/** `items` are borrowed; unknown elements are allowed, errors are not. */
hedui_cel_value hedui_cel_list(const hedui_cel_value *items, uint32_t count);
hedui_cel_value hedui_cel_map(const hedui_cel_map_entry *entries, uint32_t count);
/** `inner` NULL: optional.none(). */
hedui_cel_value hedui_cel_optional(const hedui_cel_value *inner);
/** `reasons` are borrowed, sorted by hedui_cel_reason_compare and without repeats. */
hedui_cel_value hedui_cel_unknown(const hedui_cel_reason *reasons, uint32_t count);

/** Order of reasons: kind, source, row, field. */
int hedui_cel_reason_compare(const hedui_cel_reason *a, const hedui_cel_reason *b);
/** Union of two unknowns; one of them alone when the other is none. */
hedui_cel_value hedui_cel_unknown_merge(hedui_cel_value a, hedui_cel_value b, hedui_arena *arena);

/** The language's ==: numbers by value across kinds, codes with strings by the code's text. */
int hedui_cel_equal(hedui_cel_value a, hedui_cel_value b);
/** English sentence fragment for an error code, static. */
const char *hedui_cel_error_text(hedui_cel_error error);

/**
 * Read a decimal: sign, digits, optionally a point with digits on both sides; nothing else.
 *
 * @param value  Set on success.
 * @param scale  0..9: more fraction digits are refused unless zero. UINT32_MAX: as many as written.
 * @return 1, or 0 if it is no such number or leaves 64 bits.
 */
int hedui_cel_decimal_parse(hedui_cel_value *value, hedui_span text, uint32_t scale);
/** The same amount at another scale, without rounding. @return 0 if digits would be lost. */
int hedui_cel_decimal_rescale(hedui_cel_value *value, uint32_t scale);
/** Round to `scale` places by half_up, half_even, down, up, floor or ceiling. @return 0 if there is
 * no such mode or the result leaves 64 bits. */
int hedui_cel_decimal_round(hedui_cel_value *value, uint32_t scale, const char *mode);
/** Append the value as people read it: dates ISO, decimals with their scale, codes by label. */
void hedui_cel_value_show(hedui_buffer *out, hedui_cel_value value);
/** Append the value as the language would write it, for tests and reference. */
void hedui_cel_value_print(hedui_buffer *out, hedui_cel_value value);

#include <hedui/cel_make.h>

#endif
