/* One delivery from its name to its check. The check is the one of `feeds check`: what a night
 * would not use is not packed, because a newer delivery takes the place of one that could be used.
 */
#include "feed/pack.h"

#include "feed/check.h"
#include "feed/inbox.h"
#include "feed/manifest.h"
#include "value/mask.h"

#include <hedui/date.h>
#include <hedui/escape.h>
#include <hedui/file.h>

#include <stdio.h>
#include <strings.h>

static const char delivery_end[] = ".csv.gz";

static int ends_in(hedui_span text, const char *end)
{
    size_t length = strlen(end);
    return text.length > length && strncasecmp(text.at + text.length - length, end, length) == 0;
}

/* A file's name without what says which kind of file it is. */
static hedui_span stem_of(const char *name)
{
    static const char *const ends[] = {".csv.gz", ".txt.gz", ".gz",  ".csv",
                                       ".txt",    ".tsv",    ".xlsx"};
    hedui_span stem = hedui_span_of(name);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (ends_in(stem, ends[i])) {
            stem.length -= strlen(ends[i]);
            break;
        }
    return stem;
}

static const char *text_of(hedui_arena *arena, hedui_buffer *buffer)
{
    hedui_span copy = hedui_arena_copy(arena, hedui_buffer_span(buffer));
    int failed = hedui_buffer_failed(buffer);
    hedui_buffer_free(buffer);
    return failed ? NULL : copy.at;
}

static const char *named_after(hedui_arena *arena, hedui_span stem)
{
    hedui_buffer text;
    hedui_buffer_init(&text);
    hedui_buffer_add(&text, stem);
    hedui_buffer_text(&text, delivery_end);
    return text_of(arena, &text);
}

/* "veh-{date}" and 2014-06-30: "veh-20140630.csv.gz". */
static const char *named_by_pattern(hedui_arena *arena, hedui_span pattern, int32_t cut_off)
{
    hedui_buffer text;
    int year, month, day;
    hedui_date_to_civil(&year, &month, &day, cut_off);
    hedui_buffer_init(&text);
    for (size_t i = 0; i < pattern.length; i++) {
        const char *end = NULL;
        if (pattern.at[i] == '{')
            end = memchr(pattern.at + i, '}', pattern.length - i);
        if (!end) {
            if (pattern.at[i] != '*')
                hedui_buffer_byte(&text, pattern.at[i]);
            continue;
        }
        hedui_span word = {pattern.at + i, (size_t)(end - pattern.at) + 1 - i};
        hedui_buffer_format(&text, "%04d%02d", year, month);
        if (!hedui_span_is(word, "{yyyymm}"))
            hedui_buffer_format(&text, "%02d", day);
        i += word.length - 1;
    }
    hedui_buffer_text(&text, delivery_end);
    return text_of(arena, &text);
}

/* Whether a file of this name is taken for the layout's, by its name or for want of another. */
static int is_taken_for(const hedui_layout *layout, const char *name, const hedui_layouts *layouts,
                        int by_name)
{
    const hedui_layout *found = NULL;
    return hedui_manifest_is_name(hedui_span_of(name)) &&
           hedui_inbox_layout(&found, NULL, name, layouts, NULL) == HEDUI_OK &&
           (found == layout || (!found && !by_name));
}

/* The name of the delivery: the source's own if the layout knows it, else one that it knows. */
static hedui_status choose_name(hedui_pack_item *item, const hedui_pack *pack, const char *own,
                                hedui_err *err)
{
    const hedui_layout *layout = item->layout;
    char day[HEDUI_DATE_TEXT];
    hedui_buffer text;
    item->name = own;
    if (is_taken_for(layout, item->name, pack->layouts, 1))
        return HEDUI_OK;
    item->name = named_by_pattern(pack->arena, layout->cut_off_pattern, item->packed->cut_off);
    if (!item->name)
        return hedui_fail_memory(err);
    if (is_taken_for(layout, item->name, pack->layouts, 1))
        return HEDUI_OK;
    hedui_date_print(day, item->packed->cut_off);
    hedui_buffer_init(&text);
    hedui_buffer_add(&text, layout->name);
    hedui_buffer_format(&text, "-%s%s", day, delivery_end);
    item->name = text_of(pack->arena, &text);
    if (!item->name)
        return hedui_fail_memory(err);
    if (is_taken_for(layout, item->name, pack->layouts, 0)) /* the manifest names its layout */
        return HEDUI_OK;
    return hedui_fail(err, HEDUI_E2031, hedui_place_none(), HEDUI_ARG_TEXT(item->name));
}

static hedui_status find_layout(const hedui_layout **layout, const hedui_pack *pack,
                                const char *own, const char *source, hedui_err *err)
{
    const char *feed = pack->options->feed;
    const hedui_layout *by_name = NULL;
    hedui_status status = hedui_inbox_layout(&by_name, NULL, own, pack->layouts, err);
    if (status != HEDUI_OK)
        return status;
    if (!feed) {
        *layout = by_name;
        return HEDUI_OK;
    }
    const hedui_layout *named = hedui_layouts_find_named(pack->layouts, hedui_span_of(feed));
    if (!named)
        return hedui_fail(err, HEDUI_E2032, hedui_place_none(), HEDUI_ARG_TEXT(feed));
    if (by_name && by_name != named)
        return hedui_fail(err, HEDUI_E2228, hedui_place_none(), HEDUI_ARG_TEXT(source),
                          HEDUI_ARG_SPAN(by_name->name), HEDUI_ARG_TEXT(feed));
    *layout = named;
    return HEDUI_OK;
}

/* The day of the data: said, or told by the source's name. */
static int32_t find_cut_off(const hedui_pack *pack, const hedui_layout *layout, const char *own)
{
    if (pack->options->has_cut_off)
        return pack->options->cut_off;
    int32_t day = hedui_cut_off_of(layout->delta_pattern, hedui_span_of(own));
    return day != HEDUI_DAY_NONE ? day
                                 : hedui_cut_off_of(layout->cut_off_pattern, hedui_span_of(own));
}

static hedui_status new_item(hedui_pack_item **item, hedui_pack *pack, hedui_err *err)
{
    hedui_pack_item *taken = &pack->items[pack->item_count];
    taken->packed = hedui_arena_take(pack->arena, sizeof *taken->packed);
    taken->faults = hedui_arena_array(pack->arena, HEDUI_FEED_PACK_FAULTS, sizeof *taken->faults);
    if (!taken->packed || !taken->faults)
        return hedui_fail_memory(err);
    taken->packed->faults = taken->faults;
    pack->item_count++;
    *item = taken;
    return HEDUI_OK;
}

/* Paths of the delivery and of its manifest; neither may be taken. */
static hedui_status choose_paths(hedui_pack_item *item, const hedui_pack *pack, hedui_err *err)
{
    hedui_buffer text;
    const char *out = pack->options->out;
    hedui_buffer_init(&text);
    hedui_buffer_add(&text, stem_of(item->name));
    hedui_buffer_text(&text, ".manifest.yaml");
    const char *manifest = text_of(pack->arena, &text);
    item->packed->path = hedui_path_join(out, item->name, pack->arena);
    item->packed->manifest = manifest ? hedui_path_join(out, manifest, pack->arena) : NULL;
    if (!item->packed->path || !item->packed->manifest)
        return hedui_fail_memory(err);
    for (uint32_t i = 0; i + 1 < pack->item_count; i++)
        if (strcmp(pack->items[i].packed->path, item->packed->path) == 0)
            return hedui_fail(err, HEDUI_E2226, hedui_place_none(),
                              HEDUI_ARG_SPAN(pack->items[i].packed->source),
                              HEDUI_ARG_SPAN(item->packed->source), HEDUI_ARG_TEXT(item->name));
    const char *taken = hedui_file_exists(item->packed->path)       ? item->packed->path
                        : hedui_file_exists(item->packed->manifest) ? item->packed->manifest
                                                                    : NULL;
    if (taken && !pack->options->replace)
        return hedui_fail(err, HEDUI_E2227, hedui_place_none(), HEDUI_ARG_TEXT(taken));
    return HEDUI_OK;
}

hedui_status hedui_pack_begin(hedui_pack_item **item, hedui_pack *pack,
                              const hedui_pack_table *table, hedui_err *err)
{
    const hedui_layout *layout = NULL;
    hedui_pack_item *begun = NULL;
    const char *own = named_after(pack->arena, stem_of(table->name));
    if (!own)
        return hedui_fail_memory(err);
    hedui_status status = find_layout(&layout, pack, own, table->source, err);
    if (status != HEDUI_OK)
        return status;
    *item = NULL;
    if (!layout && table->optional)
        return hedui_pack_leave_out(pack, table->source, err);
    if (!layout)
        return hedui_fail(err, HEDUI_E2236, hedui_place_none(), HEDUI_ARG_TEXT(table->source));
    status = new_item(&begun, pack, err);
    if (status != HEDUI_OK)
        return status;
    begun->layout = layout;
    hedui_feed_packed *packed = begun->packed;
    packed->source = hedui_arena_copy(pack->arena, hedui_span_of(table->source));
    packed->feed = layout->name;
    packed->title = layout->title;
    packed->charset = layout->charset == HEDUI_CHARSET_UTF8 ? "utf-8" : "gb18030";
    packed->cut_off = find_cut_off(pack, layout, own);
    if (!packed->source.at)
        return hedui_fail_memory(err);
    if (packed->cut_off == HEDUI_DAY_NONE)
        return hedui_fail(err, HEDUI_E2225, hedui_place_none(), HEDUI_ARG_TEXT(table->source));
    status = choose_name(begun, pack, own, err);
    if (status == HEDUI_OK)
        status = choose_paths(begun, pack, err);
    if (status == HEDUI_OK)
        status = hedui_new_file_open(&begun->delivery, packed->path, pack->arena, err);
    if (status == HEDUI_OK)
        *item = begun;
    return status;
}

hedui_status hedui_pack_fault_add(hedui_pack *pack, hedui_pack_item *item, hedui_pack_fault fault,
                                  uint32_t row, const char *place, const hedui_column *column,
                                  hedui_span cell, hedui_err *err)
{
    static const hedui_feed_fault faults[] = {
#define HEDUI_PACK_FAULT(word, refuses, zh, en, remedy_zh, remedy_en)                              \
    {#word, zh, en, remedy_zh, remedy_en, refuses, 0, {"", 0}, {"", 0}, {"", 0}},
#include "feed/pack_fault.def"
#undef HEDUI_PACK_FAULT
    };
    enum { EXCERPT = 64 };
    char excerpt[EXCERPT];
    hedui_feed_packed *packed = item->packed;
    packed->faults_all++;
    packed->refused |= faults[fault].refuses;
    if (packed->fault_count == HEDUI_FEED_PACK_FAULTS)
        return HEDUI_OK;
    hedui_feed_fault *kept = &item->faults[packed->fault_count++];
    *kept = faults[fault];
    kept->row = row;
    kept->place = hedui_arena_copy(pack->arena, hedui_span_of(place));
    if (column)
        kept->column = column->title;
    hedui_mask_excerpt(excerpt, sizeof excerpt, cell, HEDUI_MASK_TEXT);
    kept->excerpt = hedui_arena_copy(pack->arena, hedui_span_of(excerpt));
    return kept->place.at && kept->excerpt.at ? HEDUI_OK : hedui_fail_memory(err);
}

/* The manifest: what the delivery must be found to be, and what it was made of. */
static hedui_status write_manifest(hedui_pack *pack, hedui_pack_item *item, hedui_err *err)
{
    const hedui_feed_packed *packed = item->packed;
    char hex[HEDUI_DIGEST_HEX], day[HEDUI_DATE_TEXT];
    hedui_buffer text;
    hedui_buffer_init(&text);
    hedui_digest_hex(hex, &pack->source_digest);
    hedui_buffer_text(&text, "# hedui feeds pack ");
    hedui_escape_line(&text, packed->source);
    if (packed->sheet.length) {
        hedui_buffer_text(&text, " | ");
        hedui_escape_line(&text, packed->sheet);
    }
    hedui_buffer_format(&text, "\n# SHA-256 %s\nfiles:\n", hex);
    hedui_digest_hex(hex, &item->digest);
    hedui_date_print(day, packed->cut_off);
    hedui_buffer_format(&text, "  - {file: %s, feed: %.*s, rows: %llu, cut_off: %s,\n", item->name,
                        (int)packed->feed.length, packed->feed.at,
                        (unsigned long long)packed->check->records, day);
    hedui_buffer_format(&text, "     sha256: %s}\n", hex);
    hedui_status status = HEDUI_OK;
    if (hedui_buffer_failed(&text))
        status = hedui_fail_memory(err);
    if (status == HEDUI_OK)
        status = hedui_new_file_open(&item->manifest, packed->manifest, pack->arena, err);
    if (status == HEDUI_OK)
        status = hedui_new_file_add(item->manifest, hedui_buffer_span(&text), err);
    if (status == HEDUI_OK)
        status = hedui_new_file_sync(item->manifest, err);
    hedui_buffer_free(&text);
    return status;
}

static int exceeds(uint64_t part, uint64_t whole, int32_t limit)
{
    enum { MILLION = 1000000 };
    return limit >= 0 && part * MILLION > (uint64_t)limit * whole;
}

/* More rejects than the layout's guards would let pass. Where the columns have a limit of their own
 * a night counts what they reject by itself, and so does this: plates that strangers share are no
 * reason to refuse what the night takes. */
static int too_many_rejects(const hedui_layout *layout, const hedui_ledger *ledger)
{
    const hedui_layout_guards *guards = &layout->guards;
    uint64_t columns = guards->fields_refuse >= 0 ? ledger->decoded_rejected : 0;
    return exceeds(ledger->rejected - columns, ledger->records, guards->rejects_refuse) ||
           exceeds(columns, ledger->decoded, guards->fields_refuse);
}

hedui_status hedui_pack_finish(hedui_pack *pack, hedui_pack_item *item, hedui_err *err)
{
    hedui_delivery *delivery = NULL;
    hedui_feed_report *check = NULL;
    hedui_feed_packed *packed = item->packed;
    if (packed->refused)
        return HEDUI_OK;
    hedui_status status = hedui_delivery_survey(&delivery, hedui_new_file_place(item->delivery),
                                                item->layout, NULL, err);
    if (status == HEDUI_OK)
        status = hedui_feed_tell(&check, delivery, pack->arena, err);
    if (status == HEDUI_OK) {
        check->path = packed->path;
        packed->check = check;
        packed->too_many_rejects =
            !check->refusal && too_many_rejects(item->layout, &delivery->ledger);
        packed->refused = check->refusal || packed->too_many_rejects;
        if (memcmp(delivery->digest.bytes, item->digest.bytes, HEDUI_DIGEST_BYTES) != 0)
            status = hedui_fail(err, HEDUI_E2233, hedui_place_none(), HEDUI_ARG_TEXT(item->name));
    }
    hedui_delivery_close(delivery);
    return status || packed->refused ? status : write_manifest(pack, item, err);
}
