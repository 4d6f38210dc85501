/* A text that begins in the caller's room and moves out of it when it grows. */
#include "test.h"

#include <hedui/buffer.h>

static void short_text_needs_no_memory(void **state)
{
    (void)state;
    char room[16];
    hedui_buffer text;
    hedui_buffer_begin(&text, room, sizeof room);
    assert_string_equal(hedui_buffer_span(&text).at, "");
    hedui_buffer_text(&text, "fifteen bytes: ");
    assert_ptr_equal(text.data, room);
    assert_int_equal(text.length, 15);
    assert_string_equal(room, "fifteen bytes: ");
    assert_false(hedui_buffer_failed(&text));
    hedui_buffer_free(&text);
    assert_null(text.data);
}

static void longer_text_moves_out_whole(void **state)
{
    (void)state;
    char room[16];
    hedui_buffer text;
    hedui_buffer_begin(&text, room, sizeof room);
    hedui_buffer_text(&text, "fifteen bytes: ");
    hedui_buffer_byte(&text, '1');
    assert_ptr_not_equal(text.data, room);
    hedui_buffer_format(&text, "%d", 6);
    for (int i = 0; i < 1000; i++)
        hedui_buffer_byte(&text, '.');
    assert_int_equal(text.length, 1017);
    assert_memory_equal(text.data, "fifteen bytes: 16.", 18);
    hedui_buffer_clear(&text);
    hedui_buffer_text(&text, "again");
    assert_string_equal(text.data, "again");
    hedui_buffer_free(&text);
}

static void what_fits_stays_when_there_is_no_more(void **state)
{
    (void)state;
    char room[16];
    hedui_buffer text;
    hedui_buffer_begin(&text, room, sizeof room);
    hedui_buffer_text(&text, "kept");
    hedui_buffer_add(&text, (hedui_span){"x", SIZE_MAX / 2}); /* more than any memory holds */
    assert_true(hedui_buffer_failed(&text));
    hedui_buffer_text(&text, "dropped");
    assert_ptr_equal(text.data, room);
    assert_string_equal(text.data, "kept");
    hedui_buffer_free(&text);
}

/* What was put together before an append failed is no text, whoever asks later. */
static void a_failure_outlives_a_restart_and_is_never_kept(void **state)
{
    (void)state;
    hedui_arena *arena = hedui_arena_open(0);
    hedui_buffer text;
    hedui_buffer_init(&text);
    hedui_buffer_text(&text, "whole");
    hedui_buffer_restart(&text);
    hedui_buffer_text(&text, "other");
    hedui_span kept = hedui_buffer_keep(&text, arena);
    assert_string_equal(kept.at, "other");
    assert_null(text.data);
    assert_false(hedui_arena_failed(arena));
    hedui_buffer_text(&text, "half");
    hedui_buffer_add(&text, (hedui_span){"x", SIZE_MAX / 2});
    hedui_buffer_restart(&text);
    hedui_buffer_text(&text, "later");
    assert_true(hedui_buffer_failed(&text));
    kept = hedui_buffer_keep(&text, arena);
    assert_null(kept.at);
    assert_true(hedui_arena_failed(arena));
    hedui_buffer_text(&text, "cleared");
    hedui_buffer_add(&text, (hedui_span){"x", SIZE_MAX / 2});
    hedui_buffer_clear(&text);
    assert_false(hedui_buffer_failed(&text));
    hedui_buffer_free(&text);
    hedui_arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(short_text_needs_no_memory),
        cmocka_unit_test(longer_text_moves_out_whole),
        cmocka_unit_test(what_fits_stays_when_there_is_no_more),
        cmocka_unit_test(a_failure_outlives_a_restart_and_is_never_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
