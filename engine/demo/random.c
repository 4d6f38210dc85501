/* xoshiro256** (Blackman and Vigna) and the scattering of planted cases. */
#include "demo/random.h"

static uint64_t splitmix(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static uint64_t rotate(uint64_t value, int bits)
{
    return value << bits | value >> (64 - bits);
}

void hedui_demo_random_init(hedui_demo_random *random, uint64_t seed, uint64_t stream,
                            uint64_t index)
{
    uint64_t mix = seed;
    mix = splitmix(&mix) ^ stream;
    mix = splitmix(&mix) ^ index;
    for (int i = 0; i < 4; i++)
        random->state[i] = splitmix(&mix);
}

uint64_t hedui_demo_random_next(hedui_demo_random *random)
{
    uint64_t *s = random->state;
    uint64_t result = rotate(s[1] * 5, 7) * 9, t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 45);
    return result;
}

uint32_t hedui_demo_random_below(hedui_demo_random *random, uint32_t below)
{
    return (uint32_t)(((hedui_demo_random_next(random) >> 32) * below) >> 32);
}

int32_t hedui_demo_random_between(hedui_demo_random *random, int32_t least, int32_t most)
{
    return least + (int32_t)hedui_demo_random_below(random, (uint32_t)(most - least) + 1);
}

int hedui_demo_random_chance(hedui_demo_random *random, uint32_t percent)
{
    return hedui_demo_random_below(random, 100) < percent;
}

uint32_t hedui_demo_random_weighted(hedui_demo_random *random, const uint16_t *weights)
{
    uint32_t sum = 0, i = 0;
    while (weights[i])
        sum += weights[i++];
    uint32_t left = hedui_demo_random_below(random, sum);
    for (i = 0; left >= weights[i]; i++)
        left -= weights[i];
    return i;
}

/* Three Feistel rounds over the next power of four, walked until the value falls into the range:
 * one to one, and no table to keep. */
uint64_t hedui_demo_scatter(uint64_t index, uint64_t count, uint64_t seed)
{
    int half = 1;
    while (half < 31 && (uint64_t)1 << (2 * half) < count)
        half++;
    uint64_t mask = ((uint64_t)1 << half) - 1;
    do {
        uint64_t left = index >> half, right = index & mask;
        for (uint64_t round = 0; round < 4; round++) {
            uint64_t mix = right ^ seed ^ round << 32;
            uint64_t next = left ^ (splitmix(&mix) & mask);
            left = right;
            right = next;
        }
        index = left << half | right;
    } while (index >= count);
    return index;
}
