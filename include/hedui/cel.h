/** @file
 * The Common Expression Language with decimals, dates, unknowns and evidence: compile once,
 * evaluate on any thread. Types: hedui/cel_type.h; values: cel_value.h; names: cel_env.h;
 * witnesses: cel_explain.h; texts with holes: cel_template.h.
 */
#ifndef HEDUI_CEL_H
#define HEDUI_CEL_H

#include <hedui/arena.h>
#include <hedui/buffer.h>
#include <hedui/cel_env.h>
#include <hedui/cel_type.h>
#include <hedui/cel_value.h>
#include <hedui/err.h>
#include <hedui/span.h>

#include <stdint.h>

/** An expression and where it stands, so that messages point into the author's file. */
typedef struct hedui_cel_source {
    hedui_span text;  /**< UTF-8; NUL is a legal character; at most 16 KiB */
    const char *file; /**< NULL: not from a file */
    uint32_t line;    /**< of the first character, from 1 */
    uint32_t column;  /**< of the first character, in code points from 1 */
    uint32_t indent;  /**< code points that were cut from the start of each following line */
} hedui_cel_source;

/**
 * Parse and check one expression.
 *
 * @param program   Set on success; lives in `arena`. Immutable: any thread may evaluate it.
 * @param env       Must outlive the program.
 * @param source    Texts are copied into `arena`.
 * @param expected  The type the expression must have; NULL: any. An int literal is accepted where
 *                  a decimal is expected, and a decimal of a smaller scale.
 * @param arena     Syntax tree and program; also takes the scratch of the compilation.
 * @param notes     Gets every error of the expression with file, line, column, excerpt and caret,
 *                  at most 50, and warnings (E3290 and above, which do not fail). May be NULL.
 * @return HEDUI_OK, or the number of the first error (E32xx, E1001).
 */
hedui_status hedui_cel_compile(const hedui_cel_program **program, const hedui_cel_env *env,
                               const hedui_cel_source *source, const hedui_cel_type *expected,
                               hedui_arena *arena, const hedui_notes *notes);

/** Static type of the result. */
const hedui_cel_type *hedui_cel_program_type(const hedui_cel_program *program);

/** Worst-case cost by declared maxima, in steps; saturates at UINT64_MAX. */
uint64_t hedui_cel_program_cost(const hedui_cel_program *program);

/** The expression's text. */
hedui_span hedui_cel_program_text(const hedui_cel_program *program);

/** 1 and the value if the program is a constant. */
int hedui_cel_program_constant(hedui_cel_value *value, const hedui_cel_program *program);

/** One thing a program reads: a variable (record NULL), or a field of a record or code type. */
typedef struct hedui_cel_use {
    uint32_t slot;                /**< of a variable */
    const hedui_cel_type *record; /**< NULL for a variable */
    uint32_t field;
    uint32_t node;
} hedui_cel_use;

/** The `index`-th thing the program reads, in order of appearance, without repeats.
 * @return 1, or 0 when `index` is past the end. */
int hedui_cel_program_use(hedui_cel_use *use, const hedui_cel_program *program, uint32_t index);

/**
 * Names an expression mentions, without checking it: for ordering definitions that use each other.
 *
 * @param found  Called for each name outside macro variables, as far as it is written with dots:
 *               "hh.members" for hh.members.size(). Borrowed for the call.
 * @return HEDUI_OK, or the number of the first syntax error, which also goes to `notes`.
 */
hedui_status hedui_cel_names(const hedui_cel_source *source,
                             void (*found)(void *context, hedui_span name), void *context,
                             hedui_arena *arena, const hedui_notes *notes);

/** What one evaluation works on. */
typedef struct hedui_cel_input {
    const hedui_cel_value *variables; /**< one for each slot of the environment */
    void *user;                       /**< for resolve and host functions */
    /** Value of a lazy variable; NULL if there are none. The host may keep it for next time. */
    hedui_cel_value (*resolve)(void *user, uint32_t slot, hedui_arena *arena);
    uint64_t max_steps; /**< 0: the environment's */
} hedui_cel_input;

/**
 * Evaluate.
 *
 * @param arena  Holds what the result refers to beside the input. Reset it between evaluations.
 * @return a value, an unknown with its reasons, or an error; passing the step limit is the error
 *         HEDUI_CEL_ERROR_LIMIT, no memory HEDUI_CEL_ERROR_MEMORY. Never aborts.
 * Threads: any, with different arenas.
 */
hedui_cel_value hedui_cel_eval(const hedui_cel_program *program, const hedui_cel_input *input,
                               hedui_arena *arena);

/** Where a node stands: place in the author's file and its text. Any output may be NULL. */
void hedui_cel_node_place(hedui_place *place, hedui_span *text, const hedui_cel_program *program,
                          uint32_t node);

/** Append the syntax tree, macros expanded, for tests and for looking at. */
void hedui_cel_program_dump(hedui_buffer *out, const hedui_cel_program *program);

#endif
