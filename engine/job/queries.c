/* Only lists that are named are read: a year of lists would be a thousand times the caseload. */
#include "job/queries.h"

#include "feed/inbox.h"
#include "store/query_lists.h"

static int is_read(const hedui_query *queries, uint32_t count, hedui_span number)
{
    for (uint32_t i = 0; i < count; i++)
        if (hedui_span_equal(queries[i].number, number))
            return 1;
    return 0;
}

static void digest(hedui_digester *to, const hedui_query *q)
{
    hedui_digester_field(to, q->number);
    hedui_digester_field(to, q->feed);
    hedui_digester_number(to, q->day);
    hedui_digester_number(to, q->answer_by);
    for (uint32_t i = 0; i < q->asked_count; i++)
        hedui_digester_number(to, (int64_t)q->asked[i]);
}

hedui_status hedui_job_queries_read(hedui_prior *prior, hedui_digester *digester,
                                    hedui_store *store, const char *inbox,
                                    const hedui_layouts *layouts, hedui_arena *arena,
                                    hedui_err *err)
{
    const hedui_inbox_file *files = NULL;
    size_t count = 0;
    uint32_t used = 0;
    hedui_status status = hedui_inbox_list(&files, &count, inbox, layouts, arena, err);
    if (status)
        return status;
    hedui_query *queries = hedui_arena_array(arena, count, sizeof *queries);
    if (!queries)
        return hedui_fail_memory(err);
    for (size_t i = 0; i < count && !status; i++) {
        int found = 0;
        if (!files[i].answers.length || is_read(queries, used, files[i].answers))
            continue;
        status =
            hedui_store_query_load(&queries[used], &found, store, files[i].answers, arena, err);
        if (!status && found)
            digest(digester, &queries[used++]);
    }
    prior->queries = queries;
    prior->query_count = used;
    return status;
}
