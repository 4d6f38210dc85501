/** @file
 * The tables of bad inputs: what a line of one says, the bytes it stands for, and the judging of
 * what the engine made of them. How to read and write a table: README.md.
 */
#ifndef HEDUI_TESTS_BAD_H
#define HEDUI_TESTS_BAD_H

#include "feed/layout.h"

#include <hedui/arena.h>
#include <hedui/buffer.h>

#include <stdint.h>

enum { BAD_COLUMNS = 5, BAD_ROWS = 3 };

/** 1 if time and memory are the program's own; sanitizers are slow and keep memory of theirs. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { BAD_MEASURED = 0 };
#else
enum { BAD_MEASURED = 1 };
#endif

/** How the second column of a table is read. */
typedef enum bad_kind { BAD_CELL, BAD_TEXT, BAD_GZ, BAD_MANIFEST } bad_kind;

/** What the lines that begin with `!` have said so far. */
typedef struct bad_set {
    bad_kind kind;
    const char *feed, *column, *header, *rows[BAD_ROWS];
    const char *accepted, *rejected; /**< ledgers of lines that give none */
    const char *charset;             /**< of the words of the table; NULL: the layout's */
    const char *name;                /**< of the delivery's file */
} bad_set;

/** One line of a table. */
typedef struct bad_case {
    const char *table;
    unsigned line;
    const char *cells[BAD_COLUMNS]; /**< name, input, outcome, ledger, values; "" if not there */
    bad_set set;
} bad_case;

typedef struct bad_table {
    bad_case *cases;
    size_t count, capacity;
} bad_table;

/** Append the cases of a file; a line that cannot be read ends the program. */
void bad_table_read(bad_table *table, const char *path, hedui_arena *arena);

/** `text` with its escapes and macros written out. `sha`: hexadecimal digest for $SHA, or NULL. */
void bad_expand(hedui_buffer *out, const bad_case *c, const char *text, int gb18030,
                const char *sha);

/** The content of the delivery: header and rows, one cell of the second row replaced, or a text of
 * its own. */
void bad_content(hedui_buffer *out, const bad_case *c, const hedui_layout *layout);

/** The whole file: the content in a gzip container, or what the steps of a `gz` line make. */
void bad_file(hedui_buffer *out, const bad_case *c, const hedui_layout *layout);

/** Carry out `steps` over `content`; see README.md. */
void bad_container(hedui_buffer *out, const bad_case *c, const char *steps, hedui_span content);

/** One gzip member. `fields`: bits of its header's optional fields; `strategy` as zlib's. */
void bad_member(hedui_buffer *out, hedui_span content, int level, int strategy, int fields);

/** Run the engine in `folder` and compare. @return 0, or 1 with what differs on standard error. */
int bad_judge(const bad_case *c, const char *folder, const char *feeds);

/** The value of a number in a table; ends the program if it is none. */
long bad_number(const bad_case *c, const char *text, const char **end);

/** Say what is wrong with the table itself and end the program. */
_Noreturn void bad_stop(const bad_case *c, const char *what);

#endif
