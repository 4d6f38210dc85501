/* Full deliveries and deltas: what changes hands leaves, what is refused changes nothing; inboxes
 * and manifests. */
#include "feed_file.h"

#include "feed/chain.h"
#include "feed/inbox.h"

#define W "659000196203041010" /* person 5 of the caseload */
#define L "659000196507112025" /* person 7 */
#define S "659000199001013031" /* a stranger */

static const char layout_text[] =
    "feed: car\nas: cars\ntitle: 车\nsource: 测试\nrow: 一辆车\nkey: [no]\n"
    "persons:\n  - {role: owner, id: owner_id, kind: owner_kind, citizen: [A]}\n"
    "file: {name: \"car-*.csv.gz\", cut_off: {pattern: \"car-{date}\"}}\n"
    "change: {file: \"car-delta-*.csv.gz\", pattern: \"car-delta-{date}\", column: mark, deleted: "
    "[D]}\n"
    "columns:\n  no: {type: text}\n  owner_id: {type: citizen_id}\n"
    "  owner_kind: {type: code, list: mark}\n  colour: {type: text}\n"
    "  mark: {type: code, list: mark}\n  price: {type: money, required: true}\n";

static hedui_arena *arena;

static hedui_layouts *layouts_of(const char *text)
{
    const hedui_yaml *yaml;
    hedui_layouts *layouts = hedui_arena_take(arena, sizeof *layouts);
    const hedui_code_list **list = hedui_arena_array(arena, 1, sizeof *list);
    const hedui_layout **layout = hedui_arena_array(arena, 1, sizeof *layout);
    static const char codes[] = "codes: mark\nlist:\n  A: {label: 新增}\n  C: {label: 变更}\n"
                                "  D: {label: 删除}\n";
    assert_int_equal(hedui_yaml_parse(&yaml, "mark", hedui_span_of(codes), arena, NULL), HEDUI_OK);
    assert_int_equal(hedui_code_list_parse(list, yaml, arena, NULL), HEDUI_OK);
    hedui_code_lists lists = {list, 1};
    assert_int_equal(hedui_yaml_parse(&yaml, "car", hedui_span_of(text), arena, NULL), HEDUI_OK);
    assert_int_equal(hedui_layout_parse(layout, yaml, &lists, arena, NULL), HEDUI_OK);
    layouts->list = layout;
    layouts->count = 1;
    return layouts;
}

static void find(const void *context, const hedui_citizen_id *ids, uint32_t count,
                 uint32_t *persons)
{
    (void)context;
    for (uint32_t i = 0; i < count; i++)
        persons[i] = ids[i] == 65900019620304101u   ? 5
                     : ids[i] == 65900019650711202u ? 7
                                                    : HEDUI_PERSON_NONE;
}

static const hedui_matcher matcher = {NULL, find};

static hedui_delivery *add(hedui_chain *chain, const char *text, size_t cut)
{
    hedui_buffer gz;
    hedui_delivery *delivery;
    hedui_scan_options options = {.matcher = &matcher};
    const char *path = temporary_path("car.csv.gz");
    hedui_buffer_init(&gz);
    gzip_add(&gz, hedui_span_of(text), 6);
    write_file(path, (hedui_span){gz.data, gz.length - cut});
    assert_int_equal(hedui_chain_add(&delivery, chain, path, &options, NULL), HEDUI_OK);
    (void)unlink(path);
    remove_temporary();
    hedui_buffer_free(&gz);
    assert_true(delivery->refusal != HEDUI_REFUSAL_none ||
                hedui_ledger_balances(&delivery->ledger));
    return delivery;
}

/* What is held now: "no person colour" of each fact that is not gone, in order of deliveries. */
static void holds(hedui_chain *chain, const char *want)
{
    hedui_buffer got;
    hedui_buffer_init(&got);
    for (uint32_t d = 0; d < hedui_chain_count(chain); d++) {
        const hedui_facts *facts = hedui_chain_at(chain, d)->facts;
        for (uint32_t i = 0; i < facts->count; i++) {
            if (hedui_facts_gone(facts, i))
                continue;
            hedui_facts_key(&got, facts, i);
            hedui_buffer_format(&got, " %u ", hedui_facts_person(facts, i));
            hedui_facts_print(&got, facts, i, 3);
            hedui_buffer_text(&got, "; ");
        }
    }
    assert_string_equal(got.data ? got.data : "", want);
    hedui_buffer_free(&got);
}

#define FULL "no,owner_id,colour,price\n1," W ",red,1\n2," L ",blue,1\n3," S ",grey,1\n"
#define DELTA "no,owner_id,owner_kind,colour,price,mark\n"

static void rows_replace_rows_of_their_key(void **state)
{
    static const struct {
        const char *delta, *want;
        uint64_t matched, strangers, others, rejected;
        size_t cut;
    } cases[] = {
        {DELTA "1," S ",A,red,1,C\n", "2 7 blue; ", 1, 0, 0, 0, 0}, /* sold to a stranger */
        {DELTA "1,91350100M000100Y43,C,red,1,C\n", "2 7 blue; ", 1, 0, 0, 0, 0}, /* to a company */
        {DELTA "1," L ",A,red,1,C\n", "2 7 blue; 1 7 red; ", 1, 0, 0, 0, 0},
        {DELTA "2,,,,1,D\n3," S ",A,,1,D\n", "1 5 red; 2 7 blue; ", 0, 1, 0, 1, 0},
        {DELTA "2," L ",A,,1,D\n", "1 5 red; ", 1, 0, 0, 0, 0},
        {DELTA "4," W ",A,white,1,A\n5," S ",A,,1,A\n", "1 5 red; 2 7 blue; 4 5 white; ", 1, 1, 0,
         0, 0},
        {DELTA "4," W ",A,white,1,A\n4," W ",A,black,1,C\n4," W ",A,black,1,C\n",
         "1 5 red; 2 7 blue; 4 5 black; ", 3, 0, 0, 0, 0}, /* one after the other, no conflict */
        {DELTA "4," W ",A,white,1,A\n4," W ",A,white,1,D\n", "1 5 red; 2 7 blue; ", 2, 0, 0, 0, 0},
        {DELTA "1," S ",A,red,1,D\n1," W ",A,green,1,A\n", "2 7 blue; 1 5 green; ", 2, 0, 0, 0, 0},
        {DELTA "9,91350100M000100Y43,C,red,1,C\n8," S ",A,,1,A\n", "1 5 red; 2 7 blue; ", 0, 1, 1,
         0, 0},
        {DELTA "1," W ",A,red,1,\n4," S ",A,,1,A\n", "1 5 red; 2 7 blue; ", 0, 1, 0, 1, 0},
        /* refused: nothing happened */
        {DELTA "1," S ",A,red,1,C\n4," W ",A,white,1,A\n", "1 5 red; 2 7 blue; ", 0, 0, 0, 0, 1},
        {"no,owner_id,colour,price\n1," S ",red,1\n", "1 5 red; 2 7 blue; ", 0, 0, 0, 0, 1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hedui_chain *chain = hedui_chain_open(layouts_of(layout_text)->list[0]);
        (void)add(chain, FULL, 0);
        hedui_delivery *d = add(chain, cases[i].delta, cases[i].cut);
        if (!cases[i].cut && (d->ledger.matched != cases[i].matched ||
                              d->ledger.not_in_caseload != cases[i].strangers ||
                              d->ledger.other_document != cases[i].others ||
                              d->ledger.rejected != cases[i].rejected))
            fail_msg("case %zu: matched %d strangers %d others %d rejected %d", i,
                     (int)d->ledger.matched, (int)d->ledger.not_in_caseload,
                     (int)d->ledger.other_document, (int)d->ledger.rejected);
        holds(chain, cases[i].want);
        hedui_chain_close(chain);
    }
}

static void deltas_follow_deltas(void **state)
{
    hedui_chain *chain = hedui_chain_open(layouts_of(layout_text)->list[0]);
    (void)state;
    (void)add(chain, FULL, 0);
    (void)add(chain, DELTA "1," S ",A,red,1,C\n4," W ",A,white,1,A\n", 0);
    holds(chain, "2 7 blue; 4 5 white; ");
    (void)add(chain, DELTA "4," L ",A,white,1,C\n6," W ",A,pink,1,A\n", 3);
    holds(chain, "2 7 blue; 4 5 white; ");
    (void)add(chain, DELTA "4," L ",A,white,1,C\n6," L ",A,gold,1,A\n1," W ",A,red,1,C\n", 0);
    holds(chain, "2 7 blue; 4 7 white; 6 7 gold; 1 5 red; ");
    /* the mark is not part of what a row says */
    hedui_digest full, delta;
    assert_int_equal(hedui_facts_digest(&full, hedui_chain_at(chain, 0)->facts, 0, NULL), HEDUI_OK);
    assert_int_equal(hedui_facts_state(hedui_chain_at(chain, 3)->facts, 2, 4),
                     HEDUI_CELL_NO_COLUMN);
    assert_int_equal(hedui_facts_digest(&delta, hedui_chain_at(chain, 3)->facts, 2, NULL),
                     HEDUI_OK);
    hedui_chain_close(chain);
}

static void a_bad_row_puts_the_holder_in_doubt(void **state)
{
    hedui_chain *chain = hedui_chain_open(layouts_of(layout_text)->list[0]);
    (void)state;
    (void)add(chain, FULL, 0);
    hedui_delivery *d = add(chain, DELTA "2,xyz,A,blue,1,C\n8," S ",A,,1,A\n", 0);
    assert_int_equal(d->ledger.rejected, 1);
    assert_int_equal(d->rejected_person_count, 1);
    assert_int_equal(d->rejected_persons[0], 7);
    holds(chain, "1 5 red; 2 7 blue; ");
    hedui_chain_close(chain);
}

static void a_contradicted_row_is_held_by_nobody(void **state)
{
    static const char torn[] =
        "no,owner_id,colour,price\n1," W ",red,1\n1," W ",green,1\n2," L ",blue,1\n";
    hedui_chain *chain = hedui_chain_open(layouts_of(layout_text)->list[0]);
    (void)state;
    (void)add(chain, torn, 0);
    holds(chain, "2 7 blue; ");
    (void)add(chain, DELTA "2," S ",A,blue,1,C\n", 3);
    holds(chain, "2 7 blue; "); /* what the refused delta takes back is not the contradicted row */
    hedui_delivery *d = add(chain, DELTA "1," S ",A,red,1,C\n", 0);
    assert_int_equal(d->ledger.not_in_caseload, 1);
    assert_int_equal(d->ledger.matched, 0);
    (void)add(chain, DELTA "1," W ",A,red,1,C\n", 0);
    holds(chain, "2 7 blue; 1 5 red; "); /* a later delta says how it is */
    hedui_chain_close(chain);
}

typedef struct inbox_case {
    const char *manifest;
    hedui_status status;
} inbox_case;

static void inboxes_name_their_files(void **state)
{
    static const char *const names[] = {"car-201406.csv.gz", "car-delta-20140705.csv.gz",
                                        "notes.txt", "a.manifest.yaml"};
    static const inbox_case cases[] = {
        {"files:\n  - {file: car-201406.csv.gz, feed: car, rows: 3, cut_off: 2014-06-20}\n",
         HEDUI_OK},
        {"files:\n  - {file: car-201407.csv.gz}\n", HEDUI_E2033},
        {"files:\n  - {file: ../car-201406.csv.gz}\n", HEDUI_E2034},
        {"files:\n  - {file: /etc/passwd}\n", HEDUI_E2034},
        {"files:\n  - {file: .hidden}\n", HEDUI_E2034},
        {"files:\n  - {file: car-201406.csv.gz}\n  - {file: car-201406.csv.gz}\n", HEDUI_E2035},
        {"files:\n  - {file: car-201406.csv.gz, feed: boat}\n", HEDUI_E2032},
        {"files:\n  - {file: car-201406.csv.gz, rows: -1}\n", HEDUI_E2011},
        {"files:\n  - {file: car-201406.csv.gz, sha256: abc}\n", HEDUI_E2011},
        {"files:\n  - {file: car-201406.csv.gz, row: 3}\n", HEDUI_E1113},
        {"files: 3\n", HEDUI_E1109},
        {"files:\n  - {file: notes.txt, feed: car}\n", HEDUI_OK},
    };
    const hedui_layouts *layouts = layouts_of(layout_text);
    char folder[256];
    (void)state;
    (void)snprintf(folder, sizeof folder, "%s", temporary_path(""));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const hedui_inbox_file *files = NULL;
        size_t count = 0;
        for (size_t n = 0; n < 4; n++)
            write_file(temporary_path(names[n]), hedui_span_of(n == 3 ? cases[i].manifest : ""));
        hedui_status status = hedui_inbox_list(&files, &count, folder, layouts, arena, NULL);
        if (status != cases[i].status)
            fail_msg("case %zu: E%d", i, (int)status);
        if (i == 0) {
            assert_int_equal(count, 3);
            assert_string_equal(files[0].name, "car-201406.csv.gz");
            assert_int_equal(files[0].cut_off, 16241); /* the manifest's, not the name's */
            assert_int_equal(files[0].promise->rows, 3);
            assert_int_equal(files[0].delta, 0);
            assert_int_equal(files[1].delta, 1);
            assert_int_equal(files[1].cut_off, 16256);
            assert_null(files[2].layout);
        }
        for (size_t n = 0; n < 4; n++)
            (void)unlink(temporary_path(names[n]));
    }
    remove_temporary();
}

static void knows_the_day_by_the_file_name(void **state)
{
    static const struct {
        const char *pattern, *name;
        int32_t day;
    } cases[] = {
        {"veh-{yyyymm}", "veh-201412.csv.gz", 16435},
        {"veh-{yyyymm}", "veh-201402.csv.gz", 16129},
        {"veh-{date}", "veh-201412.csv.gz", 16435},
        {"veh-{date}", "veh-20140105.csv.gz", 16075},
        {"hukou-{yyyymmdd}", "hukou-20140105.csv.gz", 16075},
        {"*{yyyymmdd}", "导出-20140105.csv.gz", 16075},
        {"veh-{yyyymm}", "veh-20140105.csv.gz", HEDUI_DAY_NONE},
        {"veh-{yyyymm}", "veh-201413.csv.gz", HEDUI_DAY_NONE},
        {"veh-{yyyymm}", "veh.csv.gz", HEDUI_DAY_NONE},
        {"hukou-{yyyymmdd}", "hukou-20140230.csv.gz", HEDUI_DAY_NONE},
        {"", "veh-201412.csv.gz", HEDUI_DAY_NONE},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (hedui_cut_off_of(hedui_span_of(cases[i].pattern), hedui_span_of(cases[i].name)) !=
            cases[i].day)
            fail_msg("%s", cases[i].name);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_replace_rows_of_their_key),
        cmocka_unit_test(deltas_follow_deltas),
        cmocka_unit_test(a_bad_row_puts_the_holder_in_doubt),
        cmocka_unit_test(a_contradicted_row_is_held_by_nobody),
        cmocka_unit_test(inboxes_name_their_files),
        cmocka_unit_test(knows_the_day_by_the_file_name),
    };
    arena = hedui_arena_open(0);
    int failed = cmocka_run_group_tests_name("feed/chain", tests, NULL, NULL);
    hedui_arena_close(arena);
    return failed;
}
