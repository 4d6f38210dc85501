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


def never_came(store):
    """How many registers nothing came of, but for those of the inspector alone."""
    return sum(1 for _ in store.rows(
        """SELECT d.feed FROM receipt_delivery x JOIN delivery d ON d.number = x.delivery
           JOIN source s ON s.run = ? AND s.feed = d.feed
           WHERE x.receipt = ? AND s.part = '' AND s.shown = 'everywhere'
           GROUP BY d.feed HAVING max(x.verdict IN ('accepted', 'warned', 'held', 'refused')) = 0""",
        store.run['number'], store.run['receipt']))


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


def table_of(path):
    """The rows of a report's table of sources, and those of which nothing came."""
    with open(path, encoding='utf-8') as file:
        text = file.read()
    part = text[text.index('<h2>二、'):text.index('<h2>三、')]
    rows = re.findall(r'<tr><td>(.*?)</td><td>(.*?)</td><td class="c">(.*?)</td><td>(.*?)</td></tr>', part)
    missing = re.search(r'未核对（数据源未收到）：(.*?)。</p>', part)
    return ([tuple(html.unescape(c) for c in row) for row in rows],
            html.unescape(missing.group(1)) if missing else '')


def check_reports(store, rows, feeds, founds, folder):
    told = collections.Counter()
    by_name = {h['name']: n for n, h in store.households.items()}
    for path in glob.glob(os.path.join(folder, '核对报告_*.html')):
        name = os.path.basename(path).split('_')[1]
        household = store.households[by_name[name]]
        people = store.people(household)
        found = json.loads(founds[by_name[name]]['found'])
        table, missing = table_of(path)
        said = {title: words for _, title, _, words in table}
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


def in_few_words(table, absent, people):
    """What a visit sheet says of the sources that a report on the household lists, by number of the
    row: in full, or only how many."""
    has, opened, none = [], [], []
    for _, title, _, words in table:
        partly = '；未核对（' in words or '；其他人无记录' in words
        if words.startswith('有记录'):
            names = re.match('有记录((?:（.*?）)?)(?:；未核对（|$)', words).group(1)
            if people > 1 and '，' not in names and names.count('、') == people - 1:
                names = '（全部成员）'
            has.append(title + names)
        if words.startswith('未核对') or partly:
            opened.append(title + ('（部分）' if partly else ''))
        elif words.startswith('无记录'):
            none.append(title)
    lists = ['、'.join(has), '、'.join(opened), '、'.join(none)]
    if absent:
        lists[1] += ('；' if opened else '') + '没有收到的数据源 %d 项' % absent
    counts = ['有记录 %d 项，' % len(has), '未核对 %d 项，' % (len(opened) + absent),
              '无记录 %d 项；逐项见核对报告' % len(none)]
    names = ['有记录（不等于有问题）', '未核对（不等于没有）', '无记录']
    rows = [(n, l) for n, l in zip(names, lists) if l]
    ways = [rows]
    for full in range(3):
        ways.append([(n, l) for n, l in list(zip(names, lists))[:full] if l] +
                    [('其他来源' if full else '各来源', ''.join(counts[full:]))])
    return ways


def check_sheets(store, folder):
    """The sheet that is signed and the report on the household say the same of each source."""
    told, absent = collections.Counter(), never_came(store)
    by_name = {h['name']: h for h in store.households.values()}
    reports = {os.path.basename(p).split('_')[1]: p
               for p in glob.glob(os.path.join(folder, '核对报告_*.html'))}
    for path in glob.glob(os.path.join(folder, '入户核查表_*.html')):
        with open(path, encoding='utf-8') as file:
            text = file.read()
        sheets = collections.defaultdict(str)
        for section in text.split('<section>')[1:]:
            sheets[re.search('核查编号：(.*?)<', section).group(1)] += section
        for name, sheet in sheets.items():
            tables = re.findall(r'<table class="flags joined">(.*?)</table>', sheet, re.S)
            if len(tables) != 1:
                fail(name, 'a sheet with so many tables of sources', len(tables))
            got = [tuple(html.unescape(c) for c in row)
                   for row in re.findall('<tr><th>(.*?)</th><td>(.*?)</td></tr>', tables[0])]
            ways = in_few_words(table_of(reports.pop(name))[0], absent,
                                len(store.people(by_name[name])))
            if got not in ways:
                fail(name, 'sheet and report say different things', got, ways)
            told[ways.index(got)] += 1
    if reports or not told[0]:
        fail('no sheet, or none in full', reports, told)
    return sum(told.values())


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
    sheets = check_sheets(store, folder)
    print('%d marks of %d sources about %d households, %d planted rows withdrawn; reports: %s; sheets: %d'
          % (sum(told.values()), len(feeds), len(store.households), told['withdrawn'], dict(reports),
             sheets))


main()
