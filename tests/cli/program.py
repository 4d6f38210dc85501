"""What the tests of the command line share: run the program, its table, checks that are counted."""
import json
import os
import subprocess
import sys
import tempfile
import unicodedata

root, hedui = sys.argv[1], os.path.abspath(sys.argv[2])
work = tempfile.TemporaryDirectory()
wrong = []


def call(*words, cwd=None, env=None, code=None):
    """The exit code, standard output and standard error of a command line."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("HEDUI_", "LC_"))}
    clean.update({"LANG": "C.UTF-8", "TERM": "dumb"})
    clean.update(env or {})
    done = subprocess.run([hedui, *words], cwd=cwd or work.name, env=clean, capture_output=True,
                          text=True, stdin=subprocess.DEVNULL)
    if code is not None:
        check(done.returncode == code,
              f"hedui {' '.join(words)}: exit code {done.returncode}, not {code}\n{done.stdout}{done.stderr}")
    return done


def table():
    return json.loads(call("help", "--all", "--json").stdout)


def check(good, what):
    if not good:
        wrong.append(what)
        print(what)


def columns(line):
    """Columns on a terminal, by Unicode's own tables."""
    return sum(0 if unicodedata.combining(c) else
               2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def finish():
    sys.exit(1 if wrong else 0)
