/* hedui runs diff [RUN1 RUN2]: what came, what went, what changed between two runs. */
#include "cli/command.h"
#include "cli/folders.h"
#include "cli/grid.h"

#include <hedui/escape.h>
#include <hedui/json.h>
#include <hedui/store_diff.h>
#include <hedui/store_run.h>

static hedui_span words_of(const hedui_cli *cli, hedui_span change)
{
    static const char *const words[][3] = {{"added", "新增", "new"},
                                           {"removed", "消失", "gone"},
                                           {"changed", "有变化", "changed"},
                                           {"not_checked", "本次未核对", "not checked"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (hedui_span_is(change, words[i][0]))
            return hedui_span_of(words[i][1 + cli->language]);
    return change;
}

static void add(hedui_cli *cli, const char *before, int64_t number)
{
    hedui_buffer_text(&cli->out, before);
    hedui_cli_count(&cli->out, number);
}

static void print_sums(hedui_cli *cli, const hedui_store_diff *diff)
{
    hedui_buffer_format(&cli->out,
                        hedui_cli_say(cli, "核对批次 %.*s 与 %.*s 对照\n", "runs %.*s and %.*s\n"),
                        (int)diff->from.length, diff->from.at, (int)diff->to.length, diff->to.at);
    add(cli, hedui_cli_say(cli, "有疑点的户  前次 ", "flagged households  before "),
        diff->households.before);
    add(cli, hedui_cli_say(cli, " + 新增 ", " + new "), diff->households.gained);
    add(cli, hedui_cli_say(cli, " - 消失 ", " - gone "), diff->households.gone);
    add(cli, hedui_cli_say(cli, " - 后次未核对 ", " - not checked after "),
        diff->households.not_checked);
    add(cli, hedui_cli_say(cli, " = 后次 ", " = after "), diff->households.after);
    add(cli, hedui_cli_say(cli, "\n疑点  前次 ", "\nflags  before "), diff->flags_before);
    add(cli, hedui_cli_say(cli, " = 相同 ", " = same "), diff->same);
    add(cli, hedui_cli_say(cli, " + 有变化 ", " + changed "), diff->changed);
    add(cli, hedui_cli_say(cli, " + 消失 ", " + gone "), diff->removed);
    add(cli, hedui_cli_say(cli, " + 后次未核对 ", " + not checked after "), diff->not_checked);
    add(cli, hedui_cli_say(cli, "\n      后次 ", "\n       after "), diff->flags_after);
    add(cli, hedui_cli_say(cli, " = 相同 ", " = same "), diff->same);
    add(cli, hedui_cli_say(cli, " + 有变化 ", " + changed "), diff->changed);
    add(cli, hedui_cli_say(cli, " + 新增 ", " + new "), diff->added);
    hedui_buffer_byte(&cli->out, '\n');
}

static void add_households(hedui_cli *cli, hedui_cli_grid *grid,
                           const hedui_store_household_change *change)
{
    const int64_t numbers[] = {change->before, change->gained, change->gone, change->not_checked,
                               change->after};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        hedui_cli_grid_add(grid, hedui_cli_counted(cli, numbers[i]));
}

static void print_towns(hedui_cli *cli, const hedui_store_diff *diff)
{
    static const char *const heads[][2] = {
        {"有疑点的户", "flagged households"}, {"前次", "before"}, {"新增", "new"}, {"消失", "gone"},
        {"后次未核对", "not checked after"},  {"后次", "after"}};
    hedui_cli_grid grid;
    if (!diff->town_count)
        return;
    hedui_cli_grid_init(&grid, "lrrrrr", cli->arena);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        hedui_cli_grid_add(&grid, hedui_span_of(heads[i][cli->language]));
    for (size_t i = 0; i < diff->town_count; i++) {
        const hedui_store_town_change *town = &diff->towns[i];
        hedui_cli_grid_add(&grid, town->name.length ? town->name : town->code);
        add_households(cli, &grid, &town->households);
    }
    hedui_cli_grid_add(&grid, hedui_span_of(hedui_cli_say(cli, "合计", "total")));
    add_households(cli, &grid, &diff->households);
    hedui_cli_grid_print(&cli->out, &grid, 2);
}

static void print_changes(hedui_cli *cli, const hedui_store_diff *diff)
{
    static const char *const heads[][2] = {{"变化", "change"}, {"户", "household"},
                                           {"乡镇", "town"},   {"规则", "rule"},
                                           {"", ""},           {"说明", "message"}};
    hedui_cli_grid grid;
    if (!diff->change_count)
        return;
    hedui_buffer_byte(&cli->out, '\n');
    hedui_cli_grid_init(&grid, "llllll", cli->arena);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        hedui_cli_grid_add(&grid, hedui_span_of(heads[i][cli->language]));
    for (size_t i = 0; i < diff->change_count; i++) {
        const hedui_store_change *change = &diff->changes[i];
        hedui_buffer line;
        hedui_buffer_init(&line);
        hedui_escape_line(&line, change->message);
        hedui_cli_grid_add(&grid, words_of(cli, change->change));
        hedui_cli_grid_add(&grid, change->household);
        hedui_cli_grid_add(&grid, change->town_name);
        hedui_cli_grid_add(&grid, change->rule);
        hedui_cli_grid_add(&grid, change->title);
        hedui_cli_grid_add(&grid, hedui_buffer_keep(&line, cli->arena));
    }
    hedui_cli_grid_print(&cli->out, &grid, 0);
}

static void write_households(hedui_json *json, const hedui_store_household_change *change)
{
    hedui_json_member_number(json, "before", change->before);
    hedui_json_member_number(json, "gained", change->gained);
    hedui_json_member_number(json, "gone", change->gone);
    hedui_json_member_number(json, "not_checked", change->not_checked);
    hedui_json_member_number(json, "after", change->after);
}

static void write_counts(hedui_json *json, const hedui_store_diff *diff)
{
    hedui_json_key(json, "households");
    hedui_json_open_object(json);
    write_households(json, &diff->households);
    hedui_json_close_object(json);
    hedui_json_key(json, "flags");
    hedui_json_open_object(json);
    hedui_json_member_number(json, "before", diff->flags_before);
    hedui_json_member_number(json, "same", diff->same);
    hedui_json_member_number(json, "changed", diff->changed);
    hedui_json_member_number(json, "removed", diff->removed);
    hedui_json_member_number(json, "not_checked", diff->not_checked);
    hedui_json_member_number(json, "added", diff->added);
    hedui_json_member_number(json, "after", diff->flags_after);
    hedui_json_close_object(json);
    hedui_json_key(json, "towns");
    hedui_json_open_array(json);
    for (size_t i = 0; i < diff->town_count; i++) {
        hedui_json_open_object(json);
        hedui_json_member_text(json, "code", diff->towns[i].code);
        hedui_json_member_text(json, "name", diff->towns[i].name);
        write_households(json, &diff->towns[i].households);
        hedui_json_close_object(json);
    }
    hedui_json_close_array(json);
}

static void write(hedui_cli *cli, const hedui_store_diff *diff)
{
    hedui_json json;
    hedui_json_init(&json, &cli->out);
    hedui_json_open_object(&json);
    hedui_json_member_text(&json, "schema", hedui_span_of("hedui.runs_diff/1"));
    hedui_json_member_text(&json, "from", diff->from);
    hedui_json_member_text(&json, "to", diff->to);
    write_counts(&json, diff);
    hedui_json_key(&json, "changes");
    hedui_json_open_array(&json);
    for (size_t i = 0; i < diff->change_count; i++) {
        const hedui_store_change *change = &diff->changes[i];
        hedui_json_open_object(&json);
        hedui_json_member_text(&json, "change", change->change);
        hedui_json_member_text(&json, "household", change->household);
        hedui_json_member_text(&json, "town", change->town_name);
        hedui_json_member_text(&json, "rule", change->rule);
        hedui_json_member_text(&json, "title", change->title);
        hedui_json_member_text(&json, "subject", change->subject);
        hedui_json_member_text(&json, "message", change->message);
        hedui_json_close_object(&json);
    }
    hedui_json_close_array(&json);
    hedui_json_close_object(&json);
}

/* The newest run that stands, a draft too: it is the one to be looked at before it is published. */
static hedui_status newest(hedui_span *from, hedui_span *to, hedui_store *store, hedui_arena *arena,
                           hedui_err *err)
{
    const hedui_store_run *runs = NULL;
    size_t count = 0, i = 0;
    hedui_status status = hedui_store_run_list(&runs, &count, store, arena, err);
    if (status)
        return status;
    while (i < count && hedui_span_is(runs[i].state, "withdrawn"))
        i++;
    if (i == count)
        return hedui_fail_plain(err, HEDUI_E5016, hedui_place_none());
    if (!runs[i].base.length)
        return hedui_fail(err, HEDUI_E8518, hedui_place_none(), HEDUI_ARG_SPAN(runs[i].id));
    *from = runs[i].base;
    *to = runs[i].id;
    return HEDUI_OK;
}

static hedui_status find(const hedui_store_diff **diff, hedui_cli *cli, const hedui_cli_call *call,
                         hedui_store **store, hedui_err *err)
{
    hedui_span from = {0}, to = {0};
    if (call->argument_count == 1)
        return hedui_fail(err, HEDUI_E8508, hedui_place_none(), HEDUI_ARG_TEXT("hedui runs diff"),
                          HEDUI_ARG_TEXT("RUN2"));
    hedui_status status = hedui_cli_store_open(store, cli, err);
    if (!status && call->argument_count) {
        from = hedui_span_of(call->arguments[0]);
        to = hedui_span_of(call->arguments[1]);
    } else if (!status) {
        status = newest(&from, &to, *store, cli->arena, err);
    }
    if (!status)
        status = hedui_store_diff_find(diff, *store, from, to, cli->arena, err);
    return status;
}

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    const hedui_store_diff *diff = NULL;
    hedui_store *store = NULL;
    hedui_err err;
    int code = 0;
    hedui_err_init(&err);
    if (find(&diff, cli, call, &store, &err)) {
        code = hedui_cli_fail(cli, &err);
    } else if (cli->json) {
        write(cli, diff);
    } else {
        print_sums(cli, diff);
        print_towns(cli, diff);
        print_changes(cli, diff);
    }
    hedui_store_close(store);
    return code;
}

const hedui_cli_command hedui_cli_command_runs_diff = {
    .name = "runs diff",
    .group = HEDUI_CLI_RUNS,
    .usage = "[RUN1 RUN2]",
    .most = 2,
    .zh = "对照两个批次：新增、消失、有变化的户和疑点",
    .en = "compare two runs: new, gone and changed",
    .more_zh = "缺省为最近一次与其核对时对照的批次。“后次未核对”的疑点和户不算消失。",
    .more_en =
        "Default: the latest and the run it was compared with. A flag or a household that was "
        "not checked is not gone.",
    .example = "hedui runs diff R20140705-01 R20140805-01",
    .schema = "hedui.runs_diff/1",
    .run = run,
};
