/* Memory does not grow with the file: deliveries of 2 MiB of text and ten times as much, written
 * row by row, are read as a run reads them and as `feeds check` does, each in a process of its own.
 * Nobody of the caseload is in them; every tenth row has a bad number, so that the rejects are
 * spilled too; of every hundred rows one says what the row before it says and one contradicts it.
 */
#include "feed/delivery.h"

#include <hedui/arena.h>
#include <hedui/feed.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { MEASURED = 0 };
#else
enum { MEASURED = 1 };
#endif

/* Peak memory, KiB: of a reading at all, and more than the smallest file's. */
enum { MOST = 64 * 1024, MORE = 1024 };

/* Of every hundred rows. */
enum { DOUBLE = 51, CONTRADICTS = 71 };

static _Noreturn void stop(const char *what)
{
    perror(what);
    exit(2);
}

/* One row; the number is a stranger's, every tenth has a wrong check character. */
static size_t write_row(char *row, size_t room, uint64_t index)
{
    int other = index % 100 == CONTRADICTS;
    index -= index % 100 == DOUBLE || other;
    static const int weights[17] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    char id[19];
    int sum = 0;
    (void)snprintf(id, sizeof id, "659000%04d%02d%02d%03d", (int)(1930 + index % 70),
                   (int)(1 + index / 70 % 12), (int)(1 + index / 840 % 28),
                   (int)(index / 23520 % 1000));
    for (int i = 0; i < 17; i++)
        sum += (id[i] - '0') * weights[i];
    id[17] = "10X98765432"[(sum + (index % 10 == 9)) % 11];
    return (size_t)snprintf(row, room, "%llu,%.18s,%s%llu,%llu.5\n",
                            (unsigned long long)(index % 90000000), id, other ? "异" : "测",
                            (unsigned long long)(index * 2654435761u % 1000003),
                            (unsigned long long)(index * 40503 % 100000));
}

static void put(int fd, z_stream *z, const char *text, size_t length, int flush)
{
    static unsigned char piece[1 << 14];
    z->next_in = (Bytef *)(uintptr_t)text;
    z->avail_in = (uInt)length;
    do {
        z->next_out = piece;
        z->avail_out = sizeof piece;
        if (deflate(z, flush) == Z_STREAM_ERROR)
            stop("deflate");
        size_t made = sizeof piece - z->avail_out;
        if (write(fd, piece, made) != (ssize_t)made)
            stop("write");
    } while (z->avail_out == 0);
}

/* @return number of rows */
static uint64_t write_file(const char *path, size_t mebibytes)
{
    z_stream z = {0};
    char row[256];
    uint64_t index = 0;
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0 || deflateInit2(&z, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        stop(path);
    static const char header[] = "编号,公民身份号码,姓名,金额\n";
    put(fd, &z, header, sizeof header - 1, Z_NO_FLUSH);
    for (size_t length = 0; length < mebibytes << 20; index++) {
        size_t size = write_row(row, sizeof row, index);
        put(fd, &z, row, size, Z_NO_FLUSH);
        length += size;
    }
    put(fd, &z, NULL, 0, Z_FINISH);
    (void)deflateEnd(&z);
    (void)close(fd);
    return index;
}

static void nobody(const void *context, const hedui_citizen_id *ids, uint32_t count,
                   uint32_t *persons)
{
    (void)context;
    (void)ids;
    for (uint32_t i = 0; i < count; i++)
        persons[i] = HEDUI_PERSON_NONE;
}

/* How many of the rows have this number modulo a hundred. */
static uint64_t ends_in(uint64_t rows, uint64_t number)
{
    return rows / 100 + (rows % 100 > number);
}

/* Every tenth; those that repeat the row before them repeat a good one. */
static uint64_t bad_rows(uint64_t rows)
{
    return rows / 10;
}

static void tell_peak(int out)
{
    struct rusage used;
    if (getrusage(RUSAGE_SELF, &used) != 0 ||
        write(out, &used.ru_maxrss, sizeof used.ru_maxrss) != (ssize_t)sizeof used.ru_maxrss)
        stop("rusage");
}

/* In a process of its own: peak memory of one scan in KiB is written to `out`. */
static void scan(int out, const char *path, const char *folder, const char *feeds, uint64_t rows)
{
    static const hedui_matcher matcher = {NULL, nobody};
    hedui_scan_options options = {.matcher = &matcher, .spill_folder = folder};
    hedui_delivery *d = NULL;
    const hedui_layouts *layouts;
    hedui_arena *arena = hedui_arena_open(0);
    if (!arena || hedui_layouts_load(&layouts, &feeds, 1, arena, NULL, NULL) != HEDUI_OK ||
        hedui_delivery_scan(&d, path, hedui_layouts_find(layouts, hedui_span_of("plain")), &options,
                            NULL) != HEDUI_OK)
        stop("scan");
    uint64_t bad = bad_rows(rows);
    if (d->refusal != HEDUI_REFUSAL_none || d->ledger.records != rows ||
        d->ledger.rejected_by[HEDUI_REASON_id_check] != bad || d->ledger.rejected != bad)
        stop("the rows are not those that were written");
    hedui_delivery_close(d);
    hedui_arena_close(arena);
    tell_peak(out);
}

/* The same for `feeds check`, which decodes every row and looks for doubled ones. */
static void check(int out, const char *path, const char *folder, const char *feeds, uint64_t rows)
{
    const hedui_feed_report *report;
    hedui_arena *arena = hedui_arena_open(0);
    (void)folder;
    if (!arena || hedui_feed_check(&report, path, NULL, &feeds, 1, arena, NULL) != HEDUI_OK)
        stop("check");
    uint64_t doubled = ends_in(rows, DOUBLE), conflicts = ends_in(rows, CONTRADICTS);
    if (report->refusal || report->records != rows || report->duplicate != doubled ||
        report->rejected != bad_rows(rows) + conflicts || report->reason_count != 2 ||
        report->reasons[1].count != conflicts ||
        report->accepted != rows - doubled - bad_rows(rows) - conflicts)
        stop("the check counts other rows than were written");
    hedui_arena_close(arena);
    tell_peak(out);
}

typedef void reading(int out, const char *path, const char *folder, const char *feeds,
                     uint64_t rows);

static long peak(reading *read_it, const char *path, const char *folder, const char *feeds,
                 uint64_t rows)
{
    int ends[2], status = 1;
    long kibibytes = 0;
    if (pipe(ends) != 0)
        stop("pipe");
    (void)fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        read_it(ends[1], path, folder, feeds, rows);
        exit(0);
    }
    if (child < 0 || read(ends[0], &kibibytes, sizeof kibibytes) != (ssize_t)sizeof kibibytes ||
        waitpid(child, &status, 0) != child || status != 0)
        stop("the process that scans");
    (void)close(ends[0]);
    (void)close(ends[1]);
    return kibibytes;
}

int main(int argc, char **argv)
{
    char folder[256], path[320];
    const char *base = getenv("TMPDIR");
    reading *const readings[] = {scan, check};
    long first[2] = {0, 0}, wrong = 0;
    (void)snprintf(folder, sizeof folder, "%s/hedui-memory-XXXXXX", base ? base : "/tmp");
    if (argc < 3 || !mkdtemp(folder)) {
        (void)fprintf(stderr, "usage: bad_memory FOLDER_OF_LAYOUTS MEBIBYTES ...\n");
        return 2;
    }
    (void)snprintf(path, sizeof path, "%s/plain-20141231.csv.gz", folder);
    for (int i = 2; i < argc; i++) {
        size_t size = strtoul(argv[i], NULL, 10);
        uint64_t rows = write_file(path, size);
        for (int k = 0; k < 2; k++) {
            long used = peak(readings[k], path, folder, argv[1], rows);
            (void)printf("%5zu MiB, %10llu rows: %6ld KiB %s\n", size, (unsigned long long)rows,
                         used, k ? "check" : "scan");
            first[k] = first[k] ? first[k] : used;
            wrong |= MEASURED && (used > MOST || used - first[k] > MORE);
        }
    }
    (void)unlink(path);
    (void)rmdir(folder);
    (void)printf("%s\n",
                 MEASURED ? "measured" : "not measured: sanitizers keep memory of their own");
    return wrong != 0;
}
