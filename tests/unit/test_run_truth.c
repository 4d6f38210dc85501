/* Whole runs over invented counties against their truth: states, answers with reasons, flags with
 * effects, rejects, ledgers; the same result for one thread and for three; a delta that leads to
 * the same register gives the same flags. */
#include "test.h"

#include "job/packs.h"
#include "run/execute.h"

#include <hedui/date.h>
#include <hedui/demo.h>
#include <hedui/file.h>
#include <hedui/message.h>
#include <hedui/workspace.h>

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *walk)
{
    (void)status;
    (void)type;
    (void)walk;
    return remove(path);
}

static void note(void *context, const hedui_err *note)
{
    (void)context;
    print_message("note E%d %s:%u %s\n", (int)note->status, note->file, note->line, note->text);
}

static const hedui_run_result *run(const char *folder, int threads, hedui_arena *arena)
{
    const hedui_workspace *workspace = NULL;
    const hedui_run_result *result = NULL;
    hedui_job_packs packs = {0};
    hedui_notes notes = {note, NULL};
    hedui_err err;
    hedui_err_init(&err);
    hedui_status status = hedui_workspace_load(&workspace, folder, HEDUI_SOURCE_DIR, arena, &err);
    if (!status)
        status = hedui_job_packs_load(&packs, workspace, arena, &notes, &err);
    if (status)
        fail_msg("E%d %s:%u %s", (int)status, err.file, err.line, err.text);
    hedui_run_request request = {.unit = workspace->unit,
                                 .area = workspace->area,
                                 .areas = workspace->areas,
                                 .inbox = workspace->inbox,
                                 .spill = folder,
                                 .layouts = packs.layouts,
                                 .rulebook = packs.rulebook,
                                 .need = workspace->need,
                                 .need_count = workspace->need_count,
                                 .threads = threads};
    assert_true(hedui_date_from_civil(&request.as_of, 2014, 7, 5));
    status = hedui_run_execute(&result, NULL, &request, arena, &notes, &err);
    if (status)
        fail_msg("E%d %s:%u %s", (int)status, err.file, err.line, err.text);
    return result;
}

static hedui_span effect_name(hedui_run_effect effect)
{
    static const char *const names[] = {"exclude_person", "over_limit", "add_income",
                                        "review",         "inform",     "include"};
    return hedui_span_of(names[effect]);
}

static void take_households(hedui_demo_actual *actual, const hedui_run_result *result,
                            hedui_arena *arena)
{
    static const char *const names[] = {"flagged", "clear", "unchecked", "out_of_scope"};
    hedui_demo_state *states = hedui_arena_array(arena, result->household_count, sizeof *states);
    hedui_demo_flag *flags = hedui_arena_array(arena, result->flag_count, sizeof *flags);
    hedui_demo_undetermined *open =
        hedui_arena_array(arena, result->undetermined_count, sizeof *open);
    for (uint32_t i = 0; i < result->household_count; i++)
        states[i] = (hedui_demo_state){result->households[i].id,
                                       hedui_span_of(names[result->households[i].state])};
    for (uint32_t i = 0; i < result->flag_count; i++) {
        const hedui_run_flag *flag = &result->flags[i];
        flags[i] = (hedui_demo_flag){result->households[flag->household].id,
                                     result->rules[flag->rule].id,
                                     flag->subject,
                                     flag->person,
                                     flag->person_masked,
                                     effect_name(flag->effect),
                                     flag->capped};
    }
    for (uint32_t i = 0; i < result->undetermined_count; i++) {
        const hedui_run_undetermined *u = &result->undetermined[i];
        open[i] = (hedui_demo_undetermined){result->households[u->household].id,
                                            result->rules[u->rule].id,
                                            hedui_span_of(hedui_run_reason_code(u->reason))};
    }
    actual->states = states;
    actual->state_count = result->household_count;
    actual->flags = flags;
    actual->flag_count = result->flag_count;
    actual->undetermined = open;
    actual->undetermined_count = result->undetermined_count;
}

static void take_evidence(hedui_demo_actual *actual, const hedui_run_result *result,
                          hedui_arena *arena)
{
    size_t count = 0;
    for (uint32_t i = 0; i < result->flag_count; i++)
        count += result->flags[i].evidence_count;
    hedui_demo_evidence *evidence = hedui_arena_array(arena, count, sizeof *evidence);
    actual->evidence = evidence;
    for (uint32_t i = 0; i < result->flag_count; i++) {
        const hedui_run_flag *flag = &result->flags[i];
        for (uint32_t k = 0; k < flag->evidence_count; k++)
            evidence[actual->evidence_count++] = (hedui_demo_evidence){
                result->households[flag->household].id, result->rules[flag->rule].id,
                result->deliveries[flag->evidence[k].delivery].file, flag->evidence[k].line};
    }
}

static void take_deliveries(hedui_demo_actual *actual, const hedui_run_result *result,
                            hedui_arena *arena)
{
    size_t count = 0;
    for (uint32_t i = 0; i < result->delivery_count; i++)
        count += result->deliveries[i].reject_count;
    hedui_demo_reject *rejects = hedui_arena_array(arena, count, sizeof *rejects);
    hedui_demo_ledger *ledgers = hedui_arena_array(arena, result->delivery_count, sizeof *ledgers);
    actual->rejects = rejects;
    actual->ledgers = ledgers;
    actual->ledger_count = result->delivery_count;
    for (uint32_t i = 0; i < result->delivery_count; i++) {
        const hedui_run_delivery *d = &result->deliveries[i];
        const hedui_run_ledger *l = &d->ledger;
        ledgers[i] = (hedui_demo_ledger){
            d->feed,      d->file,     l->records, l->accepted,        l->other_document,
            l->duplicate, l->rejected, l->matched, l->not_in_caseload, l->apart};
        for (uint32_t r = 0; r < d->reject_count; r++)
            rejects[actual->reject_count++] =
                (hedui_demo_reject){d->file, d->rejects[r].line, d->rejects[r].reason};
    }
}

static void take_refusals(hedui_demo_actual *actual, const hedui_run_result *result,
                          hedui_arena *arena)
{
    size_t count = 0;
    for (uint32_t i = 0; i < result->delivery_count; i++)
        count += result->deliveries[i].remark_count;
    hedui_demo_refusal *refusals = hedui_arena_array(arena, count, sizeof *refusals);
    hedui_demo_gap *gaps = hedui_arena_array(arena, result->gap_count, sizeof *gaps);
    actual->refusals = refusals;
    actual->gaps = gaps;
    actual->gap_count = result->gap_count;
    for (uint32_t i = 0; i < result->gap_count; i++)
        gaps[i] = (hedui_demo_gap){result->rules[result->gaps[i].rule].id,
                                   hedui_span_of(hedui_run_reason_code(result->gaps[i].reason)),
                                   result->gaps[i].source, result->gaps[i].households};
    for (uint32_t i = 0; i < result->delivery_count; i++) {
        const hedui_run_delivery *d = &result->deliveries[i];
        for (uint32_t r = 0; r < d->remark_count; r++)
            if (d->remarks[r].verdict == HEDUI_RUN_REFUSED)
                refusals[actual->refusal_count++] = (hedui_demo_refusal){
                    d->feed, d->file, d->remarks[r].number, d->remarks[r].argument};
    }
}

static void a_run_finds_what_the_county_was_made_to_hold(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 3; seed++) {
        char folder[] = "/tmp/hedui-truth-XXXXXX";
        hedui_arena *arena = hedui_arena_open(0);
        hedui_demo_options options = {
            .households = 1000, .seed = seed, .strangers = 20, .further = seed > 1};
        assert_non_null(mkdtemp(folder));
        assert_int_equal(hedui_demo_write(NULL, folder, &options, NULL), HEDUI_OK);
        const hedui_run_result *one = run(folder, 1, arena), *three = run(folder, 3, arena);
        assert_memory_equal(&one->digest, &three->digest, sizeof one->digest);
        hedui_demo_actual actual = {0};
        take_households(&actual, one, arena);
        take_deliveries(&actual, one, arena);
        take_evidence(&actual, one, arena);
        take_refusals(&actual, one, arena);
        hedui_demo_report report;
        assert_int_equal(hedui_demo_compare(&report, folder, &actual, arena, NULL), HEDUI_OK);
        for (uint32_t i = 0; i < report.difference_count; i++)
            print_message("seed %d: %.*s\n", (int)seed, (int)report.differences[i].zh.length,
                          report.differences[i].zh.at);
        print_message("truth: %llu of %llu\n", (unsigned long long)report.agreed,
                      (unsigned long long)report.points);
        assert_int_equal(report.agreed, report.points);
        (void)nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
        hedui_arena_close(arena);
    }
}

/* What the vehicle register has to say is gone; what the others say must stand. */
static void compare_without_vehicles(const hedui_run_result *whole, const hedui_run_result *part)
{
    uint32_t at = 0, gaps = 0;
    for (uint32_t i = 0; i < whole->flag_count; i++) {
        const hedui_run_flag *flag = &whole->flags[i];
        if (hedui_span_is(whole->rules[flag->rule].id, "VEH-01"))
            continue;
        assert_true(at < part->flag_count);
        const hedui_run_flag *kept = &part->flags[at++];
        assert_int_equal(kept->household, flag->household);
        assert_int_equal(kept->rule, flag->rule);
        assert_true(hedui_span_equal(kept->subject, flag->subject));
        assert_int_equal(kept->effect, flag->effect);
        assert_memory_equal(&kept->content, &flag->content, sizeof flag->content);
    }
    assert_int_equal(at, part->flag_count);
    for (uint32_t i = 0; i < part->gap_count; i++) {
        assert_true(hedui_span_is(part->rules[part->gaps[i].rule].id, "VEH-01"));
        assert_int_equal(part->gaps[i].reason, HEDUI_RUN_NOT_SUPPLIED);
        gaps++;
    }
    assert_int_equal(gaps, 1);
    for (uint32_t i = 0; i < whole->household_count; i++) {
        hedui_run_state before = whole->households[i].state, after = part->households[i].state;
        int odd = before == HEDUI_RUN_OUT_OF_SCOPE ? after != before : after == HEDUI_RUN_CLEAR;
        if (odd)
            fail_msg("%.*s: state %d became %d", (int)whole->households[i].id.length,
                     whole->households[i].id.at, (int)before, (int)after);
    }
}

static void a_missing_register_leaves_open_what_it_would_have_told(void **state)
{
    (void)state;
    char folder[] = "/tmp/hedui-missing-XXXXXX";
    hedui_arena *arena = hedui_arena_open(0);
    hedui_demo_options options = {.households = 1000, .seed = 4, .strangers = 20};
    assert_non_null(mkdtemp(folder));
    assert_int_equal(hedui_demo_write(NULL, folder, &options, NULL), HEDUI_OK);
    const hedui_run_result *whole = run(folder, 2, arena);
    const char *inbox = hedui_path_join(folder, "inbox", arena);
    assert_int_equal(remove(hedui_path_join(inbox, "veh-201406.csv.gz", arena)), 0);
    compare_without_vehicles(whole, run(folder, 2, arena));
    (void)nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    hedui_arena_close(arena);
}

/* A delta is right if the register it leads to is: from what the county really has, an earlier
 * register is made, and the delta that leads back. */
typedef struct way_back {
    gzFile full, delta;
    int cars, planted[5];
} way_back;

/* The status stands last; the owner's number is the fifth cell from the end. */
static void write_change(way_back *w, const char *line, const char *flags)
{
    char plate[64], earlier[1000], sold[1000], key[80];
    size_t n = strcspn(line, "\r\n"), status = n, comma = 0;
    (void)snprintf(plate, sizeof plate, "%.20s", line);
    plate[5 + strcspn(plate + 5, ",")] = '\0'; /* behind two digits, a comma and the province */
    (void)snprintf(key, sizeof key, "%.2s|\xE6\x96\xB0%s\t", plate, plate + 5);
    while (line[status - 1] != ',')
        status--;
    for (size_t at = n, seen = 0; seen < 5; at--)
        if (line[at - 1] == ',' && ++seen == 5)
            comma = at;
    (void)snprintf(earlier, sizeof earlier, "%.*sE\r\n", (int)(status < 900 ? status : 900), line);
    (void)snprintf(sold, sizeof sold, "%.*s65900019620304101%c%s", (int)comma, line, '0',
                   line + comma + 18);
    int ours = n < 900 && line[comma + 18] == ',' && strstr(flags, key),
        which = ours ? w->cars++ % 5 : -1;
    if (which < 0) {
        (void)gzputs(w->full, line);
        return;
    }
    w->planted[which]++;
    static const char marks[] = "AUUDU";
    if (which == 1)
        (void)gzputs(w->full, earlier);
    else if (which == 2)
        (void)gzputs(w->full, sold);
    else if (which > 2)
        (void)gzputs(w->full, line);
    if (which < 3)
        (void)gzprintf(w->delta, "%.*s,%c\r\n", (int)n, line, marks[which]);
    if (which < 3)
        return;
    /* another car of this family under a plate of its own, which then is deleted or sold */
    char *text = which == 3 ? earlier : sold;
    (void)snprintf(earlier, sizeof earlier, "%.900s", line);
    for (int i = 0; i < 2; i++) {
        char *row = i ? text : earlier;
        row[0] = '5';
        row[1] = '2';
    }
    (void)gzputs(w->full, earlier);
    (void)gzprintf(w->delta, "%.*s,%c\r\n", (int)strcspn(text, "\r\n"), text, marks[which]);
}

static void make_way_back(const char *folder, way_back *w, hedui_arena *arena)
{
    char line[1 << 17];
    const char *inbox = hedui_path_join(folder, "inbox", arena);
    const char *file = hedui_path_join(inbox, "veh-201406.csv.gz", arena);
    const char *old = hedui_path_join(folder, "old.csv.gz", arena);
    hedui_span flags;
    assert_int_equal(hedui_file_read(&flags, hedui_path_join(folder, "truth/flags.tsv", arena),
                                     1 << 24, arena, NULL),
                     HEDUI_OK);
    const char *text = hedui_arena_copy(arena, flags).at;
    assert_int_equal(rename(file, old), 0);
    gzFile from = gzopen(old, "rb");
    w->full = gzopen(file, "wb");
    w->delta = gzopen(hedui_path_join(inbox, "veh-delta-20140704.csv.gz", arena), "wb");
    for (int first = 1; gzgets(from, line, sizeof line); first = 0) {
        if (first) {
            (void)gzputs(w->full, line);
            (void)gzprintf(w->delta, "%.*s,BGBZ\r\n", (int)strcspn(line, "\r\n"), line);
        } else if (strncmp(line, "02,\xD0\xC2", 5) == 0 && strstr(line, ",65900") &&
                   line[strlen(line) - 3] == 'A') {
            write_change(w, line, text);
        } else {
            (void)gzputs(w->full, line);
        }
    }
    assert_int_equal(gzclose(from) | gzclose(w->full) | gzclose(w->delta), 0);
}

static void a_delta_leads_to_what_the_register_has(void **state)
{
    (void)state;
    char folder[] = "/tmp/hedui-delta-XXXXXX";
    hedui_arena *arena = hedui_arena_open(0);
    hedui_demo_options options = {.households = 2000, .seed = 6, .strangers = 5};
    way_back w = {0};
    assert_non_null(mkdtemp(folder));
    assert_int_equal(hedui_demo_write(NULL, folder, &options, NULL), HEDUI_OK);
    const hedui_run_result *whole = run(folder, 2, arena);
    make_way_back(folder, &w, arena);
    const hedui_run_result *after = run(folder, 2, arena);
    for (int i = 0; i < 5; i++)
        assert_true(w.planted[i] > 0);
    assert_int_equal(after->flag_count, whole->flag_count);
    for (uint32_t i = 0; i < whole->flag_count; i++) {
        assert_int_equal(after->flags[i].household, whole->flags[i].household);
        assert_int_equal(after->flags[i].rule, whole->flags[i].rule);
        assert_true(hedui_span_equal(after->flags[i].subject, whole->flags[i].subject));
        assert_int_equal(after->flags[i].effect, whole->flags[i].effect);
    }
    for (uint32_t i = 0; i < whole->household_count; i++)
        assert_int_equal(after->households[i].state, whole->households[i].state);
    /* without the delta it is another register */
    const char *inbox = hedui_path_join(folder, "inbox", arena);
    assert_int_equal(remove(hedui_path_join(inbox, "veh-delta-20140704.csv.gz", arena)), 0);
    assert_true(run(folder, 2, arena)->flag_count < whole->flag_count);
    (void)nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    hedui_arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_finds_what_the_county_was_made_to_hold),
        cmocka_unit_test(a_delta_leads_to_what_the_register_has),
        cmocka_unit_test(a_missing_register_leaves_open_what_it_would_have_told),
    };
    return cmocka_run_group_tests_name("run/truth", tests, NULL, NULL);
}
