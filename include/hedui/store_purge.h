/** @file
 * Deleting what was found about people when its time is over, and what is on record of it.
 *
 * All arrays and texts live in the arena given.
 */
#ifndef HEDUI_STORE_PURGE_H
#define HEDUI_STORE_PURGE_H

#include <hedui/digest.h>
#include <hedui/span.h>
#include <hedui/store.h>

/** A file of the archive: a delivery, the listing of what else a run read, or one of those. */
typedef enum hedui_archived_kind {
    HEDUI_ARCHIVED_DELIVERY,
    HEDUI_ARCHIVED_LISTING,
    HEDUI_ARCHIVED_INPUT
} hedui_archived_kind;

typedef struct hedui_archived {
    hedui_archived_kind kind;
    hedui_digest digest;
    hedui_span feed, title, file; /**< of a delivery that the store knows; else empty */
    int64_t size;                 /**< in bytes; INT64_MIN not known */
} hedui_archived;

typedef struct hedui_archived_list {
    const hedui_archived *items;
    size_t count;
} hedui_archived_list;

/**
 * Name the runs whose particulars a purge that keeps from `keep` on would delete.
 *
 * @param keep  The oldest run to keep; it must be published (HEDUI_E5026).
 * @return HEDUI_E5005 while a run is at work, HEDUI_E5014.
 */
hedui_status hedui_store_purge_list(const hedui_span **runs, size_t *count, hedui_store *store,
                                    hedui_span keep, hedui_arena *arena, hedui_err *err);

/** Who purges, why, and what is to be done about the archive. */
typedef struct hedui_store_purging {
    hedui_span keep; /**< the oldest run to keep */
    hedui_span person, reason;
    int32_t before; /**< day before which runs go, for the record; INT32_MIN: none was given */
    int32_t day;    /**< of the purge */
    int64_t at;     /**< seconds since 1970, information only; INT64_MIN unknown */
    int dry;        /**< 1: do it all, then take it back: what it would be is known exactly */
    /** Asked inside the purge which files of the archive go. `stay`: deliveries and listings that
     * something left in the store rests on, by kind and digest; `go`: those that only purged runs
     * and older deliveries without a run rested on. NULL: none go. */
    hedui_status (*files)(hedui_archived_list *gone, void *context, hedui_archived_list stay,
                          hedui_archived_list go, hedui_arena *arena, hedui_err *err);
    void *context;
} hedui_store_purging;

/** What went, or would go. */
typedef struct hedui_store_purged {
    const hedui_span *runs;
    size_t run_count;
    hedui_archived_list files;
} hedui_store_purged;

/**
 * Delete the particulars of all runs that do not rest on the run `keep`: what is still true in it
 * is folded into it, everything else about people goes: flags that are gone, superseded facts, old
 * states, rejected rows. Findings that overrides speak of which may still hold, counts, ledgers,
 * inputs, holds and decisions about runs stay. The bytes are overwritten in the file and its log;
 * where others read the store meanwhile, when they are done.
 * Who did it, why, and which files of the archive go is put on record in the same transaction; the
 * files themselves are the caller's to delete, see hedui_store_archive_left.
 *
 * @return HEDUI_E5020 without a person and a reason (not if dry), HEDUI_E5047 if a whole number
 *         stands in one, HEDUI_E5005 while a run is at work. All or nothing.
 */
hedui_status hedui_store_purge(hedui_store_purged *purged, hedui_store *store,
                               const hedui_store_purging *purging, hedui_arena *arena,
                               hedui_err *err);

/** Deliveries and listings that something in the store rests on, by kind and digest. */
hedui_status hedui_store_archive_stay(hedui_archived_list *stay, hedui_store *store,
                                      hedui_arena *arena, hedui_err *err);

/** Files of the archive that were purged and are to be deleted: there are some after a purge, and
 * after one that was struck on the way. */
hedui_status hedui_store_archive_left(hedui_archived_list *left, hedui_store *store,
                                      hedui_arena *arena, hedui_err *err);

/** They are deleted. */
hedui_status hedui_store_archive_cleared(hedui_store *store, hedui_err *err);

/** A purge on record. */
typedef struct hedui_store_purge_entry {
    hedui_span person, reason;
    int32_t day;
    hedui_archived_list deliveries; /**< of the run asked about, that went from the archive */
} hedui_store_purge_entry;

/** What is on record of a purged run. @param entry  NULL if it was purged by a version that kept
 * no record. */
hedui_status hedui_store_purge_of_run(const hedui_store_purge_entry **entry, hedui_store *store,
                                      hedui_span run, hedui_arena *arena, hedui_err *err);

/** The last purge that took a delivery from the archive; NULL: none did. */
hedui_status hedui_store_purge_of_file(const hedui_store_purge_entry **entry, hedui_store *store,
                                       const hedui_digest *digest, hedui_arena *arena,
                                       hedui_err *err);

#endif
