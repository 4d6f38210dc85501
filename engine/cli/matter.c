/* Who decides sees what is decided on before the question. */
#include "cli/matter.h"
#include "cli/folders.h"
#include "cli/night.h"

#include <hedui/job_propose.h>
#include <hedui/json.h>
#include <hedui/label.h>

#include <time.h>

static const hedui_cli_matter matters[HEDUI_STORE_MATTERS] = {
    [HEDUI_STORE_OVERRIDE] = {HEDUI_STORE_OVERRIDE, "例外认定", "override", "规则", "override",
                              "overrides", "rule", "hedui.overrides_list/1",
                              "hedui.overrides_decide/1", "hedui.overrides_propose/1",
                              "还没有例外认定。\n", "There is no override.\n"},
    [HEDUI_STORE_PAIR] = {HEDUI_STORE_PAIR, "非本人认定", "wrong match", "数据源", "pair", "pairs",
                          "feed", "hedui.pairs_list/1", "hedui.pairs_decide/1",
                          "hedui.pairs_propose/1", "还没有非本人认定。\n",
                          "No row was decided to be a wrong match.\n"}};

const hedui_cli_matter *hedui_cli_matter_of(hedui_store_matter matter)
{
    return &matters[matter];
}

/* --- proposing -------------------------------------------------------------------------------- */

typedef struct proposing {
    hedui_cli *cli;
    const hedui_cli_call *call;
    const hedui_cli_matter *matter;
    const hedui_workspace *workspace;
    hedui_proposing by;
    char id[HEDUI_STORE_DECISION_ID];
    hedui_span message;
} proposing;

static hedui_store_word word_of(const hedui_cli_call *call)
{
    const hedui_cli_value *day = hedui_cli_value_find(call, "as-of");
    return (hedui_store_word){.person = hedui_cli_given(call, "person"),
                              .reason = hedui_cli_given(call, "reason"),
                              .day = day ? (int32_t)day->number : hedui_cli_today(),
                              .at = (int64_t)time(NULL)};
}

static void write(hedui_cli *cli, const char *schema, const char *key, const char *id,
                  const char *state, const hedui_store_word *word)
{
    hedui_json json;
    hedui_json_init(&json, &cli->out);
    hedui_json_open_object(&json);
    hedui_json_member_text(&json, "schema", hedui_span_of(schema));
    hedui_json_member_text(&json, key, hedui_span_of(id));
    hedui_json_member_text(&json, "state", hedui_span_of(state));
    hedui_json_member_text(&json, "person", word->person);
    hedui_json_member_text(&json, "reason", word->reason);
    hedui_json_member_text(&json, "day", hedui_cli_day(cli, word->day));
    hedui_json_close_object(&json);
}

static hedui_status agree_to_propose(void *context, hedui_span message, hedui_err *err)
{
    const proposing *p = context;
    hedui_cli *cli = p->cli;
    hedui_span asked = hedui_cli_print(
        cli,
        p->matter->matter == HEDUI_STORE_PAIR
            ? hedui_cli_say(cli, "提出非本人认定，批准后这一行不计入：%.*s",
                            "Propose that this row counts no more once it is approved: %.*s")
            : hedui_cli_say(cli, "提出例外认定，批准后不列为疑点：%.*s",
                            "Propose that this is no flag once it is approved: %.*s"),
        (int)message.length, message.at);
    return hedui_cli_consent(cli, p->call, asked.at, err);
}

/* What every proposal says, and where. */
static hedui_status begin(proposing *p, hedui_err *err)
{
    const hedui_cli_value *until = hedui_cli_value_find(p->call, "until");
    p->by = (hedui_proposing){.grounds = {.household = hedui_span_of(p->call->arguments[0]),
                                          .evidence = hedui_cli_given(p->call, "evidence"),
                                          .until = until ? (int32_t)until->number : INT32_MIN,
                                          .word = word_of(p->call)},
                              .dry_run = hedui_cli_value_find(p->call, "dry-run") != NULL,
                              .agree = agree_to_propose,
                              .context = p};
    if (!until || !p->by.grounds.evidence.length)
        return hedui_fail_plain(err, HEDUI_E5048, hedui_place_none());
    return hedui_workspace_load(&p->workspace, p->cli->folder, p->cli->share, p->cli->arena, err);
}

static int tell_proposed(const proposing *p)
{
    hedui_cli *cli = p->cli;
    const hedui_cli_matter *m = p->matter;
    if (cli->json) {
        write(cli, m->proposed, m->key, p->id, p->by.dry_run ? "" : "proposed",
              &p->by.grounds.word);
    } else if (!cli->quiet) {
        hedui_buffer_format(&cli->out, "%.*s\n", (int)p->message.length, p->message.at);
        if (p->by.dry_run)
            hedui_buffer_text(&cli->out, hedui_cli_say(cli, "试运行，未作改动。\n",
                                                       "Nothing was written or changed.\n"));
        else
            hedui_buffer_format(&cli->out,
                                hedui_cli_say(cli, "已提出%s %s，须由另一人批准后才有效。\n",
                                              "Proposed: %s %s; another person must approve it.\n"),
                                hedui_cli_say(cli, m->zh, m->en), p->id);
    }
    return 0;
}

int hedui_cli_override_propose(hedui_cli *cli, const hedui_cli_call *call)
{
    const hedui_cli_value *flag = hedui_cli_value_find(call, "flag");
    proposing p = {.cli = cli, .call = call, .matter = &matters[HEDUI_STORE_OVERRIDE]};
    hedui_err err;
    hedui_err_init(&err);
    if (begin(&p, &err))
        return hedui_cli_fail(cli, &err);
    const hedui_override_options options = {
        .by = p.by, .rule = hedui_span_of(call->arguments[1]), .flag = flag ? flag->number : 0};
    if (hedui_job_override_propose(p.id, &p.message, p.workspace, &options, cli->arena, &cli->notes,
                                   &err))
        return hedui_cli_fail_once(cli, &err);
    return tell_proposed(&p);
}

int hedui_cli_pair_propose(hedui_cli *cli, const hedui_cli_call *call)
{
    proposing p = {.cli = cli, .call = call, .matter = &matters[HEDUI_STORE_PAIR]};
    hedui_pair_options options = {.file = hedui_span_of(call->arguments[1])};
    uint32_t line = 0;
    hedui_err err;
    hedui_err_init(&err);
    if (hedui_cli_line(&line, cli, call->arguments[2], &err) || begin(&p, &err))
        return hedui_cli_fail(cli, &err);
    options.by = p.by;
    options.line = line;
    options.name = hedui_cli_given(call, "name");
    if (hedui_job_pair_propose(p.id, &p.message, p.workspace, &options, cli->arena, &cli->notes,
                               &err))
        return hedui_cli_fail_once(cli, &err);
    return tell_proposed(&p);
}

/* --- deciding --------------------------------------------------------------------------------- */

static hedui_status ask_and_decide(hedui_cli *cli, const hedui_cli_call *call, hedui_store *store,
                                   const hedui_cli_matter *m, const char *event,
                                   const hedui_store_word *word, hedui_err *err)
{
    const hedui_store_decision *d = NULL;
    size_t count = 0;
    hedui_span id = hedui_span_of(call->arguments[0]);
    if (!id.length) /* an empty one would mean all */
        return hedui_fail(err, HEDUI_E5040, hedui_place_none(), HEDUI_ARG_SPAN(id));
    hedui_status status = hedui_store_decision_list(&d, &count, store, m->matter, id,
                                                    hedui_span_of(""), cli->arena, err);
    if (status)
        return status;
    hedui_span now = hedui_label(HEDUI_LABEL_OVERRIDE, d->state, cli->language);
    hedui_span then = hedui_label(HEDUI_LABEL_OVERRIDE, hedui_span_of(event), cli->language);
    hedui_span question = hedui_cli_print(
        cli,
        hedui_cli_say(cli, "%s %s（户 %.*s，%s %.*s，%.*s）：%.*s → %.*s",
                      "%s %s (household %.*s, %s %.*s, %.*s): %.*s -> %.*s"),
        hedui_cli_say(cli, m->zh, m->en), call->arguments[0], (int)d->household.length,
        d->household.at, hedui_cli_say(cli, m->about_zh, m->about), (int)d->about.length,
        d->about.at, (int)d->message.length, d->message.at, (int)now.length, now.at,
        (int)then.length, then.at);
    status = hedui_cli_consent(cli, call, question.at, err);
    return status ? status : hedui_store_decide(store, m->matter, id, event, word, err);
}

int hedui_cli_matter_decide(hedui_cli *cli, const hedui_cli_call *call, hedui_store_matter matter,
                            const char *event)
{
    const hedui_cli_matter *m = &matters[matter];
    const hedui_store_word word = word_of(call);
    hedui_store *store = NULL;
    hedui_err err;
    int code = 0;
    hedui_err_init(&err);
    if (hedui_cli_store_open(&store, cli, &err) ||
        ask_and_decide(cli, call, store, m, event, &word, &err)) {
        code = hedui_cli_fail(cli, &err);
    } else if (cli->json) {
        write(cli, m->decided, m->key, call->arguments[0], event, &word);
    } else if (!cli->quiet) {
        hedui_span state = hedui_label(HEDUI_LABEL_OVERRIDE, hedui_span_of(event), cli->language);
        hedui_buffer_format(&cli->out,
                            hedui_cli_say(cli, "%s %s %.*s，下一次核对起有效。\n",
                                          "%s %s: %.*s, from the next run on.\n"),
                            hedui_cli_say(cli, m->zh, m->en), call->arguments[0], (int)state.length,
                            state.at);
    }
    hedui_store_close(store);
    return code;
}
