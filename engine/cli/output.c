/* What a person sees: messages on standard error, data on standard output. */
#include "cli/cli.h"

#include <hedui/escape.h>
#include <hedui/json.h>

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

/* Only the head is coloured: the sentence is read, not seen. That memory ran out must be said
 * without any. */
static void print(int warning, const hedui_cli *cli, const hedui_err *err)
{
    char room[4096];
    hedui_buffer text;
    size_t head;
    hedui_buffer_begin(&text, room, sizeof room);
    hedui_message_render(&text, err, cli->language, warning);
    if (cli->color_err && text.data) {
        for (head = 0; text.data[head] && strncmp(text.data + head, "  ", 2) != 0; head++)
            continue;
        (void)fprintf(stderr, "\033[%dm%.*s\033[0m%s", warning ? HEDUI_CLI_YELLOW : HEDUI_CLI_RED,
                      (int)head, text.data, text.data + head);
    } else {
        (void)fwrite(text.data, 1, text.length, stderr);
    }
    hedui_buffer_free(&text);
}

int hedui_cli_is_error(hedui_status status)
{
    enum { DONE_BUT_LOOK = 3 };
    int code = hedui_message_exit(status);
    return code != 0 && code != DONE_BUT_LOOK;
}

/* A failure that nobody named is one all the same. */
static int exit_of(const hedui_err *err)
{
    int code = hedui_message_exit(err->status);
    return code ? code : 1;
}

int hedui_cli_fail_once(hedui_cli *cli, const hedui_err *err)
{
    if (!cli->told)
        return hedui_cli_fail(cli, err);
    cli->failed = *err;
    return exit_of(err);
}

void hedui_cli_note(const hedui_cli *cli, const hedui_err *err)
{
    if (cli->mode == HEDUI_CLI_PROGRESS_BAR) /* the bar stands on this line */
        (void)fputs("\r\033[K", stderr);
    print(!hedui_cli_is_error(err->status), cli, err);
}

int hedui_cli_fail(hedui_cli *cli, const hedui_err *err)
{
    print(0, cli, err);
    cli->failed = *err;
    return exit_of(err);
}

void hedui_cli_fail_write(hedui_cli *cli, const hedui_err *err)
{
    hedui_buffer sentence;
    hedui_json json;
    hedui_buffer_init(&sentence);
    hedui_message_sentence(&sentence, err, cli->language);
    hedui_json_init(&json, &cli->out);
    hedui_json_open_object(&json);
    hedui_json_member_text(&json, "schema", hedui_span_of("hedui.error/1"));
    hedui_json_member_number(&json, "error", (int64_t)err->status);
    hedui_json_member_text(&json, "message", hedui_buffer_span(&sentence));
    hedui_json_member_number(&json, "exit", hedui_message_exit(err->status));
    if (err->file[0])
        hedui_json_member_text(&json, "file", hedui_span_of(err->file));
    if (err->line)
        hedui_json_member_number(&json, "line", err->line);
    hedui_json_close_object(&json);
    cli->out.failed |= hedui_buffer_failed(&sentence);
    hedui_buffer_free(&sentence);
}

void hedui_cli_next(hedui_cli *cli, const char *command)
{
    if (!cli->quiet && !cli->json)
        hedui_buffer_format(&cli->next, hedui_cli_say(cli, "下一步：%s %s\n", "next: %s %s\n"),
                            cli->program, command);
}

void hedui_cli_mark(hedui_cli *cli, hedui_cli_color color, const char *text)
{
    if (cli->color_out)
        hedui_buffer_format(&cli->out, "\033[%dm%s\033[0m", (int)color, text);
    else
        hedui_buffer_text(&cli->out, text);
}

void hedui_cli_count(hedui_buffer *out, int64_t number)
{
    char digits[32];
    uint64_t size = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    int length = snprintf(digits, sizeof digits, "%llu", (unsigned long long)size);
    if (number < 0)
        hedui_buffer_byte(out, '-');
    for (int i = 0; i < length; i++) {
        if (i && (length - i) % 3 == 0)
            hedui_buffer_byte(out, ',');
        hedui_buffer_byte(out, digits[i]);
    }
}

hedui_span hedui_cli_counted(const hedui_cli *cli, int64_t number)
{
    hedui_buffer text;
    hedui_buffer_init(&text);
    hedui_cli_count(&text, number);
    hedui_span copy = hedui_buffer_keep(&text, cli->arena);
    return copy.at ? copy : hedui_span_of("");
}

hedui_span hedui_cli_print(const hedui_cli *cli, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    int length = vsnprintf(NULL, 0, format, list);
    va_end(list);
    char *text = length < 0 ? NULL : hedui_arena_take(cli->arena, (size_t)length + 1);
    if (!text)
        return hedui_span_of("");
    va_start(list, format);
    (void)vsnprintf(text, (size_t)length + 1, format, list);
    va_end(list);
    return (hedui_span){text, (size_t)length};
}

int hedui_cli_flush(hedui_cli *cli)
{
    hedui_err err;
    size_t done = 0;
    hedui_err_init(&err);
    /* a text that could not be put together was left out on the way */
    if (hedui_buffer_failed(&cli->out) || hedui_arena_failed(cli->arena)) {
        (void)hedui_fail_memory(&err);
        return hedui_cli_fail(cli, &err);
    }
    while (done < cli->out.length) {
        ssize_t wrote = write(STDOUT_FILENO, cli->out.data + done, cli->out.length - done);
        if (wrote >= 0) {
            cli->wrote = 1;
            done += (size_t)wrote;
        } else if (errno == EPIPE) {
            break;
        } else if (errno != EINTR) {
            (void)hedui_fail(&err, HEDUI_E1004, hedui_place_none(), HEDUI_ARG_TEXT("stdout"),
                             HEDUI_ARG_ERRNO(errno));
            return hedui_cli_fail(cli, &err);
        }
    }
    hedui_buffer_clear(&cli->out);
    return 0;
}
