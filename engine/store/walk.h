/** @file
 * The two long lists of a run, of flags and of households, walked through and not asked for.
 *
 * SQL that folds the runs asks of each row whether a newer one stands in the chain. Here rows of a
 * key come newest first, in the order in which the list is told, and the first that the run rests
 * on is what stands; texts of rules, runs and files are kept beside. What the lists say is held
 * against the same by plain SQL (tests/unit/test_store_walk.c).
 */
#ifndef HEDUI_STORE_WALK_H
#define HEDUI_STORE_WALK_H

#include "sheet/sheet.h"
#include "store/sql.h"

/** A rule as the run judged by it. */
typedef struct hedui_walk_rule {
    hedui_span id, title, basis, ask, clears, severity;
    int64_t place; /**< in the order of judging */
    int is_lead;   /**< not one that only informs */
} hedui_walk_rule;

typedef struct hedui_walk hedui_walk;

/** The next row into `cells`, as hedui_walk_row. */
typedef int hedui_walk_step(hedui_sheet_cell *cells, hedui_walk *walk, hedui_err *err);

struct hedui_walk {
    hedui_store *store;
    sqlite3_stmt *rows; /**< of the view, which owns it: households in the order of the list */
    int64_t run;
    hedui_span run_id;
    hedui_arena *arena; /**< of the walk: what it knows beforehand */
    uint8_t *chain;     /**< a bit a run, up to this one: those it rests on */
    const hedui_walk_rule *rules;
    size_t rule_count;
    hedui_table rule_names;
    int64_t last; /**< household or flag whose newest row was read */
    hedui_walk_step *step;
    struct hedui_walk_flags *flags; /**< of the list of flags, else NULL */
    struct hedui_walk_words *words; /**< of the list of households, else NULL */
    hedui_status status;            /**< what ended it */
};

/**
 * Begin a list.
 *
 * @param walk  Set on success: to be closed; to NULL where the view `name` is no walked list.
 * @param rows  The statement of the view, borrowed.
 * @param run   Its number; temp.chain stands on it.
 */
hedui_status hedui_walk_open(hedui_walk **walk, const char *name, hedui_store *store,
                             sqlite3_stmt *rows, int64_t run, hedui_err *err);

/** The next row; texts are borrowed until the next call.
 * @return 1 with a row; 0 at the end or on failure: see walk->status. */
int hedui_walk_row(hedui_sheet_cell *cells, hedui_walk *walk, hedui_err *err);

/** NULL is accepted. */
void hedui_walk_close(hedui_walk *walk);

/* --- for the lists themselves ----------------------------------------------------------------- */

hedui_status hedui_walk_open_flags(hedui_walk *walk, hedui_err *err);
hedui_status hedui_walk_open_households(hedui_walk *walk, hedui_err *err);
void hedui_walk_close_flags(hedui_walk *walk);
void hedui_walk_close_households(hedui_walk *walk);

/** 1 if the run rests on `run`, or is it. */
static inline int hedui_walk_rests_on(const hedui_walk *walk, int64_t run)
{
    return run >= 0 && run <= walk->run && (walk->chain[run / 8] >> run % 8 & 1);
}

/** The rule of this id, or NULL if the run did not judge by it. */
const hedui_walk_rule *hedui_walk_rule_of(const hedui_walk *walk, hedui_span id);

/** The next row of walk->rows: 1; 0 at the end or on failure: see walk->status. */
int hedui_walk_next(hedui_walk *walk, hedui_err *err);

/** What stands in a column of walk->rows, borrowed until its next row. */
hedui_span hedui_walk_text(const hedui_walk *walk, int column);

#endif
