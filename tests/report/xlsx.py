"""Workbooks as they lie in their archive: shared texts, cells, formulas, rules of choice."""
import re
import xml.etree.ElementTree as tree
import zipfile

MAIN = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'
LINK = '{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id'


def place(name):
    """'AB12' as (12, 28), both from 1."""
    letters, digits = re.fullmatch(r'([A-Z]+)(\d+)', name).groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(digits), column


def area(name):
    """'A1:B2' or 'A1' as (first row, first column, last row, last column)."""
    ends = name.replace('$', '').split(':')
    return place(ends[0]) + place(ends[-1])


class Sheet:
    def __init__(self, name, hidden):
        self.name, self.hidden = name, hidden
        self.cells = {}  # (row, column): str, int or float
        self.formulas = {}
        self.rules = []  # (kind, area, formula)
        self.filter = None
        self.heights = {}
        self.hidden_columns = set()
        self.foot = ''
        self.printed = None  # area that goes onto paper
        self.repeated = ''  # rows on every page

    def row(self, row):
        """Texts and numbers of one row, by column."""
        return {column: value for (r, column), value in self.cells.items() if r == row}

    def last_row(self):
        return max((row for row, _ in self.cells), default=0)


def text_of(item):
    return ''.join(t.text or '' for t in item.iter(MAIN + 't'))


def read(path):
    """All sheets of a workbook in the order of their tabs."""
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None, path
        shared = []
        if 'xl/sharedStrings.xml' in archive.namelist():
            shared = [text_of(i) for i in tree.fromstring(archive.read('xl/sharedStrings.xml'))]
        links = {r.get('Id'): r.get('Target')
                 for r in tree.fromstring(archive.read('xl/_rels/workbook.xml.rels'))}
        sheets = []
        for entry in tree.fromstring(archive.read('xl/workbook.xml')).iter(MAIN + 'sheet'):
            target = links[entry.get(LINK)]
            target = target[1:] if target.startswith('/') else 'xl/' + target
            sheet = Sheet(entry.get('name'), entry.get('state') == 'hidden')
            fill(sheet, tree.fromstring(archive.read(target)), shared)
            sheets.append(sheet)
        for name in tree.fromstring(archive.read('xl/workbook.xml')).iter(MAIN + 'definedName'):
            sheet, where = sheets[int(name.get('localSheetId', 0))], name.text.rpartition('!')[2]
            if name.get('name') == '_xlnm.Print_Area':
                sheet.printed = area(where)
            elif name.get('name') == '_xlnm.Print_Titles':
                sheet.repeated = where
        return sheets


def fill(sheet, root, shared):
    for row in root.iter(MAIN + 'row'):
        sheet.heights[int(row.get('r'))] = float(row.get('ht', 0))
        for cell in row.iter(MAIN + 'c'):
            value, formula = cell.find(MAIN + 'v'), cell.find(MAIN + 'f')
            at = place(cell.get('r'))
            if formula is not None:
                sheet.formulas[at] = formula.text
            if cell.get('t') == 'inlineStr':
                sheet.cells[at] = text_of(cell)
            elif value is None or value.text is None:
                continue
            elif cell.get('t') == 's':
                sheet.cells[at] = shared[int(value.text)]
            elif cell.get('t') in ('str', 'e'):
                sheet.cells[at] = value.text
            else:
                number = float(value.text)
                sheet.cells[at] = int(number) if number == int(number) else number
    for rule in root.iter(MAIN + 'dataValidation'):
        formula = rule.find(MAIN + 'formula1')
        sheet.rules.append((rule.get('type'), area(rule.get('sqref')),
                            '' if formula is None else formula.text))
    for column in root.iter(MAIN + 'col'):
        if column.get('hidden') in ('1', 'true'):
            sheet.hidden_columns.update(range(int(column.get('min')), int(column.get('max')) + 1))
    for element in root.iter(MAIN + 'autoFilter'):
        sheet.filter = area(element.get('ref'))
    for element in root.iter(MAIN + 'oddFooter'):
        sheet.foot = element.text or ''
