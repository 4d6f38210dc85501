-- Who is looked at, and under which figures: the tables of the pack, one line for a household and a
-- figure. Months are texts as days are.
CREATE TABLE hh AS
SELECT w.h, w.programme, w.status, w.urban_rural, w.applied_on, w.benefit_from, w.checked_on, w.review_class,
    scaled(w.declared_property, 2) AS property, h.area,
    EXISTS (SELECT 1 FROM area WHERE code = h.area) AS placed,
    CASE WHEN w.h IN (SELECT household FROM incomplete) THEN '?caseload|caseload_member||' END AS hole,
    CASE w.status WHEN 'applying' THEN w.applied_on ELSE r.day END AS judged_on
FROM run r, w_caseload_household w JOIN household h ON h.id = w.h;
CREATE UNIQUE INDEX hh_h ON hh (h);
CREATE TABLE person AS
SELECT w.h, w.p, w.who, p.number, p.line, w.counted, w.relation__kind AS relation, scaled(w.declared_income, 2) AS declared
FROM w_caseload_member w JOIN place p ON p.h = w.h AND p.p = w.p;
CREATE UNIQUE INDEX person_p ON person (h, p);

-- The nearest area upwards with a row that fits, and one only; of a figure that goes by area none
-- without a place. size: of the household, where figures go by it.
CREATE TABLE up AS
WITH RECURSIVE up (code, over, steps) AS (
    SELECT code, code, 0 FROM area
    UNION ALL SELECT up.code, a.parent, steps + 1 FROM up JOIN area a ON a.code = up.over WHERE a.parent <> '')
SELECT * FROM up UNION ALL SELECT '', '', 0;
CREATE INDEX up_code ON up (code);
CREATE TABLE ground AS -- households by what a table can go by
SELECT DISTINCT CASE WHEN placed THEN area ELSE '' END AS area, w.column1 AS urban_rural, programme
FROM hh, (VALUES ('urban'), ('rural')) w;
CREATE TABLE sizes AS SELECT 0 AS size UNION SELECT count(*) FROM person GROUP BY h UNION SELECT 1 UNION SELECT 2
    UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION SELECT 6 UNION SELECT 7 UNION SELECT 8;
CREATE TABLE figure AS -- before multiples: the row that is right, none, or '?'
WITH fits AS MATERIALIZED (
    SELECT g.area, g.urban_rural, g.programme, k.name, s.size, r.key, r.number, r.value, r.times, r.base, r.base_urban_rural,
        CASE r.area WHEN '' THEN 99 ELSE u.steps END AS steps
    FROM ground g, run d JOIN param_kind k JOIN param_row r ON r.name = k.name
        JOIN sizes s ON (k.by_size = '1' OR s.size = 0) AND (k.by_size = '0' OR s.size BETWEEN r.least AND r.most)
        LEFT JOIN up u ON u.code = g.area AND u.over = r.area
    WHERE (r.area = '' OR u.steps IS NOT NULL) AND (k.by_area = '0' OR g.area <> '')
        AND r.urban_rural IN ('', g.urban_rural) AND r.programme IN ('', g.programme)
        AND d.day BETWEEN r.since AND r.until),
best AS (SELECT area, urban_rural, programme, name, size, min(steps) AS steps FROM fits GROUP BY 1, 2, 3, 4, 5)
SELECT f.* FROM fits f JOIN best b ON b.area = f.area AND b.urban_rural = f.urban_rural
    AND b.programme = f.programme AND b.name = f.name AND b.size = f.size AND b.steps = f.steps
WHERE (SELECT count(DISTINCT o.number) FROM fits o WHERE o.area = f.area AND o.urban_rural = f.urban_rural
    AND o.programme = f.programme AND o.name = f.name AND o.size = f.size AND o.steps = f.steps) = 1;
CREATE INDEX figure_name ON figure (name, area, urban_rural, programme, size);
CREATE TABLE param (h TEXT, name TEXT, key TEXT, size INTEGER, v);
INSERT INTO param
SELECT h.h, k.name, k.key, k.size, (CASE
    WHEN f.name IS NULL THEN '?parameter|' || k.name || '||'
    WHEN f.times <> '' THEN coalesce((SELECT rounded(scaled(b.value, 2) * scaled(f.times, 6), 1000000) FROM figure b
            WHERE b.name = f.base AND b.area = f.area AND b.programme = f.programme
                AND b.urban_rural = CASE f.base_urban_rural WHEN '' THEN f.urban_rural ELSE f.base_urban_rural END
                AND b.size = 0), '?parameter|' || f.base || '||')
    WHEN k.kind LIKE 'decimal%' THEN scaled(f.value, 2) WHEN k.kind = 'rate' THEN scaled(f.value, 6)
    WHEN k.kind IN ('integer', 'table(integer)') THEN scaled(f.value, 0) ELSE f.value END)
FROM hh h, (SELECT DISTINCT k.name, k.kind, r.key, s.size FROM param_kind k JOIN param_row r ON r.name = k.name
        JOIN sizes s ON k.by_size = '1' OR s.size = 0) k
    LEFT JOIN figure f ON f.name = k.name AND f.key = k.key AND f.size = k.size
        AND f.area = CASE WHEN h.placed THEN h.area ELSE '' END AND f.urban_rural = h.urban_rural AND f.programme = h.programme;
CREATE UNIQUE INDEX param_h ON param (h, name, key, size);
-- periods: their first and last days
CREATE TABLE period AS
WITH said AS (SELECT p.h, p.name, p.v, CASE WHEN substr(p.v, 1, 1) <> '?' THEN
        CASE WHEN p.v LIKE '% applied_on' THEN h.applied_on ELSE r.day END END AS day,
        CAST(p.v AS INTEGER) * CASE WHEN p.v LIKE '% year%' OR p.v LIKE '%calendar_year%' THEN 12 ELSE 1 END AS months,
        p.v LIKE '%calendar_months%' AS by_month, p.v LIKE '%calendar_years%' AS by_year
    FROM run r, param p JOIN hh h ON h.h = p.h WHERE p.name IN (SELECT name FROM param_kind WHERE kind = 'period')),
ending AS (SELECT *, CASE WHEN substr(day, 1, 1) = '?' THEN day WHEN by_month THEN substr(day, 1, 8) || '01'
        WHEN by_year THEN substr(day, 1, 5) || '01-01' ELSE day END AS finish FROM said)
SELECT h, name, CASE WHEN day IS NULL THEN v ELSE later(finish, -months) END AS first,
    CASE WHEN day IS NULL THEN v WHEN substr(finish, 1, 1) = '?' THEN finish ELSE date(finish, '-1 day') END AS last, months
FROM ending;
CREATE UNIQUE INDEX period_h ON period (h, name);
-- figures that do not go by size, side by side
CREATE TABLE known AS
SELECT h.h, max(CASE p.name WHEN 'dibao_standard' THEN p.v END) AS dibao_standard, max(CASE p.name WHEN 'minimum_wage' THEN p.v END) AS minimum_wage,
    max(CASE p.name WHEN 'disposable_income' THEN p.v END) AS disposable_income, max(CASE p.name WHEN 'housing_area' THEN p.v END) AS housing_area,
    max(CASE p.name WHEN 'income_limit' THEN p.v END) AS income_limit, max(CASE p.name WHEN 'income_limit_held' THEN p.v END) AS income_limit_held,
    max(CASE p.name WHEN 'low_edge_standard' THEN p.v END) AS low_edge_standard, max(CASE p.name WHEN 'base_pension_share' THEN p.v END) AS base_pension_share,
    max(CASE p.name WHEN 'benefits_not_counted' THEN p.v END) AS benefits_not_counted, max(CASE p.name WHEN 'job_cost_of_wage' THEN p.v END) AS job_cost_of_wage,
    max(CASE p.name WHEN 'job_cost_of_minimum_wage' THEN p.v END) AS job_cost_of_minimum_wage,
    max(CASE p.name WHEN 'job_cost_of_disabled' THEN p.v END) AS job_cost_of_disabled, max(CASE p.name WHEN 'medical_share' THEN p.v END) AS medical_share,
    max(CASE WHEN p.name = 'working_age' AND p.key = 'from' THEN p.v END) AS works_from, max(CASE WHEN p.name = 'working_age' AND p.key = 'to' THEN p.v END) AS works_to,
    max(CASE p.name WHEN 'grace_months' THEN p.v END) AS grace_months, max(CASE p.name WHEN 'support_free' THEN p.v END) AS support_free,
    max(CASE p.name WHEN 'support_rate' THEN p.v END) AS support_rate, max(CASE p.name WHEN 'support_excess' THEN p.v END) AS support_excess,
    max(CASE p.name WHEN 'support_paid' THEN p.v END) AS support_paid, max(CASE p.name WHEN 'money_limit_held' THEN p.v END) AS money_limit_held,
    max(CASE p.name WHEN 'insurance_share' THEN p.v END) AS insurance_share, max(CASE p.name WHEN 'capital_share' THEN p.v END) AS capital_share,
    max(CASE p.name WHEN 'capital_limit' THEN p.v END) AS capital_limit, max(CASE p.name WHEN 'capital_limit_held' THEN p.v END) AS capital_limit_held,
    max(CASE p.name WHEN 'vehicle_types_allowed' THEN p.v END) AS vehicle_types_allowed, max(CASE p.name WHEN 'car_price_limit' THEN p.v END) AS car_price_limit,
    max(CASE p.name WHEN 'rigid_ratio' THEN p.v END) AS rigid_ratio, max(CASE p.name WHEN 'rigid_ratio_enough' THEN p.v END) AS rigid_ratio_enough,
    max(CASE p.name WHEN 'rigid_valid_months' THEN p.v END) AS rigid_valid_months, max(CASE p.name WHEN 'adult_child_age' THEN p.v END) AS adult_child_age,
    max(CASE p.name WHEN 'conscript_left_out' THEN p.v END) AS conscript_left_out, max(CASE p.name WHEN 'refusals' THEN p.v END) AS refusals,
    max(CASE p.name WHEN 'uncollected_months' THEN p.v END) AS uncollected_months, max(CASE p.name WHEN 'moved_in_years' THEN p.v END) AS moved_in_years,
    max(CASE p.name WHEN 'recent_exit_months' THEN p.v END) AS recent_exit_months,
    max(i.first) AS income_first, max(i.last) AS income_last, max(coalesce(strict(i.first), i.months)) AS income_months,
    max(g.first) AS rigid_first, max(g.last) AS rigid_last, max(b.first) AS bought_since
FROM hh h JOIN param p ON p.h = h.h AND p.size = 0
    JOIN period i ON i.h = h.h AND i.name = CASE h.status WHEN 'applying' THEN 'income_window' ELSE 'recheck_window' END
    JOIN period g ON g.h = h.h AND g.name = 'rigid_window' JOIN period b ON b.h = h.h AND b.name = 'home_purchase_window'
GROUP BY h.h;
CREATE UNIQUE INDEX known_h ON known (h);
-- Deaths that stand without rows of weak matches: both numbers written whole, both names the same.
CREATE TABLE firm AS
SELECT m.household AS h, m.person AS p, m.full_number AND (
    EXISTS (SELECT 1 FROM register r WHERE r.person = m.person AND r.for_death AND r.full_number AND r.plain = m.plain)
    OR EXISTS (SELECT 1 FROM register r JOIN cremation c ON c.person = r.person AND abs(r.died_on - c.died_on) <= 7 AND c.full_number AND c.plain = m.plain
        WHERE r.person = m.person AND r.full_number AND r.plain = m.plain)) AS strong
FROM member m;
CREATE UNIQUE INDEX firm_p ON firm (h, p);
