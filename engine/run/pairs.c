/* The content decides: with other facts it is another row, and only its key tells that people knew
 * the one before. Rows of people without such a decision cost one bit test. */
#include "run/pairs.h"

#include "run/gather.h"

#include <stdlib.h>

static int by_person(const void *a, const void *b)
{
    const hedui_bound_pair *x = a, *y = b;
    if (x->person != y->person)
        return x->person < y->person ? -1 : 1;
    return x->pair < y->pair ? -1 : x->pair > y->pair; /* as they stand in the prior */
}

/* The first pair of a token, or the count: pairs stand by token. */
static uint32_t first_of(const hedui_prior *prior, uint64_t token)
{
    uint32_t low = 0, high = prior->pair_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (prior->pairs[middle].person < token)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

hedui_status hedui_pairs_bind(hedui_bound_pairs *bound, const hedui_prior *prior, int32_t as_of,
                              const hedui_caseload *caseload, hedui_reply_tokens *tokens,
                              hedui_arena *arena, hedui_err *err)
{
    uint32_t count = 0, pairs = prior ? prior->pair_count : 0;
    *bound = (hedui_bound_pairs){.as_of = as_of};
    if (!pairs)
        return HEDUI_OK;
    hedui_bound_pair *list = hedui_arena_array(arena, pairs, sizeof *list);
    hedui_status status =
        list ? hedui_reply_tokens_make(tokens, caseload, arena, err) : hedui_fail_memory(err);
    if (status)
        return status;
    for (uint32_t p = 0; p < caseload->person_count; p++) /* no two of them share a number */
        for (uint32_t i = first_of(prior, tokens->of_person[p]);
             i < pairs && prior->pairs[i].person == tokens->of_person[p] && count < pairs; i++)
            list[count++] = (hedui_bound_pair){p, &prior->pairs[i]};
    if (count)
        qsort(list, count, sizeof *list, by_person);
    bound->list = list;
    bound->count = count;
    return HEDUI_OK;
}

hedui_status hedui_pair_key(hedui_digest *key, const hedui_facts *facts, uint32_t fact,
                            hedui_err *err)
{
    hedui_buffer text;
    hedui_digester *digester = hedui_digester_open();
    hedui_status status = digester ? HEDUI_OK : hedui_fail_memory(err);
    hedui_buffer_init(&text);
    hedui_facts_key(&text, facts, fact);
    if (!status && hedui_buffer_failed(&text))
        status = hedui_fail_memory(err);
    if (!status) {
        hedui_digester_field(digester, facts->layout->name);
        hedui_digester_field(digester, hedui_buffer_span(&text));
        status = hedui_digester_end(key, digester, err);
    }
    hedui_buffer_free(&text);
    hedui_digester_close(digester);
    return status;
}

/* --- meeting rows ----------------------------------------------------------------------------- */

typedef struct meeting {
    hedui_feed_book *feed;
    const hedui_caseload *caseload;
    const hedui_bound_pair *pairs; /* of this feed, by person */
    uint32_t pair_count;
    int32_t as_of;
    uint64_t *concerned; /* bit by person */
    hedui_met_row *met;
    uint32_t met_count, room;
    hedui_arena *arena;
} meeting;

static int in_force(const meeting *m, const hedui_pair *pair)
{
    return !pair->revoked && m->as_of <= pair->until;
}

/* What the decisions about its person say of a row. @return 1 if any speaks of it; -1 without
 * memory. */
static int find(hedui_met_row *row, const meeting *m, const hedui_facts *facts, uint32_t fact)
{
    uint32_t person = hedui_facts_person(facts, fact), i = 0;
    hedui_digest key;
    if (hedui_facts_digest(&row->content, facts, fact, NULL) ||
        hedui_pair_key(&key, facts, fact, NULL))
        return -1;
    while (i < m->pair_count && m->pairs[i].person < person)
        i++;
    for (; i < m->pair_count && m->pairs[i].person == person; i++) {
        const hedui_pair *pair = m->pairs[i].pair;
        if (memcmp(&pair->key, &key, sizeof key) != 0)
            continue;
        if (memcmp(&pair->content, &row->content, sizeof key) == 0) {
            row->pair = pair;
            row->state = in_force(m, pair) ? HEDUI_MET_LEFT_OUT
                         : pair->revoked   ? HEDUI_MET_REVOKED
                                           : HEDUI_MET_EXPIRED;
            return 1;
        }
        if (in_force(m, pair) && (!row->pair || hedui_span_compare(row->pair->id, pair->id) < 0)) {
            row->pair = pair;
            row->state = HEDUI_MET_CHANGED;
        }
    }
    return row->pair != NULL;
}

static int add(meeting *m, const hedui_met_row *row)
{
    if (m->met_count == m->room) {
        uint32_t room = m->room ? m->room * 2 : 16;
        hedui_met_row *larger = hedui_arena_array(m->arena, room, sizeof *larger);
        if (!larger)
            return 0;
        if (m->met_count)
            memcpy(larger, m->met, m->met_count * sizeof *larger);
        m->met = larger;
        m->room = room;
    }
    m->met[m->met_count++] = *row;
    return 1;
}

static int meet(meeting *m, uint16_t delivery, uint32_t fact, uint64_t *left_out)
{
    const hedui_caseload *c = m->caseload;
    const hedui_facts *facts = m->feed->deliveries[delivery]->facts;
    const hedui_person *p = &c->persons[hedui_facts_person(facts, fact)];
    hedui_met_row row = {.link = {.fact = fact, .delivery = delivery}};
    int found = find(&row, m, facts, fact);
    if (found <= 0)
        return found == 0;
    if (row.state == HEDUI_MET_LEFT_OUT)
        left_out[fact / 64] |= UINT64_C(1) << (fact % 64);
    for (uint32_t at = p->first; at < p->first + p->count; at++) {
        row.link.member = c->places[at];
        if (c->members[row.link.member].authorised && !add(m, &row))
            return 0;
    }
    return 1;
}

static int meet_delivery(meeting *m, uint16_t delivery)
{
    const hedui_facts *facts = m->feed->deliveries[delivery]->facts;
    uint64_t *left_out = hedui_arena_array(m->arena, facts->count / 64 + 1, sizeof *left_out);
    m->feed->left_out[delivery] = left_out;
    if (!left_out)
        return 0;
    for (uint32_t i = 0; i < facts->count; i++) {
        uint32_t person;
        if (hedui_gather_uses(&person, facts, i, m->feed) &&
            (m->concerned[person / 64] >> (person % 64) & 1) && !meet(m, delivery, i, left_out))
            return 0;
    }
    return 1;
}

/* The pairs of this feed and whom they concern. */
static int choose(meeting *m, const hedui_bound_pairs *bound)
{
    hedui_bound_pair *pairs = hedui_arena_array(m->arena, bound->count, sizeof *pairs);
    m->concerned =
        hedui_arena_array(m->arena, m->caseload->person_count / 64 + 1, sizeof *m->concerned);
    if (!pairs || !m->concerned)
        return 0;
    for (uint32_t i = 0; i < bound->count; i++) {
        uint32_t person = bound->list[i].person;
        if (!hedui_span_equal(bound->list[i].pair->feed, m->feed->layout->name))
            continue;
        pairs[m->pair_count++] = bound->list[i];
        m->concerned[person / 64] |= UINT64_C(1) << (person % 64);
    }
    m->pairs = pairs;
    return 1;
}

hedui_status hedui_pairs_meet(hedui_feed_book *feed, const hedui_bound_pairs *bound,
                              const hedui_caseload *caseload, hedui_arena *arena, hedui_err *err)
{
    meeting m = {.feed = feed, .caseload = caseload, .as_of = bound->as_of, .arena = arena};
    if (!bound->count)
        return HEDUI_OK;
    if (!choose(&m, bound))
        return hedui_fail_memory(err);
    if (!m.pair_count)
        return HEDUI_OK;
    feed->left_out = hedui_arena_array(arena, feed->delivery_count, sizeof *feed->left_out);
    if (!feed->left_out)
        return hedui_fail_memory(err);
    for (uint32_t d = 0; d < feed->delivery_count; d++)
        if (!meet_delivery(&m, (uint16_t)d))
            return hedui_fail_memory(err);
    feed->met = m.met;
    feed->met_count = m.met_count;
    return HEDUI_OK;
}
