/* The guards over a file without a caseload. What is held against the last accepted delivery is
 * held as a run holds it: by the same baseline and the same code. */
#include <hedui/job_check.h>

#include <hedui/file.h>

#include "feed/check.h"
#include "feed/inbox.h"
#include "job/prior.h"
#include "run/guard.h"

typedef struct checker {
    hedui_job_check *made;
    const hedui_job_check_options *options;
    const hedui_delivery *delivery;
    hedui_baseline baseline;
    hedui_prior prior; /* of this feed alone */
    int delta;
    hedui_arena *arena;
    hedui_err *err;
} checker;

static const char *word(hedui_run_verdict verdict)
{
    static const char *const words[] = {[HEDUI_RUN_ACCEPTED] = "accepted",
                                        [HEDUI_RUN_WARNED] = "warned",
                                        [HEDUI_RUN_HELD] = "held",
                                        [HEDUI_RUN_REFUSED] = "refused",
                                        [HEDUI_RUN_MISSING] = "early"};
    return words[verdict];
}

static hedui_status find_baseline(checker *c)
{
    const char *path = c->options->store;
    const hedui_store_baseline *list = NULL;
    hedui_store *store = NULL;
    size_t count = 0;
    if (!path || c->delta || !hedui_file_exists(path))
        return HEDUI_OK;
    hedui_status status = hedui_store_open(&store, path, HEDUI_STORE_EXISTING, c->err);
    if (!status)
        status = hedui_store_baseline_list(&list, &count, store, c->arena, c->err);
    hedui_store_close(store);
    for (size_t i = 0; i < count && !status; i++) {
        if (!hedui_span_equal(list[i].feed, c->delivery->layout->name))
            continue;
        status = hedui_job_baseline_of(&c->baseline, &list[i], c->arena, c->err);
        c->prior = (hedui_prior){.baselines = &c->baseline, .baseline_count = 1};
        c->made->last_file = list[i].file;
        c->made->last_cut_off = list[i].cut_off;
        c->made->last_records = list[i].records;
    }
    return status;
}

static hedui_status add_remarks(checker *c, const hedui_guarded *guarded)
{
    hedui_job_check_remark *remarks =
        hedui_arena_array(c->arena, guarded->remark_count, sizeof *remarks);
    if (!remarks)
        return hedui_fail_memory(c->err);
    for (uint32_t i = 0; i < guarded->remark_count; i++)
        remarks[i] =
            (hedui_job_check_remark){guarded->remarks[i].number, guarded->remarks[i].argument,
                                     word(guarded->remarks[i].verdict)};
    c->made->verdict = word(guarded->verdict);
    c->made->remarks = remarks;
    c->made->remark_count = guarded->remark_count;
    return HEDUI_OK;
}

/* Only what a run of this layout would judge can be missed. */
static void tell_unjudged(checker *c)
{
    const hedui_layout_guards *limits = &c->delivery->layout->guards;
    const struct {
        const char *word;
        int missed;
    } all[HEDUI_JOB_CHECK_UNJUDGED] = {
        {"rows", limits->rows_fall >= 0 && !c->delta && !c->prior.baseline_count},
        {"distributions", limits->watch_count && !c->delta},
        {"matches", limits->join_rate >= 0 && !c->delta},
        {"names", limits->name_agreement >= 0},
        {"manifest", 1},
        {"query_list", hedui_layout_is_answer(c->delivery->layout)}};
    for (size_t i = 0; i < HEDUI_JOB_CHECK_UNJUDGED; i++)
        if (all[i].missed)
            c->made->unjudged[c->made->unjudged_count++] = all[i].word;
}

static hedui_status judge(checker *c)
{
    hedui_guarded guarded;
    const hedui_delivery *delivery = c->delivery;
    int32_t as_of = c->options->as_of;
    int place = HEDUI_GUARD_LAST | HEDUI_GUARD_SURVEYED;
    if (c->options->store && !c->delta)
        place |= HEDUI_GUARD_FULL;
    hedui_status status = find_baseline(c);
    if (!status)
        status = hedui_guard(&guarded, delivery, place, NULL, &c->prior, as_of, c->arena, c->err);
    if (!status && delivery->refusal == HEDUI_REFUSAL_none && delivery->cut_off > as_of)
        status = hedui_guard_add(&guarded, HEDUI_E2103, HEDUI_RUN_MISSING,
                                 hedui_span_of(delivery->name), c->arena, c->err);
    if (!status)
        status = add_remarks(c, &guarded);
    if (!status)
        tell_unjudged(c);
    return status;
}

hedui_status hedui_job_check_file(const hedui_job_check **check, const char *path,
                                  const hedui_job_check_options *options, hedui_arena *arena,
                                  hedui_err *err)
{
    hedui_delivery *delivery = NULL;
    hedui_feed_report *report = NULL;
    checker c = {.options = options, .arena = arena, .err = err};
    c.made = hedui_arena_take(arena, sizeof *c.made);
    if (!c.made)
        return hedui_fail_memory(err);
    c.made->last_cut_off = INT32_MIN;
    hedui_status status = hedui_feed_survey(&delivery, path, options->feed, options->folders,
                                            options->folder_count, arena, err);
    if (!status)
        status = hedui_feed_tell(&report, delivery, arena, err);
    if (!status) {
        c.delivery = delivery;
        c.delta = hedui_inbox_is_delta(delivery->layout, delivery->name);
        status = judge(&c);
    }
    if (!status) {
        c.made->report = report;
        *check = c.made;
    }
    hedui_delivery_close(delivery);
    return status;
}
