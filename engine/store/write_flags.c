/* Flags: identity is household, rule and subject; the content digest tells the same facts from
 * changed ones. A flag whose facts and words are as they were takes no row at all. Of a transaction
 * first all flags are written, then their versions and so on: each table is filled from end to end
 * by one statement. */
#include "store/codes.h"
#include "store/writing.h"

#include "rule/judge.h"

hedui_status hedui_store_digest_shown(hedui_digest *shown, hedui_digester *to,
                                      const hedui_run_flag *f, hedui_err *err)
{
    hedui_digester_field(to, f->person);
    hedui_digester_field(to, f->person_masked);
    hedui_digester_number(to, f->effect);
    hedui_digester_number(to, f->capped != 0);
    hedui_digester_field(to, f->message);
    return hedui_digester_end(shown, to, err);
}

/* A flag that an override kept away says why it is back. */
static const char *why_of(const hedui_run_flag *f, const char *kind)
{
    static const char *const why[][2] = {{"changed", "override_changed"},
                                         {"expired", "override_expired"},
                                         {"revoked", "override_revoked"},
                                         {"not_allowed", "override_not_allowed"}};
    for (size_t i = 0; i < sizeof why / sizeof *why && strcmp(kind, "new") == 0; i++)
        if (hedui_span_is(f->returned, why[i][0]))
            return why[i][1];
    return "";
}

/* --- what is to be written -------------------------------------------------------------------- */

/* The version of a flag that was raised before may be there as well: a draft wrote it, or the facts
 * are again what they were. */
static hedui_status find_version(int64_t *version, hedui_store_writing *w, int64_t number,
                                 const hedui_run_flag *f, hedui_err *err)
{
    hedui_digest shown;
    hedui_status status = hedui_store_digest_shown(&shown, w->digester, f, err);
    if (status)
        return status;
    hedui_sql find = hedui_sql_begin(w->store, "flag_version_find");
    hedui_sql_number(&find, number);
    hedui_sql_digest(&find, &f->content);
    hedui_sql_digest(&find, &shown);
    return hedui_sql_value(version, &find, err);
}

/* An overridden one is no flag, but kept with its rows like one, so that the decision can be held
 * against them. */
static hedui_status decide(hedui_store_writing *w, uint32_t i, hedui_err *err)
{
    static const char *const kinds[] = {[HEDUI_STORE_FRESH] = "new",
                                        [HEDUI_STORE_RESUMED] = "resumed",
                                        [HEDUI_STORE_RESTATED] = "restated",
                                        [HEDUI_STORE_CHANGED] = "changed"};
    const hedui_run_flag *f = hedui_store_flag_at(w, i);
    hedui_store_place *place = &w->places[i];
    int is_flag = i < w->result->flag_count;
    int counts = is_flag && f->effect != HEDUI_RUN_INFORM; /* a tag is kept like a flag */
    int64_t version = HEDUI_SQL_NULL;
    hedui_status status = HEDUI_OK;
    w->fresh += counts && place->before == HEDUI_STORE_FRESH;
    w->changed += counts && place->before == HEDUI_STORE_CHANGED;
    w->continuing +=
        counts && place->before != HEDUI_STORE_FRESH && place->before != HEDUI_STORE_CHANGED;
    if (is_flag)
        place->kind = kinds[place->before];
    if (is_flag && !place->kind)
        return HEDUI_OK;
    place->fresh = place->number == 0;
    if (place->fresh)
        place->number = ++w->last.flag;
    else
        status = find_version(&version, w, place->number, f, err);
    place->fresh_version = version == HEDUI_SQL_NULL;
    place->version = place->fresh_version ? ++w->last.version : version;
    return status;
}

/* --- rows ------------------------------------------------------------------------------------- */

/* Flags of the result from front to end, and of one flag its evidence and the cells of that. */
typedef struct listing {
    hedui_store_writing *w;
    uint32_t at, end;        /* at: of the row, from one before the first */
    uint32_t evidence, cell; /* at: likewise, of the flag and of its evidence */
    int64_t number;          /* of the evidence */
    const hedui_run_flag *flag;
    hedui_digest shown;
} listing;

static int next_flag(void *context)
{
    listing *l = context;
    while (++l->at < l->end)
        if (l->w->places[l->at].fresh)
            return 1;
    return 0;
}

static void put_flag(sqlite3_context *to, const void *context, int column)
{
    const listing *l = context;
    const hedui_run_flag *f = hedui_store_flag_at(l->w, l->at);
    if (column == 0)
        hedui_store_rows_number(to, l->w->places[l->at].number);
    else if (column == 1)
        hedui_store_rows_number(to, l->w->households[f->household]);
    else
        hedui_store_rows_text(to, column == 2 ? l->w->result->rules[f->rule].id : f->subject);
}

static int find_flag_of_version(listing *l)
{
    while (++l->at < l->end)
        if (l->w->places[l->at].fresh_version) {
            l->flag = hedui_store_flag_at(l->w, l->at);
            return 1;
        }
    return 0;
}

static int next_version(void *context)
{
    listing *l = context;
    if (!find_flag_of_version(l))
        return 0;
    return hedui_store_digest_shown(&l->shown, l->w->digester, l->flag, NULL) ? -1 : 1;
}

static void put_version(sqlite3_context *to, const void *context, int column)
{
    const listing *l = context;
    const hedui_store_place *place = &l->w->places[l->at];
    const hedui_run_flag *f = l->flag;
    if (column < 2)
        hedui_store_rows_number(to, column == 0 ? place->version : place->number);
    else if (column < 4)
        hedui_store_rows_digest(to, column == 2 ? &f->content : &l->shown);
    else if (column < 6)
        hedui_store_rows_text(to, column == 4 ? f->person : f->person_masked);
    else if (column == 6)
        hedui_store_rows_code(to, hedui_store_effect_code(f->effect));
    else if (column == 7)
        hedui_store_rows_number(to, f->capped != 0);
    else
        hedui_store_rows_text(to, f->message);
}

static int next_event(void *context)
{
    listing *l = context;
    while (++l->at < l->end)
        if (l->w->places[l->at].kind)
            return 1;
    return 0;
}

static void put_event(sqlite3_context *to, const void *context, int column)
{
    const listing *l = context;
    const hedui_store_place *place = &l->w->places[l->at];
    if (column == 0)
        hedui_store_rows_number(to, place->number);
    else if (column == 1)
        hedui_store_rows_code(to, place->kind);
    else if (column == 2)
        hedui_store_rows_number(to, place->version);
    else
        hedui_store_rows_code(to, why_of(hedui_store_flag_at(l->w, l->at), place->kind));
}

static int next_overridden(void *context)
{
    listing *l = context;
    return ++l->at < l->end;
}

static void put_overridden(sqlite3_context *to, const void *context, int column)
{
    const listing *l = context;
    const hedui_store_place *place = &l->w->places[l->at];
    if (column < 2)
        hedui_store_rows_number(to, column == 0 ? place->number : place->version);
    else
        hedui_store_rows_text(to, hedui_store_flag_at(l->w, l->at)->override);
}

static int next_evidence(void *context)
{
    listing *l = context;
    while (!l->flag || ++l->evidence >= l->flag->evidence_count) {
        l->evidence = UINT32_MAX; /* one before the first */
        if (!find_flag_of_version(l))
            return 0;
    }
    l->number++;
    return 1;
}

static void put_evidence(sqlite3_context *to, const void *context, int column)
{
    const listing *l = context;
    const hedui_run_evidence *e = &l->flag->evidence[l->evidence];
    const int64_t numbers[] = {l->number,   l->w->places[l->at].version,
                               l->evidence, l->w->deliveries[e->delivery],
                               e->line,     e->offset,
                               e->length};
    if (column < 7)
        hedui_store_rows_number(to, numbers[column]);
    else if (column < 9)
        hedui_store_rows_text(to, column == 7 ? e->row_key : e->person);
    else if (column == 9)
        hedui_store_rows_code(to, hedui_store_match_code(e->match));
    else
        hedui_store_rows_digest(to, &e->content);
}

static int next_cell(void *context)
{
    listing *l = context;
    while (!l->flag || l->evidence == UINT32_MAX ||
           ++l->cell >= l->flag->evidence[l->evidence].cell_count) {
        l->cell = UINT32_MAX;
        if (!next_evidence(l))
            return 0;
    }
    return 1;
}

static void put_cell(sqlite3_context *to, const void *context, int column)
{
    const listing *l = context;
    const hedui_run_evidence *evidence = &l->flag->evidence[l->evidence];
    const hedui_proof_cell *cell = &evidence->cells[l->cell];
    if (column < 2)
        hedui_store_rows_number(to, column == 0 ? l->number : (int64_t)l->cell);
    else
        hedui_store_rows_text(to, column == 2   ? evidence->columns[cell->column].name
                                  : column == 3 ? evidence->columns[cell->column].title
                                                : cell->value);
}

/* --- writing ---------------------------------------------------------------------------------- */

typedef struct filling {
    const char *statement;
    int (*next)(void *context);
    void (*put)(sqlite3_context *to, const void *context, int column);
} filling;

static hedui_status fill(hedui_store_writing *w, const filling *f, uint32_t first, uint32_t end,
                         int64_t *evidence, hedui_err *err)
{
    listing l = {.w = w,
                 .at = first - 1,
                 .end = end,
                 .evidence = UINT32_MAX,
                 .cell = UINT32_MAX,
                 .number = *evidence};
    const hedui_store_rows rows = {f->next, f->put, &l};
    hedui_status status = hedui_store_rows_run(w->store, f->statement, w->run, &rows, err);
    *evidence = l.number;
    return status;
}

/* Flags, or overridden ones, from `first` on. */
static hedui_status write_some(hedui_store_writing *w, uint32_t first, uint32_t count,
                               hedui_err *err)
{
    static const filling flags[] = {{"flags_insert", next_flag, put_flag},
                                    {"flag_versions_insert", next_version, put_version}},
                         events = {"flag_events_insert", next_event, put_event},
                         overridden = {"overridden_insert", next_overridden, put_overridden},
                         evidence = {"evidence_insert", next_evidence, put_evidence},
                         cells = {"cells_insert", next_cell, put_cell};
    uint32_t end = first + count;
    int64_t none = 0, number = w->last.evidence;
    hedui_status status = HEDUI_OK;
    for (uint32_t i = first; !status && i < end; i++)
        status = decide(w, i, err);
    for (size_t i = 0; !status && i < sizeof flags / sizeof *flags; i++)
        status = fill(w, &flags[i], first, end, &none, err);
    if (!status)
        status =
            fill(w, first < w->result->flag_count ? &events : &overridden, first, end, &none, err);
    if (!status)
        status = fill(w, &evidence, first, end, &w->last.evidence, err);
    if (!status)
        status = fill(w, &cells, first, end, &number, err);
    return status ? status : hedui_store_write_breathe(w, count, err);
}

hedui_status hedui_store_write_flags(hedui_store_writing *w, hedui_err *err)
{
    uint32_t chunk = hedui_store_write_chunk(w);
    uint32_t ends[] = {w->result->flag_count, w->result->flag_count + w->result->overridden_count};
    hedui_status status = HEDUI_OK;
    for (uint32_t kind = 0, i = 0; kind < 2; kind++)
        for (; !status && i < ends[kind]; i += ends[kind] - i < chunk ? ends[kind] - i : chunk)
            status = write_some(w, i, ends[kind] - i < chunk ? ends[kind] - i : chunk, err);
    return status;
}
