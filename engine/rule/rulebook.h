/** @file
 * Packs compiled against the layouts: what a night judges by. Read-only once made.
 */
#ifndef HEDUI_RULE_RULEBOOK_H
#define HEDUI_RULE_RULEBOOK_H

#include "rule/catalogue.h"
#include "rule/pack.h"
#include "rule/prior.h"

#include <hedui/arena.h>
#include <hedui/cel.h>
#include <hedui/cel_template.h>
#include <hedui/err.h>

#include <stdint.h>

typedef struct hedui_value_line {
    const hedui_value_line_text *text;
    const hedui_cel_program *program;
} hedui_value_line;

/** A value with its program. Household values are variables, the others fields of a member or of a
 * supporter's household. */
typedef struct hedui_value {
    const hedui_value_definition *text;
    const hedui_pack *pack;
    const hedui_cel_type *type;
    const hedui_cel_program *program; /**< NULL: the sum of the lines */
    const hedui_value_line *lines;
    uint32_t line_count;
    uint32_t own_slot; /**< of `m` or `o` in the value's environment */
} hedui_value;

typedef struct hedui_rule_unless {
    const hedui_unless *text;
    const hedui_cel_program *is; /**< NULL: manual or override */
} hedui_rule_unless;

typedef struct hedui_rule {
    const hedui_rule_text *text;
    const hedui_pack *pack;
    const hedui_document *document;
    const hedui_cel_program *each, *when, *who; /**< NULL where not written */
    uint32_t each_slot;                         /**< slot of the name that `each` binds */
    const hedui_rule_unless *unless;
    uint32_t unless_count;
    const hedui_cel_template *message; /**< NULL: the title serves */
    hedui_digest digest;               /**< of its own text and of all its pack's files */
    hedui_digest said; /**< see hedui_rule_said; of rules whose document's text was not seen */
} hedui_rule;

typedef struct hedui_rulebook {
    const hedui_catalogue *catalogue;
    const hedui_pack *const *packs;
    uint32_t pack_count;
    const hedui_rule *rules; /**< packs in order, rules as they stand */
    uint32_t rule_count;
    const hedui_parameter *const *parameters;
    uint32_t parameter_count, first_parameter;   /**< slots from first_parameter on */
    const hedui_value *household_values;         /**< each may use those before it */
    uint32_t household_value_count, first_value; /**< slots from first_value on */
    const hedui_value *member_values;            /**< in the order of the member record's fields */
    uint32_t member_value_count;
    const hedui_value *supporter_values; /**< in the order of that record's fields */
    uint32_t supporter_value_count;
    uint32_t slot_count; /**< common slots; a rule's or member value's own name stands behind */
    uint32_t household_slot, as_of_slot;
    uint32_t applied_on_slot; /**< UINT32_MAX if the caseload has no such column */
    uint32_t size_slot;       /**< value household_size; UINT32_MAX: the counted members */
} hedui_rulebook;

/** Which packs, and where those are looked for that they inherit: beside the heir, among `folders`,
 * then in `homes`. */
typedef struct hedui_pack_choice {
    const char *const *folders; /**< one for each pack */
    uint32_t count;
    const char *const *homes; /**< folders of packs, NULL-ended; NULL: none */
    int gathered; /**< 1: of a path by which a pack is inherited only the last part counts */
} hedui_pack_choice;

/** As hedui_rulebook_make, with homes. */
hedui_status hedui_rulebook_make_from(const hedui_rulebook **rulebook,
                                      const hedui_pack_choice *choice, const hedui_layouts *layouts,
                                      hedui_arena *arena, const hedui_notes *notes, hedui_err *err);

/**
 * Load and compile packs.
 *
 * @param rulebook  Set on success; lives in `arena`.
 * @param folders   One for each pack.
 * @param layouts   Must outlive the rulebook.
 * @param notes     Every fault and warning; may be NULL.
 * @return the first fault: E11xx, E30xx, E32xx, E4014, E10xx.
 */
hedui_status hedui_rulebook_make(const hedui_rulebook **rulebook, const char *const *folders,
                                 uint32_t folder_count, const hedui_layouts *layouts,
                                 hedui_arena *arena, const hedui_notes *notes, hedui_err *err);

/** Whether a night judges by a rule, and if not, why. */
typedef enum hedui_standing {
    HEDUI_STANDING_JUDGED,
    HEDUI_STANDING_MANUAL, /**< it has no condition: it goes on the visit sheet */
    HEDUI_STANDING_NOT_YET,
    HEDUI_STANDING_OVER,        /**< no longer in force */
    HEDUI_STANDING_UNCONFIRMED, /**< nobody has seen its document's text */
    HEDUI_STANDING_LAPSED       /**< somebody has, but the rule has said something else since */
} hedui_standing;

/** @param prior  What was confirmed; NULL: nothing. */
hedui_standing hedui_rule_standing(const hedui_rule *rule, const hedui_prior *prior, int32_t as_of);

/** Stable code of a standing: judged, manual, not_yet, over, unconfirmed, lapsed. */
const char *hedui_standing_code(hedui_standing standing);

/** 1 if what the rule finds only informs: a tag, which makes no household flagged and, where it
 * cannot be answered, leaves none unchecked. */
static inline int hedui_rule_is_tag(const hedui_rule *rule)
{
    return rule->text->effect == HEDUI_EFFECT_INFORM;
}

#endif
