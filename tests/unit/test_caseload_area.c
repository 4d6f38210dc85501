/* The table of areas: every fault is named with its line; the tree answers who stands above whom.
 */
#include "caseload/area.h"
#include "test.h"

#include <hedui/file.h>

#include <stdlib.h>
#include <unistd.h>

static hedui_status load(const hedui_areas **areas, const char *text, hedui_arena *arena,
                         hedui_err *err)
{
    char path[] = "/tmp/hedui-areas-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    (void)close(fd);
    hedui_err_init(err);
    assert_int_equal(hedui_file_replace(path, hedui_span_of(text), err), HEDUI_OK);
    hedui_status status = hedui_areas_load(areas, path, hedui_span_of("659000"), arena, err);
    (void)unlink(path);
    return status;
}

static void names_every_fault_with_its_line(void **state)
{
    static const struct {
        const char *text;
        hedui_status status;
        uint32_t line;
    } cases[] = {
        {"code,name,parent,urban_rural\n659000,县,,\n659000001,镇,659000,urban\n", HEDUI_OK, 0},
        {"\xEF\xBB\xBF"
         "code,name,parent,urban_rural\r\n659000,县,,\r\n",
         HEDUI_OK, 0},
        {"name,code,parent\n县,659000,\n", HEDUI_OK, 0},
        {"code,name\n659000,县\n", HEDUI_E4001, 1},
        {"code,name,parent\n659000\n", HEDUI_E4001, 2},
        {"code,name,parent\n\"659000\",县,\n", HEDUI_E4001, 2},
        {"code,name,parent\n659000,县,\n659000001,\xD5\xF2,659000\n", HEDUI_E4006, 3}, /* GB18030 */
        {"code,name,parent\n659000,县,\n659000,县,\n", HEDUI_E4002, 3},
        {"code,name,parent\n,县,\n", HEDUI_E4002, 2},
        {"code,name,parent\n659000,县,\n659000001,镇,659009\n", HEDUI_E4003, 3},
        {"code,name,parent\n659000,县,\n1,甲,2\n2,乙,1\n", HEDUI_E4003, 3},
        {"code,name,parent\n659000,县,\n659001,县,\n", HEDUI_E4004, 3},
        {"code,name,parent\n659001,县,\n", HEDUI_E4004, 2},
        {"code,name,parent\n", HEDUI_E4004, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hedui_arena *arena = hedui_arena_open(0);
        const hedui_areas *areas = NULL;
        hedui_err err;
        hedui_status status = load(&areas, cases[i].text, arena, &err);
        if (status != cases[i].status || (status && err.line != cases[i].line))
            fail_msg("case %zu: status %d, line %u", i, (int)status, err.line);
        hedui_arena_close(arena);
    }
}

static void knows_who_stands_above_whom(void **state)
{
    hedui_arena *arena = hedui_arena_open(0);
    const hedui_areas *areas = NULL;
    hedui_err err;
    (void)state;
    assert_int_equal(load(&areas,
                          "code,name,parent\n659000001001,村,659000001\n659000001,镇,659000\n"
                          "659000,县,\n",
                          arena, &err),
                     HEDUI_OK);
    uint32_t village = hedui_areas_find(areas, hedui_span_of("659000001001"));
    uint32_t town = hedui_areas_find(areas, hedui_span_of("659000001"));
    uint32_t county = hedui_areas_find(areas, hedui_span_of("659000"));
    assert_int_equal(hedui_areas_find(areas, hedui_span_of("6590")), HEDUI_AREA_NONE);
    assert_int_equal(areas->list[village].depth, 2);
    assert_int_equal(hedui_areas_at_depth(areas, village, 1), town);
    assert_int_equal(hedui_areas_at_depth(areas, town, 1), town);
    assert_int_equal(hedui_areas_at_depth(areas, county, 1), HEDUI_AREA_NONE);
    assert_int_equal(hedui_areas_at_depth(areas, village, 0), county);
    hedui_arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_every_fault_with_its_line),
        cmocka_unit_test(knows_who_stands_above_whom),
    };
    return cmocka_run_group_tests_name("caseload/area", tests, NULL, NULL);
}
