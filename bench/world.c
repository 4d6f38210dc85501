/* bench_world FOLDER [HOUSEHOLDS [SEED [STRANGERS [LEVEL]]]]: a county of any size for
 * measurements. */
#include <hedui/demo.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

static double now(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int count, char **words)
{
    if (count < 2) {
        (void)fprintf(stderr, "bench_world FOLDER [HOUSEHOLDS [SEED [STRANGERS [LEVEL]]]]\n");
        return 2;
    }
    hedui_demo_options options = {
        .households = count > 2 ? (uint32_t)strtoul(words[2], NULL, 10) : 0,
        .seed = count > 3 ? strtoull(words[3], NULL, 10) : 0,
        .strangers = count > 4 ? (uint32_t)strtoul(words[4], NULL, 10) : 0,
        .level = count > 5 ? (int)strtol(words[5], NULL, 10) : 0,
    };
    hedui_demo_made made;
    hedui_err err;
    hedui_err_init(&err);
    double begin = now();
    if (hedui_demo_write(&made, words[1], &options, &err)) {
        (void)fprintf(stderr, "E%d %s\n", (int)err.status, err.file);
        return 1;
    }
    double seconds = now() - begin;
    struct rusage usage;
    (void)getrusage(RUSAGE_SELF, &usage);
    (void)printf("%" PRIu64 " households, %" PRIu64 " members, %" PRIu64 " rows, %" PRIu64
                 " bytes in %.2f s (%.0f rows/s), %ld KiB\n",
                 made.households, made.members, made.rows, made.bytes, seconds,
                 (double)made.rows / seconds, usage.ru_maxrss);
    return 0;
}
