/* Query lists from end to end on a county of eight households, each with its answer worked out by
 * hand: who is asked about, whose rows are used, and who alone may be called clear. The store is
 * read with SQL of the test's own. */
#include "test.h"

#include <hedui/buffer.h>
#include <hedui/citizen_id.h>
#include <hedui/date.h>
#include <hedui/file.h>
#include <hedui/job.h>
#include <hedui/job_query.h>
#include <hedui/store_query.h>

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <zlib.h>

static const char workspace_text[] =
    "hedui: 1\nunit: 中心\narea: \"659000\"\nareas: areas.csv\ninbox: inbox\n"
    "archive: archive\nout: out\nstore: hedui.db\npacks: [deposits]\n";
static const char areas_text[] =
    "code,name,parent,urban_rural\n659000,示例县,,\n659000001,城关街道,659000,urban\n";
static const char pack_text[] =
    "pack: deposits\ntitle: 存款\n"
    "applies_to: {programme: [dibao], status: [applying, receiving]}\n"
    "documents:\n"
    "  plan: {title: 方案, kind: work_plan, level: county, confirmed: true}\n";
static const char rule_text[] =
    "rules:\n  - id: DEP-01\n    title: 存款\n    basis: {document: plan}\n    effect: review\n"
    "    each: {b: hh.bank_balances}\n    when: |-\n      b.balance > 50000\n    examples:\n"
    "      - {title: 少, given: {bank_balances: [{balance: 100}]}, expect: false}\n"
    "      - {title: 没有, given: {bank_balances: []}, expect: false}\n"
    "  - id: VER-01\n    title: 结论\n    basis: {document: plan}\n    effect: review\n"
    "    each: {v: hh.bank_verdicts}\n    when: |-\n      v.person_over\n    examples:\n"
    "      - {title: 否, given: {bank_verdicts: [{person_over: false}]}, expect: false}\n"
    "      - {title: 没有, given: {bank_verdicts: []}, expect: false}\n";

/* One member: A household 1 … H household 8. `before` is how the authorisation read on the day of
 * the query, `after` on the day of the run. */
static const struct {
    char household;
    int number; /* tells people apart */
    const char *name, *counted, *before, *after;
} members[] = {
    {'A', 1, "王建国", "是", "SQ1,2014-12-31", "SQ1,2014-12-31"}, /* asked, has 90,000 */
    {'B', 2, "李秀英", "是", "SQ2,", "SQ2,"},                     /* asked, has nothing */
    {'C', 3, "赵明", "是", ",", ","},                             /* gave no authorisation */
    {'D', 4, "孙丽", "是", "SQ4,2014-07-08", "SQ4,2014-07-08"},   /* runs out before the run */
    {'E', 5, "周强", "是", ",", "SQ5,"},                          /* authorised after the query */
    {'F', 6, "陈静", "是", "SQ6,", "SQ6,"},                       /* two of one name: the one … */
    {'G', 7, "陈静", "是", "SQ7,", "SQ7,"},                       /* … and the other */
    {'G', 8, "陈小", "否", "SQ8,", "SQ8,"},                       /* not counted */
    {'H', 9, "马兰", "是", "SQ9,", "SQ9,"},                       /* of a household that left */
    {'I', 10, "吴刚", "是", "SQ10,2014-07-04", "SQ10,2014-07-04"}, /* ran out the day before */
    {'J', 11, "郑洁", "是", "SQ11,2014-07-05", "SQ11,2015-07-05"}, /* the last day is a day */
};
enum { MEMBERS = sizeof members / sizeof *members };

static const char *id_of(char text[HEDUI_CITIZEN_ID_TEXT], int number)
{
    hedui_citizen_id_print(text, UINT64_C(65900019620304000) + (uint64_t)number);
    return text;
}

typedef struct county {
    char folder[40];
    hedui_arena *arena;
    const hedui_workspace *workspace;
} county;

static const char *in(const county *c, const char *name)
{
    const char *path = hedui_path_join(c->folder, name, c->arena);
    assert_non_null(path);
    return path;
}

static void write_text(const county *c, const char *name, const char *text)
{
    assert_int_equal(hedui_file_replace(in(c, name), hedui_span_of(text), NULL), HEDUI_OK);
}

static void write_gz(const county *c, const char *name, const char *text)
{
    gzFile file = gzopen(in(c, name), "wb");
    assert_non_null(file);
    assert_int_equal(gzputs(file, text), (int)strlen(text));
    assert_int_equal(gzclose(file), Z_OK);
}

static void write_caseload(const county *c, const char *day, int after)
{
    char name[64], id[HEDUI_CITIZEN_ID_TEXT];
    hedui_buffer text;
    hedui_buffer_init(&text);
    hedui_buffer_text(&text, "户编号,救助类型,城乡,行政区划,户主姓名,住址,救助状态,申请日期,"
                             "享受起始年月,申报财产,保障金额\n");
    for (char h = 'A'; h <= 'J'; h++)
        hedui_buffer_format(&text, "%c,低保,城市,659000001,户主,,%s,2013-05-06,2013-06,0,500\n", h,
                            h == 'H' ? "退出" : "在享");
    (void)snprintf(name, sizeof name, "inbox/caseload-household-%s.csv.gz", day);
    write_gz(c, name, text.data);
    text.length = 0;
    hedui_buffer_text(&text, "户编号,公民身份号码,姓名,与户主关系,是否共同生活,授权书编号,"
                             "授权有效期,申报月收入\n");
    for (int i = 0; i < MEMBERS; i++)
        hedui_buffer_format(&text, "%c,%s,%s,户主,%s,%s,0\n", members[i].household,
                            id_of(id, members[i].number), members[i].name, members[i].counted,
                            after ? members[i].after : members[i].before);
    (void)snprintf(name, sizeof name, "inbox/caseload-member-%s.csv.gz", day);
    write_gz(c, name, text.data);
    hedui_buffer_free(&text);
}

static void open_county(county *c)
{
    (void)snprintf(c->folder, sizeof c->folder, "/tmp/hedui-query-XXXXXX");
    assert_non_null(mkdtemp(c->folder));
    c->arena = hedui_arena_open(0);
    assert_int_equal(hedui_folder_make(in(c, "inbox"), NULL), HEDUI_OK);
    assert_int_equal(hedui_folder_make(in(c, "rules/packs/deposits"), NULL), HEDUI_OK);
    write_text(c, "hedui.yaml", workspace_text);
    write_text(c, "areas.csv", areas_text);
    write_text(c, "rules/packs/deposits/pack.yaml", pack_text);
    write_text(c, "rules/packs/deposits/rules.yaml", rule_text);
    write_caseload(c, "20140704", 0);
    assert_int_equal(
        hedui_workspace_load(&c->workspace, c->folder, HEDUI_SOURCE_DIR, c->arena, NULL), HEDUI_OK);
}

static void close_county(county *c)
{
    char command[64];
    (void)snprintf(command, sizeof command, "rm -rf '%s'", c->folder);
    assert_int_equal(system(command), 0);
    hedui_arena_close(c->arena);
}

static int32_t day(int month, int of_month)
{
    int32_t number = 0;
    assert_int_equal(hedui_date_from_civil(&number, 2014, month, of_month), 1);
    return number;
}

static hedui_query_made ask(county *c, const char *feed, int32_t on, int32_t days)
{
    hedui_query_made made = {.asked = 0};
    const hedui_query_options options = {.feed = hedui_span_of(feed),
                                         .person = hedui_span_of("李敏"),
                                         .day = on,
                                         .days = days,
                                         .at = INT64_MIN};
    assert_int_equal(hedui_query_write(&made, c->workspace, &options, c->arena, NULL), HEDUI_OK);
    return made;
}

/* First column of the first row of the test's own SQL, as text; "" for none. */
static const char *sql(const county *c, const char *statement, char text[256])
{
    sqlite3 *db = NULL;
    sqlite3_stmt *row = NULL;
    assert_int_equal(sqlite3_open(in(c, "hedui.db"), &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, statement, -1, &row, NULL), SQLITE_OK);
    text[0] = '\0';
    if (sqlite3_step(row) == SQLITE_ROW && sqlite3_column_text(row, 0))
        (void)snprintf(text, 256, "%s", (const char *)sqlite3_column_text(row, 0));
    (void)sqlite3_finalize(row);
    (void)sqlite3_close(db);
    return text;
}

static void expect(const county *c, const char *statement, const char *want)
{
    char text[256];
    const char *is = sql(c, statement, text);
    if (strcmp(is, want) != 0)
        fail_msg("%s\n  is   '%s'\n  want '%s'", statement, is, want);
}

static void the_list_names_who_may_be_asked_about_and_nobody_else(void **state)
{
    county c;
    struct stat info;
    hedui_span text;
    char id[HEDUI_CITIZEN_ID_TEXT];
    static const int asked[] = {1, 2, 4, 6, 7, 11};
    (void)state;
    open_county(&c);
    hedui_query_made made = ask(&c, "bank_balance", day(7, 5), -1);
    assert_true(hedui_span_is(made.number, "Q20140705-01"));
    assert_int_equal(made.asked, 6);
    assert_int_equal(made.omitted, 5);
    assert_int_equal(made.answer_by, day(7, 5) + 35); /* the layout's limit of age */
    assert_int_equal(stat(made.path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    assert_int_equal(hedui_file_read(&text, made.path, 1 << 20, c.arena, NULL), HEDUI_OK);
    size_t rows = 0;
    for (size_t i = 0; i < text.length; i++)
        rows += text.at[i] == '\n';
    assert_int_equal(rows, 1 + 6);
    for (int i = 0; i < MEMBERS; i++) {
        int is_asked = 0;
        for (size_t k = 0; k < sizeof asked / sizeof *asked; k++)
            is_asked |= asked[k] == members[i].number;
        int is_there = strstr(text.at, id_of(id, members[i].number)) != NULL;
        if (is_asked != is_there)
            fail_msg("member %d: asked %d, in the file %d", members[i].number, is_asked, is_there);
    }
    expect(&c,
           "SELECT group_concat(household || ' ' || reason, '|') FROM (SELECT * FROM query_omitted "
           "ORDER BY n)",
           "C no_authorisation|E no_authorisation|G not_counted|H left|I expired");
    expect(&c, "SELECT count(*) FROM query_person WHERE length(token) = 16", "6");
    expect(&c, "SELECT person || asked || entries FROM query", "李敏66");
    /* no number of anybody stands in the store */
    expect(&c, "SELECT count(*) FROM query_omitted WHERE person_masked NOT LIKE '659000********%'",
           "0");
    made = ask(&c, "bank_verdict", day(7, 5), -1);
    assert_true(hedui_span_is(made.number, "Q20140705-02"));
    close_county(&c);
}

static void supporters_are_asked_about_where_they_authorised(void **state)
{
    county c;
    hedui_buffer text;
    char id[HEDUI_CITIZEN_ID_TEXT];
    (void)state;
    open_county(&c);
    hedui_buffer_init(&text);
    hedui_buffer_text(&text, "household_id,citizen_id,name,relation,authorization_no,"
                             "authorization_until\n");
    hedui_buffer_format(&text, "A,%s,王强,长子,SQ20,2014-07-05\n", id_of(id, 20));
    hedui_buffer_format(&text, "A,%s,王刚,次子,SQ21,2014-07-04\n", id_of(id, 21));
    hedui_buffer_format(&text, "B,%s,李明,长子,,\n", id_of(id, 22));
    write_gz(&c, "inbox/caseload-supporter-20140704.csv.gz", text.data);
    hedui_buffer_free(&text);
    hedui_query_made made = ask(&c, "bank_balance", day(7, 5), -1);
    assert_int_equal(made.asked, 6 + 1);
    expect(&c,
           "SELECT group_concat(household || ' ' || name || ' ' || reason, '|') FROM (SELECT * "
           "FROM query_omitted WHERE household < 'C' ORDER BY n)",
           "A 王刚 expired|B 李明 no_authorisation");
    close_county(&c);
}

/* The answer to a list of hits: A has money, F too; E and C were never asked about. */
static void write_hits(const county *c, const char *name)
{
    char path[96], id[HEDUI_CITIZEN_ID_TEXT];
    static const struct {
        int number;
        const char *name;
    } rows[] = {{1, "王建国"}, {6, "陈静"}, {5, "周强"}, {3, "赵明"}};
    hedui_buffer text;
    hedui_buffer_init(&text);
    hedui_buffer_text(&text, "证件号码,姓名,开户行,账号,余额,余额日期\n");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        hedui_buffer_format(&text, "%s,%s,工商银行,622200001111%04d,90000,2014-07-07\n",
                            id_of(id, rows[i].number), rows[i].name, rows[i].number);
    (void)snprintf(path, sizeof path, "inbox/%s", name);
    write_gz(c, path, text.data);
    hedui_buffer_free(&text);
}

static hedui_status night(county *c, hedui_job_outcome *outcome)
{
    const hedui_job_options options = {.as_of = day(7, 10), .threads = 2};
    return hedui_job_run(outcome, c->workspace, &options, c->arena, NULL, NULL);
}

/* What a rule made of each household: F flagged, ? not answered, . answered no. */
static void expect_answers(const county *c, const char *rule, const char *want)
{
    char statement[600], text[256], answers[16] = "";
    for (char h = 'A'; h <= 'J'; h++) {
        (void)snprintf(
            statement, sizeof statement,
            "SELECT CASE WHEN EXISTS (SELECT 1 FROM flag f JOIN household h ON h.number = "
            "f.household WHERE h.id = '%c' AND f.rule = '%s') THEN 'F' WHEN EXISTS (SELECT 1 FROM "
            "cause k JOIN household h ON h.number = k.household WHERE h.id = '%c' AND k.rule = "
            "'%s') OR (SELECT count(*) FROM gap WHERE rule = '%s') > 0 THEN '?' ELSE '.' END",
            h, rule, h, rule, rule);
        (void)strncat(answers, sql(c, statement, text), 1);
    }
    if (strcmp(answers, want) != 0)
        fail_msg("%s: is %s, want %s", rule, answers, want);
}

static void who_was_asked_about_and_has_no_row_has_no_record(void **state)
{
    county c;
    hedui_job_outcome outcome;
    (void)state;
    open_county(&c);
    (void)ask(&c, "bank_balance", day(7, 5), -1);
    write_caseload(&c, "20140709", 1);
    write_hits(&c, "bank-balance-20140708-Q20140705-01.csv.gz");
    assert_int_equal(night(&c, &outcome), HEDUI_OK);
    /*            ABCDEFGHIJ: A, F hit; B, G, J asked without a row; C, D (ran out), E, I open;
     *            H left, so that the rule does not apply */
    expect_answers(&c, "DEP-01", "F.???F..?.");
    expect(&c,
           "SELECT group_concat(h.id || ' ' || k.reason, '|') FROM (SELECT * FROM cause WHERE rule "
           "= 'DEP-01' ORDER BY household) k JOIN household h ON h.number = k.household",
           "C not_authorised|D not_authorised|E not_asked|I not_authorised");
    expect(&c, "SELECT count(*) FROM gap WHERE source = 'bank_balance'", "0");
    /* the row about E was got without asking; the one about C, without authorisation, is not even
     * looked at; E stays open although the bank says 90,000 */
    expect(&c,
           "SELECT query || ' ' || asked || ' ' || answered || ' ' || unasked || ' ' || verdict "
           "FROM receipt_delivery WHERE query <> ''",
           "Q20140705-01 6 2 1 held");
    expect(&c,
           "SELECT group_concat(number) FROM (SELECT number FROM remark WHERE number > 2170 AND "
           "number < 2180 ORDER BY n)",
           "2176");
    expect(&c, "SELECT state FROM run", "draft");
    close_county(&c);
}

static void a_list_of_verdicts_speaks_of_whom_it_names(void **state)
{
    county c;
    hedui_job_outcome outcome;
    hedui_buffer text;
    char id[HEDUI_CITIZEN_ID_TEXT];
    static const struct {
        int number;
        const char *name, *verdict;
    } rows[] = {{1, "王建国", "是"}, {2, "李秀英", "否"}, {6, "陈静", "待查"}, {11, "郑洁", ""}};
    (void)state;
    open_county(&c);
    (void)ask(&c, "bank_verdict", day(7, 5), -1);
    write_caseload(&c, "20140709", 1);
    hedui_buffer_init(&text);
    hedui_buffer_text(&text, "身份证号,姓名,个人存款是否超限\n");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        hedui_buffer_format(&text, "%s,%s,%s\n", id_of(id, rows[i].number), rows[i].name,
                            rows[i].verdict);
    write_gz(&c, "inbox/bank-verdict-20140708.csv.gz", text.data);
    hedui_buffer_free(&text);
    write_text(&c, "inbox/bank.manifest.yaml",
               "delivery: 2014-07-09\nfiles:\n  - {file: bank-verdict-20140708.csv.gz, feed: "
               "bank_verdict, answers: Q20140705-01}\n");
    assert_int_equal(night(&c, &outcome), HEDUI_OK);
    /* A yes, B no, F being looked into, G asked and not answered, J an empty cell */
    expect_answers(&c, "VER-01", "F.?????.??");
    expect(&c,
           "SELECT group_concat(h.id || ' ' || k.reason, '|') FROM (SELECT * FROM cause WHERE rule "
           "= 'VER-01' ORDER BY household) k JOIN household h ON h.number = k.household",
           "C not_authorised|D not_authorised|E not_asked|F bad_field|G not_answered|"
           "I not_authorised|J empty_field");
    expect(&c, "SELECT argument FROM remark WHERE number = 2179", "1");
    expect(&c, "SELECT state FROM run", "published"); /* warned is no reason to hold */
    close_county(&c);
}

static void an_answer_is_bound_to_its_own_list_or_to_none(void **state)
{
    static const struct {
        const char *title, *file, *second; /* NULL: one file only */
        int days;                          /* to answer */
        const char *verdict, *remark;      /* of the delivery: number of the telling remark */
        const char *gap;                   /* of DEP-01; "" none */
        const char *answers;
    } cases[] = {
        {"no list named", "bank-balance-20140708.csv.gz", NULL, -1, "warned", "2171", "not_asked",
         "F???FF????"},
        {"a list that nobody wrote", "bank-balance-20140708-Q20140705-99.csv.gz", NULL, -1,
         "refused", "2172", "refused", "??????????"},
        {"the list of another feed", "bank-balance-20140708-Q20140705-02.csv.gz", NULL, -1,
         "refused", "2173", "refused", "??????????"},
        {"its time is over", "bank-balance-20140708-Q20140705-01.csv.gz", NULL, 4, "refused",
         "2174", "stale", "??????????"},
        {"the last day to answer", "bank-balance-20140708-Q20140705-01.csv.gz", NULL, 5, "held",
         "2176", "", "F.???F..?."},
        {"data older than the question", "bank-balance-20140704-Q20140705-01.csv.gz", NULL, -1,
         "held", "2175", "", "F.???F..?."},
        {"a list of a later day", "bank-balance-20140708-Q20140712-01.csv.gz", NULL, -1, "refused",
         "2178", "refused", "??????????"},
        {"what only looks like a number", "bank-balance-20140708-Q20140705-011.csv.gz", NULL, -1,
         "warned", "2171", "not_asked", "F???FF????"},
        {"two answers of one day", "bank-balance-20140708-Q20140705-01.csv.gz",
         "bank-balance-20140708-Q20140705-01-b.csv.gz", -1, "held", "2177", "", "F.???F..?."},
        {"an older second answer", "bank-balance-20140708-Q20140705-01.csv.gz",
         "bank-balance-20140707-Q20140705-01.csv.gz", -1, "held", "2177", "", "F.???F..?."},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        county c;
        hedui_job_outcome outcome;
        char name[128], statement[160], text[256];
        open_county(&c);
        (void)ask(&c, "bank_balance", day(7, 5), cases[i].days);
        (void)ask(&c, "bank_verdict", day(7, 5), -1);
        (void)ask(&c, "bank_balance", day(7, 12), -1);
        write_caseload(&c, "20140709", 1);
        (void)snprintf(name, sizeof name, "%s", cases[i].file);
        write_hits(&c, name);
        if (cases[i].second)
            write_hits(&c, cases[i].second);
        assert_int_equal(night(&c, &outcome), HEDUI_OK);
        const char *is = sql(&c,
                             "SELECT verdict FROM receipt_delivery x JOIN delivery d ON d.number = "
                             "x.delivery WHERE d.feed = 'bank_balance'",
                             text);
        if (strcmp(is, cases[i].verdict) != 0)
            fail_msg("%s: %s", cases[i].title, is);
        (void)snprintf(statement, sizeof statement, "SELECT count(*) FROM remark WHERE number = %s",
                       cases[i].remark);
        if (strcmp(sql(&c, statement, text), "1") != 0)
            fail_msg("%s: remark %s is not there", cases[i].title, cases[i].remark);
        is = sql(&c, "SELECT reason FROM gap WHERE rule = 'DEP-01' AND source = 'bank_balance'",
                 text);
        if (strcmp(is, cases[i].gap) != 0)
            fail_msg("%s: gap '%s'", cases[i].title, is);
        expect_answers(&c, "DEP-01", cases[i].answers);
        close_county(&c);
    }
}

static void a_file_and_a_manifest_that_disagree_are_sorted_out_by_people(void **state)
{
    county c;
    hedui_job_outcome outcome;
    (void)state;
    open_county(&c);
    write_hits(&c, "bank-balance-20140708-Q20140705-01.csv.gz");
    write_text(&c, "inbox/bank.manifest.yaml",
               "files:\n  - {file: bank-balance-20140708-Q20140705-01.csv.gz, answers: "
               "Q20140705-02}\n");
    assert_int_equal(night(&c, &outcome), HEDUI_E2037);
    write_text(&c, "inbox/bank.manifest.yaml",
               "files:\n  - {file: bank-balance-20140708-Q20140705-01.csv.gz, answers: Q2014}\n");
    assert_int_equal(night(&c, &outcome), HEDUI_E2011);
    close_county(&c);
}

static void what_cannot_be_asked_leaves_nothing_behind(void **state)
{
    static const struct {
        const char *feed, *person;
        int month, of_month, dry;
        hedui_status want;
    } cases[] = {
        {"vehicle", "李敏", 7, 5, 0, HEDUI_E2180},      /* a register, asked of nobody */
        {"nothing", "李敏", 7, 5, 0, HEDUI_E4014},      /* no such layout */
        {"bank_balance", "", 7, 5, 0, HEDUI_E2183},     /* nobody writes it */
        {"bank_balance", "李敏", 7, 3, 0, HEDUI_E4010}, /* before there was a caseload */
        {"bank_balance", "李敏", 7, 5, 1, HEDUI_OK},    /* a rehearsal */
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        county c;
        hedui_query_made made = {.asked = 0};
        open_county(&c);
        const hedui_query_options options = {.feed = hedui_span_of(cases[i].feed),
                                             .person = hedui_span_of(cases[i].person),
                                             .day = day(cases[i].month, cases[i].of_month),
                                             .days = -1,
                                             .dry_run = cases[i].dry};
        hedui_status status = hedui_query_write(&made, c.workspace, &options, c.arena, NULL);
        if (status != cases[i].want || made.written || hedui_file_exists(in(&c, "out/requests")) ||
            hedui_file_exists(in(&c, "hedui.db")))
            fail_msg("case %zu: E%d", i, (int)status);
        close_county(&c);
    }
}

static hedui_status refuse(void *context, const hedui_query_made *made, hedui_err *err)
{
    *(int64_t *)context = made->asked;
    return hedui_fail_plain(err, HEDUI_E1001, hedui_place_none());
}

static void nothing_is_written_without_consent_or_where_it_cannot_be(void **state)
{
    county c;
    hedui_query_made made = {.asked = 0};
    int64_t told = 0;
    hedui_query_options options = {.feed = hedui_span_of("bank_balance"),
                                   .person = hedui_span_of("李敏"),
                                   .day = day(7, 5),
                                   .days = -1,
                                   .agree = refuse,
                                   .context = &told};
    (void)state;
    open_county(&c);
    assert_int_equal(hedui_query_write(&made, c.workspace, &options, c.arena, NULL), HEDUI_E1001);
    assert_int_equal(told, 6);
    expect(&c, "SELECT count(*) FROM query", "0");
    /* the file cannot get its name: a folder stands there; the record goes too */
    options.agree = NULL;
    assert_int_equal(hedui_folder_make(in(&c, "out/requests/bank_balance-Q20140705-01.csv"), NULL),
                     HEDUI_OK);
    assert_int_equal(hedui_query_write(&made, c.workspace, &options, c.arena, NULL), HEDUI_E1004);
    expect(&c, "SELECT count(*) + (SELECT count(*) FROM query_person) FROM query", "0");
    assert_false(hedui_file_exists(in(&c, "out/requests/.bank_balance-Q20140705-01.csv")));
    close_county(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_list_names_who_may_be_asked_about_and_nobody_else),
        cmocka_unit_test(supporters_are_asked_about_where_they_authorised),
        cmocka_unit_test(who_was_asked_about_and_has_no_row_has_no_record),
        cmocka_unit_test(a_list_of_verdicts_speaks_of_whom_it_names),
        cmocka_unit_test(an_answer_is_bound_to_its_own_list_or_to_none),
        cmocka_unit_test(a_file_and_a_manifest_that_disagree_are_sorted_out_by_people),
        cmocka_unit_test(what_cannot_be_asked_leaves_nothing_behind),
        cmocka_unit_test(nothing_is_written_without_consent_or_where_it_cannot_be),
    };
    return cmocka_run_group_tests_name("job/query", tests, NULL, NULL);
}
