/* night FOLDER [threads=N] [input=N] [block=N] [keep=N] [share=1] [part=N]
 * [inflate=zlib|best] [spoil=WHAT]
 *
 * One night over a county, its deliveries read through buffers of other sizes or inflated by
 * another library than the program would take. Prints the result digest and where the lists were
 * written.
 *
 * `spoil` plants a fault that shows on one condition only, behind the checks of the container: a
 * few digits of each delivery are read wrong if the input or the window is small, if zlib inflates,
 * if several threads read, in the second gzip member, or wherever a row stands. A comparison that
 * notices none of them is worth nothing. */
#include "feed/reading.h"

#include <hedui/date.h>
#include <hedui/job.h>
#include <hedui/message.h>

#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { SMALL = 1024, FROM = 2000, SOME = 400 };

typedef enum spoil { NOTHING, INPUT, BLOCK, INFLATE, THREADS, MEMBERS, PLACE } spoil;

static const char *const spoils[] = {"nothing", "input",   "block", "inflate",
                                     "threads", "members", "place"};

/* What the table of an engine has no room for; set once, before the night. */
static spoil planted;
static const hedui_raw_engine *inner;

typedef struct stream {
    void *state;
    uint64_t offset; /* in the content; of MEMBERS in the member */
    unsigned starts;
} stream;

/* The check of the piece that was made last, before it was spoilt. */
static _Thread_local uint32_t piece_crc;

static void *spoilt_open(hedui_arena *arena)
{
    stream *s = hedui_arena_take(arena, sizeof *s);
    if (s)
        s->state = inner->open(arena);
    return s && s->state ? s : NULL;
}

static void spoilt_close(void *state)
{
    if (state)
        inner->close(((stream *)state)->state);
}

static int spoilt_start(void *state)
{
    stream *s = state;
    s->starts++;
    if (planted == MEMBERS)
        s->offset = FROM;
    return inner->start(s->state);
}

static int is_met(const stream *s, const hedui_raw_step *step)
{
    switch (planted) {
    case INPUT:
        return step->in_length < SMALL;
    case BLOCK:
        return step->room < SMALL;
    case INFLATE:
        return inner == &hedui_raw_zlib;
    case THREADS:
        return omp_get_num_threads() > 1;
    case MEMBERS:
        return s->starts == 2;
    case PLACE:
        return 1;
    case NOTHING:
        break;
    }
    return 0;
}

static hedui_raw_result spoilt_run(void *state, hedui_raw_step *step)
{
    stream *s = state;
    int met = is_met(s, step);
    hedui_raw_result result = inner->run(s->state, step);
    piece_crc = inner->crc(0, step->out, step->made);
    for (size_t i = 0; i < step->made; i++, s->offset++)
        if (met && s->offset >= FROM && s->offset < FROM + SOME && step->out[i] >= '0' &&
            step->out[i] <= '9')
            step->out[i] ^= 1;
    return result;
}

static uint32_t spoilt_crc(uint32_t crc, const uint8_t *bytes, size_t length)
{
    (void)bytes;
    return (uint32_t)crc32_combine(crc, piece_crc, (z_off_t)length);
}

static const hedui_raw_engine spoilt = {"spoilt",     spoilt_open, spoilt_close,
                                        spoilt_start, spoilt_run,  spoilt_crc};

static int is_named(const char *argument, const char *name, const char **value)
{
    size_t length = strlen(name);
    if (strncmp(argument, name, length) != 0 || argument[length] != '=')
        return 0;
    *value = argument + length + 1;
    return 1;
}

static int take_spoil(const char *value)
{
    for (unsigned i = 0; i < sizeof spoils / sizeof *spoils; i++)
        if (strcmp(spoils[i], value) == 0) {
            planted = (spoil)i;
            return 1;
        }
    return 0;
}

/* @return 1, or 0 for an argument that nobody knows. */
static int take(hedui_job_options *options, hedui_reading *reading, const char *argument)
{
    const char *value;
    if (is_named(argument, "threads", &value))
        options->threads = (int)strtol(value, NULL, 10);
    else if (is_named(argument, "input", &value))
        reading->input_size = strtoul(value, NULL, 10);
    else if (is_named(argument, "block", &value))
        reading->block_size = strtoul(value, NULL, 10);
    else if (is_named(argument, "keep", &value))
        reading->reject_keep = (uint32_t)strtoul(value, NULL, 10);
    else if (is_named(argument, "share", &value))
        reading->always_share = strtoul(value, NULL, 10) != 0;
    else if (is_named(argument, "part", &value))
        options->part = (uint32_t)strtoul(value, NULL, 10);
    else if (is_named(argument, "inflate", &value) && strcmp(value, "zlib") == 0)
        inner = &hedui_raw_zlib;
    else if (is_named(argument, "inflate", &value) && strcmp(value, "best") == 0)
        inner = hedui_raw_best();
    else
        return is_named(argument, "spoil", &value) && take_spoil(value);
    return 1;
}

static hedui_status night(const char *folder, hedui_job_options *options, hedui_arena *arena,
                          hedui_err *err)
{
    const hedui_workspace *workspace = NULL;
    hedui_job_outcome outcome = {0};
    (void)hedui_date_from_civil(&options->as_of, 2014, 7, 5);
    hedui_status status = hedui_workspace_load(&workspace, folder, HEDUI_SOURCE_DIR, arena, err);
    if (!status)
        status = hedui_job_run(&outcome, workspace, options, arena, NULL, err);
    if (status)
        return status;
    if (outcome.report_failed) {
        *err = outcome.report_error;
        return err->status;
    }
    printf("digest %s\ninflate %s\nflags %s\nhouseholds %s\nrejects %s\n", outcome.digest,
           options->reading->inflate->name, outcome.flags_csv, outcome.households_csv,
           outcome.rejects_csv ? outcome.rejects_csv : "");
    return HEDUI_OK;
}

int main(int count, char **arguments)
{
    hedui_reading reading = {0};
    hedui_job_options options = {.threads = 1, .reading = &reading, .reports = 1};
    hedui_err err;
    hedui_err_init(&err);
    inner = hedui_raw_best();
    for (int i = 2; i < count; i++)
        if (!take(&options, &reading, arguments[i])) {
            fprintf(stderr, "%s?\n", arguments[i]);
            return 2;
        }
    if (count < 2)
        return 2;
    reading.inflate = planted ? &spoilt : inner;
    hedui_arena *arena = hedui_arena_open(0);
    hedui_status status = night(arguments[1], &options, arena, &err);
    hedui_arena_close(arena);
    if (status)
        fprintf(stderr, "E%d\n", (int)status);
    return status ? 1 : 0;
}
