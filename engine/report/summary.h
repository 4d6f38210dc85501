/** @file
 * What was found by rule and town, and how much was found in the run before: the figures of R4.
 */
#ifndef HEDUI_REPORT_SUMMARY_H
#define HEDUI_REPORT_SUMMARY_H

#include "report/data.h"
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

/** Households that are to be looked at, and until when: see store/views/work.sql. */
typedef struct hedui_summary_work {
    int64_t listed, kept_only; /**< on ledgers; of those, with flags kept as not checked alone */
    int64_t overdue, soon, later, open_end; /**< sum up to `listed` */
    int32_t first;                          /**< the earliest day; INT32_MIN: none is set */
    int64_t unanswered;                     /**< households with a rule left without an answer */
} hedui_summary_work;

typedef struct hedui_summary {
    const hedui_store_run *run;
    const hedui_summary_rule *rules; /**< in the order of judging */
    size_t rule_count;
    const hedui_summary_work *work; /**< in the order of the run's towns, then the sum */
    const hedui_report_open *open;  /**< why rules stayed without an answer */
    size_t open_count;
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

/** The sum of `work`. */
const hedui_summary_work *hedui_summary_all_work(const hedui_summary *summary);

/** Append a chart: flags by rule of one direction, or by town. What its bars are is said beside it,
 * as a copy in black and white tells no colours. */
void hedui_summary_legend(hedui_buffer *out, const char *of, int towns);
void hedui_summary_chart_rules(hedui_buffer *out, const hedui_summary *summary, int include);
void hedui_summary_chart_towns(hedui_buffer *out, const hedui_summary *summary);

/** Flags of a town: of high, medium and low priority, and, whatever their priority, leads for
 * inclusion. */
void hedui_summary_count_town(int64_t parts[4], const hedui_summary *summary, size_t town);

/** The two faces. */
hedui_status hedui_summary_xlsx(hedui_buffer *out, const hedui_summary *summary,
                                const hedui_report_order *order, hedui_err *err);
hedui_status hedui_summary_html(hedui_buffer *out, const hedui_summary *summary,
                                const hedui_report_order *order, hedui_err *err);

#endif
