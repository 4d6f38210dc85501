/* Confirming documents. What is confirmed is what each rule says on that day: its digest goes on
 * record, so that a rule that is changed later waits for somebody to look again, and the others of
 * the same document go on. */
#include <hedui/date.h>
#include <hedui/file.h>
#include <hedui/job_confirm.h>
#include <hedui/nearest.h>

#include "yaml/yaml.h"

typedef struct confirming {
    const hedui_workspace *workspace;
    const hedui_rules_book *book;
    hedui_arena *arena;
    hedui_err *err;
} confirming;

/* --- which document --------------------------------------------------------------------------- */

/* "id" or "pack/id". */
static int is_named(const hedui_rules_document *d, hedui_span name)
{
    return hedui_span_equal(d->id, name) ||
           (name.length == d->pack.length + 1 + d->id.length &&
            memcmp(name.at, d->pack.at, d->pack.length) == 0 && name.at[d->pack.length] == '/' &&
            memcmp(name.at + d->pack.length + 1, d->id.at, d->id.length) == 0);
}

static hedui_status not_found(const confirming *c, hedui_span name)
{
    const char **ids = hedui_arena_array(c->arena, c->book->document_count + 1, sizeof *ids);
    if (!ids)
        return hedui_fail_memory(c->err);
    for (uint32_t i = 0; i < c->book->document_count; i++) {
        ids[i] = hedui_arena_copy(c->arena, c->book->documents[i].id).at;
        if (!ids[i])
            return hedui_fail_memory(c->err);
    }
    const char *nearest = hedui_nearest_of(name, ids);
    return nearest ? hedui_fail(c->err, HEDUI_E3081, hedui_place_none(), HEDUI_ARG_SPAN(name),
                                HEDUI_ARG_TEXT(nearest))
                   : hedui_fail(c->err, HEDUI_E3080, hedui_place_none(), HEDUI_ARG_SPAN(name));
}

static hedui_status ambiguous(const confirming *c, hedui_span name)
{
    hedui_buffer list;
    hedui_buffer_init(&list);
    for (uint32_t i = 0; i < c->book->document_count; i++) {
        const hedui_rules_document *d = &c->book->documents[i];
        if (!is_named(d, name))
            continue;
        hedui_buffer_text(&list, list.length ? ", " : "");
        hedui_buffer_add(&list, d->pack);
        hedui_buffer_byte(&list, '/');
        hedui_buffer_add(&list, d->id);
    }
    hedui_status status = hedui_fail(c->err, HEDUI_E3082, hedui_place_none(), HEDUI_ARG_SPAN(name),
                                     HEDUI_ARG_SPAN(hedui_buffer_span(&list)));
    hedui_buffer_free(&list);
    return status;
}

static hedui_status find(const hedui_rules_document **document, const confirming *c,
                         hedui_span name)
{
    const hedui_rules_document *found = NULL;
    uint32_t count = 0;
    for (uint32_t i = 0; i < c->book->document_count; i++)
        if (is_named(&c->book->documents[i], name)) {
            found = &c->book->documents[i];
            count++;
        }
    if (count > 1)
        return ambiguous(c, name);
    if (!found)
        return not_found(c, name);
    if (found->confirmed)
        return hedui_fail(c->err, HEDUI_E3083, hedui_place_none(), HEDUI_ARG_SPAN(name));
    *document = found;
    return HEDUI_OK;
}

/* --- how it stands ---------------------------------------------------------------------------- */

static hedui_status read_entries(hedui_confirm_document *to, const confirming *c)
{
    hedui_store *store = NULL;
    if (!hedui_file_exists(c->workspace->store))
        return HEDUI_OK;
    hedui_status status =
        hedui_store_open(&store, c->workspace->store, HEDUI_STORE_EXISTING, c->err);
    if (!status)
        status =
            hedui_store_confirmation_list(&to->entries, &to->entry_count, store, to->document->pack,
                                          to->document->id, c->arena, c->err);
    hedui_store_close(store);
    return status;
}

static const char *state_of(const hedui_confirm_document *d)
{
    if (!d->entry_count)
        return "unconfirmed";
    if (hedui_span_is(d->entries[0].event, "withdrawn"))
        return "withdrawn";
    return d->judged == d->rule_count ? "confirmed" : "lapsed";
}

static hedui_status look_at(hedui_confirm_document *to, const confirming *c,
                            const hedui_rules_document *document)
{
    const hedui_rules_rule **rules =
        hedui_arena_array(c->arena, c->book->rule_count, sizeof *rules);
    *to = (hedui_confirm_document){.document = document, .rules = rules};
    if (!rules)
        return hedui_fail_memory(c->err);
    for (uint32_t i = 0; i < c->book->rule_count; i++) {
        const hedui_rules_rule *r = &c->book->rules[i];
        if (r->document != document || !r->when.length)
            continue;
        rules[to->rule_count++] = r;
        to->judged += strcmp(r->seen, "judged") == 0;
    }
    hedui_status status = read_entries(to, c);
    if (!status)
        to->state = state_of(to);
    return status;
}

/* --- deciding --------------------------------------------------------------------------------- */

static hedui_status check(const confirming *c, const hedui_confirm_document *d, int withdraw)
{
    hedui_span id = d->document->id;
    char day[HEDUI_DATE_TEXT];
    int holds = d->entry_count && hedui_span_is(d->entries[0].event, "confirmed");
    if (withdraw)
        return holds ? HEDUI_OK
                     : hedui_fail(c->err, HEDUI_E3085, hedui_place_none(), HEDUI_ARG_SPAN(id));
    if (!d->rule_count)
        return hedui_fail(c->err, HEDUI_E3086, hedui_place_none(), HEDUI_ARG_SPAN(id));
    if (!holds || d->judged < d->rule_count)
        return HEDUI_OK;
    hedui_date_print(day, d->entries[0].day);
    return hedui_fail(c->err, HEDUI_E3084, hedui_place_none(), HEDUI_ARG_SPAN(id),
                      HEDUI_ARG_SPAN(d->entries[0].person), HEDUI_ARG_TEXT(day));
}

static hedui_status record(const confirming *c, const hedui_confirm_document *d,
                           const hedui_confirm_options *o)
{
    const hedui_store_confirmation entry = {
        .event = hedui_span_of(o->withdraw ? "withdrawn" : "confirmed"),
        .pack = d->document->pack,
        .document = d->document->id,
        .title = d->document->title,
        .person = o->person,
        .reason = o->reason,
        .day = o->day,
        .at = o->at};
    hedui_store *store = NULL;
    hedui_store_said *said = hedui_arena_array(c->arena, d->rule_count, sizeof *said);
    if (!said)
        return hedui_fail_memory(c->err);
    for (uint32_t i = 0; i < d->rule_count; i++)
        said[i] = (hedui_store_said){d->rules[i]->id, d->rules[i]->said};
    hedui_status status = hedui_store_open(&store, c->workspace->store, HEDUI_STORE_CREATE, c->err);
    if (!status)
        status = hedui_store_confirm(store, &entry, said, o->withdraw ? 0 : d->rule_count, c->err);
    hedui_store_close(store);
    return status;
}

hedui_status hedui_job_confirm(const hedui_confirm_document **before,
                               const hedui_workspace *workspace,
                               const hedui_confirm_options *options, hedui_arena *arena,
                               const hedui_notes *notes, hedui_err *err)
{
    confirming c = {.workspace = workspace, .arena = arena, .err = err};
    const hedui_rules_document *document = NULL;
    hedui_confirm_document *made = hedui_arena_take(arena, sizeof *made);
    if (!made)
        return hedui_fail_memory(err);
    if (!options->person.length || !options->reason.length)
        return hedui_fail_plain(err, HEDUI_E5020, hedui_place_none());
    hedui_status status = hedui_job_rules_book(&c.book, workspace, arena, notes, err);
    if (!status)
        status = find(&document, &c, options->document);
    if (!status)
        status = look_at(made, &c, document);
    if (!status)
        status = check(&c, made, options->withdraw);
    if (!status && !options->dry_run && options->agree)
        status = options->agree(options->context, made, err);
    if (!status && !options->dry_run)
        status = record(&c, made, options);
    if (!status)
        *before = made;
    return status;
}

hedui_status hedui_job_confirmations(const hedui_confirm_document **documents, uint32_t *count,
                                     const hedui_workspace *workspace, hedui_span document,
                                     hedui_arena *arena, const hedui_notes *notes, hedui_err *err)
{
    confirming c = {.workspace = workspace, .arena = arena, .err = err};
    const hedui_rules_document *only = NULL;
    uint32_t used = 0;
    hedui_status status = hedui_job_rules_book(&c.book, workspace, arena, notes, err);
    if (!status && document.length)
        status = find(&only, &c, document);
    if (status)
        return status;
    hedui_confirm_document *list = hedui_arena_array(arena, c.book->document_count, sizeof *list);
    if (!list)
        return hedui_fail_memory(err);
    for (uint32_t i = 0; i < c.book->document_count && !status; i++) {
        const hedui_rules_document *d = &c.book->documents[i];
        if (!d->confirmed && (!only || d == only))
            status = look_at(&list[used++], &c, d);
    }
    if (status)
        return status;
    *documents = list;
    *count = used;
    return HEDUI_OK;
}
