-- All households of a run at once; temp.chain stands on the run.

-- name: state_list
SELECT h.id, n.state, coalesce(s.found, '')
FROM household_now n JOIN household h ON h.number = n.household
    LEFT JOIN searched_now s ON s.household = n.household
WHERE n.state <> 'absent' ORDER BY h.id;

-- name: state_flagged
SELECT h.id FROM household h CROSS JOIN household_now n ON n.household = h.number -- the first ends it
WHERE n.state = 'flagged' ORDER BY h.id LIMIT 1;

-- Flags and tags alike, tips too: for the comparison with a truth, for no face.
-- name: mark_list
SELECT h.id, f.rule, f.subject, v.person, v.person_masked, v.effect, v.capped
FROM mark_now n JOIN flag f ON f.number = n.flag JOIN household h ON h.number = f.household
    JOIN flag_version v ON v.number = n.version
WHERE n.kind NOT IN ('gone', 'not_checked') ORDER BY h.id, f.rule, f.subject;

-- Those that left the caseload only with what went with them.
-- name: shown_list
SELECT h.id, n.state, ''
FROM household_now n JOIN household h ON h.number = n.household
WHERE n.state <> 'absent' OR h.id IN (SELECT household FROM flag_shown) ORDER BY h.id;

-- name: open_cause_list
SELECT h.id, c.rule, c.reason
FROM cause_now n JOIN cause c ON c.number = n.cause JOIN household h ON h.number = c.household
WHERE n.open = 1 ORDER BY h.id, c.rule, c.reason;
