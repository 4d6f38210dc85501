-- What people did. The tables are only appended to.

-- name: reveal_insert
INSERT INTO reveal (person, reason, feed, file, digest, line, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);

-- name: digest_reveals
SELECT person, reason, feed, file, digest, line FROM reveal ORDER BY number;

-- Every named person's act on record.
-- name: entry_list
SELECT at, kind, what, person, reason FROM (
    SELECT e.at, 'run_' || e.event AS kind, r.id AS what, e.person, e.reason, e.number
    FROM run_event e JOIN run r ON r.number = e.run
    UNION ALL
    SELECT e.at, 'override_' || e.event, o.id, e.person, e.reason, e.number
    FROM override_event e JOIN override o ON o.number = e.override
    UNION ALL
    SELECT e.at, 'pair_' || e.event, o.id, e.person, e.reason, e.number
    FROM pair_event e JOIN pair o ON o.number = e.pair
    UNION ALL
    SELECT at, 'text_' || event, pack || '/' || document, person, reason, number FROM confirmation
    UNION ALL
    SELECT at, 'query', id, person, '', number FROM query
    UNION ALL
    SELECT at, 'reveal',
           feed || ' ' || CASE file WHEN '' THEN substr(lower(hex(digest)), 1, 16) ELSE file END
               || ':' || line,
           person, reason, number
    FROM reveal
    UNION ALL
    SELECT e.at, 'purge', r.id, e.person, e.reason, e.number
    FROM purge_event e JOIN run r ON r.number = e.keep)
ORDER BY at DESC NULLS LAST, number DESC, kind;
