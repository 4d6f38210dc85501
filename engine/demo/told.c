/* Rows are remembered as they are written; nothing is read back from the files. */
#include "demo/told.h"

void hedui_demo_told_clear(hedui_demo_told *told)
{
    told->count = 0;
    hedui_buffer_clear(&told->said);
}

void hedui_demo_told_add(hedui_demo_told *told, hedui_demo_feed feed, const char *id, int unsure,
                         const hedui_demo_row *row, const char *bad)
{
    hedui_span said = hedui_buffer_span(&row->said);
    if (told->count == HEDUI_DEMO_TOLD) {
        told->said.failed = 1; /* more than the table holds: as if memory had run out */
        return;
    }
    hedui_demo_told_row *r = &told->rows[told->count++];
    *r = (hedui_demo_told_row){.feed = feed,
                               .lost = row->withdrawn || row->fate == HEDUI_DEMO_REJECTED,
                               .unsure = unsure,
                               .bad = bad,
                               .at = told->said.length,
                               .length = said.length};
    (void)snprintf(r->id, sizeof r->id, "%s", id);
    hedui_buffer_add(&told->said, said);
}

const hedui_demo_told_row *hedui_demo_told_next(const hedui_demo_told *told, int *at,
                                                hedui_demo_feed feed, const char *id)
{
    for (++*at; *at < told->count; ++*at)
        if (told->rows[*at].feed == feed && strcmp(told->rows[*at].id, id) == 0)
            return &told->rows[*at];
    return NULL;
}

hedui_demo_cell_told hedui_demo_told_cell(const hedui_demo_told *told,
                                          const hedui_demo_told_row *row, const char *header)
{
    hedui_demo_cell_told cell = {.reasons = HEDUI_DEMO_EMPTY_FIELD};
    hedui_span rest = {told->said.data ? told->said.data + row->at : "", row->length};
    size_t length = strlen(header);
    while (rest.length) {
        const char *end = memchr(rest.at, '\n', rest.length);
        size_t line = end ? (size_t)(end - rest.at) : rest.length;
        if (line > length && memcmp(rest.at, header, length) == 0 && rest.at[length] == '\t')
            cell.meaning = (hedui_span){rest.at + length + 1, line - length - 1};
        rest.at += line + 1;
        rest.length -= line < rest.length ? line + 1 : line;
    }
    cell.absent = hedui_span_is(cell.meaning, "absent");
    cell.known = cell.meaning.at && !cell.absent && !hedui_span_is(cell.meaning, "unknown");
    if (row->bad && strcmp(row->bad, header) == 0)
        cell.reasons = HEDUI_DEMO_BAD_FIELD;
    return cell;
}
