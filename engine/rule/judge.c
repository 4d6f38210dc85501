/* One household, one rule.
 *
 * The condition is evaluated stopping early; only what came out true is evaluated a second time
 * without stopping, for evidence, and a third time with weak matches taken for unknown: if it is
 * then no longer certain, the flag can be no more than a review. */
#include "rule/judge.h"
#include "rule/doubt.h"
#include "rule/proof.h"

hedui_status hedui_judge_open(hedui_judge *judge, const hedui_rulebook *rulebook,
                              const hedui_book *book)
{
    memset(judge, 0, sizeof *judge);
    hedui_err_init(&judge->err);
    hedui_buffer_init(&judge->key);
    judge->rulebook = rulebook;
    judge->book = book;
    judge->own_arena = hedui_arena_open(0);
    judge->scratch = hedui_arena_open(0);
    judge->digester = hedui_digester_open();
    size_t slots = (size_t)rulebook->slot_count + 1;
    if (!judge->own_arena || !judge->scratch || !judge->digester)
        return hedui_fail_memory(&judge->err);
    judge->variables = hedui_arena_array(judge->own_arena, slots, sizeof(hedui_cel_value));
    judge->memo = hedui_arena_array(judge->own_arena, slots, sizeof(hedui_cel_value));
    judge->missed = hedui_arena_array(judge->own_arena, rulebook->catalogue->place_count, 1);
    if (!judge->variables || !judge->memo || !judge->missed)
        return hedui_fail_memory(&judge->err);
    hedui_judge_keep_in(judge, judge->own_arena);
    judge->the_case = (hedui_case){.catalogue = rulebook->catalogue,
                                   .book = book,
                                   .arena = judge->scratch,
                                   .member_value = hedui_judge_member_value,
                                   .supporter_value = hedui_judge_supporter_value,
                                   .packs = judge};
    return HEDUI_OK;
}

void hedui_judge_keep_in(hedui_judge *judge, hedui_arena *arena)
{
    judge->results = arena;
    judge->findings = judge->overridden = NULL;
    judge->doubts = NULL;
    judge->finding_count = judge->overridden_count = judge->doubt_count = 0;
    judge->last_finding = &judge->findings;
    judge->last_overridden = &judge->overridden;
    judge->last_doubt = &judge->doubts;
}

void hedui_judge_close(hedui_judge *judge)
{
    hedui_arena_close(judge->own_arena);
    hedui_arena_close(judge->scratch);
    hedui_digester_close(judge->digester);
    hedui_buffer_free(&judge->key);
    memset(judge, 0, sizeof *judge);
}

static void forget(hedui_judge *j)
{
    for (uint32_t i = 0; i < j->rulebook->slot_count; i++)
        j->memo[i] = hedui_cel_lazy();
    j->own = NULL;
    j->the_case.lists = NULL;
}

enum { PROGRAMME, URBAN_RURAL, STATUS }; /* in judge->codes */

void hedui_judge_household(hedui_judge *judge, uint32_t household)
{
    static const hedui_arena_mark start = {NULL, 0};
    const hedui_caseload *c = judge->book->caseload;
    hedui_arena_reset(judge->scratch, start);
    judge->the_case.household = household;
    judge->the_case.strong_only = 0;
    judge->overridden_since = judge->last_overridden;
    forget(judge);
    for (uint32_t i = 0; i <= judge->rulebook->slot_count; i++)
        judge->variables[i] = hedui_cel_lazy();
    judge->variables[judge->rulebook->household_slot] = hedui_catalogue_household(&judge->the_case);
    judge->variables[judge->rulebook->as_of_slot] = hedui_cel_date(judge->book->as_of);
    judge->codes[PROGRAMME] = hedui_household_code(c, household, HEDUI_HOUSEHOLD_PROGRAMME);
    judge->codes[URBAN_RURAL] = hedui_household_code(c, household, HEDUI_HOUSEHOLD_URBAN_RURAL);
    judge->codes[STATUS] = hedui_household_code(c, household, HEDUI_HOUSEHOLD_STATUS);
}

static int listed(const hedui_yaml_texts *texts, hedui_span code)
{
    for (uint32_t i = 0; i < texts->count; i++)
        if (hedui_span_equal(texts->items[i], code))
            return 1;
    return texts->count == 0;
}

int hedui_judge_applies(const hedui_judge *j, const hedui_applies_to *to)
{
    return listed(&to->programme, j->codes[PROGRAMME]) &&
           listed(&to->urban_rural, j->codes[URBAN_RURAL]) && listed(&to->status, j->codes[STATUS]);
}

/* What an answer is about. Its key or token is a digest, and most elements are never named. */
typedef struct topic {
    hedui_cel_value element;
    hedui_span subject; /* once asked for */
    int named;
} topic;

/* @return 1, or 0 with j->err set. */
static int name_topic(hedui_judge *j, topic *t)
{
    if (!t->named && hedui_proof_subject(&t->subject, j, t->element))
        return 0;
    t->named = 1;
    return 1;
}

static void add_doubt(hedui_judge *j, uint32_t rule, topic *about, hedui_cel_reason reason)
{
    int of_feed = reason.kind <= HEDUI_CAUSE_REFUSED ||
                  (reason.kind == HEDUI_CAUSE_NOT_ASKED && reason.row == HEDUI_NONE);
    int of_column = reason.kind == HEDUI_CAUSE_NO_COLUMN;
    if ((of_feed || of_column) && reason.source < hedui_judge_sources(j->book)) {
        uint32_t column = of_column ? reason.field : HEDUI_COLUMN_NONE;
        j->missed[hedui_catalogue_place(j->rulebook->catalogue, reason.source, column)] = 1;
        j->misses = 1;
        return;
    }
    if (!name_topic(j, about))
        return;
    hedui_doubt *doubt = hedui_arena_take(j->results, sizeof *doubt);
    hedui_span kept = hedui_arena_copy(j->results, about->subject);
    if (!doubt || !kept.at) {
        (void)hedui_fail_memory(&j->err);
        return;
    }
    *doubt = (hedui_doubt){j->the_case.household, rule, kept, reason, NULL};
    *j->last_doubt = doubt;
    j->last_doubt = &doubt->next;
    j->doubt_count++;
}

/* What is undetermined is an unknown with its reasons, see hedui_doubt_of, or a want of memory. */
static void add_doubts(hedui_judge *j, uint32_t rule, topic *about, hedui_cel_value value)
{
    if (value.kind != HEDUI_CEL_UNKNOWN)
        (void)hedui_fail_memory(&j->err);
    for (uint32_t i = 0; value.kind == HEDUI_CEL_UNKNOWN && i < value.count; i++)
        add_doubt(j, rule, about, value.as.reasons[i]);
}

static int is_true(hedui_cel_value value)
{
    return value.kind == HEDUI_CEL_BOOL && value.as.boolean;
}

static hedui_cel_value evaluate(hedui_judge *j, const hedui_cel_program *program)
{
    hedui_cel_input input = hedui_judge_input(j, j->variables);
    hedui_cel_value v = hedui_cel_eval(program, &input, j->scratch);
    return v.kind == HEDUI_CEL_ERROR ? hedui_doubt_of(j, program, j->variables, v) : v;
}

/* An exemption that may hold leaves the rule open. */
hedui_cel_value hedui_judge_condition(hedui_judge *j, const hedui_rule *rule)
{
    hedui_cel_value result = evaluate(j, rule->when);
    if (!is_true(result) && !hedui_cel_undetermined(result))
        return result;
    for (uint32_t i = 0; i < rule->unless_count; i++) {
        if (!rule->unless[i].is)
            continue;
        hedui_cel_value exempt = evaluate(j, rule->unless[i].is);
        if (is_true(exempt))
            return hedui_cel_bool(0);
        if (!hedui_cel_undetermined(exempt))
            continue;
        result = hedui_cel_undetermined(result)
                     ? hedui_cel_unknown_merge(result, exempt, j->scratch)
                     : exempt;
    }
    return result;
}

/* 1 if the condition is still certain when rows of weak matches count as unknown. */
static int holds_without_weak(hedui_judge *j, const hedui_rule *rule, hedui_cel_value element)
{
    int holds;
    if (hedui_proof_is_weak(j, element))
        return 0;
    j->the_case.strong_only = 1;
    forget(j);
    holds = is_true(hedui_judge_condition(j, rule));
    j->the_case.strong_only = 0;
    forget(j);
    return holds;
}

int hedui_rule_allows_override(const hedui_rule *rule)
{
    const hedui_unless *unless = rule->text->unless.items;
    for (uint32_t i = 0; i < rule->text->unless.count; i++)
        if (unless[i].override_allowed)
            return 1;
    return 0;
}

/* Facts first: what was decided on is not what is found any more, whatever else may be said. */
static hedui_override_state state_of(const hedui_judge *j, const hedui_rule *rule,
                                     const hedui_finding *f)
{
    if (!f->override)
        return HEDUI_OVERRIDE_NONE;
    if (f->override->revoked)
        return HEDUI_OVERRIDE_REVOKED;
    if (memcmp(&f->override->content, &f->content, sizeof f->content) != 0)
        return HEDUI_OVERRIDE_CHANGED;
    if (j->book->as_of > f->override->until)
        return HEDUI_OVERRIDE_EXPIRED;
    return hedui_rule_allows_override(rule) ? HEDUI_OVERRIDE_HOLDS : HEDUI_OVERRIDE_NOT_ALLOWED;
}

/* @return 1 if it is a flag (or a tag), 0 if an override holds for it. */
static int file_finding(hedui_judge *j, const hedui_rule *rule, hedui_finding *f)
{
    hedui_span household = j->book->caseload->households[f->household].id;
    f->override = hedui_prior_override(j->book->prior, household, rule->text->id, f->subject);
    f->override_state = state_of(j, rule, f);
    if (f->override_state == HEDUI_OVERRIDE_HOLDS) {
        *j->last_overridden = f;
        j->last_overridden = &f->next;
        j->overridden_count++;
        return 0;
    }
    *j->last_finding = f;
    j->last_finding = &f->next;
    j->finding_count++;
    return 1;
}

static int add_finding(hedui_judge *j, uint32_t index, hedui_cel_value element, hedui_span subject)
{
    const hedui_rule *rule = &j->rulebook->rules[index];
    hedui_finding *finding = hedui_arena_take(j->results, sizeof *finding);
    hedui_span kept = hedui_arena_copy(j->results, subject);
    hedui_cel_input input = hedui_judge_input(j, j->variables);
    if (!finding || !kept.at) {
        (void)hedui_fail_memory(&j->err);
        return 0;
    }
    finding->household = j->the_case.household;
    finding->rule = index;
    finding->subject = kept;
    finding->effect = rule->text->effect;
    finding->member = hedui_proof_member(j, element);
    if (rule->who) {
        hedui_cel_value who = hedui_cel_eval(rule->who, &input, j->scratch);
        finding->member = who.kind == HEDUI_CEL_RECORD ? who.count : HEDUI_NONE;
    }
    if (hedui_proof_collect(finding, j, rule, element) ||
        hedui_proof_message(&finding->message, j, rule))
        return 0;
    int more_than_review = finding->effect != HEDUI_EFFECT_REVIEW &&
                           finding->effect != HEDUI_EFFECT_INFORM &&
                           finding->effect != HEDUI_EFFECT_INCLUDE;
    if (more_than_review && !holds_without_weak(j, rule, element)) {
        finding->capped = 1;
        finding->effect = HEDUI_EFFECT_REVIEW;
    }
    return file_finding(j, rule, finding);
}

/* A row about two people of the household (husband and wife) comes as two elements with one key; it
 * is one thing and makes one finding. */
static int is_told(const hedui_judge *j, uint32_t rule, const hedui_finding *since,
                   hedui_span subject)
{
    for (const hedui_finding *f = since; f; f = f->next)
        if (f->household == j->the_case.household && f->rule == rule && subject.length &&
            hedui_span_equal(f->subject, subject))
            return 1;
    return 0;
}

static hedui_answer judge_element(hedui_judge *j, uint32_t index, hedui_cel_value element,
                                  const hedui_finding *const *since)
{
    topic about = {.element = element};
    if ((*since || *j->overridden_since) && !name_topic(j, &about))
        return HEDUI_ANSWER_UNDETERMINED;
    if (is_told(j, index, *since, about.subject))
        return HEDUI_ANSWER_YES;
    if (is_told(j, index, *j->overridden_since, about.subject))
        return HEDUI_ANSWER_NO;
    hedui_cel_value value = hedui_judge_condition(j, &j->rulebook->rules[index]);
    if (is_true(value)) {
        if (!name_topic(j, &about))
            return HEDUI_ANSWER_UNDETERMINED;
        return add_finding(j, index, element, about.subject) ? HEDUI_ANSWER_YES : HEDUI_ANSWER_NO;
    }
    if (!hedui_cel_undetermined(value))
        return HEDUI_ANSWER_NO;
    add_doubts(j, index, &about, value);
    return HEDUI_ANSWER_UNDETERMINED;
}

static hedui_answer judge_each(hedui_judge *j, uint32_t index)
{
    topic none = {.subject = {"", 0}, .named = 1};
    const hedui_rule *rule = &j->rulebook->rules[index];
    hedui_cel_value list = evaluate(j, rule->each);
    hedui_answer answer = HEDUI_ANSWER_NO;
    const hedui_finding *const *since = j->last_finding; /* what is found from here on */
    if (list.kind != HEDUI_CEL_LIST) {
        add_doubts(j, index, &none, list);
        return HEDUI_ANSWER_UNDETERMINED;
    }
    for (uint32_t i = 0; i < list.count && !j->err.status; i++) {
        hedui_answer one = HEDUI_ANSWER_UNDETERMINED;
        if (hedui_cel_undetermined(list.as.items[i])) {
            add_doubts(j, index, &none, list.as.items[i]);
        } else {
            j->variables[rule->each_slot] = list.as.items[i];
            one = judge_element(j, index, list.as.items[i], since);
        }
        if (one == HEDUI_ANSWER_YES || answer == HEDUI_ANSWER_NO)
            answer = one;
    }
    j->variables[rule->each_slot] = hedui_cel_lazy();
    return answer;
}

hedui_answer hedui_judge_rule(hedui_judge *judge, uint32_t rule)
{
    const hedui_rule *r = &judge->rulebook->rules[rule];
    if (judge->misses)
        memset(judge->missed, 0, judge->rulebook->catalogue->place_count);
    judge->misses = 0;
    if (judge->book->caseload->households[judge->the_case.household].conflicting) {
        /* not even whether the rule applies is sure */
        hedui_cel_reason reason = {HEDUI_CAUSE_CASELOAD,
                                   (uint16_t)judge->rulebook->catalogue->feed_count, 0, HEDUI_NONE};
        topic none = {.subject = {"", 0}, .named = 1};
        add_doubt(judge, rule, &none, reason);
        return HEDUI_ANSWER_UNDETERMINED;
    }
    if (!hedui_judge_applies(judge, &r->text->applies_to))
        return HEDUI_ANSWER_OUT_OF_SCOPE;
    return r->each ? judge_each(judge, rule)
                   : judge_element(judge, rule, hedui_cel_null(), judge->last_finding);
}
