-- title: 核查疑点清单
-- column: text 户编号
-- column: text 乡镇
-- column: text 村（社区）
-- column: text 户主
-- column: number 保障人口
-- column: money 月保障金额（元）
-- column: text 规则
-- column: text 标题
-- column: text 涉及人员
-- column: text 公民身份号码（掩码）
-- column: text 疑点说明
-- column: text 核查优先级
-- column: text 处理口径
-- column: text 本批次情况
-- column: text 首次发现批次
-- column: text 来源
-- column: text 来源文件
-- column: text 行号
-- column: text 数据截止
-- column: text 匹配方式
-- column: text 下一步核实
-- column: text 可排除的情形
-- column: text 依据
-- column: number 该户未能核对的规则数
-- column: text 核对批次
-- column: text 说明
-- One row a flag, raised or not checked this time; several sources stand in one cell, in one order.
WITH proof AS (
    SELECT version,
           group_concat(source || ' ' || title, '；') AS sources,
           group_concat(CASE WHEN file = '' THEN '（无）' ELSE file END, '；') AS files,
           group_concat(CASE WHEN line = 0 THEN '无此人记录' ELSE line END, '；') AS lines,
           group_concat(coalesce(date(cut_off * 86400, 'unixepoch'), '未知'), '；') AS days,
           group_concat(coalesce(l.zh, match), '；') AS matches
    FROM (SELECT e.version, d.source, d.title, d.file, e.line, d.cut_off, e.match
          FROM evidence e JOIN delivery d ON d.number = e.delivery
          WHERE e.version IN (SELECT version FROM flag_status)
          ORDER BY e.version, e.n) p
        LEFT JOIN label l ON l.kind = 'MATCH' AND l.code = p.match
    GROUP BY version)
SELECT h.id, n.town_name, n.area_name, n.head_name, n.counted, n.paid_fen, f.rule,
       coalesce(u.title, f.rule), v.person, v.person_masked, v.message,
       (SELECT zh FROM label WHERE kind = 'SEVERITY' AND code = u.severity),
       coalesce((SELECT zh FROM label WHERE kind = 'EFFECT' AND code = v.effect), v.effect)
           || CASE WHEN v.capped THEN '（匹配存疑，仅作核实）' ELSE '' END,
       coalesce((SELECT zh FROM label WHERE kind = 'FLAG' AND code = s.status), s.status)
           || CASE WHEN s.why = '' THEN ''
                   ELSE '（' || coalesce((SELECT zh FROM label WHERE kind = 'WHY' AND code = s.why),
                                         s.why) || '）' END,
       r.id, p.sources, p.files, p.lines, p.days, p.matches, coalesce(u.ask, ''),
       coalesce(u.clears, ''), coalesce(u.basis, ''), n.unanswered,
       (SELECT id FROM run WHERE number = ?1), '疑点为比对线索，不作为认定结论'
FROM flag_status s JOIN flag f ON f.number = s.flag JOIN flag_version v ON v.number = s.version
    JOIN household h ON h.number = f.household JOIN household_now n ON n.household = f.household
    JOIN run r ON r.number = f.run
    LEFT JOIN run_rule x ON x.run = ?1 AND x.id = f.rule LEFT JOIN rule u ON u.number = x.rule
    LEFT JOIN proof p ON p.version = s.version
WHERE s.status <> 'gone'
ORDER BY h.id, x.n, f.rule, f.subject;
