"""Ways to spoil an export by one thing: its counts are made to fit again, so that only deriving the
flags anew can tell."""
import copy


RAISED = ('new', 'continuing', 'changed')


def first_flag(lines, of=lambda flag: True):
    return next(line for line in lines if line['type'] == 'flag' and line['status'] in RAISED
                and of(line))


def first_overridden(lines, of=lambda line: True):
    return next(line for line in lines if line['type'] == 'overridden' and of(line))


def recount(lines):
    end, head = lines[-1], lines[0]
    for kind in end:
        if kind != 'type':
            end[kind] = sum(line['type'] == kind for line in lines)
    head['counts']['flags'] = sum(line['type'] == 'flag' and line['status'] in RAISED
                                  for line in lines)
    head['counts']['overridden'] = end['overridden']
    head['counts']['left_out'] = sum(line['type'] == 'pair' and line['state'] == 'left_out'
                                     for line in lines)


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


def change_answer_of(lines, flag, before, after):
    household = next(line for line in lines if line['type'] == 'household'
                     and line['household'] == flag['household'])
    for answer in household['answers']:
        if answer['rule'] == flag['rule'] and answer['answer'] == before:
            answer['answer'] = after


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
    row = next(e for line in lines if line['type'] == 'flag' and line['status'] in RAISED
               for e in line['evidence'] if e['file'] == delta['file'])
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


def overridden_removed(lines):
    lines.remove(first_overridden(lines))


def overridden_told_flag(lines):
    line = first_overridden(lines)
    line.update(type='flag', status='new', why=None, since=lines[0]['run'])
    change_answer_of(lines, line, 'overridden', 'flagged')


def overridden_of_a_clear_household(lines):
    line = copy.deepcopy(first_overridden(lines))
    other = next(one for one in lines if one['type'] == 'household' and one['state'] == 'clear')
    line['household'] = other['household']
    lines.insert(lines.index(other) + 1, line)


def flag_told_overridden(lines):
    """By a decision that was only proposed, refused, revoked or has run out."""
    decided = first_overridden(lines)
    line = first_flag(lines, lambda flag: flag['rule'] == decided['rule'])
    for key in ('override', 'rests_on', 'proposer', 'approver', 'until'):
        line[key] = decided[key]
    line['type'] = 'overridden'
    change_answer_of(lines, line, 'flagged', 'overridden')


def another_override(lines):
    line = first_overridden(lines)
    line['override'] = first_overridden(lines, lambda one: one['rule'] != line['rule'])['override']


def override_prolonged(lines):
    first_overridden(lines)['until'] = '2015-07-05'


def override_of_one_person(lines):
    line = first_overridden(lines)
    line['approver'] = line['proposer']


def overridden_row_moved(lines):
    line = first_overridden(lines, lambda one: any(e['line'] for e in one['evidence']))
    next(e for e in line['evidence'] if e['line'])['line'] += 1


def overridden_effect(lines):
    first_overridden(lines)['effect'] = 'exclude_person'


def overridden_told_clear(lines):
    change_answer(lines, 'overridden', 'clear')


def change_mark(lines, before, after, of=lambda source: True):
    """Of the first household and source that say `before` of somebody."""
    for line in lines:
        for one in line.get('searched') or []:
            if before in one['found'] and of(one['source']):
                one['found'] = one['found'].replace(before, after, 1)
                return
    raise SystemExit('nothing is marked ' + before)


def record_told_none(lines):
    change_mark(lines, 'r', '.')


def none_told_record(lines):
    change_mark(lines, '.', 'r')


def bad_row_told_none(lines):
    change_mark(lines, 'x', '.')


def bad_row_beside_a_record_untold(lines):
    change_mark(lines, 'R', 'r')


def weak_record_told_sure(lines):
    change_mark(lines, 'w', 'r')


def unauthorised_told_none(lines):
    change_mark(lines, 'u', '.')


def unasked_told_none(lines):
    change_mark(lines, 'a', '.')


def unanswered_told_none(lines):
    change_mark(lines, 'n', '.')


def source_not_told(lines):
    next(line for line in lines if line.get('searched'))['searched'].pop()


def source_told_in_vain(lines):
    line = next(line for line in lines if line.get('searched'))
    line['searched'].append({'source': 'tip', 'found': 'r'})


def incomplete_caseload_untold(lines):
    line = next(line for line in lines
                if any(one['source'] == '*' for one in line.get('searched') or []))
    line['searched'] = [one for one in line['searched'] if one['source'] != '*']


def first_pair(lines, state='left_out'):
    return next(line for line in lines if line['type'] == 'pair' and line['state'] == state)


def pair_removed(lines):
    lines.remove(first_pair(lines))


def pair_told_expired(lines):
    first_pair(lines)['state'] = 'expired'


def expired_pair_told_left_out(lines):
    first_pair(lines, 'expired')['state'] = 'left_out'


def pair_of_another_row(lines):
    first_pair(lines)['offset'] += 1


def pair_of_one_person(lines):
    line = first_pair(lines)
    line['approver'] = line['proposer']


def pair_prolonged(lines):
    first_pair(lines)['until'] = '2015-07-05'


def nothing_told_searched(lines):
    next(line for line in lines if line.get('searched'))['searched'] = None


WAYS = {way.__name__: way for way in (
    flag_removed, flag_added, line_off_by_one, offset_off_by_one, length_off_by_one,
    place_of_nothing, cell_changed, effect_strengthened, another_person, unknown_told_clear,
    clear_told_unknown, cause_removed, tag_removed, another_delivery, delta_left_out,
    delta_for_the_full_file, refused_told_used, older_told_used, full_told_used, gap_removed,
    household_removed, overridden_removed, overridden_told_flag, overridden_of_a_clear_household,
    flag_told_overridden, another_override, override_prolonged, override_of_one_person,
    overridden_row_moved, overridden_effect, overridden_told_clear, record_told_none,
    none_told_record, bad_row_told_none, bad_row_beside_a_record_untold, weak_record_told_sure,
    unauthorised_told_none, unasked_told_none, unanswered_told_none, source_not_told,
    source_told_in_vain, incomplete_caseload_untold, nothing_told_searched, pair_removed,
    pair_told_expired, expired_pair_told_left_out, pair_of_another_row, pair_of_one_person,
    pair_prolonged)}
