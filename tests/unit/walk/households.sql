-- The list of households by plain SQL over the folded views: what walk_households.c is held against.
WITH causes AS (
    SELECT household, group_concat(words, '；') AS words
    FROM (SELECT DISTINCT c.household,
                 c.rule || ' ' || coalesce(l.zh, c.reason)
                     || CASE WHEN c.person = '' THEN '' ELSE '（' || c.person || '）' END AS words
          FROM cause_now n JOIN cause c ON c.number = n.cause
              JOIN run_rule x ON x.run = ?1 AND x.id = c.rule
              JOIN rule u ON u.number = x.rule AND u.effect <> 'inform'
              LEFT JOIN label l ON l.kind = 'CAUSE' AND l.code = c.reason
          WHERE n.open = 1
          ORDER BY c.household, words)
    GROUP BY household)
SELECT h.id, n.town_name, n.area_name, n.head_name, n.members, n.counted, n.paid_fen,
       (SELECT zh FROM label WHERE kind = 'HOUSEHOLD' AND code = n.state),
       n.flags, n.unanswered,
       CASE WHEN n.unanswered = 0 THEN '' ELSE coalesce(c.words, '数据源未收到或未采用') END,
       (SELECT id FROM run WHERE number = ?1)
FROM household_now n JOIN household h ON h.number = n.household
    LEFT JOIN causes c ON n.unanswered > 0 AND c.household = n.household
WHERE n.state <> 'absent'
ORDER BY h.id;
