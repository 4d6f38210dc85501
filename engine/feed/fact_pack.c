/* What a registry says of a thousand people needs few bits: days of some years, a dozen codes, sums
 * of some thousands; five of six columns take less than two bytes, and many the same in all rows
 * none. Reading a cell is a load, a shift and a mask, whatever its width. */
#include "feed/fact_pack.h"

/* Of one part or column over a chunk: states as they are counted in a cell, and values. */
typedef struct hedui_fact_range {
    int64_t least, most;
    uint8_t lowest, highest; /* of states less one; lowest above highest: there is none */
    uint8_t any;             /* a value */
} range;

hedui_fact_packer *hedui_fact_packer_open(hedui_arena *scratch)
{
    hedui_fact_packer *packer = hedui_arena_take(scratch, sizeof *packer);
    if (packer)
        packer->scratch = scratch;
    return packer;
}

int hedui_fact_packer_lend(hedui_fact_packer *packer, hedui_fact_chunk *chunk, uint32_t columns)
{
    if (!packer->facts) {
        size_t cells = (size_t)columns * HEDUI_FACT_CHUNK;
        hedui_arena *scratch = packer->scratch;
        hedui_fact *facts = hedui_arena_array(scratch, HEDUI_FACT_CHUNK, sizeof *facts);
        packer->values = hedui_arena_array(scratch, cells, sizeof *packer->values);
        packer->states = hedui_arena_array(scratch, cells, sizeof *packer->states);
        packer->ranges =
            hedui_arena_array(scratch, (size_t)columns + HEDUI_FACT_PARTS, sizeof *packer->ranges);
        if (!facts || !packer->values || !packer->states || !packer->ranges)
            return 0;
        packer->start = hedui_arena_here(scratch);
        packer->facts = facts;
    }
    chunk->facts = packer->facts;
    chunk->values = packer->values;
    chunk->states = packer->states;
    return 1;
}

hedui_kept_text *hedui_fact_packer_keep(hedui_fact_packer *packer, hedui_span text)
{
    hedui_kept_text **recent = &packer->recent[hedui_hash(text) % HEDUI_FACT_RECENT];
    if (*recent && hedui_span_equal((hedui_span){(*recent)->bytes, (*recent)->length}, text))
        return *recent;
    hedui_kept_text *kept = hedui_arena_take(packer->scratch, sizeof *kept + text.length);
    if (!kept)
        return NULL;
    kept->length = (uint32_t)text.length;
    if (text.length)
        memcpy(kept->bytes, text.at, text.length);
    return *recent = kept;
}

static uint32_t length_bytes(uint32_t length)
{
    uint32_t bytes = 1;
    for (; length >= 0x80; length >>= 7)
        bytes++;
    return bytes;
}

static char *put_text(char *to, const hedui_kept_text *text)
{
    uint32_t left = text->length;
    for (; left >= 0x80; left >>= 7)
        *to++ = (char)(left | 0x80);
    *to++ = (char)left;
    if (text->length)
        memcpy(to, text->bytes, text->length);
    return to + text->length;
}

static hedui_kept_text *text_at(const hedui_fact_chunk *chunk, size_t cell)
{
    return (hedui_kept_text *)(intptr_t)chunk->values[cell];
}

/* Give every text its place, and put that into the cells. @return how many bytes they take, or
 * SIZE_MAX if their places would not fit. */
static size_t place_texts(const hedui_facts *facts, const hedui_fact_chunk *chunk, uint32_t count)
{
    size_t size = 0;
    for (uint32_t c = 0; c < facts->columns; c++) {
        if (!hedui_column_type_is_text(facts->layout->columns[c].type))
            continue;
        for (size_t cell = c; cell < (size_t)count * facts->columns; cell += facts->columns) {
            hedui_kept_text *text = text_at(chunk, cell);
            if (chunk->states[cell] != HEDUI_CELL_VALUE || text->place)
                continue;
            text->place = (uint32_t)size + 1;
            size += length_bytes(text->length) + (size_t)text->length;
            if (size >= UINT32_MAX)
                return SIZE_MAX;
        }
    }
    return size;
}

static char *write_texts(const hedui_facts *facts, hedui_fact_chunk *chunk, uint32_t count)
{
    size_t size = place_texts(facts, chunk, count);
    char *texts = size == SIZE_MAX ? NULL : hedui_arena_take(facts->arena, size);
    char *end = texts;
    for (uint32_t c = 0; texts && c < facts->columns; c++) {
        if (!hedui_column_type_is_text(facts->layout->columns[c].type))
            continue;
        for (size_t cell = c; cell < (size_t)count * facts->columns; cell += facts->columns) {
            const hedui_kept_text *text = text_at(chunk, cell);
            if (chunk->states[cell] != HEDUI_CELL_VALUE)
                continue;
            if (texts + text->place - 1 == end) /* the order in which places were given */
                end = put_text(end, text);
            chunk->values[cell] = (int64_t)text->place - 1;
        }
    }
    return texts;
}

static void widen(range *r, int64_t value)
{
    if (!r->any || value < r->least)
        r->least = value;
    if (!r->any || value > r->most)
        r->most = value;
    r->any = 1;
}

static void measure(range *ranges, const hedui_facts *facts, const hedui_fact_chunk *chunk,
                    uint32_t count)
{
    uint32_t columns = facts->columns;
    for (uint32_t f = 0; f < columns + HEDUI_FACT_PARTS; f++)
        ranges[f] = (range){.lowest = HEDUI_FACT_STATES};
    for (uint32_t i = 0; i < count; i++) {
        const uint8_t *states = chunk->states + (size_t)i * columns;
        const int64_t *values = chunk->values + (size_t)i * columns;
        for (hedui_fact_part_name part = 0; part < HEDUI_FACT_PARTS; part++)
            widen(&ranges[part], (int64_t)hedui_fact_open_part(&chunk->facts[i], part));
        for (uint32_t c = 0; c < columns; c++) {
            range *r = &ranges[HEDUI_FACT_PARTS + c];
            uint8_t state = (uint8_t)(states[c] - 1);
            if (states[c] == HEDUI_CELL_VALUE) {
                widen(r, values[c]);
                continue;
            }
            r->lowest = state < r->lowest ? state : r->lowest;
            r->highest = state > r->highest ? state : r->highest;
        }
    }
}

static unsigned bits_of(uint64_t number)
{
    return number ? 64 - (unsigned)__builtin_clzll(number) : 0;
}

/* @return bits of a record. */
static uint32_t lay_out(hedui_fact_field *fields, const range *ranges, uint32_t columns)
{
    uint32_t bit = 0;
    for (uint32_t f = 0; f < columns + HEDUI_FACT_PARTS; f++) {
        const range *r = &ranges[f];
        uint64_t span = (uint64_t)r->most - (uint64_t)r->least, highest = r->highest;
        int is_cell = f >= HEDUI_FACT_PARTS;
        fields[f] = (hedui_fact_field){r->least, bit, 0, is_cell ? r->lowest : 0};
        if (r->any)
            highest = is_cell ? span + HEDUI_FACT_STATES : span;
        if (r->any && bits_of(span) >= HEDUI_FACT_WIDTH) {
            fields[f].width = HEDUI_FACT_WIDE;
            bit += HEDUI_FACT_WIDE + (is_cell ? 8u : 0u);
        } else {
            fields[f].width = (uint8_t)bits_of(highest - fields[f].lowest);
            bit += fields[f].width;
        }
    }
    return bit;
}

/* Bits one behind the other. */
typedef struct writer {
    unsigned char *to;
    uint64_t word;
    unsigned fill;
} writer;

static void put(writer *w, uint64_t value, unsigned width)
{
    w->word |= value << w->fill;
    w->fill += width;
    if (w->fill < 64)
        return;
    uint64_t word = htole64(w->word);
    memcpy(w->to, &word, sizeof word);
    w->to += sizeof word;
    w->fill -= 64;
    w->word = w->fill ? value >> (width - w->fill) : 0;
}

static void put_wide(writer *w, uint64_t value)
{
    put(w, value & UINT32_MAX, 32);
    put(w, value >> 32, 32);
}

static void put_cell(writer *w, const hedui_fact_field *field, uint8_t state, int64_t value)
{
    if (field->width == HEDUI_FACT_WIDE) {
        put_wide(w, (uint64_t)value);
        put(w, state, 8);
        return;
    }
    uint64_t cell =
        state ? state - 1u : (uint64_t)value - (uint64_t)field->base + HEDUI_FACT_STATES;
    put(w, cell - field->lowest, field->width);
}

static void write_records(unsigned char *records, const hedui_facts *facts,
                          const hedui_fact_chunk *chunk, const hedui_fact_field *fields,
                          uint32_t count)
{
    uint32_t columns = facts->columns;
    writer w = {records, 0, 0};
    for (uint32_t i = 0; i < count; i++) {
        for (hedui_fact_part_name part = 0; part < HEDUI_FACT_PARTS; part++) {
            uint64_t value = hedui_fact_open_part(&chunk->facts[i], part);
            if (fields[part].width == HEDUI_FACT_WIDE)
                put_wide(&w, value);
            else
                put(&w, value - (uint64_t)fields[part].base, fields[part].width);
        }
        for (uint32_t c = 0; c < columns; c++)
            put_cell(&w, &fields[HEDUI_FACT_PARTS + c], chunk->states[(size_t)i * columns + c],
                     chunk->values[(size_t)i * columns + c]);
    }
    uint64_t word = htole64(w.word);
    memcpy(w.to, &word, sizeof word);
}

int hedui_fact_packer_pack(hedui_facts *facts, uint32_t count)
{
    hedui_fact_packer *packer = facts->packer;
    hedui_fact_chunk *chunk = facts->chunks[(facts->count - 1) >> HEDUI_FACT_SHIFT];
    size_t field_count = (size_t)facts->columns + HEDUI_FACT_PARTS;
    hedui_fact_field *fields = hedui_arena_array(facts->arena, field_count, sizeof *fields);
    char *texts = write_texts(facts, chunk, count);
    if (!fields || !texts)
        return 0;
    measure(packer->ranges, facts, chunk, count);
    chunk->stride = lay_out(fields, packer->ranges, facts->columns);
    size_t size = (size_t)chunk->stride * count / 8 + 2 * sizeof(uint64_t);
    unsigned char *records = hedui_arena_take(facts->arena, size);
    if (!records)
        return 0;
    write_records(records, facts, chunk, fields, count);
    chunk->fields = fields;
    chunk->records = records;
    chunk->texts = texts;
    chunk->facts = NULL;
    chunk->values = NULL;
    chunk->states = NULL;
    hedui_arena_reset(packer->scratch, packer->start);
    memset(packer->recent, 0, sizeof packer->recent);
    return 1;
}
