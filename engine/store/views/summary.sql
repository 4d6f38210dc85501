-- title: 低保核查疑点汇总表
-- column: text 规则
-- column: text 疑点类别
-- column: text 处理口径
-- column: text 核查优先级
-- column: text 乡镇代码
-- column: number 户数
-- column: number 条数
-- column: number 本次未核对
-- column: number 上期条数
-- One row a rule and town with something to count, in the order of judging; a rule without any has one
-- row without a town. Rules only of the run it was compared with come last. 上期条数 is not known without such
-- a run, or once its particulars were purged.
WITH base AS (
    SELECT r.base AS number, p.purged FROM run r JOIN run p ON p.number = r.base WHERE r.number = ?1),
counted AS (
    SELECT rule, town_code, households, flags, kept, before FROM tally_flag
    WHERE tag = 0 AND (flags > 0 OR kept > 0 OR (before > 0 AND (SELECT purged FROM base) = 0))),
judged AS (
    SELECT x.id, x.n, x.rule FROM run_rule x JOIN rule u ON u.number = x.rule
    WHERE x.run = ?1 AND u.effect <> 'inform' AND u.shown = 'everywhere'
    UNION ALL
    SELECT x.id, 1000000 + x.n, x.rule FROM run_rule x
    WHERE x.run = (SELECT number FROM base) AND x.id IN (SELECT rule FROM counted)
        AND x.id NOT IN (SELECT id FROM run_rule WHERE run = ?1))
SELECT j.id, CASE u.category WHEN 12 THEN '其他' ELSE u.title END, u.effect, u.severity, c.town_code,
       c.households, c.flags, c.kept, CASE (SELECT purged FROM base) WHEN 0 THEN c.before END
FROM judged j JOIN rule u ON u.number = j.rule LEFT JOIN counted c ON c.rule = j.id
ORDER BY j.n, j.id, c.town_code;
