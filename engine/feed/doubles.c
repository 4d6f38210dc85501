/* Rows as (digest of the key, running number, digest of the content), sorted by their bytes: rows
 * with one key stand together, the earliest first, and each is held against that one, as
 * feed/seen.c does in memory. What is double is sorted back into the order of the file.
 *
 * Digests are SHA-256 cut to 128 bits: among 10^9 rows two different ones have the same with a
 * probability below 10^-20, and making such a pair takes 2^64 tries. */
#include "feed/doubles.h"

#include "base/sorter.h"

#include <hedui/digest.h>

enum {
    SHORT = 16, /* bytes of a digest that are kept */
    NUMBER = 8,
    ROW = 2 * SHORT + NUMBER,
    DOUBLE = NUMBER + 1, /* number, verdict */
    ROW_MEMORY = 1 << 20,
    DOUBLE_MEMORY = 256 << 10
};

struct hedui_doubles {
    const hedui_layout *layout;
    hedui_sorter *rows, *doubles;
    hedui_digester *digester;
    uint64_t number; /* of the next row */
    int telling, more;
    unsigned char next[DOUBLE]; /* the next double, if there are more */
};

hedui_status hedui_doubles_open(hedui_doubles **doubles, const hedui_layout *layout,
                                const char *folder, hedui_arena *arena, hedui_err *err)
{
    hedui_doubles *opened = hedui_arena_take(arena, sizeof *opened);
    if (!opened)
        return hedui_fail_memory(err);
    opened->layout = layout;
    hedui_status status = hedui_sorter_open(&opened->rows, ROW, ROW_MEMORY, folder, arena, err);
    if (status == HEDUI_OK)
        status = hedui_sorter_open(&opened->doubles, DOUBLE, DOUBLE_MEMORY, folder, arena, err);
    if (status != HEDUI_OK)
        return status;
    opened->digester = hedui_digester_open();
    if (!opened->digester)
        return hedui_fail_memory(err);
    *doubles = opened;
    return HEDUI_OK;
}

void hedui_doubles_close(hedui_doubles *doubles)
{
    if (!doubles)
        return;
    hedui_sorter_close(doubles->rows);
    hedui_sorter_close(doubles->doubles);
    hedui_digester_close(doubles->digester);
}

/* Most significant byte first, so that bytes are ordered as numbers are. */
static void put_number(unsigned char *at, uint64_t number)
{
    for (int i = NUMBER - 1; i >= 0; i--, number >>= 8)
        at[i] = (unsigned char)number;
}

static uint64_t get_number(const unsigned char *at)
{
    uint64_t number = 0;
    for (int i = 0; i < NUMBER; i++)
        number = number << 8 | at[i];
    return number;
}

static void add_cell(const hedui_doubles *d, const hedui_draft *draft, uint32_t c)
{
    hedui_digester_add(d->digester, &draft->states[c], 1);
    if (draft->states[c] != HEDUI_CELL_VALUE)
        return;
    if (hedui_column_type_is_text(d->layout->columns[c].type))
        hedui_digester_field(d->digester, draft->texts[c]);
    else
        hedui_digester_number(d->digester, draft->numbers[c]);
}

static hedui_status end(unsigned char *cut, hedui_digester *digester, hedui_err *err)
{
    hedui_digest digest;
    hedui_status status = hedui_digester_end(&digest, digester, err);
    if (status == HEDUI_OK)
        memcpy(cut, digest.bytes, SHORT);
    return status;
}

static hedui_status collect(hedui_doubles *d, const hedui_draft *draft, hedui_err *err)
{
    unsigned char row[ROW], *key = row, *content = row + SHORT + NUMBER;
    put_number(row + SHORT, d->number++);
    for (uint32_t c = 0; c < d->layout->column_count; c++)
        add_cell(d, draft, c);
    hedui_status status = end(content, d->digester, err);
    memcpy(key, content, SHORT); /* without key columns the content is the key */
    for (uint32_t k = 0; k < d->layout->key_count; k++)
        add_cell(d, draft, d->layout->keys[k]);
    if (status == HEDUI_OK && d->layout->key_count)
        status = end(key, d->digester, err);
    return status == HEDUI_OK ? hedui_sorter_add(d->rows, row, err) : status;
}

hedui_status hedui_doubles_row(hedui_seen_verdict *verdict, hedui_doubles *doubles,
                               const hedui_draft *draft, hedui_err *err)
{
    hedui_status status = HEDUI_OK;
    hedui_seen_verdict found = HEDUI_SEEN_NEW;
    if (!doubles->telling) {
        status = collect(doubles, draft, err);
    } else if (doubles->more && get_number(doubles->next) == doubles->number++) {
        found = (hedui_seen_verdict)doubles->next[NUMBER];
        status = hedui_sorter_next(doubles->next, &doubles->more, doubles->doubles, err);
    }
    if (status == HEDUI_OK)
        *verdict = found;
    return status;
}

hedui_status hedui_doubles_settle(uint64_t *count, hedui_doubles *doubles, hedui_err *err)
{
    unsigned char first[ROW] = {0}, row[ROW] = {0}, found[DOUBLE] = {0};
    uint64_t doubled = 0;
    int got = 0, any = 0;
    hedui_status status = hedui_sorter_sort(doubles->rows, err);
    if (status == HEDUI_OK)
        status = hedui_sorter_next(row, &got, doubles->rows, err);
    while (status == HEDUI_OK && got) {
        if (!any || memcmp(first, row, SHORT) != 0) {
            memcpy(first, row, ROW);
            any = 1;
        } else {
            const size_t content = SHORT + NUMBER;
            int same = memcmp(first + content, row + content, SHORT) == 0;
            memcpy(found, row + SHORT, NUMBER);
            found[NUMBER] = same ? HEDUI_SEEN_DUPLICATE : HEDUI_SEEN_CONFLICT;
            doubled++;
            status = hedui_sorter_add(doubles->doubles, found, err);
        }
        if (status == HEDUI_OK)
            status = hedui_sorter_next(row, &got, doubles->rows, err);
    }
    if (status == HEDUI_OK)
        status = hedui_sorter_sort(doubles->doubles, err);
    if (status == HEDUI_OK)
        status = hedui_sorter_next(doubles->next, &doubles->more, doubles->doubles, err);
    if (status != HEDUI_OK)
        return status;
    doubles->telling = 1;
    doubles->number = 0;
    *count = doubled;
    return HEDUI_OK;
}
