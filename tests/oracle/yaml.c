/* A reader of its own: layouts that the engine misread would else be misread twice alike. */
#include "yaml.h"

#include "oracle.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct source {
    const char *path;
    char *line[4000]; /* without what is empty */
    int count, at;
} source;

/* Everything hangs together, so that it can be found when the program ends. */
typedef struct piece {
    struct piece *before;
    _Alignas(16) char bytes[];
} piece;
static piece *pieces;

static void *take(size_t length)
{
    piece *fresh = calloc(1, sizeof *fresh + length);
    if (!fresh)
        oracle_die("no memory for", "YAML");
    fresh->before = pieces;
    pieces = fresh;
    return fresh->bytes;
}

static yaml *fresh(void)
{
    return take(sizeof(yaml));
}

static const char *copy(const char *from, size_t length)
{
    char *text = take(length + 1);
    memcpy(text, from, length);
    return text;
}

static char *past_blanks(char *at)
{
    return at + strspn(at, " ");
}

/* A quoted scalar; `at` stands behind the closing quote afterwards. */
static const char *quoted(char **at)
{
    char mark = *(*at)++, *start = *at, *out = *at;
    for (; **at && **at != mark; (*at)++) {
        if (mark == '"' && **at == '\\')
            (*at)++;
        *out++ = **at;
    }
    (*at)++;
    return copy(start, (size_t)(out - start));
}

static yaml *flow(char **at);

/* A scalar up to one of `stops`, or a bracket. */
static yaml *value(char **at, const char *stops)
{
    yaml *node = fresh();
    *at = past_blanks(*at);
    if (**at == '{' || **at == '[')
        return flow(at);
    if (**at == '"' || **at == '\'') {
        node->text = quoted(at);
        return node;
    }
    size_t length = strcspn(*at, stops), bare = length;
    while (bare && (*at)[bare - 1] == ' ')
        bare--;
    node->text = copy(*at, bare);
    *at += length;
    return node;
}

/* A key with its colon, or NULL if there is none before the text ends. */
static const char *key_of(char **at)
{
    char *start = *at = past_blanks(*at);
    if (*start == '"' || *start == '\'') {
        const char *text = quoted(at);
        if (**at != ':') /* a scalar, after all; the quote was read */
            oracle_die("a key without a colon", start);
        (*at)++;
        return text;
    }
    char *colon = start;
    while (*colon && (*colon != ':' || (colon[1] && colon[1] != ' ')))
        colon++;
    if (!*colon)
        return NULL;
    *at = colon + 1;
    return copy(start, (size_t)(colon - start));
}

static yaml *flow(char **at)
{
    char open = *(*at)++, close = open == '{' ? '}' : ']';
    yaml *node = fresh(), **last = &node->child;
    for (*at = past_blanks(*at); **at && **at != close; *at = past_blanks(*at)) {
        const char *key = open == '{' ? key_of(at) : NULL;
        *last = value(at, ",]}");
        (*last)->key = key;
        last = &(*last)->next;
        *at = past_blanks(*at);
        if (**at == ',')
            (*at)++;
    }
    if (**at)
        (*at)++;
    return node;
}

static int indent_of(const char *line)
{
    return (int)strspn(line, " ");
}

static yaml *block(source *s, int indent);

/* What stands behind a key or a dash: on the line, or further in below it. */
static yaml *behind(source *s, char *rest, int indent)
{
    rest = past_blanks(rest);
    s->at++;
    if (*rest && *rest != '#')
        return value(&rest, "#");
    if (s->at < s->count && indent_of(s->line[s->at]) > indent)
        return block(s, indent_of(s->line[s->at]));
    yaml *empty = fresh();
    empty->text = "";
    return empty;
}

static yaml *block(source *s, int indent)
{
    yaml *node = fresh(), **last = &node->child;
    while (s->at < s->count && indent_of(s->line[s->at]) == indent) {
        char *at = s->line[s->at] + indent;
        const char *key = NULL;
        if (at[0] == '-' && at[1] == ' ' && past_blanks(at + 1)[0] != '{') {
            at[0] = ' '; /* a map behind the dash: its first key stands further in */
            *last = block(s, indent_of(s->line[s->at]));
        } else if (at[0] == '-') {
            *last = behind(s, at + 1, indent);
        } else {
            key = key_of(&at);
            if (!key)
                oracle_die("a line that is no YAML of ours", s->line[s->at]);
            *last = behind(s, at, indent);
        }
        (*last)->key = key;
        last = &(*last)->next;
    }
    return node;
}

void yaml_forget(void)
{
    while (pieces) {
        piece *last = pieces;
        pieces = last->before;
        free(last);
    }
}

yaml *yaml_read(const char *path)
{
    static source s;
    FILE *file = fopen(path, "r");
    char *line = NULL;
    size_t room = 0;
    if (!file)
        oracle_die("cannot read", path);
    s = (source){.path = path};
    while (getline(&line, &room, file) > 0 && s.count < 4000) {
        line[strcspn(line, "\r\n")] = '\0';
        if (*past_blanks(line) && *past_blanks(line) != '#')
            s.line[s.count++] = (char *)(size_t)copy(line, strlen(line));
    }
    free(line);
    (void)fclose(file);
    return block(&s, 0);
}

const yaml *yaml_at(const yaml *map, const char *key)
{
    for (const yaml *at = map ? map->child : NULL; at; at = at->next)
        if (at->key && strcmp(at->key, key) == 0)
            return at;
    return NULL;
}

const char *yaml_text(const yaml *map, const char *key, const char *otherwise)
{
    const yaml *at = yaml_at(map, key);
    return at && at->text ? at->text : otherwise;
}

int yaml_is_true(const yaml *map, const char *key)
{
    return strcmp(yaml_text(map, key, ""), "true") == 0;
}

int yaml_lists(const yaml *map, const char *key, const char *text)
{
    const yaml *list = yaml_at(map, key);
    for (const yaml *at = list ? list->child : NULL; at; at = at->next)
        if (at->text && strcmp(at->text, text) == 0)
            return 1;
    return 0;
}
