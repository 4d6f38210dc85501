/* Names of rows, reasons and figures of a scenario, in both directions. */
#include "rule/scene.h"

#include <hedui/nearest.h>

#include "rule/example.h"

#include <string.h>

static hedui_span copy_of(const hedui_scene *s, hedui_buffer *text)
{
    hedui_span copy = {NULL, 0};
    if (!hedui_buffer_failed(text))
        copy = hedui_arena_copy(s->arena, hedui_buffer_span(text));
    return copy;
}

hedui_span hedui_scene_source_name(const hedui_scene *s, uint16_t source)
{
    const hedui_catalogue *c = s->rulebook->catalogue;
    if (source < c->feed_count)
        return c->feeds[source]->as;
    if (source == c->feed_count)
        return hedui_span_of("household");
    if (source == c->feed_count + 1)
        return hedui_span_of("members");
    if (source >= HEDUI_SOURCE_PARAMETER &&
        source < HEDUI_SOURCE_PARAMETER + s->rulebook->parameter_count)
        return s->rulebook->parameters[source - HEDUI_SOURCE_PARAMETER]->id;
    return hedui_span_of("");
}

/* Sources by number: feeds, household, members, then parameters from 0x8000 on. */
static uint32_t source_count(const hedui_scene *s)
{
    return s->rulebook->catalogue->feed_count + 2 + s->rulebook->parameter_count;
}

static uint16_t source_at(const hedui_scene *s, uint32_t i)
{
    uint32_t plain = s->rulebook->catalogue->feed_count + 2;
    return (uint16_t)(i < plain ? i : HEDUI_SOURCE_PARAMETER + (i - plain));
}

hedui_status hedui_scene_find_source(uint16_t *source, const hedui_scene *s, hedui_span name,
                                     const hedui_yaml_node *node)
{
    uint32_t count = source_count(s);
    const char **names = hedui_arena_array(s->arena, (size_t)count + 1, sizeof *names);
    if (!names)
        return hedui_fail_memory(s->err);
    for (uint32_t i = 0; i < count; i++) {
        hedui_span own = hedui_scene_source_name(s, source_at(s, i));
        if (hedui_span_equal(own, name)) {
            *source = source_at(s, i);
            return HEDUI_OK;
        }
        if (!(names[i] = hedui_arena_copy(s->arena, own).at))
            return hedui_fail_memory(s->err);
    }
    const char *nearest = hedui_nearest_of(name, names);
    if (nearest)
        return hedui_yaml_fail(s->err, s->scenario->yaml, node, HEDUI_E3068, HEDUI_ARG_SPAN(name),
                               HEDUI_ARG_TEXT(nearest));
    return hedui_yaml_fail(s->err, s->scenario->yaml, node, HEDUI_E3067, HEDUI_ARG_SPAN(name));
}

hedui_scene_row hedui_scene_row_of(const hedui_scene *s, uint16_t source, uint32_t row)
{
    const hedui_catalogue *c = s->rulebook->catalogue;
    const hedui_caseload *k = s->book.caseload;
    if (source < c->feed_count)
        return (hedui_scene_row){source, s->book.feeds[source].links[row].fact};
    if (source == c->feed_count + 1 && k->members[row].supporter)
        return (hedui_scene_row){(uint16_t)c->supporters, k->members[row].fact};
    return (hedui_scene_row){source, source == c->feed_count ? 0 : row};
}

static hedui_span label_of(const hedui_yaml_node *row)
{
    const hedui_yaml_node *label = hedui_yaml_find(row, "row");
    return label ? label->text : (hedui_span){"", 0};
}

/* The rows of a source as they stand in `given`; NULL where it has no list. */
static const hedui_yaml_node *rows_of(const hedui_scene *s, uint16_t source)
{
    const hedui_yaml_node *given = s->scenario->given;
    hedui_span name = hedui_scene_source_name(s, source);
    for (uint32_t i = 0; i < given->count; i++)
        if (hedui_span_equal(given->keys[i]->text, name) &&
            given->items[i]->kind == HEDUI_YAML_SEQUENCE)
            return given->items[i];
    return NULL;
}

void hedui_scene_show_row(hedui_buffer *out, const hedui_scene *s, hedui_scene_row row)
{
    const hedui_yaml_node *rows = rows_of(s, row.source);
    hedui_span label =
        rows && row.index < rows->count ? label_of(rows->items[row.index]) : (hedui_span){"", 0};
    if (label.length) {
        hedui_buffer_add(out, label);
        return;
    }
    hedui_buffer_add(out, hedui_scene_source_name(s, row.source));
    if (row.source != s->rulebook->catalogue->feed_count)
        hedui_buffer_format(out, " %u", row.index + 1);
}

static uint32_t row_count(const hedui_scene *s, uint16_t source)
{
    const hedui_catalogue *c = s->rulebook->catalogue;
    const hedui_yaml_node *rows = rows_of(s, source);
    if (source >= c->feed_count && !rows)
        return 1; /* the household, and the member that is there unsaid */
    return rows ? rows->count : 0;
}

hedui_status hedui_scene_find_row(hedui_scene_row *row, const hedui_scene *s, hedui_span name,
                                  const hedui_yaml_node *node)
{
    enum { MOST = 256 };
    const char *names[MOST + 1];
    uint32_t known = 0;
    for (uint16_t source = 0; source < s->rulebook->catalogue->feed_count + 2; source++)
        for (uint32_t i = 0; i < row_count(s, source); i++) {
            const hedui_yaml_node *rows = rows_of(s, source);
            hedui_scene_row here = {source, i};
            hedui_span label = rows ? label_of(rows->items[i]) : (hedui_span){"", 0};
            hedui_buffer place;
            hedui_buffer_init(&place);
            hedui_buffer_add(&place, hedui_scene_source_name(s, source));
            if (source != s->rulebook->catalogue->feed_count)
                hedui_buffer_format(&place, " %u", i + 1);
            hedui_span own = copy_of(s, &place);
            hedui_buffer_free(&place);
            if (!own.at)
                return hedui_fail_memory(s->err);
            if (hedui_span_equal(own, name) || (label.length && hedui_span_equal(label, name))) {
                *row = here;
                return HEDUI_OK;
            }
            if (known < MOST && !(names[known++] = label.length ? label.at : own.at))
                return hedui_fail_memory(s->err);
        }
    names[known] = NULL;
    const char *nearest = hedui_nearest_of(name, names);
    if (nearest)
        return hedui_yaml_fail(s->err, s->scenario->yaml, node, HEDUI_E3065, HEDUI_ARG_SPAN(name),
                               HEDUI_ARG_TEXT(nearest));
    return hedui_yaml_fail(s->err, s->scenario->yaml, node, HEDUI_E3064, HEDUI_ARG_SPAN(name));
}

hedui_status hedui_scene_check_labels(const hedui_scene *s)
{
    hedui_table seen;
    hedui_table_init(&seen, s->arena);
    for (uint16_t source = 0; source < s->rulebook->catalogue->feed_count + 2; source++) {
        const hedui_yaml_node *rows = rows_of(s, source);
        for (uint32_t i = 0; rows && i < rows->count; i++) {
            hedui_span label = label_of(rows->items[i]);
            if (!label.length)
                continue;
            if (hedui_table_find(&seen, label) != HEDUI_TABLE_NONE)
                return hedui_yaml_fail(s->err, s->scenario->yaml,
                                       hedui_yaml_find(rows->items[i], "row"), HEDUI_E3066,
                                       HEDUI_ARG_SPAN(label));
            if (hedui_table_put(&seen, label, i) == HEDUI_TABLE_NONE)
                return hedui_fail_memory(s->err);
        }
    }
    return HEDUI_OK;
}

void hedui_scene_show_reason(hedui_buffer *out, const hedui_scene *s, hedui_cel_reason reason)
{
    hedui_span source = hedui_scene_source_name(s, reason.source);
    hedui_buffer_text(out, hedui_cause_name((hedui_cause)reason.kind));
    if (source.length) {
        hedui_buffer_text(out, " ");
        hedui_buffer_add(out, source);
    }
}

void hedui_scene_show_value(hedui_buffer *out, const hedui_scene *s, hedui_cel_value value)
{
    if (value.kind == HEDUI_CEL_ERROR && value.code != HEDUI_CEL_ERROR_ABSENT) {
        hedui_buffer_format(out, "undetermined (%s)", hedui_cel_error_text(value.code));
    } else if (value.kind == HEDUI_CEL_UNKNOWN) {
        hedui_buffer_text(out, "undetermined (");
        for (uint32_t i = 0; i < value.count; i++) {
            hedui_buffer_text(out, i ? ", " : "");
            hedui_scene_show_reason(out, s, value.as.reasons[i]);
        }
        hedui_buffer_text(out, ")");
    } else if (value.kind == HEDUI_CEL_LIST) {
        hedui_buffer_text(out, "[");
        for (uint32_t i = 0; i < value.count; i++) {
            hedui_buffer_text(out, i ? ", " : "");
            hedui_scene_show_value(out, s, value.as.items[i]);
        }
        hedui_buffer_text(out, "]");
    } else if (value.kind == HEDUI_CEL_RECORD &&
               hedui_catalogue_source(value.as.row.type) != HEDUI_SOURCE_NONE) {
        uint16_t source = hedui_catalogue_source(value.as.row.type);
        hedui_scene_show_row(out, s, hedui_scene_row_of(s, source, value.count));
    } else if (value.kind == HEDUI_CEL_BOOL) {
        hedui_buffer_text(out, value.as.boolean ? "true" : "false"); /* as expectations say it */
    } else {
        hedui_cel_value_show(out, value);
    }
}

static int shown_as(const hedui_scene *s, hedui_cel_value value, hedui_span text)
{
    hedui_buffer shown;
    hedui_buffer_init(&shown);
    hedui_scene_show_value(&shown, s, value);
    int same = !hedui_buffer_failed(&shown) && hedui_span_equal(hedui_buffer_span(&shown), text);
    hedui_buffer_free(&shown);
    return same;
}

/* A row by either of its names. */
static int names_row(const hedui_scene *s, hedui_cel_value value, hedui_span name)
{
    hedui_buffer place;
    uint16_t source = hedui_catalogue_source(value.as.row.type);
    if (shown_as(s, value, name))
        return 1;
    if (source == HEDUI_SOURCE_NONE)
        return 0;
    hedui_scene_row row = hedui_scene_row_of(s, source, value.count);
    hedui_buffer_init(&place);
    hedui_buffer_add(&place, hedui_scene_source_name(s, row.source));
    hedui_buffer_format(&place, " %u", row.index + 1);
    int same = !hedui_buffer_failed(&place) && hedui_span_equal(hedui_buffer_span(&place), name);
    hedui_buffer_free(&place);
    return same;
}

int hedui_scene_equal(const hedui_scene *s, hedui_cel_value value, const hedui_yaml_node *node)
{
    hedui_cel_value number;
    if (node->kind == HEDUI_YAML_SEQUENCE) {
        int same = value.kind == HEDUI_CEL_LIST && value.count == node->count;
        for (uint32_t i = 0; same && i < node->count; i++)
            same = hedui_scene_equal(s, value.as.items[i], node->items[i]);
        return same;
    }
    if (node->kind != HEDUI_YAML_SCALAR)
        return 0;
    if (hedui_span_is(node->text, "undetermined"))
        return hedui_cel_undetermined(value);
    switch (value.kind) {
    case HEDUI_CEL_BOOL:
        return hedui_span_is(node->text, value.as.boolean ? "true" : "false");
    case HEDUI_CEL_INT:
    case HEDUI_CEL_DECIMAL:
        return hedui_cel_decimal_parse(&number, node->text, UINT32_MAX) &&
               hedui_cel_equal(value, number);
    case HEDUI_CEL_RECORD:
        return names_row(s, value, node->text);
    case HEDUI_CEL_CODE:
        return hedui_cel_equal(value, hedui_cel_string(node->text)) ||
               shown_as(s, value, node->text);
    default:
        return shown_as(s, value, node->text);
    }
}

int hedui_scene_reason_fits(const hedui_scene *s, hedui_cel_reason found, hedui_span reason,
                            hedui_span source)
{
    return (!reason.length || hedui_span_is(reason, hedui_cause_name((hedui_cause)found.kind))) &&
           (!source.length || hedui_span_equal(source, hedui_scene_source_name(s, found.source)));
}

hedui_status hedui_scene_check_reason(const hedui_scene *s, const hedui_yaml_node *node)
{
    const hedui_yaml_node *reason = hedui_yaml_find(node, "reason");
    const hedui_yaml_node *source = hedui_yaml_find(node, "source");
    const char *names[HEDUI_CAUSE_NONE + 1];
    uint16_t number;
    for (int i = 0; i < HEDUI_CAUSE_NONE; i++)
        names[i] = hedui_cause_name((hedui_cause)i);
    names[HEDUI_CAUSE_NONE] = NULL;
    int known = !reason;
    for (int i = 0; reason && names[i]; i++)
        known |= hedui_span_is(reason->text, names[i]);
    if (!known) {
        const char *nearest = hedui_nearest_of(reason->text, names);
        if (nearest)
            return hedui_yaml_fail(s->err, s->scenario->yaml, reason, HEDUI_E1114,
                                   HEDUI_ARG_SPAN(reason->text), HEDUI_ARG_TEXT(nearest));
        hedui_buffer all;
        hedui_buffer_init(&all);
        for (int i = 0; names[i]; i++)
            hedui_buffer_format(&all, "%s%s", i ? "、" : "", names[i]);
        hedui_status status =
            hedui_yaml_fail(s->err, s->scenario->yaml, reason, HEDUI_E1110,
                            HEDUI_ARG_SPAN(reason->text), HEDUI_ARG_SPAN(hedui_buffer_span(&all)));
        hedui_buffer_free(&all);
        return status;
    }
    return source ? hedui_scene_find_source(&number, s, source->text, source) : HEDUI_OK;
}

hedui_status hedui_scene_tell(const hedui_scene *s, hedui_span what, const char *part,
                              hedui_buffer *expected, hedui_buffer *actual,
                              const hedui_yaml_node *node, int passed)
{
    hedui_buffer name;
    hedui_buffer_init(&name);
    hedui_buffer_add(&name, what);
    hedui_buffer_format(&name, "%s%s", *part ? " " : "", part);
    hedui_status status =
        hedui_buffer_failed(&name) || hedui_buffer_failed(expected) || hedui_buffer_failed(actual)
            ? hedui_fail_memory(s->err)
            : HEDUI_OK;
    if (!status && s->each) {
        hedui_scenario_check check = {hedui_buffer_span(&name), hedui_buffer_span(expected),
                                      hedui_buffer_span(actual), node->line, passed};
        s->each(s->context, &check);
    }
    hedui_buffer_free(&name);
    hedui_buffer_free(expected);
    hedui_buffer_free(actual);
    return status;
}
