/* The guards over a file without a caseload and without earlier days. */
#include <hedui/job_check.h>

#include "feed/check.h"
#include "run/guard.h"

static const char *word(hedui_run_verdict verdict)
{
    static const char *const words[] = {[HEDUI_RUN_ACCEPTED] = "accepted",
                                        [HEDUI_RUN_WARNED] = "warned",
                                        [HEDUI_RUN_HELD] = "held",
                                        [HEDUI_RUN_REFUSED] = "refused",
                                        [HEDUI_RUN_MISSING] = "missing"};
    return words[verdict];
}

static hedui_status judge(hedui_job_check *made, const hedui_delivery *delivery, int32_t as_of,
                          hedui_arena *arena, hedui_err *err)
{
    hedui_guarded guarded;
    hedui_status status =
        hedui_guard(&guarded, delivery, HEDUI_GUARD_LAST, NULL, NULL, as_of, arena, err);
    if (status)
        return status;
    hedui_job_check_remark *remarks =
        hedui_arena_array(arena, guarded.remark_count, sizeof *remarks);
    if (!remarks)
        return hedui_fail_memory(err);
    for (uint32_t i = 0; i < guarded.remark_count; i++)
        remarks[i] =
            (hedui_job_check_remark){guarded.remarks[i].number, guarded.remarks[i].argument,
                                     word(guarded.remarks[i].verdict)};
    made->verdict = word(guarded.verdict);
    made->remarks = remarks;
    made->remark_count = guarded.remark_count;
    made->answers = hedui_layout_is_answer(delivery->layout);
    return HEDUI_OK;
}

hedui_status hedui_job_check_file(const hedui_job_check **check, const char *path, const char *feed,
                                  const char *const *folders, size_t folder_count, int32_t as_of,
                                  hedui_arena *arena, hedui_err *err)
{
    hedui_delivery *delivery = NULL;
    hedui_feed_report *report = NULL;
    hedui_job_check *made = hedui_arena_take(arena, sizeof *made);
    hedui_status status =
        made ? hedui_feed_survey(&delivery, path, feed, folders, folder_count, arena, err)
             : hedui_fail_memory(err);
    if (!status)
        status = hedui_feed_tell(&report, delivery, arena, err);
    if (!status)
        status = judge(made, delivery, as_of, arena, err);
    if (!status) {
        made->report = report;
        *check = made;
    }
    hedui_delivery_close(delivery);
    return status;
}
