-- Pairs: decisions of two people that a row of a feed is not this person's as long as it says the same.

-- name: pair_next_sequence
SELECT coalesce(max(sequence), 0) + 1 FROM pair WHERE day = ?1;

-- name: pair_insert
INSERT INTO pair (id, day, sequence, household, evidence, until, token, feed, key, content)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) RETURNING number;

-- name: pair_row_insert
INSERT INTO pair_row (pair, says) VALUES (?1, ?2);

-- name: pair_event_insert
INSERT INTO pair_event (pair, event, person, who, reason, day, at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);

-- As of overrides.
-- name: pair_standing
SELECT o.number,
       (SELECT event FROM pair_event e WHERE e.pair = o.number ORDER BY number DESC LIMIT 1),
       p.person, p.who
FROM pair o JOIN pair_event p ON p.pair = o.number AND p.event = 'proposed'
WHERE o.id = ?1;

-- Newest first. ?1 number, ?2 household; '': all
-- name: pair_list
SELECT o.id, o.day, o.household, o.feed, o.until, o.evidence, l.event, p.person, p.reason,
       coalesce(a.person, ''), coalesce(a.reason, ''), coalesce(a.day, o.day), l.person, l.reason,
       l.day, coalesce(w.says, '')
FROM pair o
    JOIN pair_event p ON p.pair = o.number AND p.event = 'proposed'
    LEFT JOIN pair_event a ON a.pair = o.number AND a.event = 'approved'
    JOIN pair_event l ON l.number = (SELECT max(number) FROM pair_event e WHERE e.pair = o.number)
    LEFT JOIN pair_row w ON w.pair = o.number
WHERE (?1 = '' OR o.id = ?1) AND (?2 = '' OR o.household = ?2)
ORDER BY o.day DESC, o.sequence DESC;

-- What a run is to know: of each row and person the decision approved last, revoked or not, run out
-- or not, so that the run can say why a row counts again.
-- name: pair_prior
SELECT id, token, feed, key, content, until, revoked
FROM (SELECT o.id, o.token, o.feed, o.key, o.content, o.until,
             EXISTS (SELECT 1 FROM pair_event r
                     WHERE r.pair = o.number AND r.event = 'revoked') AS revoked,
             row_number() OVER (PARTITION BY o.token, o.feed, o.key, o.content
                                ORDER BY a.number DESC) AS place
      FROM pair o JOIN pair_event a ON a.pair = o.number AND a.event = 'approved')
WHERE place = 1 ORDER BY token, feed, key, content;

-- name: pair_met_insert
INSERT INTO pair_met (run, n, household, pair, state, person, person_masked, delivery, line, offset,
                      length)
SELECT ?1, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10 FROM given;

-- The rows of a run that decisions speak of. ?1 run, ?2 household; '': all
-- name: pair_met_list
SELECT h.id, x.pair, x.state, x.person, x.person_masked, d.feed, d.title, d.source, d.file, d.digest,
       x.line, x.offset, x.length, coalesce(p.person, ''), coalesce(a.person, ''),
       coalesce(o.until, 0), coalesce(o.evidence, '')
FROM pair_met x JOIN household h ON h.number = x.household JOIN delivery d ON d.number = x.delivery
    LEFT JOIN pair o ON o.id = x.pair
    LEFT JOIN pair_event p ON p.pair = o.number AND p.event = 'proposed'
    LEFT JOIN pair_event a ON a.pair = o.number AND a.event = 'approved'
WHERE x.run = ?1 AND (?2 = '' OR h.id = ?2)
ORDER BY x.n;
