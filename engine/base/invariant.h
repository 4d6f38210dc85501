/** @file
 * Checks of the program against itself. They stay on in release builds: better to stop than to go
 * on in a state that cannot be.
 */
#ifndef HEDUI_BASE_INVARIANT_H
#define HEDUI_BASE_INVARIANT_H

/** Abort with file, line and the broken condition. */
_Noreturn void hedui_bug(const char *file, int line, const char *condition);

#define HEDUI_INVARIANT(condition)                                                                 \
    ((condition) ? (void)0 : hedui_bug(__FILE__, __LINE__, #condition))

#endif
