/* Distributions of a delivery. A right file with wrong contents (all amounts times a hundred, all
 * statuses "stopped") passes every check of form; what gives it away is that it does not look like
 * the last one.
 *
 * A figure is named by kind, column and code, so that a layout may watch other columns tomorrow: a
 * name that the baseline does not have is not compared. */
#include "run/figure.h"

#include <hedui/buffer.h>

#include <stdio.h>
#include <stdlib.h>

__extension__ typedef __int128 wide; /* products of counts and a million */

enum { MILLION = 1000000 };

/* What is being taken, and where it goes. */
typedef struct taking {
    const hedui_facts *facts;
    hedui_figure *figures;
    uint32_t count, capacity;
    hedui_arena *arena;
    int failed;
} taking;

static void add(taking *t, const char *kind, hedui_span column, hedui_span code, int64_t part,
                int64_t whole)
{
    hedui_buffer name;
    if (t->count == t->capacity) {
        uint32_t capacity = t->capacity ? t->capacity * 2 : 16;
        hedui_figure *more = hedui_arena_array(t->arena, capacity, sizeof *more);
        if (!more) {
            t->failed = 1;
            return;
        }
        if (t->count)
            memcpy(more, t->figures, t->count * sizeof *more);
        t->figures = more;
        t->capacity = capacity;
    }
    hedui_buffer_init(&name);
    hedui_buffer_format(&name, "%s ", kind);
    hedui_buffer_add(&name, column);
    if (code.length) {
        hedui_buffer_byte(&name, ' ');
        hedui_buffer_add(&name, code);
    }
    hedui_figure *made = &t->figures[t->count++];
    *made = (hedui_figure){hedui_arena_copy(t->arena, hedui_buffer_span(&name)), part, whole};
    t->failed |= hedui_buffer_failed(&name) || !made->name.at;
    hedui_buffer_free(&name);
}

/* 1 if fact `i` has a value and is the first of its row: husband and wife are two facts of one. */
static int counts(const hedui_facts *facts, uint32_t i, uint32_t column)
{
    return hedui_facts_state(facts, i, column) == HEDUI_CELL_VALUE &&
           (i == 0 || hedui_facts_row(facts, i) != hedui_facts_row(facts, i - 1));
}

static void take_shares(taking *t, uint32_t column, hedui_arena *scratch)
{
    const hedui_column *c = &t->facts->layout->columns[column];
    int64_t *of = hedui_arena_array(scratch, c->list->count, sizeof *of), whole = 0;
    if (!of) {
        t->failed = 1;
        return;
    }
    for (uint32_t i = 0; i < t->facts->count; i++) {
        if (!counts(t->facts, i, column))
            continue;
        int64_t number = hedui_facts_number(t->facts, i, column);
        whole++;
        if (c->type == HEDUI_COLUMN_CODE)
            of[number]++;
        for (uint32_t k = 0; c->type == HEDUI_COLUMN_CODES && k < c->list->count; k++)
            of[k] += (int64_t)((uint64_t)number >> k & 1);
    }
    add(t, "share", c->name, hedui_span_of(""), whole, whole);
    for (uint32_t k = 0; k < c->list->count; k++)
        if (of[k])
            add(t, "share", c->name, c->list->codes[k].code, of[k], whole);
}

static int by_size(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

static void take_numbers(taking *t, uint32_t column, const hedui_layout_watch *watch,
                         hedui_arena *scratch)
{
    const hedui_column *c = &t->facts->layout->columns[column];
    int64_t *values = hedui_arena_array(scratch, t->facts->count, sizeof *values), zeros = 0;
    size_t count = 0;
    if (!values) {
        t->failed = 1;
        return;
    }
    for (uint32_t i = 0; i < t->facts->count; i++) {
        if (!counts(t->facts, i, column))
            continue;
        values[count++] = hedui_facts_number(t->facts, i, column);
        zeros += values[count - 1] == 0;
    }
    if (watch->zero >= 0)
        add(t, "zero", c->name, hedui_span_of(""), zeros, (int64_t)count);
    if (watch->median < 0)
        return;
    qsort(values, count, sizeof *values, by_size);
    add(t, "median", c->name, hedui_span_of(""), count ? values[(count - 1) / 2] : 0,
        (int64_t)count);
}

/* Columns where empty means that nobody knows: how many of the rows leave them so. Named by the
 * title, for people; nothing is held against them. */
static void take_empty(taking *t)
{
    const hedui_layout *layout = t->facts->layout;
    for (uint32_t c = 0; c < layout->column_count; c++) {
        int64_t empty = 0, rows = 0;
        for (uint32_t i = 0; layout->columns[c].empty == HEDUI_EMPTY_UNKNOWN && i < t->facts->count;
             i++) {
            hedui_cell_state state = hedui_facts_state(t->facts, i, c);
            if ((i && hedui_facts_row(t->facts, i) == hedui_facts_row(t->facts, i - 1)) ||
                state == HEDUI_CELL_NO_COLUMN)
                continue;
            rows++;
            empty += state == HEDUI_CELL_UNKNOWN;
        }
        if (rows)
            add(t, "empty", layout->columns[c].title, hedui_span_of(""), empty, rows);
    }
}

hedui_status hedui_figures_take(const hedui_figure **figures, uint32_t *count,
                                const hedui_facts *facts, hedui_arena *arena, hedui_err *err)
{
    const hedui_layout_guards *guards = &facts->layout->guards;
    taking t = {.facts = facts, .arena = arena};
    hedui_arena *scratch = hedui_arena_open(0);
    if (!scratch)
        return hedui_fail_memory(err);
    for (uint32_t w = 0; w < guards->watch_count; w++) {
        const hedui_layout_watch *watch = &guards->watches[w];
        if (watch->share >= 0)
            take_shares(&t, watch->column, scratch);
        else
            take_numbers(&t, watch->column, watch, scratch);
    }
    take_empty(&t);
    hedui_arena_close(scratch);
    if (t.failed)
        return hedui_fail_memory(err);
    *figures = t.figures;
    *count = t.count;
    return HEDUI_OK;
}

/* Two sets of figures side by side. */
typedef struct comparing {
    const hedui_layout *layout;
    const hedui_figure *now, *was;
    uint32_t now_count, was_count;
    void (*moved)(void *context, hedui_status number, hedui_span argument);
    void *context;
    hedui_buffer name, text;
} comparing;

static const hedui_figure *find(const hedui_figure *figures, uint32_t count, hedui_span name)
{
    for (uint32_t i = 0; i < count; i++)
        if (hedui_span_equal(figures[i].name, name))
            return &figures[i];
    return NULL;
}

static hedui_span name_of(comparing *c, const char *kind, hedui_span column, hedui_span code)
{
    hedui_buffer_restart(&c->name);
    hedui_buffer_format(&c->name, "%s ", kind);
    hedui_buffer_add(&c->name, column);
    if (code.length) {
        hedui_buffer_byte(&c->name, ' ');
        hedui_buffer_add(&c->name, code);
    }
    return hedui_buffer_span(&c->name);
}

/* The same figure of both sides; 0 and a word about it if they cannot be compared. */
static int both(comparing *c, const hedui_figure **now, const hedui_figure **was, const char *kind,
                const hedui_column *column)
{
    hedui_span name = name_of(c, kind, column->name, hedui_span_of(""));
    int64_t least = c->layout->guards.watch_from > 0 ? c->layout->guards.watch_from : 1;
    *now = find(c->now, c->now_count, name);
    *was = find(c->was, c->was_count, name);
    if (*now && *was && (*now)->whole >= least && (*was)->whole >= least)
        return 1;
    c->moved(c->context, HEDUI_E2134, column->title);
    return 0;
}

static int64_t share(int64_t part, int64_t whole)
{
    return whole ? (int64_t)((wide)part * MILLION / whole) : 0;
}

static void add_share(hedui_buffer *text, int64_t millionths)
{
    hedui_buffer_format(text, "\t%lld.%02lld%%", (long long)(millionths / 10000),
                        (long long)(millionths % 10000 / 100));
}

static int64_t distance(int64_t a, int64_t b)
{
    return a < b ? b - a : a - b;
}

static void compare_shares(comparing *c, const hedui_layout_watch *watch)
{
    const hedui_column *column = &c->layout->columns[watch->column];
    const hedui_figure *now, *was;
    int64_t most = watch->share, is = 0, before = 0;
    uint32_t worst = HEDUI_CODE_NONE;
    if (!both(c, &now, &was, "share", column))
        return;
    for (uint32_t k = 0; k < column->list->count; k++) {
        hedui_span name = name_of(c, "share", column->name, column->list->codes[k].code);
        const hedui_figure *a = find(c->now, c->now_count, name);
        const hedui_figure *b = find(c->was, c->was_count, name);
        int64_t x = a ? share(a->part, now->whole) : 0, y = b ? share(b->part, was->whole) : 0;
        if (distance(x, y) <= most)
            continue;
        most = distance(x, y);
        worst = k;
        is = x;
        before = y;
    }
    if (worst == HEDUI_CODE_NONE)
        return;
    hedui_buffer_restart(&c->text);
    hedui_buffer_add(&c->text, column->title);
    hedui_buffer_byte(&c->text, '\t');
    hedui_buffer_add(&c->text, column->list->codes[worst].label);
    add_share(&c->text, is);
    add_share(&c->text, before);
    add_share(&c->text, watch->share);
    c->moved(c->context, HEDUI_E2131, hedui_buffer_span(&c->text));
}

static void compare_zeros(comparing *c, const hedui_layout_watch *watch)
{
    const hedui_column *column = &c->layout->columns[watch->column];
    const hedui_figure *now, *was;
    if (!both(c, &now, &was, "zero", column))
        return;
    int64_t is = share(now->part, now->whole), before = share(was->part, was->whole);
    if (distance(is, before) <= watch->zero)
        return;
    hedui_buffer_restart(&c->text);
    hedui_buffer_add(&c->text, column->title);
    add_share(&c->text, is);
    add_share(&c->text, before);
    add_share(&c->text, watch->zero);
    c->moved(c->context, HEDUI_E2132, hedui_buffer_span(&c->text));
}

static void compare_medians(comparing *c, const hedui_layout_watch *watch)
{
    const hedui_column *column = &c->layout->columns[watch->column];
    const hedui_figure *now, *was;
    if (!both(c, &now, &was, "median", column))
        return;
    wide moved = (wide)now->part - was->part, size = was->part < 0 ? -(wide)was->part : was->part;
    if ((moved < 0 ? -moved : moved) * MILLION <= size * watch->median)
        return;
    hedui_buffer_restart(&c->text);
    hedui_buffer_add(&c->text, column->title);
    hedui_buffer_byte(&c->text, '\t');
    hedui_column_print(&c->text, column, now->part);
    hedui_buffer_byte(&c->text, '\t');
    hedui_column_print(&c->text, column, was->part);
    add_share(&c->text, watch->median);
    c->moved(c->context, HEDUI_E2133, hedui_buffer_span(&c->text));
}

hedui_status hedui_figures_compare(const hedui_layout *layout, const hedui_figure *now,
                                   uint32_t now_count, const hedui_figure *was, uint32_t was_count,
                                   void (*moved)(void *context, hedui_status number,
                                                 hedui_span argument),
                                   void *context, hedui_err *err)
{
    comparing c = {layout, now, was, now_count, was_count, moved, context, {0}, {0}};
    hedui_buffer_init(&c.name);
    hedui_buffer_init(&c.text);
    for (uint32_t w = 0; w < layout->guards.watch_count; w++) {
        const hedui_layout_watch *watch = &layout->guards.watches[w];
        if (watch->share >= 0)
            compare_shares(&c, watch);
        if (watch->zero >= 0)
            compare_zeros(&c, watch);
        if (watch->median >= 0)
            compare_medians(&c, watch);
    }
    int failed = hedui_buffer_failed(&c.name) || hedui_buffer_failed(&c.text);
    hedui_buffer_free(&c.name);
    hedui_buffer_free(&c.text);
    return failed ? hedui_fail_memory(err) : HEDUI_OK;
}
