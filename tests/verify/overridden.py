"""Findings that are no flags: each by a decision of two people that holds on the day, about what the
rule lets be decided."""
import glob
import json
import os
import re
import unicodedata


def name_key(name):
    return ''.join(unicodedata.normalize('NFKC', name).split()).casefold()


def may_be_decided(share, rule):
    """Whether the rule's own text has an exception `override: allowed`."""
    for path in glob.glob(os.path.join(share, 'rules', 'packs', 'cleanup-2014', '*.yaml')):
        with open(path, encoding='utf-8') as file:
            for text in re.split(r'^  - id: ', file.read(), flags=re.M)[1:]:
                if text.split()[0] == rule:
                    return re.search(r'^        override: allowed$', text, re.M) is not None
    return False


def load(decisions, kind, key):
    """Decisions by their numbers, as `--json` lists them."""
    with open(decisions, encoding='utf-8') as file:
        return {one[key]: one for one in json.load(file)[kind]}


def held(line, decision, day):
    """What speaks against its holding: two people, from its approval to its last day."""
    approved = decision['approved']
    if decision['state'] != 'approved' or approved is None:
        yield 'state ' + decision['state']
        return
    if (line['proposer'], line['approver']) != (decision['proposed']['person'], approved['person']):
        yield 'decided by others'
    if name_key(line['proposer'] or '') == name_key(line['approver'] or ''):
        yield 'decided by one person'
    if not approved['day'] <= day <= decision['until']:
        yield f'holds from {approved["day"]} to {decision["until"]} only'


def faults(line, decision, share, day):
    """What speaks against it."""
    if decision is None:
        yield 'a decision that is not on record'
        return
    for ours, theirs in (('household', 'household'), ('rule', 'rule'), ('until', 'until'),
                         ('rests_on', 'evidence'), ('message', 'message')):
        if line[ours] != decision[theirs]:
            yield f'{ours} {line[ours]} exported, {decision[theirs]} decided'
    yield from held(line, decision, day)
    if not may_be_decided(share, line['rule']):
        yield 'the rule lets nothing be decided'


def compare(county, export, decisions, differences):
    """How many of them rest on a decision; and no decision is passed over."""
    on_record = load(decisions, 'overrides', 'override')
    day, agreed, seen = county.as_of.isoformat(), 0, set()
    if len(export.of('overridden')) != export.head['counts']['overridden']:
        differences.add('export', 'the head counts other overridden findings')
    for line in export.of('overridden'):
        found = list(faults(line, on_record.get(line['override']), county.share, day))
        identity = line['household'], line['rule'], line['subject']
        if identity in seen:
            found.append('told twice')
        seen.add(identity)
        for text in found:
            differences.add('override', f'{line["household"]} {line["rule"]}: {text}')
        agreed += not found
    standing = {(one['household'], one['rule'], one['message']) for one in on_record.values()
                if one['state'] == 'approved' and one['approved']['day'] <= day <= one['until']}
    for flag in export.flags():
        back = (flag['why'] or '').startswith('override_')
        if (flag['household'], flag['rule'], flag['message']) in standing and not back:
            differences.add('override', f'{flag["household"]} {flag["rule"]}: a flag, whatever was '
                                        'decided')
    return agreed
