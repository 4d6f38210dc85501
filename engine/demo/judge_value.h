/** @file
 * What the judges of the truth share: Kleene's three values with the reasons of what is not known,
 * and the rows that further registries were made to hold.
 */
#ifndef HEDUI_DEMO_JUDGE_VALUE_H
#define HEDUI_DEMO_JUDGE_VALUE_H

#include "demo/judge.h"
#include "demo/told.h"

typedef struct value {
    hedui_demo_tri is;
    uint32_t reasons;
} value;

static inline value yes_no(int yes)
{
    value made = {yes ? HEDUI_DEMO_YES : HEDUI_DEMO_NO, 0};
    return made;
}

static inline value unknown(uint32_t reasons)
{
    value made = {HEDUI_DEMO_UNKNOWN, reasons};
    return made;
}

static inline value either(value a, value b)
{
    if (a.is == HEDUI_DEMO_YES || b.is == HEDUI_DEMO_YES)
        return yes_no(1);
    if (a.is == HEDUI_DEMO_NO && b.is == HEDUI_DEMO_NO)
        return yes_no(0);
    return unknown(a.reasons | b.reasons);
}

static inline value negate(value a)
{
    if (a.is != HEDUI_DEMO_UNKNOWN)
        return yes_no(a.is == HEDUI_DEMO_NO);
    return a;
}

static inline value both(value a, value b)
{
    return negate(either(negate(a), negate(b)));
}

/** What a judge is asked about. */
typedef struct asked {
    const hedui_demo_case *made;
    const hedui_demo_household *household;
    const hedui_demo_member *member; /* one of its members, or NULL */
    const hedui_demo_told_row *row;  /* one of the member's rows, or NULL */
} asked;

/** A row's cell is one of the codes, with bars between them; `unsure`: codes that do not say. */
value hedui_demo_is_code(const asked *a, const char *header, const char *codes, const char *unsure);

/** A month is at most so many months before the run's day; unknown where it is not known. */
value hedui_demo_within(const asked *a, const char *header, int months);

/** The day in a cell, or `otherwise`. */
int32_t hedui_demo_day(const asked *a, const char *header, int32_t otherwise);

/** Fen in a cell; 0 if it is not known. */
int hedui_demo_fen(int64_t *fen, const asked *a, const char *header);

/** Some row of the member's in a feed. */
value hedui_demo_some(const asked *a, const char *feed, value (*row)(const asked *a));

/** 1 if the member has a known exemption of one of the kinds in force. `object`: a span that it
 * must name; `any`: 1 if one that names nothing serves too. NULL: whatever it names. */
int hedui_demo_exempt(const asked *a, const char *kinds, const hedui_span *object, int any);

/** 1 if the member counts and its caseload row stands. */
static inline int hedui_demo_counts(const hedui_demo_member *m)
{
    return m->counted && !m->reject && !m->conflict;
}

/** Judges of one rule: of a member, or of the household. */
value hedui_demo_certified_dead(const asked *a);
value hedui_demo_pension_ended_by_death(const asked *a);
value hedui_demo_suspected_dead(const asked *a);
value hedui_demo_draws_pension(const asked *a);
value hedui_demo_draws_unemployment(const asked *a);
value hedui_demo_pays_fund(const asked *a);
value hedui_demo_runs_company(const asked *a);
value hedui_demo_runs_shop(const asked *a);
value hedui_demo_divorced(const asked *a);
value hedui_demo_moved(const asked *a);
value hedui_demo_away(const asked *a);
value hedui_demo_graduated(const asked *a);
value hedui_demo_works_long(const asked *a);
value hedui_demo_tipped(const asked *a);
value hedui_demo_two_homes(const asked *a);
value hedui_demo_premises(const asked *a);
value hedui_demo_income_found(const asked *a);
value hedui_demo_wages(const asked *a);
value hedui_demo_long_benefit(const asked *a);
value hedui_demo_large(const asked *a);

/** Of judge.c: what DEATH-01 and DEATH-02 rest on, and INC-01. */
void hedui_demo_deaths_of(value *confirmed, value *hinted, const hedui_demo_member *member);
value hedui_demo_declared_reaches(const hedui_demo_household *household);

#endif
