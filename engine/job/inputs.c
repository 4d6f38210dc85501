/* The listing is the run's one input of this kind; what it names is checked against it whenever it
 * is laid out again. Files are few and small: they are held whole. */
#include "job/inputs.h"

#include "base/new_file.h"

#include <hedui/buffer.h>
#include <hedui/file.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LARGEST = 1 << 24, NAME_LENGTH = 512, MOST_FILES = 4096, TOGETHER = 128 };

static const char listing_name[] = "listing";

typedef struct reading {
    hedui_job_input *files;
    uint32_t count;
    hedui_arena *arena;
    hedui_err *err;
} reading;

/* A name that stands on one line of a listing and stays below the folder it is laid out in. */
static int is_plain(hedui_span name)
{
    size_t part = 0;
    if (!name.length || name.length >= NAME_LENGTH)
        return 0;
    for (size_t i = 0; i <= name.length; i++) {
        if (i < name.length && ((unsigned char)name.at[i] < 0x20 || name.at[i] == 0x7F))
            return 0;
        if (i < name.length && name.at[i] != '/')
            continue;
        hedui_span piece = {name.at + part, i - part};
        if (!piece.length || hedui_span_is(piece, ".") || hedui_span_is(piece, ".."))
            return 0;
        part = i + 1;
    }
    return 1;
}

static hedui_status add_bytes(reading *r, const char *name, hedui_span bytes)
{
    if (!is_plain(hedui_span_of(name)))
        return hedui_fail(r->err, HEDUI_E8024, hedui_place_none(), HEDUI_ARG_TEXT(name));
    if (r->count == MOST_FILES)
        return hedui_fail(r->err, HEDUI_E8025, hedui_place_none(), HEDUI_ARG_NUMBER(MOST_FILES));
    hedui_span copy = hedui_arena_copy(r->arena, hedui_span_of(name));
    if (!copy.at)
        return hedui_fail_memory(r->err);
    hedui_job_input *file = &r->files[r->count++];
    file->name = copy.at;
    file->bytes = bytes;
    return hedui_digest_of(&file->digest, bytes, r->err);
}

static hedui_status add_file(reading *r, const char *name, const char *path)
{
    hedui_span bytes;
    hedui_status status = hedui_file_read(&bytes, path, LARGEST, r->arena, r->err);
    return status ? status : add_bytes(r, name, bytes);
}

static int ends_with(const char *name, const char *ending)
{
    size_t length = strlen(name), tail = strlen(ending);
    return length >= tail && strcmp(name + length - tail, ending) == 0;
}

/* The files of a folder that end so, under `as`/; a folder that is not there has none. */
static hedui_status add_folder(reading *r, const char *as, const char *folder, const char *ending)
{
    const char *const *names = NULL;
    size_t count = 0;
    char name[NAME_LENGTH];
    if (!folder)
        return hedui_fail_memory(r->err);
    if (!hedui_file_exists(folder))
        return HEDUI_OK;
    hedui_status status = hedui_folder_list(&names, &count, folder, r->arena, r->err);
    for (size_t i = 0; i < count && !status; i++) {
        if (!ends_with(names[i], ending))
            continue;
        const char *path = hedui_path_join(folder, names[i], r->arena);
        int length = snprintf(name, sizeof name, "%s/%s", as, names[i]);
        if (!path || length < 0)
            status = hedui_fail_memory(r->err);
        else if ((size_t)length >= sizeof name)
            status = hedui_fail(r->err, HEDUI_E8024, hedui_place_none(), HEDUI_ARG_TEXT(path));
        else
            status = add_file(r, name, path);
    }
    return status;
}

/* A pack by its folder, which names it. */
static hedui_status add_pack(reading *r, const char *folder)
{
    char as[NAME_LENGTH];
    int length;
    size_t end = strlen(folder), start;
    while (end && folder[end - 1] == '/')
        end--;
    for (start = end; start && folder[start - 1] != '/';)
        start--;
    length = snprintf(as, sizeof as, "rules/packs/%.*s", (int)(end - start), folder + start);
    if (length < 0 || (size_t)length >= sizeof as)
        return hedui_fail(r->err, HEDUI_E8024, hedui_place_none(), HEDUI_ARG_TEXT(folder));
    return add_folder(r, as, folder, ".yaml");
}

static hedui_status add_packs(reading *r, const hedui_workspace *workspace,
                              const hedui_pack *const *packs, uint32_t count)
{
    hedui_status status = HEDUI_OK;
    for (uint32_t i = 0; !packs && i < workspace->pack_count && !status; i++)
        status = add_pack(r, workspace->pack_folders[i]);
    for (uint32_t i = 0; packs && i < count && !status; i++) {
        hedui_span file = hedui_arena_copy(r->arena, hedui_span_of(packs[i]->yaml->file));
        size_t length = file.length - (sizeof "/pack.yaml" - 1);
        char *folder = hedui_arena_take(r->arena, length + 1);
        if (!folder)
            return hedui_fail_memory(r->err);
        memcpy(folder, file.at, length);
        status = add_pack(r, folder);
    }
    return status;
}

static int by_name(const void *a, const void *b)
{
    const hedui_job_input *x = a, *y = b;
    return strcmp(x->name, y->name);
}

static hedui_status list(hedui_job_inputs *inputs, reading *r)
{
    hedui_buffer text;
    char hex[HEDUI_DIGEST_HEX];
    hedui_buffer_init(&text);
    qsort(r->files, r->count, sizeof *r->files, by_name);
    for (uint32_t i = 0; i < r->count; i++) {
        hedui_digest_hex(hex, &r->files[i].digest);
        hedui_buffer_format(&text, "%s  %s\n", hex, r->files[i].name);
    }
    inputs->files = r->files;
    inputs->count = r->count;
    inputs->listing = hedui_arena_copy(r->arena, hedui_buffer_span(&text));
    int failed = hedui_buffer_failed(&text) || !inputs->listing.at;
    hedui_buffer_free(&text);
    return failed ? hedui_fail_memory(r->err)
                  : hedui_digest_of(&inputs->digest, inputs->listing, r->err);
}

hedui_status hedui_job_inputs_read(hedui_job_inputs *inputs, const hedui_workspace *workspace,
                                   const hedui_pack *const *packs, uint32_t pack_count,
                                   const hedui_span *prior, const hedui_span *households,
                                   hedui_arena *arena, hedui_err *err)
{
    reading r = {.arena = arena, .err = err};
    hedui_job_inputs made = {0};
    char as[NAME_LENGTH];
    r.files = hedui_arena_array(arena, MOST_FILES, sizeof *r.files);
    if (!r.files)
        return hedui_fail_memory(err);
    hedui_status status = add_file(&r, "hedui.yaml", workspace->file);
    if (!status)
        status = add_file(&r, "areas.csv", workspace->areas);
    if (!status && prior)
        status = add_bytes(&r, "prior.tsv", *prior);
    if (!status && households)
        status = add_bytes(&r, HEDUI_JOB_HOUSEHOLDS, *households);
    if (!status)
        status = add_folder(&r, "inbox", workspace->inbox, ".manifest.yaml");
    for (uint32_t i = 0; i < workspace->feed_folder_count && !status; i++) {
        const char *folder = workspace->feed_folders[i];
        (void)snprintf(as, sizeof as, "feeds/%u", (unsigned)i);
        status = add_folder(&r, as, folder, ".yaml");
        (void)snprintf(as, sizeof as, "feeds/%u/codes", (unsigned)i);
        if (!status)
            status = add_folder(&r, as, hedui_path_join(folder, "codes", arena), ".yaml");
    }
    if (!status)
        status = add_packs(&r, workspace, packs, pack_count);
    if (!status)
        status = list(&made, &r);
    if (!status)
        *inputs = made;
    return status;
}

const hedui_job_input *hedui_job_inputs_find(const hedui_job_inputs *inputs, const char *name)
{
    const hedui_job_input key = {.name = name};
    return inputs->count ? bsearch(&key, inputs->files, inputs->count, sizeof key, by_name) : NULL;
}

hedui_status hedui_job_inputs_same(const hedui_job_inputs *before, const hedui_job_inputs *now,
                                   hedui_err *err)
{
    for (uint32_t i = 0; i < before->count; i++) {
        const hedui_job_input *was = &before->files[i];
        const hedui_job_input *is = hedui_job_inputs_find(now, was->name);
        if (!is || memcmp(&is->digest, &was->digest, sizeof is->digest) != 0)
            return hedui_fail(err, HEDUI_E8022, hedui_place_none(), HEDUI_ARG_TEXT(was->name));
    }
    return HEDUI_OK;
}

/* --- the archive ------------------------------------------------------------------------------ */

static const char *path_of(const char *archive, const hedui_digest *digest, const char *ending,
                           hedui_arena *arena)
{
    char name[HEDUI_DIGEST_HEX + 16];
    hedui_digest_hex(name, digest);
    (void)snprintf(name + HEDUI_DIGEST_HEX - 1, 17, ".%s", ending);
    return hedui_path_join(archive, name, arena);
}

/* Written, not yet durable. What the archive has is left out: `file` stays as it is. */
static hedui_status write_input(hedui_new_file **file, const char *archive,
                                const hedui_job_input *input, hedui_arena *arena, hedui_err *err)
{
    const char *path = path_of(archive, &input->digest, "input", arena);
    if (!path)
        return hedui_fail_memory(err);
    if (hedui_file_exists(path))
        return HEDUI_OK;
    hedui_status status = hedui_new_file_open(file, path, arena, err);
    return status ? status : hedui_new_file_add(*file, input->bytes, err);
}

/* All are written before the first is synced: one commit of the file system serves most of them. */
static hedui_status keep_some(const char *archive, const hedui_job_input *inputs, uint32_t count,
                              hedui_arena *arena, hedui_err *err)
{
    hedui_new_file *files[TOGETHER] = {NULL};
    hedui_status status = HEDUI_OK;
    for (uint32_t i = 0; i < count && !status; i++)
        status = write_input(&files[i], archive, &inputs[i], arena, err);
    for (uint32_t i = 0; i < count && !status; i++)
        if (files[i])
            status = hedui_new_file_sync(files[i], err);
    for (uint32_t i = 0; i < count && !status; i++)
        if (files[i])
            status = hedui_new_file_name(files[i], 1, err);
    for (uint32_t i = 0; i < count; i++)
        hedui_new_file_close(files[i]);
    return status;
}

hedui_status hedui_job_inputs_keep(const char *archive, const hedui_job_inputs *inputs,
                                   hedui_arena *arena, hedui_err *err)
{
    hedui_status status = hedui_folder_make(archive, err);
    for (uint32_t i = 0; i < inputs->count && !status; i += TOGETHER) {
        uint32_t left = inputs->count - i;
        status =
            keep_some(archive, inputs->files + i, left < TOGETHER ? left : TOGETHER, arena, err);
    }
    if (!status)
        status = hedui_folder_sync(archive, err);
    /* last: a listing stands only where all that it names does */
    const char *path = path_of(archive, &inputs->digest, listing_name, arena);
    if (!status && !path)
        status = hedui_fail_memory(err);
    if (status || hedui_file_exists(path))
        return status;
    return hedui_file_replace(path, inputs->listing, err);
}

/* --- laying out ------------------------------------------------------------------------------- */

static hedui_status fetch(hedui_span *bytes, const char *archive, const hedui_digest *digest,
                          const char *ending, hedui_arena *arena, hedui_err *err)
{
    hedui_digest found;
    const char *path = path_of(archive, digest, ending, arena);
    if (!path)
        return hedui_fail_memory(err);
    if (!hedui_file_exists(path))
        return hedui_fail(err, HEDUI_E8020, hedui_place_none(), HEDUI_ARG_TEXT(path));
    hedui_status status = hedui_file_read(bytes, path, LARGEST, arena, err);
    if (!status)
        status = hedui_digest_of(&found, *bytes, err);
    if (!status && memcmp(&found, digest, sizeof found) != 0)
        status = hedui_fail(err, HEDUI_E8021, hedui_place_none(), HEDUI_ARG_TEXT(path));
    return status;
}

static hedui_status lay_one(const char *folder, hedui_span name, hedui_span bytes,
                            hedui_arena *arena, hedui_err *err)
{
    char above[NAME_LENGTH];
    hedui_span copy = hedui_arena_copy(arena, name);
    const char *path = copy.at ? hedui_path_join(folder, copy.at, arena) : NULL;
    if (!path || (size_t)snprintf(above, sizeof above, "%s", copy.at) >= sizeof above)
        return hedui_fail_memory(err);
    char *slash = strrchr(above, '/');
    if (slash) {
        *slash = '\0';
        const char *parent = hedui_path_join(folder, above, arena);
        hedui_status status = parent ? hedui_folder_make(parent, err) : hedui_fail_memory(err);
        if (status)
            return status;
    }
    return hedui_file_replace(path, bytes, err);
}

typedef struct laying {
    const char *folder, *archive;
    hedui_arena *arena;
    hedui_err *err;
    hedui_span prior;
    uint32_t feed_folders;
} laying;

/* One more than the number in feeds/<number>/..., 0 for other names. */
static uint32_t feed_folder(hedui_span name)
{
    static const char start[] = "feeds/";
    uint32_t n = 0;
    size_t i = sizeof start - 1;
    if (name.length <= i || memcmp(name.at, start, i) != 0)
        return 0;
    for (; i < name.length && name.at[i] >= '0' && name.at[i] <= '9' && n < MOST_FILES; i++)
        n = n * 10 + (uint32_t)(name.at[i] - '0');
    return i < name.length && name.at[i] == '/' && n < MOST_FILES ? n + 1 : 0;
}

/* The first line of a listing's rest, which is cut off. */
static hedui_status next_line(hedui_digest *digest, hedui_span *name, hedui_span *rest,
                              hedui_err *err)
{
    const char *end = memchr(rest->at, '\n', rest->length);
    hedui_span line = {rest->at, end ? (size_t)(end - rest->at) : rest->length};
    hedui_span hex = {line.at, HEDUI_DIGEST_HEX - 1};
    size_t used = line.length + (end != NULL);
    rest->at += used;
    rest->length -= used;
    if (line.length < HEDUI_DIGEST_HEX + 2 || !hedui_digest_parse(digest, hex))
        return hedui_fail(err, HEDUI_E8021, hedui_place_none(), HEDUI_ARG_TEXT(listing_name));
    *name = (hedui_span){line.at + HEDUI_DIGEST_HEX + 1, line.length - HEDUI_DIGEST_HEX - 1};
    return is_plain(*name)
               ? HEDUI_OK
               : hedui_fail(err, HEDUI_E8021, hedui_place_none(), HEDUI_ARG_TEXT(listing_name));
}

hedui_status hedui_job_inputs_named(const hedui_digest **digests, uint32_t *count,
                                    const char *archive, const hedui_digest *listing,
                                    hedui_arena *arena, hedui_err *err)
{
    hedui_span text, name;
    uint32_t used = 0;
    hedui_status status = fetch(&text, archive, listing, listing_name, arena, err);
    hedui_digest *made =
        status ? NULL : hedui_arena_array(arena, text.length / HEDUI_DIGEST_HEX + 1, sizeof *made);
    if (!status && !made)
        status = hedui_fail_memory(err);
    while (!status && text.length)
        status = next_line(&made[used++], &name, &text, err);
    if (status)
        return status;
    *digests = made;
    *count = used;
    return HEDUI_OK;
}

static hedui_status lay_file(laying *l, const hedui_digest *digest, hedui_span name)
{
    hedui_span bytes;
    hedui_status status = fetch(&bytes, l->archive, digest, "input", l->arena, l->err);
    if (status)
        return status;
    if (hedui_span_is(name, "prior.tsv"))
        l->prior = bytes;
    uint32_t n = feed_folder(name);
    if (n > l->feed_folders)
        l->feed_folders = n;
    return lay_one(l->folder, name, bytes, l->arena, l->err);
}

static hedui_status describe(const hedui_workspace **workspace, const laying *l)
{
    const hedui_workspace *loaded = NULL;
    char name[24];
    hedui_status status = hedui_workspace_load(&loaded, l->folder, l->folder, l->arena, l->err);
    if (status)
        return status;
    hedui_workspace *made = hedui_arena_take(l->arena, sizeof *made);
    const char **folders = hedui_arena_array(l->arena, l->feed_folders, sizeof *folders);
    if (!made || !folders)
        return hedui_fail_memory(l->err);
    *made = *loaded;
    for (uint32_t i = 0; i < l->feed_folders; i++) {
        (void)snprintf(name, sizeof name, "feeds/%u", (unsigned)i);
        folders[i] = hedui_path_join(l->folder, name, l->arena);
        if (!folders[i])
            return hedui_fail_memory(l->err);
        if (!hedui_file_exists(folders[i]) &&
            (status = hedui_folder_make(folders[i], l->err)) != HEDUI_OK)
            return status;
    }
    made->feed_folders = folders;
    made->feed_folder_count = l->feed_folders;
    made->areas = hedui_path_join(l->folder, "areas.csv", l->arena);
    made->inbox = hedui_path_join(l->folder, "inbox", l->arena);
    made->store = made->archive = made->out = NULL;
    made->packs_gathered = 1;
    if (!made->areas || !made->inbox)
        return hedui_fail_memory(l->err);
    *workspace = made;
    return hedui_folder_make(made->inbox, l->err);
}

hedui_status hedui_job_inputs_lay_out(const hedui_workspace **workspace, hedui_span *prior,
                                      const char *folder, const char *archive,
                                      const hedui_digest *listing, hedui_arena *arena,
                                      hedui_err *err)
{
    laying l = {.folder = folder, .archive = archive, .arena = arena, .err = err};
    hedui_span text;
    hedui_status status = fetch(&text, archive, listing, listing_name, arena, err);
    while (!status && text.length) {
        hedui_digest digest;
        hedui_span name;
        status = next_line(&digest, &name, &text, err);
        if (!status)
            status = lay_file(&l, &digest, name);
    }
    if (!status)
        status = describe(workspace, &l);
    if (!status)
        *prior = l.prior;
    return status;
}
