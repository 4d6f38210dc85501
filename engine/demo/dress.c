/* What a file looks like, whatever it says: each delivery is dressed in its own way, so that
 * together they show every way. */
#include "demo/registry.h"

static const char *const names[HEDUI_DEMO_DRESSES] = {
    "file_bom",   "file_cr",      "file_mixed_ends", "file_trailing", "file_extra_column",
    "file_order", "file_members", "file_no_end",     "file_gb18030",  "file_crlf",
    "file_title", "file_footer",  "file_pipe",       "file_tab",      "file_caret",
};

const char *hedui_demo_dress_name(uint32_t bit)
{
    return names[bit];
}

uint32_t hedui_demo_dress_of(hedui_demo_feed feed)
{
    const hedui_demo_registry *r = hedui_demo_registry_of(feed);
    uint32_t index = (uint32_t)feed - HEDUI_DEMO_FURTHER, dress = 0;
    dress |= !r->gb18030 && index % 4 == 1 ? HEDUI_DEMO_BOM : 0;
    dress |= !r->crlf && index % 5 == 2 ? HEDUI_DEMO_CR : 0;
    dress |= !r->crlf && index % 5 == 3 ? HEDUI_DEMO_MIXED : 0;
    dress |= index % 6 == 4 ? HEDUI_DEMO_TRAILING : 0;
    dress |= index % 3 == 0 ? HEDUI_DEMO_EXTRA : 0;
    dress |= index % 2 == 1 ? HEDUI_DEMO_ORDER : 0;
    dress |= index % 4 == 0 ? HEDUI_DEMO_TWO_MEMBERS : 0;
    dress |= index % 7 == 5 ? HEDUI_DEMO_NO_END : 0;
    dress |= r->gb18030 ? HEDUI_DEMO_GB18030 : 0;
    dress |= r->crlf ? HEDUI_DEMO_CRLF : 0;
    dress |= r->title ? HEDUI_DEMO_TITLE : 0;
    dress |= r->footer ? HEDUI_DEMO_FOOTER : 0;
    dress |= r->mark == '|' ? HEDUI_DEMO_PIPE : 0;
    dress |= r->mark == '\t' ? HEDUI_DEMO_TAB : 0;
    dress |= r->mark == '^' ? HEDUI_DEMO_CARET : 0;
    return dress;
}

/* The column that comes at a place: the ends stay where they are, for some faults are put there. */
static uint32_t column_at(uint32_t place, uint32_t count, uint32_t dress)
{
    if (!(dress & HEDUI_DEMO_ORDER) || place == 0 || place + 1 == count)
        return place;
    return count - 1 - place;
}

void hedui_demo_dress_row(hedui_demo_row *row, hedui_demo_feed feed, size_t *starts, uint32_t count,
                          const char *extra)
{
    uint32_t dress = hedui_demo_dress_of(feed);
    hedui_span all = hedui_buffer_span(&row->text);
    hedui_demo_row dressed = {.mark = row->mark};
    starts[count] = all.length;
    for (uint32_t place = 0; place < count && !hedui_buffer_failed(&row->text); place++) {
        uint32_t c = column_at(place, count, dress);
        size_t from = starts[c] + (c > 0); /* behind its delimiter */
        hedui_demo_raw_cell(&dressed, "");
        hedui_buffer_add(&dressed.text, (hedui_span){all.at + from, starts[c + 1] - from});
        if (place == 0 && dress & HEDUI_DEMO_EXTRA)
            hedui_demo_cell(&dressed, extra);
    }
    if (dress & HEDUI_DEMO_TRAILING)
        hedui_demo_raw_cell(&dressed, "");
    dressed.text.failed |= row->text.failed;
    hedui_buffer_free(&row->text);
    row->text = dressed.text;
    row->cells = dressed.cells;
}
