/* One delivery from path to facts. The scan runs while the file is still being inflated, so facts
 * exist before the last check of the container; they are dropped if any check fails, and nobody has
 * seen them by then. */
#include "feed/delivery.h"

#include "base/invariant.h"
#include "base/new_file.h"
#include "feed/footer.h"
#include "feed/scan.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Packed chunks are tens of KiB: in larger blocks less is left over behind the last. */
enum { FACT_BLOCK = 1 << 20 };

static const hedui_scan_options defaults;

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static const char *spill_folder(const hedui_scan_options *options)
{
    const char *folder = options->spill_folder ? options->spill_folder : getenv("TMPDIR");
    return folder && folder[0] ? folder : "/tmp";
}

static hedui_delivery *open_delivery(const char *path, const hedui_layout *layout,
                                     const hedui_scan_options *options)
{
    hedui_arena *arena = hedui_arena_open(0);
    hedui_delivery *delivery = arena ? hedui_arena_take(arena, sizeof *delivery) : NULL;
    if (!delivery) {
        hedui_arena_close(arena);
        return NULL;
    }
    delivery->arena = arena;
    delivery->fact_arena = hedui_arena_open(FACT_BLOCK);
    delivery->rejects =
        hedui_rejects_open(spill_folder(options), options->reading.reject_keep, arena);
    if (!delivery->fact_arena || !delivery->rejects)
        goto failed;
    delivery->path = hedui_arena_copy(delivery->arena, hedui_span_of(path)).at;
    delivery->facts = hedui_facts_open(layout, delivery->fact_arena);
    uint8_t *has = hedui_arena_take(delivery->arena, layout->column_count);
    if (!delivery->path || !delivery->facts || !has)
        goto failed;
    delivery->has_column = has;
    delivery->name = base_name(delivery->path);
    delivery->layout = layout;
    /* a delta's name has its own pattern, which no full delivery's name fits */
    delivery->cut_off = HEDUI_DAY_NONE;
    if (layout->delta_pattern.length)
        delivery->cut_off = hedui_cut_off_of(layout->delta_pattern, hedui_span_of(delivery->name));
    if (delivery->cut_off == HEDUI_DAY_NONE)
        delivery->cut_off =
            hedui_cut_off_of(layout->cut_off_pattern, hedui_span_of(delivery->name));
    if (options->promise && options->promise->cut_off != HEDUI_DAY_NONE)
        delivery->cut_off = options->promise->cut_off;
    return delivery;
failed:
    hedui_delivery_close(delivery);
    return NULL;
}

static void close_scan(hedui_scan *scan)
{
    if (!scan)
        return;
    hedui_share_close(scan->share);
    hedui_inflate_close(scan->inflate);
    hedui_reader_close(&scan->reader);
    hedui_seen_close(&scan->seen);
    hedui_arena_close(scan->fact_scratch);
    hedui_arena_close(scan->arena);
}

static const hedui_column_count no_values = {.least = 1}; /* above `most` */

/* How many codes a column can have; 0: it is of another kind. */
static uint32_t codes_of(const hedui_column *column)
{
    if (column->type == HEDUI_COLUMN_CODE || column->type == HEDUI_COLUMN_CODES)
        return column->list->count;
    return column->type == HEDUI_COLUMN_YES_NO ? 2 : 0;
}

/* Counters by column; the codes of a list are few, whatever the length of the file. */
static uint64_t **open_codes(const hedui_layout *layout, hedui_arena *arena)
{
    uint64_t **codes = hedui_arena_array(arena, layout->column_count, sizeof *codes);
    for (uint32_t c = 0; codes && c < layout->column_count; c++) {
        uint32_t count = codes_of(&layout->columns[c]);
        if (!count)
            continue;
        codes[c] = hedui_arena_array(arena, count, sizeof *codes[c]);
        if (!codes[c])
            return NULL;
    }
    return codes;
}

static hedui_scan *open_scan(hedui_delivery *delivery, int fd, const hedui_scan_options *options)
{
    hedui_arena *arena = hedui_arena_open(0);
    hedui_scan *scan = arena ? hedui_arena_take(arena, sizeof *scan) : NULL;
    if (!scan) {
        hedui_arena_close(arena);
        return NULL;
    }
    scan->arena = arena;
    const hedui_reading *reading = &options->reading;
    const hedui_layout *layout = delivery->layout;
    uint32_t columns = layout->column_count;
    scan->delivery = delivery;
    scan->layout = layout;
    scan->chain = options->chain;
    scan->watch = options->watch;
    scan->stop = options->stop;
    scan->crew = options->crew;
    scan->always_share = reading->always_share;
    scan->fact_scratch = hedui_arena_open(0);
    scan->inflate =
        hedui_inflate_open(fd, delivery->path, reading->input_size, reading->inflate, arena);
    scan->counts = hedui_arena_array(delivery->arena, columns, sizeof *scan->counts);
    scan->codes = open_codes(layout, delivery->arena);
    if (!scan->fact_scratch || !scan->inflate || !scan->counts || !scan->codes ||
        !hedui_block_init(&scan->block, scan->inflate, reading->block_size, arena) ||
        !hedui_facts_pack(delivery->facts, scan->fact_scratch) ||
        !hedui_reader_open(&scan->reader, layout, &scan->header, options->matcher)) {
        close_scan(scan);
        return NULL;
    }
    for (uint32_t c = 0; c < columns; c++)
        scan->counts[c] = no_values;
    scan->no_columns = delivery->has_column;
    delivery->columns = scan->counts;
    delivery->codes = scan->codes;
    return scan;
}

static void refuse(hedui_delivery *delivery, hedui_refusal refusal)
{
    if (delivery->refusal == HEDUI_REFUSAL_none)
        delivery->refusal = refusal;
}

/* Whether the bytes of the rows speak for another character set than the layout's. */
static void check_charset(hedui_scan *scan)
{
    enum { SOME = 10 };
    int utf8 = scan->layout->charset == HEDUI_CHARSET_UTF8;
    uint64_t ours = utf8 ? scan->utf8_rows : scan->other_rows;
    uint64_t theirs = utf8 ? scan->other_rows : scan->utf8_rows;
    if (ours || theirs < SOME || scan->delivery->refusal != HEDUI_REFUSAL_none)
        return;
    scan->delivery->refusal = HEDUI_REFUSAL_charset;
    scan->delivery->refusal_detail = hedui_span_of(utf8 ? "gb18030" : "utf-8");
}

/* What the file says of its own length. */
static hedui_status check_footers(hedui_scan *scan, hedui_err *err)
{
    hedui_delivery *delivery = scan->delivery;
    for (uint32_t i = 0; i < scan->footer_count; i++) {
        int64_t says = scan->footer_says[i];
        char both[48];
        hedui_span text = {scan->footers[i].excerpt, strlen(scan->footers[i].excerpt)};
        if (says == HEDUI_FOOTER_UNREADABLE) {
            delivery->footer_unread = hedui_arena_copy(delivery->arena, text);
            if (!delivery->footer_unread.at)
                return hedui_fail_memory(err);
        }
        if (says < 0 || (uint64_t)says == scan->ledger.records ||
            delivery->refusal != HEDUI_REFUSAL_none)
            continue;
        (void)snprintf(both, sizeof both, "%lld / %llu", (long long)says,
                       (unsigned long long)scan->ledger.records);
        delivery->refusal = HEDUI_REFUSAL_footer_rows;
        delivery->refusal_line = scan->footers[i].line;
        delivery->refusal_detail = hedui_arena_copy(delivery->arena, hedui_span_of(both));
        if (!delivery->refusal_detail.at)
            return hedui_fail_memory(err);
    }
    return HEDUI_OK;
}

static void check_promise(hedui_delivery *delivery, const hedui_promise *promise)
{
    if (!promise)
        return;
    if (promise->has_digest &&
        memcmp(promise->digest.bytes, delivery->digest.bytes, HEDUI_DIGEST_BYTES) != 0)
        refuse(delivery, HEDUI_REFUSAL_manifest_digest);
    if (promise->has_rows && promise->rows != delivery->ledger.records)
        refuse(delivery, HEDUI_REFUSAL_manifest_rows);
}

static int was_changed(int fd, const struct stat *before, uint64_t read)
{
    struct stat after;
    return fstat(fd, &after) != 0 || after.st_size != before->st_size ||
           after.st_mtim.tv_sec != before->st_mtim.tv_sec ||
           after.st_mtim.tv_nsec != before->st_mtim.tv_nsec ||
           (S_ISREG(after.st_mode) && read != (uint64_t)after.st_size);
}

/* How far one came in a broken container hangs on the buffers and on the library that inflates, and
 * nothing vouches for what was read: nothing is said of the text. */
static void forget_text(hedui_scan *scan)
{
    hedui_delivery *delivery = scan->delivery;
    memset(&scan->ledger, 0, sizeof scan->ledger);
    for (uint32_t c = 0; c < scan->layout->column_count; c++) {
        uint32_t codes = codes_of(&scan->layout->columns[c]);
        scan->counts[c] = no_values;
        if (codes)
            memset(scan->codes[c], 0, codes * sizeof *scan->codes[c]);
    }
    scan->footer_count = 0;
    hedui_rejects_drop(delivery->rejects);
    delivery->rejected_person_count = 0;
    delivery->extra_column_count = 0;
    delivery->has_column = scan->no_columns;
    delivery->refusal_line = 0;
    delivery->refusal_detail = hedui_span_of(NULL);
}

/* What can only be said at the end. */
static hedui_status finish(hedui_scan *scan, int fd, const struct stat *before,
                           const hedui_promise *promise, hedui_err *err)
{
    hedui_delivery *delivery = scan->delivery;
    hedui_status status = hedui_inflate_digest(&delivery->digest, scan->inflate, err);
    if (status != HEDUI_OK)
        return status;
    hedui_inflate_state state = hedui_inflate_now(scan->inflate);
    delivery->size = state.compressed;
    if (state.refusal != HEDUI_REFUSAL_none) { /* the container stands before its content */
        forget_text(scan);
        delivery->refusal = state.refusal;
        delivery->refusal_offset = state.refusal_offset;
    } else {
        delivery->crc = state.crc;
        delivery->content_length = state.length;
        if (state.length == 0)
            delivery->refusal = HEDUI_REFUSAL_empty;
    }
    delivery->ledger = scan->ledger;
    check_charset(scan);
    if (was_changed(fd, before, state.compressed))
        refuse(delivery, HEDUI_REFUSAL_changed);
    check_promise(delivery, promise);
    status = check_footers(scan, err);
    if (status != HEDUI_OK)
        return status;
    if (delivery->ledger.records && delivery->ledger.rejected == delivery->ledger.records)
        refuse(delivery, HEDUI_REFUSAL_all_rejected);
    if (delivery->refusal != HEDUI_REFUSAL_none)
        hedui_delivery_drop_facts(delivery);
    else if (!hedui_facts_finish(delivery->facts))
        return hedui_fail_memory(err);
    return HEDUI_OK;
}

/* Read the file behind `fd` from its beginning; `path` is what it is called. */
static hedui_status scan_file(hedui_delivery **delivery, int fd, const char *path,
                              const hedui_layout *layout, const hedui_scan_options *options,
                              hedui_doubles *doubles, hedui_err *err)
{
    struct stat before;
    if (fstat(fd, &before) != 0)
        return hedui_fail(err, HEDUI_E1003, hedui_place_none(), HEDUI_ARG_TEXT(path),
                          HEDUI_ARG_ERRNO(errno));
    hedui_delivery *opened = open_delivery(path, layout, options);
    hedui_scan *scan = opened ? open_scan(opened, fd, options) : NULL;
    hedui_status status = HEDUI_OK;
    if (!scan) {
        status = hedui_fail_memory(err);
        goto done;
    }
    scan->doubles = doubles;
    status = hedui_scan_run(scan, err);
    if (status == HEDUI_OK)
        status = finish(scan, fd, &before, options->promise, err);
    if (status != HEDUI_OK)
        goto done;
    *delivery = opened;
    opened = NULL; /* handed to the caller */
done:
    close_scan(scan);
    hedui_delivery_close(opened);
    return status;
}

static hedui_status open_file(int *fd, const char *path, hedui_err *err)
{
    *fd = open(path, O_RDONLY | O_CLOEXEC);
    return *fd >= 0 ? HEDUI_OK
                    : hedui_fail(err, HEDUI_E1002, hedui_place_none(), HEDUI_ARG_TEXT(path),
                                 HEDUI_ARG_ERRNO(errno));
}

hedui_status hedui_delivery_scan(hedui_delivery **delivery, const char *path,
                                 const hedui_layout *layout, const hedui_scan_options *options,
                                 hedui_err *err)
{
    int fd;
    hedui_status status = open_file(&fd, path, err);
    if (status != HEDUI_OK)
        return status;
    status = scan_file(delivery, fd, path, layout, options ? options : &defaults, NULL, err);
    (void)close(fd);
    return status;
}

static hedui_status write_piece(int fd, const char *piece, ssize_t length, const char *folder,
                                hedui_err *err)
{
    while (length) {
        ssize_t put = write(fd, piece, (size_t)length);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return hedui_fail(err, HEDUI_E1004, hedui_place_none(), HEDUI_ARG_TEXT(folder),
                              HEDUI_ARG_ERRNO(errno));
        piece += put;
        length -= put;
    }
    return HEDUI_OK;
}

/* Put a file that can be read once only in the place of `fd` as one that can be read again. */
static hedui_status keep_pipe(int *fd, const char *path, const char *folder, hedui_arena *arena,
                              hedui_err *err)
{
    enum { PIECE = 1 << 16 };
    int copy;
    ssize_t got;
    char *piece = hedui_arena_take(arena, PIECE);
    hedui_status status =
        piece ? hedui_nameless_open(&copy, folder, arena, err) : hedui_fail_memory(err);
    if (status != HEDUI_OK)
        return status;
    while (status == HEDUI_OK && (got = read(*fd, piece, PIECE)) != 0) {
        if (got > 0)
            status = write_piece(copy, piece, got, folder, err);
        else if (errno != EINTR)
            status = hedui_fail(err, HEDUI_E1003, hedui_place_none(), HEDUI_ARG_TEXT(path),
                                HEDUI_ARG_ERRNO(errno));
    }
    (void)close(status == HEDUI_OK ? *fd : copy);
    if (status == HEDUI_OK)
        *fd = copy;
    return status;
}

static hedui_status rewind_file(int fd, const char *path, hedui_err *err)
{
    return lseek(fd, 0, SEEK_SET) == 0 ? HEDUI_OK
                                       : hedui_fail(err, HEDUI_E1003, hedui_place_none(),
                                                    HEDUI_ARG_TEXT(path), HEDUI_ARG_ERRNO(errno));
}

/* Read once to collect and, if rows are double, again to tell. */
static hedui_status survey(hedui_delivery **delivery, int fd, const char *path,
                           const hedui_layout *layout, const hedui_scan_options *options,
                           hedui_doubles *doubles, hedui_err *err)
{
    uint64_t count = 0;
    hedui_digest digest;
    hedui_delivery *read = NULL;
    hedui_status status = rewind_file(fd, path, err);
    if (status == HEDUI_OK)
        status = scan_file(&read, fd, path, layout, options, doubles, err);
    if (status == HEDUI_OK)
        status = hedui_doubles_settle(&count, doubles, err);
    if (status != HEDUI_OK || !count)
        goto done;
    digest = read->digest;
    hedui_delivery_close(read);
    read = NULL;
    status = rewind_file(fd, path, err);
    if (status == HEDUI_OK)
        status = scan_file(&read, fd, path, layout, options, doubles, err);
    if (status == HEDUI_OK && memcmp(&digest, &read->digest, sizeof digest) != 0)
        refuse(read, HEDUI_REFUSAL_changed);
done:
    if (status == HEDUI_OK)
        *delivery = read;
    else
        hedui_delivery_close(read);
    return status;
}

hedui_status hedui_delivery_survey(hedui_delivery **delivery, const char *path,
                                   const hedui_layout *layout, const hedui_scan_options *options,
                                   hedui_err *err)
{
    int fd;
    hedui_doubles *doubles = NULL;
    if (!options)
        options = &defaults;
    HEDUI_INVARIANT(!options->matcher && !options->chain);
    hedui_status status = open_file(&fd, path, err);
    if (status != HEDUI_OK)
        return status;
    const char *folder = spill_folder(options);
    hedui_arena *arena = hedui_arena_open(0);
    status =
        arena ? hedui_doubles_open(&doubles, layout, folder, arena, err) : hedui_fail_memory(err);
    if (status == HEDUI_OK && lseek(fd, 0, SEEK_CUR) < 0 && errno == ESPIPE)
        status = keep_pipe(&fd, path, folder, arena, err);
    if (status == HEDUI_OK)
        status = survey(delivery, fd, path, layout, options, doubles, err);
    hedui_doubles_close(doubles);
    hedui_arena_close(arena);
    (void)close(fd);
    return status;
}

void hedui_delivery_drop_facts(hedui_delivery *delivery)
{
    hedui_arena_close(delivery->fact_arena);
    delivery->fact_arena = NULL;
    delivery->no_facts.layout = delivery->layout;
    delivery->facts = &delivery->no_facts;
}

void hedui_delivery_close(hedui_delivery *delivery)
{
    if (!delivery)
        return;
    hedui_rejects_close(delivery->rejects);
    hedui_arena_close(delivery->fact_arena);
    hedui_arena_close(delivery->arena); /* which holds the delivery itself */
}
