/* The manifest that binds answers to the lists, and the comparison of what came of them. */
#include "demo/meet.h"
#include "demo/reply.h"

#include <hedui/date.h>
#include <hedui/file.h>

#include <inttypes.h>

enum { FIELDS = 6, QUERY_AHEAD = 10 };

int32_t hedui_demo_asked_on(int32_t as_of)
{
    int year = 0, month = 0, day = 0;
    hedui_date_to_civil(&year, &month, &day, as_of);
    return as_of - day - QUERY_AHEAD; /* answers are of the last day of last month */
}

static hedui_span number_of(hedui_span feed, const hedui_span *numbers)
{
    for (uint32_t i = 0; hedui_demo_asked_feed(i); i++)
        if (hedui_span_is(feed, hedui_demo_asked_feed(i)))
            return numbers[i];
    return hedui_span_of("");
}

static hedui_status write_manifest(hedui_buffer *text, hedui_demo_meeting *w,
                                   const hedui_span *numbers)
{
    hedui_demo_lines l;
    hedui_status status = hedui_demo_lines_open(&l, w, "queries.tsv");
    hedui_buffer_text(text, "files:\n");
    while (!status && hedui_demo_lines_next(&l)) {
        if (l.count != FIELDS)
            return hedui_demo_lines_damaged(w, &l);
        hedui_span number = number_of(l.field[0], numbers);
        if (hedui_span_is(l.field[2], "refused"))
            number = hedui_span_of(HEDUI_DEMO_NOBODYS_LIST);
        hedui_buffer_format(text, "  - {file: %.*s, feed: %.*s", (int)l.field[1].length,
                            l.field[1].at, (int)l.field[0].length, l.field[0].at);
        if (number.length)
            hedui_buffer_format(text, ", answers: %.*s", (int)number.length, number.at);
        hedui_buffer_text(text, "}\n");
    }
    return status;
}

hedui_status hedui_demo_bind(const char *folder, const hedui_span *numbers, hedui_err *err)
{
    hedui_arena *arena = hedui_arena_open(0);
    hedui_demo_meeting w = {.folder = folder, .arena = arena, .err = err};
    hedui_buffer text;
    hedui_buffer_init(&text);
    hedui_status status = arena ? write_manifest(&text, &w, numbers) : hedui_fail_memory(err);
    const char *path =
        status ? NULL : hedui_path_join(folder, "inbox/answers.manifest.yaml", arena);
    if (!status && (!path || hedui_buffer_failed(&text)))
        status = hedui_fail_memory(err);
    if (!status)
        status = hedui_file_replace(path, hedui_buffer_span(&text), err);
    hedui_buffer_free(&text);
    hedui_arena_close(arena);
    return status;
}

static const hedui_demo_reply *find(const hedui_demo_actual *actual, hedui_span file)
{
    for (size_t i = 0; i < actual->reply_count; i++)
        if (hedui_span_equal(actual->replies[i].file, file))
            return &actual->replies[i];
    return NULL;
}

hedui_status hedui_demo_compare_replies(hedui_demo_meeting *w)
{
    hedui_demo_lines l;
    hedui_status status = HEDUI_OK;
    if (!w->actual->reply_count)
        return status;
    status = hedui_demo_lines_open(&l, w, "queries.tsv");
    while (!status && !w->memory && hedui_demo_lines_next(&l)) {
        char text[96] = "-";
        if (l.count != FIELDS)
            return hedui_demo_lines_damaged(w, &l);
        const hedui_demo_reply *r = find(w->actual, l.field[1]);
        if (r)
            (void)snprintf(text, sizeof text, "%s\t%" PRId64 "\t%" PRId64 "\t%" PRId64,
                           !r->used          ? "refused"
                           : r->query.length ? "bound"
                                             : "unnamed",
                           r->asked, r->answered, r->unasked);
        hedui_span want = HEDUI_DEMO_JOIN(w, l.field[2], l.field[3], l.field[4], l.field[5]);
        hedui_demo_point(w, hedui_span_is(want, text), l.field[1], want, hedui_span_of(text));
    }
    return status;
}
