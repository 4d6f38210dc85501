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
-- why a cell of such a row is not known: empty_field, bad_field, no_column. This and the next are
-- for the rules, over counties without deltas: lines of a feed's several files are not told apart.
CREATE TABLE o_why (feed TEXT, line INTEGER, col TEXT, why TEXT);
-- whom a row is about, of those looked at; lost: it was rejected or contradicted and says nothing;
-- whole: by a number of 18 digits
CREATE TABLE o_person (feed TEXT, line INTEGER, person TEXT, lost INTEGER, whole INTEGER);
-- lists of codes, as they stand beside the layouts; of one used by several columns more than once
CREATE TABLE o_column (feed TEXT, col TEXT, list TEXT);
-- every column of every layout; kind: full, hits, verdict
CREATE TABLE o_layout (feed TEXT, col TEXT, kind TEXT);
CREATE TABLE o_attribute (list TEXT, code TEXT, attribute TEXT, said TEXT,
    UNIQUE (list, code, attribute) ON CONFLICT IGNORE);
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
-- rows about a household that stand in the end, by the generator's account
CREATE TABLE truth_matched (file TEXT, line INTEGER, household TEXT);
-- files that were not used: by the fault of the file itself, or '-' for the fault of another of its chain
CREATE TABLE o_refusal (feed TEXT, file TEXT, word TEXT);
CREATE TABLE e_refusal (feed TEXT, file TEXT, word TEXT);
CREATE TABLE truth_refusal (feed TEXT, file TEXT, number INTEGER, argument TEXT, word TEXT);
-- what was planted in a row
CREATE TABLE truth_row (file TEXT, line INTEGER, quirk TEXT);
