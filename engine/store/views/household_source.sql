-- title: 核对报告（来源）
-- column: text 核查编号
-- column: text 来源单位
-- column: text 核对项目
-- column: date 数据截止
-- column: number 次序
-- column: text 结果
-- column: text 说明
-- One row a household and a source, as its family may read it: tips are no source. 次序: 0 records
-- that led to a flag or a tag, 1 none, 2 not checked, 3 nothing was delivered. What a source has
-- without anything to be asked about it is not kept. ?3: a JSON array of households.
WITH chosen AS (
    SELECT h.number, h.id, n.people,
           EXISTS (SELECT 1 FROM json_each(n.people) p WHERE p.value ->> 'authorised') AS authorised
    FROM household h JOIN household_now n ON n.household = h.number
    WHERE (?2 IS NULL OR n.town_code = ?2) AND h.id IN (SELECT value FROM json_each(?3))),
rested AS (
    SELECT DISTINCT d.feed, u.category = 12 AS on_tip
    FROM evidence e JOIN delivery d ON d.number = e.delivery
        JOIN flag_version v ON v.number = e.version JOIN flag f ON f.number = v.flag
        JOIN run_rule x ON x.run = ?1 AND x.id = f.rule JOIN rule u ON u.number = x.rule),
-- the register of tips, and what nothing but tips has rested on
tip AS (
    SELECT 'tip' AS feed UNION SELECT feed FROM rested GROUP BY feed HAVING min(on_tip) = 1),
source AS (
    SELECT d.feed, d.source, d.title, min(x.n) AS place, max(d.cut_off) AS cut_off,
           max(x.verdict IN ('accepted', 'warned', 'held')) AS used,
           max(x.verdict = 'refused') AS refused
    FROM run r JOIN receipt_delivery x ON x.receipt = r.receipt
        JOIN delivery d ON d.number = x.delivery
    WHERE r.number = ?1 AND d.feed NOT GLOB 'caseload_*' AND d.feed NOT IN (SELECT feed FROM tip)
    GROUP BY d.feed, d.source, d.title),
found AS (
    SELECT DISTINCT c.id, d.feed
    FROM chosen c JOIN flag f ON f.household = c.number JOIN mark_now m ON m.flag = f.number
        JOIN evidence e ON e.version = m.version AND e.line > 0
        JOIN delivery d ON d.number = e.delivery
        JOIN run_rule x ON x.run = ?1 AND x.id = f.rule
        JOIN rule u ON u.number = x.rule AND u.shown = 'everywhere' AND u.category <> 12
    WHERE m.kind NOT IN ('gone', 'not_checked')
      AND (e.person = '' OR EXISTS (SELECT 1 FROM json_each(c.people) p
                                    WHERE p.value ->> 'name' = e.person))),
open AS (
    SELECT a.household, a.rule, a.reason, a.source, a.person
    FROM chosen c JOIN cause a ON a.household = c.number
        JOIN cause_now o ON o.cause = a.number AND o.open = 1
    UNION ALL
    SELECT g.household, g.rule, g.reason, g.source, ''
    FROM chosen c JOIN household_gap g ON g.household = c.number),
unknown AS (
    SELECT id, feed, group_concat(words, '；') AS words
    FROM (SELECT DISTINCT c.id, a.source AS feed,
                 coalesce(l.zh, a.reason)
                     || CASE WHEN EXISTS (SELECT 1 FROM json_each(c.people) p
                                          WHERE p.value ->> 'name' = a.person)
                             THEN '（' || a.person || '）' ELSE '' END AS words
          FROM chosen c JOIN open a ON a.household = c.number
              JOIN run_rule x ON x.run = ?1 AND x.id = a.rule
              JOIN rule u ON u.number = x.rule AND u.shown = 'everywhere'
              LEFT JOIN label l ON l.kind = 'CAUSE' AND l.code = a.reason
          ORDER BY c.id, a.source, words)
    GROUP BY id, feed)
SELECT c.id, s.source, s.title, CASE WHEN s.used THEN s.cut_off END,
       CASE WHEN NOT s.used THEN CASE WHEN s.refused THEN 2 ELSE 3 END
            WHEN NOT c.authorised THEN 2 WHEN f.id IS NOT NULL THEN 0
            WHEN u.id IS NOT NULL THEN 2 ELSE 1 END AS outcome,
       CASE WHEN NOT s.used OR NOT c.authorised THEN '未核对'
            WHEN f.id IS NOT NULL THEN '有记录'
            WHEN u.id IS NOT NULL THEN '未核对' ELSE '无疑点记录' END,
       CASE WHEN NOT s.used
            THEN (SELECT zh FROM label WHERE kind = 'CAUSE'
                    AND code = CASE WHEN s.refused THEN 'refused' ELSE 'not_supplied' END)
            WHEN NOT c.authorised
            THEN (SELECT zh FROM label WHERE kind = 'CAUSE' AND code = 'not_authorised')
            WHEN f.id IS NOT NULL AND u.id IS NOT NULL THEN '另有未核对：' || u.words
            ELSE coalesce(u.words, '') END
FROM chosen c JOIN source s LEFT JOIN found f ON f.id = c.id AND f.feed = s.feed
    LEFT JOIN unknown u ON u.id = c.id AND u.feed = s.feed
ORDER BY c.id, outcome, s.place, s.feed;
