/* The keys and words of what an answer rests on: what tells one finding from another, and the
 * sentence that people read. */
#include "rule/proof.h"

#include <hedui/citizen_id.h>

const hedui_facts *hedui_proof_facts(uint32_t *fact, const hedui_judge *j, uint16_t source,
                                     uint32_t row)
{
    const hedui_caseload *c = j->book->caseload;
    if (source < j->book->feed_count) {
        const hedui_link *link = &j->book->feeds[source].links[row];
        *fact = link->fact;
        return j->book->feeds[source].deliveries[link->delivery]->facts;
    }
    int household = source == j->book->feed_count;
    *fact = household ? c->households[row].fact : c->members[row].fact;
    return household ? c->household_delivery->facts : c->member_delivery->facts;
}

/* A row's key for people and for identity: its key columns joined by a bar; where a citizen number
 * is among them, a digest, because keys are stored and printed. */
hedui_status hedui_proof_row_key(hedui_span *key, hedui_judge *judge, uint16_t source, uint32_t row,
                                 hedui_arena *arena)
{
    uint32_t fact;
    const hedui_facts *facts = hedui_proof_facts(&fact, judge, source, row);
    const hedui_layout *layout = facts->layout;
    int personal = 0;
    for (uint32_t i = 0; i < layout->key_count; i++)
        personal |= layout->columns[layout->keys[i]].type == HEDUI_COLUMN_CITIZEN_ID;
    hedui_buffer_clear(&judge->key);
    hedui_facts_key(&judge->key, facts, fact);
    if (hedui_buffer_failed(&judge->key))
        return hedui_fail_memory(&judge->err);
    hedui_span whole = hedui_buffer_span(&judge->key);
    char hex[HEDUI_DIGEST_HEX];
    if (personal) {
        hedui_digest digest;
        hedui_status status = hedui_digest_of(&digest, whole, &judge->err);
        if (status)
            return status;
        hedui_digest_hex(hex, &digest);
        whole = (hedui_span){hex, HEDUI_CITIZEN_ID_TOKEN - 1};
    }
    char *text = hedui_arena_take(arena, whole.length + 1);
    if (!text)
        return hedui_fail_memory(&judge->err);
    for (size_t i = 0; i < whole.length; i++)
        text[i] = whole.at[i] == '\x1F' ? '|' : whole.at[i];
    *key = (hedui_span){text, whole.length};
    return HEDUI_OK;
}

hedui_status hedui_proof_subject(hedui_span *subject, hedui_judge *judge, hedui_cel_value element)
{
    *subject = hedui_span_of("");
    if (element.kind != HEDUI_CEL_RECORD)
        return HEDUI_OK;
    uint16_t source = hedui_catalogue_source(element.as.row.type);
    if (source < judge->book->feed_count)
        return hedui_proof_row_key(subject, judge, source, element.count, judge->scratch);
    if (source != judge->book->feed_count + 1)
        return HEDUI_OK;
    const hedui_member *member = &judge->book->caseload->members[element.count];
    char token[HEDUI_CITIZEN_ID_TOKEN];
    hedui_status status = hedui_citizen_id_token(
        token, judge->book->caseload->persons[member->person].id, &judge->err);
    if (status)
        return status;
    *subject = hedui_arena_copy(judge->scratch, hedui_span_of(token));
    return subject->at ? HEDUI_OK : hedui_fail_memory(&judge->err);
}

hedui_status hedui_proof_message(hedui_span *message, hedui_judge *judge, const hedui_rule *rule)
{
    hedui_buffer text;
    if (!rule->message) {
        *message = rule->text->title;
        return HEDUI_OK;
    }
    hedui_buffer_init(&text);
    hedui_cel_input input = hedui_judge_input(judge, judge->variables);
    int good = hedui_cel_template_render(&text, rule->message, &input, judge->scratch) &&
               !hedui_buffer_failed(&text);
    hedui_span copy = {NULL, 0};
    if (good)
        copy = hedui_arena_copy(judge->results, hedui_buffer_span(&text));
    hedui_buffer_free(&text);
    if (!copy.at)
        return hedui_fail_memory(&judge->err);
    *message = copy;
    return HEDUI_OK;
}
