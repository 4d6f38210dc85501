/* Who decides sees what is decided on before the question. */
#include "cli/override.h"
#include "cli/folders.h"
#include "cli/night.h"

#include <hedui/job_override.h>
#include <hedui/json.h>
#include <hedui/label.h>

#include <time.h>

typedef struct asking {
    hedui_cli *cli;
    const hedui_cli_call *call;
} asking;

static hedui_store_word word_of(const hedui_cli_call *call)
{
    const hedui_cli_value *day = hedui_cli_value_find(call, "as-of");
    return (hedui_store_word){.person = hedui_cli_given(call, "person"),
                              .reason = hedui_cli_given(call, "reason"),
                              .day = day ? (int32_t)day->number : hedui_cli_today(),
                              .at = (int64_t)time(NULL)};
}

static void write(hedui_cli *cli, const char *schema, const char *override, const char *state,
                  const hedui_store_word *word)
{
    hedui_json json;
    hedui_json_init(&json, &cli->out);
    hedui_json_open_object(&json);
    hedui_json_member_text(&json, "schema", hedui_span_of(schema));
    hedui_json_member_text(&json, "override", hedui_span_of(override));
    hedui_json_member_text(&json, "state", hedui_span_of(state));
    hedui_json_member_text(&json, "person", word->person);
    hedui_json_member_text(&json, "reason", word->reason);
    hedui_json_member_text(&json, "day", hedui_cli_day(cli, word->day));
    hedui_json_close_object(&json);
}

static hedui_status agree_to_propose(void *context, hedui_span message, hedui_err *err)
{
    const asking *a = context;
    hedui_span question =
        hedui_cli_print(a->cli,
                        hedui_cli_say(a->cli, "提出例外认定，批准后不列为疑点：%.*s",
                                      "Propose that this is no flag once it is approved: %.*s"),
                        (int)message.length, message.at);
    return hedui_cli_consent(a->cli, a->call, question.at, err);
}

int hedui_cli_override_propose(hedui_cli *cli, const hedui_cli_call *call)
{
    const hedui_cli_value *flag = hedui_cli_value_find(call, "flag");
    const hedui_cli_value *until = hedui_cli_value_find(call, "until");
    const hedui_workspace *workspace = NULL;
    char id[HEDUI_STORE_OVERRIDE_ID] = "";
    hedui_span message = {"", 0};
    asking a = {cli, call};
    hedui_override_options options = {.household = hedui_span_of(call->arguments[0]),
                                      .rule = hedui_span_of(call->arguments[1]),
                                      .flag = flag ? flag->number : 0,
                                      .evidence = hedui_cli_given(call, "evidence"),
                                      .until = until ? (int32_t)until->number : INT32_MIN,
                                      .word = word_of(call),
                                      .dry_run = hedui_cli_value_find(call, "dry-run") != NULL,
                                      .agree = agree_to_propose,
                                      .context = &a};
    hedui_err err;
    hedui_err_init(&err);
    if (!until || !options.evidence.length) {
        (void)hedui_fail_plain(&err, HEDUI_E5048, hedui_place_none());
        return hedui_cli_fail(cli, &err);
    }
    if (hedui_workspace_load(&workspace, cli->folder, cli->share, cli->arena, &err))
        return hedui_cli_fail(cli, &err);
    if (hedui_job_override_propose(id, &message, workspace, &options, cli->arena, &cli->notes,
                                   &err))
        return hedui_cli_fail_once(cli, &err);
    if (cli->json) {
        write(cli, "hedui.overrides_propose/1", id, options.dry_run ? "" : "proposed",
              &options.word);
    } else if (!cli->quiet) {
        hedui_buffer_format(&cli->out, "%.*s\n", (int)message.length, message.at);
        if (options.dry_run)
            hedui_buffer_text(&cli->out, hedui_cli_say(cli, "试运行，未作改动。\n",
                                                       "Nothing was written or changed.\n"));
        else
            hedui_buffer_format(
                &cli->out,
                hedui_cli_say(cli, "已提出例外认定 %s，须由另一人批准后才有效。\n",
                              "Override %s is proposed; another person must approve it.\n"),
                id);
    }
    return 0;
}

static hedui_status ask_and_decide(hedui_cli *cli, const hedui_cli_call *call, hedui_store *store,
                                   const char *event, const hedui_store_word *word, hedui_err *err)
{
    const hedui_store_override *o = NULL;
    size_t count = 0;
    hedui_span id = hedui_span_of(call->arguments[0]);
    if (!id.length) /* an empty one would mean all */
        return hedui_fail(err, HEDUI_E5040, hedui_place_none(), HEDUI_ARG_SPAN(id));
    hedui_status status =
        hedui_store_override_list(&o, &count, store, id, hedui_span_of(""), cli->arena, err);
    if (status)
        return status;
    hedui_span now = hedui_label(HEDUI_LABEL_OVERRIDE, o->state, cli->language);
    hedui_span then = hedui_label(HEDUI_LABEL_OVERRIDE, hedui_span_of(event), cli->language);
    hedui_span question = hedui_cli_print(
        cli,
        hedui_cli_say(cli, "例外认定 %s（户 %.*s，规则 %.*s，%.*s）：%.*s → %.*s",
                      "Override %s (household %.*s, rule %.*s, %.*s): %.*s -> %.*s"),
        call->arguments[0], (int)o->household.length, o->household.at, (int)o->rule.length,
        o->rule.at, (int)o->message.length, o->message.at, (int)now.length, now.at,
        (int)then.length, then.at);
    status = hedui_cli_consent(cli, call, question.at, err);
    return status ? status : hedui_store_override_decide(store, id, event, word, err);
}

int hedui_cli_override_decide(hedui_cli *cli, const hedui_cli_call *call, const char *event)
{
    const hedui_store_word word = word_of(call);
    hedui_store *store = NULL;
    hedui_err err;
    int code = 0;
    hedui_err_init(&err);
    if (hedui_cli_store_open(&store, cli, &err) ||
        ask_and_decide(cli, call, store, event, &word, &err)) {
        code = hedui_cli_fail(cli, &err);
    } else if (cli->json) {
        write(cli, "hedui.overrides_decide/1", call->arguments[0], event, &word);
    } else if (!cli->quiet) {
        hedui_span state = hedui_label(HEDUI_LABEL_OVERRIDE, hedui_span_of(event), cli->language);
        hedui_buffer_format(&cli->out,
                            hedui_cli_say(cli, "例外认定 %s %.*s，下一次核对起有效。\n",
                                          "Override %s: %.*s, from the next run on.\n"),
                            call->arguments[0], (int)state.length, state.at);
    }
    hedui_store_close(store);
    return code;
}
