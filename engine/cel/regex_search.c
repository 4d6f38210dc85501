/* Patterns: all threads step together over the text, so the time is the product of the lengths. */
#include "cel/regex.h"

typedef struct threads {
    uint32_t *at, count; /* instructions, in order of arrival */
    uint32_t *seen;      /* seen[i] == generation: i is in the list */
    uint32_t generation;
} threads;

typedef struct search {
    const struct regex *regex;
    hedui_span text;
    uint32_t *stack;
    uint64_t steps;
    int matched;
} search;

static int is_word(int c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

static int holds(const search *s, char kind, size_t at)
{
    int before = at > 0 ? (unsigned char)s->text.at[at - 1] : -1;
    int after = at < s->text.length ? (unsigned char)s->text.at[at] : -1;
    switch (kind) {
    case 'A':
        return at == 0;
    case 'z':
        return at == s->text.length;
    case '^':
        return at == 0 || before == '\n';
    case '$':
        return at == s->text.length || after == '\n';
    case 'b':
        return is_word(before) != is_word(after);
    default:
        return is_word(before) == is_word(after);
    }
}

/* Follow jumps from an instruction; what consumes a character goes into the list. */
static void add(search *s, threads *list, uint32_t first, size_t at)
{
    uint32_t depth = 0;
    s->stack[depth++] = first;
    while (depth) {
        uint32_t i = s->stack[--depth];
        const instruction *one = &s->regex->program[i];
        if (list->seen[i] == list->generation)
            continue;
        list->seen[i] = list->generation;
        s->steps++;
        if (one->code == CODE_MATCH) {
            s->matched = 1;
        } else if (one->code == CODE_JUMP) {
            s->stack[depth++] = one->x;
        } else if (one->code == CODE_SPLIT) {
            s->stack[depth++] = one->y;
            s->stack[depth++] = one->x;
        } else if (one->code == CODE_ASSERT) {
            if (holds(s, (char)one->assertion, at))
                s->stack[depth++] = i + 1;
        } else {
            list->at[list->count++] = i;
        }
    }
}

static int accepts(const search *s, const instruction *one, uint32_t c)
{
    if (one->code == CODE_ANY)
        return one->x || c != '\n';
    for (uint32_t i = 0; i < one->y; i++) {
        const range *r = &s->regex->ranges[one->x + i];
        if (c >= r->low && c <= r->high)
            return 1;
    }
    return 0;
}

static int prepare(threads *list, hedui_arena *arena, uint32_t count)
{
    list->at = hedui_arena_array(arena, count, sizeof *list->at);
    list->seen = hedui_arena_array(arena, count, sizeof *list->seen);
    list->generation = 1;
    return list->at && list->seen;
}

int hedui_cel_regex_search(const struct regex *regex, hedui_span text, hedui_arena *arena,
                           uint64_t *steps)
{
    hedui_arena_mark mark = hedui_arena_here(arena);
    search s = {.regex = regex, .text = text};
    threads lists[2] = {{0}};
    int result = -1;
    s.stack = hedui_arena_array(arena, (size_t)regex->count * 2 + 4, sizeof *s.stack);
    if (!s.stack || !prepare(&lists[0], arena, regex->count) ||
        !prepare(&lists[1], arena, regex->count))
        goto done;
    threads *now = &lists[0], *next = &lists[1];
    for (size_t at = 0; !s.matched;) {
        add(&s, now, 0, at); /* the pattern may begin anywhere */
        if (s.matched || at >= text.length)
            break;
        uint32_t c = hedui_cel_utf8_decode(text, &at);
        next->count = 0;
        next->generation++;
        for (uint32_t i = 0; i < now->count && !s.matched; i++) {
            s.steps++;
            if (accepts(&s, &regex->program[now->at[i]], c))
                add(&s, next, now->at[i] + 1, at);
        }
        threads *swap = now;
        now = next;
        next = swap;
    }
    result = s.matched;
done:
    *steps = s.steps;
    hedui_arena_reset(arena, mark);
    return result;
}
