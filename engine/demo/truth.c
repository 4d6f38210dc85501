/* Tab-separated, a line a fact; what the files hold is told in hedui/demo.h. */
#include "demo/truth.h"

#include <inttypes.h>

const char *const hedui_demo_truth_names[HEDUI_DEMO_TRUTH_FILES] = {
    "households.tsv", "answers.tsv", "flags.tsv",    "rejects.tsv", "rows.tsv",
    "matched.tsv",    "ledgers.tsv", "quirks.tsv",   "files.tsv",   "queries.tsv",
    "asked.tsv",      "replies.tsv", "refusals.tsv", "gaps.tsv",    "facts.tsv",
};

static void path_of(char path[4096], const char *folder, int file)
{
    (void)snprintf(path, 4096, "%s/truth/%s", folder, hedui_demo_truth_names[file]);
}

hedui_status hedui_demo_truth_open(hedui_demo_truth_out *out, const char *folder, int facts,
                                   hedui_err *err)
{
    char path[4096];
    hedui_status status = HEDUI_OK;
    for (int i = 0; !status && i < HEDUI_DEMO_TRUTH_FILES; i++) {
        if (i == HEDUI_DEMO_FACTS_TSV && !facts)
            continue;
        path_of(path, folder, i);
        status = hedui_demo_tsv_open(&out->files[i], path, err);
    }
    return status;
}

static void write_lead(hedui_demo_tsv *tsv, const hedui_demo_household *household, const char *rule,
                       const hedui_demo_lead *lead)
{
    char subject[64];
    if (lead->car)
        (void)snprintf(subject, sizeof subject, "%s|%s", lead->car->plate_type,
                       lead->car->plate_no);
    else
        (void)snprintf(subject, sizeof subject, "%s",
                       lead->member ? lead->member->id : household->id);
    hedui_buffer_format(&tsv->text, "%s\t%s\t%s\t%s\t%s\t%d\n", household->id, rule, subject,
                        lead->member ? lead->member->name : "-", lead->effect, lead->capped);
    hedui_demo_tsv_end(tsv);
}

void hedui_demo_write_reasons(hedui_demo_tsv *tsv, uint32_t reasons)
{
    const char *comma = "";
    for (uint32_t bit = 0; hedui_demo_reason_name(bit); bit++) {
        if (!(reasons >> bit & 1))
            continue;
        hedui_buffer_format(&tsv->text, "%s%s", comma, hedui_demo_reason_name(bit));
        comma = ",";
    }
    hedui_buffer_text(&tsv->text, *comma ? "\n" : "-\n");
    hedui_demo_tsv_end(tsv);
}

static void write_answer(hedui_demo_truth_out *out, const hedui_demo_household *household, int rule,
                         const hedui_demo_answer *answer)
{
    static const char *const outcomes[] = {"clear", "flagged", "undetermined"};
    hedui_demo_tsv *tsv = &out->files[HEDUI_DEMO_ANSWERS_TSV];
    const char *name = hedui_demo_rule_names[rule];
    hedui_buffer_format(&tsv->text, "%s\t%s\t%s\t", household->id, name, outcomes[answer->outcome]);
    hedui_demo_write_reasons(tsv, answer->outcome == HEDUI_DEMO_UNKNOWN ? answer->reasons : 0);
    for (int i = 0; i < answer->lead_count; i++)
        write_lead(&out->files[HEDUI_DEMO_FLAGS_TSV], household, name, &answer->leads[i]);
}

/* Rules whose files are no good: open for everybody by that, and by his own cause only for whom not
 * even his scope is known. */
static void write_open(hedui_demo_truth_out *out, const hedui_demo_household *household)
{
    out->left_open += !household->conflict;
    for (uint32_t r = 1; household->conflict && r <= out->open_rules; r++) {
        hedui_demo_tsv *tsv = &out->files[HEDUI_DEMO_ANSWERS_TSV];
        hedui_buffer_format(&tsv->text, "%s\tFILE-%02u\tundetermined\t", household->id, r);
        hedui_demo_write_reasons(tsv, HEDUI_DEMO_CASELOAD);
    }
}

void hedui_demo_truth_case(hedui_demo_truth_out *out, const hedui_demo_case *made)
{
    hedui_demo_truth truth;
    for (int h = 0; h < made->count; h++) {
        const hedui_demo_household *household = &made->households[h];
        if (household->reject)
            continue; /* the engine never hears of it */
        hedui_demo_judge(&truth, made, household);
        hedui_buffer_format(&out->files[HEDUI_DEMO_HOUSEHOLDS_TSV].text, "%s\t%s\t%s\n",
                            household->id, truth.state, made->quirk);
        hedui_demo_tsv_end(&out->files[HEDUI_DEMO_HOUSEHOLDS_TSV]);
        for (int r = 0; truth.in_scope && r < HEDUI_DEMO_RULES; r++)
            if (!truth.out_of_scope[r])
                write_answer(out, household, r, &truth.answers[r]);
        if (truth.in_scope)
            write_open(out, household);
    }
}

void hedui_demo_truth_ledger(hedui_demo_truth_out *out, const hedui_demo_ledger *ledger)
{
    hedui_buffer_format(&out->files[HEDUI_DEMO_LEDGERS_TSV].text,
                        "%s\t%s\t%" PRId64 "\t%" PRId64 "\t%" PRId64 "\t%" PRId64 "\t%" PRId64
                        "\t%" PRId64 "\t%" PRId64 "\t%" PRId64 "\n",
                        ledger->feed.at, ledger->file.at, ledger->records, ledger->accepted,
                        ledger->other_document, ledger->duplicate, ledger->rejected,
                        ledger->matched, ledger->not_in_caseload, ledger->apart);
}

void hedui_demo_truth_quirk(hedui_demo_truth_out *out, const char *name, uint64_t count,
                            const char *zh)
{
    hedui_buffer_format(&out->files[HEDUI_DEMO_QUIRKS_TSV].text, "%s\t%" PRIu64 "\t%s\n", name,
                        count, zh);
}

hedui_status hedui_demo_truth_close(hedui_demo_truth_out *out, const char *folder, hedui_err *err)
{
    char path[4096];
    hedui_status status = HEDUI_OK;
    for (int i = 0; i < HEDUI_DEMO_TRUTH_FILES; i++) {
        path_of(path, folder, i);
        hedui_status closed = hedui_demo_tsv_close(&out->files[i], path, status ? NULL : err);
        status = status ? status : closed;
    }
    return status;
}
