-- What further rules ask about, person by person or for the household; what takes a question away.
CREATE TABLE exempted AS SELECT DISTINCT household, person, about FROM exempt WHERE about = 'business';
CREATE TABLE alive AS
SELECT DISTINCT h.household, h.person FROM held h JOIN says s ON s.feed = h.feed AND s.line = h.line
WHERE h.feed = 'death_suspected' AND NOT h.lost AND s.col = 'verified' AND s.attribute = 'death' AND s.yes = 0;
CREATE TABLE dead AS -- as the police and the crematorium have it
SELECT DISTINCT household, person FROM death_said WHERE confirmed = 1 OR hinted = 1;

CREATE TABLE own AS -- one line for each person and rule
SELECT t.household, t.rule, t.person, CASE
    WHEN t.rule IN ('DEATH-03', 'DEATH-04', 'DEATH-05')
        AND EXISTS (SELECT 1 FROM dead d WHERE d.household = t.household AND d.person = t.person) THEN 0
    WHEN t.rule IN ('DEATH-03', 'DEATH-04', 'DEATH-05')
        AND EXISTS (SELECT 1 FROM alive d WHERE d.household = t.household AND d.person = t.person) THEN 0
    WHEN t.rule = 'DEATH-05' AND EXISTS (SELECT 1 FROM told o WHERE o.household = t.household
        AND o.person = t.person AND o.rule IN ('DEATH-03', 'DEATH-04') AND o.yes = 1) THEN 0
    WHEN t.rule = 'DEATH-05' AND t.yes = 1 AND EXISTS (SELECT 1 FROM seen s WHERE s.household = t.household
        AND s.person = t.person AND s.rule = t.rule AND s.lost) THEN NULL -- it may say "alive"
    WHEN t.rule IN ('BIZ-01', 'BIZ-02')
        AND EXISTS (SELECT 1 FROM exempted x WHERE x.household = t.household AND x.person = t.person) THEN 0
    ELSE t.yes END AS yes
FROM told t
WHERE t.rule IN ('DEATH-03', 'DEATH-04', 'DEATH-05', 'PENSION-01', 'UNEMP-01', 'FUND-01', 'BIZ-01',
    'BIZ-02', 'TIP-01', 'MOVE-01')
UNION ALL -- left school and works
SELECT a.household, 'GRAD-01', a.person, a.yes AND b.yes
FROM told a JOIN told b ON b.household = a.household AND b.person = a.person AND b.rule = 'GRAD-01 works'
WHERE a.rule = 'GRAD-01 left'
UNION ALL -- six months of twelve; a lost row may be any number of them
SELECT t.household, t.rule, t.person, CASE WHEN NOT t.live THEN NULL
    WHEN coalesce(sum(s.yes), 0) >= 6 THEN 1
    WHEN coalesce(sum(s.yes), 0) + coalesce(sum(s.yes IS NULL AND s.line IS NOT NULL), 0)
        + coalesce(sum(s.lost), 0) * 6 >= 6 THEN NULL
    ELSE 0 END
FROM told t LEFT JOIN seen s ON s.household = t.household AND s.person = t.person AND s.rule = t.rule
WHERE t.rule = 'WORK-01' GROUP BY t.household, t.person;
INSERT INTO told_why SELECT household, person, 'GRAD-01', why FROM told_why w
WHERE rule LIKE 'GRAD-01 %' AND EXISTS (SELECT 1 FROM told t
    WHERE t.household = w.household AND t.person = w.person AND t.rule = w.rule AND t.yes IS NULL);

-- A divorce, and no wedding after it: of days that are not known the wedding's is told first.
CREATE TABLE event AS
SELECT h.household, h.person, h.line, h.lost, d.said AS day, d.why,
    max(s.attribute = 'divorced' AND s.yes) AS divorced,
    max(s.attribute = 'married' AND s.yes) AND NOT max(s.attribute = 'reissue' AND s.yes) AS wedding
FROM held h LEFT JOIN says s ON s.feed = h.feed AND s.line = h.line AND s.col = 'event' AND NOT h.lost
    LEFT JOIN fact d ON d.feed = h.feed AND d.line = h.line AND d.col = 'registered_on' AND NOT h.lost
WHERE h.feed = 'marriage' GROUP BY h.household, h.person, h.line;
CREATE INDEX event_person ON event (household, person);
CREATE TABLE divorce AS
SELECT d.household, d.person, d.line, CASE
    WHEN max(w.wedding AND w.day > d.day) = 1 THEN 0
    WHEN max(w.lost) OR max(w.wedding AND (w.day > d.day) IS NULL) = 1 THEN NULL ELSE 1 END AS yes
FROM event d JOIN event w ON w.household = d.household AND w.person = d.person
WHERE d.divorced AND NOT d.lost GROUP BY d.household, d.person, d.line;
INSERT INTO own
SELECT a.household, 'DIV-01', a.person, CASE WHEN NOT a.live THEN NULL
    WHEN EXISTS (SELECT 1 FROM divorce d WHERE d.household = a.household AND d.person = a.person AND d.yes = 1) THEN 1
    WHEN EXISTS (SELECT 1 FROM divorce d WHERE d.household = a.household AND d.person = a.person AND d.yes IS NULL)
        OR EXISTS (SELECT 1 FROM event w WHERE w.household = a.household AND w.person = a.person AND w.lost) THEN NULL
    ELSE 0 END
FROM asked a;
INSERT INTO told_why
SELECT household, person, 'DIV-01', 'not_authorised' FROM asked WHERE NOT live
UNION SELECT household, person, 'DIV-01', 'rejected_row' FROM event WHERE lost
UNION SELECT d.household, d.person, 'DIV-01', CASE WHEN w.day IS NULL THEN w.why ELSE e.why END
FROM divorce d JOIN event e ON e.household = d.household AND e.person = d.person AND e.line = d.line
    JOIN event w ON w.household = d.household AND w.person = d.person
WHERE d.yes IS NULL AND w.wedding AND (w.day > e.day) IS NULL;

-- Registered in an area that neither holds the household's nor lies in it.
CREATE TABLE place AS
SELECT h.household, h.person, h.line, h.lost, c.said = 'false' AS stays, c.why AS stays_why,
    substr(a.said, 1, length(r.said)) <> r.said AND substr(r.said, 1, length(a.said)) <> a.said AS apart,
    r.why AS apart_why
FROM held h JOIN scope s ON s.id = h.household
    JOIN fact a ON a.feed = 'caseload_household' AND a.line = s.line AND a.col = 'area_code'
    LEFT JOIN fact c ON c.feed = h.feed AND c.line = h.line AND c.col = 'cancel_flag' AND NOT h.lost
    LEFT JOIN fact r ON r.feed = h.feed AND r.line = h.line AND r.col = 'area_code' AND NOT h.lost
WHERE h.feed = 'household_register';
INSERT INTO own
SELECT a.household, 'AWAY-01', a.person, CASE WHEN NOT a.live THEN NULL
    WHEN max(p.stays AND p.apart) = 1 THEN 1
    WHEN count(p.line) > count(p.stays AND p.apart) THEN NULL ELSE 0 END
FROM asked a LEFT JOIN place p ON p.household = a.household AND p.person = a.person
GROUP BY a.household, a.person;
INSERT INTO told_why
SELECT household, person, 'AWAY-01', 'not_authorised' FROM asked WHERE NOT live
UNION SELECT household, person, 'AWAY-01', 'rejected_row' FROM place WHERE lost
UNION SELECT household, person, 'AWAY-01', stays_why FROM place
WHERE NOT lost AND (stays AND apart) IS NULL AND stays IS NULL
UNION SELECT household, person, 'AWAY-01', apart_why FROM place
WHERE NOT lost AND (stays AND apart) IS NULL AND apart IS NULL;

INSERT INTO element SELECT household, rule, person, yes, 1 FROM own;
INSERT INTO reason
SELECT o.household, o.rule, w.why FROM own o
    JOIN told_why w ON w.household = o.household AND w.person = o.person AND w.rule = o.rule
WHERE o.yes IS NULL;

-- Two homes: two rows that agree neither in the certificate nor in the unit.
CREATE TABLE home AS
SELECT s.household, s.person, s.line, c.said AS paper, u.said AS unit, u.why
FROM seen s JOIN fact c ON c.feed = s.feed AND c.line = s.line AND c.col = 'certificate_no'
    JOIN fact u ON u.feed = s.feed AND u.line = s.line AND u.col = 'unit_no'
WHERE s.rule = 'HOME-01' AND s.yes = 1;
CREATE INDEX home_household ON home (household);
INSERT INTO element
SELECT s.id, 'HOME-01', s.id, CASE
    WHEN EXISTS (SELECT 1 FROM home a JOIN home b USING (household)
        WHERE household = s.id AND a.paper <> b.paper AND a.unit <> b.unit) THEN 1
    WHEN EXISTS (SELECT 1 FROM home a JOIN home b USING (household)
        WHERE household = s.id AND a.paper <> b.paper AND (a.unit <> b.unit) IS NULL)
        OR EXISTS (SELECT 1 FROM seen t WHERE t.household = s.id AND t.rule = 'HOME-01' AND t.yes IS NULL)
        OR EXISTS (SELECT 1 FROM asked a WHERE a.household = s.id AND NOT a.live) THEN NULL
    ELSE 0 END, 1
FROM scope s;
INSERT INTO element
SELECT s.id, 'HOME-02', s.id, CASE
    WHEN EXISTS (SELECT 1 FROM seen t WHERE t.household = s.id AND t.rule = 'HOME-02' AND t.yes = 1) THEN 1
    WHEN EXISTS (SELECT 1 FROM seen t WHERE t.household = s.id AND t.rule = 'HOME-02' AND t.yes IS NULL)
        OR EXISTS (SELECT 1 FROM asked a WHERE a.household = s.id AND NOT a.live) THEN NULL
    ELSE 0 END, 1
FROM scope s;
INSERT INTO reason
SELECT household, rule, why FROM told_why WHERE rule = 'HOME-02' AND why IN ('not_authorised', 'rejected_row')
UNION SELECT household, rule, why FROM told_why WHERE rule = 'HOME-01' AND why IN ('not_authorised', 'rejected_row')
UNION SELECT s.household, s.rule, t.why FROM seen s JOIN atom t USING (rule, feed, line)
WHERE s.rule IN ('HOME-01', 'HOME-02') AND NOT s.lost AND s.yes IS NULL AND t.yes IS NULL
UNION SELECT a.household, 'HOME-01', CASE WHEN a.unit IS NULL THEN a.why ELSE b.why END
FROM home a JOIN home b USING (household) WHERE a.paper <> b.paper AND (a.unit <> b.unit) IS NULL;

-- Sums: what counts and is known, and why there may be more.
CREATE TABLE amount AS
SELECT s.household, s.person, s.rule, s.yes,
    CASE WHEN s.yes = 1 THEN CAST(round(f.said * 100) AS INTEGER) END AS fen,
    CASE WHEN s.yes = 1 THEN f.why END AS why
FROM seen s JOIN (VALUES ('PENSION-01', 'monthly_amount'), ('UNEMP-01', 'monthly_amount'),
    ('INC-03', 'income')) c ON c.column1 = s.rule
    LEFT JOIN fact f ON f.feed = s.feed AND f.line = s.line AND f.col = c.column2;
CREATE TABLE earned AS
SELECT a.household, a.person, r.column1 AS rule,
    coalesce(sum(m.fen), 0) AS fen, -- of what is known
    NOT a.live OR max(m.rule IS NOT NULL AND (m.yes IS NULL OR (m.yes AND m.fen IS NULL))) AS open
FROM asked a, (VALUES ('PENSION-01'), ('UNEMP-01'), ('INC-03')) r
    LEFT JOIN amount m ON m.household = a.household AND m.person = a.person AND m.rule = r.column1
GROUP BY a.household, a.person, r.column1;
CREATE INDEX earned_person ON earned (household, person, rule);
CREATE TABLE earned_why AS
SELECT household, person, rule, why FROM told_why WHERE rule IN ('PENSION-01', 'UNEMP-01', 'INC-03')
UNION SELECT household, person, rule, why FROM amount WHERE yes = 1 AND fen IS NULL;

-- The larger of what was declared and what was found; all that is not known says why.
CREATE TABLE income AS
SELECT a.household, a.person, CASE WHEN NOT p.open AND NOT u.open
    THEN max(fen_of(m.income), p.fen + u.fen) END AS fen,
    fen_of(m.income) IS NULL AS undeclared, m.income AS written
FROM asked a JOIN member m ON m.household = a.household AND m.person = a.person
    JOIN earned p ON p.household = a.household AND p.person = a.person AND p.rule = 'PENSION-01'
    JOIN earned u ON u.household = a.household AND u.person = a.person AND u.rule = 'UNEMP-01';
INSERT INTO element
SELECT s.id, 'INC-02', s.id, CASE
    WHEN count(i.person) = 0 THEN 0
    WHEN EXISTS (SELECT 1 FROM element e WHERE e.household = s.id AND e.rule = 'INC-01' AND e.yes = 1) THEN 0
    WHEN sum(i.fen) >= l.fen * count(i.person) THEN 1
    WHEN l.fen IS NULL OR count(i.fen) < count(i.person) THEN NULL ELSE 0 END, 1
FROM scope s JOIN line_of l ON l.household = s.id LEFT JOIN income i ON i.household = s.id
WHERE s.id NOT IN (SELECT household FROM incomplete) GROUP BY s.id;
INSERT INTO reason
SELECT l.household, 'INC-02', w.why FROM line_of l JOIN (
    SELECT household, CASE written WHEN '' THEN 'empty_field' ELSE 'bad_field' END AS why FROM income WHERE undeclared
    UNION SELECT household, why FROM earned_why WHERE rule IN ('PENSION-01', 'UNEMP-01')) w ON w.household = l.household
WHERE l.fen IS NOT NULL AND l.household NOT IN (SELECT household FROM incomplete)
UNION SELECT l.household, 'INC-02', 'parameter' FROM line_of l
WHERE l.fen IS NULL AND l.household IN (SELECT household FROM asked)
    AND l.household NOT IN (SELECT household FROM incomplete);

-- Wages may be corrected downwards: a sum with a part that is not known says nothing.
INSERT INTO element
SELECT s.id, 'INC-03', s.id, CASE
    WHEN count(e.person) = 0 THEN 0
    WHEN max(e.open) OR l.fen IS NULL THEN NULL ELSE sum(e.fen) >= l.fen * count(e.person) * 12 END, 1
FROM scope s JOIN line_of l ON l.household = s.id
    LEFT JOIN earned e ON e.household = s.id AND e.rule = 'INC-03'
WHERE s.id NOT IN (SELECT household FROM incomplete) GROUP BY s.id;
INSERT INTO reason
SELECT household, 'INC-03', why FROM earned_why WHERE rule = 'INC-03'
UNION SELECT l.household, 'INC-03', 'parameter' FROM line_of l WHERE l.fen IS NULL
    AND l.household IN (SELECT household FROM asked) AND l.household NOT IN (SELECT household FROM incomplete)
    AND NOT EXISTS (SELECT 1 FROM earned e WHERE e.household = l.household AND e.rule = 'INC-03' AND e.open);

-- Three years without a break, of those who receive; four people.
INSERT INTO element
SELECT s.id, 'LONG-01', s.id, CASE
    WHEN EXISTS (SELECT 1 FROM told t WHERE t.household = s.id AND t.rule = 'LONG-01' AND t.yes = 1) THEN 0
    ELSE a.months >= 36 END, 1
FROM scope s LEFT JOIN aged a ON a.feed = 'caseload_household' AND a.line = s.line AND a.col = 'benefit_from'
WHERE s.status = '在享';
INSERT INTO reason
SELECT s.id, 'LONG-01', f.why FROM scope s
    JOIN fact f ON f.feed = 'caseload_household' AND f.line = s.line AND f.col = 'benefit_from' WHERE f.said IS NULL;
INSERT INTO element
SELECT household, 'SIZE-01', household, 1, 1 FROM asked GROUP BY household HAVING count(*) >= 4;

-- Cars that the county has exempted.
UPDATE element SET yes = 0 WHERE rule = 'VEH-01' AND EXISTS (SELECT 1 FROM exempt x JOIN vehicle v
    ON v.person = x.person WHERE x.household = element.household AND x.about = 'vehicle'
        AND v.plate_type || '|' || v.plate_no = element.subject AND x.object IN ('', v.plate_no));
