/* Which registers a rule reads, whether or not it came to their rows: those of its conditions and
 * of all values that they use. */
#include "rule/accounting.h"
#include "rule/intervals.h"
#include "rule/making.h"

typedef struct reading {
    accounting *a;
    uint8_t *feeds;
    int depth;
} reading;

static void read_program(reading *r, const hedui_cel_program *program);

static void read_value(reading *r, const hedui_value *value)
{
    enum { DEEPEST = 16 };
    const hedui_cel_program *program;
    if (r->depth >= DEEPEST)
        return;
    r->depth++;
    for (uint32_t i = 0; (program = hedui_value_program(value, i)); i++)
        read_program(r, program);
    r->depth--;
}

/* A field that is a list of a feed's rows: of the household, a member or a supporter. */
static void read_list(reading *r, const hedui_cel_type *record, uint32_t field)
{
    const hedui_cel_record *fields = hedui_cel_type_fields(record);
    const hedui_cel_type *of =
        fields && field < fields->field_count ? fields->fields[field].type : NULL;
    if (!of || hedui_cel_type_kind(of) != HEDUI_CEL_LIST)
        return;
    of = hedui_cel_type_inner(of);
    if (hedui_cel_type_kind(of) == HEDUI_CEL_RECORD &&
        hedui_catalogue_source(of) < r->a->j->book->feed_count)
        r->feeds[hedui_catalogue_source(of)] = 1;
}

static void read_field(reading *r, const hedui_cel_use *use)
{
    const hedui_rulebook *book = r->a->j->rulebook;
    const hedui_catalogue *c = book->catalogue;
    if (use->record == c->supporter_household_type) {
        if (use->field < book->supporter_value_count)
            read_value(r, &book->supporter_values[use->field]);
    } else if (use->record == c->member_type && use->field >= c->member_values &&
               use->field - c->member_values < book->member_value_count) {
        read_value(r, &book->member_values[use->field - c->member_values]);
    } else if (use->record == c->household_type && use->field == c->household_intervals) {
        for (uint32_t f = 0; f < r->a->j->book->feed_count; f++)
            r->feeds[f] |= hedui_is_benefit_feed(c, f) != 0;
    } else {
        read_list(r, use->record, use->field);
    }
}

static void read_program(reading *r, const hedui_cel_program *program)
{
    const hedui_rulebook *book = r->a->j->rulebook;
    hedui_cel_use use;
    for (uint32_t i = 0; program && hedui_cel_program_use(&use, program, i); i++) {
        if (use.record)
            read_field(r, &use);
        else if (use.slot >= book->first_value && use.slot < book->slot_count)
            read_value(r, &book->household_values[use.slot - book->first_value]);
    }
}

void hedui_accounting_sources(hedui_account_rule *to, accounting *a, const hedui_rule *rule)
{
    uint32_t count = a->j->book->feed_count, used = 0;
    reading r = {a, hedui_arena_array(a->j->scratch, count, 1), 0};
    hedui_span *names = hedui_accounting_room(a, count, sizeof *names);
    if (!r.feeds || !names) {
        a->failed = 1;
        return;
    }
    read_program(&r, rule->each);
    read_program(&r, rule->when);
    for (uint32_t i = 0; i < rule->unless_count; i++)
        read_program(&r, rule->unless[i].is);
    for (uint32_t f = 0; f < count; f++)
        if (r.feeds[f])
            names[used++] = hedui_accounting_keep(a, a->j->rulebook->catalogue->feeds[f]->name);
    to->sources = names;
    to->source_count = used;
}
