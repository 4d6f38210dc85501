/* A delivery from its first line to its last: what is a header, a footer, a record; and all of
 * them, full deliveries with their deltas behind them. */
#include "delivery.h"

#include "oracle.h"

#include <fnmatch.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LAYOUTS = 100, TABLES = 8, CHAIN = 16 };

void delivery_insert(sqlite3 *db, const char *table, const char *const *texts, int count)
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

const char *delivery_decimal(char text[24], long number)
{
    (void)snprintf(text, 24, "%ld", number);
    return text;
}

void delivery_reject(delivery *d, int line, const char *reason)
{
    char number[24];
    d->rejected++;
    delivery_insert(d->db, "o_reject",
                    (const char *[]){d->file, delivery_decimal(number, line), reason}, 3);
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
        delivery_insert(d->db, "o_header",
                        (const char *[]){d->file, row->cells[i], d->layout->columns[c].words->key},
                        3);
    }
    if (d->is_delta) { /* the mark is no part of what a row says */
        const char *mark = yaml_text(yaml_at(d->layout->words, "change"), "column", "");
        feeds_column *change = &d->layout->columns[feeds_column_named(d->layout, mark)];
        d->change_at = change->at;
        change->at = -1;
        if (d->change_at < 0)
            oracle_die("no mark of changes in", d->file);
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
        delivery_reject(d, d->footers[i], "csv_columns");
    }
    d->footer_count = 0;
    delivery_record(d, row);
}

static void tell(delivery *d)
{
    char n[8][24];
    const long numbers[] = {d->records,  d->accepted, d->other,   d->duplicate,
                            d->rejected, d->matched,  d->strange, d->apart + d->footer_count};
    const char *texts[10] = {d->layout->name, d->file};
    for (int i = 0; i < 8; i++)
        texts[i + 2] = delivery_decimal(n[i], numbers[i]);
    delivery_insert(d->db, "o_ledger", texts, 10);
    for (int c = 0; c < d->layout->count; c++) {
        for (int s = 0; s < STATES; s++)
            texts[s + 2] = delivery_decimal(n[s], d->counts[c][s]);
        texts[0] = d->file;
        texts[1] = d->layout->columns[c].words->key;
        delivery_insert(d->db, "o_count", texts, 2 + STATES);
    }
}

/* `rows`: of the deliveries before it, and then of this one too. */
static void read_one(sqlite3 *db, const char *path, feeds_layout *layout, int is_delta, void **rows)
{
    static delivery d;
    static export_row row;
    const char *set = yaml_text(yaml_at(layout->words, "file"), "charset", "utf-8");
    d = (delivery){.db = db,
                   .layout = layout,
                   .file = strrchr(path, '/') + 1,
                   .is_delta = is_delta,
                   .rows = *rows};
    d.everybody = strcmp(layout->name, "caseload_member") == 0 ||
                  strcmp(layout->name, "caseload_supporter") == 0;
    export_open(&d.in, path, strcmp(set, "gb18030") == 0, feeds_mark(layout));
    if (sqlite3_prepare_v2(db, "SELECT 1 FROM joined WHERE person = ?", -1, &d.joined, NULL))
        oracle_die(sqlite3_errmsg(db), "joined");
    while (export_next(&d.in, &row))
        take_row(&d, &row);
    tell(&d);
    delivery_insert(NULL, NULL, NULL, 0);
    (void)sqlite3_finalize(d.joined);
    *rows = d.rows;
    export_close(&d.in);
}

/* Which of a layout's names a file has: 1 a full delivery's, 2 a delta's, 0 none. */
static int kind_of(const feeds_layout *layout, const char *path)
{
    const char *name = strrchr(path, '/') + 1;
    const char *delta = yaml_text(yaml_at(layout->words, "change"), "file", "");
    if (fnmatch(delta, name, 0) == 0)
        return 2;
    return fnmatch(yaml_text(yaml_at(layout->words, "file"), "name", ""), name, 0) == 0;
}

static const feeds_layout *layout_of(const feeds_layout *layouts, int count, const char *path)
{
    for (int i = 0; i < count; i++)
        if (kind_of(&layouts[i], path))
            return &layouts[i];
    oracle_die("no layout for", path);
    return NULL;
}

/* A full delivery and its deltas: if one is no good as a file, none is used. */
static void read_chain(sqlite3 *db, feeds_layout *layout, const char *const *paths, int count)
{
    const char *faults[CHAIN] = {NULL};
    char sql[500];
    void *rows = NULL;
    int broken = 0;
    for (int i = 0; i < count; i++) {
        faults[i] = container_fault(paths[i]);
        broken |= faults[i] != NULL;
    }
    for (int i = 0; i < count; i++) {
        const char *file = strrchr(paths[i], '/') + 1;
        if (!faults[i])
            read_one(db, paths[i], layout, i > 0, &rows);
        if (!broken)
            continue;
        (void)snprintf(
            sql, sizeof sql,
            "INSERT INTO o_refusal VALUES ('%s', '%s', '%s');"
            "DELETE FROM o_fact WHERE file = '%s'; DELETE FROM o_person WHERE feed = '%s'",
            layout->name, file, faults[i] ? faults[i] : "-", file, layout->name);
        oracle_execute(db, sql);
    }
    delivery_forget_rows(rows);
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
        const feeds_layout *layout = layout_of(layouts, count, found.gl_pathv[i]);
        if (kind_of(layout, found.gl_pathv[i]) == 2)
            continue; /* behind its full delivery; a chain's names are in the order of their days */
        const char *chain[CHAIN] = {found.gl_pathv[i]};
        int length = 1, newer = 0;
        for (size_t k = 0; k < found.gl_pathc && length < CHAIN; k++) {
            if (layout_of(layouts, count, found.gl_pathv[k]) != layout)
                continue;
            int delta = kind_of(layout, found.gl_pathv[k]) == 2;
            newer |= !delta && k > i;
            if (delta)
                chain[length++] = found.gl_pathv[k];
        }
        if (!newer) /* an older full delivery is not used, whatever the newer one is like */
            read_chain(db, &layouts[layout - layouts], chain, length);
    }
    oracle_execute(db, "COMMIT");
    globfree(&found);
    delivery_forget_households();
    feeds_layouts_forget();
}
