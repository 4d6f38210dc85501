/* One cell of a delivery after another read otherwise: what follows from it must come out
 * otherwise, or the comparison would not see it. */
#include "national.h"

#include "oracle.h"

#include <stdio.h>
#include <string.h>

/* A cell of somebody who has the value, or by whom the rule is found; `where`: which rows. */
typedef struct spoil {
    const char *feed, *col, *read, *name, *where;
} spoil;
static const spoil of_common[] = {
    {"household_register", "birth_date", "'1951-02-03'", "age", "1"},
    {"household_register", "cancel_reason", "''", "confirmed_dead", "w.died_on = ''"},
    {"justice", "custody_kind", "'released'", "confined", "1"},
    {"military_service", "service_kind", "'officer'", "conscript", "1"},
    {"school_enrolment", "state", "'graduated'", "studying", "1"},
    {"disability", "state", "'cancelled'", "severely_disabled", "1"},
    {"medical_settlement", "settled_on", "'2009-03-04'", "seriously_ill", "1"},
    {"medical_settlement", "cash", "'777.77'", "medical_paid", "w.settled_on < '2014-06-01'"},
    {"income_tax", "income", "'777.77'", "taxed_wage",
     "w.income_item__kind = 'wage' AND w.period_from > '2013-12'"},
    {"income_tax", "income", "'777.77'", "taxed_other",
     "w.income_item__kind = 'business' AND w.period_from > '2013-12'"},
    {"pension", "monthly_amount", "'777.77'", "employee_pension", "1"},
    {"pension_resident", "account_amount", "'777.77'", "resident_pension", "1"},
    {"unemployment_benefit", "monthly_amount", "'777.77'", "unemployment", "1"},
    {"civil_benefit", "monthly_amount", "'777.77'", "counted_benefits", "w.benefit_kind = 'other'"},
    {"bank_balance", "balance", "'777.77'", "deposits", "w.account_kind__money"},
    {"securities", "fund_value", "'777.77'", "securities_held", "1"},
    {"insurance_policy", "cash_value", "'777.77'", "policies",
     "w.policy_kind__savings = 1 AND w.state__in_force = 1 AND w.holder_id = w.p"},
    {"investor", "subscribed_capital", "'777.77'", "capital", "w.registration_status__exists = 1"},
    {"caseload_member", "counted", "0", "counted_members", "1"},
    {"caseload_supporter", "household_income", "'777.77'", "per_head", "1"},
    {"caseload_supporter", "agreed_amount", "'777.77'", "support_due", "1"},
    {"caseload_household", "applied_on", "'2009-03-04'", "judged_on", "w.status = 'applying'"},
    {"real_estate", "state", "'cancelled'", "homes", "w.use__residential = 1"},
    {"real_estate", "state", "'cancelled'", "premises", "w.use__non_residential = 1"},
    {"vehicle", "status", "'[E]'", "cars", "1"},
    {"dibao_payment", "state", "'failed'", "paid_months", "w.state__paid = 1"},
    {"refusal", "good_reason", "1", "N-CON-01",
     "w.h NOT IN (SELECT h FROM known WHERE refusals = 2)"},
    {"dibao_payment", "collected_on", "'2014-06-01'", "N-CON-02", "w.collected_on > '2014-07'"},
    {"vehicle_tax", "invoice_price", "'1.00'", "N-VEH-02",
     "w.invoice_price = '68000.00' AND w.h IN (SELECT h FROM listing WHERE name = 'cars' AND "
     "certain = 1)"},
    {"marital_status", "status", "'20'", "N-MEM-05", "1"},
    {"unemployment_benefit", "work_began_on", "''", "N-INC-04", "w.work_began_on <> ''"},
    {"school_enrolment", "ownership", "'public'", "N-CON-05", "w.ownership__abroad = 1"},
    {"real_estate", "use", "'parking'", "N-HOME-02", "w.use__non_residential = 1"},
    {"caseload_household", "declared_property", "'9999999.00'", "N-MON-03", "1"},
    {"medical_settlement", "settled_on", "'2009-03-05'", "N-RIG-02", "1"},
};
static const spoil of_cleanup[] = {
    {"household_register", "cancel_reason", "''", "confirmed_dead", "w.died_on = ''"},
    {"death_cremation", "died_on", "'2009-03-04'", "confirmed_dead", "1"},
    {"household_register", "cancel_reason", "'moved'", "any_death_source",
     "w.cancel_flag = 1 AND w.cancel_reason = '' AND w.died_on = ''"},
    {"pension", "monthly_amount", "'777.77'", "registered_pension", "w.payment_state__drawing = 1"},
    {"pension", "paid_month", "'2013-12'", "registered_pension", "w.payment_state__drawing = 1"},
    {"unemployment_benefit", "monthly_amount", "'777.77'", "registered_unemployment",
     "w.state__drawing = 1"},
    {"unemployment_benefit", "benefit_until", "'2014-06'", "registered_unemployment",
     "w.state__drawing = 1"},
    {"caseload_member", "counted", "0", "counted_members", "1"},
    {"real_estate", "state", "'cancelled'", "homes", "w.use__residential = 1"},
    {"real_estate", "state", "'cancelled'", "premises", "w.use__parking = 1"},
};
enum { SPOILS = sizeof of_common / sizeof *of_common };

static sqlite3_int64 one_number(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    sqlite3_int64 number = 0;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL))
        oracle_die(sqlite3_errmsg(db), sql);
    if (sqlite3_step(statement) == SQLITE_ROW)
        number = sqlite3_column_int64(statement, 0);
    (void)sqlite3_finalize(statement);
    return number;
}

int national_spoil_cells(sqlite3 *db, const char *pack, void (*derive)(sqlite3 *db))
{
    int is_common = strcmp(pack, "national-common") == 0;
    const spoil *spoils = is_common ? of_common : of_cleanup;
    int count = is_common ? SPOILS : (int)(sizeof of_cleanup / sizeof *of_cleanup);
    sqlite3_int64 cells[SPOILS];
    char sql[1000];
    int missed = 0;
    for (int i = 0; i < count; i++) {
        int of_rule = spoils[i].name[0] == 'N';
        (void)snprintf(
            sql, sizeof sql,
            "SELECT c.rowid FROM w_%s w JOIN cell c ON c.feed = '%s' AND c.line = w.line"
            " AND c.col = '%s' JOIN %s v ON v.h = w.h AND v.p IN ('', w.p) AND v.%s = '%s'"
            " WHERE %s AND substr(v.v, 1, 1) <> '?' AND v.v <> 0 AND substr(c.v, 1, 1) <> '?'"
            " AND w.h IN (SELECT h FROM hh) ORDER BY (SELECT count(*) FROM w_%s x"
            " WHERE x.h = w.h AND x.p = w.p), v.p DESC LIMIT 1",
            spoils[i].feed, spoils[i].feed, spoils[i].col, of_rule ? "found" : "value",
            of_rule ? "rule" : "name", spoils[i].name, spoils[i].where, spoils[i].feed);
        cells[i] = one_number(db, sql);
    }
    oracle_execute(db, "ROLLBACK TO plain");
    for (int i = 0; i < count; i++) {
        (void)snprintf(sql, sizeof sql, "UPDATE cell SET v = %s WHERE rowid = %lld", spoils[i].read,
                       (long long)cells[i]);
        oracle_execute(db, sql);
    }
    derive(db);
    (void)oracle_differences(db, "national_stored.sql", 0);
    for (int i = 0; i < count; i++) {
        (void)snprintf(sql, sizeof sql,
                       "SELECT count(*) FROM difference WHERE rule IN ('%s',"
                       " 'V-' || replace('%s', '_', '-'))",
                       spoils[i].name, spoils[i].name);
        if (cells[i] && one_number(db, sql))
            continue;
        (void)printf("%s by %s: %s.%s\n", cells[i] ? "not noticed" : "nothing to spoil",
                     spoils[i].name, spoils[i].feed, spoils[i].col);
        missed++;
    }
    return missed;
}
