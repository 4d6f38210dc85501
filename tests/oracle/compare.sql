-- Each statement lists what differs between the oracle and the truth; none of them may give a row.
-- households
SELECT * FROM (SELECT 'oracle', household, state FROM state EXCEPT SELECT 'oracle', household, state FROM truth_household)
UNION ALL SELECT * FROM (SELECT 'truth', household, state FROM truth_household EXCEPT SELECT 'truth', household, state FROM state);
-- answers
SELECT * FROM (SELECT 'oracle', household, rule, outcome FROM answer EXCEPT SELECT 'oracle', household, rule, outcome FROM truth_answer)
UNION ALL SELECT * FROM (SELECT 'truth', household, rule, outcome FROM truth_answer EXCEPT SELECT 'truth', household, rule, outcome FROM answer);
-- reasons: of the truth one line holds several, between commas
WITH RECURSIVE cut (household, rule, reason, rest) AS (
    SELECT household, rule, NULL, reasons || ',' FROM truth_answer WHERE outcome = 'undetermined'
    UNION ALL
    SELECT household, rule, substr(rest, 1, instr(rest, ',') - 1), substr(rest, instr(rest, ',') + 1)
    FROM cut WHERE rest <> ''),
told AS (SELECT household, rule, reason FROM cut WHERE reason IS NOT NULL)
SELECT * FROM (SELECT 'oracle', * FROM undetermined EXCEPT SELECT 'oracle', * FROM told)
UNION ALL SELECT * FROM (SELECT 'truth', * FROM told EXCEPT SELECT 'truth', * FROM undetermined);
-- flags
SELECT * FROM (SELECT 'oracle', household, rule, subject, effect, capped FROM flag EXCEPT SELECT 'oracle', household, rule, subject, effect, capped FROM truth_flag)
UNION ALL SELECT * FROM (SELECT 'truth', household, rule, subject, effect, capped FROM truth_flag EXCEPT SELECT 'truth', household, rule, subject, effect, capped FROM flag);
-- rejects
SELECT * FROM (SELECT 'oracle', file, line, reason FROM reject EXCEPT SELECT 'oracle', file, line, reason FROM truth_reject)
UNION ALL SELECT * FROM (SELECT 'truth', file, line, reason FROM truth_reject EXCEPT SELECT 'truth', file, line, reason FROM reject);
-- ledgers
SELECT * FROM (SELECT 'oracle', * FROM ledger EXCEPT SELECT 'oracle', * FROM truth_ledger)
UNION ALL SELECT * FROM (SELECT 'truth', * FROM truth_ledger EXCEPT SELECT 'truth', * FROM ledger);
