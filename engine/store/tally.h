/** @file
 * What is counted of a run by rule, town and reason, in one pass over its households, flags and
 * causes.
 */
#ifndef HEDUI_STORE_TALLY_H
#define HEDUI_STORE_TALLY_H

#include "store/store.h"

/**
 * Fill the temporary tables tally_flag, tally_town, tally_rule and tally_cause for the run that
 * temp.chain stands on, unless they hold it already.
 *
 * @param run  Its number: that of hedui_store_stand.
 * Failures: those of SQLite, E1001.
 */
hedui_status hedui_store_tally(hedui_store *store, int64_t run, hedui_err *err);

#endif
