/* The account of a household.
 *
 * What a rule answered is what the judge answers; this file only tells it, part by part, with the
 * same programs and the same rows. Values and parameters are met while conditions are told and
 * stand once, however many rules use them. */
#include "rule/account.h"
#include "rule/accounting.h"

void hedui_accounting_put(accounting *a, accounting_set *set, uint32_t item)
{
    for (uint32_t i = 0; i < set->count; i++)
        if (set->items[i] == item)
            return;
    if (set->count == set->capacity) {
        uint32_t capacity = set->capacity ? set->capacity * 2 : 8;
        uint32_t *larger = hedui_accounting_room(a, capacity, sizeof *larger);
        if (!larger)
            return;
        if (set->count)
            memcpy(larger, set->items, set->count * sizeof *larger);
        set->items = larger;
        set->capacity = capacity;
    }
    set->items[set->count++] = item;
}

/* --- one condition ---------------------------------------------------------------------------- */

static void tell_unless(hedui_account_judgement *to, accounting *a, const hedui_rule *rule)
{
    hedui_account_unless *list = hedui_accounting_room(a, rule->unless_count, sizeof *list);
    hedui_cel_input input = hedui_judge_input(a->j, a->j->variables);
    for (uint32_t i = 0; list && i < rule->unless_count; i++) {
        const hedui_rule_unless *from = &rule->unless[i];
        list[i] = (hedui_account_unless){.title = hedui_accounting_keep(a, from->text->title),
                                         .manual = hedui_accounting_keep(a, from->text->manual),
                                         .recorded = from->text->override_allowed,
                                         .figure = {.truth = -1, .count = -1}};
        if (!from->is)
            continue;
        list[i].figure = hedui_accounting_figure(a, hedui_cel_eval(from->is, &input, a->j->scratch),
                                                 (hedui_span){"", 0}, 0);
        hedui_accounting_parts(&list[i].parts, &list[i].part_count, a, from->is, a->j->variables);
    }
    to->unless = list;
    to->unless_count = list ? rule->unless_count : 0;
}

/* @return whether it holds: 0, 1, or -1 if nobody knows. */
static int tell_judgement(hedui_account_judgement *to, accounting *a, const hedui_rule *rule,
                          hedui_cel_value element, hedui_span subject)
{
    static const hedui_span none = {"", 0};
    hedui_judge *j = a->j;
    hedui_cel_input input = hedui_judge_input(j, j->variables);
    hedui_cel_value outcome = hedui_judge_condition(j, rule);
    to->subject = hedui_accounting_keep(a, subject);
    if (element.kind == HEDUI_CEL_RECORD)
        to->row = hedui_accounting_row(a, element.as.row.type, element.count);
    to->outcome = hedui_accounting_figure(a, outcome, none, 0);
    to->figure =
        hedui_accounting_figure(a, hedui_cel_eval(rule->when, &input, j->scratch), none, 0);
    hedui_accounting_parts(&to->parts, &to->part_count, a, rule->when, j->variables);
    tell_unless(to, a, rule);
    return outcome.kind == HEDUI_CEL_BOOL ? outcome.as.boolean != 0 : -1;
}

/* --- one rule --------------------------------------------------------------------------------- */

static int is_told(const hedui_account_rule *to, hedui_span subject)
{
    for (size_t i = 0; i < to->judgement_count; i++)
        if (subject.length && to->judgements[i].outcome.truth == 1 &&
            hedui_span_equal(to->judgements[i].subject, subject))
            return 1;
    return 0;
}

static hedui_answer tell_each(hedui_account_rule *to, accounting *a, const hedui_rule *rule)
{
    static const hedui_span none = {"", 0};
    hedui_judge *j = a->j;
    hedui_cel_input input = hedui_judge_input(j, j->variables);
    hedui_cel_value list = hedui_cel_eval(rule->each, &input, j->scratch);
    hedui_answer answer = HEDUI_ANSWER_NO;
    to->has_each = 1;
    to->each = hedui_accounting_figure(a, list, none, 0);
    if (list.kind != HEDUI_CEL_LIST)
        return HEDUI_ANSWER_UNDETERMINED;
    hedui_account_judgement *made = hedui_accounting_room(a, list.count, sizeof *made);
    to->judgements = made;
    for (uint32_t i = 0; made && i < list.count; i++) {
        hedui_cel_value element = list.as.items[i];
        hedui_account_judgement *one = &made[to->judgement_count];
        hedui_span subject = none;
        int holds = -1;
        one->subject = none;
        if (hedui_cel_undetermined(element)) {
            one->outcome = one->figure = hedui_accounting_figure(a, element, none, 0);
        } else {
            j->variables[rule->each_slot] = element;
            a->failed |= hedui_proof_subject(&subject, j, element) != HEDUI_OK;
            if (is_told(to, subject))
                continue; /* husband and wife: one row, one thing */
            holds = tell_judgement(one, a, rule, element, subject);
        }
        to->judgement_count++;
        if (holds == 1 || (answer == HEDUI_ANSWER_NO && holds < 0))
            answer = holds == 1 ? HEDUI_ANSWER_YES : HEDUI_ANSWER_UNDETERMINED;
    }
    j->variables[rule->each_slot] = hedui_cel_lazy();
    return answer;
}

static hedui_answer tell_conflict(hedui_account_rule *to, accounting *a)
{
    static const hedui_span none = {"", 0};
    hedui_cel_reason reason = {HEDUI_CAUSE_CASELOAD,
                               (uint16_t)a->j->rulebook->catalogue->feed_count, 0, HEDUI_NONE};
    hedui_account_judgement *one = hedui_accounting_room(a, 1, sizeof *one);
    if (one) {
        one->subject = none;
        one->outcome = one->figure =
            hedui_accounting_figure(a, hedui_cel_unknown(&reason, 1), none, 0);
        to->judgements = one;
        to->judgement_count = 1;
    }
    return HEDUI_ANSWER_UNDETERMINED;
}

static hedui_answer tell_answer(hedui_account_rule *to, accounting *a, const hedui_rule *rule)
{
    const hedui_household *household = &a->j->book->caseload->households[a->j->the_case.household];
    if (household->conflicting)
        return tell_conflict(to, a);
    if (!hedui_judge_applies(a->j, &rule->text->applies_to))
        return HEDUI_ANSWER_OUT_OF_SCOPE;
    if (rule->each)
        return tell_each(to, a, rule);
    hedui_account_judgement *one = hedui_accounting_room(a, 1, sizeof *one);
    if (!one)
        return HEDUI_ANSWER_UNDETERMINED;
    to->judgements = one;
    to->judgement_count = 1;
    int holds = tell_judgement(one, a, rule, hedui_cel_null(), (hedui_span){"", 0});
    return holds == 1 ? HEDUI_ANSWER_YES : holds == 0 ? HEDUI_ANSWER_NO : HEDUI_ANSWER_UNDETERMINED;
}

/* What it read and what that rests on; the list grows while it is walked. */
static void close_uses(hedui_account_rule *to, accounting *a, accounting_uses *uses)
{
    for (uint32_t i = 0; i < uses->values.count; i++) {
        const accounting_uses *below = &a->values[uses->values.items[i]]->uses;
        for (uint32_t k = 0; k < below->values.count; k++)
            hedui_accounting_put(a, &uses->values, below->values.items[k]);
        for (uint32_t k = 0; k < below->parameters.count; k++)
            hedui_accounting_put(a, &uses->parameters, below->parameters.items[k]);
    }
    to->values = uses->values.items;
    to->value_count = uses->values.count;
    to->parameters = uses->parameters.items;
    to->parameter_count = uses->parameters.count;
}

static const char *answer_word(hedui_answer answer, const hedui_rule *rule)
{
    switch (answer) {
    case HEDUI_ANSWER_YES:
        return hedui_rule_is_tag(rule) ? "tagged" : "flagged";
    case HEDUI_ANSWER_NO:
        return "clear";
    case HEDUI_ANSWER_UNDETERMINED:
        return "undetermined";
    case HEDUI_ANSWER_OUT_OF_SCOPE:
        break;
    }
    return "not_applicable";
}

static void tell_rule(hedui_account_rule *to, accounting *a, const hedui_rule *rule)
{
    accounting_uses uses = {{NULL, 0, 0}, {NULL, 0, 0}};
    *to = (hedui_account_rule){.id = hedui_accounting_keep(a, rule->text->id),
                               .title = hedui_accounting_keep(a, rule->text->title),
                               .pack = hedui_accounting_keep(a, rule->pack->id),
                               .basis = hedui_accounting_basis(a, rule->pack, &rule->text->basis),
                               .ask = hedui_accounting_keep(a, rule->text->ask),
                               .clears = hedui_accounting_keep(a, rule->text->clears),
                               .manual = hedui_accounting_keep(a, rule->text->manual),
                               .each = {.truth = -1, .count = -1}};
    a->uses = &uses;
    to->answer = hedui_span_of(answer_word(tell_answer(to, a, rule), rule));
    close_uses(to, a, &uses);
    a->uses = NULL;
    hedui_accounting_sources(to, a, rule);
}

/* --- the whole -------------------------------------------------------------------------------- */

static int is_told_of(const hedui_judge *j, const hedui_rule *rule)
{
    return hedui_rule_standing(rule, j->book->prior, j->book->as_of) == HEDUI_STANDING_JUDGED &&
           !rule->text->visit_sheet_only;
}

hedui_status hedui_account_make(const hedui_account **account, hedui_judge *judge,
                                uint32_t household, hedui_arena *arena)
{
    accounting a = {.j = judge, .arena = arena};
    const hedui_rulebook *book = judge->rulebook;
    hedui_account *made = hedui_accounting_room(&a, 1, sizeof *made);
    hedui_account_rule *rules = hedui_accounting_room(&a, book->rule_count, sizeof *rules);
    hedui_judge_household(judge, household);
    for (uint32_t r = 0; made && rules && r < book->rule_count; r++)
        if (is_told_of(judge, &book->rules[r]))
            tell_rule(&rules[made->rule_count++], &a, &book->rules[r]);
    hedui_account_value *values = hedui_accounting_room(&a, a.value_count, sizeof *values);
    hedui_account_parameter *parameters =
        hedui_accounting_room(&a, a.parameters.count, sizeof *parameters);
    for (uint32_t i = 0; values && i < a.value_count; i++)
        values[i] = a.values[i]->told;
    for (uint32_t i = 0; parameters && i < a.parameters.count; i++)
        parameters[i] = hedui_accounting_tell_parameter(&a, a.parameters.items[i]);
    if (a.failed || judge->err.status) {
        if (judge->err.status == HEDUI_OK)
            (void)hedui_fail_memory(&judge->err);
        return judge->err.status;
    }
    made->rules = rules;
    made->values = values;
    made->value_count = a.value_count;
    made->parameters = parameters;
    made->parameter_count = a.parameters.count;
    *account = made;
    return HEDUI_OK;
}
