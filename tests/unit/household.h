/** @file
 * Households drawn at random and written as `given` texts, for tests of what must hold for any
 * household under any rule. A household is a value: copy it, change one thing, judge again. All
 * people and numbers are invented.
 */
#ifndef HEDUI_TESTS_HOUSEHOLD_H
#define HEDUI_TESTS_HOUSEHOLD_H

#include "test.h"

#include "feed/decode.h"
#include "rule/given.h"
#include "rule/judge.h"
#include "rule/proof.h"

#include <hedui/buffer.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { DAY = 16256 /* 2014-07-05 */, HOUSEHOLDS = 200 };
enum { CELLS = 32, ROWS = 4, PEOPLE = 4, TEXT = 40, LISTS = 64 };

typedef struct drawn_row {
    uint8_t member, supporter; /* from 1; 0: not said */
    uint8_t unauthorised;
    char cells[CELLS][TEXT]; /* by layout column; empty: not written */
} drawn_row;

typedef struct drawn_list {
    int checked; /* 0: the feed was not supplied */
    uint32_t count;
    drawn_row rows[ROWS];
} drawn_list;

typedef struct drawn_household {
    drawn_row household;
    uint32_t member_count, supporter_count;
    drawn_row members[PEOPLE];
    drawn_list lists[LISTS]; /* by catalogue feed; the supporters' own among them */
} drawn_household;

typedef struct drawing {
    const hedui_catalogue *catalogue;
    uint64_t seed;
    uint32_t serial;    /* makes keys unlike each other */
    hedui_arena *arena; /* for trying cells */
} drawing;

static inline uint32_t draw(drawing *d, uint32_t below)
{
    d->seed = d->seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(d->seed >> 33) % below;
}

static inline int is_key(const hedui_layout *layout, uint32_t column)
{
    for (uint32_t i = 0; i < layout->key_count; i++)
        if (layout->keys[i] == column)
            return 1;
    return 0;
}

static inline void draw_day(char *out, drawing *d, int with_day)
{
    static const int years[] = {2008, 2012, 2013, 2013, 2014, 2014, 2014, 2015};
    int year = years[draw(d, 8)], month = 1 + (int)draw(d, 12), day = 1 + (int)draw(d, 28);
    if (with_day)
        (void)snprintf(out, TEXT, "%04d-%02d-%02d", year, month, day);
    else
        (void)snprintf(out, TEXT, "%04d-%02d", year, month);
}

/* A code by its label or, of several, one or two codes side by side. */
static inline void draw_code(char *out, drawing *d, const hedui_column *column)
{
    const hedui_code_list *list = column->list;
    hedui_span a = list->codes[draw(d, list->count)].code;
    hedui_span b = list->codes[draw(d, list->count)].code;
    int both = column->type == HEDUI_COLUMN_CODES && draw(d, 3) == 0;
    (void)snprintf(out, TEXT, "%.*s%.*s%.*s", (int)a.length, a.at,
                   both ? (int)column->separator.length : 0, column->separator.at,
                   both ? (int)b.length : 0, b.at);
}

static inline void draw_text(char *out, drawing *d, const hedui_column *column)
{
    static const char *const amounts[] = {"0",       "1",      "100.00", "419.99",
                                          "420.00",  "420.01", "950.5",  "2400",
                                          "9000.00", "60000",  "250000", "3000000"};
    static const char *const names[] = {"张建国", "李秀英", "张小军", "王丽"};
    switch (column->type) {
    case HEDUI_COLUMN_CITIZEN_ID:
    case HEDUI_COLUMN_USCC:
        out[0] = '\0';
        break;
    case HEDUI_COLUMN_NAME:
        (void)snprintf(out, TEXT, "%s", names[draw(d, 4)]);
        break;
    case HEDUI_COLUMN_TEXT:
        (void)snprintf(out, TEXT, "T%u", (unsigned)draw(d, 3));
        break;
    case HEDUI_COLUMN_PLATE:
        (void)snprintf(out, TEXT, "闽C%05u", 10000u + (unsigned)(d->serial++ % 80000));
        break;
    case HEDUI_COLUMN_DATE:
        draw_day(out, d, 1);
        break;
    case HEDUI_COLUMN_MONTH:
        draw_day(out, d, 0);
        break;
    case HEDUI_COLUMN_MONEY:
    case HEDUI_COLUMN_AREA:
        (void)snprintf(out, TEXT, "%s", amounts[draw(d, 12)]);
        break;
    case HEDUI_COLUMN_RATE:
        (void)snprintf(out, TEXT, "0.%u", (unsigned)draw(d, 10));
        break;
    case HEDUI_COLUMN_INTEGER:
    case HEDUI_COLUMN_DECIMAL:
        (void)snprintf(out, TEXT, "%u", (unsigned)draw(d, 5));
        break;
    case HEDUI_COLUMN_CODE:
    case HEDUI_COLUMN_CODES:
        draw_code(out, d, column);
        break;
    case HEDUI_COLUMN_YES_NO:
        (void)snprintf(out, TEXT, "%s", draw(d, 2) ? "是" : "否");
        break;
    }
}

/* A cell that its column reads as a value; empty if that did not come out. */
static inline void draw_cell(char *out, drawing *d, const hedui_layout *layout, uint32_t column)
{
    const hedui_column *c = &layout->columns[column];
    draw_text(out, d, c);
    if (out[0] && c->type == HEDUI_COLUMN_TEXT && is_key(layout, column))
        (void)snprintf(out, TEXT, "K%u", (unsigned)d->serial++);
    if (out[0] && hedui_decode(c, hedui_span_of(out), d->arena).state != HEDUI_CELL_VALUE)
        out[0] = '\0';
}

static inline int is_unknown(const hedui_layout *layout, const drawn_row *row, uint32_t column)
{
    const hedui_column *c = &layout->columns[column];
    if (c->type == HEDUI_COLUMN_CITIZEN_ID)
        return 0;
    return row->cells[column][0] ? strcmp(row->cells[column], "代码表外") == 0
                                 : c->empty != HEDUI_EMPTY_ABSENT;
}

static inline void draw_row(drawn_row *row, drawing *d, const hedui_layout *layout)
{
    memset(row, 0, sizeof *row);
    for (uint32_t c = 0; c < layout->column_count && c < CELLS; c++) {
        const hedui_column *column = &layout->columns[c];
        uint32_t luck = draw(d, 16);
        int must = column->empty == HEDUI_EMPTY_REJECTED || is_key(layout, c);
        if (!must && luck < 2)
            continue;
        if (!must && luck == 2 && column->list && column->type == HEDUI_COLUMN_CODE)
            (void)snprintf(row->cells[c], TEXT, "代码表外");
        else
            draw_cell(row->cells[c], d, layout, c);
    }
}

static inline void draw_owner(drawn_row *row, drawing *d, const drawn_household *h)
{
    if (h->supporter_count && draw(d, 5) == 0)
        row->supporter = (uint8_t)(1 + draw(d, h->supporter_count));
    else
        row->member = (uint8_t)(1 + draw(d, h->member_count));
}

static inline void draw_list(drawn_list *list, drawing *d, const drawn_household *h, uint32_t feed)
{
    list->checked = 1;
    list->count = draw(d, 3) ? draw(d, ROWS) : 0;
    for (uint32_t i = 0; i < list->count; i++) {
        draw_row(&list->rows[i], d, d->catalogue->feeds[feed]);
        draw_owner(&list->rows[i], d, h);
    }
}

/* Programme, area and state as most households have them, so that rules apply. */
static inline void draw_household(drawn_household *h, drawing *d)
{
    const hedui_catalogue *c = d->catalogue;
    memset(h, 0, sizeof *h);
    draw_row(&h->household, d, c->households);
    static const char *const usual[][2] = {{"area_code", "659000001"},
                                           {"programme", "dibao"},
                                           {"status", "receiving"},
                                           {"urban_rural", "urban"}};
    for (size_t i = 0; i < 4; i++) {
        uint32_t column = hedui_layout_column(c->households, hedui_span_of(usual[i][0]));
        if (i == 0 || draw(d, 8))
            (void)snprintf(h->household.cells[column], TEXT, "%s", usual[i][1]);
    }
    h->member_count = 1 + draw(d, PEOPLE);
    uint32_t counted = hedui_layout_column(c->members, hedui_span_of("counted"));
    for (uint32_t m = 0; m < h->member_count; m++) {
        draw_row(&h->members[m], d, c->members);
        (void)snprintf(h->members[m].cells[counted], TEXT, "%s", draw(d, 5) ? "是" : "否");
        h->members[m].unauthorised = draw(d, 12) == 0;
    }
    if (c->supporters != UINT32_MAX && draw(d, 8)) {
        drawn_list *list = &h->lists[c->supporters];
        list->checked = 1;
        h->supporter_count = list->count = draw(d, 3);
        for (uint32_t i = 0; i < list->count; i++) {
            draw_row(&list->rows[i], d, c->feeds[c->supporters]);
            list->rows[i].unauthorised = draw(d, 6) == 0;
        }
    }
    for (uint32_t f = 0; f < c->feed_count; f++)
        if (f != c->supporters && draw(d, 8))
            draw_list(&h->lists[f], d, h, f);
}

static inline void write_row(hedui_buffer *out, const hedui_layout *layout, const drawn_row *row)
{
    const char *before = "";
    hedui_buffer_text(out, "{");
    for (uint32_t c = 0; c < layout->column_count && c < CELLS; c++) {
        if (!row->cells[c][0])
            continue;
        hedui_buffer_text(out, before);
        hedui_buffer_add(out, layout->columns[c].name);
        hedui_buffer_format(out, ": \"%s\"", row->cells[c]);
        before = ", ";
    }
    if (row->member || row->supporter) {
        hedui_buffer_format(out, "%s%s: %u", before, row->member ? "member" : "supporter",
                            row->member ? row->member : (unsigned)row->supporter);
        before = ", ";
    }
    if (row->unauthorised)
        hedui_buffer_format(out, "%sauthorised: false", before);
    hedui_buffer_text(out, "}");
}

static inline void write_household(hedui_buffer *out, const drawn_household *h,
                                   const hedui_catalogue *c)
{
    hedui_buffer_text(out, "household: ");
    write_row(out, c->households, &h->household);
    hedui_buffer_text(out, "\nmembers:\n");
    for (uint32_t m = 0; m < h->member_count; m++) {
        hedui_buffer_text(out, "  - ");
        write_row(out, c->members, &h->members[m]);
        hedui_buffer_text(out, "\n");
    }
    for (uint32_t f = 0; f < c->feed_count; f++) {
        const drawn_list *list = &h->lists[f];
        hedui_buffer_add(out, c->feeds[f]->as);
        hedui_buffer_text(out, !list->checked ? ": not_checked\n" : list->count ? ":\n" : ": []\n");
        for (uint32_t i = 0; list->checked && i < list->count; i++) {
            hedui_buffer_text(out, "  - ");
            write_row(out, c->feeds[f], &list->rows[i]);
            hedui_buffer_text(out, "\n");
        }
    }
}

/* A household under judgement: its book is the test's own and may be spoilt. */
typedef struct bench {
    hedui_arena *arena;
    hedui_book book;
    hedui_judge judge;
} bench;

static inline void open_bench(bench *b, const drawn_household *h, const hedui_rulebook *rulebook,
                              int32_t as_of)
{
    const hedui_yaml *yaml = NULL;
    hedui_buffer text;
    hedui_err err;
    hedui_err_init(&err);
    hedui_buffer_init(&text);
    write_household(&text, h, rulebook->catalogue);
    b->arena = hedui_arena_open(0);
    hedui_status status =
        hedui_yaml_parse(&yaml, "given", hedui_buffer_span(&text), b->arena, &err);
    if (!status)
        status = hedui_given_make(&b->book, rulebook, NULL, yaml, yaml->root, b->arena, &err);
    if (status)
        fail_msg("E%d at %u:%u of\n%.*s", (int)status, err.line, err.column, (int)text.length,
                 text.data);
    hedui_buffer_free(&text);
    b->book.as_of = as_of;
    assert_int_equal(hedui_judge_open(&b->judge, rulebook, &b->book), HEDUI_OK);
    hedui_judge_household(&b->judge, 0);
}

static inline void close_bench(bench *b)
{
    hedui_judge_close(&b->judge);
    hedui_arena_close(b->arena);
}

/* What one rule said, findings linked from the judge's own list. */
typedef struct verdict {
    hedui_answer answer;
    const hedui_finding *first;
    uint32_t findings;
} verdict;

static inline verdict judge_rule(bench *b, uint32_t rule)
{
    const hedui_finding *const *since = b->judge.last_finding;
    uint32_t before = b->judge.finding_count;
    verdict v = {.answer = hedui_judge_rule(&b->judge, rule)};
    assert_int_equal(b->judge.err.status, HEDUI_OK);
    v.first = *since;
    v.findings = b->judge.finding_count - before;
    return v;
}

/* The same in every word and digest. */
static inline int same_finding(const hedui_finding *x, const hedui_finding *y)
{
    if (!hedui_span_equal(x->subject, y->subject) || !hedui_span_equal(x->message, y->message) ||
        x->proof_count != y->proof_count || x->effect != y->effect || x->member != y->member ||
        memcmp(&x->content, &y->content, sizeof x->content) != 0)
        return 0;
    for (uint32_t i = 0; i < x->proof_count; i++)
        if (memcmp(&x->proofs[i].content, &y->proofs[i].content, sizeof x->content) != 0)
            return 0;
    return 1;
}

static inline int same_verdict(const verdict *x, const verdict *y)
{
    const hedui_finding *f = x->first, *g = y->first;
    for (; f && g; f = f->next, g = g->next)
        if (!same_finding(f, g))
            return 0;
    return x->answer == y->answer && !f && !g;
}

#endif
