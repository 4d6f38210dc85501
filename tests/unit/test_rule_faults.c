/* A pack with many faults: one check tells them all, each with its file, line, column, the line of
 * the file and, where a name was meant, the nearest one; and nothing that only follows from another
 * fault. */
#include "rule/rulebook.h"
#include "test.h"

#include <hedui/buffer.h>
#include <hedui/file.h>
#include <hedui/message.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char sound_pack[] =
    "pack: sample\ntitle: 样本\n"
    "documents:\n"
    "  plan: {title: 方案, kind: work_plan, level: county, confirmed: true}\n"
    "parameters:\n"
    "  standard:\n    title: 标准\n    type: decimal(2)\n    rows:\n"
    "      - {value: 420.00, basis: {document: plan}}\n"
    "values:\n  counted:\n    title: 计入的人\n    is: |-\n      hh.members.filter(m, m.counted)\n";

/* Every rule but the last has a fault of its own; one has three. */
static const char broken_rules[] =
    "rules:\n"                                                                   /*  1 */
    "  - id: R-01\n"                                                             /*  2 */
    "    titel: 有车\n"                                                          /*  3: key */
    "    basis: {document: plan}\n"                                              /*  4 */
    "    effect: reveiw\n"                                                       /*  5: choice */
    "    severity: [high]\n"                                                     /*  6: kind */
    "    when: |-\n      hh.vehicles.size() > 0\n"                               /*  7, 8 */
    "    examples:\n      - {title: 无, given: {vehicles: []}, expect: false}\n" /*  9, 10 */
    "  - id: R-02\n    title: 两辆\n    basis: {document: paln}\n"               /* 13: document */
    "    effect: review\n    when: |-\n      hh.vehicles.size() > 1\n"           /* 14..16 */
    "    examples:\n      - {title: 无, given: {vehicles: []}, expect: false}\n" /* 17, 18 */
    "  - id: R-03\n    title: 有房\n    basis: {document: plan}\n"               /* 19..21 */
    "    in_force: {from: 2014-06-31}\n    effect: review\n"                     /* 22: date */
    "    when: hh.real_estate.size() > 0\n"                                      /* 24: style */
    "    unless:\n      - {title: 豁免, manaul: 是否豁免？}\n"                   /* 26: key */
    "    examples:\n      - {title: 无, given: {real_estate: []}, expect: flase}\n" /* 28: choice */
    "  - id: R-04\n    title: 没有条件\n    basis: {document: plan}\n"              /* 29..31 */
    "    effect: exclude_person\n"                                                  /* 32 */
    "    in_force: {from: 2014-08-01, to: 2014-06-01}\n"                            /* 33 */
    "    unless:\n      - {title: 空}\n"                                            /* 35 */
    "  - id: R-05\n    title: 名字写错\n    basis: {document: plan}\n"              /* 36..38 */
    "    effect: review\n    when: |-\n"                                            /* 39, 40 */
    "      hh.vehicels.exists(v, v.plate_no == \"\")\n"                             /* 41: name */
    "        && hh.programme == \"dibo\" && param.standrad > dec(\"1.00\")\n"       /* 42: two */
    "    examples:\n      - {title: 无, given: {vehicles: []}, expect: false}\n"    /* 43, 44 */
    "  - id: R-06\n    title: 没有错\n    basis: {document: plan}\n    effect: review\n"
    "    when: |-\n      counted.size() > 3\n"
    "    examples:\n      - {title: 一人, given: {}, expect: false}\n";

typedef struct place {
    hedui_status status; /* 1: any of the expression compiler */
    uint32_t line, column;
    const char *shows; /* part of the source line */
    const char *names; /* what the message suggests or speaks of; "" nothing in particular */
} place;

static const place in_rules[] = {
    {HEDUI_E1113, 3, 5, "titel: 有车", "title"},
    {HEDUI_E1114, 5, 13, "effect: reveiw", "review"},
    {HEDUI_E1109, 6, 15, "severity: [high]", "severity"},
    {HEDUI_E3003, 13, 23, "document: paln", "plan"},
    {HEDUI_E1109, 22, 22, "from: 2014-06-31", "from"},
    {HEDUI_E1115, 24, 11, "when: hh.real_estate", "when"},
    {HEDUI_E1113, 26, 21, "manaul", "manual"},
    {HEDUI_E1114, 28, 54, "flase", "false"},
    {HEDUI_E3015, 29, 5, "id: R-04", "R-04"},
    {HEDUI_E3008, 33, 15, "in_force", ""},
    {HEDUI_E3009, 32, 13, "exclude_person", "exclude_person"},
    {HEDUI_E3018, 35, 9, "title: 空", ""},
    {1, 41, 10, "hh.vehicels", "vehicles"},
    {1, 42, 28, "dibo", "dibao"},
    {1, 42, 38, "standrad", "standard"},
};

static const char broken_pack[] =
    "pack: sample\n"                                                          /*  1 */
    "titel: 样本\n"                                                           /*  2: key */
    "documents:\n"                                                            /*  3 */
    "  plan: {title: 方案, kind: workplan, level: county, confirmed: yes}\n"  /*  4: two */
    "  law: {title: 办法, kind: measure, levle: national, confirmed: true}\n" /*  5: key */
    "parameters:\n"                                                           /*  6 */
    "  standard:\n    title: 标准\n    type: decimal\n    by: [town]\n"       /*  9, 10 */
    "    rows:\n      - {value: 1, basis: {document: plan}}\n"                /* 11, 12 */
    "  limit:\n    title: 限额\n    type: decimal(2)\n    rows:\n"            /* 13..16 */
    "      - {value: 4万, basis: {document: plan}}\n"                         /* 17: value */
    "      - {area: \"659000\", value: 1, in_force: {from: 2015-01-01, to: 2014-01-01}, basis: "
    "{document: plan}}\n"                                     /* 18: two */
    "      - {vaule: 1, basis: {document: plan}}\n"           /* 19: key */
    "values:\n  counted:\n    title: 计入的人\n"              /* 20..22 */
    "  grown:\n    title: 有收入\n    for: membre\n"          /* 25: choice */
    "    is: |-\n      m.declared_income > param.standard\n"; /* 26, 27 */

static const place in_pack[] = {
    {HEDUI_E1113, 2, 1, "titel", "title"},
    {HEDUI_E1114, 4, 27, "workplan", "work_plan"},
    {HEDUI_E1109, 4, 63, "confirmed: yes", "confirmed"},
    {HEDUI_E1113, 5, 35, "levle", "level"},
    {HEDUI_E3004, 9, 11, "type: decimal", "decimal"},
    {HEDUI_E1110, 10, 10, "by: [town]", "town"},
    {HEDUI_E3005, 17, 17, "4万", "4万"},
    {HEDUI_E3006, 18, 16, "area", "area"},
    {HEDUI_E3008, 18, 46, "in_force", ""},
    {HEDUI_E1113, 19, 10, "vaule", "value"},
    {HEDUI_E3046, 22, 5, "title: 计入的人", "counted"},
    {HEDUI_E1114, 25, 10, "membre", "member"},
    /* and, in a file of its own: */
    {HEDUI_E1113, 2, 5, "idd: R-01", "id"},
};
static const char short_rules[] =
    "rules:\n  - idd: R-01\n    title: 名\n    basis: {document: nobody_looks}\n    effect: "
    "review\n    when: 'counted.size() > param.standard'\n    examples: [{title: 无, given: {}, "
    "expect: false}]\n";

enum { MOST = 64 };
typedef struct notes_kept {
    hedui_err list[MOST];
    uint32_t count;
} notes_kept;

static void keep(void *context, const hedui_err *note)
{
    notes_kept *kept = context;
    if (note->status < HEDUI_E3290 && kept->count < MOST)
        kept->list[kept->count++] = *note;
}

static int speaks_of(const hedui_err *fault, const char *name)
{
    hedui_buffer text;
    hedui_buffer_init(&text);
    hedui_message_sentence(&text, fault, HEDUI_ZH);
    hedui_buffer_byte(&text, '\0');
    int found = strstr(text.data, name) != NULL;
    hedui_buffer_free(&text);
    return found;
}

static int is_at(const hedui_err *fault, const place *p)
{
    int number = p->status == 1 ? fault->status >= HEDUI_E3201 && fault->status < HEDUI_E3290
                                : fault->status == p->status;
    return number && fault->line == p->line && fault->column == p->column &&
           strstr(fault->excerpt, p->shows) &&
           (p->status == 1 ? fault->caret_column > 0 : fault->caret_column == p->column) &&
           speaks_of(fault, p->names);
}

static void check_faults(const char *pack, const char *rules, const place *places, size_t count)
{
    static const char *const feeds[] = {HEDUI_SOURCE_DIR "/feeds"};
    char folder[] = "/tmp/hedui-faults-XXXXXX", command[64];
    hedui_arena *arena = hedui_arena_open(0);
    const hedui_layouts *layouts = NULL;
    const hedui_rulebook *book = NULL;
    notes_kept *kept = hedui_arena_take(arena, sizeof *kept);
    hedui_notes notes = {keep, kept};
    hedui_err err;
    int wrong = 0;
    hedui_err_init(&err);
    assert_non_null(mkdtemp(folder));
    const char *folders[] = {folder};
    assert_int_equal(
        hedui_file_replace(hedui_path_join(folder, "pack.yaml", arena), hedui_span_of(pack), NULL),
        HEDUI_OK);
    assert_int_equal(hedui_file_replace(hedui_path_join(folder, "rules.yaml", arena),
                                        hedui_span_of(rules), NULL),
                     HEDUI_OK);
    assert_int_equal(hedui_layouts_load(&layouts, feeds, 1, arena, NULL, NULL), HEDUI_OK);
    hedui_status status = hedui_rulebook_make(&book, folders, 1, layouts, arena, &notes, &err);
    for (size_t i = 0; i < count; i++) {
        uint32_t found = 0;
        for (uint32_t k = 0; k < kept->count; k++)
            found += is_at(&kept->list[k], &places[i]) != 0;
        if (found != 1)
            print_error("E%d at %u:%u told %u times\n", (int)places[i].status, places[i].line,
                        places[i].column, found);
        wrong += found != 1;
    }
    if (wrong || kept->count != count)
        for (uint32_t k = 0; k < kept->count; k++)
            print_error("  E%d %s:%u:%u %s\n", (int)kept->list[k].status, kept->list[k].file,
                        kept->list[k].line, kept->list[k].column, kept->list[k].excerpt);
    assert_int_equal(wrong, 0);
    assert_int_equal(kept->count, count);
    assert_null(book);
    assert_int_equal(status, places[0].status);
    assert_int_equal(err.status, places[0].status);
    assert_int_equal(err.line, places[0].line);
    (void)snprintf(command, sizeof command, "rm -rf '%s'", folder);
    assert_int_equal(system(command), 0);
    hedui_arena_close(arena);
}

static void all_faults_of_a_rules_file_are_told(void **state)
{
    (void)state;
    check_faults(sound_pack, broken_rules, in_rules, sizeof in_rules / sizeof *in_rules);
}

/* With definitions that cannot be read no expression is compiled: its names would be missing for no
 * fault of its own. */
static void all_faults_of_the_definitions_are_told(void **state)
{
    (void)state;
    check_faults(broken_pack, short_rules, in_pack, sizeof in_pack / sizeof *in_pack);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_faults_of_a_rules_file_are_told),
        cmocka_unit_test(all_faults_of_the_definitions_are_told),
    };
    return cmocka_run_group_tests_name("rule/faults", tests, NULL, NULL);
}
