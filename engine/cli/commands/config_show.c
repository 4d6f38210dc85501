/* hedui config show: every setting that takes effect, and where it comes from. */
#include "cli/command.h"
#include "cli/grid.h"

#include <hedui/json.h>
#include <hedui/workspace.h>

#include <stdlib.h>

/* One line of the list; `from` is a stable word, `name` the option or variable it speaks of. */
typedef struct setting {
    const char *key;
    hedui_span value;
    const char *from, *name;
    const hedui_setting *of; /**< in hedui.yaml, or NULL */
} setting;

enum { OF_PROGRAM = 4 };

static const char *variable(const char *name)
{
    const char *value = getenv(name);
    return value && value[0] ? value : NULL;
}

static void list_program(setting *list, const hedui_cli *cli)
{
    static const char *const origins[] = {
        [HEDUI_CLI_HERE] = "current_folder",
        [HEDUI_CLI_OPTION] = "option",
        [HEDUI_CLI_VARIABLE] = "environment",
        [HEDUI_CLI_ABOVE] = "folder_above",
    };
    const char *lang = cli->language_from, *share = variable("HEDUI_SHARE");
    const char *temporary = variable("TMPDIR");
    list[0] =
        (setting){"folder", hedui_span_of(cli->folder ? cli->folder : "."), origins[cli->origin],
                  cli->origin == HEDUI_CLI_OPTION     ? "-C"
                  : cli->origin == HEDUI_CLI_VARIABLE ? "HEDUI_FOLDER"
                                                      : NULL,
                  NULL};
    list[1] = (setting){"share", hedui_span_of(cli->share), share ? "environment" : "program",
                        share ? "HEDUI_SHARE" : NULL, NULL};
    list[2] = (setting){"lang", hedui_span_of(cli->language == HEDUI_ZH ? "zh" : "en"),
                        !lang            ? "default"
                        : lang[0] == '-' ? "option"
                                         : "environment",
                        lang, NULL};
    list[3] = (setting){"temporary", hedui_span_of(temporary ? temporary : "/tmp"),
                        temporary ? "environment" : "default", temporary ? "TMPDIR" : NULL, NULL};
}

static hedui_span origin_words(const hedui_cli *cli, const setting *s,
                               const hedui_workspace *workspace)
{
    static const char *const words[][3] = {
        {"default", "缺省", "default"},
        {"current_folder", "当前目录", "the current folder"},
        {"folder_above", "上级目录", "the nearest folder above"},
        {"program", "随程序", "with the program"},
        {"option", "选项", "option"},
        {"environment", "环境变量", "environment variable"},
    };
    if (s->of && s->of->line)
        return hedui_cli_print(cli, hedui_cli_say(cli, "%s 第 %u 行", "%s line %u"),
                               workspace->file, s->of->line);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], s->from) == 0)
            return hedui_cli_print(cli, "%s%s%s", words[i][1 + cli->language], s->name ? " " : "",
                                   s->name ? s->name : "");
    return hedui_span_of(s->from);
}

static hedui_span value_words(const hedui_cli *cli, const setting *s)
{
    hedui_span text = s->value;
    if (!text.length)
        return hedui_span_of(hedui_cli_say(cli, "（未设）", "(not set)"));
    for (uint32_t i = 0; s->of && i < s->of->path_count; i++)
        text = hedui_cli_print(cli, "%.*s%s%s", (int)text.length, text.at, i ? ", " : " -> ",
                               s->of->paths[i]);
    return text;
}

static void print(hedui_cli *cli, const setting *list, size_t count, int origins,
                  const hedui_workspace *workspace)
{
    hedui_cli_grid grid;
    hedui_cli_grid_init(&grid, origins ? "lll" : "ll", cli->arena);
    for (size_t i = 0; i < count; i++) {
        hedui_cli_grid_add(&grid, hedui_span_of(list[i].key));
        hedui_cli_grid_add(&grid, value_words(cli, &list[i]));
        if (origins)
            hedui_cli_grid_add(&grid, origin_words(cli, &list[i], workspace));
    }
    hedui_cli_grid_print(&cli->out, &grid, 0);
}

static void write_text(hedui_json *json, const char *key, hedui_span text)
{
    if (text.length)
        hedui_json_member_text(json, key, text);
    else
        hedui_json_member_null(json, key);
}

static void write(hedui_cli *cli, const setting *list, size_t count,
                  const hedui_workspace *workspace)
{
    hedui_json json;
    hedui_json_init(&json, &cli->out);
    hedui_json_open_object(&json);
    hedui_json_member_text(&json, "schema", hedui_span_of("hedui.config_show/1"));
    hedui_json_member_text(&json, "file", hedui_span_of(workspace->file));
    hedui_json_key(&json, "settings");
    hedui_json_open_array(&json);
    for (size_t i = 0; i < count; i++) {
        const setting *s = &list[i];
        hedui_json_open_object(&json);
        hedui_json_member_text(&json, "key", hedui_span_of(s->key));
        write_text(&json, "value", s->value);
        hedui_json_member_text(&json, "origin", hedui_span_of(s->from));
        write_text(&json, "name", hedui_span_of(s->name ? s->name : ""));
        if (s->of && s->of->line)
            hedui_json_member_number(&json, "line", s->of->line);
        else
            hedui_json_member_null(&json, "line");
        hedui_json_key(&json, "paths");
        hedui_json_open_array(&json);
        for (uint32_t k = 0; s->of && k < s->of->path_count; k++)
            hedui_json_text(&json, hedui_span_of(s->of->paths[k]));
        hedui_json_close_array(&json);
        hedui_json_close_object(&json);
    }
    hedui_json_close_array(&json);
    hedui_json_close_object(&json);
}

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    const hedui_workspace *workspace = NULL;
    const hedui_setting *settings = NULL;
    size_t count = 0;
    hedui_err err;
    hedui_err_init(&err);
    if (hedui_workspace_load(&workspace, cli->folder, cli->share, cli->arena, &err) ||
        hedui_workspace_settings(&settings, &count, workspace, cli->arena, &err))
        return hedui_cli_fail(cli, &err);
    setting *list = hedui_arena_array(cli->arena, OF_PROGRAM + count, sizeof *list);
    if (!list) {
        (void)hedui_fail_memory(&err);
        return hedui_cli_fail(cli, &err);
    }
    list_program(list, cli);
    for (size_t i = 0; i < count; i++)
        list[OF_PROGRAM + i] = (setting){settings[i].key, settings[i].value,
                                         settings[i].line ? "file" : "default", NULL, &settings[i]};
    if (cli->json)
        write(cli, list, OF_PROGRAM + count, workspace);
    else
        print(cli, list, OF_PROGRAM + count, hedui_cli_value_find(call, "origin") != NULL,
              workspace);
    return 0;
}

static const hedui_cli_option options[] = {
    {"origin", 0, HEDUI_CLI_FLAG, NULL, "写明每一项的来处：文件和行、选项、环境变量、缺省",
     "say where each comes from: file and line, option, environment variable, default", 0, 0, NULL},
};

const hedui_cli_command hedui_cli_command_config_show = {
    .name = "config show",
    .group = HEDUI_CLI_CARE,
    .usage = "",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .zh = "列出各项配置的现值和来处",
    .en = "every setting as it takes effect, and where it comes from",
    .more_zh = "目录和文件写明实际路径；数据格式和规则包按查找的先后列出。",
    .more_en = "Files and folders are given with their paths; layouts and packs in the order in "
               "which they are looked for.",
    .example = "hedui config show --origin -C /srv/hedui",
    .schema = "hedui.config_show/1",
    .run = run,
};
