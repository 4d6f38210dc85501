-- Questions of the faces. Those that read the *_now views need temp.chain to stand on the run.

-- name: run_list
SELECT r.id, r.as_of, CASE WHEN r.listed AND r.state = 'draft' THEN 'listed' ELSE r.state END,
       coalesce(b.id, ''), b.flags, b.flagged, r.unit, r.engine, r.digest,
       r.started, r.finished, r.persons, r.persons_matched, r.persons_authorised, r.rows_id_name,
       r.rows_id_only, r.rows_name_differs, r.rows_upgraded, r.households, r.flagged, r.clear,
       r.unchecked, r.out_of_scope, r.flags, r.high, r.medium, r.low, r.flags_new,
       r.flags_continuing, r.flags_changed, r.flags_not_checked, r.flags_gone, r.purged,
       CASE r.purged WHEN 0 THEN (SELECT count(*) FROM overridden o WHERE o.run = r.number) END, r.listed,
       CASE r.purged WHEN 0 THEN (SELECT count(*) FROM pair_met x WHERE x.run = r.number
                                  AND x.state = 'left_out') END
FROM run r LEFT JOIN run b ON b.number = r.base
WHERE r.state <> 'building' AND (?1 IS NULL OR r.number = ?1)
ORDER BY r.number DESC;

-- name: hold_list
SELECT feed, number, argument, verdict FROM hold WHERE run = ?1 ORDER BY n;

-- name: event_list
SELECT event, person, reason, at FROM run_event WHERE run = ?1 ORDER BY number;

-- name: input_list
SELECT kind, name, digest FROM input WHERE run = ?1 ORDER BY n;

-- A rule's households without an answer, whatever left them so. Causes of their own are known one by
-- one; what a gap left is told by a household with more unanswered rules than causes of its own, and
-- held between the bounds that the gaps' counts set. Rules that only inform are counted for
-- themselves: they leave no household unanswered. What stands on visit sheets only is left out.
-- name: rule_list
WITH flags AS (
    SELECT rule, sum(flags) AS flags, sum(households) AS households FROM temp.tally_flag GROUP BY rule),
gapped AS (
    SELECT rule, max(households) AS most, sum(households) AS whole
    FROM gap WHERE run = ?1 GROUP BY rule)
SELECT u.pack, u.id, u.title, u.basis, u.ask, u.clears, u.effect, u.severity, u.category, x.in_force,
       u.digest, coalesce(flags.flags, 0), coalesce(flags.households, 0),
       max(coalesce(t.open, 0), coalesce(gapped.most, 0),
           coalesce(t.open, 0) + min(coalesce(t.missed, 0), coalesce(gapped.whole, 0))),
       x.standing
FROM run_rule x JOIN rule u ON u.number = x.rule
    LEFT JOIN flags ON flags.rule = x.id LEFT JOIN temp.tally_rule t ON t.rule = x.id
    LEFT JOIN gapped ON gapped.rule = x.id
WHERE x.run = ?1 AND u.shown = 'everywhere' ORDER BY x.n;

-- name: gap_list
SELECT g.rule, g.reason, g.source,
       coalesce((SELECT d.title FROM run r JOIN receipt_delivery x ON x.receipt = r.receipt
                     JOIN delivery d ON d.number = x.delivery
                 WHERE r.number = g.run AND d.feed = g.source LIMIT 1), g.source),
       g.households, g.field, g.field_title
FROM gap g WHERE g.run = ?1 ORDER BY g.n;

-- Households and flags by town, and how many households were flagged in the run it was compared
-- with (NULL: there was none, or its particulars were purged). A town whose households have all left
-- the caseload is listed if flags of theirs are kept as not checked.
-- name: town_list
WITH by_town AS (
    SELECT t.town_code, sum(t.flags) FILTER (WHERE u.severity IS NOT NULL) AS flags,
           sum(t.flags) FILTER (WHERE u.severity = 'high') AS high,
           sum(t.flags) FILTER (WHERE u.severity = 'medium') AS medium,
           sum(t.flags) FILTER (WHERE u.severity = 'low') AS low, sum(t.kept) AS kept
    FROM temp.tally_flag t LEFT JOIN run_rule x ON x.run = ?1 AND x.id = t.rule
        LEFT JOIN rule u ON u.number = x.rule
    WHERE t.tag = 0 GROUP BY t.town_code)
SELECT h.town_code, h.name, h.households, h.flagged, h.clear, h.unchecked, h.out_of_scope,
       coalesce(b.flags, 0), coalesce(b.high, 0), coalesce(b.medium, 0), coalesce(b.low, 0),
       CASE (SELECT p.purged FROM run r JOIN run p ON p.number = r.base WHERE r.number = ?1)
           WHEN 0 THEN h.before END,
       coalesce(b.kept, 0)
FROM temp.tally_town h LEFT JOIN by_town b ON b.town_code = h.town_code
WHERE h.households > 0 OR coalesce(b.kept, 0) > 0
ORDER BY h.town_code;

-- name: run_place
SELECT id, as_of FROM run WHERE number = ?1;

-- name: household_one
SELECT h.id, n.area_code, n.area_name, n.town_code, n.town_name, n.head_name, n.programme,
       n.urban_rural, n.status, n.members, n.counted, n.paid_fen, n.state, n.flags, n.unanswered,
       coalesce(s.found, '')
FROM household_now n JOIN household h ON h.number = n.household
    LEFT JOIN searched_now s ON s.household = n.household WHERE h.id = ?1;

-- name: flag_list
SELECT household, town_name, head_name, rule, title, basis, ask, clears, severity, category, effect,
       capped, subject, person, person_masked, message, status, why, since, content, version, placed
FROM flag_shown ORDER BY household, place, rule, subject;

-- name: flag_list_of
SELECT household, town_name, head_name, rule, title, basis, ask, clears, severity, category, effect,
       capped, subject, person, person_masked, message, status, why, since, content, version, placed
FROM flag_shown WHERE household = ?1 ORDER BY place, rule, subject;

-- Tags of a household: reasons to look at it again that put it on no list. Tips are not among them.
-- name: tag_list
SELECT f.rule, u.title, u.basis, u.ask, u.category, v.person, v.person_masked, v.message
FROM mark_now n JOIN flag f ON f.number = n.flag JOIN household h ON h.number = f.household
    JOIN flag_version v ON v.number = n.version
    JOIN run_rule x ON x.run = ?1 AND x.id = f.rule JOIN rule u ON u.number = x.rule
WHERE h.id = ?2 AND v.effect = 'inform' AND n.kind NOT IN ('gone', 'not_checked')
  AND u.shown = 'everywhere'
ORDER BY x.n, f.rule, f.subject;

-- name: evidence_list
SELECT d.feed, d.title, d.source, d.file, d.digest, d.cut_off, e.line, e.offset, e.length, e.row_key,
       e.person, e.match, e.content, e.number
FROM evidence e JOIN delivery d ON d.number = e.delivery WHERE e.version = ?1 ORDER BY e.n;

-- name: cell_list
SELECT column_name, title, value FROM cell WHERE evidence = ?1 ORDER BY n;

-- ?1 run, ?2 household
-- name: cause_list
SELECT c.rule, c.subject, c.reason, c.source,
       coalesce((SELECT d.title FROM run r JOIN receipt_delivery x ON x.receipt = r.receipt
                     JOIN delivery d ON d.number = x.delivery
                 WHERE r.number = ?1 AND d.feed = c.source LIMIT 1), c.source),
       c.field, c.person, c.review
FROM cause_now n JOIN cause c ON c.number = n.cause JOIN household h ON h.number = c.household
    LEFT JOIN run_rule x ON x.run = ?1 AND x.id = c.rule
    LEFT JOIN rule u ON u.number = x.rule
WHERE n.open = 1 AND h.id = ?2 AND coalesce(u.shown, 'everywhere') = 'everywhere'
ORDER BY x.n, c.rule, c.subject, c.reason, c.source, c.field, c.person;

-- A rule with a gap is taken as unanswered for a household that has more unanswered rules than
-- causes of its own.
-- name: answer_list
WITH here AS (
    SELECT n.household, n.state, n.unanswered, ',' || n.programme || ',' AS programme,
           ',' || n.urban_rural || ',' AS urban_rural, ',' || n.status || ',' AS status
    FROM household_now n
        JOIN household h ON h.number = n.household WHERE h.id = ?2),
own AS (
    SELECT DISTINCT c.rule FROM cause_now n JOIN cause c ON c.number = n.cause
    WHERE n.open = 1 AND c.household = (SELECT household FROM here)),
lead AS (
    SELECT x.id FROM run_rule x JOIN rule u ON u.number = x.rule
    WHERE x.run = ?1 AND u.effect <> 'inform'),
raised AS (
    SELECT DISTINCT f.rule FROM mark_now n JOIN flag f ON f.number = n.flag
    WHERE n.kind NOT IN ('gone', 'not_checked') AND f.household = (SELECT household FROM here))
SELECT x.id, u.title,
       CASE WHEN here.state = 'out_of_scope' THEN 'not_applicable'
            WHEN here.state = 'absent' THEN 'undetermined'
            WHEN x.id IN (SELECT rule FROM raised) AND x.id NOT IN lead THEN 'tagged'
            WHEN x.id IN (SELECT rule FROM raised) THEN 'flagged'
            WHEN x.id IN (SELECT rule FROM own) THEN 'undetermined'
            WHEN EXISTS (SELECT 1 FROM overridden o JOIN flag f ON f.number = o.flag
                         WHERE o.run = ?1 AND f.household = here.household AND f.rule = x.id)
                THEN 'overridden'
            WHEN (u.programmes <> '' AND instr(u.programmes, here.programme) = 0)
                 OR (u.urban_rurals <> '' AND instr(u.urban_rurals, here.urban_rural) = 0)
                 OR (u.statuses <> '' AND instr(u.statuses, here.status) = 0)
                THEN 'not_applicable'
            WHEN (x.id NOT IN lead OR
                  here.unanswered > (SELECT count(*) FROM own WHERE rule IN lead AND rule NOT IN
                                         (SELECT rule FROM raised)))
                 AND EXISTS (SELECT 1 FROM gap g WHERE g.run = ?1 AND g.rule = x.id)
                THEN 'undetermined'
            ELSE 'clear' END
FROM here, run_rule x JOIN rule u ON u.number = x.rule
WHERE x.run = ?1 AND x.in_force = 1 AND u.shown = 'everywhere' ORDER BY x.n;

-- name: run_state
SELECT CASE WHEN listed AND state = 'draft' THEN 'listed' ELSE state END FROM run WHERE number = ?1;

-- The run published after run ?1 was made, if any: its number.
-- name: run_superseded
SELECT p.number FROM run r, run p
WHERE r.number = ?1 AND p.state = 'published' AND p.number <> coalesce(r.base, 0)
  AND p.number = (SELECT max(number) FROM run WHERE state = 'published');

-- name: run_name
SELECT id FROM run WHERE number = ?1;

-- name: run_set_state
UPDATE run SET state = ?2 WHERE number = ?1;

-- name: run_event_insert
INSERT INTO run_event (run, event, person, reason, at) VALUES (?1, ?2, ?3, ?4, ?5);
