-- Two runs compared: each side is laid out in a temporary table while temp.chain stands on it.

-- script: diff_clear
DELETE FROM temp.diff_run;
DELETE FROM temp.diff_flag;
DELETE FROM temp.diff_household;

-- ?1 side: 0 the earlier run, 1 the later
-- name: diff_runs
INSERT INTO temp.diff_run (side, run) SELECT ?1, run FROM temp.chain;

-- name: diff_flags
INSERT INTO temp.diff_flag (side, flag, version, content, kind)
SELECT ?1, n.flag, n.version, v.content, CASE n.kind WHEN 'not_checked' THEN 0 ELSE 1 END
FROM temp.flag_now n JOIN main.flag_version v ON v.number = n.version WHERE n.kind <> 'gone';

-- name: diff_households
INSERT INTO temp.diff_household (side, household, town_code, town_name, head_name, flagged)
SELECT ?1, household, town_code, town_name, head_name, state = 'flagged' FROM temp.household_now
WHERE state <> 'absent';

-- Two runs need not rest on each other: two drafts, a run of a list. So a flag of the earlier run that
-- the later neither raises nor found gone since is gone only if the later looked for it, as in
-- flags_close (flags.sql); else it counts as not checked. ?1 the later run, on which temp.chain stands.
-- name: diff_unchecked
INSERT INTO temp.diff_flag (side, flag, version, content, kind)
SELECT 1, a.flag, a.version, a.content, 0
FROM temp.diff_flag a JOIN main.flag f ON f.number = a.flag
    LEFT JOIN temp.diff_flag b ON b.side = 1 AND b.flag = a.flag
    LEFT JOIN temp.household_now h ON h.household = f.household AND h.state <> 'absent'
    LEFT JOIN main.run_rule rr ON rr.run = ?1 AND rr.id = f.rule
    LEFT JOIN main.rule u ON u.number = rr.rule
WHERE a.side = 0 AND a.kind = 1 AND b.flag IS NULL
  AND NOT EXISTS (SELECT 1 FROM main.flag_event e
                  WHERE e.flag = a.flag AND e.kind = 'gone'
                    AND e.run IN (SELECT run FROM temp.diff_run WHERE side = 1)
                    AND e.run NOT IN (SELECT run FROM temp.diff_run WHERE side = 0))
  AND CASE
      WHEN h.household IS NULL THEN 1
      WHEN EXISTS (SELECT 1 FROM main.overridden o WHERE o.run = ?1 AND o.flag = a.flag) THEN 0
      WHEN coalesce(rr.in_force, 0) = 0 THEN 1
      WHEN h.state = 'out_of_scope' THEN 0
      WHEN EXISTS (SELECT 1 FROM main.cause c JOIN temp.cause_now n ON n.cause = c.number
                   WHERE c.household = f.household AND c.rule = f.rule AND n.open = 1) THEN 1
      ELSE (h.unanswered > 0 OR u.effect = 'inform')
           AND EXISTS (SELECT 1 FROM main.gap g WHERE g.run = ?1 AND g.rule = f.rule) END;

-- name: diff_counts
WITH pair AS (
    SELECT f.flag, a.content AS before, b.content AS after,
           coalesce(b.kind, 1) AS checked
    FROM (SELECT DISTINCT flag FROM temp.diff_flag) f
        LEFT JOIN temp.diff_flag a ON a.side = 0 AND a.flag = f.flag AND a.kind = 1
        LEFT JOIN temp.diff_flag b ON b.side = 1 AND b.flag = f.flag),
judged AS (
    SELECT CASE WHEN checked = 0 AND before IS NOT NULL THEN 'not_checked'
                WHEN checked = 0 THEN 'neither'
                WHEN before IS NULL AND after IS NULL THEN 'neither'
                WHEN before IS NULL THEN 'added'
                WHEN after IS NULL THEN 'removed'
                WHEN before <> after THEN 'changed'
                ELSE 'same' END AS change
    FROM pair)
SELECT count(*) FILTER (WHERE change IN ('same', 'changed', 'removed', 'not_checked')),
       count(*) FILTER (WHERE change IN ('same', 'changed', 'added')),
       count(*) FILTER (WHERE change = 'same'), count(*) FILTER (WHERE change = 'changed'),
       count(*) FILTER (WHERE change = 'added'), count(*) FILTER (WHERE change = 'removed'),
       count(*) FILTER (WHERE change = 'not_checked')
FROM judged;

-- name: diff_changes
SELECT h.id, coalesce(hb.town_name, ha.town_name, ''), coalesce(hb.head_name, ha.head_name, ''),
       f.rule,
       coalesce((SELECT u.title FROM main.run_rule x JOIN main.rule u ON u.number = x.rule
                 WHERE x.id = f.rule AND x.run IN (?1, ?2) ORDER BY x.run = ?2 DESC LIMIT 1), f.rule),
       f.subject, v.person, v.message,
       CASE WHEN b.kind = 0 THEN 'not_checked' WHEN a.flag IS NULL THEN 'added'
            WHEN b.flag IS NULL THEN 'removed' ELSE 'changed' END
FROM (SELECT DISTINCT flag FROM temp.diff_flag) d JOIN main.flag f ON f.number = d.flag
    JOIN main.household h ON h.number = f.household
    LEFT JOIN temp.diff_flag a ON a.side = 0 AND a.flag = d.flag AND a.kind = 1
    LEFT JOIN temp.diff_flag b ON b.side = 1 AND b.flag = d.flag
    LEFT JOIN temp.diff_household ha ON ha.side = 0 AND ha.household = f.household
    LEFT JOIN temp.diff_household hb ON hb.side = 1 AND hb.household = f.household
    JOIN main.flag_version v ON v.number = coalesce(b.version, a.version)
WHERE (a.flag IS NOT NULL OR b.kind IS 1)
  AND NOT (a.flag IS NOT NULL AND b.kind IS 1 AND a.content IS b.content)
ORDER BY h.id, f.rule, f.subject;

-- A household without a flag in the later run is not cleared while one of its flags is not checked.
-- name: diff_towns
SELECT coalesce(b.town_code, a.town_code) AS code, max(coalesce(b.town_name, a.town_name)),
       count(*) FILTER (WHERE a.flagged),
       count(*) FILTER (WHERE b.flagged AND a.flagged IS NOT 1),
       count(*) FILTER (WHERE a.flagged AND b.flagged IS NOT 1 AND o.household IS NULL),
       count(*) FILTER (WHERE a.flagged AND b.flagged IS NOT 1 AND o.household IS NOT NULL),
       count(*) FILTER (WHERE b.flagged)
FROM (SELECT DISTINCT household FROM temp.diff_household WHERE flagged) h
    LEFT JOIN temp.diff_household a ON a.side = 0 AND a.household = h.household
    LEFT JOIN temp.diff_household b ON b.side = 1 AND b.household = h.household
    LEFT JOIN (SELECT DISTINCT f.household
               FROM temp.diff_flag d JOIN main.flag f ON f.number = d.flag
               WHERE d.side = 1 AND d.kind = 0) o ON o.household = h.household
GROUP BY code ORDER BY code;

-- name: run_base
SELECT base FROM run WHERE number = ?1;
