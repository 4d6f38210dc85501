-- Deliveries, their rejects, and the receipt that binds those of one run together.

-- name: delivery_find
SELECT number FROM delivery WHERE record = ?1;

-- name: delivery_insert
INSERT INTO delivery (record, feed, title, source, file, digest, size, content_length, content_crc,
    cut_off, records, accepted, other_document, duplicate, rejected, matched, not_in_caseload,
    apart, unknown_fields, charset)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)
RETURNING number;

-- name: remark_insert
INSERT INTO remark (receipt, place, n, number, argument, verdict) VALUES (?1, ?2, ?3, ?4, ?5, ?6);

-- name: reject_insert
INSERT INTO reject (delivery, n, line, offset, length, reason, column_name, excerpt)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);

-- name: receipt_find
SELECT number FROM receipt WHERE record = ?1;

-- name: receipt_insert
INSERT INTO receipt (record, as_of) VALUES (?1, ?2) RETURNING number;

-- name: receipt_delivery_insert
INSERT INTO receipt_delivery (receipt, n, delivery, verdict, query, query_day, asked, answered, unasked)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9);

-- name: delivery_list
SELECT x.n, d.feed, d.title, d.source, d.file, d.digest, d.size, d.content_length,
       d.content_crc, d.cut_off, x.verdict, d.records, d.accepted, d.other_document, d.duplicate,
       d.rejected, d.matched, d.not_in_caseload, d.apart, d.unknown_fields, d.charset,
       x.query, x.query_day, x.asked, x.answered, x.unasked
FROM run r JOIN receipt_delivery x ON x.receipt = r.receipt JOIN delivery d ON d.number = x.delivery
WHERE r.number = ?1
ORDER BY x.n;

-- name: remark_list
SELECT m.number, m.argument, m.verdict FROM run r JOIN remark m ON m.receipt = r.receipt
WHERE r.number = ?1 AND m.place = ?2 ORDER BY m.n;

-- ?1 run, ?2 feed ('': all)
-- name: reject_list
SELECT d.feed, d.file, j.line, j.offset, j.length, j.reason, j.column_name, j.excerpt
FROM run r JOIN receipt_delivery x ON x.receipt = r.receipt JOIN delivery d ON d.number = x.delivery
    JOIN reject j ON j.delivery = d.number
WHERE r.number = ?1 AND (?2 = '' OR d.feed = ?2)
ORDER BY x.n, j.n;

-- name: reject_counts
SELECT d.feed, d.title, j.reason, count(*)
FROM run r JOIN receipt_delivery x ON x.receipt = r.receipt JOIN delivery d ON d.number = x.delivery
    JOIN reject j ON j.delivery = d.number
WHERE r.number = ?1
GROUP BY x.n, j.reason ORDER BY x.n, count(*) DESC, j.reason;

-- Deliveries whose digest begins so, the latest of each.
-- ?1 hexadecimal digits, lower case
-- name: delivery_by_digest
SELECT feed, title, source, file, digest, size, cut_off, max(number)
FROM delivery WHERE digest IS NOT NULL AND substr(lower(hex(digest)), 1, length(?1)) = ?1
GROUP BY digest, feed ORDER BY 8;

-- name: figure_insert
INSERT INTO figure (delivery, n, name, part, whole) VALUES (?1, ?2, ?3, ?4, ?5);

-- name: figure_list
SELECT name, part, whole FROM figure WHERE delivery = ?1 ORDER BY n;

-- ?1 run, ?2 feed, ?3 digest of the file
-- name: figure_list_of
SELECT f.name, f.part, f.whole
FROM run r JOIN receipt_delivery x ON x.receipt = r.receipt JOIN delivery d ON d.number = x.delivery
    JOIN figure f ON f.delivery = d.number
WHERE r.number = ?1 AND d.feed = ?2 AND d.digest = ?3 ORDER BY f.n;

-- The full delivery is the first of its chain.
-- ?1 run, ?2 feed, ?3 digest of the file
-- name: delivery_before
SELECT d.records
FROM run r JOIN receipt_delivery x ON x.receipt = r.receipt JOIN delivery d ON d.number = x.delivery
WHERE r.number < ?1 AND r.listed = 0 AND r.state IN ('draft', 'published') AND d.feed = ?2
    AND d.digest <> ?3 AND x.verdict IN ('accepted', 'warned', 'held')
    AND NOT EXISTS (SELECT 1 FROM receipt_delivery y JOIN delivery e ON e.number = y.delivery
                    WHERE y.receipt = x.receipt AND e.feed = d.feed AND y.n < x.n)
ORDER BY r.number DESC LIMIT 1;

-- Against what the next delivery of each feed is held: the newest that a run which stands has used,
-- of a chain the full delivery, which is its first: where that one does not count, none of them does.
-- A held one counts once its run was released; one whose chain broke behind it was not used.
-- name: baseline_list
SELECT feed, file, digest, content_crc, content_length, cut_off, records, rejected, matched, as_of,
       number
FROM (SELECT d.*, r.as_of AS as_of, r.number AS run,
             row_number() OVER (PARTITION BY d.feed ORDER BY r.number DESC, x.n) AS place
      FROM run r JOIN receipt_delivery x ON x.receipt = r.receipt
          JOIN delivery d ON d.number = x.delivery
      WHERE r.listed = 0
        AND ((r.state IN ('draft', 'published') AND x.verdict IN ('accepted', 'warned'))
             OR (r.state = 'published' AND x.verdict = 'held'))
        AND NOT EXISTS (SELECT 1 FROM receipt_delivery y JOIN delivery e ON e.number = y.delivery
                        WHERE y.receipt = x.receipt AND e.feed = d.feed
                            AND (y.verdict = 'refused' OR y.n < x.n)))
WHERE place = 1
ORDER BY feed;

-- Every file that came, with the days of the runs that saw it first and used it first. Runs that
-- were withdrawn saw it all the same.
-- ?1 last day of runs
-- name: arrival_list
SELECT d.feed, d.file, d.digest, d.cut_off, min(r.as_of),
       min(CASE WHEN x.verdict IN ('accepted', 'warned', 'held') THEN r.as_of END)
FROM run r JOIN receipt_delivery x ON x.receipt = r.receipt JOIN delivery d ON d.number = x.delivery
WHERE r.state <> 'building' AND r.as_of <= ?1 AND d.digest IS NOT NULL
GROUP BY d.feed, d.digest, d.cut_off
ORDER BY d.feed, min(r.as_of), min(d.number);
