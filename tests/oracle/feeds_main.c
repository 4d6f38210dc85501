/* oracle_feeds SEED DUMP: makes a county with all feeds, reads every delivery by a reader of its
 * own, lets DUMP tell what the engine read in them, and compares both with each other and with the
 * truth; then spoils one thing after another and wants each to be noticed. */
#include "feeds.h"
#include "oracle.h"

#include <hedui/demo.h>

#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

/* Four feeds are enough for what follows. */
static const char few[] = "DELETE FROM o_fact WHERE file NOT GLOB '[bhi][ano][nu][ks]*' AND file "
                          "NOT GLOB 'veh-*';"
                          "DELETE FROM e_fact WHERE file NOT IN (SELECT file FROM o_fact);"
                          "DELETE FROM truth_fact WHERE file NOT IN (SELECT file FROM o_fact)";

/* Each of these makes one account wrong in one place. */
static int unnoticed(sqlite3 *db)
{
    static const char *const spoils[] = {
        "UPDATE truth_ledger SET duplicate = duplicate + 1 WHERE feed = 'marriage'",
        "UPDATE truth_reject SET reason = 'missing' WHERE rowid = "
        "(SELECT rowid FROM truth_reject WHERE reason = 'money_scale' LIMIT 1)",
        "UPDATE e_ledger SET matched = matched - 1 WHERE feed = 'bank_balance'",
        "DELETE FROM e_reject WHERE rowid = (SELECT max(rowid) FROM e_reject)",
        "UPDATE e_count SET bad = bad + 1 WHERE file LIKE 'income-tax-%' AND col = 'paid_on'",
        "UPDATE e_fact SET said = 'unknown' WHERE rowid = "
        "(SELECT rowid FROM e_fact WHERE col = 'balance' AND said <> 'unknown' LIMIT 1)",
        "UPDATE o_fact SET said = '0.08' WHERE rowid = "
        "(SELECT rowid FROM o_fact WHERE col = 'employee_rate' AND said = '0.05' LIMIT 1)",
        "DELETE FROM truth_matched WHERE rowid = "
        "(SELECT max(a.rowid) FROM truth_matched a WHERE file GLOB 'veh-delta-*' AND NOT EXISTS "
        "(SELECT 1 FROM truth_matched b WHERE b.file = a.file AND b.line = a.line "
        "AND b.rowid <> a.rowid))",
        "INSERT INTO o_fact SELECT file, line + 1000000, col, said FROM o_fact WHERE rowid = "
        "(SELECT max(rowid) FROM o_fact WHERE file GLOB 'veh-2*')",
        "UPDATE truth_fact SET said = '2014-02-28' WHERE rowid = "
        "(SELECT rowid FROM truth_fact WHERE said LIKE '2013-__-__' LIMIT 1)",
        "DELETE FROM truth_reject WHERE quirk = 'delta_bad_number'",
        "UPDATE e_refusal SET word = 'gz_crc' WHERE word = 'gz_length'",
        "UPDATE truth_refusal SET word = 'gz_plain' WHERE word = 'gz_zip'",
        "DELETE FROM e_refusal WHERE word = 'charset'",
        "DELETE FROM truth_refusal WHERE word = 'gz_trailing'",
        "DELETE FROM o_refusal WHERE word = '-'",
        "INSERT INTO e_refusal VALUES ('vehicle', 'veh-201406.csv.gz', '-')",
    };
    int missed = 0;
    oracle_execute(db, few);
    if (oracle_differences(db, "feeds_compare.sql", 1))
        oracle_die("fewer facts differ", "more did not");
    for (size_t i = 0; i < sizeof spoils / sizeof *spoils; i++) {
        oracle_execute(db, "SAVEPOINT spoil");
        oracle_execute(db, spoils[i]);
        if (sqlite3_changes(db) != 1 || oracle_differences(db, "feeds_compare.sql", 0) == 0) {
            (void)printf("not noticed: %s\n", spoils[i]);
            missed++;
        }
        oracle_execute(db, "ROLLBACK TO spoil; RELEASE spoil");
    }
    return missed;
}

static const char clear[] =
    "DELETE FROM o_ledger; DELETE FROM o_reject; DELETE FROM o_count; DELETE FROM o_fact;"
    "DELETE FROM o_why; DELETE FROM o_person; DELETE FROM o_column; DELETE FROM o_header;"
    "DELETE FROM o_refusal";

/* A file whose checksum was wrong is mended, of which the engine has told already. */
static int unnoticed_mending(sqlite3 *db, const char *folder)
{
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/inbox/herd-subsidy-201406.csv.gz", folder);
    for (int again = 0; again < 2; again++) { /* and spoiled as before */
        FILE *file = fopen(path, "r+be");
        int byte = file && !fseek(file, -8, SEEK_END) ? fgetc(file) : EOF;
        if (byte == EOF || fseek(file, -8, SEEK_END) || fputc(byte ^ 1, file) == EOF ||
            fclose(file))
            oracle_die("cannot mend", path);
        if (again)
            break;
        oracle_execute(db, clear);
        feeds_read(db, folder, HEDUI_ORACLE_SHARE "/feeds");
        oracle_execute(db, few);
        if (oracle_differences(db, "feeds_compare.sql", 0) == 0) {
            (void)printf("a mended file: not noticed\n");
            return 1;
        }
    }
    return 0;
}

/* One car that the delta deletes stays: its mark is altered in the file, of which the engine has
 * told already. The oracle reads once more; everything but that car must be as it was. */
static int unnoticed_mark(sqlite3 *db, const char *folder)
{
    static char text[1 << 18];
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/inbox/veh-delta-20140705.csv.gz", folder);
    int differences[2];
    for (int altered = 0; altered < 2; altered++) {
        gzFile file = gzopen(path, "rb");
        int length = file ? gzread(file, text, sizeof text) : -1, at = 0;
        if (length <= 0 || length == (int)sizeof text || gzclose(file))
            oracle_die("cannot read", path);
        while (at + 4 < length && memcmp(text + at, ",D\r\n", 4) != 0)
            at++;
        if (at + 4 >= length)
            oracle_die("no deletion in", path);
        text[at + 1] = altered ? 'U' : 'D';
        file = gzopen(path, "wb");
        if (!file || gzwrite(file, text, (unsigned)length) != length || gzclose(file))
            oracle_die("cannot write", path);
        oracle_execute(db, clear);
        feeds_read(db, folder, HEDUI_ORACLE_SHARE "/feeds");
        oracle_execute(db, few);
        differences[altered] = oracle_differences(db, "feeds_compare.sql", 0);
    }
    if (differences[0] || !differences[1])
        (void)printf("a mark of a change: %d differences as it is, %d altered\n", differences[0],
                     differences[1]);
    return differences[0] || !differences[1];
}

static void dump(const char *program, char *folder)
{
    char name[] = "dump", share[] = HEDUI_ORACLE_SHARE;
    char *const arguments[] = {name, folder, share, NULL};
    pid_t child = 0;
    int status = 0;
    if (posix_spawn(&child, program, NULL, NULL, arguments, environ) ||
        waitpid(child, &status, 0) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
        oracle_die("the engine did not tell", program);
}

static void load(sqlite3 *db, const char *folder)
{
    static const char *const tables[][2] = {
        {"dump/refusals.tsv", "e_refusal"}, {"truth/refusals.tsv", "truth_refusal"},
        {"dump/ledgers.tsv", "e_ledger"},   {"dump/rejects.tsv", "e_reject"},
        {"dump/counts.tsv", "e_count"},     {"dump/facts.tsv", "e_fact"},
        {"truth/facts.tsv", "truth_fact"},  {"truth/matched.tsv", "truth_matched"},
        {"truth/rows.tsv", "truth_row"},
    };
    oracle_execute(db, "BEGIN");
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        oracle_load_plain(db, folder, tables[i][0], tables[i][1], '\t', 0);
    oracle_execute(db, "COMMIT");
}

int main(int count, char **words)
{
    char folder[] = "/tmp/hedui-feeds-XXXXXX";
    hedui_demo_options options = {.households = 1000,
                                  .seed = count > 1 ? strtoull(words[1], NULL, 10) : 1,
                                  .strangers = 10,
                                  .further = 1,
                                  .facts = 1};
    hedui_err err;
    sqlite3 *db = NULL;
    hedui_err_init(&err);
    if (count < 3)
        oracle_die("usage", "oracle_feeds SEED DUMP");
    if (!mkdtemp(folder) || hedui_demo_write(NULL, folder, &options, &err))
        oracle_die("cannot make a county in", folder);
    if (sqlite3_open(":memory:", &db))
        oracle_die("cannot open", "SQLite");
    oracle_functions(db);
    char *schema = oracle_text_of("schema.sql"), *rules = oracle_text_of("joins.sql");
    char *tables = oracle_text_of("feeds.sql");
    oracle_execute(db, schema);
    oracle_load(db, folder);
    oracle_execute(db, "CREATE TABLE run AS SELECT day_of('2014-07-05') AS as_of");
    oracle_execute(db, rules);
    oracle_execute(db, tables);
    feeds_read(db, folder, HEDUI_ORACLE_SHARE "/feeds");
    dump(words[2], folder);
    load(db, folder);
    int wrong = oracle_differences(db, "feeds_compare.sql", 1) +
                oracle_differences(db, "feeds_enough.sql", 1);
    int missed =
        wrong ? 0 : unnoticed(db) + unnoticed_mending(db, folder) + unnoticed_mark(db, folder);
    (void)printf("seed %llu: %d differences, %d faults put in not noticed\n",
                 (unsigned long long)options.seed, wrong, missed);
    free(schema);
    free(rules);
    free(tables);
    (void)sqlite3_close(db);
    if (!wrong)
        oracle_remove(folder);
    return wrong || missed;
}
