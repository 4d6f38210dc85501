/* What would stop the next night before it reads a row, and what it would pass over. */
#include "cli/doctor.h"

#include <hedui/job_tonight.h>

enum { NAMED = 5 };

static hedui_span say(const hedui_cli_doctor *d, const char *zh, const char *en)
{
    return hedui_span_of(hedui_cli_say(d->cli, zh, en));
}

static hedui_span command(const hedui_cli_doctor *d, const char *words)
{
    return hedui_cli_print(d->cli, "%s %s%s%s", d->cli->program, words,
                           d->cli->folder ? " -C " : "", d->cli->folder ? d->cli->folder : "");
}

static void sound(hedui_cli_doctor *d, const char *code, hedui_span found)
{
    hedui_cli_doctor_tell(d, code, HEDUI_CLI_SOUND, found, hedui_span_of(""));
}

static hedui_span joined(const hedui_cli_doctor *d, hedui_span list, hedui_span more)
{
    return hedui_cli_print(d->cli, "%.*s%s%.*s", (int)list.length, list.at,
                           list.length ? hedui_cli_say(d->cli, "；", "; ") : "", (int)more.length,
                           more.at);
}

/* The table of areas was found; now it was read too. */
static void check_areas(hedui_cli_doctor *d, const hedui_tonight *tonight)
{
    if (!tonight->areas.status)
        return;
    for (uint32_t i = 0; i < d->count; i++)
        if (strcmp(d->checks[i].code, "workspace.areas") == 0) {
            if (d->checks[i].health == HEDUI_CLI_BAD)
                return;
            memmove(&d->checks[i], &d->checks[i + 1], (d->count - i - 1) * sizeof *d->checks);
            d->count--;
            break;
        }
    hedui_cli_doctor_fail(
        d, "workspace.areas", &tonight->areas,
        hedui_cli_say(d->cli, "改正 areas.csv 的这一行", "mend this line of areas.csv"));
}

static hedui_span words_of(const hedui_cli_doctor *d, const hedui_tonight_gap *gap)
{
    const char *zh = "没有文件", *en = "has no file";
    if (strcmp(gap->state, "stale") == 0)
        return hedui_cli_print(d->cli,
                               hedui_cli_say(d->cli, "%.*s 的数据已 %d 天，超过停用线 %d 天",
                                             "%.*s is %d days old; beyond %d days it is not used"),
                               (int)gap->title.length, gap->title.at, gap->age, gap->age_most);
    if (strcmp(gap->state, "early") == 0) {
        zh = "只有今天以后的文件";
        en = "has only files of later days";
    } else if (strcmp(gap->state, "undated") == 0) {
        zh = "的文件看不出数据截止日";
        en = "has a file whose day is not known";
    }
    return hedui_cli_print(d->cli, hedui_cli_say(d->cli, "%.*s %s（%.*s）", "%.*s %s (%.*s)"),
                           (int)gap->title.length, gap->title.at, hedui_cli_say(d->cli, zh, en),
                           (int)gap->file_name.length, gap->file_name.at);
}

static void check_feeds(hedui_cli_doctor *d, const hedui_tonight *tonight)
{
    hedui_span gaps = hedui_span_of("");
    if (tonight->inbox.status) {
        hedui_cli_doctor_fail(d, "night.feeds", &tonight->inbox, NULL);
        return;
    }
    for (uint32_t i = 0; i < tonight->gap_count; i++)
        gaps = joined(d, gaps, words_of(d, &tonight->gaps[i]));
    if (gaps.length)
        hedui_cli_doctor_tell(d, "night.feeds", HEDUI_CLI_BAD, gaps,
                              say(d, "催交，放进收件目录；缺了它们今天的核对不能进行",
                                  "have them delivered into the inbox; a run of today stops "
                                  "without them"));
    else
        sound(d, "night.feeds",
              say(d, "低保台账和必需的数据都在收件目录里",
                  "caseload and needed feeds are in the inbox"));
}

static void check_unread(hedui_cli_doctor *d, const hedui_tonight *tonight)
{
    hedui_span names = hedui_span_of("");
    for (uint32_t i = 0; i < tonight->unread_count && i < NAMED; i++)
        names = joined(d, names, hedui_span_of(tonight->unread[i]));
    if (tonight->inbox.status)
        hedui_cli_doctor_tell(d, "night.unread", HEDUI_CLI_UNKNOWN,
                              say(d, "收件目录列不出来", "the inbox could not be listed"),
                              hedui_span_of(""));
    else if (names.length)
        hedui_cli_doctor_tell(
            d, "night.unread", HEDUI_CLI_LOOK,
            hedui_cli_print(d->cli,
                            hedui_cli_say(d->cli, "收件目录里有 %u 个文件核对时不读：%.*s%s",
                                          "%u files in the inbox are not read: %.*s%s"),
                            tonight->unread_count, (int)names.length, names.at,
                            tonight->unread_count > NAMED ? hedui_cli_say(d->cli, "等", " ...")
                                                          : ""),
            hedui_cli_print(d->cli,
                            hedui_cli_say(d->cli, "%.*s；做成数据文件后删去原件",
                                          "%.*s; delete them once they are packed"),
                            (int)command(d, "feeds pack FILE --feed NAME").length,
                            command(d, "feeds pack FILE --feed NAME").at));
    else
        sound(d, "night.unread",
              say(d, "收件目录里的文件名都认得", "every file name in the inbox is known"));
}

static void check_rules(hedui_cli_doctor *d, const hedui_tonight *tonight)
{
    if (tonight->in_force)
        sound(d, "night.rules",
              hedui_cli_print(
                  d->cli, hedui_cli_say(d->cli, "今天有 %u 条规则生效", "%u rules are in force"),
                  tonight->in_force));
    else
        hedui_cli_doctor_tell(
            d, "night.rules", HEDUI_CLI_BAD,
            say(d, "今天没有一条规则在生效期内，核对不能进行（E3024）",
                "no rule is in force today, so a run stops (E3024)"),
            hedui_cli_print(d->cli,
                            hedui_cli_say(d->cli,
                                          "%.*s 看生效期；换上现行的规则包（hedui.yaml 的 "
                                          "packs），核对过去的一天用 --as-of",
                                          "%.*s shows their days; name a pack that is in force "
                                          "(packs in hedui.yaml); a past day is run with --as-of"),
                            (int)command(d, "rules list").length, command(d, "rules list").at));
}

void hedui_cli_doctor_tonight(hedui_cli_doctor *d)
{
    hedui_tonight tonight;
    hedui_err err;
    hedui_err_init(&err);
    if (hedui_job_tonight(&tonight, d->workspace, d->today, d->cli->arena, &err)) {
        static const char *const codes[] = {"night.feeds", "night.unread", "night.rules"};
        for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
            hedui_cli_doctor_tell(d, codes[i], HEDUI_CLI_UNKNOWN,
                                  say(d, "数据格式或规则有误，没有看",
                                      "layouts or rules are wrong, so this was not looked at"),
                                  hedui_span_of(""));
        return;
    }
    check_areas(d, &tonight);
    check_feeds(d, &tonight);
    check_unread(d, &tonight);
    check_rules(d, &tonight);
}
