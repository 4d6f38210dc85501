/** @file
 * An expression line by line, each part with the value it has here: what an author or a clerk reads
 * to see how an outcome came about. Nothing is left out because it did not decide, as witnesses
 * (cel_explain.h) do; what decided is marked.
 */
#ifndef HEDUI_CEL_OUTLINE_H
#define HEDUI_CEL_OUTLINE_H

#include <hedui/arena.h>
#include <hedui/cel.h>
#include <hedui/cel_explain.h>

#include <stdint.h>

typedef enum hedui_cel_part_kind {
    HEDUI_CEL_PART_ALL,     /**< a && b && c; children: the operands */
    HEDUI_CEL_PART_ANY,     /**< a || b || c; children: the operands */
    HEDUI_CEL_PART_NOT,     /**< child: the operand */
    HEDUI_CEL_PART_CHOICE,  /**< c ? a : b; children: c, the branch taken */
    HEDUI_CEL_PART_CALL,    /**< a comparison, function or index; children: its operands */
    HEDUI_CEL_PART_LIST,    /**< a macro over a list of `count`; children: the list, its rows, and
                                 what they are held against */
    HEDUI_CEL_PART_ROW,     /**< element `count` of it, from 1; children: what is asked of it */
    HEDUI_CEL_PART_TOTAL,   /**< of sumOver: what the known rows come to */
    HEDUI_CEL_PART_MORE,    /**< `count` more elements, not listed */
    HEDUI_CEL_PART_FIELD,   /**< a field of a row, an attribute of a code */
    HEDUI_CEL_PART_NAME,    /**< a variable; of a macro if `slot` is UINT32_MAX */
    HEDUI_CEL_PART_ASSUMED, /**< assume(e, d); child: e. `count` is 1 if d was taken */
    HEDUI_CEL_PART_KINDS
} hedui_cel_part_kind;

/** One line. The children of a part are those that follow it at a greater depth. */
typedef struct hedui_cel_part {
    hedui_cel_part_kind kind;
    uint32_t depth;
    uint32_t node;         /**< for hedui_cel_node_place; of ROW, TOTAL and MORE the macro's */
    hedui_span name;       /**< LIST: exists, all, filter, sumOf ...; else empty */
    hedui_span text;       /**< as its author wrote it, line ends included; borrowed */
    hedui_cel_value value; /**< of a ROW: of its condition or amount; of MORE: null */
    int decides;           /**< 0: the part above comes out the same without it */
    uint32_t slot;         /**< NAME */
    /** FIELD: the record or code type, its object and row; ROW: the same of a row, type NULL of any
     * other element. */
    const hedui_cel_type *type;
    const void *object;
    uint32_t row, field;
    uint32_t count;
    hedui_cel_value element; /**< ROW: the element; unknown where there may be more rows */
} hedui_cel_part;

/**
 * Evaluate every part.
 *
 * @param parts      Set on success, with `count`: the expression first, in the order in which it is
 *                   written. Parts that never change (literals) have no line; what is read twice in
 *                   one comparison has one. Lives in `arena`.
 * @param most_rows  Of a longer list only the rows for which its condition is true or undetermined
 *                   are listed, and of those no more.
 * @param arena      Needed as long as the parts.
 * @return HEDUI_OK or HEDUI_E1001.
 * Threads: any, with different arenas.
 */
hedui_status hedui_cel_outline(const hedui_cel_part **parts, uint32_t *count,
                               const hedui_cel_program *program, const hedui_cel_input *input,
                               uint32_t most_rows, hedui_arena *arena);

#endif
