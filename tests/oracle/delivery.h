/** @file
 * A delivery being read, shared by what takes its lines apart (feeds.c) and what takes its records
 * (records.c).
 */
#ifndef HEDUI_ORACLE_DELIVERY_H
#define HEDUI_ORACLE_DELIVERY_H

#include "cells.h"
#include "export.h"
#include "feeds.h"

enum { FOOTERS = 4, STATES = 5 };

enum { PEOPLE = 4 };

/* A row that was used: its key (or its whole content), what it said, whom it is about. */
typedef struct used {
    char *key, *content, *file;
    int line, torn; /* 1: another contradicts it */
    char people[PEOPLE][24];
    int people_count;
} used;

typedef struct delivery {
    sqlite3 *db;
    sqlite3_stmt *joined;
    feeds_layout *layout;
    const char *file;
    export in;
    int header_cells;
    long records, accepted, other, duplicate, rejected, matched, strange, apart;
    long counts[FEEDS_COLUMNS][STATES];
    int footers[FOOTERS], footer_count;
    void *rows;
    int is_delta, change_at; /* which column of a delta says what becomes of a row */
    int everybody;           /* no matter whom a row is about */
    cell cells[FEEDS_COLUMNS];
} delivery;

/** Insert a row of texts; without a database: forget the prepared statements. */
void delivery_insert(sqlite3 *db, const char *table, const char *const *texts, int count);

/** `number` as text, in `text`. */
const char *delivery_decimal(char text[24], long number);

/** Count a record as rejected. */
void delivery_reject(delivery *d, int line, const char *reason);

/** Take a record: whose it is, what it says, what becomes of it. */
void delivery_record(delivery *d, export_row *row);

/** Give the rows of a register back, with its last delivery; and the households of the caseload. */
void delivery_forget_rows(void *rows);
void delivery_forget_households(void);

#endif
