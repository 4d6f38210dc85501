/* The command table for other programs. */
#include "cli/command.h"

#include <hedui/json.h>

static void write_options(hedui_json *json, const hedui_cli_option *options, size_t count)
{
    hedui_json_key(json, "options");
    hedui_json_open_array(json);
    for (size_t i = 0; i < count; i++) {
        const hedui_cli_option *option = &options[i];
        hedui_json_open_object(json);
        hedui_json_member_text(json, "name", hedui_span_of(option->name));
        if (option->letter)
            hedui_json_member_text(json, "letter", (hedui_span){&option->letter, 1});
        else
            hedui_json_member_null(json, "letter");
        if (option->value)
            hedui_json_member_text(json, "value", hedui_span_of(option->value));
        else
            hedui_json_member_null(json, "value");
        hedui_json_key(json, "choices");
        hedui_json_open_array(json);
        for (uint32_t c = 0; option->choices && option->choices[c]; c++)
            hedui_json_text(json, hedui_span_of(option->choices[c]));
        hedui_json_close_array(json);
        hedui_json_member_text(json, "zh", hedui_span_of(option->zh));
        hedui_json_member_text(json, "en", hedui_span_of(option->en));
        hedui_json_close_object(json);
    }
    hedui_json_close_array(json);
}

static void write_command(hedui_json *json, const hedui_cli_command *command)
{
    hedui_json_open_object(json);
    hedui_json_member_text(json, "name", hedui_span_of(command->name));
    hedui_json_member_text(json, "usage", hedui_span_of(command->usage));
    hedui_json_member_text(json, "zh", hedui_span_of(command->zh));
    hedui_json_member_text(json, "en", hedui_span_of(command->en));
    if (command->schema)
        hedui_json_member_text(json, "schema", hedui_span_of(command->schema));
    else
        hedui_json_member_null(json, "schema");
    hedui_json_member_flag(json, "minor", command->minor);
    write_options(json, command->options, command->option_count);
    hedui_json_close_object(json);
}

void hedui_cli_table_write(hedui_cli *cli)
{
    hedui_json json;
    size_t count;
    const hedui_cli_command *const *commands = hedui_cli_commands(&count);
    hedui_json_init(&json, &cli->out);
    hedui_json_open_object(&json);
    hedui_json_member_text(&json, "schema", hedui_span_of("hedui.help_all/1"));
    hedui_json_key(&json, "commands");
    hedui_json_open_array(&json);
    for (size_t i = 0; i < count; i++)
        write_command(&json, commands[i]);
    hedui_json_close_array(&json);
    const hedui_cli_option *globals = hedui_cli_global_options(&count);
    write_options(&json, globals, count);
    hedui_json_close_object(&json);
}
