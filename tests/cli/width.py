"""width.py ROOT PROGRAM PLANTED: tables on terminals of several widths hold what they hold in a pipe, and fit where
columns of text can be folded to make them fit."""
import fcntl
import os
import pty
import struct
import subprocess
import sys
import tempfile
import termios
import unicodedata

PROGRAM = sys.argv[2]
ENVIRONMENT = {'PATH': os.environ['PATH'], 'LANG': 'C.UTF-8', 'TERM': 'xterm', 'NO_COLOR': '1'}


def width(text):
    return sum(2 if unicodedata.east_asian_width(c) in 'WF' else 1 for c in text)


def on_terminal(words, columns):
    main, other = pty.openpty()
    fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack('HHHH', 24, columns, 0, 0))
    child = subprocess.Popen([PROGRAM] + words, stdin=subprocess.DEVNULL, stdout=other,
                             stderr=subprocess.DEVNULL, env=ENVIRONMENT)
    os.close(other)
    said = b''
    while True:
        try:
            piece = os.read(main, 65536)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        said += piece
    child.wait()
    os.close(main)
    return said.decode().replace('\r', '')


def characters(text):
    return sorted(c for c in text if not c.isspace())


def check(words, columns, fits):
    piped = subprocess.run([PROGRAM] + words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                           env=ENVIRONMENT, check=False).stdout.decode()
    seen = on_terminal(words, columns)
    widest = max(width(line) for line in piped.split('\n'))
    over = [line for line in seen.split('\n') if width(line) > columns]
    if characters(seen) != characters(piped):
        print(words, columns, 'other characters than in a pipe')
        sys.exit(1)
    if fits and (over or widest <= columns):
        print(words, columns, 'does not fit, or would have without folding', over[:2])
        sys.exit(1)
    if widest <= columns and seen != piped:
        print(words, columns, 'folded though there was room')
        sys.exit(1)
    return widest


def main():
    with tempfile.TemporaryDirectory() as folder:
        county = os.path.join(folder, 'county')
        subprocess.run([PROGRAM, 'demo', county, '--households', '1000', '--seed', '41'],
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENVIRONMENT,
                       check=False)
        at = ['-C', county]
        for words, columns, fits in ((['rules', 'list'], 80, True), (['rules', 'list'], 120, True),
                                     (['rules', 'list'], 500, False), (['runs', 'list'], 120, False),
                                     (['runs', 'list'], 40, False), (['feeds', 'list'], 180, True),
                                     (['feeds', 'list'], 20, False)):
            check(words + at, columns, fits)
    print('tables fit')


main()
