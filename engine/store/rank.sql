-- The order in which flags are to be looked at, filled into temp.flag_rank and temp.household_rank
-- once for the run that temp.chain stands on: every face that lists households lists them by it.

-- name: rank_clear_flags
DELETE FROM temp.flag_rank;

-- name: rank_clear_households
DELETE FROM temp.household_rank;

-- Points that nobody need take on trust: the parts do not overlap, so that severity comes first, then
-- how surely the rows are about this person, then whether more than one row or source says so, then
-- how long the flag has stood. What the family declared and what our own registers say vouches for
-- nothing. `reason` says the same in words, `doubt` why it may be another person, '' if nothing speaks
-- for that. A rule that was ever about tips is about them where this
-- run has it no more and a flag of it is kept as not checked.
-- name: rank_fill_flags
INSERT INTO temp.flag_rank (version, household, town_code, points, reason, doubt, hidden)
WITH proof AS (
    SELECT e.version, sum(e.line > 0) AS rows,
           count(DISTINCT CASE WHEN e.line > 0 THEN e.delivery END) AS sources,
           min(CASE WHEN e.line = 0 OR e.match = 'id_name' THEN 3
                    WHEN e.match = 'id_only' THEN 2
                    WHEN e.match = 'upgraded' THEN 1 ELSE 0 END) AS surety
    FROM main.evidence e JOIN main.delivery d ON d.number = e.delivery
    WHERE d.feed NOT IN (SELECT feed FROM temp.trait WHERE own)
        AND e.version IN (SELECT version FROM temp.flag_status)
    GROUP BY e.version),
part AS (
    SELECT s.version, s.household, s.town_code, s.rule, s.severity, p.rows, p.sources,
           CASE coalesce(p.surety, 3) WHEN 3 THEN '' WHEN 2 THEN '来源无姓名可比'
                                      WHEN 1 THEN '证件号由15位升位' ELSE '姓名不同' END AS doubt,
           coalesce(p.surety, 3) AS surety,
           min(9, max(0, (h.as_of - f.as_of) / 30)) AS months
    FROM temp.flag_shown s LEFT JOIN proof p ON p.version = s.version
        JOIN main.run f ON f.id = s.since
        JOIN main.run h ON h.number = (SELECT run FROM temp.here)
    WHERE s.status <> 'gone')
SELECT version, household, town_code,
       CASE severity WHEN 'high' THEN 3000 WHEN 'medium' THEN 2000 ELSE 1000 END + 200 * surety
           + CASE WHEN sources > 1 THEN 150 WHEN rows > 1 THEN 100 WHEN rows = 1 THEN 50 ELSE 0 END
           + 5 * months AS points,
       doubt || CASE doubt WHEN '' THEN '' ELSE '；' END
           || CASE WHEN sources > 1 THEN '多个来源都有' WHEN rows > 1 THEN '有多条记录'
                   WHEN rows = 1 THEN '仅一条记录' WHEN rows = 0 THEN '来源查无记录'
                   ELSE '只依据申报和台账' END
           || CASE WHEN months > 0 THEN '；已存在' || months || '个月' ELSE '' END AS reason,
       doubt,
       CASE WHEN rule IN (SELECT id FROM main.rule WHERE category = 12) THEN 2
            WHEN version IN (SELECT version FROM temp.flag_outside) THEN 1 ELSE 0 END AS hidden
FROM part;

-- By the most urgent flag, then by all of them; among equals what the family receives a month decides,
-- which is known and no guess at what it might owe.
-- name: rank_fill_households
INSERT INTO temp.household_rank (household, town_code, place, points, flags)
SELECT r.household, max(r.town_code),
       row_number() OVER (ORDER BY max(r.points) DESC, sum(r.points) DESC,
                                   coalesce(max(n.paid_fen), 0) DESC, r.household),
       max(r.points), count(*)
FROM temp.flag_rank r JOIN main.household h ON h.id = r.household
    JOIN temp.household_now n ON n.household = h.number
GROUP BY r.household;
