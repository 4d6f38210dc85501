/* What changed between two sets of packs: one line of a pack changed after another, and exactly
 * that is told; a run's rules are those it judged by, whatever became of the workspace since. */
#include "county.h"

#include <hedui/job.h>
#include <hedui/job_rules_diff.h>

#include <glob.h>
#include <string.h>

#define PACK "rules/packs/cleanup-2014"

static void shell(const county *w, const char *command)
{
    char line[1024];
    (void)snprintf(line, sizeof line, "cd '%s' && %s", w->folder, command);
    if (system(line) != 0)
        fail_msg("%s", line);
}

static const hedui_rules_diff *diff_of(const county *w, const char *before, const char *after)
{
    const hedui_rules_book *one = NULL, *other = NULL;
    const hedui_rules_diff *diff = NULL;
    const hedui_workspace *workspace = county_workspace(w);
    assert_int_equal(
        hedui_job_rules_side(&one, workspace, hedui_span_of(before), w->arena, NULL, NULL),
        HEDUI_OK);
    assert_int_equal(
        hedui_job_rules_side(&other, workspace, hedui_span_of(after), w->arena, NULL, NULL),
        HEDUI_OK);
    assert_int_equal(hedui_job_rules_diff(&diff, one, other, w->arena, NULL), HEDUI_OK);
    return diff;
}

/* Changes that are not mere consequences, and how often `part` is among those of the one. */
static void expect_one(const hedui_rules_diff *diff, const char *label, const char *change,
                       const char *id, const char *part, uint32_t count, uint32_t affected)
{
    uint32_t own = 0, parts = 0, others = 0;
    for (uint32_t i = 0; i < diff->change_count; i++) {
        const hedui_rules_change *c = &diff->changes[i];
        if (strcmp(c->change, "affected") == 0) {
            others++;
            continue;
        }
        own++;
        if (strcmp(c->change, change) != 0 || !hedui_span_is(c->id, id))
            fail_msg("%s: %s %.*s", label, c->change, (int)c->id.length, c->id.at);
        for (uint32_t k = 0; k < c->part_count; k++)
            parts += strcmp(c->parts[k].part, part) == 0;
        if (strcmp(change, "changed") == 0 && c->part_count != parts)
            fail_msg("%s: %u parts", label, c->part_count);
    }
    if (own != 1 || parts != count || others != affected)
        fail_msg("%s: %u changes, %u of the part, %u affected", label, own, parts, others);
}

static void each_change_is_told_and_nothing_else(void **state)
{
    static const struct {
        const char *file, *sed; /* what is done to a copy of the pack */
        const char *change, *id, *part;
        uint32_t parts;    /* 2: a row with another first day, one gone, one new */
        uint32_t affected; /* rules that rest on it, counted by hand */
    } cases[] = {
        {"pack.yaml", "s/value: 420.00/value: 430.00/", "changed", "dibao_standard", "row", 1, 3},
        {"pack.yaml", "s/2014-01-01}, value: 450.00/2014-02-01}, value: 450.00/", "changed",
         "dibao_standard", "row", 2, 3},
        {"pack.yaml", "s/title: 低保标准$/title: 标准/", "changed", "dibao_standard", "title", 1,
         3},
        {"pack.yaml", "0,/value: 6,/s//value: 7,/", "changed", "recent_months", "row", 1, 4},
        {"pack.yaml", "/^  shehui_jiuzhu:/,/confirmed/s/confirmed: true/confirmed: false/",
         "changed", "shehui_jiuzhu", "confirmed", 1, 1},
        {"vehicles.yaml", "s/severity: high/severity: low/", "changed", "VEH-01", "severity", 1, 0},
        {"vehicles.yaml", "s/effect: review/effect: inform/", "changed", "VEH-01", "effect", 1, 0},
        {"vehicles.yaml", "s/to: 2014-08-30/to: 2014-09-30/", "changed", "VEH-01", "in_force", 1,
         0},
        {"vehicles.yaml", "s/三（五）/三/", "changed", "VEH-01", "basis", 1, 0},
        {"vehicles.yaml", "s/{v: hh.vehicles}/{v: \"hh.vehicles.filter(x, true)\"}/", "changed",
         "VEH-01", "each", 1, 0},
        {"vehicles.yaml", "s/号牌{v.plate_no}/{v.plate_no}/", "changed", "VEH-01", "message", 1, 0},
        {"vehicles.yaml", "s/title: 残疾人专用车/title: 专用车/", "changed", "VEH-01", "unless", 2,
         0},
        {"vehicles.yaml", "s/category: 5/category: 6/", "changed", "VEH-01", "category", 1, 0},
        {"vehicles.yaml", "s/clears: .*/clears: 证明/", "changed", "VEH-01", "clears", 1, 0},
        {"tips_and_visits.yaml", "/shown:/d", "changed", "TIP-01", "shown", 1, 0},
        {"tips_and_visits.yaml", "s/manual: 入户查看.*/manual: 看住房/", "changed", "LIFE-01",
         "manual", 1, 0},
        /* nothing that a household is judged by */
        {"vehicles.yaml", "s/已注销的车不算/已注销的/;s/^# .*//;$a # 完", "", "", "", 0, 0},
    };
    county w;
    (void)state;
    county_make(&w, 21);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char command[900];
        (void)snprintf(command, sizeof command,
                       "rm -rf other && mkdir other && cp -r '%s/%s' other/ && sed -i '%s' "
                       "other/cleanup-2014/%s && ! cmp -s '%s/%s/%s' other/cleanup-2014/%s",
                       HEDUI_SOURCE_DIR, PACK, cases[i].sed, cases[i].file, HEDUI_SOURCE_DIR, PACK,
                       cases[i].file, cases[i].file);
        shell(&w, command);
        const hedui_rules_diff *diff =
            diff_of(&w, "cleanup-2014", county_path(&w, "other/cleanup-2014"));
        if (*cases[i].change)
            expect_one(diff, cases[i].sed, cases[i].change, cases[i].id, cases[i].part,
                       cases[i].parts, cases[i].affected);
        else
            assert_int_equal(diff->change_count, 0);
        /* the other way round as much has changed */
        assert_int_equal(
            diff_of(&w, county_path(&w, "other/cleanup-2014"), "cleanup-2014")->change_count,
            diff->change_count);
    }
    county_throw_away(&w);
}

static void a_run_is_compared_by_the_rules_it_judged_by(void **state)
{
    county w;
    glob_t left;
    (void)state;
    county_make(&w, 21);
    hedui_job_options options = {.as_of = w.as_of, .threads = 2};
    hedui_job_outcome outcome;
    assert_int_equal(hedui_job_run(&outcome, county_workspace(&w), &options, w.arena, NULL, NULL),
                     HEDUI_OK);
    assert_int_equal(diff_of(&w, "R20140705-01", "")->change_count, 0);
    shell(&w, "mkdir -p rules/packs && cp -r " HEDUI_SOURCE_DIR "/" PACK " rules/packs/");
    assert_int_equal(diff_of(&w, "R20140705-01", "")->change_count, 0);
    shell(&w, "sed -i 's/severity: high/severity: low/' " PACK "/vehicles.yaml");
    expect_one(diff_of(&w, "R20140705-01", ""), "run", "changed", "VEH-01", "severity", 1, 0);
    expect_one(diff_of(&w, "", "R20140705-01"), "run", "changed", "VEH-01", "severity", 1, 0);
    /* layouts of today do not matter to the rules of then */
    shell(&w, "mkdir -p feeds && printf 'feed: nonsense\n' >feeds/vehicle.yaml");
    assert_int_equal(diff_of(&w, "R20140705-01", "R20140705-01")->change_count, 0);
    assert_int_equal(glob(county_path(&w, "archive/.replay-*"), 0, NULL, &left), GLOB_NOMATCH);
    county_throw_away(&w);
}

/* A county's pack alone in hedui.yaml, over a shipped one that is found where shipped packs are. */
static void a_shipped_pack_is_inherited_without_being_named(void **state)
{
    county w;
    (void)state;
    county_make(&w, 21);
    shell(&w,
          "mkdir -p rules/packs/own && printf 'pack: own\ntitle: 本县\ninherits: [cleanup-2014]\n"
          "documents:\n  d: {title: 本县标准, kind: standard, level: county, confirmed: true}\n"
          "parameters:\n  recent_months:\n    title: 近期\n    type: integer\n"
          "    replaces: cleanup-2014/recent_months\n    rows:\n"
          "      - {value: 3, basis: {document: d}}\n' >rules/packs/own/pack.yaml"
          " && sed -i 's/^packs:.*/packs: [own]/' hedui.yaml");
    hedui_job_options options = {.as_of = w.as_of, .threads = 2};
    hedui_job_outcome outcome;
    hedui_job_replay_outcome again = {0};
    assert_int_equal(hedui_job_run(&outcome, county_workspace(&w), &options, w.arena, NULL, NULL),
                     HEDUI_OK);
    /* what it inherits is archived with it */
    shell(&w, "rm -r rules/packs/own && sed -i 's/^packs:.*/packs: [cleanup-2014]/' hedui.yaml");
    assert_int_equal(hedui_job_replay(&again, county_workspace(&w), hedui_span_of("R20140705-01"),
                                      hedui_span_of(""), 2, w.arena, NULL, NULL),
                     HEDUI_OK);
    assert_true(again.same);
    /* the pack is new, its document, and one figure with the rules that rest on it */
    const hedui_rules_diff *diff = diff_of(&w, "cleanup-2014", "R20140705-01");
    uint32_t own = 0;
    for (uint32_t i = 0; i < diff->change_count; i++)
        own += strcmp(diff->changes[i].change, "affected") != 0;
    assert_int_equal(own, 3);
    assert_int_equal(diff->change_count, 3 + 4);
    county_throw_away(&w);
}

static void what_cannot_be_compared_is_refused(void **state)
{
    static const struct {
        const char *name;
        hedui_status want;
    } cases[] = {
        {"R20140706-01", HEDUI_E5014}, {"cleanup-2013", HEDUI_E8002}, {"R2014", HEDUI_E8002},
        {"R20140705-", HEDUI_E8002},   {"/nowhere", HEDUI_E8002},     {"inbox", HEDUI_E8002},
    };
    county w;
    (void)state;
    county_make(&w, 21);
    hedui_store *store = NULL;
    assert_int_equal(
        hedui_store_open(&store, county_path(&w, "hedui.db"), HEDUI_STORE_CREATE, NULL), HEDUI_OK);
    hedui_store_close(store);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const hedui_rules_book *book = NULL;
        hedui_err err;
        hedui_err_init(&err);
        assert_int_equal(hedui_job_rules_side(&book, county_workspace(&w),
                                              hedui_span_of(cases[i].name), w.arena, NULL, &err),
                         cases[i].want);
        assert_int_equal(err.status, cases[i].want);
        assert_null(book);
    }
    county_throw_away(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_change_is_told_and_nothing_else),
        cmocka_unit_test(a_run_is_compared_by_the_rules_it_judged_by),
        cmocka_unit_test(a_shipped_pack_is_inherited_without_being_named),
        cmocka_unit_test(what_cannot_be_compared_is_refused),
    };
    return cmocka_run_group_tests_name("job/rules_diff", tests, NULL, NULL);
}
