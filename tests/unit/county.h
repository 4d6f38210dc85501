/** @file
 * An invented county in a folder of its own, for tests of whole nights. All people are invented.
 */
#ifndef HEDUI_TESTS_COUNTY_H
#define HEDUI_TESTS_COUNTY_H

#include "test.h"

#include <hedui/date.h>
#include <hedui/demo.h>
#include <hedui/file.h>
#include <hedui/store.h>
#include <hedui/workspace.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

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

#endif
