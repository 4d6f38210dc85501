/* Reading what was planted in further registries. */
#include "demo/judge_value.h"
#include "demo/registry.h"

#include <hedui/date.h>

static int listed(hedui_span word, const char *codes)
{
    for (const char *at = codes; at && *at;) {
        size_t length = strcspn(at, "|");
        if (length == word.length && memcmp(at, word.at, length) == 0)
            return 1;
        at += length + (at[length] == '|');
    }
    return 0;
}

value hedui_demo_is_code(const asked *a, const char *header, const char *codes, const char *unsure)
{
    hedui_demo_cell_told cell = hedui_demo_told_cell(a->made->told, a->row, header);
    if (!cell.known)
        return cell.absent ? yes_no(0) : unknown(cell.reasons);
    if (listed(cell.meaning, unsure))
        return unknown(HEDUI_DEMO_BAD_FIELD);
    return yes_no(listed(cell.meaning, codes));
}

static int number_at(hedui_span text, size_t at, size_t length)
{
    int number = 0;
    for (size_t i = at; i < at + length && i < text.length; i++)
        number = number * 10 + (text.at[i] - '0');
    return number;
}

value hedui_demo_within(const asked *a, const char *header, int months)
{
    hedui_demo_cell_told cell = hedui_demo_told_cell(a->made->told, a->row, header);
    int year = 0, month = 0, day = 0;
    if (!cell.known)
        return unknown(cell.reasons);
    hedui_date_to_civil(&year, &month, &day, a->made->as_of);
    int then = number_at(cell.meaning, 0, 4) * 12 + number_at(cell.meaning, 5, 2);
    return yes_no(year * 12 + month - then <= months); /* its first day is no later than any */
}

int32_t hedui_demo_day(const asked *a, const char *header, int32_t otherwise)
{
    hedui_demo_cell_told cell = hedui_demo_told_cell(a->made->told, a->row, header);
    int32_t day = otherwise;
    if (cell.known &&
        !hedui_date_from_civil(&day, number_at(cell.meaning, 0, 4), number_at(cell.meaning, 5, 2),
                               number_at(cell.meaning, 8, 2)))
        return otherwise;
    return day;
}

int hedui_demo_fen(int64_t *fen, const asked *a, const char *header)
{
    hedui_demo_cell_told cell = hedui_demo_told_cell(a->made->told, a->row, header);
    int below = cell.known && cell.meaning.at[0] == '-';
    *fen = 0;
    for (size_t i = 0; cell.known && i < cell.meaning.length; i++)
        if (cell.meaning.at[i] >= '0' && cell.meaning.at[i] <= '9')
            *fen = *fen * 10 + (cell.meaning.at[i] - '0');
    *fen = below ? -*fen : *fen;
    return cell.known;
}

value hedui_demo_some(const asked *a, const char *feed, value (*row)(const asked *a))
{
    value some = yes_no(0);
    asked one = *a;
    int at = -1;
    if (!a->member->authorised)
        return unknown(HEDUI_DEMO_NOT_AUTHORISED);
    while ((one.row = hedui_demo_told_next(a->made->told, &at, hedui_demo_feed_named(feed),
                                           a->member->id)))
        some = either(some, one.row->lost ? unknown(HEDUI_DEMO_REJECTED_ROW) : row(&one));
    return some;
}

int hedui_demo_exempt(const asked *a, const char *kinds, const hedui_span *object, int any)
{
    asked one = *a;
    int at = -1;
    while (a->member->authorised &&
           (one.row = hedui_demo_told_next(a->made->told, &at, hedui_demo_feed_named("exemption"),
                                           a->member->id))) {
        hedui_demo_cell_told named = hedui_demo_told_cell(a->made->told, one.row, "对象");
        int fits = !object || (any && named.absent) ||
                   (named.known && hedui_span_equal(named.meaning, *object));
        if (!one.row->lost && fits &&
            hedui_demo_is_code(&one, "豁免种类", kinds, NULL).is == HEDUI_DEMO_YES &&
            hedui_demo_day(&one, "起始日期", INT32_MAX) <= a->made->as_of &&
            hedui_demo_day(&one, "截止日期", INT32_MIN) >= a->made->as_of)
            return 1;
    }
    return 0;
}
