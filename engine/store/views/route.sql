-- title: 走访清单
-- column: text 村代码
-- column: text 村（社区）
-- column: text 核查编号
-- column: text 户主
-- column: number 家庭人口
-- column: text 组、住址
-- column: number 疑点数
-- column: text 核查优先级
-- column: date 核查期限
-- One row a household with flags, by village, the most urgent first in each. ?2: code of a town,
-- NULL for all.
SELECT n.area_code, CASE WHEN n.area_code = n.town_code THEN '' ELSE n.area_name END, h.id, n.head_name, n.members,
       CASE WHEN n.area_name <> '' AND instr(n.address, n.area_name) > 0
                AND length(n.address) > instr(n.address, n.area_name) + length(n.area_name) - 1
            THEN substr(n.address, instr(n.address, n.area_name) + length(n.area_name))
            ELSE n.address END,
       k.flags,
       (SELECT zh FROM label WHERE kind = 'SEVERITY'
          AND code = CASE k.points / 1000 WHEN 3 THEN 'high' WHEN 2 THEN 'medium' ELSE 'low' END),
       (SELECT min(t.visit_by) FROM flag_rank r JOIN flag_term t ON t.version = r.version
        WHERE r.household = h.id)
FROM household_rank k JOIN household h ON h.id = k.household
    JOIN household_now n ON n.household = h.number
WHERE ?2 IS NULL OR k.town_code = ?2
ORDER BY n.town_code, n.area_code, k.place;
