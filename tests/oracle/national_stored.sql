-- What the program stored ("s") against the oracle. None of these may give a row.
DROP TABLE IF EXISTS temp.stored_flag;
CREATE TEMP TABLE stored_flag AS
SELECT DISTINCT h.id AS household, f.rule, v.person_masked AS person
FROM s.flag f JOIN s.household h ON h.number = f.household
    JOIN s.flag_event e ON e.flag = f.number JOIN s.flag_version v ON v.number = e.version
WHERE f.rule IN (SELECT id FROM rule) AND h.id IN (SELECT id FROM hh);
SELECT * FROM (SELECT 'stored', * FROM stored_flag EXCEPT SELECT 'stored', * FROM flag)
UNION ALL SELECT * FROM (SELECT 'oracle', * FROM flag EXCEPT SELECT 'oracle', * FROM stored_flag);

-- Households without an answer. Of what a whole feed or column leaves open only sums are stored.
DROP TABLE IF EXISTS temp.stored_open;
CREATE TEMP TABLE stored_open AS
SELECT DISTINCT h.id AS household, c.rule FROM s.cause c JOIN s.household h ON h.number = c.household
WHERE c.rule IN (SELECT id FROM rule) AND h.id IN (SELECT id FROM hh)
    AND (h.id, c.rule) NOT IN (SELECT household, rule FROM stored_flag);
DROP TABLE IF EXISTS temp.open;
CREATE TEMP TABLE open AS SELECT household, rule FROM answer WHERE outcome = 'undetermined';
SELECT 'stored', * FROM (SELECT * FROM stored_open EXCEPT SELECT * FROM open);
SELECT 'oracle', * FROM (SELECT * FROM open WHERE rule NOT IN (SELECT rule FROM s.gap)
    EXCEPT SELECT * FROM stored_open);
-- each open household lacks a feed or has a cause of its own; what lacks a feed is open or flagged
SELECT 'sums', r.id, n, feeds, most, own FROM (SELECT id,
        (SELECT count(*) FROM open o WHERE o.rule = rule.id) AS n,
        (SELECT sum(households) FROM s.gap g WHERE g.rule = rule.id) AS feeds,
        (SELECT max(households) FROM s.gap g WHERE g.rule = rule.id) AS most,
        (SELECT count(*) FROM stored_open o WHERE o.rule = rule.id) AS own,
        (SELECT count(DISTINCT household) FROM flag f WHERE f.rule = rule.id) AS flagged
    FROM rule WHERE id IN (SELECT rule FROM s.gap)) r
WHERE n > feeds + own OR most > n + flagged;
