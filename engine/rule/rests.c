/* What a rule rests on, followed through values to parameters, and from multiples to their bases.
 */
#include "rule/rests.h"

#include "rule/making.h"

typedef struct follower {
    const hedui_rulebook *book;
    hedui_rests rests;
    hedui_arena *arena;
} follower;

uint32_t hedui_rests_value_count(const hedui_rulebook *book)
{
    return book->household_value_count + book->member_value_count + book->supporter_value_count;
}

const hedui_value *hedui_rests_value(const hedui_rulebook *book, uint32_t index)
{
    if (index < book->household_value_count)
        return &book->household_values[index];
    index -= book->household_value_count;
    return index < book->member_value_count
               ? &book->member_values[index]
               : &book->supporter_values[index - book->member_value_count];
}

static void follow(follower *f, const hedui_cel_program *program);
static void use_value(follower *f, uint32_t index);

static void use_parameter(follower *f, uint32_t index)
{
    const hedui_parameter *p = f->book->parameters[index];
    if (f->rests.parameters[index])
        return;
    f->rests.parameters[index] = 1;
    for (uint32_t i = 0; i < p->row_count; i++)
        if (p->rows[i].multiple)
            use_parameter(f, p->rows[i].multiple->base->index);
    if (p->sized && f->book->size_slot != UINT32_MAX) /* its row is chosen by that value */
        use_value(f, f->book->size_slot - f->book->first_value);
}

static void use_value(follower *f, uint32_t index)
{
    const hedui_cel_program *program;
    if (f->rests.values[index])
        return;
    f->rests.values[index] = 1;
    for (uint32_t i = 0; (program = hedui_value_program(hedui_rests_value(f->book, index), i)); i++)
        follow(f, program);
}

/* param.x.at(...) is a call, no variable: found by its name. */
static void found_name(void *context, hedui_span name)
{
    follower *f = context;
    for (uint32_t i = 0; i < f->book->parameter_count; i++) {
        hedui_span id = f->book->parameters[i]->id;
        if (name.length >= 6 + id.length && memcmp(name.at, "param.", 6) == 0 &&
            memcmp(name.at + 6, id.at, id.length) == 0 &&
            (name.length == 6 + id.length || name.at[6 + id.length] == '.'))
            use_parameter(f, i);
    }
}

static void follow(follower *f, const hedui_cel_program *program)
{
    const hedui_rulebook *book = f->book;
    const hedui_catalogue *c = book->catalogue;
    hedui_cel_use use;
    hedui_cel_source source = {.text = hedui_cel_program_text(program), .file = "", .line = 1};
    for (uint32_t i = 0; hedui_cel_program_use(&use, program, i); i++) {
        if (use.record == c->member_type && use.field >= c->member_values)
            use_value(f, book->household_value_count + use.field - c->member_values);
        else if (use.record && use.record == c->supporter_household_type)
            use_value(f, book->household_value_count + book->member_value_count + use.field);
        else if (!use.record && use.slot >= book->first_value && use.slot < book->slot_count)
            use_value(f, use.slot - book->first_value);
        else if (!use.record && use.slot >= book->first_parameter && use.slot < book->first_value)
            use_parameter(f, use.slot - book->first_parameter);
    }
    (void)hedui_cel_names(&source, found_name, f, f->arena, NULL);
}

hedui_status hedui_rests_follow(hedui_rests *rests, const hedui_rulebook *book,
                                const hedui_rule *rule, hedui_arena *arena, hedui_err *err)
{
    follower f = {.book = book, .arena = arena};
    const hedui_cel_program *programs[] = {rule->each, rule->when, rule->who};
    const hedui_cel_program *hole;
    f.rests.parameters = hedui_arena_array(arena, book->parameter_count, 1);
    f.rests.values = hedui_arena_array(arena, hedui_rests_value_count(book), 1);
    if (!f.rests.parameters || !f.rests.values)
        return hedui_fail_memory(err);
    for (size_t i = 0; i < sizeof programs / sizeof *programs; i++)
        if (programs[i])
            follow(&f, programs[i]);
    for (uint32_t i = 0; i < rule->unless_count; i++)
        if (rule->unless[i].is)
            follow(&f, rule->unless[i].is);
    for (uint32_t i = 0; rule->message && (hole = hedui_cel_template_hole(rule->message, i)); i++)
        follow(&f, hole);
    *rests = f.rests;
    return HEDUI_OK;
}

/* A node with all below it, but for the entry `without` of the node itself. */
static void add_node(hedui_digester *d, const hedui_yaml_node *node, const char *without)
{
    hedui_digester_number(d, node->kind);
    if (node->kind == HEDUI_YAML_SCALAR)
        hedui_digester_field(d, node->text);
    for (uint32_t i = 0; i < node->count; i++) {
        if (node->kind == HEDUI_YAML_MAPPING) {
            if (without && hedui_span_is(node->keys[i]->text, without))
                continue;
            hedui_digester_field(d, node->keys[i]->text);
        }
        add_node(d, node->items[i], NULL);
    }
    hedui_digester_number(d, -1); /* the end: two lists in a row are not one */
}

static void add_texts(hedui_digester *d, const hedui_yaml_texts *texts)
{
    hedui_digester_number(d, texts->count);
    for (uint32_t i = 0; i < texts->count; i++)
        hedui_digester_field(d, texts->items[i]);
}

static const hedui_pack *pack_of(const hedui_rulebook *book, const hedui_parameter *parameter)
{
    for (uint32_t p = 0; p < book->pack_count; p++) {
        const hedui_pack *pack = book->packs[p];
        if (parameter >= pack->parameters && parameter < pack->parameters + pack->parameter_count)
            return pack;
    }
    return NULL;
}

/* A table's other rows rest on documents of their own: next year's standard of another city takes
 * nothing back. */
static void add_rows(hedui_digester *d, const hedui_rulebook *book, const hedui_parameter *p,
                     const hedui_document *document)
{
    const hedui_pack *pack = pack_of(book, p);
    for (uint32_t i = 0; pack && i < p->row_count; i++) {
        if (hedui_pack_document(pack, p->rows[i].basis.document) != document)
            continue;
        hedui_digester_field(d, p->id);
        add_node(d, p->rows[i].node, NULL);
    }
}

/* By name: the order in which values are compiled is no part of what they say. */
static hedui_status add_values(hedui_digester *d, const hedui_rulebook *book,
                               const hedui_rests *rests, hedui_arena *arena, hedui_err *err)
{
    uint32_t count = hedui_rests_value_count(book), used = 0;
    const hedui_value **list = hedui_arena_array(arena, count, sizeof *list);
    if (!list)
        return hedui_fail_memory(err);
    for (uint32_t i = 0; i < count; i++) {
        const hedui_value *v = hedui_rests_value(book, i);
        uint32_t at = used;
        if (!rests->values[i])
            continue;
        for (; at > 0 && hedui_span_compare(list[at - 1]->text->id, v->text->id) > 0; at--)
            list[at] = list[at - 1];
        list[at] = v;
        used++;
    }
    for (uint32_t i = 0; i < used; i++)
        add_node(d, list[i]->text->node, NULL);
    return HEDUI_OK;
}

hedui_status hedui_rule_said(hedui_digest *said, const hedui_rulebook *book, const hedui_rule *rule,
                             hedui_arena *arena, hedui_err *err)
{
    const hedui_document *document = rule->document;
    hedui_rests rests;
    hedui_status status = hedui_rests_follow(&rests, book, rule, arena, err);
    if (status)
        return status;
    hedui_digester *d = hedui_digester_open();
    if (!d)
        return hedui_fail_memory(err);
    hedui_digester_field(d, hedui_span_of("hedui rule as said 1"));
    hedui_digester_field(d, document->id);
    hedui_digester_field(d, document->title);
    hedui_digester_field(d, document->issuer);
    hedui_digester_field(d, document->number);
    hedui_digester_number(d, document->kind);
    hedui_digester_number(d, document->level);
    hedui_digester_number(d, document->date);
    hedui_digester_field(d, rule->pack->id);
    add_node(d, rule->text->node, "examples");
    add_texts(d, &rule->text->applies_to.programme); /* the pack's own, where the rule has none */
    add_texts(d, &rule->text->applies_to.urban_rural);
    add_texts(d, &rule->text->applies_to.status);
    status = add_values(d, book, &rests, arena, err);
    for (uint32_t i = 0; i < book->parameter_count; i++)
        if (rests.parameters[i])
            add_rows(d, book, book->parameters[i], document);
    if (!status)
        status = hedui_digester_end(said, d, err);
    hedui_digester_close(d);
    return status;
}
