"""What each source was found to have about each member of a household, derived again from the
deliveries and from the query lists that some of them answer."""
import csv
import glob
import os

from cells import citizen_number

# parts of the caseload itself: whom it names is no record about anybody
CASELOAD = ('caseload_household', 'caseload_member', 'caseload_supporter')
SURE = ('id_name', 'id_only')


def asked_in(lists, query):
    """The numbers on a query list as it went out."""
    asked = set()
    for path in glob.glob(os.path.join(lists, '**', f'*-{query}.csv'), recursive=True):
        with open(path, 'rb') as file:
            text = file.read()
        try:
            text = text.decode('utf-8-sig')
        except UnicodeDecodeError:
            text = text.decode('gb18030')
        for row in csv.DictReader(text.splitlines()):
            number = citizen_number(row['公民身份号码'].lstrip("'"))
            if number:
                asked.add(number[0])
    return asked


class Source:
    """A feed that was used, with its deliveries in order."""

    def __init__(self, county, feed, lists):
        self.deliveries = county.feeds[feed]
        self.by_number = county.by_number[feed]
        layout = self.deliveries[0].layout
        self.kind = layout.file.get('kind', 'full')
        self.answer = getattr(layout, 'answer', None) if self.kind == 'verdict' else None
        query = county.entries[feed][0].get('query')
        self.asked = asked_in(lists, query) if query else None  # of an answer to no list: nobody

    def code(self, member, as_of):
        if not member.authorised(as_of):
            return 'u'
        asked = self.kind == 'full' or member.number in (self.asked or ())
        bad = any(member.number in delivery.withdrawn for delivery in self.deliveries)
        sure = weak = answered = False
        for row in self.by_number.get(member.number, []):
            if row.contradicted or not (asked or self.asked is None):
                continue  # what an answer to a list says of others is not used
            own = row.match_of(member.number, member.name, member.old) in SURE
            if self.answer and row[self.answer] is False:
                answered = answered or own  # a no that may be another person's answers for nobody
            elif self.answer and row[self.answer] is not True:
                answered = bad = True
            else:
                answered, sure, weak = True, sure or own, weak or not own
        if sure or weak:
            return {(True, False): 'r', (True, True): 'R', (False, False): 'w',
                    (False, True): 'W'}[sure, bad]
        if bad:
            return 'x'
        if not asked:
            return 'a'
        return 'n' if self.kind == 'verdict' and not answered else '.'


def sources(county, lists):
    """Those that a household's report may name: none of the caseload's own, none for inspectors."""
    found = {}
    for feed in county.entries:
        if feed in CASELOAD:
            continue
        if feed not in county.feeds:
            if not county.can_be_used(feed):
                continue
            county.deliver(feed, county.wanted)
            county.by_number[feed] = county.index(feed)
        if getattr(county.feeds[feed][0].layout, 'shown', 'everywhere') != 'visit_sheet':
            found[feed] = Source(county, feed, lists)
    return found


def derive(household, found, as_of):
    told, members = {}, sorted(household.members, key=lambda member: member.number)
    for feed, source in found.items():
        codes = ''.join(source.code(member, as_of) for member in members)
        if codes.strip('.u'):
            told[feed] = codes
    if household.open or household.contradicted:
        told['*'] = 'x'
    return told


def compare(county, export, lists, differences):
    """How many marks of how many households agree."""
    known = len(county.wrongly_used)
    found, marks = sources(county, lists), 0
    for text in county.wrongly_used[known:]:
        differences.add('delivery', text)
    for line in export.of('household'):
        if line['state'] == 'absent' or line['household'] not in county.households:
            continue
        if line['searched'] is None:
            differences.add('searched', f'{line["household"]}: nothing said')
            continue
        theirs = {one['source']: one['found'] for one in line['searched']}
        if len(theirs) != len(line['searched']):
            differences.add('searched', f'{line["household"]}: a source named twice')
        ours = derive(county.households[line['household']], found, county.as_of)
        for feed in sorted(ours.keys() | theirs.keys()):
            if ours.get(feed) != theirs.get(feed):
                differences.add('searched', f'{line["household"]} {feed}: {ours.get(feed)} derived, '
                                            f'{theirs.get(feed)} exported')
            else:
                marks += 1
    return marks
