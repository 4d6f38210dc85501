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
SELECT town_code, listed, kept_only, overdue, soon, later, open_end, first, unanswered
FROM tally_town WHERE (SELECT run FROM here) = ?1 ORDER BY town_code;
