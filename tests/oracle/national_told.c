/* The pack that tells of every value of another: one rule a value, whose message is the value. No
 * rule of a pack shows them all, and what a rule shows is stored. */
#include "national.h"

#include "oracle.h"

#include <stdio.h>
#include <string.h>

typedef enum kind { AMOUNT, NUMBER, YES, DAY, PERIOD } kind;

typedef struct told {
    const char *name;
    kind kind;
} told;
static const told common_household[] = {
    {"household_size", NUMBER},   {"judged_on", DAY},         {"income_period", PERIOD},
    {"income_months", NUMBER},    {"support", AMOUNT},        {"income", AMOUNT},
    {"income_per_head", AMOUNT},  {"certain_income", AMOUNT}, {"income_over", YES},
    {"financial_assets", AMOUNT}, {"money_over", YES},        {"capital_total", AMOUNT},
    {"rigid_expense", AMOUNT},    {"annual_income", AMOUNT},  {"monthly_schooling", AMOUNT},
};
static const told common_member[] = {
    {"confirmed_dead", YES},
    {"confined", YES},
    {"conscript", YES},
    {"set_aside", YES},
    {"studying", YES},
    {"severely_disabled", YES},
    {"seriously_ill", YES},
    {"no_labour", YES},
    {"age", NUMBER},
    {"taxed_wage", AMOUNT},
    {"taxed_other", AMOUNT},
    {"employee_pension", AMOUNT},
    {"resident_pension", AMOUNT},
    {"unemployment", AMOUNT},
    {"counted_benefits", AMOUNT},
    {"job_cost", AMOUNT},
    {"registered_income", AMOUNT},
    {"income_at_least", AMOUNT},
    {"medical_paid", AMOUNT},
    {"deposits", AMOUNT},
    {"securities_held", AMOUNT},
    {"policies", AMOUNT},
    {"capital", AMOUNT},
};
static const told common_supporter[] = {
    {"per_head", AMOUNT},
    {"unable", YES},
    {"support_due", AMOUNT},
    {"support_counted", AMOUNT},
};

static const told cleanup_member[] = {
    {"confirmed_dead", YES},
    {"any_death_source", YES},
    {"registered_pension", AMOUNT},
    {"registered_unemployment", AMOUNT},
};

/* Lists: one line for each of their elements. Those of cleanup-2014 stand first. */
static const struct {
    const char *name, *who, *when, *message;
} lists[] = {
    {"counted_members", "x", "x.name != \"\"", "{x.name}"},
    {"homes", "x.member", "x.certificate_no != \"\"", "{x.certificate_no}"},
    {"premises", "x.member", "x.certificate_no != \"\"", "{x.certificate_no}"},
    {"cars", "x.owner", "x.plate_no != \"\"", "{x.plate_no}"},
    {"paid_months", "x.member", "x.state.paid", "{x.month}"},
};

typedef struct values {
    const told *told;
    size_t count;
} values;
#define VALUES(array)                                                                              \
    {                                                                                              \
        array, sizeof(array) / sizeof *(array)                                                     \
    }
static const struct {
    const char *name;
    values of_household, of_member, of_supporter;
    size_t lists;
    int months; /* of monthly_medical */
} packs[] = {
    {"national-common", VALUES(common_household), VALUES(common_member), VALUES(common_supporter),
     5, 12},
    {"cleanup-2014", {NULL, 0}, VALUES(cleanup_member), {NULL, 0}, 3, 0},
};

/* One rule. It must have an example that is false: the day before all of them begins. */
static void begin(FILE *out, const char *name, const char *each, const char *who)
{
    (void)fprintf(out, "  - id: V-");
    for (const char *c = name; *c; c++)
        (void)fputc(*c == '_' ? '-' : *c, out);
    (void)fprintf(out, "\n    title: %s\n    basis: {document: told}\n", name);
    (void)fprintf(out, "    effect: inform\n    severity: low\n");
    if (each)
        (void)fprintf(out, "    each: {%s}\n", each);
    if (who)
        (void)fprintf(out, "    who: \"%s\"\n", who);
    (void)fprintf(out,
                  "    undetermined: note\n    examples:\n      - {title: %s,"
                  " as_of: 2000-01-01, given: {}, expect: false}\n    when: |-\n"
                  "      as_of > date(\"2000-01-01\") && ",
                  name);
}

/* A value as a condition and as a message; `of`: whose it is. */
static void put(FILE *out, kind is, const char *of, const char *value)
{
    switch (is) {
    case AMOUNT:
        (void)fprintf(out, "%s%s != dec(\"0.00\")\n    message: \"{%s%s}\"\n", of, value, of,
                      value);
        break;
    case NUMBER:
        (void)fprintf(out, "%s%s >= 0\n    message: \"{%s%s}\"\n", of, value, of, value);
        break;
    case YES:
        (void)fprintf(out, "%s%s\n    message: \"yes\"\n", of, value);
        break;
    case DAY:
        (void)fprintf(out, "%s%s >= date(\"1900-01-01\")\n    message: \"{%s%s}\"\n", of, value, of,
                      value);
        break;
    case PERIOD:
        (void)fprintf(out, "%s%s.first() >= date(\"1900-01-01\")\n", of, value);
        (void)fprintf(out, "    message: \"{%s%s.first()} {%s%s.last()}\"\n", of, value, of, value);
        break;
    }
}

static FILE *open_file(const char *folder, const char *name)
{
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/rules/packs/told/%s", folder, name);
    FILE *file = fopen(path, "w");
    if (!file)
        oracle_die("cannot write", path);
    return file;
}

static void put_all(FILE *out, values all, const char *each, const char *who, const char *of)
{
    for (size_t i = 0; i < all.count; i++) {
        begin(out, all.told[i].name, each, who);
        put(out, all.told[i].kind, of, all.told[i].name);
    }
}

void national_values(const char *folder, const char *pack)
{
    size_t at = 0;
    while (at < sizeof packs / sizeof *packs && strcmp(packs[at].name, pack) != 0)
        at++;
    if (at == sizeof packs / sizeof *packs)
        oracle_die("no values are known of", pack);
    FILE *out = open_file(folder, "pack.yaml");
    (void)fprintf(out,
                  "pack: told\ntitle: values, each by itself\ninherits: [%s]\n"
                  "documents:\n  told: {title: values, kind: work_plan, level: county,"
                  " confirmed: true}\n",
                  pack);
    (void)fclose(out);
    out = open_file(folder, "values.yaml");
    (void)fputs("rules:\n", out);
    put_all(out, packs[at].of_household, NULL, NULL, "");
    put_all(out, packs[at].of_member, "m: hh.members", "m", "m.");
    put_all(out, packs[at].of_supporter, "o: hh.supporters", NULL, "o.household.");
    for (size_t i = 0; i < packs[at].lists; i++) {
        char each[100];
        (void)snprintf(each, sizeof each, "x: %s", lists[i].name);
        begin(out, lists[i].name, each, lists[i].who);
        (void)fprintf(out, "%s\n    message: \"%s\"\n", lists[i].when, lists[i].message);
    }
    for (int n = 0; n < packs[at].months; n++) {
        char name[40], value[40];
        (void)snprintf(name, sizeof name, "monthly_medical_%02d", n);
        (void)snprintf(value, sizeof value, "monthly_medical[%d]", n);
        begin(out, name, NULL, NULL);
        put(out, AMOUNT, "", value);
    }
    (void)fclose(out);
}
