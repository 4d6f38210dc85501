-- What is counted of a run by rule, town and reason: read once in one pass over its households, flags
-- and causes (tally.c) and laid into temporary tables. Questions of counts read those.

-- script: tally_clear
DELETE FROM temp.tally_flag;
DELETE FROM temp.tally_town;
DELETE FROM temp.tally_rule;
DELETE FROM temp.tally_cause;

-- Rules judged: whether one leaves a household unanswered, whether that is told to everybody, and
-- whether a gap left it open.
-- name: tally_rules
SELECT x.id, u.effect <> 'inform', u.effect <> 'inform' AND u.shown = 'everywhere',
       EXISTS (SELECT 1 FROM main.gap g WHERE g.run = x.run AND g.rule = x.id)
FROM main.run_rule x JOIN main.rule u ON u.number = x.rule WHERE x.run = ?1;

-- What the run rests on, the newest change of each household and cause first: tally.c takes what is
-- from that, and what was before the run from the next. Walked backwards along the keys, nothing is
-- sorted and nothing is asked for twice. Flags are walked forwards, which SQLite does without looking
-- for the flag and the version of each change: the last that is read of a flag is what it is.
-- name: tally_households
SELECT v.household, v.run, v.town_code, v.town_name, v.state, v.unanswered
FROM main.household_version v WHERE +v.run IN (SELECT run FROM temp.chain)
ORDER BY v.household DESC, v.run DESC;

-- name: tally_flags
SELECT e.flag, e.run, e.kind, v.effect = 'inform', f.household, f.rule, f.run
FROM main.flag_event e CROSS JOIN main.flag f ON f.number = e.flag
    CROSS JOIN main.flag_version v ON v.number = e.version
WHERE +e.run IN (SELECT run FROM temp.chain)
ORDER BY e.flag, e.run;

-- name: tally_causes
SELECT e.cause, e.open, c.household, c.rule, c.reason,
       CASE c.reason WHEN 'not_authorised' THEN '' ELSE c.source END
FROM main.cause_event e CROSS JOIN main.cause c ON c.number = e.cause
WHERE +e.run IN (SELECT run FROM temp.chain)
ORDER BY e.cause DESC, e.run DESC;

-- The day up to which what a run raised is to be looked at, counted from the day of run ?1.
-- name: tally_terms
SELECT number, visit_by - (SELECT as_of FROM main.run WHERE number = ?1) FROM main.run
WHERE visit_by IS NOT NULL ORDER BY number;

-- name: tally_flag_insert
INSERT INTO temp.tally_flag (rule, town_code, tag, households, flags, kept, before)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);

-- name: tally_town_insert
INSERT INTO temp.tally_town (town_code, name, households, flagged, clear, unchecked, out_of_scope,
    before, unanswered, listed, kept_only, overdue, soon, later, open_end, first)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15,
        (SELECT as_of FROM main.run WHERE number = ?16) + ?17);

-- name: tally_rule_insert
INSERT INTO temp.tally_rule (rule, open, missed) VALUES (?1, ?2, ?3);

-- name: tally_cause_insert
INSERT INTO temp.tally_cause (reason, feed, rules, households) VALUES (?1, ?2, ?3, ?4);
