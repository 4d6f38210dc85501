/* Presence, not counts: counts change each month and would make every household a changed one. The
 * common case, a source with nothing about the household, costs one comparison and one bit test a
 * member. */
#include "run/searched.h"

#include "rule/getter.h"

enum { OF_NOBODY = 0, WEAK = 1, SURE = 2, UNREADABLE = 4 };

/* What one row says of its member. */
static int weight(const hedui_feed_book *feed, const hedui_link *link)
{
    uint32_t column = feed->layout->answer_column;
    if (feed->layout->kind == HEDUI_FEED_VERDICT && column != HEDUI_COLUMN_NONE) {
        const hedui_facts *facts = feed->deliveries[link->delivery]->facts;
        if (hedui_facts_state(facts, link->fact, column) != HEDUI_CELL_VALUE)
            return UNREADABLE;
        if (!hedui_facts_number(facts, link->fact, column))
            return OF_NOBODY;
    }
    return hedui_link_is_sure(link) ? SURE : WEAK;
}

static char code_of(const hedui_book *book, const hedui_feed_book *feed, uint32_t household,
                    uint32_t member)
{
    int found = OF_NOBODY, has_sure_row = 0;
    hedui_cause cause = HEDUI_CAUSE_NONE;
    for (uint32_t i = feed->first[household]; i < feed->first[household + 1]; i++)
        if (feed->links[i].member == member) {
            found |= weight(feed, &feed->links[i]);
            has_sure_row |= hedui_link_is_sure(&feed->links[i]);
        }
    (void)hedui_get_lacks_rows(&cause, book, feed, member, has_sure_row);
    int bad = cause == HEDUI_CAUSE_REJECTED_ROW || found & UNREADABLE;
    if (found & SURE)
        return bad ? HEDUI_SEARCHED_RECORD_AND_BAD : HEDUI_SEARCHED_RECORD;
    if (found & WEAK)
        return bad ? HEDUI_SEARCHED_WEAK_AND_BAD : HEDUI_SEARCHED_WEAK;
    if (bad)
        return HEDUI_SEARCHED_BAD;
    return cause == HEDUI_CAUSE_NOT_AUTHORISED ? HEDUI_SEARCHED_NOT_AUTHORISED
           : cause == HEDUI_CAUSE_NOT_ASKED    ? HEDUI_SEARCHED_NOT_ASKED
           : cause == HEDUI_CAUSE_NOT_ANSWERED ? HEDUI_SEARCHED_NOT_ANSWERED
                                               : HEDUI_SEARCHED_NONE;
}

/* 1 if nothing came of the source but "no record" of all who authorised. */
static int is_plain(const hedui_feed_book *feed, const hedui_household *h, uint32_t household)
{
    if (feed->first[household] != feed->first[household + 1] || !feed->asked)
        return 0;
    for (uint32_t m = h->first; m < h->first + h->count; m++)
        if (hedui_feed_book_incomplete(feed, m))
            return 0;
    return 1;
}

/* 1 if it says more than its absence would. */
static int tells(const hedui_book *book, const hedui_feed_book *feed, uint32_t household)
{
    const hedui_household *h = &book->caseload->households[household];
    for (uint32_t m = h->first; m < h->first + h->count; m++) {
        char code = code_of(book, feed, household, m);
        if (code != HEDUI_SEARCHED_NONE && code != HEDUI_SEARCHED_NOT_AUTHORISED)
            return 1;
    }
    return 0;
}

static int is_told(const hedui_book *book, const hedui_feed_book *feed)
{
    const hedui_delivery *supporters = book->caseload->supporter_delivery;
    return feed->cause == HEDUI_CAUSE_NONE && feed->delivery_count &&
           !feed->layout->visit_sheet_only && !(supporters && feed->layout == supporters->layout);
}

/* Names of feeds are letters, digits and low lines: nothing in them needs escaping. */
void hedui_searched_put(hedui_buffer *out, const hedui_book *book, uint32_t household)
{
    const hedui_household *h = &book->caseload->households[household];
    const char *before = "\"";
    hedui_buffer_byte(out, '{');
    for (uint32_t f = 0; f < book->feed_count; f++) {
        const hedui_feed_book *feed = &book->feeds[f];
        if (!is_told(book, feed) || is_plain(feed, h, household) || !tells(book, feed, household))
            continue;
        hedui_buffer_text(out, before);
        hedui_buffer_add(out, feed->layout->name);
        hedui_buffer_text(out, "\":\"");
        for (uint32_t m = h->first; m < h->first + h->count; m++)
            hedui_buffer_byte(out, code_of(book, feed, household, m));
        hedui_buffer_byte(out, '"');
        before = ",\"";
    }
    if (h->incomplete) {
        hedui_buffer_text(out, before);
        hedui_buffer_text(out, "*\":\"x\"");
    }
    hedui_buffer_byte(out, '}');
}
