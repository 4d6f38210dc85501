/* Containers: every way a gzip file can be whole, and every way it can be not. Oracle for the
 * content of good files: zlib's own gunzip. */
#include "feed_file.h"

#include "feed/inflate.h"

typedef struct unpacked {
    hedui_buffer text;
    hedui_inflate_state state;
    hedui_digest digest;
} unpacked;

/* Unpack `bytes` by `engine` reading `input` at a time and asking for `room` at a time. */
static unpacked unpack_by(const hedui_raw_engine *engine, hedui_span bytes, size_t input,
                          size_t room)
{
    unpacked u;
    char piece[65536];
    size_t got = 0;
    hedui_arena *arena = hedui_arena_open(0);
    const char *path = temporary_path("inflate.gz");
    write_file(path, bytes);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    hedui_inflate *gz = hedui_inflate_open(fd, path, input, engine, arena);
    assert_non_null(gz);
    hedui_buffer_init(&u.text);
    do {
        assert_int_equal(hedui_inflate_read(&got, gz, piece, room, NULL), HEDUI_OK);
        hedui_buffer_add(&u.text, (hedui_span){piece, got});
    } while (got);
    assert_int_equal(hedui_inflate_digest(&u.digest, gz, NULL), HEDUI_OK);
    u.state = hedui_inflate_now(gz);
    hedui_inflate_close(gz);
    (void)close(fd);
    (void)unlink(path);
    remove_temporary();
    hedui_arena_close(arena);
    return u;
}

/* By both engines, which must say the same. */
static unpacked unpack(hedui_span bytes, size_t input, size_t room)
{
    unpacked a = unpack_by(&hedui_raw_zlib, bytes, input, room);
    unpacked b = unpack_by(hedui_raw_best(), bytes, input, room);
    if (a.state.refusal != b.state.refusal)
        fail_msg("%s: %s, %s: %s", hedui_raw_zlib.name, hedui_refusal_name(a.state.refusal),
                 hedui_raw_best()->name, hedui_refusal_name(b.state.refusal));
    if (a.state.refusal == HEDUI_REFUSAL_none) {
        assert_true(hedui_span_equal(hedui_buffer_span(&a.text), hedui_buffer_span(&b.text)));
        assert_int_equal(a.state.crc, b.state.crc);
    }
    if (a.state.refusal == HEDUI_REFUSAL_gz_truncated)
        assert_int_equal(a.state.length, b.state.length);
    assert_memory_equal(a.digest.bytes, b.digest.bytes, HEDUI_DIGEST_BYTES);
    hedui_buffer_free(&b.text);
    return a;
}

static hedui_refusal refusal_of(hedui_span bytes)
{
    unpacked u = unpack(bytes, 0, 4096);
    hedui_buffer_free(&u.text);
    return u.state.refusal;
}

static const char text[] = "身份证号,姓名\n659000196203041010,王建国\n659000196507112025,李秀英\n";

static hedui_span sample(void)
{
    return (hedui_span){text, sizeof text - 1};
}

/* A member with all optional fields: extra, name, comment, CRC of the header. */
static void add_full_header(hedui_buffer *out, hedui_span content)
{
    hedui_buffer plain;
    hedui_buffer_init(&plain);
    gzip_add(&plain, content, 9);
    size_t start = out->length;
    hedui_buffer_add(out, (hedui_span){"\x1F\x8B\x08\x1E\0\0\0\0\0\x03", 10});
    hedui_buffer_add(out, (hedui_span){"\x05\0extra", 7});
    hedui_buffer_add(out, (hedui_span){"name.csv", 9});
    hedui_buffer_add(out, (hedui_span){"comment", 8});
    uint32_t crc =
        (uint32_t)crc32(0, (const Bytef *)out->data + start, (uInt)(out->length - start));
    hedui_buffer_byte(out, (char)crc);
    hedui_buffer_byte(out, (char)(crc >> 8));
    hedui_buffer_add(out, (hedui_span){plain.data + 10, plain.length - 10});
    hedui_buffer_free(&plain);
}

static void reads_what_is_whole(void **state)
{
    enum { KINDS = 7 };
    hedui_buffer gz, want;
    char *large = malloc(300000);
    uint64_t seed = 7;
    (void)state;
    assert_non_null(large);
    for (size_t i = 0; i < 300000; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        large[i] = (char)('0' + (seed >> 33) % 40);
    }
    for (int kind = 0; kind < KINDS; kind++) {
        hedui_buffer_init(&gz);
        hedui_buffer_init(&want);
        hedui_span parts[3] = {sample(), {large, 300000}, {"", 0}};
        int from = kind == 5 ? 0 : kind % 3, to = kind == 5 ? 3 : from + 1;
        for (int i = from; i < to; i++) {
            hedui_buffer_add(&want, parts[i]);
            if (kind == 6)
                add_full_header(&gz, parts[i]);
            else
                gzip_add(&gz, parts[i], kind == 3 ? 0 : kind == 4 ? 1 : 6); /* 0: stored blocks */
        }
        static const size_t sizes[] = {1, 7, 4096};
        for (int s = 0; s < 3; s++) {
            unpacked u = unpack(hedui_buffer_span(&gz), sizes[s], kind == 1 ? 4096 : sizes[s]);
            assert_int_equal(u.state.refusal, HEDUI_REFUSAL_none);
            assert_true(hedui_span_equal(hedui_buffer_span(&u.text), hedui_buffer_span(&want)));
            assert_int_equal(u.state.compressed, gz.length);
            assert_int_equal(u.state.length, want.length);
            const char *content = want.length ? want.data : "";
            assert_int_equal(u.state.crc, crc32(0, (const Bytef *)content, (uInt)want.length));
            hedui_digest digest;
            assert_int_equal(hedui_digest_of(&digest, hedui_buffer_span(&gz), NULL), HEDUI_OK);
            assert_memory_equal(digest.bytes, u.digest.bytes, HEDUI_DIGEST_BYTES);
            hedui_buffer_free(&u.text);
        }
        hedui_buffer_free(&gz);
        hedui_buffer_free(&want);
    }
    free(large);
}

static void refuses_every_truncation(void **state)
{
    hedui_buffer gz;
    (void)state;
    hedui_buffer_init(&gz);
    add_full_header(&gz, sample());
    for (size_t length = 0; length < gz.length; length++) {
        hedui_refusal got = refusal_of((hedui_span){gz.data, length});
        if (got != (length ? HEDUI_REFUSAL_gz_truncated : HEDUI_REFUSAL_empty))
            fail_msg("cut to %zu bytes: %s", length, hedui_refusal_name(got));
    }
    hedui_buffer_free(&gz);
}

static void every_flipped_bit_is_refused_or_harmless(void **state)
{
    hedui_buffer gz;
    size_t harmless = 0;
    (void)state;
    hedui_buffer_init(&gz);
    gzip_add(&gz, sample(), 9);
    for (size_t bit = 0; bit < gz.length * 8; bit++) {
        gz.data[bit / 8] = (char)(gz.data[bit / 8] ^ (1 << bit % 8));
        unpacked u = unpack(hedui_buffer_span(&gz), 0, 4096);
        if (u.state.refusal == HEDUI_REFUSAL_none) {
            harmless++;
            if (!hedui_span_equal(hedui_buffer_span(&u.text), sample()))
                fail_msg("bit %zu: another content", bit);
        }
        hedui_buffer_free(&u.text);
        gz.data[bit / 8] = (char)(gz.data[bit / 8] ^ (1 << bit % 8));
    }
    /* time, extra flags and operating system of the header; bits of the padding */
    assert_true(harmless <= 6 * 8 + 8);
    hedui_buffer_free(&gz);
}

static hedui_span with(hedui_buffer *gz, size_t at, char byte)
{
    gz->data[at] = byte;
    return hedui_buffer_span(gz);
}

static void refuses_by_name(void **state)
{
    static const struct {
        hedui_span bytes;
        hedui_refusal want;
    } cases[] = {
        {HEDUI_SPAN(""), HEDUI_REFUSAL_empty},
        {HEDUI_SPAN("身份证号,姓名\n"), HEDUI_REFUSAL_gz_plain},
        {HEDUI_SPAN("a"), HEDUI_REFUSAL_gz_plain},
        {HEDUI_SPAN("\xEF\xBB\xBFid,name\r\n"), HEDUI_REFUSAL_gz_plain},
        {HEDUI_SPAN("PK\x03\x04\x14\0"), HEDUI_REFUSAL_gz_zip},
        {HEDUI_SPAN("\x28\xB5\x2F\xFD\x04"), HEDUI_REFUSAL_gz_zstd},
        {HEDUI_SPAN("\x78\x9C\x4B\x4C"), HEDUI_REFUSAL_gz_zlib},
        {HEDUI_SPAN("\x78\x01\x4B\x4C"), HEDUI_REFUSAL_gz_zlib},
        {HEDUI_SPAN("\xD0\xCF\x11\xE0\0"), HEDUI_REFUSAL_gz_foreign},
        {HEDUI_SPAN("BZh91AY&SY\0"), HEDUI_REFUSAL_gz_foreign},
        {HEDUI_SPAN("\xFD"
                    "7zXZ\0"),
         HEDUI_REFUSAL_gz_foreign},
        {HEDUI_SPAN("\x1F"), HEDUI_REFUSAL_gz_truncated},
        {HEDUI_SPAN("\x1F\x8B\x07\0\0\0\0\0\0\x03"), HEDUI_REFUSAL_gz_header},
        {HEDUI_SPAN("\x1F\x8B\x08\x20\0\0\0\0\0\x03"), HEDUI_REFUSAL_gz_header},
        {HEDUI_SPAN("\x1F\x8B\x08\x80\0\0\0\0\0\x03"), HEDUI_REFUSAL_gz_header},
        {HEDUI_SPAN("\x1F\x9D\x90"), HEDUI_REFUSAL_gz_foreign}, /* compress */
    };
    hedui_buffer gz;
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hedui_refusal got = refusal_of(cases[i].bytes);
        if (got != cases[i].want)
            fail_msg("case %zu: %s", i, hedui_refusal_name(got));
    }
    hedui_buffer_init(&gz);
    add_full_header(&gz, sample());
    size_t end = gz.length;
    char crc = gz.data[end - 8], length = gz.data[end - 4], header = gz.data[34];
    assert_int_equal(refusal_of(with(&gz, end - 8, (char)(crc + 1))), HEDUI_REFUSAL_gz_crc);
    (void)with(&gz, end - 8, crc);
    assert_int_equal(refusal_of(with(&gz, end - 4, (char)(length + 1))), HEDUI_REFUSAL_gz_length);
    (void)with(&gz, end - 4, length);
    assert_int_equal(refusal_of(with(&gz, 34, (char)(header + 1))), HEDUI_REFUSAL_gz_header);
    (void)with(&gz, 34, header);
    assert_int_equal(refusal_of(hedui_buffer_span(&gz)), HEDUI_REFUSAL_none);
    hedui_buffer_byte(&gz, '\0');
    assert_int_equal(refusal_of(hedui_buffer_span(&gz)), HEDUI_REFUSAL_gz_trailing);
    gz.length--;
    hedui_buffer_add(&gz, (hedui_span){"\x1F\x8B\x08", 3});
    assert_int_equal(refusal_of(hedui_buffer_span(&gz)), HEDUI_REFUSAL_gz_truncated);
    hedui_buffer_free(&gz);
}

static void stops_at_a_bomb(void **state)
{
    enum { LENGTH = 16 << 20 };
    hedui_buffer gz;
    char *zeros = calloc(1, LENGTH);
    (void)state;
    assert_non_null(zeros);
    hedui_buffer_init(&gz);
    gzip_add(&gz, (hedui_span){zeros, LENGTH}, 9);
    unpacked u = unpack(hedui_buffer_span(&gz), 0, 65536);
    assert_int_equal(u.state.refusal, HEDUI_REFUSAL_gz_bomb);
    assert_true(u.state.length < LENGTH);
    assert_int_equal(u.state.compressed, gz.length); /* the digest still covers all */
    hedui_buffer_free(&u.text);
    hedui_buffer_free(&gz);
    free(zeros);
}

/* Bytes that expand much, then bytes that do not: whether one looks in between must not matter, and
 * what comes out before an early end must not either. */
static void the_verdict_hangs_on_the_file_alone(void **state)
{
    enum { MUCH = (1 << 20) + 1000, LITTLE = 200000 };
    static const size_t sizes[] = {1, 7, 4096, 65536};
    static const struct {
        size_t cut;
        hedui_refusal refusal;
    } cases[] = {
        {0, HEDUI_REFUSAL_none}, {LITTLE, HEDUI_REFUSAL_gz_bomb}, {9, HEDUI_REFUSAL_gz_truncated}};
    char *content = calloc(1, MUCH + LITTLE);
    uint64_t seed = 1;
    (void)state;
    assert_non_null(content);
    for (size_t i = MUCH; i < MUCH + LITTLE; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        content[i] = (char)(seed >> 56);
    }
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        hedui_buffer gz;
        uint64_t length = 0;
        hedui_buffer_init(&gz);
        gzip_add(&gz, (hedui_span){content, MUCH + LITTLE}, 9);
        hedui_span file = {gz.data, gz.length - cases[c].cut};
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
            unpacked u = unpack(file, sizes[i], sizes[i]);
            assert_int_equal(u.state.refusal, cases[c].refusal);
            if (cases[c].refusal == HEDUI_REFUSAL_gz_truncated)
                assert_int_equal(u.state.length, i ? length : u.state.length);
            length = u.state.length;
            hedui_buffer_free(&u.text);
        }
        hedui_buffer_free(&gz);
    }
    free(content);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_is_whole),
        cmocka_unit_test(refuses_every_truncation),
        cmocka_unit_test(every_flipped_bit_is_refused_or_harmless),
        cmocka_unit_test(refuses_by_name),
        cmocka_unit_test(stops_at_a_bomb),
        cmocka_unit_test(the_verdict_hangs_on_the_file_alone),
    };
    return cmocka_run_group_tests_name("feed/inflate", tests, NULL, NULL);
}
