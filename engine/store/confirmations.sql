-- Confirmations: whose documents' texts were seen by a named person.

-- name: confirmation_insert
INSERT INTO confirmation (event, pack, document, title, person, reason, day, at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) RETURNING number;

-- name: confirmation_rule_insert
INSERT INTO confirmation_rule (confirmation, rule, said) VALUES (?1, ?2, ?3);

-- Newest first. ?1 pack, ?2 document; '': all
-- name: confirmation_list
SELECT c.event, c.pack, c.document, c.title, c.person, c.reason, c.day, c.at,
       (SELECT count(*) FROM confirmation_rule r WHERE r.confirmation = c.number)
FROM confirmation c WHERE (?1 = '' OR c.pack = ?1) AND (?2 = '' OR c.document = ?2)
ORDER BY c.number DESC;

-- What holds: of a document its last entry, of a rule that cited two documents the newer.
-- name: confirmed_list
SELECT pack, document, rule, said, person, day
FROM (SELECT c.pack, c.document, r.rule, r.said, c.person, c.day,
             row_number() OVER (PARTITION BY r.rule ORDER BY c.number DESC) AS place
      FROM confirmation c JOIN confirmation_rule r ON r.confirmation = c.number
      WHERE c.event = 'confirmed'
        AND c.number = (SELECT max(x.number) FROM confirmation x
                        WHERE x.pack = c.pack AND x.document = c.document))
WHERE place = 1 ORDER BY rule;
