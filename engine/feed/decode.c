/* One function a type, found in a table. Each says value, empty, or why not; what emptiness means
 * is decided in one place behind them. */
#include "feed/decode.h"

#include "value/cell.h"
#include "value/date_text.h"
#include "value/decimal_text.h"
#include "value/register_no.h"

typedef hedui_decoded decoder(const hedui_column *column, hedui_span text, hedui_arena *arena);

static hedui_decoded value(int64_t number)
{
    return (hedui_decoded){HEDUI_CELL_VALUE, number, {"", 0}, HEDUI_DECODED};
}

static hedui_decoded bad(hedui_reason reason)
{
    return (hedui_decoded){HEDUI_CELL_BAD, 0, {"", 0}, reason};
}

/* Empty, for now: `hedui_decode` says what that means. */
static hedui_decoded empty(void)
{
    return (hedui_decoded){HEDUI_CELL_ABSENT, 0, {"", 0}, HEDUI_DECODED};
}

hedui_reason hedui_decode_id_reason(hedui_citizen_id_form form)
{
    static const hedui_reason reasons[] = {
        [HEDUI_CITIZEN_ID_18] = HEDUI_DECODED,
        [HEDUI_CITIZEN_ID_15] = HEDUI_DECODED,
        [HEDUI_CITIZEN_ID_EMPTY] = HEDUI_REASON_missing,
        [HEDUI_CITIZEN_ID_FORMAT] = HEDUI_REASON_id_format,
        [HEDUI_CITIZEN_ID_MASKED] = HEDUI_REASON_id_masked,
        [HEDUI_CITIZEN_ID_DATE] = HEDUI_REASON_id_date,
        [HEDUI_CITIZEN_ID_CHECK] = HEDUI_REASON_id_check,
    };
    return reasons[form];
}

static hedui_decoded decode_id(const hedui_column *column, hedui_span text, hedui_arena *arena)
{
    hedui_citizen_id id;
    (void)column;
    (void)arena;
    hedui_citizen_id_form form = hedui_citizen_id_parse(&id, text);
    if (form == HEDUI_CITIZEN_ID_EMPTY)
        return empty();
    hedui_reason reason = hedui_decode_id_reason(form);
    return reason == HEDUI_DECODED ? value((int64_t)id) : bad(reason);
}

static uint32_t characters(hedui_span text)
{
    uint32_t count = 0;
    for (size_t i = 0; i < text.length; i++)
        count += ((unsigned char)text.at[i] & 0xC0) != 0x80;
    return count;
}

static hedui_decoded decode_text(const hedui_column *column, hedui_span text, hedui_arena *arena)
{
    enum { DEFAULT_MAX = 200 };
    (void)arena;
    text = hedui_trim(text);
    if (!text.length || hedui_span_is(text, "NULL") || hedui_span_is(text, "\\N"))
        return empty();
    if (characters(text) > (column->max ? column->max : DEFAULT_MAX))
        return bad(HEDUI_REASON_field_too_long);
    hedui_decoded decoded = value(0);
    decoded.text = text;
    return decoded;
}

static int forms_of(const hedui_column *column)
{
    return (column->epoch_ms ? HEDUI_DATE_EPOCH_MS : 0) | (column->serial ? HEDUI_DATE_SERIAL : 0);
}

static hedui_decoded date_fault(hedui_date_form form)
{
    if (form == HEDUI_DATE_EMPTY)
        return empty();
    return bad(form == HEDUI_DATE_FORMAT ? HEDUI_REASON_date_format : HEDUI_REASON_date_value);
}

static hedui_decoded decode_date(const hedui_column *column, hedui_span text, hedui_arena *arena)
{
    int32_t day;
    (void)arena;
    hedui_date_form form = hedui_date_parse(&day, text, forms_of(column));
    return form == HEDUI_DATE_OK ? value(day) : date_fault(form);
}

static hedui_decoded decode_month(const hedui_column *column, hedui_span text, hedui_arena *arena)
{
    int32_t month;
    (void)arena;
    hedui_date_form form = hedui_month_parse(&month, text, forms_of(column));
    return form == HEDUI_DATE_OK ? value(month) : date_fault(form);
}

static hedui_decoded decode_money(const hedui_column *column, hedui_span text, hedui_arena *arena)
{
    int64_t fen;
    (void)arena;
    switch (hedui_money_parse(&fen, text, column->unit)) {
    case HEDUI_MONEY_OK:
        return fen < 0 && !column->negative ? bad(HEDUI_REASON_money_negative) : value(fen);
    case HEDUI_MONEY_EMPTY:
        return empty();
    case HEDUI_MONEY_SCALE:
        return bad(HEDUI_REASON_money_scale);
    case HEDUI_MONEY_RANGE:
        return bad(HEDUI_REASON_money_range);
    case HEDUI_MONEY_FORMAT:
        break;
    }
    return bad(HEDUI_REASON_money_format);
}

/* Take the first of `words` that the text ends in off its end. */
static hedui_span without_suffix(hedui_span text, const hedui_span *words, uint32_t count)
{
    text = hedui_trim(text);
    for (uint32_t i = 0; i < count; i++) {
        if (text.length <= words[i].length || !words[i].length ||
            memcmp(text.at + text.length - words[i].length, words[i].at, words[i].length) != 0)
            continue;
        text.length -= words[i].length;
        break;
    }
    return text;
}

/* Plain numbers share the grammar of amounts. */
static hedui_decoded number(const hedui_cell *cell, int scale, int negative)
{
    int64_t read;
    hedui_money_form form = hedui_decimal_read(&read, cell, scale);
    if (form == HEDUI_MONEY_RANGE || (form == HEDUI_MONEY_OK && read < 0 && !negative))
        return bad(HEDUI_REASON_number_range);
    return form == HEDUI_MONEY_OK ? value(read) : bad(HEDUI_REASON_number_format);
}

/* Integers have scale 0. */
static hedui_decoded decode_decimal(const hedui_column *column, hedui_span text, hedui_arena *arena)
{
    hedui_cell cell;
    int64_t plain;
    (void)arena;
    text = without_suffix(text, column->suffixes, column->suffix_count);
    if (hedui_decimal_plain(&plain, text, column->scale) && plain >= 0)
        return value(plain);
    if (!hedui_cell_read(&cell, text))
        return bad(HEDUI_REASON_number_format);
    return hedui_cell_says_nothing(&cell) ? empty()
                                          : number(&cell, column->scale, column->negative);
}

static hedui_decoded decode_area(const hedui_column *column, hedui_span text, hedui_arena *arena)
{
    static const hedui_span units[] = {HEDUI_SPAN("㎡"), HEDUI_SPAN("m²"),     HEDUI_SPAN("m2"),
                                       HEDUI_SPAN("M2"), HEDUI_SPAN("平方米"), HEDUI_SPAN("平米")};
    hedui_cell cell;
    int64_t plain;
    (void)arena;
    (void)column;
    if (hedui_decimal_plain(&plain, text, 2) && plain >= 0)
        return value(plain);
    if (!hedui_cell_read(&cell, without_suffix(text, units, sizeof units / sizeof *units)))
        return bad(HEDUI_REASON_number_format);
    return hedui_cell_says_nothing(&cell) ? empty() : number(&cell, 2, 0);
}

/* 1/2 is half; 1/3 has no end in decimals and stays unread. */
static hedui_decoded fraction(const hedui_cell *cell, int slash, int64_t whole)
{
    enum { LARGEST = 1000000 };
    hedui_cell over = *cell, under = *cell;
    int64_t a = 0, b = 0;
    over.to = slash;
    under.from = slash + 1;
    if (hedui_decimal_read(&a, &over, 0) != HEDUI_MONEY_OK ||
        hedui_decimal_read(&b, &under, 0) != HEDUI_MONEY_OK)
        return bad(HEDUI_REASON_number_format);
    if (a < 0 || b <= 0 || a > b || b > LARGEST)
        return bad(HEDUI_REASON_number_range);
    return a * whole % b ? bad(HEDUI_REASON_number_format) : value(a * whole / b);
}

static hedui_decoded decode_rate(const hedui_column *column, hedui_span text, hedui_arena *arena)
{
    enum { WHOLE = 1000000 };
    hedui_cell cell;
    (void)arena;
    if (!hedui_cell_read(&cell, text))
        return bad(HEDUI_REASON_number_format);
    if (hedui_cell_says_nothing(&cell))
        return empty();
    for (int i = cell.from; i < cell.to; i++)
        if (cell.at[i] == '/')
            return fraction(&cell, i, WHOLE);
    int percent = hedui_cell_skip_end(&cell, '%') || column->percent;
    hedui_decoded read = number(&cell, percent ? 4 : 6, 0);
    /* a bare 8 may be 8 or 8 %: not guessed */
    return read.number > WHOLE ? bad(HEDUI_REASON_number_range) : read;
}

static uint32_t find_code(const hedui_code_list *list, hedui_span text)
{
    uint32_t index = hedui_code_list_find(list, text);
    if (index != HEDUI_CODE_NONE)
        return index;
    hedui_cell cell;
    char narrow[HEDUI_CELL_LONGEST * 4];
    size_t length = 0;
    if (!hedui_cell_read(&cell, text))
        return HEDUI_CODE_NONE;
    for (int i = cell.from; i < cell.to; i++) {
        uint32_t c = cell.at[i] >= 'a' && cell.at[i] <= 'z' ? cell.at[i] - 'a' + 'A' : cell.at[i];
        length += (size_t)hedui_utf8_put(narrow + length, c);
    }
    return hedui_code_list_find(list, (hedui_span){narrow, length});
}

static int says_nothing(hedui_span text)
{
    hedui_cell cell;
    return hedui_cell_read(&cell, text) && hedui_cell_says_nothing(&cell);
}

static hedui_decoded unlisted(void)
{
    hedui_decoded decoded = bad(HEDUI_REASON_code_value);
    decoded.state = HEDUI_CELL_UNLISTED;
    return decoded;
}

static hedui_decoded decode_code(const hedui_column *column, hedui_span text, hedui_arena *arena)
{
    (void)arena;
    text = hedui_trim(text);
    uint32_t index = find_code(column->list, text);
    if (index != HEDUI_CODE_NONE)
        return value(index);
    return says_nothing(text) ? empty() : unlisted();
}

/* The first code of `rest`, which is taken off with its separator. */
static hedui_span next_code(hedui_span *rest, hedui_span separator)
{
    hedui_span part = *rest;
    if (!separator.length) {
        (void)hedui_utf8_take(rest);
        part.length -= rest->length;
        return part;
    }
    const char *found = memmem(rest->at, rest->length, separator.at, separator.length);
    if (found)
        part.length = (size_t)(found - rest->at);
    size_t taken = found ? part.length + separator.length : part.length;
    rest->at += taken;
    rest->length -= taken;
    return hedui_trim(part);
}

static hedui_decoded decode_codes(const hedui_column *column, hedui_span text, hedui_arena *arena)
{
    uint64_t bits = 0;
    (void)arena;
    text = hedui_trim(text);
    if (says_nothing(text) && find_code(column->list, text) == HEDUI_CODE_NONE)
        return empty();
    uint32_t whole = find_code(column->list, text); /* one code written by its label */
    if (whole < HEDUI_CODES_MAX)
        return value((int64_t)(UINT64_C(1) << whole));
    while (text.length) {
        hedui_span part = next_code(&text, column->separator);
        if (!part.length || says_nothing(part))
            continue;
        uint32_t index = find_code(column->list, part);
        if (index >= HEDUI_CODES_MAX)
            return unlisted();
        bits |= UINT64_C(1) << index;
    }
    return bits ? value((int64_t)bits) : empty();
}

static hedui_decoded decode_yes_no(const hedui_column *column, hedui_span text, hedui_arena *arena)
{
    static const char *const words[][2] = {{"是", "否"}, {"1", "0"},        {"Y", "N"},
                                           {"y", "n"},   {"有", "无"},      {"YES", "NO"},
                                           {"√", "×"},   {"TRUE", "FALSE"}, {"true", "false"}};
    (void)column;
    (void)arena;
    text = hedui_trim(text);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        for (int no = 0; no < 2; no++)
            if (hedui_span_is(text, words[i][no]))
                return value(!no);
    return says_nothing(text) ? empty() : bad(HEDUI_REASON_yes_no);
}

static hedui_decoded keep(const char *text, hedui_arena *arena)
{
    hedui_decoded decoded = value(0);
    decoded.text = hedui_arena_copy(arena, hedui_span_of(text));
    return decoded; /* without memory `at` is NULL, which the caller looks for */
}

static hedui_decoded decode_uscc(const hedui_column *column, hedui_span text, hedui_arena *arena)
{
    char code[HEDUI_USCC_TEXT];
    (void)column;
    if (hedui_uscc_parse(code, text))
        return keep(code, arena);
    return says_nothing(text) ? empty() : bad(HEDUI_REASON_uscc);
}

static hedui_decoded decode_plate(const hedui_column *column, hedui_span text, hedui_arena *arena)
{
    char plate[HEDUI_PLATE_TEXT];
    (void)column;
    if (hedui_plate_parse(plate, text))
        return keep(plate, arena);
    return says_nothing(text) ? empty() : bad(HEDUI_REASON_plate);
}

/* Months are also found by a day in them: 9999-12-31 says 9999-12. */
static int is_among(hedui_span text, const hedui_span *list, uint32_t count)
{
    enum { MONTH = HEDUI_MONTH_TEXT - 1, DAY = HEDUI_DATE_TEXT - 1 };
    for (uint32_t i = 0; i < count; i++) {
        hedui_span word = list[i];
        if (text.length == MONTH && word.length == DAY && word.at[MONTH] == '-')
            word.length = MONTH;
        if (hedui_span_equal(text, word))
            return 1;
    }
    return 0;
}

/* 1 if the layout says what this text means; `decoded` is then set. */
static int says_word(hedui_decoded *decoded, const hedui_column *column, hedui_span text)
{
    if (is_among(text, column->none, column->none_count))
        *decoded = empty();
    else if (is_among(text, column->unknown, column->unknown_count))
        *decoded = (hedui_decoded){HEDUI_CELL_UNKNOWN, 0, {"", 0}, HEDUI_DECODED};
    else if (is_among(text, column->open, column->open_count))
        *decoded = value(column->type == HEDUI_COLUMN_MONTH ? HEDUI_MONTH_MAX : HEDUI_DATE_MAX);
    else
        return 0;
    return 1;
}

static int has_words(const hedui_column *column)
{
    return column->none_count || column->unknown_count || column->open_count;
}

/* However a date is written, 99991231 or 9999/12/31, the layout names it once. */
static void look_up_day(hedui_decoded *decoded, const hedui_column *column)
{
    char text[HEDUI_DATE_TEXT];
    if (!has_words(column))
        return;
    if (column->type == HEDUI_COLUMN_DATE)
        hedui_date_print(text, (int32_t)decoded->number);
    else if (column->type == HEDUI_COLUMN_MONTH)
        hedui_month_print(text, (int32_t)decoded->number);
    else
        return;
    (void)says_word(decoded, column, hedui_span_of(text));
}

hedui_decoded hedui_decode(const hedui_column *column, hedui_span text, hedui_arena *arena)
{
    static decoder *const decoders[] = {
        [HEDUI_COLUMN_CITIZEN_ID] = decode_id,   [HEDUI_COLUMN_NAME] = decode_text,
        [HEDUI_COLUMN_TEXT] = decode_text,       [HEDUI_COLUMN_DATE] = decode_date,
        [HEDUI_COLUMN_MONTH] = decode_month,     [HEDUI_COLUMN_MONEY] = decode_money,
        [HEDUI_COLUMN_INTEGER] = decode_decimal, [HEDUI_COLUMN_AREA] = decode_area,
        [HEDUI_COLUMN_DECIMAL] = decode_decimal, [HEDUI_COLUMN_RATE] = decode_rate,
        [HEDUI_COLUMN_CODE] = decode_code,       [HEDUI_COLUMN_CODES] = decode_codes,
        [HEDUI_COLUMN_YES_NO] = decode_yes_no,   [HEDUI_COLUMN_USCC] = decode_uscc,
        [HEDUI_COLUMN_PLATE] = decode_plate,
    };
    hedui_decoded decoded;
    if (!has_words(column) || !says_word(&decoded, column, hedui_trim(text))) {
        decoded = decoders[column->type](column, text, arena);
        if (decoded.state == HEDUI_CELL_VALUE)
            look_up_day(&decoded, column);
    }
    if (decoded.state == HEDUI_CELL_ABSENT && column->empty == HEDUI_EMPTY_UNKNOWN)
        decoded.state = HEDUI_CELL_UNKNOWN;
    if (column->empty == HEDUI_EMPTY_REJECTED &&
        (decoded.state == HEDUI_CELL_ABSENT || decoded.state == HEDUI_CELL_UNKNOWN))
        decoded.reason = HEDUI_REASON_missing;
    return decoded;
}
