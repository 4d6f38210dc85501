/* Moments and spans of time: RFC 3339 and Go's notation of durations, and the parts of a moment in
 * a zone. */
#include "cel/internal.h"

#include <hedui/date.h>

enum { DAY = 86400 };

static int number(int64_t *out, hedui_span text, size_t *at, size_t digits)
{
    int64_t n = 0;
    if (*at + digits > text.length)
        return 0;
    for (size_t i = 0; i < digits; i++, (*at)++) {
        char c = text.at[*at];
        if (c < '0' || c > '9')
            return 0;
        n = n * 10 + (c - '0');
    }
    *out = n;
    return 1;
}

static int accept(hedui_span text, size_t *at, const char *any)
{
    if (*at >= text.length || !text.at[*at] || !strchr(any, text.at[*at]))
        return 0;
    (*at)++;
    return 1;
}

static int fraction(int64_t *nanos, hedui_span text, size_t *at)
{
    int64_t unit = 100000000;
    size_t start = *at;
    *nanos = 0;
    for (; *at < text.length && text.at[*at] >= '0' && text.at[*at] <= '9'; (*at)++) {
        *nanos += unit * (text.at[*at] - '0');
        unit /= 10;
    }
    return *at > start;
}

/* Z or +hh:mm: seconds east */
static int offset_of(int64_t *seconds, hedui_span text, size_t *at)
{
    int64_t hours, minutes;
    *seconds = 0;
    if (accept(text, at, "Zz"))
        return 1;
    int west = *at < text.length && text.at[*at] == '-';
    if (!accept(text, at, "+-") || !number(&hours, text, at, 2) || !accept(text, at, ":") ||
        !number(&minutes, text, at, 2) || hours > 23 || minutes > 59)
        return 0;
    *seconds = (hours * 60 + minutes) * (west ? -60 : 60);
    return 1;
}

int hedui_cel_timestamp_parse(value *out, hedui_span text)
{
    int64_t y, m, d, hour, minute, second, nanos = 0, offset;
    size_t at = 0;
    int32_t day;
    if (!number(&y, text, &at, 4) || !accept(text, &at, "-") || !number(&m, text, &at, 2) ||
        !accept(text, &at, "-") || !number(&d, text, &at, 2) || !accept(text, &at, "Tt") ||
        !number(&hour, text, &at, 2) || !accept(text, &at, ":") || !number(&minute, text, &at, 2) ||
        !accept(text, &at, ":") || !number(&second, text, &at, 2))
        return 0;
    if (accept(text, &at, ".") && !fraction(&nanos, text, &at))
        return 0;
    if (!offset_of(&offset, text, &at) || at != text.length || hour > 23 || minute > 59 ||
        second > 59 || !hedui_date_from_civil(&day, (int)y, (int)m, (int)d))
        return 0;
    int64_t seconds = (int64_t)day * DAY + hour * 3600 + minute * 60 + second - offset;
    if (seconds < INT64_C(-62135596800) || seconds > INT64_C(253402300799))
        return 0;
    *out = hedui_cel_timestamp(seconds, (uint32_t)nanos);
    return 1;
}

static void nanos_text(hedui_buffer *out, uint32_t nanos)
{
    if (!nanos)
        return;
    int digits = 9;
    for (; nanos % 10 == 0; digits--)
        nanos /= 10;
    hedui_buffer_format(out, ".%0*u", digits, nanos);
}

static int64_t floor_div(int64_t n, int64_t d)
{
    return n / d - (n % d < 0);
}

void hedui_cel_timestamp_text(hedui_buffer *out, value v)
{
    int64_t day = floor_div(v.as.number, DAY), second = v.as.number - day * DAY;
    char text[HEDUI_DATE_TEXT];
    hedui_date_print(text, (int32_t)day);
    hedui_buffer_format(out, "%sT%02d:%02d:%02d", text, (int)(second / 3600),
                        (int)(second / 60 % 60), (int)(second % 60));
    nanos_text(out, v.count);
    hedui_buffer_byte(out, 'Z');
}

__extension__ typedef __int128 wide;

/* One part of a duration: "1.5h". */
static int duration_part(wide *total, hedui_span text, size_t *at)
{
    static const struct {
        const char *unit;
        int64_t nanos;
    } units[] = {{"ns", 1},       {"us", 1000},      {"µs", 1000},       {"μs", 1000},
                 {"ms", 1000000}, {"s", 1000000000}, {"m", 60000000000}, {"h", 3600000000000}};
    int64_t whole = 0, nanos = 0;
    size_t start = *at, digits;
    while (*at < text.length && text.at[*at] >= '0' && text.at[*at] <= '9')
        if (__builtin_mul_overflow(whole, INT64_C(10), &whole) ||
            __builtin_add_overflow(whole, (int64_t)(text.at[(*at)++] - '0'), &whole))
            return 0;
    digits = *at - start;
    if (accept(text, at, ".") && !fraction(&nanos, text, at) && !digits)
        return 0;
    if (*at == start)
        return 0;
    size_t unit_at = *at;
    while (*at < text.length && text.at[*at] != '.' && (text.at[*at] < '0' || text.at[*at] > '9'))
        (*at)++;
    hedui_span unit = span_between(text, (uint32_t)unit_at, (uint32_t)*at);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (!hedui_span_is(unit, units[i].unit))
            continue;
        *total += (wide)whole * units[i].nanos + (wide)nanos * units[i].nanos / 1000000000;
        return *total <= (wide)INT64_MAX + 1;
    }
    return 0;
}

int hedui_cel_duration_parse(value *out, hedui_span text)
{
    size_t at = 0;
    wide total = 0;
    int negative = text.length && text.at[0] == '-';
    (void)accept(text, &at, "+-");
    if (at == text.length)
        return 0;
    if (text.length - at == 1 && text.at[at] == '0') {
        *out = hedui_cel_duration(0);
        return 1;
    }
    while (at < text.length)
        if (!duration_part(&total, text, &at))
            return 0;
    if (negative)
        total = -total;
    if (total > INT64_MAX)
        return 0;
    *out = hedui_cel_duration((int64_t)total);
    return 1;
}

void hedui_cel_duration_text(hedui_buffer *out, value v)
{
    uint64_t n = v.as.number < 0 ? 0 - (uint64_t)v.as.number : (uint64_t)v.as.number;
    if (v.as.number < 0)
        hedui_buffer_byte(out, '-');
    hedui_buffer_format(out, "%llu", (unsigned long long)(n / 1000000000));
    nanos_text(out, (uint32_t)(n % 1000000000));
    hedui_buffer_byte(out, 's');
}

/* --- parts ------------------------------------------------------------------------------------ */

/* +hh:mm, -hh:mm, hh:mm */
static int fixed_offset(int32_t *seconds, hedui_span zone)
{
    int64_t hours, minutes;
    size_t at = 0;
    int west = zone.length && zone.at[0] == '-';
    (void)accept(zone, &at, "+-");
    if (!number(&hours, zone, &at, 2) || !accept(zone, &at, ":") ||
        !number(&minutes, zone, &at, 2) || at != zone.length || hours > 23 || minutes > 59)
        return 0;
    *seconds = (int32_t)((hours * 60 + minutes) * (west ? -60 : 60));
    return 1;
}

typedef enum part {
    YEAR,
    MONTH,
    DAY_OF_YEAR,
    DATE,
    DAY_OF_MONTH,
    DAY_OF_WEEK,
    HOURS,
    MINUTES,
    SECONDS,
    MILLISECONDS
} part;

static int64_t part_of(int64_t seconds, uint32_t nanos, part which)
{
    int64_t day = floor_div(seconds, DAY), second = seconds - day * DAY;
    int y = 1970, m = 1, d = 1;
    int32_t new_year = 0;
    if (day < HEDUI_DATE_MIN) /* a zone may lead out of the range by some hours */
        y = 0, m = 12, d = 31, new_year = HEDUI_DATE_MIN - 366;
    else if (day > HEDUI_DATE_MAX)
        y = 10000, new_year = HEDUI_DATE_MAX + 1;
    else {
        hedui_date_to_civil(&y, &m, &d, (int32_t)day);
        (void)hedui_date_from_civil(&new_year, y, 1, 1);
    }
    const int64_t parts[] = {
        [YEAR] = y,
        [MONTH] = m - 1,
        [DAY_OF_YEAR] = day - new_year,
        [DATE] = d,
        [DAY_OF_MONTH] = d - 1,
        [DAY_OF_WEEK] = ((day + 4) % 7 + 7) % 7,
        [HOURS] = second / 3600,
        [MINUTES] = second / 60 % 60,
        [SECONDS] = second % 60,
        [MILLISECONDS] = nanos / 1000000,
    };
    return parts[which];
}

static value of_duration(int64_t nanos, part which)
{
    int64_t second = 1000000000;
    if (which == HOURS)
        return hedui_cel_int(nanos / (3600 * second));
    if (which == MINUTES)
        return hedui_cel_int(nanos / (60 * second));
    return hedui_cel_int(which == SECONDS ? nanos / second : nanos % second / 1000000);
}

static value get(evaluation *e, const value *a, uint32_t count, part which)
{
    int32_t offset = 0;
    if (a[0].kind == HEDUI_CEL_DURATION)
        return of_duration(a[0].as.number, which);
    if (count == 2 && !fixed_offset(&offset, a[1].as.text) &&
        !hedui_cel_zone_offset(&offset, a[1].as.text, a[0].as.number))
        return hedui_cel_error_at(e, HEDUI_CEL_ERROR_ARGUMENT);
    return hedui_cel_int(part_of(a[0].as.number + offset, a[0].count, which));
}

#define PART(name, which)                                                                          \
    static value name(evaluation *e, const value *a, uint32_t count)                               \
    {                                                                                              \
        return get(e, a, count, which);                                                            \
    }

PART(year, YEAR)
PART(month, MONTH)
PART(day_of_year, DAY_OF_YEAR)
PART(date, DATE)
PART(day_of_month, DAY_OF_MONTH)
PART(day_of_week, DAY_OF_WEEK)
PART(hours, HOURS)
PART(minutes, MINUTES)
PART(seconds, SECONDS)
PART(milliseconds, MILLISECONDS)

#define MOMENT "timestamp(\"2024-03-01T10:20:30.5Z\")"
#define ROWS(name, call, doc, example)                                                             \
    {"timestamp." name "() -> int", call, SCALE_NONE, doc, MOMENT "." name "() => " example},      \
    {                                                                                              \
        "timestamp." name "(string) -> int", call, SCALE_NONE, NULL, NULL                          \
    }
#define ROW(signature, call)                                                                       \
    {                                                                                              \
        signature, call, SCALE_NONE, NULL, NULL                                                    \
    }

static const function_row rows[] = {
    ROWS("getFullYear", year, "The year, in a zone if one is given.", "2024"),
    ROWS("getMonth", month, "The month, 0 to 11.", "2"),
    ROWS("getDayOfYear", day_of_year, "The day of the year, from 0.", "60"),
    ROWS("getDate", date, "The day of the month, from 1.", "1"),
    ROWS("getDayOfMonth", day_of_month, "The day of the month, from 0.", "0"),
    ROWS("getDayOfWeek", day_of_week, "0 is Sunday.", "5"),
    ROWS("getHours", hours, "The hour; of a duration, all of it in hours.", "10"),
    ROW("duration.getHours() -> int", hours),
    ROWS("getMinutes", minutes, "The minute; of a duration, all of it in minutes.", "20"),
    ROW("duration.getMinutes() -> int", minutes),
    ROWS("getSeconds", seconds, "The second; of a duration, all of it in seconds.", "30"),
    ROW("duration.getSeconds() -> int", seconds),
    ROWS("getMilliseconds", milliseconds, "The thousandths of the second.", "500"),
    ROW("duration.getMilliseconds() -> int", milliseconds),
};

const function_topic hedui_cel_topic_times = {"times", rows, sizeof rows / sizeof *rows};
