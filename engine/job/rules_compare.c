/* Everything compared is text as it was written. */
#include "job/rules_compare.h"

#include <hedui/date.h>

#include <stddef.h>

static hedui_span keep(hedui_rules_differ *d, hedui_buffer *text)
{
    hedui_span copy = {NULL, 0};
    if (!hedui_buffer_failed(text))
        copy = hedui_arena_copy(d->arena, hedui_buffer_span(text));
    hedui_buffer_free(text);
    d->failed |= !copy.at;
    return copy.at ? copy : hedui_span_of("");
}

hedui_status hedui_rules_add_part(hedui_rules_differ *d, hedui_rules_part part)
{
    if (d->part_count == d->part_room) {
        uint32_t room = d->part_room ? 2 * d->part_room : 64;
        hedui_rules_part *parts = hedui_arena_array(d->arena, room, sizeof *parts);
        if (!parts)
            return hedui_fail_memory(d->err);
        for (uint32_t i = 0; i < d->part_count; i++)
            parts[i] = d->parts[i];
        d->parts = parts;
        d->part_room = room;
    }
    d->parts[d->part_count++] = part;
    return HEDUI_OK;
}

static hedui_status compare_text(hedui_rules_differ *d, const char *part, hedui_span before,
                                 hedui_span after)
{
    if (hedui_span_equal(before, after))
        return HEDUI_OK;
    return hedui_rules_add_part(
        d, (hedui_rules_part){
               .part = part, .key = hedui_span_of(""), .before = before, .after = after});
}

/* Texts by their place in a struct. */
typedef struct field {
    const char *part;
    size_t offset;
    int word; /* 1: const char *, else hedui_span */
} field;

static hedui_span field_of(const void *item, const field *f)
{
    const char *at = item ? (const char *)item + f->offset : NULL;
    if (!at)
        return hedui_span_of("");
    return f->word ? hedui_span_of(*(const char *const *)(const void *)at)
                   : *(const hedui_span *)(const void *)at;
}

static hedui_status compare_fields(hedui_rules_differ *d, const field *fields, const void *before,
                                   const void *after)
{
    hedui_status status = HEDUI_OK;
    for (const field *f = fields; f->part && !status; f++)
        status = compare_text(d, f->part, field_of(before, f), field_of(after, f));
    return status;
}

static void add_day(hedui_buffer *out, int32_t day)
{
    int year, month, d;
    if (day == INT32_MIN || day == INT32_MAX)
        return;
    hedui_date_to_civil(&year, &month, &d, day);
    hedui_buffer_format(out, "%04d-%02d-%02d", year, month, d);
}

static hedui_span days(hedui_rules_differ *d, int32_t from, int32_t to)
{
    hedui_buffer text;
    if (from == INT32_MIN && to == INT32_MAX)
        return hedui_span_of("");
    hedui_buffer_init(&text);
    add_day(&text, from);
    hedui_buffer_text(&text, "..");
    add_day(&text, to);
    return keep(d, &text);
}

static hedui_span basis(hedui_rules_differ *d, const hedui_rules_document *document,
                        hedui_span article)
{
    hedui_buffer text;
    hedui_buffer_init(&text);
    if (document)
        hedui_buffer_add(&text, document->id);
    hedui_buffer_text(&text, article.length ? " " : "");
    hedui_buffer_add(&text, article);
    return keep(d, &text);
}

hedui_status hedui_rules_compare_document(hedui_rules_differ *d, const void *before,
                                          const void *after)
{
    static const field fields[] = {
        {"title", offsetof(hedui_rules_document, title), 0},
        {"issuer", offsetof(hedui_rules_document, issuer), 0},
        {"number", offsetof(hedui_rules_document, number), 0},
        {"kind", offsetof(hedui_rules_document, kind), 1},
        {"level", offsetof(hedui_rules_document, level), 1},
        {"note", offsetof(hedui_rules_document, note), 0},
        {0},
    };
    static const char *const seen[] = {"false", "true"};
    const hedui_rules_document *b = before, *a = after;
    hedui_status status = compare_fields(d, fields, b, a);
    if (!status)
        status = compare_text(d, "date", days(d, b ? b->date : INT32_MIN, INT32_MAX),
                              days(d, a ? a->date : INT32_MIN, INT32_MAX));
    if (!status)
        status = compare_text(d, "confirmed", hedui_span_of(b ? seen[b->confirmed != 0] : ""),
                              hedui_span_of(a ? seen[a->confirmed != 0] : ""));
    return status;
}

static int same_key(const hedui_rules_row *a, const hedui_rules_row *b)
{
    return hedui_span_equal(a->area, b->area) && hedui_span_equal(a->urban_rural, b->urban_rural) &&
           hedui_span_equal(a->programme, b->programme) && a->size_from == b->size_from &&
           a->size_to == b->size_to;
}

static int same_row(const hedui_rules_row *a, const hedui_rules_row *b)
{
    return same_key(a, b) && a->from == b->from && a->to == b->to &&
           hedui_span_equal(a->value, b->value) && hedui_span_equal(a->article, b->article) &&
           (a->document && b->document ? hedui_span_equal(a->document->id, b->document->id)
                                       : a->document == b->document);
}

static int same_start(const hedui_rules_row *a, const hedui_rules_row *b)
{
    return same_key(a, b) && a->from == b->from;
}

/* Pair rows that are the same, then those that began the same; the rest came or went. */
static hedui_status compare_rows(hedui_rules_differ *d, const hedui_rules_parameter *b,
                                 const hedui_rules_parameter *a)
{
    uint32_t old = b ? b->row_count : 0, fresh = a ? a->row_count : 0;
    uint32_t *pair = hedui_arena_array(d->arena, fresh, sizeof *pair); /* 1 + the old row */
    uint8_t *taken = hedui_arena_array(d->arena, old, 1);
    hedui_status status = HEDUI_OK;
    if (!pair || !taken)
        return hedui_fail_memory(d->err);
    for (int pass = 0; pass < 2; pass++)
        for (uint32_t i = 0; i < fresh; i++)
            for (uint32_t k = 0; k < old && !pair[i]; k++)
                if (!taken[k] && (pass ? same_start(&b->rows[k], &a->rows[i])
                                       : same_row(&b->rows[k], &a->rows[i]))) {
                    pair[i] = k + 1;
                    taken[k] = 1;
                }
    for (uint32_t k = 0; k < old && !status; k++)
        if (!taken[k])
            status = hedui_rules_add_part(
                d, (hedui_rules_part){.part = "row", .row_before = &b->rows[k]});
    for (uint32_t i = 0; i < fresh && !status; i++) {
        const hedui_rules_row *was = pair[i] ? &b->rows[pair[i] - 1] : NULL;
        if (!was || !same_row(was, &a->rows[i]))
            status = hedui_rules_add_part(
                d, (hedui_rules_part){.part = "row", .row_before = was, .row_after = &a->rows[i]});
    }
    return status;
}

hedui_status hedui_rules_compare_parameter(hedui_rules_differ *d, const void *before,
                                           const void *after)
{
    static const field fields[] = {
        {"title", offsetof(hedui_rules_parameter, title), 0},
        {"type", offsetof(hedui_rules_parameter, type), 0},
        {"unit", offsetof(hedui_rules_parameter, unit), 0},
        {0},
    };
    hedui_status status = compare_fields(d, fields, before, after);
    return status ? status : compare_rows(d, before, after);
}

/* All lines of a value in one text. */
static hedui_span formula(hedui_rules_differ *d, const hedui_rules_value *v)
{
    hedui_buffer text;
    hedui_buffer_init(&text);
    for (uint32_t i = 0; v && i < v->line_count; i++) {
        const hedui_rules_line *l = &v->lines[i];
        hedui_buffer_text(&text, i ? "\n" : "");
        if (l->title.length) {
            hedui_buffer_text(&text, l->minus ? "− " : "+ ");
            hedui_buffer_add(&text, l->title);
            hedui_buffer_text(&text, ":\n");
        }
        hedui_buffer_add(&text, l->text);
    }
    return keep(d, &text);
}

hedui_status hedui_rules_compare_value(hedui_rules_differ *d, const void *before, const void *after)
{
    static const field fields[] = {
        {"title", offsetof(hedui_rules_value, title), 0},
        {"unit", offsetof(hedui_rules_value, unit), 0},
        {"for", offsetof(hedui_rules_value, subject), 1},
        {"rounding", offsetof(hedui_rules_value, rounding), 0},
        {0},
    };
    hedui_status status = compare_fields(d, fields, before, after);
    return status ? status : compare_text(d, "is", formula(d, before), formula(d, after));
}

static hedui_span unless_text(hedui_rules_differ *d, const hedui_rules_unless *u)
{
    hedui_buffer text;
    hedui_buffer_init(&text);
    hedui_buffer_text(&text, u->kind);
    hedui_buffer_text(&text, u->text.length ? ": " : "");
    hedui_buffer_add(&text, u->text);
    return keep(d, &text);
}

static const hedui_rules_unless *unless_of(const hedui_rules_rule *rule, hedui_span title)
{
    for (uint32_t i = 0; rule && i < rule->unless_count; i++)
        if (hedui_span_equal(rule->unless[i].title, title))
            return &rule->unless[i];
    return NULL;
}

static hedui_status compare_unless(hedui_rules_differ *d, const hedui_rules_rule *b,
                                   const hedui_rules_rule *a)
{
    hedui_status status = HEDUI_OK;
    for (uint32_t i = 0; b && i < b->unless_count && !status; i++)
        if (!unless_of(a, b->unless[i].title))
            status =
                hedui_rules_add_part(d, (hedui_rules_part){.part = "unless",
                                                           .key = b->unless[i].title,
                                                           .before = unless_text(d, &b->unless[i]),
                                                           .after = hedui_span_of("")});
    for (uint32_t i = 0; a && i < a->unless_count && !status; i++) {
        const hedui_rules_unless *was = unless_of(b, a->unless[i].title);
        hedui_span text = was ? unless_text(d, was) : hedui_span_of("");
        hedui_span now = unless_text(d, &a->unless[i]);
        if (!hedui_span_equal(text, now))
            status = hedui_rules_add_part(
                d, (hedui_rules_part){
                       .part = "unless", .key = a->unless[i].title, .before = text, .after = now});
    }
    return status;
}

static hedui_span category(hedui_rules_differ *d, const hedui_rules_rule *rule)
{
    hedui_buffer text;
    hedui_buffer_init(&text);
    if (rule && rule->category)
        hedui_buffer_format(&text, "%lld", (long long)rule->category);
    return keep(d, &text);
}

hedui_status hedui_rules_compare_rule(hedui_rules_differ *d, const void *before, const void *after)
{
    static const field fields[] = {
        {"title", offsetof(hedui_rules_rule, title), 0},
        {"effect", offsetof(hedui_rules_rule, effect), 1},
        {"severity", offsetof(hedui_rules_rule, severity), 1},
        {"applies_to", offsetof(hedui_rules_rule, applies_to), 0},
        {"manual", offsetof(hedui_rules_rule, manual), 0},
        {"each", offsetof(hedui_rules_rule, each), 0},
        {"who", offsetof(hedui_rules_rule, who), 0},
        {"when", offsetof(hedui_rules_rule, when), 0},
        {"undetermined", offsetof(hedui_rules_rule, undetermined), 1},
        {"message", offsetof(hedui_rules_rule, message), 0},
        {"ask", offsetof(hedui_rules_rule, ask), 0},
        {"clears", offsetof(hedui_rules_rule, clears), 0},
        {"shown", offsetof(hedui_rules_rule, shown), 1},
        {"replaces", offsetof(hedui_rules_rule, replaces), 0},
        {0},
    };
    const hedui_rules_rule *b = before, *a = after;
    const hedui_span none = hedui_span_of("");
    hedui_status status = compare_fields(d, fields, b, a);
    if (!status)
        status = compare_text(d, "category", category(d, b), category(d, a));
    if (!status)
        status = compare_text(d, "basis", b ? basis(d, b->document, b->article) : none,
                              a ? basis(d, a->document, a->article) : none);
    if (!status)
        status = compare_text(d, "in_force", b ? days(d, b->from, b->to) : none,
                              a ? days(d, a->from, a->to) : none);
    return status ? status : compare_unless(d, b, a);
}
