/* What is asked tells what is decided on: the day, the flags, how many reasons held it back. */
#include "cli/decision.h"
#include "cli/folders.h"
#include "cli/night.h"
#include "cli/summary.h"

#include <hedui/file.h>
#include <hedui/json.h>
#include <hedui/report.h>
#include <hedui/store_run.h>

#include <time.h>

hedui_span hedui_cli_given(const hedui_cli_call *call, const char *name)
{
    const hedui_cli_value *value = hedui_cli_value_find(call, name);
    hedui_span text = hedui_span_of(value ? value->text : "");
    while (text.length && text.at[0] == ' ') {
        text.at++;
        text.length--;
    }
    while (text.length && text.at[text.length - 1] == ' ')
        text.length--;
    return text;
}

static const char *question(const hedui_cli *cli, const hedui_store_run *run, int publish)
{
    return hedui_cli_print(
               cli,
               publish ? hedui_cli_say(
                             cli,
                             "发布核对批次 %.*s（基准日 %s，疑点 %s 条、%s 户；暂不发布的原因 "
                             "%s 条，见 hedui runs show）",
                             "Publish run %.*s as of %s with %s flags in %s households, "
                             "held back for %s reasons (see hedui runs show)")
                       : hedui_cli_say(
                             cli,
                             "撤回核对批次 %.*s（基准日 %s，疑点 %s 条、%s 户；暂不发布的原因 "
                             "%s 条，见 hedui runs show）",
                             "Withdraw run %.*s as of %s with %s flags in %s households, "
                             "held back for %s reasons (see hedui runs show)"),
               (int)run->id.length, run->id.at, hedui_cli_day(cli, run->as_of).at,
               hedui_cli_counted(cli, run->flags).at, hedui_cli_counted(cli, run->flagged).at,
               hedui_cli_counted(cli, (int64_t)run->hold_count).at)
        .at;
}

static hedui_status decide(hedui_cli *cli, const hedui_cli_call *call, hedui_store *store,
                           int publish, hedui_err *err)
{
    const hedui_store_run *run = NULL;
    hedui_span id = hedui_span_of(call->arguments[0]);
    hedui_span person = hedui_cli_given(call, "person"), reason = hedui_cli_given(call, "reason");
    if (!person.length || !reason.length)
        return hedui_fail_plain(err, HEDUI_E5020, hedui_place_none());
    if (!id.length) /* an empty name would mean the latest */
        return hedui_fail(err, HEDUI_E5014, hedui_place_none(), HEDUI_ARG_SPAN(id));
    hedui_status status = hedui_store_run_find(&run, store, id, cli->arena, err);
    if (status)
        return status;
    /* what cannot be done is not asked: the store says why */
    if (hedui_span_is(run->state, "draft") || (!publish && hedui_span_is(run->state, "published")))
        status = hedui_cli_consent(cli, call, question(cli, run, publish), err);
    if (status)
        return status;
    int64_t now = (int64_t)time(NULL);
    return publish ? hedui_store_run_publish(store, id, person, reason, now, err)
                   : hedui_store_run_withdraw(store, id, person, reason, now, err);
}

static void print(hedui_cli *cli, const hedui_cli_call *call, int publish)
{
    if (cli->json) {
        hedui_json json;
        hedui_json_init(&json, &cli->out);
        hedui_json_open_object(&json);
        hedui_json_member_text(
            &json, "schema",
            hedui_span_of(publish ? "hedui.runs_publish/1" : "hedui.runs_withdraw/1"));
        hedui_json_member_text(&json, "run", hedui_span_of(call->arguments[0]));
        hedui_json_member_text(&json, "state", hedui_span_of(publish ? "published" : "withdrawn"));
        hedui_json_member_text(&json, "person", hedui_cli_given(call, "person"));
        hedui_json_member_text(&json, "reason", hedui_cli_given(call, "reason"));
        hedui_json_close_object(&json);
    } else if (!cli->quiet) {
        hedui_buffer_format(
            &cli->out,
            publish ? hedui_cli_say(cli, "核对批次 %s 已发布。\n", "Run %s is published.\n")
                    : hedui_cli_say(cli, "核对批次 %s 已撤回。\n", "Run %s is withdrawn.\n"),
            call->arguments[0]);
    }
}

/* The reports of the night say what the run is: they are written again, so that none in the folder
 * says draft of what was released, or published of what was withdrawn. Sheets that were built for
 * people are theirs to build again. */
static int renew(hedui_cli *cli, const hedui_cli_call *call, hedui_store *store)
{
    const hedui_workspace *workspace = NULL;
    const hedui_store_run *run = NULL;
    hedui_report_files files = {0};
    hedui_err err;
    hedui_err_init(&err);
    hedui_status status =
        hedui_store_run_find(&run, store, hedui_span_of(call->arguments[0]), cli->arena, &err);
    if (!status && run->purged)
        return 0;
    if (!status)
        status = hedui_workspace_load(&workspace, cli->folder, cli->share, cli->arena, &err);
    if (!status)
        status = hedui_folder_make(workspace->out, &err);
    if (!status)
        status =
            hedui_report_write(&files, workspace->out, store, run->id, NULL, 1, cli->arena, &err);
    if (status) {
        hedui_cli_night_tell_unwritten(cli, call->arguments[0], &err);
        return hedui_message_exit(status);
    }
    if (!cli->json && !cli->quiet)
        hedui_buffer_format(
            &cli->out,
            hedui_cli_say(cli,
                          "重写了 %s 等六个文件；台账、入户核查表等要重新生成：%s report build\n",
                          "written again: %s and five others; ledgers and visit sheets are to be "
                          "built again: %s report build\n"),
            files.html, cli->program);
    return 0;
}

int hedui_cli_decide(hedui_cli *cli, const hedui_cli_call *call, int publish)
{
    hedui_store *store = NULL;
    hedui_err err;
    int code = 0;
    hedui_err_init(&err);
    if (hedui_cli_store_open(&store, cli, &err) || decide(cli, call, store, publish, &err))
        code = hedui_cli_fail(cli, &err);
    else {
        print(cli, call, publish);
        code = renew(cli, call, store);
    }
    hedui_store_close(store);
    return code;
}
