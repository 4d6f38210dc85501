-- Lists of the household: rows of those whom the caseload counts, and why there may be more. el: NULL
-- of a row that is in the list, else why it is not known whether it is (or what it is).
CREATE TABLE spared AS -- what the county has exempted, as far as that is known
SELECT h, p, kind__about AS about, object, CASE WHEN hole IS NULL THEN both(le(since, day), ge(until, day)) END AS now, hole FROM w_exemption, run;
CREATE INDEX spared_p ON spared (h, p);
CREATE TABLE estate AS
SELECT w.*, o.p AS place, CASE WHEN w.hole IS NULL THEN assume((SELECT any_of(coalesce(s.hole, both(eq(s.about, 'real_estate'), isnt(none(s.object)),
        eq(s.object, w.certificate_no), s.now))) FROM spared s WHERE s.h = w.h AND s.p = w.p), 0) END AS excused
FROM w_real_estate w JOIN person o ON o.h = w.h AND o.p = w.p AND o.counted;
CREATE TABLE listed (h TEXT, name TEXT, p TEXT, line INTEGER, place TEXT, key TEXT, a, b, el);
-- homes: the unit, its size, its use; the same unit once
INSERT INTO listed
SELECT h, 'homes', p, line, place, certificate_no, floor_area, "use", el FROM (SELECT *,
        CASE WHEN el IS NULL THEN row_number() OVER (PARTITION BY h, el IS NULL, unit_no ORDER BY place, line) ELSE 1 END AS turn
    FROM (SELECT *, CASE keep WHEN 1 THEN strict(unit_no) ELSE keep END AS el
        FROM (SELECT *, coalesce(hole, both(state__owned, either(eq("use", 'mixed'), use__residential), isnt(excused))) AS keep FROM estate)
        WHERE keep IS NOT 0)) WHERE turn = 1
UNION ALL SELECT h, 'premises', p, line, place, certificate_no, floor_area, "use", CASE keep WHEN 1 THEN NULL ELSE keep END
FROM (SELECT *, coalesce(hole, both(state__owned, isnt(eq("use", 'mixed')), use__non_residential, isnt(excused))) AS keep FROM estate) WHERE keep IS NOT 0
UNION ALL SELECT h, 'cars', p, line, place, plate_no, plate_type, NULL, CASE keep WHEN 1 THEN NULL ELSE keep END
FROM (SELECT w.*, o.p AS place, coalesce(w.hole, both(w.owned, coalesce(strict(vehicle_type, vehicle_types_allowed), instr(vehicle_types_allowed, ' ' || vehicle_type || ' ') = 0),
        isnt(assume((SELECT any_of(coalesce(s.hole, both(eq(s.about, 'vehicle'), isnt(none(s.object)), eq(s.object, w.plate_no), s.now)))
            FROM spared s WHERE s.h = w.h AND s.p = w.p), 0)))) AS keep
    FROM (SELECT v.*, CASE WHEN v.status IS NULL THEN NULL ELSE coalesce(strict(v.status), (SELECT all_of(coalesce(CASE a.said WHEN 'true' THEN 1 WHEN 'false' THEN 0 END, '?bad_field|||'))
            FROM (SELECT value AS letter FROM json_each('["' || replace(trim(v.status, '[]'), ', ', '","') || '"]'))
                LEFT JOIN o_attribute a ON a.list = 'vehicle_status' AND a.code = letter AND a.attribute = 'owned')) END AS owned FROM w_vehicle v) w
        JOIN person o ON o.h = w.h AND o.p = w.p AND o.counted JOIN known k ON k.h = w.h) WHERE keep IS NOT 0
UNION ALL SELECT h, 'paid_months', p, line, place, month, collected_on, NULL, CASE keep WHEN 1 THEN NULL ELSE keep END
FROM (SELECT w.*, o.p AS place, coalesce(w.hole, w.state__paid) AS keep FROM w_dibao_payment w JOIN person o ON o.h = w.h AND o.p = w.p AND o.counted) WHERE keep IS NOT 0;
INSERT INTO listed SELECT h, column1, '', NULL, NULL, NULL, NULL, NULL, hole FROM hh, (VALUES ('homes'), ('premises'), ('cars'), ('paid_months')) WHERE hole IS NOT NULL;
CREATE INDEX listed_h ON listed (h, name);
CREATE TABLE listing AS -- how many for certain, and why there may be more
SELECT h.h, w.column1 AS name, count(l.h) - count(l.el) AS certain, why_of(l.el) AS why
FROM hh h, (VALUES ('homes'), ('premises'), ('cars')) w LEFT JOIN listed l ON l.h = h.h AND l.name = w.column1 GROUP BY h.h, w.column1;
CREATE UNIQUE INDEX listing_h ON listing (h, name);

-- Sums that what is known may already settle: deposits, capital.
CREATE TABLE over AS
SELECT h, name, sum(CASE WHEN typeof(fen) = 'integer' THEN fen ELSE 0 END) AS fen, sum(typeof(fen) = 'integer' AND fen < 0) AS below, why_of(fen) AS why
FROM (SELECT c.h, 'deposits' AS name, coalesce(c.el, CASE WHEN w.h IS NULL THEN 0 WHEN w.hole IS NOT NULL THEN w.hole
            ELSE CASE both(account_kind__money, currency__yuan) WHEN 1 THEN coalesce(strict(balance), max(scaled(balance, 2), 0)) WHEN 0 THEN 0
                ELSE both(account_kind__money, currency__yuan) END END) AS fen
        FROM counted c LEFT JOIN w_bank_balance w ON w.h = c.h AND w.p = c.p
    UNION ALL SELECT c.h, 'capital', coalesce(c.el, CASE WHEN w.h IS NULL THEN 0 WHEN w.hole IS NOT NULL THEN w.hole
            ELSE CASE both(registration_status__exists, assume(currency__yuan, 1)) WHEN 1 THEN scaled(subscribed_capital, 2) WHEN 0 THEN 0
                ELSE both(registration_status__exists, assume(currency__yuan, 1)) END END)
        FROM counted c LEFT JOIN w_investor w ON w.h = c.h AND w.p = c.p
    UNION ALL SELECT h, 'homes', coalesce(el, scaled(a, 2)) FROM listed WHERE name = 'homes')
GROUP BY h, name;
INSERT INTO over SELECT h, column1, 0, 0, NULL FROM hh, (VALUES ('deposits'), ('capital'), ('homes')) WHERE (h, column1) NOT IN (SELECT h, name FROM over);
CREATE UNIQUE INDEX over_h ON over (h, name);

-- What the household spends on treatment and schools, over a year and month by month.
CREATE TABLE treated AS
SELECT c.h, m.n, sum_of(coalesce(c.el, CASE WHEN w.h IS NULL THEN 0 WHEN w.hole IS NOT NULL THEN w.hole
    ELSE CASE both(ge(settled_on, m.first), lt(settled_on, m.beyond)) WHEN 1 THEN scaled(cash, 2) WHEN 0 THEN 0
        ELSE both(ge(settled_on, m.first), lt(settled_on, m.beyond)) END END)) AS fen
FROM (SELECT k.h, n.value AS n, later(rigid_first, n.value) AS first, later(rigid_first, n.value + 1) AS beyond FROM known k, json_each('[0,1,2,3,4,5,6,7,8,9,10,11]') n
    UNION ALL SELECT h, 99, rigid_first, coalesce(strict(rigid_last), date(rigid_last, '+1 day')) FROM known) m
    JOIN counted c ON c.h = m.h LEFT JOIN w_medical_settlement w ON w.h = c.h AND w.p = c.p GROUP BY c.h, m.n;
INSERT INTO treated SELECT h, value, 0 FROM hh, json_each('[0,1,2,3,4,5,6,7,8,9,10,11,99]') WHERE h NOT IN (SELECT h FROM treated);
CREATE UNIQUE INDEX treated_n ON treated (h, n);
CREATE TABLE schooled AS
SELECT c.h, sum_of(coalesce(c.el, CASE WHEN w.h IS NULL THEN 0 WHEN w.hole IS NOT NULL THEN w.hole
    ELSE CASE both(state__attending, form__full_time, stage__to_bachelor) WHEN 1 THEN scaled(tuition, 2) WHEN 0 THEN 0
        ELSE both(state__attending, form__full_time, stage__to_bachelor) END END)) AS fen
FROM counted c LEFT JOIN w_school_enrolment w ON w.h = c.h AND w.p = c.p GROUP BY c.h;
CREATE UNIQUE INDEX schooled_h ON schooled (h);
CREATE TABLE sum AS
SELECT w.*, coalesce(strict(t.fen, coalesce(s.fen, 0)), t.fen + s.fen, 0) AS rigid_expense, coalesce(strict(income), income * 12) AS annual_income,
    rounded(coalesce(s.fen, 0), 12) AS monthly_schooling,
    coalesce(strict(income, household_size), rounded(rounded(income * 100, household_size), 100)) AS income_per_head,
    coalesce(strict(household_size, income_limit), income_limit * household_size) AS income_most,
    coalesce(strict(household_size, money_limit), money_limit * household_size) AS money_most,
    coalesce(strict(household_size, dibao_standard), dibao_standard * household_size) AS standard_most
FROM whole w JOIN treated t ON t.h = w.h AND t.n = 99 LEFT JOIN schooled s ON s.h = w.h;
CREATE UNIQUE INDEX sum_h ON sum (h);
ALTER TABLE sum ADD COLUMN income_over;
ALTER TABLE sum ADD COLUMN money_sure;
ALTER TABLE sum ADD COLUMN money_over;
UPDATE sum SET income_over = either(gt(certain_income, income_most), gt(income, income_most),
        both(eq(income_limit_held, 'no'), either(eq(certain_income, income_most), eq(income, income_most)))),
    money_sure = (SELECT coalesce(strict(money_most), CASE WHEN o.why IS NULL OR (o.fen > money_most AND NOT o.below) THEN o.fen > money_most ELSE o.why END)
        FROM over o WHERE o.h = sum.h AND o.name = 'deposits');
UPDATE sum SET money_over = either(money_sure, gt(financial_assets, money_most), both(eq(money_limit_held, 'no'), eq(financial_assets, money_most)));
