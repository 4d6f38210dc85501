/* What the store has of a household: its head, rows of evidence, tags, answers and sources. */
#include "cli/explain_stored.h"
#include "cli/grid.h"
#include "cli/night.h"

#include <hedui/escape.h>
#include <hedui/label.h>
#include <hedui/store_pair.h>

static void add(hedui_cli *cli, hedui_span text)
{
    hedui_buffer_add(&cli->out, text);
}

static void add_label(hedui_cli *cli, hedui_label_kind kind, hedui_span code)
{
    add(cli, hedui_label(kind, code, cli->language));
}

void hedui_cli_print_household(hedui_cli *cli, const hedui_store_household *household)
{
    add(cli, household->id);
    const hedui_span texts[] = {household->town_name, household->area_name, household->head_name};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i].length && !(i == 1 && hedui_span_equal(texts[0], texts[1]))) {
            hedui_buffer_text(&cli->out, "  ");
            add(cli, texts[i]);
        }
    hedui_buffer_format(
        &cli->out,
        hedui_cli_say(cli, "  %lld 人（保障 %lld 人）\n", "  %lld people (%lld counted)\n"),
        (long long)household->members, (long long)household->counted);
    hedui_buffer_format(
        &cli->out,
        hedui_cli_say(cli, "核对批次 %.*s   基准日 %s   结论：", "run %.*s   as of %s   state: "),
        (int)household->run.length, household->run.at, hedui_cli_day(cli, household->as_of).at);
    add_label(cli, HEDUI_LABEL_HOUSEHOLD, household->state);
    hedui_buffer_format(&cli->out,
                        hedui_cli_say(cli, "（疑点 %lld 条，无法核对的规则 %lld 条）\n",
                                      " (%lld flags, %lld rules unanswered)\n"),
                        (long long)household->flag_total, (long long)household->unanswered);
}

const hedui_store_delivery *hedui_cli_delivery_of(const hedui_store_household *household,
                                                  const hedui_store_evidence *evidence)
{
    for (size_t i = 0; i < household->delivery_count; i++)
        if (memcmp(&household->deliveries[i].digest, &evidence->file_digest,
                   sizeof evidence->file_digest) == 0)
            return &household->deliveries[i];
    return NULL;
}

/* What was searched in vain: as of which day, how many rows. A source that answered a query list
 * was searched for the people of the list only. */
static void print_search(hedui_cli *cli, const hedui_store_household *household,
                         const hedui_store_evidence *evidence)
{
    const hedui_store_delivery *delivery = hedui_cli_delivery_of(household, evidence);
    if (delivery && delivery->query.length) {
        hedui_buffer_format(
            &cli->out,
            hedui_cli_say(cli, "已按查询名单 %.*s（%s）查询，回复共 %s 行，无记录\n",
                          "asked in query list %.*s of %s, answered with %s rows, no row\n"),
            (int)delivery->query.length, delivery->query.at,
            hedui_cli_day(cli, delivery->query_day).at,
            hedui_cli_counted(cli, delivery->records).at);
        return;
    }
    hedui_buffer_format(&cli->out,
                        hedui_cli_say(cli, "已查（数据截至 %s", "searched (data as of %s"),
                        hedui_cli_day(cli, evidence->cut_off).at);
    if (delivery)
        hedui_buffer_format(&cli->out, hedui_cli_say(cli, "，共 %s 行", ", %s rows"),
                            hedui_cli_counted(cli, delivery->records).at);
    hedui_buffer_text(&cli->out, hedui_cli_say(cli, "），无记录\n", "), no row\n"));
}

void hedui_cli_print_evidence(hedui_cli *cli, const hedui_store_household *household,
                              const hedui_store_evidence *evidence)
{
    char hex[HEDUI_DIGEST_HEX];
    hedui_digest_hex(hex, &evidence->file_digest);
    hedui_buffer_format(&cli->out,
                        hedui_cli_say(cli, "   来源  %.*s %.*s ", "   source  %.*s %.*s "),
                        (int)evidence->source.length, evidence->source.at,
                        (int)evidence->file.length, evidence->file.at);
    if (evidence->line) {
        hedui_buffer_text(&cli->out, hedui_cli_say(cli, "第 ", "line "));
        hedui_cli_count(&cli->out, evidence->line);
        hedui_buffer_text(&cli->out, hedui_cli_say(cli, " 行（字节 ", " (byte "));
        hedui_cli_count(&cli->out, evidence->offset);
        hedui_buffer_format(&cli->out,
                            hedui_cli_say(cli, "，SHA-256 %.8s…）\n", ", SHA-256 %.8s…)\n"), hex);
        hedui_buffer_format(&cli->out, "   %s  ", hedui_cli_say(cli, "匹配", "match"));
        add_label(cli, HEDUI_LABEL_MATCH, evidence->match);
        hedui_buffer_byte(&cli->out, '\n');
    } else {
        print_search(cli, household, evidence);
    }
    if (!evidence->cell_count)
        return;
    hedui_buffer_format(&cli->out, "   %s  ", hedui_cli_say(cli, "记录", "row"));
    for (size_t i = 0; i < evidence->cell_count; i++) {
        const hedui_store_cell *cell = &evidence->cells[i];
        hedui_buffer_text(&cli->out, i ? "  " : "");
        add(cli, cell->title.length ? cell->title : cell->column);
        hedui_buffer_byte(&cli->out, '=');
        add(cli, cell->value);
    }
    hedui_buffer_byte(&cli->out, '\n');
}

const hedui_account_rule *hedui_cli_rule_of(const hedui_account *account, hedui_span id)
{
    for (size_t i = 0; account && i < account->rule_count; i++)
        if (hedui_span_equal(account->rules[i].id, id))
            return &account->rules[i];
    return NULL;
}

void hedui_cli_print_overridden(hedui_cli *cli, const hedui_store_household *household)
{
    if (household->overridden_count)
        hedui_buffer_text(&cli->out,
                          hedui_cli_say(cli, "\n例外认定（已核到，按认定不列为疑点）\n",
                                        "\noverridden (found, and no flags by decision)\n"));
    for (size_t i = 0; i < household->overridden_count; i++) {
        const hedui_store_overridden *o = &household->overridden[i];
        hedui_buffer_format(
            &cli->out,
            hedui_cli_say(cli, "   %.*s %.*s  %.*s，至 %s，佐证：%.*s\n   情况  %.*s\n",
                          "   %.*s %.*s  %.*s until %s, evidence: %.*s\n   what  %.*s\n"),
            (int)o->flag.rule.length, o->flag.rule.at, (int)o->flag.title.length, o->flag.title.at,
            (int)o->override.length, o->override.at, hedui_cli_day(cli, o->until).at,
            (int)o->rests_on.length, o->rests_on.at, (int)o->flag.message.length,
            o->flag.message.at);
    }
}

void hedui_cli_print_met(hedui_cli *cli, const hedui_store_household *household)
{
    if (household->met_count)
        hedui_buffer_text(&cli->out,
                          hedui_cli_say(cli, "\n非本人认定（已认定不是本人的记录）\n",
                                        "\nwrong matches (rows decided not to be theirs)\n"));
    for (size_t i = 0; i < household->met_count; i++) {
        const hedui_store_met *m = &household->met[i];
        hedui_span state = hedui_label(HEDUI_LABEL_PAIR, m->state, cli->language);
        const hedui_span parts[] = {m->pair, state, m->person, m->feed_title};
        hedui_buffer_text(&cli->out, " ");
        for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) {
            hedui_buffer_text(&cli->out, "  ");
            add(cli, parts[k]);
        }
        hedui_buffer_format(
            &cli->out,
            hedui_cli_say(cli,
                          "\n   来源  %.*s %.*s 第 %lld 行\n"
                          "   认定  %.*s提出，%.*s批准，至 %s，佐证：%.*s\n",
                          "\n   source  %.*s %.*s line %lld\n"
                          "   decided  proposed by %.*s, approved by %.*s, until %s, evidence: "
                          "%.*s\n"),
            (int)m->source.length, m->source.at, (int)m->file.length, m->file.at,
            (long long)m->line, (int)m->proposer.length, m->proposer.at, (int)m->approver.length,
            m->approver.at, hedui_cli_day(cli, m->until).at, (int)m->rests_on.length,
            m->rests_on.at);
    }
}

void hedui_cli_print_tags(hedui_cli *cli, const hedui_store_household *household)
{
    if (household->tag_count)
        hedui_buffer_text(&cli->out, hedui_cli_say(cli, "\n提示（不是疑点，入户时看一看）\n",
                                                   "\nto look at (no flags)\n"));
    for (size_t i = 0; i < household->tag_count; i++) {
        const hedui_store_tag *tag = &household->tags[i];
        const hedui_span parts[] = {tag->rule, tag->title, tag->message};
        hedui_buffer_text(&cli->out, "  ");
        for (size_t j = 0; j < sizeof parts / sizeof *parts; j++) {
            hedui_buffer_byte(&cli->out, ' ');
            add(cli, parts[j]);
        }
        hedui_buffer_byte(&cli->out, '\n');
    }
}

/* 1 if the rule is open for want of the source. */
static int needs(const hedui_account_rule *rule, hedui_span feed)
{
    if (!hedui_span_is(rule->answer, "undetermined"))
        return 0;
    for (size_t i = 0; i < rule->each.reason_count; i++)
        if (hedui_span_equal(rule->each.reasons[i].source, feed))
            return 1;
    for (size_t j = 0; j < rule->judgement_count; j++)
        for (size_t i = 0; i < rule->judgements[j].outcome.reason_count; i++)
            if (hedui_span_equal(rule->judgements[j].outcome.reasons[i].source, feed))
                return 1;
    return 0;
}

/* Sources that a rule needed and that did not come, each once. */
static void print_lacking(hedui_cli *cli, const hedui_job_explanation *e)
{
    const hedui_store_household *household = e->household;
    hedui_cli_grid grid;
    hedui_cli_grid_init(&grid, "ll", cli->arena);
    for (size_t d = 0; e->account && d < household->delivery_count; d++) {
        const hedui_store_delivery *delivery = &household->deliveries[d];
        hedui_buffer rules = cli->out; /* put aside */
        int found = 0;
        if (delivery->used)
            continue;
        hedui_buffer_init(&cli->out);
        for (size_t i = 0; i < e->account->rule_count; i++)
            if (needs(&e->account->rules[i], delivery->feed)) {
                hedui_buffer_text(&cli->out, found++ ? " " : "");
                add(cli, e->account->rules[i].id);
            }
        hedui_span text = hedui_buffer_keep(&cli->out, cli->arena);
        cli->out = rules;
        if (!found || !text.at)
            continue;
        hedui_cli_grid_add(&grid, delivery->title);
        hedui_cli_grid_add(&grid, text);
    }
    if (!grid.count)
        return;
    hedui_buffer_text(
        &cli->out,
        hedui_cli_say(cli, "\n没有查成的数据源，和因此没有核对的规则\n",
                      "\nsources that were not checked, and the rules that needed them\n"));
    hedui_cli_grid_print(&cli->out, &grid, 3);
}

void hedui_cli_print_checked(hedui_cli *cli, const hedui_job_explanation *e)
{
    const hedui_store_household *household = e->household;
    hedui_cli_grid grid;
    hedui_buffer_text(&cli->out, hedui_cli_say(cli, "\n各规则\n", "\nrules\n"));
    hedui_cli_grid_init(&grid, "lll", cli->arena);
    for (size_t i = 0; i < household->answer_count; i++) {
        hedui_cli_grid_add(&grid, household->answers[i].rule);
        hedui_cli_grid_add(&grid, household->answers[i].title);
        const hedui_account_rule *rule = hedui_cli_rule_of(e->account, household->answers[i].rule);
        hedui_cli_grid_add(&grid, hedui_label(HEDUI_LABEL_ANSWER,
                                              rule ? rule->answer : household->answers[i].answer,
                                              cli->language));
    }
    hedui_cli_grid_print(&cli->out, &grid, 3);
    hedui_buffer_text(&cli->out, hedui_cli_say(cli, "\n数据源\n", "\nsources\n"));
    hedui_cli_grid_init(&grid, "lllll", cli->arena);
    for (size_t i = 0; i < household->delivery_count; i++) {
        const hedui_store_delivery *delivery = &household->deliveries[i];
        if (!delivery->file.length)
            continue;
        hedui_cli_grid_add(&grid, delivery->title);
        hedui_cli_grid_add(&grid,
                           hedui_label(HEDUI_LABEL_VERDICT, delivery->verdict, cli->language));
        hedui_cli_grid_add(&grid, delivery->file.length ? hedui_cli_day(cli, delivery->cut_off)
                                                        : hedui_span_of("-"));
        hedui_cli_grid_add(&grid, delivery->file);
        hedui_cli_grid_add(
            &grid,
            delivery->query.length
                ? hedui_cli_print(cli,
                                  hedui_cli_say(cli, "回复查询名单 %.*s，查询 %s 人，%s 人有记录",
                                                "answers %.*s: %s asked, %s with rows"),
                                  (int)delivery->query.length, delivery->query.at,
                                  hedui_cli_counted(cli, delivery->asked).at,
                                  hedui_cli_counted(cli, delivery->answered).at)
                : hedui_span_of(""));
    }
    hedui_cli_grid_print(&cli->out, &grid, 3);
    print_lacking(cli, e);
    hedui_buffer_text(&cli->out, hedui_cli_say(cli, "\n疑点为比对线索，不是认定结论。\n",
                                               "\nA flag is a lead, not a finding.\n"));
}

/* --- causes ----------------------------------------------------------------------------------- */

/* What closes a question that a cause left open. */
static const char *remedy(const hedui_cli *cli, hedui_span reason)
{
    static const char *const words[][3] = {
        {"not_supplied", "数据到了再核对", "wait for the delivery"},
        {"stale", "请来源单位送新的数据", "ask the department for newer data"},
        {"refused", "请来源单位更正后重送", "ask the department for a corrected delivery"},
        {"not_authorised", "请本人补办核对授权", "get the person's authorisation"},
        {"rejected_row", "请来源单位更正此人的行后重送", "ask the department to correct the row"},
        {"conflict", "请来源单位查清互相矛盾的行", "ask the department which row is right"},
        {"empty_field", "请来源单位补上空着的栏目", "ask the department to fill in the field"},
        {"bad_field", "请来源单位更正无法读取的栏目", "ask the department to correct the field"},
        {"parameter", "在参数表里补上适用的一行", "add the row that is missing to the table"},
        {"caseload", "补全台账里这一户的资料", "complete the household's own rows"},
        {"evaluation", "请编写规则的人查看", "ask the rule's author"},
        {"no_column", "请来源单位补送这一栏", "ask the department for the column"},
        {"no_record", "请核实应否有记录，由来源单位补送",
         "ask whether there should be a record, and the department for it"},
        {"bad_value", "请来源单位核实这一栏的值", "ask the department whether the value is right"},
        {"not_asked", "列入下次查询名单", "put the person on the next query list"},
        {"not_answered", "请来源单位给出结论", "ask the department for an answer"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (hedui_span_is(reason, words[i][0]))
            return words[i][1 + cli->language];
    return "";
}

static int same_cause(const hedui_store_cause *a, const hedui_store_cause *b)
{
    return hedui_span_equal(a->reason, b->reason) && hedui_span_equal(a->person, b->person) &&
           hedui_span_equal(a->field, b->field);
}

static hedui_span member(const hedui_store_cause *cause, int rule)
{
    if (rule)
        return cause->rule;
    return cause->source_title.length ? cause->source_title : cause->source;
}

/* What the causes like this one name, each once, on as many lines as it takes. */
static void add_distinct(hedui_cli *cli, const hedui_store_household *household, size_t first,
                         int rule, const char *between)
{
    enum { WIDEST = 96, INDENT = 13 };
    size_t width = INDENT, told = 0;
    for (size_t i = first; i < household->cause_count; i++) {
        hedui_span text = member(&household->causes[i], rule);
        int known = !text.length || !same_cause(&household->causes[first], &household->causes[i]);
        for (size_t k = first; k < i && !known; k++)
            known = same_cause(&household->causes[first], &household->causes[k]) &&
                    hedui_span_equal(text, member(&household->causes[k], rule));
        if (known)
            continue;
        size_t more = hedui_display_width(text) + hedui_display_width(hedui_span_of(between));
        hedui_buffer_text(&cli->out, told++ ? between : "");
        if (width + more > WIDEST) {
            while (cli->out.length && cli->out.data[cli->out.length - 1] == ' ')
                cli->out.data[--cli->out.length] = '\0';
            hedui_buffer_format(&cli->out, "\n%*s", INDENT, "");
            width = INDENT;
        }
        width += more;
        add(cli, text);
    }
    hedui_buffer_byte(&cli->out, '\n');
}

static int is_first(const hedui_store_household *household, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (same_cause(&household->causes[k], &household->causes[i]))
            return 0;
    return 1;
}

/* What people call the column that a cause names; its name in the layout where nothing was derived.
 */
static hedui_span column_title(const hedui_account *account, const hedui_store_cause *cause)
{
    const hedui_account_rule *rule = hedui_cli_rule_of(account, cause->rule);
    for (size_t j = 0; rule && cause->field.length && j < rule->judgement_count; j++) {
        const hedui_account_figure *f = &rule->judgements[j].outcome;
        for (size_t i = 0; i < f->reason_count; i++)
            if (hedui_span_equal(f->reasons[i].source, cause->source) &&
                hedui_span_equal(f->reasons[i].field, cause->field))
                return f->reasons[i].field_title;
    }
    return cause->field;
}

/* One block a cause and person, however many rules it leaves open. */
void hedui_cli_print_causes(hedui_cli *cli, const hedui_job_explanation *e)
{
    const hedui_store_household *household = e->household;
    if (household->cause_count)
        hedui_buffer_text(&cli->out, hedui_cli_say(cli, "\n无法核对\n", "\nunanswered\n"));
    for (size_t i = 0; i < household->cause_count; i++) {
        const hedui_store_cause *cause = &household->causes[i];
        if (!is_first(household, i))
            continue;
        hedui_buffer_text(&cli->out, "   ");
        add_label(cli, HEDUI_LABEL_CAUSE, cause->reason);
        const hedui_span parts[] = {column_title(e->account, cause), cause->person};
        for (size_t k = 0; k < sizeof parts / sizeof *parts; k++)
            if (parts[k].length) {
                hedui_buffer_text(&cli->out, "  ");
                add(cli, parts[k]);
            }
        hedui_buffer_text(&cli->out, hedui_cli_say(cli, "\n     数据源  ", "\n     sources  "));
        add_distinct(cli, household, i, 0, hedui_cli_say(cli, "、", ", "));
        hedui_buffer_text(&cli->out, hedui_cli_say(cli, "     规则    ", "     rules    "));
        add_distinct(cli, household, i, 1, " ");
        hedui_buffer_format(&cli->out,
                            hedui_cli_say(cli, "     怎么办  %s\n", "     to do    %s\n"),
                            remedy(cli, cause->reason));
    }
}

/* --- what a rule looked at -------------------------------------------------------------------- */

static const hedui_store_delivery *last_of(const hedui_store_household *household, hedui_span feed)
{
    const hedui_store_delivery *last = NULL;
    for (size_t i = 0; i < household->delivery_count; i++)
        if (hedui_span_equal(household->deliveries[i].feed, feed))
            last = &household->deliveries[i];
    return last;
}

void hedui_cli_print_looked_at(hedui_cli *cli, const hedui_store_household *household,
                               const hedui_account_rule *rule)
{
    for (size_t i = 0; i < rule->source_count; i++) {
        const hedui_store_delivery *delivery = last_of(household, rule->sources[i]);
        if (!delivery)
            continue;
        hedui_buffer_text(&cli->out, "   ");
        hedui_buffer_text(&cli->out, delivery->used ? hedui_cli_say(cli, "查过", "checked")
                                                    : hedui_cli_say(cli, "没有查", "not checked"));
        hedui_buffer_text(&cli->out, "  ");
        add(cli, delivery->title);
        hedui_buffer_text(&cli->out, "  ");
        if (delivery->used) {
            hedui_buffer_format(&cli->out, hedui_cli_say(cli, "截至 %s", "as of %s"),
                                hedui_cli_day(cli, delivery->cut_off).at);
        } else {
            add_label(cli, HEDUI_LABEL_VERDICT, delivery->verdict);
        }
        hedui_buffer_byte(&cli->out, '\n');
    }
}
