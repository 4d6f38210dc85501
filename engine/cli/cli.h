/** @file
 * One invocation of the program: in which language it speaks, where its output goes, what it works
 * on. Data goes to standard output in one piece when the command ends; all else to standard error.
 */
#ifndef HEDUI_CLI_CLI_H
#define HEDUI_CLI_CLI_H

#include <hedui/arena.h>
#include <hedui/buffer.h>
#include <hedui/err.h>
#include <hedui/message.h>

/** How far a long command is, on standard error. */
typedef enum hedui_cli_progress_mode {
    HEDUI_CLI_PROGRESS_AUTO, /**< a bar at a terminal, nothing elsewhere */
    HEDUI_CLI_PROGRESS_BAR,
    HEDUI_CLI_PROGRESS_LOG, /**< one line a stage */
    HEDUI_CLI_PROGRESS_NONE
} hedui_cli_progress_mode;

/** Colour only marks; the words carry the meaning. */
typedef enum hedui_cli_color {
    HEDUI_CLI_GREEN = 32,
    HEDUI_CLI_RED = 31,
    HEDUI_CLI_YELLOW = 33
} hedui_cli_color;

/** Why a folder is taken as the workspace. */
typedef enum hedui_cli_origin {
    HEDUI_CLI_HERE,     /**< it is the current one */
    HEDUI_CLI_OPTION,   /**< -C names it */
    HEDUI_CLI_VARIABLE, /**< $HEDUI_FOLDER names it */
    HEDUI_CLI_ABOVE     /**< the nearest above the current one with a hedui.yaml */
} hedui_cli_origin;

/** What a list is printed as, see cli/list.h; JSON sets `json`. */
typedef enum hedui_cli_shape {
    HEDUI_CLI_TABLE,
    HEDUI_CLI_CSV,
    HEDUI_CLI_MARKDOWN,
    HEDUI_CLI_JSON
} hedui_cli_shape;

typedef struct hedui_cli {
    hedui_language language;
    const char *language_from;    /**< "--lang", the environment variable, or NULL: the default */
    int json;                     /**< one JSON document in place of text */
    hedui_cli_shape shape;        /**< of lists */
    int quiet;                    /**< errors only */
    int color_out, color_err;     /**< 1: may colour */
    hedui_cli_progress_mode mode; /**< never AUTO once set up */
    const char *folder;           /**< of the workspace; NULL: the current one */
    hedui_cli_origin origin;      /**< why that one */
    const char *share;            /**< with the shipped feeds/ and rules/packs/ */
    hedui_arena *arena;           /**< lives as long as the command */
    hedui_buffer out;             /**< for standard output */
    hedui_buffer
        list; /**< for standard output unless shape is TABLE; then `out` is for standard error */
    hedui_buffer next;   /**< what to do next, told when the command has ended */
    const char *program; /**< how the program was called, for commands to copy */
    hedui_notes notes;   /**< warnings and lists of errors, printed as they come */
    int told;            /**< errors printed through `notes` */
    int wrote;           /**< 1: something went to standard output */
    hedui_err failed;    /**< the last failure printed, for a program that reads JSON */
} hedui_cli;

/** The text in the language spoken; a format stays checked against its arguments. */
__attribute__((format_arg(2), format_arg(3))) static inline const char *
hedui_cli_say(const hedui_cli *cli, const char *zh, const char *en)
{
    return cli->language == HEDUI_ZH ? zh : en;
}

/** Print a failure to standard error. @return its exit code, so that a command can end in it. */
int hedui_cli_fail(hedui_cli *cli, const hedui_err *err);

/** The same at the end of a call that was given `notes`: silent if they told already. */
int hedui_cli_fail_once(hedui_cli *cli, const hedui_err *err);

/** 1 if a status ends a command; one that only makes it "done, but look" is a warning. */
int hedui_cli_is_error(hedui_status status);

/** Print a warning, or one of several errors, to standard error. */
void hedui_cli_note(const hedui_cli *cli, const hedui_err *err);

/** Tell what to do next, on standard error behind the data; nothing with -q or --json.
 * @param command  Without the program's name: "rules check". */
void hedui_cli_next(hedui_cli *cli, const char *command);

/** Append `text` in a colour where standard output may be coloured. */
void hedui_cli_mark(hedui_cli *cli, hedui_cli_color color, const char *text);

/** The day of the machine's clock, for options that default to it. */
int32_t hedui_cli_today(void);

/** Append a number with a comma each three digits: 1,204,551. */
void hedui_cli_count(hedui_buffer *out, int64_t number);

/** The same as text in the invocation's arena; "" without memory. */
hedui_span hedui_cli_counted(const hedui_cli *cli, int64_t number);

/** Printed text in the invocation's arena; "" without memory. */
hedui_span hedui_cli_print(const hedui_cli *cli, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/** Append a failure as one JSON document, schema "hedui.error/1". */
void hedui_cli_fail_write(hedui_cli *cli, const hedui_err *err);

/** Write what is in `out` to standard output. @return 0, or 6 after telling why it failed. A reader
 * that has gone away (`| head`) had enough: not a failure. */
int hedui_cli_flush(hedui_cli *cli);

/**
 * The folder with the shipped feeds/ and rules/: $HEDUI_SHARE, else the tree around the build
 * folder that the program stands in, else share/hedui beside the program's bin/, else where it was
 * installed to. In `arena`.
 */
const char *hedui_cli_share(hedui_arena *arena);

#endif
