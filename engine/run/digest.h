/** @file
 * The result digest, from parts.
 */
#ifndef HEDUI_RUN_DIGEST_H
#define HEDUI_RUN_DIGEST_H

#include "run/result.h"

#include <hedui/err.h>

typedef struct hedui_run_digester hedui_run_digester;

/** @return a new computation in `arena`, to be closed before it; NULL without memory. */
hedui_run_digester *hedui_run_digester_open(hedui_arena *arena);

/** Give back what it took beside the arena; NULL is accepted. */
void hedui_run_digester_close(hedui_run_digester *digester);

/** Add what a part found: flags, overridden, rows of pairs, own causes, states. Parts come in the
 * order of their households; where they are cut makes no difference. */
void hedui_run_digester_add(hedui_run_digester *digester, const hedui_run_result *part);

/** The digest of all parts, with the gaps, ledgers and rejects of `whole`. HEDUI_E1001. */
hedui_status hedui_run_digester_end(hedui_digest *digest, hedui_run_digester *digester,
                                    const hedui_run_result *whole, hedui_err *err);

#endif
