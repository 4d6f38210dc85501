/* hedui rules show RULE: all that is written about a rule, and the figures that it has in an area
 * on a day, each with the row it comes from. */
#include "cli/command.h"
#include "cli/night.h"
#include "cli/rules.h"

#include <hedui/json.h>
#include <hedui/label.h>
#include <hedui/nearest.h>

/* What is shown, and for where and when. */
typedef struct showing {
    hedui_cli *cli;
    const hedui_workspace *workspace;
    const hedui_rules_rule *rule;
    hedui_span area;
    int32_t day;
    hedui_json json;
} showing;

static void line(const showing *s, const char *zh, const char *en, hedui_span text)
{
    if (text.length)
        hedui_buffer_format(&s->cli->out, "%s  %.*s\n", hedui_cli_say(s->cli, zh, en),
                            (int)text.length, text.at);
}

/* A text with a blank in front, or nothing. */
static hedui_span behind(const showing *s, hedui_span text)
{
    return text.length ? hedui_cli_print(s->cli, " %.*s", (int)text.length, text.at)
                       : hedui_span_of("");
}

/* An expression, line by line under its name. */
static void block(const showing *s, const char *zh, const char *en, hedui_span text)
{
    if (!text.length)
        return;
    hedui_buffer_format(&s->cli->out, "%s\n", hedui_cli_say(s->cli, zh, en));
    for (size_t at = 0; at < text.length;) {
        const char *end = memchr(text.at + at, '\n', text.length - at);
        size_t length = end ? (size_t)(end - text.at) - at : text.length - at;
        hedui_buffer_format(&s->cli->out, "    %.*s\n", (int)length, text.at + at);
        at += length + 1;
    }
}

static hedui_span row_key(const showing *s, const hedui_rules_row *r)
{
    const hedui_span parts[] = {r->area, r->urban_rural, r->programme};
    hedui_buffer text;
    hedui_buffer_init(&text);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].length) {
            hedui_buffer_add(&text, parts[i]);
            hedui_buffer_byte(&text, ' ');
        }
    if (r->size_from > 0 || r->size_to != INT64_MAX)
        hedui_buffer_format(&text, hedui_cli_say(s->cli, "%lld 人", "%lld people"),
                            (long long)r->size_from);
    if ((r->size_from > 0 || r->size_to != INT64_MAX) && r->size_to != r->size_from)
        hedui_buffer_text(&text, hedui_cli_say(s->cli, "起", " or more"));
    hedui_span copy = hedui_buffer_keep(&text, s->cli->arena);
    return copy.at ? copy : hedui_span_of("");
}

static void write_row(showing *s, const hedui_rules_row *r)
{
    hedui_json_open_object(&s->json);
    hedui_json_member_text(&s->json, "area", r->area);
    hedui_json_member_text(&s->json, "urban_rural", r->urban_rural);
    hedui_json_member_text(&s->json, "programme", r->programme);
    hedui_json_member_text(&s->json, "value", r->value);
    hedui_json_member_text(&s->json, "document", r->document ? r->document->id : r->article);
    hedui_json_member_text(&s->json, "article", r->article);
    hedui_json_member_text(&s->json, "file", hedui_span_of(r->file));
    hedui_json_member_number(&s->json, "line", r->line);
    hedui_json_close_object(&s->json);
}

static void print_row(showing *s, const hedui_rules_parameter *p, const hedui_rules_row *r)
{
    hedui_span key = row_key(s, r);
    hedui_span title = r->document ? r->document->title : hedui_span_of("");
    hedui_span unit = behind(s, p->unit), article = behind(s, r->article);
    hedui_buffer_format(&s->cli->out,
                        hedui_cli_say(s->cli, "    %.*s%s%.*s%.*s  依据：%.*s%.*s（%s 第 %u 行）\n",
                                      "    %.*s%s%.*s%.*s  by: %.*s%.*s (%s:%u)\n"),
                        (int)key.length, key.at, key.length ? " " : "", (int)r->value.length,
                        r->value.at, (int)unit.length, unit.at, (int)title.length, title.at,
                        (int)article.length, article.at, r->file, r->line);
}

static hedui_status show_parameter(showing *s, const hedui_rules_parameter *p, hedui_err *err)
{
    uint32_t count = 0;
    const hedui_rules_row **rows = hedui_arena_array(s->cli->arena, p->row_count, sizeof *rows);
    if (!rows)
        return hedui_fail_memory(err);
    hedui_status status =
        hedui_job_rules_resolve(rows, &count, p, s->workspace, s->area, s->day, s->cli->arena, err);
    if (status)
        return status;
    if (s->cli->json) {
        hedui_json_open_object(&s->json);
        hedui_json_member_text(&s->json, "parameter", p->id);
        hedui_json_member_text(&s->json, "title", p->title);
        hedui_json_member_text(&s->json, "unit", p->unit);
        hedui_json_key(&s->json, "rows");
        hedui_json_open_array(&s->json);
    } else {
        hedui_buffer_format(&s->cli->out, "  %.*s %.*s\n", (int)p->id.length, p->id.at,
                            (int)p->title.length, p->title.at);
    }
    for (uint32_t i = 0; i < count; i++)
        if (s->cli->json)
            write_row(s, rows[i]);
        else
            print_row(s, p, rows[i]);
    if (s->cli->json) {
        hedui_json_close_array(&s->json);
        hedui_json_close_object(&s->json);
    } else if (!count) {
        hedui_buffer_text(&s->cli->out,
                          hedui_cli_say(s->cli, "    这一天没有适用的行：用到它就无法判断\n",
                                        "    no row holds on this day: undetermined\n"));
    }
    return HEDUI_OK;
}

static void print_head(const showing *s)
{
    const hedui_rules_rule *r = s->rule;
    hedui_cli *cli = s->cli;
    hedui_span state = hedui_rules_state_words(hedui_rules_state(r, s->day), cli->language);
    hedui_buffer_format(&cli->out, "%.*s %.*s\n", (int)r->id.length, r->id.at, (int)r->title.length,
                        r->title.at);
    line(s, "规则包", "pack     ", r->pack);
    line(s, "性质  ", "effect   ",
         hedui_label(HEDUI_LABEL_EFFECT, hedui_span_of(r->effect), cli->language));
    line(s, "依据  ", "basis    ",
         hedui_cli_print(cli, "%.*s%s%s", (int)r->document->title.length, r->document->title.at,
                         behind(s, r->document->number).at, behind(s, r->article).at));
    if (!r->document->confirmed && r->document->seen_by.length)
        line(s, "      ", "         ",
             hedui_cli_print(
                 cli,
                 hedui_cli_say(cli, "原文由 %.*s 在 %s 看过", "its text was seen by %.*s on %s"),
                 (int)r->document->seen_by.length, r->document->seen_by.at,
                 hedui_cli_day(cli, r->document->seen_on).at));
    else if (!r->document->confirmed)
        line(s, "      ", "         ",
             hedui_span_of(hedui_cli_say(cli, "没有看过原文，不判断", "its text was not seen")));
    if (r->from != INT32_MIN || r->to != INT32_MAX)
        line(s, "生效期", "in force ",
             hedui_cli_print(cli, "%s..%s",
                             r->from == INT32_MIN ? "" : hedui_cli_day(cli, r->from).at,
                             r->to == INT32_MAX ? "" : hedui_cli_day(cli, r->to).at));
    line(s, "范围  ", "scope    ", r->applies_to);
    line(s, "当日  ", "that day ",
         hedui_cli_print(cli, "%s %.*s", hedui_cli_day(cli, s->day).at, (int)state.length,
                         state.at));
    line(s, "替换  ", "replaces ", r->replaces);
    line(s, "位置  ", "place    ", hedui_cli_print(cli, "%s:%u", r->file, r->line));
}

static void print_condition(const showing *s)
{
    const hedui_rules_rule *r = s->rule;
    hedui_cli *cli = s->cli;
    hedui_buffer_byte(&cli->out, '\n');
    line(s, "逐项  ", "each     ", r->each);
    line(s, "人员  ", "person   ", r->who);
    block(s, "条件", "when", r->when);
    for (uint32_t i = 0; i < r->unless_count; i++) {
        const hedui_rules_unless *u = &r->unless[i];
        line(s, "例外  ", "unless   ",
             hedui_cli_print(cli, "%.*s（%s）%.*s", (int)u->title.length, u->title.at, u->kind,
                             (int)u->text.length, u->text.at));
    }
    line(s, "只能由人判断", "by people", r->manual);
    line(s, "说明  ", "message  ", r->message);
    line(s, "核实  ", "ask      ", r->ask);
    line(s, "可消除", "clears   ", r->clears);
}

static void print_values(const showing *s)
{
    const hedui_rules_rule *r = s->rule;
    if (r->value_count)
        hedui_buffer_text(&s->cli->out, hedui_cli_say(s->cli, "\n派生值\n", "\nvalues\n"));
    for (uint32_t i = 0; i < r->value_count; i++) {
        const hedui_rules_value *v = r->values[i];
        hedui_span unit = behind(s, v->unit);
        hedui_buffer_format(&s->cli->out, "  %.*s %.*s%.*s\n", (int)v->id.length, v->id.at,
                            (int)v->title.length, v->title.at, (int)unit.length, unit.at);
        for (uint32_t k = 0; k < v->line_count; k++) {
            const hedui_rules_line *l = &v->lines[k];
            if (l->title.length)
                hedui_buffer_format(&s->cli->out, "  %s %.*s\n", l->minus ? "−" : "+",
                                    (int)l->title.length, l->title.at);
            block(s, "  =", "  =", l->text);
        }
    }
    if (r->example_count)
        hedui_buffer_text(&s->cli->out, hedui_cli_say(s->cli, "\n样例\n", "\nexamples\n"));
    for (uint32_t i = 0; i < r->example_count; i++)
        hedui_buffer_format(&s->cli->out, "  %-12s  %.*s\n", r->examples[i].expect,
                            (int)r->examples[i].title.length, r->examples[i].title.at);
}

static void write_head(showing *s)
{
    const hedui_rules_rule *r = s->rule;
    const struct {
        const char *key;
        hedui_span text;
    } texts[] = {{"rule", r->id},
                 {"pack", r->pack},
                 {"title", r->title},
                 {"effect", hedui_span_of(r->effect)},
                 {"severity", hedui_span_of(r->severity)},
                 {"document", r->document->id},
                 {"document_title", r->document->title},
                 {"article", r->article},
                 {"as_of", hedui_cli_day(s->cli, s->day)},
                 {"area", s->area},
                 {"state", hedui_span_of(hedui_rules_state(r, s->day))},
                 {"each", r->each},
                 {"who", r->who},
                 {"when", r->when},
                 {"manual", r->manual},
                 {"undetermined", hedui_span_of(r->undetermined)},
                 {"message", r->message},
                 {"ask", r->ask},
                 {"clears", r->clears},
                 {"file", hedui_span_of(r->file)}};
    hedui_json_init(&s->json, &s->cli->out);
    hedui_json_open_object(&s->json);
    hedui_json_member_text(&s->json, "schema", hedui_span_of("hedui.rules_show/1"));
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        hedui_json_member_text(&s->json, texts[i].key, texts[i].text);
    hedui_json_member_number(&s->json, "line", r->line);
    hedui_json_member_flag(&s->json, "confirmed", r->document->confirmed);
}

static void write_lists(showing *s)
{
    const hedui_rules_rule *r = s->rule;
    hedui_json_key(&s->json, "unless");
    hedui_json_open_array(&s->json);
    for (uint32_t i = 0; i < r->unless_count; i++) {
        hedui_json_open_object(&s->json);
        hedui_json_member_text(&s->json, "title", r->unless[i].title);
        hedui_json_member_text(&s->json, "kind", hedui_span_of(r->unless[i].kind));
        hedui_json_member_text(&s->json, "text", r->unless[i].text);
        hedui_json_close_object(&s->json);
    }
    hedui_json_close_array(&s->json);
    hedui_json_key(&s->json, "values");
    hedui_json_open_array(&s->json);
    for (uint32_t i = 0; i < r->value_count; i++) {
        hedui_json_open_object(&s->json);
        hedui_json_member_text(&s->json, "value", r->values[i]->id);
        hedui_json_member_text(&s->json, "title", r->values[i]->title);
        hedui_json_member_text(&s->json, "unit", r->values[i]->unit);
        hedui_json_close_object(&s->json);
    }
    hedui_json_close_array(&s->json);
    hedui_json_key(&s->json, "parameters");
    hedui_json_open_array(&s->json);
}

static hedui_status show(showing *s, hedui_err *err)
{
    hedui_status status = HEDUI_OK;
    if (s->cli->json) {
        write_head(s);
        write_lists(s);
    } else {
        print_head(s);
        print_condition(s);
        if (s->rule->parameter_count)
            hedui_buffer_format(&s->cli->out,
                                hedui_cli_say(s->cli, "\n参数（区划 %.*s，%s）\n",
                                              "\nparameters (area %.*s, %s)\n"),
                                (int)s->area.length, s->area.at, hedui_cli_day(s->cli, s->day).at);
    }
    for (uint32_t i = 0; i < s->rule->parameter_count && !status; i++)
        status = show_parameter(s, s->rule->parameters[i], err);
    if (s->cli->json) {
        hedui_json_close_array(&s->json);
        hedui_json_close_object(&s->json);
    } else {
        print_values(s);
    }
    return status;
}

static hedui_status find(showing *s, const hedui_rules_book *book, const char *id, hedui_err *err)
{
    const char **names = hedui_arena_array(s->cli->arena, book->rule_count + 1, sizeof *names);
    if (!names)
        return hedui_fail_memory(err);
    for (uint32_t i = 0; i < book->rule_count; i++) {
        if (hedui_span_is(book->rules[i].id, id))
            s->rule = &book->rules[i];
        names[i] = book->rules[i].id.at;
    }
    if (s->rule)
        return HEDUI_OK;
    const char *nearest = hedui_nearest_of(hedui_span_of(id), names);
    return nearest ? hedui_fail(err, HEDUI_E3061, hedui_place_none(), HEDUI_ARG_TEXT(id),
                                HEDUI_ARG_TEXT(nearest))
                   : hedui_fail(err, HEDUI_E3060, hedui_place_none(), HEDUI_ARG_TEXT(id));
}

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    const hedui_cli_value *as_of = hedui_cli_value_find(call, "as-of");
    const hedui_cli_value *area = hedui_cli_value_find(call, "area");
    showing s = {.cli = cli, .day = as_of ? (int32_t)as_of->number : hedui_cli_today()};
    const hedui_rules_book *book = NULL;
    hedui_err err;
    int code = hedui_cli_rules_load(cli, &s.workspace, &book);
    if (code)
        return code;
    hedui_err_init(&err);
    s.area = area ? hedui_span_of(area->text) : s.workspace->area;
    if (find(&s, book, call->arguments[0], &err) || show(&s, &err)) {
        hedui_buffer_clear(&cli->out);
        return hedui_cli_fail(cli, &err);
    }
    return 0;
}

static const hedui_cli_option options[] = {
    {"as-of", 0, HEDUI_CLI_DATE, "YYYY-MM-DD", "哪一天（缺省为今天）", "which day (default: today)",
     0, 0, NULL},
    {"area", 0, HEDUI_CLI_TEXT, "CODE", "哪个区划的参数（缺省为本县）",
     "parameters of which area (default: the county)", 0, 0, NULL},
};

const hedui_cli_command hedui_cli_command_rules_show = {
    .name = "rules show",
    .group = HEDUI_CLI_RULES,
    .usage = "RULE",
    .least = 1,
    .most = 1,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .zh = "显示一条规则的全部内容，和它所用的参数、派生值",
    .en = "show all of a rule, with the parameters and values it rests on",
    .more_zh = "参数是该区划在那一天适用的行，写明依据和出处。",
    .more_en = "Parameters are the rows that hold in the area on the day, with their source.",
    .example = "hedui rules show INC-01 --area 659000003 --as-of 2014-07-05",
    .minor = 1,
    .schema = "hedui.rules_show/1",
    .run = run,
};
