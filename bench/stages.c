/* bench_stages FOLDER SHARE AS_OF [ROUNDS [THREADS]]: the stages of a run up to its result, without
 * the store and the reports. Prints the median processor time and the median wall time of each, and
 * the digest of the result, by which two builds are seen to find the same. */
#include "job/packs.h"
#include "run/execute.h"

#include <hedui/date.h>
#include <hedui/digest.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROUNDS = 64 };
enum stage { LOAD, PLAN, CASELOAD, READ, JUDGE, REST, STAGES };

static const char *const names[STAGES] = {"packs", "plan", "caseload", "read", "judge", "rest"};

typedef struct watch {
    double cpu[STAGES + 1][ROUNDS], wall[STAGES + 1][ROUNDS];
    double cpu_at, wall_at;
    enum stage stage;
    int round;
} watch;

static double read_clock(clockid_t clock)
{
    struct timespec t;
    (void)clock_gettime(clock, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void enter(watch *w, enum stage stage)
{
    double cpu = read_clock(CLOCK_PROCESS_CPUTIME_ID), wall = read_clock(CLOCK_MONOTONIC);
    w->cpu[w->stage][w->round] += cpu - w->cpu_at;
    w->wall[w->stage][w->round] += wall - w->wall_at;
    w->cpu[STAGES][w->round] += cpu - w->cpu_at;
    w->wall[STAGES][w->round] += wall - w->wall_at;
    w->cpu_at = cpu;
    w->wall_at = wall;
    w->stage = stage;
}

static void on_progress(void *context, hedui_run_stage stage, int64_t done, int64_t total)
{
    static const enum stage stages[HEDUI_RUN_STAGES] = {CASELOAD, READ, JUDGE};
    watch *w = context;
    if (stage == HEDUI_RUN_STAGE_JUDGE && done && done == total)
        enter(w, REST);
    else if (w->stage != stages[stage])
        enter(w, stages[stage]);
}

static int by_number(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static double median(double *values, int count)
{
    qsort(values, (size_t)count, sizeof *values, by_number);
    return values[count / 2];
}

static hedui_status once(watch *w, hedui_digest *digest, const hedui_workspace *workspace,
                         int32_t as_of, int threads, hedui_err *err)
{
    hedui_job_packs packs;
    const hedui_run_result *result = NULL;
    hedui_arena *arena = hedui_arena_open(0);
    hedui_status status = arena ? HEDUI_OK : hedui_fail_memory(err);
    w->cpu_at = read_clock(CLOCK_PROCESS_CPUTIME_ID);
    w->wall_at = read_clock(CLOCK_MONOTONIC);
    w->stage = LOAD;
    if (!status)
        status = hedui_job_packs_load(&packs, workspace, arena, NULL, err);
    if (status)
        goto done;
    enter(w, PLAN);
    hedui_run_request request = {.unit = workspace->unit,
                                 .area = workspace->area,
                                 .areas = workspace->areas,
                                 .inbox = workspace->inbox,
                                 .spill = workspace->folder,
                                 .layouts = packs.layouts,
                                 .rulebook = packs.rulebook,
                                 .as_of = as_of,
                                 .threads = threads,
                                 .progress = on_progress,
                                 .context = w};
    status = hedui_run_execute(&result, NULL, &request, arena, NULL, err);
    enter(w, REST);
    if (!status)
        *digest = result->digest;
done:
    hedui_arena_close(arena);
    return status;
}

int main(int count, char **words)
{
    static watch w; /* large */
    const hedui_workspace *workspace = NULL;
    hedui_arena *arena = hedui_arena_open(0);
    hedui_digest digest = {{0}};
    char hex[HEDUI_DIGEST_HEX];
    int32_t as_of;
    hedui_err err;
    hedui_err_init(&err);
    if (count < 4 || !arena || !hedui_date_parse_iso(&as_of, hedui_span_of(words[3]))) {
        (void)fprintf(stderr, "bench_stages FOLDER SHARE AS_OF [ROUNDS [THREADS]]\n");
        return 2;
    }
    int rounds = count > 4 ? (int)strtol(words[4], NULL, 10) : 5;
    int threads = count > 5 ? (int)strtol(words[5], NULL, 10) : 1;
    rounds = rounds < 1 ? 1 : rounds > ROUNDS ? ROUNDS : rounds;
    hedui_status status = hedui_workspace_load(&workspace, words[1], words[2], arena, &err);
    for (w.round = 0; w.round < rounds && !status; w.round++)
        status = once(&w, &digest, workspace, as_of, threads < 1 ? 1 : threads, &err);
    if (status) {
        (void)fprintf(stderr, "E%d %s\n", (int)err.status, err.file);
        return 1;
    }
    for (int s = 0; s <= STAGES; s++)
        (void)printf("%-9s %8.1f ms of processors  %8.1f ms\n", s < STAGES ? names[s] : "all",
                     median(w.cpu[s], rounds), median(w.wall[s], rounds));
    hedui_digest_hex(hex, &digest);
    (void)printf("%s\n", hex);
    hedui_arena_close(arena);
    return 0;
}
