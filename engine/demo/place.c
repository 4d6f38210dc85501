/* Towns 1 to 3 are urban, the others rural with one urban community each. Invented names. */
#include "demo/place.h"

#include <stdio.h>

enum { PER_TOWN = HEDUI_DEMO_VILLAGES / HEDUI_DEMO_TOWNS };

static const char *const towns[HEDUI_DEMO_TOWNS] = {
    "城关街道", "河东街道", "云桥镇", "白杨镇", "柳泉镇", "石门乡", "青山乡", "三道沟乡",
};

static const char *const villages[PER_TOWN] = {
    "团结", "东风", "红旗", "新华", "胜利", "前进", "和平", "向阳", "幸福",
};

uint32_t hedui_demo_town_of(uint32_t village)
{
    return village / PER_TOWN;
}

int hedui_demo_village_urban(uint32_t village)
{
    /* town 3 (云桥镇) has its own urban standard, and villages to which it does not apply */
    if (hedui_demo_town_of(village) == 2)
        return village % PER_TOWN < 6;
    return hedui_demo_town_of(village) < 2 || village % PER_TOWN == 0;
}

void hedui_demo_town_code(char code[16], uint32_t town)
{
    (void)snprintf(code, 16, "659000%03u", town % 1000 + 1);
}

void hedui_demo_village_code(char code[16], uint32_t village)
{
    (void)snprintf(code, 16, "659000%03u%03u", hedui_demo_town_of(village) % 1000 + 1,
                   village % PER_TOWN + (hedui_demo_village_urban(village) ? 1 : 201));
}

const char *hedui_demo_town_name(uint32_t town)
{
    return towns[town];
}

void hedui_demo_village_name(char name[64], uint32_t village)
{
    (void)snprintf(name, 64, "%s%s", villages[village % PER_TOWN],
                   hedui_demo_village_urban(village) ? "社区" : "村");
}

void hedui_demo_areas(hedui_buffer *out)
{
    char code[16], parent[16], name[64];
    hedui_buffer_text(out, "code,name,parent,urban_rural\n659000,示例县,,\n");
    for (uint32_t t = 0; t < HEDUI_DEMO_TOWNS; t++) {
        hedui_demo_town_code(code, t);
        hedui_buffer_format(out, "%s,%s,659000,%s\n", code, towns[t], t < 3 ? "urban" : "rural");
    }
    for (uint32_t v = 0; v < HEDUI_DEMO_VILLAGES; v++) {
        hedui_demo_village_code(code, v);
        hedui_demo_town_code(parent, hedui_demo_town_of(v));
        hedui_demo_village_name(name, v);
        hedui_buffer_format(out, "%s,%s,%s,%s\n", code, name, parent,
                            hedui_demo_village_urban(v) ? "urban" : "rural");
    }
}
