/* hedui report list: which reports there are, for whom, in which formats. */
#include "cli/command.h"
#include "cli/list.h"

#include <hedui/json.h>
#include <hedui/report.h>

static void add_formats(hedui_buffer *out, const hedui_report_kind *kind)
{
    for (size_t i = 0; kind->formats[i]; i++)
        hedui_buffer_format(out, "%s%s", i ? ", " : "", kind->formats[i]);
}

static void print_json(hedui_cli *cli)
{
    hedui_json json;
    const hedui_report_kind *kind = NULL;
    hedui_json_init(&json, &cli->out);
    hedui_json_open_object(&json);
    hedui_json_member_text(&json, "schema", hedui_span_of("hedui.report_list/1"));
    hedui_json_key(&json, "reports");
    hedui_json_open_array(&json);
    for (uint32_t i = 0; (kind = hedui_report_kind_at(i)); i++) {
        hedui_json_open_object(&json);
        hedui_json_member_text(&json, "name", hedui_span_of(kind->name));
        hedui_json_member_text(&json, "id", hedui_span_of(kind->id));
        hedui_json_member_text(&json, "title", hedui_span_of(kind->zh));
        hedui_json_member_flag(&json, "by_town", kind->by_town);
        hedui_json_member_flag(&json, "by_source", kind->by_source);
        hedui_json_member_flag(&json, "by_household", kind->by_household);
        hedui_json_member_flag(&json, "by_run", kind->by_run);
        hedui_json_key(&json, "formats");
        hedui_json_open_array(&json);
        for (size_t f = 0; kind->formats[f]; f++)
            hedui_json_text(&json, hedui_span_of(kind->formats[f]));
        hedui_json_close_array(&json);
        hedui_json_close_object(&json);
    }
    hedui_json_close_array(&json);
    hedui_json_close_object(&json);
}

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    const hedui_report_kind *kind = NULL;
    (void)call;
    if (cli->json) {
        print_json(cli);
        return 0;
    }
    static const char *const heads[][2] = {{"名称", "name"},
                                           {"报表", "report"},
                                           {"给谁用", "for"},
                                           {"格式", "formats"},
                                           {"文件", "files"}};
    hedui_cli_grid grid;
    hedui_buffer formats;
    hedui_buffer_init(&formats);
    hedui_cli_grid_init(&grid, "lllll", cli->arena);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        hedui_cli_grid_add(&grid, hedui_span_of(heads[i][cli->language]));
    for (uint32_t i = 0; (kind = hedui_report_kind_at(i)); i++) {
        hedui_buffer_restart(&formats);
        add_formats(&formats, kind);
        hedui_cli_grid_add(&grid, hedui_span_of(kind->name));
        hedui_cli_grid_add(&grid, hedui_span_of(hedui_cli_say(cli, kind->zh, kind->en)));
        hedui_cli_grid_add(&grid, hedui_span_of(hedui_cli_say(cli, kind->whom_zh, kind->whom_en)));
        hedui_cli_grid_add(&grid, hedui_arena_copy(cli->arena, hedui_buffer_span(&formats)));
        const char *files = kind->by_town ? hedui_cli_say(cli, "每个乡镇一份", "one a town")
                            : kind->by_source
                                ? hedui_cli_say(cli, "每个来源单位一份", "one a department")
                            : kind->by_household ? hedui_cli_say(cli, "每户一份", "one a household")
                            : kind->by_run       ? hedui_cli_say(cli, "六份", "six")
                                                 : hedui_cli_say(cli, "一份", "one");
        hedui_cli_grid_add(&grid, hedui_span_of(files));
    }
    cli->out.failed |= hedui_buffer_failed(&formats);
    hedui_buffer_free(&formats);
    hedui_cli_list_print(cli, &grid);
    return 0;
}

static const hedui_cli_option options[] = {HEDUI_CLI_FORMAT_OPTION};

const hedui_cli_command hedui_cli_command_report_list = {
    .name = "report list",
    .group = HEDUI_CLI_RUNS,
    .usage = "",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .zh = "有哪些报表，给谁用",
    .en = "which reports there are, and for whom",
    .example = "hedui report list",
    .minor = 1,
    .schema = "hedui.report_list/1",
    .run = run,
};
