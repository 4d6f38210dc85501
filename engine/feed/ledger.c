/* The sums that a delivery's ledger must satisfy. */
#include "feed/ledger.h"

int hedui_ledger_balances(const hedui_ledger *ledger)
{
    uint64_t rejected = 0;
    for (unsigned i = 0; i < HEDUI_REASON_COUNT; i++)
        rejected += ledger->rejected_by[i];
    return ledger->records ==
               ledger->accepted + ledger->other_document + ledger->duplicate + ledger->rejected &&
           ledger->accepted == ledger->matched + ledger->not_in_caseload &&
           ledger->rejected == rejected && ledger->upgraded <= ledger->matched &&
           ledger->decoded == ledger->matched + ledger->duplicate + ledger->decoded_rejected;
}
