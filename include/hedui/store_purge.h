/** @file
 * Deleting what was found about people when its time is over.
 */
#ifndef HEDUI_STORE_PURGE_H
#define HEDUI_STORE_PURGE_H

#include <hedui/span.h>
#include <hedui/store.h>

/**
 * Delete the particulars of all runs that do not rest on the run `keep`: what is still true in it
 * is folded into it, everything else about people goes: flags that are gone, superseded facts, old
 * states, rejected rows. Counts, ledgers, inputs, holds and decisions about runs stay. The bytes
 * are overwritten in the file and its log.
 *
 * @param runs   Set to the names of the runs concerned, in `arena`.
 * @param count  Their number.
 * @param keep   The oldest run to keep; it must be published (HEDUI_E5026).
 * @param dry    1: only say which runs are concerned.
 * @return HEDUI_E5005 while a run is at work. All or nothing.
 */
hedui_status hedui_store_purge(const hedui_span **runs, size_t *count, hedui_store *store,
                               hedui_span keep, int dry, hedui_arena *arena, hedui_err *err);

#endif
