/* The comparison with the truth: a run that found exactly what the truth says agrees in every
 * point, however it names its subjects; one wrong line is one point less and is put into words. */
#include "test.h"

#include <hedui/citizen_id.h>
#include <hedui/demo.h>
#include <hedui/file.h>

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { MOST = 20000 };

static hedui_arena *arena;
static char folder[] = "/tmp/hedui-compare-XXXXXX";
static hedui_demo_state states[MOST];
static hedui_demo_flag flags[MOST];
static hedui_demo_undetermined undetermined[MOST];
static hedui_demo_reject rejects[MOST];
static hedui_demo_ledger ledgers[64];
static hedui_demo_refusal refusals[64];
static hedui_demo_gap gaps[64];
static hedui_demo_actual actual;

static hedui_span take(hedui_span *text, char mark)
{
    const char *end = memchr(text->at, mark, text->length);
    hedui_span part = {text->at, end ? (size_t)(end - text->at) : text->length};
    size_t used = part.length + (end ? 1 : 0);
    text->at += used;
    text->length -= used;
    return part;
}

static int64_t number(hedui_span text)
{
    int64_t value = 0;
    for (size_t i = 0; i < text.length; i++)
        value = value * 10 + (text.at[i] - '0');
    return value;
}

static hedui_span truth(const char *name)
{
    hedui_span text;
    const char *inner = hedui_path_join(folder, "truth", arena);
    assert_int_equal(
        hedui_file_read(&text, hedui_path_join(inner, name, arena), 1 << 30, arena, NULL),
        HEDUI_OK);
    return text;
}

static void read_answers(void)
{
    for (hedui_span rest = truth("answers.tsv"); rest.length;) {
        hedui_span line = take(&rest, '\n'), household = take(&line, '\t');
        hedui_span rule = take(&line, '\t'), outcome = take(&line, '\t');
        while (hedui_span_is(outcome, "undetermined") && line.length)
            undetermined[actual.undetermined_count++] =
                (hedui_demo_undetermined){household, rule, take(&line, ',')};
    }
}

static void read_refusals(void)
{
    for (hedui_span rest = truth("refusals.tsv"); rest.length;) {
        hedui_span line = take(&rest, '\n');
        hedui_demo_refusal *r = &refusals[actual.refusal_count++];
        *r = (hedui_demo_refusal){.feed = take(&line, '\t'), .file = take(&line, '\t')};
        r->number = (int)number(take(&line, '\t'));
        r->argument = take(&line, '\t');
    }
    for (hedui_span rest = truth("gaps.tsv"); rest.length;) {
        hedui_span line = take(&rest, '\n');
        hedui_demo_gap *g = &gaps[actual.gap_count++];
        *g = (hedui_demo_gap){.rule = take(&line, '\t'), .reason = take(&line, '\t')};
        g->feed = take(&line, '\t');
        g->households = number(take(&line, '\t'));
    }
}

/* As a run shows them: members by masked number, the household by nothing. */
static void read_flags(void)
{
    for (hedui_span rest = truth("flags.tsv"); rest.length;) {
        hedui_span line = take(&rest, '\n');
        hedui_demo_flag *flag = &flags[actual.flag_count++];
        *flag = (hedui_demo_flag){.household = take(&line, '\t'), .rule = take(&line, '\t')};
        flag->subject = take(&line, '\t');
        flag->person = take(&line, '\t');
        flag->effect = take(&line, '\t');
        flag->capped = hedui_span_is(line, "1");
        hedui_citizen_id id = 0;
        if (hedui_citizen_id_parse(&id, flag->subject) == HEDUI_CITIZEN_ID_18) {
            char *masked = hedui_arena_take(arena, HEDUI_CITIZEN_ID_TEXT);
            hedui_citizen_id_mask(masked, id);
            flag->person_masked = hedui_span_of(masked);
            flag->subject = hedui_span_of("whoever");
        } else if (hedui_span_equal(flag->subject, flag->household)) {
            flag->subject = hedui_span_of("");
        }
    }
}

static int set_up(void **state)
{
    (void)state;
    hedui_demo_options options = {.households = 1000, .seed = 5, .strangers = 10, .further = 1};
    arena = hedui_arena_open(0);
    if (!arena || !mkdtemp(folder) || hedui_demo_write(NULL, folder, &options, NULL))
        return -1;
    for (hedui_span rest = truth("households.tsv"); rest.length;) {
        hedui_span line = take(&rest, '\n'), household = take(&line, '\t');
        states[actual.state_count++] = (hedui_demo_state){household, take(&line, '\t')};
    }
    for (hedui_span rest = truth("rejects.tsv"); rest.length;) {
        hedui_span line = take(&rest, '\n'), file = take(&line, '\t'), at = take(&line, '\t');
        rejects[actual.reject_count++] =
            (hedui_demo_reject){file, (uint32_t)number(at), take(&line, '\t')};
    }
    for (hedui_span rest = truth("ledgers.tsv"); rest.length;) {
        hedui_span line = take(&rest, '\n');
        hedui_demo_ledger *l = &ledgers[actual.ledger_count++];
        l->feed = take(&line, '\t');
        l->file = take(&line, '\t');
        int64_t *const fields[] = {&l->records,  &l->accepted, &l->other_document,  &l->duplicate,
                                   &l->rejected, &l->matched,  &l->not_in_caseload, &l->apart};
        for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
            *fields[i] = number(take(&line, '\t'));
    }
    read_answers();
    read_flags();
    read_refusals();
    actual.refusals = refusals;
    actual.gaps = gaps;
    actual.states = states;
    actual.flags = flags;
    actual.undetermined = undetermined;
    actual.rejects = rejects;
    actual.ledgers = ledgers;
    return 0;
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *walk)
{
    (void)status;
    (void)type;
    (void)walk;
    return remove(path);
}

static int tear_down(void **state)
{
    (void)state;
    (void)nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    hedui_arena_close(arena);
    return 0;
}

static hedui_demo_report compared(void)
{
    hedui_demo_report report;
    assert_int_equal(hedui_demo_compare(&report, folder, &actual, arena, NULL), HEDUI_OK);
    return report;
}

static void a_run_that_found_the_truth_agrees_in_every_point(void **state)
{
    (void)state;
    hedui_demo_report report = compared();
    for (uint32_t i = 0; i < report.difference_count; i++)
        print_message("%.*s\n", (int)report.differences[i].zh.length, report.differences[i].zh.at);
    assert_int_equal(report.points, report.agreed);
    assert_int_equal(report.difference_count, 0);
    assert_true(report.points > 4000);
}

static void one_wrong_line_is_found_and_told(void **state)
{
    (void)state;
    hedui_demo_actual whole = actual;
    uint64_t points = compared().points;
    static const struct {
        const char *what;
        size_t less, more; /* points that disagree; points that the truth does not have */
    } cases[] = {
        {"state", 1, 0},
        {"flag lost", 2, 0},
        {"effect", 1, 0},
        {"reason", 1, 0},
        {"reject", 2, 1},
        {"ledger", 1, 0},
        {"extra flag", 2, 2},
        {"reject lost", 1, 0},
        {"refusal lost", 1, 0},
        {"extra refusal", 1, 1},
        {"another fault", 1, 0},
        {"another number", 2, 1},
        {"gap lost", 1, 0},
        {"extra gap", 1, 1},
        {"a household less", 1, 0},
        {"a file used that is no good", 2, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hedui_demo_state first_state = states[0];
        hedui_demo_flag first_flag = flags[0], extra = {.household = HEDUI_SPAN("DB0000000000"),
                                                        .rule = HEDUI_SPAN("VEH-01"),
                                                        .effect = HEDUI_SPAN("review")};
        hedui_demo_undetermined first_reason = undetermined[0];
        hedui_demo_reject first_reject = rejects[0];
        hedui_demo_ledger first_ledger = ledgers[0];
        hedui_demo_refusal first_refusal = refusals[0];
        hedui_demo_gap first_gap = gaps[0];
        switch (i) {
        case 0:
            states[0].state = hedui_span_of("odd");
            break;
        case 1:
            actual.flags++;
            actual.flag_count--;
            break;
        case 2:
            flags[0].capped = !flags[0].capped;
            break;
        case 3:
            undetermined[0].reason = hedui_span_of("stale");
            break;
        case 4:
            rejects[0].line += 100000;
            break;
        case 5:
            ledgers[0].apart++;
            break;
        case 6:
            flags[actual.flag_count++] = extra;
            break;
        case 7:
            actual.reject_count--;
            break;
        case 8:
            actual.refusals++;
            actual.refusal_count--;
            break;
        case 9:
            refusals[actual.refusal_count++] = (hedui_demo_refusal){
                HEDUI_SPAN("vehicle"), HEDUI_SPAN("veh-201406.csv.gz"), 2112, HEDUI_SPAN("50\t45")};
            break;
        case 10:
            refusals[0].argument = refusals[1].argument;
            break;
        case 11:
            refusals[0].number++;
            break;
        case 12:
            actual.gaps++;
            actual.gap_count--;
            break;
        case 13:
            gaps[actual.gap_count++] = (hedui_demo_gap){HEDUI_SPAN("VEH-01"), HEDUI_SPAN("refused"),
                                                        HEDUI_SPAN("vehicle"), 843};
            break;
        case 14:
            gaps[0].households--;
            break;
        default: /* and its rows are counted */
            actual.refusals++;
            actual.refusal_count--;
            ledgers[actual.ledger_count++] = (hedui_demo_ledger){
                .feed = first_refusal.feed, .file = first_refusal.file, .records = 40};
        }
        hedui_demo_report report = compared();
        if (report.points != points + cases[i].more ||
            report.points - report.agreed != cases[i].less || !report.difference_count)
            fail_msg("%s: %llu of %llu", cases[i].what, (unsigned long long)report.agreed,
                     (unsigned long long)report.points);
        states[0] = first_state;
        flags[0] = first_flag;
        undetermined[0] = first_reason;
        rejects[0] = first_reject;
        ledgers[0] = first_ledger;
        refusals[0] = first_refusal;
        gaps[0] = first_gap;
        actual = whole;
    }
}

static void a_run_that_found_nothing_agrees_where_nothing_was_to_be_found(void **state)
{
    (void)state;
    hedui_demo_actual whole = actual;
    actual = (hedui_demo_actual){0};
    hedui_demo_report report = compared();
    assert_true(report.agreed < report.points && report.agreed > 0);
    assert_int_equal(report.difference_count, HEDUI_DEMO_DIFFERENCES);
    assert_true(report.differences[0].zh.length > 0 && report.differences[0].en.length > 0);
    actual = whole;
}

static void a_damaged_or_missing_truth_is_refused_by_name(void **state)
{
    (void)state;
    hedui_demo_report report = {.points = 77};
    hedui_err err;
    hedui_err_init(&err);
    assert_int_equal(hedui_demo_compare(&report, "/tmp/hedui-nowhere", &actual, arena, &err),
                     HEDUI_E1002);
    char damaged[] = "/tmp/hedui-damaged-XXXXXX";
    assert_non_null(mkdtemp(damaged));
    const char *inner = hedui_path_join(damaged, "truth", arena);
    assert_int_equal(hedui_folder_make(inner, NULL), HEDUI_OK);
    hedui_span text = HEDUI_SPAN("DB0000000001\tclear\n");
    assert_int_equal(
        hedui_file_replace(hedui_path_join(inner, "households.tsv", arena), text, NULL), HEDUI_OK);
    hedui_err_init(&err);
    assert_int_equal(hedui_demo_compare(&report, damaged, &actual, arena, &err), HEDUI_E9002);
    assert_non_null(strstr(err.file, "households.tsv"));
    assert_int_equal(report.points, 77); /* untouched */
    (void)nftw(damaged, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_that_found_the_truth_agrees_in_every_point),
        cmocka_unit_test(one_wrong_line_is_found_and_told),
        cmocka_unit_test(a_damaged_or_missing_truth_is_refused_by_name),
        cmocka_unit_test(a_run_that_found_nothing_agrees_where_nothing_was_to_be_found),
    };
    return cmocka_run_group_tests_name("demo/compare", tests, set_up, tear_down);
}
