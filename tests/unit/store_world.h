/** @file
 * Fabricated results of a run for the tests of the store and the reports. All people are invented.
 */
#ifndef HEDUI_TESTS_STORE_WORLD_H
#define HEDUI_TESTS_STORE_WORLD_H

#include "test.h"

#include "rule/judge.h"
#include "store/store.h"
#include "store/write.h"

#include <hedui/date.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { WORLD_HOUSEHOLDS = 40, WORLD_FLAGS = 80 };

/** Rules and deliveries of a world, by index. */
enum { VEH = 0, DEATH = 1, INC = 2, WORLD_RULES = 3 };
enum { CASELOAD = 0, VEHICLE = 1, CREMATION = 2, WORLD_DELIVERIES = 3 };

typedef struct world {
    hedui_run_result r;
    hedui_run_input inputs[2];
    hedui_run_delivery deliveries[WORLD_DELIVERIES];
    hedui_run_remark remark;
    hedui_run_reject rejects[2];
    hedui_run_rule rules[WORLD_RULES];
    hedui_run_household households[WORLD_HOUSEHOLDS];
    char ids[WORLD_HOUSEHOLDS][16], names[WORLD_HOUSEHOLDS][24];
    hedui_run_flag flags[WORLD_FLAGS];
    hedui_run_evidence evidence[WORLD_FLAGS];
    hedui_proof_cell cells[WORLD_FLAGS][2];
    hedui_run_undetermined undetermined[WORLD_FLAGS];
    hedui_run_gap gaps[WORLD_RULES];
    hedui_store_options options;
} world;

static inline hedui_digest world_digest(uint8_t a, uint8_t b)
{
    hedui_digest digest = {{a, b, 1}};
    return digest;
}

static inline void world_deliveries(world *w)
{
    static const struct {
        const char *feed, *title, *source, *file;
        int records, other, duplicate, rejected, matched;
    } rows[WORLD_DELIVERIES] = {
        {"caseload_household", "低保台账（户）", "县民政局", "caseload-household-20140705.csv.gz",
         40, 0, 0, 0, 40},
        {"vehicle", "机动车登记", "公安交管", "veh-201406.csv.gz", 1000, 30, 1, 2, 60},
        {"death_cremation", "殡葬火化", "县民政局殡葬所", "death-cremation-20140630.csv.gz", 200, 0,
         0, 0, 3},
    };
    for (int i = 0; i < WORLD_DELIVERIES; i++) {
        hedui_run_delivery *d = &w->deliveries[i];
        d->feed = hedui_span_of(rows[i].feed);
        d->title = hedui_span_of(rows[i].title);
        d->source = hedui_span_of(rows[i].source);
        d->file = hedui_span_of(rows[i].file);
        d->part = hedui_span_of(i == CASELOAD ? "household" : "");
        d->own = i == CASELOAD;
        d->digest = world_digest(0xD0, (uint8_t)i);
        d->size = 12345 + i;
        d->content_length = 99999 + i;
        d->content_crc = 0xCAFE0000u + (uint32_t)i;
        (void)hedui_date_from_civil(&d->cut_off, 2014, 6, 30);
        hedui_run_ledger *l = &d->ledger;
        l->records = rows[i].records;
        l->other_document = rows[i].other;
        l->duplicate = rows[i].duplicate;
        l->rejected = rows[i].rejected;
        l->matched = rows[i].matched;
        l->accepted = l->records - l->other_document - l->duplicate - l->rejected;
        l->not_in_caseload = l->accepted - l->matched;
        l->apart = 1;
    }
    w->rejects[0] = (hedui_run_reject){501,
                                       7,
                                       60,
                                       HEDUI_SPAN("id_check"),
                                       HEDUI_SPAN("身份证明号码"),
                                       HEDUI_SPAN("659001********0011")};
    w->rejects[1] = (hedui_run_reject){912,
                                       12,
                                       60,
                                       HEDUI_SPAN("date_value"),
                                       HEDUI_SPAN("初次登记日期"),
                                       HEDUI_SPAN("2013-02-30")};
    w->deliveries[VEHICLE].rejects = w->rejects;
    w->deliveries[VEHICLE].reject_count = 2;
}

static inline void world_rules(world *w)
{
    static const struct {
        const char *id, *title;
        hedui_run_effect effect;
        hedui_run_severity severity;
        int category;
    } rows[WORLD_RULES] = {
        {"VEH-01", "名下有车辆登记，请核实", HEDUI_RUN_REVIEW, HEDUI_RUN_HIGH, 5},
        {"DEATH-01", "保障对象已死亡", HEDUI_RUN_EXCLUDE_PERSON, HEDUI_RUN_HIGH, 1},
        {"INC-01", "申报收入达到保障标准", HEDUI_RUN_REVIEW, HEDUI_RUN_MEDIUM, 8},
    };
    for (int i = 0; i < WORLD_RULES; i++) {
        hedui_run_rule *rule = &w->rules[i];
        rule->pack = hedui_span_of("cleanup-2014");
        rule->id = hedui_span_of(rows[i].id);
        rule->title = hedui_span_of(rows[i].title);
        rule->basis = hedui_span_of("《清理方案》第三条");
        rule->ask = hedui_span_of("查看机动车登记证书");
        rule->clears = hedui_span_of("已转让的过户凭证");
        rule->category = rows[i].category;
        rule->effect = rows[i].effect;
        rule->severity = rows[i].severity;
        rule->digest = world_digest(0x40, (uint8_t)i);
        rule->in_force = 1;
    }
}

/** A complete result: `households` families, no flags yet. */
static inline world *world_make(uint32_t households)
{
    static const char *const towns[] = {"城关镇", "东岭街道", "白沙乡"};
    static const char *const codes[] = {"659000001", "659000002", "659000003"};
    world *w = calloc(1, sizeof *w);
    assert_non_null(w);
    (void)hedui_date_from_civil(&w->r.as_of, 2014, 7, 5);
    w->r.unit = hedui_span_of("测试县居民家庭经济状况核对中心");
    w->inputs[0] = (hedui_run_input){HEDUI_SPAN("pack"), HEDUI_SPAN("cleanup-2014"), {{1}}};
    w->inputs[1] = (hedui_run_input){HEDUI_SPAN("layout"), HEDUI_SPAN("vehicle"), {{2}}};
    world_deliveries(w);
    world_rules(w);
    for (uint32_t i = 0; i < households; i++) {
        hedui_run_household *h = &w->households[i];
        (void)snprintf(w->ids[i], sizeof w->ids[i], "HD14-%04u", i + 1);
        (void)snprintf(w->names[i], sizeof w->names[i], "赵%u", i + 1);
        h->id = hedui_span_of(w->ids[i]);
        h->head_name = hedui_span_of(w->names[i]);
        h->area_code = h->town_code = hedui_span_of(codes[i % 3]);
        h->area_name = h->town_name = hedui_span_of(towns[i % 3]);
        h->programme = hedui_span_of("dibao");
        h->urban_rural = hedui_span_of("urban");
        h->status = hedui_span_of("receiving");
        h->members = 3;
        h->counted = 2;
        h->paid_fen = i == 1 ? INT64_MIN : 124500 + i;
        h->state = HEDUI_RUN_CLEAR;
    }
    w->r.inputs = w->inputs;
    w->r.input_count = 2;
    w->r.deliveries = w->deliveries;
    w->r.delivery_count = WORLD_DELIVERIES;
    w->r.rules = w->rules;
    w->r.rule_count = WORLD_RULES;
    w->r.households = w->households;
    w->r.household_count = households;
    w->r.flags = w->flags;
    w->r.undetermined = w->undetermined;
    w->r.gaps = w->gaps;
    w->r.persons = households * 3;
    w->r.persons_matched = 30;
    w->r.persons_authorised = households * 3 - 1;
    w->r.rows_matched[0] = 58;
    w->r.rows_matched[1] = 3;
    w->r.rows_matched[2] = 1;
    w->r.rows_matched[3] = 1;
    w->r.digest = world_digest(0xAA, 0);
    w->options.engine = hedui_span_of("0.1.0");
    w->options.started = w->options.finished = INT64_MIN;
    return w;
}

/** Raise a flag; call in the order of households, rules and subjects. */
static inline hedui_run_flag *world_flag(world *w, uint32_t household, uint32_t rule,
                                         const char *subject, uint8_t content)
{
    static const hedui_column columns[] = {
        {.name = HEDUI_SPAN("plate_no"), .title = HEDUI_SPAN("号牌号码")},
        {.name = HEDUI_SPAN("status"), .title = HEDUI_SPAN("机动车状态")}};
    uint32_t i = w->r.flag_count++;
    assert_true(i < WORLD_FLAGS);
    hedui_run_flag *flag = &w->flags[i];
    hedui_run_evidence *evidence = &w->evidence[i];
    flag->household = household;
    flag->rule = rule;
    flag->subject = hedui_span_of(subject);
    flag->person = w->households[household].head_name;
    flag->person_masked = hedui_span_of("659001********0011");
    flag->effect = w->rules[rule].effect;
    flag->message = hedui_span_of("名下登记有小型普通客车，状态正常。");
    flag->content = world_digest(0xC0, content);
    flag->evidence = evidence;
    flag->evidence_count = 1;
    evidence->delivery = rule == DEATH ? CREMATION : rule == VEH ? VEHICLE : CASELOAD;
    evidence->line = 100 + i;
    evidence->offset = 5000 + i;
    evidence->length = 80;
    evidence->row_key = flag->subject;
    evidence->person = flag->person;
    evidence->content = world_digest(0xE0, content);
    evidence->cells = w->cells[i];
    evidence->cell_count = 2;
    evidence->columns = columns;
    w->cells[i][0] = (hedui_proof_cell){0, flag->subject};
    w->cells[i][1] = (hedui_proof_cell){1, HEDUI_SPAN("A")};
    w->households[household].flags++;
    w->households[household].state = HEDUI_RUN_FLAGGED;
    return flag;
}

/** Leave a rule unanswered for a household by a cause of its own. */
static inline void world_cause(world *w, uint32_t household, uint32_t rule, hedui_run_reason reason)
{
    hedui_run_undetermined *u = &w->undetermined[w->r.undetermined_count++];
    u->household = household;
    u->rule = rule;
    u->reason = reason;
    u->source = w->deliveries[VEHICLE].feed;
    u->person = w->households[household].head_name;
    w->households[household].unanswered++;
    if (!w->households[household].flags)
        w->households[household].state = HEDUI_RUN_UNCHECKED;
}

/** A database path in a fresh folder; world_remove takes both away. */
static inline char *world_path(void)
{
    static const char name[] = "/tmp/hedui-store-XXXXXX";
    char folder[sizeof name];
    memcpy(folder, name, sizeof name);
    assert_non_null(mkdtemp(folder));
    char *path = malloc(64);
    assert_non_null(path);
    (void)snprintf(path, 64, "%s/hedui.db", folder);
    return path;
}

static inline void world_remove(char *path)
{
    static const char *const suffixes[] = {"", "-wal", "-shm", ".lock", ".bak"};
    char other[80];
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        (void)snprintf(other, sizeof other, "%s%s", path, suffixes[i]);
        (void)unlink(other);
    }
    *strrchr(path, '/') = '\0';
    (void)rmdir(path);
    free(path);
}

static inline hedui_store *world_open(const char *path)
{
    hedui_store *store = NULL;
    hedui_err err;
    hedui_err_init(&err);
    if (hedui_store_open(&store, path, HEDUI_STORE_CREATE, &err) != HEDUI_OK)
        fail_msg("open: E%d %s", (int)err.status, err.text);
    return store;
}

/** Store the world; the run's name is in a buffer of the caller's. */
static inline void world_write(char id[HEDUI_STORE_RUN_ID], hedui_store *store, const world *w)
{
    hedui_err err;
    hedui_err_init(&err);
    if (hedui_store_write(id, store, &w->r, &w->options, &err) != HEDUI_OK)
        fail_msg("write: E%d %s", (int)err.status, err.text);
}

#endif
