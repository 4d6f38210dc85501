/* Rings among values of all kinds: a household's value may use its members' values, and theirs may
 * use the household's. Each value is a node; what its programs read are its edges. */
#include "rule/making.h"

typedef struct graph {
    const hedui_rulebook *book;
    uint32_t households, members, count; /* nodes: household values, members', supporters' */
    uint8_t *state;                      /* 0 new, 1 on the path, 2 done */
    uint32_t *path;
    uint32_t depth;
} graph;

static const hedui_value *value_at(const graph *g, uint32_t node)
{
    if (node < g->households)
        return &g->book->household_values[node];
    node -= g->households;
    return node < g->members ? &g->book->member_values[node]
                             : &g->book->supporter_values[node - g->members];
}

/* The node that a use is of, or UINT32_MAX. */
static uint32_t node_of(const graph *g, const hedui_cel_use *use)
{
    const hedui_catalogue *c = g->book->catalogue;
    if (use->record == c->member_type && use->field >= c->member_values)
        return g->households + use->field - c->member_values;
    if (use->record == c->supporter_household_type)
        return g->households + g->members + use->field;
    if (use->record)
        return UINT32_MAX;
    if (use->slot >= g->book->first_value && use->slot < g->book->slot_count)
        return use->slot - g->book->first_value;
    uint32_t parameter = use->slot - g->book->first_parameter;
    if (use->slot >= g->book->first_parameter && parameter < g->book->parameter_count &&
        g->book->parameters[parameter]->sized && g->book->size_slot != UINT32_MAX)
        return g->book->size_slot - g->book->first_value;
    return UINT32_MAX;
}

/* @return the node at which a ring closes, or UINT32_MAX. */
static uint32_t visit(graph *g, uint32_t node)
{
    const hedui_cel_program *program;
    g->state[node] = 1;
    g->path[g->depth++] = node;
    for (uint32_t p = 0; (program = hedui_value_program(value_at(g, node), p)); p++) {
        hedui_cel_use use;
        for (uint32_t i = 0; hedui_cel_program_use(&use, program, i); i++) {
            uint32_t next = node_of(g, &use);
            if (next == UINT32_MAX || g->state[next] == 2)
                continue;
            uint32_t closed = g->state[next] == 1 ? next : visit(g, next);
            if (closed != UINT32_MAX)
                return closed;
        }
    }
    g->depth--;
    g->state[node] = 2;
    return UINT32_MAX;
}

static hedui_status name_ring(hedui_making *m, const graph *g, uint32_t closed)
{
    const hedui_value *v = value_at(g, closed);
    hedui_buffer ring;
    uint32_t from = 0;
    while (g->path[from] != closed)
        from++;
    hedui_buffer_init(&ring);
    for (uint32_t i = from; i < g->depth; i++) {
        hedui_buffer_add(&ring, value_at(g, g->path[i])->text->id);
        hedui_buffer_text(&ring, " → ");
    }
    hedui_buffer_add(&ring, v->text->id);
    hedui_status status = hedui_making_fault(m, v->pack->yaml, v->text->node, HEDUI_E3010,
                                             (hedui_arg)HEDUI_ARG_SPAN(v->text->id),
                                             (hedui_arg)HEDUI_ARG_SPAN(hedui_buffer_span(&ring)));
    hedui_buffer_free(&ring);
    return status;
}

hedui_status hedui_making_rings(hedui_making *m)
{
    graph g = {.book = m->book,
               .households = m->book->household_value_count,
               .members = m->book->member_value_count};
    g.count = g.households + g.members + m->book->supporter_value_count;
    g.state = hedui_arena_array(m->arena, g.count, sizeof *g.state);
    g.path = hedui_arena_array(m->arena, g.count, sizeof *g.path);
    if (!g.state || !g.path)
        return hedui_fail_memory(m->err);
    for (uint32_t i = 0; i < g.count; i++) {
        uint32_t closed = g.state[i] ? UINT32_MAX : visit(&g, i);
        if (closed != UINT32_MAX)
            return name_ring(m, &g, closed);
    }
    return HEDUI_OK;
}
