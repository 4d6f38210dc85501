/* hedui db migrate: bring a database of an older program up to date. */
#include "cli/consent.h"

#include <hedui/json.h>
#include <hedui/store.h>
#include <hedui/workspace.h>

static void print(hedui_cli *cli, int64_t found, int64_t known, int done)
{
    if (cli->json) {
        hedui_json json;
        hedui_json_init(&json, &cli->out);
        hedui_json_open_object(&json);
        hedui_json_member_text(&json, "schema", hedui_span_of("hedui.db_migrate/1"));
        hedui_json_member_number(&json, "found", found);
        hedui_json_member_number(&json, "known", known);
        hedui_json_member_flag(&json, "migrated", done);
        hedui_json_close_object(&json);
        return;
    }
    if (cli->quiet)
        return;
    hedui_buffer_format(
        &cli->out,
        found == known
            ? hedui_cli_say(cli, "数据库的版本是 %lld，本程序的版本是 %lld，无须升级。\n",
                            "The database has schema %lld, the program %lld: nothing to "
                            "do.\n")
        : done
            ? hedui_cli_say(cli, "数据库已从版本 %lld 升级到 %lld。\n",
                            "The database was brought from schema %lld to %lld.\n")
            : hedui_cli_say(cli, "数据库将从版本 %lld 升级到 %lld；试运行，未作改动。\n",
                            "The database would be brought from schema %lld to %lld; nothing was "
                            "changed.\n"),
        (long long)found, (long long)known);
}

static hedui_status migrate(hedui_cli *cli, const hedui_cli_call *call, hedui_err *err)
{
    const hedui_workspace *workspace = NULL;
    hedui_store *store = NULL;
    int64_t found = 0, known = 0;
    int dry = hedui_cli_value_find(call, "dry-run") != NULL;
    hedui_status status =
        hedui_workspace_load(&workspace, cli->folder, cli->share, cli->arena, err);
    if (!status)
        status = hedui_store_schema(&found, &known, workspace->store, err);
    /* opening tells more than the number does, so the same is opened too */
    if (!status && (found == known || !dry))
        status = hedui_store_open(&store, workspace->store, HEDUI_STORE_MIGRATE, err);
    if (!status && found > known)
        status = hedui_fail(err, HEDUI_E5002, hedui_place_none(), HEDUI_ARG_TEXT(workspace->store),
                            HEDUI_ARG_NUMBER(found), HEDUI_ARG_NUMBER(known));
    hedui_store_close(store);
    if (!status)
        print(cli, found, known, found != known && !dry);
    return status;
}

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    hedui_err err;
    hedui_err_init(&err);
    return migrate(cli, call, &err) ? hedui_cli_fail(cli, &err) : 0;
}

static const hedui_cli_option options[] = {HEDUI_CLI_OPTION_DRY_RUN};

const hedui_cli_command hedui_cli_command_db_migrate = {
    .name = "db migrate",
    .group = HEDUI_CLI_CARE,
    .usage = "",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .zh = "程序升级后，把数据库升级到本程序的版本",
    .en = "bring the database up to this program's schema",
    .more_zh = "升级前请先备份：hedui db backup FILE（用原来的程序）。升级后旧程序不能再打开。",
    .more_en = "Make a backup first, by the program that wrote the database; it cannot open it "
               "afterwards.",
    .minor = 1,
    .schema = "hedui.db_migrate/1",
    .run = run,
};
