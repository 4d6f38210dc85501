/* Overrides: what of them is their own, see decisions.c. */
#include "store/overrides.h"

#include "store/decisions.h"
#include "store/list.h"

static hedui_status insert(int64_t *number, hedui_sql *sql, const void *proposal, hedui_err *err)
{
    const hedui_store_proposal *p = proposal;
    hedui_sql_text(sql, p->rule);
    hedui_sql_text(sql, p->subject);
    hedui_sql_digest(sql, &p->content);
    return hedui_sql_value(number, sql, err);
}

hedui_status hedui_store_override_propose(char id[HEDUI_STORE_DECISION_ID], hedui_store *store,
                                          const hedui_store_proposal *proposal, hedui_err *err)
{
    return hedui_decision_propose(id, store, HEDUI_STORE_OVERRIDE, &proposal->grounds, insert,
                                  proposal, err);
}

static void read_prior(void *item, hedui_sql *sql, hedui_arena *arena)
{
    hedui_override *o = item;
    hedui_span *const texts[] = {&o->id, &o->household, &o->rule, &o->subject};
    for (int i = 0; i < 4; i++)
        *texts[i] = hedui_sql_get_text(sql, i, arena);
    o->content = hedui_sql_get_digest(sql, 4);
    o->until = (int32_t)hedui_sql_get_number(sql, 5);
    o->revoked = (int)hedui_sql_get_number(sql, 6);
}

hedui_status hedui_store_override_prior(const hedui_override **overrides, size_t *count,
                                        hedui_store *store, hedui_arena *arena, hedui_err *err)
{
    const void *items = NULL;
    hedui_sql sql = hedui_sql_begin(store, "override_prior");
    hedui_status status =
        hedui_store_read(&items, count, &sql, sizeof **overrides, read_prior, arena, err);
    if (!status)
        *overrides = items;
    return status;
}

static void read_stood(void *item, hedui_sql *sql, hedui_arena *arena)
{
    hedui_store_stood *o = item;
    hedui_span *const texts[] = {&o->override, &o->household, &o->rule,
                                 &o->title,    &o->proposer,  &o->approver};
    for (int i = 0; i < 6; i++)
        *texts[i] = hedui_sql_get_text(sql, i, arena);
    o->until = (int32_t)hedui_sql_get_number(sql, 6);
}

hedui_status hedui_store_stood_list(const hedui_store_stood **stood, size_t *count,
                                    hedui_store *store, hedui_span run, hedui_arena *arena,
                                    hedui_err *err)
{
    const void *items = NULL;
    int64_t number = 0;
    hedui_status status = hedui_store_run_number(&number, store, run, err);
    if (status)
        return status;
    hedui_sql sql = hedui_sql_begin(store, "stood_list");
    hedui_sql_number(&sql, number);
    status = hedui_store_read(&items, count, &sql, sizeof **stood, read_stood, arena, err);
    if (!status)
        *stood = items;
    return status;
}
