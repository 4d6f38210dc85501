/* Every report in one table, and the files of one. */
#include "report/kinds.h"

#include <hedui/date.h>
#include <hedui/file.h>

#include <stdio.h>

typedef struct kind {
    hedui_report_kind face;
    hedui_report_maker *make;
} kind;

static const char *const xlsx[] = {"xlsx", NULL};

static const kind kinds[] = {
    {{.name = "ledger",
      .id = "R1",
      .zh = "核查台账",
      .en = "ledger to be filled in",
      .whom_zh = "乡镇核查员",
      .whom_en = "inspectors",
      .formats = xlsx,
      .by_town = 1},
     hedui_report_ledger},
};
enum { KINDS = sizeof kinds / sizeof *kinds };

const hedui_report_kind *hedui_report_kind_at(uint32_t index)
{
    return index < KINDS ? &kinds[index].face : NULL;
}

hedui_span hedui_report_town_name(const hedui_store_town *town)
{
    return town->name.length ? town->name : hedui_span_of("未知乡镇");
}

hedui_status hedui_report_line(hedui_span *line, const hedui_report_order *order, hedui_err *err)
{
    const hedui_store_run *run = order->run;
    char day[HEDUI_DATE_TEXT];
    hedui_buffer text;
    hedui_buffer_init(&text);
    hedui_date_print(day, run->as_of);
    hedui_buffer_add(&text, run->unit);
    hedui_buffer_text(&text, "　核对批次：");
    hedui_buffer_add(&text, run->id);
    hedui_buffer_format(&text, "　核对基准日：%s　规则：", day);
    for (size_t i = 0; i < run->rule_count; i++) {
        int told = 0;
        for (size_t j = 0; j < i; j++)
            told |= hedui_span_equal(run->rules[j].pack, run->rules[i].pack);
        if (told)
            continue;
        hedui_buffer_text(&text, i ? "、" : "");
        hedui_buffer_add(&text, run->rules[i].pack);
    }
    hedui_buffer_text(&text, "　金额单位：元　公民身份号码已遮盖");
    if (hedui_span_is(run->state, "draft"))
        hedui_buffer_text(&text, "　★草稿，尚未发布，不得下发核查★");
    else if (hedui_span_is(run->state, "withdrawn"))
        hedui_buffer_text(&text, "　★本批次已撤回，不得使用★");
    *line = hedui_arena_copy(order->arena, hedui_buffer_span(&text));
    int failed = hedui_buffer_failed(&text) || !line->at;
    hedui_buffer_free(&text);
    return failed ? hedui_fail_memory(err) : HEDUI_OK;
}

static const kind *find_kind(const char *name)
{
    for (size_t i = 0; i < KINDS; i++)
        if (strcmp(kinds[i].face.name, name) == 0)
            return &kinds[i];
    return NULL;
}

static hedui_status no_such_kind(const char *name, hedui_err *err)
{
    hedui_buffer names;
    hedui_buffer_init(&names);
    for (size_t i = 0; i < KINDS; i++)
        hedui_buffer_format(&names, "%s%s", i ? ", " : "", kinds[i].face.name);
    hedui_status status =
        hedui_buffer_failed(&names)
            ? hedui_fail_memory(err)
            : hedui_fail(err, HEDUI_E7003, hedui_place_none(), HEDUI_ARG_TEXT(name),
                         HEDUI_ARG_SPAN(hedui_buffer_span(&names)));
    hedui_buffer_free(&names);
    return status;
}

static hedui_status find_format(const char **format, const kind *k, const char *wanted,
                                hedui_err *err)
{
    hedui_buffer known;
    *format = k->face.formats[0];
    if (!wanted)
        return HEDUI_OK;
    hedui_buffer_init(&known);
    for (size_t i = 0; k->face.formats[i]; i++) {
        hedui_buffer_format(&known, "%s%s", i ? ", " : "", k->face.formats[i]);
        if (strcmp(k->face.formats[i], wanted) == 0)
            *format = k->face.formats[i];
    }
    hedui_status status = HEDUI_OK;
    if (hedui_buffer_failed(&known))
        status = hedui_fail_memory(err);
    else if (strcmp(*format, wanted) != 0)
        status = hedui_fail(err, HEDUI_E7005, hedui_place_none(), HEDUI_ARG_TEXT(k->face.name),
                            HEDUI_ARG_TEXT(wanted), HEDUI_ARG_SPAN(hedui_buffer_span(&known)));
    hedui_buffer_free(&known);
    return status;
}

/* Names of towns come from the county's own table; a slash in one must not lead elsewhere. */
static void add_name(hedui_buffer *name, hedui_span part)
{
    for (size_t i = 0; i < part.length; i++)
        hedui_buffer_byte(name,
                          part.at[i] == '/' || (unsigned char)part.at[i] < ' ' ? '_' : part.at[i]);
}

static hedui_status make_file(const char **path, const kind *k, const hedui_report_order *order,
                              const char *folder, hedui_err *err)
{
    hedui_buffer name, content;
    hedui_buffer_init(&name);
    hedui_buffer_init(&content);
    hedui_buffer_format(&name, "%s_", k->face.zh);
    if (order->town) {
        add_name(&name, hedui_report_town_name(order->town));
        hedui_buffer_byte(&name, '_');
    }
    hedui_buffer_add(&name, order->run->id);
    hedui_buffer_format(&name, ".%s", order->format);
    hedui_status status = k->make(&content, order, err);
    if (!status && hedui_buffer_failed(&name))
        status = hedui_fail_memory(err);
    if (!status && !(*path = hedui_path_join(folder, name.data, order->arena)))
        status = hedui_fail_memory(err);
    if (!status)
        status = hedui_file_replace(*path, hedui_buffer_span(&content), err);
    hedui_buffer_free(&content);
    hedui_buffer_free(&name);
    return status;
}

/* The file of each town with something in it, or of the one town that was named. */
static hedui_status make_towns(const char **paths, size_t *count, const kind *k,
                               hedui_report_order *order, const hedui_report_request *request,
                               hedui_err *err)
{
    const hedui_store_run *run = order->run;
    hedui_status status = HEDUI_OK;
    int found = 0;
    for (size_t i = 0; !status && i < run->town_count; i++) {
        const hedui_store_town *town = &run->towns[i];
        int named = request->town.length && (hedui_span_equal(request->town, town->code) ||
                                             hedui_span_equal(request->town, town->name));
        if (request->town.length ? !named : !town->flags && !town->kept)
            continue;
        found = 1;
        order->town = town;
        status = make_file(&paths[*count], k, order, request->folder, err);
        *count += !status;
    }
    if (!status && request->town.length && !found)
        return hedui_fail(err, HEDUI_E7004, hedui_place_none(), HEDUI_ARG_SPAN(run->id),
                          HEDUI_ARG_SPAN(request->town));
    return status;
}

hedui_status hedui_report_build(const char *const **paths, size_t *count, hedui_store *store,
                                const hedui_report_request *request, hedui_arena *arena,
                                hedui_err *err)
{
    const kind *k = find_kind(request->kind);
    hedui_report_order order = {.store = store, .arena = arena};
    size_t made = 0;
    if (!k)
        return no_such_kind(request->kind, err);
    hedui_status status = find_format(&order.format, k, request->format, err);
    if (!status)
        status = hedui_store_run_find(&order.run, store, request->run, arena, err);
    if (status)
        return status;
    const char **files = hedui_arena_array(arena, order.run->town_count + 1, sizeof *files);
    if (!files)
        return hedui_fail_memory(err);
    if (k->face.by_town)
        status = make_towns(files, &made, k, &order, request, err);
    else
        status = make_file(&files[made++], k, &order, request->folder, err);
    if (status)
        return status;
    *paths = files;
    *count = made;
    return HEDUI_OK;
}
