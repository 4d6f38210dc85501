/* hedui rules list: every rule, and whether a night on this day judges by it. */
#include "cli/command.h"
#include "cli/list.h"
#include "cli/night.h"
#include "cli/rules.h"

#include <hedui/json.h>
#include <hedui/label.h>

/* Days of rules; nothing for an open end. */
static hedui_span span_of_days(const hedui_cli *cli, const hedui_rules_rule *rule)
{
    if (rule->from == INT32_MIN && rule->to == INT32_MAX)
        return hedui_span_of("-");
    hedui_span from = rule->from == INT32_MIN ? hedui_span_of("") : hedui_cli_day(cli, rule->from);
    hedui_span to = rule->to == INT32_MAX ? hedui_span_of("") : hedui_cli_day(cli, rule->to);
    return hedui_cli_print(cli, "%.*s..%.*s", (int)from.length, from.at, (int)to.length, to.at);
}

static void print(hedui_cli *cli, const hedui_rules_book *book, int32_t day)
{
    static const char *const heads[][2] = {
        {"规则", "rule"},       {"标题", "title"}, {"类别", "category"}, {"性质", "effect"},
        {"生效期", "in force"}, {"依据", "basis"}, {"当日", "that day"}};
    hedui_cli_grid grid;
    uint32_t judged = 0;
    hedui_cli_grid_init(&grid, "llrllll", cli->arena);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        hedui_cli_grid_add(&grid, hedui_span_of(heads[i][cli->language]));
    for (uint32_t i = 0; i < book->rule_count; i++) {
        const hedui_rules_rule *r = &book->rules[i];
        const char *state = hedui_rules_state(r, day);
        judged += strcmp(state, "judged") == 0;
        hedui_cli_grid_add(&grid, r->id);
        hedui_cli_grid_add(&grid, r->title);
        hedui_cli_grid_add(&grid, r->category ? hedui_cli_print(cli, "%lld", (long long)r->category)
                                              : hedui_span_of("-"));
        hedui_cli_grid_add(
            &grid, hedui_label(HEDUI_LABEL_EFFECT, hedui_span_of(r->effect), cli->language));
        hedui_cli_grid_add(&grid, span_of_days(cli, r));
        hedui_cli_grid_add(&grid, r->document->id);
        hedui_cli_grid_add(&grid, hedui_rules_state_words(state, cli->language));
    }
    hedui_cli_list_print(cli, &grid);
    hedui_buffer_format(
        &cli->out,
        hedui_cli_say(cli, "%s：%u 条规则，判断 %u 条。\n", "%s: %u rules, %u of them judged.\n"),
        hedui_cli_day(cli, day).at, book->rule_count, judged);
}

static void write_day(hedui_json *json, const hedui_cli *cli, const char *key, int32_t day)
{
    if (day == INT32_MIN || day == INT32_MAX)
        hedui_json_member_null(json, key);
    else
        hedui_json_member_text(json, key, hedui_cli_day(cli, day));
}

static void write(hedui_cli *cli, const hedui_rules_book *book, int32_t day)
{
    hedui_json json;
    hedui_json_init(&json, &cli->out);
    hedui_json_open_object(&json);
    hedui_json_member_text(&json, "schema", hedui_span_of("hedui.rules_list/1"));
    hedui_json_member_text(&json, "as_of", hedui_cli_day(cli, day));
    hedui_json_key(&json, "rules");
    hedui_json_open_array(&json);
    for (uint32_t i = 0; i < book->rule_count; i++) {
        const hedui_rules_rule *r = &book->rules[i];
        hedui_json_open_object(&json);
        hedui_json_member_text(&json, "pack", r->pack);
        hedui_json_member_text(&json, "rule", r->id);
        hedui_json_member_text(&json, "title", r->title);
        if (r->category)
            hedui_json_member_number(&json, "category", r->category);
        else
            hedui_json_member_null(&json, "category");
        hedui_json_member_text(&json, "effect", hedui_span_of(r->effect));
        hedui_json_member_text(&json, "severity", hedui_span_of(r->severity));
        write_day(&json, cli, "from", r->from);
        write_day(&json, cli, "to", r->to);
        hedui_json_member_text(&json, "document", r->document->id);
        hedui_json_member_flag(&json, "confirmed", r->document->confirmed);
        hedui_json_member_text(&json, "state", hedui_span_of(hedui_rules_state(r, day)));
        hedui_json_close_object(&json);
    }
    hedui_json_close_array(&json);
    hedui_json_close_object(&json);
}

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    const hedui_cli_value *as_of = hedui_cli_value_find(call, "as-of");
    int32_t day = as_of ? (int32_t)as_of->number : hedui_cli_today();
    const hedui_workspace *workspace = NULL;
    const hedui_rules_book *book = NULL;
    int code = hedui_cli_rules_load(cli, &workspace, &book);
    if (code)
        return code;
    if (cli->json)
        write(cli, book, day);
    else
        print(cli, book, day);
    return 0;
}

static const hedui_cli_option options[] = {
    {"as-of", 0, HEDUI_CLI_DATE, "YYYY-MM-DD", "哪一天（缺省为今天）", "which day (default: today)",
     0, 0, NULL},
    HEDUI_CLI_FORMAT_OPTION,
};

const hedui_cli_command hedui_cli_command_rules_list = {
    .name = "rules list",
    .group = HEDUI_CLI_RULES,
    .usage = "",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .zh = "列出规则：性质、生效期、依据、当日是否判断，不判断的写明原因",
    .en = "list the rules: effect, days, basis, and whether they are judged, or why not",
    .more_zh = "依据的文件没有看过原文（confirmed: false）的规则不判断，看过后用 hedui rules "
               "confirm 确认。",
    .more_en =
        "Rules whose document's text was not seen (confirmed: false) are not judged until it "
        "is confirmed with hedui rules confirm.",
    .minor = 1,
    .schema = "hedui.rules_list/1",
    .run = run,
};
