/* oracle_national SEED PROGRAM PACK [DATABASE]: makes a county with all feeds, puts a copy of the
 * common core over it whose texts are confirmed and whose rules are in force, lets PROGRAM run, and
 * answers its rules once more as plain SQL over the same rows; then spoils its own account in one
 * place after another and wants each to be noticed. Of the pack cleanup-2014 only the values: its
 * rules are main.c's. */
#include "feeds.h"
#include "kleene.h"
#include "national.h"
#include "oracle.h"

#include <hedui/demo.h>

#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Each of these makes the oracle's account wrong in one place for every rule and value at once, and
 * puts the rules that must be noticed into "spoiled" (rule, h, p). */
static const char *const spoils[] = {
    /* something found that is lost */
    "INSERT INTO spoiled SELECT rule, min(h), NULL FROM found WHERE v = 1 GROUP BY rule;"
    "UPDATE found SET v = 0 WHERE (rule, h) IN (SELECT rule, h FROM spoiled);"
    "INSERT INTO spoiled SELECT name, min(h || p), NULL FROM tells GROUP BY name;"
    "DELETE FROM tells WHERE (name, h || p) IN (SELECT rule, h FROM spoiled)",
    /* something that is not there */
    "INSERT INTO spoiled SELECT rule, min(h), NULL FROM (SELECT r.id AS rule, hh.h FROM rule r, hh"
    " EXCEPT SELECT rule, h FROM found WHERE v = 1) GROUP BY rule;"
    "INSERT INTO found SELECT h, rule, '', 1 FROM spoiled;"
    "INSERT INTO spoiled SELECT name, min(rowid), NULL FROM tells GROUP BY name;"
    "UPDATE tells SET text = text || '0' WHERE rowid IN (SELECT h FROM spoiled WHERE rule = name)",
    /* another reason */
    "INSERT INTO spoiled SELECT rule, min(rowid), NULL FROM because GROUP BY rule;"
    "UPDATE because SET reason = 'conflict' || substr(reason, instr(reason, '|'))"
    " WHERE rowid IN (SELECT h FROM spoiled)",
    /* one reason of several */
    "INSERT INTO spoiled SELECT rule, min(rowid), NULL FROM because WHERE reason NOT LIKE "
    "'no_column|%'"
    " GROUP BY rule;"
    "DELETE FROM because WHERE rowid IN (SELECT h FROM spoiled)",
    /* the household's reason told of somebody else */
    "INSERT INTO spoiled SELECT rule, min(rowid), NULL FROM because WHERE reason NOT LIKE '%|'"
    " AND reason NOT LIKE 'no_column|%' GROUP BY rule; UPDATE because SET reason = reason || 'x' "
    "WHERE rowid IN (SELECT h FROM "
    "spoiled)",
};

static int shell(const char *folder, const char *command)
{
    char line[8192];
    (void)snprintf(line, sizeof line, "cd '%s' && %s", folder, command);
    return system(line);
}

/* Feeds that are answered by lists of whom to ask about; what of it is otherwise in a seed. */
static const char *const asked_feeds[] = {"bank_balance", "bank_verdict", "securities",
                                          "insurance_policy", "marital_status"};
static const struct {
    int seed;
    const char *feed, *instead; /* what the manifest says; NULL: the feed is not delivered */
} odd[] = {{1, "marital_status", ""},
           {2, "military_service", NULL},
           {2, "securities", ""},
           {3, "insurance_policy", "Q20140101-9999"}};

/* Places that the pack's rows stand for, and where in the county they are. */
static const char places[] =
    "-e s/659000101/659000001/ -e s/659000104/659000001/ -e s/659000115/659000001/"
    " -e s/659000103/659000002/ -e s/659000113/659000002/ -e s/659000118/659000002/"
    " -e s/659000102/659000003/ -e s/659000105/659000003/ -e s/659000114/659000003/"
    " -e s/659000106/659000004/ -e s/659000107/659000004/"
    " -e s/659000112/659000005/ -e s/659000117/659000005/ -e s/659000109/659000006/"
    " -e s/659000111/659000007/ -e s/659000116/659000008/ -e s/659000201/659000008/"
    " -e s/659000110/659000004202/ -e s/659000108/659000005202/ -e s/659000202/659000006202/";

/* The pack's values without its rules. */
static void put_cleanup(const char *folder)
{
    if (shell(folder, "mkdir -p rules/packs/told rules/packs/cleanup-2014 && cp " HEDUI_ORACLE_SHARE
                      "/rules/packs/cleanup-2014/pack.yaml rules/packs/cleanup-2014/"
                      " && sed -i 's/^packs:.*/packs: [told]/' hedui.yaml"
                      " && rm -f inbox/veh-delta-*") != 0)
        oracle_die("cannot put the pack into", folder);
}

/* The pack with every text confirmed, every rule in force in 2014, and its places in the county. */
static void put_common(const char *folder)
{
    char command[4096];
    (void)snprintf(
        command, sizeof command,
        "mkdir -p rules/packs/told && cp -r " HEDUI_ORACLE_SHARE
        "/rules/packs/national-common rules/packs/"
        " && cd rules/packs/national-common && sed -i 's/confirmed: false/confirmed: true/'"
        " pack.yaml && sed -i %s pack.yaml && for f in *.yaml; do [ $f = pack.yaml ] ||"
        " sed -i 's/^    in_force: .*/    in_force: {from: 2014-01-01}/' $f; done"
        " && cd ../../.. && sed -i 's/^packs:.*/packs: [told]/' hedui.yaml"
        " && rm -f inbox/veh-delta-*",
        places);
    if (shell(folder, command) != 0)
        oracle_die("cannot put the pack into", folder);
}

/* Ask about people as the earlier caseload has them, and have the answers name the lists. */
static void ask(sqlite3 *db, const char *program, const char *folder, int seed)
{
    char command[2000], list[64];
    oracle_execute(db,
                   "CREATE TABLE asked (feed TEXT, person TEXT);"
                   "CREATE TABLE asked_row (query TEXT, day TEXT, n TEXT, name TEXT, number TEXT)");
    if (shell(folder, "rm -f inbox/answers.manifest.yaml && printf 'files:\\n' > answers") != 0)
        oracle_die("cannot write into", folder);
    for (size_t i = 0; i < sizeof asked_feeds / sizeof *asked_feeds; i++) {
        const char *feed = asked_feeds[i], *instead = NULL;
        (void)snprintf(list, sizeof list, "Q20140620-%02d", (int)i + 1);
        for (size_t k = 0; k < sizeof odd / sizeof *odd; k++)
            if (odd[k].seed == seed && strcmp(odd[k].feed, feed) == 0)
                instead = odd[k].instead;
        (void)snprintf(command, sizeof command,
                       "%s feeds request %s --person tester --as-of 2014-06-20 --yes -q"
                       " && echo \"  - {file: $(cd inbox && ls %s-*), feed: %s%s%s}\""
                       " >> answers",
                       program, feed,
                       i == 0   ? "bank-balance"
                       : i == 1 ? "bank-verdict"
                       : i == 2 ? "securities"
                       : i == 3 ? "insurance"
                                : "marital-status",
                       feed, instead && !*instead ? "" : ", answers: ", instead ? instead : list);
        if (shell(folder, command) != 0)
            oracle_die("cannot ask for", feed);
        (void)snprintf(command, sizeof command, "out/requests/%s-%s.csv", feed, list);
        oracle_execute(db, "DELETE FROM asked_row");
        oracle_load_plain(db, folder, command, "asked_row", ',', 1);
        (void)snprintf(command, sizeof command,
                       "INSERT OR IGNORE INTO asked SELECT '%s', number_18(rtrim(number, "
                       "char(13))) FROM asked_row%s",
                       feed, instead ? " WHERE 0" : "");
        oracle_execute(db, command);
    }
    if (shell(folder,
              "mv answers inbox/answers.manifest.yaml && rm -f inbox/caseload-*-20140620.csv.gz") !=
        0)
        oracle_die("cannot leave out the earlier caseload of", folder);
    oracle_execute(db, "CREATE TABLE refused (feed TEXT)");
    for (size_t k = 0; k < sizeof odd / sizeof *odd; k++) {
        if (odd[k].seed != seed)
            continue;
        if (!odd[k].instead && shell(folder, "rm -f inbox/military-*") != 0)
            oracle_die("cannot leave out", odd[k].feed);
        if (odd[k].instead && *odd[k].instead) {
            (void)snprintf(command, sizeof command, "INSERT INTO refused VALUES ('%s')",
                           odd[k].feed);
            oracle_execute(db, command);
        }
    }
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

/* Whether each rule that was spoiled stands among the differences. */
static int noticed(sqlite3 *db, const char *what)
{
    static const char missed[] =
        "SELECT DISTINCT rule FROM spoiled EXCEPT SELECT replace(replace(rule, 'V-', ''), '-',"
        " CASE WHEN rule LIKE 'V-%' THEN '_' ELSE '-' END) FROM difference"
        " EXCEPT SELECT rule FROM difference";
    sqlite3_stmt *statement = NULL;
    int count = 0;
    (void)oracle_differences(db, "national_stored.sql", 0);
    if (sqlite3_prepare_v2(db, missed, -1, &statement, NULL))
        oracle_die(sqlite3_errmsg(db), missed);
    for (; sqlite3_step(statement) == SQLITE_ROW; count++)
        (void)printf("not noticed of %s: %s\n", sqlite3_column_text(statement, 0), what);
    (void)sqlite3_finalize(statement);
    return count;
}

static int unnoticed(sqlite3 *db)
{
    int missed = 0;
    oracle_execute(db, "CREATE TEMP TABLE spoiled (rule TEXT, h, p)");
    for (size_t i = 0; i < sizeof spoils / sizeof *spoils; i++) {
        oracle_execute(db, "SAVEPOINT spoil; DELETE FROM spoiled");
        oracle_execute(db, spoils[i]);
        missed += noticed(db, spoils[i]);
        oracle_execute(db, "ROLLBACK TO spoil; RELEASE spoil");
    }
    return missed;
}

/* From cells to what is found. */
static void derive_cleanup(sqlite3 *db)
{
    national_widen(db);
    script(db, "cleanup_values.sql");
    script(db, "national_tells.sql");
}

static void derive_common(sqlite3 *db)
{
    static const char *const scripts[] = {"national_people.sql", "national_values.sql",
                                          "national_lists.sql",  "national_rules.sql",
                                          "national_told.sql",   "national_tells.sql"};
    national_widen(db);
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++)
        script(db, scripts[i]);
}

int main(int count, char **words)
{
    char folder[] = "/tmp/hedui-national-XXXXXX", scratch[64];
    hedui_demo_options options = {.households = 1000,
                                  .strangers = 10,
                                  .seed = count > 1 ? strtoull(words[1], NULL, 10) : 1,
                                  .further = 1,
                                  .answers = 1};
    hedui_err err;
    sqlite3 *db = NULL;
    hedui_err_init(&err);
    if (count < 4)
        oracle_die("usage", "oracle_national SEED PROGRAM PACK [DATABASE]");
    int is_common = strcmp(words[3], "national-common") == 0;
    void (*derive)(sqlite3 * db) = is_common ? derive_common : derive_cleanup;
    if (!mkdtemp(folder) || hedui_demo_write(NULL, folder, &options, &err))
        oracle_die("cannot make a county in", folder);
    if (sqlite3_open(count > 4 ? words[4] : ":memory:", &db))
        oracle_die("cannot open", "SQLite");
    oracle_execute(db, "PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY");
    oracle_functions(db);
    kleene_functions(db);
    ask(db, words[2], folder, (int)options.seed);
    (is_common ? put_common : put_cleanup)(folder);
    national_values(folder, words[3]);
    run_program(db, words[2], folder);
    script(db, "schema.sql");
    oracle_load(db, folder);
    oracle_execute(db, "CREATE TABLE run AS SELECT day_of('2014-07-05') AS as_of,"
                       " '2014-07-05' AS day, 2014 * 12 + 7 AS month");
    char number[64];
    (void)snprintf(number, sizeof number, "CREATE TABLE seed AS SELECT %d AS number",
                   (int)options.seed);
    oracle_execute(db, number);
    script(db, "joins.sql");
    read_feeds(db, folder);
    (void)snprintf(scratch, sizeof scratch, "%s/parameters.yaml", folder);
    char pack[256];
    (void)snprintf(pack, sizeof pack, "%s/rules/packs/%s/pack.yaml", folder, words[3]);
    national_parameters(db, pack, scratch);
    script(db, "national_cells.sql");
    oracle_execute(db, "SAVEPOINT plain");
    derive(db);
    int wrong = oracle_differences(db, "national_stored.sql", 1) +
                oracle_differences(db, "national_enough.sql", 1);
    int missed = wrong ? 0 : unnoticed(db);
    if (!wrong && options.seed == 1) /* what the other seeds lack, it has */
        missed += national_spoil_cells(db, words[3], derive);
    (void)printf("seed %llu: %d differences, %d spoiled accounts not noticed\n",
                 (unsigned long long)options.seed, wrong, missed);
    (void)sqlite3_close(db);
    if (count <= 4)
        oracle_remove(folder);
    return wrong || missed;
}
