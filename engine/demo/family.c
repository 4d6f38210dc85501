/* An ordinary family: who lives together, how old they are, where, on what income. Everything is
 * as it should be; the quirks are planted afterwards. */
#include "demo/place.h"
#include "demo/world.h"

#include <hedui/date.h>

#include <stdio.h>

enum { YEAR = 365, URBAN_FEN = 42000, RURAL_FEN = 22000, TOWN_3_FEN = 45000 };

int64_t hedui_demo_standard(const hedui_demo_household *household)
{
    if (!household->area_known)
        return 0;
    if (!household->urban)
        return RURAL_FEN;
    return hedui_demo_town_of(household->place) == 2 ? TOWN_3_FEN : URBAN_FEN;
}

typedef struct relation {
    const char *code, *label;
    int male;           /* -1: either */
    int older, younger; /* years above or below the head's age */
} relation;

static const relation relations[] = {
    {"02", "户主", -1, 0, 0},    {"10", "配偶", -1, 4, -4}, {"20", "子", 1, -22, -36},
    {"30", "女", 0, -22, -36},   {"51", "父亲", 1, 34, 22}, {"52", "母亲", 0, 33, 20},
    {"41", "孙子", 1, -48, -58},
};

/* Members in the order they join a family: a spouse, children, parents. */
static const relation *kin_of(hedui_demo_case *made, int position, int head_age)
{
    if (position == 0)
        return &relations[0];
    if (position == 1 && hedui_demo_random_chance(&made->random, 70))
        return &relations[1];
    if (head_age > 62 && hedui_demo_random_chance(&made->random, 30))
        return &relations[6];
    if (head_age < 58 && hedui_demo_random_chance(&made->random, 25))
        return &relations[hedui_demo_random_chance(&made->random, 40) ? 4 : 5];
    return &relations[hedui_demo_random_chance(&made->random, 50) ? 2 : 3];
}

static void register_entry(hedui_demo_member *member)
{
    hedui_demo_entry *entry = &member->entries[member->entry_count++];
    memcpy(entry->about.id, member->id, sizeof member->id);
    memcpy(entry->about.name, member->name, sizeof member->name);
    entry->reason_text = "";
    entry->cancelled_on = entry->died_on = HEDUI_DEMO_NEVER;
}

static void authorise(hedui_demo_case *made, hedui_demo_member *member)
{
    member->authorised = member->has_number = 1;
    if (hedui_demo_random_chance(&made->random, 20))
        return;
    member->until_style = hedui_demo_random_chance(&made->random, 80) ? "iso" : "compact";
    member->until = made->as_of + hedui_demo_random_between(&made->random, 10, 700);
}

static void add_member(hedui_demo_case *made, hedui_demo_household *household, int head_age)
{
    int position = household->member_count++, age = head_age;
    hedui_demo_member *member = &household->members[position];
    const relation *kin = kin_of(made, position, head_age);
    if (position)
        age += hedui_demo_random_between(&made->random, kin->younger, kin->older);
    age = age < 0 ? hedui_demo_random_between(&made->random, 0, 12) : age > 96 ? 96 : age;
    member->male = kin->male >= 0 ? kin->male : hedui_demo_random_chance(&made->random, 50);
    if (position == 1 && kin == &relations[1])
        member->male = !household->members[0].male;
    uint64_t unique = made->index * 32 + (household == made->households ? 0u : 8u);
    hedui_demo_citizen(member->id, &member->birth, unique + (uint64_t)position,
                       made->as_of - age * YEAR - 1200, member->male, 0);
    int year = 0, month = 0, day = 0;
    hedui_date_to_civil(&year, &month, &day, member->birth);
    hedui_demo_name(member->name, &made->random, member->male, year);
    memcpy(member->id_cell, member->id, sizeof member->id);
    memcpy(member->name_cell, member->name, sizeof member->name);
    member->relation_code = kin->code;
    member->relation = hedui_demo_random_chance(&made->random, 80) ? kin->code : kin->label;
    member->counted = position == 0 || hedui_demo_random_chance(&made->random, 96);
    authorise(made, member);
    if (age >= 16)
        member->income_fen = hedui_demo_random_between(&made->random, 0, 75) *
                             hedui_demo_standard(household) / 10000 * 100;
    if (hedui_demo_random_chance(&made->random, 97))
        register_entry(member);
}

static void settle(hedui_demo_case *made, hedui_demo_household *household)
{
    hedui_demo_random *random = &made->random;
    household->place = hedui_demo_random_below(random, HEDUI_DEMO_VILLAGES);
    household->urban = hedui_demo_village_urban(household->place);
    household->area_known = 1;
    if (hedui_demo_random_chance(random, 92)) {
        hedui_demo_village_code(household->area, household->place);
    } else {
        hedui_demo_town_code(household->area, hedui_demo_town_of(household->place));
    }
    if (hedui_demo_random_chance(random, 2))
        household->urban = !household->urban; /* lives in the town, stands in the village's list */
    static const uint16_t programmes[] = {85, 6, 6, 3, 0}, statuses[] = {88, 6, 6, 0};
    static const char *const programme_names[] = {"低保", "低保边缘", "特困", "刚性支出困难"};
    static const char *const status_names[] = {"在享", "申请中", "已退出"};
    household->programme = programme_names[hedui_demo_random_weighted(random, programmes)];
    household->status = status_names[hedui_demo_random_weighted(random, statuses)];
    household->applied_on = made->as_of - hedui_demo_random_between(random, 20, 2400);
    household->property_fen = (int64_t)hedui_demo_random_below(random, 90) * 10000;
}

void hedui_demo_family(hedui_demo_case *made, hedui_demo_household *household)
{
    static const uint16_t sizes[] = {24, 29, 23, 14, 6, 3, 1, 0};
    settle(made, household);
    int size = (int)hedui_demo_random_weighted(&made->random, sizes) + 1;
    int age = hedui_demo_random_between(&made->random, 28, 82);
    int64_t income = 0, counted = 0;
    for (int i = 0; i < size; i++) {
        add_member(made, household, age);
        if (household->members[i].counted) {
            income += household->members[i].income_fen;
            counted++;
        }
    }
    household->paid_fen = (hedui_demo_standard(household) * counted - income) / 100 * 100;
}

hedui_demo_car *hedui_demo_add_car(hedui_demo_case *made, hedui_demo_member *member)
{
    static const char symbols[] = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    const uint64_t plates = 10ull * 34 * 34 * 34 * 34;
    uint64_t used = 0;
    for (int h = 0; h < made->count; h++)
        for (int m = 0; m < made->households[h].member_count; m++)
            used += (uint64_t)made->households[h].members[m].car_count;
    hedui_demo_car *car = &member->cars[member->car_count++];
    memcpy(car->about.id, member->id, sizeof member->id);
    memcpy(car->about.name, member->name, sizeof member->name);
    /* the first place is a digit: plates of strangers have a letter there */
    uint64_t plate = (made->index * 8 + used) * 7919 % plates;
    memcpy(car->plate_no, "新Z", sizeof "新Z");
    size_t at = sizeof "新Z" - 1;
    car->plate_no[at++] = symbols[plate % 10];
    plate /= 10;
    for (int i = 0; i < 4; i++, plate /= 34)
        car->plate_no[at++] = symbols[plate % 34];
    (void)snprintf(car->plate_type, sizeof car->plate_type, "02");
    (void)snprintf(car->type, sizeof car->type, "K33");
    (void)snprintf(car->status, sizeof car->status, "A");
    car->registered_on = made->as_of - hedui_demo_random_between(&made->random, 60, 4000);
    car->kind = car->owned = HEDUI_DEMO_YES;
    return car;
}

/* What no rule asks about. */
static void add_motorcycle(hedui_demo_case *made, hedui_demo_member *member)
{
    hedui_demo_car *car = hedui_demo_add_car(made, member);
    (void)snprintf(car->plate_type, sizeof car->plate_type, "07");
    (void)snprintf(car->type, sizeof car->type, "M21");
    car->kind = HEDUI_DEMO_NO;
}

/* Why many households leave. */
static void bury(hedui_demo_case *made, hedui_demo_member *member)
{
    hedui_demo_death *death = &member->deaths[member->death_count++];
    memcpy(death->about.id, member->id, sizeof member->id);
    memcpy(death->about.name, member->name, sizeof member->name);
    death->died_on = made->as_of - hedui_demo_random_between(&made->random, 30, 900);
    hedui_date_print(death->died_text, death->died_on);
}

void hedui_demo_ordinary(hedui_demo_case *made, hedui_demo_household *household)
{
    if (hedui_demo_random_chance(&made->random, 14))
        add_motorcycle(made, &household->members[0]);
    if (strcmp(household->status, "已退出") == 0 && hedui_demo_random_chance(&made->random, 50))
        bury(made, &household->members[0]);
}
