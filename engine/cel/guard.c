#include "cel/internal.h"

void hedui_cel_guard(compiler *c)
{
    (void)c;
}

void hedui_cel_cost(compiler *c)
{
    (void)c;
}
