/* The figures of R4: a view's rows laid out by rule and town. */
#include "report/summary.h"

#include "store/view.h"

enum { RULE, TITLE, EFFECT, SEVERITY, TOWN, HOUSEHOLDS, FLAGS, KEPT, BEFORE, COLUMNS };

int hedui_summary_is_include(const hedui_summary_rule *rule)
{
    return hedui_span_is(rule->effect, "include");
}

int64_t hedui_summary_change(int64_t before, int64_t now)
{
    return before == INT64_MIN ? INT64_MIN : now - before;
}

static int knows_before(const hedui_store_run *run)
{
    return run->base.length && run->town_count && run->towns[0].flagged_before != INT64_MIN;
}

static void add(hedui_summary_counts *to, const hedui_sheet_cell *cells)
{
    to->households += cells[HOUSEHOLDS].number;
    to->flags += cells[FLAGS].number;
    to->kept += cells[KEPT].number;
    if (to->before != INT64_MIN)
        to->before += cells[BEFORE].number;
}

static hedui_status begin_rule(hedui_summary_rule *rule, const hedui_sheet_cell *cells,
                               const hedui_report_order *order, hedui_err *err)
{
    const hedui_store_run *run = order->run;
    hedui_span *const texts[] = {&rule->id, &rule->title, &rule->effect, &rule->severity};
    for (int i = 0; i < 4; i++) {
        *texts[i] = hedui_arena_copy(order->arena, cells[i].text);
        if (!texts[i]->at)
            return hedui_fail_memory(err);
    }
    rule->towns = hedui_arena_array(order->arena, run->town_count + 1, sizeof *rule->towns);
    if (!rule->towns)
        return hedui_fail_memory(err);
    int64_t before = knows_before(run) ? 0 : INT64_MIN;
    rule->all.before = before;
    for (size_t i = 0; i < run->town_count; i++)
        rule->towns[i].before = before;
    return HEDUI_OK;
}

/* The list of rules is as long as the two runs have rules, which the run alone does not know. */
static hedui_status grow(hedui_summary_rule **rules, size_t *room, size_t count, hedui_arena *arena,
                         hedui_err *err)
{
    if (count < *room)
        return HEDUI_OK;
    size_t more = *room ? 2 * *room : 64;
    hedui_summary_rule *longer = hedui_arena_array(arena, more, sizeof *longer);
    if (!longer)
        return hedui_fail_memory(err);
    if (count)
        memcpy(longer, *rules, count * sizeof *longer);
    *rules = longer;
    *room = more;
    return HEDUI_OK;
}

/* A row of store/views/work.sql. */
enum { W_TOWN, LISTED, KEPT_ONLY, OVERDUE, SOON, LATER, OPEN_END, FIRST, UNANSWERED, W_COLUMNS };

static void add_work(hedui_summary_work *to, const hedui_sheet_cell *cells)
{
    to->listed += cells[LISTED].number;
    to->kept_only += cells[KEPT_ONLY].number;
    to->overdue += cells[OVERDUE].number;
    to->soon += cells[SOON].number;
    to->later += cells[LATER].number;
    to->open_end += cells[OPEN_END].number;
    to->unanswered += cells[UNANSWERED].number;
    if (!cells[FIRST].is_empty && (to->first == INT32_MIN || cells[FIRST].number < to->first))
        to->first = (int32_t)cells[FIRST].number;
}

static hedui_status load_work(hedui_summary *summary, const hedui_report_order *order,
                              hedui_err *err)
{
    const hedui_store_run *run = order->run;
    hedui_store_view view = {0};
    hedui_sheet_cell cells[W_COLUMNS];
    hedui_summary_work *work = hedui_arena_array(order->arena, run->town_count + 1, sizeof *work);
    if (!work)
        return hedui_fail_memory(err);
    for (size_t i = 0; i <= run->town_count; i++)
        work[i] = (hedui_summary_work){.first = INT32_MIN};
    hedui_status status =
        hedui_store_view_open(&view, order->store, "work", run->id, order->arena, err);
    while (!status && hedui_store_view_row(cells, &view, err)) {
        add_work(&work[run->town_count], cells);
        for (size_t i = 0; i < run->town_count; i++)
            if (hedui_span_equal(run->towns[i].code, cells[W_TOWN].text))
                add_work(&work[i], cells);
    }
    if (!status)
        status = view.status;
    hedui_store_view_close(&view);
    summary->work = work;
    return status;
}

const hedui_summary_work *hedui_summary_all_work(const hedui_summary *summary)
{
    return &summary->work[summary->run->town_count];
}

hedui_status hedui_summary_load(hedui_summary *summary, const hedui_report_order *order,
                                hedui_err *err)
{
    hedui_store_view view = {0};
    hedui_sheet_cell cells[COLUMNS];
    size_t count = 0, room = 0;
    hedui_summary_rule *rules = NULL;
    hedui_status status =
        hedui_store_view_open(&view, order->store, "summary", order->run->id, order->arena, err);
    while (!status && hedui_store_view_row(cells, &view, err)) {
        if (!count || !hedui_span_equal(rules[count - 1].id, cells[RULE].text)) {
            status = grow(&rules, &room, count, order->arena, err);
            if (!status)
                status = begin_rule(&rules[count++], cells, order, err);
        }
        if (status || cells[TOWN].is_empty)
            continue;
        hedui_summary_rule *rule = &rules[count - 1];
        add(&rule->all, cells);
        for (size_t i = 0; i < order->run->town_count; i++)
            if (hedui_span_equal(order->run->towns[i].code, cells[TOWN].text))
                add(&rule->towns[i], cells);
    }
    if (!status)
        status = view.status;
    hedui_store_view_close(&view);
    hedui_summary loaded = {.run = order->run,
                            .rules = rules,
                            .rule_count = count,
                            .knows_before = knows_before(order->run)};
    if (!status)
        status = load_work(&loaded, order, err);
    if (order->data) {
        loaded.open = order->data->open;
        loaded.open_count = order->data->open_count;
    } else if (!status) {
        status = hedui_report_open_load(&loaded.open, &loaded.open_count, order->store, order->run,
                                        order->arena, err);
    }
    if (!status)
        *summary = loaded;
    return status;
}

hedui_status hedui_report_summary(hedui_buffer *out, const hedui_report_order *order,
                                  hedui_err *err)
{
    hedui_summary summary = {0};
    hedui_status status = hedui_summary_load(&summary, order, err);
    if (status)
        return status;
    return strcmp(order->format, "html") == 0 ? hedui_summary_html(out, &summary, order, err)
                                              : hedui_summary_xlsx(out, &summary, order, err);
}
