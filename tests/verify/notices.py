#!/usr/bin/env python3
"""notices.py EXPORT and what else verify.py takes: each way of spoiling the export must be seen."""
import contextlib
import io
import json
import sys

import spoil
import verify


def is_noticed(lines, rest):
    """The first difference told; None: all agrees."""
    with open('spoiled.jsonl', 'w', encoding='utf-8') as file:
        for line in lines:
            file.write(json.dumps(line, ensure_ascii=False) + '\n')
    told = io.StringIO()
    try:
        with contextlib.redirect_stdout(told):
            if verify.main(['spoiled.jsonl', *rest]) == 0:
                return None
    except SystemExit as why:
        return str(why)
    return next(line for line in told.getvalue().splitlines() if line.startswith('  '))


def main(export, *rest):
    with open(export, encoding='utf-8') as file:
        text = file.readlines()
    missed = 0
    for name, way in spoil.WAYS.items():
        lines = [json.loads(line) for line in text]
        way(lines)
        spoil.recount(lines)
        found = is_noticed(lines, rest)
        print(f'{name}: {found or "not noticed"}')
        missed += found is None
    if is_noticed([json.loads(line) for line in text[:-1]], rest) is None:
        print('an export without its end: not noticed')
        missed += 1
    return 1 if missed else 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
