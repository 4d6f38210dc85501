/* The semi-join and what stands behind it: numbers are looked up in batches, and only the rows of
 * people that matter are decoded. */
#include "feed/scan.h"
#include "feed/watch.h"

#include "value/cell.h"

static int note_rejected_person(hedui_scan *scan, uint32_t person)
{
    uint32_t count = scan->delivery->rejected_person_count;
    if (person == HEDUI_PERSON_NONE)
        return 1;
    if (count == scan->rejected_person_capacity) {
        uint32_t capacity = count ? count * 2 : 256;
        uint32_t *larger = hedui_arena_array(scan->delivery->arena, capacity, sizeof *larger);
        if (!larger)
            return 0;
        if (count)
            memcpy(larger, scan->rejected_persons, count * sizeof *larger);
        scan->rejected_persons = larger;
        scan->rejected_person_capacity = capacity;
    }
    scan->rejected_persons[count] = person;
    scan->delivery->rejected_persons = scan->rejected_persons;
    scan->delivery->rejected_person_count = count + 1;
    return 1;
}

/* The cell that a reject is about, or the whole row. */
static hedui_span offending(hedui_scan *scan, const hedui_pending *p, hedui_reason reason,
                            uint32_t column)
{
    (void)reason;
    hedui_span whole = {p->line.row.at, p->line.row.length};
    if (column == HEDUI_COLUMN_NONE || scan->header.cell_of[column] == HEDUI_COLUMN_NONE)
        return whole;
    uint32_t count = hedui_csv_split(scan->reader.cells, &p->line.row, &scan->reader.format);
    uint32_t cell = scan->header.cell_of[column];
    if (cell >= count)
        return whole;
    return (hedui_span){scan->reader.cells[cell].at, scan->reader.cells[cell].length};
}

/* Keep the first key cell with the reject, so that a rejected row of the caseload can be laid to
 * its household. A citizen number is no such key: it has a place of its own, or is what is wrong.
 */
static void note_key(hedui_reject *record, hedui_scan *scan, const hedui_pending *p)
{
    const hedui_layout *layout = scan->layout;
    uint32_t cell = layout->key_count ? scan->header.cell_of[layout->keys[0]] : HEDUI_COLUMN_NONE;
    hedui_span text;
    if (cell == HEDUI_COLUMN_NONE ||
        !hedui_column_type_is_text(layout->columns[layout->keys[0]].type) ||
        cell >= hedui_csv_split(scan->reader.cells, &p->line.row, &scan->reader.format) ||
        !hedui_reader_text(&text, &scan->reader, cell))
        return;
    text = hedui_trim(text);
    if (text.length < sizeof record->key && !memchr(text.at, '\0', text.length))
        memcpy(record->key, text.at, text.length);
}

static hedui_status reject(hedui_scan *scan, const hedui_pending *p, hedui_reason reason,
                           uint32_t column, hedui_err *err)
{
    hedui_reject record;
    hedui_scan_reject(&record, scan, p->line.offset, p->line.number, p->line.row.length, reason,
                      column, offending(scan, p, reason, column));
    note_key(&record, scan, p);
    for (uint32_t i = p->first_id; i < p->first_id + p->id_count; i++) {
        if (record.person == HEDUI_PERSON_NONE)
            record.person = scan->reader.persons[i];
        if (!note_rejected_person(scan, scan->reader.persons[i]))
            return hedui_fail_memory(err);
    }
    return hedui_scan_keep_reject(scan, &record, err);
}

static void count_codes(uint64_t *codes, hedui_column_type type, int64_t number)
{
    uint64_t bits = (uint64_t)number;
    if (type != HEDUI_COLUMN_CODES) {
        codes[bits]++;
        return;
    }
    for (; bits; bits &= bits - 1)
        codes[__builtin_ctzll(bits)]++;
}

static void count_cells(hedui_scan *scan)
{
    for (uint32_t c = 0; c < scan->layout->column_count; c++) {
        hedui_column_count *count = &scan->counts[c];
        int64_t number = scan->reader.draft.numbers[c];
        switch ((hedui_cell_state)scan->reader.draft.states[c]) {
        case HEDUI_CELL_VALUE:
            if (hedui_column_type_is_text(scan->layout->columns[c].type))
                number = 0;
            if (!count->value || number < count->least)
                count->least = number;
            if (!count->value || number > count->most)
                count->most = number;
            count->value++;
            if (scan->codes[c])
                count_codes(scan->codes[c], scan->layout->columns[c].type, number);
            break;
        case HEDUI_CELL_ABSENT:
        case HEDUI_CELL_OTHER_DOCUMENT:
            count->absent++;
            break;
        case HEDUI_CELL_UNLISTED:
            count->unlisted++;
            break;
        case HEDUI_CELL_BAD:
            count->bad++;
            break;
        case HEDUI_CELL_UNKNOWN:
        case HEDUI_CELL_NO_COLUMN:
            count->unknown++;
            break;
        }
    }
}

/* Put the decoded row among the facts, once for each person that was found. */
static hedui_status keep_row(hedui_scan *scan, const hedui_pending *p, hedui_err *err)
{
    hedui_facts *facts = scan->delivery->facts;
    hedui_fact fact = {.offset = p->line.offset,
                       .length = p->line.row.length,
                       .line = p->line.number,
                       .person = HEDUI_PERSON_NONE,
                       .row = scan->rows_kept++,
                       .role = HEDUI_ROLE_NONE,
                       .form = HEDUI_CITIZEN_ID_18};
    int surely = !p->id_count, matching = scan->reader.matcher && scan->layout->person_count;
    for (uint32_t i = p->first_id; i < p->first_id + p->id_count; i++) {
        if (matching && scan->reader.persons[i] == HEDUI_PERSON_NONE)
            continue;
        surely |= scan->reader.forms[i] == HEDUI_CITIZEN_ID_18;
        fact.form = scan->reader.forms[i];
        if (!matching)
            continue;
        fact.person = scan->reader.persons[i];
        fact.role = scan->reader.roles[i];
        if (!hedui_facts_add(facts, &fact, &scan->reader.draft))
            return hedui_fail_memory(err);
    }
    if (!matching && surely)
        fact.form = HEDUI_CITIZEN_ID_18;
    if (!matching && !scan->doubles && !hedui_facts_add(facts, &fact, &scan->reader.draft))
        return hedui_fail_memory(err);
    count_cells(scan);
    scan->ledger.accepted++;
    scan->ledger.matched++;
    scan->ledger.upgraded += !surely;
    return HEDUI_OK;
}

/* The people of an earlier row are in doubt too when another row contradicts it. */
static hedui_status doubt_earlier(hedui_scan *scan, const hedui_facts *facts, uint32_t earlier,
                                  hedui_err *err)
{
    uint32_t row = hedui_facts_row(facts, earlier);
    for (uint32_t i = earlier; i < facts->count && hedui_facts_row(facts, i) == row; i++)
        if (!note_rejected_person(scan, hedui_facts_person(facts, i)))
            return hedui_fail_memory(err);
    return HEDUI_OK;
}

/* Of rows that contradict each other none is right for standing first: the earlier one is no fact
 * any more. Without people (a household's own row) it stays, and its reject says that it is in
 * doubt. */
static void withdraw(const hedui_facts *facts, uint32_t earlier)
{
    uint32_t row = hedui_facts_row(facts, earlier);
    for (uint32_t i = earlier; i < facts->count && hedui_facts_row(facts, i) == row; i++)
        hedui_facts_set_gone(facts, i, 1);
}

/* Decode the key columns only. @return 1 if they can be read. */
static int decode_keys(hedui_scan *scan, const hedui_pending *p)
{
    const hedui_layout *layout = scan->layout;
    uint32_t count = hedui_csv_split(scan->reader.cells, &p->line.row, &scan->reader.format);
    for (uint32_t k = 0; k < layout->key_count; k++) {
        uint32_t c = layout->keys[k];
        if (scan->header.cell_of[c] >= count)
            return 0;
        hedui_decoded decoded = hedui_reader_cell(&scan->reader, c);
        if (decoded.reason != HEDUI_DECODED)
            return 0;
        scan->reader.draft.states[c] = (uint8_t)decoded.state;
        scan->reader.draft.numbers[c] = decoded.number;
        scan->reader.draft.texts[c] = decoded.text;
    }
    return layout->key_count > 0;
}

/* Whether a row of a delta concerns a fact that is held. */
static int concerns_held(hedui_scan *scan, const hedui_pending *p, const hedui_facts **facts,
                         uint32_t *first)
{
    return scan->chain && decode_keys(scan, p) &&
           hedui_chain_find(facts, first, scan->chain, &scan->reader.draft);
}

/* A bad row of a delta: who holds the row it speaks of no longer knows. */
static hedui_status reject_row(hedui_scan *scan, const hedui_pending *p, hedui_reason reason,
                               uint32_t column, hedui_err *err)
{
    const hedui_facts *facts;
    uint32_t first;
    if (concerns_held(scan, p, &facts, &first)) {
        hedui_status status = doubt_earlier(scan, facts, first, err);
        if (status != HEDUI_OK)
            return status;
    }
    return reject(scan, p, reason, column, err);
}

static int is_deletion(const hedui_scan *scan)
{
    return (int)(scan->layout->deleted_codes >>
                     scan->reader.draft.numbers[scan->layout->change_column] &
                 1);
}

/* A decoded row of a delta: it takes the place of the row with its key. */
static hedui_status apply(hedui_scan *scan, const hedui_pending *p, int of_ours, hedui_err *err)
{
    uint32_t change = scan->layout->change_column, first = scan->delivery->facts->count;
    int deleted = is_deletion(scan);
    /* the mark is not part of what the row says: the same facts must have the same digest */
    scan->reader.draft.states[change] = HEDUI_CELL_NO_COLUMN;
    hedui_status status = HEDUI_OK;
    if (!deleted && of_ours) {
        status = keep_row(scan, p, err);
    } else {
        scan->ledger.accepted++;
        scan->ledger.matched++;
    }
    if (status == HEDUI_OK &&
        !hedui_chain_put(scan->chain, &scan->reader.draft,
                         !deleted && of_ours ? scan->delivery->facts : NULL, first))
        status = hedui_fail_memory(err);
    return status;
}

/* Whether the decoded row was there before; of an earlier row that it contradicts nobody is sure.
 */
static hedui_status look_back(hedui_seen_verdict *verdict, hedui_scan *scan, uint64_t hash,
                              hedui_err *err)
{
    uint32_t earlier = 0;
    hedui_facts *facts = scan->delivery->facts;
    if (scan->doubles) /* without people and facts there is nobody to doubt, nothing to withdraw */
        return hedui_doubles_row(verdict, scan->doubles, &scan->reader.draft, err);
    *verdict = hedui_seen_add(&earlier, &scan->seen, facts, &scan->reader.draft, hash);
    if (*verdict == HEDUI_SEEN_FAILED)
        return hedui_fail_memory(err);
    if (*verdict != HEDUI_SEEN_CONFLICT)
        return HEDUI_OK;
    hedui_status status = doubt_earlier(scan, facts, earlier, err);
    if (status == HEDUI_OK && scan->layout->person_count)
        withdraw(facts, earlier);
    return status;
}

/* The row in the reader's draft, which can be used. */
static hedui_status settle_sound(hedui_scan *scan, const hedui_pending *p, uint64_t hash,
                                 hedui_err *err)
{
    hedui_seen_verdict verdict;
    hedui_status status = look_back(&verdict, scan, hash, err);
    if (status != HEDUI_OK)
        return status;
    if (verdict == HEDUI_SEEN_NEW)
        return keep_row(scan, p, err);
    if (verdict == HEDUI_SEEN_DUPLICATE) {
        scan->ledger.duplicate++;
        if (scan->watch)
            hedui_watch_double(scan, p->line.offset);
        return HEDUI_OK;
    }
    scan->ledger.decoded_rejected++;
    return reject_row(scan, p, HEDUI_REASON_key_conflict, scan->layout->keys[0], err);
}

hedui_status hedui_scan_settle(hedui_scan *scan, const hedui_pending *p,
                               const hedui_decoded_row *row, hedui_err *err)
{
    hedui_draft own = scan->reader.draft;
    hedui_status status;
    scan->ledger.decoded++;
    if (row->fault != HEDUI_DECODED) {
        scan->ledger.decoded_rejected++;
        return reject_row(scan, p, row->fault, row->fault_column, err);
    }
    scan->reader.draft = row->draft;
    status = settle_sound(scan, p, row->hash, err);
    scan->reader.draft = own;
    return status;
}

/* A row of a delta. */
static hedui_status decode(hedui_scan *scan, const hedui_pending *p, int of_ours, hedui_err *err)
{
    uint32_t column = HEDUI_COLUMN_NONE;
    (void)hedui_csv_split(scan->reader.cells, &p->line.row, &scan->reader.format);
    scan->ledger.decoded++;
    hedui_reason reason = hedui_reader_decode(&scan->reader, &column);
    if (hedui_buffer_failed(&scan->reader.scratch))
        return hedui_fail_memory(err);
    if (reason == HEDUI_DECODED) {
        column = scan->layout->change_column;
        if (scan->reader.draft.states[column] == HEDUI_CELL_VALUE)
            return apply(scan, p, of_ours, err);
        reason = scan->reader.draft.states[column] == HEDUI_CELL_UNLISTED ? HEDUI_REASON_code_value
                                                                          : HEDUI_REASON_missing;
    }
    scan->ledger.decoded_rejected++;
    return reject_row(scan, p, reason, column, err);
}

static hedui_status take_of_delta(hedui_scan *scan, const hedui_pending *p, hedui_err *err)
{
    const hedui_facts *facts;
    uint32_t first;
    int of_ours = !p->other_document && hedui_reader_wanted(&scan->reader, p);
    if (of_ours || concerns_held(scan, p, &facts, &first))
        return decode(scan, p, of_ours, err);
    if (p->other_document) {
        scan->ledger.other_document++;
    } else {
        scan->ledger.accepted++;
        scan->ledger.not_in_caseload++;
    }
    return HEDUI_OK;
}

/* Decode the rows that matter and ask for the memory in which they will be looked up, before the
 * first of them needs it. NULL: not decoded. */
static hedui_status decode_all(const hedui_decoded_row **rows, hedui_scan *scan, hedui_err *err)
{
    for (uint32_t i = 0; i < scan->reader.pending_count; i++) {
        const hedui_pending *p = &scan->reader.pending[i];
        rows[i] = NULL;
        if (p->fault != HEDUI_CSV_SOUND || !hedui_reader_wanted(&scan->reader, p))
            continue;
        rows[i] = hedui_reader_keep(&scan->reader, &p->line);
        if (!rows[i])
            return hedui_fail_memory(err);
        hedui_seen_prefetch(&scan->seen, rows[i]->hash);
    }
    return HEDUI_OK;
}

/* The rows of a full delivery. */
static hedui_status take_all(hedui_scan *scan, hedui_err *err)
{
    const hedui_decoded_row *rows[HEDUI_MATCH_BATCH];
    hedui_status status = decode_all(rows, scan, err);
    for (uint32_t i = 0; i < scan->reader.pending_count && status == HEDUI_OK; i++) {
        const hedui_pending *p = &scan->reader.pending[i];
        if (p->fault != HEDUI_CSV_SOUND) {
            status = reject_row(scan, p, p->fault, p->fault_column, err);
        } else if (rows[i]) {
            status = hedui_scan_settle(scan, p, rows[i], err);
        } else {
            scan->ledger.accepted++;
            scan->ledger.not_in_caseload++;
        }
    }
    return status == HEDUI_OK ? hedui_scan_forget_row(scan, err) : status;
}

static hedui_status take_deltas(hedui_scan *scan, hedui_err *err)
{
    hedui_status status = HEDUI_OK;
    for (uint32_t i = 0; i < scan->reader.pending_count && status == HEDUI_OK; i++) {
        const hedui_pending *p = &scan->reader.pending[i];
        status = p->fault != HEDUI_CSV_SOUND ? reject_row(scan, p, p->fault, p->fault_column, err)
                                             : take_of_delta(scan, p, err);
        if (status == HEDUI_OK)
            status = hedui_scan_forget_row(scan, err);
    }
    return status;
}

hedui_status hedui_scan_flush(hedui_scan *scan, hedui_err *err)
{
    hedui_reader_match(&scan->reader);
    hedui_status status = scan->chain ? take_deltas(scan, err) : take_all(scan, err);
    scan->reader.pending_count = 0;
    scan->reader.id_count = 0;
    return status;
}
