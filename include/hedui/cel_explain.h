/** @file
 * Why a condition is true, false or undetermined: the rows and fields that made it so, the lists
 * that were searched in vain, the parameters it was compared with, the reasons it is not known.
 */
#ifndef HEDUI_CEL_EXPLAIN_H
#define HEDUI_CEL_EXPLAIN_H

#include <hedui/arena.h>
#include <hedui/cel.h>

#include <stdint.h>

/** A row as such, without a particular field. */
#define HEDUI_CEL_NO_FIELD UINT32_MAX

typedef enum hedui_cel_witness_kind {
    HEDUI_CEL_WITNESS_AND,      /**< children: operands that decided */
    HEDUI_CEL_WITNESS_OR,       /**< children: operands that decided */
    HEDUI_CEL_WITNESS_NOT,      /**< child: the operand */
    HEDUI_CEL_WITNESS_CHOICE,   /**< children: condition, branch taken */
    HEDUI_CEL_WITNESS_ROWS,     /**< a macro over a list; children: the elements that decided */
    HEDUI_CEL_WITNESS_ROW,      /**< one element; children: what was read of it */
    HEDUI_CEL_WITNESS_SEARCHED, /**< nothing fitted of `count` rows; children: what each lacks */
    HEDUI_CEL_WITNESS_EVERY,    /**< all `count` rows fitted; children: why each did */
    HEDUI_CEL_WITNESS_CALL,     /**< comparison or function; children: what the arguments read */
    HEDUI_CEL_WITNESS_CELL,     /**< one field of one row with its value */
    HEDUI_CEL_WITNESS_VARIABLE, /**< a variable with its value; child: its definition's witness */
    HEDUI_CEL_WITNESS_UNKNOWN,  /**< what is not known here; the reasons are in `value` */
    HEDUI_CEL_WITNESS_ERROR,    /**< what went wrong here; what the arguments read follows it */
    HEDUI_CEL_WITNESS_ASSUMED   /**< assume(e, d) took d; child: why e is undetermined */
} hedui_cel_witness_kind;

/** A node of the explanation. Fields that a kind does not name are zero. */
typedef struct hedui_cel_witness {
    hedui_cel_witness_kind kind;
    const hedui_cel_program *program; /**< whose node: the condition or a definition it uses */
    uint32_t node;                    /**< for hedui_cel_node_place */
    hedui_cel_value value;            /**< of this part of the expression */
    const hedui_cel_type *type;  /**< ROW, CELL: record type; SEARCHED, EVERY: of the elements */
    const void *object;          /**< ROW, CELL */
    uint32_t row, field;         /**< ROW, CELL; field index or HEDUI_CEL_NO_FIELD */
    const hedui_cel_type *owner; /**< SEARCHED, EVERY, ROWS: whose field the list is (object, row
                                    and field are the owner's); NULL if it is no field */
    uint32_t slot;               /**< VARIABLE */
    uint32_t count;              /**< SEARCHED, EVERY, ROWS: elements looked at */
    const struct hedui_cel_witness *child, *next;
} hedui_cel_witness;

/** A field (or, with HEDUI_CEL_NO_FIELD, a row) that the outcome rests on. Of a list of periods
 * each period that decided is a cell of its own: `value` is that period. */
typedef struct hedui_cel_cell {
    const hedui_cel_type *type;
    const void *object;
    uint32_t row, field;
    hedui_cel_value value;
} hedui_cel_cell;

/** A list that was searched and held nothing that fitted: evidence by absence. */
typedef struct hedui_cel_search {
    const hedui_cel_program *program; /**< that looked: the condition or a definition it uses */
    const hedui_cel_type *type;  /**< of the elements; a record type, or NULL for plain values */
    const hedui_cel_type *owner; /**< record type the list is a field of, NULL if not a field */
    const void *object;          /**< of the owner */
    uint32_t row, field;         /**< of the owner */
    uint32_t count;              /**< rows looked at */
} hedui_cel_search;

/** A variable the outcome was compared with, such as a parameter. */
typedef struct hedui_cel_read {
    uint32_t slot;
    hedui_cel_value value;
} hedui_cel_read;

/** The whole explanation; everything lives in the arena of the call. */
typedef struct hedui_cel_explanation {
    hedui_cel_value value; /**< the same as hedui_cel_eval gives */
    const hedui_cel_witness *tree;
    /** Without repeats, by the record type's source, then row, then field; never depends on the
     * order of evaluation. A row without a field comes before its fields. */
    const hedui_cel_cell *cells;
    uint32_t cell_count;
    const hedui_cel_search *searches;
    uint32_t search_count;
    const hedui_cel_read *reads; /**< plain variables (not records or lists), by slot */
    uint32_t read_count;
    const hedui_cel_reason *reasons; /**< if undetermined, or if assume() was used */
    uint32_t reason_count;
    int assumed; /**< 1 if an assume() took its default */
} hedui_cel_explanation;

/**
 * Evaluate without stopping early and say what the outcome rests on.
 *
 * @param explanation  Filled; its value is that of hedui_cel_eval on the same input. For a program
 *                     that is not a condition: everything that was read.
 * @param arena        Holds the explanation; unlike hedui_cel_eval's it is needed afterwards.
 * @return HEDUI_OK or HEDUI_E1001.
 * Threads: any, with different arenas.
 */
hedui_status hedui_cel_explain(hedui_cel_explanation *explanation, const hedui_cel_program *program,
                               const hedui_cel_input *input, hedui_arena *arena);

/**
 * Say why an element is in the list that a program gives: what the conditions of the filters rest
 * on that it came through, named values included. Other elements are not told.
 *
 * @param element  One of the elements that hedui_cel_eval gives; becomes the explanation's value.
 * @return HEDUI_OK or HEDUI_E1001.
 * Threads: any, with different arenas.
 */
hedui_status hedui_cel_explain_element(hedui_cel_explanation *explanation,
                                       const hedui_cel_program *program,
                                       const hedui_cel_input *input, hedui_cel_value element,
                                       hedui_arena *arena);

#endif
