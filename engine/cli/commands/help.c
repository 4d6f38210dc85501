/* hedui help [COMMAND | E-number] */
#include "cli/command.h"

#include <hedui/json.h>

/* The number of "E1113", "e1113" or "1113"; 0 if it is none. */
static int number_of(const char *text)
{
    int number = 0;
    if (*text == 'E' || *text == 'e')
        text++;
    for (int i = 0; i < 4; i++, text++) {
        if (*text < '0' || *text > '9')
            return 0;
        number = number * 10 + (*text - '0');
    }
    return *text ? 0 : number;
}

static void explain(hedui_cli *cli, const hedui_message *message)
{
    if (cli->json) {
        hedui_json json;
        hedui_json_init(&json, &cli->out);
        hedui_json_open_object(&json);
        hedui_json_member_text(&json, "schema", hedui_span_of("hedui.help/1"));
        hedui_json_member_number(&json, "number", message->number);
        hedui_json_member_number(&json, "exit_code", message->exit_code);
        hedui_json_member_text(&json, "zh", hedui_span_of(message->zh));
        hedui_json_member_text(&json, "en", hedui_span_of(message->en));
        hedui_json_close_object(&json);
        return;
    }
    hedui_buffer_format(&cli->out, "E%d\n  %s\n  %s\n", message->number, message->zh, message->en);
    if (message->exit_code)
        hedui_buffer_format(&cli->out, hedui_cli_say(cli, "退出码：%d\n", "exit code: %d\n"),
                            message->exit_code);
    else
        hedui_buffer_text(&cli->out, hedui_cli_say(cli, "这是提醒，不会使命令失败。\n",
                                                   "A remark; no command fails by it.\n"));
}

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    if (!call->argument_count) {
        hedui_cli_help_top(cli);
        return 0;
    }
    const char *name = call->arguments[0];
    if (call->argument_count > 1)
        name = hedui_cli_print(cli, "%s %s", name, call->arguments[1]).at;
    const hedui_cli_command *command = hedui_cli_command_find(name);
    const hedui_message *message = hedui_message_find(number_of(name));
    if (command) {
        hedui_cli_help_command(cli, command);
        return 0;
    }
    if (message) {
        explain(cli, message);
        return 0;
    }
    if (hedui_cli_help_group(cli, name))
        return 0;
    hedui_err err;
    hedui_err_init(&err);
    (void)hedui_fail(&err, HEDUI_E8511, hedui_place_none(), HEDUI_ARG_TEXT(name));
    return hedui_cli_fail(cli, &err);
}

const hedui_cli_command hedui_cli_command_help = {
    .name = "help",
    .group = HEDUI_CLI_CARE,
    .usage = "[COMMAND|E8501]",
    .most = 2,
    .zh = "说明某个命令或某个错误编号",
    .en = "explain a command or an error number",
    .run = run,
};
