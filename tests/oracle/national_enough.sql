-- That there is something to compare: each outcome of enough rules.
CREATE TEMP TABLE outcome AS
SELECT s.rule, s.h, CASE WHEN max(f.v IS 1) = 1 THEN 'flagged' WHEN max(typeof(f.v) = 'text') = 1 THEN 'undetermined' ELSE 'clear' END AS is_so
FROM (SELECT r.id AS rule, hh.h FROM rule r JOIN hh ON instr(r.programmes, ' ' || hh.programme || ' ') AND instr(r.states, ' ' || hh.status || ' ')) s
    LEFT JOIN found f ON f.h = s.h AND f.rule = s.rule GROUP BY s.rule, s.h;
SELECT 'too few rules ' || is_so, count(DISTINCT rule) FROM outcome GROUP BY is_so
HAVING count(DISTINCT rule) < CASE is_so WHEN 'clear' THEN 35 WHEN 'flagged' THEN 23 ELSE 29 END;
