/** @file
 * Every delivery of a workspace by its layout: ledgers, rejects, counts of cells, and what each
 * cell of a used row says.
 */
#ifndef HEDUI_ORACLE_FEEDS_H
#define HEDUI_ORACLE_FEEDS_H

#include "yaml.h"

#include <sqlite3.h>

enum { FEEDS_COLUMNS = 128 };

typedef struct feeds_column {
    const yaml *words; /**< the column as its layout has it */
    const yaml *codes; /**< its list, or NULL */
    int at;            /**< in the file's rows, or -1 */
} feeds_column;

typedef struct feeds_layout {
    const yaml *words;
    const char *name;
    feeds_column columns[FEEDS_COLUMNS];
    int count;
} feeds_layout;

/** All layouts under `folder`. */
int feeds_layouts(feeds_layout *layouts, int room, const char *folder);

/** Give everything back that was read of layouts. */
void feeds_layouts_forget(void);

/** The column called `name`, or -1. */
int feeds_column_named(const feeds_layout *layout, const char *name);

/** The column that goes by a header, or -1. */
int feeds_column_by_header(const feeds_layout *layout, const char *header);

/** The delimiter of a layout. */
char feeds_mark(const feeds_layout *layout);

/** Put which list a column's codes come from into o_column, what the lists say into o_attribute. */
void feeds_tell_words(sqlite3 *db, const feeds_layout *layout);

/** Read everything under folder/inbox into the tables of feeds.sql. Of the feeds about people only
 * rows of people in the table "joined" are decoded. */
void feeds_read(sqlite3 *db, const char *folder, const char *shipped);

#endif
