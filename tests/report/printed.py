"""printed.py PDF PAPER CELLS LEAST HEAD [NEVER]: a workbook as an office program prints it. Most of its type is of
CELLS points or more and none smaller than LEAST, every page is PAPER across, has the caption HEAD and
not NEVER."""
import collections
import re
import subprocess
import sys
import zlib


def types(path):
    """Sizes of type, in points, by how often they are set."""
    seen = collections.Counter()
    with open(path, 'rb') as file:
        data = file.read()
    for part in re.finditer(rb'stream\r?\n(.*?)endstream', data, re.S):
        try:
            drawn = zlib.decompress(part.group(1))
        except zlib.error:
            continue  # not drawn: a font, a table of the file
        seen.update(float(size) for size in re.findall(rb'/F\d+ ([\d.]+) Tf', drawn))
    return seen


def told(*words):
    return subprocess.run(words, stdout=subprocess.PIPE, check=True).stdout.decode()


path, paper, cells, least, head = sys.argv[1:6]
never = sys.argv[6] if len(sys.argv) > 6 else None
seen = types(path)
assert sum(seen.values()) > 100, seen
most = seen.most_common(1)[0][0]
assert most >= float(cells) and min(seen) >= float(least), sorted(seen.items())
info = told('pdfinfo', path)
assert '(%s)' % paper in info, info
width, height = re.search(r'Page size: *([\d.]+) x ([\d.]+)', info).groups()
assert float(width) > float(height), info
pages = int(re.search(r'Pages: *(\d+)', info).group(1))
for page in range(1, pages + 1):
    text = ''.join(told('pdftotext', '-f', str(page), '-l', str(page), path, '-').split())
    assert head in text, 'page %d has no %s' % (page, head)
    assert not never or never not in text, 'page %d has %s' % (page, never)
print('%d pages, most type of %.1f points, none below %.1f' % (pages, most, min(seen)))
