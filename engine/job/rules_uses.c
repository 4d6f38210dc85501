/* What a rule rests on: followed from its expressions through values to parameters, and from
 * multiples to their bases. */
#include "job/packs.h"
#include "rule/making.h"

typedef struct search {
    const hedui_rulebook *book;
    hedui_job_uses uses;
    hedui_arena *arena;
} search;

const hedui_value *hedui_job_value_at(const hedui_rulebook *book, uint32_t i)
{
    if (i < book->household_value_count)
        return &book->household_values[i];
    i -= book->household_value_count;
    return i < book->member_value_count ? &book->member_values[i]
                                        : &book->supporter_values[i - book->member_value_count];
}

static void follow(search *s, const hedui_cel_program *program);
static void use_value(search *s, uint32_t index);

static void use_parameter(search *s, uint32_t index)
{
    const hedui_parameter *p = s->book->parameters[index];
    if (s->uses.parameters[index])
        return;
    s->uses.parameters[index] = 1;
    for (uint32_t i = 0; i < p->row_count; i++)
        if (p->rows[i].multiple)
            use_parameter(s, p->rows[i].multiple->base->index);
    if (p->sized && s->book->size_slot != UINT32_MAX) /* its row is chosen by that value */
        use_value(s, s->book->size_slot - s->book->first_value);
}

static void use_value(search *s, uint32_t index)
{
    const hedui_cel_program *program;
    if (s->uses.values[index])
        return;
    s->uses.values[index] = 1;
    for (uint32_t i = 0; (program = hedui_value_program(hedui_job_value_at(s->book, index), i));
         i++)
        follow(s, program);
}

/* param.x.at(...) is a call, no variable: found by its name. */
static void found_name(void *context, hedui_span name)
{
    search *s = context;
    for (uint32_t i = 0; i < s->book->parameter_count; i++) {
        hedui_span id = s->book->parameters[i]->id;
        if (name.length >= 6 + id.length && memcmp(name.at, "param.", 6) == 0 &&
            memcmp(name.at + 6, id.at, id.length) == 0 &&
            (name.length == 6 + id.length || name.at[6 + id.length] == '.'))
            use_parameter(s, i);
    }
}

static void follow(search *s, const hedui_cel_program *program)
{
    const hedui_rulebook *book = s->book;
    const hedui_catalogue *c = book->catalogue;
    hedui_cel_use use;
    hedui_cel_source source = {.text = hedui_cel_program_text(program), .file = "", .line = 1};
    for (uint32_t i = 0; hedui_cel_program_use(&use, program, i); i++) {
        if (use.record == c->member_type && use.field >= c->member_values)
            use_value(s, book->household_value_count + use.field - c->member_values);
        else if (use.record && use.record == c->supporter_household_type)
            use_value(s, book->household_value_count + book->member_value_count + use.field);
        else if (!use.record && use.slot >= book->first_value && use.slot < book->slot_count)
            use_value(s, use.slot - book->first_value);
        else if (!use.record && use.slot >= book->first_parameter && use.slot < book->first_value)
            use_parameter(s, use.slot - book->first_parameter);
    }
    (void)hedui_cel_names(&source, found_name, s, s->arena, NULL);
}

hedui_status hedui_job_uses_find(hedui_job_uses *uses, const hedui_rulebook *book,
                                 const hedui_rule *rule, hedui_arena *arena, hedui_err *err)
{
    const hedui_cel_program *programs[] = {rule->each, rule->when, rule->who}, *hole;
    search s = {.book = book, .arena = arena};
    size_t values = (size_t)book->household_value_count + book->member_value_count +
                    book->supporter_value_count;
    s.uses.parameters = hedui_arena_array(arena, book->parameter_count, 1);
    s.uses.values = hedui_arena_array(arena, values, 1);
    if (!s.uses.parameters || !s.uses.values)
        return hedui_fail_memory(err);
    for (size_t i = 0; i < sizeof programs / sizeof *programs; i++)
        if (programs[i])
            follow(&s, programs[i]);
    for (uint32_t i = 0; i < rule->unless_count; i++)
        if (rule->unless[i].is)
            follow(&s, rule->unless[i].is);
    for (uint32_t i = 0; rule->message && (hole = hedui_cel_template_hole(rule->message, i)); i++)
        follow(&s, hole);
    *uses = s.uses;
    return HEDUI_OK;
}
