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
-- column: text 可消除疑点的材料
-- column: text 依据
-- column: number 该户无法核对的规则数
-- column: text 核对批次
-- column: text 说明
-- One row a flag, raised or not checked this time. Several sources stand in one cell in one order,
-- divided by ；, several rows of one file by 、.
WITH standing AS MATERIALIZED (SELECT * FROM flag_status),
file AS MATERIALIZED (
    SELECT number, source || ' ' || title AS source,
           CASE WHEN file = '' THEN '（无）' ELSE file END AS file,
           coalesce(date(cut_off * 86400, 'unixepoch'), '未知') AS day
    FROM delivery),
-- in the order of an index: versions one after another, and of each its rows as they are numbered
proof AS (
    SELECT e.version, told(e.delivery, f.source, NULL, NULL, '；') AS sources,
           told(e.delivery, f.file, NULL, NULL, '；') AS files,
           told(e.delivery, NULL, CASE WHEN e.line = 0 THEN '无相关记录' ELSE e.line END, NULL, '；')
               AS lines,
           told(e.delivery, f.day, NULL, NULL, '；') AS days,
           -- each way of matching once, the strongest evidence first
           told_once(e.delivery, NULL,
                     CASE WHEN e.line = 0 THEN '—' ELSE coalesce(l.zh, e.match) END, NULL, '；')
               AS matches
    FROM evidence e JOIN file f ON f.number = e.delivery
        LEFT JOIN label l ON l.kind = 'MATCH' AND l.code = e.match
    WHERE e.version IN (SELECT version FROM standing)
    GROUP BY e.version)
SELECT s.household, s.town_name, s.area_name, s.head_name, s.counted, s.paid_fen, s.rule, s.title,
       s.person, s.person_masked, s.message,
       (SELECT zh FROM label WHERE kind = 'SEVERITY' AND code = s.severity),
       coalesce((SELECT zh FROM label WHERE kind = 'EFFECT' AND code = s.effect), s.effect)
           || CASE WHEN s.capped THEN '（匹配存疑，仅作核实）' ELSE '' END,
       coalesce((SELECT zh FROM label WHERE kind = 'FLAG' AND code = n.status), n.status)
           || CASE WHEN n.why = '' THEN ''
                   ELSE '（' || coalesce((SELECT zh FROM label WHERE kind = 'WHY' AND code = n.why),
                                         n.why) || '）' END,
       s.since, p.sources, p.files, p.lines, p.days, p.matches, s.ask, s.clears, s.basis,
       s.unanswered, (SELECT id FROM run WHERE number = ?1), '疑点为比对线索，不作为认定结论'
FROM standing n JOIN flag_words s ON s.version = n.version
    LEFT JOIN proof p ON p.version = s.version
WHERE n.status <> 'gone'
ORDER BY s.household, s.place, s.rule, s.subject;
