-- The rows of a workspace as text, one table a feed, and the truth beside it. "line" is where a row
-- begins; rows whose structure is broken stand in "damaged" only.
CREATE TABLE area (code TEXT PRIMARY KEY, name TEXT, parent TEXT, urban_rural TEXT);
CREATE TABLE household_row (line INTEGER PRIMARY KEY, id TEXT, programme TEXT, urban_rural TEXT,
    area TEXT, head TEXT, address TEXT, status TEXT, applied TEXT, since TEXT, property TEXT,
    paid TEXT);
CREATE TABLE member_row (line INTEGER PRIMARY KEY, household TEXT, number TEXT, name TEXT,
    relation TEXT, counted TEXT, auth_no TEXT, auth_until TEXT, income TEXT);
CREATE TABLE vehicle_row (line INTEGER PRIMARY KEY, plate_type TEXT, plate_no TEXT, brand TEXT,
    type TEXT, document TEXT, number TEXT, name TEXT, first_registered TEXT, use TEXT, status TEXT);
CREATE TABLE cremation_row (line INTEGER PRIMARY KEY, no TEXT, name TEXT, number TEXT, died TEXT,
    cremated TEXT, home TEXT);
CREATE TABLE register_row (line INTEGER PRIMARY KEY, number TEXT, name TEXT, sex TEXT, birth TEXT,
    household_no TEXT, relation TEXT, area TEXT, cancelled TEXT, reason TEXT, cancelled_on TEXT,
    died TEXT);
CREATE TABLE damaged (feed TEXT, line INTEGER, reason TEXT);
CREATE TABLE delivery (feed TEXT, file TEXT, apart INTEGER);

CREATE TABLE truth_household (household TEXT, state TEXT, quirk TEXT);
CREATE TABLE truth_answer (household TEXT, rule TEXT, outcome TEXT, reasons TEXT);
CREATE TABLE truth_flag (household TEXT, rule TEXT, subject TEXT, person TEXT, effect TEXT,
    capped INTEGER);
CREATE TABLE truth_reject (file TEXT, line INTEGER, reason TEXT, quirk TEXT);
CREATE TABLE truth_ledger (feed TEXT, file TEXT, records INTEGER, accepted INTEGER,
    other_document INTEGER, duplicate INTEGER, rejected INTEGER, matched INTEGER,
    not_in_caseload INTEGER, apart INTEGER);

-- Codes, as the registries' own lists have them.
CREATE TABLE letter (code TEXT PRIMARY KEY, owned INTEGER);
INSERT INTO letter VALUES ('A', 1), ('B', 0), ('C', 1), ('D', 1), ('E', 0), ('G', 1), ('H', 1),
    ('I', 1), ('J', 1), ('K', 1), ('L', 1), ('M', 0), ('N', 1), ('O', 1), ('P', 0), ('Q', 1),
    ('Z', 1);
CREATE TABLE vehicle_type (code TEXT PRIMARY KEY, counts INTEGER);
INSERT INTO vehicle_type VALUES ('K31', 1), ('K33', 1), ('K43', 1), ('H31', 1), ('M21', 0),
    ('M22', 0), ('T22', 0);
CREATE TABLE plate_type (code TEXT PRIMARY KEY);
INSERT INTO plate_type VALUES ('01'), ('02'), ('07'), ('08');
CREATE TABLE standard (area TEXT, urban_rural TEXT, fen INTEGER, since INTEGER);
INSERT INTO standard VALUES ('659000', '城市', 42000, day_of('2013-01-01')),
    ('659000', '农村', 22000, day_of('2013-01-01')),
    ('659000003', '城市', 45000, day_of('2014-01-01'));
