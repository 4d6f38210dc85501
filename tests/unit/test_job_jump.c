/* Whole nights that raise far more or far fewer flags than the last published one: held at the
 * bound that the workspace sets, not before it. */
#include "county.h"

#include <hedui/job.h>
#include <hedui/store.h>
#include <hedui/store_run.h>

#include <string.h>

/* A workspace with the county's text and a last line of its own. */
static void limit(const county *w, const char *publish)
{
    hedui_span text;
    char whole[2048];
    const char *path = county_path(w, "hedui.yaml");
    assert_int_equal(hedui_file_read(&text, path, sizeof whole, w->arena, NULL), HEDUI_OK);
    char *copy = hedui_arena_take(w->arena, text.length + 1);
    assert_non_null(copy);
    memcpy(copy, text.at, text.length);
    char *old = strstr(copy, "publish:");
    size_t kept = old ? (size_t)(old - copy) : text.length;
    int length = snprintf(whole, sizeof whole, "%.*spublish: %s\n", (int)kept, copy, publish);
    assert_in_range(length, 1, (int)sizeof whole - 1);
    assert_int_equal(hedui_file_replace(path, hedui_span_of(whole), NULL), HEDUI_OK);
}

static const hedui_store_run *night(const county *w, int *exit_code)
{
    hedui_job_options options = {.as_of = w->as_of, .threads = 2};
    hedui_job_outcome outcome;
    const hedui_store_run *run = NULL;
    assert_int_equal(hedui_job_run(&outcome, county_workspace(w), &options, w->arena, NULL, NULL),
                     HEDUI_OK);
    hedui_store *store = county_store(w);
    assert_int_equal(hedui_store_check(store, NULL), HEDUI_OK);
    assert_int_equal(hedui_store_run_find(&run, store, hedui_span_of(outcome.run), w->arena, NULL),
                     HEDUI_OK);
    hedui_store_close(store);
    if (exit_code)
        *exit_code = outcome.exit_code;
    return run;
}

static void publish(const county *w, hedui_span id)
{
    hedui_store *store = county_store(w);
    assert_int_equal(hedui_store_run_publish(store, id, hedui_span_of("王主任"),
                                             hedui_span_of("已核实"), INT64_MIN, NULL),
                     HEDUI_OK);
    hedui_store_close(store);
}

static const hedui_store_hold *hold_of(const hedui_store_run *run, int number, const char *rule)
{
    for (size_t i = 0; i < run->hold_count; i++)
        if (run->holds[i].number == number &&
            memcmp(run->holds[i].argument.at, rule, strlen(rule)) == 0)
            return &run->holds[i];
    return NULL;
}

static int64_t flags_of(const hedui_store_run *run, const char *rule)
{
    for (size_t i = 0; i < run->rule_count; i++)
        if (hedui_span_is(run->rules[i].id, rule))
            return run->rules[i].flags;
    return -1;
}

/* The least share, in ten-thousandths of a percent, that takes a change from `before` to `now`. */
static int64_t just_enough(int64_t before, int64_t now)
{
    int64_t change = now > before ? now - before : before - now;
    return (change * 1000000 + before - 1) / before;
}

static void limit_shares(const county *w, const char *key, int64_t share)
{
    char text[80];
    (void)snprintf(text, sizeof text, "{%s: %lld.%04lld%%}", key, (long long)(share / 10000),
                   (long long)(share % 10000));
    limit(w, text);
}

static const char vehicle_file[] = "inbox/veh-201406.csv.gz";

static void a_jump_is_held_beyond_the_bound_and_not_at_it(void **state)
{
    county w;
    int code = 0;
    (void)state;
    county_make(&w, 7);
    limit(&w, "{flags_change: 0%, rule_change: 0%}");
    const hedui_store_run *first = night(&w, NULL);
    /* nothing was published: there is nothing to compare with */
    assert_null(hold_of(first, 4030, ""));
    assert_null(hold_of(first, 4031, ""));
    assert_int_equal(first->base.length, 0);
    assert_int_equal(first->towns[0].flagged_before, INT64_MIN);
    publish(&w, first->id);
    /* the same night again: no change is beyond no change */
    const hedui_store_run *same = night(&w, NULL);
    assert_null(hold_of(same, 4030, ""));
    assert_null(hold_of(same, 4031, ""));
    for (size_t i = 0; i < same->town_count; i++)
        assert_int_equal(same->towns[i].flagged_before, first->towns[i].flagged);
    if (hedui_span_is(same->state, "draft"))
        publish(&w, same->id);
    /* without vehicles there are fewer */
    assert_int_equal(rename(county_path(&w, vehicle_file), county_path(&w, "kept.gz")), 0);
    const hedui_store_run *fewer = night(&w, &code);
    assert_true(fewer->flagged < first->flagged);
    assert_int_equal(flags_of(fewer, "VEH-01"), 0);
    const hedui_store_hold *hold = hold_of(fewer, 4030, "");
    assert_non_null(hold);
    assert_int_equal(code, 3);
    assert_true(hedui_span_is(fewer->state, "draft"));
    char want[96];
    (void)snprintf(want, sizeof want, "%.*s\t%lld\t%lld\t0", (int)same->id.length, same->id.at,
                   (long long)first->flagged, (long long)fewer->flagged);
    assert_true(hedui_span_is(hold->argument, want));
    assert_int_equal(hold->feed.length, 0);
    (void)snprintf(want, sizeof want, "VEH-01\t%.*s\t%lld\t0\t0", (int)same->id.length, same->id.at,
                   (long long)flags_of(first, "VEH-01"));
    hold = hold_of(fewer, 4031, "VEH-01");
    assert_non_null(hold);
    assert_true(hedui_span_is(hold->argument, want));
    /* exactly at the bound, and a hair below it */
    int64_t share = just_enough(first->flagged, fewer->flagged);
    limit_shares(&w, "flags_change", share);
    assert_null(hold_of(night(&w, NULL), 4030, ""));
    limit_shares(&w, "flags_change", share - 1);
    assert_non_null(hold_of(night(&w, NULL), 4030, ""));
    limit(&w, "{rule_change: 100%}");
    assert_null(hold_of(night(&w, NULL), 4031, ""));
    limit(&w, "{rule_change: 99.9999%}");
    assert_non_null(hold_of(night(&w, NULL), 4031, "VEH-01"));
    /* what was and is small is not compared */
    (void)snprintf(want, sizeof want, "{rule_change: 0%%, compare_from: %lld}",
                   (long long)flags_of(first, "VEH-01"));
    limit(&w, want);
    assert_non_null(hold_of(night(&w, NULL), 4031, "VEH-01"));
    (void)snprintf(want, sizeof want, "{rule_change: 0%%, compare_from: %lld}",
                   (long long)flags_of(first, "VEH-01") + 1);
    limit(&w, want);
    assert_null(hold_of(night(&w, NULL), 4031, "VEH-01"));
    county_throw_away(&w);
}

/* Released by a person, the new number is what the next night is held against. */
static void what_a_person_released_is_no_jump_any_more(void **state)
{
    county w;
    (void)state;
    county_make(&w, 7);
    limit(&w, "{flags_change: 5%, rule_change: 5%}");
    assert_int_equal(rename(county_path(&w, vehicle_file), county_path(&w, "kept.gz")), 0);
    const hedui_store_run *run = night(&w, NULL);
    publish(&w, run->id);
    assert_int_equal(rename(county_path(&w, "kept.gz"), county_path(&w, vehicle_file)), 0);
    run = night(&w, NULL); /* a rise this time */
    assert_non_null(hold_of(run, 4030, ""));
    assert_non_null(hold_of(run, 4031, "VEH-01"));
    run = night(&w, NULL); /* a draft is no baseline */
    assert_non_null(hold_of(run, 4031, "VEH-01"));
    publish(&w, run->id);
    run = night(&w, NULL);
    assert_null(hold_of(run, 4030, ""));
    assert_null(hold_of(run, 4031, ""));
    county_throw_away(&w);
}

static void a_bound_that_is_no_share_is_refused(void **state)
{
    static const char *const bad[] = {"{flags_change: 30}", "{flags_change: -1%}",
                                      "{rule_change: viel}", "{rule_change: 1.00001%}"};
    county w;
    (void)state;
    county_make(&w, 7);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const hedui_workspace *workspace = NULL;
        hedui_err err;
        hedui_err_init(&err);
        limit(&w, bad[i]);
        hedui_status status =
            hedui_workspace_load(&workspace, w.folder, HEDUI_SOURCE_DIR, w.arena, &err);
        if (status != HEDUI_E8026 || err.line == 0)
            fail_msg("%s: E%d line %u", bad[i], (int)status, err.line);
    }
    limit(&w, "{flags_change: 12.5%}");
    assert_int_equal(county_workspace(&w)->publish.flags_change, 125000);
    assert_int_equal(county_workspace(&w)->publish.rule_change, -1);
    county_throw_away(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_jump_is_held_beyond_the_bound_and_not_at_it),
        cmocka_unit_test(what_a_person_released_is_no_jump_any_more),
        cmocka_unit_test(a_bound_that_is_no_share_is_refused),
    };
    return cmocka_run_group_tests_name("job/jump", tests, NULL, NULL);
}
