/** @file
 * Why a row was rejected and why a whole delivery was refused: closed lists, stable words.
 */
#ifndef HEDUI_FEED_REASON_H
#define HEDUI_FEED_REASON_H

#include <hedui/span.h>

#include <stdint.h>

/** Why a row was rejected. */
typedef enum hedui_reason {
#define HEDUI_REASON(name, zh, en) HEDUI_REASON_##name,
#include "feed/reason.def"
#undef HEDUI_REASON
    HEDUI_REASON_COUNT
} hedui_reason;

/** Why a delivery as a whole is not used. HEDUI_REFUSAL_none: it is sound. */
typedef enum hedui_refusal {
#define HEDUI_REFUSAL(name, zh, en) HEDUI_REFUSAL_##name,
#include "feed/refusal.def"
#undef HEDUI_REFUSAL
    HEDUI_REFUSAL_COUNT
} hedui_refusal;

/** The stable word, as stored and written in layouts: "id_check", "gz_truncated". */
const char *hedui_reason_name(hedui_reason reason);
const char *hedui_refusal_name(hedui_refusal refusal);

/** Words for people. `chinese`: 1 Chinese, 0 English. */
const char *hedui_reason_text(hedui_reason reason, int chinese);
const char *hedui_refusal_text(hedui_refusal refusal, int chinese);

/** Find a reason by its word. @return 1 and the reason, else 0. */
int hedui_reason_parse(hedui_reason *reason, hedui_span word);

#endif
