/** @file
 * Writing query lists, and reading them back as the run needs them.
 */
#ifndef HEDUI_STORE_QUERY_LISTS_H
#define HEDUI_STORE_QUERY_LISTS_H

#include "rule/prior.h"

#include <hedui/citizen_id.h>
#include <hedui/store_query.h>

/** A member who is not asked about. */
typedef struct hedui_query_omission {
    hedui_span household, name;
    hedui_citizen_id id;
    const char *reason; /**< a code of HEDUI_LABEL_OMITTED */
} hedui_query_omission;

/** All that is kept of a list. */
typedef struct hedui_query_record {
    hedui_span id, feed, title, person, file;
    int32_t day, answer_by; /**< answer_by: INT32_MAX for any day */
    int sequence;           /**< by hedui_store_query_next */
    int64_t at;
    hedui_digest households, members; /**< of the caseload's files */
    hedui_digest content;             /**< of the file written */
    const hedui_citizen_id *asked;    /**< each once */
    uint32_t asked_count, entries, unreadable;
    const hedui_query_omission *omitted;
    uint32_t omitted_count;
} hedui_query_record;

/** The place of the next list of a day. Only with the lock held, or another may take it.
 * HEDUI_E5029. */
hedui_status hedui_store_query_next(int *sequence, hedui_store *store, int32_t day, hedui_err *err);

/** Store a list, all of it or nothing. Takes the lock unless held. */
hedui_status hedui_store_query_write(hedui_store *store, const hedui_query_record *record,
                                     hedui_err *err);

/** Take a list back whose file could not be given its name. */
hedui_status hedui_store_query_remove(hedui_store *store, hedui_span id, hedui_err *err);

/**
 * The list as a run binds answers to it.
 *
 * @param query  Set on success; lives in `arena`.
 * @param found  Set to 0 if there is none of that number, then `query` is untouched.
 */
hedui_status hedui_store_query_load(hedui_query *query, int *found, hedui_store *store,
                                    hedui_span id, hedui_arena *arena, hedui_err *err);

#endif
