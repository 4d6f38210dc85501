/* Views: the head of each file says what its columns are; to add a report is to add a file.
 *
 *   -- title: 问题行清单
 *   -- column: number 行号        (text, number, money or date, and the caption)
 */
#include "store/view.h"

#include "base/embedded.h"
#include "base/invariant.h"
#include "store/sql.h"
#include "store/tally.h"
#include "store/walk.h"

#include <stdio.h>

static const char folder[] = "store/views/", ending[] = ".sql";

static const hedui_embedded *find_file(const char *name)
{
    char path[64];
    if (snprintf(path, sizeof path, "%s%s%s", folder, name, ending) >= (int)sizeof path)
        return NULL;
    for (const hedui_embedded *file = hedui_embedded_files; file->path; file++)
        if (strcmp(file->path, path) == 0)
            return file;
    return NULL;
}

const char *hedui_store_view_path(uint32_t index)
{
    uint32_t at = 0;
    for (const hedui_embedded *file = hedui_embedded_files; file->path; file++)
        if (strncmp(file->path, folder, sizeof folder - 1) == 0 && at++ == index)
            return file->path + sizeof folder - 1;
    return NULL;
}

/* The rest of the line behind `mark`, if `line` begins with it. */
static int after_mark(hedui_span *rest, const char *line, const char *mark)
{
    size_t length = strlen(mark);
    if (strncmp(line, mark, length) != 0)
        return 0;
    rest->at = line + length;
    rest->length = strcspn(rest->at, "\n");
    return 1;
}

static hedui_sheet_column column_of(hedui_span words)
{
    static const char *const kinds[] = {"text ", "number ", "money ", "date "};
    hedui_sheet_column column = {words, HEDUI_SHEET_TEXT};
    int known = 0;
    for (int i = 0; i < 4 && !known; i++) {
        if (!after_mark(&column.title, words.at, kinds[i]))
            continue;
        column.kind = (hedui_sheet_kind)i;
        known = 1;
    }
    HEDUI_INVARIANT(known); /* a view of ours with an unknown kind of column */
    return column;
}

/* Views that list by urgency find the order in temp.flag_rank and temp.household_rank. */
static hedui_status rank(hedui_store *store, int64_t run, hedui_err *err)
{
    static const char *const statements[] = {"rank_clear_households", "rank_clear_flags",
                                             "rank_fill_flags", "rank_fill_households"};
    hedui_status status = HEDUI_OK;
    if (store->ranked == run)
        return HEDUI_OK;
    store->ranked = 0;
    for (size_t i = 0; !status && i < sizeof statements / sizeof *statements; i++) {
        hedui_sql sql = hedui_sql_begin(store, statements[i]);
        status = hedui_sql_run(&sql, err);
    }
    if (!status)
        store->ranked = run;
    return status;
}

static hedui_status read_head(hedui_store_view *view, const char *text, hedui_arena *arena,
                              hedui_err *err)
{
    uint32_t count = 0;
    hedui_span rest;
    for (const char *line = text; line; line = strchr(line, '\n')) {
        line += *line == '\n';
        count += (uint32_t)after_mark(&rest, line, "-- column: ");
    }
    hedui_sheet_column *columns = hedui_arena_array(arena, count, sizeof *columns);
    if (!columns)
        return hedui_fail_memory(err);
    view->columns = columns;
    for (const char *line = text; line; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (after_mark(&rest, line, "-- column: "))
            columns[view->column_count++] = column_of(rest);
        else
            (void)after_mark(&view->title, line, "-- title: ");
    }
    return HEDUI_OK;
}

hedui_status hedui_store_view_open(hedui_store_view *opened, hedui_store *store, const char *name,
                                   hedui_span run, hedui_arena *arena, hedui_err *err)
{
    const hedui_embedded *file = find_file(name);
    hedui_store_view view = {.name = name, .store = store};
    int64_t number = 0;
    if (!file)
        return hedui_fail(err, HEDUI_E5024, hedui_place_none(), HEDUI_ARG_TEXT(name));
    hedui_status status = hedui_store_run_number(&number, store, run, err);
    if (!status)
        status = hedui_store_stand(store, number, err);
    if (!status && strstr(file->text, "_rank "))
        status = rank(store, number, err);
    if (!status && strstr(file->text, " tally_"))
        status = hedui_store_tally(store, number, err);
    if (!status)
        status = read_head(&view, file->text, arena, err);
    if (status)
        return status;
    int code = sqlite3_prepare_v2(store->db, file->text, -1, &view.statement, NULL);
    if (code == SQLITE_OK && sqlite3_bind_parameter_count(view.statement) > 0)
        code = sqlite3_bind_int64(view.statement, 1, number);
    if (code != SQLITE_OK)
        status = hedui_sql_fail(store->db, code, name, err);
    if (!status)
        status = hedui_walk_open(&view.walk, name, store, view.statement, number, err);
    if (status) {
        (void)sqlite3_finalize(view.statement);
        return status;
    }
    HEDUI_INVARIANT(view.walk || sqlite3_column_count(view.statement) == (int)view.column_count);
    *opened = view;
    return HEDUI_OK;
}

hedui_status hedui_store_view_town(hedui_store_view *view, hedui_span town, hedui_err *err)
{
    HEDUI_INVARIANT(sqlite3_bind_parameter_count(view->statement) > 1);
    int code = sqlite3_bind_text64(view->statement, 2, town.at ? town.at : "", town.length,
                                   SQLITE_TRANSIENT, SQLITE_UTF8);
    return code == SQLITE_OK ? HEDUI_OK : hedui_sql_fail(view->store->db, code, view->name, err);
}

hedui_status hedui_store_view_households(hedui_store_view *view, hedui_span ids, hedui_err *err)
{
    HEDUI_INVARIANT(sqlite3_bind_parameter_count(view->statement) > 2);
    int code =
        sqlite3_bind_text64(view->statement, 3, ids.at, ids.length, SQLITE_STATIC, SQLITE_UTF8);
    return code == SQLITE_OK ? HEDUI_OK : hedui_sql_fail(view->store->db, code, view->name, err);
}

static int walk_row(hedui_sheet_cell *cells, hedui_store_view *view, hedui_err *err)
{
    int is_row = hedui_walk_row(cells, view->walk, err);
    view->status = view->walk->status;
    return is_row;
}

int hedui_store_view_row(hedui_sheet_cell *cells, hedui_store_view *view, hedui_err *err)
{
    if (view->walk)
        return walk_row(cells, view, err);
    int code = view->status ? SQLITE_DONE : sqlite3_step(view->statement);
    if (code != SQLITE_ROW) {
        if (code != SQLITE_DONE)
            view->status = hedui_sql_fail(view->store->db, code, view->name, err);
        return 0;
    }
    for (uint32_t i = 0; i < view->column_count; i++) {
        hedui_sheet_cell cell = {0};
        cell.is_empty = sqlite3_column_type(view->statement, (int)i) == SQLITE_NULL;
        if (view->columns[i].kind == HEDUI_SHEET_TEXT) {
            cell.text.at = (const char *)sqlite3_column_text(view->statement, (int)i);
            cell.text.length = (size_t)sqlite3_column_bytes(view->statement, (int)i);
            if (!cell.is_empty && !cell.text.at) {
                view->status = hedui_fail_memory(err);
                return 0;
            }
        } else {
            cell.number = sqlite3_column_int64(view->statement, (int)i);
        }
        cells[i] = cell;
    }
    return 1;
}

void hedui_store_view_close(hedui_store_view *view)
{
    hedui_walk_close(view->walk);
    view->walk = NULL;
    (void)sqlite3_finalize(view->statement);
    view->statement = NULL;
}
