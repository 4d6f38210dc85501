-- Values of rules/packs/cleanup-2014, each from its own words: of all members, counted or not. A hole
-- is a row of which nothing is known, so that whatever is asked of a list hears of it.
CREATE TABLE found (h TEXT, rule TEXT, p TEXT, v); -- no rules
CREATE TABLE firm (h TEXT, p TEXT, strong INTEGER);
CREATE TABLE rule (id TEXT, programmes TEXT, states TEXT);
CREATE TABLE hh AS
SELECT h, programme, status, CASE WHEN h IN (SELECT household FROM incomplete) THEN '?caseload|caseload_member||' END AS hole
FROM w_caseload_household;
CREATE TABLE recent AS SELECT CAST(value AS INTEGER) AS months FROM param_row WHERE name = 'recent_months';

CREATE TABLE said (h TEXT, p TEXT, name TEXT, v);
INSERT INTO said
SELECT h, p, 'struck off as dead', any_of(coalesce(hole, both(isnt(none(cancel_reason)), cancel_reason__death)))
FROM w_household_register GROUP BY h, p
UNION ALL SELECT r.h, r.p, 'dead in two', any_of(coalesce(r.hole, both(isnt(none(r.died_on)), coalesce(
        (SELECT any_of(coalesce(c.hole, strict(r.died_on, c.died_on), abs(julianday(r.died_on) - julianday(c.died_on)) <= 7))
        FROM w_death_cremation c WHERE c.h = r.h AND c.p = r.p), 0))))
FROM w_household_register r GROUP BY r.h, r.p
UNION ALL SELECT h, p, 'cremated', any_of(coalesce(hole, isnt(none(cremation_no)))) FROM w_death_cremation GROUP BY h, p
UNION ALL SELECT h, p, 'dated', any_of(coalesce(hole, isnt(none(died_on)))) FROM w_household_register GROUP BY h, p
UNION ALL SELECT h, p, 'struck off', any_of(coalesce(hole, both(cancel_flag, none(cancel_reason)))) FROM w_household_register GROUP BY h, p
-- a month that is not known or not written counts as a recent one
UNION ALL SELECT h, p, 'pension', sum_of(CASE among WHEN 1 THEN scaled(monthly_amount, 2) WHEN 0 THEN 0 ELSE among END)
FROM (SELECT w.*, coalesce(hole, both(payment_state__drawing, CASE WHEN paid_month = '' OR substr(paid_month, 1, 1) = '?' THEN 1
        ELSE r.month - substr(paid_month, 1, 4) * 12 - substr(paid_month, 6, 2) <= recent.months END)) AS among
    FROM w_pension w, run r, recent) GROUP BY h, p
UNION ALL SELECT h, p, 'unemployment', sum_of(CASE among WHEN 1 THEN scaled(monthly_amount, 2) WHEN 0 THEN 0 ELSE among END)
FROM (SELECT w.*, coalesce(hole, both(state__drawing, CASE WHEN benefit_until = '' OR substr(benefit_until, 1, 1) = '?' THEN 1
        ELSE substr(benefit_until, 1, 7) >= substr(r.day, 1, 7) END)) AS among
    FROM w_unemployment_benefit w, run r) GROUP BY h, p;
CREATE UNIQUE INDEX said_p ON said (h, p, name);
CREATE TABLE one AS -- of no rows nothing is true, and nothing is the sum
SELECT m.h, m.p, m.who, m.counted,
    either(coalesce(max(CASE s.name WHEN 'struck off as dead' THEN v END), 0), coalesce(max(CASE s.name WHEN 'dead in two' THEN v END), 0)) AS confirmed_dead,
    either(coalesce(max(CASE s.name WHEN 'cremated' THEN v END), 0), coalesce(max(CASE s.name WHEN 'dated' THEN v END), 0),
        coalesce(max(CASE s.name WHEN 'struck off' THEN v END), 0)) AS any_death_source,
    coalesce(max(CASE s.name WHEN 'pension' THEN v END), 0) AS registered_pension,
    coalesce(max(CASE s.name WHEN 'unemployment' THEN v END), 0) AS registered_unemployment
FROM w_caseload_member m LEFT JOIN said s ON s.h = m.h AND s.p = m.p GROUP BY m.h, m.p;

-- Lists of the household: rows of those whom the caseload counts, without what the county has exempted.
CREATE TABLE spared AS
SELECT h, p, hole, CASE WHEN hole IS NULL THEN kind__about END AS about, object, CASE WHEN hole IS NULL THEN both(le(since, day), ge(until, day)) END AS now
FROM w_exemption, run;
CREATE INDEX spared_p ON spared (h, p);
CREATE TABLE estate AS
SELECT w.*, CASE WHEN w.hole IS NULL THEN assume((SELECT any_of(coalesce(s.hole, both(eq(s.about, 'real_estate'), isnt(none(s.object)),
        eq(s.object, w.certificate_no), s.now))) FROM spared s WHERE s.h = w.h AND s.p = w.p), 0) END AS excused
FROM w_real_estate w JOIN one o ON o.h = w.h AND o.p = w.p AND o.counted IS NOT 0;

CREATE TABLE value (name TEXT, h TEXT, p TEXT, v, kind TEXT);
INSERT INTO value
SELECT w.column1, h, p, CASE w.column1 WHEN 'confirmed_dead' THEN confirmed_dead WHEN 'any_death_source' THEN any_death_source
    WHEN 'registered_pension' THEN registered_pension ELSE registered_unemployment END, w.column2
FROM one, (VALUES ('confirmed_dead', 'bool'), ('any_death_source', 'bool'), ('registered_pension', 'fen'), ('registered_unemployment', 'fen')) w
UNION ALL SELECT 'counted_members', h, p, CASE counted WHEN 1 THEN who ELSE counted END, 'plain' FROM one WHERE counted IS NOT 0
UNION ALL SELECT name, h, p, CASE keep WHEN 1 THEN certificate_no ELSE keep END, 'plain'
FROM (SELECT 'homes' AS name, h, p, certificate_no, coalesce(hole, both(state__owned, use__residential, isnt(excused))) AS keep FROM estate
    UNION ALL SELECT 'premises', h, p, certificate_no, coalesce(hole, both(state__owned, either(use__non_residential, use__parking), isnt(excused)))
    FROM estate) WHERE keep IS NOT 0;
-- members that may be missing
INSERT INTO value SELECT n.name, h.h, '', h.hole, 'plain' FROM hh h, (SELECT DISTINCT name FROM value) n WHERE h.hole IS NOT NULL;
