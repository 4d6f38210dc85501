/* The ends of a layout file: guards, and samples with what must come of them. */
#include "feed/header.h"
#include "feed/layout_parse.h"
#include "value/cell.h"
#include "value/decimal_text.h"

typedef struct age_text {
    hedui_span warn, refuse;
} age_text;

typedef struct share_text {
    hedui_span hold, refuse;
    hedui_yaml_texts change;
} share_text;

typedef struct guards_text {
    age_text age;
    share_text rows, rejects, fields, join_rate, name_agreement, unknown;
    const hedui_yaml_node *shares, *zeros, *medians;
    hedui_span watch_from;
} guards_text;

static const hedui_yaml_field age_fields[] = {
    {"warn", HEDUI_YAML_TEXT, offsetof(age_text, warn), 0, NULL, "超过几天提示，如 35 days"},
    {"refuse", HEDUI_YAML_TEXT, offsetof(age_text, refuse), 0, NULL, "超过几天拒收"},
    {0}};
static const hedui_yaml_field share_fields[] = {
    {"hold", HEDUI_YAML_TEXT, offsetof(share_text, hold), 0, NULL, "超过此比例待人放行，如 0.1%"},
    {"refuse", HEDUI_YAML_TEXT, offsetof(share_text, refuse), 0, NULL, "超过此比例拒收"},
    {0}};
static const hedui_yaml_field change_fields[] = {{"change", HEDUI_YAML_TEXTS,
                                                  offsetof(share_text, change), HEDUI_YAML_REQUIRED,
                                                  NULL, "与上次相比允许的变化，如 [-5%, +10%]"},
                                                 {0}};

#define AT(member) offsetof(guards_text, member)
static const hedui_yaml_field guard_fields[] = {
    {"age", HEDUI_YAML_STRUCT, AT(age), 0, age_fields, "数据截止日距今"},
    {"rows", HEDUI_YAML_STRUCT, AT(rows), 0, change_fields, "行数"},
    {"rejects", HEDUI_YAML_STRUCT, AT(rejects), 0, share_fields, "问题行占全部行"},
    {"fields", HEDUI_YAML_STRUCT, AT(fields), 0, share_fields, "内容有误的行占比中行"},
    {"join_rate", HEDUI_YAML_STRUCT, AT(join_rate), 0, change_fields, "比中率"},
    {"name_agreement", HEDUI_YAML_STRUCT, AT(name_agreement), 0, share_fields, "姓名相符率下限"},
    {"unknown", HEDUI_YAML_STRUCT, AT(unknown), 0, share_fields, "任一列无法识别的比例"},
    {"shares", HEDUI_YAML_NODE, AT(shares), 0, NULL, "各代码所占比例的变化，如 {status: 10%}"},
    {"zeros", HEDUI_YAML_NODE, AT(zeros), 0, NULL, "零所占比例的变化，如 {amount: 5%}"},
    {"medians", HEDUI_YAML_NODE, AT(medians), 0, NULL, "中位数的变化，如 {amount: 30%}"},
    {"watch_from", HEDUI_YAML_TEXT, AT(watch_from), 0, NULL,
     "有值的行少于此数时不比较分布，如 50 rows"},
    {0}};
#undef AT

typedef struct reader {
    const hedui_yaml *yaml;
    const hedui_yaml_node *node;
    hedui_arena *arena;
    hedui_err *err;
} reader;

static hedui_status wrong(const reader *r, const hedui_yaml_node *node, hedui_span text,
                          const char *form)
{
    return hedui_yaml_fail(r->err, r->yaml, node, HEDUI_E2011, HEDUI_ARG_SPAN(text),
                           HEDUI_ARG_TEXT(form));
}

/* "35 days", "50 rows" */
static hedui_status read_counted(const reader *r, int32_t *days, hedui_span text, hedui_span unit,
                                 int32_t most, const char *form)
{
    hedui_cell cell;
    int64_t value;
    if (!text.length)
        return HEDUI_OK;
    if (text.length <= unit.length ||
        memcmp(text.at + text.length - unit.length, unit.at, unit.length) != 0 ||
        !hedui_cell_read(&cell, (hedui_span){text.at, text.length - unit.length}) ||
        hedui_decimal_read(&value, &cell, 0) != HEDUI_MONEY_OK || value < 0 || value > most)
        return wrong(r, r->node, text, form);
    *days = (int32_t)value;
    return HEDUI_OK;
}

static hedui_status read_days(const reader *r, int32_t *days, hedui_span text)
{
    return read_counted(r, days, text, (hedui_span)HEDUI_SPAN(" days"), 36500, "“35 days”");
}

/* "0.1%", "-5%" to millionths. */
static hedui_status read_share(const reader *r, int32_t *share, hedui_span text)
{
    hedui_cell cell;
    int64_t value;
    if (!text.length)
        return HEDUI_OK;
    if (!hedui_cell_read(&cell, text) || !hedui_cell_skip_end(&cell, '%') ||
        hedui_decimal_read(&value, &cell, 4) != HEDUI_MONEY_OK || value > 1000000000 ||
        value < -1000000)
        return wrong(r, r->node, text, "“0.1%”");
    *share = (int32_t)value;
    return HEDUI_OK;
}

/* [-5%, +10%] or 20% for both sides. */
static hedui_status read_change(const reader *r, int32_t *fall, int32_t *rise,
                                hedui_yaml_texts texts)
{
    int32_t low = 0, high = 0;
    if (!texts.count)
        return HEDUI_OK;
    hedui_status status = read_share(r, &low, texts.items[0]);
    if (status == HEDUI_OK && texts.count == 2)
        status = read_share(r, &high, texts.items[1]);
    if (status != HEDUI_OK)
        return status;
    if (texts.count > 2 || (texts.count == 2 && (low > 0 || high < 0)) ||
        (texts.count == 1 && low < 0))
        return wrong(r, r->node, texts.items[0], "“[-5%, +10%]”");
    *fall = texts.count == 2 ? -low : low;
    *rise = texts.count == 2 ? high : low;
    return HEDUI_OK;
}

/* Which of a watch's limits a mapping of the file sets. */
typedef enum watched { WATCH_SHARE, WATCH_ZERO, WATCH_MEDIAN } watched;

static int may_watch(const hedui_column *column, watched what)
{
    if (what == WATCH_SHARE)
        return column->type == HEDUI_COLUMN_CODE || column->type == HEDUI_COLUMN_CODES;
    return column->type == HEDUI_COLUMN_MONEY || column->type == HEDUI_COLUMN_INTEGER ||
           column->type == HEDUI_COLUMN_AREA || column->type == HEDUI_COLUMN_DECIMAL;
}

/* {status: 10%} into the watch of its column, which is made if it is not there. */
static hedui_status read_watches(const reader *r, hedui_layout_watch *watches, uint32_t *count,
                                 const hedui_layout *layout, const hedui_yaml_node *node,
                                 watched what)
{
    static const char *const names[] = {"shares", "zeros", "medians"};
    hedui_status status = HEDUI_OK;
    if (!node)
        return HEDUI_OK;
    if (node->kind != HEDUI_YAML_MAPPING || !node->count)
        return wrong(r, node, hedui_span_of(names[what]), "列名: 比例");
    for (uint32_t i = 0; i < node->count && status == HEDUI_OK; i++) {
        uint32_t column = hedui_layout_column(layout, node->keys[i]->text), w = 0;
        if (column == HEDUI_COLUMN_NONE)
            return hedui_yaml_fail(r->err, r->yaml, node->keys[i], HEDUI_E2003,
                                   HEDUI_ARG_SPAN(node->keys[i]->text));
        if (!may_watch(&layout->columns[column], what))
            return hedui_yaml_fail(r->err, r->yaml, node->keys[i], HEDUI_E2005,
                                   HEDUI_ARG_SPAN(node->keys[i]->text),
                                   HEDUI_ARG_TEXT(names[what]));
        while (w < *count && watches[w].column != column)
            w++;
        if (w == *count)
            watches[(*count)++] = (hedui_layout_watch){column, -1, -1, -1};
        int32_t *const limits[] = {&watches[w].share, &watches[w].zero, &watches[w].median};
        hedui_span text = node->items[i]->text;
        status = node->items[i]->kind == HEDUI_YAML_SCALAR && text.length
                     ? read_share(r, limits[what], text)
                     : wrong(r, node->items[i], text, "“10%”");
        if (status == HEDUI_OK && *limits[what] < 0)
            status = wrong(r, node->items[i], text, "“10%”");
    }
    return status;
}

static hedui_status read_distributions(const reader *r, hedui_layout_guards *g,
                                       const hedui_layout *layout, const guards_text *t)
{
    const hedui_yaml_node *const nodes[] = {t->shares, t->zeros, t->medians};
    hedui_layout_watch *watches =
        hedui_arena_array(r->arena, layout->column_count, sizeof *watches);
    if (!watches)
        return hedui_fail_memory(r->err);
    hedui_status status = read_counted(r, &g->watch_from, t->watch_from,
                                       (hedui_span)HEDUI_SPAN(" rows"), 1000000000, "“50 rows”");
    g->watches = watches;
    for (int i = 0; i < 3 && status == HEDUI_OK; i++)
        status = read_watches(r, watches, &g->watch_count, layout, nodes[i], (watched)i);
    return status;
}

hedui_status hedui_layout_parse_guards(hedui_layout_guards *guards, const hedui_layout *layout,
                                       const hedui_yaml *yaml, const hedui_yaml_node *node,
                                       hedui_arena *arena, hedui_err *err)
{
    guards_text t = {0};
    reader r = {yaml, node, arena, err};
    hedui_layout_guards g = {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0, NULL, 0};
    hedui_status status =
        node ? hedui_yaml_bind(&t, guard_fields, yaml, node, arena, err) : HEDUI_OK;
    const struct {
        int32_t *share;
        hedui_span text;
    } shares[] = {{&g.rejects_hold, t.rejects.hold},
                  {&g.rejects_refuse, t.rejects.refuse},
                  {&g.fields_hold, t.fields.hold},
                  {&g.fields_refuse, t.fields.refuse},
                  {&g.name_agreement, t.name_agreement.hold},
                  {&g.unknown_share, t.unknown.hold}};
    for (size_t i = 0; i < sizeof shares / sizeof *shares && status == HEDUI_OK; i++)
        status = read_share(&r, shares[i].share, shares[i].text);
    int32_t both = -1; /* the band is the same on both sides */
    if (status == HEDUI_OK)
        status = read_days(&r, &g.age_warn_days, t.age.warn);
    if (status == HEDUI_OK)
        status = read_days(&r, &g.age_refuse_days, t.age.refuse);
    if (status == HEDUI_OK)
        status = read_change(&r, &g.rows_fall, &g.rows_rise, t.rows.change);
    if (status == HEDUI_OK)
        status = read_change(&r, &g.join_rate, &both, t.join_rate.change);
    if (status == HEDUI_OK)
        status = read_distributions(&r, &g, layout, &t);
    if (status == HEDUI_OK)
        *guards = g;
    return status;
}

/* A scalar, or a list written [A, G], as one text. */
static hedui_status one_text(const reader *r, hedui_span *text, const hedui_yaml_node *node)
{
    hedui_buffer all;
    if (node->kind == HEDUI_YAML_SCALAR) {
        *text = node->text;
        return HEDUI_OK;
    }
    if (node->kind != HEDUI_YAML_SEQUENCE)
        return wrong(r, node, hedui_span_of("gives"), "值或列表");
    hedui_buffer_init(&all);
    hedui_buffer_byte(&all, '[');
    for (uint32_t i = 0; i < node->count; i++) {
        hedui_buffer_text(&all, i ? ", " : "");
        hedui_buffer_add(&all, node->items[i]->text);
    }
    hedui_buffer_byte(&all, ']');
    *text = hedui_arena_copy(r->arena, hedui_buffer_span(&all));
    int failed = hedui_buffer_failed(&all) || !text->at;
    hedui_buffer_free(&all);
    return failed ? hedui_fail_memory(r->err) : HEDUI_OK;
}

static hedui_status read_gives(const reader *r, hedui_layout_sample *sample,
                               const hedui_layout *layout, const hedui_yaml_node *gives)
{
    uint32_t *columns = hedui_arena_array(r->arena, gives->count, sizeof *columns);
    hedui_span *values = hedui_arena_array(r->arena, gives->count, sizeof *values);
    if (!columns || !values)
        return hedui_fail_memory(r->err);
    for (uint32_t i = 0; i < gives->count; i++) {
        columns[i] = hedui_layout_column(layout, gives->keys[i]->text);
        if (columns[i] == HEDUI_COLUMN_NONE)
            return hedui_yaml_fail(r->err, r->yaml, gives->keys[i], HEDUI_E2003,
                                   HEDUI_ARG_SPAN(gives->keys[i]->text));
        hedui_status status = one_text(r, &values[i], gives->items[i]);
        if (status != HEDUI_OK)
            return status;
    }
    sample->columns = columns;
    sample->values = values;
    sample->value_count = gives->count;
    return HEDUI_OK;
}

static hedui_status read_sample(const reader *r, hedui_layout_sample *sample,
                                const hedui_layout *layout, const hedui_yaml_node *node)
{
    const hedui_yaml_node *row = hedui_yaml_find(node, "row");
    const hedui_yaml_node *gives = hedui_yaml_find(node, "gives");
    const hedui_yaml_node *rejected = hedui_yaml_find(node, "rejected");
    if (!row || row->kind != HEDUI_YAML_MAPPING || (!gives && !rejected) ||
        (gives && gives->kind != HEDUI_YAML_MAPPING))
        return wrong(r, node, hedui_span_of("samples"), "row 和 gives 或 rejected");
    hedui_span *headers = hedui_arena_array(r->arena, row->count, sizeof *headers);
    hedui_span *cells = hedui_arena_array(r->arena, row->count, sizeof *cells);
    if (!headers || !cells)
        return hedui_fail_memory(r->err);
    for (uint32_t i = 0; i < row->count; i++) {
        headers[i] = row->keys[i]->text;
        cells[i] = row->items[i]->text;
        if (hedui_header_column(layout, headers[i]) == HEDUI_COLUMN_NONE)
            return hedui_yaml_fail(r->err, r->yaml, row->keys[i], HEDUI_E2003,
                                   HEDUI_ARG_SPAN(headers[i]));
    }
    sample->headers = headers;
    sample->cells = cells;
    sample->cell_count = row->count;
    sample->line = node->line;
    sample->rejected = rejected != NULL;
    if (rejected && !hedui_reason_parse(&sample->reason, rejected->text))
        return hedui_yaml_fail(r->err, r->yaml, rejected, HEDUI_E2014,
                               HEDUI_ARG_SPAN(rejected->text));
    return gives ? read_gives(r, sample, layout, gives) : HEDUI_OK;
}

hedui_status hedui_layout_parse_samples(hedui_layout *layout, const hedui_yaml *yaml,
                                        const hedui_yaml_node *samples, hedui_arena *arena,
                                        hedui_err *err)
{
    reader r = {yaml, samples, arena, err};
    hedui_status status = HEDUI_OK;
    if (samples->kind != HEDUI_YAML_SEQUENCE)
        return wrong(&r, samples, hedui_span_of("samples"), "列表");
    hedui_layout_sample *list = hedui_arena_array(arena, samples->count, sizeof *list);
    if (!list)
        return hedui_fail_memory(err);
    for (uint32_t i = 0; i < samples->count && status == HEDUI_OK; i++)
        status = samples->items[i]->kind == HEDUI_YAML_MAPPING
                     ? read_sample(&r, &list[i], layout, samples->items[i])
                     : wrong(&r, samples->items[i], hedui_span_of("samples"), "row 和 gives");
    layout->samples = list;
    layout->sample_count = samples->count;
    return status;
}
