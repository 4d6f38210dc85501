/* The arrays of a syntax tree: nodes and, beside them, the lists of children. */
#include "cel/internal.h"

int hedui_cel_grow(compiler *c, void **array, uint32_t *capacity, uint32_t need, size_t size)
{
    if (need <= *capacity)
        return 1;
    uint32_t more = *capacity ? *capacity * 2 : 64;
    while (more < need)
        more *= 2;
    void *bigger = hedui_arena_array(c->arena, more, size);
    if (!bigger) {
        hedui_cel_report_memory(c);
        return 0;
    }
    if (*capacity)
        memcpy(bigger, *array, (size_t)*capacity * size);
    *array = bigger;
    *capacity = more;
    return 1;
}

uint32_t hedui_cel_node_add(compiler *c, op kind, uint32_t begin, uint32_t end)
{
    hedui_cel_program *program = c->program;
    if (program->node_count >= MAX_NODES) {
        if (program->node_count == MAX_NODES)
            report(c, begin, end, HEDUI_E3209, HEDUI_ARG_NUMBER(MAX_NODES));
        return NONE;
    }
    void *nodes = program->nodes;
    if (!hedui_cel_grow(c, &nodes, &program->node_capacity, program->node_count + 1, sizeof(node)))
        return NONE;
    program->nodes = nodes;
    node *n = &program->nodes[program->node_count];
    memset(n, 0, sizeof *n);
    n->op = (uint8_t)kind;
    n->begin = n->at = begin;
    n->end = n->at_end = end;
    n->index = NONE;
    n->depth = 1;
    return program->node_count++;
}

void hedui_cel_node_children(compiler *c, uint32_t index, const uint32_t *children, uint32_t count)
{
    hedui_cel_program *program = c->program;
    void *edges = program->edges;
    if (!hedui_cel_grow(c, &edges, &program->edge_capacity, program->edge_count + count,
                        sizeof(uint32_t)))
        return;
    program->edges = edges;
    node *n = &program->nodes[index];
    n->first = program->edge_count;
    n->count = count;
    for (uint32_t i = 0; i < count; i++) {
        program->edges[program->edge_count++] = children[i];
        uint16_t depth = program->nodes[children[i]].depth;
        if (depth >= n->depth)
            n->depth = (uint16_t)(depth + 1);
    }
}
