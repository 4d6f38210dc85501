/* A survey, which keeps no rows, says of doubled rows what a scan says that keeps them all. */
#include "feed_file.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

static const char layout_text[] = "feed: test\nas: tests\ntitle: 测试\nsource: 测试\nrow: 一行\n%s"
                                  "file: {name: \"*.csv.gz\", charset: utf-8}\n"
                                  "columns:\n  no: {type: text, header: [编号], max: 12}\n"
                                  "  part: {type: text, header: [部分], max: 12}\n"
                                  "  amount: {type: money, header: [金额]}\n";

#define H "编号,部分,金额\n"

static hedui_arena *arena;

static const hedui_layout *layout_of(const char *key)
{
    const hedui_yaml *yaml;
    const hedui_layout *layout;
    hedui_code_lists none = {NULL, 0};
    hedui_err err;
    char text[sizeof layout_text + 32];
    hedui_err_init(&err);
    (void)snprintf(text, sizeof text, layout_text, key);
    assert_int_equal(hedui_yaml_parse(&yaml, "t.yaml", hedui_span_of(text), arena, &err), HEDUI_OK);
    if (hedui_layout_parse(&layout, yaml, &none, arena, &err) != HEDUI_OK)
        fail_msg("%s:%u %.*s", err.file, err.line, (int)err.text_used, err.text);
    return layout;
}

static const char *file_of(const char *text, size_t length)
{
    static char kept[256];
    const char *path = temporary_path("doubles.csv.gz");
    hedui_buffer gz;
    hedui_buffer_init(&gz);
    gzip_add(&gz, (hedui_span){text, length}, 1);
    write_file(path, hedui_buffer_span(&gz));
    hedui_buffer_free(&gz);
    (void)snprintf(kept, sizeof kept, "%s", path);
    return kept;
}

static hedui_delivery *survey(const char *path, const hedui_layout *layout)
{
    hedui_delivery *delivery = NULL;
    assert_int_equal(hedui_delivery_survey(&delivery, path, layout, NULL, NULL), HEDUI_OK);
    assert_int_equal(delivery->facts->count, 0);
    return delivery;
}

static void rows_by_hand(void **state)
{
    static const struct {
        const char *key, *text;
        uint64_t accepted, duplicate, conflict;
        uint32_t lines[3]; /* of the conflicts */
        int64_t least, most;
    } cases[] = {
        {"key: [no]\n", H "1,a,5\n2,a,5\n3,a,7\n", 3, 0, 0, {0}, 500, 700},
        {"key: [no]\n", H "1,a,5\n1,a,5.00\n1,a,5\n", 1, 2, 0, {0}, 500, 500},
        /* held against the first of its key, not against the one before it */
        {"key: [no]\n", H "1,a,5\n1,a,9\n1,a,9\n1,a,5\n", 1, 1, 2, {3, 4}, 500, 500},
        {"key: [no]\n", H "2,b,1\n1,a,5\n2,b,1\n1,b,5\n2,c,0\n", 2, 1, 2, {5, 6}, 100, 500},
        {"key: [no, part]\n", H "1,a,5\n1,b,5\n1,a,6\n", 2, 0, 1, {4}, 500, 500},
        /* fields that run together, empty against absent */
        {"key: [no, part]\n", H "1,1a,5\n11,a,6\n", 2, 0, 0, {0}, 500, 600},
        {"", H "1,a,5\n1,a,6\n1,a,5\n", 2, 1, 0, {0}, 500, 600},
        {"key: [no]\n", H, 0, 0, 0, {0}, 0, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hedui_reject reject;
        hedui_delivery *d =
            survey(file_of(cases[i].text, strlen(cases[i].text)), layout_of(cases[i].key));
        assert_true(hedui_ledger_balances(&d->ledger));
        assert_int_equal(d->ledger.accepted, cases[i].accepted);
        assert_int_equal(d->ledger.duplicate, cases[i].duplicate);
        assert_int_equal(d->ledger.rejected_by[HEDUI_REASON_key_conflict], cases[i].conflict);
        assert_int_equal(d->columns[2].value, cases[i].accepted);
        for (uint64_t r = 0; r < cases[i].conflict; r++) {
            assert_int_equal(hedui_rejects_get(&reject, d->rejects, r, NULL), HEDUI_OK);
            assert_int_equal(reject.line, cases[i].lines[r]);
        }
        if (cases[i].accepted) {
            assert_int_equal(d->columns[2].least, cases[i].least);
            assert_int_equal(d->columns[2].most, cases[i].most);
        }
        hedui_delivery_close(d);
    }
}

/* More rows than are sorted at a time; every sixth key or so comes again, half of them changed. */
static void add_rows(hedui_buffer *text, uint32_t count)
{
    uint64_t seed = 659000;
    hedui_buffer_text(text, H);
    for (uint32_t i = 0; i < count; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        uint32_t key = (uint32_t)(seed >> 40) % (count * 3);
        hedui_buffer_format(text, "%u,p%u,%u\n", key, key % 7,
                            seed >> 33 & 1 ? key % 1000 : (uint32_t)(seed >> 34) % 3 + key % 1000);
    }
}

static void as_a_scan_that_keeps_all(void **state)
{
    static const char *const keys[] = {"key: [no]\n", "key: [no, part]\n", ""};
    enum { ROWS = 130000 };
    hedui_buffer text;
    (void)state;
    hedui_buffer_init(&text);
    add_rows(&text, ROWS);
    const char *path = file_of(text.data, text.length);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const hedui_layout *layout = layout_of(keys[i]);
        hedui_delivery *a = NULL, *b = survey(path, layout);
        hedui_reject x, y;
        assert_int_equal(hedui_delivery_scan(&a, path, layout, NULL, NULL), HEDUI_OK);
        assert_true(a->ledger.duplicate > 1000);
        assert_true(!*keys[i] || a->ledger.rejected_by[HEDUI_REASON_key_conflict] > 1000);
        assert_memory_equal(&a->ledger, &b->ledger, sizeof a->ledger);
        assert_memory_equal(a->columns, b->columns, layout->column_count * sizeof *a->columns);
        assert_int_equal(hedui_rejects_count(a->rejects), hedui_rejects_count(b->rejects));
        for (uint64_t r = 0; r < hedui_rejects_count(a->rejects); r++) {
            assert_int_equal(hedui_rejects_get(&x, a->rejects, r, NULL), HEDUI_OK);
            assert_int_equal(hedui_rejects_get(&y, b->rejects, r, NULL), HEDUI_OK);
            assert_memory_equal(&x, &y, sizeof x);
        }
        hedui_delivery_close(a);
        hedui_delivery_close(b);
    }
    hedui_buffer_free(&text);
}

static void a_pipe_is_read_as_its_file(void **state)
{
    static const char text[] = H "1,a,5\n1,a,9\n2,a,5\n2,a,5\n";
    const hedui_layout *layout = layout_of("key: [no]\n");
    char bytes[512], path[64];
    int ends[2];
    (void)state;
    int fd = open(file_of(text, sizeof text - 1), O_RDONLY | O_CLOEXEC);
    ssize_t length = read(fd, bytes, sizeof bytes);
    (void)close(fd);
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], bytes, (size_t)length), length);
    (void)close(ends[1]);
    (void)snprintf(path, sizeof path, "/proc/self/fd/%d", ends[0]);
    hedui_delivery *d = survey(path, layout);
    (void)close(ends[0]);
    assert_string_equal(d->path, path);
    assert_int_equal(d->refusal, HEDUI_REFUSAL_none);
    assert_int_equal(d->size, length);
    assert_int_equal(d->ledger.accepted, 2);
    assert_int_equal(d->ledger.duplicate, 1);
    assert_int_equal(d->ledger.rejected, 1);
    hedui_delivery_close(d);
}

/* Rows beyond memory, and no room for them: an error, and nothing said of the delivery. */
static int child_without_room(const char *path, const char *folder, int limited)
{
    struct rlimit room = {1 << 20, 1 << 20};
    hedui_scan_options options = {.spill_folder = folder};
    hedui_delivery *none = NULL, *delivery = none;
    hedui_err err;
    int status = 0;
    (void)fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        hedui_err_init(&err);
        (void)signal(SIGXFSZ, SIG_IGN);
        if (limited)
            (void)setrlimit(RLIMIT_FSIZE, &room);
        hedui_status got =
            hedui_delivery_survey(&delivery, path, layout_of("key: [no]\n"), &options, &err);
        _exit(got == HEDUI_E1004 && delivery == none ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return status;
}

static void no_room_is_an_error(void **state)
{
    enum { ROWS = 60000 };
    hedui_buffer text;
    (void)state;
    hedui_buffer_init(&text);
    add_rows(&text, ROWS);
    const char *path = file_of(text.data, text.length), *base = getenv("TMPDIR");
    assert_int_equal(child_without_room(path, "/nowhere", 0), 0);
    assert_int_equal(child_without_room(path, base ? base : "/tmp", 1), 0);
    hedui_buffer_free(&text);
}

static int set_up(void **state)
{
    (void)state;
    arena = hedui_arena_open(0);
    return arena ? 0 : 1;
}

static int tear_down(void **state)
{
    (void)state;
    (void)unlink(temporary_path("doubles.csv.gz"));
    remove_temporary();
    hedui_arena_close(arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_by_hand),
        cmocka_unit_test(as_a_scan_that_keeps_all),
        cmocka_unit_test(a_pipe_is_read_as_its_file),
        cmocka_unit_test(no_room_is_an_error),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
