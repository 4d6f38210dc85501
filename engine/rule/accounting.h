/** @file
 * What the sources that make an account share.
 */
#ifndef HEDUI_RULE_ACCOUNTING_H
#define HEDUI_RULE_ACCOUNTING_H

#include "rule/account.h"
#include "rule/proof.h"

#include <hedui/cel_outline.h>

/** Numbers in the order in which they were met, each once. */
typedef struct accounting_set {
    uint32_t *items;
    uint32_t count, capacity;
} accounting_set;

/** What a rule or a value read directly. */
typedef struct accounting_uses {
    accounting_set values, parameters;
} accounting_uses;

typedef struct accounting_value {
    const hedui_value *value;
    uint32_t owner; /* member, supporter's place, or HEDUI_NONE */
    accounting_uses uses;
    hedui_account_value told;
} accounting_value;

/** An account being made. Running out of memory is remembered and told once. */
typedef struct accounting {
    hedui_judge *j;
    hedui_arena *arena;
    int failed;
    accounting_value **values;
    uint32_t value_count, value_capacity;
    accounting_set parameters; /* indices into the rulebook's */
    accounting_uses *uses;     /* of what is being told */
} accounting;

/* account.c */
void hedui_accounting_put(accounting *a, accounting_set *set, uint32_t item);

/* account_figure.c */
hedui_account_figure hedui_accounting_figure(accounting *a, hedui_cel_value v, hedui_span unit,
                                             int sensitive);
hedui_span hedui_accounting_keep(accounting *a, hedui_span text);
void *hedui_accounting_room(accounting *a, size_t count, size_t size);
/** The row, or NULL for what is none. */
const hedui_account_row *hedui_accounting_row(accounting *a, const hedui_cel_type *type,
                                              uint32_t row);
hedui_span hedui_accounting_basis(accounting *a, const hedui_pack *pack, const hedui_basis *basis);

/* account_parts.c */
void hedui_accounting_parts(const hedui_account_part **parts, size_t *count, accounting *a,
                            const hedui_cel_program *program, const hedui_cel_value *variables);

/* account_sources.c */
void hedui_accounting_sources(hedui_account_rule *to, accounting *a, const hedui_rule *rule);

/* account_value.c: index into `values`, `parameters` */
int hedui_accounting_value(accounting *a, const hedui_value *value, uint32_t owner);
int hedui_accounting_parameter(accounting *a, uint32_t index);
hedui_account_parameter hedui_accounting_tell_parameter(accounting *a, uint32_t index);

#endif
