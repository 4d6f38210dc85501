-- Three accounts of the same deliveries: o_ the oracle's, e_ the engine's, truth_ the generator's.
CREATE TABLE o_ledger (feed TEXT, file TEXT, records INTEGER, accepted INTEGER,
    other_document INTEGER, duplicate INTEGER, rejected INTEGER, matched INTEGER,
    not_in_caseload INTEGER, apart INTEGER);
CREATE TABLE o_reject (file TEXT, line INTEGER, reason TEXT);
-- cells of one column over the rows that were decoded and used
CREATE TABLE o_count (file TEXT, col TEXT, value INTEGER, absent INTEGER, unknown INTEGER,
    unlisted INTEGER, bad INTEGER);
-- a cell that says something; others by their state
CREATE TABLE o_fact (file TEXT, line INTEGER, col TEXT, said TEXT);
CREATE TABLE e_ledger (feed TEXT, file TEXT, records INTEGER, accepted INTEGER,
    other_document INTEGER, duplicate INTEGER, rejected INTEGER, matched INTEGER,
    not_in_caseload INTEGER, apart INTEGER);
CREATE TABLE e_reject (file TEXT, line INTEGER, reason TEXT);
CREATE TABLE e_count (file TEXT, col TEXT, value INTEGER, absent INTEGER, unknown INTEGER,
    unlisted INTEGER, bad INTEGER);
CREATE TABLE e_fact (file TEXT, line INTEGER, col TEXT, said TEXT);
-- a header as the file has it; the oracle knows which column that is
CREATE TABLE truth_fact (file TEXT, line INTEGER, header TEXT, said TEXT);
CREATE TABLE o_header (file TEXT, header TEXT, col TEXT);
