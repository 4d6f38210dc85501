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
