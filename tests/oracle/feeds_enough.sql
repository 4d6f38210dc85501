-- There must be something to compare.
SELECT 'too few facts', count(*) FROM truth_fact HAVING count(*) < 10000;
SELECT 'a feed without a fact', file FROM o_ledger WHERE file NOT IN (SELECT file FROM o_fact)
    AND file NOT IN (SELECT file FROM o_refusal);
SELECT 'a further feed whose facts the truth does not tell', file FROM o_ledger
WHERE file NOT IN (SELECT file FROM truth_fact) AND file NOT IN (SELECT file FROM o_refusal) AND feed NOT IN ('caseload_household',
    'caseload_member', 'vehicle', 'death_cremation', 'household_register');
SELECT 'too few rows of a delta', count(*) FROM truth_matched WHERE file GLOB 'veh-delta-*' HAVING count(*) < 8;
SELECT 'too few kinds of files that are no good', count(DISTINCT word) FROM truth_refusal HAVING count(DISTINCT word) < 8;
SELECT 'nobody in doubt by a delta', count(*) FROM truth_reject WHERE quirk = 'delta_doubted' HAVING count(*) < 1;
