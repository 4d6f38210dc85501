-- What the archive must hold, and what went from it.

-- script: archive_stay_clear
DELETE FROM temp.archive_stay;

-- Deliveries of runs that are not purged, and those that a row of evidence comes from.
-- name: archive_stay_deliveries
INSERT OR IGNORE INTO temp.archive_stay (kind, digest, delivery)
SELECT 0, d.digest, d.number FROM delivery d
WHERE d.digest IS NOT NULL
  AND (EXISTS (SELECT 1 FROM receipt_delivery x JOIN run r ON r.receipt = x.receipt
               WHERE x.delivery = d.number AND r.purged = 0 AND r.state <> 'building')
       OR EXISTS (SELECT 1 FROM evidence e WHERE e.delivery = d.number));

-- name: archive_stay_listings
INSERT OR IGNORE INTO temp.archive_stay (kind, digest, delivery)
SELECT 1, i.digest, NULL FROM input i JOIN run r ON r.number = i.run
WHERE i.kind = 'inputs' AND r.purged = 0 AND r.state <> 'building';

-- name: archive_stay_list
SELECT s.kind, s.digest, coalesce(d.feed, ''), coalesce(d.title, ''), coalesce(d.file, ''), d.size
FROM temp.archive_stay s LEFT JOIN delivery d ON d.number = s.delivery ORDER BY s.kind, s.digest;

-- What only purged runs rested on, and deliveries that came before the kept run's day for a night
-- that failed. ?1 kept run
-- name: archive_go_list
SELECT 0, d.digest, max(d.feed), max(d.title), max(d.file), max(d.size) FROM delivery d
WHERE d.digest IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM temp.archive_stay s WHERE s.kind = 0 AND s.digest = d.digest)
  AND (EXISTS (SELECT 1 FROM receipt_delivery x JOIN run r ON r.receipt = x.receipt
               WHERE x.delivery = d.number AND r.purged = 1)
       OR (SELECT max(c.as_of) FROM receipt_delivery x JOIN receipt c ON c.number = x.receipt
           WHERE x.delivery = d.number) < (SELECT as_of FROM run WHERE number = ?1))
GROUP BY d.digest
UNION ALL
SELECT 1, i.digest, '', '', '', NULL FROM input i JOIN run r ON r.number = i.run
WHERE i.kind = 'inputs' AND r.purged = 1
  AND NOT EXISTS (SELECT 1 FROM temp.archive_stay s WHERE s.kind = 1 AND s.digest = i.digest)
GROUP BY i.digest
ORDER BY 1, 2;

-- name: purge_event_insert
INSERT INTO purge_event (keep, before, person, reason, day, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
RETURNING number;

-- name: purge_run_insert
INSERT INTO purge_run (event, run) SELECT ?1, run FROM temp.purge;

-- name: purge_file_insert
INSERT INTO purge_file (event, kind, digest) VALUES (?1, ?2, ?3);

-- name: archive_left_insert
INSERT OR IGNORE INTO archive_left (kind, digest) VALUES (?1, ?2);

-- name: archive_left_list
SELECT kind, digest, '', '', '', NULL FROM archive_left ORDER BY kind, digest;

-- name: archive_left_clear
DELETE FROM archive_left;

-- ?1 run
-- name: purge_of_run
SELECT e.person, e.reason, e.day FROM purge_run p JOIN purge_event e ON e.number = p.event
WHERE p.run = ?1 ORDER BY e.number DESC LIMIT 1;

-- name: purge_of_file
SELECT e.person, e.reason, e.day FROM purge_file f JOIN purge_event e ON e.number = f.event
WHERE f.kind = 0 AND f.digest = ?1 ORDER BY e.number DESC LIMIT 1;

-- Of a run's deliveries those that a purge took from the archive. ?1 run
-- name: purged_deliveries
SELECT 0, d.digest, d.feed, d.title, d.file, d.size
FROM run r JOIN receipt_delivery x ON x.receipt = r.receipt JOIN delivery d ON d.number = x.delivery
WHERE r.number = ?1
  AND EXISTS (SELECT 1 FROM purge_file f WHERE f.kind = 0 AND f.digest = d.digest)
ORDER BY x.n;

-- name: digest_purges
SELECT r.id, e.before, e.person, e.reason, e.day, f.kind, f.digest
FROM purge_event e JOIN run r ON r.number = e.keep LEFT JOIN purge_file f ON f.event = e.number
ORDER BY e.number, f.kind, f.digest;
