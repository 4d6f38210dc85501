/* A run against the truth: both sides are brought to the same keys, then met point by point. What
 * the truth does not name and the run found is a point too, and a wrong one. */
#include <hedui/demo.h>

#include <hedui/buffer.h>
#include <hedui/citizen_id.h>
#include <hedui/file.h>
#include <hedui/table.h>

#include <inttypes.h>
#include <stdio.h>

enum { FIELDS = 10, LARGEST = 1 << 30 };

typedef struct work {
    hedui_demo_report *report;
    const char *folder;
    const hedui_demo_actual *actual;
    hedui_arena *arena;
    hedui_err *err;
    int memory; /* 1: ran out of it */
} work;

/* Lines of a truth file. */
typedef struct lines {
    hedui_span rest;
    const char *file;
    hedui_span field[FIELDS];
    int count;
} lines;

static hedui_status open_lines(lines *l, const work *w, const char *name)
{
    const char *folder = hedui_path_join(w->folder, "truth", w->arena);
    l->file = folder ? hedui_path_join(folder, name, w->arena) : NULL;
    if (!l->file)
        return hedui_fail_memory(w->err);
    return hedui_file_read(&l->rest, l->file, LARGEST, w->arena, w->err);
}

static int next_line(lines *l)
{
    if (l->rest.length == 0)
        return 0;
    const char *end = memchr(l->rest.at, '\n', l->rest.length);
    hedui_span line = {l->rest.at, end ? (size_t)(end - l->rest.at) : l->rest.length};
    size_t used = line.length + (end ? 1 : 0);
    l->rest.at += used;
    l->rest.length -= used;
    for (l->count = 0; l->count < FIELDS;) {
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

static hedui_status damaged(const work *w, const lines *l)
{
    return hedui_fail(w->err, HEDUI_E9002, hedui_place_file(l->file),
                      HEDUI_ARG_SPAN(l->count ? l->field[0] : hedui_span_of("")));
}

/* Texts joined by a tab, in the arena. */
static hedui_span joined(work *w, const hedui_span *parts, size_t count)
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

#define JOIN(w, ...)                                                                               \
    joined((w), (const hedui_span[]){__VA_ARGS__},                                                 \
           sizeof((const hedui_span[]){__VA_ARGS__}) / sizeof(hedui_span))

/* Count a point; the texts tell what it is about, what should be and what is. */
static void point(work *w, int agrees, hedui_span about, hedui_span expected, hedui_span found)
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

static const hedui_span nothing = HEDUI_SPAN("-");

/* Keys with a text each, on one side; the other side ticks them off. */
typedef struct side {
    hedui_table table;
    const hedui_span *keys;
    hedui_span *values;
    uint8_t *met;
    uint32_t count;
} side;

static void side_open(side *s, work *w, size_t most)
{
    memset(s, 0, sizeof *s);
    hedui_table_init(&s->table, w->arena);
    s->keys = hedui_arena_array(w->arena, most + 1, sizeof *s->keys);
    s->values = hedui_arena_array(w->arena, most + 1, sizeof *s->values);
    s->met = hedui_arena_array(w->arena, most + 1, 1);
    w->memory |= !s->keys || !s->values || !s->met;
}

/* The entry under the key, made if it is not there. */
static uint32_t side_put(side *s, work *w, hedui_span key)
{
    if (w->memory)
        return 0;
    uint32_t at = hedui_table_put(&s->table, key, s->count);
    if (at == HEDUI_TABLE_NONE) {
        w->memory = 1;
        return 0;
    }
    if (at == s->count) {
        ((hedui_span *)(uintptr_t)s->keys)[at] = key;
        s->count++;
    }
    return at;
}

/* Meet a line of the truth with what was found under its key. */
static void meet(work *w, side *found, hedui_span key, hedui_span expected)
{
    uint32_t at = hedui_table_find(&found->table, key);
    hedui_span value = at == HEDUI_TABLE_NONE ? nothing : found->values[at];
    if (at != HEDUI_TABLE_NONE)
        found->met[at] = 1;
    point(w, at != HEDUI_TABLE_NONE && hedui_span_equal(value, expected), key, expected, value);
}

static void meet_rest(work *w, const side *found)
{
    for (uint32_t i = 0; i < found->count; i++)
        if (!found->met[i])
            point(w, 0, found->keys[i], nothing, found->values[i]);
}

static hedui_status compare_states(work *w)
{
    side found;
    lines l;
    hedui_status status = open_lines(&l, w, "households.tsv");
    if (status)
        return status;
    side_open(&found, w, w->actual->state_count);
    for (size_t i = 0; !w->memory && i < w->actual->state_count; i++)
        found.values[side_put(&found, w, w->actual->states[i].household)] =
            w->actual->states[i].state;
    while (!w->memory && next_line(&l)) {
        if (l.count != 3)
            return damaged(w, &l);
        meet(w, &found, l.field[0], l.field[1]);
    }
    if (!w->memory)
        meet_rest(w, &found);
    return HEDUI_OK;
}

static hedui_status compare_rejects(work *w)
{
    side found;
    lines l;
    hedui_status status = open_lines(&l, w, "rejects.tsv");
    if (status)
        return status;
    side_open(&found, w, w->actual->reject_count);
    for (size_t i = 0; !w->memory && i < w->actual->reject_count; i++) {
        char line[16];
        (void)snprintf(line, sizeof line, "%" PRIu32, w->actual->rejects[i].line);
        hedui_span key = JOIN(w, w->actual->rejects[i].file, hedui_span_of(line));
        found.values[side_put(&found, w, key)] = w->actual->rejects[i].reason;
    }
    while (!w->memory && next_line(&l)) {
        if (l.count != 4)
            return damaged(w, &l);
        meet(w, &found, JOIN(w, l.field[0], l.field[1]), l.field[2]);
    }
    if (!w->memory)
        meet_rest(w, &found);
    return HEDUI_OK;
}

static hedui_status compare_ledgers(work *w)
{
    side found;
    lines l;
    hedui_status status = open_lines(&l, w, "ledgers.tsv");
    if (status)
        return status;
    side_open(&found, w, w->actual->ledger_count);
    for (size_t i = 0; !w->memory && i < w->actual->ledger_count; i++) {
        const hedui_demo_ledger *g = &w->actual->ledgers[i];
        char text[200];
        (void)snprintf(text, sizeof text,
                       "%" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64
                       " %" PRId64 " %" PRId64,
                       g->records, g->accepted, g->other_document, g->duplicate, g->rejected,
                       g->matched, g->not_in_caseload, g->apart);
        hedui_span copy = hedui_arena_copy(w->arena, hedui_span_of(text));
        w->memory |= !copy.at;
        found.values[side_put(&found, w, JOIN(w, g->feed, g->file))] = copy;
    }
    while (!w->memory && next_line(&l)) {
        if (l.count != 10)
            return damaged(w, &l);
        /* the numbers stand in one piece, tabs between them */
        hedui_span numbers = {l.field[2].at,
                              (size_t)(l.field[9].at + l.field[9].length - l.field[2].at)};
        hedui_span text = hedui_arena_copy(w->arena, numbers);
        for (size_t i = 0; text.at && i < text.length; i++)
            if (text.at[i] == '\t')
                ((char *)(uintptr_t)text.at)[i] = ' ';
        w->memory |= !text.at;
        meet(w, &found, JOIN(w, l.field[0], l.field[1]), text);
    }
    if (!w->memory)
        meet_rest(w, &found);
    return HEDUI_OK;
}

static const char *const reasons[] = {
    "not_supplied", "stale",     "refused",   "not_authorised", "rejected_row", "conflict",
    "empty_field",  "bad_field", "parameter", "caseload",       "evaluation",
};
enum { REASONS = sizeof reasons / sizeof *reasons, FLAGGED = 1 << 30, ODD = 1 << 29 };

static uint32_t reason_bit(hedui_span reason)
{
    for (uint32_t i = 0; i < REASONS; i++)
        if (hedui_span_is(reason, reasons[i]))
            return 1u << i;
    return ODD;
}

/* "undetermined: empty_field,caseload" from the bits of what was found. */
static hedui_span outcome_text(work *w, uint32_t bits)
{
    hedui_buffer text;
    hedui_buffer_init(&text);
    hedui_buffer_text(&text, bits & FLAGGED ? "flagged" : bits ? "undetermined" : "clear");
    const char *before = "\t";
    for (uint32_t i = 0; !(bits & FLAGGED) && i <= REASONS; i++) {
        if (!(bits & (i < REASONS ? 1u << i : (uint32_t)ODD)))
            continue;
        hedui_buffer_text(&text, before);
        hedui_buffer_text(&text, i < REASONS ? reasons[i] : "?");
        before = ",";
    }
    if (bits & FLAGGED || !bits)
        hedui_buffer_text(&text, "\t-");
    hedui_span copy = hedui_arena_copy(w->arena, hedui_buffer_span(&text));
    w->memory |= hedui_buffer_failed(&text) || !copy.at;
    hedui_buffer_free(&text);
    return copy;
}

static hedui_status compare_answers(work *w)
{
    const hedui_demo_actual *actual = w->actual;
    size_t most = actual->flag_count + actual->undetermined_count;
    side found;
    lines l;
    hedui_status status = open_lines(&l, w, "answers.tsv");
    if (status)
        return status;
    side_open(&found, w, most);
    uint32_t *bits = hedui_arena_array(w->arena, most + 1, sizeof *bits);
    w->memory |= !bits;
    for (size_t i = 0; !w->memory && i < actual->flag_count; i++)
        bits[side_put(&found, w, JOIN(w, actual->flags[i].household, actual->flags[i].rule))] |=
            FLAGGED;
    for (size_t i = 0; !w->memory && i < actual->undetermined_count; i++) {
        const hedui_demo_undetermined *u = &actual->undetermined[i];
        bits[side_put(&found, w, JOIN(w, u->household, u->rule))] |= reason_bit(u->reason);
    }
    for (uint32_t i = 0; !w->memory && i < found.count; i++)
        found.values[i] = outcome_text(w, bits[i]);
    hedui_span clear = HEDUI_SPAN("clear\t-");
    while (!w->memory && next_line(&l)) {
        if (l.count != 4)
            return damaged(w, &l);
        hedui_span key = JOIN(w, l.field[0], l.field[1]);
        hedui_span expected = JOIN(w, l.field[2], l.field[3]);
        if (hedui_table_find(&found.table, key) == HEDUI_TABLE_NONE)
            point(w, hedui_span_equal(expected, clear), key, expected, clear);
        else
            meet(w, &found, key, expected);
    }
    if (!w->memory)
        meet_rest(w, &found);
    return HEDUI_OK;
}

/* The truth names members by their number; a run may show a masked one. */
static hedui_span member_key(work *w, hedui_span household, hedui_span rule, hedui_span subject,
                             hedui_span person)
{
    hedui_citizen_id id = 0;
    char masked[HEDUI_CITIZEN_ID_TEXT];
    if (subject.length != 18 || hedui_citizen_id_parse(&id, subject) != HEDUI_CITIZEN_ID_18)
        return JOIN(w, household, rule, subject);
    hedui_citizen_id_mask(masked, id);
    return JOIN(w, household, rule, person, hedui_span_of(masked));
}

static hedui_status load_flags(side *truth, work *w)
{
    lines l;
    hedui_status status = open_lines(&l, w, "flags.tsv");
    size_t most = 0;
    for (size_t i = 0; !status && i < l.rest.length; i++)
        most += l.rest.at[i] == '\n';
    if (!status)
        side_open(truth, w, most);
    while (!status && !w->memory && next_line(&l)) {
        if (l.count != 6)
            return damaged(w, &l);
        hedui_span key = member_key(w, l.field[0], l.field[1], l.field[2], l.field[3]);
        truth->values[side_put(truth, w, key)] = JOIN(w, l.field[4], l.field[5]);
    }
    return status;
}

static hedui_status compare_flags(work *w)
{
    side truth;
    hedui_status status = load_flags(&truth, w);
    for (size_t i = 0; !status && !w->memory && i < w->actual->flag_count; i++) {
        const hedui_demo_flag *f = &w->actual->flags[i];
        hedui_span keys[3] = {
            member_key(w, f->household, f->rule, f->subject, f->person),
            JOIN(w, f->household, f->rule, f->person, f->person_masked),
            JOIN(w, f->household, f->rule, f->household),
        };
        hedui_span found = JOIN(w, f->effect, hedui_span_of(f->capped ? "1" : "0"));
        uint32_t at = HEDUI_TABLE_NONE;
        for (int k = 0; !w->memory && k < 3 && at == HEDUI_TABLE_NONE; k++)
            at = hedui_table_find(&truth.table, keys[k]);
        if (at == HEDUI_TABLE_NONE || truth.met[at]) {
            point(w, 0, keys[0], nothing, found);
            continue;
        }
        truth.met[at] = 1;
        point(w, hedui_span_equal(truth.values[at], found), truth.keys[at], truth.values[at],
              found);
    }
    for (uint32_t i = 0; !status && !w->memory && i < truth.count; i++)
        if (!truth.met[i])
            point(w, 0, truth.keys[i], truth.values[i], nothing);
    return status;
}

hedui_status hedui_demo_compare(hedui_demo_report *report, const char *folder,
                                const hedui_demo_actual *actual, hedui_arena *arena, hedui_err *err)
{
    hedui_demo_report made = {0};
    work w = {&made, folder, actual, arena, err, 0};
    static hedui_status (*const parts[])(work *) = {
        compare_states, compare_answers, compare_flags, compare_rejects, compare_ledgers,
    };
    hedui_status status = HEDUI_OK;
    for (size_t i = 0; !status && i < sizeof parts / sizeof *parts; i++)
        status = parts[i](&w);
    if (!status && w.memory)
        status = hedui_fail_memory(err);
    if (!status)
        *report = made;
    return status;
}
