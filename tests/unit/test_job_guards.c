/* Whole nights with deliveries that are well-formed and wrong: what gives them away is the last
 * accepted one. */
#include "test.h"

#include <hedui/date.h>
#include <hedui/demo.h>
#include <hedui/file.h>
#include <hedui/job.h>
#include <hedui/store.h>
#include <hedui/store_delivery.h>
#include <hedui/store_run.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

static const char vehicle_file[] = "inbox/veh-201406.csv.gz";

typedef struct world {
    char folder[64];
    hedui_arena *arena;
    int32_t as_of;
} world;

static void make(world *w, uint64_t seed)
{
    hedui_demo_options options = {.households = 1000, .seed = seed, .strangers = 6};
    (void)snprintf(w->folder, sizeof w->folder, "/tmp/hedui-guard-XXXXXX");
    assert_non_null(mkdtemp(w->folder));
    w->arena = hedui_arena_open(0);
    assert_int_equal(hedui_date_from_civil(&w->as_of, 2014, 7, 5), 1);
    options.as_of = w->as_of;
    assert_int_equal(hedui_demo_write(NULL, w->folder, &options, NULL), HEDUI_OK);
}

static void throw_away(world *w)
{
    char command[96];
    (void)snprintf(command, sizeof command, "rm -rf '%s'", w->folder);
    assert_int_equal(system(command), 0);
    hedui_arena_close(w->arena);
}

static const char *path_of(const world *w, const char *name)
{
    return hedui_path_join(w->folder, name, w->arena);
}

static hedui_store *open_store(const world *w)
{
    hedui_store *store = NULL;
    assert_int_equal(hedui_store_open(&store, path_of(w, "hedui.db"), HEDUI_STORE_EXISTING, NULL),
                     HEDUI_OK);
    return store;
}

/* Run, and give the delivery of vehicles as it was stored. */
static hedui_store_delivery night(hedui_job_outcome *outcome, const world *w)
{
    const hedui_workspace *workspace = NULL;
    const hedui_store_delivery *deliveries = NULL;
    hedui_store_delivery found = {0};
    size_t count = 0;
    hedui_job_options options = {.as_of = w->as_of, .threads = 2};
    memset(outcome, 0, sizeof *outcome);
    assert_int_equal(hedui_workspace_load(&workspace, w->folder, HEDUI_SOURCE_DIR, w->arena, NULL),
                     HEDUI_OK);
    assert_int_equal(hedui_job_run(outcome, workspace, &options, w->arena, NULL, NULL), HEDUI_OK);
    hedui_store *store = open_store(w);
    assert_int_equal(hedui_store_check(store, NULL), HEDUI_OK);
    assert_int_equal(hedui_store_delivery_list(&deliveries, &count, store,
                                               hedui_span_of(outcome->run), w->arena, NULL),
                     HEDUI_OK);
    hedui_store_close(store);
    for (size_t i = 0; i < count; i++)
        if (hedui_span_is(deliveries[i].feed, "vehicle"))
            found = deliveries[i];
    return found;
}

static void release(const world *w, const char *id)
{
    hedui_store *store = open_store(w);
    assert_int_equal(hedui_store_run_publish(store, hedui_span_of(id), hedui_span_of("王主任"),
                                             hedui_span_of("已核实"), INT64_MIN, NULL),
                     HEDUI_OK);
    hedui_store_close(store);
}

static int says(const hedui_store_delivery *d, int number)
{
    for (size_t i = 0; i < d->remark_count; i++)
        if (d->remarks[i].number == number)
            return 1;
    return 0;
}

/* The status is the last cell of a line: make every single letter `letter`. */
static void restate(const world *w, char letter)
{
    size_t room = 1 << 22, used = 0;
    char *text = malloc(room);
    gzFile file = gzopen(path_of(w, vehicle_file), "rb");
    assert_non_null(text);
    assert_non_null(file);
    for (int got; (got = gzread(file, text + used, (unsigned)(room - used))) > 0;)
        used += (size_t)got;
    (void)gzclose(file);
    for (size_t i = 3; i < used; i++) {
        size_t end = text[i - 1] == '\r' ? i - 1 : i;
        if (text[i] == '\n' && text[end - 2] == ',' && text[end - 1] >= 'A' && text[end - 1] <= 'Z')
            text[end - 1] = letter;
    }
    file = gzopen(path_of(w, vehicle_file), "wb");
    assert_non_null(file);
    assert_int_equal(gzwrite(file, text, (unsigned)used), (int)used);
    assert_int_equal(gzclose(file), Z_OK);
    free(text);
}

static void statuses_that_all_change_are_held_until_somebody_releases_them(void **state)
{
    world w;
    hedui_job_outcome outcome;
    (void)state;
    make(&w, 7);
    hedui_store_delivery d = night(&outcome, &w);
    assert_true(says(&d, 2121)); /* nothing to compare with */
    release(&w, outcome.run);
    d = night(&outcome, &w);
    assert_false(says(&d, 2121));
    assert_false(says(&d, 2131));
    release(&w, outcome.run);
    /* every car is cancelled: well-formed, and wrong */
    restate(&w, 'E');
    d = night(&outcome, &w);
    assert_true(says(&d, 2131));
    assert_true(hedui_span_is(d.verdict, "held"));
    /* the second time it is no better: what was received is no baseline */
    d = night(&outcome, &w);
    assert_true(says(&d, 2131));
    release(&w, outcome.run);
    /* a person has said that it is so: from now on it is */
    d = night(&outcome, &w);
    assert_false(says(&d, 2131));
    throw_away(&w);
}

static void another_countys_file_is_held(void **state)
{
    world w, other;
    hedui_job_outcome outcome;
    (void)state;
    make(&w, 7);
    hedui_store_delivery d = night(&outcome, &w);
    int64_t ours = d.matched;
    release(&w, outcome.run);
    make(&other, 8);
    assert_int_equal(rename(path_of(&other, vehicle_file), path_of(&w, vehicle_file)), 0);
    d = night(&outcome, &w);
    assert_true(d.matched < ours / 2);
    assert_true(says(&d, 2118));
    assert_true(hedui_span_is(d.verdict, "held"));
    throw_away(&other);
    throw_away(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(statuses_that_all_change_are_held_until_somebody_releases_them),
        cmocka_unit_test(another_countys_file_is_held),
    };
    return cmocka_run_group_tests_name("job/guards", tests, NULL, NULL);
}
