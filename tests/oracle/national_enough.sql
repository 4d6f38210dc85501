-- That there is something to compare: of each rule a household that is flagged, one that is clear and
-- one that is undetermined; of each value somebody who has it and somebody of whom it is not known.
-- What a county cannot have is named. The register says nothing of arrivals (N-MEM-06), the caseload
-- nothing of reviews (N-CON-03); who is not counted stands in no list of whom to ask about, so that
-- only an answer that names no list can tell of a child's marriage (N-MEM-05: the first seed). The
-- second seed lacks the conscripts, in it and the third too little is known of assets for N-RIG.
DROP TABLE IF EXISTS temp.outcome;
CREATE TEMP TABLE outcome AS
SELECT s.rule, s.h, CASE WHEN max(f.v IS 1) = 1 THEN 'flagged' WHEN max(typeof(f.v) = 'text') = 1 THEN 'undetermined' ELSE 'clear' END AS is_so
FROM (SELECT r.id AS rule, hh.h FROM rule r JOIN hh ON instr(r.programmes, ' ' || hh.programme || ' ') AND instr(r.states, ' ' || hh.status || ' ')
    UNION SELECT rule, h FROM found) s
    LEFT JOIN found f ON f.h = s.h AND f.rule = s.rule GROUP BY s.rule, s.h;
SELECT 'no household ' || w.column1 || ' by', r.id FROM rule r, (VALUES ('flagged'), ('clear'), ('undetermined')) w, seed
WHERE NOT EXISTS (SELECT 1 FROM outcome o WHERE o.rule = r.id AND o.is_so = w.column1)
    AND r.id || ' ' || w.column1 NOT IN ('N-MEM-06 flagged', 'N-CON-03 flagged', 'N-CON-03 clear')
    AND NOT (number > 1 AND w.column1 = 'flagged' AND r.id IN ('N-MEM-03', 'N-MEM-05', 'N-RIG-01', 'N-RIG-02', 'N-LOW-01', 'N-LOW-03', 'N-VEH-02', 'N-CON-01'));
SELECT 'nobody has', name FROM value, seed WHERE number = 1 GROUP BY name HAVING name NOT IN (SELECT name FROM tells);
SELECT 'everybody is known to have', name FROM value GROUP BY name HAVING max(substr(v, 1, 1) = '?') = 0;
