/** @file
 * A full delivery and the deltas after it, in order: one unit of scanning.
 *
 * A row of a delta replaces or deletes the row of the same key. It matters if its person does, or
 * if its key belongs to a fact already held: a car that moves to a stranger must leave the family
 * that sold it.
 */
#ifndef HEDUI_FEED_CHAIN_H
#define HEDUI_FEED_CHAIN_H

#include "feed/delivery.h"

typedef struct hedui_chain hedui_chain;

/** An empty chain; NULL without memory. Deltas need a layout with key columns. */
hedui_chain *hedui_chain_open(const hedui_layout *layout);

/** Close it with all its deliveries. NULL is accepted. */
void hedui_chain_close(hedui_chain *chain);

/**
 * Scan the next delivery: first the full one, then deltas in the order of their days.
 *
 * What a delta changes is marked `gone` in the facts of the deliveries before it (and in its own,
 * where it says two things of one row). A refused delta changes nothing; whether the chain is of
 * use without it is the caller's to say.
 *
 * @param delivery  Set on success; belongs to the chain.
 * @param options   As for hedui_delivery_scan, or NULL; `chain` in it is not looked at.
 */
hedui_status hedui_chain_add(hedui_delivery **delivery, hedui_chain *chain, const char *path,
                             const hedui_scan_options *options, hedui_err *err);

/** Deliveries so far, and the one at `index`. */
uint32_t hedui_chain_count(const hedui_chain *chain);
hedui_delivery *hedui_chain_at(const hedui_chain *chain, uint32_t index);

/** The held row with the draft's key: 1 and its first fact, else 0. For the scan of a delta. */
int hedui_chain_find(const hedui_facts **facts, uint32_t *first, const hedui_chain *chain,
                     const hedui_draft *draft);

/**
 * The row of the draft's key is from now on what begins at fact `first` of `facts` or, with `facts`
 * NULL, gone. For the scan of a delta.
 *
 * @return 1, or 0 without memory.
 */
int hedui_chain_put(hedui_chain *chain, const hedui_draft *draft, hedui_facts *facts,
                    uint32_t first);

#endif
