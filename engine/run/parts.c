/* Two parts at most: one being judged and assembled, one being taken. */
#include "run/parts.h"
#include "run/assemble.h"
#include "run/digest.h"

/* Households of a part for each thread, up to so many threads: enough for all of them, little
 * beside what was read (some 2 KB a household). */
enum { SHARE = 2048, SHARES = 8 };

typedef struct part {
    hedui_run_result result;
    hedui_arena **arenas; /* one a thread */
    int is_open;
} part;

typedef struct line {
    const hedui_parts_input *input;
    hedui_run_result *result; /* the head, and in the end the whole */
    hedui_arena *arena, *scratch;
    hedui_err *err;
    hedui_judges judges;
    hedui_assembler *assembler;
    hedui_run_digester *digester;
    part parts[2];
} line;

static hedui_status open_part(part *p, const line *l)
{
    int threads = l->input->request->threads, opened = 0;
    p->result = *l->result;
    p->is_open = 1;
    for (int t = 0; t < threads; t++) {
        p->arenas[t] = hedui_arena_open(0);
        opened += p->arenas[t] != NULL;
    }
    return opened == threads ? HEDUI_OK : hedui_fail_memory(l->err);
}

/* @param keeper  Takes over what the part holds; NULL: it goes. */
static void close_part(part *p, const line *l, hedui_arena *keeper)
{
    for (int t = 0; p->is_open && t < l->input->request->threads; t++)
        if (keeper)
            hedui_arena_adopt(keeper, p->arenas[t]);
        else
            hedui_arena_close(p->arenas[t]);
    p->is_open = 0;
}

/* A part on its way out, and whose it is. */
typedef struct outgoing {
    line *line;
    part *part;
} outgoing;

static hedui_status take(void *context, hedui_err *err)
{
    const outgoing *o = context;
    const hedui_run_sink *sink = o->line->input->request->sink;
    hedui_run_digester_add(o->line->digester, &o->part->result);
    return sink ? sink->take(sink->context, &o->part->result, err) : HEDUI_OK;
}

static hedui_status judge_part(part *p, line *l, uint32_t from, uint32_t to, outgoing *before)
{
    hedui_judged judged;
    const hedui_meanwhile meanwhile = {take, before};
    hedui_status status = open_part(p, l);
    if (!status)
        status = hedui_judges_part(&judged, &l->judges, from, to, p->arenas,
                                   before->part ? &meanwhile : NULL, l->err);
    if (before->part)
        close_part(before->part, l, NULL);
    if (!status)
        status = hedui_assemble_part(&p->result, l->assembler, &judged, p->arenas, l->err);
    return status;
}

/* The last part is taken with nothing beside it; the only one may be the whole. */
static hedui_status judge_parts(line *l)
{
    const hedui_run_sink *sink = l->input->request->sink;
    uint32_t count = l->input->book->caseload->household_count, from = 0, n = 0;
    uint32_t shares = (uint32_t)l->input->request->threads;
    uint32_t size = !sink              ? count
                    : sink->households ? sink->households
                    : shares < SHARES  ? SHARE * shares
                                       : SHARE * SHARES;
    outgoing before = {l, NULL};
    hedui_status status = HEDUI_OK;
    do {
        uint32_t to = count - from > size ? from + size : count;
        part *now = &l->parts[n++ % 2];
        status = judge_part(now, l, from, to, &before);
        before.part = now;
        from = to;
    } while (!status && from < count);
    if (!status)
        status = take(&before, l->err);
    if (!status && !sink) {
        *l->result = before.part->result;
        close_part(before.part, l, l->arena);
    }
    return status;
}

static hedui_status prepare(line *l)
{
    const hedui_parts_input *input = l->input;
    const hedui_run_request *request = input->request;
    for (int i = 0; l->scratch && i < 2; i++) {
        l->parts[i].arenas =
            hedui_arena_array(l->scratch, (size_t)request->threads, sizeof(hedui_arena *));
        if (!l->parts[i].arenas)
            return hedui_fail_memory(l->err);
    }
    l->digester = l->scratch ? hedui_run_digester_open(l->scratch) : NULL;
    if (!l->digester)
        return hedui_fail_memory(l->err);
    hedui_status status =
        hedui_judges_open(&l->judges, request->rulebook, input->book, input->only, request->threads,
                          input->tell, input->context, request->stop, l->scratch, l->err);
    if (!status)
        status = hedui_assemble_head(&l->assembler, l->result, request, input->book, input->only,
                                     input->first, l->arena, l->err);
    if (!status && request->sink)
        status = request->sink->begin(request->sink->context, l->result, l->err);
    return status;
}

static hedui_status finish(line *l)
{
    const hedui_run_look *look = l->input->request->look;
    hedui_status status =
        hedui_assemble_gaps(l->result, l->assembler, &l->judges, l->arena, l->err);
    if (!status)
        status = hedui_run_digester_end(&l->result->digest, l->digester, l->result, l->err);
    if (!status && look && l->input->looked_at != HEDUI_NONE)
        status = look->at(look->context, &l->judges.list[0], l->input->looked_at, l->err);
    return status;
}

hedui_status hedui_parts_run(hedui_run_result *result, const hedui_parts_input *input,
                             hedui_arena *arena, hedui_err *err)
{
    line l = {.input = input,
              .result = result,
              .arena = arena,
              .scratch = hedui_arena_open(0),
              .err = err};
    hedui_status status = prepare(&l);
    if (!status)
        status = judge_parts(&l);
    if (!status)
        status = finish(&l);
    for (int i = 0; i < 2; i++)
        close_part(&l.parts[i], &l, NULL);
    hedui_judges_close(&l.judges);
    hedui_run_digester_close(l.digester);
    hedui_arena_close(l.scratch);
    return status;
}
