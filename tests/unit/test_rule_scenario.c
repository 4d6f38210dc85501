/* Scenarios over the pack tests/rules/values: one household whose figures were worked out by hand;
 * each case changes what is expected of it. A right expectation is met, a wrong one is not, and one
 * that speaks of what is not there is a fault with its place. */
#include "rule/pack_fields.h"
#include "rule/scenario.h"
#include "test.h"

#include <hedui/message.h>

#include <stdio.h>

/* income: 600.01 + 300.50 + 0.00 + 216.66 − 100.00 = 1017.17; a third of it 339.06.
 * owed: 6900 / 3 = 2300.00, less twice 500.00, half of 1300.00, by 3: 216.66. */
static const char head[] =
    "scenario: one\n"
    "title: 一户\n"
    "as_of: 2014-07-05\n"
    "given:\n"
    "  members:\n"
    "    - {row: 甲, name: 张建国, counted: 是, declared_income: 600.01}\n"
    "    - {row: 乙, name: 李秀英, counted: 是, declared_income: 300.50}\n"
    "    - {name: 张小军, counted: 是, declared_income: 0}\n"
    "    - {row: 丁, name: 张德福, counted: 否, declared_income: 9000}\n"
    "  supporters:\n"
    "    - {row: 长子, name: 王强, household_size: 3, household_income: 6900, dependants: 3}\n"
    "    - {row: 次女, name: 王丽, household_size: 2, household_income: 2000}\n"
    "  vehicles:\n"
    "    - {row: 长子的车, supporter: 1, vehicle_type: K33, status: A, plate_type: \"02\", "
    "plate_no: 闽C12345}\n"
    "    - {member: 2, vehicle_type: K33, status: E, plate_type: \"02\", plate_no: 闽C12346}\n"
    "    - {row: 不明, vehicle_type: K33, plate_type: \"02\", plate_no: 闽C12347}\n";
enum { EXPECT_LINE = 17 }; /* line of `expect:`, which each case begins with */

typedef struct expectation {
    const char *expect;
    uint32_t met, unmet;
} expectation;

static const expectation cases[] = {
    /* values of the household, to the fen; zeros behind the point are no other amount */
    {"expect: {values: {income: 1017.17, income_per_head: 339.06}}", 2, 0},
    {"expect: {values: {income: 1017.170}}", 1, 0},
    {"expect: {values: {income: 1017.16}}", 0, 1},
    {"expect: {values: {income: 一千}}", 0, 1},
    {"expect: {values: {household_size: 3, limit_beyond: 30000}}", 2, 0},
    {"expect: {values: {household_size: 4}}", 0, 1},
    {"expect: {values: {household_size: undetermined}}", 0, 1},
    /* lines of a breakdown */
    {"expect: {values: {income: {is: 1017.17, lines: {成员申报的收入: 900.51, 义务人应付的赡养费: "
     "216.66, 必要就业成本: 100}}}}",
     4, 0},
    {"expect: {values: {income: {is: 1017.17, lines: {必要就业成本: 0}}}}", 1, 1},
    /* lists by the names of their rows, in order */
    {"expect: {values: {counted_members: [甲, 乙, members 3]}}", 1, 0},
    {"expect: {values: {counted_members: [甲, 乙]}}", 0, 1},
    {"expect: {values: {counted_members: [乙, 甲, members 3]}}", 0, 1},
    {"expect: {values: {counted_members: [members 1, members 2, members 3]}}", 1, 0},
    {"expect: {values: {counted_members: [甲, 乙, 丁]}}", 0, 1},
    /* values of members and of supporters' households */
    {"expect: {values: {works: {甲: true, members 3: false, 丁: true}}}", 3, 0},
    {"expect: {values: {works: {甲: false}}}", 0, 1},
    {"expect: {values: {declared: {乙: {is: 250, lines: {申报: 300.50, 免去: 50.50}}}}}", 3, 0},
    {"expect: {values: {owed: {长子: 216.66, 次女: 0}, per_head: {次女: 1000}}}", 3, 0},
    {"expect: {values: {has_car: {长子: true, 次女: false}}}", 2, 0},
    {"expect: {values: {owed: {长子: 216.67}}}", 0, 1},
    /* rules, as a word and in full */
    {"expect: {rules: {PER-HEAD: false, SUPPORT: true, OWED: true}}", 3, 0},
    {"expect: {rules: {OWED: false}}", 0, 1},
    {"expect: {rules: {OWED: {is: true, flags: 1, rows: [长子的车], messages: [王强]}}}", 4, 0},
    {"expect: {rules: {OWED: {is: true, flags: 2}}}", 1, 1},
    {"expect: {rules: {OWED: {is: true, messages: [王丽]}}}", 1, 1},
    /* rows of the caseload must be there if named, and may be if not; registry rows are exact */
    {"expect: {rules: {OWED: {is: true, rows: [长子, 长子的车]}}}", 2, 0},
    {"expect: {rules: {OWED: {is: true, rows: [次女, 长子的车]}}}", 1, 1},
    {"expect: {rules: {OWED: {is: true, rows: []}}}", 1, 1},
    {"expect: {rules: {OWED: {is: true, rows: [vehicles 1]}}}", 2, 0},
    {"expect: {rules: {OWED: {is: true, rows: [vehicles 1, vehicles 2]}}}", 1, 1},
    {"expect: {rules: {OWED: {is: true, searched: []}}}", 2, 0},
    {"expect: {rules: {OWED: {is: true, searched: [vehicles]}}}", 1, 1},
    /* the reason and where it lies */
    {"expect: {rules: {CAR: undetermined}}", 1, 0},
    {"expect: {rules: {CAR: {is: undetermined, reason: empty_field, source: vehicles}}}", 1, 0},
    {"expect: {rules: {CAR: {is: undetermined, reason: not_supplied}}}", 0, 1},
    {"expect: {rules: {CAR: {is: undetermined, source: members}}}", 0, 1},
    /* nothing but what is named */
    {"expect: {rules: {OWED: true, SUPPORT: true}, no_other_flags: true}", 3, 0},
    {"expect: {rules: {OWED: true}, no_other_flags: true}", 1, 1},
    {"expect: {no_other_flags: false}", 0, 0},
};

typedef struct fault {
    const char *expect;
    hedui_status status;
    uint32_t line, column;
} fault;

static const fault faults[] = {
    {"expect:\n  rules:\n    OWD: true", HEDUI_E3061, 19, 5},
    {"expect:\n  rules:\n    NOTHING-LIKE: true", HEDUI_E3060, 19, 5},
    {"expect:\n  rules:\n    OWED: ture", HEDUI_E1114, 19, 11},
    {"expect:\n  rules:\n    OWED: {is: true, row: [甲]}", HEDUI_E1113, 19, 22},
    {"expect:\n  rules:\n    OWED: {flags: 1}", HEDUI_E1108, 19, 11},
    {"expect:\n  rules:\n    OWED: {is: true, rows: [长子的牛]}", HEDUI_E3065, 19, 29},
    {"expect:\n  rules:\n    OWED: {is: true, rows: [vehicles 4]}", HEDUI_E3065, 19, 29},
    {"expect:\n  rules:\n    OWED: {is: true, rows: [elsewhere]}", HEDUI_E3064, 19, 29},
    {"expect:\n  rules:\n    OWED: {is: true, searched: [vehicle]}", HEDUI_E3068, 19, 33},
    {"expect:\n  rules:\n    OWED: {is: true, searched: [members]}", HEDUI_E3067, 19, 33},
    {"expect:\n  rules:\n    CAR: {is: undetermined, reason: emty_field}", HEDUI_E1114, 19, 37},
    {"expect:\n  rules:\n    CAR: {is: undetermined, reason: because}", HEDUI_E1110, 19, 37},
    {"expect:\n  rules:\n    CAR: {is: undetermined, source: elsewhere}", HEDUI_E3067, 19, 37},
    {"expect:\n  rules: [OWED]", HEDUI_E1109, 18, 10},
    {"expect:\n  values:\n    incom: 1", HEDUI_E3063, 19, 5},
    {"expect:\n  values:\n    nothing_like: 1", HEDUI_E3062, 19, 5},
    {"expect:\n  values:\n    works: true", HEDUI_E1109, 19, 12},
    {"expect:\n  values:\n    works: {戊: true}", HEDUI_E3064, 19, 13},
    {"expect:\n  values:\n    works: {长子: true}", HEDUI_E3064, 19, 13},
    {"expect:\n  values:\n    owed: {甲: 1}", HEDUI_E3064, 19, 12},
    {"expect:\n  values:\n    counted_members: [nobody here]", HEDUI_E3064, 19, 23},
    {"expect:\n  values:\n    income: {is: 1, lines: {成员的收入: 1}}", HEDUI_E1107, 19, 29},
    {"expect:\n  values:\n    income: {lines: {}}", HEDUI_E1108, 19, 13},
    {"expect:\n  rule: {}", HEDUI_E1113, 18, 3},
};

typedef struct tally {
    uint32_t met, unmet;
    int loud;
} tally;

static void count(void *context, const hedui_scenario_check *check)
{
    tally *t = context;
    t->met += check->passed != 0;
    t->unmet += !check->passed;
    if (t->loud)
        print_error("  %.*s: expected %.*s, got %.*s\n", (int)check->what.length, check->what.at,
                    (int)check->expected.length, check->expected.at, (int)check->actual.length,
                    check->actual.at);
}

/* Parse, bind and run a scenario of this text. */
static hedui_status run(tally *t, const hedui_rulebook *book, const char *before,
                        const char *expect, hedui_arena *arena, hedui_err *err)
{
    hedui_scenario scenario = {0};
    hedui_buffer text;
    hedui_buffer_init(&text);
    hedui_buffer_format(&text, "%s%s\n", before, expect);
    hedui_status status =
        hedui_yaml_parse(&scenario.yaml, "one.yaml", hedui_buffer_span(&text), arena, err);
    hedui_buffer_free(&text);
    if (!status)
        status = hedui_yaml_bind(&scenario, hedui_scenario_fields, scenario.yaml,
                                 scenario.yaml->root, arena, err);
    return status ? status : hedui_scenario_run(&scenario, book->packs[0], book, count, t, err);
}

static const hedui_rulebook *open_book(hedui_arena *arena)
{
    static const char *const feeds[] = {HEDUI_SOURCE_DIR "/feeds"};
    static const char *const pack[] = {HEDUI_SOURCE_DIR "/tests/rules/values"};
    const hedui_layouts *layouts = NULL;
    const hedui_rulebook *book = NULL;
    assert_int_equal(hedui_layouts_load(&layouts, feeds, 1, arena, NULL, NULL), HEDUI_OK);
    assert_int_equal(hedui_rulebook_make(&book, pack, 1, layouts, arena, NULL, NULL), HEDUI_OK);
    return book;
}

static void expectations_are_met_or_not(void **state)
{
    hedui_arena *arena = hedui_arena_open(0);
    const hedui_rulebook *book = open_book(arena);
    int wrong = 0;
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tally t = {0};
        hedui_err err;
        hedui_err_init(&err);
        hedui_status status = run(&t, book, head, cases[i].expect, arena, &err);
        if (!status && t.met == cases[i].met && t.unmet == cases[i].unmet)
            continue;
        print_error("%s: E%d, met %u, unmet %u\n", cases[i].expect, (int)status, t.met, t.unmet);
        t.loud = 1;
        (void)run(&t, book, head, cases[i].expect, arena, &err);
        wrong++;
    }
    assert_int_equal(wrong, 0);
    hedui_arena_close(arena);
}

static void faults_have_their_place(void **state)
{
    hedui_arena *arena = hedui_arena_open(0);
    const hedui_rulebook *book = open_book(arena);
    int wrong = 0;
    (void)state;
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        tally t = {0};
        hedui_err err;
        hedui_err_init(&err);
        (void)run(&t, book, head, faults[i].expect, arena, &err);
        if (err.status == faults[i].status && err.line == faults[i].line &&
            err.column == faults[i].column)
            continue;
        print_error("%s\n  -> E%d at %u:%u\n", faults[i].expect, (int)err.status, err.line,
                    err.column);
        wrong++;
    }
    assert_int_equal(wrong, 0);
    hedui_arena_close(arena);
}

/* Two rows with one label, and a row that the list's layout does not read. */
static void rows_of_given_are_checked(void **state)
{
    static const struct {
        const char *given;
        hedui_status status;
        uint32_t line, column;
    } rows[] = {
        {"  vehicles: [{row: 车}, {row: 车}]\n", HEDUI_E3066, 5, 30},
        {"  vehicles: [{row: 车, plate: 1}]\n", HEDUI_E1107, 5, 23},
        {"  vehicle: []\n", HEDUI_E3019, 5, 3},
        {"  vehicles: [{row: 车, member: 2}]\n", HEDUI_E3022, 5, 31},
    };
    hedui_arena *arena = hedui_arena_open(0);
    const hedui_rulebook *book = open_book(arena);
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char before[256];
        tally t = {0};
        hedui_err err;
        hedui_err_init(&err);
        (void)snprintf(before, sizeof before,
                       "scenario: x\ntitle: x\nas_of: 2014-07-05\ngiven:\n%s", rows[i].given);
        (void)run(&t, book, before, "expect: {}", arena, &err);
        if (err.status != rows[i].status || err.line != rows[i].line ||
            err.column != rows[i].column)
            print_error("%s -> E%d at %u:%u\n", rows[i].given, (int)err.status, err.line,
                        err.column);
        assert_int_equal(err.status, rows[i].status);
        assert_int_equal(err.line, rows[i].line);
        assert_int_equal(err.column, rows[i].column);
    }
    hedui_arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(expectations_are_met_or_not),
        cmocka_unit_test(faults_have_their_place),
        cmocka_unit_test(rows_of_given_are_checked),
    };
    return cmocka_run_group_tests_name("rule/scenario", tests, NULL, NULL);
}
