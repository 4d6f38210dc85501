/* A bug is reported and the process aborts: continuing could flag a family wrongly. */
#include "base/invariant.h"

#include <stdio.h>
#include <stdlib.h>

_Noreturn void hedui_bug(const char *file, int line, const char *condition)
{
    (void)fprintf(stderr, "hedui: bug: %s:%d: %s\n", file, line, condition);
    abort();
}
