/* The nightly job: everything that one call of `hedui run` does, in order, with one lock held from
 * the reading of the store to the last report. Clocks are read for information only; nothing that
 * is found depends on them. */
#include <hedui/date.h>
#include <hedui/file.h>
#include <hedui/job.h>
#include <hedui/message.h>
#include <hedui/report.h>
#include <hedui/store.h>
#include <hedui/store_delivery.h>

#include "feed/layout.h"
#include "job/archive.h"
#include "job/inputs.h"
#include "job/jump.h"
#include "job/packs.h"
#include "job/prior.h"
#include "job/purge.h"
#include "rule/rulebook.h"
#include "run/execute.h"
#include "store/write.h"

#include <errno.h>
#include <omp.h>
#include <stdio.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

typedef struct job {
    const hedui_workspace *workspace;
    const hedui_job_options *options;
    hedui_job_outcome *outcome;
    hedui_arena *arena; /* of the job, closed at its end */
    hedui_arena *outcome_arena;
    const hedui_notes *notes;
    hedui_err *err;
    hedui_store *store;
    hedui_job_packs packs;
    hedui_job_inputs inputs;
    hedui_prior prior;
    hedui_span households; /* bytes of the list of households */
    hedui_scope scope;
    hedui_store_options storing;
    hedui_store_writing *writing;
    hedui_job_counts counts;
    hedui_job_stage stage;
    double stage_began;
    int64_t started;
} job;

static double now(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void enter(job *j, hedui_job_stage stage, int64_t done, int64_t total)
{
    if (stage != j->stage) {
        double t = now();
        j->outcome->seconds[j->stage] += t - j->stage_began;
        j->stage_began = t;
        j->stage = stage;
    }
    if (j->options->progress)
        j->options->progress(j->options->context, stage, done, total);
}

static void on_progress(void *context, hedui_run_stage stage, int64_t done, int64_t total)
{
    static const hedui_job_stage stages[HEDUI_RUN_STAGES] = {
        [HEDUI_RUN_STAGE_CASELOAD] = HEDUI_JOB_CASELOAD,
        [HEDUI_RUN_STAGE_SCAN] = HEDUI_JOB_SCAN,
        [HEDUI_RUN_STAGE_JUDGE] = HEDUI_JOB_JUDGE};
    enter(context, stages[stage], done, total);
}

/* What the night reads beside its deliveries, as it stood before anything was loaded and as it
 * stands when all is: what was changed in between may be half the one and half the other. */
static hedui_status read_inputs(job *j, const hedui_job_inputs *before)
{
    hedui_span prior;
    const hedui_rulebook *book = j->packs.rulebook;
    hedui_status status = hedui_job_prior_read(&j->prior, &prior, j->store, j->workspace->inbox,
                                               j->packs.layouts, j->arena, j->err);
    if (!status)
        status =
            hedui_job_inputs_read(&j->inputs, j->workspace, book->packs, book->pack_count, &prior,
                                  j->options->households ? &j->households : NULL, j->arena, j->err);
    return status ? status : hedui_job_inputs_same(before, &j->inputs, j->err);
}

/* Read once: what is judged by it is what is archived. */
static hedui_status read_households(job *j)
{
    enum { LARGEST = 1 << 24 };
    const char *file = j->options->households;
    if (!file)
        return HEDUI_OK;
    hedui_status status = hedui_file_read(&j->households, file, LARGEST, j->arena, j->err);
    return status ? status : hedui_scope_read(&j->scope, file, j->households, j->arena, j->err);
}

/* The areas are read again by the run. */
static hedui_status check_areas(const job *j, const hedui_run_result *result)
{
    const hedui_job_input *areas = hedui_job_inputs_find(&j->inputs, "areas.csv");
    for (uint32_t i = 0; areas && i < result->input_count; i++)
        if (hedui_span_is(result->inputs[i].kind, "areas") &&
            memcmp(&result->inputs[i].digest, &areas->digest, sizeof areas->digest) != 0)
            return hedui_fail(j->err, HEDUI_E8022, hedui_place_none(),
                              HEDUI_ARG_TEXT(j->workspace->areas));
    return HEDUI_OK;
}

/* A night by rules that have all run out would find nothing and look well. Before anything is
 * written; which documents were seen is known once the store is open. */
static hedui_status check_in_force(const job *j)
{
    char day[HEDUI_DATE_TEXT];
    for (uint32_t r = 0; r < j->packs.rulebook->rule_count; r++) {
        hedui_standing standing =
            hedui_rule_standing(&j->packs.rulebook->rules[r], NULL, j->options->as_of);
        if (standing == HEDUI_STANDING_JUDGED || standing == HEDUI_STANDING_UNCONFIRMED)
            return HEDUI_OK;
    }
    hedui_date_print(day, j->options->as_of);
    return hedui_fail(j->err, HEDUI_E3024, hedui_place_none(), HEDUI_ARG_TEXT(day));
}

static hedui_status check_confirmed(const job *j)
{
    char day[HEDUI_DATE_TEXT];
    for (uint32_t r = 0; r < j->packs.rulebook->rule_count; r++)
        if (hedui_rule_standing(&j->packs.rulebook->rules[r], &j->prior, j->options->as_of) ==
            HEDUI_STANDING_JUDGED)
            return HEDUI_OK;
    hedui_date_print(day, j->options->as_of);
    return hedui_fail(j->err, HEDUI_E3025, hedui_place_none(), HEDUI_ARG_TEXT(day));
}

static int threads_of(const job *j)
{
    return j->options->threads > 0 ? j->options->threads : omp_get_num_procs();
}

/* Deliveries and inputs are kept first, so that no flag rests on bytes that nobody kept. */
static hedui_status begin_storing(void *context, const hedui_run_result *head, hedui_err *err)
{
    job *j = context;
    enter(j, HEDUI_JOB_JUDGE, 0, 0);
    j->counts.flags = hedui_arena_array(j->arena, head->rule_count, sizeof *j->counts.flags);
    if (!j->counts.flags)
        return hedui_fail_memory(err);
    hedui_status status = check_areas(j, head);
    if (!status)
        status = hedui_archive_keep(j->workspace->archive, j->workspace->inbox, head,
                                    &j->options->stop, j->arena, err);
    if (!status)
        status = hedui_job_inputs_keep(j->workspace->archive, &j->inputs, j->arena, err);
    return status ? status : hedui_store_write_begin(&j->writing, j->store, head, &j->storing, err);
}

static hedui_status store_part(void *context, const hedui_run_result *part, hedui_err *err)
{
    job *j = context;
    hedui_job_count(&j->counts, part);
    return hedui_store_write_part(j->writing, part, err);
}

static hedui_status end_storing(job *j, const hedui_run_result *result)
{
    const hedui_run_remark *holds = NULL;
    uint32_t hold_count = 0;
    char hex[HEDUI_DIGEST_HEX];
    enter(j, HEDUI_JOB_STORE, 0, 0);
    hedui_status status = hedui_job_jump(&holds, &hold_count, &j->workspace->publish, result,
                                         &j->counts, j->store, j->arena, j->err);
    if (!status)
        status = hedui_store_write_end(j->outcome->run, j->writing, result, holds, hold_count,
                                       (int64_t)time(NULL), j->err);
    if (status)
        return status;
    hedui_digest_hex(hex, &result->digest);
    memcpy(j->outcome->digest, hex, sizeof hex);
    /* a source that nobody delivered, though rules ask for it, is something to look at as well */
    j->outcome->exit_code = result->held || result->gap_count || hold_count ? 3 : 0;
    return HEDUI_OK;
}

static hedui_status execute(job *j)
{
    const hedui_run_result *result = NULL, *receipt = NULL;
    const hedui_run_sink sink = {begin_storing, store_part, j, j->options->part};
    hedui_run_request request = {.unit = j->workspace->unit,
                                 .area = j->workspace->area,
                                 .areas = j->workspace->areas,
                                 .inbox = j->workspace->inbox,
                                 .spill = j->workspace->folder,
                                 .layouts = j->packs.layouts,
                                 .rulebook = j->packs.rulebook,
                                 .need = j->workspace->need,
                                 .need_count = j->workspace->need_count,
                                 .prior = &j->prior,
                                 .inputs = &j->inputs.digest,
                                 .scope = j->options->households ? &j->scope : NULL,
                                 .sink = &sink,
                                 .as_of = j->options->as_of,
                                 .stop = &j->options->stop,
                                 .threads = threads_of(j),
                                 .reading = j->options->reading,
                                 .progress = on_progress,
                                 .context = j};
    j->storing = (hedui_store_options){.engine = hedui_span_of(HEDUI_ENGINE),
                                       .started = j->started,
                                       .visit_within = j->workspace->visit_within,
                                       .stop = j->options->stop.asked,
                                       .context = j->options->stop.context};
    hedui_status status =
        hedui_run_execute(&result, &receipt, &request, j->arena, j->notes, j->err);
    int stored = j->writing != NULL;
    if (!status)
        status = end_storing(j, result);
    hedui_store_write_close(j->writing);
    if (status && status != HEDUI_E5023 && receipt && !stored) {
        hedui_err second; /* the first failure is the one to tell */
        hedui_err_init(&second);
        (void)hedui_store_receive(j->store, receipt, &second);
    }
    return status;
}

/* What is stored stands, whatever becomes of the reports. */
static void report(job *j)
{
    hedui_report_files files = {0};
    if (!j->options->reports)
        return;
    enter(j, HEDUI_JOB_REPORT, 0, 0);
    hedui_arena_give_back(); /* else what the feeds took stands beside what the reports take */
    hedui_err *why = &j->outcome->report_error;
    hedui_status status = hedui_folder_make(j->workspace->out, why);
    if (!status)
        status =
            hedui_report_write(&files, j->workspace->out, j->store, hedui_span_of(j->outcome->run),
                               NULL, threads_of(j), j->outcome_arena, why);
    j->outcome->report_html = files.html;
    j->outcome->report_json = files.json;
    j->outcome->summary_html = files.summary_html;
    j->outcome->flags_csv = files.flags_csv;
    j->outcome->households_csv = files.households_csv;
    j->outcome->rejects_csv = files.rejects_csv;
    j->outcome->read = files.run;
    if (!status)
        return;
    j->outcome->report_failed = 1;
    j->outcome->exit_code = hedui_message_exit(status);
}

/* Before hours of work, not after them. */
static hedui_status check_out(const job *j)
{
    const char *out = j->workspace->out;
    if (!j->options->reports)
        return HEDUI_OK;
    hedui_status status = hedui_folder_make(out, j->err);
    if (!status && access(out, W_OK | X_OK) != 0)
        status = hedui_fail(j->err, HEDUI_E1004, hedui_place_none(), HEDUI_ARG_TEXT(out),
                            HEDUI_ARG_ERRNO(errno));
    return status;
}

hedui_status hedui_job_run(hedui_job_outcome *outcome, const hedui_workspace *workspace,
                           const hedui_job_options *options, hedui_arena *arena,
                           const hedui_notes *notes, hedui_err *err)
{
    hedui_job_outcome made = {0};
    job j = {.workspace = workspace,
             .options = options,
             .outcome = &made,
             .outcome_arena = arena,
             .notes = notes,
             .err = err,
             .stage_began = now(),
             .started = (int64_t)time(NULL)};
    hedui_job_inputs before = {0};
    struct rusage usage;
    hedui_err_init(&made.report_error);
    j.arena = hedui_arena_open(0);
    hedui_status status = j.arena ? HEDUI_OK : hedui_fail_memory(err);
    if (!status)
        status = hedui_job_inputs_read(&before, workspace, NULL, 0, NULL, NULL, j.arena, err);
    if (!status)
        status = read_households(&j);
    if (!status)
        status = hedui_job_packs_load(&j.packs, workspace, j.arena, notes, err);
    if (!status)
        status = check_in_force(&j);
    if (!status)
        status = check_out(&j);
    if (!status)
        status = hedui_store_open(&j.store, workspace->store, HEDUI_STORE_CREATE, err);
    if (!status)
        status = hedui_store_lock(j.store, err);
    if (!status)
        status = hedui_stop_check(&options->stop, err);
    if (!status) {
        hedui_archive_sweep(workspace->archive);
        status = hedui_job_purge_finish(j.store, workspace->archive, j.arena, err);
    }
    if (!status)
        status = read_inputs(&j, &before);
    if (!status)
        status = check_confirmed(&j);
    if (!status)
        status = execute(&j);
    if (!status)
        report(&j);
    enter(&j, HEDUI_JOB_PLAN, 0, 0); /* books the time of the stage that was last */
    if (!status && getrusage(RUSAGE_SELF, &usage) == 0)
        made.peak_kib = usage.ru_maxrss;
    if (!status)
        *outcome = made;
    hedui_store_close(j.store);
    hedui_arena_close(j.arena);
    return status;
}
