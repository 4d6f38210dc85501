/* What must hold for the evidence of any rule in any household: without what it names the rule is
 * no longer true; what it does not name changes nothing; what becomes known settles what was open
 * and overturns nothing; an absence is one of a source that was searched. Thousands of households
 * drawn at random, under both shipped packs and the one of the values. */
#include "rule_world.h"

/* Everything that a finding names is withdrawn: rows are taken out and their persons marked as not
 * fully known, cells of the caseload become unknown, searched sources are not complete any more. */
static void forget_cells(const hedui_facts *facts, uint32_t fact, const hedui_proof *p)
{
    for (uint32_t i = 0; i < p->cell_count; i++)
        hedui_facts_set(facts, fact, p->cells[i].column, HEDUI_CELL_UNKNOWN, 0);
    for (uint32_t c = 0; !p->cell_count && c < facts->columns; c++)
        hedui_facts_set(facts, fact, c, HEDUI_CELL_UNKNOWN, 0);
}

static int same_key(hedui_judge *j, uint16_t source, uint32_t a, uint32_t b)
{
    hedui_span x, y;
    assert_int_equal(hedui_proof_row_key(&x, j, source, a, j->scratch), HEDUI_OK);
    assert_int_equal(hedui_proof_row_key(&y, j, source, b, j->scratch), HEDUI_OK);
    return hedui_span_equal(x, y);
}

static void withdraw_source(bench *b, const bench *from, const hedui_finding *f, uint16_t source)
{
    hedui_feed_book *feed = (hedui_feed_book *)(uintptr_t)&b->book.feeds[source];
    uint8_t gone[ROWS] = {0};
    for (uint32_t i = 0; i < f->proof_count; i++) {
        const hedui_proof *p = &f->proofs[i];
        if (p->source != source)
            continue;
        mark_incomplete(&b->book, b->arena, source, p->row == HEDUI_NONE ? HEDUI_NONE : p->member);
        for (uint32_t k = 0; p->row != HEDUI_NONE && k < feed->link_count; k++)
            gone[k] |= (uint8_t)same_key((hedui_judge *)(uintptr_t)&from->judge, source, p->row, k);
    }
    withdraw_links(&b->book, source, gone);
}

static void withdraw(bench *b, const bench *from, const hedui_finding *f)
{
    hedui_caseload *c = (hedui_caseload *)(uintptr_t)b->book.caseload;
    hedui_household *house = (hedui_household *)(uintptr_t)c->households;
    const hedui_catalogue *catalogue = b->judge.rulebook->catalogue;
    for (uint16_t s = 0; s < b->book.feed_count; s++)
        if (s != catalogue->supporters && b->book.feeds[s].cause == HEDUI_CAUSE_NONE)
            withdraw_source(b, from, f, s);
    for (uint32_t i = 0; i < f->proof_count; i++) {
        const hedui_proof *p = &f->proofs[i];
        if (p->source == catalogue->supporters) {
            house->supporters_incomplete = 1;
            if (p->row != HEDUI_NONE)
                forget_cells(c->supporter_delivery->facts,
                             b->book.feeds[p->source].links[p->row].fact, p);
        } else if (p->source == b->book.feed_count) {
            forget_cells(c->household_delivery->facts, house->fact, p);
        } else if (p->source == b->book.feed_count + 1) {
            house->incomplete = 1;
            forget_cells(c->member_delivery->facts, c->members[p->row].fact, p);
        }
    }
}

static void without_its_witnesses_no_rule_is_true(void **state)
{
    (void)state;
    for (size_t p = 0; p < PACKS; p++) {
        world w;
        uint32_t tried = 0, wrong = 0;
        open_world(&w, packs[p]);
        drawing d = {w.book->catalogue, 100 + p, 0, w.arena};
        for (uint32_t n = 0; n < HOUSEHOLDS; n++) {
            drawn_household h;
            bench b;
            draw_household(&h, &d);
            open_bench(&b, &h, w.book, DAY);
            for (uint32_t r = 0; r < w.book->rule_count; r++) {
                if (!w.book->rules[r].when)
                    continue;
                verdict v = judge_rule(&b, r);
                for (const hedui_finding *f = v.first; f; f = f->next) {
                    bench without;
                    open_bench(&without, &h, w.book, DAY);
                    withdraw(&without, &b, f);
                    hedui_judge_household(&without.judge, 0);
                    verdict after = judge_rule(&without, r);
                    tried++;
                    if (is_raised(&after, f->subject) && wrong++ < 3)
                        tell(&w, &h, r);
                    close_bench(&without);
                }
            }
            close_bench(&b);
        }
        print_message("%u findings withdrawn, %u stood\n", tried, wrong);
        assert_true(tried > (p == 2 ? 50 : 500));
        assert_int_equal(wrong, 0);
        hedui_arena_close(w.arena);
    }
}

/* A row more in a list, or a list that comes in, is nothing to a rule that does not read it. */
static void an_unrelated_row_changes_nothing(void **state)
{
    (void)state;
    for (size_t p = 0; p < PACKS; p++) {
        world w;
        uint32_t compared = 0, wrong = 0, raised = 0;
        open_world(&w, packs[p]);
        const hedui_catalogue *c = w.book->catalogue;
        drawing d = {c, 200 + p, 0, w.arena};
        for (uint32_t n = 0; n < 2 * HOUSEHOLDS; n++) {
            drawn_household h, more;
            bench b, with;
            uint32_t feed = draw(&d, c->feed_count);
            draw_household(&h, &d);
            if (feed == c->supporters || h.lists[feed].count == ROWS)
                continue;
            more = h;
            drawn_list *list = &more.lists[feed];
            list->checked = 1;
            draw_row(&list->rows[list->count], &d, c->feeds[feed]);
            draw_owner(&list->rows[list->count++], &d, &more);
            open_bench(&b, &h, w.book, DAY);
            open_bench(&with, &more, w.book, DAY);
            for (uint32_t r = 0; r < w.book->rule_count; r++) {
                if (!w.book->rules[r].when || w.reads[(size_t)r * c->feed_count + feed])
                    continue;
                verdict before = judge_rule(&b, r), after = judge_rule(&with, r);
                compared++;
                raised += before.answer == HEDUI_ANSWER_YES;
                if (!same_verdict(&before, &after) && wrong++ < 3)
                    tell(&w, &more, r);
            }
            close_bench(&b);
            close_bench(&with);
        }
        print_message("%u verdicts compared, %u of them true, %u changed\n", compared, raised,
                      wrong);
        assert_true(compared > 1000 && raised > 50);
        assert_int_equal(wrong, 0);
        hedui_arena_close(w.arena);
    }
}

/* Make known something that is not: a cell, a source, a person's rows. @return 0: there is none. */
static int learn_cell(drawing *d, const hedui_layout *layout, drawn_row *row)
{
    uint32_t from = draw(d, layout->column_count);
    for (uint32_t i = 0; i < layout->column_count; i++) {
        uint32_t column = (from + i) % layout->column_count;
        if (column >= CELLS || is_key(layout, column) || !is_unknown(layout, row, column))
            continue;
        draw_cell(row->cells[column], d, layout, column);
        return row->cells[column][0] != '\0';
    }
    return 0;
}

static int learn(drawing *d, drawn_household *h)
{
    const hedui_catalogue *c = d->catalogue;
    uint32_t feed = draw(d, c->feed_count), kind = draw(d, 8), m = draw(d, h->member_count);
    drawn_list *list = &h->lists[feed];
    if (kind == 0)
        return learn_cell(d, c->households, &h->household);
    if (kind == 1)
        return learn_cell(d, c->members, &h->members[m]);
    if (kind == 2 && h->members[m].unauthorised) {
        h->members[m].unauthorised = 0;
        return 1;
    }
    if (!list->checked && feed != c->supporters) {
        draw_list(list, d, h, feed);
        return 1;
    }
    return list->count && learn_cell(d, c->feeds[feed], &list->rows[draw(d, list->count)]);
}

static void what_becomes_known_overturns_nothing(void **state)
{
    (void)state;
    for (size_t p = 0; p < PACKS; p++) {
        world w;
        uint32_t compared = 0, settled = 0, wrong = 0;
        open_world(&w, packs[p]);
        drawing d = {w.book->catalogue, 300 + p, 0, w.arena};
        for (uint32_t n = 0; n < 4 * HOUSEHOLDS; n++) {
            drawn_household h, more;
            bench b, with;
            draw_household(&h, &d);
            more = h;
            int learnt = 0;
            for (uint32_t i = draw(&d, 6) + 1; i; i--)
                learnt |= learn(&d, &more);
            if (!learnt)
                continue;
            open_bench(&b, &h, w.book, DAY);
            open_bench(&with, &more, w.book, DAY);
            for (uint32_t r = 0; r < w.book->rule_count; r++) {
                if (!w.book->rules[r].when || w.assumes[r])
                    continue;
                verdict before = judge_rule(&b, r), after = judge_rule(&with, r);
                if (before.answer == HEDUI_ANSWER_OUT_OF_SCOPE)
                    continue;
                compared++;
                settled += before.answer == HEDUI_ANSWER_UNDETERMINED &&
                           after.answer != HEDUI_ANSWER_UNDETERMINED;
                if (before.answer != HEDUI_ANSWER_UNDETERMINED &&
                    (before.answer != after.answer || before.findings > after.findings) &&
                    wrong++ < 3) {
                    tell(&w, &h, r);
                    tell(&w, &more, r);
                }
            }
            close_bench(&b);
            close_bench(&with);
        }
        print_message("%u verdicts compared, %u settled, %u overturned\n", compared, settled,
                      wrong);
        assert_true(compared > 500 && settled > 20);
        assert_int_equal(wrong, 0);
        hedui_arena_close(w.arena);
    }
}

/* "Searched, no record" may be said only of a source that was supplied, and only if somebody of the
 * household, a supporter included, has no row in it. */
static void an_absence_is_one_of_a_source_that_was_searched(void **state)
{
    (void)state;
    for (size_t p = 0; p < PACKS; p++) {
        world w;
        uint32_t absences = 0;
        open_world(&w, packs[p]);
        drawing d = {w.book->catalogue, 400 + p, 0, w.arena};
        for (uint32_t n = 0; n < HOUSEHOLDS; n++) {
            drawn_household h;
            bench b;
            draw_household(&h, &d);
            open_bench(&b, &h, w.book, DAY);
            for (uint32_t r = 0; r < w.book->rule_count; r++)
                if (w.book->rules[r].when)
                    (void)judge_rule(&b, r);
            for (const hedui_finding *f = b.judge.findings; f; f = f->next)
                for (uint32_t i = 0; i < f->proof_count; i++) {
                    const hedui_proof *proof = &f->proofs[i];
                    if (proof->row != HEDUI_NONE)
                        continue;
                    absences++;
                    assert_true(proof->source < b.book.feed_count);
                    const hedui_feed_book *feed = &b.book.feeds[proof->source];
                    assert_int_equal(feed->cause, HEDUI_CAUSE_NONE);
                    assert_int_equal(feed->delivery_count, 1);
                    uint64_t with = 0; /* hh.<list> has no rows of those who are not counted */
                    for (uint32_t k = 0; k < feed->link_count; k++)
                        if (b.book.caseload->members[feed->links[k].member].counted)
                            with |= UINT64_C(1) << feed->links[k].member;
                    assert_true((uint32_t)__builtin_popcountll(with) <
                                b.book.caseload->member_count);
                    assert_true(w.reads[(size_t)f->rule * b.book.feed_count + proof->source]);
                }
            close_bench(&b);
        }
        print_message("%u absences\n", absences);
        assert_true(p == 2 || absences > 10);
        hedui_arena_close(w.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_its_witnesses_no_rule_is_true),
        cmocka_unit_test(an_unrelated_row_changes_nothing),
        cmocka_unit_test(what_becomes_known_overturns_nothing),
        cmocka_unit_test(an_absence_is_one_of_a_source_that_was_searched),
    };
    return cmocka_run_group_tests_name("rule/evidence", tests, NULL, NULL);
}
