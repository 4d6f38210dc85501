/* Runs the public conformance records (JSON Lines) and date and decimal vectors. Usage:
 * cel_conformance FOLDER [-v]; exit 77 if the folder is not there. Tests tagged `format` are
 * counted apart; a folder tier `aside` is not run. */
#include "record.h"

#include <hedui/cel.h>
#include <hedui/file.h>

#include <stdio.h>

typedef struct tally {
    unsigned run, passed, types, types_passed;
} tally;

typedef struct suite {
    const char *folder;
    int verbose;
    unsigned failed;
} suite;

/* --- one record ------------------------------------------------------------------------------- */

static void declare_functions(hedui_cel_env *env, const json *declaration, hedui_arena *arena)
{
    const json *overloads = json_get(declaration, "overloads");
    for (const json *o = overloads->child; o; o = o->next) {
        hedui_cel_function *f = hedui_arena_take(arena, sizeof *f);
        const hedui_cel_type **parameters = hedui_arena_array(arena, 8, sizeof *parameters);
        for (const json *p = json_get(o, "params")->child; p; p = p->next)
            parameters[f->parameter_count++] = record_type(p->text, arena);
        f->name = json_text(declaration, "function");
        f->member = json_true(o, "member", 0);
        f->parameters = parameters;
        f->result = record_type(json_text(o, "result"), arena);
        (void)hedui_cel_env_function(env, f);
    }
}

static hedui_cel_value *declare(hedui_cel_env *env, const json *record, hedui_arena *arena)
{
    hedui_cel_value *values = hedui_arena_array(arena, 256, sizeof *values);
    const json *types = json_get(record, "type_env"), *bindings = json_get(record, "bindings");
    for (const json *d = types ? types->child : NULL; d; d = d->next) {
        hedui_span name = json_text(d, "ident");
        if (!name.length) {
            declare_functions(env, d, arena);
            continue;
        }
        uint32_t slot =
            hedui_cel_env_variable(env, name, record_type(json_text(d, "type"), arena), NULL);
        if (slot < 256)
            values[slot] = hedui_cel_fail(HEDUI_CEL_ERROR_VARIABLE);
    }
    for (const json *b = bindings ? bindings->child : NULL; b; b = b->next) {
        uint32_t slot = hedui_cel_env_find(env, b->key);
        if (slot == UINT32_MAX)
            slot = hedui_cel_env_variable(env, b->key, hedui_cel_type_simple(HEDUI_CEL_DYN), NULL);
        const json *v = json_get(b, "value");
        if (slot < 256)
            values[slot] = record_value(v ? v : b, arena);
    }
    return values;
}

static int is_undetermined(hedui_cel_value v, int *unknown)
{
    *unknown = v.kind == HEDUI_CEL_UNKNOWN || (v.kind == HEDUI_CEL_LIST && v.code);
    return *unknown || v.kind == HEDUI_CEL_ERROR;
}

static int as_expected(hedui_cel_value v, int compiled, const json *expect, hedui_arena *arena)
{
    const json *value = json_get(expect, "value");
    int unknown = 0, undetermined = !compiled || is_undetermined(v, &unknown);
    if (value)
        return compiled && !undetermined && record_same(v, record_value(value, arena));
    if (json_get(expect, "any_of"))
        return undetermined;
    if (json_get(expect, "unknown"))
        return unknown;
    if (json_get(expect, "error"))
        return undetermined && !unknown;
    return compiled;
}

static int type_as_expected(const hedui_cel_program *program, hedui_span wanted)
{
    hedui_buffer text;
    hedui_buffer_init(&text);
    hedui_cel_type_print(&text, hedui_cel_program_type(program));
    int fine = hedui_span_equal(hedui_buffer_span(&text), wanted);
    hedui_buffer_free(&text);
    return fine;
}

static void complain(const suite *s, const char *what, const json *record, hedui_cel_value v,
                     const hedui_cel_program *program)
{
    hedui_buffer text;
    hedui_span id = json_text(record, "id"), expression = json_text(record, "expr");
    if (!s->verbose)
        return;
    hedui_buffer_init(&text);
    if (!program)
        hedui_buffer_text(&text, "does not compile");
    else if (*what == 't')
        hedui_cel_type_print(&text, hedui_cel_program_type(program));
    else
        hedui_cel_value_print(&text, v);
    if (v.kind == HEDUI_CEL_ERROR)
        hedui_buffer_text(&text, hedui_cel_error_text((hedui_cel_error)v.code));
    printf("%s %.*s: %.*s -> %s\n", what, (int)id.length, id.at, (int)expression.length,
           expression.at, text.data);
    hedui_buffer_free(&text);
}

static void print_note(void *context, const hedui_err *note)
{
    (void)context;
    printf("    E%d %u:%u %s\n", (int)note->status, note->line, note->column, note->text);
}

static void run_record(suite *s, tally *t, const json *record, hedui_arena *arena)
{
    const json *expect = json_get(record, "expect");
    hedui_cel_options options = {.permissive = 1,
                                 .unchecked = !json_true(record, "check", 1),
                                 .no_macros = !json_true(record, "macros", 1),
                                 .container = json_text(record, "container")};
    hedui_cel_env *env = hedui_cel_env_open(&options, arena);
    hedui_cel_value *values = declare(env, record, arena);
    hedui_cel_source source = {json_text(record, "expr"), NULL, 1, 1, 0};
    hedui_cel_input input = {.variables = values};
    const hedui_cel_program *program = NULL;
    hedui_notes notes = {print_note, NULL};
    int wants_value = json_get(expect, "value") != NULL;
    hedui_status status = hedui_cel_compile(&program, env, &source, NULL, arena,
                                            s->verbose && wants_value ? &notes : NULL);
    hedui_cel_value v = hedui_cel_null();
    if (status == HEDUI_OK && json_true(record, "eval", 1))
        v = hedui_cel_eval(program, &input, arena);
    t->run++;
    if (as_expected(v, status == HEDUI_OK, expect, arena)) {
        t->passed++;
    } else {
        s->failed++;
        complain(s, "FAIL", record, v, program);
    }
    hedui_span wanted = json_text(record, json_get(record, "type") ? "type" : "checked_type");
    if (wanted.length && program) {
        t->types++;
        if (type_as_expected(program, wanted)) {
            t->types_passed++;
        } else {
            s->failed++;
            complain(s, "type", record, v, program);
        }
    }
}

static int has_tag(const json *record, const char *tag)
{
    const json *tags = json_get(record, "tags");
    for (const json *t = tags ? tags->child : NULL; t; t = t->next)
        if (hedui_span_is(t->text, tag))
            return 1;
    return 0;
}

/* --- files ------------------------------------------------------------------------------------ */

static int next_line(hedui_span *line, hedui_span *rest)
{
    const char *end = rest->length ? memchr(rest->at, '\n', rest->length) : NULL;
    if (!rest->length)
        return 0;
    line->at = rest->at;
    line->length = end ? (size_t)(end - rest->at) : rest->length;
    size_t used = line->length + (end != NULL);
    rest->at += used;
    rest->length -= used;
    return 1;
}

static int load(hedui_span *text, const suite *s, const char *name, hedui_arena *arena)
{
    hedui_err err;
    hedui_err_init(&err);
    return hedui_file_read(text, hedui_path_join(s->folder, name, arena), 1 << 24, arena, &err) ==
           HEDUI_OK;
}

static void run_file(suite *s, const char *name)
{
    hedui_arena *arena = hedui_arena_open(0);
    hedui_span rest, line;
    tally t = {0, 0, 0, 0};
    unsigned left_out = 0;
    if (!load(&rest, s, name, arena)) {
        hedui_arena_close(arena);
        return;
    }
    while (next_line(&line, &rest)) {
        hedui_arena_mark mark = hedui_arena_here(arena);
        const json *record = json_read(line, arena);
        if (!record) {
            printf("not JSON: %.*s\n", (int)line.length, line.at);
            s->failed++;
        } else if (has_tag(record, "format") || hedui_span_is(json_text(record, "tier"), "aside")) {
            left_out++;
        } else {
            run_record(s, &t, record, arena);
        }
        hedui_arena_reset(arena, mark);
    }
    printf("%-34s %4u of %4u, types %4u of %4u, left out %u\n", name, t.passed, t.run,
           t.types_passed, t.types, left_out);
    hedui_arena_close(arena);
}

static uint32_t fields(hedui_span *out, uint32_t most, hedui_span line)
{
    uint32_t count = 0;
    for (size_t i = 0, start = 0; i <= line.length && count < most; i++)
        if (i == line.length || line.at[i] == '\t') {
            out[count].at = line.at + start;
            out[count++].length = i - start;
            start = i + 1;
        }
    return count;
}

/* One vector as an expression whose result is text. */
static void expression_of(hedui_buffer *out, const hedui_span *f, int dates)
{
    static const struct {
        const char *op, *form; /* %1 %2 the arguments, %3 the mode */
    } forms[] = {
        {"age_mar1", "string(ageAt(date('%1'), date('%2'), 'mar1'))"},
        {"age_feb28", "string(ageAt(date('%1'), date('%2'), 'feb28'))"},
        {"months_between", "string(monthsBetween(date('%1'), date('%2')))"},
        {"days_between", "string(daysBetween(date('%1'), date('%2')))"},
        {"add_months", "string(date('%1').addMonths(%2))"},
        {"epoch_day", "string(daysBetween(date('1970-01-01'), date('%1')))"},
        {"iso_weekday", "string(date('%1').weekday())"},
        {"parse", "string(daysBetween(date('1970-01-01'), date('%1')))"},
        {"add", "string(d4('%1') + d4('%2'))"},
        {"sub", "string(d4('%1') - d4('%2'))"},
        {"mul", "string(mul(d4('%1'), d4('%2'), 4, '%3'))"},
        {"div", "string(div(d4('%1'), d4('%2'), 4, '%3'))"},
        {"cmp", "string(d4('%1').compareTo(d4('%2')))"},
        {"parse", "string(d4('%1'))"},
        {"round0", "string(d4('%1').round(0, '%3'))"},
        {"round1", "string(d4('%1').round(1, '%3'))"},
        {"round2", "string(d4('%1').round(2, '%3'))"},
        {"round3", "string(d4('%1').round(3, '%3'))"},
        {"round4", "string(d4('%1').round(4, '%3'))"},
    };
    const char *form = NULL;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (hedui_span_is(f[0], forms[i].op) && (!form || !dates))
            form = forms[i].form;
    for (; form && *form; form++)
        if (*form == '%')
            hedui_buffer_add(out, f[*++form - '0']);
        else
            hedui_buffer_byte(out, *form);
}

/* A decimal of scale 4, as the vectors have it. */
static hedui_cel_value d4(const void *context, void *user, const hedui_cel_value *args,
                          hedui_arena *arena)
{
    hedui_cel_value v;
    (void)context;
    (void)user;
    (void)arena;
    return hedui_cel_decimal_parse(&v, args[0].as.text, 4)
               ? v
               : hedui_cel_fail(HEDUI_CEL_ERROR_CONVERSION);
}

static hedui_cel_env *vector_env(hedui_arena *arena)
{
    static const hedui_cel_options options = {.permissive = 1};
    hedui_cel_env *env = hedui_cel_env_open(&options, arena);
    const hedui_cel_type **text = hedui_arena_array(arena, 1, sizeof *text);
    hedui_cel_function *f = hedui_arena_take(arena, sizeof *f);
    text[0] = hedui_cel_type_simple(HEDUI_CEL_STRING);
    f->name = hedui_span_of("d4");
    f->parameters = text;
    f->parameter_count = 1;
    f->result = hedui_cel_type_decimal(4);
    f->call = d4;
    (void)hedui_cel_env_function(env, f);
    return env;
}

static void run_vectors(suite *s, const char *name, int dates)
{
    hedui_arena *arena = hedui_arena_open(0);
    hedui_span rest, line, f[5];
    tally t = {0, 0, 0, 0};
    hedui_buffer text;
    hedui_buffer_init(&text);
    if (!load(&rest, s, name, arena)) {
        hedui_arena_close(arena);
        return;
    }
    hedui_cel_env *env = vector_env(arena);
    (void)next_line(&line, &rest);
    while (next_line(&line, &rest)) {
        hedui_arena_mark mark = hedui_arena_here(arena);
        uint32_t count = fields(f, 5, line);
        hedui_buffer_clear(&text);
        expression_of(&text, f, dates);
        hedui_cel_source source = {hedui_buffer_span(&text), NULL, 1, 1, 0};
        const hedui_cel_program *program;
        hedui_cel_input input = {.variables = NULL};
        hedui_cel_value v = hedui_cel_fail(HEDUI_CEL_ERROR_HOST);
        if (hedui_cel_compile(&program, env, &source, NULL, arena, NULL) == HEDUI_OK)
            v = hedui_cel_eval(program, &input, arena);
        hedui_span want = f[count - 1];
        int fine = hedui_span_is(want, "error")
                       ? v.kind == HEDUI_CEL_ERROR
                       : v.kind == HEDUI_CEL_STRING && hedui_span_equal(v.as.text, want);
        if (!fine && dates && hedui_span_is(f[0], "parse") && v.kind == HEDUI_CEL_STRING)
            fine = !hedui_span_is(want, "error");
        t.run++;
        t.passed += (unsigned)fine;
        s->failed += !fine;
        if (!fine && s->verbose)
            printf("FAIL %.*s: %s\n", (int)line.length, line.at, text.data);
        hedui_arena_reset(arena, mark);
    }
    printf("%-34s %4u of %4u\n", name, t.passed, t.run);
    hedui_buffer_free(&text);
    hedui_arena_close(arena);
}

/* --- the parser's and the checker's own records --------------------------------------------------
 */

typedef struct place {
    uint32_t line, column;
    int seen;
} place;

static void first_place(void *context, const hedui_err *note)
{
    place *p = context;
    if (!p->seen) {
        p->line = note->line;
        p->column = note->column;
    }
    p->seen = 1;
}

static int dumped_as(const hedui_cel_program *program, hedui_span wanted)
{
    hedui_buffer text;
    hedui_buffer_init(&text);
    hedui_cel_program_dump(&text, program);
    int fine = hedui_span_equal(hedui_buffer_span(&text), wanted);
    hedui_buffer_free(&text);
    return fine;
}

static uint32_t number_of(const json *object, const char *key)
{
    const json *m = json_get(object, key);
    uint32_t n = 0;
    for (size_t i = 0; m && i < m->text.length && m->text.at[0] != '-'; i++)
        n = n * 10 + (uint32_t)(m->text.at[i] - '0');
    return n;
}

typedef struct extra_tally {
    unsigned trees, trees_same, errors, refused, lines, columns, types, types_same, left_out;
} extra_tally;

/* Records that ask for something a rule never needs: protocol-buffer messages, and the refusals of
 * a reference with optionals, quoted fields or mixed comparison switched off or depths set low. */
static int is_left_out(const json *record, const json *wanted)
{
    static const char *const switched_off[] = {"unsupported syntax", "recursion depth exceeded",
                                               "no matching overload for '_<",
                                               "no matching overload for '_>"};
    hedui_span tree = json_text(json_get(record, "expect"), "ast");
    size_t name = 0;
    while (name < tree.length && (tree.at[name] | 32) >= 'a' && (tree.at[name] | 32) <= 'z')
        name++;
    if (name && name < tree.length && tree.at[name] == '{')
        return 1;
    hedui_span message = wanted ? json_text(wanted->child, "msg") : (hedui_span){NULL, 0};
    for (size_t i = 0; message.length && i < sizeof switched_off / sizeof *switched_off; i++)
        if (memmem(message.at, message.length, switched_off[i], strlen(switched_off[i])))
            return 1;
    return 0;
}

/* Every tree and every refusal is demanded; the place of a refusal, which the reference finds in
 * another way, is counted only. */
static void demand(suite *s, int fine, const char *what, const json *record,
                   const hedui_cel_program *program)
{
    if (fine)
        return;
    s->failed++;
    complain(s, what, record, hedui_cel_null(), program);
}

static void run_extra(suite *s, extra_tally *t, const json *record, hedui_arena *arena)
{
    const json *expect = json_get(record, "expect");
    const json *wanted = json_get(expect, "parse_error");
    hedui_span tree = json_text(expect, "ast"), wanted_type = json_text(expect, "type");
    hedui_cel_options options = {.permissive = 1,
                                 .unchecked = tree.length != 0 || wanted != NULL,
                                 .container = json_text(record, "container")};
    wanted = wanted ? wanted : json_get(expect, "check_error");
    if (is_left_out(record, wanted)) {
        t->left_out++;
        return;
    }
    hedui_cel_env *env = hedui_cel_env_open(&options, arena);
    (void)declare(env, record, arena);
    hedui_cel_source source = {json_text(record, "expr"), NULL, 1, 1, 0};
    const hedui_cel_program *program = NULL;
    place at = {0, 0, 0};
    hedui_notes notes = {first_place, &at};
    (void)hedui_cel_compile(&program, env, &source, NULL, arena, &notes);
    if (wanted) {
        uint32_t line = number_of(wanted->child, "line"), column = number_of(wanted->child, "col");
        t->errors++;
        t->refused += !program;
        t->lines += !program && line == at.line;
        t->columns += !program && line == at.line && column == at.column;
        demand(s, !program, "not refused", record, program);
    } else if (tree.length) {
        int same = program && dumped_as(program, tree);
        t->trees++;
        t->trees_same += (unsigned)same;
        demand(s, same, "other tree", record, program);
    } else if (wanted_type.length) {
        int same = program && type_as_expected(program, wanted_type);
        t->types++;
        t->types_same += (unsigned)same;
        demand(s, same, "type", record, program);
    }
}

static void run_extras(suite *s, const char *name)
{
    hedui_arena *arena = hedui_arena_open(0);
    hedui_span rest, line;
    extra_tally t = {0};
    if (load(&rest, s, name, arena))
        while (next_line(&line, &rest)) {
            hedui_arena_mark mark = hedui_arena_here(arena);
            const json *record = json_read(line, arena);
            if (record)
                run_extra(s, &t, record, arena);
            hedui_arena_reset(arena, mark);
        }
    printf("%-34s trees %u of %u, types %u of %u, refused %u of %u (line %u, column %u), "
           "left out %u\n",
           name, t.trees_same, t.trees, t.types_same, t.types, t.refused, t.errors, t.lines,
           t.columns, t.left_out);
    hedui_arena_close(arena);
}

int main(int argc, char **argv)
{
    static const char *const files[] = {
        "basic",        "comparisons",  "conversions", "fields",     "fp_math",
        "integer_math", "lists",        "logic",       "macros",     "namespace",
        "parse",        "plumbing",     "string",      "timestamps", "type_deductions",
        "bindings_ext", "encoders_ext", "macros2",     "math_ext",   "optionals",
        "string_ext"};
    suite s = {argc > 1 ? argv[1] : ".", argc > 2, 0};
    char name[80];
    if (!hedui_file_exists(s.folder)) {
        printf("skipped: no folder %s\n", s.folder);
        return 77;
    }
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        (void)snprintf(name, sizeof name, "given/%s.jsonl", files[i]);
        run_file(&s, name);
    }
    run_file(&s, "supplement/given/unknown.jsonl");
    run_extras(&s, "extra/given/parser.jsonl");
    run_extras(&s, "extra/given/checker.jsonl");
    run_vectors(&s, "supplement/vectors_date.tsv", 1);
    run_vectors(&s, "supplement/vectors_decimal.tsv", 0);
    return s.failed != 0;
}
