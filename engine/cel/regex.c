/* Patterns of RE2's kind in time proportional to the text: the pattern becomes a program whose
 * threads advance together over the text (Thompson, Pike). Only yes or no is asked for, so threads
 * carry no positions.
 *
 * Accepted: literals . [classes] \d \w \s \D \W \S \pN{...} (Han, L, Lu, Ll, N, Nd, P, Z) \b \B ^ $
 * \A \z * + ? {n,m} with lazy forms, groups, (?i) (?s) (?m) (?U ignored), | and \Q...\E.
 * Refused: backreferences, look-around. */
#include "cel/regex.h"

/* --- expressions ------------------------------------------------------------------------------ */

static int alternation(builder *b);

static int character(builder *b, uint32_t c)
{
    uint32_t first = b->range_count;
    hedui_cel_regex_folded(b, c, c);
    (void)hedui_cel_regex_emit(b, CODE_SET, first, b->range_count - first);
    return !b->problem;
}

static int assertion(builder *b, char kind)
{
    uint32_t at = hedui_cel_regex_emit(b, CODE_ASSERT, 0, 0);
    if (!b->problem)
        b->program[at].assertion = (uint8_t)kind;
    return !b->problem;
}

/* (?flags) or (?flags: or (?P<name> */
static int group_flags(builder *b, int *ends)
{
    int on = 1;
    *ends = 0;
    if (regex_take(b, 'P') || regex_next_is(b, '<')) {
        if (!regex_take(b, '<'))
            return hedui_cel_regex_fail(b, "(?P");
        size_t start = b->at;
        while (regex_more(b) && !regex_next_is(b, '>')) {
            char c = b->text.at[b->at++];
            if (!((c >= '0' && c <= '9') || (c | 0x20) == '_' || c == '_' ||
                  ((c | 0x20) >= 'a' && (c | 0x20) <= 'z')))
                return hedui_cel_regex_fail(b, "(?<");
        }
        return (b->at > start && regex_take(b, '>')) || hedui_cel_regex_fail(b, "(?<");
    }
    while (regex_more(b)) {
        char c = b->text.at[b->at++];
        if (c == ':' || c == ')') {
            *ends = c == ')';
            return 1;
        }
        if (c == '-')
            on = 0;
        else if (c == 'i')
            b->fold = on;
        else if (c == 's')
            b->dot_all = on;
        else if (c == 'm')
            b->multiline = on;
        else if (c != 'U')
            return hedui_cel_regex_fail(b, "(?");
    }
    return hedui_cel_regex_fail(b, "(?");
}

static int group(builder *b)
{
    int fold = b->fold, dot_all = b->dot_all, multiline = b->multiline, ends = 0;
    if (++b->depth > MAX_GROUPS)
        return hedui_cel_regex_fail(b, "((");
    if (regex_take(b, '?')) {
        if (!group_flags(b, &ends))
            return 0;
        if (ends) { /* the flags hold to the end of the enclosing group */
            b->depth--;
            return 1;
        }
    }
    if (!alternation(b) || !regex_take(b, ')'))
        return hedui_cel_regex_fail(b, "(");
    b->fold = fold;
    b->dot_all = dot_all;
    b->multiline = multiline;
    b->depth--;
    return 1;
}

static int literal_run(builder *b)
{
    while (regex_more(b)) {
        if (b->text.length - b->at >= 2 && b->text.at[b->at] == '\\' &&
            b->text.at[b->at + 1] == 'E') {
            b->at += 2;
            return 1;
        }
        if (!character(b, regex_point(b)))
            return 0;
    }
    return 1;
}

static int escaped(builder *b)
{
    uint32_t c, first = b->range_count;
    if (regex_more(b) && strchr("bBAzQ", b->text.at[b->at]) && b->text.at[b->at]) {
        char kind = b->text.at[b->at++];
        return kind == 'Q' ? literal_run(b) : assertion(b, kind);
    }
    int kind = hedui_cel_regex_escape(b, &c);
    if (kind == 1)
        return character(b, c);
    if (kind == 2)
        (void)hedui_cel_regex_emit(b, CODE_SET, first, b->range_count - first);
    return kind && !b->problem;
}

static int atom(builder *b)
{
    uint32_t c = regex_point(b);
    switch (c) {
    case '(':
        return group(b);
    case '[':
        return hedui_cel_regex_bracket(b);
    case '.':
        (void)hedui_cel_regex_emit(b, CODE_ANY, (uint32_t)b->dot_all, 0);
        return !b->problem;
    case '^':
        return assertion(b, b->multiline ? '^' : 'A');
    case '$':
        return assertion(b, b->multiline ? '$' : 'z');
    case '\\':
        return escaped(b);
    case '*':
    case '+':
    case '?':
        return hedui_cel_regex_fail(b, "* + ?");
    case ')':
        return hedui_cel_regex_fail(b, ")");
    default:
        return character(b, c);
    }
}

/* {n}, {n,} or {n,m}; anything else is literal. */
static int repeat_counts(builder *b, uint32_t *low, uint32_t *high)
{
    size_t start = b->at;
    uint32_t n[2] = {0, 0};
    int digits[2] = {0, 0}, comma = 0;
    b->at++;
    for (; regex_more(b) && !regex_next_is(b, '}'); b->at++) {
        char c = b->text.at[b->at];
        if (c == ',' && !comma) {
            comma = 1;
            continue;
        }
        if (c < '0' || c > '9' || digits[comma] > 4) {
            b->at = start;
            return 0;
        }
        n[comma] = n[comma] * 10 + (uint32_t)(c - '0');
        digits[comma]++;
    }
    if (!regex_take(b, '}') || !digits[0]) {
        b->at = start;
        return 0;
    }
    *low = n[0];
    *high = !comma ? n[0] : digits[1] ? n[1] : NONE;
    return 1;
}

/* Copy the instructions [from, to) to the end, targets moved along. */
static void copy(builder *b, uint32_t from, uint32_t to)
{
    uint32_t shift = b->count - from;
    for (uint32_t i = from; i < to && !b->problem; i++) {
        instruction one = b->program[i];
        uint32_t at = hedui_cel_regex_emit(b, (code)one.code, one.x, one.y);
        if (b->problem)
            return;
        b->program[at].assertion = one.assertion;
        if (one.code == CODE_SPLIT || one.code == CODE_JUMP) {
            b->program[at].x += shift;
            b->program[at].y += shift;
        }
    }
}

/* Make room for one instruction before `from`. */
static void insert(builder *b, uint32_t from, code c)
{
    uint32_t last = hedui_cel_regex_emit(b, c, 0, 0);
    if (b->problem)
        return;
    instruction fresh = b->program[last];
    memmove(&b->program[from + 1], &b->program[from], (last - from) * sizeof fresh);
    b->program[from] = fresh;
    for (uint32_t i = from + 1; i <= last; i++)
        if (b->program[i].code == CODE_SPLIT || b->program[i].code == CODE_JUMP) {
            b->program[i].x += b->program[i].x >= from;
            b->program[i].y += b->program[i].y >= from;
        }
}

static void star(builder *b, uint32_t from)
{
    insert(b, from, CODE_SPLIT);
    (void)hedui_cel_regex_emit(b, CODE_JUMP, from, from);
    if (b->problem)
        return;
    b->program[from].x = from + 1;
    b->program[from].y = b->count;
}

static void optional(builder *b, uint32_t from)
{
    insert(b, from, CODE_SPLIT);
    if (b->problem)
        return;
    b->program[from].x = from + 1;
    b->program[from].y = b->count;
}

static int repeat(builder *b, uint32_t from, uint32_t low, uint32_t high)
{
    uint32_t to = b->count;
    if (low > MAX_REPEAT || (high != NONE && (high > MAX_REPEAT || high < low)))
        return hedui_cel_regex_fail(b, "{n,m}");
    if (high == 0) {
        b->count = from;
        return 1;
    }
    for (uint32_t i = 1; i < low && !b->problem; i++)
        copy(b, from, to);
    if (high == NONE) {
        if (low == 0) {
            star(b, from);
        } else {
            uint32_t start = b->count;
            copy(b, from, to);
            star(b, start);
        }
        return !b->problem;
    }
    if (low == 0) {
        uint32_t length = to - from;
        optional(b, from);
        for (uint32_t i = 1; i < high && !b->problem; i++) {
            uint32_t start = b->count;
            copy(b, from + 1, from + 1 + length);
            optional(b, start);
        }
        return !b->problem;
    }
    for (uint32_t i = low; i < high && !b->problem; i++) {
        uint32_t start = b->count;
        copy(b, from, to);
        optional(b, start);
    }
    return !b->problem;
}

static int repeated(builder *b)
{
    uint32_t from = b->count, low, high;
    if (!atom(b))
        return 0;
    int times = 0;
    while (regex_more(b)) {
        char c = b->text.at[b->at];
        if (c == '*' || c == '+' || c == '?') {
            b->at++;
            low = c == '+';
            high = c == '?' ? 1 : NONE;
        } else if (c != '{' || !repeat_counts(b, &low, &high)) {
            break;
        }
        if (times++ > 0)
            return hedui_cel_regex_fail(b, "**");
        if (b->count > from && !repeat(b, from, low, high))
            return 0;
        (void)regex_take(b, '?');
    }
    return 1;
}

static int alternation(builder *b)
{
    uint32_t from = b->count;
    while (regex_more(b) && !regex_next_is(b, '|') && !regex_next_is(b, ')'))
        if (!repeated(b))
            return 0;
    if (!regex_take(b, '|'))
        return 1;
    insert(b, from, CODE_SPLIT);
    uint32_t jump = hedui_cel_regex_emit(b, CODE_JUMP, 0, 0);
    if (b->problem)
        return 0;
    b->program[from].x = from + 1;
    b->program[from].y = b->count;
    if (!alternation(b))
        return 0;
    b->program[jump].x = b->program[jump].y = b->count;
    return 1;
}

const struct regex *hedui_cel_regex_compile(hedui_span pattern, hedui_arena *arena,
                                            const char **problem)
{
    builder b = {.text = pattern, .arena = arena};
    struct regex *regex = hedui_arena_take(arena, sizeof *regex);
    *problem = "memory";
    if (!regex)
        return NULL;
    if (alternation(&b) && regex_more(&b))
        (void)hedui_cel_regex_fail(&b, ")");
    (void)hedui_cel_regex_emit(&b, CODE_MATCH, 0, 0);
    if (b.problem) {
        *problem = b.problem;
        return NULL;
    }
    regex->program = b.program;
    regex->count = b.count;
    regex->ranges = b.ranges;
    return regex;
}
