/* The tables of a pack's parameters, read by the oracle's own reader: whatever stands between
 * "parameters:" and "values:". What follows from them for a household is worked out in SQL. */
#include "national.h"

#include "oracle.h"
#include "yaml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIELDS = 14 };

/* The reader knows no texts of several lines, which begin behind the parameters. */
static void cut_out(const char *from, const char *to)
{
    FILE *in = fopen(from, "r"), *out = fopen(to, "w");
    char *line = NULL;
    size_t room = 0;
    int inside = 0;
    if (!in || !out)
        oracle_die("cannot cut", from);
    while (getline(&line, &room, in) > 0) {
        inside = strncmp(line, "parameters:", 11) == 0 || (inside && strncmp(line, "values:", 7));
        if (inside)
            (void)fputs(line, out);
    }
    free(line);
    (void)fclose(in);
    (void)fclose(out);
}

static void put(sqlite3 *db, const char *sql, const char *const *texts, int count)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL))
        oracle_die(sqlite3_errmsg(db), sql);
    for (int i = 0; i < count; i++)
        (void)sqlite3_bind_text(statement, i + 1, texts[i], -1, SQLITE_STATIC);
    if (sqlite3_step(statement) != SQLITE_DONE)
        oracle_die(sqlite3_errmsg(db), sql);
    (void)sqlite3_finalize(statement);
}

/* A list as " a b ", so that a code can be looked for between blanks. */
static void list_text(char out[512], const yaml *list)
{
    size_t n = (size_t)snprintf(out, 512, " ");
    for (const yaml *at = list->child; at; at = at->next)
        n += (size_t)snprintf(out + n, 512 - n, "%s ", at->text);
}

static void put_row(sqlite3 *db, const yaml *parameter, const yaml *row, const char *number)
{
    const yaml *value = yaml_at(row, "value"), *size = yaml_at(row, "household_size");
    const yaml *force = yaml_at(row, "in_force");
    const char *kind = yaml_text(parameter, "type", "");
    char text[512] = "";
    const char *fields[FIELDS] = {
        parameter->key,
        number,
        yaml_text(row, "area", ""),
        yaml_text(row, "urban_rural", ""),
        yaml_text(row, "programme", ""),
        size && size->text ? size->text : yaml_text(size, "from", "0"),
        size && size->text ? size->text : yaml_text(size, "to", "9999"),
        yaml_text(force, "from", "0001-01-01"),
        yaml_text(force, "to", "9999-12-31"),
        "",
        text,
        yaml_text(value, "times", ""),
        yaml_text(value, "of", ""),
        yaml_text(value, "urban_rural", ""),
    };
    static const char sql[] = "INSERT INTO param_row VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)";
    if (yaml_is_true(value, "previous_calendar_year"))
        (void)snprintf(text, sizeof text, "1 calendar_years as_of");
    else if (yaml_at(value, "last"))
        (void)snprintf(text, sizeof text, "%s %s", yaml_text(value, "last", ""),
                       yaml_text(value, "before", ""));
    else if (strncmp(kind, "list", 4) == 0)
        list_text(text, value);
    else if (value->text)
        (void)snprintf(text, sizeof text, "%s", value->text);
    if (strncmp(kind, "table", 5) != 0) {
        put(db, sql, fields, FIELDS);
        return;
    }
    for (const yaml *key = value->child; key; key = key->next) {
        fields[9] = key->key;
        fields[10] = key->text;
        put(db, sql, fields, FIELDS);
    }
}

void national_parameters(sqlite3 *db, const char *pack, const char *scratch)
{
    char number[24];
    int rows = 0;
    cut_out(pack, scratch);
    const yaml *words = yaml_read(scratch);
    oracle_execute(db,
                   "CREATE TABLE param_row (name TEXT, number TEXT, area TEXT, urban_rural TEXT,"
                   " programme TEXT, least INTEGER, most INTEGER, since TEXT, until TEXT,"
                   " key TEXT, value TEXT, times TEXT, base TEXT, base_urban_rural TEXT);"
                   "CREATE TABLE param_kind (name TEXT PRIMARY KEY, kind TEXT, by_area TEXT,"
                   " by_size TEXT)");
    const yaml *parameters = yaml_at(words, "parameters");
    for (const yaml *p = parameters ? parameters->child : NULL; p; p = p->next) {
        put(db, "INSERT INTO param_kind VALUES (?,?,?,?)",
            (const char *[]){p->key, yaml_text(p, "type", ""),
                             yaml_lists(p, "by", "area") ? "1" : "0",
                             yaml_lists(p, "by", "household_size") ? "1" : "0"},
            4);
        const yaml *list = yaml_at(p, "rows");
        for (const yaml *row = list ? list->child : NULL; row; row = row->next) {
            (void)snprintf(number, sizeof number, "%d", ++rows);
            put_row(db, p, row, number);
        }
    }
    yaml_forget();
    (void)remove(scratch);
}

/* Columns of a wide table, as SQL. */
typedef struct columns {
    char *inner, *outer;
    size_t inner_at, outer_at, room;
} columns;

static void add_column(columns *c, const char *name)
{
    c->inner_at += (size_t)snprintf(c->inner + c->inner_at, c->room - c->inner_at,
                                    ", max(CASE col WHEN '%s' THEN v END) AS \"%s\"", name, name);
    c->outer_at += (size_t)snprintf(
        c->outer + c->outer_at, c->room - c->outer_at,
        ", CASE WHEN substr(c.\"%s\",1,1) = '?' THEN replace(c.\"%s\",'@',h.who) ELSE c.\"%s\" END"
        " AS \"%s\"",
        name, name, name, name);
}

static void add_attribute(columns *c, const char *name, const char *list, const char *attribute)
{
    c->outer_at += (size_t)snprintf(
        c->outer + c->outer_at, c->room - c->outer_at,
        ", CASE WHEN substr(c.\"%s\",1,1) = '?' THEN replace(c.\"%s\",'@',h.who)"
        " WHEN c.\"%s\" = '' THEN 0 WHEN c.\"%s\" IS NOT NULL THEN coalesce((SELECT CASE said WHEN"
        " 'true' THEN 1 WHEN 'false' THEN 0 ELSE said END FROM o_attribute WHERE list = '%s'"
        " AND code = c.\"%s\" AND attribute = '%s'), '?bad_field|||') END AS \"%s__%s\"",
        name, name, name, name, list, name, attribute, name, attribute);
}

static void widen(sqlite3 *db, const char *feed)
{
    columns c = {.room = 1 << 17};
    sqlite3_stmt *statement = NULL;
    c.inner = calloc(1, c.room);
    c.outer = calloc(1, c.room);
    char *sql = calloc(3, c.room);
    if (!c.inner || !c.outer || !sql)
        oracle_die("no memory for", feed);
    if (sqlite3_prepare_v2(db,
                           "SELECT l.col, NULL, NULL FROM o_layout l WHERE l.feed = ?1"
                           " UNION SELECT c.col, c.list, a.attribute FROM o_column c"
                           " JOIN (SELECT DISTINCT list, attribute FROM o_attribute) a"
                           " ON a.list = c.list WHERE c.feed = ?1 ORDER BY 1, 2",
                           -1, &statement, NULL))
        oracle_die(sqlite3_errmsg(db), feed);
    (void)sqlite3_bind_text(statement, 1, feed, -1, SQLITE_STATIC);
    while (sqlite3_step(statement) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(statement, 0);
        const char *list = (const char *)sqlite3_column_text(statement, 1);
        if (list)
            add_attribute(&c, name, list, (const char *)sqlite3_column_text(statement, 2));
        else
            add_column(&c, name);
    }
    (void)sqlite3_finalize(statement);
    (void)snprintf(sql, 3 * c.room,
                   "CREATE TABLE w_%s AS WITH c AS (SELECT line%s FROM cell WHERE feed = '%s'"
                   " GROUP BY line) SELECT h.h, h.p, h.who, h.line, h.hole%s FROM held h"
                   " LEFT JOIN c ON c.line = h.line WHERE h.feed = '%s' ORDER BY h.line;"
                   "CREATE INDEX w_%s_p ON w_%s (h, p)",
                   feed, c.inner, feed, c.outer, feed, feed, feed);
    oracle_execute(db, sql);
    free(c.inner);
    free(c.outer);
    free(sql);
}

void national_widen(sqlite3 *db)
{
    char *names[100];
    int count = 0;
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(db, "SELECT DISTINCT feed FROM held", -1, &statement, NULL))
        oracle_die(sqlite3_errmsg(db), "held");
    while (count < 100 && sqlite3_step(statement) == SQLITE_ROW)
        names[count++] = strdup((const char *)sqlite3_column_text(statement, 0));
    (void)sqlite3_finalize(statement);
    for (int i = 0; i < count; i++) {
        widen(db, names[i]);
        free(names[i]);
    }
}
