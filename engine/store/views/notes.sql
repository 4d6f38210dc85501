-- title: 核查员参考页
-- column: text 核查编号
-- column: number 类
-- column: text 事项
-- column: text 内容
-- column: text 依据数据
-- column: text 核实办法
-- One row a thing that only the inspector of a household may know: 0 tips, 1 flags with what they
-- rest on, 2 tags, 3 what could not be checked. ?2, ?3: as in visit_household.
WITH chosen AS (
    SELECT h.number, h.id FROM household_rank k JOIN household h ON h.id = k.household
    WHERE ?3 IS NULL AND (?2 IS NULL OR k.town_code = ?2)
    UNION ALL
    SELECT number, id FROM household
    WHERE ?3 IS NOT NULL AND id IN (SELECT value FROM json_each(?3))),
mine AS (
    SELECT m.version FROM chosen c CROSS JOIN flag f ON f.household = c.number
        CROSS JOIN mark_now m ON m.flag = f.number),
line AS (
    SELECT e.version, e.delivery, min(e.n) AS n,
           CASE WHEN max(e.line) = 0 THEN '查无记录'
                ELSE group_concat(
                    CASE WHEN e.line > 0
                         THEN e.person || '第' || e.line || '行'
                              || CASE WHEN e.match = 'id_name' OR e.person = '' THEN ''
                                      ELSE '（' || coalesce(l.zh, e.match) || '）' END END, '、')
                END AS words
    FROM (SELECT * FROM evidence WHERE version IN (SELECT version FROM mine)
          ORDER BY version, n) e
        LEFT JOIN label l ON l.kind = 'MATCH' AND l.code = e.match
    GROUP BY e.version, e.delivery),
proof AS (
    SELECT version,
           group_concat(source || '（' || title || '）：' || words || '，截至'
                        || coalesce(date(cut_off * 86400, 'unixepoch'), '未知'), char(10)) AS words
    FROM (SELECT l.version, d.source, d.title, l.words, d.cut_off
          FROM line l JOIN delivery d ON d.number = l.delivery ORDER BY l.version, l.n)
    GROUP BY version),
item AS (
    SELECT c.id AS household, CASE u.shown WHEN 'visit_sheet' THEN 0 ELSE 2 END AS kind, x.n AS place,
           f.subject, u.title,
           v.message || CASE WHEN v.person = '' OR instr(v.message, v.person) > 0 THEN ''
                             ELSE '（' || v.person || '）' END AS words,
           p.words AS proof, u.ask
    FROM chosen c CROSS JOIN flag f ON f.household = c.number CROSS JOIN mark_now m ON m.flag = f.number
        JOIN flag_version v ON v.number = m.version AND v.effect = 'inform'
        JOIN run_rule x ON x.run = ?1 AND x.id = f.rule JOIN rule u ON u.number = x.rule
        LEFT JOIN proof p ON p.version = m.version
    WHERE m.kind NOT IN ('gone', 'not_checked')
    UNION ALL
    SELECT s.household, 1, s.place, s.subject,
           s.title || '　优先级'
               || (SELECT zh FROM label WHERE kind = 'SEVERITY' AND code = s.severity)
               || '（' || r.reason || '）',
           s.message || CASE WHEN s.person = '' THEN ''
                             ELSE '（' || s.person || ' ' || s.person_masked || '）' END
               || CASE WHEN s.capped THEN char(10) || '匹配存疑，仅作核实。' ELSE '' END
               || CASE WHEN s.status = 'not_checked' THEN char(10) || '本次未核对，沿用以前的结果。'
                       ELSE '' END,
           p.words,
           s.ask || CASE WHEN s.clears = '' THEN '' ELSE char(10) || '可消除疑点：' || s.clears END
    FROM chosen c CROSS JOIN flag_rank r ON r.household = c.id CROSS JOIN flag_shown s ON s.version = r.version
        LEFT JOIN proof p ON p.version = s.version
    WHERE s.status <> 'gone'
    UNION ALL
    SELECT DISTINCT c.id, 3, x.n, '', u.title, coalesce(l.zh, a.reason)
               || CASE WHEN a.person = '' THEN '' ELSE '（' || a.person || '）' END, NULL, ''
    FROM chosen c CROSS JOIN cause a ON a.household = c.number CROSS JOIN cause_now o ON o.cause = a.number
        JOIN run_rule x ON x.run = ?1 AND x.id = a.rule
        JOIN rule u ON u.number = x.rule AND u.effect <> 'inform'
        LEFT JOIN label l ON l.kind = 'CAUSE' AND l.code = a.reason
    WHERE o.open = 1)
SELECT household, kind, title, words, coalesce(proof, ''), ask
FROM item ORDER BY household, kind, place, subject, words;
