-- title: 入户核查表（由人判断的内容）
-- column: text 核查编号
-- column: text 规则
-- column: text 内容
-- One row a household and a rule that only people can judge: it applies to the household's kind.
-- ?2, ?3: as in visit_household.
WITH chosen AS (
    SELECT h.number, h.id FROM household_rank k JOIN household h ON h.id = k.household
    WHERE ?3 IS NULL AND (?2 IS NULL OR k.town_code = ?2)
    UNION ALL
    SELECT number, id FROM household
    WHERE ?3 IS NOT NULL AND id IN (SELECT value FROM json_each(?3)))
SELECT h.id, u.title, u.questions
FROM chosen h JOIN household_now n ON n.household = h.number
    JOIN run_rule x ON x.run = ?1 AND x.standing = 'manual'
    JOIN rule u ON u.number = x.rule AND u.questions <> ''
WHERE (u.programmes = '' OR instr(u.programmes, ',' || n.programme || ',') > 0)
    AND (u.urban_rurals = '' OR instr(u.urban_rurals, ',' || n.urban_rural || ',') > 0)
    AND (u.statuses = '' OR instr(u.statuses, ',' || n.status || ',') > 0)
ORDER BY h.id, x.n;
