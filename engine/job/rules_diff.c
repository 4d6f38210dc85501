/* Two sets of packs, item by item: what is said here to be the same is judged the same, save for
 * the order of rules. */
#include "job/rules_compare.h"

#include <stddef.h>
#include <string.h>

typedef struct differ {
    hedui_rules_differ parts; /* of the item being compared */
    const hedui_rules_book *before, *after;
    hedui_rules_change *changes;
    uint32_t count;
} differ;

/* The parts found so far become a change. */
static hedui_status end_item(differ *d, const char *kind, const char *change, hedui_span pack,
                             hedui_span id, hedui_span title)
{
    hedui_rules_part *parts = hedui_arena_array(d->parts.arena, d->parts.part_count, sizeof *parts);
    if (!parts || d->parts.failed)
        return hedui_fail_memory(d->parts.err);
    for (uint32_t i = 0; i < d->parts.part_count; i++)
        parts[i] = d->parts.parts[i];
    d->changes[d->count++] = (hedui_rules_change){
        .kind = kind,
        .change = change,
        .pack = pack,
        .id = id,
        .title = title,
        .parts = parts,
        .part_count = d->parts.part_count,
    };
    d->parts.part_count = 0;
    return HEDUI_OK;
}

/* --- pairing items ---------------------------------------------------------------------------- */

/* A list of one kind on one side. Every struct has pack, id and title. */
typedef struct list {
    const void *items;
    uint32_t count;
} list;

typedef struct kind {
    const char *name;
    size_t size, pack, id, title;
    list (*of)(const hedui_rules_book *book);
    hedui_status (*compare)(hedui_rules_differ *d, const void *before, const void *after);
    int by_pack; /* 1: the id alone does not tell which */
} kind;

static list documents_of(const hedui_rules_book *book)
{
    return (list){book->documents, book->document_count};
}

static list parameters_of(const hedui_rules_book *book)
{
    return (list){book->parameters, book->parameter_count};
}

static list values_of(const hedui_rules_book *book)
{
    return (list){book->values, book->value_count};
}

static list rules_of(const hedui_rules_book *book)
{
    return (list){book->rules, book->rule_count};
}

#define KIND(name, type, of, compare, by_pack)                                                     \
    {                                                                                              \
        name, sizeof(type), offsetof(type, pack), offsetof(type, id), offsetof(type, title), of,   \
            compare, by_pack                                                                       \
    }

static const kind kinds[] = {
    KIND("document", hedui_rules_document, documents_of, hedui_rules_compare_document, 1),
    KIND("parameter", hedui_rules_parameter, parameters_of, hedui_rules_compare_parameter, 0),
    KIND("value", hedui_rules_value, values_of, hedui_rules_compare_value, 0),
    KIND("rule", hedui_rules_rule, rules_of, hedui_rules_compare_rule, 0),
};

static const void *item_at(const kind *k, list items, uint32_t i)
{
    return (const char *)items.items + (size_t)i * k->size;
}

static hedui_span text_at(const void *item, size_t offset)
{
    return *(const hedui_span *)(const void *)((const char *)item + offset);
}

/* 1 if anything in a list comes from the item's pack. */
static int has_pack(const kind *k, list items, const void *item)
{
    for (uint32_t i = 0; i < items.count; i++)
        if (hedui_span_equal(text_at(item_at(k, items, i), k->pack), text_at(item, k->pack)))
            return 1;
    return 0;
}

/* Documents of a pack that is called otherwise on the other side are known by their ids. */
static const void *find_other(const kind *k, list items, const void *item)
{
    int by_pack = k->by_pack && has_pack(k, items, item);
    for (uint32_t i = 0; i < items.count; i++) {
        const void *other = item_at(k, items, i);
        if (hedui_span_equal(text_at(other, k->id), text_at(item, k->id)) &&
            (!by_pack || hedui_span_equal(text_at(other, k->pack), text_at(item, k->pack))))
            return other;
    }
    return NULL;
}

static hedui_status compare_one(differ *d, const kind *k, const void *before, const void *after)
{
    const void *item = after ? after : before;
    hedui_status status = k->compare(&d->parts, before, after);
    if (!status && (d->parts.part_count || !before || !after))
        status = end_item(d, k->name,
                          !before  ? "added"
                          : !after ? "removed"
                                   : "changed",
                          text_at(item, k->pack), text_at(item, k->id), text_at(item, k->title));
    return status;
}

static hedui_status compare_kind(differ *d, const kind *k)
{
    list before = k->of(d->before), after = k->of(d->after);
    hedui_status status = HEDUI_OK;
    for (uint32_t i = 0; i < after.count && !status; i++) {
        const void *item = item_at(k, after, i);
        status = compare_one(d, k, find_other(k, before, item), item);
    }
    for (uint32_t i = 0; i < before.count && !status; i++) {
        const void *item = item_at(k, before, i);
        if (!find_other(k, after, item))
            status = compare_one(d, k, item, NULL);
    }
    return status;
}

static hedui_status compare_packs(differ *d)
{
    hedui_status status = HEDUI_OK;
    for (int gone = 0; gone < 2; gone++) {
        const hedui_rules_book *these = gone ? d->before : d->after;
        const hedui_rules_book *others = gone ? d->after : d->before;
        for (uint32_t i = 0; i < these->pack_count && !status; i++) {
            uint32_t k = 0;
            while (k < others->pack_count && !hedui_span_equal(these->packs[i], others->packs[k]))
                k++;
            if (k == others->pack_count)
                status = end_item(d, "pack", gone ? "removed" : "added", these->packs[i],
                                  these->packs[i], these->pack_titles[i]);
        }
    }
    return status;
}

/* 1 if the item was found to be added or changed. */
static int is_changed(const differ *d, uint32_t count, const char *name, hedui_span id)
{
    for (uint32_t i = 0; i < count; i++)
        if (strcmp(d->changes[i].kind, name) == 0 && hedui_span_equal(d->changes[i].id, id))
            return 1;
    return 0;
}

/* 1 if a document carries rules otherwise: its text was seen or was not, or its kind is another. */
static int weighs_otherwise(const differ *d, uint32_t count, const hedui_rules_document *document)
{
    for (uint32_t i = 0; i < count; i++) {
        const hedui_rules_change *c = &d->changes[i];
        if (strcmp(c->kind, "document") != 0 || !hedui_span_equal(c->pack, document->pack) ||
            !hedui_span_equal(c->id, document->id))
            continue;
        for (uint32_t k = 0; k < c->part_count; k++)
            if (strcmp(c->parts[k].part, "confirmed") == 0 || strcmp(c->parts[k].part, "kind") == 0)
                return 1;
    }
    return 0;
}

static hedui_status add_cause(differ *d, const char *part, hedui_span id)
{
    return hedui_rules_add_part(&d->parts, (hedui_rules_part){.part = part,
                                                              .key = id,
                                                              .before = hedui_span_of(""),
                                                              .after = hedui_span_of("")});
}

static hedui_status find_causes(differ *d, uint32_t count, const hedui_rules_rule *rule)
{
    hedui_status status = HEDUI_OK;
    if (weighs_otherwise(d, count, rule->document))
        status = add_cause(d, "document", rule->document->id);
    for (uint32_t i = 0; i < rule->parameter_count && !status; i++)
        if (is_changed(d, count, "parameter", rule->parameters[i]->id))
            status = add_cause(d, "parameter", rule->parameters[i]->id);
    for (uint32_t i = 0; i < rule->value_count && !status; i++)
        if (is_changed(d, count, "value", rule->values[i]->id))
            status = add_cause(d, "value", rule->values[i]->id);
    return status;
}

/* Rules whose text is the same and which rest on what is not. */
static hedui_status find_affected(differ *d)
{
    uint32_t count = d->count;
    hedui_status status = HEDUI_OK;
    for (uint32_t r = 0; r < d->after->rule_count && !status; r++) {
        const hedui_rules_rule *rule = &d->after->rules[r];
        if (is_changed(d, count, "rule", rule->id))
            continue;
        status = find_causes(d, count, rule);
        if (!status && d->parts.part_count)
            status = end_item(d, "rule", "affected", rule->pack, rule->id, rule->title);
    }
    return status;
}

static size_t most_changes(const hedui_rules_book *book)
{
    return (size_t)book->pack_count + book->document_count + book->parameter_count +
           book->value_count + book->rule_count;
}

hedui_status hedui_job_rules_diff(const hedui_rules_diff **diff, const hedui_rules_book *before,
                                  const hedui_rules_book *after, hedui_arena *arena, hedui_err *err)
{
    differ d = {.parts = {.arena = arena, .err = err}, .before = before, .after = after};
    hedui_rules_diff *made = hedui_arena_take(arena, sizeof *made);
    d.changes =
        hedui_arena_array(arena, most_changes(before) + most_changes(after), sizeof *d.changes);
    if (!made || !d.changes)
        return hedui_fail_memory(err);
    hedui_status status = compare_packs(&d);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds && !status; i++)
        status = compare_kind(&d, &kinds[i]);
    if (!status)
        status = find_affected(&d);
    if (!status && d.parts.failed)
        status = hedui_fail_memory(err);
    if (status)
        return status;
    *made = (hedui_rules_diff){d.changes, d.count};
    *diff = made;
    return HEDUI_OK;
}
