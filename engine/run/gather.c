/* Gathering is a counting sort: members stand in the order of their households, so sorting links by
 * member index sorts them by household as well, and counting keeps the order of the file within a
 * member. Feeds are independent of each other. */
#include "run/gather.h"
#include "run/match.h"

#include <omp.h>

/* A row belongs at each place of its person where the check was authorised; at the others it must
 * not even be known. The next such place from `at` on, or `end`. */
static uint32_t next_place(const hedui_caseload *c, uint32_t at, uint32_t end)
{
    while (at < end && !c->members[c->places[at]].authorised)
        at++;
    return at;
}

static int is_linked(uint32_t *person, const hedui_facts *facts, uint32_t fact,
                     const hedui_feed_book *feed, uint32_t delivery)
{
    return hedui_gather_uses(person, facts, fact, feed) &&
           !(feed->left_out && (feed->left_out[delivery][fact / 64] >> (fact % 64) & 1));
}

static void count_links(uint32_t *starts, const hedui_feed_book *feed, uint32_t delivery,
                        const hedui_caseload *c)
{
    const hedui_facts *facts = feed->deliveries[delivery]->facts;
    for (uint32_t i = 0; i < facts->count; i++) {
        uint32_t person;
        if (!is_linked(&person, facts, i, feed, delivery))
            continue;
        const hedui_person *p = &c->persons[person];
        uint32_t end = p->first + p->count;
        for (uint32_t at = next_place(c, p->first, end); at < end; at = next_place(c, at + 1, end))
            starts[c->places[at] + 1]++;
    }
}

/* @param matches  With the first place of each fact's person, see hedui_gauge; NULL: unknown. */
static void fill_links(hedui_link *links, uint32_t *next, const hedui_feed_book *feed,
                       uint16_t delivery, const uint8_t *matches, const hedui_caseload *c)
{
    const hedui_facts *facts = feed->deliveries[delivery]->facts;
    for (uint32_t i = 0; i < facts->count; i++) {
        uint32_t person;
        if (!is_linked(&person, facts, i, feed, delivery))
            continue;
        const hedui_person *p = &c->persons[person];
        uint32_t end = p->first + p->count;
        for (uint32_t at = next_place(c, p->first, end); at < end;
             at = next_place(c, at + 1, end)) {
            uint32_t member = c->places[at];
            uint8_t match = matches && at == p->first
                                ? matches[i]
                                : (uint8_t)hedui_match_strength(c, member, facts, i);
            links[next[member]++] = (hedui_link){member, i, delivery, match};
        }
    }
}

static void mark_rejected(uint64_t *bits, const hedui_delivery *delivery, const hedui_caseload *c)
{
    for (uint32_t i = 0; i < delivery->rejected_person_count; i++) {
        const hedui_person *p = &c->persons[delivery->rejected_persons[i]];
        for (uint32_t at = p->first; at < p->first + p->count; at++)
            bits[c->places[at] / 64] |= UINT64_C(1) << (c->places[at] % 64);
    }
}

static hedui_status gather_one(hedui_feed_book *feed, const hedui_caseload *c,
                               const hedui_gauge *gauges, const hedui_bound_pairs *pairs,
                               uint32_t *starts, hedui_arena *arena, hedui_err *err)
{
    size_t members = c->member_count;
    uint32_t *first = hedui_arena_array(arena, (size_t)c->household_count + 1, sizeof *first);
    uint64_t *bits = hedui_arena_array(arena, members / 64 + 1, sizeof *bits);
    if (!first || !bits)
        return hedui_fail_memory(err);
    hedui_status status = hedui_pairs_meet(feed, pairs, c, arena, err);
    if (status)
        return status;
    memset(starts, 0, (members + 1) * sizeof *starts);
    for (uint32_t d = 0; d < feed->delivery_count; d++)
        count_links(starts, feed, d, c);
    for (size_t m = 0; m < members; m++)
        starts[m + 1] += starts[m];
    uint32_t total = starts[members];
    hedui_link *links = hedui_arena_array(arena, total, sizeof *links);
    if (!links)
        return hedui_fail_memory(err);
    for (uint32_t h = 0; h < c->household_count; h++)
        first[h] = c->households[h].count + c->households[h].supporters
                       ? starts[c->households[h].first]
                       : UINT32_MAX;
    first[c->household_count] = total;
    for (uint32_t h = c->household_count; h-- > 0;)
        if (first[h] == UINT32_MAX)
            first[h] = first[h + 1]; /* a household without members has no links */
    for (uint32_t d = 0; d < feed->delivery_count; d++) {
        fill_links(links, starts, feed, (uint16_t)d, gauges ? gauges[d].matches : NULL, c);
        mark_rejected(bits, feed->deliveries[d], c);
    }
    feed->links = links;
    feed->link_count = total;
    feed->first = first;
    feed->incomplete = bits;
    return HEDUI_OK;
}

/* The supporters' own rows are the caseload's: each belongs to its place, whoever authorised. */
static hedui_status gather_supporters(hedui_feed_book *feed, const hedui_caseload *c,
                                      hedui_arena *arena, hedui_err *err)
{
    uint32_t *first = hedui_arena_array(arena, (size_t)c->household_count + 1, sizeof *first);
    hedui_link *links = hedui_arena_array(arena, c->member_count, sizeof *links);
    uint32_t count = 0;
    if (!first || !links)
        return hedui_fail_memory(err);
    for (uint32_t h = 0; h < c->household_count; h++) {
        uint32_t from = c->households[h].first + c->households[h].count;
        first[h] = count;
        for (uint32_t m = from; m < from + c->households[h].supporters; m++)
            links[count++] = (hedui_link){m, c->members[m].fact, 0, HEDUI_MATCH_ID_NAME};
    }
    first[c->household_count] = count;
    feed->links = links;
    feed->link_count = count;
    feed->first = first;
    feed->asked = 1;
    return HEDUI_OK;
}

static int is_supporters(const hedui_feed_book *feed, const hedui_caseload *c)
{
    return c->supporter_delivery && feed->layout == c->supporter_delivery->layout;
}

static hedui_status gather_feed(hedui_feed_book *feed, const hedui_caseload *c,
                                const hedui_gauge *gauges, const hedui_bound_pairs *pairs,
                                uint32_t *starts, hedui_arena *arena)
{
    if (feed->cause != HEDUI_CAUSE_NONE)
        return HEDUI_OK;
    return is_supporters(feed, c) ? gather_supporters(feed, c, arena, NULL)
                                  : gather_one(feed, c, gauges, pairs, starts, arena, NULL);
}

hedui_status hedui_gather(hedui_feed_book *feeds, uint32_t count, const hedui_caseload *caseload,
                          const hedui_gauge *const *gauges, const hedui_bound_pairs *pairs,
                          hedui_arena *const *arenas, int threads, hedui_err *err)
{
    uint8_t failed = 0;
    size_t room = (size_t)caseload->member_count + 1; /* counters of one thread */
    hedui_arena *scratch = hedui_arena_open(0);
    uint32_t *starts =
        scratch ? hedui_arena_array(scratch, (size_t)threads * room, sizeof *starts) : NULL;
    if (!starts) {
        hedui_arena_close(scratch);
        return hedui_fail_memory(err);
    }
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads) default(none)                   \
    shared(feeds, count, caseload, gauges, pairs, arenas, starts, room) reduction(|                \
                                                                                  : failed)
    for (uint32_t f = 0; f < count; f++)
        failed |= gather_feed(&feeds[f], caseload, gauges[f], pairs,
                              starts + (size_t)omp_get_thread_num() * room, arenas[f]) != HEDUI_OK;
    hedui_arena_close(scratch);
    return failed ? hedui_fail_memory(err) : HEDUI_OK;
}
