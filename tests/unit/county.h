/** @file
 * An invented county in a folder of its own, for tests of whole nights. All people are invented.
 */
#ifndef HEDUI_TESTS_COUNTY_H
#define HEDUI_TESTS_COUNTY_H

#include "test.h"

#include <hedui/date.h>
#include <hedui/demo.h>
#include <hedui/file.h>
#include <hedui/job.h>
#include <hedui/store.h>
#include <hedui/store_decision.h>
#include <hedui/store_delivery.h>
#include <hedui/store_household.h>
#include <hedui/store_run.h>
#include <hedui/workspace.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

typedef struct county {
    char folder[64];
    hedui_arena *arena;
    int32_t as_of; /* 5 July 2014 */
} county;

static inline void county_make(county *c, uint64_t seed)
{
    hedui_demo_options options = {.households = 1000, .seed = seed, .strangers = 6};
    (void)snprintf(c->folder, sizeof c->folder, "/tmp/hedui-county-XXXXXX");
    assert_non_null(mkdtemp(c->folder));
    c->arena = hedui_arena_open(0);
    assert_int_equal(hedui_date_from_civil(&c->as_of, 2014, 7, 5), 1);
    options.as_of = c->as_of;
    assert_int_equal(hedui_demo_write(NULL, c->folder, &options, NULL), HEDUI_OK);
}

static inline void county_throw_away(county *c)
{
    char command[96];
    (void)snprintf(command, sizeof command, "rm -rf '%s'", c->folder);
    assert_int_equal(system(command), 0);
    hedui_arena_close(c->arena);
}

static inline const char *county_path(const county *c, const char *name)
{
    const char *path = hedui_path_join(c->folder, name, c->arena);
    assert_non_null(path);
    return path;
}

static inline const hedui_workspace *county_workspace(const county *c)
{
    const hedui_workspace *workspace = NULL;
    assert_int_equal(hedui_workspace_load(&workspace, c->folder, HEDUI_SOURCE_DIR, c->arena, NULL),
                     HEDUI_OK);
    return workspace;
}

static inline hedui_store *county_store(const county *c)
{
    hedui_store *store = NULL;
    assert_int_equal(
        hedui_store_open(&store, county_path(c, "hedui.db"), HEDUI_STORE_EXISTING, NULL), HEDUI_OK);
    return store;
}

/** The text of a delivery. @return its length; `text` is the caller's to free. */
static inline size_t county_read(char **text, const county *c, const char *file)
{
    size_t room = 1 << 22, used = 0;
    gzFile from = gzopen(county_path(c, file), "rb");
    *text = malloc(room);
    assert_non_null(*text);
    assert_non_null(from);
    for (int got; (got = gzread(from, *text + used, (unsigned)(room - used))) > 0;)
        used += (size_t)got;
    assert_true(used < room);
    (void)gzclose(from);
    return used;
}

static inline void county_write(const county *c, const char *file, const char *text, size_t length)
{
    gzFile to = gzopen(county_path(c, file), "wb");
    assert_non_null(to);
    assert_int_equal(gzwrite(to, text, (unsigned)length), (int)length);
    assert_int_equal(gzclose(to), Z_OK);
}

/** Run, and give the last delivery of a feed as it was stored. */
static inline hedui_store_delivery county_night(hedui_job_outcome *outcome, const county *c,
                                                const char *feed)
{
    const hedui_store_delivery *deliveries = NULL;
    hedui_store_delivery found = {0};
    size_t count = 0;
    /* parts of odd sizes, so that what lies across their borders is met */
    hedui_job_options options = {.as_of = c->as_of, .threads = 2, .part = 97};
    memset(outcome, 0, sizeof *outcome);
    assert_int_equal(hedui_job_run(outcome, county_workspace(c), &options, c->arena, NULL, NULL),
                     HEDUI_OK);
    hedui_store *store = county_store(c);
    assert_int_equal(hedui_store_check(store, NULL), HEDUI_OK);
    assert_int_equal(hedui_store_delivery_list(&deliveries, &count, store,
                                               hedui_span_of(outcome->run), c->arena, NULL),
                     HEDUI_OK);
    hedui_store_close(store);
    for (size_t i = 0; i < count; i++)
        if (hedui_span_is(deliveries[i].feed, feed))
            found = deliveries[i];
    return found;
}

static inline void county_release(const county *c, const char *run)
{
    hedui_store *store = county_store(c);
    assert_int_equal(hedui_store_run_publish(store, hedui_span_of(run), hedui_span_of("王主任"),
                                             hedui_span_of("已核实"), INT64_MIN, NULL),
                     HEDUI_OK);
    hedui_store_close(store);
}

static inline int county_says(const hedui_store_delivery *delivery, int number)
{
    for (size_t i = 0; i < delivery->remark_count; i++)
        if (delivery->remarks[i].number == number)
            return 1;
    return 0;
}

/** What a run says of a household. */
static inline const hedui_store_household *county_household(const county *c, hedui_span run,
                                                            hedui_span id)
{
    const hedui_store_household *household = NULL;
    hedui_store *store = county_store(c);
    assert_int_equal(hedui_store_household_find(&household, store, run, id, c->arena, NULL),
                     HEDUI_OK);
    hedui_store_close(store);
    return household;
}

/** A person's word on the county's day. */
static inline hedui_store_word county_word(const county *c, const char *person, const char *reason)
{
    return (hedui_store_word){hedui_span_of(person), hedui_span_of(reason), c->as_of, INT64_MIN};
}

static inline hedui_status county_decide(const county *c, hedui_store_matter matter, const char *id,
                                         const char *event, const char *person)
{
    const hedui_store_word by = county_word(c, person, "已核对");
    hedui_store *store = county_store(c);
    hedui_status status = hedui_store_decide(store, matter, hedui_span_of(id), event, &by, NULL);
    hedui_store_close(store);
    return status;
}

/** Fails unless the run, made again from the archive, is as it was stored. */
static inline void county_expect_replayed(const county *c, hedui_span run)
{
    hedui_job_replay_outcome outcome;
    assert_int_equal(hedui_job_replay(&outcome, county_workspace(c), run, hedui_span_of(""), 1,
                                      c->arena, NULL, NULL),
                     HEDUI_OK);
    if (!outcome.same)
        fail_msg("%.*s is not as it was stored", (int)run.length, run.at);
}

#endif
