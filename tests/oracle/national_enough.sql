-- That there is something to compare: each outcome of enough rules.
SELECT 'too few rules with a flag', count(DISTINCT rule) FROM flag HAVING count(DISTINCT rule) < 15;
SELECT 'too few rules without an answer', count(DISTINCT rule) FROM answer WHERE outcome = 'undetermined'
HAVING count(DISTINCT rule) < 20;
SELECT 'a rule that is never clear', id FROM rule WHERE id NOT IN (SELECT rule FROM answer WHERE outcome = 'clear')
    AND id NOT IN (SELECT rule FROM s.gap);
