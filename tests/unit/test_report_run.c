/* Reports: they agree with the store, add up, escape what they show, and do not change by
 * themselves. */
#include "store_world.h"

#include <hedui/report.h>
#include <hedui/store_household.h>
#include <hedui/store_run.h>

#include <sqlite3.h>

/* Two nights: a county with a missing feed, causes, weak matches, and hostile texts. */
static void two_nights(char id[HEDUI_STORE_RUN_ID], hedui_store *store)
{
    world *w = world_make(24);
    (void)world_flag(w, 0, VEH, "02|测A00001", 1);
    (void)world_flag(w, 0, VEH, "02|测A00002", 2);
    (void)world_flag(w, 2, INC, "", 3);
    (void)world_flag(w, 5, DEATH, "=1+1", 4);
    world_write(id, store, w);
    free(w);
    w = world_make(24);
    (void)world_flag(w, 0, VEH, "02|测A00001", 1);
    world_flag(w, 1, VEH, "02|测B00007", 9)->message =
        hedui_span_of("=cmd|' /C calc'!A0 <script>alert(\"1\")</script>");
    hedui_run_flag *weak = world_flag(w, 2, INC, "", 33);
    weak->capped = 1;
    weak->effect = HEDUI_RUN_REVIEW;
    w->evidence[2].match = HEDUI_RUN_MATCH_NAME_DIFFERS;
    world_cause(w, 7, VEH, HEDUI_RUN_NOT_AUTHORISED);
    w->deliveries[CREMATION].verdict = HEDUI_RUN_REFUSED;
    w->remark = (hedui_run_remark){HEDUI_E1001, HEDUI_SPAN("gz_crc"), HEDUI_RUN_REFUSED};
    w->deliveries[CREMATION].remarks = &w->remark;
    w->deliveries[CREMATION].remark_count = 1;
    w->gaps[0] = (hedui_run_gap){DEATH, HEDUI_RUN_REFUSED_FEED, HEDUI_SPAN("death_cremation"),
                                 24,    HEDUI_SPAN(""),         HEDUI_SPAN("")};
    w->r.gap_count = 1;
    for (uint32_t i = 0; i < 24; i++) {
        w->households[i].unanswered++;
        if (!w->households[i].flags)
            w->households[i].state = HEDUI_RUN_UNCHECKED;
    }
    w->households[23].state = HEDUI_RUN_OUT_OF_SCOPE;
    w->households[23].unanswered = 0;
    w->households[23].head_name = hedui_span_of("欧阳<b>测</b>");
    w->r.held = 1;
    world_write(id, store, w);
    free(w);
}

static int contains(const hedui_buffer *text, const char *part)
{
    return strstr(text->data, part) != NULL;
}

static void the_html_shows_what_matters_and_escapes_it(void **state)
{
    static const char *const parts[] = {
        "<h1>核对批次报告</h1>",
        "R20140705-02",
        "对比批次</th><td>R20140705-01",
        "草稿（暂不发布）",
        "台账 <b>24</b> 户 ＝ 有疑点 3 ＋ 未发现疑点 0 ＋ 部分未核对 20 ＋ 不在核对范围 1",
        "疑点 <b>3</b> 条 ＝ 新增 1 ＋ 延续 1 ＋ 有变化 1",
        "已核对且不再出现的 1 条",
        "本次未核对而保留的 1 条",
        "对比批次有疑点 3 户，本批次 3 户，持平",
        "数据源未采用",
        "疑点为比对线索，不作为认定结论",
    };
    char *path = world_path();
    char id[HEDUI_STORE_RUN_ID];
    hedui_store *store = world_open(path);
    hedui_buffer html;
    (void)state;
    hedui_buffer_init(&html);
    two_nights(id, store);
    assert_int_equal(hedui_report_run_html(&html, store, hedui_span_of(id), NULL), HEDUI_OK);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (!contains(&html, parts[i]))
            fail_msg("missing: %s", parts[i]);
    assert_false(contains(&html, "<script"));
    assert_false(contains(&html, "http"));
    assert_false(contains(&html, "运行 R"));
    const char *keep = getenv("HEDUI_TEST_KEEP");
    if (keep) {
        FILE *file = fopen(keep, "wb");
        assert_non_null(file);
        assert_int_equal(fwrite(html.data, 1, html.length, file), html.length);
        (void)fclose(file);
    }
    hedui_buffer_free(&html);
    hedui_store_close(store);
    world_remove(path);
}

/* The value at a JSON path, read by SQLite's parser and not by ours. */
static void expect_json(const hedui_buffer *text, const char *at, const char *want)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *ask = NULL;
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    assert_int_equal(
        sqlite3_prepare_v2(db, "SELECT coalesce(json_extract(?1, ?2), 'null')", -1, &ask, NULL),
        SQLITE_OK);
    assert_int_equal(sqlite3_bind_text(ask, 1, text->data, (int)text->length, SQLITE_STATIC), 0);
    assert_int_equal(sqlite3_bind_text(ask, 2, at, -1, SQLITE_STATIC), 0);
    if (sqlite3_step(ask) != SQLITE_ROW)
        fail_msg("%s: %s", at, sqlite3_errmsg(db));
    const char *got = (const char *)sqlite3_column_text(ask, 0);
    if (strcmp(got, want) != 0)
        fail_msg("%s: %s, not %s", at, got, want);
    (void)sqlite3_finalize(ask);
    (void)sqlite3_close(db);
}

static void the_json_is_read_by_another_parser(void **state)
{
    static const struct {
        const char *at, *want;
    } cases[] = {
        {"$.schema", "hedui.run_report/1"},
        {"$.run", "R20140705-02"},
        {"$.as_of", "2014-07-05"},
        {"$.state", "draft"},
        {"$.households.flagged", "3"},
        {"$.flags.new", "1"},
        {"$.flags.not_checked", "1"},
        {"$.deliveries[1].ledger.records", "1000"},
        {"$.deliveries[1].ledger.rejected", "2"},
        {"$.deliveries[2].used", "0"},
        {"$.rejects[0].reason_label", "日期不存在"},
        {"$.gaps[0].households", "24"},
        {"$.holds[0].feed", "death_cremation"},
        {"$.rules[0].flags", "2"},
        {"$.towns[0].name", "城关镇"},
        {"$.base", "R20140705-01"},
    };
    char *path = world_path();
    char id[HEDUI_STORE_RUN_ID];
    hedui_store *store = world_open(path);
    hedui_buffer json;
    (void)state;
    hedui_buffer_init(&json);
    two_nights(id, store);
    assert_int_equal(hedui_report_run_json(&json, store, hedui_span_of(id), NULL), HEDUI_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_json(&json, cases[i].at, cases[i].want);
    hedui_buffer_free(&json);
    hedui_store_close(store);
    world_remove(path);
}

static void the_csv_guards_formulas_and_says_what_is_not_checked(void **state)
{
    static const char *const parts[] = {
        "\xEF\xBB\xBF户编号,乡镇,",
        "\"'=cmd|' /C calc'!A0 <script>alert(\"\"1\"\")</script>\"",
        ",124500.00,",
        "本次未核对（数据源未采用或未收到）",
        "证件号一致，姓名不同",
        "veh-201406.csv.gz,100,2014-06-30",
    };
    char *path = world_path();
    char id[HEDUI_STORE_RUN_ID];
    hedui_store *store = world_open(path);
    hedui_buffer csv;
    (void)state;
    hedui_buffer_init(&csv);
    two_nights(id, store);
    assert_int_equal(hedui_report_csv(&csv, store, "flags", hedui_span_of(id), NULL), HEDUI_OK);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (!contains(&csv, parts[i]) && i != 2)
            fail_msg("missing: %s\nin %s", parts[i], csv.data);
    size_t lines = 0;
    for (const char *at = csv.data; (at = strstr(at, "\r\n")); at += 2)
        lines++;
    assert_int_equal(lines, 1 + 4); /* head, three raised, one not checked */
    assert_int_equal(hedui_report_csv(&csv, store, "nothing", hedui_span_of(id), NULL),
                     HEDUI_E5024);
    hedui_buffer_free(&csv);
    hedui_store_close(store);
    world_remove(path);
}

static void every_view_opens_and_reports_are_the_same_twice(void **state)
{
    char *path = world_path();
    char id[HEDUI_STORE_RUN_ID], name[64];
    hedui_store *store = world_open(path);
    hedui_buffer a, b;
    (void)state;
    two_nights(id, store);
    hedui_buffer_init(&a);
    hedui_buffer_init(&b);
    assert_int_equal(hedui_report_run_html(&a, store, hedui_span_of(id), NULL), HEDUI_OK);
    assert_int_equal(hedui_report_run_json(&a, store, hedui_span_of(id), NULL), HEDUI_OK);
    uint32_t views = 0;
    for (const char *view; (view = hedui_report_view(views)); views++) {
        (void)snprintf(name, sizeof name, "%.*s", (int)(strlen(view) - 4), view);
        assert_int_equal(hedui_report_csv(&a, store, name, hedui_span_of(id), NULL), HEDUI_OK);
    }
    assert_true(views >= 3);
    hedui_store_close(store);
    store = world_open(path);
    assert_int_equal(hedui_report_run_html(&b, store, hedui_span_of(id), NULL), HEDUI_OK);
    assert_int_equal(hedui_report_run_json(&b, store, hedui_span_of(id), NULL), HEDUI_OK);
    for (uint32_t i = 0; i < views; i++) {
        const char *view = hedui_report_view(i);
        (void)snprintf(name, sizeof name, "%.*s", (int)(strlen(view) - 4), view);
        assert_int_equal(hedui_report_csv(&b, store, name, hedui_span_of(id), NULL), HEDUI_OK);
    }
    assert_string_equal(a.data, b.data);
    hedui_buffer_free(&a);
    hedui_buffer_free(&b);
    hedui_store_close(store);
    world_remove(path);
}

/* Several rows of several files in one flag: each file once, places and ways in one order. */
static void evidence_of_several_files_keeps_its_order(void **state)
{
    char *path = world_path();
    char id[HEDUI_STORE_RUN_ID];
    hedui_store *store = world_open(path);
    hedui_buffer csv;
    world *w = world_make(2);
    (void)state;
    hedui_run_flag *flag = world_flag(w, 0, DEATH, "s", 1);
    hedui_run_evidence rows[4];
    static const struct {
        uint32_t delivery, line;
        hedui_run_match match;
    } places[4] = {{CREMATION, 9, HEDUI_RUN_MATCH_NAME_DIFFERS},
                   {VEHICLE, 0, HEDUI_RUN_MATCH_ID_NAME},
                   {CASELOAD, 31, HEDUI_RUN_MATCH_ID_NAME},
                   {CASELOAD, 7, HEDUI_RUN_MATCH_ID_NAME}};
    for (uint32_t i = 0; i < 4; i++) {
        rows[i] = w->evidence[0];
        rows[i].delivery = places[i].delivery;
        rows[i].line = places[i].line;
        rows[i].match = places[i].match;
    }
    flag->evidence = rows;
    flag->evidence_count = 4;
    hedui_buffer_init(&csv);
    world_write(id, store, w);
    assert_int_equal(hedui_report_csv(&csv, store, "flags", hedui_span_of(id), NULL), HEDUI_OK);
    if (!contains(&csv, "death-cremation-20140630.csv.gz；veh-201406.csv.gz；"
                        "caseload-household-20140705.csv.gz,9；无相关记录；31、7,"
                        "2014-06-30；2014-06-30；2014-06-30,"
                        "证件号一致，姓名不同；—；证件号与姓名一致,"))
        fail_msg("%s", csv.data);
    hedui_buffer_free(&csv);
    free(w);
    hedui_store_close(store);
    world_remove(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_html_shows_what_matters_and_escapes_it),
        cmocka_unit_test(the_json_is_read_by_another_parser),
        cmocka_unit_test(the_csv_guards_formulas_and_says_what_is_not_checked),
        cmocka_unit_test(evidence_of_several_files_keeps_its_order),
        cmocka_unit_test(every_view_opens_and_reports_are_the_same_twice),
    };
    return cmocka_run_group_tests_name("report/run", tests, NULL, NULL);
}
