-- Overrides: decisions of two people that a finding is no flag as long as its facts are the same.

-- name: override_next_sequence
SELECT coalesce(max(sequence), 0) + 1 FROM override WHERE day = ?1;

-- name: override_insert
INSERT INTO override (id, day, sequence, household, evidence, until, rule, subject, content)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) RETURNING number;

-- name: override_event_insert
INSERT INTO override_event (override, event, person, who, reason, day, at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);

-- Of an override: its number, its last event, who proposed it and that name as names are compared.
-- name: override_standing
SELECT o.number,
       (SELECT event FROM override_event e WHERE e.override = o.number ORDER BY number DESC LIMIT 1),
       p.person, p.who
FROM override o JOIN override_event p ON p.override = o.number AND p.event = 'proposed'
WHERE o.id = ?1;

-- Newest first. ?1 number, ?2 household; '': all
-- name: override_list
SELECT o.id, o.day, o.household, o.rule, o.until, o.evidence, l.event, p.person, p.reason,
       coalesce(a.person, ''), coalesce(a.reason, ''), coalesce(a.day, o.day), l.person, l.reason,
       l.day,
       coalesce((SELECT v.message FROM flag f JOIN household h ON h.number = f.household
                     JOIN flag_version v ON v.flag = f.number
                 WHERE h.id = o.household AND f.rule = o.rule AND f.subject = o.subject
                   AND v.content = o.content ORDER BY v.number DESC LIMIT 1), '')
FROM override o
    JOIN override_event p ON p.override = o.number AND p.event = 'proposed'
    LEFT JOIN override_event a ON a.override = o.number AND a.event = 'approved'
    JOIN override_event l ON l.number =
        (SELECT max(number) FROM override_event e WHERE e.override = o.number)
WHERE (?1 = '' OR o.id = ?1) AND (?2 = '' OR o.household = ?2)
ORDER BY o.day DESC, o.sequence DESC;

-- What a run is to know: of each finding the decision approved last, revoked or not, run out or not,
-- so that the run can say why a flag is back.
-- name: override_prior
SELECT id, household, rule, subject, content, until, revoked
FROM (SELECT o.id, o.household, o.rule, o.subject, o.content, o.until,
             EXISTS (SELECT 1 FROM override_event r
                     WHERE r.override = o.number AND r.event = 'revoked') AS revoked,
             row_number() OVER (PARTITION BY o.household, o.rule, o.subject
                                ORDER BY a.number DESC) AS place
      FROM override o JOIN override_event a ON a.override = o.number AND a.event = 'approved')
WHERE place = 1 ORDER BY household, rule, subject;

-- What a run found and overrides keep from being flags; tips and the like are told nowhere. ?1 run,
-- ?2 household; '': all
-- name: overridden_list
SELECT h.id, f.rule, coalesce(u.title, f.rule), coalesce(u.severity, ''), coalesce(u.category, 0),
       v.effect, v.capped, f.subject, v.person, v.person_masked, v.message, v.content, v.number,
       v.run = x.run, x.override, coalesce(o.evidence, ''), coalesce(p.person, ''),
       coalesce(a.person, ''), coalesce(o.until, 0)
FROM overridden x JOIN flag f ON f.number = x.flag JOIN household h ON h.number = f.household
    JOIN flag_version v ON v.number = x.version
    LEFT JOIN override o ON o.id = x.override
    LEFT JOIN override_event p ON p.override = o.number AND p.event = 'proposed'
    LEFT JOIN override_event a ON a.override = o.number AND a.event = 'approved'
    LEFT JOIN run_rule r ON r.run = x.run AND r.id = f.rule LEFT JOIN rule u ON u.number = r.rule
WHERE x.run = ?1 AND (?2 = '' OR h.id = ?2) AND coalesce(u.shown, 'everywhere') = 'everywhere'
ORDER BY h.id, r.n, f.rule, f.subject;

-- Overrides that kept findings of a run from being flags; tips and the like are told on no report.
-- ?1 run
-- name: stood_list
SELECT x.override, h.id, f.rule, coalesce(u.title, f.rule), coalesce(p.person, ''),
       coalesce(a.person, ''), o.until
FROM overridden x JOIN flag f ON f.number = x.flag JOIN household h ON h.number = f.household
    JOIN override o ON o.id = x.override
    LEFT JOIN override_event p ON p.override = o.number AND p.event = 'proposed'
    LEFT JOIN override_event a ON a.override = o.number AND a.event = 'approved'
    LEFT JOIN run_rule r ON r.run = x.run AND r.id = f.rule LEFT JOIN rule u ON u.number = r.rule
WHERE x.run = ?1 AND coalesce(u.shown, 'everywhere') = 'everywhere'
ORDER BY h.id, r.n, f.subject;
