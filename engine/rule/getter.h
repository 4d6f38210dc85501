/** @file
 * How records read the gathered facts; the callbacks behind the catalogue's types.
 */
#ifndef HEDUI_RULE_GETTER_H
#define HEDUI_RULE_GETTER_H

#include "rule/catalogue.h"

/** An unknown with one reason; `field` and `row` as in reasons. */
hedui_cel_value hedui_get_unknown(hedui_cause cause, uint32_t source, uint32_t field, uint32_t row,
                                  hedui_arena *arena);

/** 1 if a feed that was used may have more about a member than its rows say, with the cause.
 * @param has_sure_row  1 if it has a row that is surely about the member (hedui_link_is_sure). */
int hedui_get_lacks_rows(hedui_cause *cause, const hedui_book *book, const hedui_feed_book *feed,
                         uint32_t member, int has_sure_row);

/** An attribute of a code: context is the code list, row the index of the code. */
hedui_cel_value hedui_get_attribute(const void *context, const void *object, uint32_t row,
                                    uint32_t field, hedui_arena *arena);

/** A field of a feed's row: context is the row shape, object the case, row a link of the feed. */
hedui_cel_value hedui_get_row(const void *context, const void *object, uint32_t row, uint32_t field,
                              hedui_arena *arena);

/** A field of the household: context is the catalogue, object the case. */
hedui_cel_value hedui_get_household(const void *context, const void *object, uint32_t row,
                                    uint32_t field, hedui_arena *arena);

/** A value of a supporter's household: context is the catalogue, object the case, row the place. */
hedui_cel_value hedui_get_supporter_household(const void *context, const void *object, uint32_t row,
                                              uint32_t field, hedui_arena *arena);

/** A field of a member: context is the catalogue, object the case, row the member's index. */
hedui_cel_value hedui_get_member(const void *context, const void *object, uint32_t row,
                                 uint32_t field, hedui_arena *arena);

#endif
