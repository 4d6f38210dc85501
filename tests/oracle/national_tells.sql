-- What is told of the values: texts, and why there is none.
INSERT INTO value SELECT v.name, c.id, '', '?caseload|caseload_household||', 'plain' FROM contradicted c, (SELECT DISTINCT name FROM value) v;
CREATE TABLE tells AS -- the text that is told
SELECT DISTINCT name, h, p, CASE kind WHEN 'bool' THEN 'yes' WHEN 'plain' THEN CAST(v AS TEXT)
    ELSE printf('%s%d.%02d', CASE WHEN v < 0 THEN '-' ELSE '' END, abs(v) / 100, abs(v) % 100) END AS text
FROM value WHERE substr(v, 1, 1) <> '?' AND NOT (kind <> 'plain' AND v = 0);
-- Reasons, one a line.
CREATE TABLE because AS
WITH RECURSIVE cut (h, rule, reason, rest) AS (
    SELECT h, rule, NULL, substr(v, 2) || char(10) FROM (SELECT h, rule, v FROM found UNION SELECT h, 'V-' || replace(name, '_', '-'), v FROM value)
    WHERE typeof(v) = 'text' AND substr(v, 1, 1) = '?'
    UNION ALL SELECT h, rule, substr(rest, 1, instr(rest, char(10)) - 1), substr(rest, instr(rest, char(10)) + 1) FROM cut WHERE rest <> '')
SELECT DISTINCT h, rule, reason FROM cut WHERE reason IS NOT NULL;
CREATE INDEX because_h ON because (h, rule);
