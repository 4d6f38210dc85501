/* `feeds check`: a scan without a matcher, told as texts and numbers that outlive it. */
#include <hedui/feed.h>

#include "feed/check.h"
#include "feed/inbox.h"

#include <hedui/date.h>

#include <stdlib.h>

static hedui_span copy(hedui_arena *arena, hedui_span text, int *failed)
{
    hedui_span kept = hedui_arena_copy(arena, text);
    *failed |= kept.at == NULL;
    return kept;
}

/* A number of a column as text; nothing for kinds without an order. */
static hedui_span bound(const hedui_column *column, int64_t number, hedui_arena *arena, int *failed)
{
    int ordered = column->type == HEDUI_COLUMN_DATE || column->type == HEDUI_COLUMN_MONTH ||
                  column->type == HEDUI_COLUMN_MONEY || column->type == HEDUI_COLUMN_INTEGER ||
                  column->type == HEDUI_COLUMN_AREA || column->type == HEDUI_COLUMN_RATE ||
                  column->type == HEDUI_COLUMN_DECIMAL;
    hedui_buffer text;
    if (!ordered || column->sensitive)
        return (hedui_span){"", 0};
    hedui_buffer_init(&text);
    hedui_column_print(&text, column, number);
    hedui_span kept = copy(arena, hedui_buffer_span(&text), failed);
    *failed |= hedui_buffer_failed(&text);
    hedui_buffer_free(&text);
    return kept;
}

/* The most frequent codes; of equally frequent ones the first of the list. */
static int tell_top(hedui_feed_column *told, const hedui_column *column, const uint64_t *counts,
                    hedui_arena *arena)
{
    int yes_no = column->type == HEDUI_COLUMN_YES_NO;
    uint32_t codes = yes_no ? 2 : column->list->count;
    hedui_feed_top *top = hedui_arena_array(arena, HEDUI_FEED_CHECK_TOP, sizeof *top);
    if (!top)
        return 0;
    for (uint32_t i = 0; i < codes; i++) {
        uint64_t count = counts[i];
        uint32_t at = told->top_count;
        if (!count)
            continue;
        told->code_count++;
        if (at == HEDUI_FEED_CHECK_TOP && top[at - 1].count >= count)
            continue;
        at -= at == HEDUI_FEED_CHECK_TOP;
        for (; at > 0 && top[at - 1].count < count; at--)
            top[at] = top[at - 1];
        top[at] = yes_no ? (hedui_feed_top){hedui_span_of(i ? "是" : "否"), {"", 0}, count}
                         : (hedui_feed_top){column->list->codes[i].code,
                                            column->list->codes[i].label, count};
        told->top_count += told->top_count < HEDUI_FEED_CHECK_TOP;
    }
    told->top = top;
    return 1;
}

static int tell_columns(hedui_feed_report *report, const hedui_delivery *delivery,
                        hedui_arena *arena)
{
    int failed = 0;
    uint32_t count = delivery->layout->column_count;
    hedui_feed_column *columns = hedui_arena_array(arena, count, sizeof *columns);
    if (!columns)
        return 0;
    for (uint32_t c = 0; c < count; c++) {
        const hedui_column *column = &delivery->layout->columns[c];
        const hedui_column_count *counted = &delivery->columns[c];
        columns[c].name = column->name;
        columns[c].title = column->title;
        columns[c].type = hedui_column_type_name(column->type);
        columns[c].present = delivery->has_column[c];
        columns[c].value = counted->value;
        columns[c].absent = counted->absent;
        columns[c].unknown = counted->unknown;
        columns[c].unlisted = counted->unlisted;
        columns[c].bad = counted->bad;
        columns[c].least = columns[c].most = (hedui_span){"", 0};
        if (!counted->value)
            continue;
        columns[c].least = bound(column, counted->least, arena, &failed);
        columns[c].most = bound(column, counted->most, arena, &failed);
        if (delivery->codes[c] && !column->sensitive)
            failed |= !tell_top(&columns[c], column, delivery->codes[c], arena);
    }
    report->columns = columns;
    report->column_count = count;
    hedui_span *extra = hedui_arena_array(arena, delivery->extra_column_count, sizeof *extra);
    if (!extra)
        return 0;
    for (uint32_t i = 0; i < delivery->extra_column_count; i++)
        extra[i] = copy(arena, delivery->extra_columns[i], &failed);
    report->extra_columns = extra;
    report->extra_column_count = delivery->extra_column_count;
    return !failed;
}

static int by_count(const void *a, const void *b)
{
    const hedui_feed_count *x = a, *y = b;
    if (x->count != y->count)
        return x->count < y->count ? 1 : -1;
    return strcmp(x->name, y->name);
}

static int tell_reasons(hedui_feed_report *report, const hedui_ledger *ledger, hedui_arena *arena)
{
    hedui_feed_count *reasons = hedui_arena_array(arena, HEDUI_REASON_COUNT, sizeof *reasons);
    if (!reasons)
        return 0;
    for (unsigned i = 0; i < HEDUI_REASON_COUNT; i++) {
        hedui_reason reason = (hedui_reason)i;
        if (!ledger->rejected_by[i])
            continue;
        reasons[report->reason_count++] =
            (hedui_feed_count){hedui_reason_name(reason), hedui_reason_text(reason, 1),
                               hedui_reason_text(reason, 0), ledger->rejected_by[i]};
    }
    qsort(reasons, report->reason_count, sizeof *reasons, by_count);
    report->reasons = reasons;
    return 1;
}

static int by_weight(const void *a, const void *b)
{
    const hedui_feed_problem *x = a, *y = b;
    if (x->count != y->count)
        return x->count < y->count ? 1 : -1;
    if (x->lines[0] != y->lines[0])
        return x->lines[0] < y->lines[0] ? -1 : 1;
    return strcmp(x->reason, y->reason);
}

/* All rejects by reason and column. There are as many problems as reasons times columns at most,
 * however many rows. */
static hedui_status tell_problems(hedui_feed_report *report, const hedui_delivery *delivery,
                                  hedui_arena *arena, hedui_err *err)
{
    uint32_t columns = delivery->layout->column_count, places = columns + 1, used = 0;
    uint64_t all = hedui_rejects_count(delivery->rejects);
    hedui_feed_problem *problems =
        hedui_arena_array(arena, (size_t)HEDUI_REASON_COUNT * places, sizeof *problems);
    if (!problems)
        return hedui_fail_memory(err);
    for (uint64_t i = 0; i < all; i++) {
        hedui_reject one;
        hedui_status status = hedui_rejects_get(&one, delivery->rejects, i, err);
        if (status != HEDUI_OK)
            return status;
        uint32_t place = one.column < columns ? one.column : columns;
        hedui_feed_problem *p = &problems[one.reason * places + place];
        if (!p->count) {
            p->reason = hedui_reason_name((hedui_reason)one.reason);
            p->zh = hedui_reason_text((hedui_reason)one.reason, 1);
            p->en = hedui_reason_text((hedui_reason)one.reason, 0);
            p->column =
                place < columns ? delivery->layout->columns[place].title : (hedui_span){"", 0};
        }
        p->count++;
        if (p->line_count < HEDUI_FEED_CHECK_LINES)
            p->lines[p->line_count++] = one.line;
    }
    for (uint32_t i = 0; i < HEDUI_REASON_COUNT * places; i++)
        if (problems[i].count)
            problems[used++] = problems[i];
    qsort(problems, used, sizeof *problems, by_weight);
    report->problems = problems;
    report->problem_count = used;
    return HEDUI_OK;
}

static hedui_status tell_rejects(hedui_feed_report *report, const hedui_delivery *delivery,
                                 hedui_arena *arena, hedui_err *err)
{
    int failed = 0;
    uint64_t all = hedui_rejects_count(delivery->rejects);
    uint32_t count = all < HEDUI_FEED_CHECK_REJECTS ? (uint32_t)all : HEDUI_FEED_CHECK_REJECTS;
    hedui_feed_reject *rejects = hedui_arena_array(arena, count, sizeof *rejects);
    if (!rejects)
        return hedui_fail_memory(err);
    for (uint32_t i = 0; i < count; i++) {
        hedui_reject one;
        hedui_status status = hedui_rejects_get(&one, delivery->rejects, i, err);
        if (status != HEDUI_OK)
            return status;
        hedui_reason reason = (hedui_reason)one.reason;
        rejects[i].line = one.line;
        rejects[i].offset = one.offset;
        rejects[i].column = one.column == HEDUI_COLUMN_NONE
                                ? (hedui_span){"", 0}
                                : delivery->layout->columns[one.column].title;
        rejects[i].reason = hedui_reason_name(reason);
        rejects[i].zh = hedui_reason_text(reason, 1);
        rejects[i].en = hedui_reason_text(reason, 0);
        rejects[i].excerpt = copy(arena, hedui_span_of(one.excerpt), &failed);
    }
    report->rejects = rejects;
    report->reject_count = count;
    return failed ? hedui_fail_memory(err) : HEDUI_OK;
}

hedui_status hedui_feed_tell(hedui_feed_report **report, const hedui_delivery *delivery,
                             hedui_arena *arena, hedui_err *err)
{
    int failed = 0;
    const hedui_ledger *ledger = &delivery->ledger;
    hedui_feed_report *told = hedui_arena_take(arena, sizeof *told);
    if (!told)
        return hedui_fail_memory(err);
    told->path = copy(arena, hedui_span_of(delivery->path), &failed).at;
    told->feed = delivery->layout->name;
    told->title = delivery->layout->title;
    told->source = delivery->layout->source;
    told->size = delivery->size;
    told->content_length = delivery->content_length;
    hedui_digest_hex(told->sha256, &delivery->digest);
    if (delivery->cut_off != HEDUI_DAY_NONE) {
        char day[HEDUI_DATE_TEXT];
        hedui_date_print(day, delivery->cut_off);
        told->cut_off = copy(arena, hedui_span_of(day), &failed);
    }
    if (delivery->refusal != HEDUI_REFUSAL_none) {
        told->refusal = hedui_refusal_name(delivery->refusal);
        told->refusal_zh = hedui_refusal_text(delivery->refusal, 1);
        told->refusal_en = hedui_refusal_text(delivery->refusal, 0);
        told->refusal_detail = copy(arena, delivery->refusal_detail, &failed);
    }
    told->footer_unread = copy(arena, delivery->footer_unread, &failed);
    told->title_lines = ledger->title_lines;
    told->header_lines = ledger->header_lines;
    told->footer_lines = ledger->footer_lines;
    told->blank_lines = ledger->blank_lines;
    told->records = ledger->records;
    told->accepted = ledger->accepted;
    told->other_document = ledger->other_document;
    told->duplicate = ledger->duplicate;
    told->rejected = ledger->rejected;
    told->upgraded = ledger->upgraded;
    if (failed || !tell_columns(told, delivery, arena) || !tell_reasons(told, ledger, arena))
        return hedui_fail_memory(err);
    hedui_status status = tell_problems(told, delivery, arena, err);
    if (status == HEDUI_OK)
        status = tell_rejects(told, delivery, arena, err);
    if (status == HEDUI_OK)
        *report = told;
    return status;
}

hedui_status hedui_feed_survey(hedui_delivery **delivery, const char *path, const char *feed,
                               const char *const *folders, size_t folder_count, hedui_arena *arena,
                               hedui_err *err)
{
    const hedui_layouts *layouts;
    const hedui_layout *layout = NULL;
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    hedui_status status = hedui_layouts_load(&layouts, folders, folder_count, arena, NULL, err);
    if (status == HEDUI_OK && feed)
        layout = hedui_layouts_find_named(layouts, hedui_span_of(feed));
    else if (status == HEDUI_OK)
        status = hedui_inbox_layout(&layout, NULL, name, layouts, err);
    if (status == HEDUI_OK && !layout)
        status = feed ? hedui_fail(err, HEDUI_E2032, hedui_place_none(), HEDUI_ARG_TEXT(feed))
                      : hedui_fail(err, HEDUI_E2031, hedui_place_none(), HEDUI_ARG_TEXT(name));
    return status ? status : hedui_delivery_survey(delivery, path, layout, NULL, err);
}

hedui_status hedui_feed_check(const hedui_feed_report **report, const char *path, const char *feed,
                              const char *const *folders, size_t folder_count, hedui_arena *arena,
                              hedui_err *err)
{
    hedui_delivery *delivery = NULL;
    hedui_feed_report *told = NULL;
    hedui_status status =
        hedui_feed_survey(&delivery, path, feed, folders, folder_count, arena, err);
    if (status == HEDUI_OK)
        status = hedui_feed_tell(&told, delivery, arena, err);
    if (status == HEDUI_OK)
        *report = told;
    hedui_delivery_close(delivery);
    return status;
}
