/** @file
 * What earlier days mean for a run, read from the store: what each feed's next delivery is held
 * against, the query lists that the files of the inbox name, whose documents' texts were seen,
 * which findings two people have decided to be no flags, which rows to be nobody's of ours.
 */
#ifndef HEDUI_JOB_PRIOR_H
#define HEDUI_JOB_PRIOR_H

#include "feed/layout.h"
#include "rule/prior.h"

#include <hedui/store.h>
#include <hedui/store_delivery.h>

/** What the stored baseline of a feed means for a run. @param baseline  Set on success; texts
 * borrowed, figures in `arena`. HEDUI_E1001. */
hedui_status hedui_job_baseline_of(hedui_baseline *baseline, const hedui_store_baseline *stored,
                                   hedui_arena *arena, hedui_err *err);

/**
 * Read it. A query list that the store does not know is left out, and the run refuses what names
 * it.
 *
 * @param prior  Set on success; lives in `arena`.
 * @param text   Set to its text, of which prior->digest is the digest.
 * @return what hedui_inbox_list and the store return.
 */
hedui_status hedui_job_prior_read(hedui_prior *prior, hedui_span *text, hedui_store *store,
                                  const char *inbox, const hedui_layouts *layouts,
                                  hedui_arena *arena, hedui_err *err);

/** Only what was confirmed, for lists of rules; the digest is left alone. */
hedui_status hedui_job_confirmations_read(hedui_prior *prior, hedui_store *store,
                                          hedui_arena *arena, hedui_err *err);

#endif
