/** @file
 * Overrides as a run needs them.
 */
#ifndef HEDUI_STORE_OVERRIDES_H
#define HEDUI_STORE_OVERRIDES_H

#include "rule/prior.h"

#include <hedui/store_override.h>

/** By household, rule and subject, of each the one approved last. In `arena`. */
hedui_status hedui_store_override_prior(const hedui_override **overrides, size_t *count,
                                        hedui_store *store, hedui_arena *arena, hedui_err *err);

#endif
