/* Small deliveries cut at every byte and with every bit turned over: each is refused, or gives the
 * same rows. Where a change can be harmless is known from the format (RFC 1952: time, extra flags,
 * operating system, the texts of a header without a check of its own; the bits behind the last
 * code), and how many there may be is counted.
 *
 * A file of two members that is cut between them is a whole file by the format. What tells is the
 * manifest's number of rows, so those samples come with one. */
#include "bad.h"

#include "feed/delivery.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

typedef struct sample {
    const char *title, *feed, *steps;
    unsigned harmless; /**< most bits that may change nothing */
} sample;

/* Ten bytes of header: method and magic number matter; of the flags only "is text" does not. */
enum { HEAD_BITS = 1 + 6 * 8, PADDING = 7 };
/* An extra field of 7, 4 or 14 bytes instead of 6 ends within the file name, which is a name still.
 */
enum { LENGTHS = 3 };

static const sample samples[] = {
    {"UTF-8, one member", "plain", "member", HEAD_BITS + PADDING},
    {"UTF-8, fixed codes", "plain", "member fixed", HEAD_BITS + PADDING},
    {"UTF-8, stored", "plain", "member stored", HEAD_BITS + 5},
    {"UTF-8, every header field", "plain", "member extra name comment hcrc", PADDING},
    {"UTF-8, header fields without a check", "plain", "member extra name comment",
     HEAD_BITS + PADDING + 8 * (6 + 9 + 4) + LENGTHS},
    {"UTF-8, two members", "plain", "member first ; member hcrc second", HEAD_BITS + 2 * PADDING},
    {"GB18030, one member", "gb", "member", HEAD_BITS + PADDING},
    {"GB18030, every header field", "gb", "member extra name comment hcrc", PADDING},
    {"GB18030, two members", "gb", "member name hcrc first ; member huffman hcrc second",
     2 * PADDING},
};

static hedui_delivery *scan(const bad_case *c, hedui_span bytes, const hedui_layout *layout)
{
    static const hedui_promise three = {.has_rows = 1, .rows = 3, .cut_off = HEDUI_DAY_NONE};
    hedui_scan_options options = {
        .reading = {.input_size = 512, .block_size = 512, .reject_keep = 16},
        .promise = strstr(c->cells[1], ";") ? &three : NULL};
    hedui_delivery *delivery = NULL;
    char path[64];
    int fd = memfd_create("sample", MFD_CLOEXEC);
    if (fd < 0 || write(fd, bytes.at, bytes.length) != (ssize_t)bytes.length)
        bad_stop(c, "no file in memory");
    (void)snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    if (hedui_delivery_scan(&delivery, path, layout, &options, NULL) != HEDUI_OK)
        bad_stop(c, "the scan failed");
    (void)close(fd);
    return delivery;
}

static int same_rows(const hedui_delivery *a, const hedui_delivery *b)
{
    if (memcmp(&a->ledger, &b->ledger, sizeof a->ledger) != 0 || a->facts->count != b->facts->count)
        return 0;
    for (uint32_t i = 0; i < a->facts->count; i++) {
        const hedui_fact x = hedui_facts_at(a->facts, i), y = hedui_facts_at(b->facts, i);
        hedui_digest one, two;
        if (hedui_facts_digest(&one, a->facts, i, NULL) ||
            hedui_facts_digest(&two, b->facts, i, NULL) || memcmp(&one, &two, sizeof one) != 0 ||
            memcmp(&x, &y, sizeof x) != 0)
            return 0;
    }
    return 1;
}

/* @return 1 if the changed file is taken as good, 0 if it is refused; ends the program if it is
 * taken as something else. */
static int is_taken(const bad_case *c, hedui_span bytes, const hedui_layout *layout,
                    const hedui_delivery *good, const char *what, size_t at)
{
    hedui_delivery *d = scan(c, bytes, layout);
    int taken = d->refusal == HEDUI_REFUSAL_none;
    if (taken ? !same_rows(good, d) : d->facts->count != 0) {
        (void)fprintf(stderr, "%s: %s %zu gives other rows\n", c->cells[0], what, at);
        exit(1);
    }
    hedui_delivery_close(d);
    return taken;
}

static void build(hedui_buffer *file, const bad_case *c, const hedui_layout *layout)
{
    hedui_buffer content;
    hedui_buffer_init(&content);
    bad_content(&content, c, layout);
    bad_container(file, c, c->cells[1], hedui_buffer_span(&content));
    hedui_buffer_free(&content);
}

static size_t run(const sample *s, const hedui_layouts *layouts)
{
    bad_case c = {
        .table = "every bit",
        .cells = {s->title, s->steps, "", "", ""},
        .set = {.kind = BAD_GZ,
                .header = "编号,公民身份号码,姓名,金额",
                .rows = {"1,659000196203041010,王建国,10", "2,659000196507112025,李秀英,20.5",
                         "3,659000199001013031,张伟,30"}}};
    const hedui_layout *layout = hedui_layouts_find(layouts, hedui_span_of(s->feed));
    hedui_buffer file;
    unsigned harmless = 0;
    hedui_buffer_init(&file);
    build(&file, &c, layout);
    hedui_span bytes = hedui_buffer_span(&file);
    hedui_delivery *good = scan(&c, bytes, layout);
    if (good->refusal != HEDUI_REFUSAL_none || good->facts->count != 3)
        bad_stop(&c, "the sample itself is not taken");

    for (size_t length = 0; length < bytes.length; length++)
        if (is_taken(&c, (hedui_span){bytes.at, length}, layout, good, "cut at", length))
            bad_stop(&c, "a file that was cut is taken");
    for (size_t bit = 0; bit < bytes.length * 8; bit++) {
        file.data[bit / 8] = (char)(file.data[bit / 8] ^ (1 << bit % 8));
        harmless += (unsigned)is_taken(&c, bytes, layout, good, "bit", bit);
        file.data[bit / 8] = (char)(file.data[bit / 8] ^ (1 << bit % 8));
    }
    size_t files = bytes.length * 9;
    (void)printf("%-40s %4zu bytes, %5zu files, %u changes without a meaning\n", s->title,
                 bytes.length, files, harmless);
    if (harmless > s->harmless)
        bad_stop(&c, "more changes are taken than can be without a meaning");
    hedui_delivery_close(good);
    hedui_buffer_free(&file);
    return files;
}

int main(int argc, char **argv)
{
    size_t files = 0;
    const hedui_layouts *layouts;
    hedui_arena *arena = hedui_arena_open(0);
    const char *feeds = argc > 1 ? argv[1] : "";
    if (!arena || hedui_layouts_load(&layouts, &feeds, 1, arena, NULL, NULL) != HEDUI_OK) {
        (void)fprintf(stderr, "usage: bad_every_bit FOLDER_OF_LAYOUTS\n");
        return 2;
    }
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        files += run(&samples[i], layouts);
    (void)printf("%zu files, none taken for what it is not\n", files);
    hedui_arena_close(arena);
    return 0;
}
