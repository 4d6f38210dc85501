/* SHA-256 by OpenSSL's EVP interface. */
#include <hedui/digest.h>

#include <openssl/evp.h>
#include <stdlib.h>

struct hedui_digester {
    EVP_MD_CTX *context;
    int failed;
};

static void start(hedui_digester *digester)
{
    digester->failed = EVP_DigestInit_ex(digester->context, EVP_sha256(), NULL) != 1;
}

hedui_digester *hedui_digester_open(void)
{
    hedui_digester *digester = calloc(1, sizeof *digester);
    if (!digester)
        return NULL;
    digester->context = EVP_MD_CTX_new();
    if (!digester->context) {
        free(digester);
        return NULL;
    }
    start(digester);
    return digester;
}

void hedui_digester_close(hedui_digester *digester)
{
    if (!digester)
        return;
    EVP_MD_CTX_free(digester->context);
    free(digester);
}

void hedui_digester_add(hedui_digester *digester, const void *bytes, size_t length)
{
    if (length && EVP_DigestUpdate(digester->context, bytes, length) != 1)
        digester->failed = 1;
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
    uint8_t bytes[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    int bad = digester->failed;
    if (!bad)
        bad = EVP_DigestFinal_ex(digester->context, bytes, &length) != 1 ||
              length != HEDUI_DIGEST_BYTES;
    start(digester);
    if (bad)
        return hedui_fail_plain(err, HEDUI_E1007, hedui_place_none());
    memcpy(digest->bytes, bytes, HEDUI_DIGEST_BYTES);
    return HEDUI_OK;
}

hedui_status hedui_digest_of(hedui_digest *digest, hedui_span bytes, hedui_err *err)
{
    hedui_digester *digester = hedui_digester_open();
    if (!digester)
        return hedui_fail_memory(err);
    hedui_digester_add(digester, bytes.at, bytes.length);
    hedui_status status = hedui_digester_end(digest, digester, err);
    hedui_digester_close(digester);
    return status;
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
