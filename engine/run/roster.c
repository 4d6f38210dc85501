/* Who may be asked about. Every member ends up on one side: asked, or omitted with a reason. */
#include "run/roster.h"

#include "run/guard.h"
#include "run/plan.h"
#include "run/scan.h"

#include <stdlib.h>

typedef struct sorter {
    const hedui_caseload *c;
    uint32_t ended; /* attribute of the list of statuses, or HEDUI_CODE_NONE */
} sorter;

static int has_left(const sorter *s, uint32_t household)
{
    const hedui_facts *facts = s->c->household_delivery->facts;
    uint32_t column = s->c->household_columns[HEDUI_HOUSEHOLD_STATUS];
    uint32_t fact = s->c->households[household].fact;
    if (s->ended == HEDUI_CODE_NONE || hedui_facts_state(facts, fact, column) != HEDUI_CELL_VALUE)
        return 0;
    const hedui_code_list *list = facts->layout->columns[column].list;
    const hedui_attribute_value *value =
        &list->codes[hedui_facts_number(facts, fact, column)].values[s->ended];
    return value->given && value->yes;
}

/* Why a member is not asked about; NULL: is asked. */
static const char *reason_of(const sorter *s, uint32_t member)
{
    const hedui_member *m = &s->c->members[member];
    const hedui_facts *facts =
        m->supporter ? s->c->supporter_delivery->facts : s->c->member_delivery->facts;
    const uint32_t *column = m->supporter ? s->c->supporter_columns : s->c->member_columns;
    if (s->c->households[m->household].conflicting)
        return "conflict";
    if (has_left(s, m->household))
        return "left";
    if (!m->counted && !m->supporter)
        return "not_counted";
    if (m->authorised)
        return NULL;
    if (m->supporter && (column[HEDUI_MEMBER_AUTHORIZATION] >= facts->layout->column_count ||
                         column[HEDUI_MEMBER_AUTHORIZED_UNTIL] >= facts->layout->column_count))
        return "no_authorisation";
    if (hedui_facts_state(facts, m->fact, column[HEDUI_MEMBER_AUTHORIZATION]) != HEDUI_CELL_VALUE)
        return "no_authorisation";
    return hedui_facts_state(facts, m->fact, column[HEDUI_MEMBER_AUTHORIZED_UNTIL]) ==
                   HEDUI_CELL_VALUE
               ? "expired"
               : "unreadable";
}

static int by_id_then_name(const void *a, const void *b)
{
    const hedui_roster_entry *x = a, *y = b;
    if (x->id != y->id)
        return x->id < y->id ? -1 : 1;
    return hedui_span_compare(x->name, y->name);
}

static int same(const hedui_roster_entry *a, const hedui_roster_entry *b)
{
    return a->id == b->id && hedui_span_equal(a->name, b->name);
}

hedui_status hedui_roster_make(hedui_roster *roster, const hedui_caseload *caseload,
                               hedui_arena *arena, hedui_err *err)
{
    const hedui_layout *layout = caseload->household_delivery->layout;
    const hedui_code_list *statuses =
        layout->columns[caseload->household_columns[HEDUI_HOUSEHOLD_STATUS]].list;
    const sorter s = {caseload, statuses
                                    ? hedui_code_list_attribute(statuses, hedui_span_of("ended"))
                                    : HEDUI_CODE_NONE};
    size_t members = caseload->member_count;
    hedui_roster made = {.asked = NULL};
    hedui_roster_entry *entries = hedui_arena_array(arena, members, sizeof *entries);
    hedui_citizen_id *asked = hedui_arena_array(arena, members, sizeof *asked);
    hedui_roster_omission *omitted = hedui_arena_array(arena, members, sizeof *omitted);
    uint8_t *is_asked = hedui_arena_array(arena, caseload->person_count, 1);
    uint32_t found = 0;
    if (!entries || !asked || !omitted || !is_asked)
        return hedui_fail_memory(err);
    for (uint32_t m = 0; m < members; m++) {
        if (reason_of(&s, m))
            continue;
        uint32_t person = caseload->members[m].person;
        is_asked[person] = 1;
        entries[found++] =
            (hedui_roster_entry){caseload->persons[person].id, hedui_member_name(caseload, m)};
    }
    for (uint32_t m = 0; m < members; m++)
        if (!is_asked[caseload->members[m].person])
            omitted[made.omitted_count++] = (hedui_roster_omission){m, reason_of(&s, m)};
    if (found)
        qsort(entries, found, sizeof *entries, by_id_then_name);
    for (uint32_t i = 0; i < found; i++) {
        if (made.entry_count && same(&entries[i], &entries[made.entry_count - 1]))
            continue;
        if (!made.asked_count || asked[made.asked_count - 1] != entries[i].id)
            asked[made.asked_count++] = entries[i].id;
        entries[made.entry_count++] = entries[i];
    }
    const hedui_ledger *ledger = &caseload->member_delivery->ledger;
    made.unreadable = (uint32_t)(ledger->rejected + ledger->other_document);
    made.entries = entries;
    made.asked = asked;
    made.omitted = omitted;
    *roster = made;
    return HEDUI_OK;
}

static hedui_status refuse(const hedui_layout *layout, const hedui_delivery *delivery,
                           const hedui_guarded *guarded, hedui_err *err)
{
    hedui_buffer why;
    hedui_buffer_init(&why);
    for (uint32_t i = 0; i < guarded->remark_count; i++)
        if (guarded->remarks[i].verdict == HEDUI_RUN_REFUSED)
            hedui_guard_sentence(&why, &guarded->remarks[i]);
    hedui_status status = hedui_fail(err, HEDUI_E4011, hedui_place_none(),
                                     HEDUI_ARG_TEXT(delivery->name ? delivery->name : layout->path),
                                     HEDUI_ARG_SPAN(hedui_buffer_span(&why)));
    hedui_buffer_free(&why);
    return status;
}

hedui_status hedui_roster_caseload(const hedui_caseload **caseload,
                                   hedui_chain *chains[HEDUI_ROSTER_FILES], const char *inbox,
                                   const hedui_layouts *layouts, const hedui_areas *areas,
                                   const char *spill, int32_t day, hedui_arena *arena,
                                   hedui_err *err)
{
    static const char *const names[HEDUI_ROSTER_FILES] = {
        HEDUI_CASELOAD_HOUSEHOLDS, HEDUI_CASELOAD_MEMBERS, HEDUI_CASELOAD_SUPPORTERS};
    hedui_scan_task tasks[HEDUI_ROSTER_FILES] = {{0}};
    uint32_t count = 0; /* of supporters there may be no file */
    const hedui_plan *plan = NULL;
    hedui_delivery *supporters = NULL;
    hedui_status status = hedui_plan_make(&plan, inbox, layouts, day, arena, NULL, err);
    for (int i = 0; i < HEDUI_ROSTER_FILES && !status; i++) {
        const hedui_layout *layout = hedui_layouts_find(layouts, hedui_span_of(names[i]));
        if (i == 2 && (!layout || !hedui_plan_find(plan, layout)->file_count))
            break;
        if (!layout)
            return hedui_fail(err, HEDUI_E4014, hedui_place_none(), HEDUI_ARG_TEXT(names[i]));
        const hedui_plan_feed *entry = hedui_plan_find(plan, layout);
        if (!entry->file_count)
            return hedui_fail(err, HEDUI_E4010, hedui_place_none(), HEDUI_ARG_SPAN(layout->title),
                              HEDUI_ARG_SPAN(layout->file_name));
        tasks[i] = (hedui_scan_task){
            .layout = layout, .files = entry->files, .file_count = entry->file_count};
        count++;
    }
    if (!status)
        status = hedui_scan_all(tasks, count, &(hedui_scan_options){.spill_folder = spill}, NULL, 1,
                                NULL, err);
    for (int i = 0; i < HEDUI_ROSTER_FILES; i++)
        chains[i] = tasks[i].chain;
    for (uint32_t i = 0; i < count && !status; i++) {
        hedui_guarded guarded;
        hedui_delivery *delivery = hedui_chain_at(tasks[i].chain, 0);
        status = hedui_guard(&guarded, delivery, HEDUI_GUARD_FULL | HEDUI_GUARD_LAST, NULL, NULL,
                             day, arena, err);
        if (status || guarded.cause == HEDUI_CAUSE_NONE)
            supporters = i == 2 ? delivery : supporters;
        else if (i < 2) /* without the supporters' the list is of members alone, as in a run */
            status = refuse(tasks[i].layout, delivery, &guarded, err);
    }
    return status ? status
                  : hedui_caseload_build(caseload, hedui_chain_at(chains[0], 0),
                                         hedui_chain_at(chains[1], 0), supporters, areas, day,
                                         arena, err);
}
