/* Which files of the archive go is settled by reading its folder once: what a remaining run or row
 * of evidence names stays, what only purged runs named goes, and what nobody names goes by its age.
 * Where a listing that stays cannot be read nobody knows what it names: then none of its kind goes.
 */
#include "job/purge.h"

#include "job/archive.h"
#include "job/inputs.h"

#include <hedui/date.h>
#include <hedui/file.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const endings[] = {[HEDUI_ARCHIVED_DELIVERY] = ".gz",
                                      [HEDUI_ARCHIVED_LISTING] = ".listing",
                                      [HEDUI_ARCHIVED_INPUT] = ".input"};

enum { KINDS = sizeof endings / sizeof *endings, SECONDS_A_DAY = 86400 };

static int by_place(const void *a, const void *b)
{
    const hedui_archived *x = a, *y = b;
    return x->kind != y->kind ? (x->kind < y->kind ? -1 : 1)
                              : memcmp(&x->digest, &y->digest, sizeof x->digest);
}

static const hedui_archived *find(hedui_archived_list list, hedui_archived_kind kind,
                                  const hedui_digest *digest)
{
    const hedui_archived key = {.kind = kind, .digest = *digest};
    return list.count ? bsearch(&key, list.items, list.count, sizeof key, by_place) : NULL;
}

/* What the listings of `list` name, sorted; `complete`: each could be read. */
static hedui_status named_by(hedui_archived_list *inputs, int *complete, hedui_archived_list list,
                             const char *archive, hedui_arena *arena, hedui_err *err)
{
    hedui_archived *items = NULL;
    size_t used = 0, room = 0;
    *complete = 1;
    for (size_t i = 0; i < list.count; i++) {
        const hedui_digest *digests = NULL;
        uint32_t count = 0;
        if (list.items[i].kind != HEDUI_ARCHIVED_LISTING)
            continue;
        hedui_status status =
            hedui_job_inputs_named(&digests, &count, archive, &list.items[i].digest, arena, NULL);
        if (status == HEDUI_E1001)
            return hedui_fail_memory(err);
        *complete &= status == HEDUI_OK;
        if (used + count > room) {
            size_t larger = 2 * (used + count);
            hedui_archived *grown = hedui_arena_array(arena, larger, sizeof *grown);
            if (!grown)
                return hedui_fail_memory(err);
            if (used)
                memcpy(grown, items, used * sizeof *items);
            items = grown;
            room = larger;
        }
        for (uint32_t n = 0; n < count && !status; n++)
            items[used++] = (hedui_archived){.kind = HEDUI_ARCHIVED_INPUT, .digest = digests[n]};
    }
    if (used)
        qsort(items, used, sizeof *items, by_place);
    *inputs = (hedui_archived_list){items, used};
    return HEDUI_OK;
}

/* --- reading the folder ----------------------------------------------------------------------- */

typedef struct choosing {
    const char *archive;
    int32_t before;
    hedui_archived_list stay, go, stay_inputs, go_inputs;
    int inputs_known;
    hedui_archived *gone;
    size_t count, room;
    hedui_arena *arena;
    hedui_err *err;
} choosing;

/* <64 hexadecimal digits><ending>; 0 if the name is none of the archive's. */
static int read_name(hedui_archived *file, const char *name)
{
    hedui_span hex = {name, HEDUI_DIGEST_HEX - 1};
    if (strlen(name) < HEDUI_DIGEST_HEX || !hedui_digest_parse(&file->digest, hex))
        return 0;
    for (int k = 0; k < KINDS; k++)
        if (strcmp(name + HEDUI_DIGEST_HEX - 1, endings[k]) == 0) {
            file->kind = (hedui_archived_kind)k;
            return 1;
        }
    return 0;
}

static int goes(const choosing *c, const hedui_archived *file, const struct stat *info)
{
    int is_input = file->kind == HEDUI_ARCHIVED_INPUT;
    hedui_archived_list stay = is_input ? c->stay_inputs : c->stay;
    hedui_archived_list go = is_input ? c->go_inputs : c->go;
    if (find(stay, file->kind, &file->digest) || (is_input && !c->inputs_known))
        return 0;
    if (find(go, file->kind, &file->digest))
        return 1;
    return c->before != INT32_MIN && info->st_mtime / SECONDS_A_DAY < c->before;
}

static hedui_status add(choosing *c, const hedui_archived *file, const struct stat *info)
{
    if (c->count == c->room) {
        size_t room = c->room ? 2 * c->room : 64;
        hedui_archived *grown = hedui_arena_array(c->arena, room, sizeof *grown);
        if (!grown)
            return hedui_fail_memory(c->err);
        if (c->count)
            memcpy(grown, c->gone, c->count * sizeof *grown);
        c->gone = grown;
        c->room = room;
    }
    const hedui_archived *known = find(c->go, file->kind, &file->digest);
    hedui_archived *one = &c->gone[c->count++];
    *one = known ? *known : *file;
    one->size = (int64_t)info->st_size;
    return HEDUI_OK;
}

static hedui_status read_folder(choosing *c)
{
    hedui_status status = HEDUI_OK;
    DIR *folder = opendir(c->archive);
    if (!folder)
        return errno == ENOENT ? HEDUI_OK
                               : hedui_fail(c->err, HEDUI_E1002, hedui_place_none(),
                                            HEDUI_ARG_TEXT(c->archive), HEDUI_ARG_ERRNO(errno));
    while (!status) {
        hedui_archived file = {.feed = {"", 0}, .title = {"", 0}, .file = {"", 0}};
        struct stat info;
        errno = 0; /* the end and a failure look the same */
        const struct dirent *entry = readdir(folder);
        if (!entry && errno == 0)
            break;
        if (entry && !read_name(&file, entry->d_name))
            continue;
        if (!entry || fstatat(dirfd(folder), entry->d_name, &info, AT_SYMLINK_NOFOLLOW) != 0)
            status = hedui_fail(c->err, HEDUI_E1003, hedui_place_none(), HEDUI_ARG_TEXT(c->archive),
                                HEDUI_ARG_ERRNO(errno));
        else if (S_ISREG(info.st_mode) && goes(c, &file, &info))
            status = add(c, &file, &info);
    }
    (void)closedir(folder);
    if (c->count)
        qsort(c->gone, c->count, sizeof *c->gone, by_place);
    return status;
}

typedef struct place {
    const char *archive;
    int32_t before;
} place;

static hedui_status choose_files(hedui_archived_list *gone, void *context, hedui_archived_list stay,
                                 hedui_archived_list go, hedui_arena *arena, hedui_err *err)
{
    const place *p = context;
    int all = 0;
    choosing c = {.archive = p->archive,
                  .before = p->before,
                  .stay = stay,
                  .go = go,
                  .arena = arena,
                  .err = err};
    hedui_status status = named_by(&c.stay_inputs, &c.inputs_known, stay, p->archive, arena, err);
    if (!status)
        status = named_by(&c.go_inputs, &all, go, p->archive, arena, err);
    if (!status)
        status = read_folder(&c);
    if (!status)
        *gone = (hedui_archived_list){c.gone, c.count};
    return status;
}

/* --- the purge -------------------------------------------------------------------------------- */

static const char *path_of(const char *archive, const hedui_archived *file, hedui_arena *arena)
{
    char name[HEDUI_DIGEST_HEX + 16];
    hedui_digest_hex(name, &file->digest);
    (void)snprintf(name + HEDUI_DIGEST_HEX - 1, 17, "%s", endings[file->kind]);
    return hedui_path_join(archive, name, arena);
}

hedui_status hedui_job_purge_finish(hedui_store *store, const char *archive, hedui_arena *arena,
                                    hedui_err *err)
{
    hedui_archived_list left = {0};
    hedui_status status = hedui_store_archive_left(&left, store, arena, err);
    for (size_t i = 0; i < left.count && !status; i++) {
        const char *path = path_of(archive, &left.items[i], arena);
        if (!path)
            status = hedui_fail_memory(err);
        else if (unlink(path) != 0 && errno != ENOENT && errno != ENOTDIR)
            status = hedui_fail(err, HEDUI_E1004, hedui_place_none(), HEDUI_ARG_TEXT(path),
                                HEDUI_ARG_ERRNO(errno));
    }
    if (status || !left.count)
        return status;
    if (hedui_file_exists(archive))
        status = hedui_folder_sync(archive, err);
    return status ? status : hedui_store_archive_cleared(store, err);
}

static int all_before(const hedui_job_purge *p, const hedui_span *names, size_t count,
                      int32_t before)
{
    for (size_t i = 0; i < count; i++) {
        const hedui_store_run *run = NULL;
        for (size_t r = 0; r < p->all_count && !run; r++)
            if (hedui_span_equal(p->all[r].id, names[i]))
                run = &p->all[r];
        if (!run || run->as_of >= before)
            return 0;
    }
    return 1;
}

/* The newest published run with which only runs before the day go: what rests on no later one. */
static hedui_status choose_kept(hedui_job_purge *p, hedui_store *store, int32_t before,
                                hedui_arena *arena, hedui_err *err)
{
    hedui_status status = HEDUI_OK;
    for (size_t i = 0; !status && !p->keep.length && i < p->all_count; i++) {
        const hedui_store_run *run = &p->all[i];
        const hedui_span *names = NULL;
        size_t count = 0;
        if (run->purged || !hedui_span_is(run->state, "published"))
            continue;
        status = hedui_store_purge_list(&names, &count, store, run->id, arena, err);
        if (!status && all_before(p, names, count, before))
            p->keep = run->id;
    }
    if (!status && !p->keep.length)
        status = hedui_fail_plain(err, HEDUI_E8517, hedui_place_none());
    return status;
}

static hedui_status purge_with(hedui_job_purge *made, hedui_store *store,
                               const hedui_workspace *workspace,
                               const hedui_job_purge_options *options, hedui_arena *arena,
                               hedui_err *err)
{
    place where = {workspace->archive, options->before};
    hedui_store_purged purged = {0};
    hedui_status status = hedui_store_lock(store, err);
    if (!status && !options->dry)
        status = hedui_job_purge_finish(store, workspace->archive, arena, err);
    if (!status)
        status = hedui_store_run_list(&made->all, &made->all_count, store, arena, err);
    made->keep = options->keep;
    if (!status && !made->keep.length)
        status = choose_kept(made, store, options->before, arena, err);
    const hedui_store_purging purging = {.keep = made->keep,
                                         .person = options->person,
                                         .reason = options->reason,
                                         .before = options->before,
                                         .day = options->day,
                                         .at = options->at,
                                         .dry = options->dry,
                                         .files = choose_files,
                                         .context = &where};
    if (!status)
        status = hedui_store_purge(&purged, store, &purging, arena, err);
    if (!status && !options->dry)
        status = hedui_job_purge_finish(store, workspace->archive, arena, err);
    made->runs = purged.runs;
    made->run_count = purged.run_count;
    made->files = purged.files;
    return status;
}

hedui_status hedui_job_purge_work(hedui_job_purge *purge, const hedui_workspace *workspace,
                                  const hedui_job_purge_options *options, hedui_arena *arena,
                                  hedui_err *err)
{
    hedui_job_purge made = {0};
    hedui_store *store = NULL;
    hedui_status status = hedui_store_open(&store, workspace->store, HEDUI_STORE_EXISTING, err);
    if (!status)
        status = purge_with(&made, store, workspace, options, arena, err);
    hedui_store_close(store);
    if (!status)
        *purge = made;
    return status;
}

hedui_status hedui_job_purge_resume(const hedui_workspace *workspace, hedui_arena *arena,
                                    hedui_err *err)
{
    hedui_store *store = NULL;
    hedui_status status = hedui_store_open(&store, workspace->store, HEDUI_STORE_EXISTING, err);
    if (!status)
        status = hedui_store_lock(store, err);
    if (!status)
        status = hedui_job_purge_finish(store, workspace->archive, arena, err);
    hedui_store_close(store);
    return status;
}

/* --- what is on record, what is lost ---------------------------------------------------------- */

hedui_status hedui_job_tell_purged(hedui_store *store, hedui_span run, hedui_arena *arena,
                                   hedui_err *err)
{
    enum { NAMED = 3 };
    const hedui_store_purge_entry *entry = NULL;
    char hex[HEDUI_DIGEST_HEX], day[HEDUI_DATE_TEXT];
    hedui_buffer names;
    hedui_status status = hedui_store_purge_of_run(&entry, store, run, arena, err);
    if (status)
        return status;
    if (!entry)
        return hedui_fail(err, HEDUI_E5025, hedui_place_none(), HEDUI_ARG_SPAN(run));
    hedui_date_print(day, entry->day);
    hedui_buffer_init(&names);
    for (size_t i = 0; i < entry->deliveries.count && i < NAMED; i++) {
        const hedui_archived *d = &entry->deliveries.items[i];
        hedui_digest_hex(hex, &d->digest);
        hedui_buffer_format(&names, "%s%.*s %.*s (SHA-256 %.16s…)", i ? "；" : "",
                            (int)d->feed.length, d->feed.at, (int)d->file.length, d->file.at, hex);
    }
    if (!entry->deliveries.count)
        hedui_buffer_text(&names, "-");
    status =
        hedui_fail(err, HEDUI_E8028, hedui_place_none(), HEDUI_ARG_SPAN(run), HEDUI_ARG_TEXT(day),
                   HEDUI_ARG_SPAN(entry->person), HEDUI_ARG_NUMBER(entry->deliveries.count),
                   HEDUI_ARG_SPAN(hedui_buffer_span(&names)));
    hedui_buffer_free(&names);
    return status;
}

typedef struct checking {
    const char *archive;
    int64_t files, lost;
    hedui_span first; /* of those lost */
    hedui_arena *arena;
    hedui_err *err;
} checking;

static hedui_status look(checking *c, const hedui_archived *file)
{
    struct stat info;
    const char *path = path_of(c->archive, file, c->arena);
    if (!path)
        return hedui_fail_memory(c->err);
    c->files++;
    if (stat(path, &info) != 0) {
        if (errno != ENOENT && errno != ENOTDIR)
            return hedui_fail(c->err, HEDUI_E1002, hedui_place_none(), HEDUI_ARG_TEXT(path),
                              HEDUI_ARG_ERRNO(errno));
        if (!c->lost++)
            c->first = file->file.length ? file->file : hedui_span_of(path);
    } else if (file->size != INT64_MIN && file->kind == HEDUI_ARCHIVED_DELIVERY &&
               info.st_size != file->size) {
        return hedui_fail(c->err, HEDUI_E8021, hedui_place_none(), HEDUI_ARG_TEXT(path));
    }
    return HEDUI_OK;
}

/* Each file once, whatever number of listings names it. */
static hedui_status look_inputs(checking *c, hedui_archived_list stay)
{
    hedui_archived_list inputs = {0};
    hedui_status status = HEDUI_OK;
    int complete = 0;
    for (size_t i = 0; i < stay.count && !status; i++) {
        const hedui_digest *digests = NULL;
        uint32_t count = 0;
        if (stay.items[i].kind != HEDUI_ARCHIVED_LISTING)
            continue;
        hedui_err why;
        hedui_err_init(&why);
        status = hedui_job_inputs_named(&digests, &count, c->archive, &stay.items[i].digest,
                                        c->arena, &why);
        if (status == HEDUI_E8020) /* counted as lost already */
            status = HEDUI_OK;
        else if (status && c->err)
            *c->err = why;
    }
    if (!status)
        status = named_by(&inputs, &complete, stay, c->archive, c->arena, c->err);
    for (size_t i = 0; i < inputs.count && !status; i++)
        if (i == 0 || by_place(&inputs.items[i - 1], &inputs.items[i]) != 0) {
            hedui_archived one = inputs.items[i];
            one.size = INT64_MIN;
            status = look(c, &one);
        }
    return status;
}

hedui_status hedui_job_check_archive(int64_t *files, const hedui_workspace *workspace,
                                     hedui_store *store, hedui_arena *arena, hedui_err *err)
{
    checking c = {.archive = workspace->archive, .arena = arena, .err = err};
    hedui_archived_list stay = {0};
    hedui_status status = hedui_store_archive_stay(&stay, store, arena, err);
    for (size_t i = 0; i < stay.count && !status; i++)
        status = look(&c, &stay.items[i]);
    if (!status)
        status = look_inputs(&c, stay);
    if (!status && c.lost)
        status = hedui_fail(err, HEDUI_E8029, hedui_place_none(), HEDUI_ARG_SPAN(c.first),
                            HEDUI_ARG_NUMBER(c.lost));
    if (!status)
        *files = c.files;
    return status;
}
