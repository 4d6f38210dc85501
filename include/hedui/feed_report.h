/** @file
 * What stands in one delivery and what is wrong with it, as hedui_feed_check tells it.
 */
#ifndef HEDUI_FEED_REPORT_H
#define HEDUI_FEED_REPORT_H

#include <hedui/span.h>

#include <stdint.h>

/** Rejects shown in a check, lines named for a problem, codes named for a column; all are counted.
 */
enum { HEDUI_FEED_CHECK_REJECTS = 20, HEDUI_FEED_CHECK_LINES = 3, HEDUI_FEED_CHECK_TOP = 5 };

/** A word with its meaning in both languages and a count. */
typedef struct hedui_feed_count {
    const char *name, *zh, *en;
    uint64_t count;
} hedui_feed_count;

/** How many values of a column hold one code; rows with several codes count for each. */
typedef struct hedui_feed_top {
    hedui_span code, label; /**< label: empty where there is none */
    uint64_t count;
} hedui_feed_top;

/** One column of the layout over all decoded rows. */
typedef struct hedui_feed_column {
    hedui_span name, title;
    const char *type; /**< word of the layout: "date", "money" */
    int present;      /**< 0: the delivery has no such column */
    uint64_t value, absent, unknown, unlisted, bad;
    hedui_span least,
        most; /**< dates, months, amounts, numbers; else empty; not of sensitive ones */
    const hedui_feed_top *top; /**< of code, codes and yes_no columns: the most frequent first … */
    uint32_t top_count;        /**< … at most HEDUI_FEED_CHECK_TOP … */
    uint32_t code_count;       /**< … of so many different ones that occur */
} hedui_feed_column;

/** One rejected row. The excerpt is masked. */
typedef struct hedui_feed_reject {
    uint32_t line;
    uint64_t offset;
    hedui_span column; /**< empty: the row as a whole */
    const char *reason, *zh, *en;
    hedui_span excerpt;
} hedui_feed_reject;

/** Rows rejected for one reason in one column. */
typedef struct hedui_feed_problem {
    const char *reason, *zh, *en;
    hedui_span column; /**< its title; empty: the row as a whole */
    uint64_t count;
    uint32_t lines[HEDUI_FEED_CHECK_LINES]; /**< the first, of the unpacked file … */
    uint32_t line_count;                    /**< … and how many */
} hedui_feed_problem;

/** What a check found; all of it lives in the caller's arena. */
typedef struct hedui_feed_report {
    const char *path;
    hedui_span feed, title, source;
    uint64_t size, content_length;
    char sha256[65];
    hedui_span cut_off;  /**< YYYY-MM-DD, or empty: not known */
    const char *refusal; /**< NULL: the delivery is sound; else the stable word … */
    const char *refusal_zh, *refusal_en; /**< … and what it means */
    hedui_span refusal_detail;
    uint64_t title_lines, header_lines, footer_lines, blank_lines;
    uint64_t records, accepted, other_document, duplicate, rejected, upgraded;
    const hedui_feed_count *reasons; /**< of rejected rows, the most frequent first, no zeros */
    uint32_t reason_count;
    const hedui_feed_problem *problems; /**< the same by column too, the most frequent first */
    uint32_t problem_count;
    hedui_span footer_unread; /**< a footer that speaks of a count nobody can read; masked */
    const hedui_feed_column *columns;
    uint32_t column_count;
    const hedui_span *extra_columns;
    uint32_t extra_column_count;
    const hedui_feed_reject *rejects; /**< the first HEDUI_FEED_CHECK_REJECTS */
    uint32_t reject_count;
} hedui_feed_report;

#endif
