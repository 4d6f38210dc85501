/* The scripts of zsh and fish: as bash's, with the one line of each command and option. */
#include "cli/completion.h"

/* Text for single quotes: a quote and a backslash as the shell wants them. */
static void add_quoted(hedui_cli *cli, const char *text, int fish)
{
    for (; *text; text++) {
        if (*text == '\'')
            hedui_buffer_text(&cli->out, fish ? "\\'" : "'\\''");
        else if (*text == '\\' && fish)
            hedui_buffer_text(&cli->out, "\\\\");
        else
            hedui_buffer_byte(&cli->out, *text);
    }
}

static void add_names(hedui_cli *cli, const hedui_cli_option *option, const char *between)
{
    if (option->letter)
        hedui_buffer_format(&cli->out, "-%c%s", option->letter, between);
    hedui_buffer_format(&cli->out, "--%s", option->name);
}

static void zsh_described(hedui_cli *cli, const char *name, const char *zh, const char *en)
{
    hedui_buffer_format(&cli->out, " '%s:", name);
    add_quoted(cli, hedui_cli_say(cli, zh, en), 0);
    hedui_buffer_byte(&cli->out, '\'');
}

static void zsh_first(void *context, const char *name, const char *zh, const char *en)
{
    zsh_described(context, name, zh, en);
}

static void zsh_verbs(hedui_cli *cli, const hedui_cli_word *word)
{
    size_t count, length = strlen(word->name);
    const hedui_cli_command *const *commands = hedui_cli_commands(&count);
    hedui_buffer_text(&cli->out, "found=(");
    for (size_t i = 0; i < count; i++)
        if (hedui_cli_word_of(commands[i]->name) == word)
            zsh_described(cli, commands[i]->name + length + 1, commands[i]->zh, commands[i]->en);
    hedui_buffer_text(&cli->out, " ); _describe command found");
}

static void zsh_value(hedui_cli *cli, const hedui_cli_option *option)
{
    if (option->kind == HEDUI_CLI_FLAG)
        return;
    hedui_buffer_text(&cli->out, "        (");
    add_names(cli, option, "|");
    hedui_buffer_byte(&cli->out, ')');
    hedui_cli_names names = hedui_cli_names_of(option->value);
    if (option->choices) {
        hedui_buffer_text(&cli->out, " compadd --");
        for (uint32_t i = 0; option->choices[i]; i++)
            hedui_buffer_format(&cli->out, " %s", option->choices[i]);
        hedui_buffer_byte(&cli->out, ';');
    } else if (names) {
        hedui_buffer_text(&cli->out, names == HEDUI_CLI_NAMES_FILES ? " _files;" : " _files -/;");
    }
    hedui_buffer_text(&cli->out, " return ;;\n");
}

static void zsh_body(hedui_cli *cli, const hedui_cli_command *command)
{
    const hedui_cli_option *option;
    hedui_buffer_text(&cli->out, "        case $previous in\n");
    for (size_t i = 0; (option = hedui_cli_option_at(command, i)); i++)
        zsh_value(cli, option);
    hedui_buffer_text(&cli->out, "        esac\n        case $PREFIX in\n        (-*) found=(");
    for (size_t i = 0; (option = hedui_cli_option_at(command, i)); i++)
        zsh_described(cli, hedui_cli_print(cli, "--%s", option->name).at, option->zh, option->en);
    hedui_buffer_text(&cli->out, " ); _describe -o option found ;;\n        (*) ");
}

static void zsh_command(hedui_cli *cli, const hedui_cli_command *command)
{
    size_t count;
    const hedui_cli_word *words = hedui_cli_words(&count);
    hedui_cli_names names = hedui_cli_names_of(command->usage);
    hedui_buffer_format(&cli->out, "    ('%s')\n", command->name);
    zsh_body(cli, command);
    if (strcmp(command->name, "help") == 0) {
        hedui_buffer_text(&cli->out, "case $plain[2] in\n");
        for (size_t i = 0; i < count; i++) {
            hedui_buffer_format(&cli->out, "            (%s) ", words[i].name);
            zsh_verbs(cli, &words[i]);
            hedui_buffer_text(&cli->out, " ;;\n");
        }
        hedui_buffer_text(&cli->out, "            ('') found=(");
        hedui_cli_first_each(zsh_first, cli);
        hedui_buffer_text(&cli->out, " ); _describe command found ;;\n            esac");
    } else if (command->choices) {
        hedui_buffer_text(&cli->out, "((${#plain} > 1)) || compadd --");
        for (uint32_t i = 0; command->choices[i]; i++)
            hedui_buffer_format(&cli->out, " %s", command->choices[i]);
    } else {
        hedui_buffer_text(&cli->out, names == HEDUI_CLI_NAMES_FILES     ? "_files"
                                     : names == HEDUI_CLI_NAMES_FOLDERS ? "_files -/"
                                                                        : ":");
    }
    hedui_buffer_text(&cli->out, " ;;\n        esac ;;\n");
}

static const char zsh_head[] = "#compdef hedui\n"
                               "# zsh completion of hedui; made by: hedui completion zsh\n"
                               "compdef _hedui hedui\n"
                               "_hedui() {\n"
                               "    local word name previous=${words[CURRENT-1]} skip=0 i\n"
                               "    local -a plain found\n"
                               "    if [[ $PREFIX == --*=* ]]; then\n"
                               "        previous=${PREFIX%%=*}\n"
                               "        compset -P '*='\n"
                               "    fi\n"
                               "    for ((i = 2; i < CURRENT; i++)); do\n"
                               "        word=${words[i]}\n"
                               "        if ((skip)); then\n"
                               "            skip=0\n"
                               "            continue\n"
                               "        fi\n"
                               "        case $word in\n"
                               "        (''";

void hedui_cli_completion_zsh(hedui_cli *cli)
{
    size_t count, word_count;
    const hedui_cli_command *const *commands = hedui_cli_commands(&count);
    const hedui_cli_word *words = hedui_cli_words(&word_count);
    hedui_buffer_text(&cli->out, zsh_head);
    hedui_cli_valued_add(cli, "|");
    hedui_buffer_text(&cli->out, ") skip=1 ;;\n"
                                 "        (-*) ;;\n"
                                 "        (*) plain+=(\"$word\") ;;\n"
                                 "        esac\n"
                                 "    done\n"
                                 "    name=$plain[1]\n"
                                 "    case $name in\n"
                                 "    (''");
    for (size_t i = 0; i < word_count; i++)
        hedui_buffer_format(&cli->out, "|%s", words[i].name);
    hedui_buffer_text(&cli->out, ") name=\"$name${plain[2]:+ $plain[2]}\" ;;\n    esac\n"
                                 "    case $name in\n    ('')\n");
    zsh_body(cli, NULL);
    hedui_buffer_text(&cli->out, "found=(");
    hedui_cli_first_each(zsh_first, cli);
    hedui_buffer_text(&cli->out, " ); _describe command found ;;\n        esac ;;\n");
    for (size_t i = 0; i < word_count; i++) {
        hedui_buffer_format(&cli->out, "    ('%s')\n", words[i].name);
        zsh_body(cli, NULL);
        zsh_verbs(cli, &words[i]);
        hedui_buffer_text(&cli->out, " ;;\n        esac ;;\n");
    }
    for (size_t i = 0; i < count; i++)
        zsh_command(cli, commands[i]);
    hedui_buffer_text(&cli->out, "    esac\n}\n"
                                 "if [[ $funcstack[1] == _hedui ]]; then\n"
                                 "    _hedui \"$@\"\n"
                                 "fi\n");
}

/* A line `complete -c hedui -n 'CONDITION' WHAT -d 'TEXT'`. */
static void fish_line(hedui_cli *cli, const char *condition, const char *what, const char *zh,
                      const char *en)
{
    hedui_buffer_text(&cli->out, "complete -c hedui");
    if (condition[0])
        hedui_buffer_format(&cli->out, " -n '%s'", condition);
    hedui_buffer_format(&cli->out, " %s", what);
    if (zh) {
        hedui_buffer_text(&cli->out, " -d '");
        add_quoted(cli, hedui_cli_say(cli, zh, en), 1);
        hedui_buffer_byte(&cli->out, '\'');
    }
    hedui_buffer_byte(&cli->out, '\n');
}

static const char *fish_names(hedui_cli *cli, const char *usage, const char *const *choices)
{
    hedui_cli_names names = hedui_cli_names_of(usage);
    if (choices) {
        hedui_span list = hedui_span_of("");
        for (uint32_t i = 0; choices[i]; i++)
            list = hedui_cli_print(cli, "%s%s%s", list.at, i ? " " : "", choices[i]);
        return hedui_cli_print(cli, "-x -a '%s'", list.at).at;
    }
    return names == HEDUI_CLI_NAMES_FILES     ? "-r -F"
           : names == HEDUI_CLI_NAMES_FOLDERS ? "-x -a '(__fish_complete_directories)'"
                                              : "-x";
}

static void fish_option(hedui_cli *cli, const char *condition, const hedui_cli_option *option)
{
    const char letter[] = {'-', 's', ' ', option->letter, ' ', '\0'};
    const char *value =
        option->kind == HEDUI_CLI_FLAG ? "" : fish_names(cli, option->value, option->choices);
    fish_line(
        cli, condition,
        hedui_cli_print(cli, "%s-l %s %s", option->letter ? letter : "", option->name, value).at,
        option->zh, option->en);
}

static void fish_first(void *context, const char *name, const char *zh, const char *en)
{
    hedui_cli *cli = context;
    const char *what = hedui_cli_print(cli, "-a %s", name).at;
    fish_line(cli, "__hedui_at", what, zh, en);
    fish_line(cli, "__hedui_at help", what, zh, en);
}

static void fish_command(hedui_cli *cli, const hedui_cli_command *command)
{
    const hedui_cli_word *word = hedui_cli_word_of(command->name);
    const char *inside = hedui_cli_print(cli, "__hedui_in %s", command->name).at;
    if (word) {
        const char *what = hedui_cli_print(cli, "-a %s", command->name + strlen(word->name) + 1).at;
        fish_line(cli, hedui_cli_print(cli, "__hedui_at %s", word->name).at, what, command->zh,
                  command->en);
        fish_line(cli, hedui_cli_print(cli, "__hedui_at help %s", word->name).at, what, command->zh,
                  command->en);
    }
    for (uint32_t i = 0; i < command->option_count; i++)
        fish_option(cli, inside, &command->options[i]);
    const char *names = fish_names(cli, command->usage, command->choices);
    if (strcmp(names, "-x") != 0)
        fish_line(cli, inside, names + strlen("-x "), NULL, NULL);
}

void hedui_cli_completion_fish(hedui_cli *cli)
{
    size_t count;
    const hedui_cli_command *const *commands = hedui_cli_commands(&count);
    const hedui_cli_option *option;
    hedui_buffer_text(&cli->out, "# fish completion of hedui; made by: hedui completion fish\n"
                                 "function __hedui_plain\n"
                                 "    set -l skip 0\n"
                                 "    for word in (commandline -opc)[2..-1]\n"
                                 "        if test $skip = 1\n"
                                 "            set skip 0\n"
                                 "            continue\n"
                                 "        end\n"
                                 "        switch $word\n"
                                 "            case");
    hedui_cli_valued_add(cli, " ");
    hedui_buffer_text(&cli->out, "\n"
                                 "                set skip 1\n"
                                 "            case '-*'\n"
                                 "            case '*'\n"
                                 "                echo $word\n"
                                 "        end\n"
                                 "    end\n"
                                 "end\n"
                                 "function __hedui_at\n"
                                 "    set -l plain (__hedui_plain)\n"
                                 "    test \"$plain\" = \"$argv\"\n"
                                 "end\n"
                                 "function __hedui_in\n"
                                 "    set -l plain (__hedui_plain)\n"
                                 "    test (count $plain) -ge (count $argv)\n"
                                 "    and set -l first $plain[1..(count $argv)]\n"
                                 "    and test \"$first\" = \"$argv\"\n"
                                 "end\n"
                                 "complete -c hedui -f\n");
    for (size_t i = 0; (option = hedui_cli_option_at(NULL, i)); i++)
        fish_option(cli, "", option);
    hedui_cli_first_each(fish_first, cli);
    for (size_t i = 0; i < count; i++)
        fish_command(cli, commands[i]);
}
