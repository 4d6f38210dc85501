/* What comes of the counting: households that are to be looked at, rules that a gap left open, and
 * the rows of the temporary tables. */
#include "store/tallying.h"

enum { SOON = 7 };

static void count_house(hedui_tally *t, const hedui_tally_house *h)
{
    hedui_tally_town *place = t->towns.items[h->town];
    place->listed++;
    place->kept_only += !h->raised;
    if (h->term == HEDUI_TALLY_NO_TERM) {
        place->open_end++;
        return;
    }
    *(h->term < 0 ? &place->overdue : h->term <= SOON ? &place->soon : &place->later) += 1;
    if (place->first == HEDUI_TALLY_NO_TERM || h->term < place->first)
        place->first = h->term;
}

/* Households with more rules unanswered than causes of their own: a gap left them so. */
static void count_missed(hedui_tally *t, uint32_t number)
{
    uint32_t told = 0;
    for (uint32_t i = 0; i < t->rules.count; i++) {
        const hedui_tally_rule *r = t->rules.items[i];
        told +=
            r->is_lead && hedui_tally_has(r->open, number) && !hedui_tally_has(r->raised, number);
    }
    if (t->houses[number].unanswered <= told)
        return;
    for (uint32_t i = 0; i < t->rules.count; i++) {
        hedui_tally_rule *r = t->rules.items[i];
        r->missed += r->is_lead && r->has_gap && !hedui_tally_has(r->open, number) &&
                     !hedui_tally_has(r->raised, number);
    }
}

static void count_houses(hedui_tally *t)
{
    int gapped = 0;
    for (uint32_t i = 0; i < t->towns.count; i++)
        ((hedui_tally_town *)t->towns.items[i])->first = HEDUI_TALLY_NO_TERM;
    for (uint32_t i = 0; i < t->rules.count; i++) {
        const hedui_tally_rule *r = t->rules.items[i];
        gapped |= r->is_lead && r->has_gap;
    }
    for (uint32_t i = 0; i < t->house_count; i++) {
        if (t->houses[i].listed)
            count_house(t, &t->houses[i]);
        if (gapped && t->houses[i].town != HEDUI_TALLY_NOWHERE && t->houses[i].unanswered)
            count_missed(t, i);
    }
}

static hedui_status lay_town(const hedui_tally *t, const hedui_tally_town *p, hedui_err *err)
{
    const int64_t numbers[] = {p->households, p->states[0], p->states[1],  p->states[2],
                               p->states[3],  p->before,    p->unanswered, p->listed,
                               p->kept_only,  p->overdue,   p->soon,       p->later,
                               p->open_end};
    hedui_sql sql = hedui_sql_begin(t->store, "tally_town_insert");
    hedui_sql_text(&sql, p->code);
    hedui_sql_text(&sql, p->name);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        hedui_sql_number(&sql, numbers[i]);
    hedui_sql_number(&sql, t->run);
    hedui_sql_number(&sql, p->first == HEDUI_TALLY_NO_TERM ? HEDUI_SQL_NULL : p->first);
    return hedui_sql_run(&sql, err);
}

static hedui_status lay_count(const hedui_tally *t, const hedui_tally_rule *r, uint32_t place,
                              int tag, hedui_err *err)
{
    const hedui_tally_figures *c = &r->towns[place][tag];
    if (!c->flags && !c->kept && !c->before)
        return HEDUI_OK;
    hedui_sql sql = hedui_sql_begin(t->store, "tally_flag_insert");
    hedui_sql_text(&sql, r->id);
    hedui_sql_text(&sql, ((hedui_tally_town *)t->towns.items[place])->code);
    hedui_sql_number(&sql, tag);
    hedui_sql_number(&sql, c->households);
    hedui_sql_number(&sql, c->flags);
    hedui_sql_number(&sql, c->kept);
    hedui_sql_number(&sql, c->before);
    return hedui_sql_run(&sql, err);
}

static hedui_status lay_rule(const hedui_tally *t, const hedui_tally_rule *r, hedui_err *err)
{
    hedui_status status = HEDUI_OK;
    for (uint32_t i = 0; !status && r->towns && i < t->towns.count; i++)
        for (int tag = 0; !status && tag < 2; tag++)
            status = lay_count(t, r, i, tag, err);
    if (status || (!r->open_count && !r->missed))
        return status;
    hedui_sql sql = hedui_sql_begin(t->store, "tally_rule_insert");
    hedui_sql_text(&sql, r->id);
    hedui_sql_number(&sql, r->open_count);
    hedui_sql_number(&sql, r->missed);
    return hedui_sql_run(&sql, err);
}

static hedui_status lay_reason(const hedui_tally *t, const hedui_tally_reason *why, hedui_err *err)
{
    hedui_sql sql = hedui_sql_begin(t->store, "tally_cause_insert");
    hedui_sql_text(&sql, (hedui_span){why->key.at, why->split});
    hedui_sql_text(&sql,
                   (hedui_span){why->key.at + why->split + 1, why->key.length - why->split - 1});
    hedui_sql_number(&sql, why->rule_count);
    hedui_sql_number(&sql, why->household_count);
    return hedui_sql_run(&sql, err);
}

hedui_status hedui_store_tally_lay(hedui_tally *t, hedui_err *err)
{
    count_houses(t);
    hedui_status status = hedui_sql_script(t->store, "tally_clear", err);
    for (uint32_t i = 0; !status && i < t->towns.count; i++)
        if (((hedui_tally_town *)t->towns.items[i])->is_now)
            status = lay_town(t, t->towns.items[i], err);
    for (uint32_t i = 0; !status && i < t->rules.count; i++)
        status = lay_rule(t, t->rules.items[i], err);
    for (uint32_t i = 0; !status && i < t->reasons.count; i++)
        status = lay_reason(t, t->reasons.items[i], err);
    return status;
}
