/* A number is read strictly: what only looks like one binds nothing. */
#include "feed/query_number.h"

#include <hedui/date.h>

#include <stdio.h>

enum { DIGITS_OF_DAY = 8, MOST_PLACE_DIGITS = 4 };

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int is_word(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static int value_of(const char *at, size_t length)
{
    int value = 0;
    for (size_t i = 0; i < length; i++)
        value = value * 10 + (at[i] - '0');
    return value;
}

/* Length of the number that begins `text`, or 0. */
static size_t number_length(hedui_span text)
{
    size_t at = 1, from;
    int32_t day;
    if (text.length < 1 + DIGITS_OF_DAY + 3 || text.at[0] != 'Q')
        return 0;
    for (; at <= DIGITS_OF_DAY; at++)
        if (!is_digit(text.at[at]))
            return 0;
    if (text.at[at] != '-' ||
        !hedui_date_from_civil(&day, value_of(text.at + 1, 4), value_of(text.at + 5, 2),
                               value_of(text.at + 7, 2)))
        return 0;
    for (from = ++at; at < text.length && is_digit(text.at[at]); at++)
        ;
    if (at - from < 2 || at - from > MOST_PLACE_DIGITS || value_of(text.at + from, at - from) == 0)
        return 0;
    /* written in one way only: 01, 99, 100 */
    return at - from > 2 && text.at[from] == '0' ? 0 : at;
}

int hedui_query_number_is(hedui_span text)
{
    return text.length && number_length(text) == text.length;
}

hedui_span hedui_query_number_in(hedui_span file_name)
{
    for (size_t i = 0; i < file_name.length; i++) {
        hedui_span rest = {file_name.at + i, file_name.length - i};
        size_t length = i && is_word(file_name.at[i - 1]) ? 0 : number_length(rest);
        if (length && (length == rest.length || !is_word(rest.at[length])))
            return (hedui_span){rest.at, length};
    }
    return hedui_span_of("");
}

void hedui_query_number_print(char text[HEDUI_QUERY_NUMBER], int32_t day, int place)
{
    int year, month, of_month;
    hedui_date_to_civil(&year, &month, &of_month, day);
    (void)snprintf(text, HEDUI_QUERY_NUMBER, "Q%04u%02u%02u-%02u", (unsigned)year % 10000,
                   (unsigned)month % 100, (unsigned)of_month % 100, (unsigned)place % 10000);
}
