/* What `feeds check` says of a file against the last accepted delivery, and what the night then
 * says of the same file: of rows, of content that came before and of days they must say the same.
 */
#include "county.h"

#include <hedui/job_check.h>

enum { A_MONTH = 26 }; /* days from the county's day to the end of July */

static const hedui_job_check *check(const county *w, const char *file, int with_store)
{
    const hedui_job_check *made = NULL;
    const hedui_workspace *workspace = county_workspace(w);
    hedui_job_check_options options = {.folders = workspace->feed_folders,
                                       .folder_count = workspace->feed_folder_count,
                                       .store = with_store ? workspace->store : NULL,
                                       .as_of = w->as_of};
    assert_int_equal(hedui_job_check_file(&made, county_path(w, file), &options, w->arena, NULL),
                     HEDUI_OK);
    return made;
}

static const hedui_job_check_remark *remark(const hedui_job_check *c, int number)
{
    for (uint32_t i = 0; i < c->remark_count; i++)
        if (c->remarks[i].number == number)
            return &c->remarks[i];
    return NULL;
}

static hedui_span argument_of(const hedui_store_delivery *d, int number)
{
    for (size_t i = 0; i < d->remark_count; i++)
        if (d->remarks[i].number == number)
            return d->remarks[i].argument;
    return hedui_span_of("");
}

static int misses(const hedui_job_check *c, const char *word)
{
    for (uint32_t i = 0; i < c->unjudged_count; i++)
        if (strcmp(c->unjudged[i], word) == 0)
            return 1;
    return 0;
}

/* Copy the first `part` of `whole` parts of the lines of one delivery into another. */
static void copy_part(const county *w, const char *from, const char *to, size_t part, size_t whole)
{
    char *text;
    size_t used = county_read(&text, w, from), lines = 0, kept = 0, end = 0;
    for (size_t i = 0; i < used; i++)
        lines += text[i] == '\n';
    for (; end < used && kept < lines * part / whole; end++)
        kept += text[end] == '\n';
    county_write(w, to, text, part < whole ? end : used);
    free(text);
}

/* A county after a night that was released. */
static hedui_store_delivery settled(county *w, const char *feed)
{
    hedui_job_outcome outcome;
    county_make(w, 7);
    hedui_store_delivery d = county_night(&outcome, w, feed);
    county_release(w, outcome.run);
    return d;
}

static void without_an_earlier_delivery_the_check_says_so(void **state)
{
    county w;
    (void)state;
    county_make(&w, 7);
    for (int with_store = 0; with_store <= 1; with_store++) {
        const hedui_job_check *c = check(&w, "inbox/veh-201406.csv.gz", with_store);
        assert_int_equal(c->last_file.length, 0);
        assert_true(misses(c, "rows"));
        assert_true(misses(c, "distributions"));
        assert_true(misses(c, "matches"));
        assert_true(misses(c, "names"));
        assert_false(misses(c, "query_list"));
        assert_int_equal(remark(c, HEDUI_E2121) != NULL, with_store);
    }
    county_throw_away(&w);
}

static void rows_are_held_against_the_last_accepted_delivery_as_by_a_night(void **state)
{
    county w;
    hedui_job_outcome outcome;
    (void)state;
    hedui_store_delivery first = settled(&w, "vehicle");
    const hedui_job_check *c = check(&w, "inbox/veh-201406.csv.gz", 1);
    assert_true(hedui_span_is(c->last_file, "veh-201406.csv.gz"));
    assert_int_equal(c->last_records, first.records);
    assert_int_equal(c->last_cut_off, first.cut_off);
    assert_null(remark(c, HEDUI_E2115));
    assert_null(remark(c, HEDUI_E2116)); /* the same file once more */
    assert_null(remark(c, HEDUI_E2121));
    assert_false(misses(c, "rows"));
    assert_true(misses(c, "distributions")); /* those of matched people's rows */
    copy_part(&w, "inbox/veh-201406.csv.gz", "inbox/veh-201407.csv.gz", 1, 2);
    w.as_of += A_MONTH;
    c = check(&w, "inbox/veh-201407.csv.gz", 0);
    assert_null(remark(c, HEDUI_E2115));
    c = check(&w, "inbox/veh-201407.csv.gz", 1);
    assert_non_null(remark(c, HEDUI_E2115));
    assert_string_equal(remark(c, HEDUI_E2115)->verdict, "held");
    assert_string_equal(c->verdict, "held");
    assert_null(remark(c, HEDUI_E2118)); /* nobody was looked for */
    hedui_store_delivery d = county_night(&outcome, &w, "vehicle");
    assert_true(county_says(&d, HEDUI_E2115));
    assert_true(hedui_span_equal(argument_of(&d, HEDUI_E2115), remark(c, HEDUI_E2115)->argument));
    assert_int_equal((int64_t)c->report->records, d.records);
    /* held and not released: still held against the first */
    c = check(&w, "inbox/veh-201407.csv.gz", 1);
    assert_true(hedui_span_is(c->last_file, "veh-201406.csv.gz"));
    assert_non_null(remark(c, HEDUI_E2115));
    county_throw_away(&w);
}

/* Columns are read for matched people only, and keys that contradict each other are looked for
 * among them: what a check finds in the rows of strangers must not pass for what a night would say.
 */
static void no_share_is_said_to_be_beyond_its_limit_that_a_night_finds_within(void **state)
{
    county w;
    hedui_job_outcome outcome;
    const hedui_store_delivery *list = NULL;
    size_t count = 0, looked = 0;
    (void)state;
    county_make(&w, 7);
    (void)county_night(&outcome, &w, "vehicle");
    hedui_store *store = county_store(&w);
    assert_int_equal(
        hedui_store_delivery_list(&list, &count, store, hedui_span_of(outcome.run), w.arena, NULL),
        HEDUI_OK);
    hedui_store_close(store);
    for (size_t i = 0; i < count; i++) {
        char name[256];
        if (!list[i].file.length)
            continue;
        (void)snprintf(name, sizeof name, "inbox/%.*s", (int)list[i].file.length, list[i].file.at);
        const hedui_job_check *c = check(&w, name, 1);
        int refuses = remark(c, HEDUI_E2114) != NULL, holds = remark(c, HEDUI_E2113) != NULL;
        int refused = county_says(&list[i], HEDUI_E2114);
        int held = county_says(&list[i], HEDUI_E2113);
        if ((refuses && !refused) || (holds && !held && !refused))
            fail_msg("%s: %.*s", name,
                     (int)remark(c, refuses ? HEDUI_E2114 : HEDUI_E2113)->argument.length,
                     remark(c, refuses ? HEDUI_E2114 : HEDUI_E2113)->argument.at);
        looked++;
    }
    assert_true(looked > 10);
    county_throw_away(&w);
}

static void content_of_another_day_is_refused_but_for_a_caseload(void **state)
{
    static const struct {
        const char *feed, *from, *to, *verdict;
    } cases[] = {
        {"vehicle", "inbox/veh-201406.csv.gz", "inbox/veh-201407.csv.gz", "refused"},
        {"caseload_member", "inbox/caseload-member-20140705.csv.gz",
         "inbox/caseload-member-20140731.csv.gz", "warned"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        county w;
        hedui_job_outcome outcome;
        (void)settled(&w, cases[i].feed);
        copy_part(&w, cases[i].from, cases[i].to, 1, 1);
        w.as_of += A_MONTH;
        const hedui_job_check *c = check(&w, cases[i].to, 1);
        hedui_store_delivery d = county_night(&outcome, &w, cases[i].feed);
        assert_non_null(remark(c, HEDUI_E2116));
        assert_string_equal(remark(c, HEDUI_E2116)->verdict, cases[i].verdict);
        assert_true(county_says(&d, HEDUI_E2116));
        assert_true(
            hedui_span_equal(argument_of(&d, HEDUI_E2116), remark(c, HEDUI_E2116)->argument));
        county_throw_away(&w);
    }
}

static void a_file_of_a_later_day_would_not_be_read(void **state)
{
    county w;
    (void)state;
    (void)settled(&w, "vehicle");
    copy_part(&w, "inbox/veh-201406.csv.gz", "inbox/veh-201407.csv.gz", 1, 1);
    const hedui_job_check *c = check(&w, "inbox/veh-201407.csv.gz", 0);
    assert_string_equal(c->verdict, "early");
    assert_non_null(remark(c, HEDUI_E2103));
    assert_true(hedui_span_is(remark(c, HEDUI_E2103)->argument, "veh-201407.csv.gz"));
    w.as_of += A_MONTH; /* 31 July, the file's own day */
    c = check(&w, "inbox/veh-201407.csv.gz", 0);
    assert_null(remark(c, HEDUI_E2103));
    county_throw_away(&w);
}

/* A delta has few rows by its nature. */
static void a_delta_is_held_against_nothing(void **state)
{
    county w;
    (void)state;
    (void)settled(&w, "vehicle");
    copy_part(&w, "inbox/veh-201406.csv.gz", "inbox/veh-delta-20140702.csv.gz", 1, 100);
    const hedui_job_check *c = check(&w, "inbox/veh-delta-20140702.csv.gz", 1);
    assert_int_equal(c->last_file.length, 0);
    assert_null(remark(c, HEDUI_E2115));
    assert_null(remark(c, HEDUI_E2121));
    assert_false(misses(c, "rows"));
    assert_true(misses(c, "names"));
    county_throw_away(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_an_earlier_delivery_the_check_says_so),
        cmocka_unit_test(rows_are_held_against_the_last_accepted_delivery_as_by_a_night),
        cmocka_unit_test(no_share_is_said_to_be_beyond_its_limit_that_a_night_finds_within),
        cmocka_unit_test(content_of_another_day_is_refused_but_for_a_caseload),
        cmocka_unit_test(a_file_of_a_later_day_would_not_be_read),
        cmocka_unit_test(a_delta_is_held_against_nothing),
    };
    return cmocka_run_group_tests_name("job/check", tests, NULL, NULL);
}
