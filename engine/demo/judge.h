/** @file
 * The truth: what each rule must say of a household, by plain code over what was planted.
 */
#ifndef HEDUI_DEMO_JUDGE_H
#define HEDUI_DEMO_JUDGE_H

#include "demo/world.h"

enum { HEDUI_DEMO_FLAGS = HEDUI_DEMO_MEMBERS * HEDUI_DEMO_CARS };

typedef struct hedui_demo_lead {
    const hedui_demo_member *member; /**< NULL: the household */
    const hedui_demo_car *car;       /**< NULL: the member */
    const char *effect;
    int capped;
} hedui_demo_lead;

typedef struct hedui_demo_answer {
    hedui_demo_tri outcome; /**< YES: flagged */
    uint32_t reasons;       /**< of UNKNOWN */
    hedui_demo_lead leads[HEDUI_DEMO_FLAGS];
    int lead_count;
} hedui_demo_answer;

typedef struct hedui_demo_truth {
    int in_scope;
    int out_of_scope[HEDUI_DEMO_RULES]; /**< 1: the rule asks for another kind of household */
    hedui_demo_answer answers[HEDUI_DEMO_RULES];
    const char *state; /**< flagged, clear, unchecked, out_of_scope */
} hedui_demo_truth;

/** Judge one household of a case whose rows were written. */
void hedui_demo_judge(hedui_demo_truth *truth, const hedui_demo_case *made,
                      const hedui_demo_household *household);

extern const char *const hedui_demo_rule_names[HEDUI_DEMO_RULES];

/** The stable word of reason bit `bit`, NULL past the end. */
const char *hedui_demo_reason_name(uint32_t bit);

#endif
