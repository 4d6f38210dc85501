/** @file
 * The truth files of a county.
 */
#ifndef HEDUI_DEMO_TRUTH_H
#define HEDUI_DEMO_TRUTH_H

#include "demo/judge.h"
#include "demo/tsv.h"

typedef enum hedui_demo_truth_file {
    HEDUI_DEMO_HOUSEHOLDS_TSV,
    HEDUI_DEMO_ANSWERS_TSV,
    HEDUI_DEMO_FLAGS_TSV,
    HEDUI_DEMO_REJECTS_TSV,
    HEDUI_DEMO_ROWS_TSV,
    HEDUI_DEMO_MATCHED_TSV,
    HEDUI_DEMO_LEDGERS_TSV,
    HEDUI_DEMO_QUIRKS_TSV,
    HEDUI_DEMO_FILES_TSV,
    HEDUI_DEMO_QUERIES_TSV,
    HEDUI_DEMO_ASKED_TSV,
    HEDUI_DEMO_REPLIES_TSV,
    HEDUI_DEMO_REFUSALS_TSV,
    HEDUI_DEMO_GAPS_TSV,
    HEDUI_DEMO_FACTS_TSV, /**< only if asked for */
    HEDUI_DEMO_TRUTH_FILES
} hedui_demo_truth_file;

extern const char *const hedui_demo_truth_names[HEDUI_DEMO_TRUTH_FILES];

typedef struct hedui_demo_truth_out {
    hedui_demo_tsv files[HEDUI_DEMO_TRUTH_FILES];
    uint32_t open_rules; /**< so many rules are left open by what they ask, see broken.h */
    int64_t left_open;   /**< households that each of them applies to */
} hedui_demo_truth_out;

/** Open folder/truth/ for writing. HEDUI_E1004. */
hedui_status hedui_demo_truth_open(hedui_demo_truth_out *out, const char *folder, int facts,
                                   hedui_err *err);

/** Judge the households of a case and write what comes of it. */
void hedui_demo_truth_case(hedui_demo_truth_out *out, const hedui_demo_case *made);

/** End a line with the reasons of an answer, with commas between them, or "-". */
void hedui_demo_write_reasons(hedui_demo_tsv *tsv, uint32_t reasons);

void hedui_demo_truth_ledger(hedui_demo_truth_out *out, const hedui_demo_ledger *ledger);

void hedui_demo_truth_quirk(hedui_demo_truth_out *out, const char *name, uint64_t count,
                            const char *zh);

/** Close; HEDUI_E1004 if anything could not be written. A second call is harmless. */
hedui_status hedui_demo_truth_close(hedui_demo_truth_out *out, const char *folder, hedui_err *err);

#endif
