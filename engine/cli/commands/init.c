/* hedui init [FOLDER] */
#include "cli/command.h"

#include <hedui/json.h>
#include <hedui/workspace.h>

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    const hedui_cli_value *named = hedui_cli_value_find(call, "folder");
    const char *folder = call->argument_count ? call->arguments[0] : named ? named->text : NULL;
    hedui_err err;
    hedui_err_init(&err);
    folder = folder ? folder : ".";
    if (hedui_workspace_init(folder, &err))
        return hedui_cli_fail(cli, &err);
    if (cli->json) {
        hedui_json json;
        hedui_json_init(&json, &cli->out);
        hedui_json_open_object(&json);
        hedui_json_member_text(&json, "schema", hedui_span_of("hedui.init/1"));
        hedui_json_member_text(&json, "folder", hedui_span_of(folder));
        hedui_json_close_object(&json);
    } else if (!cli->quiet) {
        hedui_buffer_format(
            &cli->out,
            hedui_cli_say(
                cli,
                "已建立工作目录 %s。\n请填写 hedui.yaml 和 areas.csv，把数据文件放进 inbox/。\n",
                "Made the workspace %s.\nFill in hedui.yaml and areas.csv and put deliveries into "
                "inbox/.\n"),
            folder);
        hedui_cli_next(cli, hedui_cli_print(cli, "rules check -C %s", folder).at);
    }
    return 0;
}

const hedui_cli_command hedui_cli_command_init = {
    .name = "init",
    .group = HEDUI_CLI_BEGIN,
    .usage = "[FOLDER]",
    .most = 1,
    .zh = "建立工作目录：hedui.yaml、areas.csv 和各文件夹",
    .en = "make a workspace: hedui.yaml, areas.csv and its folders",
    .more_zh = "目录权限为 0700。已有 hedui.yaml 时不覆盖。",
    .more_en = "Folders get mode 0700. A hedui.yaml that is there is not overwritten.",
    .schema = "hedui.init/1",
    .run = run,
};
