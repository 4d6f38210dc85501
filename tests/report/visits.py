"""visits.py DATABASE FOLDER RUN: every flag on the visit sheets in a folder held against the base tables of
the store: what it says, whose rows it rests on where it names nobody, and whether it may be another
person's."""
import collections
import glob
import html
import os
import re
import sys

import base

DOUBTS = {'id_only': '来源无姓名可比', 'upgraded': '证件号由15位升位', 'name_differs': '姓名不同'}


def fail(what, *more):
    print(what, *more)
    sys.exit(1)


def read(folder, run):
    """By household: what its sheets say of each flag."""
    told = collections.defaultdict(list)
    for path in glob.glob(os.path.join(folder, '入户核查表_*_%s.html' % run)):
        with open(path, encoding='utf-8') as file:
            for sheet in file.read().split('<section>')[1:]:
                name = re.search(r'核查编号：(.*?)</b>', sheet).group(1)
                for words in re.findall(r'rowspan="2">\d+</td><td>.*?</td><td>(.*?)</td></tr>', sheet):
                    told[html.unescape(name)].append(html.unescape(words).split('<div class="ask">')[0])
    return told


def expected(store, flag):
    """What a flag says, and where."""
    message, groups, foreign = flag['version']['message'], {}, store.foreign(flag)
    for proof in sorted(flag['evidence'], key=lambda e: e['n']):
        groups.setdefault(proof['delivery'], []).append(proof)
    parts, ways = [], {e['match'] for e in foreign}
    for number, proofs in groups.items():
        title, lines = store.deliveries[number]['title'], [p for p in proofs if p['line']]
        if not lines:
            parts.append(title + '查无记录')
        before = ''
        for proof in lines:
            if proof in foreign and not flag['version']['person'] and proof['person'] != before:
                parts.append(proof['person'])  # once, before the first of rows in a row
            before = proof['person']
            parts.append(str(proof['line']))
            if proof['person'] and proof['match'] in ('name_differs', 'upgraded'):
                parts.append('姓名不同' if proof['match'] == 'name_differs' else '升位')
    doubt = next((DOUBTS[w] for w in ('name_differs', 'upgraded', 'id_only') if w in ways), '')
    return message, parts, doubt


def check(store, flag, words):
    message, parts, doubt = expected(store, flag)
    if not words.startswith(message):
        return 'the message'
    at = len(message)
    for part in parts:
        found = words.find(part, at)
        if found < 0:
            return part
        at = found
    remark = words.rsplit('〕', 1)[-1]
    if ('%s，可能不是本人，请先核对' % doubt not in remark) if doubt else ('可能不是本人' in words):
        return 'a doubt that is not told, or none that is'
    return None if flag['kept'] == ('本次未核对' in remark) else 'whether it was checked'


def main():
    store = base.Store(sys.argv[1])
    store.stand(sys.argv[3])
    told, counted = read(sys.argv[2], store.run['id']), collections.Counter()
    flags = collections.defaultdict(list)
    for flag in store.flags:
        flags[flag['household']].append(flag)
    if set(told) != set(flags):
        fail('households', set(told) ^ set(flags))
    for household, mine in flags.items():
        if len(told[household]) != len(mine):
            fail(household, 'flags', told[household], len(mine))
        for flag in mine:
            wrong = [check(store, flag, words) for words in told[household]]
            if None not in wrong:
                fail(household, flag['rule'], wrong, told[household])
            doubt = expected(store, flag)[2]
            counted['doubtful' if doubt else 'sure'] += 1
            counted['of nobody'] += not flag['version']['person']
            counted['kept'] += flag['kept']
    if min(counted[k] for k in ('doubtful', 'sure', 'of nobody')) < 3:
        fail('too few of a kind to tell anything', counted)
    print('%d households on visit sheets, flags: %s' % (len(told), dict(counted)))


main()
