/** @file
 * Between the table of reports (kinds.c) and those who make each.
 */
#ifndef HEDUI_REPORT_KINDS_H
#define HEDUI_REPORT_KINDS_H

#include <hedui/report.h>
#include <hedui/store_run.h>

/** What one file is to be about. */
typedef struct hedui_report_order {
    hedui_store *store;
    const hedui_store_run *run;
    const struct hedui_report_data *data; /**< what was asked about the run already, or NULL */
    const hedui_store_town *town;         /**< NULL: the whole county */
    hedui_span households;  /**< JSON array of those wanted, whatever their town; else empty */
    size_t household_count; /**< of them */
    hedui_span household;   /**< the last of them */
    hedui_span source;      /**< the department, of kinds that make a file for each */
    const char *format;     /**< one of the kind's */
    uint32_t part;          /**< from 0: which of several files of the same */
    uint32_t *parts;        /**< set by the maker: how many; stands at 1 */
    struct hedui_visits
        *visits;        /**< its households, kept by the first part for the others; or NULL */
    hedui_arena *arena; /**< for what lives as long as the making */
} hedui_report_order;

/** Append one file. */
typedef hedui_status hedui_report_maker(hedui_buffer *out, const hedui_report_order *order,
                                        hedui_err *err);

/** The line below a title: unit, run, day, of a table also rules and unit of money; and loudly if
 * the run is a draft. */
hedui_status hedui_report_line(hedui_span *line, const hedui_report_order *order, int is_table,
                               hedui_err *err);

/** ★草稿…★ or ★…已撤回…★, for every page of what may not be used; empty for a published run. */
const char *hedui_report_state_mark(const hedui_store_run *run);

hedui_report_maker hedui_report_ledger;    /* R1 */
hedui_report_maker hedui_report_visit;     /* R2 */
hedui_report_maker hedui_report_notes;     /* R2, for the inspector alone */
hedui_report_maker hedui_report_route;     /* R3 */
hedui_report_maker hedui_report_summary;   /* R4 */
hedui_report_maker hedui_report_household; /* R8 */
hedui_report_maker hedui_report_problems;  /* R9 */

#endif
