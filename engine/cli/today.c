/* The one place where a clock decides anything: the default of the day a run or a query is about.
 */
#include "cli/cli.h"

#include <hedui/date.h>

#include <time.h>

int32_t hedui_cli_today(void)
{
    time_t now = time(NULL);
    struct tm civil;
    int32_t day = 0;
    if (localtime_r(&now, &civil))
        (void)hedui_date_from_civil(&day, civil.tm_year + 1900, civil.tm_mon + 1, civil.tm_mday);
    return day;
}
