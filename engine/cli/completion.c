/* What the three shells' scripts have in common, and bash's. */
#include "cli/completion.h"

#include <string.h>

static int begins(const char *text, const char *word)
{
    return strncmp(text, word, strlen(word)) == 0;
}

hedui_cli_names hedui_cli_names_of(const char *usage)
{
    usage += *usage == '[';
    if (begins(usage, "FILE") || begins(usage, "OLD") || begins(usage, "DELIVERY"))
        return HEDUI_CLI_NAMES_FILES;
    if (begins(usage, "FOLDER") || begins(usage, "DIR"))
        return HEDUI_CLI_NAMES_FOLDERS;
    return HEDUI_CLI_NAMES_NOTHING;
}

const hedui_cli_option *hedui_cli_option_at(const hedui_cli_command *command, size_t at)
{
    size_t count;
    const hedui_cli_option *globals = hedui_cli_global_options(&count);
    size_t own = command ? command->option_count : 0;
    if (at < own)
        return &command->options[at];
    return at - own < count ? &globals[at - own] : NULL;
}

/* Whether an option that stands before this one has its letter (or its name) too. */
static int was_told(const hedui_cli_option *option, int letter)
{
    size_t count;
    const hedui_cli_command *const *commands = hedui_cli_commands(&count);
    const hedui_cli_option *before;
    for (size_t i = 0; i <= count; i++)
        for (size_t k = 0; (before = hedui_cli_option_at(i ? commands[i - 1] : NULL, k)); k++) {
            if (before == option)
                return 0;
            if (before->kind != HEDUI_CLI_FLAG &&
                (letter ? before->letter == option->letter
                        : strcmp(before->name, option->name) == 0))
                return 1;
        }
    return 0;
}

static void add_valued(hedui_cli *cli, const hedui_cli_option *option, const char *before)
{
    if (option->kind == HEDUI_CLI_FLAG)
        return;
    if (option->letter && !was_told(option, 1))
        hedui_buffer_format(&cli->out, "%s-%c", before, option->letter);
    if (!was_told(option, 0))
        hedui_buffer_format(&cli->out, "%s--%s", before, option->name);
}

void hedui_cli_valued_add(hedui_cli *cli, const char *before)
{
    size_t count;
    const hedui_cli_command *const *commands = hedui_cli_commands(&count);
    const hedui_cli_option *option;
    for (size_t i = 0; (option = hedui_cli_option_at(NULL, i)); i++)
        add_valued(cli, option, before);
    for (size_t i = 0; i < count; i++)
        for (uint32_t k = 0; k < commands[i]->option_count; k++)
            add_valued(cli, &commands[i]->options[k], before);
}

void hedui_cli_first_each(void (*tell)(void *context, const char *name, const char *zh,
                                       const char *en),
                          void *context)
{
    size_t count, words;
    const hedui_cli_command *const *commands = hedui_cli_commands(&count);
    const hedui_cli_word *word = hedui_cli_words(&words);
    for (size_t i = 0; i < count; i++)
        if (!hedui_cli_word_of(commands[i]->name))
            tell(context, commands[i]->name, commands[i]->zh, commands[i]->en);
    for (size_t i = 0; i < words; i++)
        tell(context, word[i].name, word[i].zh, word[i].en);
}

static void add_first(void *context, const char *name, const char *zh, const char *en)
{
    hedui_cli *cli = context;
    (void)zh;
    (void)en;
    hedui_buffer_format(&cli->out, " %s", name);
}

static void bash_option(hedui_cli *cli, const hedui_cli_option *option)
{
    if (option->kind == HEDUI_CLI_FLAG)
        return;
    hedui_buffer_text(&cli->out, "            ");
    if (option->letter)
        hedui_buffer_format(&cli->out, "-%c|", option->letter);
    hedui_buffer_format(&cli->out, "--%s)", option->name);
    hedui_cli_names names = hedui_cli_names_of(option->value);
    if (option->choices) {
        hedui_buffer_text(&cli->out, " _hedui_words");
        for (uint32_t i = 0; option->choices[i]; i++)
            hedui_buffer_format(&cli->out, " %s", option->choices[i]);
    } else if (names == HEDUI_CLI_NAMES_FILES) {
        hedui_buffer_text(&cli->out, " _hedui_paths -f");
    } else if (names == HEDUI_CLI_NAMES_FOLDERS) {
        hedui_buffer_text(&cli->out, " _hedui_paths -d");
    }
    hedui_buffer_text(&cli->out, option->choices || names ? "; return ;;\n" : " return ;;\n");
}

/* What may stand where, once the command (NULL: none yet) is known. */
static void bash_body(hedui_cli *cli, const hedui_cli_command *command)
{
    const hedui_cli_option *option;
    hedui_buffer_text(&cli->out, "        case $previous in\n");
    for (size_t i = 0; (option = hedui_cli_option_at(command, i)); i++)
        bash_option(cli, option);
    hedui_buffer_text(&cli->out,
                      "        esac\n        case $current in\n        -*) _hedui_words");
    for (size_t i = 0; (option = hedui_cli_option_at(command, i)); i++)
        hedui_buffer_format(&cli->out, " --%s", option->name);
    hedui_buffer_text(&cli->out, " ;;\n        *) ");
}

static void bash_verbs(hedui_cli *cli, const char *word)
{
    size_t count, length = strlen(word);
    const hedui_cli_command *const *commands = hedui_cli_commands(&count);
    hedui_buffer_text(&cli->out, "_hedui_words");
    for (size_t i = 0; i < count; i++) {
        const hedui_cli_word *of = hedui_cli_word_of(commands[i]->name);
        if (of && strcmp(of->name, word) == 0)
            hedui_buffer_format(&cli->out, " %s", commands[i]->name + length + 1);
    }
}

static void bash_command(hedui_cli *cli, const hedui_cli_command *command)
{
    hedui_buffer_format(&cli->out, "    '%s')\n", command->name);
    bash_body(cli, command);
    hedui_cli_names names = hedui_cli_names_of(command->usage);
    if (strcmp(command->name, "help") == 0) {
        hedui_buffer_text(&cli->out, "case ${plain[1]} in\n");
        size_t count;
        const hedui_cli_word *words = hedui_cli_words(&count);
        for (size_t i = 0; i < count; i++) {
            hedui_buffer_format(&cli->out, "            %s) ", words[i].name);
            bash_verbs(cli, words[i].name);
            hedui_buffer_text(&cli->out, " ;;\n");
        }
        hedui_buffer_text(&cli->out, "            '') _hedui_words");
        hedui_cli_first_each(add_first, cli);
        hedui_buffer_text(&cli->out, " ;;\n            esac");
    } else if (command->choices) {
        hedui_buffer_text(&cli->out, "[[ ${#plain[@]} -gt 1 ]] || _hedui_words");
        for (uint32_t i = 0; command->choices[i]; i++)
            hedui_buffer_format(&cli->out, " %s", command->choices[i]);
    } else {
        hedui_buffer_text(&cli->out, names == HEDUI_CLI_NAMES_FILES     ? "_hedui_paths -f"
                                     : names == HEDUI_CLI_NAMES_FOLDERS ? "_hedui_paths -d"
                                                                        : ":");
    }
    hedui_buffer_text(&cli->out, " ;;\n        esac ;;\n");
}

static void bash_word(hedui_cli *cli, const char *word)
{
    hedui_buffer_format(&cli->out, "    '%s')\n", word);
    bash_body(cli, NULL);
    bash_verbs(cli, word);
    hedui_buffer_text(&cli->out, " ;;\n        esac ;;\n");
}

static const char bash_head[] =
    "# bash completion of hedui; made by: hedui completion bash\n"
    "_hedui_words() {\n"
    "    mapfile -t COMPREPLY < <(compgen -W \"$*\" -- \"$current\")\n"
    "}\n"
    "_hedui_paths() {\n"
    "    compopt -o filenames 2>/dev/null\n"
    "    mapfile -t COMPREPLY < <(compgen \"$1\" -- \"$current\")\n"
    "}\n"
    "_hedui() {\n"
    "    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}\n"
    "    local word name skip=0 i\n"
    "    local -a plain=()\n"
    "    COMPREPLY=()\n"
    "    # --lang=zh comes as three words\n"
    "    if [[ $current == = ]]; then\n"
    "        current=\n"
    "    elif [[ $previous == = ]]; then\n"
    "        previous=${COMP_WORDS[COMP_CWORD - 2]}\n"
    "    fi\n"
    "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
    "        word=${COMP_WORDS[i]}\n"
    "        if [[ $word == = ]]; then\n"
    "            skip=1\n"
    "        elif ((skip)); then\n"
    "            skip=0\n"
    "        else\n"
    "            case $word in\n"
    "            ''";

static const char bash_middle[] = ") skip=1 ;;\n"
                                  "            -*) ;;\n"
                                  "            *) plain+=(\"$word\") ;;\n"
                                  "            esac\n"
                                  "        fi\n"
                                  "    done\n"
                                  "    name=${plain[0]}\n"
                                  "    case $name in\n"
                                  "    ''";

void hedui_cli_completion_bash(hedui_cli *cli)
{
    size_t count;
    const hedui_cli_command *const *commands = hedui_cli_commands(&count);
    size_t word_count;
    const hedui_cli_word *words = hedui_cli_words(&word_count);
    hedui_buffer_text(&cli->out, bash_head);
    hedui_cli_valued_add(cli, "|");
    hedui_buffer_text(&cli->out, bash_middle);
    for (size_t i = 0; i < word_count; i++)
        hedui_buffer_format(&cli->out, "|%s", words[i].name);
    hedui_buffer_text(&cli->out, ") name=${name:+$name${plain[1]:+ ${plain[1]}}} ;;\n    esac\n"
                                 "    case $name in\n    '')\n");
    bash_body(cli, NULL);
    hedui_buffer_text(&cli->out, "_hedui_words");
    hedui_cli_first_each(add_first, cli);
    hedui_buffer_text(&cli->out, " ;;\n        esac ;;\n");
    for (size_t i = 0; i < word_count; i++)
        bash_word(cli, words[i].name);
    for (size_t i = 0; i < count; i++)
        bash_command(cli, commands[i]);
    hedui_buffer_text(&cli->out, "    esac\n}\ncomplete -F _hedui hedui\n");
}
