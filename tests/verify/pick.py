#!/usr/bin/env python3
"""pick.py < EXPORT: findings to be decided about, and what becomes of each: household, rule, fate. Of
a rule that lets people decide the first households with one finding of it."""
import json
import sys

RULES = ('VEH-01', 'BIZ-01', 'BIZ-02', 'PENSION-01', 'UNEMP-01', 'FUND-01', 'HOME-01', 'HOME-02')
FATES = ('holds', 'holds', 'proposed', 'refused', 'revoked', 'expired')

found = {}
for line in map(json.loads, sys.stdin):
    if line['type'] == 'flag':
        flags = found.setdefault(line['rule'], {})
        flags[line['household']] = flags.get(line['household'], 0) + 1
for rule in RULES:
    single = sorted(household for household, count in found.get(rule, {}).items() if count == 1)
    for household, fate in zip(single, FATES):
        print(household, rule, fate)
