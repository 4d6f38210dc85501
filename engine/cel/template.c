/* Texts with holes: the pieces between the braces are kept as they are, each hole is a program. */
#include "cel/internal.h"

typedef struct piece {
    hedui_span text;                  /* with doubled braces already halved */
    const hedui_cel_program *program; /* of a hole */
} piece;

struct hedui_cel_template {
    piece *pieces;
    uint32_t count;
};

typedef struct splitter {
    const hedui_cel_env *env;
    const hedui_cel_source *source;
    hedui_arena *arena;
    const hedui_notes *notes;
    hedui_cel_template *result;
    char *text; /* literal text so far */
    size_t used, begun;
    hedui_status status;
} splitter;

/* Where a byte of the text stands in the author's file. */
static hedui_cel_source part_of(const splitter *s, size_t begin, size_t end)
{
    hedui_cel_source part = *s->source;
    part.text = span_between(s->source->text, (uint32_t)begin, (uint32_t)end);
    for (size_t i = 0; i < begin; i++) {
        unsigned char c = (unsigned char)s->source->text.at[i];
        if (c == '\n') {
            part.line++;
            part.column = part.indent + 1;
        } else if ((c & 0xC0) != 0x80) {
            part.column++;
        }
    }
    return part;
}

static void unmatched(splitter *s, size_t at)
{
    hedui_cel_source part = part_of(s, at, at + 1);
    hedui_err err;
    hedui_err_init(&err);
    (void)hedui_fail_plain(&err, HEDUI_E3236, hedui_place_at(part.file, part.line, part.column));
    if (s->status == HEDUI_OK)
        s->status = HEDUI_E3236;
    if (s->notes && s->notes->add)
        s->notes->add(s->notes->context, &err);
}

static void end_literal(splitter *s)
{
    if (s->used == s->begun)
        return;
    hedui_span text = {s->text + s->begun, s->used - s->begun};
    s->result->pieces[s->result->count++].text = text;
    s->begun = s->used;
}

/* The brace that closes the hole begun at `at`: braces of maps and in texts inside are passed over.
 */
static size_t hole_end(const splitter *s, size_t at)
{
    lexer l = {.text = s->source->text, .at = (uint32_t)at};
    uint32_t open = 0;
    for (;;) {
        hedui_cel_lex_next(&l);
        if (l.kind == TOKEN_END)
            return SIZE_MAX;
        if (l.kind == TOKEN_LBRACE)
            open++;
        if (l.kind == TOKEN_RBRACE && open-- == 0)
            return l.begin;
    }
}

static size_t hole(splitter *s, size_t at)
{
    size_t end = hole_end(s, at + 1);
    if (end == SIZE_MAX) {
        unmatched(s, at);
        return s->source->text.length;
    }
    end_literal(s);
    hedui_cel_source part = part_of(s, at + 1, end);
    piece *p = &s->result->pieces[s->result->count];
    hedui_status status =
        hedui_cel_compile_as(&p->program, s->env, &part, NULL, 1, s->arena, s->notes);
    if (status == HEDUI_OK)
        s->result->count++;
    else if (s->status == HEDUI_OK)
        s->status = status;
    return end + 1;
}

static void split(splitter *s)
{
    hedui_span text = s->source->text;
    for (size_t at = 0; at < text.length;) {
        char c = text.at[at];
        int doubled = at + 1 < text.length && text.at[at + 1] == c;
        if ((c == '{' || c == '}') && doubled) {
            s->text[s->used++] = c;
            at += 2;
        } else if (c == '{') {
            at = hole(s, at);
        } else if (c == '}') {
            unmatched(s, at++);
        } else {
            s->text[s->used++] = c;
            at++;
        }
    }
    end_literal(s);
}

hedui_status hedui_cel_template_compile(const hedui_cel_template **result, const hedui_cel_env *env,
                                        const hedui_cel_source *source, hedui_arena *arena,
                                        const hedui_notes *notes)
{
    splitter s = {.env = env, .source = source, .arena = arena, .notes = notes};
    uint32_t pieces = 1;
    for (size_t i = 0; i < source->text.length; i++)
        pieces += source->text.at[i] == '{' ? 2 : 0;
    s.result = hedui_arena_take(arena, sizeof *s.result);
    s.text = hedui_arena_take(arena, source->text.length + 1);
    if (s.result)
        s.result->pieces = hedui_arena_array(arena, pieces, sizeof(piece));
    if (!s.result || !s.text || !s.result->pieces)
        return HEDUI_E1001;
    split(&s);
    if (s.status == HEDUI_OK)
        *result = s.result;
    return s.status;
}

int hedui_cel_template_render(hedui_buffer *out, const hedui_cel_template *text,
                              const hedui_cel_input *input, hedui_arena *arena)
{
    for (uint32_t i = 0; i < text->count; i++) {
        const piece *p = &text->pieces[i];
        if (p->program)
            hedui_cel_value_show(out, hedui_cel_eval(p->program, input, arena));
        else
            hedui_buffer_add(out, p->text);
    }
    return !hedui_buffer_failed(out);
}

const hedui_cel_program *hedui_cel_template_hole(const hedui_cel_template *text, uint32_t index)
{
    for (uint32_t i = 0; i < text->count; i++)
        if (text->pieces[i].program && index-- == 0)
            return text->pieces[i].program;
    return NULL;
}
