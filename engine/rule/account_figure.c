/* Values, reasons and rows as people read them, copied out of the judge. */
#include "rule/accounting.h"
#include "rule/example.h"

#include "value/mask.h"

hedui_span hedui_accounting_keep(accounting *a, hedui_span text)
{
    hedui_span kept = hedui_arena_copy(a->arena, text);
    if (kept.at)
        return kept;
    a->failed = 1;
    return (hedui_span){"", 0};
}

void *hedui_accounting_room(accounting *a, size_t count, size_t size)
{
    void *made = hedui_arena_array(a->arena, count, size);
    a->failed |= made == NULL;
    return made;
}

static hedui_account_reason reason_of(accounting *a, hedui_cel_reason reason)
{
    const hedui_rulebook *book = a->j->rulebook;
    const hedui_layout *layout = hedui_catalogue_layout(book->catalogue, reason.source);
    hedui_account_reason r = {.code = hedui_span_of(hedui_cause_name((hedui_cause)reason.kind))};
    r.source = r.source_title = r.field = r.field_title = r.person = (hedui_span){"", 0};
    if (layout) {
        r.source = hedui_accounting_keep(a, layout->name);
        r.source_title = hedui_accounting_keep(a, layout->title);
    } else if (reason.source >= HEDUI_SOURCE_PARAMETER && reason.source != HEDUI_SOURCE_NONE) {
        const hedui_parameter *p = book->parameters[reason.source - HEDUI_SOURCE_PARAMETER];
        r.source = hedui_accounting_keep(a, p->id);
        r.source_title = hedui_accounting_keep(a, p->title);
    }
    if (layout && hedui_cause_has_field(reason.kind) && reason.field < layout->column_count) {
        r.field = hedui_accounting_keep(a, layout->columns[reason.field].name);
        r.field_title = hedui_accounting_keep(a, layout->columns[reason.field].title);
    }
    if (reason.row != HEDUI_NONE && layout)
        r.person = hedui_accounting_keep(a, hedui_member_name(a->j->book->caseload, reason.row));
    return r;
}

static void add_reasons(hedui_account_figure *f, accounting *a, hedui_cel_value unknown)
{
    if (unknown.kind != HEDUI_CEL_UNKNOWN)
        return;
    hedui_account_reason *list =
        hedui_accounting_room(a, f->reason_count + unknown.count, sizeof *list);
    if (!list)
        return;
    if (f->reason_count)
        memcpy(list, f->reasons, f->reason_count * sizeof *list);
    for (uint32_t i = 0; i < unknown.count; i++)
        list[f->reason_count++] = reason_of(a, unknown.as.reasons[i]);
    f->reasons = list;
}

/* Account numbers are masked; what else is text may hold a citizen number all the same. */
static hedui_span shown(accounting *a, hedui_cel_value v, int sensitive)
{
    char masked[400];
    hedui_buffer text;
    hedui_buffer_init(&text);
    hedui_cel_value_show(&text, v);
    hedui_span kept = hedui_buffer_span(&text);
    int free_text = v.kind == HEDUI_CEL_STRING || v.kind == HEDUI_CEL_LIST;
    if (free_text) {
        hedui_mask_excerpt(masked, sizeof masked, kept,
                           sensitive ? HEDUI_MASK_TEXT : HEDUI_MASK_NOTHING);
        kept = hedui_span_of(masked);
    }
    a->failed |= hedui_buffer_failed(&text);
    kept = hedui_accounting_keep(a, kept);
    hedui_buffer_free(&text);
    return kept;
}

static hedui_account_figure of_list(accounting *a, hedui_cel_value v, hedui_account_figure f,
                                    int sensitive)
{
    hedui_cel_value *known = hedui_arena_array(a->j->scratch, v.count, sizeof *known);
    uint32_t count = 0;
    int rows = 0;
    if (!known) {
        a->failed = 1;
        return f;
    }
    for (uint32_t i = 0; i < v.count; i++) {
        if (v.as.items[i].kind == HEDUI_CEL_UNKNOWN) {
            f.partial = 1;
            add_reasons(&f, a, v.as.items[i]);
            continue;
        }
        rows |= v.as.items[i].kind == HEDUI_CEL_RECORD || v.as.items[i].kind == HEDUI_CEL_LIST;
        known[count++] = v.as.items[i];
    }
    f.count = count;
    if (!rows)
        f.text = shown(a, hedui_cel_list(known, count), sensitive);
    return f;
}

hedui_account_figure hedui_accounting_figure(accounting *a, hedui_cel_value v, hedui_span unit,
                                             int sensitive)
{
    hedui_account_figure f = {.truth = -1, .count = -1, .text = {"", 0}, .unit = {"", 0}};
    if (v.kind == HEDUI_CEL_OPTIONAL) {
        if (v.as.inner)
            return hedui_accounting_figure(a, *v.as.inner, unit, sensitive);
        f.state = HEDUI_ACCOUNT_EMPTY;
        return f;
    }
    if (v.kind == HEDUI_CEL_ERROR && v.code == HEDUI_CEL_ERROR_ABSENT) {
        f.state = HEDUI_ACCOUNT_EMPTY;
    } else if (v.kind == HEDUI_CEL_ERROR) {
        f.state = HEDUI_ACCOUNT_FAILED;
        f.text = hedui_span_of(hedui_cel_error_text((hedui_cel_error)v.code));
        a->failed |= v.code == HEDUI_CEL_ERROR_MEMORY;
    } else if (v.kind == HEDUI_CEL_UNKNOWN) {
        f.state = HEDUI_ACCOUNT_UNKNOWN;
        add_reasons(&f, a, v);
    } else if (v.kind == HEDUI_CEL_LIST) {
        f = of_list(a, v, f, sensitive);
    } else if (v.kind == HEDUI_CEL_BOOL) {
        f.truth = v.as.boolean != 0;
    } else if (v.kind != HEDUI_CEL_RECORD && v.kind != HEDUI_CEL_NULL) {
        f.text = shown(a, v, sensitive);
        f.unit = hedui_accounting_keep(a, unit);
    }
    return f;
}

const hedui_account_row *hedui_accounting_row(accounting *a, const hedui_cel_type *type,
                                              uint32_t row)
{
    hedui_judge *j = a->j;
    const hedui_catalogue *catalogue = j->rulebook->catalogue;
    const hedui_caseload *c = j->book->caseload;
    uint16_t source = type ? hedui_catalogue_source(type) : HEDUI_SOURCE_NONE;
    uint32_t member = HEDUI_NONE, index;
    int supporter = type == catalogue->supporter_household_type ||
                    (type == catalogue->member_type && c->members[row].supporter);
    if (supporter) {
        row = hedui_catalogue_supporter(&j->the_case, row).count;
        source = (uint16_t)catalogue->supporters;
    }
    const hedui_layout *layout = hedui_catalogue_layout(catalogue, source);
    hedui_account_row *made = layout ? hedui_accounting_room(a, 1, sizeof *made) : NULL;
    if (!made)
        return NULL;
    const hedui_delivery *delivery =
        source == catalogue->feed_count ? c->household_delivery : c->member_delivery;
    if (source < catalogue->feed_count) {
        const hedui_link *link = &j->book->feeds[source].links[row];
        delivery = j->book->feeds[source].deliveries[link->delivery];
        member = link->member;
    } else if (source == catalogue->feed_count + 1) {
        member = row;
    }
    const hedui_facts *facts = hedui_proof_facts(&index, j, source, row);
    const hedui_fact fact = hedui_facts_at(facts, index);
    *made = (hedui_account_row){.source = hedui_accounting_keep(a, layout->name),
                                .source_title = hedui_accounting_keep(a, layout->title),
                                .file = hedui_accounting_keep(a, hedui_span_of(delivery->name)),
                                .line = fact.line,
                                .offset = (int64_t)fact.offset,
                                .person = {"", 0}};
    if (member != HEDUI_NONE)
        made->person = hedui_accounting_keep(a, hedui_member_name(c, member));
    return made;
}

hedui_span hedui_accounting_basis(accounting *a, const hedui_pack *pack, const hedui_basis *basis)
{
    const hedui_document *document =
        basis->document.length ? hedui_pack_document(pack, basis->document) : NULL;
    if (!document)
        return (hedui_span){"", 0};
    hedui_buffer text;
    hedui_buffer_init(&text);
    hedui_buffer_text(&text, "《");
    hedui_buffer_add(&text, document->title);
    hedui_buffer_text(&text, "》");
    hedui_buffer_add(&text, basis->article);
    a->failed |= hedui_buffer_failed(&text);
    hedui_span kept = hedui_accounting_keep(a, hedui_buffer_span(&text));
    hedui_buffer_free(&text);
    return kept;
}
