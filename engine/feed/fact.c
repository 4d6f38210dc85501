/* The fact store. A chunk holds HEDUI_FACT_CHUNK facts; the last one is as it was written, and
 * where facts are packed those before it are (fact_pack.c). Only the directory of chunks is copied
 * when it grows. A text value that is not packed is the address of a length and bytes.
 *
 * Invariant: chunk i exists for all i below ceil(count / HEDUI_FACT_CHUNK). */
#include "feed/fact.h"
#include "feed/fact_pack.h"

#include "base/invariant.h"
#include "value/date_text.h"

#include <inttypes.h>

hedui_facts *hedui_facts_open(const hedui_layout *layout, hedui_arena *arena)
{
    hedui_facts *facts = hedui_arena_take(arena, sizeof *facts);
    if (facts) {
        facts->layout = layout;
        facts->arena = arena;
        facts->columns = layout->column_count;
    }
    return facts;
}

int hedui_facts_pack(hedui_facts *facts, hedui_arena *scratch)
{
    facts->packer = hedui_fact_packer_open(scratch);
    return facts->packer != NULL;
}

int hedui_facts_finish(hedui_facts *facts)
{
    uint32_t last = facts->count & (HEDUI_FACT_CHUNK - 1);
    int packed = !facts->packer || !facts->count ||
                 hedui_fact_packer_pack(facts, last ? last : HEDUI_FACT_CHUNK);
    facts->packer = NULL;
    return packed;
}

static hedui_fact_chunk *new_chunk(hedui_facts *facts)
{
    size_t cells = (size_t)facts->columns * HEDUI_FACT_CHUNK;
    hedui_fact_chunk *chunk = hedui_arena_take(facts->arena, sizeof *chunk);
    if (!chunk)
        return NULL;
    if (facts->packer)
        return hedui_fact_packer_lend(facts->packer, chunk, facts->columns) ? chunk : NULL;
    chunk->facts = hedui_arena_array(facts->arena, HEDUI_FACT_CHUNK, sizeof *chunk->facts);
    chunk->values = hedui_arena_array(facts->arena, cells, sizeof *chunk->values);
    chunk->states = hedui_arena_array(facts->arena, cells, sizeof *chunk->states);
    return chunk->facts && chunk->values && chunk->states ? chunk : NULL;
}

static int add_chunk(hedui_facts *facts)
{
    uint32_t at = facts->count >> HEDUI_FACT_SHIFT;
    if (at && facts->packer && !hedui_fact_packer_pack(facts, HEDUI_FACT_CHUNK))
        return 0;
    if (at == facts->chunk_capacity) {
        uint32_t capacity = at ? at * 2 : 16;
        hedui_fact_chunk **chunks = hedui_arena_array(facts->arena, capacity, sizeof *chunks);
        if (!chunks)
            return 0;
        if (at)
            memcpy(chunks, facts->chunks, at * sizeof *chunks);
        facts->chunks = chunks;
        facts->chunk_capacity = capacity;
    }
    facts->chunks[at] = new_chunk(facts);
    return facts->chunks[at] != NULL;
}

static hedui_kept_text *keep_text(hedui_facts *facts, hedui_span text)
{
    if (facts->packer)
        return hedui_fact_packer_keep(facts->packer, text);
    hedui_kept_text *kept = hedui_arena_take(facts->arena, sizeof *kept + text.length);
    if (!kept)
        return NULL;
    kept->length = (uint32_t)text.length;
    if (text.length)
        memcpy(kept->bytes, text.at, text.length);
    return kept;
}

static int keep_texts(hedui_facts *facts, hedui_draft *draft)
{
    for (uint32_t c = 0; c < facts->layout->column_count; c++) {
        if (!hedui_column_type_is_text(facts->layout->columns[c].type))
            continue;
        draft->numbers[c] = 0;
        if (draft->states[c] != HEDUI_CELL_VALUE)
            continue;
        hedui_kept_text *kept = keep_text(facts, draft->texts[c]);
        if (!kept)
            return 0;
        draft->numbers[c] = (int64_t)(intptr_t)kept;
    }
    draft->kept = 1;
    return 1;
}

int hedui_facts_add(hedui_facts *facts, const hedui_fact *fact, hedui_draft *draft)
{
    uint32_t slot = facts->count & (HEDUI_FACT_CHUNK - 1);
    if (facts->count == UINT32_MAX || (slot == 0 && !add_chunk(facts)))
        return 0;
    if (slot == 0 && facts->packer)
        draft->kept = 0; /* with the texts of the chunk that was packed */
    if (!draft->kept && !keep_texts(facts, draft))
        return 0;
    hedui_fact_chunk *chunk = facts->chunks[facts->count >> HEDUI_FACT_SHIFT];
    uint8_t *states = chunk->states + (size_t)slot * facts->columns;
    int64_t *values = chunk->values + (size_t)slot * facts->columns;
    chunk->facts[slot] = *fact;
    if (fact->gone)
        hedui_facts_set_gone(facts, facts->count, 1);
    for (uint32_t c = 0; c < facts->columns; c++) {
        states[c] = draft->states[c];
        values[c] = draft->states[c] == HEDUI_CELL_VALUE ? draft->numbers[c] : 0;
    }
    facts->count++;
    return 1;
}

hedui_span hedui_facts_text(const hedui_facts *facts, uint32_t i, uint32_t column)
{
    int64_t number;
    HEDUI_INVARIANT(hedui_column_type_is_text(facts->layout->columns[column].type));
    if (hedui_facts_cell(&number, facts, i, column) != HEDUI_CELL_VALUE)
        return (hedui_span){"", 0};
    const hedui_fact_chunk *chunk = hedui_facts_chunk(facts, i);
    if (chunk->facts) {
        const hedui_kept_text *kept = (const hedui_kept_text *)(intptr_t)number;
        return kept ? (hedui_span){kept->bytes, kept->length} : (hedui_span){"", 0};
    }
    const char *at = chunk->texts + number;
    size_t length = (unsigned char)*at & 0x7F;
    for (unsigned shift = 7; (unsigned char)*at++ & 0x80; shift += 7)
        length |= (size_t)((unsigned char)*at & 0x7F) << shift;
    return (hedui_span){at, length};
}

uint64_t hedui_fact_open_part(const hedui_fact *fact, hedui_fact_part_name part)
{
    switch (part) {
    case HEDUI_FACT_OFFSET:
        return fact->offset;
    case HEDUI_FACT_LENGTH:
        return fact->length;
    case HEDUI_FACT_LINE:
        return fact->line;
    case HEDUI_FACT_PERSON:
        return fact->person;
    case HEDUI_FACT_ROW:
        return fact->row;
    case HEDUI_FACT_ROLE:
        return fact->role;
    case HEDUI_FACT_FORM:
        return fact->form;
    case HEDUI_FACT_PARTS:
        break;
    }
    return 0;
}

hedui_fact hedui_facts_at(const hedui_facts *facts, uint32_t i)
{
    const hedui_fact_chunk *chunk = hedui_facts_chunk(facts, i);
    return (hedui_fact){.offset = hedui_fact_part(chunk, i, HEDUI_FACT_OFFSET),
                        .length = (uint32_t)hedui_fact_part(chunk, i, HEDUI_FACT_LENGTH),
                        .line = (uint32_t)hedui_fact_part(chunk, i, HEDUI_FACT_LINE),
                        .person = (uint32_t)hedui_fact_part(chunk, i, HEDUI_FACT_PERSON),
                        .row = (uint32_t)hedui_fact_part(chunk, i, HEDUI_FACT_ROW),
                        .role = (uint8_t)hedui_fact_part(chunk, i, HEDUI_FACT_ROLE),
                        .form = (uint8_t)hedui_fact_part(chunk, i, HEDUI_FACT_FORM),
                        .gone = (uint8_t)hedui_facts_gone(facts, i)};
}

int hedui_facts_same(const hedui_facts *facts, uint32_t i, const hedui_draft *draft,
                     uint32_t column)
{
    if (hedui_facts_state(facts, i, column) != (hedui_cell_state)draft->states[column])
        return 0;
    if (draft->states[column] != HEDUI_CELL_VALUE)
        return 1;
    if (hedui_column_type_is_text(facts->layout->columns[column].type))
        return hedui_span_equal(hedui_facts_text(facts, i, column), draft->texts[column]);
    return hedui_facts_number(facts, i, column) == draft->numbers[column];
}

/* A number with `scale` digits behind the point; `least` of them are always shown. */
static void print_decimal(hedui_buffer *buffer, int64_t value, int scale, int least)
{
    char digits[24];
    uint64_t left = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    int n = 0, dropping = scale;
    for (int i = 0; i < scale || left || i == scale; i++, left /= 10) {
        int digit = (int)(left % 10);
        if (i < scale && dropping > least && digit == 0) {
            dropping--;
            continue;
        }
        if (i < scale)
            least = scale;
        if (i == scale && n)
            digits[n++] = '.';
        digits[n++] = (char)('0' + digit);
    }
    if (value < 0)
        hedui_buffer_byte(buffer, '-');
    while (n)
        hedui_buffer_byte(buffer, digits[--n]);
}

static void print_codes(hedui_buffer *buffer, const hedui_code_list *list, uint64_t bits)
{
    const char *between = "";
    hedui_buffer_byte(buffer, '[');
    for (uint32_t i = 0; i < list->count && i < HEDUI_CODES_MAX; i++) {
        if (!(bits >> i & 1))
            continue;
        hedui_buffer_text(buffer, between);
        hedui_buffer_add(buffer, list->codes[i].code);
        between = ", ";
    }
    hedui_buffer_byte(buffer, ']');
}

void hedui_column_print(hedui_buffer *buffer, const hedui_column *column, int64_t value)
{
    char text[HEDUI_CITIZEN_ID_TEXT + HEDUI_DATE_TEXT];
    switch (column->type) {
    case HEDUI_COLUMN_CITIZEN_ID:
        hedui_citizen_id_print(text, (hedui_citizen_id)value);
        hedui_buffer_text(buffer, text);
        break;
    case HEDUI_COLUMN_DATE:
        hedui_date_print(text, (int32_t)value);
        hedui_buffer_text(buffer, text);
        break;
    case HEDUI_COLUMN_MONTH:
        hedui_month_print(text, (int32_t)value);
        hedui_buffer_text(buffer, text);
        break;
    case HEDUI_COLUMN_MONEY:
    case HEDUI_COLUMN_AREA:
        print_decimal(buffer, value, 2, 2);
        break;
    case HEDUI_COLUMN_RATE:
        print_decimal(buffer, value, 6, 2);
        break;
    case HEDUI_COLUMN_DECIMAL:
        print_decimal(buffer, value, column->scale, column->scale);
        break;
    case HEDUI_COLUMN_CODE:
        hedui_buffer_add(buffer, column->list->codes[value].code);
        break;
    case HEDUI_COLUMN_CODES:
        print_codes(buffer, column->list, (uint64_t)value);
        break;
    case HEDUI_COLUMN_YES_NO:
        hedui_buffer_text(buffer, value ? "true" : "false");
        break;
    case HEDUI_COLUMN_INTEGER:
    case HEDUI_COLUMN_NAME:
    case HEDUI_COLUMN_TEXT:
    case HEDUI_COLUMN_USCC:
    case HEDUI_COLUMN_PLATE:
        hedui_buffer_format(buffer, "%" PRId64, value);
        break;
    }
}

void hedui_facts_print(hedui_buffer *buffer, const hedui_facts *facts, uint32_t i, uint32_t column)
{
    hedui_cell_state state = hedui_facts_state(facts, i, column);
    if (state != HEDUI_CELL_VALUE)
        hedui_buffer_text(buffer, state == HEDUI_CELL_ABSENT ? "absent" : "unknown");
    else if (hedui_column_type_is_text(facts->layout->columns[column].type))
        hedui_buffer_add(buffer, hedui_facts_text(facts, i, column));
    else
        hedui_column_print(buffer, &facts->layout->columns[column],
                           hedui_facts_number(facts, i, column));
}

void hedui_facts_key(hedui_buffer *buffer, const hedui_facts *facts, uint32_t i)
{
    const hedui_layout *layout = facts->layout;
    for (uint32_t k = 0; k < layout->key_count; k++) {
        if (k)
            hedui_buffer_byte(buffer, '\x1F');
        hedui_facts_print(buffer, facts, i, layout->keys[k]);
    }
    hedui_digest digest;
    char hex[HEDUI_DIGEST_HEX];
    if (layout->key_count)
        return;
    if (hedui_facts_digest(&digest, facts, i, NULL) != HEDUI_OK) {
        buffer->failed = 1;
        return;
    }
    hedui_digest_hex(hex, &digest);
    hedui_buffer_text(buffer, hex);
}

hedui_status hedui_facts_digest(hedui_digest *digest, const hedui_facts *facts, uint32_t i,
                                hedui_err *err)
{
    hedui_status status = HEDUI_OK;
    hedui_buffer value;
    hedui_digester *digester = hedui_digester_open();
    hedui_buffer_init(&value);
    if (!digester)
        return hedui_fail_memory(err);
    hedui_digester_field(digester, facts->layout->name);
    for (uint32_t c = 0; c < facts->layout->column_count; c++) {
        hedui_buffer_clear(&value);
        hedui_digester_field(digester, facts->layout->columns[c].name);
        hedui_digester_number(digester, hedui_facts_state(facts, i, c));
        if (hedui_facts_state(facts, i, c) != HEDUI_CELL_VALUE)
            continue;
        hedui_facts_print(&value, facts, i, c);
        if (hedui_buffer_failed(&value)) {
            status = hedui_fail_memory(err);
            goto done;
        }
        hedui_digester_field(digester, hedui_buffer_span(&value));
    }
    status = hedui_digester_end(digest, digester, err);
done:
    hedui_buffer_free(&value);
    hedui_digester_close(digester);
    return status;
}
