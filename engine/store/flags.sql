-- Flags, households and causes: found by identity, written where they differ from the base.

-- script: base_clear
DELETE FROM temp.base_flag;
DELETE FROM temp.base_household;
DELETE FROM temp.base_cause;
DELETE FROM temp.present;
DELETE FROM temp.unanswered;

-- script: base_fill
INSERT INTO temp.base_flag (flag, kind, version, why, content, shown)
SELECT n.flag, n.kind, n.version, n.why, v.content, v.shown
FROM temp.mark_now n JOIN main.flag_version v ON v.number = n.version
WHERE n.kind <> 'gone';
INSERT INTO temp.base_household (household, record, state, found)
SELECT n.household, n.record, n.state, s.found
FROM temp.household_now n LEFT JOIN temp.searched_now s ON s.household = n.household;
INSERT INTO temp.base_cause (cause) SELECT cause FROM temp.cause_now WHERE open = 1;

-- name: household_find
SELECT number FROM household WHERE id = ?1;

-- name: household_insert
INSERT INTO household (id, run) VALUES (?1, ?2) RETURNING number;

-- name: present_insert
INSERT INTO temp.present (household, state, unanswered) VALUES (?1, ?2, ?3);

-- Bit 0: the same particulars; bit 1: the same was found.
-- name: base_household_see
UPDATE temp.base_household SET seen = 1 WHERE household = ?1
RETURNING (record = ?2) + 2 * (found IS ?3);

-- name: searched_insert
INSERT INTO searched (household, run, found) VALUES (?1, ?2, ?3);

-- name: household_version_insert
INSERT INTO household_version (household, run, record, area_code, area_name, town_code, town_name,
    head_name, programme, urban_rural, status, members, counted, paid_fen, state, flags, unanswered,
    address, benefit_from, people)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20);

-- A household that the caseload no longer names keeps its last particulars.
-- name: households_absent
INSERT INTO household_version
SELECT n.household, ?1, zeroblob(32), n.area_code, n.area_name, n.town_code, n.town_name,
       n.head_name, n.programme, n.urban_rural, n.status, n.members, n.counted, n.paid_fen, 'absent',
       0, 0, n.address, n.benefit_from, n.people
FROM temp.base_household b JOIN temp.household_now n ON n.household = b.household
WHERE b.seen = 0 AND b.state <> 'absent';

-- name: flag_find
SELECT number FROM flag WHERE household = ?1 AND rule = ?2 AND subject = ?3;

-- name: flag_insert
INSERT INTO flag (household, rule, subject, run) VALUES (?1, ?2, ?3, ?4) RETURNING number;

-- 0: as it was; 1: only not checked last time; 2: other words; 3: other facts
-- name: base_flag_see
UPDATE temp.base_flag SET seen = 1 WHERE flag = ?1
RETURNING CASE WHEN content <> ?2 THEN 3 WHEN shown <> ?3 THEN 2
               WHEN kind = 'not_checked' THEN 1 ELSE 0 END;

-- name: flag_version_find
SELECT number FROM flag_version WHERE flag = ?1 AND content = ?2 AND shown = ?3;

-- name: flag_version_insert
INSERT INTO flag_version (flag, run, content, shown, person, person_masked, effect, capped, message)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) RETURNING number;

-- name: flag_event_insert
INSERT INTO flag_event (flag, run, kind, version, why) VALUES (?1, ?2, ?3, ?4, ?5);

-- name: overridden_insert
INSERT INTO overridden (run, flag, version, override) VALUES (?1, ?2, ?3, ?4);

-- name: evidence_insert
INSERT INTO evidence (version, n, delivery, line, offset, length, row_key, person, match, content)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) RETURNING number;

-- name: cell_insert
INSERT INTO cell (evidence, n, column_name, title, value) VALUES (?1, ?2, ?3, ?4, ?5);

-- name: cause_find
SELECT number FROM cause
WHERE household = ?1 AND rule = ?2 AND subject = ?3 AND reason = ?4 AND source = ?5 AND field = ?6
  AND person = ?7 AND review = ?8;

-- name: cause_insert
INSERT INTO cause (household, rule, subject, reason, source, field, person, review, run)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) RETURNING number;

-- name: base_cause_see
UPDATE temp.base_cause SET seen = 1 WHERE cause = ?1 RETURNING 1;

-- name: cause_open
INSERT OR IGNORE INTO cause_event (cause, run, open) VALUES (?1, ?2, 1);

-- name: unanswered_insert
INSERT OR IGNORE INTO temp.unanswered (household, rule) VALUES (?1, ?2);

-- name: causes_close
INSERT INTO cause_event (cause, run, open) SELECT cause, ?1, 0 FROM temp.base_cause WHERE seen = 0;

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
          LEFT JOIN temp.unanswered u ON u.household = f.household AND u.rule = f.rule
      WHERE b.seen = 0)
WHERE NOT (kind = 'not_checked' AND why = now);
