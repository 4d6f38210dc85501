/* hedui man FOLDER: manual pages of all commands in both languages. */
#include "cli/manual.h"

#include <hedui/file.h>
#include <hedui/json.h>

static hedui_status write_page(hedui_cli *cli, const char *folder, const char *name,
                               const hedui_cli_command *command, hedui_language language,
                               hedui_err *err)
{
    hedui_buffer page;
    const char *file = hedui_cli_print(cli, "%s/%s.1", folder, name).at;
    hedui_buffer_init(&page);
    if (command)
        hedui_cli_manual_command(&page, cli, command, language);
    else
        hedui_cli_manual_top(&page, cli, language);
    hedui_status status = hedui_buffer_failed(&page)
                              ? hedui_fail_memory(err)
                              : hedui_file_replace(file, hedui_buffer_span(&page), err);
    hedui_buffer_free(&page);
    return status;
}

static hedui_status write_pages(hedui_cli *cli, const char *folder, hedui_language language,
                                hedui_err *err)
{
    size_t count;
    const hedui_cli_command *const *commands = hedui_cli_commands(&count);
    hedui_status status = hedui_folder_make(folder, err);
    if (!status)
        status = write_page(cli, folder, "hedui", NULL, language, err);
    for (size_t i = 0; i < count && !status; i++)
        status = write_page(cli, folder, hedui_cli_manual_name(cli, commands[i]), commands[i],
                            language, err);
    return status;
}

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    const char *folder = call->arguments[0];
    hedui_err err;
    size_t count;
    hedui_err_init(&err);
    (void)hedui_cli_commands(&count);
    if (write_pages(cli, hedui_cli_print(cli, "%s/man1", folder).at, HEDUI_EN, &err) ||
        write_pages(cli, hedui_cli_print(cli, "%s/zh_CN/man1", folder).at, HEDUI_ZH, &err))
        return hedui_cli_fail(cli, &err);
    int64_t pages = 2 * ((int64_t)count + 1);
    if (cli->json) {
        hedui_json json;
        hedui_json_init(&json, &cli->out);
        hedui_json_open_object(&json);
        hedui_json_member_text(&json, "schema", hedui_span_of("hedui.man/1"));
        hedui_json_member_text(&json, "folder", hedui_span_of(folder));
        hedui_json_member_number(&json, "pages", pages);
        hedui_json_close_object(&json);
    } else if (!cli->quiet) {
        hedui_buffer_format(&cli->out,
                            hedui_cli_say(cli, "已在 %s 写下 %lld 页手册。\n",
                                          "Wrote to %s the manual, %lld pages.\n"),
                            folder, (long long)pages);
    }
    return 0;
}

const hedui_cli_command hedui_cli_command_man = {
    .name = "man",
    .group = HEDUI_CLI_CARE,
    .usage = "FOLDER",
    .least = 1,
    .most = 1,
    .zh = "写出全部命令的手册页（man），中文和英文",
    .en = "write manual pages of all commands, in Chinese and English",
    .more_zh = "英文写入 FOLDER/man1，中文写入 FOLDER/zh_CN/man1。安装时已写好。",
    .more_en = "English goes to FOLDER/man1, Chinese to FOLDER/zh_CN/man1. An installation has "
               "them already.",
    .minor = 1,
    .schema = "hedui.man/1",
    .run = run,
};
