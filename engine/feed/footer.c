/* Counts in footers. A sum of money stands in such lines too, so only a number with a word for rows
 * behind it is a count. */
#include "feed/footer.h"

#include <string.h>

enum { WORD = 3, WIDE_DIGIT = 3, MOST_DIGITS = 15, MOST_MARKS = 64 };

/* Where the last word for rows begins; text.length if there is none. */
static size_t find_word(hedui_span text)
{
    static const char *const words[] = {"条", "行", "笔"};
    for (size_t at = text.length; at >= WORD; at--)
        for (size_t w = 0; w < sizeof words / sizeof *words; w++)
            if (memcmp(text.at + at - WORD, words[w], WORD) == 0)
                return at - WORD;
    return text.length;
}

/* A digit, or a comma as ',', that ends at `at`; 0 for anything else. `width` is its bytes. */
static char mark_before(hedui_span text, size_t at, size_t *width)
{
    const unsigned char *end = (const unsigned char *)text.at + at;
    *width = 1;
    if (at && ((end[-1] >= '0' && end[-1] <= '9') || end[-1] == ','))
        return (char)end[-1];
    if (at < WIDE_DIGIT || end[-3] != 0xEF || end[-2] != 0xBC)
        return 0;
    *width = WIDE_DIGIT;
    if (end[-1] == 0x8C)
        return ',';
    return end[-1] >= 0x90 && end[-1] <= 0x99 ? (char)('0' + end[-1] - 0x90) : 0;
}

/* Marks in reading order: digits, or groups of three behind the first comma. */
static int64_t read_marks(const char *marks, size_t count)
{
    int64_t value = 0;
    size_t digits = 0, group = 0;
    int commas = 0;
    for (size_t i = 0; i < count; i++) {
        if (marks[i] == ',') {
            if ((commas && group != 3) || group > 3 || !group)
                return HEDUI_FOOTER_UNREADABLE;
            commas++;
            group = 0;
            continue;
        }
        value = value * 10 + (marks[i] - '0');
        group++;
        if (++digits > MOST_DIGITS)
            return HEDUI_FOOTER_UNREADABLE;
    }
    return digits && (!commas || group == 3) ? value : HEDUI_FOOTER_UNREADABLE;
}

int64_t hedui_footer_count(hedui_span text)
{
    char marks[MOST_MARKS];
    size_t at = find_word(text), from = MOST_MARKS, width;
    if (at == text.length)
        return HEDUI_FOOTER_SILENT;
    /* a cell of its own, in quotes or behind blanks: 合计,"12345",条 */
    while (at && strchr(" \t\"|^;,", text.at[at - 1]))
        at--;
    while (from) {
        char mark = mark_before(text, at, &width);
        if (!mark)
            break;
        marks[--from] = mark;
        at -= width;
    }
    while (from < MOST_MARKS && marks[from] == ',') /* the delimiter before it */
        from++;
    if (at && (text.at[at - 1] == '.' || text.at[at - 1] == '-' || text.at[at - 1] == '+'))
        return HEDUI_FOOTER_UNREADABLE;
    return read_marks(marks + from, MOST_MARKS - from);
}
