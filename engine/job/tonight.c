/* The same plan and the same limits as a run's, without reading a delivery. */
#include <hedui/job_tonight.h>

#include "caseload/area.h"
#include "caseload/caseload.h"
#include "job/packs.h"
#include "run/plan.h"

typedef struct looker {
    const hedui_layouts *layouts;
    const hedui_plan *plan;
    int32_t day;
    hedui_tonight_gap *gaps;
    uint32_t gap_count;
    const char **unread;
    uint32_t unread_count, unread_room;
    int out_of_memory;
    hedui_arena *arena;
} looker;

/* A note of the plan carries the name as its first argument. */
static void add_unread(void *context, const hedui_err *note)
{
    looker *l = context;
    if (note->status != HEDUI_E2101)
        return;
    if (l->unread_count == l->unread_room) {
        uint32_t room = l->unread_room ? 2 * l->unread_room : 16;
        const char **more = hedui_arena_array(l->arena, room, sizeof *more);
        if (!more) {
            l->out_of_memory = 1;
            return;
        }
        if (l->unread_count)
            memcpy(more, l->unread, l->unread_count * sizeof *more);
        l->unread = more;
        l->unread_room = room;
    }
    hedui_span name = {note->text + note->args[0].at, note->args[0].length};
    l->unread[l->unread_count] = hedui_arena_copy(l->arena, name).at;
    if (l->unread[l->unread_count])
        l->unread_count++;
    else
        l->out_of_memory = 1;
}

/* Whether the plan serves a feed; age as the guards have it, that of the last file of the chain. */
static void look_at(looker *l, hedui_span feed)
{
    const hedui_layout *layout = hedui_layouts_find(l->layouts, feed);
    if (!layout)
        return;
    const hedui_plan_feed *entry = hedui_plan_find(l->plan, layout);
    hedui_tonight_gap gap = {
        .feed = layout->name, .title = layout->title, .file_name = layout->file_name};
    if (!entry->file_count) {
        gap.state = entry->later ? "early" : "missing";
    } else {
        int32_t cut_off = entry->files[entry->file_count - 1]->cut_off;
        int32_t most = layout->guards.age_refuse_days;
        if (cut_off == HEDUI_DAY_NONE) {
            gap.state = "undated";
        } else if (most >= 0 && l->day - cut_off > most) {
            gap.state = "stale";
            gap.age = l->day - cut_off;
            gap.age_most = most;
        }
    }
    if (gap.state)
        l->gaps[l->gap_count++] = gap;
}

static hedui_status look(looker *l, const hedui_workspace *w, hedui_err *inbox, hedui_err *err)
{
    const hedui_notes notes = {.add = add_unread, .context = l};
    hedui_status status =
        hedui_plan_make(&l->plan, w->inbox, l->layouts, l->day, l->arena, &notes, inbox);
    if (status == HEDUI_E1001 || l->out_of_memory)
        return hedui_fail_memory(err);
    if (status)
        return HEDUI_OK;
    l->gaps = hedui_arena_array(l->arena, w->need_count + 2, sizeof *l->gaps);
    if (!l->gaps)
        return hedui_fail_memory(err);
    look_at(l, hedui_span_of(HEDUI_CASELOAD_HOUSEHOLDS));
    look_at(l, hedui_span_of(HEDUI_CASELOAD_MEMBERS));
    for (uint32_t i = 0; i < w->need_count; i++)
        look_at(l, w->need[i]);
    return HEDUI_OK;
}

static uint32_t count_in_force(const hedui_rulebook *book, int32_t day)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < book->rule_count; i++) {
        hedui_standing standing = hedui_rule_standing(&book->rules[i], NULL, day);
        count += standing == HEDUI_STANDING_JUDGED || standing == HEDUI_STANDING_UNCONFIRMED;
    }
    return count;
}

hedui_status hedui_job_tonight(hedui_tonight *tonight, const hedui_workspace *workspace,
                               int32_t day, hedui_arena *arena, hedui_err *err)
{
    hedui_tonight made = {0};
    hedui_job_packs packs;
    const hedui_areas *areas = NULL;
    looker l = {.day = day, .arena = arena};
    hedui_err_init(&made.areas);
    hedui_err_init(&made.inbox);
    hedui_status status = hedui_job_packs_load(&packs, workspace, arena, NULL, err);
    if (status)
        return status;
    if (hedui_areas_load(&areas, workspace->areas, workspace->area, arena, &made.areas) ==
        HEDUI_E1001)
        return hedui_fail_memory(err);
    l.layouts = packs.layouts;
    status = look(&l, workspace, &made.inbox, err);
    if (status)
        return status;
    made.gaps = l.gaps;
    made.gap_count = l.gap_count;
    made.unread = l.unread;
    made.unread_count = l.unread_count;
    made.in_force = count_in_force(packs.rulebook, day);
    *tonight = made;
    return HEDUI_OK;
}
