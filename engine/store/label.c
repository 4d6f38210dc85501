/* Words for codes, in one table; the reasons of rejects come from the feed layer's own. */
#include <hedui/label.h>

#include "feed/reason.h"

typedef struct label {
    hedui_label_kind kind;
    const char *name, *code, *zh, *en;
} label;

static const label labels[] = {
#define HEDUI_LABEL(kind, code, zh, en) {HEDUI_LABEL_##kind, #kind, code, zh, en},
#include "store/label.def"
#undef HEDUI_LABEL
#define HEDUI_REASON(name, zh, en) {HEDUI_LABEL_REJECT, "REJECT", #name, zh, en},
#include "feed/reason.def"
#undef HEDUI_REASON
};

hedui_span hedui_label(hedui_label_kind kind, hedui_span code, hedui_language language)
{
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (labels[i].kind == kind && hedui_span_is(code, labels[i].code))
            return hedui_span_of(language == HEDUI_EN ? labels[i].en : labels[i].zh);
    return code;
}

int hedui_label_at(hedui_span *code, hedui_span *words, hedui_label_kind kind, uint32_t index,
                   hedui_language language)
{
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        if (labels[i].kind != kind || index--)
            continue;
        *code = hedui_span_of(labels[i].code);
        *words = hedui_span_of(language == HEDUI_EN ? labels[i].en : labels[i].zh);
        return 1;
    }
    return 0;
}

hedui_span hedui_remedy(hedui_span reason, hedui_language language)
{
    static const struct {
        const char *reason, *zh, *en;
    } remedies[] = {
#define HEDUI_REMEDY(reason, zh, en) {#reason, zh, en},
#include "store/remedy.def"
#undef HEDUI_REMEDY
    };
    for (size_t i = 0; i < sizeof remedies / sizeof *remedies; i++)
        if (hedui_span_is(reason, remedies[i].reason))
            return hedui_span_of(language == HEDUI_EN ? remedies[i].en : remedies[i].zh);
    return (hedui_span){"", 0};
}

void hedui_label_each(void (*each)(void *context, const char *kind, const char *code,
                                   const char *zh),
                      void *context)
{
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        each(context, labels[i].name, labels[i].code, labels[i].zh);
}
