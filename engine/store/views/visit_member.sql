-- title: 入户核查表（家庭成员）
-- column: text 核查编号
-- column: text 姓名
-- column: text 与户主关系
-- column: text 公民身份号码（掩码）
-- column: date 出生日期
-- column: number 是否保障对象
-- column: number 是否有核对授权
-- One row a member of a household, the head first. ?2, ?3: as in visit_household.
SELECT h.id, p.value ->> 'name', p.value ->> 'relation', p.value ->> 'id', p.value ->> 'born',
       p.value ->> 'counted', p.value ->> 'authorised'
FROM household_now n JOIN household h ON h.number = n.household, json_each(n.people) p
WHERE CASE WHEN ?3 IS NULL THEN ?2 IS NULL OR n.town_code = ?2
           ELSE h.id IN (SELECT value FROM json_each(?3)) END
ORDER BY h.id, p.value ->> 'relation' <> '户主', p.key;
