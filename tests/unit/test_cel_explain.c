/* Evidence: the rows that made a condition true, the lists searched in vain, the reasons that keep
 * it open. The household is made up: three cars, an exemption list, a source that did not arrive.
 */
#include "test.h"

#include <hedui/cel_explain.h>
#include <hedui/cel_template.h>

#include <stdio.h>

enum { CAR_USE, CAR_CC, CAR_SINCE, CAR_UNTIL, CAR_OWNER, CARS = 3 };
enum { HH_CARS, HH_EXEMPTIONS, HH_BANK, HH_NAME };

typedef struct world {
    hedui_arena *arena;
    hedui_cel_env *env;
    hedui_cel_type *car, *household;
    const hedui_cel_type *use;
    hedui_cel_value variables[4];
    hedui_cel_value cars[CARS];
    uint32_t counted_slot;
} world;

static const int32_t cc[CARS] = {1600, 48, 2000};
static const uint32_t uses[CARS] = {0, 0, 1};
static const hedui_cel_reason no_bank = {1, 9, 0, 0}, no_use = {2, 3, 0, 1};

static hedui_cel_value car_field(const void *context, const void *object, uint32_t row,
                                 uint32_t field, hedui_arena *arena)
{
    const world *w = object;
    (void)context;
    (void)arena;
    switch (field) {
    case CAR_USE:
        return row == 1 ? hedui_cel_unknown(&no_use, 1) : hedui_cel_code(w->use, uses[row]);
    case CAR_CC:
        return hedui_cel_int(cc[row]);
    case CAR_SINCE:
        return hedui_cel_date(19000 + (int32_t)row);
    case CAR_UNTIL:
        return row == 0 ? hedui_cel_date(20000) : hedui_cel_absent();
    default:
        return hedui_cel_row(w->household, w, 0);
    }
}

static hedui_cel_value household_field(const void *context, const void *object, uint32_t row,
                                       uint32_t field, hedui_arena *arena)
{
    const world *w = object;
    (void)context;
    (void)row;
    (void)arena;
    if (field == HH_CARS)
        return hedui_cel_list(w->cars, CARS);
    if (field == HH_EXEMPTIONS)
        return hedui_cel_list(NULL, 0);
    if (field == HH_BANK)
        return hedui_cel_unknown(&no_bank, 1);
    return hedui_cel_string(hedui_span_of("张三"));
}

static void add_types(world *w)
{
    static const hedui_span codes[] = {HEDUI_SPAN("private"), HEDUI_SPAN("goods")};
    static const hedui_span labels[] = {HEDUI_SPAN("自用"), HEDUI_SPAN("货运")};
    static hedui_cel_field code_fields[2], car_fields[5], household_fields[4];
    const hedui_cel_type *text = hedui_cel_type_simple(HEDUI_CEL_STRING);
    hedui_cel_codes list = {codes, labels, 2, code_fields, 2, NULL, NULL};
    code_fields[0] = (hedui_cel_field){"code", text, HEDUI_CEL_REQUIRED, NULL, 0};
    code_fields[1] = (hedui_cel_field){"label", text, HEDUI_CEL_REQUIRED, NULL, 0};
    w->use = hedui_cel_type_code(w->arena, hedui_span_of("use"), &list);
    w->car = hedui_cel_type_record(w->arena, hedui_span_of("car"));
    w->household = hedui_cel_type_record(w->arena, hedui_span_of("household"));
    const hedui_cel_type *day = hedui_cel_type_simple(HEDUI_CEL_DATE);
    const hedui_cel_type *cars = hedui_cel_type_list(w->arena, w->car);
    car_fields[CAR_USE] = (hedui_cel_field){"use", w->use, HEDUI_CEL_MAY_BE_UNKNOWN, NULL, 0};
    car_fields[CAR_CC] = (hedui_cel_field){"engine_cc", hedui_cel_type_simple(HEDUI_CEL_INT),
                                           HEDUI_CEL_REQUIRED, NULL, 0};
    car_fields[CAR_SINCE] = (hedui_cel_field){"since", day, HEDUI_CEL_REQUIRED, NULL, 0};
    car_fields[CAR_UNTIL] = (hedui_cel_field){"until", day, HEDUI_CEL_MAY_BE_ABSENT, NULL, 0};
    car_fields[CAR_OWNER] = (hedui_cel_field){"owner", w->household, HEDUI_CEL_REQUIRED, NULL, 0};
    household_fields[HH_CARS] = (hedui_cel_field){"cars", cars, HEDUI_CEL_REQUIRED, NULL, 0};
    household_fields[HH_EXEMPTIONS] =
        (hedui_cel_field){"exemptions", cars, HEDUI_CEL_REQUIRED, NULL, 0};
    household_fields[HH_BANK] = (hedui_cel_field){"bank", cars, HEDUI_CEL_REQUIRED, NULL, 0};
    household_fields[HH_NAME] = (hedui_cel_field){"name", text, HEDUI_CEL_REQUIRED, NULL, 0};
    hedui_cel_record car = {car_fields, 5, 3, 64, car_field, NULL, NULL};
    hedui_cel_record household = {household_fields, 4, 1, 1, household_field, NULL, NULL};
    assert_true(hedui_cel_type_define(w->car, &car, w->arena));
    assert_true(hedui_cel_type_define(w->household, &household, w->arena));
}

static const hedui_cel_program *compile(world *w, const char *text, hedui_status *status,
                                        const hedui_notes *notes)
{
    hedui_cel_source source = {hedui_span_of(text), "rules.yaml", 10, 7, 6};
    const hedui_cel_program *program = NULL;
    *status = hedui_cel_compile(&program, w->env, &source, NULL, w->arena, notes);
    return program;
}

static void open_world(world *w)
{
    static const hedui_cel_options options = {0};
    hedui_status status;
    memset(w, 0, sizeof *w);
    w->arena = hedui_arena_open(0);
    w->env = hedui_cel_env_open(&options, w->arena);
    add_types(w);
    for (uint32_t i = 0; i < CARS; i++)
        w->cars[i] = hedui_cel_row(w->car, w, i);
    assert_int_equal(hedui_cel_env_variable(w->env, hedui_span_of("hh"), w->household, NULL), 0);
    assert_int_equal(hedui_cel_env_variable(w->env, hedui_span_of("param.cc"),
                                            hedui_cel_type_simple(HEDUI_CEL_INT), NULL),
                     1);
    w->counted_slot = hedui_cel_env_variable(w->env, hedui_span_of("counted"),
                                             hedui_cel_type_list(w->arena, w->car), NULL);
    assert_int_equal(w->counted_slot, 2);
    assert_int_equal(hedui_cel_env_variable(w->env, hedui_span_of("v"), w->car, NULL), 3);
    w->variables[0] = hedui_cel_row(w->household, w, 0);
    w->variables[1] = hedui_cel_int(50);
    w->variables[2] = hedui_cel_lazy();
    w->variables[3] = w->cars[0];
    const hedui_cel_program *counted =
        compile(w, "hh.cars.filter(c, c.engine_cc > param.cc)", &status, NULL);
    assert_int_equal(status, HEDUI_OK);
    hedui_cel_env_defined_by(w->env, w->counted_slot, counted);
}

/* The flat sets as a line: cells as type#row.field, searches as !type:count, reads, reasons. */
static void summary(char *out, size_t size, const hedui_cel_explanation *why)
{
    size_t used = 0;
    out[0] = '\0';
    for (uint32_t i = 0; i < why->cell_count; i++) {
        const hedui_cel_cell *c = &why->cells[i];
        hedui_span name = hedui_cel_type_name(c->type);
        used +=
            (size_t)snprintf(out + used, size - used, "%.*s#%u", (int)name.length, name.at, c->row);
        if (c->field != HEDUI_CEL_NO_FIELD)
            used += (size_t)snprintf(out + used, size - used, ".%s",
                                     hedui_cel_type_fields(c->type)->fields[c->field].name);
        used += (size_t)snprintf(out + used, size - used, " ");
    }
    for (uint32_t i = 0; i < why->search_count; i++)
        used += (size_t)snprintf(
            out + used, size - used, "!%s:%u ",
            hedui_cel_type_fields(why->searches[i].owner)->fields[why->searches[i].field].name,
            why->searches[i].count);
    for (uint32_t i = 0; i < why->read_count; i++)
        used += (size_t)snprintf(out + used, size - used, "$%u ", why->reads[i].slot);
    for (uint32_t i = 0; i < why->reason_count; i++)
        used += (size_t)snprintf(out + used, size - used, "?%u/%u ", why->reasons[i].kind,
                                 why->reasons[i].source);
    if (used)
        out[used - 1] = '\0';
}

static void names_what_decided(void **state)
{
    static const struct {
        const char *text;
        int kind, truth;
        const char *want;
    } cases[] = {
        {"hh.cars.exists(c, c.engine_cc > param.cc)", HEDUI_CEL_BOOL, 1,
         "car#0 car#0.engine_cc car#2 car#2.engine_cc $1"},
        {"hh.cars.exists(c, c.engine_cc > 3000)", HEDUI_CEL_BOOL, 0,
         "car#0 car#0.engine_cc car#1 car#1.engine_cc car#2 car#2.engine_cc !cars:3"},
        {"hh.cars.all(c, c.engine_cc > 10)", HEDUI_CEL_BOOL, 1,
         "car#0 car#0.engine_cc car#1 car#1.engine_cc car#2 car#2.engine_cc !cars:3"},
        {"hh.cars.all(c, c.engine_cc > 50)", HEDUI_CEL_BOOL, 0, "car#1 car#1.engine_cc"},
        {"!hh.exemptions.exists(x, x.engine_cc > 0)", HEDUI_CEL_BOOL, 1, "!exemptions:0"},
        {"v.engine_cc > 50 && !hh.exemptions.exists(x, x.owner == v.owner)", HEDUI_CEL_BOOL, 1,
         "car#0.engine_cc !exemptions:0"},
        {"v.engine_cc > 50 || v.engine_cc < 0", HEDUI_CEL_BOOL, 1, "car#0.engine_cc"},
        {"hh.cars.exists(c, c.use == \"goods\")", HEDUI_CEL_BOOL, 1, "car#2 car#2.use"},
        {"hh.cars.exists(c, c.use == \"goods\" && c.engine_cc < 100)", HEDUI_CEL_UNKNOWN, 0,
         "car#1 ?2/3"},
        {"counted.atLeast(2, c, c.engine_cc > 100)", HEDUI_CEL_BOOL, 1,
         "car#0 car#0.engine_cc car#2 car#2.engine_cc $1"},
        {"counted.exists(c, c.engine_cc == 2000)", HEDUI_CEL_BOOL, 1, "car#2 car#2.engine_cc $1"},
        {"counted.exists(c, c.engine_cc == 7)", HEDUI_CEL_BOOL, 0,
         "car#0 car#0.engine_cc car#2 car#2.engine_cc !cars:3 $1"},
        {"hh.cars.exists(c, hh.exemptions.exists(x, x.owner == c.owner))", HEDUI_CEL_BOOL, 0,
         "car#0 car#1 car#2 !cars:3 !exemptions:0"},
        {"[v].map(o, hh.cars.filter(c, c.owner == o.owner)).flatten().exists(c, c.engine_cc > 100)",
         HEDUI_CEL_BOOL, 1, "car#0 car#0.engine_cc car#0.owner car#2 car#2.engine_cc car#2.owner"},
        {"counted.size() == 2", HEDUI_CEL_BOOL, 1,
         "car#0 car#0.engine_cc car#2 car#2.engine_cc $1"},
        {"hh.cars.sumOf(c, c.engine_cc) > 3000", HEDUI_CEL_BOOL, 1,
         "car#0 car#0.engine_cc car#1 car#1.engine_cc car#2 car#2.engine_cc"},
        {"hh.bank.exists(b, b.engine_cc > 0)", HEDUI_CEL_UNKNOWN, 0, "?1/9"},
        {"hh.cars.map(c, c.engine_cc == 48 ? hh.bank : [c]).flatten().exists(c, c.engine_cc > "
         "1999)",
         HEDUI_CEL_BOOL, 1, "car#2 car#2.engine_cc"},
        {"hh.cars.map(c, c.engine_cc == 48 ? hh.bank : [c]).flatten().sumOver(c, c.engine_cc, "
         "3599)",
         HEDUI_CEL_BOOL, 1, "car#0 car#0.engine_cc car#2 car#2.engine_cc"},
        {"hh.cars.map(c, c.engine_cc == 48 ? hh.bank : [c]).flatten().exists(c, c.engine_cc > "
         "2000)",
         HEDUI_CEL_UNKNOWN, 0, "?1/9"},
        {"hh.bank.exists(b, true) && v.use == \"goods\"", HEDUI_CEL_BOOL, 0, "car#0.use"},
        {"assume(hh.bank.exists(b, true), false) || v.engine_cc > 1", HEDUI_CEL_BOOL, 1,
         "car#0.engine_cc"},
        {"!assume(hh.bank.exists(b, true), false)", HEDUI_CEL_BOOL, 1, "?1/9"},
        {"has(v.until) && v.until > v.since", HEDUI_CEL_BOOL, 1, "car#0.since car#0.until"},
        {"hh.cars.latestBy(c, c.since).value().engine_cc == 2000", HEDUI_CEL_BOOL, 1,
         "car#2 car#2.engine_cc car#2.since"},
    };
    (void)state;
    world w;
    open_world(&w);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hedui_cel_input input = {.variables = w.variables};
        hedui_cel_explanation why;
        hedui_status status;
        char text[400];
        const hedui_cel_program *program = compile(&w, cases[i].text, &status, NULL);
        if (!program)
            fail_msg("%s: E%d", cases[i].text, (int)status);
        hedui_cel_value v = hedui_cel_eval(program, &input, w.arena);
        assert_int_equal(hedui_cel_explain(&why, program, &input, w.arena), HEDUI_OK);
        summary(text, sizeof text, &why);
        if (v.kind != why.value.kind || (int)v.kind != cases[i].kind ||
            (v.kind == HEDUI_CEL_BOOL && v.as.boolean != cases[i].truth) ||
            strcmp(text, cases[i].want) != 0)
            fail_msg("%s: kind %d: '%s', not '%s'", cases[i].text, v.kind, text, cases[i].want);
    }
    hedui_arena_close(w.arena);
}

/* Why one element is in a list: what its filters read of it, and nothing of the others. */
static void names_why_an_element_is_there(void **state)
{
    static const struct {
        const char *text;
        uint32_t at;
        const char *want;
    } cases[] = {
        {"hh.cars", 1, ""},
        {"counted", 1, "car#2.engine_cc $1"},
        {"counted.filter(c, !hh.exemptions.exists(x, x.owner == c.owner))", 0,
         "car#0.engine_cc !exemptions:0 $1"},
        {"hh.cars.filter(c, c.use == \"goods\")", 1, "car#2.use"},
    };
    (void)state;
    world w;
    open_world(&w);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hedui_cel_input input = {.variables = w.variables};
        hedui_cel_explanation why;
        hedui_status status;
        char text[400];
        const hedui_cel_program *program = compile(&w, cases[i].text, &status, NULL);
        if (!program)
            fail_msg("%s: E%d", cases[i].text, (int)status);
        hedui_cel_value list = hedui_cel_eval(program, &input, w.arena);
        assert_true(list.kind == HEDUI_CEL_LIST && list.count > cases[i].at);
        hedui_cel_value element = list.as.items[cases[i].at];
        assert_int_equal(hedui_cel_explain_element(&why, program, &input, element, w.arena),
                         HEDUI_OK);
        summary(text, sizeof text, &why);
        if (!hedui_cel_equal(why.value, element) || strcmp(text, cases[i].want) != 0)
            fail_msg("%s: '%s', not '%s'", cases[i].text, text, cases[i].want);
    }
    hedui_arena_close(w.arena);
}

static void keep(void *context, const hedui_err *note)
{
    hedui_err *first = context;
    if (first->status == HEDUI_OK)
        *first = *note;
}

static void points_into_the_authors_file(void **state)
{
    static const struct {
        const char *text;
        hedui_status want;
        uint32_t line, column, width;
    } cases[] = {
        {"v.engin_cc > 5", HEDUI_E3222, 10, 9, 8},
        {"v.engine_cc > 5\n&& v.until > v.since", HEDUI_E3228, 11, 10, 7},
        {"v.use == \"gods\"", HEDUI_E3225, 10, 16, 6},
        {"v.use in [\"goods\", \"privat\"]", HEDUI_E3225, 10, 26, 8},
        {"\"gods\" in hh.cars.map(c, c.use)", HEDUI_E3225, 10, 7, 6},
        {"param.cd > 5", HEDUI_E3220, 10, 7, 8},
        {"hh.name == \"张三\" && vv.since == v.since", HEDUI_E3220, 10, 26, 2},
        {"!has(v.until) && v.until > v.since", HEDUI_E3228, 10, 24, 7},
        {"has(v.until) || v.until > v.since", HEDUI_E3228, 10, 23, 7},
    };
    static const char *const accepted[] = {
        "has(v.until) && v.until > v.since",
        "v.until > v.since && has(v.until)",
        "!has(v.until) || v.until > v.since",
        "has(v.until) ? v.until > v.since : false",
        "v.?until.orValue(v.since) > v.since",
        "known(v.until)",
        "assume(v.until, v.since) > v.since",
        "hh.cars.filter(c, has(c.until)).exists(d, d.until > d.since)",
        "hh.cars.exists(c, has(c.until) && c.engine_cc > 5 && c.until > c.since)",
    };
    (void)state;
    world w;
    open_world(&w);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hedui_err err;
        hedui_status status;
        hedui_err_init(&err);
        hedui_notes notes = {keep, &err};
        assert_null(compile(&w, cases[i].text, &status, &notes));
        if (err.status != cases[i].want || err.line != cases[i].line ||
            err.column != cases[i].column || err.caret_width != cases[i].width)
            fail_msg("%s: E%d at %u:%u, width %u", cases[i].text, (int)err.status, err.line,
                     err.column, err.caret_width);
        assert_string_equal(err.file, "rules.yaml");
    }
    for (size_t i = 0; i < sizeof accepted / sizeof *accepted; i++) {
        hedui_status status;
        if (!compile(&w, accepted[i], &status, NULL))
            fail_msg("%s: E%d", accepted[i], (int)status);
    }
    hedui_arena_close(w.arena);
}

static void fills_texts(void **state)
{
    static const struct {
        const char *text, *want;
    } cases[] = {
        {"{v.owner.name}名下登记{v.use.label}车，{v.since}初次登记",
         "张三名下登记自用车，2022-01-08初次登记"},
        {"{{{v.engine_cc}}} {v.use}", "{1600} 自用"},
        {"{v.use.code == \"private\" ? \"}\" : \"\"}", "}"},
        {"{hh.bank.size()} {hh.cars.map(c, c.engine_cc)}", "不详 1600、48、2000"},
        {"{hh.cars[1].until}", "不详"},
    };
    (void)state;
    world w;
    open_world(&w);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hedui_cel_source source = {hedui_span_of(cases[i].text), NULL, 1, 1, 0};
        hedui_cel_input input = {.variables = w.variables};
        const hedui_cel_template *text;
        hedui_buffer out;
        hedui_buffer_init(&out);
        assert_int_equal(hedui_cel_template_compile(&text, w.env, &source, w.arena, NULL),
                         HEDUI_OK);
        assert_true(hedui_cel_template_render(&out, text, &input, w.arena));
        assert_string_equal(out.data, cases[i].want);
        hedui_buffer_free(&out);
    }
    hedui_cel_source open = {HEDUI_SPAN("a {v.since"), NULL, 1, 1, 0};
    const hedui_cel_template *none;
    assert_int_equal(hedui_cel_template_compile(&none, w.env, &open, w.arena, NULL), HEDUI_E3236);
    hedui_arena_close(w.arena);
}

static void add_name(void *context, hedui_span name)
{
    hedui_buffer_add(context, name);
    hedui_buffer_byte(context, ' ');
}

static void says_what_it_reads(void **state)
{
    (void)state;
    world w;
    hedui_status status;
    hedui_buffer names;
    open_world(&w);
    hedui_cel_source source = {
        HEDUI_SPAN("hh.cars.exists(c, c.engine_cc > param.cc) && other(x.y.z(c), day)"), NULL, 1, 1,
        0};
    hedui_buffer_init(&names);
    assert_int_equal(hedui_cel_names(&source, add_name, &names, w.arena, NULL), HEDUI_OK);
    assert_string_equal(names.data, "hh.cars param.cc x.y.z x.y c day ");
    hedui_buffer_free(&names);
    const hedui_cel_program *program =
        compile(&w, "hh.cars.exists(c, c.engine_cc > param.cc)", &status, NULL);
    hedui_cel_use use;
    unsigned variables = 0, fields = 0;
    for (uint32_t i = 0; hedui_cel_program_use(&use, program, i); i++) {
        variables += !use.record;
        fields += use.record != NULL;
    }
    assert_int_equal(variables, 2);
    assert_int_equal(fields, 2);
    assert_true(hedui_cel_program_cost(program) > 64);
    hedui_arena_close(w.arena);
}

static void stops_at_the_step_limit(void **state)
{
    (void)state;
    world w;
    hedui_status status;
    open_world(&w);
    const hedui_cel_program *program = compile(
        &w, "lists.range(1000).exists(a, lists.range(1000).exists(b, a + b < 0))", &status, NULL);
    hedui_cel_input input = {.variables = w.variables, .max_steps = 10000};
    assert_non_null(program);
    hedui_cel_value v = hedui_cel_eval(program, &input, w.arena);
    assert_int_equal(v.kind, HEDUI_CEL_ERROR);
    assert_int_equal(v.code, HEDUI_CEL_ERROR_LIMIT);
    hedui_arena_close(w.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_what_decided),
        cmocka_unit_test(names_why_an_element_is_there),
        cmocka_unit_test(points_into_the_authors_file),
        cmocka_unit_test(fills_texts),
        cmocka_unit_test(says_what_it_reads),
        cmocka_unit_test(stops_at_the_step_limit),
    };
    return cmocka_run_group_tests_name("cel/explain", tests, NULL, NULL);
}
