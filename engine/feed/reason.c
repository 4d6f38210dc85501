/* The words of reasons and refusals, from the lists in reason.def and refusal.def. */
#include "feed/reason.h"

#include "base/invariant.h"

typedef struct words {
    const char *name, *zh, *en;
} words;

static const words reasons[] = {
#define HEDUI_REASON(name, zh, en) {#name, zh, en},
#include "feed/reason.def"
#undef HEDUI_REASON
};

static const words refusals[] = {
#define HEDUI_REFUSAL(name, zh, en) {#name, zh, en},
#include "feed/refusal.def"
#undef HEDUI_REFUSAL
};

const char *hedui_reason_name(hedui_reason reason)
{
    HEDUI_INVARIANT(reason < HEDUI_REASON_COUNT);
    return reasons[reason].name;
}

const char *hedui_refusal_name(hedui_refusal refusal)
{
    HEDUI_INVARIANT(refusal < HEDUI_REFUSAL_COUNT);
    return refusals[refusal].name;
}

const char *hedui_reason_text(hedui_reason reason, int chinese)
{
    HEDUI_INVARIANT(reason < HEDUI_REASON_COUNT);
    return chinese ? reasons[reason].zh : reasons[reason].en;
}

const char *hedui_refusal_text(hedui_refusal refusal, int chinese)
{
    HEDUI_INVARIANT(refusal < HEDUI_REFUSAL_COUNT);
    return chinese ? refusals[refusal].zh : refusals[refusal].en;
}

int hedui_reason_parse(hedui_reason *reason, hedui_span word)
{
    for (unsigned i = 0; i < HEDUI_REASON_COUNT; i++) {
        if (!hedui_span_is(word, reasons[i].name))
            continue;
        *reason = (hedui_reason)i;
        return 1;
    }
    return 0;
}
