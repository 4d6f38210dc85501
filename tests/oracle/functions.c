/* Cells as SQL functions, written anew and plainly: an oracle that shared the engine's parsers
 * would share their faults. */
#include "oracle.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { LONGEST = 512 };

/* Full-width forms to ASCII, U+3000 and NBSP to a blank; other bytes as they are. */
static void narrow(char out[LONGEST], const char *text)
{
    size_t n = 0;
    const unsigned char *c = (const unsigned char *)text;
    while (*c && n + 4 < LONGEST) {
        if (c[0] == 0xEF && (c[1] == 0xBC || c[1] == 0xBD) && c[2]) {
            unsigned code = 0xF000u | (c[1] & 0x3Fu) << 6 | (c[2] & 0x3Fu);
            if (code >= 0xFF01 && code <= 0xFF5E) {
                out[n++] = (char)(code - 0xFEE0);
                c += 3;
                continue;
            }
        }
        if (c[0] == 0xE3 && c[1] == 0x80 && c[2] == 0x80) {
            out[n++] = ' ';
            c += 3;
        } else if (c[0] == 0xC2 && c[1] == 0xA0) {
            out[n++] = ' ';
            c += 2;
        } else {
            out[n++] = (char)*c++;
        }
    }
    out[n] = '\0';
}

static void trim(char *text)
{
    size_t from = strspn(text, " \t"), n = strlen(text);
    while (n > from && (text[n - 1] == ' ' || text[n - 1] == '\t'))
        n--;
    memmove(text, text + from, n - from);
    text[n - from] = '\0';
}

static void bare_number(char out[LONGEST], const char *text)
{
    narrow(out, text);
    trim(out);
    size_t n = strlen(out);
    if (n > 3 && out[0] == '=' && out[1] == '"' && out[n - 1] == '"') {
        memmove(out, out + 2, n - 3);
        out[n - 3] = '\0';
    } else if (out[0] == '\'') {
        memmove(out, out + 1, n);
    }
    trim(out);
    n = strlen(out);
    if (n && out[n - 1] == 'x')
        out[n - 1] = 'X';
}

static int number_of(const char *digits, int count)
{
    int value = 0;
    for (int i = 0; i < count; i++)
        value = value * 10 + (digits[i] - '0');
    return value;
}

/* Days from 1970-01-01 by counting; 0 and *ok = 0 if there is no such day. */
static int32_t day_number(int year, int month, int day, int *ok)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int leap = (year % 4 == 0 && year % 100) || year % 400 == 0;
    *ok = year >= 1800 && year <= 2200 && month >= 1 && month <= 12 && day >= 1 &&
          day <= lengths[month - 1] + (leap && month == 2);
    if (!*ok)
        return 0;
    int32_t days = day - 1;
    for (int m = 1; m < month; m++)
        days += lengths[m - 1] + (leap && m == 2);
    for (int y = 1970; y < year; y++)
        days += (y % 4 == 0 && y % 100) || y % 400 == 0 ? 366 : 365;
    for (int y = year; y < 1970; y++)
        days -= (y % 4 == 0 && y % 100) || y % 400 == 0 ? 366 : 365;
    return days;
}

const char *oracle_number(char *out, const char *text, int *full)
{
    static const char checks[] = "10X98765432";
    char bare[LONGEST];
    int sum = 0, ok = 0, weight = 1;
    bare_number(bare, text);
    size_t n = strlen(bare), digits = strspn(bare, "0123456789");
    *full = n == 18;
    if (n == 0 || strcmp(bare, "0") == 0 || strcmp(bare, "-") == 0 || strcmp(bare, "无") == 0)
        return "missing";
    if (strpbrk(bare, "\x1A\xFF"))
        return "encoding";
    if (strchr(bare, '*'))
        return "id_masked";
    if (n == 15 && digits == 15)
        (void)snprintf(out, ORACLE_NUMBER, "%.6s19%.9s", bare, bare + 6);
    else if (n == 18 && (digits == 18 || (digits == 17 && bare[17] == 'X')))
        memcpy(out, bare, 19);
    else
        return "id_format";
    (void)day_number(number_of(out + 6, 4), number_of(out + 10, 2), number_of(out + 12, 2), &ok);
    if (!ok)
        return "id_date";
    for (int i = 16; i >= 0; i--) {
        weight = weight * 2 % 11;
        sum += (out[i] - '0') * weight;
    }
    char check = checks[sum % 11];
    if (n == 18 && out[17] != check)
        return "id_check";
    out[17] = check;
    out[18] = '\0';
    return NULL;
}

static const char *text_of(sqlite3_value *value)
{
    const unsigned char *text = sqlite3_value_text(value);
    return text ? (const char *)text : "";
}

static void number_18(sqlite3_context *context, int count, sqlite3_value **values)
{
    char out[LONGEST];
    int full = 0;
    (void)count;
    if (!oracle_number(out, text_of(values[0]), &full))
        sqlite3_result_text(context, out, 18, SQLITE_TRANSIENT);
}

static void number_fault(sqlite3_context *context, int count, sqlite3_value **values)
{
    char out[LONGEST];
    int full = 0;
    (void)count;
    const char *fault = oracle_number(out, text_of(values[0]), &full);
    if (fault)
        sqlite3_result_text(context, fault, -1, SQLITE_STATIC);
}

static void number_is_18(sqlite3_context *context, int count, sqlite3_value **values)
{
    char out[LONGEST];
    int full = 0;
    (void)count;
    (void)oracle_number(out, text_of(values[0]), &full);
    sqlite3_result_int(context, full);
}

/* Without blanks, interpuncts and what stands in brackets. */
static void name_plain(sqlite3_context *context, int count, sqlite3_value **values)
{
    static const char *const dropped[] = {" ", ".", "\xC2\xB7", "•", "・"};
    char text[LONGEST], out[LONGEST];
    size_t n = 0;
    (void)count;
    narrow(text, text_of(values[0]));
    for (const char *c = text; *c && *c != '(';) {
        size_t skip = 0;
        for (size_t i = 0; i < sizeof dropped / sizeof *dropped && !skip; i++)
            if (strncmp(c, dropped[i], strlen(dropped[i])) == 0)
                skip = strlen(dropped[i]);
        if (skip)
            c += skip;
        else
            out[n++] = *c++;
    }
    sqlite3_result_text(context, out, (int)n, SQLITE_TRANSIENT);
}

/* 2014-07-05, 2014/7/5, 2014年7月5日, 20140705. */
static int read_day(int32_t *day, const char *text)
{
    int year = 0, month = 0, dom = 0, used = 0, ok = 0;
    size_t n = strlen(text);
    if (n == 8 && strspn(text, "0123456789") == 8) {
        *day = day_number(number_of(text, 4), number_of(text + 4, 2), number_of(text + 6, 2), &ok);
        return ok;
    }
    if ((sscanf(text, "%4d-%2d-%2d%n", &year, &month, &dom, &used) == 3 && text[used] == '\0') ||
        (sscanf(text, "%4d/%2d/%2d%n", &year, &month, &dom, &used) == 3 && text[used] == '\0') ||
        (sscanf(text, "%4d年%2d月%2d日%n", &year, &month, &dom, &used) == 3 && used &&
         text[used] == '\0'))
        *day = day_number(year, month, dom, &ok);
    return ok;
}

static void day_of(sqlite3_context *context, int count, sqlite3_value **values)
{
    int32_t day = 0;
    (void)count;
    if (read_day(&day, text_of(values[0])))
        sqlite3_result_int(context, day);
}

static void fen_of(sqlite3_context *context, int count, sqlite3_value **values)
{
    const char *text = text_of(values[0]);
    size_t whole = strspn(text, "0123456789");
    sqlite3_int64 fen = 0;
    (void)count;
    if (!whole || whole > 12)
        return;
    for (size_t i = 0; i < whole; i++)
        fen = fen * 10 + (text[i] - '0');
    fen *= 100;
    if (text[whole] == '.' && strspn(text + whole + 1, "0123456789") == 2 && !text[whole + 3])
        fen += number_of(text + whole + 1, 2);
    else if (text[whole])
        return;
    sqlite3_result_int64(context, fen);
}

void oracle_functions(sqlite3 *db)
{
    static const struct {
        const char *name;
        void (*call)(sqlite3_context *, int, sqlite3_value **);
    } functions[] = {
        {"number_18", number_18},
        {"number_fault", number_fault},
        {"number_is_18", number_is_18},
        {"name_plain", name_plain},
        {"day_of", day_of},
        {"fen_of", fen_of},
    };
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        if (sqlite3_create_function(db, functions[i].name, 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC,
                                    NULL, functions[i].call, NULL, NULL))
            oracle_die("cannot define", functions[i].name);
}
