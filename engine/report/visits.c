/* Households to be visited. Each view gives rows of one kind; what belongs to a household is hung
 * to it by its id. */
#include "report/visits.h"

#include "store/view.h"

#include <hedui/json.h>

enum { MOST_COLUMNS = 20, HOUSEHOLDS_AT_FIRST = 256 };

typedef struct loading {
    const hedui_report_order *order;
    hedui_table ids; /* id to index */
    hedui_visit *list;
    size_t count, room;
    /* rows come by household: the one that the last row belongs to, and that row */
    uint32_t household;
    hedui_visit_member *member;
    hedui_visit_flag *flag;
    hedui_visit_question *question;
    int failed;
} loading;

/* Takes one row; sets `failed` without memory. */
typedef void taker(loading *l, const hedui_sheet_cell *cells);

hedui_status hedui_visits_view(hedui_store_view *view, const hedui_report_order *order,
                               const char *name, hedui_err *err)
{
    hedui_status status =
        hedui_store_view_open(view, order->store, name, order->run->id, order->arena, err);
    if (!status && order->town)
        status = hedui_store_view_town(view, order->town->code, err);
    if (!status && order->households.length)
        status = hedui_store_view_households(view, order->households, err);
    return status;
}

static hedui_status read_rows(loading *l, const char *name, taker *take, hedui_err *err)
{
    hedui_store_view view = {0};
    hedui_sheet_cell cells[MOST_COLUMNS];
    hedui_status status = hedui_visits_view(&view, l->order, name, err);
    while (!status && !l->failed && hedui_store_view_row(cells, &view, err))
        take(l, cells);
    if (!status)
        status = view.status;
    hedui_store_view_close(&view);
    if (!status && l->failed)
        status = hedui_fail_memory(err);
    return status;
}

static hedui_span text_of(loading *l, const hedui_sheet_cell *cell)
{
    hedui_span kept = hedui_arena_copy(l->order->arena, cell->text);
    l->failed |= !kept.at && cell->text.length;
    return kept;
}

static void take_household(loading *l, const hedui_sheet_cell *c)
{
    if (l->count == l->room) {
        size_t room = l->room ? 2 * l->room : HOUSEHOLDS_AT_FIRST;
        hedui_visit *list = hedui_arena_array(l->order->arena, room, sizeof *list);
        if (!list) {
            l->failed = 1;
            return;
        }
        if (l->count)
            memcpy(list, l->list, l->count * sizeof *list);
        l->list = list;
        l->room = room;
    }
    hedui_visit *v = &l->list[l->count++];
    hedui_span *const texts[] = {&v->id,      &v->town,    &v->area_code, &v->area,   &v->head,
                                 &v->head_id, &v->address, &v->programme, &v->status, &v->since};
    enum { TEXTS = sizeof texts / sizeof *texts };
    for (int i = 0; i < TEXTS; i++)
        *texts[i] = text_of(l, &c[i]);
    v->paid_fen = c[10].is_empty ? INT64_MIN : c[10].number;
    v->people = c[11].number;
    v->counted = c[12].number;
    v->state = text_of(l, &c[13]);
    v->flags = c[14].number;
    v->severity = text_of(l, &c[15]);
    v->unanswered = c[16].number;
    v->visit_by = c[17].is_empty ? INT32_MIN : (int32_t)c[17].number;
}

/* What a row becomes, and the household that it belongs to; NULL if nobody asked for that one. */
static void *new_item(loading *l, uint32_t *household, const hedui_sheet_cell *c, size_t size)
{
    *household = hedui_table_find(&l->ids, c[0].text);
    if (*household == HEDUI_TABLE_NONE)
        return NULL;
    void *item = hedui_arena_take(l->order->arena, size);
    l->failed |= !item;
    return item;
}

static void take_member(loading *l, const hedui_sheet_cell *c)
{
    uint32_t h;
    hedui_visit_member *m = new_item(l, &h, c, sizeof *m);
    if (!m)
        return;
    m->name = text_of(l, &c[1]);
    m->relation = text_of(l, &c[2]);
    m->id = text_of(l, &c[3]);
    m->born = c[4].is_empty ? INT32_MIN : (int32_t)c[4].number;
    m->counted = c[5].number != 0;
    m->authorised = c[6].number != 0;
    if (l->household == h)
        l->member->next = m;
    else
        l->list[h].first_member = m;
    l->household = h;
    l->member = m;
}

static void take_flag(loading *l, const hedui_sheet_cell *c)
{
    uint32_t h;
    hedui_visit_flag *f = new_item(l, &h, c, sizeof *f);
    if (!f)
        return;
    hedui_span *const texts[] = {&f->title,     &f->sources,  &f->message, &f->places, &f->ask,
                                 &f->questions, &f->severity, &f->remark,  &f->clears};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = text_of(l, &c[i + 1]);
    f->kind_clears = f->clears;
    /* once for several of a kind: a second car asks for the same paper */
    if (l->household == h && hedui_span_equal(l->flag->kind_clears, f->clears))
        f->clears.length = 0;
    if (l->household == h)
        l->flag->next = f;
    else
        l->list[h].first_flag = f;
    l->household = h;
    l->flag = f;
}

static void take_question(loading *l, const hedui_sheet_cell *c)
{
    uint32_t h;
    hedui_visit_question *q = new_item(l, &h, c, sizeof *q);
    if (!q)
        return;
    q->title = text_of(l, &c[1]);
    q->text = text_of(l, &c[2]);
    if (l->household == h)
        l->question->next = q;
    else
        l->list[h].first_question = q;
    l->household = h;
    l->question = q;
}

/* The households of the order's part. A village that would not fit whole begins the next file, and
 * one that fills a file is divided. */
static void choose_part(hedui_visits *visits, const hedui_report_order *order)
{
    size_t first = 0;
    uint32_t part = 0;
    visits->from = visits->to = visits->count;
    while (first < visits->count || part == 0) {
        size_t end = first;
        while (end < visits->count) {
            size_t village = end;
            while (village < visits->count &&
                   hedui_span_equal(visits->list[village].area_code, visits->list[end].area_code))
                village++;
            if (village - first > HEDUI_VISITS_PART && end > first)
                break;
            end = village - first > HEDUI_VISITS_PART ? first + HEDUI_VISITS_PART : village;
            if (end - first == HEDUI_VISITS_PART)
                break;
        }
        if (part == order->part) {
            visits->from = first;
            visits->to = end;
        }
        first = end;
        part++;
    }
    if (order->parts)
        *order->parts = part;
}

hedui_status hedui_visits_index(hedui_table *ids, const hedui_visits *visits,
                                const hedui_report_order *order, hedui_err *err)
{
    hedui_table_init(ids, order->arena);
    for (size_t i = 0; i < visits->count; i++)
        if (hedui_table_put(ids, visits->list[i].id, (uint32_t)i) == HEDUI_TABLE_NONE)
            return hedui_fail_memory(err);
    return HEDUI_OK;
}

static hedui_status load_households(loading *l, hedui_visits *visits,
                                    const hedui_report_order *order, hedui_err *err)
{
    *l = (loading){.order = order, .household = HEDUI_TABLE_NONE};
    hedui_status status = HEDUI_OK;
    if (order->visits && order->visits->list) {
        l->list = order->visits->list;
        l->count = order->visits->count;
    } else {
        status = read_rows(l, "visit_household", take_household, err);
    }
    *visits = (hedui_visits){.list = l->list, .count = l->count};
    if (!status && order->visits)
        *order->visits = *visits;
    if (!status)
        status = hedui_visits_index(&l->ids, visits, order, err);
    if (!status)
        choose_part(visits, order);
    return status;
}

hedui_status hedui_visits_households(hedui_visits *visits, const hedui_report_order *order,
                                     hedui_err *err)
{
    loading l;
    hedui_visits loaded;
    hedui_status status = load_households(&l, &loaded, order, err);
    if (!status)
        *visits = loaded;
    return status;
}

void hedui_visits_ids(hedui_buffer *out, const hedui_visits *visits)
{
    hedui_json json;
    hedui_json_init(&json, out);
    hedui_json_open_array(&json);
    for (size_t i = visits->from; i < visits->to; i++)
        hedui_json_text(&json, visits->list[i].id);
    hedui_json_close_array(&json);
}

/* What belongs to the households of the part; the town has many parts. */
static hedui_status load_part(loading *l, const hedui_visits *visits, hedui_err *err)
{
    static const struct {
        const char *view;
        taker *take;
    } kinds[] = {{"visit_member", take_member},
                 {"visit_flag", take_flag},
                 {"visit_question", take_question}};
    hedui_report_order part = *l->order;
    hedui_buffer ids;
    hedui_buffer_init(&ids);
    hedui_visits_ids(&ids, visits);
    part.households = hedui_buffer_span(&ids);
    l->order = &part;
    hedui_status status = hedui_buffer_failed(&ids) ? hedui_fail_memory(err) : HEDUI_OK;
    for (size_t i = 0; !status && i < sizeof kinds / sizeof *kinds; i++) {
        l->household = HEDUI_TABLE_NONE;
        status = read_rows(l, kinds[i].view, kinds[i].take, err);
    }
    hedui_buffer_free(&ids);
    return status;
}

hedui_status hedui_visits_load(hedui_visits *visits, const hedui_report_order *order,
                               hedui_err *err)
{
    loading l;
    hedui_visits loaded;
    hedui_status status = load_households(&l, &loaded, order, err);
    if (!status)
        status = load_part(&l, &loaded, err);
    if (!status)
        *visits = loaded;
    return status;
}
