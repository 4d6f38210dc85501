"""sources.py COUNTY FOLDER RUN: what the store says that each source has about a household, and what its
report says of it, held against the rows that were planted about it (truth/matched.tsv), which neither
the program nor its store had a part in."""
import collections
import glob
import html
import json
import os
import re
import sys

import base

RECORD, OPEN, NONE = 'rwRW', 'xuan', '.'


def fail(what, *more):
    print(what, *more)
    sys.exit(1)


def planted(store, county):
    """By household: feeds with a row about it."""
    feeds = {d['file']: d['feed'] for d in store.deliveries.values()}
    rows = collections.defaultdict(set)
    with open(os.path.join(county, 'truth', 'matched.tsv'), encoding='utf-8') as lines:
        for line in lines:
            file, _, household = line.rstrip('\n').split('\t')
            rows[household].add(feeds[file])
    return rows


def used_feeds(store):
    """Registers whose data the run used, but for those of the inspector alone."""
    return {r['feed']: r['title'] for r in store.rows(
        """SELECT DISTINCT d.feed, d.title FROM receipt_delivery x JOIN delivery d ON d.number = x.delivery
           JOIN source s ON s.run = ? AND s.feed = d.feed
           WHERE x.receipt = ? AND x.verdict IN ('accepted', 'warned', 'held')
             AND s.part = '' AND s.shown = 'everywhere'""",
        store.run['number'], store.run['receipt'])}


def codes(found, feed, people):
    """One character a member."""
    return found.get(feed, ''.join('.' if p['authorised'] else 'u' for p in people))


def check_store(store, rows, feeds, founds):
    told = collections.Counter()
    for number, household in store.households.items():
        if household['state'] == 'absent':
            continue
        people, name = store.people(household), household['name']
        found = json.loads(founds[number]['found'])
        if not set(found) <= set(feeds) | {'*'}:
            fail(name, 'a source that was not used', found)
        for feed in feeds:
            said = codes(found, feed, people)
            if len(said) != len(people) or any(
                    (c == 'u') != (not p['authorised']) for c, p in zip(said, people)):
                fail(name, feed, 'not one mark a member, or an authorisation that is none', said)
            told.update(said)
            has = any(c in RECORD for c in said)
            if has and feed not in rows[name]:
                fail(name, feed, 'a record that nobody planted', said)
            if not has and feed in rows[name]:
                told['withdrawn' if 'u' not in said else 'expired'] += 1  # since the truth was made
                if not any(c in OPEN for c in said):
                    fail(name, feed, 'a planted row is told as no record', said)
    if told['withdrawn'] > 20 or min(told[c] for c in 'rw.xu') < 5:
        fail('too little to tell anything, or too much left open', told)
    return told


def cells_of(path):
    with open(path, encoding='utf-8') as file:
        text = file.read()
    part = text[text.index('<h2>二、'):text.index('<h2>三、')]
    rows = re.findall(r'<tr><td>(.*?)</td><td>(.*?)</td><td class="c">(.*?)</td><td>(.*?)</td></tr>', part)
    missing = re.search(r'未核对（数据源未收到）：(.*?)。</p>', part)
    return {html.unescape(r[1]): html.unescape(r[3]) for r in rows}, missing.group(1) if missing else ''


def check_reports(store, rows, feeds, founds, folder):
    told = collections.Counter()
    by_name = {h['name']: n for n, h in store.households.items()}
    for path in glob.glob(os.path.join(folder, '核对报告_*.html')):
        name = os.path.basename(path).split('_')[1]
        household = store.households[by_name[name]]
        people = store.people(household)
        found = json.loads(founds[by_name[name]]['found'])
        said, missing = cells_of(path)
        for feed, title in feeds.items():
            if title not in said:
                fail(name, feed, 'a source that was used is not told')
            marks = codes(found, feed, people)
            asked = [c for c, p in zip(marks, people) if p['counted']]
            words = said.pop(title)
            kind = words[:3]
            if any(c in RECORD for c in marks):
                expected = '有记录'
            else:
                expected = '无记录' if asked and all(c == '.' for c in asked) else '未核对'
            if '*' in found and expected == '无记录':
                expected = '未核对'
            if kind != expected:
                fail(name, feed, marks, words, expected)
            if kind == '无记录' and feed in rows[name]:
                fail(name, feed, 'no record, it says, of a planted row', words)
            if kind == '有记录' and len(people) > 1:
                for mark, person in zip(marks, people):
                    inside = person['name'] in words.split('；未核对')[0]
                    if inside != (mark in RECORD) and len({p['name'] for p in people}) == len(people):
                        fail(name, feed, 'who has a record', marks, words)
            told[kind] += 1
        if any(words[:3] != '未核对' for words in said.values()) or \
                set(missing.split('、')) & set(feeds.values()):
            fail(name, 'a source that was not used has something', said)
    if min(told[k] for k in ('有记录', '无记录', '未核对')) < 3:
        fail('too few reports', told)
    return told


def main():
    county, folder, run = sys.argv[1:]
    store = base.Store(os.path.join(county, 'hedui.db'))
    store.stand(run)
    founds = store.newest('SELECT * FROM searched', 'household')
    rows, feeds = planted(store, county), used_feeds(store)
    if len(sys.argv) == 4 and folder == '-':  # households worth a report
        chosen = {}
        for number, household in store.households.items():
            found = json.loads(founds[number]['found']) if number in founds else {}
            for mark in set(''.join(found.values())) | {'*'} & set(found) | (
                    {'u'} if any(not p['authorised'] for p in store.people(household)) else set()):
                chosen.setdefault(mark, []).append(household['name'])
        print(','.join(sorted({n for names in chosen.values() for n in names[:6]})))
        return
    told = check_store(store, rows, feeds, founds)
    reports = check_reports(store, rows, feeds, founds, folder)
    print('%d marks of %d sources about %d households, %d planted rows withdrawn; reports: %s' % (
        sum(told.values()), len(feeds), len(store.households), told['withdrawn'], dict(reports)))


main()
