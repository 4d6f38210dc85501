/* accepted | = VALUE | REASON:COLUMN@LINE, … | refused WORD: DETAIL | held E2113 | error E2034@1 */
#include "outcome.h"

#include <stdio.h>
#include <string.h>

static hedui_span trimmed(hedui_span text)
{
    while (text.length && *text.at == ' ')
        text.at++, text.length--;
    while (text.length && text.at[text.length - 1] == ' ')
        text.length--;
    return text;
}

/* The part before `mark`, which is taken off with it; all of it if there is none. */
static hedui_span take(hedui_span *text, const char *mark)
{
    const char *found = memmem(text->at, text->length, mark, strlen(mark));
    hedui_span part = {text->at, found ? (size_t)(found - text->at) : text->length};
    size_t taken = found ? part.length + strlen(mark) : part.length;
    text->at += taken;
    text->length -= taken;
    return trimmed(part);
}

static uint64_t number(const bad_case *c, hedui_span text)
{
    uint64_t value = 0;
    if (!text.length)
        bad_stop(c, "a number is missing");
    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] < '0' || text.at[i] > '9')
            bad_stop(c, "not a number");
        value = value * 10 + (uint64_t)(text.at[i] - '0');
    }
    return value;
}

/* "E2034" or "E2034@2" */
static int message(const bad_case *c, hedui_span text, uint32_t *line)
{
    hedui_span name = take(&text, "@");
    if (name.length != 5 || name.at[0] != 'E')
        bad_stop(c, "a message as E2034");
    *line = text.length ? (uint32_t)number(c, text) : 0;
    return (int)number(c, (hedui_span){name.at + 1, 4});
}

static void read_refusal(outcome *o, const bad_case *c, hedui_span rest)
{
    uint32_t line;
    o->verdict = HEDUI_RUN_REFUSED;
    if (rest.length == 5 && rest.at[0] == 'E') {
        o->remark = message(c, rest, &line);
        return;
    }
    o->refusal = take(&rest, ":");
    o->detail = trimmed(rest);
    o->remark = 2119;
}

static void read_rejects(outcome *o, const bad_case *c, hedui_span rest)
{
    while (rest.length) {
        hedui_span one = take(&rest, ",");
        if (o->reject_count == OUTCOME_REJECTS)
            bad_stop(c, "too many rejects");
        outcome_reject *r = &o->rejects[o->reject_count++];
        hedui_span line, column;
        column = take(&one, "@");
        line = one;
        hedui_span reason = take(&column, ":");
        r->reason = take(&reason, "*");
        r->count = reason.length ? number(c, reason) : 1;
        r->column = trimmed(column);
        r->line = line.length ? (uint32_t)number(c, line) : 0;
        if (c->set.kind == BAD_CELL && !line.length) {
            r->line = 3; /* the second row of three */
            r->column = hedui_span_of(c->set.column);
        }
    }
}

static int starts(hedui_span text, const char *word)
{
    return text.length >= strlen(word) && memcmp(text.at, word, strlen(word)) == 0;
}

static hedui_span behind(hedui_span text, const char *word)
{
    return trimmed((hedui_span){text.at + strlen(word), text.length - strlen(word)});
}

/* "3=2+0+0+1 t2 f1 b0 u1" */
static void read_ledger(outcome *o, const bad_case *c, const char *text)
{
    hedui_span rest = hedui_span_of(text), sums = take(&rest, " ");
    uint64_t *parts[] = {&o->accepted, &o->other, &o->duplicate, &o->rejected};
    if (hedui_span_is(sums, "-") || !sums.length)
        return;
    o->has_ledger = 1;
    o->records = number(c, take(&sums, "="));
    for (int i = 0; i < 4; i++)
        *parts[i] = number(c, take(&sums, "+"));
    if (o->records != o->accepted + o->other + o->duplicate + o->rejected)
        bad_stop(c, "the ledger does not balance");
    while (rest.length) {
        hedui_span one = take(&rest, " ");
        if (one.length < 2)
            bad_stop(c, "t1 f1 b1 u1");
        uint64_t *count = *one.at == 't'   ? &o->titles
                          : *one.at == 'f' ? &o->footers
                          : *one.at == 'b' ? &o->blanks
                                           : &o->upgraded;
        *count = number(c, (hedui_span){one.at + 1, one.length - 1});
    }
}

/* "COLUMN = a / b / c" */
static void read_values(outcome *o, const bad_case *c)
{
    hedui_span rest = hedui_span_of(c->cells[4]);
    if (!rest.length)
        return;
    hedui_span column = take(&rest, "=");
    o->value_column = column.at; /* ended by a blank */
    while (rest.length) {
        if (o->value_count == OUTCOME_VALUES)
            bad_stop(c, "too many values");
        o->values[o->value_count++] = take(&rest, " / ");
    }
}

void outcome_read(outcome *o, const bad_case *c)
{
    hedui_span text = hedui_span_of(c->cells[2]);
    memset(o, 0, sizeof *o);
    uint32_t line;
    if (starts(text, "= ")) {
        o->value_column = c->set.column;
        o->values[o->value_count++] = behind(text, "=");
        o->one_value = 1;
    } else if (starts(text, "refused ")) {
        read_refusal(o, c, behind(text, "refused "));
    } else if (starts(text, "held ")) {
        o->verdict = HEDUI_RUN_HELD;
        o->remark = message(c, behind(text, "held "), &line);
    } else if (starts(text, "warned ")) {
        o->verdict = HEDUI_RUN_WARNED;
        o->remark = message(c, behind(text, "warned "), &line);
    } else if (starts(text, "unused ")) {
        o->verdict = HEDUI_RUN_MISSING;
        o->remark = message(c, behind(text, "unused "), &line);
    } else if (starts(text, "error ")) {
        o->error = message(c, behind(text, "error "), &o->error_line);
    } else if (!hedui_span_is(text, "accepted")) {
        read_rejects(o, c, text);
    }
    const char *ledger = *c->cells[3]                                    ? c->cells[3]
                         : o->reject_count                               ? c->set.rejected
                         : o->verdict == HEDUI_RUN_ACCEPTED && !o->error ? c->set.accepted
                                                                         : "-";
    read_ledger(o, c, ledger ? ledger : "-");
    if (o->verdict == HEDUI_RUN_ACCEPTED && !o->error && !o->has_ledger)
        bad_stop(c, "a delivery that is used has a ledger");
    read_values(o, c);
}
