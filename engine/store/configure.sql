-- How every connection is set up. WAL with synchronous=FULL: with NORMAL an acknowledged commit can
-- be lost at a power cut. Temporary tables hold people's data, so they never become files.

-- script: configure
PRAGMA busy_timeout = 5000;
PRAGMA trusted_schema = OFF;
PRAGMA cell_size_check = ON;
PRAGMA mmap_size = 0;
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
-- and the *_now views show the newest change of each flag, household and cause among them. (A bare
-- column beside max() is that of the row with the maximum.)
-- script: temporary
CREATE TEMP TABLE chain (run INTEGER PRIMARY KEY);

CREATE TEMP VIEW flag_now AS
SELECT flag, kind, version, why, max(run) AS run
FROM main.flag_event WHERE run IN (SELECT run FROM temp.chain) GROUP BY flag;

CREATE TEMP VIEW household_now AS
SELECT household, record, area_code, area_name, town_code, town_name, head_name, programme,
       urban_rural, status, members, counted, paid_fen, state, flags, unanswered, max(run) AS run
FROM main.household_version WHERE run IN (SELECT run FROM temp.chain) GROUP BY household;

CREATE TEMP VIEW cause_now AS
SELECT cause, open, max(run) AS run
FROM main.cause_event WHERE run IN (SELECT run FROM temp.chain) GROUP BY cause;

CREATE TEMP TABLE base_flag (
    flag INTEGER PRIMARY KEY, kind TEXT NOT NULL, version INTEGER, why TEXT, content BLOB, shown BLOB,
    seen INTEGER NOT NULL DEFAULT 0);
CREATE TEMP TABLE base_household (
    household INTEGER PRIMARY KEY, record BLOB NOT NULL, state TEXT NOT NULL,
    seen INTEGER NOT NULL DEFAULT 0);
CREATE TEMP TABLE base_cause (cause INTEGER PRIMARY KEY, seen INTEGER NOT NULL DEFAULT 0);
CREATE TEMP TABLE present (
    household INTEGER PRIMARY KEY, state TEXT NOT NULL, unanswered INTEGER NOT NULL);
CREATE TEMP TABLE unanswered (
    household INTEGER NOT NULL, rule TEXT NOT NULL, PRIMARY KEY (household, rule)) WITHOUT ROWID;

-- Words for codes (label.def), for views that are made for people.
CREATE TEMP TABLE label (
    kind TEXT NOT NULL, code TEXT NOT NULL, zh TEXT NOT NULL,
    PRIMARY KEY (kind, code)) WITHOUT ROWID;

-- What a flag is in the run that temp.chain stands on; those gone earlier are left out.
CREATE TEMP VIEW flag_status AS
SELECT n.flag, n.version, n.why,
       CASE WHEN n.kind IN ('gone', 'not_checked') THEN n.kind
            WHEN n.run = c.here AND n.kind IN ('new', 'changed') THEN n.kind
            ELSE 'continuing' END AS status
FROM temp.flag_now n, (SELECT max(run) AS here FROM temp.chain) c
WHERE n.kind <> 'gone' OR n.run = c.here;

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
