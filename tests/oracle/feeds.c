/* A delivery from its first line to its last. Rows of the same key or content are found in a tree
 * of texts; nothing here is fast. */
#include "feeds.h"

#include "cells.h"
#include "export.h"
#include "oracle.h"

#include <fnmatch.h>
#include <glob.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LAYOUTS = 100, FOOTERS = 4, STATES = 5, TABLES = 8 };

/* A row that was used: its key (or its whole content) and what it said. */
typedef struct used {
    char *key, *content;
    int line;
} used;

typedef struct delivery {
    sqlite3 *db;
    sqlite3_stmt *joined;
    feeds_layout *layout;
    const char *file;
    export in;
    int header_cells;
    long records, accepted, other, duplicate, rejected, matched, strange, apart;
    long counts[FEEDS_COLUMNS][STATES];
    int footers[FOOTERS], footer_count;
    void *rows;
    int everybody; /* no matter whom a row is about */
    cell cells[FEEDS_COLUMNS];
} delivery;

static void *households; /* ids of the caseload */

static int by_text(const void *a, const void *b)
{
    return strcmp(a, b);
}

static int by_key(const void *a, const void *b)
{
    return strcmp(((const used *)a)->key, ((const used *)b)->key);
}

static void insert(sqlite3 *db, const char *table, const char *const *texts, int count)
{
    static sqlite3_stmt *kept[TABLES];
    static const char *tables[TABLES];
    int at = 0;
    char sql[200];
    while (db && at < TABLES && tables[at] && strcmp(tables[at], table) != 0)
        at++;
    if (!db) { /* done */
        for (int i = 0; i < TABLES; i++) {
            (void)sqlite3_finalize(kept[i]);
            kept[i] = NULL;
            tables[i] = NULL;
        }
        return;
    }
    if (!tables[at]) {
        int n = snprintf(sql, sizeof sql, "INSERT INTO %s VALUES (?", table);
        for (int i = 1; i < count; i++)
            n += snprintf(sql + n, sizeof sql - (size_t)n, ",?");
        (void)snprintf(sql + n, sizeof sql - (size_t)n, ")");
        tables[at] = table;
        if (sqlite3_prepare_v2(db, sql, -1, &kept[at], NULL))
            oracle_die(sqlite3_errmsg(db), sql);
    }
    for (int i = 0; i < count; i++)
        (void)sqlite3_bind_text(kept[at], i + 1, texts[i], -1, SQLITE_TRANSIENT);
    if (sqlite3_step(kept[at]) != SQLITE_DONE)
        oracle_die(sqlite3_errmsg(db), table);
    (void)sqlite3_reset(kept[at]);
}

static const char *decimal(char text[24], long number)
{
    (void)snprintf(text, 24, "%ld", number);
    return text;
}

static void reject(delivery *d, int line, const char *reason)
{
    char number[24];
    d->rejected++;
    insert(d->db, "o_reject", (const char *[]){d->file, decimal(number, line), reason}, 3);
}

/* Whose number a cell holds: "" nobody's, NULL another document's; `why` it costs the row. */
static const char *person_of(const delivery *d, const export_row *row, const yaml *person,
                             char *number, const char **why)
{
    int id = d->layout->columns[feeds_column_named(d->layout, yaml_text(person, "id", ""))].at;
    const char *kind = yaml_text(person, "kind", NULL);
    int full = 0;
    *why = NULL;
    *number = '\0';
    if (kind) {
        const feeds_column *c = &d->layout->columns[feeds_column_named(d->layout, kind)];
        if (c->at >= 0) {
            cell said;
            char *text = strdup(row->cells[c->at]);
            cell_read(&said, c->words, c->codes, NULL, text);
            int none = said.state == CELL_ABSENT || said.state == CELL_UNKNOWN;
            int citizen = said.state == CELL_VALUE && yaml_lists(person, "citizen", said.text);
            free(text);
            if (!none && said.state != CELL_VALUE)
                *why = "id_type";
            else if (!none && !citizen)
                return NULL;
        }
    }
    if (id < 0)
        return "";
    const char *fault = oracle_number(number, row->cells[id], &full);
    if (fault && !*why && strcmp(fault, "missing") != 0)
        *why = fault;
    if (fault)
        *number = '\0';
    return number;
}

/* Whose row this is, among those looked at; whether it says anything of them. */
static void remember(const delivery *d, const export_row *row, int lost)
{
    const yaml *persons = yaml_at(d->layout->words, "persons");
    char digits[24];
    for (const yaml *p = persons ? persons->child : NULL; p; p = p->next) {
        char number[ORACLE_NUMBER];
        const char *why = NULL, *who = person_of(d, row, p, number, &why);
        if (!who || !*who)
            continue;
        (void)sqlite3_bind_text(d->joined, 1, who, -1, SQLITE_STATIC);
        if (sqlite3_step(d->joined) == SQLITE_ROW)
            insert(d->db, "o_person",
                   (const char *[]){d->layout->name, decimal(digits, row->line), who,
                                    lost ? "1" : "0"},
                   4);
        (void)sqlite3_reset(d->joined);
    }
}

/* What to do with the row, by the people in it: a reason to reject it, "other", "strange", or NULL.
 */
static const char *judge_persons(const delivery *d, const export_row *row)
{
    const yaml *persons = yaml_at(d->layout->words, "persons");
    int citizens = 0, others = 0, ours = 0;
    const char *reason = NULL;
    if (!persons)
        return NULL;
    for (const yaml *p = persons->child; p; p = p->next) {
        char number[ORACLE_NUMBER];
        const char *why = NULL, *who = person_of(d, row, p, number, &why);
        if (why && !reason && !yaml_is_true(p, "optional"))
            reason = why;
        others += !who;
        if (!who || !*who)
            continue;
        citizens++;
        (void)sqlite3_bind_text(d->joined, 1, who, -1, SQLITE_STATIC);
        ours |= sqlite3_step(d->joined) == SQLITE_ROW;
        (void)sqlite3_reset(d->joined);
    }
    if (reason)
        return reason;
    if (!citizens)
        return others ? "other" : "missing";
    return ours || d->everybody ? NULL : "strange";
}

/* Decode all columns. The reason to reject the row, or NULL. */
static const char *decode(delivery *d, const export_row *row)
{
    const yaml *persons = yaml_at(d->layout->words, "persons");
    for (int c = 0; c < d->layout->count; c++) {
        feeds_column *column = &d->layout->columns[c];
        cell *said = &d->cells[c];
        *said = (cell){.state = CELL_UNKNOWN, .text = ""};
        if (column->at < 0)
            continue;
        int other = 0;
        for (const yaml *p = persons ? persons->child : NULL; p; p = p->next) {
            char number[ORACLE_NUMBER];
            const char *why = NULL;
            other |= strcmp(yaml_text(p, "id", ""), column->words->key) == 0 &&
                     !person_of(d, row, p, number, &why);
        }
        if (other) {
            said->state = CELL_ABSENT;
            continue;
        }
        cell_read(said, column->words, column->codes, yaml_at(d->layout->words, "dates"),
                  row->cells[column->at]);
        if (said->reason &&
            (strcmp(said->reason, "encoding") == 0 || yaml_is_true(column->words, "required")))
            return said->reason;
    }
    return NULL;
}

/* What the row says, or only what its key says, as one text. */
static char *told(const delivery *d, int keys)
{
    size_t room = 16;
    for (int c = 0; c < d->layout->count; c++)
        room += strlen(d->cells[c].text) + 8;
    char *text = calloc(1, room), *at = text;
    for (int c = 0; text && c < d->layout->count; c++)
        if (!keys || yaml_lists(d->layout->words, "key", d->layout->columns[c].words->key))
            at += snprintf(at, room - (size_t)(at - text), "%d%s\x1F", (int)d->cells[c].state,
                           d->cells[c].state == CELL_VALUE ? d->cells[c].text : "");
    return text;
}

static void count(delivery *d)
{
    for (int c = 0; c < d->layout->count; c++)
        d->counts[c][d->cells[c].state]++;
}

static void keep(delivery *d, int line)
{
    static const char *const words[] = {NULL, "absent", "unknown", "unknown", "unknown"};
    char number[24];
    d->accepted++;
    d->matched++;
    count(d);
    for (int c = 0; c < d->layout->count; c++) {
        const cell *said = &d->cells[c];
        if (said->state == CELL_VALUE) /* in files of lines a line end within a text is a blank */
            for (char *at = (char *)(size_t)said->text; (at = strpbrk(at, "\n\t")); at++)
                *at = ' ';
        insert(d->db, "o_fact",
               (const char *[]){d->file, decimal(number, line), d->layout->columns[c].words->key,
                                said->state == CELL_VALUE ? said->text : words[said->state]},
               4);
        if (said->state != CELL_VALUE && said->state != CELL_ABSENT)
            insert(d->db, "o_why",
                   (const char *[]){d->layout->name, number, d->layout->columns[c].words->key,
                                    said->state != CELL_UNKNOWN    ? "bad_field"
                                    : d->layout->columns[c].at < 0 ? "no_column"
                                                                   : "empty_field"},
                   4);
    }
}

/* A member or supporter of a household that the caseload does not have. */
static int is_lost(const delivery *d)
{
    return d->everybody && !tfind(d->cells[feeds_column_named(d->layout, "household_id")].text,
                                  &households, by_text);
}

/* Of two rows that contradict each other neither is right; a household's own row stays. */
static void contradict(delivery *d, const used *earlier, int line)
{
    char sql[500];
    reject(d, line, "key_conflict");
    (void)snprintf(sql, sizeof sql,
                   "DELETE FROM o_fact WHERE file = '%s' AND line = %d;"
                   "UPDATE o_person SET lost = 1 WHERE feed = '%s' AND line = %d",
                   d->file, earlier->line, d->layout->name, earlier->line);
    if (yaml_at(d->layout->words, "persons"))
        oracle_execute(d->db, sql);
}

static void take_record(delivery *d, export_row *row)
{
    const char *verdict = row->fault ? row->fault : judge_persons(d, row);
    d->records++;
    if (verdict && strcmp(verdict, "other") == 0) {
        d->other++;
        return;
    }
    if (verdict && strcmp(verdict, "strange") == 0) {
        d->accepted++;
        d->strange++;
        return;
    }
    if (!verdict && (verdict = decode(d, row)))
        remember(d, row, 1);
    if (verdict) {
        reject(d, row->line, verdict);
        return;
    }
    used *fresh = calloc(1, sizeof *fresh);
    int keyed = yaml_at(d->layout->words, "key") != NULL;
    if (!fresh)
        oracle_die("no memory for", d->file);
    fresh->line = row->line;
    fresh->content = told(d, 0);
    fresh->key = told(d, keyed);
    used *const *found = tsearch(fresh, &d->rows, by_key);
    if (*found == fresh && is_lost(d)) {
        count(d); /* a good row in itself */
        reject(d, row->line, "household_unknown");
        return;
    }
    if (*found == fresh) {
        keep(d, row->line);
        remember(d, row, 0);
        if (strcmp(d->layout->name, "caseload_household") == 0)
            (void)tsearch(strdup(d->cells[0].text), &households, by_text);
        return;
    }
    if (strcmp((*found)->content, fresh->content) == 0) {
        d->duplicate++;
    } else {
        contradict(d, *found, row->line);
        remember(d, row, 1);
    }
    free(fresh->key);
    free(fresh->content);
    free(fresh);
}

static int find_header(delivery *d, const export_row *row)
{
    int known = 0, enough = d->layout->count < 2 ? d->layout->count : 2;
    for (int i = 0; !row->fault && i < row->count; i++)
        known += feeds_column_by_header(d->layout, row->cells[i]) >= 0;
    if (known < enough)
        return 0;
    for (int c = 0; c < d->layout->count; c++)
        d->layout->columns[c].at = -1;
    for (int i = 0; i < row->count; i++) {
        int c = feeds_column_by_header(d->layout, row->cells[i]);
        cell_trim(row->cells[i]);
        if (*row->cells[i])
            d->header_cells = i + 1;
        if (c < 0)
            continue;
        d->layout->columns[c].at = i;
        insert(d->db, "o_header",
               (const char *[]){d->file, row->cells[i], d->layout->columns[c].words->key}, 3);
    }
    return 1;
}

/* Nobody's row, without a key, that begins as a sum does; or one of too few or too many cells. */
static int is_footer(const delivery *d, const export_row *row)
{
    static const char *const marks[] = {"共", "合计", "总计"};
    int begins = 0, says = 0;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        begins |= strncmp(row->cells[0], marks[i], strlen(marks[i])) == 0;
    const yaml *persons = yaml_at(d->layout->words, "persons");
    for (int c = 0; c < d->layout->count; c++) {
        const char *name = d->layout->columns[c].words->key;
        int tells = yaml_lists(d->layout->words, "key", name), at = d->layout->columns[c].at;
        for (const yaml *p = persons ? persons->child : NULL; p; p = p->next)
            tells |= strcmp(yaml_text(p, "id", ""), name) == 0;
        says |= tells && at > 0 && at < row->count && *row->cells[at];
    }
    int odd = row->fault && strcmp(row->fault, "csv_columns") == 0;
    return begins && (odd || (!row->fault && !says)) && d->footer_count < FOOTERS;
}

static void take_row(delivery *d, export_row *row)
{
    if (row->blank)
        return;
    if (!d->header_cells) {
        (void)find_header(d, row); /* whatever stands above it is a title */
        d->apart++;
        return;
    }
    int wrong = row->count < d->header_cells || row->count > EXPORT_CELLS;
    for (int i = d->header_cells; i < row->count; i++)
        wrong |= *row->cells[i] != '\0';
    if (wrong && (!row->fault || strcmp(row->fault, "field_too_long") == 0))
        row->fault = "csv_columns";
    if (row->count && is_footer(d, row)) {
        d->footers[d->footer_count++] = row->line;
        return;
    }
    for (int i = 0; i < d->footer_count; i++) { /* they were none: something comes behind them */
        d->records++;
        reject(d, d->footers[i], "csv_columns");
    }
    d->footer_count = 0;
    take_record(d, row);
}

static void forget(void *node)
{
    used *row = node;
    free(row->key);
    free(row->content);
    free(row);
}

static void tell(delivery *d)
{
    char n[8][24];
    const long numbers[] = {d->records,  d->accepted, d->other,   d->duplicate,
                            d->rejected, d->matched,  d->strange, d->apart + d->footer_count};
    const char *texts[10] = {d->layout->name, d->file};
    for (int i = 0; i < 8; i++)
        texts[i + 2] = decimal(n[i], numbers[i]);
    insert(d->db, "o_ledger", texts, 10);
    for (int c = 0; c < d->layout->count; c++) {
        for (int s = 0; s < STATES; s++)
            texts[s + 2] = decimal(n[s], d->counts[c][s]);
        texts[0] = d->file;
        texts[1] = d->layout->columns[c].words->key;
        insert(d->db, "o_count", texts, 2 + STATES);
    }
}

static void read_one(sqlite3 *db, const char *path, feeds_layout *layout)
{
    static delivery d;
    static export_row row;
    const char *set = yaml_text(yaml_at(layout->words, "file"), "charset", "utf-8");
    d = (delivery){.db = db, .layout = layout, .file = strrchr(path, '/') + 1};
    d.everybody = strcmp(layout->name, "caseload_member") == 0 ||
                  strcmp(layout->name, "caseload_supporter") == 0;
    export_open(&d.in, path, strcmp(set, "gb18030") == 0, feeds_mark(layout));
    if (sqlite3_prepare_v2(db, "SELECT 1 FROM joined WHERE person = ?", -1, &d.joined, NULL))
        oracle_die(sqlite3_errmsg(db), "joined");
    while (export_next(&d.in, &row))
        take_row(&d, &row);
    tell(&d);
    insert(NULL, NULL, NULL, 0);
    (void)sqlite3_finalize(d.joined);
    tdestroy(d.rows, forget);
    export_close(&d.in);
}

void feeds_read(sqlite3 *db, const char *folder, const char *shipped)
{
    static feeds_layout layouts[LAYOUTS];
    char pattern[4096];
    glob_t found;
    char own[4096];
    (void)snprintf(own, sizeof own, "%s/feeds", folder);
    int count = feeds_layouts(layouts, LAYOUTS, own);
    count += feeds_layouts(layouts + count, LAYOUTS - count, shipped);
    (void)snprintf(pattern, sizeof pattern, "%s/inbox/*.gz", folder);
    if (glob(pattern, 0, NULL, &found))
        oracle_die("nothing in", pattern);
    oracle_execute(db, "BEGIN");
    for (int i = 0; i < count; i++)
        feeds_tell_words(db, &layouts[i]);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        const char *path = found.gl_pathv[i], *name = strrchr(path, '/') + 1;
        int fits = 0;
        while (fits < count &&
               fnmatch(yaml_text(yaml_at(layouts[fits].words, "file"), "name", ""), name, 0) != 0)
            fits++;
        if (fits == count)
            oracle_die("no layout for", name);
        read_one(db, path, &layouts[fits]);
    }
    oracle_execute(db, "COMMIT");
    globfree(&found);
    tdestroy(households, free);
    yaml_forget();
}
