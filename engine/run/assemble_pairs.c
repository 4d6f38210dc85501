/* Rows that decisions on record speak of: told by whom they are not, and where they stood. */
#include "run/assembling.h"

#include <stdlib.h>

typedef hedui_met_entry entry;

/* What the row says goes before its place, so that another order of the file makes no other
 * result. */
static int by_household(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    const hedui_link *l = &x->row->link, *r = &y->row->link;
    if (x->household != y->household)
        return x->household < y->household ? -1 : 1;
    if (x->feed != y->feed)
        return x->feed < y->feed ? -1 : 1;
    if (l->member != r->member)
        return l->member < r->member ? -1 : 1;
    int order = hedui_span_compare(x->row->pair->id, y->row->pair->id);
    if (!order)
        order = memcmp(&x->row->content, &y->row->content, sizeof x->row->content);
    if (order || l->delivery != r->delivery)
        return order ? order : l->delivery < r->delivery ? -1 : 1;
    return l->fact < r->fact ? -1 : l->fact > r->fact;
}

/* The entries of households that the result has; only counted where `list` is NULL. */
static uint32_t collect(entry *list, const assembler *a)
{
    uint32_t count = 0;
    for (uint32_t f = 0; f < a->book->feed_count; f++)
        for (uint32_t i = 0; i < a->book->feeds[f].met_count; i++) {
            const hedui_met_row *row = &a->book->feeds[f].met[i];
            uint32_t place = a->place[a->book->caseload->members[row->link.member].household];
            if (place == HEDUI_NONE)
                continue;
            if (list)
                list[count] = (entry){row, place, f};
            count++;
        }
    return count;
}

static void assemble_one(assembler *a, hedui_run_met *to, const entry *from)
{
    const hedui_caseload *c = a->book->caseload;
    const hedui_link *link = &from->row->link;
    const hedui_delivery *delivery = a->book->feeds[from->feed].deliveries[link->delivery];
    const hedui_fact fact = hedui_facts_at(delivery->facts, link->fact);
    char masked[HEDUI_CITIZEN_ID_TEXT];
    hedui_citizen_id_mask(masked, c->persons[c->members[link->member].person].id);
    *to = (hedui_run_met){.household = from->household - a->first_place,
                          .delivery = a->first[from->feed] + link->delivery,
                          .pair = keep(a, from->row->pair->id),
                          .state = (hedui_run_met_state)from->row->state,
                          .person = keep(a, hedui_member_name(c, link->member)),
                          .person_masked = keep(a, hedui_span_of(masked)),
                          .offset = (int64_t)fact.offset,
                          .line = fact.line,
                          .length = fact.length};
}

void hedui_assemble_met_entries(assembler *a)
{
    a->met_count = collect(NULL, a);
    a->met = room(a, a->met_count, sizeof *a->met);
    if (!a->met)
        return;
    (void)collect(a->met, a);
    if (a->met_count)
        qsort(a->met, a->met_count, sizeof *a->met, by_household);
}

void hedui_assemble_met(assembler *a, hedui_run_result *part, uint32_t count)
{
    uint32_t from = 0, to;
    while (from < a->met_count && a->met[from].household < a->first_place)
        from++;
    for (to = from; to < a->met_count && a->met[to].household < a->first_place + count;)
        to++;
    hedui_run_met *met = room(a, to - from, sizeof *met);
    for (uint32_t i = from; met && i < to; i++)
        assemble_one(a, &met[i - from], &a->met[i]);
    part->met = met;
    part->met_count = met ? to - from : 0;
}
