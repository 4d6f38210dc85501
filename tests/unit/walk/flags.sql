-- The list of flags by plain SQL over the folded views: what walk_flags.c is held against.
WITH line AS (
    SELECT e.version, e.delivery, e.n,
           CASE WHEN e.line = 0 THEN '无相关记录' ELSE e.line END AS place,
           CASE WHEN e.line = 0 THEN '—' ELSE coalesce(l.zh, e.match) END AS how
    FROM evidence e LEFT JOIN label l ON l.kind = 'MATCH' AND l.code = e.match
    WHERE e.version IN (SELECT version FROM flag_status)
    ORDER BY e.version, e.n),
file AS (
    SELECT version, delivery, min(n) AS n, group_concat(place, '、') AS places
    FROM line GROUP BY version, delivery),
-- the ways of matching in one delivery, each once, the strongest evidence first
way AS (
    SELECT version, delivery, group_concat(how, '、') AS ways
    FROM (SELECT version, delivery, how FROM line GROUP BY version, delivery, how
          ORDER BY version, delivery, min(n))
    GROUP BY version, delivery),
proof AS (
    SELECT version,
           group_concat(source || ' ' || title, '；') AS sources,
           group_concat(CASE WHEN file = '' THEN '（无）' ELSE file END, '；') AS files,
           group_concat(places, '；') AS lines,
           group_concat(coalesce(date(cut_off * 86400, 'unixepoch'), '未知'), '；') AS days,
           group_concat(ways, '；') AS matches
    FROM (SELECT f.version, d.source, d.title, d.file, f.places, d.cut_off, w.ways
          FROM file f JOIN delivery d ON d.number = f.delivery
              JOIN way w ON w.version = f.version AND w.delivery = f.delivery
          ORDER BY f.version, f.n)
    GROUP BY version)
SELECT s.household, s.town_name, s.area_name, s.head_name, s.counted, s.paid_fen, s.rule, s.title,
       s.person, s.person_masked, s.message,
       (SELECT zh FROM label WHERE kind = 'SEVERITY' AND code = s.severity),
       coalesce((SELECT zh FROM label WHERE kind = 'EFFECT' AND code = s.effect), s.effect)
           || CASE WHEN s.capped THEN '（匹配存疑，仅作核实）' ELSE '' END,
       coalesce((SELECT zh FROM label WHERE kind = 'FLAG' AND code = s.status), s.status)
           || CASE WHEN s.why = '' THEN ''
                   ELSE '（' || coalesce((SELECT zh FROM label WHERE kind = 'WHY' AND code = s.why),
                                         s.why) || '）' END,
       s.since, p.sources, p.files, p.lines, p.days, p.matches, s.ask, s.clears, s.basis,
       s.unanswered, (SELECT id FROM run WHERE number = ?1), '疑点为比对线索，不作为认定结论'
FROM flag_shown s LEFT JOIN proof p ON p.version = s.version
WHERE s.status <> 'gone'
ORDER BY s.household, s.place, s.rule, s.subject;
