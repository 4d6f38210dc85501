"""explain.py PROGRAM WORKSPACE [EXPORT SHARE [COUNT]]: what `hedui explain --json` says of households.

Held against its schema; against the rules of three-valued logic and plain arithmetic, part by part; and,
with an export, against the independent verifier (../verify), which derives values, parameters and answers
from the deliveries. Then documents are spoilt on purpose: each way must be noticed."""
import copy
import decimal
import json
import os
import subprocess
import sys
from decimal import Decimal

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'verify'))


class Wrong(Exception):
    pass


# --- schema hedui.explain/2: exactly these members --------------------------------------------------

class Or:
    def __init__(self, *kinds):
        self.kinds = kinds


TEXT, NUMBER, FLAG, NULL = str, int, bool, None
MAYBE_TEXT, MAYBE_NUMBER = Or(NULL, TEXT), Or(NULL, NUMBER)
ANSWERS = {'flagged', 'tagged', 'overridden', 'clear', 'undetermined', 'not_applicable'}
REASON = {'code': TEXT, 'label': TEXT, 'source': MAYBE_TEXT, 'source_title': MAYBE_TEXT,
          'field': MAYBE_TEXT, 'field_title': MAYBE_TEXT, 'person': MAYBE_TEXT}
FIGURE = {'state': {'known', 'empty', 'unknown', 'failed'}, 'truth': Or(NULL, FLAG), 'text': MAYBE_TEXT,
          'unit': MAYBE_TEXT, 'count': MAYBE_NUMBER, 'partial': FLAG, 'reasons': [REASON]}
ROW = {'feed': TEXT, 'title': TEXT, 'file': TEXT, 'line': NUMBER, 'offset': NUMBER, 'person': MAYBE_TEXT}
PART = {'kind': {'all', 'any', 'not', 'choice', 'call', 'list', 'row', 'total', 'more', 'field', 'name',
                 'assumed'},
        'depth': NUMBER, 'function': MAYBE_TEXT, 'expression': MAYBE_TEXT, 'title': MAYBE_TEXT,
        'figure': FIGURE, 'decides': FLAG, 'assumed': Or(NULL, FLAG), 'number': MAYBE_NUMBER,
        'row': Or(NULL, ROW), 'value': MAYBE_NUMBER, 'parameter': MAYBE_NUMBER}
UNLESS = {'title': MAYBE_TEXT, 'manual': MAYBE_TEXT, 'recorded': FLAG, 'figure': Or(NULL, FIGURE),
          'parts': [PART]}
JUDGEMENT = {'flag': MAYBE_NUMBER, 'row': Or(NULL, ROW), 'outcome': FIGURE, 'condition': FIGURE,
             'parts': [PART], 'unless': [UNLESS]}
EVIDENCE = {'feed': TEXT, 'source': MAYBE_TEXT, 'file': MAYBE_TEXT, 'sha256': TEXT, 'cut_off': MAYBE_TEXT,
            'records': MAYBE_NUMBER, 'line': NUMBER,
            'offset': NUMBER, 'match': TEXT, 'person': MAYBE_TEXT, 'cells': dict}
SCHEMA = {
    'schema': {'hedui.explain/2'}, 'household': TEXT, 'run': TEXT, 'as_of': TEXT,
    'state': {'flagged', 'clear', 'unchecked', 'out_of_scope', 'absent'}, 'flag_total': NUMBER,
    'unanswered': NUMBER,
    'derived': {'outcome': {'same', 'differs', 'absent', 'not_possible', 'not_asked'},
                'error': MAYBE_NUMBER, 'message': MAYBE_TEXT, 'difference_count': NUMBER,
                'differences': [{'rule': MAYBE_TEXT, 'kind': TEXT}]},
    'flags': [{'rule': TEXT, 'title': TEXT, 'severity': {'high', 'medium', 'low'}, 'effect': TEXT,
               'capped': FLAG, 'status': TEXT, 'why': MAYBE_TEXT, 'since': MAYBE_TEXT, 'message': TEXT,
               'person': MAYBE_TEXT, 'person_masked': MAYBE_TEXT, 'basis': MAYBE_TEXT, 'ask': MAYBE_TEXT,
               'clears': MAYBE_TEXT, 'evidence': [EVIDENCE]}],
    'overridden': [{'rule': TEXT, 'message': TEXT, 'override': TEXT, 'until': TEXT}],
    'pairs': [{'pair': TEXT, 'state': {'left_out', 'changed', 'expired', 'revoked'}, 'person': TEXT,
               'person_masked': TEXT, 'feed': TEXT, 'file': TEXT, 'line': NUMBER, 'until': TEXT}],
    'tags': [{'rule': TEXT, 'title': TEXT, 'message': TEXT}],
    'undetermined': [{'rule': TEXT, 'reason': TEXT, 'source': MAYBE_TEXT, 'field': MAYBE_TEXT,
                      'person': MAYBE_TEXT, 'review': FLAG}],
    'rules': [{'rule': TEXT, 'title': TEXT, 'pack': MAYBE_TEXT, 'answer': ANSWERS, 'basis': MAYBE_TEXT,
               'ask': MAYBE_TEXT, 'clears': MAYBE_TEXT, 'each': Or(NULL, FIGURE), 'sources': [TEXT],
               'judgements': [JUDGEMENT], 'values': [NUMBER], 'parameters': [NUMBER]}],
    'values': [{'id': TEXT, 'title': TEXT, 'pack': TEXT, 'person': MAYBE_TEXT, 'figure': FIGURE,
                'exact': FIGURE, 'rounding': Or(NULL, {'scale': NUMBER, 'mode': TEXT}),
                'lines': [{'title': TEXT, 'minus': FLAG, 'figure': FIGURE, 'parts': [PART]}],
                'parts': [PART]}],
    'parameters': [{'id': TEXT, 'title': TEXT, 'figure': FIGURE, 'area': MAYBE_TEXT,
                    'area_name': MAYBE_TEXT, 'urban_rural': MAYBE_TEXT, 'programme': MAYBE_TEXT,
                    'from': MAYBE_TEXT, 'to': MAYBE_TEXT, 'basis': MAYBE_TEXT, 'base': MAYBE_NUMBER,
                    'times': MAYBE_TEXT, 'of': MAYBE_TEXT}],
    'sources': [{'feed': TEXT, 'title': TEXT, 'verdict': TEXT, 'checked': FLAG, 'cut_off': MAYBE_TEXT,
                 'file': MAYBE_TEXT, 'records': NUMBER, 'query': MAYBE_TEXT}],
}


def fits(value, spec, where):
    if isinstance(spec, Or):
        for kind in spec.kinds:
            try:
                return fits(value, kind, where)
            except Wrong:
                pass
        raise Wrong(f'{where}: {value!r}')
    if spec is NULL:
        good = value is None
    elif isinstance(spec, set):
        good = value in spec
    elif isinstance(spec, list):
        good = isinstance(value, list)
        for i, item in enumerate(value if good else []):
            fits(item, spec[0], f'{where}[{i}]')
    elif isinstance(spec, dict):
        good = isinstance(value, dict) and set(value) == set(spec)
        for key in spec if good else []:
            fits(value[key], spec[key], f'{where}.{key}')
    else:
        good = type(value) is spec
        if spec is str and value == '':
            good = False  # what is not known is null
    if not good:
        raise Wrong(f'{where}: {value!r}')


# --- logic and arithmetic ---------------------------------------------------------------------------

def expect(truth, text):
    if not truth:
        raise Wrong(text)


def all_of(values):
    return False if False in values else None if None in values else True


def any_of(values):
    return True if True in values else None if None in values else False


def truth(figure):
    return figure['truth'] if figure['state'] == 'known' else None


def amount(figure):
    return Decimal(figure['text']) if figure['state'] == 'known' and figure['text'] else None


def tree(parts):
    """Each part with its children, from the flat list with depths."""
    top = {'children': [], 'depth': -1}
    path = [top]
    for part in parts:
        node = dict(part, children=[])
        while path[-1]['depth'] >= part['depth']:
            path.pop()
        expect(part['depth'] == path[-1]['depth'] + 1, 'a depth is left out')
        path[-1]['children'].append(node)
        path.append(node)
    return top['children']


def check_list(node, rows):
    name, whole = node['function'], node['figure']
    truths = [truth(row['figure']) for row in rows]
    complete = not any(child['kind'] == 'more' for child in node['children'])
    if not complete or whole['state'] == 'failed':
        return
    known = any(child['figure']['state'] != 'unknown' for child in node['children']) or not node['children']
    if name == 'exists' and known:
        expect(truth(whole) == any_of(truths), 'exists() over its rows')
    elif name == 'all' and known:
        expect(truth(whole) == all_of(truths), 'all() over its rows')
    elif name == 'filter' and whole['state'] == 'known':
        expect(whole['count'] == truths.count(True), 'filter() and its rows')
    elif name == 'count' and whole['state'] == 'known':
        expect(int(whole['text']) == truths.count(True), 'count() and its rows')
    elif name == 'sumOf' and amount(whole) is not None:
        expect(amount(whole) == sum(amount(row['figure']) for row in rows), 'sumOf() and its rows')
    elif name == 'sumOver':
        total = [child for child in node['children'] if child['kind'] == 'total']
        expect(not rows or amount(total[0]['figure']) == sum(
            amount(row['figure']) or 0 for row in rows), 'the total of the rows of sumOver()')


def check_node(node):
    figure, children = node['figure'], node['children']
    truths = [truth(child['figure']) for child in children]
    if figure['state'] == 'unknown':
        expect(figure['reasons'], 'unknown without a reason')
    if node['kind'] == 'all':
        expect(truth(figure) == all_of(truths), '&& over its operands')
    elif node['kind'] == 'any':
        expect(truth(figure) == any_of(truths), '|| over its operands')
    elif node['kind'] == 'not':
        expect(truth(figure) == (None if truths[0] is None else not truths[0]), '! of its operand')
    elif node['kind'] == 'choice' and truths[0] is not None and len(children) > 1:
        expect(figure['text'] == children[1]['figure']['text'] and truth(figure) == truths[1], '?: taken')
    elif node['kind'] == 'assumed' and not node['assumed'] and children:
        expect(figure == children[0]['figure'], 'assume() of what is known')
    elif node['kind'] == 'list':
        check_list(node, [child for child in children if child['kind'] == 'row'])
    for child in children:
        check_node(child)


def same_figure(one, other):
    return all(one[key] == other[key] for key in ('state', 'truth', 'text', 'count', 'partial'))


def check_parts(document, parts):
    nodes = tree(parts)
    expect(len(nodes) == 1 or not parts, 'one expression has one root')
    for node in nodes:
        check_node(node)
    for part in parts:
        if part['value'] is not None:
            expect(same_figure(part['figure'], document['values'][part['value']]['figure']),
                   'a value is told with two figures')
        if part['parameter'] is not None:
            other = document['parameters'][part['parameter']]['figure']
            # an entry of a table, a list or a period is read out of the whole
            expect(part['figure']['unit'] is None or same_figure(part['figure'], other) or
                   part['expression'].endswith(']'), 'a parameter is told with two figures')


ROUNDING = {'half_up': decimal.ROUND_HALF_UP, 'half_even': decimal.ROUND_HALF_EVEN,
            'down': decimal.ROUND_DOWN, 'up': decimal.ROUND_UP, 'floor': decimal.ROUND_FLOOR,
            'ceiling': decimal.ROUND_CEILING}


def check_value(document, value):
    exact, figure, rounding = value['exact'], value['figure'], value['rounding']
    amounts = [amount(line['figure']) for line in value['lines']]
    if value['lines'] and None in amounts:
        expect(exact['state'] != 'known', 'a sum of what is not known')
    elif value['lines']:
        total = sum(-a if line['minus'] else a for a, line in zip(amounts, value['lines']))
        expect(amount(exact) == total, f'{value["id"]}: lines come to {total}, told {exact["text"]}')
    else:
        expect(same_figure(value['parts'][0]['figure'], exact), 'a value and its expression')
    if rounding and exact['state'] == 'known':
        rounded = amount(exact).quantize(Decimal(1).scaleb(-rounding['scale']), ROUNDING[rounding['mode']])
        expect(amount(figure) == rounded, f'{value["id"]}: rounded to {rounded}, told {figure["text"]}')
    elif not rounding:
        expect(same_figure(exact, figure), 'not rounded and yet another figure')
    check_parts(document, value['parts'])
    for line in value['lines']:
        check_parts(document, line['parts'])
        expect(line['parts'][0]['figure']['text'] is None or
               amount(line['parts'][0]['figure']) == amount(line['figure']), 'a line and its expression')


def check_rule(document, rule):
    outcomes = []
    for judgement in rule['judgements']:
        outcome = truth(judgement['outcome'])
        outcomes.append(outcome)
        if judgement['parts']:
            condition = truth(judgement['condition'])
            ways = [truth(u['figure']) for u in judgement['unless'] if u['figure']]
            want = all_of([condition] + [None if way is None else not way for way in ways])
            expect(outcome == want, f'{rule["rule"]}: condition and ways out')
            expect(truth(judgement['parts'][0]['figure']) == condition, 'the first part is the condition')
            check_parts(document, judgement['parts'])
        for unless in judgement['unless']:
            check_parts(document, unless['parts'])
        if judgement['flag'] is not None:
            expect(document['flags'][judgement['flag']]['rule'] == rule['rule'], 'a flag of another rule')
            expect(outcome is True, 'a flag of what does not hold')
    if rule['answer'] == 'not_applicable':
        expect(not rule['judgements'], 'judged though it does not apply')
        return
    if rule['each'] and rule['each']['state'] == 'unknown':
        outcomes.append(None)
    decided = any(o['rule'] == rule['rule'] for o in document['overridden'])
    want = ({'flagged', 'tagged', 'overridden'} if True in outcomes and decided else
            {'flagged', 'tagged'} if True in outcomes else {'undetermined'} if None in outcomes
            else {'clear'})
    expect(rule['answer'] in want, f'{rule["rule"]}: {rule["answer"]} by {outcomes}')


def check_parameter(document, parameter):
    if parameter['base'] is not None and amount(parameter['figure']) is not None:
        base = amount(document['parameters'][parameter['base']]['figure'])
        expect(abs(amount(parameter['figure']) - base * Decimal(parameter['times'])) < Decimal('0.01'),
               f'{parameter["id"]} is not that multiple')


def check_document(document):
    fits(document, SCHEMA, 'document')
    for rule in document['rules']:
        check_rule(document, rule)
    for value in document['values']:
        check_value(document, value)
    for parameter in document['parameters']:
        check_parameter(document, parameter)
    raised = [i for i, flag in enumerate(document['flags'])
              if flag['status'] in ('new', 'continuing', 'changed')]
    led = [j['flag'] for rule in document['rules'] for j in rule['judgements'] if j['flag'] is not None]
    if document['derived']['outcome'] == 'same':
        expect(sorted(led) == raised, 'a flag without its judgement')
    answers = {rule['answer'] for rule in document['rules']}
    expect((document['state'] == 'flagged') == ('flagged' in answers), 'the state and the answers')


# --- the independent verifier -----------------------------------------------------------------------

def yuan(fen):
    return Decimal(fen) / 100


def check_against(county, document, counts):
    import rules as said
    import verify
    household = county.households[document['household']]
    members = {member.name: member for member in household.counted}
    alone = len(members) == len(household.counted)
    for rule in document['rules']:
        judged = verify.judge(county, rule['rule'], household)
        if judged is None:
            want = {'not_applicable'}
        else:
            answers = [answer for answer, _ in judged[0].values()]
            want = ({'flagged', 'tagged'} if True in answers else
                    {'undetermined'} if None in answers or judged[1] else {'clear'})
        expect(rule['answer'] in want, f'{rule["rule"]}: {rule["answer"]}, the verifier says {want}')
        counts['answers'] += 1
    drawn = {'registered_pension': ('pension', said.drawn_pension),
             'registered_unemployment': ('unemployment_benefit', said.drawn_unemployment)}
    for value in document['values']:
        if value['id'] == 'counted_members' and not household.counted.open:
            expect(value['figure']['count'] == len(household.counted), 'how many are counted')
            counts['values'] += 1
        if value['id'] in drawn and alone and value['person'] in members:
            feed, fitting = drawn[value['id']]
            rows = said.filtered(members[value['person']][feed], lambda row: fitting(row, county))
            total = said.total(rows, 'monthly_amount')
            expect(amount(value['figure']) == (None if total is None else yuan(total)),
                   f'{value["id"]} of {value["person"]}')
            counts['values'] += 1
    for parameter in document['parameters']:
        if parameter['id'] == 'dibao_standard':
            standard = county.standard(household)
            expect(amount(parameter['figure']) == (None if standard is None else yuan(standard)),
                   'the standard')
            counts['parameters'] += 1


# --- spoiling ---------------------------------------------------------------------------------------

def first(items, fitting):
    return next(item for item in items if fitting(item))


def all_parts(document):
    for rule in document['rules']:
        for judgement in rule['judgements']:
            yield from judgement['parts']
    for value in document['values']:
        yield from value['parts']


def flip(figure):
    figure['truth'] = not figure['truth']


def spoil_amount(document):
    figure = first(document['values'], lambda v: v['lines'] and amount(v['exact']) is not None)['lines'][0]
    figure['figure']['text'] = str(amount(figure['figure']) + Decimal('0.01'))


def spoil_rounding(document):
    value = first(document['values'], lambda v: v['rounding'] and amount(v['figure']) is not None)
    value['figure']['text'] = str(amount(value['figure']) + Decimal('0.1'))


WAYS = {
    'a member left out': lambda d: d.pop('state'),
    'a member more': lambda d: d.update(extra=1),
    'an empty text for null': lambda d: d['rules'][0].update(basis=''),
    'another answer': lambda d: first(d['rules'], lambda r: r['answer'] == 'clear').update(answer='flagged'),
    'an operand turned round': lambda d: flip(first(
        tree(first(d['rules'], lambda r: any(j['parts'] and j['parts'][0]['kind'] == 'all' and
             j['parts'][1]['figure']['truth'] is not None for j in r['judgements']))
             ['judgements'][0]['parts']), lambda n: True)['figure']),
    'a row of a list turned round': lambda d: flip(first(all_parts(d), lambda p: p['kind'] == 'list' and
        p['function'] in ('exists', 'all') and p['figure']['truth'] is not None)['figure']),
    'no reason': lambda d: first(all_parts(d), lambda p: p['figure']['state'] == 'unknown')['figure'].update(
        reasons=[]),
    'a line of a breakdown': spoil_amount,
    'a rounded value': spoil_rounding,
    'a multiple': lambda d: first(d['parameters'], lambda p: p['base'] is not None).update(times='1.3'),
    'a sum of rows': lambda d: first(all_parts(d), lambda p: p['kind'] == 'list' and p['function'] == 'sumOf'
        and amount(p['figure']))['figure'].update(text='7777.77'),
    'a value with another figure': lambda d: d['values'][first(
        all_parts(d), lambda p: p['value'] is not None and p['figure']['count'] is not None)['value']]
        ['figure'].update(count=99),
    'a flag of another rule': lambda d: d['flags'][0].update(rule='NONE'),
}


def spoil(documents, ways):
    for name in ways:
        tried = 0
        for document in documents:
            spoilt = copy.deepcopy(document)
            try:
                WAYS[name](spoilt)
            except (StopIteration, IndexError, KeyError):
                continue
            tried += 1
            try:
                check_document(spoilt)
            except Wrong:
                break
        else:
            raise SystemExit(f'not noticed: {name} ({tried} tries)' if tried else f'no document for: {name}')


# --- the whole --------------------------------------------------------------------------------------

def sampled(lines, count):
    """Households of every state, spread over the county."""
    found = []
    states = sorted({line['state'] for line in lines} - {'absent'})
    for state in states:
        these = [line['household'] for line in lines if line['state'] == state]
        share = max(1, count // len(states))
        found += these[::max(1, len(these) // share)][:share]
    return found


def main(arguments):
    program, workspace = arguments[:2]
    county = None
    if len(arguments) > 2:
        import verify
        export = verify.Export(arguments[2])
        county = verify.County(export, os.path.join(workspace, 'inbox'),
                               os.path.join(workspace, 'areas.csv'), arguments[3])
        count = int(arguments[4]) if len(arguments) > 4 else 16
        wanted = sampled(export.of('household'), count)
        ways = [name for name in WAYS if name not in ('a line of a breakdown', 'a rounded value',
                                                      'a multiple')]
    else:
        wanted, ways = ['A1', 'A2', 'A3', 'A4'], list(WAYS)
        ways.remove('a row of a list turned round')
    counts = {'answers': 0, 'values': 0, 'parameters': 0}
    documents = []
    for household in wanted:
        run = subprocess.run([program, 'explain', household, '-C', workspace, '--json'],
                             capture_output=True, text=True, check=False)
        if run.returncode:
            raise SystemExit(f'{household}: exit {run.returncode} {run.stderr}')
        document = json.loads(run.stdout)
        try:
            expect(document['derived']['outcome'] == 'same', 'not as stored')
            check_document(document)
            if county:
                check_against(county, document, counts)
        except Wrong as wrong:
            raise SystemExit(f'{household}: {wrong}') from wrong
        documents.append(document)
    spoil(documents, ways)
    judgements = sum(len(rule['judgements']) for d in documents for rule in d['rules'])
    print(f'{len(documents)} households, {judgements} judgements, '
          f'{sum(len(list(all_parts(d))) for d in documents)} parts, '
          f'{sum(len(d["values"]) for d in documents)} values; agreed with the verifier: '
          f'{counts["answers"]} answers, {counts["values"]} values, {counts["parameters"]} parameters; '
          f'{len(ways)} ways of spoiling noticed')


if __name__ == '__main__':
    main(sys.argv[1:])
