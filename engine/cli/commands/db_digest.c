/* hedui db digest: by which two databases are told to say the same. */
#include "cli/command.h"
#include "cli/folders.h"

#include <hedui/json.h>
#include <hedui/store.h>

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    hedui_store *store = NULL;
    hedui_digest digest;
    char hex[HEDUI_DIGEST_HEX];
    hedui_err err;
    int code = 0;
    (void)call;
    hedui_err_init(&err);
    if (hedui_cli_store_open(&store, cli, &err) || hedui_store_digest(&digest, store, &err)) {
        code = hedui_cli_fail(cli, &err);
    } else {
        hedui_digest_hex(hex, &digest);
        if (cli->json) {
            hedui_json json;
            hedui_json_init(&json, &cli->out);
            hedui_json_open_object(&json);
            hedui_json_member_text(&json, "schema", hedui_span_of("hedui.db_digest/1"));
            hedui_json_member_text(&json, "digest", hedui_span_of(hex));
            hedui_json_close_object(&json);
        } else {
            hedui_buffer_format(&cli->out, "%s\n", hex);
        }
    }
    hedui_store_close(store);
    return code;
}

const hedui_cli_command hedui_cli_command_db_digest = {
    .name = "db digest",
    .group = HEDUI_CLI_CARE,
    .usage = "",
    .zh = "显示数据库内容的摘要",
    .en = "print the digest of what the database says",
    .more_zh =
        "两个数据库内容相同，摘要就相同；时间和文件大小不计入。不检查数据库，检查用 db check。",
    .more_en = "Equal for two databases that say the same, whenever they were made. It checks "
               "nothing: see db check.",
    .minor = 1,
    .schema = "hedui.db_digest/1",
    .run = run,
};
