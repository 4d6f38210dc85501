/* The figures of a scenario: values of the household, of its members and supporters, and the lines
 * that add up to them. */
#include "rule/pack_fields.h"

#include <hedui/nearest.h>

#include "rule/proof.h"
#include "rule/scene.h"

enum { MOST_NAMES = 512 };

/* A value with what it is evaluated with. */
typedef struct figure {
    const hedui_value *value;
    const hedui_cel_value *variables;
    hedui_span what; /* its id, and whose it is */
} figure;

/* In order of the three kinds of subjects. */
static const hedui_value *value_at(const hedui_rulebook *book, uint32_t i)
{
    if (i < book->household_value_count)
        return &book->household_values[i];
    i -= book->household_value_count;
    if (i < book->member_value_count)
        return &book->member_values[i];
    i -= book->member_value_count;
    return i < book->supporter_value_count ? &book->supporter_values[i] : NULL;
}

static hedui_status find_value(const hedui_value **value, const hedui_scene *s,
                               const hedui_yaml_node *key)
{
    const char *names[MOST_NAMES + 1];
    uint32_t known = 0;
    const hedui_value *v;
    for (uint32_t i = 0; (v = value_at(s->rulebook, i)); i++) {
        if (hedui_span_equal(v->text->id, key->text)) {
            *value = v;
            return HEDUI_OK;
        }
        if (known < MOST_NAMES)
            names[known++] = v->text->id.at;
    }
    names[known] = NULL;
    const char *nearest = hedui_nearest_of(key->text, names);
    if (nearest)
        return hedui_yaml_fail(s->err, s->scenario->yaml, key, HEDUI_E3063,
                               HEDUI_ARG_SPAN(key->text), HEDUI_ARG_TEXT(nearest));
    return hedui_yaml_fail(s->err, s->scenario->yaml, key, HEDUI_E3062, HEDUI_ARG_SPAN(key->text));
}

static void show_expected(hedui_buffer *out, const hedui_yaml_node *node)
{
    if (node->kind != HEDUI_YAML_SEQUENCE) {
        hedui_buffer_add(out, node->text);
        return;
    }
    hedui_buffer_text(out, "[");
    for (uint32_t i = 0; i < node->count; i++) {
        hedui_buffer_text(out, i ? ", " : "");
        show_expected(out, node->items[i]);
    }
    hedui_buffer_text(out, "]");
}

/* Rows that a list of the expectation names must stand in `given`, or the slip would look like a
 * wrong figure. */
static hedui_status check_rows(const hedui_scene *s, hedui_cel_value value,
                               const hedui_yaml_node *node)
{
    hedui_scene_row row;
    hedui_status status = HEDUI_OK;
    int of_rows = value.kind == HEDUI_CEL_LIST && value.count &&
                  value.as.items[0].kind == HEDUI_CEL_RECORD &&
                  hedui_catalogue_source(value.as.items[0].as.row.type) != HEDUI_SOURCE_NONE;
    for (uint32_t i = 0; of_rows && node->kind == HEDUI_YAML_SEQUENCE && i < node->count && !status;
         i++)
        status = hedui_scene_find_row(&row, s, node->items[i]->text, node->items[i]);
    return status;
}

static hedui_status tell(const hedui_scene *s, hedui_span what, const char *part,
                         hedui_cel_value value, const hedui_yaml_node *node, int fits)
{
    hedui_buffer expected, actual;
    hedui_status status = check_rows(s, value, node);
    if (status)
        return status;
    hedui_buffer_init(&expected);
    hedui_buffer_init(&actual);
    show_expected(&expected, node);
    hedui_scene_show_value(&actual, s, value);
    return hedui_scene_tell(s, what, part, &expected, &actual, node,
                            fits && hedui_scene_equal(s, value, node));
}

static hedui_status test_lines(hedui_scene *s, const figure *f, const hedui_yaml_node *lines)
{
    const hedui_cel_input input = hedui_judge_input(&s->judge, f->variables);
    if (lines->kind != HEDUI_YAML_MAPPING)
        return hedui_yaml_fail(s->err, s->scenario->yaml, lines, HEDUI_E1109,
                               HEDUI_ARG_TEXT("lines"), HEDUI_ARG_TEXT("键值"));
    for (uint32_t i = 0; i < lines->count; i++) {
        const char *names[MOST_NAMES + 1];
        uint32_t line = 0, known = 0;
        for (; line < f->value->line_count &&
               !hedui_span_equal(f->value->lines[line].text->title, lines->keys[i]->text);
             line++)
            if (known < MOST_NAMES)
                names[known++] = f->value->lines[line].text->title.at;
        names[known] = NULL;
        if (line == f->value->line_count) {
            const char *nearest = hedui_nearest_of(lines->keys[i]->text, names);
            if (nearest)
                return hedui_yaml_fail(s->err, s->scenario->yaml, lines->keys[i], HEDUI_E1113,
                                       HEDUI_ARG_SPAN(lines->keys[i]->text),
                                       HEDUI_ARG_TEXT(nearest));
            return hedui_yaml_fail(s->err, s->scenario->yaml, lines->keys[i], HEDUI_E1107,
                                   HEDUI_ARG_SPAN(lines->keys[i]->text));
        }
        hedui_cel_value value =
            hedui_cel_eval(f->value->lines[line].program, &input, s->judge.scratch);
        hedui_status status =
            tell(s, f->what, f->value->lines[line].text->title.at, value, lines->items[i], 1);
        if (status)
            return status;
    }
    return HEDUI_OK;
}

static hedui_status test_figure(hedui_scene *s, const figure *f, const hedui_yaml_node *node)
{
    hedui_value_expectation e = {.is = node};
    int fits = 1;
    if (node->kind == HEDUI_YAML_MAPPING) {
        hedui_status status = hedui_yaml_bind(&e, hedui_value_expectation_fields, s->scenario->yaml,
                                              node, s->arena, s->err);
        if (!status)
            status = hedui_scene_check_reason(s, node);
        if (status)
            return status;
    }
    hedui_cel_value value = hedui_judge_value(&s->judge, f->value, f->variables, s->judge.scratch);
    if (e.reason.length || e.source.length) {
        fits = 0;
        for (uint32_t i = 0; value.kind == HEDUI_CEL_UNKNOWN && i < value.count; i++)
            fits |= hedui_scene_reason_fits(s, value.as.reasons[i], e.reason, e.source);
    }
    hedui_status status = tell(s, f->what, "", value, e.is, fits);
    return status || !e.lines ? status : test_lines(s, f, e.lines);
}

/* "value row", for a value that several have. */
static hedui_span owned_name(const hedui_scene *s, const hedui_value *value, hedui_scene_row row)
{
    hedui_buffer text;
    hedui_buffer_init(&text);
    hedui_buffer_add(&text, value->text->id);
    hedui_buffer_text(&text, " ");
    hedui_scene_show_row(&text, s, row);
    hedui_span name = {NULL, 0};
    if (!hedui_buffer_failed(&text))
        name = hedui_arena_copy(s->arena, hedui_buffer_span(&text));
    hedui_buffer_free(&text);
    return name;
}

/* Who is named, as what the value is computed for. E3064 if the row is not of that kind. */
static hedui_status bind_owner(figure *f, hedui_scene *s, const hedui_yaml_node *key)
{
    const hedui_catalogue *c = s->rulebook->catalogue;
    int of_supporter = f->value->text->subject == HEDUI_VALUE_SUPPORTER_HOUSEHOLD;
    uint16_t source = of_supporter ? (uint16_t)c->supporters : (uint16_t)(c->feed_count + 1);
    hedui_scene_row row;
    hedui_status status = hedui_scene_find_row(&row, s, key->text, key);
    if (status)
        return status;
    if (row.source != source)
        return hedui_yaml_fail(s->err, s->scenario->yaml, key, HEDUI_E3064,
                               HEDUI_ARG_SPAN(key->text));
    uint32_t place = row.index + (of_supporter ? s->book.caseload->households[0].count : 0);
    hedui_cel_value owner = of_supporter ? hedui_catalogue_supporter(&s->judge.the_case, place)
                                         : hedui_cel_row(c->member_type, &s->judge.the_case, place);
    f->variables = hedui_judge_bind(&s->judge, f->value->own_slot, owner);
    f->what = owned_name(s, f->value, row);
    return f->variables && f->what.at ? HEDUI_OK : hedui_fail_memory(s->err);
}

static hedui_status test_value(hedui_scene *s, const hedui_yaml_node *key,
                               const hedui_yaml_node *node)
{
    figure f = {.variables = s->judge.variables};
    hedui_status status = find_value(&f.value, s, key);
    if (status)
        return status;
    f.what = f.value->text->id;
    if (f.value->text->subject == HEDUI_VALUE_HOUSEHOLD)
        return test_figure(s, &f, node);
    if (node->kind != HEDUI_YAML_MAPPING)
        return hedui_yaml_fail(s->err, s->scenario->yaml, node, HEDUI_E1109,
                               HEDUI_ARG_SPAN(key->text), HEDUI_ARG_TEXT("键值：{谁: 值}"));
    for (uint32_t i = 0; i < node->count && !status; i++) {
        status = bind_owner(&f, s, node->keys[i]);
        if (!status)
            status = test_figure(s, &f, node->items[i]);
    }
    return status;
}

hedui_status hedui_scene_values(hedui_scene *s)
{
    const hedui_yaml_node *values = s->scenario->values;
    hedui_status status = HEDUI_OK;
    if (values && values->kind != HEDUI_YAML_MAPPING)
        return hedui_yaml_fail(s->err, s->scenario->yaml, values, HEDUI_E1109,
                               HEDUI_ARG_TEXT("values"), HEDUI_ARG_TEXT("键值"));
    for (uint32_t i = 0; values && i < values->count && !status; i++)
        status = test_value(s, values->keys[i], values->items[i]);
    return status;
}
