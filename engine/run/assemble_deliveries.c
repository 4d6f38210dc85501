/* The deliveries of a result: ledgers, verdicts, and every rejected row in the order of the file.
 */
#include "run/assembling.h"

#include "value/mask.h"

#include <stdlib.h>

static int by_offset(const void *a, const void *b)
{
    const hedui_run_reject *x = a, *y = b;
    return x->offset < y->offset ? -1 : x->offset > y->offset;
}

static hedui_run_reject plain_reject(assembler *a, const hedui_reject *r,
                                     const hedui_layout *layout)
{
    hedui_run_reject plain = {.offset = (int64_t)r->offset, .line = r->line, .length = r->length};
    plain.reason = hedui_span_of(hedui_reason_name((hedui_reason)r->reason));
    plain.column = r->column == HEDUI_COLUMN_NONE ? hedui_span_of("")
                                                  : keep(a, layout->columns[r->column].title);
    plain.excerpt = keep(a, hedui_span_of(r->excerpt));
    return plain;
}

/* The household's number may be a citizen number that slipped a column. */
static hedui_span masked(assembler *a, hedui_span text)
{
    char excerpt[HEDUI_REJECT_EXCERPT];
    hedui_mask_excerpt(excerpt, sizeof excerpt, text, HEDUI_MASK_TEXT);
    return keep(a, hedui_span_of(excerpt));
}

/* Rows of households that do not exist. */
typedef struct strays {
    const hedui_stray *list;
    uint32_t count, column;
} strays;

static strays strays_of(const hedui_caseload *c, const hedui_delivery *delivery)
{
    if (c && delivery == c->member_delivery)
        return (strays){c->strays, c->stray_count, c->member_columns[HEDUI_MEMBER_HOUSEHOLD]};
    if (c && delivery == c->supporter_delivery)
        return (strays){c->supporter_strays, c->supporter_stray_count,
                        c->supporter_columns[HEDUI_MEMBER_HOUSEHOLD]};
    return (strays){0};
}

/* Such a row was read and found good before anybody could know; it moves from accepted to rejected
 * here. */
static void add_strays(assembler *a, hedui_run_delivery *d, hedui_run_reject *rejects,
                       const hedui_facts *facts, const strays *stray)
{
    uint32_t column = stray->column;
    for (uint32_t i = 0; i < stray->count; i++) {
        uint32_t row = stray->list[i].fact;
        const hedui_fact fact = hedui_facts_at(facts, row);
        rejects[d->reject_count++] = (hedui_run_reject){
            .offset = (int64_t)fact.offset,
            .line = fact.line,
            .length = fact.length,
            .reason = hedui_span_of(hedui_reason_name(HEDUI_REASON_household_unknown)),
            .column = keep(a, facts->layout->columns[column].title),
            .excerpt = masked(a, hedui_facts_text(facts, row, column))};
    }
    d->ledger.accepted -= stray->count;
    d->ledger.matched -= stray->count;
    d->ledger.rejected += stray->count;
    qsort(rejects, d->reject_count, sizeof *rejects, by_offset);
}

static hedui_status add_rejects(assembler *a, hedui_run_delivery *d, const hedui_run_source *s,
                                const hedui_caseload *caseload, hedui_err *err)
{
    uint64_t count = hedui_rejects_count(s->delivery->rejects);
    strays stray = strays_of(caseload, s->delivery);
    hedui_run_reject *rejects = room(a, count + stray.count, sizeof *rejects);
    if (!rejects)
        return hedui_fail_memory(err);
    for (uint64_t i = 0; i < count; i++) {
        hedui_reject reject;
        hedui_status status = hedui_rejects_get(&reject, s->delivery->rejects, i, err);
        if (status)
            return status;
        rejects[i] = plain_reject(a, &reject, s->layout);
    }
    d->rejects = rejects;
    d->reject_count = (uint32_t)count;
    if (stray.count)
        add_strays(a, d, rejects, s->delivery->facts, &stray);
    return HEDUI_OK;
}

static void copy_ledger(hedui_run_ledger *to, const hedui_delivery *delivery)
{
    const hedui_ledger *from = &delivery->ledger;
    to->records = (int64_t)from->records;
    to->accepted = (int64_t)from->accepted;
    to->other_document = (int64_t)from->other_document;
    to->duplicate = (int64_t)from->duplicate;
    to->rejected = (int64_t)from->rejected;
    to->matched = (int64_t)from->matched;
    to->not_in_caseload = (int64_t)from->not_in_caseload;
    to->apart =
        (int64_t)(from->title_lines + from->header_lines + from->footer_lines + from->blank_lines);
    for (uint32_t c = 0; delivery->columns && c < delivery->layout->column_count; c++)
        to->unknown_fields += (int64_t)(delivery->columns[c].unlisted + delivery->columns[c].bad);
}

static const char *part_of(const hedui_layout *layout)
{
    static const char *const parts[][2] = {{HEDUI_CASELOAD_HOUSEHOLDS, "household"},
                                           {HEDUI_CASELOAD_MEMBERS, "member"},
                                           {HEDUI_CASELOAD_SUPPORTERS, "supporter"}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (hedui_span_is(layout->name, parts[i][0]))
            return parts[i][1];
    return "";
}

hedui_status hedui_assemble_deliveries(hedui_run_result *result, const hedui_run_source *sources,
                                       uint32_t count, const hedui_caseload *caseload,
                                       hedui_arena *arena, hedui_err *err)
{
    assembler a = {.arena = arena};
    hedui_run_delivery *list = room(&a, count, sizeof *list);
    hedui_status status = HEDUI_OK;
    if (!list)
        return hedui_fail_memory(err);
    for (uint32_t i = 0; i < count && !status; i++) {
        const hedui_run_source *s = &sources[i];
        hedui_run_delivery *d = &list[i];
        d->feed = keep(&a, s->layout->name);
        d->title = keep(&a, s->layout->title);
        d->source = keep(&a, s->layout->source);
        d->charset = s->layout->charset == HEDUI_CHARSET_UTF8 ? hedui_span_of("UTF-8")
                                                              : hedui_span_of("GB18030");
        d->part = hedui_span_of(part_of(s->layout));
        d->own = d->part.length || s->layout->own_register;
        d->visit_sheet = s->layout->visit_sheet_only;
        d->verdict = s->guarded.verdict;
        d->remarks = s->guarded.remarks;
        d->remark_count = s->guarded.remark_count;
        d->cut_off = INT32_MIN;
        d->file = s->file ? keep(&a, hedui_span_of(s->file->name)) : hedui_span_of("");
        if (!s->delivery)
            continue;
        d->digest = s->delivery->digest;
        d->size = (int64_t)s->delivery->size;
        d->content_length = (int64_t)s->delivery->content_length;
        d->content_crc = s->delivery->crc;
        d->cut_off = s->delivery->cut_off;
        d->answer = s->reply.told;
        d->answer.query = keep(&a, s->reply.told.query);
        d->figures = s->guarded.figures;
        d->figure_count = s->guarded.figure_count;
        copy_ledger(&d->ledger, s->delivery);
        status = add_rejects(&a, d, s, caseload, err);
        result->held |= d->verdict == HEDUI_RUN_HELD || d->verdict == HEDUI_RUN_REFUSED;
    }
    result->deliveries = list;
    result->delivery_count = count;
    if (!status && a.failed)
        status = hedui_fail_memory(err);
    return status;
}
