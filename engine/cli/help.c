/* Help, all of it from the command table. */
#include "cli/command.h"
#include "cli/grid.h"

static const char *const groups[HEDUI_CLI_GROUPS][2] = {
    {"开始", "begin"}, {"数据源", "feeds"}, {"规则", "rules"}, {"核对", "runs"}, {"其他", "care"}};

/* "feeds list|check|…": a first word with some of what may stand behind it, minor ones left out. */
static hedui_span word_usage(const hedui_cli *cli, const hedui_cli_word *word)
{
    size_t count, length = strlen(word->name);
    const hedui_cli_command *const *commands = hedui_cli_commands(&count);
    hedui_buffer text;
    enum { MOST_VERBS = 3 };
    int shown = 0, more = 0;
    hedui_buffer_init(&text);
    hedui_buffer_format(&text, "%s ", word->name);
    for (size_t i = 0; i < count; i++) {
        if (hedui_cli_word_of(commands[i]->name) != word)
            continue;
        if (!commands[i]->minor && shown < MOST_VERBS)
            hedui_buffer_format(&text, "%s%s", shown++ ? "|" : "", commands[i]->name + length + 1);
        else
            more = 1;
    }
    if (more)
        hedui_buffer_text(&text, shown ? "|…" : "…");
    hedui_span copy = hedui_buffer_keep(&text, cli->arena);
    return copy;
}

static hedui_span command_usage(const hedui_cli *cli, const hedui_cli_command *command)
{
    return hedui_cli_print(cli, "%s%s%s", command->name, command->usage[0] ? " " : "",
                           command->usage);
}

/* The row of one command, or of its first word where it is the first command of that. */
static int add_top(hedui_cli *cli, hedui_cli_grid *grid, size_t at, const char *group)
{
    size_t count;
    const hedui_cli_command *const *commands = hedui_cli_commands(&count);
    const hedui_cli_word *word = hedui_cli_word_of(commands[at]->name);
    for (size_t i = 0; word && i < at; i++)
        if (hedui_cli_word_of(commands[i]->name) == word)
            return 0;
    if (!word && commands[at]->minor)
        return 0;
    hedui_cli_grid_add(grid, hedui_span_of(group));
    hedui_cli_grid_add(grid, word ? word_usage(cli, word) : command_usage(cli, commands[at]));
    hedui_cli_grid_add(
        grid, hedui_span_of(word ? hedui_cli_say(cli, word->zh, word->en)
                                 : hedui_cli_say(cli, commands[at]->zh, commands[at]->en)));
    return 1;
}

void hedui_cli_help_top(hedui_cli *cli)
{
    size_t count;
    const hedui_cli_command *const *commands = hedui_cli_commands(&count);
    hedui_cli_grid grid;
    hedui_buffer_text(&cli->out, hedui_cli_say(cli, "用法：hedui 命令 [参数] [选项]\n",
                                               "usage: hedui COMMAND [ARGUMENTS] [OPTIONS]\n"));
    hedui_cli_grid_init(&grid, "lll", cli->arena);
    for (int group = 0; group < HEDUI_CLI_GROUPS; group++)
        for (size_t i = 0, first = 1; i < count; i++)
            if ((int)commands[i]->group == group &&
                add_top(cli, &grid, i, first ? groups[group][cli->language] : ""))
                first = 0;
    hedui_cli_grid_print(&cli->out, &grid, 0);
    hedui_buffer_text(&cli->out,
                      hedui_cli_say(cli,
                                    "每个命令都可加 -C 目录、--lang zh|en、--json、-q。"
                                    "全部命令：hedui help --all；详见 hedui help 命令。\n例如：\n",
                                    "Every command takes -C DIR, --lang zh|en, --json, -q. "
                                    "More: hedui help COMMAND, hedui help --all.\n"
                                    "For example:\n"));
    for (size_t i = 0, shown = 0; i < count && shown < 2; i++)
        if (commands[i]->example) {
            hedui_buffer_format(&cli->out, "  %s\n", commands[i]->example);
            shown++;
        }
}

void hedui_cli_help_all(hedui_cli *cli)
{
    size_t count;
    const hedui_cli_command *const *commands = hedui_cli_commands(&count);
    hedui_cli_grid grid;
    hedui_cli_grid_init(&grid, "lll", cli->arena);
    for (int group = 0; group < HEDUI_CLI_GROUPS; group++)
        for (size_t i = 0, first = 1; i < count; i++) {
            if ((int)commands[i]->group != group)
                continue;
            hedui_cli_grid_add(&grid, hedui_span_of(first ? groups[group][cli->language] : ""));
            hedui_cli_grid_add(&grid, command_usage(cli, commands[i]));
            hedui_cli_grid_add(&grid,
                               hedui_span_of(hedui_cli_say(cli, commands[i]->zh, commands[i]->en)));
            first = 0;
        }
    hedui_cli_grid_print(&cli->out, &grid, 0);
}

int hedui_cli_help_group(hedui_cli *cli, const char *word)
{
    size_t count, length = strlen(word);
    const hedui_cli_command *const *commands = hedui_cli_commands(&count);
    hedui_cli_grid grid;
    int found = 0;
    hedui_cli_grid_init(&grid, "ll", cli->arena);
    for (size_t i = 0; i < count; i++)
        if (strncmp(commands[i]->name, word, length) == 0 && commands[i]->name[length] == ' ') {
            hedui_cli_grid_add(
                &grid, hedui_cli_print(cli, "hedui %s %s", commands[i]->name, commands[i]->usage));
            hedui_cli_grid_add(&grid,
                               hedui_span_of(hedui_cli_say(cli, commands[i]->zh, commands[i]->en)));
            found++;
        }
    hedui_cli_grid_print(&cli->out, &grid, 0);
    return found;
}

static void add_options(hedui_cli *cli, hedui_cli_grid *grid, const hedui_cli_option *options,
                        size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const hedui_cli_option *option = &options[i];
        const char letter[] = {'-', option->letter, ',', ' ', '\0'};
        hedui_cli_grid_add(
            grid, hedui_cli_print(cli, "%s--%s%s%s", option->letter ? letter : "    ", option->name,
                                  option->value ? " " : "", option->value ? option->value : ""));
        hedui_cli_grid_add(grid, hedui_span_of(hedui_cli_say(cli, option->zh, option->en)));
    }
}

void hedui_cli_help_command(hedui_cli *cli, const hedui_cli_command *command)
{
    hedui_cli_grid grid;
    size_t count;
    const hedui_cli_option *globals = hedui_cli_global_options(&count);
    hedui_buffer_format(
        &cli->out, "%s\n\n%shedui %s%s%s%s\n", hedui_cli_say(cli, command->zh, command->en),
        hedui_cli_say(cli, "用法：", "usage: "), command->name, command->usage[0] ? " " : "",
        command->usage, hedui_cli_say(cli, " [选项]", " [options]"));
    if (command->more_zh)
        hedui_buffer_format(&cli->out, "\n%s\n",
                            hedui_cli_say(cli, command->more_zh, command->more_en));
    hedui_buffer_text(&cli->out, hedui_cli_say(cli, "\n选项：\n", "\noptions:\n"));
    hedui_cli_grid_init(&grid, "ll", cli->arena);
    add_options(cli, &grid, command->options, command->option_count);
    add_options(cli, &grid, globals, count);
    hedui_cli_grid_print(&cli->out, &grid, 2);
    if (command->schema)
        hedui_buffer_format(&cli->out,
                            hedui_cli_say(cli, "\n--json 输出 %s\n", "\n--json writes %s\n"),
                            command->schema);
    if (command->example)
        hedui_buffer_format(&cli->out, "\n%s%s\n", hedui_cli_say(cli, "例如：", "for example: "),
                            command->example);
}
