/* Consent is a word typed, never an empty line. */
#include "cli/consent.h"

#include <stdio.h>
#include <unistd.h>

static int agreed(const char *answer)
{
    static const char *const words[] = {"y\n", "Y\n", "yes\n", "是\n"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(answer, words[i]) == 0)
            return 1;
    return 0;
}

hedui_status hedui_cli_consent(const hedui_cli *cli, const hedui_cli_call *call,
                               const char *question, hedui_err *err)
{
    char answer[16];
    if (hedui_cli_value_find(call, "yes"))
        return HEDUI_OK;
    if (!isatty(STDIN_FILENO) || !isatty(STDERR_FILENO))
        return hedui_fail_plain(err, HEDUI_E8514, hedui_place_none());
    (void)fprintf(stderr, hedui_cli_say(cli, "%s？输入 y 确认：", "%s? Type y to go on: "),
                  question);
    (void)fflush(stderr);
    if (!fgets(answer, sizeof answer, stdin) || !agreed(answer))
        return hedui_fail_plain(err, HEDUI_E8515, hedui_place_none());
    return HEDUI_OK;
}
