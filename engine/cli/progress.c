/* The bar is one line, narrower than the terminal, so that redrawing never scrolls. */
#include "cli/progress.h"

#include <stdio.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { REDRAW_MS = 100, BAR = 24 };

const char *hedui_cli_stage(const hedui_cli *cli, hedui_job_stage stage)
{
    static const char *const names[HEDUI_JOB_STAGES][2] = {
        [HEDUI_JOB_PLAN] = {"准备", "plan"},   [HEDUI_JOB_CASELOAD] = {"台账", "caseload"},
        [HEDUI_JOB_SCAN] = {"读取", "read"},   [HEDUI_JOB_JUDGE] = {"判断入库", "judge and store"},
        [HEDUI_JOB_STORE] = {"收尾", "close"}, [HEDUI_JOB_REPORT] = {"报表", "report"},
    };
    return names[stage][cli->language];
}

static int64_t now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int columns(void)
{
    struct winsize size;
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col)
        return size.ws_col;
    return 80;
}

void hedui_cli_progress_init(hedui_cli_progress *progress, const hedui_cli *cli)
{
    *progress = (hedui_cli_progress){cli, -1, 0, 0};
}

static void draw(hedui_cli_progress *progress, hedui_job_stage stage, int64_t done, int64_t total)
{
    char bar[BAR * 3 + 1];
    size_t at = 0;
    int64_t share = total > 0 ? done * 100 / total : 0;
    int full = total > 0 ? (int)(done * BAR / total) : 0;
    for (int i = 0; i < BAR; i++, at += 3)
        memcpy(bar + at, i < full ? "█" : "░", 3);
    bar[at] = '\0';
    if (columns() < BAR + 24 || total <= 0)
        (void)fprintf(stderr, "\r\033[K%s …", hedui_cli_stage(progress->cli, stage));
    else
        (void)fprintf(stderr, "\r\033[K%s ▕%s▏ %3d%%", hedui_cli_stage(progress->cli, stage), bar,
                      (int)share);
    progress->shown = 1;
}

void hedui_cli_progress_step(void *context, hedui_job_stage stage, int64_t done, int64_t total)
{
    hedui_cli_progress *progress = context;
    int begins = progress->stage != (int)stage;
    progress->stage = (int)stage;
    if (progress->cli->mode == HEDUI_CLI_PROGRESS_LOG && begins) {
        (void)fprintf(stderr, "%s\n", hedui_cli_stage(progress->cli, stage));
    } else if (progress->cli->mode == HEDUI_CLI_PROGRESS_BAR) {
        int64_t now = now_ms();
        if (!begins && now - progress->drawn < REDRAW_MS)
            return;
        progress->drawn = now;
        draw(progress, stage, done > total && total > 0 ? total : done, total);
    }
}

void hedui_cli_progress_end(hedui_cli_progress *progress)
{
    if (progress->shown)
        (void)fputs("\r\033[K", stderr);
    progress->shown = 0;
}
