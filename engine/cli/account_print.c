/* A condition as lines: in the first column whether the part holds, behind it the tree. Reasons
 * stand where they arise and not at every level above; what needs no line of its own is told on the
 * one above: the list that a macro goes through, the condition of a row. */
#include "cli/account_print.h"

#include <hedui/escape.h>

enum { INDENT = 5, WORD = 8, WIDEST = 84 };

typedef struct tree {
    const hedui_cli_account *a;
    const hedui_account_part *parts;
    size_t count;
    uint32_t indent;
} tree;

static void add(hedui_cli *cli, hedui_span text)
{
    hedui_buffer_add(&cli->out, text);
}

static void say(hedui_cli *cli, const char *zh, const char *en)
{
    hedui_buffer_text(&cli->out, hedui_cli_say(cli, zh, en));
}

static void blanks(hedui_cli *cli, uint32_t count)
{
    while (count--)
        hedui_buffer_byte(&cli->out, ' ');
}

/* An expression, cut where a line would break: its parts stand below it. */
static void add_expression(hedui_cli *cli, hedui_span text)
{
    hedui_span cut = text;
    while (cut.length && hedui_display_width(cut) > WIDEST)
        do
            cut.length--;
        while (cut.length && ((unsigned char)text.at[cut.length] & 0xC0) == 0x80);
    add(cli, cut);
    if (cut.length < text.length)
        hedui_buffer_text(&cli->out, "…");
}

static size_t end_of(const tree *t, size_t i)
{
    size_t end = i + 1;
    while (end < t->count && t->parts[end].depth > t->parts[i].depth)
        end++;
    return end;
}

static int is_leaf(const tree *t, size_t i)
{
    return end_of(t, i) == i + 1;
}

static int is_condition(const hedui_account_part *p)
{
    return p->figure.truth >= 0 || p->kind == HEDUI_CEL_PART_ALL || p->kind == HEDUI_CEL_PART_ANY ||
           p->kind == HEDUI_CEL_PART_NOT;
}

static void add_word(hedui_cli *cli, const hedui_account_figure *f, int condition)
{
    const char *word = "";
    if (f->state == HEDUI_ACCOUNT_KNOWN && condition)
        word = f->truth ? hedui_cli_say(cli, "成立", "holds") : hedui_cli_say(cli, "不成立", "not");
    else if (f->state == HEDUI_ACCOUNT_UNKNOWN || f->state == HEDUI_ACCOUNT_FAILED)
        word = hedui_cli_say(cli, "不详", "unknown");
    hedui_pad_right(&cli->out, hedui_span_of(word), WORD);
}

static void add_row(hedui_cli *cli, const hedui_account_row *row)
{
    add(cli, row->source_title);
    say(cli, " 第 ", " line ");
    hedui_cli_count(&cli->out, row->line);
    say(cli, " 行", "");
    if (row->person.length) {
        hedui_buffer_byte(&cli->out, ' ');
        add(cli, row->person);
    }
}

/* A title, for authors with the expression behind it; the expression where there is no title. */
static void add_named(const tree *t, const hedui_account_part *p)
{
    hedui_cli *cli = t->a->cli;
    if (!p->title.length) {
        add_expression(cli, p->text);
        return;
    }
    add(cli, p->title);
    if (!t->a->full)
        return;
    say(cli, "（", " (");
    add_expression(cli, p->text);
    say(cli, "）", ")");
}

/* --- macros ----------------------------------------------------------------------------------- */

static const char *phrase(const hedui_cli *cli, hedui_span name)
{
    static const char *const words[][3] = {
        {"exists", "至少一项符合", "at least one fits"},
        {"all", "每一项都符合", "every one fits"},
        {"exists_one", "正好一项符合", "exactly one fits"},
        {"filter", "挑出符合的", "those that fit"},
        {"atLeast", "符合的至少有", "how many fit, at least"},
        {"atMost", "符合的至多有", "how many fit, at most"},
        {"count", "数符合的", "how many fit"},
        {"sumOf", "逐项相加", "added up"},
        {"sumOver", "合计超过限数", "together more than the limit"},
        {"distinctBy", "重复的只算一次", "each once"},
        {"latestBy", "取最近的", "the latest"},
        {"sortBy", "排序", "in order"},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (hedui_span_is(name, words[i][0]))
            return words[i][1 + cli->language];
    return hedui_cli_say(cli, "逐项计算", "one by one");
}

/* The list itself, if it has a name; it is then told on the macro's line. */
static const hedui_account_part *list_of(const tree *t, size_t i)
{
    const hedui_account_part *p = i + 1 < end_of(t, i) ? &t->parts[i + 1] : NULL;
    int named = p && (p->kind == HEDUI_CEL_PART_FIELD || p->kind == HEDUI_CEL_PART_NAME);
    return named && is_leaf(t, i + 1) ? p : NULL;
}

static void add_list(const tree *t, size_t i)
{
    hedui_cli *cli = t->a->cli;
    const hedui_account_part *p = &t->parts[i], *list = list_of(t, i);
    int unknown = list && list->figure.state != HEDUI_ACCOUNT_KNOWN;
    if (list)
        add_named(t, list);
    else
        say(cli, "下列各项", "of the following");
    if (!unknown)
        hedui_buffer_format(&cli->out, hedui_cli_say(cli, " %u 项", ", %u rows"),
                            list ? (unsigned)list->figure.count : p->count);
    if (list && list->figure.partial)
        say(cli, "以上", " or more");
    say(cli, "，", ": ");
    hedui_buffer_text(&cli->out, phrase(cli, p->name));
    if (unknown) {
        say(cli, "：", ": ");
        hedui_cli_print_reasons(cli, &list->figure);
    }
}

/* --- one line --------------------------------------------------------------------------------- */

static void add_assumed(hedui_cli *cli, const hedui_account_part *p)
{
    if (p->figure.truth >= 0) {
        say(cli, "下面这条不详，规则写明这时算", "not known, for which the rule says it ");
        say(cli, p->figure.truth ? "成立" : "不成立", p->figure.truth ? "holds" : "does not hold");
    } else {
        say(cli, "下面这条不详，规则写明这时按已知的算",
            "not known, for which the rule gives a value");
    }
}

static void add_head(const tree *t, size_t i)
{
    hedui_cli *cli = t->a->cli;
    const hedui_account_part *p = &t->parts[i];
    switch (p->kind) {
    case HEDUI_CEL_PART_ALL:
        say(cli, "同时满足下列各条", "all of these");
        return;
    case HEDUI_CEL_PART_ANY:
        say(cli, "下列至少有一条", "at least one of these");
        return;
    case HEDUI_CEL_PART_NOT:
        say(cli, "没有下面的情况", "this is not so");
        return;
    case HEDUI_CEL_PART_CHOICE:
        say(cli, "看前一条，取后一条", "the first decides, the second is taken");
        return;
    case HEDUI_CEL_PART_LIST:
        add_list(t, i);
        return;
    case HEDUI_CEL_PART_ROW:
        if (p->row)
            add_row(cli, p->row);
        else if (p->figure.state == HEDUI_ACCOUNT_UNKNOWN && is_leaf(t, i))
            say(cli, "可能还有", "there may be more");
        else
            hedui_buffer_format(&cli->out, hedui_cli_say(cli, "第 %u 项", "item %u"), p->count);
        return;
    case HEDUI_CEL_PART_TOTAL:
        say(cli, "已知的合计", "known rows together");
        return;
    case HEDUI_CEL_PART_MORE:
        hedui_buffer_format(&cli->out, hedui_cli_say(cli, "另有 %u 项没有列出", "%u more"),
                            p->count);
        return;
    case HEDUI_CEL_PART_ASSUMED:
        add_assumed(cli, p);
        return;
    case HEDUI_CEL_PART_FIELD:
    case HEDUI_CEL_PART_NAME:
        add_named(t, p);
        return;
    case HEDUI_CEL_PART_CALL:
    case HEDUI_CEL_PART_KINDS:
        break;
    }
    add_expression(cli, p->text);
}

/* A figure stands behind its name; what is unknown says so in the first column, and why. */
static void add_tail(const tree *t, size_t i)
{
    hedui_cli *cli = t->a->cli;
    const hedui_account_part *p = &t->parts[i];
    const hedui_account_figure *f = &p->figure;
    int figure =
        !is_condition(p) && p->kind != HEDUI_CEL_PART_MORE && f->state != HEDUI_ACCOUNT_UNKNOWN;
    if (figure && (f->state != HEDUI_ACCOUNT_KNOWN || f->text.length || f->count >= 0)) {
        hedui_buffer_text(&cli->out, " = ");
        hedui_cli_print_figure(cli, f);
    }
    if (f->state == HEDUI_ACCOUNT_UNKNOWN && is_leaf(t, i) && f->reason_count) {
        say(cli, "：", ": ");
        hedui_cli_print_reasons(cli, f);
    }
    if (!p->decides && f->state != HEDUI_ACCOUNT_KNOWN)
        say(cli, "（不影响结果）", " (makes no difference)");
}

/* A row whose one condition is a chain: both on one line. @return the chain, or 0. */
static size_t folded(const tree *t, size_t i)
{
    const hedui_account_part *p = &t->parts[i];
    size_t child = i + 1;
    if (p->kind != HEDUI_CEL_PART_ROW || is_leaf(t, i) || end_of(t, child) != end_of(t, i))
        return 0;
    return t->parts[child].kind == HEDUI_CEL_PART_ALL || t->parts[child].kind == HEDUI_CEL_PART_ANY
               ? child
               : 0;
}

static void print_range(const tree *t, size_t from, size_t to, uint32_t level);

static void print_one(const tree *t, size_t i, uint32_t level)
{
    hedui_cli *cli = t->a->cli;
    const hedui_account_part *p = &t->parts[i];
    size_t below = i + 1, chain = folded(t, i), end = end_of(t, i);
    if (p->kind == HEDUI_CEL_PART_ASSUMED && !p->count) { /* was known after all */
        print_range(t, below, end, level);
        return;
    }
    blanks(cli, t->indent);
    add_word(cli, &p->figure, is_condition(p));
    blanks(cli, level * 2);
    add_head(t, i);
    if (chain) {
        say(cli, "，", ", ");
        add_head(t, chain);
        below = chain + 1;
    } else {
        add_tail(t, i);
    }
    hedui_buffer_byte(&cli->out, '\n');
    if (p->kind == HEDUI_CEL_PART_LIST && list_of(t, i))
        below++;
    print_range(t, below, end, level + 1);
}

static void print_range(const tree *t, size_t from, size_t to, uint32_t level)
{
    for (size_t i = from; i < to; i = end_of(t, i))
        print_one(t, i, level);
}

void hedui_cli_print_parts(const hedui_cli_account *a, const hedui_account_part *parts,
                           size_t count, uint32_t indent)
{
    const tree t = {a, parts, count, indent};
    print_range(&t, 0, count, 0);
}

/* --- a judgement ------------------------------------------------------------------------------ */

static void print_unless(const hedui_cli_account *a, const hedui_account_judgement *j)
{
    hedui_cli *cli = a->cli;
    if (j->figure.truth == 0)
        return; /* nothing to be exempt from */
    if (j->unless_count)
        say(cli, "     除非（有一条成立就不提示）\n", "     unless one of these holds\n");
    for (size_t i = 0; i < j->unless_count; i++) {
        const hedui_account_unless *u = &j->unless[i];
        blanks(cli, INDENT);
        if (u->part_count)
            add_word(cli, &u->figure, 1);
        else
            hedui_pad_right(&cli->out, hedui_span_of(hedui_cli_say(cli, "待核实", "to ask")), WORD);
        add(cli, u->title);
        if (u->manual.length) {
            say(cli, "：", ": ");
            add(cli, u->manual);
        } else if (u->recorded) {
            say(cli, "：须有登记的认定", ": by a recorded decision");
        }
        hedui_buffer_byte(&cli->out, '\n');
        int told = a->full || u->figure.truth == 1 || u->figure.state != HEDUI_ACCOUNT_KNOWN;
        if (u->part_count && told)
            hedui_cli_print_parts(a, u->parts, u->part_count, INDENT + 2);
    }
}

void hedui_cli_print_judgement(const hedui_cli_account *a, const hedui_account_judgement *j)
{
    hedui_cli *cli = a->cli;
    say(cli, "   判断过程", "   how it was judged");
    if (j->row) {
        hedui_buffer_text(&cli->out, "  ");
        add_row(cli, j->row);
    }
    hedui_buffer_byte(&cli->out, '\n');
    if (j->part_count) {
        hedui_cli_print_parts(a, j->parts, j->part_count, INDENT);
    } else {
        blanks(cli, INDENT);
        add_word(cli, &j->outcome, 1);
        hedui_cli_print_reasons(cli, &j->outcome);
        hedui_buffer_byte(&cli->out, '\n');
    }
    print_unless(a, j);
}
