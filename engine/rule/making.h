/** @file
 * What the sources that make a rulebook share.
 */
#ifndef HEDUI_RULE_MAKING_H
#define HEDUI_RULE_MAKING_H

#include "rule/rulebook.h"

/** A rulebook being made. */
typedef struct hedui_making {
    hedui_rulebook *book;
    hedui_arena *arena;
    const hedui_notes *notes;
    hedui_err *err;
    hedui_value *household; /* in order of use once compiled */
    hedui_value *member, *supporter;
    uint32_t household_ready;    /* how many of them are compiled */
    hedui_span *parameter_names; /* "param.x" */
    hedui_cel_function *lookups; /* param.x.at() */
    uint32_t lookup_count;
} hedui_making;

/** For hedui_notes: what the compiler finds goes to the notes, and the first fault to err. */
void hedui_making_note(void *context, const hedui_err *fault);

/** A fault of our own finding at a node, told like those of the compiler. `second` may be
 * HEDUI_ARG_END. @return `number`. */
hedui_status hedui_making_fault(hedui_making *m, const hedui_yaml *yaml,
                                const hedui_yaml_node *node, hedui_status number, hedui_arg first,
                                hedui_arg second);

/** Where an expression's text stands in its file. */
hedui_cel_source hedui_making_source(const hedui_yaml *yaml, const hedui_yaml_node *node);

/** An environment with the common names; household values as far as they are compiled. NULL: no
 * memory, or a name that is taken. */
hedui_cel_env *hedui_making_env(hedui_making *m);

/** Compile the expression at a node. */
hedui_status hedui_making_compile(const hedui_cel_program **program, hedui_making *m,
                                  const hedui_cel_env *env, const hedui_yaml *yaml,
                                  const hedui_yaml_node *node, const hedui_cel_type *expected);

/** The type a pack's author wrote: bool, integer, decimal(2) ... NULL if there is none. */
const hedui_cel_type *hedui_making_type(hedui_span name);

/** A fault at a value's definition. */
hedui_status hedui_making_value_fault(hedui_making *m, const hedui_value *v, hedui_status number,
                                      hedui_span arg);

typedef enum hedui_making_kind {
    HEDUI_MAKING_PARAMETER,
    HEDUI_MAKING_VALUE,
    HEDUI_MAKING_RULE
} hedui_making_kind;

/** Load the packs and all that they inherit, ancestors first, each once. E3050, E3051 and those of
 * hedui_pack_load. */
hedui_status hedui_making_packs(hedui_making *m, const hedui_pack_choice *choice);

/** E3052: nothing inherited bears the name to be replaced; E3053: two packs define one name. */
hedui_status hedui_making_replacements(hedui_making *m);

/** 1 if a pack over `pack` replaces what it calls `id`. */
int hedui_making_replaced(const hedui_making *m, const hedui_pack *pack, hedui_making_kind kind,
                          hedui_span id);

/** Types of parameters, their codes, date columns and multiples. E3035 to E3045. */
hedui_status hedui_making_parameters(hedui_making *m);

/** Make `lookups`. */
hedui_status hedui_making_lookups(hedui_making *m);

/** The call behind param.x.at(): context is the parameter, user the judge. */
hedui_cel_value hedui_judge_parameter_at(const void *context, void *user,
                                         const hedui_cel_value *args, hedui_arena *arena);

/** Order and compile the household values; compile those of members and supporters' households. */
hedui_status hedui_making_household_values(hedui_making *m, uint32_t count);
hedui_status hedui_making_other_values(hedui_making *m);

/** HEDUI_E3010, naming the ring, if values of any kind use each other in a circle. */
hedui_status hedui_making_rings(hedui_making *m);

/** The expressions of a value in order: NULL when `index` is past the last. */
const hedui_yaml_node *hedui_making_expression(const hedui_value *v, uint32_t index);
const hedui_cel_program *hedui_value_program(const hedui_value *v, uint32_t index);

#endif
