/** @file
 * The command table: one row a command, one file a row. It drives parsing, help and suggestions.
 */
#ifndef HEDUI_CLI_COMMAND_H
#define HEDUI_CLI_COMMAND_H

#include "cli/cli.h"

#include <stdint.h>

enum { HEDUI_CLI_OPTIONS = 24, HEDUI_CLI_ARGUMENTS = 1024 };

typedef enum hedui_cli_kind {
    HEDUI_CLI_FLAG,
    HEDUI_CLI_TEXT,
    HEDUI_CLI_NUMBER, /**< between least and most */
    HEDUI_CLI_DATE,   /**< YYYY-MM-DD; its number is the day */
    HEDUI_CLI_CHOICE  /**< one of `choices` */
} hedui_cli_kind;

/** One option. Abbreviations are refused, so that a new option never breaks a script. */
typedef struct hedui_cli_option {
    const char *name; /**< without dashes */
    char letter;      /**< 0: none */
    hedui_cli_kind kind;
    const char *value;   /**< what help calls the value; NULL for a flag */
    const char *zh, *en; /**< one line of help */
    int64_t least, most;
    const char *const *choices; /**< ended by NULL */
} hedui_cli_option;

/** What a person is about when reaching for a command; the top help is grouped by it. */
typedef enum hedui_cli_group {
    HEDUI_CLI_BEGIN,
    HEDUI_CLI_FEEDS,
    HEDUI_CLI_RULES,
    HEDUI_CLI_RUNS,
    HEDUI_CLI_CARE,
    HEDUI_CLI_GROUPS
} hedui_cli_group;

struct hedui_cli_call;

typedef struct hedui_cli_command {
    const char *name; /**< one word, or two: "rules check" */
    hedui_cli_group group;
    const char *usage;          /**< arguments as help shows them: "[FOLDER]" */
    uint32_t least, most;       /**< how many arguments */
    const char *const *choices; /**< all that the first may be, ended by NULL; NULL: anything */
    const hedui_cli_option *options;
    uint32_t option_count;
    const char *zh, *en; /**< one line */
    const char *more_zh, *more_en, *example;
    const char *schema; /**< of its document with --json */
    int minor; /**< 1: not in the top help, but in that of its first word and in help --all */
    /** @return the exit code */
    int (*run)(hedui_cli *cli, const struct hedui_cli_call *call);
} hedui_cli_command;

/** One option as given. */
typedef struct hedui_cli_value {
    const hedui_cli_option *option;
    const char *text;
    int64_t number; /**< NUMBER, DATE; CHOICE: its index */
} hedui_cli_value;

/** A command line taken apart; texts are borrowed from argv. */
typedef struct hedui_cli_call {
    const hedui_cli_command *command; /**< NULL: none was named */
    const char *group;                /**< after E8510: the word that several commands begin with */
    const char *arguments[HEDUI_CLI_ARGUMENTS];
    uint32_t argument_count;
    hedui_cli_value values[HEDUI_CLI_OPTIONS];
    uint32_t value_count;
} hedui_cli_call;

/** All commands in the order of the help. */
const hedui_cli_command *const *hedui_cli_commands(size_t *count);

/** What the commands that begin with one word are about: "feeds". */
typedef struct hedui_cli_word {
    const char *name, *zh, *en;
} hedui_cli_word;

/** The first words of two-word commands (words.def). */
const hedui_cli_word *hedui_cli_words(size_t *count);

/** Such a word for a command's name, "feeds" for "feeds list"; NULL for a name of one word. */
const hedui_cli_word *hedui_cli_word_of(const char *name);

/** Options that every command takes. */
const hedui_cli_option *hedui_cli_global_options(size_t *count);

/** The command of this name ("rules check"), or NULL. */
const hedui_cli_command *hedui_cli_command_find(const char *name);

/** A line number among the arguments, from 1, perhaps with commas as lists show it. @param line Set
 * on success. HEDUI_E8507. */
hedui_status hedui_cli_line(uint32_t *line, const hedui_cli *cli, const char *text, hedui_err *err);

/** The value given for an option by its name, or NULL. */
const hedui_cli_value *hedui_cli_value_find(const hedui_cli_call *call, const char *name);

/**
 * Take a command line apart.
 *
 * @param language  For the words inside a message.
 * @return E8501 to E8510 for what cannot be understood.
 */
hedui_status hedui_cli_parse(hedui_cli_call *call, int argc, char *const *argv,
                             hedui_language language, hedui_arena *arena, hedui_err *err);

/** Append the top help, at most 24 lines: a line for each first word. */
void hedui_cli_help_top(hedui_cli *cli);

/** Append every command, by group. */
void hedui_cli_help_all(hedui_cli *cli);

/** Append the whole table as JSON: "hedui.help_all/1". */
void hedui_cli_table_write(hedui_cli *cli);

/** Append a list of all commands that begin with a word: "rules". @return how many. */
int hedui_cli_help_group(hedui_cli *cli, const char *word);

/** Append the help of one command. */
void hedui_cli_help_command(hedui_cli *cli, const hedui_cli_command *command);

#endif
