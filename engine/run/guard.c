/* The guards. Limits stand in the layouts; shares are compared in millionths, never as floating
 * point. The baseline is the last accepted delivery, not the last received: else two bad ones in a
 * row would pass. */
#include "run/guard.h"
#include "run/figure.h"

#include <hedui/date.h>
#include <hedui/message.h>

#include <stdio.h>

__extension__ typedef __int128 wide; /* products of counts and a million */

enum { MOST_REMARKS = 64, MILLION = 1000000 };

typedef struct guard {
    hedui_guarded *out;
    hedui_run_remark *remarks;
    const hedui_delivery *delivery;
    const hedui_layout_guards *limits;
    const hedui_baseline *baseline;
    const hedui_gauge *gauge;
    int32_t as_of;
    hedui_arena *arena;
    int failed;
    int own;      /* 1: one of the caseload's own deliveries */
    int surveyed; /* 1: nobody was looked for */
} guard;

static void remark(guard *g, hedui_status number, hedui_run_verdict verdict, const char *argument)
{
    hedui_span kept = hedui_arena_copy(g->arena, hedui_span_of(argument));
    if (verdict > g->out->verdict)
        g->out->verdict = verdict;
    if (!kept.at || g->out->remark_count == MOST_REMARKS) {
        g->failed |= !kept.at;
        return;
    }
    g->remarks[g->out->remark_count++] = (hedui_run_remark){(int)number, kept, verdict};
}

static void refuse(guard *g, hedui_cause cause)
{
    if (g->out->cause == HEDUI_CAUSE_NONE)
        g->out->cause = cause;
}

/* "0.35%" from millionths; with all its digits "0.3512%". */
static void print_digits(char text[32], int64_t millionths, int all)
{
    int64_t size = millionths < 0 ? -millionths : millionths;
    (void)snprintf(text, 32, all ? "%s%lld.%04lld%%" : "%s%lld.%02lld%%", millionths < 0 ? "-" : "",
                   (long long)(size / 10000), (long long)(size % 10000 / (all ? 1 : 100)));
}

static void print_share(char text[32], int64_t millionths)
{
    print_digits(text, millionths, 0);
}

static int64_t share(uint64_t part, uint64_t whole)
{
    return whole ? (int64_t)((wide)part * MILLION / (wide)whole) : 0;
}

static void remark_share(guard *g, hedui_status number, hedui_run_verdict verdict, int64_t is,
                         int64_t limit)
{
    char a[32], b[32], both[72];
    print_share(a, is);
    print_share(b, limit);
    if (is != limit && strcmp(a, b) == 0) { /* "0.10%, beyond 0.10%" is no reason */
        print_digits(a, is, 1);
        print_digits(b, limit, 1);
    }
    (void)snprintf(both, sizeof both, "%s\t%s", a, b);
    remark(g, number, verdict, both);
}

static void check_age(guard *g)
{
    const hedui_layout_guards *limits = g->limits;
    char both[64];
    if (g->delivery->cut_off == HEDUI_DAY_NONE) {
        remark(g, HEDUI_E2110, HEDUI_RUN_REFUSED, "");
        refuse(g, HEDUI_CAUSE_STALE);
        return;
    }
    int32_t age = g->as_of - g->delivery->cut_off;
    if (limits->age_refuse_days >= 0 && age > limits->age_refuse_days) {
        (void)snprintf(both, sizeof both, "%d\t%d", age, limits->age_refuse_days);
        remark(g, HEDUI_E2112, HEDUI_RUN_REFUSED, both);
        refuse(g, HEDUI_CAUSE_STALE);
    } else if (limits->age_warn_days >= 0 && age > limits->age_warn_days) {
        (void)snprintf(both, sizeof both, "%d\t%d", age, limits->age_warn_days);
        remark(g, HEDUI_E2111, HEDUI_RUN_WARNED, both);
    }
}

/* Rejected rows of the whole delivery. Of a surveyed register only those that no run can miss: the
 * columns were read for strangers too, where a run reads them for matched people. */
static void check_rows(guard *g, const hedui_ledger *ledger)
{
    uint64_t strangers = g->surveyed && !g->own ? ledger->decoded_rejected : 0;
    int64_t is = share(ledger->rejected - strangers, ledger->records);
    if (g->limits->rejects_refuse >= 0 && is > g->limits->rejects_refuse) {
        remark_share(g, HEDUI_E2114, HEDUI_RUN_REFUSED, is, g->limits->rejects_refuse);
        refuse(g, HEDUI_CAUSE_REFUSED);
    } else if (g->limits->rejects_hold >= 0 && is > g->limits->rejects_hold) {
        remark_share(g, HEDUI_E2113, HEDUI_RUN_HELD, is, g->limits->rejects_hold);
    }
}

/* Rejects among the rows that were decoded, those of matched people: another share, so it has words
 * of its own. */
static void check_fields(guard *g, const hedui_ledger *ledger)
{
    int64_t is = share(ledger->decoded_rejected, ledger->decoded);
    if (g->limits->fields_refuse >= 0 && is > g->limits->fields_refuse) {
        remark_share(g, HEDUI_E2137, HEDUI_RUN_REFUSED, is, g->limits->fields_refuse);
        refuse(g, HEDUI_CAUSE_REFUSED);
    } else if (g->limits->fields_hold >= 0 && is > g->limits->fields_hold) {
        remark_share(g, HEDUI_E2136, HEDUI_RUN_HELD, is, g->limits->fields_hold);
    }
}

/* The same share over all rows: a hint at what a run will find, and no more. */
static void check_strangers(guard *g, const hedui_ledger *ledger)
{
    int64_t is = share(ledger->decoded_rejected, ledger->decoded);
    int64_t limit = g->limits->fields_hold >= 0 ? g->limits->fields_hold : g->limits->fields_refuse;
    if (limit >= 0 && is > limit)
        remark_share(g, HEDUI_E2138, HEDUI_RUN_WARNED, is, limit);
}

/* Change of a against b in millionths of b. */
static int64_t change(uint64_t a, uint64_t b)
{
    if (b == 0)
        return a ? INT32_MAX : 0;
    return (int64_t)(((wide)a - (wide)b) * MILLION / (wide)b);
}

static void check_change(guard *g)
{
    const hedui_ledger *ledger = &g->delivery->ledger;
    const hedui_baseline *last = g->baseline;
    char text[32];
    if (!last) {
        if (g->limits->rows_fall >= 0 || g->limits->watch_count)
            remark(g, HEDUI_E2121, HEDUI_RUN_ACCEPTED, "");
        return;
    }
    if (last->content_crc == g->delivery->crc &&
        last->content_length == (int64_t)g->delivery->content_length &&
        last->cut_off != g->delivery->cut_off && last->cut_off != INT32_MIN &&
        ledger->records > 0) {
        char day[HEDUI_DATE_TEXT];
        hedui_date_print(day, last->cut_off);
        /* a caseload may well be the same for days; a registry's export never is */
        remark(g, HEDUI_E2116, g->own ? HEDUI_RUN_WARNED : HEDUI_RUN_REFUSED, day);
        if (!g->own)
            refuse(g, HEDUI_CAUSE_REFUSED);
    }
    int64_t rows = change(ledger->records, (uint64_t)last->records);
    if (g->limits->rows_fall >= 0 &&
        (rows < -(int64_t)g->limits->rows_fall || rows > g->limits->rows_rise)) {
        print_share(text, rows);
        remark(g, HEDUI_E2115, HEDUI_RUN_HELD, text);
    }
    if (g->surveyed)
        return;
    int64_t was = share((uint64_t)last->matched, (uint64_t)last->records);
    int64_t joined = change((uint64_t)share(ledger->matched, ledger->records), (uint64_t)was);
    if (g->limits->join_rate >= 0 && (joined < 0 ? -joined : joined) > g->limits->join_rate) {
        print_share(text, joined);
        remark(g, HEDUI_E2118, HEDUI_RUN_HELD, text);
    }
}

static void check_names(guard *g)
{
    int64_t is = share(g->gauge->agree, g->gauge->compared);
    if (g->gauge->compared && is < g->limits->name_agreement)
        remark_share(g, HEDUI_E2117, HEDUI_RUN_HELD, is, g->limits->name_agreement);
}

/* Cells that say something nobody understands: another code list, a column shifted by one. */
static void check_unknown(guard *g)
{
    const hedui_layout *layout = g->delivery->layout;
    for (uint32_t c = 0; c < layout->column_count; c++) {
        const hedui_column_count *n = &g->delivery->columns[c];
        uint64_t strange = n->unlisted + n->bad;
        int64_t is = share(strange, strange + n->value + n->absent + n->unknown);
        char a[32], b[32];
        if (is <= g->limits->unknown_share)
            continue;
        hedui_buffer text;
        hedui_buffer_init(&text);
        print_share(a, is);
        print_share(b, g->limits->unknown_share);
        hedui_buffer_add(&text, layout->columns[c].title);
        hedui_buffer_format(&text, "\t%s\t%s", a, b);
        g->failed |= hedui_buffer_failed(&text);
        remark(g, HEDUI_E2130, HEDUI_RUN_HELD, text.data ? text.data : "");
        hedui_buffer_free(&text);
    }
}

static void on_moved(void *context, hedui_status number, hedui_span argument)
{
    guard *g = context;
    hedui_span text = hedui_arena_copy(g->arena, argument);
    g->failed |= !text.at;
    remark(g, number,
           number == HEDUI_E2134   ? HEDUI_RUN_ACCEPTED
           : number == HEDUI_E2135 ? HEDUI_RUN_WARNED
                                   : HEDUI_RUN_HELD,
           text.at ? text.at : "");
}

/* Copies: what the gauge holds may go before what the guards say. */
static const hedui_figure *keep_figures(guard *g)
{
    hedui_figure *kept = hedui_arena_array(g->arena, g->gauge->figure_count, sizeof *kept);
    g->failed |= !kept;
    for (uint32_t i = 0; kept && i < g->gauge->figure_count; i++) {
        kept[i] = g->gauge->figures[i];
        kept[i].name = hedui_arena_copy(g->arena, kept[i].name);
        g->failed |= !kept[i].name.at;
    }
    return kept;
}

static hedui_status check_distributions(guard *g, hedui_err *err)
{
    const hedui_baseline *last = g->baseline;
    g->out->figures = keep_figures(g);
    g->out->figure_count = g->failed ? 0 : g->gauge->figure_count;
    return last && !g->failed
               ? hedui_figures_compare(g->delivery->layout, g->out->figures, g->out->figure_count,
                                       last->figures, last->figure_count, on_moved, g, err)
               : HEDUI_OK;
}

static const hedui_baseline *baseline_of(const hedui_prior *prior, hedui_span feed)
{
    for (uint32_t i = 0; prior && i < prior->baseline_count; i++)
        if (hedui_span_equal(prior->baselines[i].feed, feed))
            return &prior->baselines[i];
    return NULL;
}

static int is_own(hedui_span feed)
{
    return hedui_span_is(feed, HEDUI_CASELOAD_HOUSEHOLDS) ||
           hedui_span_is(feed, HEDUI_CASELOAD_MEMBERS) ||
           hedui_span_is(feed, HEDUI_CASELOAD_SUPPORTERS);
}

static void check_extra_columns(guard *g)
{
    hedui_buffer names;
    hedui_buffer_init(&names);
    for (uint32_t i = 0; i < g->delivery->extra_column_count; i++) {
        hedui_buffer_text(&names, i ? "、" : "");
        hedui_buffer_add(&names, g->delivery->extra_columns[i]);
    }
    g->failed |= hedui_buffer_failed(&names);
    if (names.length)
        remark(g, HEDUI_E2120, HEDUI_RUN_ACCEPTED, names.data);
    hedui_buffer_free(&names);
}

hedui_status hedui_guard_gauged(hedui_guarded *guarded, const hedui_delivery *delivery, int place,
                                const hedui_gauge *gauge, const hedui_prior *prior, int32_t as_of,
                                hedui_arena *arena, hedui_err *err)
{
    hedui_guarded made = {.verdict = HEDUI_RUN_ACCEPTED, .cause = HEDUI_CAUSE_NONE};
    hedui_status status = HEDUI_OK;
    guard g = {.out = &made,
               .delivery = delivery,
               .limits = &delivery->layout->guards,
               .baseline = baseline_of(prior, delivery->layout->name),
               .gauge = gauge,
               .as_of = as_of,
               .arena = arena,
               .own = is_own(delivery->layout->name),
               .surveyed = (place & HEDUI_GUARD_SURVEYED) != 0};
    g.remarks = hedui_arena_array(arena, MOST_REMARKS, sizeof *g.remarks);
    if (!g.remarks)
        return hedui_fail_memory(err);
    made.remarks = g.remarks;
    if (delivery->refusal != HEDUI_REFUSAL_none) {
        hedui_buffer why;
        hedui_buffer_init(&why);
        hedui_buffer_text(&why, hedui_refusal_text(delivery->refusal, 1));
        if (delivery->refusal_detail.length)
            hedui_buffer_text(&why, "：");
        hedui_buffer_add(&why, delivery->refusal_detail);
        g.failed |= hedui_buffer_failed(&why);
        remark(&g, HEDUI_E2119, HEDUI_RUN_REFUSED, why.data ? why.data : "");
        hedui_buffer_free(&why);
        refuse(&g, HEDUI_CAUSE_REFUSED);
    } else {
        const hedui_ledger *ledger = &delivery->ledger;
        check_extra_columns(&g);
        if (delivery->footer_unread.length)
            on_moved(&g, HEDUI_E2135, delivery->footer_unread);
        if (place & HEDUI_GUARD_LAST)
            check_age(&g);
        check_rows(&g, ledger);
        if (gauge->matches)
            check_fields(&g, ledger);
        else if (g.surveyed && !g.own)
            check_strangers(&g, ledger);
        if (g.limits->unknown_share >= 0)
            check_unknown(&g);
        if (place & HEDUI_GUARD_FULL)
            check_change(&g);
        if ((place & HEDUI_GUARD_FULL) && !g.surveyed && g.limits->watch_count)
            status = check_distributions(&g, err);
        if (gauge->matches && g.limits->name_agreement >= 0)
            check_names(&g);
    }
    if (status || g.failed)
        return status ? status : hedui_fail_memory(err);
    *guarded = made;
    return HEDUI_OK;
}

hedui_status hedui_guard(hedui_guarded *guarded, const hedui_delivery *delivery, int place,
                         const hedui_caseload *caseload, const hedui_prior *prior, int32_t as_of,
                         hedui_arena *arena, hedui_err *err)
{
    hedui_arena *own = hedui_arena_open(0);
    hedui_gauge gauge = {0};
    hedui_status status = own ? HEDUI_OK : hedui_fail_memory(err);
    int figures = (place & HEDUI_GUARD_FULL) && !(place & HEDUI_GUARD_SURVEYED);
    if (!status && delivery->refusal == HEDUI_REFUSAL_none)
        status = hedui_gauge_take(&gauge, delivery, figures, caseload, own, err);
    if (!status)
        status = hedui_guard_gauged(guarded, delivery, place, &gauge, prior, as_of, arena, err);
    hedui_arena_close(own);
    return status;
}

void hedui_guard_sentence(hedui_buffer *out, const hedui_run_remark *remark)
{
    hedui_message_remark(out, remark->number, remark->argument, HEDUI_ZH);
}

hedui_status hedui_guard_add(hedui_guarded *guarded, hedui_status number, hedui_run_verdict verdict,
                             hedui_span argument, hedui_arena *arena, hedui_err *err)
{
    uint32_t count = guarded->remark_count;
    hedui_run_remark *more = hedui_arena_array(arena, count + 1u, sizeof *more);
    hedui_span kept = hedui_arena_copy(arena, argument);
    if (!more || !kept.at)
        return hedui_fail_memory(err);
    if (count)
        memcpy(more, guarded->remarks, count * sizeof *more);
    more[count] = (hedui_run_remark){(int)number, kept, verdict};
    guarded->remarks = more;
    guarded->remark_count = count + 1;
    if (verdict > guarded->verdict)
        guarded->verdict = verdict;
    return HEDUI_OK;
}
