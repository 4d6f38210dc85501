-- The rules of the common core: one line for each thing a rule asks about, and what is found.
CREATE TABLE rule (id TEXT PRIMARY KEY, programmes TEXT, states TEXT);
INSERT INTO rule
SELECT column1, ' ' || CASE column2 WHEN '' THEN 'dibao' ELSE column2 END || ' ', ' ' || CASE column3 WHEN '' THEN 'applying receiving' ELSE column3 END || ' '
FROM (VALUES ('N-MEM-01', '', ''), ('N-MEM-02', '', ''), ('N-MEM-03', '', ''), ('N-MEM-04', '', ''), ('N-MEM-05', '', ''), ('N-MEM-06', '', ''),
    ('N-INC-01', 'dibao low_edge', ''), ('N-INC-02', 'dibao low_edge rigid_expense', ''), ('N-INC-03', '', ''), ('N-INC-04', '', 'receiving'),
    ('N-CON-01', '', 'receiving'), ('N-CON-02', '', 'receiving'), ('N-CON-03', 'dibao low_edge', 'receiving'), ('N-CON-04', 'dibao low_edge tekun', ''),
    ('N-CON-05', 'dibao low_edge', ''), ('N-BIZ-01', 'dibao low_edge', ''), ('N-BIZ-02', 'dibao low_edge', ''),
    ('N-MON-01', 'dibao low_edge rigid_expense', ''), ('N-MON-02', 'dibao low_edge rigid_expense', ''), ('N-MON-03', 'dibao low_edge rigid_expense', ''),
    ('N-LOW-01', '', ''), ('N-LOW-02', 'low_edge', ''), ('N-LOW-03', 'dibao low_edge', ''),
    ('N-RIG-01', 'dibao low_edge', 'applying'), ('N-RIG-02', 'dibao low_edge rigid_expense', 'applying'), ('N-RIG-03', 'rigid_expense', 'receiving'),
    ('N-HOME-01', 'dibao low_edge rigid_expense', ''), ('N-HOME-02', 'dibao low_edge rigid_expense', ''), ('N-HOME-03', 'dibao low_edge', ''),
    ('N-HOME-04', 'dibao low_edge', ''), ('N-VEH-01', 'dibao low_edge rigid_expense', ''), ('N-VEH-02', 'dibao low_edge rigid_expense', ''), ('N-VEH-03', '', ''),
    ('N-SUP-01', 'dibao low_edge', ''), ('N-OUT-01', 'low_edge rigid_expense', 'applying receiving exited'),
    ('N-OUT-02', 'low_edge rigid_expense', 'applying receiving exited'), ('N-OUT-03', 'dibao', 'exited'));
CREATE TABLE found (h TEXT, rule TEXT, p TEXT, v);
-- of every member, or those whom the caseload counts, or does not
INSERT INTO found
SELECT h, w.column1, p, CASE w.column1 WHEN 'N-MEM-01' THEN confirmed_dead WHEN 'N-MEM-02' THEN confined
    WHEN 'N-MEM-03' THEN both(eq(conscript_left_out, 'yes'), conscript) WHEN 'N-OUT-01' THEN severely_disabled WHEN 'N-OUT-02' THEN seriously_ill
    WHEN 'N-MEM-04' THEN both(either(eq(relation, 'spouse'), both(eq(relation, 'child'), either(lt(age, 18), studying))),
        isnt(confirmed_dead), isnt(confined), isnt(both(eq(conscript_left_out, 'yes'), conscript)))
    ELSE both(gt(adult_child_age, 0), eq(relation, 'child'), ge(age, 18), lt(age, adult_child_age), coalesce((SELECT any_of(coalesce(s.hole,
        both(isnt(status__married), eq(s.status, '10')))) FROM w_marital_status s WHERE s.h = o.h AND s.p = o.p), 0)) END
FROM one o, (VALUES ('N-MEM-01', 1), ('N-MEM-02', 1), ('N-MEM-03', 1), ('N-MEM-04', 0), ('N-MEM-05', 0), ('N-OUT-01', 2), ('N-OUT-02', 2)) w
WHERE w.column2 = 2 OR o.counted = w.column2
UNION ALL SELECT h, w.column1, '', hole
FROM hh, (VALUES ('N-MEM-01'), ('N-MEM-02'), ('N-MEM-03'), ('N-MEM-04'), ('N-MEM-05'), ('N-OUT-01'), ('N-OUT-02')) w WHERE hole IS NOT NULL;
-- of those who count: what their rows say
CREATE TABLE asks (h TEXT, p TEXT, name TEXT, v);
INSERT INTO asks
SELECT w.h, w.p, 'moved', any_of(coalesce(hole, both(isnt(none(moved_in_on)), CASE moved_in_on WHEN '' THEN 0
    ELSE gt(moved_in_on, later(day, coalesce(strict(moved_in_years), -12 * moved_in_years))) END)))
FROM run, w_household_register w JOIN known k ON k.h = w.h GROUP BY w.h, w.p
UNION ALL SELECT w.h, w.p, 'began', any_of(coalesce(hole, both(isnt(none(work_began_on)), CASE work_began_on WHEN '' THEN 0
    ELSE both(le(work_began_on, day), gt(later(work_began_on, grace_months), day)) END)))
FROM run, w_unemployment_benefit w JOIN known k ON k.h = w.h GROUP BY w.h, w.p
UNION ALL SELECT h, p, 'near', any_of(coalesce(hole, both(coalesce(strict(official_kind), official_kind IN ('handler', 'village')), assume(kinship__near, 1))))
FROM w_near_relative GROUP BY h, p
UNION ALL SELECT w.h, w.p, 'dear school', any_of(coalesce(hole, both(state__attending, either(ownership__abroad, both(ownership__private, isnt(stage__compulsory),
    isnt(eq(stage, 'kindergarten')), gt(scaled(tuition, 2), disposable_income))))))
FROM w_school_enrolment w JOIN known k ON k.h = w.h GROUP BY w.h, w.p
UNION ALL SELECT h, p, 'manages', any_of(coalesce(hole, both(registration_status__in_business, role__manages, isnt(assume(company_kind__cooperative, 0)))))
FROM w_company_role GROUP BY h, p
UNION ALL SELECT h, p, 'trades', any_of(coalesce(hole, registration_status__in_business)) FROM w_sole_trader GROUP BY h, p
UNION ALL SELECT h, p, 'excused', any_of(coalesce(hole, both(eq(about, 'business'), now))) FROM spared GROUP BY h, p
UNION ALL SELECT h, p, 'money excused', any_of(coalesce(hole, both(eq(about, 'money'), now))) FROM spared GROUP BY h, p
UNION ALL SELECT h, p, 'bank says', any_of(coalesce(hole, either(person_over, household_over))) FROM w_bank_verdict GROUP BY h, p
UNION ALL SELECT h, p, 'refused', coalesce(strict(refusals), CASE WHEN certain >= refusals THEN 1 WHEN open > 0 AND (more > 0 OR certain + open >= refusals) THEN why ELSE 0 END)
FROM (SELECT h, p, refusals, sum(typeof(yes) = 'integer' AND yes) AS certain, sum(typeof(yes) = 'text') AS open, sum(more) AS more, why_of(yes) AS why
    FROM (SELECT w.h, w.p, refusals, hole IS NOT NULL AS more, coalesce(hole, both(kind__work, isnt(good_reason), le(refused_on, day))) AS yes
        FROM run, w_refusal w JOIN known k ON k.h = w.h) GROUP BY h, p);
CREATE UNIQUE INDEX asks_p ON asks (h, p, name);
INSERT INTO found
SELECT c.h, w.column1, c.p, coalesce(c.el, CASE w.column1 WHEN 'N-INC-02' THEN either(gt(income_at_least, declared),
        gt(coalesce(strict(registered_income, job_cost), registered_income - job_cost), declared))
    WHEN 'N-INC-03' THEN both(ge(age, works_from), le(age, works_to), eq(registered_income, 0), eq(declared, 0), isnt(studying), isnt(severely_disabled), isnt(seriously_ill))
    WHEN 'N-LOW-02' THEN either(severely_disabled, seriously_ill)
    WHEN 'N-BIZ-01' THEN both(either(coalesce(a.v, 0), coalesce((SELECT v FROM asks b WHERE b.h = c.h AND b.p = c.p AND b.name = 'trades'), 0)),
        isnt(assume(coalesce((SELECT v FROM asks b WHERE b.h = c.h AND b.p = c.p AND b.name = 'excused'), 0), 0)))
    WHEN 'N-MEM-06' THEN both(gt(moved_in_years, 0), coalesce(a.v, 0)) WHEN 'N-CON-01' THEN coalesce(a.v, strict(refusals), 0) ELSE coalesce(a.v, 0) END)
FROM (VALUES ('N-INC-02', ''), ('N-INC-03', ''), ('N-LOW-02', ''), ('N-MEM-06', 'moved'), ('N-INC-04', 'began'), ('N-CON-04', 'near'),
        ('N-CON-05', 'dear school'), ('N-MON-02', 'bank says'), ('N-CON-01', 'refused'), ('N-BIZ-01', 'manages')) w, counted c
    LEFT JOIN one o ON o.h = c.h AND o.p = c.p LEFT JOIN asks a ON a.h = c.h AND a.p = c.p AND a.name = w.column2;

-- rows one by one; three years back, or since the benefit began, or in a month that was paid
CREATE TABLE bought AS
SELECT w.h, w.p, 'N-HOME-03' AS rule, w.hole, registered_on AS day, CASE WHEN w.hole IS NULL THEN both(state__owned, use__residential,
    coalesce(strict(nature), nature NOT IN ('resettlement', 'public_rental', 'self_built'))) END AS first
FROM w_real_estate w JOIN person o ON o.h = w.h AND o.p = w.p AND o.counted
UNION ALL SELECT w.h, w.p, 'N-HOME-04', w.hole, signed_on, CASE WHEN w.hole IS NULL THEN both(state__binding, isnt(state__registered)) END
FROM w_presale_contract w JOIN person o ON o.h = w.h AND o.p = w.p AND o.counted;
INSERT INTO found
SELECT b.h, b.rule, b.p, coalesce(b.hole, both(b.first, le(b.day, r.day), either(ge(b.day, k.bought_since),
    CASE h.status WHEN 'receiving' THEN ge(b.day, begins(h.benefit_from)) ELSE 0 END,
    (SELECT any_of(coalesce(l.el, both(le(begins(l.key), b.day), le(b.day, ends(l.key))))) FROM listed l WHERE l.h = b.h AND l.name = 'paid_months'))))
FROM run r, bought b JOIN hh h ON h.h = b.h JOIN known k ON k.h = b.h
UNION ALL SELECT h, column1, '', hole FROM hh, (VALUES ('N-HOME-03'), ('N-HOME-04')) WHERE hole IS NOT NULL
UNION ALL SELECT l.h, 'N-VEH-01', l.p, coalesce(l.el, eq(k.car_price_limit, 0)) FROM listed l JOIN known k ON k.h = l.h WHERE l.name = 'cars'
UNION ALL SELECT h, 'N-SUP-01', p, coalesce(hole, gt(counts, 0)) FROM owes;

-- cars: more than one, or one that was dear; the price is known by the tax that was paid
CREATE TABLE taxed AS
SELECT l.h, l.key AS plate, coalesce(w.hole, eq(w.plate_no, l.key)) AS same, CASE WHEN w.hole IS NULL THEN scaled(w.invoice_price, 2) END AS price, o.p AS place, w.line
FROM listed l JOIN person o ON o.h = l.h AND o.counted JOIN w_vehicle_tax w ON w.h = o.h AND w.p = o.p WHERE l.name = 'cars' AND l.el IS NULL
UNION ALL SELECT l.h, l.key, h.hole, NULL, NULL, NULL FROM listed l JOIN hh h ON h.h = l.h AND h.hole IS NOT NULL WHERE l.name = 'cars' AND l.el IS NULL;
CREATE TABLE priced AS
SELECT l.h, coalesce(l.el, ge(coalesce((SELECT why_of(t.same) FROM taxed t WHERE t.h = l.h AND t.plate = l.key),
    (SELECT t.price FROM taxed t WHERE t.h = l.h AND t.plate = l.key AND t.same = 1 ORDER BY t.place, t.line LIMIT 1), '?evaluation|||'), k.car_price_limit)) AS yes
FROM listed l JOIN known k ON k.h = l.h WHERE l.name = 'cars';

-- Months of benefit, one after another: each run of them, and the day it ended. A row that may be of
-- any month leaves all open, a month that may have been paid the run it stands in.
CREATE TABLE paid AS
SELECT w.h, w.hole, substr(w.month, 1, 4) * 12 + substr(w.month, 6, 2) - 1 AS month, CASE WHEN substr(w.month, 1, 1) = '?' THEN w.month END AS open,
    CASE WHEN w.hole IS NOT NULL THEN NULL WHEN w.state = 'pending' THEN '?bad_field|dibao_payment|state|' || w.who WHEN w.state = '' THEN 0
        ELSE coalesce(strict(w.state), w.state = 'paid') END AS yes
FROM w_dibao_payment w JOIN person o ON o.h = w.h AND o.p = w.p AND o.counted;
CREATE TABLE stretch AS
WITH one_month AS (SELECT h, month, max(yes IS 1) AS sure FROM paid WHERE hole IS NULL AND open IS NULL AND yes IS NOT 0 GROUP BY h, month)
SELECT h, max(month) AS last, min(sure) AS sure
FROM (SELECT *, month - row_number() OVER (PARTITION BY h ORDER BY month) AS island FROM one_month) GROUP BY h, island;
CREATE TABLE ended AS
SELECT h.h, coalesce((SELECT why_of(coalesce(p.hole, p.open, 0)) FROM (SELECT h, hole, open FROM paid UNION ALL SELECT h, hole, NULL FROM hh WHERE hole IS NOT NULL) p WHERE p.h = h.h),
    (SELECT any_of(CASE WHEN s.sure THEN both(le(e.day, r.day), gt(e.day, later(r.day, coalesce(strict(k.recent_exit_months), -k.recent_exit_months))))
            ELSE (SELECT why_of(yes) FROM paid p WHERE p.h = h.h) END)
        FROM stretch s JOIN (SELECT rowid AS n, ends(printf('%04d-%02d', last / 12, last % 12 + 1)) AS day FROM stretch) e ON e.n = s.rowid WHERE s.h = h.h)) AS v
FROM run r, hh h JOIN known k ON k.h = h.h WHERE h.status = 'exited';
-- Months that nobody collected.
CREATE TABLE left_there AS
SELECT w.h, w.month, CASE WHEN w.hole IS NULL THEN both(w.state__paid, gt(w.collected_on, day), lt(ends(w.month), day),
    ge(begins(w.month), later(substr(day, 1, 8) || '01', coalesce(strict(uncollected_months), -uncollected_months)))) END AS yes, w.hole
FROM run, w_dibao_payment w JOIN person o ON o.h = w.h AND o.p = w.p AND o.counted JOIN known k ON k.h = w.h
UNION ALL SELECT h, NULL, NULL, hole FROM hh WHERE hole IS NOT NULL;
CREATE TABLE uncollected AS
SELECT h, count(DISTINCT CASE WHEN hole IS NULL AND yes = 1 THEN month END) AS certain, why_of(coalesce(hole, strict(yes))) AS why FROM left_there GROUP BY h;

-- of the household as a whole
INSERT INTO found
SELECT s.h, w.column1, '', CASE w.column1
    WHEN 'N-INC-01' THEN both(gt(household_size, 0), income_over)
    WHEN 'N-MON-01' THEN both(gt(household_size, 0), money_over, isnt(assume((SELECT any_of(coalesce(c.el, x.v, 0)) FROM counted c
        LEFT JOIN asks x ON x.h = c.h AND x.p = c.p AND x.name = 'money excused' WHERE c.h = s.h), 0)))
    WHEN 'N-MON-03' THEN either((SELECT coalesce(strict(property), CASE WHEN o.why IS NULL OR (o.fen > property AND NOT o.below) THEN o.fen > property ELSE o.why END)
        FROM over o WHERE o.h = s.h AND o.name = 'deposits'), gt(financial_assets, property))
    WHEN 'N-BIZ-02' THEN either(gt(capital_total, capital_limit), (SELECT coalesce(strict(capital_limit), CASE WHEN o.why IS NULL OR (o.fen > capital_limit AND NOT o.below)
        THEN o.fen > capital_limit ELSE o.why END) FROM over o WHERE o.h = s.h AND o.name = 'capital'), both(eq(capital_limit_held, 'no'), eq(capital_total, capital_limit)))
    WHEN 'N-LOW-01' THEN both(gt(household_size, 0), ge(income, standard_most), lt(income, coalesce(strict(low_edge_standard, household_size), low_edge_standard * household_size)), isnt(money_over))
    WHEN 'N-LOW-03' THEN both(gt(household_size, 0), (SELECT all_of(coalesce(c.el, o.no_labour)) FROM counted c LEFT JOIN one o ON o.h = c.h AND o.p = c.p WHERE c.h = s.h),
        lt(income, standard_most), isnt(money_over), (SELECT all_of(coalesce(o.hole, either(o.unable, le(o.per_head, o.support_free)))) FROM owes o WHERE o.h = s.h))
    WHEN 'N-RIG-01' THEN both(gt(household_size, 0), lt(annual_income, yearly), income_over, isnt(money_over), either(gt(rigid_expense, share),
        both(eq(rigid_ratio_enough, 'yes'), eq(rigid_expense, share))))
    WHEN 'N-RIG-02' THEN both(gt(household_size, 0), lt(annual_income, yearly), isnt(money_over), (SELECT all_of(coalesce(strict(t.fen),
        lt(coalesce(strict(income, t.fen, monthly_schooling), income - t.fen - monthly_schooling), standard_most))) FROM treated t WHERE t.h = s.h AND t.n < 99),
        (SELECT any_of(coalesce(strict(t.fen), gt(coalesce(strict(monthly_schooling), t.fen + monthly_schooling), 0))) FROM treated t WHERE t.h = s.h AND t.n < 99))
    WHEN 'N-RIG-03' THEN le(later(begins(benefit_from), rigid_valid_months), day)
    WHEN 'N-CON-02' THEN coalesce(strict(uncollected_months), (SELECT CASE WHEN u.certain >= uncollected_months THEN 1 ELSE coalesce(u.why, 0) END FROM uncollected u WHERE u.h = s.h), 0)
    WHEN 'N-CON-03' THEN le(later(checked_on, recheck), day)
    WHEN 'N-HOME-01' THEN both(gt(household_size, 0), either(CASE WHEN homes >= 3 THEN 1 ELSE coalesce(homes_why, 0) END,
        both(CASE WHEN homes >= 2 THEN 1 ELSE coalesce(homes_why, 0) END, coalesce(strict(room), (SELECT CASE WHEN o.why IS NULL OR (o.fen > room AND NOT o.below) THEN o.fen > room ELSE o.why END
            FROM over o WHERE o.h = s.h AND o.name = 'homes')))))
    WHEN 'N-HOME-02' THEN either((SELECT CASE WHEN l.certain THEN 1 ELSE coalesce(l.why, 0) END FROM listing l WHERE l.h = s.h AND l.name = 'premises'),
        both((SELECT any_of(coalesce(l.el, eq(l.b, 'mixed'))) FROM listed l WHERE l.h = s.h AND l.name = 'homes'), CASE WHEN homes >= 2 THEN 1 ELSE coalesce(homes_why, 0) END))
    WHEN 'N-VEH-02' THEN (SELECT CASE v WHEN '?evaluation|||' THEN '?no_record|vehicle_tax||' ELSE v END FROM (SELECT both(gt(car_price_limit, 0), either((SELECT CASE WHEN l.certain >= 2 THEN 1 ELSE coalesce(l.why, 0) END FROM listing l WHERE l.h = s.h AND l.name = 'cars'),
        (SELECT any_of(p.yes) FROM priced p WHERE p.h = s.h))) AS v))
    WHEN 'N-VEH-03' THEN either((SELECT any_of(coalesce(w.hole, both(state__owned, boat_kind__operating))) FROM w_boat w JOIN person o ON o.h = w.h AND o.p = w.p AND o.counted WHERE w.h = s.h),
        (SELECT any_of(coalesce(w.hole, both(state__owned, machine_kind__large))) FROM w_agricultural_machine w JOIN person o ON o.h = w.h AND o.p = w.p AND o.counted WHERE w.h = s.h), coalesce(hole, 0))
    WHEN 'N-OUT-03' THEN either((SELECT any_of(coalesce(w.hole, both(eq(benefit_kind, 'dibao'), isnt(state__drawing), isnt(none(benefit_until)), CASE benefit_until WHEN '' THEN 0
            ELSE both(le(ends(benefit_until), day), gt(ends(benefit_until), later(day, coalesce(strict(recent_exit_months), -recent_exit_months)))) END)))
        FROM w_civil_benefit w JOIN person o ON o.h = w.h AND o.p = w.p AND o.counted WHERE w.h = s.h), coalesce(hole, 0), coalesce((SELECT v FROM ended e WHERE e.h = s.h), 0)) END
FROM run, (SELECT s.*, coalesce(strict(household_size, disposable_income), disposable_income * household_size) AS yearly,
        coalesce(strict(annual_income, rigid_ratio), rounded(annual_income * rigid_ratio, 1000000)) AS share,
        coalesce(strict(household_size, housing_area), housing_area * household_size) AS room, l.certain AS homes, l.why AS homes_why,
        coalesce((SELECT p.v FROM param p WHERE p.h = s.h AND p.name = 'recheck_months' AND substr(p.v, 1, 1) = '?' LIMIT 1), strict(review_class),
            (SELECT p.v FROM param p WHERE p.h = s.h AND p.name = 'recheck_months' AND p.key = review_class), '?evaluation|||') AS recheck
    FROM sum s JOIN listing l ON l.h = s.h AND l.name = 'homes') s,
    (VALUES ('N-INC-01'), ('N-MON-01'), ('N-MON-03'), ('N-BIZ-02'), ('N-LOW-01'), ('N-LOW-03'), ('N-RIG-01'), ('N-RIG-02'), ('N-RIG-03'), ('N-CON-02'), ('N-CON-03'),
        ('N-HOME-01'), ('N-HOME-02'), ('N-VEH-02'), ('N-VEH-03'), ('N-OUT-03')) w;

-- Where a rule applies; of a household whose own row is contradicted not even that is known.
DELETE FROM found WHERE NOT EXISTS (SELECT 1 FROM rule r JOIN hh ON hh.h = found.h WHERE r.id = found.rule
    AND instr(r.programmes, ' ' || hh.programme || ' ') AND instr(r.states, ' ' || hh.status || ' '));
INSERT INTO found SELECT c.id, r.id, '', '?caseload|caseload_household||' FROM contradicted c, rule r;
CREATE INDEX found_h ON found (h, rule);
