/* What further registries say of the caseload. They draw from streams of their own: the line's
 * world is the same without them. */
#include "demo/quirk.h"
#include "demo/registry.h"
#include "demo/reply.h"
#include "demo/rows.h"
#include "demo/told.h"

#include <hedui/date.h>

#include <stdio.h>

/* One row in the making. */
typedef struct making {
    hedui_demo_out *out;
    const hedui_demo_case *made;
    const hedui_demo_household *household;
    const hedui_demo_registry *registry;
    hedui_demo_random random;
    hedui_err *err;
} making;

static const hedui_demo_member *spouse_of(const hedui_demo_household *household,
                                          const hedui_demo_member *member)
{
    const hedui_demo_member *members = household->members;
    int couple = household->member_count > 1 && strcmp(members[1].relation_code, "10") == 0;
    return couple && member == members       ? &members[1]
           : couple && member == &members[1] ? members
                                             : NULL;
}

/* A fault that is still to be planted and can befall this row; every other row stays sound. */
static const hedui_demo_fault *next_fault(hedui_demo_out *out, const hedui_demo_member *member)
{
    const hedui_demo_fault *fault = NULL;
    if (!member->joined || out->matched_rows++ % 2 == 0)
        return NULL;
    for (uint32_t tries = 0; tries < HEDUI_DEMO_FAULTS; tries++) {
        uint32_t i = out->next_fault++ % HEDUI_DEMO_FAULTS;
        fault = hedui_demo_fault_at(i);
        const char *form = fault ? fault->form : NULL;
        /* 15 digits name people of the last century only */
        int able = !form || strcmp(form, "old_15") != 0 || member->id[6] == '1';
        able = able && !(form && strcmp(form, "lower_x") == 0 && member->id[17] != 'X');
        if (!fault || !able || !(out->faults >> i & 1) || out->planted[i] >= out->plant)
            continue;
        out->planted[i]++;
        return fault;
    }
    return NULL;
}

/* Where both persons of the row stand. */
static void place(hedui_demo_row *row, const hedui_demo_case *made, const hedui_demo_member *member,
                  const hedui_demo_member *other, int whole)
{
    int places = 0;
    row->fate = whole || member->joined || (other && other->joined) ? HEDUI_DEMO_MATCHED
                                                                    : HEDUI_DEMO_STRANGER;
    for (int h = 0; h < made->count; h++) {
        int lives = 0;
        for (int i = 0; i < made->households[h].member_count; i++) {
            const char *id = made->households[h].members[i].id;
            lives |= strcmp(id, member->id) == 0 || (other && strcmp(id, other->id) == 0);
        }
        if (lives)
            memcpy(row->households[places++], made->households[h].id, sizeof row->households[0]);
    }
}

static void complete_second(hedui_demo_slot *slot, making *m, const hedui_demo_subject *subject,
                            hedui_demo_random random)
{
    hedui_demo_row *second = hedui_demo_slot_then(slot);
    int conflict = subject->fault->second == 2;
    slot->row.withdrawn = conflict;
    second->quirk = subject->fault->name;
    second->reason = subject->fault->reason;
    second->fate = conflict ? HEDUI_DEMO_REJECTED : HEDUI_DEMO_DUPLICATE;
    hedui_demo_further_row(second, &random, m->out->feed, subject, conflict);
}

/* What a fault makes of the row. */
static void spoil(hedui_demo_slot *slot, making *m, const hedui_demo_subject *subject,
                  hedui_demo_random before)
{
    slot->row.quirk = subject->fault->name;
    if (subject->fault->second) {
        complete_second(slot, m, subject, before);
    } else if (subject->fault->reason) {
        slot->row.fate = HEDUI_DEMO_REJECTED;
        slot->row.reason = subject->fault->reason;
    }
}

/* Remember what the row says of each of its people who is in the caseload. */
static void tell(const making *m, const hedui_demo_row *row, const hedui_demo_member *member,
                 const hedui_demo_about *about, const hedui_demo_member *other,
                 const hedui_demo_subject *subject)
{
    const hedui_demo_fault *fault = subject->fault;
    const hedui_demo_claim *claim = subject->claim;
    const hedui_demo_column *struck =
        fault && fault->text && *fault->text ? hedui_demo_fault_column(m->registry, fault) : NULL;
    const char *bad = struck ? struck->header : NULL;
    for (int i = 0; claim && i < claim->set_count; i++)
        if (*claim->sets[i].written && strcmp(claim->sets[i].meant, "unknown") == 0)
            bad = claim->sets[i].header;
    if (member->joined)
        hedui_demo_told_add(m->made->told, m->out->feed, member->id, about->weak && *about->name,
                            row, bad);
    if (other && other->joined)
        hedui_demo_told_add(m->made->told, m->out->feed, other->id, 0, row, bad);
}

static hedui_status write_one(making *m, const hedui_demo_member *member,
                              const hedui_demo_member *other, hedui_demo_subject *subject)
{
    hedui_demo_slot *slot = NULL;
    hedui_demo_about about = {.weak = 0}, second = {.weak = 0};
    hedui_status status = hedui_demo_out_slot(&slot, m->out, m->err);
    if (status)
        return status;
    memcpy(about.id, member->id, sizeof member->id);
    memcpy(about.name, member->name, sizeof member->name);
    subject->fault = subject->claim ? NULL : next_fault(m->out, member);
    if (subject->fault)
        hedui_demo_form(&about, member, subject->fault->form);
    if (subject->claim) {
        hedui_demo_form(&about, member, subject->claim->form);
        slot->row.quirk = m->made->quirk;
    }
    subject->id = about.id;
    subject->number = member->id;
    slot->row.telling = 1;
    subject->name = about.name;
    subject->male = member->male;
    if (other) {
        memcpy(second.id, other->id, sizeof other->id);
        memcpy(second.name, other->name, sizeof other->name);
        subject->other_id = second.id;
        subject->other_name = second.name;
    }
    place(&slot->row, m->made, member, m->registry->second == 1 ? other : NULL, m->registry->whole);
    if (m->registry->whole && m->household->reject) { /* its own line in the caseload is no good */
        slot->row.fate = HEDUI_DEMO_REJECTED;
        slot->row.reason = "household_unknown";
    }
    hedui_demo_random before = m->random;
    hedui_demo_further_row(&slot->row, &m->random, m->out->feed, subject, 0);
    if (subject->fault)
        spoil(slot, m, subject, before);
    const hedui_demo_member *named = m->registry->second == 1 ? other : NULL;
    int unread =
        subject->fault && subject->fault->text && strcmp(subject->fault->name, "other_unread") == 0;
    tell(m, &slot->row, member, &about, named, subject);
    hedui_demo_reply_count(m->out, &slot->row, member, unread ? NULL : named);
    return HEDUI_OK;
}

/* All rows of a member in one registry; co-owners have a row each. */
static hedui_status member_rows(making *m, const hedui_demo_member *member, uint32_t position)
{
    char stranger_id[19], stranger_name[HEDUI_DEMO_CELL];
    hedui_status status = HEDUI_OK;
    const hedui_demo_member *other = m->registry->second ? spouse_of(m->household, member) : NULL;
    for (uint32_t nth = 0; !status && nth < m->registry->rows; nth++) {
        int32_t birth = 0;
        hedui_demo_subject subject = {.other_id = "",
                                      .other_name = "",
                                      .household = m->household->id,
                                      .joined = member->joined,
                                      .serial = 10000000 + m->out->serial++,
                                      .nth = nth,
                                      .as_of = m->made->as_of};
        if (m->registry->second == 1 && !other && hedui_demo_random_chance(&m->random, 80)) {
            hedui_demo_citizen(stranger_id, &birth, 500000 + m->made->index * 8 + position,
                               member->birth, !member->male, 1);
            hedui_demo_name(stranger_name, &m->random, !member->male, 1970);
            subject.other_id = stranger_id;
            subject.other_name = stranger_name;
        }
        hedui_demo_random before = m->random;
        status = write_one(m, member, other, &subject);
        if (!status && m->registry->second == 2 && other) {
            hedui_demo_random after = m->random;
            m->random = before;
            status = write_one(m, other, member, &subject);
            m->random = after;
        }
    }
    return status;
}

static int concerns(const hedui_demo_registry *registry, const hedui_demo_household *household,
                    const hedui_demo_member *member)
{
    switch (registry->who) {
    case HEDUI_DEMO_HEADS:
        return member == household->members;
    case HEDUI_DEMO_ALONE:
        return strcmp(member->relation_code, "10") != 0;
    case HEDUI_DEMO_ANYBODY:
        break;
    }
    /* the head's row has one for the spouse beside it */
    return registry->second != 2 || member == household->members || !spouse_of(household, member);
}

/* Where something is planted chance says nothing: two rows of one key would contradict each other.
 */
static int is_claimed(const hedui_demo_case *made, hedui_demo_feed feed)
{
    for (int i = 0; i < made->claim_count; i++)
        if (made->claims[i].feed == feed)
            return 1;
    return 0;
}

/* What a quirk plants about the member. */
static hedui_status claim_rows(hedui_demo_out *outs, const hedui_demo_case *made,
                               const hedui_demo_household *household,
                               const hedui_demo_member *member, hedui_err *err)
{
    hedui_status status = HEDUI_OK;
    for (int i = 0; !status && i < made->claim_count; i++) {
        const hedui_demo_claim *claim = &made->claims[i];
        if (household != made->households || member != &household->members[claim->member])
            continue;
        making m = {.out = &outs[claim->feed],
                    .made = made,
                    .household = household,
                    .registry = hedui_demo_registry_of(claim->feed),
                    .err = err};
        hedui_demo_subject subject = {.other_id = "",
                                      .other_name = "",
                                      .household = household->id,
                                      .serial = 10000000 + m.out->serial++,
                                      .as_of = made->as_of,
                                      .claim = claim};
        hedui_demo_random_init(&m.random, made->seed, 300 + (uint64_t)i, made->index);
        status = write_one(&m, member, NULL, &subject);
    }
    return status;
}

/* Is he dead by the police or the crematorium? Then others mostly know of it, too. */
static int is_dead(const hedui_demo_member *member)
{
    int dead = member->death_count > 0;
    for (int e = 0; e < member->entry_count; e++)
        dead |= member->entries[e].reason == HEDUI_DEMO_CANCEL_DEATH;
    return dead;
}

hedui_status hedui_demo_further_rows(hedui_demo_out *outs, const hedui_demo_case *made,
                                     const hedui_demo_household *household,
                                     const hedui_demo_member *member, hedui_err *err)
{
    hedui_status status = HEDUI_OK;
    uint32_t position = (uint32_t)(member - household->members) +
                        (household == made->households ? 0u : HEDUI_DEMO_MEMBERS);
    int age = hedui_date_age(member->birth, made->as_of);
    for (int f = HEDUI_DEMO_FURTHER; !status && f < HEDUI_DEMO_FEEDS; f++) {
        if (!(made->feeds >> f & 1) || is_claimed(made, (hedui_demo_feed)f))
            continue;
        making m = {.out = &outs[f],
                    .made = made,
                    .household = household,
                    .registry = hedui_demo_registry_of((hedui_demo_feed)f),
                    .err = err};
        hedui_demo_random_init(&m.random, made->seed, 200 + (uint64_t)f,
                               made->index * 32 + position);
        const hedui_demo_member *other =
            m.registry->second == 1 ? spouse_of(household, member) : NULL;
        if (hedui_demo_further_has(&m.random, (hedui_demo_feed)f, age, is_dead(member)) &&
            concerns(m.registry, household, member) &&
            !hedui_demo_reply_silent(made, (hedui_demo_feed)f, member, other))
            status = member_rows(&m, member, position);
    }
    return status ? status : claim_rows(outs, made, household, member, err);
}
