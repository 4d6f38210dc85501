/* hh.benefit_intervals and hh.declared, household by household: what a rule sees, and the rows that
 * a finding over them names. Each case is worked out by hand; the day is 2014-07-05. */
#include "household.h"

#include "rule/account.h"
#include "rule/intervals.h"

#include <hedui/date.h>
#include <hedui/file.h>
#include <hedui/message.h>

static const char pack_text[] =
    "pack: small\ntitle: 小\n"
    "documents:\n  law: {title: 办法, kind: measure, level: county, confirmed: true}\n";
#define RULE(id, when)                                                                             \
    "  - id: " id                                                                                  \
    "\n    title: 待遇\n    basis: {document: law}\n    effect: review\n    when: '" when          \
    "'\n    examples: [{title: 无, given: {vehicles: []}, expect: false}]\n"
static const char rules_text[] =
    "rules:\n" RULE("THREE", "hh.benefit_intervals.exists(p, p.months() >= 3)")
        RULE("NONE", "hh.benefit_intervals.size() == 0")
            RULE("LATE", "hh.benefit_intervals.all(p, p.last() < date(\"2013-01-01\"))")
                RULE("INCOME", "hh.declared.income > dec(\"100.00\")")
                    RULE("PROPERTY", "hh.declared.property > dec(\"100.00\")");
enum { THREE, NONE, LATE, INCOME, PROPERTY, RULES };

typedef struct world {
    hedui_arena *arena;
    const hedui_layouts *layouts;
    const hedui_rulebook *book;
    hedui_err err;
    char folder[32];
} world;

static hedui_status open_small(world *w, const char *rules)
{
    static const char *const feeds[] = {HEDUI_SOURCE_DIR "/feeds"};
    const char *files[][2] = {{"pack.yaml", pack_text}, {"rules.yaml", rules}}, *pack = w->folder;
    w->arena = hedui_arena_open(0);
    hedui_err_init(&w->err);
    (void)snprintf(w->folder, sizeof w->folder, "/tmp/hedui-small-XXXXXX");
    assert_non_null(mkdtemp(w->folder));
    for (int i = 0; i < 2; i++)
        assert_int_equal(hedui_file_replace(hedui_path_join(w->folder, files[i][0], w->arena),
                                            hedui_span_of(files[i][1]), NULL),
                         HEDUI_OK);
    assert_int_equal(hedui_layouts_load(&w->layouts, feeds, 1, w->arena, NULL, NULL), HEDUI_OK);
    return hedui_rulebook_make(&w->book, &pack, 1, w->layouts, w->arena, NULL, &w->err);
}

static void close_small(world *w)
{
    char command[64];
    (void)snprintf(command, sizeof command, "rm -rf '%s'", w->folder);
    assert_int_equal(system(command), 0);
    hedui_arena_close(w->arena);
}

static void open_given(bench *b, const world *w, const char *text)
{
    const hedui_yaml *yaml = NULL;
    hedui_err err;
    hedui_err_init(&err);
    b->arena = hedui_arena_open(0);
    hedui_status status = hedui_yaml_parse(&yaml, "given", hedui_span_of(text), b->arena, &err);
    if (!status)
        status = hedui_given_make(&b->book, w->book, NULL, yaml, yaml->root, b->arena, &err);
    if (status)
        fail_msg("E%d at %u:%u of\n%s", (int)status, err.line, err.column, text);
    b->book.as_of = DAY;
    assert_int_equal(hedui_judge_open(&b->judge, w->book, &b->book), HEDUI_OK);
    hedui_judge_household(&b->judge, 0);
}

/* "2013-01-01/3 ?": first day and months of each, ? for what is not known. */
static void show(hedui_buffer *out, hedui_cel_value list)
{
    if (list.kind != HEDUI_CEL_LIST) {
        hedui_buffer_text(out, list.kind == HEDUI_CEL_UNKNOWN ? "unknown" : "error");
        return;
    }
    for (uint32_t i = 0; i < list.count; i++) {
        hedui_cel_value p = list.as.items[i];
        char first[HEDUI_DATE_TEXT] = "?", last[HEDUI_DATE_TEXT] = "?";
        hedui_buffer_text(out, i ? " " : "");
        if (p.kind == HEDUI_CEL_PERIOD) {
            hedui_date_print(first, p.as.period.first);
            hedui_date_print(last, p.as.period.last);
            hedui_buffer_format(out, "%s..%s=%d", first, last, p.as.period.months);
        } else {
            hedui_buffer_text(out, "?");
        }
    }
}

/* "dibao_payment 0 2, caseload_household 0": sources in order, rows as they were given. */
static void show_proofs(hedui_buffer *out, const bench *b, const hedui_finding *f)
{
    const hedui_catalogue *c = b->judge.rulebook->catalogue;
    for (uint32_t i = 0; i < f->proof_count; i++) {
        const hedui_proof *p = &f->proofs[i];
        const hedui_layout *layout = p->source < c->feed_count    ? c->feeds[p->source]
                                     : p->source == c->feed_count ? c->households
                                                                  : c->members;
        if (!i || p->source != f->proofs[i - 1].source)
            hedui_buffer_format(out, "%s%.*s", i ? ", " : "", (int)layout->name.length,
                                layout->name.at);
        if (p->row == HEDUI_NONE)
            hedui_buffer_text(out, " searched");
        else
            hedui_buffer_format(
                out, " %u",
                p->source < c->feed_count ? b->book.feeds[p->source].links[p->row].fact : p->row);
    }
}

#define EXITED "household: {status: 退出}\n"
#define NOW(from) "household: {status: 享受, benefit_from: " from "}\n"
#define ONE "members: [{counted: 是}]\n"
#define TWO "members: [{counted: 是}, {counted: 是}]\n"
#define PAY "dibao_payments:\n"
#define ROW(more) "  - {household_id: H1, amount: 1, " more "}\n"
#define PAID(month) ROW("month: " month ", state: 已发放")

static const struct {
    const char *title, *given, *list;
    const char *three; /* the rows of THREE's finding; "": untrue; "?": undetermined */
} stretches[] = {
    {"never paid", EXITED ONE "dibao_payments: []\n", "", ""},
    {"one month", EXITED ONE PAY PAID("2013-12"), "2013-12-01..2013-12-31=1", ""},
    {"neighbours merge over the turn of the year, in whatever order",
     EXITED ONE PAY PAID("2014-01") PAID("2013-11") PAID("2013-12"), "2013-11-01..2014-01-31=3",
     "dibao_payment 0 1 2, caseload_household 0"},
    {"February of a leap year", EXITED ONE PAY PAID("2012-02"), "2012-02-01..2012-02-29=1", ""},
    {"a month between two is a gap",
     EXITED ONE PAY PAID("2013-01") PAID("2013-02") PAID("2013-04") PAID("2013-05"),
     "2013-01-01..2013-02-28=2 2013-04-01..2013-05-31=2", ""},
    {"only the stretch that fits is evidence, and what ends it",
     EXITED ONE PAY PAID("2012-01") PAID("2013-01") PAID("2013-02") PAID("2013-03")
         ROW("month: 2013-04, state: 停发") PAID("2013-06"),
     "2012-01-01..2012-01-31=1 2013-01-01..2013-03-31=3 2013-06-01..2013-06-30=1",
     "dibao_payment 1 2 3 4, caseload_household 0"},
    {"two members take turns and overlap",
     EXITED TWO PAY PAID("2013-01") ROW("member: 2, month: 2013-01, state: 已发放")
         ROW("member: 2, month: 2013-02, state: 已发放") PAID("2013-03"),
     "2013-01-01..2013-03-31=3", "dibao_payment 0 3 1 2, caseload_household 0"},
    {"one of two rows of a month is enough",
     EXITED ONE PAY ROW("month: 2013-01, state: 退回") PAID("2013-01") ROW("month: 2013-01"),
     "2013-01-01..2013-01-31=1", ""},
    {"who does not count received nothing for the household",
     EXITED "members: [{counted: 是}, {counted: 否}]\n" PAY ROW(
         "member: 2, month: 2013-01, state: 已发放"),
     "", ""},
    {"a payment that came back", EXITED ONE PAY PAID("2013-01") ROW("month: 2013-02, state: 退回"),
     "2013-01-01..2013-01-31=1", ""},
    {"a month that may have been paid leaves its neighbours open, not the others",
     EXITED ONE PAY PAID("2011-01") PAID("2013-01") ROW("month: 2013-02") PAID("2013-03"),
     "2011-01-01..2011-01-31=1 ?", "?"},
    {"a payment on its way is not known yet",
     EXITED ONE PAY PAID("2011-01") ROW("month: 2014-06, state: 待发放"),
     "2011-01-01..2011-01-31=1 ?", "?"},
    {"no payments supplied", EXITED ONE "dibao_payments: not_checked\n", "unknown", "?"},
    {"one member did not consent",
     EXITED "members: [{counted: 是}, {counted: 是, authorised: false}]\n" PAY PAID("2013-01"),
     "unknown", "?"},
    {"present spell before any payment", NOW("2014-05") ONE "dibao_payments: []\n",
     "2014-05-01..2014-07-31=3", "caseload_household 0"},
    {"payments within the present spell, and before it",
     NOW("2014-05") ONE PAY PAID("2014-04") PAID("2014-06") PAID("2014-02"),
     "2014-02-01..2014-02-28=1 2014-04-01..2014-07-31=4",
     "dibao_payment 0 1, caseload_household 0"},
    {"a stop within the present spell",
     NOW("2014-01") ONE PAY PAID("2014-01") ROW("month: 2014-04, state: 停发"),
     "2014-01-01..2014-03-31=3 2014-05-01..2014-07-31=3",
     "dibao_payment 0 1, caseload_household 0"},
    {"present spell that begins next month", NOW("2014-08") ONE "dibao_payments: []\n", "", ""},
    {"nobody knows since when", "household: {status: 享受}\n" ONE PAY PAID("2013-01"), "unknown",
     "?"},
    {"applying: the month of an earlier spell does not count",
     "household: {status: 申请中, benefit_from: 2010-01}\n" ONE PAY PAID("2013-01"),
     "2013-01-01..2013-01-31=1", ""},
};

static void months_become_stretches(void **state)
{
    world w;
    (void)state;
    assert_int_equal(open_small(&w, rules_text), HEDUI_OK);
    for (size_t i = 0; i < sizeof stretches / sizeof *stretches; i++) {
        bench b;
        hedui_buffer list, proofs;
        hedui_buffer_init(&list);
        hedui_buffer_init(&proofs);
        open_given(&b, &w, stretches[i].given);
        show(&list, hedui_benefit_intervals(&b.judge.the_case, b.arena));
        verdict v = judge_rule(&b, THREE);
        if (v.answer == HEDUI_ANSWER_UNDETERMINED)
            hedui_buffer_text(&proofs, "?");
        else if (v.answer == HEDUI_ANSWER_YES)
            show_proofs(&proofs, &b, v.first);
        hedui_buffer_byte(&list, '\0');
        hedui_buffer_byte(&proofs, '\0');
        if (strcmp(list.data, stretches[i].list) != 0 ||
            strcmp(proofs.data, stretches[i].three) != 0)
            fail_msg("%s: %s by %s", stretches[i].title, list.data, proofs.data);
        hedui_buffer_free(&list);
        hedui_buffer_free(&proofs);
        close_bench(&b);
    }
    close_small(&w);
}

/* The list as a whole, and where nothing in it speaks against the rule. */
static void what_is_not_there_is_searched(void **state)
{
    static const struct {
        const char *given;
        uint32_t rule;
        hedui_answer answer;
        const char *proofs;
    } cases[] = {
        {EXITED ONE "dibao_payments: []\n", NONE, HEDUI_ANSWER_YES,
         "dibao_payment searched, caseload_household 0"},
        {EXITED ONE PAY ROW("month: 2013-01, state: 停发"), NONE, HEDUI_ANSWER_YES,
         "dibao_payment 0, caseload_household 0"},
        {EXITED ONE PAY PAID("2013-01"), NONE, HEDUI_ANSWER_NO, ""},
        {EXITED ONE PAY ROW("month: 2013-01"), NONE, HEDUI_ANSWER_UNDETERMINED, ""},
        {EXITED ONE PAY PAID("2011-01") PAID("2012-12"), LATE, HEDUI_ANSWER_YES,
         "dibao_payment 0 1, caseload_household 0"},
        {EXITED ONE PAY PAID("2011-01") PAID("2013-01"), LATE, HEDUI_ANSWER_NO, ""},
        {EXITED ONE PAY PAID("2011-01") ROW("month: 2013-01"), LATE, HEDUI_ANSWER_UNDETERMINED, ""},
    };
    world w;
    (void)state;
    assert_int_equal(open_small(&w, rules_text), HEDUI_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bench b;
        hedui_buffer proofs;
        hedui_buffer_init(&proofs);
        open_given(&b, &w, cases[i].given);
        verdict v = judge_rule(&b, cases[i].rule);
        if (v.answer == HEDUI_ANSWER_YES)
            show_proofs(&proofs, &b, v.first);
        hedui_buffer_byte(&proofs, '\0');
        if (v.answer != cases[i].answer || strcmp(proofs.data, cases[i].proofs) != 0)
            fail_msg("%u: %d by %s", (unsigned)i, (int)v.answer, proofs.data);
        hedui_buffer_free(&proofs);
        close_bench(&b);
    }
    close_small(&w);
}

static void what_was_declared_is_one_record(void **state)
{
    static const struct {
        const char *given;
        uint32_t rule;
        hedui_answer answer;
        const char *proofs;
    } cases[] = {
        {"members: [{counted: 是, declared_income: 60}, {counted: 是, declared_income: 40.01}]\n",
         INCOME, HEDUI_ANSWER_YES, "caseload_member 0 1"},
        {"members: [{counted: 是, declared_income: 60}, {counted: 是, declared_income: 40}]\n",
         INCOME, HEDUI_ANSWER_NO, ""},
        {"members: [{counted: 是, declared_income: 60}, {counted: 否, declared_income: 900}]\n",
         INCOME, HEDUI_ANSWER_NO, ""},
        {"members: [{counted: 是, declared_income: 900}, {counted: 否}]\n", INCOME,
         HEDUI_ANSWER_YES, "caseload_member 0 1"},
        {"members: [{counted: 是, declared_income: 900}, {counted: 是}]\n", INCOME,
         HEDUI_ANSWER_UNDETERMINED, ""},
        {"members: [{counted: 否, declared_income: 900}]\n", INCOME, HEDUI_ANSWER_NO, ""},
        {"household: {declared_property: 100.01}\n", PROPERTY, HEDUI_ANSWER_YES,
         "caseload_household 0"},
        {"household: {declared_property: 100}\n", PROPERTY, HEDUI_ANSWER_NO, ""},
        {"household: {status: 享受}\n", PROPERTY, HEDUI_ANSWER_UNDETERMINED, ""},
    };
    world w;
    (void)state;
    assert_int_equal(open_small(&w, rules_text), HEDUI_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bench b;
        hedui_buffer proofs;
        hedui_buffer_init(&proofs);
        open_given(&b, &w, cases[i].given);
        verdict v = judge_rule(&b, cases[i].rule);
        if (v.answer == HEDUI_ANSWER_YES)
            show_proofs(&proofs, &b, v.first);
        hedui_buffer_byte(&proofs, '\0');
        if (v.answer != cases[i].answer || strcmp(proofs.data, cases[i].proofs) != 0)
            fail_msg("%u: %d by %s", (unsigned)i, (int)v.answer, proofs.data);
        hedui_buffer_free(&proofs);
        close_bench(&b);
    }
    close_small(&w);
}

/* Whoever asks which registers a rule looked at is told of the payments, and of no other for it. */
static void the_payments_are_a_source_of_stretches(void **state)
{
    static const char *const sources[RULES] = {"dibao_payment", "dibao_payment", "dibao_payment",
                                               "", ""};
    const hedui_account *account = NULL;
    world w;
    bench b;
    (void)state;
    assert_int_equal(open_small(&w, rules_text), HEDUI_OK);
    open_given(&b, &w, EXITED ONE "dibao_payments: []\n");
    assert_int_equal(hedui_account_make(&account, &b.judge, 0, b.arena), HEDUI_OK);
    assert_int_equal(account->rule_count, RULES);
    for (size_t i = 0; i < RULES; i++) {
        const hedui_account_rule *rule = &account->rules[i];
        assert_int_equal(rule->source_count, *sources[i] != '\0');
        if (rule->source_count)
            assert_true(hedui_span_is(rule->sources[0], sources[i]));
    }
    close_bench(&b);
    close_small(&w);
}

/* A row of a member that could not be read may be of any month, and of the sum's members too. */
static void a_rejected_row_leaves_all_open(void **state)
{
    static uint64_t bits[1] = {1};
    world w;
    bench b;
    hedui_buffer list;
    (void)state;
    assert_int_equal(open_small(&w, rules_text), HEDUI_OK);
    hedui_buffer_init(&list);
    open_given(&b, &w,
               EXITED "members: [{counted: 是, declared_income: 900}]\n" PAY PAID("2013-01"));
    for (uint32_t f = 0; f < b.book.feed_count; f++)
        if (hedui_is_benefit_feed(w.book->catalogue, f))
            ((hedui_feed_book *)(uintptr_t)&b.book.feeds[f])->incomplete = bits;
    show(&list, hedui_benefit_intervals(&b.judge.the_case, b.arena));
    assert_int_equal(judge_rule(&b, INCOME).answer, HEDUI_ANSWER_YES);
    ((hedui_household *)(uintptr_t)b.book.caseload->households)->incomplete = 1;
    assert_int_equal(judge_rule(&b, INCOME).answer, HEDUI_ANSWER_UNDETERMINED);
    hedui_buffer_byte(&list, '\0');
    assert_string_equal(list.data, "unknown");
    hedui_buffer_free(&list);
    close_bench(&b);
    close_small(&w);
}

static void a_name_of_theirs_that_is_wrong_is_told(void **state)
{
    static const char *const cases[][2] = {
        {"hh.benefit_interval.size() == 0", "benefit_intervals"},
        {"hh.declared.incom > dec(\"1.00\")", "income"},
        {"hh.declard.income > dec(\"1.00\")", "declared"},
        {"hh.benefit_intervals.exists(p, p.monhts() > 3)", "months"},
        {"hh.declared.property.startsWith(\"3\")", "startsWith"},
        {"hh.benefit_intervals.exists(p, p > 3)", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        world w;
        char rules[512];
        hedui_buffer said;
        hedui_buffer_init(&said);
        (void)snprintf(rules, sizeof rules, "rules:\n" RULE("X", "%s"), cases[i][0]);
        hedui_status status = open_small(&w, rules);
        hedui_message_sentence(&said, &w.err, HEDUI_ZH);
        hedui_buffer_byte(&said, '\0');
        if (status < HEDUI_E3201 || status >= HEDUI_E3290 || !strstr(said.data, cases[i][1]))
            fail_msg("%s: E%d %s", cases[i][0], (int)status, said.data);
        hedui_buffer_free(&said);
        close_small(&w);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(months_become_stretches),
        cmocka_unit_test(what_is_not_there_is_searched),
        cmocka_unit_test(what_was_declared_is_one_record),
        cmocka_unit_test(the_payments_are_a_source_of_stretches),
        cmocka_unit_test(a_rejected_row_leaves_all_open),
        cmocka_unit_test(a_name_of_theirs_that_is_wrong_is_told),
    };
    return cmocka_run_group_tests_name("rule/intervals", tests, NULL, NULL);
}
