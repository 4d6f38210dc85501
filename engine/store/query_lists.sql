-- Query lists: whom departments were asked about, and what came of it.

-- name: query_next_sequence
SELECT coalesce(max(sequence), 0) + 1 FROM query WHERE day = ?1;

-- name: query_insert
INSERT INTO query (id, feed, title, day, sequence, answer_by, person, at, households, members, file,
    content, asked, entries, omitted, unreadable)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
RETURNING number;

-- name: query_person_insert
INSERT INTO query_person (query, token) VALUES (?1, ?2);

-- name: query_omitted_insert
INSERT INTO query_omitted (query, n, household, name, person_masked, reason)
VALUES (?1, ?2, ?3, ?4, ?5, ?6);

-- name: query_delete
DELETE FROM query WHERE id = ?1;

-- name: query_number
SELECT number FROM query WHERE id = ?1;

-- name: query_head
SELECT feed, day, answer_by, asked FROM query WHERE number = ?1;

-- name: query_tokens
SELECT token FROM query_person WHERE query = ?1 ORDER BY token;

-- Newest first; what answered each: the delivery of the newest run that stands and was bound to it.
-- ?1 number, ?2 feed; '': all
-- name: query_list
SELECT q.id, q.feed, q.title, q.day, q.answer_by, q.person, q.at, q.file, q.asked, q.entries,
       q.omitted, q.unreadable, coalesce(a.run, ''), coalesce(a.file, ''),
       coalesce(a.records, 0), coalesce(a.answered, 0), coalesce(a.unasked, 0)
FROM query q LEFT JOIN (
    SELECT x.query, r.id AS run, d.file, d.records, x.answered, x.unasked,
           row_number() OVER (PARTITION BY x.query ORDER BY r.number DESC, x.n) AS place
    FROM run r JOIN receipt_delivery x ON x.receipt = r.receipt
        JOIN delivery d ON d.number = x.delivery
    WHERE x.query <> '' AND r.state IN ('draft', 'published')
        AND x.verdict IN ('accepted', 'warned', 'held')) a ON a.query = q.id AND a.place = 1
WHERE (?1 = '' OR q.id = ?1) AND (?2 = '' OR q.feed = ?2)
ORDER BY q.day DESC, q.sequence DESC;

-- name: query_omitted_list
SELECT o.household, o.name, o.person_masked, o.reason FROM query_omitted o WHERE o.query = ?1
ORDER BY o.n;

-- name: query_omitted_counts
SELECT reason, count(*) FROM query_omitted WHERE query = ?1 GROUP BY reason ORDER BY reason;
