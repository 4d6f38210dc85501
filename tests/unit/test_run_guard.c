/* Each guard at its bound and one step beyond it, from the figures of a ledger; distributions from
 * deliveries that were read. The expected words are written out by hand. */
#include "feed_file.h"

#include "run/guard.h"

#include <hedui/date.h>

enum { DAY = 16000, NEVER = HEDUI_DAY_NONE };

static hedui_arena *arena;

/* One delivery by its figures, and what must be said about it. */
typedef struct guard_case {
    const char *name;
    uint64_t records, rejected, decoded, decoded_rejected, matched;
    int32_t cut_off;
    uint32_t crc;
    int64_t last_records, last_matched; /* 0: there was none */
    int number; /* of the remark looked for; 0: none but those that say what was skipped */
    const char *argument;
    hedui_run_verdict verdict;
} guard_case;

/* hold beyond 1%, refuse beyond 5%; fields 2% and 10%; rows -5% to +10%; join rate 20% */
static const hedui_layout_guards limits = {35,     45,     50000, 100000, 10000, 50000, 20000,
                                           100000, 200000, -1,    -1,     0,     NULL,  0};

static void judge(const guard_case *c)
{
    hedui_layout layout = {
        .name = HEDUI_SPAN("test"), .title = HEDUI_SPAN("测试"), .guards = limits};
    hedui_caseload caseload = {0};
    hedui_delivery delivery = {.layout = &layout, .cut_off = c->cut_off, .crc = c->crc};
    hedui_baseline last = {
        .records = c->last_records, .matched = c->last_matched, .cut_off = DAY - 31};
    hedui_prior prior = {.baselines = &last, .baseline_count = c->last_records ? 1 : 0};
    hedui_guarded guarded = {0};
    int found = 0;
    last.feed = layout.name;
    delivery.no_facts.layout = &layout;
    delivery.facts = &delivery.no_facts;
    delivery.ledger.records = c->records;
    delivery.ledger.rejected = c->rejected;
    delivery.ledger.decoded = c->decoded;
    delivery.ledger.decoded_rejected = c->decoded_rejected;
    delivery.ledger.matched = c->matched;
    assert_int_equal(hedui_guard(&guarded, &delivery, HEDUI_GUARD_FULL | HEDUI_GUARD_LAST,
                                 &caseload, &prior, DAY, arena, NULL),
                     HEDUI_OK);
    for (uint32_t i = 0; i < guarded.remark_count; i++) {
        const hedui_run_remark *r = &guarded.remarks[i];
        if (r->number == HEDUI_E2121)
            continue;
        if (r->number != c->number || !hedui_span_is(r->argument, c->argument))
            fail_msg("%s: remark %d '%.*s'", c->name, r->number, (int)r->argument.length,
                     r->argument.at);
        found++;
    }
    if (found != (c->number != 0) || guarded.verdict != c->verdict)
        fail_msg("%s: %d remarks, verdict %d", c->name, found, (int)guarded.verdict);
    if ((guarded.cause != HEDUI_CAUSE_NONE) != (c->verdict == HEDUI_RUN_REFUSED))
        fail_msg("%s: cause %d", c->name, (int)guarded.cause);
}

static void test_every_guard_holds_at_its_bound_and_speaks_beyond_it(void **state)
{
    static const guard_case cases[] = {
        {"age at the warning", 100, 0, 0, 0, 0, DAY - 35, 1, 0, 0, 0, "", HEDUI_RUN_ACCEPTED},
        {"age beyond the warning", 100, 0, 0, 0, 0, DAY - 36, 1, 0, 0, 2111, "36\t35",
         HEDUI_RUN_WARNED},
        {"age at the refusal", 100, 0, 0, 0, 0, DAY - 45, 1, 0, 0, 2111, "45\t35",
         HEDUI_RUN_WARNED},
        {"age beyond the refusal", 100, 0, 0, 0, 0, DAY - 46, 1, 0, 0, 2112, "46\t45",
         HEDUI_RUN_REFUSED},
        {"no day", 100, 0, 0, 0, 0, NEVER, 1, 0, 0, 2110, "", HEDUI_RUN_REFUSED},
        {"rejects at the hold", 10000, 100, 0, 0, 0, DAY, 1, 0, 0, 0, "", HEDUI_RUN_ACCEPTED},
        {"rejects beyond the hold", 10000, 101, 0, 0, 0, DAY, 1, 0, 0, 2113, "1.01%\t1.00%",
         HEDUI_RUN_HELD},
        {"rejects at the refusal", 10000, 500, 0, 0, 0, DAY, 1, 0, 0, 2113, "5.00%\t1.00%",
         HEDUI_RUN_HELD},
        {"rejects beyond the refusal", 10000, 501, 0, 0, 0, DAY, 1, 0, 0, 2114, "5.01%\t5.00%",
         HEDUI_RUN_REFUSED},
        {"fields at the hold", 9999, 0, 1000, 20, 0, DAY, 1, 0, 0, 0, "", HEDUI_RUN_ACCEPTED},
        {"fields beyond the hold", 9999, 0, 1000, 21, 0, DAY, 1, 0, 0, 2136, "2.10%\t2.00%",
         HEDUI_RUN_HELD},
        {"fields at the refusal", 9999, 0, 1000, 100, 0, DAY, 1, 0, 0, 2136, "10.00%\t2.00%",
         HEDUI_RUN_HELD},
        {"fields beyond the refusal", 9999, 0, 1000, 101, 0, DAY, 1, 0, 0, 2137, "10.10%\t10.00%",
         HEDUI_RUN_REFUSED},
        {"rows at the lower bound", 950, 0, 0, 0, 95, DAY, 1, 1000, 100, 0, "", HEDUI_RUN_ACCEPTED},
        {"rows below it", 949, 0, 0, 0, 95, DAY, 1, 1000, 100, 2115, "-5.10%", HEDUI_RUN_HELD},
        {"rows at the upper bound", 1100, 0, 0, 0, 110, DAY, 1, 1000, 100, 0, "",
         HEDUI_RUN_ACCEPTED},
        {"rows above it", 1101, 0, 0, 0, 110, DAY, 1, 1000, 100, 2115, "10.10%", HEDUI_RUN_HELD},
        {"join rate at the lower bound", 1000, 0, 0, 0, 80, DAY, 1, 1000, 100, 0, "",
         HEDUI_RUN_ACCEPTED},
        {"join rate below it", 1000, 0, 0, 0, 79, DAY, 1, 1000, 100, 2118, "-21.00%",
         HEDUI_RUN_HELD},
        {"join rate at the upper bound", 1000, 0, 0, 0, 120, DAY, 1, 1000, 100, 0, "",
         HEDUI_RUN_ACCEPTED},
        {"join rate above it", 1000, 0, 0, 0, 121, DAY, 1, 1000, 100, 2118, "21.00%",
         HEDUI_RUN_HELD},
        {"the wrong county: nobody is found", 1000, 0, 0, 0, 0, DAY, 1, 1000, 100, 2118, "-100.00%",
         HEDUI_RUN_HELD},
        {"the content of another day", 1000, 0, 0, 0, 100, DAY, 0, 1000, 100, 2116, "2013-09-21",
         HEDUI_RUN_REFUSED},
        {"the content of the same day", 1000, 0, 0, 0, 100, DAY - 31, 0, 1000, 100, 0, "",
         HEDUI_RUN_ACCEPTED},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        judge(&cases[i]);
}

/* 200 of 10,000 rows are rejected: `decoded` of them for their columns, the rest for what a run
 * looks at in every row. */
static void test_what_was_surveyed_is_not_judged_by_the_columns_of_strangers(void **state)
{
    static const struct {
        const char *feed;
        uint64_t decoded;
        int number;
        const char *argument;
        hedui_run_verdict verdict;
    } cases[] = {
        {"test", 100, 0, "", HEDUI_RUN_ACCEPTED}, /* 1% and 1%: both at their bounds at the most */
        {"test", 99, 2113, "1.01%\t1.00%", HEDUI_RUN_HELD},
        {"test", 198, 0, "", HEDUI_RUN_ACCEPTED},
        {"test", 200, 2138, "2.0002%\t2.0000%", HEDUI_RUN_WARNED},      /* 200 of 9,999 */
        {"caseload_member", 200, 2113, "2.00%\t1.00%", HEDUI_RUN_HELD}, /* all its rows matter */
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hedui_layout layout = {.name = hedui_span_of(cases[i].feed), .guards = limits};
        hedui_delivery delivery = {.layout = &layout, .cut_off = DAY};
        hedui_guarded now = {0};
        delivery.ledger = (hedui_ledger){.records = 10000,
                                         .rejected = 200,
                                         .decoded = 9999,
                                         .decoded_rejected = cases[i].decoded};
        assert_int_equal(hedui_guard(&now, &delivery, HEDUI_GUARD_LAST | HEDUI_GUARD_SURVEYED, NULL,
                                     NULL, DAY, arena, NULL),
                         HEDUI_OK);
        if (now.remark_count != (cases[i].number != 0) || now.verdict != cases[i].verdict ||
            (now.remark_count && (now.remarks[0].number != cases[i].number ||
                                  !hedui_span_is(now.remarks[0].argument, cases[i].argument))))
            fail_msg("case %zu: %u remarks, verdict %d", i, now.remark_count, (int)now.verdict);
    }
}

static const char layout_text[] = "feed: test\nas: tests\ntitle: 测试\nsource: 测试\nrow: 一行\n"
                                  "file: {name: \"test-*.csv.gz\", charset: utf-8}\n"
                                  "columns:\n"
                                  "  no: {type: text, header: [编号]}\n"
                                  "  status: {type: code, list: state, header: [状态]}\n"
                                  "  amount: {type: money, header: [金额]}\n"
                                  "guards:\n";

static const hedui_layout *layout_of(const char *guards, hedui_err *err)
{
    static const char list_text[] = "codes: state\nlist:\n  A: {label: 正常}\n  E: {label: 注销}\n";
    const hedui_yaml *yaml;
    const hedui_code_list *list;
    const hedui_layout *layout = NULL;
    char text[sizeof layout_text + 256];
    assert_int_equal(hedui_yaml_parse(&yaml, "state.yaml", hedui_span_of(list_text), arena, NULL),
                     HEDUI_OK);
    assert_int_equal(hedui_code_list_parse(&list, yaml, arena, NULL), HEDUI_OK);
    const hedui_code_list **lists = hedui_arena_array(arena, 1, sizeof *lists);
    lists[0] = list;
    hedui_code_lists all = {lists, 1};
    (void)snprintf(text, sizeof text, "%s%s", layout_text, guards);
    hedui_err_init(err);
    const char *kept = hedui_arena_copy(arena, hedui_span_of(text)).at;
    assert_int_equal(hedui_yaml_parse(&yaml, "test.yaml", hedui_span_of(kept), arena, err),
                     HEDUI_OK);
    (void)hedui_layout_parse(&layout, yaml, &all, arena, err);
    return layout;
}

/* `stopped` of `rows` rows are 注销, `zeros` say 0.00 and the rest `amount`. */
static hedui_delivery *delivery_of(const hedui_layout *layout, int rows, int stopped, int zeros,
                                   const char *amount)
{
    hedui_buffer text;
    hedui_buffer_init(&text);
    hedui_buffer_text(&text, "编号,状态,金额\n");
    for (int i = 0; i < rows; i++)
        hedui_buffer_format(&text, "N%d,%s,%s\n", i, i < stopped ? "E" : "A",
                            i < zeros ? "0.00" : amount);
    hedui_delivery *delivery = scan_text(hedui_buffer_span(&text), layout, NULL);
    hedui_buffer_free(&text);
    delivery->cut_off = DAY;
    assert_int_equal(delivery->ledger.records, rows);
    return delivery;
}

static hedui_guarded guarded_of(const hedui_delivery *delivery, const hedui_prior *prior)
{
    hedui_guarded guarded = {0};
    assert_int_equal(
        hedui_guard(&guarded, delivery, HEDUI_GUARD_FULL, NULL, prior, DAY, arena, NULL), HEDUI_OK);
    return guarded;
}

static void test_distributions_are_held_against_the_last_accepted_delivery(void **state)
{
    static const char guards[] = "  shares: {status: 10%}\n  zeros: {amount: 5%}\n"
                                 "  medians: {amount: 20%}\n  watch_from: 100 rows\n";
    /* the last one: 100 rows, 20 stopped, 10 zeros, the rest 500.00 */
    static const struct {
        const char *name;
        int rows, stopped, zeros;
        const char *amount;
        int number, remarks;
        const char *argument;
    } cases[] = {
        {"as it was", 100, 20, 10, "500.00", 0, 0, ""},
        {"share at the upper bound", 100, 30, 10, "500.00", 0, 0, ""},
        {"share above it", 100, 31, 10, "500.00", 2131, 1, "状态\t正常\t69.00%\t80.00%\t10.00%"},
        {"share at the lower bound", 100, 10, 10, "500.00", 0, 0, ""},
        {"share below it", 100, 9, 10, "500.00", 2131, 1, "状态\t正常\t91.00%\t80.00%\t10.00%"},
        {"all stopped", 100, 100, 10, "500.00", 2131, 1, "状态\t正常\t0.00%\t80.00%\t10.00%"},
        {"zeros at the bound", 100, 20, 15, "500.00", 0, 0, ""},
        {"zeros beyond it", 100, 20, 16, "500.00", 2132, 1, "金额\t16.00%\t10.00%\t5.00%"},
        {"no zeros any more", 100, 20, 4, "500.00", 2132, 1, "金额\t4.00%\t10.00%\t5.00%"},
        {"median at the bound", 100, 20, 10, "600.00", 0, 0, ""},
        {"median above it", 100, 20, 10, "600.01", 2133, 1, "金额\t600.01\t500.00\t20.00%"},
        {"median below it", 100, 20, 10, "399.99", 2133, 1, "金额\t399.99\t500.00\t20.00%"},
        {"amounts in fen", 100, 20, 10, "50000.00", 2133, 1, "金额\t50000.00\t500.00\t20.00%"},
        {"too few rows to compare", 99, 99, 99, "1.00", 2134, 3, "状态"},
    };
    hedui_err err;
    (void)state;
    const hedui_layout *layout = layout_of(guards, &err);
    assert_non_null(layout);
    hedui_delivery *first = delivery_of(layout, 100, 20, 10, "500.00");
    hedui_guarded was = guarded_of(first, NULL);
    /* nothing to compare with: said, and not held */
    assert_int_equal(was.verdict, HEDUI_RUN_ACCEPTED);
    assert_int_equal(was.remark_count, 1);
    assert_int_equal(was.remarks[0].number, 2121);
    hedui_baseline last = {.feed = layout->name,
                           .figures = was.figures,
                           .figure_count = was.figure_count,
                           .records = 100,
                           .matched = 100,
                           .cut_off = DAY};
    hedui_prior prior = {.baselines = &last, .baseline_count = 1};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hedui_delivery *delivery =
            delivery_of(layout, cases[i].rows, cases[i].stopped, cases[i].zeros, cases[i].amount);
        hedui_guarded now = guarded_of(delivery, &prior);
        if ((int)now.remark_count != cases[i].remarks ||
            (now.remark_count && (now.remarks[0].number != cases[i].number ||
                                  !hedui_span_is(now.remarks[0].argument, cases[i].argument))))
            fail_msg("%s: %u remarks, %d %.*s", cases[i].name, now.remark_count,
                     now.remark_count ? now.remarks[0].number : 0,
                     now.remark_count ? (int)now.remarks[0].argument.length : 0,
                     now.remark_count ? now.remarks[0].argument.at : "");
        int held = cases[i].number && cases[i].number != 2134;
        assert_int_equal(now.verdict, held ? HEDUI_RUN_HELD : HEDUI_RUN_ACCEPTED);
        hedui_delivery_close(delivery);
    }
    hedui_delivery_close(first);
}

static void test_cells_that_nobody_understands_hold_a_delivery(void **state)
{
    hedui_err err;
    (void)state;
    const hedui_layout *layout = layout_of("  unknown: {hold: 2%}\n", &err);
    for (int strange = 2; strange <= 3; strange++) {
        hedui_buffer text;
        hedui_buffer_init(&text);
        hedui_buffer_text(&text, "编号,状态,金额\n");
        for (int i = 0; i < 100; i++)
            hedui_buffer_format(&text, "N%d,%s,1.00\n", i, i < strange ? "X" : "A");
        hedui_delivery *delivery = scan_text(hedui_buffer_span(&text), layout, NULL);
        delivery->cut_off = DAY;
        hedui_guarded now = guarded_of(delivery, NULL);
        assert_int_equal(now.verdict, strange > 2 ? HEDUI_RUN_HELD : HEDUI_RUN_ACCEPTED);
        assert_int_equal(now.remark_count, strange > 2);
        if (strange > 2) {
            assert_int_equal(now.remarks[0].number, 2130);
            assert_true(hedui_span_is(now.remarks[0].argument, "状态\t3.00%\t2.00%"));
        }
        hedui_delivery_close(delivery);
        hedui_buffer_free(&text);
    }
}

static const hedui_layout *layout_from(const char *text)
{
    const hedui_yaml *yaml;
    const hedui_layout *layout = NULL;
    hedui_code_lists none = {NULL, 0};
    assert_int_equal(hedui_yaml_parse(&yaml, "names.yaml", hedui_span_of(text), arena, NULL),
                     HEDUI_OK);
    assert_int_equal(hedui_layout_parse(&layout, yaml, &none, arena, NULL), HEDUI_OK);
    return layout;
}

/* Every row is about the one person there is. */
static void find_the_one(const void *context, const hedui_citizen_id *ids, uint32_t count,
                         uint32_t *persons)
{
    (void)context;
    (void)ids;
    memset(persons, 0, count * sizeof *persons);
}

static const char named_layout[] =
    "feed: named\nas: named\ntitle: 测试\nsource: 测试\nrow: 一行\n"
    "persons:\n  - {role: owner, title: 所有人, id: id, name: name}\n"
    "file: {name: \"named-*.csv.gz\", charset: utf-8}\n"
    "columns:\n"
    "  no: {type: text, header: [编号]}\n"
    "  id: {type: citizen_id, header: [证件号码], required: true}\n"
    "  name: {type: name, header: [姓名], may_be_unknown: true}\n"
    "guards:\n  name_agreement: {hold: 95%}\n";

/* A delivery of rows about 陈桂兰 that agree, differ, and give no name. */
static hedui_delivery *named_delivery(const hedui_layout *layout, int agree, int differ, int silent)
{
    static const hedui_matcher matcher = {NULL, find_the_one};
    hedui_scan_options options = {.matcher = &matcher};
    hedui_buffer text;
    hedui_buffer_init(&text);
    hedui_buffer_text(&text, "编号,证件号码,姓名\n");
    for (int i = 0; i < agree + differ + silent; i++)
        hedui_buffer_format(&text, "N%d,659000193912082049,%s\n", i,
                            i < agree            ? "陈桂兰"
                            : i < agree + differ ? "陈桂芳"
                                                 : "");
    hedui_delivery *delivery = scan_text(hedui_buffer_span(&text), layout, &options);
    hedui_buffer_free(&text);
    delivery->cut_off = DAY;
    assert_int_equal(delivery->ledger.matched, agree + differ + silent);
    return delivery;
}

static void test_names_that_differ_hold_a_delivery_below_the_bound(void **state)
{
    static const struct {
        const char *name;
        int agree, differ, silent, upgraded;
        const char *argument; /* NULL: nothing is said */
    } cases[] = {
        {"all agree", 100, 0, 0, 0, NULL},
        {"at the bound", 95, 5, 0, 0, NULL},
        {"a row below it", 94, 6, 0, 0, "94.00%\t95.00%"},
        {"at the bound of many", 3800, 200, 0, 0, NULL},
        {"a row of many below it: cut, never rounded up to the bound", 3799, 201, 0, 0,
         "94.97%\t95.00%"},
        {"rows without a name agree with nothing and differ from nothing", 95, 5, 900, 0, NULL},
        {"nor do they stand for agreement", 94, 6, 900, 0, "94.00%\t95.00%"},
        {"all differ: another county's numbers", 0, 7, 0, 0, "0.00%\t95.00%"},
        {"no row gives a name", 0, 0, 50, 0, NULL},
        {"numbers whose century is assumed are not compared", 0, 50, 0, 1, NULL},
    };
    (void)state;
    const hedui_layout *layout = layout_from(named_layout);
    hedui_delivery *members = named_delivery(layout, 1, 0, 0);
    const uint32_t place = 0;
    const hedui_person person = {.first = 0, .count = 1};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const hedui_member member = {.upgraded = (uint8_t)cases[i].upgraded};
        hedui_caseload caseload = {.member_delivery = members,
                                   .members = &member,
                                   .member_count = 1,
                                   .persons = &person,
                                   .person_count = 1,
                                   .places = &place};
        caseload.member_columns[HEDUI_MEMBER_NAME] = 2;
        hedui_delivery *delivery =
            named_delivery(layout, cases[i].agree, cases[i].differ, cases[i].silent);
        hedui_guarded now = {0};
        assert_int_equal(hedui_guard(&now, delivery, HEDUI_GUARD_FULL | HEDUI_GUARD_LAST, &caseload,
                                     NULL, DAY, arena, NULL),
                         HEDUI_OK);
        int said = cases[i].argument != NULL;
        if (now.remark_count != (uint32_t)said ||
            (said && (now.remarks[0].number != HEDUI_E2117 ||
                      !hedui_span_is(now.remarks[0].argument, cases[i].argument))) ||
            now.verdict != (said ? HEDUI_RUN_HELD : HEDUI_RUN_ACCEPTED))
            fail_msg("%s: %u remarks, %.*s", cases[i].name, now.remark_count,
                     now.remark_count ? (int)now.remarks[0].argument.length : 0,
                     now.remark_count ? now.remarks[0].argument.at : "");
        hedui_delivery_close(delivery);
    }
    hedui_delivery_close(members);
}

/* What a later delta took away is no row of this delivery any more. */
static void test_rows_that_are_gone_are_not_compared(void **state)
{
    (void)state;
    const hedui_layout *layout = layout_from(named_layout);
    hedui_delivery *members = named_delivery(layout, 1, 0, 0);
    const uint32_t place = 0;
    const hedui_person person = {.first = 0, .count = 1};
    const hedui_member member = {0};
    hedui_caseload caseload = {
        .member_delivery = members, .members = &member, .persons = &person, .places = &place};
    caseload.member_columns[HEDUI_MEMBER_NAME] = 2;
    hedui_delivery *delivery = named_delivery(layout, 95, 6, 0);
    for (int gone = 0; gone <= 1; gone++) {
        hedui_guarded now = {0};
        hedui_facts_set_gone(delivery->facts, 100, gone);
        assert_int_equal(
            hedui_guard(&now, delivery, HEDUI_GUARD_FULL, &caseload, NULL, DAY, arena, NULL),
            HEDUI_OK);
        assert_int_equal(now.verdict, gone ? HEDUI_RUN_ACCEPTED : HEDUI_RUN_HELD);
    }
    hedui_delivery_close(delivery);
    hedui_delivery_close(members);
}

static void test_guards_that_make_no_sense_are_refused_with_their_place(void **state)
{
    static const struct {
        const char *guards;
        hedui_status want;
        uint32_t line, column;
    } cases[] = {
        {"  shares: {nothing: 10%}\n", HEDUI_E2003, 12, 12},
        {"  shares: {amount: 10%}\n", HEDUI_E2005, 12, 12},
        {"  medians: {status: 10%}\n", HEDUI_E2005, 12, 13},
        {"  zeros: {no: 10%}\n", HEDUI_E2005, 12, 11},
        {"  shares: {status: ten}\n", HEDUI_E2011, 0, 0},
        {"  shares: {status: -10%}\n", HEDUI_E2011, 12, 20},
        {"  shares: [status]\n", HEDUI_E2011, 12, 11},
        {"  watch_from: 100\n", HEDUI_E2011, 0, 0},
        {"  watch_from: -1 rows\n", HEDUI_E2011, 0, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hedui_err err;
        const hedui_layout *layout = layout_of(cases[i].guards, &err);
        if (layout || err.status != cases[i].want ||
            (cases[i].line && (err.line != cases[i].line || err.column != cases[i].column)))
            fail_msg("%s: %d at %u:%u", cases[i].guards, (int)err.status, err.line, err.column);
    }
}

static int open_arena(void **state)
{
    (void)state;
    arena = hedui_arena_open(0);
    return arena ? 0 : -1;
}

static int close_arena(void **state)
{
    (void)state;
    hedui_arena_close(arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_guard_holds_at_its_bound_and_speaks_beyond_it),
        cmocka_unit_test(test_what_was_surveyed_is_not_judged_by_the_columns_of_strangers),
        cmocka_unit_test(test_distributions_are_held_against_the_last_accepted_delivery),
        cmocka_unit_test(test_cells_that_nobody_understands_hold_a_delivery),
        cmocka_unit_test(test_names_that_differ_hold_a_delivery_below_the_bound),
        cmocka_unit_test(test_rows_that_are_gone_are_not_compared),
        cmocka_unit_test(test_guards_that_make_no_sense_are_refused_with_their_place),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
