/* Any bytes as an expression: it compiles or is refused with a place inside the text, and what
 * compiled in rule mode never finds itself without an overload. As a text with holes: the same. */
#include <hedui/cel.h>
#include <hedui/cel_explain.h>
#include <hedui/cel_template.h>

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_place(void *context, const hedui_err *note)
{
    (void)context;
    if (note->status != HEDUI_E1001 && (note->line == 0 || note->column == 0))
        abort();
}

static void try_mode(hedui_span text, int permissive, hedui_arena *arena)
{
    static const hedui_cel_reason reason = {1, 1, 1, 1};
    hedui_cel_options options = {.permissive = permissive, .max_steps = 20000};
    hedui_cel_env *env = hedui_cel_env_open(&options, arena);
    hedui_cel_value values[3], items[2] = {hedui_cel_int(3), hedui_cel_unknown(&reason, 1)};
    const hedui_cel_type *integer = hedui_cel_type_simple(HEDUI_CEL_INT);
    (void)hedui_cel_env_variable(env, hedui_span_of("n"), integer, NULL);
    (void)hedui_cel_env_variable(env, hedui_span_of("u"), hedui_cel_type_simple(HEDUI_CEL_BOOL),
                                 NULL);
    (void)hedui_cel_env_variable(env, hedui_span_of("l"), hedui_cel_type_list(arena, integer),
                                 NULL);
    values[0] = hedui_cel_int(7);
    values[1] = hedui_cel_unknown(&reason, 1);
    values[2] = hedui_cel_list(items, 2);
    hedui_cel_source source = {text, "fuzz", 1, 1, 0};
    hedui_cel_input input = {.variables = values};
    hedui_notes notes = {check_place, NULL};
    const hedui_cel_program *program;
    const hedui_cel_template *template;
    if (hedui_cel_compile(&program, env, &source, NULL, arena, &notes) == HEDUI_OK) {
        hedui_cel_explanation why;
        hedui_buffer out;
        hedui_cel_value v = hedui_cel_eval(program, &input, arena);
        if (!permissive && v.kind == HEDUI_CEL_ERROR && v.code == HEDUI_CEL_ERROR_OVERLOAD)
            abort();
        (void)hedui_cel_explain(&why, program, &input, arena);
        hedui_buffer_init(&out);
        hedui_cel_value_print(&out, v);
        hedui_cel_program_dump(&out, program);
        hedui_buffer_free(&out);
    }
    (void)hedui_cel_template_compile(&template, env, &source, arena, &notes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    hedui_arena *arena = hedui_arena_open(0);
    hedui_span text = {(const char *)data, size};
    try_mode(text, 0, arena);
    try_mode(text, 1, arena);
    hedui_arena_close(arena);
    return 0;
}
