-- One script a schema version, in order. A migration that was released is never changed.
--
-- What a run found is kept as changes against the run it was compared with (run.base, the latest
-- published one): a flag, household or cause that is as it was takes no row. Rows of a run in state
-- 'building' are seen by nobody, because no chain of bases leads to it.
-- Days count from 1970-01-01, money is in fen, a digest is SHA-256 (32 bytes). NULL: not known.

-- script: migration_1
PRAGMA application_id = 0x48454455;

-- A delivery as it was read: the same file with the same ledger and rejects is one row, whatever
-- number of nights it lies in the inbox. What the guards made of it stands with the receipt.
CREATE TABLE delivery (
    number INTEGER PRIMARY KEY,
    record BLOB NOT NULL UNIQUE CHECK (length(record) = 32), -- over all below and the rejects
    feed TEXT NOT NULL, title TEXT NOT NULL, source TEXT NOT NULL, file TEXT NOT NULL,
    digest BLOB CHECK (length(digest) = 32),
    size INTEGER NOT NULL, content_length INTEGER NOT NULL, content_crc INTEGER NOT NULL,
    charset TEXT NOT NULL, -- of the text, as its layout says
    cut_off INTEGER,
    records INTEGER NOT NULL, accepted INTEGER NOT NULL, other_document INTEGER NOT NULL,
    duplicate INTEGER NOT NULL, rejected INTEGER NOT NULL, matched INTEGER NOT NULL,
    not_in_caseload INTEGER NOT NULL, apart INTEGER NOT NULL, unknown_fields INTEGER NOT NULL,
    purged INTEGER NOT NULL DEFAULT 0 CHECK (purged IN (0, 1)), -- its rejects were deleted
    CHECK (records = accepted + other_document + duplicate + rejected),
    CHECK (accepted = matched + not_in_caseload)
) STRICT;

CREATE TABLE reject (
    delivery INTEGER NOT NULL REFERENCES delivery ON DELETE CASCADE,
    n INTEGER NOT NULL,
    line INTEGER NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL,
    reason TEXT NOT NULL, column_name TEXT NOT NULL, excerpt TEXT NOT NULL,
    PRIMARY KEY (delivery, n)
) STRICT, WITHOUT ROWID;

-- What lay before one run, whether or not the run came to its end.
CREATE TABLE receipt (
    number INTEGER PRIMARY KEY,
    record BLOB NOT NULL UNIQUE CHECK (length(record) = 32),
    as_of INTEGER NOT NULL
) STRICT;

CREATE TABLE receipt_delivery (
    receipt INTEGER NOT NULL REFERENCES receipt ON DELETE CASCADE,
    n INTEGER NOT NULL,
    delivery INTEGER NOT NULL REFERENCES delivery,
    verdict TEXT NOT NULL CHECK (verdict IN ('accepted', 'warned', 'held', 'refused', 'missing')),
    PRIMARY KEY (receipt, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX receipt_delivery_by_delivery ON receipt_delivery (delivery);

CREATE TABLE remark (
    receipt INTEGER NOT NULL,
    place INTEGER NOT NULL, -- receipt_delivery.n
    n INTEGER NOT NULL,
    number INTEGER NOT NULL, argument TEXT NOT NULL, verdict TEXT NOT NULL,
    PRIMARY KEY (receipt, place, n),
    FOREIGN KEY (receipt, place) REFERENCES receipt_delivery (receipt, n) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE run (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    as_of INTEGER NOT NULL, sequence INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('building', 'draft', 'published', 'withdrawn')),
    base INTEGER REFERENCES run,
    receipt INTEGER NOT NULL REFERENCES receipt,
    unit TEXT NOT NULL, engine TEXT NOT NULL,
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    started INTEGER, finished INTEGER, -- seconds since 1970 by the clock: information only
    persons INTEGER NOT NULL, persons_matched INTEGER NOT NULL, persons_authorised INTEGER NOT NULL,
    rows_id_name INTEGER NOT NULL, rows_id_only INTEGER NOT NULL,
    rows_name_differs INTEGER NOT NULL, rows_upgraded INTEGER NOT NULL,
    households INTEGER NOT NULL, flagged INTEGER NOT NULL, clear INTEGER NOT NULL,
    unchecked INTEGER NOT NULL, out_of_scope INTEGER NOT NULL,
    flags INTEGER NOT NULL, high INTEGER NOT NULL, medium INTEGER NOT NULL, low INTEGER NOT NULL,
    flags_new INTEGER NOT NULL DEFAULT 0, flags_continuing INTEGER NOT NULL DEFAULT 0,
    flags_changed INTEGER NOT NULL DEFAULT 0, flags_not_checked INTEGER NOT NULL DEFAULT 0,
    flags_gone INTEGER NOT NULL DEFAULT 0,
    purged INTEGER NOT NULL DEFAULT 0 CHECK (purged IN (0, 1)), -- only its numbers are left
    UNIQUE (as_of, sequence),
    CHECK (households = flagged + clear + unchecked + out_of_scope),
    CHECK (flags = high + medium + low),
    CHECK (state = 'building' OR flags = flags_new + flags_continuing + flags_changed)
) STRICT;
CREATE INDEX run_by_base ON run (base);
CREATE INDEX run_by_receipt ON run (receipt);

-- Why a run was held back as a draft.
CREATE TABLE hold (
    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    n INTEGER NOT NULL,
    feed TEXT NOT NULL, number INTEGER NOT NULL, argument TEXT NOT NULL, verdict TEXT NOT NULL,
    PRIMARY KEY (run, n)
) STRICT, WITHOUT ROWID;

-- Who released or withdrew a run. Only ever appended to.
CREATE TABLE run_event (
    number INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run,
    event TEXT NOT NULL CHECK (event IN ('published', 'withdrawn')),
    person TEXT NOT NULL CHECK (person <> ''), reason TEXT NOT NULL CHECK (reason <> ''),
    at INTEGER
) STRICT;
CREATE INDEX run_event_by_run ON run_event (run);
CREATE TRIGGER run_event_no_update BEFORE UPDATE ON run_event
BEGIN SELECT raise(ABORT, 'run_event is only appended to'); END;
CREATE TRIGGER run_event_no_delete BEFORE DELETE ON run_event
BEGIN SELECT raise(ABORT, 'run_event is only appended to'); END;

CREATE TABLE input (
    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    n INTEGER NOT NULL,
    kind TEXT NOT NULL, name TEXT NOT NULL, digest BLOB NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (run, n)
) STRICT, WITHOUT ROWID;

-- A rule as it was judged: one row as long as nothing about it changes.
CREATE TABLE rule (
    number INTEGER PRIMARY KEY,
    record BLOB NOT NULL UNIQUE CHECK (length(record) = 32),
    pack TEXT NOT NULL, id TEXT NOT NULL, title TEXT NOT NULL, basis TEXT NOT NULL,
    ask TEXT NOT NULL, clears TEXT NOT NULL, category INTEGER NOT NULL,
    effect TEXT NOT NULL, severity TEXT NOT NULL CHECK (severity IN ('high', 'medium', 'low')),
    digest BLOB NOT NULL CHECK (length(digest) = 32)
) STRICT;

CREATE TABLE run_rule (
    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    id TEXT NOT NULL,
    n INTEGER NOT NULL,
    rule INTEGER NOT NULL REFERENCES rule,
    in_force INTEGER NOT NULL CHECK (in_force IN (0, 1)),
    PRIMARY KEY (run, id)
) STRICT, WITHOUT ROWID;

-- A cause of a whole feed or table: once for a rule and a source, not once for a household.
CREATE TABLE gap (
    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    n INTEGER NOT NULL,
    rule TEXT NOT NULL, reason TEXT NOT NULL, source TEXT NOT NULL, households INTEGER NOT NULL,
    PRIMARY KEY (run, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE household (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    run INTEGER NOT NULL REFERENCES run -- that saw it first
) STRICT;
CREATE INDEX household_by_run ON household (run);

CREATE TABLE household_version (
    household INTEGER NOT NULL REFERENCES household ON DELETE CASCADE,
    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    record BLOB NOT NULL CHECK (length(record) = 32),
    area_code TEXT NOT NULL, area_name TEXT NOT NULL, town_code TEXT NOT NULL,
    town_name TEXT NOT NULL, head_name TEXT NOT NULL, programme TEXT NOT NULL,
    urban_rural TEXT NOT NULL, status TEXT NOT NULL,
    members INTEGER NOT NULL, counted INTEGER NOT NULL, paid_fen INTEGER,
    state TEXT NOT NULL
        CHECK (state IN ('flagged', 'clear', 'unchecked', 'out_of_scope', 'absent')),
    flags INTEGER NOT NULL, unanswered INTEGER NOT NULL,
    PRIMARY KEY (household, run)
) STRICT, WITHOUT ROWID;
CREATE INDEX household_version_by_run ON household_version (run);

-- Identity of a flag.
CREATE TABLE flag (
    number INTEGER PRIMARY KEY,
    household INTEGER NOT NULL REFERENCES household,
    rule TEXT NOT NULL, subject TEXT NOT NULL,
    run INTEGER NOT NULL REFERENCES run, -- that raised it first
    UNIQUE (household, rule, subject)
) STRICT;
CREATE INDEX flag_by_run ON flag (run);

-- What a flag says. `content`: the facts; `shown`: how they are put into words, so that a rule whose
-- message changes shows the new one without the flag counting as changed.
CREATE TABLE flag_version (
    number INTEGER PRIMARY KEY,
    flag INTEGER NOT NULL REFERENCES flag ON DELETE CASCADE,
    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    content BLOB NOT NULL CHECK (length(content) = 32),
    shown BLOB NOT NULL CHECK (length(shown) = 32),
    person TEXT NOT NULL, person_masked TEXT NOT NULL,
    effect TEXT NOT NULL, capped INTEGER NOT NULL CHECK (capped IN (0, 1)),
    message TEXT NOT NULL,
    UNIQUE (flag, content, shown)
) STRICT;
CREATE INDEX flag_version_by_run ON flag_version (run);

CREATE TABLE flag_event (
    flag INTEGER NOT NULL REFERENCES flag ON DELETE CASCADE,
    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    kind TEXT NOT NULL
        CHECK (kind IN ('new', 'changed', 'restated', 'resumed', 'not_checked', 'gone')),
    version INTEGER NOT NULL REFERENCES flag_version,
    why TEXT NOT NULL, -- of not_checked and gone
    PRIMARY KEY (flag, run)
) STRICT, WITHOUT ROWID;
CREATE INDEX flag_event_by_run ON flag_event (run);
CREATE INDEX flag_event_by_version ON flag_event (version);

CREATE TABLE evidence (
    number INTEGER PRIMARY KEY,
    version INTEGER NOT NULL REFERENCES flag_version ON DELETE CASCADE,
    n INTEGER NOT NULL,
    delivery INTEGER NOT NULL REFERENCES delivery,
    line INTEGER NOT NULL, -- 0: searched in vain
    offset INTEGER NOT NULL, length INTEGER NOT NULL,
    row_key TEXT NOT NULL, person TEXT NOT NULL,
    match TEXT NOT NULL CHECK (match IN ('id_name', 'id_only', 'name_differs', 'upgraded')),
    content BLOB NOT NULL CHECK (length(content) = 32),
    UNIQUE (version, n)
) STRICT;
CREATE INDEX evidence_by_delivery ON evidence (delivery);

CREATE TABLE cell (
    evidence INTEGER NOT NULL REFERENCES evidence ON DELETE CASCADE,
    n INTEGER NOT NULL,
    column_name TEXT NOT NULL, title TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (evidence, n)
) STRICT, WITHOUT ROWID;

-- A household's own cause that left a rule unanswered.
CREATE TABLE cause (
    number INTEGER PRIMARY KEY,
    household INTEGER NOT NULL REFERENCES household,
    rule TEXT NOT NULL, subject TEXT NOT NULL, reason TEXT NOT NULL, source TEXT NOT NULL,
    field TEXT NOT NULL, person TEXT NOT NULL, review INTEGER NOT NULL CHECK (review IN (0, 1)),
    run INTEGER NOT NULL REFERENCES run,
    UNIQUE (household, rule, subject, reason, source, field, person, review)
) STRICT;
CREATE INDEX cause_by_run ON cause (run);

CREATE TABLE cause_event (
    cause INTEGER NOT NULL REFERENCES cause ON DELETE CASCADE,
    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    open INTEGER NOT NULL CHECK (open IN (0, 1)),
    PRIMARY KEY (cause, run)
) STRICT, WITHOUT ROWID;
CREATE INDEX cause_event_by_run ON cause_event (run);

PRAGMA user_version = 1;

-- script: migration_2
-- A list of people whom a department was asked about. Of the people asked only stand-ins are kept:
-- enough to bind the answer, and no second list of numbers.
CREATE TABLE query (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    feed TEXT NOT NULL, title TEXT NOT NULL,
    day INTEGER NOT NULL, sequence INTEGER NOT NULL,
    answer_by INTEGER CHECK (answer_by >= day), -- NULL: no end
    person TEXT NOT NULL CHECK (person <> ''), at INTEGER, -- who wrote it, and when by the clock
    households BLOB NOT NULL CHECK (length(households) = 32), -- the caseload's files
    members BLOB NOT NULL CHECK (length(members) = 32),
    file TEXT NOT NULL, content BLOB NOT NULL CHECK (length(content) = 32),
    asked INTEGER NOT NULL CHECK (asked > 0), entries INTEGER NOT NULL CHECK (entries >= asked),
    omitted INTEGER NOT NULL, unreadable INTEGER NOT NULL,
    purged INTEGER NOT NULL DEFAULT 0 CHECK (purged IN (0, 1)), -- its people were deleted
    UNIQUE (day, sequence)
) STRICT;

CREATE TABLE query_person (
    query INTEGER NOT NULL REFERENCES query ON DELETE CASCADE,
    token TEXT NOT NULL CHECK (length(token) = 16),
    PRIMARY KEY (query, token)
) STRICT, WITHOUT ROWID;

-- Members who were not asked about, and why.
CREATE TABLE query_omitted (
    query INTEGER NOT NULL REFERENCES query ON DELETE CASCADE,
    n INTEGER NOT NULL,
    household TEXT NOT NULL, name TEXT NOT NULL, person_masked TEXT NOT NULL, reason TEXT NOT NULL,
    PRIMARY KEY (query, n)
) STRICT, WITHOUT ROWID;

-- The list that a delivery answered in one run; '': none that was used.
ALTER TABLE receipt_delivery ADD COLUMN query TEXT NOT NULL DEFAULT '';
ALTER TABLE receipt_delivery ADD COLUMN query_day INTEGER;
ALTER TABLE receipt_delivery ADD COLUMN asked INTEGER NOT NULL DEFAULT 0;
ALTER TABLE receipt_delivery ADD COLUMN answered INTEGER NOT NULL DEFAULT 0;
ALTER TABLE receipt_delivery ADD COLUMN unasked INTEGER NOT NULL DEFAULT 0;

-- What the next delivery of the feed is held against: shares of codes and zeros, medians.
CREATE TABLE figure (
    delivery INTEGER NOT NULL REFERENCES delivery ON DELETE CASCADE,
    n INTEGER NOT NULL,
    name TEXT NOT NULL, part INTEGER NOT NULL, whole INTEGER NOT NULL,
    PRIMARY KEY (delivery, n)
) STRICT, WITHOUT ROWID;

-- Where a rule's findings are shown, and codes of households it applies to, each between commas;
-- empty: any. What earlier runs stored says nothing of either.
ALTER TABLE rule ADD COLUMN shown TEXT NOT NULL DEFAULT 'everywhere'
    CHECK (shown IN ('everywhere', 'visit_sheet'));
ALTER TABLE rule ADD COLUMN programmes TEXT NOT NULL DEFAULT '';
ALTER TABLE rule ADD COLUMN urban_rurals TEXT NOT NULL DEFAULT '';
ALTER TABLE rule ADD COLUMN statuses TEXT NOT NULL DEFAULT '';

PRAGMA user_version = 2;

-- script: migration_3
-- What sheets for a visit say of a household beside its flags. `people`: its members as the caseload
-- names them, a JSON array of {name, relation, id (masked), born (day), counted, authorised}; they
-- change together with the household and are never asked for one by one.
ALTER TABLE household_version ADD COLUMN address TEXT NOT NULL DEFAULT '';
ALTER TABLE household_version ADD COLUMN benefit_from TEXT NOT NULL DEFAULT '';
ALTER TABLE household_version ADD COLUMN people TEXT NOT NULL DEFAULT '[]';

-- What only people can judge, one question a line.
ALTER TABLE rule ADD COLUMN questions TEXT NOT NULL DEFAULT '';

PRAGMA user_version = 3;

-- script: migration_4
-- A named person has seen the text of a document that its pack's register calls unconfirmed, or
-- takes that back. Only ever appended to; of a document the last entry holds.
CREATE TABLE confirmation (
    number INTEGER PRIMARY KEY,
    event TEXT NOT NULL CHECK (event IN ('confirmed', 'withdrawn')),
    pack TEXT NOT NULL, document TEXT NOT NULL, title TEXT NOT NULL,
    person TEXT NOT NULL CHECK (person <> ''), reason TEXT NOT NULL CHECK (reason <> ''),
    day INTEGER NOT NULL, at INTEGER
) STRICT;
CREATE INDEX confirmation_by_document ON confirmation (pack, document);
CREATE TRIGGER confirmation_no_update BEFORE UPDATE ON confirmation
BEGIN SELECT raise(ABORT, 'confirmation is only appended to'); END;
CREATE TRIGGER confirmation_no_delete BEFORE DELETE ON confirmation
BEGIN SELECT raise(ABORT, 'confirmation is only appended to'); END;

-- What the rules that cite the document said when it was confirmed: a digest for each. A rule that
-- says something else waits for a new confirmation.
CREATE TABLE confirmation_rule (
    confirmation INTEGER NOT NULL REFERENCES confirmation,
    rule TEXT NOT NULL,
    said BLOB NOT NULL CHECK (length(said) = 32),
    PRIMARY KEY (confirmation, rule)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER confirmation_rule_no_update BEFORE UPDATE ON confirmation_rule
BEGIN SELECT raise(ABORT, 'confirmation_rule is only appended to'); END;
CREATE TRIGGER confirmation_rule_no_delete BEFORE DELETE ON confirmation_rule
BEGIN SELECT raise(ABORT, 'confirmation_rule is only appended to'); END;

-- Whether a night judged by the rule, or why not; '': earlier runs did not say.
ALTER TABLE run_rule ADD COLUMN standing TEXT NOT NULL DEFAULT '';

PRAGMA user_version = 4;

-- script: migration_5
-- What one person proposed and another approved: that one finding of one household is no flag as
-- long as its facts (content) are the same, up to a day. Proposals and what became of them are only
-- ever appended to.
CREATE TABLE override (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    day INTEGER NOT NULL, sequence INTEGER NOT NULL,
    household TEXT NOT NULL, rule TEXT NOT NULL, subject TEXT NOT NULL,
    content BLOB NOT NULL CHECK (length(content) = 32),
    evidence TEXT NOT NULL CHECK (evidence <> ''),
    until INTEGER NOT NULL CHECK (until >= day),
    UNIQUE (day, sequence)
) STRICT;
CREATE INDEX override_by_identity ON override (household, rule, subject);
CREATE TRIGGER override_no_update BEFORE UPDATE ON override
BEGIN SELECT raise(ABORT, 'override is only appended to'); END;
CREATE TRIGGER override_no_delete BEFORE DELETE ON override
BEGIN SELECT raise(ABORT, 'override is only appended to'); END;

-- `who`: the name as names are compared, without blanks and widths.
CREATE TABLE override_event (
    number INTEGER PRIMARY KEY,
    override INTEGER NOT NULL REFERENCES override,
    event TEXT NOT NULL CHECK (event IN ('proposed', 'approved', 'refused', 'revoked')),
    person TEXT NOT NULL CHECK (person <> ''), who TEXT NOT NULL CHECK (who <> ''),
    reason TEXT NOT NULL CHECK (reason <> ''),
    day INTEGER NOT NULL, at INTEGER,
    UNIQUE (override, event)
) STRICT;
CREATE TRIGGER override_event_no_update BEFORE UPDATE ON override_event
BEGIN SELECT raise(ABORT, 'override_event is only appended to'); END;
CREATE TRIGGER override_event_no_delete BEFORE DELETE ON override_event
BEGIN SELECT raise(ABORT, 'override_event is only appended to'); END;
CREATE TRIGGER override_event_two_people BEFORE INSERT ON override_event
WHEN NEW.event = 'approved' AND NOT EXISTS (
    SELECT 1 FROM override_event e
    WHERE e.override = NEW.override AND e.event = 'proposed' AND e.who <> NEW.who)
BEGIN SELECT raise(ABORT, 'an override takes two people'); END;

-- What a run found and an override keeps from being a flag; with its evidence, as of any flag.
CREATE TABLE overridden (
    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    flag INTEGER NOT NULL REFERENCES flag ON DELETE CASCADE,
    version INTEGER NOT NULL REFERENCES flag_version ON DELETE CASCADE,
    override TEXT NOT NULL,
    PRIMARY KEY (run, flag)
) STRICT, WITHOUT ROWID;
CREATE INDEX overridden_by_version ON overridden (version);
CREATE INDEX overridden_by_flag ON overridden (flag);

PRAGMA user_version = 5;

-- script: migration_6
-- A run about the households of a list, between nights: it rests on no run and none rests on it, it
-- is never published, and guards take nothing from it.
ALTER TABLE run ADD COLUMN listed INTEGER NOT NULL DEFAULT 0 CHECK (listed IN (0, 1));

PRAGMA user_version = 6;

-- script: migration_7
-- A named person had a line of a delivery shown whole. Only ever appended to.
CREATE TABLE reveal (
    number INTEGER PRIMARY KEY,
    person TEXT NOT NULL CHECK (person <> ''), reason TEXT NOT NULL CHECK (reason <> ''),
    feed TEXT NOT NULL,
    file TEXT NOT NULL, -- '': its name held somebody's number
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    line INTEGER NOT NULL CHECK (line > 0),
    at INTEGER
) STRICT;
CREATE TRIGGER reveal_no_update BEFORE UPDATE ON reveal
BEGIN SELECT raise(ABORT, 'reveal is only appended to'); END;
CREATE TRIGGER reveal_no_delete BEFORE DELETE ON reveal
BEGIN SELECT raise(ABORT, 'reveal is only appended to'); END;

PRAGMA user_version = 7;

-- script: migration_8
-- What a source is to a run, as its layout said. part: of the caseload, '' a register; own: 1 if its
-- rows vouch for nothing that others say. Of earlier runs it is known from the names they had.
CREATE TABLE source (
    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    feed TEXT NOT NULL,
    part TEXT NOT NULL CHECK (part IN ('', 'household', 'member', 'supporter')),
    own INTEGER NOT NULL CHECK (own IN (0, 1)),
    shown TEXT NOT NULL CHECK (shown IN ('everywhere', 'visit_sheet')),
    PRIMARY KEY (run, feed)
) STRICT, WITHOUT ROWID;
INSERT INTO source (run, feed, part, own, shown)
SELECT DISTINCT r.number, d.feed,
       CASE d.feed WHEN 'caseload_household' THEN 'household' WHEN 'caseload_member' THEN 'member'
                   WHEN 'caseload_supporter' THEN 'supporter' ELSE '' END,
       d.feed IN ('caseload_household', 'caseload_member', 'caseload_supporter', 'dibao_payment',
                  'exemption', 'refusal', 'tip'),
       CASE d.feed WHEN 'tip' THEN 'visit_sheet' ELSE 'everywhere' END
FROM run r JOIN receipt_delivery x ON x.receipt = r.receipt JOIN delivery d ON d.number = x.delivery;

-- What each used source was found to have about the members of a household: a JSON object of
-- feeds, one character a member in the order of household_version.people; see run/searched.h. Like
-- versions of households, a row only where it differs from the base. Earlier runs did not say.
CREATE TABLE searched (
    household INTEGER NOT NULL REFERENCES household ON DELETE CASCADE,
    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    found TEXT NOT NULL,
    PRIMARY KEY (household, run)
) STRICT, WITHOUT ROWID;
CREATE INDEX searched_by_run ON searched (run);

PRAGMA user_version = 8;

-- script: migration_9
-- The day up to which what the run found new is to be looked at; NULL: the county settled none.
ALTER TABLE run ADD COLUMN visit_by INTEGER;

PRAGMA user_version = 9;

-- script: migration_10
-- Who purged what, when and why. Only ever appended to.
CREATE TABLE purge_event (
    number INTEGER PRIMARY KEY,
    keep INTEGER NOT NULL REFERENCES run, -- the oldest run that was kept
    before INTEGER, -- day before which runs were to go
    person TEXT NOT NULL CHECK (person <> ''), reason TEXT NOT NULL CHECK (reason <> ''),
    day INTEGER NOT NULL, at INTEGER
) STRICT;
CREATE TRIGGER purge_event_no_update BEFORE UPDATE ON purge_event
BEGIN SELECT raise(ABORT, 'purge_event is only appended to'); END;
CREATE TRIGGER purge_event_no_delete BEFORE DELETE ON purge_event
BEGIN SELECT raise(ABORT, 'purge_event is only appended to'); END;

-- The runs whose particulars went with it.
CREATE TABLE purge_run (
    event INTEGER NOT NULL REFERENCES purge_event,
    run INTEGER NOT NULL REFERENCES run,
    PRIMARY KEY (run, event)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER purge_run_no_update BEFORE UPDATE ON purge_run
BEGIN SELECT raise(ABORT, 'purge_run is only appended to'); END;
CREATE TRIGGER purge_run_no_delete BEFORE DELETE ON purge_run
BEGIN SELECT raise(ABORT, 'purge_run is only appended to'); END;

-- The files of the archive that went with it, by their digest.
CREATE TABLE purge_file (
    event INTEGER NOT NULL REFERENCES purge_event,
    kind INTEGER NOT NULL CHECK (kind IN (0, 1, 2)), -- a delivery, a listing, what a listing names
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (digest, kind, event)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER purge_file_no_update BEFORE UPDATE ON purge_file
BEGIN SELECT raise(ABORT, 'purge_file is only appended to'); END;
CREATE TRIGGER purge_file_no_delete BEFORE DELETE ON purge_file
BEGIN SELECT raise(ABORT, 'purge_file is only appended to'); END;

-- Of those the ones that nobody has deleted yet.
CREATE TABLE archive_left (
    kind INTEGER NOT NULL CHECK (kind IN (0, 1, 2)),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (kind, digest)
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 10;

-- script: migration_11
-- The column that a whole delivery lacks, by its name and by its heading; empty for other gaps.
ALTER TABLE gap ADD COLUMN field TEXT NOT NULL DEFAULT '';
ALTER TABLE gap ADD COLUMN field_title TEXT NOT NULL DEFAULT '';

PRAGMA user_version = 11;

-- script: migration_12
-- What one person proposed and another approved: that a row of a feed is not this person's as long as
-- it says the same (content), up to a day. token: the person's; key: of the row's feed and key, so
-- that a row that says something else now is known. Only ever appended to.
CREATE TABLE pair (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    day INTEGER NOT NULL, sequence INTEGER NOT NULL,
    household TEXT NOT NULL, -- by which the row was found
    token TEXT NOT NULL CHECK (length(token) = 16),
    feed TEXT NOT NULL CHECK (feed <> ''),
    key BLOB NOT NULL CHECK (length(key) = 32),
    content BLOB NOT NULL CHECK (length(content) = 32),
    evidence TEXT NOT NULL CHECK (evidence <> ''),
    until INTEGER NOT NULL CHECK (until >= day),
    UNIQUE (day, sequence)
) STRICT;
CREATE TRIGGER pair_no_update BEFORE UPDATE ON pair
BEGIN SELECT raise(ABORT, 'pair is only appended to'); END;
CREATE TRIGGER pair_no_delete BEFORE DELETE ON pair
BEGIN SELECT raise(ABORT, 'pair is only appended to'); END;

-- `who`: as of override_event.
CREATE TABLE pair_event (
    number INTEGER PRIMARY KEY,
    pair INTEGER NOT NULL REFERENCES pair,
    event TEXT NOT NULL CHECK (event IN ('proposed', 'approved', 'refused', 'revoked')),
    person TEXT NOT NULL CHECK (person <> ''), who TEXT NOT NULL CHECK (who <> ''),
    reason TEXT NOT NULL CHECK (reason <> ''),
    day INTEGER NOT NULL, at INTEGER,
    UNIQUE (pair, event)
) STRICT;
CREATE TRIGGER pair_event_no_update BEFORE UPDATE ON pair_event
BEGIN SELECT raise(ABORT, 'pair_event is only appended to'); END;
CREATE TRIGGER pair_event_no_delete BEFORE DELETE ON pair_event
BEGIN SELECT raise(ABORT, 'pair_event is only appended to'); END;
CREATE TRIGGER pair_event_two_people BEFORE INSERT ON pair_event
WHEN NEW.event = 'approved' AND NOT EXISTS (
    SELECT 1 FROM pair_event e
    WHERE e.pair = NEW.pair AND e.event = 'proposed' AND e.who <> NEW.who)
BEGIN SELECT raise(ABORT, 'a pair takes two people'); END;

-- What the row said about whom, for those who decide; goes with the purge once it cannot hold.
CREATE TABLE pair_row (
    pair INTEGER PRIMARY KEY REFERENCES pair,
    says TEXT NOT NULL
) STRICT;
CREATE TRIGGER pair_row_no_update BEFORE UPDATE ON pair_row
BEGIN SELECT raise(ABORT, 'pair_row is not changed'); END;

-- The rows of a run that such decisions speak of, and what became of each.
CREATE TABLE pair_met (
    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    n INTEGER NOT NULL,
    household INTEGER NOT NULL REFERENCES household,
    pair TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('left_out', 'changed', 'expired', 'revoked')),
    person TEXT NOT NULL, person_masked TEXT NOT NULL,
    delivery INTEGER NOT NULL REFERENCES delivery,
    line INTEGER NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL,
    PRIMARY KEY (run, n)
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 12;

-- script: migration_13
-- The same conditions in words that cost a writing night a third: a list of three or more is laid out
-- as a table and sought in for each row, alternatives are compared one after another. Only their text
-- changes, and no row is copied: SQLite allows that for a CHECK (lang_altertable.html). The table that
-- comes and goes tells other connections that the schema is another one.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql,
    'state IN (''flagged'', ''clear'', ''unchecked'', ''out_of_scope'', ''absent'')',
    'state = ''flagged'' OR state = ''clear'' OR state = ''unchecked'' OR state = ''out_of_scope'' OR state = ''absent''')
WHERE type = 'table' AND name = 'household_version';
UPDATE sqlite_schema SET sql = replace(sql,
    'kind IN (''new'', ''changed'', ''restated'', ''resumed'', ''not_checked'', ''gone'')',
    'kind = ''new'' OR kind = ''changed'' OR kind = ''restated'' OR kind = ''resumed'' OR kind = ''not_checked'' OR kind = ''gone''')
WHERE type = 'table' AND name = 'flag_event';
UPDATE sqlite_schema SET sql = replace(sql,
    'match IN (''id_name'', ''id_only'', ''name_differs'', ''upgraded'')',
    'match = ''id_name'' OR match = ''id_only'' OR match = ''name_differs'' OR match = ''upgraded''')
WHERE type = 'table' AND name = 'evidence';
CREATE TABLE another (one INTEGER) STRICT;
DROP TABLE another;
PRAGMA writable_schema = RESET;

PRAGMA user_version = 13;
