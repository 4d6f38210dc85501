/* hedui runs list */
#include "cli/command.h"
#include "cli/folders.h"
#include "cli/list.h"
#include "cli/night.h"

#include <hedui/json.h>
#include <hedui/label.h>

static void print(hedui_cli *cli, const hedui_store_run *runs, size_t count)
{
    static const char *const heads[][2] = {
        {"批次", "run"},        {"基准日", "as of"},   {"批次状态", "state"},
        {"户数", "households"}, {"有疑点", "flagged"}, {"部分未核对", "partly unchecked"},
        {"疑点", "flags"},      {"新增", "new"},       {"消失", "gone"}};
    hedui_cli_grid grid;
    hedui_cli_grid_init(&grid, "lllrrrrrr", cli->arena);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        hedui_cli_grid_add(&grid, hedui_span_of(heads[i][cli->language]));
    for (size_t i = 0; i < count; i++) {
        const hedui_store_run *run = &runs[i];
        const int64_t numbers[] = {run->households, run->flagged, run->unchecked,
                                   run->flags,      run->fresh,   run->gone};
        hedui_cli_grid_add(&grid, run->id);
        hedui_cli_grid_add(&grid, hedui_cli_day(cli, run->as_of));
        hedui_cli_grid_add(&grid, hedui_label(HEDUI_LABEL_RUN_STATE, run->state, cli->language));
        for (size_t j = 0; j < sizeof numbers / sizeof *numbers; j++)
            hedui_cli_grid_add(&grid, hedui_cli_counted(cli, numbers[j]));
    }
    hedui_cli_list_print(cli, &grid);
}

static void write(hedui_cli *cli, const hedui_store_run *runs, size_t count)
{
    hedui_json json;
    hedui_json_init(&json, &cli->out);
    hedui_json_open_object(&json);
    hedui_json_member_text(&json, "schema", hedui_span_of("hedui.runs_list/1"));
    hedui_json_key(&json, "runs");
    hedui_json_open_array(&json);
    for (size_t i = 0; i < count; i++) {
        hedui_json_open_object(&json);
        hedui_json_member_text(&json, "run", runs[i].id);
        hedui_json_member_text(&json, "as_of", hedui_cli_day(cli, runs[i].as_of));
        hedui_json_member_text(&json, "state", runs[i].state);
        hedui_json_member_number(&json, "households", runs[i].households);
        hedui_json_member_number(&json, "flagged", runs[i].flagged);
        hedui_json_member_number(&json, "unchecked", runs[i].unchecked);
        hedui_json_member_number(&json, "flags", runs[i].flags);
        hedui_json_member_number(&json, "new", runs[i].fresh);
        hedui_json_member_number(&json, "gone", runs[i].gone);
        hedui_json_close_object(&json);
    }
    hedui_json_close_array(&json);
    hedui_json_close_object(&json);
}

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    const hedui_store_run *runs = NULL;
    hedui_store *store = NULL;
    size_t count = 0;
    hedui_err err;
    int code = 0;
    (void)call;
    hedui_err_init(&err);
    if (hedui_cli_store_open(&store, cli, &err) ||
        hedui_store_run_list(&runs, &count, store, cli->arena, &err))
        code = hedui_cli_fail(cli, &err);
    else if (cli->json)
        write(cli, runs, count);
    else
        print(cli, runs, count);
    hedui_store_close(store);
    return code;
}

static const hedui_cli_option options[] = {HEDUI_CLI_FORMAT_OPTION};

const hedui_cli_command hedui_cli_command_runs_list = {
    .name = "runs list",
    .group = HEDUI_CLI_RUNS,
    .usage = "",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .zh = "列出历次核对批次",
    .en = "list the runs",
    .schema = "hedui.runs_list/1",
    .run = run,
};
