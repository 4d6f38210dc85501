/* What is not known is a text that begins with "?" and names why, one reason a line:
 * "?reason|source|field|person". Anything else is known. So that SQL can say what follows from what
 * is known and, where nothing does, because of what. NULL is no value at all: aggregates pass over
 * it, and elsewhere it is a fault of the statement. */
#include "kleene.h"

#include "oracle.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_REASONS = 400 };

static const char *unknown(sqlite3_value *value)
{
    const char *text =
        sqlite3_value_type(value) == SQLITE_TEXT ? (const char *)sqlite3_value_text(value) : NULL;
    if (sqlite3_value_type(value) == SQLITE_NULL)
        oracle_die("a statement asks about", "no value");
    return text && *text == '?' ? text : NULL;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The reasons of both, each once, in order; `had` is given to free. What went wrong is told only
 * where nothing else is to blame. */
static char *joined(char *had, const char *more)
{
    char *lines[MOST_REASONS];
    size_t length = (had ? strlen(had) : 0) + strlen(more) + 2, count = 0;
    char *all = malloc(length), *out = calloc(1, length), *at = out;
    if (!all || !out)
        oracle_die("no memory for", "reasons");
    (void)snprintf(all, length, "%s\n%s", had ? had + 1 : "", more + 1);
    for (char *line = strtok(all, "\n"); line && count < MOST_REASONS; line = strtok(NULL, "\n"))
        lines[count++] = line;
    qsort(lines, count, sizeof *lines, by_text);
    *at++ = '?';
    for (size_t i = 0; i < count; i++)
        if ((i == 0 || strcmp(lines[i], lines[i - 1]) != 0) &&
            (strcmp(lines[i], "evaluation|||") != 0 || strcmp(lines[0], lines[count - 1]) == 0))
            at += sprintf(at, at > out + 1 ? "\n%s" : "%s", lines[i]);
    free(all);
    free(had);
    return out;
}

static void answer_text(sqlite3_context *context, char *text)
{
    if (text)
        sqlite3_result_text(context, text, -1, free);
}

/* both(a, b, …) and either(a, b, …): the user data is what decides. */
static void logic(sqlite3_context *context, int count, sqlite3_value **values)
{
    int settles = sqlite3_user_data(context) != NULL;
    char *why = NULL;
    for (int i = 0; i < count; i++) {
        const char *text = unknown(values[i]);
        if (text) {
            why = joined(why, text);
        } else if ((sqlite3_value_int(values[i]) != 0) == settles) {
            free(why);
            sqlite3_result_int(context, settles);
            return;
        }
    }
    if (why)
        answer_text(context, why);
    else
        sqlite3_result_int(context, !settles);
}

static void isnt(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    if (unknown(values[0]))
        sqlite3_result_value(context, values[0]);
    else
        sqlite3_result_int(context, !sqlite3_value_int(values[0]));
}

/* strict(a, b, …): why any of them is not known, NULL if all are. */
static char *strict_of(int count, sqlite3_value **values)
{
    char *why = NULL;
    for (int i = 0; i < count; i++) {
        const char *text = unknown(values[i]);
        if (text)
            why = joined(why, text);
    }
    return why;
}

static void strict(sqlite3_context *context, int count, sqlite3_value **values)
{
    answer_text(context, strict_of(count, values));
}

static void assume(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    sqlite3_result_value(context, unknown(values[0]) ? values[1] : values[0]);
}

/* An empty cell that means "there is none". */
static void none(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    if (unknown(values[0]))
        sqlite3_result_value(context, values[0]);
    else
        sqlite3_result_int(context, sqlite3_value_bytes(values[0]) == 0);
}

/* Order of two known values: whole numbers, or texts (days and months are texts in order). */
static int order_of(sqlite3_value **values)
{
    if (sqlite3_value_type(values[0]) == SQLITE_INTEGER) {
        sqlite3_int64 a = sqlite3_value_int64(values[0]), b = sqlite3_value_int64(values[1]);
        if (sqlite3_value_type(values[1]) != SQLITE_INTEGER)
            oracle_die("a number beside", (const char *)sqlite3_value_text(values[1]));
        return (a > b) - (a < b);
    }
    if (sqlite3_value_type(values[1]) != SQLITE_TEXT)
        oracle_die("no text beside", (const char *)sqlite3_value_text(values[0]));
    return strcmp((const char *)sqlite3_value_text(values[0]),
                  (const char *)sqlite3_value_text(values[1]));
}

/* eq, lt, le, gt, ge; the user data is the name. */
static void compare(sqlite3_context *context, int count, sqlite3_value **values)
{
    const char *is = sqlite3_user_data(context);
    char *why = strict_of(count, values);
    if (why) {
        answer_text(context, why);
        return;
    }
    int order = order_of(values);
    sqlite3_result_int(context, strcmp(is, "eq") == 0   ? order == 0
                                : strcmp(is, "lt") == 0 ? order < 0
                                : strcmp(is, "le") == 0 ? order <= 0
                                : strcmp(is, "gt") == 0 ? order > 0
                                                        : order >= 0);
}

/* rounded(a, b): a / b, half away from zero. */
static void rounded(sqlite3_context *context, int count, sqlite3_value **values)
{
    char *why = strict_of(count, values);
    if (why) {
        answer_text(context, why);
        return;
    }
    sqlite3_int64 a = sqlite3_value_int64(values[0]), b = sqlite3_value_int64(values[1]);
    int minus = (a < 0) != (b < 0);
    a = a < 0 ? -a : a;
    b = b < 0 ? -b : b;
    if (b)
        sqlite3_result_int64(context, (minus ? -1 : 1) * ((2 * a + b) / (2 * b)));
    else
        sqlite3_result_text(context, "?evaluation|||", -1, SQLITE_STATIC);
}

/* scaled(text, places): a decimal as a whole number of its last place. */
static void scaled(sqlite3_context *context, int count, sqlite3_value **values)
{
    const char *text = (const char *)sqlite3_value_text(values[0]);
    sqlite3_int64 value = 0;
    int minus = 0, places = -1, wanted = sqlite3_value_int(values[1]);
    (void)count;
    if (unknown(values[0]) || !*text) {
        sqlite3_result_value(context, values[0]);
        return;
    }
    minus = *text == '-';
    for (text += minus; *text && places < wanted; text++) {
        if (*text != '.')
            value = value * 10 + (*text - '0');
        places += places >= 0 || *text == '.';
    }
    for (places = places < 0 ? 0 : places; places < wanted; places++)
        value *= 10;
    sqlite3_result_int64(context, minus ? -value : value);
}

static int month_length(int year, int month)
{
    int leap = (year % 4 == 0 && year % 100) || year % 400 == 0;
    return month == 2 ? 28 + leap : 30 + (month < 8 ? month % 2 : 1 - month % 2);
}

/* later(day, months): the same day so many months on, or the month's last. */
static void later(sqlite3_context *context, int count, sqlite3_value **values)
{
    int year = 0, month = 0, day = 0;
    char *why = strict_of(count, values), out[40];
    if (why) {
        answer_text(context, why);
        return;
    }
    if (sscanf((const char *)sqlite3_value_text(values[0]), "%d-%d-%d", &year, &month, &day) != 3)
        oracle_die("no day", (const char *)sqlite3_value_text(values[0]));
    month += year * 12 - 1 + sqlite3_value_int(values[1]);
    year = month / 12;
    month = month % 12 + 1;
    int last = month_length(year, month);
    (void)snprintf(out, sizeof out, "%04d-%02d-%02d", year, month, day < last ? day : last);
    sqlite3_result_text(context, out, -1, SQLITE_TRANSIENT);
}

/* begins(month) and ends(month): its days; the user data says which. */
static void edge(sqlite3_context *context, int count, sqlite3_value **values)
{
    int year = 0, month = 0;
    char out[40];
    (void)count;
    if (unknown(values[0])) {
        sqlite3_result_value(context, values[0]);
        return;
    }
    if (sscanf((const char *)sqlite3_value_text(values[0]), "%d-%d", &year, &month) != 2)
        oracle_die("no month", (const char *)sqlite3_value_text(values[0]));
    (void)snprintf(out, sizeof out, "%04d-%02d-%02d", year, month,
                   sqlite3_user_data(context) ? month_length(year, month) : 1);
    sqlite3_result_text(context, out, -1, SQLITE_TRANSIENT);
}

/* --- aggregates ------------------------------------------------------------------------------- */

typedef struct tally {
    char *why;
    sqlite3_int64 sum;
    int settled, settles; /* any_of, all_of: somebody decided it, and as what */
} tally;

static void take(sqlite3_context *context, int count, sqlite3_value **values)
{
    tally *t = sqlite3_aggregate_context(context, sizeof *t);
    (void)count;
    if (sqlite3_value_type(values[0]) == SQLITE_NULL)
        return;
    const char *text = unknown(values[0]);
    if (text) {
        t->why = joined(t->why, text);
        return;
    }
    if (sqlite3_value_type(values[0]) != SQLITE_INTEGER)
        oracle_die("no number", (const char *)sqlite3_value_text(values[0]));
    sqlite3_int64 value = sqlite3_value_int64(values[0]);
    t->sum += value;
    t->settled |= (value != 0) == (sqlite3_user_data(context) != NULL);
}

static void end_logic(sqlite3_context *context)
{
    tally *t = sqlite3_aggregate_context(context, sizeof *t);
    int settles = sqlite3_user_data(context) != NULL;
    if (!t->why || t->settled) {
        sqlite3_result_int(context, t->settled ? settles : !settles);
        free(t->why);
    } else {
        answer_text(context, t->why);
    }
}

static void end_sum(sqlite3_context *context)
{
    tally *t = sqlite3_aggregate_context(context, sizeof *t);
    if (t->why)
        answer_text(context, t->why);
    else
        sqlite3_result_int64(context, t->sum);
}

/* why_of(x): why any is not known, NULL if all are. sure_sum(x): of what is known. */
static void end_why(sqlite3_context *context)
{
    answer_text(context, ((tally *)sqlite3_aggregate_context(context, sizeof(tally)))->why);
}

static void end_sure(sqlite3_context *context)
{
    tally *t = sqlite3_aggregate_context(context, sizeof *t);
    free(t->why);
    sqlite3_result_int64(context, t->sum);
}

void kleene_functions(sqlite3 *db)
{
    static char yes[] = "yes", eq[] = "eq", lt[] = "lt", le[] = "le", gt[] = "gt", ge[] = "ge";
    static const struct {
        const char *name;
        int count;
        void *data;
        void (*call)(sqlite3_context *, int, sqlite3_value **);
        void (*end)(sqlite3_context *);
    } functions[] = {
        {"both", -1, NULL, logic, NULL},       {"either", -1, yes, logic, NULL},
        {"isnt", 1, NULL, isnt, NULL},         {"strict", -1, NULL, strict, NULL},
        {"assume", 2, NULL, assume, NULL},     {"none", 1, NULL, none, NULL},
        {"eq", 2, eq, compare, NULL},          {"lt", 2, lt, compare, NULL},
        {"le", 2, le, compare, NULL},          {"gt", 2, gt, compare, NULL},
        {"ge", 2, ge, compare, NULL},          {"rounded", 2, NULL, rounded, NULL},
        {"scaled", 2, NULL, scaled, NULL},     {"later", 2, NULL, later, NULL},
        {"begins", 1, NULL, edge, NULL},       {"ends", 1, yes, edge, NULL},
        {"any_of", 1, yes, take, end_logic},   {"all_of", 1, NULL, take, end_logic},
        {"sum_of", 1, NULL, take, end_sum},    {"why_of", 1, NULL, take, end_why},
        {"sure_sum", 1, NULL, take, end_sure},
    };
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        if (sqlite3_create_function(db, functions[i].name, functions[i].count,
                                    SQLITE_UTF8 | SQLITE_DETERMINISTIC, functions[i].data,
                                    functions[i].end ? NULL : functions[i].call,
                                    functions[i].end ? functions[i].call : NULL, functions[i].end))
            oracle_die("cannot define", functions[i].name);
}
