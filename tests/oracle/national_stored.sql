-- What the program stored ("s") against the oracle. None of these may give a row.
DROP TABLE IF EXISTS temp.stored_flag;
CREATE TEMP TABLE stored_flag AS
SELECT DISTINCT f.rule, h.id AS h, v.person_masked || ' ' || v.effect || ' ' || CASE WHEN f.rule LIKE 'V-%' THEN v.message ELSE '' END AS text
FROM s.flag f JOIN s.household h ON h.number = f.household
    JOIN s.flag_event e ON e.flag = f.number JOIN s.flag_version v ON v.number = e.version;
DROP TABLE IF EXISTS temp.oracle_flag;
CREATE TEMP TABLE oracle_flag AS
SELECT DISTINCT rule, f.h, coalesce(substr(p.number, 1, 6) || '********' || substr(p.number, 15), '') || ' ' || effect || ' ' || text AS text
FROM (SELECT f.rule, f.h, f.p, CASE WHEN f.rule IN ('N-MEM-06', 'N-INC-03', 'N-INC-04', 'N-CON-03', 'N-CON-04') THEN 'inform'
            WHEN f.rule LIKE 'N-LOW-%' OR f.rule LIKE 'N-OUT-%' OR f.rule LIKE 'N-RIG-%' OR f.rule IN ('N-MEM-04', 'N-MEM-05') THEN 'include'
            WHEN f.rule = 'N-MEM-01' AND w.strong THEN 'exclude_person' ELSE 'review' END AS effect, '' AS text
        FROM found f LEFT JOIN firm w ON w.h = f.h AND w.p = f.p WHERE f.v = 1
    UNION ALL SELECT 'V-' || replace(name, '_', '-'), h, p, 'inform', text FROM tells) f
    LEFT JOIN place p ON p.h = f.h AND p.p = f.p;
-- Reasons of a household; of whole sources and columns only how many households they leave open.
DROP TABLE IF EXISTS temp.stored_cause;
CREATE TEMP TABLE stored_cause AS
SELECT DISTINCT c.rule, h.id AS h, c.reason || '|' || c.source || '|' || c.field || '|' || c.person AS reason
FROM s.cause c JOIN s.household h ON h.number = c.household;
DROP TABLE IF EXISTS temp.oracle_cause;
CREATE TEMP TABLE oracle_cause AS SELECT rule, h, reason FROM because
WHERE reason NOT LIKE 'no_column|%' AND reason NOT LIKE 'not_supplied|%' AND reason NOT LIKE 'refused|%'
    AND NOT (reason LIKE 'not_asked|%' AND reason LIKE '%||');
DROP TABLE IF EXISTS temp.oracle_gap;
CREATE TEMP TABLE oracle_gap AS
SELECT rule, kind, substr(rest, 1, instr(rest, '|') + instr(substr(rest, instr(rest, '|') + 1), '|') - 1) AS place,
    count(DISTINCT h) AS n -- place: source|column
FROM (SELECT h, rule, substr(reason, 1, instr(reason, '|') - 1) AS kind, substr(reason, instr(reason, '|') + 1) AS rest
    FROM (SELECT rule, h, reason FROM because EXCEPT SELECT * FROM oracle_cause))
GROUP BY rule, kind, place;
DROP TABLE IF EXISTS temp.difference;
CREATE TEMP TABLE difference AS
SELECT 'stored' AS side, * FROM (SELECT * FROM stored_flag EXCEPT SELECT * FROM oracle_flag)
UNION ALL SELECT 'oracle', * FROM (SELECT * FROM oracle_flag EXCEPT SELECT * FROM stored_flag)
UNION ALL SELECT 'stored', * FROM (SELECT * FROM stored_cause EXCEPT SELECT * FROM oracle_cause)
UNION ALL SELECT 'oracle', * FROM (SELECT * FROM oracle_cause EXCEPT SELECT * FROM stored_cause)
UNION ALL SELECT 'stored', rule, households, reason || '|' || place
    FROM (SELECT rule, reason, source || '|' || field AS place, households FROM s.gap EXCEPT SELECT * FROM oracle_gap)
UNION ALL SELECT 'oracle', rule, n, kind || '|' || place
    FROM (SELECT * FROM oracle_gap EXCEPT SELECT rule, reason, source || '|' || field, households FROM s.gap);
SELECT * FROM difference;
