/* Writing a query list. The order matters: the file is complete under a hidden name, then the
 * store knows of it, then it gets its name. A list that went out without a record would be a
 * disclosure nobody answers for, and its answer could not be bound. */
#include <hedui/date.h>
#include <hedui/file.h>
#include <hedui/job_query.h>

#include "feed/charset.h"
#include "feed/query_number.h"
#include "run/roster.h"
#include "sheet/sheet.h"
#include "store/query_lists.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

typedef struct writer {
    const hedui_workspace *workspace;
    const hedui_query_options *options;
    hedui_arena *scratch, *arena; /* of this call; of what is handed out */
    hedui_err *err;
    hedui_store *store;
    const hedui_layout *layout;
    hedui_chain *chains[HEDUI_ROSTER_FILES];
    const hedui_caseload *caseload;
    hedui_roster roster;
    hedui_query_made made;
    const char *folder, *hidden; /* where the file stands until it is on record */
    int sequence;
} writer;

static hedui_status find_layout(writer *w)
{
    const hedui_layouts *layouts = NULL;
    const hedui_areas *areas = NULL;
    hedui_status status =
        hedui_layouts_load(&layouts, w->workspace->feed_folders, w->workspace->feed_folder_count,
                           w->scratch, NULL, w->err);
    if (status)
        return status;
    w->layout = hedui_layouts_find_named(layouts, w->options->feed);
    if (!w->layout)
        return hedui_fail(w->err, HEDUI_E4014, hedui_place_none(),
                          HEDUI_ARG_SPAN(w->options->feed));
    if (!hedui_layout_is_answer(w->layout))
        return hedui_fail(w->err, HEDUI_E2180, hedui_place_none(),
                          HEDUI_ARG_SPAN(w->layout->title));
    status = hedui_areas_load(&areas, w->workspace->areas, w->workspace->area, w->scratch, w->err);
    if (!status)
        status = hedui_roster_caseload(&w->caseload, w->chains, w->workspace->inbox, layouts, areas,
                                       w->workspace->folder, w->options->day, w->scratch, w->err);
    if (!status)
        status = hedui_roster_make(&w->roster, w->caseload, w->scratch, w->err);
    if (!status && !w->roster.asked_count)
        status = hedui_fail_plain(w->err, HEDUI_E2181, hedui_place_none());
    return status;
}

static hedui_status count_reasons(writer *w)
{
    enum { MOST_REASONS = 8 };
    const char **reasons = hedui_arena_array(w->arena, MOST_REASONS, sizeof *reasons);
    int64_t *counts = hedui_arena_array(w->arena, MOST_REASONS, sizeof *counts);
    if (!reasons || !counts)
        return hedui_fail_memory(w->err);
    for (uint32_t i = 0; i < w->roster.omitted_count; i++) {
        uint32_t at = 0;
        while (at < w->made.reason_count && reasons[at] != w->roster.omitted[i].reason)
            at++;
        if (at == w->made.reason_count)
            reasons[w->made.reason_count++] = w->roster.omitted[i].reason;
        counts[at]++;
    }
    w->made.reasons = reasons;
    w->made.counts = counts;
    return HEDUI_OK;
}

/* Everything that is said of the list, and the names of its file. */
static hedui_status describe(writer *w)
{
    hedui_query_made *m = &w->made;
    char number[HEDUI_QUERY_NUMBER];
    hedui_buffer name;
    int32_t days = w->options->days < 0 ? w->layout->guards.age_refuse_days : w->options->days;
    hedui_query_number_print(number, w->options->day, w->sequence);
    m->number = hedui_arena_copy(w->arena, hedui_span_of(number));
    m->title = hedui_arena_copy(w->arena, w->layout->title);
    m->source = hedui_arena_copy(w->arena, w->layout->source);
    m->charset = hedui_span_of(w->layout->charset == HEDUI_CHARSET_UTF8 ? "UTF-8" : "GB18030");
    m->day = w->options->day;
    m->answer_by = days < 0 ? INT32_MAX : m->day + days;
    m->asked = w->roster.asked_count;
    m->entries = w->roster.entry_count;
    m->omitted = w->roster.omitted_count;
    m->unreadable = w->roster.unreadable;
    w->folder = hedui_path_join(w->workspace->out, "requests", w->scratch);
    hedui_buffer_init(&name);
    hedui_buffer_byte(&name, '.');
    hedui_buffer_add(&name, w->layout->name);
    hedui_buffer_format(&name, "-%s.csv", number);
    if (!w->folder || !m->number.at || !m->title.at || !m->source.at ||
        hedui_buffer_failed(&name)) {
        hedui_buffer_free(&name);
        return hedui_fail_memory(w->err);
    }
    m->path = hedui_path_join(w->folder, name.data + 1, w->arena);
    w->hidden = hedui_path_join(w->folder, name.data, w->scratch);
    hedui_buffer_free(&name);
    if (!m->path || !w->hidden)
        return hedui_fail_memory(w->err);
    return count_reasons(w);
}

/* Names and numbers are headed as in the caseload's own layout. */
static hedui_span title_of(const writer *w, hedui_member_column column)
{
    const hedui_caseload *c = w->caseload;
    return c->member_delivery->layout->columns[c->member_columns[column]].title;
}

static void print_rows(hedui_buffer *out, const writer *w)
{
    const hedui_sheet_column columns[] = {
        {hedui_span_of("查询名单编号"), HEDUI_SHEET_TEXT},
        {hedui_span_of("查询日"), HEDUI_SHEET_DATE},
        {hedui_span_of("序号"), HEDUI_SHEET_NUMBER},
        {title_of(w, HEDUI_MEMBER_NAME), HEDUI_SHEET_TEXT},
        {title_of(w, HEDUI_MEMBER_CITIZEN_ID), HEDUI_SHEET_TEXT},
    };
    enum { COLUMNS = sizeof columns / sizeof *columns };
    hedui_sheet_csv_head(out, columns, COLUMNS, w->layout->charset == HEDUI_CHARSET_UTF8);
    for (uint32_t i = 0; i < w->roster.entry_count; i++) {
        char id[HEDUI_CITIZEN_ID_TEXT];
        hedui_citizen_id_print(id, w->roster.entries[i].id);
        const hedui_sheet_cell cells[COLUMNS] = {{.text = w->made.number},
                                                 {.number = w->made.day},
                                                 {.number = (int64_t)i + 1},
                                                 {.text = w->roster.entries[i].name},
                                                 {.text = hedui_span_of(id)}};
        hedui_sheet_csv_row(out, columns, cells, COLUMNS);
    }
}

/* The file under its hidden name, and the digest of its bytes. */
static hedui_status write_hidden(hedui_digest *content, writer *w)
{
    hedui_buffer text, bytes;
    hedui_buffer_init(&text);
    hedui_buffer_init(&bytes);
    print_rows(&text, w);
    hedui_status status = hedui_buffer_failed(&text) ? hedui_fail_memory(w->err) : HEDUI_OK;
    if (!status && !hedui_charset_encode(&bytes, w->layout->charset, hedui_buffer_span(&text)))
        status = hedui_fail(w->err, HEDUI_E2182, hedui_place_none(),
                            HEDUI_ARG_SPAN(w->layout->title), HEDUI_ARG_SPAN(w->made.charset));
    if (!status && hedui_buffer_failed(&bytes))
        status = hedui_fail_memory(w->err);
    if (!status)
        status = hedui_digest_of(content, hedui_buffer_span(&bytes), w->err);
    if (!status)
        status = hedui_folder_make(w->folder, w->err);
    if (!status)
        status = hedui_file_replace(w->hidden, hedui_buffer_span(&bytes), w->err);
    hedui_buffer_free(&text);
    hedui_buffer_free(&bytes);
    return status;
}

static hedui_status record(writer *w, const hedui_digest *content)
{
    uint32_t count = w->roster.omitted_count;
    hedui_query_omission *omitted = hedui_arena_array(w->scratch, count, sizeof *omitted);
    if (!omitted)
        return hedui_fail_memory(w->err);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t member = w->roster.omitted[i].member;
        const hedui_member *m = &w->caseload->members[member];
        omitted[i] = (hedui_query_omission){
            w->caseload->households[m->household].id, hedui_member_name(w->caseload, member),
            w->caseload->persons[m->person].id, w->roster.omitted[i].reason};
    }
    const hedui_query_record kept = {
        .id = w->made.number,
        .feed = w->layout->name,
        .title = w->layout->title,
        .person = w->options->person,
        .file = hedui_span_of(strrchr(w->made.path, '/') + 1),
        .day = w->made.day,
        .answer_by = w->made.answer_by,
        .sequence = w->sequence,
        .at = w->options->at,
        .households = w->caseload->household_delivery->digest,
        .members = w->caseload->member_delivery->digest,
        .content = *content,
        .asked = w->roster.asked,
        .asked_count = w->roster.asked_count,
        .entries = w->roster.entry_count,
        .unreadable = w->roster.unreadable,
        .omitted = omitted,
        .omitted_count = count,
    };
    return hedui_store_query_write(w->store, &kept, w->err);
}

/* Hidden file, record, name: see above. Whatever fails, no list is left. */
static hedui_status publish(writer *w)
{
    hedui_digest content;
    hedui_status status = write_hidden(&content, w);
    if (status)
        return status;
    status = record(w, &content);
    if (!status && rename(w->hidden, w->made.path) != 0) {
        status = hedui_fail(w->err, HEDUI_E1004, hedui_place_none(), HEDUI_ARG_TEXT(w->made.path),
                            HEDUI_ARG_ERRNO(errno));
        (void)hedui_store_query_remove(w->store, w->made.number, NULL);
    }
    if (status) {
        (void)unlink(w->hidden);
        return status;
    }
    w->made.written = 1;
    return hedui_folder_sync(w->folder, w->err);
}

/* A rehearsal leaves nothing behind, not even an empty store. */
static hedui_status take_number(writer *w)
{
    w->sequence = 1;
    if (w->options->dry_run && !hedui_file_exists(w->workspace->store))
        return HEDUI_OK;
    hedui_status status =
        hedui_store_open(&w->store, w->workspace->store, HEDUI_STORE_CREATE, w->err);
    if (!status) /* so that the number stays free until the list is kept */
        status = hedui_store_lock(w->store, w->err);
    if (!status)
        status = hedui_store_query_next(&w->sequence, w->store, w->options->day, w->err);
    return status;
}

static hedui_status write_list(writer *w)
{
    if (!w->options->person.length)
        return hedui_fail_plain(w->err, HEDUI_E2183, hedui_place_none());
    hedui_status status = find_layout(w);
    if (!status)
        status = take_number(w);
    if (!status)
        status = describe(w);
    if (!status && w->options->agree)
        status = w->options->agree(w->options->context, &w->made, w->err);
    if (!status && !w->options->dry_run)
        status = publish(w);
    return status;
}

hedui_status hedui_query_write(hedui_query_made *made, const hedui_workspace *workspace,
                               const hedui_query_options *options, hedui_arena *arena,
                               hedui_err *err)
{
    writer w = {.workspace = workspace, .options = options, .arena = arena, .err = err};
    w.scratch = hedui_arena_open(0);
    hedui_status status = w.scratch ? write_list(&w) : hedui_fail_memory(err);
    if (!status)
        *made = w.made;
    hedui_store_close(w.store);
    for (int i = 0; i < HEDUI_ROSTER_FILES; i++)
        hedui_chain_close(w.chains[i]);
    hedui_arena_close(w.scratch);
    return status;
}
