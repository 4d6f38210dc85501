"""The rules of cleanup-2014, said again in Python from the texts of their YAML. True, False, or
None: nobody knows. A list that is `open` may have further elements."""
import datetime
from fractions import Fraction

from cells import ABSENT, UNKNOWN, Code

COVERED, TAGS = {}, {}
# the layouts whose rows are asked for here
FEEDS = ('household_register', 'death_cremation', 'death_certificate', 'death_suspected',
         'pension', 'pension_resident', 'unemployment_benefit', 'housing_fund', 'income_tax',
         'company_role', 'sole_trader', 'real_estate', 'vehicle', 'exemption', 'marriage',
         'school_enrolment', 'contribution', 'dibao_payment')
# those of a county's own, which rules FILE-01 and so on ask in this order
OWN_FEEDS = ('grain_subsidy', 'forest_subsidy', 'relocation_subsidy', 'repair_subsidy',
             'herd_subsidy', 'tool_subsidy', 'fuel_subsidy', 'land_rent')


class List(list):
    open = False


def all_of(values):
    values = list(values)
    return False if False in values else None if None in values else True


def any_of(values):
    values = list(values)
    return True if True in values else None if None in values else False


def no(value):
    return None if value is None else not value


def assume(value, otherwise):
    return otherwise if value is None else value


def exists(rows, condition):
    return any_of([condition(row) for row in rows] + ([None] if rows.open else []))


def filtered(rows, condition):
    found = List()
    found.open = rows.open
    for row in rows:
        answer = condition(row)
        if answer:
            found.append(row)
        elif answer is None:
            found.open = True
    return found


def has(value):
    return None if value is UNKNOWN else value != ABSENT


def is_(value, attribute):
    """An attribute of a code; a list that does not give it gives no judgement."""
    return value.is_(attribute) if isinstance(value, Code) else None


def kind(value, *wanted):
    found = value.entry.get('kind') if isinstance(value, Code) else None
    return None if found is None else found in wanted


def about(value, what):
    found = value.entry.get('about') if isinstance(value, Code) else None
    return None if found is None else found == what


def compare(one, other, test):
    if one in (UNKNOWN, ABSENT) or other in (UNKNOWN, ABSENT):
        return None
    return test(one, other)


def before(one, other):
    return compare(one, other, lambda a, b: a <= b)


def months(since, until):
    """Whole months from a day to another; the last is whole once its day is reached, or the month's
    end if it has no such day."""
    if since in (UNKNOWN, ABSENT):
        return None
    if since > until:
        return -months(until, since)
    whole = (until.year - since.year) * 12 + until.month - since.month
    ends = (until + datetime.timedelta(days=1)).day == 1
    return whole - (until.day < since.day and not ends)


def within(since, until, limit):
    return compare(months(since, until), limit, lambda a, b: a <= b)


def last_day(month):
    if month in (UNKNOWN, ABSENT) or month.year == 9999:
        return month
    return (month + datetime.timedelta(days=31)).replace(day=1) - datetime.timedelta(days=1)


def rule(name, each=None, tag=False, receiving=False):
    def put(judge):
        COVERED[name] = (judge, each, receiving)
        if tag:
            TAGS[name] = True
        return judge
    return put


# Deaths

def confirmed_dead(m, _):
    def near(r, c):
        return all_of([has(r['died_on']), compare(r['died_on'], c['died_on'],
                                                  lambda a, b: abs((b - a).days) <= 7)])

    def by_reason(r):
        return all_of([has(r['cancel_reason']), is_(r['cancel_reason'], 'death')])
    return any_of([exists(m['household_register'], by_reason),
                   exists(m['household_register'], lambda r: all_of([
                       has(r['died_on']), exists(m['death_cremation'], lambda c: near(r, c))]))])


def any_death_source(m, _):
    return any_of([
        exists(m['death_cremation'], lambda c: True),
        exists(m['household_register'], lambda r: has(r['died_on'])),
        exists(m['household_register'],
               lambda r: all_of([r['cancel_flag'], no(has(r['cancel_reason']))]))])


def pension_ended(m):
    def dead(p):
        return all_of([has(p['end_reason']), is_(p['end_reason'], 'death')])
    return exists(m['pension'], dead), exists(m['pension_resident'], dead)


def told_elsewhere(m, w):
    return assume(any_of([confirmed_dead(m, w), any_death_source(m, w)]), False)


def verified_alive(m):
    return assume(exists(m['death_suspected'], lambda s: no(is_(s['verified'], 'death'))), False)


def certified(m):
    return exists(m['death_certificate'], lambda c: True)


def unless(condition, *exceptions):
    return all_of([condition, *[no(exception) for exception in exceptions]])


rule('DEATH-01', 'member')(confirmed_dead)


@rule('DEATH-02', 'member')
def death_02(m, w):
    return all_of([no(confirmed_dead(m, w)), any_death_source(m, w)])


@rule('DEATH-03', 'member')
def death_03(m, w):
    return unless(certified(m), told_elsewhere(m, w), verified_alive(m))


@rule('DEATH-04', 'member')
def death_04(m, w):
    return unless(any_of(pension_ended(m)), told_elsewhere(m, w), verified_alive(m))


@rule('DEATH-05', 'member')
def death_05(m, w):
    ended, resident = pension_ended(m)
    listed = all_of([
        exists(m['death_suspected'], lambda s: assume(is_(s['verified'], 'death'), True)),
        no(exists(m['death_suspected'], lambda s: assume(no(is_(s['verified'], 'death')), False)))])
    return unless(listed, any_of([told_elsewhere(m, w), assume(certified(m), False),
                                  assume(ended, False), assume(resident, False)]))


# Exemptions on record

def exempt(m, w, what, fits=lambda x: True):
    return assume(exists(m['exemption'], lambda x: all_of([
        about(x['kind'], what), before(x['since'], w.as_of), before(w.as_of, x['until']),
        fits(x)])), False)


def fits_object(x, value):
    return compare(x['object'], value, lambda a, b: a == b)


@rule('VEH-01', 'vehicle')
def veh_01(v, w):
    status = v['status']
    owned = None if status in (UNKNOWN, ABSENT) else all_of(is_(s, 'owned') for s in status)
    return unless(all_of([kind(v['vehicle_type'], 'passenger', 'goods'), owned]),
                  exempt(v.member, w, 'vehicle', lambda x: any_of([
                      no(has(x['object'])), fits_object(x, v['plate_no'])])))


@rule('BIZ-01', 'member')
def biz_01(m, w):
    return unless(exists(m['company_role'], lambda r: all_of([
        is_(r['registration_status'], 'in_business'), is_(r['role'], 'manages')])),
        exempt(m, w, 'business'))


@rule('BIZ-02', 'member')
def biz_02(m, w):
    return unless(exists(m['sole_trader'], lambda t: is_(t['registration_status'], 'in_business')),
                  exempt(m, w, 'business'))


# Money that comes in

def drawn_pension(p, w):
    return all_of([is_(p['payment_state'], 'drawing'),
                   assume(within(p['paid_month'], w.as_of, w.number('recent_months')), True)])


def drawn_unemployment(u, w):
    return all_of([is_(u['state'], 'drawing'),
                   assume(before(w.as_of, last_day(u['benefit_until'])), True)])


@rule('PENSION-01', 'member')
def pension_01(m, w):
    return exists(m['pension'], lambda p: drawn_pension(p, w))


@rule('UNEMP-01', 'member')
def unemp_01(m, w):
    return exists(m['unemployment_benefit'], lambda u: drawn_unemployment(u, w))


@rule('FUND-01', 'member')
def fund_01(m, w):
    return exists(m['housing_fund'], lambda f: all_of([
        is_(f['state'], 'paying'),
        assume(within(f['paid_to'], w.as_of, w.number('recent_months')), True),
        no(assume(all_of([has(f['closed_on']), before(f['closed_on'], w.as_of)]), False))]))


def total(rows, column):
    values = [row[column] for row in rows]
    return None if rows.open or any(v in (UNKNOWN, ABSENT) for v in values) else sum(values)


def sum_over(members, value, limit):
    """Over the limit by what is known already, or not over it and everything known."""
    values = [value(m) for m in members]
    known = sum(v for v in values if v is not None)
    if limit is None:
        return None
    return True if known > limit else None if members.open or None in values else False


def declared(m):
    return None if m.row['declared_income'] in (UNKNOWN, ABSENT) else m.row['declared_income']


def found_income(m, w):
    pension = total(filtered(m['pension'], lambda p: drawn_pension(p, w)), 'monthly_amount')
    benefit = total(filtered(m['unemployment_benefit'], lambda u: drawn_unemployment(u, w)),
                    'monthly_amount')
    parts = [declared(m), pension, benefit]
    return None if None in parts else max(parts[0], parts[1] + parts[2])


def reaches(h, w, value):
    standard = w.standard(h)
    if h.counted.open:
        limit = None  # nobody knows how many they are
    else:
        limit = None if standard is None else standard * len(h.counted) - 1
    some = None if h.counted.open and not h.counted else bool(h.counted)
    return all_of([some, sum_over(h.counted, value, limit)])


@rule('INC-01')
def inc_01(h, w):
    return reaches(h, w, declared)


@rule('INC-02')
def inc_02(h, w):
    return unless(reaches(h, w, lambda m: found_income(m, w)),
                  assume(reaches(h, w, declared), False))


@rule('INC-03')
def inc_03(h, w):
    rows = filtered(h['income_tax'], lambda t: all_of([
        kind(t['income_item'], 'wage'), within(t['period_to'], w.as_of, 12)]))
    wages, standard = total(rows, 'income'), w.standard(h)
    some = None if h.counted.open and not h.counted else bool(h.counted)
    enough = None
    if None not in (wages, standard) and not h.counted.open:
        enough = Fraction(wages) >= standard * 12 * len(h.counted)
    return all_of([some, enough])


# Homes

def standing(h, w, use):
    return filtered(h['real_estate'], lambda r: all_of([
        is_(r['state'], 'owned'), use(r),
        no(exempt(r.member, w, 'real_estate', lambda x: all_of([
            has(x['object']), fits_object(x, r['certificate_no'])])))]))


def differs(a, b, column):
    return compare(a[column], b[column], lambda x, y: x != y)


@rule('HOME-01')
def home_01(h, w):
    homes = standing(h, w, lambda r: is_(r['use'], 'residential'))
    return exists(homes, lambda a: exists(homes, lambda b: all_of([
        differs(a, b, 'certificate_no'), differs(a, b, 'unit_no')])))


@rule('HOME-02')
def home_02(h, w):
    found = standing(h, w, lambda r: any_of([is_(r['use'], 'non_residential'),
                                             is_(r['use'], 'parking')]))
    return exists(found, lambda r: True)


# Key categories: reasons to look, no flags

@rule('DIV-01', 'member', tag=True)
def div_01(m, _):
    def again(d, w):
        return all_of([is_(w['event'], 'married'), no(is_(w['event'], 'reissue')),
                       compare(w['registered_on'], d['registered_on'], lambda a, b: a > b)])
    return exists(m['marriage'], lambda d: all_of([
        is_(d['event'], 'divorced'), no(exists(m['marriage'], lambda w: again(d, w)))]))


@rule('MOVE-01', 'member', tag=True)
def move_01(m, w):
    return exists(m['household_register'], lambda r: any_of([
        all_of([has(r['cancel_reason']), is_(r['cancel_reason'], 'moved')]),
        assume(all_of([has(r['moved_out_on']), before(r['moved_out_on'], w.as_of)]), False)]))


@rule('AWAY-01', 'member', tag=True)
def away_01(m, _):
    area = m.household.row['area_code']
    return exists(m['household_register'], lambda r: all_of([
        no(r['cancel_flag']),
        compare(area, r['area_code'], lambda a, b: not a.startswith(b) and not b.startswith(a))]))


@rule('GRAD-01', 'member', tag=True)
def grad_01(m, w):
    return all_of([
        exists(m['school_enrolment'], lambda e: all_of([
            is_(e['state'], 'graduated'), is_(e['stage'], 'senior')])),
        exists(m['contribution'], lambda c: all_of([
            is_(c['insured_as'], 'employed'), no(is_(c['insured_as'], 'public_post')),
            within(c['month'], w.as_of, w.number('recent_months'))]))])


@rule('WORK-01', 'member', tag=True)
def work_01(m, w):
    counts = [all_of([is_(c['insured_as'], 'employed'), no(is_(c['insured_as'], 'public_post')),
                      is_(c['insurance_kind'], 'pension'), is_(c['insurance_kind'], 'employee'),
                      within(c['month'], w.as_of, 12)]) for c in m['contribution']]
    limit = w.number('long_work_months')
    if counts.count(True) >= limit:
        return True
    if m['contribution'].open:
        return None
    return None if counts.count(True) + counts.count(None) >= limit else False


@rule('LONG-01', tag=True, receiving=True)
def long_01(h, w):
    limit = w.number('long_benefit_months')
    long = compare(months(h.row['benefit_from'], w.as_of), limit, lambda a, b: a >= b)
    return unless(long, assume(exists(h['dibao_payment'], lambda p: all_of([
        is_(p['state'], 'stopped'),
        compare(months(p['month'], w.as_of), limit, lambda a, b: a < b)])), False))


@rule('SIZE-01', tag=True)
def size_01(h, w):
    if len(h.counted) >= w.number('key_household_size'):
        return True
    return None if h.counted.open else False


# A county's own subsidies

def subsidy(feed):
    return lambda h, _: exists(h[feed], lambda s: compare(s['amount'], 0, lambda a, b: a > b))


for number, name in enumerate(OWN_FEEDS, 1):
    rule(f'FILE-{number:02}', tag=True)(subsidy(name))
