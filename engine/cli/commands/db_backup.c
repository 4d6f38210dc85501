/* hedui db backup FILE */
#include "cli/command.h"
#include "cli/folders.h"

#include <hedui/json.h>
#include <hedui/store.h>

/* Of the copy: a run may be changing the database itself by now. */
static hedui_status digest_of(char digest[HEDUI_DIGEST_HEX], const char *file, hedui_err *err)
{
    hedui_store *copy = NULL;
    hedui_digest made;
    hedui_status status = hedui_store_open(&copy, file, HEDUI_STORE_EXISTING, err);
    if (!status)
        status = hedui_store_digest(&made, copy, err);
    if (!status)
        hedui_digest_hex(digest, &made);
    hedui_store_close(copy);
    return status;
}

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    const char *file = call->arguments[0];
    hedui_store *store = NULL;
    char digest[HEDUI_DIGEST_HEX];
    hedui_err err;
    int code = 0;
    hedui_err_init(&err);
    if (hedui_cli_store_open(&store, cli, &err) || hedui_store_backup(store, file, &err) ||
        digest_of(digest, file, &err)) {
        code = hedui_cli_fail(cli, &err);
    } else if (cli->json) {
        hedui_json json;
        hedui_json_init(&json, &cli->out);
        hedui_json_open_object(&json);
        hedui_json_member_text(&json, "schema", hedui_span_of("hedui.db_backup/1"));
        hedui_json_member_text(&json, "file", hedui_span_of(file));
        hedui_json_member_text(&json, "digest", hedui_span_of(digest));
        hedui_json_close_object(&json);
    } else if (!cli->quiet) {
        hedui_buffer_format(&cli->out,
                            hedui_cli_say(cli, "已备份到 %s\n内容摘要 %s\n",
                                          "backed up to %s\ncontent digest %s\n"),
                            file, digest);
    }
    hedui_store_close(store);
    return code;
}

const hedui_cli_command hedui_cli_command_db_backup = {
    .name = "db backup",
    .group = HEDUI_CLI_CARE,
    .usage = "FILE",
    .least = 1,
    .most = 1,
    .zh = "备份数据库；正在核对时也可备份",
    .en = "back up the database, also while a run is at work",
    .more_zh = "目标文件须不存在；打印备份的内容摘要，恢复后用 hedui db digest 对照。",
    .more_en = "The file must not exist. Its content digest is printed, to be compared with hedui "
               "db digest\n"
               "of what is restored from it.",
    .schema = "hedui.db_backup/1",
    .run = run,
};
