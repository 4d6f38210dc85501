/** @file
 * Functions of our own in SQL: rows of evidence put into one cell, by the delivery they stand in.
 */
#ifndef HEDUI_STORE_TOLD_H
#define HEDUI_STORE_TOLD_H

#include "store/store.h"

/**
 * Make the aggregates `told` and `told_once` known to a connection.
 *
 * told(key, head, piece, tail, separator): for each key in the order of its first row, the head of
 * that row, all pieces of the key divided by 、, and the tail of that row; keys are divided by the
 * separator. NULL: no piece, an empty text. told_once tells each piece of a key once; its pieces
 * hold no 、.
 *
 * @return a code of SQLite.
 */
int hedui_store_told_register(hedui_store *store);

#endif
