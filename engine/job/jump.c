/* Whole numbers throughout: a change is beyond its limit or it is not, on every machine. */
#include "job/jump.h"

#include <hedui/buffer.h>
#include <hedui/store_run.h>

enum { WHOLE = 1000000 };
__extension__ typedef __int128 wide;

typedef struct jump {
    hedui_run_remark *holds;
    uint32_t count;
    const hedui_job_counts *counts;
    const hedui_publish *limits;
    const hedui_run_result *result;
    const hedui_store_run *last;
    hedui_arena *arena;
    int failed;
} jump;

static int is_beyond(const jump *j, int64_t before, int64_t now, int64_t share)
{
    int64_t change = now > before ? now - before : before - now;
    if (share < 0 || (before < j->limits->compare_from && now < j->limits->compare_from))
        return 0;
    return (wide)change * WHOLE > (wide)before * share;
}

/* 300000 as "30", 125000 as "12.5". */
static void add_percent(hedui_buffer *out, int64_t share)
{
    int digits = 4;
    int64_t rest = share % (WHOLE / 100);
    hedui_buffer_format(out, "%lld", (long long)(share / (WHOLE / 100)));
    for (; rest && rest % 10 == 0; digits--)
        rest /= 10;
    if (rest)
        hedui_buffer_format(out, ".%0*lld", digits, (long long)rest);
}

static void hold(jump *j, hedui_status number, hedui_span rule, int64_t before, int64_t now,
                 int64_t share)
{
    hedui_buffer text;
    hedui_buffer_init(&text);
    hedui_buffer_add(&text, rule);
    hedui_buffer_text(&text, rule.length ? "\t" : "");
    hedui_buffer_add(&text, j->last->id);
    hedui_buffer_format(&text, "\t%lld\t%lld\t", (long long)before, (long long)now);
    add_percent(&text, share);
    hedui_span kept = hedui_arena_copy(j->arena, hedui_buffer_span(&text));
    j->failed |= hedui_buffer_failed(&text) || !kept.at;
    hedui_buffer_free(&text);
    j->holds[j->count++] = (hedui_run_remark){(int)number, kept, HEDUI_RUN_HELD};
}

void hedui_job_count(hedui_job_counts *counts, const hedui_run_result *part)
{
    for (uint32_t i = 0; i < part->household_count; i++)
        counts->flagged += part->households[i].state == HEDUI_RUN_FLAGGED;
    for (uint32_t i = 0; i < part->flag_count; i++)
        counts->flags[part->flags[i].rule] += part->flags[i].effect != HEDUI_RUN_INFORM;
}

static void compare_households(jump *j)
{
    int64_t share = j->limits->flags_change, flagged = j->counts->flagged;
    if (is_beyond(j, j->last->flagged, flagged, share))
        hold(j, HEDUI_E4030, hedui_span_of(""), j->last->flagged, flagged, share);
}

static int64_t flags_of(const jump *j, hedui_span rule)
{
    for (uint32_t i = 0; i < j->result->rule_count; i++)
        if (hedui_span_equal(j->result->rules[i].id, rule))
            return j->counts->flags[i];
    return 0;
}

static int is_tag(hedui_span effect)
{
    return hedui_span_is(effect, "inform");
}

static const hedui_store_rule *find(const hedui_store_run *run, hedui_span id)
{
    for (size_t i = 0; i < run->rule_count; i++)
        if (hedui_span_equal(run->rules[i].id, id))
            return &run->rules[i];
    return NULL;
}

static void compare_rules(jump *j)
{
    int64_t share = j->limits->rule_change;
    for (size_t i = 0; share >= 0 && i < j->last->rule_count; i++) {
        const hedui_store_rule *rule = &j->last->rules[i];
        int64_t before = is_tag(rule->effect) ? 0 : rule->flags;
        int64_t now = flags_of(j, rule->id);
        if (is_beyond(j, before, now, share))
            hold(j, HEDUI_E4031, rule->id, before, now, share);
    }
    for (uint32_t i = 0; share >= 0 && i < j->result->rule_count; i++) {
        const hedui_run_rule *rule = &j->result->rules[i];
        /* what stands on visit sheets only is in no list of the last run either */
        if (!rule->visit_sheet && !find(j->last, rule->id) &&
            is_beyond(j, 0, j->counts->flags[i], share))
            hold(j, HEDUI_E4031, rule->id, 0, j->counts->flags[i], share);
    }
}

static hedui_status find_last(const hedui_store_run **last, hedui_store *store, hedui_arena *arena,
                              hedui_err *err)
{
    const hedui_store_run *runs = NULL;
    size_t count = 0;
    *last = NULL;
    hedui_status status = hedui_store_run_list(&runs, &count, store, arena, err);
    for (size_t i = 0; !status && i < count && !*last; i++)
        if (hedui_span_is(runs[i].state, "published"))
            status = hedui_store_run_find(last, store, runs[i].id, arena, err);
    return status;
}

hedui_status hedui_job_jump(const hedui_run_remark **holds, uint32_t *count,
                            const hedui_publish *limits, const hedui_run_result *result,
                            const hedui_job_counts *counts, hedui_store *store, hedui_arena *arena,
                            hedui_err *err)
{
    jump j = {.limits = limits, .result = result, .counts = counts, .arena = arena};
    *holds = NULL;
    *count = 0;
    if (result->listed || (limits->flags_change < 0 && limits->rule_change < 0))
        return HEDUI_OK;
    hedui_status status = find_last(&j.last, store, arena, err);
    if (status || !j.last)
        return status;
    j.holds =
        hedui_arena_array(arena, j.last->rule_count + result->rule_count + 1, sizeof *j.holds);
    if (!j.holds)
        return hedui_fail_memory(err);
    compare_households(&j);
    compare_rules(&j);
    if (j.failed)
        return hedui_fail_memory(err);
    *holds = j.holds;
    *count = j.count;
    return HEDUI_OK;
}
