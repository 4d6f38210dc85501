/* Copies into the arenas of a part, so that it can be taken while the next one is judged; what
 * layouts and rules say of themselves outlives the run and is not copied, nor what the judges say:
 * that stands in the same arenas. Running out of memory is remembered and told once.
 *
 * Region 3: pieces of the part's arrays, each thread with an assembler and an arena of its own.
 * Every household, flag and cause has its place before any is filled. */
#include "run/assembling.h"

#include <omp.h>
#include <stdlib.h>

enum { PIECE = 256 };

_Static_assert((int)HEDUI_RUN_BAD_VALUE == (int)HEDUI_CAUSE_BAD_VALUE &&
                   (int)HEDUI_RUN_REFUSED_FEED == (int)HEDUI_CAUSE_REFUSED,
               "reasons of results are the causes of rules");
_Static_assert((int)HEDUI_RUN_MATCH_UPGRADED == (int)HEDUI_MATCH_UPGRADED, "matches agree");
_Static_assert((int)HEDUI_RUN_INCLUDE == (int)HEDUI_EFFECT_INCLUDE, "effects agree");

static hedui_span source_name(const assembler *a, uint16_t source)
{
    const hedui_catalogue *c = a->request->rulebook->catalogue;
    if (source < c->feed_count)
        return c->feeds[source]->name;
    if (source == c->feed_count)
        return c->households->name;
    if (source == c->feed_count + 1)
        return c->members->name;
    if (source >= HEDUI_SOURCE_PARAMETER && source != HEDUI_SOURCE_NONE)
        return a->request->rulebook->parameters[source - HEDUI_SOURCE_PARAMETER]->id;
    return hedui_span_of("");
}

static const hedui_layout *layout_of(const assembler *a, uint32_t source)
{
    return hedui_catalogue_layout(a->request->rulebook->catalogue, source);
}

static uint32_t delivery_index(const assembler *a, const hedui_proof *proof)
{
    uint32_t within = 0;
    if (proof->row != HEDUI_NONE && proof->source < a->book->feed_count)
        within = a->book->feeds[proof->source].links[proof->row].delivery;
    return a->first[proof->source] + within;
}

static hedui_fact fact_of(const assembler *a, const hedui_proof *proof)
{
    const hedui_caseload *c = a->book->caseload;
    if (proof->source < a->book->feed_count) {
        const hedui_feed_book *feed = &a->book->feeds[proof->source];
        const hedui_link *link = &feed->links[proof->row];
        return hedui_facts_at(feed->deliveries[link->delivery]->facts, link->fact);
    }
    if (proof->source == a->book->feed_count)
        return hedui_facts_at(c->household_delivery->facts, c->households[proof->row].fact);
    return hedui_facts_at(c->member_delivery->facts, c->members[proof->row].fact);
}

static void assemble_evidence(assembler *a, hedui_run_evidence *e, const hedui_proof *proof)
{
    const hedui_layout *layout = layout_of(a, proof->source);
    e->delivery = delivery_index(a, proof);
    e->content = proof->content;
    e->row_key = proof->row_key.length ? proof->row_key : hedui_span_of("");
    if (proof->member != HEDUI_NONE)
        e->person = keep(a, hedui_member_name(a->book->caseload, proof->member));
    if (proof->row != HEDUI_NONE) {
        const hedui_fact fact = fact_of(a, proof);
        e->line = fact.line;
        e->offset = (int64_t)fact.offset;
        e->length = fact.length;
        if (proof->source < a->book->feed_count)
            e->match = (hedui_run_match)a->book->feeds[proof->source].links[proof->row].match;
        else if (proof->member != HEDUI_NONE && a->book->caseload->members[proof->member].upgraded)
            e->match = HEDUI_RUN_MATCH_UPGRADED;
    }
    if (layout)
        e->columns = layout->columns;
    e->cells = proof->cells;
    e->cell_count = proof->cell_count;
}

static hedui_span returned(const hedui_finding *f)
{
    static const char *const codes[] = {
        [HEDUI_OVERRIDE_NONE] = "",           [HEDUI_OVERRIDE_HOLDS] = "",
        [HEDUI_OVERRIDE_CHANGED] = "changed", [HEDUI_OVERRIDE_EXPIRED] = "expired",
        [HEDUI_OVERRIDE_REVOKED] = "revoked", [HEDUI_OVERRIDE_NOT_ALLOWED] = "not_allowed"};
    return hedui_span_of(codes[f->override_state]);
}

static void assemble_flag(assembler *a, hedui_run_flag *flag, const hedui_finding *f)
{
    hedui_run_evidence *evidence = room(a, f->proof_count, sizeof *evidence);
    for (uint32_t p = 0; evidence && p < f->proof_count; p++)
        assemble_evidence(a, &evidence[p], &f->proofs[p]);
    *flag = (hedui_run_flag){.household = a->place[f->household] - a->first_place,
                             .rule = f->rule,
                             .subject = f->subject,
                             .effect = (hedui_run_effect)f->effect,
                             .capped = f->capped,
                             .message = f->message,
                             .content = f->content,
                             .evidence = evidence,
                             .evidence_count = evidence ? f->proof_count : 0,
                             .returned = returned(f)};
    if (f->override)
        flag->override = keep(a, f->override->id);
    if (f->member != HEDUI_NONE) {
        const hedui_caseload *c = a->book->caseload;
        char masked[HEDUI_CITIZEN_ID_TEXT];
        hedui_citizen_id_mask(masked, c->persons[c->members[f->member].person].id);
        flag->person = keep(a, hedui_member_name(c, f->member));
        flag->person_masked = keep(a, hedui_span_of(masked));
    }
}

static void assemble_flags(assembler *a, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++)
        assemble_flag(a, &a->flags[i], a->judged->findings[i]);
}

static void assemble_overridden(assembler *a, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++)
        assemble_flag(a, &a->overridden[i], a->judged->overridden[i]);
}

static void assemble_doubts(assembler *a, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++) {
        const hedui_doubt *d = a->judged->doubts[i];
        const hedui_layout *layout = layout_of(a, d->reason.source);
        hedui_run_undetermined *made = &a->undetermined[i];
        *made = (hedui_run_undetermined){
            .household = a->place[d->household] - a->first_place,
            .rule = d->rule,
            .subject = d->subject,
            .reason = (hedui_run_reason)d->reason.kind,
            .source = source_name(a, d->reason.source),
            .review = a->request->rulebook->rules[d->rule].text->undetermined_review};
        if (layout && hedui_cause_has_field(d->reason.kind) &&
            d->reason.field < layout->column_count)
            made->field = layout->columns[d->reason.field].name;
        if (d->reason.row != HEDUI_NONE && layout)
            made->person = keep(a, hedui_member_name(a->book->caseload, d->reason.row));
    }
}

hedui_status hedui_assemble_gaps(hedui_run_result *result, hedui_assembler *a,
                                 const hedui_judges *judges, hedui_arena *arena, hedui_err *err)
{
    const hedui_feed_gap *list = NULL;
    uint32_t count = 0;
    hedui_status status = hedui_judges_gaps(&list, &count, judges, arena, err);
    if (status)
        return status;
    hedui_run_gap *gaps = hedui_arena_array(arena, count, sizeof *gaps);
    if (!gaps)
        return hedui_fail_memory(err);
    for (uint32_t i = 0; i < count; i++) {
        const hedui_feed_gap *gap = &list[i];
        hedui_cause cause = hedui_judge_missed_cause(a->book, gap->source, gap->column);
        gaps[i] = (hedui_run_gap){.rule = gap->rule,
                                  .reason = (hedui_run_reason)cause,
                                  .source = source_name(a, (uint16_t)gap->source),
                                  .households = gap->households,
                                  .field = hedui_span_of(""),
                                  .field_title = hedui_span_of("")};
        if (gap->column != HEDUI_COLUMN_NONE) {
            const hedui_column *column = &layout_of(a, gap->source)->columns[gap->column];
            gaps[i].field = column->name;
            gaps[i].field_title = column->title;
        }
    }
    result->gaps = gaps;
    result->gap_count = count;
    return HEDUI_OK;
}

/* ",dibao,low_edge,"; empty: any. */
static hedui_span codes(assembler *a, const hedui_yaml_texts *texts)
{
    hedui_buffer text;
    hedui_buffer_init(&text);
    for (uint32_t i = 0; i < texts->count; i++) {
        if (i == 0)
            hedui_buffer_byte(&text, ',');
        hedui_buffer_add(&text, texts->items[i]);
        hedui_buffer_byte(&text, ',');
    }
    hedui_span kept = keep(a, hedui_buffer_span(&text));
    a->failed |= hedui_buffer_failed(&text);
    hedui_buffer_free(&text);
    return kept;
}

static void add_question(hedui_buffer *text, hedui_span question)
{
    if (question.length && text->length)
        hedui_buffer_byte(text, '\n');
    hedui_buffer_add(text, question);
}

/* What the rule leaves to people: its own question, then those of its exceptions. */
static hedui_span questions(assembler *a, const hedui_rule_text *rule)
{
    const hedui_unless *unless = rule->unless.items;
    hedui_buffer text;
    hedui_buffer_init(&text);
    add_question(&text, rule->manual);
    for (uint32_t i = 0; i < rule->unless.count; i++)
        add_question(&text, unless[i].manual);
    hedui_span kept = keep(a, hedui_buffer_span(&text));
    a->failed |= hedui_buffer_failed(&text);
    hedui_buffer_free(&text);
    return kept;
}

static void assemble_rules(assembler *a, hedui_run_result *result)
{
    const hedui_rulebook *book = a->request->rulebook;
    hedui_run_rule *rules = room(a, book->rule_count, sizeof *rules);
    for (uint32_t i = 0; rules && i < book->rule_count; i++) {
        const hedui_rule *r = &book->rules[i];
        hedui_standing standing = hedui_rule_standing(r, a->book->prior, a->book->as_of);
        hedui_buffer basis;
        hedui_buffer_init(&basis);
        hedui_buffer_text(&basis, "《");
        hedui_buffer_add(&basis, r->document->title);
        hedui_buffer_text(&basis, "》");
        hedui_buffer_add(&basis, r->text->basis.article);
        a->failed |= hedui_buffer_failed(&basis);
        rules[i] = (hedui_run_rule){.pack = keep(a, r->pack->id),
                                    .id = keep(a, r->text->id),
                                    .title = keep(a, r->text->title),
                                    .basis = keep(a, hedui_buffer_span(&basis)),
                                    .ask = keep(a, r->text->ask),
                                    .clears = keep(a, r->text->clears),
                                    .questions = questions(a, r->text),
                                    .category = (int32_t)r->text->category,
                                    .effect = (hedui_run_effect)r->text->effect,
                                    .severity = (hedui_run_severity)r->text->severity,
                                    .digest = r->digest,
                                    .in_force = standing == HEDUI_STANDING_JUDGED,
                                    .standing = hedui_span_of(hedui_standing_code(standing)),
                                    .visit_sheet = r->text->visit_sheet_only || !r->when,
                                    .programmes = codes(a, &r->text->applies_to.programme),
                                    .urban_rurals = codes(a, &r->text->applies_to.urban_rural),
                                    .statuses = codes(a, &r->text->applies_to.status)};
        hedui_buffer_free(&basis);
    }
    result->rules = rules;
    result->rule_count = book->rule_count;
}

static void assemble_inputs(assembler *a, hedui_run_result *result)
{
    const hedui_rulebook *book = a->request->rulebook;
    const hedui_layouts *layouts = a->request->layouts;
    hedui_run_input *inputs =
        room(a, (size_t)book->pack_count + layouts->count + 3, sizeof *inputs);
    uint32_t n = 0;
    if (!inputs)
        return;
    for (uint32_t i = 0; i < book->pack_count; i++)
        inputs[n++] = (hedui_run_input){hedui_span_of("pack"), keep(a, book->packs[i]->id),
                                        book->packs[i]->digest};
    for (uint32_t i = 0; i < layouts->count; i++)
        inputs[n++] = (hedui_run_input){hedui_span_of("layout"), keep(a, layouts->list[i]->name),
                                        layouts->list[i]->digest};
    inputs[n++] = (hedui_run_input){hedui_span_of("areas"), hedui_span_of("areas.csv"),
                                    a->book->caseload->areas->digest};
    if (a->request->prior)
        inputs[n++] = (hedui_run_input){hedui_span_of("prior"), hedui_span_of("prior"),
                                        a->request->prior->digest};
    if (a->request->inputs)
        inputs[n++] = (hedui_run_input){hedui_span_of("inputs"), hedui_span_of("listing"),
                                        *a->request->inputs};
    result->inputs = inputs;
    result->input_count = n;
}

/* How many rows came by which match, and how many members have a row at all; supporters are not
 * counted among the people of the caseload. */
static void count_matches(assembler *a, hedui_run_result *result)
{
    const hedui_caseload *c = a->book->caseload;
    enum { MEMBER = 1, AUTHORISED = 2, MATCHED = 4 };
    uint8_t *seen = room(a, c->person_count, 1);
    for (uint32_t m = 0; seen && m < c->member_count; m++)
        if (!c->members[m].supporter && a->place[c->members[m].household] != HEDUI_NONE)
            seen[c->members[m].person] |= c->members[m].authorised ? MEMBER | AUTHORISED : MEMBER;
    for (uint32_t f = 0; seen && f < a->book->feed_count; f++)
        for (uint32_t i = 0; i < a->book->feeds[f].link_count; i++) {
            const hedui_link *link = &a->book->feeds[f].links[i];
            const hedui_member *member = &c->members[link->member];
            if (member->supporter || a->place[member->household] == HEDUI_NONE)
                continue;
            result->rows_matched[link->match]++;
            seen[member->person] |= MATCHED;
        }
    for (uint32_t i = 0; seen && i < c->person_count; i++) {
        result->persons += (seen[i] & MEMBER) != 0;
        result->persons_authorised += (seen[i] & AUTHORISED) != 0;
        result->persons_matched += (seen[i] & MATCHED) != 0;
    }
}

typedef void piece(assembler *a, uint32_t from, uint32_t to);

static void run_pieces(assembler *parts, int threads, piece *fill, uint32_t count)
{
    uint32_t pieces = (count + PIECE - 1) / PIECE;
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads) default(none)                   \
    shared(parts, fill, count, pieces)
    for (uint32_t i = 0; i < pieces; i++) {
        uint32_t from = i * PIECE, to = count - from < PIECE ? count : from + PIECE;
        fill(&parts[omp_get_thread_num()], from, to);
    }
}

/* What is long, by all threads. */
static void assemble_pieces(assembler *a, hedui_arena *const *arenas)
{
    const hedui_judged *j = a->judged;
    int threads = a->request->threads;
    assembler *parts = room(a, (size_t)threads, sizeof *parts);
    for (int t = 0; parts && t < threads; t++) {
        parts[t] = *a;
        parts[t].arena = arenas[t];
        hedui_buffer_init(&parts[t].words);
    }
    if (!a->failed) {
        run_pieces(parts, threads, hedui_assemble_households, j->to - j->from);
        run_pieces(parts, threads, assemble_flags, j->finding_count);
        run_pieces(parts, threads, assemble_overridden, j->overridden_count);
        run_pieces(parts, threads, assemble_doubts, j->doubt_count);
    }
    for (int t = 0; parts && t < threads; t++) {
        a->failed |= parts[t].failed;
        hedui_buffer_free(&parts[t].words);
    }
}

/* How many households the result has up to before that of the caseload. */
static uint32_t places_before(const assembler *a, uint32_t household)
{
    while (household-- > 0)
        if (a->place[household] != HEDUI_NONE)
            return a->place[household] + 1;
    return 0;
}

hedui_status hedui_assemble_head(hedui_assembler **assembler_made, hedui_run_result *result,
                                 const hedui_run_request *request, const hedui_book *book,
                                 const uint8_t *only, const uint32_t *first, hedui_arena *arena,
                                 hedui_err *err)
{
    assembler *a = hedui_arena_take(arena, sizeof *a);
    if (!a)
        return hedui_fail_memory(err);
    *a = (assembler){.request = request, .book = book, .arena = arena, .first = first};
    result->as_of = book->as_of;
    result->listed = only != NULL;
    result->unit = keep(a, request->unit);
    assemble_inputs(a, result);
    assemble_rules(a, result);
    hedui_assemble_places(a, only); /* first: what follows is placed by them */
    if (!a->failed)
        hedui_assemble_met_entries(a);
    if (!a->failed)
        count_matches(a, result);
    *assembler_made = a;
    return a->failed ? hedui_fail_memory(err) : HEDUI_OK;
}

hedui_status hedui_assemble_part(hedui_run_result *part, hedui_assembler *a,
                                 const hedui_judged *judged, hedui_arena *const *arenas,
                                 hedui_err *err)
{
    a->judged = judged;
    a->arena = arenas[0];
    a->first_place = places_before(a, judged->from);
    uint32_t count = places_before(a, judged->to) - a->first_place;
    part->households = a->households = room(a, count, sizeof *a->households);
    part->household_count = count;
    part->flags = a->flags = room(a, judged->finding_count, sizeof *a->flags);
    part->flag_count = judged->finding_count;
    part->overridden = a->overridden = room(a, judged->overridden_count, sizeof *a->overridden);
    part->overridden_count = judged->overridden_count;
    part->undetermined = a->undetermined = room(a, judged->doubt_count, sizeof *a->undetermined);
    part->undetermined_count = judged->doubt_count;
    if (!a->failed)
        assemble_pieces(a, arenas);
    if (!a->failed)
        hedui_assemble_met(a, part, count);
    return a->failed ? hedui_fail_memory(err) : HEDUI_OK;
}
