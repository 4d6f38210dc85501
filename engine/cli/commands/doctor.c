/* hedui doctor: is everything in place for the next night? */
#include "cli/doctor.h"
#include "cli/command.h"

#include <hedui/escape.h>
#include <hedui/json.h>

#include <time.h>

void hedui_cli_doctor_tell(hedui_cli_doctor *d, const char *code, hedui_cli_health health,
                           hedui_span found, hedui_span remedy)
{
    if (d->count < HEDUI_CLI_CHECKS)
        d->checks[d->count++] = (hedui_cli_check){code, health, found, remedy, 0};
}

void hedui_cli_doctor_fail(hedui_cli_doctor *d, const char *code, const hedui_err *err,
                           const char *remedy)
{
    hedui_buffer text;
    hedui_buffer_init(&text);
    if (err->file[0])
        hedui_buffer_format(&text, err->line ? "%s:%u: " : "%s: ", err->file, err->line);
    hedui_message_sentence(&text, err, d->cli->language);
    hedui_span found = hedui_buffer_keep(&text, d->cli->arena);
    hedui_cli_doctor_tell(
        d, code, HEDUI_CLI_BAD, found,
        remedy ? hedui_span_of(remedy)
               : hedui_cli_print(d->cli, "%s help E%d", d->cli->program, (int)err->status));
    if (d->count)
        d->checks[d->count - 1].number = (int)err->status;
}

static void load(hedui_cli_doctor *d)
{
    hedui_cli *cli = d->cli;
    hedui_err err;
    hedui_err_init(&err);
    if (!hedui_workspace_load(&d->workspace, cli->folder, cli->share, cli->arena, &err)) {
        hedui_cli_doctor_tell(d, "workspace.config", HEDUI_CLI_SOUND,
                              hedui_span_of(d->workspace->file), hedui_span_of(""));
        return;
    }
    d->workspace = NULL;
    hedui_cli_doctor_fail(d, "workspace.config", &err,
                          err.status == HEDUI_E8001
                              ? hedui_cli_say(cli, "hedui init 目录，或用 -C 指定工作目录",
                                              "hedui init FOLDER, or name a workspace with -C")
                              : NULL);
}

static const char *const states[HEDUI_CLI_HEALTHS][3] = {
    [HEDUI_CLI_SOUND] = {"正常", "ok", "ok"},
    [HEDUI_CLI_LOOK] = {"注意", "look", "warn"},
    [HEDUI_CLI_BAD] = {"有误", "bad", "bad"},
    [HEDUI_CLI_UNKNOWN] = {"未查", "skipped", "skipped"},
};

/* What a check is about. */
static const char *title_of(const hedui_cli *cli, const char *code)
{
    static const char *const titles[][3] = {
        {"machine.locale", "终端编码", "terminal"},
        {"machine.clock", "时钟", "clock"},
        {"machine.temporary", "临时目录", "temporary files"},
        {"workspace.config", "hedui.yaml", "hedui.yaml"},
        {"workspace.modes", "权限", "modes"},
        {"workspace.areas", "区划表", "area tree"},
        {"workspace.inbox", "收件目录", "inbox"},
        {"workspace.archive", "存档", "archive"},
        {"workspace.out", "报表目录", "reports"},
        {"workspace.local", "磁盘", "disk"},
        {"workspace.room", "磁盘空间", "room"},
        {"workspace.leftovers", "临时文件", "leftovers"},
        {"store.lock", "正在核对", "lock"},
        {"store.schema", "数据库版本", "schema"},
        {"store.open", "数据库", "database"},
        {"runs.clock", "时钟与批次", "clock and runs"},
        {"runs.age", "最近一次核对", "newest run"},
        {"runs.published", "发布", "publication"},
        {"feeds.needed", "必需的数据源", "feeds needed"},
        {"feeds.age", "数据时限", "age of data"},
        {"feeds.overdue", "应交日", "days due"},
        {"feeds.layouts", "数据格式", "layouts"},
        {"rules.check", "规则", "rules"},
        {"night.feeds", "今天的数据", "data of today"},
        {"night.unread", "不读的文件", "files not read"},
        {"night.rules", "规则生效期", "rules in force"},
    };
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        if (strcmp(titles[i][0], code) == 0)
            return titles[i][1 + cli->language];
    return code;
}

static void add_marked(hedui_cli *cli, hedui_cli_health health)
{
    const char *word = states[health][cli->language];
    if (health == HEDUI_CLI_LOOK || health == HEDUI_CLI_BAD)
        hedui_cli_mark(cli, health == HEDUI_CLI_BAD ? HEDUI_CLI_RED : HEDUI_CLI_YELLOW, word);
    else
        hedui_buffer_text(&cli->out, word);
}

/* The state stands first and is marked after the columns were measured, so that colour does not
 * count. With -q only what is not sound. */
static void print(hedui_cli *cli, const hedui_cli_doctor *d)
{
    size_t title_width = 0, state_width = 0;
    for (uint32_t i = 0; i < d->count; i++) {
        size_t width = hedui_display_width(hedui_span_of(title_of(cli, d->checks[i].code)));
        title_width = width > title_width ? width : title_width;
    }
    for (int i = 0; i < HEDUI_CLI_HEALTHS; i++) {
        size_t width = hedui_display_width(hedui_span_of(states[i][cli->language]));
        state_width = width > state_width ? width : state_width;
    }
    for (uint32_t i = 0; i < d->count; i++) {
        const hedui_cli_check *check = &d->checks[i];
        if (cli->quiet && (check->health == HEDUI_CLI_SOUND || check->health == HEDUI_CLI_UNKNOWN))
            continue;
        add_marked(cli, check->health);
        size_t width = hedui_display_width(hedui_span_of(states[check->health][cli->language]));
        for (; width < state_width + 2; width++)
            hedui_buffer_byte(&cli->out, ' ');
        hedui_pad_right(&cli->out, hedui_span_of(title_of(cli, check->code)), title_width + 2);
        hedui_escape_line(&cli->out, check->found);
        hedui_buffer_byte(&cli->out, '\n');
        if (check->remedy.length) {
            hedui_pad_right(&cli->out, hedui_span_of(""), state_width + title_width + 4);
            hedui_buffer_text(&cli->out, hedui_cli_say(cli, "办法：", "what to do: "));
            hedui_escape_line(&cli->out, check->remedy);
            hedui_buffer_byte(&cli->out, '\n');
        }
    }
}

static void write_checks(hedui_json *json, const hedui_cli_doctor *d)
{
    hedui_json_key(json, "checks");
    hedui_json_open_array(json);
    for (uint32_t i = 0; i < d->count; i++) {
        const hedui_cli_check *check = &d->checks[i];
        hedui_json_open_object(json);
        hedui_json_member_text(json, "check", hedui_span_of(check->code));
        hedui_json_member_text(json, "state", hedui_span_of(states[check->health][2]));
        hedui_json_member_text(json, "found", check->found);
        if (check->remedy.length)
            hedui_json_member_text(json, "remedy", check->remedy);
        else
            hedui_json_member_null(json, "remedy");
        if (check->number)
            hedui_json_member_number(json, "number", check->number);
        else
            hedui_json_member_null(json, "number");
        hedui_json_close_object(json);
    }
    hedui_json_close_array(json);
}

static void write(hedui_cli *cli, const hedui_cli_doctor *d, const uint32_t *sums)
{
    hedui_json json;
    hedui_json_init(&json, &cli->out);
    hedui_json_open_object(&json);
    hedui_json_member_text(&json, "schema", hedui_span_of("hedui.doctor/1"));
    hedui_json_member_text(&json, "version", hedui_span_of(HEDUI_VERSION));
    hedui_json_member_text(&json, "folder", hedui_span_of(cli->folder ? cli->folder : "."));
    for (int i = 0; i < HEDUI_CLI_HEALTHS; i++)
        hedui_json_member_number(&json, states[i][2], sums[i]);
    write_checks(&json, d);
    hedui_json_close_object(&json);
}

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    hedui_cli_doctor doctor = {.cli = cli, .today = hedui_cli_today(), .now = (int64_t)time(NULL)};
    uint32_t sums[HEDUI_CLI_HEALTHS] = {0};
    (void)call;
    hedui_cli_doctor_machine(&doctor);
    load(&doctor);
    if (doctor.workspace) {
        hedui_cli_doctor_files(&doctor);
        hedui_cli_doctor_store(&doctor);
        hedui_cli_doctor_rules(&doctor);
        hedui_cli_doctor_tonight(&doctor);
    }
    for (uint32_t i = 0; i < doctor.count; i++)
        sums[doctor.checks[i].health]++;
    if (cli->json) {
        write(cli, &doctor, sums);
    } else {
        print(cli, &doctor);
        if (!cli->quiet)
            hedui_buffer_format(&cli->out,
                                hedui_cli_say(cli, "正常 %u，注意 %u，有误 %u，未查 %u\n",
                                              "ok %u, look %u, bad %u, skipped %u\n"),
                                sums[HEDUI_CLI_SOUND], sums[HEDUI_CLI_LOOK], sums[HEDUI_CLI_BAD],
                                sums[HEDUI_CLI_UNKNOWN]);
    }
    return sums[HEDUI_CLI_BAD] ? 1 : sums[HEDUI_CLI_LOOK] ? 3 : 0;
}

const hedui_cli_command hedui_cli_command_doctor = {
    .name = "doctor",
    .group = HEDUI_CLI_BEGIN,
    .usage = "",
    .zh = "检查机器和工作目录：权限、磁盘、数据库、批次、数据源、规则",
    .en = "check machine and workspace: modes, disk, database, runs, feeds, rules",
    .more_zh = "不改任何核对结果，核对进行时也可用。有误的会使核对失败，或使他人看到数据；注意的应"
               "当看一看。\n"
               "退出码：0 都正常；3 有要注意的；1 有误。数据库内部的合计由 hedui db check 检查。",
    .more_en = "No result is changed; it may run beside a night. What is bad makes a night fail or "
               "lays data\nopen. The exit code is 0 if all is well, 3 if somebody should look, 1 "
               "if something is bad.\nSums inside the database are checked by hedui db check.",
    .example = "hedui doctor -C /srv/hedui",
    .schema = "hedui.doctor/1",
    .run = run,
};
