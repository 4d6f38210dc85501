/* Slips of the finger: edit distance with swaps of neighbours (optimal string alignment), over
 * three rows of the table. A character is compared by its bytes, which need not be decoded. */
#include <hedui/nearest.h>

enum { TOO_LONG = HEDUI_NEAREST_LONGEST + 1 };

/* The characters of a text, a lead byte and what continues it in one number. @return how many;
 * TOO_LONG if there is no room. */
static uint32_t take_apart(uint32_t characters[HEDUI_NEAREST_LONGEST], hedui_span text)
{
    uint32_t count = 0, more = 0;
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (more && (c & 0xC0) == 0x80) {
            characters[count - 1] = characters[count - 1] << 8 | c;
            more--;
            continue;
        }
        if (count == HEDUI_NEAREST_LONGEST)
            return TOO_LONG;
        characters[count++] = c;
        more = c >= 0xF0 ? 3 : c >= 0xE0 ? 2 : c >= 0xC0 ? 1 : 0;
    }
    return count;
}

static uint32_t smaller(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static uint32_t distance(const uint32_t *a, uint32_t n, const uint32_t *b, uint32_t m)
{
    uint32_t rows[3][HEDUI_NEAREST_LONGEST + 1];
    for (uint32_t j = 0; j <= m; j++)
        rows[0][j] = j;
    for (uint32_t i = 1; i <= n; i++) {
        uint32_t *now = rows[i % 3];
        const uint32_t *last = rows[(i - 1) % 3], *before = rows[(i + 1) % 3];
        now[0] = i;
        for (uint32_t j = 1; j <= m; j++) {
            uint32_t best = smaller(last[j], now[j - 1]) + 1;
            best = smaller(best, last[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                best = smaller(best, before[j - 2] + 1);
            now[j] = best;
        }
    }
    return rows[n % 3][m];
}

void hedui_nearest_init(hedui_nearest *nearest, hedui_span wanted)
{
    nearest->best = (hedui_span){"", 0};
    nearest->count = take_apart(nearest->wanted, wanted);
    nearest->edits = nearest->count < 3 ? 2 : nearest->count < 8 ? 3 : 4;
    for (uint32_t i = 0; i < nearest->count && nearest->count != TOO_LONG; i++)
        if (nearest->wanted[i] >= 0x80) /* two characters are a word, and another one no slip */
            nearest->edits = nearest->count < 6 ? 2 : 3;
    nearest->edits = smaller(nearest->edits, nearest->count);
    if (nearest->count == TOO_LONG)
        nearest->edits = 0;
}

void hedui_nearest_offer(hedui_nearest *nearest, hedui_span name)
{
    uint32_t characters[HEDUI_NEAREST_LONGEST], own = nearest->count;
    uint32_t count = take_apart(characters, name), edits;
    if (!nearest->edits || count == TOO_LONG ||
        (count > own ? count - own : own - count) >= nearest->edits)
        return;
    edits = distance(nearest->wanted, own, characters, count);
    if (edits < nearest->edits && edits < count) {
        nearest->edits = edits;
        nearest->best = name;
    }
}

const char *hedui_nearest_of(hedui_span wanted, const char *const *names)
{
    hedui_nearest nearest;
    hedui_nearest_init(&nearest, wanted);
    for (; *names; names++)
        hedui_nearest_offer(&nearest, hedui_span_of(*names));
    return nearest.best.length ? nearest.best.at : NULL;
}
