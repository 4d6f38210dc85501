/* hedui feeds doc [NAME]: the interface document for the departments, written from the layouts. */
#include "cli/command.h"
#include "cli/folders.h"

#include <hedui/feed.h>
#include <hedui/json.h>

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    const char *const *folders = NULL;
    uint32_t count = 0;
    hedui_buffer text;
    hedui_err err;
    int code = 0;
    hedui_err_init(&err);
    hedui_buffer_init(&text);
    if (hedui_cli_feed_folders(&folders, &count, cli, &err) ||
        hedui_feed_document(&text, call->argument_count ? call->arguments[0] : NULL, folders, count,
                            cli->arena, &err)) {
        code = hedui_cli_fail(cli, &err);
    } else if (cli->json) {
        hedui_json json;
        hedui_json_init(&json, &cli->out);
        hedui_json_open_object(&json);
        hedui_json_member_text(&json, "schema", hedui_span_of("hedui.feeds_doc/1"));
        hedui_json_member_text(&json, "markdown", hedui_buffer_span(&text));
        hedui_json_close_object(&json);
    } else {
        hedui_buffer_add(&cli->out, hedui_buffer_span(&text));
    }
    hedui_buffer_free(&text);
    return code;
}

const hedui_cli_command hedui_cli_command_feeds_doc = {
    .name = "feeds doc",
    .group = HEDUI_CLI_FEEDS,
    .usage = "[NAME]",
    .most = 1,
    .zh = "生成给各部门的数据接口说明（Markdown）",
    .en = "write what departments are asked to deliver (Markdown, Chinese)",
    .more_zh = "NAME 是布局名，如 vehicle；缺省为全部。在工作目录之外显示随程序提供的布局。",
    .more_en = "NAME is a layout, as in vehicle; default: all. Outside a workspace the shipped "
               "layouts are described.",
    .example = "hedui feeds doc vehicle > 机动车登记.md",
    .minor = 1,
    .schema = "hedui.feeds_doc/1",
    .run = run,
};
