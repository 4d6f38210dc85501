/* Every line of every table in a process of its own, so that one that hangs or falls costs itself,
 * and time and memory are those of the case. Under sanitizers all run in one: what falls is to be
 * seen at once, and a thousand copies of their memory take minutes. */
#include "bad.h"

#include <hedui/digest.h>
#include <hedui/file.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[256];

static void put(const char *name, hedui_span bytes)
{
    char path[512];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    while (fd >= 0 && bytes.length) {
        ssize_t written = write(fd, bytes.at, bytes.length);
        if (written <= 0)
            break;
        bytes.at += written;
        bytes.length -= (size_t)written;
    }
    if (fd < 0 || close(fd) != 0 || bytes.length) {
        perror(path);
        exit(2);
    }
}

static void clear(void)
{
    const char *const *names;
    size_t count = 0;
    char path[512];
    hedui_arena *arena = hedui_arena_open(0);
    if (!arena || hedui_folder_list(&names, &count, folder, arena, NULL) != HEDUI_OK)
        exit(2);
    for (size_t i = 0; i < count; i++) {
        (void)snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        (void)unlink(path);
    }
    hedui_arena_close(arena);
}

/* Manifests are parted by ;; and the second names another producer's file. */
static void put_manifests(const bad_case *c, const char *sha)
{
    static const char *const names[] = {"manifest.yaml", "other.manifest.yaml"};
    const char *text = c->cells[1];
    for (int i = 0; i < 2 && text; i++) {
        const char *end = strstr(text, ";;");
        char *one = strndup(text, end ? (size_t)(end - text) : strlen(text));
        hedui_buffer bytes;
        hedui_buffer_init(&bytes);
        bad_expand(&bytes, c, one, 0, sha);
        put(names[i], hedui_buffer_span(&bytes));
        hedui_buffer_free(&bytes);
        free(one);
        text = end ? end + 2 : NULL;
    }
}

/* Write what the case is about into the folder. */
static void build(const bad_case *c, const hedui_layouts *layouts)
{
    const hedui_layout *layout = hedui_layouts_find(layouts, hedui_span_of(c->set.feed));
    hedui_buffer file;
    if (!layout)
        bad_stop(c, "no such layout");
    hedui_buffer_init(&file);
    bad_file(&file, c, layout);
    clear();
    put(c->set.name, hedui_buffer_span(&file));
    if (c->set.kind == BAD_MANIFEST) {
        hedui_digest digest;
        char hex[HEDUI_DIGEST_HEX];
        if (hedui_digest_of(&digest, hedui_buffer_span(&file), NULL) != HEDUI_OK)
            exit(2);
        hedui_digest_hex(hex, &digest);
        put_manifests(c, hex);
    }
    hedui_buffer_free(&file);
}

/* @return 1 if the case went as its table says. */
static int run(const bad_case *c, const char *feeds)
{
    int status = 0;
    if (!BAD_MEASURED)
        return !bad_judge(c, folder, feeds);
    (void)fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        int wrong = bad_judge(c, folder, feeds);
        (void)fflush(NULL);
        exit(wrong);
    }
    if (child < 0 || waitpid(child, &status, 0) != child) {
        perror("fork");
        exit(2);
    }
    if (WIFSIGNALED(status))
        (void)fprintf(stderr, "%s:%u: %s: signal %d\n", c->table, c->line, c->cells[0],
                      WTERMSIG(status));
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static int is_bad(const bad_case *c)
{
    return strcmp(c->cells[2], "accepted") != 0 && strncmp(c->cells[2], "= ", 2) != 0;
}

/* Two cases with the same input under the same settings test the same. */
static int is_repeated(const bad_table *table, size_t index)
{
    const bad_case *c = &table->cases[index];
    for (size_t i = 0; i < index; i++) {
        const bad_case *other = &table->cases[i];
        if (c->set.kind == other->set.kind && !strcmp(c->cells[1], other->cells[1]) &&
            !strcmp(c->set.feed, other->set.feed) && !strcmp(c->set.name, other->set.name) &&
            !strcmp(c->set.column ? c->set.column : "",
                    other->set.column ? other->set.column : "") &&
            !strcmp(c->set.charset ? c->set.charset : "",
                    other->set.charset ? other->set.charset : "")) {
            (void)fprintf(stderr, "%s:%u: the input of line %u again\n", c->table, c->line,
                          other->line);
            return 1;
        }
    }
    return 0;
}

int main(int argc, char **argv)
{
    bad_table table = {0};
    size_t wrong = 0, bad = 0;
    const hedui_layouts *layouts;
    hedui_arena *arena = hedui_arena_open(0);
    const char *base = getenv("TMPDIR"), *feeds = argc > 1 ? argv[1] : "";
    (void)snprintf(folder, sizeof folder, "%s/hedui-bad-%d", base ? base : "/tmp", (int)getpid());
    if (argc < 3 || !arena || mkdir(folder, 0700) != 0 ||
        hedui_layouts_load(&layouts, &feeds, 1, arena, NULL, NULL) != HEDUI_OK) {
        (void)fprintf(stderr, "usage: bad FOLDER_OF_LAYOUTS TABLE ...\n");
        return 2;
    }
    for (int i = 2; i < argc; i++)
        bad_table_read(&table, argv[i], arena);
    for (size_t i = 0; i < table.count; i++) {
        build(&table.cases[i], layouts);
        wrong += !run(&table.cases[i], feeds) || is_repeated(&table, i);
        bad += (size_t)is_bad(&table.cases[i]);
    }
    clear();
    (void)rmdir(folder);
    (void)printf("%zu inputs, %zu of them bad, %zu not as they should be\n", table.count, bad,
                 wrong);
    free(table.cases);
    hedui_arena_close(arena);
    return wrong || !table.count;
}
