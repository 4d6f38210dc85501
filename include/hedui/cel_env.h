/** @file
 * What the names in an expression mean: variables, host functions, limits. Built once by one
 * thread; any thread may compile with it afterwards. Lives in the arena it was opened in.
 */
#ifndef HEDUI_CEL_ENV_H
#define HEDUI_CEL_ENV_H

#include <hedui/arena.h>
#include <hedui/cel_type.h>
#include <hedui/cel_value.h>
#include <hedui/err.h>

#include <stdint.h>

typedef struct hedui_cel_env hedui_cel_env;
typedef struct hedui_cel_program hedui_cel_program;

/** What an environment accepts. Zero gives the defaults named here. */
typedef struct hedui_cel_options {
    int permissive;   /**< 1: full CEL with dyn; 0: rule mode, every type known at load */
    int unchecked;    /**< 1: no type check (conformance runs only) */
    int no_macros;    /**< 1: parse without macros (conformance runs only) */
    int age_on_feb28; /**< born on 29 February: a year ends on 28 February, not 1 March */
    const char
        *rounding; /**< mode where round() and div() leave it out; NULL: it must be written */
    hedui_span container;  /**< name space tried first for names, usually empty */
    uint64_t max_cost;     /**< worst-case cost at load, 10 000 000 */
    uint64_t max_steps;    /**< steps of one evaluation, 1 000 000 */
    uint32_t default_rows; /**< elements assumed for lists of unknown length, 64 */
} hedui_cel_options;

/** One host function: global if `member` is 0, else called on its first parameter. */
typedef struct hedui_cel_function {
    hedui_span name; /**< may be qualified: "param.standard.at" */
    int member;
    const hedui_cel_type *const *parameters; /**< receiver first if `member` */
    uint32_t parameter_count;                /**< at most 8 */
    const hedui_cel_type *result;
    /**
     * @param context  Below.
     * @param user     From hedui_cel_input.
     * @param args     `parameter_count` values, none of them unknown or an error.
     * @param arena    For what the result holds.
     * NULL: declared for checking only.
     */
    hedui_cel_value (*call)(const void *context, void *user, const hedui_cel_value *args,
                            hedui_arena *arena);
    const void *context;
    const char *doc; /**< one line, or NULL */
} hedui_cel_function;

/** Open an environment with the standard functions; `options` is copied. NULL: no memory. */
hedui_cel_env *hedui_cel_env_open(const hedui_cel_options *options, hedui_arena *arena);

/**
 * Declare a variable, whose name may be qualified (a.b.c wins over field c of a.b).
 *
 * @return its slot: the index of its value in hedui_cel_input.variables, counted from 0 in order of
 *         declaration; UINT32_MAX if the name is taken or there is no memory.
 */
uint32_t hedui_cel_env_variable(hedui_cel_env *env, hedui_span name, const hedui_cel_type *type,
                                const char *doc);

/** How many slots there are. */
uint32_t hedui_cel_env_slots(const hedui_cel_env *env);

/** Name, type and doc line of a slot; slot below hedui_cel_env_slots. Any output may be NULL. */
void hedui_cel_env_slot(hedui_span *name, const hedui_cel_type **type, const char **doc,
                        const hedui_cel_env *env, uint32_t slot);

/** Slot of a declared name, UINT32_MAX if there is none. */
uint32_t hedui_cel_env_find(const hedui_cel_env *env, hedui_span name);

/**
 * Say that a variable's value is what `program` gives with the same input. Explaining a condition
 * then goes on into the value's own rows, and a lazy variable without hedui_cel_input.resolve is
 * computed by the program. `program` must have been compiled with this environment.
 */
void hedui_cel_env_defined_by(hedui_cel_env *env, uint32_t slot, const hedui_cel_program *program);

/** Declare a host function (one overload). Borrowed, must outlive the environment.
 * @return 1; 0 if it has too many parameters or there is no memory. */
int hedui_cel_env_function(hedui_cel_env *env, const hedui_cel_function *function);

/** One line of the reference of built-in functions. */
typedef struct hedui_cel_reference {
    const char *topic, *name, *signature, *doc, *example; /**< example: "expression => result" */
} hedui_cel_reference;

/** The built-in functions and macros in reading order. @return 1, or 0 when `index` is past the
 * end. */
int hedui_cel_reference_at(hedui_cel_reference *entry, uint32_t index);

#endif
