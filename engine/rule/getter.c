/* Reading facts as values.
 *
 * The heart of "unknown is never false": a list holds the rows that are known and, for every reason
 * why there may be more, one unknown element. exists() over it is true if a known row settles it,
 * else unknown; it is false only where everybody was asked and everything could be read. */
#include "rule/getter.h"
#include "rule/declared.h"
#include "rule/intervals.h"

static hedui_cel_value unknown(hedui_cause cause, uint32_t source, uint32_t field, uint32_t row,
                               hedui_arena *arena)
{
    hedui_cel_reason *reason = hedui_arena_take(arena, sizeof *reason);
    if (!reason)
        return hedui_cel_fail(HEDUI_CEL_ERROR_MEMORY);
    reason->kind = (uint16_t)cause;
    reason->source = (uint16_t)source;
    reason->field = (uint16_t)field;
    reason->row = row;
    return hedui_cel_unknown(reason, 1);
}

hedui_cel_value hedui_get_unknown(hedui_cause cause, uint32_t source, uint32_t field, uint32_t row,
                                  hedui_arena *arena)
{
    return unknown(cause, source, field, row, arena);
}

hedui_cel_value hedui_get_attribute(const void *context, const void *object, uint32_t row,
                                    uint32_t field, hedui_arena *arena)
{
    const hedui_code_list *list = context;
    const hedui_attribute *attribute = &list->attributes[field - 2];
    const hedui_attribute_value *value = &list->codes[row].values[field - 2];
    (void)object;
    if (!value->given)
        return unknown(HEDUI_CAUSE_BAD_FIELD, HEDUI_SOURCE_NONE, field, row, arena);
    if (attribute->type == HEDUI_ATTRIBUTE_BOOL)
        return hedui_cel_bool(value->yes);
    if (attribute->type == HEDUI_ATTRIBUTE_TEXT)
        return hedui_cel_string(value->text);
    hedui_cel_value *items = hedui_arena_array(arena, value->text_count, sizeof *items);
    if (!items)
        return hedui_cel_fail(HEDUI_CEL_ERROR_MEMORY);
    for (uint32_t i = 0; i < value->text_count; i++)
        items[i] = hedui_cel_string(value->texts[i]);
    return hedui_cel_list(items, value->text_count);
}

static hedui_cel_value code_list_value(const hedui_cel_type *list_type, uint64_t bits,
                                       hedui_arena *arena)
{
    const hedui_cel_type *type = hedui_cel_type_inner(list_type);
    uint32_t count = (uint32_t)__builtin_popcountll(bits), used = 0;
    hedui_cel_value *items = hedui_arena_array(arena, count, sizeof *items);
    if (!items)
        return hedui_cel_fail(HEDUI_CEL_ERROR_MEMORY);
    for (uint32_t i = 0; bits; i++, bits >>= 1)
        if (bits & 1)
            items[used++] = hedui_cel_code(type, i);
    return hedui_cel_list(items, count);
}

/* One cell. `source` and `member` go into the reason if it is not known. */
static hedui_cel_value cell(const hedui_facts *facts, uint32_t fact, uint32_t column,
                            const hedui_cel_type *type, uint32_t source, uint32_t member,
                            hedui_arena *arena)
{
    int64_t number;
    hedui_cell_state state = hedui_facts_cell(&number, facts, fact, column);
    if (state == HEDUI_CELL_ABSENT)
        return hedui_cel_absent();
    if (state != HEDUI_CELL_VALUE) {
        hedui_cause cause = state == HEDUI_CELL_NO_COLUMN ? HEDUI_CAUSE_NO_COLUMN
                            : state == HEDUI_CELL_UNKNOWN ? HEDUI_CAUSE_EMPTY_FIELD
                                                          : HEDUI_CAUSE_BAD_FIELD;
        return unknown(cause, source, column, member, arena);
    }
    switch (facts->layout->columns[column].type) {
    case HEDUI_COLUMN_NAME:
    case HEDUI_COLUMN_TEXT:
    case HEDUI_COLUMN_USCC:
    case HEDUI_COLUMN_PLATE:
        return hedui_cel_string(hedui_facts_text(facts, fact, column));
    case HEDUI_COLUMN_DATE:
        return hedui_cel_date((int32_t)number);
    case HEDUI_COLUMN_MONTH:
        return hedui_cel_month((int)(number / 12), (int)(number % 12) + 1);
    case HEDUI_COLUMN_MONEY:
    case HEDUI_COLUMN_AREA:
        return hedui_cel_decimal(number, 2);
    case HEDUI_COLUMN_RATE:
        return hedui_cel_decimal(number, 6);
    case HEDUI_COLUMN_DECIMAL:
        return hedui_cel_decimal(number, facts->layout->columns[column].scale);
    case HEDUI_COLUMN_INTEGER:
        return hedui_cel_int(number);
    case HEDUI_COLUMN_CODE:
        return hedui_cel_code(type, (uint32_t)number);
    case HEDUI_COLUMN_CODES:
        return code_list_value(type, (uint64_t)number, arena);
    case HEDUI_COLUMN_YES_NO:
        return hedui_cel_bool(number != 0);
    case HEDUI_COLUMN_CITIZEN_ID:
        break;
    }
    return hedui_cel_fail(HEDUI_CEL_ERROR_HOST);
}

/* A list being put together: rows, then one unknown for every reason why there may be more. */
typedef struct listing {
    hedui_cel_value *items;
    uint32_t count;
} listing;

/* Only who was asked about can have no record, and only of whom a verdict surely speaks has one: a
 * “no” that may be another person's answers for nobody. */
int hedui_get_lacks_rows(hedui_cause *cause, const hedui_book *book, const hedui_feed_book *feed,
                         uint32_t member, int has_sure_row)
{
    const hedui_member *m = &book->caseload->members[member];
    if (!m->authorised)
        *cause = HEDUI_CAUSE_NOT_AUTHORISED;
    else if (hedui_feed_book_incomplete(feed, member))
        *cause = HEDUI_CAUSE_REJECTED_ROW;
    else if (feed->asked)
        return 0;
    else if (!hedui_feed_book_asked(feed, m->person))
        *cause = HEDUI_CAUSE_NOT_ASKED;
    else if (feed->layout->kind == HEDUI_FEED_VERDICT && !has_sure_row)
        *cause = HEDUI_CAUSE_NOT_ANSWERED;
    else
        return 0;
    return 1;
}

static void add_member_rows(listing *list, const hedui_case *c, uint32_t feed, uint32_t member,
                            hedui_arena *arena)
{
    const hedui_feed_book *book = &c->book->feeds[feed];
    uint32_t household = c->book->caseload->members[member].household;
    int has_sure_row = 0;
    hedui_cause cause;
    for (uint32_t i = book->first[household]; i < book->first[household + 1]; i++) {
        if (book->links[i].member != member)
            continue;
        has_sure_row |= hedui_link_is_sure(&book->links[i]);
        if (c->strong_only && book->links[i].match != HEDUI_MATCH_ID_NAME)
            list->items[list->count++] = unknown(HEDUI_CAUSE_CONFLICT, feed, 0, member, arena);
        else
            list->items[list->count++] = hedui_cel_row(c->catalogue->row_types[feed], c, i);
    }
    if (!hedui_get_lacks_rows(&cause, c->book, book, member, has_sure_row))
        return;
    /* nobody knows who was asked: a fault of the delivery, not one of each person */
    int of_feed = cause == HEDUI_CAUSE_NOT_ASKED && !book->asked_about;
    list->items[list->count++] = unknown(cause, feed, 0, of_feed ? UINT32_MAX : member, arena);
}

/* Who owes support, and one unknown if a row about one of them is bad. */
static hedui_cel_value supporters(const hedui_case *c, hedui_arena *arena)
{
    uint32_t feed = c->catalogue->supporters;
    const hedui_feed_book *book = &c->book->feeds[feed];
    const hedui_household *h = &c->book->caseload->households[c->household];
    listing list = {hedui_arena_array(arena, (size_t)h->supporters + 1, sizeof *list.items), 0};
    if (!list.items)
        return hedui_cel_fail(HEDUI_CEL_ERROR_MEMORY);
    for (uint32_t i = book->first[c->household]; i < book->first[c->household + 1]; i++)
        list.items[list.count++] = hedui_cel_row(c->catalogue->row_types[feed], c, i);
    if (h->supporters_incomplete)
        list.items[list.count++] = unknown(HEDUI_CAUSE_REJECTED_ROW, feed, 0, UINT32_MAX, arena);
    return hedui_cel_list(list.items, list.count);
}

/* Where the list of a feed is kept, of the household or (`who` from 1) of one of its people: rules
 * ask for the same ones over and over. NULL without memory. */
static hedui_cel_value *list_kept(const hedui_case *c, uint32_t who, uint32_t feed)
{
    hedui_case *evaluating = (hedui_case *)(uintptr_t)c; /* the memo is the case's own */
    const hedui_household *h = &c->book->caseload->households[c->household];
    size_t owners = (size_t)h->count + h->supporters + 1;
    if (!c->lists)
        evaluating->lists =
            hedui_arena_array(c->arena, owners * c->book->feed_count, sizeof *c->lists);
    return c->lists ? &evaluating->lists[who * c->book->feed_count + feed] : NULL;
}

static hedui_cel_value make_household_list(const hedui_case *c, uint32_t feed, hedui_arena *arena)
{
    const hedui_feed_book *book = &c->book->feeds[feed];
    const hedui_household *h = &c->book->caseload->households[c->household];
    if (book->cause != HEDUI_CAUSE_NONE)
        return unknown(book->cause, feed, 0, UINT32_MAX, arena);
    if (feed == c->catalogue->supporters)
        return supporters(c, arena);
    uint32_t most = book->first[c->household + 1] - book->first[c->household] + h->count + 1;
    listing list = {hedui_arena_array(arena, most, sizeof *list.items), 0};
    if (!list.items)
        return hedui_cel_fail(HEDUI_CEL_ERROR_MEMORY);
    for (uint32_t m = h->first; m < h->first + h->count; m++)
        if (c->book->caseload->members[m].counted)
            add_member_rows(&list, c, feed, m, arena);
    if (h->incomplete)
        list.items[list.count++] =
            unknown(HEDUI_CAUSE_CASELOAD, c->catalogue->feed_count + 1u, 0, UINT32_MAX, arena);
    return hedui_cel_list(list.items, list.count);
}

static hedui_cel_value household_list(const hedui_case *c, uint32_t feed)
{
    hedui_cel_value *kept = list_kept(c, 0, feed);
    if (!kept)
        return hedui_cel_fail(HEDUI_CEL_ERROR_MEMORY);
    if (kept->kind == HEDUI_CEL_NULL)
        *kept = make_household_list(c, feed, c->arena);
    return *kept;
}

static hedui_cel_value make_member_list(const hedui_case *c, uint32_t member, uint32_t feed,
                                        hedui_arena *arena)
{
    const hedui_feed_book *book = &c->book->feeds[feed];
    uint32_t household = c->book->caseload->members[member].household;
    if (book->cause != HEDUI_CAUSE_NONE)
        return unknown(book->cause, feed, 0, UINT32_MAX, arena);
    uint32_t most = book->first[household + 1] - book->first[household] + 1;
    listing list = {hedui_arena_array(arena, most, sizeof *list.items), 0};
    if (!list.items)
        return hedui_cel_fail(HEDUI_CEL_ERROR_MEMORY);
    add_member_rows(&list, c, feed, member, arena);
    return hedui_cel_list(list.items, list.count);
}

static hedui_cel_value member_list(const hedui_case *c, uint32_t member, uint32_t feed,
                                   hedui_arena *arena)
{
    const hedui_household *h = &c->book->caseload->households[c->household];
    uint32_t place = member - h->first; /* of people of other households nothing is kept */
    hedui_cel_value *kept = place < h->count + h->supporters ? list_kept(c, place + 1, feed) : NULL;
    if (!kept)
        return make_member_list(c, member, feed, arena);
    if (kept->kind == HEDUI_CEL_NULL)
        *kept = make_member_list(c, member, feed, c->arena);
    return *kept;
}

hedui_cel_value hedui_get_row(const void *context, const void *object, uint32_t row, uint32_t field,
                              hedui_arena *arena)
{
    const hedui_row_shape *shape = context;
    const hedui_case *c = object;
    const hedui_feed_book *feed = &c->book->feeds[shape->feed];
    const hedui_link *link = &feed->links[row];
    const hedui_facts *facts = feed->deliveries[link->delivery]->facts;
    const hedui_cel_type *record = c->catalogue->row_types[shape->feed];
    if (field < shape->member)
        return cell(facts, link->fact, shape->columns[field],
                    hedui_cel_type_fields(record)->fields[field].type, shape->feed, link->member,
                    arena);
    if (field == shape->household)
        return hedui_cel_row(c->catalogue->supporter_household_type, c, link->member);
    if (shape->lists != UINT32_MAX) {
        uint32_t list = field - shape->lists;
        return member_list(c, link->member, list + (list >= shape->feed), arena);
    }
    uint32_t role = field - shape->member - 1;
    if (field > shape->member && hedui_facts_role(facts, link->fact) != role)
        return hedui_cel_absent();
    return hedui_cel_row(c->catalogue->member_type, c, link->member);
}

static hedui_cel_value household_members(const hedui_case *c, hedui_arena *arena)
{
    const hedui_household *h = &c->book->caseload->households[c->household];
    listing list = {hedui_arena_array(arena, (size_t)h->count + 1, sizeof *list.items), 0};
    if (!list.items)
        return hedui_cel_fail(HEDUI_CEL_ERROR_MEMORY);
    for (uint32_t m = h->first; m < h->first + h->count; m++)
        list.items[list.count++] = hedui_cel_row(c->catalogue->member_type, c, m);
    if (h->incomplete)
        list.items[list.count++] =
            unknown(HEDUI_CAUSE_CASELOAD, c->catalogue->feed_count + 1u, 0, UINT32_MAX, arena);
    return hedui_cel_list(list.items, list.count);
}

hedui_cel_value hedui_get_household(const void *context, const void *object, uint32_t row,
                                    uint32_t field, hedui_arena *arena)
{
    const hedui_catalogue *catalogue = context;
    const hedui_case *c = object;
    if (field == catalogue->household_members)
        return household_members(c, arena);
    if (field == catalogue->household_intervals)
        return hedui_benefit_intervals(c, arena);
    if (field == catalogue->household_declared)
        return hedui_cel_row(catalogue->declared_type, c, row);
    if (field >= catalogue->household_lists)
        return household_list(c, field - catalogue->household_lists);
    return cell(c->book->caseload->household_delivery->facts,
                c->book->caseload->households[row].fact, catalogue->household_columns[field],
                hedui_cel_type_fields(catalogue->household_type)->fields[field].type,
                catalogue->feed_count, UINT32_MAX, arena);
}

hedui_cel_value hedui_get_supporter_household(const void *context, const void *object, uint32_t row,
                                              uint32_t field, hedui_arena *arena)
{
    hedui_case *evaluating = (hedui_case *)(uintptr_t)object; /* the memo is the case's own */
    (void)context;
    return evaluating->supporter_value(evaluating, row, field, arena);
}

/* A cell of a supporter who is met where a member stands (the owner of the supporter's car): what
 * both layouts say of a person is known, the rest is not. */
static hedui_cel_value supporter_cell(const hedui_case *c, uint32_t place, uint32_t column,
                                      const hedui_cel_type *type, hedui_arena *arena)
{
    const hedui_caseload *caseload = c->book->caseload;
    const hedui_facts *facts = caseload->supporter_delivery->facts;
    const hedui_column *wanted = &c->catalogue->members->columns[column];
    uint32_t own = hedui_layout_column(facts->layout, wanted->name);
    if (own == HEDUI_COLUMN_NONE || facts->layout->columns[own].type != wanted->type ||
        facts->layout->columns[own].list != wanted->list)
        return unknown(HEDUI_CAUSE_EMPTY_FIELD, c->catalogue->feed_count + 1u, column, place,
                       arena);
    return cell(facts, caseload->members[place].fact, own, type, c->catalogue->supporters, place,
                arena);
}

hedui_cel_value hedui_get_member(const void *context, const void *object, uint32_t row,
                                 uint32_t field, hedui_arena *arena)
{
    const hedui_catalogue *catalogue = context;
    const hedui_case *c = object;
    if (field >= catalogue->member_values) {
        hedui_case *evaluating = (hedui_case *)(uintptr_t)object; /* the memo is the case's own */
        return c->member_value(evaluating, row, field - catalogue->member_values, arena);
    }
    if (field >= catalogue->member_lists) {
        uint32_t list = field - catalogue->member_lists;
        return member_list(c, row, list + (list >= catalogue->supporters), arena);
    }
    if (c->book->caseload->members[row].supporter)
        return supporter_cell(c, row, catalogue->member_columns[field],
                              hedui_cel_type_fields(catalogue->member_type)->fields[field].type,
                              arena);
    return cell(c->book->caseload->member_delivery->facts, c->book->caseload->members[row].fact,
                catalogue->member_columns[field],
                hedui_cel_type_fields(catalogue->member_type)->fields[field].type,
                catalogue->feed_count + 1u, row, arena);
}
