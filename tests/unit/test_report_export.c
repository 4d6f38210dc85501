/* The export of a run: one state of the store, whatever is written while it goes out. */
#include "store_world.h"

#include <hedui/report_export.h>
#include <hedui/store_purge.h>
#include <hedui/store_run.h>

enum { LONG = 2000 }; /* of a message: the export goes out in several pieces */

static void publish_night(char id[HEDUI_STORE_RUN_ID], hedui_store *store, const char *message)
{
    world *w = world_make(WORLD_HOUSEHOLDS);
    for (uint32_t i = 0; i < WORLD_HOUSEHOLDS; i++)
        world_flag(w, i, VEH, "02|测A00001", (uint8_t)i)->message = hedui_span_of(message);
    world_write(id, store, w);
    free(w);
}

static hedui_status append(void *context, hedui_span lines, hedui_err *err)
{
    (void)err;
    hedui_buffer_add(context, lines);
    return HEDUI_OK;
}

typedef struct meddler {
    hedui_buffer out;
    const char *path, *keep;
    int pieces;
} meddler;

/* With the first piece gone, somebody else purges the run that is being exported. */
static hedui_status append_and_purge(void *context, hedui_span lines, hedui_err *err)
{
    meddler *m = context;
    hedui_buffer_add(&m->out, lines);
    if (m->pieces++)
        return HEDUI_OK;
    const hedui_store_purging purging = {.keep = hedui_span_of(m->keep),
                                         .person = hedui_span_of("王主任"),
                                         .reason = hedui_span_of("保存期满"),
                                         .before = INT32_MIN,
                                         .at = INT64_MIN};
    hedui_store_purged purged;
    hedui_arena *arena = hedui_arena_open(0);
    hedui_store *other = world_open(m->path);
    hedui_status status = hedui_store_purge(&purged, other, &purging, arena, err);
    hedui_store_close(other);
    hedui_arena_close(arena);
    return status;
}

static void a_purge_meanwhile_takes_nothing_from_an_export(void **state)
{
    char first[HEDUI_STORE_RUN_ID], second[HEDUI_STORE_RUN_ID], message[LONG + 1];
    char *path = world_path();
    hedui_store *store = world_open(path);
    hedui_buffer before;
    (void)state;
    memset(message, 'x', LONG);
    message[LONG] = '\0';
    publish_night(first, store, message);
    publish_night(second, store, message);
    hedui_buffer_init(&before);
    meddler m = {.path = path, .keep = second};
    hedui_buffer_init(&m.out);
    assert_int_equal(hedui_report_export(append, &before, store, hedui_span_of(first), NULL),
                     HEDUI_OK);
    assert_int_equal(hedui_report_export(append_and_purge, &m, store, hedui_span_of(first), NULL),
                     HEDUI_OK);
    assert_true(m.pieces > 1);
    assert_int_equal(m.out.length, before.length);
    assert_memory_equal(m.out.data, before.data, before.length);
    assert_int_equal(hedui_report_export(append, &before, store, hedui_span_of(first), NULL),
                     HEDUI_E5025);
    hedui_buffer_free(&m.out);
    hedui_buffer_free(&before);
    hedui_store_close(store);
    world_remove(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_purge_meanwhile_takes_nothing_from_an_export),
    };
    return cmocka_run_group_tests_name("report/export", tests, NULL, NULL);
}
