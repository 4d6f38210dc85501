-- title: 低保核查台账
-- column: number 序号
-- column: number 户
-- column: text 核查编号
-- column: text 村（社区）
-- column: text 户主
-- column: number 保障人口
-- column: money 月保障金额（元）
-- column: text 疑点类别
-- column: text 涉及人员
-- column: text 疑点说明
-- column: text 核查优先级
-- column: date 核查期限
-- column: text 下一步核实
-- column: text 户主公民身份号码（掩码）
-- column: text 来源数据（文件、行号、截止日）
-- column: text 规则
-- column: text 对象
-- column: text 内容校验
-- One row a flag, raised or not checked this time, the most urgent household first; 户 is 1 in its
-- first row. What is read on the screen alone stands behind what is printed. ?2: code of a town, NULL
-- for all. The last three columns tell a filled row from another one when it comes back. What the
-- families of supporters have, and that there was a tip, stands on no list that goes from hand to
-- hand: of such a flag the words are left out.
WITH mine AS (SELECT version FROM flag_rank WHERE ?2 IS NULL OR town_code = ?2),
line AS (
    SELECT e.version, e.delivery, min(e.n) AS n,
           group_concat(CASE WHEN e.line = 0 THEN '无相关记录' ELSE '第' || e.line || '行' END, '、')
               AS places
    FROM (SELECT * FROM evidence WHERE version IN (SELECT version FROM mine)
          ORDER BY version, n) e
    GROUP BY e.version, e.delivery),
proof AS (
    SELECT version,
           group_concat(source || '（' || title || '）' || places
               || CASE WHEN file = '' THEN '' ELSE ' ' || file END
               || '，截至' || coalesce(date(cut_off * 86400, 'unixepoch'), '未知'), char(10)) AS sources
    FROM (SELECT l.version, d.source, d.title, d.file, l.places, d.cut_off
          FROM line l JOIN delivery d ON d.number = l.delivery ORDER BY l.version, l.n)
    GROUP BY version),
-- whose rows a flag rests on that names nobody
whose AS (
    SELECT version, group_concat(person, '、') AS people
    FROM (SELECT e.version, e.person FROM evidence e JOIN delivery d ON d.number = e.delivery
          WHERE e.version IN (SELECT version FROM mine) AND e.line > 0 AND e.person <> ''
              AND d.feed NOT IN (SELECT feed FROM trait WHERE own)
          GROUP BY e.version, e.person ORDER BY e.version, min(e.n))
    GROUP BY version)
SELECT row_number() OVER (ORDER BY k.place, r.points DESC, s.place, s.rule, s.subject),
       CASE row_number() OVER (PARTITION BY s.household ORDER BY r.points DESC, s.place, s.rule,
                                                                s.subject) WHEN 1 THEN 1 END,
       s.household, CASE WHEN n.area_code = n.town_code THEN '不详' ELSE n.area_name END, n.head_name,
       n.counted, n.paid_fen, CASE WHEN r.hidden THEN '其他' ELSE s.title END,
       CASE WHEN r.hidden THEN ''
            WHEN s.person = '' THEN coalesce(w.people, '')
            ELSE s.person || CASE WHEN s.person_masked = '' THEN ''
                                  ELSE char(10) || s.person_masked END END,
       CASE WHEN r.hidden THEN '见核查员参考页'
            ELSE s.message || CASE r.doubt WHEN '' THEN ''
                                  ELSE char(10) || '【' || r.doubt || '，可能不是本人，请先核对】' END END
           || CASE WHEN s.status <> 'not_checked' THEN ''
                   ELSE char(10) || '【本次未核对，沿用上次：'
                       || coalesce((SELECT zh FROM label WHERE kind = 'WHY' AND code = s.why), s.why)
                       || '】' END,
       coalesce((SELECT zh FROM label WHERE kind = 'SEVERITY' AND code = s.severity), '—') || '（' || r.reason || '）',
       (SELECT visit_by FROM flag_term WHERE version = r.version),
       CASE r.hidden WHEN 2 THEN '' ELSE s.ask END,
       coalesce((SELECT p.value ->> 'id' FROM json_each(n.people) p
                 WHERE p.value ->> 'relation' = '户主' OR p.value ->> 'name' = n.head_name
                 ORDER BY p.value ->> 'relation' <> '户主', p.key LIMIT 1), ''),
       CASE WHEN r.hidden THEN '' ELSE p.sources END, s.rule, s.subject, lower(hex(substr(s.content, 1, 8)))
FROM flag_rank r JOIN household_rank k ON k.household = r.household
    JOIN household h ON h.id = r.household
    JOIN household_now n ON n.household = h.number
    JOIN flag_shown s ON s.version = r.version
    LEFT JOIN proof p ON p.version = s.version
    LEFT JOIN whose w ON w.version = s.version
WHERE ?2 IS NULL OR r.town_code = ?2
ORDER BY 1;
