/** @file
 * What rules over further feeds ask about, planted in ordinary households.
 */
#ifndef HEDUI_DEMO_CORE_H
#define HEDUI_DEMO_CORE_H

#include "demo/world.h"

/** Plant something in an ordinary case, of some; the case's quirk stays "-". */
void hedui_demo_core(hedui_demo_case *made);

#endif
