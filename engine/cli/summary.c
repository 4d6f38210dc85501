/* The order is that of the night: what came in, what it met, what the rules said, what became of
 * the households, what was not looked at, how long it took. */
#include "cli/summary.h"
#include "cli/grid.h"
#include "cli/progress.h"

#include <hedui/date.h>
#include <hedui/escape.h>
#include <hedui/label.h>

hedui_status hedui_cli_run_load(hedui_cli_run *view, hedui_store *store, hedui_span id,
                                hedui_arena *arena, hedui_err *err)
{
    hedui_cli_run loaded = {.run = view->run};
    hedui_status status = HEDUI_OK;
    if (!loaded.run)
        status = hedui_store_run_find(&loaded.run, store, id, arena, err);
    if (!status)
        status = hedui_store_delivery_list(&loaded.deliveries, &loaded.delivery_count, store,
                                           loaded.run->id, arena, err);
    if (!status)
        *view = loaded;
    return status;
}

void hedui_cli_tell_newer(hedui_cli *cli, hedui_store *store, const hedui_store_run *run,
                          const char *command)
{
    const hedui_store_run *runs;
    size_t count = 0;
    if (hedui_store_run_list(&runs, &count, store, cli->arena, NULL))
        return;
    for (size_t i = 0; i < count && !hedui_span_equal(runs[i].id, run->id); i++)
        if (hedui_span_is(runs[i].state, "draft") && !runs[i].listed) {
            hedui_buffer_format(
                &cli->out,
                hedui_cli_say(cli, "另有更新的草稿 %.*s，尚未发布：%s %s %.*s%s%s\n",
                              "there is a newer draft %.*s, not published: %s %s %.*s%s%s\n"),
                (int)runs[i].id.length, runs[i].id.at, cli->program, command,
                (int)runs[i].id.length, runs[i].id.at, cli->folder ? " -C " : "",
                cli->folder ? cli->folder : "");
            return;
        }
}

hedui_span hedui_cli_remark(const hedui_cli *cli, int number, hedui_span argument)
{
    hedui_buffer text;
    hedui_buffer_init(&text);
    hedui_buffer_format(&text, "E%d ", number);
    hedui_message_remark(&text, number, argument, cli->language);
    hedui_span copy = hedui_buffer_keep(&text, cli->arena);
    return copy.at ? copy : hedui_span_of("");
}

hedui_span hedui_cli_day(const hedui_cli *cli, int32_t day)
{
    char text[HEDUI_DATE_TEXT];
    if (day == INT32_MIN)
        return hedui_span_of("?");
    hedui_date_print(text, day);
    return hedui_cli_print(cli, "%s", text);
}

/* Text with the number `n` of its kind: "  有疑点 1,327". */
static void add_count(hedui_cli *cli, const char *before, int64_t number)
{
    hedui_buffer_text(&cli->out, before);
    hedui_cli_count(&cli->out, number);
}

static void print_head(hedui_cli *cli, const hedui_store_run *run)
{
    hedui_buffer_format(
        &cli->out, hedui_cli_say(cli, "核对批次 %.*s   基准日 %s   ", "run %.*s   as of %s   "),
        (int)run->id.length, run->id.at, hedui_cli_day(cli, run->as_of).at);
    hedui_cli_mark(
        cli, hedui_span_is(run->state, "published") ? HEDUI_CLI_GREEN : HEDUI_CLI_YELLOW,
        hedui_arena_copy(cli->arena, hedui_label(HEDUI_LABEL_RUN_STATE, run->state, cli->language))
            .at);
    for (size_t i = 0; i < run->event_count; i++) { /* whose decision it was, and why */
        hedui_span event = hedui_label(HEDUI_LABEL_RUN_STATE, run->events[i].event, cli->language);
        hedui_buffer_format(
            &cli->out, hedui_cli_say(cli, "\n%.*s  %.*s：%.*s", "\n%.*s  %.*s: %.*s"),
            (int)event.length, event.at, (int)run->events[i].person.length,
            run->events[i].person.at, (int)run->events[i].reason.length, run->events[i].reason.at);
    }
    add_count(cli, hedui_cli_say(cli, "\n台账 ", "\ncaseload "), run->households);
    add_count(cli, hedui_cli_say(cli, " 户 ", " households, "), run->persons);
    add_count(cli, hedui_cli_say(cli, " 人（授权有效 ", " people ("), run->persons_authorised);
    hedui_buffer_text(&cli->out,
                      hedui_cli_say(cli, " 人）\n\n", " with a live authorisation)\n\n"));
}

static void add_ledger(hedui_cli *cli, hedui_cli_grid *grid, const hedui_store_delivery *delivery)
{
    const int64_t numbers[] = {delivery->records, delivery->accepted, delivery->other_document,
                               delivery->duplicate, delivery->rejected};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        hedui_cli_grid_add(grid, hedui_cli_counted(cli, numbers[i]));
}

/* Of a few feeds the titles stand before what is said of them; of many their number, and the titles
 * on a line of their own, because nobody reads a sentence behind fifteen names. */
static void print_about(hedui_cli *cli, hedui_span titles, size_t count, hedui_span text)
{
    int many = count >= HEDUI_STORE_REMARK_TITLES;
    hedui_span about = titles;
    if (many)
        about = hedui_cli_print(cli, hedui_cli_say(cli, "%zu 个数据源", "%zu feeds"), count);
    hedui_buffer_format(&cli->out, "  %.*s%s%.*s\n", (int)about.length, about.at,
                        about.length ? hedui_cli_say(cli, "：", ": ") : "", (int)text.length,
                        text.at);
    if (many)
        hedui_buffer_format(&cli->out, "        %.*s\n", (int)titles.length, titles.at);
}

static void print_remark(hedui_cli *cli, hedui_span titles, size_t count,
                         const hedui_store_remark *remark)
{
    hedui_span text =
        remark->number ? hedui_cli_remark(cli, remark->number, remark->argument) : remark->argument;
    if (hedui_span_is(remark->verdict, "held"))
        hedui_cli_mark(cli, HEDUI_CLI_YELLOW, hedui_cli_say(cli, "  暂不发布", "  held back"));
    else if (hedui_span_is(remark->verdict, "refused"))
        hedui_cli_mark(cli, HEDUI_CLI_RED, hedui_cli_say(cli, "  未采用", "  refused"));
    else
        hedui_buffer_text(&cli->out, hedui_cli_say(cli, "  提示", "  note"));
    print_about(cli, titles, count, text);
}

/* 1 if a rule went unanswered for want of the feed. */
static int missed(const hedui_store_run *run, hedui_span feed)
{
    for (size_t i = 0; i < run->gap_count; i++)
        if (hedui_span_equal(run->gaps[i].source, feed))
            return 1;
    return 0;
}

/* The grid is printed in one piece, so remarks follow it, each named by its feed. */
static void print_deliveries(hedui_cli *cli, const hedui_cli_run *view)
{
    static const char *const heads[][2] = {{"", ""},
                                           {"数据源", "feed"},
                                           {"行数", "rows"},
                                           {"可用", "usable"},
                                           {"其他证件", "other id"},
                                           {"重复", "double"},
                                           {"问题行", "rejected"},
                                           {"编码", "charset"},
                                           {"数据截止", "cut-off"},
                                           {"结论", "verdict"},
                                           {"文件", "file"}};
    hedui_cli_grid grid;
    hedui_store_delivery sum = {0};
    int64_t idle = 0;
    hedui_cli_grid_init(&grid, "llrrrrrllll", cli->arena);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        hedui_cli_grid_add(&grid, hedui_span_of(heads[i][cli->language]));
    for (size_t i = 0; i < view->delivery_count; i++) {
        const hedui_store_delivery *delivery = &view->deliveries[i];
        if (!delivery->file.length && !missed(view->run, delivery->feed)) {
            idle++;
            continue;
        }
        hedui_cli_grid_add(&grid, hedui_span_of(delivery->used ? "✓" : "✗"));
        hedui_cli_grid_add(&grid, delivery->title);
        add_ledger(cli, &grid, delivery);
        hedui_cli_grid_add(&grid, delivery->file.length ? delivery->charset : hedui_span_of("-"));
        hedui_cli_grid_add(&grid, delivery->file.length ? hedui_cli_day(cli, delivery->cut_off)
                                                        : hedui_span_of("-"));
        hedui_cli_grid_add(&grid,
                           hedui_label(HEDUI_LABEL_VERDICT, delivery->verdict, cli->language));
        hedui_cli_grid_add(&grid, delivery->file);
        if (!delivery->used)
            continue;
        sum.records += delivery->records;
        sum.accepted += delivery->accepted;
        sum.other_document += delivery->other_document;
        sum.duplicate += delivery->duplicate;
        sum.rejected += delivery->rejected;
    }
    hedui_cli_grid_add(&grid, hedui_span_of(""));
    hedui_cli_grid_add(&grid, hedui_span_of(hedui_cli_say(cli, "合计（已采用）", "total (used)")));
    add_ledger(cli, &grid, &sum);
    hedui_cli_grid_print(&cli->out, &grid, 0);
    if (idle) {
        add_count(cli, hedui_cli_say(cli, "  另有 ", "  "), idle);
        hedui_buffer_text(&cli->out,
                          hedui_cli_say(cli, " 个数据源未收到，本期规则不用\n",
                                        " more feeds were not delivered; no rule needs them\n"));
    }
    hedui_buffer titles;
    hedui_buffer_init(&titles);
    for (size_t i = 0; i < view->delivery_count; i++)
        for (size_t j = 0; j < view->deliveries[i].remark_count; j++) {
            hedui_buffer_restart(&titles);
            const hedui_store_remark *remark = &view->deliveries[i].remarks[j];
            if (hedui_store_is_hold(view->run, &view->deliveries[i], remark))
                continue; /* stands at the end, where a terminal stops */
            size_t count =
                hedui_store_remark_titles(&titles, view->deliveries, view->delivery_count, i, j);
            if (count)
                print_remark(cli, hedui_buffer_span(&titles), count, remark);
        }
    cli->out.failed |= hedui_buffer_failed(&titles);
    hedui_buffer_free(&titles);
    hedui_buffer_byte(&cli->out, '\n');
}

static void print_match(hedui_cli *cli, const hedui_store_run *run)
{
    static const char *const codes[] = {"id_name", "id_only", "name_differs", "upgraded"};
    int64_t rows = 0;
    for (int i = 0; i < 4; i++)
        rows += run->rows_matched[i];
    add_count(cli, hedui_cli_say(cli, "匹配  命中 ", "match  "), rows);
    add_count(cli, hedui_cli_say(cli, " 行 / ", " rows of "), run->persons_matched);
    hedui_buffer_text(&cli->out, hedui_cli_say(cli, " 人：", " people: "));
    for (int i = 0; i < 4; i++) {
        hedui_span words = hedui_label(HEDUI_LABEL_MATCH, hedui_span_of(codes[i]), cli->language);
        hedui_buffer_text(&cli->out, i ? hedui_cli_say(cli, "，", ", ") : "");
        hedui_buffer_add(&cli->out, words);
        add_count(cli, " ", run->rows_matched[i]);
    }
    hedui_buffer_byte(&cli->out, '\n');
}

static void print_flags(hedui_cli *cli, const hedui_store_run *run)
{
    add_count(cli, hedui_cli_say(cli, "疑点  ", "flags  "), run->flags);
    add_count(cli, hedui_cli_say(cli, " 条，涉及 ", " in "), run->flagged);
    add_count(cli, hedui_cli_say(cli, " 户：新增 ", " households: new "), run->fresh);
    add_count(cli, hedui_cli_say(cli, "，延续 ", ", continuing "), run->continuing);
    add_count(cli, hedui_cli_say(cli, "，有变化 ", ", changed "), run->changed);
    add_count(cli, hedui_cli_say(cli, "；上期疑点消失 ", "; of those before, gone "), run->gone);
    add_count(cli, hedui_cli_say(cli, "，本次未核对 ", ", not checked "), run->not_checked);
    add_count(cli, hedui_cli_say(cli, "\n      高 ", "\n       high "), run->high);
    add_count(cli, hedui_cli_say(cli, "，中 ", ", medium "), run->medium);
    add_count(cli, hedui_cli_say(cli, "，低 ", ", low "), run->low);
    hedui_buffer_byte(&cli->out, '\n');
}

static int is_tag(const hedui_store_rule *rule)
{
    return hedui_span_is(rule->effect, "inform");
}

/* Earlier versions did not say why. */
static hedui_span why_not_judged(const hedui_cli *cli, const hedui_store_rule *rule)
{
    if (rule->in_force)
        return hedui_span_of("");
    return rule->standing.length ? hedui_label(HEDUI_LABEL_STANDING, rule->standing, cli->language)
                                 : hedui_span_of(hedui_cli_say(cli, "不在执行期", "not in force"));
}

/* One table of the rules that raise flags, one of those that only say where to look again. */
static void print_rules(hedui_cli *cli, const hedui_store_run *run, int tags)
{
    hedui_cli_grid grid;
    size_t rows = 0;
    hedui_cli_grid_init(&grid, "llrrrr", cli->arena);
    const char *const heads[] = {
        tags ? hedui_cli_say(cli, "提示", "to look at") : hedui_cli_say(cli, "规则", "rule"),
        "",
        tags ? hedui_cli_say(cli, "条", "tags") : hedui_cli_say(cli, "疑点", "flags"),
        hedui_cli_say(cli, "户", "households"),
        hedui_cli_say(cli, "无法核对的户", "unanswered"),
        ""};
    for (int i = 0; i < 6; i++)
        hedui_cli_grid_add(&grid, hedui_span_of(heads[i]));
    for (size_t i = 0; i < run->rule_count; i++) {
        const hedui_store_rule *rule = &run->rules[i];
        if (is_tag(rule) != tags)
            continue;
        rows++;
        hedui_cli_grid_add(&grid, rule->id);
        hedui_cli_grid_add(&grid, rule->title);
        hedui_cli_grid_add(&grid, hedui_cli_counted(cli, rule->flags));
        hedui_cli_grid_add(&grid, hedui_cli_counted(cli, rule->households));
        hedui_cli_grid_add(&grid, hedui_cli_counted(cli, rule->unanswered));
        hedui_cli_grid_add(&grid, why_not_judged(cli, rule));
    }
    if (!rows)
        return;
    hedui_cli_grid_print(&cli->out, &grid, 2);
    if (tags)
        hedui_buffer_text(
            &cli->out, hedui_cli_say(cli, "  提示只是提醒看一看，不是疑点，不使任何一户上名单。\n",
                                     "  These are no flags and put no household on a list.\n"));
}

/* Found, and no flags by a decision of two people. */
static void print_overridden(hedui_cli *cli, const hedui_store_run *run)
{
    if (run->overridden == INT64_MIN)
        hedui_buffer_text(&cli->out, hedui_cli_say(cli, "例外认定  条数不详，明细已清除\n",
                                                   "overridden  not known, purged\n"));
    else if (run->overridden)
        hedui_buffer_format(&cli->out,
                            hedui_cli_say(cli, "例外认定  %s 条已核到，按认定不列为疑点\n",
                                          "overridden  %s findings are no flags by decision\n"),
                            hedui_cli_counted(cli, run->overridden).at);
}

/* Rows that are not people's of ours by such a decision. */
static void print_left_out(hedui_cli *cli, const hedui_store_run *run)
{
    if (run->left_out > 0)
        hedui_buffer_format(&cli->out,
                            hedui_cli_say(cli, "非本人    %s 行已认定不是本人的，不计入\n",
                                          "left out  %s rows are not theirs by decision\n"),
                            hedui_cli_counted(cli, run->left_out).at);
}

static void print_households(hedui_cli *cli, const hedui_store_run *run)
{
    add_count(cli, hedui_cli_say(cli, "户数  ", "households  "), run->households);
    add_count(cli, hedui_cli_say(cli, " = 有疑点 ", " = flagged "), run->flagged);
    add_count(cli, hedui_cli_say(cli, " + 未发现疑点 ", " + clear "), run->clear);
    add_count(cli, hedui_cli_say(cli, " + 部分未核对 ", " + partly unchecked "), run->unchecked);
    add_count(cli, hedui_cli_say(cli, " + 不在核对范围 ", " + out of scope "), run->out_of_scope);
    hedui_buffer_byte(&cli->out, '\n');
}

static void print_gaps(hedui_cli *cli, const hedui_store_run *run)
{
    for (size_t i = 0; i < run->gap_count; i++) {
        const hedui_store_gap *gap = &run->gaps[i];
        hedui_span why = hedui_label(HEDUI_LABEL_CAUSE, gap->reason, cli->language);
        hedui_span source = gap->source_title.length ? gap->source_title : gap->source;
        hedui_buffer_format(
            &cli->out,
            hedui_cli_say(cli, "未核对  %.*s：%.*s（%.*s", "not checked  %.*s: %.*s (%.*s"),
            (int)gap->rule.length, gap->rule.at, (int)source.length, source.at, (int)why.length,
            why.at);
        if (gap->field_title.length)
            hedui_buffer_format(&cli->out, hedui_cli_say(cli, "“%.*s”", " \"%.*s\""),
                                (int)gap->field_title.length, gap->field_title.at);
        hedui_buffer_text(&cli->out, hedui_cli_say(cli, "），", "), "));
        hedui_cli_count(&cli->out, gap->households);
        hedui_buffer_text(&cli->out, hedui_cli_say(cli, " 户\n", " households\n"));
    }
}

/* Why a draft is one, and what a person who has looked into it types. */
static void print_holds(hedui_cli *cli, const hedui_cli_run *view)
{
    const hedui_store_run *run = view->run;
    int draft = hedui_span_is(run->state, "draft");
    if (run->listed && run->hold_count)
        hedui_buffer_text(&cli->out, hedui_cli_say(cli, "须留意：\n", "to look at:\n"));
    if (run->hold_count && !run->listed)
        hedui_buffer_text(
            &cli->out, draft
                           ? hedui_cli_say(cli, "暂不发布的原因：\n", "why it is held back:\n")
                           : hedui_cli_say(cli, "曾暂不发布的原因：\n", "why it was held back:\n"));
    hedui_buffer titles;
    hedui_buffer_init(&titles);
    for (size_t i = 0; i < run->hold_count; i++) {
        const hedui_store_hold *hold = &run->holds[i];
        hedui_span words = hedui_label(HEDUI_LABEL_VERDICT, hold->verdict, cli->language);
        hedui_span text =
            hold->number ? hedui_cli_remark(cli, hold->number, hold->argument) : hold->argument;
        hedui_buffer_restart(&titles);
        size_t count =
            hedui_store_hold_titles(&titles, view->deliveries, view->delivery_count, run, i);
        if (count)
            print_about(cli, hedui_buffer_span(&titles), count,
                        hedui_cli_print(cli, "%.*s%s%.*s", (int)words.length, words.at,
                                        text.length ? hedui_cli_say(cli, "。", ". ") : "",
                                        (int)text.length, text.at));
    }
    cli->out.failed |= hedui_buffer_failed(&titles);
    hedui_buffer_free(&titles);
    if (!draft)
        return;
    hedui_buffer_format(
        &cli->out,
        hedui_cli_say(cli, "核实后：%s runs publish %.*s --person 姓名 --reason 理由%s%s\n",
                      "once verified: %s runs publish %.*s --person NAME --reason WHY%s%s\n"),
        cli->program, (int)run->id.length, run->id.at, cli->folder ? " -C " : "",
        cli->folder ? cli->folder : "");
}

static void print_outcome(hedui_cli *cli, const hedui_job_outcome *outcome)
{
    double sum = 0;
    for (int i = 0; i < HEDUI_JOB_STAGES; i++)
        sum += outcome->seconds[i];
    hedui_buffer_format(&cli->out, hedui_cli_say(cli, "用时  %.1f 秒（", "time  %.1f s ("), sum);
    for (int i = 0; i < HEDUI_JOB_STAGES; i++)
        hedui_buffer_format(&cli->out, "%s%s %.1f", i ? "  " : "",
                            hedui_cli_stage(cli, (hedui_job_stage)i), outcome->seconds[i]);
    hedui_buffer_format(&cli->out,
                        hedui_cli_say(cli, "）   峰值内存 %lld MB\n", ")   peak memory %lld MB\n"),
                        (long long)((outcome->peak_kib + 1023) / 1024));
    const char *const files[] = {outcome->report_html,    outcome->report_json,
                                 outcome->summary_html,   outcome->flags_csv,
                                 outcome->households_csv, outcome->rejects_csv};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (files[i])
            hedui_buffer_format(&cli->out, hedui_cli_say(cli, "已写  %s\n", "wrote  %s\n"),
                                files[i]);
}

void hedui_cli_run_print(hedui_cli *cli, const hedui_cli_run *view)
{
    char digest[HEDUI_DIGEST_HEX];
    print_head(cli, view->run);
    print_deliveries(cli, view);
    print_match(cli, view->run);
    print_flags(cli, view->run);
    print_rules(cli, view->run, 0);
    print_rules(cli, view->run, 1);
    print_overridden(cli, view->run);
    print_left_out(cli, view->run);
    print_households(cli, view->run);
    hedui_cli_run_print_load(cli, view->run);
    print_gaps(cli, view->run);
    print_holds(cli, view);
    hedui_digest_hex(digest, &view->run->digest);
    hedui_buffer_format(&cli->out, hedui_cli_say(cli, "结果摘要  %s\n", "result digest  %s\n"),
                        digest);
    if (view->outcome)
        print_outcome(cli, view->outcome);
}
