/* One case: the public call under its limits, the same file through windows of every size, the
 * guards. Each difference is said in words; nothing is taken from what the engine printed before.
 */
#include "outcome.h"

#include "feed/delivery.h"
#include "feed/inbox.h"
#include "run/guard.h"
#include "run/plan.h"
#include "value/cell.h"

#include <hedui/feed.h>
#include <hedui/file.h>

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum { MOST_SECONDS = 2, MOST_KIB = 64 * 1024, SMALL = 64 * 1024 };

typedef struct judge {
    const bad_case *c;
    const outcome *want;
    hedui_arena *arena;
    const char *folder, *feeds, *path;
    hedui_span content; /* uncompressed, where it is known */
    int wrong;
} judge;

static void differs(judge *j, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void differs(judge *j, const char *format, ...)
{
    va_list args;
    (void)fprintf(stderr, "%s:%u: %s: ", j->c->table, j->c->line, j->c->cells[0]);
    va_start(args, format);
    (void)vfprintf(stderr, format, args);
    va_end(args);
    (void)fputc('\n', stderr);
    j->wrong = 1;
}

/* The offset of a line of the content, counted here and not by the engine. */
static uint64_t offset_of(hedui_span text, uint32_t line)
{
    size_t first = 0, i = 0;
    if (text.length >= 3 && memcmp(text.at, "\xEF\xBB\xBF", 3) == 0)
        i = 3;
    while (first < text.length && text.at[first] != '\n' && text.at[first] != '\r')
        first++;
    int cr = first + 1 < text.length && text.at[first] == '\r' && text.at[first + 1] != '\n';
    for (; line > 1 && i < text.length; i++)
        line -= text.at[i] == '\n' || (cr && text.at[i] == '\r' && text.at[i + 1] != '\n');
    return i;
}

static void compare_reject(judge *j, const outcome_reject *want, const hedui_feed_reject *got,
                           uint32_t index)
{
    if (!hedui_span_is(want->reason, got->reason))
        differs(j, "reject %u is %s, not %.*s", index, got->reason, (int)want->reason.length,
                want->reason.at);
    if (want->count == 1 && !hedui_span_equal(want->column, got->column))
        differs(j, "reject %u in column '%.*s'", index, (int)got->column.length, got->column.at);
    if (want->line != got->line)
        differs(j, "reject %u in line %u", index, got->line);
    if (j->content.length && offset_of(j->content, got->line) != got->offset)
        differs(j, "reject %u at offset %llu", index, (unsigned long long)got->offset);
}

/* An excerpt is readable anywhere and gives nobody's number away. */
static void look_at_excerpt(judge *j, hedui_span excerpt)
{
    size_t digits = 0;
    if (!hedui_utf8_valid(excerpt))
        differs(j, "the excerpt is not UTF-8");
    for (size_t i = 0; i < excerpt.length; i++) {
        unsigned char byte = (unsigned char)excerpt.at[i];
        digits = byte >= '0' && byte <= '9' ? digits + 1 : 0;
        if (byte < 0x20 || byte == 0x7F)
            differs(j, "the excerpt has control characters");
        if (digits == 15)
            differs(j, "the excerpt has a whole number: %.*s", (int)excerpt.length, excerpt.at);
    }
}

static void compare_rejects(judge *j, const hedui_feed_report *report)
{
    uint32_t at = 0;
    uint64_t all = 0;
    for (uint32_t i = 0; i < j->want->reject_count; i++) {
        const outcome_reject *want = &j->want->rejects[i];
        uint64_t counted = 0, wanted = 0;
        for (uint32_t k = 0; k < report->reason_count; k++)
            if (hedui_span_is(want->reason, report->reasons[k].name))
                counted = report->reasons[k].count;
        for (uint32_t k = 0; k < j->want->reject_count; k++)
            if (hedui_span_equal(j->want->rejects[k].reason, want->reason))
                wanted += j->want->rejects[k].count;
        if (counted != wanted)
            differs(j, "%llu rejected for %.*s", (unsigned long long)counted,
                    (int)want->reason.length, want->reason.at);
        if (at < report->reject_count)
            compare_reject(j, want, &report->rejects[at], at);
        at += (uint32_t)want->count;
        all += want->count;
    }
    if (j->want->verdict == HEDUI_RUN_ACCEPTED && all != report->rejected)
        differs(j, "%llu rejected, first %s", (unsigned long long)report->rejected,
                report->reject_count ? report->rejects[0].reason : "none");
    for (uint32_t i = 0; i < report->reject_count; i++)
        look_at_excerpt(j, report->rejects[i].excerpt);
}

static void compare_report(judge *j, const hedui_feed_report *report)
{
    const outcome *w = j->want;
    if (!hedui_span_is(w->refusal, report->refusal ? report->refusal : ""))
        differs(j, "refusal '%s'", report->refusal ? report->refusal : "");
    if (w->detail.length && !hedui_span_equal(w->detail, report->refusal_detail))
        differs(j, "refused because of '%.*s'", (int)report->refusal_detail.length,
                report->refusal_detail.at);
    compare_rejects(j, report);
    if (!w->has_ledger)
        return;
    if (w->records != report->records || w->accepted != report->accepted ||
        w->other != report->other_document || w->duplicate != report->duplicate ||
        w->rejected != report->rejected)
        differs(j, "ledger %llu=%llu+%llu+%llu+%llu", (unsigned long long)report->records,
                (unsigned long long)report->accepted, (unsigned long long)report->other_document,
                (unsigned long long)report->duplicate, (unsigned long long)report->rejected);
    if (w->titles != report->title_lines || w->footers != report->footer_lines ||
        w->blanks != report->blank_lines || w->upgraded != report->upgraded ||
        report->header_lines != 1)
        differs(j, "t%llu f%llu b%llu u%llu, %llu header lines",
                (unsigned long long)report->title_lines, (unsigned long long)report->footer_lines,
                (unsigned long long)report->blank_lines, (unsigned long long)report->upgraded,
                (unsigned long long)report->header_lines);
}

/* Time and memory of what ran so far; the process began with this case. */
static void measure(judge *j)
{
    struct rusage used;
    if (!BAD_MEASURED || getrusage(RUSAGE_SELF, &used) != 0)
        return;
    double seconds = (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
                     (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
    if (seconds > MOST_SECONDS)
        differs(j, "%.1f seconds", seconds);
    if (used.ru_maxrss > MOST_KIB)
        differs(j, "%ld KiB of memory", used.ru_maxrss);
    if (getenv("BAD_USAGE"))
        (void)printf("%s:%u\t%.3f s\t%ld KiB\n", j->c->table, j->c->line, seconds, used.ru_maxrss);
}

static void ask_public_call(judge *j)
{
    const hedui_feed_report *report;
    hedui_err err;
    hedui_err_init(&err);
    hedui_status status = hedui_feed_check(&report, j->path, NULL, &j->feeds, 1, j->arena, &err);
    measure(j);
    if ((int)status != j->want->error) {
        differs(j, "E%d at %s:%u %.*s", (int)status, err.file, err.line, (int)err.text_used,
                err.text);
        return;
    }
    if (status == HEDUI_OK)
        compare_report(j, report);
}

static void compare_values(judge *j, const hedui_delivery *d)
{
    const outcome *w = j->want;
    uint32_t column = HEDUI_COLUMN_NONE, row = 0;
    hedui_buffer text;
    if (!w->value_column)
        return;
    size_t length = strcspn(w->value_column, " ");
    for (uint32_t c = 0; c < d->layout->column_count; c++)
        if (hedui_span_equal(d->layout->columns[c].title, (hedui_span){w->value_column, length}))
            column = c;
    if (column == HEDUI_COLUMN_NONE)
        bad_stop(j->c, "the layout has no such column");
    hedui_buffer_init(&text);
    for (uint32_t i = 0; i < d->facts->count; i++) {
        if (hedui_facts_gone(d->facts, i))
            continue;
        uint32_t at = w->one_value ? 0 : row;
        hedui_buffer_clear(&text);
        hedui_facts_print(&text, d->facts, i, column);
        if ((!w->one_value || row == 1) &&
            (at >= w->value_count || !hedui_span_equal(hedui_buffer_span(&text), w->values[at])))
            differs(j, "row %u has '%.*s'", row, (int)text.length, text.data ? text.data : "");
        row++;
    }
    hedui_buffer_free(&text);
    if (!w->one_value && row != w->value_count)
        differs(j, "%u rows are left", row);
}

/* Another window, the same result. */
static void compare_scans(judge *j, hedui_delivery *a, hedui_delivery *b, size_t window)
{
    hedui_reject x, y;
    uint64_t rejects = hedui_rejects_count(a->rejects);
    if (a->refusal != b->refusal)
        differs(j, "windows of %zu: %s", window, hedui_refusal_name(b->refusal));
    if (a->content_length != b->content_length || a->crc != b->crc ||
        a->extra_column_count != b->extra_column_count ||
        a->rejected_person_count != b->rejected_person_count)
        differs(j, "windows of %zu: other content", window);
    if (a->facts->count != b->facts->count || rejects != hedui_rejects_count(b->rejects) ||
        memcmp(&a->ledger, &b->ledger, sizeof a->ledger) != 0) {
        differs(j, "windows of %zu: another ledger", window);
        return;
    }
    for (uint64_t i = 0; i < rejects && i < 1000; i++)
        if (hedui_rejects_get(&x, a->rejects, i, NULL) ||
            hedui_rejects_get(&y, b->rejects, i, NULL) || memcmp(&x, &y, sizeof x) != 0)
            differs(j, "windows of %zu: reject %llu", window, (unsigned long long)i);
    for (uint32_t i = 0; i < a->facts->count && i < 1000; i++) {
        const hedui_fact x_fact = hedui_facts_at(a->facts, i), y_fact = hedui_facts_at(b->facts, i);
        hedui_digest one, two;
        if (hedui_facts_digest(&one, a->facts, i, NULL) ||
            hedui_facts_digest(&two, b->facts, i, NULL) || memcmp(&one, &two, sizeof one) != 0 ||
            memcmp(&x_fact, &y_fact, sizeof x_fact) != 0)
            differs(j, "windows of %zu: row %u", window, i);
    }
}

/* A survey, which keeps no rows, says the same as a scan that keeps them all. */
static void compare_survey(judge *j, hedui_delivery *a, const hedui_scan_options *options)
{
    hedui_delivery *b = NULL;
    hedui_reject x, y;
    const hedui_layout *layout = a->layout;
    uint64_t rejects = hedui_rejects_count(a->rejects);
    if (hedui_delivery_survey(&b, j->path, layout, options, NULL) != HEDUI_OK) {
        differs(j, "no survey");
        return;
    }
    if (a->refusal != b->refusal || a->refusal_line != b->refusal_line ||
        a->refusal_offset != b->refusal_offset ||
        !hedui_span_equal(a->refusal_detail, b->refusal_detail))
        differs(j, "a survey says %s", hedui_refusal_name(b->refusal));
    if (memcmp(&a->ledger, &b->ledger, sizeof a->ledger) != 0 ||
        rejects != hedui_rejects_count(b->rejects))
        differs(j, "a survey has another ledger");
    if (memcmp(a->columns, b->columns, layout->column_count * sizeof *a->columns) != 0 ||
        memcmp(a->has_column, b->has_column, layout->column_count) != 0)
        differs(j, "a survey has other columns");
    for (uint64_t i = 0; i < rejects && i < hedui_rejects_count(b->rejects); i++)
        if (hedui_rejects_get(&x, a->rejects, i, NULL) ||
            hedui_rejects_get(&y, b->rejects, i, NULL) || memcmp(&x, &y, sizeof x) != 0)
            differs(j, "a survey has another reject %llu", (unsigned long long)i);
    hedui_delivery_close(b);
}

static void ask_guards(judge *j, const hedui_delivery *d, int32_t as_of)
{
    hedui_guarded guarded;
    int found = j->want->remark == 0;
    if (hedui_guard(&guarded, d, HEDUI_GUARD_FULL | HEDUI_GUARD_LAST, NULL, NULL, as_of, j->arena,
                    NULL) != HEDUI_OK)
        exit(2);
    for (uint32_t i = 0; i < guarded.remark_count; i++)
        found |= guarded.remarks[i].number == j->want->remark &&
                 guarded.remarks[i].verdict == j->want->verdict;
    if (guarded.verdict != j->want->verdict || !found)
        differs(j, "verdict %d with %u remarks, the last E%d", (int)guarded.verdict,
                guarded.remark_count,
                guarded.remark_count ? guarded.remarks[guarded.remark_count - 1].number : 0);
}

static void ask_scans(judge *j, const hedui_layout *layout, const hedui_promise *promise,
                      int32_t as_of, uint64_t size)
{
    static const size_t windows[] = {0, 4096, 7, 1};
    hedui_delivery *first = NULL, *d = NULL;
    for (int i = 0; i < (size <= SMALL ? 4 : 2); i++) {
        hedui_scan_options options = {
            .promise = promise,
            .reading = {.input_size = windows[i], .block_size = windows[i]},
            .spill_folder = j->folder};
        hedui_err err;
        hedui_err_init(&err);
        if (hedui_delivery_scan(&d, j->path, layout, &options, &err) != HEDUI_OK) {
            differs(j, "windows of %zu: E%d", windows[i], (int)err.status);
            break;
        }
        if (d->refusal == HEDUI_REFUSAL_none && !hedui_ledger_balances(&d->ledger))
            differs(j, "the ledger does not balance");
        if (d->refusal != HEDUI_REFUSAL_none && d->facts->count)
            differs(j, "facts of a refused delivery");
        if (first) {
            compare_scans(j, first, d, windows[i]);
            hedui_delivery_close(d);
            continue;
        }
        first = d;
        compare_survey(j, d, &options);
        ask_guards(j, d, as_of);
        if (d->refusal == HEDUI_REFUSAL_none)
            compare_values(j, d);
    }
    hedui_delivery_close(first);
}

typedef struct heard {
    int numbers[8];
    int count;
} heard;

static void hear(void *context, const hedui_err *note)
{
    heard *h = context;
    if (h->count < 8)
        h->numbers[h->count++] = (int)note->status;
}

/* A manifest binds through the plan of a run: which file serves, and by which promise. */
static void ask_plan(judge *j, const hedui_layouts *layouts, const hedui_layout *layout,
                     int32_t as_of, uint64_t size)
{
    const hedui_plan *plan;
    heard h = {.count = 0};
    hedui_notes notes = {hear, &h};
    hedui_err err;
    hedui_err_init(&err);
    hedui_status status = hedui_plan_make(&plan, j->folder, layouts, as_of, j->arena, &notes, &err);
    if ((int)status != j->want->error ||
        (status && j->want->error_line && err.line != j->want->error_line)) {
        differs(j, "E%d at %s:%u %.*s", (int)status, err.file, err.line, (int)err.text_used,
                err.text);
        return;
    }
    if (status)
        return;
    const hedui_plan_feed *feed = hedui_plan_find(plan, layout);
    if (j->want->verdict == HEDUI_RUN_MISSING) {
        int found = 0;
        for (int i = 0; i < h.count; i++)
            found |= h.numbers[i] == j->want->remark;
        if (feed->file_count || !found)
            differs(j, "%u files are used", feed->file_count);
        return;
    }
    if (feed->file_count != 1) {
        differs(j, "%u files are used", feed->file_count);
        return;
    }
    ask_scans(j, layout, feed->files[0]->promise, as_of, size);
    if (j->want->verdict != HEDUI_RUN_REFUSED) {
        const hedui_feed_report *report;
        if (hedui_feed_check(&report, j->path, NULL, &j->feeds, 1, j->arena, NULL) == HEDUI_OK)
            compare_report(j, report);
    }
    measure(j);
}

int bad_judge(const bad_case *c, const char *folder, const char *feeds)
{
    enum { AS_OF = 16445 }; /* 2015-01-10 */
    outcome want;
    char path[512];
    const hedui_layouts *layouts;
    judge j = {.c = c, .want = &want, .folder = folder, .feeds = feeds, .path = path};
    hedui_buffer content;
    struct rlimit seconds = {20, 20};
    outcome_read(&want, c);
    if (BAD_MEASURED)
        (void)setrlimit(RLIMIT_CPU, &seconds);
    (void)snprintf(path, sizeof path, "%s/%s", folder, c->set.name);
    hedui_buffer_init(&content);
    j.arena = hedui_arena_open(0);
    if (!j.arena || hedui_layouts_load(&layouts, &feeds, 1, j.arena, NULL, NULL) != HEDUI_OK)
        bad_stop(c, "the layouts cannot be loaded");
    const hedui_layout *layout = hedui_layouts_find(layouts, hedui_span_of(c->set.feed));
    if (!layout)
        bad_stop(c, "no such layout");
    if (c->set.kind != BAD_MANIFEST)
        ask_public_call(&j);
    if (c->set.kind != BAD_GZ) {
        bad_content(&content, c, layout);
        j.content = hedui_buffer_span(&content);
    }
    if (c->set.kind == BAD_MANIFEST)
        ask_plan(&j, layouts, layout, AS_OF, content.length);
    else if (!want.error)
        ask_scans(&j, layout, NULL, AS_OF, content.length);
    hedui_buffer_free(&content);
    hedui_arena_close(j.arena);
    return j.wrong;
}
