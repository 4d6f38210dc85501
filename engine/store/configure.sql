-- How every connection is set up. WAL with synchronous=FULL: with NORMAL an acknowledged commit can
-- be lost at a power cut. Temporary tables hold people's data, so they never become files. Pages of
-- 16 KiB, in databases that are new: a night writes in bulk, and each page costs four calls of the
-- system on its way through the log. The log is taken over at 32 MiB; a cache of 24 MiB serves a city as
-- well as one of 256.

-- script: configure
PRAGMA busy_timeout = 5000;
PRAGMA page_size = 16384;
PRAGMA trusted_schema = OFF;
PRAGMA cell_size_check = ON;
PRAGMA mmap_size = 0;
PRAGMA cache_size = -24576;
PRAGMA wal_autocheckpoint = 2048;
PRAGMA temp_store = MEMORY;
PRAGMA foreign_keys = ON;
PRAGMA secure_delete = ON;
PRAGMA synchronous = FULL;

-- script: configure_wal
PRAGMA journal_mode = WAL;

-- name: journal_mode
PRAGMA journal_mode;

-- name: application_id
PRAGMA application_id;

-- name: user_version
PRAGMA user_version;

-- name: count_objects
SELECT count(*) FROM main.sqlite_schema;

-- A run's state is the fold of the changes written by the runs it rests on: temp.chain holds those,
-- and the *_now views show the newest change of each flag, household and cause among them. (Asked
-- row by row, so that a question about one household reads that household only. The + keeps SQLite
-- from probing for each of hundreds of runs; it walks the few changes of the one. That none is newer
-- takes half the steps of asking for the newest.)
-- script: temporary
CREATE TEMP TABLE chain (run INTEGER PRIMARY KEY);

CREATE TEMP VIEW here AS SELECT max(run) AS run FROM temp.chain;

-- Flags, and tags with them: what a rule of effect inform found. Tags are kept like flags and are
-- none: whoever counts or lists flags reads flag_now.
CREATE TEMP VIEW mark_now AS
SELECT e.flag, e.kind, e.version, e.why, e.run FROM main.flag_event e
WHERE +e.run IN (SELECT run FROM temp.chain)
    AND NOT EXISTS (SELECT 1 FROM main.flag_event x WHERE x.flag = e.flag AND x.run > e.run
                        AND +x.run IN (SELECT run FROM temp.chain));

CREATE TEMP VIEW flag_now AS
SELECT n.flag, n.kind, n.version, n.why, n.run
FROM temp.mark_now n JOIN main.flag_version v ON v.number = n.version WHERE v.effect <> 'inform';

CREATE TEMP VIEW household_now AS
SELECT v.* FROM main.household_version v
WHERE +v.run IN (SELECT run FROM temp.chain)
    AND NOT EXISTS (SELECT 1 FROM main.household_version x WHERE x.household = v.household AND x.run > v.run
                        AND +x.run IN (SELECT run FROM temp.chain));

CREATE TEMP VIEW searched_now AS
SELECT v.household, v.found FROM main.searched v
WHERE +v.run IN (SELECT run FROM temp.chain)
    AND NOT EXISTS (SELECT 1 FROM main.searched x WHERE x.household = v.household AND x.run > v.run
                        AND +x.run IN (SELECT run FROM temp.chain));

-- What the sources are, to this run or, where it has them no more, were to one that it rests on.
-- What was once to be kept from papers is kept from them.
CREATE TEMP VIEW trait AS
SELECT feed, max(part) AS part, max(own) AS own, max(shown = 'visit_sheet') AS hidden
FROM main.source WHERE run IN (SELECT run FROM temp.chain) GROUP BY feed;

CREATE TEMP VIEW cause_now AS
SELECT e.cause, e.open, e.run FROM main.cause_event e
WHERE +e.run IN (SELECT run FROM temp.chain)
    AND NOT EXISTS (SELECT 1 FROM main.cause_event x WHERE x.cause = e.cause AND x.run > e.run
                        AND +x.run IN (SELECT run FROM temp.chain));

-- What of the base a result has not (flags.sql).
CREATE TEMP TABLE base_flag (
    flag INTEGER PRIMARY KEY, kind TEXT NOT NULL, version INTEGER, why TEXT);
CREATE TEMP TABLE base_household (household INTEGER PRIMARY KEY);
CREATE TEMP TABLE base_cause (cause INTEGER PRIMARY KEY);
CREATE TEMP TABLE present (
    household INTEGER PRIMARY KEY, state TEXT NOT NULL, unanswered INTEGER NOT NULL);
CREATE TEMP TABLE unanswered (
    household INTEGER NOT NULL, rule TEXT NOT NULL, PRIMARY KEY (household, rule)) WITHOUT ROWID;

CREATE TEMP TABLE purge (run INTEGER PRIMARY KEY);
CREATE TEMP TABLE decided (version INTEGER PRIMARY KEY, flag INTEGER NOT NULL);
CREATE TEMP TABLE archive_stay (
    kind INTEGER NOT NULL, digest BLOB NOT NULL, delivery INTEGER, PRIMARY KEY (kind, digest))
    WITHOUT ROWID;
CREATE TEMP TABLE diff_run (
    side INTEGER NOT NULL, run INTEGER NOT NULL, PRIMARY KEY (side, run)) WITHOUT ROWID;
CREATE TEMP TABLE diff_flag (
    side INTEGER NOT NULL, flag INTEGER NOT NULL, version INTEGER NOT NULL, content BLOB NOT NULL,
    kind INTEGER NOT NULL, PRIMARY KEY (side, flag)) WITHOUT ROWID; -- kind 0: not checked
CREATE TEMP TABLE diff_household (
    side INTEGER NOT NULL, household INTEGER NOT NULL, town_code TEXT NOT NULL,
    town_name TEXT NOT NULL, head_name TEXT NOT NULL, flagged INTEGER NOT NULL,
    PRIMARY KEY (side, household)) WITHOUT ROWID;

-- Words for codes (label.def), for views that are made for people.
CREATE TEMP TABLE label (
    kind TEXT NOT NULL, code TEXT NOT NULL, zh TEXT NOT NULL,
    PRIMARY KEY (kind, code)) WITHOUT ROWID;

-- What a flag is in the run that temp.chain stands on; those gone earlier are left out.
CREATE TEMP VIEW flag_status AS
SELECT n.flag, n.version, n.why,
       CASE WHEN n.kind IN ('gone', 'not_checked') THEN n.kind
            WHEN n.run = (SELECT run FROM temp.here) AND n.kind IN ('new', 'changed') THEN n.kind
            ELSE 'continuing' END AS status
FROM temp.flag_now n WHERE n.kind <> 'gone' OR n.run = (SELECT run FROM temp.here);

-- All that the faces show of a version of a flag beside its state; `place` is the rule's in the order
-- of judging.
CREATE TEMP VIEW flag_words AS
SELECT f.number AS flag, h.id AS household, n.town_code, n.town_name, n.head_name, f.rule,
       coalesce(u.title, f.rule) AS title, coalesce(u.basis, '') AS basis, coalesce(u.ask, '') AS ask,
       coalesce(u.clears, '') AS clears, coalesce(u.severity, '') AS severity,
       coalesce(u.category, 0) AS category, v.effect, v.capped, f.subject, v.person, v.person_masked,
       v.message, r.id AS since, v.content, v.number AS version, x.n AS place,
       v.run = (SELECT run FROM temp.here) AS placed, n.area_name, n.counted, n.paid_fen, n.unanswered
FROM main.flag_version v JOIN main.flag f ON f.number = v.flag
    JOIN main.household h ON h.number = f.household
    JOIN temp.household_now n ON n.household = f.household
    JOIN main.run r ON r.number = f.run
    LEFT JOIN main.run_rule x ON x.run = (SELECT run FROM temp.here) AND x.id = f.rule
    LEFT JOIN main.rule u ON u.number = x.rule;

CREATE TEMP VIEW flag_shown AS
SELECT w.*, s.status, s.why FROM temp.flag_status s JOIN temp.flag_words w ON w.version = s.version;

-- How urgent it is to look at a flag, and the households with flags in that order; see rank.sql.
CREATE TEMP TABLE flag_rank (
    version INTEGER PRIMARY KEY, household TEXT NOT NULL, town_code TEXT NOT NULL,
    points INTEGER NOT NULL, reason TEXT NOT NULL, doubt TEXT NOT NULL,
    hidden INTEGER NOT NULL); -- what no paper tells: 2 of a tip, 1 of people outside, 0 nothing
CREATE INDEX temp.flag_rank_household ON flag_rank (household);
CREATE TEMP TABLE household_rank (
    household TEXT PRIMARY KEY, town_code TEXT NOT NULL, place INTEGER NOT NULL UNIQUE,
    points INTEGER NOT NULL, flags INTEGER NOT NULL) WITHOUT ROWID;

-- What is counted of the run, see tally.sql. Flags by rule and town, tags apart: households with any
-- raised, how many are raised, how many are kept as not checked, and how many the run before had.
CREATE TEMP TABLE tally_flag (
    rule TEXT NOT NULL, town_code TEXT NOT NULL, tag INTEGER NOT NULL, households INTEGER NOT NULL,
    flags INTEGER NOT NULL, kept INTEGER NOT NULL, before INTEGER NOT NULL,
    PRIMARY KEY (rule, town_code, tag)) WITHOUT ROWID;

-- Households by town: of the caseload by what was found, those flagged before, those with a rule left
-- unanswered; and those to be looked at by the day they are due, as seen from the day of the run.
CREATE TEMP TABLE tally_town (
    town_code TEXT PRIMARY KEY, name TEXT NOT NULL, households INTEGER NOT NULL,
    flagged INTEGER NOT NULL, clear INTEGER NOT NULL, unchecked INTEGER NOT NULL,
    out_of_scope INTEGER NOT NULL, before INTEGER NOT NULL, unanswered INTEGER NOT NULL,
    listed INTEGER NOT NULL, kept_only INTEGER NOT NULL, overdue INTEGER NOT NULL,
    soon INTEGER NOT NULL, later INTEGER NOT NULL, open_end INTEGER NOT NULL,
    first INTEGER) WITHOUT ROWID;

-- Households that a rule leaves unanswered by a cause of their own, and those that a gap may have left.
CREATE TEMP TABLE tally_rule (
    rule TEXT PRIMARY KEY, open INTEGER NOT NULL, missed INTEGER NOT NULL) WITHOUT ROWID;

-- What left a rule unanswered that nothing was raised by, by reason and source.
CREATE TEMP TABLE tally_cause (
    reason TEXT NOT NULL, feed TEXT NOT NULL, rules INTEGER NOT NULL, households INTEGER NOT NULL,
    PRIMARY KEY (reason, feed)) WITHOUT ROWID;

-- The day up to which a flag is to be looked at: that of the run which raised it, last if it was gone in
-- between. A flag that stands keeps its day: one that moved with each night would be none.
CREATE TEMP VIEW flag_term AS
SELECT v.number AS version, r.visit_by
FROM main.flag_version v JOIN main.flag f ON f.number = v.flag
    JOIN main.run r ON r.number = coalesce(
        (SELECT max(e.run) FROM main.flag_event e
         WHERE e.flag = f.number AND e.kind = 'new' AND +e.run IN (SELECT run FROM temp.chain)),
        f.run);

-- Flags that rest on somebody who does not belong to the household: one who owes support, a former
-- spouse, a relative. What they say is for the inspector alone, on no paper that the family reads.
-- Where a run kept no names of members, every flag counts as such.
CREATE TEMP VIEW flag_outside AS
SELECT s.version
FROM temp.flag_shown s JOIN main.household h ON h.id = s.household
    JOIN temp.household_now n ON n.household = h.number
WHERE (s.person <> '' AND NOT EXISTS (
          SELECT 1 FROM json_each(n.people) p
          WHERE p.value ->> 'name' = s.person
            AND (s.person_masked = '' OR p.value ->> 'id' = s.person_masked)))
   OR EXISTS (
          SELECT 1 FROM main.evidence e JOIN main.delivery d ON d.number = e.delivery
          WHERE e.version = s.version
            AND (d.feed IN (SELECT feed FROM temp.trait WHERE part = 'supporter')
                 OR (e.person <> '' AND NOT EXISTS (
                         SELECT 1 FROM json_each(n.people) p
                         WHERE p.value ->> 'name' = e.person))));

-- Rules that a gap left open for a household: what a gap leaves is not stored for each, so a rule of
-- its kind with a gap is taken as open where more rules are unanswered than by causes of its own.
CREATE TEMP VIEW household_gap AS
SELECT n.household, g.rule, g.reason, g.source, g.field_title
FROM temp.household_now n JOIN main.gap g ON g.run = (SELECT run FROM temp.here)
    JOIN main.run_rule x ON x.run = g.run AND x.id = g.rule JOIN main.rule u ON u.number = x.rule
WHERE n.state NOT IN ('absent', 'out_of_scope')
    AND (u.programmes = '' OR instr(u.programmes, ',' || n.programme || ',') > 0)
    AND (u.urban_rurals = '' OR instr(u.urban_rurals, ',' || n.urban_rural || ',') > 0)
    AND (u.statuses = '' OR instr(u.statuses, ',' || n.status || ',') > 0)
    AND (u.effect = 'inform' OR n.unanswered > (
             SELECT count(DISTINCT c.rule) FROM main.cause c
                 JOIN temp.cause_now o ON o.cause = c.number AND o.open = 1
                 JOIN main.run_rule y ON y.run = g.run AND y.id = c.rule
                 JOIN main.rule w ON w.number = y.rule AND w.effect <> 'inform'
             WHERE c.household = n.household));

-- name: label_insert
INSERT INTO temp.label (kind, code, zh) VALUES (?1, ?2, ?3);

-- name: transaction_begin
BEGIN IMMEDIATE;

-- name: transaction_read
BEGIN;

-- name: transaction_commit
COMMIT;

-- name: transaction_rollback
ROLLBACK;

-- name: chain_clear
DELETE FROM temp.chain;

-- ?1 run
-- name: chain_fill
INSERT INTO temp.chain
WITH RECURSIVE back(run) AS (
    SELECT ?1 UNION ALL
    SELECT r.base FROM back JOIN main.run r ON r.number = back.run WHERE r.base IS NOT NULL)
SELECT run FROM back;
