/** @file
 * A file of separated text, row after row; whole in memory, character by character.
 */
#ifndef HEDUI_ORACLE_EXPORT_H
#define HEDUI_ORACLE_EXPORT_H

#include <stddef.h>

enum { EXPORT_CELLS = 512 };

/** A file as UTF-8; a byte that belongs to no character is 0xFF. */
typedef struct export
{
    char *text;
    size_t length, at;
    int line; /**< of the next row */
    char mark;
    int cr_ends;
}
export;

/** One row. Its cells live until the next. */
typedef struct export_row {
    char *cells[EXPORT_CELLS + 1];
    int count; /**< EXPORT_CELLS + 1 if there are more */
    int line;
    int blank; /**< 1: nothing but delimiters and blanks */
    const char *fault;
} export_row;

/** Read a gzip file. Ends the program on failure. */
void export_open(export *file, const char *path, int gb18030, char mark);
void export_close(export *file);

/** Why a file cannot be used whatever it says, in the words of truth/refusals.tsv; NULL: it can. */
const char *container_fault(const char *path);

/** The next row; 0 if there is none. */
int export_next(export *file, export_row *row);

#endif
