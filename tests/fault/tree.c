/* A folder held in memory. Files keep their identity when they are put back, since the program that
 * goes on has them open: a name that went is linked again, bytes are written into the same file. */
#include "tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

_Noreturn void give_up(const char *what, const char *about)
{
    (void)fprintf(stderr, "allocations: %s %s: %s\n", what, about, strerror(errno));
    exit(125);
}

static void join(char *out, const char *root, const char *path)
{
    if (snprintf(out, TREE_PATH, "%s/%s", root, path) >= TREE_PATH)
        give_up("too long", path);
}

static void read_bytes(struct tree *tree, struct tree_file *file, const char *path, size_t size)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        give_up("read", path);
    if (tree->used + size > tree->room) {
        tree->room = 2 * (tree->used + size);
        tree->bytes = realloc(tree->bytes, tree->room);
        if (!tree->bytes)
            give_up("memory", path);
    }
    file->at = tree->used;
    file->size = size;
    if (read(fd, tree->bytes + file->at, size) != (ssize_t)size)
        give_up("read", path);
    tree->used += size;
    (void)close(fd);
}

static void read_folder(struct tree *tree, const char *root, const char *below)
{
    char path[TREE_PATH];
    struct dirent *entry;
    join(path, root, below);
    DIR *folder = opendir(path);
    if (!folder)
        give_up("read", path);
    while ((entry = readdir(folder))) {
        struct stat about;
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        if (tree->count == TREE_FILES)
            give_up("too many files", path);
        struct tree_file *file = &tree->files[tree->count++];
        if (snprintf(file->path, sizeof file->path, "%s%s%s", below, *below ? "/" : "",
                     entry->d_name) >= TREE_PATH)
            give_up("too long", entry->d_name);
        join(path, root, file->path);
        if (lstat(path, &about) != 0)
            give_up("look at", path);
        file->mode = about.st_mode;
        file->number = about.st_ino;
        file->at = file->size = 0;
        if (S_ISDIR(about.st_mode))
            read_folder(tree, root, file->path);
        else if (S_ISREG(about.st_mode))
            read_bytes(tree, file, path, (size_t)about.st_size);
        else
            give_up("neither file nor folder:", path);
    }
    (void)closedir(folder);
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct tree_file *)a)->path, ((const struct tree_file *)b)->path);
}

void tree_read(struct tree *tree, const char *root)
{
    if (!tree->files && !(tree->files = calloc(TREE_FILES, sizeof *tree->files)))
        give_up("memory", root);
    tree->count = tree->used = 0;
    read_folder(tree, root, "");
    qsort(tree->files, tree->count, sizeof *tree->files, by_path);
}

static uint64_t mix(uint64_t state, const char *bytes, size_t size)
{
    uint64_t word;
    for (; size >= sizeof word; bytes += sizeof word, size -= sizeof word) {
        memcpy(&word, bytes, sizeof word);
        state = (state ^ word) * 0x9e3779b97f4a7c15u;
        state ^= state >> 29;
    }
    for (; size; bytes++, size--)
        state = (state ^ (unsigned char)*bytes) * 0x100000001b3u;
    return state ^ state >> 32;
}

uint64_t tree_digest(const struct tree *tree)
{
    uint64_t state = 0x84222325cbf29ce4u;
    for (size_t i = 0; i < tree->count; i++) {
        const struct tree_file *file = &tree->files[i];
        uint64_t about[2] = {file->mode, file->size};
        state = mix(state, file->path, strlen(file->path) + 1);
        state = mix(state, (const char *)about, sizeof about);
        state = mix(state, tree->bytes + file->at, file->size);
    }
    return state;
}

static int same_bytes(const struct tree *a, const struct tree_file *of_a, const struct tree *b,
                      const struct tree_file *of_b)
{
    return of_a->mode == of_b->mode && of_a->size == of_b->size &&
           (!of_a->size || memcmp(a->bytes + of_a->at, b->bytes + of_b->at, of_a->size) == 0);
}

int tree_same(const struct tree *a, const struct tree *b)
{
    if (a->count != b->count)
        return 0;
    for (size_t i = 0; i < a->count; i++)
        if (strcmp(a->files[i].path, b->files[i].path) != 0 ||
            (S_ISREG(a->files[i].mode) && a->files[i].number != b->files[i].number) ||
            !same_bytes(a, &a->files[i], b, &b->files[i]))
            return 0;
    return 1;
}

static void second_name(char *out, const char *keep, ino_t number)
{
    (void)snprintf(out, TREE_PATH, "%s/%llu", keep, (unsigned long long)number);
}

static int holds_number(const struct tree *tree, unsigned long long number)
{
    for (size_t i = 0; i < tree->count; i++)
        if (tree->files[i].number == number)
            return 1;
    return 0;
}

void tree_keep(const struct tree *tree, const char *root, const char *keep)
{
    char path[TREE_PATH], second[TREE_PATH];
    struct dirent *entry;
    DIR *folder = opendir(keep);
    if (!folder)
        give_up("read", keep);
    while ((entry = readdir(folder)))
        if (entry->d_name[0] != '.' && !holds_number(tree, strtoull(entry->d_name, NULL, 10))) {
            join(second, keep, entry->d_name);
            (void)unlink(second);
        }
    (void)closedir(folder);
    for (size_t i = 0; i < tree->count; i++) {
        if (!S_ISREG(tree->files[i].mode))
            continue;
        join(path, root, tree->files[i].path);
        second_name(second, keep, tree->files[i].number);
        if (link(path, second) != 0 && errno != EEXIST)
            give_up("link", path);
    }
}

static const struct tree_file *find(const struct tree *tree, const struct tree_file *file)
{
    return bsearch(file, tree->files, tree->count, sizeof *tree->files, by_path);
}

static void write_bytes(const struct tree *tree, const struct tree_file *file, const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0 && chmod(path, 0600) == 0)
        fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0 || pwrite(fd, tree->bytes + file->at, file->size, 0) != (ssize_t)file->size ||
        ftruncate(fd, (off_t)file->size) != 0)
        give_up("write", path);
    (void)close(fd);
}

void tree_put_back(const struct tree *before, const struct tree *now, const char *root,
                   const char *keep)
{
    static struct tree after; /* what stands under the names once they are right */
    char path[TREE_PATH], second[TREE_PATH];
    for (size_t i = now->count; i-- > 0;) {
        const struct tree_file *file = &now->files[i], *was = find(before, file);
        join(path, root, file->path);
        if (was && (S_ISDIR(was->mode) ? S_ISDIR(file->mode) : was->number == file->number))
            continue;
        if ((S_ISDIR(file->mode) ? rmdir(path) : unlink(path)) != 0)
            give_up("delete", path);
    }
    for (size_t i = 0; i < before->count; i++) {
        const struct tree_file *file = &before->files[i];
        join(path, root, file->path);
        second_name(second, keep, file->number);
        if ((S_ISDIR(file->mode) ? mkdir(path, 0700) : link(second, path)) != 0 && errno != EEXIST)
            give_up("put back", path);
    }
    tree_read(&after, root);
    for (size_t i = 0; i < before->count; i++) {
        const struct tree_file *file = &before->files[i], *is = find(&after, file);
        join(path, root, file->path);
        if (!is)
            give_up("put back", path);
        if (S_ISREG(file->mode) && !same_bytes(before, file, &after, is))
            write_bytes(before, file, path);
        if (chmod(path, file->mode & 07777) != 0)
            give_up("put back", path);
    }
}

void tree_write(const struct tree *tree, const char *root)
{
    char path[TREE_PATH];
    for (size_t i = 0; i < tree->count; i++) {
        const struct tree_file *file = &tree->files[i];
        join(path, root, file->path);
        if (!S_ISDIR(file->mode))
            write_bytes(tree, file, path);
        else if (mkdir(path, 0700) != 0)
            give_up("make", path);
        if (chmod(path, file->mode & 07777) != 0)
            give_up("write", path);
    }
}

void tree_remove(const char *root)
{
    struct tree tree = {0};
    char path[TREE_PATH];
    tree_read(&tree, root);
    for (size_t i = tree.count; i-- > 0;) {
        join(path, root, tree.files[i].path);
        (void)(S_ISDIR(tree.files[i].mode) ? rmdir(path) : unlink(path));
    }
    (void)rmdir(root);
    free(tree.files);
    free(tree.bytes);
}
