/* Layouts to record types. Every column becomes a field except citizen numbers: no rule needs the
 * digits, and what a rule cannot read no message can print. */
#include "rule/catalogue.h"
#include "rule/declared.h"
#include "rule/getter.h"
#include "rule/intervals.h"

typedef struct maker {
    hedui_catalogue *c;
    hedui_arena *arena;
    hedui_err *err;
    const hedui_cel_type **code_types; /* by position in layouts->code_lists */
} maker;

static hedui_status make_code_type(const hedui_cel_type **type, const hedui_code_list *list,
                                   maker *m)
{
    hedui_cel_codes codes = {.code_count = list->count, .field_count = list->attribute_count + 2};
    hedui_span *texts = hedui_arena_array(m->arena, list->count, sizeof *texts);
    hedui_span *labels = hedui_arena_array(m->arena, list->count, sizeof *labels);
    hedui_cel_field *fields = hedui_arena_array(m->arena, codes.field_count, sizeof *fields);
    const hedui_cel_type *string = hedui_cel_type_simple(HEDUI_CEL_STRING);
    const hedui_cel_type *strings = hedui_cel_type_list(m->arena, string);
    if (!texts || !labels || !fields || !strings)
        return hedui_fail_memory(m->err);
    for (uint32_t i = 0; i < list->count; i++) {
        texts[i] = list->codes[i].code;
        labels[i] = list->codes[i].label;
    }
    fields[0] = (hedui_cel_field){"code", string, HEDUI_CEL_REQUIRED, "代码", 0};
    fields[1] = (hedui_cel_field){"label", string, HEDUI_CEL_REQUIRED, "名称", 0};
    for (uint32_t i = 0; i < list->attribute_count; i++) {
        const hedui_attribute *a = &list->attributes[i];
        hedui_span name = hedui_arena_copy(m->arena, a->name);
        if (!name.at)
            return hedui_fail_memory(m->err);
        const hedui_cel_type *of = a->type == HEDUI_ATTRIBUTE_BOOL
                                       ? hedui_cel_type_simple(HEDUI_CEL_BOOL)
                                   : a->type == HEDUI_ATTRIBUTE_TEXT ? string
                                                                     : strings;
        fields[i + 2] = (hedui_cel_field){name.at, of, HEDUI_CEL_MAY_BE_UNKNOWN, NULL, 0};
    }
    codes.codes = texts;
    codes.labels = labels;
    codes.fields = fields;
    codes.get = hedui_get_attribute;
    codes.context = list;
    *type = hedui_cel_type_code(m->arena, list->name, &codes);
    return *type ? HEDUI_OK : hedui_fail_memory(m->err);
}

static const hedui_cel_type *code_type_of(const maker *m, const hedui_code_list *list)
{
    for (uint32_t i = 0; i < m->c->layouts->code_list_count; i++)
        if (m->c->layouts->code_lists[i] == list)
            return m->code_types[i];
    return NULL;
}

static const hedui_cel_type *type_of(const maker *m, const hedui_column *column)
{
    switch (column->type) {
    case HEDUI_COLUMN_CITIZEN_ID:
        return NULL;
    case HEDUI_COLUMN_NAME:
    case HEDUI_COLUMN_TEXT:
    case HEDUI_COLUMN_USCC:
    case HEDUI_COLUMN_PLATE:
        return hedui_cel_type_simple(HEDUI_CEL_STRING);
    case HEDUI_COLUMN_DATE:
        return hedui_cel_type_simple(HEDUI_CEL_DATE);
    case HEDUI_COLUMN_MONTH:
        return hedui_cel_type_simple(HEDUI_CEL_MONTH);
    case HEDUI_COLUMN_MONEY:
    case HEDUI_COLUMN_AREA:
        return hedui_cel_type_decimal(2);
    case HEDUI_COLUMN_RATE:
        return hedui_cel_type_decimal(6);
    case HEDUI_COLUMN_DECIMAL:
        return hedui_cel_type_decimal(column->scale);
    case HEDUI_COLUMN_INTEGER:
        return hedui_cel_type_simple(HEDUI_CEL_INT);
    case HEDUI_COLUMN_CODE:
        return code_type_of(m, column->list);
    case HEDUI_COLUMN_CODES:
        return hedui_cel_type_list(m->arena, code_type_of(m, column->list));
    case HEDUI_COLUMN_YES_NO:
        return hedui_cel_type_simple(HEDUI_CEL_BOOL);
    }
    return NULL;
}

static hedui_cel_presence presence_of(const hedui_column *column)
{
    if (column->empty == HEDUI_EMPTY_REJECTED)
        return HEDUI_CEL_REQUIRED;
    return column->empty == HEDUI_EMPTY_ABSENT ? HEDUI_CEL_MAY_BE_ABSENT : HEDUI_CEL_MAY_BE_UNKNOWN;
}

/* Append the fields of a layout's columns. @return how many. */
static hedui_status add_columns(uint32_t *count, hedui_cel_field *fields, uint32_t *columns,
                                const hedui_layout *layout, maker *m)
{
    uint32_t used = 0;
    for (uint32_t i = 0; i < layout->column_count; i++) {
        const hedui_column *column = &layout->columns[i];
        const hedui_cel_type *type = type_of(m, column);
        if (!type)
            continue;
        hedui_span name = hedui_arena_copy(m->arena, column->name);
        hedui_span title = hedui_arena_copy(m->arena, column->title);
        if (!name.at || !title.at)
            return hedui_fail_memory(m->err);
        uint32_t max = hedui_column_type_is_text(column->type) ? column->max : 0;
        fields[used] = (hedui_cel_field){name.at, type, presence_of(column), title.at, max};
        columns[used++] = i;
    }
    *count = used;
    return HEDUI_OK;
}

static int has_field(const hedui_cel_field *fields, uint32_t count, const char *name)
{
    for (uint32_t i = 0; i < count; i++)
        if (strcmp(fields[i].name, name) == 0)
            return 1;
    return 0;
}

/* A list for each feed; of a supporter without the supporters themselves. */
static hedui_status add_lists(hedui_cel_field *fields, uint32_t *count, uint32_t without, maker *m)
{
    for (uint32_t f = 0; f < m->c->feed_count; f++) {
        if (f == without)
            continue;
        hedui_span name = hedui_arena_copy(m->arena, m->c->feeds[f]->as);
        hedui_span title = hedui_arena_copy(m->arena, m->c->feeds[f]->title);
        const hedui_cel_type *list = hedui_cel_type_list(m->arena, m->c->row_types[f]);
        if (!name.at || !title.at || !list)
            return hedui_fail_memory(m->err);
        if (has_field(fields, *count, name.at))
            return hedui_fail(m->err, HEDUI_E3020, hedui_place_file(m->c->feeds[f]->path),
                              HEDUI_ARG_SPAN(name));
        fields[(*count)++] =
            (hedui_cel_field){name.at, list, HEDUI_CEL_MAY_BE_UNKNOWN, title.at, 0};
    }
    return HEDUI_OK;
}

/* Whose row it is: a member in one of the roles. */
static hedui_status add_roles(hedui_cel_field *fields, uint32_t *used, const hedui_layout *layout,
                              maker *m)
{
    uint32_t count = *used;
    fields[count++] = (hedui_cel_field){"member", m->c->member_type, HEDUI_CEL_REQUIRED,
                                        "这一行所属的家庭成员", 0};
    for (uint32_t p = 0; p < layout->person_count; p++) {
        hedui_span role = hedui_arena_copy(m->arena, layout->persons[p].role);
        if (!role.at)
            return hedui_fail_memory(m->err);
        if (has_field(fields, count, role.at))
            return hedui_fail(m->err, HEDUI_E3020, hedui_place_file(layout->path),
                              HEDUI_ARG_SPAN(role));
        fields[count++] = (hedui_cel_field){
            role.at, m->c->member_type,
            layout->person_count == 1 ? HEDUI_CEL_REQUIRED : HEDUI_CEL_MAY_BE_ABSENT, NULL, 0};
    }
    *used = count;
    return HEDUI_OK;
}

/* A supporter is no member: the lists are his own, and his household has values of its own. */
static hedui_status add_supporter_fields(hedui_cel_field *fields, uint32_t *used,
                                         hedui_row_shape *shape, maker *m)
{
    shape->lists = *used;
    hedui_status status = add_lists(fields, used, m->c->supporters, m);
    shape->household = *used;
    fields[(*used)++] = (hedui_cel_field){"household", m->c->supporter_household_type,
                                          HEDUI_CEL_REQUIRED, "义务人自己的家庭", 0};
    return status;
}

static hedui_status define_rows(hedui_row_shape *shape, uint32_t feed, maker *m)
{
    const hedui_layout *layout = m->c->feeds[feed];
    uint32_t most = layout->column_count + 1 + layout->person_count + m->c->feed_count, count = 0;
    hedui_cel_field *fields = hedui_arena_array(m->arena, most, sizeof *fields);
    uint32_t *columns = hedui_arena_array(m->arena, most, sizeof *columns);
    if (!fields || !columns)
        return hedui_fail_memory(m->err);
    hedui_status status = add_columns(&count, fields, columns, layout, m);
    if (status)
        return status;
    *shape = (hedui_row_shape){.columns = columns,
                               .member = count,
                               .lists = UINT32_MAX,
                               .household = UINT32_MAX,
                               .catalogue = m->c,
                               .feed = (uint16_t)feed};
    status = feed == m->c->supporters ? add_supporter_fields(fields, &count, shape, m)
                                      : add_roles(fields, &count, layout, m);
    if (status)
        return status;
    hedui_cel_record record = {.fields = fields,
                               .field_count = count,
                               .source = (uint16_t)feed,
                               .get = hedui_get_row,
                               .context = shape};
    if (!hedui_cel_type_define(m->c->row_types[feed], &record, m->arena))
        return hedui_fail_memory(m->err);
    return HEDUI_OK;
}

/* What is put together from several layouts. */
static hedui_status add_gathered(hedui_cel_field *fields, uint32_t *count, maker *m)
{
    const hedui_cel_type *periods =
        hedui_cel_type_list(m->arena, hedui_cel_type_simple(HEDUI_CEL_PERIOD));
    const hedui_cel_field gathered[] = {
        {"benefit_intervals", periods, HEDUI_CEL_MAY_BE_UNKNOWN, "享受救助的各段期间", 0},
        {"declared", m->c->declared_type, HEDUI_CEL_REQUIRED, "这一户申报的", 0}};
    if (!periods)
        return hedui_fail_memory(m->err);
    m->c->household_intervals = UINT32_MAX;
    for (int i = hedui_has_benefit(m->c) ? 0 : 1; i < 2; i++) {
        if (has_field(fields, *count, gathered[i].name))
            return hedui_fail(m->err, HEDUI_E3020, hedui_place_file(m->c->households->path),
                              HEDUI_ARG_TEXT(gathered[i].name));
        *(i ? &m->c->household_declared : &m->c->household_intervals) = *count;
        fields[(*count)++] = gathered[i];
    }
    return HEDUI_OK;
}

static hedui_status define_household(maker *m)
{
    uint32_t most = m->c->households->column_count + 3 + m->c->feed_count, count = 0;
    hedui_cel_field *fields = hedui_arena_array(m->arena, most, sizeof *fields);
    uint32_t *columns = hedui_arena_array(m->arena, most, sizeof *columns);
    const hedui_cel_type *members = hedui_cel_type_list(m->arena, m->c->member_type);
    if (!fields || !columns || !members)
        return hedui_fail_memory(m->err);
    hedui_status status = add_columns(&count, fields, columns, m->c->households, m);
    if (status)
        return status;
    m->c->household_columns = columns;
    m->c->household_members = count;
    fields[count++] =
        (hedui_cel_field){"members", members, HEDUI_CEL_MAY_BE_UNKNOWN, "家庭成员", 0};
    status = add_gathered(fields, &count, m);
    m->c->household_lists = count;
    if (!status)
        status = add_lists(fields, &count, UINT32_MAX, m);
    if (status)
        return status;
    hedui_cel_record record = {.fields = fields,
                               .field_count = count,
                               .source = (uint16_t)m->c->feed_count,
                               .max_rows = 1,
                               .get = hedui_get_household,
                               .context = m->c};
    if (!hedui_cel_type_define(m->c->household_type, &record, m->arena))
        return hedui_fail_memory(m->err);
    return HEDUI_OK;
}

static hedui_status define_member(const hedui_member_value *values, uint32_t value_count, maker *m)
{
    uint32_t most = m->c->members->column_count + m->c->feed_count + value_count, count = 0;
    hedui_cel_field *fields = hedui_arena_array(m->arena, most, sizeof *fields);
    uint32_t *columns = hedui_arena_array(m->arena, most, sizeof *columns);
    if (!fields || !columns)
        return hedui_fail_memory(m->err);
    hedui_status status = add_columns(&count, fields, columns, m->c->members, m);
    if (status)
        return status;
    m->c->member_columns = columns;
    m->c->member_lists = count; /* who owes support to the household is no field of a member */
    status = add_lists(fields, &count, m->c->supporters, m);
    if (status)
        return status;
    m->c->member_values = count;
    m->c->member_value_count = value_count;
    for (uint32_t i = 0; i < value_count; i++) {
        if (has_field(fields, count, values[i].name))
            return hedui_fail(m->err, HEDUI_E3020, hedui_place_none(),
                              HEDUI_ARG_TEXT(values[i].name));
        fields[count++] = (hedui_cel_field){values[i].name, values[i].type,
                                            HEDUI_CEL_MAY_BE_UNKNOWN, values[i].doc, 0};
    }
    hedui_cel_record record = {.fields = fields,
                               .field_count = count,
                               .source = (uint16_t)(m->c->feed_count + 1),
                               .get = hedui_get_member,
                               .context = m->c};
    if (!hedui_cel_type_define(m->c->member_type, &record, m->arena))
        return hedui_fail_memory(m->err);
    return HEDUI_OK;
}

static hedui_status define_supporter_household(const hedui_member_value *values, uint32_t count,
                                               maker *m)
{
    hedui_cel_field *fields = hedui_arena_array(m->arena, count, sizeof *fields);
    if (!fields)
        return hedui_fail_memory(m->err);
    for (uint32_t i = 0; i < count; i++)
        fields[i] = (hedui_cel_field){values[i].name, values[i].type, HEDUI_CEL_MAY_BE_UNKNOWN,
                                      values[i].doc, 0};
    m->c->supporter_value_count = count;
    hedui_cel_record record = {.fields = fields,
                               .field_count = count,
                               .source = HEDUI_SOURCE_NONE,
                               .get = hedui_get_supporter_household,
                               .context = m->c};
    if (!hedui_cel_type_define(m->c->supporter_household_type, &record, m->arena))
        return hedui_fail_memory(m->err);
    return HEDUI_OK;
}

static hedui_status declare_types(maker *m)
{
    const hedui_layouts *layouts = m->c->layouts;
    const hedui_layout **feeds = hedui_arena_array(m->arena, layouts->count, sizeof *feeds);
    hedui_cel_type **rows = hedui_arena_array(m->arena, layouts->count, sizeof *rows);
    m->code_types = hedui_arena_array(m->arena, layouts->code_list_count, sizeof *m->code_types);
    if (!feeds || !rows || !m->code_types)
        return hedui_fail_memory(m->err);
    for (uint32_t i = 0; i < layouts->code_list_count; i++) {
        hedui_status status = make_code_type(&m->code_types[i], layouts->code_lists[i], m);
        if (status)
            return status;
    }
    for (uint32_t i = 0; i < layouts->count; i++) {
        const hedui_layout *layout = layouts->list[i];
        if (layout == m->c->households || layout == m->c->members)
            continue;
        if (hedui_span_is(layout->name, HEDUI_CASELOAD_SUPPORTERS))
            m->c->supporters = m->c->feed_count;
        rows[m->c->feed_count] = hedui_cel_type_record(m->arena, layout->name);
        if (!rows[m->c->feed_count])
            return hedui_fail_memory(m->err);
        feeds[m->c->feed_count++] = layout;
    }
    m->c->code_types = m->code_types;
    m->c->feeds = feeds;
    m->c->row_types = rows;
    m->c->household_type = hedui_cel_type_record(m->arena, hedui_span_of("household"));
    m->c->member_type = hedui_cel_type_record(m->arena, hedui_span_of("member"));
    m->c->declared_type = hedui_cel_type_record(m->arena, hedui_span_of("declared"));
    m->c->supporter_household_type =
        hedui_cel_type_record(m->arena, hedui_span_of("supporter_household"));
    if (!m->c->household_type || !m->c->member_type || !m->c->declared_type ||
        !m->c->supporter_household_type)
        return hedui_fail_memory(m->err);
    return HEDUI_OK;
}

static hedui_status number_places(maker *m, hedui_err *err)
{
    uint32_t sources = m->c->feed_count + 2;
    uint32_t *places = hedui_arena_array(m->arena, sources, sizeof *places);
    if (!places)
        return hedui_fail_memory(err);
    for (uint32_t s = 0; s < sources; s++) {
        places[s] = m->c->place_count;
        m->c->place_count += 1 + hedui_catalogue_layout(m->c, s)->column_count;
    }
    m->c->places = places;
    return HEDUI_OK;
}

hedui_status hedui_catalogue_make(const hedui_catalogue **catalogue, const hedui_layouts *layouts,
                                  const hedui_member_value *values, uint32_t value_count,
                                  uint32_t supporter_value_count, hedui_arena *arena,
                                  hedui_err *err)
{
    maker m = {.arena = arena, .err = err};
    m.c = hedui_arena_take(arena, sizeof *m.c);
    if (!m.c)
        return hedui_fail_memory(err);
    m.c->layouts = layouts;
    m.c->supporters = UINT32_MAX;
    m.c->households = hedui_layouts_find(layouts, hedui_span_of(HEDUI_CASELOAD_HOUSEHOLDS));
    m.c->members = hedui_layouts_find(layouts, hedui_span_of(HEDUI_CASELOAD_MEMBERS));
    if (!m.c->households || !m.c->members)
        return hedui_fail(
            err, HEDUI_E4014, hedui_place_none(),
            HEDUI_ARG_TEXT(m.c->households ? HEDUI_CASELOAD_MEMBERS : HEDUI_CASELOAD_HOUSEHOLDS));
    hedui_status status = declare_types(&m);
    hedui_row_shape *shapes = hedui_arena_array(arena, m.c->feed_count, sizeof *shapes);
    if (!status && !shapes)
        status = hedui_fail_memory(err);
    for (uint32_t f = 0; f < m.c->feed_count && !status; f++)
        status = define_rows(&shapes[f], f, &m);
    m.c->rows = shapes;
    if (!status)
        status = define_household(&m);
    if (!status)
        status = define_member(values, value_count, &m);
    if (!status)
        status = hedui_declared_define(m.c, arena, err);
    if (!status)
        status = define_supporter_household(values + value_count, supporter_value_count, &m);
    if (!status)
        status = number_places(&m, err);
    if (!status)
        *catalogue = m.c;
    return status;
}

const hedui_layout *hedui_catalogue_layout(const hedui_catalogue *catalogue, uint32_t source)
{
    if (source < catalogue->feed_count)
        return catalogue->feeds[source];
    return source == catalogue->feed_count       ? catalogue->households
           : source == catalogue->feed_count + 1 ? catalogue->members
                                                 : NULL;
}

uint32_t hedui_catalogue_at_place(uint32_t *column, const hedui_catalogue *catalogue,
                                  uint32_t place)
{
    uint32_t source = catalogue->feed_count + 1;
    while (catalogue->places[source] > place)
        source--;
    *column = place == catalogue->places[source] ? HEDUI_COLUMN_NONE
                                                 : place - catalogue->places[source] - 1;
    return source;
}

hedui_cel_value hedui_catalogue_household(const hedui_case *the_case)
{
    return hedui_cel_row(the_case->catalogue->household_type, the_case, the_case->household);
}

hedui_cel_value hedui_catalogue_supporter(const hedui_case *the_case, uint32_t place)
{
    uint32_t feed = the_case->catalogue->supporters;
    const hedui_caseload *c = the_case->book->caseload;
    const hedui_household *h = &c->households[c->members[place].household];
    uint32_t first = the_case->book->feeds[feed].first[c->members[place].household];
    return hedui_cel_row(the_case->catalogue->row_types[feed], the_case,
                         first + (place - h->first - h->count));
}

uint16_t hedui_catalogue_source(const hedui_cel_type *type)
{
    const hedui_cel_record *record = hedui_cel_type_fields(type);
    return record ? record->source : HEDUI_SOURCE_NONE;
}

uint32_t hedui_catalogue_column(const hedui_catalogue *catalogue, uint16_t source, uint32_t field)
{
    if (source < catalogue->feed_count)
        return field < catalogue->rows[source].member ? catalogue->rows[source].columns[field]
                                                      : HEDUI_COLUMN_NONE;
    if (source == catalogue->feed_count)
        return field < catalogue->household_members ? catalogue->household_columns[field]
                                                    : HEDUI_COLUMN_NONE;
    if (source == catalogue->feed_count + 1)
        return field < catalogue->member_lists ? catalogue->member_columns[field]
                                               : HEDUI_COLUMN_NONE;
    return HEDUI_COLUMN_NONE;
}
