/* Binding answers. Whoever cannot be shown to have been asked about was not: the opposite mistake
 * would call a family clear that nobody ever looked up. */
#include "run/reply.h"

#include <hedui/citizen_id.h>
#include <hedui/date.h>

#include <stdlib.h>

typedef struct binder {
    const hedui_reply_question *q;
    const hedui_query *query;
    hedui_guarded *guarded;
    hedui_arena *arena, *remarks;
    hedui_err *err;
} binder;

static hedui_status remark(binder *b, hedui_status number, hedui_run_verdict verdict,
                           hedui_buffer *argument)
{
    hedui_status status = hedui_buffer_failed(argument)
                              ? hedui_fail_memory(b->err)
                              : hedui_guard_add(b->guarded, number, verdict,
                                                hedui_buffer_span(argument), b->remarks, b->err);
    hedui_buffer_free(argument);
    return status;
}

static void put(hedui_buffer *out, hedui_span text)
{
    if (out->length)
        hedui_buffer_byte(out, '\t');
    hedui_buffer_add(out, text);
}

static void put_number(hedui_buffer *out, int64_t number)
{
    hedui_buffer_format(out, out->length ? "\t%lld" : "%lld", (long long)number);
}

static void put_day(hedui_buffer *out, int32_t day)
{
    char text[HEDUI_DATE_TEXT];
    hedui_date_print(text, day);
    put(out, hedui_span_of(text));
}

/* Refuse: nothing of the delivery is used. */
static hedui_status refuse(binder *b, hedui_status number, hedui_cause cause,
                           hedui_buffer *argument)
{
    if (b->guarded->cause == HEDUI_CAUSE_NONE)
        b->guarded->cause = cause;
    return remark(b, number, HEDUI_RUN_REFUSED, argument);
}

static const hedui_query *find(const hedui_prior *prior, hedui_span number)
{
    for (uint32_t i = 0; prior && i < prior->query_count; i++)
        if (hedui_span_equal(prior->queries[i].number, number))
            return &prior->queries[i];
    return NULL;
}

/* Whether the list named may be answered by this delivery on this day; *bound tells. */
static hedui_status admit(binder *b, int *bound)
{
    const hedui_reply_question *q = b->q;
    hedui_buffer text;
    hedui_buffer_init(&text);
    put(&text, q->file->answers);
    *bound = 0;
    b->query = find(q->prior, q->file->answers);
    if (!b->query)
        return refuse(b, HEDUI_E2172, HEDUI_CAUSE_REFUSED, &text);
    if (!hedui_span_equal(b->query->feed, q->delivery->layout->name)) {
        put(&text, b->query->feed);
        return refuse(b, HEDUI_E2173, HEDUI_CAUSE_REFUSED, &text);
    }
    if (b->query->day > q->as_of) {
        put_day(&text, b->query->day);
        return refuse(b, HEDUI_E2178, HEDUI_CAUSE_REFUSED, &text);
    }
    if (b->query->answer_by < q->as_of) {
        put_day(&text, b->query->answer_by);
        return refuse(b, HEDUI_E2174, HEDUI_CAUSE_STALE, &text);
    }
    hedui_buffer_free(&text);
    *bound = 1;
    return HEDUI_OK;
}

hedui_status hedui_reply_tokens_make(hedui_reply_tokens *tokens, const hedui_caseload *c,
                                     hedui_arena *arena, hedui_err *err)
{
    if (tokens->of_person)
        return HEDUI_OK;
    uint64_t *list = hedui_arena_array(arena, c->person_count, sizeof *list);
    hedui_status status = list ? HEDUI_OK : hedui_fail_memory(err);
    for (uint32_t i = 0; i < c->person_count && !status; i++)
        status = hedui_citizen_id_token_number(&list[i], c->persons[i].id, err);
    if (!status)
        tokens->of_person = list;
    return status;
}

static int by_number(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

static int has(const uint64_t *bits, uint32_t i)
{
    return (int)(bits[i / 64] >> (i % 64) & 1);
}

/* Rows in which nobody stands whom the list asked about, and how many people those are. A row about
 * husband and wife is an answer if either was asked about. */
static void count_rows(hedui_reply *answer, int64_t *strangers, const binder *b, uint64_t *seen)
{
    const hedui_facts *facts = b->q->delivery->facts;
    for (uint32_t i = 0, end; i < facts->count; i = end) {
        int asked = 0;
        /* a row that another contradicts, or a later one replaced, answers for nobody */
        int gone = hedui_facts_gone(facts, i);
        for (end = i;
             end < facts->count && hedui_facts_row(facts, end) == hedui_facts_row(facts, i);
             end++) {
            uint32_t person = hedui_facts_person(facts, end);
            asked |= person != HEDUI_PERSON_NONE && has(answer->asked_about, person);
        }
        if (gone)
            continue;
        answer->told.unasked += !asked;
        for (uint32_t f = i; f < end; f++) {
            uint32_t person = hedui_facts_person(facts, f);
            if (person == HEDUI_PERSON_NONE || has(seen, person))
                continue;
            int known = has(answer->asked_about, person);
            if (known || !asked)
                seen[person / 64] |= UINT64_C(1) << (person % 64);
            answer->told.answered += known;
            *strangers += !known && !asked;
        }
    }
}

static hedui_status remark_rows(binder *b, const hedui_reply *answer, int64_t strangers,
                                int64_t expected)
{
    hedui_buffer text;
    hedui_status status = HEDUI_OK;
    hedui_buffer_init(&text);
    put(&text, b->query->number);
    put_day(&text, b->query->day);
    put_number(&text, answer->told.asked);
    put_number(&text, answer->told.answered);
    status = remark(b, HEDUI_E2170, HEDUI_RUN_ACCEPTED, &text);
    if (!status && answer->told.unasked) {
        /* more than a tenth: it may well be the answer to another list */
        int many = answer->told.unasked > (int64_t)b->q->delivery->ledger.matched / 10;
        hedui_buffer_init(&text);
        put_number(&text, answer->told.unasked);
        put_number(&text, strangers);
        status = remark(b, HEDUI_E2176, many ? HEDUI_RUN_HELD : HEDUI_RUN_WARNED, &text);
    }
    int64_t open = expected - answer->told.answered;
    if (!status && b->q->delivery->layout->kind == HEDUI_FEED_VERDICT && open > 0) {
        hedui_buffer_init(&text);
        put_number(&text, open);
        status = remark(b, HEDUI_E2179, HEDUI_RUN_WARNED, &text);
    }
    return status;
}

static hedui_status remark_circumstances(binder *b)
{
    const hedui_reply_question *q = b->q;
    hedui_buffer text;
    hedui_status status = HEDUI_OK;
    hedui_buffer_init(&text);
    if (q->delivery->cut_off != HEDUI_DAY_NONE && q->delivery->cut_off < b->query->day) {
        put_day(&text, q->delivery->cut_off);
        put_day(&text, b->query->day);
        status = remark(b, HEDUI_E2175, HEDUI_RUN_HELD, &text);
    }
    if (!status && q->other) {
        /* of one day: nobody can tell which holds */
        int tie = q->other->cut_off == q->file->cut_off;
        hedui_buffer_init(&text);
        put(&text, hedui_span_of(q->other->name));
        status = remark(b, HEDUI_E2177, tie ? HEDUI_RUN_HELD : HEDUI_RUN_WARNED, &text);
    }
    return status;
}

/* Rows about others are not even looked at. */
static int is_authorised(const hedui_caseload *c, uint32_t person)
{
    const hedui_person *p = &c->persons[person];
    for (uint32_t i = p->first; i < p->first + p->count; i++)
        if (c->members[c->places[i]].authorised)
            return 1;
    return 0;
}

static hedui_status bind(hedui_reply *answer, binder *b, const hedui_reply_tokens *tokens)
{
    const hedui_caseload *c = b->q->caseload;
    size_t words = (size_t)c->person_count / 64 + 1;
    uint64_t *asked = hedui_arena_array(b->arena, words, sizeof *asked);
    uint64_t *seen = hedui_arena_array(b->arena, words, sizeof *seen);
    int64_t strangers = 0, expected = 0;
    if (!asked || !seen)
        return hedui_fail_memory(b->err);
    for (uint32_t i = 0; i < c->person_count; i++)
        if (b->query->asked_count && bsearch(&tokens->of_person[i], b->query->asked,
                                             b->query->asked_count, sizeof(uint64_t), by_number)) {
            asked[i / 64] |= UINT64_C(1) << (i % 64);
            expected += is_authorised(c, i);
        }
    answer->asked_about = asked;
    answer->told.query = b->query->number;
    answer->told.day = b->query->day;
    answer->told.asked = b->query->asked_count;
    count_rows(answer, &strangers, b, seen);
    hedui_status status = remark_rows(b, answer, strangers, expected);
    return status ? status : remark_circumstances(b);
}

hedui_status hedui_reply_bind(hedui_reply *answer, hedui_guarded *guarded,
                              const hedui_reply_question *question, hedui_reply_tokens *tokens,
                              hedui_arena *arena, hedui_arena *remarks, hedui_err *err)
{
    binder b = {.q = question, .guarded = guarded, .arena = arena, .remarks = remarks, .err = err};
    hedui_reply made = {.asked_about = NULL};
    hedui_status status = HEDUI_OK;
    int bound = 0;
    if (guarded->verdict >= HEDUI_RUN_REFUSED)
        return HEDUI_OK;
    if (question->file->answers.length) {
        status = admit(&b, &bound);
    } else if (hedui_layout_is_answer(question->delivery->layout)) {
        hedui_buffer nothing;
        hedui_buffer_init(&nothing);
        status = remark(&b, HEDUI_E2171, HEDUI_RUN_WARNED, &nothing);
    }
    if (!status && bound)
        status = hedui_reply_tokens_make(tokens, question->caseload, arena, err);
    if (!status && bound)
        status = bind(&made, &b, tokens);
    if (!status)
        *answer = made;
    return status;
}
