/* From what is so to what the exports say about it. */
#include "demo/place.h"
#include "demo/registry.h"
#include "demo/reply.h"
#include "demo/rows.h"

#include <hedui/date.h>

#include <stdio.h>

/* Cells of the columns that every row of a household has, with `programme` as written. */
static void household_row(hedui_demo_row *row, const hedui_demo_household *household,
                          hedui_demo_case *made, int64_t property_fen)
{
    char address[200], village[64], month[16];
    int year = 0, mon = 0, day = 0;
    hedui_demo_village_name(village, household->place);
    uint32_t number = (uint32_t)(made->index % 300) + 1;
    (void)snprintf(address, sizeof address,
                   made->index % 40 == 7    ? "示例县%s%s%u号,西侧\"老供销社\"旁"
                   : made->index % 40 == 19 ? "示例县%s%s\n%u号"
                                            : "示例县%s%s%u号",
                   hedui_demo_town_name(hedui_demo_town_of(household->place)), village, number);
    hedui_demo_cell(row, household->id);
    hedui_demo_cell(row, household->programme);
    hedui_demo_cell(row, household->urban ? "城市" : "农村");
    hedui_demo_cell(row, household->area);
    hedui_demo_cell(row, household->member_count ? household->members[0].name : "何长顺");
    hedui_demo_cell(row, address);
    hedui_demo_cell(row, household->status);
    hedui_demo_date_cell(row, household->applied_on, "iso");
    hedui_date_to_civil(&year, &mon, &day, household->applied_on + 31);
    (void)snprintf(month, sizeof month, "%04d%02d", year, mon);
    hedui_demo_cell(row, strcmp(household->status, "申请中") == 0 ? "" : month);
    hedui_demo_money_cell(row, property_fen);
    hedui_demo_money_cell(row, strcmp(household->status, "申请中") == 0 ? 0 : household->paid_fen);
}

static hedui_status write_household(hedui_demo_out *out, hedui_demo_case *made,
                                    const hedui_demo_household *household, hedui_err *err)
{
    hedui_demo_slot *slot = NULL;
    hedui_status status = hedui_demo_out_slot(&slot, out, err);
    if (status)
        return status;
    slot->row.quirk = household->reject ? made->quirk : NULL;
    slot->row.fate = household->reject ? HEDUI_DEMO_REJECTED : HEDUI_DEMO_MATCHED;
    slot->row.reason = household->reject;
    memcpy(slot->row.households[0], household->id, sizeof household->id);
    household_row(&slot->row, household, made, household->property_fen);
    if (household->copies || household->conflict) {
        hedui_demo_row *second = hedui_demo_slot_then(slot);
        second->quirk = made->quirk;
        second->fate = household->conflict ? HEDUI_DEMO_REJECTED : HEDUI_DEMO_DUPLICATE;
        second->reason = "key_conflict";
        household_row(second, household, made,
                      household->property_fen + (household->conflict ? 1000000 : 0));
    }
    return HEDUI_OK;
}

static void member_row(hedui_demo_row *row, const hedui_demo_member *member,
                       const char *household_id, int64_t more_fen)
{
    char number[32];
    (void)snprintf(number, sizeof number, "SQ%.4s%s", member->id + 6, household_id + 2);
    hedui_demo_cell(row, household_id);
    hedui_demo_cell(row, member->id_cell);
    hedui_demo_cell(row, member->name_cell);
    hedui_demo_cell(row, member->relation);
    hedui_demo_cell(row, member->counted ? "是" : "否");
    hedui_demo_cell(row, member->has_number ? number : "");
    hedui_demo_date_cell(row, member->until_style ? member->until : HEDUI_DEMO_NEVER,
                         member->until_style);
    if (member->income_text)
        hedui_demo_cell(row, member->income_text);
    else
        hedui_demo_money_cell(row, member->income_fen + more_fen);
}

static hedui_status write_member(hedui_demo_out *out, hedui_demo_case *made,
                                 const hedui_demo_household *household,
                                 const hedui_demo_member *member, hedui_err *err)
{
    hedui_demo_slot *slot = NULL;
    hedui_status status = hedui_demo_out_slot(&slot, out, err);
    if (status)
        return status;
    slot->row.quirk = member->reject ? made->quirk : NULL;
    slot->row.fate = member->reject ? HEDUI_DEMO_REJECTED : HEDUI_DEMO_MATCHED;
    slot->row.reason = member->reject;
    memcpy(slot->row.households[0], household->id, sizeof household->id);
    member_row(&slot->row, member, household->id, 0);
    if (member->copies || member->conflict) {
        hedui_demo_row *second = hedui_demo_slot_then(slot);
        second->quirk = made->quirk;
        second->fate = member->conflict ? HEDUI_DEMO_REJECTED : HEDUI_DEMO_DUPLICATE;
        second->reason = "key_conflict";
        member_row(second, member, household->id, member->conflict ? 10000 : 0);
    }
    return HEDUI_OK;
}

void hedui_demo_car_row(hedui_demo_row *row, const hedui_demo_car *car, const char *status,
                        const char *document, uint32_t brand)
{
    static const char *const brands[] = {"五菱", "长安", "东风", "\"解放\"牌", "吉利", "江淮,皮卡"};
    hedui_demo_cell(row, car->plate_type);
    hedui_demo_cell(row, car->plate_no);
    hedui_demo_cell(row, brands[brand % 6]);
    hedui_demo_cell(row, car->type);
    hedui_demo_cell(row, document);
    hedui_demo_cell(row, car->about.id);
    hedui_demo_cell(row, car->about.name);
    hedui_demo_date_cell(row, car->registered_on, "slash");
    hedui_demo_cell(row, *car->type == 'H' ? "F" : "A");
    hedui_demo_cell(row, status);
}

/* What every row of a registry has: matched only if the person is joined; only then decoded. */
static hedui_demo_row *about_row(hedui_demo_slot *slot, const hedui_demo_about *about,
                                 const hedui_demo_case *made, const hedui_demo_member *member,
                                 const char *quirk)
{
    hedui_demo_row *row = &slot->row;
    int places = 0;
    row->fate = !member->joined ? HEDUI_DEMO_STRANGER
                : about->reject ? HEDUI_DEMO_REJECTED
                                : HEDUI_DEMO_MATCHED;
    row->reason = about->reject;
    row->doubted = about->doubted;
    row->quirk = quirk;
    for (int h = 0; h < made->count; h++)
        for (int i = 0; i < made->households[h].member_count && places < 2; i++)
            if (strcmp(made->households[h].members[i].id, member->id) == 0)
                memcpy(row->households[places++], made->households[h].id,
                       sizeof row->households[0]);
    return row;
}

static hedui_status write_car(hedui_demo_out *out, const hedui_demo_case *made,
                              const hedui_demo_member *member, const hedui_demo_car *car,
                              hedui_err *err)
{
    hedui_demo_slot *slot = NULL;
    hedui_status status = hedui_demo_out_slot(&slot, out, err);
    if (status)
        return status;
    uint32_t brand = hedui_demo_random_below(&out->random, 6);
    const char *document = car->document ? car->document : "A";
    hedui_demo_car_row(about_row(slot, &car->about, made, member, made->quirk), car, car->status,
                       document, brand);
    if (car->other_document)
        slot->row.fate = HEDUI_DEMO_OTHER_DOCUMENT;
    if (car->about.copies || car->about.conflict) {
        hedui_demo_row *second = hedui_demo_slot_then(slot);
        second->quirk = made->quirk;
        second->reason = "key_conflict";
        second->fate = !member->joined       ? HEDUI_DEMO_STRANGER
                       : car->about.conflict ? HEDUI_DEMO_REJECTED
                                             : HEDUI_DEMO_DUPLICATE;
        hedui_demo_car_row(second, car, car->about.conflict ? "AG" : car->status, "A", brand);
    }
    return HEDUI_OK;
}

static hedui_status write_death(hedui_demo_out *out, const hedui_demo_case *made,
                                const hedui_demo_member *member, const hedui_demo_death *death,
                                hedui_err *err)
{
    hedui_demo_slot *slot = NULL;
    hedui_status status = hedui_demo_out_slot(&slot, out, err);
    if (status)
        return status;
    hedui_demo_row *row = about_row(slot, &death->about, made, member, made->quirk);
    char number[32];
    (void)snprintf(number, sizeof number, "HA%09llu", (unsigned long long)made->index);
    hedui_demo_cell(row, death->number ? death->number : number);
    hedui_demo_cell(row, death->about.name);
    hedui_demo_cell(row, death->about.id);
    hedui_demo_cell(row, death->died_text);
    hedui_demo_date_cell(
        row, death->died_on == HEDUI_DEMO_NEVER ? made->as_of - 60 : death->died_on + 2, "iso");
    hedui_demo_cell(row, "示例县殡仪馆");
    return HEDUI_OK;
}

static void entry_row(hedui_demo_row *row, const hedui_demo_household *household,
                      const hedui_demo_member *member, const hedui_demo_entry *entry,
                      const char *area)
{
    hedui_demo_cell(row, entry->about.id);
    hedui_demo_cell(row, entry->about.name);
    hedui_demo_cell(row, member->male ? "1" : "2");
    hedui_demo_date_cell(row, member->birth, "compact");
    hedui_demo_cell(row, household->id + 2);
    hedui_demo_cell(row, member->relation_code);
    hedui_demo_cell(row, area);
    hedui_demo_cell(row, entry->cancelled_text                ? entry->cancelled_text
                         : entry->cancelled == HEDUI_DEMO_YES ? "是"
                                                              : "否");
    hedui_demo_cell(row, entry->reason_text);
    hedui_demo_date_cell(row, entry->cancelled_on, "compact");
    hedui_demo_date_cell(row, entry->died_on, "compact");
}

static hedui_status write_entry(hedui_demo_out *out, const hedui_demo_case *made,
                                const hedui_demo_household *household,
                                const hedui_demo_member *member, const hedui_demo_entry *entry,
                                hedui_err *err)
{
    hedui_demo_slot *slot = NULL;
    hedui_status status = hedui_demo_out_slot(&slot, out, err);
    if (status)
        return status;
    int plain = entry->cancelled == HEDUI_DEMO_NO && entry->died_on == HEDUI_DEMO_NEVER &&
                !entry->about.reject;
    hedui_demo_row *row = about_row(slot, &entry->about, made, member, plain ? NULL : made->quirk);
    entry_row(row, household, member, entry, entry->area ? entry->area : "659000");
    if (entry->about.conflict) {
        hedui_demo_row *second = hedui_demo_slot_then(slot);
        second->quirk = made->quirk;
        second->reason = "key_conflict";
        second->fate = member->joined ? HEDUI_DEMO_REJECTED : HEDUI_DEMO_STRANGER;
        entry_row(second, household, member, entry, "659001");
    }
    return HEDUI_OK;
}

static hedui_status member_rows(hedui_demo_out *outs, hedui_demo_case *made,
                                const hedui_demo_household *household,
                                const hedui_demo_member *member, hedui_err *err)
{
    hedui_status status = write_member(&outs[HEDUI_DEMO_MEMBER], made, household, member, err);
    if (member->elsewhere)
        return status;
    for (int i = 0; !status && i < member->car_count; i++)
        status = write_car(&outs[HEDUI_DEMO_VEHICLE], made, member, &member->cars[i], err);
    for (int i = 0; !status && i < member->death_count; i++)
        status = write_death(&outs[HEDUI_DEMO_CREMATION], made, member, &member->deaths[i], err);
    for (int i = 0; !status && i < member->entry_count; i++)
        status = write_entry(&outs[HEDUI_DEMO_REGISTER], made, household, member,
                             &member->entries[i], err);
    return status ? status : hedui_demo_further_rows(outs, made, household, member, err);
}

/* A stranger of the same name has a car; a member row names a household that is not there. */
static hedui_status beside(hedui_demo_out *outs, hedui_demo_case *made,
                           const hedui_demo_household *household, hedui_err *err)
{
    hedui_demo_member stranger = household->members[0];
    hedui_status status = HEDUI_OK;
    uint64_t unique = made->index * 32 + 31;
    if (!household->counted_namesake && !household->stranger_member)
        return status;
    stranger.car_count = stranger.joined = 0;
    hedui_demo_citizen(stranger.id, &stranger.birth, unique, stranger.birth, stranger.male, 0);
    memcpy(stranger.id_cell, stranger.id, sizeof stranger.id);
    if (household->counted_namesake) {
        const hedui_demo_car *car = hedui_demo_add_car(made, &stranger);
        status = write_car(&outs[HEDUI_DEMO_VEHICLE], made, &stranger, car, err);
    }
    if (!status && household->stranger_member) {
        hedui_demo_household nowhere = {.id = "DB9999999999"};
        stranger.reject = "household_unknown";
        status = write_member(&outs[HEDUI_DEMO_MEMBER], made, &nowhere, &stranger, err);
    }
    return status;
}

hedui_status hedui_demo_case_rows(hedui_demo_out outs[HEDUI_DEMO_FEEDS], hedui_demo_case *made,
                                  hedui_err *err)
{
    hedui_status status = HEDUI_OK;
    for (int h = 0; !status && h < made->count; h++) {
        const hedui_demo_household *household = &made->households[h];
        status = write_household(&outs[HEDUI_DEMO_HOUSEHOLD], made, household, err);
        for (int m = 0; !status && m < household->member_count; m++)
            status = member_rows(outs, made, household, &household->members[m], err);
        if (!status)
            status = beside(outs, made, household, err);
    }
    return status;
}

hedui_status hedui_demo_case_before(hedui_demo_out outs[2], hedui_demo_case *made, hedui_err *err)
{
    hedui_status status = HEDUI_OK;
    for (int h = 0; !status && h < made->count; h++) {
        hedui_demo_household then;
        if (!hedui_demo_reply_then(&then, &made->households[h]))
            continue;
        status = write_household(&outs[HEDUI_DEMO_HOUSEHOLD], made, &then, err);
        for (int m = 0; !status && m < then.member_count; m++)
            status = write_member(&outs[HEDUI_DEMO_MEMBER], made, &then, &then.members[m], err);
    }
    return status;
}
