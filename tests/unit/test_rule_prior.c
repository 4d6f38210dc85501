/* What earlier runs mean, as text and back. */
#include "test.h"

#include "rule/prior.h"

#include <stdlib.h>

#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"

static uint64_t next(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return *seed >> 17;
}

static hedui_span some_name(uint64_t *seed, hedui_arena *arena)
{
    static const char *const parts[] = {"vehicle", "\t", "\n", "\\", "份额 status A", "", "n", "t"};
    hedui_buffer text;
    hedui_buffer_init(&text);
    for (uint64_t n = next(seed) % 5; n; n--)
        hedui_buffer_text(&text, parts[next(seed) % (sizeof parts / sizeof *parts)]);
    hedui_span copy = hedui_arena_copy(arena, hedui_buffer_span(&text));
    hedui_buffer_free(&text);
    return copy;
}

static int64_t some_number(uint64_t *seed)
{
    static const int64_t edges[] = {0, 1, -1, INT64_MAX, INT64_MIN, 202131};
    return edges[next(seed) % (sizeof edges / sizeof *edges)];
}

static hedui_prior some_prior(uint64_t *seed, hedui_arena *arena)
{
    hedui_prior prior = {0};
    prior.baseline_count = (uint32_t)(next(seed) % 4);
    hedui_baseline *baselines = hedui_arena_array(arena, prior.baseline_count, sizeof *baselines);
    for (uint32_t i = 0; i < prior.baseline_count; i++) {
        uint32_t count = (uint32_t)(next(seed) % 3);
        hedui_figure *figures = hedui_arena_array(arena, count, sizeof *figures);
        for (uint32_t n = 0; n < count; n++)
            figures[n] =
                (hedui_figure){some_name(seed, arena), some_number(seed), some_number(seed)};
        baselines[i] = (hedui_baseline){.feed = some_name(seed, arena),
                                        .figures = figures,
                                        .figure_count = count,
                                        .records = some_number(seed),
                                        .matched = some_number(seed),
                                        .content_length = some_number(seed),
                                        .content_crc = (uint32_t)next(seed),
                                        .cut_off = next(seed) % 2 ? INT32_MIN : INT32_MAX};
    }
    prior.baselines = baselines;
    prior.query_count = (uint32_t)(next(seed) % 3);
    hedui_query *queries = hedui_arena_array(arena, prior.query_count, sizeof *queries);
    for (uint32_t i = 0; i < prior.query_count; i++) {
        uint32_t count = (uint32_t)(next(seed) % 4);
        uint64_t *asked = hedui_arena_array(arena, count, sizeof *asked);
        for (uint32_t n = 0; n < count; n++)
            asked[n] = next(seed) << 20 | next(seed);
        queries[i] = (hedui_query){.number = some_name(seed, arena),
                                   .feed = some_name(seed, arena),
                                   .day = 16000,
                                   .answer_by = INT32_MAX,
                                   .asked = asked,
                                   .asked_count = count};
    }
    prior.queries = queries;
    prior.confirmation_count = (uint32_t)(next(seed) % 3);
    hedui_confirmation *confirmations =
        hedui_arena_array(arena, prior.confirmation_count, sizeof *confirmations);
    for (uint32_t i = 0; i < prior.confirmation_count; i++) {
        confirmations[i] = (hedui_confirmation){.pack = some_name(seed, arena),
                                                .document = some_name(seed, arena)};
        confirmations[i].rule = some_name(seed, arena);
        for (int n = 0; n < HEDUI_DIGEST_BYTES; n++)
            confirmations[i].said.bytes[n] = (uint8_t)next(seed);
    }
    prior.confirmations = confirmations;
    static const char *const households[] = {"A", "B", "B", "C\tD"}, *rules[] = {"R", "Q", "R", ""};
    prior.override_count = (uint32_t)(next(seed) % 5);
    hedui_override *overrides = hedui_arena_array(arena, prior.override_count, sizeof *overrides);
    for (uint32_t i = 0; i < prior.override_count; i++)
        overrides[i] = (hedui_override){.id = some_name(seed, arena),
                                        .household = hedui_span_of(households[i]),
                                        .rule = hedui_span_of(rules[i]),
                                        .subject = some_name(seed, arena),
                                        .until = (int32_t)(next(seed) % 20000),
                                        .revoked = (int)(next(seed) % 2)};
    prior.overrides = overrides;
    prior.pair_count = (uint32_t)(next(seed) % 5);
    hedui_pair *pairs = hedui_arena_array(arena, prior.pair_count, sizeof *pairs);
    for (uint32_t i = 0; i < prior.pair_count; i++) {
        pairs[i] = (hedui_pair){.id = some_name(seed, arena),
                                .person = i / 2 * UINT64_C(0x7000000000000001),
                                .feed = hedui_span_of(i % 2 ? "real_estate" : "bank\tx"),
                                .until = (int32_t)(next(seed) % 20000),
                                .revoked = (int)(next(seed) % 2)};
        pairs[i].key.bytes[0] = (uint8_t)next(seed);
        pairs[i].content.bytes[31] = (uint8_t)next(seed);
    }
    prior.pairs = pairs;
    return prior;
}

static void what_is_printed_is_read_back(void **state)
{
    uint64_t seed = 20140705;
    (void)state;
    for (int round = 0; round < 300; round++) {
        hedui_arena *arena = hedui_arena_open(0);
        hedui_prior prior = some_prior(&seed, arena), read;
        hedui_buffer first, second;
        hedui_digest digest;
        hedui_buffer_init(&first);
        hedui_buffer_init(&second);
        hedui_prior_print(&first, &prior);
        assert_int_equal(hedui_prior_read(&read, hedui_buffer_span(&first), arena, NULL), HEDUI_OK);
        hedui_prior_print(&second, &read);
        assert_string_equal(first.data, second.data);
        assert_int_equal(read.baseline_count, prior.baseline_count);
        for (uint32_t i = 0; i < prior.baseline_count; i++) {
            assert_true(hedui_span_equal(read.baselines[i].feed, prior.baselines[i].feed));
            assert_int_equal(read.baselines[i].figure_count, prior.baselines[i].figure_count);
            assert_int_equal(read.baselines[i].records, prior.baselines[i].records);
            assert_int_equal(read.baselines[i].cut_off, prior.baselines[i].cut_off);
        }
        assert_int_equal(read.query_count, prior.query_count);
        for (uint32_t i = 0; i < prior.query_count; i++) {
            assert_int_equal(read.queries[i].asked_count, prior.queries[i].asked_count);
            for (uint32_t n = 0; n < prior.queries[i].asked_count; n++)
                assert_true(read.queries[i].asked[n] == prior.queries[i].asked[n]);
        }
        assert_int_equal(read.override_count, prior.override_count);
        for (uint32_t i = 0; i < prior.override_count; i++) {
            const hedui_override *o = &prior.overrides[i];
            assert_ptr_equal(hedui_prior_override(&read, o->household, o->rule, o->subject),
                             &read.overrides[i]);
            assert_null(hedui_prior_override(&read, o->household, o->rule, hedui_span_of("none")));
        }
        assert_int_equal(read.pair_count, prior.pair_count);
        for (uint32_t i = 0; i < prior.pair_count; i++) {
            const hedui_pair *a = &prior.pairs[i], *b = &read.pairs[i];
            assert_true(hedui_span_equal(a->id, b->id) && hedui_span_equal(a->feed, b->feed));
            assert_true(a->person == b->person && a->until == b->until && a->revoked == b->revoked);
            assert_memory_equal(&a->key, &b->key, sizeof a->key);
            assert_memory_equal(&a->content, &b->content, sizeof a->content);
        }
        assert_int_equal(read.confirmation_count, prior.confirmation_count);
        for (uint32_t i = 0; i < prior.confirmation_count; i++) {
            assert_true(hedui_span_equal(read.confirmations[i].rule, prior.confirmations[i].rule));
            assert_memory_equal(&read.confirmations[i].said, &prior.confirmations[i].said,
                                sizeof(hedui_digest));
        }
        assert_int_equal(hedui_digest_of(&digest, hedui_buffer_span(&first), NULL), HEDUI_OK);
        assert_memory_equal(&digest, &read.digest, sizeof digest);
        hedui_buffer_free(&first);
        hedui_buffer_free(&second);
        hedui_arena_close(arena);
    }
}

static void a_damaged_text_is_refused_with_its_line(void **state)
{
    static const struct {
        const char *text;
        uint32_t line;
    } cases[] = {
        {"", 1},
        {"hedui prior 2\n", 1},
        {"hedui prior 1", 1},
        {"hedui prior 1\nbaseline\tvehicle\t1\t2\t3\t4\n", 2},
        {"hedui prior 1\nbaseline\tvehicle\t1\t2\t3\t4\t5\t6\n", 2},
        {"hedui prior 1\nbaseline\tvehicle\t1\t2\t3\t-4\t5\n", 2},
        {"hedui prior 1\nbaseline\tvehicle\t1\t2\t3\t4294967296\t5\n", 2},
        {"hedui prior 1\nbaseline\tvehicle\t1\t2\t3\t4\t9999999999\n", 2},
        {"hedui prior 1\nbaseline\tvehicle\t9223372036854775808\t2\t3\t4\t5\n", 2},
        {"hedui prior 1\nbaseline\tvehicle\t\t2\t3\t4\t5\n", 2},
        {"hedui prior 1\nbaseline\tvehicle\t1x\t2\t3\t4\t5\n", 2},
        {"hedui prior 1\nbaseline\tvehicle\\\t1\t2\t3\t4\t5\n", 2},
        {"hedui prior 1\nfigure\tshare\t1\t2\n", 2},
        {"hedui prior 1\nasked\t0123456789abcdef\n", 2},
        {"hedui prior 1\nquery\tQ1\tbank\t1\t2\nasked\t0123456789ABCDEF\n", 3},
        {"hedui prior 1\nquery\tQ1\tbank\t1\t2\nasked\t123\n", 3},
        {"hedui prior 1\nquery\tQ1\tbank\t1\t2\nasked\t0123456789abcdef", 3},
        {"hedui prior 1\nconfirmed\tp\td\tr\tabc\n", 2},
        {"hedui prior 1\nconfirmed\tp\td\tr\n", 2},
        {"hedui prior 1\noverride\tX\tH\tR\t\tabc\t1\t0\n", 2},
        {"hedui prior 1\noverride\tX\tH\tR\t\t" ZEROS "\t1\t2\n", 2},
        {"hedui prior 1\noverride\tX\tH\tR\t\t" ZEROS "\t1\t0\noverride\tX\tH\tR\t\t" ZEROS
         "\t1\t0\n",
         3},
        {"hedui prior 1\npair\tP\t0\tf\t" ZEROS "\t" ZEROS "\t1\t0\n", 2},
        {"hedui prior 1\npair\tP\t0123456789abcdef\tf\t" ZEROS "\t" ZEROS "\t1\n", 2},
        {"hedui prior 1\npair\tP\t0123456789abcdef\tf\t" ZEROS "\t" ZEROS
         "\t1\t0\npair\tQ\t0123456789abcdef\tf\t" ZEROS "\t" ZEROS "\t1\t0\n",
         3},
        {"hedui prior 1\nnonsense\t1\n", 2},
        {"hedui prior 1\n\n", 2},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hedui_arena *arena = hedui_arena_open(0);
        hedui_prior prior;
        hedui_err err;
        hedui_err_init(&err);
        hedui_status status = hedui_prior_read(&prior, hedui_span_of(cases[i].text), arena, &err);
        if (status != HEDUI_E3090 || err.line != cases[i].line)
            fail_msg("case %zu: E%d line %u", i, (int)status, err.line);
        hedui_arena_close(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_printed_is_read_back),
        cmocka_unit_test(a_damaged_text_is_refused_with_its_line),
    };
    return cmocka_run_group_tests_name("rule/prior", tests, NULL, NULL);
}
