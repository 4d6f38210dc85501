-- title: 各乡镇要核查的户和期限
-- column: text 乡镇代码
-- column: number 要核查的户数
-- column: number 其中只有沿用的疑点
-- column: number 已过期限
-- column: number 七日内到期
-- column: number 七日后到期
-- column: number 没有定期限
-- column: date 最早期限
-- column: number 无法核对的户数
-- One row a town. A household to be looked at has a flag that was raised or, not checked this time,
-- is kept: those that stand on ledgers. It is due with the earliest of its flags, as seen from the
-- day of the run. 无法核对的户数: with at least one rule left without an answer, flagged or not.
WITH listed AS (
    SELECT f.household, max(n.kind <> 'not_checked') AS raised, min(t.visit_by) AS visit_by
    FROM flag_now n JOIN flag f ON f.number = n.flag JOIN flag_term t ON t.version = n.version
    WHERE n.kind <> 'gone' GROUP BY f.household),
day AS (SELECT as_of AS today FROM run WHERE number = ?1)
SELECT h.town_code, count(l.household), count(*) FILTER (WHERE l.raised = 0),
       count(*) FILTER (WHERE l.visit_by < today),
       count(*) FILTER (WHERE l.visit_by BETWEEN today AND today + 7),
       count(*) FILTER (WHERE l.visit_by > today + 7),
       count(*) FILTER (WHERE l.household IS NOT NULL AND l.visit_by IS NULL), min(l.visit_by),
       count(*) FILTER (WHERE h.state <> 'absent' AND h.unanswered > 0)
FROM day, household_now h LEFT JOIN listed l ON l.household = h.household
GROUP BY h.town_code ORDER BY h.town_code;
