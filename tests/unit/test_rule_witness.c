/* Three rules so small that anybody can say, without the engine, what they answer and which rows
 * make them true; over households drawn at random. */
#include "household.h"

#include <hedui/file.h>

/* A pack of which anybody can say without the engine what it rests on. */
static const char small_pack[] =
    "pack: small\ntitle: 小\n"
    "documents:\n  law: {title: 办法, kind: measure, level: county, confirmed: true}\n";
#define SMALL(id, when)                                                                            \
    "  - id: " id                                                                                  \
    "\n    title: 待遇\n    basis: {document: law}\n    effect: review\n    when: '" when          \
    "'\n    examples: [{title: 无, given: {civil_benefits: []}, expect: false}]\n"
static const char small_rules[] =
    "rules:\n" SMALL("ANY", "hh.civil_benefits.exists(b, b.monthly_amount > dec(\"420.00\"))")
        SMALL("TWO", "hh.civil_benefits.atLeast(2, b, b.monthly_amount > dec(\"420.00\"))")
            SMALL("SUM", "hh.civil_benefits.sumOver(b, b.monthly_amount, dec(\"3000.00\"))");
enum { ANY, TWO, SUM };

typedef struct world {
    hedui_arena *arena;
    const hedui_rulebook *book;
    uint32_t feed; /* civil_benefits */
    char folder[32];
} world;

static void open_small(world *w)
{
    const char *files[][2] = {{"pack.yaml", small_pack}, {"rules.yaml", small_rules}};
    hedui_arena *arena = hedui_arena_open(0);
    (void)snprintf(w->folder, sizeof w->folder, "/tmp/hedui-small-XXXXXX");
    assert_non_null(mkdtemp(w->folder));
    for (int i = 0; i < 2; i++)
        assert_int_equal(hedui_file_replace(hedui_path_join(w->folder, files[i][0], arena),
                                            hedui_span_of(files[i][1]), NULL),
                         HEDUI_OK);
    hedui_arena_close(arena);
    static const char *const feeds[] = {HEDUI_SOURCE_DIR "/feeds"};
    const char *pack = w->folder;
    const hedui_layouts *layouts = NULL;
    w->arena = hedui_arena_open(0);
    assert_int_equal(hedui_layouts_load(&layouts, feeds, 1, w->arena, NULL, NULL), HEDUI_OK);
    assert_int_equal(hedui_rulebook_make(&w->book, &pack, 1, layouts, w->arena, NULL, NULL),
                     HEDUI_OK);
    w->feed = 0;
    while (!hedui_span_is(w->book->catalogue->feeds[w->feed]->as, "civil_benefits"))
        w->feed++;
}

static void close_small(world *w)
{
    char command[64];
    (void)snprintf(command, sizeof command, "rm -rf '%s'", w->folder);
    assert_int_equal(system(command), 0);
    hedui_arena_close(w->arena);
}

static void tell(const world *w, const drawn_household *h, uint32_t rule)
{
    hedui_buffer text;
    hedui_buffer_init(&text);
    write_household(&text, h, w->book->catalogue);
    hedui_buffer_byte(&text, '\0');
    print_error("%s in\n%s", w->book->rules[rule].text->id.at, text.data);
    hedui_buffer_free(&text);
}

/* What the rows of a household are to the three rules: by fen, -1 unknown, -2 not of the list. */
static void take_amounts(long long amounts[ROWS], const drawn_household *h, const world *w,
                         uint32_t feed, int *open)
{
    const hedui_catalogue *c = w->book->catalogue;
    uint32_t amount = hedui_layout_column(c->feeds[feed], hedui_span_of("monthly_amount"));
    uint32_t counted = hedui_layout_column(c->members, hedui_span_of("counted"));
    *open = 0;
    for (uint32_t m = 0; m < h->member_count; m++)
        *open |= h->members[m].unauthorised && strcmp(h->members[m].cells[counted], "是") == 0;
    for (uint32_t i = 0; i < h->lists[feed].count; i++) {
        const drawn_row *row = &h->lists[feed].rows[i];
        int ours = row->member && strcmp(h->members[row->member - 1].cells[counted], "是") == 0;
        double yuan = 0;
        amounts[i] = !ours ? -2
                     : sscanf(row->cells[amount], "%lf", &yuan) != 1
                         ? -1
                         : (long long)(yuan * 100 + 0.5);
    }
}

static int fits_small(int rule, long long fen)
{
    return rule == SUM ? fen > 0 : fen > 42000;
}

/* 1 yes, 0 no, 2 open. */
static int answer_small(int rule, const long long *amounts, uint32_t count, int open)
{
    long long sum = 0, sure = 0, maybe = 0;
    for (uint32_t i = 0; i < count; i++) {
        sum += amounts[i] > 0 ? amounts[i] : 0;
        sure += amounts[i] > 42000;
        maybe += amounts[i] == -1;
    }
    int most = rule == TWO ? 2 : 1;
    if (rule == SUM ? sum > 300000 : sure >= most)
        return 1;
    return open || (rule == SUM ? maybe > 0 : sure + maybe >= most) ? 2 : 0;
}

static void small_rules_rest_on_the_rows_counted_by_hand(void **state)
{
    uint32_t raised = 0, feed = 0;
    world w;
    (void)state;
    open_small(&w);
    feed = w.feed;
    drawing d = {w.book->catalogue, 500, 0, w.arena};
    for (uint32_t n = 0; n < 4 * HOUSEHOLDS; n++) {
        static const hedui_answer answers[] = {HEDUI_ANSWER_NO, HEDUI_ANSWER_YES,
                                               HEDUI_ANSWER_UNDETERMINED};
        drawn_household h = {0};
        long long amounts[ROWS];
        int open;
        bench b;
        draw_household(&h, &d);
        draw_list(&h.lists[feed], &d, &h, feed);
        take_amounts(amounts, &h, &w, feed, &open);
        open_bench(&b, &h, w.book, DAY);
        for (int r = ANY; r <= SUM; r++) {
            uint32_t named = 0, wanted = 0, count = h.lists[feed].count;
            verdict v = judge_rule(&b, (uint32_t)r);
            int expected = answer_small(r, amounts, count, open);
            if (v.answer != answers[expected])
                tell(&w, &h, (uint32_t)r);
            assert_int_equal(v.answer, answers[expected]);
            if (expected != 1)
                continue;
            raised++;
            for (uint32_t i = 0; i < v.first->proof_count; i++)
                if (v.first->proofs[i].source == feed)
                    named |= 1u << b.book.feeds[feed].links[v.first->proofs[i].row].fact;
            for (uint32_t i = 0; i < count; i++)
                wanted |= (uint32_t)fits_small(r, amounts[i]) << i;
            if (named != wanted)
                tell(&w, &h, (uint32_t)r);
            assert_int_equal(named, wanted);
            /* taken away, they leave it untrue; what fits nothing, or is nobody's, leaves it be */
            drawn_household less = h;
            less.lists[feed].count = 0;
            for (uint32_t i = 0; i < count; i++)
                if (!(wanted >> i & 1))
                    less.lists[feed].rows[less.lists[feed].count++] = h.lists[feed].rows[i];
            bench without;
            open_bench(&without, &less, w.book, DAY);
            assert_int_not_equal(judge_rule(&without, (uint32_t)r).answer, HEDUI_ANSWER_YES);
            close_bench(&without);
        }
        close_bench(&b);
    }
    assert_true(raised > 200);
    close_small(&w);
}

/* Rows in the very list that is searched: one that fits nothing, one of somebody not counted. */
static void a_row_that_fits_nothing_changes_nothing(void **state)
{
    uint32_t feed = 0, compared = 0;
    world w;
    (void)state;
    open_small(&w);
    const hedui_catalogue *c = w.book->catalogue;
    feed = w.feed;
    uint32_t amount = hedui_layout_column(c->feeds[feed], hedui_span_of("monthly_amount"));
    uint32_t counted = hedui_layout_column(c->members, hedui_span_of("counted"));
    drawing d = {c, 600, 0, w.arena};
    for (uint32_t n = 0; n < 2 * HOUSEHOLDS; n++) {
        drawn_household h, more;
        bench b, with;
        draw_household(&h, &d);
        draw_list(&h.lists[feed], &d, &h, feed);
        (void)snprintf(h.members[0].cells[counted], TEXT, "%s", n % 2 ? "是" : "否");
        more = h;
        if (more.lists[feed].count == ROWS)
            continue;
        drawn_row *row = &more.lists[feed].rows[more.lists[feed].count++];
        draw_row(row, &d, c->feeds[feed]);
        row->member = 1;
        if (n % 2)
            (void)snprintf(row->cells[amount], TEXT, "0.00");
        open_bench(&b, &h, w.book, DAY);
        open_bench(&with, &more, w.book, DAY);
        for (uint32_t r = ANY; r <= SUM; r++) {
            verdict before = judge_rule(&b, r), after = judge_rule(&with, r);
            compared += before.answer == HEDUI_ANSWER_YES;
            if (!same_verdict(&before, &after)) {
                tell(&w, &more, r);
                fail();
            }
        }
        close_bench(&b);
        close_bench(&with);
    }
    assert_true(compared > 100);
    close_small(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_rules_rest_on_the_rows_counted_by_hand),
        cmocka_unit_test(a_row_that_fits_nothing_changes_nothing),
    };
    return cmocka_run_group_tests_name("rule/witness", tests, NULL, NULL);
}
