/* Cells by type. Slow and plain: every number goes through text. */
#include "cells.h"

#include "oracle.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char digits[] = "0123456789";

static size_t blank_at(const char *text)
{
    static const char *const blanks[] = {
        " ", "\t", "\xC2\xA0", "\xE3\x80\x80", "\xE2\x80\x8B", "\xEF\xBB\xBF"};
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++)
        if (strncmp(text, blanks[i], strlen(blanks[i])) == 0)
            return strlen(blanks[i]);
    return 0;
}

void cell_trim(char *text)
{
    size_t from = 0, to = 0;
    while (blank_at(text + from))
        from += blank_at(text + from);
    memmove(text, text + from, strlen(text + from) + 1);
    for (size_t i = 0; text[i];) { /* `to` is behind the last character that is no blank */
        size_t blank = blank_at(text + i);
        i += blank ? blank : 1;
        to = blank ? to : i;
    }
    text[to] = '\0';
}

/* Full-width forms as ASCII, the wide yuan sign as the narrow one. 0 if it is too long for that. */
int cell_plain(char out[CELL_PLAIN], const char *text)
{
    size_t n = 0;
    for (const unsigned char *c = (const unsigned char *)text; *c; n++) {
        if (n + 2 >= CELL_PLAIN)
            return 0;
        unsigned code =
            c[0] == 0xEF && c[1] && c[2] ? 0xF000u | (c[1] & 0x3Fu) << 6 | (c[2] & 0x3Fu) : 0;
        if (code >= 0xFF01 && code <= 0xFF5E) {
            out[n] = (char)(code - 0xFEE0);
            c += 3;
        } else if (code == 0xFFE5) {
            out[n++] = '\xC2';
            out[n] = '\xA5';
            c += 3;
        } else {
            out[n] = (char)*c++;
        }
    }
    out[n] = '\0';
    return 1;
}

int cell_says_nothing(const char *text)
{
    static const char *const signs[] = {"",     "-",    "--",  "/",  "\\N", "NULL",
                                        "null", "Null", "N/A", "无", "—"};
    char bare[CELL_PLAIN];
    if (!cell_plain(bare, text))
        return 0;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (strcmp(bare, signs[i]) == 0)
            return 1;
    return 0;
}

void cell_fault(cell *out, const char *reason)
{
    out->state = CELL_BAD;
    out->reason = reason;
}

/* A decimal number times ten to the `scale`, as whole digits. NULL if all is well, else "format",
 * "scale" or "range". */
static const char *read_decimal(int64_t *value, const char *text, size_t scale)
{
    char whole[64], *end = NULL;
    size_t n = 0, run = 0, fraction = 0;
    int negative = *text == '-', commas = 0;
    const char *at = text + (*text == '-' || *text == '+');
    for (; *at && *at != '.'; at++) {
        int comma = *at == ',';
        if ((!comma && !strchr(digits, *at)) || (comma && (run == 0 || run > 3)) ||
            (comma && commas && run != 3))
            return "format";
        commas += comma;
        run = comma ? 0 : run + 1;
        if (!comma && n < 40)
            whole[n++] = *at;
    }
    if (commas && run != 3)
        return "format";
    int some = n > 0, below = 0;
    if (*at == '.') {
        fraction = strspn(at + 1, digits);
        if (!fraction || at[1 + fraction])
            return "format";
        some = 1;
    }
    if (!some)
        return "format";
    for (size_t i = 0; i < scale || i < fraction; i++) {
        char c = i < fraction ? at[1 + i] : '0';
        if (i < scale)
            whole[n++] = c;
        else
            below |= c != '0';
    }
    whole[n] = '\0';
    if (below)
        return "scale";
    const char *first = whole + strspn(whole, "0");
    if (strlen(first) > 18)
        return "range"; /* 19 digits may still fit; nothing in a county is that rich */
    *value = strtoll(*first ? first : "0", &end, 10);
    if (negative)
        *value = -*value;
    return NULL;
}

static void print_scaled(cell *out, int64_t value, int scale, int least)
{
    int64_t one = 1;
    for (int i = 0; i < scale; i++)
        one *= 10;
    int64_t size = value < 0 ? -value : value;
    int n = snprintf(out->own, sizeof out->own, "%s%lld.%0*lld", value < 0 ? "-" : "",
                     (long long)(size / one), scale, (long long)(size % one));
    for (int extra = scale - least; extra > 0 && out->own[n - 1] == '0'; extra--)
        out->own[--n] = '\0';
}

static void read_money(cell *out, const yaml *column, const char *text)
{
    static const struct {
        const char *end, *unit;
    } stated[] = {{"万元", "wan_yuan"}, {"元", "yuan"}, {"万", "wan_yuan"}};
    const char *unit = yaml_text(column, "unit", "yuan"), *named = NULL;
    char bare[CELL_PLAIN], signed_text[CELL_PLAIN + 4];
    int64_t fen = 0;
    if (!cell_plain(bare, text)) {
        cell_fault(out, "money_format");
        return;
    }
    for (size_t i = 0; i < sizeof stated / sizeof *stated && !named; i++) {
        size_t n = strlen(bare), end = strlen(stated[i].end);
        if (n < end || strcmp(bare + n - end, stated[i].end) != 0)
            continue;
        named = stated[i].unit;
        bare[n - end] = '\0';
        cell_trim(bare);
    }
    int open = strcmp(unit, "stated") == 0;
    if (open ? !named : named && strcmp(named, unit) != 0) {
        cell_fault(out, "money_format");
        return;
    }
    unit = named ? named : unit;
    size_t scale = strcmp(unit, "yuan") == 0 ? 2 : strcmp(unit, "fen") == 0 ? 0 : 6;
    const char *at = bare, *sign = "";
    if (at[0] == '-' && at[1] == '\xC2') {
        sign = "-";
        at++;
    }
    if (at[0] == '\xC2' && at[1] == '\xA5')
        at += 2 + (*sign ? 0 : strspn(at + 2, " "));
    (void)snprintf(signed_text, sizeof signed_text, "%s%s", sign, at);
    const char *why = read_decimal(&fen, signed_text, scale);
    static const char *const whys[][2] = {
        {"format", "money_format"}, {"scale", "money_scale"}, {"range", "money_range"}};
    for (size_t i = 0; why && i < 3; i++)
        if (strcmp(why, whys[i][0]) == 0)
            cell_fault(out, whys[i][1]);
    if (!why && fen < 0 && !yaml_is_true(column, "negative"))
        cell_fault(out, "money_negative");
    print_scaled(out, fen, 2, 2);
}

static void take_off(char *text, const char *end)
{
    size_t n = strlen(text), e = strlen(end);
    if (n > e && e && strcmp(text + n - e, end) == 0)
        text[n - e] = '\0';
}

/* 1/2 is half; what has no end in six decimals is not read. */
static const char *read_fraction(int64_t *value, const char *text)
{
    const char *slash = strchr(text, '/');
    char over[CELL_PLAIN];
    int64_t a = 0, b = 0;
    (void)snprintf(over, sizeof over, "%.*s", (int)(slash - text), text);
    if (read_decimal(&a, over, 0) || read_decimal(&b, slash + 1, 0))
        return "format";
    if (a < 0 || b <= 0 || a > b || b > 1000000)
        return "range";
    *value = a * 1000000 / b;
    return *value * b == a * 1000000 ? NULL : "format";
}

static void read_number(cell *out, const yaml *column, const char *text, const char *type)
{
    static const char *const units[] = {"㎡", "m²", "m2", "M2", "平方米", "平米"};
    const yaml *ends = yaml_at(column, "suffix");
    char bare[CELL_PLAIN], narrow[CELL_PLAIN];
    int64_t value = 0;
    int rate = strcmp(type, "rate") == 0, area = strcmp(type, "area") == 0;
    size_t scale = area ? 2 : strtoul(yaml_text(column, "scale", "0"), NULL, 10), before = 0;
    (void)snprintf(bare, sizeof bare, "%s", text);
    before = strlen(bare);
    for (size_t i = 0; area && i < sizeof units / sizeof *units && strlen(bare) == before; i++)
        take_off(bare, units[i]);
    for (const yaml *end = ends ? ends->child : NULL; end && strlen(bare) == before;
         end = end->next)
        take_off(bare, end->text);
    cell_trim(bare);
    if (strlen(text) >= sizeof bare || !cell_plain(narrow, bare)) {
        cell_fault(out, "number_format");
        return;
    }
    size_t n = strlen(narrow);
    if (rate) {
        int percent = n && narrow[n - 1] == '%';
        narrow[percent ? n - 1 : n] = '\0';
        scale = percent || yaml_is_true(column, "percent") ? 4 : 6;
    }
    const char *why = rate && strchr(narrow, '/') ? read_fraction(&value, narrow)
                                                  : read_decimal(&value, narrow, scale);
    if (why)
        cell_fault(out, strcmp(why, "range") == 0 ? "number_range" : "number_format");
    else if ((value < 0 && (rate || area || !yaml_is_true(column, "negative"))) ||
             (rate && value > 1000000))
        cell_fault(out, "number_range");
    if (rate)
        print_scaled(out, value, 6, 2);
    else if (scale)
        print_scaled(out, value, (int)scale, (int)scale);
    else
        (void)snprintf(out->own, sizeof out->own, "%lld", (long long)value);
}

const char *cell_code(const yaml *codes, const char *text)
{
    char bare[CELL_PLAIN];
    for (int narrow = 0; narrow < 2; narrow++) {
        if (narrow && !cell_plain(bare, text))
            return NULL;
        for (char *c = bare; narrow && *c; c++)
            *c = *c >= 'a' && *c <= 'z' ? (char)(*c - 'a' + 'A') : *c;
        const char *sought = narrow ? bare : text;
        const yaml *list = yaml_at(codes, "list");
        for (const yaml *code = list ? list->child : NULL; code; code = code->next)
            if (strcmp(code->key, sought) == 0 ||
                strcmp(yaml_text(code, "label", ""), sought) == 0 ||
                yaml_lists(code, "also", sought))
                return *sought ? code->key : NULL;
    }
    return NULL;
}

static void read_code(cell *out, const yaml *codes, const char *text)
{
    const char *code = cell_code(codes, text);
    if (code)
        out->text = code;
    else if (cell_says_nothing(text))
        out->state = CELL_ABSENT;
    else
        *out = (cell){.state = CELL_UNLISTED, .reason = "code_value", .text = ""};
}

/* Letters, each a code; told in the order of the list. */
static void read_codes(cell *out, const yaml *codes, const char *text)
{
    const yaml *list = yaml_at(codes, "list");
    size_t n = 0;
    if (cell_says_nothing(text)) {
        out->state = CELL_ABSENT;
        return;
    }
    const char *whole = cell_code(codes, text);
    char bare[CELL_PLAIN];
    if (!whole && !cell_plain(bare, text))
        bare[0] = '?';
    for (const char *c = bare; !whole && *c; c++)
        if (*c != ' ' && !cell_code(codes, (char[2]){*c, '\0'})) {
            *out = (cell){.state = CELL_UNLISTED, .reason = "code_value", .text = ""};
            return;
        }
    n = (size_t)snprintf(out->own, sizeof out->own, "[");
    for (const yaml *code = list ? list->child : NULL; code; code = code->next) {
        int has = whole ? strcmp(code->key, whole) == 0 : 0;
        for (const char *c = bare; !whole && *c; c++)
            has |= *c != ' ' && strcmp(cell_code(codes, (char[2]){*c, '\0'}), code->key) == 0;
        if (has)
            n += (size_t)snprintf(out->own + n, sizeof out->own - n, "%s%s", n > 1 ? ", " : "",
                                  code->key);
    }
    (void)snprintf(out->own + n, sizeof out->own - n, "]");
}

static void read_yes_no(cell *out, const char *text)
{
    static const char yes[] = " 是 1 Y y 有 YES √ TRUE true ",
                      no[] = " 否 0 N n 无 NO × FALSE false ";
    char word[64];
    (void)snprintf(word, sizeof word, " %.60s ", text);
    out->text = strstr(yes, word) ? "true" : "false";
    if (!strchr(text, ' ') && *text && (strstr(yes, word) || strstr(no, word)))
        return;
    if (cell_says_nothing(text))
        out->state = CELL_ABSENT;
    else
        cell_fault(out, "yes_no");
}

/* GB 32100: the last character makes the weighted sum a multiple of 31. */
static void read_uscc(cell *out, const char *text)
{
    static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    char bare[CELL_PLAIN];
    int sum = 0, weight = 1, sound = cell_plain(bare, text) && strlen(bare) == 18;
    if (cell_says_nothing(text)) {
        out->state = CELL_ABSENT;
        return;
    }
    for (int i = 0; sound && i < 18; i++, weight = weight * 3 % 31) {
        if (bare[i] >= 'a' && bare[i] <= 'z')
            bare[i] = (char)(bare[i] - 'a' + 'A');
        const char *found = strchr(alphabet, bare[i]);
        sound = found != NULL;
        if (sound)
            sum += (int)(found - alphabet) * (i < 17 ? weight : 1);
    }
    if (!sound || sum % 31)
        cell_fault(out, "uscc");
    (void)snprintf(out->own, sizeof out->own, "%.18s", bare);
}

static void read_text(cell *out, const yaml *column, const char *text)
{
    size_t most = strtoul(yaml_text(column, "max", "200"), NULL, 10), count = 0;
    for (const char *c = text; *c; c++)
        count += ((unsigned char)*c & 0xC0) != 0x80;
    out->text = text;
    if (!*text || strcmp(text, "NULL") == 0 || strcmp(text, "\\N") == 0)
        out->state = CELL_ABSENT;
    else if (count > most)
        cell_fault(out, "field_too_long");
}

static void read_number_18(cell *out, const char *text)
{
    int full = 0;
    const char *why = oracle_number(out->own, text, &full);
    if (why && strcmp(why, "missing") == 0)
        out->state = CELL_ABSENT;
    else if (why)
        cell_fault(out, why);
}

static void read_as(cell *out, const yaml *column, const yaml *codes, const char *text)
{
    const char *type = yaml_text(column, "type", "");
    if (strcmp(type, "citizen_id") == 0)
        read_number_18(out, text);
    else if (strcmp(type, "name") == 0 || strcmp(type, "text") == 0)
        read_text(out, column, text);
    else if (strcmp(type, "code") == 0)
        read_code(out, codes, text);
    else if (strcmp(type, "codes") == 0)
        read_codes(out, codes, text);
    else if (strcmp(type, "yes_no") == 0)
        read_yes_no(out, text);
    else if (strcmp(type, "uscc") == 0)
        read_uscc(out, text);
    else if (strcmp(type, "date") == 0 || strcmp(type, "month") == 0)
        cell_read_date(out, column, text, *type == 'm');
    else if (cell_says_nothing(text))
        out->state = CELL_ABSENT;
    else if (strcmp(type, "money") == 0)
        read_money(out, column, text);
    else if (strcmp(type, "integer") == 0 || strcmp(type, "decimal") == 0 ||
             strcmp(type, "area") == 0 || strcmp(type, "rate") == 0)
        read_number(out, column, text, type);
    else
        oracle_die("a type the oracle has not learnt", type);
}

/* 1 if a list has the text; a month is also found by a day in it. */
static int says(const yaml *map, const char *key, const char *text)
{
    const yaml *list = yaml_at(map, key);
    for (const yaml *at = list ? list->child : NULL; at; at = at->next)
        if (strcmp(at->text, text) == 0 || (strlen(text) == 7 && strlen(at->text) == 10 &&
                                            strncmp(at->text, text, 7) == 0 && at->text[7] == '-'))
            return 1;
    return 0;
}

/* A text to which the column gives a meaning of its own, or else the layout all its dates. */
static int is_word(cell *out, const yaml *column, const yaml *dates, const char *text)
{
    const char *type = yaml_text(column, "type", "");
    int dated = strcmp(type, "date") == 0 || strcmp(type, "month") == 0;
    for (int i = 0; i < 1 + dated; i++) {
        const yaml *words = i ? dates : column;
        if (says(words, "none", text))
            out->state = CELL_ABSENT;
        else if (says(words, "unknown", text))
            out->state = CELL_UNKNOWN;
        else if (says(words, "open", text))
            (void)snprintf(out->own, sizeof out->own, *type == 'm' ? "9999-12" : "9999-12-31");
        else
            continue;
        return 1;
    }
    return 0;
}

void cell_read(cell *out, const yaml *column, const yaml *codes, const yaml *dates, char *text)
{
    cell_trim(text);
    *out = (cell){.state = CELL_VALUE, .text = NULL};
    if (strchr(text, '\xFF')) {
        cell_fault(out, "encoding");
    } else if (!is_word(out, column, dates, text)) {
        read_as(out, column, codes, text);
        if (out->state == CELL_VALUE && *out->own) { /* however the day was written */
            char day[16];
            (void)snprintf(day, sizeof day, "%.15s", out->own);
            if (strcmp(day, out->own) == 0)
                (void)is_word(out, column, dates, day);
        }
    }
    if (out->state == CELL_ABSENT && yaml_is_true(column, "may_be_unknown"))
        out->state = CELL_UNKNOWN;
    if (yaml_is_true(column, "required") &&
        (out->state == CELL_ABSENT || out->state == CELL_UNKNOWN))
        out->reason = "missing";
    if (!out->text)
        out->text = out->own;
}
