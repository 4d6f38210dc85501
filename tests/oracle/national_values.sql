-- Values of the common core: who counts, age, what each earns; money in whole fen.
-- Rounded half away from zero.
CREATE TABLE death AS
SELECT p.household, p.person, CASE WHEN NOT p.live THEN NULL WHEN t.yes = 1 THEN 1
    ELSE (SELECT CASE WHEN max(CASE WHEN r.said <> '' THEN abs(julianday(r.said) - julianday(c.said)) <= 7 END) = 1 THEN 1
            WHEN t.yes IS NULL THEN NULL
            WHEN max(r.said IS NULL OR r.said <> '') = 1 AND (max(x.lost) = 1
                OR sum(x.line IS NOT NULL AND NOT x.lost AND (r.said IS NULL OR (r.said <> '' AND c.said IS NULL))) > 0)
                THEN NULL
            ELSE 0 END
        FROM (SELECT 1) LEFT JOIN held g ON g.household = p.household AND g.person = p.person
                AND g.feed = 'household_register' AND NOT g.lost
            LEFT JOIN fact r ON r.feed = g.feed AND r.line = g.line AND r.col = 'died_on'
            LEFT JOIN held x ON x.household = p.household AND x.person = p.person AND x.feed = 'death_cremation'
            LEFT JOIN fact c ON c.feed = x.feed AND c.line = x.line AND c.col = 'died_on' AND NOT x.lost)
    END AS yes
FROM person p JOIN told t ON t.household = p.household AND t.person = p.person AND t.tag = 'death';
CREATE UNIQUE INDEX death_person ON death (household, person);

CREATE TABLE age AS -- of those with one row in the register
SELECT p.household, p.person,
    CASE WHEN count(x.line) = 1 AND NOT max(x.lost) THEN substr(r.day, 1, 4) - substr(max(b.said), 1, 4)
        - (substr(r.day, 6) < substr(max(b.said), 6)) END AS years
FROM run r, person p LEFT JOIN held x ON x.household = p.household AND x.person = p.person AND x.feed = 'household_register'
    LEFT JOIN fact b ON b.feed = x.feed AND b.line = x.line AND b.col = 'birth_date'
GROUP BY p.household, p.person;
CREATE UNIQUE INDEX age_person ON age (household, person);

-- A member who counts and is not known to be dead, held, or a conscript.
CREATE TABLE one AS
SELECT p.*, h.placed, h.standard, h.last_month, d.yes AS dead, c.yes AS confined, a.years,
    CASE WHEN h.placed THEN m.yes WHEN m.yes = 0 THEN 0 END AS conscript,
    CASE WHEN p.counts = 0 THEN 0 WHEN d.yes = 1 OR c.yes = 1 OR (h.placed AND m.yes = 1) THEN 0 ELSE p.counts END AS shares,
    (SELECT yes FROM told t WHERE t.household = p.household AND t.person = p.person AND t.tag = 'studying') AS studying,
    (SELECT yes FROM told t WHERE t.household = p.household AND t.person = p.person AND t.tag = 'severe') AS severe,
    (SELECT yes FROM told t WHERE t.household = p.household AND t.person = p.person AND t.tag = 'ill') AS ill
FROM person p JOIN hh h ON h.id = p.household
    JOIN death d ON d.household = p.household AND d.person = p.person
    JOIN told c ON c.household = p.household AND c.person = p.person AND c.tag = 'confined'
    JOIN told m ON m.household = p.household AND m.person = p.person AND m.tag = 'conscript'
    JOIN age a ON a.household = p.household AND a.person = p.person;
CREATE UNIQUE INDEX one_person ON one (household, person);

-- Tax records: the part of each that falls into the window, by whole months.
CREATE TABLE months AS
SELECT o.household, o.person, x.line, o.last_month - 11 AS first, o.last_month AS last,
    substr(f.said, 1, 4) * 12 + substr(f.said, 6, 2) AS since, substr(t.said, 1, 4) * 12 + substr(t.said, 6, 2) AS until,
    k.said AS kind, fen(i.said) AS fen
FROM one o JOIN held x ON x.household = o.household AND x.person = o.person AND x.feed = 'income_tax' AND NOT x.lost
    JOIN fact f ON f.feed = x.feed AND f.line = x.line AND f.col = 'period_from'
    JOIN fact t ON t.feed = x.feed AND t.line = x.line AND t.col = 'period_to'
    JOIN fact c ON c.feed = x.feed AND c.line = x.line AND c.col = 'income_item'
    LEFT JOIN o_attribute k ON k.list = 'income_item' AND k.code = c.said AND k.attribute = 'kind'
    JOIN fact i ON i.feed = x.feed AND i.line = x.line AND i.col = 'income';
CREATE TABLE part AS -- of one kind of income: in it or not, and how much
SELECT m.household, m.person, w.column1 AS source,
    instr(w.column2, ' ' || kind || ' ') > 0 AND since <= last AND until >= first AS counts,
    CASE WHEN until - since + 1 <> 0 THEN rounded(fen * (1 + min(until, last) - max(since, first)), until - since + 1) END AS fen
FROM months m, (VALUES ('wage', ' wage '), ('other', ' business property other ')) w
UNION ALL
SELECT x.household, x.person, w.column1, s.yes, fen(f.said)
FROM (VALUES ('pension', 'pension', 'payment_state', 'monthly_amount'),
    ('unemployment', 'unemployment_benefit', 'state', 'monthly_amount')) w
    JOIN held x ON x.feed = w.column2 AND NOT x.lost
    JOIN says s ON s.feed = x.feed AND s.line = x.line AND s.col = w.column3 AND s.attribute = 'drawing'
    JOIN fact f ON f.feed = x.feed AND f.line = x.line AND f.col = w.column4
UNION ALL
SELECT x.household, x.person, 'resident', s.yes, CASE WHEN h.placed THEN fen(a.said) + fen(b.said) END
FROM held x JOIN hh h ON h.id = x.household
    JOIN says s ON s.feed = x.feed AND s.line = x.line AND s.col = 'payment_state' AND s.attribute = 'drawing'
    JOIN fact a ON a.feed = x.feed AND a.line = x.line AND a.col = 'account_amount'
    JOIN fact b ON b.feed = x.feed AND b.line = x.line AND b.col = 'base_amount'
WHERE x.feed = 'pension_resident' AND NOT x.lost
UNION ALL -- of those in the county only what its list does not leave out
SELECT x.household, x.person, 'benefit', s.yes AND CASE WHEN h.placed AND k.said IS NOT NULL
    THEN k.said NOT IN ('dibao', 'low_edge', 'tekun', 'temporary', 'special_care', 'disability_living',
        'disability_care', 'high_age', 'orphan', 'de_facto_orphan') END, fen(f.said)
FROM held x JOIN hh h ON h.id = x.household
    JOIN says s ON s.feed = x.feed AND s.line = x.line AND s.col = 'state' AND s.attribute = 'drawing'
    JOIN fact k ON k.feed = x.feed AND k.line = x.line AND k.col = 'benefit_kind'
    JOIN fact f ON f.feed = x.feed AND f.line = x.line AND f.col = 'monthly_amount'
WHERE x.feed = 'civil_benefit' AND NOT x.lost;
CREATE INDEX part_person ON part (household, person, source);
CREATE TABLE earned AS
SELECT o.household, o.person, w.column1 AS source, CASE WHEN NOT o.live
    OR EXISTS (SELECT 1 FROM held x WHERE x.household = o.household AND x.person = o.person AND x.feed = w.column2 AND x.lost)
    OR (w.column1 IN ('wage', 'other') AND o.last_month IS NULL) THEN NULL
    WHEN sum(p.source IS NOT NULL AND (p.counts IS NULL OR (p.counts AND p.fen IS NULL))) > 0 THEN NULL
    ELSE coalesce(sum(CASE WHEN p.counts THEN p.fen END), 0) END AS fen
FROM one o, (VALUES ('wage', 'income_tax'), ('other', 'income_tax'), ('pension', 'pension'),
    ('resident', 'pension_resident'), ('unemployment', 'unemployment_benefit'), ('benefit', 'civil_benefit')) w
    LEFT JOIN part p ON p.household = o.household AND p.person = o.person AND p.source = w.column1
GROUP BY o.household, o.person, w.column1;
UPDATE earned SET fen = rounded(fen, 12) WHERE source IN ('wage', 'other');
-- A tenth of the wage goes off, never more than the wage.
CREATE TABLE income AS
SELECT o.household, o.person, o.shares, o.declared, o.placed,
    max(CASE WHEN source = 'wage' THEN fen END) AS wage, sum(fen) AS known,
    CASE WHEN count(fen) = count(*) THEN sum(fen) END AS registered
FROM one o JOIN earned e ON e.household = o.household AND e.person = o.person GROUP BY o.household, o.person;
ALTER TABLE income ADD COLUMN cost INTEGER;
UPDATE income SET cost = CASE WHEN wage <= 0 THEN 0 WHEN placed THEN min(wage, rounded(wage, 10)) END;
ALTER TABLE income ADD COLUMN least INTEGER; -- what is sure
UPDATE income SET least = coalesce(known, 0) - coalesce(wage, 0) + coalesce(wage - cost, 0);
CREATE UNIQUE INDEX income_person ON income (household, person);
