/* Layouts as trees of words: what is looked up, is looked up where it is needed. */
#include "feeds.h"

#include "cells.h"
#include "oracle.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct {
    char name[64];
    const yaml *words;
} lists[200];
static int list_count;

static const yaml *list_named(const char *folder, const char *name)
{
    char path[4096];
    for (int i = 0; i < list_count; i++)
        if (strcmp(lists[i].name, name) == 0)
            return lists[i].words;
    (void)snprintf(path, sizeof path, "%s/codes/%s.yaml", folder, name);
    if (access(path, R_OK)) /* a county's own layouts use the lists that are shipped as well */
        (void)snprintf(path, sizeof path, "%s/feeds/codes/%s.yaml", HEDUI_ORACLE_SHARE, name);
    (void)snprintf(lists[list_count].name, sizeof lists[0].name, "%.60s", name);
    lists[list_count].words = yaml_read(path);
    return lists[list_count++].words;
}

static void take(feeds_layout *layout, const char *folder, const char *path)
{
    *layout = (feeds_layout){.words = yaml_read(path)};
    layout->name = yaml_text(layout->words, "feed", "");
    const yaml *columns = yaml_at(layout->words, "columns");
    for (const yaml *c = columns ? columns->child : NULL; c; c = c->next) {
        const char *list = yaml_text(c, "list", NULL);
        if (layout->count == FEEDS_COLUMNS)
            oracle_die("too many columns in", path);
        layout->columns[layout->count++] =
            (feeds_column){c, list ? list_named(folder, list) : NULL, -1};
    }
}

int feeds_layouts(feeds_layout *layouts, int room, const char *folder)
{
    char pattern[4096];
    glob_t found;
    int count = 0;
    (void)snprintf(pattern, sizeof pattern, "%s/*.yaml", folder);
    if (glob(pattern, 0, NULL, &found))
        return 0; /* a county need not have any of its own */
    for (size_t i = 0; i < found.gl_pathc && count < room; i++)
        take(&layouts[count++], folder, found.gl_pathv[i]);
    globfree(&found);
    return count;
}

void feeds_layouts_forget(void)
{
    list_count = 0;
    yaml_forget();
}

int feeds_column_named(const feeds_layout *layout, const char *name)
{
    for (int c = 0; c < layout->count; c++)
        if (strcmp(layout->columns[c].words->key, name) == 0)
            return c;
    return -1;
}

/* Case, width and blanks around do not tell headers apart. */
static void fold(char out[CELL_PLAIN], const char *text)
{
    if (!cell_plain(out, text))
        *out = '\0';
    cell_trim(out);
    for (char *c = out; *c; c++)
        *c = *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c;
}

int feeds_column_by_header(const feeds_layout *layout, const char *header)
{
    char sought[CELL_PLAIN], word[CELL_PLAIN];
    fold(sought, header);
    for (int c = 0; c < layout->count; c++) {
        const yaml *words = layout->columns[c].words, *list = yaml_at(words, "header");
        fold(word, words->key);
        if (*sought && strcmp(word, sought) == 0)
            return c;
        for (const yaml *at = list ? list->child : NULL; at; at = at->next) {
            fold(word, at->text);
            if (*sought && strcmp(word, sought) == 0)
                return c;
        }
    }
    return -1;
}

char feeds_mark(const feeds_layout *layout)
{
    static const struct {
        const char *word;
        char mark;
    } marks[] = {{"comma", ','}, {"tab", '\t'}, {"pipe", '|'}, {"caret", '^'}, {"semicolon", ';'}};
    const char *word = yaml_text(yaml_at(layout->words, "file"), "delimiter", "comma");
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (strcmp(marks[i].word, word) == 0)
            return marks[i].mark;
    oracle_die("a delimiter the oracle has not learnt", word);
    return ',';
}

static void tell(sqlite3 *db, const char *sql, const char *const *texts, int count)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL))
        oracle_die(sqlite3_errmsg(db), sql);
    for (int i = 0; i < count; i++)
        (void)sqlite3_bind_text(statement, i + 1, texts[i], -1, SQLITE_STATIC);
    if (sqlite3_step(statement) != SQLITE_DONE)
        oracle_die(sqlite3_errmsg(db), sql);
    (void)sqlite3_finalize(statement);
}

void feeds_tell_words(sqlite3 *db, const feeds_layout *layout)
{
    for (int c = 0; c < layout->count; c++) {
        const feeds_column *column = &layout->columns[c];
        const char *name = yaml_text(column->words, "list", NULL);
        const yaml *list = name ? yaml_at(column->codes, "list") : NULL;
        tell(db, "INSERT INTO o_layout VALUES (?,?,?)",
             (const char *[]){layout->name, column->words->key,
                              yaml_text(yaml_at(layout->words, "file"), "kind", "full")},
             3);
        if (name)
            tell(db, "INSERT INTO o_column VALUES (?,?,?)",
                 (const char *[]){layout->name, column->words->key, name}, 3);
        for (const yaml *code = list ? list->child : NULL; code; code = code->next)
            for (const yaml *a = code->child; a; a = a->next)
                if (a->text && strcmp(a->key, "label") != 0)
                    tell(db, "INSERT INTO o_attribute VALUES (?,?,?,?)",
                         (const char *[]){name, code->key, a->key, a->text}, 4);
    }
}
