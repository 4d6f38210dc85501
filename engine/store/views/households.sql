-- title: 核对结果（按户）
-- column: text 户编号
-- column: text 乡镇
-- column: text 村（社区）
-- column: text 户主
-- column: number 家庭人口
-- column: number 保障人口
-- column: money 月保障金额（元）
-- column: text 核对结果
-- column: number 疑点数
-- column: number 无法核对的规则数
-- column: text 无法核对的原因
-- column: text 核对批次
-- Walked (walk_households.c): below what is read, the newest row of each household first.
-- One row a household of the caseload. "未发现疑点" says only that the sources checked show nothing.
SELECT h.number, n.run, h.id, n.town_name, n.area_name, n.head_name, n.members, n.counted, n.paid_fen,
       n.state, n.flags, n.unanswered
FROM main.household h CROSS JOIN main.household_version n ON n.household = h.number
ORDER BY h.id, n.run DESC;
