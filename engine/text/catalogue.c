/* The catalogue and the words made of it. */
#include <hedui/escape.h>
#include <hedui/message.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const hedui_message catalogue[] = {
#define HEDUI_MESSAGE(number, exit_code, zh, en) {number, exit_code, zh, en},
#include <hedui/messages.def>
#undef HEDUI_MESSAGE
};

const hedui_message *hedui_message_all(size_t *count)
{
    *count = sizeof catalogue / sizeof *catalogue;
    return catalogue;
}

const hedui_message *hedui_message_find(int number)
{
    for (size_t i = 0; i < sizeof catalogue / sizeof *catalogue; i++)
        if (catalogue[i].number == number)
            return &catalogue[i];
    return NULL;
}

int hedui_message_exit(hedui_status status)
{
    if (status == HEDUI_OK)
        return 0;
    const hedui_message *message = hedui_message_find((int)status);
    return message ? message->exit_code : 1;
}

void hedui_message_errno(hedui_buffer *out, int number, hedui_language language)
{
    static const struct {
        int number;
        const char *zh;
    } known[] = {{ENOENT, "没有这个文件或目录"},
                 {EACCES, "没有权限"},
                 {EPERM, "没有权限"},
                 {ENOSPC, "磁盘已满"},
                 {EDQUOT, "超出磁盘配额"},
                 {EFBIG, "文件太大"},
                 {EROFS, "磁盘是只读的"},
                 {EIO, "磁盘读写出错"},
                 {EISDIR, "这是目录，不是文件"},
                 {ENOTDIR, "路径中有一段不是目录"},
                 {EEXIST, "已经存在"},
                 {ENOTEMPTY, "目录不是空的"},
                 {ENAMETOOLONG, "名字太长"},
                 {ENOMEM, "内存不足"},
                 {EMFILE, "打开的文件太多"},
                 {ENFILE, "打开的文件太多"}};
    char words[128];
    for (size_t i = 0; language == HEDUI_ZH && i < sizeof known / sizeof *known; i++)
        if (known[i].number == number) {
            hedui_buffer_text(out, known[i].zh);
            return;
        }
    hedui_buffer_text(out, strerror_r(number, words, sizeof words));
}

static void add_argument(hedui_buffer *out, const hedui_err *err, unsigned i,
                         hedui_language language)
{
    hedui_span text = {err->text + err->args[i].at, err->args[i].length};
    switch (err->args[i].kind) {
    case HEDUI_ARG_KIND_TEXT:
        hedui_escape_line(out, text);
        break;
    case HEDUI_ARG_KIND_NUMBER:
        hedui_buffer_format(out, "%lld", (long long)err->args[i].number);
        break;
    case HEDUI_ARG_KIND_ERRNO:
        hedui_message_errno(out, (int)err->args[i].number, language);
        break;
    default:
        hedui_buffer_byte(out, '?');
    }
}

void hedui_message_sentence(hedui_buffer *out, const hedui_err *err, hedui_language language)
{
    const hedui_message *message = hedui_message_find((int)err->status);
    if (!message) {
        hedui_buffer_format(out, "E%d", (int)err->status);
        return;
    }
    const char *at = language == HEDUI_ZH ? message->zh : message->en;
    while (*at) {
        const char *hole = strchr(at, '{');
        if (!hole || hole[1] < '0' || hole[1] >= '0' + HEDUI_ERR_ARGS || hole[2] != '}') {
            size_t length = hole ? (size_t)(hole + 1 - at) : strlen(at);
            hedui_buffer_add(out, (hedui_span){at, length});
            at += length;
            continue;
        }
        hedui_buffer_add(out, (hedui_span){at, (size_t)(hole - at)});
        add_argument(out, err, (unsigned)(hole[1] - '0'), language);
        at = hole + 3;
    }
}

void hedui_message_remark(hedui_buffer *out, int number, hedui_span arguments,
                          hedui_language language)
{
    hedui_arg args[HEDUI_ERR_ARGS + 1] = {HEDUI_ARG_END};
    hedui_err err;
    if (!hedui_message_find(number)) {
        hedui_escape_line(out, arguments);
        return;
    }
    for (int i = 0; i < HEDUI_ERR_ARGS && arguments.at; i++) {
        const char *tab = arguments.length ? memchr(arguments.at, '\t', arguments.length) : NULL;
        size_t used = tab ? (size_t)(tab - arguments.at) : arguments.length;
        args[i] = (hedui_arg)HEDUI_ARG_SPAN(((hedui_span){arguments.at, used}));
        args[i + 1] = (hedui_arg)HEDUI_ARG_END;
        arguments =
            tab ? (hedui_span){tab + 1, arguments.length - used - 1} : (hedui_span){NULL, 0};
    }
    hedui_err_init(&err);
    (void)hedui_fail_with(&err, (hedui_status)number, hedui_place_none(), args);
    hedui_message_sentence(out, &err, language);
}

static void add_place(hedui_buffer *out, const hedui_err *err, hedui_language language)
{
    if (!err->file[0])
        return;
    hedui_escape_line(out, hedui_span_of(err->file));
    if (language == HEDUI_ZH) {
        if (err->line)
            hedui_buffer_format(out, " 第 %u 行", err->line);
        if (err->column)
            hedui_buffer_format(out, "第 %u 列", err->column);
        if (err->offset >= 0)
            hedui_buffer_format(out, "（字节 %lld）", (long long)err->offset);
        hedui_buffer_text(out, "：");
    } else {
        if (err->line)
            hedui_buffer_format(out, ":%u", err->line);
        if (err->column)
            hedui_buffer_format(out, ":%u", err->column);
        if (err->offset >= 0)
            hedui_buffer_format(out, " (byte %lld)", (long long)err->offset);
        hedui_buffer_text(out, ": ");
    }
}

/* The source line and the caret below it; blanks of the caret's line are as wide as the characters
 * above them. */
static void add_excerpt(hedui_buffer *out, const hedui_err *err)
{
    hedui_span line = hedui_span_of(err->excerpt);
    size_t at = 0, used;
    int32_t c;
    if (!line.length)
        return;
    hedui_buffer_format(out, "%5u | ", err->line);
    hedui_escape_line(out, line);
    hedui_buffer_text(out, "\n      | ");
    for (uint32_t column = 1; column < err->caret_column; column++) {
        used = hedui_utf8_next(&c, line, at);
        size_t width = used ? hedui_display_width((hedui_span){line.at + at, used}) : 1;
        for (size_t i = 0; i < width; i++)
            hedui_buffer_byte(out, ' ');
        at += used;
    }
    for (uint32_t i = 0; i < (err->caret_width ? err->caret_width : 1); i++) {
        used = hedui_utf8_next(&c, line, at);
        if (!used && i)
            break;
        size_t width = used ? hedui_display_width((hedui_span){line.at + at, used}) : 1;
        for (size_t j = 0; j < (width ? width : 1); j++)
            hedui_buffer_byte(out, '^');
        at += used;
    }
    hedui_buffer_byte(out, '\n');
}

void hedui_message_render(hedui_buffer *out, const hedui_err *err, hedui_language language,
                          int warning)
{
    static const char *const heads[2][2] = {{"错误", "警告"}, {"error", "warning"}};
    hedui_buffer_format(out, "%s E%d  ", heads[language][warning != 0], (int)err->status);
    add_place(out, err, language);
    hedui_message_sentence(out, err, language);
    hedui_buffer_byte(out, '\n');
    add_excerpt(out, err);
    if (!warning)
        hedui_buffer_format(
            out, language == HEDUI_ZH ? "   说明：hedui help E%d\n" : "   more: hedui help E%d\n",
            (int)err->status);
}
