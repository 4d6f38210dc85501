/* SHA-256 by nettle: nothing is looked up, loaded or allocated behind our back, so that a digest
 * cannot fail when memory runs out. */
#include <hedui/digest.h>

#include <errno.h>
#include <fcntl.h>
#include <nettle/sha2.h>
#include <stdlib.h>
#include <unistd.h>

struct hedui_digester {
    struct sha256_ctx context;
};

hedui_digester *hedui_digester_open(void)
{
    hedui_digester *digester = malloc(sizeof *digester);
    if (digester)
        sha256_init(&digester->context);
    return digester;
}

void hedui_digester_close(hedui_digester *digester)
{
    free(digester);
}

void hedui_digester_add(hedui_digester *digester, const void *bytes, size_t length)
{
    sha256_update(&digester->context, length, bytes);
}

void hedui_digester_number(hedui_digester *digester, int64_t number)
{
    uint8_t bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (uint8_t)((uint64_t)number >> (8 * i));
    hedui_digester_add(digester, bytes, sizeof bytes);
}

void hedui_digester_field(hedui_digester *digester, hedui_span field)
{
    hedui_digester_number(digester, (int64_t)field.length);
    hedui_digester_add(digester, field.at, field.length);
}

hedui_status hedui_digester_end(hedui_digest *digest, hedui_digester *digester, hedui_err *err)
{
    (void)err;
    sha256_digest(&digester->context, HEDUI_DIGEST_BYTES, digest->bytes); /* and starts anew */
    return HEDUI_OK;
}

hedui_status hedui_digest_of(hedui_digest *digest, hedui_span bytes, hedui_err *err)
{
    hedui_digester digester;
    sha256_init(&digester.context);
    hedui_digester_add(&digester, bytes.at, bytes.length);
    return hedui_digester_end(digest, &digester, err);
}

hedui_status hedui_digest_of_file(hedui_digest *digest, const char *path, hedui_err *err)
{
    enum { PIECE = 1 << 16 };
    hedui_digester digester;
    hedui_status status = HEDUI_OK;
    ssize_t got = 1;
    char *piece = malloc(PIECE);
    if (!piece)
        return hedui_fail_memory(err);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        status = hedui_fail(err, HEDUI_E1002, hedui_place_none(), HEDUI_ARG_TEXT(path),
                            HEDUI_ARG_ERRNO(errno));
    sha256_init(&digester.context);
    while (!status && got > 0) {
        got = read(fd, piece, PIECE);
        if (got > 0)
            hedui_digester_add(&digester, piece, (size_t)got);
        else if (got < 0 && errno == EINTR)
            got = 1;
        else if (got < 0)
            status = hedui_fail(err, HEDUI_E1003, hedui_place_none(), HEDUI_ARG_TEXT(path),
                                HEDUI_ARG_ERRNO(errno));
    }
    if (fd >= 0)
        (void)close(fd);
    free(piece);
    return status ? status : hedui_digester_end(digest, &digester, err);
}

void hedui_digest_hex(char hex[HEDUI_DIGEST_HEX], const hedui_digest *digest)
{
    static const char digits[] = "0123456789abcdef";
    for (int i = 0; i < HEDUI_DIGEST_BYTES; i++) {
        hex[2 * i] = digits[digest->bytes[i] >> 4];
        hex[2 * i + 1] = digits[digest->bytes[i] & 15];
    }
    hex[HEDUI_DIGEST_HEX - 1] = '\0';
}

static int nibble(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

int hedui_digest_parse(hedui_digest *digest, hedui_span hex)
{
    hedui_digest parsed;
    if (hex.length != HEDUI_DIGEST_HEX - 1)
        return 0;
    for (int i = 0; i < HEDUI_DIGEST_BYTES; i++) {
        int high = nibble(hex.at[2 * i]), low = nibble(hex.at[2 * i + 1]);
        if (high < 0 || low < 0)
            return 0;
        parsed.bytes[i] = (uint8_t)(high * 16 + low);
    }
    *digest = parsed;
    return 1;
}
