/* One line a fact, its fields parted by tabs: a person can read it, `diff` can compare it, and the
 * digest of its bytes is the digest of the prior. */
#include "rule/prior.h"

#include <stdio.h>
#include <string.h>

static const char first_line[] = "hedui prior 1";

enum { MOST_FIELDS = 8 };

/* --- writing ---------------------------------------------------------------------------------- */

static void add_text(hedui_buffer *out, hedui_span text)
{
    hedui_buffer_byte(out, '\t');
    for (size_t i = 0; i < text.length; i++) {
        char c = text.at[i];
        if (c == '\t' || c == '\n' || c == '\\')
            hedui_buffer_format(out, "\\%c", c == '\t' ? 't' : c == '\n' ? 'n' : '\\');
        else
            hedui_buffer_byte(out, c);
    }
}

static void add_number(hedui_buffer *out, int64_t number)
{
    hedui_buffer_format(out, "\t%lld", (long long)number);
}

static void add_digest(hedui_buffer *out, const hedui_digest *digest)
{
    char hex[HEDUI_DIGEST_HEX];
    hedui_digest_hex(hex, digest);
    hedui_buffer_format(out, "\t%s", hex);
}

void hedui_prior_print(hedui_buffer *out, const hedui_prior *prior)
{
    hedui_buffer_format(out, "%s\n", first_line);
    for (uint32_t i = 0; i < prior->baseline_count; i++) {
        const hedui_baseline *b = &prior->baselines[i];
        const int64_t numbers[] = {b->records, b->matched, b->content_length, b->content_crc,
                                   b->cut_off};
        hedui_buffer_text(out, "baseline");
        add_text(out, b->feed);
        for (size_t n = 0; n < sizeof numbers / sizeof *numbers; n++)
            add_number(out, numbers[n]);
        hedui_buffer_byte(out, '\n');
        for (uint32_t n = 0; n < b->figure_count; n++) {
            hedui_buffer_text(out, "figure");
            add_text(out, b->figures[n].name);
            add_number(out, b->figures[n].part);
            add_number(out, b->figures[n].whole);
            hedui_buffer_byte(out, '\n');
        }
    }
    for (uint32_t i = 0; i < prior->query_count; i++) {
        const hedui_query *q = &prior->queries[i];
        hedui_buffer_text(out, "query");
        add_text(out, q->number);
        add_text(out, q->feed);
        add_number(out, q->day);
        add_number(out, q->answer_by);
        hedui_buffer_byte(out, '\n');
        for (uint32_t n = 0; n < q->asked_count; n++)
            hedui_buffer_format(out, "asked\t%016llx\n", (unsigned long long)q->asked[n]);
    }
    for (uint32_t i = 0; i < prior->confirmation_count; i++) {
        const hedui_confirmation *c = &prior->confirmations[i];
        hedui_buffer_text(out, "confirmed");
        add_text(out, c->pack);
        add_text(out, c->document);
        add_text(out, c->rule);
        add_digest(out, &c->said);
        hedui_buffer_byte(out, '\n');
    }
    for (uint32_t i = 0; i < prior->override_count; i++) {
        const hedui_override *o = &prior->overrides[i];
        hedui_buffer_text(out, "override");
        add_text(out, o->id);
        add_text(out, o->household);
        add_text(out, o->rule);
        add_text(out, o->subject);
        add_digest(out, &o->content);
        add_number(out, o->until);
        add_number(out, o->revoked);
        hedui_buffer_byte(out, '\n');
    }
    for (uint32_t i = 0; i < prior->pair_count; i++) {
        const hedui_pair *p = &prior->pairs[i];
        hedui_buffer_text(out, "pair");
        add_text(out, p->id);
        hedui_buffer_format(out, "\t%016llx", (unsigned long long)p->person);
        add_text(out, p->feed);
        add_digest(out, &p->key);
        add_digest(out, &p->content);
        add_number(out, p->until);
        add_number(out, p->revoked);
        hedui_buffer_byte(out, '\n');
    }
}

/* --- reading ---------------------------------------------------------------------------------- */

typedef struct reader {
    hedui_arena *arena;
    hedui_err *err;
    uint32_t line;
    hedui_span fields[MOST_FIELDS];
    uint32_t field_count;
    /* filled in the second pass */
    hedui_baseline *baselines;
    hedui_figure *figures;
    hedui_query *queries;
    uint64_t *asked;
    hedui_confirmation *confirmations;
    hedui_override *overrides;
    hedui_pair *pairs;
    uint32_t baseline_count, figure_count, query_count, asked_count, confirmation_count,
        override_count, pair_count;
} reader;

static hedui_status refuse(const reader *r)
{
    return hedui_fail_plain(r->err, HEDUI_E3090, hedui_place_at("prior.tsv", r->line, 1));
}

static int next_line(hedui_span *line, hedui_span *rest)
{
    const char *end = rest->length ? memchr(rest->at, '\n', rest->length) : NULL;
    if (!end)
        return 0; /* every line ends; what does not is cut off */
    *line = (hedui_span){rest->at, (size_t)(end - rest->at)};
    rest->at += line->length + 1;
    rest->length -= line->length + 1;
    return 1;
}

static int split(reader *r, hedui_span line)
{
    r->field_count = 0;
    for (size_t i = 0, start = 0; i <= line.length; i++) {
        if (i < line.length && line.at[i] != '\t')
            continue;
        if (r->field_count == MOST_FIELDS)
            return 0;
        r->fields[r->field_count++] = (hedui_span){line.at + start, i - start};
        start = i + 1;
    }
    return 1;
}

static int read_text(hedui_span *out, const reader *r, uint32_t field)
{
    hedui_span from = r->fields[field];
    char *to = hedui_arena_take(r->arena, from.length + 1);
    size_t length = 0;
    if (!to)
        return 0;
    for (size_t i = 0; i < from.length; i++) {
        char c = from.at[i];
        if (c == '\\') {
            if (++i == from.length)
                return 0;
            c = from.at[i] == 't' ? '\t' : from.at[i] == 'n' ? '\n' : from.at[i];
        }
        to[length++] = c;
    }
    *out = (hedui_span){to, length};
    return 1;
}

static int read_number(int64_t *out, const reader *r, uint32_t field)
{
    hedui_span text = r->fields[field];
    uint64_t value = 0;
    size_t i = text.length && text.at[0] == '-';
    int negative = i == 1;
    if (i == text.length)
        return 0;
    for (; i < text.length; i++) {
        if (text.at[i] < '0' || text.at[i] > '9' ||
            __builtin_mul_overflow(value, (uint64_t)10, &value) ||
            __builtin_add_overflow(value, (uint64_t)(text.at[i] - '0'), &value))
            return 0;
    }
    if (value > (uint64_t)INT64_MAX + (uint64_t)negative)
        return 0;
    *out = negative ? (int64_t)(0 - value) : (int64_t)value;
    return 1;
}

static int read_token(uint64_t *out, hedui_span text)
{
    uint64_t value = 0;
    if (text.length != 16)
        return 0;
    for (size_t i = 0; i < text.length; i++) {
        const char *digits = "0123456789abcdef";
        const char *at = text.at[i] ? strchr(digits, text.at[i]) : NULL;
        if (!at)
            return 0;
        value = value << 4 | (uint64_t)(at - digits);
    }
    *out = value;
    return 1;
}

static int take_baseline(reader *r)
{
    int64_t n[5] = {0};
    hedui_baseline *b = &r->baselines[r->baseline_count++];
    if (r->field_count != 7 || !read_text(&b->feed, r, 1))
        return 0;
    for (uint32_t i = 0; i < 5; i++)
        if (!read_number(&n[i], r, i + 2))
            return 0;
    b->records = n[0];
    b->matched = n[1];
    b->content_length = n[2];
    b->content_crc = (uint32_t)n[3];
    b->cut_off = (int32_t)n[4];
    b->figures = &r->figures[r->figure_count];
    return n[3] >= 0 && n[3] <= UINT32_MAX && n[4] >= INT32_MIN && n[4] <= INT32_MAX;
}

static int take_figure(reader *r)
{
    hedui_figure *f = &r->figures[r->figure_count++];
    if (r->field_count != 4 || !r->baseline_count || r->query_count)
        return 0;
    r->baselines[r->baseline_count - 1].figure_count++;
    return read_text(&f->name, r, 1) && read_number(&f->part, r, 2) && read_number(&f->whole, r, 3);
}

static int take_query(reader *r)
{
    int64_t day = 0, by = 0;
    hedui_query *q = &r->queries[r->query_count++];
    if (r->field_count != 5 || !read_text(&q->number, r, 1) || !read_text(&q->feed, r, 2) ||
        !read_number(&day, r, 3) || !read_number(&by, r, 4))
        return 0;
    q->day = (int32_t)day;
    q->answer_by = (int32_t)by;
    q->asked = &r->asked[r->asked_count];
    return day >= INT32_MIN && day <= INT32_MAX && by >= INT32_MIN && by <= INT32_MAX;
}

static int take_asked(reader *r)
{
    if (r->field_count != 2 || !r->query_count)
        return 0;
    r->queries[r->query_count - 1].asked_count++;
    return read_token(&r->asked[r->asked_count++], r->fields[1]);
}

static int take_confirmation(reader *r)
{
    hedui_confirmation *c = &r->confirmations[r->confirmation_count++];
    return r->field_count == 5 && read_text(&c->pack, r, 1) && read_text(&c->document, r, 2) &&
           read_text(&c->rule, r, 3) && hedui_digest_parse(&c->said, r->fields[4]);
}

static int compare(const hedui_override *o, hedui_span household, hedui_span rule,
                   hedui_span subject)
{
    int order = hedui_span_compare(o->household, household);
    if (!order)
        order = hedui_span_compare(o->rule, rule);
    return order ? order : hedui_span_compare(o->subject, subject);
}

/* How long a decision holds, and whether it was taken back, in two fields. */
static int take_term(int32_t *until, int *revoked, const reader *r, uint32_t field)
{
    int64_t day = 0, yes = 0;
    if (!read_number(&day, r, field) || !read_number(&yes, r, field + 1))
        return 0;
    *until = (int32_t)day;
    *revoked = yes == 1;
    return day >= INT32_MIN && day <= INT32_MAX && (yes == 0 || yes == 1);
}

static int take_override(reader *r)
{
    hedui_override *o = &r->overrides[r->override_count++];
    if (r->field_count != 8 || !read_text(&o->id, r, 1) || !read_text(&o->household, r, 2) ||
        !read_text(&o->rule, r, 3) || !read_text(&o->subject, r, 4) ||
        !hedui_digest_parse(&o->content, r->fields[5]) || !take_term(&o->until, &o->revoked, r, 6))
        return 0;
    /* they are searched by halves */
    return r->override_count == 1 || compare(o - 1, o->household, o->rule, o->subject) < 0;
}

static int compare_pairs(const hedui_pair *a, const hedui_pair *b)
{
    if (a->person != b->person)
        return a->person < b->person ? -1 : 1;
    int order = hedui_span_compare(a->feed, b->feed);
    if (!order)
        order = memcmp(a->key.bytes, b->key.bytes, sizeof a->key.bytes);
    return order ? order : memcmp(a->content.bytes, b->content.bytes, sizeof a->content.bytes);
}

static int take_pair(reader *r)
{
    hedui_pair *p = &r->pairs[r->pair_count++];
    return r->field_count == 8 && read_text(&p->id, r, 1) && read_token(&p->person, r->fields[2]) &&
           read_text(&p->feed, r, 3) && hedui_digest_parse(&p->key, r->fields[4]) &&
           hedui_digest_parse(&p->content, r->fields[5]) &&
           take_term(&p->until, &p->revoked, r, 6) &&
           (r->pair_count == 1 || compare_pairs(p - 1, p) < 0);
}

static const struct {
    const char *word;
    int (*take)(reader *r);
} kinds[] = {
    {"baseline", take_baseline}, {"figure", take_figure},          {"query", take_query},
    {"asked", take_asked},       {"confirmed", take_confirmation}, {"override", take_override},
    {"pair", take_pair}};

enum { KINDS = sizeof kinds / sizeof *kinds };

static int kind_of(hedui_span word)
{
    for (int k = 0; k < KINDS; k++)
        if (hedui_span_is(word, kinds[k].word))
            return k;
    return -1;
}

/* How many of each there are, so that arrays are taken once. */
static hedui_status measure(size_t counts[KINDS], reader *r, hedui_span text)
{
    hedui_span line, rest = text;
    r->line = 1;
    if (!next_line(&line, &rest) || !hedui_span_is(line, first_line))
        return refuse(r);
    while (rest.length) {
        r->line++;
        if (!next_line(&line, &rest) || !split(r, line) || kind_of(r->fields[0]) < 0)
            return refuse(r);
        counts[kind_of(r->fields[0])]++;
    }
    return HEDUI_OK;
}

hedui_status hedui_prior_read(hedui_prior *prior, hedui_span text, hedui_arena *arena,
                              hedui_err *err)
{
    reader r = {.arena = arena, .err = err};
    size_t counts[KINDS] = {0};
    hedui_span line, rest = text;
    hedui_prior made = {0};
    hedui_status status = measure(counts, &r, text);
    if (status)
        return status;
    r.baselines = hedui_arena_array(arena, counts[0], sizeof *r.baselines);
    r.figures = hedui_arena_array(arena, counts[1], sizeof *r.figures);
    r.queries = hedui_arena_array(arena, counts[2], sizeof *r.queries);
    r.asked = hedui_arena_array(arena, counts[3], sizeof *r.asked);
    r.confirmations = hedui_arena_array(arena, counts[4], sizeof *r.confirmations);
    r.overrides = hedui_arena_array(arena, counts[5], sizeof *r.overrides);
    r.pairs = hedui_arena_array(arena, counts[6], sizeof *r.pairs);
    if (!r.baselines || !r.figures || !r.queries || !r.asked || !r.confirmations || !r.overrides ||
        !r.pairs)
        return hedui_fail_memory(err);
    (void)next_line(&line, &rest);
    for (r.line = 2; next_line(&line, &rest); r.line++)
        if (!split(&r, line) || !kinds[kind_of(r.fields[0])].take(&r))
            return refuse(&r);
    made.baselines = r.baselines;
    made.baseline_count = r.baseline_count;
    made.queries = r.queries;
    made.query_count = r.query_count;
    made.confirmations = r.confirmations;
    made.confirmation_count = r.confirmation_count;
    made.overrides = r.overrides;
    made.override_count = r.override_count;
    made.pairs = r.pairs;
    made.pair_count = r.pair_count;
    status = hedui_digest_of(&made.digest, text, err);
    if (!status)
        *prior = made;
    return status;
}

const hedui_confirmation *hedui_prior_confirmation(const hedui_prior *prior, hedui_span rule)
{
    for (uint32_t i = 0; prior && i < prior->confirmation_count; i++)
        if (hedui_span_equal(prior->confirmations[i].rule, rule))
            return &prior->confirmations[i];
    return NULL;
}

const hedui_override *hedui_prior_override(const hedui_prior *prior, hedui_span household,
                                           hedui_span rule, hedui_span subject)
{
    uint32_t low = 0, high = prior ? prior->override_count : 0;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = compare(&prior->overrides[middle], household, rule, subject);
        if (order == 0)
            return &prior->overrides[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}
