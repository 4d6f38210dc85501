/* The command line taken apart by the table: the first words name the command, options may stand
 * anywhere, "--" ends them. */
#include "cli/command.h"

#include <hedui/date.h>
#include <hedui/nearest.h>

typedef struct parser {
    hedui_cli_call *call;
    char *const *argv;
    int argc, at;
    hedui_language language;
    hedui_arena *arena;
    hedui_err *err;
} parser;

const hedui_cli_value *hedui_cli_value_find(const hedui_cli_call *call, const char *name)
{
    for (uint32_t i = 0; i < call->value_count; i++)
        if (strcmp(call->values[i].option->name, name) == 0)
            return &call->values[i];
    return NULL;
}

static const char *text_of(const parser *p, const hedui_buffer *buffer)
{
    hedui_span copy = hedui_arena_copy(p->arena, hedui_buffer_span(buffer));
    return copy.at ? copy.at : "";
}

static const char *dashed(const parser *p, const char *name)
{
    hedui_buffer text;
    hedui_buffer_init(&text);
    hedui_buffer_format(&text, "--%s", name);
    const char *copy = text_of(p, &text);
    hedui_buffer_free(&text);
    return copy;
}

/* How a person calls the command: "hedui rules check". */
static const char *called(const parser *p)
{
    hedui_buffer name;
    hedui_buffer_init(&name);
    hedui_buffer_text(&name, "hedui");
    if (p->call->command) {
        hedui_buffer_byte(&name, ' ');
        hedui_buffer_text(&name, p->call->command->name);
    }
    const char *text = text_of(p, &name);
    hedui_buffer_free(&name);
    return text;
}

/* What help writes in capitals, as a sentence has it: "文件（FILE...）". */
static const char *in_words(const parser *p, const char *usage)
{
    static const char *const words[][2] = {{"FILE", "文件"},
                                           {"FOLDER", "目录"},
                                           {"DIR", "目录"},
                                           {"RUN", "核对批次"},
                                           {"HOUSEHOLD", "户的编号"},
                                           {"FEED", "数据源"},
                                           {"NAME", "名称"},
                                           {"N", "数字"},
                                           {"S", "数字"},
                                           {"YYYY-MM-DD", "日期"}};
    hedui_buffer text;
    size_t length = strcspn(usage, " .");
    if (p->language != HEDUI_ZH)
        return usage;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strlen(words[i][0]) != length || memcmp(words[i][0], usage, length) != 0)
            continue;
        hedui_buffer_init(&text);
        hedui_buffer_format(&text, "%s（%s）", words[i][1], usage);
        const char *copy = text_of(p, &text);
        hedui_buffer_free(&text);
        return copy;
    }
    return usage;
}

static const hedui_cli_option *option_of(const parser *p, const char *name, size_t length,
                                         char letter)
{
    size_t count;
    const hedui_cli_option *options = hedui_cli_global_options(&count);
    for (int own = 0; own < 2; own++) {
        for (size_t i = 0; i < count; i++)
            if (letter ? options[i].letter == letter
                       : strlen(options[i].name) == length &&
                             memcmp(options[i].name, name, length) == 0)
                return &options[i];
        if (!p->call->command)
            break;
        options = p->call->command->options;
        count = p->call->command->option_count;
    }
    return NULL;
}

static hedui_status refuse_option(const parser *p, const char *given)
{
    const char *names[HEDUI_CLI_OPTIONS * 2 + 1];
    size_t count, n = 0;
    const hedui_cli_option *options = hedui_cli_global_options(&count);
    for (size_t i = 0; i < count && n < HEDUI_CLI_OPTIONS; i++)
        names[n++] = options[i].name;
    if (p->call->command)
        for (uint32_t i = 0; i < p->call->command->option_count; i++)
            names[n++] = p->call->command->options[i].name;
    names[n] = NULL;
    const char *near = given[1] == '-' ? hedui_nearest_of(hedui_span_of(given + 2), names) : NULL;
    if (!near)
        return hedui_fail(p->err, HEDUI_E8503, hedui_place_none(), HEDUI_ARG_TEXT(given),
                          HEDUI_ARG_TEXT(called(p)));
    return hedui_fail(p->err, HEDUI_E8504, hedui_place_none(), HEDUI_ARG_TEXT(given),
                      HEDUI_ARG_TEXT(called(p)), HEDUI_ARG_TEXT(dashed(p, near)));
}

static hedui_status refuse_value(const parser *p, const hedui_cli_value *value)
{
    const hedui_cli_option *option = value->option;
    hedui_buffer wanted;
    int zh = p->language == HEDUI_ZH;
    hedui_buffer_init(&wanted);
    if (option->kind == HEDUI_CLI_DATE)
        hedui_buffer_text(&wanted, zh ? "日期，例如 2014-07-05" : "a date such as 2014-07-05");
    else if (option->kind == HEDUI_CLI_NUMBER)
        hedui_buffer_format(&wanted,
                            zh ? "%lld 到 %lld 的整数" : "a whole number from %lld to %lld",
                            (long long)option->least, (long long)option->most);
    else
        hedui_buffer_format(&wanted, "%s%s", zh ? " " : "", option->value);
    hedui_status status =
        hedui_fail(p->err, HEDUI_E8507, hedui_place_none(), HEDUI_ARG_TEXT(dashed(p, option->name)),
                   HEDUI_ARG_TEXT(value->text), HEDUI_ARG_TEXT(text_of(p, &wanted)));
    hedui_buffer_free(&wanted);
    return status;
}

static int number_of(int64_t *number, const char *text)
{
    uint64_t n = 0;
    const char *at = text;
    for (; *at >= '0' && *at <= '9' && at - text < 18; at++)
        n = n * 10 + (uint64_t)(*at - '0');
    if (at == text || *at)
        return 0;
    *number = (int64_t)n;
    return 1;
}

static int value_read(hedui_cli_value *value)
{
    const hedui_cli_option *option = value->option;
    int32_t day;
    switch (option->kind) {
    case HEDUI_CLI_NUMBER:
        return number_of(&value->number, value->text) && value->number >= option->least &&
               value->number <= option->most;
    case HEDUI_CLI_DATE:
        if (!hedui_date_parse_iso(&day, hedui_span_of(value->text)))
            return 0;
        value->number = day;
        return 1;
    case HEDUI_CLI_CHOICE:
        for (int64_t i = 0; option->choices[i]; i++)
            if (strcmp(option->choices[i], value->text) == 0) {
                value->number = i;
                return 1;
            }
        return 0;
    case HEDUI_CLI_FLAG:
    case HEDUI_CLI_TEXT:
    default:
        return 1;
    }
}

/* Takes argv[at] and, if the option wants a value that is not joined to it, the word after it. The
 * last of several stands. */
static hedui_status take_option(parser *p)
{
    const char *given = p->argv[p->at++], *joined = NULL;
    const hedui_cli_option *option;
    if (given[1] == '-') {
        const char *equals = strchr(given, '=');
        size_t length = equals ? (size_t)(equals - given) - 2 : strlen(given) - 2;
        option = option_of(p, given + 2, length, 0);
        joined = equals ? equals + 1 : NULL;
    } else {
        option = option_of(p, NULL, 0, given[1]);
        joined = given[2] ? given + 2 : NULL;
    }
    if (!option)
        return refuse_option(p, given);
    hedui_cli_value value = {option, joined, 0};
    if (option->kind == HEDUI_CLI_FLAG) {
        if (joined)
            return hedui_fail(p->err, HEDUI_E8506, hedui_place_none(), HEDUI_ARG_TEXT(given));
    } else if (!joined) {
        if (p->at >= p->argc)
            return hedui_fail(p->err, HEDUI_E8505, hedui_place_none(), HEDUI_ARG_TEXT(given),
                              HEDUI_ARG_TEXT(in_words(p, option->value)));
        value.text = p->argv[p->at++];
    }
    if (!value_read(&value))
        return refuse_value(p, &value);
    for (uint32_t i = 0; i < p->call->value_count; i++)
        if (p->call->values[i].option == option) {
            p->call->values[i] = value;
            return HEDUI_OK;
        }
    if (p->call->value_count < HEDUI_CLI_OPTIONS)
        p->call->values[p->call->value_count++] = value;
    return HEDUI_OK;
}

/* "rules" alone, or "rules chek". */
static hedui_status refuse_command(const parser *p, const char *first, const char *second)
{
    size_t count, n = 0;
    const hedui_cli_command *const *commands = hedui_cli_commands(&count);
    const char *names[128 + 1];
    hedui_buffer given, members;
    hedui_status status;
    hedui_buffer_init(&given);
    hedui_buffer_init(&members);
    hedui_buffer_text(&given, first);
    size_t length = strlen(first);
    for (size_t i = 0; i < count && n < 128; i++) {
        names[n++] = commands[i]->name;
        if (strncmp(commands[i]->name, first, length) == 0 && commands[i]->name[length] == ' ')
            hedui_buffer_format(&members, "%s%s", members.length ? p->language ? ", " : "、" : "",
                                commands[i]->name + length + 1);
    }
    if (members.length && second)
        hedui_buffer_format(&given, " %s", second);
    names[n] = NULL;
    const char *near = hedui_nearest_of(hedui_span_of(text_of(p, &given)), names);
    if (near)
        status = hedui_fail(p->err, HEDUI_E8502, hedui_place_none(),
                            HEDUI_ARG_TEXT(text_of(p, &given)), HEDUI_ARG_TEXT(near));
    else if (members.length) {
        p->call->group = first;
        status = hedui_fail(p->err, HEDUI_E8510, hedui_place_none(), HEDUI_ARG_TEXT(first),
                            HEDUI_ARG_TEXT(text_of(p, &members)));
    } else
        status =
            hedui_fail(p->err, HEDUI_E8501, hedui_place_none(), HEDUI_ARG_TEXT(text_of(p, &given)));
    hedui_buffer_free(&given);
    hedui_buffer_free(&members);
    return status;
}

/* The command is in the words before any of its options; global options may precede it. */
static hedui_status find_command(parser *p, char *const *words, int count, int *used)
{
    char room[64];
    hedui_buffer name;
    *used = 0;
    if (!count)
        return HEDUI_OK;
    hedui_buffer_begin(&name, room, sizeof room);
    hedui_buffer_text(&name, words[0]);
    p->call->command = hedui_cli_command_find(hedui_buffer_span(&name).at);
    *used = 1;
    if (!p->call->command && count > 1) {
        hedui_buffer_byte(&name, ' ');
        hedui_buffer_text(&name, words[1]);
        p->call->command = hedui_cli_command_find(hedui_buffer_span(&name).at);
        *used = 2;
    }
    int failed = hedui_buffer_failed(&name);
    hedui_buffer_free(&name);
    if (failed)
        return hedui_fail_memory(p->err);
    if (!p->call->command)
        return refuse_command(p, words[0], count > 1 ? words[1] : NULL);
    return HEDUI_OK;
}

/* The first two plain words, found before options are read: an option's meaning hangs on the
 * command. A global option's value is not a word. */
static int leading_words(const parser *p, char *words[2], int at[2])
{
    int count = 0;
    for (int i = 1; i < p->argc && count < 2; i++) {
        const char *text = p->argv[i];
        if (strcmp(text, "--") == 0)
            break;
        if (text[0] != '-' || !text[1]) {
            at[count] = i;
            words[count++] = p->argv[i];
            continue;
        }
        const hedui_cli_option *option = text[1] == '-'
                                             ? option_of(p, text + 2, strlen(text + 2), 0)
                                             : option_of(p, NULL, 0, text[2] ? 0 : text[1]);
        if (option && option->kind != HEDUI_CLI_FLAG)
            i++;
    }
    return count;
}

static hedui_status check_choice(const parser *p)
{
    const hedui_cli_call *call = p->call;
    const char *const *choices = call->command->choices;
    if (!choices || !call->argument_count)
        return HEDUI_OK;
    for (uint32_t i = 0; choices[i]; i++)
        if (strcmp(choices[i], call->arguments[0]) == 0)
            return HEDUI_OK;
    return hedui_fail(p->err, HEDUI_E8507, hedui_place_none(), HEDUI_ARG_TEXT(called(p)),
                      HEDUI_ARG_TEXT(call->arguments[0]), HEDUI_ARG_TEXT(call->command->usage));
}

static hedui_status check_arguments(const parser *p)
{
    const hedui_cli_call *call = p->call;
    if (!call->command || hedui_cli_value_find(call, "help"))
        return HEDUI_OK;
    if (call->argument_count < call->command->least)
        return hedui_fail(p->err, HEDUI_E8508, hedui_place_none(), HEDUI_ARG_TEXT(called(p)),
                          HEDUI_ARG_TEXT(in_words(p, call->command->usage)));
    if (call->argument_count > call->command->most)
        return hedui_fail(p->err, HEDUI_E8509, hedui_place_none(), HEDUI_ARG_TEXT(called(p)),
                          HEDUI_ARG_TEXT(call->arguments[call->command->most]));
    return check_choice(p);
}

hedui_status hedui_cli_parse(hedui_cli_call *call, int argc, char *const *argv,
                             hedui_language language, hedui_arena *arena, hedui_err *err)
{
    parser p = {call, argv, argc, 1, language, arena, err};
    char *words[2];
    int at[2] = {0, 0}, used, options = 1;
    memset(call, 0, sizeof *call);
    int count = leading_words(&p, words, at);
    hedui_status status = find_command(&p, words, count, &used);
    while (!status && p.at < argc) {
        const char *text = argv[p.at];
        if ((used > 0 && p.at == at[0]) || (used > 1 && p.at == at[1])) {
            p.at++;
        } else if (options && strcmp(text, "--") == 0) {
            options = 0;
            p.at++;
        } else if (options && text[0] == '-' && text[1]) {
            status = take_option(&p);
        } else if (call->argument_count == HEDUI_CLI_ARGUMENTS) {
            status = hedui_fail(err, HEDUI_E8509, hedui_place_none(), HEDUI_ARG_TEXT(called(&p)),
                                HEDUI_ARG_TEXT(text));
        } else {
            call->arguments[call->argument_count++] = text;
            p.at++;
        }
    }
    return status ? status : check_arguments(&p);
}

hedui_status hedui_cli_line(uint32_t *line, const hedui_cli *cli, const char *text, hedui_err *err)
{
    uint64_t number = 0;
    int good = 1;
    for (const char *at = text; *at && good; at++) {
        if (*at == ',') /* "1,234" is what lists show */
            continue;
        good = *at >= '0' && *at <= '9' && number <= UINT32_MAX / 10;
        number = number * 10 + (uint64_t)(*at - '0');
    }
    if (!good || !number || number > UINT32_MAX)
        return hedui_fail(
            err, HEDUI_E8507, hedui_place_none(), HEDUI_ARG_TEXT("LINE"), HEDUI_ARG_TEXT(text),
            HEDUI_ARG_TEXT(hedui_cli_say(cli, "从 1 起的行号", "a line number from 1")));
    *line = (uint32_t)number;
    return HEDUI_OK;
}
