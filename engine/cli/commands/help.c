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

/* A sentence of the catalogue, its places for arguments shown as "…". @return how many. */
static int add_sentence(hedui_cli *cli, const char *text)
{
    int holes = 0;
    hedui_buffer_text(&cli->out, "  ");
    for (; *text; text++) {
        if (text[0] == '{' && text[1] >= '0' && text[1] <= '9' && text[2] == '}') {
            hedui_buffer_text(&cli->out, "…");
            text += 2;
            holes++;
        } else if ((text[0] == '{' || text[0] == '}') && text[1] == text[0]) {
            hedui_buffer_byte(&cli->out, *text++);
        } else {
            hedui_buffer_byte(&cli->out, *text);
        }
    }
    hedui_buffer_byte(&cli->out, '\n');
    return holes;
}

/* Remarks about deliveries end no command; what counts is what the run makes of the delivery. */
static int is_remark(int number)
{
    return number / 100 == 21;
}

static void add_effect(hedui_cli *cli, int number)
{
    static const struct {
        const char *zh, *en;
        int numbers[12]; /* ended by 0 */
    } effects[] = {
        {"文件不读取，核对照常进行。",
         "The file is not read; the run goes on.",
         {2101, 2103, 2104}},
        {"用较新的文件，核对照常进行。", "The newer file is used; the run goes on.", {2102}},
        {"数据照用，但批次留作草稿，核实后由负责人发布。",
         "The data are used, but the run stays a draft until a person publishes it.",
         {2113, 2115, 2117, 2118, 2130, 2131, 2132, 2133, 2136, 2175}},
        {"只是提示，数据照用；情形严重时批次留作草稿。",
         "A note, and the data are used; in grave cases the run stays a draft.",
         {2176, 2177}},
        {"只是提示，数据照用。",
         "A note only; the data are used.",
         {2111, 2121, 2134, 2135, 2138, 2170, 2171, 2179}},
        {"只是提示，数据照用，多出的列不读。", "A note only; extra columns are not read.", {2120}},
        {"台账照用；其他数据按重复交来处理，不用。",
         "A caseload is used; any other delivery counts as sent again and is not.",
         {2116}},
    };
    const char *zh = "这批数据不用，靠它判断的规则记为未核对，不当作没有问题。";
    const char *en = "The delivery is not used; rules that need it are not checked, never clear.";
    for (size_t i = 0; i < sizeof effects / sizeof *effects; i++)
        for (const int *n = effects[i].numbers; *n; n++)
            if (*n == number) {
                zh = effects[i].zh;
                en = effects[i].en;
            }
    hedui_buffer_format(&cli->out, hedui_cli_say(cli, "核对时：%s\n", "in a run: %s\n"),
                        hedui_cli_say(cli, zh, en));
}

static const struct {
    int number;
    const char *zh, *en;
} advice[] = {
#define HEDUI_CLI_ADVICE(number, zh, en) {number, zh, en},
#include "cli/advice.def"
#undef HEDUI_CLI_ADVICE
};

/* What to do, or NULL. */
static const char *advice_on(const hedui_cli *cli, int number)
{
    for (size_t i = 0; i < sizeof advice / sizeof *advice; i++)
        if (advice[i].number == number)
            return hedui_cli_say(cli, advice[i].zh, advice[i].en);
    return NULL;
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
        if (advice_on(cli, message->number))
            hedui_json_member_text(&json, "advice", hedui_span_of(advice_on(cli, message->number)));
        else
            hedui_json_member_null(&json, "advice");
        hedui_json_close_object(&json);
        return;
    }
    hedui_buffer_format(&cli->out, "E%d\n", message->number);
    add_sentence(cli, message->zh);
    int holes = add_sentence(cli, message->en);
    if (holes)
        hedui_buffer_text(&cli->out,
                          hedui_cli_say(cli, "“…”处是出错时的具体内容，例如文件名、名称或数目。\n",
                                        "... stands for particulars: a file, a name, a number.\n"));
    if (is_remark(message->number))
        add_effect(cli, message->number);
    else if (message->exit_code)
        hedui_buffer_format(&cli->out, hedui_cli_say(cli, "退出码：%d\n", "exit code: %d\n"),
                            message->exit_code);
    else
        hedui_buffer_text(&cli->out, hedui_cli_say(cli, "这是提醒，不会使命令失败。\n",
                                                   "A remark; no command fails by it.\n"));
    if (advice_on(cli, message->number))
        hedui_buffer_format(&cli->out, hedui_cli_say(cli, "办法：%s\n", "what to do: %s\n"),
                            advice_on(cli, message->number));
}

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    if (hedui_cli_value_find(call, "all")) {
        if (cli->json)
            hedui_cli_table_write(cli);
        else
            hedui_cli_help_all(cli);
        return 0;
    }
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

static const hedui_cli_option options[] = {
    {"all", 0, HEDUI_CLI_FLAG, NULL, "列出全部命令；加 --json 则连同选项",
     "list every command; with --json, options too", 0, 0, NULL},
};

const hedui_cli_command hedui_cli_command_help = {
    .name = "help",
    .group = HEDUI_CLI_CARE,
    .usage = "[COMMAND|E8501]",
    .most = 2,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .zh = "说明某个命令或某个错误编号",
    .en = "explain a command or an error number",
    .schema = "hedui.help/1",
    .run = run,
};
