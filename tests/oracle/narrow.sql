-- The oracle knows the four rules of the line. What the truth says of the others is met by the
-- comparison of a run with it; here it is left out, and so are the households whose state or cars
-- hang on it.
CREATE TABLE elsewhere AS
SELECT DISTINCT household FROM truth_answer
WHERE rule NOT IN (SELECT id FROM rule) AND outcome <> 'clear' AND household NOT IN (SELECT id FROM contradicted)
  AND rule NOT IN ('DIV-01', 'MOVE-01', 'AWAY-01', 'GRAD-01', 'WORK-01', 'LONG-01', 'SIZE-01', 'TIP-01')
UNION SELECT household FROM truth_household WHERE quirk GLOB 'car_exempt*';
CREATE UNIQUE INDEX elsewhere_household ON elsewhere (household);
CREATE TABLE exempted AS SELECT household FROM truth_household WHERE quirk GLOB 'car_exempt*';
DELETE FROM truth_household WHERE household IN (SELECT household FROM elsewhere);
DELETE FROM state WHERE household IN (SELECT household FROM elsewhere);
DELETE FROM truth_answer WHERE rule NOT IN (SELECT id FROM rule)
    OR (rule = 'VEH-01' AND household IN (SELECT household FROM exempted));
DELETE FROM answer WHERE rule = 'VEH-01' AND household IN (SELECT household FROM exempted);
DELETE FROM undetermined WHERE rule = 'VEH-01' AND household IN (SELECT household FROM exempted);
DELETE FROM flag WHERE rule = 'VEH-01' AND household IN (SELECT household FROM exempted);
DELETE FROM truth_flag WHERE rule NOT IN (SELECT id FROM rule)
    OR (rule = 'VEH-01' AND household IN (SELECT household FROM exempted));
DELETE FROM truth_reject WHERE file NOT IN (SELECT file FROM delivery);
DELETE FROM truth_ledger WHERE file NOT IN (SELECT file FROM delivery);
