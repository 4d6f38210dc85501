/* One run at a time, and what is left of one that did not finish.
 *
 * The lock is the kernel's (flock), not a file with a process number in it: it goes with its
 * process, so nothing stale is ever left. The lock file itself stays. */
#include "store/sql.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* For whoever finds the lock taken: information, never asked whether it holds. */
static void sign(int fd)
{
    char text[24];
    int length = snprintf(text, sizeof text, "%ld\n", (long)getpid());
    if (ftruncate(fd, 0) == 0 && pwrite(fd, text, (size_t)length, 0) < 0)
        (void)ftruncate(fd, 0);
}

/* Digits only, whatever the file holds. */
static void holder(char text[24], int fd)
{
    ssize_t got = pread(fd, text, 23, 0);
    text[got > 0 ? got : 0] = '\0';
    text[strspn(text, "0123456789")] = '\0';
    if (!text[0])
        (void)stpcpy(text, "?");
}

hedui_status hedui_store_lock(hedui_store *store, hedui_err *err)
{
    if (store->lock >= 0)
        return HEDUI_OK;
    int fd = open(store->lock_path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return hedui_fail(err, HEDUI_E1002, hedui_place_none(), HEDUI_ARG_TEXT(store->lock_path),
                          HEDUI_ARG_ERRNO(errno));
    int locked;
    do
        locked = flock(fd, LOCK_EX | LOCK_NB);
    while (locked != 0 && errno == EINTR);
    if (locked != 0) {
        int error = errno;
        char by[24];
        holder(by, fd);
        (void)close(fd);
        if (error == EWOULDBLOCK)
            return hedui_fail(err, HEDUI_E5005, hedui_place_none(),
                              HEDUI_ARG_TEXT(store->lock_path), HEDUI_ARG_TEXT(by));
        return hedui_fail(err, HEDUI_E1002, hedui_place_none(), HEDUI_ARG_TEXT(store->lock_path),
                          HEDUI_ARG_ERRNO(error));
    }
    sign(fd);
    store->lock = fd;
    hedui_status status = hedui_store_sweep(store, err);
    if (status)
        hedui_store_unlock(store);
    return status;
}

void hedui_store_unlock(hedui_store *store)
{
    if (store->lock < 0)
        return;
    (void)close(store->lock);
    store->lock = -1;
}

hedui_status hedui_store_leftovers(int64_t *count, hedui_store *store, hedui_err *err)
{
    hedui_sql sql = hedui_sql_begin(store, "count_building");
    return hedui_sql_value(count, &sql, err);
}

hedui_status hedui_store_sweep(hedui_store *store, hedui_err *err)
{
    static const char *const steps[] = {"sweep_flags", "sweep_causes", "sweep_households",
                                        "sweep_runs"};
    int64_t leftovers = 0;
    hedui_status status = hedui_store_leftovers(&leftovers, store, err);
    if (status || leftovers == 0)
        return status;
    store->chain = 0;
    status = hedui_sql_transaction(store, err);
    for (size_t i = 0; !status && i < sizeof steps / sizeof *steps; i++) {
        hedui_sql step = hedui_sql_begin(store, steps[i]);
        status = hedui_sql_run(&step, err);
    }
    if (!status)
        status = hedui_sql_commit(store, err);
    if (status)
        hedui_sql_rollback(store);
    return status;
}

static hedui_status refuse_purged(hedui_store *store, int64_t run, hedui_err *err)
{
    hedui_sql sql = hedui_sql_begin(store, "run_name");
    hedui_sql_number(&sql, run);
    if (hedui_sql_row(&sql, err)) {
        const char *id = (const char *)sqlite3_column_text(sql.statement, 0);
        (void)hedui_fail(err, HEDUI_E5025, hedui_place_none(), HEDUI_ARG_TEXT(id));
        hedui_sql_end(&sql);
    }
    return sql.status ? sql.status : HEDUI_E5025;
}

hedui_status hedui_store_stand(hedui_store *store, int64_t run, hedui_err *err)
{
    int64_t purged = 0; /* asked each time: another process may have purged it since */
    if (run != 0) {
        hedui_sql ask = hedui_sql_begin(store, "run_purged");
        hedui_sql_number(&ask, run);
        hedui_status asked = hedui_sql_value(&purged, &ask, err);
        if (asked)
            return asked;
    }
    if (purged == 1)
        return refuse_purged(store, run, err);
    if (run != 0 && store->chain == run)
        return HEDUI_OK;
    store->chain = store->tallied = 0;
    hedui_sql clear = hedui_sql_begin(store, "chain_clear");
    hedui_status status = hedui_sql_run(&clear, err);
    if (status || run == 0)
        return status;
    hedui_sql fill = hedui_sql_begin(store, "chain_fill");
    hedui_sql_number(&fill, run);
    status = hedui_sql_run(&fill, err);
    if (!status)
        store->chain = run;
    return status;
}
