/* Nights that do not come to their end, and what the next one makes of what they left. */
#include "county.h"

#include "job/archive.h"

#include <hedui/job.h>
#include <hedui/message.h>
#include <hedui/store.h>
#include <hedui/store_run.h>

#include <dirent.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Stops the night at the `at`-th time that somebody asks. */
typedef struct stopper {
    atomic_long asked;
    long at;
} stopper;

static int stop(void *context)
{
    stopper *s = context;
    return atomic_fetch_add(&s->asked, 1) + 1 >= s->at;
}

static hedui_status night(hedui_job_outcome *outcome, const county *w, int threads, stopper *s,
                          hedui_err *err)
{
    hedui_job_options options = {.as_of = w->as_of, .threads = threads, .reports = 1};
    if (s)
        options.stop = (hedui_stop){stop, s};
    hedui_err_init(err);
    memset(outcome, 0, sizeof *outcome);
    return hedui_job_run(outcome, county_workspace(w), &options, w->arena, NULL, err);
}

static size_t count_runs(const county *w)
{
    const hedui_store_run *runs = NULL;
    size_t count = 0;
    hedui_store *store = county_store(w);
    assert_int_equal(hedui_store_check(store, NULL), HEDUI_OK);
    assert_int_equal(hedui_store_run_list(&runs, &count, store, w->arena, NULL), HEDUI_OK);
    hedui_store_close(store);
    return count;
}

/* How many names of a folder hold `part`. */
static int holds(const county *w, const char *folder, const char *part)
{
    DIR *d = opendir(county_path(w, folder));
    int count = 0;
    assert_non_null(d);
    for (const struct dirent *e; (e = readdir(d));)
        count += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0 &&
                 strstr(e->d_name, part) != NULL;
    (void)closedir(d);
    return count;
}

static void a_night_stopped_anywhere_leaves_flags_and_reports_as_they_were(void **state)
{
    county w;
    hedui_job_outcome whole, outcome;
    hedui_err err;
    int stopped = 0;
    (void)state;
    county_make(&w, 7);
    assert_int_equal(night(&whole, &w, 2, NULL, &err), HEDUI_OK);
    int reports = holds(&w, "out", "");
    assert_true(reports > 0);
    for (long at = 1;; at += at / 2 + 1) {
        stopper s = {.at = at};
        hedui_status status = night(&outcome, &w, stopped % 2 ? 4 : 1, &s, &err);
        if (!status)
            break;
        if (status != HEDUI_E5023)
            fail_msg("stopped at %ld: E%d", at, (int)status);
        assert_int_equal(err.status, HEDUI_E5023);
        assert_int_equal(count_runs(&w), 1);
        assert_int_equal(holds(&w, "out", ""), reports);
        assert_int_equal(holds(&w, "archive", ".gz."), 0);
        /* whoever was told to stop does so soon: few ask again after they were told */
        assert_in_range(atomic_load(&s.asked), at, at + 64);
        stopped++;
    }
    assert_true(stopped > 12);
    assert_string_equal(outcome.digest, whole.digest);
    assert_int_equal(count_runs(&w), 2);
    county_throw_away(&w);
}

static void put(const county *w, const char *name, const char *text)
{
    assert_int_equal(hedui_file_replace(county_path(w, name), hedui_span_of(text), NULL), HEDUI_OK);
}

#define HEX "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static void what_a_killed_night_left_is_gone_with_the_next(void **state)
{
    county w;
    hedui_job_outcome outcome;
    hedui_err err;
    const char *held = NULL;
    int fd = -1;
    (void)state;
    county_make(&w, 7);
    static const char *const left[] = {"archive/" HEX ".gz.aB3dE6", "archive/." HEX ".input.aB3dE6",
                                       "archive/." HEX ".listing.aB3dE6"};
    static const char *const kept[] = {"archive/" HEX ".gz", "archive/" HEX ".gz.old.copy",
                                       "archive/notes.txt", "archive/" HEX ".txt.aB3dE6"};
    for (size_t i = 0; i < sizeof left / sizeof *left; i++)
        put(&w, left[i], "half");
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        put(&w, kept[i], "whole");
    assert_int_equal(mkdir(county_path(&w, "archive/.replay-aB3dE6"), 0700), 0);
    assert_int_equal(mkdir(county_path(&w, "archive/.replay-aB3dE6/inbox"), 0700), 0);
    put(&w, "archive/.replay-aB3dE6/inbox/x.csv.gz", "half");
    assert_int_equal(hedui_archive_claim(&held, &fd, county_path(&w, "archive"), w.arena, NULL),
                     HEDUI_OK);
    assert_int_equal(night(&outcome, &w, 2, NULL, &err), HEDUI_OK);
    for (size_t i = 0; i < sizeof left / sizeof *left; i++)
        assert_int_equal(access(county_path(&w, left[i]), F_OK), -1);
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        assert_int_equal(access(county_path(&w, kept[i]), F_OK), 0);
    assert_int_equal(access(county_path(&w, "archive/.replay-aB3dE6"), F_OK), -1);
    /* a replay that somebody is making is nobody's leftover */
    assert_int_equal(access(held, F_OK), 0);
    hedui_archive_delete(held);
    (void)close(fd);
    assert_int_equal(holds(&w, "archive", ".replay-"), 0);
    county_throw_away(&w);
}

static void a_second_night_is_told_who_is_at_work(void **state)
{
    county w;
    hedui_job_outcome outcome;
    hedui_err err;
    char pid[24];
    hedui_buffer text;
    (void)state;
    county_make(&w, 7);
    assert_int_equal(night(&outcome, &w, 2, NULL, &err), HEDUI_OK);
    hedui_store *store = county_store(&w);
    assert_int_equal(hedui_store_lock(store, NULL), HEDUI_OK);
    assert_int_equal(night(&outcome, &w, 2, NULL, &err), HEDUI_E5005);
    assert_int_equal(hedui_message_exit(HEDUI_E5005), 7);
    hedui_buffer_init(&text);
    hedui_message_sentence(&text, &err, HEDUI_EN);
    hedui_buffer_byte(&text, '\0');
    (void)snprintf(pid, sizeof pid, "Process %ld ", (long)getpid());
    assert_non_null(strstr(text.data, pid));
    hedui_buffer_free(&text);
    hedui_store_close(store);
    assert_int_equal(night(&outcome, &w, 2, NULL, &err), HEDUI_OK);
    county_throw_away(&w);
}

/* --- a delivery replaced under the reader ------------------------------------------------------
 */

typedef struct replacing {
    const county *w;
    hedui_job_stage at;
    int done;
} replacing;

static void replace(void *context, hedui_job_stage stage, int64_t done, int64_t total)
{
    replacing *r = context;
    (void)done;
    (void)total;
    if (stage != r->at || r->done)
        return;
    r->done = 1;
    assert_int_equal(
        rename(county_path(r->w, "new.csv.gz"), county_path(r->w, "inbox/veh-201406.csv.gz")), 0);
}

static void a_delivery_replaced_while_it_was_read_stops_the_night(void **state)
{
    county w, other;
    hedui_job_outcome outcome;
    (void)state;
    county_make(&w, 7);
    county_make(&other, 8);
    assert_int_equal(
        rename(county_path(&other, "inbox/veh-201406.csv.gz"), county_path(&w, "new.csv.gz")), 0);
    replacing r = {.w = &w, .at = HEDUI_JOB_JUDGE};
    hedui_job_options options = {
        .as_of = w.as_of, .threads = 2, .progress = replace, .context = &r};
    assert_int_equal(hedui_job_run(&outcome, county_workspace(&w), &options, w.arena, NULL, NULL),
                     HEDUI_E8010);
    assert_int_equal(r.done, 1);
    assert_int_equal(count_runs(&w), 0);
    /* the next night reads the new one */
    assert_int_equal(hedui_job_run(&outcome, county_workspace(&w), &options, w.arena, NULL, NULL),
                     HEDUI_OK);
    assert_int_equal(count_runs(&w), 1);
    county_throw_away(&other);
    county_throw_away(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_night_stopped_anywhere_leaves_flags_and_reports_as_they_were),
        cmocka_unit_test(what_a_killed_night_left_is_gone_with_the_next),
        cmocka_unit_test(a_second_night_is_told_who_is_at_work),
        cmocka_unit_test(a_delivery_replaced_while_it_was_read_stops_the_night),
    };
    return cmocka_run_group_tests_name("job/stop", tests, NULL, NULL);
}
