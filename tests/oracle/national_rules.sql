-- The rules of the common core: one line for each thing a rule asks about, and the answers.
CREATE TABLE rule (id TEXT PRIMARY KEY, programmes TEXT, states TEXT, members INTEGER);
-- members: 1 asks about members, so that a household not known whole stays open
INSERT INTO rule VALUES ('N-MEM-01', ' dibao ', ' applying receiving ', 1), ('N-MEM-02', ' dibao ', ' applying receiving ', 1),
    ('N-MEM-03', ' dibao ', ' applying receiving ', 1), ('N-MEM-04', ' dibao ', ' applying receiving ', 1),
    ('N-MEM-05', ' dibao ', ' applying receiving ', 1), ('N-MEM-06', ' dibao ', ' applying receiving ', 1),
    ('N-INC-01', ' dibao low_edge ', ' applying receiving ', 1),
    ('N-INC-02', ' dibao low_edge rigid_expense ', ' applying receiving ', 1), ('N-INC-03', ' dibao ', ' applying receiving ', 1),
    ('N-INC-04', ' dibao ', ' receiving ', 1), ('N-CON-01', ' dibao ', ' receiving ', 1),
    ('N-CON-03', ' dibao low_edge ', ' receiving ', 0),
    ('N-CON-04', ' dibao low_edge tekun ', ' applying receiving ', 1), ('N-CON-05', ' dibao low_edge ', ' applying receiving ', 1),
    ('N-BIZ-01', ' dibao low_edge ', ' applying receiving ', 1), ('N-BIZ-02', ' dibao low_edge ', ' applying receiving ', 1),
    ('N-LOW-02', ' low_edge ', ' applying receiving ', 1), ('N-MON-02', ' dibao low_edge rigid_expense ', ' applying receiving ', 1),
    ('N-OUT-01', ' low_edge rigid_expense ', ' applying receiving exited ', 1),
    ('N-OUT-02', ' low_edge rigid_expense ', ' applying receiving exited ', 1), ('N-OUT-03', ' dibao ', ' exited ', 1),
    ('N-HOME-03', ' dibao low_edge ', ' applying receiving ', 1), ('N-HOME-04', ' dibao low_edge ', ' applying receiving ', 1),
    ('N-RIG-03', ' rigid_expense ', ' receiving ', 0), ('N-SUP-01', ' dibao low_edge ', ' applying receiving ', 0),
    ('N-VEH-01', ' dibao low_edge rigid_expense ', ' applying receiving ', 1), ('N-VEH-03', ' dibao ', ' applying receiving ', 1);
CREATE TABLE scope2 AS
SELECT h.id AS household, r.id AS rule, r.members FROM hh h, rule r
WHERE instr(r.programmes, ' ' || h.programme || ' ') AND instr(r.states, ' ' || h.status || ' ');
CREATE UNIQUE INDEX scope2_id ON scope2 (household, rule);

CREATE TABLE element (household TEXT, rule TEXT, person TEXT, yes INTEGER);
-- somebody who counts, and what is asked of that person
CREATE TABLE ask AS
SELECT o.household, 'N-MEM-01' AS rule, o.person, o.counts AND o.dead AS yes FROM one o
UNION ALL SELECT o.household, 'N-MEM-02', o.person, o.counts AND o.confined FROM one o
UNION ALL SELECT o.household, 'N-MEM-03', o.person, o.counts AND o.conscript FROM one o
UNION ALL SELECT o.household, 'N-MEM-04', o.person, NOT o.counts AND (o.relation = 'spouse'
    OR (o.relation = 'child' AND (o.years < 18 OR o.studying))) AND NOT o.dead AND NOT o.confined AND NOT o.conscript FROM one o
-- no such rule in this county; where the place is not known, neither is that
UNION ALL SELECT o.household, 'N-MEM-05', o.person, NOT o.counts AND CASE WHEN o.placed THEN 0 END
    AND CASE WHEN o.relation <> 'child' OR o.years < 18 OR t.yes = 0 THEN 0 END
FROM one o JOIN told t ON t.household = o.household AND t.person = o.person AND t.tag = 'unmarried'
UNION ALL SELECT o.household, 'N-MEM-06', o.person, o.shares AND CASE WHEN o.placed THEN 0 END AND t.yes
FROM one o JOIN told t ON t.household = o.household AND t.person = o.person AND t.tag = 'moved in'
UNION ALL SELECT i.household, 'N-INC-02', i.person, i.shares AND (i.least > i.declared OR i.registered - i.cost > i.declared) FROM income i
UNION ALL SELECT i.household, 'N-INC-03', i.person, o.shares AND o.years >= 16 AND o.years <= 59
    AND i.registered = 0 AND i.declared = 0 AND NOT o.studying AND NOT o.severe AND NOT o.ill
FROM income i JOIN one o ON o.household = i.household AND o.person = i.person
UNION ALL SELECT o.household, w.column1, o.person, o.shares AND t.yes
FROM (VALUES ('N-INC-04', 'began'), ('N-CON-04', 'near'), ('N-CON-05', 'dear school'), ('N-MON-02', 'bank says')) w
    JOIN told t ON t.tag = w.column2 JOIN one o ON o.household = t.household AND o.person = t.person
UNION ALL SELECT o.household, 'N-CON-01', o.person, o.shares AND CASE WHEN t.sure >= 3 AND o.placed THEN 1
    WHEN NOT o.live OR t.lost OR NOT o.placed THEN NULL WHEN t.sure + t.open >= 3 THEN NULL ELSE 0 END
FROM one o JOIN told t ON t.household = o.household AND t.person = o.person AND t.tag = 'refused'
UNION ALL SELECT o.household, 'N-BIZ-01', o.person, o.shares AND (a.yes OR b.yes) AND coalesce(NOT x.yes, 1)
FROM one o JOIN told a ON a.household = o.household AND a.person = o.person AND a.tag = 'manages'
    JOIN told b ON b.household = o.household AND b.person = o.person AND b.tag = 'trades'
    JOIN told x ON x.household = o.household AND x.person = o.person AND x.tag = 'excused'
UNION ALL SELECT o.household, 'N-LOW-02', o.person, o.shares AND (o.severe OR o.ill) FROM one o
UNION ALL SELECT o.household, 'N-OUT-01', o.person, o.severe FROM one o
UNION ALL SELECT o.household, 'N-OUT-02', o.person, o.ill FROM one o;
INSERT INTO element SELECT * FROM ask;

-- Months of benefit, one after another: a run of them that ended of late. A row that may be of any
-- month leaves all open, a month that may have been paid the run it stands in.
CREATE TABLE paid AS
SELECT p.household, max(NOT p.live OR coalesce(x.lost, 0) OR (x.line IS NOT NULL AND m.said IS NULL)) AS open,
    substr(m.said, 1, 4) * 12 + substr(m.said, 6, 2) - 1 AS month, coalesce(max(s.said = 'paid'), 0) AS yes,
    max(x.line IS NOT NULL AND (s.said IS NULL OR s.said = 'pending')) AS maybe
FROM person p LEFT JOIN held x ON x.household = p.household AND x.person = p.person AND x.feed = 'dibao_payment'
    LEFT JOIN fact m ON m.feed = x.feed AND m.line = x.line AND m.col = 'month' AND NOT x.lost
    LEFT JOIN fact s ON s.feed = x.feed AND s.line = x.line AND s.col = 'state' AND NOT x.lost
WHERE p.counts GROUP BY p.household, m.said;
CREATE TABLE stretch AS
SELECT household, max(month) AS last, min(yes) AS sure
FROM (SELECT household, month, yes, month - row_number() OVER (PARTITION BY household ORDER BY month) AS island
    FROM paid WHERE (yes OR maybe) AND household NOT IN (SELECT household FROM paid WHERE open))
GROUP BY household, island;
INSERT INTO element
SELECT household, 'N-OUT-03', '', NULL FROM paid WHERE open
UNION ALL SELECT household, 'N-OUT-03', '', CASE WHEN sure THEN ended <= day AND ended > date(day, '-24 months') END
FROM run, (SELECT household, sure, date(printf('%04d-%02d-01', last / 12, last % 12 + 1), '+1 month', '-1 day') AS ended FROM stretch);

-- Rows of those who count by the caseload, or the question who they are: any of them, or each by itself.
INSERT INTO element
SELECT p.household, w.column1, p.person, p.counts AND t.yes
FROM (VALUES ('N-OUT-03', 'left dibao'), ('N-HOME-03', 'bought'), ('N-HOME-04', 'signed')) w
    JOIN told t ON t.tag = w.column2 JOIN person p ON p.household = t.household AND p.person = t.person;
INSERT INTO element
SELECT p.household, 'N-VEH-03', p.person, p.counts AND (a.yes OR b.yes)
FROM person p JOIN told a ON a.household = p.household AND a.person = p.person AND a.tag = 'boat'
    JOIN told b ON b.household = p.household AND b.person = p.person AND b.tag = 'machine';
-- Cars, one by one: neither a motorcycle that is allowed nor exempted by its plate.
INSERT INTO element
SELECT p.household, 'N-VEH-01', p.person, p.counts AND CASE WHEN h.placed THEN 1 END AND v.owned
    AND CASE WHEN v.type IN (SELECT code FROM vehicle_type) THEN v.type NOT IN ('M21', 'M22') END
    AND NOT EXISTS (SELECT 1 FROM run r JOIN held x ON x.household = p.household AND x.person = p.person AND x.feed = 'exemption' AND NOT x.lost
        JOIN fact k ON k.feed = x.feed AND k.line = x.line AND k.col = 'kind'
        JOIN o_attribute a ON a.list = 'exemption_kind' AND a.code = k.said AND a.attribute = 'about' AND a.said = 'vehicle'
        JOIN fact o ON o.feed = x.feed AND o.line = x.line AND o.col = 'object' AND o.said = v.plate_no
        JOIN fact f ON f.feed = x.feed AND f.line = x.line AND f.col = 'since' AND f.said <= r.day
        JOIN fact u ON u.feed = x.feed AND u.line = x.line AND u.col = 'until' AND u.said >= r.day)
FROM person p JOIN hh h ON h.id = p.household JOIN vehicle v ON v.person = p.person WHERE p.live
UNION ALL
SELECT p.household, 'N-VEH-01', p.person, p.counts AND NULL FROM person p
WHERE NOT p.live
    OR EXISTS (SELECT 1 FROM vehicle_checked v WHERE v.person = p.person AND v.hit AND v.fault IS NOT NULL)
    OR EXISTS (SELECT 1 FROM vehicle_hit v WHERE v.person = p.person AND v.turn > 1 AND v.alike = 1);

-- Capital: what is known may be over the limit already.
CREATE TABLE capital AS
SELECT o.household, o.person, o.shares, o.live, o.placed, x.lost, s.yes AND coalesce(c.yes, 1) AS counts, fen(f.said) AS fen
FROM one o LEFT JOIN held x ON x.household = o.household AND x.person = o.person AND x.feed = 'investor'
    LEFT JOIN says s ON s.feed = x.feed AND s.line = x.line AND s.col = 'registration_status' AND s.attribute = 'exists' AND NOT x.lost
    LEFT JOIN says c ON c.feed = x.feed AND c.line = x.line AND c.col = 'currency' AND c.attribute = 'yuan' AND NOT x.lost
    LEFT JOIN fact f ON f.feed = x.feed AND f.line = x.line AND f.col = 'subscribed_capital' AND NOT x.lost;
INSERT INTO element
SELECT household, 'N-BIZ-02', '', CASE WHEN NOT placed THEN NULL WHEN sum(CASE WHEN shares AND counts THEN fen END) > 10000000 THEN 1
    WHEN sum(shares IS NULL) OR household IN (SELECT household FROM incomplete) THEN NULL
    WHEN sum(shares AND (NOT live OR lost OR (lost = 0 AND (counts IS NULL OR (counts AND fen IS NULL))))) THEN NULL ELSE 0 END
FROM capital GROUP BY household;

-- Who owes support, and how much: half of what the head of that household has above twice the standard.
CREATE TABLE owes AS
SELECT h.household_id AS household, f.line, n.said AS number, w.standard, w.placed,
    a.said <> '' AND (u.said = '' OR u.said >= r.day) AS live,
    CAST(z.said AS INTEGER) AS size, fen(i.said) AS income, CAST(d.said AS INTEGER) AS dependants, g.said AS agreed
FROM run r, (SELECT line, said AS household_id FROM fact WHERE feed = 'caseload_supporter' AND col = 'household_id') h
    JOIN fact f ON f.feed = 'caseload_supporter' AND f.line = h.line AND f.col = 'household_id'
    JOIN hh w ON w.id = h.household_id
    JOIN fact n ON n.feed = f.feed AND n.line = f.line AND n.col = 'citizen_id'
    JOIN fact a ON a.feed = f.feed AND a.line = f.line AND a.col = 'authorization_no'
    JOIN fact u ON u.feed = f.feed AND u.line = f.line AND u.col = 'authorization_until'
    JOIN fact z ON z.feed = f.feed AND z.line = f.line AND z.col = 'household_size'
    JOIN fact i ON i.feed = f.feed AND i.line = f.line AND i.col = 'household_income'
    JOIN fact d ON d.feed = f.feed AND d.line = f.line AND d.col = 'dependants'
    JOIN fact g ON g.feed = f.feed AND g.line = f.line AND g.col = 'agreed_amount';
-- unable: on benefits, severely disabled, held, at school; a lost row may say so
CREATE TABLE burden AS
SELECT o.line AS owes, p.line, p.lost, CASE WHEN p.lost THEN NULL
    WHEN p.feed = 'civil_benefit' THEN (SELECT s.yes AND k.said IN ('dibao', 'tekun', 'low_edge') FROM says s
        JOIN fact k ON k.feed = s.feed AND k.line = s.line AND k.col = 'benefit_kind'
        WHERE s.feed = p.feed AND s.line = p.line AND s.col = 'state' AND s.attribute = 'drawing')
    WHEN p.feed = 'disability' THEN (SELECT coalesce(s.yes, 1) AND k.yes FROM says s
        JOIN says k ON k.feed = s.feed AND k.line = s.line AND k.col = 'grade' AND k.attribute = 'severe'
        WHERE s.feed = p.feed AND s.line = p.line AND s.col = 'state' AND s.attribute = 'valid')
    WHEN p.feed = 'justice' THEN (SELECT CASE WHEN min(yes) = 0 THEN 0 WHEN count(yes) < count(*) THEN NULL ELSE 1 END
        FROM atom WHERE tag = 'confined' AND line = p.line)
    ELSE (SELECT s.yes AND k.yes FROM says s
        JOIN says k ON k.feed = s.feed AND k.line = s.line AND k.col = 'form' AND k.attribute = 'full_time'
        WHERE s.feed = p.feed AND s.line = p.line AND s.col = 'state' AND s.attribute = 'attending') END AS yes
FROM owes o JOIN o_person p ON p.person = o.number
WHERE o.live AND p.feed IN ('civil_benefit', 'disability', 'justice', 'school_enrolment');
CREATE TABLE due AS
SELECT o.*, CASE WHEN NOT live THEN NULL WHEN EXISTS (SELECT 1 FROM burden b WHERE b.owes = o.line AND b.yes = 1) THEN 1
    WHEN EXISTS (SELECT 1 FROM burden b WHERE b.owes = o.line AND b.yes IS NULL) THEN NULL ELSE 0 END AS unable,
    CASE WHEN size > 0 THEN rounded(income, size) END AS head
FROM owes o;
ALTER TABLE due ADD COLUMN fen INTEGER;
UPDATE due SET fen = CASE WHEN NOT placed OR agreed IS NULL THEN NULL WHEN agreed <> '' THEN fen(agreed)
    WHEN head <= 2 * standard OR unable = 1 AND head > 2 * standard THEN 0
    WHEN head IS NULL OR standard IS NULL OR unable IS NULL OR coalesce(dependants, 0) = 0 THEN NULL
    ELSE rounded(head - 2 * standard, 2 * dependants) END;
-- rows that were rejected name their household all the same
CREATE TABLE owes_lost AS
SELECT DISTINCT s.household FROM o_reject r JOIN o_ledger l ON l.file = r.file AND l.feed = 'caseload_supporter'
    JOIN supporter_row s ON s.rowid + 1 = r.line;
INSERT INTO element SELECT household, 'N-SUP-01', number, fen > 0 FROM due;
INSERT INTO element SELECT household, 'N-SUP-01', '', NULL FROM owes_lost;

-- Income: the larger of what is registered and declared, support on top, the cost of work off.
CREATE TABLE budget AS
SELECT h.id AS household, h.programme, h.placed, CASE h.programme WHEN 'low_edge' THEN rounded(h.standard * 3, 2) ELSE h.standard END AS line,
    h.whole AND sum(i.person IS NOT NULL AND i.shares IS NULL) = 0 AS sure, coalesce(sum(i.shares), 0) AS size,
    coalesce(sum(CASE WHEN i.shares THEN i.least END), 0) AS certain,
    CASE WHEN sum(i.shares AND (max(i.registered, i.declared) IS NULL OR i.cost IS NULL)) THEN NULL
        ELSE coalesce(sum(CASE WHEN i.shares THEN max(i.registered, i.declared) - i.cost END), 0) END AS own,
    CASE WHEN h.id IN (SELECT household FROM owes_lost) OR EXISTS (SELECT 1 FROM due d WHERE d.household = h.id AND d.fen IS NULL) THEN NULL
        ELSE (SELECT coalesce(sum(fen), 0) FROM due d WHERE d.household = h.id) END AS support
FROM hh h LEFT JOIN income i ON i.household = h.id GROUP BY h.id;
INSERT INTO element
SELECT household, 'N-INC-01', '', CASE WHEN NOT sure THEN NULL WHEN size = 0 THEN 0 WHEN NOT placed OR line IS NULL THEN NULL
    WHEN certain >= line * size OR own + support >= line * size THEN 1 WHEN own + support IS NULL THEN NULL ELSE 0 END
FROM budget;
INSERT INTO element
SELECT h.id, 'N-RIG-03', '', date(h.since || '-01', '+12 months') <= r.day FROM hh h, run r
UNION ALL SELECT h.id, 'N-CON-03', '', CASE WHEN h.placed THEN date(c.said, CASE k.said WHEN 'A' THEN '+12 months'
    WHEN 'B' THEN '+6 months' WHEN 'C' THEN '+3 months' END) <= r.day END
FROM run r, hh h JOIN household w ON w.id = h.id
    LEFT JOIN fact c ON c.feed = 'caseload_household' AND c.line = w.line AND c.col = 'checked_on'
    LEFT JOIN fact k ON k.feed = 'caseload_household' AND k.line = w.line AND k.col = 'review_class';

INSERT INTO element SELECT s.household, s.rule, '', NULL FROM scope2 s JOIN hh ON hh.id = s.household WHERE s.members AND NOT hh.whole;
CREATE INDEX element_household ON element (household, rule);
CREATE TABLE answer AS
SELECT s.household, s.rule, CASE WHEN max(e.yes) = 1 THEN 'flagged'
    WHEN count(e.household) > count(e.yes) THEN 'undetermined' ELSE 'clear' END AS outcome
FROM scope2 s LEFT JOIN element e ON e.household = s.household AND e.rule = s.rule GROUP BY s.household, s.rule;
-- whom a flag means, of rules that mean a member
CREATE TABLE flag AS
SELECT DISTINCT e.household, e.rule, CASE WHEN e.person <> '' AND e.rule NOT IN ('N-OUT-03', 'N-VEH-03')
    THEN substr(e.person, 1, 6) || '********' || substr(e.person, 15) ELSE '' END AS person
FROM element e JOIN scope2 s ON s.household = e.household AND s.rule = e.rule WHERE e.yes = 1;
