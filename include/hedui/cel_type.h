/** @file
 * Types of the expression language: built once in an arena, immutable afterwards (a record type
 * may be declared first and defined later, so that records can refer to each other).
 *
 * All pointers and texts handed in must live as long as the arena. Constructors return NULL when
 * there is no memory. Any thread may read a finished type.
 */
#ifndef HEDUI_CEL_TYPE_H
#define HEDUI_CEL_TYPE_H

#include <hedui/arena.h>
#include <hedui/buffer.h>
#include <hedui/span.h>

#include <stdint.h>

/** What a value or a type is. Values never have the last group of type-only kinds. */
typedef enum hedui_cel_kind {
    HEDUI_CEL_NULL,
    HEDUI_CEL_BOOL,
    HEDUI_CEL_INT,
    HEDUI_CEL_UINT,
    HEDUI_CEL_DOUBLE,
    HEDUI_CEL_STRING,
    HEDUI_CEL_BYTES,
    HEDUI_CEL_TIMESTAMP,
    HEDUI_CEL_DURATION,
    HEDUI_CEL_TYPE,
    HEDUI_CEL_LIST,
    HEDUI_CEL_MAP,
    HEDUI_CEL_OPTIONAL,
    HEDUI_CEL_DECIMAL, /**< int64 coefficient at a scale of 0..9 */
    HEDUI_CEL_DATE,    /**< day number, hedui/date.h */
    HEDUI_CEL_MONTH,   /**< year * 12 + month - 1 */
    HEDUI_CEL_PERIOD,  /**< an amount of months and days, with or without first and last day */
    HEDUI_CEL_RECORD,  /**< a row of the host's data */
    HEDUI_CEL_CODE,    /**< an entry of a closed list of codes */
    HEDUI_CEL_ERROR,   /**< values only */
    HEDUI_CEL_UNKNOWN, /**< values only */
    HEDUI_CEL_LAZY,    /**< values only: a variable that the host computes when it is read */
    HEDUI_CEL_DYN,     /**< types only: checked at run time; refused in strict environments */
    HEDUI_CEL_PARAM,   /**< types only: a type parameter of a signature */
    HEDUI_CEL_ABSTRACT /**< types only: a name that the host declares */
} hedui_cel_kind;

typedef struct hedui_cel_type hedui_cel_type;
struct hedui_cel_value;

/** Whether a field always holds a value. */
typedef enum hedui_cel_presence {
    HEDUI_CEL_REQUIRED,      /**< always a value */
    HEDUI_CEL_MAY_BE_ABSENT, /**< optional: the checker demands has(), .? or another guard */
    HEDUI_CEL_MAY_BE_UNKNOWN /**< a value or unknown; needs no guard */
} hedui_cel_presence;

/** One field of a record type, or one attribute of a code type. */
typedef struct hedui_cel_field {
    const char *name;
    const hedui_cel_type *type;
    hedui_cel_presence presence;
    const char *doc; /**< one line, or NULL */
    uint32_t max;    /**< most elements if the field is a list or code points if text; 0: default */
} hedui_cel_field;

/**
 * Read one field of one row: the value, hedui_cel_absent() or an unknown with its reasons.
 *
 * @param context  From the type's declaration.
 * @param object   From the record value; what it points to is the host's affair.
 * @param field    Index in the type's field table.
 * @param arena    For lists and unknowns that the host has not ready; lives as long as the result.
 * Must be thread-safe for different arenas and give the same answer each time.
 */
typedef struct hedui_cel_value (*hedui_cel_getter)(const void *context, const void *object,
                                                   uint32_t row, uint32_t field,
                                                   hedui_arena *arena);

/** What a host says of a record type. */
typedef struct hedui_cel_record {
    const hedui_cel_field *fields;
    uint32_t field_count;
    uint16_t source;   /**< the host's number for where rows come from; orders the evidence */
    uint32_t max_rows; /**< most rows in one list, for the cost estimate; 0: 64 */
    hedui_cel_getter get;
    const void *context;
    const char *doc; /**< one line, or NULL */
} hedui_cel_record;

/** What a host says of a list of codes. Field 0 is `code`, field 1 `label`, both strings. */
typedef struct hedui_cel_codes {
    const hedui_span *codes;  /**< the code texts; a code value's row is an index into them */
    const hedui_span *labels; /**< as many; NULL if the code is its own label */
    uint32_t code_count;
    const hedui_cel_field *fields; /**< all attributes, `code` and `label` included as 0 and 1 */
    uint32_t field_count;
    hedui_cel_getter get; /**< asked for attributes from index 2 on: row = index of the code */
    const void *context;
} hedui_cel_codes;

/** A type without parameters: NULL .. TYPE, DATE, MONTH, PERIOD, DYN. Static, never NULL. */
const hedui_cel_type *hedui_cel_type_simple(hedui_cel_kind kind);

const hedui_cel_type *hedui_cel_type_list(hedui_arena *arena, const hedui_cel_type *element);
const hedui_cel_type *hedui_cel_type_map(hedui_arena *arena, const hedui_cel_type *key,
                                         const hedui_cel_type *value);
const hedui_cel_type *hedui_cel_type_optional(hedui_arena *arena, const hedui_cel_type *inner);
/** type(T), the type of a type. */
const hedui_cel_type *hedui_cel_type_type(hedui_arena *arena, const hedui_cel_type *inner);
/** decimal(scale), scale 0..9. Static. */
const hedui_cel_type *hedui_cel_type_decimal(uint32_t scale);
/** A type parameter of a host function's signature; the same name is the same parameter. */
const hedui_cel_type *hedui_cel_type_param(hedui_arena *arena, hedui_span name);
/** name(parameters...): equal by name and parameters. */
const hedui_cel_type *hedui_cel_type_abstract(hedui_arena *arena, hedui_span name,
                                              const hedui_cel_type *const *parameters,
                                              uint32_t count);

/** A record type without fields yet; two declarations are two types whatever their names. */
hedui_cel_type *hedui_cel_type_record(hedui_arena *arena, hedui_span name);
/** Give a declared record type its fields, once, before anything is compiled with it.
 * @return 1, or 0 when there is no memory. The struct is copied, its arrays are borrowed. */
int hedui_cel_type_define(hedui_cel_type *record, const hedui_cel_record *definition,
                          hedui_arena *arena);
/** A code type; the struct is copied, its arrays are borrowed. */
const hedui_cel_type *hedui_cel_type_code(hedui_arena *arena, hedui_span name,
                                          const hedui_cel_codes *codes);

hedui_cel_kind hedui_cel_type_kind(const hedui_cel_type *type);
hedui_span hedui_cel_type_name(const hedui_cel_type *type);
/** Element of a list, inner type of an optional, value of a map; else NULL. */
const hedui_cel_type *hedui_cel_type_inner(const hedui_cel_type *type);
/** Scale of a decimal type. */
uint32_t hedui_cel_type_scale(const hedui_cel_type *type);
/** Definition of a record type; NULL for other types. */
const hedui_cel_record *hedui_cel_type_fields(const hedui_cel_type *type);
/** Definition of a code type; NULL for other types. */
const hedui_cel_codes *hedui_cel_type_codes(const hedui_cel_type *type);
/** Index of a field or attribute by name, UINT32_MAX if there is none. */
uint32_t hedui_cel_type_find(const hedui_cel_type *type, hedui_span field);
/** Index of a code text, UINT32_MAX if it is not in the list. */
uint32_t hedui_cel_type_find_code(const hedui_cel_type *type, hedui_span code);
/** 1 if both are the same type. */
int hedui_cel_type_same(const hedui_cel_type *a, const hedui_cel_type *b);
/** Append the type as the language writes it: list(int), map(string, decimal(2)). */
void hedui_cel_type_print(hedui_buffer *out, const hedui_cel_type *type);

#endif
