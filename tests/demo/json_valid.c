/* Leaves with 0 if standard input is one JSON document, by SQLite's own reader. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    enum { LARGEST = 1 << 26 };
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    int valid = 0;
    char *text = malloc(LARGEST);
    size_t length = text ? fread(text, 1, LARGEST, stdin) : 0;
    if (text && length < LARGEST && sqlite3_open(":memory:", &db) == SQLITE_OK &&
        sqlite3_prepare_v2(db, "SELECT json_valid(?)", -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_bind_text(statement, 1, text, (int)length, SQLITE_STATIC) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW)
        valid = sqlite3_column_int(statement, 0);
    (void)sqlite3_finalize(statement);
    (void)sqlite3_close(db);
    free(text);
    return !valid;
}
