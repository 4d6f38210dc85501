/* Counting a run in one pass against the same counts by SQL over the folded views, for random
 * chains of runs: households that move and leave, flags that come, go and stay unchecked, tags,
 * gaps, drafts. */
#include "store_world.h"

#include "store/tally.h"

#include <hedui/store_run.h>

enum { FAMILIES = 24, NIGHTS = 9, SEEDS = 12 };

/* Each gives a row for every difference. */
static const char *const differences[] = {
    /* flags by rule and town, tags left out, and what the run before had */
    "WITH here AS (SELECT max(run) AS run FROM temp.chain),"
    "earlier AS (SELECT run FROM temp.chain WHERE run <> (SELECT run FROM here)),"
    "now AS (SELECT f.rule, h.town_code,"
    "  count(DISTINCT CASE WHEN n.kind <> 'not_checked' THEN f.household END) AS households,"
    "  sum(n.kind <> 'not_checked') AS flags, sum(n.kind = 'not_checked') AS kept, 0 AS before"
    "  FROM flag_now n JOIN flag f ON f.number = n.flag"
    "    JOIN household_now h ON h.household = f.household"
    "  WHERE n.kind <> 'gone' GROUP BY 1, 2),"
    "before AS (SELECT f.rule, h.town_code, 0, 0, 0, count(*)"
    "  FROM flag_event e JOIN flag f ON f.number = e.flag JOIN flag_version v ON v.number = "
    "e.version"
    "    JOIN household_version h ON h.household = f.household"
    "  WHERE e.run = (SELECT max(x.run) FROM flag_event x WHERE x.flag = e.flag"
    "                 AND x.run IN (SELECT run FROM earlier))"
    "    AND h.run = (SELECT max(x.run) FROM household_version x WHERE x.household = h.household"
    "                 AND x.run IN (SELECT run FROM earlier))"
    "    AND e.kind NOT IN ('gone', 'not_checked') AND v.effect <> 'inform' GROUP BY 1, 2),"
    "a AS (SELECT rule, town_code, sum(households), sum(flags), sum(kept), sum(before)"
    "  FROM (SELECT * FROM now UNION ALL SELECT * FROM before) GROUP BY 1, 2),"
    "b AS (SELECT rule, town_code, households, flags, kept, before FROM temp.tally_flag WHERE tag "
    "= 0)"
    "SELECT * FROM (SELECT * FROM a EXCEPT SELECT * FROM b)"
    " UNION ALL SELECT * FROM (SELECT * FROM b EXCEPT SELECT * FROM a)",
    /* flags and tags by rule */
    "WITH a AS (SELECT f.rule, count(*), count(DISTINCT f.household)"
    "  FROM mark_now n JOIN flag f ON f.number = n.flag"
    "  WHERE n.kind NOT IN ('gone', 'not_checked') GROUP BY 1),"
    "b AS (SELECT rule, sum(flags) AS flags, sum(households) FROM temp.tally_flag GROUP BY 1"
    "  HAVING sum(flags) > 0)"
    "SELECT * FROM (SELECT * FROM a EXCEPT SELECT * FROM b)"
    " UNION ALL SELECT * FROM (SELECT * FROM b EXCEPT SELECT * FROM a)",
    /* households by town, and those flagged before */
    "WITH here AS (SELECT max(run) AS run FROM temp.chain),"
    "a AS (SELECT town_code, max(town_name), sum(state <> 'absent'), sum(state = 'flagged'),"
    "    sum(state = 'clear'), sum(state = 'unchecked'), sum(state = 'out_of_scope'),"
    "    sum(state <> 'absent' AND unanswered > 0),"
    "    (SELECT count(*) FROM household_version v WHERE v.town_code = n.town_code"
    "       AND v.state = 'flagged' AND v.run = ("
    "         SELECT max(x.run) FROM household_version x WHERE x.household = v.household"
    "           AND x.run IN (SELECT run FROM temp.chain WHERE run <> (SELECT run FROM here))))"
    "  FROM household_now n GROUP BY 1),"
    "b AS (SELECT town_code, name, households, flagged, clear, unchecked, out_of_scope, unanswered,"
    "  before FROM temp.tally_town)"
    "SELECT * FROM (SELECT * FROM a EXCEPT SELECT * FROM b)"
    " UNION ALL SELECT * FROM (SELECT * FROM b EXCEPT SELECT * FROM a)",
    /* households to be looked at, by town and day */
    "WITH listed AS (SELECT f.household, max(n.kind <> 'not_checked') AS raised,"
    "    min(t.visit_by) AS visit_by"
    "  FROM flag_now n JOIN flag f ON f.number = n.flag JOIN flag_term t ON t.version = n.version"
    "  WHERE n.kind <> 'gone' GROUP BY f.household),"
    "day AS (SELECT as_of AS today FROM run WHERE number = (SELECT max(run) FROM temp.chain)),"
    "a AS (SELECT h.town_code, count(l.household), count(CASE WHEN l.raised = 0 THEN 1 END),"
    "    count(CASE WHEN l.visit_by < today THEN 1 END),"
    "    count(CASE WHEN l.visit_by BETWEEN today AND today + 7 THEN 1 END),"
    "    count(CASE WHEN l.visit_by > today + 7 THEN 1 END),"
    "    count(CASE WHEN l.household IS NOT NULL AND l.visit_by IS NULL THEN 1 END), "
    "min(l.visit_by)"
    "  FROM day, household_now h LEFT JOIN listed l ON l.household = h.household GROUP BY 1),"
    "b AS (SELECT town_code, listed, kept_only, overdue, soon, later, open_end, first"
    "  FROM temp.tally_town)"
    "SELECT * FROM (SELECT * FROM a EXCEPT SELECT * FROM b)"
    " UNION ALL SELECT * FROM (SELECT * FROM b EXCEPT SELECT * FROM a)",
    /* rules left unanswered by a cause, and those that a gap may have left */
    "WITH here AS (SELECT max(run) AS run FROM temp.chain),"
    "lead AS (SELECT x.id FROM run_rule x JOIN rule u ON u.number = x.rule"
    "  WHERE x.run = (SELECT run FROM here) AND u.effect <> 'inform'),"
    "raised AS (SELECT DISTINCT f.rule, f.household FROM mark_now n JOIN flag f ON f.number = "
    "n.flag"
    "  WHERE n.kind NOT IN ('gone', 'not_checked')),"
    "own AS (SELECT DISTINCT c.rule, c.household FROM cause_now n JOIN cause c ON c.number = "
    "n.cause"
    "  WHERE n.open = 1),"
    "told AS (SELECT household, count(*) AS rules FROM ("
    "  SELECT rule, household FROM own WHERE rule IN lead EXCEPT SELECT rule, household FROM "
    "raised)"
    "  GROUP BY household),"
    "gapped AS (SELECT DISTINCT rule FROM gap WHERE run = (SELECT run FROM here) AND rule IN lead),"
    "short AS (SELECT n.household FROM household_now n LEFT JOIN told t ON t.household = "
    "n.household"
    "  WHERE n.unanswered > coalesce(t.rules, 0)),"
    "missed AS (SELECT rule, count(*) AS households FROM ("
    "  SELECT g.rule, s.household FROM gapped g, short s EXCEPT SELECT rule, household FROM own"
    "  EXCEPT SELECT rule, household FROM raised) GROUP BY rule),"
    "open AS (SELECT rule, count(*) AS households FROM own GROUP BY rule),"
    "a AS (SELECT id, coalesce(o.households, 0), coalesce(m.households, 0) FROM ("
    "    SELECT rule AS id FROM open UNION SELECT rule FROM missed)"
    "  LEFT JOIN open o ON o.rule = id LEFT JOIN missed m ON m.rule = id),"
    "b AS (SELECT rule, open, missed FROM temp.tally_rule)"
    "SELECT * FROM (SELECT * FROM a EXCEPT SELECT * FROM b)"
    " UNION ALL SELECT * FROM (SELECT * FROM b EXCEPT SELECT * FROM a)",
    /* the same by reason and source, where nothing was raised */
    "WITH a AS (SELECT c.reason, CASE c.reason WHEN 'not_authorised' THEN '' ELSE c.source END,"
    "    count(DISTINCT c.rule), count(DISTINCT c.household)"
    "  FROM cause_now n JOIN cause c ON c.number = n.cause"
    "  WHERE n.open = 1"
    "    AND c.rule IN (SELECT x.id FROM run_rule x JOIN rule u ON u.number = x.rule"
    "      WHERE x.run = (SELECT max(run) FROM temp.chain) AND u.effect <> 'inform'"
    "        AND u.shown = 'everywhere')"
    "    AND NOT EXISTS (SELECT 1 FROM mark_now m JOIN flag f ON f.number = m.flag"
    "      WHERE f.household = c.household AND f.rule = c.rule"
    "        AND m.kind NOT IN ('gone', 'not_checked'))"
    "  GROUP BY 1, 2),"
    "b AS (SELECT reason, feed, rules, households FROM temp.tally_cause)"
    "SELECT * FROM (SELECT * FROM a EXCEPT SELECT * FROM b)"
    " UNION ALL SELECT * FROM (SELECT * FROM b EXCEPT SELECT * FROM a)",
};

/* What a test cannot fail on is no test: how much there was to count. */
typedef struct seen {
    int64_t kept, before, tags, missed, causes, moved;
} seen;

static int64_t number_of(hedui_store *store, const char *question)
{
    sqlite3_stmt *row = NULL;
    assert_int_equal(sqlite3_prepare_v2(store->db, question, -1, &row, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    int64_t number = sqlite3_column_int64(row, 0);
    assert_int_equal(sqlite3_finalize(row), SQLITE_OK);
    return number;
}

static void compare(hedui_store *store, const char *id, uint32_t seed)
{
    int64_t run = 0;
    assert_int_equal(hedui_store_run_number(&run, store, hedui_span_of(id), NULL), HEDUI_OK);
    assert_int_equal(hedui_store_stand(store, run, NULL), HEDUI_OK);
    assert_int_equal(hedui_store_tally(store, run, NULL), HEDUI_OK);
    for (size_t i = 0; i < sizeof differences / sizeof *differences; i++) {
        sqlite3_stmt *row = NULL;
        if (sqlite3_prepare_v2(store->db, differences[i], -1, &row, NULL) != SQLITE_OK)
            fail_msg("question %zu: %s", i, sqlite3_errmsg(store->db));
        if (sqlite3_step(row) != SQLITE_DONE)
            fail_msg("seed %u, run %s, question %zu: %s %s …", (unsigned)seed, id, i,
                     (const char *)sqlite3_column_text(row, 0),
                     (const char *)sqlite3_column_text(row, 1));
        assert_int_equal(sqlite3_finalize(row), SQLITE_OK);
    }
}

/* Below `bound`, from a seed (xorshift). */
static uint32_t draw(uint32_t *seed, uint32_t bound)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed % bound;
}

/* Households of the world that stay, in their order. */
static void leave_some(world *w, uint32_t *seed)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < w->r.household_count; i++)
        if (draw(seed, 8))
            w->households[kept++] = w->households[i];
    w->r.household_count = kept;
}

static void judge(world *w, uint32_t i, uint32_t *seed)
{
    hedui_run_household *h = &w->households[i];
    for (uint32_t rule = 0; rule < WORLD_RULES; rule++) {
        const hedui_run_household was = *h;
        uint32_t flags = draw(seed, 6);
        for (uint32_t k = 0; k < (flags < 2 ? flags + 1 : 0); k++)
            (void)world_flag(w, i, rule, k ? "b" : "a", (uint8_t)(1 + draw(seed, 2)));
        if (flags == 4)
            world_cause(w, i, rule, draw(seed, 2) ? HEDUI_RUN_CONFLICT : HEDUI_RUN_NOT_AUTHORISED);
        if (rule == INC)
            *h = was; /* a tag is no flag, and leaves nothing unanswered */
        else if (flags == 5 && h->state == HEDUI_RUN_CLEAR) {
            h->unanswered++; /* by a gap */
            h->state = HEDUI_RUN_UNCHECKED;
        }
    }
}

static world *night(uint32_t *seed, int number)
{
    static const char *const codes[] = {"659000001", "659000002", "659000003", ""};
    static const char *const names[] = {"城关镇", "东岭街道", "白沙乡", ""};
    world *w = world_make(FAMILIES);
    w->r.as_of += number * 5;
    w->options.visit_within = draw(seed, 4) ? 7 + (int32_t)draw(seed, 9) : 0;
    w->rules[INC].effect = HEDUI_RUN_INFORM; /* a tag */
    w->rules[DEATH].visit_sheet = draw(seed, 4) == 0;
    leave_some(w, seed);
    for (uint32_t i = 0; i < w->r.household_count; i++) {
        hedui_run_household *h = &w->households[i];
        uint32_t town = draw(seed, 12);
        if (town < 4) {
            h->area_code = h->town_code = hedui_span_of(codes[town]);
            h->area_name = h->town_name = hedui_span_of(names[town]);
        }
        if (draw(seed, 9) == 0)
            h->state = HEDUI_RUN_OUT_OF_SCOPE;
        if (h->state != HEDUI_RUN_OUT_OF_SCOPE)
            judge(w, i, seed);
    }
    for (uint32_t rule = 0; rule < 2; rule++) {
        w->gaps[w->r.gap_count].rule = rule;
        w->gaps[w->r.gap_count].reason = HEDUI_RUN_NOT_SUPPLIED;
        w->gaps[w->r.gap_count].source = w->deliveries[VEHICLE].feed;
        w->gaps[w->r.gap_count].households = draw(seed, 9);
        w->r.gap_count += draw(seed, 2);
    }
    w->r.held = draw(seed, 3) == 0; /* a draft: nothing rests on it */
    w->r.digest = world_digest(0xAA, (uint8_t)number);
    return w;
}

static void look(seen *s, hedui_store *store)
{
    s->kept += number_of(store, "SELECT coalesce(sum(kept), 0) FROM temp.tally_flag");
    s->before += number_of(store, "SELECT coalesce(sum(before), 0) FROM temp.tally_flag");
    s->tags +=
        number_of(store, "SELECT coalesce(sum(flags), 0) FROM temp.tally_flag WHERE tag = 1");
    s->missed += number_of(store, "SELECT coalesce(sum(missed), 0) FROM temp.tally_rule");
    s->causes += number_of(store, "SELECT count(*) FROM temp.tally_cause");
    s->moved += number_of(store, "SELECT count(*) FROM temp.tally_town WHERE overdue > 0");
}

static void counts_are_those_of_the_folded_views(void **state)
{
    seen s = {0};
    (void)state;
    for (uint32_t first = 1; first <= SEEDS; first++) {
        uint32_t seed = first * 2654435761u;
        char *path = world_path(), ids[NIGHTS][HEDUI_STORE_RUN_ID];
        hedui_store *store = world_open(path);
        for (int i = 0; i < NIGHTS; i++) {
            world *w = night(&seed, i);
            world_write(ids[i], store, w);
            free(w);
            compare(store, ids[i], first);
            look(&s, store);
        }
        for (int i = 0; i < NIGHTS; i++) /* earlier ones are as they were */
            compare(store, ids[i], first);
        hedui_store_close(store);
        world_remove(path);
    }
    assert_true(s.kept && s.before && s.tags && s.missed && s.causes && s.moved);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(counts_are_those_of_the_folded_views)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
