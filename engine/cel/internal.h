/** @file
 * What the sources of the expression language share: types with their insides, the syntax tree,
 * overloads, the state of a compilation and of an evaluation. Nothing outside engine/cel/ includes
 * this.
 */
#ifndef HEDUI_CEL_INTERNAL_H
#define HEDUI_CEL_INTERNAL_H

#include <hedui/cel.h>
#include <hedui/cel_explain.h>
#include <hedui/cel_template.h>
#include <hedui/nearest.h>
#include <hedui/table.h>

typedef hedui_cel_value value;
typedef hedui_cel_type type;

#define NONE UINT32_MAX /* beyond the range of an enumerator */

enum {
    ANY_SCALE = 255,    /* a decimal of whatever scale, in signatures only */
    MAX_SOURCE = 16384, /* bytes of one expression */
    MAX_NODES = 4096,
    MAX_NESTING = 64, /* brackets, calls, operators inside each other while parsing */
    MAX_DEPTH = 256,  /* depth of the finished tree, which bounds every recursion over it */
    MAX_PARAMETERS = 8,
    MAX_ERRORS = 50
};

struct hedui_cel_type {
    uint8_t kind, scale;
    uint16_t parameter_count;
    uint32_t variable; /* a free variable of the checker, from 1; 0 for a named parameter */
    hedui_span name;
    const type
        *parameters[3]; /* list, optional, type: one; map: key, value; abstract: up to three */
    hedui_cel_record *record;
    hedui_cel_codes *codes;
    hedui_table fields, entries; /* names of fields, code texts */
};

typedef enum op {
    OP_CONST,
    OP_NAME,   /* not yet resolved */
    OP_SLOT,   /* variable of the environment: index */
    OP_LOCAL,  /* variable of a macro: index */
    OP_SELECT, /* child 0 . text; index: field of a record or code type, else NONE */
    OP_HAS,    /* the same as a test for presence */
    OP_INDEX,  /* child 0 [ child 1 ] */
    OP_CALL,   /* children: arguments, receiver first */
    OP_LIST,
    OP_MAP,     /* children: key, value, key, value ... */
    OP_MESSAGE, /* T{...}: parsed, refused by the checker */
    OP_AND,
    OP_OR,
    OP_CHOICE,
    OP_MACRO /* child 0: range; then predicate, transformation ... as the macro's kind says */
} op;

typedef enum macro {
    MACRO_NONE,
    MACRO_ALL,
    MACRO_EXISTS,
    MACRO_EXISTS_ONE,
    MACRO_FILTER,
    MACRO_MAP,           /* range, t */
    MACRO_MAP_IF,        /* range, p, t */
    MACRO_TRANSFORM_MAP, /* range, t */
    MACRO_TRANSFORM_MAP_IF,
    MACRO_TRANSFORM_ENTRY, /* range, map of one entry */
    MACRO_TRANSFORM_ENTRY_IF,
    MACRO_BIND,    /* init, body */
    MACRO_OPT_MAP, /* optional, t */
    MACRO_OPT_FLAT_MAP,
    MACRO_KNOWN,    /* e */
    MACRO_ASSUME,   /* e, d */
    MACRO_AT_LEAST, /* range, p, n */
    MACRO_AT_MOST,
    MACRO_COUNT,          /* range, p */
    MACRO_SUM_OF,         /* range, t */
    MACRO_SUM_OVER,       /* range, t, limit */
    MACRO_DISTINCT_BY,    /* range, key */
    MACRO_LATEST_BY,      /* range, key */
    MACRO_LATEST_OF_EACH, /* range, group, key */
    MACRO_SORT_BY         /* range, key */
} macro;

enum {                          /* node flags */
       FLAG_MEMBER = 1,         /* a call with a receiver */
       FLAG_ROOTED = 2,         /* .name */
       FLAG_OPTIONAL = 4,       /* e.?f, e[?i] */
       FLAG_TWO = 8,            /* macro with index (or key) and value */
       FLAG_QUOTED = 16,        /* a field in backticks */
       FLAG_ENTRY_OPTIONAL = 32 /* ?e as a list element or map entry */
};

struct overload;
struct regex;

typedef struct node { /* first what evaluating reads, in one line of the cache */
    uint8_t op, macro, flags;
    uint8_t decided;       /* 1: overload is the only one that fits */
    uint32_t first, count; /* children: program->edges[first ...] */
    uint32_t index;        /* slot, local, field; macro: first local */
    value constant;
    const struct overload *overload; /* first candidate */
    const type *type;
    hedui_span text, text2;    /* name; second variable */
    const struct regex *regex; /* matches() with a literal pattern */
    uint32_t begin, end;       /* bytes of the source: the whole */
    uint32_t at, at_end;       /* the operator or name that messages point to */
    uint16_t depth;
} node;

struct hedui_cel_program {
    const hedui_cel_env *env;
    hedui_cel_source source;
    node *nodes;
    uint32_t node_count, node_capacity;
    uint32_t *edges;
    uint32_t edge_count, edge_capacity;
    uint32_t root, local_count;
    const type *type;
    uint32_t rescale; /* scale the result is brought to, NONE: as it comes */
    uint64_t cost;
    hedui_cel_use *uses;
    uint32_t use_count;
};

/* State of one evaluation. */
typedef struct evaluation {
    const hedui_cel_program *program;
    const hedui_cel_input *input;
    hedui_arena *arena;
    value *locals;
    uint64_t steps, max_steps;
    uint32_t definitions; /* how deep in variables defined by programs */
    uint32_t node;        /* the call being made, for errors */
    int assumed;
} evaluation;

typedef value builtin(evaluation *e, const value *args, uint32_t count);

/* How the scale of a decimal result follows from the arguments. */
typedef enum scale_rule {
    SCALE_NONE,
    SCALE_MAX, /* largest of the decimal arguments */
    SCALE_SUM, /* sum of the arguments' */
    SCALE_ZERO,
    SCALE_LITERAL /* the last int argument, which must be a literal */
} scale_rule;

/* One row of a topic's table. */
typedef struct function_row {
    const char
        *signature; /* "size(string) -> int", "string.size() -> int", "_+_(int, int) -> int" */
    builtin *call;
    scale_rule rule;
    const char *doc, *example; /* of the first row of a name; NULL else */
} function_row;

typedef struct function_topic {
    const char *name;
    const function_row *rows;
    size_t count;
} function_topic;

typedef struct overload {
    hedui_span name;
    uint8_t member, parameter_count, rule, partial; /* partial: takes lists with unknown elements */
    const type *parameters[MAX_PARAMETERS];
    const type *result;
    builtin *call;
    const hedui_cel_function *host;
    const struct overload *next;
} overload;

typedef struct variable {
    hedui_span name;
    const type *type;
    const char *doc;
    const hedui_cel_program *definition;
} variable;

struct hedui_cel_env {
    hedui_arena *arena;
    hedui_cel_options options;
    hedui_table variable_names, function_names; /* function name -> index into heads */
    variable *variables;
    uint32_t variable_count, variable_capacity;
    overload **heads, **tails;
    uint32_t head_count, head_capacity;
    int failed;
};

/* State of one compilation. */
typedef struct compiler {
    const hedui_cel_env *env;
    hedui_cel_program *program;
    hedui_arena *arena;
    const hedui_notes *notes;
    hedui_status status; /* first error */
    uint32_t errors;
    int template; /* optional fields need no guard */
    /* types of free variables of the checker */
    const type **bound;
    uint32_t bound_count, bound_capacity;
    uint32_t *trail; /* variables bound, in order, for going back */
    const type **trail_old;
    uint32_t trail_count, trail_capacity;
    /* macro variables in scope */
    struct {
        hedui_span name;
        uint32_t local;
    } scope[2 * MAX_DEPTH];
    uint32_t scope_count;
    hedui_span unresolved_chain; /* a chain whose first name may turn out not to exist */
    uint32_t unresolved_end;
    const type **local_types;
} compiler;

/* type.c */
extern const type hedui_cel_decimal_any;
const type *hedui_cel_type_variable(hedui_arena *arena, uint32_t number);
const char *hedui_cel_kind_name(hedui_cel_kind kind);

/* env.c */
const overload *hedui_cel_env_overloads(const hedui_cel_env *env, hedui_span name);
/* A name in its container: "a.b" tries a.b.name, a.name, name. Feed it step = 0, 1 ... until 0. */
int hedui_cel_candidate(hedui_span *out, const hedui_cel_env *env, hedui_span name, int rooted,
                        uint32_t step, hedui_arena *arena);
const type *hedui_cel_type_named(hedui_span name);

/* signature.c */
int hedui_cel_signature_read(overload *out, const char *signature, hedui_arena *arena);

/* report.c */
void hedui_cel_report(compiler *c, uint32_t begin, uint32_t end, hedui_status status,
                      const hedui_arg *args);
#define report(c, begin, end, status, ...)                                                         \
    hedui_cel_report((c), (begin), (end), (status), (const hedui_arg[]){__VA_ARGS__, HEDUI_ARG_END})
void hedui_cel_report_memory(compiler *c);
/* " (name?)" for the nearest of the offered names, or the empty span. */
typedef struct nearest {
    hedui_nearest near;
    char text[4 * HEDUI_NEAREST_LONGEST + 8];
} nearest;
hedui_span hedui_cel_nearest_text(nearest *n);
hedui_span hedui_cel_type_text(compiler *c, const type *t);

/* lex.c */
typedef enum token {
    TOKEN_END,
    TOKEN_BAD,
    TOKEN_NAME,
    TOKEN_QUOTED,
    TOKEN_INT,
    TOKEN_UINT,
    TOKEN_DOUBLE,
    TOKEN_STRING,
    TOKEN_BYTES,
    TOKEN_TRUE,
    TOKEN_FALSE,
    TOKEN_NULL,
    TOKEN_IN,
    TOKEN_OR,
    TOKEN_AND,
    TOKEN_LT,
    TOKEN_LE,
    TOKEN_GT,
    TOKEN_GE,
    TOKEN_EQ,
    TOKEN_NE,
    TOKEN_PLUS,
    TOKEN_MINUS,
    TOKEN_STAR,
    TOKEN_SLASH,
    TOKEN_PERCENT,
    TOKEN_NOT,
    TOKEN_DOT,
    TOKEN_COMMA,
    TOKEN_COLON,
    TOKEN_QUESTION,
    TOKEN_LPAREN,
    TOKEN_RPAREN,
    TOKEN_LBRACKET,
    TOKEN_RBRACKET,
    TOKEN_LBRACE,
    TOKEN_RBRACE
} token;
typedef struct lexer {
    hedui_span text;
    uint32_t at; /* next byte */
    token kind;
    uint32_t begin, end; /* the current token */
    hedui_status error;  /* of TOKEN_BAD */
} lexer;
void hedui_cel_lex_next(lexer *l);

/* literal.c: `negative` folds a minus in front */
int hedui_cel_literal_number(value *out, token kind, hedui_span text, int negative);
/* Decode a quoted text with its prefix; `bad` spans the escape that is wrong. */
int hedui_cel_literal_text(value *out, hedui_span *bad, hedui_span text, int bytes,
                           hedui_arena *arena);

/* number.c */
int hedui_cel_double_parse(double *out, hedui_span text);
void hedui_cel_double_print(hedui_buffer *out, double number);
int hedui_cel_int_parse(int64_t *out, hedui_span text);
int hedui_cel_uint_parse(uint64_t *out, hedui_span text);
int hedui_cel_number_compare(int *order, value a, value b); /* 0 if not ordered (NaN) */

/* utf8.c */
int hedui_cel_utf8_valid(hedui_span text);
uint32_t hedui_cel_utf8_decode(hedui_span text, size_t *at); /* text is valid */
size_t hedui_cel_utf8_encode(char out[4], uint32_t point);
size_t hedui_cel_utf8_count(hedui_span text);
size_t hedui_cel_utf8_offset(hedui_span text, size_t points); /* SIZE_MAX past the end */

/* parse.c, macro.c */
int hedui_cel_grow(compiler *c, void **array, uint32_t *capacity, uint32_t need, size_t size);
uint32_t hedui_cel_parse(compiler *c);
uint32_t hedui_cel_node_add(compiler *c, op kind, uint32_t begin, uint32_t end);
void hedui_cel_node_children(compiler *c, uint32_t node, const uint32_t *children, uint32_t count);
uint32_t hedui_cel_expand(compiler *c, uint32_t call, int has_target);

/* compile.c */
hedui_status hedui_cel_compile_as(const hedui_cel_program **program, const hedui_cel_env *env,
                                  const hedui_cel_source *source, const type *expected,
                                  int template, hedui_arena *arena, const hedui_notes *notes);

/* check.c ... */
void hedui_cel_resolve(compiler *c);
void hedui_cel_check(compiler *c, const type *expected);
const type *hedui_cel_check_node(compiler *c, uint32_t node);
const type *hedui_cel_check_macro(compiler *c, uint32_t node);
const type *hedui_cel_check_call(compiler *c, uint32_t node);
int hedui_cel_literal_to_decimal(compiler *c, uint32_t node);
void hedui_cel_guard(compiler *c);
void hedui_cel_cost(compiler *c);
void hedui_cel_collect_uses(compiler *c);
void hedui_cel_advise(compiler *c);

/* unify.c */
const type *hedui_cel_fresh(compiler *c);
const type *hedui_cel_find(compiler *c, const type *t);
int hedui_cel_assignable(compiler *c, const type *from, const type *to);
uint32_t hedui_cel_trail_mark(compiler *c);
void hedui_cel_trail_undo(compiler *c, uint32_t mark);
const type *hedui_cel_join(compiler *c, const type *a, const type *b);
const type *hedui_cel_substitute(compiler *c, const type *t, int free_to_dyn);
const type *hedui_cel_instantiate(compiler *c, const type *t, const type **named);

/* eval.c, eval_macro.c */
value hedui_cel_eval_node(evaluation *e, uint32_t node);
value hedui_cel_eval_macro(evaluation *e, const node *n);
value hedui_cel_eval_slot(evaluation *e, uint32_t slot);
value hedui_cel_error_at(evaluation *e, hedui_cel_error error);
value hedui_cel_unknown_or_error(evaluation *e, value a, value b);
int hedui_cel_step(evaluation *e, uint64_t steps);
int hedui_cel_bind_element(evaluation *e, const node *n, const value *range, uint32_t at);
value hedui_cel_eval_on(evaluation *e, const node *n, const value *range, uint32_t at,
                        uint32_t child);
value hedui_cel_zero(const type *t);
value hedui_cel_select(evaluation *e, const value *operand, const node *n);
value hedui_cel_index(evaluation *e, value operand, value index);
value hedui_cel_sum(evaluation *e, value total, value more);
int hedui_cel_fits(value v, const type *t);
/* Stable, by keys; sorts both arrays. An error if two keys cannot be ordered. */
value hedui_cel_sort(evaluation *e, value *items, value *keys, uint32_t count);

/* functions */
extern const function_topic *const hedui_cel_topics[];
extern const size_t hedui_cel_topic_count;
extern const function_topic hedui_cel_topic_operators, hedui_cel_topic_conversions,
    hedui_cel_topic_strings, hedui_cel_topic_times, hedui_cel_topic_lists,
    hedui_cel_topic_optionals, hedui_cel_topic_math, hedui_cel_topic_encoders,
    hedui_cel_topic_decimals, hedui_cel_topic_dates, hedui_cel_topic_macros;
int hedui_cel_compare(int *order, value a, value b); /* 0: cannot be ordered */
int hedui_cel_is_number(value v);

/* decimal.c */
int hedui_cel_rounding_mode(hedui_span name); /* -1 if there is none */
value hedui_cel_decimal_arithmetic(evaluation *e, char sign, value a, value b);
int hedui_cel_decimal_compare(value a, value b);
void hedui_cel_decimal_text(hedui_buffer *out, value v);

int hedui_cel_month_parse(value *out, hedui_span text);

/* time.c, zone.c */
int hedui_cel_timestamp_parse(value *out, hedui_span text);
int hedui_cel_duration_parse(value *out, hedui_span text);
void hedui_cel_timestamp_text(hedui_buffer *out, value v);
void hedui_cel_duration_text(hedui_buffer *out, value v);
/* Seconds east of Greenwich at a moment. @return 0 if there is no such zone. */
int hedui_cel_zone_offset(int32_t *seconds, hedui_span zone, int64_t moment);

/* regex.c */
const struct regex *hedui_cel_regex_compile(hedui_span pattern, hedui_arena *arena,
                                            const char **problem);
int hedui_cel_regex_search(const struct regex *regex, hedui_span text, hedui_arena *arena,
                           uint64_t *steps); /* -1: no memory */

/* value.c */
value hedui_cel_text_value(evaluation *e, hedui_buffer *text); /* copies and frees */
int hedui_cel_is_partial(value v);
value hedui_cel_partial_unknown(value v, hedui_arena *arena);

/* The smallest of the public calls, for the evaluators' inner loops: a value is 24 bytes, which a
 * call passes and returns through memory. */
static inline int undetermined(const value *v)
{
    return v->kind == HEDUI_CEL_UNKNOWN || v->kind == HEDUI_CEL_ERROR;
}

static inline value truth(int boolean)
{
    value v = {.kind = HEDUI_CEL_BOOL, .as = {.boolean = boolean != 0}};
    return v;
}

/* Count work; 0 once the limit is passed. */
static inline int take_steps(evaluation *e, uint64_t steps)
{
    if (e->steps <= e->max_steps)
        e->steps += steps;
    return e->steps <= e->max_steps;
}

static inline const node *node_at(const hedui_cel_program *p, uint32_t index)
{
    return &p->nodes[index];
}

static inline uint32_t child_of(const hedui_cel_program *p, const node *n, uint32_t i)
{
    return p->edges[n->first + i];
}

static inline hedui_span span_between(hedui_span text, uint32_t begin, uint32_t end)
{
    hedui_span s = {text.at + begin, end - begin};
    return s;
}

#endif
