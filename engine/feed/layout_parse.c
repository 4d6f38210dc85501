/* feeds/<name>.yaml: the checks that tables cannot make, and the references between its parts. */
#include "feed/layout_parse.h"

#include "feed/header.h"
#include "feed/layout_fields.h"

typedef struct builder {
    const hedui_yaml *yaml;
    hedui_arena *arena;
    hedui_err *err;
    const hedui_code_lists *lists;
    hedui_layout_text file;
    hedui_layout *layout;
    hedui_column *columns;
} builder;

hedui_status hedui_layout_name(const hedui_yaml *yaml, const hedui_yaml_node *node, hedui_span name,
                               hedui_err *err)
{
    int good = name.length > 0 && name.length <= 64 && name.at[0] >= 'a' && name.at[0] <= 'z';
    for (size_t i = 0; i < name.length && good; i++)
        good = (name.at[i] >= 'a' && name.at[i] <= 'z') || name.at[i] == '_' ||
               (name.at[i] >= '0' && name.at[i] <= '9');
    return good ? HEDUI_OK : hedui_yaml_fail(err, yaml, node, HEDUI_E2002, HEDUI_ARG_SPAN(name));
}

static hedui_status find_list(builder *b, const hedui_code_list **list, hedui_span name,
                              const hedui_yaml_node *node)
{
    for (uint32_t i = 0; i < b->lists->count; i++)
        if (hedui_span_equal(b->lists->list[i]->name, name)) {
            *list = b->lists->list[i];
            return HEDUI_OK;
        }
    return hedui_yaml_fail(b->err, b->yaml, node, HEDUI_E2004, HEDUI_ARG_SPAN(name));
}

/* The node of the scalar `text` somewhere below `node`, for the place of an error. */
static const hedui_yaml_node *place_of(const hedui_yaml_node *node, hedui_span text)
{
    if (node->kind == HEDUI_YAML_SCALAR)
        return node->text.at == text.at ? node : NULL;
    for (uint32_t i = 0; i < node->count; i++) {
        const hedui_yaml_node *found = place_of(node->items[i], text);
        if (found)
            return found;
    }
    return NULL;
}

static const hedui_yaml_node *place(const builder *b, hedui_span text)
{
    const hedui_yaml_node *found = place_of(b->yaml->root, text);
    return found ? found : b->yaml->root;
}

static hedui_status find_column(builder *b, uint32_t *column, hedui_span name)
{
    uint32_t found = hedui_layout_column(b->layout, name);
    if (found == HEDUI_COLUMN_NONE)
        return hedui_yaml_fail(b->err, b->yaml, place(b, name), HEDUI_E2003, HEDUI_ARG_SPAN(name));
    *column = found;
    return HEDUI_OK;
}

static hedui_status misfit(builder *b, hedui_span column, const char *with,
                           const hedui_yaml_node *node)
{
    return hedui_yaml_fail(b->err, b->yaml, node, HEDUI_E2005, HEDUI_ARG_SPAN(column),
                           HEDUI_ARG_TEXT(with));
}

static hedui_status check_column(builder *b, const hedui_column *column,
                                 const hedui_layout_column_text *f, const hedui_yaml_node *node)
{
    int coded = column->type == HEDUI_COLUMN_CODE || column->type == HEDUI_COLUMN_CODES;
    int dated = column->type == HEDUI_COLUMN_DATE || column->type == HEDUI_COLUMN_MONTH;
    int plain = column->type == HEDUI_COLUMN_INTEGER || column->type == HEDUI_COLUMN_DECIMAL;
    int number = plain || column->type == HEDUI_COLUMN_MONEY;
    if (coded && !f->list.length)
        return hedui_yaml_fail(b->err, b->yaml, node, HEDUI_E1108, HEDUI_ARG_TEXT("list"));
    if (f->list.length && !coded)
        return misfit(b, column->name, "list", node);
    if ((f->epoch_ms || f->serial || f->open.count) && !dated)
        return misfit(b, column->name, f->open.count ? "open" : "epoch_ms", node);
    if (f->negative && !number)
        return misfit(b, column->name, "negative", node);
    if (f->unit && column->type != HEDUI_COLUMN_MONEY)
        return misfit(b, column->name, "unit", node);
    if (f->suffix.count && !plain)
        return misfit(b, column->name, "suffix", node);
    if (f->percent && column->type != HEDUI_COLUMN_RATE)
        return misfit(b, column->name, "percent", node);
    if (f->scale && column->type != HEDUI_COLUMN_DECIMAL)
        return misfit(b, column->name, "scale", node);
    if (column->type == HEDUI_COLUMN_DECIMAL && !hedui_yaml_find(node, "scale"))
        return hedui_yaml_fail(b->err, b->yaml, node, HEDUI_E1108, HEDUI_ARG_TEXT("scale"));
    if (f->scale < 0 || f->scale > HEDUI_DECIMAL_SCALE)
        return hedui_yaml_fail(b->err, b->yaml, node, HEDUI_E2011, HEDUI_ARG_TEXT("scale"),
                               HEDUI_ARG_TEXT("0 至 9"));
    if (f->separator.length && column->type != HEDUI_COLUMN_CODES)
        return misfit(b, column->name, "separator", node);
    if (f->required && f->may_be_unknown)
        return hedui_yaml_fail(b->err, b->yaml, node, HEDUI_E2013, HEDUI_ARG_SPAN(column->name));
    if (f->max < 0 || f->max > 10000)
        return hedui_yaml_fail(b->err, b->yaml, node, HEDUI_E2011, HEDUI_ARG_TEXT("max"),
                               HEDUI_ARG_TEXT("1 至 10000"));
    if (column->type == HEDUI_COLUMN_CODES && column->list->count > HEDUI_CODES_MAX)
        return hedui_yaml_fail(b->err, b->yaml, node, HEDUI_E2006, HEDUI_ARG_SPAN(f->list),
                               HEDUI_ARG_NUMBER(HEDUI_CODES_MAX));
    if (column->type == HEDUI_COLUMN_CODES && !column->list->single && !f->separator.length)
        return hedui_yaml_fail(b->err, b->yaml, node, HEDUI_E1108, HEDUI_ARG_TEXT("separator"));
    return HEDUI_OK;
}

/* 1 if the text, or the month of it as a day, is among the texts. */
static int has_text(hedui_yaml_texts texts, hedui_span text)
{
    enum { MONTH = 7, DAY = 10 };
    hedui_span month = {text.at, text.length == DAY ? MONTH : 0};
    for (uint32_t i = 0; i < texts.count; i++)
        if (hedui_span_equal(texts.items[i], text) ||
            (month.length && hedui_span_equal(texts.items[i], month)))
            return 1;
    return 0;
}

/* The column's own words, then those of the layout that the column gives no meaning of its own. */
static hedui_status join_words(builder *b, const hedui_span **words, uint32_t *count,
                               hedui_yaml_texts own, hedui_yaml_texts general,
                               const hedui_layout_column_text *f)
{
    hedui_span *all = hedui_arena_array(b->arena, own.count + general.count, sizeof *all);
    if (!all)
        return hedui_fail_memory(b->err);
    uint32_t used = own.count;
    if (used)
        memcpy(all, own.items, used * sizeof *all);
    for (uint32_t i = 0; i < general.count; i++)
        if (!has_text(f->none, general.items[i]) && !has_text(f->unknown, general.items[i]) &&
            !has_text(f->open, general.items[i]))
            all[used++] = general.items[i];
    *words = all;
    *count = used;
    return HEDUI_OK;
}

static hedui_status read_words(builder *b, hedui_column *column, const hedui_layout_column_text *f)
{
    static const hedui_layout_dates_text nothing;
    int dated = column->type == HEDUI_COLUMN_DATE || column->type == HEDUI_COLUMN_MONTH;
    const hedui_layout_dates_text *dates = dated ? &b->file.dates : &nothing;
    hedui_status status =
        join_words(b, &column->none, &column->none_count, f->none, dates->none, f);
    if (status == HEDUI_OK)
        status =
            join_words(b, &column->unknown, &column->unknown_count, f->unknown, dates->unknown, f);
    if (status == HEDUI_OK)
        status = join_words(b, &column->open, &column->open_count, f->open, dates->open, f);
    return status;
}

static hedui_status read_column(builder *b, hedui_column *column, const hedui_yaml_node *key,
                                const hedui_yaml_node *node)
{
    hedui_layout_column_text f = {0};
    hedui_status status =
        hedui_yaml_bind(&f, hedui_layout_column_fields, b->yaml, node, b->arena, b->err);
    if (status == HEDUI_OK)
        status = hedui_layout_name(b->yaml, key, key->text, b->err);
    if (status == HEDUI_OK && f.list.length)
        status = find_list(b, &column->list, f.list, hedui_yaml_find(node, "list"));
    if (status != HEDUI_OK)
        return status;
    column->name = key->text;
    column->headers = f.header.items;
    column->header_count = f.header.count;
    column->title = f.title.length ? f.title : f.header.count ? f.header.items[0] : key->text;
    column->type = (hedui_column_type)f.type;
    column->empty = f.required         ? HEDUI_EMPTY_REJECTED
                    : f.may_be_unknown ? HEDUI_EMPTY_UNKNOWN
                                       : HEDUI_EMPTY_ABSENT;
    column->header_required = (uint8_t)(f.required || f.header_required);
    column->negative = (uint8_t)f.negative;
    column->epoch_ms = (uint8_t)f.epoch_ms;
    column->serial = (uint8_t)f.serial;
    column->sensitive = (uint8_t)f.sensitive;
    column->unit = (hedui_money_unit)f.unit;
    column->separator = f.separator;
    column->max = (uint32_t)f.max;
    column->scale = (uint8_t)f.scale;
    column->percent = (uint8_t)f.percent;
    column->suffixes = f.suffix.items;
    column->suffix_count = f.suffix.count;
    status = check_column(b, column, &f, node);
    return status == HEDUI_OK ? read_words(b, column, &f) : status;
}

static hedui_status read_columns(builder *b)
{
    const hedui_yaml_node *node = b->file.columns;
    if (node->kind != HEDUI_YAML_MAPPING || !node->count)
        return hedui_yaml_fail(b->err, b->yaml, node, HEDUI_E2011, HEDUI_ARG_TEXT("columns"),
                               HEDUI_ARG_TEXT("列名: {type: 类型}"));
    if (node->count > HEDUI_LAYOUT_COLUMNS)
        return hedui_yaml_fail(b->err, b->yaml, node, HEDUI_E2006, HEDUI_ARG_TEXT("columns"),
                               HEDUI_ARG_NUMBER(HEDUI_LAYOUT_COLUMNS));
    b->columns = hedui_arena_array(b->arena, node->count, sizeof *b->columns);
    if (!b->columns)
        return hedui_fail_memory(b->err);
    b->layout->columns = b->columns;
    hedui_status status = HEDUI_OK;
    for (uint32_t i = 0; i < node->count && status == HEDUI_OK; i++) {
        status = read_column(b, &b->columns[i], node->keys[i], node->items[i]);
        b->layout->column_count++;
    }
    return status;
}

/* No header may name two columns. */
static hedui_status check_headers(builder *b)
{
    for (uint32_t c = 0; c < b->layout->column_count; c++) {
        const hedui_column *column = &b->columns[c];
        for (uint32_t i = 0; i < column->header_count; i++) {
            uint32_t first = hedui_header_column(b->layout, column->headers[i]);
            if (first != c)
                return hedui_yaml_fail(b->err, b->yaml, place(b, column->headers[i]), HEDUI_E2007,
                                       HEDUI_ARG_SPAN(column->headers[i]),
                                       HEDUI_ARG_SPAN(b->columns[first].name),
                                       HEDUI_ARG_SPAN(column->name));
        }
    }
    return HEDUI_OK;
}

/* The bits of `codes` in the list of `column`. */
static hedui_status read_bits(builder *b, uint64_t *bits, uint32_t column, hedui_yaml_texts codes)
{
    const hedui_code_list *list = b->columns[column].list;
    if (!list || b->columns[column].type != HEDUI_COLUMN_CODE || list->count > HEDUI_CODES_MAX)
        return misfit(b, b->columns[column].name, "code", b->file.columns->items[column]);
    for (uint32_t i = 0; i < codes.count; i++) {
        uint32_t code = hedui_code_list_find(list, codes.items[i]);
        if (code == HEDUI_CODE_NONE)
            return hedui_yaml_fail(b->err, b->yaml, place(b, codes.items[i]), HEDUI_E2008,
                                   HEDUI_ARG_SPAN(codes.items[i]), HEDUI_ARG_SPAN(list->name));
        *bits |= UINT64_C(1) << code;
    }
    return HEDUI_OK;
}

static hedui_status read_person(builder *b, hedui_layout_person *person,
                                const hedui_layout_person_text *text)
{
    person->role = text->role;
    person->title = text->title.length ? text->title : text->role;
    person->optional = (uint8_t)text->optional;
    person->name_column = person->kind_column = HEDUI_COLUMN_NONE;
    hedui_status status = hedui_layout_name(b->yaml, place(b, text->role), text->role, b->err);
    if (status == HEDUI_OK)
        status = find_column(b, &person->id_column, text->id);
    if (status == HEDUI_OK && text->name.length)
        status = find_column(b, &person->name_column, text->name);
    if (status == HEDUI_OK && text->kind.length)
        status = find_column(b, &person->kind_column, text->kind);
    if (status == HEDUI_OK && text->kind.length)
        status = read_bits(b, &person->citizen_codes, person->kind_column, text->citizen);
    if (status != HEDUI_OK)
        return status;
    if (b->columns[person->id_column].type != HEDUI_COLUMN_CITIZEN_ID)
        return misfit(b, text->id, "id", place(b, text->id));
    if (text->name.length && b->columns[person->name_column].type != HEDUI_COLUMN_NAME)
        return misfit(b, text->name, "name", place(b, text->name));
    b->columns[person->id_column].header_required |= !person->optional;
    return HEDUI_OK;
}

static hedui_status read_persons(builder *b)
{
    hedui_status status = HEDUI_OK;
    const hedui_layout_person_text *texts = b->file.persons.items;
    if (b->file.persons.count > HEDUI_LAYOUT_PERSONS)
        return hedui_yaml_fail(b->err, b->yaml, hedui_yaml_find(b->yaml->root, "persons"),
                               HEDUI_E2006, HEDUI_ARG_TEXT("persons"),
                               HEDUI_ARG_NUMBER(HEDUI_LAYOUT_PERSONS));
    for (uint32_t i = 0; i < b->file.persons.count && status == HEDUI_OK; i++)
        status = read_person(b, &b->layout->persons[b->layout->person_count++], &texts[i]);
    return status;
}

/* Key columns say which row this is: they are there and never empty. */
static hedui_status read_keys(builder *b)
{
    uint32_t *keys = hedui_arena_array(b->arena, b->file.key.count, sizeof *keys);
    hedui_status status = keys ? HEDUI_OK : hedui_fail_memory(b->err);
    for (uint32_t i = 0; i < b->file.key.count && status == HEDUI_OK; i++) {
        status = find_column(b, &keys[i], b->file.key.items[i]);
        if (status != HEDUI_OK)
            break;
        b->columns[keys[i]].empty = HEDUI_EMPTY_REJECTED;
        b->columns[keys[i]].header_required = 1;
    }
    b->layout->keys = keys;
    b->layout->key_count = b->file.key.count;
    return status;
}

static hedui_status read_file(builder *b)
{
    static const hedui_span footers[] = {HEDUI_SPAN("共"), HEDUI_SPAN("合计"), HEDUI_SPAN("总计")};
    enum { TITLE_LINES = 5, MOST_TITLE_LINES = 100 };
    const hedui_layout_file_text *f = &b->file.file;
    hedui_layout *layout = b->layout;
    const hedui_yaml_node *node = hedui_yaml_find(b->yaml->root, "file");
    layout->file_name = f->name;
    layout->charset = (hedui_charset)f->charset;
    layout->kind = (hedui_feed_kind)f->kind;
    layout->delimiter = hedui_layout_delimiters[f->delimiter];
    if (f->title_lines < 0 || f->title_lines > MOST_TITLE_LINES)
        return hedui_yaml_fail(b->err, b->yaml, node, HEDUI_E2011, HEDUI_ARG_TEXT("title_lines"),
                               HEDUI_ARG_TEXT("0 至 100"));
    layout->title_lines =
        hedui_yaml_find(node, "title_lines") ? (uint32_t)f->title_lines : (uint32_t)TITLE_LINES;
    layout->footers = f->footers.items ? f->footers.items : footers;
    layout->footer_count =
        f->footers.items ? f->footers.count : (uint32_t)(sizeof footers / sizeof *footers);
    layout->cut_off_pattern = f->cut_off.pattern;
    layout->change_column = layout->answer_column = HEDUI_COLUMN_NONE;
    hedui_status status = HEDUI_OK;
    if (b->file.change.column.length) {
        layout->delta_name = b->file.change.file;
        layout->delta_pattern = b->file.change.pattern;
        status = find_column(b, &layout->change_column, b->file.change.column);
        if (status == HEDUI_OK)
            status =
                read_bits(b, &layout->deleted_codes, layout->change_column, b->file.change.deleted);
    }
    if (status == HEDUI_OK && b->file.answer.length)
        status = find_column(b, &layout->answer_column, b->file.answer);
    return status;
}

/* When it is due: the words were bound in the order of hedui_due_every behind NEVER. */
static hedui_status read_due(builder *b)
{
    static const int months[] = {0, 0, 3, 6, 12}, days[] = {7, 31, 31, 31, 31};
    const hedui_layout_due_text *text = &b->file.due;
    const hedui_yaml_node *node = hedui_yaml_find(b->yaml->root, "due");
    if (!node)
        return HEDUI_OK;
    int most = months[text->every], has_month = hedui_yaml_find(node, "month") != NULL;
    if (text->day < 1 || text->day > days[text->every])
        return hedui_yaml_fail(b->err, b->yaml, hedui_yaml_find(node, "day"), HEDUI_E2011,
                               HEDUI_ARG_TEXT("day"),
                               HEDUI_ARG_TEXT(text->every ? "1 至 31" : "1 至 7，1 是星期一"));
    if (most && !has_month)
        return hedui_yaml_fail(b->err, b->yaml, node, HEDUI_E1108, HEDUI_ARG_TEXT("month"));
    if (has_month && (text->month < 1 || text->month > most))
        return hedui_yaml_fail(b->err, b->yaml, hedui_yaml_find(node, "month"), HEDUI_E2011,
                               HEDUI_ARG_TEXT("month"),
                               HEDUI_ARG_TEXT("季 1 至 3，半年 1 至 6，年 1 至 12"));
    b->layout->due = (hedui_due){(hedui_due_every)(HEDUI_DUE_WEEK + text->every), (int)text->month,
                                 (int)text->day};
    return HEDUI_OK;
}

static hedui_status find_month(builder *b, uint32_t *column, hedui_span name, const char *key)
{
    hedui_status status = find_column(b, column, name);
    if (status == HEDUI_OK && b->columns[*column].type != HEDUI_COLUMN_MONTH)
        return misfit(b, name, key, place(b, name));
    return status;
}

/* Rows about persons say it month by month; rows of households say since when. */
static hedui_status read_benefit(builder *b)
{
    const hedui_layout_benefit_text *text = &b->file.benefit;
    const hedui_yaml_node *node = hedui_yaml_find(b->yaml->root, "benefit");
    hedui_layout_benefit *benefit = &b->layout->benefit;
    const char *wanted = b->layout->person_count ? "month" : "from";
    hedui_span name = b->layout->person_count ? text->month : text->from;
    benefit->month = benefit->from = benefit->state = HEDUI_COLUMN_NONE;
    if (!node)
        return HEDUI_OK;
    if (!name.length || (text->month.length && text->from.length))
        return hedui_yaml_fail(b->err, b->yaml, node, HEDUI_E1108, HEDUI_ARG_TEXT(wanted));
    hedui_status status =
        find_month(b, b->layout->person_count ? &benefit->month : &benefit->from, name, wanted);
    if (status != HEDUI_OK || !text->state.length)
        return status;
    if (!text->received.count)
        return hedui_yaml_fail(b->err, b->yaml, node, HEDUI_E1108, HEDUI_ARG_TEXT("received"));
    status = find_column(b, &benefit->state, text->state);
    if (status == HEDUI_OK)
        status = read_bits(b, &benefit->received, benefit->state, text->received);
    return status == HEDUI_OK ? read_bits(b, &benefit->undecided, benefit->state, text->undecided)
                              : status;
}

static hedui_status digest_of(builder *b)
{
    hedui_digester *digester = hedui_digester_open();
    if (!digester)
        return hedui_fail_memory(b->err);
    hedui_digester_field(digester, b->yaml->source);
    for (uint32_t c = 0; c < b->layout->column_count; c++)
        if (b->columns[c].list)
            hedui_digester_add(digester, b->columns[c].list->digest.bytes, HEDUI_DIGEST_BYTES);
    hedui_status status = hedui_digester_end(&b->layout->digest, digester, b->err);
    hedui_digester_close(digester);
    return status;
}

static hedui_status read_layout(builder *b)
{
    hedui_layout *layout = b->layout;
    layout->name = b->file.feed;
    layout->as = b->file.as;
    layout->title = b->file.title;
    layout->source = b->file.source;
    layout->row = b->file.row;
    layout->own_register = (uint8_t)b->file.own_register;
    layout->visit_sheet_only = (uint8_t)b->file.shown;
    layout->path = b->yaml->file;
    hedui_status status = hedui_layout_name(b->yaml, place(b, layout->name), layout->name, b->err);
    if (status == HEDUI_OK)
        status = hedui_layout_name(b->yaml, place(b, layout->as), layout->as, b->err);
    if (status == HEDUI_OK)
        status = read_columns(b);
    if (status == HEDUI_OK)
        status = check_headers(b);
    if (status == HEDUI_OK)
        status = read_persons(b);
    if (status == HEDUI_OK)
        status = read_keys(b);
    if (status == HEDUI_OK)
        status = read_file(b);
    if (status == HEDUI_OK)
        status = read_due(b);
    if (status == HEDUI_OK)
        status = read_benefit(b);
    if (status == HEDUI_OK)
        status = hedui_layout_parse_guards(&layout->guards, layout, b->yaml, b->file.guards,
                                           b->arena, b->err);
    if (status == HEDUI_OK && b->file.samples)
        status = hedui_layout_parse_samples(layout, b->yaml, b->file.samples, b->arena, b->err);
    return status == HEDUI_OK ? digest_of(b) : status;
}

hedui_status hedui_layout_parse(const hedui_layout **layout, const hedui_yaml *yaml,
                                const hedui_code_lists *lists, hedui_arena *arena, hedui_err *err)
{
    builder b = {.yaml = yaml, .arena = arena, .err = err, .lists = lists};
    hedui_status status =
        hedui_yaml_bind(&b.file, hedui_layout_fields, yaml, yaml->root, arena, err);
    if (status != HEDUI_OK)
        return status;
    b.layout = hedui_arena_take(arena, sizeof *b.layout);
    if (!b.layout)
        return hedui_fail_memory(err);
    status = read_layout(&b);
    if (status == HEDUI_OK)
        *layout = b.layout;
    return status;
}
