-- What the program stored ("s") against the oracle, for the first run of a new workspace. None of
-- these may give a row. Members are known by name and masked number.
DROP TABLE IF EXISTS temp.stored_flag;
CREATE TEMP TABLE stored_flag AS
SELECT h.id AS household, f.rule, CASE WHEN f.rule = 'VEH-01' THEN f.subject
    ELSE v.person_masked END AS subject, v.effect, v.capped
FROM s.flag f JOIN s.household h ON h.number = f.household
    JOIN s.flag_event e ON e.flag = f.number JOIN s.flag_version v ON v.number = e.version;
DROP TABLE IF EXISTS temp.oracle_flag;
CREATE TEMP TABLE oracle_flag AS
SELECT household, rule, CASE WHEN rule = 'VEH-01' THEN subject WHEN subject = household THEN ''
    ELSE substr(subject, 1, 6) || '********' || substr(subject, 15) END AS subject, effect, capped
FROM flag;
SELECT * FROM (SELECT 'stored', * FROM stored_flag EXCEPT SELECT 'stored', * FROM oracle_flag)
UNION ALL SELECT * FROM (SELECT 'oracle', * FROM oracle_flag EXCEPT SELECT 'oracle', * FROM stored_flag);

DROP TABLE IF EXISTS temp.stored_answer;
CREATE TEMP TABLE stored_answer AS
SELECT a.household, a.rule, CASE
    WHEN EXISTS (SELECT 1 FROM stored_flag f WHERE f.household = a.household AND f.rule = a.rule)
        THEN 'flagged'
    WHEN EXISTS (SELECT 1 FROM s.cause c JOIN s.household h ON h.number = c.household
        WHERE h.id = a.household AND c.rule = a.rule) THEN 'undetermined'
    ELSE 'clear' END AS outcome
FROM answer a;
SELECT * FROM (SELECT 'stored', * FROM stored_answer EXCEPT SELECT 'stored', * FROM answer)
UNION ALL SELECT * FROM (SELECT 'oracle', * FROM answer EXCEPT SELECT 'oracle', * FROM stored_answer);

DROP TABLE IF EXISTS temp.stored_undetermined;
CREATE TEMP TABLE stored_undetermined AS
SELECT DISTINCT h.id AS household, c.rule, c.reason FROM s.cause c JOIN s.household h ON h.number = c.household
WHERE (h.id, c.rule) NOT IN (SELECT household, rule FROM stored_flag);
SELECT * FROM (SELECT 'stored', * FROM stored_undetermined EXCEPT SELECT 'stored', * FROM undetermined)
UNION ALL SELECT * FROM (SELECT 'oracle', * FROM undetermined EXCEPT SELECT 'oracle', * FROM stored_undetermined);

DROP TABLE IF EXISTS temp.stored_state;
CREATE TEMP TABLE stored_state AS
SELECT h.id AS household, v.state FROM s.household_version v JOIN s.household h ON h.number = v.household;
SELECT * FROM (SELECT 'stored', * FROM stored_state EXCEPT SELECT 'stored', * FROM state)
UNION ALL SELECT * FROM (SELECT 'oracle', * FROM state EXCEPT SELECT 'oracle', * FROM stored_state);

DROP TABLE IF EXISTS temp.stored_reject;
CREATE TEMP TABLE stored_reject AS
SELECT d.file, r.line, r.reason FROM s.reject r JOIN s.delivery d ON d.number = r.delivery;
SELECT * FROM (SELECT 'stored', * FROM stored_reject EXCEPT SELECT 'stored', * FROM reject)
UNION ALL SELECT * FROM (SELECT 'oracle', * FROM reject EXCEPT SELECT 'oracle', * FROM stored_reject);

DROP TABLE IF EXISTS temp.stored_ledger;
CREATE TEMP TABLE stored_ledger AS
SELECT feed, file, records, accepted, other_document, duplicate, rejected, matched, not_in_caseload, apart
FROM s.delivery WHERE file <> ''; -- what was delivered
SELECT * FROM (SELECT 'stored', * FROM stored_ledger EXCEPT SELECT 'stored', * FROM ledger)
UNION ALL SELECT * FROM (SELECT 'oracle', * FROM ledger EXCEPT SELECT 'oracle', * FROM stored_ledger);
