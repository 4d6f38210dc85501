-- title: 入户核查表（户）
-- column: text 核查编号
-- column: text 乡镇
-- column: text 村代码
-- column: text 村（社区）
-- column: text 户主
-- column: text 公民身份号码（掩码）
-- column: text 住址
-- column: text 救助类别
-- column: text 享受情况
-- column: text 享受起始
-- column: money 月保障金额（元）
-- column: number 家庭人口
-- column: number 保障人口
-- column: text 核对结果
-- column: number 疑点数
-- column: text 核查优先级
-- column: number 该户无法核对的规则数
-- column: date 核查期限
-- One row a household to be visited, by village, the most urgent first in each. ?2: code of a town,
-- NULL for all; ?3: a JSON array of households, flagged or not, NULL for all with flags.
WITH chosen AS (
    SELECT h.number, h.id FROM household_rank k JOIN household h ON h.id = k.household
    WHERE ?3 IS NULL AND (?2 IS NULL OR k.town_code = ?2)
    UNION ALL
    SELECT number, id FROM household
    WHERE ?3 IS NOT NULL AND id IN (SELECT value FROM json_each(?3)))
SELECT h.id, n.town_name, n.area_code, CASE WHEN n.area_code = n.town_code THEN '' ELSE n.area_name END,
       n.head_name,
       coalesce((SELECT p.value ->> 'id' FROM json_each(n.people) p
                 WHERE p.value ->> 'relation' = '户主' OR p.value ->> 'name' = n.head_name
                 ORDER BY p.value ->> 'relation' <> '户主', p.key LIMIT 1), ''),
       n.address,
       coalesce((SELECT zh FROM label WHERE kind = 'URBAN_RURAL' AND code = n.urban_rural),
                n.urban_rural)
           || coalesce((SELECT zh FROM label WHERE kind = 'PROGRAMME' AND code = n.programme),
                       n.programme),
       coalesce((SELECT zh FROM label WHERE kind = 'CASE_STATUS' AND code = n.status), n.status),
       n.benefit_from, n.paid_fen, n.members, n.counted,
       (SELECT zh FROM label WHERE kind = 'HOUSEHOLD' AND code = n.state),
       coalesce(k.flags, 0),
       coalesce((SELECT zh FROM label WHERE kind = 'SEVERITY'
                   AND code = CASE k.points / 1000 WHEN 3 THEN 'high' WHEN 2 THEN 'medium'
                                                  WHEN 1 THEN 'low' END), ''),
       n.unanswered,
       (SELECT min(t.visit_by) FROM flag_rank r JOIN flag_term t ON t.version = r.version
        WHERE r.household = h.id)
FROM chosen h JOIN household_now n ON n.household = h.number
    LEFT JOIN household_rank k ON k.household = h.id
ORDER BY n.town_code, n.area_code, k.place IS NULL, k.place, h.id;
