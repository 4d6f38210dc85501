/* hedui version */
#include "cli/command.h"

#include <hedui/json.h>

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    (void)call;
    if (cli->json) {
        hedui_json json;
        hedui_json_init(&json, &cli->out);
        hedui_json_open_object(&json);
        hedui_json_member_text(&json, "schema", hedui_span_of("hedui.version/1"));
        hedui_json_member_text(&json, "version", hedui_span_of(HEDUI_VERSION));
        hedui_json_member_text(&json, "share", hedui_span_of(cli->share));
        hedui_json_close_object(&json);
    } else {
        hedui_buffer_text(&cli->out, "hedui " HEDUI_VERSION "\n");
    }
    return 0;
}

const hedui_cli_command hedui_cli_command_version = {
    .name = "version",
    .group = HEDUI_CLI_CARE,
    .usage = "",
    .zh = "显示版本",
    .en = "show the version",
    .schema = "hedui.version/1",
    .run = run,
};
