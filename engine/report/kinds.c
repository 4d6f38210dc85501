/* Every report in one table, and the files of one. */
#include "report/visits.h"

#include <hedui/date.h>
#include <hedui/file.h>
#include <hedui/json.h>
#include <hedui/store_delivery.h>
#include <hedui/store_household.h>
#include <hedui/store_pair.h>

#include <stdio.h>

typedef struct kind {
    hedui_report_kind face;
    hedui_report_maker *make;
} kind;

static const char *const xlsx[] = {"xlsx", NULL};
static const char *const html[] = {"html", NULL};
static const char *const xlsx_html[] = {"xlsx", "html", NULL};
static const char *const html_json_csv[] = {"html", "json", "csv", NULL};

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
    {{.name = "visit",
      .id = "R2",
      .zh = "入户核查表",
      .en = "sheets to be signed at the households",
      .whom_zh = "核查员、被核查家庭",
      .whom_en = "inspectors and families",
      .formats = html,
      .by_town = 1,
      .by_household = 1},
     hedui_report_visit},
    {{.name = "notes",
      .id = "R2",
      .zh = "核查员参考页",
      .en = "notes for the inspector alone",
      .whom_zh = "仅核查员本人",
      .whom_en = "inspectors alone",
      .formats = html,
      .by_town = 1,
      .by_household = 1},
     hedui_report_notes},
    {{.name = "route",
      .id = "R3",
      .zh = "走访清单",
      .en = "whom to visit, by village",
      .whom_zh = "核查员",
      .whom_en = "inspectors",
      .formats = html,
      .by_town = 1},
     hedui_report_route},
    {{.name = "summary",
      .id = "R4",
      .zh = "疑点汇总表",
      .en = "flags by rule and town",
      .whom_zh = "分管领导",
      .whom_en = "leaders",
      .formats = xlsx_html},
     hedui_report_summary},
    {{.name = "household",
      .id = "R8",
      .zh = "核对报告",
      .en = "the answer about one household",
      .whom_zh = "档案、申请人",
      .whom_en = "files and applicants",
      .formats = html,
      .by_household = 1},
     hedui_report_household},
    {{.name = "problems",
      .id = "R9",
      .zh = "数据质量与退回清单",
      .en = "rows not used, to go back",
      .whom_zh = "来源单位",
      .whom_en = "departments",
      .formats = xlsx,
      .by_source = 1},
     hedui_report_problems},
    {{.name = "run",
      .id = "R10",
      .zh = "核对批次报告和清单",
      .en = "the report of a run and its lists",
      .whom_zh = "操作员、审计",
      .whom_en = "operators and auditors",
      .formats = html_json_csv,
      .by_run = 1},
     NULL},
};
enum { KINDS = sizeof kinds / sizeof *kinds };

const hedui_report_kind *hedui_report_kind_at(uint32_t index)
{
    return index < KINDS ? &kinds[index].face : NULL;
}

const char *hedui_report_state_mark(const hedui_store_run *run)
{
    if (hedui_span_is(run->state, "draft"))
        return "★草稿，尚未发布，不得下发核查★";
    return hedui_span_is(run->state, "withdrawn") ? "★本批次已撤回，不得使用★" : "";
}

hedui_status hedui_report_line(hedui_span *line, const hedui_report_order *order, int is_table,
                               hedui_err *err)
{
    const hedui_store_run *run = order->run;
    char day[HEDUI_DATE_TEXT];
    hedui_buffer text;
    hedui_buffer_init(&text);
    hedui_date_print(day, run->as_of);
    hedui_buffer_add(&text, run->unit);
    hedui_buffer_text(&text, "　核对批次：");
    hedui_buffer_add(&text, run->id);
    hedui_buffer_format(&text, "　核对基准日：%s", day);
    hedui_buffer_text(&text, is_table ? "　规则：" : "");
    for (size_t i = 0; is_table && i < run->rule_count; i++) {
        int told = 0;
        for (size_t j = 0; j < i; j++)
            told |= hedui_span_equal(run->rules[j].pack, run->rules[i].pack);
        if (told)
            continue;
        hedui_buffer_text(&text, i ? "、" : "");
        hedui_buffer_add(&text, run->rules[i].pack);
    }
    hedui_buffer_text(&text, is_table ? "　金额单位：元　公民身份号码已遮盖" : "　证件号已遮盖");
    if (*hedui_report_state_mark(run))
        hedui_buffer_format(&text, "　%s", hedui_report_state_mark(run));
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

/* What stands between the title and the run in a file's name. */
static void add_subject(hedui_buffer *name, const hedui_report_order *order)
{
    if (order->town)
        add_name(name, hedui_store_town_name(order->town, HEDUI_ZH));
    else if (order->source.length)
        add_name(name, order->source);
    else if (order->household_count == 1)
        add_name(name, order->household);
    else if (order->household_count)
        hedui_buffer_format(name, "%zu户", order->household_count);
    hedui_buffer_text(name,
                      order->town || order->source.length || order->household_count ? "_" : "");
}

static hedui_status make_file(const char **path, const kind *k, const hedui_report_order *order,
                              const char *folder, hedui_err *err)
{
    hedui_buffer name, content;
    hedui_buffer_init(&name);
    hedui_buffer_init(&content);
    hedui_status status = k->make(&content, order, err);
    hedui_buffer_format(&name, "%s_", k->face.zh);
    add_subject(&name, order);
    hedui_buffer_add(&name, order->run->id);
    if (*order->parts > 1)
        hedui_buffer_format(&name, "_%u", order->part + 1);
    hedui_buffer_format(&name, ".%s", order->format);
    if (!status && (hedui_buffer_failed(&name) || hedui_buffer_failed(&content)))
        status = hedui_fail_memory(err);
    if (!status && !(*path = hedui_path_join(folder, name.data, order->arena)))
        status = hedui_fail_memory(err);
    if (!status)
        status = hedui_file_replace(*path, hedui_buffer_span(&content), err);
    hedui_buffer_free(&content);
    hedui_buffer_free(&name);
    return status;
}

/* Files being made. */
typedef struct making {
    const kind *kind;
    hedui_report_order order;
    const hedui_report_request *request;
    const char **paths;
    size_t count, room;
} making;

/* All parts of one order. */
static hedui_status make_parts(making *m, hedui_err *err)
{
    hedui_status status = HEDUI_OK;
    uint32_t parts = 1;
    hedui_visits visits = {0};
    m->order.parts = &parts;
    m->order.visits = &visits;
    for (m->order.part = 0; !status && m->order.part < parts; m->order.part++) {
        if (m->count == m->room) {
            size_t room = m->room ? 2 * m->room : 16;
            const char **paths = hedui_arena_array(m->order.arena, room, sizeof *paths);
            if (!paths)
                return hedui_fail_memory(err);
            if (m->count)
                memcpy(paths, m->paths, m->count * sizeof *paths);
            m->paths = paths;
            m->room = room;
        }
        status = make_file(&m->paths[m->count], m->kind, &m->order, m->request->folder, err);
        m->count += !status;
    }
    return status;
}

/* Names are what a person copies: the list says how this county writes them. */
static hedui_status fail_town(const hedui_store_run *run, hedui_span wanted, hedui_err *err)
{
    hedui_buffer names;
    hedui_buffer_init(&names);
    for (size_t i = 0; i < run->town_count; i++) {
        if (!run->towns[i].name.length)
            continue;
        hedui_buffer_text(&names, names.length ? "、" : "");
        hedui_buffer_add(&names, run->towns[i].name);
    }
    hedui_status status =
        hedui_fail(err, HEDUI_E7004, hedui_place_none(), HEDUI_ARG_SPAN(run->id),
                   HEDUI_ARG_SPAN(wanted), HEDUI_ARG_SPAN(hedui_buffer_span(&names)));
    hedui_buffer_free(&names);
    return status;
}

/* The file of each town with something in it, or of the one town that was named. */
static hedui_status make_towns(making *m, hedui_err *err)
{
    const hedui_store_run *run = m->order.run;
    const hedui_span wanted = m->request->town;
    hedui_status status = HEDUI_OK;
    int found = 0;
    for (size_t i = 0; !status && i < run->town_count; i++) {
        const hedui_store_town *town = &run->towns[i];
        int named = wanted.length &&
                    (hedui_span_equal(wanted, town->code) || hedui_span_equal(wanted, town->name));
        if (wanted.length ? !named : !town->flags && !town->kept)
            continue;
        found = 1;
        m->order.town = town;
        status = make_parts(m, err);
    }
    if (!status && wanted.length && !found)
        return fail_town(run, wanted, err);
    return status;
}

/* Of a run: its deliveries, and the rows that were found to be another person's. */
typedef struct telling {
    const hedui_store_delivery *deliveries;
    const hedui_store_met *met;
    size_t delivery_count, met_count;
} telling;

/* 1 if something of the delivery is to be told to its department. */
static int is_told(const telling *t, const hedui_store_delivery *d)
{
    int told = d->file.length && (d->rejected || !d->used || hedui_span_is(d->verdict, "held"));
    for (size_t i = 0; !told && i < t->met_count; i++)
        told = hedui_span_is(t->met[i].state, "left_out") &&
               hedui_span_equal(t->met[i].feed, d->feed) &&
               hedui_span_equal(t->met[i].file, d->file);
    return told;
}

/* The file of each department, in the order of the first deliveries that are told. */
static hedui_status make_sources(making *m, hedui_err *err)
{
    telling t = {0};
    hedui_status status = hedui_store_delivery_list(
        &t.deliveries, &t.delivery_count, m->order.store, m->order.run->id, m->order.arena, err);
    if (!status)
        status = hedui_store_met_list(&t.met, &t.met_count, m->order.store, m->order.run->id,
                                      hedui_span_of(""), m->order.arena, err);
    for (size_t i = 0; !status && i < t.delivery_count; i++) {
        const hedui_store_delivery *d = &t.deliveries[i];
        int first = is_told(&t, d);
        for (size_t j = 0; first && j < i; j++)
            first = !is_told(&t, &t.deliveries[j]) ||
                    !hedui_span_equal(t.deliveries[j].source, d->source);
        if (!first)
            continue;
        m->order.source = d->source;
        status = make_parts(m, err);
    }
    return status;
}

/* The next of the ids that the request names between commas; one the run does not know is an error.
 */
static hedui_status next_household(hedui_span *id, hedui_span *rest, const making *m,
                                   hedui_err *err)
{
    const hedui_store_household *known = NULL;
    const char *comma = memchr(rest->at, ',', rest->length);
    size_t length = comma ? (size_t)(comma - rest->at) : rest->length;
    *id = (hedui_span){rest->at, length};
    length += comma != NULL;
    *rest = (hedui_span){rest->at + length, rest->length - length};
    return hedui_store_household_find(&known, m->order.store, m->order.run->id, *id, m->order.arena,
                                      err);
}

/* One file of all households named, or one of each. */
static hedui_status make_households(making *m, hedui_err *err)
{
    hedui_span rest = m->request->households;
    hedui_buffer ids;
    hedui_json json;
    hedui_status status = HEDUI_OK;
    hedui_buffer_init(&ids);
    while (!status && rest.length) {
        if (!m->order.household_count) {
            hedui_buffer_clear(&ids);
            hedui_json_init(&json, &ids);
            hedui_json_open_array(&json);
        }
        status = next_household(&m->order.household, &rest, m, err);
        hedui_json_text(&json, m->order.household);
        m->order.household_count++;
        if (status || (rest.length && m->kind->face.by_town))
            continue;
        hedui_json_close_array(&json);
        m->order.households = hedui_arena_copy(m->order.arena, hedui_buffer_span(&ids));
        status = m->order.households.at && !hedui_buffer_failed(&ids) ? make_parts(m, err)
                                                                      : hedui_fail_memory(err);
        m->order.household_count = 0;
    }
    hedui_buffer_free(&ids);
    return status;
}

/* What a night writes by itself, again. */
static hedui_status make_run(making *m, hedui_err *err)
{
    hedui_report_files files = {0};
    hedui_status status =
        hedui_report_write(&files, m->request->folder, m->order.store, m->order.run->id,
                           m->request->format, 1, m->order.arena, err);
    const char *const written[] = {files.html,      files.json,           files.summary_html,
                                   files.flags_csv, files.households_csv, files.rejects_csv};
    if (status)
        return status;
    m->paths = hedui_arena_array(m->order.arena, sizeof written / sizeof *written, sizeof *written);
    if (!m->paths)
        return hedui_fail_memory(err);
    for (size_t i = 0; i < sizeof written / sizeof *written; i++)
        if (written[i])
            m->paths[m->count++] = written[i];
    return HEDUI_OK;
}

static hedui_status make(making *m, hedui_err *err)
{
    const hedui_report_kind *face = &m->kind->face;
    if (m->request->town.length && !face->by_town)
        return hedui_fail(err, HEDUI_E7008, hedui_place_none(), HEDUI_ARG_TEXT(face->name));
    if (m->request->households.length && !face->by_household)
        return hedui_fail(err, HEDUI_E7006, hedui_place_none(), HEDUI_ARG_TEXT(face->name));
    if (m->request->households.length)
        return make_households(m, err);
    if (face->by_household && !face->by_town)
        return hedui_fail(err, HEDUI_E7007, hedui_place_none(), HEDUI_ARG_TEXT(face->name));
    if (face->by_source)
        return make_sources(m, err);
    if (face->by_run)
        return make_run(m, err);
    return face->by_town ? make_towns(m, err) : make_parts(m, err);
}

hedui_status hedui_report_build(const char *const **paths, size_t *count, hedui_store *store,
                                const hedui_report_request *request, hedui_arena *arena,
                                hedui_err *err)
{
    making m = {.kind = find_kind(request->kind),
                .order = {.store = store, .arena = arena},
                .request = request};
    if (!m.kind)
        return no_such_kind(request->kind, err);
    hedui_status status = find_format(&m.order.format, m.kind, request->format, err);
    if (!status)
        status = hedui_store_snapshot_begin(store, err);
    if (status)
        return status;
    status = hedui_store_run_find(&m.order.run, store, request->run, arena, err);
    if (!status)
        status = make(&m, err);
    hedui_store_snapshot_end(store);
    if (status)
        return status;
    *paths = m.paths;
    *count = m.count;
    return HEDUI_OK;
}
