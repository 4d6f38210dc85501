/** @file
 * Random numbers that are the same on every machine: xoshiro256** seeded by splitmix64, one stream
 * for each thing that is drawn, so that any of them can be made again alone.
 */
#ifndef HEDUI_DEMO_RANDOM_H
#define HEDUI_DEMO_RANDOM_H

#include <stdint.h>

typedef struct hedui_demo_random {
    uint64_t state[4];
} hedui_demo_random;

/** Start the stream named by seed, stream and index. */
void hedui_demo_random_init(hedui_demo_random *random, uint64_t seed, uint64_t stream,
                            uint64_t index);

/** The next 64 bits. */
uint64_t hedui_demo_random_next(hedui_demo_random *random);

/** 0 .. below - 1; `below` at least 1. */
uint32_t hedui_demo_random_below(hedui_demo_random *random, uint32_t below);

/** least .. most, both included. */
int32_t hedui_demo_random_between(hedui_demo_random *random, int32_t least, int32_t most);

/** 1 in `percent` of a hundred draws. */
int hedui_demo_random_chance(hedui_demo_random *random, uint32_t percent);

/** Index drawn by weight; the weights end with 0. */
uint32_t hedui_demo_random_weighted(hedui_demo_random *random, const uint16_t *weights);

/** A place for `index` in 0..count-1 that no other index has: scatters what was counted out. */
uint64_t hedui_demo_scatter(uint64_t index, uint64_t count, uint64_t seed);

#endif
