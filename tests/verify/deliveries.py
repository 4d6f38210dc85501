"""Deliveries: gzip, records with their place, headers, rows about people who are asked for."""
import fnmatch
import gzip
import hashlib
import os
import re
import zlib

import plain_yaml
from cells import ABSENT, UNKNOWN, Code, Unreadable, citizen_number, plain, read, same_name

DELIMITERS = {'comma': ',', 'tab': '\t', 'pipe': '|', 'caret': '^', 'semicolon': ';'}
ENDS = re.compile(rb'\r\n|\n|\r')
FOOTER = re.compile('共.*(条|行|笔)|合计|总计')


class Record:
    def __init__(self, line, offset, raw, fields):
        self.line, self.offset, self.raw, self.fields = line, offset, raw, fields


# second and fourth bytes of GB18030 may look like | or ^
GB18030 = re.compile(rb'[\x81-\xfe](?:[0-9][\x81-\xfe][0-9]|[\x40-\x7e\x80-\xfe])')


def split(raw, delimiter, charset):
    """Fields of one record as bytes; None: a quote stays open; Unreadable: quotes out of order."""
    masked = raw
    if charset == 'gb18030' and delimiter in b'|^':
        masked = GB18030.sub(lambda found: b'\xff' * len(found[0]), raw)
    if b'"' not in raw and masked is raw:
        return raw.split(delimiter)
    fields, at = [], 0
    while True:
        if raw[at:at + 1] == b'"':
            cell, at = b'', at + 1
            while True:
                end = raw.find(b'"', at)
                if end < 0:
                    return None
                cell += raw[at:end]
                at = end + 1
                if raw[at:at + 1] != b'"':
                    break
                cell += b'"'
                at += 1
            if at < len(raw) and raw[at:at + 1] != delimiter:
                raise Unreadable('quote')
        else:
            end = masked.find(delimiter, at)
            end = len(raw) if end < 0 else end
            cell, at = raw[at:end], end
            if b'"' in cell:
                raise Unreadable('quote')
        fields.append(cell)
        if at >= len(raw):
            return fields
        at += 1


def records(data, delimiter, charset):
    """Every record; fields None where its quotes are out of order: it alone is spoiled."""
    starts, at = [], 0
    for match in ENDS.finditer(data):
        starts.append((at, match.start()))
        at = match.end()
    if at < len(data):
        starts.append((at, len(data)))
    line = 0
    while line < len(starts):
        begin, end = starts[line]
        last, fields = line, None
        try:
            fields = split(data[begin:end], delimiter, charset)
            while fields is None and last + 1 < len(starts) and last - line < 1000:
                last += 1
                fields = split(data[begin:starts[last][1]], delimiter, charset)
        except Unreadable:
            fields = None
        if fields is None:
            last = line
        if starts[last][1] > begin:
            yield Record(line + 1, begin, data[begin:starts[last][1]], fields)
        line = last + 1


def header_key(text):
    return re.sub(r'\s', '', plain(text)).casefold()


class Row:
    """A row about somebody: its cells by column name, and who it is about."""

    def __init__(self, feed, record, values, people):
        self.feed, self.record, self.values, self.people = feed, record, values, people

    def __getitem__(self, column):
        return self.values[column]

    def match_of(self, number, caseload_name, caseload_old):
        for found, old, name in self.people:
            if found == number:
                if old or caseload_old:
                    return 'upgraded'
                if not isinstance(name, str) or name == ABSENT:
                    return 'id_only'
                return 'id_name' if same_name(name, caseload_name) else 'name_differs'
        return None


def no_good(path):
    """Why a file cannot be used whatever it says, or None."""
    with open(path, 'rb') as file:
        packed = file.read()
    try:
        text = gzip.decompress(packed)
    except (OSError, EOFError, zlib.error) as why:
        return str(why)
    return 'UTF-16' if text[:2] in (b'\xff\xfe', b'\xfe\xff') else None


def first_of(folders, *name):
    """The file in the first folder that has it: a county's own go before what is shipped."""
    paths = [os.path.join(folder, *name) for folder in folders]
    return next((path for path in paths if os.path.exists(path)), paths[-1])


class Layout:
    def __init__(self, folders, name):
        self.__dict__.update(plain_yaml.load(first_of(folders, name + '.yaml')))
        self.key = getattr(self, 'key', [])
        self.persons = getattr(self, 'persons', [])
        self.dates = getattr(self, 'dates', {})
        self.lists = {}
        for spec in self.columns.values():
            if 'list' in spec:
                self.lists[spec['list']] = self.entries(folders, spec['list'])

    @staticmethod
    def entries(folders, name):
        found = {}
        path = first_of(folders, 'codes', name + '.yaml')
        for key, entry in plain_yaml.load(path)['list'].items():
            code = Code(key, entry)
            for word in [key, entry['label'], *entry.get('also', [])]:
                found[plain(word)] = code
        return found

    def places(self, fields):
        """Column name -> index; None if this is not the header."""
        titles = {}
        for index, field in enumerate(fields):
            titles.setdefault(header_key(field), index)
        found = {}
        for name, spec in self.columns.items():
            for alias in spec['header']:
                if header_key(alias) in titles:
                    found[name] = titles[header_key(alias)]
                    break
        needed = {n for n, s in self.columns.items() if s.get('required') == 'true'} | set(self.key)
        return found if needed and needed <= set(found) else None


class Delivery:
    """One file read whole. `wanted` says whether a number is asked for; None takes every row."""

    def __init__(self, layout, path, charset, wanted, before=None):
        self.layout = layout
        self.before = before  # of a delta: the deliveries that it changes, oldest first
        self.withdrawn = {}   # number -> why its rows are unknown in this feed
        self.rows, self.bad = [], []
        self.count = 0
        with open(path, 'rb') as file:
            packed = file.read()
        self.digest = hashlib.sha256(packed).hexdigest()
        self.data = gzip.decompress(packed)
        self.charset = {'UTF-8': 'utf-8', 'GB18030': 'gb18030'}[charset]
        self.delimiter = DELIMITERS[layout.file.get('delimiter', 'comma')].encode()
        self.wanted = wanted
        self.by_key, self.seen = {}, set()
        self.places = None
        self.take_all()

    def text(self, cell):
        found = cell.decode(self.charset)
        if any(c < ' ' and c not in '\t\r\n' or c in '\x7f\ufffd' for c in found):
            raise UnicodeError('control')
        return found

    def take_all(self):
        start = 3 if self.data.startswith(b'\xef\xbb\xbf') else 0
        found = list(records(self.data[start:], self.delimiter, self.charset))
        for index, record in enumerate(found):
            record.offset += start
            if self.places is None:
                if record.fields is not None:
                    self.places = self.layout.places(
                        [f.decode(self.charset, 'replace') for f in record.fields])
                    self.width = len(record.fields)
                continue
            first = (record.fields or [b''])[0].decode(self.charset, 'replace').strip()
            if index >= len(found) - 3 and self.is_footer(first):
                continue
            self.take(record)
        if self.places is None:
            raise SystemExit('no header: ' + self.layout.feed)

    def is_footer(self, first):
        own = self.layout.file.get('footers', [])
        return FOOTER.match(first) or any(first.startswith(word) for word in own)

    def cell(self, record, column):
        return self.text(record.fields[self.places[column]])

    def take(self, record):
        self.count += 1
        fields = record.fields
        if fields is None or len(fields) < self.width or any(fields[self.width:]):
            return  # nobody knows whose row it is
        people = []
        for person in self.layout.persons:
            if person['id'] not in self.places:
                continue
            try:
                number = citizen_number(self.cell(record, person['id']))
            except (Unreadable, UnicodeError):
                number = None
            if number and self.of_citizen(record, person):
                people.append((person, *number))
        concerned = [number for _, number, _ in people if self.wanted and number in self.wanted]
        held = self.held(record)
        if self.wanted is not None and not concerned and not held:
            return
        try:
            values = self.decode(record)
            if self.before is not None:
                self.change(record, values, held)
                if not concerned or values.pop('deleted'):
                    return
            named = [(number, old, values.get(person['name'])) for person, number, old in people]
            self.keep(Row(self.layout.feed, record, values, named), concerned)
        except (Unreadable, UnicodeError) as why:
            self.bad.append((record, str(why)))
            # whoever has the row that a bad row of a delta speaks of no longer knows
            holders = [number for number, _, _ in held[2].people] if held else []
            for number in concerned + holders:
                self.withdrawn[number] = 'rejected'

    def held(self, record):
        """The earlier row with the key of this row of a delta."""
        if self.before is None:
            return None
        try:
            values = self.decode(record, self.layout.key)
        except (Unreadable, UnicodeError):
            return None
        key = tuple(values[name] for name in self.layout.key)
        for delivery in [*self.before, self]:
            row = delivery.by_key.get(key)
            if row and not row.contradicted:
                return delivery, key, row
        return None

    def change(self, record, values, held):
        """The row takes the place of the one held, or only deletes it."""
        spec = self.layout.change
        mark = read(self.cell(record, spec['column']), self.layout.columns[spec['column']], {},
                    self.layout.lists)
        if not isinstance(mark, Code):
            raise Unreadable('mark')
        if held:
            delivery, key, row = held
            delivery.rows.remove(row)
            del delivery.by_key[key]
            self.seen.discard(tuple(row.values.items()))
        values[spec['column']] = UNKNOWN  # no part of what the row says
        values['deleted'] = mark.code in spec['deleted']

    def of_citizen(self, record, person):
        if 'kind' not in person or person['kind'] not in self.places:
            return True
        try:
            value = read(self.cell(record, person['kind']),
                         self.layout.columns[person['kind']], {}, self.layout.lists)
        except (Unreadable, UnicodeError):
            return True  # and the row is rejected below
        return not isinstance(value, Code) or value.code in person['citizen']

    def decode(self, record, only=None):
        layout, values = self.layout, {}
        kinds = {person['kind'] for person in layout.persons if 'kind' in person}
        for name, spec in layout.columns.items():
            if only is not None and name not in only:
                continue
            if name not in self.places:
                values[name] = UNKNOWN
                continue
            cell = self.cell(record, name)
            try:
                values[name] = read(cell, spec, layout.dates, layout.lists)
            except Unreadable:
                if spec.get('required') == 'true' or name in layout.key or name in kinds:
                    raise
                values[name] = UNKNOWN
        for name in layout.key:
            if values[name] in (ABSENT, UNKNOWN):
                raise Unreadable('key')
        return values

    def keep(self, row, concerned):
        content = tuple((n, v) for n, v in row.values.items())
        if content in self.seen:
            return
        self.seen.add(content)
        if self.layout.key:
            key = tuple(row[name] for name in self.layout.key)
            earlier = self.by_key.get(key)
            if earlier:
                for number, _, _ in earlier.people + row.people:
                    self.withdrawn[number] = 'conflict'
                earlier.contradicted = True
                self.bad.append((row.record, 'conflict'))
                return
            self.by_key[key] = row
        row.contradicted = False
        self.rows.append(row)

    def places_index(self):
        if not hasattr(self, 'at_place'):
            self.at_place = {(row.record.line, row.record.offset): row for row in self.rows}
        return self.at_place


def chain_of(layout, names):
    """Of the names in an inbox those that a run takes: the newest full delivery and its deltas."""
    delta = getattr(layout, 'change', {}).get('file', '')
    deltas = sorted(name for name in names if delta and fnmatch.fnmatch(name, delta))
    full = sorted(name for name in names if fnmatch.fnmatch(name, layout.file['name']))
    return [name for name in full if name not in deltas][-1:] + deltas


def find_layout(folders, inbox_file, feed):
    """The layout, and whether the file is named as a delta of it is."""
    layout = Layout(folders, feed)
    delta = getattr(layout, 'change', {}).get('file')
    if delta and fnmatch.fnmatch(inbox_file, delta):
        return layout, True
    if not fnmatch.fnmatch(inbox_file, layout.file['name']):
        raise SystemExit(f'{inbox_file} is not named as {feed} is')
    return layout, False
