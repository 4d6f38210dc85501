-- The common core (rules/packs/national-common) once more, over all feeds: cells, people, rows.
-- What is not known is a text "?reason|source|field|person" (kleene.c); '' is "there is none".
CREATE INDEX o_why_cell ON o_why (feed, line, col);
CREATE TABLE cell AS
SELECT l.feed, f.line, f.col, CASE f.said
    WHEN 'unknown' THEN '?' || w.why || '|' || l.feed || '|' || f.col || '|@'
    WHEN 'absent' THEN '' WHEN 'true' THEN 1 WHEN 'false' THEN 0 ELSE f.said END AS v
FROM o_fact f JOIN o_ledger l ON l.file = f.file
    LEFT JOIN o_why w ON w.feed = l.feed AND w.line = f.line AND w.col = f.col;
CREATE INDEX cell_row ON cell (feed, line);

-- Households whose row nobody contradicts, and whether all their members are known.
CREATE TABLE held (h TEXT, p TEXT, who TEXT, feed TEXT, line INTEGER, hole TEXT);
INSERT INTO held SELECT id, '', '', 'caseload_household', line, NULL FROM household
WHERE id NOT IN (SELECT id FROM contradicted);
-- Members, and supporters where they stand as such; who: as the caseload writes the name
CREATE TABLE place (h TEXT, p TEXT, number TEXT, who TEXT, live INTEGER, line INTEGER, supporter INTEGER, whole INTEGER);
INSERT INTO place
SELECT m.household, m.person, m.person, n.v, m.live, m.line, 0, m.full_number
FROM member m JOIN cell n ON n.feed = 'caseload_member' AND n.line = m.line AND n.col = 'name'
WHERE m.household NOT IN (SELECT id FROM contradicted)
UNION ALL SELECT h.v, 'S' || c.v, c.v, n.v, a.v <> '' AND (u.v = '' OR u.v >= r.day), h.line, 1,
    (SELECT number_is_18(s.number) FROM supporter_row s WHERE s.rowid + 1 = h.line)
FROM run r, cell h JOIN cell c ON c.feed = h.feed AND c.line = h.line AND c.col = 'citizen_id'
    JOIN cell n ON n.feed = h.feed AND n.line = h.line AND n.col = 'name'
    JOIN cell a ON a.feed = h.feed AND a.line = h.line AND a.col = 'authorization_no'
    JOIN cell u ON u.feed = h.feed AND u.line = h.line AND u.col = 'authorization_until'
WHERE h.feed = 'caseload_supporter' AND h.col = 'household_id'
    AND h.v IN (SELECT id FROM household) AND h.v NOT IN (SELECT id FROM contradicted);
CREATE UNIQUE INDEX place_p ON place (h, p);
CREATE INDEX place_number ON place (number);
INSERT INTO held SELECT h, p, who, CASE supporter WHEN 1 THEN 'caseload_supporter' ELSE 'caseload_member' END, line, NULL
FROM place;

-- The rows about each person who may be looked at; of an answer to a list of whom to ask about only
-- those of people who stood in it.
CREATE TABLE feed AS
SELECT l.feed, l.kind, l.feed NOT IN (SELECT feed FROM o_ledger) AS missing,
    l.kind <> 'full' AND l.feed NOT IN (SELECT feed FROM asked) AND l.feed NOT IN (SELECT feed FROM refused) AS unbound
FROM (SELECT DISTINCT feed, kind FROM o_layout) l
WHERE l.feed NOT IN ('caseload_household', 'caseload_member', 'caseload_supporter');
CREATE UNIQUE INDEX asked_person ON asked (feed, person);
INSERT INTO held
SELECT DISTINCT p.h, p.p, p.who, o.feed, o.line, NULL
FROM feed f JOIN o_person o ON o.feed = f.feed AND NOT o.lost JOIN place p ON p.number = o.person AND p.live
WHERE f.kind = 'full' OR f.unbound OR EXISTS (SELECT 1 FROM asked a WHERE a.feed = f.feed AND a.person = p.number);
CREATE INDEX held_p ON held (feed, h, p);
-- why there may be more rows than these: one reason for a person and a source
CREATE INDEX o_person_lost ON o_person (feed, person) WHERE lost;
INSERT INTO held
SELECT h, p, who, feed, NULL, hole FROM (SELECT p.h, p.p, p.who, f.feed, CASE
        WHEN f.missing THEN '?not_supplied|' || f.feed || '||'
        WHEN f.feed IN (SELECT feed FROM refused) THEN '?refused|' || f.feed || '||'
        WHEN NOT p.live THEN '?not_authorised|' || f.feed || '||' || p.who
        WHEN EXISTS (SELECT 1 FROM o_person o WHERE o.feed = f.feed AND o.person = p.number AND o.lost)
            THEN '?rejected_row|' || f.feed || '||' || p.who
        WHEN f.unbound THEN '?not_asked|' || f.feed || '||'
        WHEN f.kind = 'full' THEN NULL
        WHEN NOT EXISTS (SELECT 1 FROM asked a WHERE a.feed = f.feed AND a.person = p.number)
            THEN '?not_asked|' || f.feed || '||' || p.who
        -- a verdict beside another name, or under an old number, may be another person's
        WHEN f.kind = 'verdict' AND NOT EXISTS (SELECT 1 FROM held x
            JOIN o_person o ON o.feed = x.feed AND o.line = x.line AND o.person = p.number
            LEFT JOIN cell n ON n.feed = x.feed AND n.line = x.line AND n.col = 'name'
            WHERE x.feed = f.feed AND x.h = p.h AND x.p = p.p AND o.whole AND p.whole
                AND (coalesce(n.v, '') = '' OR n.v LIKE '?%' OR name_plain(n.v) = name_plain(p.who)))
            THEN '?not_answered|' || f.feed || '||' || p.who END AS hole
    FROM place p, feed f)
WHERE hole IS NOT NULL;
