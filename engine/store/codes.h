/** @file
 * The stable words that enumerations are stored and exported as.
 */
#ifndef HEDUI_STORE_CODES_H
#define HEDUI_STORE_CODES_H

#include "run/result.h"

const char *hedui_store_verdict_code(hedui_run_verdict verdict);
const char *hedui_store_effect_code(hedui_run_effect effect);
const char *hedui_store_severity_code(hedui_run_severity severity);
const char *hedui_store_match_code(hedui_run_match match);
const char *hedui_store_state_code(hedui_run_state state);
const char *hedui_store_cause_code(hedui_run_reason reason);

#endif
