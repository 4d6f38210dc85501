/* A run read back from the store of a workspace. */
#include "cli/night.h"

hedui_status hedui_cli_night_load(hedui_cli_night *night, hedui_cli *cli, hedui_span id,
                                  hedui_err *err)
{
    hedui_status status =
        hedui_workspace_load(&night->workspace, cli->folder, cli->share, cli->arena, err);
    if (!status)
        status =
            hedui_store_open(&night->store, night->workspace->store, HEDUI_STORE_EXISTING, err);
    if (!status)
        status = hedui_cli_run_load(&night->view, night->store, id, cli->arena, err);
    return status;
}

hedui_span hedui_cli_night_flagged(const hedui_cli_night *night, hedui_cli *cli)
{
    hedui_span household = {"", 0};
    (void)hedui_store_run_flagged(&household, night->store, night->view.run->id, cli->arena, NULL);
    return household;
}

const char *hedui_cli_night_place(const hedui_cli *cli)
{
    return cli->folder ? hedui_cli_print(cli, " -C %s", cli->folder).at : "";
}

void hedui_cli_night_tell(hedui_cli *cli, const hedui_job_outcome *outcome)
{
    if (outcome->report_failed)
        hedui_cli_night_tell_unwritten(cli, outcome->run, &outcome->report_error);
}

/* The run is stored: what failed is told below its summary, not in place of it. */
void hedui_cli_night_tell_unwritten(hedui_cli *cli, const char *run, const hedui_err *failed)
{
    char room[1024]; /* memory may be what failed */
    hedui_err err;
    hedui_buffer why;
    hedui_err_init(&err);
    hedui_buffer_begin(&why, room, sizeof room);
    hedui_message_sentence(&why, failed, cli->language);
    hedui_span text = hedui_buffer_span(&why);
    const char *stop = hedui_cli_say(cli, "。", ".");
    size_t length = strlen(stop);
    if (text.length >= length && memcmp(text.at + text.length - length, stop, length) == 0)
        text.length -= length;
    (void)hedui_fail(&err, HEDUI_E8011, hedui_place_none(), HEDUI_ARG_TEXT(run),
                     HEDUI_ARG_SPAN(text));
    if (!cli->json) /* the summary stands above what went wrong behind it */
        (void)hedui_cli_flush(cli);
    (void)hedui_cli_fail(cli, &err);
    hedui_buffer_free(&why);
}

void hedui_cli_night_close(hedui_cli_night *night)
{
    hedui_store_close(night->store);
    night->store = NULL;
}
