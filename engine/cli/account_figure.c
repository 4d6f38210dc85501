/* Figures and reasons as text. */
#include "cli/account_print.h"

#include <hedui/label.h>

void hedui_cli_print_reason(hedui_cli *cli, const hedui_account_reason *r)
{
    const hedui_span parts[] = {r->source_title.length ? r->source_title : r->source,
                                r->field_title.length ? r->field_title : r->field, r->person};
    hedui_buffer_add(&cli->out, hedui_label(HEDUI_LABEL_CAUSE, r->code, cli->language));
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].length) {
            hedui_buffer_text(&cli->out, "  ");
            hedui_buffer_add(&cli->out, parts[i]);
        }
}

void hedui_cli_print_reasons(hedui_cli *cli, const hedui_account_figure *f)
{
    for (size_t i = 0; i < f->reason_count; i++) {
        if (i)
            hedui_buffer_text(&cli->out, hedui_cli_say(cli, "；", "; "));
        hedui_cli_print_reason(cli, &f->reasons[i]);
    }
}

/* Amounts of money get their commas; everything else stands as it is. */
void hedui_cli_print_number(hedui_cli *cli, hedui_span text)
{
    size_t sign = text.length && text.at[0] == '-', whole = sign;
    while (whole < text.length && text.at[whole] >= '0' && text.at[whole] <= '9')
        whole++;
    int plain = whole > sign && whole < text.length && text.at[whole] == '.';
    for (size_t i = whole + 1; plain && i < text.length; i++)
        plain = text.at[i] >= '0' && text.at[i] <= '9';
    if (!plain) {
        hedui_buffer_add(&cli->out, text);
        return;
    }
    for (size_t i = 0; i < whole; i++) {
        if (i > sign && (whole - i) % 3 == 0)
            hedui_buffer_byte(&cli->out, ',');
        hedui_buffer_byte(&cli->out, text.at[i]);
    }
    hedui_buffer_add(&cli->out, (hedui_span){text.at + whole, text.length - whole});
}

static void print_known(hedui_cli *cli, const hedui_account_figure *f)
{
    if (f->truth >= 0)
        hedui_buffer_text(&cli->out, f->truth ? hedui_cli_say(cli, "是", "yes")
                                              : hedui_cli_say(cli, "否", "no"));
    else if (f->text.length)
        hedui_cli_print_number(cli, f->text);
    else if (f->count >= 0)
        hedui_buffer_format(&cli->out, hedui_cli_say(cli, "%lld 项", "%lld rows"),
                            (long long)f->count);
    else
        hedui_buffer_text(&cli->out, hedui_cli_say(cli, "（空）", "(empty)"));
    if (f->unit.length) {
        hedui_buffer_byte(&cli->out, ' ');
        hedui_buffer_add(&cli->out, f->unit);
    }
    if (f->partial) {
        hedui_buffer_text(&cli->out,
                          hedui_cli_say(cli, "，可能还有：", ", and there may be more: "));
        hedui_cli_print_reasons(cli, f);
    }
}

void hedui_cli_print_figure(hedui_cli *cli, const hedui_account_figure *f)
{
    switch (f->state) {
    case HEDUI_ACCOUNT_KNOWN:
        print_known(cli, f);
        break;
    case HEDUI_ACCOUNT_EMPTY:
        hedui_buffer_text(&cli->out, hedui_cli_say(cli, "（空）", "(empty)"));
        break;
    case HEDUI_ACCOUNT_UNKNOWN:
        hedui_buffer_text(&cli->out, hedui_cli_say(cli, "不详", "not known"));
        break;
    case HEDUI_ACCOUNT_FAILED:
        hedui_buffer_text(&cli->out, hedui_cli_say(cli, "算不出：", "cannot be computed: "));
        hedui_buffer_add(&cli->out, f->text);
        break;
    }
}
