/* The long lists against the same lists by plain SQL (walk/), cell by cell, for random histories of
 * runs: published, drafts, released later, withdrawn, of a list of households; families that move,
 * leave and come back, rules that are judged or not, tags that become flags. */
#include "store_world.h"

#include "store/view.h"

#include <hedui/file.h>
#include <hedui/store_run.h>

enum { FAMILIES = 24, NIGHTS = 9, SEEDS = 16, PROOFS = 5, CELLS = 32 };

/* What a test cannot fail on is no test: how much there was to list. */
typedef struct seen {
    int64_t rows, several, drafts, released, withdrawn, listed, reordered;
    int64_t kept, unjudged, returned, capped, gapped, causes, unknown, continuing;
} seen;

/* Below `bound`, from a seed (xorshift). */
static uint32_t draw(uint32_t *seed, uint32_t bound)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed % bound;
}

/* --- nights ----------------------------------------------------------------------------------- */

typedef struct night {
    world w;
    hedui_run_evidence proofs[WORLD_FLAGS][PROOFS];
    char messages[WORLD_FLAGS][32];
} night;

static void prove(night *n, hedui_run_flag *flag, uint32_t *seed)
{
    uint32_t index = (uint32_t)(flag - n->w.flags);
    hedui_run_evidence *proofs = n->proofs[index];
    flag->evidence_count = draw(seed, PROOFS + 1);
    for (uint32_t i = 0; i < flag->evidence_count; i++) {
        proofs[i] = n->w.evidence[index];
        proofs[i].delivery = draw(seed, WORLD_DELIVERIES);
        proofs[i].line = draw(seed, 4) ? 1 + draw(seed, 900) : 0;
        proofs[i].match = (hedui_run_match)draw(seed, 4);
        proofs[i].content = world_digest((uint8_t)(0xE0 + i), (uint8_t)draw(seed, 3));
    }
    flag->evidence = proofs;
    (void)snprintf(n->messages[index], sizeof n->messages[index], "第%u种说法，=1+1",
                   draw(seed, 3));
    flag->message = hedui_span_of(n->messages[index]);
    if (draw(seed, 4) == 0 && flag->effect != HEDUI_RUN_INFORM) {
        flag->effect = HEDUI_RUN_REVIEW;
        flag->capped = 1;
    }
    if (draw(seed, 3) == 0)
        flag->person = flag->person_masked = hedui_span_of("");
    if (draw(seed, 5) == 0) {
        flag->override = hedui_span_of("X20140705-01");
        flag->returned = hedui_span_of("changed");
    }
}

/* Some are the same in words: they differ in what they come from. */
static void leave_open(world *w, uint32_t household, uint32_t rule, uint32_t more)
{
    world_cause(w, household, rule, HEDUI_RUN_NOT_AUTHORISED);
    for (uint32_t k = 0; k < more; k++) {
        world_cause(w, household, rule, HEDUI_RUN_CONFLICT);
        w->undetermined[w->r.undetermined_count - 1].source = w->deliveries[k % 3].feed;
    }
}

static void judge(night *n, uint32_t i, uint32_t *seed)
{
    world *w = &n->w;
    hedui_run_household *h = &w->households[i];
    for (uint32_t rule = 0; rule < w->r.rule_count; rule++) {
        const hedui_run_household was = *h;
        uint32_t flags = draw(seed, 6);
        for (uint32_t k = 0; k < (flags < 2 ? flags + 1 : 0); k++)
            prove(n, world_flag(w, i, rule, k ? "b" : "a", (uint8_t)(1 + draw(seed, 2))), seed);
        if (flags == 4)
            leave_open(w, i, rule, draw(seed, 4));
        if (w->rules[rule].effect == HEDUI_RUN_INFORM)
            *h = was; /* a tag is no flag, and leaves nothing unanswered */
        else if (flags == 4)
            h->unanswered = was.unanswered + 1;
        else if (flags == 5 && h->state == HEDUI_RUN_CLEAR) {
            h->unanswered++; /* by a gap */
            h->state = HEDUI_RUN_UNCHECKED;
        }
    }
}

/* Households of the world that stay, in their order: later ones come between earlier ones. */
static void leave_some(world *w, uint32_t *seed, uint32_t of)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < w->r.household_count; i++)
        if (draw(seed, of))
            w->households[kept++] = w->households[i];
    w->r.household_count = kept;
}

static night *make_night(uint32_t *seed, int number)
{
    static const char *const towns[] = {"城关镇", "东岭街道", "白沙乡", ""};
    night *n = calloc(1, sizeof *n);
    world *made = world_make(FAMILIES), *w = &n->w;
    assert_non_null(n);
    *w = *made;
    /* what points into the world itself moves with it */
    w->r.inputs = w->inputs;
    w->r.deliveries = w->deliveries;
    w->r.rules = w->rules;
    w->r.households = w->households;
    w->r.flags = w->flags;
    w->r.undetermined = w->undetermined;
    w->r.gaps = w->gaps;
    w->deliveries[VEHICLE].rejects = w->rejects;
    for (uint32_t i = 0; i < FAMILIES; i++) {
        w->households[i].id = hedui_span_of(w->ids[i]);
        w->households[i].head_name = hedui_span_of(w->names[i]);
    }
    free(made);
    w->r.as_of += number * 5;
    w->rules[INC].effect = draw(seed, 2) ? HEDUI_RUN_INFORM : HEDUI_RUN_REVIEW;
    w->r.rule_count = draw(seed, 4) ? WORLD_RULES : WORLD_RULES - 1;
    w->r.listed = number > 0 && draw(seed, 8) == 0;
    leave_some(w, seed, w->r.listed ? 2 : 6);
    for (uint32_t i = 0; i < w->r.household_count; i++) {
        hedui_run_household *h = &w->households[i];
        if (draw(seed, 3) == 0) {
            h->town_name = hedui_span_of(towns[draw(seed, 4)]);
            h->paid_fen = draw(seed, 3) ? (int64_t)draw(seed, 99999) : INT64_MIN;
        }
        if (draw(seed, 9) == 0)
            h->state = HEDUI_RUN_OUT_OF_SCOPE;
        else
            judge(n, i, seed);
    }
    w->r.held = draw(seed, 3) == 0; /* a draft: nothing rests on it until it is released */
    w->r.digest = world_digest(0xAA, (uint8_t)number);
    return n;
}

/* --- comparing -------------------------------------------------------------------------------- */

static sqlite3_stmt *ask(hedui_store *store, const char *name)
{
    char path[256];
    hedui_span text;
    sqlite3_stmt *row = NULL;
    hedui_arena *arena = hedui_arena_open(0);
    (void)snprintf(path, sizeof path, "%s/tests/unit/walk/%s.sql", HEDUI_SOURCE_DIR, name);
    assert_int_equal(hedui_file_read(&text, path, 1 << 16, arena, NULL), HEDUI_OK);
    if (sqlite3_prepare_v2(store->db, text.at, (int)text.length, &row, NULL) != SQLITE_OK)
        fail_msg("%s: %s", name, sqlite3_errmsg(store->db));
    assert_int_equal(sqlite3_bind_int64(row, 1, store->chain), SQLITE_OK);
    hedui_arena_close(arena);
    return row;
}

static void same_cell(const hedui_sheet_cell *got, const hedui_store_view *view, uint32_t i,
                      sqlite3_stmt *want, const char *where)
{
    const char *text = (const char *)sqlite3_column_text(want, (int)i);
    hedui_span words = {text ? text : "", (size_t)sqlite3_column_bytes(want, (int)i)};
    const hedui_sheet_column *column = &view->columns[i];
    int is_empty = sqlite3_column_type(want, (int)i) == SQLITE_NULL;
    int differs = got->is_empty != is_empty;
    if (!differs && !is_empty)
        differs = column->kind == HEDUI_SHEET_TEXT
                      ? !hedui_span_equal(got->text, words)
                      : got->number != sqlite3_column_int64(want, (int)i);
    if (differs)
        fail_msg("%s, %.*s: %d '%.*s' %lld, not %d '%s'", where, (int)column->title.length,
                 column->title.at, got->is_empty, (int)got->text.length,
                 got->text.at ? got->text.at : "", (long long)got->number, is_empty, words.at);
}

static void same_list(hedui_store *store, const char *name, const char *id, uint32_t seed, seen *s)
{
    char where[80];
    hedui_store_view view = {0};
    hedui_sheet_cell cells[CELLS];
    hedui_arena *arena = hedui_arena_open(0);
    hedui_span run = hedui_span_of(id);
    assert_int_equal(hedui_store_view_open(&view, store, name, run, arena, NULL), HEDUI_OK);
    assert_non_null(view.walk);
    assert_true(view.column_count <= CELLS);
    sqlite3_stmt *want = ask(store, name);
    assert_int_equal(sqlite3_column_count(want), view.column_count);
    for (int row = 1; sqlite3_step(want) == SQLITE_ROW; row++) {
        (void)snprintf(where, sizeof where, "seed %u, run %s, %s, row %d", (unsigned)seed, id, name,
                       row);
        if (!hedui_store_view_row(cells, &view, NULL))
            fail_msg("%s: missing", where);
        for (uint32_t i = 0; i < view.column_count; i++)
            same_cell(&cells[i], &view, i, want, where);
        s->rows++;
    }
    assert_false(hedui_store_view_row(cells, &view, NULL));
    assert_int_equal(view.status, HEDUI_OK);
    assert_int_equal(sqlite3_finalize(want), SQLITE_OK);
    hedui_store_view_close(&view);
    hedui_arena_close(arena);
}

static int64_t count(hedui_store *store, const char *question)
{
    sqlite3_stmt *row = NULL;
    assert_int_equal(sqlite3_prepare_v2(store->db, question, -1, &row, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    int64_t number = sqlite3_column_int64(row, 0);
    assert_int_equal(sqlite3_finalize(row), SQLITE_OK);
    return number;
}

static void look(seen *s, hedui_store *store)
{
    s->several += count(store, "SELECT count(*) FROM (SELECT version FROM evidence"
                               " GROUP BY version HAVING count(DISTINCT delivery) > 1)");
    s->reordered += count(store, "SELECT count(*) FROM household a, household b"
                                 " WHERE a.number < b.number AND a.id > b.id");
    s->kept += count(store, "SELECT count(*) FROM flag_status WHERE status = 'not_checked'");
    s->unjudged += count(store, "SELECT count(*) FROM flag_shown WHERE place IS NULL");
    s->continuing += count(store, "SELECT count(*) FROM flag_status WHERE status = 'continuing'");
    s->returned += count(store, "SELECT count(*) FROM flag_status WHERE why = 'override_changed'");
    s->capped += count(store, "SELECT count(*) FROM flag_shown WHERE capped");
    s->gapped += count(store, "SELECT count(*) FROM household_now n WHERE unanswered > 0 AND NOT"
                              " EXISTS (SELECT 1 FROM cause c WHERE c.household = n.household)");
    s->causes += count(store, "SELECT count(*) FROM cause_now WHERE open = 0");
    s->unknown += count(store, "SELECT count(*) FROM household_now WHERE paid_fen IS NULL");
}

static void compare(hedui_store *store, const char *id, uint32_t seed, seen *s)
{
    int64_t run = 0;
    assert_int_equal(hedui_store_run_number(&run, store, hedui_span_of(id), NULL), HEDUI_OK);
    assert_int_equal(hedui_store_stand(store, run, NULL), HEDUI_OK);
    same_list(store, "flags", id, seed, s);
    same_list(store, "households", id, seed, s);
    look(s, store);
}

/* --- the cases -------------------------------------------------------------------------------- */

/* Releases and withdraws some of what was written. */
static void decide(hedui_store *store, char (*ids)[HEDUI_STORE_RUN_ID], int number, uint32_t *seed,
                   seen *s)
{
    const hedui_span person = hedui_span_of("王某"), reason = hedui_span_of("试验");
    hedui_span run = hedui_span_of(ids[draw(seed, (uint32_t)number + 1)]);
    uint32_t what = draw(seed, 3);
    if (what == 0)
        s->released += !hedui_store_run_publish(store, run, person, reason, INT64_MIN, NULL);
    if (what == 1 && number > 2)
        s->withdrawn += !hedui_store_run_withdraw(store, run, person, reason, INT64_MIN, NULL);
}

static void lists_are_those_of_the_folded_views(void **state)
{
    seen s = {0};
    (void)state;
    for (uint32_t first = 1; first <= SEEDS; first++) {
        uint32_t seed = first * 2654435761u;
        char *path = world_path(), ids[NIGHTS][HEDUI_STORE_RUN_ID];
        hedui_store *store = world_open(path);
        for (int i = 0; i < NIGHTS; i++) {
            night *n = make_night(&seed, i);
            world_write(ids[i], store, &n->w);
            s.drafts += n->w.r.held;
            s.listed += n->w.r.listed;
            free(n);
            compare(store, ids[i], first, &s);
            decide(store, ids, i, &seed, &s);
        }
        for (int i = 0; i < NIGHTS; i++) /* earlier ones are as they were */
            compare(store, ids[i], first, &s);
        hedui_store_close(store);
        world_remove(path);
    }
    const int64_t each[] = {s.rows,   s.several,   s.drafts, s.released, s.withdrawn,
                            s.listed, s.reordered, s.kept,   s.unjudged, s.returned,
                            s.capped, s.gapped,    s.causes, s.unknown,  s.continuing};
    for (size_t i = 0; i < sizeof each / sizeof *each; i++)
        if (!each[i])
            fail_msg("nothing seen of kind %zu", i);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(lists_are_those_of_the_folded_views)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
