"""ledger.py DATABASE FOLDER RUN: the ledgers of all towns in a folder held against the base tables of the
store. Nothing is taken from the program: workbooks are read as archives, the store by its tables."""
import collections
import glob
import hashlib
import os
import re
import sys

import base
import xlsx

COUNTED = collections.Counter()  # rows of the kinds that are worth a look

HEADS = ['序号', '户', '核查编号', '村（社区）', '户主', '保障人口', '月保障金额（元）', '疑点类别',
         '涉及人员', '疑点说明', '核查优先级', '核查期限', '下一步核实', '核实结果（选）', '核实情况说明',
         '处理意见（选）', '拟保障金额（元/月）', '依据条款', '理由', '核查人一', '核查人二', '核查日期',
         '户主公民身份号码（掩码）', '来源数据（文件、行号、截止日）', '规则', '对象', '内容校验']
AT = {caption: i + 1 for i, caption in enumerate(HEADS)}
FINDINGS = ['属实', '不属实', '比对有误（非本人）', '登记有误', '已核实，不影响待遇', '无法核实：不在家',
            '无法核实：人户分离', '无法核实：单位停产', '无法核实：无法沟通', '无法核实：其他', '找不到人',
            '拒绝配合', '死亡', '迁出', '其他']
DECISIONS = ['继续保障', '减发', '增发', '停发', '纳入', '更正信息', '再次入户']
FIRST = 4  # row of the first flag
LEVELS = {'high': '高', 'medium': '中', 'low': '低', '': '—'}


def fail(path, what, *more):
    print('%s: %s' % (os.path.basename(path), what), *more)
    sys.exit(1)


def equal(path, what, got, expected):
    if got != expected:
        fail(path, what + ':\n  got      %r\n  expected %r' % (got, expected))


def whole_number(sheets):
    pattern = re.compile(r'(?<!\d)\d{17}[\dXx](?!\d)')
    for sheet in sheets:
        for at, value in sheet.cells.items():
            if isinstance(value, str):
                if pattern.search(value):
                    return '%s %r' % (sheet.name, at)
                if len(value.encode('utf-16-le')) // 2 > 32767:
                    return 'too long at %s %r' % (sheet.name, at)
    return None


def check_rules(path, book, rows):
    """Choices refer to the hidden sheet, cover all rows, and offer all the words."""
    sheet, words = book['核查台账'], book['字典']
    if not words.hidden or not book['_hedui'].hidden:
        fail(path, 'a hidden sheet is not')
    wanted = {AT['核实结果（选）']: ('list', FINDINGS), AT['处理意见（选）']: ('list', DECISIONS),
              AT['拟保障金额（元/月）']: ('decimal', None), AT['核查日期']: ('date', None)}
    seen = {}
    for kind, (top, left, bottom, right), formula in sheet.rules:
        equal(path, 'a rule for one column', left, right)
        equal(path, 'rows of a rule', (top, bottom), (FIRST, FIRST + rows - 1))
        seen[left] = (kind, None)
        if kind == 'list':
            match = re.fullmatch(r'\$?字典[!.](\$[A-Z]\$\d+:\$[A-Z]\$\d+)', formula.replace("'", ''))
            if not match:
                fail(path, 'a choice does not refer to 字典', formula)
            t, l, b, r = xlsx.area(match.group(1))
            equal(path, 'one column of words', l, r)
            seen[left] = (kind, [words.cells.get((row, l)) for row in range(t, b + 1)])
    equal(path, 'rules', seen, wanted)


def check_identity(path, book, run, town, keys):
    sheet = book['_hedui']
    pairs = {sheet.cells[(r, 1)]: sheet.cells.get((r, 2), '') for r in range(1, sheet.last_row() + 1)}
    digest = hashlib.sha256()
    for key in keys:
        for field in key:
            field = field.encode()
            digest.update(len(field).to_bytes(8, 'little') + field)
    equal(path, 'identity', pairs, {'format': 'hedui.ledger/1', 'run': run, 'town': town,
                                    'rows': str(len(keys)), 'keys': digest.hexdigest()})


def check_total(path, sheet, rows, households):
    total = FIRST + rows
    last = total - 1
    expected = {1: ('合计', None), 2: (households, 'SUBTOTAL(109,B%d:B%d)' % (FIRST, last)),
                8: (rows, 'SUBTOTAL(103,H%d:H%d)' % (FIRST, last)),
                17: (0, 'SUBTOTAL(109,Q%d:Q%d)' % (FIRST, last))}
    cells = {c: v for c, v in sheet.row(total).items() if v != ''}
    equal(path, 'totals', {c: (v, sheet.formulas.get((total, c))) for c, v in cells.items()},
          expected)


def expected_row(store, flag):
    """Cells by their caption that a flag must have in its row."""
    now, version = flag['now'], flag['version']
    person = version['person'] + ('\n' + version['person_masked'] if version['person_masked'] else '')
    if not person:  # whose rows it rests on
        person = '、'.join(dict.fromkeys(
            e['person'] for e in sorted(store.foreign(flag), key=lambda e: e['n']) if e['person']))
    village = '不详' if now['area_code'] == now['town_code'] else now['area_name']
    return {'核查编号': flag['household'], '村（社区）': village, '户主': now['head_name'],
            '保障人口': now['counted'],
            '月保障金额（元）': None if now['paid_fen'] is None else now['paid_fen'] / 100,
            '疑点类别': flag['title'], '涉及人员': person, '规则': flag['rule'],
            '对象': flag['subject'], '内容校验': bytes(version['content'])[:8].hex()}


def check_row(path, store, row, flag):
    for caption, value in expected_row(store, flag).items():
        got = row.get(AT[caption])
        equal(path, caption, '' if got is None else got, '' if value is None else value)
    text = row[AT['疑点说明']]
    if not text.startswith(flag['version']['message']) or flag['kept'] != ('【本次未核对' in text):
        fail(path, '疑点说明', repr(text))
    doubts = {'id_only': '来源无姓名可比', 'upgraded': '证件号由15位升位', 'name_differs': '姓名不同'}
    ways = {e['match'] for e in store.foreign(flag)}
    doubt = next((doubts[w] for w in ('name_differs', 'upgraded', 'id_only') if w in ways), '')
    if ('【%s，可能不是本人，请先核对】' % doubt not in text) if doubt else ('可能不是本人' in text):
        fail(path, 'whether it may be another person', ways, repr(text))
    COUNTED['doubtful' if doubt else 'sure'] += 1
    COUNTED['of nobody'] += not flag['version']['person'] and bool(row.get(AT['涉及人员']))
    COUNTED['no village'] += row.get(AT['村（社区）']) == '不详'
    heads = [p['id'] for p in store.people(flag['now'])
             if p['relation'] == '户主' or p['name'] == flag['now']['head_name']]
    got = row.get(AT['户主公民身份号码（掩码）'], '')
    if got not in (heads or ['']):
        fail(path, 'number of the head', got, heads)
    if not row[AT['核查优先级']].startswith(LEVELS[flag['severity']] + '（'):
        fail(path, 'priority', row[AT['核查优先级']])
    # days since 1899-12-30, as workbooks count them
    if row.get(AT['核查期限']) != flag['since']['as_of'] + 30 + 25569:
        fail(path, 'day up to which it is to be looked at', row.get(AT['核查期限']),
             flag['since']['id'])
    sources = row.get(AT['来源数据（文件、行号、截止日）'], '')
    for proof in flag['evidence']:
        delivery = store.deliveries[proof['delivery']]
        place = '第%d行' % proof['line'] if proof['line'] else '无相关记录'
        line = [s for s in sources.split('\n') if '（%s）' % delivery['title'] in s and place in s
                and delivery['file'] in s]
        if not line:
            fail(path, 'a source is missing', delivery['title'], place, repr(sources))


def check_town(path, store, flags, town):
    """@return the keys (household, rule, subject) of the town's rows."""
    sheets = xlsx.read(path)
    book = {s.name: s for s in sheets}
    equal(path, 'sheets', [s.name for s in sheets], ['核查台账', '_hedui', '字典'])
    bad = whole_number(sheets)
    if bad:
        fail(path, bad)
    sheet = book['核查台账']
    equal(path, 'captions', [sheet.cells[(3, c)] for c in range(1, len(HEADS) + 1)], HEADS)
    equal(path, 'hidden columns', sheet.hidden_columns, {25, 26, 27})
    rows = sum(1 for (r, c), v in sheet.cells.items() if c == 3 and r >= FIRST and v)
    if not rows:
        fail(path, 'no rows')
    equal(path, 'filter', sheet.filter, (3, 1, FIRST + rows - 1, len(HEADS)))
    # on paper: all rows with totals and note, up to what is filled in; the captions on every page
    equal(path, 'print area', sheet.printed, (1, 1, FIRST + rows + 1, AT['核查日期']))
    equal(path, 'rows on every page', sheet.repeated, '$1:$3')
    mine = {(f['household'], f['rule'], f['subject']): f for f in flags
            if f['now']['town_code'] == town}
    best, paid = {}, {}
    for flag in mine.values():
        best.setdefault(flag['household'], []).append(store.points(flag))
        paid[flag['household']] = flag['now']['paid_fen'] or 0
    order = {h: (-max(p), -sum(p), -paid[h], h) for h, p in best.items()}
    keys, digest_keys, before, last = [], [], None, None
    for r in range(FIRST, FIRST + rows):
        row = sheet.row(r)
        key = (row[3], row[25], row.get(26, ''))
        if key not in mine or key in keys:
            fail(path, 'a row that no flag has, or twice', key)
        flag = mine[key]
        check_row(path, store, row, flag)
        equal(path, 'number', row[1], r - FIRST + 1)
        first = before is None or before != key[0]
        equal(path, 'mark of the first row of ' + key[0], row.get(2), 1 if first else None)
        if first and last is not None and order[key[0]] <= order[before]:
            fail(path, 'households are not in order', before, key[0])
        points = store.points(flag)
        if not first and points > last:
            fail(path, 'flags of a household are not in order', key)
        before, last = key[0], points
        keys.append(key)
        digest_keys.append((row[3], row[25], row.get(26, ''), row[27]))
        if any(row.get(c) for c in range(AT['核实结果（选）'], AT['核查日期'] + 1)):
            fail(path, 'something is filled in already', key)
    equal(path, 'rows', set(keys), set(mine))
    check_total(path, sheet, rows, len(best))
    check_rules(path, book, rows)
    check_identity(path, book, store.run['id'], town, digest_keys)
    if store.run['state'] == 'draft' and '草稿' not in sheet.cells[(2, 1)]:
        fail(path, 'does not say that it is a draft')
    return keys


def main():
    store = base.Store(sys.argv[1])
    store.stand(sys.argv[3])
    files = glob.glob(os.path.join(sys.argv[2], '核查台账_*_%s.xlsx' % store.run['id']))
    towns = {f['now']['town_code'] for f in store.flags}
    codes = {}
    for path in files:
        sheet = {s.name: s for s in xlsx.read(path)}['_hedui']
        codes[sheet.cells.get((3, 2), '')] = path
    equal(sys.argv[2], 'towns', set(codes), towns)
    seen = []
    for town, path in codes.items():
        seen += check_town(path, store, store.flags, town)
    equal(sys.argv[2], 'flags of all towns', len(seen), len(store.flags))
    raised = sum(not f['kept'] for f in store.flags)
    equal(sys.argv[2], 'flags of the run', raised, store.run['flags'])
    if min(COUNTED[k] for k in ('doubtful', 'sure', 'of nobody', 'no village')) < 3:
        fail(sys.argv[2], 'too few of a kind to tell anything', COUNTED)
    if len(seen) < 20:
        fail(sys.argv[2], 'too few flags to tell anything', len(seen))
    print('%d flags, %d of them not checked this time, in %d ledgers' %
          (len(seen), len(seen) - raised, len(files)))


main()
