/* The packs as people read them, taken from the rulebook, so that nothing is shown which is not
 * judged by. */
#include <hedui/file.h>
#include <hedui/job_rules.h>
#include <hedui/store_confirmation.h>

#include "job/packs.h"
#include "rule/rests.h"

typedef struct builder {
    const hedui_rulebook *book;
    const hedui_store_confirmed *seen; /* what holds */
    size_t seen_count;
    hedui_rules_book *out;
    hedui_rules_document *documents;
    hedui_rules_parameter *parameters;
    hedui_rules_value *values; /* as hedui_rests numbers them */
    hedui_rules_rule *rules;
    hedui_arena *arena;
    hedui_err *err;
} builder;

static hedui_span keep(builder *b, const hedui_buffer *text)
{
    hedui_span copy = {NULL, 0};
    if (!hedui_buffer_failed(text))
        copy = hedui_arena_copy(b->arena, hedui_buffer_span(text));
    if (!copy.at)
        (void)hedui_fail_memory(b->err);
    return copy.at ? copy : hedui_span_of("");
}

/* A node as it would be written on one line. */
static void write_node(hedui_buffer *out, const hedui_yaml_node *node)
{
    if (node->kind == HEDUI_YAML_SCALAR) {
        hedui_buffer_add(out, node->text);
        return;
    }
    hedui_buffer_text(out, node->kind == HEDUI_YAML_MAPPING ? "{" : "[");
    for (uint32_t i = 0; i < node->count; i++) {
        hedui_buffer_text(out, i ? ", " : "");
        if (node->kind == HEDUI_YAML_MAPPING) {
            hedui_buffer_add(out, node->keys[i]->text);
            hedui_buffer_text(out, ": ");
        }
        write_node(out, node->items[i]);
    }
    hedui_buffer_text(out, node->kind == HEDUI_YAML_MAPPING ? "}" : "]");
}

static hedui_span written(builder *b, const hedui_yaml_node *node)
{
    hedui_buffer text;
    if (!node)
        return hedui_span_of("");
    hedui_buffer_init(&text);
    write_node(&text, node);
    hedui_span copy = keep(b, &text);
    hedui_buffer_free(&text);
    return copy;
}

static const hedui_rules_document *document_of(const builder *b, const hedui_document *wanted)
{
    uint32_t at = 0;
    for (uint32_t p = 0; p < b->book->pack_count; p++)
        for (uint32_t i = 0; i < b->book->packs[p]->document_count; i++, at++)
            if (&b->book->packs[p]->documents[i] == wanted)
                return &b->documents[at];
    return NULL;
}

static void fill_documents(builder *b)
{
    uint32_t at = 0;
    for (uint32_t p = 0; p < b->book->pack_count; p++) {
        const hedui_pack *pack = b->book->packs[p];
        for (uint32_t i = 0; i < pack->document_count; i++) {
            const hedui_document *d = &pack->documents[i];
            b->documents[at++] =
                (hedui_rules_document){.pack = pack->id,
                                       .id = d->id,
                                       .title = d->title,
                                       .issuer = d->issuer,
                                       .number = d->number,
                                       .note = d->note,
                                       .kind = hedui_document_kind_names[d->kind],
                                       .level = hedui_document_level_names[d->level],
                                       .date = d->date,
                                       .confirmed = d->confirmed,
                                       .seen_on = INT32_MIN};
            for (size_t s = 0; s < b->seen_count; s++)
                if (hedui_span_equal(b->seen[s].pack, pack->id) &&
                    hedui_span_equal(b->seen[s].document, d->id)) {
                    b->documents[at - 1].seen_by = b->seen[s].person;
                    b->documents[at - 1].seen_on = b->seen[s].day;
                }
        }
    }
}

static const hedui_pack *pack_of(const builder *b, const hedui_parameter *parameter)
{
    for (uint32_t p = 0; p < b->book->pack_count; p++) {
        const hedui_pack *pack = b->book->packs[p];
        if (parameter >= pack->parameters && parameter < pack->parameters + pack->parameter_count)
            return pack;
    }
    return b->book->packs[0];
}

static hedui_status fill_parameter(builder *b, hedui_rules_parameter *out, const hedui_parameter *p)
{
    const hedui_pack *pack = pack_of(b, p);
    hedui_rules_row *rows = hedui_arena_array(b->arena, p->row_count, sizeof *rows);
    if (!rows)
        return hedui_fail_memory(b->err);
    for (uint32_t i = 0; i < p->row_count; i++) {
        const hedui_parameter_row *r = &p->rows[i];
        rows[i] = (hedui_rules_row){
            .area = r->area,
            .urban_rural = r->urban_rural,
            .programme = r->programme,
            .size_from = r->size_node ? r->size.from : 0,
            .size_to = r->size_node ? r->size.to : INT64_MAX,
            .from = r->in_force.from,
            .to = r->in_force.to,
            .value = written(b, r->value_node),
            .document = document_of(b, hedui_pack_document(pack, r->basis.document)),
            .article = r->basis.article,
            .file = p->yaml->file,
            .line = r->node->line};
    }
    *out = (hedui_rules_parameter){.pack = pack->id,
                                   .id = p->id,
                                   .title = p->title,
                                   .type = p->type,
                                   .unit = p->unit,
                                   .rows = rows,
                                   .row_count = p->row_count,
                                   .file = p->yaml->file,
                                   .line = p->node->line,
                                   .column = p->node->column};
    return HEDUI_OK;
}

static hedui_status fill_value(builder *b, hedui_rules_value *out, const hedui_value *v)
{
    static const char *const subjects[] = {"household", "member", "supporter_household"};
    const hedui_value_definition *text = v->text;
    uint32_t count = text->is ? 1 : text->breakdown.count;
    const hedui_value_line_text *from = text->breakdown.items;
    hedui_rules_line *lines = hedui_arena_array(b->arena, count, sizeof *lines);
    hedui_buffer rounding;
    if (!lines)
        return hedui_fail_memory(b->err);
    for (uint32_t i = 0; i < count; i++)
        lines[i] = text->is ? (hedui_rules_line){hedui_span_of(""), text->is->text, 0}
                            : (hedui_rules_line){from[i].title, from[i].is->text, from[i].minus};
    hedui_buffer_init(&rounding);
    if (text->rounding_scale >= 0)
        hedui_buffer_format(&rounding, "%lld %s", (long long)text->rounding_scale,
                            text->rounding_mode.at);
    *out = (hedui_rules_value){.pack = v->pack->id,
                               .id = text->id,
                               .title = text->title,
                               .unit = text->unit,
                               .subject = subjects[text->subject],
                               .rounding = keep(b, &rounding),
                               .lines = lines,
                               .line_count = count,
                               .file = v->pack->yaml->file,
                               .line = text->node->line,
                               .column = text->node->column};
    hedui_buffer_free(&rounding);
    return b->err && b->err->status ? b->err->status : HEDUI_OK;
}

static hedui_status collect_uses(builder *b, hedui_rules_rule *out, const hedui_rule *r)
{
    uint32_t parameters = b->book->parameter_count, values = b->out->value_count;
    const hedui_rules_parameter **p = hedui_arena_array(b->arena, parameters, sizeof *p);
    const hedui_rules_value **v = hedui_arena_array(b->arena, values, sizeof *v);
    hedui_rests rests;
    if (!p || !v)
        return hedui_fail_memory(b->err);
    hedui_status status = hedui_rests_follow(&rests, b->book, r, b->arena, b->err);
    if (status)
        return status;
    for (uint32_t i = 0; i < parameters; i++)
        if (rests.parameters[i]) {
            b->parameters[i].used = 1;
            p[out->parameter_count++] = &b->parameters[i];
        }
    for (uint32_t i = 0; i < values; i++)
        if (rests.values[i]) {
            b->values[i].used = 1;
            v[out->value_count++] = &b->values[i];
        }
    out->parameters = p;
    out->values = v;
    return HEDUI_OK;
}

static hedui_span scope_of(builder *b, const hedui_applies_to *to)
{
    const hedui_yaml_texts *lists[] = {&to->programme, &to->urban_rural, &to->status};
    hedui_buffer text;
    hedui_buffer_init(&text);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        for (uint32_t k = 0; k < lists[i]->count; k++) {
            hedui_buffer_text(&text, k ? ", " : text.length ? " / " : "");
            hedui_buffer_add(&text, lists[i]->items[k]);
        }
    hedui_span copy = keep(b, &text);
    hedui_buffer_free(&text);
    return copy;
}

static hedui_status fill_lists(builder *b, hedui_rules_rule *out, const hedui_rule_text *t)
{
    static const char *const expectations[] = {"true", "false", "undetermined"};
    const hedui_unless *unless = t->unless.items;
    const hedui_example *examples = t->examples.items;
    hedui_rules_unless *u = hedui_arena_array(b->arena, t->unless.count, sizeof *u);
    hedui_rules_example *e = hedui_arena_array(b->arena, t->examples.count, sizeof *e);
    if (!u || !e)
        return hedui_fail_memory(b->err);
    for (uint32_t i = 0; i < t->unless.count; i++) {
        u[i].title = unless[i].title;
        u[i].kind = unless[i].is ? "is" : unless[i].manual.length ? "manual" : "override";
        u[i].text = unless[i].is ? unless[i].is->text : unless[i].manual;
    }
    for (uint32_t i = 0; i < t->examples.count; i++)
        e[i] = (hedui_rules_example){examples[i].title, expectations[examples[i].expect]};
    out->unless = u;
    out->unless_count = t->unless.count;
    out->examples = e;
    out->example_count = t->examples.count;
    return HEDUI_OK;
}

static const char *seen_of(const builder *b, const hedui_rule *r)
{
    if (r->document->confirmed)
        return "judged";
    for (size_t i = 0; i < b->seen_count; i++)
        if (hedui_span_equal(b->seen[i].rule, r->text->id))
            return memcmp(&b->seen[i].said, &r->said, sizeof r->said) == 0 ? "judged" : "lapsed";
    return "unconfirmed";
}

static hedui_status fill_rule(builder *b, hedui_rules_rule *out, const hedui_rule *r)
{
    const hedui_rule_text *t = r->text;
    *out = (hedui_rules_rule){.pack = r->pack->id,
                              .id = t->id,
                              .title = t->title,
                              .article = t->basis.article,
                              .manual = t->manual,
                              .message = written(b, t->message_node),
                              .ask = t->ask,
                              .clears = t->clears,
                              .replaces = t->replaces,
                              .applies_to = scope_of(b, &t->applies_to),
                              .each = written(b, t->each),
                              .who = written(b, t->who),
                              .when = written(b, t->when),
                              .category = t->category,
                              .effect = hedui_effect_names[t->effect],
                              .severity = hedui_severity_names[t->severity],
                              .undetermined = t->undetermined_review ? "review" : "note",
                              .shown = t->visit_sheet_only ? "visit_sheet" : "",
                              .file = t->yaml->file,
                              .line = t->node->line,
                              .from = t->in_force.from,
                              .to = t->in_force.to,
                              .document = document_of(b, r->document),
                              .seen = seen_of(b, r),
                              .said = r->said};
    hedui_status status = fill_lists(b, out, t);
    return status ? status : collect_uses(b, out, r);
}

static hedui_status take_room(builder *b)
{
    const hedui_rulebook *k = b->book;
    hedui_rules_book *out = b->out;
    hedui_span *packs = hedui_arena_array(b->arena, k->pack_count, sizeof *packs);
    hedui_span *titles = hedui_arena_array(b->arena, k->pack_count, sizeof *titles);
    for (uint32_t p = 0; p < k->pack_count; p++)
        out->document_count += k->packs[p]->document_count;
    out->pack_count = k->pack_count;
    out->parameter_count = k->parameter_count;
    out->value_count = k->household_value_count + k->member_value_count + k->supporter_value_count;
    out->rule_count = k->rule_count;
    b->documents = hedui_arena_array(b->arena, out->document_count, sizeof *b->documents);
    b->parameters = hedui_arena_array(b->arena, out->parameter_count, sizeof *b->parameters);
    b->values = hedui_arena_array(b->arena, out->value_count, sizeof *b->values);
    b->rules = hedui_arena_array(b->arena, out->rule_count, sizeof *b->rules);
    if (!packs || !titles || !b->documents || !b->parameters || !b->values || !b->rules)
        return hedui_fail_memory(b->err);
    for (uint32_t p = 0; p < k->pack_count; p++) {
        packs[p] = k->packs[p]->id;
        titles[p] = k->packs[p]->title;
    }
    out->packs = packs;
    out->pack_titles = titles;
    out->documents = b->documents;
    out->parameters = b->parameters;
    out->values = b->values;
    out->rules = b->rules;
    return HEDUI_OK;
}

/* A workspace of rules alone, where no night was run yet, has no store, nor have the inputs of a
 * run that were laid out again. */
static hedui_status read_seen(builder *b, const hedui_workspace *workspace)
{
    hedui_store *store = NULL;
    if (!workspace->store || !hedui_file_exists(workspace->store))
        return HEDUI_OK;
    hedui_status status = hedui_store_open(&store, workspace->store, HEDUI_STORE_EXISTING, b->err);
    if (!status)
        status = hedui_store_confirmed_list(&b->seen, &b->seen_count, store, b->arena, b->err);
    hedui_store_close(store);
    return status;
}

hedui_status hedui_job_rules_book_make(const hedui_rules_book **book,
                                       const hedui_rulebook *rulebook,
                                       const hedui_workspace *workspace, hedui_arena *arena,
                                       hedui_err *err)
{
    hedui_err own;
    builder b = {.book = rulebook, .arena = arena, .err = err ? err : &own};
    hedui_err_init(&own);
    b.out = hedui_arena_take(arena, sizeof *b.out);
    hedui_status status = b.out ? read_seen(&b, workspace) : hedui_fail_memory(b.err);
    if (!status)
        status = take_room(&b);
    if (!status)
        fill_documents(&b);
    for (uint32_t i = 0; !status && i < b.out->parameter_count; i++)
        status = fill_parameter(&b, &b.parameters[i], b.book->parameters[i]);
    for (uint32_t i = 0; !status && i < b.out->value_count; i++)
        status = fill_value(&b, &b.values[i], hedui_rests_value(b.book, i));
    for (uint32_t i = 0; !status && i < b.out->rule_count; i++)
        status = fill_rule(&b, &b.rules[i], &b.book->rules[i]);
    if (!status)
        *book = b.out;
    return status;
}

hedui_status hedui_job_rules_book(const hedui_rules_book **book, const hedui_workspace *workspace,
                                  hedui_arena *arena, const hedui_notes *notes, hedui_err *err)
{
    hedui_job_packs packs = {0};
    hedui_status status = hedui_job_packs_load(&packs, workspace, arena, notes, err);
    return status ? status : hedui_job_rules_book_make(book, packs.rulebook, workspace, arena, err);
}

const char *hedui_rules_state(const hedui_rules_rule *rule, int32_t day)
{
    if (!rule->when.length)
        return "manual";
    if (day < rule->from || day > rule->to)
        return day < rule->from ? "not_yet" : "over";
    return rule->seen;
}
