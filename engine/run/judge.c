/* Region 2: the households of a part in ranges, each thread with a judge of its own. What the
 * judges found is sorted by what it is, so that neither the number of threads nor their timing
 * shows. */
#include "run/judge.h"

#include <omp.h>
#include <stdlib.h>

enum { RANGE = 128 };

static size_t gap_count(const hedui_rulebook *rulebook)
{
    return (size_t)rulebook->rule_count * rulebook->catalogue->place_count;
}

/* Per judge, beside it: how many households each rule and place left unanswered. */
typedef struct hedui_judge_worker {
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

/* The households of a part that a thread takes at a time. */
typedef struct range {
    uint32_t from, to;
    hedui_household_answers *answers; /* of `from` */
} range;

static void judge_range(worker *w, const range *r)
{
    for (uint32_t h = r->from; h < r->to && !w->judge->err.status; h++)
        if (!w->only || w->only[h])
            judge_household(w, h, &r->answers[h - r->from]);
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
    int judge_count;
    hedui_arena *arena, *scratch;
} collector;

/* @return the list in order, NULL without memory. */
static const hedui_finding **collect_findings(const collector *c, int overridden, uint32_t *count)
{
    uint32_t n = 0;
    *count = 0;
    for (int i = 0; i < c->judge_count; i++)
        *count += overridden ? c->judges[i].overridden_count : c->judges[i].finding_count;
    sorting *sorted = hedui_arena_array(c->scratch, *count, sizeof *sorted);
    const hedui_finding **list = hedui_arena_array(c->arena, *count, sizeof *list);
    if (!sorted || !list)
        return NULL;
    for (int i = 0; i < c->judge_count; i++)
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
    for (int i = 0; i < c->judge_count; i++)
        most += c->judges[i].doubt_count;
    sorting *sorted = hedui_arena_array(c->scratch, most, sizeof *sorted);
    const hedui_doubt **list = hedui_arena_array(c->arena, most, sizeof *list);
    if (!sorted || !list)
        return NULL;
    for (int i = 0; i < c->judge_count; i++)
        for (const hedui_doubt *d = c->judges[i].doubts; d; d = d->next)
            sorted[n++] = (sorting){d->household, d->rule, d};
    if (n)
        qsort(sorted, n, sizeof *sorted, by_doubt);
    for (uint32_t i = 0; i < n; i++)
        if (i == 0 || by_doubt(&sorted[i], &sorted[i - 1]) != 0)
            list[(*count)++] = sorted[i].item;
    return list;
}

static hedui_status collect(hedui_judged *judged, const hedui_judges *judges, hedui_arena *arena,
                            hedui_err *err)
{
    collector c = {judges->list, judges->count, arena, hedui_arena_open(0)};
    if (c.scratch) {
        judged->findings = collect_findings(&c, 0, &judged->finding_count);
        judged->overridden = collect_findings(&c, 1, &judged->overridden_count);
        judged->doubts = collect_doubts(&c, &judged->doubt_count);
    }
    hedui_arena_close(c.scratch);
    return judged->findings && judged->overridden && judged->doubts ? HEDUI_OK
                                                                    : hedui_fail_memory(err);
}

hedui_status hedui_judges_open(hedui_judges *judges, const hedui_rulebook *rulebook,
                               const hedui_book *book, const uint8_t *only, int threads,
                               void (*tell)(void *context, int64_t done, int64_t total),
                               void *context, const hedui_stop *stop, hedui_arena *arena,
                               hedui_err *err)
{
    size_t cells = gap_count(rulebook), count = (size_t)threads;
    uint8_t *by = hedui_arena_array(arena, rulebook->rule_count, 1);
    *judges = (hedui_judges){.list = hedui_arena_array(arena, count, sizeof *judges->list),
                             .workers = hedui_arena_array(arena, count, sizeof *judges->workers),
                             .rulebook = rulebook,
                             .households = book->caseload->household_count,
                             .tell = tell,
                             .context = context};
    if (!by || !judges->list || !judges->workers)
        return hedui_fail_memory(err);
    for (uint32_t r = 0; r < rulebook->rule_count; r++)
        by[r] = hedui_rule_standing(&rulebook->rules[r], book->prior, book->as_of) ==
                HEDUI_STANDING_JUDGED;
    for (; judges->count < threads; judges->count++) {
        worker *w = &judges->workers[judges->count];
        *w = (worker){.judge = &judges->list[judges->count],
                      .stop = stop,
                      .only = only,
                      .gaps = hedui_arena_array(arena, cells, sizeof *w->gaps),
                      .judged = by,
                      .failed_at = HEDUI_NONE};
        if (hedui_judge_open(w->judge, rulebook, book) || !w->gaps) {
            hedui_judge_close(w->judge);
            return hedui_fail_memory(err);
        }
    }
    return HEDUI_OK;
}

/* The calling thread first does what is to be done meanwhile. */
static hedui_status run_ranges(hedui_judges *judges, const hedui_judged *part,
                               hedui_household_answers *answers, const hedui_meanwhile *meanwhile,
                               hedui_err *err)
{
    uint32_t ranges = (part->to - part->from + RANGE - 1) / RANGE;
    hedui_status status = HEDUI_OK;
#pragma omp parallel num_threads(judges->count) default(none)                                      \
    shared(judges, part, ranges, answers, meanwhile, status, err)
    {
#pragma omp master
        if (meanwhile)
            status = meanwhile->work(meanwhile->context, err);
#pragma omp for schedule(dynamic, 1)
        for (uint32_t i = 0; i < ranges; i++) {
            uint32_t from = part->from + i * RANGE;
            uint32_t to = part->to - from < RANGE ? part->to : from + RANGE;
            const range one = {from, to, answers + (from - part->from)};
            judge_range(&judges->workers[omp_get_thread_num()], &one);
            if (judges->tell) {
#pragma omp critical(hedui_judge_progress)
                {
                    judges->done += to - from;
                    judges->tell(judges->context, judges->done, judges->households);
                }
            }
        }
    }
    return status;
}

hedui_status hedui_judges_part(hedui_judged *judged, hedui_judges *judges, uint32_t from,
                               uint32_t to, hedui_arena *const *arenas,
                               const hedui_meanwhile *meanwhile, hedui_err *err)
{
    const worker *first = NULL;
    hedui_household_answers *answers = hedui_arena_array(arenas[0], to - from, sizeof *answers);
    *judged = (hedui_judged){.from = from, .to = to, .answers = answers};
    if (!answers)
        return hedui_fail_memory(err);
    for (int i = 0; i < judges->count; i++)
        hedui_judge_keep_in(&judges->list[i], arenas[i]);
    hedui_status status = run_ranges(judges, judged, answers, meanwhile, err);
    for (int i = 0; i < judges->count; i++)
        if (judges->list[i].err.status &&
            (!first || judges->workers[i].failed_at < first->failed_at))
            first = &judges->workers[i];
    if (!status && first) {
        status = first->judge->err.status;
        if (err && err->status == HEDUI_OK)
            *err = first->judge->err;
    }
    return status ? status : collect(judged, judges, arenas[0], err);
}

hedui_status hedui_judges_gaps(const hedui_feed_gap **gaps, uint32_t *count,
                               const hedui_judges *judges, hedui_arena *arena, hedui_err *err)
{
    const hedui_catalogue *catalogue = judges->rulebook->catalogue;
    size_t cells = gap_count(judges->rulebook), used = 0;
    int64_t *sums = hedui_arena_array(arena, cells, sizeof *sums);
    for (size_t i = 0; sums && i < cells; i++) {
        for (int w = 0; w < judges->count; w++)
            sums[i] += judges->workers[w].gaps[i];
        used += sums[i] != 0;
    }
    hedui_feed_gap *list = hedui_arena_array(arena, used, sizeof *list);
    if (!sums || !list)
        return hedui_fail_memory(err);
    *count = 0;
    for (size_t i = 0; i < cells; i++) {
        hedui_feed_gap gap = {.rule = (uint32_t)(i / catalogue->place_count),
                              .households = sums[i]};
        gap.source = hedui_catalogue_at_place(&gap.column, catalogue,
                                              (uint32_t)(i % catalogue->place_count));
        if (gap.households)
            list[(*count)++] = gap;
    }
    *gaps = list;
    return HEDUI_OK;
}

void hedui_judges_close(hedui_judges *judges)
{
    for (int i = 0; i < judges->count; i++)
        hedui_judge_close(&judges->list[i]);
    judges->count = 0;
}
