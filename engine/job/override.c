/* A proposal names a flag as people see it; on record goes its identity and the digest of its
 * facts, so that other facts are another flag. */
#include <hedui/job_propose.h>
#include <hedui/store_override.h>

#include "job/packs.h"
#include "rule/judge.h"

typedef struct proposing {
    const hedui_override_options *options;
    hedui_store_proposal proposal;
    hedui_span message;
    hedui_arena *arena;
    hedui_err *err;
} proposing;

static hedui_status check_rule(const proposing *p, const hedui_rulebook *book)
{
    hedui_span id = p->options->rule;
    for (uint32_t i = 0; i < book->rule_count; i++)
        if (hedui_span_equal(book->rules[i].text->id, id))
            return hedui_rule_allows_override(&book->rules[i])
                       ? HEDUI_OK
                       : hedui_fail(p->err, HEDUI_E5044, hedui_place_none(), HEDUI_ARG_SPAN(id));
    return hedui_fail(p->err, HEDUI_E3060, hedui_place_none(), HEDUI_ARG_SPAN(id));
}

static int is_raised(const hedui_store_flag *flag)
{
    return !hedui_span_is(flag->status, "gone") && !hedui_span_is(flag->status, "not_checked");
}

static hedui_status several(const proposing *p, const hedui_store_household *h)
{
    hedui_buffer list;
    hedui_buffer_init(&list);
    for (size_t i = 0; i < h->flag_count; i++)
        if (is_raised(&h->flags[i]) && hedui_span_equal(h->flags[i].rule, p->options->rule))
            hedui_buffer_format(&list, "%s%zu", list.length ? ", " : "", i + 1);
    hedui_status status =
        hedui_fail(p->err, HEDUI_E5046, hedui_place_none(), HEDUI_ARG_SPAN(h->id),
                   HEDUI_ARG_SPAN(p->options->rule), HEDUI_ARG_SPAN(hedui_buffer_span(&list)));
    hedui_buffer_free(&list);
    return status;
}

/* A flag that is raised; else what an override keeps away already, so that it can go on. */
static hedui_status choose(proposing *p, const hedui_store_household *h)
{
    const hedui_store_flag *flag = NULL;
    const hedui_store_flag *kept = NULL;
    size_t flags = 0;
    for (size_t i = 0; i < h->flag_count; i++) {
        if (!is_raised(&h->flags[i]) || !hedui_span_equal(h->flags[i].rule, p->options->rule) ||
            (p->options->flag && (size_t)p->options->flag != i + 1))
            continue;
        flag = &h->flags[i];
        flags++;
    }
    for (size_t i = 0; i < h->overridden_count && !flags; i++)
        if (!p->options->flag && hedui_span_equal(h->overridden[i].flag.rule, p->options->rule))
            kept = &h->overridden[i].flag;
    if (flags > 1)
        return several(p, h);
    if (!flag && !kept)
        return hedui_fail(p->err, HEDUI_E5045, hedui_place_none(), HEDUI_ARG_SPAN(h->id),
                          HEDUI_ARG_SPAN(h->run), HEDUI_ARG_SPAN(p->options->rule));
    p->message = flag ? flag->message : kept->message;
    p->proposal = (hedui_store_proposal){.grounds = p->options->by.grounds,
                                         .rule = p->options->rule,
                                         .subject = flag ? flag->subject : kept->subject,
                                         .content = flag ? flag->content : kept->content};
    p->proposal.grounds.household = h->id;
    return HEDUI_OK;
}

hedui_status hedui_job_override_propose(char id[HEDUI_STORE_DECISION_ID], hedui_span *message,
                                        const hedui_workspace *workspace,
                                        const hedui_override_options *options, hedui_arena *arena,
                                        const hedui_notes *notes, hedui_err *err)
{
    proposing p = {.options = options, .arena = arena, .err = err};
    char made[HEDUI_STORE_DECISION_ID] = "";
    const hedui_store_household *household = NULL;
    hedui_store *store = NULL;
    hedui_job_packs packs = {0};
    hedui_status status = hedui_job_packs_load(&packs, workspace, arena, notes, err);
    if (!status)
        status = check_rule(&p, packs.rulebook);
    if (!status)
        status = hedui_store_open(&store, workspace->store, HEDUI_STORE_EXISTING, err);
    if (!status)
        status = hedui_store_household_find(&household, store, hedui_span_of(""),
                                            options->by.grounds.household, arena, err);
    if (!status)
        status = choose(&p, household);
    if (!status && !options->by.dry_run && options->by.agree)
        status = options->by.agree(options->by.context, p.message, err);
    if (!status && !options->by.dry_run)
        status = hedui_store_override_propose(made, store, &p.proposal, err);
    if (!status) {
        memcpy(id, made, sizeof made);
        *message = p.message;
    }
    hedui_store_close(store);
    return status;
}
