"""problems.py DATABASE FOLDER RUN: what goes back to the departments held against the base tables.
problems.py DATABASE rows RUN: three rows of pensions under flags: household, file, line."""
import glob
import os
import re
import sys

import base
import xlsx


def equal(what, got, expected):
    if got != expected:
        print('%s:\n  got      %r\n  expected %r' % (what, got, expected))
        sys.exit(1)


def table(sheet):
    heads = {c: v for (r, c), v in sheet.cells.items() if r == 3}
    return [{heads[c]: v for c, v in sheet.row(r).items()}
            for r in range(4, sheet.last_row() + 1) if sheet.cells.get((r, 3))]


COMPARED, EMPTY, MISTAKEN = [], [], []


def earlier(store, delivery):
    """Rows of the last full delivery of the feed that an earlier run used, if it was another file."""
    for number in sorted((n for n in store.runs if n < store.run['number']), reverse=True):
        run = store.runs[number]
        if run['listed'] or run['state'] not in ('draft', 'published'):
            continue
        rows = [(x, store.deliveries[x['delivery']]) for x in store.rows(
            'SELECT * FROM receipt_delivery WHERE receipt = ? ORDER BY n', run['receipt'])]
        rows = [(x, d) for x, d in rows if d['feed'] == delivery['feed']][:1]
        for x, d in rows:
            if x['verdict'] in ('accepted', 'warned', 'held') and d['digest'] != delivery['digest']:
                return d['records']
    return None


def check(path, source, deliveries, rejects, store):
    sheets = {s.name: s for s in xlsx.read(path)}
    numbers = {d['number']: d for d in deliveries}
    met = sorted({(m['delivery'], m['line'], m['pair'], m['person_masked']) for m in store.rows(
        "SELECT * FROM pair_met WHERE run = ? AND state = 'left_out'", store.run['number'])
        if m['delivery'] in numbers})
    equal('sheets', list(sheets), ['接收情况', '问题行'] + (['非本人'] if met else []))
    if met:
        told = table(sheets['非本人'])
        equal('rows of somebody else', sorted((r['文件（批次）'], r['行号'], r['非本人认定'],
                                            r['本行公民身份号码（掩码）']) for r in told),
              sorted((numbers[m[0]]['file'], *m[1:]) for m in met))
        MISTAKEN.extend(told)
    rows = table(sheets['接收情况'])
    equal(source + ', deliveries',
          [(r['数据'], r['文件（批次）'], r['行数'], r['采用'], r['其他证件'], r['重复'], r['问题行（未采用）'])
           for r in rows],
          [(d['title'], d['file'], d['records'], d['accepted'], d['other_document'], d['duplicate'],
            d['rejected']) for d in deliveries])
    feeds = set()
    for row, d in zip(rows, deliveries):
        before = None if d['feed'] in feeds else earlier(store, d)
        feeds.add(d['feed'])
        equal('rows before ' + d['file'], row.get('上次行数', ''), '' if before is None else before)
        if before:
            change = float(row['比上次'].replace('−', '-')[:-1])
            equal('change of ' + d['file'],
                  abs(change - 100 * (d['records'] - before) / before) <= .00501, True)
            COMPARED.append(change)
        shares = dict(re.findall(r'([^；]+) ([0-9.]+)%(?:；|$)', row.get('不应为空的栏目空着的占比', '')))
        wanted = {f['name'][6:]: 100 * f['part'] / f['whole'] for f in store.rows(
            "SELECT * FROM figure WHERE delivery = ? AND name GLOB 'empty *' AND part > 0", d['number'])}
        equal('columns left empty in ' + d['file'], set(shares), set(wanted))
        for name, share in wanted.items():
            equal('share of ' + name, abs(float(shares[name]) - share) <= .00501, True)
            EMPTY.append(name)
        if d['records']:
            share = float(row['问题行占比'][:-1])
            equal('share of ' + d['file'], abs(share - 100 * d['rejected'] / d['records']) <= .00501,
                  True)
        told = sum(int(n) for n in re.findall(r' (\d+)(?:；|$)', row.get('问题行的原因（行数）', '')))
        equal('reasons of ' + d['file'], told, d['rejected'])
    sheet = sheets['问题行']
    rows = table(sheet)
    wanted = [(i + 1, d['title'], d['file'], r['line'], r['column_name'] or '（整行）', r['reason'])
              for i, (d, r) in enumerate((d, r) for d in deliveries for r in rejects[d['number']])]
    equal(source + ', rows',
          [(r['序号'], r['数据'], r['文件（批次）'], r['行号'], r['字段'], r['错误码']) for r in rows],
          wanted)
    for row in rows:
        if not row.get('原因') or not row.get('建议') or row['原因'] == row['错误码']:
            equal('words for ' + row['错误码'], 'none', 'some')
    excerpts = [r['excerpt'] for d in deliveries for r in rejects[d['number']]]
    same = sum(row.get('原值（掩码）', '') == e for row, e in zip(rows, excerpts))
    equal('contents as stored, but for control characters', same >= 0.8 * len(rows), True)
    for s in sheets.values():
        for value in s.cells.values():
            if isinstance(value, str) and re.search(r'(?<!\d)\d{17}[\dXx](?!\d)', value):
                equal('whole numbers', value, '')
    return len(rows)


def main():
    store = base.Store(sys.argv[1])
    store.stand(sys.argv[3])
    if sys.argv[2] == 'rows':
        rows = sorted((f['household'], store.deliveries[e['delivery']]['file'], e['line'])
                      for f in store.flags if f['rule'] == 'PENSION-01' and not f['kept']
                      for e in store.foreign(f) if 'pension' in store.deliveries[e['delivery']]['feed'])
        for row in rows[:3]:
            print(*row)
        return
    rejects = {}
    for row in store.rows('SELECT * FROM reject ORDER BY delivery, n'):
        rejects.setdefault(row['delivery'], []).append(row)
    sources = {}
    for row in store.rows('SELECT delivery, verdict FROM receipt_delivery WHERE receipt = ? ORDER BY n',
                          store.run['receipt']):
        d = store.deliveries[row['delivery']]
        if d['file']:
            sources.setdefault(d['source'], []).append((d, row['verdict']))
    told = {s: [d for d, _ in all_] for s, all_ in sources.items()
            if any(d['rejected'] or v in ('held', 'refused') for d, v in all_)}
    files = {re.search(r'退回清单_(.*)_R\d+-\d+\.xlsx', f).group(1): f
             for f in glob.glob(os.path.join(sys.argv[2], '数据质量与退回清单_*.xlsx'))}
    equal('departments', set(files), set(told))
    for r in list(told.values()):
        for d in r:
            rejects.setdefault(d['number'], [])
    rows = sum(check(files[s], s, d, rejects, store) for s, d in told.items())
    equal('rows of all departments', rows,
          sum(len(rejects.get(d['number'], [])) for all_ in sources.values() for d, _ in all_))
    equal('enough rows to tell anything', rows > 50 and len(COMPARED) > 0 and len(EMPTY) > 5, True)
    taken = store.one("SELECT count(*) FROM pair_met WHERE run = ? AND state = 'left_out'", store.run['number'])
    equal('rows of somebody else, all departments', len(MISTAKEN) > 0, taken[0] > 0)
    print('%d rows to %d departments, %d of somebody else' % (rows, len(files), len(MISTAKEN)))


main()
