/* A delivery: rows wait in a window and leave it in random order, so that neither the caseload's
 * order nor the planting shows in the file. The gzip header is fixed (no time, no name), so that
 * the same county gives the same bytes. */
#include "demo/delta.h"
#include "demo/registry.h"

#include <hedui/date.h>
#include <hedui/file.h>

#include <errno.h>

const char *hedui_demo_feed_name(hedui_demo_feed feed)
{
    static const char *const names[] = {"caseload_household", "caseload_member", "vehicle",
                                        "death_cremation", "household_register"};
    return feed < HEDUI_DEMO_FURTHER ? names[feed] : hedui_demo_registry_of(feed)->feed;
}

typedef struct shape {
    const char *prefix;
    int monthly; /* named by the month before, else by the day before the month or the day itself */
    const char *title, *header;
    int gb18030, crlf, footer;
} shape;

static const shape files[HEDUI_DEMO_FURTHER] = {
    {"caseload-household-", 0, NULL,
     "户编号,救助类型,城乡,行政区划,户主姓名,家庭住址,状态,申请日期,享受起始年月,申报财产(元),"
     "月保障金额(元)",
     .gb18030 = 0},
    {"caseload-member-", 0, NULL,
     "户编号,公民身份号码,姓名,与户主关系,是否保障对象,授权书编号,授权有效期至,申报月收入(元)",
     .gb18030 = 0},
    {"veh-", 1, NULL,
     "号牌种类,号牌号码,中文品牌,车辆类型,身份证明名称,身份证明号码,机动车所有人,初次登记日期,"
     "使用性质,机动车状态",
     .gb18030 = 1, .crlf = 1},
    {"death-cremation-", 2, "示例县殡仪馆火化登记表",
     "火化证编号,逝者姓名,证件号码,死亡日期,火化日期,殡仪馆名称", .footer = 1},
    {"hukou-", 2, NULL,
     "公民身份号码,姓名,性别,出生日期,户号,与户主关系,户籍行政区划,注销标识,注销原因,注销日期,"
     "死亡日期",
     .gb18030 = 0},
};

static shape shape_of(hedui_demo_feed feed)
{
    if (feed < HEDUI_DEMO_FURTHER)
        return files[feed];
    const hedui_demo_registry *r = hedui_demo_registry_of(feed);
    return (shape){.prefix = r->prefix,
                   .monthly = r->daily ? 2 : 1,
                   .title = r->title,
                   .gb18030 = r->gb18030,
                   .crlf = r->crlf,
                   .footer = r->footer};
}

/* Quirks of further feeds are told with the feed, for most are the same in all. */
static void tell_quirk(const hedui_demo_out *out, hedui_demo_tsv *tsv, const char *quirk)
{
    if (out->feed >= HEDUI_DEMO_FURTHER)
        hedui_buffer_format(&tsv->text, "%s.", hedui_demo_feed_name(out->feed));
    hedui_buffer_format(&tsv->text, "%s\n", quirk);
}

static hedui_status failed(const hedui_demo_out *out, hedui_err *err)
{
    return hedui_fail(err, HEDUI_E1004, hedui_place_file(out->path), HEDUI_ARG_TEXT(out->name),
                      HEDUI_ARG_ERRNO(errno ? errno : EIO));
}

static hedui_status deflate_pending(hedui_demo_out *out, int flush, hedui_err *err)
{
    const unsigned char *text = (const unsigned char *)hedui_buffer_span(&out->pending).at;
    uInt length = (uInt)out->pending.length;
    if (hedui_buffer_failed(&out->pending))
        return hedui_fail_memory(err);
    out->crc = (uint32_t)crc32(out->crc, text, length);
    out->length += length;
    out->member_length += length;
    out->deflate.next_in = (Bytef *)(uintptr_t)text; /* zlib only reads it */
    out->deflate.avail_in = length;
    do {
        out->deflate.next_out = out->packed;
        out->deflate.avail_out = sizeof out->packed;
        (void)deflate(&out->deflate, flush);
        size_t made = sizeof out->packed - out->deflate.avail_out;
        if (fwrite(out->packed, 1, made, out->file) != made)
            return failed(out, err);
    } while (out->deflate.avail_out == 0);
    hedui_buffer_clear(&out->pending);
    return HEDUI_OK;
}

/* Convert, break what must be broken, count lines, hand on. */
static hedui_status write_text(hedui_demo_out *out, hedui_span text, hedui_err *err)
{
    char *from = (char *)(uintptr_t)text.at, *to = out->converted;
    size_t left = text.length, room = sizeof out->converted;
    if (out->convert != (iconv_t)-1) {
        if (iconv(out->convert, &from, &left, &to, &room) == (size_t)-1)
            return hedui_fail(err, HEDUI_E9003, hedui_place_file(out->path),
                              HEDUI_ARG_TEXT("GB18030"));
        text.at = out->converted;
        text.length = (size_t)(to - out->converted);
    }
    size_t start = out->pending.length;
    hedui_buffer_add(&out->pending, text);
    const char *end = out->dress & HEDUI_DEMO_MIXED && out->line % 2 ? "\r\n" : out->line_end;
    hedui_buffer_text(&out->pending, end);
    if (hedui_buffer_failed(&out->pending))
        return hedui_fail_memory(err);
    for (size_t i = start; i < out->pending.length; i++) {
        if (out->pending.data[i] == '~')
            out->pending.data[i] = '\xFF';
        out->line += out->pending.data[i] == '\n' ||
                     (out->dress & HEDUI_DEMO_CR && out->pending.data[i] == '\r');
    }
    return out->pending.length < HEDUI_DEMO_CHUNK ? HEDUI_OK
                                                  : deflate_pending(out, Z_NO_FLUSH, err);
}

static void tell_facts(const hedui_demo_out *out, const hedui_demo_row *row)
{
    hedui_span rest = hedui_buffer_span(&row->said);
    while (rest.length) {
        const char *end = memchr(rest.at, '\n', rest.length);
        size_t length = end ? (size_t)(end - rest.at) + 1 : rest.length;
        hedui_buffer_format(&out->facts->text, "%s\t%u\t%.*s", out->name, out->line, (int)length,
                            rest.at);
        rest.at += length;
        rest.length -= length;
    }
    hedui_demo_tsv_end(out->facts);
}

hedui_status hedui_demo_out_row(hedui_demo_out *out, const hedui_demo_row *row, hedui_err *err)
{
    hedui_demo_ledger *ledger = &out->ledger;
    if (hedui_buffer_failed(&row->text) || hedui_buffer_failed(&row->said))
        return hedui_fail_memory(err);
    ledger->records++;
    ledger->accepted += row->fate == HEDUI_DEMO_MATCHED || row->fate == HEDUI_DEMO_STRANGER;
    ledger->matched += row->fate == HEDUI_DEMO_MATCHED;
    ledger->not_in_caseload += row->fate == HEDUI_DEMO_STRANGER;
    ledger->other_document += row->fate == HEDUI_DEMO_OTHER_DOCUMENT;
    ledger->duplicate += row->fate == HEDUI_DEMO_DUPLICATE;
    ledger->rejected += row->fate == HEDUI_DEMO_REJECTED;
    if (!out->rejects)
        return write_text(out, hedui_buffer_span(&row->text), err);
    hedui_demo_tsv *tsv = row->fate == HEDUI_DEMO_REJECTED ? out->rejects : out->rows;
    if (row->quirk || tsv == out->rejects) {
        hedui_buffer_format(&tsv->text, "%s\t%u\t", out->name, out->line);
        if (tsv == out->rejects)
            hedui_buffer_format(&tsv->text, "%s\t", row->reason);
        tell_quirk(out, tsv, row->quirk ? row->quirk : "-");
    }
    for (int i = 0; row->fate == HEDUI_DEMO_MATCHED && i < 2 && row->households[i][0]; i++) {
        hedui_buffer_format(&out->matched->text, "%s\t%u\t%s\n", out->name, out->line,
                            row->households[i]);
        hedui_demo_tsv_end(out->matched);
    }
    hedui_demo_tsv_end(out->rejects);
    hedui_demo_tsv_end(out->rows);
    if (out->facts && row->fate == HEDUI_DEMO_MATCHED && !row->withdrawn)
        tell_facts(out, row);
    return write_text(out, hedui_buffer_span(&row->text), err);
}

static hedui_status write_row(hedui_demo_out *out, const hedui_demo_row *row, hedui_err *err)
{
    return out->delta ? hedui_demo_delta_row(out, row, err) : hedui_demo_out_row(out, row, err);
}

static void name_file(hedui_demo_out *out, int32_t as_of)
{
    int year = 0, month = 0, day = 0;
    shape file = shape_of(out->feed);
    hedui_date_to_civil(&year, &month, &day, as_of);
    if (file.monthly && !out->is_delta)
        hedui_date_to_civil(&year, &month, &day, as_of - day); /* the last day of last month */
    if (out->is_delta)
        (void)snprintf(out->name, sizeof out->name, "%sdelta-%04d%02d%02d.csv.gz", file.prefix,
                       year, month, day);
    else if (file.monthly == 1)
        (void)snprintf(out->name, sizeof out->name, "%s%04d%02d.csv.gz", file.prefix, year, month);
    else
        (void)snprintf(out->name, sizeof out->name, "%s%04d%02d%02d.csv.gz", file.prefix, year,
                       month, day);
}

/* A gzip head: bare, or with all the fields of RFC 1952. */
static hedui_status write_gzip_head(hedui_demo_out *out, int full, hedui_err *err)
{
    static const unsigned char bare[10] = {0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255};
    unsigned char all[] = "\x1F\x8B\x08\x1F\x00\x00\x00\x54\x00\x03" /* text, 2014, Unix */
                          "\x06\x00hd\x02\x00ok"                     /* an extra field */
                          "export.csv\0"
                          "as exported\0"
                          "??"; /* and the check of the head itself */
    size_t length = sizeof all - 1;
    uLong check = crc32(0, all, (uInt)(length - 2));
    all[length - 2] = (unsigned char)check;
    all[length - 1] = (unsigned char)(check >> 8);
    size_t wanted = full ? length : sizeof bare;
    return fwrite(full ? all : bare, 1, wanted, out->file) == wanted ? HEDUI_OK : failed(out, err);
}

static hedui_status end_member(hedui_demo_out *out, hedui_err *err)
{
    unsigned char trailer[8];
    hedui_status status = deflate_pending(out, Z_FINISH, err);
    for (int i = 0; i < 4; i++) {
        trailer[i] = (unsigned char)(out->crc >> 8 * i);
        trailer[4 + i] = (unsigned char)(out->member_length >> 8 * i);
    }
    if (!status && fwrite(trailer, 1, sizeof trailer, out->file) != sizeof trailer)
        status = failed(out, err);
    out->crc = 0;
    out->member_length = 0;
    return status;
}

static hedui_status write_head(hedui_demo_out *out, hedui_err *err)
{
    shape file = shape_of(out->feed);
    hedui_status status = HEDUI_OK;
    int members = (out->dress & HEDUI_DEMO_TWO_MEMBERS) != 0;
    status = write_gzip_head(out, members, err);
    if (!status && out->dress & HEDUI_DEMO_BOM)
        hedui_buffer_text(&out->pending, "\xEF\xBB\xBF");
    out->ledger.apart = 1 + (file.title != NULL);
    if (!status && file.title)
        status = write_text(out, hedui_span_of(file.title), err);
    if (!status && file.header) {
        char header[1000];
        (void)snprintf(header, sizeof header, "%s%s", file.header,
                       out->is_delta ? ",变更标志" : "");
        return write_text(out, hedui_span_of(header), err);
    }
    if (status)
        return status;
    hedui_demo_row header = {.mark = out->mark};
    hedui_demo_further_header(&header, out->feed);
    status = write_text(out, hedui_buffer_span(&header.text), err);
    hedui_buffer_free(&header.text);
    if (!status && members) { /* the header is a member of its own */
        status = end_member(out, err);
        (void)deflateReset(&out->deflate);
        status = status ? status : write_gzip_head(out, 0, err);
    }
    return status;
}

hedui_status hedui_demo_out_open(hedui_demo_out *out, const char *folder, hedui_demo_feed feed,
                                 const hedui_demo_options *options, hedui_arena *arena,
                                 hedui_err *err)
{
    out->feed = feed;
    out->convert = (iconv_t)-1;
    out->line = 1;
    out->line_end = shape_of(feed).crlf ? "\r\n" : "\n";
    out->mark = ',';
    if (feed >= HEDUI_DEMO_FURTHER) {
        const hedui_demo_registry *registry = hedui_demo_registry_of(feed);
        out->dress = hedui_demo_dress_of(feed);
        out->mark = registry->mark ? registry->mark : ',';
        out->line_end = out->dress & HEDUI_DEMO_CR ? "\r" : out->line_end;
        out->faults = hedui_demo_faults_of(feed);
        out->plant = options->households < 10000 ? 1 : options->households / 5000;
    }
    name_file(out, options->as_of);
    (void)snprintf(out->path, sizeof out->path, "%s/inbox/%s", folder, out->name);
    out->ledger.feed = hedui_span_of(hedui_demo_feed_name(feed));
    out->ledger.file = hedui_span_of(out->name);
    hedui_demo_random_init(&out->random, options->seed, 100 + (uint64_t)feed, 0);
    hedui_buffer_init(&out->pending);
    out->slots = hedui_arena_array(arena, HEDUI_DEMO_WINDOW, sizeof *out->slots);
    if (!out->slots)
        return hedui_fail_memory(err);
    if (shape_of(feed).gb18030) {
        out->convert = iconv_open("GB18030", "UTF-8");
        if (out->convert == (iconv_t)-1)
            return hedui_fail(err, HEDUI_E9003, hedui_place_file(out->path),
                              HEDUI_ARG_TEXT("GB18030"));
    }
    if (deflateInit2(&out->deflate, options->level, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return hedui_fail_memory(err);
    out->deflating = 1;
    errno = 0;
    out->file = fopen(out->path, "wbe");
    return out->file ? write_head(out, err) : failed(out, err);
}

hedui_status hedui_demo_out_slot(hedui_demo_slot **slot, hedui_demo_out *out, hedui_err *err)
{
    hedui_demo_slot *at = NULL;
    if (out->used < HEDUI_DEMO_WINDOW) {
        at = &out->slots[out->used++];
    } else {
        for (int again = 1; again;) {
            at = &out->slots[hedui_demo_random_below(&out->random, HEDUI_DEMO_WINDOW)];
            hedui_status status = write_row(out, &at->row, err);
            if (status)
                return status;
            again = at->has_then;
            if (again) {
                hedui_demo_row written = at->row;
                at->row = at->then;
                at->then =
                    (hedui_demo_row){.text = written.text, .said = written.said, .mark = out->mark};
                at->has_then = 0;
            }
        }
    }
    hedui_demo_row row = at->row, then = at->then;
    *at = (hedui_demo_slot){.row = {.text = row.text, .said = row.said, .mark = out->mark},
                            .then = {.text = then.text, .said = then.said, .mark = out->mark}};
    hedui_buffer_clear(&at->row.text);
    hedui_buffer_clear(&at->then.text);
    hedui_buffer_clear(&at->row.said);
    hedui_buffer_clear(&at->then.said);
    *slot = at;
    return HEDUI_OK;
}

hedui_demo_row *hedui_demo_slot_then(hedui_demo_slot *slot)
{
    slot->has_then = slot->row.followed = 1;
    return &slot->then;
}

hedui_status hedui_demo_out_finish(hedui_demo_out *out, hedui_err *err)
{
    hedui_status status = HEDUI_OK;
    for (uint32_t i = 0; !status && i < out->used; i++)
        status = write_row(out, &out->slots[i].row, err);
    for (uint32_t i = 0; !status && i < out->used; i++)
        if (out->slots[i].has_then)
            status = write_row(out, &out->slots[i].then, err);
    char footer[64];
    (void)snprintf(footer, sizeof footer, "共 %lld 条", (long long)out->ledger.records);
    if (!status && shape_of(out->feed).footer) {
        out->ledger.apart++;
        status = write_text(out, hedui_span_of(footer), err);
    }
    size_t end = strlen(out->line_end);
    int cut = out->dress & HEDUI_DEMO_NO_END && out->pending.length > end;
    if (cut)
        out->pending.length -= end;
    for (uint32_t bit = 0; out->files && bit < HEDUI_DEMO_DRESSES; bit++)
        if (out->dress >> bit & 1 && (1u << bit != HEDUI_DEMO_NO_END || cut))
            hedui_buffer_format(&out->files->text, "%s\t%s\n", out->name,
                                hedui_demo_dress_name(bit));
    if (out->files)
        hedui_demo_tsv_end(out->files);
    if (!status)
        status = end_member(out, err);
    if (!status) {
        FILE *file = out->file;
        out->file = NULL;
        status = fclose(file) ? failed(out, err) : HEDUI_OK;
    }
    return status;
}

void hedui_demo_out_close(hedui_demo_out *out)
{
    for (uint32_t i = 0; out->slots && i < HEDUI_DEMO_WINDOW; i++) {
        hedui_buffer_free(&out->slots[i].row.text);
        hedui_buffer_free(&out->slots[i].then.text);
        hedui_buffer_free(&out->slots[i].row.said);
        hedui_buffer_free(&out->slots[i].then.said);
    }
    hedui_buffer_free(&out->pending);
    if (out->deflating)
        (void)deflateEnd(&out->deflate);
    if (out->slots && out->convert != (iconv_t)-1)
        (void)iconv_close(out->convert);
    if (out->file)
        (void)fclose(out->file);
    out->slots = NULL;
    out->deflating = 0;
    out->file = NULL;
}
