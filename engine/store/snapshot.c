/* One state of the store for as long as an answer takes: a transaction that reads. It is committed,
 * not rolled back, because what was laid out in temporary tables meanwhile is to stay. */
#include "store/sql.h"

#include "base/invariant.h"

hedui_status hedui_store_snapshot_begin(hedui_store *store, hedui_err *err)
{
    if (store->snapshots == 0) {
        HEDUI_INVARIANT(sqlite3_get_autocommit(store->db));
        hedui_status status = hedui_sql_transaction_read(store, err);
        if (status)
            return status;
    }
    store->snapshots++;
    return HEDUI_OK;
}

void hedui_store_snapshot_end(hedui_store *store)
{
    HEDUI_INVARIANT(store->snapshots > 0);
    if (--store->snapshots)
        return;
    /* a failure has taken everything back, or it is taken back now */
    if (sqlite3_get_autocommit(store->db) || hedui_sql_commit(store, NULL) != HEDUI_OK) {
        hedui_sql_rollback(store);
        store->chain = store->ranked = store->tallied = 0;
    }
}
