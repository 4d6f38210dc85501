#!/usr/bin/env python3
"""spoil.py WHAT < EXPORT: the export with one thing wrong, its counts made to fit again, so that
only deriving the flags anew can tell. Lists what it knows without WHAT."""
import copy
import json
import sys


def first_flag(lines, of=lambda flag: True):
    return next(line for line in lines if line['type'] == 'flag' and of(line))


def recount(lines):
    end, head = lines[-1], lines[0]
    for kind in end:
        if kind != 'type':
            end[kind] = sum(line['type'] == kind for line in lines)
    head['counts']['flags'] = end['flag']


def flag_removed(lines):
    lines.remove(first_flag(lines))


def flag_added(lines):
    flag = copy.deepcopy(first_flag(lines))
    other = next(line for line in lines if line['type'] == 'household' and line['state'] == 'clear')
    flag['household'] = other['household']
    lines.insert(lines.index(other) + 1, flag)


def first_row(lines):
    """Evidence that is a row; where a source was searched and has none, the line is 0."""
    flag = first_flag(lines, lambda f: any(e['line'] for e in f['evidence']))
    return next(e for e in flag['evidence'] if e['line'])


def line_off_by_one(lines):
    first_row(lines)['line'] += 1


def offset_off_by_one(lines):
    first_row(lines)['offset'] += 1


def length_off_by_one(lines):
    first_row(lines)['length'] -= 1


def place_of_nothing(lines):
    flag = first_flag(lines, lambda f: any(not e['line'] for e in f['evidence']))
    next(e for e in flag['evidence'] if not e['line'])['offset'] = 7


def cell_changed(lines):
    flag = first_flag(lines, lambda f: any(e['cells'] for e in f['evidence']))
    next(e for e in flag['evidence'] if e['cells'])['cells'][0]['value'] += '1'


def effect_strengthened(lines):
    first_flag(lines, lambda f: f['capped'])['effect'] = 'exclude_person'


def another_person(lines):
    flag = first_flag(lines, lambda f: f['person_masked'])
    flag['person_masked'] = flag['person_masked'][:-1] + ('1' if flag['person_masked'][-1] != '1'
                                                          else '2')


def change_answer(lines, before, after):
    for line in lines:
        for answer in line.get('answers', []):
            if answer['answer'] == before:
                answer['answer'] = after
                return


def unknown_told_clear(lines):
    change_answer(lines, 'undetermined', 'clear')


def clear_told_unknown(lines):
    change_answer(lines, 'clear', 'undetermined')


def cause_removed(lines):
    lines.remove(next(line for line in lines if line['type'] == 'cause'))


def tag_removed(lines):
    lines.remove(next(line for line in lines if line['type'] == 'tag'))


def another_delivery(lines):
    used = next(d for d in lines[0]['deliveries'] if d['feed'] == 'vehicle')
    used['sha256'] = '0' * 64


def delta_of(lines, feed='vehicle'):
    return next(d for d in lines[0]['deliveries'] if d['feed'] == feed and 'delta' in d['file'])


def delta_left_out(lines):
    lines[0]['deliveries'].remove(delta_of(lines))


def delta_for_the_full_file(lines):
    """A row of a delta said to stand in the delivery that it changes."""
    delta = delta_of(lines)
    full = next(d for d in lines[0]['deliveries'] if d['feed'] == 'vehicle' and d is not delta)
    row = next(e for line in lines if line['type'] == 'flag' for e in line['evidence']
               if e['file'] == delta['file'])
    row['file'], row['sha256'] = full['file'], full['sha256']


def delivery_of(lines, feed):
    return next(d for d in lines[0]['deliveries'] if d['feed'] == feed)


def refused_told_used(lines):
    delivery_of(lines, 'herd_subsidy').update(used=True, verdict='accepted')


def older_told_used(lines):
    """A sound file of the month before, in place of the one that ends early."""
    delivery_of(lines, 'repair_subsidy').update(file='repair-subsidy-201405.csv.gz', used=True,
                                                verdict='accepted')


def full_told_used(lines):
    """The full delivery of a chain whose delta ends early."""
    delivery_of(lines, 'land_rent').update(used=True, verdict='accepted')


def gap_removed(lines):
    lines.remove(next(line for line in lines if line['type'] == 'gap'))


def household_removed(lines):
    lines.remove(next(line for line in lines if line['type'] == 'household'
                      and line['state'] == 'out_of_scope'))


WAYS = {way.__name__: way for way in (
    flag_removed, flag_added, line_off_by_one, offset_off_by_one, length_off_by_one,
    place_of_nothing, cell_changed, effect_strengthened, another_person, unknown_told_clear,
    clear_told_unknown, cause_removed, tag_removed, another_delivery, delta_left_out,
    delta_for_the_full_file, refused_told_used, older_told_used, full_told_used, gap_removed,
    household_removed)}

if __name__ == '__main__':
    if len(sys.argv) == 1:
        print('\n'.join(WAYS))
        sys.exit()
    found = [json.loads(line) for line in sys.stdin]
    WAYS[sys.argv[1]](found)
    recount(found)
    for line in found:
        print(json.dumps(line, ensure_ascii=False))
