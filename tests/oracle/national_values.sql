-- Values of the common core, each from its own words; money in whole fen. A hole is a row of which
-- nothing is known, so that whatever is asked of a list hears of it.
CREATE TABLE told (h TEXT, p TEXT, name TEXT, v);
INSERT INTO told
SELECT h, p, 'struck off as dead', any_of(coalesce(hole, both(isnt(none(cancel_reason)), cancel_reason__death)))
FROM w_household_register GROUP BY h, p
UNION ALL SELECT r.h, r.p, 'dead in two', any_of(coalesce(r.hole, both(isnt(none(r.died_on)), coalesce(
        (SELECT any_of(coalesce(c.hole, strict(r.died_on, c.died_on), abs(julianday(r.died_on) - julianday(c.died_on)) <= 7))
        FROM w_death_cremation c WHERE c.h = r.h AND c.p = r.p), 0))))
FROM w_household_register r GROUP BY r.h, r.p
UNION ALL SELECT h, p, 'confined', any_of(coalesce(hole, both(custody_kind__confined, none(released_on),
    assume(CASE until WHEN '' THEN '?' ELSE ge(until, day) END, 1)))) FROM w_justice, run GROUP BY h, p
UNION ALL SELECT h, p, 'conscript', any_of(coalesce(hole, both(service_kind__conscript, none(discharged_on), assume(state__serving, 1))))
FROM w_military_service GROUP BY h, p
UNION ALL SELECT h, p, 'studying', any_of(coalesce(hole, both(state__attending, form__full_time, stage__to_bachelor)))
FROM w_school_enrolment GROUP BY h, p
UNION ALL SELECT h, p, 'severely_disabled', any_of(coalesce(hole, both(assume(state__valid, 1), either(grade__severe,
    both(eq(grade, '3'), either(category__intellectual, category__mental)))))) FROM w_disability GROUP BY h, p
UNION ALL SELECT h, p, 'cannot work', any_of(coalesce(hole, both(assume(state__valid, 1), either(
    both(grade__severe, either(category__intellectual, category__mental)), both(eq(grade, '1'), category__limb)))))
FROM w_disability GROUP BY h, p
UNION ALL SELECT h, p, 'disabled', any_of(coalesce(hole, assume(state__valid, 1))) FROM w_disability GROUP BY h, p
UNION ALL SELECT w.h, w.p, 'seriously_ill', any_of(coalesce(w.hole, both(lt(settled_on, judged_on), ge(settled_on, later(judged_on, -12)),
    either(gt(scaled(medical_aid, 2), 0), gt(scaled(serious_illness_aid, 2), 0)))))
FROM w_medical_settlement w JOIN hh ON hh.h = w.h GROUP BY w.h, w.p
-- tax records: the part of each that falls into the window, by whole months
UNION ALL SELECT h, p, name, CASE v WHEN '?evaluation|||' THEN '?bad_value|income_tax|period_from|' || who || char(10) || 'bad_value|income_tax|period_to|' || who ELSE v END
FROM (SELECT h, p, who, name, rounded(sum_of(CASE among WHEN 1 THEN part WHEN 0 THEN NULL ELSE among END), months) AS v
FROM (SELECT w.h, w.p, w.who, t.column1 AS name, k.income_months AS months,
        coalesce(hole, both(coalesce(strict(income_item__kind), instr(t.column2, ' ' || income_item__kind || ' ') > 0),
            le(begins(period_from), k.income_last), ge(ends(period_to), k.income_first))) AS among,
        rounded(coalesce(strict(income, period_from, period_to, k.income_first, k.income_last), scaled(income, 2)
            * (1 + min(substr(period_to, 1, 4) * 12 + substr(period_to, 6, 2), substr(income_last, 1, 4) * 12 + substr(income_last, 6, 2))
                - max(substr(period_from, 1, 4) * 12 + substr(period_from, 6, 2), substr(income_first, 1, 4) * 12 + substr(income_first, 6, 2)))),
            coalesce(strict(period_from, period_to), nullif((substr(period_to, 1, 4) - substr(period_from, 1, 4)) * 12
                + substr(period_to, 6, 2) - substr(period_from, 6, 2) + 1, 0), '?evaluation|||')) AS part
    FROM w_income_tax w JOIN known k ON k.h = w.h,
        (VALUES ('taxed_wage', ' wage '), ('taxed_other', ' business property other ')) t)
GROUP BY h, p, name)
UNION ALL SELECT h, p, 'employee_pension', sum_of(coalesce(hole, CASE payment_state__drawing WHEN 1 THEN scaled(monthly_amount, 2)
    WHEN 0 THEN 0 ELSE payment_state__drawing END)) FROM w_pension GROUP BY h, p
UNION ALL SELECT w.h, w.p, 'resident_pension', sum_of(coalesce(hole, CASE payment_state__drawing WHEN 1
    THEN coalesce(strict(account_amount, base_amount, base_pension_share), scaled(account_amount, 2) + rounded(scaled(base_amount, 2) * base_pension_share, 1000000))
    WHEN 0 THEN 0 ELSE payment_state__drawing END)) FROM w_pension_resident w JOIN known k ON k.h = w.h GROUP BY w.h, w.p
UNION ALL SELECT h, p, 'unemployment', sum_of(coalesce(hole, CASE state__drawing WHEN 1 THEN scaled(monthly_amount, 2)
    WHEN 0 THEN 0 ELSE state__drawing END)) FROM w_unemployment_benefit GROUP BY h, p
UNION ALL SELECT h, p, 'counted_benefits', sum_of(CASE among WHEN 1 THEN amount WHEN 0 THEN 0 ELSE among END)
FROM (SELECT w.h, w.p, scaled(monthly_amount, 2) AS amount, coalesce(hole, both(state__drawing, coalesce(strict(benefit_kind, benefits_not_counted),
        instr(benefits_not_counted, ' ' || benefit_kind || ' ') = 0))) AS among
    FROM w_civil_benefit w JOIN known k ON k.h = w.h) GROUP BY h, p
UNION ALL SELECT h, p, 'medical_paid', rounded(sum_of(CASE among WHEN 1 THEN amount WHEN 0 THEN 0 ELSE among END), months)
FROM (SELECT w.h, w.p, income_months AS months, scaled(cash, 2) AS amount,
        coalesce(hole, strict(settled_on, income_first, income_last), settled_on BETWEEN income_first AND income_last) AS among
    FROM w_medical_settlement w JOIN known k ON k.h = w.h) GROUP BY h, p
UNION ALL SELECT h, p, 'deposits', sum_of(CASE among WHEN 1 THEN amount WHEN 0 THEN 0 ELSE among END)
FROM (SELECT h, p, scaled(balance, 2) AS amount, coalesce(hole, both(account_kind__money, currency__yuan)) AS among FROM w_bank_balance) GROUP BY h, p
UNION ALL SELECT h, p, 'securities_held', sum_of(coalesce(hole, strict(stock_value, fund_value, bond_value, third_board_value),
    scaled(stock_value, 2) + scaled(fund_value, 2) + scaled(bond_value, 2) + scaled(third_board_value, 2))) FROM w_securities GROUP BY h, p
UNION ALL SELECT h, p, 'policies', sum_of(CASE among WHEN 1 THEN amount WHEN 0 THEN 0 ELSE among END)
FROM (SELECT w.h, w.p, scaled(cash_value, 2) AS amount, coalesce(hole, both(state__in_force, policy_kind__savings, holder_id = number)) AS among
    FROM w_insurance_policy w JOIN place p ON p.h = w.h AND p.p = w.p) GROUP BY h, p
UNION ALL SELECT h, p, 'capital', sum_of(CASE among WHEN 1 THEN amount WHEN 0 THEN 0 ELSE among END)
FROM (SELECT h, p, scaled(subscribed_capital, 2) AS amount, coalesce(hole, both(registration_status__exists, assume(currency__yuan, 1))) AS among
    FROM w_investor) GROUP BY h, p
-- what burdens a supporter
UNION ALL SELECT h, p, 'on benefit', any_of(coalesce(hole, both(state__drawing, coalesce(strict(benefit_kind),
    benefit_kind IN ('dibao', 'tekun', 'low_edge'))))) FROM w_civil_benefit GROUP BY h, p
UNION ALL SELECT h, p, 'severe by card', any_of(coalesce(hole, both(assume(state__valid, 1), grade__severe))) FROM w_disability GROUP BY h, p
UNION ALL SELECT h, p, 'at school', any_of(coalesce(hole, both(state__attending, form__full_time))) FROM w_school_enrolment GROUP BY h, p
-- the first entry in the register: of none and of several that are not all known there is no first
UNION ALL SELECT w.h, w.p, 'age', coalesce(why_of(hole), strict(min(birth_date)), substr(day, 1, 4) - substr(min(birth_date), 1, 4)
    - (substr(day, 6) < substr(min(birth_date), 6))) FROM w_household_register w, run GROUP BY w.h, w.p;
CREATE UNIQUE INDEX told_p ON told (h, p, name);
CREATE TABLE one AS -- of no rows nothing is true, and nothing is the sum
SELECT p.*, h.hole, h.status, h.judged_on, k.*,
    coalesce(max(CASE name WHEN 'struck off as dead' THEN v END), 0) AS struck, coalesce(max(CASE name WHEN 'dead in two' THEN v END), 0) AS twice,
    coalesce(max(CASE name WHEN 'confined' THEN v END), 0) AS confined, coalesce(max(CASE name WHEN 'conscript' THEN v END), 0) AS conscript,
    coalesce(max(CASE name WHEN 'studying' THEN v END), 0) AS studying, coalesce(max(CASE name WHEN 'severely_disabled' THEN v END), 0) AS severely_disabled,
    coalesce(max(CASE name WHEN 'cannot work' THEN v END), 0) AS cannot, coalesce(max(CASE name WHEN 'disabled' THEN v END), 0) AS disabled,
    coalesce(max(CASE name WHEN 'seriously_ill' THEN v END), 0) AS seriously_ill,
    coalesce(max(CASE name WHEN 'taxed_wage' THEN v END), rounded(0, k.income_months)) AS taxed_wage,
    coalesce(max(CASE name WHEN 'taxed_other' THEN v END), rounded(0, k.income_months)) AS taxed_other,
    coalesce(max(CASE name WHEN 'employee_pension' THEN v END), 0) AS employee_pension, coalesce(max(CASE name WHEN 'resident_pension' THEN v END), 0) AS resident_pension,
    coalesce(max(CASE name WHEN 'unemployment' THEN v END), 0) AS unemployment, coalesce(max(CASE name WHEN 'counted_benefits' THEN v END), 0) AS counted_benefits,
    coalesce(max(CASE name WHEN 'medical_paid' THEN v END), rounded(0, k.income_months)) AS medical_paid,
    coalesce(max(CASE name WHEN 'deposits' THEN v END), 0) AS deposits, coalesce(max(CASE name WHEN 'securities_held' THEN v END), 0) AS securities_held,
    coalesce(max(CASE name WHEN 'policies' THEN v END), 0) AS policies, coalesce(max(CASE name WHEN 'capital' THEN v END), 0) AS capital,
    coalesce(max(CASE name WHEN 'age' THEN v END), '?no_record|household_register||' || p.who) AS age
FROM person p JOIN hh h ON h.h = p.h JOIN known k ON k.h = p.h LEFT JOIN told t ON t.h = p.h AND t.p = p.p GROUP BY p.h, p.p;
ALTER TABLE one ADD COLUMN confirmed_dead;
ALTER TABLE one ADD COLUMN set_aside;
ALTER TABLE one ADD COLUMN el; -- 1 counts, 0 does not, else why that is not known
ALTER TABLE one ADD COLUMN no_labour;
ALTER TABLE one ADD COLUMN job_cost;
ALTER TABLE one ADD COLUMN registered_income;
ALTER TABLE one ADD COLUMN income_at_least;
UPDATE one SET confirmed_dead = either(struck, twice);
UPDATE one SET set_aside = either(confirmed_dead, confined, both(eq(conscript_left_out, 'yes'), conscript)),
    no_labour = either(gt(age, works_to), lt(age, works_from), cannot),
    registered_income = coalesce(strict(taxed_wage, taxed_other, employee_pension, resident_pension, unemployment, counted_benefits),
        taxed_wage + taxed_other + employee_pension + resident_pension + unemployment + counted_benefits),
    job_cost = CASE le(taxed_wage, 0) WHEN 1 THEN 0 WHEN 0 THEN coalesce(
        strict(taxed_wage, job_cost_of_wage, minimum_wage, job_cost_of_minimum_wage, CASE eq(job_cost_of_disabled, 0) WHEN 1 THEN 0 WHEN 0
            THEN CASE disabled WHEN 1 THEN coalesce(strict(minimum_wage, job_cost_of_disabled), 0) WHEN 0 THEN 0 ELSE disabled END ELSE job_cost_of_disabled END),
        min(taxed_wage, rounded(taxed_wage * job_cost_of_wage, 1000000) + rounded(minimum_wage * job_cost_of_minimum_wage, 1000000)
            + CASE disabled WHEN 1 THEN rounded(minimum_wage * job_cost_of_disabled, 1000000) ELSE 0 END)) ELSE taxed_wage END;
UPDATE one SET el = both(counted, isnt(assume(set_aside, 0))),
    income_at_least = assume(coalesce(strict(taxed_wage, job_cost), taxed_wage - job_cost), 0) + assume(taxed_other, 0)
        + assume(employee_pension, 0) + assume(resident_pension, 0) + assume(unemployment, 0) + assume(counted_benefits, 0);
CREATE UNIQUE INDEX one_p ON one (h, p);
-- Those who count: a line each, one for whoever may count, one for members that may be missing.
CREATE TABLE counted AS
SELECT h, p, CASE el WHEN 1 THEN NULL ELSE el END AS el FROM one WHERE el IS NOT 0 UNION ALL SELECT h, '', hole FROM hh WHERE hole IS NOT NULL;
CREATE INDEX counted_p ON counted (h, p);

-- Supporters' households.
CREATE TABLE owes AS
SELECT w.h, w.p, w.who, w.hole, scaled(w.household_income, 2) AS income, scaled(w.household_size, 0) AS size, scaled(w.dependants, 0) AS dependants,
    scaled(w.agreed_amount, 2) AS agreed, scaled(w.paid_amount, 2) AS paid, k.support_free, k.support_rate, k.support_excess, k.support_paid,
    either(coalesce(max(CASE t.name WHEN 'on benefit' THEN v END), 0), coalesce(max(CASE t.name WHEN 'severe by card' THEN v END), 0),
        coalesce(max(CASE t.name WHEN 'confined' THEN v END), 0), coalesce(max(CASE t.name WHEN 'at school' THEN v END), 0)) AS unable
FROM w_caseload_supporter w JOIN known k ON k.h = w.h LEFT JOIN told t ON t.h = w.h AND t.p = w.p GROUP BY w.h, w.p;
ALTER TABLE owes ADD COLUMN per_head;
ALTER TABLE owes ADD COLUMN base;
ALTER TABLE owes ADD COLUMN due;
ALTER TABLE owes ADD COLUMN counts;
UPDATE owes SET per_head = rounded(income, size);
UPDATE owes SET base = CASE eq(support_excess, 'total') WHEN 1 THEN coalesce(strict(income, support_free, size), income - support_free * size)
    WHEN 0 THEN coalesce(strict(per_head, support_free), per_head - support_free) ELSE support_excess END;
UPDATE owes SET due = CASE none(agreed) WHEN 0 THEN agreed WHEN 1 THEN CASE le(per_head, support_free) WHEN 1 THEN 0
    WHEN 0 THEN CASE unable WHEN 1 THEN 0 WHEN 0 THEN coalesce(strict(base, support_rate, dependants),
            rounded(rounded(base * support_rate, 10000), dependants * 100)) ELSE unable END
    ELSE le(per_head, support_free) END ELSE agreed END;
UPDATE owes SET counts = CASE eq(support_paid, 'higher') WHEN 1 THEN coalesce(strict(due, paid), max(due, paid)) WHEN 0 THEN due ELSE support_paid END;
-- rows that were rejected name their household all the same
CREATE TABLE owes_lost AS
SELECT DISTINCT s.household AS h FROM o_reject r JOIN o_ledger l ON l.file = r.file AND l.feed = 'caseload_supporter'
    JOIN supporter_row s ON s.rowid + 1 = r.line WHERE s.household IN (SELECT h FROM hh);
INSERT INTO owes (h, p, who, hole) SELECT h, '', '', '?rejected_row|caseload_supporter||' FROM owes_lost;

-- Of the household. Breakdowns hear of every line that is not known.
CREATE TABLE whole AS
SELECT h.*, k.*, coalesce((SELECT why_of(el) FROM counted c WHERE c.h = h.h), (SELECT count(*) FROM counted c WHERE c.h = h.h)) AS household_size,
    (SELECT sum_of(coalesce(o.hole, o.counts)) FROM owes o WHERE o.h = h.h) AS support
FROM hh h JOIN known k ON k.h = h.h;
ALTER TABLE whole ADD COLUMN members_income;
ALTER TABLE whole ADD COLUMN costs;
ALTER TABLE whole ADD COLUMN medical;
ALTER TABLE whole ADD COLUMN certain_income;
ALTER TABLE whole ADD COLUMN capital_total;
ALTER TABLE whole ADD COLUMN deposits;
ALTER TABLE whole ADD COLUMN securities;
ALTER TABLE whole ADD COLUMN policies;
CREATE TABLE summed AS
SELECT c.h, sum_of(coalesce(c.el, strict(registered_income, declared), max(registered_income, declared))) AS members_income,
    sum_of(coalesce(c.el, job_cost)) AS costs, sum_of(coalesce(c.el, medical_paid)) AS medical, sum_of(coalesce(c.el, income_at_least)) AS least,
    sum_of(coalesce(c.el, capital)) AS capital, sum_of(coalesce(c.el, deposits)) AS deposits, sum_of(coalesce(c.el, securities_held)) AS securities,
    sum_of(coalesce(c.el, policies)) AS policies
FROM counted c LEFT JOIN one o ON o.h = c.h AND o.p = c.p GROUP BY c.h;
INSERT INTO summed SELECT h, 0, 0, 0, 0, 0, 0, 0, 0 FROM hh WHERE h NOT IN (SELECT h FROM summed);
CREATE UNIQUE INDEX summed_h ON summed (h);
UPDATE whole SET (members_income, costs, medical, certain_income, capital_total, deposits, securities, policies) = (SELECT members_income, costs,
    CASE eq(medical_share, 0) WHEN 1 THEN 0 WHEN 0 THEN coalesce(strict(s.medical, medical_share), rounded(s.medical * medical_share, 1000000)) ELSE medical_share END,
    CASE eq(medical_share, 0) WHEN 1 THEN s.least WHEN 0 THEN 0 ELSE medical_share END, s.capital, s.deposits, s.securities, s.policies
    FROM summed s WHERE s.h = whole.h);
ALTER TABLE whole ADD COLUMN income;
ALTER TABLE whole ADD COLUMN financial_assets;
ALTER TABLE whole ADD COLUMN money_limit;
UPDATE whole SET income = coalesce(strict(members_income, support, costs, medical), members_income + support - costs - medical),
    financial_assets = (SELECT coalesce(strict(deposits, securities, a, b), deposits + securities + a + b) FROM (SELECT
        CASE eq(insurance_share, 0) WHEN 1 THEN 0 WHEN 0 THEN coalesce(strict(policies, insurance_share), rounded(policies * insurance_share, 1000000)) ELSE insurance_share END AS a,
        CASE eq(capital_share, 0) WHEN 1 THEN 0 WHEN 0 THEN coalesce(strict(capital_total, capital_share), rounded(capital_total * capital_share, 1000000)) ELSE capital_share END AS b)),
    money_limit = coalesce(strict(household_size), (SELECT p.v FROM param p WHERE p.h = whole.h AND p.name = 'money_limit' AND p.size = household_size));
