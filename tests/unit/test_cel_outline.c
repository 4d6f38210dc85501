/* A condition line by line with its values: chains, lists, what is not known and why, what decided,
 * parameters. The household is made up: cars, an account list that did not arrive, an area. */
#include "test.h"

#include <hedui/cel_explain.h>
#include <hedui/cel_outline.h>

#include <stdio.h>

enum { CAR_USE, CAR_CC, CAR_UNTIL, CAR_WORTH, CAR_FIELDS };
enum { HH_CARS, HH_BANK, HH_AREA, HH_FIELDS };
enum { CARS = 3 };

typedef struct world {
    hedui_arena *arena;
    hedui_cel_env *env;
    hedui_cel_type *car, *household;
    const hedui_cel_type *use;
    hedui_cel_value variables[5];
    hedui_cel_value cars[CARS];
} world;

static const hedui_cel_reason no_bank = {1, 9, 0, 0}, no_use = {2, 3, 0, 1};

static hedui_cel_value car_field(const void *context, const void *object, uint32_t row,
                                 uint32_t field, hedui_arena *arena)
{
    static const int32_t cc[CARS] = {1600, 48, 2000};
    static const int64_t worth[CARS] = {8650000, 120050, 1000};
    const world *w = object;
    (void)context;
    (void)arena;
    if (field == CAR_USE)
        return row == 1 ? hedui_cel_unknown(&no_use, 1) : hedui_cel_code(w->use, row == 2);
    if (field == CAR_CC)
        return hedui_cel_int(cc[row]);
    if (field == CAR_UNTIL)
        return row == 0 ? hedui_cel_date(16000) : hedui_cel_absent();
    return hedui_cel_decimal(worth[row], 2);
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
    if (field == HH_BANK)
        return hedui_cel_unknown(&no_bank, 1);
    return hedui_cel_string(hedui_span_of("659000003"));
}

static void open_world(world *w)
{
    static const hedui_span codes[] = {HEDUI_SPAN("A"), HEDUI_SPAN("G")};
    static const hedui_span labels[] = {HEDUI_SPAN("自用"), HEDUI_SPAN("货运")};
    static hedui_cel_field code_fields[2], car_fields[CAR_FIELDS], household_fields[HH_FIELDS];
    static const hedui_cel_options options = {0};
    const hedui_cel_type *text = hedui_cel_type_simple(HEDUI_CEL_STRING);
    const hedui_cel_type *number = hedui_cel_type_simple(HEDUI_CEL_INT);
    hedui_cel_codes list = {codes, labels, 2, code_fields, 2, NULL, NULL};
    memset(w, 0, sizeof *w);
    w->arena = hedui_arena_open(0);
    w->env = hedui_cel_env_open(&options, w->arena);
    code_fields[0] = (hedui_cel_field){"code", text, HEDUI_CEL_REQUIRED, NULL, 0};
    code_fields[1] = (hedui_cel_field){"label", text, HEDUI_CEL_REQUIRED, NULL, 0};
    w->use = hedui_cel_type_code(w->arena, hedui_span_of("use"), &list);
    w->car = hedui_cel_type_record(w->arena, hedui_span_of("car"));
    w->household = hedui_cel_type_record(w->arena, hedui_span_of("household"));
    const hedui_cel_type *cars = hedui_cel_type_list(w->arena, w->car);
    car_fields[CAR_USE] = (hedui_cel_field){"use", w->use, HEDUI_CEL_MAY_BE_UNKNOWN, NULL, 0};
    car_fields[CAR_CC] = (hedui_cel_field){"cc", number, HEDUI_CEL_REQUIRED, NULL, 0};
    car_fields[CAR_UNTIL] = (hedui_cel_field){"until", hedui_cel_type_simple(HEDUI_CEL_DATE),
                                              HEDUI_CEL_MAY_BE_ABSENT, NULL, 0};
    car_fields[CAR_WORTH] =
        (hedui_cel_field){"worth", hedui_cel_type_decimal(2), HEDUI_CEL_REQUIRED, NULL, 0};
    household_fields[HH_CARS] = (hedui_cel_field){"cars", cars, HEDUI_CEL_REQUIRED, NULL, 0};
    household_fields[HH_BANK] = (hedui_cel_field){"bank", cars, HEDUI_CEL_MAY_BE_UNKNOWN, NULL, 0};
    household_fields[HH_AREA] = (hedui_cel_field){"area", text, HEDUI_CEL_REQUIRED, NULL, 0};
    hedui_cel_record car = {car_fields, CAR_FIELDS, 3, 64, car_field, NULL, NULL};
    hedui_cel_record household = {household_fields, HH_FIELDS, 1, 1, household_field, NULL, NULL};
    assert_true(hedui_cel_type_define(w->car, &car, w->arena));
    assert_true(hedui_cel_type_define(w->household, &household, w->arena));
    const struct {
        const char *name;
        const hedui_cel_type *type;
        hedui_cel_value value;
    } variables[] = {
        {"hh", w->household, hedui_cel_row(w->household, w, 0)},
        {"param.cc", number, hedui_cel_int(125)},
        {"param.limit", hedui_cel_type_decimal(2), hedui_cel_decimal(5000000, 2)},
        {"as_of", hedui_cel_type_simple(HEDUI_CEL_DATE), hedui_cel_date(16256)},
        {"counted", cars, hedui_cel_list(w->cars, CARS)},
    };
    for (uint32_t i = 0; i < CARS; i++)
        w->cars[i] = hedui_cel_row(w->car, w, i);
    for (uint32_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        assert_int_equal(hedui_cel_env_variable(w->env, hedui_span_of(variables[i].name),
                                                variables[i].type, NULL),
                         i);
        w->variables[i] = variables[i].value;
    }
}

static void print_value(hedui_buffer *out, hedui_cel_value v)
{
    if (v.kind == HEDUI_CEL_UNKNOWN)
        for (uint32_t i = 0; i < v.count; i++)
            hedui_buffer_format(out, "?%u/%u", v.as.reasons[i].kind, v.as.reasons[i].source);
    else if (v.kind == HEDUI_CEL_ERROR)
        hedui_buffer_format(out, "!%s", hedui_cel_error_text((hedui_cel_error)v.code));
    else
        hedui_cel_value_print(out, v);
}

static void print_part(hedui_buffer *out, const hedui_cel_part *p)
{
    static const char *const kinds[] = {"all", "any", "not",  "choice", "call", "list",
                                        "row", "sum", "more", "field",  "name", "assumed"};
    _Static_assert(sizeof kinds / sizeof *kinds == HEDUI_CEL_PART_KINDS, "a word a kind");
    hedui_buffer_format(out, "%*s%s%s", (int)p->depth * 2, "", p->decides ? "" : "-",
                        kinds[p->kind]);
    if (p->kind == HEDUI_CEL_PART_ROW || p->kind == HEDUI_CEL_PART_MORE)
        hedui_buffer_format(out, " %u", p->count);
    else if (p->kind != HEDUI_CEL_PART_ALL && p->kind != HEDUI_CEL_PART_ANY &&
             p->kind != HEDUI_CEL_PART_TOTAL) {
        hedui_buffer_byte(out, ' ');
        hedui_buffer_add(out, p->text);
    }
    if (p->kind == HEDUI_CEL_PART_LIST || p->kind == HEDUI_CEL_PART_ASSUMED)
        hedui_buffer_format(out, " #%u", p->count);
    hedui_buffer_text(out, " = ");
    print_value(out, p->value);
    hedui_buffer_byte(out, '\n');
}

static void expect(world *w, const char *text, uint32_t most_rows, const char *want)
{
    hedui_cel_source source = {hedui_span_of(text), "rules.yaml", 10, 7, 6};
    hedui_cel_input input = {.variables = w->variables};
    const hedui_cel_program *program = NULL;
    const hedui_cel_part *parts = NULL;
    uint32_t count = 0;
    hedui_buffer got;
    hedui_buffer_init(&got);
    if (hedui_cel_compile(&program, w->env, &source, NULL, w->arena, NULL))
        fail_msg("does not compile: %s", text);
    assert_int_equal(hedui_cel_outline(&parts, &count, program, &input, most_rows, w->arena),
                     HEDUI_OK);
    assert_true(hedui_cel_equal(parts[0].value, hedui_cel_eval(program, &input, w->arena)) ||
                hedui_cel_undetermined(parts[0].value));
    for (uint32_t i = 0; i < count; i++)
        print_part(&got, &parts[i]);
    hedui_buffer_byte(&got, '\0');
    if (strcmp(got.data, want) != 0)
        fail_msg("%s\n--- got\n%s--- want\n%s", text, got.data, want);
    hedui_buffer_free(&got);
}

static void every_part_has_its_value(void **state)
{
    static const struct {
        const char *text, *want;
    } cases[] = {
        {"param.cc > 100 && hh.area == \"659000003\" && (param.cc < 5 || as_of > "
         "date(\"2014-01-01\"))",
         "all = true\n"
         "  call param.cc > 100 = true\n"
         "    name param.cc = 125\n"
         "  call hh.area == \"659000003\" = true\n"
         "    field hh.area = \"659000003\"\n"
         "  any = true\n"
         "    -call param.cc < 5 = false\n"
         "      name param.cc = 125\n"
         "    call as_of > date(\"2014-01-01\") = true\n"
         "      name as_of = date(\"2014-07-05\")\n"},
        {"!(param.limit >= dec(\"50000.00\"))", "not !(param.limit >= dec(\"50000.00\")) = false\n"
                                                "  call param.limit >= dec(\"50000.00\") = true\n"
                                                "    name param.limit = dec(\"50000.00\")\n"},
        {"hh.cars.exists(c, c.cc > param.cc && c.use == \"A\")",
         "list hh.cars.exists(c, c.cc > param.cc && c.use == \"A\") #3 = true\n"
         "  field hh.cars = [car#0, car#1, car#2]\n"
         "  row 1 = true\n"
         "    all = true\n"
         "      call c.cc > param.cc = true\n"
         "        field c.cc = 1600\n"
         "        name param.cc = 125\n"
         "      call c.use == \"A\" = true\n"
         "        field c.use = \"A\"\n"
         "  -row 2 = false\n"
         "    all = false\n"
         "      call c.cc > param.cc = false\n"
         "        field c.cc = 48\n"
         "        name param.cc = 125\n"
         "      -call c.use == \"A\" = ?2/3\n"
         "  -row 3 = false\n"
         "    all = false\n"
         "      -call c.cc > param.cc = true\n"
         "        field c.cc = 2000\n"
         "        name param.cc = 125\n"
         "      call c.use == \"A\" = false\n"
         "        field c.use = \"G\"\n"},
        {"hh.cars.all(c, c.cc > param.cc)", "list hh.cars.all(c, c.cc > param.cc) #3 = false\n"
                                            "  field hh.cars = [car#0, car#1, car#2]\n"
                                            "  -row 1 = true\n"
                                            "    call c.cc > param.cc = true\n"
                                            "      field c.cc = 1600\n"
                                            "      name param.cc = 125\n"
                                            "  row 2 = false\n"
                                            "    call c.cc > param.cc = false\n"
                                            "      field c.cc = 48\n"
                                            "      name param.cc = 125\n"
                                            "  -row 3 = true\n"
                                            "    call c.cc > param.cc = true\n"
                                            "      field c.cc = 2000\n"
                                            "      name param.cc = 125\n"},
        {"hh.bank.exists(b, b.cc > 1) || param.cc == 125",
         "any = true\n"
         "  -call hh.bank.exists(b, b.cc > 1) = ?1/9\n"
         "  call param.cc == 125 = true\n"
         "    name param.cc = 125\n"},
        {"hh.bank.size() > 2 && param.cc == 125", "all = ?1/9\n"
                                                  "  call hh.bank.size() > 2 = ?1/9\n"
                                                  "    call hh.bank.size() = ?1/9\n"
                                                  "      field hh.bank = ?1/9\n"
                                                  "  -call param.cc == 125 = true\n"
                                                  "    name param.cc = 125\n"},
        {"counted.sumOver(c, c.worth, param.limit * dec(counted.size()) - dec(\"0.01\"))",
         "list counted.sumOver(c, c.worth, param.limit * dec(counted.size()) - dec(\"0.01\")) #3 = "
         "false\n"
         "  name counted = [car#0, car#1, car#2]\n"
         "  row 1 = dec(\"86500.00\")\n"
         "    field c.worth = dec(\"86500.00\")\n"
         "  row 2 = dec(\"1200.50\")\n"
         "    field c.worth = dec(\"1200.50\")\n"
         "  row 3 = dec(\"10.00\")\n"
         "    field c.worth = dec(\"10.00\")\n"
         "  sum = dec(\"87710.50\")\n"
         "  call param.limit * dec(counted.size()) - dec(\"0.01\") = dec(\"149999.99\")\n"
         "    name param.limit = dec(\"50000.00\")\n"
         "    call counted.size() = 3\n"},
        {"hh.cars.filter(c, has(c.until) && c.until < as_of).sumOf(c, c.worth) > param.limit",
         "call hh.cars.filter(c, has(c.until) && c.until < as_of).sumOf(c, c.worth) > param.limit "
         "= true\n"
         "  list hh.cars.filter(c, has(c.until) && c.until < as_of).sumOf(c, c.worth) #1 = "
         "dec(\"86500.00\")\n"
         "    list hh.cars.filter(c, has(c.until) && c.until < as_of) #3 = [car#0]\n"
         "      field hh.cars = [car#0, car#1, car#2]\n"
         "      row 1 = true\n"
         "        all = true\n"
         "          call has(c.until) = true\n"
         "            field c.until = date(\"2013-10-22\")\n"
         "          call c.until < as_of = true\n"
         "            field c.until = date(\"2013-10-22\")\n"
         "            name as_of = date(\"2014-07-05\")\n"
         "      row 2 = false\n"
         "        all = false\n"
         "          call has(c.until) = false\n"
         "            field c.until = !the field has no value\n"
         "          -call c.until < as_of = !the field has no value\n"
         "      row 3 = false\n"
         "        all = false\n"
         "          call has(c.until) = false\n"
         "            field c.until = !the field has no value\n"
         "          -call c.until < as_of = !the field has no value\n"
         "    row 1 = dec(\"86500.00\")\n"
         "      field c.worth = dec(\"86500.00\")\n"
         "  name param.limit = dec(\"50000.00\")\n"},
        {"assume(hh.bank.exists(b, b.cc > 1), false)",
         "assumed assume(hh.bank.exists(b, b.cc > 1), false) #1 = false\n"
         "  list hh.bank.exists(b, b.cc > 1) #0 = ?1/9\n"
         "    field hh.bank = ?1/9\n"},
        {"hh.cars.count(c, c.use == \"A\") == 1",
         "call hh.cars.count(c, c.use == \"A\") == 1 = ?2/3\n"
         "  list hh.cars.count(c, c.use == \"A\") #3 = ?2/3\n"
         "    field hh.cars = [car#0, car#1, car#2]\n"
         "    row 1 = true\n"
         "      call c.use == \"A\" = true\n"
         "        field c.use = \"A\"\n"
         "    row 2 = ?2/3\n"
         "      call c.use == \"A\" = ?2/3\n"
         "        field c.use = ?2/3\n"
         "    row 3 = false\n"
         "      call c.use == \"A\" = false\n"
         "        field c.use = \"G\"\n"},
        {"monthsBetween(as_of, as_of.addMonths(3)) <= 3",
         "call monthsBetween(as_of, as_of.addMonths(3)) <= 3 = true\n"
         "  call monthsBetween(as_of, as_of.addMonths(3)) = 3\n"
         "    name as_of = date(\"2014-07-05\")\n"
         "    call as_of.addMonths(3) = date(\"2014-10-05\")\n"},
        {"param.cc > 100 ? hh.cars.size() > 1 : hh.bank.size() > 1",
         "choice param.cc > 100 ? hh.cars.size() > 1 : hh.bank.size() > 1 = true\n"
         "  call param.cc > 100 = true\n"
         "    name param.cc = 125\n"
         "  call hh.cars.size() > 1 = true\n"
         "    call hh.cars.size() = 3\n"
         "      field hh.cars = [car#0, car#1, car#2]\n"},
        {"hh.cars.exists(c, c.use.label == \"货运\")",
         "list hh.cars.exists(c, c.use.label == \"货运\") #3 = true\n"
         "  field hh.cars = [car#0, car#1, car#2]\n"
         "  -row 1 = false\n"
         "    call c.use.label == \"货运\" = false\n"
         "      field c.use.label = \"自用\"\n"
         "        field c.use = \"A\"\n"
         "  -row 2 = ?2/3\n"
         "    call c.use.label == \"货运\" = ?2/3\n"
         "      field c.use = ?2/3\n"
         "  row 3 = true\n"
         "    call c.use.label == \"货运\" = true\n"
         "      field c.use.label = \"货运\"\n"
         "        field c.use = \"G\"\n"},
        {"known(hh.bank)", "call known(hh.bank) = false\n"
                           "  field hh.bank = ?1/9\n"},
        {"lists.range(4).exists(i, i * param.cc > 300)",
         "list lists.range(4).exists(i, i * param.cc > 300) #4 = true\n"
         "  -row 1 = false\n"
         "    call i * param.cc > 300 = false\n"
         "      call i * param.cc = 0\n"
         "        name i = 0\n"
         "        name param.cc = 125\n"
         "  -row 2 = false\n"
         "    call i * param.cc > 300 = false\n"
         "      call i * param.cc = 125\n"
         "        name i = 1\n"
         "        name param.cc = 125\n"
         "  -row 3 = false\n"
         "    call i * param.cc > 300 = false\n"
         "      call i * param.cc = 250\n"
         "        name i = 2\n"
         "        name param.cc = 125\n"
         "  row 4 = true\n"
         "    call i * param.cc > 300 = true\n"
         "      call i * param.cc = 375\n"
         "        name i = 3\n"
         "        name param.cc = 125\n"},
        {"(param.cc + 1) * 2 > (param.cc - (3 - hh.cars.size()))",
         "call (param.cc + 1) * 2 > (param.cc - (3 - hh.cars.size())) = true\n"
         "  call (param.cc + 1) * 2 = 252\n"
         "    name param.cc = 125\n"
         "  call param.cc - (3 - hh.cars.size()) = 125\n"
         "    call hh.cars.size() = 3\n"
         "      field hh.cars = [car#0, car#1, car#2]\n"},
        {"hh.cars.exists(c, has(c.until))", "list hh.cars.exists(c, has(c.until)) #3 = true\n"
                                            "  field hh.cars = [car#0, car#1, car#2]\n"
                                            "  row 1 = true\n"
                                            "    call has(c.until) = true\n"
                                            "      field c.until = date(\"2013-10-22\")\n"
                                            "  -row 2 = false\n"
                                            "    call has(c.until) = false\n"
                                            "      field c.until = !the field has no value\n"
                                            "  -row 3 = false\n"
                                            "    call has(c.until) = false\n"
                                            "      field c.until = !the field has no value\n"},
        {"lists.range(30).exists(i, i > 27)", "list lists.range(30).exists(i, i > 27) #30 = true\n"
                                              "  row 29 = true\n"
                                              "    call i > 27 = true\n"
                                              "      name i = 28\n"
                                              "  row 30 = true\n"
                                              "    call i > 27 = true\n"
                                              "      name i = 29\n"
                                              "  more 28 = null\n"},
    };
    world w;
    (void)state;
    open_world(&w);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect(&w, cases[i].text, 20, cases[i].want);
    hedui_arena_close(w.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_part_has_its_value),
    };
    return cmocka_run_group_tests_name("cel/outline", tests, NULL, NULL);
}
