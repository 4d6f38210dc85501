"""resaved.py BEFORE AFTER: workbooks as they were written and as an office program saved them again:
every text, number, choice and hidden sheet is still there."""
import os
import sys

import xlsx


def choices(book):
    """Of each choice its column and rows, and the words it offers."""
    offered = []
    for kind, where, formula in book['核查台账'].rules:
        if kind == 'list':
            name, _, cells = formula.replace("'", '').replace('$', '').partition('!')
            top, left, bottom, _ = xlsx.area(cells)
            offered.append((where, [book[name].cells[(r, left)] for r in range(top, bottom + 1)]))
    return sorted(offered)


def shown(sheet):
    return {at: value for at, value in sheet.cells.items() if value != ''}


before, after = sys.argv[1:]
files = os.listdir(after)
assert len(files) == 2, files
for name in files:
    old = {s.name: s for s in xlsx.read(os.path.join(before, name))}
    new = {s.name: s for s in xlsx.read(os.path.join(after, name))}
    assert list(old) == list(new), (list(old), list(new))
    for sheet in old:
        assert old[sheet].hidden == new[sheet].hidden, sheet
        a, b = shown(old[sheet]), shown(new[sheet])
        assert a == b, (sheet, [(k, a.get(k), b.get(k)) for k in a.keys() | b.keys()
                                if a.get(k) != b.get(k)][:3])
        assert old[sheet].hidden_columns == new[sheet].hidden_columns, sheet
    assert choices(old) and choices(old) == choices(new), choices(new)
    assert old['核查台账'].filter == new['核查台账'].filter
    formulas = [{k: v.lstrip('=') for k, v in book['核查台账'].formulas.items()}
                for book in (old, new)]
    assert formulas[0] == formulas[1], formulas
    print('%s: %d choices live' % (name, len(choices(new))))
