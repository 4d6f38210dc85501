/* Query lists over random counties, held against a model of a few lines that shares nothing with
 * the engine: who is asked about, what each answer leaves open and why, which rows are not used.
 * People of one name, rows nobody asked for, verdicts that are missing and authorisations that come
 * and go between question and night are all over them. */
#include "test.h"

#include <hedui/buffer.h>
#include <hedui/citizen_id.h>
#include <hedui/date.h>
#include <hedui/file.h>
#include <hedui/job.h>
#include <hedui/job_query.h>

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

enum { PEOPLE = 160, HOUSEHOLDS = 60, LINES = 2000, ASKED_ON = 5, RUN_ON = 10 };

/* An authorisation: none, or up to a day of July 2014 (0: without end). */
typedef struct authorisation {
    int given, until;
} authorisation;

typedef enum verdict { NO_ROW, YES, NO, BLANK, PENDING, VERDICTS } verdict;

typedef struct person {
    int household, counted;
    authorisation before, after; /* on the day of the question, of the night */
    const char *name;
    int over, under; /* accounts above and below the limit in the answer */
    verdict verdict;
} person;

typedef struct model {
    person people[PEOPLE];
    int left[HOUSEHOLDS];
    uint64_t random;
    char *lines[LINES]; /* expected, sorted before use */
    int line_count;
    char folder[40];
    hedui_arena *arena;
} model;

static uint32_t draw(model *m, uint32_t below)
{
    m->random = m->random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(m->random >> 33) % below;
}

static authorisation draw_authorisation(model *m)
{
    static const int ends[] = {0, 0, 0, 4, 5, 9, 10, 30}; /* around both days */
    authorisation a = {draw(m, 8) != 0, ends[draw(m, 8)]};
    return a;
}

static void draw_county(model *m)
{
    static const char *const names[] = {"王建国", "李秀英", "陈静", "马兰", "阿依古丽·买买提"};
    for (int h = 0; h < HOUSEHOLDS; h++)
        m->left[h] = draw(m, 10) == 0;
    for (int i = 0; i < PEOPLE; i++) {
        person *p = &m->people[i];
        p->household = i < HOUSEHOLDS ? i : (int)draw(m, HOUSEHOLDS); /* none is empty */
        p->counted = draw(m, 8) != 0;
        p->before = draw_authorisation(m);
        p->after = draw(m, 3) ? p->before : draw_authorisation(m);
        p->name = names[draw(m, 5)];
        p->over = draw(m, 6) == 0;
        p->under = draw(m, 4) == 0;
        p->verdict = (verdict)draw(m, VERDICTS);
    }
}

static int is_live(authorisation a, int day)
{
    return a.given && (a.until == 0 || a.until >= day);
}

static int is_asked(const model *m, const person *p)
{
    return p->counted && !m->left[p->household] && is_live(p->before, ASKED_ON);
}

static void expect_line(model *m, const char *rule, const char *a, const char *b, int household)
{
    char text[160];
    (void)snprintf(text, sizeof text, "H%03d|%s|%s|%s", household, rule, a, b);
    assert_true(m->line_count < LINES);
    m->lines[m->line_count] = strdup(text);
    assert_non_null(m->lines[m->line_count++]);
}

/* What must be found about one counted member of a household to which the rules apply. */
static void judge_person(model *m, const person *p, int number)
{
    char flag[32];
    const char *open = !is_live(p->after, RUN_ON) ? "not_authorised"
                       : !is_asked(m, p)          ? "not_asked"
                                                  : NULL;
    (void)snprintf(flag, sizeof flag, "%d", number);
    if (open) {
        expect_line(m, "DEP-01", open, p->name, p->household);
        expect_line(m, "VER-01", open, p->name, p->household);
        return;
    }
    if (p->over)
        expect_line(m, "DEP-01", "flag", flag, p->household);
    if (p->verdict == YES)
        expect_line(m, "VER-01", "flag", flag, p->household);
    else if (p->verdict != NO)
        expect_line(m, "VER-01",
                    p->verdict == NO_ROW  ? "not_answered"
                    : p->verdict == BLANK ? "empty_field"
                                          : "bad_field",
                    p->name, p->household);
}

static const char *in(const model *m, const char *name)
{
    const char *path = hedui_path_join(m->folder, name, m->arena);
    assert_non_null(path);
    return path;
}

static void write_gz(const model *m, const char *name, hedui_buffer *text)
{
    gzFile file = gzopen(in(m, name), "wb");
    assert_non_null(file);
    assert_int_equal(gzwrite(file, text->data, (unsigned)text->length), (int)text->length);
    assert_int_equal(gzclose(file), Z_OK);
    text->length = 0;
}

static void put_id(hedui_buffer *text, int number)
{
    char id[HEDUI_CITIZEN_ID_TEXT];
    hedui_citizen_id_print(id, UINT64_C(65900019620304000) + (uint64_t)number);
    hedui_buffer_text(text, id);
}

static void write_caseload(const model *m, const char *day, int after)
{
    char name[64];
    hedui_buffer text;
    hedui_buffer_init(&text);
    hedui_buffer_text(&text,
                      "household_id,programme,urban_rural,area_code,head_name,address,status,"
                      "applied_on,benefit_from,declared_property,paid_amount\n");
    for (int h = 0; h < HOUSEHOLDS; h++)
        hedui_buffer_format(&text, "H%03d,dibao,urban,659000001,,,%s,2013-05-06,2013-06,0,500\n", h,
                            m->left[h] ? "exited" : "receiving");
    (void)snprintf(name, sizeof name, "inbox/caseload-household-%s.csv.gz", day);
    write_gz(m, name, &text);
    hedui_buffer_text(&text, "household_id,citizen_id,name,relation,counted,authorization_no,"
                             "authorization_until,declared_income\n");
    for (int i = 0; i < PEOPLE; i++) {
        const person *p = &m->people[i];
        const authorisation *a = after ? &p->after : &p->before;
        hedui_buffer_format(&text, "H%03d,", p->household);
        put_id(&text, i);
        hedui_buffer_format(&text, ",%s,,%d,%s,", p->name, p->counted, a->given ? "SQ" : "");
        if (a->until)
            hedui_buffer_format(&text, "2014-07-%02d", a->until);
        hedui_buffer_text(&text, ",0\n");
    }
    (void)snprintf(name, sizeof name, "inbox/caseload-member-%s.csv.gz", day);
    write_gz(m, name, &text);
    hedui_buffer_free(&text);
}

static void write_answers(const model *m)
{
    static const char *const words[VERDICTS] = {"", "是", "否", "", "待查"};
    hedui_buffer text;
    hedui_buffer_init(&text);
    hedui_buffer_text(&text, "citizen_id,name,bank,account,balance,balance_on\n");
    for (int i = 0; i < PEOPLE; i++)
        for (int k = 0; k < 2; k++)
            if (k ? m->people[i].under : m->people[i].over) {
                put_id(&text, i);
                hedui_buffer_format(&text, ",%s,银行,A%d-%d,%d,2014-07-07\n", m->people[i].name, i,
                                    k, k ? 50000 : 50001);
            }
    write_gz(m, "inbox/bank-balance-20140708-Q20140705-01.csv.gz", &text);
    hedui_buffer_text(&text, "citizen_id,name,person_over\n");
    for (int i = 0; i < PEOPLE; i++)
        if (m->people[i].verdict != NO_ROW) {
            put_id(&text, i);
            hedui_buffer_format(&text, ",%s,%s\n", m->people[i].name, words[m->people[i].verdict]);
        }
    write_gz(m, "inbox/bank-verdict-20140708-Q20140705-02.csv.gz", &text);
    hedui_buffer_free(&text);
}

static void write_text(const model *m, const char *name, const char *text)
{
    assert_int_equal(hedui_file_replace(in(m, name), hedui_span_of(text), NULL), HEDUI_OK);
}

static void write_workspace(const model *m)
{
    assert_int_equal(hedui_folder_make(in(m, "inbox"), NULL), HEDUI_OK);
    assert_int_equal(hedui_folder_make(in(m, "rules/packs/deposits"), NULL), HEDUI_OK);
    write_text(m, "hedui.yaml",
               "hedui: 1\nunit: 中心\narea: \"659000\"\nareas: areas.csv\ninbox: inbox\n"
               "archive: archive\nout: out\nstore: hedui.db\npacks: [deposits]\n");
    write_text(m, "areas.csv",
               "code,name,parent,urban_rural\n659000,示例县,,\n659000001,城关街道,659000,urban\n");
    write_text(m, "rules/packs/deposits/pack.yaml",
               "pack: deposits\ntitle: 存款\n"
               "applies_to: {programme: [dibao], status: [applying, receiving]}\ndocuments:\n"
               "  plan: {title: 方案, kind: work_plan, level: county, confirmed: true}\n");
    write_text(
        m, "rules/packs/deposits/rules.yaml",
        "rules:\n  - id: DEP-01\n    title: 存款\n    basis: {document: plan}\n    effect: review\n"
        "    each: {b: hh.bank_balances}\n    when: |-\n      b.balance > 50000\n    examples:\n"
        "      - {title: 少, given: {bank_balances: [{balance: 100}]}, expect: false}\n"
        "      - {title: 没有, given: {bank_balances: []}, expect: false}\n"
        "  - id: VER-01\n    title: 结论\n    basis: {document: plan}\n    effect: review\n"
        "    each: {v: hh.bank_verdicts}\n    when: |-\n      v.person_over\n    examples:\n"
        "      - {title: 否, given: {bank_verdicts: [{person_over: false}]}, expect: false}\n"
        "      - {title: 没有, given: {bank_verdicts: []}, expect: false}\n");
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Flags name the person by the last digits of the masked number, causes by name. */
static const char found_sql[] =
    "SELECT DISTINCT t FROM (SELECT h.id || '|' || f.rule || '|flag|' || "
    "CAST(substr(v.person_masked, 15, 3) AS INTEGER) AS t FROM flag f JOIN household h ON h.number "
    "= f.household JOIN flag_version v ON v.flag = f.number UNION ALL SELECT h.id || '|' || k.rule "
    "|| '|' || k.reason || '|' || k.person FROM cause k JOIN household h ON h.number = "
    "k.household) ORDER BY t";

static void compare(model *m, sqlite3 *db)
{
    sqlite3_stmt *row = NULL;
    int at = 0;
    qsort(m->lines, (size_t)m->line_count, sizeof *m->lines, by_text);
    assert_int_equal(sqlite3_prepare_v2(db, found_sql, -1, &row, NULL), SQLITE_OK);
    while (sqlite3_step(row) == SQLITE_ROW) {
        const char *is = (const char *)sqlite3_column_text(row, 0);
        while (at + 1 < m->line_count && strcmp(m->lines[at], m->lines[at + 1]) == 0)
            at++; /* two people of one name and household, open for one reason */
        if (at >= m->line_count || strcmp(is, m->lines[at]) != 0)
            fail_msg("found %s, wanted %s", is, at < m->line_count ? m->lines[at] : "nothing");
        at++;
    }
    while (at < m->line_count && at && strcmp(m->lines[at], m->lines[at - 1]) == 0)
        at++;
    if (at != m->line_count)
        fail_msg("not found: %s", m->lines[at]);
    (void)sqlite3_finalize(row);
}

static void expect_number(sqlite3 *db, const char *sql, int want)
{
    sqlite3_stmt *row = NULL;
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &row, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    if (sqlite3_column_int(row, 0) != want)
        fail_msg("%s: is %d, want %d", sql, sqlite3_column_int(row, 0), want);
    (void)sqlite3_finalize(row);
}

/* Who was asked about, who has rows, how many rows nobody asked for. */
static void compare_counts(const model *m, sqlite3 *db)
{
    int asked = 0, answered = 0, unasked = 0;
    for (int i = 0; i < PEOPLE; i++) {
        const person *p = &m->people[i];
        int rows = p->over + p->under;
        asked += is_asked(m, p);
        if (!is_live(p->after, RUN_ON))
            continue; /* not even looked at */
        answered += is_asked(m, p) && rows;
        unasked += is_asked(m, p) ? 0 : rows;
    }
    assert_true(asked > 40 && answered > 5 && unasked > 3);
    expect_number(db, "SELECT asked FROM query WHERE id = 'Q20140705-01'", asked);
    expect_number(db, "SELECT omitted FROM query WHERE id = 'Q20140705-01'", PEOPLE - asked);
    expect_number(db, "SELECT answered FROM receipt_delivery WHERE query = 'Q20140705-01'",
                  answered);
    expect_number(db, "SELECT unasked FROM receipt_delivery WHERE query = 'Q20140705-01'", unasked);
    expect_number(db, "SELECT count(*) FROM gap", 0);
}

static int32_t july(int of_month)
{
    int32_t day = 0;
    assert_int_equal(hedui_date_from_civil(&day, 2014, 7, of_month), 1);
    return day;
}

static void ask(const model *m, const hedui_workspace *workspace, const char *feed)
{
    hedui_query_made made;
    const hedui_query_options options = {.feed = hedui_span_of(feed),
                                         .person = hedui_span_of("李敏"),
                                         .day = july(ASKED_ON),
                                         .days = -1,
                                         .at = INT64_MIN};
    assert_int_equal(hedui_query_write(&made, workspace, &options, m->arena, NULL), HEDUI_OK);
}

static void try_county(uint64_t seed)
{
    model *m = calloc(1, sizeof *m);
    const hedui_workspace *workspace = NULL;
    hedui_job_outcome outcome;
    const hedui_job_options options = {.as_of = july(RUN_ON), .threads = 1 + (int)(seed % 3)};
    char command[64];
    sqlite3 *db = NULL;
    assert_non_null(m);
    m->random = seed;
    m->arena = hedui_arena_open(0);
    (void)snprintf(m->folder, sizeof m->folder, "/tmp/hedui-model-XXXXXX");
    assert_non_null(mkdtemp(m->folder));
    draw_county(m);
    for (int i = 0; i < PEOPLE; i++)
        if (m->people[i].counted && !m->left[m->people[i].household])
            judge_person(m, &m->people[i], i);
    write_workspace(m);
    write_caseload(m, "20140704", 0);
    assert_int_equal(hedui_workspace_load(&workspace, m->folder, HEDUI_SOURCE_DIR, m->arena, NULL),
                     HEDUI_OK);
    ask(m, workspace, "bank_balance");
    ask(m, workspace, "bank_verdict");
    write_caseload(m, "20140709", 1);
    write_answers(m);
    assert_int_equal(hedui_job_run(&outcome, workspace, &options, m->arena, NULL, NULL), HEDUI_OK);
    assert_int_equal(sqlite3_open(in(m, "hedui.db"), &db), SQLITE_OK);
    print_message("seed %llu\n", (unsigned long long)seed);
    compare_counts(m, db);
    compare(m, db);
    (void)sqlite3_close(db);
    (void)snprintf(command, sizeof command, "rm -rf '%s'", m->folder);
    assert_int_equal(system(command), 0);
    for (int i = 0; i < m->line_count; i++)
        free(m->lines[i]);
    hedui_arena_close(m->arena);
    free(m);
}

static void random_counties_agree_with_the_model(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 12; seed++)
        try_county(seed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(random_counties_agree_with_the_model)};
    return cmocka_run_group_tests_name("job/query_model", tests, NULL, NULL);
}
