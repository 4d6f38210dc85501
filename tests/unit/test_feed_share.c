/* Rows read by others, out of their turn, against rows read one by one: whatever is in a delivery,
 * and wherever it is cut, the same comes of it. Reading row by row is the oracle. */
#include "feed_file.h"

#include "base/crew.h"

#include <pthread.h>

#define LIST "codes: kind\nlist:\n  A: {label: 居民身份证}\n  B: {label: 营业执照}\n"

static const char layout_text[] = "feed: test\nas: tests\ntitle: 测试\nsource: 测试\nrow: 一行\n%s"
                                  "%s"
                                  "file: {name: \"test-*.csv.gz\", charset: %s, delimiter: %s}\n"
                                  "columns:\n"
                                  "  no: {type: text, header: [编号], max: 8}\n"
                                  "  owner_id: {type: citizen_id, header: [证件号码]}\n"
                                  "  owner_name: {type: name, header: [姓名]}\n"
                                  "  owner_kind: {type: code, list: kind, header: [证件种类]}\n"
                                  "  sharer_id: {type: citizen_id, header: [共有人证件号码]}\n"
                                  "  amount: {type: money, header: [金额], required: true}\n"
                                  "  since: {type: date, header: [日期], may_be_unknown: true}\n";
static const char persons_text[] =
    "persons:\n"
    "  - {role: owner, id: owner_id, name: owner_name, kind: owner_kind, citizen: [A]}\n"
    "  - {role: sharer, id: sharer_id, optional: true}\n";

enum { HELPERS = 3, ROWS = 1500 };

static hedui_arena *arena;

static const hedui_layout *layout_of(const char *key, const char *persons, const char *charset,
                                     const char *delimiter)
{
    char text[2048];
    (void)snprintf(text, sizeof text, layout_text, key, persons, charset, delimiter);
    return parse_layout(LIST, text, arena);
}

/* A fifth of the people matter. */
static void find(const void *context, const hedui_citizen_id *ids, uint32_t count,
                 uint32_t *persons)
{
    (void)context;
    for (uint32_t i = 0; i < count; i++)
        persons[i] = ids[i] % 5 == 0 ? (uint32_t)(ids[i] % 1000) : HEDUI_PERSON_NONE;
}

static const hedui_matcher matcher = {NULL, find};

static uint64_t seed;

static uint32_t below(uint32_t most)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(seed >> 33) % most;
}

static void add_id(hedui_buffer *out)
{
    char text[HEDUI_CITIZEN_ID_TEXT];
    hedui_citizen_id id = UINT64_C(65900019600101000) + below(60) * 100000u + below(50);
    hedui_citizen_id_print(text, id);
    switch (below(24)) {
    case 0: /* the old form: no century, no check character */
        hedui_buffer_add(out, (hedui_span){text, 6});
        hedui_buffer_add(out, (hedui_span){text + 8, 9});
        return;
    case 1:
        text[17] = text[17] == '1' ? '2' : '1';
        break;
    case 2:
        hedui_buffer_text(out, " "); /* not plain, and as good */
        break;
    default:
        break;
    }
    hedui_buffer_text(out, text);
}

/* A cell that needs quotes or not; what breaks characters is put in afterwards. */
static void add_name(hedui_buffer *out, char delimiter)
{
    switch (below(16)) {
    case 0:
        hedui_buffer_format(out, "\"王%c五\"", delimiter);
        break;
    case 1:
        hedui_buffer_text(out, "\"王\n\"\"五\"\"\"");
        break;
    case 2:
        hedui_buffer_text(out, below(2) ? "王\"五" : "\"王\"五");
        break;
    case 3:
        hedui_buffer_text(out, below(3) ? "?!" : "王\x01");
        break;
    default:
        hedui_buffer_text(out, below(2) ? "艾力·阿不都" : "王建国");
    }
}

static void add_row(hedui_buffer *out, char d, const char *end)
{
    static const char *const odd[] = {"",    "  ",        ",,,,,,", "共 7 条", "合计,,,,,5,",
                                      "x,y", ",,,,,,,,尾"};
    if (below(12) == 0) {
        for (const char *at = odd[below(sizeof odd / sizeof *odd)]; *at; at++)
            hedui_buffer_byte(out, *at == ',' ? d : *at);
        hedui_buffer_text(out, end);
        return;
    }
    hedui_buffer_format(out, "N%u%c", below(ROWS * 2), d);
    add_id(out);
    hedui_buffer_byte(out, d);
    add_name(out, d);
    hedui_buffer_format(out, "%c%s%c", d, below(9) ? "A" : below(3) ? "B" : "怪", d);
    if (below(4) == 0)
        add_id(out);
    hedui_buffer_format(out, "%c%s%c%s%s", d, below(30) ? below(2) ? "5" : "7.25" : "五元", d,
                        below(3) ? "2012-02-01" : "", end);
}

static hedui_span text_of(uint32_t rows, const hedui_layout *layout)
{
    static const char *const ends[] = {"\n", "\r\n", "\r"};
    hedui_buffer out;
    char d = layout->delimiter;
    const char *end = ends[below(3)];
    hedui_buffer_init(&out);
    hedui_buffer_format(&out, "编号%c证件号码%c姓名%c证件种类%c共有人证件号码%c金额%c日期%s", d, d,
                        d, d, d, d, end);
    uint32_t endless = below(6) ? rows : below(rows);
    for (uint32_t i = 0; i < rows; i++) {
        add_row(&out, d, end);
        for (uint32_t n = 0; i == endless && n < (1 << 20) + 9; n++)
            hedui_buffer_byte(&out, 'x');
    }
    if (below(2))
        hedui_buffer_format(&out, "共 %u 条%s", rows, below(2) ? end : "");
    else if (below(2)) { /* no footer, for a row comes behind */
        char stranger[HEDUI_CITIZEN_ID_TEXT];
        hedui_citizen_id_print(stranger, UINT64_C(65900019600101001));
        hedui_buffer_format(&out, "合计%sZ%c%s%c王%c%s%c%c5%c%s", end, d, stranger, d, d,
                            below(2) ? "A" : "B", d, d, d, end);
    }
    hedui_span text = hedui_arena_copy(arena, hedui_buffer_span(&out));
    hedui_buffer_free(&out);
    if (layout->charset == HEDUI_CHARSET_GB18030)
        text = to_gb18030(text, arena);
    char *bytes = (char *)(uintptr_t)text.at; /* its own copy */
    for (size_t i = 0; i + 1 < text.length; i++)
        if (bytes[i] == '?' && bytes[i + 1] == '!')
            bytes[i] = (char)0xFF;
    return text;
}

/* One to four members; now and then something is wrong with the container. */
static void pack(hedui_buffer *gz, hedui_span text)
{
    while (text.length) {
        hedui_span part = {text.at, below(4) ? text.length : below((uint32_t)text.length) + 1};
        gzip_add(gz, part, 1);
        text.at += part.length;
        text.length -= part.length;
    }
    if (below(8) == 0)
        gz->length -= below(200);
    else if (below(8) == 0)
        gz->data[gz->length - 1 - below(8)] ^= 1;
}

static void same_spans(hedui_span a, hedui_span b)
{
    assert_int_equal(a.length, b.length);
    assert_memory_equal(a.at ? a.at : "", b.at ? b.at : "", a.length);
}

static void same_facts(const hedui_facts *a, const hedui_facts *b)
{
    assert_int_equal(a->count, b->count);
    for (uint32_t i = 0; i < a->count; i++) {
        hedui_fact x = hedui_facts_at(a, i), y = hedui_facts_at(b, i);
        assert_memory_equal(&x, &y, sizeof x);
        for (uint32_t c = 0; c < a->columns; c++) {
            assert_int_equal(hedui_facts_state(a, i, c), hedui_facts_state(b, i, c));
            if (hedui_column_type_is_text(a->layout->columns[c].type))
                same_spans(hedui_facts_text(a, i, c), hedui_facts_text(b, i, c));
            else
                assert_int_equal(hedui_facts_number(a, i, c), hedui_facts_number(b, i, c));
        }
    }
}

static void same(const hedui_delivery *a, const hedui_delivery *b)
{
    const hedui_layout *layout = a->layout;
    assert_int_equal(a->refusal, b->refusal);
    assert_int_equal(a->refusal_line, b->refusal_line);
    assert_int_equal(a->refusal_offset, b->refusal_offset);
    same_spans(a->refusal_detail, b->refusal_detail);
    same_spans(a->footer_unread, b->footer_unread);
    assert_memory_equal(&a->digest, &b->digest, sizeof a->digest);
    assert_int_equal(a->crc, b->crc);
    assert_int_equal(a->content_length, b->content_length);
    assert_memory_equal(&a->ledger, &b->ledger, sizeof a->ledger);
    assert_memory_equal(a->columns, b->columns, layout->column_count * sizeof *a->columns);
    assert_memory_equal(a->codes[3], b->codes[3], 2 * sizeof **a->codes);
    assert_int_equal(a->rejected_person_count, b->rejected_person_count);
    if (a->rejected_person_count)
        assert_memory_equal(a->rejected_persons, b->rejected_persons,
                            a->rejected_person_count * sizeof *a->rejected_persons);
    assert_int_equal(hedui_rejects_count(a->rejects), hedui_rejects_count(b->rejects));
    for (uint64_t r = 0; r < hedui_rejects_count(a->rejects); r++) {
        hedui_reject x, y;
        assert_int_equal(hedui_rejects_get(&x, a->rejects, r, NULL), HEDUI_OK);
        assert_int_equal(hedui_rejects_get(&y, b->rejects, r, NULL), HEDUI_OK);
        assert_memory_equal(&x, &y, sizeof x);
    }
    same_facts(a->facts, b->facts);
}

static void *help(void *crew)
{
    hedui_crew_help(crew);
    return NULL;
}

/* Scan with helpers; without any, what is handed over is read by the scan itself. */
static hedui_delivery *scan_shared(hedui_span bytes, const hedui_layout *layout,
                                   const hedui_scan_options *options, int helpers)
{
    pthread_t threads[HELPERS];
    hedui_scan_options own = *options;
    hedui_arena *scratch = hedui_arena_open(0);
    own.crew = hedui_crew_open(1, scratch);
    assert_non_null(own.crew);
    own.reading.always_share = 1;
    for (int i = 0; i < helpers; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, help, own.crew), 0);
    hedui_delivery *delivery = scan_bytes(bytes, layout, &own);
    hedui_crew_leave(own.crew);
    for (int i = 0; i < helpers; i++)
        (void)pthread_join(threads[i], NULL);
    hedui_crew_close(own.crew);
    hedui_arena_close(scratch);
    return delivery;
}

typedef struct seen {
    uint64_t rejects[HEDUI_REASON_COUNT], matched, others, duplicates, footers, blanks, broken;
} seen;

static void note(seen *s, const hedui_delivery *d)
{
    for (int r = 0; r < HEDUI_REASON_COUNT; r++)
        s->rejects[r] += d->ledger.rejected_by[r];
    s->matched += d->ledger.matched;
    s->others += d->ledger.other_document;
    s->duplicates += d->ledger.duplicate;
    s->footers += d->ledger.footer_lines;
    s->blanks += d->ledger.blank_lines;
    s->broken += d->refusal != HEDUI_REFUSAL_none;
}

/* What the generator means to make was there, or the comparison says little. */
static void all_was_there(const seen *s)
{
    static const hedui_reason reasons[] = {
        HEDUI_REASON_encoding,     HEDUI_REASON_csv_columns,  HEDUI_REASON_csv_quote,
        HEDUI_REASON_control_char, HEDUI_REASON_row_too_long, HEDUI_REASON_id_check,
        HEDUI_REASON_id_type,      HEDUI_REASON_key_conflict, HEDUI_REASON_money_format};
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (!s->rejects[reasons[i]])
            fail_msg("no row was rejected for %s", hedui_reason_name(reasons[i]));
    assert_true(s->matched && s->others && s->duplicates && s->footers && s->blanks && s->broken);
}

static void rows_read_by_others_come_out_as_one_by_one(void **state)
{
    static const size_t sizes[] = {1, 50, 700, 9000, 0};
    const hedui_layout *const layouts[] = {
        layout_of("key: [no]\n", persons_text, "utf-8", "comma"),
        layout_of("key: [no]\n", persons_text, "gb18030", "pipe"),
        layout_of("", persons_text, "gb18030", "comma"),
        layout_of("key: [no]\n", "", "utf-8", "caret"),
    };
    enum { ROUNDS = 64 };
    seen s = {0};
    (void)state;
    for (uint32_t round = 0; round < ROUNDS; round++) {
        hedui_buffer gz;
        hedui_buffer_init(&gz);
        seed = 659000 + round;
        const hedui_layout *layout = layouts[round % 4];
        size_t size = sizes[below(5)];
        uint32_t rows = size == 1 ? 200 + below(200) : 200 + below(ROWS);
        pack(&gz, text_of(rows, layout));
        hedui_scan_options options = {.matcher = below(3) ? &matcher : NULL,
                                      .reading = {.reject_keep = 40}};
        hedui_delivery *one = scan_bytes(hedui_buffer_span(&gz), layout, &options);
        options.reading.input_size = below(2) ? sizes[below(5)] : 0;
        options.reading.block_size = size;
        for (int helpers = 0; helpers <= HELPERS; helpers += HELPERS) {
            hedui_delivery *other = scan_shared(hedui_buffer_span(&gz), layout, &options, helpers);
            same(one, other);
            hedui_delivery_close(other);
        }
        note(&s, one);
        hedui_delivery_close(one);
        hedui_buffer_free(&gz);
    }
    all_was_there(&s);
}

static int is_asked(void *context)
{
    return ++*(int *)context > 20;
}

/* A scan that is given up while others still read for it leaves nothing behind that they use. */
static void a_stop_is_noticed_while_others_read(void **state)
{
    const hedui_layout *layout = layout_of("key: [no]\n", persons_text, "utf-8", "comma");
    pthread_t helper;
    hedui_buffer gz;
    int asked = 0;
    hedui_stop stop = {is_asked, &asked};
    hedui_delivery *delivery = NULL;
    hedui_err err;
    (void)state;
    hedui_err_init(&err);
    seed = 659001;
    hedui_buffer_init(&gz);
    gzip_add(&gz, text_of(ROWS, layout), 1);
    hedui_crew *crew = hedui_crew_open(1, arena);
    assert_int_equal(pthread_create(&helper, NULL, help, crew), 0);
    hedui_scan_options options = {.matcher = &matcher,
                                  .stop = &stop,
                                  .crew = crew,
                                  .reading = {.block_size = 1024, .always_share = 1}};
    const char *path = temporary_path("delivery.csv.gz");
    write_file(path, hedui_buffer_span(&gz));
    assert_int_equal(hedui_delivery_scan(&delivery, path, layout, &options, &err), HEDUI_E5023);
    assert_null(delivery);
    assert_int_equal(asked, 21);
    hedui_crew_leave(crew);
    (void)pthread_join(helper, NULL);
    hedui_crew_close(crew);
    (void)unlink(path);
    remove_temporary();
    hedui_buffer_free(&gz);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_read_by_others_come_out_as_one_by_one),
        cmocka_unit_test(a_stop_is_noticed_while_others_read),
    };
    arena = hedui_arena_open(0);
    int failed = cmocka_run_group_tests_name("feed/share", tests, NULL, NULL);
    hedui_arena_close(arena);
    return failed;
}
