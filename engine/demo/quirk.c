/* The list of all quirks and what their planting shares. */
#include "demo/quirk.h"

#include <hedui/date.h>

static const hedui_demo_topic *const topics[] = {
    &hedui_demo_vehicle_quirks, &hedui_demo_death_quirks,   &hedui_demo_caseload_quirks,
    &hedui_demo_money_quirks,   &hedui_demo_benefit_quirks, &hedui_demo_property_quirks,
    &hedui_demo_tag_quirks,     &hedui_demo_open_quirks,
};

const hedui_demo_quirk *hedui_demo_quirk_at(uint32_t index)
{
    for (size_t t = 0; t < sizeof topics / sizeof *topics; t++) {
        if (index < topics[t]->count)
            return &topics[t]->quirks[index];
        index -= topics[t]->count;
    }
    return NULL;
}

uint64_t hedui_demo_quirk_count(const hedui_demo_quirk *quirk, uint64_t households)
{
    uint64_t count = quirk->per_10000 * households / 10000;
    return count ? count : 1;
}

void hedui_demo_plant(hedui_demo_case *made, uint32_t quirk)
{
    const hedui_demo_quirk *planted = hedui_demo_quirk_at(quirk);
    made->quirk = planted->name;
    for (int h = 0; h < made->count; h++)
        hedui_demo_in_scope(made, &made->households[h]);
    planted->plant(made, planted);
}

void hedui_demo_declare(hedui_demo_member *member, const char *text)
{
    member->income_fen = INT64_MIN;
    member->income_text = text;
    member->income_reasons = *text ? HEDUI_DEMO_BAD_FIELD : HEDUI_DEMO_EMPTY_FIELD;
}

void hedui_demo_in_scope(hedui_demo_case *made, hedui_demo_household *household)
{
    household->programme = "低保";
    household->status = hedui_demo_random_chance(&made->random, 90) ? "在享" : "申请中";
}

void hedui_demo_at_least(hedui_demo_case *made, hedui_demo_household *household, int least)
{
    while (household->member_count < least) {
        memset(household->members, 0, sizeof household->members);
        household->member_count = 0;
        hedui_demo_family(made, household);
        for (int i = 1; i < household->member_count; i++)
            household->members[i].counted = 1;
    }
    hedui_demo_in_scope(made, household);
}

hedui_demo_member *hedui_demo_adult(hedui_demo_case *made, hedui_demo_household *household)
{
    int adults[HEDUI_DEMO_MEMBERS], count = 0;
    for (int i = 0; i < household->member_count; i++) {
        const hedui_demo_member *member = &household->members[i];
        int32_t age = hedui_date_age(member->birth, made->as_of);
        if (age >= 18 && member->counted && member->authorised)
            adults[count++] = i;
    }
    /* the head is an adult and counted, so there is one */
    return &household
                ->members[count ? adults[hedui_demo_random_below(&made->random, (uint32_t)count)]
                                : 0];
}
