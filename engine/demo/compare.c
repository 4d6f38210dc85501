/* A run against the truth: both sides are brought to the same keys, then met point by point. What
 * the truth does not name and the run found is a point too, and a wrong one. */
#include "demo/meet.h"

#include <hedui/buffer.h>
#include <hedui/citizen_id.h>

#include <inttypes.h>
#include <stdio.h>

static hedui_status compare_states(hedui_demo_meeting *w)
{
    hedui_demo_side found;
    hedui_demo_lines l;
    hedui_status status = hedui_demo_lines_open(&l, w, "households.tsv");
    if (status)
        return status;
    hedui_demo_side_open(&found, w, w->actual->state_count);
    for (size_t i = 0; !w->memory && i < w->actual->state_count; i++)
        found.values[hedui_demo_side_put(&found, w, w->actual->states[i].household)] =
            w->actual->states[i].state;
    while (!w->memory && hedui_demo_lines_next(&l)) {
        if (l.count != 3)
            return hedui_demo_lines_damaged(w, &l);
        hedui_demo_meet(w, &found, l.field[0], l.field[1]);
    }
    if (!w->memory)
        hedui_demo_meet_rest(w, &found);
    return HEDUI_OK;
}

static hedui_status compare_rejects(hedui_demo_meeting *w)
{
    hedui_demo_side found;
    hedui_demo_lines l;
    hedui_status status = hedui_demo_lines_open(&l, w, "rejects.tsv");
    if (status)
        return status;
    hedui_demo_side_open(&found, w, w->actual->reject_count);
    for (size_t i = 0; !w->memory && i < w->actual->reject_count; i++) {
        char line[16];
        if (hedui_demo_is_no_good(w, w->actual->rejects[i].file))
            continue;
        (void)snprintf(line, sizeof line, "%" PRIu32, w->actual->rejects[i].line);
        hedui_span key = HEDUI_DEMO_JOIN(w, w->actual->rejects[i].file, hedui_span_of(line));
        found.values[hedui_demo_side_put(&found, w, key)] = w->actual->rejects[i].reason;
    }
    while (!w->memory && hedui_demo_lines_next(&l)) {
        if (l.count != 4)
            return hedui_demo_lines_damaged(w, &l);
        hedui_demo_meet(w, &found, HEDUI_DEMO_JOIN(w, l.field[0], l.field[1]), l.field[2]);
    }
    if (!w->memory)
        hedui_demo_meet_rest(w, &found);
    return HEDUI_OK;
}

static hedui_status compare_ledgers(hedui_demo_meeting *w)
{
    hedui_demo_side found;
    hedui_demo_lines l;
    hedui_status status = hedui_demo_lines_open(&l, w, "ledgers.tsv");
    if (status)
        return status;
    hedui_demo_side_open(&found, w, w->actual->ledger_count);
    for (size_t i = 0; !w->memory && i < w->actual->ledger_count; i++) {
        const hedui_demo_ledger *g = &w->actual->ledgers[i];
        if (!g->file.length || hedui_demo_is_no_good(w, g->file))
            continue; /* nothing was delivered; what should have been is missed below */
        char text[200];
        (void)snprintf(text, sizeof text,
                       "%" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64
                       " %" PRId64 " %" PRId64,
                       g->records, g->accepted, g->other_document, g->duplicate, g->rejected,
                       g->matched, g->not_in_caseload, g->apart);
        hedui_span copy = hedui_arena_copy(w->arena, hedui_span_of(text));
        w->memory |= !copy.at;
        found.values[hedui_demo_side_put(&found, w, HEDUI_DEMO_JOIN(w, g->feed, g->file))] = copy;
    }
    while (!w->memory && hedui_demo_lines_next(&l)) {
        if (l.count != 10)
            return hedui_demo_lines_damaged(w, &l);
        /* the numbers stand in one piece, tabs between them */
        hedui_span numbers = {l.field[2].at,
                              (size_t)(l.field[9].at + l.field[9].length - l.field[2].at)};
        hedui_span text = hedui_arena_copy(w->arena, numbers);
        for (size_t i = 0; text.at && i < text.length; i++)
            if (text.at[i] == '\t')
                ((char *)(uintptr_t)text.at)[i] = ' ';
        w->memory |= !text.at;
        hedui_demo_meet(w, &found, HEDUI_DEMO_JOIN(w, l.field[0], l.field[1]), text);
    }
    if (!w->memory)
        hedui_demo_meet_rest(w, &found);
    return HEDUI_OK;
}

static const char *const reasons[] = {
    "not_supplied", "stale",     "refused",   "not_authorised", "rejected_row", "conflict",
    "empty_field",  "bad_field", "parameter", "caseload",       "evaluation",
};
enum { REASONS = sizeof reasons / sizeof *reasons, FLAGGED = 1 << 30, ODD = 1 << 29 };

static uint32_t reason_bit(hedui_span reason)
{
    for (uint32_t i = 0; i < REASONS; i++)
        if (hedui_span_is(reason, reasons[i]))
            return 1u << i;
    return ODD;
}

/* "undetermined: empty_field,caseload" from the bits of what was found. */
static hedui_span outcome_text(hedui_demo_meeting *w, uint32_t bits)
{
    hedui_buffer text;
    hedui_buffer_init(&text);
    hedui_buffer_text(&text, bits & FLAGGED ? "flagged" : bits ? "undetermined" : "clear");
    const char *before = "\t";
    for (uint32_t i = 0; !(bits & FLAGGED) && i <= REASONS; i++) {
        if (!(bits & (i < REASONS ? 1u << i : (uint32_t)ODD)))
            continue;
        hedui_buffer_text(&text, before);
        hedui_buffer_text(&text, i < REASONS ? reasons[i] : "?");
        before = ",";
    }
    if (bits & FLAGGED || !bits)
        hedui_buffer_text(&text, "\t-");
    hedui_span copy = hedui_arena_copy(w->arena, hedui_buffer_span(&text));
    w->memory |= hedui_buffer_failed(&text) || !copy.at;
    hedui_buffer_free(&text);
    return copy;
}

static hedui_status compare_answers(hedui_demo_meeting *w)
{
    const hedui_demo_actual *actual = w->actual;
    size_t most = actual->flag_count + actual->undetermined_count;
    hedui_demo_side found;
    hedui_demo_lines l;
    hedui_status status = hedui_demo_lines_open(&l, w, "answers.tsv");
    if (status)
        return status;
    hedui_demo_side_open(&found, w, most);
    uint32_t *bits = hedui_arena_array(w->arena, most + 1, sizeof *bits);
    w->memory |= !bits;
    for (size_t i = 0; !w->memory && i < actual->flag_count; i++)
        bits[hedui_demo_side_put(
            &found, w, HEDUI_DEMO_JOIN(w, actual->flags[i].household, actual->flags[i].rule))] |=
            FLAGGED;
    for (size_t i = 0; !w->memory && i < actual->undetermined_count; i++) {
        const hedui_demo_undetermined *u = &actual->undetermined[i];
        bits[hedui_demo_side_put(&found, w, HEDUI_DEMO_JOIN(w, u->household, u->rule))] |=
            reason_bit(u->reason);
    }
    for (uint32_t i = 0; !w->memory && i < found.count; i++)
        found.values[i] = outcome_text(w, bits[i]);
    hedui_span clear = HEDUI_SPAN("clear\t-");
    while (!w->memory && hedui_demo_lines_next(&l)) {
        if (l.count != 4)
            return hedui_demo_lines_damaged(w, &l);
        hedui_span key = HEDUI_DEMO_JOIN(w, l.field[0], l.field[1]);
        hedui_span expected = HEDUI_DEMO_JOIN(w, l.field[2], l.field[3]);
        if (hedui_table_find(&found.table, key) == HEDUI_TABLE_NONE)
            hedui_demo_point(w, hedui_span_equal(expected, clear), key, expected, clear);
        else
            hedui_demo_meet(w, &found, key, expected);
    }
    if (!w->memory)
        hedui_demo_meet_rest(w, &found);
    return HEDUI_OK;
}

/* The truth names members by their number; a run may show a masked one. */
static hedui_span member_key(hedui_demo_meeting *w, hedui_span household, hedui_span rule,
                             hedui_span subject, hedui_span person)
{
    hedui_citizen_id id = 0;
    char masked[HEDUI_CITIZEN_ID_TEXT];
    if (subject.length != 18 || hedui_citizen_id_parse(&id, subject) != HEDUI_CITIZEN_ID_18)
        return HEDUI_DEMO_JOIN(w, household, rule, subject);
    hedui_citizen_id_mask(masked, id);
    return HEDUI_DEMO_JOIN(w, household, rule, person, hedui_span_of(masked));
}

static hedui_status load_flags(hedui_demo_side *truth, hedui_demo_meeting *w)
{
    hedui_demo_lines l;
    hedui_status status = hedui_demo_lines_open(&l, w, "flags.tsv");
    size_t most = 0;
    for (size_t i = 0; !status && i < l.rest.length; i++)
        most += l.rest.at[i] == '\n';
    if (!status)
        hedui_demo_side_open(truth, w, most);
    while (!status && !w->memory && hedui_demo_lines_next(&l)) {
        if (l.count != 6)
            return hedui_demo_lines_damaged(w, &l);
        hedui_span key = member_key(w, l.field[0], l.field[1], l.field[2], l.field[3]);
        truth->values[hedui_demo_side_put(truth, w, key)] =
            HEDUI_DEMO_JOIN(w, l.field[4], l.field[5]);
    }
    return status;
}

static hedui_status compare_flags(hedui_demo_meeting *w)
{
    hedui_demo_side truth;
    hedui_status status = load_flags(&truth, w);
    for (size_t i = 0; !status && !w->memory && i < w->actual->flag_count; i++) {
        const hedui_demo_flag *f = &w->actual->flags[i];
        hedui_span keys[3] = {
            member_key(w, f->household, f->rule, f->subject, f->person),
            HEDUI_DEMO_JOIN(w, f->household, f->rule, f->person, f->person_masked),
            HEDUI_DEMO_JOIN(w, f->household, f->rule, f->household),
        };
        hedui_span found = HEDUI_DEMO_JOIN(w, f->effect, hedui_span_of(f->capped ? "1" : "0"));
        uint32_t at = HEDUI_TABLE_NONE;
        for (int k = 0; !w->memory && k < 3 && at == HEDUI_TABLE_NONE; k++)
            at = hedui_table_find(&truth.table, keys[k]);
        if (at == HEDUI_TABLE_NONE || truth.met[at]) {
            hedui_demo_point(w, 0, keys[0], hedui_demo_nothing, found);
            continue;
        }
        truth.met[at] = 1;
        hedui_demo_point(w, hedui_span_equal(truth.values[at], found), truth.keys[at],
                         truth.values[at], found);
    }
    for (uint32_t i = 0; !status && !w->memory && i < truth.count; i++)
        if (!truth.met[i])
            hedui_demo_point(w, 0, truth.keys[i], truth.values[i], hedui_demo_nothing);
    return status;
}

/* Rows of evidence against the rows about each household. */
static hedui_status compare_rows(hedui_demo_meeting *w, hedui_demo_side *flagged)
{
    hedui_demo_lines l;
    hedui_demo_side about;
    size_t most = 0;
    hedui_span row = HEDUI_SPAN("a row about the household"), other = HEDUI_SPAN("another row");
    hedui_status status = hedui_demo_lines_open(&l, w, "matched.tsv");
    for (size_t i = 0; !status && i < l.rest.length; i++)
        most += l.rest.at[i] == '\n';
    if (!status)
        hedui_demo_side_open(&about, w, most);
    while (!status && !w->memory && hedui_demo_lines_next(&l)) {
        if (l.count != 3)
            return hedui_demo_lines_damaged(w, &l);
        (void)hedui_demo_side_put(&about, w,
                                  HEDUI_DEMO_JOIN(w, l.field[0], l.field[1], l.field[2]));
    }
    for (size_t i = 0; !status && !w->memory && i < w->actual->evidence_count; i++) {
        const hedui_demo_evidence *e = &w->actual->evidence[i];
        char line[16];
        (void)snprintf(line, sizeof line, "%" PRIu32, e->line);
        hedui_span key = HEDUI_DEMO_JOIN(w, e->file, hedui_span_of(line), e->household);
        uint32_t at = hedui_table_find(&flagged->table, HEDUI_DEMO_JOIN(w, e->household, e->rule));
        if (at != HEDUI_TABLE_NONE && e->line)
            flagged->met[at] = 1;
        int known = hedui_table_find(&about.table, key) != HEDUI_TABLE_NONE;
        if (e->line)
            hedui_demo_point(w, known, key, row, known ? row : other);
    }
    return status;
}

static hedui_status compare_evidence(hedui_demo_meeting *w)
{
    hedui_demo_side flagged;
    hedui_span some = HEDUI_SPAN("evidence");
    hedui_status status = HEDUI_OK;
    if (!w->actual->evidence_count)
        return status;
    hedui_demo_side_open(&flagged, w, w->actual->flag_count);
    for (size_t i = 0; !w->memory && i < w->actual->flag_count; i++)
        (void)hedui_demo_side_put(
            &flagged, w,
            HEDUI_DEMO_JOIN(w, w->actual->flags[i].household, w->actual->flags[i].rule));
    status = w->memory ? HEDUI_OK : compare_rows(w, &flagged);
    for (uint32_t i = 0; !status && !w->memory && i < flagged.count; i++)
        hedui_demo_point(w, flagged.met[i], flagged.keys[i], some,
                         flagged.met[i] ? some : hedui_demo_nothing);
    return status;
}

hedui_status hedui_demo_compare(hedui_demo_report *report, const char *folder,
                                const hedui_demo_actual *actual, hedui_arena *arena, hedui_err *err)
{
    hedui_demo_report made = {0};
    hedui_demo_meeting w = {&made, folder, actual, arena, err, 0};
    static hedui_status (*const parts[])(hedui_demo_meeting *) = {
        compare_states,
        compare_answers,
        compare_flags,
        compare_rejects,
        compare_ledgers,
        compare_evidence,
        hedui_demo_compare_replies,
        hedui_demo_compare_refusals,
        hedui_demo_compare_gaps,
    };
    hedui_status status = HEDUI_OK;
    for (size_t i = 0; !status && i < sizeof parts / sizeof *parts; i++)
        status = parts[i](&w);
    if (!status && w.memory)
        status = hedui_fail_memory(err);
    if (!status)
        *report = made;
    return status;
}
