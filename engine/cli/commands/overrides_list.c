/* hedui overrides list: every override with who proposed and who approved it. */
#include "cli/command.h"
#include "cli/folders.h"
#include "cli/list.h"
#include "cli/night.h"

#include <hedui/json.h>
#include <hedui/label.h>
#include <hedui/store_override.h>

static void print(hedui_cli *cli, const hedui_store_override *list, size_t count)
{
    static const char *const heads[][2] = {{"编号", "number"},      {"救助户", "household"},
                                           {"规则", "rule"},        {"情况", "state"},
                                           {"截止日", "until"},     {"提出", "proposed by"},
                                           {"批准", "approved by"}, {"佐证", "evidence"}};
    const hedui_span none = hedui_span_of("-");
    hedui_cli_grid grid;
    hedui_cli_grid_init(&grid, "llllllll", cli->arena);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        hedui_cli_grid_add(&grid, hedui_span_of(heads[i][cli->language]));
    for (size_t i = 0; i < count; i++) {
        const hedui_store_override *o = &list[i];
        hedui_cli_grid_add(&grid, o->id);
        hedui_cli_grid_add(&grid, o->household);
        hedui_cli_grid_add(&grid, o->rule);
        hedui_cli_grid_add(&grid, hedui_label(HEDUI_LABEL_OVERRIDE, o->state, cli->language));
        hedui_cli_grid_add(&grid, hedui_cli_day(cli, o->until));
        hedui_cli_grid_add(&grid, o->proposed.person);
        hedui_cli_grid_add(&grid, o->approved.person.length ? o->approved.person : none);
        hedui_cli_grid_add(&grid, o->evidence);
    }
    hedui_cli_list_print(cli, &grid);
}

static void add_word(hedui_cli *cli, hedui_cli_grid *grid, const char *event,
                     const hedui_store_word *word)
{
    hedui_cli_grid_add(grid, hedui_cli_day(cli, word->day));
    hedui_cli_grid_add(grid,
                       hedui_label(HEDUI_LABEL_OVERRIDE, hedui_span_of(event), cli->language));
    hedui_cli_grid_add(grid, word->person);
    hedui_cli_grid_add(grid, word->reason);
}

/* Of one override what the flag says, and what was said about it. */
static void print_one(hedui_cli *cli, const hedui_store_override *o)
{
    hedui_cli_grid grid;
    hedui_cli_grid_init(&grid, "llll", cli->arena);
    add_word(cli, &grid, "proposed", &o->proposed);
    if (o->approved.person.length)
        add_word(cli, &grid, "approved", &o->approved);
    if (hedui_span_is(o->state, "refused"))
        add_word(cli, &grid, "refused", &o->last);
    if (hedui_span_is(o->state, "revoked"))
        add_word(cli, &grid, "revoked", &o->last);
    hedui_buffer_format(&cli->out, "\n%.*s\n", (int)o->message.length, o->message.at);
    hedui_cli_grid_print(&cli->out, &grid, 0);
}

static void write_word(hedui_cli *cli, hedui_json *json, const char *key,
                       const hedui_store_word *word)
{
    hedui_json_key(json, key);
    if (!word->person.length) {
        hedui_json_null(json);
        return;
    }
    hedui_json_open_object(json);
    hedui_json_member_text(json, "day", hedui_cli_day(cli, word->day));
    hedui_json_member_text(json, "person", word->person);
    hedui_json_member_text(json, "reason", word->reason);
    hedui_json_close_object(json);
}

static void write(hedui_cli *cli, const hedui_store_override *list, size_t count)
{
    hedui_json json;
    hedui_json_init(&json, &cli->out);
    hedui_json_open_object(&json);
    hedui_json_member_text(&json, "schema", hedui_span_of("hedui.overrides_list/1"));
    hedui_json_key(&json, "overrides");
    hedui_json_open_array(&json);
    for (size_t i = 0; i < count; i++) {
        hedui_json_open_object(&json);
        hedui_json_member_text(&json, "override", list[i].id);
        hedui_json_member_text(&json, "household", list[i].household);
        hedui_json_member_text(&json, "rule", list[i].rule);
        hedui_json_member_text(&json, "state", list[i].state);
        hedui_json_member_text(&json, "until", hedui_cli_day(cli, list[i].until));
        hedui_json_member_text(&json, "evidence", list[i].evidence);
        hedui_json_member_text(&json, "message", list[i].message);
        write_word(cli, &json, "proposed", &list[i].proposed);
        write_word(cli, &json, "approved", &list[i].approved);
        write_word(cli, &json, "last", &list[i].last);
        hedui_json_close_object(&json);
    }
    hedui_json_close_array(&json);
    hedui_json_close_object(&json);
}

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    const hedui_cli_value *household = hedui_cli_value_find(call, "household");
    const hedui_store_override *list = NULL;
    hedui_store *store = NULL;
    size_t count = 0;
    hedui_err err;
    int code = 0;
    hedui_err_init(&err);
    if (hedui_cli_store_open(&store, cli, &err) ||
        hedui_store_override_list(
            &list, &count, store, hedui_span_of(call->argument_count ? call->arguments[0] : ""),
            hedui_span_of(household ? household->text : ""), cli->arena, &err)) {
        code = hedui_cli_fail(cli, &err);
    } else if (cli->json) {
        write(cli, list, count);
    } else if (!count) {
        hedui_buffer_text(&cli->out,
                          hedui_cli_say(cli, "还没有例外认定。\n", "There is no override.\n"));
    } else {
        print(cli, list, count);
        if (call->argument_count)
            print_one(cli, list);
    }
    hedui_store_close(store);
    return code;
}

static const hedui_cli_option options[] = {
    {"household", 0, HEDUI_CLI_TEXT, "HOUSEHOLD", "只列这一户的", "of this household only", 0, 0,
     NULL},
    HEDUI_CLI_FORMAT_OPTION,
};

const hedui_cli_command hedui_cli_command_overrides_list = {
    .name = "overrides list",
    .group = HEDUI_CLI_RUNS,
    .usage = "[NUMBER]",
    .most = 1,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .zh = "列出例外认定：情况、截止日、提出人、批准人；给出编号时列出经过",
    .en = "list overrides with who proposed and approved them; of one, all that was said",
    .example = "hedui overrides list X20140705-01",
    .minor = 1,
    .schema = "hedui.overrides_list/1",
    .run = run,
};
