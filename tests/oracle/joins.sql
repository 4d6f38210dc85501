-- The joins. NULL is "unknown": AND and OR of SQL are Kleene's. The run's day is in the table "run".
-- A cell whose characters are broken reads as char(26); it costs the rows of people looked at.

-- The caseload. Of rows with the same key a later one that says the same is a duplicate; one that says
-- something else is in conflict, and then neither is right.
CREATE TABLE household_checked AS
SELECT *, CASE
    WHEN trim(id) = '' THEN 'missing'
    WHEN programme NOT IN ('低保', '低保边缘', '特困', '刚性支出困难') THEN 'code_value'
    END AS fault,
    row_number() OVER (PARTITION BY id ORDER BY line) AS turn,
    count(*) OVER (PARTITION BY id, programme, urban_rural, area, head, address, status, applied,
        since, property, paid) AS alike
FROM household_row;
CREATE TABLE household AS SELECT * FROM household_checked WHERE fault IS NULL AND turn = 1;
CREATE UNIQUE INDEX household_id ON household (id);
-- A household of which another row was rejected: not even whether a rule applies to it is sure.
CREATE TABLE contradicted AS
SELECT DISTINCT id FROM household_checked
WHERE id IN (SELECT id FROM household) AND (fault IS NOT NULL OR (turn > 1 AND alike = 1));

CREATE TABLE member_checked AS
SELECT m.*, number_18(number) AS person, number_fault(number) AS fault,
    row_number() OVER (PARTITION BY household, coalesce(number_18(number), line) ORDER BY line)
        AS turn,
    count(*) OVER (PARTITION BY household, number_18(number), name, relation, counted, auth_no,
        auth_until, income) AS alike,
    EXISTS (SELECT 1 FROM household h WHERE h.id = m.household) AS known
FROM member_row m;
CREATE TABLE member AS
SELECT *, name_plain(name) AS plain, counted = '是' AS counts,
    trim(auth_no) <> '' AND (auth_until = '' OR day_of(auth_until) >= (SELECT as_of FROM run))
        AS live,
    number_is_18(number) AS full_number
FROM member_checked c WHERE fault IS NULL AND turn = 1 AND known
    AND NOT EXISTS (SELECT 1 FROM member_checked t WHERE t.household = c.household
        AND t.person = c.person AND t.turn > 1 AND t.alike = 1);
CREATE INDEX member_household ON member (household);
CREATE INDEX member_person ON member (person);

-- A household of which a row is missing or bad is not known whole.
CREATE TABLE incomplete AS
SELECT household FROM member_checked
WHERE known AND (fault IS NOT NULL OR (turn > 1 AND alike = 1))
UNION SELECT id FROM household WHERE id NOT IN (SELECT household FROM member);

CREATE TABLE scope AS
SELECT * FROM household WHERE programme = '低保' AND status IN ('在享', '申请中')
    AND id NOT IN (SELECT id FROM contradicted);

-- The registries: only people with a live authorisation are looked at.
CREATE TABLE joined AS SELECT DISTINCT person FROM member WHERE live;
CREATE UNIQUE INDEX joined_person ON joined (person);

CREATE TABLE vehicle_checked AS
WITH read AS MATERIALIZED (
    SELECT v.*, document IN ('B', 'C', 'D', 'E', 'F', 'G', 'J', 'K', 'L', 'N') AS other,
        number_18(number) AS person,
        CASE WHEN document IN ('A', 'H', 'M', '') THEN number_fault(number)
             WHEN document = '社员证' THEN 'id_type' END AS bad_number,
        number_is_18(number) AS full_number, name_plain(name) AS plain
    FROM vehicle_row v)
SELECT *, NOT other AND person IN (SELECT person FROM joined) AS hit, coalesce(bad_number, CASE
    WHEN other OR person NOT IN (SELECT person FROM joined) THEN NULL
    WHEN name = char(26) THEN 'encoding'
    WHEN plate_type NOT IN (SELECT code FROM plate_type) THEN 'code_value'
    WHEN trim(plate_no) = '' THEN 'missing'
    WHEN length(plate_no) > 16 THEN 'field_too_long'
    END) AS fault
FROM read;
CREATE INDEX vehicle_checked_person ON vehicle_checked (person);
CREATE TABLE vehicle_hit AS
SELECT *, row_number() OVER (PARTITION BY plate_type, plate_no ORDER BY line) AS turn,
    count(*) OVER (PARTITION BY plate_type, plate_no, type, person, name, first_registered, use,
        status) AS alike
FROM vehicle_checked WHERE hit AND fault IS NULL;
CREATE INDEX vehicle_hit_person ON vehicle_hit (person);
CREATE TABLE vehicle_torn AS
SELECT DISTINCT plate_type, plate_no FROM vehicle_hit WHERE turn > 1 AND alike = 1;
CREATE TABLE vehicle AS
SELECT *, (SELECT counts FROM vehicle_type t WHERE t.code = v.type) AS counts,
    CASE WHEN status = '' OR status GLOB '*[^ABCDEGHIJKLMNOPQZ]*' THEN NULL
         ELSE NOT EXISTS (SELECT 1 FROM letter WHERE NOT owned AND instr(v.status, code)) END AS owned
FROM vehicle_hit v
WHERE turn = 1 AND (plate_type, plate_no) NOT IN (SELECT plate_type, plate_no FROM vehicle_torn);
CREATE INDEX vehicle_person ON vehicle (person);

CREATE TABLE cremation_checked AS
WITH read AS MATERIALIZED (
    SELECT c.*, number_18(number) AS person, number_fault(number) AS bad_number,
        number_is_18(number) AS full_number, name_plain(name) AS plain FROM cremation_row c)
SELECT *, person IN (SELECT person FROM joined) AS hit, coalesce(bad_number,
    CASE WHEN person IN (SELECT person FROM joined) AND trim(no) = '' THEN 'missing' END) AS fault
FROM read;
CREATE INDEX cremation_checked_person ON cremation_checked (person);
CREATE TABLE cremation AS
SELECT *, day_of(died) AS died_on FROM cremation_checked WHERE hit AND fault IS NULL;
CREATE INDEX cremation_person ON cremation (person);

CREATE TABLE register_checked AS
WITH read AS MATERIALIZED (
    SELECT r.*, number_18(number) AS person, number_fault(number) AS bad_number,
        number_is_18(number) AS full_number, name_plain(name) AS plain FROM register_row r)
SELECT *, person IN (SELECT person FROM joined) AS hit, coalesce(bad_number,
    CASE WHEN person IN (SELECT person FROM joined) AND name = char(26) THEN 'encoding' END) AS fault
FROM read;
CREATE TABLE register_hit AS
SELECT *, row_number() OVER (PARTITION BY person ORDER BY line) AS turn,
    count(*) OVER (PARTITION BY person, name, sex, birth, household_no, relation, area, cancelled,
        reason, cancelled_on, died) AS alike
FROM register_checked WHERE hit AND fault IS NULL;
CREATE INDEX register_checked_person ON register_checked (person);
CREATE INDEX register_hit_person ON register_hit (person);
CREATE TABLE register AS
SELECT *, day_of(died) AS died_on,
    CASE WHEN reason IN ('死亡', '迁出', '入伍', '重复户口', '出国定居') THEN reason = '死亡'
         WHEN reason = '' THEN 0 END AS for_death,
    CASE cancelled WHEN '是' THEN 1 WHEN '否' THEN 0 END
    AND CASE WHEN reason = '' THEN 1
             WHEN reason IN ('死亡', '迁出', '入伍', '重复户口', '出国定居') THEN 0 END AS no_reason
FROM register_hit WHERE turn = 1
    AND person NOT IN (SELECT person FROM register_hit WHERE turn > 1 AND alike = 1);
CREATE INDEX register_person ON register (person);

