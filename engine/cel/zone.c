/* Named time zones, read from the TZif files of the system (RFC 8536). setenv("TZ") would change
 * the whole process. Only expressions over timestamps with a named zone come here; dates need no
 * zone. After a file's last transition its footer rule holds. */
#include "cel/internal.h"

#include <stdio.h>

#include <hedui/date.h>

#include <fcntl.h>
#include <unistd.h>

enum { LARGEST_FILE = 65536, HEADER = 44 };

typedef struct zone_file {
    const unsigned char *at;
    size_t length;
    uint32_t isut, isstd, leap, times, types, chars;
    size_t body;   /* where the data of the 64-bit part begins */
    size_t footer; /* the rule for later times */
} zone_file;

static uint32_t be32(const unsigned char *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static int64_t be64(const unsigned char *p)
{
    return (int64_t)((uint64_t)be32(p) << 32 | be32(p + 4));
}

static int header(zone_file *z, size_t at)
{
    if (at + HEADER > z->length || memcmp(z->at + at, "TZif", 4) != 0)
        return 0;
    const unsigned char *p = z->at + at + 20;
    z->isut = be32(p);
    z->isstd = be32(p + 4);
    z->leap = be32(p + 8);
    z->times = be32(p + 12);
    z->types = be32(p + 16);
    z->chars = be32(p + 20);
    z->body = at + HEADER;
    return z->times < 4096 && z->types < 256 && z->chars < 4096 && z->leap < 4096 &&
           z->isut < 256 && z->isstd < 256;
}

static size_t body_size(const zone_file *z, size_t time_size)
{
    return z->times * (time_size + 1) + z->types * 6u + z->chars + z->leap * (time_size + 4) +
           z->isstd + z->isut;
}

static int open_zone(zone_file *z)
{
    if (!header(z, 0) || z->at[4] < '2')
        return 0;
    if (!header(z, z->body + body_size(z, 4)))
        return 0;
    z->footer = z->body + body_size(z, 8);
    return z->footer <= z->length && z->types > 0;
}

/* --- the footer: a POSIX rule such as AEST-10AEDT,M10.1.0,M4.1.0/3 ------------------------------
 */

typedef struct rule {
    const char *at, *end;
} rule;

static int natural(rule *r, int64_t *out)
{
    int64_t n = 0;
    const char *start = r->at;
    while (r->at < r->end && *r->at >= '0' && *r->at <= '9' && n < 100000)
        n = n * 10 + (*r->at++ - '0');
    *out = n;
    return r->at > start;
}

static int take(rule *r, char c)
{
    if (r->at >= r->end || *r->at != c)
        return 0;
    r->at++;
    return 1;
}

static int skip_name(rule *r)
{
    const char *start = r->at;
    if (take(r, '<')) {
        while (r->at < r->end && *r->at != '>')
            r->at++;
        return take(r, '>');
    }
    while (r->at < r->end && ((*r->at | 0x20) >= 'a' && (*r->at | 0x20) <= 'z'))
        r->at++;
    return r->at > start;
}

/* [+-]h[:m[:s]] in seconds */
static int clock_time(rule *r, int64_t *seconds)
{
    int64_t h, m = 0, s = 0;
    int negative = take(r, '-');
    if (!negative)
        (void)take(r, '+');
    if (!natural(r, &h))
        return 0;
    if (take(r, ':') && !natural(r, &m))
        return 0;
    if (take(r, ':') && !natural(r, &s))
        return 0;
    *seconds = (h * 3600 + m * 60 + s) * (negative ? -1 : 1);
    return 1;
}

/* Mm.w.d[/time], Jn[/time] or n[/time]: seconds of local time since 1970 */
static int change(rule *r, int year, int64_t *moment)
{
    int64_t m, w, d, time = 7200;
    int32_t day = 0;
    if (!take(r, ','))
        return 0;
    if (take(r, 'M')) {
        if (!natural(r, &m) || !take(r, '.') || !natural(r, &w) || !take(r, '.') ||
            !natural(r, &d) || m < 1 || m > 12 || w < 1 || w > 5 || d > 6 ||
            !hedui_date_from_civil(&day, year, (int)m, 1))
            return 0;
        int64_t weekday = ((day + 4) % 7 + 7) % 7, into = (d - weekday + 7) % 7 + (w - 1) * 7;
        while (into >= hedui_date_month_length(year, (int)m))
            into -= 7;
        day += (int32_t)into;
    } else {
        int julian = take(r, 'J');
        if (!natural(r, &d) || d > 366 || !hedui_date_from_civil(&day, year, 1, 1))
            return 0;
        if (julian)
            d += (d >= 60 && hedui_date_month_length(year, 2) == 29) - 1;
        day += (int32_t)d;
    }
    if (take(r, '/') && !clock_time(r, &time))
        return 0;
    *moment = (int64_t)day * 86400 + time;
    return 1;
}

static int by_footer(int32_t *seconds, const zone_file *z, int64_t moment)
{
    rule r = {(const char *)z->at + z->footer, (const char *)z->at + z->length};
    int64_t standard, summer, starts, ends;
    int year, month, day;
    if (!take(&r, '\n') || !skip_name(&r) || !clock_time(&r, &standard))
        return 0;
    standard = -standard;
    *seconds = (int32_t)standard;
    if (!skip_name(&r))
        return 1;
    summer = standard + 3600;
    if (r.at < r.end && *r.at != ',') {
        if (!clock_time(&r, &summer))
            return 0;
        summer = -summer;
    }
    int64_t local = moment + standard;
    int64_t number = local / 86400 - (local % 86400 < 0);
    if (number < HEDUI_DATE_MIN || number > HEDUI_DATE_MAX)
        return 1;
    hedui_date_to_civil(&year, &month, &day, (int32_t)number);
    if (!change(&r, year, &starts) || !change(&r, year, &ends))
        return 0;
    starts -= standard;
    ends -= summer;
    int inside =
        starts < ends ? moment >= starts && moment < ends : moment >= starts || moment < ends;
    *seconds = (int32_t)(inside ? summer : standard);
    return 1;
}

static int offset_at(int32_t *seconds, const zone_file *z, int64_t moment)
{
    const unsigned char *times = z->at + z->body, *indexes = times + (size_t)z->times * 8;
    const unsigned char *types = indexes + z->times;
    uint32_t low = 0, high = z->times;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (be64(times + (size_t)middle * 8) <= moment)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == z->times && by_footer(seconds, z, moment))
        return 1;
    uint32_t kind = low ? indexes[low - 1] : 0;
    if (kind >= z->types)
        return 0;
    *seconds = (int32_t)be32(types + (size_t)kind * 6);
    return 1;
}

/* Letters, digits and _ + - between single slashes: no way out of the folder. */
static int safe(hedui_span name)
{
    char before = '/';
    for (size_t i = 0; i < name.length; i++) {
        char c = name.at[i];
        int letter = ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c >= '0' && c <= '9') ||
                     c == '_' || c == '+' || c == '-';
        if (!letter && (c != '/' || before == '/'))
            return 0;
        before = c;
    }
    return name.length > 0 && name.length < 64 && before != '/';
}

int hedui_cel_zone_offset(int32_t *seconds, hedui_span zone, int64_t moment)
{
    unsigned char data[LARGEST_FILE];
    char path[128];
    zone_file z = {.at = data};
    if (hedui_span_is(zone, "UTC") || hedui_span_is(zone, "GMT")) {
        *seconds = 0;
        return 1;
    }
    if (!safe(zone))
        return 0;
    int length = snprintf(path, sizeof path, "/usr/share/zoneinfo/%.*s", (int)zone.length, zone.at);
    if (length < 0 || (size_t)length >= sizeof path)
        return 0;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return 0;
    ssize_t got;
    while (z.length < sizeof data &&
           (got = read(file, data + z.length, sizeof data - z.length)) > 0)
        z.length += (size_t)got;
    (void)close(file);
    return open_zone(&z) && offset_at(seconds, &z, moment);
}
