-- From what each rule asks about to answers, states, flags, rejects and sums.
-- What is missing of the caseload leaves every rule open, unless it is answered yes.
-- Tags put no household on a list, and leave none off it; one rule asks for nobody in particular.
CREATE TABLE rule (id TEXT, tag INTEGER, whole INTEGER);
INSERT INTO rule VALUES ('VEH-01', 0, 0), ('DEATH-01', 0, 0), ('DEATH-02', 0, 0), ('DEATH-03', 0, 0),
    ('DEATH-04', 0, 0), ('DEATH-05', 0, 0), ('INC-01', 0, 0), ('INC-02', 0, 0), ('INC-03', 0, 0),
    ('PENSION-01', 0, 0), ('UNEMP-01', 0, 0), ('FUND-01', 0, 0), ('BIZ-01', 0, 0), ('BIZ-02', 0, 0),
    ('HOME-01', 0, 0), ('HOME-02', 0, 0), ('DIV-01', 1, 0), ('MOVE-01', 1, 0), ('AWAY-01', 1, 0),
    ('GRAD-01', 1, 0), ('WORK-01', 1, 0), ('SIZE-01', 1, 0), ('TIP-01', 1, 0), ('LONG-01', 1, 1);
INSERT INTO element
SELECT s.id, rule.id, '', NULL, 1 FROM scope s, rule
WHERE NOT rule.whole AND s.id IN (SELECT household FROM incomplete);
CREATE INDEX element_household ON element (household, rule);

CREATE TABLE answer AS
SELECT s.id AS household, rule.id AS rule, CASE
    WHEN coalesce(max(e.yes), 0) = 1 THEN 'flagged'
    WHEN count(e.household) > count(e.yes) THEN 'undetermined'
    ELSE 'clear' END AS outcome
FROM scope s, rule LEFT JOIN element e ON e.household = s.id AND e.rule = rule.id
WHERE rule.id <> 'LONG-01' OR s.status = '在享'
GROUP BY s.id, rule.id;

INSERT INTO answer SELECT c.id, rule.id, 'undetermined' FROM contradicted c, rule;

-- Why a rule is open: each thing that is not known and on which the answer hangs.
INSERT INTO reason SELECT c.id, rule.id, 'caseload' FROM contradicted c, rule;
INSERT INTO reason SELECT s.id, rule.id, 'caseload' FROM scope s, rule
WHERE NOT rule.whole AND s.id IN (SELECT household FROM incomplete);
CREATE INDEX reason_household ON reason (household, rule);
CREATE TABLE undetermined AS
SELECT DISTINCT a.household, a.rule, r.why AS reason FROM answer a LEFT JOIN reason r USING (household, rule)
WHERE a.outcome = 'undetermined';

CREATE TABLE flag AS
SELECT household, rule, subject,
    CASE WHEN tag THEN 'inform' WHEN rule = 'DEATH-01' AND strong THEN 'exclude_person'
        ELSE 'review' END AS effect,
    rule = 'DEATH-01' AND NOT strong AS capped
FROM element JOIN rule ON rule.id = element.rule WHERE yes = 1;

CREATE TABLE state AS
SELECT h.id AS household, CASE
    WHEN h.id IN (SELECT id FROM contradicted) THEN 'unchecked'
    WHEN h.id NOT IN (SELECT id FROM scope) THEN 'out_of_scope'
    WHEN h.id IN (SELECT household FROM answer JOIN rule ON rule.id = rule WHERE NOT tag AND outcome = 'flagged') THEN 'flagged'
    WHEN h.id IN (SELECT household FROM answer JOIN rule ON rule.id = rule WHERE NOT tag AND outcome = 'undetermined') THEN 'unchecked'
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
-- of the feeds that the first reader leaves aside, as the second has them
INSERT INTO reject SELECT * FROM o_reject WHERE file NOT IN (SELECT file FROM delivery);
INSERT INTO ledger SELECT * FROM o_ledger WHERE file NOT IN (SELECT file FROM delivery);
