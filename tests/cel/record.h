/** @file
 * Types and values of the conformance records.
 */
#ifndef HEDUI_TESTS_CEL_RECORD_H
#define HEDUI_TESTS_CEL_RECORD_H

#include "json.h"

#include <hedui/cel.h>

/** "map(string, dyn)" as a type. */
const hedui_cel_type *record_type(hedui_span text, hedui_arena *arena);

/** {"int":"5"} as a value. */
hedui_cel_value record_value(const json *v, hedui_arena *arena);

/** Results are equal in kind and value; any NaN equals any NaN. */
int record_same(hedui_cel_value a, hedui_cel_value b);

#endif
