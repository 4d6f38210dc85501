/** @file
 * The store: one SQLite file that keeps what runs found. Its reports and questions stand in
 * store_run.h (runs), store_household.h (one household), store_delivery.h (what was delivered).
 *
 * One object belongs to one thread at a time; any number of processes may have the file open.
 */
#ifndef HEDUI_STORE_H
#define HEDUI_STORE_H

#include <hedui/arena.h>
#include <hedui/digest.h>
#include <hedui/err.h>

#include <stdint.h>

typedef struct hedui_store hedui_store;

typedef enum hedui_store_mode {
    HEDUI_STORE_EXISTING, /**< must be there, of the current schema or still empty */
    HEDUI_STORE_CREATE,   /**< made (mode 0600) if there is none */
    HEDUI_STORE_MIGRATE   /**< must be there; an older schema is brought up to date */
} hedui_store_mode;

/**
 * Open the database at `path`. If no run is at work, what an interrupted one left is deleted first.
 *
 * @param store  Set on success; owned by the caller (hedui_store_close).
 * @return HEDUI_E5001 (cannot open), E5002 (newer schema), E5003 (not ours), E5004 (network file
 *         system), E5017 (older schema), E5006 ... E5011 (see messages/store.def).
 */
hedui_status hedui_store_open(hedui_store **store, const char *path, hedui_store_mode mode,
                              hedui_err *err);

/** Open the database of `store`, which is not touched, once more: for another thread. */
hedui_status hedui_store_open_again(hedui_store **again, const hedui_store *store, hedui_err *err);

/** Give back everything, the lock too. NULL is accepted. */
void hedui_store_close(hedui_store *store);

/**
 * Take the lock that one run at a time holds: a kernel lock on `path`.lock, gone with its process.
 *
 * @return HEDUI_E5005 (exit 7) if another process or store holds it; nothing is waited for.
 */
hedui_status hedui_store_lock(hedui_store *store, hedui_err *err);

/** Let it go. */
void hedui_store_unlock(hedui_store *store);

/**
 * See the store as it stands now, whatever others write meanwhile, until hedui_store_snapshot_end:
 * an answer that takes many questions is about one state. Calls may stand inside each other. What
 * is written meanwhile piles up beside the file; nobody is kept from writing.
 */
hedui_status hedui_store_snapshot_begin(hedui_store *store, hedui_err *err);
void hedui_store_snapshot_end(hedui_store *store);

/** HEDUI_OK if a store at `path`, which need not exist, stands on a local disk; else E5004. */
hedui_status hedui_store_is_local(const char *path, hedui_err *err);

/** Schema of the file and the newest that this program knows; nothing is changed. */
hedui_status hedui_store_schema(int64_t *found, int64_t *known, const char *path, hedui_err *err);

/**
 * A digest over everything that was stored, in a fixed order, without times, row numbers and
 * runs that are not complete: equal for two stores that say the same.
 */
hedui_status hedui_store_digest(hedui_digest *digest, hedui_store *store, hedui_err *err);

/**
 * Check the file and its sums: SQLite's integrity check, foreign keys, every ledger, every run's
 * counts against its flags and households.
 *
 * @return HEDUI_E5021 (exit 8) with the first difference, HEDUI_E5009 for a damaged file.
 */
hedui_status hedui_store_check(hedui_store *store, hedui_err *err);

/**
 * Copy the whole database, consistent even while others write, to a new file (mode 0600).
 *
 * @return HEDUI_E5022 if `path` exists; on any failure nothing is left at `path`.
 */
hedui_status hedui_store_backup(hedui_store *store, const char *path, hedui_err *err);

#endif
