/* Sheets for a visit: every flag and member is on paper, nobody's is on a neighbour's, and what the
 * family must not read is not there. With HEDUI_TEST_KEEP the files stay in that folder, for
 * tests/print to print them. */
#include "store_world.h"

#include <hedui/report.h>
#include <hedui/store_run.h>

#include <sqlite3.h>
#include <sys/stat.h>

enum { TIP = 3, MANUAL = 4, RULES = 5, MOST_PEOPLE = 20, MANY = 450 };

static const char tip[] = "有未办结的投诉举报";
static const char outsider[] = "外人钱有余";
static const char hostile[] = "<script>alert('x')</script>&\"<b>";

/* A county of the test's own: people, a tip, a supporter, a rule for people to judge. */
typedef struct county {
    world *w;
    hedui_run_rule rules[RULES];
    hedui_run_member people[MOST_PEOPLE], plain[MOST_PEOPLE];
    char folder[64];
    char id[HEDUI_STORE_RUN_ID];
    char *path;
    hedui_store *store;
    hedui_arena *arena;
} county;

static void county_rules(county *c)
{
    memcpy(c->rules, c->w->rules, sizeof c->w->rules);
    for (int i = 0; i < WORLD_RULES; i++) {
        c->rules[i].standing = hedui_span_of("judged");
        c->rules[i].questions = hedui_span_of("是否为残疾人专用车？\n是否为家庭唯一谋生工具？");
    }
    c->rules[TIP] = c->rules[VEH];
    c->rules[TIP].id = hedui_span_of("TIP-01");
    c->rules[TIP].title = hedui_span_of("有投诉举报");
    c->rules[TIP].ask = hedui_span_of("不要透露");
    c->rules[TIP].effect = HEDUI_RUN_INFORM;
    c->rules[TIP].category = 12;
    c->rules[TIP].visit_sheet = 1;
    c->rules[MANUAL] = c->rules[VEH];
    c->rules[MANUAL].id = hedui_span_of("LIFE-01");
    c->rules[MANUAL].title = hedui_span_of("生活水平");
    c->rules[MANUAL].questions = hedui_span_of("有没有大额支出？");
    c->rules[MANUAL].standing = hedui_span_of("manual");
    c->rules[MANUAL].in_force = 0;
    c->rules[MANUAL].visit_sheet = 1;
    c->rules[MANUAL].programmes = hedui_span_of(",dibao,");
    c->w->r.rules = c->rules;
    c->w->r.rule_count = RULES;
}

static void people_of(county *c, uint32_t household, uint32_t count)
{
    static const char *const names[] = {"阿卜杜热合曼·阿卜杜克热木江·买买提吐尔逊", "李丽", "张三"};
    hedui_run_household *h = &c->w->households[household];
    h->people = c->people;
    h->members = count;
    h->counted = count;
    h->address =
        hedui_span_of("示例县城关镇东风社区建设路与解放路交叉口向西五百米老供销社家属院3号楼2单元"
                      "501室");
    h->benefit_from = hedui_span_of("2012-03");
    for (uint32_t i = 0; i < MOST_PEOPLE; i++) {
        hedui_run_member *m = &c->people[i];
        m->name = hedui_span_of(names[i % 3]);
        m->relation = hedui_span_of(i == 1 ? "户主" : "子");
        (void)snprintf(m->id_masked, sizeof m->id_masked, "659001********0011");
        (void)hedui_date_from_civil(&m->born, 1970, 6, 1);
        m->counted = m->authorised = i != 2;
        c->plain[i] = *m;
        c->plain[i].name = hedui_span_of(i % 3 ? names[i % 3] : "古丽娜尔·热合曼");
    }
}

static void flag_of(county *c, uint32_t household, uint32_t rule, const char *subject)
{
    hedui_run_flag *flag = world_flag(c->w, household, rule < WORLD_RULES ? rule : VEH, subject,
                                      (uint8_t)(c->w->r.flag_count + 1));
    flag->rule = rule;
    flag->effect = c->rules[rule].effect;
    flag->person = hedui_span_of("李丽");
    c->w->evidence[c->w->r.flag_count - 1].person = flag->person;
    if (flag->effect != HEDUI_RUN_INFORM)
        return;
    flag->message = hedui_span_of(tip);
    c->w->households[household].flags--;
    if (!c->w->households[household].flags)
        c->w->households[household].state = HEDUI_RUN_CLEAR;
}

/* 0: seven people with long names and eight flags; 1: six and five, as usual; 2: a flag about a
 * supporter; 3: a tip beside a flag; 4: a tip alone; 5: hostile texts; 6: nothing. */
static void county_open(county *c, int held)
{
    static const char *const subjects[] = {"a", "b", "c", "d", "e", "f", "g", "h"};
    memset(c, 0, sizeof *c);
    c->w = world_make(7);
    county_rules(c);
    for (uint32_t i = 0; i < 7; i++)
        people_of(c, i, i == 0 ? 7 : i == 1 ? 6 : 3);
    c->w->households[1].people = c->plain;
    c->w->households[1].address = hedui_span_of("示例县城关镇东风社区12号");
    for (int i = 0; i < 8; i++)
        flag_of(c, 0, VEH, subjects[i]);
    for (int i = 0; i < 5; i++)
        flag_of(c, 1, VEH, subjects[i]);
    flag_of(c, 2, DEATH, "s");
    hedui_run_flag *outside = &c->w->flags[c->w->r.flag_count - 1];
    outside->message = hedui_span_of("外人钱有余月收入 9000 元");
    c->w->evidence[c->w->r.flag_count - 1].person = hedui_span_of(outsider);
    flag_of(c, 3, VEH, "a");
    flag_of(c, 3, TIP, "t");
    flag_of(c, 4, TIP, "t");
    flag_of(c, 5, VEH, hostile);
    c->w->flags[c->w->r.flag_count - 1].message = hedui_span_of(hostile);
    c->w->households[5].address = c->w->households[5].head_name = hedui_span_of(hostile);
    c->w->r.held = held;
    c->path = world_path();
    c->store = world_open(c->path);
    c->arena = hedui_arena_open(0);
    assert_non_null(c->arena);
    world_write(c->id, c->store, c->w);
    (void)snprintf(c->folder, sizeof c->folder, "/tmp/hedui-visit-XXXXXX");
    assert_non_null(mkdtemp(c->folder));
}

static void county_close(county *c)
{
    (void)rmdir(c->folder);
    hedui_arena_close(c->arena);
    hedui_store_close(c->store);
    world_remove(c->path);
    free(c->w);
}

/* What a report's files say, one behind the other; the files are removed, or kept to be printed. */
static char *build(county *c, const char *kind, const char *households, size_t *files)
{
    const char *keep = getenv("HEDUI_TEST_KEEP");
    const char *const *paths = NULL;
    size_t count = 0, length = 0;
    char *text = calloc(1, 1);
    hedui_report_request request = {.kind = kind,
                                    .folder = keep ? keep : c->folder,
                                    .run = hedui_span_of(c->id),
                                    .households = hedui_span_of(households)};
    hedui_err err;
    hedui_err_init(&err);
    if (hedui_report_build(&paths, &count, c->store, &request, c->arena, &err) != HEDUI_OK)
        fail_msg("%s: E%d %s", kind, (int)err.status, err.text);
    for (size_t i = 0; i < count; i++) {
        struct stat status;
        assert_int_equal(stat(paths[i], &status), 0);
        assert_int_equal(status.st_mode & 0777, 0600);
        FILE *file = fopen(paths[i], "rb");
        text = realloc(text, length + (size_t)status.st_size + 1);
        assert_true(file && text);
        assert_int_equal(fread(text + length, 1, (size_t)status.st_size, file), status.st_size);
        length += (size_t)status.st_size;
        text[length] = '\0';
        (void)fclose(file);
        if (!keep)
            (void)unlink(paths[i]);
    }
    if (files)
        *files = count;
    return text;
}

static size_t times(const char *text, const char *part)
{
    size_t count = 0;
    for (; (text = strstr(text, part)); text += strlen(part))
        count++;
    return count;
}

/* A number asked of the database file by a question that shares nothing with the views. */
static size_t asked(const county *c, const char *question)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *ask = NULL;
    assert_int_equal(sqlite3_open_v2(c->path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, question, -1, &ask, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(ask), SQLITE_ROW);
    size_t number = (size_t)sqlite3_column_int64(ask, 0);
    (void)sqlite3_finalize(ask);
    (void)sqlite3_close(db);
    return number;
}

/* One run, so that what was written is what holds. */
static const char count_flags[] = "SELECT count(*) FROM flag_version WHERE effect <> 'inform'";
static const char count_flagged[] = "SELECT count(DISTINCT f.household) FROM flag f "
                                    "JOIN flag_version v ON v.flag = f.number "
                                    "WHERE v.effect <> 'inform'";
static const char count_people[] = "SELECT sum(members) FROM household_version WHERE flags > 0";

static void every_flag_and_member_is_on_paper(void **state)
{
    county c;
    (void)state;
    county_open(&c, 0);
    char *visit = build(&c, "visit", "", NULL), *route = build(&c, "route", "", NULL);
    size_t further = times(visit, "（续表）</h1>"), pages = times(visit, "<section>");
    assert_int_equal(pages - further, asked(&c, count_flagged));
    assert_true(further >= 1);
    assert_int_equal(times(visit, "class=\"pick\""), asked(&c, count_flags));
    assert_int_equal(times(visit, "<td class=\"c\">44</td>"), asked(&c, count_people));
    assert_int_equal(times(visit, "有没有大额支出？"), asked(&c, count_flagged));
    assert_int_equal(times(route, "□已走访"), asked(&c, count_flagged));
    /* every page says whose it is */
    assert_int_equal(times(visit, "核查编号：HD14-0001"), 1 + times(visit, "户主：赵1"));
    assert_int_equal(times(visit, "草稿"), 0);
    free(visit);
    free(route);
    county_close(&c);
}

static void six_members_and_five_flags_are_one_page(void **state)
{
    county c;
    (void)state;
    county_open(&c, 0);
    char *one = build(&c, "visit", "HD14-0002", NULL);
    assert_int_equal(times(one, "<section>"), 1);
    assert_int_equal(times(one, "class=\"pick\""), 5);
    assert_non_null(strstr(one, "第 1/共 1 份"));
    free(one);
    char *two = build(&c, "visit", "HD14-0001", NULL);
    assert_int_equal(times(two, "<section>"), 2);
    assert_int_equal(times(two, "class=\"pick\""), 8);
    free(two);
    /* a household without flags can be chosen, as a sample */
    char *clear = build(&c, "visit", "HD14-0007", NULL);
    assert_int_equal(times(clear, "<section>"), 1);
    assert_non_null(strstr(clear, "本批次没有疑点"));
    free(clear);
    county_close(&c);
}

static void the_family_reads_of_no_tip_and_of_nobody_else(void **state)
{
    static const char *const never[] = {"举报", "不要透露", "TIP", outsider, "9000"};
    county c;
    (void)state;
    county_open(&c, 0);
    char *visit = build(&c, "visit", "", NULL), *route = build(&c, "route", "", NULL);
    char *named = build(&c, "visit", "HD14-0004,HD14-0005", NULL);
    char *notes = build(&c, "notes", "", NULL);
    char *tipped = build(&c, "notes", "HD14-0005", NULL);
    for (size_t i = 0; i < sizeof never / sizeof *never; i++) {
        if (strstr(visit, never[i]) || strstr(route, never[i]) || strstr(named, never[i]))
            fail_msg("told: %s", never[i]);
        if (i != 2 && !strstr(notes, never[i]))
            fail_msg("the inspector is not told: %s", never[i]);
    }
    /* whom to visit does not hang on a tip */
    assert_null(strstr(visit, "HD14-0005"));
    assert_null(strstr(route, "HD14-0005"));
    assert_non_null(strstr(tipped, tip));
    assert_int_equal(times(tipped, "HD14-"), 1);
    free(visit);
    free(route);
    free(named);
    free(notes);
    free(tipped);
    county_close(&c);
}

static void hostile_texts_are_escaped_and_files_are_the_same_again(void **state)
{
    static const char *const kinds[] = {"visit", "notes", "route"};
    county c;
    (void)state;
    county_open(&c, 0);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        char *a = build(&c, kinds[i], "", NULL), *b = build(&c, kinds[i], "", NULL);
        assert_string_equal(a, b);
        assert_null(strstr(a, "<script"));
        assert_null(strstr(a, "http"));
        assert_non_null(strstr(a, "&lt;script&gt;alert(&#39;x&#39;)"));
        free(a);
        free(b);
    }
    county_close(&c);
}

static void a_draft_says_so_on_every_page(void **state)
{
    county c;
    (void)state;
    county_open(&c, 1);
    char *visit = build(&c, "visit", "", NULL), *route = build(&c, "route", "", NULL);
    char *notes = build(&c, "notes", "", NULL);
    assert_int_equal(times(visit, "★草稿"), times(visit, "<section>"));
    /* heads of tables are repeated on each page that the table reaches */
    assert_int_equal(times(route, "★草稿"), times(route, "<h1>") + times(route, "<thead>"));
    assert_int_equal(times(notes, "★草稿"), times(notes, "<h1>") + times(notes, "<thead>"));
    free(visit);
    free(route);
    free(notes);
    county_close(&c);
}

/* R8: an answer for who has no flag, too; the family reads of no tip and of nobody else. */
static void one_household_is_answered(void **state)
{
    static const char *const kept[] = {"未发现疑点", "无疑点记录", "机动车登记", "2014-06-30",
                                       "有效期至",   "异议",       "盖章",       "李丽"};
    static const char *const never[] = {"举报", outsider, "9000", "草稿"};
    county c;
    size_t files = 0;
    (void)state;
    county_open(&c, 0);
    char *clear = build(&c, "household", "HD14-0007", NULL);
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        if (!strstr(clear, kept[i]))
            fail_msg("missing: %s", kept[i]);
    assert_int_equal(times(clear, "<td>659001********0011</td>"), 3);
    char *all = build(&c, "household", "HD14-0001,HD14-0003,HD14-0004,HD14-0005,HD14-0006", &files);
    assert_int_equal(files, 5);
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        if (strstr(all, never[i]) || strstr(clear, never[i]))
            fail_msg("told: %s", never[i]);
    assert_int_equal(times(all, "名下登记有小型普通客车"), 8 + 1);
    assert_non_null(strstr(all, "有疑点，共 8 条，待核实"));
    assert_null(strstr(all, "<script"));
    /* two that rest on vehicles have records there; a supporter's row is no record of the family */
    assert_int_equal(times(all, "<td>机动车登记</td><td class=\"c\">2014-06-30</td><td>有记录"), 3);
    assert_int_equal(times(all, "<td>殡葬火化</td><td class=\"c\">2014-06-30</td><td>有记录"), 0);
    free(clear);
    free(all);
    county_close(&c);
}

static void what_was_not_checked_is_never_told_as_nothing_found(void **state)
{
    county c;
    (void)state;
    county_open(&c, 1);
    hedui_store_close(
        c.store); /* another night: a source refused, a rule unanswered, nobody authorised */
    c.store = world_open(c.path);
    c.w->deliveries[CREMATION].verdict = HEDUI_RUN_REFUSED;
    world_cause(c.w, 6, VEH, HEDUI_RUN_EMPTY_FIELD);
    for (int i = 0; i < MOST_PEOPLE; i++)
        c.plain[i].authorised = 0;
    world_write(c.id, c.store, c.w);
    char *open = build(&c, "household", "HD14-0007", NULL);
    assert_non_null(
        strstr(open, "<td>殡葬火化</td><td class=\"c\">未知</td><td>未核对（数据源未采用）"));
    assert_non_null(strstr(open, "<td>未核对（所需栏目为空"));
    assert_non_null(strstr(open, "<td>名下有车辆登记，请核实</td><td>所需栏目为空"));
    assert_null(strstr(open, "<td>无疑点记录"));
    assert_int_equal(times(open, "★草稿"), 1); /* the head of the table around the whole */
    char *nobody = build(&c, "household", "HD14-0002", NULL);
    assert_int_equal(times(nobody, "无，未核对"), 6);
    assert_int_equal(times(nobody, "<td>未核对（没有有效的核对授权）"), 1);
    assert_null(strstr(nobody, "<td>无疑点记录"));
    free(open);
    free(nobody);
    county_close(&c);
}

/* A used delivery without a column that a rule reads leaves the rule open for everybody: a cause of
 * the whole feed, which no household has as its own. */
static void a_source_without_a_needed_column_is_not_told_as_nothing_found(void **state)
{
    county c;
    (void)state;
    county_open(&c, 0);
    c.w->gaps[0] = (hedui_run_gap){VEH, HEDUI_RUN_NO_COLUMN,  HEDUI_SPAN("vehicle"),
                                   2,   HEDUI_SPAN("status"), HEDUI_SPAN("机动车状态")};
    c.w->r.gap_count = 1;
    c.w->households[6].unanswered = 1;
    c.w->households[6].state = HEDUI_RUN_UNCHECKED;
    c.w->households[2].unanswered = 1;
    world_write(c.id, c.store, c.w);
    char *open = build(&c, "household", "HD14-0007", NULL);
    assert_non_null(strstr(open,
                           "<td>机动车登记</td><td class=\"c\">2014-06-30</td><td>未核对（文件没有"
                           "所需栏目“机动车状态”）"));
    assert_non_null(strstr(open, "<td>殡葬火化</td><td class=\"c\">2014-06-30</td><td>无疑点记录"));
    assert_non_null(strstr(open, "<td>名下有车辆登记，请核实</td>"
                                 "<td>文件没有所需栏目：机动车登记的“机动车状态”</td>"));
    assert_null(strstr(open, "数据源未收到或未采用"));
    free(open);
    /* whoever was answered all the same is told so */
    char *answered = build(&c, "household", "HD14-0005", NULL);
    assert_non_null(
        strstr(answered, "<td>机动车登记</td><td class=\"c\">2014-06-30</td><td>无疑点记录"));
    free(answered);
    county_close(&c);
}

/* 450 households in villages of 70 and one of 230: files end with a village, and only the one that
 * fills a file is divided. */
static void files_hold_at_most_two_hundred_households(void **state)
{
    static char ids[MANY][16], codes[MANY][16];
    county c;
    size_t files = 0;
    hedui_run_household *households = calloc(MANY, sizeof *households);
    hedui_run_flag *flags = calloc(MANY, sizeof *flags);
    (void)state;
    memset(&c, 0, sizeof c);
    c.w = world_make(1);
    county_rules(&c);
    people_of(&c, 0, 3);
    flag_of(&c, 0, VEH, "a");
    for (uint32_t i = 0; i < MANY; i++) {
        (void)snprintf(ids[i], sizeof ids[i], "HD%04u", i);
        (void)snprintf(codes[i], sizeof codes[i], "6590000012%02u", i < 220 ? i / 70 : 50u);
        households[i] = c.w->households[0];
        households[i].id = hedui_span_of(ids[i]);
        households[i].area_code = hedui_span_of(codes[i]);
        flags[i] = c.w->flags[0];
        flags[i].household = i;
    }
    c.w->r.households = households;
    c.w->r.household_count = MANY;
    c.w->r.flags = flags;
    c.w->r.flag_count = MANY;
    c.path = world_path();
    c.store = world_open(c.path);
    c.arena = hedui_arena_open(0);
    world_write(c.id, c.store, c.w);
    (void)snprintf(c.folder, sizeof c.folder, "/tmp/hedui-visit-XXXXXX");
    assert_non_null(mkdtemp(c.folder));
    char *text = build(&c, "visit", "", &files);
    assert_int_equal(files, 4); /* 70 + 70, 70 + 10, 200, 30 */
    assert_int_equal(times(text, "<section>"), MANY);
    assert_non_null(strstr(text, "第 450/共 450 份"));
    free(text);
    free(households);
    free(flags);
    county_close(&c);
}

static void what_cannot_be_built_is_told(void **state)
{
    static const struct {
        const char *kind, *households;
        hedui_status want;
    } cases[] = {{"ledger", "HD14-0001", HEDUI_E7006},
                 {"route", "HD14-0001", HEDUI_E7006},
                 {"visit", "HD14-0001,nobody", HEDUI_E5015},
                 {"visit", ",", HEDUI_E5015},
                 {"household", "", HEDUI_E7007},
                 {"household", "nobody", HEDUI_E5015},
                 {"nothing", "", HEDUI_E7003}};
    county c;
    (void)state;
    county_open(&c, 0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *const *paths = NULL;
        size_t count = 77;
        hedui_report_request request = {.kind = cases[i].kind,
                                        .folder = c.folder,
                                        .run = hedui_span_of(c.id),
                                        .households = hedui_span_of(cases[i].households)};
        hedui_status got = hedui_report_build(&paths, &count, c.store, &request, c.arena, NULL);
        if (got != cases[i].want || paths || count != 77)
            fail_msg("%s %s: E%d", cases[i].kind, cases[i].households, (int)got);
    }
    county_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_flag_and_member_is_on_paper),
        cmocka_unit_test(six_members_and_five_flags_are_one_page),
        cmocka_unit_test(the_family_reads_of_no_tip_and_of_nobody_else),
        cmocka_unit_test(hostile_texts_are_escaped_and_files_are_the_same_again),
        cmocka_unit_test(a_draft_says_so_on_every_page),
        cmocka_unit_test(one_household_is_answered),
        cmocka_unit_test(what_was_not_checked_is_never_told_as_nothing_found),
        cmocka_unit_test(a_source_without_a_needed_column_is_not_told_as_nothing_found),
        cmocka_unit_test(files_hold_at_most_two_hundred_households),
        cmocka_unit_test(what_cannot_be_built_is_told),
    };
    return cmocka_run_group_tests_name("report/visit", tests, NULL, NULL);
}
