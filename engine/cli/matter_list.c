/* Decisions that take two people, each with who proposed and who approved it. */
#include "cli/folders.h"
#include "cli/list.h"
#include "cli/matter.h"
#include "cli/night.h"

#include <hedui/json.h>
#include <hedui/label.h>

static void print(hedui_cli *cli, const hedui_cli_matter *m, const hedui_store_decision *list,
                  size_t count)
{
    const char *const heads[][2] = {{"编号", "number"},      {"救助户", "household"},
                                    {m->about_zh, m->about}, {"情况", "state"},
                                    {"截止日", "until"},     {"提出", "proposed by"},
                                    {"批准", "approved by"}, {"佐证", "evidence"}};
    const hedui_span none = hedui_span_of("-");
    hedui_cli_grid grid;
    hedui_cli_grid_init(&grid, "llllllll", cli->arena);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        hedui_cli_grid_add(&grid, hedui_span_of(heads[i][cli->language]));
    for (size_t i = 0; i < count; i++) {
        const hedui_store_decision *o = &list[i];
        hedui_cli_grid_add(&grid, o->id);
        hedui_cli_grid_add(&grid, o->household);
        hedui_cli_grid_add(&grid, o->about);
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
static void print_one(hedui_cli *cli, const hedui_store_decision *o)
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

static void write(hedui_cli *cli, const hedui_cli_matter *m, const hedui_store_decision *list,
                  size_t count)
{
    hedui_json json;
    hedui_json_init(&json, &cli->out);
    hedui_json_open_object(&json);
    hedui_json_member_text(&json, "schema", hedui_span_of(m->listed));
    hedui_json_key(&json, m->keys);
    hedui_json_open_array(&json);
    for (size_t i = 0; i < count; i++) {
        hedui_json_open_object(&json);
        hedui_json_member_text(&json, m->key, list[i].id);
        hedui_json_member_text(&json, "household", list[i].household);
        hedui_json_member_text(&json, m->about, list[i].about);
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

int hedui_cli_matter_list(hedui_cli *cli, const hedui_cli_call *call, hedui_store_matter matter)
{
    const hedui_cli_matter *m = hedui_cli_matter_of(matter);
    const hedui_cli_value *household = hedui_cli_value_find(call, "household");
    const hedui_store_decision *list = NULL;
    hedui_store *store = NULL;
    size_t count = 0;
    hedui_err err;
    int code = 0;
    hedui_err_init(&err);
    if (hedui_cli_store_open(&store, cli, &err) ||
        hedui_store_decision_list(&list, &count, store, matter,
                                  hedui_span_of(call->argument_count ? call->arguments[0] : ""),
                                  hedui_span_of(household ? household->text : ""), cli->arena,
                                  &err)) {
        code = hedui_cli_fail(cli, &err);
    } else if (cli->json) {
        write(cli, m, list, count);
    } else if (!count) {
        hedui_buffer_text(&cli->out, hedui_cli_say(cli, m->none_zh, m->none_en));
    } else {
        print(cli, m, list, count);
        if (call->argument_count)
            print_one(cli, list);
    }
    hedui_store_close(store);
    return code;
}
