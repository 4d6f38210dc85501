/* Counting a run. SQLite would fold the runs, sort and group the same rows once for each question;
 * here they are read once and counted in tables by number: of households a word each, of rules a
 * bit a household. What comes of it are some hundred rows, which the questions read (tally.sql). */
#include "store/tally.h"

#include "base/invariant.h"
#include "store/tallying.h"

/* --- lists by name ---------------------------------------------------------------------------- */

/* The item of this name, and whether it is new: then it is all zero. NULL without memory. */
static void *item_of(uint32_t *index, hedui_tally *t, hedui_tally_list *l, hedui_span name,
                     size_t size)
{
    *index = hedui_table_find(&l->names, name);
    if (*index != HEDUI_TABLE_NONE)
        return l->items[*index];
    hedui_span kept = hedui_arena_copy(t->arena, name);
    void *item = hedui_arena_take(t->arena, size);
    if (l->count == l->room) {
        uint32_t room = l->room ? 2 * l->room : 64;
        void **items = hedui_arena_array(t->arena, room, sizeof *items);
        if (items && l->count)
            memcpy(items, l->items, l->count * sizeof *items);
        l->items = items;
        l->room = room;
    }
    if (!kept.at || !item || !l->items ||
        hedui_table_put(&l->names, kept, l->count) == HEDUI_TABLE_NONE) {
        t->no_memory = 1;
        return NULL;
    }
    memcpy(item, &kept, sizeof kept); /* its name is the first member of each */
    *index = l->count;
    l->items[l->count++] = item;
    return item;
}

static uint8_t *bits(hedui_tally *t, uint32_t count)
{
    uint8_t *made = hedui_arena_array(t->arena, count / 8 + 1, 1);
    t->no_memory |= !made;
    return made;
}

/* Whether it was not there before. */
static int put(uint8_t *set, uint32_t index)
{
    uint8_t bit = (uint8_t)(1u << index % 8);
    int fresh = !(set[index / 8] & bit);
    set[index / 8] |= bit;
    return fresh;
}

static hedui_tally_house *house_of(const hedui_tally *t, int64_t number)
{
    return number >= 0 && number < t->house_count ? &t->houses[number] : NULL;
}

/* --- reading ---------------------------------------------------------------------------------- */

static hedui_sql ask(const hedui_tally *t, const char *name)
{
    hedui_sql sql = hedui_sql_begin(t->store, name);
    if (sql.statement && sqlite3_bind_parameter_count(sql.statement) > 0)
        hedui_sql_number(&sql, t->run);
    return sql;
}

static uint32_t town_of(hedui_tally *t, hedui_span code)
{
    uint32_t index;
    (void)item_of(&index, t, &t->towns, code, sizeof(hedui_tally_town));
    return index;
}

static void count_household(hedui_tally *t, hedui_tally_house *h, const hedui_sql *row)
{
    static const char *const states[] = {"flagged", "clear", "unchecked", "out_of_scope"};
    hedui_span name = hedui_sql_see_text(row, 3), state = hedui_sql_see_text(row, 4);
    hedui_tally_town *place = t->towns.items[h->town];
    h->unanswered = (uint32_t)hedui_sql_get_number(row, 5);
    place->is_now = 1;
    if (hedui_span_compare(name, place->name) > 0) {
        place->name = hedui_arena_copy(t->arena, name);
        t->no_memory |= !place->name.at;
    }
    for (int i = 0; i < 4; i++)
        if (hedui_span_is(state, states[i])) {
            place->states[i]++;
            place->households++;
            place->unanswered += h->unanswered > 0;
        }
}

static void read_household(hedui_tally *t, const hedui_sql *row)
{
    hedui_tally_house *h = house_of(t, hedui_sql_get_number(row, 0));
    int is_before = hedui_sql_get_number(row, 1) < t->run;
    if (!h ||
        (h->town != HEDUI_TALLY_NOWHERE && (!is_before || h->was_town != HEDUI_TALLY_NOWHERE)))
        return; /* older than what is asked for */
    uint32_t at = town_of(t, hedui_sql_see_text(row, 2));
    if (t->no_memory)
        return;
    if (h->town == HEDUI_TALLY_NOWHERE) {
        h->town = at;
        count_household(t, h, row);
    }
    if (is_before) {
        h->was_town = at;
        ((hedui_tally_town *)t->towns.items[at])->before +=
            hedui_span_is(hedui_sql_see_text(row, 4), "flagged");
    }
}

static void read_rule(hedui_tally *t, const hedui_sql *row)
{
    uint32_t index;
    hedui_tally_rule *r = item_of(&index, t, &t->rules, hedui_sql_see_text(row, 0), sizeof *r);
    if (!r)
        return;
    r->is_lead = (int)hedui_sql_get_number(row, 1);
    r->is_told = (int)hedui_sql_get_number(row, 2);
    r->has_gap = (int)hedui_sql_get_number(row, 3);
}

static int is_raised(hedui_span kind)
{
    return kind.length && !hedui_span_is(kind, "gone") && !hedui_span_is(kind, "not_checked");
}

static void read_term(hedui_tally *t, const hedui_sql *row)
{
    int64_t number = hedui_sql_get_number(row, 0);
    if (number < t->run_count)
        t->terms[number] = (int32_t)hedui_sql_get_number(row, 1);
}

static int32_t term_of(const hedui_tally *t, int64_t run)
{
    return run >= 0 && run < t->run_count ? t->terms[run] : HEDUI_TALLY_NO_TERM;
}

static hedui_tally_rule *rule_of_flags(hedui_tally *t, hedui_span id)
{
    uint32_t index;
    hedui_tally_rule *r = item_of(&index, t, &t->rules, id, sizeof *r);
    if (!r || r->raised)
        return r;
    r->towns = hedui_arena_array(t->arena, t->towns.count, sizeof *r->towns);
    r->raised = bits(t, t->house_count);
    t->no_memory |= !r->towns;
    return t->no_memory ? NULL : r;
}

/* All changes of a flag are read: it is counted, and one that stands puts its household on the
 * list. */
static void end_mark(hedui_tally *t)
{
    const hedui_tally_mark m = t->mark;
    hedui_tally_house *h = m.house;
    t->mark = (hedui_tally_mark){0};
    if (!m.rule)
        return;
    hedui_tally_figures *f = &m.rule->towns[h->town][m.tag];
    f->kept += m.is_kept;
    f->flags += m.is_raised;
    if (m.is_raised)
        f->households += put(m.rule->raised, (uint32_t)(h - t->houses));
    if (h->was_town != HEDUI_TALLY_NOWHERE)
        m.rule->towns[h->was_town][0].before += m.was_raised;
    if (m.tag || (!m.is_raised && !m.is_kept))
        return;
    h->raised |= (uint8_t)m.is_raised;
    if (m.term != HEDUI_TALLY_NO_TERM && (h->term == HEDUI_TALLY_NO_TERM || m.term < h->term))
        h->term = m.term;
    h->listed = 1;
}

static void read_flag(hedui_tally *t, const hedui_sql *row)
{
    int64_t number = hedui_sql_get_number(row, 0), run = hedui_sql_get_number(row, 1);
    hedui_tally_mark *m = &t->mark;
    if (number != m->number) {
        end_mark(t);
        *m = (hedui_tally_mark){.number = number,
                                .house = house_of(t, hedui_sql_get_number(row, 4)),
                                .term = term_of(t, hedui_sql_get_number(row, 6))};
        if (m->house && m->house->town != HEDUI_TALLY_NOWHERE)
            m->rule = rule_of_flags(t, hedui_sql_see_text(row, 5));
    }
    if (!m->rule)
        return;
    hedui_span kind = hedui_sql_see_text(row, 2);
    m->tag = (int)hedui_sql_get_number(row, 3);
    m->is_raised = is_raised(kind);
    m->is_kept = hedui_span_is(kind, "not_checked");
    if (run < t->run)
        m->was_raised = m->is_raised && !m->tag;
    if (hedui_span_is(kind, "new"))
        m->term = term_of(t, run);
}

/* The reason and source of a cause. */
static hedui_tally_reason *reason_of(hedui_tally *t, hedui_span code, hedui_span source)
{
    uint32_t index;
    hedui_buffer_clear(&t->key);
    hedui_buffer_add(&t->key, code);
    hedui_buffer_byte(&t->key, '\0');
    hedui_buffer_add(&t->key, source);
    t->no_memory |= hedui_buffer_failed(&t->key);
    if (t->no_memory)
        return NULL;
    hedui_tally_reason *why =
        item_of(&index, t, &t->reasons, hedui_buffer_span(&t->key), sizeof *why);
    if (!why || why->households)
        return why;
    why->split = code.length;
    why->households = bits(t, t->house_count);
    return t->no_memory ? NULL : why;
}

static int put_growing(uint8_t **set, uint32_t *room, hedui_tally *t, uint32_t index)
{
    if (index >= *room) {
        uint8_t *more = bits(t, 2 * index + 256);
        if (!more)
            return 0;
        if (*room)
            memcpy(more, *set, *room / 8);
        *set = more;
        *room = 2 * index + 256;
        *room -= *room % 8;
    }
    return put(*set, index);
}

static void read_cause(hedui_tally *t, const hedui_sql *row)
{
    uint32_t index, number = (uint32_t)hedui_sql_get_number(row, 2);
    int64_t cause = hedui_sql_get_number(row, 0);
    if (cause == t->cause)
        return; /* older than what is asked for */
    t->cause = cause;
    if (!hedui_sql_get_number(row, 1))
        return;
    hedui_tally_rule *r = item_of(&index, t, &t->rules, hedui_sql_see_text(row, 3), sizeof *r);
    if (!r || !house_of(t, hedui_sql_get_number(row, 2)))
        return;
    if (!r->open)
        r->open = bits(t, t->house_count);
    if (!r->open)
        return;
    r->open_count += put(r->open, number);
    if (!r->is_told || hedui_tally_has(r->raised, number))
        return;
    hedui_tally_reason *why = reason_of(t, hedui_sql_see_text(row, 4), hedui_sql_see_text(row, 5));
    if (!why)
        return;
    why->rule_count += put_growing(&why->rules, &why->rule_room, t, index);
    why->household_count += put(why->households, number);
}

static hedui_status read_all(hedui_tally *t, const char *name,
                             void (*read)(hedui_tally *, const hedui_sql *), hedui_err *err)
{
    hedui_sql sql = ask(t, name);
    while (!t->no_memory && hedui_sql_row(&sql, err))
        read(t, &sql);
    hedui_sql_end(&sql);
    end_mark(t); /* of the last flag; of other readings there is none */
    return t->no_memory ? hedui_fail_memory(err) : sql.status;
}

static hedui_status make_room(hedui_tally *t, hedui_err *err)
{
    int64_t last = 0;
    hedui_sql sql = hedui_sql_begin(t->store, "household_last");
    hedui_status status = hedui_sql_value(&last, &sql, err);
    if (status)
        return status;
    HEDUI_INVARIANT(last >= 0 && last < UINT32_MAX && t->run < UINT32_MAX);
    t->house_count = (uint32_t)last + 1;
    t->run_count = (uint32_t)t->run + 1;
    t->houses = hedui_arena_array(t->arena, t->house_count, sizeof *t->houses);
    t->terms = hedui_arena_array(t->arena, t->run_count, sizeof *t->terms);
    if (!t->houses || !t->terms)
        return hedui_fail_memory(err);
    for (uint32_t i = 0; i < t->run_count; i++)
        t->terms[i] = HEDUI_TALLY_NO_TERM;
    for (uint32_t i = 0; i < t->house_count; i++)
        t->houses[i] = (hedui_tally_house){.town = HEDUI_TALLY_NOWHERE,
                                           .was_town = HEDUI_TALLY_NOWHERE,
                                           .term = HEDUI_TALLY_NO_TERM};
    hedui_table_init(&t->towns.names, t->arena);
    hedui_table_init(&t->rules.names, t->arena);
    hedui_table_init(&t->reasons.names, t->arena);
    return HEDUI_OK;
}

hedui_status hedui_store_tally(hedui_store *store, int64_t run, hedui_err *err)
{
    static const struct {
        const char *name;
        void (*read)(hedui_tally *, const hedui_sql *);
    } readings[] = {{"tally_rules", read_rule},
                    {"tally_terms", read_term},
                    {"tally_households", read_household},
                    {"tally_flags", read_flag},
                    {"tally_causes", read_cause}};
    if (store->tallied == run)
        return HEDUI_OK;
    HEDUI_INVARIANT(store->chain == run);
    store->tallied = 0;
    hedui_status status = hedui_store_snapshot_begin(store, err);
    if (status)
        return status;
    hedui_tally t = {.store = store, .run = run, .arena = hedui_arena_open(0)};
    hedui_buffer_init(&t.key);
    status = t.arena ? make_room(&t, err) : hedui_fail_memory(err);
    for (size_t i = 0; !status && i < sizeof readings / sizeof *readings; i++)
        status = read_all(&t, readings[i].name, readings[i].read, err);
    if (!status)
        status = hedui_store_tally_lay(&t, err);
    if (!status)
        store->tallied = run;
    hedui_buffer_free(&t.key);
    hedui_arena_close(t.arena);
    hedui_store_snapshot_end(store);
    return status;
}
