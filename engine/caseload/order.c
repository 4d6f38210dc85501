/* A radix sort from the lowest digit up. Digits in which all keys agree are skipped: citizen
 * numbers of one county share their first six figures. Ids of households mostly differ in a few
 * bytes behind a common beginning; those bytes are the key, and only runs of equal keys are
 * compared. */
#include "caseload/order.h"

#include <stdlib.h>
#include <string.h>

enum { DIGIT_BITS = 11, BUCKETS = 1 << DIGIT_BITS, KEY_BYTES = 8, FEW = 64 };

static uint32_t digit(uint64_t key, unsigned shift)
{
    return (uint32_t)(key >> shift) & (BUCKETS - 1);
}

/* One pass: `to` gets the items by one digit. */
static void distribute(hedui_ordered *to, const hedui_ordered *from, uint32_t count, unsigned shift,
                       uint32_t *starts)
{
    memset(starts, 0, BUCKETS * sizeof *starts);
    for (uint32_t i = 0; i < count; i++)
        starts[digit(from[i].key, shift)]++;
    for (uint32_t b = 0, sum = 0; b < BUCKETS; b++) {
        uint32_t here = starts[b];
        starts[b] = sum;
        sum += here;
    }
    for (uint32_t i = 0; i < count; i++)
        to[starts[digit(from[i].key, shift)]++] = from[i];
}

/* A few are not worth the counting. */
static void insert_sort(hedui_ordered *items, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        hedui_ordered item = items[i];
        uint32_t at = i;
        for (; at && items[at - 1].key > item.key; at--)
            items[at] = items[at - 1];
        items[at] = item;
    }
}

int hedui_order_by_key(hedui_ordered *items, uint32_t count, hedui_arena *scratch)
{
    if (count <= FEW) {
        insert_sort(items, count);
        return 1;
    }
    uint64_t differing = 0;
    for (uint32_t i = 1; i < count; i++)
        differing |= items[i].key ^ items[0].key;
    hedui_ordered *other = hedui_arena_array(scratch, count, sizeof *other);
    uint32_t *starts = hedui_arena_array(scratch, BUCKETS, sizeof *starts);
    if (!other || !starts)
        return 0;
    hedui_ordered *from = items, *to = other;
    for (unsigned shift = 0; shift < 64; shift += DIGIT_BITS) {
        if (!digit(differing, shift))
            continue;
        distribute(to, from, count, shift, starts);
        hedui_ordered *swapped = from;
        from = to;
        to = swapped;
    }
    if (from != items)
        memcpy(items, from, count * sizeof *items);
    return 1;
}

/* How many bytes all texts begin with. */
static size_t common_beginning(const hedui_span *texts, uint32_t count)
{
    size_t common = count ? texts[0].length : 0;
    for (uint32_t i = 1; i < count; i++) {
        size_t same = 0;
        while (same < common && same < texts[i].length && texts[i].at[same] == texts[0].at[same])
            same++;
        common = same;
    }
    return common;
}

static uint64_t key_of(hedui_span text, size_t from)
{
    uint64_t key = 0;
    for (size_t i = 0; i < KEY_BYTES; i++)
        key = key << 8 | (from + i < text.length ? (unsigned char)text.at[from + i] : 0u);
    return key;
}

static int by_text(const void *a, const void *b, void *context)
{
    const hedui_span *texts = context;
    uint32_t x = ((const hedui_ordered *)a)->index, y = ((const hedui_ordered *)b)->index;
    int order = hedui_span_compare(texts[x], texts[y]);
    return order ? order : (x > y) - (x < y);
}

int hedui_order_texts(hedui_ordered **order, hedui_span *texts, uint32_t count,
                      hedui_arena *scratch)
{
    hedui_ordered *items = hedui_arena_array(scratch, count, sizeof *items);
    if (!items)
        return 0;
    size_t common = common_beginning(texts, count);
    for (uint32_t i = 0; i < count; i++)
        items[i] = (hedui_ordered){key_of(texts[i], common), i};
    if (!hedui_order_by_key(items, count, scratch))
        return 0;
    for (uint32_t from = 0, to; from < count; from = to) {
        for (to = from + 1; to < count && items[to].key == items[from].key;)
            to++;
        if (to - from > 1)
            qsort_r(items + from, to - from, sizeof *items, by_text, texts);
    }
    *order = items;
    return 1;
}
