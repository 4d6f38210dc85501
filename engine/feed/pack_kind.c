/* What a file is, by its bytes: names lie, and offices rename. */
#include "feed/pack.h"

#include <unistd.h>

typedef struct mark {
    const char *bytes;
    size_t length;
    hedui_pack_kind kind;
    const char *word;
} mark;

static const mark marks[] = {
    {"PK\3\4", 4, HEDUI_PACK_ZIP, NULL},
    {"PK\5\6", 4, HEDUI_PACK_ZIP, NULL},
    {"\x1F\x8B", 2, HEDUI_PACK_GZIP, NULL},
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8, HEDUI_PACK_OLE, NULL},
    {"\x09\x00\x04\x00", 4, HEDUI_PACK_BIFF, NULL}, /* BIFF 2, 3, 4 */
    {"\x09\x02\x06\x00", 4, HEDUI_PACK_BIFF, NULL},
    {"\x09\x04\x06\x00", 4, HEDUI_PACK_BIFF, NULL},
    {"\x09\x08\x08\x00", 4, HEDUI_PACK_BIFF, NULL},
    {"\x09\x08\x10\x00", 4, HEDUI_PACK_BIFF, NULL},
    {"\xFF\xFE", 2, HEDUI_PACK_UTF16, NULL},
    {"\xFE\xFF", 2, HEDUI_PACK_UTF16, NULL},
    {"Rar!", 4, HEDUI_PACK_OTHER, "rar"},
    {"7z\xBC\xAF\x27\x1C", 6, HEDUI_PACK_OTHER, "7z"},
    {"\x28\xB5\x2F\xFD", 4, HEDUI_PACK_OTHER, "zstd"},
    {"\xFD\x37zXZ", 5, HEDUI_PACK_OTHER, "xz"},
    {"BZh", 3, HEDUI_PACK_OTHER, "bzip2"},
    {"%PDF", 4, HEDUI_PACK_OTHER, "pdf"},
    {"\x89PNG", 4, HEDUI_PACK_OTHER, "png"},
    {"\xFF\xD8\xFF", 3, HEDUI_PACK_OTHER, "jpeg"},
    {"SQLite format 3", 15, HEDUI_PACK_OTHER, "sqlite"},
};

hedui_pack_kind hedui_pack_kind_of(const char **word, int fd)
{
    char head[4096];
    ssize_t got = pread(fd, head, sizeof head, 0);
    hedui_span text = {head, got > 0 ? (size_t)got : 0};
    *word = NULL;
    if (!text.length)
        return HEDUI_PACK_EMPTY;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (text.length >= marks[i].length && memcmp(head, marks[i].bytes, marks[i].length) == 0) {
            *word = marks[i].word;
            return marks[i].kind;
        }
    if (memchr(head, '\0', text.length)) {
        *word = "binary";
        return HEDUI_PACK_OTHER;
    }
    size_t at = text.length >= 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (at < text.length && (head[at] == ' ' || head[at] == '\r' || head[at] == '\n'))
        at++;
    return at < text.length && head[at] == '<' ? HEDUI_PACK_MARKUP : HEDUI_PACK_TEXT;
}

/* A protected workbook is an old container with a stream of this name in its directory. */
static int is_protected(int fd)
{
    static const char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
    enum { PIECE = 64 * 1024, MOST = 1024 };
    char piece[PIECE];
    off_t at = 0;
    for (int i = 0; i < MOST; i++) {
        ssize_t got = pread(fd, piece, sizeof piece, at);
        if (got <= 0)
            return 0;
        if (memmem(piece, (size_t)got, name, sizeof name - 1))
            return 1;
        at += got == PIECE ? PIECE - (off_t)sizeof name : got;
    }
    return 0;
}

hedui_status hedui_pack_kind_refuse(hedui_pack_kind kind, const char *word, int fd,
                                    const char *source, hedui_err *err)
{
    hedui_place none = hedui_place_none();
    switch (kind) {
    case HEDUI_PACK_OLE:
        if (is_protected(fd))
            return hedui_fail(err, HEDUI_E2202, none, HEDUI_ARG_TEXT(source));
        return hedui_fail(err, HEDUI_E2201, none, HEDUI_ARG_TEXT(source));
    case HEDUI_PACK_BIFF:
        return hedui_fail(err, HEDUI_E2201, none, HEDUI_ARG_TEXT(source));
    case HEDUI_PACK_UTF16:
        return hedui_fail(err, HEDUI_E2208, none, HEDUI_ARG_TEXT(source));
    case HEDUI_PACK_MARKUP:
        return hedui_fail(err, HEDUI_E2206, none, HEDUI_ARG_TEXT(source));
    case HEDUI_PACK_OTHER:
        return hedui_fail(err, HEDUI_E2207, none, HEDUI_ARG_TEXT(source), HEDUI_ARG_TEXT(word));
    case HEDUI_PACK_EMPTY:
        return hedui_fail(err, HEDUI_E2224, none, HEDUI_ARG_TEXT(source));
    case HEDUI_PACK_ZIP:
        return hedui_fail(err, HEDUI_E2214, none, HEDUI_ARG_TEXT(source));
    case HEDUI_PACK_TEXT:
    case HEDUI_PACK_GZIP:
        break;
    }
    return HEDUI_OK;
}
