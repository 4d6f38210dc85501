/* Errors of a compilation: byte offsets of the expression become line and column of the author's
 * file, with the source line, a caret and, for names, the nearest one there is. */
#include "cel/internal.h"

#include <stdio.h>

static void place_of(hedui_place *place, hedui_span *line, uint32_t *in_line,
                     const hedui_cel_source *source, uint32_t offset)
{
    uint32_t number = 0, start = 0;
    if (offset > source->text.length)
        offset = (uint32_t)source->text.length;
    for (uint32_t i = 0; i < offset; i++)
        if (source->text.at[i] == '\n') {
            number++;
            start = i + 1;
        }
    uint32_t end = start;
    while (end < source->text.length && source->text.at[end] != '\n')
        end++;
    uint32_t column = (uint32_t)hedui_cel_utf8_count(span_between(source->text, start, offset));
    *line = span_between(source->text, start, end);
    *in_line = column + 1;
    *place = hedui_place_at(source->file, source->line + number,
                            column + (number ? source->indent + 1 : source->column));
}

void hedui_cel_node_place(hedui_place *place, hedui_span *text, const hedui_cel_program *program,
                          uint32_t index)
{
    const node *n = node_at(program, index);
    hedui_place here;
    hedui_span line;
    uint32_t in_line;
    place_of(&here, &line, &in_line, &program->source, n->begin);
    if (place)
        *place = here;
    if (text)
        *text = span_between(program->source.text, n->begin, n->end);
}

static void hand_on(compiler *c, const hedui_err *err)
{
    if (c->notes && c->notes->add)
        c->notes->add(c->notes->context, err);
}

void hedui_cel_report(compiler *c, uint32_t begin, uint32_t end, hedui_status status,
                      const hedui_arg *args)
{
    hedui_err err;
    hedui_place place;
    hedui_span line;
    uint32_t column;
    int warning = status >= HEDUI_E3290;
    if (!warning && c->status == HEDUI_OK)
        c->status = status;
    if (!warning && ++c->errors > MAX_ERRORS)
        return;
    hedui_err_init(&err);
    place_of(&place, &line, &column, &c->program->source, begin);
    if (c->errors == MAX_ERRORS && !warning) {
        (void)hedui_fail_plain(&err, HEDUI_E3239, place);
        hand_on(c, &err);
        return;
    }
    (void)hedui_fail_with(&err, status, place, args);
    if (end > c->program->source.text.length)
        end = (uint32_t)c->program->source.text.length;
    hedui_span under = span_between(c->program->source.text, begin, end > begin ? end : begin);
    for (size_t i = 0; i < under.length; i++)
        if (under.at[i] == '\n')
            under.length = i;
    size_t width = hedui_cel_utf8_count(under);
    hedui_err_excerpt(&err, line, column, width ? (uint32_t)width : 1);
    hand_on(c, &err);
}

void hedui_cel_report_memory(compiler *c)
{
    hedui_err err;
    if (c->status == HEDUI_E1001)
        return;
    c->status = HEDUI_E1001;
    c->errors = MAX_ERRORS;
    hedui_err_init(&err);
    (void)hedui_fail_memory(&err);
    hand_on(c, &err);
}

hedui_span hedui_cel_nearest_text(nearest *n)
{
    hedui_span none = {"", 0};
    hedui_span best = n->near.best;
    if (!best.length)
        return none;
    int length = snprintf(n->text, sizeof n->text, " (%.*s?)", (int)best.length, best.at);
    hedui_span text = {n->text, length > 0 ? (size_t)length : 0};
    return text;
}

hedui_span hedui_cel_type_text(compiler *c, const type *t)
{
    hedui_buffer buffer;
    hedui_span text = {"", 0};
    hedui_buffer_init(&buffer);
    hedui_cel_type_print(&buffer, hedui_cel_substitute(c, t, 1));
    if (!hedui_buffer_failed(&buffer))
        text = hedui_arena_copy(c->arena, hedui_buffer_span(&buffer));
    hedui_buffer_free(&buffer);
    if (!text.at)
        text.at = "";
    return text;
}
