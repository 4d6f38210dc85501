/* Eight offices and what is wrong with their files; what each of them was to say is the same. */
#include "demo/broken.h"

#include <hedui/date.h>
#include <hedui/file.h>

#include <inttypes.h>
#include <stdio.h>

static const hedui_demo_broken_feed feeds[HEDUI_DEMO_BREAKS] = {
    [HEDUI_DEMO_UTF16] = {"grain_subsidy", "grain-subsidy-", "粮食直补", "财政", "file_utf16",
                          "charset", "字符集与约定不符：utf-16"},
    [HEDUI_DEMO_PLAIN] = {"forest_subsidy", "forest-subsidy-", "公益林补偿", "林业", "file_plain",
                          "gz_plain", "不是 gzip 文件（未压缩文本）"},
    [HEDUI_DEMO_ZIP] = {"relocation_subsidy", "relocation-subsidy-", "移民后期扶持", "水利",
                        "file_zip", "gz_zip", "不是 gzip 文件（zip 或 xlsx）"},
    [HEDUI_DEMO_CUT] = {"repair_subsidy", "repair-subsidy-", "危房改造补助", "住建",
                        "file_truncated", "gz_truncated", "文件不完整（中途截断）"},
    [HEDUI_DEMO_WRONG_CRC] = {"herd_subsidy", "herd-subsidy-", "畜牧良种补贴", "畜牧", "file_crc",
                              "gz_crc", "内容校验值不符"},
    [HEDUI_DEMO_WRONG_LENGTH] = {"tool_subsidy", "tool-subsidy-", "农机购置补贴", "农业",
                                 "file_length", "gz_length", "内容长度不符"},
    [HEDUI_DEMO_TRAILING_BYTES] = {"fuel_subsidy", "fuel-subsidy-", "出租车油价补贴", "交通",
                                   "file_trailing_bytes", "gz_trailing", "gzip 流之后有多余字节"},
    [HEDUI_DEMO_DELTA_CUT] = {"land_rent", "land-rent-", "土地流转租金", "农经", "file_delta_cut",
                              "gz_truncated", "文件不完整（中途截断）"},
};

enum { REFUSED = 2119, CHAIN_REFUSED = 2139 };

const hedui_demo_broken_feed *hedui_demo_broken_feed_of(hedui_demo_break kind)
{
    return &feeds[kind];
}

void hedui_demo_broken_meet(hedui_demo_broken *broken, const hedui_demo_case *made)
{
    enum { EVERY = 7 };
    if (made->index % EVERY || broken->count == HEDUI_DEMO_BROKEN_PEOPLE)
        return;
    for (int m = 0; m < made->households[0].member_count; m++) {
        const hedui_demo_member *member = &made->households[0].members[m];
        if (!member->joined)
            continue;
        memcpy(broken->people[broken->count].id, member->id, sizeof member->id);
        memcpy(broken->people[broken->count++].name, member->name, sizeof member->name);
        return;
    }
}

static void layout_of(hedui_buffer *text, hedui_demo_break kind)
{
    const hedui_demo_broken_feed *f = &feeds[kind];
    int chain = kind == HEDUI_DEMO_DELTA_CUT;
    hedui_buffer_format(text,
                        "# 本县自己的数据；演示里交来的文件不能采用\n"
                        "feed: %s\nas: %s_rows\ntitle: %s\nsource: %s\nrow: 一个人的补贴\n"
                        "key: [citizen_id]\npersons:\n"
                        "  - {role: payee, title: 领取人, id: citizen_id, name: name}\n",
                        f->feed, f->feed, f->title, f->source);
    hedui_buffer_format(text,
                        "file:\n  name: \"%s[0-9]*.csv.gz\"\n  charset: utf-8\n  kind: full\n"
                        "  cut_off: {from: manifest, or: file_name, pattern: \"%s{date}\"}\n",
                        f->prefix, f->prefix);
    if (chain)
        hedui_buffer_format(text,
                            "change: {file: \"%sdelta-*.csv.gz\", pattern: \"%sdelta-{date}\", "
                            "column: change, deleted: [D]}\n",
                            f->prefix, f->prefix);
    hedui_buffer_text(text, "columns:\n"
                            "  citizen_id: {type: citizen_id, header: [身份证号], required: true}\n"
                            "  name: {type: name, header: [姓名], may_be_unknown: true}\n"
                            "  amount: {type: money, header: [补贴金额], may_be_unknown: true}\n"
                            "  paid_on: {type: date, header: [发放日期], may_be_unknown: true}\n");
    if (chain)
        hedui_buffer_text(text, "  change: {type: code, list: change_mark, header: [变更标志]}\n");
}

static void rule_of(hedui_buffer *text, hedui_demo_break kind)
{
    const hedui_demo_broken_feed *f = &feeds[kind];
    hedui_buffer_format(text,
                        "  - id: FILE-%02d\n    title: 领取%s\n    basis: {document: subsidies}\n"
                        "    effect: inform\n    severity: low\n    when: |-\n"
                        "      hh.%s_rows.exists(s, s.amount > 0)\n    undetermined: note\n"
                        "    message: \"领取%s\"\n    examples:\n",
                        (int)kind + 1, f->title, f->feed, f->title);
    hedui_buffer_format(text,
                        "      - title: 有发放记录\n        given:\n"
                        "          %s_rows: [{citizen_id: \"659000196203041010\", amount: 300}]\n"
                        "        expect: true\n"
                        "      - title: 没有发放记录\n        given:\n          %s_rows: []\n"
                        "        expect: false\n"
                        "      - title: 数据没有采用\n        given:\n"
                        "          %s_rows: not_checked\n        expect: undetermined\n",
                        f->feed, f->feed, f->feed);
}

static hedui_status write_text(const char *folder, const char *name, hedui_buffer *text,
                               hedui_arena *arena, hedui_err *err)
{
    const char *path = hedui_path_join(folder, name, arena);
    hedui_status status = path && !hedui_buffer_failed(text)
                              ? hedui_file_replace(path, hedui_buffer_span(text), err)
                              : hedui_fail_memory(err);
    hedui_buffer_clear(text);
    return status;
}

static hedui_status write_pack(const char *folder, hedui_buffer *text, hedui_arena *arena,
                               hedui_err *err)
{
    static const char *const inner[] = {"rules", "rules/packs", "rules/packs/county-files"};
    const char *pack = NULL;
    hedui_status status = HEDUI_OK;
    for (size_t i = 0; !status && i < sizeof inner / sizeof *inner; i++) {
        pack = hedui_path_join(folder, inner[i], arena);
        status = pack ? hedui_folder_make(pack, err) : hedui_fail_memory(err);
    }
    if (status)
        return status;
    hedui_buffer_text(text, "# 演示：交来的文件不能采用时，靠它判断的规则都“无法核对”\n"
                            "pack: county-files\ntitle: 本县补贴（演示）\n"
                            "applies_to: {programme: [dibao], status: [applying, receiving]}\n"
                            "documents:\n  subsidies: {title: 示例县补贴核对办法（演示用）, "
                            "kind: measure, level: county, confirmed: true}\n");
    status = write_text(pack, "pack.yaml", text, arena, err);
    hedui_buffer_text(text, "rules:\n");
    for (int kind = 0; kind < HEDUI_DEMO_BREAKS; kind++)
        rule_of(text, (hedui_demo_break)kind);
    return status ? status : write_text(pack, "subsidies.yaml", text, arena, err);
}

hedui_status hedui_demo_broken_layouts(const char *folder, hedui_arena *arena, hedui_err *err)
{
    const char *inner = hedui_path_join(folder, "feeds", arena);
    hedui_status status = inner ? hedui_folder_make(inner, err) : hedui_fail_memory(err);
    hedui_buffer text;
    hedui_buffer_init(&text);
    for (int kind = 0; !status && kind < HEDUI_DEMO_BREAKS; kind++) {
        char name[64];
        (void)snprintf(name, sizeof name, "%s.yaml", feeds[kind].feed);
        layout_of(&text, (hedui_demo_break)kind);
        status = write_text(inner, name, &text, arena, err);
    }
    if (!status)
        status = write_pack(folder, &text, arena, err);
    hedui_buffer_free(&text);
    return status;
}

/* What each of them says, if it can be read: the amounts differ by file. */
static void write_rows(hedui_buffer *text, const hedui_demo_broken *broken, int kind,
                       const char *mark)
{
    hedui_buffer_format(text, "身份证号,姓名,补贴金额,发放日期%s\n", mark ? ",变更标志" : "");
    for (uint32_t i = 0; i < broken->count; i++)
        hedui_buffer_format(text, "%s,%s,%u.00,2014-05-%02u%s%s\n", broken->people[i].id,
                            broken->people[i].name, 100u + 10u * i + (uint32_t)kind, 1 + i % 28,
                            mark ? "," : "", mark ? mark : "");
}

/* What one call works with. */
typedef struct work {
    hedui_demo_made *made;
    hedui_demo_truth_out *truth;
    const hedui_demo_broken *broken;
    const char *folder;
    const hedui_demo_options *options;
    hedui_arena *arena;
    hedui_err *err;
    hedui_buffer text;
} work;

/* "grain-subsidy-201406.csv.gz", or of as many months before; -1: a delta of the day itself. */
static void name_file(char name[64], const work *w, int kind, int months)
{
    int year = 0, month = 0, day = 0;
    int32_t on = w->options->as_of;
    hedui_date_to_civil(&year, &month, &day, on);
    if (months < 0) {
        (void)snprintf(name, 64, "%sdelta-%04d%02d%02d.csv.gz", feeds[kind].prefix, year, month,
                       day);
        return;
    }
    for (int i = 0; i <= months; i++) { /* the last day of the month before */
        on -= day;
        hedui_date_to_civil(&year, &month, &day, on);
    }
    (void)snprintf(name, 64, "%s%04d%02d.csv.gz", feeds[kind].prefix, year, month);
}

static hedui_status write_bytes(work *w, const char *name, hedui_span bytes)
{
    const char *inbox = hedui_path_join(w->folder, "inbox", w->arena);
    const char *path = inbox ? hedui_path_join(inbox, name, w->arena) : NULL;
    hedui_status status =
        path && bytes.at ? hedui_file_replace(path, bytes, w->err) : hedui_fail_memory(w->err);
    hedui_buffer_clear(&w->text); /* only now: plain text is written from where it stands */
    return status;
}

static void refuse(work *w, int kind, const char *file, int number, const char *argument,
                   const char *word)
{
    hedui_buffer_format(&w->truth->files[HEDUI_DEMO_REFUSALS_TSV].text, "%s\t%s\t%d\t%s\t%s\n",
                        feeds[kind].feed, file, number, argument, word);
}

/* The sound file before it: an older one, or the full delivery that the delta changes. */
static hedui_status write_sound(work *w, int kind)
{
    char name[64];
    write_rows(&w->text, w->broken, kind, NULL);
    name_file(name, w, kind, kind == HEDUI_DEMO_CUT ? 1 : 0);
    if (hedui_buffer_failed(&w->text))
        return hedui_fail_memory(w->err);
    hedui_span text = hedui_buffer_span(&w->text);
    size_t length = text.length;
    hedui_status status =
        write_bytes(w, name, hedui_demo_pack_text(text, w->options->level, w->arena));
    if (status || kind == HEDUI_DEMO_CUT)
        return status;
    char broken[64];
    int64_t rows = (int64_t)w->broken->count;
    hedui_demo_ledger ledger = {.feed = hedui_span_of(feeds[kind].feed),
                                .file = hedui_span_of(name),
                                .records = rows,
                                .accepted = rows,
                                .matched = rows,
                                .apart = 1};
    hedui_demo_truth_ledger(w->truth, &ledger);
    name_file(broken, w, kind, -1);
    refuse(w, kind, name, CHAIN_REFUSED, broken, "-");
    w->made->rows += (uint64_t)rows;
    w->made->bytes += length;
    return HEDUI_OK;
}

static hedui_status write_one(work *w, int kind)
{
    char name[64];
    int delta = kind == HEDUI_DEMO_DELTA_CUT;
    hedui_status status = HEDUI_OK;
    if (delta || kind == HEDUI_DEMO_CUT)
        status = write_sound(w, kind);
    if (status)
        return status;
    name_file(name, w, kind, delta ? -1 : 0);
    write_rows(&w->text, w->broken, kind, delta ? "U" : NULL);
    if (hedui_buffer_failed(&w->text))
        return hedui_fail_memory(w->err);
    hedui_span bytes = hedui_demo_break_text((hedui_demo_break)kind, hedui_buffer_span(&w->text),
                                             w->options->level, w->arena);
    status = write_bytes(w, name, bytes);
    refuse(w, kind, name, REFUSED, feeds[kind].reason, feeds[kind].word);
    hedui_buffer_format(&w->truth->files[HEDUI_DEMO_FILES_TSV].text, "%s\t%s\n", name,
                        feeds[kind].kind);
    hedui_buffer_format(&w->truth->files[HEDUI_DEMO_GAPS_TSV].text,
                        "FILE-%02d\trefused\t%s\t%" PRId64 "\n", kind + 1, feeds[kind].feed,
                        w->truth->left_open);
    return status;
}

hedui_status hedui_demo_broken_write(hedui_demo_made *made, hedui_demo_truth_out *truth,
                                     const hedui_demo_broken *broken, const char *folder,
                                     const hedui_demo_options *options, hedui_arena *arena,
                                     hedui_err *err)
{
    work w = {.made = made,
              .truth = truth,
              .broken = broken,
              .folder = folder,
              .options = options,
              .arena = arena,
              .err = err};
    hedui_status status = HEDUI_OK;
    hedui_buffer_init(&w.text);
    for (int kind = 0; !status && kind < HEDUI_DEMO_BREAKS; kind++)
        status = write_one(&w, kind);
    hedui_buffer_free(&w.text);
    return status;
}
