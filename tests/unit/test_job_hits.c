/* A night over a list of hits: it proves what it holds and clears nobody who is not in it. */
#include "test.h"

#include <hedui/date.h>
#include <hedui/demo.h>
#include <hedui/file.h>
#include <hedui/job.h>
#include <hedui/store_delivery.h>
#include <hedui/store_run.h>

#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

static const char pack_text[] =
    "pack: deposits\ntitle: 存款\n"
    "applies_to: {programme: [dibao], status: [applying, receiving]}\n"
    "documents:\n"
    "  plan: {title: 方案, kind: work_plan, level: county, confirmed: true}\n";
static const char rule_text[] =
    "rules:\n  - id: DEP-01\n    title: 存款\n    basis: {document: plan}\n    effect: review\n"
    "    each: {b: hh.bank_balances}\n    when: |-\n      b.balance > 50000\n    examples:\n"
    "      - {title: 少, given: {bank_balances: [{balance: 100}]}, expect: false}\n"
    "      - {title: 没有, given: {bank_balances: []}, expect: false}\n";

static const char *in(const char *folder, const char *name, hedui_arena *arena)
{
    const char *path = hedui_path_join(folder, name, arena);
    assert_non_null(path);
    return path;
}

static void write_text(const char *path, const char *text)
{
    assert_int_equal(hedui_file_replace(path, hedui_span_of(text), NULL), HEDUI_OK);
}

static void who_is_not_in_a_list_of_hits_is_not_cleared(void **state)
{
    char folder[] = "/tmp/hedui-hits-XXXXXX", command[64];
    static const char rows[] =
        "证件号码,姓名,开户行,账号,余额,余额日期\n"
        "659000196203041010,王建国,工商银行,6222000011112222,90000,2014-06-30\n";
    hedui_arena *arena = hedui_arena_open(0);
    hedui_demo_options world = {.seed = 5, .households = 1000, .strangers = 6};
    hedui_job_options options = {.threads = 2};
    hedui_job_rules counts = {0};
    hedui_job_outcome outcome;
    const hedui_workspace *w = NULL;
    const hedui_store_run *run = NULL;
    hedui_store *store = NULL;
    const hedui_store_delivery *deliveries = NULL;
    size_t delivery_count = 0;
    int used = 0;
    (void)state;
    assert_non_null(mkdtemp(folder));
    assert_int_equal(hedui_date_from_civil(&options.as_of, 2014, 7, 5), 1);
    world.as_of = options.as_of;
    assert_int_equal(hedui_demo_write(NULL, folder, &world, NULL), HEDUI_OK);
    assert_int_equal(hedui_folder_make(in(folder, "rules/packs/deposits", arena), NULL), HEDUI_OK);
    write_text(in(folder, "rules/packs/deposits/pack.yaml", arena), pack_text);
    write_text(in(folder, "rules/packs/deposits/rules.yaml", arena), rule_text);
    write_text(in(folder, "hedui.yaml", arena),
               "hedui: 1\nunit: 中心\narea: \"659000\"\nareas: areas.csv\ninbox: inbox\n"
               "archive: archive\nout: out\nstore: hedui.db\npacks: [deposits]\n");
    gzFile file = gzopen(in(folder, "inbox/bank-balance-20140630.csv.gz", arena), "wb");
    assert_int_equal(gzwrite(file, rows, sizeof rows - 1), (int)sizeof rows - 1);
    assert_int_equal(gzclose(file), Z_OK);
    assert_int_equal(hedui_workspace_load(&w, folder, HEDUI_SOURCE_DIR, arena, NULL), HEDUI_OK);
    assert_int_equal(hedui_job_rules_test(&counts, w, NULL, NULL, NULL), HEDUI_OK);
    assert_int_equal(counts.failed, 0);
    assert_int_equal(hedui_job_run(&outcome, w, &options, arena, NULL, NULL), HEDUI_OK);
    assert_int_equal(hedui_store_open(&store, w->store, HEDUI_STORE_EXISTING, NULL), HEDUI_OK);
    assert_int_equal(hedui_store_run_find(&run, store, hedui_span_of(outcome.run), arena, NULL),
                     HEDUI_OK);
    assert_int_equal(hedui_store_delivery_list(&deliveries, &delivery_count, store,
                                               hedui_span_of(outcome.run), arena, NULL),
                     HEDUI_OK);
    hedui_store_close(store);
    /* only a household of which nobody is counted has nobody to ask about */
    assert_in_range(run->clear, 0, 3);
    assert_true(run->unchecked > 500);
    assert_int_equal(run->gap_count, 1);
    assert_true(hedui_span_is(run->gaps[0].reason, "not_asked"));
    for (size_t i = 0; i < delivery_count; i++)
        used += hedui_span_is(deliveries[i].feed, "bank_balance") && deliveries[i].used;
    assert_int_equal(used, 1); /* the list itself was sound */
    (void)snprintf(command, sizeof command, "rm -rf '%s'", folder);
    assert_int_equal(system(command), 0);
    hedui_arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_is_not_in_a_list_of_hits_is_not_cleared),
    };
    return cmocka_run_group_tests_name("job/hits", tests, NULL, NULL);
}
