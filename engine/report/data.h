/** @file
 * What the run report says, asked of the store once for all its formats.
 */
#ifndef HEDUI_REPORT_DATA_H
#define HEDUI_REPORT_DATA_H

#include <hedui/buffer.h>
#include <hedui/store_delivery.h>
#include <hedui/store_override.h>
#include <hedui/store_pair.h>
#include <hedui/store_run.h>

/** Why rules stayed without an answer: see store/views/unanswered.sql. */
typedef struct hedui_report_open {
    hedui_span reason, feed, mender; /**< in words; feed and mender are titles */
    int64_t rules, households;
} hedui_report_open;

typedef struct hedui_report_data {
    const hedui_store_run *run;
    const hedui_store_delivery *deliveries;
    size_t delivery_count;
    const hedui_store_reject_count *rejects;
    size_t reject_count;
    const hedui_store_stood *stood; /**< overrides that kept findings from being flags */
    size_t stood_count;
    const hedui_store_met *met; /**< rows that decisions say are not these people's */
    size_t met_count;
    const hedui_report_open *open; /**< most households first */
    size_t open_count;
} hedui_report_data;

hedui_status hedui_report_data_load(hedui_report_data *data, hedui_store *store, hedui_span run,
                                    hedui_arena *arena, hedui_err *err);

/** Why rules stayed without an answer, in `arena`; nothing of a purged run. */
hedui_status hedui_report_open_load(const hedui_report_open **open, size_t *count,
                                    hedui_store *store, const hedui_store_run *run,
                                    hedui_arena *arena, hedui_err *err);

/** The run report in one of its formats; a failure to allocate is remembered by the buffer. */
typedef void hedui_report_data_format(hedui_buffer *out, const hedui_report_data *data);
hedui_report_data_format hedui_report_data_html, hedui_report_data_json;

/** Load and append in one. */
hedui_status hedui_report_data_put(hedui_buffer *out, hedui_report_data_format *format,
                                   hedui_store *store, hedui_span run, hedui_err *err);

/** Append the sentence of a remark or a hold: the message of its number with its argument, or the
 * argument alone. */
void hedui_report_remark(hedui_buffer *out, int number, hedui_span argument);

#endif
