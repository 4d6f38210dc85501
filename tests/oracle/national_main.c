/* oracle_national SEED PROGRAM: makes a county with all feeds, puts a copy of the common core over
 * it whose texts are confirmed and whose rules are in force, lets PROGRAM run, and answers its
 * rules once more as plain SQL over the same rows; then spoils its own account in one place after
 * another and wants each to be noticed. */
#include "feeds.h"
#include "oracle.h"

#include <hedui/demo.h>

#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const spoils[] = {
    "DELETE FROM flag WHERE rowid = (SELECT rowid FROM flag WHERE rule = 'N-INC-01' LIMIT 1)",
    "DELETE FROM flag WHERE rowid = (SELECT rowid FROM flag WHERE rule = 'N-SUP-01' LIMIT 1)",
    "UPDATE flag SET rule = 'N-OUT-02' WHERE rowid = "
    "(SELECT rowid FROM flag WHERE rule = 'N-OUT-01' LIMIT 1)",
    "DELETE FROM flag WHERE rowid = (SELECT f.rowid FROM flag f JOIN element e ON e.household = "
    "f.household AND e.rule = f.rule WHERE f.rule = 'N-OUT-03' AND e.person = '' AND e.yes LIMIT "
    "1)",
    "UPDATE flag SET person = '' WHERE rowid = "
    "(SELECT rowid FROM flag WHERE rule = 'N-INC-02' LIMIT 1)",
    "INSERT INTO flag SELECT household, rule, '' FROM answer WHERE outcome = 'clear' LIMIT 1",
    "UPDATE answer SET outcome = 'clear' WHERE rowid = "
    "(SELECT rowid FROM answer WHERE rule = 'N-BIZ-01' AND outcome = 'undetermined' LIMIT 1)",
    "UPDATE answer SET outcome = 'undetermined' WHERE rowid = "
    "(SELECT rowid FROM answer WHERE rule = 'N-MEM-04' AND outcome = 'clear' LIMIT 1)",
    "UPDATE answer SET outcome = 'undetermined' WHERE rowid = "
    "(SELECT rowid FROM answer WHERE rule = 'N-INC-01' AND outcome = 'clear' LIMIT 1)",
};

/* a / b, half away from zero. */
static void rounded(sqlite3_context *context, int count, sqlite3_value **words)
{
    (void)count;
    if (sqlite3_value_type(words[0]) == SQLITE_NULL || sqlite3_value_type(words[1]) == SQLITE_NULL)
        return;
    sqlite3_int64 a = sqlite3_value_int64(words[0]), b = sqlite3_value_int64(words[1]);
    int minus = (a < 0) != (b < 0);
    a = a < 0 ? -a : a;
    b = b < 0 ? -b : b;
    if (b)
        sqlite3_result_int64(context, (minus ? -1 : 1) * ((2 * a + b) / (2 * b)));
}

/* An amount in yuan as whole fen; "" and what is not known have none. */
static void fen(sqlite3_context *context, int count, sqlite3_value **words)
{
    const char *text = (const char *)sqlite3_value_text(words[0]);
    sqlite3_int64 value = 0;
    int minus = text && *text == '-', places = -1;
    (void)count;
    if (!text || !*text)
        return;
    for (text += minus; *text && places < 2; text++) {
        if (*text != '.')
            value = value * 10 + (*text - '0');
        places += places >= 0 || *text == '.';
    }
    for (places = places < 0 ? 0 : places; places < 2; places++)
        value *= 10;
    sqlite3_result_int64(context, minus ? -value : value);
}

static int shell(const char *folder, const char *command)
{
    char line[2048];
    (void)snprintf(line, sizeof line, "cd '%s' && %s", folder, command);
    return system(line);
}

/* The pack with every text confirmed and every rule in force in 2014. */
static void put_pack(const char *folder)
{
    static const char command[] =
        "mkdir -p rules/packs && cp -r " HEDUI_ORACLE_SHARE
        "/rules/packs/national-common rules/packs/"
        " && cd rules/packs/national-common && sed -i 's/confirmed: false/confirmed: true/' "
        "pack.yaml"
        " && for f in *.yaml; do [ $f = pack.yaml ] ||"
        " sed -i 's/^    in_force: .*/    in_force: {from: 2014-01-01}/' $f; done"
        " && cd ../../.. && sed -i 's/^packs:.*/packs: [national-common]/' hedui.yaml"
        " && rm -f inbox/veh-delta-*";
    if (shell(folder, command) != 0)
        oracle_die("cannot put the pack into", folder);
}

static void run_program(sqlite3 *db, const char *program, char *folder)
{
    char sql[4200], name[] = "hedui", run[] = "run", in[] = "-C", as_of[] = "--as-of";
    char day[] = "2014-07-05", quiet[] = "-q";
    char *const arguments[] = {name, run, in, folder, as_of, day, quiet, NULL};
    pid_t child = 0;
    int status = 0;
    if (posix_spawn(&child, program, NULL, NULL, arguments, environ) ||
        waitpid(child, &status, 0) != child || !WIFEXITED(status) ||
        (WEXITSTATUS(status) != 0 && WEXITSTATUS(status) != 3))
        oracle_die("the run failed", program);
    (void)snprintf(sql, sizeof sql, "ATTACH '%s/hedui.db' AS s", folder);
    oracle_execute(db, sql);
}

static void script(sqlite3 *db, const char *name)
{
    char *text = oracle_text_of(name);
    oracle_execute(db, text);
    free(text);
}

/* Supporters are looked at as members are: their list is read first, as plain cells. */
static void read_feeds(sqlite3 *db, const char *folder)
{
    script(db, "feeds.sql");
    oracle_execute(db, "CREATE TABLE supporter_row (household TEXT, number TEXT)");
    oracle_load_plain(db, folder, "inbox/caseload-supporter-20140630.csv.gz", "supporter_row", ',',
                      1);
    oracle_execute(db, "INSERT OR IGNORE INTO joined SELECT number_18(number) FROM supporter_row"
                       " WHERE number_18(number) IS NOT NULL");
    feeds_read(db, folder, HEDUI_ORACLE_SHARE "/feeds");
}

static int unnoticed(sqlite3 *db)
{
    int missed = 0;
    for (size_t i = 0; i < sizeof spoils / sizeof *spoils; i++) {
        oracle_execute(db, "SAVEPOINT spoil");
        oracle_execute(db, spoils[i]);
        if (sqlite3_changes(db) != 1 || oracle_differences(db, "national_stored.sql", 0) == 0) {
            (void)printf("not noticed: %s\n", spoils[i]);
            missed++;
        }
        oracle_execute(db, "ROLLBACK TO spoil; RELEASE spoil");
    }
    return missed;
}

int main(int count, char **words)
{
    char folder[] = "/tmp/hedui-national-XXXXXX";
    hedui_demo_options options = {.households = 1000,
                                  .strangers = 10,
                                  .seed = count > 1 ? strtoull(words[1], NULL, 10) : 1,
                                  .further = 1};
    hedui_err err;
    sqlite3 *db = NULL;
    hedui_err_init(&err);
    if (count < 3)
        oracle_die("usage", "oracle_national SEED PROGRAM");
    if (!mkdtemp(folder) || hedui_demo_write(NULL, folder, &options, &err))
        oracle_die("cannot make a county in", folder);
    put_pack(folder);
    if (sqlite3_open(count > 3 ? words[3] : ":memory:", &db))
        oracle_die("cannot open", "SQLite");
    oracle_functions(db);
    if (sqlite3_create_function(db, "rounded", 2, SQLITE_UTF8, NULL, rounded, NULL, NULL) ||
        sqlite3_create_function(db, "fen", 1, SQLITE_UTF8, NULL, fen, NULL, NULL))
        oracle_die("cannot add", "functions");
    script(db, "schema.sql");
    oracle_load(db, folder);
    oracle_execute(db, "CREATE TABLE run AS SELECT day_of('2014-07-05') AS as_of,"
                       " '2014-07-05' AS day, 2014 * 12 + 7 AS month");
    script(db, "joins.sql");
    read_feeds(db, folder);
    script(db, "national_cells.sql");
    script(db, "national_values.sql");
    script(db, "national_rules.sql");
    run_program(db, words[2], folder);
    int wrong = oracle_differences(db, "national_stored.sql", 1) +
                oracle_differences(db, "national_enough.sql", 1);
    int missed = wrong ? 0 : unnoticed(db);
    (void)printf("seed %llu: %d differences, %d spoiled accounts not noticed\n",
                 (unsigned long long)options.seed, wrong, missed);
    (void)sqlite3_close(db);
    if (count <= 3)
        oracle_remove(folder);
    return wrong || missed;
}
