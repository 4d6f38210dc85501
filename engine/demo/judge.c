/* Kleene's three values with the reasons of what is not known. A reason counts only where the
 * answer hangs on it. */
#include "demo/judge.h"
#include "demo/judge_value.h"

const char *const hedui_demo_rule_names[HEDUI_DEMO_RULES] = {
    "VEH-01",   "DEATH-01", "DEATH-02", "INC-01",  "DEATH-03", "DEATH-04", "DEATH-05", "PENSION-01",
    "UNEMP-01", "FUND-01",  "BIZ-01",   "BIZ-02",  "HOME-01",  "HOME-02",  "INC-02",   "INC-03",
    "DIV-01",   "MOVE-01",  "AWAY-01",  "GRAD-01", "WORK-01",  "TIP-01",   "LONG-01",  "SIZE-01",
};

/* The rules behind those of the line, in the order of the names. */
static const struct further_rule {
    value (*judge)(const asked *a);
    int of_member, tag;
} further_rules[HEDUI_DEMO_RULES - HEDUI_DEMO_FURTHER_RULES] = {
    {hedui_demo_certified_dead, 1, 0},
    {hedui_demo_pension_ended_by_death, 1, 0},
    {hedui_demo_suspected_dead, 1, 0},
    {hedui_demo_draws_pension, 1, 0},
    {hedui_demo_draws_unemployment, 1, 0},
    {hedui_demo_pays_fund, 1, 0},
    {hedui_demo_runs_company, 1, 0},
    {hedui_demo_runs_shop, 1, 0},
    {hedui_demo_two_homes, 0, 0},
    {hedui_demo_premises, 0, 0},
    {hedui_demo_income_found, 0, 0},
    {hedui_demo_wages, 0, 0},
    {hedui_demo_divorced, 1, 1},
    {hedui_demo_moved, 1, 1},
    {hedui_demo_away, 1, 1},
    {hedui_demo_graduated, 1, 1},
    {hedui_demo_works_long, 1, 1},
    {hedui_demo_tipped, 1, 1},
    {hedui_demo_long_benefit, 0, 1},
    {hedui_demo_large, 0, 1},
};
enum { LONG_01 = HEDUI_DEMO_RULES - 2 };

static int is_tag(int rule)
{
    return rule >= HEDUI_DEMO_FURTHER_RULES && further_rules[rule - HEDUI_DEMO_FURTHER_RULES].tag;
}

const char *hedui_demo_reason_name(uint32_t bit)
{
    static const char *const names[] = {
        "not_supplied", "stale",       "refused",      "not_authorised", "rejected_row",
        "conflict",     "empty_field", "bad_field",    "parameter",      "caseload",
        "evaluation",   "not_asked",   "not_answered", "no_column",
    };
    return bit < sizeof names / sizeof *names ? names[bit] : NULL;
}

/* Take an element's value into the rule's answer; a lead if it is true. */
static void take(hedui_demo_answer *answer, value element, hedui_demo_lead lead)
{
    if (element.is == HEDUI_DEMO_YES)
        answer->leads[answer->lead_count++] = lead;
    else if (element.is == HEDUI_DEMO_UNKNOWN)
        answer->reasons |= element.reasons;
}

static void judge_vehicles(hedui_demo_answer *answer, const hedui_demo_case *made,
                           const hedui_demo_household *household)
{
    static const char kinds[] =
        "disability_vehicle|sole_livelihood_vehicle|vehicle_transferred|vehicle_gone";
    for (int m = 0; m < household->member_count; m++) {
        const hedui_demo_member *member = &household->members[m];
        if (!member->counted || member->reject || member->conflict)
            continue;
        if (!member->authorised)
            answer->reasons |= HEDUI_DEMO_NOT_AUTHORISED;
        for (int c = 0; member->authorised && c < member->car_count; c++) {
            const hedui_demo_car *car = &member->cars[c];
            hedui_demo_lead lead = {member, car, "review", 0};
            value kind = {car->kind, HEDUI_DEMO_BAD_FIELD},
                  owned = {car->owned, car->owned_reasons};
            hedui_span plate = hedui_span_of(car->plate_no);
            asked a = {made, household, member, NULL};
            if (car->other_document)
                continue;
            if (car->about.conflict || car->about.reject || car->about.doubted)
                answer->reasons |= HEDUI_DEMO_REJECTED_ROW;
            if (!car->about.reject &&
                !car->about.conflict && /* of two that disagree neither is right */
                !hedui_demo_exempt(&a, kinds, &plate, 1))
                take(answer, both(kind, owned), lead);
        }
    }
}

typedef struct death_facts {
    value confirmed, hinted;
    int weak; /* the confirmation rests on a weakly matched row */
} death_facts;

static int within_week(const hedui_demo_entry *entry, const hedui_demo_death *death)
{
    return entry->died_on - death->died_on <= 7 && death->died_on - entry->died_on <= 7;
}

/* The day of a cremation against the register's: known only if both are. */
static void weigh_pair(death_facts *facts, const hedui_demo_entry *entry,
                       const hedui_demo_death *death, int weak)
{
    if (death->about.reject) {
        facts->confirmed = either(facts->confirmed, unknown(HEDUI_DEMO_REJECTED_ROW));
    } else if (death->died_on == HEDUI_DEMO_NEVER) {
        facts->confirmed = either(facts->confirmed, unknown(death->died_reasons));
    } else if (within_week(entry, death)) {
        facts->confirmed = yes_no(1);
        facts->weak |= weak || death->about.weak;
    }
}

static void weigh_entry(death_facts *facts, const hedui_demo_member *member,
                        const hedui_demo_entry *entry, int weak)
{
    if (entry->about.reject || entry->about.conflict) { /* of two that disagree neither is right */
        facts->confirmed = either(facts->confirmed, unknown(HEDUI_DEMO_REJECTED_ROW));
        facts->hinted = either(facts->hinted, unknown(HEDUI_DEMO_REJECTED_ROW));
        return;
    }
    value for_death = yes_no(entry->reason == HEDUI_DEMO_CANCEL_DEATH);
    value no_reason = yes_no(entry->reason == HEDUI_DEMO_CANCEL_NONE);
    value cancelled = {entry->cancelled, entry->cancelled_reasons};
    int dated = entry->died_on != HEDUI_DEMO_NEVER;
    weak |= entry->about.weak;
    if (entry->reason == HEDUI_DEMO_CANCEL_UNREADABLE)
        for_death = no_reason = unknown(HEDUI_DEMO_BAD_FIELD);
    if (for_death.is == HEDUI_DEMO_YES)
        facts->weak |= weak;
    facts->confirmed = either(facts->confirmed, for_death);
    facts->hinted = either(facts->hinted, either(yes_no(dated), both(cancelled, no_reason)));
    for (int d = 0; dated && d < member->death_count; d++)
        weigh_pair(facts, entry, &member->deaths[d], weak);
}

static death_facts facts_of(const hedui_demo_member *member)
{
    death_facts facts = {yes_no(0), yes_no(0), 0};
    if (!member->authorised)
        facts.confirmed = facts.hinted = unknown(HEDUI_DEMO_NOT_AUTHORISED);
    for (int e = 0; member->authorised && e < member->entry_count; e++)
        weigh_entry(&facts, member, &member->entries[e], member->upgraded);
    for (int d = 0; member->authorised && d < member->death_count; d++)
        facts.hinted =
            either(facts.hinted,
                   member->deaths[d].about.reject ? unknown(HEDUI_DEMO_REJECTED_ROW) : yes_no(1));
    return facts;
}

void hedui_demo_deaths_of(value *confirmed, value *hinted, const hedui_demo_member *member)
{
    death_facts facts = facts_of(member);
    *confirmed = facts.confirmed;
    *hinted = facts.hinted;
}

static void judge_deaths(hedui_demo_answer *sure, hedui_demo_answer *perhaps,
                         const hedui_demo_household *household)
{
    for (int m = 0; m < household->member_count; m++) {
        const hedui_demo_member *member = &household->members[m];
        if (!member->counted || member->reject || member->conflict)
            continue;
        death_facts facts = facts_of(member);
        hedui_demo_lead dead = {member, NULL, facts.weak ? "review" : "exclude_person", facts.weak};
        hedui_demo_lead maybe = {member, NULL, "review", 0};
        take(sure, facts.confirmed, dead);
        take(perhaps, both(negate(facts.confirmed), facts.hinted), maybe);
    }
}

value hedui_demo_declared_reaches(const hedui_demo_household *household)
{
    int64_t sum = 0, counted = 0, standard = hedui_demo_standard(household);
    uint32_t reasons = 0;
    for (int m = 0; m < household->member_count; m++) {
        const hedui_demo_member *member = &household->members[m];
        if (!hedui_demo_counts(member))
            continue;
        counted++;
        if (member->income_fen == INT64_MIN)
            reasons |= member->income_reasons;
        else
            sum += member->income_fen;
    }
    if (household->lost_member || household->member_count == 0)
        return unknown(HEDUI_DEMO_CASELOAD);
    if (counted == 0)
        return yes_no(0);
    return !standard                   ? unknown(HEDUI_DEMO_PARAMETER)
           : sum >= standard * counted ? yes_no(1)
           : reasons                   ? unknown(reasons)
                                       : yes_no(0);
}

static void judge_income(hedui_demo_answer *answer, const hedui_demo_household *household)
{
    hedui_demo_lead lead = {NULL, NULL, "review", 0};
    take(answer, hedui_demo_declared_reaches(household), lead);
}

static void judge_further(hedui_demo_answer *answers, const hedui_demo_case *made,
                          const hedui_demo_household *household)
{
    for (int r = HEDUI_DEMO_FURTHER_RULES; r < HEDUI_DEMO_RULES; r++) {
        const struct further_rule *rule = &further_rules[r - HEDUI_DEMO_FURTHER_RULES];
        hedui_demo_lead lead = {NULL, NULL, rule->tag ? "inform" : "review", 0};
        asked a = {made, household, NULL, NULL};
        if (!rule->of_member)
            take(&answers[r], rule->judge(&a), lead);
        for (int m = 0; rule->of_member && m < household->member_count; m++) {
            a.member = lead.member = &household->members[m];
            if (hedui_demo_counts(a.member))
                take(&answers[r], rule->judge(&a), lead);
        }
    }
}

void hedui_demo_judge(hedui_demo_truth *truth, const hedui_demo_case *made,
                      const hedui_demo_household *household)
{
    memset(truth, 0, sizeof *truth);
    truth->in_scope =
        strcmp(household->programme, "低保") == 0 && strcmp(household->status, "已退出") != 0;
    truth->state = truth->in_scope ? "clear" : "out_of_scope";
    if (household->conflict) { /* not even whether a rule applies is sure */
        truth->in_scope = 1;
        truth->state = "unchecked";
        for (int r = 0; r < HEDUI_DEMO_RULES; r++) {
            truth->answers[r].reasons = HEDUI_DEMO_CASELOAD;
            truth->answers[r].outcome = HEDUI_DEMO_UNKNOWN;
        }
        return;
    }
    if (!truth->in_scope)
        return;
    hedui_demo_answer *answers = truth->answers;
    judge_vehicles(&answers[HEDUI_DEMO_VEH_01], made, household);
    judge_deaths(&answers[HEDUI_DEMO_DEATH_01], &answers[HEDUI_DEMO_DEATH_02], household);
    judge_income(&answers[HEDUI_DEMO_INC_01], household);
    judge_further(answers, made, household);
    truth->out_of_scope[LONG_01] = strcmp(household->status, "在享") != 0;
    for (int r = 0; r < HEDUI_DEMO_RULES; r++) {
        int whole = r == LONG_01; /* asks for nobody in particular */
        if (!whole && (household->lost_member || household->member_count == 0))
            answers[r].reasons |= HEDUI_DEMO_CASELOAD;
        answers[r].outcome = answers[r].lead_count ? HEDUI_DEMO_YES
                             : answers[r].reasons  ? HEDUI_DEMO_UNKNOWN
                                                   : HEDUI_DEMO_NO;
        if (is_tag(r)) /* puts no household on a list, and leaves none off it */
            continue;
        if (answers[r].outcome == HEDUI_DEMO_YES)
            truth->state = "flagged";
        else if (answers[r].outcome == HEDUI_DEMO_UNKNOWN && strcmp(truth->state, "clear") == 0)
            truth->state = "unchecked";
    }
}
