/* Entries are only added; that nobody changes them later the database itself sees to. */
#include "store/list.h"
#include "store/word.h"

#include <hedui/store_audit.h>

/* A file can have anybody's number for a name; its digest says as well which it is. */
hedui_status hedui_store_reveal_add(hedui_store *store, const hedui_store_reveal *reveal,
                                    hedui_err *err)
{
    hedui_status status = hedui_store_word_check(reveal->person, reveal->reason, err);
    if (status)
        return status;
    hedui_sql sql = hedui_sql_begin(store, "reveal_insert");
    hedui_sql_text(&sql, reveal->person);
    hedui_sql_text(&sql, reveal->reason);
    hedui_sql_text(&sql, reveal->feed);
    hedui_sql_text(&sql, hedui_store_names_number(reveal->file) ? hedui_span_of("") : reveal->file);
    hedui_sql_digest(&sql, &reveal->digest);
    hedui_sql_number(&sql, reveal->line);
    hedui_sql_number(&sql, reveal->at);
    return hedui_sql_run(&sql, err);
}

static void read_entry(void *item, hedui_sql *sql, hedui_arena *arena)
{
    hedui_store_entry *entry = item;
    entry->at = hedui_sql_get_number(sql, 0);
    entry->kind = hedui_sql_get_text(sql, 1, arena);
    entry->what = hedui_sql_get_text(sql, 2, arena);
    entry->person = hedui_sql_get_text(sql, 3, arena);
    entry->reason = hedui_sql_get_text(sql, 4, arena);
}

hedui_status hedui_store_entry_list(const hedui_store_entry **entries, size_t *count,
                                    hedui_store *store, hedui_arena *arena, hedui_err *err)
{
    const void *items = NULL;
    hedui_sql sql = hedui_sql_begin(store, "entry_list");
    hedui_status status =
        hedui_store_read(&items, count, &sql, sizeof **entries, read_entry, arena, err);
    if (!status)
        *entries = items;
    return status;
}
