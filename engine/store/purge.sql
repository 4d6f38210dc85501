-- Purging: what runs before a kept one say about people is folded into the kept one and deleted;
-- their numbers, holds, inputs and decisions stay. temp.chain stands on the base of the kept run.
-- In all of them ?1 is the kept run.

-- Runs whose particulars go: all that do not rest on the kept run, nor began after it by themselves
-- (a draft of the time before anything was published has no base).
-- name: purge_mark
INSERT INTO temp.purge (run)
WITH RECURSIVE kept(run) AS (
    SELECT ?1 UNION
    SELECT number FROM main.run WHERE base IS NULL AND number > ?1 UNION
    SELECT r.number FROM kept k JOIN main.run r ON r.base = k.run)
SELECT number FROM main.run
WHERE number NOT IN (SELECT run FROM kept) AND state <> 'building' AND purged = 0;

-- script: purge_clear
DELETE FROM temp.purge;
DELETE FROM temp.decided;

-- name: purge_count
SELECT count(*) FROM temp.purge;

-- name: purge_list
SELECT r.id FROM temp.purge p JOIN main.run r ON r.number = p.run ORDER BY r.number;

-- name: purge_fold_flags
INSERT OR IGNORE INTO flag_event (flag, run, kind, version, why)
SELECT flag, ?1, CASE kind WHEN 'not_checked' THEN kind ELSE 'resumed' END, version, why
FROM mark_now WHERE kind <> 'gone';

-- name: purge_fold_households
INSERT OR IGNORE INTO household_version
SELECT household, ?1, record, area_code, area_name, town_code, town_name, head_name, programme,
       urban_rural, status, members, counted, paid_fen, state, flags, unanswered,
       address, benefit_from, people
FROM household_now
WHERE state <> 'absent'
   OR household IN (SELECT f.household FROM mark_now n JOIN flag f ON f.number = n.flag
                    WHERE n.kind <> 'gone');

-- name: purge_fold_searched
INSERT OR IGNORE INTO searched (household, run, found)
SELECT s.household, ?1, s.found
FROM searched_now s JOIN household_version v ON v.household = s.household AND v.run = ?1
WHERE v.state <> 'absent';

-- name: purge_fold_causes
INSERT OR IGNORE INTO cause_event (cause, run, open) SELECT cause, ?1, 1 FROM cause_now WHERE open = 1;

-- name: purge_flag_events
DELETE FROM flag_event WHERE run IN (SELECT run FROM temp.purge);

-- name: purge_household_versions
DELETE FROM household_version WHERE run IN (SELECT run FROM temp.purge);

-- name: purge_searched
DELETE FROM searched WHERE run IN (SELECT run FROM temp.purge);

-- name: purge_cause_events
DELETE FROM cause_event WHERE run IN (SELECT run FROM temp.purge);

-- name: purge_overridden
DELETE FROM overridden WHERE run IN (SELECT run FROM temp.purge);

-- name: purge_pairs_met
DELETE FROM pair_met WHERE run IN (SELECT run FROM temp.purge);

-- What rows said that cannot be left out on the kept run's day any more.
-- name: purge_pair_rows
DELETE FROM pair_row
WHERE pair IN (SELECT o.number FROM pair o
               WHERE o.until < (SELECT as_of FROM run WHERE number = ?1)
                  OR EXISTS (SELECT 1 FROM pair_event e
                             WHERE e.pair = o.number AND e.event IN ('refused', 'revoked')));

-- Findings that people have decided about, or are to: as long as that may hold on the kept run's day.
-- name: purge_decided
INSERT OR IGNORE INTO temp.decided (version, flag)
SELECT v.number, f.number
FROM override o JOIN household h ON h.id = o.household
    JOIN flag f ON f.household = h.number AND f.rule = o.rule AND f.subject = o.subject
    JOIN flag_version v ON v.flag = f.number AND v.content = o.content
WHERE o.until >= (SELECT as_of FROM run WHERE number = ?1)
  AND NOT EXISTS (SELECT 1 FROM override_event e
                  WHERE e.override = o.number AND e.event IN ('refused', 'revoked'));

-- What nothing speaks of any more.
-- name: purge_versions
DELETE FROM flag_version WHERE number NOT IN (SELECT version FROM flag_event)
    AND number NOT IN (SELECT version FROM overridden)
    AND number NOT IN (SELECT version FROM temp.decided);

-- name: purge_flags
DELETE FROM flag WHERE number NOT IN (SELECT flag FROM flag_event)
    AND number NOT IN (SELECT flag FROM overridden)
    AND number NOT IN (SELECT flag FROM temp.decided);

-- name: purge_causes
DELETE FROM cause WHERE number NOT IN (SELECT cause FROM cause_event);

-- name: purge_households
DELETE FROM household WHERE number NOT IN (SELECT household FROM household_version)
    AND number NOT IN (SELECT household FROM flag) AND number NOT IN (SELECT household FROM cause);

-- Rejected rows of deliveries that only purged runs have used.
-- name: purge_deliveries
UPDATE delivery SET purged = 1
WHERE purged = 0
  AND number IN (SELECT x.delivery FROM receipt_delivery x JOIN run r ON r.receipt = x.receipt
                 WHERE r.number IN (SELECT run FROM temp.purge))
  AND number NOT IN (SELECT x.delivery FROM receipt_delivery x JOIN run r ON r.receipt = x.receipt
                     WHERE r.purged = 0 AND r.number NOT IN (SELECT run FROM temp.purge));

-- name: purge_rejects
DELETE FROM reject WHERE delivery IN (SELECT number FROM delivery WHERE purged = 1);

-- Whom was asked about in lists that nothing can answer any more by the kept run's day.
-- name: purge_queries
UPDATE query SET purged = 1
WHERE purged = 0 AND answer_by < (SELECT as_of FROM run WHERE number = ?1);

-- name: purge_query_people
DELETE FROM query_person WHERE query IN (SELECT number FROM query WHERE purged = 1);

-- name: purge_query_omitted
DELETE FROM query_omitted WHERE query IN (SELECT number FROM query WHERE purged = 1);

-- name: purge_runs
UPDATE run SET purged = 1 WHERE number IN (SELECT run FROM temp.purge);

-- script: purge_settle
PRAGMA wal_checkpoint(TRUNCATE);

-- name: run_purged
SELECT purged FROM run WHERE number = ?1;
