/* oracle SEED [PROGRAM]: makes a county, reads it into SQLite, lets SQL answer the rules, compares
 * with the county's truth; then spoils one line of the truth after another and wants each to be
 * noticed. With PROGRAM it lets that run over the county instead, compares what it stored, and
 * spoils its own account. */
#include "feeds.h"
#include "oracle.h"

#include <hedui/demo.h>

#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Each of these makes the truth wrong in one place. */
static const char *const of_truth[] = {
    "UPDATE truth_household SET state = 'flagged' WHERE rowid = "
    "(SELECT rowid FROM truth_household WHERE state = 'clear' LIMIT 1)",
    "UPDATE truth_answer SET outcome = 'clear' WHERE rowid = "
    "(SELECT rowid FROM truth_answer WHERE outcome = 'undetermined' LIMIT 1)",
    "UPDATE truth_answer SET reasons = 'stale' WHERE rowid = "
    "(SELECT rowid FROM truth_answer WHERE outcome = 'undetermined' LIMIT 1)",
    "DELETE FROM truth_answer WHERE rowid = "
    "(SELECT rowid FROM truth_answer WHERE rule = 'LONG-01' LIMIT 1)",
    "DELETE FROM truth_flag WHERE rowid = (SELECT max(rowid) FROM truth_flag)",
    "UPDATE truth_flag SET effect = 'exclude_person' WHERE rowid = "
    "(SELECT rowid FROM truth_flag WHERE capped LIMIT 1)",
    "UPDATE truth_flag SET effect = 'review' WHERE rowid = "
    "(SELECT rowid FROM truth_flag WHERE effect = 'inform' LIMIT 1)",
    "UPDATE truth_reject SET line = line + 1 WHERE rowid = (SELECT max(rowid) FROM truth_reject)",
    "UPDATE truth_ledger SET matched = matched + 1 WHERE feed = 'vehicle'",
};
/* And each of these the oracle's account, against what a run stored. */
static const char *const of_oracle[] = {
    "DELETE FROM flag WHERE rowid = (SELECT rowid FROM flag WHERE rule = 'HOME-01' LIMIT 1)",
    "UPDATE flag SET subject = household WHERE rowid = "
    "(SELECT rowid FROM flag WHERE rule = 'GRAD-01' LIMIT 1)",
    "UPDATE flag SET effect = 'inform' WHERE rowid = "
    "(SELECT rowid FROM flag WHERE rule = 'DEATH-03' LIMIT 1)",
    "DELETE FROM undetermined WHERE rowid = "
    "(SELECT rowid FROM undetermined WHERE reason = 'rejected_row' LIMIT 1)",
    "UPDATE state SET state = 'clear' WHERE rowid = "
    "(SELECT rowid FROM state WHERE state = 'unchecked' LIMIT 1)",
    "UPDATE reject SET reason = 'missing' WHERE rowid = (SELECT max(rowid) FROM reject)",
    "UPDATE ledger SET duplicate = duplicate + 1 WHERE feed = 'tip'",
};

static int unnoticed(sqlite3 *db, const char *comparison, const char *const *spoils, size_t count)
{
    int missed = 0;
    for (size_t i = 0; i < count; i++) {
        oracle_execute(db, "SAVEPOINT spoil");
        oracle_execute(db, spoils[i]);
        if (sqlite3_changes(db) != 1 || oracle_differences(db, comparison, 0) == 0) {
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

static void script(sqlite3 *db, const char *name)
{
    char *text = oracle_text_of(name);
    oracle_execute(db, text);
    free(text);
}

int main(int count, char **words)
{
    char folder[] = "/tmp/hedui-oracle-XXXXXX";
    hedui_demo_options options = {
        .households = 1000, .strangers = 10, .seed = count > 1 ? strtoull(words[1], NULL, 10) : 1};
    hedui_err err;
    sqlite3 *db = NULL;
    hedui_err_init(&err);
    if (!mkdtemp(folder) || hedui_demo_write(NULL, folder, &options, &err))
        oracle_die("cannot make a county in", folder);
    if (sqlite3_open(":memory:", &db))
        oracle_die("cannot open", "SQLite");
    oracle_functions(db);
    script(db, "schema.sql");
    oracle_load(db, folder);
    oracle_execute(db, "CREATE TABLE run AS SELECT day_of('2014-07-05') AS as_of,"
                       " '2014-07-05' AS day, 2014 * 12 + 7 AS month");
    script(db, "joins.sql");
    script(db, "feeds.sql");
    feeds_read(db, folder, HEDUI_ORACLE_SHARE "/feeds");
    script(db, "rules.sql");
    script(db, "more.sql");
    script(db, "elements.sql");
    script(db, "outcome.sql");
    int wrong = 0, missed = 0;
    if (count > 2) {
        wrong = run_program(db, words[2], folder);
        missed = wrong
                     ? 0
                     : unnoticed(db, "stored.sql", of_oracle, sizeof of_oracle / sizeof *of_oracle);
    } else {
        wrong = oracle_differences(db, "compare.sql", 1);
        missed =
            wrong ? 0 : unnoticed(db, "compare.sql", of_truth, sizeof of_truth / sizeof *of_truth);
    }
    (void)printf("seed %llu: %d differences, %d spoiled truths not noticed\n",
                 (unsigned long long)options.seed, wrong, missed);
    (void)sqlite3_close(db);
    oracle_remove(folder);
    return wrong || missed;
}
