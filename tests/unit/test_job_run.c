/* Whole nights over a small county: what a missing, late, cut or changed delivery does, and what
 * must not matter at all. */
#include "county.h"

#include <hedui/buffer.h>
#include <hedui/citizen_id.h>
#include <hedui/file.h>
#include <hedui/job.h>
#include <hedui/store.h>
#include <hedui/store_household.h>
#include <hedui/store_run.h>

#include <iconv.h>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

static const char household_file[] = "inbox/caseload-household-20140705.csv.gz";
static const char member_file[] = "inbox/caseload-member-20140705.csv.gz";
static const char vehicle_file[] = "inbox/veh-201406.csv.gz";
static const char register_file[] = "inbox/hukou-20140630.csv.gz";

static hedui_status night(hedui_job_outcome *outcome, const county *w, int threads, hedui_err *err)
{
    const hedui_workspace *workspace = county_workspace(w);
    hedui_job_options options = {.as_of = w->as_of, .threads = threads};
    hedui_err_init(err);
    memset(outcome, 0, sizeof *outcome);
    return hedui_job_run(outcome, workspace, &options, w->arena, NULL, err);
}

static hedui_status good_night(hedui_job_outcome *outcome, const county *w)
{
    hedui_err err;
    hedui_status status = night(outcome, w, 2, &err);
    assert_int_equal(status, HEDUI_OK);
    return status;
}

static const hedui_store_run *stored(const county *w, const char *id)
{
    hedui_store *store = county_store(w);
    const hedui_store_run *run = NULL;
    assert_int_equal(hedui_store_check(store, NULL), HEDUI_OK);
    assert_int_equal(hedui_store_run_find(&run, store, hedui_span_of(id), w->arena, NULL),
                     HEDUI_OK);
    hedui_store_close(store);
    return run;
}

/* So small a county has a large share of odd rows: its runs are held until somebody releases them.
 */
static void release(const county *w, const char *id)
{
    hedui_store *store = county_store(w);
    assert_int_equal(hedui_store_run_publish(store, hedui_span_of(id), hedui_span_of("王主任"),
                                             hedui_span_of("问题行已核实"), INT64_MIN, NULL),
                     HEDUI_OK);
    hedui_store_close(store);
}

static size_t count_runs(const county *w)
{
    hedui_store *store = county_store(w);
    const hedui_store_run *runs = NULL;
    size_t count = 0;
    assert_int_equal(hedui_store_run_list(&runs, &count, store, w->arena, NULL), HEDUI_OK);
    hedui_store_close(store);
    return count;
}

/* Gunzipped content, owned by the caller. */
static char *unpack(const county *w, const char *name, size_t *length)
{
    gzFile file = gzopen(county_path(w, name), "rb");
    size_t room = 1 << 22, used = 0;
    char *text = malloc(room);
    assert_non_null(file);
    assert_non_null(text);
    for (int got; (got = gzread(file, text + used, (unsigned)(room - used))) > 0;)
        used += (size_t)got;
    assert_true(used < room);
    (void)gzclose(file);
    *length = used;
    return text;
}

static void pack(const county *w, const char *name, const char *mode, const char *text,
                 size_t length)
{
    gzFile file = gzopen(county_path(w, name), mode);
    assert_non_null(file);
    assert_int_equal(gzwrite(file, text, (unsigned)length), (int)length);
    assert_int_equal(gzclose(file), Z_OK);
}

static void forget_store(const county *w)
{
    (void)unlink(county_path(w, "hedui.db"));
    (void)unlink(county_path(w, "hedui.db-wal"));
    (void)unlink(county_path(w, "hedui.db-shm"));
}

/* Exchange the second and third line, the fourth and fifth ... where neither has a quote. */
static void swap_neighbours(char *text, size_t length)
{
    char *end = text + length, *a = memchr(text, '\n', length);
    while (a && ++a < end) {
        char *b = memchr(a, '\n', (size_t)(end - a)), *c = NULL;
        if (!b || !(c = memchr(b + 1, '\n', (size_t)(end - b - 1))))
            return;
        size_t first = (size_t)(b + 1 - a), second = (size_t)(c - b);
        if (!memchr(a, '"', first + second)) {
            char *kept = malloc(first);
            assert_non_null(kept);
            memcpy(kept, a, first);
            memmove(a, b + 1, second);
            memcpy(a + second, kept, first);
            free(kept);
        }
        a = c;
    }
}

static void threads_gzip_members_and_row_order_do_not_show(void **state)
{
    static const int threads[] = {1, 2, 4, 8};
    static const char *const files[] = {member_file, household_file, vehicle_file};
    county w;
    hedui_job_outcome first, other;
    hedui_err err;
    size_t length;
    (void)state;
    county_make(&w, 7);
    (void)good_night(&first, &w);
    for (size_t i = 0; i < sizeof threads / sizeof *threads; i++) {
        forget_store(&w);
        assert_int_equal(night(&other, &w, threads[i], &err), HEDUI_OK);
        assert_string_equal(other.digest, first.digest);
    }
    char *text = unpack(&w, vehicle_file, &length);
    pack(&w, vehicle_file, "wb1", text, length / 3);
    pack(&w, vehicle_file, "ab9", text + length / 3, length - length / 3);
    forget_store(&w);
    (void)good_night(&other, &w);
    assert_string_equal(other.digest, first.digest);
    free(text);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        text = unpack(&w, files[i], &length);
        swap_neighbours(text, length);
        pack(&w, files[i], "wb", text, length);
        free(text);
    }
    forget_store(&w);
    (void)good_night(&other, &w);
    assert_string_equal(other.digest, first.digest);
    county_throw_away(&w);
}

static void the_same_deliveries_reopen_nothing(void **state)
{
    county w;
    hedui_job_outcome first, second;
    (void)state;
    county_make(&w, 7);
    (void)good_night(&first, &w);
    release(&w, first.run);
    (void)good_night(&second, &w);
    assert_string_equal(second.digest, first.digest);
    const hedui_store_run *run = stored(&w, second.run);
    assert_true(run->flags > 0);
    assert_int_equal(run->continuing, run->flags);
    assert_int_equal(run->fresh + run->changed + run->gone + run->not_checked, 0);
    county_throw_away(&w);
}

static void a_missing_feed_leaves_its_rule_unanswered_and_clears_nobody(void **state)
{
    county w;
    hedui_job_outcome outcome;
    (void)state;
    county_make(&w, 7);
    (void)good_night(&outcome, &w);
    const hedui_store_run *before = stored(&w, outcome.run);
    release(&w, outcome.run);
    assert_int_equal(unlink(county_path(&w, vehicle_file)), 0);
    (void)good_night(&outcome, &w);
    const hedui_store_run *after = stored(&w, outcome.run);
    assert_int_equal(outcome.exit_code, 3);
    assert_int_equal(after->gap_count, 1);
    assert_true(hedui_span_is(after->gaps[0].rule, "VEH-01"));
    assert_true(hedui_span_is(after->gaps[0].reason, "not_supplied"));
    assert_int_equal(after->clear, 0);
    /* one household's own rows contradict each other: that, not the feed, is what leaves it open */
    assert_in_range(after->gaps[0].households, before->households - before->out_of_scope - 1,
                    before->households - before->out_of_scope);
    assert_int_equal(after->gone, 0); /* a flag is gone only if its source was checked */
    assert_true(after->not_checked > 0);
    assert_int_equal(after->continuing + after->not_checked, before->flags);
    county_throw_away(&w);
}

static void a_cut_delivery_is_refused_and_the_run_held(void **state)
{
    county w;
    hedui_job_outcome outcome;
    hedui_span bytes;
    (void)state;
    county_make(&w, 7);
    assert_int_equal(hedui_file_read(&bytes, county_path(&w, vehicle_file), 1 << 24, w.arena, NULL),
                     HEDUI_OK);
    bytes.length -= 9;
    assert_int_equal(hedui_file_replace(county_path(&w, vehicle_file), bytes, NULL), HEDUI_OK);
    (void)good_night(&outcome, &w);
    const hedui_store_run *run = stored(&w, outcome.run);
    assert_int_equal(outcome.exit_code, 3);
    assert_true(hedui_span_is(run->state, "draft"));
    assert_int_equal(run->gap_count, 1);
    assert_true(hedui_span_is(run->gaps[0].reason, "refused"));
    assert_int_equal(run->clear, 0);
    county_throw_away(&w);
}

static void a_stale_delivery_is_not_checked(void **state)
{
    county w;
    hedui_job_outcome outcome;
    (void)state;
    county_make(&w, 7);
    assert_int_equal(
        rename(county_path(&w, vehicle_file), county_path(&w, "inbox/veh-201312.csv.gz")), 0);
    (void)good_night(&outcome, &w);
    const hedui_store_run *run = stored(&w, outcome.run);
    assert_int_equal(run->gap_count, 1);
    assert_true(hedui_span_is(run->gaps[0].reason, "stale"));
    county_throw_away(&w);
}

static void a_delivery_of_a_later_day_is_not_used(void **state)
{
    county w;
    hedui_job_outcome outcome;
    (void)state;
    county_make(&w, 7);
    assert_int_equal(
        rename(county_path(&w, vehicle_file), county_path(&w, "inbox/veh-201408.csv.gz")), 0);
    (void)good_night(&outcome, &w);
    assert_int_equal(stored(&w, outcome.run)->gap_count, 1);
    county_throw_away(&w);
}

static void without_a_needed_feed_nothing_is_written(void **state)
{
    county w;
    hedui_job_outcome outcome;
    hedui_err err;
    (void)state;
    county_make(&w, 7);
    (void)good_night(&outcome, &w);
    assert_int_equal(unlink(county_path(&w, register_file)), 0);
    assert_int_equal(night(&outcome, &w, 2, &err), HEDUI_E4020);
    assert_int_equal(count_runs(&w), 1);
    county_throw_away(&w);
}

/* Take the first column whose header begins with `header` out of a caseload file's header. */
static void rename_column(const county *w, const char *file, const char *header)
{
    size_t length;
    char *text = unpack(w, file, &length);
    char *end = memchr(text, '\n', length), *at;
    assert_non_null(end);
    *end = '\0';
    at = strstr(text, header);
    assert_non_null(at);
    memset(at, 'x', strlen(header));
    *end = '\n';
    pack(w, file, "wb", text, length);
    free(text);
}

static void a_caseload_without_its_columns_stops_the_run(void **state)
{
    static const struct {
        const char *file, *header;
    } cases[] = {
        {member_file, "授权书编号"},    {member_file, "授权有效期"},   {member_file, "与户主关系"},
        {member_file, "申报月收入"},    {member_file, "公民身份号码"}, {household_file, "申报财产"},
        {household_file, "月保障金额"}, {household_file, "状态"},      {household_file, "户编号"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        county w;
        hedui_job_outcome outcome;
        hedui_err err;
        county_make(&w, 7);
        rename_column(&w, cases[i].file, cases[i].header);
        hedui_status status = night(&outcome, &w, 1, &err);
        if (status != HEDUI_E4011)
            fail_msg("without %s: status %d", cases[i].header, (int)status);
        assert_int_equal(count_runs(&w), 0);
        county_throw_away(&w);
    }
}

/* A delta of one row: the first row of the full delivery with this plate, now a stranger's. */
static void sell(const county *w, const char *plate, const char *delta)
{
    char gb[64], id[HEDUI_CITIZEN_ID_TEXT], *from = (char *)(uintptr_t)plate, *to = gb;
    size_t length, left = strlen(plate), room = sizeof gb;
    iconv_t converter = iconv_open("GB18030", "UTF-8");
    assert_int_equal(iconv(converter, &from, &left, &to, &room), 0);
    (void)iconv_close(converter);
    char *text = unpack(w, vehicle_file, &length);
    char *end = memchr(text, '\n', length);
    char *row = memmem(text, length, gb, (size_t)(to - gb));
    assert_non_null(end);
    assert_non_null(row);
    while (row[-1] != '\n')
        row--;
    char *stop = memchr(row, '\n', (size_t)(text + length - row));
    hedui_buffer out;
    hedui_buffer_init(&out);
    hedui_buffer_add(&out, (hedui_span){text, (size_t)(end - text) - (end[-1] == '\r')});
    hedui_buffer_text(&out, ",change\n");
    size_t at = out.length;
    hedui_buffer_add(&out, (hedui_span){row, (size_t)(stop - row) - (stop[-1] == '\r')});
    hedui_buffer_text(&out, ",A\n");
    hedui_citizen_id_print(id, 65900019990101001u);
    char *number = out.data + at; /* the first run of 18 digits is the owner's number */
    while (strspn(number, "0123456789Xx") < 18)
        number++;
    memcpy(number, id, 18);
    pack(w, delta, "wb", out.data, out.length);
    hedui_buffer_free(&out);
    free(text);
}

static void a_car_sold_to_a_stranger_leaves_the_family(void **state)
{
    county w;
    hedui_job_outcome outcome;
    const hedui_store_flag *flags = NULL;
    size_t count = 0, chosen = SIZE_MAX;
    (void)state;
    county_make(&w, 7);
    (void)good_night(&outcome, &w);
    release(&w, outcome.run);
    const hedui_store_run *before = stored(&w, outcome.run);
    hedui_store *store = county_store(&w);
    assert_int_equal(hedui_store_flag_list(&flags, &count, store, hedui_span_of(outcome.run),
                                           hedui_span_of(""), w.arena, NULL),
                     HEDUI_OK);
    hedui_store_close(store);
    for (size_t i = 0; i < count && chosen == SIZE_MAX; i++)
        if (hedui_span_is(flags[i].rule, "VEH-01"))
            chosen = i;
    assert_true(chosen != SIZE_MAX);
    const char *bar = memchr(flags[chosen].subject.at, '|', flags[chosen].subject.length);
    assert_non_null(bar);
    sell(&w, bar + 1, "inbox/veh-delta-20140703.csv.gz");
    (void)good_night(&outcome, &w);
    const hedui_store_run *after = stored(&w, outcome.run);
    assert_int_equal(after->gone, 1);
    assert_int_equal(after->flags, before->flags - 1);
    assert_int_equal(after->continuing, before->flags - 1);
    county_throw_away(&w);
}

/* A car of the full delivery, to be sold in a delta. */
static const char *a_plate(const county *w, const hedui_job_outcome *outcome)
{
    const hedui_store_flag *flags = NULL;
    size_t count = 0;
    hedui_store *store = county_store(w);
    assert_int_equal(hedui_store_flag_list(&flags, &count, store, hedui_span_of(outcome->run),
                                           hedui_span_of(""), w->arena, NULL),
                     HEDUI_OK);
    hedui_store_close(store);
    for (size_t i = 0; i < count; i++)
        if (hedui_span_is(flags[i].rule, "VEH-01"))
            return (const char *)memchr(flags[i].subject.at, '|', flags[i].subject.length) + 1;
    fail_msg("nobody has a car");
    return NULL;
}

/* What a run says of the vehicle register's files, in order; and that no delta is a baseline. */
static void assert_vehicles(const county *w, const char *run, const char *want)
{
    const hedui_store_delivery *list = NULL;
    const hedui_store_baseline *baselines = NULL;
    char text[400] = "";
    size_t count = 0;
    hedui_store *store = county_store(w);
    assert_int_equal(hedui_store_baseline_list(&baselines, &count, store, w->arena, NULL),
                     HEDUI_OK);
    for (size_t i = 0; i < count; i++)
        assert_null(strstr(baselines[i].file.at, "delta"));
    assert_int_equal(
        hedui_store_delivery_list(&list, &count, store, hedui_span_of(run), w->arena, NULL),
        HEDUI_OK);
    for (size_t i = 0; i < count; i++)
        if (hedui_span_is(list[i].feed, "vehicle")) {
            const hedui_store_remark *last = list[i].remarks + list[i].remark_count - 1;
            int told = list[i].remark_count && !list[i].used;
            size_t length = strlen(text);
            (void)snprintf(text + length, sizeof text - length, "%s %s %d; ", list[i].file.at,
                           list[i].used ? "used" : "not", told ? last->number : 0);
        }
    assert_string_equal(text, want);
    hedui_store_close(store);
}

static void a_cut_file_spoils_its_chain_and_no_delta_is_a_baseline(void **state)
{
    static const struct {
        const char *file, *want;
    } cuts[] = {{"inbox/veh-delta-20140702.csv.gz",
                 "veh-201406.csv.gz not 2139; veh-delta-20140702.csv.gz not 2119; "
                 "veh-delta-20140703.csv.gz not 2139; "},
                {"inbox/veh-201406.csv.gz",
                 "veh-201406.csv.gz not 2119; veh-delta-20140702.csv.gz not 2139; "
                 "veh-delta-20140703.csv.gz not 2139; "}};
    county w;
    hedui_job_outcome outcome;
    hedui_span bytes;
    (void)state;
    county_make(&w, 7);
    (void)good_night(&outcome, &w);
    const char *plate = a_plate(&w, &outcome);
    sell(&w, plate, cuts[0].file);
    sell(&w, plate, "inbox/veh-delta-20140703.csv.gz");
    (void)good_night(&outcome, &w);
    assert_vehicles(&w, outcome.run,
                    "veh-201406.csv.gz used 0; veh-delta-20140702.csv.gz used 0; "
                    "veh-delta-20140703.csv.gz used 0; ");
    for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
        assert_int_equal(
            hedui_file_read(&bytes, county_path(&w, cuts[i].file), 1 << 24, w.arena, NULL),
            HEDUI_OK);
        hedui_span cut = {bytes.at, bytes.length - 9};
        assert_int_equal(hedui_file_replace(county_path(&w, cuts[i].file), cut, NULL), HEDUI_OK);
        (void)good_night(&outcome, &w);
        assert_vehicles(&w, outcome.run, cuts[i].want);
        const hedui_store_run *run = stored(&w, outcome.run);
        assert_int_equal(run->gap_count, 1);
        assert_true(hedui_span_is(run->gaps[0].reason, "refused"));
        assert_int_equal(hedui_file_replace(county_path(&w, cuts[i].file), bytes, NULL), HEDUI_OK);
    }
    county_throw_away(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_gzip_members_and_row_order_do_not_show),
        cmocka_unit_test(the_same_deliveries_reopen_nothing),
        cmocka_unit_test(a_missing_feed_leaves_its_rule_unanswered_and_clears_nobody),
        cmocka_unit_test(a_cut_delivery_is_refused_and_the_run_held),
        cmocka_unit_test(a_stale_delivery_is_not_checked),
        cmocka_unit_test(a_delivery_of_a_later_day_is_not_used),
        cmocka_unit_test(without_a_needed_feed_nothing_is_written),
        cmocka_unit_test(a_car_sold_to_a_stranger_leaves_the_family),
        cmocka_unit_test(a_cut_file_spoils_its_chain_and_no_delta_is_a_baseline),
        cmocka_unit_test(a_caseload_without_its_columns_stops_the_run),
    };
    return cmocka_run_group_tests_name("job/run", tests, NULL, NULL);
}
