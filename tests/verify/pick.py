#!/usr/bin/env python3
"""pick.py [rows] < EXPORT: findings to be decided about, and what becomes of each: household, rule, fate. Of
a rule that lets people decide the first households with one finding of it. With `rows`: household,
file, line, fate of rows that flags of others rest on."""
import json
import sys

RULES = ('VEH-01', 'BIZ-01', 'BIZ-02', 'PENSION-01', 'UNEMP-01', 'FUND-01', 'HOME-01', 'HOME-02')
OWN = ('exemption', 'refusal', 'dibao_payment', 'caseload_member', 'caseload_household')
FATES = ('holds', 'holds', 'proposed', 'refused', 'revoked', 'expired')

found, flags_of = {}, {}
for line in map(json.loads, sys.stdin):
    if line['type'] == 'flag':
        flags_of.setdefault(line['rule'], []).append(line)
        flags = found.setdefault(line['rule'], {})
        flags[line['household']] = flags.get(line['household'], 0) + 1
ROWS = (('VEH-01', 'holds'), ('PENSION-01', 'holds'), ('HOME-01', 'expired'), ('VEH-01', 'proposed'))
taken = set()
for rule, fate in ROWS if sys.argv[1:] == ['rows'] else ():
    line = next(line for line in reversed(flags_of[rule])
                if line['household'] not in taken and found[rule][line['household']] == 1)
    taken.add(line['household'])
    row = next(row for row in line['evidence'] if row['line'] and row['feed'] not in OWN)
    print(line['household'], row['file'], row['line'], fate)
for rule in RULES if not sys.argv[1:] else ():
    single = sorted(household for household, count in found.get(rule, {}).items() if count == 1)
    for household, fate in zip(single, FATES):
        print(household, rule, fate)
