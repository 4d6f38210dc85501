"""Cells read as feeds/README.md says. A cell is a value, ABSENT (there is none) or UNKNOWN; a cell
that cannot be read raises Unreadable."""
import datetime
import re
import unicodedata

ABSENT = 'ABSENT'
UNKNOWN = None
EMPTY = {'', '无', '-', '--', '—', '/', 'NULL', 'null', 'N/A', '\\N'}
EMPTY_TEXT = {'', 'NULL', '\\N'}
YES = {'是', '有', '1', 'Y', 'y', 'YES', 'true', 'TRUE', '√'}
NO = {'否', '无', '0', 'N', 'n', 'NO', 'false', 'FALSE', '×'}


class Unreadable(Exception):
    pass


class Code:
    """An entry of a code list: its attributes decide, never its code."""

    def __init__(self, code, entry):
        self.code, self.entry = code, entry

    def __eq__(self, other):
        return isinstance(other, Code) and self.code == other.code

    def __hash__(self):
        return hash(self.code)

    def is_(self, attribute):
        return {'true': True, 'false': False}.get(self.entry.get(attribute))


def half_width(text):
    return ''.join(chr(ord(c) - 0xFEE0) if '！' <= c <= '～' else ' ' if c in '\u3000\xa0' else c
                   for c in text)


def plain(text):
    return half_width(text).strip()


# GB 11643: weights and check characters of ISO 7064 MOD 11-2
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def check_character(digits):
    return '10X98765432'[sum(int(d) * w for d, w in zip(digits, WEIGHTS)) % 11]


def real_day(year, month, day):
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def citizen_number(cell):
    """(number of 18 characters, whether it was an old one of 15); None if there is none."""
    text = plain(cell)
    if text.startswith('="') and text.endswith('"'):
        text = text[2:-1].strip()
    if text.startswith("'"):
        text = text[1:].strip()
    if text in EMPTY or text == '0':
        return None
    text = text.upper()
    if re.fullmatch(r'[0-9]{15}', text):
        text = text[:6] + '19' + text[6:]
        number, old = text + check_character(text), True
    elif re.fullmatch(r'[0-9]{17}[0-9X]', text):
        number, old = text, False
    else:
        raise Unreadable('number')
    if not real_day(int(number[6:10]), int(number[10:12]), int(number[12:14])):
        raise Unreadable('number')
    if check_character(number[:17]) != number[17]:
        raise Unreadable('number')
    return number, old


DAY = re.compile(r'([0-9]{4})(?:([-/.])([0-9]{1,2})\2([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})日'
                 r'|([0-9]{2})([0-9]{2}))(?:[ T]*[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?')
MONTH = re.compile(r'([0-9]{4})(?:[-/.]([0-9]{1,2})|年([0-9]{1,2})月|([0-9]{2}))')


def day(text, spec):
    if set(re.sub('[-/.年月日]', '', text)) == {'0'}:
        return 'EMPTY'
    if spec.get('epoch_ms') == 'true' and re.fullmatch(r'-[0-9]{1,13}|[0-9]{11,13}', text):
        instant = datetime.datetime(1970, 1, 1, 8) + datetime.timedelta(milliseconds=int(text))
        return instant.date()
    if spec.get('serial') == 'true' and re.fullmatch(r'[0-9]{2,6}(\.[0-9]+)?', text):
        if int(float(text)) < 61:
            raise Unreadable('date')
        return datetime.date(1899, 12, 30) + datetime.timedelta(days=int(float(text)))
    match = DAY.fullmatch(text)
    if not match:
        raise Unreadable('date')
    year, _, *rest = match.groups()
    month, of_month = [int(part) for part in rest if part]
    found = real_day(int(year), month, of_month)
    if not found:
        raise Unreadable('date')
    return found


def month_of(text, spec):
    match = MONTH.fullmatch(text)
    if match:
        year, month = int(match.group(1)), int(next(g for g in match.groups()[1:] if g))
        if not 1 <= month <= 12:
            raise Unreadable('month')
        return datetime.date(year, month, 1)
    found = day(text, {})
    return found if found == 'EMPTY' else found.replace(day=1)


def amount(text, spec):
    """Whole fen."""
    unit = spec.get('unit', 'yuan')
    match = re.fullmatch(r'([-+]?)[¥￥]?([-+]?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]+))?'
                         r'\s*(元|万元|分)?', text)
    if not match or (match.group(1) and match.group(2)):
        raise Unreadable('money')
    stated = {'元': 'yuan', '万元': 'wan_yuan', '分': 'fen', None: None}[match.group(5)]
    if (unit == 'stated' and not stated) or (unit != 'stated' and stated not in (None, unit)):
        raise Unreadable('money')
    places = {'yuan': 2, 'wan_yuan': 6, 'fen': 0}[stated if unit == 'stated' else unit]
    fraction = match.group(4) or ''
    if fraction[places:].strip('0'):
        raise Unreadable('money')
    number = int(match.group(3).replace(',', '') + fraction[:places].ljust(places, '0'))
    if number >= 2 ** 63:  # more fen than there can be
        raise Unreadable('money')
    if '-' in (match.group(1), match.group(2)):
        if spec.get('negative') != 'true' and number:
            raise Unreadable('money')
        return -number
    return number


def code(text, spec, lists):
    entries = lists[spec['list']]
    if text in entries:
        return entries[text]
    raise Unreadable('code')


def codes(text, spec, lists):
    parts = text.split(spec['separator']) if 'separator' in spec else list(text)
    return tuple(code(part.strip(), spec, lists) for part in parts)


def text_of(cell, spec):
    text = cell.strip()
    if len(text) > int(spec.get('max', 200)):
        raise Unreadable('long')
    return text


def meaning(value, spec, dates):
    """Days that stand for something: the column's own words go before the layout's."""
    shown = value.isoformat() if isinstance(value, datetime.date) else value
    shown = shown[:7] if spec['type'] == 'month' and isinstance(shown, str) else shown
    for source in (spec, dates if spec['type'] == 'date' else {}):
        if shown in source.get('none', ()):
            return ABSENT
        if shown in source.get('unknown', ()):
            return UNKNOWN
        if shown in source.get('open', ()):
            return datetime.date(9999, 12, 31)
    return value


def read(cell, spec, dates, lists):
    kind = spec['type']
    if kind in ('text', 'name'):
        empty = cell.strip() in EMPTY_TEXT
        text = cell
    else:
        text = plain(cell)
        empty = text in EMPTY and not (kind == 'yes_no' and text in NO)
    if not empty and kind in ('date', 'month', 'code', 'yes_no'):
        found = meaning(text, spec, {})
        if found is not text:
            return found
    if not empty and kind == 'citizen_id':
        found = citizen_number(cell)
        empty = not found
    elif not empty:
        if kind in ('text', 'name'):
            found = text_of(text, spec)
        elif kind == 'date':
            found = day(text, spec)
        elif kind == 'month':
            found = month_of(text, spec)
        elif kind == 'money':
            found = amount(text, spec)
        elif kind == 'code':
            found = code(text, spec, lists)
        elif kind == 'codes':
            found = codes(text, spec, lists)
        elif kind == 'yes_no':
            if text not in YES | NO:
                raise Unreadable('yes_no')
            found = text in YES
        else:  # no rule reads these
            found = unicodedata.normalize('NFKC', text)
        if isinstance(found, str) and found == 'EMPTY':
            empty = True
        elif kind in ('date', 'month'):
            found = meaning(found, spec, dates)
    if empty:
        if spec.get('required') == 'true':
            raise Unreadable('missing')
        return UNKNOWN if spec.get('may_be_unknown') == 'true' else ABSENT
    return found


DOTS = '·•・．.‧∙●'


def same_name(one, other):
    def bare(name):
        name = re.sub(r'[（(]曾用名.*', '', name)
        return ''.join(c for c in half_width(unicodedata.normalize('NFKC', name)).upper()
                       if c not in DOTS and not c.isspace())
    return bare(one) == bare(other)
