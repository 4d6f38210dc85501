/* Containers, sound and broken. Nothing here is shared with what reads them. */
#include "demo/broken.h"

#include <zlib.h>

enum { HEAD = 10, TRAILER = 8, ROOM = 256 };

static void put(unsigned char **at, uint32_t number, int bytes)
{
    for (int i = 0; i < bytes; i++)
        *(*at)++ = (unsigned char)(number >> 8 * i);
}

/* The head and the deflated bytes; `flush`: Z_FINISH, or Z_FULL_FLUSH where something is to come.
 */
static unsigned char *squeeze(unsigned char *to, size_t room, hedui_span text, int flush, int level)
{
    static const unsigned char head[HEAD] = {0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255};
    z_stream z = {0};
    if (deflateInit2(&z, level, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return NULL;
    memcpy(to, head, HEAD);
    z.next_in = (Bytef *)(uintptr_t)text.at; /* zlib only reads it */
    z.avail_in = (uInt)text.length;
    z.next_out = to + HEAD;
    z.avail_out = (uInt)(room - HEAD);
    (void)deflate(&z, flush);
    to = z.next_out;
    (void)deflateEnd(&z);
    return to;
}

static hedui_span pack(hedui_span text, int whole, int level, hedui_arena *arena)
{
    size_t room = text.length + text.length / 8 + ROOM;
    unsigned char *packed = hedui_arena_take(arena, room);
    unsigned char *at =
        packed ? squeeze(packed, room, text, whole ? Z_FINISH : Z_FULL_FLUSH, level) : NULL;
    if (!at)
        return (hedui_span){NULL, 0};
    if (whole) {
        put(&at, (uint32_t)crc32(0, (const Bytef *)text.at, (uInt)text.length), 4);
        put(&at, (uint32_t)text.length, 4);
    }
    return (hedui_span){(const char *)packed, (size_t)(at - packed)};
}

hedui_span hedui_demo_pack_text(hedui_span text, int level, hedui_arena *arena)
{
    return pack(text, 1, level, arena);
}

/* The text as spreadsheets save "Unicode text". Everything in it lies in the first plane. */
static hedui_span utf16(hedui_span text, hedui_arena *arena)
{
    unsigned char *wide = hedui_arena_take(arena, text.length * 2 + 2), *at = wide;
    if (!wide)
        return (hedui_span){NULL, 0};
    put(&at, 0xFEFF, 2);
    for (size_t i = 0; i < text.length;) {
        unsigned char c = (unsigned char)text.at[i];
        int more = c >= 0xE0 ? 2 : c >= 0xC0 ? 1 : 0;
        uint32_t point = more == 2 ? c & 0x0Fu : more == 1 ? c & 0x1Fu : c;
        for (i++; more; more--, i++)
            point = point << 6 | ((unsigned char)text.at[i] & 0x3Fu);
        put(&at, point, 2);
    }
    return (hedui_span){(const char *)wide, (size_t)(at - wide)};
}

/* An archive of one file, stored as it is (PKWARE APPNOTE 4.3.7, 4.3.12, 4.3.16). */
static hedui_span zip(hedui_span text, hedui_arena *arena)
{
    static const char name[] = "export.csv";
    enum { NAME = sizeof name - 1, LOCAL = 30, CENTRAL = 46, END = 22 };
    uint32_t length = (uint32_t)text.length, directory = LOCAL + NAME + length;
    uint32_t check = (uint32_t)crc32(0, (const Bytef *)text.at, (uInt)length);
    unsigned char *file = hedui_arena_take(arena, (size_t)directory + CENTRAL + NAME + END),
                  *at = file;
    if (!file)
        return (hedui_span){NULL, 0};
    for (int central = 0; central < 2; central++) {
        put(&at, central ? 0x02014B50 : 0x04034B50, 4);
        if (central)
            put(&at, 20, 2);     /* made by version 2.0 */
        put(&at, 20, 2);         /* needed to read it */
        put(&at, 0, 4);          /* flags, method */
        put(&at, 0x44E10000, 4); /* 2014-07-01 */
        put(&at, check, 4);
        put(&at, length, 4);
        put(&at, length, 4);
        put(&at, NAME, 4); /* and no extra field */
        if (central)
            for (int i = 0; i < 7; i++)
                put(&at, 0, 2); /* comment, disk, attributes, offset */
        memcpy(at, name, NAME);
        at += NAME;
        if (!central) {
            memcpy(at, text.at, length);
            at += length;
        }
    }
    put(&at, 0x06054B50, 4);
    put(&at, 0, 4);
    put(&at, 0x00010001, 4);
    put(&at, CENTRAL + NAME, 4);
    put(&at, directory, 4);
    put(&at, 0, 2);
    return (hedui_span){(const char *)file, (size_t)(at - file)};
}

/* One bit of the byte so far from the end. */
static hedui_span flip(hedui_span packed, size_t from_end)
{
    if (packed.at)
        ((char *)(uintptr_t)packed.at)[packed.length - from_end] ^= 1;
    return packed;
}

hedui_span hedui_demo_break_text(hedui_demo_break kind, hedui_span text, int level,
                                 hedui_arena *arena)
{
    static const char behind[] = "-- end of export --\n";
    hedui_span packed = {NULL, 0};
    switch (kind) {
    case HEDUI_DEMO_UTF16:
        text = utf16(text, arena);
        return text.at ? pack(text, 1, level, arena) : packed;
    case HEDUI_DEMO_PLAIN:
        return text;
    case HEDUI_DEMO_ZIP:
        return zip(text, arena);
    case HEDUI_DEMO_CUT:
    case HEDUI_DEMO_DELTA_CUT: /* what has come is whole, and it is not the end */
        text.length /= 2;
        return pack(text, 0, level, arena);
    case HEDUI_DEMO_WRONG_CRC:
        return flip(pack(text, 1, level, arena), TRAILER);
    case HEDUI_DEMO_WRONG_LENGTH:
        return flip(pack(text, 1, level, arena), TRAILER / 2);
    case HEDUI_DEMO_TRAILING_BYTES: {
        packed = pack(text, 1, level, arena);
        char *more = packed.at ? hedui_arena_take(arena, packed.length + sizeof behind) : NULL;
        if (!more)
            return (hedui_span){NULL, 0};
        memcpy(more, packed.at, packed.length);
        memcpy(more + packed.length, behind, sizeof behind - 1);
        return (hedui_span){more, packed.length + sizeof behind - 1};
    }
    case HEDUI_DEMO_BREAKS:
        break;
    }
    return packed;
}
