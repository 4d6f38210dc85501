/* A run told in parts says what it says as a whole, wherever the parts are cut and whatever number
 * of threads judges them; and a failure of whoever takes them ends it. The oracle is the whole. */
#include "county_run.h"

#include <hedui/buffer.h>

enum { OVERRIDES = 60 };

typedef struct telling {
    const county *c;
    hedui_prior prior;
    hedui_override overrides[OVERRIDES];
    hedui_buffer words; /* of all parts so far */
    const hedui_run_result *head;
    uint32_t parts, largest, fail_at; /* fail_at: part that cannot be taken, from 1 */
} telling;

static void say(hedui_buffer *out, const char *label, hedui_span text)
{
    hedui_buffer_text(out, label);
    hedui_buffer_add(out, text);
}

static void say_flags(hedui_buffer *out, const hedui_run_result *r, const hedui_run_flag *flags,
                      uint32_t count, uint32_t household)
{
    for (uint32_t i = 0; i < count; i++) {
        const hedui_run_flag *f = &flags[i];
        if (f->household != household)
            continue;
        say(out, "\n flag ", r->rules[f->rule].id);
        say(out, " ", f->subject);
        say(out, " ", f->person_masked);
        say(out, " ", f->message);
        say(out, " ", f->override);
        say(out, " ", f->returned);
        for (uint32_t e = 0; e < f->evidence_count; e++) {
            hedui_buffer_format(out, "\n  row %u:%u", f->evidence[e].delivery, f->evidence[e].line);
            say(out, " ", f->evidence[e].row_key);
            for (uint32_t n = 0; n < f->evidence[e].cell_count; n++)
                say(out, " ", f->evidence[e].cells[n].value);
        }
    }
}

static void say_household(hedui_buffer *out, const hedui_run_result *r, uint32_t at)
{
    const hedui_run_household *h = &r->households[at];
    say(out, "household ", h->id);
    say(out, " ", h->area_name);
    say(out, " ", h->head_name);
    say(out, " ", h->searched);
    hedui_buffer_format(out, " %d %u %u", (int)h->state, h->flags, h->unanswered);
    for (uint32_t i = 0; i < h->members; i++)
        say(out, "\n member ", h->people[i].name);
    say_flags(out, r, r->flags, r->flag_count, at);
    say_flags(out, r, r->overridden, r->overridden_count, at);
    for (uint32_t i = 0; i < r->undetermined_count; i++)
        if (r->undetermined[i].household == at) {
            say(out, "\n cause ", r->rules[r->undetermined[i].rule].id);
            say(out, " ", r->undetermined[i].source);
            say(out, " ", r->undetermined[i].person);
            say(out, " ", r->undetermined[i].subject);
        }
    hedui_buffer_byte(out, '\n');
}

static hedui_status begin(void *context, const hedui_run_result *head, hedui_err *err)
{
    telling *t = context;
    (void)err;
    assert_true(head->rule_count > 0 && head->delivery_count > 0 && head->persons > 0);
    assert_int_equal(head->household_count, 0);
    t->head = head;
    return HEDUI_OK;
}

static hedui_status take(void *context, const hedui_run_result *part, hedui_err *err)
{
    telling *t = context;
    assert_ptr_equal(part->rules, t->head->rules);
    assert_ptr_equal(part->deliveries, t->head->deliveries);
    if (++t->parts == t->fail_at)
        return hedui_fail_memory(err);
    t->largest = part->household_count > t->largest ? part->household_count : t->largest;
    for (uint32_t h = 0; h < part->household_count; h++)
        say_household(&t->words, part, h);
    return HEDUI_OK;
}

static hedui_status run(const hedui_run_result **result, telling *t, const hedui_run_sink *sink,
                        int threads)
{
    hedui_run_request request = county_request(t->c, threads);
    request.prior = &t->prior;
    request.sink = sink;
    return hedui_run_execute(result, NULL, &request, t->c->arena, NULL, NULL);
}

static int by_finding(const void *a, const void *b)
{
    const hedui_override *x = a, *y = b;
    int order = hedui_span_compare(x->household, y->household);
    if (!order)
        order = hedui_span_compare(x->rule, y->rule);
    return order ? order : hedui_span_compare(x->subject, y->subject);
}

/* Decisions that hold, have run out, were taken back, or were made on other facts. */
static void decide(telling *t, const hedui_run_result *r)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < r->flag_count && count < OVERRIDES; i += 3, count++) {
        const hedui_run_flag *f = &r->flags[i];
        t->overrides[count] = (hedui_override){.id = hedui_span_of("X20140705-01"),
                                               .household = r->households[f->household].id,
                                               .rule = r->rules[f->rule].id,
                                               .subject = f->subject,
                                               .content = f->content,
                                               .until = t->c->as_of + (count % 4 == 1 ? -1 : 9),
                                               .revoked = count % 4 == 2};
        t->overrides[count].content.bytes[0] ^= count % 4 == 3;
    }
    qsort(t->overrides, count, sizeof *t->overrides, by_finding);
    t->prior.overrides = t->overrides;
    t->prior.override_count = count;
}

static void open_county(county *c, telling *t, const hedui_run_result **whole)
{
    county_make(c, 7);
    *t = (telling){.c = c};
    assert_int_equal(run(whole, t, NULL, 1), HEDUI_OK);
    decide(t, *whole);
    assert_int_equal(run(whole, t, NULL, 1), HEDUI_OK);
    assert_true((*whole)->overridden_count > 0 && (*whole)->undetermined_count > 0);
}

static void parts_say_what_the_whole_says(void **state)
{
    static const struct {
        uint32_t households;
        int threads;
    } ways[] = {{1, 2}, {7, 1}, {128, 4}, {129, 3}, {500, 2}, {999, 8}, {100000, 2}, {0, 2}};
    county c;
    telling t;
    const hedui_run_result *whole = NULL;
    hedui_buffer words;
    (void)state;
    hedui_buffer_init(&words);
    open_county(&c, &t, &whole);
    for (uint32_t h = 0; h < whole->household_count; h++)
        say_household(&words, whole, h);
    assert_true(words.length > 100000);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        const hedui_run_sink sink = {begin, take, &t, ways[i].households};
        const hedui_run_result *result = NULL;
        uint32_t size = ways[i].households ? ways[i].households : 2048 * (uint32_t)ways[i].threads;
        uint32_t parts = (whole->household_count + size - 1) / size;
        hedui_buffer_init(&t.words);
        t.parts = t.largest = 0;
        assert_int_equal(run(&result, &t, &sink, ways[i].threads), HEDUI_OK);
        assert_true(hedui_span_equal(hedui_buffer_span(&t.words), hedui_buffer_span(&words)));
        assert_int_equal(t.parts, parts);
        assert_true(t.largest <= size);
        assert_ptr_equal(result, t.head);
        assert_int_equal(result->household_count + result->flag_count, 0);
        assert_int_equal(result->gap_count, whole->gap_count);
        assert_memory_equal(&result->digest, &whole->digest, sizeof whole->digest);
        hedui_buffer_free(&t.words);
    }
    hedui_buffer_free(&words);
    county_throw_away(&c);
}

static void who_cannot_take_a_part_ends_the_run(void **state)
{
    county c;
    telling t;
    const hedui_run_result *whole = NULL, *result = NULL;
    (void)state;
    open_county(&c, &t, &whole);
    for (t.fail_at = 1; t.fail_at <= 4; t.fail_at++) {
        const hedui_run_sink sink = {begin, take, &t, 250};
        hedui_buffer_init(&t.words);
        t.parts = 0;
        assert_int_equal(run(&result, &t, &sink, 2), HEDUI_E1001);
        assert_int_equal(t.parts, t.fail_at); /* nobody is asked again */
        assert_null(result);
        hedui_buffer_free(&t.words);
    }
    county_throw_away(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_say_what_the_whole_says),
        cmocka_unit_test(who_cannot_take_a_part_ends_the_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
