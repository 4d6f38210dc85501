/* hedui db check: is the database whole, do its sums agree. */
#include "cli/command.h"

#include <hedui/job_purge.h>
#include <hedui/json.h>
#include <hedui/store.h>
#include <hedui/workspace.h>

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    const hedui_workspace *workspace = NULL;
    hedui_store *store = NULL;
    hedui_digest digest;
    char hex[HEDUI_DIGEST_HEX];
    int64_t files = 0;
    hedui_err err;
    int code = 0;
    (void)call;
    hedui_err_init(&err);
    if (hedui_workspace_load(&workspace, cli->folder, cli->share, cli->arena, &err) ||
        hedui_store_open(&store, workspace->store, HEDUI_STORE_EXISTING, &err) ||
        hedui_store_check(store, &err) ||
        hedui_job_check_archive(&files, workspace, store, cli->arena, &err) ||
        hedui_store_digest(&digest, store, &err)) {
        code = hedui_cli_fail(cli, &err);
    } else {
        hedui_digest_hex(hex, &digest);
        if (cli->json) {
            hedui_json json;
            hedui_json_init(&json, &cli->out);
            hedui_json_open_object(&json);
            hedui_json_member_text(&json, "schema", hedui_span_of("hedui.db_check/1"));
            hedui_json_member_text(&json, "store", hedui_span_of(workspace->store));
            hedui_json_member_text(&json, "digest", hedui_span_of(hex));
            hedui_json_member_number(&json, "archive_files", files);
            hedui_json_close_object(&json);
        } else if (!cli->quiet) {
            hedui_buffer_format(&cli->out,
                                hedui_cli_say(cli,
                                              "数据库完好，各项合计相符；存档中作为依据的 %s "
                                              "个文件齐全。\n内容摘要 %s\n",
                                              "The database is whole and its sums agree; the %s "
                                              "archived files it rests on are there.\ncontent "
                                              "digest %s\n"),
                                hedui_cli_counted(cli, files).at, hex);
        }
    }
    hedui_store_close(store);
    return code;
}

const hedui_cli_command hedui_cli_command_db_check = {
    .name = "db check",
    .group = HEDUI_CLI_CARE,
    .usage = "",
    .zh = "检查数据库是否完好、合计是否相符、存档是否齐全",
    .en = "check that the database is whole, its sums agree and the archive is complete",
    .more_zh = "发现不符时退出码为 8。存档里按记录清除了的不算缺少。存档文件只看在不在、多大，\n"
               "内容由 hedui replay 核对。",
    .more_en =
        "The exit code is 8 if something differs. What a purge on record took from the archive "
        "is not missed.\nOf archived files presence and size are looked at; hedui replay reads "
        "them.",
    .schema = "hedui.db_check/1",
    .run = run,
};
