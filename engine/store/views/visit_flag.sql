-- title: 入户核查表（疑点）
-- column: text 核查编号
-- column: text 疑点类别
-- column: text 来源
-- column: text 疑点说明
-- column: text 行号
-- column: text 下一步核实
-- column: text 由人判断
-- column: text 核查优先级
-- column: text 说明
-- column: text 可消除疑点的材料
-- One row a flag as the family may read it: what rests on people outside the household, and what a
-- tip may have led to, is not told. Whose row it is stands there where the flag names nobody, and how
-- it was matched where that leaves a doubt. ?2, ?3: as in visit_household.
WITH mine AS (
    SELECT version, points, doubt, hidden FROM flag_rank
    WHERE ?3 IS NULL AND (?2 IS NULL OR town_code = ?2)
    UNION ALL
    SELECT r.version, r.points, r.doubt, r.hidden
    FROM (SELECT DISTINCT value FROM json_each(?3)) j CROSS JOIN flag_rank r ON r.household = j.value),
line AS (
    SELECT version, delivery, min(n) AS n,
           CASE WHEN max(line) = 0 THEN '查无记录'
                WHEN max(whose <> '' OR how <> '')
                THEN CASE WHEN max(whose) = '' THEN '' ELSE '：' END
                     || group_concat(CASE WHEN line > 0 THEN CASE whose WHEN before THEN '' ELSE whose END
                                                             || '第' || line || '行' || how END, '、')
                ELSE '第' || group_concat(CASE WHEN line > 0 THEN line END, '、') || '行' END
               AS places
    FROM (SELECT *, lag(whose, 1, '') OVER (PARTITION BY version, delivery ORDER BY n) AS before
          FROM (
          SELECT e.version, e.delivery, e.n, e.line,
                 CASE WHEN v.person = '' AND NOT EXISTS (SELECT 1 FROM trait t
                                                         WHERE t.feed = d.feed AND t.own)
                      THEN e.person ELSE '' END AS whose,
                 CASE WHEN e.match = 'id_name' OR e.person = '' OR e.line = 0 THEN ''
                      ELSE '（' || coalesce(l.zh, e.match) || '）' END AS how
          FROM evidence e JOIN flag_version v ON v.number = e.version
              JOIN delivery d ON d.number = e.delivery
              LEFT JOIN label l ON l.kind = 'MATCH' AND l.code = e.match
          WHERE e.version IN (SELECT version FROM mine))
          ORDER BY version, n)
    GROUP BY version, delivery),
source AS (
    SELECT version, group_concat(source, char(10)) AS sources
    FROM (SELECT l.version, d.source FROM line l JOIN delivery d ON d.number = l.delivery
          GROUP BY l.version, d.source ORDER BY l.version, min(l.n))
    GROUP BY version),
proof AS (
    SELECT version, group_concat(title || places || '，截至'
               || coalesce(date(cut_off * 86400, 'unixepoch'), '未知'), '；') AS places
    FROM (SELECT l.version, d.title, l.places, d.cut_off
          FROM line l JOIN delivery d ON d.number = l.delivery ORDER BY l.version, l.n)
    GROUP BY version),
shown AS (
    SELECT s.*, m.points, m.doubt, m.hidden
    FROM mine m CROSS JOIN flag_shown s ON s.version = m.version)
SELECT s.household,
       CASE s.hidden WHEN 2 THEN '其他' ELSE s.title END,
       CASE s.hidden WHEN 0 THEN coalesce(o.sources, '') ELSE '' END,
       CASE s.hidden WHEN 0 THEN s.message WHEN 1 THEN '请说明赡养、抚养、扶养等情况。'
                     ELSE '请按入户查看情况逐项说明。' END,
       CASE s.hidden WHEN 0 THEN coalesce(p.places, '') ELSE '' END,
       CASE s.hidden WHEN 2 THEN '' ELSE s.ask END,
       CASE s.hidden WHEN 2 THEN ''
            ELSE coalesce((SELECT u.questions FROM run_rule x JOIN rule u ON u.number = x.rule
                           WHERE x.run = ?1 AND x.id = s.rule), '') END,
       (SELECT zh FROM label WHERE kind = 'SEVERITY' AND code = s.severity),
       CASE WHEN s.doubt = '' OR s.hidden THEN '' ELSE s.doubt || '，可能不是本人，请先核对' END
           || CASE WHEN s.status <> 'not_checked' THEN ''
                   ELSE CASE WHEN s.doubt = '' OR s.hidden THEN '' ELSE '；' END
                        || (SELECT zh FROM label WHERE kind = 'FLAG' AND code = s.status) END,
       CASE s.hidden WHEN 0 THEN s.clears ELSE '' END
FROM shown s LEFT JOIN proof p ON p.version = s.version
    LEFT JOIN source o ON o.version = s.version
ORDER BY s.household, s.points DESC, s.place, s.rule, s.subject;
