/** @file
 * Whether to give up: asked again and again by long work, from any thread.
 */
#ifndef HEDUI_STOP_H
#define HEDUI_STOP_H

#include <hedui/err.h>

typedef struct hedui_stop {
    int (*asked)(void *context); /**< not 0: give up; must be safe in any thread */
    void *context;
} hedui_stop;

/** HEDUI_E5023 if somebody wants the work to stop. @param stop  NULL: nobody ever does. */
static inline hedui_status hedui_stop_check(const hedui_stop *stop, hedui_err *err)
{
    if (!stop || !stop->asked || !stop->asked(stop->context))
        return HEDUI_OK;
    return hedui_fail_plain(err, HEDUI_E5023, hedui_place_none());
}

#endif
