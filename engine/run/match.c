/* Number and name. The number found the person (caseload/index); here the name is compared. */
#include "run/match.h"
#include "value/name.h"

hedui_match hedui_match_strength(const hedui_caseload *caseload, uint32_t member,
                                 const hedui_facts *facts, uint32_t fact)
{
    uint8_t role = hedui_facts_role(facts, fact);
    if (hedui_facts_form(facts, fact) == HEDUI_CITIZEN_ID_15 || caseload->members[member].upgraded)
        return HEDUI_MATCH_UPGRADED;
    if (role == HEDUI_ROLE_NONE)
        return HEDUI_MATCH_ID_ONLY;
    uint32_t column = facts->layout->persons[role].name_column;
    if (column == HEDUI_COLUMN_NONE || hedui_facts_state(facts, fact, column) != HEDUI_CELL_VALUE)
        return HEDUI_MATCH_ID_ONLY;
    hedui_span own = hedui_member_name(caseload, member);
    if (own.length == 0)
        return HEDUI_MATCH_ID_ONLY;
    return hedui_name_agree(own, hedui_facts_text(facts, fact, column)) ? HEDUI_MATCH_ID_NAME
                                                                        : HEDUI_MATCH_NAME_DIFFERS;
}
