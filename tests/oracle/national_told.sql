-- Every value as its rule in the pack "told" tells it: nothing of what is 0 or false.
CREATE TABLE value (name TEXT, h TEXT, p TEXT, v, kind TEXT);
INSERT INTO value
SELECT w.column1, h, p, CASE w.column1 WHEN 'confirmed_dead' THEN confirmed_dead WHEN 'confined' THEN confined WHEN 'conscript' THEN conscript
    WHEN 'set_aside' THEN set_aside WHEN 'studying' THEN studying WHEN 'severely_disabled' THEN severely_disabled WHEN 'seriously_ill' THEN seriously_ill
    WHEN 'no_labour' THEN no_labour WHEN 'age' THEN age WHEN 'taxed_wage' THEN taxed_wage WHEN 'taxed_other' THEN taxed_other
    WHEN 'employee_pension' THEN employee_pension WHEN 'resident_pension' THEN resident_pension WHEN 'unemployment' THEN unemployment
    WHEN 'counted_benefits' THEN counted_benefits WHEN 'job_cost' THEN job_cost WHEN 'registered_income' THEN registered_income
    WHEN 'income_at_least' THEN income_at_least WHEN 'medical_paid' THEN medical_paid WHEN 'deposits' THEN deposits
    WHEN 'securities_held' THEN securities_held WHEN 'policies' THEN policies ELSE capital END, w.column2
FROM one, (VALUES ('confirmed_dead', 'bool'), ('confined', 'bool'), ('conscript', 'bool'), ('set_aside', 'bool'), ('studying', 'bool'),
    ('severely_disabled', 'bool'), ('seriously_ill', 'bool'), ('no_labour', 'bool'), ('age', 'plain'), ('taxed_wage', 'fen'), ('taxed_other', 'fen'),
    ('employee_pension', 'fen'), ('resident_pension', 'fen'), ('unemployment', 'fen'), ('counted_benefits', 'fen'), ('job_cost', 'fen'),
    ('registered_income', 'fen'), ('income_at_least', 'fen'), ('medical_paid', 'fen'), ('deposits', 'fen'), ('securities_held', 'fen'),
    ('policies', 'fen'), ('capital', 'fen')) w;
INSERT INTO value SELECT n.name, h.h, '', h.hole, 'plain' FROM hh h, (SELECT DISTINCT name FROM value) n WHERE h.hole IS NOT NULL;
INSERT INTO value
SELECT w.column1, h, p, coalesce(hole, CASE w.column1 WHEN 'per_head' THEN per_head WHEN 'unable' THEN unable WHEN 'support_due' THEN due ELSE counts END), w.column2
FROM owes, (VALUES ('per_head', 'fen'), ('unable', 'bool'), ('support_due', 'fen'), ('support_counted', 'fen')) w;
INSERT INTO value
SELECT w.column1, h, '', CASE w.column1 WHEN 'household_size' THEN household_size WHEN 'judged_on' THEN judged_on WHEN 'income_months' THEN income_months
    WHEN 'income_period' THEN coalesce(strict(income_first), income_first || ' ' || income_last) WHEN 'support' THEN support WHEN 'income' THEN income
    WHEN 'income_per_head' THEN income_per_head WHEN 'certain_income' THEN certain_income WHEN 'income_over' THEN income_over
    WHEN 'financial_assets' THEN financial_assets WHEN 'money_over' THEN money_over WHEN 'capital_total' THEN capital_total
    WHEN 'rigid_expense' THEN rigid_expense WHEN 'annual_income' THEN annual_income ELSE monthly_schooling END, w.column2
FROM sum, (VALUES ('household_size', 'plain'), ('judged_on', 'plain'), ('income_months', 'plain'), ('income_period', 'plain'), ('support', 'fen'), ('income', 'fen'),
    ('income_per_head', 'fen'), ('certain_income', 'fen'), ('income_over', 'bool'), ('financial_assets', 'fen'), ('money_over', 'bool'), ('capital_total', 'fen'),
    ('rigid_expense', 'fen'), ('annual_income', 'fen'), ('monthly_schooling', 'fen')) w
-- one month of twelve is not to be had of a list of which any is not known
UNION ALL SELECT printf('monthly_medical_%02d', n), h, '', coalesce((SELECT why_of(fen) FROM treated a WHERE a.h = t.h AND a.n < 99), fen), 'fen' FROM treated t WHERE n < 99
UNION ALL SELECT 'counted_members', c.h, c.p, coalesce(c.el, o.who), 'plain' FROM counted c LEFT JOIN one o ON o.h = c.h AND o.p = c.p
UNION ALL SELECT name, h, p, coalesce(el, key), 'plain' FROM listed;
