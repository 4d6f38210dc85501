-- title: 入户核查表（由人判断的内容）
-- column: text 核查编号
-- column: text 规则
-- column: text 内容
-- One row a household and a rule that only people can judge: it applies to the household's kind.
-- ?2, ?3: as in visit_household.
SELECT h.id, u.title, u.questions
FROM household_now n JOIN household h ON h.number = n.household
    JOIN run_rule x ON x.run = ?1 AND x.standing = 'manual'
    JOIN rule u ON u.number = x.rule AND u.questions <> ''
WHERE CASE WHEN ?3 IS NULL
               THEN (?2 IS NULL OR n.town_code = ?2) AND h.id IN (SELECT household FROM household_rank WHERE flags > 0)
           ELSE h.id IN (SELECT value FROM json_each(?3)) END
    AND (u.programmes = '' OR instr(u.programmes, ',' || n.programme || ',') > 0)
    AND (u.urban_rurals = '' OR instr(u.urban_rurals, ',' || n.urban_rural || ',') > 0)
    AND (u.statuses = '' OR instr(u.statuses, ',' || n.status || ',') > 0)
ORDER BY h.id, x.n;
