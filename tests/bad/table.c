/* Reading tables: `!word value` sets what the next lines have in common, `name | input | outcome |
 * ledger | values` is a case, `#` a remark. */
#include "bad.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Noreturn void bad_stop(const bad_case *c, const char *what)
{
    (void)fprintf(stderr, "%s:%u: %s\n", c->table, c->line, what);
    exit(2);
}

long bad_number(const bad_case *c, const char *text, const char **end)
{
    char *stop;
    errno = 0;
    long value = strtol(text, &stop, 10);
    if (stop == text || errno)
        bad_stop(c, "a number is missing");
    *end = stop;
    return value;
}

static const char *kept(hedui_arena *arena, const char *at, size_t length)
{
    const char *copy = hedui_arena_copy(arena, (hedui_span){at, length}).at;
    if (!copy)
        exit(2);
    return copy;
}

static void trim(const char **at, size_t *length)
{
    while (*length && **at == ' ')
        (*at)++, (*length)--;
    while (*length && (*at)[*length - 1] == ' ')
        (*length)--;
}

static int is(const char *word, size_t length, const char *want)
{
    return strlen(want) == length && memcmp(word, want, length) == 0;
}

static bad_kind kind_of(const bad_case *at, const char *word)
{
    static const char *const words[] = {"cell", "text", "gz", "manifest"};
    for (int i = 0; i < 4; i++)
        if (strcmp(word, words[i]) == 0)
            return (bad_kind)i;
    bad_stop(at, "cell, text, gz or manifest");
}

static void set_one(bad_set *set, const bad_case *at, const char *text, hedui_arena *arena)
{
    size_t length = strcspn(text, " ");
    const char *value = text + length;
    size_t rest = strlen(value);
    trim(&value, &rest);
    value = kept(arena, value, rest);
    if (is(text, length, "input"))
        set->kind = kind_of(at, value);
    else if (is(text, length, "feed"))
        set->feed = value;
    else if (is(text, length, "file"))
        set->name = value;
    else if (is(text, length, "column"))
        set->column = value;
    else if (is(text, length, "header"))
        set->header = value;
    else if (length == 4 && memcmp(text, "row", 3) == 0 && text[3] >= '1' && text[3] <= '3')
        set->rows[text[3] - '1'] = value;
    else if (is(text, length, "accepted"))
        set->accepted = value;
    else if (is(text, length, "rejected"))
        set->rejected = value;
    else if (is(text, length, "charset"))
        set->charset = strcmp(value, "layout") == 0 ? NULL : value;
    else
        bad_stop(at, "unknown word behind !");
}

static void add(bad_table *table, const bad_case *one)
{
    if (table->count == table->capacity) {
        table->capacity = table->capacity ? table->capacity * 2 : 256;
        table->cases = realloc(table->cases, table->capacity * sizeof *table->cases);
        if (!table->cases)
            exit(2);
    }
    table->cases[table->count++] = *one;
}

/* Columns are parted by a bar between blanks. */
static void read_case(bad_case *one, const char *text, hedui_arena *arena)
{
    for (int i = 0; i < BAD_COLUMNS; i++)
        one->cells[i] = "";
    for (int i = 0;; i++) {
        const char *bar = strstr(text, " | ");
        size_t length = bar ? (size_t)(bar - text) : strlen(text);
        if (i == BAD_COLUMNS)
            bad_stop(one, "too many columns");
        const char *cell = text;
        trim(&cell, &length);
        one->cells[i] = kept(arena, cell, length);
        if (!bar)
            break;
        text = bar + 2;
    }
    if (!*one->cells[0] || !*one->cells[2])
        bad_stop(one, "a case has a name, an input and an outcome");
}

void bad_table_read(bad_table *table, const char *path, hedui_arena *arena)
{
    static char line[1 << 16];
    const char *slash = strrchr(path, '/');
    bad_case one = {.table =
                        kept(arena, slash ? slash + 1 : path, strlen(slash ? slash + 1 : path))};
    FILE *file = fopen(path, "r");
    if (!file) {
        perror(path);
        exit(2);
    }
    while (fgets(line, sizeof line, file)) {
        one.line++;
        line[strcspn(line, "\n")] = '\0';
        const char *text = line;
        size_t length = strlen(line);
        trim(&text, &length);
        if (!length || *text == '#')
            continue;
        if (*text == '!') {
            set_one(&one.set, &one, text + 1, arena);
            continue;
        }
        read_case(&one, text, arena);
        add(table, &one);
    }
    (void)fclose(file);
}
