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
 *   household  id, state, area, programme, …; "answers": what each rule in force answered;
 *              "searched": what each source was found to have, see below
 *   flag       of the household before it, with "evidence": place, row key, match and cells
 *   overridden of the household before it: found like a flag, and none by the decision "override"
 *              of two people, which rests on "rests_on" and holds up to "until"
 *   tag        of the household before it: a reason to look at it again that is no flag
 *   cause      of the household before it: why a rule stayed open
 *   end        how many lines of each type stand before it; an export without it is not whole
 *
 * "searched" has a "source" and in "found" a character for each member of the household, by their
 * citizen numbers: . no record; r a record; w only records that may be another person's; R, W the
 * same beside a row that could not be used; x only such rows; not looked for: u not authorised, a
 * not asked, n not answered. A source that was used and is not named found nothing about anybody
 * who authorised; those for inspectors alone are not named. "*": rows of the caseload itself could
 * not be used. null: the run did not say, or the household left the caseload.
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
