/** @file
 * Everything that is planted in households, by topic.
 */
#ifndef HEDUI_DEMO_QUIRK_H
#define HEDUI_DEMO_QUIRK_H

#include "demo/world.h"

typedef struct hedui_demo_quirk hedui_demo_quirk;

/** One thing to plant. What a field means is the plant function's business. */
struct hedui_demo_quirk {
    const char *name, *zh;
    uint16_t per_10000; /**< of households; at least one each */
    uint8_t households; /**< of the case: 0 means 1 */
    void (*plant)(hedui_demo_case *made, const hedui_demo_quirk *quirk);
    const char *type, *status; /**< of a car */
    const char *form;          /**< how number or name are written in the row, see write form.c */
    const char *also;          /**< form in the other row, or what is written in a cell */
    const char *reason;        /**< of a cancellation, or of a rejected row */
    uint8_t cancelled, died, cremated; /**< register says so; register has a day; cremation row */
    int gap;                           /**< days, or fen, by which it misses */
};

typedef struct hedui_demo_topic {
    const hedui_demo_quirk *quirks;
    uint32_t count;
} hedui_demo_topic;

extern const hedui_demo_topic hedui_demo_vehicle_quirks, hedui_demo_death_quirks,
    hedui_demo_caseload_quirks, hedui_demo_money_quirks, hedui_demo_benefit_quirks,
    hedui_demo_property_quirks, hedui_demo_tag_quirks, hedui_demo_open_quirks;

/** The quirk with running number `index`, or NULL. */
const hedui_demo_quirk *hedui_demo_quirk_at(uint32_t index);

/** How many cases of it a county of so many households holds. */
uint64_t hedui_demo_quirk_count(const hedui_demo_quirk *quirk, uint64_t households);

/** Write number or name of a row in one of the forms that registries use. */
void hedui_demo_form(hedui_demo_about *about, const hedui_demo_member *member, const char *form);

/** Make the member fit for a form: a number that ends in X, a name with an interpunct. */
void hedui_demo_fit(hedui_demo_case *made, hedui_demo_member *member, const char *form);

/** Draw an adult counted member with a live authorisation. */
hedui_demo_member *hedui_demo_adult(hedui_demo_case *made, hedui_demo_household *household);

/** Write into the cell of a member's declared income what is no amount: nothing, or words. */
void hedui_demo_declare(hedui_demo_member *member, const char *text);

/** Make it a dibao household that receives or applies, all members authorised. */
void hedui_demo_in_scope(hedui_demo_case *made, hedui_demo_household *household);

/** Make the household have at least `least` members by drawing it anew. */
void hedui_demo_at_least(hedui_demo_case *made, hedui_demo_household *household, int least);

#endif
