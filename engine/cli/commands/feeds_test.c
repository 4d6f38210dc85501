/* hedui feeds test [NAME]: the samples that each layout carries. */
#include "cli/command.h"
#include "cli/folders.h"

#include <hedui/feed.h>
#include <hedui/json.h>

enum { EXIT_LAYOUTS = 4 };

static void print_failure(hedui_cli *cli, const hedui_feed_sample *f)
{
    hedui_span column =
        f->column.length ? f->column : hedui_span_of(hedui_cli_say(cli, "整行", "row"));
    hedui_cli_mark(cli, HEDUI_CLI_RED, hedui_cli_say(cli, "不符", "differs"));
    hedui_buffer_format(&cli->out,
                        hedui_cli_say(cli, "  %s 第 %u 行的样例，%.*s：应为 %.*s，读成 %.*s\n",
                                      "  sample at %s:%u, %.*s: expected %.*s, got %.*s\n"),
                        f->path, f->line, (int)column.length, column.at, (int)f->want.length,
                        f->want.at, (int)f->got.length, f->got.at);
}

static void print_json(hedui_cli *cli, const hedui_feed_samples *samples)
{
    hedui_json json;
    hedui_json_init(&json, &cli->out);
    hedui_json_open_object(&json);
    hedui_json_member_text(&json, "schema", hedui_span_of("hedui.feeds_test/1"));
    hedui_json_key(&json, "failures");
    hedui_json_open_array(&json);
    for (uint32_t i = 0; i < samples->failure_count; i++) {
        const hedui_feed_sample *f = &samples->failures[i];
        hedui_json_open_object(&json);
        hedui_json_member_text(&json, "feed", f->feed);
        hedui_json_member_text(&json, "file", hedui_span_of(f->path));
        hedui_json_member_number(&json, "line", f->line);
        hedui_json_member_text(&json, "column", f->column);
        hedui_json_member_text(&json, "expected", f->want);
        hedui_json_member_text(&json, "actual", f->got);
        hedui_json_close_object(&json);
    }
    hedui_json_close_array(&json);
    hedui_json_member_number(&json, "passed", samples->samples - samples->failed);
    hedui_json_member_number(&json, "failed", samples->failed);
    hedui_json_close_object(&json);
}

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    const char *const *folders = NULL;
    const hedui_feed_samples *samples = NULL;
    uint32_t count = 0;
    hedui_err err;
    hedui_err_init(&err);
    if (hedui_cli_feed_folders(&folders, &count, cli, &err) ||
        hedui_feed_test(&samples, call->argument_count ? call->arguments[0] : NULL, folders, count,
                        cli->arena, &err))
        return hedui_cli_fail(cli, &err);
    if (cli->json) {
        print_json(cli, samples);
        return samples->failed ? EXIT_LAYOUTS : 0;
    }
    for (uint32_t i = 0; i < samples->failure_count; i++)
        print_failure(cli, &samples->failures[i]);
    if (!cli->quiet || samples->failed)
        hedui_buffer_format(&cli->out,
                            hedui_cli_say(cli, "%u 种数据，%u 条样例：符合 %u，不符 %u。\n",
                                          "%u layouts, %u samples: %u as expected, %u not.\n"),
                            samples->layouts, samples->samples, samples->samples - samples->failed,
                            samples->failed);
    return samples->failed ? EXIT_LAYOUTS : 0;
}

const hedui_cli_command hedui_cli_command_feeds_test = {
    .name = "feeds test",
    .group = HEDUI_CLI_FEEDS,
    .usage = "[NAME]",
    .most = 1,
    .zh = "逐条试读布局自带的样例行",
    .en = "read the samples that each layout carries",
    .more_zh = "NAME 是布局名，如 vehicle；缺省为全部，工作区的先于随程序提供的。\n"
               "退出码：0 全部符合；4 有样例读成的与所写的不同。",
    .more_en = "NAME is a layout, as in vehicle; default: all, the workspace's before the shipped "
               "ones.\nExit codes: 0 all as expected; 4 a sample is read differently.",
    .example = "hedui feeds test vehicle",
    .minor = 1,
    .schema = "hedui.feeds_test/1",
    .run = run,
};
