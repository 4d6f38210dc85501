-- Each statement lists what one account says and another does not; none of them may give a row.
-- ledgers and rejects: oracle against truth
SELECT * FROM (SELECT 'oracle', * FROM o_ledger EXCEPT SELECT 'oracle', * FROM truth_ledger)
UNION ALL SELECT * FROM (SELECT 'truth', * FROM truth_ledger EXCEPT SELECT 'truth', * FROM o_ledger);
SELECT * FROM (SELECT 'oracle', * FROM o_reject EXCEPT SELECT 'oracle', file, line, reason FROM truth_reject)
UNION ALL SELECT * FROM (SELECT 'truth', file, line, reason FROM truth_reject EXCEPT SELECT 'truth', * FROM o_reject);
-- files that are no good, and what hangs on them
SELECT * FROM (SELECT 'oracle', * FROM o_refusal EXCEPT SELECT 'oracle', feed, file, word FROM truth_refusal)
UNION ALL SELECT * FROM (SELECT 'truth', feed, file, word FROM truth_refusal EXCEPT SELECT 'truth', * FROM o_refusal);
SELECT * FROM (SELECT 'oracle', * FROM o_refusal EXCEPT SELECT 'oracle', * FROM e_refusal)
UNION ALL SELECT * FROM (SELECT 'engine', * FROM e_refusal EXCEPT SELECT 'engine', * FROM o_refusal);
-- oracle against engine
SELECT * FROM (SELECT 'oracle', * FROM o_ledger EXCEPT SELECT 'oracle', * FROM e_ledger)
UNION ALL SELECT * FROM (SELECT 'engine', * FROM e_ledger EXCEPT SELECT 'engine', * FROM o_ledger);
SELECT * FROM (SELECT 'oracle', * FROM o_reject EXCEPT SELECT 'oracle', * FROM e_reject)
UNION ALL SELECT * FROM (SELECT 'engine', * FROM e_reject EXCEPT SELECT 'engine', * FROM o_reject);
SELECT * FROM (SELECT 'oracle', * FROM o_count EXCEPT SELECT 'oracle', * FROM e_count)
UNION ALL SELECT * FROM (SELECT 'engine', * FROM e_count EXCEPT SELECT 'engine', * FROM o_count);
SELECT * FROM (SELECT 'oracle', * FROM o_fact EXCEPT SELECT 'oracle', * FROM e_fact)
UNION ALL SELECT * FROM (SELECT 'engine', * FROM e_fact EXCEPT SELECT 'engine', * FROM o_fact);
-- what the cells say: truth against oracle, for the columns that the file has
WITH said AS (SELECT f.file, line, h.header, said FROM o_fact f JOIN o_header h ON h.file = f.file AND h.col = f.col
    WHERE f.file IN (SELECT file FROM truth_fact))
SELECT * FROM (SELECT 'oracle', * FROM said EXCEPT SELECT 'oracle', * FROM truth_fact)
UNION ALL SELECT * FROM (SELECT 'truth', * FROM truth_fact EXCEPT SELECT 'truth', * FROM said);
-- a register in a full delivery and a delta: what is held in the end are the rows that the truth
-- names, less those of which another row says something else
SELECT 'held', file, line FROM o_fact WHERE file GLOB 'veh-*'
EXCEPT SELECT 'held', file, line FROM truth_matched;
SELECT 'true', file, line FROM truth_matched WHERE file GLOB 'veh-*'
    AND (file, line) NOT IN (SELECT file, line FROM truth_row WHERE quirk GLOB 'key_conflict_*')
EXCEPT SELECT 'true', file, line FROM o_fact;
