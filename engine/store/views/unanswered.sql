-- title: 没有核对到的
-- column: text 原因
-- column: text 数据
-- column: text 由谁补正
-- column: number 规则数
-- column: number 户数
-- One row a reason and source that left rules without an answer, most households first. A household has
-- several reasons, and one with flags may have some: the column adds up with nothing. Who authorised
-- is no matter of one source. Of a source that was not used, households are those of its rule with
-- most; tips and tags leave nothing open.
WITH lead AS (
    SELECT x.id FROM run_rule x JOIN rule u ON u.number = x.rule
    WHERE x.run = ?1 AND u.effect <> 'inform' AND u.shown = 'everywhere'),
feed AS (
    SELECT d.feed, min(d.source) AS source, min(d.title) AS title
    FROM run r JOIN receipt_delivery x ON x.receipt = r.receipt JOIN delivery d ON d.number = x.delivery
    WHERE r.number = ?1 GROUP BY d.feed),
told AS (
    SELECT reason, feed, '' AS field, rules, households FROM tally_cause
    UNION ALL
    SELECT reason, source, field_title, count(DISTINCT rule), max(households)
    FROM gap WHERE run = ?1 AND rule IN (SELECT id FROM lead)
    GROUP BY reason, source, field_title)
SELECT coalesce(l.zh, t.reason) || CASE t.field WHEN '' THEN '' ELSE '“' || t.field || '”' END,
       CASE t.reason WHEN 'not_authorised' THEN '各数据源' WHEN 'parameter' THEN '标准和区划表'
                     ELSE coalesce(f.title, '见逐户的原因') END,
       CASE WHEN t.reason IN ('not_authorised', 'caseload') THEN '乡镇（街道）'
            WHEN t.reason IN ('parameter', 'not_asked') THEN '核对中心'
            ELSE coalesce(f.source, '核对中心') END,
       t.rules, t.households
FROM told t LEFT JOIN feed f ON f.feed = t.feed
    LEFT JOIN label l ON l.kind = 'CAUSE' AND l.code = t.reason
ORDER BY t.households DESC, t.reason, t.feed, t.field;
