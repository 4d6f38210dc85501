-- title: 入户核查表（家庭成员）
-- column: text 核查编号
-- column: text 姓名
-- column: text 与户主关系
-- column: text 公民身份号码（掩码）
-- column: date 出生日期
-- column: number 是否保障对象
-- column: number 是否有核对授权
-- One row a member of a household, the head first. ?2, ?3: as in visit_household.
WITH chosen AS (
    SELECT h.number, h.id FROM household_rank k JOIN household h ON h.id = k.household
    WHERE ?3 IS NULL AND (?2 IS NULL OR k.town_code = ?2)
    UNION ALL
    SELECT number, id FROM household
    WHERE ?3 IS NOT NULL AND id IN (SELECT value FROM json_each(?3)))
SELECT h.id, p.value ->> 'name', p.value ->> 'relation', p.value ->> 'id', p.value ->> 'born',
       p.value ->> 'counted', p.value ->> 'authorised'
FROM chosen h JOIN household_now n ON n.household = h.number, json_each(n.people) p
ORDER BY h.id, p.value ->> 'relation' <> '户主', p.key;
