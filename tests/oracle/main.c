/* oracle SEED [PROGRAM]: makes a county, reads it into SQLite, lets SQL answer the rules, compares
 * with the county's truth; then spoils one line of the truth after another and wants each to be
 * noticed. With PROGRAM it lets that run over the county instead and compares what it stored. */
#include "oracle.h"

#include <hedui/demo.h>

#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Each of these makes the truth wrong in one place. */
static int unnoticed(sqlite3 *db)
{
    static const char *const spoils[] = {
        "UPDATE truth_household SET state = 'flagged' WHERE rowid = "
        "(SELECT rowid FROM truth_household WHERE state = 'clear' LIMIT 1)",
        "UPDATE truth_answer SET outcome = 'clear' WHERE rowid = "
        "(SELECT rowid FROM truth_answer WHERE outcome = 'undetermined' LIMIT 1)",
        "UPDATE truth_answer SET reasons = 'stale' WHERE rowid = "
        "(SELECT rowid FROM truth_answer WHERE outcome = 'undetermined' LIMIT 1)",
        "DELETE FROM truth_flag WHERE rowid = (SELECT max(rowid) FROM truth_flag)",
        "UPDATE truth_flag SET effect = 'exclude_person' WHERE rowid = "
        "(SELECT rowid FROM truth_flag WHERE capped LIMIT 1)",
        "UPDATE truth_reject SET line = line + 1 WHERE rowid = "
        "(SELECT max(rowid) FROM truth_reject)",
        "UPDATE truth_ledger SET matched = matched + 1 WHERE feed = 'vehicle'",
    };
    int missed = 0;
    for (size_t i = 0; i < sizeof spoils / sizeof *spoils; i++) {
        oracle_execute(db, "SAVEPOINT spoil");
        oracle_execute(db, spoils[i]);
        if (sqlite3_changes(db) != 1 || oracle_differences(db, "compare.sql", 0) == 0) {
            (void)printf("not noticed: %s\n", spoils[i]);
            missed++;
        }
        oracle_execute(db, "ROLLBACK TO spoil; RELEASE spoil");
    }
    return missed;
}

/* Run the program over the county (3: done, but a delivery wants a look) and compare its store. */
static int run_program(sqlite3 *db, const char *program, char *folder)
{
    char store[4096], sql[4200];
    char name[] = "hedui", run[] = "run", in[] = "-C", as_of[] = "--as-of", day[] = "2014-07-05";
    char *const arguments[] = {name, run, in, folder, as_of, day, NULL};
    pid_t child = 0;
    int status = 0;
    (void)snprintf(store, sizeof store, "%s/hedui.db", folder);
    if (posix_spawn(&child, program, NULL, NULL, arguments, environ) ||
        waitpid(child, &status, 0) != child || !WIFEXITED(status) ||
        (WEXITSTATUS(status) != 0 && WEXITSTATUS(status) != 3))
        oracle_die("the run failed", program);
    (void)snprintf(sql, sizeof sql, "ATTACH '%s' AS s", store);
    oracle_execute(db, sql);
    return oracle_differences(db, "stored.sql", 1);
}

int main(int count, char **words)
{
    char folder[] = "/tmp/hedui-oracle-XXXXXX";
    hedui_demo_options options = {.households = 1000,
                                  .seed = count > 1 ? strtoull(words[1], NULL, 10) : 1};
    hedui_err err;
    sqlite3 *db = NULL;
    hedui_err_init(&err);
    if (!mkdtemp(folder) || hedui_demo_write(NULL, folder, &options, &err))
        oracle_die("cannot make a county in", folder);
    if (sqlite3_open(":memory:", &db))
        oracle_die("cannot open", "SQLite");
    oracle_functions(db);
    char *schema = oracle_text_of("schema.sql"), *rules = oracle_text_of("rules.sql"),
         *narrow = oracle_text_of("narrow.sql");
    oracle_execute(db, schema);
    oracle_load(db, folder);
    oracle_execute(db, "CREATE TABLE run AS SELECT day_of('2014-07-05') AS as_of");
    oracle_execute(db, rules);
    oracle_execute(db, narrow);
    int wrong = 0, missed = 0;
    if (count > 2) {
        wrong = run_program(db, words[2], folder);
    } else {
        wrong = oracle_differences(db, "compare.sql", 1);
        missed = wrong ? 0 : unnoticed(db);
    }
    (void)printf("seed %llu: %d differences, %d spoiled truths not noticed\n",
                 (unsigned long long)options.seed, wrong, missed);
    free(schema);
    free(rules);
    free(narrow);
    (void)sqlite3_close(db);
    oracle_remove(folder);
    return wrong || missed;
}
