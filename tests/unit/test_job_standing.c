/* What departments owe and what they brought, over several nights. The days expected were worked
 * out by hand: vehicles are due on the 10th of each month. */
#include "test.h"

#include <hedui/date.h>
#include <hedui/demo.h>
#include <hedui/file.h>
#include <hedui/job.h>
#include <hedui/job_query.h>
#include <hedui/job_standing.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct world {
    char folder[64];
    hedui_arena *arena;
    const hedui_workspace *workspace;
} world;

static int32_t day(int month, int of_month)
{
    int32_t made = 0;
    assert_int_equal(hedui_date_from_civil(&made, 2014, month, of_month), 1);
    return made;
}

static void shell(const world *w, const char *commands)
{
    char line[512];
    int length = snprintf(line, sizeof line, "cd '%s/inbox' && { %s; }", w->folder, commands);
    assert_in_range(length, 1, (int)sizeof line - 1);
    assert_int_equal(system(line), 0);
}

static void make(world *w)
{
    hedui_demo_options options = {.households = 1000, .seed = 7, .strangers = 6};
    (void)snprintf(w->folder, sizeof w->folder, "/tmp/hedui-standing-XXXXXX");
    assert_non_null(mkdtemp(w->folder));
    w->arena = hedui_arena_open(0);
    options.as_of = day(7, 5);
    assert_int_equal(hedui_demo_write(NULL, w->folder, &options, NULL), HEDUI_OK);
    shell(w, "mkdir ../keep && mv caseload-[hm]* veh-* ../keep && rm -rf ./* && mv ../keep/* . && "
             "sed -i -e '/^need:/d' ../hedui.yaml");
    assert_int_equal(
        hedui_workspace_load(&w->workspace, w->folder, HEDUI_SOURCE_DIR, w->arena, NULL), HEDUI_OK);
}

static void throw_away(world *w)
{
    shell(w, "rm -rf \"${PWD%%/inbox}\"");
    hedui_arena_close(w->arena);
}

static void night(const world *w, int32_t as_of)
{
    hedui_job_outcome outcome = {0};
    hedui_err err;
    hedui_job_options options = {.as_of = as_of, .threads = 1};
    hedui_err_init(&err);
    if (hedui_job_run(&outcome, w->workspace, &options, w->arena, NULL, &err))
        fail_msg("run: error %d", (int)err.status);
}

static const hedui_standing *look(const world *w, int32_t up_to)
{
    const hedui_standing *standing = NULL;
    hedui_standing_options options = {.folders = w->workspace->feed_folders,
                                      .folder_count = w->workspace->feed_folder_count,
                                      .store = w->workspace->store,
                                      .day = up_to,
                                      .today = day(12, 31)};
    assert_int_equal(hedui_job_standing(&standing, &options, w->arena, NULL), HEDUI_OK);
    return standing;
}

static hedui_standing_feed feed(const hedui_standing *standing, const char *name)
{
    for (size_t i = 0; i < standing->feed_count; i++)
        if (hedui_span_is(standing->feeds[i].feed.feed, name))
            return standing->feeds[i];
    fail_msg("no feed %s", name);
    return (hedui_standing_feed){0};
}

static void check_sums(const hedui_standing *standing)
{
    size_t feeds = 0;
    for (size_t i = 0; i < standing->source_count; i++) {
        const hedui_standing_source *s = &standing->sources[i];
        feeds += s->feeds;
        assert_int_equal(s->received, s->accepted + s->held + s->refused);
        assert_true(s->met + s->overdue + s->never <= s->asked && s->late <= s->met);
    }
    assert_int_equal(feeds, standing->feed_count);
}

static void tells_in_time_late_and_overdue_apart(void **state)
{
    world w;
    (void)state;
    make(&w);
    const hedui_standing *standing = look(&w, INT32_MIN);
    assert_null(standing->run);
    assert_int_equal(standing->day, day(12, 31));
    assert_string_equal(feed(standing, "vehicle").state, "none");

    /* the first run: data of 30 June, wanted on 10 June; no run can tell when it came */
    night(&w, day(7, 5));
    standing = look(&w, INT32_MIN);
    hedui_standing_feed f = feed(standing, "vehicle");
    check_sums(standing);
    assert_int_equal(f.due.last, day(6, 10));
    assert_int_equal(f.due.next, day(7, 10));
    assert_int_equal(f.cut_off, day(6, 30));
    assert_int_equal(f.received, day(7, 5));
    assert_true(f.met && !f.overdue && f.late_days == -1);
    f = feed(standing, "boat");
    assert_true(f.never && !f.overdue && !f.met);
    assert_string_equal(f.state, "missing");
    f = feed(standing, "caseload_member");
    assert_int_equal(f.due.last, INT32_MIN);
    assert_int_equal(f.received, day(7, 5));

    /* on 12 July the data of June do for 10 July, and were there five days before */
    night(&w, day(7, 12));
    f = feed(look(&w, INT32_MIN), "vehicle");
    assert_true(f.met && f.late_days == 0 && f.due.last == day(7, 10));
    assert_int_equal(f.received, day(7, 5));

    /* on 12 August they do not: two days overdue */
    night(&w, day(8, 12));
    standing = look(&w, INT32_MIN);
    f = feed(standing, "vehicle");
    check_sums(standing);
    assert_true(!f.met && f.overdue && f.late_days == 2);
    assert_string_equal(f.state, "held");

    /* what is refused is no delivery */
    shell(&w, "head -c 5000 veh-201406.csv.gz >veh-201407.csv.gz");
    night(&w, day(8, 13));
    f = feed(look(&w, INT32_MIN), "vehicle");
    assert_true(!f.met && f.overdue && f.late_days == 3);

    /* data of July, first seen on 15 August: five days late */
    shell(&w, "gzip -dc veh-201406.csv.gz | sed '100d' | gzip -n >veh-201407.csv.gz");
    night(&w, day(8, 15));
    standing = look(&w, INT32_MIN);
    f = feed(standing, "vehicle");
    check_sums(standing);
    assert_true(f.met && !f.overdue && f.late_days == 5);
    assert_int_equal(f.received, day(8, 15));
    assert_int_equal(f.cut_off, day(7, 31));

    /* asked about an earlier day, later runs say nothing */
    standing = look(&w, day(7, 20));
    assert_int_equal(standing->run->as_of, day(7, 12));
    f = feed(standing, "vehicle");
    assert_true(f.met && f.late_days == 0 && f.cut_off == day(6, 30));
    throw_away(&w);
}

static int64_t request(const world *w, int32_t on)
{
    hedui_query_made made = {.asked = 0};
    const hedui_query_options options = {.feed = HEDUI_SPAN("bank_balance"),
                                         .person = HEDUI_SPAN("李敏"),
                                         .day = on,
                                         .days = 9,
                                         .at = INT64_MIN};
    assert_int_equal(hedui_query_write(&made, w->workspace, &options, w->arena, NULL), HEDUI_OK);
    assert_true(made.asked > 1);
    return made.asked;
}

static void check_answered(const hedui_standing_feed *f, const char *query, int32_t on,
                           int64_t asked)
{
    assert_true(hedui_span_is(f->query, query));
    assert_int_equal(f->query_day, on);
    assert_int_equal(f->asked, asked);
    assert_int_equal(f->answered, asked < 0 ? -1 : 1);
    assert_int_equal(f->unasked, asked < 0 ? -1 : 0);
}

static void check_open(const hedui_standing_feed *f, const char *query, int32_t on, int32_t age,
                       int64_t asked)
{
    assert_true(hedui_span_is(f->open_query, query));
    assert_int_equal(f->open_day, on);
    assert_int_equal(f->open_by, asked < 0 ? INT32_MAX : on + 9);
    assert_int_equal(f->open_age, age);
    assert_int_equal(f->open_asked, asked);
}

static void tells_lists_answered_and_open_apart(void **state)
{
    world w;
    (void)state;
    make(&w);
    /* nobody was asked */
    night(&w, day(7, 5));
    hedui_standing_feed f = feed(look(&w, INT32_MIN), "bank_balance");
    check_answered(&f, "", INT32_MIN, -1);
    check_open(&f, "", INT32_MIN, -1, -1);

    /* asked on the 5th; no answer three days later, and no other feed's matter */
    int64_t first = request(&w, day(7, 5));
    night(&w, day(7, 8));
    f = feed(look(&w, INT32_MIN), "bank_balance");
    check_answered(&f, "", INT32_MIN, -1);
    check_open(&f, "Q20140705-01", day(7, 5), 3, first);
    f = feed(look(&w, INT32_MIN), "bank_verdict");
    check_open(&f, "", INT32_MIN, -1, -1);

    /* an answer about the first person of the list */
    shell(&w, "{ echo '证件号码,姓名,开户行,账号,余额,余额日期'; "
              "sed -n 2p ../out/requests/bank_balance-Q20140705-01.csv | "
              "awk -F, '{gsub(/[^0-9X]/, \"\", $5); print $5 \",\" $4 \",银行,6217,1,20140706\"}'; "
              "} | gzip -n >bank-balance-20140709-Q20140705-01.csv.gz");
    night(&w, day(7, 10));
    f = feed(look(&w, INT32_MIN), "bank_balance");
    check_answered(&f, "Q20140705-01", day(7, 5), first);
    check_open(&f, "", INT32_MIN, -1, -1);

    /* the next list is open beside it; up to the day before it, it was not written yet */
    int64_t second = request(&w, day(7, 11));
    night(&w, day(7, 12));
    f = feed(look(&w, INT32_MIN), "bank_balance");
    check_answered(&f, "Q20140705-01", day(7, 5), first);
    check_open(&f, "Q20140711-01", day(7, 11), 1, second);
    f = feed(look(&w, day(7, 10)), "bank_balance");
    check_answered(&f, "Q20140705-01", day(7, 5), first);
    check_open(&f, "", INT32_MIN, -1, -1);
    /* up to a day before the answer, the first is open again */
    f = feed(look(&w, day(7, 9)), "bank_balance");
    check_answered(&f, "", INT32_MIN, -1);
    check_open(&f, "Q20140705-01", day(7, 5), 4, first);
    throw_away(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(tells_in_time_late_and_overdue_apart),
                                       cmocka_unit_test(tells_lists_answered_and_open_apart)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
