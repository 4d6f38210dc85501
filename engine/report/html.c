/* Pieces of HTML. */
#include "report/html.h"

#include <hedui/date.h>
#include <hedui/escape.h>

void hedui_report_html_number(hedui_buffer *out, int64_t number)
{
    int used = 0, since_separator = 0;
    if (number == INT64_MIN) {
        hedui_buffer_text(out, "—");
        return;
    }
    uint64_t left = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    char reversed[32];
    do {
        if (since_separator == 3) {
            reversed[used++] = ',';
            since_separator = 0;
        }
        reversed[used++] = (char)('0' + left % 10);
        since_separator++;
        left /= 10;
    } while (left);
    if (number < 0)
        hedui_buffer_text(out, "−");
    while (used > 0)
        hedui_buffer_byte(out, reversed[--used]);
}

void hedui_report_html_money(hedui_buffer *out, int64_t fen)
{
    if (fen == INT64_MIN) {
        hedui_buffer_text(out, "—");
        return;
    }
    if (fen < 0)
        hedui_buffer_text(out, "−");
    uint64_t size = fen < 0 ? 0 - (uint64_t)fen : (uint64_t)fen;
    hedui_report_html_number(out, (int64_t)(size / 100));
    hedui_buffer_format(out, ".%02d", (int)(size % 100));
}

void hedui_report_html_begin(hedui_buffer *out, hedui_span title, const char *css)
{
    hedui_buffer_text(out, "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n"
                           "<meta charset=\"utf-8\">\n"
                           "<meta name=\"viewport\" content=\"width=device-width\">\n<title>");
    hedui_escape_html(out, title);
    hedui_buffer_text(out, "</title>\n<style>\n");
    hedui_buffer_text(out, css);
    hedui_buffer_text(out, "</style>\n</head>\n<body>\n");
}

void hedui_report_html_end(hedui_buffer *out)
{
    hedui_buffer_text(out, "</body>\n</html>\n");
}

void hedui_report_html_text(hedui_buffer *out, hedui_span text)
{
    size_t from = 0;
    for (size_t i = 0; i <= text.length; i++) {
        if (i < text.length && text.at[i] != '\n')
            continue;
        hedui_escape_html(out, (hedui_span){text.at + from, i - from});
        hedui_buffer_text(out, i < text.length ? "<br>" : "");
        from = i + 1;
    }
}

void hedui_report_html_date(hedui_buffer *out, int32_t day)
{
    char text[HEDUI_DATE_TEXT] = "未知";
    if (day >= HEDUI_DATE_MIN && day <= HEDUI_DATE_MAX)
        hedui_date_print(text, day);
    hedui_buffer_text(out, text);
}

void hedui_report_html_digest(hedui_buffer *out, const hedui_digest *digest)
{
    char hex[HEDUI_DIGEST_HEX];
    hedui_digest_hex(hex, digest);
    hedui_buffer_text(out, "<code>");
    hedui_buffer_text(out, hex);
    hedui_buffer_text(out, "</code>");
}

void hedui_report_html_cell(hedui_buffer *out, hedui_span text)
{
    hedui_buffer_text(out, "<td>");
    hedui_escape_html(out, text);
    hedui_buffer_text(out, "</td>");
}

void hedui_report_html_cell_number(hedui_buffer *out, int64_t number)
{
    hedui_buffer_text(out, "<td class=\"n\">");
    hedui_report_html_number(out, number);
    hedui_buffer_text(out, "</td>");
}

void hedui_report_html_equation(hedui_buffer *out, const char *name, const char *unit,
                                int64_t total, const char *const *names, const int64_t *parts,
                                int count)
{
    hedui_buffer_text(out, "<p class=\"equation\">");
    hedui_buffer_text(out, name);
    hedui_buffer_text(out, " <b>");
    hedui_report_html_number(out, total);
    hedui_buffer_text(out, "</b> ");
    hedui_buffer_text(out, unit);
    for (int i = 0; i < count; i++) {
        hedui_buffer_text(out, i ? " ＋ " : " ＝ ");
        hedui_buffer_text(out, names[i]);
        hedui_buffer_text(out, " ");
        hedui_report_html_number(out, parts[i]);
    }
    hedui_buffer_text(out, "</p>\n");
}

void hedui_report_html_open(hedui_buffer *out, const hedui_report_open *open, size_t count,
                            size_t most)
{
    size_t shown = most && count > most + 1 ? most : count;
    if (!count) {
        hedui_buffer_text(out, "<p>各户适用的规则都有了答案。</p>\n");
        return;
    }
    hedui_buffer_text(out, "<table>\n<thead><tr><th>原因</th><th>数据</th><th>由谁补正</th>"
                           "<th class=\"n\">涉及规则</th><th class=\"n\">户数</th></tr></thead>\n"
                           "<tbody>\n");
    for (size_t i = 0; i < shown; i++) {
        hedui_buffer_text(out, "<tr>");
        hedui_report_html_cell(out, open[i].reason);
        hedui_report_html_cell(out, open[i].feed);
        hedui_report_html_cell(out, open[i].mender);
        hedui_report_html_cell_number(out, open[i].rules);
        hedui_report_html_cell_number(out, open[i].households);
        hedui_buffer_text(out, "</tr>\n");
    }
    if (shown < count)
        hedui_buffer_format(out,
                            "<tr><td colspan=\"5\" class=\"note\">另有 %zu 项，每项不超过 %lld 户，"
                            "见同名工作簿</td></tr>\n",
                            count - shown, (long long)open[shown].households);
    hedui_buffer_text(out,
                      "</tbody>\n</table>\n<p class=\"note\">同一户可以有几个原因，户数不能相加；"
                      "逐户的原因见“核对结果（按户）”。</p>\n");
}
