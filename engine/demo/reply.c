/* Ten days before the month's end the county asked; since then families joined, left and
 * authorised. Who was asked about is worked out from what was planted, by an account of its own. */
#include "demo/reply.h"

#include "demo/judge_value.h"
#include "demo/registry.h"

#include <inttypes.h>

/* Of forty ordinary households so many differ on the day of the query. */
enum { OF = 40, JOINED_LATER = 3, AUTHORISED_LATER = 11, CAME_BACK = 17, ANSWERED_UNASKED = 5 };

static const struct {
    const char *feed;
    hedui_demo_bond bond;
} bonds[] = {
    {"bank_balance", HEDUI_DEMO_BOUND},       {"bank_verdict", HEDUI_DEMO_BOUND},
    {"marital_status", HEDUI_DEMO_BOUND},     {"securities", HEDUI_DEMO_UNKNOWN_LIST},
    {"insurance_policy", HEDUI_DEMO_UNNAMED},
};
enum { BONDS = sizeof bonds / sizeof *bonds };

const char *hedui_demo_asked_feed(uint32_t index)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < BONDS; i++)
        if (bonds[i].bond == HEDUI_DEMO_BOUND && at++ == index)
            return bonds[i].feed;
    return NULL;
}

hedui_demo_bond hedui_demo_bond_of(hedui_demo_feed feed)
{
    for (uint32_t i = 0; feed >= HEDUI_DEMO_FURTHER && i < BONDS; i++)
        if (strcmp(hedui_demo_feed_name(feed), bonds[i].feed) == 0)
            return bonds[i].bond;
    return HEDUI_DEMO_NO_ANSWER;
}

static int was_live(const hedui_demo_case *made, const hedui_demo_member *m)
{
    return m->has_number && (!m->until_style || m->until >= made->asked_on);
}

/* Whether this place in the caseload lets ask about the member. */
static int lets_ask(const hedui_demo_case *made, const hedui_demo_household *now, int m)
{
    hedui_demo_household then;
    const hedui_demo_member *member = &then.members[m];
    if (now->reject || now->conflict || !hedui_demo_reply_then(&then, now))
        return 0;
    return strcmp(then.status, "已退出") != 0 && hedui_demo_counts(member) &&
           was_live(made, member);
}

void hedui_demo_reply_ask(hedui_demo_case *made)
{
    hedui_demo_household *first = &made->households[0];
    int plain = strcmp(made->quirk, "-") == 0, kind = (int)(made->index % OF);
    first->then = !plain                     ? HEDUI_DEMO_AS_NOW
                  : kind == JOINED_LATER     ? HEDUI_DEMO_NOT_YET
                  : kind == AUTHORISED_LATER ? HEDUI_DEMO_UNAUTHORISED
                  : kind == CAME_BACK        ? HEDUI_DEMO_HAD_LEFT
                                             : HEDUI_DEMO_AS_NOW;
    for (int h = 0; h < made->count; h++)
        for (int m = 0; m < made->households[h].member_count; m++) {
            int live = lets_ask(made, &made->households[h], m);
            /* one place is enough for a person who stands in two */
            for (int k = 0; live && k < made->count; k++)
                for (int n = 0; n < made->households[k].member_count; n++)
                    if (strcmp(made->households[k].members[n].id,
                               made->households[h].members[m].id) == 0)
                        made->households[k].members[n].asked = 1;
        }
}

int hedui_demo_reply_then(hedui_demo_household *then, const hedui_demo_household *now)
{
    if (now->then == HEDUI_DEMO_NOT_YET)
        return 0;
    *then = *now;
    if (now->then == HEDUI_DEMO_HAD_LEFT)
        then->status = "已退出";
    if (now->then == HEDUI_DEMO_UNAUTHORISED && then->member_count) {
        then->members[0].has_number = 0;
        then->members[0].until_style = NULL;
    }
    return 1;
}

int hedui_demo_reply_silent(const hedui_demo_case *made, hedui_demo_feed feed,
                            const hedui_demo_member *member, const hedui_demo_member *other)
{
    return made->asked_on != HEDUI_DEMO_NEVER && hedui_demo_bond_of(feed) == HEDUI_DEMO_BOUND &&
           !member->asked && !(other && other->asked) && made->index % ANSWERED_UNASKED != 0;
}

/* A person of whom the delivery has a row that is used. */
static void answer(hedui_demo_out *out, const char *id)
{
    for (uint32_t i = 0; i < out->answered_count; i++)
        if (strcmp(out->answered_ids[i], id) == 0)
            return;
    if (out->answered_count < HEDUI_DEMO_ANSWERED)
        memcpy(out->answered_ids[out->answered_count++], id, sizeof out->answered_ids[0]);
}

void hedui_demo_reply_count(hedui_demo_out *out, const hedui_demo_row *row,
                            const hedui_demo_member *member, const hedui_demo_member *other)
{
    const hedui_demo_member *of[] = {member, other};
    int known = 0;
    if (row->fate != HEDUI_DEMO_MATCHED || row->withdrawn)
        return;
    for (int i = 0; i < 2; i++)
        if (of[i] && of[i]->joined && of[i]->asked) {
            known = 1;
            answer(out, of[i]->id);
        }
    out->unasked += !known;
}

static value over_limit(const asked *a)
{
    return hedui_demo_is_code(a, "个人存款是否超限", "true", NULL);
}

static value much_money(const asked *a)
{
    int64_t fen = 0;
    return hedui_demo_fen(&fen, a, "余额")
               ? yes_no(fen > 2000000)
               : unknown(hedui_demo_told_cell(a->made->told, a->row, "余额").reasons);
}

/* Under an old number every row may be another person's. */
static int has_sure_row(const asked *a, const char *feed)
{
    const hedui_demo_told_row *row;
    int at = -1, sure = 0;
    while ((
        row = hedui_demo_told_next(a->made->told, &at, hedui_demo_feed_named(feed), a->member->id)))
        sure |= !row->unsure;
    return sure && !a->member->upgraded;
}

/* Two rules that nobody ships, one over hits and one over verdicts. */
static const struct {
    const char *name, *feed;
    value (*row)(const asked *a);
    int verdict;
} rules[] = {{"BALANCE-01", "bank_balance", much_money, 0},
             {"VERDICT-01", "bank_verdict", over_limit, 1}};
enum { RULES = sizeof rules / sizeof *rules };

static value judge_member(int rule, const asked *a)
{
    if (a->member->authorised && !a->member->asked)
        return unknown(HEDUI_DEMO_NOT_ASKED); /* whatever the delivery says of him */
    value some = hedui_demo_some(a, rules[rule].feed, rules[rule].row);
    if (rules[rule].verdict && a->member->authorised && !has_sure_row(a, rules[rule].feed))
        some = either(some, unknown(HEDUI_DEMO_NOT_ANSWERED));
    return some;
}

static value judge(int rule, const hedui_demo_case *made, const hedui_demo_household *household)
{
    asked a = {made, household, NULL, NULL};
    value all = yes_no(0);
    if (household->conflict)
        return unknown(HEDUI_DEMO_CASELOAD);
    for (int m = 0; m < household->member_count; m++) {
        a.member = &household->members[m];
        if (hedui_demo_counts(a.member))
            all = either(all, judge_member(rule, &a));
    }
    if (household->lost_member || household->member_count == 0)
        all = either(all, unknown(HEDUI_DEMO_CASELOAD));
    return all;
}

static int64_t write_asked(hedui_demo_tsv *tsv, const hedui_demo_case *made)
{
    int64_t count = 0;
    for (int h = 0; h < made->count; h++)
        for (int m = 0; m < made->households[h].member_count; m++) {
            const hedui_demo_member *member = &made->households[h].members[m];
            int before = 0;
            for (int n = 0; h && n < made->households[0].member_count; n++)
                before |= strcmp(made->households[0].members[n].id, member->id) == 0;
            if (!member->asked || before)
                continue;
            count++;
            hedui_buffer_format(&tsv->text, "%s\n", member->id);
            hedui_demo_tsv_end(tsv);
        }
    return count;
}

int64_t hedui_demo_reply_case(hedui_demo_truth_out *truth, hedui_demo_out *outs,
                              const hedui_demo_case *made)
{
    static const char *const outcomes[] = {"clear", "flagged", "undetermined"};
    for (int h = 0; h < made->count; h++) {
        const hedui_demo_household *household = &made->households[h];
        int in_scope = household->conflict || (strcmp(household->programme, "低保") == 0 &&
                                               strcmp(household->status, "已退出") != 0);
        for (int r = 0; in_scope && !household->reject && r < RULES; r++) {
            value found = judge(r, made, household);
            hedui_demo_tsv *tsv = &truth->files[HEDUI_DEMO_REPLIES_TSV];
            hedui_buffer_format(&tsv->text, "%s\t%s\t%s\t", household->id, rules[r].name,
                                outcomes[found.is]);
            hedui_demo_write_reasons(tsv, found.is == HEDUI_DEMO_UNKNOWN ? found.reasons : 0);
        }
    }
    for (int f = HEDUI_DEMO_FURTHER; f < HEDUI_DEMO_FEEDS; f++) {
        outs[f].answered += outs[f].answered_count;
        outs[f].answered_count = 0;
    }
    return write_asked(&truth->files[HEDUI_DEMO_ASKED_TSV], made);
}

void hedui_demo_reply_ledger(hedui_demo_truth_out *truth, const hedui_demo_out *out, int64_t people)
{
    static const char *const words[] = {
        [HEDUI_DEMO_BOUND] = "bound",
        [HEDUI_DEMO_UNKNOWN_LIST] = "refused",
        [HEDUI_DEMO_UNNAMED] = "unnamed",
    };
    hedui_demo_bond bond = hedui_demo_bond_of(out->feed);
    hedui_demo_tsv *tsv = &truth->files[HEDUI_DEMO_QUERIES_TSV];
    int bound = bond == HEDUI_DEMO_BOUND;
    if (bond == HEDUI_DEMO_NO_ANSWER)
        return;
    if (bond == HEDUI_DEMO_UNKNOWN_LIST)
        hedui_buffer_format(&truth->files[HEDUI_DEMO_REFUSALS_TSV].text, "%s\t%s\t2172\t%s\t-\n",
                            out->ledger.feed.at, out->name, HEDUI_DEMO_NOBODYS_LIST);
    hedui_buffer_format(&tsv->text, "%s\t%s\t%s\t%" PRId64 "\t%" PRId64 "\t%" PRId64 "\n",
                        out->ledger.feed.at, out->name, words[bond], bound ? people : 0,
                        bound ? out->answered : 0, bound ? out->unasked : 0);
    hedui_demo_tsv_end(tsv);
}
