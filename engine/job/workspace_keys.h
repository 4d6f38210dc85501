/** @file
 * The keys of hedui.yaml: one table loads it and tells its settings.
 */
#ifndef HEDUI_JOB_WORKSPACE_KEYS_H
#define HEDUI_JOB_WORKSPACE_KEYS_H

#include "yaml/bind.h"

/** Ended by a field whose key is NULL. */
extern const hedui_yaml_field hedui_workspace_keys[];

#endif
