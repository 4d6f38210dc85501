/* hedui explain HOUSEHOLD: why this family, from the row that was read to what would clear it; and
 * what was looked at where nothing was found. */
#include "cli/account_print.h"
#include "cli/command.h"
#include "cli/explain_json.h"
#include "cli/explain_stored.h"
#include "cli/night.h"

#include <hedui/label.h>

enum { EXIT_MISMATCH = 8 };

static void add(hedui_cli *cli, hedui_span text)
{
    hedui_buffer_add(&cli->out, text);
}

static void add_label(hedui_cli *cli, hedui_label_kind kind, hedui_span code)
{
    add(cli, hedui_label(kind, code, cli->language));
}

/* A line with its subject in front, left out where there is nothing to say. */
static void line(hedui_cli *cli, const char *zh, const char *en, hedui_span text)
{
    if (text.length)
        hedui_buffer_format(&cli->out, "   %s  %.*s\n", hedui_cli_say(cli, zh, en),
                            (int)text.length, text.at);
}

/* How a flag came about; nothing of one that this run did not raise. */
static void print_chain(const hedui_cli_account *a, const hedui_store_flag *flag)
{
    const hedui_account_rule *rule = hedui_cli_rule_of(a->account, flag->rule);
    for (size_t i = 0; rule && i < rule->judgement_count; i++) {
        const hedui_account_judgement *j = &rule->judgements[i];
        if (j->outcome.truth != 1 || !hedui_span_equal(j->subject, flag->subject))
            continue;
        hedui_cli_print_judgement(a, j);
        hedui_cli_print_used(a, j, 1);
        return;
    }
}

static void print_flag(const hedui_cli_account *a, const hedui_store_household *household,
                       const hedui_store_flag *flag, size_t number)
{
    hedui_cli *cli = a->cli;
    hedui_buffer_format(&cli->out, "\n%zu. %.*s %.*s  ", number, (int)flag->rule.length,
                        flag->rule.at, (int)flag->title.length, flag->title.at);
    add_label(cli, HEDUI_LABEL_SEVERITY, flag->severity);
    hedui_buffer_text(&cli->out, "  ");
    add_label(cli, HEDUI_LABEL_EFFECT, flag->effect);
    hedui_buffer_text(&cli->out, "  ");
    add_label(cli, HEDUI_LABEL_FLAG, flag->status);
    if (flag->why.length) {
        hedui_buffer_text(&cli->out, hedui_cli_say(cli, "：", ": "));
        add_label(cli, HEDUI_LABEL_WHY, flag->why);
    }
    hedui_buffer_text(&cli->out, flag->capped ? hedui_cli_say(cli, "  （匹配较弱，只作核实）",
                                                              "  (a weak match: to be verified)")
                                              : "");
    hedui_buffer_byte(&cli->out, '\n');
    line(cli, "情况", "what", flag->message);
    if (flag->person.length)
        line(cli, "人员", "person",
             hedui_cli_print(cli, "%.*s %.*s", (int)flag->person.length, flag->person.at,
                             (int)flag->person_masked.length, flag->person_masked.at));
    for (size_t i = 0; i < flag->evidence_count; i++)
        hedui_cli_print_evidence(cli, household, &flag->evidence[i]);
    print_chain(a, flag);
    line(cli, "依据", "basis", flag->basis);
    line(cli, "核实", "ask", flag->ask);
    line(cli, "可消除", "cleared by", flag->clears);
}

/* 1 if it stands above, with the flag that it led to. */
static int is_told(const hedui_store_household *household, const hedui_account_rule *rule,
                   const hedui_account_judgement *j)
{
    for (size_t i = 0; j->outcome.truth == 1 && i < household->flag_count; i++)
        if (hedui_span_equal(household->flags[i].rule, rule->id) &&
            hedui_span_equal(household->flags[i].subject, j->subject))
            return 1;
    return 0;
}

static void print_empty(hedui_cli *cli, const hedui_account_rule *rule)
{
    for (size_t i = 0; i < rule->each.reason_count; i++) {
        hedui_buffer_format(&cli->out, "   %s  ", hedui_cli_say(cli, "缺", "missing"));
        hedui_cli_print_reason(cli, &rule->each.reasons[i]);
        hedui_buffer_byte(&cli->out, '\n');
    }
    if (!rule->each.reason_count && hedui_span_is(rule->answer, "clear"))
        hedui_buffer_text(&cli->out, hedui_cli_say(cli, "   没有这类记录\n", "   no such rows\n"));
}

/* A rule with all its conditions, whatever it answered. */
static void print_rule(const hedui_cli_account *a, const hedui_store_household *household,
                       const hedui_account_rule *rule)
{
    hedui_cli *cli = a->cli;
    size_t told = 0;
    for (size_t i = 0; i < rule->judgement_count; i++)
        told += is_told(household, rule, &rule->judgements[i]) != 0;
    if (told && told == rule->judgement_count)
        return;
    hedui_buffer_format(&cli->out, "\n%.*s %.*s  ", (int)rule->id.length, rule->id.at,
                        (int)rule->title.length, rule->title.at);
    if (told)
        hedui_buffer_text(&cli->out, hedui_cli_say(cli, "其余各项", "the others"));
    else
        add_label(cli, HEDUI_LABEL_ANSWER, rule->answer);
    hedui_buffer_byte(&cli->out, '\n');
    hedui_cli_print_looked_at(cli, household, rule);
    for (size_t i = 0; i < rule->judgement_count; i++)
        if (!is_told(household, rule, &rule->judgements[i]))
            hedui_cli_print_judgement(a, &rule->judgements[i]);
    if (!rule->judgement_count)
        print_empty(cli, rule);
    hedui_cli_print_used(a, rule->judgements, rule->judgement_count);
    line(cli, "依据", "basis", rule->basis);
    line(cli, "核实", "ask", rule->ask);
    line(cli, "可消除", "cleared by", rule->clears);
}

static int has_cause(const hedui_store_household *household, const hedui_account_rule *rule)
{
    for (size_t i = 0; i < household->cause_count; i++)
        if (hedui_span_equal(household->causes[i].rule, rule->id))
            return hedui_span_is(rule->answer, "undetermined");
    return 0;
}

/* Rules that this household alone leaves open are told in full if they are few; what a whole source
 * leaves open is the same for every household and stands with the sources. */
static void print_open(const hedui_cli_account *a, const hedui_job_explanation *e)
{
    const hedui_store_household *household = e->household;
    enum { FEW = 3 };
    size_t open = 0;
    hedui_cli_print_causes(a->cli, e);
    for (size_t i = 0; a->account && i < a->account->rule_count; i++)
        open += has_cause(household, &a->account->rules[i]) != 0;
    for (size_t i = 0; open <= FEW && a->account && i < a->account->rule_count; i++)
        if (has_cause(household, &a->account->rules[i]))
            print_rule(a, household, &a->account->rules[i]);
}

static const char *words_of(const hedui_cli *cli, const char *kind)
{
    static const char *const words[][3] = {
        {"missing", "重算后没有这条疑点", "flag not found again"},
        {"added", "重算后多出疑点", "flag found, not stored"},
        {"facts", "疑点的事实不同", "flag with other facts"},
        {"place", "原始行的位置不同", "flag from another row"},
        {"words", "疑点的说明文字不同", "flag in other words"},
        {"state", "这一户的结论不同", "another state"},
        {"searched", "各来源有无记录不同", "other records found"},
        {"cause", "无法核对的原因不同", "another cause"},
        {"tag", "提示不同", "another tag"},
        {"override", "例外认定不同", "another override"},
        {"pair", "非本人认定不同", "another wrong match"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(kind, words[i][0]) == 0)
            return words[i][1 + cli->language];
    return kind;
}

/* Before anything else: whether what follows can be relied on. */
static void print_derived(hedui_cli *cli, const hedui_job_explanation *e)
{
    if (e->why.status) {
        hedui_buffer_text(&cli->out,
                          hedui_cli_say(cli, "只有入库的内容，判断过程没有重算：",
                                        "stored particulars only, nothing was derived again: "));
        hedui_message_sentence(&cli->out, &e->why, cli->language);
        hedui_buffer_byte(&cli->out, '\n');
    }
    if (!e->difference_count)
        return;
    hedui_cli_mark(cli, HEDUI_CLI_RED, hedui_cli_say(cli, "与入库的结果不一致", "NOT AS STORED"));
    hedui_buffer_format(
        &cli->out,
        hedui_cli_say(cli,
                      "：用存档的数据和当时的规则重算，有 %lld 处不同。请先查清，不要据此办理。\n",
                      ": derived again from the archive, %lld differences. Find out why first.\n"),
        (long long)e->difference_count);
    for (int64_t i = 0; i < e->difference_count && i < HEDUI_JOB_DIFFERENCES; i++) {
        hedui_buffer_text(&cli->out, "   ");
        add(cli, e->differences[i].rule);
        hedui_buffer_format(&cli->out, "%s%s\n", e->differences[i].rule.length ? "  " : "",
                            words_of(cli, e->differences[i].kind));
    }
}

static void print(hedui_cli *cli, const hedui_job_explanation *e, hedui_span wanted, int all)
{
    const hedui_store_household *household = e->household;
    const hedui_cli_account a = {cli, e->account, all || wanted.length};
    size_t number = 0;
    hedui_cli_print_household(cli, household);
    print_derived(cli, e);
    for (size_t i = 0; i < household->flag_count; i++)
        if (!wanted.length || hedui_span_equal(wanted, household->flags[i].rule))
            print_flag(&a, household, &household->flags[i], ++number);
    for (size_t i = 0; a.account && a.full && i < a.account->rule_count; i++)
        if (all || hedui_span_equal(wanted, a.account->rules[i].id))
            print_rule(&a, household, &a.account->rules[i]);
    if (wanted.length)
        return;
    hedui_cli_print_overridden(cli, household);
    hedui_cli_print_met(cli, household);
    hedui_cli_print_tags(cli, household);
    if (all)
        hedui_cli_print_causes(cli, e);
    else
        print_open(&a, e);
    hedui_cli_print_checked(cli, e);
    if (!all && a.account)
        hedui_cli_next(cli,
                       hedui_cli_print(cli, "explain %.*s --rule %s%s", (int)household->id.length,
                                       household->id.at, hedui_cli_say(cli, "规则编号", "RULE"),
                                       hedui_cli_night_place(cli))
                           .at);
}

static int is_answered(const hedui_store_household *household, hedui_span rule)
{
    for (size_t i = 0; i < household->answer_count; i++)
        if (hedui_span_equal(household->answers[i].rule, rule))
            return 1;
    return 0;
}

/* What keeps a run from being derived again is its age, or a failure. */
static int exit_code(const hedui_job_explanation *e)
{
    if (e->difference_count)
        return EXIT_MISMATCH;
    return e->why.status && !e->gone ? hedui_message_exit(e->why.status) : 0;
}

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    const hedui_cli_value *named = hedui_cli_value_find(call, "run");
    const hedui_cli_value *rule = hedui_cli_value_find(call, "rule");
    const hedui_cli_value *threads = hedui_cli_value_find(call, "threads");
    hedui_span wanted = hedui_span_of(rule ? rule->text : "");
    const hedui_workspace *workspace = NULL;
    hedui_job_explanation e;
    hedui_err err;
    hedui_err_init(&err);
    if (hedui_workspace_load(&workspace, cli->folder, cli->share, cli->arena, &err) ||
        hedui_job_explain(&e, workspace, hedui_span_of(named ? named->text : ""),
                          hedui_span_of(call->arguments[0]),
                          hedui_cli_value_find(call, "stored") != NULL,
                          threads ? (int)threads->number : 0, cli->arena, &cli->notes, &err))
        return hedui_cli_fail(cli, &err);
    if (wanted.length && !is_answered(e.household, wanted)) {
        (void)hedui_fail(&err, HEDUI_E8027, hedui_place_none(), HEDUI_ARG_SPAN(wanted),
                         HEDUI_ARG_SPAN(e.household->run));
        return hedui_cli_fail(cli, &err);
    }
    if (cli->json)
        hedui_cli_explain_write(cli, &e, wanted);
    else
        print(cli, &e, wanted, hedui_cli_value_find(call, "all") != NULL);
    return exit_code(&e);
}

static const hedui_cli_option options[] = {
    {"run", 0, HEDUI_CLI_TEXT, "RUN", "哪一批次（缺省为最近一次）",
     "which run (default: the latest)", 0, 0, NULL},
    {"rule", 0, HEDUI_CLI_TEXT, "RULE", "只说明一条规则，不论结果",
     "one rule only, whatever it answered", 0, 0, NULL},
    {"all", 0, HEDUI_CLI_FLAG, NULL, "每条规则都逐条说明", "every rule in full", 0, 0, NULL},
    {"stored", 0, HEDUI_CLI_FLAG, NULL, "只看入库的内容，不重算",
     "what is stored only, nothing derived again", 0, 0, NULL},
    {"threads", 'j', HEDUI_CLI_NUMBER, "N", "线程数（缺省为核数）", "threads (default: all cores)",
     1, 256, NULL},
};

const hedui_cli_command hedui_cli_command_explain = {
    .name = "explain",
    .group = HEDUI_CLI_RUNS,
    .usage = "HOUSEHOLD",
    .least = 1,
    .most = 1,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .zh = "说明一户：疑点、原始记录、判断过程、无法核对之处、查过的数据源",
    .en = "explain a household: flags, rows, figures, what was not checked",
    .more_zh = "判断过程和各项数字由存档的数据按当时的规则重算，和入库的结果逐条比对；有不同则退出"
               "码为 8。\n"
               "存档已按保存期限清除的，只显示入库的内容。没有疑点的规则用 --rule 或 --all 看。",
    .more_en = "Conditions and figures are derived again from the archive with the rules of that "
               "day and held\n"
               "against what is stored; exit code 8 if they differ. Where the archive was purged, "
               "what is\n"
               "stored is shown. Rules without a flag: --rule or --all.",
    .example = "hedui explain DB0000000004 --rule VEH-01",
    .schema = "hedui.explain/2",
    .run = run,
};
