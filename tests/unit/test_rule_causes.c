/* Why a rule gave no answer in a household: what lies behind a failure in the middle of an
 * expression is told as what it is, with its source, its column and the person. Each case is a
 * rule of its own over one invented household. */
#include "test.h"

#include "rule/example.h"
#include "rule/given.h"
#include "rule/judge.h"

#include <hedui/buffer.h>
#include <hedui/file.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { DAY = 16256 /* 2014-07-05 */ };

static const char pack[] =
    "pack: sample\ntitle: 样本\n"
    "documents:\n"
    "  plan: {title: 方案, kind: work_plan, level: county, confirmed: true}\n"
    "parameters:\n"
    "  rural:\n    title: 只有农村标准\n    type: decimal(2)\n    by: [urban_rural]\n    rows:\n"
    "      - {urban_rural: rural, value: 420.00, basis: {document: plan}}\n"
    "  large:\n    title: 大户标准\n    type: decimal(2)\n    by: [household_size]\n    rows:\n"
    "      - {household_size: {from: 9}, value: 420.00, basis: {document: plan}}\n"
    "  twice:\n    title: 农村标准的两倍\n    type: decimal(2)\n    rows:\n"
    "      - {value: {times: 2, of: rural}, basis: {document: plan}}\n"
    "  divisor:\n    title: 除数\n    type: integer\n    rows:\n"
    "      - {value: 0, basis: {document: plan}}\n"
    "values:\n"
    "  age:\n    title: 周岁\n    for: member\n    type: integer\n    is: |-\n"
    "      ageAt(m.register_entries.first().value().birth_date, as_of)\n"
    "  counted:\n    title: 计入的人\n    is: |-\n      hh.members.filter(m, m.counted)\n"
    "  oldest:\n    title: 最大的年龄\n    is: |-\n      counted.map(m, m.age).max()\n"
    "  limits:\n    title: 两项标准\n    breakdown:\n"
    "      - {title: 标准, is: 'param.rural'}\n"
    "      - {title: 年龄, is: 'dec(oldest)'}\n"
    "  share:\n    title: 义务人人均\n    for: supporter_household\n    type: decimal(2)\n"
    "    is: |-\n      div(o.household_income, dec(o.household_size), 2, \"half_up\")\n";

#define HOUSE "household: {programme: 低保, urban_rural: urban, status: 在享"
/* Two members and what the police say of the first. */
#define MEMBERS "members: [{name: 张建国, counted: 是}, {name: 李秀英, counted: 是}]\n"
#define FIRST "register_entries: [{name: 张建国, birth_date: 1950-01-01}]\n"
#define BOTH "register_entries: [{birth_date: 1950-01-01}, {member: 2, birth_date: 1960-01-01}]\n"
#define CAR "vehicle_type: K33, status: A, plate_type: \"02\", plate_no: 闽C12345"

static const struct {
    const char *when, *given;
    const char
        *want; /* "cause source column person", several by "; ", "-" for none; or an answer */
} cases[] = {
    /* a row that is not there */
    {"hh.members.exists(m, m.age > 90)", MEMBERS FIRST "", "no_record household_register - 李秀英"},
    {"hh.members.exists(m, m.age > 90)", MEMBERS "register_entries: []\n",
     "no_record household_register - 张建国; no_record household_register - 李秀英"},
    {"hh.members.exists(m, m.age > 60)", MEMBERS FIRST, "yes"},
    {"hh.members.exists(m, m.age > 90)", MEMBERS BOTH, "no"},
    {"oldest > 90", MEMBERS FIRST, "no_record household_register - 李秀英"},
    {"counted.filter(m, m.age > 90).size() > 0", MEMBERS FIRST,
     "no_record household_register - 李秀英"},
    {"hh.members.exists(m, m.age > 90)",
     MEMBERS "register_entries: [{birth_date: 1950-01-01}, {member: 2}]\n",
     "empty_field household_register birth_date 李秀英"},
    {"hh.members.exists(m, m.age > 90)", MEMBERS "register_entries: not_checked\n",
     "gap household_register -"},
    {"hh.vehicles.exists(v, hh.vehicle_taxes.filter(t, t.plate_no == v.plate_no).first().value()"
     ".invoice_price > dec(\"1.00\"))",
     MEMBERS "vehicles: [{" CAR "}]\nvehicle_taxes: [{certificate_no: S1, plate_no: 闽C99999, "
             "invoice_price: 5}]\n",
     "no_record vehicle_tax - -"},
    {"hh.bank_balances.map(b, b.balance).min() < dec(\"1.00\")", MEMBERS "bank_balances: []\n",
     "no_record bank_balance - -"},
    {"hh.bank_balances[0].balance < dec(\"1.00\")", MEMBERS "bank_balances: []\n",
     "no_record bank_balance - -"},
    {"hh.bank_balances.latestBy(b, b.balance_on).value().balance > dec(\"1.00\")",
     MEMBERS "bank_balances: []\n", "no_record bank_balance - -"},
    {"hh.members.filter(m, m.name == \"王丽\").first().value().counted", MEMBERS,
     "no_record caseload_member - -"},
    /* a cell that has no value */
    {"hh.members.exists(m, m.register_entries.exists(r, r.?died_on.value() < as_of))", MEMBERS BOTH,
     "empty_field household_register died_on 张建国; "
     "empty_field household_register died_on 李秀英"},
    {"applied_on < as_of", HOUSE ", applied_on: 9999-12-31}\n",
     "empty_field caseload_household applied_on -"},
    {"hh.applied_on < as_of", HOUSE "}\n", "empty_field caseload_household applied_on -"},
    /* a value that cannot be worked with, and only that of the divisor */
    {"applied_on.addMonths(120000) > as_of", HOUSE ", applied_on: 2014-01-01}\n",
     "bad_value caseload_household applied_on -"},
    {"hh.supporters.exists(o, o.household.share > dec(\"9.00\"))",
     MEMBERS
     "supporters: [{name: 王强, relation: child, household_size: 0, household_income: 5}]\n",
     "bad_value caseload_supporter household_size 王强"},
    {"hh.supporters.exists(o, o.household.share > dec(\"9.00\"))",
     MEMBERS "supporters: [{name: 王强, relation: child, household_income: 5}]\n",
     "empty_field caseload_supporter household_size 王强"},
    {"div(hh.bank_balances.sumOf(p, p.balance), dec(hh.members.filter(m, !m.counted).size()), 2, "
     "\"half_up\") > dec(\"1.00\")",
     MEMBERS "bank_balances: []\n", "no_record caseload_member - -"},
    /* a table without a row that fits, by its name, however deep */
    {"param.rural > dec(\"1.00\")", MEMBERS, "parameter rural - -"},
    {"param.large > dec(\"1.00\")", MEMBERS, "parameter large - -"},
    {"param.twice > dec(\"1.00\")", MEMBERS, "parameter rural - -"},
    {"limits > dec(\"1.00\")", MEMBERS FIRST,
     "no_record household_register - 李秀英; parameter rural - -"},
    /* both sides of an `or` are told; a known part settles it */
    {"hh.members.exists(m, m.age > 90) || param.rural > dec(\"1.00\")", MEMBERS FIRST,
     "no_record household_register - 李秀英; parameter rural - -"},
    {"hh.members.exists(m, m.age > 90) || hh.programme == \"dibao\"", MEMBERS FIRST, "yes"},
    {"hh.members.exists(m, m.age > 90) && hh.programme != \"dibao\"", MEMBERS FIRST, "no"},
    {"!known(oldest)", MEMBERS FIRST, "yes"},
    {"assume(oldest > 90, true)", MEMBERS FIRST, "yes"},
    /* the rule's own fault stays one */
    {"hh.members.size() / param.divisor > 1", MEMBERS, "evaluation - - -"},
    {"9223372036854775807 - hh.members.size() + hh.members.size() * 3 > 1", MEMBERS,
     "evaluation - - -"},
};
enum { CASES = sizeof cases / sizeof *cases };

static void write_file(const char *folder, const char *name, const hedui_buffer *text)
{
    char path[200];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_int_equal(hedui_file_replace(path, hedui_buffer_span(text), NULL), HEDUI_OK);
}

static const hedui_rulebook *make_book(hedui_arena *arena)
{
    static const char *const feeds[] = {HEDUI_SOURCE_DIR "/feeds"};
    char folder[] = "/tmp/hedui-causes-XXXXXX", path[200];
    const hedui_layouts *layouts = NULL;
    const hedui_rulebook *book = NULL;
    hedui_buffer text;
    hedui_err err;
    hedui_err_init(&err);
    assert_non_null(mkdtemp(folder));
    hedui_buffer_init(&text);
    hedui_buffer_text(&text, pack);
    write_file(folder, "pack.yaml", &text);
    hedui_buffer_clear(&text);
    hedui_buffer_text(&text, "rules:\n");
    for (size_t i = 0; i < CASES; i++)
        hedui_buffer_format(&text,
                            "  - id: R-%02zu\n    title: 条件\n    basis: {document: plan}\n"
                            "    effect: review\n    when: |-\n      %s\n"
                            "    examples: [{title: 例, given: {}, expect: false}]\n",
                            i, cases[i].when);
    write_file(folder, "rules.yaml", &text);
    hedui_buffer_free(&text);
    assert_int_equal(hedui_layouts_load(&layouts, feeds, 1, arena, NULL, NULL), HEDUI_OK);
    const char *const packs[] = {folder};
    if (hedui_rulebook_make(&book, packs, 1, layouts, arena, NULL, &err))
        fail_msg("E%d %s:%u:%u %s", (int)err.status, err.file, err.line, err.column, err.text);
    (void)snprintf(path, sizeof path, "%s/pack.yaml", folder);
    assert_int_equal(unlink(path), 0);
    (void)snprintf(path, sizeof path, "%s/rules.yaml", folder);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(folder), 0);
    return book;
}

static void add_source(hedui_buffer *text, const hedui_judge *j, const hedui_cel_reason *reason)
{
    const hedui_catalogue *c = j->rulebook->catalogue;
    const hedui_layout *layout = hedui_catalogue_layout(c, reason->source);
    if (layout)
        hedui_buffer_add(text, layout->name);
    else if (reason->source != HEDUI_SOURCE_NONE)
        hedui_buffer_add(text,
                         j->rulebook->parameters[reason->source - HEDUI_SOURCE_PARAMETER]->id);
    else
        hedui_buffer_text(text, "-");
    hedui_buffer_byte(text, ' ');
    hedui_buffer_add(text, layout && hedui_cause_has_field(reason->kind)
                               ? layout->columns[reason->field].name
                               : hedui_span_of("-"));
    hedui_buffer_byte(text, ' ');
    hedui_buffer_add(text, layout && reason->row != HEDUI_NONE
                               ? hedui_member_name(j->book->caseload, reason->row)
                               : hedui_span_of("-"));
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The answer, or the causes in the order of their words. */
static void outcome(hedui_buffer *text, hedui_judge *j, uint32_t rule)
{
    static const char *const answers[] = {"no", "yes", "undetermined", "out of scope"};
    const hedui_catalogue *c = j->rulebook->catalogue;
    char *lines[16];
    uint32_t count = 0;
    hedui_answer answer = hedui_judge_rule(j, rule);
    if (answer != HEDUI_ANSWER_UNDETERMINED) {
        hedui_buffer_text(text, answers[answer]);
        return;
    }
    for (uint32_t p = 0; p < c->place_count; p++) {
        uint32_t column, source = hedui_catalogue_at_place(&column, c, p);
        if (j->missed[p])
            hedui_buffer_format(text, "gap %s %s", hedui_catalogue_layout(c, source)->name.at,
                                column == HEDUI_COLUMN_NONE
                                    ? "-"
                                    : hedui_catalogue_layout(c, source)->columns[column].name.at);
    }
    for (const hedui_doubt *d = j->doubts; d; d = d->next) {
        hedui_buffer line;
        if (d->rule != rule)
            continue;
        hedui_buffer_init(&line);
        hedui_buffer_format(&line, "%s ", hedui_cause_name((hedui_cause)d->reason.kind));
        add_source(&line, j, &d->reason);
        assert_true(count < 16);
        lines[count++] = strndup(line.data, line.length);
        hedui_buffer_free(&line);
    }
    qsort(lines, count, sizeof *lines, by_text);
    for (uint32_t i = 0; i < count; i++) {
        hedui_buffer_format(text, "%s%s", i ? "; " : "", lines[i]);
        free(lines[i]);
    }
}

static void causes_are_told_as_what_they_are(void **state)
{
    hedui_arena *arena = hedui_arena_open(0);
    const hedui_rulebook *book = make_book(arena);
    int wrong = 0;
    (void)state;
    for (uint32_t i = 0; i < CASES; i++) {
        const hedui_yaml *yaml = NULL;
        hedui_book facts;
        hedui_judge j;
        hedui_err err;
        hedui_buffer text;
        char given[800];
        hedui_err_init(&err);
        (void)snprintf(given, sizeof given, "%s%s",
                       strncmp(cases[i].given, HOUSE, 9) ? HOUSE "}\n" : "", cases[i].given);
        hedui_status status = hedui_yaml_parse(&yaml, "given", hedui_span_of(given), arena, &err);
        if (!status)
            status = hedui_given_make(&facts, book, NULL, yaml, yaml->root, arena, &err);
        if (status)
            fail_msg("E%d at %u:%u of\n%s", (int)status, err.line, err.column, given);
        facts.as_of = DAY;
        assert_int_equal(hedui_judge_open(&j, book, &facts), HEDUI_OK);
        hedui_judge_household(&j, 0);
        hedui_buffer_init(&text);
        outcome(&text, &j, i);
        assert_int_equal(j.err.status, HEDUI_OK);
        if (!hedui_span_is(hedui_buffer_span(&text), cases[i].want)) {
            print_error("%s\n  over %s  is   %.*s\n  not  %s\n", cases[i].when, cases[i].given,
                        (int)text.length, text.data, cases[i].want);
            wrong++;
        }
        hedui_buffer_free(&text);
        hedui_judge_close(&j);
    }
    assert_int_equal(wrong, 0);
    hedui_arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(causes_are_told_as_what_they_are)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
