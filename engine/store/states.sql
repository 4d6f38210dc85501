-- All households of a run at once, for the demo's comparison; temp.chain stands on the run.

-- name: state_list
SELECT h.id, n.state FROM household_now n JOIN household h ON h.number = n.household
WHERE n.state <> 'absent' ORDER BY h.id;

-- name: open_cause_list
SELECT h.id, c.rule, c.reason
FROM cause_now n JOIN cause c ON c.number = n.cause JOIN household h ON h.number = c.household
WHERE n.open = 1 ORDER BY h.id, c.rule, c.reason;
