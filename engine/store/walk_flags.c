/* The list of flags: one row each that stands, household by household. Of a household all flags are
 * read, put into the order of the rules, and told one by one with the rows that they rest on. */
#include "store/walk.h"

#include "store/list.h"

#include <hedui/label.h>

/* A flag that stands, as its newest event says. */
typedef struct flag {
    const hedui_walk_rule *rule; /* NULL: the run did not judge by it */
    int64_t version, run, since; /* since: run that raised it first */
    hedui_span rule_id, kind, why, effect, person, person_masked, message;
    int capped;
} flag;

/* A delivery as it is told. */
typedef struct file {
    hedui_span source, name, day;
} file;

/* A row that a flag rests on. */
typedef struct proof {
    int64_t delivery, line;
    hedui_span match;
} proof;

/* Cells that are put together. */
enum { SOURCES, FILES, LINES, DAYS, MATCHES, EFFECT, STATUS, BUFFERS };

struct hedui_walk_flags {
    uint8_t *ever;    /* a bit a household: some run raised a flag there */
    hedui_span *runs; /* ids of runs, by number */
    const file **files;
    size_t file_count;  /* by number of the delivery; NULL: not read yet */
    hedui_arena *arena; /* of one household: */
    flag *flags;
    uint32_t count, room, next;
    hedui_span town, area, head;
    int64_t counted, paid_fen, unanswered;
    hedui_buffer buffers[BUFFERS];
};

/* --- what is known beforehand ----------------------------------------------------------------- */

static hedui_status number_of(int64_t *number, hedui_walk *w, const char *name, hedui_err *err)
{
    hedui_sql sql = hedui_sql_begin(w->store, name);
    return hedui_sql_value(number, &sql, err);
}

static hedui_status read_ever(hedui_walk *w, hedui_err *err)
{
    int64_t last = 0;
    hedui_status status = number_of(&last, w, "household_last", err);
    if (status)
        return status;
    uint8_t *bits = hedui_arena_array(w->arena, (size_t)last / 8 + 1, 1);
    if (!bits)
        return hedui_fail_memory(err);
    hedui_sql sql = hedui_sql_begin(w->store, "walk_flagged");
    while (hedui_sql_row(&sql, err)) {
        int64_t household = hedui_sql_get_number(&sql, 0);
        if (household >= 0 && household <= last)
            bits[household / 8] |= (uint8_t)(1u << household % 8);
    }
    w->flags->ever = bits;
    return sql.status;
}

static hedui_status read_runs(hedui_walk *w, hedui_err *err)
{
    int64_t last = 0;
    hedui_status status = number_of(&last, w, "walk_run_last", err);
    if (status)
        return status;
    hedui_span *runs = hedui_arena_array(w->arena, (size_t)last + 1, sizeof *runs);
    if (!runs)
        return hedui_fail_memory(err);
    hedui_sql sql = hedui_sql_begin(w->store, "walk_runs");
    while (hedui_sql_row(&sql, err)) {
        int64_t number = hedui_sql_get_number(&sql, 0);
        if (number >= 0 && number <= last)
            runs[number] = hedui_sql_get_text(&sql, 1, w->arena);
    }
    w->flags->runs = runs;
    return sql.status;
}

static hedui_status make_files(hedui_walk *w, hedui_err *err)
{
    int64_t last = 0;
    hedui_status status = number_of(&last, w, "walk_file_last", err);
    if (status)
        return status;
    w->flags->file_count = (size_t)last + 1;
    w->flags->files = hedui_arena_array(w->arena, w->flags->file_count, sizeof *w->flags->files);
    return w->flags->files ? HEDUI_OK : hedui_fail_memory(err);
}

/* Read when a row first needs it: a store of years has many that no flag rests on any more. */
static const file *file_of(hedui_walk *w, int64_t delivery, hedui_err *err)
{
    const file **files = w->flags->files;
    if (delivery < 0 || (size_t)delivery >= w->flags->file_count)
        return NULL;
    if (files[delivery])
        return files[delivery];
    file *made = hedui_arena_take(w->arena, sizeof *made);
    if (!made) {
        w->status = hedui_fail_memory(err);
        return NULL;
    }
    hedui_sql sql = hedui_sql_begin(w->store, "walk_file");
    hedui_sql_number(&sql, delivery);
    if (hedui_sql_row(&sql, err)) {
        made->source = hedui_sql_get_text(&sql, 0, w->arena);
        made->name = hedui_sql_get_text(&sql, 1, w->arena);
        made->day = hedui_sql_get_text(&sql, 2, w->arena);
        files[delivery] = made;
        (void)hedui_sql_finish(&sql, err);
    }
    w->status = sql.status;
    return w->status ? NULL : files[delivery];
}

/* --- the flags of a household ----------------------------------------------------------------- */

static flag *add_flag(struct hedui_walk_flags *f)
{
    if (f->count == f->room) {
        flag *more = hedui_arena_array(f->arena, 2 * f->room + 8, sizeof *more);
        if (!more)
            return NULL;
        if (f->count)
            memcpy(more, f->flags, f->count * sizeof *more);
        f->flags = more;
        f->room = 2 * f->room + 8;
    }
    return &f->flags[f->count++];
}

static int read_flag(hedui_walk *w, hedui_sql *row)
{
    struct hedui_walk_flags *f = w->flags;
    flag *made = add_flag(f);
    if (!made)
        return 0;
    made->run = hedui_sql_get_number(row, 1);
    made->kind = hedui_sql_get_text(row, 2, f->arena);
    made->effect = hedui_sql_get_text(row, 3, f->arena);
    made->rule = hedui_walk_rule_of(w, hedui_sql_see_text(row, 4));
    made->rule_id = made->rule ? made->rule->id : hedui_sql_get_text(row, 4, f->arena);
    made->since = hedui_sql_get_number(row, 5);
    made->version = hedui_sql_get_number(row, 6);
    made->why = hedui_sql_get_text(row, 7, f->arena);
    made->capped = (int)hedui_sql_get_number(row, 8);
    made->person = hedui_sql_get_text(row, 9, f->arena);
    made->person_masked = hedui_sql_get_text(row, 10, f->arena);
    made->message = hedui_sql_get_text(row, 11, f->arena);
    return row->code == SQLITE_OK;
}

static int64_t place_of(const flag *f)
{
    return f->rule ? f->rule->place : INT64_MIN;
}

/* They come by rule and subject; by the place of their rule they are a few. */
static void sort(flag *flags, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        flag moved = flags[i];
        uint32_t at = i;
        for (; at && place_of(&flags[at - 1]) > place_of(&moved); at--)
            flags[at] = flags[at - 1];
        flags[at] = moved;
    }
}

/* Its flags that stand: tags are none, and what is gone stands no more. */
static hedui_status read_flags(hedui_walk *w, int64_t household, hedui_err *err)
{
    int64_t last = 0;
    hedui_sql sql = hedui_sql_begin(w->store, "walk_flags");
    hedui_sql_number(&sql, household);
    while (hedui_sql_row(&sql, err)) {
        int64_t number = hedui_sql_get_number(&sql, 0);
        if (number == last || !hedui_walk_rests_on(w, hedui_sql_get_number(&sql, 1)))
            continue;
        last = number;
        if (hedui_span_is(hedui_sql_see_text(&sql, 2), "gone") ||
            hedui_span_is(hedui_sql_see_text(&sql, 3), "inform"))
            continue;
        if (read_flag(w, &sql))
            continue;
        hedui_sql_end(&sql);
        return hedui_fail_memory(err);
    }
    sort(w->flags->flags, w->flags->count);
    return sql.status;
}

/* What the household is; without a row that the run rests on there is nothing to tell. */
static hedui_status read_household(hedui_walk *w, int64_t household, hedui_err *err)
{
    struct hedui_walk_flags *f = w->flags;
    int is_known = 0;
    hedui_sql sql = hedui_sql_begin(w->store, "walk_household");
    hedui_sql_number(&sql, household);
    while (!is_known && hedui_sql_row(&sql, err))
        is_known = hedui_walk_rests_on(w, hedui_sql_get_number(&sql, 0));
    if (!is_known) {
        f->count = 0;
        return sql.status;
    }
    f->town = hedui_sql_get_text(&sql, 1, f->arena);
    f->area = hedui_sql_get_text(&sql, 2, f->arena);
    f->head = hedui_sql_get_text(&sql, 3, f->arena);
    f->counted = hedui_sql_get_number(&sql, 4);
    f->paid_fen = hedui_sql_get_number(&sql, 5);
    f->unanswered = hedui_sql_get_number(&sql, 6);
    return hedui_sql_finish(&sql, err);
}

/* The next household with a flag that stands. */
static int next_household(hedui_walk *w, hedui_err *err)
{
    struct hedui_walk_flags *f = w->flags;
    while (!w->status && hedui_walk_next(w, err)) {
        int64_t number = sqlite3_column_int64(w->rows, 0);
        if (!(f->ever[number / 8] >> number % 8 & 1))
            continue;
        hedui_arena_reset(f->arena, (hedui_arena_mark){0});
        f->flags = NULL;
        f->count = f->room = f->next = 0;
        w->status = read_flags(w, number, err);
        if (!w->status && f->count)
            w->status = read_household(w, number, err);
        if (!w->status && f->count)
            return 1;
    }
    return 0;
}

/* --- one flag --------------------------------------------------------------------------------- */

static void read_proof(void *item, hedui_sql *sql, hedui_arena *arena)
{
    proof *row = item;
    row->delivery = hedui_sql_get_number(sql, 0);
    row->line = hedui_sql_get_number(sql, 1);
    row->match = hedui_sql_get_text(sql, 2, arena);
}

/* A piece behind those of the same delivery, or the first of its delivery. */
static void put(hedui_buffer *out, int is_first, hedui_span piece)
{
    if (!is_first)
        hedui_buffer_text(out, "、");
    hedui_buffer_add(out, piece);
}

/* The rows of one delivery, from the first on, and each way of matching once. */
static void put_rows(hedui_buffer *buffers, const proof *rows, size_t first, size_t count)
{
    int is_first = 1;
    for (size_t i = first; i < count; i++) {
        if (rows[i].delivery != rows[first].delivery)
            continue;
        if (i > first)
            hedui_buffer_text(&buffers[LINES], "、");
        if (rows[i].line)
            hedui_buffer_number(&buffers[LINES], rows[i].line);
        else
            hedui_buffer_text(&buffers[LINES], "无相关记录");
        hedui_span match = rows[i].line ? hedui_label(HEDUI_LABEL_MATCH, rows[i].match, HEDUI_ZH)
                                        : hedui_span_of("—");
        int is_told = 0;
        for (size_t k = first; k < i && !is_told; k++)
            is_told = rows[k].delivery == rows[i].delivery && !rows[k].line == !rows[i].line &&
                      (!rows[i].line || hedui_span_equal(rows[k].match, rows[i].match));
        if (is_told)
            continue;
        put(&buffers[MATCHES], is_first, match);
        is_first = 0;
    }
}

/* Deliveries in the order of their first rows. */
static int put_proofs(hedui_walk *w, const proof *rows, size_t count, hedui_err *err)
{
    hedui_buffer *buffers = w->flags->buffers;
    for (size_t i = 0; i < count; i++) {
        int is_told = 0;
        for (size_t k = 0; k < i && !is_told; k++)
            is_told = rows[k].delivery == rows[i].delivery;
        if (is_told)
            continue;
        const file *from = file_of(w, rows[i].delivery, err);
        if (w->status)
            return 0;
        if (!from)
            continue;
        for (int b = SOURCES; i && b <= MATCHES; b++)
            hedui_buffer_text(&buffers[b], "；");
        hedui_buffer_add(&buffers[SOURCES], from->source);
        hedui_buffer_add(&buffers[FILES], from->name);
        hedui_buffer_add(&buffers[DAYS], from->day);
        put_rows(buffers, rows, i, count);
    }
    return 1;
}

static hedui_span effect_of(hedui_walk *w, const flag *f)
{
    hedui_buffer *out = &w->flags->buffers[EFFECT];
    hedui_span words = hedui_label(HEDUI_LABEL_EFFECT, f->effect, HEDUI_ZH);
    if (!f->capped)
        return words;
    hedui_buffer_add(out, words);
    hedui_buffer_text(out, "（匹配存疑，仅作核实）");
    return hedui_buffer_span(out);
}

/* New and changed is a flag in the run that says so; later it continues. */
static hedui_span status_of(hedui_walk *w, const flag *f)
{
    hedui_buffer *out = &w->flags->buffers[STATUS];
    int is_of_now =
        f->run == w->run && (hedui_span_is(f->kind, "new") || hedui_span_is(f->kind, "changed"));
    int is_kept = is_of_now || hedui_span_is(f->kind, "not_checked");
    hedui_span words =
        hedui_label(HEDUI_LABEL_FLAG, is_kept ? f->kind : hedui_span_of("continuing"), HEDUI_ZH);
    if (!f->why.length)
        return words;
    hedui_buffer_add(out, words);
    hedui_buffer_text(out, "（");
    hedui_buffer_add(out, hedui_label(HEDUI_LABEL_WHY, f->why, HEDUI_ZH));
    hedui_buffer_text(out, "）");
    return hedui_buffer_span(out);
}

static int tell_proofs(size_t *count, hedui_walk *w, int64_t version, hedui_err *err)
{
    const void *rows = NULL;
    hedui_sql sql = hedui_sql_begin(w->store, "walk_evidence");
    hedui_sql_number(&sql, version);
    w->status =
        hedui_store_read(&rows, count, &sql, sizeof(proof), read_proof, w->flags->arena, err);
    return !w->status && put_proofs(w, rows, *count, err);
}

static int step(hedui_sheet_cell *cells, hedui_walk *w, hedui_err *err)
{
    static const hedui_walk_rule unknown = {.title = {NULL, 0}};
    struct hedui_walk_flags *f = w->flags;
    size_t count = 0;
    if (f->next == f->count && !next_household(w, err))
        return 0;
    const flag *now = &f->flags[f->next++];
    const hedui_walk_rule *rule = now->rule ? now->rule : &unknown;
    for (int b = 0; b < BUFFERS; b++)
        hedui_buffer_clear(&f->buffers[b]);
    if (!tell_proofs(&count, w, now->version, err))
        return 0;
    hedui_span severity = hedui_label(HEDUI_LABEL_SEVERITY, rule->severity, HEDUI_ZH);
    *cells++ = hedui_sheet_text(hedui_walk_text(w, 1));
    *cells++ = hedui_sheet_text(f->town);
    *cells++ = hedui_sheet_text(f->area);
    *cells++ = hedui_sheet_text(f->head);
    *cells++ = hedui_sheet_number(f->counted);
    *cells++ = hedui_sheet_number(f->paid_fen);
    *cells++ = hedui_sheet_text(now->rule_id);
    *cells++ = hedui_sheet_text(now->rule ? rule->title : now->rule_id);
    *cells++ = hedui_sheet_text(now->person);
    *cells++ = hedui_sheet_text(now->person_masked);
    *cells++ = hedui_sheet_text(now->message);
    *cells++ = (hedui_sheet_cell){.is_empty = !severity.length, .text = severity};
    *cells++ = hedui_sheet_text(effect_of(w, now));
    *cells++ = hedui_sheet_text(status_of(w, now));
    *cells++ = hedui_sheet_text(f->runs[now->since]);
    for (int b = SOURCES; b <= MATCHES; b++)
        *cells++ =
            (hedui_sheet_cell){.is_empty = !count, .text = hedui_buffer_span(&f->buffers[b])};
    *cells++ = hedui_sheet_text(rule->ask);
    *cells++ = hedui_sheet_text(rule->clears);
    *cells++ = hedui_sheet_text(rule->basis);
    *cells++ = hedui_sheet_number(f->unanswered);
    *cells++ = hedui_sheet_text(w->run_id);
    *cells++ = hedui_sheet_text(hedui_span_of("疑点为比对线索，不作为认定结论"));
    for (int b = 0; b < BUFFERS && !w->status; b++)
        if (hedui_buffer_failed(&f->buffers[b]))
            w->status = hedui_fail_memory(err);
    return !w->status;
}

hedui_status hedui_walk_open_flags(hedui_walk *w, hedui_err *err)
{
    w->flags = hedui_arena_take(w->arena, sizeof *w->flags);
    if (!w->flags)
        return hedui_fail_memory(err);
    for (int b = 0; b < BUFFERS; b++)
        hedui_buffer_init(&w->flags->buffers[b]);
    w->flags->arena = hedui_arena_open(0);
    w->step = step;
    hedui_status status = w->flags->arena ? HEDUI_OK : hedui_fail_memory(err);
    if (!status)
        status = read_ever(w, err);
    if (!status)
        status = read_runs(w, err);
    return status ? status : make_files(w, err);
}

void hedui_walk_close_flags(hedui_walk *w)
{
    if (!w->flags)
        return;
    for (int b = 0; b < BUFFERS; b++)
        hedui_buffer_free(&w->flags->buffers[b]);
    hedui_arena_close(w->flags->arena);
}
