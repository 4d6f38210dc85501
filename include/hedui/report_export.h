/** @file
 * The export of a run: what it found, as JSON Lines for other programs and for those who derive it
 * again. Equal byte for byte for equal stores.
 *
 * One object a line, each with a "type", in this order (schema "hedui.runs_export/1"):
 *   head       schema; run, as_of, state, base, unit, engine, result_digest; "inputs" and
 *              "deliveries" with digests, file names, cut-offs, verdicts and ledgers; "rules" with
 *              their digests; "counts"
 *   gap        what a source's absence or refusal left unanswered: rule, reason, source, field (of
 *              no_column: the column that it lacks, else null), households
 *   household  id, state, area, programme, …; "answers": what each rule in force answered
 *   flag       of the household before it, with "evidence": place, row key, match and cells
 *   tag        of the household before it: a reason to look at it again that is no flag
 *   cause      of the household before it: why a rule stayed open
 *   end        how many lines of each type stand before it; an export without it is not whole
 *
 * Unknown is null, money is in fen, dates are YYYY-MM-DD, codes are stable words. Places count in
 * the unpacked delivery as it was sent: "line" from 1, "offset" and "length" in bytes. People are
 * named; their numbers are masked, and keyed by the store's stand-ins (citizen_id.h), which can be
 * searched back: an export is as private as the store.
 */
#ifndef HEDUI_REPORT_EXPORT_H
#define HEDUI_REPORT_EXPORT_H

#include <hedui/span.h>
#include <hedui/store.h>

/** Takes whole lines, some 64 KiB at a time. A status other than 0 ends the export with it. */
typedef hedui_status hedui_report_export_sink(void *context, hedui_span lines, hedui_err *err);

/**
 * Export a run, as the store stands when it begins. Memory does not grow with what it found, but
 * for the households' ids.
 *
 * @param run  Empty: the latest run, as in store_run.h.
 * @return HEDUI_E5014, HEDUI_E5016 no such run, HEDUI_E5025 purged, what the sink returned.
 */
hedui_status hedui_report_export(hedui_report_export_sink *sink, void *context, hedui_store *store,
                                 hedui_span run, hedui_err *err);

/**
 * The same into a file of mode 0600 that appears whole or not at all.
 *
 * @return HEDUI_E1004, HEDUI_E1008 if something stands at `path`: it is left as it was.
 */
hedui_status hedui_report_export_file(const char *path, hedui_store *store, hedui_span run,
                                      hedui_err *err);

#endif
