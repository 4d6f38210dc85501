/* An example becomes a caseload of one household and deliveries of a few rows, made with the same
 * decoder and judged by the same judge as a night's. */
#include "rule/example.h"

#include "feed/decode.h"

#include <hedui/date.h>

/* An example says with this word that a code is not in its list; any other that is not is a slip.
 */
static const char unlisted_word[] = "代码表外";

typedef struct maker {
    const hedui_rulebook *rulebook;
    const hedui_rule *rule;
    const hedui_yaml *yaml;
    hedui_arena *arena;
    hedui_err *err;
    hedui_caseload caseload;
    hedui_household household;
    hedui_member *members;
    hedui_person *persons;
    hedui_areas areas;
    hedui_feed_book *feeds;
} maker;

const char *hedui_cause_name(hedui_cause cause)
{
    static const char *const names[] = {"not_supplied", "stale",    "refused",     "not_authorised",
                                        "rejected_row", "conflict", "empty_field", "bad_field",
                                        "parameter",    "caseload", "evaluation",  "not_asked",
                                        "not_answered", "none"};
    return names[cause];
}

static hedui_status malformed(const maker *m, const hedui_yaml_node *node, const char *what)
{
    return hedui_yaml_fail(m->err, m->yaml, node, HEDUI_E3022, HEDUI_ARG_TEXT(what));
}

/* A delivery that holds facts and nothing else. */
static hedui_delivery *open_delivery(const maker *m, const hedui_layout *layout)
{
    hedui_delivery *d = hedui_arena_take(m->arena, sizeof *d);
    if (!d)
        return NULL;
    d->layout = layout;
    d->facts = hedui_facts_open(layout, m->arena);
    return d->facts ? d : NULL;
}

static hedui_status no_such_column(const maker *m, const hedui_layout *layout,
                                   const hedui_yaml_node *key)
{
    const char *names[HEDUI_LAYOUT_COLUMNS + 1];
    uint32_t count = 0;
    for (; count < layout->column_count; count++) {
        names[count] = hedui_arena_copy(m->arena, layout->columns[count].name).at;
        if (!names[count])
            return hedui_fail_memory(m->err);
    }
    names[count] = NULL;
    const char *nearest = hedui_yaml_nearest(key->text, names);
    if (nearest)
        return hedui_yaml_fail(m->err, m->yaml, key, HEDUI_E1113, HEDUI_ARG_SPAN(key->text),
                               HEDUI_ARG_TEXT(nearest));
    return hedui_yaml_fail(m->err, m->yaml, key, HEDUI_E1107, HEDUI_ARG_SPAN(key->text));
}

/* Keys of a row that are no columns. */
static int is_extra(hedui_span key)
{
    return hedui_span_is(key, "member") || hedui_span_is(key, "authorised");
}

static hedui_status add_row(const maker *m, hedui_delivery *delivery, const hedui_yaml_node *row,
                            uint32_t person)
{
    const hedui_layout *layout = delivery->layout;
    hedui_draft draft = {0};
    hedui_fact fact = {.person = person, .line = 1, .role = 0, .form = HEDUI_CITIZEN_ID_18};
    draft.states = hedui_arena_array(m->arena, layout->column_count, sizeof *draft.states);
    draft.numbers = hedui_arena_array(m->arena, layout->column_count, sizeof *draft.numbers);
    draft.texts = hedui_arena_array(m->arena, layout->column_count, sizeof *draft.texts);
    if (!draft.states || !draft.numbers || !draft.texts)
        return hedui_fail_memory(m->err);
    for (uint32_t c = 0; c < layout->column_count; c++)
        draft.states[c] = layout->columns[c].empty == HEDUI_EMPTY_ABSENT ? HEDUI_CELL_ABSENT
                                                                         : HEDUI_CELL_NO_COLUMN;
    if (row && row->kind != HEDUI_YAML_MAPPING)
        return malformed(m, row, "每一行都应当写成 {列: 值}");
    for (uint32_t i = 0; row && i < row->count; i++) {
        const hedui_yaml_node *key = row->keys[i], *value = row->items[i];
        if (is_extra(key->text))
            continue;
        uint32_t column = hedui_layout_column(layout, key->text);
        if (column == HEDUI_COLUMN_NONE)
            return no_such_column(m, layout, key);
        hedui_decoded cell = hedui_decode(&layout->columns[column], value->text, m->arena);
        int unlisted = layout->columns[column].list && hedui_span_is(value->text, unlisted_word);
        if (value->kind != HEDUI_YAML_SCALAR || cell.state == HEDUI_CELL_BAD ||
            (cell.state == HEDUI_CELL_UNLISTED && !unlisted))
            return hedui_yaml_fail(m->err, m->yaml, value, HEDUI_E3021, HEDUI_ARG_SPAN(key->text),
                                   HEDUI_ARG_SPAN(value->text));
        draft.states[column] = (uint8_t)cell.state;
        draft.numbers[column] = cell.number;
        draft.texts[column] = cell.text;
    }
    if (!hedui_facts_add(delivery->facts, &fact, &draft))
        return hedui_fail_memory(m->err);
    return HEDUI_OK;
}

static hedui_status make_members(maker *m, const hedui_yaml_node *list)
{
    uint32_t count = list ? list->count : 1;
    if (list && list->kind != HEDUI_YAML_SEQUENCE)
        return malformed(m, list, "members 应当是列表");
    m->members = hedui_arena_array(m->arena, count, sizeof *m->members);
    m->persons = hedui_arena_array(m->arena, count, sizeof *m->persons);
    uint32_t *places = hedui_arena_array(m->arena, count, sizeof *places);
    m->caseload.member_delivery = open_delivery(m, m->rulebook->catalogue->members);
    if (!m->members || !m->persons || !places || !m->caseload.member_delivery)
        return hedui_fail_memory(m->err);
    uint32_t counted =
        hedui_layout_column(m->rulebook->catalogue->members, hedui_span_of("counted"));
    for (uint32_t i = 0; i < count; i++) {
        const hedui_yaml_node *row = list ? list->items[i] : NULL;
        const hedui_yaml_node *authorised = hedui_yaml_find(row, "authorised");
        hedui_facts *facts = m->caseload.member_delivery->facts;
        hedui_status status = add_row(m, m->caseload.member_delivery, row, i);
        if (status)
            return status;
        m->members[i] = (hedui_member){.person = i, .fact = i};
        m->members[i].authorised = !authorised || !hedui_span_is(authorised->text, "false");
        m->members[i].counted = hedui_facts_state(facts, i, counted) != HEDUI_CELL_VALUE ||
                                hedui_facts_number(facts, i, counted) == 1;
        /* a number that nobody has: the sequence 000 is not given out */
        m->persons[i] = (hedui_person){UINT64_C(65900019000101000) + i * 1000u, i, 1};
        places[i] = i;
    }
    m->caseload.members = m->members;
    m->caseload.member_count = count;
    m->caseload.persons = m->persons;
    m->caseload.person_count = count;
    m->caseload.places = places;
    m->caseload.member_columns[HEDUI_MEMBER_NAME] =
        hedui_layout_column(m->rulebook->catalogue->members, hedui_span_of("name"));
    m->household.count = count;
    return HEDUI_OK;
}

/* The areas that parameters speak of, a code below the longest other code that it begins with. */
static hedui_status make_areas(maker *m)
{
    uint32_t most = 1;
    for (uint32_t p = 0; p < m->rulebook->parameter_count; p++)
        most += m->rulebook->parameters[p]->row_count;
    hedui_area *list = hedui_arena_array(m->arena, most, sizeof *list);
    if (!list)
        return hedui_fail_memory(m->err);
    hedui_table_init(&m->areas.by_code, m->arena);
    for (uint32_t p = 0; p < m->rulebook->parameter_count; p++)
        for (uint32_t r = 0; r < m->rulebook->parameters[p]->row_count; r++) {
            hedui_span code = m->rulebook->parameters[p]->rows[r].area;
            uint32_t n = m->areas.count;
            if (code.length && hedui_table_put(&m->areas.by_code, code, n) == n)
                list[m->areas.count++] = (hedui_area){code, code, HEDUI_AREA_NONE, 0};
        }
    for (uint32_t i = 0; i < m->areas.count; i++)
        for (uint32_t k = 0; k < m->areas.count; k++) {
            hedui_span up = list[k].code, own = list[i].code;
            int longer =
                list[i].parent == HEDUI_AREA_NONE || up.length > list[list[i].parent].code.length;
            if (up.length < own.length && memcmp(up.at, own.at, up.length) == 0 && longer)
                list[i].parent = k;
        }
    m->areas.list = list;
    return HEDUI_OK;
}

static uint32_t top_area(const hedui_areas *areas)
{
    uint32_t top = HEDUI_AREA_NONE;
    for (uint32_t i = 0; i < areas->count; i++)
        if (top == HEDUI_AREA_NONE || areas->list[i].code.length < areas->list[top].code.length)
            top = i;
    return top;
}

/* The household's cells; codes that the rule asks for are given it where the example is silent. */
static hedui_status make_household(maker *m, const hedui_yaml_node *given)
{
    static const struct {
        const char *name;
        hedui_household_column column;
    } names[] = {
        {"household_id", HEDUI_HOUSEHOLD_ID},         {"area_code", HEDUI_HOUSEHOLD_AREA},
        {"head_name", HEDUI_HOUSEHOLD_HEAD_NAME},     {"programme", HEDUI_HOUSEHOLD_PROGRAMME},
        {"urban_rural", HEDUI_HOUSEHOLD_URBAN_RURAL}, {"status", HEDUI_HOUSEHOLD_STATUS},
        {"paid_amount", HEDUI_HOUSEHOLD_PAID}};
    const hedui_layout *layout = m->rulebook->catalogue->households;
    const hedui_applies_to *to = &m->rule->text->applies_to;
    const hedui_yaml_texts wanted[] = {to->programme, to->urban_rural, to->status};
    m->caseload.household_delivery = open_delivery(m, layout);
    if (!m->caseload.household_delivery)
        return hedui_fail_memory(m->err);
    hedui_status status = add_row(m, m->caseload.household_delivery, given, HEDUI_PERSON_NONE);
    if (status)
        return status;
    hedui_facts *facts = m->caseload.household_delivery->facts;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        uint32_t column = hedui_layout_column(layout, hedui_span_of(names[i].name));
        m->caseload.household_columns[names[i].column] = column;
        if (i < 3 || i > 5 || wanted[i - 3].count == 0 ||
            hedui_facts_state(facts, 0, column) == HEDUI_CELL_VALUE)
            continue;
        hedui_decoded cell =
            hedui_decode(&layout->columns[column], wanted[i - 3].items[0], m->arena);
        facts->chunks[0]->states[column][0] = (uint8_t)cell.state;
        facts->chunks[0]->values[column][0] = cell.number;
    }
    hedui_span area =
        hedui_facts_text(facts, 0, m->caseload.household_columns[HEDUI_HOUSEHOLD_AREA]);
    m->household.area = area.length ? hedui_areas_find(&m->areas, area) : top_area(&m->areas);
    m->household.id = hedui_span_of("example");
    m->caseload.households = &m->household;
    m->caseload.household_count = 1;
    m->caseload.areas = &m->areas;
    return HEDUI_OK;
}

static hedui_status make_feed(maker *m, hedui_feed_book *feed, const hedui_yaml_node *rows)
{
    feed->cause = HEDUI_CAUSE_NOT_SUPPLIED;
    if (!rows || (rows->kind == HEDUI_YAML_SCALAR && hedui_span_is(rows->text, "not_checked")))
        return HEDUI_OK;
    if (rows->kind != HEDUI_YAML_SEQUENCE)
        return malformed(m, rows, "应当是行的列表，或者 not_checked");
    hedui_delivery **deliveries = hedui_arena_take(m->arena, sizeof(hedui_delivery *));
    hedui_link *links = hedui_arena_array(m->arena, rows->count, sizeof *links);
    uint32_t *first = hedui_arena_array(m->arena, 2, sizeof *first);
    if (!deliveries || !links || !first || !(*deliveries = open_delivery(m, feed->layout)))
        return hedui_fail_memory(m->err);
    for (uint32_t i = 0; i < rows->count; i++) {
        const hedui_yaml_node *member = hedui_yaml_find(rows->items[i], "member");
        uint32_t of = 0;
        if (member && (member->text.length != 1 || member->text.at[0] < '1' ||
                       (of = (uint32_t)(member->text.at[0] - '1')) >= m->caseload.member_count))
            return malformed(m, member, "没有这位成员");
        hedui_status status = add_row(m, *deliveries, rows->items[i], of);
        if (status)
            return status;
        links[i] = (hedui_link){of, i, 0, HEDUI_MATCH_ID_NAME};
    }
    first[1] = rows->count;
    *feed = (hedui_feed_book){.layout = feed->layout,
                              .cause = HEDUI_CAUSE_NONE,
                              .deliveries = deliveries,
                              .delivery_count = 1,
                              .links = links,
                              .link_count = rows->count,
                              .first = first,
                              .asked = 1}; /* the example says what came of asking */
    return HEDUI_OK;
}

static hedui_status make_feeds(maker *m, const hedui_yaml_node *given)
{
    const hedui_catalogue *c = m->rulebook->catalogue;
    m->feeds = hedui_arena_array(m->arena, c->feed_count, sizeof *m->feeds);
    if (!m->feeds)
        return hedui_fail_memory(m->err);
    for (uint32_t f = 0; f < c->feed_count; f++)
        m->feeds[f].layout = c->feeds[f];
    for (uint32_t f = 0; f < c->feed_count; f++) {
        const hedui_yaml_node *rows = NULL;
        for (uint32_t i = 0; i < given->count; i++)
            if (hedui_span_equal(given->keys[i]->text, c->feeds[f]->as))
                rows = given->items[i];
        hedui_status status = make_feed(m, &m->feeds[f], rows);
        if (status)
            return status;
    }
    for (uint32_t i = 0; i < given->count; i++) {
        hedui_span key = given->keys[i]->text;
        if (!hedui_span_is(key, "household") && !hedui_span_is(key, "members") &&
            !hedui_layouts_find_as(c->layouts, key))
            return hedui_yaml_fail(m->err, m->yaml, given->keys[i], HEDUI_E3019,
                                   HEDUI_ARG_SPAN(key));
    }
    return HEDUI_OK;
}

static hedui_status judge(hedui_example_outcome *outcome, maker *m, uint32_t rule,
                          const hedui_example *example)
{
    static const hedui_answer expected[] = {HEDUI_ANSWER_YES, HEDUI_ANSWER_NO,
                                            HEDUI_ANSWER_UNDETERMINED};
    static const int32_t year_2000 = 10957;
    int32_t from = m->rule->text->in_force.from;
    hedui_book book = {&m->caseload, m->feeds, m->rulebook->catalogue->feed_count, 0};
    hedui_judge j;
    book.as_of = example->as_of ? example->as_of : from != INT32_MIN ? from : year_2000;
    hedui_status status = hedui_judge_open(&j, m->rulebook, &book);
    if (!status) {
        hedui_judge_household(&j, 0);
        outcome->answer = hedui_judge_rule(&j, rule);
        status = j.err.status;
    }
    if (!status) {
        outcome->passed = outcome->answer == expected[example->expect];
        outcome->reason = hedui_span_of("");
        if (j.doubts)
            outcome->reason = hedui_span_of(hedui_cause_name((hedui_cause)j.doubts->reason.kind));
        else if (outcome->answer == HEDUI_ANSWER_UNDETERMINED)
            outcome->reason = hedui_span_of(hedui_cause_name(HEDUI_CAUSE_NOT_SUPPLIED));
    } else if (m->err && m->err->status == HEDUI_OK) {
        *m->err = j.err;
    }
    hedui_judge_close(&j);
    return status;
}

hedui_status hedui_example_run(hedui_example_outcome *outcome, const hedui_rulebook *rulebook,
                               uint32_t rule, const hedui_example *example, hedui_arena *arena,
                               hedui_err *err)
{
    maker m = {.rulebook = rulebook,
               .rule = &rulebook->rules[rule],
               .yaml = rulebook->rules[rule].text->yaml,
               .arena = arena,
               .err = err};
    if (example->given->kind != HEDUI_YAML_MAPPING)
        return malformed(&m, example->given, "given 应当写成 {来源: 行}");
    hedui_status status = make_areas(&m);
    if (!status)
        status = make_members(&m, hedui_yaml_find(example->given, "members"));
    if (!status)
        status = make_household(&m, hedui_yaml_find(example->given, "household"));
    if (!status)
        status = make_feeds(&m, example->given);
    return status ? status : judge(outcome, &m, rule, example);
}
