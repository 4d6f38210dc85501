-- Cars, deaths by police and crematorium, declared income. Each rule in its own words.
-- One line for each thing a rule asks about: yes 1, no 0, unknown NULL.
CREATE TABLE element (household TEXT, rule TEXT, subject TEXT, yes INTEGER, strong INTEGER);

INSERT INTO element
SELECT s.id, 'VEH-01', v.plate_type || '|' || v.plate_no, v.counts AND v.owned, 1
FROM scope s JOIN member m ON m.household = s.id AND m.counts AND m.live
    JOIN vehicle v ON v.person = m.person
UNION ALL
SELECT s.id, 'VEH-01', m.person, NULL, 1
FROM scope s JOIN member m ON m.household = s.id AND m.counts
WHERE NOT m.live
    OR EXISTS (SELECT 1 FROM vehicle_checked v WHERE v.person = m.person AND v.hit AND v.fault IS NOT NULL)
    OR EXISTS (SELECT 1 FROM vehicle_hit v WHERE v.person = m.person AND v.turn > 1 AND v.alike = 1);

-- Two sources that agree within a week, or a cancellation for death. Sums of unknowns are counted
-- apart: an aggregate skips NULL.
CREATE TABLE death AS
SELECT m.household, m.person, m.live, m.plain, m.full_number,
    (SELECT max(for_death) FROM register r WHERE r.person = m.person) AS police,
    (SELECT count(*) FROM register r WHERE r.person = m.person AND for_death IS NULL) AS unread,
    (SELECT count(*) FROM register r WHERE r.person = m.person AND died_on IS NOT NULL) AS dated,
    (SELECT max(no_reason) FROM register r WHERE r.person = m.person) AS no_reason,
    (SELECT count(*) FROM register r WHERE r.person = m.person AND no_reason IS NULL) AS unsaid,
    (SELECT count(*) FROM cremation c WHERE c.person = m.person) AS cremated,
    (SELECT count(*) FROM cremation c WHERE c.person = m.person AND died_on IS NULL) AS undated,
    (SELECT count(*) FROM register r JOIN cremation c USING (person)
        WHERE r.person = m.person AND abs(r.died_on - c.died_on) <= 7) AS agreed,
    EXISTS (SELECT 1 FROM register_hit r WHERE r.person = m.person AND r.turn > 1 AND r.alike = 1)
    OR EXISTS (SELECT 1 FROM register_checked r WHERE r.person = m.person AND r.hit
        AND r.fault IS NOT NULL) AS register_lost,
    EXISTS (SELECT 1 FROM cremation_checked c WHERE c.person = m.person AND c.hit
        AND c.fault IS NOT NULL) AS cremation_lost
FROM member m WHERE m.counts;

CREATE TABLE death_said AS
SELECT *,
    CASE WHEN NOT live THEN NULL
         WHEN coalesce(police, 0) OR agreed THEN 1
         WHEN unread OR register_lost OR (dated AND (undated OR cremation_lost)) THEN NULL
         ELSE 0 END AS confirmed,
    CASE WHEN NOT live THEN NULL
         WHEN cremated OR dated OR coalesce(no_reason, 0) THEN 1
         WHEN unsaid OR register_lost OR cremation_lost THEN NULL ELSE 0 END AS hinted,
    full_number
    AND NOT EXISTS (SELECT 1 FROM register r WHERE r.person = death.person
        AND (r.for_death OR death.agreed) AND (NOT r.full_number OR r.plain <> death.plain))
    AND NOT EXISTS (SELECT 1 FROM cremation c WHERE c.person = death.person AND death.agreed
        AND (NOT c.full_number OR c.plain <> death.plain)) AS strong
FROM death;

INSERT INTO element
SELECT s.id, 'DEATH-01', d.person, d.confirmed, d.strong
FROM scope s JOIN death_said d ON d.household = s.id
UNION ALL
SELECT s.id, 'DEATH-02', d.person, NOT d.confirmed AND d.hinted, 1
FROM scope s JOIN death_said d ON d.household = s.id;

-- The nearest area upwards with a row for town or country, its latest row in force.
CREATE TABLE line_of AS
WITH RECURSIVE up (household, code, steps) AS (
    SELECT s.id, a.code, 0 FROM scope s JOIN area a ON a.code = s.area
    UNION ALL
    SELECT up.household, a.parent, up.steps + 1 FROM up JOIN area a ON a.code = up.code
    WHERE a.parent <> '')
SELECT s.id AS household, (SELECT t.fen FROM up JOIN standard t ON t.area = up.code
    WHERE up.household = s.id AND t.urban_rural = s.urban_rural
        AND t.since <= (SELECT as_of FROM run)
    ORDER BY up.steps, t.since DESC LIMIT 1) AS fen
FROM scope s;

INSERT INTO element
SELECT s.id, 'INC-01', s.id, CASE
    WHEN count(m.person) = 0 THEN 0
    WHEN sum(fen_of(m.income)) >= l.fen * count(m.person) THEN 1
    WHEN l.fen IS NULL OR count(fen_of(m.income)) < count(m.person) THEN NULL
    ELSE 0 END, 1
FROM scope s JOIN line_of l ON l.household = s.id
    LEFT JOIN member m ON m.household = s.id AND m.counts
WHERE s.id NOT IN (SELECT household FROM incomplete)
GROUP BY s.id;

CREATE TABLE reason (household TEXT, rule TEXT, why TEXT);
INSERT INTO reason
SELECT s.id, 'VEH-01', CASE WHEN v.status = '' THEN 'empty_field' ELSE 'bad_field' END
FROM scope s JOIN member m ON m.household = s.id AND m.counts AND m.live
    JOIN vehicle v ON v.person = m.person
WHERE v.owned IS NULL AND v.counts IS NOT 0
UNION ALL SELECT s.id, 'VEH-01', 'bad_field'
FROM scope s JOIN member m ON m.household = s.id AND m.counts AND m.live
    JOIN vehicle v ON v.person = m.person
WHERE v.counts IS NULL AND v.owned IS NOT 0
UNION ALL SELECT s.id, 'VEH-01', CASE WHEN m.live THEN 'rejected_row' ELSE 'not_authorised' END
FROM scope s JOIN member m ON m.household = s.id AND m.counts
WHERE NOT m.live
    OR EXISTS (SELECT 1 FROM vehicle_checked v WHERE v.person = m.person AND v.hit AND v.fault IS NOT NULL)
    OR EXISTS (SELECT 1 FROM vehicle_hit v WHERE v.person = m.person AND v.turn > 1 AND v.alike = 1);

CREATE TABLE death_reason AS
SELECT d.household, d.person, 'confirmed' AS part, 'not_authorised' AS why FROM death_said d WHERE NOT live
UNION ALL SELECT household, person, 'hinted', 'not_authorised' FROM death_said WHERE NOT live
UNION ALL SELECT household, person, 'confirmed', 'bad_field' FROM death_said WHERE live AND unread
UNION ALL SELECT household, person, 'confirmed', 'rejected_row' FROM death_said
    WHERE live AND (register_lost OR (dated AND cremation_lost))
UNION ALL SELECT d.household, d.person, 'confirmed', CASE WHEN c.died = '' THEN 'empty_field' ELSE 'bad_field' END
    FROM death_said d JOIN cremation c ON c.person = d.person
    WHERE d.live AND d.dated AND c.died_on IS NULL
UNION ALL SELECT household, person, 'hinted', 'rejected_row' FROM death_said
    WHERE live AND (register_lost OR cremation_lost)
UNION ALL SELECT d.household, d.person, 'hinted',
        CASE WHEN r.reason = '' AND r.cancelled = '' THEN 'empty_field' ELSE 'bad_field' END
    FROM death_said d JOIN register r ON r.person = d.person WHERE d.live AND r.no_reason IS NULL;
INSERT INTO reason
SELECT s.id, 'DEATH-01', w.why FROM scope s JOIN death_said d ON d.household = s.id
    JOIN death_reason w ON w.household = s.id AND w.person = d.person AND w.part = 'confirmed'
WHERE d.confirmed IS NULL
UNION ALL SELECT s.id, 'DEATH-02', w.why FROM scope s JOIN death_said d ON d.household = s.id
    JOIN death_reason w ON w.household = s.id AND w.person = d.person
WHERE (w.part = 'confirmed' AND d.confirmed IS NULL AND d.hinted IS NOT 0)
    OR (w.part = 'hinted' AND d.hinted IS NULL AND d.confirmed IS NOT 1);
INSERT INTO reason
SELECT s.id, 'INC-01', 'parameter' FROM scope s JOIN line_of l ON l.household = s.id
WHERE l.fen IS NULL AND s.id IN (SELECT household FROM member WHERE counts)
UNION ALL SELECT s.id, 'INC-01', CASE WHEN m.income = '' THEN 'empty_field' ELSE 'bad_field' END
FROM scope s JOIN member m ON m.household = s.id AND m.counts WHERE fen_of(m.income) IS NULL;

