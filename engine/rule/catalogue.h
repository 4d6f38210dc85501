/** @file
 * The catalogue of names a rule may use, made from the layouts: hh, hh.members, hh.<list>,
 * m.<list>, row.member and every column, with the getters that read the gathered facts.
 */
#ifndef HEDUI_RULE_CATALOGUE_H
#define HEDUI_RULE_CATALOGUE_H

#include "feed/layout.h"
#include "rule/book.h"

#include <hedui/arena.h>
#include <hedui/cel.h>
#include <hedui/err.h>

#include <stdint.h>

/** Sources in reasons and evidence: 0 .. feed_count-1 are feeds, then these two, then parameters.
 */
enum { HEDUI_SOURCE_PARAMETER = 0x8000, HEDUI_SOURCE_NONE = 0xFFFF };

/** A value of members or supporters' households that a pack defines: a field of that record. */
typedef struct hedui_member_value {
    const char *name;
    const hedui_cel_type *type;
    const char *doc;
} hedui_member_value;

typedef struct hedui_catalogue {
    const hedui_layouts *layouts;
    const hedui_layout *const *feeds; /**< by name, the caseload's own two left out */
    uint32_t feed_count;
    const hedui_layout *households, *members;
    uint32_t supporters; /**< the feed of those who owe support, UINT32_MAX if there is none */
    hedui_cel_type *household_type, *member_type;
    hedui_cel_type *declared_type;            /**< hh.declared, see declared.h */
    hedui_cel_type *supporter_household_type; /**< rows are places of supporters in the caseload */
    hedui_cel_type *const *row_types;         /**< by feed */
    const hedui_cel_type *const *code_types;  /**< by position in layouts->code_lists */
    /** Fields of household and member records: own columns first, then these. */
    uint32_t household_lists, member_lists;      /**< index of the field of feed 0 */
    uint32_t household_members;                  /**< index of hh.members */
    uint32_t household_intervals;                /**< of hh.benefit_intervals, UINT32_MAX: no layout
                                                      says when a household received the benefit */
    uint32_t household_declared;                 /**< of hh.declared */
    const struct hedui_declared_field *declared; /**< by field of declared_type */
    uint32_t member_values;                      /**< index of the first value a pack defines */
    uint32_t member_value_count, supporter_value_count;
    const uint32_t *household_columns, *member_columns; /**< layout column of a field */
    const struct hedui_row_shape *rows;                 /**< by feed */
    /** What a delivery as a whole may lack has a place: by source (the feeds, then the caseload's
     * two) the place of the source itself, behind it one for each column of its layout. */
    const uint32_t *places;
    uint32_t place_count;
} hedui_catalogue;

/** The fields of one feed's row record. */
typedef struct hedui_row_shape {
    const uint32_t *columns; /**< layout column of field i, for i below `member` */
    uint32_t member;         /**< index of the field `member`; behind it one for each role */
    uint32_t lists;          /**< of a supporter instead: index of the list of feed 0 ... */
    uint32_t household;      /**< ... and of `household`; else both UINT32_MAX */
    const hedui_catalogue *catalogue;
    uint16_t feed;
} hedui_row_shape;

/**
 * Make the catalogue.
 *
 * @param catalogue  Set on success; lives in `arena`.
 * @param values     Member values of the packs; behind them the values of supporters' households.
 * @return HEDUI_E4014 (a caseload layout is missing), HEDUI_E3020 (two feeds with one list name, or
 *         a value named like a field), E1001.
 */
hedui_status hedui_catalogue_make(const hedui_catalogue **catalogue, const hedui_layouts *layouts,
                                  const hedui_member_value *values, uint32_t value_count,
                                  uint32_t supporter_value_count, hedui_arena *arena,
                                  hedui_err *err);

/** One household being judged by one thread: the `object` of all its records. */
typedef struct hedui_case {
    const hedui_catalogue *catalogue;
    const hedui_book *book;
    uint32_t household;
    int strong_only;    /**< 1: rows of weak matches count as unknown */
    hedui_arena *arena; /**< reset for each household */
    /** Value `index` of a member, computed by the packs; set by whoever evaluates. */
    hedui_cel_value (*member_value)(struct hedui_case *the_case, uint32_t member, uint32_t index,
                                    hedui_arena *arena);
    /** The same for the household of the supporter at a place. */
    hedui_cel_value (*supporter_value)(struct hedui_case *the_case, uint32_t place, uint32_t index,
                                       hedui_arena *arena);
    void *packs; /**< for the two */
    /** The household's lists by feed, then those of each of its members and supporters, as far as
     * they were asked for (else null); NULL: none was. In `arena`; whoever turns to another
     * household or to other rows sets this to NULL. */
    hedui_cel_value *lists;
} hedui_case;

/** `hh` for a case. */
hedui_cel_value hedui_catalogue_household(const hedui_case *the_case);

/** The row of the supporter at a place. */
hedui_cel_value hedui_catalogue_supporter(const hedui_case *the_case, uint32_t place);

/** Source number of a record type: its feed, or feed_count (households), feed_count + 1 (members).
 */
uint16_t hedui_catalogue_source(const hedui_cel_type *type);

/** The layout of a source; NULL for parameters and none. */
const hedui_layout *hedui_catalogue_layout(const hedui_catalogue *catalogue, uint32_t source);

/** Place of a source that has a layout (`column` HEDUI_COLUMN_NONE), or of one of its columns. */
static inline uint32_t hedui_catalogue_place(const hedui_catalogue *catalogue, uint32_t source,
                                             uint32_t column)
{
    return catalogue->places[source] + (column == HEDUI_COLUMN_NONE ? 0 : column + 1);
}

/** @return the source of a place. @param column  Set to its column or HEDUI_COLUMN_NONE. */
uint32_t hedui_catalogue_at_place(uint32_t *column, const hedui_catalogue *catalogue,
                                  uint32_t place);

/** Layout column behind a field of a source's records, or HEDUI_COLUMN_NONE. */
uint32_t hedui_catalogue_column(const hedui_catalogue *catalogue, uint16_t source, uint32_t field);

#endif
