-- The joins and the rules. NULL is "unknown": AND and OR of SQL are Kleene's, so no rule needs more
-- than its own words. :as_of is the table "run".

-- The caseload. Of rows with the same key a later one that says the same is a duplicate; one that says
-- something else is in conflict, and then neither is right.
CREATE TABLE household_checked AS
SELECT *, CASE
    WHEN trim(id) = '' THEN 'missing'
    WHEN programme NOT IN ('低保', '低保边缘', '特困', '刚性支出困难') THEN 'code_value'
    END AS fault,
    row_number() OVER (PARTITION BY id ORDER BY line) AS turn,
    count(*) OVER (PARTITION BY id, programme, urban_rural, area, head, address, status, applied,
        since, property, paid) AS alike
FROM household_row;
CREATE TABLE household AS SELECT * FROM household_checked WHERE fault IS NULL AND turn = 1;
CREATE UNIQUE INDEX household_id ON household (id);
-- A household of which another row was rejected: not even whether a rule applies to it is sure.
CREATE TABLE contradicted AS
SELECT DISTINCT id FROM household_checked
WHERE id IN (SELECT id FROM household) AND (fault IS NOT NULL OR (turn > 1 AND alike = 1));

CREATE TABLE member_checked AS
SELECT m.*, number_18(number) AS person, number_fault(number) AS fault,
    row_number() OVER (PARTITION BY household, coalesce(number_18(number), line) ORDER BY line)
        AS turn,
    count(*) OVER (PARTITION BY household, number_18(number), name, relation, counted, auth_no,
        auth_until, income) AS alike,
    EXISTS (SELECT 1 FROM household h WHERE h.id = m.household) AS known
FROM member_row m;
CREATE TABLE member AS
SELECT *, name_plain(name) AS plain, counted = '是' AS counts,
    trim(auth_no) <> '' AND (auth_until = '' OR day_of(auth_until) >= (SELECT as_of FROM run))
        AS live,
    number_is_18(number) AS full_number
FROM member_checked c WHERE fault IS NULL AND turn = 1 AND known
    AND NOT EXISTS (SELECT 1 FROM member_checked t WHERE t.household = c.household
        AND t.person = c.person AND t.turn > 1 AND t.alike = 1);
CREATE INDEX member_household ON member (household);
CREATE INDEX member_person ON member (person);

-- A household of which a row is missing or bad is not known whole.
CREATE TABLE incomplete AS
SELECT household FROM member_checked
WHERE known AND (fault IS NOT NULL OR (turn > 1 AND alike = 1))
UNION SELECT id FROM household WHERE id NOT IN (SELECT household FROM member);

CREATE TABLE scope AS
SELECT * FROM household WHERE programme = '低保' AND status IN ('在享', '申请中')
    AND id NOT IN (SELECT id FROM contradicted);

-- The registries: only people with a live authorisation are looked at.
CREATE TABLE joined AS SELECT DISTINCT person FROM member WHERE live;
CREATE UNIQUE INDEX joined_person ON joined (person);

CREATE TABLE vehicle_checked AS
WITH read AS MATERIALIZED (
    SELECT v.*, document IN ('B', 'C', 'D', 'E', 'F', 'G', 'J', 'K', 'L', 'N') AS other,
        number_18(number) AS person,
        CASE WHEN document IN ('A', 'H', 'M', '') THEN number_fault(number)
             WHEN document = '社员证' THEN 'id_type' END AS bad_number,
        number_is_18(number) AS full_number, name_plain(name) AS plain
    FROM vehicle_row v)
SELECT *, NOT other AND person IN (SELECT person FROM joined) AS hit, coalesce(bad_number, CASE
    WHEN other OR person NOT IN (SELECT person FROM joined) THEN NULL
    WHEN name = char(26) THEN 'encoding'
    WHEN plate_type NOT IN (SELECT code FROM plate_type) THEN 'code_value'
    WHEN trim(plate_no) = '' THEN 'missing'
    WHEN length(plate_no) > 16 THEN 'field_too_long'
    END) AS fault
FROM read;
CREATE INDEX vehicle_checked_person ON vehicle_checked (person);
CREATE TABLE vehicle_hit AS
SELECT *, row_number() OVER (PARTITION BY plate_type, plate_no ORDER BY line) AS turn,
    count(*) OVER (PARTITION BY plate_type, plate_no, type, person, name, first_registered, use,
        status) AS alike
FROM vehicle_checked WHERE hit AND fault IS NULL;
CREATE INDEX vehicle_hit_person ON vehicle_hit (person);
CREATE TABLE vehicle_torn AS
SELECT DISTINCT plate_type, plate_no FROM vehicle_hit WHERE turn > 1 AND alike = 1;
CREATE TABLE vehicle AS
SELECT *, (SELECT counts FROM vehicle_type t WHERE t.code = v.type) AS counts,
    CASE WHEN status = '' OR status GLOB '*[^ABCDEGHIJKLMNOPQZ]*' THEN NULL
         ELSE NOT EXISTS (SELECT 1 FROM letter WHERE NOT owned AND instr(v.status, code)) END AS owned
FROM vehicle_hit v
WHERE turn = 1 AND (plate_type, plate_no) NOT IN (SELECT plate_type, plate_no FROM vehicle_torn);
CREATE INDEX vehicle_person ON vehicle (person);

CREATE TABLE cremation_checked AS
WITH read AS MATERIALIZED (
    SELECT c.*, number_18(number) AS person, number_fault(number) AS bad_number,
        number_is_18(number) AS full_number, name_plain(name) AS plain FROM cremation_row c)
SELECT *, person IN (SELECT person FROM joined) AS hit, coalesce(bad_number,
    CASE WHEN person IN (SELECT person FROM joined) AND trim(no) = '' THEN 'missing' END) AS fault
FROM read;
CREATE INDEX cremation_checked_person ON cremation_checked (person);
CREATE TABLE cremation AS
SELECT *, day_of(died) AS died_on FROM cremation_checked WHERE hit AND fault IS NULL;
CREATE INDEX cremation_person ON cremation (person);

CREATE TABLE register_checked AS
WITH read AS MATERIALIZED (
    SELECT r.*, number_18(number) AS person, number_fault(number) AS bad_number,
        number_is_18(number) AS full_number, name_plain(name) AS plain FROM register_row r)
SELECT *, person IN (SELECT person FROM joined) AS hit, coalesce(bad_number,
    CASE WHEN person IN (SELECT person FROM joined) AND name = char(26) THEN 'encoding' END) AS fault
FROM read;
CREATE TABLE register_hit AS
SELECT *, row_number() OVER (PARTITION BY person ORDER BY line) AS turn,
    count(*) OVER (PARTITION BY person, name, sex, birth, household_no, relation, area, cancelled,
        reason, cancelled_on, died) AS alike
FROM register_checked WHERE hit AND fault IS NULL;
CREATE INDEX register_checked_person ON register_checked (person);
CREATE INDEX register_hit_person ON register_hit (person);
CREATE TABLE register AS
SELECT *, day_of(died) AS died_on,
    CASE WHEN reason IN ('死亡', '迁出', '入伍', '重复户口', '出国定居') THEN reason = '死亡'
         WHEN reason = '' THEN 0 END AS for_death,
    CASE cancelled WHEN '是' THEN 1 WHEN '否' THEN 0 END
    AND CASE WHEN reason = '' THEN 1
             WHEN reason IN ('死亡', '迁出', '入伍', '重复户口', '出国定居') THEN 0 END AS no_reason
FROM register_hit WHERE turn = 1
    AND person NOT IN (SELECT person FROM register_hit WHERE turn > 1 AND alike = 1);
CREATE INDEX register_person ON register (person);

-- A cell whose characters are broken reads as char(26); it costs the rows of people looked at.
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

-- What is missing of the caseload leaves every rule open, unless it is answered yes.
CREATE TABLE rule AS SELECT column1 AS id FROM (VALUES ('VEH-01'), ('DEATH-01'), ('DEATH-02'), ('INC-01'));
INSERT INTO element
SELECT s.id, rule.id, '', NULL, 1 FROM scope s, rule WHERE s.id IN (SELECT household FROM incomplete);

CREATE TABLE answer AS
SELECT s.id AS household, rule.id AS rule, CASE
    WHEN coalesce(max(e.yes), 0) = 1 THEN 'flagged'
    WHEN count(e.household) > count(e.yes) THEN 'undetermined'
    ELSE 'clear' END AS outcome
FROM scope s, rule LEFT JOIN element e ON e.household = s.id AND e.rule = rule.id
GROUP BY s.id, rule.id;

INSERT INTO answer SELECT c.id, rule.id, 'undetermined' FROM contradicted c, rule;

-- Why a rule is open: each thing that is not known and on which the answer hangs.
CREATE TABLE reason (household TEXT, rule TEXT, why TEXT);
INSERT INTO reason SELECT c.id, rule.id, 'caseload' FROM contradicted c, rule;
INSERT INTO reason SELECT s.id, rule.id, 'caseload' FROM scope s, rule
WHERE s.id IN (SELECT household FROM incomplete);
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

CREATE TABLE undetermined AS
SELECT DISTINCT a.household, a.rule, r.why AS reason FROM answer a LEFT JOIN reason r USING (household, rule)
WHERE a.outcome = 'undetermined';

CREATE TABLE flag AS
SELECT household, rule, subject,
    CASE WHEN rule = 'DEATH-01' AND strong THEN 'exclude_person' ELSE 'review' END AS effect,
    rule = 'DEATH-01' AND NOT strong AS capped
FROM element WHERE yes = 1;

CREATE TABLE state AS
SELECT h.id AS household, CASE
    WHEN h.id IN (SELECT id FROM contradicted) THEN 'unchecked'
    WHEN h.id NOT IN (SELECT id FROM scope) THEN 'out_of_scope'
    WHEN h.id IN (SELECT household FROM answer WHERE outcome = 'flagged') THEN 'flagged'
    WHEN h.id IN (SELECT household FROM answer WHERE outcome = 'undetermined') THEN 'unchecked'
    ELSE 'clear' END AS state
FROM household h;

-- Rows that were not used, and the sums.
CREATE TABLE reject AS
SELECT d.file, x.line, x.reason FROM delivery d JOIN (
    SELECT feed, line, reason FROM damaged
    UNION ALL SELECT 'caseload_household', line, coalesce(fault, 'key_conflict')
    FROM household_checked WHERE fault IS NOT NULL OR (turn > 1 AND alike = 1)
    UNION ALL SELECT 'caseload_member', line, coalesce(fault,
        CASE WHEN turn > 1 THEN 'key_conflict' ELSE 'household_unknown' END)
    FROM member_checked WHERE fault IS NOT NULL OR NOT known OR (turn > 1 AND alike = 1)
    UNION ALL SELECT 'vehicle', line, fault FROM vehicle_checked WHERE fault IS NOT NULL
    UNION ALL SELECT 'vehicle', line, 'key_conflict' FROM vehicle_hit WHERE turn > 1 AND alike = 1
    UNION ALL SELECT 'death_cremation', line, fault FROM cremation_checked WHERE fault IS NOT NULL
    UNION ALL SELECT 'household_register', line, fault FROM register_checked WHERE fault IS NOT NULL
    UNION ALL SELECT 'household_register', line, 'key_conflict' FROM register_hit
    WHERE turn > 1 AND alike = 1
) x ON x.feed = d.feed;

CREATE TABLE row_count AS
SELECT 'caseload_household' AS feed, count(*) AS n, sum(fault IS NULL AND turn > 1 AND alike > 1) AS twice,
    0 AS other, sum(fault IS NULL AND turn = 1) AS matched FROM household_checked
UNION ALL SELECT 'caseload_member', count(*), sum(fault IS NULL AND turn > 1 AND alike > 1), 0,
    sum(fault IS NULL AND turn = 1 AND known) FROM member_checked
UNION ALL SELECT 'vehicle', count(*), (SELECT count(*) FROM vehicle_hit WHERE turn > 1 AND alike > 1),
    sum(other), (SELECT count(*) FROM vehicle_hit WHERE turn = 1) FROM vehicle_checked
UNION ALL SELECT 'death_cremation', count(*), 0, 0, (SELECT count(*) FROM cremation) FROM cremation_checked
UNION ALL SELECT 'household_register', count(*), 0, 0, (SELECT count(*) FROM register_hit WHERE turn = 1) FROM register_checked;

CREATE TABLE ledger AS
WITH sums AS (
    SELECT d.feed, d.file, d.apart, c.n + (SELECT count(*) FROM damaged WHERE damaged.feed = d.feed) AS records,
        c.twice, c.other, c.matched, (SELECT count(*) FROM reject WHERE reject.file = d.file) AS rejected
    FROM delivery d JOIN row_count c ON c.feed = d.feed)
SELECT feed, file, records, records - other - twice - rejected AS accepted, other AS other_document,
    twice AS duplicate, rejected, matched, records - other - twice - rejected - matched AS not_in_caseload,
    apart
FROM sums;
