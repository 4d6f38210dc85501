/* Before the question stand the rules that will be judged by, because it is they that were held
 * against the text. */
#include "cli/confirm.h"
#include "cli/grid.h"
#include "cli/night.h"

#include <hedui/job_confirm.h>
#include <hedui/json.h>
#include <hedui/label.h>

#include <stdio.h>
#include <time.h>

typedef struct confirming {
    hedui_cli *cli;
    const hedui_cli_call *call;
    int withdraw;
} confirming;

static void print_rules(hedui_cli *cli, const hedui_confirm_document *d)
{
    hedui_cli_grid grid;
    hedui_cli_grid_init(&grid, "llll", cli->arena);
    for (uint32_t i = 0; i < d->rule_count; i++) {
        const hedui_rules_rule *r = d->rules[i];
        hedui_cli_grid_add(&grid, r->id);
        hedui_cli_grid_add(&grid, r->title);
        hedui_cli_grid_add(&grid, r->article);
        hedui_cli_grid_add(
            &grid, hedui_label(HEDUI_LABEL_STANDING, hedui_span_of(r->seen), cli->language));
    }
    hedui_cli_grid_print(&cli->out, &grid, 2);
}

static void print_before(hedui_cli *cli, const hedui_confirm_document *d)
{
    const hedui_rules_document *doc = d->document;
    hedui_buffer_format(&cli->out, "%.*s/%.*s  %.*s%s%.*s\n", (int)doc->pack.length, doc->pack.at,
                        (int)doc->id.length, doc->id.at, (int)doc->title.length, doc->title.at,
                        doc->number.length ? "  " : "", (int)doc->number.length, doc->number.at);
    hedui_buffer_format(&cli->out,
                        hedui_cli_say(cli, "依据它的规则 %u 条，现在判断 %u 条：\n",
                                      "%u rules rest on it, %u of them judged now:\n"),
                        d->rule_count, d->judged);
    print_rules(cli, d);
}

/* Who is asked at a terminal sees what is asked about. */
static hedui_status agree(void *context, const hedui_confirm_document *d, hedui_err *err)
{
    const confirming *c = context;
    hedui_cli *cli = c->cli;
    if (!cli->json && !cli->quiet) {
        print_before(cli, d);
        (void)hedui_cli_flush(cli);
    }
    const hedui_span title = d->document->title;
    hedui_span question = hedui_cli_print(
        cli,
        c->withdraw ? hedui_cli_say(cli, "撤销对《%.*s》的确认，%u 条规则不再判断",
                                    "Take back that '%.*s' was seen: %u rules are judged no more")
                    : hedui_cli_say(cli, "看过《%.*s》的原文，上列 %u 条规则与原文一致",
                                    "The text of '%.*s' was seen, and these %u rules agree "
                                    "with it"),
        (int)title.length, title.at, c->withdraw ? d->judged : d->rule_count);
    return hedui_cli_consent(cli, c->call, question.at, err);
}

static void print(hedui_cli *cli, const hedui_confirm_document *d, int withdraw, int dry)
{
    if (dry) {
        print_before(cli, d);
        hedui_buffer_text(&cli->out, hedui_cli_say(cli, "试运行，未作改动。\n",
                                                   "Nothing was written or changed.\n"));
        return;
    }
    if (withdraw)
        hedui_buffer_text(&cli->out,
                          hedui_cli_say(cli, "已撤销，今后的核对不再按依据它的规则判断。\n",
                                        "Taken back: nights to come do not judge by its rules.\n"));
    else
        hedui_buffer_format(&cli->out,
                            hedui_cli_say(cli, "已确认，今后的核对按这 %u 条规则判断。\n",
                                          "Confirmed: nights to come judge by these %u rules.\n"),
                            d->rule_count);
}

static void write(hedui_cli *cli, const hedui_confirm_document *d,
                  const hedui_confirm_options *options)
{
    hedui_json json;
    hedui_json_init(&json, &cli->out);
    hedui_json_open_object(&json);
    hedui_json_member_text(
        &json, "schema",
        hedui_span_of(options->withdraw ? "hedui.rules_unconfirm/1" : "hedui.rules_confirm/1"));
    hedui_json_member_text(&json, "pack", d->document->pack);
    hedui_json_member_text(&json, "document", d->document->id);
    hedui_json_member_text(&json, "title", d->document->title);
    hedui_json_member_text(&json, "person", options->person);
    hedui_json_member_text(&json, "reason", options->reason);
    hedui_json_member_text(&json, "day", hedui_cli_day(cli, options->day));
    hedui_json_member_flag(&json, "written", !options->dry_run);
    hedui_json_key(&json, "rules");
    hedui_json_open_array(&json);
    for (uint32_t i = 0; i < d->rule_count; i++)
        hedui_json_text(&json, d->rules[i]->id);
    hedui_json_close_array(&json);
    hedui_json_close_object(&json);
}

int hedui_cli_confirm(hedui_cli *cli, const hedui_cli_call *call, int withdraw)
{
    const hedui_cli_value *day = hedui_cli_value_find(call, "as-of");
    const hedui_workspace *workspace = NULL;
    const hedui_confirm_document *before = NULL;
    confirming c = {cli, call, withdraw};
    hedui_confirm_options options = {.document = hedui_span_of(call->arguments[0]),
                                     .person = hedui_cli_given(call, "person"),
                                     .reason = hedui_cli_given(call, "reason"),
                                     .day = day ? (int32_t)day->number : hedui_cli_today(),
                                     .at = (int64_t)time(NULL),
                                     .withdraw = withdraw,
                                     .dry_run = hedui_cli_value_find(call, "dry-run") != NULL,
                                     .agree = agree,
                                     .context = &c};
    hedui_err err;
    hedui_err_init(&err);
    if (hedui_workspace_load(&workspace, cli->folder, cli->share, cli->arena, &err))
        return hedui_cli_fail(cli, &err);
    if (hedui_job_confirm(&before, workspace, &options, cli->arena, &cli->notes, &err))
        return hedui_cli_fail_once(cli, &err);
    if (cli->json)
        write(cli, before, &options);
    else if (!cli->quiet)
        print(cli, before, withdraw, options.dry_run);
    return 0;
}
