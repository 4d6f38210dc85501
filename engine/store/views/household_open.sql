-- title: 核对报告（无法核对的事项）
-- column: text 核查编号
-- column: text 事项
-- column: text 原因
-- One row a household, a rule that could not be answered for it, and a cause of its own, as its
-- family may read it: nobody outside the household is named. ?3: a JSON array of households.
WITH chosen AS (
    SELECT number, id FROM household WHERE id IN (SELECT value FROM json_each(?3))),
open AS (
    SELECT a.household, a.rule, a.reason, a.person, '' AS lacks
    FROM chosen c CROSS JOIN cause a ON a.household = c.number
        CROSS JOIN cause_now o ON o.cause = a.number AND o.open = 1
    UNION ALL
    -- a source of which nothing was used is told once, with the sources
    SELECT g.household, g.rule, g.reason, '',
           CASE WHEN g.field_title = '' THEN '' ELSE '：' || coalesce(
                   (SELECT d.title FROM run r JOIN receipt_delivery x ON x.receipt = r.receipt
                        JOIN delivery d ON d.number = x.delivery
                    WHERE r.number = ?1 AND d.feed = g.source LIMIT 1), g.source)
               || '的“' || g.field_title || '”' END
    FROM chosen c CROSS JOIN household_gap g ON g.household = c.number WHERE g.reason = 'no_column')
SELECT DISTINCT c.id, u.title,
       coalesce(l.zh, a.reason) || a.lacks
           || CASE WHEN EXISTS (SELECT 1 FROM json_each(n.people) p
                                WHERE p.value ->> 'name' = a.person)
                   THEN '（' || a.person || '）' ELSE '' END
FROM chosen c JOIN household_now n ON n.household = c.number
    JOIN open a ON a.household = c.number
    JOIN run_rule x ON x.run = ?1 AND x.id = a.rule
    JOIN rule u ON u.number = x.rule AND u.effect <> 'inform' AND u.shown = 'everywhere'
        AND u.category <> 12
    LEFT JOIN label l ON l.kind = 'CAUSE' AND l.code = a.reason
WHERE ?2 IS NULL OR n.town_code = ?2
ORDER BY c.id, x.n, 3;
