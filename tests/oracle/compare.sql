-- Each statement lists what differs between the oracle and the truth; none of them may give a row.
-- households
SELECT * FROM (SELECT 'oracle', household, state FROM state EXCEPT SELECT 'oracle', household, state FROM truth_household)
UNION ALL SELECT * FROM (SELECT 'truth', household, state FROM truth_household EXCEPT SELECT 'truth', household, state FROM state);
-- answers
SELECT * FROM (SELECT 'oracle', household, rule, outcome FROM answer EXCEPT SELECT 'oracle', household, rule, outcome FROM truth_answer)
UNION ALL SELECT * FROM (SELECT 'truth', household, rule, outcome FROM truth_answer EXCEPT SELECT 'truth', household, rule, outcome FROM answer);
-- flags
SELECT * FROM (SELECT 'oracle', household, rule, subject, effect, capped FROM flag EXCEPT SELECT 'oracle', household, rule, subject, effect, capped FROM truth_flag)
UNION ALL SELECT * FROM (SELECT 'truth', household, rule, subject, effect, capped FROM truth_flag EXCEPT SELECT 'truth', household, rule, subject, effect, capped FROM flag);
-- rejects
SELECT * FROM (SELECT 'oracle', file, line, reason FROM reject EXCEPT SELECT 'oracle', file, line, reason FROM truth_reject)
UNION ALL SELECT * FROM (SELECT 'truth', file, line, reason FROM truth_reject EXCEPT SELECT 'truth', file, line, reason FROM reject);
-- ledgers
SELECT * FROM (SELECT 'oracle', * FROM ledger EXCEPT SELECT 'oracle', * FROM truth_ledger)
UNION ALL SELECT * FROM (SELECT 'truth', * FROM truth_ledger EXCEPT SELECT 'truth', * FROM ledger);
