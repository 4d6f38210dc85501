/* hedui db purge --before DATE: what was found about people, and the deliveries it was found in,
 * are deleted when their time is over. Listed first, by a rehearsal that is taken back. */
#include "cli/decision.h"
#include "cli/grid.h"
#include "cli/summary.h"

#include <hedui/job_purge.h>
#include <hedui/json.h>
#include <hedui/label.h>

#include <time.h>

typedef struct purge {
    const hedui_workspace *workspace;
    hedui_job_purge_options options;
    hedui_job_purge plan;
} purge;

static const hedui_store_run *run_of(const hedui_job_purge *p, hedui_span name)
{
    for (size_t i = 0; i < p->all_count; i++)
        if (hedui_span_equal(p->all[i].id, name))
            return &p->all[i];
    return NULL;
}

static void list_runs(hedui_cli *cli, const hedui_job_purge *p)
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
    for (size_t i = 0; i < p->run_count; i++) {
        const hedui_store_run *run = run_of(p, p->runs[i]);
        hedui_cli_grid_add(&grid, p->runs[i]);
        hedui_cli_grid_add(&grid, run ? hedui_cli_day(cli, run->as_of) : hedui_span_of("?"));
        hedui_cli_grid_add(&grid,
                           run ? hedui_label(HEDUI_LABEL_RUN_STATE, run->state, cli->language)
                               : hedui_span_of("?"));
        hedui_cli_grid_add(&grid, hedui_cli_counted(cli, run ? run->households : 0));
        hedui_cli_grid_add(&grid, hedui_cli_counted(cli, run ? run->flags : 0));
    }
    if (p->run_count)
        hedui_cli_grid_print(&cli->out, &grid, 0);
}

static int64_t of_kind(const hedui_job_purge *p, int delivery, int64_t *bytes)
{
    int64_t count = 0;
    for (size_t i = 0; i < p->files.count; i++)
        if ((p->files.items[i].kind == HEDUI_ARCHIVED_DELIVERY) == delivery) {
            count++;
            *bytes += p->files.items[i].size;
        }
    return count;
}

/* Deliveries one by one, since each is people's data; layouts, packs and the like by their number.
 */
static void list_files(hedui_cli *cli, const hedui_job_purge *p)
{
    static const char *const heads[][2] = {{"存档的数据", "archived delivery"},
                                           {"文件", "file"},
                                           {"SHA-256", "SHA-256"},
                                           {"字节", "bytes"}};
    int64_t bytes = 0, deliveries = of_kind(p, 1, &bytes), others = of_kind(p, 0, &bytes);
    hedui_cli_grid grid;
    hedui_cli_grid_init(&grid, "lllr", cli->arena);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        hedui_cli_grid_add(&grid, hedui_span_of(heads[i][cli->language]));
    for (size_t i = 0; i < p->files.count; i++) {
        const hedui_archived *file = &p->files.items[i];
        char hex[HEDUI_DIGEST_HEX];
        if (file->kind != HEDUI_ARCHIVED_DELIVERY)
            continue;
        hedui_digest_hex(hex, &file->digest);
        hedui_cli_grid_add(
            &grid, file->title.length
                       ? file->title
                       : hedui_span_of(hedui_cli_say(cli, "（没有批次登记）", "(of no run)")));
        hedui_cli_grid_add(&grid, file->file.length ? file->file : hedui_span_of("-"));
        hedui_cli_grid_add(&grid, hedui_cli_print(cli, "%.16s…", hex));
        hedui_cli_grid_add(&grid, hedui_cli_counted(cli, file->size));
    }
    if (deliveries)
        hedui_cli_grid_print(&cli->out, &grid, 0);
    if (others)
        hedui_buffer_format(&cli->out,
                            hedui_cli_say(cli, "另有当时的布局、规则等文件 %s 个。\n",
                                          "Beside them %s files of layouts, rules and the like.\n"),
                            hedui_cli_counted(cli, others).at);
}

/* Runs before the day that stay: later ones stand on them. */
static int64_t staying(const purge *p)
{
    int64_t count = 0;
    for (size_t i = 0; i < p->plan.all_count; i++)
        count += p->plan.all[i].as_of < p->options.before && !p->plan.all[i].purged;
    return count - (int64_t)p->plan.run_count;
}

static int is_empty(const hedui_job_purge *p)
{
    return !p->run_count && !p->files.count;
}

static void print_end(hedui_cli *cli, const purge *p)
{
    const hedui_job_purge *plan = &p->plan;
    if (is_empty(plan))
        hedui_buffer_text(
            &cli->out, hedui_cli_say(cli, "没有可清除的批次。\n", "There is no run to purge.\n"));
    else
        hedui_buffer_format(
            &cli->out,
            p->options.dry
                ? hedui_cli_say(cli,
                                "将清除以上 %s 个批次的明细，只留汇总数，并删除存档文件 %s 个；"
                                "试运行，未作改动。\n",
                                "The particulars of these %s runs and %s archived files would go; "
                                "nothing was changed.\n")
                : hedui_cli_say(cli,
                                "已清除以上 %s 个批次的明细，只留汇总数，并删除存档文件 %s 个。\n",
                                "The particulars of these %s runs and %s archived files are gone; "
                                "the runs' counts stay.\n"),
            hedui_cli_counted(cli, (int64_t)plan->run_count).at,
            hedui_cli_counted(cli, (int64_t)plan->files.count).at);
    hedui_buffer_format(&cli->out,
                        hedui_cli_say(cli, "保留 %.*s 及以它为依据的批次。\n",
                                      "Kept: %.*s and the runs that rest on it.\n"),
                        (int)plan->keep.length, plan->keep.at);
    if (staying(p) > 0)
        hedui_buffer_format(&cli->out,
                            hedui_cli_say(cli,
                                          "保留的批次中有 %s 个早于该日期：最近发布的、"
                                          "或后来批次的依据，暂不清除。\n",
                                          "%s of the kept runs are older than the day: the latest "
                                          "published one, or what later runs rest on.\n"),
                            hedui_cli_counted(cli, staying(p)).at);
}

static void write_files(hedui_json *json, const hedui_job_purge *plan)
{
    static const char *const kinds[] = {"delivery", "listing", "input"};
    hedui_json_key(json, "archive");
    hedui_json_open_array(json);
    for (size_t i = 0; i < plan->files.count; i++) {
        const hedui_archived *file = &plan->files.items[i];
        char hex[HEDUI_DIGEST_HEX];
        hedui_digest_hex(hex, &file->digest);
        hedui_json_open_object(json);
        hedui_json_member_text(json, "kind", hedui_span_of(kinds[file->kind]));
        hedui_json_member_text(json, "sha256", hedui_span_of(hex));
        if (file->feed.length)
            hedui_json_member_text(json, "feed", file->feed);
        if (file->file.length)
            hedui_json_member_text(json, "file", file->file);
        hedui_json_member_number(json, "size", file->size);
        hedui_json_close_object(json);
    }
    hedui_json_close_array(json);
}

static void write(hedui_cli *cli, const purge *p)
{
    const hedui_job_purge *plan = &p->plan;
    hedui_json json;
    hedui_json_init(&json, &cli->out);
    hedui_json_open_object(&json);
    hedui_json_member_text(&json, "schema", hedui_span_of("hedui.db_purge/1"));
    hedui_json_member_text(&json, "before", hedui_cli_day(cli, p->options.before));
    hedui_json_member_flag(&json, "dry_run", p->options.dry);
    hedui_json_member_text(&json, "keep", plan->keep);
    hedui_json_member_number(&json, "older_staying", staying(p));
    hedui_json_key(&json, "runs");
    hedui_json_open_array(&json);
    for (size_t i = 0; i < plan->run_count; i++) {
        const hedui_store_run *run = run_of(plan, plan->runs[i]);
        hedui_json_open_object(&json);
        hedui_json_member_text(&json, "run", plan->runs[i]);
        if (run)
            hedui_json_member_text(&json, "as_of", hedui_cli_day(cli, run->as_of));
        hedui_json_close_object(&json);
    }
    hedui_json_close_array(&json);
    write_files(&json, plan);
    hedui_json_close_object(&json);
}

/* The list stands before the question, so it is flushed first. */
static hedui_status delete_listed(hedui_cli *cli, const hedui_cli_call *call, purge *p,
                                  hedui_err *err)
{
    const char *question =
        hedui_cli_print(cli,
                        hedui_cli_say(cli, "永久删除以上 %s 个批次的明细和存档文件 %s 个，不能恢复",
                                      "Delete the particulars of these %s runs and %s archived "
                                      "files for good"),
                        hedui_cli_counted(cli, (int64_t)p->plan.run_count).at,
                        hedui_cli_counted(cli, (int64_t)p->plan.files.count).at)
            .at;
    if (!hedui_cli_value_find(call, "yes") && hedui_cli_flush(cli))
        return hedui_fail_plain(err, HEDUI_E8515, hedui_place_none());
    hedui_status status = hedui_cli_consent(cli, call, question, err);
    p->options.keep = p->plan.keep;
    if (!status)
        status = hedui_job_purge_work(&p->plan, p->workspace, &p->options, cli->arena, err);
    return status;
}

static hedui_status work(purge *p, hedui_cli *cli, const hedui_cli_call *call, hedui_err *err)
{
    const hedui_cli_value *before = hedui_cli_value_find(call, "before");
    int rehearse = hedui_cli_value_find(call, "dry-run") != NULL;
    if (!before)
        return hedui_fail(err, HEDUI_E8508, hedui_place_none(), HEDUI_ARG_TEXT("hedui db purge"),
                          HEDUI_ARG_TEXT("--before YYYY-MM-DD"));
    p->options = (hedui_job_purge_options){.before = (int32_t)before->number,
                                           .person = hedui_cli_given(call, "person"),
                                           .reason = hedui_cli_given(call, "reason"),
                                           .day = hedui_cli_today(),
                                           .at = (int64_t)time(NULL),
                                           .dry = 1};
    if (!rehearse && (!p->options.person.length || !p->options.reason.length))
        return hedui_fail_plain(err, HEDUI_E5020, hedui_place_none());
    hedui_status status =
        hedui_workspace_load(&p->workspace, cli->folder, cli->share, cli->arena, err);
    if (!status)
        status = hedui_job_purge_work(&p->plan, p->workspace, &p->options, cli->arena, err);
    if (status)
        return status;
    if (!cli->json && !cli->quiet) {
        list_runs(cli, &p->plan);
        list_files(cli, &p->plan);
    }
    p->options.dry = rehearse;
    if (rehearse)
        return HEDUI_OK;
    /* what an earlier purge did not come to delete was asked about then */
    return is_empty(&p->plan) ? hedui_job_purge_resume(p->workspace, cli->arena, err)
                              : delete_listed(cli, call, p, err);
}

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    purge p = {.workspace = NULL};
    hedui_err err;
    int code = 0;
    hedui_err_init(&err);
    if (work(&p, cli, call, &err))
        code = hedui_cli_fail(cli, &err);
    else if (cli->json)
        write(cli, &p);
    else if (!cli->quiet)
        print_end(cli, &p);
    return code;
}

static const hedui_cli_option options[] = {
    {"before", 0, HEDUI_CLI_DATE, "YYYY-MM-DD", "清除基准日早于这一天的批次（必填）",
     "runs as of an earlier day go (required)", 0, 0, NULL},
    HEDUI_CLI_OPTION_DRY_RUN,
    HEDUI_CLI_DECISION_OPTIONS,
};

const hedui_cli_command hedui_cli_command_db_purge = {
    .name = "db purge",
    .group = HEDUI_CLI_CARE,
    .usage = "",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .zh = "按保存期限清除早期批次的明细和存档，先列出清单",
    .en = "delete the particulars and archived files of old runs, listed first",
    .more_zh = "存档里不再有批次、疑点和例外认定依据的数据和规则一并删除；收件目录不动。\n"
               "各批次的汇总数、来源账目和发布记录保留；最近发布的批次总是保留。谁、为什么清除的留"
               "存备查。\n"
               "不能恢复，请先备份。在终端上会先询问；脚本中须加 --yes。",
    .more_en =
        "What no run, flag or override rests on any more goes from the archive too; the inbox is "
        "left alone.\nCounts, ledgers and decisions stay, and so does the latest published run. "
        "Who "
        "purged and why is kept.\nIt cannot be undone. Asks at a terminal; scripts say --yes.",
    .example = "hedui db purge --before 2013-01-01 --dry-run",
    .minor = 1,
    .schema = "hedui.db_purge/1",
    .run = run,
};
