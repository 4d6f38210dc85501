/* A proposal names a row as people see it, by file and line; on record goes what it says, so that
 * the same facts are known in another delivery, and other facts are another row.
 *
 * The run is laid out and read again: only so is the row whole, matched and at the end of its chain
 * of deltas. */
#include <hedui/job_propose.h>
#include <hedui/store_pair.h>

#include "job/again.h"
#include "run/pairs.h"
#include "value/mask.h"

#include <omp.h>

typedef struct proposing {
    const hedui_pair_options *options;
    const hedui_store_household *stored;
    hedui_store_pairing proposal;
    hedui_again again;
    hedui_arena *arena;
    hedui_err *err;
    /* while the household is looked at */
    const hedui_book *book;
    uint32_t household;
    uint32_t feed, member; /* HEDUI_NONE: not found */
    int several;           /* 1: the row is about other people of the household too */
    hedui_link link;       /* the row's */
} proposing;

static hedui_status no_row(const proposing *p)
{
    return hedui_fail(p->err, HEDUI_E5050, hedui_place_none(), HEDUI_ARG_SPAN(p->stored->id),
                      HEDUI_ARG_SPAN(p->stored->run), HEDUI_ARG_SPAN(p->options->file),
                      HEDUI_ARG_NUMBER(p->options->line));
}

static int is_ours(const proposing *p, const hedui_link *link)
{
    return p->book->caseload->members[link->member].household == p->household;
}

static int stands_at(const proposing *p, const hedui_feed_book *feed, const hedui_link *link)
{
    const hedui_delivery *d = feed->deliveries[link->delivery];
    return is_ours(p, link) && hedui_span_is(p->options->file, d->name) &&
           hedui_facts_at(d->facts, link->fact).line == p->options->line;
}

/* Among the rows that this run had, those that a decision keeps out of it too. */
static void find_by_place(proposing *p)
{
    for (uint32_t f = 0; f < p->book->feed_count; f++) {
        const hedui_feed_book *feed = &p->book->feeds[f];
        if (feed->cause != HEDUI_CAUSE_NONE)
            continue;
        for (uint32_t i = feed->first[p->household]; i < feed->first[p->household + 1]; i++)
            if (stands_at(p, feed, &feed->links[i])) {
                p->feed = f;
                p->link = feed->links[i];
            }
        for (uint32_t i = 0; i < feed->met_count; i++)
            if (stands_at(p, feed, &feed->met[i].link)) {
                p->feed = f;
                p->link = feed->met[i].link;
            }
    }
}

/* Of a flag that goes on, the rows stand where an earlier run first found the same facts. */
static const hedui_store_evidence *stored_row(hedui_span *rule, const proposing *p)
{
    for (size_t f = 0; f < p->stored->flag_count; f++)
        for (size_t e = 0; e < p->stored->flags[f].evidence_count; e++) {
            const hedui_store_evidence *row = &p->stored->flags[f].evidence[e];
            if (row->line && row->line == p->options->line &&
                hedui_span_equal(row->file, p->options->file)) {
                *rule = p->stored->flags[f].rule;
                return row;
            }
        }
    return NULL;
}

static void find_by_content(proposing *p, hedui_judge *judge)
{
    hedui_span rule;
    const hedui_store_evidence *row = stored_row(&rule, p);
    if (!row)
        return;
    hedui_judge_household(judge, p->household); /* another thread's judge may have done so */
    for (uint32_t r = 0; r < judge->rulebook->rule_count; r++)
        if (hedui_span_equal(judge->rulebook->rules[r].text->id, rule))
            (void)hedui_judge_rule(judge, r);
    for (const hedui_finding *f = judge->findings; f; f = f->next)
        for (uint32_t i = 0; i < f->proof_count; i++) {
            const hedui_proof *proof = &f->proofs[i];
            if (proof->row == HEDUI_NONE || proof->source >= p->book->feed_count ||
                memcmp(&proof->content, &row->content, sizeof row->content) != 0)
                continue;
            p->feed = proof->source;
            p->link = p->book->feeds[proof->source].links[proof->row];
        }
}

/* --- whose it is not -------------------------------------------------------------------------- */

/* One more of the household whom the row is about. */
static void consider(proposing *p, hedui_buffer *names, const hedui_link *link, uint32_t row)
{
    const hedui_caseload *c = p->book->caseload;
    const hedui_facts *facts = p->book->feeds[p->feed].deliveries[p->link.delivery]->facts;
    hedui_span name = hedui_member_name(c, link->member);
    if (!is_ours(p, link) || link->delivery != p->link.delivery ||
        hedui_facts_row(facts, link->fact) != row)
        return;
    if (p->options->name.length && !hedui_span_equal(name, p->options->name))
        return;
    if (p->member != HEDUI_NONE && c->members[p->member].person == c->members[link->member].person)
        return; /* at two places of one household */
    hedui_buffer_text(names, names->length ? "、" : "");
    hedui_buffer_add(names, name);
    p->several = p->member != HEDUI_NONE;
    p->member = link->member;
    p->link.fact = link->fact;
}

/* A row about husband and wife is two facts of one row. */
static hedui_status choose_member(proposing *p)
{
    const hedui_feed_book *feed = &p->book->feeds[p->feed];
    const hedui_facts *facts = feed->deliveries[p->link.delivery]->facts;
    uint32_t row = hedui_facts_row(facts, p->link.fact);
    hedui_status status = HEDUI_OK;
    hedui_buffer names;
    hedui_buffer_init(&names);
    for (uint32_t k = feed->first[p->household]; k < feed->first[p->household + 1]; k++)
        consider(p, &names, &feed->links[k], row);
    for (uint32_t k = 0; k < feed->met_count; k++)
        if (feed->met[k].state == HEDUI_MET_LEFT_OUT)
            consider(p, &names, &feed->met[k].link, row);
    if (p->member == HEDUI_NONE)
        status = no_row(p);
    else if (p->several)
        status = hedui_fail(p->err, HEDUI_E5052, hedui_place_none(),
                            HEDUI_ARG_SPAN(p->options->file), HEDUI_ARG_NUMBER(p->options->line),
                            HEDUI_ARG_SPAN(hedui_buffer_span(&names)));
    hedui_buffer_free(&names);
    return status;
}

/* --- what it says ----------------------------------------------------------------------------- */

static void put_cell(hedui_buffer *out, const hedui_facts *facts, uint32_t fact, uint32_t c)
{
    enum { ROOM = 160 };
    char shown[ROOM];
    const hedui_column *column = &facts->layout->columns[c];
    hedui_buffer text;
    if (hedui_facts_state(facts, fact, c) != HEDUI_CELL_VALUE)
        return;
    hedui_buffer_init(&text);
    uint64_t number = (uint64_t)hedui_facts_number(facts, fact, c);
    if (column->type == HEDUI_COLUMN_CODE)
        hedui_buffer_add(&text, column->list->codes[number].label);
    else if (column->type == HEDUI_COLUMN_CODES)
        for (uint32_t i = 0; number; i++, number >>= 1) {
            if (!(number & 1))
                continue;
            hedui_buffer_text(&text, text.length ? "、" : "");
            hedui_buffer_add(&text, column->list->codes[i].label);
        }
    else
        hedui_facts_print(&text, facts, fact, c);
    hedui_mask_excerpt(shown, sizeof shown, hedui_buffer_span(&text),
                       column->sensitive ? HEDUI_MASK_TEXT : HEDUI_MASK_NOTHING);
    out->failed |= hedui_buffer_failed(&text);
    hedui_buffer_free(&text);
    hedui_buffer_text(out, "  ");
    hedui_buffer_add(out, column->title);
    hedui_buffer_byte(out, '=');
    hedui_buffer_text(out, shown);
}

static hedui_status say(proposing *p, const hedui_facts *facts)
{
    const hedui_caseload *c = p->book->caseload;
    char masked[HEDUI_CITIZEN_ID_TEXT];
    hedui_buffer out;
    hedui_buffer_init(&out);
    hedui_citizen_id_mask(masked, c->persons[c->members[p->member].person].id);
    hedui_buffer_add(&out, hedui_member_name(c, p->member));
    hedui_buffer_format(&out, " %s：", masked);
    hedui_buffer_add(&out, facts->layout->title);
    for (uint32_t i = 0; i < facts->layout->column_count; i++)
        put_cell(&out, facts, p->link.fact, i);
    p->proposal.says = hedui_arena_copy(p->arena, hedui_buffer_span(&out));
    hedui_status status =
        hedui_buffer_failed(&out) || !p->proposal.says.at ? hedui_fail_memory(p->err) : HEDUI_OK;
    hedui_buffer_free(&out);
    return status;
}

static hedui_status describe(proposing *p)
{
    const hedui_feed_book *feed = &p->book->feeds[p->feed];
    const hedui_facts *facts = feed->deliveries[p->link.delivery]->facts;
    const hedui_caseload *c = p->book->caseload;
    p->proposal.feed = hedui_arena_copy(p->arena, feed->layout->name);
    if (!p->proposal.feed.at)
        return hedui_fail_memory(p->err);
    hedui_status status = hedui_citizen_id_token_number(
        &p->proposal.person, c->persons[c->members[p->member].person].id, p->err);
    if (!status)
        status = hedui_pair_key(&p->proposal.key, facts, p->link.fact, p->err);
    if (!status)
        status = hedui_facts_digest(&p->proposal.content, facts, p->link.fact, p->err);
    return status ? status : say(p, facts);
}

static hedui_status look(void *context, hedui_judge *judge, uint32_t household, hedui_err *err)
{
    proposing *p = context;
    p->err = err;
    p->book = judge->book;
    p->household = household;
    p->feed = p->member = HEDUI_NONE;
    find_by_place(p);
    if (p->feed == HEDUI_NONE)
        find_by_content(p, judge);
    if (p->feed == HEDUI_NONE)
        return no_row(p);
    const hedui_layout *layout = p->book->feeds[p->feed].layout;
    const hedui_delivery *supporters = p->book->caseload->supporter_delivery;
    if (layout->visit_sheet_only) /* whether it has such a row is not told here */
        return no_row(p);
    if (layout->own_register || (supporters && supporters->layout == layout))
        return hedui_fail(err, HEDUI_E5051, hedui_place_none(), HEDUI_ARG_SPAN(layout->title));
    hedui_status status = choose_member(p);
    return status ? status : describe(p);
}

/* --- the whole -------------------------------------------------------------------------------- */

static hedui_status read_again(proposing *p, hedui_err *err)
{
    const hedui_run_result *result = NULL;
    const hedui_run_look at = {p->stored->id, look, p};
    hedui_status status =
        hedui_store_run_find(&p->again.run, p->again.store, p->stored->run, p->arena, err);
    if (!status)
        status = hedui_again_lay_out(&p->again);
    if (!status)
        status = hedui_again_execute(&result, &p->again, &at);
    p->err = err;
    return !status && !p->proposal.says.length ? no_row(p) : status; /* left the caseload */
}

hedui_status hedui_job_pair_propose(char id[HEDUI_STORE_DECISION_ID], hedui_span *message,
                                    const hedui_workspace *workspace,
                                    const hedui_pair_options *options, hedui_arena *arena,
                                    const hedui_notes *notes, hedui_err *err)
{
    const hedui_proposing *by = &options->by;
    proposing p = {.options = options, .arena = arena, .err = err};
    char made[HEDUI_STORE_DECISION_ID] = "";
    p.again =
        (hedui_again){.workspace = workspace,
                      .threads = options->threads > 0 ? options->threads : omp_get_num_procs(),
                      .arena = arena,
                      .notes = notes,
                      .err = err};
    hedui_status status =
        hedui_store_open(&p.again.store, workspace->store, HEDUI_STORE_EXISTING, err);
    if (!status)
        status = hedui_store_household_find(&p.stored, p.again.store, hedui_span_of(""),
                                            by->grounds.household, arena, err);
    if (!status)
        status = read_again(&p, err);
    hedui_again_close(&p.again);
    p.proposal.grounds = by->grounds;
    if (!status)
        p.proposal.grounds.household = p.stored->id;
    if (!status && !by->dry_run && by->agree)
        status = by->agree(by->context, p.proposal.says, err);
    if (!status && !by->dry_run)
        status = hedui_store_pair_propose(made, p.again.store, &p.proposal, err);
    if (!status) {
        memcpy(id, made, sizeof made);
        *message = p.proposal.says;
    }
    hedui_store_close(p.again.store);
    return status;
}
