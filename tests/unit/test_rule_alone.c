/* Evidence is enough: a finding that is left alone with what it names is still found. Thousands of
 * households drawn at random, under both shipped packs and the one of the values. */
#include "rule_world.h"

/* The opposite of withdrawing: a finding is left alone with what it names. Rows that it does not
 * name are gone and cells of other rows are not known; lists of which it says nothing are not known
 * either, or hold nothing. Who belongs to the household stays, what a rule is told to apply to, and
 * the key by which a row has its name. */
static const hedui_proof *named(const hedui_finding *f, uint16_t source, uint32_t row)
{
    for (uint32_t i = 0; i < f->proof_count; i++)
        if (f->proofs[i].source == source && f->proofs[i].row == row)
            return &f->proofs[i];
    return NULL;
}

static int names_source(const hedui_finding *f, uint16_t source)
{
    for (uint32_t i = 0; i < f->proof_count; i++)
        if (f->proofs[i].source == source)
            return 1;
    return 0;
}

static int stays(const hedui_layout *layout, uint32_t column, const hedui_proof *p)
{
    static const char *const names[] = {"area_code", "programme", "status", "urban_rural",
                                        "counted"};
    for (uint32_t k = 0; p && k < p->cell_count; k++)
        if (p->cells[k].column == column)
            return 1;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (hedui_span_is(layout->columns[column].name, names[i]))
            return 1;
    return is_key(layout, column);
}

static void keep_cells(const hedui_facts *facts, uint32_t fact, const hedui_proof *p)
{
    for (uint32_t c = 0; c < facts->columns; c++)
        if (!stays(facts->layout, c, p))
            hedui_facts_set(facts, fact, c, HEDUI_CELL_UNKNOWN, 0);
}

static void keep_links(bench *b, const hedui_finding *f, uint16_t source)
{
    hedui_feed_book *feed = (hedui_feed_book *)(uintptr_t)&b->book.feeds[source];
    int supporters = source == b->judge.rulebook->catalogue->supporters;
    uint8_t gone[ROWS] = {0};
    for (uint32_t i = 0; i < feed->link_count; i++) {
        uint32_t fact;
        const hedui_facts *facts = hedui_proof_facts(&fact, &b->judge, source, i);
        const hedui_proof *p = named(f, source, i);
        gone[i] = !supporters && !p;
        keep_cells(facts, fact, p);
    }
    withdraw_links(&b->book, source, gone);
}

static int stands_alone(const drawn_household *h, const world *w, const hedui_finding *f,
                        int others_empty)
{
    bench b;
    open_bench(&b, h, w->book, DAY);
    const hedui_caseload *c = b.book.caseload;
    uint16_t houses = (uint16_t)b.book.feed_count, members = (uint16_t)(houses + 1);
    for (uint16_t s = 0; s < houses; s++) {
        if (b.book.feeds[s].cause != HEDUI_CAUSE_NONE)
            continue;
        if (!others_empty && !names_source(f, s) && s != w->book->catalogue->supporters)
            mark_incomplete(&b.book, b.arena, s, HEDUI_NONE);
        keep_links(&b, f, s);
    }
    keep_cells(c->household_delivery->facts, c->households[0].fact, named(f, houses, 0));
    for (uint32_t m = 0; m < c->member_count; m++)
        if (c->members[m].fact != HEDUI_NONE && !c->members[m].supporter)
            keep_cells(c->member_delivery->facts, c->members[m].fact, named(f, members, m));
    hedui_judge_household(&b.judge, 0);
    verdict v = judge_rule(&b, f->rule);
    int raised = is_raised(&v, f->subject);
    close_bench(&b);
    return raised;
}

/* A sum that is large enough does not name the rows that it leaves out. */
static void its_witnesses_alone_make_a_rule_true(void **state)
{
    (void)state;
    for (size_t p = 0; p < PACKS; p++) {
        world w;
        uint32_t tried = 0, sums = 0, wrong = 0;
        open_world(&w, packs[p]);
        drawing d = {w.book->catalogue, 500 + p, 0, w.arena};
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
                    tried++;
                    if (stands_alone(&h, &w, f, 0))
                        continue;
                    sums += w.sums[r];
                    if ((!w.sums[r] || !stands_alone(&h, &w, f, 1)) && wrong++ < 3)
                        tell(&w, &h, r);
                }
            }
            close_bench(&b);
        }
        print_message("%u findings left alone, %u sums among others that are empty, %u fell\n",
                      tried, sums, wrong);
        assert_true(tried > (p == 2 ? 50 : 500) && sums < tried / 10);
        assert_int_equal(wrong, 0);
        hedui_arena_close(w.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(its_witnesses_alone_make_a_rule_true),
    };
    return cmocka_run_group_tests_name("rule/alone", tests, NULL, NULL);
}
