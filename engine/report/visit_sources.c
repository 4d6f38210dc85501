/* The sources of a visit sheet, from the view that R8 is made from, so that both papers say the
 * same: its words are taken apart here. Rows come by household, those with records first. */
#include "report/visit_sources.h"

#include "store/view.h"

enum { HOUSEHOLD, TITLE = 2, OUTCOME = 4, WORDS, COLUMNS };
enum { NONE = 2, NOT_CHECKED, NOT_DELIVERED }; /* outcomes; below: records */

static const char open_begins[] = "；未核对（", others_none[] = "；其他人无记录";

typedef struct loading {
    hedui_visit_sources *made;
    const hedui_visits *visits;
    hedui_table ids; /* id to index */
    uint32_t household;
    hedui_buffer has, open, none; /* of that household */
} loading;

static hedui_span find(hedui_span text, const char *part)
{
    const char *at = text.length ? memmem(text.at, text.length, part, strlen(part)) : NULL;
    return at ? (hedui_span){at, text.length - (size_t)(at - text.at)} : (hedui_span){"", 0};
}

static uint32_t add(hedui_buffer *list, hedui_span title, hedui_span more)
{
    hedui_buffer_text(list, list->length ? "、" : "");
    hedui_buffer_add(list, title);
    hedui_buffer_add(list, more);
    return 1;
}

/* （赵一、钱二）, or fewer words for all of a household. */
static hedui_span whose(hedui_span words, int64_t people)
{
    hedui_span names = find(words, "（");
    int64_t count = 1;
    names.length -= find(names, open_begins).length;
    for (hedui_span rest = names; (rest = find(rest, "、")).length; count++)
        rest = (hedui_span){rest.at + strlen("、"), rest.length - strlen("、")};
    return people > 1 && count == people && !find(names, "，").length
               ? hedui_span_of("（全部成员）")
               : names;
}

static void take(loading *l, const hedui_sheet_cell *c)
{
    hedui_visit_sources *s = &l->made[l->household - l->visits->from];
    const hedui_span words = c[WORDS].text, title = c[TITLE].text;
    const int in_part = find(words, open_begins).length || find(words, others_none).length;
    const int64_t outcome = c[OUTCOME].number;
    s->plain |= find(words, "无疑点记录").length != 0;
    if (outcome == NOT_DELIVERED)
        s->missing++;
    if (outcome < NONE) {
        hedui_span names = words;
        if (find(words, open_begins).at == words.at + strlen("有记录"))
            names.length = 0;
        s->has_count += add(&l->has, title, whose(names, l->visits->list[l->household].people));
    }
    if (outcome == NOT_CHECKED || (outcome <= NONE && in_part))
        s->open_count += add(&l->open, title, hedui_span_of(in_part ? "（部分）" : ""));
    if (outcome == NONE && !in_part)
        s->none_count += add(&l->none, title, hedui_span_of(""));
}

/* Keep the lists of the household that ends. */
static int end(loading *l, hedui_arena *arena)
{
    hedui_visit_sources *s = &l->made[l->household - l->visits->from];
    hedui_buffer *const lists[] = {&l->has, &l->open, &l->none};
    hedui_span *const kept[] = {&s->has, &s->open, &s->none};
    for (int i = 0; i < 3; i++) {
        *kept[i] = hedui_arena_copy(arena, hedui_buffer_span(lists[i]));
        if (!kept[i]->at || hedui_buffer_failed(lists[i]))
            return 0;
        hedui_buffer_clear(lists[i]);
    }
    return 1;
}

static hedui_status read_rows(loading *l, const hedui_report_order *part, hedui_err *err)
{
    hedui_store_view view = {0};
    hedui_sheet_cell cells[COLUMNS];
    int kept = 1;
    hedui_status status = hedui_visits_view(&view, part, "household_source", err);
    while (!status && kept && hedui_store_view_row(cells, &view, err)) {
        uint32_t household = hedui_table_find(&l->ids, cells[HOUSEHOLD].text);
        if (household == HEDUI_TABLE_NONE)
            continue;
        if (household != l->household && l->household != HEDUI_TABLE_NONE)
            kept = end(l, part->arena);
        l->household = household;
        take(l, cells);
    }
    status = status ? status : view.status;
    hedui_store_view_close(&view);
    if (kept && l->household != HEDUI_TABLE_NONE)
        kept = end(l, part->arena);
    return !status && !kept ? hedui_fail_memory(err) : status;
}

hedui_status hedui_visit_sources_load(const hedui_visit_sources **sources,
                                      const hedui_visits *visits, const hedui_report_order *order,
                                      hedui_err *err)
{
    const size_t count = visits->to - visits->from;
    loading l = {.visits = visits, .household = HEDUI_TABLE_NONE};
    hedui_report_order part = *order; /* of a town's files each asks for its own households */
    hedui_buffer ids;
    hedui_buffer_init(&ids);
    hedui_buffer_init(&l.has);
    hedui_buffer_init(&l.open);
    hedui_buffer_init(&l.none);
    hedui_visits_ids(&ids, visits);
    part.households = hedui_buffer_span(&ids);
    l.made = hedui_arena_array(order->arena, count + 1, sizeof *l.made);
    hedui_status status = hedui_visits_index(&l.ids, visits, order, err);
    if (!status && (!l.made || hedui_buffer_failed(&ids)))
        status = hedui_fail_memory(err);
    if (!status && count)
        status = read_rows(&l, &part, err);
    if (!status)
        *sources = l.made;
    hedui_buffer_free(&ids);
    hedui_buffer_free(&l.has);
    hedui_buffer_free(&l.open);
    hedui_buffer_free(&l.none);
    return status;
}
