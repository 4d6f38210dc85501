/* Help, all of it from the command table. */
#include "cli/command.h"
#include "cli/grid.h"

void hedui_cli_help_top(hedui_cli *cli)
{
    static const char *const groups[HEDUI_CLI_GROUPS][2] = {{"开始", "begin"},
                                                            {"数据源", "feeds"},
                                                            {"规则", "rules"},
                                                            {"核对", "runs"},
                                                            {"其他", "care"}};
    size_t count;
    const hedui_cli_command *const *commands = hedui_cli_commands(&count);
    hedui_cli_grid grid;
    hedui_buffer_text(&cli->out, hedui_cli_say(cli, "用法：hedui 命令 [参数] [选项]\n",
                                               "usage: hedui COMMAND\n"));
    hedui_cli_grid_init(&grid, "lll", cli->arena);
    for (int group = 0; group < HEDUI_CLI_GROUPS; group++) {
        int first = 1;
        for (size_t i = 0; i < count; i++) {
            const hedui_cli_command *command = commands[i];
            if ((int)command->group != group || command->minor)
                continue;
            hedui_cli_grid_add(&grid, hedui_span_of(first ? groups[group][cli->language] : ""));
            hedui_cli_grid_add(&grid,
                               hedui_cli_print(cli, "%s%s%s", command->name,
                                               command->usage[0] ? " " : "", command->usage));
            hedui_cli_grid_add(&grid, hedui_span_of(hedui_cli_say(cli, command->zh, command->en)));
            first = 0;
        }
    }
    hedui_cli_grid_print(&cli->out, &grid, 0);
    hedui_buffer_text(
        &cli->out,
        hedui_cli_say(cli,
                      "每个命令都可加 -C 目录、--lang zh|en、--json、-q；详见 hedui help 命令，"
                      "其余见 hedui help db、hedui help feeds。\n例如：\n",
                      "Every command takes -C DIR, --lang zh|en, --json, -q; see "
                      "hedui help COMMAND; more in hedui help db, feeds.\n"
                      "For example:\n"));
    for (size_t i = 0, shown = 0; i < count && shown < 2; i++)
        if (commands[i]->example) {
            hedui_buffer_format(&cli->out, "  %s\n", commands[i]->example);
            shown++;
        }
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
    if (command->example)
        hedui_buffer_format(&cli->out, "\n%s%s\n", hedui_cli_say(cli, "例如：", "for example: "),
                            command->example);
}
