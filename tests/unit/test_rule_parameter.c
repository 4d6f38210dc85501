/* A limit by the size of the household: exactly one row must fit, else the rule is undetermined and
 * says which table it was; what is not known of the size is the reason itself. */
#include "rule/given.h"
#include "rule/judge.h"
#include "test.h"

#include <hedui/file.h>

#include <stdio.h>
#include <stdlib.h>

/* There is no row for two people, and none for anybody before 2014; in the town 659000003 only
 * households of four have a row of their own. */
static const char pack_text[] =
    "pack: sizes\ntitle: 按人口\n"
    "documents:\n  law: {title: 办法, kind: measure, level: county, confirmed: true}\n"
    "parameters:\n"
    "  limit:\n    title: 限额\n    type: decimal(2)\n    by: [area, household_size]\n    rows:\n"
    "      - {area: \"659000\", household_size: 1, in_force: {from: 2014-01-01}, value: 100, "
    "basis: "
    "{document: law}}\n"
    "      - {area: \"659000\", household_size: {from: 3}, in_force: {from: 2014-01-01}, value: "
    "300, "
    "basis: {document: law}}\n"
    "      - {area: \"659000003\", household_size: 4, in_force: {from: 2014-01-01}, value: 450, "
    "basis: {document: law}}\n"
    "  twice:\n    title: 两倍\n    type: decimal(2)\n    rows:\n"
    "      - {value: {times: 2, of: limit}, basis: {document: law}}\n"
    "values:\n"
    "  household_size:\n    title: 人数\n    is: |-\n"
    "      hh.members.filter(m, m.counted && !m.cremations.exists(c, true)).size()\n";
static const char rule_text[] =
    "rules:\n"
    "  - id: SIZE-01\n    title: 超过限额\n    basis: {document: law}\n    effect: review\n"
    "    when: 'hh.declared_property > param.limit'\n"
    "    examples:\n      - {title: 无, given: {household: {declared_property: 1}, members: "
    "[{counted: 是}], cremations: []}, as_of: 2014-07-05, expect: false}\n"
    "  - id: SIZE-02\n    title: 超过两倍\n    basis: {document: law}\n    effect: review\n"
    "    when: 'hh.declared_property > param.twice'\n"
    "    examples:\n      - {title: 无, given: {household: {declared_property: 1}, members: "
    "[{counted: 是}], cremations: []}, as_of: 2014-07-05, expect: false}\n";

typedef struct world {
    char folder[64];
    hedui_arena *arena;
    const hedui_rulebook *book;
} world;

static void write_text(world *w, const char *name, const char *text)
{
    const char *path = hedui_path_join(w->folder, name, w->arena);
    assert_int_equal(hedui_file_replace(path, hedui_span_of(text), NULL), HEDUI_OK);
}

static void open_world(world *w)
{
    static const char *const feeds[] = {HEDUI_SOURCE_DIR "/feeds"};
    const hedui_layouts *layouts = NULL;
    hedui_err err;
    hedui_err_init(&err);
    (void)snprintf(w->folder, sizeof w->folder, "/tmp/hedui-sizes-XXXXXX");
    assert_non_null(mkdtemp(w->folder));
    w->arena = hedui_arena_open(0);
    write_text(w, "pack.yaml", pack_text);
    write_text(w, "rules.yaml", rule_text);
    const char *folders[] = {w->folder};
    assert_int_equal(hedui_layouts_load(&layouts, feeds, 1, w->arena, NULL, NULL), HEDUI_OK);
    if (hedui_rulebook_make(&w->book, folders, 1, layouts, w->arena, NULL, &err))
        fail_msg("E%d %s:%u", (int)err.status, err.file, err.line);
}

static void close_world(world *w)
{
    char command[96];
    (void)snprintf(command, sizeof command, "rm -rf '%s'", w->folder);
    assert_int_equal(system(command), 0);
    hedui_arena_close(w->arena);
}

typedef struct answered {
    hedui_answer answer;
    uint32_t doubts;
    hedui_cel_reason reason; /* of the last doubt */
    uint32_t missed;         /* sources of which nothing is known */
} answered;

static answered judge(const world *w, const char *given, uint32_t rule, int32_t as_of)
{
    const hedui_yaml *yaml = NULL;
    hedui_book book;
    hedui_judge j;
    answered a = {0};
    assert_int_equal(hedui_yaml_parse(&yaml, "given", hedui_span_of(given), w->arena, NULL),
                     HEDUI_OK);
    assert_int_equal(hedui_given_make(&book, w->book, NULL, yaml, yaml->root, w->arena, NULL),
                     HEDUI_OK);
    book.as_of = as_of;
    assert_int_equal(hedui_judge_open(&j, w->book, &book), HEDUI_OK);
    hedui_judge_household(&j, 0);
    a.answer = hedui_judge_rule(&j, rule);
    assert_int_equal(j.err.status, HEDUI_OK);
    for (const hedui_doubt *d = j.doubts; d; d = d->next, a.doubts++)
        a.reason = d->reason;
    for (uint32_t p = 0; p < w->book->catalogue->place_count; p++)
        a.missed += j.missed[p];
    hedui_judge_close(&j);
    return a;
}

static uint32_t table_named(const world *w, const char *name)
{
    for (uint32_t i = 0; i < w->book->parameter_count; i++)
        if (hedui_span_is(w->book->parameters[i]->id, name))
            return i;
    fail_msg("no parameter %s", name);
    return 0;
}

enum { JULY_2014 = 16256, JULY_2013 = 15891 }; /* 2014-07-05, 2013-07-05 */

#define HOUSE(area, amount) "household: {area_code: \"" area "\", declared_property: " amount "}\n"
#define SOME "{counted: 是}"

static void one_row_must_fit(void **state)
{
    static const struct {
        const char *given;
        uint32_t rule; /* 0 limit, 1 twice the limit */
        int32_t as_of;
        hedui_answer answer;
        int names_table;
    } cases[] = {
        {HOUSE("659000", "101") "members: [" SOME "]\ncremations: []\n", 0, JULY_2014,
         HEDUI_ANSWER_YES, 0},
        {HOUSE("659000", "100") "members: [" SOME "]\ncremations: []\n", 0, JULY_2014,
         HEDUI_ANSWER_NO, 0},
        {HOUSE("659000", "301") "members: [" SOME ", " SOME ", " SOME "]\ncremations: []\n", 0,
         JULY_2014, HEDUI_ANSWER_YES, 0},
        /* none: two people; nobody counted; a day before the table begins; an area without rows */
        {HOUSE("659000", "999999") "members: [" SOME ", " SOME "]\ncremations: []\n", 0, JULY_2014,
         HEDUI_ANSWER_UNDETERMINED, 1},
        {HOUSE("659000", "999999") "members: [{counted: 否}]\ncremations: []\n", 0, JULY_2014,
         HEDUI_ANSWER_UNDETERMINED, 1},
        {HOUSE("659000", "999999") "members: [" SOME "]\ncremations: []\n", 0, JULY_2013,
         HEDUI_ANSWER_UNDETERMINED, 1},
        {HOUSE("123456", "999999") "members: [" SOME "]\ncremations: []\n", 0, JULY_2014,
         HEDUI_ANSWER_UNDETERMINED, 1},
        /* a dead member is not counted: three become two, two become one */
        {HOUSE("659000", "999999") "members: [" SOME ", " SOME ", " SOME
                                   "]\ncremations: [{member: 2}]\n",
         0, JULY_2014, HEDUI_ANSWER_UNDETERMINED, 1},
        {HOUSE("659000", "101") "members: [" SOME ", " SOME "]\ncremations: [{member: 2}]\n", 0,
         JULY_2014, HEDUI_ANSWER_YES, 0},
        /* the town has a row for four only; for three the county's holds */
        {HOUSE("659000003", "450") "members: [" SOME ", " SOME ", " SOME ", " SOME
                                   "]\ncremations: []\n",
         0, JULY_2014, HEDUI_ANSWER_NO, 0},
        {HOUSE("659000003", "301") "members: [" SOME ", " SOME ", " SOME "]\ncremations: []\n", 0,
         JULY_2014, HEDUI_ANSWER_YES, 0},
        {HOUSE("659000003", "999999") "members: [" SOME ", " SOME "]\ncremations: []\n", 0,
         JULY_2014, HEDUI_ANSWER_UNDETERMINED, 1},
        /* a multiple names the table that has no row, not itself */
        {HOUSE("659000", "201") "members: [" SOME "]\ncremations: []\n", 1, JULY_2014,
         HEDUI_ANSWER_YES, 0},
        {HOUSE("659000", "999999") "members: [" SOME ", " SOME "]\ncremations: []\n", 1, JULY_2014,
         HEDUI_ANSWER_UNDETERMINED, 1},
    };
    world w;
    (void)state;
    open_world(&w);
    uint32_t table = HEDUI_SOURCE_PARAMETER + table_named(&w, "limit");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        answered a = judge(&w, cases[i].given, cases[i].rule, cases[i].as_of);
        int named =
            a.doubts == 1 && a.reason.kind == HEDUI_CAUSE_PARAMETER && a.reason.source == table;
        if (a.answer != cases[i].answer || named != cases[i].names_table)
            fail_msg("case %zu: answer %d, %u doubts, kind %d, source %x", i, (int)a.answer,
                     a.doubts, (int)a.reason.kind, (unsigned)a.reason.source);
    }
    close_world(&w);
}

/* Who lives is not known: that is the reason, not the table. */
static void an_unknown_size_gives_its_own_reason(void **state)
{
    world w;
    (void)state;
    open_world(&w);
    answered a =
        judge(&w, HOUSE("659000", "999999") "members: [" SOME ", " SOME "]\n", 0, JULY_2014);
    assert_int_equal(a.answer, HEDUI_ANSWER_UNDETERMINED);
    assert_int_equal(a.doubts, 0);
    assert_int_equal(a.missed, 1);
    a = judge(&w,
              HOUSE("659000", "1") "members: [" SOME ", {counted: 是, authorised: false}]\n"
                                   "cremations: []\n",
              0, JULY_2014);
    assert_int_equal(a.answer, HEDUI_ANSWER_UNDETERMINED);
    assert_int_equal(a.doubts, 1);
    assert_int_equal(a.reason.kind, HEDUI_CAUSE_NOT_AUTHORISED);
    close_world(&w);
}

/* Two rows for one size are refused when a pack is loaded; were they there, nobody may choose. */
static void two_rows_that_fit_are_no_value(void **state)
{
    static const char three[] =
        HOUSE("659000", "999999") "members: [" SOME ", " SOME ", " SOME "]\ncremations: []\n";
    world w;
    (void)state;
    open_world(&w);
    uint32_t table = table_named(&w, "limit");
    assert_int_equal(judge(&w, three, 0, JULY_2014).answer, HEDUI_ANSWER_YES);
    w.book->parameters[table]->rows[0].size.to = 3;
    for (uint32_t rule = 0; rule < 2; rule++) {
        answered a = judge(&w, three, rule, JULY_2014);
        assert_int_equal(a.answer, HEDUI_ANSWER_UNDETERMINED);
        assert_int_equal(a.doubts, 1);
        assert_int_equal(a.reason.kind, HEDUI_CAUSE_PARAMETER);
        assert_int_equal(a.reason.source, HEDUI_SOURCE_PARAMETER + table);
    }
    close_world(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_row_must_fit),
        cmocka_unit_test(an_unknown_size_gives_its_own_reason),
        cmocka_unit_test(two_rows_that_fit_are_no_value),
    };
    return cmocka_run_group_tests_name("rule/parameter", tests, NULL, NULL);
}
