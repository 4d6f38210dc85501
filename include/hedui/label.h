/** @file
 * Words for people beside the stable codes that are stored and exported.
 */
#ifndef HEDUI_LABEL_H
#define HEDUI_LABEL_H

#include <hedui/message.h>
#include <hedui/span.h>

/** What a code is a code of. */
typedef enum hedui_label_kind {
    HEDUI_LABEL_RUN_STATE,    /**< draft, published, withdrawn */
    HEDUI_LABEL_VERDICT,      /**< of a delivery: accepted, warned, held, refused, missing */
    HEDUI_LABEL_HOUSEHOLD,    /**< flagged, clear, unchecked, out_of_scope, absent */
    HEDUI_LABEL_FLAG,         /**< new, continuing, changed, not_checked, gone */
    HEDUI_LABEL_WHY,          /**< why a flag is not_checked or gone */
    HEDUI_LABEL_SEVERITY,     /**< high, medium, low */
    HEDUI_LABEL_EFFECT,       /**< exclude_person ... include */
    HEDUI_LABEL_MATCH,        /**< id_name ... upgraded */
    HEDUI_LABEL_CAUSE,        /**< why a rule could not be answered */
    HEDUI_LABEL_REJECT,       /**< why a row was rejected */
    HEDUI_LABEL_INPUT,        /**< pack, layout, codes, areas, workspace */
    HEDUI_LABEL_ANSWER,       /**< of a rule for a household: flagged, clear, undetermined, ... */
    HEDUI_LABEL_AREA,         /**< unknown: of households whose area is in no table */
    HEDUI_LABEL_OMITTED,      /**< why a query list does not ask about a member */
    HEDUI_LABEL_STANDING,     /**< whether a night judges by a rule, or why not */
    HEDUI_LABEL_CONFIRMATION, /**< of a document: unconfirmed, confirmed, lapsed, withdrawn */
    HEDUI_LABEL_OVERRIDE,     /**< proposed, approved, refused, revoked */
    HEDUI_LABEL_PAIR,         /**< of a row that a decision speaks of: left_out, changed, ... */
    HEDUI_LABEL_FINDING,      /**< what people found out about a flag: true, not_true ... other */
    HEDUI_LABEL_DECISION,  /**< what is to become of a household's benefit: continue, reduce ... */
    HEDUI_LABEL_PROGRAMME, /**< dibao, low_edge, ...; a county's own codes have no words */
    HEDUI_LABEL_URBAN_RURAL, /**< urban, rural */
    HEDUI_LABEL_CASE_STATUS, /**< of a household in the caseload: applying, receiving, exited */
    HEDUI_LABEL_AUDIT,       /**< what a named person did: run_published ... reveal */
    HEDUI_LABEL_KINDS
} hedui_label_kind;

/** The words for `code`, or `code` itself where none are known. */
hedui_span hedui_label(hedui_label_kind kind, hedui_span code, hedui_language language);

/** The label of a kind at `index`, from 0 in the order of the table. Both texts live in the program
 * and end with a zero byte. @return 0 past the end; nothing is set then. */
int hedui_label_at(hedui_span *code, hedui_span *words, hedui_label_kind kind, uint32_t index,
                   hedui_language language);

/** What a department is to do about a row rejected for `reason`; empty where none is known. */
hedui_span hedui_remedy(hedui_span reason, hedui_language language);

/** Call `each` for every label, in the order of the table. `kind` is the name above without its
 * prefix, e.g. "RUN_STATE". */
void hedui_label_each(void (*each)(void *context, const char *kind, const char *code,
                                   const char *zh),
                      void *context);

#endif
