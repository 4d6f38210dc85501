/* Answers to query lists in invented counties: of each delivery what it was bound to and its
 * counts, of each household what two rules over hits and over verdicts must say and why. Who was
 * asked about is the generator's own account, not the program's. */
#include "test.h"

#include "job/packs.h"
#include "run/execute.h"

#include <hedui/citizen_id.h>
#include <hedui/date.h>
#include <hedui/demo.h>
#include <hedui/file.h>
#include <hedui/message.h>
#include <hedui/workspace.h>

#include <ftw.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static const char workspace_text[] =
    "hedui: 1\nunit: 中心\narea: \"659000\"\nareas: areas.csv\ninbox: inbox\narchive: archive\n"
    "out: out\nstore: hedui.db\npacks: [answers]\nfeeds: [feeds]\n";
static const char pack_text[] =
    "pack: answers\ntitle: 回复\n"
    "applies_to: {programme: [dibao], status: [applying, receiving]}\n"
    "documents:\n"
    "  plan: {title: 方案, kind: work_plan, level: county, confirmed: true}\n";
static const char rule_text[] =
    "rules:\n  - id: BALANCE-01\n    title: 存款\n    basis: {document: plan}\n    effect: review\n"
    "    each: {b: hh.bank_balances}\n    when: |-\n      b.balance > 20000\n    examples:\n"
    "      - {title: 少, given: {bank_balances: [{balance: 100}]}, expect: false}\n"
    "      - {title: 没有, given: {bank_balances: []}, expect: false}\n"
    "  - id: VERDICT-01\n    title: 结论\n    basis: {document: plan}\n    effect: review\n"
    "    each: {v: hh.bank_verdicts}\n    when: |-\n      v.person_over\n    examples:\n"
    "      - {title: 否, given: {bank_verdicts: [{person_over: false}]}, expect: false}\n"
    "      - {title: 没有, given: {bank_verdicts: []}, expect: false}\n";

enum { MOST_LISTS = 8, ASKED = 1 << 14, FIELDS = 6 };

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *walk)
{
    (void)status;
    (void)type;
    (void)walk;
    return remove(path);
}

typedef struct county {
    char folder[40];
    hedui_arena *arena;
    hedui_query queries[MOST_LISTS];
    hedui_prior prior;
    const hedui_run_result *result;
} county;

static const char *in(const county *c, const char *name)
{
    return hedui_path_join(c->folder, name, c->arena);
}

static void write_text(const county *c, const char *name, const char *text)
{
    assert_int_equal(hedui_file_replace(in(c, name), hedui_span_of(text), NULL), HEDUI_OK);
}

static hedui_span truth(const county *c, const char *name)
{
    hedui_span text;
    assert_int_equal(hedui_file_read(&text, in(c, name), 1 << 26, c->arena, NULL), HEDUI_OK);
    return text;
}

static int next_line(hedui_span fields[FIELDS], hedui_span *rest)
{
    if (!rest->length)
        return 0;
    const char *end = memchr(rest->at, '\n', rest->length);
    assert_non_null(end);
    const char *at = rest->at;
    for (int i = 0; i < FIELDS; i++) {
        const char *tab = at < end ? memchr(at, '\t', (size_t)(end - at)) : NULL;
        fields[i] = (hedui_span){at, (size_t)((tab ? tab : end) - at)};
        at = tab ? tab + 1 : end;
    }
    rest->length -= (size_t)(end + 1 - rest->at);
    rest->at = end + 1;
    return 1;
}

static int by_number(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

/* The lists as the store would hand them to a run. */
static void make_lists(county *c, int32_t as_of)
{
    uint64_t *tokens = hedui_arena_array(c->arena, ASKED, sizeof *tokens);
    uint32_t count = 0;
    hedui_span fields[FIELDS], rest = truth(c, "truth/asked.tsv"), numbers[MOST_LISTS];
    while (next_line(fields, &rest)) {
        hedui_citizen_id id = 0;
        assert_true(count < ASKED);
        assert_int_equal(hedui_citizen_id_parse(&id, fields[0]), HEDUI_CITIZEN_ID_18);
        assert_int_equal(hedui_citizen_id_token_number(&tokens[count++], id, NULL), HEDUI_OK);
    }
    assert_true(count > 1000);
    qsort(tokens, count, sizeof *tokens, by_number);
    int32_t day = hedui_demo_asked_on(as_of);
    for (uint32_t i = 0; hedui_demo_asked_feed(i); i++) {
        char number[24];
        (void)snprintf(number, sizeof number, "Q20140620-%02u", i + 1);
        numbers[i] = hedui_arena_copy(c->arena, hedui_span_of(number));
        c->queries[c->prior.query_count++] =
            (hedui_query){.number = numbers[i],
                          .feed = hedui_span_of(hedui_demo_asked_feed(i)),
                          .day = day,
                          .answer_by = day + 35,
                          .asked = tokens,
                          .asked_count = count};
    }
    c->prior.queries = c->queries;
    assert_int_equal(hedui_demo_bind(c->folder, numbers, NULL), HEDUI_OK);
}

static void open_county(county *c, uint64_t seed, int32_t *as_of)
{
    static const char *const folders[] = {"rules", "rules/packs", "rules/packs/answers"};
    const hedui_demo_options options = {
        .households = 1500, .seed = seed, .strangers = 20, .further = 1, .answers = 1};
    *c = (county){.folder = "/tmp/hedui-answers-XXXXXX", .arena = hedui_arena_open(0)};
    assert_non_null(mkdtemp(c->folder));
    assert_int_equal(hedui_demo_write(NULL, c->folder, &options, NULL), HEDUI_OK);
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        assert_int_equal(hedui_folder_make(in(c, folders[i]), NULL), HEDUI_OK);
    write_text(c, "hedui.yaml", workspace_text);
    write_text(c, "rules/packs/answers/pack.yaml", pack_text);
    write_text(c, "rules/packs/answers/rules.yaml", rule_text);
    assert_true(hedui_date_from_civil(as_of, 2014, 7, 5));
}

static void close_county(county *c)
{
    (void)nftw(c->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    hedui_arena_close(c->arena);
}

static void run(county *c, int32_t as_of)
{
    const hedui_workspace *workspace = NULL;
    hedui_job_packs packs = {0};
    hedui_err err;
    hedui_err_init(&err);
    hedui_status status =
        hedui_workspace_load(&workspace, c->folder, HEDUI_SOURCE_DIR, c->arena, &err);
    if (!status)
        status = hedui_job_packs_load(&packs, workspace, c->arena, NULL, &err);
    hedui_run_request request = {.as_of = as_of, .threads = 2, .prior = &c->prior};
    if (!status) {
        request.unit = workspace->unit;
        request.area = workspace->area;
        request.areas = workspace->areas;
        request.inbox = workspace->inbox;
        request.spill = c->folder;
        request.layouts = packs.layouts;
        request.rulebook = packs.rulebook;
        status = hedui_run_execute(&c->result, NULL, &request, c->arena, NULL, &err);
    }
    if (status)
        fail_msg("E%d %s:%u %s", (int)status, err.file, err.line, err.text);
}

/* What the run says of a rule, as replies.tsv writes it; answers of one source are whole or not. */
static const char *answer_of(char text[256], const county *c, hedui_span household, uint32_t rule)
{
    const hedui_run_result *r = c->result;
    uint32_t reasons = 0;
    size_t length;
    for (uint32_t i = 0; i < r->flag_count; i++)
        if (r->flags[i].rule == rule &&
            hedui_span_equal(r->households[r->flags[i].household].id, household))
            return "flagged -";
    for (uint32_t i = 0; i < r->undetermined_count; i++)
        if (r->undetermined[i].rule == rule &&
            hedui_span_equal(r->households[r->undetermined[i].household].id, household))
            reasons |= 1u << r->undetermined[i].reason;
    for (uint32_t i = 0; i < r->gap_count; i++)
        if (r->gaps[i].rule == rule)
            reasons |= 1u << r->gaps[i].reason;
    if (!reasons)
        return "clear -";
    (void)snprintf(text, 256, "undetermined ");
    for (uint32_t bit = 0; bit < 32; bit++)
        if (reasons >> bit & 1) {
            length = strlen(text);
            (void)snprintf(text + length, 256 - length, "%s%s", text[length - 1] == ' ' ? "" : ",",
                           hedui_run_reason_code((hedui_run_reason)bit));
        }
    return text;
}

static uint32_t rule_named(const county *c, hedui_span name)
{
    for (uint32_t i = 0; i < c->result->rule_count; i++)
        if (hedui_span_equal(c->result->rules[i].id, name))
            return i;
    fail_msg("no rule %.*s", (int)name.length, name.at);
    return 0;
}

/* How often each outcome and reason was met, so that none is missing unseen. */
static const struct {
    const char *rule, *says;
} met_names[] = {
    {"BALANCE-01", " flagged"},     {"BALANCE-01", " clear"},
    {"BALANCE-01", "not_asked"},    {"BALANCE-01", "not_authorised"},
    {"BALANCE-01", "rejected_row"}, {"BALANCE-01", "empty_field"},
    {"VERDICT-01", " flagged"},     {"VERDICT-01", " clear"},
    {"VERDICT-01", "not_asked"},    {"VERDICT-01", "not_authorised"},
    {"VERDICT-01", "not_answered"}, {"VERDICT-01", "rejected_row"},
    {"VERDICT-01", "empty_field"},  {"VERDICT-01", "bad_field"},
};
enum { MET = sizeof met_names / sizeof *met_names };

/* `met` NULL: differences are expected, and not told. */
static int compare_answers(const county *c, int met[MET])
{
    hedui_span fields[FIELDS], rest = truth(c, "truth/replies.tsv");
    int wrong = 0, lines = 0;
    for (; next_line(fields, &rest); lines++) {
        char text[256], want[256], whole[300];
        (void)snprintf(want, sizeof want, "%.*s %.*s", (int)fields[2].length, fields[2].at,
                       (int)fields[3].length, fields[3].at);
        (void)snprintf(whole, sizeof whole, "%.*s %s", (int)fields[1].length, fields[1].at, want);
        for (int i = 0; met && i < MET; i++)
            met[i] += strstr(whole, met_names[i].rule) == whole && strstr(whole, met_names[i].says);
        const char *is = answer_of(text, c, fields[0], rule_named(c, fields[1]));
        if (strcmp(is, want) == 0)
            continue;
        if (wrong++ < 10 && met)
            print_message("%.*s %.*s: is %s, want %s\n", (int)fields[0].length, fields[0].at,
                          (int)fields[1].length, fields[1].at, is, want);
    }
    assert_true(lines > 2000);
    return wrong;
}

static const hedui_run_delivery *delivery_of(const county *c, hedui_span file)
{
    for (uint32_t i = 0; i < c->result->delivery_count; i++)
        if (hedui_span_equal(c->result->deliveries[i].file, file))
            return &c->result->deliveries[i];
    fail_msg("no delivery %.*s", (int)file.length, file.at);
    return NULL;
}

static int has_remark(const hedui_run_delivery *d, hedui_status number)
{
    for (uint32_t i = 0; i < d->remark_count; i++)
        if (d->remarks[i].number == (int)number)
            return 1;
    return 0;
}

static void compare_deliveries(const county *c)
{
    hedui_span fields[FIELDS], rest = truth(c, "truth/queries.tsv");
    int lines = 0;
    for (; next_line(fields, &rest); lines++) {
        char text[96];
        const hedui_run_delivery *d = delivery_of(c, fields[1]);
        const hedui_run_answer *a = &d->answer;
        (void)snprintf(text, sizeof text, "%" PRId64 "\t%" PRId64 "\t%" PRId64, a->asked,
                       a->answered, a->unasked);
        hedui_span counts = {fields[3].at,
                             (size_t)(fields[5].at + fields[5].length - fields[3].at)};
        if (!hedui_span_is(counts, text))
            fail_msg("%.*s: is %s", (int)counts.length, counts.at, text);
        int bound = hedui_span_is(fields[2], "bound"),
            refused = hedui_span_is(fields[2], "refused");
        assert_int_equal(bound, a->query.length > 0);
        assert_int_equal(bound, has_remark(d, HEDUI_E2170));
        assert_int_equal(refused, has_remark(d, HEDUI_E2172));
        assert_int_equal(refused, d->verdict == HEDUI_RUN_REFUSED);
        assert_int_equal(!bound && !refused, has_remark(d, HEDUI_E2171));
        assert_int_equal(a->unasked > 0, has_remark(d, HEDUI_E2176));
    }
    assert_int_equal(lines, 5);
}

static void answers_say_of_each_household_what_was_planted(void **state)
{
    int met[MET] = {0};
    (void)state;
    /* each county has every kind of fault, but not each where the two rules look */
    static const uint64_t seeds[] = {1, 2, 3, 7};
    for (size_t i = 0; i < sizeof seeds / sizeof *seeds; i++) {
        county c;
        int32_t as_of = 0;
        open_county(&c, seeds[i], &as_of);
        make_lists(&c, as_of);
        run(&c, as_of);
        assert_int_equal(compare_answers(&c, met), 0);
        compare_deliveries(&c);
        close_county(&c);
    }
    for (int i = 0; i < MET; i++)
        if (!met[i])
            fail_msg("no household was: %s %s", met_names[i].rule, met_names[i].says);
}

/* Of households with somebody to ask about. */
static uint32_t clear_households(const county *c)
{
    hedui_span fields[FIELDS], rest = truth(c, "truth/households.tsv");
    uint32_t count = 0;
    while (next_line(fields, &rest))
        for (uint32_t i = 0; i < c->result->household_count; i++)
            count += hedui_span_equal(c->result->households[i].id, fields[0]) &&
                     c->result->households[i].state == HEDUI_RUN_CLEAR &&
                     !hedui_span_is(fields[2], "none_counted");
    return count;
}

/* The same county with its answers, with answers that name no list, and with lists on no record:
 * only the first clears anybody. And a person taken off the lists is missed. */
static void without_lists_nobody_is_clear(void **state)
{
    county c;
    int32_t as_of = 0;
    int met[MET] = {0};
    (void)state;
    open_county(&c, 4, &as_of);
    make_lists(&c, as_of);
    run(&c, as_of);
    assert_int_equal(compare_answers(&c, met), 0);
    assert_true(clear_households(&c) > 50);
    for (uint32_t i = 0; i < c.prior.query_count; i++)
        c.queries[i].asked_count /= 2;
    run(&c, as_of);
    assert_true(compare_answers(&c, NULL) > 100);
    c.prior.query_count = 0;
    run(&c, as_of);
    assert_int_equal(c.result->flag_count, 0);
    assert_int_equal(clear_households(&c), 0);
    assert_int_equal(remove(in(&c, "inbox/answers.manifest.yaml")), 0);
    run(&c, as_of);
    assert_true(c.result->flag_count > 0);
    assert_int_equal(clear_households(&c), 0);
    close_county(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_say_of_each_household_what_was_planted),
        cmocka_unit_test(without_lists_nobody_is_clear),
    };
    return cmocka_run_group_tests_name("run/answers", tests, NULL, NULL);
}
