-- Flags, households and causes: found by identity, written where they differ from the base.

-- script: base_clear
DELETE FROM temp.base_flag;
DELETE FROM temp.base_household;
DELETE FROM temp.base_cause;
DELETE FROM temp.present;
DELETE FROM temp.unanswered;

-- Rows of a result, laid under the statement that reads them (rows.h): a row each of what is to be
-- written, in columns that the statement gives a meaning to.
-- script: given
CREATE TABLE given (c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19);

-- Every household ever seen of those behind ?1 up to ?2, NULL: up to the last, in the order of a
-- result, with what it was in the base. (A blob stands behind every text.)
-- name: household_base_list
SELECT h.id, h.number, n.record, n.state, s.found
FROM main.household h LEFT JOIN temp.household_now n ON n.household = h.number
    LEFT JOIN temp.searched_now s ON s.household = h.number
WHERE h.id > ?1 AND h.id <= coalesce(?2, x'')
ORDER BY h.id;

-- name: household_last
SELECT coalesce(max(number), 0) FROM household;

-- name: households_insert
INSERT INTO household (number, id, run) SELECT c1, c2, ?1 FROM given;

-- name: household_versions_insert
INSERT INTO household_version (household, run, record, area_code, area_name, town_code, town_name,
    head_name, programme, urban_rural, status, members, counted, paid_fen, state, flags, unanswered,
    address, benefit_from, people)
SELECT c1, ?1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19 FROM given;

-- name: searched_insert
INSERT INTO searched (household, run, found) SELECT c1, ?1, c2 FROM given;

-- Those of the base that the result has not: only they are laid out.
-- name: base_household_insert
INSERT INTO temp.base_household (household) VALUES (?1);

-- A household that the caseload no longer names keeps its last particulars. (CROSS JOIN: the few that
-- left are looked up, not everybody walked.)
-- name: households_absent
INSERT INTO household_version
SELECT n.household, ?1, zeroblob(32), n.area_code, n.area_name, n.town_code, n.town_name,
       n.head_name, n.programme, n.urban_rural, n.status, n.members, n.counted, n.paid_fen, 'absent',
       0, 0, n.address, n.benefit_from, n.people
FROM temp.base_household b CROSS JOIN temp.household_now n ON n.household = b.household;

-- Every flag ever raised of those households, by household, with what it was in the base. (CROSS
-- JOIN: from the range on; SQLite would rather walk all flags and sort them.)
-- name: flag_base_list
SELECT h.id, f.rule, f.subject, f.number, n.kind, n.version, n.why, v.content, v.shown
FROM main.household h CROSS JOIN main.flag f ON f.household = h.number
    LEFT JOIN temp.mark_now n ON n.flag = f.number
    LEFT JOIN main.flag_version v ON v.number = n.version
WHERE h.id > ?1 AND h.id <= coalesce(?2, x'')
ORDER BY h.id;

-- Those of the base that are not raised any more: only they are laid out, with the households that
-- they are about and the rules left unanswered there.
-- name: base_flag_insert
INSERT INTO temp.base_flag (flag, kind, version, why) VALUES (?1, ?2, ?3, ?4);

-- name: present_insert
INSERT OR IGNORE INTO temp.present (household, state, unanswered) VALUES (?1, ?2, ?3);

-- name: unanswered_insert
INSERT OR IGNORE INTO temp.unanswered (household, rule) VALUES (?1, ?2);

-- name: flag_last
SELECT coalesce(max(number), 0) FROM flag;

-- name: flag_version_last
SELECT coalesce(max(number), 0) FROM flag_version;

-- name: evidence_last
SELECT coalesce(max(number), 0) FROM evidence;

-- name: flags_insert
INSERT INTO flag (number, household, rule, subject, run) SELECT c1, c2, c3, c4, ?1 FROM given;

-- name: flag_versions_insert
INSERT INTO flag_version (number, flag, run, content, shown, person, person_masked, effect, capped, message)
SELECT c1, c2, ?1, c3, c4, c5, c6, c7, c8, c9 FROM given;

-- name: flag_events_insert
INSERT INTO flag_event (flag, run, kind, version, why) SELECT c1, ?1, c2, c3, c4 FROM given;

-- name: evidence_insert
INSERT INTO evidence (number, version, n, delivery, line, offset, length, row_key, person, match, content)
SELECT c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11 FROM given;

-- name: cells_insert
INSERT INTO cell (evidence, n, column_name, title, value) SELECT c1, c2, c3, c4, c5 FROM given;

-- name: flag_version_find
SELECT number FROM flag_version WHERE flag = ?1 AND content = ?2 AND shown = ?3;

-- name: overridden_insert
INSERT INTO overridden (run, flag, version, override) SELECT ?1, c1, c2, c3 FROM given;

-- Every cause ever told of those households, likewise, with whether it was open in the base.
-- name: cause_base_list
SELECT h.id, c.rule, c.subject, c.reason, c.source, c.field, c.person, c.review, c.number,
       coalesce(n.open, 0)
FROM main.household h CROSS JOIN main.cause c ON c.household = h.number
    LEFT JOIN temp.cause_now n ON n.cause = c.number
WHERE h.id > ?1 AND h.id <= coalesce(?2, x'')
ORDER BY h.id;

-- name: cause_last
SELECT coalesce(max(number), 0) FROM cause;

-- name: causes_insert
INSERT INTO cause (number, household, rule, subject, reason, source, field, person, review, run)
SELECT c1, c2, c3, c4, c5, c6, c7, c8, c9, ?1 FROM given;

-- name: causes_open
INSERT INTO cause_event (cause, run, open) SELECT c1, ?1, 1 FROM given;

-- Open in the base and not told any more.
-- name: base_cause_insert
INSERT INTO temp.base_cause (cause) VALUES (?1);

-- name: causes_close
INSERT INTO cause_event (cause, run, open) SELECT cause, ?1, 0 FROM temp.base_cause;

-- What is not raised any more is gone only if it was looked for: its household stands in the
-- caseload, its rule was judged, and the rule could be answered for the household. All else is kept
-- as not checked this time.
-- name: flags_close
INSERT INTO flag_event (flag, run, kind, version, why)
SELECT flag, ?1, CASE WHEN now IN ('answered', 'overridden', 'out_of_scope') THEN 'gone' ELSE 'not_checked' END,
       version, now
FROM (SELECT b.flag, b.version, b.kind, b.why,
             CASE
             WHEN p.household IS NULL THEN 'household_absent'
             WHEN EXISTS (SELECT 1 FROM main.overridden o WHERE o.run = ?1 AND o.flag = b.flag)
                 THEN 'overridden'
             WHEN coalesce(rr.in_force, 0) = 0 THEN 'rule_absent'
             WHEN p.state = 'out_of_scope' THEN 'out_of_scope'
             WHEN u.household IS NOT NULL THEN 'unanswered'
             WHEN (p.unanswered > 0 OR ru.effect = 'inform')
                  AND EXISTS (SELECT 1 FROM main.gap g WHERE g.run = ?1 AND g.rule = f.rule)
                 THEN 'gap'
             ELSE 'answered' END AS now
      FROM temp.base_flag b JOIN main.flag f ON f.number = b.flag
          LEFT JOIN temp.present p ON p.household = f.household
          LEFT JOIN main.run_rule rr ON rr.run = ?1 AND rr.id = f.rule
          LEFT JOIN main.rule ru ON ru.number = rr.rule
          LEFT JOIN temp.unanswered u ON u.household = f.household AND u.rule = f.rule)
WHERE NOT (kind = 'not_checked' AND why = now);
