"""shapes.py ROOT PROGRAM PLANTED: a list printed as CSV or Markdown has the rows and cells of the table, numbers
without commas, and nothing beside the list; as JSON it is what --json gives."""
import csv
import io
import json
import os
import re
import subprocess
import sys
import tempfile

PROGRAM = sys.argv[2]
ENVIRONMENT = {'PATH': os.environ['PATH'], 'LANG': 'C.UTF-8'}
# command, does it have rows in a demo county
LISTS = [(['runs', 'list'], True), (['feeds', 'list'], True), (['rules', 'list', '--as-of', '2014-07-05'], True),
         (['report', 'list'], True), (['rules', 'confirmations'], False), (['overrides', 'list'], False),
         (['audit', 'log'], True), (['feeds', 'requests'], True)]
faults = []


def say(words):
    done = subprocess.run([PROGRAM] + words, stdin=subprocess.DEVNULL, capture_output=True, env=ENVIRONMENT)
    if done.returncode:
        faults.append(f'{words}: exit {done.returncode} {done.stderr.decode()}')
    return done.stdout.decode(), done.stderr.decode()


def squeeze(text):
    return re.sub(r'\s+', ' ', text).strip()


def plain(cell):
    """As the table has it, so that both can be compared: a number with its commas, a dash where nothing is."""
    cell = cell[1:] if cell.startswith("'") else cell
    return re.sub(r'(?<=\d)(?=(\d{3})+$)', ',', cell) if re.fullmatch(r'\d+', cell) else cell or '-'


def unmarked(line):
    return [c.strip().replace('\\|', '|') for c in re.split(r'(?<!\\)\|', line)[1:-1]]


def check(words, filled, county):
    words = words + ['-C', county]
    table, _ = say(words)
    text, beside = say(words + ['--format', 'csv'])
    markdown, _ = say(words + ['-f', 'md', '-q'])
    if say(words + ['-f', 'json'])[0] != say(words + ['--json'])[0]:
        faults.append(f'{words}: --format json is not --json')
    if not filled and not text:
        if squeeze(table) != squeeze(beside) or markdown:
            faults.append(f'{words}: an empty list is not told beside: {beside!r}')
        return 0
    rows = list(csv.reader(io.StringIO(text.lstrip('\ufeff'), newline='')))
    if not text.startswith('\ufeff') or len({len(r) for r in rows}) != 1 or len(rows) < 2:
        faults.append(f'{words}: no even CSV with a byte order mark: {text[:200]!r}')
        return 0
    lines = {squeeze(line) for line in table.splitlines()}
    for row in rows:
        if any(re.search(r'\d,\d{3}', c) for c in row if re.fullmatch(r'[\d,]+', c)):
            faults.append(f'{words}: a number with commas in {row}')
        if not {squeeze(' '.join(plain(c) for c in row)), squeeze(' '.join(c or '-' for c in row)),
                squeeze(' '.join(row))} & lines:
            faults.append(f'{words}: no line of the table is {row}')
    marked = markdown.splitlines()
    if not re.fullmatch(r'(\| ---:? )+\|', marked[1]) or len(marked) != len(rows) + 1:
        faults.append(f'{words}: no Markdown table of {len(rows)} rows: {markdown[:200]!r}')
    for row, line in zip(rows, marked[:1] + marked[2:]):
        cells = unmarked(line)
        if [c.replace(',', '') for c in cells] != [plain(c).replace(',', '') for c in row] and \
                ['' if c == '-' else c.replace(',', '') for c in cells] != \
                [(c[1:] if c.startswith("'") else c).replace(',', '') for c in row]:
            faults.append(f'{words}: {cells} is not {row}')
    return len(rows) - 1


def main():
    with tempfile.TemporaryDirectory() as folder:
        county = os.path.join(folder, 'county')
        say(['demo', county, '--households', '1200', '--seed', '5', '-q'])
        say(['feeds', 'request', 'bank_balance', '-C', county, '--as-of', '2014-07-05', '--person', '甲,乙', '--yes'])
        run = json.loads(say(['runs', 'list', '-C', county, '--json'])[0])['runs'][0]['run']
        say(['runs', 'withdraw', run, '-C', county, '--person', '王丽', '--reason', '“车辆”一表, 有误|重交', '--yes'])
        counted = [check(words, filled, county) for words, filled in LISTS]
    print(f'{sum(counted)} rows of {len(LISTS)} lists compared, {len(faults)} faults')
    for fault in faults[:20]:
        print(fault)
    return 1 if faults or sum(counted) < 60 else 0


sys.exit(main())
