/* Sixteen bytes at a time, or thirty-two where the processor can: every row of every feed passes
 * here, nearly all of them belong to strangers, and looking for line end, quotes and control
 * characters one after the other reads each byte three times. Worse, in a file whose lines end at
 * CR a search for LF alone reads on to the end of the window for each row.
 *
 * What stands behind the text is never read: the last bytes are looked at in a copy (or, in a line,
 * together with bytes that were looked at before). */
#include "feed/csv_line.h"

#include <string.h>

enum { STEP = 16 };

/* By byte of a step one bit, the first byte lowest. */
typedef struct bits {
    unsigned ends, quotes, controls;
} bits;

#if defined(__SSE2__)
#include <emmintrin.h>

static inline __m128i all(char byte)
{
    return _mm_set1_epi8(byte);
}

static inline unsigned mask_of(__m128i found)
{
    return (unsigned)_mm_movemask_epi8(found);
}

static inline bits look(const char *at, int cr_ends)
{
    __m128i x = _mm_loadu_si128((const __m128i *)(const void *)at);
    __m128i low = _mm_cmpeq_epi8(_mm_min_epu8(x, all(0x1F)), x);
    __m128i lf = _mm_cmpeq_epi8(x, all('\n')), cr = _mm_cmpeq_epi8(x, all('\r'));
    low = _mm_andnot_si128(_mm_cmpeq_epi8(x, all('\t')), low);
    low = _mm_or_si128(low, _mm_cmpeq_epi8(x, all(0x7F)));
    return (bits){mask_of(cr_ends ? _mm_or_si128(lf, cr) : lf),
                  mask_of(_mm_cmpeq_epi8(x, all('"'))), mask_of(low)};
}

static inline unsigned stops(const char *at, char delimiter, int wide)
{
    __m128i x = _mm_loadu_si128((const __m128i *)(const void *)at);
    __m128i ends = _mm_or_si128(_mm_cmpeq_epi8(x, all('\n')), _mm_cmpeq_epi8(x, all('\r')));
    __m128i marks = _mm_or_si128(_mm_cmpeq_epi8(x, all(delimiter)), _mm_cmpeq_epi8(x, all('"')));
    return mask_of(_mm_or_si128(ends, marks)) | (wide ? mask_of(x) : 0);
}

static inline unsigned equal(const char *at, char byte, char other)
{
    __m128i x = _mm_loadu_si128((const __m128i *)(const void *)at);
    return mask_of(_mm_or_si128(_mm_cmpeq_epi8(x, all(byte)), _mm_cmpeq_epi8(x, all(other))));
}
#else
static inline bits look(const char *at, int cr_ends)
{
    bits found = {0, 0, 0};
    for (unsigned i = 0; i < STEP; i++) {
        unsigned char c = (unsigned char)at[i];
        found.ends |= (unsigned)(c == '\n' || (cr_ends && c == '\r')) << i;
        found.quotes |= (unsigned)(c == '"') << i;
        found.controls |= (unsigned)((c < 0x20 && c != '\t') || c == 0x7F) << i;
    }
    return found;
}

static inline unsigned stops(const char *at, char delimiter, int wide)
{
    unsigned found = 0;
    for (unsigned i = 0; i < STEP; i++)
        found |= (unsigned)(at[i] == delimiter || at[i] == '"' || at[i] == '\n' || at[i] == '\r' ||
                            (wide && (unsigned char)at[i] >= 0x80))
                 << i;
    return found;
}

static inline unsigned equal(const char *at, char byte, char other)
{
    unsigned found = 0;
    for (unsigned i = 0; i < STEP; i++)
        found |= (unsigned)(at[i] == byte || at[i] == other) << i;
    return found;
}
#endif

/* A step's bytes at `at`, of which `left` are the text's: at the end of the text in a copy, with
 * blanks behind them. */
static inline const char *whole_step(char copy[STEP], const char *at, size_t left)
{
    if (left >= STEP)
        return at;
    memset(copy, ' ', STEP);
    return memcpy(copy, at, left);
}

/* How many bits are set; two of many. It matters only whether there is another than the CR of a
 * CRLF, and counting bits is a call on processors that are not asked for more than every one has.
 */
static unsigned some(unsigned set)
{
    return (set != 0 ? 1u : 0u) + ((set & (set - 1)) != 0 ? 1u : 0u);
}

/* `count` control characters stand before `end`, of which the CR of a CRLF is none. */
static hedui_csv_line line_of(hedui_span text, const char *end, unsigned quotes, unsigned count,
                              int cr_ends)
{
    const char *behind = text.at + text.length;
    int alone = cr_ends && end && *end == '\r' && end + 1 == behind;
    const char *stop = end ? end : behind;
    if (stop > text.at && stop[-1] == '\r')
        count--;
    return (hedui_csv_line){alone ? NULL : end, quotes != 0, count != 0};
}

/* A search for the line end: how far it came, and what it saw. */
typedef struct search {
    size_t done;
    unsigned quotes, controls; /* controls: how many, or two of more */
} search;

#if defined(__x86_64__) && defined(__SSE2__)
#include <immintrin.h>

enum { WIDE = 32 };

/* By 32 bytes as long as there are so many. @return the line end, or NULL. */
__attribute__((target("avx2,popcnt,bmi"))) static const char *find_wide(search *s, hedui_span text,
                                                                        int cr_ends)
{
    const __m256i lf = _mm256_set1_epi8('\n'), cr = _mm256_set1_epi8(cr_ends ? '\r' : '\n');
    const __m256i tab = _mm256_set1_epi8('\t'), highest = _mm256_set1_epi8(0x1F);
    const __m256i quote = _mm256_set1_epi8('"'), rubout = _mm256_set1_epi8(0x7F);
    for (; text.length - s->done >= WIDE; s->done += WIDE) {
        const char *at = text.at + s->done;
        __m256i x = _mm256_loadu_si256((const __m256i *)(const void *)at);
        __m256i low = _mm256_cmpeq_epi8(_mm256_min_epu8(x, highest), x);
        __m256i stop = _mm256_or_si256(_mm256_cmpeq_epi8(x, lf), _mm256_cmpeq_epi8(x, cr));
        low = _mm256_andnot_si256(_mm256_cmpeq_epi8(x, tab), low);
        low = _mm256_or_si256(low, _mm256_cmpeq_epi8(x, rubout));
        unsigned ends = (unsigned)_mm256_movemask_epi8(stop);
        unsigned before = ends ? (ends & (0 - ends)) - 1 : ~0u;
        s->quotes |= (unsigned)_mm256_movemask_epi8(_mm256_cmpeq_epi8(x, quote)) & before;
        s->controls += (unsigned)__builtin_popcount((unsigned)_mm256_movemask_epi8(low) & before);
        if (ends)
            return at + __builtin_ctz(ends);
    }
    return NULL;
}

static inline const char *find_fast(search *s, hedui_span text, int cr_ends)
{
    return __builtin_cpu_supports("avx2") ? find_wide(s, text, cr_ends) : NULL;
}
#else
static inline const char *find_fast(search *s, hedui_span text, int cr_ends)
{
    (void)s, (void)text, (void)cr_ends;
    return NULL;
}
#endif

/* By 16 bytes to the end of the text. */
static const char *find_rest(search *s, hedui_span text, int cr_ends)
{
    char last[STEP];
    for (; s->done < text.length; s->done += STEP) {
        const char *at = text.at + s->done;
        bits found = look(whole_step(last, at, text.length - s->done), cr_ends);
        unsigned before = found.ends ? (found.ends & (0 - found.ends)) - 1 : ~0u;
        s->quotes |= found.quotes & before;
        s->controls += some(found.controls & before);
        if (found.ends)
            return at + __builtin_ctz(found.ends);
    }
    return NULL;
}

hedui_csv_line hedui_csv_line_find(hedui_span text, int cr_ends)
{
    search s = {0, 0, 0};
    const char *end = find_fast(&s, text, cr_ends);
    if (!end)
        end = find_rest(&s, text, cr_ends);
    return line_of(text, end, s.quotes, s.controls, cr_ends);
}

const char *hedui_csv_line_stop(hedui_span text, char delimiter, int wide)
{
    char last[STEP];
    for (size_t done = 0; done < text.length; done += STEP) {
        const char *at = text.at + done;
        size_t left = text.length - done;
        unsigned found = stops(whole_step(last, at, left), delimiter, wide);
        if (left < STEP)
            found &= (1u << left) - 1; /* a blank may be the delimiter */
        if (found)
            return at + __builtin_ctz(found);
    }
    return text.at + text.length;
}

/* Either of two bytes among those of a step from `at` on that stand in the line. */
static inline unsigned marks_at(hedui_span line, size_t at, char a, char b)
{
    if (line.length - at >= STEP)
        return equal(line.at + at, a, b);
    if (line.length >= STEP)
        return equal(line.at + line.length - STEP, a, b) >> (STEP - (line.length - at));
    unsigned found = 0;
    for (size_t i = at; i < line.length; i++)
        found |= (unsigned)(line.at[i] == a || line.at[i] == b) << (i - at);
    return found;
}

uint32_t hedui_csv_line_split(hedui_csv_cell *cells, hedui_span line, char delimiter)
{
    const char *start = line.at, *end = line.at + line.length;
    uint32_t count = 0;
    for (size_t at = 0; at < line.length; at += STEP)
        for (unsigned found = marks_at(line, at, delimiter, delimiter); found; found &= found - 1) {
            const char *stop = line.at + at + __builtin_ctz(found);
            if (count == HEDUI_CSV_FIELDS)
                return HEDUI_CSV_FIELDS + 1;
            cells[count++] = (hedui_csv_cell){start, (uint32_t)(stop - start), 0};
            start = stop + 1;
        }
    if (count == HEDUI_CSV_FIELDS)
        return HEDUI_CSV_FIELDS + 1;
    cells[count++] = (hedui_csv_cell){start, (uint32_t)(end - start), 0};
    return count;
}

/* Where one is in a line: in a cell without quotes or before its first byte, in quotes, before the
 * second quote of two, behind the closing one. */
typedef enum where { PLAIN, QUOTED, DOUBLING, CLOSED } where;

/* The cells of a line so far. */
typedef struct quoted_line {
    hedui_csv_cell *cells; /* NULL: they are counted only */
    const char *start, *end;
    uint32_t count;
    where where;
    uint8_t doubled;
} quoted_line;

static void end_cell(quoted_line *q, const char *stop)
{
    if (q->cells && q->where == CLOSED)
        q->cells[q->count] =
            (hedui_csv_cell){q->start + 1, (uint32_t)(stop - q->start) - 2, q->doubled};
    else if (q->cells)
        q->cells[q->count] = (hedui_csv_cell){q->start, (uint32_t)(stop - q->start), 0};
    q->count++;
    q->start = stop + 1;
    q->where = PLAIN;
    q->doubled = 0;
}

/* @return 0 if the line is not in the usual form. */
static int take_quote(quoted_line *q, const char *at, char delimiter)
{
    if (q->where == PLAIN) {
        q->where = QUOTED;
        return at == q->start;
    }
    if (q->where == DOUBLING) {
        q->where = QUOTED;
        return 1;
    }
    if (at + 1 < q->end && at[1] == '"') {
        q->where = DOUBLING;
        q->doubled = 1;
        return 1;
    }
    q->where = CLOSED;
    return at + 1 == q->end || at[1] == delimiter;
}

uint32_t hedui_csv_line_split_quoted(hedui_csv_cell *cells, hedui_span line, char delimiter)
{
    quoted_line q = {cells, line.at, line.at + line.length, 0, PLAIN, 0};
    for (size_t at = 0; at < line.length; at += STEP)
        for (unsigned found = marks_at(line, at, delimiter, '"'); found; found &= found - 1) {
            const char *mark = line.at + at + __builtin_ctz(found);
            if (*mark == '"') {
                if (!take_quote(&q, mark, delimiter))
                    return 0;
            } else if (q.where != QUOTED) {
                if (q.count + 1 == HEDUI_CSV_FIELDS)
                    return 0;
                end_cell(&q, mark);
            }
        }
    if (q.where == QUOTED || q.where == DOUBLING)
        return 0;
    end_cell(&q, q.end);
    return q.count;
}
