/** @file
 * A shipped pack before random households, for tests of what must hold for the evidence of any
 * rule: what each rule reads by its text, and how a household is made to lack something.
 */
#ifndef HEDUI_TESTS_RULE_WORLD_H
#define HEDUI_TESTS_RULE_WORLD_H

#include "household.h"

typedef struct world {
    hedui_arena *arena;
    const hedui_rulebook *book;
    uint8_t *reads;   /* [rule][feed]: the rule or a value it uses names the list */
    uint8_t *assumes; /* [rule]: known() or assume() is in it */
    uint8_t *sums;    /* [rule]: a sum is in it */
} world;

/* By the text alone, so that nothing of the compiler is believed: an expression that contains a
 * name is taken to use it. */
typedef struct closure {
    const world *w;
    const hedui_value *values[256];
    uint32_t count;
    uint8_t *reads, *assumes, *sums;
} closure;

static inline int contains(hedui_span text, hedui_span part)
{
    return part.length && text.length && memmem(text.at, text.length, part.at, part.length) != NULL;
}

static inline void take_text(closure *c, hedui_span text);

static inline void take_value(closure *c, const hedui_value *value)
{
    for (uint32_t i = 0; i < c->count; i++)
        if (c->values[i] == value)
            return;
    assert_true(c->count < 256);
    c->values[c->count++] = value;
    const hedui_value_definition *d = value->text;
    if (d->is)
        take_text(c, d->is->text);
    const hedui_value_line_text *lines = d->breakdown.items;
    for (uint32_t i = 0; i < d->breakdown.count; i++)
        take_text(c, lines[i].is->text);
}

static inline void take_values(closure *c, hedui_span text, const hedui_value *values,
                               uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (contains(text, values[i].text->id))
            take_value(c, &values[i]);
}

static inline void take_text(closure *c, hedui_span text)
{
    const hedui_rulebook *book = c->w->book;
    for (uint32_t f = 0; f < book->catalogue->feed_count; f++)
        c->reads[f] |= (uint8_t)(contains(text, book->catalogue->feeds[f]->as) ||
                                 (book->catalogue->feeds[f]->benefit.month != HEDUI_COLUMN_NONE &&
                                  contains(text, hedui_span_of("benefit_intervals"))));
    *c->assumes |= (uint8_t)(contains(text, hedui_span_of("assume(")) ||
                             contains(text, hedui_span_of("known(")));
    *c->sums |= (uint8_t)contains(text, hedui_span_of(".sumOf("));
    take_values(c, text, book->household_values, book->household_value_count);
    take_values(c, text, book->member_values, book->member_value_count);
    take_values(c, text, book->supporter_values, book->supporter_value_count);
    if (contains(text, hedui_span_of("param.")) && book->size_slot != UINT32_MAX)
        take_values(c, hedui_span_of("household_size"), book->household_values,
                    book->household_value_count);
}

static inline void take_rule(const world *w, uint32_t rule)
{
    uint32_t feeds = w->book->catalogue->feed_count;
    closure c = {.w = w,
                 .reads = w->reads + (size_t)rule * feeds,
                 .assumes = w->assumes + rule,
                 .sums = w->sums + rule};
    const hedui_rule_text *text = w->book->rules[rule].text;
    const hedui_yaml_node *nodes[] = {text->when, text->who, text->message_node,
                                      text->each ? text->each->items[0] : NULL};
    for (size_t i = 0; i < sizeof nodes / sizeof *nodes; i++)
        if (nodes[i])
            take_text(&c, nodes[i]->text);
    const hedui_unless *unless = text->unless.items;
    for (uint32_t i = 0; i < text->unless.count; i++)
        if (unless[i].is)
            take_text(&c, unless[i].is->text);
}

static inline void open_world(world *w, const char *pack)
{
    static const char *const feeds[] = {HEDUI_SOURCE_DIR "/feeds"};
    const hedui_layouts *layouts = NULL;
    hedui_err err;
    hedui_err_init(&err);
    w->arena = hedui_arena_open(0);
    assert_int_equal(hedui_layouts_load(&layouts, feeds, 1, w->arena, NULL, NULL), HEDUI_OK);
    if (hedui_rulebook_make(&w->book, &pack, 1, layouts, w->arena, NULL, &err))
        fail_msg("E%d %s:%u", (int)err.status, err.file, err.line);
    size_t rules = w->book->rule_count, count = w->book->catalogue->feed_count;
    assert_true(count <= LISTS);
    w->reads = hedui_arena_array(w->arena, rules * count, 1);
    w->assumes = hedui_arena_array(w->arena, rules, 1);
    w->sums = hedui_arena_array(w->arena, rules, 1);
    for (uint32_t r = 0; r < rules; r++)
        if (w->book->rules[r].when)
            take_rule(w, r);
}

static const char *const packs[] = {HEDUI_SOURCE_DIR "/rules/packs/cleanup-2014",
                                    HEDUI_SOURCE_DIR "/rules/packs/national-common",
                                    HEDUI_SOURCE_DIR "/tests/rules/values"};
enum { PACKS = sizeof packs / sizeof *packs };

static inline void tell(const world *w, const drawn_household *h, uint32_t rule)
{
    hedui_buffer text;
    hedui_buffer_init(&text);
    write_household(&text, h, w->book->catalogue);
    hedui_buffer_byte(&text, '\0');
    print_error("%s in\n%s", w->book->rules[rule].text->id.at, text.data);
    hedui_buffer_free(&text);
}

static inline void mark_incomplete(hedui_book *book, hedui_arena *arena, uint32_t source,
                                   uint32_t member)
{
    hedui_feed_book *feed = (hedui_feed_book *)(uintptr_t)&book->feeds[source];
    uint64_t *bits = (uint64_t *)(uintptr_t)feed->incomplete;
    if (!bits)
        feed->incomplete = bits = hedui_arena_array(arena, 2, sizeof *bits);
    for (uint32_t m = 0; m < book->caseload->member_count; m++)
        if (member == HEDUI_NONE || member == m)
            bits[m / 64] |= UINT64_C(1) << (m % 64);
}

static inline void withdraw_links(hedui_book *book, uint32_t source, const uint8_t *gone)
{
    hedui_feed_book *feed = (hedui_feed_book *)(uintptr_t)&book->feeds[source];
    hedui_link *links = (hedui_link *)(uintptr_t)feed->links;
    uint32_t *first = (uint32_t *)(uintptr_t)feed->first, kept = 0;
    for (uint32_t i = 0; i < feed->link_count; i++)
        if (!gone[i])
            links[kept++] = links[i];
    feed->link_count = first[1] = kept;
}

static inline int is_raised(const verdict *v, hedui_span subject)
{
    for (const hedui_finding *f = v->first; f; f = f->next)
        if (hedui_span_equal(f->subject, subject))
            return 1;
    return 0;
}

#endif
