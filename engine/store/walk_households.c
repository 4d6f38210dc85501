/* The list of households: one row each, as the newest run that the run rests on left it, with the
 * causes that kept rules from being answered. */
#include "store/walk.h"

#include <hedui/label.h>

#include <stdlib.h>

/* Why rules of one household stayed open, in words. */
struct hedui_walk_words {
    hedui_arena *arena; /* of one household */
    hedui_buffer joined;
};

/* Of the view's statement. */
enum { NUMBER, RUN, ID, TOWN, AREA, HEAD, MEMBERS, COUNTED, PAID, STATE, FLAGS, UNANSWERED };

static int by_words(const void *a, const void *b)
{
    return hedui_span_compare(*(const hedui_span *)a, *(const hedui_span *)b);
}

static hedui_span words_of(const hedui_sql *row, hedui_arena *arena)
{
    hedui_span person = hedui_sql_see_text(row, 5);
    const hedui_span parts[] = {
        hedui_sql_see_text(row, 3),
        HEDUI_SPAN(" "),
        hedui_label(HEDUI_LABEL_CAUSE, hedui_sql_see_text(row, 4), HEDUI_ZH),
        HEDUI_SPAN("（"),
        person,
        HEDUI_SPAN("）")};
    size_t count = person.length ? 6 : 3, length = 0;
    for (size_t i = 0; i < count; i++)
        length += parts[i].length;
    char *at = hedui_arena_take(arena, length + 1);
    hedui_span words = {at, 0};
    for (size_t i = 0; at && i < count; i++) {
        memcpy(at + words.length, parts[i].at, parts[i].length);
        words.length += parts[i].length;
    }
    return words;
}

/* The causes that are open, in the order of the index. */
static hedui_status read_causes(hedui_span **causes, size_t *count, hedui_walk *w,
                                int64_t household, hedui_err *err)
{
    hedui_arena *arena = w->words->arena;
    size_t used = 0, room = 16;
    int64_t last = 0;
    hedui_span *list = hedui_arena_array(arena, room, sizeof *list);
    hedui_sql sql = hedui_sql_begin(w->store, "walk_causes");
    hedui_sql_number(&sql, household);
    while (list && hedui_sql_row(&sql, err)) {
        int64_t number = hedui_sql_get_number(&sql, 0);
        if (number == last || !hedui_walk_rests_on(w, hedui_sql_get_number(&sql, 1)))
            continue;
        last = number;
        const hedui_walk_rule *rule = hedui_walk_rule_of(w, hedui_sql_see_text(&sql, 3));
        if (!hedui_sql_get_number(&sql, 2) || !rule || !rule->is_lead)
            continue;
        if (used == room) {
            hedui_span *longer = hedui_arena_array(arena, 2 * room, sizeof *longer);
            if (longer)
                memcpy(longer, list, used * sizeof *longer);
            list = longer;
            room *= 2;
        }
        if (list)
            list[used] = words_of(&sql, arena);
        if (!list || !list[used++].at)
            list = NULL;
    }
    hedui_sql_end(&sql);
    *causes = list;
    *count = used;
    return sql.status ? sql.status : list ? HEDUI_OK : hedui_fail_memory(err);
}

/* Each once, in their order. What a gap left open has no cause of its own. */
static hedui_status tell_causes(hedui_span *told, hedui_walk *w, int64_t household, hedui_err *err)
{
    hedui_buffer *joined = &w->words->joined;
    hedui_arena_mark before = hedui_arena_here(w->words->arena);
    hedui_span *causes = NULL;
    size_t count = 0;
    hedui_status status = read_causes(&causes, &count, w, household, err);
    if (status)
        return status;
    qsort(causes, count, sizeof *causes, by_words);
    hedui_buffer_clear(joined);
    for (size_t i = 0; i < count; i++) {
        if (i && hedui_span_equal(causes[i], causes[i - 1]))
            continue;
        if (i)
            hedui_buffer_text(joined, "；");
        hedui_buffer_add(joined, causes[i]);
    }
    hedui_arena_reset(w->words->arena, before);
    if (hedui_buffer_failed(joined))
        return hedui_fail_memory(err);
    *told = count ? hedui_buffer_span(joined) : hedui_span_of("数据源未收到或未采用");
    return HEDUI_OK;
}

/* The newest row of the next household that is in the caseload. */
static int next_household(hedui_span *state, hedui_walk *w, hedui_err *err)
{
    while (hedui_walk_next(w, err)) {
        int64_t number = sqlite3_column_int64(w->rows, NUMBER);
        if (number == w->last || !hedui_walk_rests_on(w, sqlite3_column_int64(w->rows, RUN)))
            continue;
        w->last = number;
        *state = hedui_walk_text(w, STATE);
        if (!hedui_span_is(*state, "absent"))
            return 1;
    }
    return 0;
}

static int step(hedui_sheet_cell *cells, hedui_walk *w, hedui_err *err)
{
    hedui_span state, causes = {"", 0};
    if (!next_household(&state, w, err))
        return 0;
    int64_t unanswered = sqlite3_column_int64(w->rows, UNANSWERED);
    if (unanswered)
        w->status = tell_causes(&causes, w, w->last, err);
    if (w->status)
        return 0;
    int is_paid = sqlite3_column_type(w->rows, PAID) != SQLITE_NULL;
    for (int i = ID; i <= HEAD; i++)
        *cells++ = hedui_sheet_text(hedui_walk_text(w, i));
    for (int i = MEMBERS; i <= COUNTED; i++)
        *cells++ = hedui_sheet_number(sqlite3_column_int64(w->rows, i));
    *cells++ = hedui_sheet_number(is_paid ? sqlite3_column_int64(w->rows, PAID) : INT64_MIN);
    *cells++ = hedui_sheet_text(hedui_label(HEDUI_LABEL_HOUSEHOLD, state, HEDUI_ZH));
    *cells++ = hedui_sheet_number(sqlite3_column_int64(w->rows, FLAGS));
    *cells++ = hedui_sheet_number(unanswered);
    *cells++ = hedui_sheet_text(causes);
    *cells++ = hedui_sheet_text(w->run_id);
    return 1;
}

hedui_status hedui_walk_open_households(hedui_walk *w, hedui_err *err)
{
    w->words = hedui_arena_take(w->arena, sizeof *w->words);
    if (!w->words)
        return hedui_fail_memory(err);
    hedui_buffer_init(&w->words->joined);
    w->words->arena = hedui_arena_open(0);
    w->step = step;
    return w->words->arena ? HEDUI_OK : hedui_fail_memory(err);
}

void hedui_walk_close_households(hedui_walk *w)
{
    if (!w->words)
        return;
    hedui_buffer_free(&w->words->joined);
    hedui_arena_close(w->words->arena);
}
