/* Whole deliveries: one fault each, and what becomes of it; every case with windows of 1, 7 and a
 * million bytes, which must make no difference. */
#include "feed_file.h"

#include "value/cell.h"

#define LIST(name) "codes: " name "\nlist:\n  A: {label: 居民身份证}\n  B: {label: 营业执照}\n"

static const char layout_text[] =
    "feed: test\nas: tests\ntitle: 测试\nsource: 测试\nrow: 一行\nkey: [no]\n"
    "persons:\n"
    "  - {role: owner, id: owner_id, name: owner_name, kind: owner_kind, citizen: [A]}\n"
    "  - {role: sharer, id: sharer_id, optional: true}\n"
    "file: {name: \"test-*.csv.gz\", charset: %s, delimiter: %s}\n"
    "columns:\n"
    "  no: {type: text, header: [编号, NO], max: 8}\n"
    "  owner_id: {type: citizen_id, header: [证件号码]}\n"
    "  owner_name: {type: name, header: [姓名]}\n"
    "  owner_kind: {type: code, list: kind, header: [证件种类]}\n"
    "  sharer_id: {type: citizen_id, header: [共有人证件号码]}\n"
    "  amount: {type: money, header: [金额], required: true}\n"
    "  since: {type: date, header: [日期], may_be_unknown: true}\n";

#define W "659000196203041010" /* in the caseload as person 5 */
#define L "659000196507112025" /* in the caseload as person 7 */
#define S "659000199001013031" /* a stranger */
#define H "编号,证件号码,姓名,证件种类,共有人证件号码,金额,日期\n"

static hedui_arena *arena;

static const hedui_layout *layout_of(const char *charset, const char *delimiter)
{
    char text[sizeof layout_text + 32];
    (void)snprintf(text, sizeof text, layout_text, charset, delimiter);
    return parse_layout(LIST("kind"), text, arena);
}

static void find(const void *context, const hedui_citizen_id *ids, uint32_t count,
                 uint32_t *persons)
{
    (void)context;
    for (uint32_t i = 0; i < count; i++)
        persons[i] = ids[i] == 65900019620304101u   ? 5
                     : ids[i] == 65900019650711202u ? 7
                                                    : HEDUI_PERSON_NONE;
}

static const hedui_matcher matcher = {NULL, find};

typedef struct expected {
    const char *text;
    hedui_refusal refusal;
    uint8_t records, matched, strangers, others, duplicates, rejected, facts;
    hedui_reason reason; /* of the first reject */
    uint8_t titles, footers, blanks;
} expected;

#define SOUND HEDUI_REFUSAL_none
#define NO_REASON HEDUI_REASON_encoding

static void compare(const char *group, size_t i, const expected *e, hedui_delivery *d)
{
    const hedui_ledger *l = &d->ledger;
    if (d->refusal != e->refusal)
        fail_msg("%s %zu: refused for %s", group, i, hedui_refusal_name(d->refusal));
    if (d->facts->count != e->facts)
        fail_msg("%s %zu: %u facts", group, i, d->facts->count);
    if (e->refusal != HEDUI_REFUSAL_none && e->refusal != HEDUI_REFUSAL_all_rejected)
        return;
    hedui_reject reject = {0};
    if (hedui_rejects_count(d->rejects))
        assert_int_equal(hedui_rejects_get(&reject, d->rejects, 0, NULL), HEDUI_OK);
    if (l->records != e->records || l->matched != e->matched ||
        l->not_in_caseload != e->strangers || l->other_document != e->others ||
        l->duplicate != e->duplicates || l->rejected != e->rejected)
        fail_msg("%s %zu: records %d matched %d strangers %d others %d duplicates %d rejected %d "
                 "(%s)",
                 group, i, (int)l->records, (int)l->matched, (int)l->not_in_caseload,
                 (int)l->other_document, (int)l->duplicate, (int)l->rejected,
                 hedui_reason_name((hedui_reason)reject.reason));
    if (e->rejected && reject.reason != e->reason)
        fail_msg("%s %zu: rejected for %s", group, i,
                 hedui_reason_name((hedui_reason)reject.reason));
    if (l->title_lines != e->titles || l->footer_lines != e->footers || l->blank_lines != e->blanks)
        fail_msg("%s %zu: titles %d footers %d blanks %d", group, i, (int)l->title_lines,
                 (int)l->footer_lines, (int)l->blank_lines);
    assert_true(hedui_ledger_balances(l));
}

static void run(const char *group, const expected *cases, size_t count, const hedui_layout *layout)
{
    static const size_t sizes[] = {1, 7, 0};
    for (size_t i = 0; i < count; i++)
        for (int s = 0; s < 3; s++) {
            hedui_scan_options options = {
                .matcher = &matcher, .reading = {.input_size = sizes[s], .block_size = sizes[s]}};
            hedui_span text = hedui_span_of(cases[i].text);
            if (layout->charset == HEDUI_CHARSET_GB18030 && hedui_utf8_valid(text))
                text = to_gb18030(text, arena);
            hedui_delivery *d = scan_text(text, layout, &options);
            compare(group, i, &cases[i], d);
            hedui_delivery_close(d);
        }
}

static void structure(void **state)
{
    static const expected cases[] = {
        {H "1," W ",王建国,A,,10,\n", SOUND, 1, 1, 0, 0, 0, 0, 1, NO_REASON, 0, 0, 0},
        {H "1," W ",王建国,A,,10,", SOUND, 1, 1, 0, 0, 0, 0, 1, NO_REASON, 0, 0, 0},
        {"\xEF\xBB\xBF" H "1," W ",王建国,A,,10,\n", SOUND, 1, 1, 0, 0, 0, 0, 1, NO_REASON, 0, 0,
         0},
        {"编号,证件号码,姓名,证件种类,共有人证件号码,金额,日期\r\n1," W ",王,A,,10,\r\n2," S
         ",李,A,,10,\r\n",
         SOUND, 2, 1, 1, 0, 0, 0, 1, NO_REASON, 0, 0, 0},
        {"编号,证件号码,金额\r1," W ",10\r2," S ",10\r", SOUND, 2, 1, 1, 0, 0, 0, 1, NO_REASON, 0,
         0, 0},
        {"编号,证件号码,金额\r\n1," W ",10\n2," S ",10\r\n", SOUND, 2, 1, 1, 0, 0, 0, 1, NO_REASON,
         0, 0, 0},
        {"金额,备注,no,证件号码\n10,x,1," W "\n", SOUND, 1, 1, 0, 0, 0, 0, 1, NO_REASON, 0, 0, 0},
        {" ＮＯ , 证件号码　,金额\n1," W ",10\n", SOUND, 1, 1, 0, 0, 0, 0, 1, NO_REASON, 0, 0, 0},
        {"\" 编 号\",\"证件\n号码\",金　额\n1," W ",10\n", SOUND, 1, 1, 0, 0, 0, 0, 1, NO_REASON, 0,
         0, 0},
        {"某县登记表,,\n\n2014年6月,,\n编号,证件号码,金额\n1," W ",10\n共 1 条,,\n", SOUND, 1, 1, 0,
         0, 0, 0, 1, NO_REASON, 2, 1, 1},
        {"编号,证件号码,金额\n1," W ",10\n\n,,\n合计\n制表：某某\n", SOUND, 3, 1, 0, 0, 0, 2, 1,
         HEDUI_REASON_csv_columns, 0, 0, 2}, /* a footer stands at the end only */
        {"编号,证件号码,金额\n1," W ",10\n合计\n总计,,99\n", SOUND, 1, 1, 0, 0, 0, 0, 1, NO_REASON,
         0, 2, 0},
        {"编号,证件号码,金额,\n1," W ",10,\n", SOUND, 1, 1, 0, 0, 0, 0, 1, NO_REASON, 0, 0, 0},
        {"编号,证件号码,金额\n1," W ",10,,\n", SOUND, 1, 1, 0, 0, 0, 0, 1, NO_REASON, 0, 0, 0},
        {"编号,证件号码,金额\n1," W ",10,x\n2," S ",1\n", SOUND, 2, 0, 1, 0, 0, 1, 0,
         HEDUI_REASON_csv_columns, 0, 0, 0},
        {"编号,证件号码,金额\n1," W "\n2," S ",1\n", SOUND, 2, 0, 1, 0, 0, 1, 0,
         HEDUI_REASON_csv_columns, 0, 0, 0},
        {"编号,证件号码,金额\n\"1\n\"," W ",10\n2," S ",1\n", SOUND, 2, 1, 1, 0, 0, 0, 1, NO_REASON,
         0, 0, 0},
        {"编号,证件号码,金额\n\"1," W ",10\n2," S ",1\n", SOUND, 2, 0, 1, 0, 0, 1, 0,
         HEDUI_REASON_csv_quote, 0, 0, 0},
        {"编号,证件号码,金额\n\"1\"x," W ",10\n2," S ",1\n", SOUND, 2, 0, 1, 0, 0, 1, 0,
         HEDUI_REASON_csv_quote, 0, 0, 0},
        {"编号,证件号码,金额\n1,=\"" W "\",10\n", SOUND, 1, 1, 0, 0, 0, 0, 1, NO_REASON, 0, 0, 0},
        {"编号,证件号码,金额\n1," W "\x01,10\n2," S ",1\n", SOUND, 2, 0, 1, 0, 0, 1, 0,
         HEDUI_REASON_control_char, 0, 0, 0},
        {"编号,证件号码,金额\n1\r," W ",10\n2," S ",1\n", SOUND, 2, 0, 1, 0, 0, 1, 0,
         HEDUI_REASON_control_char, 0, 0, 0},
        {"", HEDUI_REFUSAL_empty, 0, 0, 0, 0, 0, 0, 0, NO_REASON, 0, 0, 0},
        {"\n\n", HEDUI_REFUSAL_no_header, 0, 0, 0, 0, 0, 0, 0, NO_REASON, 0, 0, 0},
        {"1," W ",王建国,A,,10,\n", HEDUI_REFUSAL_no_header, 0, 0, 0, 0, 0, 0, 0, NO_REASON, 0, 0,
         0},
        {"编号,证件号码\n1," W "\n", HEDUI_REFUSAL_column_missing, 0, 0, 0, 0, 0, 0, 0, NO_REASON,
         0, 0, 0},
        {"编号,证件号码,金额,NO\n1," W ",10,1\n", HEDUI_REFUSAL_column_doubled, 0, 0, 0, 0, 0, 0, 0,
         NO_REASON, 0, 0, 0},
        {"\xFF\xFE\x31\x00", HEDUI_REFUSAL_charset, 0, 0, 0, 0, 0, 0, 0, NO_REASON, 0, 0, 0},
        {"\xB1\xE0\xBA\xC5,\xD6\xA4\xBC\xFE\xBA\xC5\xC2\xEB,\xBD\xF0\xB6\xEE\n1," W ",10\n",
         HEDUI_REFUSAL_charset, 0, 0, 0, 0, 0, 0, 0, NO_REASON, 0, 0, 0}, /* GB18030 */
        {H "1,x,王建国,A,,10,\n", HEDUI_REFUSAL_all_rejected, 1, 0, 0, 0, 0, 1, 0,
         HEDUI_REASON_id_format, 0, 0, 0},
        {H, SOUND, 0, 0, 0, 0, 0, 0, 0, NO_REASON, 0, 0, 0},
    };
    (void)state;
    run("structure", cases, sizeof cases / sizeof *cases, layout_of("utf-8", "comma"));
}

#define REST "9," S ",甲,A,,1,\n"

static void people(void **state)
{
    static const expected cases[] = {
        {H "1," W ",王,B,,10,\n" REST, SOUND, 2, 0, 1, 1, 0, 0, 0, NO_REASON, 0, 0, 0},
        {H "1,91350100M000100Y43,厂,营业执照,,10,\n" REST, SOUND, 2, 0, 1, 1, 0, 0, 0, NO_REASON, 0,
         0, 0},
        {H "1," W ",王,,,10,\n" REST, SOUND, 2, 1, 1, 0, 0, 0, 1, NO_REASON, 0, 0, 0},
        {H "1," W ",王,C,,10,\n" REST, SOUND, 2, 0, 1, 0, 0, 1, 0, HEDUI_REASON_id_type, 0, 0, 0},
        {H "1,,王,A,,10,\n" REST, SOUND, 2, 0, 1, 0, 0, 1, 0, HEDUI_REASON_missing, 0, 0, 0},
        {H "1,1.10105E+17,王,A,,10,\n" REST, SOUND, 2, 0, 1, 0, 0, 1, 0, HEDUI_REASON_id_format, 0,
         0, 0},
        {H "1,659000********1010,王,A,,10,\n" REST, SOUND, 2, 0, 1, 0, 0, 1, 0,
         HEDUI_REASON_id_masked, 0, 0, 0},
        {H "1,659000196203041011,王,A,,10,\n" REST, SOUND, 2, 0, 1, 0, 0, 1, 0,
         HEDUI_REASON_id_check, 0, 0, 0},
        {H "1,659000196213041010,王,A,,10,\n" REST, SOUND, 2, 0, 1, 0, 0, 1, 0,
         HEDUI_REASON_id_date, 0, 0, 0},
        {H "1," W " " L ",王,A,,10,\n" REST, SOUND, 2, 0, 1, 0, 0, 1, 0, HEDUI_REASON_id_format, 0,
         0, 0},
        {H "1,659000620304101,王,A,,10,\n" REST, SOUND, 2, 1, 1, 0, 0, 0, 1, NO_REASON, 0, 0, 0},
        /* two people of the caseload on one row are two facts */
        {H "1," W ",王,A," L ",10,\n" REST, SOUND, 2, 1, 1, 0, 0, 0, 2, NO_REASON, 0, 0, 0},
        {H "1," S ",王,A," L ",10,\n" REST, SOUND, 2, 1, 1, 0, 0, 0, 1, NO_REASON, 0, 0, 0},
        {H "1,91350100M000100Y43,厂,B," L ",10,\n" REST, SOUND, 2, 1, 1, 0, 0, 0, 1, NO_REASON, 0,
         0, 0},
        /* a bad number of somebody who need not be there makes him unknown, not the row bad */
        {H "1," W ",王,A,xyz,10,\n" REST, SOUND, 2, 1, 1, 0, 0, 0, 1, NO_REASON, 0, 0, 0},
    };
    (void)state;
    run("people", cases, sizeof cases / sizeof *cases, layout_of("utf-8", "comma"));
}

static void fields(void **state)
{
    static const expected cases[] = {
        {H "1," W ",王,A,,1.005,\n" REST, SOUND, 2, 0, 1, 0, 0, 1, 0, HEDUI_REASON_money_scale, 0,
         0, 0},
        {H "1," W ",王,A,,1e3,\n" REST, SOUND, 2, 0, 1, 0, 0, 1, 0, HEDUI_REASON_money_format, 0, 0,
         0},
        {H "1," W ",王,A,,-5,\n" REST, SOUND, 2, 0, 1, 0, 0, 1, 0, HEDUI_REASON_money_negative, 0,
         0, 0},
        {H "1," W ",王,A,,99999999999999999999,\n" REST, SOUND, 2, 0, 1, 0, 0, 1, 0,
         HEDUI_REASON_money_range, 0, 0, 0},
        {H "1," W ",王,A,,,\n" REST, SOUND, 2, 0, 1, 0, 0, 1, 0, HEDUI_REASON_missing, 0, 0, 0},
        {H "," W ",王,A,,1,\n" REST, SOUND, 2, 0, 1, 0, 0, 1, 0, HEDUI_REASON_missing, 0, 0, 0},
        {H "123456789," W ",王,A,,1,\n" REST, SOUND, 2, 0, 1, 0, 0, 1, 0,
         HEDUI_REASON_field_too_long, 0, 0, 0},
        {H "1," W ",\xFF\xFE,A,,1,\n" REST, SOUND, 2, 0, 1, 0, 0, 1, 0, HEDUI_REASON_encoding, 0, 0,
         0},
        /* what is wrong in a stranger's row is nobody's business: fields are not read */
        {H "1," S ",\xFF\xFE,A,,x,\n" REST, SOUND, 2, 0, 2, 0, 0, 0, 0, NO_REASON, 0, 0, 0},
        /* a field that may be unknown never costs the row */
        {H "1," W ",王,A,,1,2014-13-45\n" REST, SOUND, 2, 1, 1, 0, 0, 0, 1, NO_REASON, 0, 0, 0},
        {H "1," W ",王,A,,1,\n1," W ",王,A,,1.00,\n" REST, SOUND, 3, 1, 1, 0, 1, 0, 1, NO_REASON, 0,
         0, 0},
        {H "1," W ",王,A,,1,\n1," W ",王,A,,2,\n" REST, SOUND, 3, 1, 1, 0, 0, 1, 1,
         HEDUI_REASON_key_conflict, 0, 0, 0},
        {H "1," W ",王,A,,1,\n1," L ",李,A,,1,\n" REST, SOUND, 3, 1, 1, 0, 0, 1, 1,
         HEDUI_REASON_key_conflict, 0, 0, 0},
    };
    (void)state;
    run("fields", cases, sizeof cases / sizeof *cases, layout_of("utf-8", "comma"));
}

static void gb18030_with_other_delimiters(void **state)
{
    static const expected cases[] = {
        /* 䥺 and 獆 hold the bytes of | and ^ */
        {"编号|证件号码|姓名|金额\n1|" W "|瀨𠮷|10\n2|" S "|甲|1\n", SOUND, 2, 1, 1, 0, 0, 0, 1,
         NO_REASON, 0, 0, 0},
        {"编号|证件号码|姓名|金额\n1|" W "|\xFF|10\n2|" S "|\xBC\xD7|1\n", SOUND, 2, 0, 1, 0, 0, 1,
         0, HEDUI_REASON_encoding, 0, 0, 0},
    };
    (void)state;
    const hedui_layout *layout = layout_of("gb18030", "pipe");
    run("gb18030", cases, 1, layout);
    hedui_span header = to_gb18030(hedui_span_of("编号|证件号码|姓名|金额\n"), arena);
    hedui_buffer text;
    hedui_buffer_init(&text);
    hedui_buffer_add(&text, header);
    hedui_buffer_text(&text, "1|" W "|\xFF|10\n2|" S "|\xBC\xD7|1\n3|" W "|\x8B\x7C|1\n");
    hedui_scan_options options = {.matcher = &matcher};
    hedui_delivery *d = scan_text(hedui_buffer_span(&text), layout, &options);
    assert_int_equal(d->refusal, HEDUI_REFUSAL_none);
    assert_int_equal(d->ledger.rejected_by[HEDUI_REASON_encoding], 1);
    assert_int_equal(d->facts->count, 1);
    assert_int_equal(hedui_facts_at(d->facts, 0).line, 4);
    hedui_delivery_close(d);
    hedui_buffer_free(&text);
}

static void doubled_quotes_are_converted_too(void **state)
{
    hedui_buffer text;
    (void)state;
    hedui_buffer_init(&text);
    hedui_buffer_text(&text, "\"编号\",证件号码,姓名,金额,\"备\"\"注\"\n1," W ",\"");
    for (int i = 0; i < 90; i++)
        hedui_buffer_text(&text, "王\"\"");
    hedui_buffer_text(&text, "\",10,\n");
    hedui_scan_options options = {.matcher = &matcher};
    hedui_span gb = to_gb18030(hedui_buffer_span(&text), arena);
    hedui_delivery *d = scan_text(gb, layout_of("gb18030", "comma"), &options);
    assert_int_equal(d->facts->count, 1);
    uint32_t name = hedui_layout_column(d->layout, hedui_span_of("owner_name"));
    hedui_span got = hedui_facts_text(d->facts, 0, name);
    assert_int_equal(got.length, 90 * 4);
    assert_memory_equal(got.at, "王\"王\"", 8);
    assert_true(hedui_span_is(d->extra_columns[0], "备\"注"));
    hedui_delivery_close(d);
    hedui_buffer_free(&text);
}

static void charset_of_the_rows_speaks(void **state)
{
    hedui_buffer text;
    (void)state;
    hedui_buffer_init(&text);
    hedui_buffer_text(&text, "NO,owner_id,owner_name,amount\n");
    for (int i = 0; i < 12; i++)
        hedui_buffer_format(&text, "%d," S ",张三,1\n", i);
    hedui_delivery *d = scan_text(hedui_buffer_span(&text), layout_of("gb18030", "comma"), NULL);
    assert_int_equal(d->refusal, HEDUI_REFUSAL_charset);
    assert_true(hedui_span_is(d->refusal_detail, "utf-8"));
    assert_int_equal(d->facts->count, 0);
    hedui_delivery_close(d);
    hedui_span gb = to_gb18030(hedui_buffer_span(&text), arena);
    d = scan_text(gb, layout_of("utf-8", "comma"), NULL);
    assert_int_equal(d->refusal, HEDUI_REFUSAL_charset);
    hedui_delivery_close(d);
    hedui_buffer_free(&text);
}

static void says_whose_rows_were_rejected(void **state)
{
    static const char text[] =
        H "1," W ",王,A,,x,\n"                         /* a bad amount */
          "2," L ",李,C,,1,\n"                         /* an unknown kind of document */
          "3," W ",王,A,,1,\n3," L ",李,A,,1,\n" REST; /* one key, two people */
    static const uint32_t want[] = {5, 7, 5, 7};
    hedui_scan_options options = {.matcher = &matcher, .reading = {.reject_keep = 1}};
    (void)state;
    hedui_delivery *d = scan_text(hedui_span_of(text), layout_of("utf-8", "comma"), &options);
    assert_int_equal(d->rejected_person_count, 4);
    assert_memory_equal(d->rejected_persons, want, sizeof want);
    assert_int_equal(hedui_rejects_count(d->rejects), 3);
    static const struct {
        uint32_t line, person;
        hedui_reason reason;
        const char *excerpt;
    } rejects[] = {{2, 5, HEDUI_REASON_money_format, "x"},
                   {3, 7, HEDUI_REASON_id_type, "C"},
                   {5, 7, HEDUI_REASON_key_conflict, "3"}};
    for (uint32_t i = 0; i < 3; i++) { /* most of them from the temporary file */
        hedui_reject r;
        assert_int_equal(hedui_rejects_get(&r, d->rejects, i, NULL), HEDUI_OK);
        assert_int_equal(r.line, rejects[i].line);
        assert_int_equal(r.person, rejects[i].person);
        assert_int_equal(r.reason, rejects[i].reason);
        assert_string_equal(r.excerpt, rejects[i].excerpt);
        assert_memory_equal(text + r.offset, &"1230"[i == 2 ? 2 : i], 1);
    }
    hedui_delivery_close(d);
}

static void facts_know_their_place_and_content(void **state)
{
    static const char text[] =
        H "1," W ",王建国,A," L ",\"1,234.5\",2014/1/5\n2," W ",,,,0,\n" REST;
    hedui_scan_options options = {.matcher = &matcher};
    const hedui_layout *layout = layout_of("utf-8", "comma");
    hedui_buffer value;
    (void)state;
    hedui_buffer_init(&value);
    hedui_delivery *d = scan_text(hedui_span_of(text), layout, &options);
    assert_int_equal(d->facts->count, 3);
    const hedui_fact a = hedui_facts_at(d->facts, 0), b = hedui_facts_at(d->facts, 1),
                     c = hedui_facts_at(d->facts, 2);
    assert_int_equal(a.person, 5);
    assert_int_equal(a.role, 0);
    assert_int_equal(b.person, 7);
    assert_int_equal(b.role, 1);
    assert_int_equal(a.row, b.row);
    assert_int_equal(c.row, 1);
    assert_int_equal(c.line, 3);
    assert_memory_equal(text + a.offset, "1," W, 20);
    assert_int_equal(text[a.offset + a.length], '\n');
    uint32_t amount = hedui_layout_column(layout, hedui_span_of("amount"));
    uint32_t since = hedui_layout_column(layout, hedui_span_of("since"));
    uint32_t name = hedui_layout_column(layout, hedui_span_of("owner_name"));
    assert_int_equal(hedui_facts_number(d->facts, 0, amount), 123450);
    assert_int_equal(hedui_facts_number(d->facts, 0, since), 16075);
    assert_int_equal(hedui_facts_state(d->facts, 2, since), HEDUI_CELL_UNKNOWN);
    assert_int_equal(hedui_facts_state(d->facts, 2, name), HEDUI_CELL_ABSENT);
    assert_true(hedui_span_is(hedui_facts_text(d->facts, 0, name), "王建国"));
    hedui_facts_key(&value, d->facts, 0);
    assert_true(hedui_span_is(hedui_buffer_span(&value), "1"));
    hedui_digest first, second, third;
    assert_int_equal(hedui_facts_digest(&first, d->facts, 0, NULL), HEDUI_OK);
    assert_int_equal(hedui_facts_digest(&second, d->facts, 1, NULL), HEDUI_OK);
    assert_int_equal(hedui_facts_digest(&third, d->facts, 2, NULL), HEDUI_OK);
    assert_memory_equal(first.bytes, second.bytes, HEDUI_DIGEST_BYTES);
    assert_memory_not_equal(first.bytes, third.bytes, HEDUI_DIGEST_BYTES);
    hedui_delivery_drop_facts(d);
    assert_int_equal(d->facts->count, 0);
    hedui_delivery_close(d);
    hedui_buffer_free(&value);
}

static void a_long_row_costs_itself_only(void **state)
{
    static const size_t sizes[] = {4096, 0, 3 << 20};
    hedui_buffer text;
    (void)state;
    hedui_buffer_init(&text);
    hedui_buffer_text(&text, H "1," W ",");
    size_t start = text.length;
    uint64_t seed = 1;
    while (text.length - start < (2 << 20)) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        hedui_buffer_byte(&text, (char)('a' + (seed >> 40) % 26)); /* not a bomb */
    }
    hedui_buffer_text(&text, ",A,,1,\r\n2," W ",王,A,,1,\n");
    for (int s = 0; s < 3; s++) {
        hedui_scan_options options = {.matcher = &matcher, .reading = {.block_size = sizes[s]}};
        hedui_delivery *d =
            scan_text(hedui_buffer_span(&text), layout_of("utf-8", "comma"), &options);
        hedui_reject r;
        assert_int_equal(d->refusal, HEDUI_REFUSAL_none);
        assert_int_equal(d->facts->count, 1);
        assert_int_equal(hedui_facts_at(d->facts, 0).line, 3);
        assert_int_equal(hedui_rejects_count(d->rejects), 1);
        assert_int_equal(hedui_rejects_get(&r, d->rejects, 0, NULL), HEDUI_OK);
        assert_int_equal(r.reason, HEDUI_REASON_row_too_long);
        assert_int_equal(r.length, (2 << 20) + 21 + 6);
        hedui_delivery_close(d);
    }
    hedui_buffer_free(&text);
}

static void a_manifest_binds(void **state)
{
    hedui_promise promise = {.has_rows = 1, .rows = 1, .cut_off = 16075};
    hedui_scan_options options = {.matcher = &matcher, .promise = &promise};
    const hedui_layout *layout = layout_of("utf-8", "comma");
    (void)state;
    hedui_delivery *d = scan_text(hedui_span_of(H REST), layout, &options);
    assert_int_equal(d->refusal, HEDUI_REFUSAL_none);
    assert_int_equal(d->cut_off, 16075);
    promise.digest = d->digest;
    promise.has_digest = 1;
    hedui_delivery_close(d);
    d = scan_text(hedui_span_of(H REST), layout, &options);
    assert_int_equal(d->refusal, HEDUI_REFUSAL_none);
    hedui_delivery_close(d);
    promise.digest.bytes[0] ^= 1;
    d = scan_text(hedui_span_of(H REST), layout, &options);
    assert_int_equal(d->refusal, HEDUI_REFUSAL_manifest_digest);
    hedui_delivery_close(d);
    promise.has_digest = 0;
    promise.rows = 2;
    d = scan_text(hedui_span_of(H REST), layout, &options);
    assert_int_equal(d->refusal, HEDUI_REFUSAL_manifest_rows);
    hedui_delivery_close(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(structure),
        cmocka_unit_test(people),
        cmocka_unit_test(fields),
        cmocka_unit_test(gb18030_with_other_delimiters),
        cmocka_unit_test(doubled_quotes_are_converted_too),
        cmocka_unit_test(charset_of_the_rows_speaks),
        cmocka_unit_test(says_whose_rows_were_rejected),
        cmocka_unit_test(facts_know_their_place_and_content),
        cmocka_unit_test(a_long_row_costs_itself_only),
        cmocka_unit_test(a_manifest_binds),
    };
    arena = hedui_arena_open(0);
    int failed = cmocka_run_group_tests_name("feed/delivery", tests, NULL, NULL);
    hedui_arena_close(arena);
    return failed;
}
