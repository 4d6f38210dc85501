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

static int same_row(const hedui_touch *a, const hedui_touch *b)
{
    return a->source == b->source && a->row == b->row;
}

/* Of touches in order of place each once. The row as such comes last of its row and is dropped
 * where cells of it were read, a search where a row of that source was found. @return How many
 * rows. */
static uint32_t keep_once(hedui_touch *touches, uint32_t *count)
{
    uint32_t kept = 0, rows = 0;
    for (uint32_t i = 0; i < *count; i++) {
        const hedui_touch *t = &touches[i], *before = kept ? &touches[kept - 1] : NULL;
        int again = before && same_row(before, t) &&
                    (t->column == before->column || t->column == HEDUI_COLUMN_NONE);
        int in_vain = before && t->row == HEDUI_NONE && t->source == before->source;
        if (again || in_vain)
            continue;
        rows += !before || !same_row(before, t);
        touches[kept++] = *t;
    }
    *count = kept;
    return rows;
}

static uint32_t count_cells(const hedui_touch *touches, uint32_t count)
{
    uint32_t cells = 0;
    for (uint32_t i = 0; i < count; i++)
        cells += touches[i].column != HEDUI_COLUMN_NONE;
    return cells;
}

/* The first of the touches with the others of its row. @return How many they are, 0 with j->err. */
static uint32_t take_row(hedui_proof *p, hedui_judge *j, hedui_proof_cell *cells,
                         const hedui_touch *touches, uint32_t count)
{
    uint32_t n = 0;
    *p = (hedui_proof){.source = touches->source, .row = touches->row, .cells = cells};
    p->member = member_of(j, p->source, p->row);
    for (; n < count && same_row(&touches[n], touches); n++) {
        if (touches[n].column == HEDUI_COLUMN_NONE)
            continue;
        hedui_span value = hedui_arena_copy(j->results, touches[n].value);
        if (!value.at) {
            (void)hedui_fail_memory(&j->err);
            return 0;
        }
        cells[p->cell_count++] = (hedui_proof_cell){touches[n].column, value};
    }
    return n;
}

hedui_status hedui_proof_group(hedui_finding *finding, hedui_judge *judge, hedui_touch *touches,
                               uint32_t count, hedui_span rule_id)
{
    if (count)
        qsort(touches, count, sizeof *touches, by_place);
    uint32_t rows = keep_once(touches, &count), n = 0;
    hedui_proof *proofs = hedui_arena_array(judge->results, rows, sizeof *proofs);
    hedui_proof_cell *cells =
        hedui_arena_array(judge->results, count_cells(touches, count), sizeof *cells);
    if (!proofs || !cells)
        return hedui_fail_memory(&judge->err);
    for (uint32_t i = 0; i < rows; i++, touches += n, count -= n) {
        hedui_proof *p = &proofs[i];
        hedui_status status = HEDUI_OK;
        n = take_row(p, judge, cells, touches, count);
        if (!n)
            return judge->err.status;
        cells += p->cell_count;
        if (p->row != HEDUI_NONE)
            status = hedui_proof_row_key(&p->row_key, judge, p->source, p->row, judge->results);
        if (!status)
            status = digest_proof(p, judge, finding, rule_id);
        if (status)
            return status;
    }
    finding->proofs = proofs;
    finding->proof_count = rows;
    return digest_finding(finding, judge);
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
