/* Households on demand: the answers of the whole night for those households, and nothing else
 * changed by it. */
#include "county.h"

#include <hedui/job.h>
#include <hedui/message.h>
#include <hedui/store.h>
#include <hedui/store_delivery.h>
#include <hedui/store_household.h>
#include <hedui/store_run.h>

#include <string.h>

enum { EVERY = 7 };

static hedui_status run(hedui_job_outcome *outcome, const county *w, const char *list, int threads,
                        hedui_err *err)
{
    hedui_job_options options = {.as_of = w->as_of, .threads = threads, .households = list};
    hedui_err_init(err);
    memset(outcome, 0, sizeof *outcome);
    return hedui_job_run(outcome, county_workspace(w), &options, w->arena, NULL, err);
}

static const hedui_store_run *stored(hedui_store *store, const county *w, const char *id)
{
    const hedui_store_run *found = NULL;
    assert_int_equal(hedui_store_run_find(&found, store, hedui_span_of(id), w->arena, NULL),
                     HEDUI_OK);
    return found;
}

static void same_text(hedui_span a, hedui_span b)
{
    if (!hedui_span_equal(a, b))
        fail_msg("%.*s is not %.*s", (int)a.length, a.at, (int)b.length, b.at);
}

static void same_evidence(const hedui_store_evidence *a, const hedui_store_evidence *b)
{
    same_text(a->feed, b->feed);
    assert_memory_equal(&a->file_digest, &b->file_digest, sizeof a->file_digest);
    assert_memory_equal(&a->content, &b->content, sizeof a->content);
    assert_int_equal(a->line, b->line);
    assert_int_equal(a->offset, b->offset);
    assert_int_equal(a->length, b->length);
}

/* Flags, evidence, causes and answers of one household in two runs. @return its flags. */
static size_t same_household(hedui_store *store, const county *w, const char *night,
                             const char *listed, hedui_span id)
{
    const hedui_store_household *a = NULL, *b = NULL;
    assert_int_equal(
        hedui_store_household_find(&a, store, hedui_span_of(night), id, w->arena, NULL), HEDUI_OK);
    assert_int_equal(
        hedui_store_household_find(&b, store, hedui_span_of(listed), id, w->arena, NULL), HEDUI_OK);
    same_text(a->state, b->state);
    assert_int_equal(a->unanswered, b->unanswered);
    assert_int_equal(a->flag_count, b->flag_count);
    for (size_t i = 0; i < a->flag_count; i++) {
        const hedui_store_flag *x = &a->flags[i], *y = &b->flags[i];
        same_text(x->rule, y->rule);
        same_text(x->subject, y->subject);
        same_text(x->effect, y->effect);
        same_text(x->message, y->message);
        assert_int_equal(x->capped, y->capped);
        assert_memory_equal(&x->content, &y->content, sizeof x->content);
        assert_int_equal(x->evidence_count, y->evidence_count);
        for (size_t e = 0; e < x->evidence_count; e++)
            same_evidence(&x->evidence[e], &y->evidence[e]);
    }
    assert_int_equal(a->cause_count, b->cause_count);
    for (size_t i = 0; i < a->cause_count; i++) {
        same_text(a->causes[i].rule, b->causes[i].rule);
        same_text(a->causes[i].reason, b->causes[i].reason);
    }
    return a->flag_count;
}

/* Every EVERYth household of the night, as a list with a remark, cells behind the first and a line
 * that stands there twice. */
static size_t write_list(const hedui_store_state *states, size_t count, const char *path)
{
    hedui_buffer text;
    size_t listed = 0;
    hedui_buffer_init(&text);
    hedui_buffer_text(&text, "\xEF\xBB\xBF\r\n# 新申请\r\n");
    for (size_t i = 0; i < count; i += EVERY, listed++) {
        if (listed % 3 == 0)
            hedui_buffer_format(&text, "\"%.*s\",张某\r\n", (int)states[i].household.length,
                                states[i].household.at);
        else
            hedui_buffer_format(&text, " %.*s\t\n", (int)states[i].household.length,
                                states[i].household.at);
    }
    hedui_buffer_format(&text, "%.*s", (int)states[0].household.length, states[0].household.at);
    assert_int_equal(hedui_file_replace(path, hedui_buffer_span(&text), NULL), HEDUI_OK);
    hedui_buffer_free(&text);
    return listed;
}

static void publish(const county *w, const char *id, hedui_status want)
{
    hedui_store *store = county_store(w);
    assert_int_equal(hedui_store_run_publish(store, hedui_span_of(id), hedui_span_of("王主任"),
                                             hedui_span_of("已核实"), INT64_MIN, NULL),
                     want);
    hedui_store_close(store);
}

static void replays(const county *w, const char *id)
{
    hedui_job_replay_outcome outcome;
    assert_int_equal(hedui_job_replay(&outcome, county_workspace(w), hedui_span_of(id),
                                      hedui_span_of(""), 2, w->arena, NULL, NULL),
                     HEDUI_OK);
    if (!outcome.same)
        fail_msg("%s: %lld differences", id, (long long)outcome.difference_count);
    assert_true(outcome.flags > 0);
}

static void a_list_gets_the_answers_of_the_night_and_changes_nothing(void **state)
{
    county w;
    hedui_job_outcome night, first, again, later;
    const hedui_store_state *states = NULL;
    const hedui_store_baseline *before = NULL, *after = NULL;
    size_t count = 0, flags = 0, before_count = 0, after_count = 0;
    hedui_err err;
    (void)state;
    county_make(&w, 7);
    const char *list = county_path(&w, "list.txt");
    assert_int_equal(run(&night, &w, NULL, 2, &err), HEDUI_OK);
    publish(&w, night.run, HEDUI_OK);
    hedui_store *store = county_store(&w);
    assert_int_equal(
        hedui_store_state_list(&states, &count, store, hedui_span_of(night.run), w.arena, NULL),
        HEDUI_OK);
    assert_int_equal(hedui_store_baseline_list(&before, &before_count, store, w.arena, NULL),
                     HEDUI_OK);
    hedui_store_close(store);
    size_t listed = write_list(states, count, list);
    assert_int_equal(run(&first, &w, list, 1, &err), HEDUI_OK);
    assert_int_equal(run(&again, &w, list, 4, &err), HEDUI_OK);
    assert_string_equal(first.digest, again.digest);
    store = county_store(&w);
    assert_int_equal(hedui_store_check(store, NULL), HEDUI_OK);
    const hedui_store_run *r = stored(store, &w, again.run);
    assert_int_equal(r->listed, 1);
    assert_true(hedui_span_is(r->state, "listed"));
    assert_int_equal(r->base.length, 0);
    assert_int_equal(r->households, listed);
    assert_int_equal(r->gone + r->not_checked, 0);
    for (size_t i = 0; i < count; i += EVERY) {
        flags += same_household(store, &w, night.run, first.run, states[i].household);
        (void)same_household(store, &w, night.run, again.run, states[i].household);
    }
    assert_true(flags > 10);
    assert_int_equal(r->flags, flags);
    /* who is not in the list is not in the run */
    const hedui_store_household *other = NULL;
    assert_int_equal(hedui_store_household_find(&other, store, hedui_span_of(again.run),
                                                states[1].household, w.arena, NULL),
                     HEDUI_E5015);
    /* what the next delivery is held against is what it was, and so is the latest run */
    assert_int_equal(hedui_store_baseline_list(&after, &after_count, store, w.arena, NULL),
                     HEDUI_OK);
    assert_int_equal(after_count, before_count);
    same_text(stored(store, &w, "")->id, hedui_span_of(night.run));
    hedui_store_close(store);
    publish(&w, again.run, HEDUI_E5030);
    replays(&w, first.run);
    replays(&w, night.run);
    /* the next night stands on the last one */
    assert_int_equal(run(&later, &w, NULL, 2, &err), HEDUI_OK);
    store = county_store(&w);
    r = stored(store, &w, later.run);
    same_text(r->base, hedui_span_of(night.run));
    assert_int_equal(r->continuing, r->flags);
    assert_int_equal(r->gone + r->not_checked + r->fresh, 0);
    hedui_store_close(store);
    assert_string_equal(later.digest, night.digest);
    county_throw_away(&w);
}

/* A new delivery that only a list has seen is no baseline. */
static void a_list_is_no_baseline(void **state)
{
    county w;
    hedui_job_outcome outcome;
    const hedui_store_baseline *baselines = NULL;
    size_t count = 1;
    hedui_err err;
    (void)state;
    county_make(&w, 7);
    const char *list = county_path(&w, "list.txt");
    assert_int_equal(hedui_file_replace(list, hedui_span_of("DB0000000010\n"), NULL), HEDUI_OK);
    assert_int_equal(run(&outcome, &w, list, 2, &err), HEDUI_OK);
    hedui_store *store = county_store(&w);
    assert_int_equal(hedui_store_baseline_list(&baselines, &count, store, w.arena, NULL), HEDUI_OK);
    assert_int_equal(count, 0);
    hedui_store_close(store);
    county_throw_away(&w);
}

static void who_is_not_in_the_caseload_is_named_with_the_line(void **state)
{
    static const struct {
        const char *text;
        hedui_status want;
        uint32_t line;
        const char *says;
    } cases[] = {
        {"DB0000000010\nDB9999999999\n", HEDUI_E4016, 2, "DB9999999999"},
        {"# 新申请\n\n编号\nDB0000000010\n", HEDUI_E4016, 3, "编号"},
        {"DB0000000010\n659000199001010010\n", HEDUI_E4016, 2, "659000********0010"},
        {"", HEDUI_E4017, 0, ""},
        {"# nobody\n\r\n", HEDUI_E4017, 0, ""},
    };
    county w;
    (void)state;
    county_make(&w, 7);
    const char *list = county_path(&w, "list.txt");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hedui_job_outcome outcome;
        hedui_buffer text;
        hedui_err err;
        assert_int_equal(hedui_file_replace(list, hedui_span_of(cases[i].text), NULL), HEDUI_OK);
        hedui_status status = run(&outcome, &w, list, 2, &err);
        if (status != cases[i].want || err.line != cases[i].line)
            fail_msg("case %zu: E%d in line %u", i, (int)status, err.line);
        hedui_buffer_init(&text);
        hedui_message_sentence(&text, &err, HEDUI_ZH);
        hedui_buffer_byte(&text, '\0');
        if (!strstr(text.data, cases[i].says) || strstr(text.data, "19900101"))
            fail_msg("case %zu: %s", i, text.data);
        hedui_buffer_free(&text);
    }
    county_throw_away(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_gets_the_answers_of_the_night_and_changes_nothing),
        cmocka_unit_test(a_list_is_no_baseline),
        cmocka_unit_test(who_is_not_in_the_caseload_is_named_with_the_line),
    };
    return cmocka_run_group_tests_name("job/listed", tests, NULL, NULL);
}
