/** @file
 * What every unit test includes: cmocka with the headers it expects.
 */
#ifndef HEDUI_TESTS_TEST_H
#define HEDUI_TESTS_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
