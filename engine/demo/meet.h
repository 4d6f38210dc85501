/** @file
 * Two sides meet point by point: lines of a truth file, and what was found under the same keys.
 */
#ifndef HEDUI_DEMO_MEET_H
#define HEDUI_DEMO_MEET_H

#include <hedui/demo.h>
#include <hedui/table.h>

#include <stdint.h>

enum { HEDUI_DEMO_LINE_FIELDS = 10 };

/** One comparison under way. */
typedef struct hedui_demo_meeting {
    hedui_demo_report *report;
    const char *folder;
    const hedui_demo_actual *actual;
    hedui_arena *arena;
    hedui_err *err;
    int memory; /**< 1: ran out of it */
} hedui_demo_meeting;

/** Lines of a truth file, cut at tabs. */
typedef struct hedui_demo_lines {
    hedui_span rest;
    const char *file;
    hedui_span field[HEDUI_DEMO_LINE_FIELDS];
    int count;
} hedui_demo_lines;

/** Keys with a text each, on one side; the other side ticks them off. */
typedef struct hedui_demo_side {
    hedui_table table;
    hedui_span *keys, *values;
    uint8_t *met;
    uint32_t count;
} hedui_demo_side;

/** "-", for what is not there. */
extern const hedui_span hedui_demo_nothing;

/** Read folder/truth/<name>. E10xx. */
hedui_status hedui_demo_lines_open(hedui_demo_lines *l, const hedui_demo_meeting *w,
                                   const char *name);

/** Cut the next line into its fields. @return 0 at the end. */
int hedui_demo_lines_next(hedui_demo_lines *l);

/** HEDUI_E9002 with the file and the line's first field. */
hedui_status hedui_demo_lines_damaged(const hedui_demo_meeting *w, const hedui_demo_lines *l);

/** Texts joined by a tab, in the arena. */
hedui_span hedui_demo_join(hedui_demo_meeting *w, const hedui_span *parts, size_t count);

#define HEDUI_DEMO_JOIN(w, ...)                                                                    \
    hedui_demo_join((w), (const hedui_span[]){__VA_ARGS__},                                        \
                    sizeof((const hedui_span[]){__VA_ARGS__}) / sizeof(hedui_span))

/** Count a point; the texts tell what it is about, what should be and what is. */
void hedui_demo_point(hedui_demo_meeting *w, int agrees, hedui_span about, hedui_span expected,
                      hedui_span found);

/** A side for at most `most` keys. */
void hedui_demo_side_open(hedui_demo_side *s, hedui_demo_meeting *w, size_t most);

/** The entry under the key, made if it is not there. */
uint32_t hedui_demo_side_put(hedui_demo_side *s, hedui_demo_meeting *w, hedui_span key);

/** Meet a line of the truth with what was found under its key. */
void hedui_demo_meet(hedui_demo_meeting *w, hedui_demo_side *found, hedui_span key,
                     hedui_span expected);

/** What was found and nobody expected. */
void hedui_demo_meet_rest(hedui_demo_meeting *w, const hedui_demo_side *found);

/** Deliveries of hits and verdicts against queries.tsv. */
hedui_status hedui_demo_compare_replies(hedui_demo_meeting *w);

/** What was refused against refusals.tsv, and what that left open against gaps.tsv. */
hedui_status hedui_demo_compare_refusals(hedui_demo_meeting *w);
hedui_status hedui_demo_compare_gaps(hedui_demo_meeting *w);

/** 1 if the file is no good as a file: how much of it was read before is nobody's account. */
int hedui_demo_is_no_good(const hedui_demo_meeting *w, hedui_span file);

#endif
