/* Several rows in one cell. By group_concat that takes a sort for each level of grouping, and as
 * many tables in between; here a row is put where it belongs as it comes. Rows of a key mostly come
 * one after another, so that it belongs at the end. */
#include "store/told.h"

/* Where the text of a key stands: its pieces end before its tail. */
typedef struct part {
    sqlite3_int64 key;
    size_t pieces, end; /* offsets in the text: where pieces begin and end */
    int count;          /* of pieces */
} part;

typedef struct telling {
    char *text;
    size_t length, room;
    part *parts;
    int count, part_room, no_memory;
} telling;

static const char comma[] = "、";
enum { COMMA = sizeof comma - 1, TEXT = 128, PARTS = 4 };

static int make_room(telling *t, size_t more)
{
    if (t->room - t->length > more)
        return 1;
    size_t room = 2 * t->room > t->length + more + TEXT ? 2 * t->room : t->length + more + TEXT;
    char *text = sqlite3_realloc64(t->text, room);
    if (!text) {
        t->no_memory = 1;
        return 0;
    }
    t->text = text;
    t->room = room;
    return 1;
}

static hedui_span span_of(sqlite3_value *value)
{
    const char *at = (const char *)sqlite3_value_text(value);
    return (hedui_span){at ? at : "", at ? (size_t)sqlite3_value_bytes(value) : 0};
}

static void append(telling *t, hedui_span text)
{
    if (!make_room(t, text.length))
        return;
    memcpy(t->text + t->length, text.at, text.length);
    t->length += text.length;
}

/* The part of a key, with its head and tail when it is new. NULL without memory. */
static part *part_of(telling *t, sqlite3_value **row)
{
    sqlite3_int64 key = sqlite3_value_int64(row[0]);
    for (int i = t->count - 1; i >= 0; i--)
        if (t->parts[i].key == key)
            return &t->parts[i];
    if (t->count == t->part_room) {
        int room = t->part_room ? 2 * t->part_room : PARTS;
        part *parts = sqlite3_realloc64(t->parts, (sqlite3_uint64)room * sizeof *parts);
        if (!parts) {
            t->no_memory = 1;
            return NULL;
        }
        t->parts = parts;
        t->part_room = room;
    }
    if (t->count)
        append(t, span_of(row[4]));
    append(t, span_of(row[1]));
    part *p = &t->parts[t->count++];
    *p = (part){.key = key, .pieces = t->length, .end = t->length};
    append(t, span_of(row[3]));
    return t->no_memory ? NULL : p;
}

static int has(const telling *t, const part *p, hedui_span piece)
{
    const char *at = t->text + p->pieces, *end = t->text + p->end;
    while (p->count) {
        const char *next = memmem(at, (size_t)(end - at), comma, COMMA);
        if (hedui_span_equal((hedui_span){at, (size_t)((next ? next : end) - at)}, piece))
            return 1;
        if (!next)
            return 0;
        at = next + COMMA;
    }
    return 0;
}

/* Behind the pieces of the part: what stands behind them moves. */
static void insert(telling *t, part *p, hedui_span piece)
{
    size_t first = p->count ? COMMA : 0, more = first + piece.length;
    if (!make_room(t, more))
        return;
    char *at = t->text + p->end;
    memmove(at + more, at, t->length - p->end);
    memcpy(at, comma, first);
    memcpy(at + first, piece.at, piece.length);
    t->length += more;
    p->end += more;
    p->count++;
    for (part *later = p + 1; later < t->parts + t->count; later++) {
        later->pieces += more;
        later->end += more;
    }
}

static void step(sqlite3_context *context, sqlite3_value **row, int once)
{
    telling *t = sqlite3_aggregate_context(context, sizeof *t);
    part *p = t && !t->no_memory ? part_of(t, row) : NULL;
    if (!p || sqlite3_value_type(row[2]) == SQLITE_NULL)
        return;
    hedui_span piece = span_of(row[2]);
    if (!once || !has(t, p, piece))
        insert(t, p, piece);
}

static void step_all(sqlite3_context *context, int count, sqlite3_value **row)
{
    (void)count;
    step(context, row, 0);
}

static void step_once(sqlite3_context *context, int count, sqlite3_value **row)
{
    (void)count;
    step(context, row, 1);
}

static void end(sqlite3_context *context)
{
    telling *t = sqlite3_aggregate_context(context, 0);
    if (!t)
        return; /* no row: NULL */
    sqlite3_free(t->parts);
    if (t->no_memory) {
        sqlite3_free(t->text);
        sqlite3_result_error_nomem(context);
        return;
    }
    sqlite3_result_text64(context, t->text ? t->text : "", t->length,
                          t->text ? sqlite3_free : SQLITE_STATIC, SQLITE_UTF8);
}

int hedui_store_told_register(hedui_store *store)
{
    const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    int code =
        sqlite3_create_function_v2(store->db, "told", 5, flags, NULL, NULL, step_all, end, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_create_function_v2(store->db, "told_once", 5, flags, NULL, NULL, step_once,
                                          end, NULL);
    return code;
}
