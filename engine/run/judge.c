/* Region 2: households in ranges, each thread with a judge of its own. What the judges found is
 * sorted by what it is, so that neither the number of threads nor their timing shows. */
#include "run/judge.h"

#include <omp.h>
#include <stdlib.h>

enum { RANGE = 256 };

static size_t gap_count(const hedui_rulebook *rulebook)
{
    return (size_t)rulebook->rule_count * rulebook->catalogue->place_count;
}

/* Per judge, beside it: how many households each rule and place left unanswered. */
typedef struct worker {
    hedui_judge *judge;
    const hedui_stop *stop;
    const uint8_t *only;
    int64_t *gaps;
    const uint8_t *judged; /* by rule: 1 if this night judges by it */
    uint32_t failed_at;    /* household of the first failure, HEDUI_NONE if none */
} worker;

static void judge_household(worker *w, uint32_t household, hedui_household_answers *answers)
{
    hedui_judge *j = w->judge;
    if (!hedui_stop_check(w->stop, &j->err))
        hedui_judge_household(j, household);
    for (uint32_t r = 0; r < j->rulebook->rule_count && !j->err.status; r++) {
        if (!w->judged[r])
            continue;
        uint32_t before = j->finding_count;
        hedui_answer answer = hedui_judge_rule(j, r);
        if (!hedui_rule_is_tag(&j->rulebook->rules[r])) {
            answers->applied += answer != HEDUI_ANSWER_OUT_OF_SCOPE;
            answers->unanswered += answer == HEDUI_ANSWER_UNDETERMINED;
            answers->flags += j->finding_count - before;
        }
        uint32_t places = j->rulebook->catalogue->place_count;
        for (uint32_t p = 0; j->misses && p < places; p++)
            w->gaps[(size_t)r * places + p] += j->missed[p];
    }
    if (j->err.status && w->failed_at == HEDUI_NONE)
        w->failed_at = household;
}

static void judge_range(worker *w, uint32_t range, uint32_t count, hedui_household_answers *answers)
{
    uint32_t from = range * RANGE, to = from + RANGE < count ? from + RANGE : count;
    for (uint32_t h = from; h < to && !w->judge->err.status; h++)
        if (!w->only || w->only[h])
            judge_household(w, h, &answers[h]);
}

/* What is sorted, with the first that it is sorted by at hand: what was found lies far apart. */
typedef struct sorting {
    uint32_t household, rule;
    const void *item;
} sorting;

static int by_place(const sorting *x, const sorting *y)
{
    if (x->household != y->household)
        return x->household < y->household ? -1 : 1;
    return x->rule < y->rule ? -1 : x->rule > y->rule;
}

static int by_finding(const void *a, const void *b)
{
    const hedui_finding *x = ((const sorting *)a)->item, *y = ((const sorting *)b)->item;
    int order = by_place(a, b);
    if (!order)
        order = hedui_span_compare(x->subject, y->subject);
    return order ? order : memcmp(x->content.bytes, y->content.bytes, sizeof x->content.bytes);
}

static int by_doubt(const void *a, const void *b)
{
    const hedui_doubt *x = ((const sorting *)a)->item, *y = ((const sorting *)b)->item;
    int order = by_place(a, b);
    if (!order)
        order = hedui_span_compare(x->subject, y->subject);
    return order ? order : hedui_cel_reason_compare(&x->reason, &y->reason);
}

/* Where lists of the judges become one. */
typedef struct collector {
    const hedui_judge *judges;
    uint32_t judge_count;
    hedui_arena *arena, *scratch;
} collector;

/* @return the list in order, NULL without memory. */
static const hedui_finding **collect_findings(const collector *c, int overridden, uint32_t *count)
{
    uint32_t n = 0;
    *count = 0;
    for (uint32_t i = 0; i < c->judge_count; i++)
        *count += overridden ? c->judges[i].overridden_count : c->judges[i].finding_count;
    sorting *sorted = hedui_arena_array(c->scratch, *count, sizeof *sorted);
    const hedui_finding **list = hedui_arena_array(c->arena, *count, sizeof *list);
    if (!sorted || !list)
        return NULL;
    for (uint32_t i = 0; i < c->judge_count; i++)
        for (const hedui_finding *f = overridden ? c->judges[i].overridden : c->judges[i].findings;
             f; f = f->next)
            sorted[n++] = (sorting){f->household, f->rule, f};
    if (n)
        qsort(sorted, n, sizeof *sorted, by_finding);
    for (uint32_t i = 0; i < n; i++)
        list[i] = sorted[i].item;
    return list;
}

/* The same of doubts, each once. */
static const hedui_doubt **collect_doubts(const collector *c, uint32_t *count)
{
    uint32_t most = 0, n = 0;
    *count = 0;
    for (uint32_t i = 0; i < c->judge_count; i++)
        most += c->judges[i].doubt_count;
    sorting *sorted = hedui_arena_array(c->scratch, most, sizeof *sorted);
    const hedui_doubt **list = hedui_arena_array(c->arena, most, sizeof *list);
    if (!sorted || !list)
        return NULL;
    for (uint32_t i = 0; i < c->judge_count; i++)
        for (const hedui_doubt *d = c->judges[i].doubts; d; d = d->next)
            sorted[n++] = (sorting){d->household, d->rule, d};
    if (n)
        qsort(sorted, n, sizeof *sorted, by_doubt);
    for (uint32_t i = 0; i < n; i++)
        if (i == 0 || by_doubt(&sorted[i], &sorted[i - 1]) != 0)
            list[(*count)++] = sorted[i].item;
    return list;
}

static hedui_status collect(hedui_judged *judged, hedui_arena *arena, hedui_err *err)
{
    collector c = {judged->judges, judged->judge_count, arena, hedui_arena_open(0)};
    if (c.scratch) {
        judged->findings = collect_findings(&c, 0, &judged->finding_count);
        judged->overridden = collect_findings(&c, 1, &judged->overridden_count);
        judged->doubts = collect_doubts(&c, &judged->doubt_count);
    }
    hedui_arena_close(c.scratch);
    return judged->findings && judged->overridden && judged->doubts ? HEDUI_OK
                                                                    : hedui_fail_memory(err);
}

static hedui_status collect_gaps(hedui_judged *judged, worker *workers, uint32_t count,
                                 const hedui_rulebook *rulebook, hedui_arena *arena, hedui_err *err)
{
    const hedui_catalogue *catalogue = rulebook->catalogue;
    size_t cells = gap_count(rulebook), used = 0;
    for (size_t i = 0; i < cells; i++) { /* the first worker's counts become the sums */
        for (uint32_t w = 1; w < count; w++)
            workers[0].gaps[i] += workers[w].gaps[i];
        used += workers[0].gaps[i] != 0;
    }
    hedui_feed_gap *gaps = hedui_arena_array(arena, used, sizeof *gaps);
    if (!gaps)
        return hedui_fail_memory(err);
    for (size_t i = 0; i < cells; i++) {
        hedui_feed_gap gap = {.rule = (uint32_t)(i / catalogue->place_count),
                              .households = workers[0].gaps[i]};
        gap.source = hedui_catalogue_at_place(&gap.column, catalogue,
                                              (uint32_t)(i % catalogue->place_count));
        if (gap.households)
            gaps[judged->gap_count++] = gap;
    }
    judged->gaps = gaps;
    return HEDUI_OK;
}

static void run_ranges(worker *workers, int threads, uint32_t households,
                       hedui_household_answers *answers,
                       void (*tell)(void *context, int64_t done, int64_t total), void *context)
{
    uint32_t ranges = (households + RANGE - 1) / RANGE;
    int64_t done = 0;
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads) default(none)                   \
    shared(workers, ranges, households, answers, tell, context, done)
    for (uint32_t r = 0; r < ranges; r++) {
        judge_range(&workers[omp_get_thread_num()], r, households, answers);
        if (tell) {
#pragma omp critical(hedui_judge_progress)
            {
                done += RANGE;
                tell(context, done < households ? done : households, households);
            }
        }
    }
}

hedui_status hedui_judge_all(hedui_judged *judged, const hedui_rulebook *rulebook,
                             const hedui_book *book, const uint8_t *only, int threads,
                             void (*tell)(void *context, int64_t done, int64_t total),
                             void *context, const hedui_stop *stop, hedui_arena *arena,
                             hedui_err *err)
{
    uint32_t count = (uint32_t)threads, households = book->caseload->household_count;
    size_t cells = gap_count(rulebook);
    worker *workers = hedui_arena_array(arena, count, sizeof *workers);
    hedui_household_answers *answers = hedui_arena_array(arena, households, sizeof *answers);
    hedui_judge *judges = hedui_arena_array(arena, count, sizeof *judges);
    uint8_t *by = hedui_arena_array(arena, rulebook->rule_count, 1);
    hedui_status status = HEDUI_OK;
    memset(judged, 0, sizeof *judged);
    if (!workers || !answers || !judges || !by)
        return hedui_fail_memory(err);
    for (uint32_t r = 0; r < rulebook->rule_count; r++)
        by[r] = hedui_rule_standing(&rulebook->rules[r], book->prior, book->as_of) ==
                HEDUI_STANDING_JUDGED;
    judged->judges = judges;
    judged->judge_count = count;
    judged->answers = answers;
    judged->only = only;
    for (uint32_t i = 0; i < count && !status; i++) {
        workers[i] =
            (worker){&judges[i], stop,      only, hedui_arena_array(arena, cells, sizeof(int64_t)),
                     by,         HEDUI_NONE};
        status = hedui_judge_open(&judges[i], rulebook, book);
        if (!workers[i].gaps)
            status = HEDUI_E1001;
    }
    if (!status) {
        const worker *first = NULL;
        run_ranges(workers, threads, households, answers, tell, context);
        for (uint32_t i = 0; i < count; i++)
            if (judges[i].err.status && (!first || workers[i].failed_at < first->failed_at))
                first = &workers[i];
        if (first) {
            status = first->judge->err.status;
            if (err && err->status == HEDUI_OK)
                *err = first->judge->err;
        }
    } else {
        (void)hedui_fail_memory(err);
    }
    if (!status)
        status = collect(judged, arena, err);
    if (!status)
        status = collect_gaps(judged, workers, count, rulebook, arena, err);
    if (status)
        hedui_judged_close(judged);
    return status;
}

void hedui_judged_give(hedui_judged *judged, hedui_arena *arena)
{
    for (uint32_t i = 0; i < judged->judge_count; i++) {
        hedui_arena_adopt(arena, judged->judges[i].results);
        judged->judges[i].results = NULL;
    }
}

void hedui_judged_close(hedui_judged *judged)
{
    for (uint32_t i = 0; i < judged->judge_count; i++)
        hedui_judge_close(&judged->judges[i]);
    judged->judge_count = 0;
}
