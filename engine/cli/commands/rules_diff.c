/* hedui rules diff [OLD [NEW]]: what changed between two sets of packs. */
#include "cli/command.h"
#include "cli/night.h"

#include <hedui/job_rules_diff.h>
#include <hedui/json.h>
#include <hedui/label.h>
#include <hedui/store_run.h>

/* A code with its words, for kinds, changes and parts. */
static hedui_span words_of(const hedui_cli *cli, const char *code)
{
    static const char *const words[][3] = {
        {"pack", "规则包", "pack"},
        {"document", "文件", "document"},
        {"parameter", "参数", "parameter"},
        {"value", "派生值", "value"},
        {"rule", "规则", "rule"},
        {"added", "新增", "added"},
        {"removed", "删去", "removed"},
        {"changed", "改动", "changed"},
        {"affected", "受影响", "affected"},
        {"title", "标题", "title"},
        {"issuer", "发文单位", "issuer"},
        {"number", "文号", "number"},
        {"kind", "种类", "kind"},
        {"level", "级别", "level"},
        {"note", "说明", "note"},
        {"date", "日期", "date"},
        {"confirmed", "看过原文", "confirmed"},
        {"type", "类型", "type"},
        {"unit", "单位", "unit"},
        {"for", "属于", "for"},
        {"rounding", "取整", "rounding"},
        {"is", "算法", "formula"},
        {"effect", "性质", "effect"},
        {"severity", "优先级", "severity"},
        {"applies_to", "范围", "scope"},
        {"manual", "只能由人判断", "by people"},
        {"each", "逐项", "each"},
        {"who", "人员", "person"},
        {"when", "条件", "condition"},
        {"undetermined", "无法判断时", "undetermined"},
        {"message", "说明", "message"},
        {"ask", "核实时问", "ask"},
        {"clears", "什么可以消除", "clears"},
        {"shown", "显示", "shown"},
        {"replaces", "替换", "replaces"},
        {"category", "类别", "category"},
        {"basis", "依据", "basis"},
        {"in_force", "生效期", "in force"},
        {"unless", "例外", "unless"},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(code, words[i][0]) == 0)
            return hedui_span_of(words[i][1 + cli->language]);
    return hedui_span_of(code);
}

/* --- for people ------------------------------------------------------------------------------- */

/* Lines of a text; a text that does not end in a line feed has one more. */
static hedui_span next_line(hedui_span *rest)
{
    const char *end = rest->length ? memchr(rest->at, '\n', rest->length) : NULL;
    hedui_span line = {rest->at, end ? (size_t)(end - rest->at) : rest->length};
    size_t used = line.length + (end ? 1 : 0);
    *rest = (hedui_span){rest->at + used, rest->length - used};
    return line;
}

static void print_lines(hedui_cli *cli, const char *mark, hedui_span text)
{
    while (text.length) {
        hedui_span line = next_line(&text);
        hedui_buffer_format(&cli->out, "    %s %.*s\n", mark, (int)line.length, line.at);
    }
}

static hedui_span last_line(hedui_span text, hedui_span *before)
{
    size_t start = text.length;
    while (start && text.at[start - 1] != '\n')
        start--;
    *before = (hedui_span){text.at, start ? start - 1 : 0};
    return (hedui_span){text.at + start, text.length - start};
}

/* Take the whole lines away with which both begin and end, so that a long condition shows its
 * change. */
static void skip_common(hedui_span *a, hedui_span *b)
{
    while (a->length && b->length) {
        hedui_span rest_a = *a, rest_b = *b;
        if (!hedui_span_equal(next_line(&rest_a), next_line(&rest_b)))
            break;
        *a = rest_a;
        *b = rest_b;
    }
    while (a->length && b->length) {
        hedui_span rest_a, rest_b;
        if (!hedui_span_equal(last_line(*a, &rest_a), last_line(*b, &rest_b)))
            return;
        *a = rest_a;
        *b = rest_b;
    }
}

static hedui_span display(const hedui_cli *cli, const hedui_rules_part *part, hedui_span text)
{
    if (!text.length)
        return text;
    if (strcmp(part->part, "effect") == 0)
        return hedui_label(HEDUI_LABEL_EFFECT, text, cli->language);
    if (strcmp(part->part, "severity") == 0)
        return hedui_label(HEDUI_LABEL_SEVERITY, text, cli->language);
    return text;
}

static void print_part(hedui_cli *cli, const hedui_rules_part *part)
{
    hedui_span name = words_of(cli, part->part);
    hedui_span before = display(cli, part, part->before), after = display(cli, part, part->after);
    hedui_buffer_format(&cli->out, "  %.*s%s%.*s\n", (int)name.length, name.at,
                        part->key.length ? " " : "", (int)part->key.length, part->key.at);
    skip_common(&before, &after);
    print_lines(cli, "-", before);
    print_lines(cli, "+", after);
}

static hedui_span people(const hedui_cli *cli, const hedui_rules_row *r)
{
    if (r->size_from <= 0 && r->size_to == INT64_MAX)
        return hedui_span_of("");
    if (r->size_to == INT64_MAX)
        return hedui_cli_print(cli, hedui_cli_say(cli, " %lld 人起", " %lld people or more"),
                               (long long)r->size_from);
    return r->size_from == r->size_to
               ? hedui_cli_print(cli, hedui_cli_say(cli, " %lld 人", " %lld people"),
                                 (long long)r->size_from)
               : hedui_cli_print(cli,
                                 hedui_cli_say(cli, " %lld 至 %lld 人", " %lld to %lld people"),
                                 (long long)r->size_from, (long long)r->size_to);
}

static hedui_span days_of(const hedui_cli *cli, const hedui_rules_row *r)
{
    hedui_span from = r->from == INT32_MIN ? hedui_span_of("") : hedui_cli_day(cli, r->from);
    hedui_span to = r->to == INT32_MAX ? hedui_span_of("") : hedui_cli_day(cli, r->to);
    if (!from.length && !to.length)
        return hedui_span_of(hedui_cli_say(cli, "不限日期", "any day"));
    return hedui_cli_print(cli, "%.*s..%.*s", (int)from.length, from.at, (int)to.length, to.at);
}

static void print_row(hedui_cli *cli, const char *mark, const hedui_rules_row *r)
{
    if (!r)
        return;
    hedui_span days = days_of(cli, r);
    hedui_span title = r->document ? r->document->title : hedui_span_of("");
    hedui_buffer_format(&cli->out,
                        hedui_cli_say(cli, "    %s %.*s  %.*s  依据：%.*s%s%.*s\n",
                                      "    %s %.*s  %.*s  by: %.*s%s%.*s\n"),
                        mark, (int)days.length, days.at, (int)r->value.length, r->value.at,
                        (int)title.length, title.at, r->article.length ? " " : "",
                        (int)r->article.length, r->article.at);
}

static void print_rows(hedui_cli *cli, const hedui_rules_part *part)
{
    const hedui_rules_row *r = part->row_after ? part->row_after : part->row_before;
    hedui_span size = people(cli, r);
    hedui_span area =
        r->area.length ? r->area : hedui_span_of(hedui_cli_say(cli, "各地", "all areas"));
    hedui_buffer_format(&cli->out, "  %.*s%s%.*s%s%.*s%.*s\n", (int)area.length, area.at,
                        r->urban_rural.length ? " " : "", (int)r->urban_rural.length,
                        r->urban_rural.at, r->programme.length ? " " : "", (int)r->programme.length,
                        r->programme.at, (int)size.length, size.at);
    print_row(cli, "-", part->row_before);
    print_row(cli, "+", part->row_after);
}

/* What a rule rests on that is not as it was. */
static void print_causes(hedui_cli *cli, const hedui_rules_change *change)
{
    hedui_buffer_text(&cli->out, hedui_cli_say(cli, "  所用有改动：", "  rests on: "));
    for (uint32_t i = 0; i < change->part_count; i++)
        hedui_buffer_format(&cli->out, "%s%.*s", i ? hedui_cli_say(cli, "、", ", ") : "",
                            (int)change->parts[i].key.length, change->parts[i].key.at);
    hedui_buffer_byte(&cli->out, '\n');
}

static void print_sums(hedui_cli *cli, const hedui_rules_diff *diff)
{
    static const char *const kinds[] = {"pack", "document", "parameter", "value", "rule"};
    static const char *const changes[] = {"added", "removed", "changed", "affected"};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        uint32_t counts[sizeof changes / sizeof *changes] = {0}, all = 0;
        for (uint32_t i = 0; i < diff->change_count; i++)
            for (size_t c = 0; c < sizeof changes / sizeof *changes; c++)
                if (strcmp(diff->changes[i].kind, kinds[k]) == 0 &&
                    strcmp(diff->changes[i].change, changes[c]) == 0) {
                    counts[c]++;
                    all++;
                }
        if (!all)
            continue;
        hedui_span kind = words_of(cli, kinds[k]);
        hedui_buffer_format(&cli->out, "%.*s", (int)kind.length, kind.at);
        for (size_t c = 0; c < sizeof changes / sizeof *changes; c++) {
            hedui_span change = words_of(cli, changes[c]);
            if (counts[c])
                hedui_buffer_format(&cli->out, "  %.*s %u", (int)change.length, change.at,
                                    counts[c]);
        }
        hedui_buffer_byte(&cli->out, '\n');
    }
}

static void print(hedui_cli *cli, const hedui_rules_diff *diff, const char *before,
                  const char *after)
{
    hedui_buffer_format(&cli->out, hedui_cli_say(cli, "规则对照：%s → %s\n", "rules: %s → %s\n"),
                        before, after);
    if (!diff->change_count)
        hedui_buffer_text(&cli->out, hedui_cli_say(cli, "没有差别。\n", "No difference.\n"));
    print_sums(cli, diff);
    for (uint32_t i = 0; i < diff->change_count; i++) {
        const hedui_rules_change *c = &diff->changes[i];
        hedui_span change = words_of(cli, c->change), kind = words_of(cli, c->kind);
        hedui_buffer_format(&cli->out, "\n%.*s  %.*s  %.*s  %.*s\n", (int)change.length, change.at,
                            (int)kind.length, kind.at, (int)c->id.length, c->id.at,
                            (int)c->title.length, c->title.at);
        if (strcmp(c->change, "affected") == 0) {
            print_causes(cli, c);
            continue;
        }
        int gone = strcmp(c->change, "removed") == 0, fresh = strcmp(c->change, "added") == 0;
        for (uint32_t k = 0; k < c->part_count && !gone; k++)
            if (fresh && strcmp(c->parts[k].part, "title") == 0)
                continue; /* it stands above */
            else if (c->parts[k].row_before || c->parts[k].row_after)
                print_rows(cli, &c->parts[k]);
            else
                print_part(cli, &c->parts[k]);
    }
}

/* --- for programs ----------------------------------------------------------------------------- */

static void write_day(hedui_json *json, const hedui_cli *cli, const char *key, int32_t day)
{
    if (day == INT32_MIN || day == INT32_MAX)
        hedui_json_member_null(json, key);
    else
        hedui_json_member_text(json, key, hedui_cli_day(cli, day));
}

static void write_row(hedui_json *json, const hedui_cli *cli, const char *key,
                      const hedui_rules_row *r)
{
    if (!r) {
        hedui_json_member_null(json, key);
        return;
    }
    hedui_json_key(json, key);
    hedui_json_open_object(json);
    write_day(json, cli, "from", r->from);
    write_day(json, cli, "to", r->to);
    hedui_json_member_text(json, "value", r->value);
    hedui_json_member_text(json, "document", r->document ? r->document->id : hedui_span_of(""));
    hedui_json_member_text(json, "article", r->article);
    hedui_json_close_object(json);
}

static void write_part(hedui_json *json, const hedui_cli *cli, const hedui_rules_part *part)
{
    const hedui_rules_row *r = part->row_after ? part->row_after : part->row_before;
    hedui_json_open_object(json);
    hedui_json_member_text(json, "part", hedui_span_of(part->part));
    if (r) {
        hedui_json_member_text(json, "area", r->area);
        hedui_json_member_text(json, "urban_rural", r->urban_rural);
        hedui_json_member_text(json, "programme", r->programme);
        hedui_json_member_number(json, "size_from", r->size_from);
        if (r->size_to == INT64_MAX)
            hedui_json_member_null(json, "size_to");
        else
            hedui_json_member_number(json, "size_to", r->size_to);
        write_row(json, cli, "before", part->row_before);
        write_row(json, cli, "after", part->row_after);
    } else {
        hedui_json_member_text(json, "key", part->key);
        hedui_json_member_text(json, "before", part->before);
        hedui_json_member_text(json, "after", part->after);
    }
    hedui_json_close_object(json);
}

static void write(hedui_cli *cli, const hedui_rules_diff *diff, const char *before,
                  const char *after)
{
    hedui_json json;
    hedui_json_init(&json, &cli->out);
    hedui_json_open_object(&json);
    hedui_json_member_text(&json, "schema", hedui_span_of("hedui.rules_diff/1"));
    hedui_json_member_text(&json, "before", hedui_span_of(before));
    hedui_json_member_text(&json, "after", hedui_span_of(after));
    hedui_json_key(&json, "changes");
    hedui_json_open_array(&json);
    for (uint32_t i = 0; i < diff->change_count; i++) {
        const hedui_rules_change *c = &diff->changes[i];
        hedui_json_open_object(&json);
        hedui_json_member_text(&json, "kind", hedui_span_of(c->kind));
        hedui_json_member_text(&json, "change", hedui_span_of(c->change));
        hedui_json_member_text(&json, "pack", c->pack);
        hedui_json_member_text(&json, "id", c->id);
        hedui_json_member_text(&json, "title", c->title);
        hedui_json_key(&json, "parts");
        hedui_json_open_array(&json);
        for (uint32_t k = 0; k < c->part_count; k++)
            write_part(&json, cli, &c->parts[k]);
        hedui_json_close_array(&json);
        hedui_json_close_object(&json);
    }
    hedui_json_close_array(&json);
    hedui_json_close_object(&json);
}

/* --- the whole -------------------------------------------------------------------------------- */

/* Without a first argument: the run that inspectors work with. */
static hedui_status newest(const char **name, hedui_cli *cli, const hedui_workspace *workspace,
                           hedui_err *err)
{
    const hedui_store_run *run = NULL;
    hedui_store *store = NULL;
    hedui_status status = hedui_store_open(&store, workspace->store, HEDUI_STORE_EXISTING, err);
    if (!status)
        status = hedui_store_run_find(&run, store, hedui_span_of(""), cli->arena, err);
    hedui_store_close(store);
    if (!status)
        *name = hedui_cli_print(cli, "%.*s", (int)run->id.length, run->id.at).at;
    return status;
}

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    const hedui_workspace *workspace = NULL;
    const hedui_rules_book *before = NULL, *after = NULL;
    const hedui_rules_diff *diff = NULL;
    const char *old = call->argument_count > 0 ? call->arguments[0] : NULL;
    const char *fresh = call->argument_count > 1 ? call->arguments[1] : "";
    hedui_err err;
    hedui_err_init(&err);
    hedui_status status =
        hedui_workspace_load(&workspace, cli->folder, cli->share, cli->arena, &err);
    if (!status && !old)
        status = newest(&old, cli, workspace, &err);
    if (status)
        return hedui_cli_fail(cli, &err);
    status =
        hedui_job_rules_side(&before, workspace, hedui_span_of(old), cli->arena, &cli->notes, &err);
    if (!status)
        status = hedui_job_rules_side(&after, workspace, hedui_span_of(fresh), cli->arena,
                                      &cli->notes, &err);
    if (!status)
        status = hedui_job_rules_diff(&diff, before, after, cli->arena, &err);
    if (status)
        return hedui_cli_fail_once(cli, &err);
    if (cli->json)
        write(cli, diff, old, fresh);
    else
        print(cli, diff, old, *fresh ? fresh : hedui_cli_say(cli, "现在的规则", "the rules now"));
    return 0;
}

const hedui_cli_command hedui_cli_command_rules_diff = {
    .name = "rules diff",
    .group = HEDUI_CLI_RULES,
    .usage = "[OLD [NEW]]",
    .most = 2,
    .zh = "对照规则：参数、派生值、规则、文件，改了什么，哪些规则受影响",
    .en = "compare packs: parameters, values, rules, documents, and which rules are affected",
    .more_zh = "OLD、NEW 是核对批次（当时的规则，取自存档）、规则包的文件夹，或规则包名。"
               "缺省 OLD 为最近的批次，NEW 为现在的规则。样例、场景不比。",
    .more_en =
        "OLD and NEW are runs (the rules they judged by, from the archive), folders of packs, "
        "or names of packs. Default: the latest run, and the rules now. "
        "Examples and scenarios are not compared.",
    .example = "hedui rules diff R20140705-01",
    .minor = 1,
    .schema = "hedui.rules_diff/1",
    .run = run,
};
