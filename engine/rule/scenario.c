/* A scenario's household is judged by the judge of a night, rule by rule, and what came out is held
 * against what the author worked out by hand. */
#include "rule/scenario.h"

#include <hedui/nearest.h>

#include "rule/given.h"
#include "rule/pack_fields.h"
#include "rule/scene.h"

enum { NOT_IN_FORCE = 4, MANUAL = 5, MOST_NAMES = 512 };

static hedui_status judge(hedui_scene_outcome *o, hedui_scene *s, uint32_t rule)
{
    static const int places[] = {[HEDUI_ANSWER_NO] = 1,
                                 [HEDUI_ANSWER_YES] = 0,
                                 [HEDUI_ANSWER_UNDETERMINED] = 2,
                                 [HEDUI_ANSWER_OUT_OF_SCOPE] = 3};
    const hedui_rule_text *text = s->rulebook->rules[rule].text;
    *o = (hedui_scene_outcome){.rule = rule};
    if (!text->when)
        o->answer = MANUAL;
    else if (s->book.as_of < text->in_force.from || s->book.as_of > text->in_force.to)
        o->answer = NOT_IN_FORCE;
    else
        o->answer = places[hedui_judge_rule(&s->judge, rule)];
    if (s->judge.err.status) {
        if (s->err && s->err->status == HEDUI_OK)
            *s->err = s->judge.err;
        return s->judge.err.status;
    }
    return hedui_scene_collect(o, s);
}

/* The reasons of the rule judged last: its doubts, and feeds of which nothing is known. */
static uint32_t reasons_of(hedui_cel_reason *reasons, uint32_t most, const hedui_scene *s,
                           uint32_t rule)
{
    const hedui_catalogue *catalogue = s->judge.rulebook->catalogue;
    uint32_t count = 0;
    for (const hedui_doubt *d = s->judge.doubts; d; d = d->next)
        if (d->rule == rule && count < most)
            reasons[count++] = d->reason;
    for (uint32_t p = 0; s->judge.misses && p < catalogue->place_count && count < most; p++) {
        uint32_t column, source;
        if (!s->judge.missed[p])
            continue;
        source = hedui_catalogue_at_place(&column, catalogue, p);
        hedui_cause cause = hedui_judge_missed_cause(&s->book, source, column);
        reasons[count++] = (hedui_cel_reason){(uint16_t)cause, (uint16_t)source, 0, HEDUI_NONE};
    }
    return count;
}

static hedui_status tell_answer(const hedui_scene *s, const hedui_scene_outcome *o,
                                const hedui_rule_expectation *e, const hedui_yaml_node *node)
{
    enum { MOST = 32 };
    hedui_cel_reason reasons[MOST];
    uint32_t count = o->answer == 2 ? reasons_of(reasons, MOST, s, o->rule) : 0;
    int fits = !e->reason.length && !e->source.length;
    hedui_buffer expected, actual;
    hedui_buffer_init(&expected);
    hedui_buffer_init(&actual);
    hedui_buffer_text(&expected, hedui_expectation_names[e->is]);
    if (!fits) {
        hedui_buffer_text(&expected, " (");
        hedui_buffer_add(&expected, e->reason);
        hedui_buffer_text(&expected, e->reason.length && e->source.length ? " " : "");
        hedui_buffer_add(&expected, e->source);
        hedui_buffer_text(&expected, ")");
    }
    hedui_buffer_text(&actual, hedui_expectation_names[o->answer]);
    for (uint32_t i = 0; i < count; i++) {
        hedui_buffer_text(&actual, i ? ", " : " (");
        hedui_scene_show_reason(&actual, s, reasons[i]);
        fits |= hedui_scene_reason_fits(s, reasons[i], e->reason, e->source);
    }
    hedui_buffer_text(&actual, count ? ")" : "");
    hedui_span what = s->rulebook->rules[o->rule].text->id;
    return hedui_scene_tell(s, what, "", &expected, &actual, node, e->is == o->answer && fits);
}

static hedui_status tell_flags(const hedui_scene *s, const hedui_scene_outcome *o,
                               const hedui_rule_expectation *e, const hedui_yaml_node *node)
{
    hedui_buffer expected, actual;
    hedui_buffer_init(&expected);
    hedui_buffer_init(&actual);
    hedui_buffer_format(&expected, "%lld", (long long)e->flags);
    hedui_buffer_format(&actual, "%u", o->flags);
    return hedui_scene_tell(s, s->rulebook->rules[o->rule].text->id, "flags", &expected, &actual,
                            hedui_yaml_find(node, "flags"), e->flags == o->flags);
}

/* Each text must be the message of a flag. */
static hedui_status tell_messages(const hedui_scene *s, const hedui_scene_outcome *o,
                                  const hedui_rule_expectation *e, const hedui_yaml_node *node)
{
    for (uint32_t i = 0; i < e->messages.count; i++) {
        hedui_buffer expected, actual;
        int found = 0;
        hedui_buffer_init(&expected);
        hedui_buffer_init(&actual);
        hedui_buffer_add(&expected, e->messages.items[i]);
        for (const hedui_finding *f = s->judge.findings; f; f = f->next) {
            if (f->rule != o->rule)
                continue;
            found |= hedui_span_equal(f->message, e->messages.items[i]);
            hedui_buffer_text(&actual, actual.length ? " / " : "");
            hedui_buffer_add(&actual, f->message);
        }
        hedui_status status = hedui_scene_tell(
            s, s->rulebook->rules[o->rule].text->id, "messages", &expected, &actual,
            node->kind == HEDUI_YAML_SEQUENCE ? node->items[i] : node, found);
        if (status)
            return status;
    }
    return HEDUI_OK;
}

static hedui_status find_rule(uint32_t *rule, const hedui_scene *s, const hedui_yaml_node *key)
{
    const char *names[MOST_NAMES + 1];
    uint32_t known = 0;
    for (uint32_t i = 0; i < s->rulebook->rule_count; i++) {
        hedui_span id = s->rulebook->rules[i].text->id;
        if (hedui_span_equal(id, key->text)) {
            *rule = i;
            return HEDUI_OK;
        }
        if (known < MOST_NAMES)
            names[known++] = id.at; /* scalars of YAML end in NUL */
    }
    names[known] = NULL;
    const char *nearest = hedui_nearest_of(key->text, names);
    if (nearest)
        return hedui_yaml_fail(s->err, s->scenario->yaml, key, HEDUI_E3061,
                               HEDUI_ARG_SPAN(key->text), HEDUI_ARG_TEXT(nearest));
    return hedui_yaml_fail(s->err, s->scenario->yaml, key, HEDUI_E3060, HEDUI_ARG_SPAN(key->text));
}

/* An expectation is a word, or a mapping with `is`. */
static hedui_status read_expectation(hedui_rule_expectation *e, const hedui_scene *s,
                                     const hedui_yaml_node *node)
{
    *e = (hedui_rule_expectation){.flags = -1};
    if (node->kind == HEDUI_YAML_MAPPING) {
        hedui_status status = hedui_yaml_bind(e, hedui_rule_expectation_fields, s->scenario->yaml,
                                              node, s->arena, s->err);
        return status ? status : hedui_scene_check_reason(s, node);
    }
    hedui_yaml_node *key = hedui_arena_take(s->arena, sizeof *key);
    hedui_yaml_node **lists = hedui_arena_array(s->arena, 2, sizeof(hedui_yaml_node *));
    hedui_yaml_node *value = hedui_arena_take(s->arena, sizeof *value);
    if (!key || !lists || !value)
        return hedui_fail_memory(s->err);
    *key = (hedui_yaml_node){.kind = HEDUI_YAML_SCALAR, .text = hedui_span_of("is")};
    *value = *node;
    lists[0] = key;
    lists[1] = value;
    hedui_yaml_node whole = *node;
    whole.kind = HEDUI_YAML_MAPPING;
    whole.count = 1;
    whole.keys = &lists[0];
    whole.items = &lists[1];
    return hedui_yaml_bind(e, hedui_rule_expectation_fields, s->scenario->yaml, &whole, s->arena,
                           s->err);
}

static hedui_status test_rule(hedui_scene *s, uint32_t rule, const hedui_yaml_node *node)
{
    static const struct {
        const char *key;
        hedui_status (*tell)(const hedui_scene *s, const hedui_scene_outcome *o,
                             const hedui_rule_expectation *e, const hedui_yaml_node *node);
    } parts[] = {{"rows", hedui_scene_tell_rows},
                 {"searched", hedui_scene_tell_searched},
                 {"who", hedui_scene_tell_who},
                 {"messages", tell_messages}};
    hedui_rule_expectation e;
    hedui_scene_outcome o;
    hedui_status status = read_expectation(&e, s, node);
    if (!status)
        status = judge(&o, s, rule);
    if (!status)
        status = tell_answer(s, &o, &e, node);
    if (!status && e.flags >= 0)
        status = tell_flags(s, &o, &e, node);
    for (size_t i = 0; i < sizeof parts / sizeof *parts && !status; i++) {
        const hedui_yaml_node *at = hedui_yaml_find(node, parts[i].key);
        if (at)
            status = parts[i].tell(s, &o, &e, at);
    }
    return status;
}

/* Rules that the scenario does not name: none of them may give a flag. */
static hedui_status test_others(hedui_scene *s, const uint8_t *named)
{
    const hedui_yaml_node *node =
        hedui_yaml_find(hedui_yaml_find(s->scenario->yaml->root, "expect"), "no_other_flags");
    hedui_buffer expected, actual;
    hedui_status status = HEDUI_OK;
    hedui_buffer_init(&expected);
    hedui_buffer_init(&actual);
    for (uint32_t r = 0; r < s->rulebook->rule_count && !status; r++) {
        hedui_scene_outcome o;
        if (named[r])
            continue;
        status = judge(&o, s, r);
        if (status || o.answer != 0)
            continue;
        hedui_buffer_text(&actual, actual.length ? ", " : "");
        hedui_buffer_add(&actual, s->rulebook->rules[r].text->id);
    }
    if (!status)
        return hedui_scene_tell(s, hedui_span_of("no_other_flags"), "", &expected, &actual, node,
                                actual.length == 0);
    hedui_buffer_free(&expected);
    hedui_buffer_free(&actual);
    return status;
}

static hedui_status test_rules(hedui_scene *s)
{
    const hedui_yaml_node *rules = s->scenario->rules;
    uint8_t *named = hedui_arena_array(s->arena, s->rulebook->rule_count, 1);
    if (!named)
        return hedui_fail_memory(s->err);
    if (rules && rules->kind != HEDUI_YAML_MAPPING)
        return hedui_yaml_fail(s->err, s->scenario->yaml, rules, HEDUI_E1109,
                               HEDUI_ARG_TEXT("rules"), HEDUI_ARG_TEXT("键值"));
    for (uint32_t i = 0; rules && i < rules->count; i++) {
        uint32_t rule = 0;
        hedui_status status = find_rule(&rule, s, rules->keys[i]);
        if (!status)
            status = test_rule(s, rule, rules->items[i]);
        if (status)
            return status;
        named[rule] = 1;
    }
    return s->scenario->no_other_flags ? test_others(s, named) : HEDUI_OK;
}

hedui_status hedui_scenario_run(const hedui_scenario *scenario, const hedui_pack *pack,
                                const hedui_rulebook *rulebook, hedui_scenario_each *each,
                                void *context, hedui_err *err)
{
    hedui_scene s = {.scenario = scenario, .rulebook = rulebook, .err = err};
    s.each = each;
    s.context = context;
    s.arena = hedui_arena_open(0);
    if (!s.arena)
        return hedui_fail_memory(err);
    hedui_status status = hedui_given_make(&s.book, rulebook, &pack->applies_to, scenario->yaml,
                                           scenario->given, s.arena, err);
    if (!status)
        status = hedui_scene_check_labels(&s);
    if (!status) {
        s.book.as_of = scenario->as_of;
        status = hedui_judge_open(&s.judge, rulebook, &s.book);
        if (status)
            (void)hedui_fail_memory(err);
        else
            hedui_judge_household(&s.judge, 0);
        if (!status)
            status = test_rules(&s);
        if (!status)
            status = hedui_scene_values(&s);
        hedui_judge_close(&s.judge);
    }
    hedui_arena_close(s.arena);
    return status;
}
