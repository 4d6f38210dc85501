/* What a run is compared with. Households, flags and causes of the store are each read once, in
 * step with the parts, instead of one question a row: nothing of them is kept but where each row
 * of the part stands. What the base has beside the parts goes into temporary tables, from which
 * flags.sql tells what is gone; on most nights that is little. What the run has written itself lies
 * before the range that a part is compared with. */
#include "store/codes.h"
#include "store/writing.h"

#define NOWHERE UINT32_MAX

/* Where the walk through the households of the part stands. */
typedef struct walking {
    const hedui_run_result *part;
    uint32_t at;
} walking;

/* The household with this id. Ids are asked for in order. */
static uint32_t step_to(walking *to, hedui_span id)
{
    const hedui_run_result *part = to->part;
    int order = 1;
    for (; to->at < part->household_count; to->at++) {
        order = hedui_span_compare(part->households[to->at].id, id);
        if (order >= 0)
            break;
    }
    return order == 0 ? to->at : NOWHERE;
}

/* One of the lists of the base, of the households that the part reaches over. */
static hedui_sql list_base(const hedui_store_writing *w, const char *name)
{
    const hedui_run_result *part = w->result;
    hedui_sql sql = hedui_sql_begin(w->store, name);
    hedui_sql_text(&sql, hedui_buffer_span(&w->after));
    if (part->household_count)
        hedui_sql_text(&sql, part->households[part->household_count - 1].id);
    else
        hedui_sql_null(&sql);
    return sql;
}

/* --- households ------------------------------------------------------------------------------- */

static hedui_status leave_household(hedui_store_writing *w, int64_t number, hedui_err *err)
{
    hedui_sql sql = hedui_sql_begin(w->store, "base_household_insert");
    hedui_sql_number(&sql, number);
    return hedui_sql_run(&sql, err);
}

static uint8_t known_of(const hedui_sql *row, const hedui_run_household *h, int in_base)
{
    if (!in_base)
        return HEDUI_STORE_KNOWN;
    /* what was found about one that was absent may be purged: it says it anew when it returns */
    int same = !hedui_span_is(hedui_sql_see_text(row, 3), "absent") &&
               hedui_span_equal(hedui_sql_see_text(row, 4), h->searched);
    return (uint8_t)(HEDUI_STORE_KNOWN | HEDUI_STORE_IN_BASE | (same ? HEDUI_STORE_SAME_FOUND : 0));
}

static hedui_status compare_households(hedui_store_writing *w, hedui_err *err)
{
    const hedui_run_result *r = w->result;
    walking walk = {r, 0};
    hedui_status status = HEDUI_OK;
    w->records = NULL;
    w->households = hedui_arena_array(w->arena, r->household_count, sizeof *w->households);
    w->known = hedui_arena_array(w->arena, r->household_count, 1);
    if (w->base != HEDUI_SQL_NULL)
        w->records = hedui_arena_array(w->arena, r->household_count, sizeof *w->records);
    if (!w->households || !w->known || (w->base != HEDUI_SQL_NULL && !w->records))
        return hedui_fail_memory(err);
    hedui_sql sql = list_base(w, "household_base_list");
    while (!status && hedui_sql_row(&sql, err)) {
        uint32_t i = step_to(&walk, hedui_sql_see_text(&sql, 0));
        int64_t number = hedui_sql_get_number(&sql, 1);
        int in_base = sqlite3_column_type(sql.statement, 2) != SQLITE_NULL;
        if (i != NOWHERE) {
            w->households[i] = number;
            w->known[i] = known_of(&sql, &r->households[i], in_base);
            if (in_base)
                w->records[i] = hedui_sql_get_digest(&sql, 2);
        } else if (in_base && !hedui_span_is(hedui_sql_see_text(&sql, 3), "absent")) {
            status = leave_household(w, number, err);
        }
    }
    hedui_sql_end(&sql);
    return status ? status : sql.status;
}

/* --- flags ------------------------------------------------------------------------------------ */

typedef struct matching {
    hedui_store_writing *w;
    walking walk;
    uint32_t *first, *first_overridden; /* by household of the part, and one past the last */
    uint8_t *left;                      /* by household: a flag of its base is not raised */
    uint32_t left_count;
} matching;

static uint32_t *index_flags(hedui_store_writing *w, const hedui_run_flag *flags, uint32_t count)
{
    uint32_t households = w->result->household_count, at = 0;
    uint32_t *first = hedui_arena_array(w->arena, (size_t)households + 1, sizeof *first);
    for (uint32_t h = 0; first && h <= households; h++) {
        while (at < count && flags[at].household < h)
            at++;
        first[h] = at;
    }
    return first;
}

static uint32_t find_flag(const hedui_run_result *r, const hedui_run_flag *flags, uint32_t from,
                          uint32_t to, hedui_span rule, hedui_span subject)
{
    for (uint32_t i = from; i < to; i++)
        if (hedui_span_equal(flags[i].subject, subject) &&
            hedui_span_equal(r->rules[flags[i].rule].id, rule))
            return i;
    return NOWHERE;
}

static hedui_status leave_flag(matching *m, const hedui_sql *row, uint32_t household,
                               hedui_err *err)
{
    hedui_store_writing *w = m->w;
    hedui_sql sql = hedui_sql_begin(w->store, "base_flag_insert");
    hedui_sql_number(&sql, hedui_sql_get_number(row, 3));
    hedui_sql_text(&sql, hedui_sql_see_text(row, 4));
    hedui_sql_number(&sql, hedui_sql_get_number(row, 5));
    hedui_sql_text(&sql, hedui_sql_see_text(row, 6));
    hedui_status status = hedui_sql_run(&sql, err);
    if (status || household == NOWHERE || m->left[household])
        return status;
    const hedui_run_household *h = &w->result->households[household];
    hedui_sql present = hedui_sql_begin(w->store, "present_insert");
    m->left[household] = 1;
    m->left_count++;
    hedui_sql_number(&present, w->households[household]);
    hedui_sql_code(&present, hedui_store_state_code(h->state));
    hedui_sql_number(&present, h->unanswered);
    return hedui_sql_run(&present, err);
}

static hedui_status compare_flag(hedui_store_place *place, hedui_store_writing *w,
                                 const hedui_sql *row, const hedui_run_flag *flag, hedui_err *err)
{
    hedui_digest content = hedui_sql_get_digest(row, 7), was = hedui_sql_get_digest(row, 8), shown;
    hedui_status status = hedui_store_digest_shown(&shown, w->digester, flag, err);
    if (status)
        return status;
    if (memcmp(content.bytes, flag->content.bytes, sizeof content.bytes) != 0)
        place->before = HEDUI_STORE_CHANGED;
    else if (memcmp(was.bytes, shown.bytes, sizeof was.bytes) != 0)
        place->before = HEDUI_STORE_RESTATED;
    else if (hedui_span_is(hedui_sql_see_text(row, 4), "not_checked"))
        place->before = HEDUI_STORE_RESUMED;
    else
        place->before = HEDUI_STORE_AS_IT_WAS;
    return HEDUI_OK;
}

static hedui_status match_flag(matching *m, const hedui_sql *row, hedui_err *err)
{
    hedui_store_writing *w = m->w;
    const hedui_run_result *r = w->result;
    hedui_span rule = hedui_sql_see_text(row, 1), subject = hedui_sql_see_text(row, 2);
    hedui_span kind = hedui_sql_see_text(row, 4); /* empty: the base knows nothing of it */
    int in_base = kind.length && !hedui_span_is(kind, "gone");
    uint32_t h = step_to(&m->walk, hedui_sql_see_text(row, 0));
    uint32_t at = h == NOWHERE
                      ? NOWHERE
                      : find_flag(r, r->flags, m->first[h], m->first[h + 1], rule, subject);
    if (at != NOWHERE) {
        w->places[at].number = hedui_sql_get_number(row, 3);
        return in_base ? compare_flag(&w->places[at], w, row, &r->flags[at], err) : HEDUI_OK;
    }
    if (h != NOWHERE) {
        at = find_flag(r, r->overridden, m->first_overridden[h], m->first_overridden[h + 1], rule,
                       subject);
        if (at != NOWHERE)
            w->places[r->flag_count + at].number = hedui_sql_get_number(row, 3);
    }
    return in_base ? leave_flag(m, row, h, err) : HEDUI_OK;
}

/* Only where a flag is not raised any more does it matter what was left unanswered. */
static hedui_status tell_unanswered(const matching *m, hedui_err *err)
{
    const hedui_store_writing *w = m->w;
    hedui_status status = HEDUI_OK;
    for (uint32_t i = 0; m->left_count && !status && i < w->result->undetermined_count; i++) {
        const hedui_run_undetermined *u = &w->result->undetermined[i];
        if (!m->left[u->household])
            continue;
        hedui_sql sql = hedui_sql_begin(w->store, "unanswered_insert");
        hedui_sql_number(&sql, w->households[u->household]);
        hedui_sql_text(&sql, w->result->rules[u->rule].id);
        status = hedui_sql_run(&sql, err);
    }
    return status;
}

static hedui_status compare_flags(hedui_store_writing *w, hedui_err *err)
{
    const hedui_run_result *r = w->result;
    size_t count = (size_t)r->flag_count + r->overridden_count;
    matching m = {.w = w,
                  .walk = {r, 0},
                  .first = index_flags(w, r->flags, r->flag_count),
                  .first_overridden = index_flags(w, r->overridden, r->overridden_count),
                  .left = hedui_arena_array(w->arena, r->household_count, 1)};
    w->places = hedui_arena_array(w->arena, count, sizeof *w->places);
    if (!m.first || !m.first_overridden || !m.left || !w->places)
        return hedui_fail_memory(err);
    hedui_status status = HEDUI_OK;
    hedui_sql sql = list_base(w, "flag_base_list");
    while (!status && hedui_sql_row(&sql, err))
        status = match_flag(&m, &sql, err);
    hedui_sql_end(&sql);
    if (!status)
        status = sql.status;
    return status ? status : tell_unanswered(&m, err);
}

/* --- causes ----------------------------------------------------------------------------------- */

typedef struct telling {
    hedui_store_writing *w;
    walking walk;
    uint32_t *first, *list; /* causes of household h: list[first[h]] to list[first[h + 1] - 1] */
} telling;

static int is_same(const hedui_run_undetermined *a, const hedui_run_undetermined *b)
{
    return a->rule == b->rule && a->reason == b->reason && !a->review == !b->review &&
           hedui_span_equal(a->subject, b->subject) && hedui_span_equal(a->source, b->source) &&
           hedui_span_equal(a->field, b->field) && hedui_span_equal(a->person, b->person);
}

static void find_twice(const telling *t, uint32_t from, uint32_t to)
{
    const hedui_run_undetermined *all = t->w->result->undetermined;
    for (uint32_t i = from; i < to; i++)
        for (uint32_t j = i + 1; j < to; j++)
            if (is_same(&all[t->list[i]], &all[t->list[j]]))
                t->w->tellings[t->list[j]] = HEDUI_STORE_TOLD_TWICE;
}

/* Causes by household, in the order of the result. */
static hedui_status index_causes(telling *t, hedui_err *err)
{
    const hedui_run_result *r = t->w->result;
    t->first = hedui_arena_array(t->w->arena, (size_t)r->household_count + 2, sizeof *t->first);
    t->list = hedui_arena_array(t->w->arena, r->undetermined_count, sizeof *t->list);
    if (!t->first || !t->list)
        return hedui_fail_memory(err);
    for (uint32_t i = 0; i < r->undetermined_count; i++)
        t->first[r->undetermined[i].household + 2]++;
    for (uint32_t h = 2; h < r->household_count + 2; h++)
        t->first[h] += t->first[h - 1];
    for (uint32_t i = 0; i < r->undetermined_count; i++)
        t->list[t->first[r->undetermined[i].household + 1]++] = i;
    for (uint32_t h = 0; h < r->household_count; h++)
        find_twice(t, t->first[h], t->first[h + 1]);
    return HEDUI_OK;
}

static int is_cause(const hedui_run_result *r, const hedui_run_undetermined *u,
                    const hedui_sql *row)
{
    return hedui_span_equal(r->rules[u->rule].id, hedui_sql_see_text(row, 1)) &&
           hedui_span_equal(u->subject, hedui_sql_see_text(row, 2)) &&
           hedui_span_is(hedui_sql_see_text(row, 3), hedui_store_cause_code(u->reason)) &&
           hedui_span_equal(u->source, hedui_sql_see_text(row, 4)) &&
           hedui_span_equal(u->field, hedui_sql_see_text(row, 5)) &&
           hedui_span_equal(u->person, hedui_sql_see_text(row, 6)) &&
           (u->review != 0) == hedui_sql_get_number(row, 7);
}

static hedui_status match_cause(telling *t, const hedui_sql *row, hedui_err *err)
{
    hedui_store_writing *w = t->w;
    int64_t number = hedui_sql_get_number(row, 8), is_open = hedui_sql_get_number(row, 9);
    uint32_t h = step_to(&t->walk, hedui_sql_see_text(row, 0));
    for (uint32_t i = h == NOWHERE ? 0 : t->first[h]; h != NOWHERE && i < t->first[h + 1]; i++) {
        uint32_t at = t->list[i];
        if (w->tellings[at] == HEDUI_STORE_TOLD_TWICE ||
            !is_cause(w->result, &w->result->undetermined[at], row))
            continue;
        w->causes[at] = number;
        w->tellings[at] = is_open ? HEDUI_STORE_TOLD_STILL : HEDUI_STORE_TOLD_AGAIN;
        return HEDUI_OK;
    }
    if (!is_open)
        return HEDUI_OK;
    hedui_sql sql = hedui_sql_begin(w->store, "base_cause_insert");
    hedui_sql_number(&sql, number);
    return hedui_sql_run(&sql, err);
}

static hedui_status compare_causes(hedui_store_writing *w, hedui_err *err)
{
    telling t = {.w = w, .walk = {w->result, 0}};
    w->causes = hedui_arena_array(w->arena, w->result->undetermined_count, sizeof *w->causes);
    w->tellings = hedui_arena_array(w->arena, w->result->undetermined_count, 1);
    if (!w->causes || !w->tellings)
        return hedui_fail_memory(err);
    hedui_status status = index_causes(&t, err);
    if (status)
        return status;
    hedui_sql sql = list_base(w, "cause_base_list");
    while (!status && hedui_sql_row(&sql, err))
        status = match_cause(&t, &sql, err);
    hedui_sql_end(&sql);
    return status ? status : sql.status;
}

hedui_status hedui_store_compare(hedui_store_writing *w, hedui_err *err)
{
    hedui_status status = hedui_store_stand(w->store, w->base == HEDUI_SQL_NULL ? 0 : w->base, err);
    if (!status)
        status = compare_households(w, err);
    if (!status)
        status = compare_flags(w, err);
    return status ? status : compare_causes(w, err);
}
