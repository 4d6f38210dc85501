/** @file
 * The citizen number (公民身份号码): reading, printing, masking.
 *
 * Source: GB 11643-1999 (18 characters: 6 area, 8 birth date, 3 sequence, 1 check by ISO 7064
 * MOD 11-2); the older 15-digit form has a two-digit year and no check character.
 */
#ifndef HEDUI_CITIZEN_ID_H
#define HEDUI_CITIZEN_ID_H

#include <hedui/err.h>
#include <hedui/span.h>

#include <stdint.h>

/** The first 17 digits as a number, below 10^17; the check character follows from them.
 * 0 is no number of anybody. */
typedef uint64_t hedui_citizen_id;

/** What a text turned out to be. */
typedef enum hedui_citizen_id_form {
    HEDUI_CITIZEN_ID_18,     /**< well-formed, check character true */
    HEDUI_CITIZEN_ID_15,     /**< old number, upgraded by "19" and a check character: probably, not
                                  surely, the person's number (the century is assumed) */
    HEDUI_CITIZEN_ID_EMPTY,  /**< nothing there, or a sign for nothing: 无 - NULL 0 */
    HEDUI_CITIZEN_ID_FORMAT, /**< wrong length or characters, scientific notation included */
    HEDUI_CITIZEN_ID_MASKED, /**< some digits replaced by asterisks */
    HEDUI_CITIZEN_ID_DATE,   /**< the birth date does not exist */
    HEDUI_CITIZEN_ID_CHECK   /**< the check character is wrong */
} hedui_citizen_id_form;

enum { HEDUI_CITIZEN_ID_TEXT = 19, HEDUI_CITIZEN_ID_TOKEN = 17 };

/**
 * Read one citizen number as registries write it.
 *
 * Accepted around the number: blanks (also U+3000 and NBSP), one leading apostrophe, `="..."`.
 * Accepted inside: lower-case x, full-width digits and X. Nothing else is repaired or guessed: an
 * unknown area code is no fault (codes are abolished but stay in numbers for life), a wrong check
 * character always is.
 *
 * @param id    Set for HEDUI_CITIZEN_ID_18 and _15, untouched otherwise.
 * @param text  UTF-8, borrowed.
 */
hedui_citizen_id_form hedui_citizen_id_parse(hedui_citizen_id *id, hedui_span text);

/** 1 and `id` set if the text is 18 plain ASCII characters that hedui_citizen_id_parse takes for
 * HEDUI_CITIZEN_ID_18: nearly all cells, quickly told; else 0. In any character set that has ASCII.
 */
int hedui_citizen_id_plain(hedui_citizen_id *id, hedui_span text);

/** Print all 18 characters and a NUL. For keys and for reveals on the record only. */
void hedui_citizen_id_print(char text[HEDUI_CITIZEN_ID_TEXT], hedui_citizen_id id);

/** Print with 6 + 4 characters shown: 659000********002X, and a NUL. */
void hedui_citizen_id_mask(char text[HEDUI_CITIZEN_ID_TEXT], hedui_citizen_id id);

/**
 * A stand-in that is the same for the same person and shows nothing: the first 16 hexadecimal
 * digits of the SHA-256 of the 18 characters, and a NUL. Not a secret (numbers can be tried), so it
 * belongs into the store, never into a public list. HEDUI_E1001.
 */
hedui_status hedui_citizen_id_token(char token[HEDUI_CITIZEN_ID_TOKEN], hedui_citizen_id id,
                                    hedui_err *err);

/** The same stand-in as a number: its 16 digits read as hexadecimal. HEDUI_E1001. */
hedui_status hedui_citizen_id_token_number(uint64_t *token, hedui_citizen_id id, hedui_err *err);

/** The birth date as a day number (see hedui/date.h). `id` must come from a successful parse. */
int32_t hedui_citizen_id_birth(hedui_citizen_id id);

/** 1 male, 2 female (GB/T 2261.1), by the parity of the sequence number. */
int hedui_citizen_id_sex(hedui_citizen_id id);

#endif
