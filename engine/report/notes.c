/* The inspector's own page beside R2: tips, what flags rest on, reasons to look again, what could
 * not be checked. The family never sees it. */
#include "report/html.h"
#include "report/visits.h"
#include "store/view.h"

#include <hedui/escape.h>

extern const char hedui_text_report_notes_css[];

enum { NOTE_COLUMNS = 6 };

static const char *const kinds[] = {"举报", "疑点", "提示", "无法核对"};

static void put(hedui_buffer *out, const char *html)
{
    hedui_buffer_text(out, html);
}

static void put_household(hedui_buffer *out, const hedui_report_order *order, const hedui_visit *v)
{
    put(out, "<table>\n<colgroup><col style=\"width:16mm\"><col style=\"width:34mm\"><col "
             "style=\"width:42mm\"><col style=\"width:46mm\"><col></colgroup>\n<thead>\n"
             "<tr class=\"who\"><th colspan=\"5\">");
    hedui_escape_html(out, v->id);
    put(out, "　");
    hedui_escape_html(out, v->head);
    put(out, "户　");
    hedui_escape_html(out, v->address.length ? v->address : v->area);
    put(out, "　仅供核查员本人使用　");
    put(out, hedui_report_state_mark(order->run));
    put(out,
        "</th></tr>\n<tr><th>类</th><th>事项</th><th>内容</th><th>依据数据</th><th>核实办法</th>"
        "</tr>\n</thead>\n<tbody>\n");
}

static void put_note(hedui_buffer *out, const hedui_sheet_cell *cells)
{
    put(out, "<tr><td>");
    put(out, kinds[cells[1].number & 3]);
    put(out, "</td>");
    for (int i = 2; i < NOTE_COLUMNS; i++) {
        put(out, "<td>");
        hedui_report_html_text(out, cells[i].text);
        put(out, "</td>");
    }
    put(out, "</tr>\n");
}

/* Notes come by household id, households by village: their notes are kept until their turn. */
typedef struct kept_note {
    struct kept_note *next;
    hedui_span row;
} kept_note;

static hedui_status keep_notes(kept_note **first, const hedui_visits *visits,
                               const hedui_report_order *order, hedui_err *err)
{
    hedui_store_view view = {0};
    hedui_sheet_cell cells[NOTE_COLUMNS];
    hedui_table ids;
    hedui_buffer row, chosen;
    hedui_report_order part = *order; /* of a town's files each asks for its own households */
    kept_note *last = NULL;
    uint32_t owner = HEDUI_TABLE_NONE;
    hedui_buffer_init(&row);
    hedui_buffer_init(&chosen);
    hedui_visits_ids(&chosen, visits);
    part.households = hedui_buffer_span(&chosen);
    hedui_status status = hedui_visits_index(&ids, visits, order, err);
    if (!status && hedui_buffer_failed(&chosen))
        status = hedui_fail_memory(err);
    if (!status)
        status = hedui_visits_view(&view, &part, "notes", err);
    while (!status && hedui_store_view_row(cells, &view, err)) {
        uint32_t household = hedui_table_find(&ids, cells[0].text);
        if (household == HEDUI_TABLE_NONE)
            continue;
        hedui_buffer_clear(&row);
        put_note(&row, cells);
        kept_note *note = hedui_arena_take(order->arena, sizeof *note);
        if (note)
            note->row = hedui_arena_copy(order->arena, hedui_buffer_span(&row));
        if (!note || !note->row.at || hedui_buffer_failed(&row)) {
            status = hedui_fail_memory(err);
            break;
        }
        if (household == owner)
            last->next = note;
        else
            first[household] = note;
        owner = household;
        last = note;
    }
    status = status ? status : view.status;
    hedui_store_view_close(&view);
    hedui_buffer_free(&row);
    hedui_buffer_free(&chosen);
    return status;
}

hedui_status hedui_report_notes(hedui_buffer *out, const hedui_report_order *order, hedui_err *err)
{
    hedui_visits visits = {0};
    hedui_span line;
    hedui_status status = hedui_visits_households(&visits, order, err);
    kept_note **first = NULL;
    if (!status && !(first = hedui_arena_array(order->arena, visits.count, sizeof(kept_note *))))
        status = hedui_fail_memory(err);
    if (!status)
        status = keep_notes(first, &visits, order, err);
    if (!status)
        status = hedui_report_line(&line, order, 0, err);
    if (status)
        return status;
    hedui_report_html_begin(out, hedui_span_of("核查员参考页"), hedui_text_report_notes_css);
    put(out, "<h1>核查员参考页</h1>\n<p class=\"line\">");
    hedui_escape_html(out, line);
    put(out, "</p>\n<p class=\"only\">仅供核查员本人使用：不得出示、留给或转告被核查家庭和其他人，"
             "用后按规定收回或销毁</p>\n");
    for (size_t i = visits.from; i < visits.to; i++) {
        put_household(out, order, &visits.list[i]);
        for (const kept_note *note = first[i]; note; note = note->next)
            hedui_buffer_add(out, note->row);
        if (!first[i])
            put(out, "<tr><td colspan=\"5\">没有需要另外告知的内容。</td></tr>\n");
        put(out, "</tbody>\n</table>\n");
    }
    put(out, "<p class=\"foot\">疑点为比对线索，不作为认定结论；提示和举报不是疑点。</p>\n");
    hedui_report_html_end(out);
    return hedui_buffer_failed(out) ? hedui_fail_memory(err) : HEDUI_OK;
}
