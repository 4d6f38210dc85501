/* zlib is always there; ISA-L, where the build found it, inflates 2.5 times as fast. ISA-L reads up
 * to eight bytes ahead into a register, which are given back when the data end. */
#include "feed/raw_inflate.h"

#include <zlib.h>

static void *zlib_open(hedui_arena *arena)
{
    z_stream *z = hedui_arena_take(arena, sizeof *z);
    return z && inflateInit2(z, -MAX_WBITS) == Z_OK ? z : NULL;
}

static void zlib_close(void *state)
{
    if (state)
        (void)inflateEnd(state);
}

static int zlib_start(void *state)
{
    return inflateReset(state) == Z_OK;
}

static uInt limited(size_t length)
{
    return length > UINT32_MAX / 2 ? UINT32_MAX / 2 : (uInt)length;
}

static hedui_raw_result zlib_run(void *state, hedui_raw_step *step)
{
    z_stream *z = state;
    z->next_in = (Bytef *)(uintptr_t)step->in; /* zlib only reads it */
    z->avail_in = limited(step->in_length);
    z->next_out = step->out;
    z->avail_out = limited(step->room);
    int result = inflate(z, Z_NO_FLUSH);
    step->used = (size_t)(z->next_in - step->in);
    step->made = (size_t)(z->next_out - step->out);
    step->back_count = 0;
    if (result == Z_STREAM_END)
        return HEDUI_RAW_ENDED;
    if (result == Z_MEM_ERROR)
        return HEDUI_RAW_MEMORY;
    return result == Z_OK || result == Z_BUF_ERROR ? HEDUI_RAW_ON : HEDUI_RAW_BAD;
}

static uint32_t zlib_crc(uint32_t crc, const uint8_t *bytes, size_t length)
{
    return (uint32_t)crc32_z(crc, bytes, length);
}

const hedui_raw_engine hedui_raw_zlib = {"zlib",     zlib_open, zlib_close,
                                         zlib_start, zlib_run,  zlib_crc};

#ifdef HEDUI_ISAL
#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>

static void *isal_open(hedui_arena *arena)
{
    return hedui_arena_take(arena, sizeof(struct inflate_state));
}

static void isal_close(void *state)
{
    (void)state;
}

static int isal_start(void *state)
{
    isal_inflate_init(state);
    return 1;
}

/* Give back the whole bytes that were read ahead. */
static void give_back(struct inflate_state *s, hedui_raw_step *step)
{
    unsigned count = (unsigned)(s->read_in_length > 0 ? s->read_in_length : 0) / 8;
    uint64_t bits = s->read_in >> (unsigned)(s->read_in_length % 8);
    step->back_count = 0;
    if (count <= step->used) {
        step->used -= count;
        return;
    }
    for (; step->back_count < count; bits >>= 8)
        step->back[step->back_count++] = (uint8_t)bits;
}

static hedui_raw_result isal_run(void *state, hedui_raw_step *step)
{
    struct inflate_state *s = state;
    s->next_in = (uint8_t *)(uintptr_t)step->in; /* ISA-L only reads it */
    s->avail_in = limited(step->in_length);
    s->next_out = step->out;
    s->avail_out = limited(step->room);
    int result = isal_inflate(s);
    step->used = (size_t)(s->next_in - step->in);
    step->made = (size_t)(s->next_out - step->out);
    step->back_count = 0;
    if (result < 0)
        return HEDUI_RAW_BAD;
    if (s->block_state != ISAL_BLOCK_FINISH)
        return HEDUI_RAW_ON;
    give_back(s, step);
    return HEDUI_RAW_ENDED;
}

static uint32_t isal_crc(uint32_t crc, const uint8_t *bytes, size_t length)
{
    return crc32_gzip_refl(crc, bytes, length);
}

static const hedui_raw_engine isal = {"isa-l",    isal_open, isal_close,
                                      isal_start, isal_run,  isal_crc};

const hedui_raw_engine *hedui_raw_best(void)
{
    return &isal;
}
#else
const hedui_raw_engine *hedui_raw_best(void)
{
    return &hedui_raw_zlib;
}
#endif
