/* Flags: identity is household, rule and subject; the content digest tells the same facts from
 * changed ones. A flag whose facts and words are as they were takes no row at all. */
#include "store/codes.h"
#include "store/writing.h"

/* What base_flag_see answers. */
enum { AS_IT_WAS = 0, RESUMED = 1, RESTATED = 2, CHANGED = 3 };

static hedui_status digest_shown(hedui_digest *shown, hedui_digester *to, const hedui_run_flag *f,
                                 hedui_err *err)
{
    hedui_digester_field(to, f->person);
    hedui_digester_field(to, f->person_masked);
    hedui_digester_number(to, f->effect);
    hedui_digester_number(to, f->capped != 0);
    hedui_digester_field(to, f->message);
    return hedui_digester_end(shown, to, err);
}

static hedui_status insert_evidence(hedui_store_writing *w, int64_t version, uint32_t n,
                                    const hedui_run_evidence *e, hedui_err *err)
{
    int64_t number = 0;
    hedui_sql sql = hedui_sql_begin(w->store, "evidence_insert");
    hedui_sql_number(&sql, version);
    hedui_sql_number(&sql, n);
    hedui_sql_number(&sql, w->deliveries[e->delivery]);
    hedui_sql_number(&sql, e->line);
    hedui_sql_number(&sql, e->offset);
    hedui_sql_number(&sql, e->length);
    hedui_sql_text(&sql, e->row_key);
    hedui_sql_text(&sql, e->person);
    hedui_sql_code(&sql, hedui_store_match_code(e->match));
    hedui_sql_digest(&sql, &e->content);
    hedui_status status = hedui_sql_value(&number, &sql, err);
    for (uint32_t i = 0; !status && i < e->cell_count; i++) {
        hedui_sql cell = hedui_sql_begin(w->store, "cell_insert");
        hedui_sql_number(&cell, number);
        hedui_sql_number(&cell, i);
        hedui_sql_text(&cell, e->cells[i].column);
        hedui_sql_text(&cell, e->cells[i].title);
        hedui_sql_text(&cell, e->cells[i].value);
        status = hedui_sql_run(&cell, err);
    }
    return status;
}

static hedui_status version_number(int64_t *version, hedui_store_writing *w, int64_t flag,
                                   const hedui_run_flag *f, const hedui_digest *shown,
                                   hedui_err *err)
{
    hedui_sql find = hedui_sql_begin(w->store, "flag_version_find");
    hedui_sql_number(&find, flag);
    hedui_sql_digest(&find, &f->content);
    hedui_sql_digest(&find, shown);
    hedui_status status = hedui_sql_value(version, &find, err);
    if (status || *version != HEDUI_SQL_NULL)
        return status;
    hedui_sql insert = hedui_sql_begin(w->store, "flag_version_insert");
    hedui_sql_number(&insert, flag);
    hedui_sql_number(&insert, w->run);
    hedui_sql_digest(&insert, &f->content);
    hedui_sql_digest(&insert, shown);
    hedui_sql_text(&insert, f->person);
    hedui_sql_text(&insert, f->person_masked);
    hedui_sql_code(&insert, hedui_store_effect_code(f->effect));
    hedui_sql_number(&insert, f->capped != 0);
    hedui_sql_text(&insert, f->message);
    status = hedui_sql_value(version, &insert, err);
    for (uint32_t i = 0; !status && i < f->evidence_count; i++)
        status = insert_evidence(w, *version, i, &f->evidence[i], err);
    return status;
}

static hedui_status flag_number(int64_t *number, hedui_store_writing *w, const hedui_run_flag *f,
                                hedui_err *err)
{
    hedui_span rule = w->result->rules[f->rule].id;
    hedui_sql find = hedui_sql_begin(w->store, "flag_find");
    hedui_sql_number(&find, w->households[f->household]);
    hedui_sql_text(&find, rule);
    hedui_sql_text(&find, f->subject);
    hedui_status status = hedui_sql_value(number, &find, err);
    if (status || *number != HEDUI_SQL_NULL)
        return status;
    hedui_sql insert = hedui_sql_begin(w->store, "flag_insert");
    hedui_sql_number(&insert, w->households[f->household]);
    hedui_sql_text(&insert, rule);
    hedui_sql_text(&insert, f->subject);
    hedui_sql_number(&insert, w->run);
    return hedui_sql_value(number, &insert, err);
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

static hedui_status insert_event(hedui_store_writing *w, int64_t flag, const hedui_run_flag *f,
                                 const hedui_digest *shown, const char *kind, hedui_err *err)
{
    int64_t version = 0;
    hedui_status status = version_number(&version, w, flag, f, shown, err);
    if (status)
        return status;
    hedui_sql sql = hedui_sql_begin(w->store, "flag_event_insert");
    hedui_sql_number(&sql, flag);
    hedui_sql_number(&sql, w->run);
    hedui_sql_code(&sql, kind);
    hedui_sql_number(&sql, version);
    hedui_sql_code(&sql, why_of(f, kind));
    return hedui_sql_run(&sql, err);
}

/* No flag, but kept with its rows like one, so that the decision can be held against them. */
static hedui_status write_overridden(hedui_store_writing *w, const hedui_run_flag *f,
                                     hedui_err *err)
{
    int64_t number = 0, version = 0;
    hedui_digest shown;
    hedui_status status = flag_number(&number, w, f, err);
    if (!status)
        status = digest_shown(&shown, w->digester, f, err);
    if (!status)
        status = version_number(&version, w, number, f, &shown, err);
    if (status)
        return status;
    hedui_sql sql = hedui_sql_begin(w->store, "overridden_insert");
    hedui_sql_number(&sql, w->run);
    hedui_sql_number(&sql, number);
    hedui_sql_number(&sql, version);
    hedui_sql_text(&sql, f->override);
    status = hedui_sql_run(&sql, err);
    return status ? status : hedui_store_write_breathe(w, err);
}

static hedui_status write_flag(hedui_store_writing *w, const hedui_run_flag *f, hedui_err *err)
{
    int64_t number = 0, before = 0;
    hedui_digest shown;
    hedui_status status = flag_number(&number, w, f, err);
    if (!status)
        status = digest_shown(&shown, w->digester, f, err);
    if (status)
        return status;
    hedui_sql see = hedui_sql_begin(w->store, "base_flag_see");
    hedui_sql_number(&see, number);
    hedui_sql_digest(&see, &f->content);
    hedui_sql_digest(&see, &shown);
    status = hedui_sql_value(&before, &see, err);
    if (status)
        return status;
    int counts = f->effect != HEDUI_RUN_INFORM; /* a tag is kept like a flag and is none */
    if (before == HEDUI_SQL_NULL) {
        w->fresh += counts;
        status = insert_event(w, number, f, &shown, "new", err);
    } else if (before == CHANGED) {
        w->changed += counts;
        status = insert_event(w, number, f, &shown, "changed", err);
    } else {
        w->continuing += counts;
        if (before != AS_IT_WAS)
            status =
                insert_event(w, number, f, &shown, before == RESUMED ? "resumed" : "restated", err);
    }
    return status ? status : hedui_store_write_breathe(w, err);
}

hedui_status hedui_store_write_flags(hedui_store_writing *w, hedui_err *err)
{
    hedui_status status = HEDUI_OK;
    for (uint32_t i = 0; !status && i < w->result->flag_count; i++)
        status = write_flag(w, &w->result->flags[i], err);
    for (uint32_t i = 0; !status && i < w->result->overridden_count; i++)
        status = write_overridden(w, &w->result->overridden[i], err);
    return status;
}
