/* The command table, gathered from commands.def, and the options that every command takes. */
#include "cli/command.h"

#define HEDUI_CLI_COMMAND(name) extern const hedui_cli_command hedui_cli_command_##name;
#include "cli/commands.def"
#undef HEDUI_CLI_COMMAND

static const hedui_cli_command *const commands[] = {
#define HEDUI_CLI_COMMAND(name) &hedui_cli_command_##name,
#include "cli/commands.def"
#undef HEDUI_CLI_COMMAND
};

static const hedui_cli_word words[] = {
#define HEDUI_CLI_WORD(name, zh, en) {#name, zh, en},
#include "cli/words.def"
#undef HEDUI_CLI_WORD
};

static const char *const languages[] = {"zh", "en", NULL};
static const char *const whens[] = {"auto", "always", "never", NULL};
static const char *const progresses[] = {"auto", "bar", "log", "none", NULL};

static const hedui_cli_option globals[] = {
    {"help", 'h', HEDUI_CLI_FLAG, NULL, "显示说明", "show help", 0, 0, NULL},
    {"folder", 'C', HEDUI_CLI_TEXT, "DIR", "工作目录（缺省为 HEDUI_FOLDER、当前目录或上级目录）",
     "the workspace (default: HEDUI_FOLDER, else the current folder or one above)", 0, 0, NULL},
    {"lang", 0, HEDUI_CLI_CHOICE, "zh|en", "显示语言", "language of messages", 0, 0, languages},
    {"json", 0, HEDUI_CLI_FLAG, NULL, "输出一份 JSON", "write one JSON document", 0, 0, NULL},
    {"quiet", 'q', HEDUI_CLI_FLAG, NULL, "只显示错误", "show errors only", 0, 0, NULL},
    {"color", 0, HEDUI_CLI_CHOICE, "auto|always|never", "是否着色", "whether to colour", 0, 0,
     whens},
    {"progress", 0, HEDUI_CLI_CHOICE, "auto|bar|log|none", "进度显示在标准错误输出",
     "progress on standard error", 0, 0, progresses},
};

const hedui_cli_command *const *hedui_cli_commands(size_t *count)
{
    *count = sizeof commands / sizeof *commands;
    return commands;
}

const hedui_cli_option *hedui_cli_global_options(size_t *count)
{
    *count = sizeof globals / sizeof *globals;
    return globals;
}

const hedui_cli_command *hedui_cli_command_find(const char *name)
{
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

const hedui_cli_word *hedui_cli_words(size_t *count)
{
    *count = sizeof words / sizeof *words;
    return words;
}

const hedui_cli_word *hedui_cli_word_of(const char *name)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t length = strlen(words[i].name);
        if (strncmp(words[i].name, name, length) == 0 && name[length] == ' ')
            return &words[i];
    }
    return NULL;
}
