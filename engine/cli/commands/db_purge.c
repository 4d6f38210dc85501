/* hedui db purge --before DATE: what was found about people is deleted when its time is over. The
 * store purges whatever does not rest on a kept run; the kept one is chosen here so that nothing of
 * the day or later goes. */
#include "cli/consent.h"
#include "cli/grid.h"
#include "cli/summary.h"

#include <hedui/json.h>
#include <hedui/label.h>
#include <hedui/store_purge.h>
#include <hedui/store_run.h>
#include <hedui/workspace.h>

typedef struct purge {
    hedui_store *store;
    int32_t before;
    int dry;
    const hedui_store_run *runs; /**< of the store, the newest first */
    size_t run_count;
    const hedui_store_run *keep;
    const hedui_span *names; /**< of the runs concerned */
    size_t count;
} purge;

static const hedui_store_run *run_of(const purge *p, hedui_span name)
{
    for (size_t i = 0; i < p->run_count; i++)
        if (hedui_span_equal(p->runs[i].id, name))
            return &p->runs[i];
    return NULL;
}

static int all_before(const purge *p, const hedui_span *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const hedui_store_run *run = run_of(p, names[i]);
        if (!run || run->as_of >= p->before)
            return 0;
    }
    return 1;
}

/* The newest published run with which only runs before the day go: what rests on no later one. */
static hedui_status choose(purge *p, hedui_arena *arena, hedui_err *err)
{
    hedui_status status = hedui_store_run_list(&p->runs, &p->run_count, p->store, arena, err);
    for (size_t i = 0; !status && !p->keep && i < p->run_count; i++) {
        const hedui_store_run *run = &p->runs[i];
        const hedui_span *names = NULL;
        size_t count = 0;
        if (run->purged || !hedui_span_is(run->state, "published"))
            continue;
        status = hedui_store_purge(&names, &count, p->store, run->id, 1, arena, err);
        if (!status && all_before(p, names, count)) {
            p->keep = run;
            p->names = names;
            p->count = count;
        }
    }
    if (!status && !p->keep)
        status = hedui_fail_plain(err, HEDUI_E8517, hedui_place_none());
    return status;
}

static void list(hedui_cli *cli, const purge *p)
{
    static const char *const heads[][2] = {{"批次", "run"},
                                           {"基准日", "as of"},
                                           {"批次状态", "state"},
                                           {"户数", "households"},
                                           {"疑点", "flags"}};
    hedui_cli_grid grid;
    hedui_cli_grid_init(&grid, "lllrr", cli->arena);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        hedui_cli_grid_add(&grid, hedui_span_of(heads[i][cli->language]));
    for (size_t i = 0; i < p->count; i++) {
        const hedui_store_run *run = run_of(p, p->names[i]);
        hedui_cli_grid_add(&grid, p->names[i]);
        hedui_cli_grid_add(&grid, run ? hedui_cli_day(cli, run->as_of) : hedui_span_of("?"));
        hedui_cli_grid_add(&grid,
                           run ? hedui_label(HEDUI_LABEL_RUN_STATE, run->state, cli->language)
                               : hedui_span_of("?"));
        hedui_cli_grid_add(&grid, hedui_cli_counted(cli, run ? run->households : 0));
        hedui_cli_grid_add(&grid, hedui_cli_counted(cli, run ? run->flags : 0));
    }
    if (p->count)
        hedui_cli_grid_print(&cli->out, &grid, 0);
}

/* Runs before the day that stay: later ones stand on them. */
static int64_t staying(const purge *p)
{
    int64_t count = 0;
    for (size_t i = 0; i < p->run_count; i++)
        count += p->runs[i].as_of < p->before && !p->runs[i].purged;
    return count - (int64_t)p->count;
}

static void print_end(hedui_cli *cli, const purge *p)
{
    if (!p->count)
        hedui_buffer_text(
            &cli->out, hedui_cli_say(cli, "没有可清除的批次。\n", "There is no run to purge.\n"));
    else
        hedui_buffer_format(
            &cli->out,
            p->dry
                ? hedui_cli_say(cli, "将清除以上 %s 个批次的明细，只留汇总数；试运行，未作改动。\n",
                                "The particulars of these %s runs would go; nothing was changed.\n")
                : hedui_cli_say(cli, "已清除以上 %s 个批次的明细，只留汇总数。\n",
                                "The particulars of these %s runs are gone; their counts stay.\n"),
            hedui_cli_counted(cli, (int64_t)p->count).at);
    hedui_buffer_format(&cli->out,
                        hedui_cli_say(cli, "保留 %.*s 及以它为依据的批次。\n",
                                      "Kept: %.*s and the runs that rest on it.\n"),
                        (int)p->keep->id.length, p->keep->id.at);
    if (staying(p) > 0)
        hedui_buffer_format(&cli->out,
                            hedui_cli_say(cli,
                                          "保留的批次中有 %s 个早于该日期：最近发布的、"
                                          "或后来批次的依据，暂不清除。\n",
                                          "%s of the kept runs are older than the day: the latest "
                                          "published one, or what later runs rest on.\n"),
                            hedui_cli_counted(cli, staying(p)).at);
}

static void write(hedui_cli *cli, const purge *p)
{
    hedui_json json;
    hedui_json_init(&json, &cli->out);
    hedui_json_open_object(&json);
    hedui_json_member_text(&json, "schema", hedui_span_of("hedui.db_purge/1"));
    hedui_json_member_text(&json, "before", hedui_cli_day(cli, p->before));
    hedui_json_member_flag(&json, "dry_run", p->dry);
    hedui_json_member_text(&json, "keep", p->keep->id);
    hedui_json_member_number(&json, "older_staying", staying(p));
    hedui_json_key(&json, "runs");
    hedui_json_open_array(&json);
    for (size_t i = 0; i < p->count; i++) {
        const hedui_store_run *run = run_of(p, p->names[i]);
        hedui_json_open_object(&json);
        hedui_json_member_text(&json, "run", p->names[i]);
        if (run)
            hedui_json_member_text(&json, "as_of", hedui_cli_day(cli, run->as_of));
        hedui_json_close_object(&json);
    }
    hedui_json_close_array(&json);
    hedui_json_close_object(&json);
}

/* The list stands before the question, so it is flushed first. */
static hedui_status delete_listed(hedui_cli *cli, const hedui_cli_call *call, purge *p,
                                  hedui_err *err)
{
    const char *question =
        hedui_cli_print(cli,
                        hedui_cli_say(cli, "永久删除以上 %s 个批次的明细，不能恢复",
                                      "Delete the particulars of these %s runs for good"),
                        hedui_cli_counted(cli, (int64_t)p->count).at)
            .at;
    if (!hedui_cli_value_find(call, "yes") && hedui_cli_flush(cli))
        return hedui_fail_plain(err, HEDUI_E8515, hedui_place_none());
    hedui_status status = hedui_cli_consent(cli, call, question, err);
    if (!status)
        status = hedui_store_purge(&p->names, &p->count, p->store, p->keep->id, 0, cli->arena, err);
    return status;
}

static hedui_status work(purge *p, hedui_cli *cli, const hedui_cli_call *call, hedui_err *err)
{
    const hedui_workspace *workspace = NULL;
    const hedui_cli_value *before = hedui_cli_value_find(call, "before");
    if (!before)
        return hedui_fail(err, HEDUI_E8508, hedui_place_none(), HEDUI_ARG_TEXT("hedui db purge"),
                          HEDUI_ARG_TEXT("--before YYYY-MM-DD"));
    p->before = (int32_t)before->number;
    p->dry = hedui_cli_value_find(call, "dry-run") != NULL;
    hedui_status status =
        hedui_workspace_load(&workspace, cli->folder, cli->share, cli->arena, err);
    if (!status)
        status = hedui_store_open(&p->store, workspace->store, HEDUI_STORE_EXISTING, err);
    if (!status)
        status = choose(p, cli->arena, err);
    if (status)
        return status;
    if (!cli->json && !cli->quiet)
        list(cli, p);
    return p->dry || !p->count ? HEDUI_OK : delete_listed(cli, call, p, err);
}

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    purge p = {0};
    hedui_err err;
    int code = 0;
    hedui_err_init(&err);
    if (work(&p, cli, call, &err))
        code = hedui_cli_fail(cli, &err);
    else if (cli->json)
        write(cli, &p);
    else if (!cli->quiet)
        print_end(cli, &p);
    hedui_store_close(p.store);
    return code;
}

static const hedui_cli_option options[] = {
    {"before", 0, HEDUI_CLI_DATE, "YYYY-MM-DD", "清除基准日早于这一天的批次（必填）",
     "runs as of an earlier day go (required)", 0, 0, NULL},
    HEDUI_CLI_OPTION_DRY_RUN,
    HEDUI_CLI_OPTION_YES,
};

const hedui_cli_command hedui_cli_command_db_purge = {
    .name = "db purge",
    .group = HEDUI_CLI_CARE,
    .usage = "",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .zh = "按保存期限清除早期批次的明细，先列出清单",
    .en = "delete the particulars of old runs, listed first",
    .more_zh =
        "各批次的汇总数、来源账目和发布记录保留；最近发布的批次总是保留。不能恢复，请先备份。\n"
        "在终端上会先询问；脚本中须加 --yes。",
    .more_en =
        "Counts, ledgers and decisions stay, and so does the latest published run. It cannot "
        "be undone.\nAsks at a terminal; scripts say --yes.",
    .example = "hedui db purge --before 2013-01-01 --dry-run",
    .minor = 1,
    .schema = "hedui.db_purge/1",
    .run = run,
};
