/* Households: a row only where something differs from the base. */
#include "store/codes.h"
#include "store/writing.h"

#include <hedui/json.h>

/* Households of the result, one after another. */
typedef struct listing {
    hedui_store_writing *w;
    uint32_t at, end; /* at: of the row, from one before the first */
    hedui_buffer people;
    hedui_digest record;
} listing;

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

/* The next household that the store does not know. */
static int next_new(void *context)
{
    listing *l = context;
    while (++l->at < l->end)
        if (!l->w->known[l->at])
            return 1;
    return 0;
}

static void put_new(sqlite3_context *to, const void *context, int column)
{
    const listing *l = context;
    if (column == 0)
        hedui_store_rows_number(to, l->w->households[l->at]);
    else
        hedui_store_rows_text(to, l->w->result->households[l->at].id);
}

/* The next household that is not as it was. */
static int next_version(void *context)
{
    listing *l = context;
    while (++l->at < l->end) {
        const hedui_run_household *h = &l->w->result->households[l->at];
        hedui_buffer_clear(&l->people);
        put_people(&l->people, h);
        if (hedui_buffer_failed(&l->people) ||
            digest_household(&l->record, l->w->digester, h, hedui_buffer_span(&l->people), NULL))
            return -1;
        if (!(l->w->known[l->at] & HEDUI_STORE_IN_BASE) ||
            memcmp(&l->record, &l->w->records[l->at], sizeof l->record) != 0)
            return 1;
    }
    return 0;
}

static void put_version(sqlite3_context *to, const void *context, int column)
{
    const listing *l = context;
    const hedui_run_household *h = &l->w->result->households[l->at];
    const int64_t numbers[] = {h->members, h->counted, h->paid_fen};
    const hedui_span texts[] = {h->area_code, h->area_name, h->town_code,   h->town_name,
                                h->head_name, h->programme, h->urban_rural, h->status};
    if (column == 0)
        hedui_store_rows_number(to, l->w->households[l->at]);
    else if (column == 1)
        hedui_store_rows_digest(to, &l->record);
    else if (column < 10)
        hedui_store_rows_text(to, texts[column - 2]);
    else if (column < 13)
        hedui_store_rows_number(to, numbers[column - 10]);
    else if (column == 13)
        hedui_store_rows_code(to, hedui_store_state_code(h->state));
    else if (column < 16)
        hedui_store_rows_number(to, column == 14 ? h->flags : h->unanswered);
    else if (column < 18)
        hedui_store_rows_text(to, column == 16 ? h->address : h->benefit_from);
    else
        hedui_store_rows_text(to, hedui_buffer_span(&l->people));
}

/* The next household about which something else was found, or was looked for. */
static int next_searched(void *context)
{
    listing *l = context;
    while (++l->at < l->end)
        if (!(l->w->known[l->at] & HEDUI_STORE_SAME_FOUND) &&
            l->w->result->households[l->at].searched.length)
            return 1;
    return 0;
}

static void put_searched(sqlite3_context *to, const void *context, int column)
{
    const listing *l = context;
    if (column == 0)
        hedui_store_rows_number(to, l->w->households[l->at]);
    else
        hedui_store_rows_text(to, l->w->result->households[l->at].searched);
}

/* Those from `first` on, `count` of them. */
static hedui_status write_some(hedui_store_writing *w, uint32_t first, uint32_t count,
                               hedui_err *err)
{
    listing l = {.w = w, .at = first - 1, .end = first + count};
    const hedui_store_rows fresh = {next_new, put_new, &l},
                           versions = {next_version, put_version, &l},
                           searched = {next_searched, put_searched, &l};
    int64_t before = w->last.household;
    for (uint32_t i = first; i < first + count; i++)
        if (!w->known[i])
            w->households[i] = ++w->last.household;
    hedui_status status = HEDUI_OK;
    if (w->last.household > before)
        status = hedui_store_rows_run(w->store, "households_insert", w->run, &fresh, err);
    l.at = first - 1;
    hedui_buffer_init(&l.people);
    if (!status)
        status =
            hedui_store_rows_run(w->store, "household_versions_insert", w->run, &versions, err);
    hedui_buffer_free(&l.people);
    l.at = first - 1;
    if (!status)
        status = hedui_store_rows_run(w->store, "searched_insert", w->run, &searched, err);
    return status ? status : hedui_store_write_breathe(w, count, err);
}

hedui_status hedui_store_write_households(hedui_store_writing *w, hedui_err *err)
{
    hedui_status status = HEDUI_OK;
    uint32_t chunk = hedui_store_write_chunk(w), all = w->result->household_count;
    for (uint32_t i = 0; !status && i < all; i += chunk)
        status = write_some(w, i, all - i < chunk ? all - i : chunk, err);
    return status;
}
