#!/usr/bin/env python3
"""verify.py EXPORT INBOX AREAS SHARE LISTS DECISIONS PAIRS: derives a run's flags again from the deliveries,
by nothing but the documents, and holds them against the export (schema hedui.runs_export/1). LISTS:
the folder with the query lists that went out; DECISIONS, PAIRS: what `hedui overrides list --json` and
`hedui pairs list --json` say.

Prints one line a rule and ends with 0 if everything agrees, 1 if anything differs."""
import copy
import csv
import datetime
import hashlib
import json
import os
import sys
from fractions import Fraction

import caseload
import overridden
import paired
import plain_yaml
import rules
import searched
from cells import ABSENT, UNKNOWN, Code
from deliveries import Delivery, Layout, chain_of, find_layout, first_of, no_good, split

PACK = 'rules/packs/cleanup-2014'
PROGRAMMES, STATUSES = ('dibao',), ('applying', 'receiving')
SHOWN = 20  # differences printed of each kind
READ = {}  # chains of deliveries by what they were read from: who checks several exports reads them once


class Differences:
    def __init__(self):
        self.count = 0
        self.by_kind = {}

    def add(self, kind, text):
        self.count += 1
        seen = self.by_kind[kind] = self.by_kind.get(kind, 0) + 1
        if seen <= SHOWN:
            print(f'  {kind}: {text}')


class Parameters:
    def __init__(self, share, areas, as_of):
        self.as_of = as_of
        self.tables = plain_yaml.load(os.path.join(share, PACK, 'pack.yaml'))['parameters']
        with open(areas, encoding='utf-8-sig', newline='') as file:
            self.parents = {row['code']: row['parent'] for row in csv.DictReader(file)}

    def in_force(self, row):
        period = row.get('in_force', {})
        day = self.as_of.isoformat()
        return period.get('from', '') <= day <= period.get('to', '9999')

    def number(self, name):
        row, = [row for row in self.tables[name]['rows'] if self.in_force(row)]
        return int(row['value'])

    def standard(self, household):
        """In fen, of the nearest area that has one; None if there is none, or two."""
        area, kind = household.row['area_code'], household.row['urban_rural'].code
        while area in self.parents:
            fitting = [row for row in self.tables['dibao_standard']['rows']
                       if row['area'] == area and row['urban_rural'] == kind
                       and self.in_force(row)]
            if fitting:
                return int(Fraction(fitting[0]['value']) * 100) if len(fitting) == 1 else None
            area = self.parents[area]
        return None


class Export:
    def __init__(self, path):
        self.lines = {}
        with open(path, encoding='utf-8') as file:
            for line in file:
                record = json.loads(line)
                self.lines.setdefault(record['type'], []).append(record)
        if [len(self.lines.get(kind, [])) for kind in ('head', 'end')] != [1, 1]:
            raise SystemExit('not a whole export: no head or no end')
        self.head, self.end = self.lines['head'][0], self.lines['end'][0]
        if self.head['schema'] != 'hedui.runs_export/1':
            raise SystemExit('another schema: ' + self.head['schema'])

    def of(self, kind):
        return self.lines.get(kind, [])

    def flags(self):
        return [flag for flag in self.of('flag')
                if flag['status'] in ('new', 'continuing', 'changed')]


class County:
    """The deliveries that the run used, and the households with the rows about their people."""

    def __init__(self, export, inbox, areas, share):
        self.head, self.share, self.inbox = export.head, share, inbox
        self.as_of = datetime.date.fromisoformat(export.head['as_of'])
        self.parameters = Parameters(share, areas, self.as_of)
        self.folders = [os.path.join(inbox, os.pardir, 'feeds'), os.path.join(share, 'feeds')]
        self.entries, self.wrongly_used = {}, []
        for entry in export.head['deliveries']:
            if entry['used'] and entry['file']:
                self.entries.setdefault(entry['feed'], []).append(entry)
        self.feeds = {}  # every delivery of a feed that the rules ask, in the order of their days
        households, = self.deliver('caseload_household', None)
        members, = self.deliver('caseload_member', None)
        self.households = caseload.load(households, members)
        self.left_out = paired.left_out(self, export)
        self.wanted = {m.number for h in self.households.values() for m in h.members}
        for feed in rules.FEEDS + rules.OWN_FEEDS:
            if self.can_be_used(feed) and feed in self.entries:
                self.deliver(feed, self.wanted)
        self.by_number = {feed: self.index(feed) for feed in self.feeds}
        for household in self.households.values():
            self.assemble(household)

    def number(self, name):
        return self.parameters.number(name)

    def standard(self, household):
        return self.parameters.standard(household)

    def can_be_used(self, feed):
        """Whether the files that the inbox has for it are files at all; of a chain, all of them."""
        if not os.path.exists(first_of(self.folders, feed + '.yaml')):
            return True
        chain = chain_of(Layout(self.folders, feed), os.listdir(self.inbox))
        faults = [name for name in chain if no_good(os.path.join(self.inbox, name))]
        said = self.entries.get(feed, [])
        if faults and said:
            self.wrongly_used.append(f'{said[0]["file"]} was used, but {faults[0]} is no good')
        told = {entry['file'] for entry in self.head['deliveries'] if entry['feed'] == feed}
        if chain and told != set(chain):
            self.wrongly_used.append(f'{sorted(told)} were looked at and not {chain}')
        return not faults

    def deliver(self, feed, wanted):
        """A full delivery, and the deltas behind it by their names, which end with their days."""
        chain = self.feeds[feed] = []
        found = [(*find_layout(self.folders, entry['file'], feed)[::-1], entry['file'], entry)
                 for entry in self.entries[feed]]
        found.sort(key=lambda one: (one[0], one[2]))
        if [one[0] for one in found] != [False] + [True] * (len(found) - 1):
            raise SystemExit(feed + ': not one full delivery with its deltas')
        self.entries[feed] = [one[3] for one in found]
        key = (feed, wanted and frozenset(wanted), *[(one[2], one[3]['charset']) for one in found])
        chain += READ.get(key, [])
        for delta, layout, name, entry in found[len(chain):]:
            chain.append(Delivery(layout, os.path.join(self.inbox, name), entry['charset'], wanted,
                                  list(chain) if delta else None))
        READ[key] = chain
        return chain

    def index(self, feed):
        found = {}
        for entry, row in [(entry, row) for entry, delivery in zip(self.entries[feed], self.feeds[feed])
                           for row in delivery.rows]:
            place = feed, entry['file'], row.record.offset
            for number in {number for number, _, _ in row.people} - self.left_out.get(place, set()):
                found.setdefault(number, []).append(row)
        return found

    def rows_of(self, member, feed, strict=False):
        """What one member's list holds; `strict` takes weak matches for unknown."""
        found = rules.List()
        if feed not in self.feeds or not member.authorised(self.as_of):
            found.open = True
            return found
        found.open = any(member.number in delivery.withdrawn for delivery in self.feeds[feed])
        for row in self.by_number[feed].get(member.number, []):
            if row.contradicted:
                found.open = True
            elif strict and row.match_of(member.number, member.name, member.old) != 'id_name':
                found.open = True
            else:
                row = copy.copy(row)
                row.member = member
                found.append(row)
        return found

    def assemble(self, household):
        household.counted = rules.List(m for m in household.members if m.counted)
        household.counted.open = household.open
        for member in household.members:
            member.household = household
            View.put(member, lambda feed, strict, m=member: self.rows_of(m, feed, strict))
        View.put(household, lambda feed, strict, h=household: self.joined(h, feed, strict))

    def joined(self, household, feed, strict):
        found = rules.List()
        found.open = household.open or feed not in self.feeds
        for member in household.counted:
            rows = self.rows_of(member, feed, strict)
            found.extend(rows)
            found.open = found.open or rows.open
        return found


class View:
    """Gives members and households their lists by feed."""

    @staticmethod
    def put(holder, lists):
        holder.strict = False
        holder.list_of = lists
        type(holder).__getitem__ = lambda self, feed: self.list_of(feed, self.strict)


def row_key(row, key):
    return '|'.join(v.code if isinstance(v, Code) else str(v) for v in (row[c] for c in key))


def judge(county, name, household):
    """(answers by subject, whether it was left open for somebody who cannot be named)."""
    decide, each, receiving = rules.COVERED[name]
    if household.row['programme'].code not in PROGRAMMES or \
            household.row['status'].code not in (STATUSES[1:] if receiving else STATUSES):
        return None
    if household.contradicted:
        return {}, True
    if each is None:
        return {None: (decide(household, county), None)}, False
    found = {}
    if each == 'member':
        for member in household.counted:
            found[member.number] = decide(member, county), member
        return found, household.open
    vehicles = household['vehicle']
    key = county.feeds['vehicle'][0].layout.key if 'vehicle' in county.feeds else []
    for vehicle in vehicles:
        found[row_key(vehicle, key)] = decide(vehicle, county), vehicle.member
    return found, vehicles.open


def token(number):
    return hashlib.sha256(number.encode()).hexdigest()[:16]


def expected_flag(county, name, household, subject, member):
    """(household, rule, subject, person, masked number, effect) as the export must say it."""
    effect = 'exclude_person' if name == 'DEATH-01' else 'review'
    if effect != 'review':
        member.strict = True
        if rules.COVERED[name][0](member, county) is not True:
            effect = 'review'
        member.strict = False
    shown = token(subject) if member and subject == member.number else subject
    return (household.id, name, shown, member.name if member else None,
            member.masked() if member else None, effect)


def derive(county, name, decided):
    """`decided`: household, rule and subject of what is no flag by a decision."""
    answers, flags, tags, opened = {}, set(), set(), set()
    for household in county.households.values():
        judged = judge(county, name, household)
        if judged is None:
            answers[household.id] = 'not_applicable'
            continue
        subjects, unnamed = judged
        true = [(s, who) for s, (answer, who) in subjects.items() if answer is True]
        is_open = unnamed or any(answer is None for answer, _ in subjects.values())
        if is_open:
            opened.add((household.id, name))
        if name in rules.TAGS:
            tags.update((household.id, name, who.name if who else None,
                         who.masked() if who else None) for _, who in true)
            answers[household.id] = ('tagged' if true else 'undetermined' if is_open else 'clear')
            continue
        found = {expected_flag(county, name, household, s, who) for s, who in true}
        flags |= found
        answers[household.id] = ('flagged' if any(flag[:3] not in decided for flag in found)
                                 else 'undetermined' if is_open
                                 else 'overridden' if found else 'clear')
    return answers, flags, tags, opened


def said_flag(flag):
    return tuple(flag[key] for key in ('household', 'rule', 'subject', 'person', 'person_masked',
                                       'effect'))


def said_tag(tag):
    return tuple(tag[key] for key in ('household', 'rule', 'person', 'person_masked'))


def compare_sets(kind, ours, theirs, differences):
    for item in sorted(ours - theirs, key=str):
        differences.add('missing ' + kind, item)
    for item in sorted(theirs - ours, key=str):
        differences.add('extra ' + kind, item)
    return len(ours & theirs), len(ours - theirs), len(theirs - ours)


def compare_rule(county, export, name, said, differences):
    decided = {said_flag(o) for o in export.of('overridden') if o['rule'] == name}
    answers, flags, tags, opened = derive(county, name, {one[:3] for one in decided})
    tagging = name in rules.TAGS
    compare_sets('overridden', flags & decided, decided, differences)
    ours = tags if tagging else flags - decided
    theirs = {said_tag(t) for t in export.of('tag') if t['rule'] == name} if tagging else \
        {said_flag(f) for f in export.flags() if f['rule'] == name}
    agreed, missing, extra = compare_sets('tag' if tagging else 'flag', ours, theirs, differences)
    open_ours = {h for h, answer in answers.items() if answer == 'undetermined'}
    open_theirs = {h for h, answer in said.items() if answer == 'undetermined'}
    wrong = [h for h, answer in answers.items() if said.get(h) != answer]
    for household in wrong:
        differences.add('answer', f'{household} {name}: {answers[household]} derived, '
                                  f'{said.get(household)} exported')
    gapped = any(gap['rule'] == name for gap in export.of('gap'))
    causes = {(c['household'], c['rule']) for c in export.of('cause') if c['rule'] == name}
    if not gapped:  # a gap's causes are told once, not by household
        compare_sets('cause', opened, causes, differences)
    print(f'{name:11} {"tags" if tagging else "flags"} agreed {agreed}, missing {missing}, '
          f'extra {extra}; undetermined agreed {len(open_ours & open_theirs)} of '
          f'{len(open_ours | open_theirs)}; answers agreed {len(answers) - len(wrong)} of '
          f'{len(answers)}')
    return agreed, answers


def shown(value):
    if isinstance(value, tuple):
        return '、'.join(shown(item) for item in value)
    if isinstance(value, Code):
        return value.entry['label']
    if isinstance(value, bool):
        return '是' if value else '否'
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value)


def cell_agrees(value, spec, said):
    if value is UNKNOWN:
        return said == '不详'
    if isinstance(value, str) and value == ABSENT:
        return said == '（空）'
    if spec['type'] == 'month':
        return value.isoformat()[:7] == said or value.isoformat() == said
    if spec['type'] == 'money':
        sign = '-' if value < 0 else ''
        return said == f'{sign}{abs(value) // 100}.{abs(value) % 100:02}'
    return shown(value) == said


def check_evidence(county, flag, evidence, differences):
    """The bytes at the place are a row about a member of the household, with the cells shown."""
    def wrong(text):
        differences.add('evidence', f'{flag["household"]} {flag["rule"]} {evidence["file"]} line '
                                    f'{evidence["line"]}: {text}')
    delivery = next((delivery for delivery, entry in zip(county.feeds.get(evidence['feed'], []),
                                                         county.entries.get(evidence['feed'], []))
                     if entry['file'] == evidence['file']), None)
    if delivery is None:
        wrong('not a delivery of this run')
    elif evidence['sha256'] != delivery.digest:
        wrong('another digest')
    elif evidence['line'] == 0:
        if evidence['cells'] or evidence['row_key'] or evidence['offset'] or evidence['length']:
            wrong('no row, and yet a place or cells')
    else:
        check_row(county, flag, evidence, delivery, wrong)


def check_row(county, flag, evidence, delivery, wrong):
    household = county.households[flag['household']]
    end = evidence['offset'] + evidence['length']
    row = delivery.places_index().get((evidence['line'], evidence['offset']))
    raw = delivery.data[evidence['offset']:end]
    if row is None or len(raw) != evidence['length'] or raw != row.record.raw:
        wrong('the bytes there are not that row')
        return
    if split(raw, delivery.delimiter, delivery.charset) != row.record.fields:
        wrong('the bytes there read otherwise')
    about = [m for m in household.members if any(n == m.number for n, _, _ in row.people)]
    if row.people and not about:
        wrong('a row about nobody of the household')
        return
    matches = {row.match_of(m.number, m.name, m.old) for m in about}
    if row.people and evidence['feed'] != 'caseload_member' and evidence['match'] not in matches:
        wrong(f'match {evidence["match"]} exported, {matches} derived')
    key = delivery.layout.key
    if key and not any('citizen_id' in delivery.layout.columns[c]['type'] for c in key) and \
            evidence['row_key'] != row_key(row, key):
        wrong('another row key')
    for cell in evidence['cells']:
        spec = delivery.layout.columns.get(cell['column'])
        if spec is None or not cell_agrees(row[cell['column']], spec, cell['value']):
            wrong(f'column {cell["column"]}: {cell["value"]!r} exported')


def check_whole(county, export, differences):
    for text in county.wrongly_used:
        differences.add('delivery', text)
    for kind in ('head', 'gap', 'household', 'flag', 'overridden', 'tag', 'cause'):
        if len(export.of(kind)) != export.end[kind]:
            differences.add('export', f'{export.end[kind]} lines of type {kind} announced, '
                                      f'{len(export.of(kind))} there')
    if len(export.flags()) != export.head['counts']['flags']:
        differences.add('export', 'the head counts other flags')
    for entry, delivery in [both for feed in county.feeds
                            for both in zip(county.entries[feed], county.feeds[feed])]:
        if entry['sha256'] != delivery.digest:
            differences.add('export', entry['file'] + ': another digest')
        if entry['records'] != delivery.count:
            differences.add('export', f'{entry["file"]}: {entry["records"]} records exported, '
                                      f'{delivery.count} read')
    theirs = {h['household'] for h in export.of('household') if h['state'] != 'absent'}
    compare_sets('household', set(county.households), theirs, differences)


def check_states(export, answers, differences):
    """A household's state follows from its answers; tags and their causes leave it alone."""
    agreed = 0
    for line in export.of('household'):
        mine = [answers[name].get(line['household']) for name in answers if name not in rules.TAGS]
        state = ('flagged' if 'flagged' in mine else 'unchecked' if 'undetermined' in mine
                 else 'out_of_scope' if set(mine) == {'not_applicable'} else 'clear')
        if line['state'] == state or line['state'] == 'absent':
            agreed += 1
        else:
            differences.add('state', f'{line["household"]}: {state} derived, {line["state"]} '
                                     'exported')
    return agreed


def main(arguments):
    if len(arguments) != 7:
        raise SystemExit(__doc__)
    path, inbox, areas, share, lists, decisions, pairs = arguments
    export = Export(path)
    differences = Differences()
    county = County(export, inbox, areas, share)
    check_whole(county, export, differences)
    in_force = [rule['id'] for rule in export.head['rules'] if rule['in_force']]
    said = {}
    for line in export.of('household'):
        for answer in line['answers']:
            said.setdefault(answer['rule'], {})[line['household']] = answer['answer']
    flags, answers = 0, {}
    for name in in_force:
        if name in rules.COVERED:
            agreed, answers[name] = compare_rule(county, export, name, said.get(name, {}),
                                                 differences)
            flags += 0 if name in rules.TAGS else agreed
    places = 0
    for flag in export.flags() + export.of('overridden'):
        for evidence in flag['evidence']:
            check_evidence(county, flag, evidence, differences)
            places += evidence['line'] > 0
    not_covered = [name for name in in_force if name not in rules.COVERED]
    if not [name for name in said if name not in rules.COVERED]:
        print(f'states agreed {check_states(export, answers, differences)} of '
              f'{len(export.of("household"))}')
    print(f'overridden findings agreed {overridden.compare(county, export, decisions, differences)} of '
          f'{len(export.of("overridden"))}')
    print(f'rows of wrong matches agreed {paired.compare(county, export, pairs, differences)} of '
          f'{len(export.of("pair"))}')
    print(f'marks of what was searched agreed {searched.compare(county, export, lists, differences)}')
    print(f'rows of evidence read at their place: {places}')
    print('not covered: ' + (', '.join(not_covered) or 'none'))
    print(f'{flags} flags of {len(county.households)} households agreed, '
          f'{differences.count} differences')
    return 1 if differences.count else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
