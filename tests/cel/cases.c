/* Runs the cases of a folder and the examples of the function tables. A case is a line
 *
 *     expression => result
 *
 * where the result is an expression for a value of the same kind, or `error`, `unknown` (with the
 * number of reasons, if given), `refused NUMBER` for an expression that does not compile, or
 * `advised NUMBER` for one that compiles with a warning (0: without any). Lines that begin with #
 * are comments; a line `mode: rule` switches from permissive to rule mode.
 *
 * Variables: t, f (true, false), u, u2 (unknown, different reasons), e (error), part (a list of 1,
 * 2 and an unknown element), ints, day, n, amount (decimal(2)). */
#include <hedui/cel.h>
#include <hedui/cel_explain.h>
#include <hedui/file.h>

#include <stdio.h>

typedef struct bench {
    hedui_arena *arena;
    hedui_cel_env *env[2]; /* permissive, rule */
    hedui_cel_value variables[16];
    unsigned run, failed;
    hedui_status first;
} bench;

static void first_error(void *context, const hedui_err *note)
{
    bench *b = context;
    if (b->first == HEDUI_OK)
        b->first = note->status;
}

static const hedui_cel_reason reasons[] = {{1, 1, 1, 1}, {1, 2, 1, 1}};

static void declare(bench *b, const char *name, const hedui_cel_type *t, hedui_cel_value v)
{
    for (int i = 0; i < 2; i++) {
        uint32_t slot = hedui_cel_env_variable(b->env[i], hedui_span_of(name), t, NULL);
        b->variables[slot] = v;
    }
}

static void open_bench(bench *b)
{
    static hedui_cel_value part[3], ints[3];
    hedui_cel_options options = {.permissive = 1};
    memset(b, 0, sizeof *b);
    b->arena = hedui_arena_open(0);
    b->env[0] = hedui_cel_env_open(&options, b->arena);
    options.permissive = 0;
    b->env[1] = hedui_cel_env_open(&options, b->arena);
    const hedui_cel_type *boolean = hedui_cel_type_simple(HEDUI_CEL_BOOL);
    const hedui_cel_type *integer = hedui_cel_type_simple(HEDUI_CEL_INT);
    const hedui_cel_type *list = hedui_cel_type_list(b->arena, integer);
    hedui_cel_value unknown = hedui_cel_unknown(&reasons[0], 1);
    for (int i = 0; i < 3; i++)
        ints[i] = hedui_cel_int(i + 1);
    part[0] = ints[0];
    part[1] = ints[1];
    part[2] = hedui_cel_unknown(&reasons[1], 1);
    declare(b, "t", boolean, hedui_cel_bool(1));
    declare(b, "f", boolean, hedui_cel_bool(0));
    declare(b, "u", boolean, unknown);
    declare(b, "u2", boolean, part[2]);
    declare(b, "e", boolean, hedui_cel_fail(HEDUI_CEL_ERROR_HOST));
    declare(b, "part", list, hedui_cel_list(part, 3));
    declare(b, "ints", list, hedui_cel_list(ints, 3));
    declare(b, "gone", list, unknown);
    declare(b, "day", hedui_cel_type_simple(HEDUI_CEL_DATE),
            hedui_cel_date(19783)); /* 2024-03-01 */
    declare(b, "n", integer, hedui_cel_int(7));
    declare(b, "un", integer, unknown);
    declare(b, "amount", hedui_cel_type_decimal(2), hedui_cel_decimal(71250, 2));
    declare(b, "window", hedui_cel_type_simple(HEDUI_CEL_PERIOD),
            hedui_cel_period(12, 0, 19418, 19782)); /* 2023-03-02 .. 2024-02-29 */
}

static int evaluate(hedui_cel_value *v, bench *b, int mode, hedui_span text)
{
    hedui_cel_source source = {text, NULL, 1, 1, 0};
    hedui_cel_input input = {.variables = b->variables};
    hedui_notes notes = {first_error, b};
    const hedui_cel_program *program;
    b->first = HEDUI_OK;
    if (hedui_cel_compile(&program, b->env[mode], &source, NULL, b->arena, &notes) != HEDUI_OK)
        return 0;
    *v = hedui_cel_eval(program, &input, b->arena);
    hedui_cel_explanation why;
    if (hedui_cel_explain(&why, program, &input, b->arena) != HEDUI_OK || why.value.kind != v->kind)
        return 0;
    return 1;
}

static int same_kind(hedui_cel_value a, hedui_cel_value b)
{
    int both_lists = a.kind == HEDUI_CEL_LIST && b.kind == HEDUI_CEL_LIST && a.count == b.count;
    for (uint32_t i = 0; both_lists && i < a.count; i++)
        if (!same_kind(a.as.items[i], b.as.items[i]))
            return 0;
    return a.kind == b.kind && (a.kind != HEDUI_CEL_DECIMAL || a.scale == b.scale);
}

/* The first thing said of the expression, error or warning, is the one of this number. */
static int told(const bench *b, hedui_span number)
{
    unsigned wanted = 0;
    for (size_t i = 0; i < number.length; i++)
        wanted = wanted * 10 + (unsigned)(number.at[i] - '0');
    return (unsigned)b->first == wanted;
}

static int holds(bench *b, int mode, hedui_span expression, hedui_span result)
{
    hedui_cel_value v, wanted;
    int compiled = evaluate(&v, b, mode, expression);
    if (result.length > 8 && memcmp(result.at, "refused ", 8) == 0) {
        hedui_span number = {result.at + 8, result.length - 8};
        return !compiled && told(b, number);
    }
    if (!compiled)
        return 0;
    if (result.length > 8 && memcmp(result.at, "advised ", 8) == 0) {
        hedui_span number = {result.at + 8, result.length - 8};
        return told(b, number);
    }
    if (hedui_span_is(result, "error"))
        return v.kind == HEDUI_CEL_ERROR;
    if (result.length >= 7 && memcmp(result.at, "unknown", 7) == 0) {
        int partial = v.kind == HEDUI_CEL_LIST && v.code;
        int counted = result.length == 9;
        return (v.kind == HEDUI_CEL_UNKNOWN || partial) &&
               (!counted || (int)v.count == result.at[8] - '0');
    }
    return evaluate(&wanted, b, 0, result) && same_kind(v, wanted) && hedui_cel_equal(v, wanted);
}

static hedui_span trimmed(hedui_span s)
{
    while (s.length && s.at[0] == ' ') {
        s.at++;
        s.length--;
    }
    while (s.length && (s.at[s.length - 1] == ' ' || s.at[s.length - 1] == '\r'))
        s.length--;
    return s;
}

static void run_case(bench *b, int mode, const char *place, unsigned line, hedui_span text)
{
    const char *arrow = NULL;
    for (size_t i = 0; i + 3 < text.length; i++)
        if (memcmp(text.at + i, " => ", 4) == 0)
            arrow = text.at + i;
    b->run++;
    if (arrow) {
        hedui_span left = {text.at, (size_t)(arrow - text.at)};
        hedui_span right = {arrow + 4, text.length - left.length - 4};
        hedui_arena_mark mark = hedui_arena_here(b->arena);
        int fine = holds(b, mode, trimmed(left), trimmed(right));
        hedui_arena_reset(b->arena, mark);
        if (fine)
            return;
    }
    b->failed++;
    printf("%s:%u: does not hold (E%d): %.*s\n", place, line, (int)b->first, (int)text.length,
           text.at);
}

static void run_file(bench *b, const char *folder, const char *name)
{
    hedui_arena *arena = hedui_arena_open(0);
    hedui_err err;
    hedui_span text;
    unsigned line = 0, before = b->run;
    int mode = 0;
    hedui_err_init(&err);
    if (hedui_file_read(&text, hedui_path_join(folder, name, arena), 1 << 20, arena, &err) !=
        HEDUI_OK) {
        b->failed++;
        printf("%s: cannot be read\n", name);
        text.length = 0;
    }
    while (text.length) {
        const char *end = memchr(text.at, '\n', text.length);
        hedui_span one = {text.at, end ? (size_t)(end - text.at) : text.length};
        size_t used = one.length + (end != NULL);
        text.at += used;
        text.length -= used;
        one = trimmed(one);
        line++;
        if (hedui_span_is(one, "mode: rule"))
            mode = 1;
        else if (one.length && one.at[0] != '#')
            run_case(b, mode, name, line, one);
    }
    printf("%-20s %4u\n", name, b->run - before);
    hedui_arena_close(arena);
}

int main(int argc, char **argv)
{
    const char *const *names;
    size_t count = 0;
    bench b;
    hedui_err err;
    hedui_cel_reference entry;
    open_bench(&b);
    hedui_err_init(&err);
    if (argc < 2 || hedui_folder_list(&names, &count, argv[1], b.arena, &err) != HEDUI_OK)
        return 1;
    for (size_t i = 0; i < count; i++)
        run_file(&b, argv[1], names[i]);
    unsigned before = b.run;
    for (uint32_t i = 0; hedui_cel_reference_at(&entry, i); i++)
        if (entry.example)
            run_case(&b, 0, entry.name, 1, hedui_span_of(entry.example));
    printf("%-20s %4u\n", "examples", b.run - before);
    printf("%u run, %u failed\n", b.run, b.failed);
    hedui_arena_close(b.arena);
    return b.failed != 0;
}
