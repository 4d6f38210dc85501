/** @file
 * The catalogue: every message in Chinese and English, rendered from an error value. Compiled in,
 * because a stock server has no Chinese locale for the usual machinery to find.
 */
#ifndef HEDUI_MESSAGE_H
#define HEDUI_MESSAGE_H

#include <hedui/buffer.h>
#include <hedui/err.h>

typedef enum hedui_language { HEDUI_ZH, HEDUI_EN } hedui_language;

/** One line of the catalogue. */
typedef struct hedui_message {
    int number;    /**< as in E2101 */
    int exit_code; /**< what a command that fails by it returns */
    const char *zh, *en;
} hedui_message;

/** All messages in ascending order of their numbers. @param count  Set to how many there are. */
const hedui_message *hedui_message_all(size_t *count);

/** The message with this number, or NULL. */
const hedui_message *hedui_message_find(int number);

/** The exit code of a status: 0 for HEDUI_OK, 1 for one that the catalogue does not know. */
int hedui_message_exit(hedui_status status);

/** Append the sentence with its arguments filled in: no number, no place. Control characters in
 * arguments are shown as escapes, so that one message stays one line. */
void hedui_message_sentence(hedui_buffer *out, const hedui_err *err, hedui_language language);

/** Append what an errno means: for the common ones in the language asked for, else in the system's
 * words. */
void hedui_message_errno(hedui_buffer *out, int number, hedui_language language);

/** Append the sentence of a remark: a message number and its arguments as one text, separated by
 * tabs. A number that the catalogue does not know gives the arguments alone. */
void hedui_message_remark(hedui_buffer *out, int number, hedui_span arguments,
                          hedui_language language);

/**
 * Append the whole message as a person reads it: kind and number, place, sentence; below it the
 * source line and a caret if the error has one; below that where to read more. Ends in a line feed.
 *
 * @param warning  1 to begin with 警告 / warning in place of 错误 / error.
 */
void hedui_message_render(hedui_buffer *out, const hedui_err *err, hedui_language language,
                          int warning);

#endif
