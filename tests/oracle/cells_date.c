/* Dates and months, every form by itself; days behind 1970 are counted, not reckoned. */
#include "cells.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char digits[] = "0123456789";

static int exists(int year, int month, int day)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int leap = (year % 4 == 0 && year % 100) || year % 400 == 0;
    return year >= 1 && month >= 1 && month <= 12 && day >= 1 &&
           day <= lengths[month - 1] + (leap && month == 2);
}

/* The day so many days behind 1970-01-01, by counting. */
static void count_days(int64_t days, int *year, int *month, int *day)
{
    *year = 1970;
    *month = *day = 1;
    for (; days > 0; days--) {
        if (exists(*year, *month, *day + 1)) {
            ++*day;
        } else {
            *day = 1;
            *month = *month % 12 + 1;
            *year += *month == 1;
        }
    }
    for (; days < 0; days++) {
        if (--*day == 0) {
            *month = *month == 1 ? 12 : *month - 1;
            *year -= *month == 12;
            *day = 31;
            while (!exists(*year, *month, *day))
                --*day;
        }
    }
}

/* 1 if the text is H:MM, H:MM:SS or H:MM:SS.fraction; `sound`: and there is such a time. */
static int is_time(const char *text, int *sound)
{
    int hour = 0, minute = 0, second = 0, used = 0, more = 0;
    size_t first = strspn(text, digits);
    if (first < 1 || first > 2 || sscanf(text, "%2d:%2d%n", &hour, &minute, &used) != 2 ||
        (size_t)used != first + 3)
        return 0;
    if (text[used] == ':') {
        if (sscanf(text + used, ":%2d%n", &second, &more) != 1 || more != 3)
            return 0;
        used += more;
        if (text[used] == '.') {
            size_t fraction = strspn(text + used + 1, digits);
            if (fraction < 1 || fraction > 9)
                return 0;
            used += 1 + (int)fraction;
        }
    }
    *sound = hour < 24 && minute < 60 && second < 60;
    return text[used] == '\0';
}

/* The digits at `at`, `least` to two of them; NULL if there are more or fewer. */
static const char *part(const char *at, int *value, size_t least)
{
    size_t n = at ? strspn(at, digits) : 0;
    if (n < least || n > 2)
        return NULL;
    *value = at[0] - '0';
    if (n == 2)
        *value = *value * 10 + at[1] - '0';
    return at + n;
}

/* Behind a word that must stand there. */
static const char *behind(const char *at, const char *word)
{
    return at && strncmp(at, word, strlen(word)) == 0 ? at + strlen(word) : NULL;
}

/* Year, month, day of a text without a time; day 0: a month. 0 if it is neither. */
static int is_date(const char *text, int *year, int *month, int *day)
{
    static const char *const words[][3] = {
        {"-", "-", ""}, {"/", "/", ""}, {".", ".", ""}, {"年", "月", "日"}};
    size_t n = strlen(text), first = strspn(text, digits);
    *day = 0;
    if (first == n)
        return (n == 8 && sscanf(text, "%4d%2d%2d", year, month, day) == 3) ||
               (n == 6 && sscanf(text, "%4d%2d", year, month) == 2);
    *year = (int)strtol(text, NULL, 10);
    for (size_t i = 0; first == 4 && i < 4; i++) {
        const char *at = part(behind(text + 4, words[i][0]), month, 1);
        if (i == 3)
            at = behind(at, words[i][1]);
        if (at && !*at)
            return 1;
        at = part(i == 3 ? at : behind(at, words[i][1]), day, 1);
        at = behind(at, words[i][2]);
        if (at && !*at)
            return 1;
        *day = 0;
    }
    return 0;
}

/* Behind the days of a spreadsheet: the time, which is dropped. */
static int is_fraction(const char *text)
{
    size_t n = strspn(text + (*text == '.'), digits);
    return *text == '.' && n >= 1 && n <= 18 && !text[1 + n];
}

/* Days as a spreadsheet counts them, neither before March 1900 nor a bare year. */
static int is_serial(long long days)
{
    return days >= 61 && (days < 1800 || days > 2200);
}

void cell_read_date(cell *out, const yaml *column, const char *text, int month_only)
{
    char bare[CELL_PLAIN];
    int year = 0, month = 0, day = 0, sound = 1;
    if (!cell_plain(bare, text)) {
        cell_fault(out, "date_format");
        return;
    }
    size_t n = strlen(bare);
    if (cell_says_nothing(bare) || (n && *bare == '0' && strspn(bare, "0-/") == n)) {
        out->state = CELL_ABSENT;
        return;
    }
    int counted = strspn(bare, digits) == n;
    int before = *bare == '-', whole = (int)strspn(bare, digits);
    if (n - (size_t)before >= 11 && n - (size_t)before <= 13 &&
        strspn(bare + before, digits) == n - (size_t)before && yaml_is_true(column, "epoch_ms")) {
        long long ms = strtoll(bare, NULL, 10) + 8 * 3600000LL;
        count_days(ms / 86400000LL - (ms % 86400000LL < 0), &year, &month, &day);
    } else if (whole >= 1 && whole <= 5 && (counted || is_fraction(bare + whole)) &&
               is_serial(strtoll(bare, NULL, 10)) && yaml_is_true(column, "serial")) {
        count_days(strtoll(bare, NULL, 10) - 25569, &year, &month, &day);
    } else {
        char *time = strpbrk(bare, " T");
        if (time)
            *time++ = '\0';
        if (!is_date(bare, &year, &month, &day) || (!day && (!month_only || time)) ||
            (time && !is_time(time, &sound))) {
            cell_fault(out, "date_format");
            return;
        }
    }
    if (!sound || !exists(year, month, day ? day : 1)) {
        cell_fault(out, "date_value");
        return;
    }
    if (month_only)
        (void)snprintf(out->own, sizeof out->own, "%04d-%02d", year, month);
    else
        (void)snprintf(out->own, sizeof out->own, "%04d-%02d-%02d", year, month, day);
}
