/* What the names in an expression stand for while a household is judged: parameters, dates, values
 * of the household, of its members and of its supporters' households, each computed where it is
 * asked for and those of the household kept. */
#include "rule/doubt.h"
#include "rule/making.h"
#include "rule/parameter.h"
#include "rule/proof.h"

enum { DEEPEST = 16 };

static hedui_cel_value resolve(void *user, uint32_t slot, hedui_arena *arena);

hedui_cel_input hedui_judge_input(hedui_judge *judge, const hedui_cel_value *variables)
{
    hedui_cel_input input = {variables, judge, resolve, 0};
    return input;
}

/* How many people the household has: the pack's own value, else the counted members. */
static hedui_cel_value household_size(hedui_judge *j)
{
    const hedui_caseload *c = j->book->caseload;
    const hedui_household *h = &c->households[j->the_case.household];
    if (j->rulebook->size_slot != UINT32_MAX)
        return resolve(j, j->rulebook->size_slot, j->scratch);
    if (h->incomplete) {
        hedui_cel_reason *reason = hedui_arena_take(j->scratch, sizeof *reason);
        if (!reason)
            return hedui_cel_fail(HEDUI_CEL_ERROR_MEMORY);
        *reason =
            (hedui_cel_reason){HEDUI_CAUSE_CASELOAD,
                               (uint16_t)(j->rulebook->catalogue->feed_count + 1), 0, HEDUI_NONE};
        return hedui_cel_unknown(reason, 1);
    }
    int64_t counted = 0;
    for (uint32_t m = h->first; m < h->first + h->count; m++)
        counted += c->members[m].counted;
    return hedui_cel_int(counted);
}

const hedui_parameter_row *hedui_judge_parameter_row(hedui_judge *judge,
                                                     const hedui_parameter *parameter)
{
    hedui_parameter_place place = hedui_parameter_place_of(&judge->the_case);
    if (parameter->sized)
        place.size = household_size(judge);
    return parameter->sized && place.size.kind != HEDUI_CEL_INT
               ? NULL
               : hedui_parameter_find(parameter, judge->book->caseload->areas, &place);
}

static hedui_cel_value parameter_value(hedui_judge *j, uint32_t index)
{
    const hedui_parameter *p = j->rulebook->parameters[index];
    hedui_parameter_place place = hedui_parameter_place_of(&j->the_case);
    if (p->sized)
        place.size = household_size(j);
    return hedui_parameter_value(p, &place, &j->the_case, j->scratch);
}

static hedui_span text_of(hedui_cel_value value)
{
    return value.kind == HEDUI_CEL_CODE
               ? hedui_cel_type_codes(value.as.row.type)->codes[value.count]
               : value.as.text;
}

hedui_cel_value hedui_judge_parameter_at(const void *context, void *user,
                                         const hedui_cel_value *args, hedui_arena *arena)
{
    hedui_judge *j = user;
    const hedui_parameter *p = context;
    hedui_parameter_place place = hedui_parameter_place_of(&j->the_case);
    place.area = hedui_areas_find(j->book->caseload->areas, args[0].as.text);
    place.urban_rural = text_of(args[1]);
    place.as_of = args[2].as.day;
    if (p->sized)
        place.size = household_size(j);
    return hedui_parameter_value(p, &place, &j->the_case, arena);
}

/* hh.applied_on under its short name. */
static hedui_cel_value applied_on(hedui_judge *j)
{
    const hedui_cel_type *type = j->rulebook->catalogue->household_type;
    const hedui_cel_record *record = hedui_cel_type_fields(type);
    return record->get(record->context, &j->the_case, j->the_case.household,
                       hedui_cel_type_find(type, hedui_span_of("applied_on")), j->scratch);
}

static hedui_cel_value resolve(void *user, uint32_t slot, hedui_arena *arena)
{
    hedui_judge *j = user;
    const hedui_rulebook *book = j->rulebook;
    (void)arena; /* what is kept for the household lives in its own scratch */
    if (slot >= book->slot_count)
        return hedui_cel_fail(HEDUI_CEL_ERROR_VARIABLE);
    if (j->memo[slot].kind != HEDUI_CEL_LAZY)
        return j->memo[slot];
    if (slot == book->applied_on_slot) {
        j->memo[slot] = applied_on(j);
    } else if (slot < book->first_value) {
        j->memo[slot] = parameter_value(j, slot - book->first_parameter);
    } else {
        j->memo[slot] = hedui_judge_value(j, &book->household_values[slot - book->first_value],
                                          j->variables, j->scratch);
    }
    return j->memo[slot];
}

/* Variables with `m` bound behind the common ones; a copy, because a rule's own name may stand in
 * the same slot while its condition is being evaluated. */
const hedui_cel_value *hedui_judge_bind(hedui_judge *j, uint32_t slot, hedui_cel_value value)
{
    size_t count = (size_t)j->rulebook->slot_count + 1;
    hedui_cel_value *variables = hedui_arena_array(j->scratch, count, sizeof *variables);
    if (!variables)
        return NULL;
    memcpy(variables, j->variables, (count - 1) * sizeof *variables);
    variables[slot] = value;
    return variables;
}

/* One more line of a breakdown; what is not known of several lines is told of all of them. */
static int add_line(hedui_cel_value *sum, hedui_cel_value line, const hedui_value_line *text,
                    hedui_arena *arena)
{
    if (line.kind == HEDUI_CEL_ERROR || sum->kind == HEDUI_CEL_ERROR) {
        if (sum->kind != HEDUI_CEL_ERROR)
            *sum = line;
        return 1;
    }
    if (line.kind == HEDUI_CEL_UNKNOWN || sum->kind == HEDUI_CEL_UNKNOWN) {
        *sum = hedui_cel_unknown_merge(*sum, line, arena);
        return 1;
    }
    int64_t number = line.as.number;
    return !(text->text->minus ? __builtin_sub_overflow(sum->as.number, number, &sum->as.number)
                               : __builtin_add_overflow(sum->as.number, number, &sum->as.number));
}

static hedui_cel_value evaluate(hedui_judge *j, const hedui_cel_program *program,
                                const hedui_cel_value *variables, hedui_arena *arena)
{
    hedui_cel_input input = hedui_judge_input(j, variables);
    hedui_cel_value v = hedui_cel_eval(program, &input, arena);
    return v.kind == HEDUI_CEL_ERROR ? hedui_doubt_of(j, program, variables, v) : v;
}

static hedui_cel_value sum_of_lines(hedui_judge *j, const hedui_value *value,
                                    const hedui_cel_value *variables, hedui_arena *arena)
{
    const hedui_cel_type *type = hedui_cel_program_type(value->lines[0].program);
    int decimal = hedui_cel_type_kind(type) == HEDUI_CEL_DECIMAL;
    hedui_cel_value sum =
        decimal ? hedui_cel_decimal(0, hedui_cel_type_scale(type)) : hedui_cel_int(0);
    for (uint32_t i = 0; i < value->line_count; i++) {
        hedui_cel_value line = evaluate(j, value->lines[i].program, variables, arena);
        if (line.kind == HEDUI_CEL_DECIMAL &&
            !hedui_cel_decimal_rescale(&line, hedui_cel_type_scale(type)))
            return hedui_cel_fail(HEDUI_CEL_ERROR_OVERFLOW);
        if (!add_line(&sum, line, &value->lines[i], arena))
            return hedui_cel_fail(HEDUI_CEL_ERROR_OVERFLOW);
    }
    return sum;
}

hedui_cel_value hedui_judge_value(hedui_judge *j, const hedui_value *value,
                                  const hedui_cel_value *variables, hedui_arena *arena)
{
    hedui_cel_value result = value->program ? evaluate(j, value->program, variables, arena)
                                            : sum_of_lines(j, value, variables, arena);
    if (result.kind == HEDUI_CEL_DECIMAL && value->text->rounding_scale >= 0 &&
        !hedui_cel_decimal_round(&result, (uint32_t)value->text->rounding_scale,
                                 value->text->rounding_mode.at))
        return hedui_cel_fail(HEDUI_CEL_ERROR_OVERFLOW);
    return result;
}

/* A value of one member or supporter, who is bound to its own name. */
static hedui_cel_value own_value(hedui_judge *j, const hedui_value *value, hedui_cel_value owner,
                                 hedui_arena *arena)
{
    if (j->depth >= DEEPEST)
        return hedui_cel_fail(HEDUI_CEL_ERROR_LIMIT);
    const hedui_cel_value *variables = hedui_judge_bind(j, value->own_slot, owner);
    if (!variables)
        return hedui_cel_fail(HEDUI_CEL_ERROR_MEMORY);
    j->depth++;
    hedui_cel_value result = hedui_judge_value(j, value, variables, arena);
    j->depth--;
    return result;
}

/* Where the value of one of the household's people is kept: rules ask for the same ones over and
 * over. NULL without memory. */
static hedui_cel_value *own_kept(hedui_judge *j, uint32_t member, uint32_t index)
{
    const hedui_household *h = &j->book->caseload->households[j->the_case.household];
    size_t people = (size_t)h->count + h->supporters;
    uint32_t who = member - h->first, values = j->rulebook->catalogue->member_value_count;
    if (!j->own)
        j->own = hedui_arena_array(j->scratch, people * values, sizeof *j->own);
    return j->own && who < people ? &j->own[(size_t)who * values + index] : NULL;
}

hedui_cel_value hedui_judge_member_value(hedui_case *the_case, uint32_t member, uint32_t index,
                                         hedui_arena *arena)
{
    hedui_judge *j = the_case->packs;
    hedui_cel_value *kept = own_kept(j, member, index);
    if (kept && kept->kind != HEDUI_CEL_NULL)
        return *kept;
    hedui_cel_value value =
        own_value(j, &j->rulebook->member_values[index],
                  hedui_cel_row(j->rulebook->catalogue->member_type, the_case, member),
                  kept ? j->scratch : arena);
    /* what failed or is not known may be so for having been asked for too deep inside others */
    if (kept && value.kind != HEDUI_CEL_ERROR && (value.kind != HEDUI_CEL_UNKNOWN || !j->depth))
        *kept = value;
    return value;
}

hedui_cel_value hedui_judge_supporter_value(hedui_case *the_case, uint32_t place, uint32_t index,
                                            hedui_arena *arena)
{
    hedui_judge *j = the_case->packs;
    return own_value(j, &j->rulebook->supporter_values[index],
                     hedui_catalogue_supporter(the_case, place), arena);
}
