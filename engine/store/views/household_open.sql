-- title: 核对报告（未能核对的事项）
-- column: text 核查编号
-- column: text 事项
-- column: text 原因
-- One row a household, a rule that could not be answered for it, and a cause of its own, as its
-- family may read it: nobody outside the household is named. ?3: a JSON array of households.
SELECT DISTINCT h.id, u.title,
       coalesce(l.zh, a.reason)
           || CASE WHEN EXISTS (SELECT 1 FROM json_each(n.people) p
                                WHERE p.value ->> 'name' = a.person)
                   THEN '（' || a.person || '）' ELSE '' END
FROM household_now n JOIN household h ON h.number = n.household
    JOIN cause a ON a.household = h.number
    JOIN cause_now o ON o.cause = a.number AND o.open = 1
    JOIN run_rule x ON x.run = ?1 AND x.id = a.rule
    JOIN rule u ON u.number = x.rule AND u.effect <> 'inform' AND u.shown = 'everywhere'
        AND u.category <> 12
    LEFT JOIN label l ON l.kind = 'CAUSE' AND l.code = a.reason
WHERE (?2 IS NULL OR n.town_code = ?2) AND h.id IN (SELECT value FROM json_each(?3))
ORDER BY h.id, x.n, 3;
