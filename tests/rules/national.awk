# Invented households for the pack national-common with what they must give, worked out here in whole
# cents and months: awk -v seed=1 -v count=100 -v folder=DIR -f national.awk writes one scenario each.
# Nothing of the pack is read. Unknown is "?": it wins over every sum it is part of.
function pick(n) { return int(rand() * n) }
function chance(percent) { return rand() * 100 < percent }
function yuan(cents) { return sprintf("%s%d.%02d", cents < 0 ? "-" : "", int(abs(cents) / 100), abs(cents) % 100) }
function abs(x) { return x < 0 ? -x : x }
function half_up(a, b) { return int((2 * a + b) / (2 * b)) }          # a, b not negative
function month(i) { return sprintf("%04d-%02d", 2021 + int(i / 12), i % 12 + 1) } # 0: January 2021
function said(x) { return x == "?" ? "undetermined" : yuan(x) }
function listed(name, known, rows) {
    printf "  %s: %s\n", name, known ? (rows == "" ? "[]" : "\n" rows) : "not_checked" >file
}
function tri(yes, unknown) { return yes ? "true" : unknown ? "undetermined" : "false" }
BEGIN {
    srand(seed)
    for (s = 1; s <= count; s++)
        one()
}
function one(    n, i, r, std, urban, tax, pen, res, job, ben, bank, sec, ins, sup, rows, from, len, lap, first, last, cents,
                 kind, base, declared, certain, income, support, limit, deposits, fa, yes, unknown, wages, costs, owed, property) {
    file = sprintf("%s/s%d_%03d.yaml", folder, seed, s)
    urban = chance(60); std = urban ? 70000 : 50000; n = 1 + pick(3); limit = std * n
    tax = !chance(8); pen = !chance(8); res = !chance(8); job = !chance(8); ben = !chance(8)
    bank = !chance(10); sec = !chance(10); ins = !chance(10); sup = !chance(10)
    printf "scenario: s%d-%d\ntitle: 生成的家庭\nas_of: 2022-07-01\ngiven:\n", seed, s >file
    printf "  members:\n" >file
    for (i = 1; i <= n; i++) {
        declared[i] = chance(8) ? "?" : chance(40) ? 0 : pick(90000)
        printf "    - {row: 成员%d, name: 成员%d%s}\n", i, i, declared[i] == "?" ? "" : ", declared_income: " yuan(declared[i]) >file
        wage[i] = other[i] = pension[i] = resident[i] = dole[i] = aid[i] = money[i] = shares[i] = 0
    }
    # income: July 2021 to June 2022 are months 6 to 17
    rows = ""
    for (i = 1; i <= n; i++) {
        for (r = pick(3); r > 0; r--) {
            from = pick(19); len = 1 + pick(6); cents = pick(1200000); kind = chance(70)
            first = from < 6 ? 6 : from; last = from + len - 1 > 17 ? 17 : from + len - 1
            lap = last >= first ? half_up(cents * (last - first + 1), len) : 0
            if (kind) wage[i] += lap; else other[i] += lap
            rows = rows sprintf("    - {member: %d, income_item: %s, period_from: %s, period_to: %s, income: %s}\n", i, kind ? "工资薪金所得" : "经营所得", month(from), month(from + len - 1), yuan(cents))
        }
        wage[i] = half_up(wage[i], 12); other[i] = half_up(other[i], 12)
        cost[i] = half_up(wage[i], 10)
    }
    listed("income_taxes", tax, rows)
    rows = ""
    for (i = 1; i <= n; i++)
        if (chance(25)) {
            cents = pick(150000); kind = chance(80)
            if (kind) pension[i] += cents
            rows = rows sprintf("    - {member: %d, insurance_kind: \"110\", payment_state: \"%d\", monthly_amount: %s}\n", i, kind ? 1 : 2, yuan(cents))
        }
    listed("pensions", pen, rows)
    rows = ""
    for (i = 1; i <= n; i++)
        if (chance(30)) {
            cents = pick(20000); base = pick(30000)       # the base does not count in 2022
            resident[i] += cents
            rows = rows sprintf("    - {member: %d, payment_state: \"1\", base_amount: %s, account_amount: %s}\n", i, yuan(base), yuan(cents))
        }
    listed("resident_pensions", res, rows)
    rows = ""
    for (i = 1; i <= n; i++)
        if (chance(12)) {
            cents = pick(120000); kind = chance(70)
            if (kind) dole[i] += cents
            rows = rows sprintf("    - {member: %d, registered_on: 2022-01-05, state: %s, monthly_amount: %s}\n", i, kind ? "领取中" : "终止", yuan(cents))
        }
    listed("unemployment_benefits", job, rows)
    rows = ""
    for (i = 1; i <= n; i++)
        if (chance(30)) {
            cents = pick(40000); kind = chance(40)
            if (kind) aid[i] += cents
            rows = rows sprintf("    - {member: %d, benefit_kind: %s, state: 享受中, benefit_from: 2020-01, monthly_amount: %s}\n", i, kind ? "其他" : "高龄津贴", yuan(cents))
        }
    listed("civil_benefits", ben, rows)
    # supporters
    rows = ""; support = 0
    for (r = pick(3); r > 0; r--) {
        size = 1 + pick(4); cents = pick(900000); dep = chance(15) ? "?" : 1 + pick(4); agreed = chance(20) ? pick(50000) : "-"
        per = half_up(cents, size)
        owed = agreed != "-" ? agreed : per <= 2 * std ? 0 : !ben || dep == "?" ? "?" : half_up(per - 2 * std, 2 * dep)
        support = support == "?" || owed == "?" ? "?" : support + owed
        rows = rows sprintf("    - {name: 义务人, relation: child, household_size: %d, household_income: %s%s%s}\n", size, yuan(cents), dep == "?" ? "" : ", dependants: " dep, agreed == "-" ? "" : ", agreed_amount: " yuan(agreed))
    }
    if (!sup) support = "?"
    listed("supporters", sup, rows)
    printf "  disabilities: []\n  justice_records: []\n  school_enrolments: []\n" >file
    # assets
    rows = ""; deposits = fa = 0; near = chance(30)         # near: one account, a cent about the limit
    for (i = 1; i <= (near ? 1 : n); i++)
        for (r = near ? 1 : pick(3); r > 0; r--) {
            cents = near ? limit * 24 + pick(3) - 1 : pick(2400000); kind = near || chance(80)
            if (kind) deposits += cents
            rows = rows sprintf("    - {member: %d, bank: 示例银行, account: \"%d\", account_kind: %s, currency: 人民币, balance: %s, balance_on: 2022-06-30}\n", i, i * 10 + r, kind ? "活期" : "贷款", yuan(cents))
        }
    listed("bank_balances", bank, rows)
    rows = ""; fa = deposits
    for (i = 1; i <= n; i++)
        if (!near && chance(25)) {
            cents = pick(900000); base = pick(300000); fa += cents + base
            rows = rows sprintf("    - {member: %d, queried_on: 2022-06-30, stock_value: %s, fund_value: %s, bond_value: 0, third_board_value: 0}\n", i, yuan(cents), yuan(base))
        }
    listed("securities", sec, rows)
    listed("insurance_policies", ins, "")
    # homes by their unit, whoever holds a share; capital of firms that exist
    rows = ""; homes = area = vague = 0; est = !chance(8)
    for (r = 1; r <= 4; r++) {
        if (!chance(45)) continue
        kind = chance(75); cents = chance(10) ? "?" : 1000 + pick(6000)
        if (homes == 1 && !vague && 3500 * n - area > 100 && chance(50)) cents = 3500 * n - area + pick(3) - 1
        if (kind) { homes++; if (cents == "?") vague = 1; else area += cents }
        for (i = 1 + pick(n); i >= 1; i -= 1 + pick(2))
            rows = rows sprintf("    - {member: %d, certificate_no: Z%d, unit_no: D%d, use: 住宅, state: %s%s}\n", i, r, r, kind ? "现势" : "转移", cents == "?" ? "" : ", floor_area: " yuan(cents))
    }
    listed("real_estate", est, rows)
    rows = ""; capital = sure = 0; firms = !chance(8)
    for (i = 1; i <= n; i++)
        for (r = pick(3); r > 0; r--) {
            cents = pick(10) * 1000000; kind = chance(75)  # whole ten thousands of yuan
            if (kind) capital = capital == "?" || chance(8) ? "?" : capital + cents
            rows = rows sprintf("    - {member: %d, company_name: 公司%d, registration_status: %s%s}\n", i, r, kind ? "存续" : "注销", kind && capital == "?" ? "" : ", subscribed_capital: " cents / 1000000)
            if (kind && capital != "?") sure = capital
        }
    listed("investments", firms, rows)
    # property is declared about what there is, by the number of the household: no draw of its own
    kind = (s * 7919 + seed * 101) % 8
    property = kind == 0 ? "?" : kind == 1 ? 0 : kind == 2 ? fa : kind == 3 ? (fa ? fa - 1 : 0) : kind == 4 ? fa + 1 : kind == 5 ? deposits : kind == 6 ? int(fa / 2) : 2 * fa + s
    printf "  household: {area_code: \"659000\", urban_rural: %s, programme: 低保, status: 享受%s}\n", urban ? "urban" : "rural", property == "?" ? "" : ", declared_property: " yuan(property) >file
    # what must come of it
    income = certain = 0; yes = unknown = 0; wages = costs = ""
    for (i = 1; i <= n; i++) {
        reg = tax && pen && res && job && ben ? wage[i] + other[i] + pension[i] + resident[i] + dole[i] + aid[i] : "?"
        least = (tax ? wage[i] - cost[i] + other[i] : 0) + (pen ? pension[i] : 0) + (res ? resident[i] : 0) + (job ? dole[i] : 0) + (ben ? aid[i] : 0)
        certain += least
        if (reg == "?" || declared[i] == "?") income = "?"
        else if (income != "?") income += (reg > declared[i] ? reg : declared[i]) - cost[i]
        if (declared[i] == "?") unknown = 1
        else if (least > declared[i]) yes = 1
        else if (reg == "?") unknown = 1
        else if (reg - cost[i] > declared[i]) yes = 1
        wages = wages sprintf("%s成员%d: %s", i > 1 ? ", " : "", i, tax ? yuan(wage[i]) : "undetermined")
        costs = costs sprintf("%s成员%d: %s", i > 1 ? ", " : "", i, tax ? yuan(cost[i]) : "undetermined")
    }
    income = income == "?" || support == "?" ? "?" : income + support
    if (!bank || !sec || !ins) fa = "?"
    printf "expect:\n  values:\n    household_size: %d\n    taxed_wage: {%s}\n    job_cost: {%s}\n", n, wages, costs >file
    printf "    support: %s\n    income: %s\n    certain_income: %s\n    financial_assets: %s\n", said(support), said(income), yuan(certain), said(fa) >file
    printf "  rules:\n    N-INC-01: %s\n", tri(certain >= limit || (income != "?" && income >= limit), income == "?") >file
    printf "    N-INC-02: %s\n", tri(yes, unknown) >file
    printf "    N-MON-01: %s\n", tri((bank && deposits > 24 * limit) || (fa != "?" && fa > 24 * limit), fa == "?") >file
    printf "    N-MON-03: %s\n", tri(property != "?" && ((bank && deposits > property) || (fa != "?" && fa > property)), property == "?" || fa == "?") >file
    printf "    N-HOME-01: %s\n", tri(est && (homes >= 3 || (homes == 2 && area > 3500 * n)), !est || (homes == 2 && vague)) >file
    printf "    N-BIZ-02: %s\n", tri(firms && sure > 10000000, !firms || capital == "?") >file
    close(file)
}
