/* Pages in the language of man(7). Chinese has no blanks to break lines at, so places where a line
 * may end are marked between its characters. */
#include "cli/manual.h"

#include <hedui/escape.h>

static int is_one_of(hedui_span character, const char *list)
{
    for (const char *at = list; (at = strchr(at, character.at[0])); at++)
        if (strncmp(at, character.at, character.length) == 0)
            return 1;
    return 0;
}

/* Whether a line may end between two characters: next to a wide one, but not before closing and
 * not behind opening punctuation. */
static int may_break(hedui_span before, hedui_span after)
{
    if (hedui_display_width(before) < 2 && hedui_display_width(after) < 2)
        return 0;
    return !is_one_of(after, "，。；：、？！）》”’…|.,;:)") && !is_one_of(before, "（《“‘(|");
}

/* Text as man(7) wants it; a line of input must not begin with a control character. Programs that
 * index pages read headings and the line of the name: no marks in those. */
static void add_marked(hedui_buffer *page, const char *text, int marks)
{
    hedui_span all = hedui_span_of(text), before = {NULL, 0};
    int32_t point;
    size_t length;
    if (*text == '.' || *text == '\'')
        hedui_buffer_text(page, "\\&");
    for (size_t at = 0; (length = hedui_utf8_next(&point, all, at)) > 0; at += length) {
        hedui_span now = {text + at, length};
        if (marks && before.at && *before.at != ' ' && point != ' ' && may_break(before, now))
            hedui_buffer_text(page, "\\:");
        if (point == '\\')
            hedui_buffer_text(page, "\\e");
        else if (point == '-')
            hedui_buffer_text(page, "\\-");
        else if (point == '"')
            hedui_buffer_text(page, "\\(dq");
        else
            hedui_buffer_add(page, now);
        before = now;
    }
}

static void add_text(hedui_buffer *page, const char *text)
{
    add_marked(page, text, 1);
}

static void add_line(hedui_buffer *page, const char *text)
{
    add_text(page, text);
    hedui_buffer_byte(page, '\n');
}

static void add_heading(hedui_buffer *page, hedui_language language, const char *zh, const char *en)
{
    hedui_buffer_text(page, ".SH \"");
    add_marked(page, language == HEDUI_ZH ? zh : en, 0);
    hedui_buffer_text(page, "\"\n");
}

static void add_title(hedui_buffer *page, const char *name, hedui_language language)
{
    hedui_buffer_text(page, ".\\\" Made from the command table by: hedui man\n.TH \"");
    for (const char *at = name; *at; at++)
        hedui_buffer_byte(page, *at >= 'a' && *at <= 'z' ? (char)(*at - 'a' + 'A') : *at);
    hedui_buffer_format(page, "\" \"1\" \"\" \"hedui %s\" \"%s\"\n.ad l\n.nh\n", HEDUI_VERSION,
                        language == HEDUI_ZH ? "hedui 手册" : "hedui manual");
}

static void add_name(hedui_buffer *page, const char *name, const char *line,
                     hedui_language language)
{
    add_heading(page, language, "名称", "NAME");
    hedui_buffer_format(page, "%s \\- ", name);
    add_marked(page, line, 0);
    hedui_buffer_byte(page, '\n');
}

/* Paragraphs that were laid out for a terminal flow anew; a line that ends a sentence, or that
 * ends early, ends here too. */
static void add_paragraphs(hedui_buffer *page, hedui_cli *cli, const char *text)
{
    enum { EARLY = 60 };
    while (*text) {
        size_t length = strcspn(text, "\n");
        hedui_span line = {text, length};
        add_text(page, hedui_cli_print(cli, "%.*s", (int)length, text).at);
        text += length;
        if (!*text)
            break;
        text++;
        int ends = hedui_display_width(line) < EARLY ||
                   (length > 0 && strchr(".:", line.at[length - 1])) ||
                   (length > 3 && is_one_of((hedui_span){line.at + length - 3, 3}, "。："));
        hedui_buffer_text(page, ends ? "\n.br\n" : (unsigned char)*text < 128 ? "\n" : "\\:");
    }
    hedui_buffer_byte(page, '\n');
}

static void add_item(hedui_buffer *page, const char *bold, const char *italic)
{
    hedui_buffer_text(page, ".TP\n\\fB");
    add_text(page, bold);
    hedui_buffer_text(page, "\\fR");
    if (italic[0]) {
        hedui_buffer_text(page, " \\fI");
        add_text(page, italic);
        hedui_buffer_text(page, "\\fR");
    }
    hedui_buffer_byte(page, '\n');
}

static void add_options(hedui_buffer *page, hedui_cli *cli, const hedui_cli_option *options,
                        size_t count, hedui_language language)
{
    for (size_t i = 0; i < count; i++) {
        const hedui_cli_option *option = &options[i];
        const char letter[] = {'-', option->letter, ',', ' ', '\0'};
        add_item(page,
                 hedui_cli_print(cli, "%s--%s", option->letter ? letter : "", option->name).at,
                 option->value ? option->value : "");
        add_line(page, language == HEDUI_ZH ? option->zh : option->en);
    }
}

static void add_exits(hedui_buffer *page, hedui_cli *cli, hedui_language language)
{
    static const struct {
        int code;
        const char *words[2];
    } exits[] = {
#define HEDUI_CLI_EXIT(code, zh, en) {code, {zh, en}},
#include "cli/exits.def"
#undef HEDUI_CLI_EXIT
    };
    add_heading(page, language, "退出码", "EXIT STATUS");
    for (size_t i = 0; i < sizeof exits / sizeof *exits; i++) {
        add_item(page, hedui_cli_print(cli, "%d", exits[i].code).at, "");
        add_line(page, exits[i].words[language]);
    }
}

static void add_environment(hedui_buffer *page, hedui_language language)
{
    static const struct {
        const char *name, *words[2];
    } variables[] = {
#define HEDUI_CLI_VARIABLE(name, zh, en) {#name, {zh, en}},
#include "cli/environment.def"
#undef HEDUI_CLI_VARIABLE
    };
    add_heading(page, language, "环境变量", "ENVIRONMENT");
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        add_item(page, variables[i].name, "");
        add_line(page, variables[i].words[language]);
    }
}

static void add_see_also(hedui_buffer *page, hedui_language language, int is_top)
{
    add_heading(page, language, "参见", "SEE ALSO");
    hedui_buffer_text(page, is_top ? ".BR hedui.yaml (5),\n.BR hedui\\-feeds (5),\n"
                                     ".BR hedui\\-rules (5)\n"
                                   : ".BR hedui (1),\n.BR hedui.yaml (5)\n");
}

const char *hedui_cli_manual_name(hedui_cli *cli, const hedui_cli_command *command)
{
    const hedui_cli_word *word = hedui_cli_word_of(command->name);
    if (!word)
        return hedui_cli_print(cli, "hedui-%s", command->name).at;
    return hedui_cli_print(cli, "hedui-%s-%s", word->name, command->name + strlen(word->name) + 1)
        .at;
}

void hedui_cli_manual_top(hedui_buffer *page, hedui_cli *cli, hedui_language language)
{
    int zh = language == HEDUI_ZH;
    size_t count;
    const hedui_cli_command *const *commands = hedui_cli_commands(&count);
    add_title(page, "hedui", language);
    add_name(page, "hedui",
             zh ? "低保家庭经济状况核对" : "verify the economic status of households", language);
    add_heading(page, language, "概要", "SYNOPSIS");
    hedui_buffer_text(page, "\\fBhedui\\fR ");
    add_line(page, zh ? "命令 [参数] [选项]" : "COMMAND [ARGUMENTS] [OPTIONS]");
    add_heading(page, language, "说明", "DESCRIPTION");
    add_line(
        page,
        zh ? "按公民身份号码把各部门的数据文件与低保台账比对，用规则逐户判断，把疑点连同原始记录交"
             "给"
             "核查员。疑点是线索，不是认定结论；没有查到不等于没有。"
           : "Joins the exports of registers with the caseload by citizen number, judges every "
             "household by rules and hands the flags with their rows to inspectors. A flag is "
             "a lead, not a finding; what was not found is not known to be absent.");
    add_heading(page, language, "命令", "COMMANDS");
    for (size_t i = 0; i < count; i++) {
        add_item(page, commands[i]->name, commands[i]->usage);
        add_line(page, zh ? commands[i]->zh : commands[i]->en);
    }
    add_heading(page, language, "通用选项", "OPTIONS");
    const hedui_cli_option *globals = hedui_cli_global_options(&count);
    add_options(page, cli, globals, count, language);
    add_exits(page, cli, language);
    add_environment(page, language);
    add_see_also(page, language, 1);
}

void hedui_cli_manual_command(hedui_buffer *page, hedui_cli *cli, const hedui_cli_command *command,
                              hedui_language language)
{
    int zh = language == HEDUI_ZH;
    const char *name = hedui_cli_manual_name(cli, command);
    const char *more = zh ? command->more_zh : command->more_en;
    add_title(page, name, language);
    add_name(page, name, zh ? command->zh : command->en, language);
    add_heading(page, language, "概要", "SYNOPSIS");
    hedui_buffer_text(page, "\\fB");
    add_text(page, hedui_cli_print(cli, "hedui %s", command->name).at);
    hedui_buffer_text(page, "\\fR ");
    add_line(page, hedui_cli_print(cli, "%s%s[%s]", command->usage, command->usage[0] ? " " : "",
                                   zh ? "选项" : "OPTIONS")
                       .at);
    if (more) {
        add_heading(page, language, "说明", "DESCRIPTION");
        add_paragraphs(page, cli, more);
    }
    add_heading(page, language, "选项", "OPTIONS");
    add_options(page, cli, command->options, command->option_count, language);
    if (command->option_count)
        hedui_buffer_text(page, ".P\n");
    add_line(page, zh ? "通用选项见 hedui(1)。" : "General options are in hedui(1).");
    if (command->schema) {
        add_heading(page, language, "JSON", "JSON");
        add_line(page, hedui_cli_print(cli, zh ? "--json 输出 %s。" : "--json writes %s.",
                                       command->schema)
                           .at);
    }
    if (command->example) {
        add_heading(page, language, "示例", "EXAMPLES");
        hedui_buffer_text(page, ".nf\n");
        add_line(page, command->example);
        hedui_buffer_text(page, ".fi\n");
    }
    add_see_also(page, language, 0);
}
