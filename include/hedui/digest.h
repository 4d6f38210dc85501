/** @file
 * SHA-256 (FIPS 180-4), by which files, rules, facts and results are told apart.
 */
#ifndef HEDUI_DIGEST_H
#define HEDUI_DIGEST_H

#include <hedui/err.h>
#include <hedui/span.h>

#include <stdint.h>

enum { HEDUI_DIGEST_BYTES = 32, HEDUI_DIGEST_HEX = 65 };

typedef struct hedui_digest {
    uint8_t bytes[HEDUI_DIGEST_BYTES];
} hedui_digest;

/** A digest being computed. */
typedef struct hedui_digester hedui_digester;

/** @return a new computation owned by the caller (hedui_digester_close), NULL without memory. */
hedui_digester *hedui_digester_open(void);

/** NULL is accepted. */
void hedui_digester_close(hedui_digester *digester);

/** Take in bytes; `bytes` may be NULL if `length` is 0. */
void hedui_digester_add(hedui_digester *digester, const void *bytes, size_t length);

/** Take in a field: its length as 8 bytes, least significant first, then its bytes, so that
 * ("ab","c") and ("a","bc") differ. */
void hedui_digester_field(hedui_digester *digester, hedui_span field);

/** Take in a number as 8 bytes, least significant first. */
void hedui_digester_number(hedui_digester *digester, int64_t number);

/** Finish; the computation starts anew from nothing. Always HEDUI_OK: the status is for a library
 * that can fail, such as one of approved modules. */
hedui_status hedui_digester_end(hedui_digest *digest, hedui_digester *digester, hedui_err *err);

/** The digest of one piece of memory. */
hedui_status hedui_digest_of(hedui_digest *digest, hedui_span bytes, hedui_err *err);

/** The digest of a whole file, read in pieces. HEDUI_E1001, HEDUI_E1002, HEDUI_E1003. */
hedui_status hedui_digest_of_file(hedui_digest *digest, const char *path, hedui_err *err);

/** Lower-case hexadecimal, NUL-terminated. */
void hedui_digest_hex(char hex[HEDUI_DIGEST_HEX], const hedui_digest *digest);

/** Read what hedui_digest_hex wrote. @return 1 if `hex` is 64 hexadecimal digits, else 0. */
int hedui_digest_parse(hedui_digest *digest, hedui_span hex);

#endif
