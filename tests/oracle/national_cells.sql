-- The common core (rules/packs/national-common) once more, over all feeds: cells, people, what each
-- row says. NULL is "unknown", '' is "there is none": AND and OR of SQL are Kleene's.
CREATE INDEX o_why_cell ON o_why (feed, line, col);
CREATE TABLE fact AS
SELECT l.feed, f.line, f.col,
    CASE f.said WHEN 'unknown' THEN NULL WHEN 'absent' THEN '' ELSE f.said END AS said
FROM o_fact f JOIN o_ledger l ON l.file = f.file;
CREATE UNIQUE INDEX fact_cell ON fact (feed, line, col);
-- What the list says of a code: 1, 0, or nothing; nothing is true of a cell that says "none".
CREATE TABLE says AS
SELECT f.feed, f.line, f.col, n.attribute,
    CASE WHEN f.said = '' THEN 0 WHEN a.said = 'true' THEN 1 WHEN a.said = 'false' THEN 0 END AS yes
FROM o_column c JOIN (SELECT DISTINCT list, attribute FROM o_attribute) n ON n.list = c.list
    JOIN fact f ON f.feed = c.feed AND f.col = c.col
    LEFT JOIN o_attribute a ON a.list = c.list AND a.code = f.said AND a.attribute = n.attribute;
CREATE INDEX says_cell ON says (feed, line, col, attribute);

-- Households whose row nobody contradicts. An area outside the tree has no figures at all.
CREATE TABLE hh AS
SELECT h.id, p.said AS programme, s.said AS status, b.said AS since,
    EXISTS (SELECT 1 FROM area WHERE code = h.area) AS placed,
    CASE s.said WHEN 'applying' THEN a.said ELSE r.day END AS judged_on,
    CASE WHEN EXISTS (SELECT 1 FROM area WHERE code = h.area)
        THEN CASE u.said WHEN 'urban' THEN 42000 WHEN 'rural' THEN 22000 END END AS standard,
    CASE WHEN EXISTS (SELECT 1 FROM area WHERE code = h.area)
        THEN CASE u.said WHEN 'urban' THEN 3600000 WHEN 'rural' THEN 1800000 END END AS disposable,
    h.id NOT IN (SELECT household FROM incomplete) AS whole
FROM household h, run r
    JOIN fact p ON p.feed = 'caseload_household' AND p.line = h.line AND p.col = 'programme'
    JOIN fact s ON s.feed = p.feed AND s.line = h.line AND s.col = 'status'
    JOIN fact u ON u.feed = p.feed AND u.line = h.line AND u.col = 'urban_rural'
    JOIN fact a ON a.feed = p.feed AND a.line = h.line AND a.col = 'applied_on'
    JOIN fact b ON b.feed = p.feed AND b.line = h.line AND b.col = 'benefit_from'
WHERE h.id NOT IN (SELECT id FROM contradicted);
CREATE UNIQUE INDEX hh_id ON hh (id);
-- months counted from year 0: the window in which income counts, twelve whole months before a day
ALTER TABLE hh ADD COLUMN last_month INTEGER;
UPDATE hh SET last_month = substr(judged_on, 1, 4) * 12 + substr(judged_on, 6, 2) - 1 WHERE placed;

CREATE TABLE person AS
SELECT m.household, m.person, m.live, CASE c.said WHEN 'true' THEN 1 WHEN 'false' THEN 0 END AS counts,
    k.said AS relation, fen(i.said) AS declared
FROM member m JOIN hh ON hh.id = m.household
    JOIN fact c ON c.feed = 'caseload_member' AND c.line = m.line AND c.col = 'counted'
    JOIN fact i ON i.feed = c.feed AND i.line = m.line AND i.col = 'declared_income'
    LEFT JOIN fact r ON r.feed = c.feed AND r.line = m.line AND r.col = 'relation'
    LEFT JOIN o_attribute k ON k.list = 'relation' AND k.code = r.said AND k.attribute = 'kind';
CREATE UNIQUE INDEX person_id ON person (household, person);

-- The rows about each person who may be looked at.
CREATE TABLE held AS
SELECT DISTINCT p.household, p.person, o.feed, o.line, o.lost
FROM person p JOIN o_person o ON o.person = p.person WHERE p.live;
CREATE INDEX held_row ON held (feed, line);
CREATE INDEX held_person ON held (household, person, feed);

-- What a rule asks of each row. `hits`: nobody knows who was asked
-- about, so that there may always be more rows.
CREATE TABLE question (tag TEXT PRIMARY KEY, feed TEXT, hits INTEGER);
INSERT INTO question VALUES ('death', 'household_register', 0), ('confined', 'justice', 0),
    ('conscript', 'military_service', 0), ('studying', 'school_enrolment', 0),
    ('severe', 'disability', 0), ('ill', 'medical_settlement', 0), ('began', 'unemployment_benefit', 0),
    ('refused', 'refusal', 0), ('near', 'near_relative', 0), ('dear school', 'school_enrolment', 0),
    ('manages', 'company_role', 0), ('trades', 'sole_trader', 0), ('excused', 'exemption', 0),
    ('bank says', 'bank_verdict', 1), ('boat', 'boat', 0), ('machine', 'agricultural_machine', 0),
    ('left dibao', 'civil_benefit', 0), ('bought', 'real_estate', 0), ('signed', 'presale_contract', 0),
    ('unmarried', 'marital_status', 1), ('moved in', 'household_register', 0);
CREATE TABLE said (tag TEXT, household TEXT, line INTEGER, yes INTEGER); -- household '': all of them
-- attributes that must be true (1) or false (0), all of them
CREATE TABLE needs (tag TEXT, col TEXT, attribute TEXT, want INTEGER, assumed INTEGER);
INSERT INTO needs VALUES ('death', 'cancel_reason', 'death', 1, NULL),
    ('confined', 'custody_kind', 'confined', 1, NULL), ('conscript', 'service_kind', 'conscript', 1, NULL),
    ('conscript', 'state', 'serving', 1, 1), ('studying', 'state', 'attending', 1, NULL),
    ('studying', 'form', 'full_time', 1, NULL), ('studying', 'stage', 'to_bachelor', 1, NULL),
    ('refused', 'kind', 'work', 1, NULL), ('near', 'kinship', 'near', 1, 1),
    ('manages', 'registration_status', 'in_business', 1, NULL), ('manages', 'role', 'manages', 1, NULL),
    ('manages', 'company_kind', 'cooperative', 0, 0), ('trades', 'registration_status', 'in_business', 1, NULL),
    ('boat', 'state', 'owned', 1, NULL), ('boat', 'boat_kind', 'operating', 1, NULL),
    ('machine', 'state', 'owned', 1, NULL), ('machine', 'machine_kind', 'large', 1, NULL),
    ('left dibao', 'state', 'drawing', 0, NULL), ('bought', 'state', 'owned', 1, NULL),
    ('bought', 'use', 'residential', 1, NULL), ('signed', 'state', 'binding', 1, NULL),
    ('signed', 'state', 'registered', 0, NULL);
CREATE TABLE atom (tag TEXT, household TEXT, line INTEGER, yes INTEGER);
INSERT INTO atom
SELECT n.tag, '', s.line, coalesce(s.yes, n.assumed) = n.want
FROM needs n JOIN question q ON q.tag = n.tag
    JOIN says s ON s.feed = q.feed AND s.col = n.col AND s.attribute = n.attribute;
-- codes that must be, or must not be, among some
INSERT INTO atom
SELECT w.column1, '', f.line, CASE WHEN f.said IS NOT NULL THEN (instr(w.column4, ' ' || f.said || ' ') > 0) = w.column5 END
FROM (VALUES ('near', 'near_relative', 'official_kind', ' handler village ', 1),
    ('left dibao', 'civil_benefit', 'benefit_kind', ' dibao ', 1),
    ('bought', 'real_estate', 'nature', ' resettlement public_rental self_built ', 0),
    ('refused', 'refusal', 'good_reason', ' false ', 1)) w
    JOIN fact f ON f.feed = w.column2 AND f.col = w.column3;
-- days: none of it, or on one side of the run's
INSERT INTO atom
SELECT 'confined', '', line, said = '' FROM fact WHERE feed = 'justice' AND col = 'released_on'
UNION ALL SELECT 'confined', '', line, coalesce(said >= day, 1) FROM fact, run WHERE feed = 'justice' AND col = 'until'
UNION ALL SELECT 'conscript', '', line, said = '' FROM fact WHERE feed = 'military_service' AND col = 'discharged_on'
UNION ALL SELECT 'refused', '', line, said <= day FROM fact, run WHERE feed = 'refusal' AND col = 'refused_on'
UNION ALL SELECT 'began', '', line, said <> '' AND said <= day AND date(said, '+6 months') > day
    FROM fact, run WHERE feed = 'unemployment_benefit' AND col = 'work_began_on'
UNION ALL SELECT 'left dibao', '', line, said <> '' AND date(said || '-01', '+1 month', '-1 day') <= day
        AND date(said || '-01', '+1 month', '-1 day') > date(day, '-24 months')
    FROM fact, run WHERE feed = 'civil_benefit' AND col = 'benefit_until'
UNION ALL SELECT 'excused', '', k.line, a.said = 'business' AND f.said <= day AND u.said >= day
    FROM run, fact k LEFT JOIN o_attribute a ON a.list = 'exemption_kind' AND a.code = k.said AND a.attribute = 'about'
        JOIN fact f ON f.feed = k.feed AND f.line = k.line AND f.col = 'since'
        JOIN fact u ON u.feed = k.feed AND u.line = k.line AND u.col = 'until'
    WHERE k.feed = 'exemption' AND k.col = 'kind'
UNION ALL SELECT 'bank says', '', a.line, a.said = 'true' OR b.said = 'true'
    FROM fact a JOIN fact b ON b.feed = a.feed AND b.line = a.line AND b.col = 'household_over'
    WHERE a.feed = 'bank_verdict' AND a.col = 'person_over'
UNION ALL SELECT 'severe', '', v.line, coalesce(v.yes, 1) AND (g.yes OR (f.said = '3' AND (c.yes OR d.yes)))
    FROM says v JOIN says g ON g.feed = v.feed AND g.line = v.line AND g.col = 'grade' AND g.attribute = 'severe'
        JOIN fact f ON f.feed = v.feed AND f.line = v.line AND f.col = 'grade'
        JOIN says c ON c.feed = v.feed AND c.line = v.line AND c.col = 'category' AND c.attribute = 'intellectual'
        JOIN says d ON d.feed = v.feed AND d.line = v.line AND d.col = 'category' AND d.attribute = 'mental'
    WHERE v.feed = 'disability' AND v.col = 'state' AND v.attribute = 'valid'
UNION ALL SELECT 'unmarried', '', line, said = '10' FROM fact WHERE feed = 'marital_status' AND col = 'status'
UNION ALL SELECT 'moved in', '', line, CASE WHEN said = '' THEN 0 END
    FROM fact WHERE feed = 'household_register' AND col = 'moved_in_on';
-- what hangs on the household too
INSERT INTO atom
SELECT 'ill', h.id, s.line, s.said < h.judged_on AND s.said >= date(h.judged_on, '-12 months')
    AND (a.said > 0 OR b.said > 0)
FROM hh h JOIN held x ON x.household = h.id AND x.feed = 'medical_settlement' AND NOT x.lost
    JOIN fact s ON s.feed = x.feed AND s.line = x.line AND s.col = 'settled_on'
    JOIN (SELECT line, CAST(said AS REAL) AS said FROM fact WHERE feed = 'medical_settlement' AND col = 'medical_aid') a ON a.line = x.line
    JOIN (SELECT line, CAST(said AS REAL) AS said FROM fact WHERE feed = 'medical_settlement' AND col = 'serious_illness_aid') b ON b.line = x.line
UNION ALL
SELECT 'dear school', h.id, x.line, t.yes AND (o.yes OR (p.yes AND NOT c.yes AND g.said <> 'kindergarten'
    AND fen(f.said) > h.disposable))
FROM hh h JOIN held x ON x.household = h.id AND x.feed = 'school_enrolment' AND NOT x.lost
    JOIN says t ON t.feed = x.feed AND t.line = x.line AND t.col = 'state' AND t.attribute = 'attending'
    JOIN says o ON o.feed = x.feed AND o.line = x.line AND o.col = 'ownership' AND o.attribute = 'abroad'
    JOIN says p ON p.feed = x.feed AND p.line = x.line AND p.col = 'ownership' AND p.attribute = 'private'
    JOIN says c ON c.feed = x.feed AND c.line = x.line AND c.col = 'stage' AND c.attribute = 'compulsory'
    JOIN fact g ON g.feed = x.feed AND g.line = x.line AND g.col = 'stage'
    JOIN fact f ON f.feed = x.feed AND f.line = x.line AND f.col = 'tuition'
UNION ALL -- three years back, or since the benefit began
SELECT q.tag, h.id, x.line, d.said <= r.day AND (CASE WHEN h.placed THEN d.said >= date(r.day, '-3 years') END
    OR (h.status = 'receiving' AND d.said >= h.since || '-01'))
FROM run r, hh h JOIN held x ON x.household = h.id AND NOT x.lost
    JOIN (SELECT 'bought' AS tag, 'real_estate' AS feed, 'registered_on' AS col
        UNION SELECT 'signed', 'presale_contract', 'signed_on') q ON q.feed = x.feed
    JOIN fact d ON d.feed = x.feed AND d.line = x.line AND d.col = q.col;
CREATE INDEX atom_row ON atom (tag, line, household);

-- Each row of each person, as a question finds it.
CREATE TABLE seen AS
SELECT x.household, x.person, q.tag, x.line, x.lost, CASE WHEN x.lost THEN NULL
    WHEN min(a.yes) = 0 THEN 0 WHEN count(a.yes) < count(*) THEN NULL ELSE 1 END AS yes
FROM held x JOIN question q ON q.feed = x.feed
    JOIN atom a ON a.tag = q.tag AND a.line = x.line AND a.household IN ('', x.household)
GROUP BY x.household, x.person, q.tag, x.line
UNION ALL SELECT x.household, x.person, q.tag, x.line, 1, NULL
FROM held x JOIN question q ON q.feed = x.feed WHERE x.lost
    AND NOT EXISTS (SELECT 1 FROM atom a WHERE a.tag = q.tag AND a.line = x.line);
CREATE INDEX seen_person ON seen (household, person, tag);

-- Whether there is such a row.
CREATE TABLE told AS
SELECT p.household, p.person, q.tag, CASE WHEN NOT p.live THEN NULL WHEN max(s.yes) = 1 THEN 1
    WHEN count(s.line) > count(s.yes) OR q.hits THEN NULL ELSE 0 END AS yes,
    CASE WHEN p.live THEN coalesce(sum(s.yes), 0) END AS sure,
    coalesce(sum(s.yes IS NULL AND s.line IS NOT NULL AND NOT s.lost), 0) AS open,
    coalesce(max(s.lost), 0) AS lost
FROM person p, question q LEFT JOIN seen s ON s.household = p.household AND s.person = p.person AND s.tag = q.tag
GROUP BY p.household, p.person, q.tag;
CREATE UNIQUE INDEX told_person ON told (household, person, tag);
