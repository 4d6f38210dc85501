/** @file
 * What a parameter is for a household on a day.
 */
#ifndef HEDUI_RULE_PARAMETER_H
#define HEDUI_RULE_PARAMETER_H

#include "rule/catalogue.h"
#include "rule/pack.h"

/** Where and for whom a parameter is looked up. */
typedef struct hedui_parameter_place {
    uint32_t area;
    hedui_span urban_rural, programme;
    hedui_cel_value size; /**< people of the household: an int, or why it is not known */
    int32_t as_of;
} hedui_parameter_place;

/** The household's own place on the run's day; `size` is left null. */
hedui_parameter_place hedui_parameter_place_of(const hedui_case *the_case);

/**
 * The one row that fits: the nearest area up the tree that has a fitting row decides, and there
 * must be exactly one on that level.
 *
 * @return NULL if none fits, or more than one.
 */
const hedui_parameter_row *hedui_parameter_find(const hedui_parameter *parameter,
                                                const hedui_areas *areas,
                                                const hedui_parameter_place *place);

/** The value: of the row that fits, multiplied or counted back as the row says. Unknown with
 * HEDUI_CAUSE_PARAMETER and the table's number if no row fits, or more than one; with the reason of
 * a date or a size that is not known. @param arena  For reasons. */
hedui_cel_value hedui_parameter_value(const hedui_parameter *parameter,
                                      const hedui_parameter_place *place,
                                      const hedui_case *the_case, hedui_arena *arena);

/** `multiple` of a base value, at the parameter's own scale. @return 0 if the product needs more
 * digits than that and the row names no rounding, or leaves 64 bits. */
int hedui_parameter_product(hedui_cel_value *product, const hedui_parameter *parameter,
                            const hedui_multiple *multiple, hedui_cel_value base);

#endif
