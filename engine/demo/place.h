/** @file
 * The towns and villages of the invented county.
 */
#ifndef HEDUI_DEMO_PLACE_H
#define HEDUI_DEMO_PLACE_H

#include <hedui/buffer.h>

#include <stdint.h>

enum { HEDUI_DEMO_TOWNS = 8, HEDUI_DEMO_VILLAGES = 72 };

/** Town (0..7) of a village (0..71). */
uint32_t hedui_demo_town_of(uint32_t village);

/** 1 if the village is an urban community. */
int hedui_demo_village_urban(uint32_t village);

/** 12-digit code of a village, 9-digit code of a town, with a NUL. */
void hedui_demo_village_code(char code[16], uint32_t village);
void hedui_demo_town_code(char code[16], uint32_t town);

/** Append the name of the village. */
void hedui_demo_village_name(char name[64], uint32_t village);
const char *hedui_demo_town_name(uint32_t town);

/** Append areas.csv. */
void hedui_demo_areas(hedui_buffer *out);

#endif
