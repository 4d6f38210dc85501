/* Households and causes: a row only where something differs from the base. */
#include "store/codes.h"
#include "store/writing.h"

#include <hedui/json.h>

/* What base_household_see answers, added up. */
enum { SAME_RECORD = 1, SAME_FOUND = 2 };

/* The people of a household as the store keeps them. */
static void put_people(hedui_buffer *out, const hedui_run_household *h)
{
    hedui_json json;
    hedui_json_init(&json, out);
    hedui_json_open_array(&json);
    for (uint32_t i = 0; h->people && i < h->members; i++) {
        const hedui_run_member *m = &h->people[i];
        hedui_json_open_object(&json);
        hedui_json_member_text(&json, "name", m->name);
        hedui_json_member_text(&json, "relation", m->relation);
        hedui_json_member_text(&json, "id", hedui_span_of(m->id_masked));
        hedui_json_member_number(&json, "born", m->born);
        hedui_json_member_flag(&json, "counted", m->counted);
        hedui_json_member_flag(&json, "authorised", m->authorised);
        hedui_json_close_object(&json);
    }
    hedui_json_close_array(&json);
}

static hedui_status digest_household(hedui_digest *record, hedui_digester *to,
                                     const hedui_run_household *h, hedui_span people,
                                     hedui_err *err)
{
    const hedui_span texts[] = {h->area_code, h->area_name,    h->town_code,   h->town_name,
                                h->head_name, h->programme,    h->urban_rural, h->status,
                                h->address,   h->benefit_from, people};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        hedui_digester_field(to, texts[i]);
    hedui_digester_number(to, h->members);
    hedui_digester_number(to, h->counted);
    hedui_digester_number(to, h->paid_fen);
    hedui_digester_number(to, h->state);
    hedui_digester_number(to, h->flags);
    hedui_digester_number(to, h->unanswered);
    return hedui_digester_end(record, to, err);
}

static hedui_status insert_version(hedui_store_writing *w, int64_t number,
                                   const hedui_run_household *h, hedui_span people,
                                   const hedui_digest *record, hedui_err *err)
{
    hedui_sql sql = hedui_sql_begin(w->store, "household_version_insert");
    hedui_sql_number(&sql, number);
    hedui_sql_number(&sql, w->run);
    hedui_sql_digest(&sql, record);
    hedui_sql_text(&sql, h->area_code);
    hedui_sql_text(&sql, h->area_name);
    hedui_sql_text(&sql, h->town_code);
    hedui_sql_text(&sql, h->town_name);
    hedui_sql_text(&sql, h->head_name);
    hedui_sql_text(&sql, h->programme);
    hedui_sql_text(&sql, h->urban_rural);
    hedui_sql_text(&sql, h->status);
    hedui_sql_number(&sql, h->members);
    hedui_sql_number(&sql, h->counted);
    hedui_sql_number(&sql, h->paid_fen);
    hedui_sql_code(&sql, hedui_store_state_code(h->state));
    hedui_sql_number(&sql, h->flags);
    hedui_sql_number(&sql, h->unanswered);
    hedui_sql_text(&sql, h->address);
    hedui_sql_text(&sql, h->benefit_from);
    hedui_sql_text(&sql, people);
    return hedui_sql_run(&sql, err);
}

static hedui_status insert_searched(hedui_store_writing *w, int64_t number,
                                    const hedui_run_household *h, hedui_err *err)
{
    hedui_sql sql = hedui_sql_begin(w->store, "searched_insert");
    hedui_sql_number(&sql, number);
    hedui_sql_number(&sql, w->run);
    hedui_sql_text(&sql, h->searched);
    return hedui_sql_run(&sql, err);
}

static hedui_status household_number(int64_t *number, hedui_store_writing *w, hedui_span id,
                                     hedui_err *err)
{
    hedui_sql find = hedui_sql_begin(w->store, "household_find");
    hedui_sql_text(&find, id);
    hedui_status status = hedui_sql_value(number, &find, err);
    if (status || *number != HEDUI_SQL_NULL)
        return status;
    hedui_sql insert = hedui_sql_begin(w->store, "household_insert");
    hedui_sql_text(&insert, id);
    hedui_sql_number(&insert, w->run);
    return hedui_sql_value(number, &insert, err);
}

static hedui_status write_household(hedui_store_writing *w, uint32_t i, hedui_buffer *people,
                                    hedui_err *err)
{
    const hedui_run_household *h = &w->result->households[i];
    hedui_digest record;
    int64_t number = 0, same = 0;
    hedui_status status = household_number(&number, w, h->id, err);
    hedui_buffer_clear(people);
    put_people(people, h);
    if (hedui_buffer_failed(people))
        return hedui_fail_memory(err);
    if (!status)
        status = digest_household(&record, w->digester, h, hedui_buffer_span(people), err);
    if (status)
        return status;
    w->households[i] = number;
    hedui_sql present = hedui_sql_begin(w->store, "present_insert");
    hedui_sql_number(&present, number);
    hedui_sql_code(&present, hedui_store_state_code(h->state));
    hedui_sql_number(&present, h->unanswered);
    status = hedui_sql_run(&present, err);
    if (status)
        return status;
    hedui_sql see = hedui_sql_begin(w->store, "base_household_see");
    hedui_sql_number(&see, number);
    hedui_sql_digest(&see, &record);
    hedui_sql_text(&see, h->searched);
    status = hedui_sql_value(&same, &see, err);
    if (!status && same == HEDUI_SQL_NULL)
        same = 0; /* the base does not know it */
    if (!status && !(same & SAME_RECORD))
        status = insert_version(w, number, h, hedui_buffer_span(people), &record, err);
    if (!status && !(same & SAME_FOUND) && h->searched.length)
        status = insert_searched(w, number, h, err);
    return status ? status : hedui_store_write_breathe(w, err);
}

hedui_status hedui_store_write_households(hedui_store_writing *w, hedui_err *err)
{
    hedui_status status = HEDUI_OK;
    w->households = hedui_arena_array(w->arena, w->result->household_count, sizeof *w->households);
    if (!w->households)
        return hedui_fail_memory(err);
    hedui_buffer people;
    hedui_buffer_init(&people);
    for (uint32_t i = 0; !status && i < w->result->household_count; i++)
        status = write_household(w, i, &people, err);
    hedui_buffer_free(&people);
    if (status)
        return status;
    hedui_sql absent = hedui_sql_begin(w->store, "households_absent");
    hedui_sql_number(&absent, w->run);
    return hedui_sql_run(&absent, err);
}

static void bind_cause(hedui_sql *sql, const hedui_store_writing *w,
                       const hedui_run_undetermined *u)
{
    hedui_sql_number(sql, w->households[u->household]);
    hedui_sql_text(sql, w->result->rules[u->rule].id);
    hedui_sql_text(sql, u->subject);
    hedui_sql_code(sql, hedui_store_cause_code(u->reason));
    hedui_sql_text(sql, u->source);
    hedui_sql_text(sql, u->field);
    hedui_sql_text(sql, u->person);
    hedui_sql_number(sql, u->review != 0);
}

static hedui_status cause_number(int64_t *number, hedui_store_writing *w,
                                 const hedui_run_undetermined *u, hedui_err *err)
{
    hedui_sql find = hedui_sql_begin(w->store, "cause_find");
    bind_cause(&find, w, u);
    hedui_status status = hedui_sql_value(number, &find, err);
    if (status || *number != HEDUI_SQL_NULL)
        return status;
    hedui_sql insert = hedui_sql_begin(w->store, "cause_insert");
    bind_cause(&insert, w, u);
    hedui_sql_number(&insert, w->run);
    return hedui_sql_value(number, &insert, err);
}

static hedui_status write_cause(hedui_store_writing *w, const hedui_run_undetermined *u,
                                hedui_err *err)
{
    int64_t number = 0, seen = 0;
    hedui_sql unanswered = hedui_sql_begin(w->store, "unanswered_insert");
    hedui_sql_number(&unanswered, w->households[u->household]);
    hedui_sql_text(&unanswered, w->result->rules[u->rule].id);
    hedui_status status = hedui_sql_run(&unanswered, err);
    if (!status)
        status = cause_number(&number, w, u, err);
    if (status)
        return status;
    hedui_sql see = hedui_sql_begin(w->store, "base_cause_see");
    hedui_sql_number(&see, number);
    status = hedui_sql_value(&seen, &see, err);
    if (!status && seen == HEDUI_SQL_NULL) {
        hedui_sql open = hedui_sql_begin(w->store, "cause_open");
        hedui_sql_number(&open, number);
        hedui_sql_number(&open, w->run);
        status = hedui_sql_run(&open, err);
    }
    return status ? status : hedui_store_write_breathe(w, err);
}

hedui_status hedui_store_write_causes(hedui_store_writing *w, hedui_err *err)
{
    hedui_status status = HEDUI_OK;
    for (uint32_t i = 0; !status && i < w->result->undetermined_count; i++)
        status = write_cause(w, &w->result->undetermined[i], err);
    if (status)
        return status;
    hedui_sql close = hedui_sql_begin(w->store, "causes_close");
    hedui_sql_number(&close, w->run);
    return hedui_sql_run(&close, err);
}
