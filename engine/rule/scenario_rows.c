/* The rows that an answer rests on, those whom it means, and what was searched without a record:
 * held against what a scenario says of them. */
#include "rule/pack_fields.h"
#include "rule/scene.h"

#include <stdlib.h>

static int by_place(const void *a, const void *b)
{
    const hedui_scene_row *x = a, *y = b;
    if (x->source != y->source)
        return x->source < y->source ? -1 : 1;
    return x->index < y->index ? -1 : x->index > y->index;
}

static uint32_t sort_rows(hedui_scene_row *rows, uint32_t count)
{
    uint32_t used = 0;
    if (count)
        qsort(rows, count, sizeof *rows, by_place);
    for (uint32_t i = 0; i < count; i++)
        if (!used || by_place(&rows[used - 1], &rows[i]) != 0)
            rows[used++] = rows[i];
    return used;
}

hedui_status hedui_scene_collect(hedui_scene_outcome *o, hedui_scene *s)
{
    uint32_t total = 0;
    for (const hedui_finding *f = s->judge.findings; f; f = f->next)
        total += f->rule == o->rule ? f->proof_count : 0;
    o->rows = hedui_arena_array(s->arena, total, sizeof *o->rows);
    o->searched = hedui_arena_array(s->arena, s->book.feed_count, 1);
    if (!o->rows || !o->searched)
        return hedui_fail_memory(s->err);
    for (const hedui_finding *f = s->judge.findings; f; f = f->next) {
        if (f->rule != o->rule)
            continue;
        o->flags++;
        for (uint32_t i = 0; i < f->proof_count; i++) {
            const hedui_proof *p = &f->proofs[i];
            if (p->row != HEDUI_NONE)
                o->rows[o->row_count++] = hedui_scene_row_of(s, p->source, p->row);
            else if (p->source < s->book.feed_count)
                o->searched[p->source] = 1;
        }
    }
    o->row_count = sort_rows(o->rows, o->row_count);
    return HEDUI_OK;
}

static void show_rows(hedui_buffer *out, const hedui_scene *s, const hedui_scene_row *rows,
                      uint32_t count)
{
    hedui_buffer_text(out, "[");
    for (uint32_t i = 0; i < count; i++) {
        hedui_buffer_text(out, i ? ", " : "");
        hedui_scene_show_row(out, s, rows[i]);
    }
    hedui_buffer_text(out, "]");
}

static hedui_status find_rows(hedui_scene_row **rows, uint32_t *count, const hedui_scene *s,
                              const hedui_yaml_texts *names, const hedui_yaml_node *node)
{
    hedui_scene_row *list = hedui_arena_array(s->arena, names->count, sizeof *list);
    if (!list)
        return hedui_fail_memory(s->err);
    for (uint32_t i = 0; i < names->count; i++) {
        const hedui_yaml_node *at = node->kind == HEDUI_YAML_SEQUENCE ? node->items[i] : node;
        hedui_status status = hedui_scene_find_row(&list[i], s, names->items[i], at);
        if (status)
            return status;
    }
    *rows = list;
    *count = sort_rows(list, names->count);
    return HEDUI_OK;
}

static int has_row(const hedui_scene_row *rows, uint32_t count, hedui_scene_row row)
{
    for (uint32_t i = 0; i < count; i++)
        if (by_place(&rows[i], &row) == 0)
            return 1;
    return 0;
}

/* 1 if a row is of the caseload: household, member, supporter. */
static int of_caseload(const hedui_scene *s, hedui_scene_row row)
{
    const hedui_catalogue *c = s->rulebook->catalogue;
    return row.source >= c->feed_count || row.source == c->supporters;
}

hedui_status hedui_scene_tell_rows(const hedui_scene *s, const hedui_scene_outcome *o,
                                   const hedui_rule_expectation *e, const hedui_yaml_node *node)
{
    hedui_scene_row *rows = NULL;
    uint32_t count = 0, shown = 0;
    hedui_status status = find_rows(&rows, &count, s, &e->rows, node);
    hedui_scene_row *compared = hedui_arena_array(s->arena, o->row_count, sizeof *compared);
    if (status || !compared)
        return status ? status : hedui_fail_memory(s->err);
    int same = 1;
    for (uint32_t i = 0; i < count; i++)
        same &= has_row(o->rows, o->row_count, rows[i]);
    for (uint32_t i = 0; i < o->row_count; i++) {
        int named = has_row(rows, count, o->rows[i]);
        same &= named || of_caseload(s, o->rows[i]);
        if (named || !of_caseload(s, o->rows[i]))
            compared[shown++] = o->rows[i];
    }
    hedui_buffer expected, actual;
    hedui_buffer_init(&expected);
    hedui_buffer_init(&actual);
    show_rows(&expected, s, rows, count);
    show_rows(&actual, s, compared, shown);
    return hedui_scene_tell(s, s->rulebook->rules[o->rule].text->id, "rows", &expected, &actual,
                            node, same);
}

hedui_status hedui_scene_tell_who(const hedui_scene *s, const hedui_scene_outcome *o,
                                  const hedui_rule_expectation *e, const hedui_yaml_node *node)
{
    hedui_scene_row *named = NULL, *meant;
    uint32_t count = 0, meant_count = 0;
    const hedui_catalogue *c = s->rulebook->catalogue;
    hedui_status status = find_rows(&named, &count, s, &e->who, node);
    meant = hedui_arena_array(s->arena, o->flags, sizeof *meant);
    if (status || !meant)
        return status ? status : hedui_fail_memory(s->err);
    for (const hedui_finding *f = s->judge.findings; f; f = f->next)
        if (f->rule == o->rule && f->member != HEDUI_NONE)
            meant[meant_count++] = hedui_scene_row_of(s, (uint16_t)(c->feed_count + 1), f->member);
    meant_count = sort_rows(meant, meant_count);
    int same = count == meant_count;
    for (uint32_t i = 0; same && i < count; i++)
        same = by_place(&named[i], &meant[i]) == 0;
    hedui_buffer expected, actual;
    hedui_buffer_init(&expected);
    hedui_buffer_init(&actual);
    show_rows(&expected, s, named, count);
    show_rows(&actual, s, meant, meant_count);
    return hedui_scene_tell(s, s->rulebook->rules[o->rule].text->id, "who", &expected, &actual,
                            node, same);
}

hedui_status hedui_scene_tell_searched(const hedui_scene *s, const hedui_scene_outcome *o,
                                       const hedui_rule_expectation *e, const hedui_yaml_node *node)
{
    hedui_buffer expected, actual;
    uint8_t *named = hedui_arena_array(s->arena, s->book.feed_count, 1);
    if (!named)
        return hedui_fail_memory(s->err);
    for (uint32_t i = 0; i < e->searched.count; i++) {
        const hedui_yaml_node *at = node->kind == HEDUI_YAML_SEQUENCE ? node->items[i] : node;
        uint16_t source;
        hedui_status status = hedui_scene_find_source(&source, s, e->searched.items[i], at);
        if (status)
            return status;
        if (source >= s->book.feed_count)
            return hedui_yaml_fail(s->err, s->scenario->yaml, at, HEDUI_E3067,
                                   HEDUI_ARG_SPAN(e->searched.items[i]));
        named[source] = 1;
    }
    hedui_buffer_init(&expected);
    hedui_buffer_init(&actual);
    int same = 1;
    for (uint16_t f = 0; f < s->book.feed_count; f++) {
        same &= named[f] == o->searched[f];
        hedui_buffer_text(&expected, named[f] && expected.length ? ", " : "");
        hedui_buffer_text(&actual, o->searched[f] && actual.length ? ", " : "");
        if (named[f])
            hedui_buffer_add(&expected, hedui_scene_source_name(s, f));
        if (o->searched[f])
            hedui_buffer_add(&actual, hedui_scene_source_name(s, f));
    }
    return hedui_scene_tell(s, s->rulebook->rules[o->rule].text->id, "searched", &expected, &actual,
                            node, same);
}
