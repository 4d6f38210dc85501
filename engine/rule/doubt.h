/** @file
 * What stands behind a failure of an expression.
 */
#ifndef HEDUI_RULE_DOUBT_H
#define HEDUI_RULE_DOUBT_H

#include "rule/judge.h"

/**
 * An error as the unknown it is for the household, with the reasons that its data give: a record
 * that is not there, an empty cell, a value that cannot be worked with, each with its source,
 * column and person; HEDUI_CAUSE_EVALUATION where no data account for it. So it is told as what it
 * is, and beside other unknowns none of them is lost.
 *
 * @param value      What hedui_cel_eval gave of the program over these variables.
 * @return `value` itself if it is no error, or one of memory. Lives in the judge's scratch.
 */
hedui_cel_value hedui_doubt_of(hedui_judge *judge, const hedui_cel_program *program,
                               const hedui_cel_value *variables, hedui_cel_value value);

#endif
