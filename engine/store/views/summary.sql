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
now AS (
    SELECT f.rule, h.town_code,
           count(DISTINCT f.household) FILTER (WHERE n.kind <> 'not_checked') AS households,
           count(*) FILTER (WHERE n.kind <> 'not_checked') AS flags,
           count(*) FILTER (WHERE n.kind = 'not_checked') AS kept, 0 AS before
    FROM flag_now n JOIN flag f ON f.number = n.flag JOIN household_now h ON h.household = f.household
    WHERE n.kind <> 'gone' GROUP BY f.rule, h.town_code),
earlier AS (SELECT run FROM temp.chain WHERE run <> ?1),
before AS (
    SELECT f.rule, h.town_code, 0 AS households, 0 AS flags, 0 AS kept, count(*) AS before
    FROM flag_event e JOIN flag f ON f.number = e.flag JOIN flag_version v ON v.number = e.version
        JOIN household_version h ON h.household = f.household
    WHERE e.run = (SELECT max(x.run) FROM flag_event x
                   WHERE x.flag = e.flag AND +x.run IN (SELECT run FROM earlier))
        AND h.run = (SELECT max(x.run) FROM household_version x
                     WHERE x.household = h.household AND +x.run IN (SELECT run FROM earlier))
        AND e.kind NOT IN ('gone', 'not_checked') AND v.effect <> 'inform'
        AND (SELECT purged FROM base) = 0
    GROUP BY f.rule, h.town_code),
counted AS (
    SELECT rule, town_code, sum(households) AS households, sum(flags) AS flags, sum(kept) AS kept,
           sum(before) AS before
    FROM (SELECT * FROM now UNION ALL SELECT * FROM before) GROUP BY rule, town_code),
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
