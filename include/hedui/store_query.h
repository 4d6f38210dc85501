/** @file
 * Query lists: the people whom departments were asked about, who wrote each list, what answered it.
 *
 * All arrays and texts live in the arena given.
 */
#ifndef HEDUI_STORE_QUERY_H
#define HEDUI_STORE_QUERY_H

#include <hedui/span.h>
#include <hedui/store.h>

typedef struct hedui_store_query {
    hedui_span id, feed, title; /**< number, Q20140705-01; layout and its title */
    int32_t day, answer_by;  /**< answer_by: last day on which an answer is used, INT32_MAX any */
    hedui_span person, file; /**< who wrote it; name of the file without folder */
    int64_t at;              /**< seconds since 1970, information only; INT64_MIN unknown */
    int64_t asked, entries;  /**< people; rows of the file (a person under two names has two) */
    int64_t omitted;         /**< members who were not asked about */
    int64_t unreadable; /**< member rows of the caseload without a number that could be asked */
    /** The delivery that answered it in the newest run that stands; empty and 0: none. */
    hedui_span run, answer;
    int64_t records, answered, unasked; /**< rows; people asked with rows; rows not used */
} hedui_store_query;

/** A member who was not asked about. */
typedef struct hedui_store_omitted {
    hedui_span household, name, person_masked;
    hedui_span reason; /**< see HEDUI_LABEL_OMITTED of label.h */
} hedui_store_omitted;

typedef struct hedui_store_omitted_count {
    hedui_span reason;
    int64_t count;
} hedui_store_omitted_count;

/** Lists, the newest first. @param feed  Empty: of all feeds. */
hedui_status hedui_store_query_list(const hedui_store_query **queries, size_t *count,
                                    hedui_store *store, hedui_span feed, hedui_arena *arena,
                                    hedui_err *err);

/** One list by its number. HEDUI_E5028 (exit 10). */
hedui_status hedui_store_query_find(const hedui_store_query **query, hedui_store *store,
                                    hedui_span id, hedui_arena *arena, hedui_err *err);

/** Who was not asked about, in the caseload's order. HEDUI_E5028. */
hedui_status hedui_store_omitted_list(const hedui_store_omitted **omitted, size_t *count,
                                      hedui_store *store, hedui_span id, hedui_arena *arena,
                                      hedui_err *err);

/** The same counted by reason. HEDUI_E5028. */
hedui_status hedui_store_omitted_counts(const hedui_store_omitted_count **counts, size_t *count,
                                        hedui_store *store, hedui_span id, hedui_arena *arena,
                                        hedui_err *err);

#endif
