/* The account as JSON. Conditions are flat lists with a depth, so that no nesting of rules runs
 * into the nesting of a document. */
#include "cli/explain_json.h"

#include <hedui/date.h>
#include <hedui/label.h>

typedef struct writing {
    hedui_json *json;
    hedui_language language;
    const hedui_job_explanation *e;
} writing;

static void text(const writing *w, const char *key, hedui_span value)
{
    if (value.length)
        hedui_json_member_text(w->json, key, value);
    else
        hedui_json_member_null(w->json, key);
}

static void index_of(const writing *w, const char *key, int index)
{
    if (index >= 0)
        hedui_json_member_number(w->json, key, index);
    else
        hedui_json_member_null(w->json, key);
}

static void write_reasons(const writing *w, const hedui_account_figure *f)
{
    hedui_json_key(w->json, "reasons");
    hedui_json_open_array(w->json);
    for (size_t i = 0; i < f->reason_count; i++) {
        const hedui_account_reason *r = &f->reasons[i];
        hedui_json_open_object(w->json);
        hedui_json_member_text(w->json, "code", r->code);
        hedui_json_member_text(w->json, "label",
                               hedui_label(HEDUI_LABEL_CAUSE, r->code, w->language));
        text(w, "source", r->source);
        text(w, "source_title", r->source_title);
        text(w, "field", r->field);
        text(w, "field_title", r->field_title);
        text(w, "person", r->person);
        hedui_json_close_object(w->json);
    }
    hedui_json_close_array(w->json);
}

static void write_figure(const writing *w, const char *key, const hedui_account_figure *f)
{
    static const char *const states[] = {"known", "empty", "unknown", "failed"};
    hedui_json_key(w->json, key);
    hedui_json_open_object(w->json);
    hedui_json_member_text(w->json, "state", hedui_span_of(states[f->state]));
    if (f->truth >= 0)
        hedui_json_member_flag(w->json, "truth", f->truth);
    else
        hedui_json_member_null(w->json, "truth");
    text(w, "text", f->text);
    text(w, "unit", f->unit);
    if (f->count >= 0)
        hedui_json_member_number(w->json, "count", f->count);
    else
        hedui_json_member_null(w->json, "count");
    hedui_json_member_flag(w->json, "partial", f->partial);
    write_reasons(w, f);
    hedui_json_close_object(w->json);
}

static void write_row(const writing *w, const hedui_account_row *row)
{
    hedui_json_key(w->json, "row");
    if (!row) {
        hedui_json_null(w->json);
        return;
    }
    hedui_json_open_object(w->json);
    hedui_json_member_text(w->json, "feed", row->source);
    hedui_json_member_text(w->json, "title", row->source_title);
    hedui_json_member_text(w->json, "file", row->file);
    hedui_json_member_number(w->json, "line", row->line);
    hedui_json_member_number(w->json, "offset", row->offset);
    text(w, "person", row->person);
    hedui_json_close_object(w->json);
}

static void write_parts(const writing *w, const hedui_account_part *parts, size_t count)
{
    static const char *const kinds[] = {"all", "any",   "not",  "choice", "call", "list",
                                        "row", "total", "more", "field",  "name", "assumed"};
    _Static_assert(sizeof kinds / sizeof *kinds == HEDUI_CEL_PART_KINDS, "a word a kind");
    hedui_json_key(w->json, "parts");
    hedui_json_open_array(w->json);
    for (size_t i = 0; i < count; i++) {
        const hedui_account_part *p = &parts[i];
        int counted = p->kind == HEDUI_CEL_PART_LIST || p->kind == HEDUI_CEL_PART_MORE ||
                      p->kind == HEDUI_CEL_PART_ROW;
        hedui_json_open_object(w->json);
        hedui_json_member_text(w->json, "kind", hedui_span_of(kinds[p->kind]));
        hedui_json_member_number(w->json, "depth", p->depth);
        text(w, "function", p->name);
        text(w, "expression", p->text);
        text(w, "title", p->title);
        write_figure(w, "figure", &p->figure);
        hedui_json_member_flag(w->json, "decides", p->decides);
        if (p->kind == HEDUI_CEL_PART_ASSUMED)
            hedui_json_member_flag(w->json, "assumed", p->count != 0);
        else
            hedui_json_member_null(w->json, "assumed");
        index_of(w, "number", counted ? (int)p->count : -1);
        write_row(w, p->row);
        index_of(w, "value", p->value);
        index_of(w, "parameter", p->parameter);
        hedui_json_close_object(w->json);
    }
    hedui_json_close_array(w->json);
}

static void write_unless(const writing *w, const hedui_account_judgement *j)
{
    hedui_json_key(w->json, "unless");
    hedui_json_open_array(w->json);
    for (size_t i = 0; i < j->unless_count; i++) {
        const hedui_account_unless *u = &j->unless[i];
        hedui_json_open_object(w->json);
        text(w, "title", u->title);
        text(w, "manual", u->manual);
        hedui_json_member_flag(w->json, "recorded", u->recorded);
        if (u->part_count) {
            write_figure(w, "figure", &u->figure);
        } else {
            hedui_json_member_null(w->json, "figure");
        }
        write_parts(w, u->parts, u->part_count);
        hedui_json_close_object(w->json);
    }
    hedui_json_close_array(w->json);
}

/* The flag it led to: its place in "flags", -1 if it led to none. */
static int flag_of(const writing *w, const hedui_account_rule *rule,
                   const hedui_account_judgement *j)
{
    const hedui_store_household *h = w->e->household;
    for (size_t i = 0; j->outcome.truth == 1 && i < h->flag_count; i++)
        if (hedui_span_equal(h->flags[i].rule, rule->id) &&
            hedui_span_equal(h->flags[i].subject, j->subject))
            return (int)i;
    return -1;
}

static void write_judgements(const writing *w, const hedui_account_rule *rule)
{
    hedui_json_key(w->json, "judgements");
    hedui_json_open_array(w->json);
    for (size_t i = 0; i < rule->judgement_count; i++) {
        const hedui_account_judgement *j = &rule->judgements[i];
        hedui_json_open_object(w->json);
        index_of(w, "flag", flag_of(w, rule, j));
        write_row(w, j->row);
        write_figure(w, "outcome", &j->outcome);
        write_figure(w, "condition", &j->figure);
        write_parts(w, j->parts, j->part_count);
        write_unless(w, j);
        hedui_json_close_object(w->json);
    }
    hedui_json_close_array(w->json);
}

static void write_indices(const writing *w, const char *key, const uint32_t *items, size_t count)
{
    hedui_json_key(w->json, key);
    hedui_json_open_array(w->json);
    for (size_t i = 0; i < count; i++)
        hedui_json_number(w->json, items[i]);
    hedui_json_close_array(w->json);
}

static void write_rule(const writing *w, const hedui_account_rule *rule)
{
    hedui_json_open_object(w->json);
    hedui_json_member_text(w->json, "rule", rule->id);
    hedui_json_member_text(w->json, "title", rule->title);
    text(w, "pack", rule->pack);
    hedui_json_member_text(w->json, "answer", rule->answer);
    text(w, "basis", rule->basis);
    text(w, "ask", rule->ask);
    text(w, "clears", rule->clears);
    if (rule->has_each)
        write_figure(w, "each", &rule->each);
    else
        hedui_json_member_null(w->json, "each");
    hedui_json_key(w->json, "sources");
    hedui_json_open_array(w->json);
    for (size_t i = 0; i < rule->source_count; i++)
        hedui_json_text(w->json, rule->sources[i]);
    hedui_json_close_array(w->json);
    write_judgements(w, rule);
    write_indices(w, "values", rule->values, rule->value_count);
    write_indices(w, "parameters", rule->parameters, rule->parameter_count);
    hedui_json_close_object(w->json);
}

static int is_wanted(hedui_span wanted, hedui_span rule)
{
    return !wanted.length || hedui_span_equal(wanted, rule);
}

/* Without an account what the store knows of the answers. */
static void write_rules(const writing *w, hedui_span wanted)
{
    const hedui_account *account = w->e->account;
    const hedui_store_household *h = w->e->household;
    hedui_json_key(w->json, "rules");
    hedui_json_open_array(w->json);
    for (size_t i = 0; account && i < account->rule_count; i++)
        if (is_wanted(wanted, account->rules[i].id))
            write_rule(w, &account->rules[i]);
    for (size_t i = 0; !account && i < h->answer_count; i++) {
        static const hedui_span none = {"", 0};
        const hedui_account_rule rule = {.id = h->answers[i].rule,
                                         .title = h->answers[i].title,
                                         .answer = h->answers[i].answer,
                                         .pack = none,
                                         .basis = none,
                                         .ask = none,
                                         .clears = none};
        if (is_wanted(wanted, rule.id))
            write_rule(w, &rule);
    }
    hedui_json_close_array(w->json);
}

static void write_value(const writing *w, const hedui_account_value *v)
{
    hedui_json_open_object(w->json);
    hedui_json_member_text(w->json, "id", v->id);
    hedui_json_member_text(w->json, "title", v->title);
    hedui_json_member_text(w->json, "pack", v->pack);
    text(w, "person", v->person);
    write_figure(w, "figure", &v->figure);
    write_figure(w, "exact", &v->exact);
    hedui_json_key(w->json, "rounding");
    if (v->rounding_scale >= 0) {
        hedui_json_open_object(w->json);
        hedui_json_member_number(w->json, "scale", v->rounding_scale);
        hedui_json_member_text(w->json, "mode", v->rounding_mode);
        hedui_json_close_object(w->json);
    } else {
        hedui_json_null(w->json);
    }
    hedui_json_key(w->json, "lines");
    hedui_json_open_array(w->json);
    for (size_t i = 0; i < v->line_count; i++) {
        hedui_json_open_object(w->json);
        hedui_json_member_text(w->json, "title", v->lines[i].title);
        hedui_json_member_flag(w->json, "minus", v->lines[i].minus);
        write_figure(w, "figure", &v->lines[i].figure);
        write_parts(w, v->lines[i].parts, v->lines[i].part_count);
        hedui_json_close_object(w->json);
    }
    hedui_json_close_array(w->json);
    write_parts(w, v->parts, v->part_count);
    hedui_json_close_object(w->json);
}

static void day(const writing *w, const char *key, int32_t number, int32_t open)
{
    char shown[HEDUI_DATE_TEXT];
    if (number == open) {
        hedui_json_member_null(w->json, key);
        return;
    }
    hedui_date_print(shown, number);
    hedui_json_member_text(w->json, key, hedui_span_of(shown));
}

static void write_parameter(const writing *w, const hedui_account_parameter *p)
{
    hedui_json_open_object(w->json);
    hedui_json_member_text(w->json, "id", p->id);
    hedui_json_member_text(w->json, "title", p->title);
    write_figure(w, "figure", &p->figure);
    text(w, "area", p->area);
    text(w, "area_name", p->area_name);
    text(w, "urban_rural", p->urban_rural);
    text(w, "programme", p->programme);
    day(w, "from", p->from, INT32_MIN);
    day(w, "to", p->to, INT32_MAX);
    text(w, "basis", p->basis);
    index_of(w, "base", p->base);
    text(w, "times", p->times);
    text(w, "of", p->of);
    hedui_json_close_object(w->json);
}

void hedui_cli_account_write(hedui_json *json, const hedui_job_explanation *e, hedui_span rule,
                             hedui_language language)
{
    const hedui_account *account = e->account;
    const writing w = {json, language, e};
    write_rules(&w, rule);
    hedui_json_key(json, "values");
    hedui_json_open_array(json);
    for (size_t i = 0; account && i < account->value_count; i++)
        write_value(&w, &account->values[i]);
    hedui_json_close_array(json);
    hedui_json_key(json, "parameters");
    hedui_json_open_array(json);
    for (size_t i = 0; account && i < account->parameter_count; i++)
        write_parameter(&w, &account->parameters[i]);
    hedui_json_close_array(json);
}
