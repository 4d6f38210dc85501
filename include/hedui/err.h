/** @file
 * How a failure travels: a number, a place and typed arguments in a value of the caller's, filled
 * once at the lowest level that knows them, passed up unchanged, put into words by the faces.
 *
 * A failure is not a bug (HEDUI_INVARIANT), not a rejected row (kept and counted) and not a
 * finding (the product).
 */
#ifndef HEDUI_ERR_H
#define HEDUI_ERR_H

#include <hedui/span.h>

#include <stdint.h>

/** Every message of the product. HEDUI_OK is success; all others are listed in messages.def. */
typedef enum hedui_status {
    HEDUI_OK = 0,
#define HEDUI_MESSAGE(number, exit_code, zh, en) HEDUI_E##number = number,
#include <hedui/messages.def>
#undef HEDUI_MESSAGE
} hedui_status;

/** Where: a file, a line and column counted from 1 (0: not known), a byte offset (-1: not known).
 */
typedef struct hedui_place {
    const char *file;
    uint32_t line;
    uint32_t column;
    int64_t offset;
} hedui_place;

/** One typed argument of a message; build it with the HEDUI_ARG_ macros below. */
typedef struct hedui_arg {
    enum {
        HEDUI_ARG_KIND_END,
        HEDUI_ARG_KIND_TEXT,
        HEDUI_ARG_KIND_NUMBER,
        HEDUI_ARG_KIND_ERRNO
    } kind;
    hedui_span text;
    int64_t number;
} hedui_arg;

#define HEDUI_ARG_END                                                                              \
    {                                                                                              \
        HEDUI_ARG_KIND_END, {0, 0}, 0                                                              \
    }
#define HEDUI_ARG_TEXT(c_text)                                                                     \
    {                                                                                              \
        HEDUI_ARG_KIND_TEXT, hedui_span_of(c_text), 0                                              \
    }
#define HEDUI_ARG_SPAN(span)                                                                       \
    {                                                                                              \
        HEDUI_ARG_KIND_TEXT, (span), 0                                                             \
    }
#define HEDUI_ARG_NUMBER(n)                                                                        \
    {                                                                                              \
        HEDUI_ARG_KIND_NUMBER, {0, 0}, (int64_t)(n)                                                \
    }
/** An errno, put into words when the message is rendered. */
#define HEDUI_ARG_ERRNO(n)                                                                         \
    {                                                                                              \
        HEDUI_ARG_KIND_ERRNO, {0, 0}, (int64_t)(n)                                                 \
    }

enum {
    HEDUI_ERR_ARGS = 5,     /**< arguments a message can have */
    HEDUI_ERR_TEXT = 640,   /**< bytes for all text arguments; longer ones end in an ellipsis */
    HEDUI_ERR_FILE = 256,   /**< bytes of a file name; longer ones lose their beginning */
    HEDUI_ERR_EXCERPT = 240 /**< bytes of the source line shown above the caret */
};

/** Opaque to everybody but base and text; a fixed size so that it can travel by value. */
typedef struct hedui_err {
    hedui_status status; /**< HEDUI_OK while nothing went wrong */
    uint32_t line, column;
    int64_t offset;
    char file[HEDUI_ERR_FILE];
    struct {
        uint8_t kind;
        uint16_t at, length;
        int64_t number;
    } args[HEDUI_ERR_ARGS];
    uint16_t text_used;
    char text[HEDUI_ERR_TEXT];
    char excerpt[HEDUI_ERR_EXCERPT];    /**< source line, empty if none */
    uint32_t caret_column, caret_width; /**< in code points from 1 */
} hedui_err;

/** A place that is a whole file. */
static inline hedui_place hedui_place_file(const char *file)
{
    hedui_place place = {file, 0, 0, -1};
    return place;
}

/** A place in a text file. */
static inline hedui_place hedui_place_at(const char *file, uint32_t line, uint32_t column)
{
    hedui_place place = {file, line, column, -1};
    return place;
}

/** No place: the failure concerns the run as a whole. */
static inline hedui_place hedui_place_none(void)
{
    hedui_place place = {0, 0, 0, -1};
    return place;
}

/** Make `err` say "nothing went wrong". */
void hedui_err_init(hedui_err *err);

/**
 * Record a failure. Say it once: a value that already holds a failure is left as it is.
 *
 * @param err     Filled; NULL is accepted when the caller only wants the status.
 * @param status  Number from messages.def.
 * @param place   Copied.
 * @param args    Up to HEDUI_ERR_ARGS, ended by HEDUI_ARG_END; texts are copied.
 * @return `status`, so that a function can end in `return hedui_fail(...)`.
 */
hedui_status hedui_fail_with(hedui_err *err, hedui_status status, hedui_place place,
                             const hedui_arg *args);

/** hedui_fail(err, HEDUI_E2001, place, HEDUI_ARG_TEXT(name), HEDUI_ARG_NUMBER(3)): one argument or
 * more; the end mark is added here so that no caller can forget it. */
#define hedui_fail(err, status, place, ...)                                                        \
    hedui_fail_with((err), (status), (place), (const hedui_arg[]){__VA_ARGS__, HEDUI_ARG_END})

/** The same for a message without arguments. */
hedui_status hedui_fail_plain(hedui_err *err, hedui_status status, hedui_place place);

/** Shorthand of the most frequent failure: no memory (HEDUI_E1001). */
hedui_status hedui_fail_memory(hedui_err *err);

/** Attach the source line and a caret under `width` code points from `column` (from 1). Copied. */
void hedui_err_excerpt(hedui_err *err, hedui_span source_line, uint32_t column, uint32_t width);

/** A collector of failures and warnings, for files whose errors are all reported in one go. */
typedef struct hedui_notes {
    void (*add)(void *context, const hedui_err *note); /**< `note` is borrowed for the call */
    void *context;
} hedui_notes;

#endif
