/* What judgements rest on: values with the lines that add up to them, and standards with the row of
 * the table they come from. */
#include "cli/account_print.h"

#include <hedui/date.h>
#include <hedui/escape.h>

enum { INDENT = 5 };

/* Which values and parameters were met. */
typedef struct met {
    const hedui_account *account;
    uint8_t *values, *parameters;
} met;

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

/* --- finding them ----------------------------------------------------------------------------- */

static void meet(met *m, const hedui_account_part *parts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        for (int p = parts[i].parameter; p >= 0; p = m->account->parameters[p].base)
            m->parameters[p] = 1;
        if (parts[i].value < 0 || m->values[parts[i].value])
            continue;
        const hedui_account_value *v = &m->account->values[parts[i].value];
        m->values[parts[i].value] = 1;
        meet(m, v->parts, v->part_count);
        for (size_t k = 0; k < v->line_count; k++)
            meet(m, v->lines[k].parts, v->lines[k].part_count);
    }
}

/* --- values ----------------------------------------------------------------------------------- */

static hedui_span bare(hedui_cli *cli, const hedui_account_figure *f)
{
    hedui_account_figure shown = *f;
    hedui_buffer out = cli->out; /* put aside */
    shown.unit = (hedui_span){"", 0};
    hedui_buffer_init(&cli->out);
    hedui_cli_print_figure(cli, &shown);
    hedui_span text = hedui_buffer_keep(&cli->out, cli->arena);
    cli->out = out;
    return text.at ? text : hedui_span_of("");
}

static size_t widest(hedui_cli *cli, const hedui_account_value *v, size_t *titles)
{
    size_t amounts = hedui_display_width(bare(cli, &v->exact));
    *titles = 0;
    for (size_t i = 0; i < v->line_count; i++) {
        size_t amount = hedui_display_width(bare(cli, &v->lines[i].figure));
        size_t title = hedui_display_width(v->lines[i].title);
        amounts = amount > amounts ? amount : amounts;
        *titles = title > *titles ? title : *titles;
    }
    return amounts;
}

/* The lines of a sum, amounts under each other, and what they come to. */
static void print_lines(const hedui_cli_account *a, const hedui_account_value *v)
{
    hedui_cli *cli = a->cli;
    size_t titles, amounts = widest(cli, v, &titles);
    for (size_t i = 0; i <= v->line_count; i++) {
        int sum = i == v->line_count;
        const hedui_account_figure *f = sum ? &v->exact : &v->lines[i].figure;
        const char *sign = sum                 ? hedui_cli_say(cli, "合计", "sum")
                           : v->lines[i].minus ? hedui_cli_say(cli, "减", "less")
                                               : hedui_cli_say(cli, "加", "plus");
        blanks(cli, INDENT + 2);
        hedui_pad_right(&cli->out, hedui_span_of(sign), 6);
        hedui_pad_right(&cli->out, sum ? hedui_span_of("") : v->lines[i].title, titles + 2);
        hedui_pad_left(&cli->out, bare(cli, f), amounts);
        if (f->state == HEDUI_ACCOUNT_UNKNOWN && !sum) {
            blanks(cli, 2);
            hedui_cli_print_reasons(cli, f);
        }
        hedui_buffer_byte(&cli->out, '\n');
    }
    for (size_t i = 0; i < v->line_count; i++) {
        const hedui_account_line *l = &v->lines[i];
        if (l->part_count < 2)
            continue;
        blanks(cli, INDENT + 2);
        add(cli, l->title);
        say(cli, "：\n", ":\n");
        hedui_cli_print_parts(a, l->parts, l->part_count, INDENT + 4);
    }
}

static void add_rounding(hedui_cli *cli, const hedui_account_value *v)
{
    static const char *const modes[][3] = {{"half_up", "四舍五入", "rounded half up"},
                                           {"half_even", "四舍六入五成双", "rounded half to even"},
                                           {"down", "舍去尾数", "cut off"},
                                           {"up", "尾数进一", "rounded up"},
                                           {"floor", "向下取整", "rounded down"},
                                           {"ceiling", "向上取整", "rounded up"}};
    if (v->rounding_scale < 0 || v->exact.state != HEDUI_ACCOUNT_KNOWN)
        return;
    say(cli, "（", " (");
    hedui_cli_print_number(cli, v->exact.text);
    say(cli, "，", ", ");
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
        if (hedui_span_is(v->rounding_mode, modes[i][0]))
            say(cli, modes[i][1], modes[i][2]);
    hedui_buffer_format(&cli->out, hedui_cli_say(cli, "到 %d 位小数）", " to %d places)"),
                        v->rounding_scale);
}

/* How nothing came about is told to authors only. */
static int is_something(const hedui_account_figure *f)
{
    int digits = 0;
    if (f->state != HEDUI_ACCOUNT_KNOWN || f->truth == 1 || f->count > 0 || f->partial)
        return 1;
    if (f->truth == 0 || f->count == 0)
        return 0;
    for (size_t i = 0; i < f->text.length; i++) {
        digits |= f->text.at[i] == '0';
        if (f->text.at[i] != '0' && f->text.at[i] != '.')
            return 1;
    }
    return !digits;
}

static void print_value(const hedui_cli_account *a, const hedui_account_value *v)
{
    hedui_cli *cli = a->cli;
    blanks(cli, INDENT);
    add(cli, v->title);
    if (v->person.length) {
        say(cli, "（", " (");
        add(cli, v->person);
        say(cli, "）", ")");
    }
    hedui_buffer_text(&cli->out, " = ");
    hedui_cli_print_figure(cli, &v->figure);
    add_rounding(cli, v);
    hedui_buffer_byte(&cli->out, '\n');
    if (!a->full && !is_something(&v->figure))
        return;
    if (v->line_count)
        print_lines(a, v);
    else
        hedui_cli_print_parts(a, v->parts, v->part_count, INDENT + 2);
}

/* --- parameters ------------------------------------------------------------------------------- */

static void add_days(hedui_cli *cli, const hedui_account_parameter *p)
{
    char day[HEDUI_DATE_TEXT];
    if (p->from == INT32_MIN && p->to == INT32_MAX)
        return;
    hedui_buffer_text(&cli->out, "  ");
    if (p->from != INT32_MIN) {
        hedui_date_print(day, p->from);
        hedui_buffer_format(&cli->out, hedui_cli_say(cli, "%s 起", "from %s"), day);
    }
    if (p->to != INT32_MAX) {
        hedui_date_print(day, p->to);
        hedui_buffer_format(&cli->out, hedui_cli_say(cli, "至 %s", " to %s"), day);
    }
}

static void print_parameter(hedui_cli *cli, const hedui_account_parameter *p)
{
    const hedui_span parts[] = {p->area_name.length ? p->area_name : p->area, p->urban_rural_label,
                                p->programme_label};
    blanks(cli, INDENT);
    add(cli, p->title);
    hedui_buffer_text(&cli->out, " = ");
    hedui_cli_print_figure(cli, &p->figure);
    if (p->figure.state == HEDUI_ACCOUNT_UNKNOWN) {
        say(cli, "：", ": ");
        hedui_cli_print_reasons(cli, &p->figure);
    }
    if (p->times.length)
        hedui_buffer_format(&cli->out, hedui_cli_say(cli, "  %.*s的 %.*s 倍", "  %.*s times %.*s"),
                            (int)p->of.length, p->of.at, (int)p->times.length, p->times.at);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].length) {
            hedui_buffer_text(&cli->out, "  ");
            add(cli, parts[i]);
        }
    add_days(cli, p);
    if (p->basis.length) {
        hedui_buffer_text(&cli->out, "  ");
        add(cli, p->basis);
    }
    hedui_buffer_byte(&cli->out, '\n');
}

void hedui_cli_print_used(const hedui_cli_account *a, const hedui_account_judgement *judgements,
                          size_t count)
{
    const hedui_account *account = a->account;
    met m = {account, hedui_arena_array(a->cli->arena, account->value_count, 1),
             hedui_arena_array(a->cli->arena, account->parameter_count, 1)};
    size_t told = 0;
    if (!m.values || !m.parameters)
        return;
    for (size_t i = 0; i < count; i++) {
        meet(&m, judgements[i].parts, judgements[i].part_count);
        for (size_t k = 0; k < judgements[i].unless_count && judgements[i].figure.truth != 0; k++)
            meet(&m, judgements[i].unless[k].parts, judgements[i].unless[k].part_count);
    }
    for (size_t i = 0; i < account->value_count; i++) {
        if (!m.values[i])
            continue;
        if (!told++)
            say(a->cli, "   用到的数\n", "   values used\n");
        print_value(a, &account->values[i]);
    }
    told = 0;
    for (size_t i = 0; i < account->parameter_count; i++) {
        if (!m.parameters[i])
            continue;
        if (!told++)
            say(a->cli, "   用到的标准\n", "   standards used\n");
        print_parameter(a->cli, &account->parameters[i]);
    }
}
