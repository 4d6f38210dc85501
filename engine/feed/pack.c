/* From a file to deliveries: everything is written beside the inbox's files under names that no
 * inbox lists, and published only when all tables of the file are sound. */
#include "feed/pack.h"

#include "feed/inflate.h"
#include "feed/manifest.h"
#include "sheet/zip.h"

#include <hedui/file.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 64 * 1024 };

hedui_status hedui_pack_leave_out(hedui_pack *pack, const char *what, hedui_err *err)
{
    if (pack->left_out_count == pack->left_out_room) {
        uint32_t room = pack->left_out_room ? pack->left_out_room * 2 : 16;
        hedui_span *moved = hedui_arena_array(pack->arena, room, sizeof *moved);
        if (!moved)
            return hedui_fail_memory(err);
        if (pack->left_out_count)
            memcpy(moved, pack->left_out, pack->left_out_count * sizeof *moved);
        pack->left_out = moved;
        pack->left_out_room = room;
    }
    hedui_span copy = hedui_arena_copy(pack->arena, hedui_span_of(what));
    if (!copy.at)
        return hedui_fail_memory(err);
    pack->left_out[pack->left_out_count++] = copy;
    return HEDUI_OK;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static hedui_status write_all(int fd, const char *bytes, size_t length, const char *where,
                              hedui_err *err)
{
    while (length) {
        ssize_t put = write(fd, bytes, length);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return hedui_fail(err, HEDUI_E1004, hedui_place_none(), HEDUI_ARG_TEXT(where),
                              HEDUI_ARG_ERRNO(errno));
        bytes += put;
        length -= (size_t)put;
    }
    return HEDUI_OK;
}

/* A gzip file's text, in a file without a name. */
static hedui_status unpack_gzip(int *unpacked, hedui_pack *pack, const hedui_pack_table *table,
                                hedui_err *err)
{
    int fd = -1;
    size_t got = 1;
    uint64_t all = 0;
    char *piece = hedui_arena_take(pack->scratch, PIECE);
    const char *out = pack->options->out;
    if (!piece)
        return hedui_fail_memory(err);
    hedui_inflate *inflate = NULL;
    hedui_status status = hedui_nameless_open(&fd, out, pack->scratch, err);
    if (status == HEDUI_OK && lseek(table->fd, 0, SEEK_SET) != 0)
        status = hedui_fail(err, HEDUI_E1003, hedui_place_none(), HEDUI_ARG_TEXT(table->source),
                            HEDUI_ARG_ERRNO(errno));
    if (status == HEDUI_OK) {
        inflate = hedui_inflate_open(table->fd, table->source, 0, NULL, pack->scratch);
        status = inflate ? HEDUI_OK : hedui_fail_memory(err);
    }
    while (status == HEDUI_OK && got) {
        status = hedui_inflate_read(&got, inflate, piece, PIECE, err);
        if (status == HEDUI_OK)
            status = write_all(fd, piece, got, out, err);
        all += got;
        if (status == HEDUI_OK && all > (uint64_t)HEDUI_ZIP_LARGEST)
            status = hedui_fail(err, HEDUI_E2237, hedui_place_none(), HEDUI_ARG_TEXT(table->source),
                                HEDUI_ARG_NUMBER(HEDUI_ZIP_LARGEST));
    }
    hedui_refusal refusal = inflate ? hedui_inflate_now(inflate).refusal : HEDUI_REFUSAL_none;
    if (status == HEDUI_OK && refusal != HEDUI_REFUSAL_none)
        status = hedui_fail(err, HEDUI_E2232, hedui_place_none(), HEDUI_ARG_TEXT(table->source),
                            HEDUI_ARG_TEXT(hedui_refusal_name(refusal)));
    hedui_inflate_close(inflate);
    if (status != HEDUI_OK && fd >= 0)
        (void)close(fd);
    if (status == HEDUI_OK)
        *unpacked = fd;
    return status;
}

/* A table that is no archive: text, compressed text or what cannot be packed. */
static hedui_status pack_plain(hedui_pack *pack, const hedui_pack_table *table, hedui_err *err)
{
    const char *word;
    hedui_pack_kind kind = hedui_pack_kind_of(&word, table->fd);
    hedui_pack_table inner = *table;
    hedui_status status = hedui_pack_kind_refuse(kind, word, table->fd, table->source, err);
    if (status == HEDUI_OK && kind == HEDUI_PACK_TEXT)
        return hedui_pack_text(pack, table, err);
    if (status == HEDUI_OK)
        status = unpack_gzip(&inner.fd, pack, table, err);
    if (status != HEDUI_OK)
        return status;
    kind = hedui_pack_kind_of(&word, inner.fd);
    if (kind == HEDUI_PACK_GZIP) {
        kind = HEDUI_PACK_OTHER;
        word = "gzip";
    }
    status = hedui_pack_kind_refuse(kind, word, inner.fd, table->source, err);
    if (status == HEDUI_OK)
        status = hedui_pack_text(pack, &inner, err);
    (void)close(inner.fd);
    return status;
}

typedef enum zip_kind { ARCHIVE, WORKBOOK, DOCUMENT, OPEN_DOCUMENT } zip_kind;

static int has(const hedui_zip *zip, const char *name)
{
    return hedui_zip_find(zip, hedui_span_of(name)) != NULL;
}

static zip_kind kind_of_zip(const hedui_zip *zip)
{
    if (has(zip, "mimetype") && has(zip, "content.xml"))
        return OPEN_DOCUMENT;
    if (!has(zip, "[Content_Types].xml"))
        return ARCHIVE;
    return has(zip, "word/document.xml") || has(zip, "ppt/presentation.xml") ? DOCUMENT : WORKBOOK;
}

static hedui_status refuse_zip(zip_kind kind, const char *source, hedui_err *err)
{
    hedui_place none = hedui_place_none();
    if (kind == OPEN_DOCUMENT)
        return hedui_fail(err, HEDUI_E2203, none, HEDUI_ARG_TEXT(source));
    return hedui_fail(err, HEDUI_E2207, none, HEDUI_ARG_TEXT(source), HEDUI_ARG_TEXT("office"));
}

static int ends_in(hedui_span text, const char *end)
{
    size_t length = strlen(end);
    return text.length >= length && memcmp(text.at + text.length - length, end, length) == 0;
}

/* Left by a file manager or by an office program that has the file open. */
static int is_leftover(hedui_span name, const char *base)
{
    static const char folder[] = "__MACOSX/";
    return (name.length >= sizeof folder - 1 && !memcmp(name.at, folder, sizeof folder - 1)) ||
           base[0] == '.' || strncmp(base, "~$", 2) == 0 || strcmp(base, "Thumbs.db") == 0 ||
           strcmp(base, "desktop.ini") == 0;
}

/* An entry's bytes, in a file without a name. */
static hedui_status unpack_entry(int *unpacked, hedui_pack *pack, hedui_zip *zip,
                                 const hedui_zip_entry *entry, hedui_err *err)
{
    int fd = -1;
    size_t got = 1;
    hedui_zip_stream *stream = NULL;
    const char *out = pack->options->out;
    char *piece = hedui_arena_take(pack->scratch, PIECE);
    if (!piece)
        return hedui_fail_memory(err);
    hedui_status status = hedui_nameless_open(&fd, out, pack->scratch, err);
    if (status == HEDUI_OK)
        status = hedui_zip_stream_open(&stream, zip, entry, pack->scratch, err);
    while (status == HEDUI_OK && got) {
        status = hedui_zip_read(&got, stream, piece, PIECE, err);
        if (status == HEDUI_OK)
            status = write_all(fd, piece, got, out, err);
    }
    hedui_zip_stream_close(stream);
    if (status != HEDUI_OK && fd >= 0)
        (void)close(fd);
    if (status == HEDUI_OK)
        *unpacked = fd;
    return status;
}

/* An archive inside an archive is a workbook, or refused. */
static hedui_status pack_inner_zip(hedui_pack *pack, const hedui_pack_table *table, hedui_err *err)
{
    hedui_zip *zip = NULL;
    hedui_status status = hedui_zip_open(&zip, table->fd, table->source, pack->scratch, err);
    if (status != HEDUI_OK)
        return status;
    zip_kind kind = kind_of_zip(zip);
    if (kind == WORKBOOK)
        status = hedui_pack_workbook(pack, table, zip, err);
    else if (kind == DOCUMENT)
        status = hedui_pack_leave_out(pack, table->source, err);
    else
        status = kind == ARCHIVE ? hedui_fail(err, HEDUI_E2214, hedui_place_none(),
                                              HEDUI_ARG_TEXT(table->source))
                                 : refuse_zip(kind, table->source, err);
    hedui_zip_close(zip);
    return status;
}

static hedui_status pack_entry(hedui_pack *pack, hedui_zip *zip, const hedui_zip_entry *entry,
                               const char *archive, hedui_err *err)
{
    const char *word, *base = base_name(entry->name.at);
    hedui_buffer source;
    hedui_pack_table table = {.name = base, .fd = -1, .optional = ends_in(entry->name, ".txt")};
    hedui_buffer_init(&source);
    hedui_buffer_format(&source, "%s: ", archive);
    hedui_buffer_add(&source, entry->name);
    table.source = hedui_arena_copy(pack->arena, hedui_buffer_span(&source)).at;
    hedui_buffer_free(&source);
    if (!table.source)
        return hedui_fail_memory(err);
    if (is_leftover(entry->name, base))
        return hedui_pack_leave_out(pack, table.source, err);
    hedui_arena_mark mark = hedui_arena_here(pack->scratch);
    hedui_status status = unpack_entry(&table.fd, pack, zip, entry, err);
    if (status != HEDUI_OK)
        return status;
    hedui_pack_kind kind = hedui_pack_kind_of(&word, table.fd);
    if (kind == HEDUI_PACK_ZIP)
        status = pack_inner_zip(pack, &table, err);
    else if (kind == HEDUI_PACK_OTHER)
        status = hedui_pack_leave_out(pack, table.source, err);
    else
        status = pack_plain(pack, &table, err);
    (void)close(table.fd);
    hedui_arena_reset(pack->scratch, mark);
    return status;
}

static hedui_status pack_archive(hedui_pack *pack, hedui_zip *zip, const char *archive,
                                 hedui_err *err)
{
    uint32_t count;
    const hedui_zip_entry *entries = hedui_zip_entries(zip, &count);
    hedui_status status = HEDUI_OK;
    if (pack->options->sheet && count == 0)
        return hedui_fail(err, HEDUI_E2234, hedui_place_none(), HEDUI_ARG_TEXT(archive));
    for (uint32_t i = 0; i < count && status == HEDUI_OK; i++)
        if (!entries[i].is_folder)
            status = pack_entry(pack, zip, &entries[i], archive, err);
    if (status == HEDUI_OK && !pack->item_count)
        status = hedui_fail(err, HEDUI_E2215, hedui_place_none(), HEDUI_ARG_TEXT(archive));
    return status;
}

static hedui_status pack_file(hedui_pack *pack, int fd, const char *name, hedui_err *err)
{
    const char *word;
    hedui_zip *zip = NULL;
    hedui_pack_table table = {name, name, fd, 0};
    if (hedui_pack_kind_of(&word, fd) != HEDUI_PACK_ZIP) {
        if (pack->options->sheet && hedui_pack_kind_of(&word, fd) == HEDUI_PACK_TEXT)
            return hedui_fail(err, HEDUI_E2234, hedui_place_none(), HEDUI_ARG_TEXT(name));
        return pack_plain(pack, &table, err);
    }
    hedui_status status = hedui_zip_open(&zip, fd, name, pack->arena, err);
    if (status != HEDUI_OK)
        return status;
    zip_kind kind = kind_of_zip(zip);
    if (kind == WORKBOOK)
        status = hedui_pack_workbook(pack, &table, zip, err);
    else
        status = kind == ARCHIVE ? pack_archive(pack, zip, name, err) : refuse_zip(kind, name, err);
    hedui_zip_close(zip);
    return status;
}

static hedui_status digest_file(hedui_digest *digest, int fd, const char *path, hedui_err *err)
{
    char piece[16 * 1024];
    ssize_t got = 1;
    hedui_digester *digester = hedui_digester_open();
    if (!digester)
        return hedui_fail_memory(err);
    for (off_t at = 0; got; at += got) {
        got = pread(fd, piece, sizeof piece, at);
        if (got < 0)
            break;
        hedui_digester_add(digester, piece, (size_t)got);
    }
    hedui_status status = got < 0 ? hedui_fail(err, HEDUI_E1003, hedui_place_none(),
                                               HEDUI_ARG_TEXT(path), HEDUI_ARG_ERRNO(errno))
                                  : hedui_digester_end(digest, digester, err);
    hedui_digester_close(digester);
    return status;
}

/* A delivery named by two manifests would stop the night: another manifest may not name ours. */
static hedui_status check_manifests(const hedui_pack *pack, hedui_err *err)
{
    const char *const *names;
    size_t count;
    hedui_status status = hedui_folder_list(&names, &count, pack->options->out, pack->arena, err);
    for (size_t i = 0; i < count && status == HEDUI_OK; i++) {
        const hedui_manifest *manifest = NULL;
        const char *path = hedui_path_join(pack->options->out, names[i], pack->arena);
        int own = 0;
        if (!path)
            return hedui_fail_memory(err);
        for (uint32_t k = 0; k < pack->item_count && !own; k++)
            own = strcmp(path, pack->items[k].packed->manifest) == 0;
        if (own || !ends_in(hedui_span_of(names[i]), "manifest.yaml") ||
            hedui_manifest_load(&manifest, path, pack->arena, NULL) != HEDUI_OK)
            continue; /* a bad manifest is the night's to tell */
        for (uint32_t k = 0; k < pack->item_count; k++)
            for (uint32_t f = 0; f < manifest->file_count && status == HEDUI_OK; f++)
                if (hedui_span_is(manifest->files[f].file, pack->items[k].name))
                    status = hedui_fail(err, HEDUI_E2035,
                                        hedui_place_at(path, manifest->files[f].line, 0),
                                        HEDUI_ARG_TEXT(pack->items[k].name));
    }
    return status;
}

/* Deliveries before manifests: a manifest without its file stops a night, a sound delivery without
 * its manifest does not. */
static hedui_status publish(hedui_pack *pack, hedui_err *err)
{
    int replace = pack->options->replace;
    hedui_status status = check_manifests(pack, err);
    for (uint32_t i = 0; i < pack->item_count && status == HEDUI_OK; i++) {
        if (replace && hedui_file_exists(pack->items[i].packed->manifest))
            (void)unlink(pack->items[i].packed->manifest); /* speaks of the file that now goes */
        status = hedui_new_file_publish(pack->items[i].delivery, replace, err);
        if (status == HEDUI_OK)
            status = hedui_new_file_publish(pack->items[i].manifest, replace, err);
    }
    return status;
}

static hedui_status report_on(const hedui_feed_pack_report **report, hedui_pack *pack,
                              hedui_err *err)
{
    hedui_feed_pack_report *told = hedui_arena_take(pack->arena, sizeof *told);
    hedui_feed_packed *packed = hedui_arena_array(pack->arena, pack->item_count, sizeof *packed);
    if (!told || !packed)
        return hedui_fail_memory(err);
    for (uint32_t i = 0; i < pack->item_count; i++) {
        packed[i] = *pack->items[i].packed;
        told->refused |= packed[i].refused;
    }
    told->packed = packed;
    told->packed_count = pack->item_count;
    told->left_out = pack->left_out;
    told->left_out_count = pack->left_out_count;
    *report = told;
    return HEDUI_OK;
}

static hedui_status check_unchanged(int fd, const struct stat *before, const char *path,
                                    hedui_err *err)
{
    struct stat after;
    if (fstat(fd, &after) == 0 && after.st_size == before->st_size &&
        after.st_mtim.tv_sec == before->st_mtim.tv_sec &&
        after.st_mtim.tv_nsec == before->st_mtim.tv_nsec)
        return HEDUI_OK;
    return hedui_fail(err, HEDUI_E2233, hedui_place_none(), HEDUI_ARG_TEXT(path));
}

static hedui_status pack_open(const hedui_feed_pack_report **report, hedui_pack *pack, int fd,
                              const char *path, hedui_err *err)
{
    struct stat before;
    int known = fstat(fd, &before) == 0;
    if (!known || !S_ISREG(before.st_mode))
        return hedui_fail(err, HEDUI_E1003, hedui_place_none(), HEDUI_ARG_TEXT(path),
                          HEDUI_ARG_ERRNO(known ? EISDIR : errno));
    const hedui_feed_pack_report *told = NULL;
    hedui_status status = digest_file(&pack->source_digest, fd, path, err);
    if (status == HEDUI_OK)
        status = pack_file(pack, fd, base_name(path), err);
    if (status == HEDUI_OK)
        status = check_unchanged(fd, &before, path, err);
    if (status == HEDUI_OK)
        status = report_on(&told, pack, err);
    if (status == HEDUI_OK && !told->refused && !pack->options->rehearse)
        status = publish(pack, err);
    if (status == HEDUI_OK)
        *report = told;
    return status;
}

hedui_status hedui_feed_pack(const hedui_feed_pack_report **report, const char *path,
                             const hedui_feed_pack_options *options, const char *const *folders,
                             size_t folder_count, hedui_arena *arena, hedui_err *err)
{
    hedui_pack pack = {.options = options, .arena = arena};
    hedui_status status =
        hedui_layouts_load(&pack.layouts, folders, folder_count, arena, NULL, err);
    if (status != HEDUI_OK)
        return status;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return hedui_fail(err, HEDUI_E1002, hedui_place_none(), HEDUI_ARG_TEXT(path),
                          HEDUI_ARG_ERRNO(errno));
    pack.scratch = hedui_arena_open(0);
    pack.items = hedui_arena_array(arena, HEDUI_ZIP_ENTRIES, sizeof *pack.items);
    if (pack.scratch && pack.items)
        status = pack_open(report, &pack, fd, path, err);
    else
        status = hedui_fail_memory(err);
    for (uint32_t i = 0; i < pack.item_count; i++) {
        hedui_new_file_close(pack.items[i].delivery);
        hedui_new_file_close(pack.items[i].manifest);
    }
    hedui_arena_close(pack.scratch);
    (void)close(fd);
    return status;
}
