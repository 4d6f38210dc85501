/* The load that a run puts on inspectors, town by town, before somebody publishes it. */
#include "cli/grid.h"
#include "cli/summary.h"

static void add_number(hedui_cli *cli, hedui_cli_grid *grid, int64_t number)
{
    hedui_cli_grid_add(grid,
                       number == INT64_MIN ? hedui_span_of("-") : hedui_cli_counted(cli, number));
}

static void add_change(hedui_cli *cli, hedui_cli_grid *grid, int64_t before, int64_t now)
{
    int64_t change = before == INT64_MIN ? 0 : now - before;
    const char *sign = change > 0 ? "+" : change < 0 ? "-" : "";
    hedui_span number = hedui_cli_counted(cli, change < 0 ? -change : change);
    hedui_cli_grid_add(grid, before == INT64_MIN ? hedui_span_of("-")
                                                 : hedui_cli_print(cli, "%s%.*s", sign,
                                                                   (int)number.length, number.at));
}

static void add_row(hedui_cli *cli, hedui_cli_grid *grid, hedui_span name,
                    const hedui_store_town *town)
{
    hedui_cli_grid_add(grid, name);
    add_number(cli, grid, town->households);
    add_number(cli, grid, town->flagged);
    add_number(cli, grid, town->flagged_before);
    add_change(cli, grid, town->flagged_before, town->flagged);
    add_number(cli, grid, town->unchecked);
    add_number(cli, grid, town->flags);
    add_number(cli, grid, town->high);
}

void hedui_cli_run_print_load(hedui_cli *cli, const hedui_store_run *run)
{
    static const char *const heads[][2] = {
        {"乡镇", "town"},      {"台账户数", "households"},
        {"有疑点", "flagged"}, {"上次有疑点", "last time"},
        {"增减", "change"},    {"部分未核对", "partly unchecked"},
        {"疑点", "flags"},     {"高", "high"}};
    hedui_store_town sum = {.flagged_before = run->base.length ? run->base_flagged : INT64_MIN};
    hedui_cli_grid grid;
    if (!run->town_count)
        return;
    hedui_cli_grid_init(&grid, "lrrrrrrr", cli->arena);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        hedui_cli_grid_add(&grid, hedui_span_of(heads[i][cli->language]));
    for (size_t i = 0; i < run->town_count; i++) {
        const hedui_store_town *town = &run->towns[i];
        add_row(cli, &grid, hedui_store_town_name(town, cli->language), town);
        sum.households += town->households;
        sum.flagged += town->flagged;
        sum.unchecked += town->unchecked;
        sum.flags += town->flags;
        sum.high += town->high;
    }
    add_row(cli, &grid, hedui_span_of(hedui_cli_say(cli, "合计", "total")), &sum);
    hedui_cli_grid_print(&cli->out, &grid, 2);
    if (run->listed)
        hedui_buffer_text(
            &cli->out, hedui_cli_say(cli, "  只核对了名单中的户，不与上次比较\n",
                                     "  Only the households of a list, compared with nothing\n"));
    else if (run->base.length)
        hedui_buffer_format(&cli->out,
                            hedui_cli_say(cli, "  上次发布的是 %.*s\n",
                                          "  last time: %.*s, the last published run\n"),
                            (int)run->base.length, run->base.at);
    else
        hedui_buffer_text(
            &cli->out,
            hedui_cli_say(cli, "  此前没有发布过批次：增减无从比较，疑点突增突减这一关没有检查\n",
                          "  Nothing was published before: there is nothing to compare with, and a "
                          "jump of flags was not looked for\n"));
}

void hedui_cli_run_write_load(hedui_json *json, const hedui_store_run *run)
{
    if (run->base.length) {
        hedui_json_member_text(json, "base", run->base);
        hedui_json_member_number(json, "base_flags", run->base_flags);
        hedui_json_member_number(json, "base_flagged", run->base_flagged);
    } else {
        hedui_json_member_null(json, "base");
        hedui_json_member_null(json, "base_flags");
        hedui_json_member_null(json, "base_flagged");
    }
    hedui_json_key(json, "towns");
    hedui_json_open_array(json);
    for (size_t i = 0; i < run->town_count; i++) {
        const hedui_store_town *town = &run->towns[i];
        const char *const keys[] = {"households", "flagged", "clear",  "unchecked", "out_of_scope",
                                    "flags",      "high",    "medium", "low"};
        const int64_t numbers[] = {town->households, town->flagged,      town->clear,
                                   town->unchecked,  town->out_of_scope, town->flags,
                                   town->high,       town->medium,       town->low};
        hedui_json_open_object(json);
        hedui_json_member_text(json, "code", town->code);
        hedui_json_member_text(json, "name", town->name);
        for (size_t n = 0; n < sizeof keys / sizeof *keys; n++)
            hedui_json_member_number(json, keys[n], numbers[n]);
        if (town->flagged_before == INT64_MIN)
            hedui_json_member_null(json, "base_flagged");
        else
            hedui_json_member_number(json, "base_flagged", town->flagged_before);
        hedui_json_close_object(json);
    }
    hedui_json_close_array(json);
}
