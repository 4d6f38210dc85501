/* The program: set up one invocation, find the command, run it, hand over its exit code. */
#include "cli/command.h"
#include "cli/folders.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* Chinese, unless somebody asks for another language: --lang, HEDUI_LANG, or a locale that names
 * one. A server's C locale names none. */
static hedui_language language_of(int argc, char *const *argv, const char **from)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    *from = "--lang";
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strcmp(argv[i], "--lang=en") == 0)
            return HEDUI_EN;
        if (strcmp(argv[i], "--lang=zh") == 0)
            return HEDUI_ZH;
        if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc)
            return strcmp(argv[i + 1], "en") == 0 ? HEDUI_EN : HEDUI_ZH;
    }
    *from = "HEDUI_LANG";
    const char *value = getenv("HEDUI_LANG");
    if (value && value[0])
        return strncmp(value, "en", 2) == 0 ? HEDUI_EN : HEDUI_ZH;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        value = getenv(names[i]);
        if (!value || !value[0])
            continue;
        if (strcmp(value, "C") == 0 || strncmp(value, "C.", 2) == 0 || strcmp(value, "POSIX") == 0)
            break;
        *from = names[i];
        return strncmp(value, "zh", 2) == 0 ? HEDUI_ZH : HEDUI_EN;
    }
    *from = NULL;
    return HEDUI_ZH;
}

static int colored(int64_t when, int fd)
{
    const char *none = getenv("NO_COLOR"), *term = getenv("TERM");
    if (when)
        return when == 1;
    return isatty(fd) && !(none && none[0]) && term && strcmp(term, "dumb") != 0;
}

static void set_up(hedui_cli *cli, const hedui_cli_call *call)
{
    const hedui_cli_value *value = hedui_cli_value_find(call, "folder");
    hedui_cli_folder_settle(cli, value ? value->text : NULL);
    cli->json = hedui_cli_value_find(call, "json") != NULL;
    value = hedui_cli_value_find(call, "format"); /* of report build it is a text, and 0 */
    cli->shape = value ? (hedui_cli_shape)value->number : HEDUI_CLI_TABLE;
    cli->json |= cli->shape == HEDUI_CLI_JSON;
    cli->quiet = hedui_cli_value_find(call, "quiet") != NULL;
    value = hedui_cli_value_find(call, "color");
    cli->color_out = colored(value ? value->number : 0, STDOUT_FILENO);
    cli->color_err = colored(value ? value->number : 0, STDERR_FILENO);
    value = hedui_cli_value_find(call, "progress");
    cli->mode = value ? (hedui_cli_progress_mode)value->number : HEDUI_CLI_PROGRESS_AUTO;
    if (cli->mode == HEDUI_CLI_PROGRESS_AUTO)
        cli->mode =
            isatty(STDERR_FILENO) && !cli->quiet ? HEDUI_CLI_PROGRESS_BAR : HEDUI_CLI_PROGRESS_NONE;
}

static void note(void *context, const hedui_err *err)
{
    hedui_cli *cli = context;
    int is_error = hedui_cli_is_error(err->status);
    cli->told += is_error;
    if (!cli->quiet || is_error)
        hedui_cli_note(cli, err);
}

/* A command line that could not be taken apart still says how it wants its answers. */
static int wants_json(int argc, char *const *argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strcmp(argv[i], "--json") == 0)
            return 1;
    return 0;
}

/* The list alone to standard output; what else was said is for the person who asked. */
static void put_list(hedui_cli *cli)
{
    if (cli->out.length && !cli->quiet)
        (void)fwrite(cli->out.data, 1, cli->out.length, stderr);
    hedui_buffer_clear(&cli->out);
    hedui_buffer_add(&cli->out, hedui_buffer_span(&cli->list));
    cli->out.failed |= hedui_buffer_failed(&cli->list);
}

/* With --json there is one document, of the failure if the command had no other to give. */
static int finish(hedui_cli *cli, int code)
{
    if (cli->json && code && !cli->wrote && !cli->out.length && cli->failed.status)
        hedui_cli_fail_write(cli, &cli->failed);
    if (!cli->json && cli->shape != HEDUI_CLI_TABLE)
        put_list(cli);
    int flushed = hedui_cli_flush(cli);
    if (cli->next.length)
        (void)fwrite(cli->next.data, 1, cli->next.length, stderr);
    return code ? code : flushed;
}

static int invoke(hedui_cli *cli, int argc, char *const *argv)
{
    hedui_cli_call *call = hedui_arena_take(cli->arena, sizeof *call);
    hedui_err err;
    int code = 0;
    hedui_err_init(&err);
    if (!call) {
        (void)hedui_fail_memory(&err);
        return hedui_cli_fail(cli, &err);
    }
    if (hedui_cli_parse(call, argc, argv, cli->language, cli->arena, &err)) {
        cli->json = wants_json(argc, argv);
        code = hedui_cli_fail(cli, &err);
        if (call->group && !cli->json)
            (void)hedui_cli_help_group(cli, call->group);
        return finish(cli, code);
    }
    set_up(cli, call);
    if (!call->command)
        hedui_cli_help_top(cli);
    else if (hedui_cli_value_find(call, "help"))
        hedui_cli_help_command(cli, call->command);
    else
        code = call->command->run(cli, call);
    return finish(cli, code);
}

/* What the program writes is for its owner alone, and a crash leaves no picture of memory behind:
 * it would hold the whole caseload. A piped core handler ignores the limit, so the process also
 * says that it is not to be dumped; leak checkers need to look inside, so not in their builds. */
static void keep_private(void)
{
    static const struct rlimit none = {0, 0};
    (void)umask(077);
    (void)setrlimit(RLIMIT_CORE, &none);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && !defined(__clang__)
    (void)prctl(PR_SET_DUMPABLE, 0);
#endif
}

int main(int argc, char **argv)
{
    hedui_cli cli = {0};
    cli.language = language_of(argc, argv, &cli.language_from);
    keep_private();
    /* a file opened as descriptor 2 would have messages written into it */
    for (int fd = 0; fd >= 0 && fd <= STDERR_FILENO;)
        if ((fd = open("/dev/null", O_RDWR)) > STDERR_FILENO)
            (void)close(fd);
    (void)signal(SIGPIPE, SIG_IGN); /* a reader that goes away must not end a run half-way */
    cli.color_err = colored(0, STDERR_FILENO);
    cli.notes = (hedui_notes){note, &cli};
    hedui_err_init(&cli.failed);
    cli.arena = hedui_arena_open(0);
    hedui_buffer_init(&cli.out);
    hedui_buffer_init(&cli.list);
    hedui_buffer_init(&cli.next);
    cli.program = argc > 0 && strchr(argv[0], '/') ? argv[0] : "hedui";
    int code = 1;
    if (cli.arena) {
        cli.share = hedui_cli_share(cli.arena);
        code = invoke(&cli, argc, argv);
    } else {
        hedui_err err;
        hedui_err_init(&err);
        (void)hedui_fail_memory(&err);
        code = hedui_cli_fail(&cli, &err);
    }
    hedui_buffer_free(&cli.out);
    hedui_buffer_free(&cli.list);
    hedui_buffer_free(&cli.next);
    hedui_arena_close(cli.arena);
    return code;
}
