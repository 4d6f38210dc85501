-- What the long lists read beside their households (walk.c). Of a household, a flag and a cause the
-- newest row comes first, along the keys: nothing is sorted, and nothing asks what is newer.

-- name: walk_chain
SELECT run FROM temp.chain;

-- name: walk_rules
SELECT x.id, u.title, u.basis, u.ask, u.clears, u.severity, x.n, u.effect <> 'inform'
FROM main.run_rule x JOIN main.rule u ON u.number = x.rule WHERE x.run = ?1 ORDER BY x.n;

-- name: walk_run_last
SELECT coalesce(max(number), 0) FROM main.run;

-- name: walk_runs
SELECT number, id FROM main.run ORDER BY number;

-- name: walk_causes
SELECT c.number, e.run, e.open, c.rule, c.reason, c.person
FROM main.cause c CROSS JOIN main.cause_event e ON e.cause = c.number
WHERE c.household = ?1
ORDER BY c.rule, c.subject, c.reason, c.source, c.field, c.person, c.review, e.run DESC;

-- Households that ever had a flag: whoever had none has none.
-- name: walk_flagged
SELECT f.household FROM main.flag_version v CROSS JOIN main.flag f ON f.number = v.flag
WHERE v.effect <> 'inform' ORDER BY v.number;

-- name: walk_flags
SELECT f.number, e.run, e.kind, v.effect, f.rule, f.run, e.version, e.why, v.capped, v.person,
       v.person_masked, v.message
FROM main.flag f CROSS JOIN main.flag_event e ON e.flag = f.number
    CROSS JOIN main.flag_version v ON v.number = e.version
WHERE f.household = ?1 ORDER BY f.rule, f.subject, e.run DESC;

-- name: walk_household
SELECT run, town_name, area_name, head_name, counted, paid_fen, unanswered
FROM main.household_version WHERE household = ?1 ORDER BY run DESC;

-- name: walk_evidence
SELECT delivery, line, match FROM main.evidence WHERE version = ?1 ORDER BY n;

-- name: walk_file_last
SELECT coalesce(max(number), 0) FROM main.delivery;

-- name: walk_file
SELECT source || ' ' || title, CASE WHEN file = '' THEN '（无）' ELSE file END,
       coalesce(date(cut_off * 86400, 'unixepoch'), '未知')
FROM main.delivery WHERE number = ?1;
