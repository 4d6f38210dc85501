-- Checks of the file against itself, and the digest over what it says.

-- name: integrity_check
PRAGMA integrity_check(1);

-- name: foreign_key_check
PRAGMA foreign_key_check;

-- name: chain_heads
SELECT number, id FROM run WHERE state <> 'building' AND purged = 0 ORDER BY number;

-- Each check_ statement returns a text for each difference and no row when all is well. Those with a
-- parameter take a run that temp.chain stands on.
-- name: check_ledgers
SELECT 'ledger ' || feed || ' ' || file FROM delivery d
WHERE records <> accepted + other_document + duplicate + rejected
   OR accepted <> matched + not_in_caseload
   OR purged = 0 AND rejected <> (SELECT count(*) FROM reject j WHERE j.delivery = d.number);

-- name: check_households
SELECT 'households ' || r.id FROM run r
WHERE r.number = ?1
  AND (r.households, r.flagged, r.clear, r.unchecked, r.out_of_scope, r.flags) <>
      (SELECT count(*), total(state = 'flagged'), total(state = 'clear'),
              total(state = 'unchecked'), total(state = 'out_of_scope'), total(flags)
       FROM household_now WHERE state <> 'absent');

-- name: check_flags
SELECT 'flags ' || r.id FROM run r
WHERE r.number = ?1
  AND (r.flags, r.flags_not_checked, r.flags_new, r.flags_changed, r.flags_gone) <>
      (SELECT total(kind NOT IN ('gone', 'not_checked')), total(kind = 'not_checked'),
              total(kind = 'new' AND run = ?1), total(kind = 'changed' AND run = ?1),
              total(kind = 'gone' AND run = ?1)
       FROM flag_now);

-- name: check_states
SELECT 'state ' || h.id FROM household_now n JOIN household h ON h.number = n.household
WHERE (n.state = 'flagged') <> (n.flags > 0)
   OR n.flags <> (SELECT count(*) FROM flag_now x JOIN flag f ON f.number = x.flag
                  WHERE f.household = n.household AND x.kind NOT IN ('gone', 'not_checked'))
      AND n.state <> 'absent';

-- The digest_ statements, in this order, are what hedui_store_digest covers: no row numbers, no
-- times, no run that is not complete.
-- name: digest_deliveries
SELECT record, purged FROM delivery ORDER BY record;

-- name: digest_receipts
SELECT record FROM receipt ORDER BY record;

-- name: digest_answers
SELECT c.record, x.n, x.query, x.query_day, x.asked, x.answered, x.unasked
FROM receipt_delivery x JOIN receipt c ON c.number = x.receipt WHERE x.query <> ''
ORDER BY c.record, x.n;

-- name: digest_queries
SELECT id, feed, title, day, answer_by, person, households, members, file, content, asked, entries,
       omitted, unreadable, purged
FROM query ORDER BY id;

-- name: digest_query_people
SELECT * FROM (
    SELECT q.id, p.token, NULL, NULL, NULL, NULL FROM query_person p JOIN query q ON q.number = p.query
    UNION ALL
    SELECT q.id, o.n, o.household, o.name, o.person_masked, o.reason
    FROM query_omitted o JOIN query q ON q.number = o.query)
ORDER BY 1, 2;

-- Of a list as many people are kept as it says, or nobody any more.
-- name: check_queries
SELECT 'query ' || q.id FROM query q
WHERE (CASE purged WHEN 1 THEN 0 ELSE q.asked END) <>
      (SELECT count(*) FROM query_person p WHERE p.query = q.number)
   OR (CASE purged WHEN 1 THEN 0 ELSE q.omitted END) <>
      (SELECT count(*) FROM query_omitted o WHERE o.query = q.number);

-- name: digest_runs
SELECT r.id, r.as_of, r.state, b.id, c.record, r.unit, r.engine, r.digest, r.persons,
       r.persons_matched, r.persons_authorised, r.rows_id_name, r.rows_id_only, r.rows_name_differs,
       r.rows_upgraded, r.households, r.flagged, r.clear, r.unchecked, r.out_of_scope, r.flags,
       r.high, r.medium, r.low, r.flags_new, r.flags_continuing, r.flags_changed,
       r.flags_not_checked, r.flags_gone, r.purged, r.listed, r.visit_by
FROM run r JOIN receipt c ON c.number = r.receipt LEFT JOIN run b ON b.number = r.base
WHERE r.state <> 'building' ORDER BY r.id;

-- name: digest_run_parts
SELECT * FROM (
    SELECT r.id, 'hold', h.n, h.feed, h.number, h.argument, h.verdict, NULL
    FROM hold h JOIN run r ON r.number = h.run WHERE r.state <> 'building'
    UNION ALL
    SELECT r.id, 'input', i.n, i.kind, i.name, i.digest, NULL, NULL
    FROM input i JOIN run r ON r.number = i.run WHERE r.state <> 'building'
    UNION ALL
    SELECT r.id, 'rule', x.n, x.id, x.in_force, u.record, x.standing, NULL
    FROM run_rule x JOIN run r ON r.number = x.run JOIN rule u ON u.number = x.rule
    WHERE r.state <> 'building'
    UNION ALL
    -- runs from before a gap could name a column have the digest they had
    SELECT r.id, 'gap', g.n, g.rule, g.reason, g.source, g.households,
           CASE WHEN g.field <> '' THEN g.field || ' ' || g.field_title END
    FROM gap g JOIN run r ON r.number = g.run WHERE r.state <> 'building'
    UNION ALL
    SELECT r.id, 'event', row_number() OVER (PARTITION BY e.run ORDER BY e.number), e.event,
           e.person, e.reason, NULL, NULL
    FROM run_event e JOIN run r ON r.number = e.run)
ORDER BY 1, 2, 3;

-- name: digest_confirmations
SELECT c.event, c.pack, c.document, c.title, c.person, c.reason, c.day, r.rule, r.said
FROM confirmation c LEFT JOIN confirmation_rule r ON r.confirmation = c.number
ORDER BY c.number, r.rule;

-- name: digest_overrides
SELECT o.id, o.household, o.rule, o.subject, o.content, o.evidence, o.until, e.event, e.person,
       e.reason, e.day
FROM override o JOIN override_event e ON e.override = o.number ORDER BY o.id, e.number;

-- name: digest_overridden
SELECT r.id, h.id, f.rule, f.subject, v.content, x.override
FROM overridden x JOIN run r ON r.number = x.run JOIN flag f ON f.number = x.flag
    JOIN household h ON h.number = f.household JOIN flag_version v ON v.number = x.version
WHERE r.state <> 'building' ORDER BY r.id, h.id, f.rule, f.subject;

-- An override that holds was proposed by one person and approved by another.
-- name: check_overrides
SELECT 'override ' || o.id FROM override o
WHERE NOT EXISTS (SELECT 1 FROM override_event e
                  WHERE e.override = o.number AND e.event = 'proposed')
   OR EXISTS (SELECT 1 FROM override_event a JOIN override_event p ON p.override = a.override
              WHERE a.override = o.number AND a.event = 'approved' AND p.event = 'proposed'
                AND a.who = p.who);

-- name: digest_pairs
SELECT o.id, o.household, o.token, o.feed, o.key, o.content, o.evidence, o.until, w.says, e.event,
       e.person, e.reason, e.day
FROM pair o JOIN pair_event e ON e.pair = o.number LEFT JOIN pair_row w ON w.pair = o.number
ORDER BY o.id, e.number;

-- name: digest_pairs_met
SELECT r.id, x.n, h.id, x.pair, x.state, x.person, x.person_masked, d.record, x.line, x.offset,
       x.length
FROM pair_met x JOIN run r ON r.number = x.run JOIN household h ON h.number = x.household
    JOIN delivery d ON d.number = x.delivery
WHERE r.state <> 'building' ORDER BY r.id, x.n;

-- So does a pair; and a row that a run left out, or took again, is spoken of by one on record.
-- name: check_pairs
SELECT 'pair ' || o.id FROM pair o
WHERE NOT EXISTS (SELECT 1 FROM pair_event e WHERE e.pair = o.number AND e.event = 'proposed')
   OR EXISTS (SELECT 1 FROM pair_event a JOIN pair_event p ON p.pair = a.pair
              WHERE a.pair = o.number AND a.event = 'approved' AND p.event = 'proposed'
                AND a.who = p.who)
UNION ALL
SELECT 'pair ' || x.pair FROM pair_met x
WHERE NOT EXISTS (SELECT 1 FROM pair o JOIN pair_event a ON a.pair = o.number
                  WHERE o.id = x.pair AND a.event = 'approved');

-- name: digest_sources
SELECT r.id, s.feed, s.part, s.own, s.shown FROM source s JOIN run r ON r.number = s.run
WHERE r.state <> 'building' ORDER BY r.id, s.feed;

-- name: digest_searched
SELECT h.id, r.id, s.found FROM searched s JOIN household h ON h.number = s.household
    JOIN run r ON r.number = s.run
WHERE r.state <> 'building' ORDER BY h.id, r.id;

-- What was found is said in as many characters as the household has people.
-- name: check_searched
SELECT 'searched ' || h.id FROM searched_now s JOIN household_now n ON n.household = s.household
    JOIN household h ON h.number = s.household, json_each(s.found) f
WHERE n.state <> 'absent' AND f.key <> '*' AND length(f.value) <> json_array_length(n.people);

-- name: digest_households
SELECT h.id, r.id, v.record, v.state
FROM household_version v JOIN household h ON h.number = v.household JOIN run r ON r.number = v.run
WHERE r.state <> 'building' ORDER BY h.id, r.id;

-- name: digest_flags
SELECT h.id, f.rule, f.subject, r.id, e.kind, e.why, v.content, v.shown
FROM flag_event e JOIN flag f ON f.number = e.flag JOIN household h ON h.number = f.household
    JOIN run r ON r.number = e.run JOIN flag_version v ON v.number = e.version
WHERE r.state <> 'building' ORDER BY h.id, f.rule, f.subject, r.id;

-- name: digest_versions
SELECT h.id, f.rule, f.subject, v.content, v.shown, v.person, v.person_masked, v.effect, v.capped,
       v.message
FROM flag_version v JOIN flag f ON f.number = v.flag JOIN household h ON h.number = f.household
    JOIN run r ON r.number = v.run
WHERE r.state <> 'building' ORDER BY h.id, f.rule, f.subject, v.content, v.shown;

-- name: digest_evidence
SELECT h.id, f.rule, f.subject, v.content, v.shown, e.n, d.record, e.line, e.offset, e.length,
       e.row_key, e.person, e.match, e.content, c.n, c.column_name, c.title, c.value
FROM evidence e JOIN flag_version v ON v.number = e.version JOIN flag f ON f.number = v.flag
    JOIN household h ON h.number = f.household JOIN delivery d ON d.number = e.delivery
    JOIN run r ON r.number = v.run LEFT JOIN cell c ON c.evidence = e.number
WHERE r.state <> 'building' ORDER BY h.id, f.rule, f.subject, v.content, v.shown, e.n, c.n;

-- name: digest_causes
SELECT h.id, c.rule, c.subject, c.reason, c.source, c.field, c.person, c.review, r.id, e.open
FROM cause_event e JOIN cause c ON c.number = e.cause JOIN household h ON h.number = c.household
    JOIN run r ON r.number = e.run
WHERE r.state <> 'building'
ORDER BY h.id, c.rule, c.subject, c.reason, c.source, c.field, c.person, c.review, r.id;
