/** @file
 * What the sources that read a pack's files share.
 */
#ifndef HEDUI_RULE_PACK_LOAD_H
#define HEDUI_RULE_PACK_LOAD_H

#include "rule/pack.h"

#include <hedui/table.h>

/** A pack being read. */
typedef struct hedui_pack_loader {
    hedui_pack *pack;
    hedui_arena *arena;
    const hedui_notes *notes;
    hedui_err *err; /**< the first fault of all */
    hedui_table rule_ids;
    int documents_bad; /**< what the register holds is not known: nobody's basis is looked up */
} hedui_pack_loader;

/** Open ends where a bound is not written. HEDUI_E3008 if the first day is after the last. */
hedui_status hedui_pack_in_force(hedui_in_force *in_force, const hedui_yaml *yaml,
                                 const hedui_yaml_node *node, hedui_err *err);

/** HEDUI_E3002, HEDUI_E3003 if the register does not have the document. */
hedui_status hedui_pack_basis(const hedui_pack_loader *l, const hedui_basis *basis,
                              const hedui_yaml *yaml, const hedui_yaml_node *node, hedui_err *err);

/** Read one parameter: type, keys, rows; all faults are reported. HEDUI_E3004 to E3008, E3030 to
 * E3033. */
hedui_status hedui_pack_parameter(const hedui_pack_loader *l, hedui_parameter *p,
                                  const hedui_yaml *yaml, const hedui_yaml_node *node);

/** Read scenarios/ of the pack's folder; a pack without it has none. */
hedui_status hedui_pack_scenarios(hedui_pack_loader *l, const char *folder);

/** Keep the first fault, tell the notes of each, and make room for the next. Nothing to tell is no
 * fault. */
void hedui_pack_report(const hedui_pack_loader *l, hedui_err *fault);

/** Bind a mapping and report all its faults. @return the first. */
hedui_status hedui_pack_bind(const hedui_pack_loader *l, void *object,
                             const hedui_yaml_field *fields, const hedui_yaml *yaml,
                             const hedui_yaml_node *node);

#endif
