"""Rows that are said not to be somebody's: each by a decision of two people that holds on the day. The
county is derived again without them, so that whatever else the run says must follow."""
from overridden import held, load


def left_out(county, export):
    """(feed, file, offset) -> numbers of the people whose row it is not."""
    found = {}
    for line in export.of('pair'):
        household = county.households.get(line['household'])
        numbers = {m.number for m in household.members if m.masked() == line['person_masked']
                   and m.name == line['person']} if household else set()
        if line['state'] == 'left_out':
            place = line['feed'], line['file'], line['offset']
            found[place] = found.get(place, set()) | numbers
    return found


def faults(line, decision, day):
    if decision is None:
        yield 'a decision that is not on record'
        return
    for ours, theirs in (('until', 'until'), ('rests_on', 'evidence'), ('feed', 'feed')):
        if line[ours] != decision[theirs]:
            yield f'{ours} {line[ours]} exported, {decision[theirs]} decided'
    if line['state'] == 'expired':
        if decision['until'] >= day:
            yield f'told expired, and holds to {decision["until"]}'
    elif line['state'] == 'revoked':
        if decision['state'] != 'revoked':
            yield 'told revoked, and is ' + decision['state']
    else:
        yield from held(line, decision, day)


def compare(county, export, decisions, differences):
    """How many of them rest on a decision; and no decision about a row that is still used holds."""
    on_record, day, agreed = load(decisions, 'pairs', 'pair'), county.as_of.isoformat(), 0
    if sum(line['state'] == 'left_out' for line in export.of('pair')) != \
            export.head['counts']['left_out']:
        differences.add('export', 'the head counts other rows left out')
    for line in export.of('pair'):
        found = list(faults(line, on_record.get(line['pair']), day))
        lines = [one for one in county.entries.get(line['feed'], []) if one['file'] == line['file']]
        if [one['sha256'] for one in lines] != [line['sha256']]:
            found.append('a delivery that the run did not use')
        for text in found:
            differences.add('pair', f'{line["household"]} {line["pair"]}: {text}')
        agreed += not found
    told = {line['pair'] for line in export.of('pair')}
    for number, one in on_record.items():
        if one['approved'] and number not in told and one['household'] in county.households:
            differences.add('pair', f'{number}: nothing is said of its row')
    return agreed
