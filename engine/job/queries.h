/** @file
 * The query lists that the files of an inbox name, as a part of what earlier days mean for a run.
 */
#ifndef HEDUI_JOB_QUERIES_H
#define HEDUI_JOB_QUERIES_H

#include "feed/layout.h"
#include "rule/prior.h"

#include <hedui/store.h>

/**
 * Read them into `prior`; a number that the store does not know is left out, and the run refuses
 * what names it. What is read is digested.
 *
 * @return what hedui_inbox_list and the store return.
 */
hedui_status hedui_job_queries_read(hedui_prior *prior, hedui_digester *digester,
                                    hedui_store *store, const char *inbox,
                                    const hedui_layouts *layouts, hedui_arena *arena,
                                    hedui_err *err);

#endif
