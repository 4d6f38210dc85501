/* hedui rules confirmations [DOCUMENT]: documents whose text the packs' authors have not seen, and
 * who has. */
#include "cli/command.h"
#include "cli/list.h"
#include "cli/night.h"

#include <hedui/job_confirm.h>
#include <hedui/json.h>
#include <hedui/label.h>

static void print_documents(hedui_cli *cli, const hedui_confirm_document *list, uint32_t count)
{
    static const char *const heads[][2] = {
        {"文件", "document"}, {"标题", "title"}, {"规则", "rules"}, {"判断", "judged"},
        {"情况", "state"},    {"确认人", "by"},  {"日期", "day"}};
    hedui_cli_grid grid;
    hedui_cli_grid_init(&grid, "llrrlll", cli->arena);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        hedui_cli_grid_add(&grid, hedui_span_of(heads[i][cli->language]));
    for (uint32_t i = 0; i < count; i++) {
        const hedui_confirm_document *d = &list[i];
        const hedui_span none = hedui_span_of("-");
        hedui_cli_grid_add(&grid, hedui_cli_print(cli, "%.*s/%.*s", (int)d->document->pack.length,
                                                  d->document->pack.at, (int)d->document->id.length,
                                                  d->document->id.at));
        hedui_cli_grid_add(&grid, d->document->title);
        hedui_cli_grid_add(&grid, hedui_cli_counted(cli, d->rule_count));
        hedui_cli_grid_add(&grid, hedui_cli_counted(cli, d->judged));
        hedui_cli_grid_add(
            &grid, hedui_label(HEDUI_LABEL_CONFIRMATION, hedui_span_of(d->state), cli->language));
        hedui_cli_grid_add(&grid, d->entry_count ? d->entries[0].person : none);
        hedui_cli_grid_add(&grid, d->entry_count ? hedui_cli_day(cli, d->entries[0].day) : none);
    }
    hedui_cli_list_print(cli, &grid);
}

/* Of one document: its rules, and all that was ever said about it. */
static void print_one(hedui_cli *cli, const hedui_confirm_document *d)
{
    hedui_cli_grid grid;
    hedui_cli_grid_init(&grid, "llll", cli->arena);
    for (uint32_t i = 0; i < d->rule_count; i++) {
        hedui_cli_grid_add(&grid, d->rules[i]->id);
        hedui_cli_grid_add(&grid, d->rules[i]->title);
        hedui_cli_grid_add(&grid, d->rules[i]->article);
        hedui_cli_grid_add(&grid, hedui_label(HEDUI_LABEL_STANDING,
                                              hedui_span_of(d->rules[i]->seen), cli->language));
    }
    hedui_buffer_byte(&cli->out, '\n');
    hedui_cli_grid_print(&cli->out, &grid, 0);
    if (!d->entry_count)
        return;
    hedui_cli_grid_init(&grid, "lllrl", cli->arena);
    for (size_t i = 0; i < d->entry_count; i++) {
        const hedui_store_confirmation *e = &d->entries[i];
        hedui_cli_grid_add(&grid, hedui_cli_day(cli, e->day));
        hedui_cli_grid_add(&grid, hedui_label(HEDUI_LABEL_CONFIRMATION, e->event, cli->language));
        hedui_cli_grid_add(&grid, e->person);
        hedui_cli_grid_add(&grid, hedui_cli_counted(cli, e->rules));
        hedui_cli_grid_add(&grid, e->reason);
    }
    hedui_buffer_byte(&cli->out, '\n');
    hedui_cli_grid_print(&cli->out, &grid, 0);
}

static void write_lists(hedui_cli *cli, hedui_json *json, const hedui_confirm_document *d)
{
    hedui_json_key(json, "rules");
    hedui_json_open_array(json);
    for (uint32_t i = 0; i < d->rule_count; i++) {
        hedui_json_open_object(json);
        hedui_json_member_text(json, "rule", d->rules[i]->id);
        hedui_json_member_text(json, "state", hedui_span_of(d->rules[i]->seen));
        hedui_json_close_object(json);
    }
    hedui_json_close_array(json);
    hedui_json_key(json, "entries");
    hedui_json_open_array(json);
    for (size_t i = 0; i < d->entry_count; i++) {
        hedui_json_open_object(json);
        hedui_json_member_text(json, "event", d->entries[i].event);
        hedui_json_member_text(json, "day", hedui_cli_day(cli, d->entries[i].day));
        hedui_json_member_text(json, "person", d->entries[i].person);
        hedui_json_member_text(json, "reason", d->entries[i].reason);
        hedui_json_member_number(json, "rules", d->entries[i].rules);
        hedui_json_close_object(json);
    }
    hedui_json_close_array(json);
}

static void write(hedui_cli *cli, const hedui_confirm_document *list, uint32_t count)
{
    hedui_json json;
    hedui_json_init(&json, &cli->out);
    hedui_json_open_object(&json);
    hedui_json_member_text(&json, "schema", hedui_span_of("hedui.rules_confirmations/1"));
    hedui_json_key(&json, "documents");
    hedui_json_open_array(&json);
    for (uint32_t i = 0; i < count; i++) {
        hedui_json_open_object(&json);
        hedui_json_member_text(&json, "pack", list[i].document->pack);
        hedui_json_member_text(&json, "document", list[i].document->id);
        hedui_json_member_text(&json, "title", list[i].document->title);
        hedui_json_member_text(&json, "state", hedui_span_of(list[i].state));
        write_lists(cli, &json, &list[i]);
        hedui_json_close_object(&json);
    }
    hedui_json_close_array(&json);
    hedui_json_close_object(&json);
}

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    const hedui_workspace *workspace = NULL;
    const hedui_confirm_document *list = NULL;
    uint32_t count = 0;
    hedui_err err;
    hedui_span document = hedui_span_of(call->argument_count ? call->arguments[0] : "");
    hedui_err_init(&err);
    if (hedui_workspace_load(&workspace, cli->folder, cli->share, cli->arena, &err))
        return hedui_cli_fail(cli, &err);
    if (hedui_job_confirmations(&list, &count, workspace, document, cli->arena, &cli->notes, &err))
        return hedui_cli_fail_once(cli, &err);
    if (cli->json) {
        write(cli, list, count);
    } else if (!count) {
        hedui_buffer_text(&cli->out, hedui_cli_say(cli, "依据的文件都看过原文。\n",
                                                   "The texts of all documents were seen.\n"));
    } else {
        print_documents(cli, list, count);
        if (document.length)
            print_one(cli, list);
    }
    return 0;
}

static const hedui_cli_option options[] = {HEDUI_CLI_FORMAT_OPTION};

const hedui_cli_command hedui_cli_command_rules_confirmations = {
    .name = "rules confirmations",
    .group = HEDUI_CLI_RULES,
    .usage = "[DOCUMENT]",
    .most = 1,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .zh = "列出没有看过原文的文件，及由谁确认过；给出编号时列出规则和经过",
    .en = "list documents whose text was not seen, and who confirmed them; of one, its rules",
    .more_zh = "只列登记里 confirmed: false 的文件。",
    .more_en = "Only documents with confirmed: false in their register.",
    .example = "hedui rules confirmations",
    .minor = 1,
    .schema = "hedui.rules_confirmations/1",
    .run = run,
};
