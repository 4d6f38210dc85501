/* Whole files in memory, split character by character: slow, short, and nothing of engine/feed. */
#include "oracle.h"

#include <glob.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { COLUMNS = 16, CELL = 4096, LONGEST = 64 * 1024 };

static const struct {
    const char *feed, *pattern, *insert;
    int columns, gb18030;
} feeds[] = {
    {"caseload_household", "inbox/caseload-household-*",
     "INSERT INTO household_row VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", 11, 0},
    {"caseload_member", "inbox/caseload-member-*",
     "INSERT INTO member_row VALUES (?,?,?,?,?,?,?,?,?)", 8, 0},
    {"vehicle", "inbox/veh-2*", "INSERT INTO vehicle_row VALUES (?,?,?,?,?,?,?,?,?,?,?)", 10, 1},
    {"death_cremation", "inbox/death-cremation-*",
     "INSERT INTO cremation_row VALUES (?,?,?,?,?,?,?)", 6, 0},
    {"household_register", "inbox/hukou-*",
     "INSERT INTO register_row VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", 11, 0},
};

void oracle_die(const char *what, const char *detail)
{
    (void)fprintf(stderr, "%s: %s\n", what, detail);
    exit(1);
}

char *oracle_slurp(const char *path, size_t *length)
{
    gzFile file = gzopen(path, "rb");
    size_t room = 1 << 20, n = 0;
    char *text = malloc(room);
    if (!file || !text)
        oracle_die("cannot read", path);
    for (;;) {
        int got = gzread(file, text + n, (unsigned)(room - n - 1));
        if (got < 0)
            oracle_die("cannot inflate", path);
        if (got == 0)
            break;
        n += (size_t)got;
        if (n + 1 == room) {
            text = realloc(text, room *= 2);
            if (!text)
                oracle_die("no memory for", path);
        }
    }
    (void)gzclose(file);
    text[n] = '\0';
    *length = n;
    return text;
}

/* One row: its cells (undecoded), the fault of its structure, how far it goes. */
typedef struct row {
    char cells[COLUMNS][CELL];
    int count;
    const char *fault;
    size_t used;
    int lines, beyond;
} row;

static void read_row(row *r, const char *text, size_t length)
{
    size_t i = 0, n = 0;
    int quoted = 0, closed = 0;
    r->count = 1;
    r->fault = NULL;
    r->lines = r->beyond = 0;
    for (; i < length; i++) {
        char c = text[i];
        if (c == '\n')
            r->lines++;
        if (quoted) {
            if (c == '"' && i + 1 < length && text[i + 1] == '"') {
                i++;
            } else if (c == '"') {
                quoted = 0;
                closed = 1;
                continue;
            }
        } else if (c == '\n') {
            i++;
            break;
        } else if (c == '\r' && i + 1 < length && text[i + 1] == '\n') {
            continue;
        } else if (c == ',') {
            r->cells[r->count <= COLUMNS ? r->count - 1 : 0][n] = '\0';
            r->count++;
            n = 0;
            closed = 0;
            continue;
        } else if (c == '"' && n == 0 && !closed) {
            quoted = 1;
            continue;
        } else if (c == '"' || closed) {
            r->fault = "csv_quote";
        } else if ((unsigned char)c < 0x20 && c != '\t') {
            r->fault = "control_char";
        }
        if (r->count <= COLUMNS && n + 1 < CELL)
            r->cells[r->count - 1][n++] = c;
        else if (++r->beyond + CELL > LONGEST)
            r->fault = "field_too_long";
    }
    r->cells[r->count <= COLUMNS ? r->count - 1 : 0][n] = '\0';
    r->used = i;
}

/* The cell in UTF-8; 0 if its characters are broken. */
static int decode(char out[CELL], char *cell, iconv_t convert)
{
    char *to = out;
    size_t left = strlen(cell), room = CELL - 1;
    size_t done = iconv(convert, &cell, &left, &to, &room);
    *to = '\0';
    return done != (size_t)-1 && left == 0;
}

static void run(sqlite3 *db, const char *sql, const char *a, const char *b, sqlite3_int64 number)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL))
        oracle_die(sqlite3_errmsg(db), sql);
    (void)sqlite3_bind_text(statement, 1, a, -1, SQLITE_TRANSIENT);
    (void)sqlite3_bind_text(statement, 2, b, -1, SQLITE_TRANSIENT);
    (void)sqlite3_bind_int64(statement, 3, number);
    if (sqlite3_step(statement) != SQLITE_DONE)
        oracle_die(sqlite3_errmsg(db), sql);
    (void)sqlite3_finalize(statement);
}

static void store_row(sqlite3 *db, sqlite3_stmt *insert, row *r, int which, int line,
                      iconv_t convert)
{
    static char cells[COLUMNS][CELL];
    const char *fault = r->fault;
    while (r->count > feeds[which].columns && r->count <= COLUMNS && !*r->cells[r->count - 1])
        r->count--;
    if (!fault && r->count != feeds[which].columns)
        fault = "csv_columns";
    (void)sqlite3_bind_int(insert, 1, line);
    for (int i = 0; !fault && i < r->count; i++) {
        if (!decode(cells[i], r->cells[i], convert)) /* the rules say what that does to the row */
            (void)snprintf(cells[i], CELL, "\x1A");
        (void)sqlite3_bind_text(insert, i + 2, cells[i], -1, SQLITE_STATIC);
    }
    if (fault) {
        (void)sqlite3_reset(insert);
        run(db, "INSERT INTO damaged (feed, reason, line) VALUES (?,?,?)", feeds[which].feed, fault,
            line);
        return;
    }
    if (sqlite3_step(insert) != SQLITE_DONE)
        oracle_die(sqlite3_errmsg(db), feeds[which].feed);
    (void)sqlite3_reset(insert);
}

static void load_feed(sqlite3 *db, const char *folder, int which)
{
    static row r;
    char pattern[4096];
    glob_t found;
    size_t length = 0;
    int line = 1, apart = 0, header = 0;
    sqlite3_stmt *insert = NULL;
    (void)snprintf(pattern, sizeof pattern, "%s/%s", folder, feeds[which].pattern);
    if (glob(pattern, 0, NULL, &found) || found.gl_pathc != 1)
        oracle_die("not exactly one file", pattern);
    char *text = oracle_slurp(found.gl_pathv[0], &length);
    /* UTF-8 is checked by a conversion, too: GB18030 holds all of it */
    iconv_t convert =
        feeds[which].gb18030 ? iconv_open("UTF-8", "GB18030") : iconv_open("UTF-8", "UTF-8");
    if (sqlite3_prepare_v2(db, feeds[which].insert, -1, &insert, NULL))
        oracle_die(sqlite3_errmsg(db), feeds[which].feed);
    for (size_t at = 0; at < length; at += r.used, line += r.lines) {
        read_row(&r, text + at, length - at);
        if (!header || (r.count == 1 && strncmp(r.cells[0], "共", strlen("共")) == 0)) {
            header |= r.count > 2;
            apart++;
        } else {
            store_row(db, insert, &r, which, line, convert);
        }
    }
    run(db, "INSERT INTO delivery VALUES (?,?,?)", feeds[which].feed,
        strrchr(found.gl_pathv[0], '/') + 1, apart);
    (void)sqlite3_finalize(insert);
    (void)iconv_close(convert);
    globfree(&found);
    free(text);
}

/* A plain file of separated cells into a table, as many as it has columns. */
void oracle_load_plain(sqlite3 *db, const char *folder, const char *name, const char *table,
                       char mark, int skip)
{
    char path[4096], sql[200];
    size_t length = 0;
    sqlite3_stmt *insert = NULL, *columns = NULL;
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    (void)snprintf(sql, sizeof sql, "SELECT * FROM %s", table);
    if (sqlite3_prepare_v2(db, sql, -1, &columns, NULL))
        oracle_die(sqlite3_errmsg(db), sql);
    int count = sqlite3_column_count(columns);
    (void)sqlite3_finalize(columns);
    int n = snprintf(sql, sizeof sql, "INSERT INTO %s VALUES (?", table);
    for (int i = 1; i < count; i++)
        n += snprintf(sql + n, sizeof sql - (size_t)n, ",?");
    (void)snprintf(sql + n, sizeof sql - (size_t)n, ")");
    if (sqlite3_prepare_v2(db, sql, -1, &insert, NULL))
        oracle_die(sqlite3_errmsg(db), sql);
    char *text = oracle_slurp(path, &length), *at = text;
    for (char *end; (end = strchr(at, '\n')); at = end + 1) {
        *end = '\0';
        if (skip-- > 0)
            continue;
        for (int i = 1; i <= count; i++) {
            size_t cell = strcspn(at, (char[2]){mark, '\0'});
            (void)sqlite3_bind_text(insert, i, at, (int)cell, SQLITE_STATIC);
            at += cell + (at[cell] != '\0');
        }
        if (sqlite3_step(insert) != SQLITE_DONE)
            oracle_die(sqlite3_errmsg(db), sql);
        (void)sqlite3_reset(insert);
    }
    (void)sqlite3_finalize(insert);
    free(text);
}

void oracle_load(sqlite3 *db, const char *folder)
{
    static const char *const truths[] = {"household", "answer", "flag", "reject", "ledger"};
    (void)sqlite3_exec(db, "BEGIN", NULL, NULL, NULL);
    oracle_load_plain(db, folder, "areas.csv", "area", ',', 1);
    for (int i = 0; i < (int)(sizeof feeds / sizeof *feeds); i++)
        load_feed(db, folder, i);
    for (size_t i = 0; i < sizeof truths / sizeof *truths; i++) {
        char name[64], table[64];
        (void)snprintf(name, sizeof name, "truth/%ss.tsv", truths[i]);
        (void)snprintf(table, sizeof table, "truth_%s", truths[i]);
        oracle_load_plain(db, folder, name, table, '\t', 0);
    }
    (void)sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
}
