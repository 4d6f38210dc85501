/* What the oracle's programs share. */
#include "oracle.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *walk)
{
    (void)status;
    (void)type;
    (void)walk;
    return remove(path);
}

char *oracle_text_of(const char *name)
{
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/%s", HEDUI_ORACLE_FOLDER, name);
    FILE *file = fopen(path, "r");
    char *text = calloc(1, 1 << 16);
    if (!file || !text || fread(text, 1, (1 << 16) - 1, file) == 0)
        oracle_die("cannot read", path);
    (void)fclose(file);
    return text;
}

void oracle_execute(sqlite3 *db, const char *sql)
{
    char *message = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &message))
        oracle_die(message ? message : "failed", "SQL");
}

static int show(void *context, int count, char **values, char **names)
{
    int *rows = context;
    (void)names;
    if (++*rows <= 20) {
        for (int i = 0; i < count; i++)
            (void)printf("%s ", values[i] ? values[i] : "NULL");
        (void)printf("\n");
    }
    return 0;
}

static int hush(void *context, int count, char **values, char **names)
{
    (void)count;
    (void)values;
    (void)names;
    ++*(int *)context;
    return 0;
}

int oracle_differences(sqlite3 *db, const char *file, int aloud)
{
    char *sql = oracle_text_of(file), *message = NULL;
    int rows = 0;
    if (sqlite3_exec(db, sql, aloud ? show : hush, &rows, &message))
        oracle_die(message ? message : "failed", file);
    free(sql);
    return rows;
}

void oracle_remove(const char *folder)
{
    (void)nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}
