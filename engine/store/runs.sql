-- Runs: their life, their inputs and rules.

-- name: count_building
SELECT count(*) FROM run WHERE state = 'building';

-- name: sweep_flags
DELETE FROM flag WHERE run IN (SELECT number FROM run WHERE state = 'building');

-- name: sweep_causes
DELETE FROM cause WHERE run IN (SELECT number FROM run WHERE state = 'building');

-- Everything else of the run goes with its row; households go after what points to them.
-- name: sweep_households
DELETE FROM household WHERE run IN (SELECT number FROM run WHERE state = 'building');

-- name: sweep_runs
DELETE FROM run WHERE state = 'building';

-- name: next_sequence
SELECT coalesce(max(sequence), 0) + 1 FROM run WHERE as_of = ?1;

-- name: latest_published
SELECT number FROM run WHERE state = 'published' ORDER BY number DESC LIMIT 1;

-- name: latest_run
SELECT number FROM run WHERE state IN ('published', 'draft') AND listed = 0
ORDER BY state = 'published' DESC, number DESC LIMIT 1;

-- name: run_by_id
SELECT number FROM run WHERE id = ?1 AND state <> 'building';

-- What is counted and its digest are set by run_finish.
-- name: run_insert
INSERT INTO run (id, as_of, sequence, state, base, receipt, unit, engine, started, listed, visit_by,
    digest, persons, persons_matched, persons_authorised, rows_id_name, rows_id_only,
    rows_name_differs, rows_upgraded, households, flagged, clear, unchecked, out_of_scope, flags,
    high, medium, low)
VALUES (?1, ?2, ?3, 'building', ?4, ?5, ?6, ?7, ?8, ?9, ?10,
    zeroblob(32), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
RETURNING number;

-- name: input_insert
INSERT INTO input (run, n, kind, name, digest) VALUES (?1, ?2, ?3, ?4, ?5);

-- name: source_insert
INSERT OR IGNORE INTO source (run, feed, part, own, shown) VALUES (?1, ?2, ?3, ?4, ?5);

-- name: hold_insert
INSERT INTO hold (run, n, feed, number, argument, verdict) VALUES (?1, ?2, ?3, ?4, ?5, ?6);

-- name: gap_insert
INSERT INTO gap (run, n, rule, reason, source, households, field, field_title)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);

-- name: rule_find
SELECT number FROM rule WHERE record = ?1;

-- name: rule_insert
INSERT INTO rule (record, pack, id, title, basis, ask, clears, category, effect, severity, shown,
    programmes, urban_rurals, statuses, questions, digest)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
RETURNING number;

-- name: run_rule_insert
INSERT INTO run_rule (run, id, n, rule, in_force, standing) VALUES (?1, ?2, ?3, ?4, ?5, ?6);

-- The one update that makes a run visible.
-- name: run_finish
UPDATE run SET state = ?2, digest = ?3, finished = ?4, persons = ?5, persons_matched = ?6,
    persons_authorised = ?7, rows_id_name = ?8, rows_id_only = ?9, rows_name_differs = ?10,
    rows_upgraded = ?11, households = ?12, flagged = ?13, clear = ?14, unchecked = ?15,
    out_of_scope = ?16, flags = ?17, high = ?18, medium = ?19, low = ?20, flags_new = ?21,
    flags_continuing = ?22, flags_changed = ?23, flags_not_checked = ?24, flags_gone = ?25
WHERE number = ?1 AND state = 'building';

-- Flags of the base that are neither raised nor gone in run ?1.
-- name: count_not_checked
SELECT count(*) FROM temp.base_flag b JOIN main.flag_version v ON v.number = b.version
WHERE v.effect <> 'inform'
  AND NOT EXISTS (SELECT 1 FROM main.flag_event e WHERE e.flag = b.flag AND e.run = ?1 AND e.kind = 'gone');

-- name: count_gone
SELECT count(*) FROM flag_event e JOIN flag_version v ON v.number = e.version
WHERE e.run = ?1 AND e.kind = 'gone' AND v.effect <> 'inform';
