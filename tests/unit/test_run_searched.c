/* What is told of a source and the people of a household, one mark a member. `.` alone says that
 * there is nothing, so each case stands for something that must or must not lead to it. The third
 * member did not authorise. */
#include "test.h"

#include "run/searched.h"

#include "feed/delivery.h"

enum { MEMBERS = 3, MOST_ROWS = 4, NOBODY_KNOWS = -1 };

/* says: y, n, or ? for an answer that nobody can read. */
typedef struct row {
    uint32_t member; /* from 1; 0: no row */
    hedui_match match;
    char says;
} row;

#define SURE HEDUI_MATCH_ID_NAME
#define NO_NAME HEDUI_MATCH_ID_ONLY
#define OTHER_NAME HEDUI_MATCH_NAME_DIFFERS
#define OLD_NUMBER HEDUI_MATCH_UPGRADED
#define FULL HEDUI_FEED_FULL
#define HITS HEDUI_FEED_HITS
#define VERDICT HEDUI_FEED_VERDICT

static const struct {
    const char *name;
    hedui_feed_kind kind;
    int asked_about;   /* of an answer: bits by person, or NOBODY_KNOWS */
    unsigned rejected; /* bits by member */
    row rows[MOST_ROWS];
    const char *want;
} cases[] = {
    {"nothing", FULL, 0, 0, {{0}}, "{}"},
    {"a record", FULL, 0, 0, {{1, SURE, 'y'}}, "{\"f\":\"r.u\"}"},
    {"a record without a name", FULL, 0, 0, {{1, NO_NAME, 'y'}}, "{\"f\":\"r.u\"}"},
    {"another's name", FULL, 0, 0, {{2, OTHER_NAME, 'y'}}, "{\"f\":\".wu\"}"},
    {"an old number", FULL, 0, 0, {{2, OLD_NUMBER, 'y'}}, "{\"f\":\".wu\"}"},
    {"both", FULL, 0, 0, {{1, OTHER_NAME, 'y'}, {1, SURE, 'y'}}, "{\"f\":\"r.u\"}"},
    {"a row rejected", FULL, 0, 1, {{0}}, "{\"f\":\"x.u\"}"},
    {"one used, one rejected", FULL, 0, 1, {{1, SURE, 'y'}}, "{\"f\":\"R.u\"}"},
    {"one weak, one rejected", FULL, 0, 1, {{1, OTHER_NAME, 'y'}}, "{\"f\":\"W.u\"}"},
    {"rejected, without authorisation", FULL, 0, 4, {{0}}, "{}"},
    {"asked, no hit", HITS, 3, 0, {{0}}, "{}"},
    {"one not asked", HITS, 1, 0, {{0}}, "{\"f\":\".au\"}"},
    {"no query list named", HITS, NOBODY_KNOWS, 0, {{0}}, "{\"f\":\"aau\"}"},
    {"a hit, no query list named", HITS, NOBODY_KNOWS, 0, {{1, SURE, 'y'}}, "{\"f\":\"rau\"}"},
    {"asked, no verdict", VERDICT, 3, 0, {{0}}, "{\"f\":\"nnu\"}"},
    {"yes and none", VERDICT, 3, 0, {{1, SURE, 'y'}}, "{\"f\":\"rnu\"}"},
    {"no and none", VERDICT, 3, 0, {{1, SURE, 'n'}}, "{\"f\":\".nu\"}"},
    {"no of both", VERDICT, 3, 0, {{1, SURE, 'n'}, {2, NO_NAME, 'n'}}, "{}"},
    {"unreadable", VERDICT, 3, 0, {{1, SURE, '?'}, {2, SURE, 'n'}}, "{\"f\":\"x.u\"}"},
    {"no, rejected", VERDICT, 3, 1, {{1, SURE, 'n'}, {2, SURE, 'n'}}, "{\"f\":\"x.u\"}"},
    {"yes of another's name", VERDICT, 3, 0, {{1, OTHER_NAME, 'y'}}, "{\"f\":\"wnu\"}"},
    {"no of another's name",
     VERDICT,
     3,
     0,
     {{1, OTHER_NAME, 'n'}, {2, SURE, 'n'}},
     "{\"f\":\"n.u\"}"},
    {"no of an old number",
     VERDICT,
     3,
     0,
     {{1, OLD_NUMBER, 'n'}, {2, SURE, 'n'}},
     "{\"f\":\"n.u\"}"},
    {"no twice, once of another's name",
     VERDICT,
     3,
     0,
     {{1, OTHER_NAME, 'n'}, {1, SURE, 'n'}, {2, SURE, 'n'}},
     "{}"},
    {"no query list named, no", VERDICT, NOBODY_KNOWS, 0, {{1, SURE, 'n'}}, "{\"f\":\"aau\"}"},
};

static const hedui_member members[MEMBERS] = {
    {.person = 0, .authorised = 1}, {.person = 1, .authorised = 1}, {.person = 2}};

/* A feed of one delivery with one yes/no column, and its rows in the order of members. */
typedef struct world {
    hedui_arena *arena;
    hedui_column column;
    hedui_layout layout;
    hedui_delivery delivery, *deliveries[1];
    hedui_link links[MOST_ROWS];
    uint32_t first[2];
    uint64_t asked_about, rejected;
    hedui_household household;
    hedui_caseload caseload;
    hedui_feed_book feed;
    hedui_book book;
} world;

static void add_row(world *w, const row *r)
{
    uint8_t state = r->says == '?' ? HEDUI_CELL_UNKNOWN : HEDUI_CELL_VALUE;
    int64_t number = r->says == 'y';
    hedui_span text = {"", 0};
    hedui_draft draft = {.states = &state, .numbers = &number, .texts = &text};
    hedui_fact fact = {.person = r->member - 1};
    uint32_t n = w->delivery.facts->count;
    assert_int_equal(hedui_facts_add(w->delivery.facts, &fact, &draft), 1);
    w->links[n] = (hedui_link){r->member - 1, n, 0, (uint8_t)r->match};
    w->first[1] = n + 1;
}

static void open_case(world *w, size_t at)
{
    memset(w, 0, sizeof *w);
    w->arena = hedui_arena_open(0);
    w->column = (hedui_column){.name = hedui_span_of("says"), .type = HEDUI_COLUMN_YES_NO};
    w->layout = (hedui_layout){.name = hedui_span_of("f"),
                               .kind = cases[at].kind,
                               .columns = &w->column,
                               .column_count = 1,
                               .answer_column = cases[at].kind == VERDICT ? 0 : HEDUI_COLUMN_NONE};
    w->delivery.layout = &w->layout;
    w->delivery.facts = hedui_facts_open(&w->layout, w->arena);
    w->deliveries[0] = &w->delivery;
    for (int i = 0; i < MOST_ROWS && cases[at].rows[i].member; i++)
        add_row(w, &cases[at].rows[i]);
    w->asked_about = (uint64_t)cases[at].asked_about;
    w->rejected = cases[at].rejected;
    w->household = (hedui_household){.count = MEMBERS};
    w->caseload = (hedui_caseload){.households = &w->household,
                                   .household_count = 1,
                                   .members = members,
                                   .member_count = MEMBERS};
    w->feed = (hedui_feed_book){.layout = &w->layout,
                                .cause = HEDUI_CAUSE_NONE,
                                .deliveries = w->deliveries,
                                .delivery_count = 1,
                                .links = w->links,
                                .link_count = w->first[1],
                                .first = w->first,
                                .incomplete = &w->rejected,
                                .asked = cases[at].kind == FULL};
    if (cases[at].kind != FULL && cases[at].asked_about != NOBODY_KNOWS)
        w->feed.asked_about = &w->asked_about;
    w->book = (hedui_book){.caseload = &w->caseload, .feeds = &w->feed, .feed_count = 1};
}

static void close_case(world *w)
{
    hedui_arena_close(w->arena);
}

static void expect(const char *name, const world *w, const char *want)
{
    hedui_buffer text;
    hedui_buffer_init(&text);
    hedui_searched_put(&text, &w->book, 0);
    if (!hedui_span_is(hedui_buffer_span(&text), want))
        fail_msg("%s: %.*s, not %s", name, (int)text.length, text.data, want);
    hedui_buffer_free(&text);
}

static void nothing_is_said_to_be_there_or_not_without_being_known(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        world w;
        open_case(&w, i);
        expect(cases[i].name, &w, cases[i].want);
        close_case(&w);
    }
}

/* What was not used has a cause, which the run's deliveries tell; `.` would be a lie. */
static void a_source_that_was_not_used_is_not_named(void **state)
{
    static const hedui_cause causes[] = {HEDUI_CAUSE_NOT_SUPPLIED, HEDUI_CAUSE_STALE,
                                         HEDUI_CAUSE_REFUSED};
    (void)state;
    for (size_t i = 0; i < sizeof causes / sizeof *causes; i++) {
        world w;
        open_case(&w, 1);
        w.feed.cause = causes[i];
        expect("not used", &w, "{}");
        close_case(&w);
    }
}

static void registers_of_the_inspector_and_supporters_are_not_named(void **state)
{
    world w;
    (void)state;
    open_case(&w, 1);
    w.layout.visit_sheet_only = 1;
    expect("tips", &w, "{}");
    w.layout.visit_sheet_only = 0;
    w.caseload.supporter_delivery = &w.delivery;
    expect("supporters", &w, "{}");
    close_case(&w);
}

static void a_household_whose_own_rows_are_bad_says_so(void **state)
{
    world w;
    (void)state;
    open_case(&w, 0);
    w.household.incomplete = 1;
    expect("nothing found", &w, "{\"*\":\"x\"}");
    close_case(&w);
    open_case(&w, 1);
    w.household.incomplete = 1;
    expect("something found", &w, "{\"f\":\"r.u\",\"*\":\"x\"}");
    close_case(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_said_to_be_there_or_not_without_being_known),
        cmocka_unit_test(a_source_that_was_not_used_is_not_named),
        cmocka_unit_test(registers_of_the_inspector_and_supporters_are_not_named),
        cmocka_unit_test(a_household_whose_own_rows_are_bad_says_so),
    };
    return cmocka_run_group_tests_name("run/searched", tests, NULL, NULL);
}
