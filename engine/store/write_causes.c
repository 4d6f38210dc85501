/* Causes: a row only where something differs from the base. */
#include "store/codes.h"
#include "store/writing.h"

/* Causes of the result, one after another. */
typedef struct listing {
    hedui_store_writing *w;
    uint32_t at, end; /* at: of the row, from one before the first */
} listing;

static int next_of(listing *l, unsigned tellings)
{
    while (++l->at < l->end)
        if (tellings >> l->w->tellings[l->at] & 1)
            return 1;
    return 0;
}

static int next_new(void *context)
{
    return next_of(context, 1u << HEDUI_STORE_TOLD_NEW);
}

static int next_opened(void *context)
{
    return next_of(context, 1u << HEDUI_STORE_TOLD_NEW | 1u << HEDUI_STORE_TOLD_AGAIN);
}

static void put_cause(sqlite3_context *to, const void *context, int column)
{
    const listing *l = context;
    const hedui_run_undetermined *u = &l->w->result->undetermined[l->at];
    switch (column) {
    case 0:
        hedui_store_rows_number(to, l->w->causes[l->at]);
        break;
    case 1:
        hedui_store_rows_number(to, l->w->households[u->household]);
        break;
    case 2:
        hedui_store_rows_text(to, l->w->result->rules[u->rule].id);
        break;
    case 3:
        hedui_store_rows_text(to, u->subject);
        break;
    case 4:
        hedui_store_rows_code(to, hedui_store_cause_code(u->reason));
        break;
    case 5:
        hedui_store_rows_text(to, u->source);
        break;
    case 6:
        hedui_store_rows_text(to, u->field);
        break;
    case 7:
        hedui_store_rows_text(to, u->person);
        break;
    default:
        hedui_store_rows_number(to, u->review != 0);
    }
}

static hedui_status write_some(hedui_store_writing *w, uint32_t first, uint32_t count,
                               hedui_err *err)
{
    listing l = {w, first - 1, first + count};
    const hedui_store_rows fresh = {next_new, put_cause, &l}, opened = {next_opened, put_cause, &l};
    int64_t before = w->last.cause;
    for (uint32_t i = first; i < first + count; i++)
        if (w->tellings[i] == HEDUI_STORE_TOLD_NEW)
            w->causes[i] = ++w->last.cause;
    hedui_status status = HEDUI_OK;
    if (w->last.cause > before)
        status = hedui_store_rows_run(w->store, "causes_insert", w->run, &fresh, err);
    l.at = first - 1;
    if (!status)
        status = hedui_store_rows_run(w->store, "causes_open", w->run, &opened, err);
    return status ? status : hedui_store_write_breathe(w, count, err);
}

hedui_status hedui_store_write_causes(hedui_store_writing *w, hedui_err *err)
{
    hedui_status status = HEDUI_OK;
    uint32_t chunk = hedui_store_write_chunk(w), all = w->result->undetermined_count;
    for (uint32_t i = 0; !status && i < all; i += chunk)
        status = write_some(w, i, all - i < chunk ? all - i : chunk, err);
    return status;
}
