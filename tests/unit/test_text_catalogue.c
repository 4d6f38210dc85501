/* Messages: the catalogue is sound, and what people read is whole, one line, masked of tricks. */
#include "test.h"

#include <hedui/escape.h>
#include <hedui/json.h>
#include <hedui/message.h>

#include <errno.h>

static void every_message_is_sound(void **state)
{
    size_t count;
    const hedui_message *all = hedui_message_all(&count);
    (void)state;
    for (size_t i = 0; i < count; i++) {
        if (i && all[i].number <= all[i - 1].number)
            fail_msg("E%d stands behind E%d", all[i].number, all[i - 1].number);
        for (char n = '0'; n <= '9'; n++) { /* both languages use the same arguments */
            char hole[] = {'{', n, '}', 0};
            if (!strstr(all[i].zh, hole) != !strstr(all[i].en, hole))
                fail_msg("E%d: %s is in one language only", all[i].number, hole);
        }
        if (all[i].exit_code < 0 || all[i].exit_code > 10)
            fail_msg("E%d: exit code %d", all[i].number, all[i].exit_code);
        if (strlen(all[i].zh) < 6 || strlen(all[i].en) < 6)
            fail_msg("E%d: a language is missing", all[i].number);
    }
}

static void renders_place_sentence_and_caret(void **state)
{
    hedui_err err;
    hedui_buffer out;
    (void)state;
    hedui_err_init(&err);
    hedui_buffer_init(&out);
    (void)hedui_fail(&err, HEDUI_E1113, hedui_place_at("规则/a.yaml", 3, 5),
                     HEDUI_ARG_TEXT("cuont\n\x1b[31m"), HEDUI_ARG_TEXT("count"));
    (void)hedui_fail_memory(&err); /* the first failure stays */
    hedui_err_excerpt(&err, hedui_span_of("车：cuont: 1"), 3, 5);
    hedui_message_render(&out, &err, HEDUI_ZH, 0);
    assert_string_equal(out.data,
                        "错误 E1113  规则/a.yaml 第 3 行第 5 列：不认识的键“cuont\\x0A\\x1B[31m”，"
                        "是不是“count”？\n"
                        "    3 | 车：cuont: 1\n"
                        "      |     ^^^^^\n"
                        "   说明：hedui help E1113\n");
    hedui_buffer_clear(&out);
    hedui_message_render(&out, &err, HEDUI_EN, 1);
    assert_non_null(strstr(out.data, "warning E1113  规则/a.yaml:3:5: Unknown key"));
    hedui_buffer_free(&out);
}

static void long_arguments_end_in_an_ellipsis(void **state)
{
    char text[1000];
    hedui_err err;
    hedui_buffer out;
    (void)state;
    memset(text, 0, sizeof text);
    for (size_t i = 0; i + 3 < sizeof text; i += 3)
        memcpy(text + i, "核", 3);
    hedui_err_init(&err);
    hedui_buffer_init(&out);
    (void)hedui_fail(&err, HEDUI_E1109, hedui_place_none(), HEDUI_ARG_TEXT(text),
                     HEDUI_ARG_TEXT(text));
    hedui_message_sentence(&out, &err, HEDUI_ZH);
    assert_non_null(strstr(out.data, "核…”"));
    assert_null(strstr(out.data, "\\x"));
    hedui_buffer_free(&out);
}

static void remarks_carry_their_arguments_in_one_text(void **state)
{
    hedui_buffer out;
    (void)state;
    hedui_buffer_init(&out);
    hedui_message_remark(&out, 2111, hedui_span_of("40\t35"), HEDUI_ZH);
    assert_string_equal(out.data, "数据已 40 天，超过提醒线 35 天。");
    hedui_buffer_clear(&out);
    hedui_message_remark(&out, 2122, hedui_span_of(""), HEDUI_EN);
    assert_string_equal(out.data, "Nothing was delivered.");
    hedui_buffer_free(&out);
}

static void errnos_are_told_in_the_language_asked_for(void **state)
{
    static const struct {
        int number;
        hedui_language language;
        const char *words;
    } cases[] = {{ENOENT, HEDUI_ZH, "打不开“x”：没有这个文件或目录。"},
                 {EACCES, HEDUI_ZH, "打不开“x”：没有权限。"},
                 {ENOSPC, HEDUI_ZH, "打不开“x”：磁盘已满。"},
                 {ENOENT, HEDUI_EN, "Cannot open 'x': No such file or directory."},
                 {ESTALE, HEDUI_ZH, "打不开“x”：Stale file handle。"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hedui_buffer out;
        hedui_err err;
        hedui_err_init(&err);
        hedui_buffer_init(&out);
        (void)hedui_fail(&err, HEDUI_E1002, hedui_place_none(), HEDUI_ARG_TEXT("x"),
                         HEDUI_ARG_ERRNO(cases[i].number));
        hedui_message_sentence(&out, &err, cases[i].language);
        assert_string_equal(out.data, cases[i].words);
        hedui_buffer_free(&out);
    }
}

static void json_always_parses(void **state)
{
    hedui_buffer out;
    hedui_json json;
    (void)state;
    hedui_buffer_init(&out);
    hedui_json_init(&json, &out);
    hedui_json_open_object(&json);
    hedui_json_member_text(&json, "a\"", (hedui_span){"x\0\n\xFF核", 7});
    hedui_json_key(&json, "b");
    hedui_json_open_array(&json);
    hedui_json_number(&json, INT64_MIN);
    hedui_json_null(&json);
    hedui_json_flag(&json, 1);
    hedui_json_open_object(&json);
    hedui_json_close_object(&json);
    hedui_json_close_array(&json);
    hedui_json_member_flag(&json, "c", 0);
    hedui_json_close_object(&json);
    assert_string_equal(out.data,
                        "{\"a\\\"\":\"x\\u0000\\n\xEF\xBF\xBD核\",\"b\":[-9223372036854775808,"
                        "null,true,{}],\"c\":false}\n");
    hedui_buffer_free(&out);
}

static void width_and_escapes(void **state)
{
    static const struct {
        const char *text;
        size_t width;
    } cases[] = {{"", 0},        {"abc", 3}, {"核对", 4}, {"ａ", 2},  {"e\xCC\x81", 1},
                 {"阿·买提", 7}, {"😀", 2},   {"𠮷", 2},   {"\xFF", 1}};
    hedui_buffer out;
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(hedui_display_width(hedui_span_of(cases[i].text)), cases[i].width);
    hedui_buffer_init(&out);
    hedui_escape_html(&out, hedui_span_of("<a href='x'>&\"\x01</a>"));
    assert_string_equal(out.data, "&lt;a href=&#39;x&#39;&gt;&amp;&quot;\xEF\xBF\xBD&lt;/a&gt;");
    hedui_buffer_clear(&out);
    hedui_pad_left(&out, hedui_span_of("核"), 4);
    hedui_pad_right(&out, hedui_span_of("对"), 3);
    assert_string_equal(out.data, "  核对 ");
    hedui_buffer_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_message_is_sound),
        cmocka_unit_test(renders_place_sentence_and_caret),
        cmocka_unit_test(long_arguments_end_in_an_ellipsis),
        cmocka_unit_test(remarks_carry_their_arguments_in_one_text),
        cmocka_unit_test(errnos_are_told_in_the_language_asked_for),
        cmocka_unit_test(json_always_parses),
        cmocka_unit_test(width_and_escapes),
    };
    return cmocka_run_group_tests_name("text/catalogue", tests, NULL, NULL);
}
