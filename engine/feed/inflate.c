/* The idea: a byte reader over one buffer feeds the header and trailer parsers, and the engine
 * takes the same buffer for the deflate data between them, so that nothing is read twice and every
 * byte goes through the digest exactly once.
 *
 * Source: RFC 1952 (gzip), RFC 1951 (deflate). */
#include "feed/inflate.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

enum { DEFAULT_INPUT = 256 * 1024, NO_BYTE = -1, FAILED = -2, LONGEST_NAME = 64 * 1024 };
enum { FLAG_HCRC = 2, FLAG_EXTRA = 4, FLAG_NAME = 8, FLAG_COMMENT = 16, FLAG_RESERVED = 0xE0 };

typedef enum stage { AT_MEMBER, IN_DATA, AT_END } stage;

struct hedui_inflate {
    int fd;
    const char *path;
    unsigned char *input;
    size_t size, from, to; /* unread input is input[from..to) */
    int end_of_file;
    uint64_t whole; /* bytes of the file; 0: of a pipe nobody knows */
    stage stage;
    const hedui_raw_engine *engine;
    void *raw;
    uint8_t back[8]; /* bytes that the engine gave back, before those of input */
    unsigned back_from, back_to;
    hedui_digester *digester;
    hedui_inflate_state state;
    uint32_t member_crc;
    uint64_t member_length;
    uLong header_crc;
};

hedui_inflate *hedui_inflate_open(int fd, const char *path, size_t input_size,
                                  const hedui_raw_engine *engine, hedui_arena *arena)
{
    struct stat file;
    hedui_inflate *gz = hedui_arena_take(arena, sizeof *gz);
    if (!gz)
        return NULL;
    gz->fd = fd;
    if (fstat(fd, &file) == 0 && S_ISREG(file.st_mode))
        gz->whole = (uint64_t)file.st_size;
    gz->path = path;
    gz->size = input_size ? input_size : DEFAULT_INPUT;
    gz->input = hedui_arena_take(arena, gz->size);
    gz->digester = hedui_digester_open();
    gz->engine = engine ? engine : hedui_raw_best();
    gz->raw = gz->engine->open(arena);
    if (!gz->input || !gz->digester || !gz->raw) {
        hedui_inflate_close(gz);
        return NULL;
    }
    return gz;
}

void hedui_inflate_close(hedui_inflate *gz)
{
    if (!gz)
        return;
    gz->engine->close(gz->raw);
    hedui_digester_close(gz->digester);
}

hedui_inflate_state hedui_inflate_now(const hedui_inflate *gz)
{
    return gz->state;
}

/* Make input[from..to) not empty unless the file has ended. */
static hedui_status refill(hedui_inflate *gz, hedui_err *err)
{
    while (gz->from == gz->to && !gz->end_of_file) {
        ssize_t got = read(gz->fd, gz->input, gz->size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return hedui_fail(err, HEDUI_E1003, hedui_place_none(), HEDUI_ARG_TEXT(gz->path),
                              HEDUI_ARG_ERRNO(errno));
        gz->end_of_file = got == 0;
        gz->from = 0;
        gz->to = (size_t)got;
        gz->state.compressed += (size_t)got;
        hedui_digester_add(gz->digester, gz->input, (size_t)got);
    }
    return HEDUI_OK;
}

/* The next byte of the file, NO_BYTE at its end, FAILED with err set. */
static int next_byte(hedui_inflate *gz, hedui_err *err)
{
    if (gz->back_from < gz->back_to)
        return gz->back[gz->back_from++];
    if (gz->from == gz->to && refill(gz, err) != HEDUI_OK)
        return FAILED;
    return gz->from == gz->to ? NO_BYTE : gz->input[gz->from++];
}

static uint64_t offset(const hedui_inflate *gz)
{
    return gz->state.compressed - (gz->to - gz->from) - (gz->back_to - gz->back_from);
}

static void refuse(hedui_inflate *gz, hedui_refusal refusal)
{
    gz->state.refusal = refusal;
    gz->state.refusal_offset = offset(gz);
    gz->stage = AT_END;
}

/* A byte of a header that must be there; the end of the file is a refusal. Below 0: stop. */
static int header_byte(hedui_inflate *gz, hedui_err *err)
{
    int byte = next_byte(gz, err);
    if (byte == NO_BYTE)
        refuse(gz, HEDUI_REFUSAL_gz_truncated);
    if (byte >= 0) {
        unsigned char c = (unsigned char)byte;
        gz->header_crc = crc32(gz->header_crc, &c, 1);
    }
    return byte;
}

static int header_number(hedui_inflate *gz, int bytes, uint32_t *value, hedui_err *err)
{
    *value = 0;
    for (int i = 0; i < bytes; i++) {
        int byte = header_byte(gz, err);
        if (byte < 0)
            return 0;
        *value |= (uint32_t)byte << (8 * i);
    }
    return 1;
}

static int skip_text(hedui_inflate *gz, hedui_err *err)
{
    for (int n = 0; n < LONGEST_NAME; n++) {
        int byte = header_byte(gz, err);
        if (byte <= 0)
            return byte == 0;
    }
    refuse(gz, HEDUI_REFUSAL_gz_header);
    return 0;
}

/* Everything between the magic number and the deflate data. @return 1 to go on. */
static int read_header(hedui_inflate *gz, hedui_err *err)
{
    uint32_t method, flags, ignored, length, crc;
    if (!header_number(gz, 1, &method, err) || !header_number(gz, 1, &flags, err))
        return 0;
    if (method != 8 || (flags & FLAG_RESERVED)) {
        refuse(gz, HEDUI_REFUSAL_gz_header);
        return 0;
    }
    if (!header_number(gz, 4, &ignored, err) || !header_number(gz, 2, &ignored, err))
        return 0;
    if (flags & FLAG_EXTRA) {
        if (!header_number(gz, 2, &length, err))
            return 0;
        for (; length; length--)
            if (header_byte(gz, err) < 0)
                return 0;
    }
    if ((flags & FLAG_NAME) && !skip_text(gz, err))
        return 0;
    if ((flags & FLAG_COMMENT) && !skip_text(gz, err))
        return 0;
    if (flags & FLAG_HCRC) {
        uint32_t want = (uint32_t)(gz->header_crc & 0xFFFF);
        if (!header_number(gz, 2, &crc, err))
            return 0;
        if (crc != want) {
            refuse(gz, HEDUI_REFUSAL_gz_header);
            return 0;
        }
    }
    return 1;
}

/* What a file that does not start as gzip is, by its first bytes. */
static hedui_refusal foreign(const unsigned char *start, size_t length)
{
    if (length >= 2 && start[0] == 'P' && start[1] == 'K')
        return HEDUI_REFUSAL_gz_zip;
    if (length >= 4 && memcmp(start, "\x28\xB5\x2F\xFD", 4) == 0)
        return HEDUI_REFUSAL_gz_zstd;
    if (length >= 2 && (start[0] & 0x0F) == 8 && start[0] <= 0x78 &&
        (start[0] * 256 + start[1]) % 31 == 0 && !(start[1] & 0x20))
        return HEDUI_REFUSAL_gz_zlib;
    for (size_t i = 0; i < length; i++)
        if ((start[i] < 0x20 && start[i] != '\t' && start[i] != '\r' && start[i] != '\n') ||
            start[i] == 0x7F)
            return HEDUI_REFUSAL_gz_foreign;
    return HEDUI_REFUSAL_gz_plain;
}

/* The file does not start with the magic number: look at up to 64 bytes to name what it is. */
static int name_foreign(hedui_inflate *gz, int first, int second, hedui_err *err)
{
    unsigned char start[64];
    size_t length = 0;
    int next = first;
    while (length < sizeof start && next >= 0) {
        start[length++] = (unsigned char)next;
        if (length == sizeof start)
            break;
        next = length == 1 ? second : next_byte(gz, err);
    }
    if (next == FAILED)
        return 0;
    refuse(gz, foreign(start, length));
    gz->state.refusal_offset = 0;
    return 1;
}

/* At the beginning of the file or behind a member. */
static hedui_status start_member(hedui_inflate *gz, hedui_err *err)
{
    hedui_err failure;
    hedui_err_init(&failure);
    gz->header_crc = crc32(0, NULL, 0);
    int first = next_byte(gz, &failure);
    int second = first >= 0 ? next_byte(gz, &failure) : NO_BYTE;
    if (first == FAILED || second == FAILED)
        goto done;
    if (first == NO_BYTE) {
        if (!gz->state.members)
            refuse(gz, HEDUI_REFUSAL_empty);
        gz->stage = AT_END;
        return HEDUI_OK;
    }
    if (first == 0x1F && second == NO_BYTE) {
        refuse(gz, HEDUI_REFUSAL_gz_truncated);
        return HEDUI_OK;
    }
    if (first != 0x1F || second != 0x8B) {
        if (gz->state.members)
            refuse(gz, HEDUI_REFUSAL_gz_trailing);
        else
            (void)name_foreign(gz, first, second, &failure);
        goto done;
    }
    static const unsigned char magic[] = {0x1F, 0x8B};
    gz->header_crc = crc32(gz->header_crc, magic, sizeof magic);
    if (read_header(gz, &failure)) {
        if (!gz->engine->start(gz->raw))
            return hedui_fail_memory(err);
        gz->member_crc = 0;
        gz->member_length = 0;
        gz->stage = IN_DATA;
    }
done:
    if (failure.status != HEDUI_OK && err)
        *err = failure;
    return failure.status;
}

static hedui_status end_member(hedui_inflate *gz, hedui_err *err)
{
    hedui_err failure;
    uint32_t crc, length;
    hedui_err_init(&failure);
    if (!header_number(gz, 4, &crc, &failure) || !header_number(gz, 4, &length, &failure))
        goto done;
    if (crc != gz->member_crc) {
        refuse(gz, HEDUI_REFUSAL_gz_crc);
    } else if (length != (uint32_t)gz->member_length) {
        refuse(gz, HEDUI_REFUSAL_gz_length);
    } else {
        gz->state.crc =
            (uint32_t)crc32_combine(gz->state.crc, gz->member_crc, (z_off_t)gz->member_length);
        gz->state.members++;
        gz->stage = AT_MEMBER;
    }
done:
    if (failure.status != HEDUI_OK && err)
        *err = failure;
    return failure.status;
}

/* Against the whole file and not what was read of it, which hangs on the buffers. */
static int is_bomb(const hedui_inflate *gz)
{
    return gz->state.length > HEDUI_INFLATE_FREE &&
           gz->state.length / HEDUI_INFLATE_RATIO > (gz->whole ? gz->whole : offset(gz));
}

/* Inflate into out[0..room); the member's end is taken care of. The engine may hold back what had
 * no room: the file ends early only when nothing more comes of what was read. */
static hedui_status read_data(size_t *got, hedui_inflate *gz, void *out, size_t room,
                              hedui_err *err)
{
    hedui_status status = refill(gz, err);
    if (status != HEDUI_OK)
        return status;
    int at_end = gz->from == gz->to;
    hedui_raw_step step = {
        .in = gz->input + gz->from, .in_length = gz->to - gz->from, .out = out, .room = room};
    hedui_raw_result result = gz->engine->run(gz->raw, &step);
    gz->from += step.used;
    gz->back_from = 0;
    gz->back_to = step.back_count;
    memcpy(gz->back, step.back, sizeof step.back);
    gz->member_crc = gz->engine->crc(gz->member_crc, out, step.made);
    gz->member_length += step.made;
    gz->state.length += step.made;
    *got = step.made;
    if (result == HEDUI_RAW_MEMORY)
        return hedui_fail_memory(err);
    if (result == HEDUI_RAW_BAD)
        refuse(gz, HEDUI_REFUSAL_gz_data);
    else if (is_bomb(gz))
        refuse(gz, HEDUI_REFUSAL_gz_bomb);
    else if (result == HEDUI_RAW_ENDED)
        return end_member(gz, err);
    else if (at_end && !step.made)
        refuse(gz, HEDUI_REFUSAL_gz_truncated);
    return HEDUI_OK;
}

hedui_status hedui_inflate_read(size_t *got, hedui_inflate *gz, void *out, size_t room,
                                hedui_err *err)
{
    hedui_status status = HEDUI_OK;
    size_t made = 0;
    while (status == HEDUI_OK && made == 0 && gz->stage != AT_END)
        status =
            gz->stage == AT_MEMBER ? start_member(gz, err) : read_data(&made, gz, out, room, err);
    if (status == HEDUI_OK)
        *got = gz->state.refusal == HEDUI_REFUSAL_none ? made : 0;
    return status;
}

hedui_status hedui_inflate_digest(hedui_digest *digest, hedui_inflate *gz, hedui_err *err)
{
    hedui_status status = HEDUI_OK;
    while (status == HEDUI_OK && !gz->end_of_file) {
        gz->from = gz->to;
        status = refill(gz, err);
    }
    return status == HEDUI_OK ? hedui_digester_end(digest, gz->digester, err) : status;
}
