/** @file
 * What was found by rule and town, and how much was found in the run before: the figures of R4.
 */
#ifndef HEDUI_REPORT_SUMMARY_H
#define HEDUI_REPORT_SUMMARY_H

#include "report/kinds.h"

/** Flags that stand; `kept` were not checked this time and are not among `flags`. */
typedef struct hedui_summary_counts {
    int64_t households, flags, kept;
    int64_t before; /**< flags of the run it was compared with; INT64_MIN: not known */
} hedui_summary_counts;

typedef struct hedui_summary_rule {
    hedui_span id, title, effect, severity;
    hedui_summary_counts all;
    hedui_summary_counts *towns; /**< in the order of the run's towns */
} hedui_summary_rule;

typedef struct hedui_summary {
    const hedui_store_run *run;
    const hedui_summary_rule *rules; /**< in the order of judging */
    size_t rule_count;
    int knows_before; /**< 0: every `before` is INT64_MIN: no run to compare with, or a purged one
                       */
} hedui_summary;

/** Ask the store. Everything lives in the order's arena. */
hedui_status hedui_summary_load(hedui_summary *summary, const hedui_report_order *order,
                                hedui_err *err);

/** 1 if the rule asks whether somebody should be taken in; 0: whether somebody should get less. */
int hedui_summary_is_include(const hedui_summary_rule *rule);

/** The change from `before` to `now`; INT64_MIN: not known. */
int64_t hedui_summary_change(int64_t before, int64_t now);

/** The two faces. */
hedui_status hedui_summary_xlsx(hedui_buffer *out, const hedui_summary *summary,
                                const hedui_report_order *order, hedui_err *err);
hedui_status hedui_summary_html(hedui_buffer *out, const hedui_summary *summary,
                                const hedui_report_order *order, hedui_err *err);

#endif
