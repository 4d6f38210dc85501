/* Rows as people write them in examples and scenarios become a caseload of one household and
 * deliveries of a few rows, made with the same decoder as a night's. */
#include "rule/given.h"

#include <hedui/nearest.h>

#include "feed/decode.h"

/* An example says with this word that a code is not in its list; any other that is not is a slip.
 */
static const char unlisted_word[] = "代码表外";

typedef struct maker {
    const hedui_rulebook *rulebook;
    const hedui_applies_to *to; /* NULL: nothing is assumed */
    const hedui_yaml *yaml;
    hedui_arena *arena;
    hedui_err *err;
    hedui_caseload caseload;
    hedui_household household;
    hedui_member *members;
    hedui_person *persons;
    hedui_areas areas;
    hedui_feed_book *feeds;
    uint32_t member_count; /* without supporters */
} maker;

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
    const char *nearest = hedui_nearest_of(key->text, names);
    if (nearest)
        return hedui_yaml_fail(m->err, m->yaml, key, HEDUI_E1113, HEDUI_ARG_SPAN(key->text),
                               HEDUI_ARG_TEXT(nearest));
    return hedui_yaml_fail(m->err, m->yaml, key, HEDUI_E1107, HEDUI_ARG_SPAN(key->text));
}

/* Keys of a row that are no columns. */
static int is_extra(hedui_span key)
{
    return hedui_span_is(key, "member") || hedui_span_is(key, "supporter") ||
           hedui_span_is(key, "authorised") || hedui_span_is(key, "row");
}

static hedui_status add_row(const maker *m, hedui_delivery *delivery, const hedui_yaml_node *row,
                            uint32_t person)
{
    const hedui_layout *layout = delivery->layout;
    hedui_draft draft = {0};
    hedui_fact fact = {.person = person,
                       .line = delivery->facts->count + 1,
                       .role = 0,
                       .form = HEDUI_CITIZEN_ID_18};
    draft.states = hedui_arena_array(m->arena, layout->column_count, sizeof *draft.states);
    draft.numbers = hedui_arena_array(m->arena, layout->column_count, sizeof *draft.numbers);
    draft.texts = hedui_arena_array(m->arena, layout->column_count, sizeof *draft.texts);
    if (!draft.states || !draft.numbers || !draft.texts)
        return hedui_fail_memory(m->err);
    for (uint32_t c = 0; c < layout->column_count; c++)
        draft.states[c] =
            layout->columns[c].empty == HEDUI_EMPTY_ABSENT ? HEDUI_CELL_ABSENT : HEDUI_CELL_UNKNOWN;
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

/* One person at one place: member or supporter. */
static hedui_status make_place(maker *m, hedui_delivery *delivery, const hedui_yaml_node *row,
                               uint32_t place, int supporter)
{
    const hedui_yaml_node *authorised = hedui_yaml_find(row, "authorised");
    uint32_t fact = delivery->facts->count;
    uint32_t counted = hedui_layout_column(delivery->layout, hedui_span_of("counted"));
    hedui_status status = add_row(m, delivery, row, place);
    if (status)
        return status;
    m->members[place] = (hedui_member){.person = place, .fact = fact};
    m->members[place].supporter = supporter != 0;
    m->members[place].authorised = !authorised || !hedui_span_is(authorised->text, "false");
    if (!supporter && !hedui_yaml_find(row, "counted")) /* who is not left out is counted */
        hedui_facts_set(delivery->facts, fact, counted, HEDUI_CELL_VALUE, 1);
    m->members[place].counted =
        !supporter && (hedui_facts_state(delivery->facts, fact, counted) != HEDUI_CELL_VALUE ||
                       hedui_facts_number(delivery->facts, fact, counted) == 1);
    /* a number that nobody has: the sequence 000 is not given out */
    m->persons[place] = (hedui_person){UINT64_C(65900019000101000) + place * 1000u, place, 1};
    return HEDUI_OK;
}

static hedui_status make_members(maker *m, const hedui_yaml_node *list,
                                 const hedui_yaml_node *supporters)
{
    const hedui_catalogue *c = m->rulebook->catalogue;
    hedui_caseload *k = &m->caseload;
    hedui_status status = HEDUI_OK;
    int listed = supporters && supporters->kind == HEDUI_YAML_SEQUENCE;
    uint32_t count = list ? list->count : 1, more = listed ? supporters->count : 0;
    if (list && list->kind != HEDUI_YAML_SEQUENCE)
        return malformed(m, list, "members 应当是列表");
    if (more && c->supporters == UINT32_MAX)
        return hedui_yaml_fail(m->err, m->yaml, supporters, HEDUI_E3019,
                               HEDUI_ARG_TEXT("supporters"));
    m->members = hedui_arena_array(m->arena, (size_t)count + more, sizeof *m->members);
    m->persons = hedui_arena_array(m->arena, (size_t)count + more, sizeof *m->persons);
    uint32_t *places = hedui_arena_array(m->arena, (size_t)count + more, sizeof *places);
    k->member_delivery = open_delivery(m, c->members);
    if (listed)
        k->supporter_delivery = open_delivery(m, c->feeds[c->supporters]);
    if (!m->members || !m->persons || !places || !k->member_delivery ||
        (listed && !k->supporter_delivery))
        return hedui_fail_memory(m->err);
    for (uint32_t i = 0; i < count + more && !status; i++) {
        const hedui_yaml_node *member = list && i < count ? list->items[i] : NULL;
        places[i] = i;
        status = i < count
                     ? make_place(m, k->member_delivery, member, i, 0)
                     : make_place(m, k->supporter_delivery, supporters->items[i - count], i, 1);
    }
    k->members = m->members;
    k->member_count = count + more;
    k->persons = m->persons;
    k->person_count = count + more;
    k->places = places;
    k->member_columns[HEDUI_MEMBER_NAME] = hedui_layout_column(c->members, hedui_span_of("name"));
    if (listed)
        k->supporter_columns[HEDUI_MEMBER_NAME] =
            hedui_layout_column(c->feeds[c->supporters], hedui_span_of("name"));
    m->household.count = m->member_count = count;
    m->household.supporters = more;
    return status;
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

/* The longest area that a code begins with: a village is where its town's rows are looked up. */
static uint32_t area_above(const hedui_areas *areas, hedui_span code)
{
    uint32_t found = HEDUI_AREA_NONE;
    for (uint32_t i = 0; i < areas->count; i++) {
        hedui_span up = areas->list[i].code;
        if (up.length <= code.length && memcmp(up.at, code.at, up.length) == 0 &&
            (found == HEDUI_AREA_NONE || up.length > areas->list[found].code.length))
            found = i;
    }
    return found;
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
    static const hedui_applies_to nothing = {0};
    const hedui_applies_to *to = m->to ? m->to : &nothing;
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
        hedui_facts_set(facts, 0, column, cell.state, cell.number);
    }
    hedui_span area =
        hedui_facts_text(facts, 0, m->caseload.household_columns[HEDUI_HOUSEHOLD_AREA]);
    m->household.area = area.length ? area_above(&m->areas, area) : top_area(&m->areas);
    m->household.id = hedui_span_of("example");
    m->caseload.households = &m->household;
    m->caseload.household_count = 1;
    m->caseload.areas = &m->areas;
    return HEDUI_OK;
}

/* "member: 2" or "supporter: 1"; the first member where nothing is said. */
static hedui_status find_place(uint32_t *place, const maker *m, const hedui_yaml_node *row)
{
    const hedui_yaml_node *member = hedui_yaml_find(row, "member");
    const hedui_yaml_node *supporter = hedui_yaml_find(row, "supporter");
    const hedui_yaml_node *node = supporter ? supporter : member;
    uint32_t first = supporter ? m->member_count : 0;
    uint32_t count = supporter ? m->household.supporters : m->member_count;
    *place = 0;
    if (!node)
        return HEDUI_OK;
    if (node->text.length != 1 || node->text.at[0] < '1' ||
        (uint32_t)(node->text.at[0] - '1') >= count)
        return malformed(m, node, supporter ? "没有这位义务人" : "没有这位成员");
    *place = first + (uint32_t)(node->text.at[0] - '1');
    return HEDUI_OK;
}

/* A row belongs to a place; the links of a feed stand in the order of places, as in a night. */
static hedui_status fill_feed(maker *m, hedui_delivery *delivery, hedui_link *links,
                              const hedui_yaml_node *rows)
{
    uint32_t *places = hedui_arena_array(m->arena, rows->count, sizeof *places), used = 0;
    if (!places)
        return hedui_fail_memory(m->err);
    for (uint32_t i = 0; i < rows->count; i++) {
        hedui_status status = find_place(&places[i], m, rows->items[i]);
        if (!status)
            status = add_row(m, delivery, rows->items[i], places[i]);
        if (status)
            return status;
    }
    for (uint32_t place = 0; place < m->caseload.member_count; place++)
        for (uint32_t i = 0; i < rows->count; i++)
            if (places[i] == place)
                links[used++] = (hedui_link){place, i, 0, HEDUI_MATCH_ID_NAME};
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
    if (!deliveries || !links || !first)
        return hedui_fail_memory(m->err);
    const hedui_delivery *supporters = m->caseload.supporter_delivery;
    hedui_status status = HEDUI_OK;
    if (supporters && feed->layout == supporters->layout) {
        *deliveries = m->caseload.supporter_delivery;
        for (uint32_t i = 0; i < rows->count; i++)
            links[i] = (hedui_link){m->member_count + i, i, 0, HEDUI_MATCH_ID_NAME};
    } else {
        *deliveries = open_delivery(m, feed->layout);
        status = *deliveries ? fill_feed(m, *deliveries, links, rows) : hedui_fail_memory(m->err);
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
    return status;
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

hedui_status hedui_given_make(hedui_book *book, const hedui_rulebook *rulebook,
                              const hedui_applies_to *to, const hedui_yaml *yaml,
                              const hedui_yaml_node *given, hedui_arena *arena, hedui_err *err)
{
    maker *m = hedui_arena_take(arena, sizeof *m);
    if (!m)
        return hedui_fail_memory(err);
    *m = (maker){.rulebook = rulebook, .to = to, .yaml = yaml, .arena = arena, .err = err};
    if (given->kind != HEDUI_YAML_MAPPING)
        return malformed(m, given, "given 应当写成 {来源: 行}");
    hedui_status status = make_areas(m);
    if (!status)
        status = make_members(m, hedui_yaml_find(given, "members"),
                              hedui_yaml_find(given, "supporters"));
    if (!status)
        status = make_household(m, hedui_yaml_find(given, "household"));
    if (!status)
        status = make_feeds(m, given);
    if (!status)
        *book = (hedui_book){&m->caseload, m->feeds, rulebook->catalogue->feed_count, 0, NULL};
    return status;
}
