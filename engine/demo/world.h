/** @file
 * The invented county in memory: one case (a household, or two that share something) at a time.
 */
#ifndef HEDUI_DEMO_WORLD_H
#define HEDUI_DEMO_WORLD_H

#include "demo/random.h"

#include <hedui/demo.h>

#include <stdint.h>

enum {
    HEDUI_DEMO_MEMBERS = 8,
    HEDUI_DEMO_CARS = 3,
    HEDUI_DEMO_ENTRIES = 2,
    HEDUI_DEMO_CELL = 96,
    HEDUI_DEMO_NEVER = INT32_MIN,
    HEDUI_DEMO_CLAIMS = 12,
    HEDUI_DEMO_LEAST = 1000,
    HEDUI_DEMO_FAULTS = 48 /**< at most, see registry.h */
};

typedef enum hedui_demo_feed {
    HEDUI_DEMO_HOUSEHOLD,
    HEDUI_DEMO_MEMBER,
    HEDUI_DEMO_VEHICLE,
    HEDUI_DEMO_CREMATION,
    HEDUI_DEMO_REGISTER,
    HEDUI_DEMO_FURTHER, /**< from here on: further feeds, see registry.h, written on request */
    HEDUI_DEMO_FEEDS = HEDUI_DEMO_FURTHER + 38
} hedui_demo_feed;

/** Three-valued truth. */
typedef enum hedui_demo_tri { HEDUI_DEMO_NO, HEDUI_DEMO_YES, HEDUI_DEMO_UNKNOWN } hedui_demo_tri;

/** Reasons as bits, in the order of hedui_run_reason. */
enum {
    HEDUI_DEMO_NOT_AUTHORISED = 1 << 3,
    HEDUI_DEMO_REJECTED_ROW = 1 << 4,
    HEDUI_DEMO_EMPTY_FIELD = 1 << 6,
    HEDUI_DEMO_BAD_FIELD = 1 << 7,
    HEDUI_DEMO_PARAMETER = 1 << 8,
    HEDUI_DEMO_CASELOAD = 1 << 9,
    HEDUI_DEMO_NOT_ASKED = 1 << 11,
    HEDUI_DEMO_NOT_ANSWERED = 1 << 12
};

/** What every registry row about a person has. */
typedef struct hedui_demo_about {
    char id[HEDUI_DEMO_CELL], name[HEDUI_DEMO_CELL]; /**< as the registry writes them */
    int weak;           /**< 1: matched by less than 18-digit number and name */
    const char *reject; /**< reason for which the row is rejected when decoded, or NULL */
    int copies;         /**< identical rows */
    int conflict;       /**< 1: a later row with the same key says something else */
    int doubted;        /**< 1: a delta has a row of its key that cannot be read */
} hedui_demo_about;

typedef struct hedui_demo_car {
    hedui_demo_about about;
    char plate_type[8], plate_no[40], type[8], status[8];
    const char *document; /**< kind of document as written; NULL: the citizen\'s card */
    int other_document;   /**< 1: under that document the number is nobody\'s */
    int32_t registered_on;
    hedui_demo_tri kind;    /**< a car or a lorry? */
    hedui_demo_tri owned;   /**< do all letters of the status mean ownership? */
    uint32_t owned_reasons; /**< if unknown */
} hedui_demo_car;

typedef struct hedui_demo_death {
    hedui_demo_about about;
    int32_t died_on;       /**< or HEDUI_DEMO_NEVER: not known */
    uint32_t died_reasons; /**< if not known */
    char died_text[24];    /**< as written */
    const char *number;    /**< of the certificate; NULL: a fresh one */
} hedui_demo_death;

/** What a cancelled entry gives as its reason. */
typedef enum hedui_demo_cancel {
    HEDUI_DEMO_CANCEL_NONE,
    HEDUI_DEMO_CANCEL_DEATH,
    HEDUI_DEMO_CANCEL_OTHER,
    HEDUI_DEMO_CANCEL_UNREADABLE
} hedui_demo_cancel;

typedef struct hedui_demo_entry {
    hedui_demo_about about;
    hedui_demo_tri cancelled;
    uint32_t cancelled_reasons; /**< if not known */
    const char *cancelled_text; /**< as written; NULL: yes or no */
    hedui_demo_cancel reason;
    const char *reason_text;
    int32_t cancelled_on, died_on; /**< or HEDUI_DEMO_NEVER */
    const char *area;              /**< of the register, NULL: the county's */
} hedui_demo_entry;

typedef struct hedui_demo_member {
    char id[19], name[HEDUI_DEMO_CELL];                        /**< true number and name */
    char id_cell[HEDUI_DEMO_CELL], name_cell[HEDUI_DEMO_CELL]; /**< as the caseload writes them */
    int male, upgraded; /**< upgraded: 15 digits in the caseload */
    int32_t birth;
    const char *relation, *relation_code; /**< as written; two-digit code */
    int counted;
    int authorised;          /**< a live authorisation */
    const char *until_style; /**< how the expiry is written; NULL: empty */
    int32_t until;
    int has_number;          /**< an authorisation number is written */
    int64_t income_fen;      /**< INT64_MIN: not known */
    const char *income_text; /**< written instead of the amount, or NULL */
    uint32_t income_reasons; /**< if not known */
    int elsewhere;           /**< 1: stands in an earlier household, whose rows are written */
    int asked;               /**< 1: the query list asks about this number, see reply.h */
    int joined;              /**< 1: registry rows of this number are matched */
    const char *reject;      /**< the caseload row is rejected for this, or NULL */
    int copies, conflict;    /**< of the caseload row */
    hedui_demo_car cars[HEDUI_DEMO_CARS];
    hedui_demo_death deaths[HEDUI_DEMO_ENTRIES];
    hedui_demo_entry entries[HEDUI_DEMO_ENTRIES];
    int car_count, death_count, entry_count;
} hedui_demo_member;

/** What was otherwise of a household on the day of the query. */
typedef enum hedui_demo_then {
    HEDUI_DEMO_AS_NOW,
    HEDUI_DEMO_NOT_YET,      /**< it had not applied */
    HEDUI_DEMO_UNAUTHORISED, /**< its first member had not authorised */
    HEDUI_DEMO_HAD_LEFT      /**< it had left, and came back */
} hedui_demo_then;

/** What a claim writes under a header, and what that means. */
typedef struct hedui_demo_set {
    char header[64], written[64], meant[64];
} hedui_demo_set;

/** One row of a further feed that is planted, beside those that chance gives. */
typedef struct hedui_demo_claim {
    hedui_demo_feed feed;
    int member;       /**< of the case's first household */
    const char *form; /**< how number or name are written, see form.c, or NULL */
    hedui_demo_set sets[6];
    int set_count;
} hedui_demo_claim;

typedef struct hedui_demo_household {
    char id[16];
    uint32_t place; /**< index of its village among all, see place.h */
    char area[16];  /**< code as written */
    int area_known;
    int urban;
    const char *programme, *status;
    int64_t property_fen, paid_fen;
    int32_t applied_on;
    const char *reject;   /**< the household's own row is rejected, or NULL */
    int copies, conflict; /**< of its row */
    int lost_member;      /**< a member's row was rejected */
    int stranger_member;  /**< a member row that names no household is written beside it */
    hedui_demo_then then; /**< see reply.h */
    int counted_namesake; /**< a stranger of the same name has a car */
    hedui_demo_member members[HEDUI_DEMO_MEMBERS];
    int member_count;
} hedui_demo_household;

/** What is generated at a time. */
typedef struct hedui_demo_case {
    hedui_demo_household households[2];
    int count;
    uint64_t feeds; /**< those that are written: bits of hedui_demo_feed */
    hedui_demo_claim claims[HEDUI_DEMO_CLAIMS];
    int claim_count;
    struct hedui_demo_told *told; /**< what was written of further feeds */
    const char *quirk;            /**< or "-" */
    uint64_t index;
    uint64_t seed;
    int32_t as_of;
    int32_t asked_on; /**< day of the query list, or HEDUI_DEMO_NEVER */
    hedui_demo_random random;
} hedui_demo_case;

/** Rules on the line, in the order of truth files. */
typedef enum hedui_demo_rule {
    HEDUI_DEMO_VEH_01,
    HEDUI_DEMO_DEATH_01,
    HEDUI_DEMO_DEATH_02,
    HEDUI_DEMO_INC_01,
    HEDUI_DEMO_FURTHER_RULES, /**< from here on: see the table in judge.c */
    HEDUI_DEMO_RULES = HEDUI_DEMO_FURTHER_RULES + 20
} hedui_demo_rule;

/** An ordinary family in `household`, nothing of note; members in the case's own id space. */
void hedui_demo_family(hedui_demo_case *made, hedui_demo_household *household);

/** What an ordinary household may have that no rule asks about: a motorcycle, a death after it
 * left. */
void hedui_demo_ordinary(hedui_demo_case *made, hedui_demo_household *household);

/** Give a member a car in normal state and return it; `made` draws its plate. */
hedui_demo_car *hedui_demo_add_car(hedui_demo_case *made, hedui_demo_member *member);

/** The monthly standard per person in fen, 0 if the area is not known. */
int64_t hedui_demo_standard(const hedui_demo_household *household);

/** A valid number that is one person's alone. `owner` 0: of the caseload, 1: of a stranger;
 * `unique` tells people of the caseload apart; birth on about the day `about`. */
void hedui_demo_citizen(char id[19], int32_t *birth, uint64_t unique, int32_t about, int male,
                        int owner);

/** A believable name for the year of birth. */
void hedui_demo_name(char name[HEDUI_DEMO_CELL], hedui_demo_random *random, int male, int year);

/** A minority name with interpuncts. */
void hedui_demo_minority_name(char name[HEDUI_DEMO_CELL], hedui_demo_random *random, int male);

/** Plant what the quirk numbered `quirk` says; `made->households` hold ordinary families. */
void hedui_demo_plant(hedui_demo_case *made, uint32_t quirk);

#endif
