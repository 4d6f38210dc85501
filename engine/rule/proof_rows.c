/* What was read, grouped: one proof a row, each with a digest of what was read in it.
 *
 * The digest leaves out where the row stood, the day of the data and the day of the run, so that
 * the same facts in tomorrow's delivery are recognised as the same. */
#include "rule/proof_rows.h"
#include "rule/proof.h"

#include <stdlib.h>

static uint32_t member_of(const hedui_judge *j, uint16_t source, uint32_t row)
{
    if (row == HEDUI_NONE)
        return HEDUI_NONE;
    if (source < j->book->feed_count)
        return j->book->feeds[source].links[row].member;
    return source == j->book->feed_count + 1 ? row : HEDUI_NONE;
}

static int by_place(const void *a, const void *b)
{
    const hedui_touch *x = a, *y = b;
    if (x->source != y->source)
        return x->source < y->source ? -1 : 1;
    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    return x->column < y->column ? -1 : x->column > y->column;
}

/* Of a row whose key is in j->key. */
static hedui_status digest_proof(hedui_proof *proof, hedui_judge *j, const hedui_finding *finding,
                                 hedui_span rule_id)
{
    const hedui_catalogue *catalogue = j->rulebook->catalogue;
    hedui_digester_field(j->digester, rule_id);
    hedui_digester_field(j->digester, finding->subject);
    const hedui_layout *layout = hedui_catalogue_layout(catalogue, proof->source);
    hedui_digester_field(j->digester, layout->name);
    if (proof->row != HEDUI_NONE)
        hedui_digester_field(j->digester, hedui_buffer_span(&j->key));
    for (uint32_t i = 0; i < proof->cell_count; i++) {
        hedui_digester_field(j->digester, layout->columns[proof->cells[i].column].name);
        hedui_digester_field(j->digester, proof->cells[i].value);
    }
    return hedui_digester_end(&proof->content, j->digester, &j->err);
}

static int by_content(const void *a, const void *b)
{
    const hedui_digest *x = a, *y = b;
    return memcmp(x->bytes, y->bytes, sizeof x->bytes);
}

/* Over the contents of the proofs in the order of the contents themselves: the same rows in another
 * order of the file are the same facts. */
static hedui_status digest_finding(hedui_finding *finding, hedui_judge *j)
{
    uint32_t count = finding->proof_count;
    hedui_digest *contents = hedui_arena_array(j->scratch, count, sizeof *contents);
    if (!contents)
        return hedui_fail_memory(&j->err);
    for (uint32_t i = 0; i < count; i++)
        contents[i] = finding->proofs[i].content;
    if (count)
        qsort(contents, count, sizeof *contents, by_content);
    hedui_digester_add(j->digester, contents, count * sizeof *contents);
    return hedui_digester_end(&finding->content, j->digester, &j->err);
}

/* Touches in order of place to one proof a row; the row as such comes last of its row and is
 * dropped where cells of it were read, a search where a row of that source was found. */
static hedui_status group(hedui_finding *finding, hedui_judge *j, const hedui_touch *touches,
                          uint32_t count, hedui_span rule_id)
{
    hedui_proof *proofs = hedui_arena_array(j->results, count, sizeof *proofs);
    hedui_proof_cell *cells = hedui_arena_array(j->results, count, sizeof *cells);
    uint32_t proof_count = 0, used = 0;
    if (!proofs || !cells)
        return hedui_fail_memory(&j->err);
    for (uint32_t i = 0; i < count;) {
        hedui_proof *p = &proofs[proof_count];
        uint32_t start = i;
        *p = (hedui_proof){.source = touches[i].source, .row = touches[i].row};
        p->cells = &cells[used];
        for (; i < count && touches[i].source == p->source && touches[i].row == p->row; i++) {
            int repeated = i > start && touches[i].column == touches[i - 1].column;
            if (touches[i].column == HEDUI_COLUMN_NONE || repeated)
                continue;
            cells[used + p->cell_count++] = (hedui_proof_cell){touches[i].column, touches[i].value};
        }
        used += p->cell_count;
        p->member = member_of(j, p->source, p->row);
        int found_before =
            p->row == HEDUI_NONE && proof_count > 0 && proofs[proof_count - 1].source == p->source;
        if (found_before)
            continue;
        hedui_status status = HEDUI_OK;
        if (p->row != HEDUI_NONE)
            status = hedui_proof_row_key(&p->row_key, j, p->source, p->row, j->results);
        if (!status)
            status = digest_proof(p, j, finding, rule_id);
        if (status)
            return status;
        proof_count++;
    }
    finding->proofs = proofs;
    finding->proof_count = proof_count;
    return digest_finding(finding, j);
}

hedui_status hedui_proof_group(hedui_finding *finding, hedui_judge *judge, hedui_touch *touches,
                               uint32_t count, hedui_span rule_id)
{
    if (count)
        qsort(touches, count, sizeof *touches, by_place);
    return group(finding, judge, touches, count, rule_id);
}

uint32_t hedui_proof_member(const hedui_judge *judge, hedui_cel_value element)
{
    if (element.kind != HEDUI_CEL_RECORD)
        return HEDUI_NONE;
    return member_of(judge, hedui_catalogue_source(element.as.row.type), element.count);
}

int hedui_proof_is_weak(const hedui_judge *judge, hedui_cel_value element)
{
    if (element.kind != HEDUI_CEL_RECORD)
        return 0;
    uint16_t source = hedui_catalogue_source(element.as.row.type);
    return source < judge->book->feed_count &&
           judge->book->feeds[source].links[element.count].match != HEDUI_MATCH_ID_NAME;
}
