/* The county, case by case: nothing of a case is kept once its rows and its truth are written.
 * Which case gets which quirk is counted out first and then scattered, so that the number of each
 * is known and its place is not. */
#include "demo/broken.h"
#include "demo/core.h"
#include "demo/delta.h"
#include "demo/place.h"
#include "demo/quirk.h"
#include "demo/registry.h"
#include "demo/reply.h"
#include "demo/rows.h"
#include "demo/told.h"
#include "demo/truth.h"

#include <hedui/date.h>
#include <hedui/file.h>

static const char workspace_text[] = "hedui: 1\n"
                                     "unit: 示例县居民家庭经济状况核对中心\n"
                                     "area: \"659000\"               # 示例用区划，实际不存在\n"
                                     "areas: areas.csv\n"
                                     "inbox: inbox\n"
                                     "archive: archive\n"
                                     "out: out\n"
                                     "store: hedui.db\n"
                                     "need: [household_register, death_cremation]\n"
                                     "visit_within: 30\n"
                                     "packs: [cleanup-2014";

/* What one call works with. */
typedef struct maker {
    hedui_demo_options options;
    hedui_arena *arena;
    hedui_demo_out *outs;
    hedui_demo_out *delta;  /* of the vehicle register, or NULL */
    hedui_demo_out *before; /* the earlier caseload: two, or NULL */
    int32_t asked_on;       /* or HEDUI_DEMO_NEVER */
    int64_t asked;
    hedui_demo_truth_out truth;
    hedui_demo_case *made;
    uint64_t feeds; /* bits of hedui_demo_feed */
    hedui_demo_told *told;
    uint64_t cases; /* a case is one household, or two that share something */
    uint64_t households, members;
    uint32_t doubted; /* cars that the delta doubts */
    hedui_demo_broken broken;
} maker;

enum { BEFORE = HEDUI_DEMO_MEMBER + 1 };

static hedui_status make_folders(const char *folder, const maker *m, hedui_err *err)
{
    static const char *const inner[] = {"inbox", "archive", "out", "truth"};
    hedui_status status = hedui_folder_make(folder, err);
    for (size_t i = 0; !status && i < sizeof inner / sizeof *inner; i++) {
        const char *path = hedui_path_join(folder, inner[i], m->arena);
        status = path ? hedui_folder_make(path, err) : hedui_fail_memory(err);
    }
    return status;
}

static hedui_status write_plain(const char *folder, const maker *m, hedui_err *err)
{
    hedui_buffer areas, text;
    hedui_buffer_init(&areas);
    hedui_buffer_init(&text);
    hedui_buffer_text(&text, workspace_text);
    hedui_buffer_text(&text, m->options.further ? ", county-files]\nfeeds: [feeds]\n" : "]\n");
    hedui_demo_areas(&areas);
    const char *yaml = hedui_path_join(folder, "hedui.yaml", m->arena);
    const char *csv = hedui_path_join(folder, "areas.csv", m->arena);
    hedui_status status = HEDUI_OK;
    if (!yaml || !csv || hedui_buffer_failed(&areas) || hedui_buffer_failed(&text))
        status = hedui_fail_memory(err);
    if (!status)
        status = hedui_file_replace(yaml, hedui_buffer_span(&text), err);
    if (!status)
        status = hedui_file_replace(csv, hedui_buffer_span(&areas), err);
    hedui_buffer_free(&areas);
    hedui_buffer_free(&text);
    return status;
}

/* The quirk of the case, UINT32_MAX for an ordinary one. */
static uint32_t quirk_of(const maker *m, uint64_t index)
{
    uint64_t place = hedui_demo_scatter(index, m->cases, m->options.seed);
    const hedui_demo_quirk *quirk = NULL;
    for (uint32_t q = 0; (quirk = hedui_demo_quirk_at(q)); q++) {
        uint64_t count = hedui_demo_quirk_count(quirk, m->options.households);
        if (place < count)
            return q;
        place -= count;
    }
    return UINT32_MAX;
}

static int is_live(const hedui_demo_case *made, const char *id)
{
    for (int h = 0; h < made->count; h++)
        for (int i = 0; i < made->households[h].member_count; i++) {
            const hedui_demo_member *member = &made->households[h].members[i];
            if (strcmp(member->id, id) == 0 && member->authorised && !member->reject &&
                !member->conflict)
                return 1;
        }
    return 0;
}

/* A registry row is matched if the caseload holds the number with a live authorisation anywhere. */
static void join(hedui_demo_case *made)
{
    for (int h = 0; h < made->count; h++)
        for (int i = 0; i < made->households[h].member_count; i++)
            made->households[h].members[i].joined |=
                is_live(made, made->households[h].members[i].id);
}

/* A delta may doubt what nobody else does: of families that have a motorcycle and no more. */
static void doubt(maker *m)
{
    hedui_demo_household *household = &m->made->households[0];
    if (strcmp(m->made->quirk, "motorcycle") != 0 || !hedui_demo_delta_doubts(m->delta, m->doubted))
        return;
    for (int i = 0; i < household->member_count; i++) {
        hedui_demo_member *member = &household->members[i];
        if (!member->joined || member->car_count != 1)
            continue;
        member->cars[0].about.doubted = 1;
        m->doubted++;
        return;
    }
}

static void make_case(maker *m, uint64_t index)
{
    hedui_demo_case *made = m->made;
    uint32_t quirk = quirk_of(m, index);
    memset(made, 0, sizeof *made);
    made->index = index;
    made->seed = m->options.seed;
    made->feeds = m->feeds;
    made->told = m->told;
    hedui_demo_told_clear(m->told);
    made->as_of = m->options.as_of;
    made->asked_on = m->asked_on;
    made->quirk = "-";
    made->count = quirk != UINT32_MAX && hedui_demo_quirk_at(quirk)->households == 2 ? 2 : 1;
    hedui_demo_random_init(&made->random, m->options.seed, 1, index);
    for (int h = 0; h < made->count; h++) {
        (void)snprintf(made->households[h].id, sizeof made->households[h].id, "DB%010llu",
                       (unsigned long long)++m->households);
        hedui_demo_family(made, &made->households[h]);
    }
    if (quirk != UINT32_MAX)
        hedui_demo_plant(made, quirk);
    else
        hedui_demo_ordinary(made, &made->households[0]);
    if (quirk == UINT32_MAX && m->before)
        hedui_demo_core(made);
    join(made);
    doubt(m);
    hedui_demo_broken_meet(&m->broken, made);
    if (m->before)
        hedui_demo_reply_ask(made);
    for (int h = 0; h < made->count; h++)
        m->members += (uint64_t)made->households[h].member_count;
}

/* Cases and strangers side by side, each feed's strangers spread over the whole. */
static hedui_status write_all(maker *m, hedui_err *err)
{
    hedui_status status = HEDUI_OK;
    uint64_t written[HEDUI_DEMO_FEEDS] = {0};
    for (uint64_t i = 0; !status && i < m->cases; i++) {
        make_case(m, i);
        status = hedui_demo_case_rows(m->outs, m->made, err);
        if (!status && hedui_buffer_failed(&m->told->said))
            status = hedui_fail_memory(err);
        if (!status)
            hedui_demo_truth_case(&m->truth, m->made);
        if (!status && m->before) {
            m->asked += hedui_demo_reply_case(&m->truth, m->outs, m->made);
            status = hedui_demo_case_before(m->before, m->made, err);
        }
        for (int f = HEDUI_DEMO_VEHICLE; !status && f < HEDUI_DEMO_FEEDS; f++) {
            if (!(m->feeds >> f & 1))
                continue;
            uint64_t count = hedui_demo_stranger_count((hedui_demo_feed)f, &m->options);
            while (!status && written[f] < count * (i + 1) / m->cases)
                status =
                    hedui_demo_stranger_row(&m->outs[f], written[f]++, count, &m->options, err);
        }
    }
    for (int f = 0; !status && f < HEDUI_DEMO_FEEDS; f++) {
        if (!(m->feeds >> f & 1))
            continue;
        status = hedui_demo_out_finish(&m->outs[f], err);
        hedui_demo_truth_ledger(&m->truth, &m->outs[f].ledger);
        if (m->before)
            hedui_demo_reply_ledger(&m->truth, &m->outs[f], m->asked);
    }
    if (!status && m->delta) { /* what the full file still held has been handed on */
        status = hedui_demo_out_finish(m->delta, err);
        hedui_demo_truth_ledger(&m->truth, &m->delta->ledger);
    }
    for (int f = 0; !status && m->before && f < BEFORE; f++)
        status = hedui_demo_out_finish(&m->before[f], err);
    return status;
}

/* Quirks of further feeds are told with the feed's name before them. */
static void write_feed_quirks(maker *m, hedui_demo_feed feed)
{
    char name[96];
    const hedui_demo_stray *stray = NULL;
    const hedui_demo_fault *fault = NULL;
    const char *before = feed < HEDUI_DEMO_FURTHER ? "" : hedui_demo_feed_name(feed);
    const char *dot = *before ? "." : "";
    uint64_t strangers = hedui_demo_stranger_count(feed, &m->options);
    for (uint32_t i = 0; (stray = hedui_demo_stray_at(feed, i)); i++) {
        (void)snprintf(name, sizeof name, "%s%s%s", before, dot, stray->name);
        hedui_demo_truth_quirk(&m->truth, name, hedui_demo_stray_count(stray, strangers),
                               stray->zh);
    }
    for (uint32_t i = 0; (fault = hedui_demo_fault_at(i)); i++) {
        (void)snprintf(name, sizeof name, "%s%s%s", before, dot, fault->name);
        if (m->outs[feed].planted[i])
            hedui_demo_truth_quirk(&m->truth, name, m->outs[feed].planted[i], fault->zh);
    }
}

static void write_quirks(maker *m)
{
    const hedui_demo_quirk *quirk = NULL;
    for (uint32_t i = 0; (quirk = hedui_demo_quirk_at(i)); i++)
        hedui_demo_truth_quirk(&m->truth, quirk->name,
                               hedui_demo_quirk_count(quirk, m->options.households), quirk->zh);
    for (int f = HEDUI_DEMO_VEHICLE; f < HEDUI_DEMO_FEEDS; f++)
        if (m->feeds >> f & 1)
            write_feed_quirks(m, (hedui_demo_feed)f);
    const hedui_demo_change *change = NULL;
    for (uint32_t i = 0; m->delta && (change = hedui_demo_change_at(i)); i++)
        hedui_demo_truth_quirk(&m->truth, change->name, m->delta->planted[i], change->zh);
}

static hedui_status open_all(maker *m, const char *folder, hedui_err *err)
{
    m->outs = hedui_arena_array(m->arena, HEDUI_DEMO_FEEDS, sizeof *m->outs);
    m->made = hedui_arena_take(m->arena, sizeof *m->made);
    if (!m->outs || !m->made)
        return hedui_fail_memory(err);
    m->told = hedui_arena_take(m->arena, sizeof *m->told);
    if (!m->told)
        return hedui_fail_memory(err);
    m->feeds = hedui_demo_feeds_of(&m->options);
    m->cases = m->options.households;
    for (uint32_t q = 0; hedui_demo_quirk_at(q); q++)
        if (hedui_demo_quirk_at(q)->households == 2)
            m->cases -= hedui_demo_quirk_count(hedui_demo_quirk_at(q), m->options.households);
    hedui_status status = make_folders(folder, m, err);
    if (!status)
        status = write_plain(folder, m, err);
    if (!status && m->options.further)
        status = hedui_demo_own_layouts(folder, m->arena, err);
    if (!status && m->options.further)
        status = hedui_demo_broken_layouts(folder, m->arena, err);
    if (!status)
        status = hedui_demo_truth_open(&m->truth, folder, m->options.facts, err);
    m->truth.open_rules = m->options.further ? HEDUI_DEMO_BREAKS : 0;
    for (int f = 0; !status && f < HEDUI_DEMO_FEEDS; f++) {
        if (!(m->feeds >> f & 1))
            continue;
        status = hedui_demo_out_open(&m->outs[f], folder, (hedui_demo_feed)f, &m->options, m->arena,
                                     err);
        m->outs[f].rejects = &m->truth.files[HEDUI_DEMO_REJECTS_TSV];
        m->outs[f].rows = &m->truth.files[HEDUI_DEMO_ROWS_TSV];
        m->outs[f].files = &m->truth.files[HEDUI_DEMO_FILES_TSV];
        m->outs[f].facts = m->options.facts ? &m->truth.files[HEDUI_DEMO_FACTS_TSV] : NULL;
        m->outs[f].matched = &m->truth.files[HEDUI_DEMO_MATCHED_TSV];
    }
    if (status || !m->options.further)
        return status;
    m->delta = hedui_arena_take(m->arena, sizeof *m->delta);
    if (!m->delta)
        return hedui_fail_memory(err);
    return hedui_demo_delta_open(m->delta, &m->outs[HEDUI_DEMO_VEHICLE], folder, &m->options,
                                 m->arena, err);
}

/* The caseload of the day on which the lists were written. */
static hedui_status open_before(maker *m, const char *folder, hedui_err *err)
{
    hedui_demo_options then = m->options;
    hedui_status status = HEDUI_OK;
    then.as_of = m->asked_on = hedui_demo_asked_on(m->options.as_of);
    m->before = hedui_arena_array(m->arena, BEFORE, sizeof *m->before);
    if (!m->before)
        return hedui_fail_memory(err);
    for (int f = 0; !status && f < BEFORE; f++)
        status =
            hedui_demo_out_open(&m->before[f], folder, (hedui_demo_feed)f, &then, m->arena, err);
    return status;
}

static void complete(hedui_demo_options *options, const hedui_demo_options *given)
{
    if (given)
        *options = *given;
    if (!options->households)
        options->households = 5000;
    if (!options->strangers)
        options->strangers = 34;
    if (!options->level)
        options->level = 6;
    if (!options->as_of)
        (void)hedui_date_from_civil(&options->as_of, 2014, 7, 5);
}

hedui_status hedui_demo_write(hedui_demo_made *made, const char *folder,
                              const hedui_demo_options *options, hedui_err *err)
{
    maker m = {.asked_on = HEDUI_DEMO_NEVER};
    complete(&m.options, options);
    if (m.options.households < HEDUI_DEMO_LEAST)
        return hedui_fail(err, HEDUI_E9001, hedui_place_none(), HEDUI_ARG_NUMBER(HEDUI_DEMO_LEAST));
    m.arena = hedui_arena_open(0);
    if (!m.arena)
        return hedui_fail_memory(err);
    hedui_demo_made counts = {0};
    hedui_status status = open_all(&m, folder, err);
    if (!status && m.options.further && m.options.answers)
        status = open_before(&m, folder, err);
    if (!status)
        status = write_all(&m, err);
    if (!status && m.options.further)
        status =
            hedui_demo_broken_write(&counts, &m.truth, &m.broken, folder, &m.options, m.arena, err);
    if (!status)
        write_quirks(&m);
    counts.households = m.households;
    counts.members = m.members;
    for (int f = 0; m.outs && f < HEDUI_DEMO_FEEDS; f++) {
        if (!(m.feeds >> f & 1))
            continue;
        counts.rows += (uint64_t)m.outs[f].ledger.records;
        counts.bytes += m.outs[f].length;
        hedui_demo_out_close(&m.outs[f]);
    }
    if (m.delta) {
        counts.rows += (uint64_t)m.delta->ledger.records;
        counts.bytes += m.delta->length;
        hedui_demo_out_close(m.delta);
    }
    for (int f = 0; m.before && f < BEFORE; f++)
        hedui_demo_out_close(&m.before[f]);
    if (m.told)
        hedui_buffer_free(&m.told->said);
    hedui_status closed = hedui_demo_truth_close(&m.truth, folder, status ? NULL : err);
    status = status ? status : closed;
    hedui_arena_close(m.arena);
    if (!status && made)
        *made = counts;
    return status;
}
