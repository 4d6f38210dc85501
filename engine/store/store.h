/** @file
 * What the parts of the store share: the connection, its statements, its lock.
 */
#ifndef HEDUI_STORE_STORE_H
#define HEDUI_STORE_STORE_H

#include <hedui/arena.h>
#include <hedui/err.h>
#include <hedui/store.h>
#include <hedui/table.h>

#include <sqlite3.h>

/** Written into every database of ours: "HEDU"; and the schema that this program writes. */
enum { HEDUI_STORE_APPLICATION = 0x48454455, HEDUI_STORE_SCHEMA = 13 };

/** A named statement. */
typedef struct hedui_store_statement {
    const char *name;
    hedui_span text;
    int is_script;          /**< several statements: run by hedui_sql_script only */
    sqlite3_stmt *prepared; /**< NULL until first used */
} hedui_store_statement;

struct hedui_store {
    sqlite3 *db;
    const char *path;
    const char *lock_path;
    int lock;           /**< descriptor that holds the lock, or -1 */
    hedui_arena *arena; /**< lives as long as the store */
    hedui_table names;  /**< statement name to index */
    hedui_store_statement *statements;
    uint32_t statement_count;
    const char *given;                   /**< how the table of rows.h is declared */
    const struct hedui_store_rows *rows; /**< what stands in it; NULL: no statement reads it */
    int64_t chain;                       /**< run whose chain stands in temp.chain; 0: none */
    int snapshots;                       /**< begun and not ended */
    int64_t ranked;  /**< run whose flags stand in temp.flag_rank in their order; 0: none */
    int64_t tallied; /**< run that is counted in the tally_ tables; 0: none */
};

/** 1 if a file system of this type (f_type of statfs) is shared over a network. */
int hedui_store_is_network(int64_t type);

/** How many runs stand in the file that did not finish, or are being written now. */
hedui_status hedui_store_leftovers(int64_t *count, hedui_store *store, hedui_err *err);

/** Delete what runs that did not finish have left. Only with the lock held. */
hedui_status hedui_store_sweep(hedui_store *store, hedui_err *err);

/** Make temp.chain hold `run` and all runs it rests on, so that the *_now views show its state.
 * 0 empties it. HEDUI_E5025 if the run's particulars were purged. */
hedui_status hedui_store_stand(hedui_store *store, int64_t run, hedui_err *err);

/** The internal number of a run by its name; an empty name: the latest published one, else the
 * latest draft. HEDUI_E5014, HEDUI_E5016. */
hedui_status hedui_store_run_number(int64_t *number, hedui_store *store, hedui_span id,
                                    hedui_err *err);

#endif
