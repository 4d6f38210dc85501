/** @file
 * The caseload: households, their members, who of them authorised the check, and the way from a
 * citizen number to the places where that person stands. Read-only once loaded.
 */
#ifndef HEDUI_CASELOAD_CASELOAD_H
#define HEDUI_CASELOAD_CASELOAD_H

#include "caseload/area.h"
#include "feed/delivery.h"

#include <hedui/arena.h>
#include <hedui/citizen_id.h>
#include <hedui/err.h>

#include <stdint.h>

/** Names of the layouts and columns that the caseload must have; its feeds/ files say how exports
 * call them. */
#define HEDUI_CASELOAD_HOUSEHOLDS "caseload_household"
#define HEDUI_CASELOAD_MEMBERS "caseload_member"
#define HEDUI_CASELOAD_SUPPORTERS "caseload_supporter" /* may be missing */

/** A column of the household layout that the machine itself needs. */
typedef enum hedui_household_column {
    HEDUI_HOUSEHOLD_ID,
    HEDUI_HOUSEHOLD_AREA,
    HEDUI_HOUSEHOLD_HEAD_NAME,
    HEDUI_HOUSEHOLD_PROGRAMME,
    HEDUI_HOUSEHOLD_URBAN_RURAL,
    HEDUI_HOUSEHOLD_STATUS,
    HEDUI_HOUSEHOLD_PAID,
    HEDUI_HOUSEHOLD_COLUMNS
} hedui_household_column;

/** A column of the member layout that the machine itself needs. */
typedef enum hedui_member_column {
    HEDUI_MEMBER_HOUSEHOLD,
    HEDUI_MEMBER_CITIZEN_ID,
    HEDUI_MEMBER_NAME,
    HEDUI_MEMBER_COUNTED,
    HEDUI_MEMBER_AUTHORIZATION,
    HEDUI_MEMBER_AUTHORIZED_UNTIL,
    HEDUI_MEMBER_COLUMNS
} hedui_member_column;

/** One person's place in one household. */
typedef struct hedui_member {
    uint32_t household; /**< index into households */
    uint32_t person;    /**< index into persons */
    uint32_t fact;      /**< row of the members' delivery, or the supporters' */
    uint8_t counted;    /**< one of the people the benefit is reckoned for */
    uint8_t authorised; /**< a live authorisation on the run's day: only then is a row joined */
    uint8_t upgraded;   /**< the caseload's own number had 15 digits */
    uint8_t supporter;  /**< lives apart and owes support: behind the members, never counted */
} hedui_member;

typedef struct hedui_household {
    hedui_span id;
    uint32_t fact;  /**< row of the households' delivery */
    uint32_t area;  /**< index into areas, HEDUI_AREA_NONE if its code is not there */
    uint32_t first; /**< members[first] .. members[first + count - 1] */
    uint32_t count;
    uint32_t supporters;           /**< places of supporters, right behind the members */
    uint8_t supporters_incomplete; /**< a row about a supporter is bad */
    uint8_t incomplete; /**< rows of the caseload itself about this household are missing or bad */
    uint8_t
        conflicting; /**< other rows of the caseload contradict this one: nothing of it is sure */
} hedui_household;

/** One citizen number and where it stands. */
typedef struct hedui_person {
    hedui_citizen_id id;
    uint32_t first, count; /**< places[first] ..: indices into members */
} hedui_person;

typedef struct hedui_person_slot hedui_person_slot;

/** Citizen number -> person, see index.c. */
typedef struct hedui_person_index {
    hedui_person_slot *slots; /**< open addressing */
    uint64_t slot_mask;
    uint64_t *filter; /**< a bit by hash: clear, then the number is nobody's */
    uint64_t filter_mask;
} hedui_person_index;

typedef struct hedui_caseload {
    hedui_delivery *household_delivery, *member_delivery;
    hedui_delivery *supporter_delivery; /**< NULL: not known who owes support */
    uint32_t household_columns[HEDUI_HOUSEHOLD_COLUMNS];
    uint32_t member_columns[HEDUI_MEMBER_COLUMNS];
    uint32_t supporter_columns[HEDUI_MEMBER_COLUMNS]; /**< as far as that layout has them */
    const hedui_areas *areas;
    const hedui_household *households; /**< by id in byte order */
    uint32_t household_count;
    const hedui_member *members; /**< by household, members first, then citizen number */
    uint32_t member_count;
    const hedui_person *persons; /**< by citizen number */
    uint32_t person_count;
    const uint32_t *places;
    uint32_t authorised_persons; /**< with a live authorisation in at least one household */
    /** Rows of households that do not exist: of members, of supporters. */
    const struct hedui_stray *strays, *supporter_strays;
    uint32_t stray_count, supporter_stray_count;
    hedui_person_index index;
} hedui_caseload;

/** A row that names a household which the caseload does not have: rejected. */
typedef struct hedui_stray {
    uint32_t fact;
} hedui_stray;

/**
 * Build the caseload from its deliveries, each scanned whole (no matcher) and not refused.
 *
 * @param caseload    Set on success; lives in `arena`, borrows the deliveries and areas.
 * @param supporters  May be NULL.
 * @param as_of       Day on which an authorisation must be live: its number is there, and its last
 *                    day is not before `as_of` or not given.
 * @return HEDUI_E4012 (a layout lacks a column), E4013 (no household), E1001.
 */
hedui_status hedui_caseload_build(const hedui_caseload **caseload, hedui_delivery *households,
                                  hedui_delivery *members, hedui_delivery *supporters,
                                  const hedui_areas *areas, int32_t as_of, hedui_arena *arena,
                                  hedui_err *err);

/** The matcher of the scan: persons with a live authorisation, by index into `persons`. Reads only;
 * prefetches, so that a batch waits for memory once, not once a number. */
void hedui_caseload_find(const void *caseload, const hedui_citizen_id *ids, uint32_t count,
                         uint32_t *persons);

/** Text of one of a household's own columns; empty if there is none. */
hedui_span hedui_household_text(const hedui_caseload *caseload, uint32_t household,
                                hedui_household_column column);

/** The code in one of a household's code columns; empty if unknown. */
hedui_span hedui_household_code(const hedui_caseload *caseload, uint32_t household,
                                hedui_household_column column);

/** A member's or supporter's name; empty if unknown. */
hedui_span hedui_member_name(const hedui_caseload *caseload, uint32_t member);

/** Index of the household with this id, or UINT32_MAX. */
uint32_t hedui_caseload_household(const hedui_caseload *caseload, hedui_span id);

#endif
