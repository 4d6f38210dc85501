"""summary.py DATABASE FOLDER RUN: the summary as workbook and as HTML held against the base tables."""
import html
import os
import re
import sys
import xml.etree.ElementTree as tree

import base
import xlsx

FIRST = 4


def equal(what, got, expected):
    if got != expected:
        print('%s:\n  got      %r\n  expected %r' % (what, got, expected))
        sys.exit(1)


def table(sheet):
    """Rows of a sheet as dictionaries by caption, with the totals last under 合计."""
    heads = {c: v for (r, c), v in sheet.cells.items() if r == 3}
    rows = []
    for r in range(FIRST, sheet.last_row()):
        rows.append({heads[c]: v for c, v in sheet.row(r).items() if c in heads and v != ''})
    return rows


def counts(store):
    """Flags by (rule, town): households, raised, kept."""
    found = {}
    for flag in store.flags:
        at = found.setdefault((flag['rule'], flag['now']['town_code']), [set(), 0, 0])
        if flag['kept']:
            at[2] += 1
        else:
            at[0].add(flag['household'])
            at[1] += 1
    return {key: (len(h), n, k) for key, (h, n, k) in found.items()}


def total(found, index, rule=None, town=None):
    return sum(v[index] for (r, t), v in found.items()
               if (rule is None or r == rule) and (town is None or t == town))


def check_sum(sheet, caption, expected):
    heads = {v: c for (r, c), v in sheet.cells.items() if r == 3}
    column = heads[caption]
    row = sheet.last_row() - 1
    equal('%s: total of %s' % (sheet.name, caption), sheet.cells[(row, column)], expected)
    letter = chr(64 + column)
    equal('%s: formula of %s' % (sheet.name, caption), sheet.formulas[(row, column)],
          'SUBTOTAL(109,%s%d:%s%d)' % (letter, FIRST, letter, row - 1))


def check_no_sum(sheet, caption):
    column = {v: c for (r, c), v in sheet.cells.items() if r == 3}[caption]
    place = (sheet.last_row() - 1, column)
    equal('%s: no total of %s' % (sheet.name, caption),
          (sheet.cells.get(place), place in sheet.formulas), (None, False))


def towns_of(store):
    names = {}
    for h in store.households.values():
        names.setdefault(h['town_code'], h['town_name'])
        if h['state'] != 'absent':
            names[h['town_code']] = h['town_name']
    return {code: name or code or '乡镇不明' for code, name in names.items()}


def check_workbook(path, store, now, before):
    sheets = xlsx.read(path)
    equal('sheets', [s.name for s in sheets],
          ['按类别', '按乡镇', '类别×乡镇（户数）', '类别×乡镇（条数）',
           '没有核对到的', '核查期限'])
    titles = [s.cells[(1, 1)] for s in sheets]
    equal('a title of its own on each printed sheet', len(set(titles)), len(sheets))
    names = towns_of(store)
    rules = {r['id']: r for r in store.rules.values()
             if r['effect'] != 'inform' and r['shown'] == 'everywhere'}
    rows = table(sheets[0])[:-1]
    equal('rules', {r['规则'] for r in rows} >= set(rules), True)
    for row in rows:
        rule = row['规则']
        got = (row['户数'], row['条数'], row['本次未核对'], row.get('上期条数'), row.get('增减'),
               row['方向'])
        was = None if before is None else total(before, 1, rule)
        flags = total(now, 1, rule)
        expected = (total(now, 0, rule), flags, total(now, 2, rule), was,
                    None if was is None else flags - was,
                    '拟纳入线索' if rules.get(rule, {'effect': ''})['effect'] == 'include'
                    else '待核实疑点')
        equal('rule ' + rule, got, expected)
    check_sum(sheets[0], '条数', store.run['flags'])
    check_sum(sheets[0], '本次未核对', total(now, 2))
    if before is None:  # what is not known adds up to nothing, not to zero
        for caption in ('上期条数', '增减'):
            check_no_sum(sheets[0], caption)
    else:
        check_sum(sheets[0], '上期条数', sum(total(before, 1, row['规则']) for row in rows))
    for row in table(sheets[1])[:-1]:
        town = [c for c, n in names.items() if n == row['乡镇（街道）']][0]
        mine = [h for h in store.households.values()
                if h['town_code'] == town and h['state'] != 'absent']
        flags = [f for f in store.flags if f['now']['town_code'] == town and not f['kept']]
        levels = [sum(f['severity'] == s for f in flags) for s in ('high', 'medium', 'low')]
        equal('town ' + row['乡镇（街道）'],
              (row['台账户数'], row['有疑点户数'], row['疑点条数'], row['高'], row['中'], row['低'],
               row['本次未核对（条）'], row['部分未核对户数']),
              (len(mine), sum(h['state'] == 'flagged' for h in mine), len(flags), *levels,
               total(now, 2, town=town), sum(h['state'] == 'unchecked' for h in mine)))
    for caption, expected in (('疑点条数', store.run['flags']), ('有疑点户数', store.run['flagged']),
                              ('高', store.run['high']), ('台账户数', store.run['households'])):
        check_sum(sheets[1], caption, expected)
    for index, sheet in ((0, sheets[2]), (1, sheets[3])):
        for row in table(sheet)[:-1]:
            for town, name in names.items():
                equal('%s %s %s' % (sheet.name, row['规则'], name), row.get(name, 0),
                      total(now, index, row['规则'], town))
            equal('%s %s' % (sheet.name, row['规则']), row['合计'], total(now, index, row['规则']))
    check_open(sheets[4], store)
    check_work(sheets[5], store, names)
    return rows


def check_open(sheet, store):
    """Each reason and source with its households and rules, from the base tables."""
    reasons = {'数据源未收到': 'not_supplied', '数据源未采用': 'refused', '数据源过期': 'stale',
               '没有有效的核对授权': 'not_authorised', '来源中此人的行有问题，未采用': 'rejected_row',
               '来源数据互相矛盾': 'conflict', '所需栏目为空': 'empty_field',
               '所需栏目无法读取': 'bad_field', '没有适用的标准参数': 'parameter',
               '台账中该户资料不完整': 'caseload', '来源中没有所需的记录': 'no_record',
               '所需栏目的值无法用于计算': 'bad_value'}
    of = {d['feed']: (d['title'], d['source']) for d in store.deliveries.values()}
    expected = {}
    for household, rule, reason, source in store.open_causes():
        title, mender = of.get(source, ('见逐户的原因', '核对中心'))
        if reason == 'not_authorised':
            title, mender = '各数据源', '乡镇（街道）'
        elif reason == 'caseload':
            mender = '乡镇（街道）'
        elif reason == 'parameter':
            title, mender = '标准和区划表', '核对中心'
        at = expected.setdefault((reason, title, mender), [set(), set()])
        at[0].add(household)
        at[1].add(rule)
    expected = {k: (len(h), len(r)) for k, (h, r) in expected.items()}
    for gap in store.rows('SELECT * FROM gap WHERE run = ?', store.run['number']):
        rule = store.rules[gap['rule']]
        if rule['effect'] == 'inform' or rule['shown'] != 'everywhere':
            continue
        key = (gap['reason'], *of[gap['source']])
        most, rules = expected.get(key, (0, 0))
        expected[key] = (max(most, gap['households']), rules + 1)
    got = {}
    for row in table(sheet):
        key = (reasons.get(row['原因'], row['原因']), row['数据'], row['由谁补正'])
        got[key] = (row['户数'], row['涉及规则'])
    equal('what was not checked', got, expected)
    if not expected:
        equal('a night with something not checked', expected, 'some')


def check_work(sheet, store, names):
    rows = {row['乡镇（街道）']: row for row in table(sheet)[:-1]}
    today = store.run['as_of']
    captions = ('要核查的户数', '其中疑点都没有核对到', '已过期限', '七日内到期', '七日后到期',
                '没有定期限')
    sums = [0] * 6
    for code, name in names.items():
        if name not in rows:
            continue
        mine = [h for h in store.listed().values() if h[0] == code]
        days = [h[2] for h in mine]
        expected = [len(mine), sum(not h[1] for h in mine),
                    sum(d is not None and d < today for d in days),
                    sum(d is not None and today <= d <= today + 7 for d in days),
                    sum(d is not None and d > today + 7 for d in days),
                    sum(d is None for d in days)]
        equal('work of ' + name, [rows[name][c] for c in captions], expected)
        sums = [a + b for a, b in zip(sums, expected)]
    for caption, expected in zip(captions, sums):
        check_sum(sheet, caption, expected)
    equal('every household that is listed', sums[0], len(store.listed()))


def check_html(path, store, rows, now, before):
    text = open(path, encoding='utf-8').read()
    if re.search(r'(?<!\d)\d{17}[\dXx](?!\d)', text):
        equal('whole numbers', 1, 0)
    for rule in rows:
        cells = [rule['规则'], rule['疑点类别']]
        at = text.index('<tr><td class="w">%s</td>' % cells[0])
        row = [html.unescape(re.sub('<[^>]*>', '', c)).replace(',', '')
               for c in re.findall('<td[^>]*>(.*?)</td>', text[at:text.index('</tr>', at)])]
        shown = ['—' if rule.get(k) is None else str(rule[k]) for k in ('户数', '条数', '上期条数')]
        equal('HTML, rule ' + cells[0], row[1:2] + row[3:6], cells[1:] + shown)
        equal('HTML, kept of ' + cells[0], row[7], str(rule['本次未核对']))
    text_of = re.sub('<[^>]*>', '', text).replace(',', '')
    run = store.run
    for part in ('台账 %d 户 ＝ 有疑点 %d ＋ 未发现疑点 %d ＋ 部分未核对 %d ＋ 不在核对范围 %d'
                 % (run['households'], run['flagged'], run['clear'], run['unchecked'],
                    run['out_of_scope']),
                 '有 %d 户至少一条规则无法核对' % sum(
                     h['state'] != 'absent' and h['unanswered'] > 0
                     for h in store.households.values())):
        equal('said at the head: ' + part, part in text_of, True)
    if before is not None:
        part = '这次没有核对到、不能当作已消除的 %d 条' % total(now, 2)
        equal('said of what is kept: ' + part, part in text_of, True)
    equal('a comparison', '上期多' in text or '上期少' in text or '上期持平' in text,
          before is not None)
    charts = re.findall('<svg.*?</svg>', text, re.S)
    for chart in charts:
        root = tree.fromstring(chart)
        space = '{http://www.w3.org/2000/svg}'
        equal('a chart has a title', bool(root.find(space + 'title').text), True)
        for bar in root.iter(space + 'rect'):
            width, x = int(bar.get('width')), int(bar.get('x'))
            equal('a bar within its chart', width > 0 and x + width <= 861, True)
    # numbers behind the bars: every rule with flags once, every town once
    shown = [int(n.replace(',', '')) for c in charts for n in re.findall(r'class="t"[^>]*>([\d,]+)</text>', c)]
    equal('numbers in charts', sorted(shown),
          sorted([r['条数'] for r in rows if r['条数']] +
                 [total(now, 1, town=t) for t in {f['now']['town_code'] for f in store.flags} |
                  {h['town_code'] for h in store.households.values() if h['state'] != 'absent'}]))


def main():
    store = base.Store(sys.argv[1])
    store.stand(sys.argv[3])
    now, before = counts(store), None
    if store.run['base'] is not None:
        earlier = base.Store(sys.argv[1])
        earlier.stand(store.runs[store.run['base']]['id'])
        before = counts(earlier)
    path = os.path.join(sys.argv[2], '疑点汇总表_%s' % sys.argv[3])
    rows = check_workbook(path + '.xlsx', store, now, before)
    check_html(path + '.html', store, rows, now, before)
    if total(now, 1) < 20:
        equal('too few flags to tell anything', total(now, 1), 20)
    print('%d rules, %d flags' % (len(rows), total(now, 1)))


main()
