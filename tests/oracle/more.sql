-- The rules over further registries, each from its own words. A cell is NULL where it is not known,
-- '' where the row says that there is nothing.
CREATE INDEX o_why_cell ON o_why (feed, line, col);
CREATE TABLE fact AS
SELECT l.feed, f.line, f.col,
    CASE f.said WHEN 'unknown' THEN NULL WHEN 'absent' THEN '' ELSE f.said END AS said, w.why
FROM o_fact f JOIN o_ledger l ON l.file = f.file
    LEFT JOIN o_why w ON w.feed = l.feed AND w.line = f.line AND w.col = f.col;
CREATE UNIQUE INDEX fact_cell ON fact (feed, line, col);

-- What the list says of a code: nothing of some.
CREATE TABLE says AS
SELECT f.feed, f.line, f.col, n.attribute,
    CASE WHEN f.said = '' THEN 0 WHEN a.said = 'true' THEN 1 WHEN a.said = 'false' THEN 0 END AS yes,
    CASE WHEN f.said IS NULL THEN f.why WHEN f.said <> '' AND a.said IS NULL THEN 'bad_field' END AS why
FROM o_column c JOIN (SELECT DISTINCT list, attribute FROM o_attribute) n ON n.list = c.list
    JOIN fact f ON f.feed = c.feed AND f.col = c.col
    LEFT JOIN o_attribute a ON a.list = c.list AND a.code = f.said AND a.attribute = n.attribute;
CREATE INDEX says_cell ON says (feed, line, col, attribute);
-- Months from the first day of a month to the run's day.
CREATE TABLE aged AS
SELECT feed, line, col, (SELECT month FROM run) - substr(said, 1, 4) * 12 - substr(said, 6, 2) AS months, why
FROM fact WHERE said IS NULL OR said GLOB '[12][0-9][0-9][0-9]-[01][0-9]*';

-- Those whom the rules ask about, and the rows about them.
CREATE TABLE asked AS
SELECT s.id AS household, m.person, m.live FROM scope s JOIN member m ON m.household = s.id AND m.counts;
CREATE INDEX asked_person ON asked (person);
CREATE TABLE held AS
SELECT DISTINCT a.household, a.person, p.feed, p.line, p.lost
FROM asked a JOIN o_person p ON p.person = a.person WHERE a.live;
CREATE INDEX held_person ON held (person, feed);
CREATE INDEX held_row ON held (feed, line);

-- What the county has exempted, in force on the run's day.
CREATE TABLE exempt AS
SELECT h.household, h.person, a.said AS about, o.said AS object
FROM held h JOIN fact k ON k.feed = h.feed AND k.line = h.line AND k.col = 'kind'
    JOIN o_attribute a ON a.list = 'exemption_kind' AND a.code = k.said AND a.attribute = 'about'
    JOIN fact o ON o.feed = h.feed AND o.line = h.line AND o.col = 'object'
    JOIN fact f ON f.feed = h.feed AND f.line = h.line AND f.col = 'since'
    JOIN fact u ON u.feed = h.feed AND u.line = h.line AND u.col = 'until'
WHERE h.feed = 'exemption' AND NOT h.lost
    AND f.said <= (SELECT day FROM run) AND u.said >= (SELECT day FROM run);
CREATE INDEX exempt_person ON exempt (household, person, about);

-- Which rows a rule asks about, and what of each must be so: all of it, of some rules any of it.
CREATE TABLE part (rule TEXT, feed TEXT, any INTEGER);
INSERT INTO part VALUES ('DEATH-03', 'death_certificate', 0), ('DEATH-04', 'pension', 0),
    ('DEATH-04', 'pension_resident', 0), ('DEATH-05', 'death_suspected', 0), ('PENSION-01', 'pension', 0),
    ('UNEMP-01', 'unemployment_benefit', 0), ('FUND-01', 'housing_fund', 0), ('BIZ-01', 'company_role', 0),
    ('BIZ-02', 'sole_trader', 0), ('HOME-01', 'real_estate', 0), ('HOME-02', 'real_estate', 0),
    ('INC-03', 'income_tax', 0), ('TIP-01', 'tip', 1), ('MOVE-01', 'household_register', 1),
    ('GRAD-01 left', 'school_enrolment', 0), ('GRAD-01 works', 'contribution', 0),
    ('WORK-01', 'contribution', 0), ('LONG-01', 'dibao_payment', 0);
CREATE TABLE atom (rule TEXT, feed TEXT, line INTEGER, yes INTEGER, why TEXT);

-- codes: the attribute must be true (1) or false (0)
INSERT INTO atom
SELECT w.column1, s.feed, s.line, s.yes = w.column5, s.why
FROM (VALUES ('DEATH-04', 'pension', 'end_reason', 'death', 1),
    ('DEATH-04', 'pension_resident', 'end_reason', 'death', 1),
    ('PENSION-01', 'pension', 'payment_state', 'drawing', 1),
    ('UNEMP-01', 'unemployment_benefit', 'state', 'drawing', 1),
    ('FUND-01', 'housing_fund', 'state', 'paying', 1),
    ('BIZ-01', 'company_role', 'registration_status', 'in_business', 1),
    ('BIZ-01', 'company_role', 'role', 'manages', 1),
    ('BIZ-02', 'sole_trader', 'registration_status', 'in_business', 1),
    ('HOME-01', 'real_estate', 'state', 'owned', 1), ('HOME-01', 'real_estate', 'use', 'residential', 1),
    ('HOME-02', 'real_estate', 'state', 'owned', 1),
    ('TIP-01', 'tip', 'result', 'confirmed', 1),
    ('MOVE-01', 'household_register', 'cancel_reason', 'moved', 1),
    ('GRAD-01 left', 'school_enrolment', 'state', 'graduated', 1),
    ('GRAD-01 left', 'school_enrolment', 'stage', 'senior', 1),
    ('GRAD-01 works', 'contribution', 'insured_as', 'employed', 1),
    ('GRAD-01 works', 'contribution', 'insured_as', 'public_post', 0),
    ('WORK-01', 'contribution', 'insured_as', 'employed', 1),
    ('WORK-01', 'contribution', 'insured_as', 'public_post', 0),
    ('WORK-01', 'contribution', 'insurance_kind', 'pension', 1),
    ('WORK-01', 'contribution', 'insurance_kind', 'employee', 1),
    ('LONG-01', 'dibao_payment', 'state', 'stopped', 1)) w
    JOIN says s ON s.feed = w.column2 AND s.col = w.column3 AND s.attribute = w.column4;
-- months: at most so many ago; a month that is not known counts as one that is (1), or leaves it open
INSERT INTO atom
SELECT w.column1, a.feed, a.line,
    CASE WHEN a.months IS NULL AND w.column5 THEN 1 ELSE a.months <= w.column4 END, a.why
FROM (VALUES ('PENSION-01', 'pension', 'paid_month', 6, 1),
    ('UNEMP-01', 'unemployment_benefit', 'benefit_until', 0, 1),
    ('FUND-01', 'housing_fund', 'paid_to', 6, 1),
    ('INC-03', 'income_tax', 'period_to', 12, 0),
    ('GRAD-01 works', 'contribution', 'month', 6, 0), ('WORK-01', 'contribution', 'month', 12, 0),
    ('LONG-01', 'dibao_payment', 'month', 35, 0)) w
    JOIN aged a ON a.feed = w.column2 AND a.col = w.column3;
INSERT INTO atom -- a certificate is one
SELECT 'DEATH-03', feed, line, 1, NULL FROM fact WHERE feed = 'death_certificate' AND col = 'certificate_no'
UNION ALL -- not verified as alive
SELECT 'DEATH-05', feed, line, yes IS NOT 0, NULL FROM says
WHERE feed = 'death_suspected' AND col = 'verified' AND attribute = 'death'
UNION ALL -- an account that is closed by its date
SELECT 'FUND-01', feed, line, 0, NULL FROM fact
WHERE feed = 'housing_fund' AND col = 'closed_on' AND said <> '' AND said <= (SELECT day FROM run)
UNION ALL -- neither a home nor a storeroom
SELECT 'HOME-02', a.feed, a.line, a.yes OR b.yes, coalesce(a.why, b.why) FROM says a JOIN says b
    ON b.feed = a.feed AND b.line = a.line AND b.col = a.col AND b.attribute = 'parking'
WHERE a.feed = 'real_estate' AND a.col = 'use' AND a.attribute = 'non_residential'
UNION ALL -- wages, fees
SELECT 'INC-03', f.feed, f.line, a.said = 'wage', coalesce(f.why, 'bad_field')
FROM fact f LEFT JOIN o_attribute a ON a.list = 'income_item' AND a.code = f.said AND a.attribute = 'kind'
WHERE f.feed = 'income_tax' AND f.col = 'income_item'
UNION ALL -- not closed
SELECT 'TIP-01', feed, line, said = '', why FROM fact WHERE feed = 'tip' AND col = 'closed_on'
UNION ALL -- moved away by its date
SELECT 'MOVE-01', feed, line, coalesce(said <> '' AND said <= (SELECT day FROM run), 0), NULL
FROM fact WHERE feed = 'household_register' AND col = 'moved_out_on';
CREATE INDEX atom_row ON atom (rule, feed, line);

CREATE TABLE row_said AS
SELECT rule, feed, line, CASE
    WHEN any THEN CASE WHEN max(yes) = 1 THEN 1 WHEN count(yes) < count(*) THEN NULL ELSE 0 END
    WHEN min(yes) = 0 THEN 0 WHEN count(yes) < count(*) THEN NULL ELSE 1 END AS yes
FROM atom JOIN part USING (rule, feed) GROUP BY rule, feed, line;
CREATE UNIQUE INDEX row_said_row ON row_said (rule, feed, line);

-- Each row of each member, as a rule sees it; a lost row may say anything.
CREATE TABLE seen AS
SELECT h.household, h.person, p.rule, h.feed, h.line, h.lost,
    CASE WHEN NOT h.lost THEN r.yes END AS yes
FROM held h JOIN part p ON p.feed = h.feed
    LEFT JOIN row_said r ON r.rule = p.rule AND r.feed = h.feed AND r.line = h.line;
DELETE FROM seen -- homes and premises that the county has exempted
WHERE rule IN ('HOME-01', 'HOME-02') AND NOT lost AND EXISTS (SELECT 1 FROM exempt x JOIN fact f
    ON f.feed = 'real_estate' AND f.line = seen.line AND f.col = 'certificate_no'
    WHERE x.household = seen.household AND x.person = seen.person AND x.about = 'real_estate'
        AND x.object <> '' AND x.object = f.said);
CREATE INDEX seen_person ON seen (household, person, rule);

CREATE TABLE told AS
SELECT a.household, a.person, a.live, p.rule, CASE WHEN NOT a.live THEN NULL
    WHEN max(s.yes) = 1 THEN 1 WHEN count(s.line) > count(s.yes) THEN NULL ELSE 0 END AS yes
FROM asked a, (SELECT DISTINCT rule FROM part) p
    LEFT JOIN seen s ON s.household = a.household AND s.person = a.person AND s.rule = p.rule
GROUP BY a.household, a.person, p.rule;
CREATE INDEX told_person ON told (household, person, rule);
CREATE TABLE told_why AS
SELECT household, person, rule, 'not_authorised' AS why FROM told WHERE NOT live
UNION SELECT household, person, rule, 'rejected_row' FROM seen WHERE lost
UNION SELECT s.household, s.person, s.rule, t.why
FROM seen s JOIN atom t ON t.rule = s.rule AND t.feed = s.feed AND t.line = s.line
WHERE NOT s.lost AND s.yes IS NULL AND t.yes IS NULL;
CREATE INDEX told_why_person ON told_why (household, person, rule);
