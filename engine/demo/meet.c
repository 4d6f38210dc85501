/* The machinery of the comparison. */
#include "demo/meet.h"

#include <hedui/buffer.h>
#include <hedui/file.h>

enum { LARGEST = 1 << 30 };

hedui_status hedui_demo_lines_open(hedui_demo_lines *l, const hedui_demo_meeting *w,
                                   const char *name)
{
    const char *folder = hedui_path_join(w->folder, "truth", w->arena);
    l->file = folder ? hedui_path_join(folder, name, w->arena) : NULL;
    if (!l->file)
        return hedui_fail_memory(w->err);
    return hedui_file_read(&l->rest, l->file, LARGEST, w->arena, w->err);
}

int hedui_demo_lines_next(hedui_demo_lines *l)
{
    if (l->rest.length == 0)
        return 0;
    const char *end = memchr(l->rest.at, '\n', l->rest.length);
    hedui_span line = {l->rest.at, end ? (size_t)(end - l->rest.at) : l->rest.length};
    size_t used = line.length + (end ? 1 : 0);
    l->rest.at += used;
    l->rest.length -= used;
    for (l->count = 0; l->count < HEDUI_DEMO_LINE_FIELDS;) {
        const char *tab = memchr(line.at, '\t', line.length);
        size_t length = tab ? (size_t)(tab - line.at) : line.length;
        l->field[l->count++] = (hedui_span){line.at, length};
        if (!tab)
            break;
        line.at += length + 1;
        line.length -= length + 1;
    }
    return 1;
}

hedui_status hedui_demo_lines_damaged(const hedui_demo_meeting *w, const hedui_demo_lines *l)
{
    return hedui_fail(w->err, HEDUI_E9002, hedui_place_file(l->file),
                      HEDUI_ARG_SPAN(l->count ? l->field[0] : hedui_span_of("")));
}

/* Texts joined by a tab, in the arena. */
hedui_span hedui_demo_join(hedui_demo_meeting *w, const hedui_span *parts, size_t count)
{
    hedui_buffer text;
    hedui_buffer_init(&text);
    for (size_t i = 0; i < count; i++) {
        if (i)
            hedui_buffer_byte(&text, '\t');
        hedui_buffer_add(&text, parts[i]);
    }
    hedui_span copy = hedui_arena_copy(w->arena, hedui_buffer_span(&text));
    w->memory |= hedui_buffer_failed(&text) || !copy.at;
    hedui_buffer_free(&text);
    return copy.at ? copy : hedui_span_of("");
}

#define HEDUI_DEMO_JOIN(w, ...)                                                                    \
    hedui_demo_join((w), (const hedui_span[]){__VA_ARGS__},                                        \
                    sizeof((const hedui_span[]){__VA_ARGS__}) / sizeof(hedui_span))

/* Count a point; the texts tell what it is about, what should be and what is. */
void hedui_demo_point(hedui_demo_meeting *w, int agrees, hedui_span about, hedui_span expected,
                      hedui_span found)
{
    hedui_demo_report *report = w->report;
    hedui_buffer zh, en;
    report->points++;
    report->agreed += agrees ? 1u : 0u;
    if (agrees || report->difference_count == HEDUI_DEMO_DIFFERENCES)
        return;
    hedui_buffer_init(&zh);
    hedui_buffer_init(&en);
    hedui_buffer_format(&zh, "%.*s：应为“%.*s”，实为“%.*s”", (int)about.length, about.at,
                        (int)expected.length, expected.at, (int)found.length, found.at);
    hedui_buffer_format(&en, "%.*s: should be '%.*s', is '%.*s'", (int)about.length, about.at,
                        (int)expected.length, expected.at, (int)found.length, found.at);
    for (char *c = zh.data; c && *c; c++)
        *c = *c == '\t' ? ' ' : *c;
    for (char *c = en.data; c && *c; c++)
        *c = *c == '\t' ? ' ' : *c;
    hedui_demo_difference *difference = &report->differences[report->difference_count++];
    difference->zh = hedui_arena_copy(w->arena, hedui_buffer_span(&zh));
    difference->en = hedui_arena_copy(w->arena, hedui_buffer_span(&en));
    w->memory |= !difference->zh.at || !difference->en.at;
    hedui_buffer_free(&zh);
    hedui_buffer_free(&en);
}

const hedui_span hedui_demo_nothing = HEDUI_SPAN("-");

void hedui_demo_side_open(hedui_demo_side *s, hedui_demo_meeting *w, size_t most)
{
    memset(s, 0, sizeof *s);
    hedui_table_init(&s->table, w->arena);
    s->keys = hedui_arena_array(w->arena, most + 1, sizeof *s->keys);
    s->values = hedui_arena_array(w->arena, most + 1, sizeof *s->values);
    s->met = hedui_arena_array(w->arena, most + 1, 1);
    w->memory |= !s->keys || !s->values || !s->met;
}

/* The entry under the key, made if it is not there. */
uint32_t hedui_demo_side_put(hedui_demo_side *s, hedui_demo_meeting *w, hedui_span key)
{
    if (w->memory)
        return 0;
    uint32_t at = hedui_table_put(&s->table, key, s->count);
    if (at == HEDUI_TABLE_NONE) {
        w->memory = 1;
        return 0;
    }
    if (at == s->count) {
        s->keys[at] = key;
        s->count++;
    }
    return at;
}

/* Meet a line of the truth with what was found under its key. */
void hedui_demo_meet(hedui_demo_meeting *w, hedui_demo_side *found, hedui_span key,
                     hedui_span expected)
{
    uint32_t at = hedui_table_find(&found->table, key);
    hedui_span value = at == HEDUI_TABLE_NONE ? hedui_demo_nothing : found->values[at];
    if (at != HEDUI_TABLE_NONE)
        found->met[at] = 1;
    hedui_demo_point(w, at != HEDUI_TABLE_NONE && hedui_span_equal(value, expected), key, expected,
                     value);
}

void hedui_demo_meet_rest(hedui_demo_meeting *w, const hedui_demo_side *found)
{
    for (uint32_t i = 0; i < found->count; i++)
        if (!found->met[i])
            hedui_demo_point(w, 0, found->keys[i], hedui_demo_nothing, found->values[i]);
}
