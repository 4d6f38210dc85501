/* Gathering is a counting sort: members stand in the order of their households, so sorting links by
 * member index sorts them by household as well, and counting keeps the order of the file within a
 * member. Feeds are independent of each other. */
#include "run/gather.h"
#include "run/match.h"

/* Call `use` for every place where a fact belongs: a member with a live authorisation. */
#define FOR_EACH_PLACE(caseload, person, member)                                                   \
    for (uint32_t place_ = (caseload)->persons[person].first,                                      \
                  end_ = place_ + (caseload)->persons[person].count, member;                       \
         place_ < end_ && ((member = (caseload)->places[place_]), 1); place_++)                    \
        if ((caseload)->members[member].authorised)

static void count_links(uint32_t *starts, const hedui_feed_book *feed, const hedui_caseload *c)
{
    for (uint32_t d = 0; d < feed->delivery_count; d++) {
        const hedui_facts *facts = feed->deliveries[d]->facts;
        for (uint32_t i = 0; i < facts->count; i++) {
            uint32_t person = hedui_facts_at(facts, i)->person;
            FOR_EACH_PLACE(c, person, member)
            starts[member + 1]++;
        }
    }
}

static void fill_links(hedui_link *links, uint32_t *next, const hedui_feed_book *feed,
                       const hedui_caseload *c)
{
    for (uint32_t d = 0; d < feed->delivery_count; d++) {
        const hedui_facts *facts = feed->deliveries[d]->facts;
        for (uint32_t i = 0; i < facts->count; i++) {
            uint32_t person = hedui_facts_at(facts, i)->person;
            FOR_EACH_PLACE(c, person, member)
            links[next[member]++] = (hedui_link){
                member, i, (uint16_t)d, (uint8_t)hedui_match_strength(c, member, facts, i)};
        }
    }
}

static void mark_rejected(uint64_t *bits, const hedui_feed_book *feed, const hedui_caseload *c)
{
    for (uint32_t d = 0; d < feed->delivery_count; d++)
        for (uint32_t i = 0; i < feed->deliveries[d]->rejected_person_count; i++) {
            uint32_t person = feed->deliveries[d]->rejected_persons[i];
            FOR_EACH_PLACE(c, person, member)
            bits[member / 64] |= UINT64_C(1) << (member % 64);
        }
}

static hedui_status gather_one(hedui_feed_book *feed, const hedui_caseload *c, hedui_arena *arena,
                               hedui_err *err)
{
    size_t members = c->member_count;
    uint32_t *starts = hedui_arena_array(arena, members + 1, sizeof *starts);
    uint32_t *first = hedui_arena_array(arena, (size_t)c->household_count + 1, sizeof *first);
    uint64_t *bits = hedui_arena_array(arena, members / 64 + 1, sizeof *bits);
    if (!starts || !first || !bits)
        return hedui_fail_memory(err);
    count_links(starts, feed, c);
    for (size_t m = 0; m < members; m++)
        starts[m + 1] += starts[m];
    uint32_t total = starts[members];
    hedui_link *links = hedui_arena_array(arena, total, sizeof *links);
    if (!links)
        return hedui_fail_memory(err);
    for (uint32_t h = 0; h < c->household_count; h++)
        first[h] = c->households[h].count ? starts[c->households[h].first] : UINT32_MAX;
    first[c->household_count] = total;
    for (uint32_t h = c->household_count; h-- > 0;)
        if (first[h] == UINT32_MAX)
            first[h] = first[h + 1]; /* a household without members has no links */
    fill_links(links, starts, feed, c);
    mark_rejected(bits, feed, c);
    feed->links = links;
    feed->link_count = total;
    feed->first = first;
    feed->incomplete = bits;
    return HEDUI_OK;
}

hedui_status hedui_gather(hedui_feed_book *feeds, uint32_t count, const hedui_caseload *caseload,
                          hedui_arena *const *arenas, int threads, hedui_err *err)
{
    uint8_t failed = 0;
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads) default(none)                   \
    shared(feeds, count, caseload, arenas) reduction(|                                             \
                                                     : failed)
    for (uint32_t f = 0; f < count; f++)
        if (feeds[f].cause == HEDUI_CAUSE_NONE &&
            gather_one(&feeds[f], caseload, arenas[f], NULL) != HEDUI_OK)
            failed |= 1;
    return failed ? hedui_fail_memory(err) : HEDUI_OK;
}
