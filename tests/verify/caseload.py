"""The caseload: households, their members, who has authorised."""
import datetime

from cells import ABSENT, UNKNOWN


class Member:
    def __init__(self, row, number, old):
        self.row, self.number, self.old = row, number, old
        self.name, self.counted = row['name'], row['counted']
        self.lists = {}

    def authorised(self, as_of):
        """A letter of authorisation on file that still runs: one without an end does."""
        until = self.row['authorization_until']
        return (self.row['authorization_no'] not in (ABSENT, UNKNOWN)
                and (until == ABSENT or isinstance(until, datetime.date) and until >= as_of))

    def masked(self):
        return self.number[:6] + '********' + self.number[14:]


class Household:
    def __init__(self, row):
        self.row, self.id = row, row['household_id']
        self.members = []
        self.open = False          # members may be missing: a row of theirs was bad
        self.contradicted = False  # two rows about it say different things


def load(households, members):
    found = {}
    for row in households.rows:
        found[row['household_id']] = Household(row)
        found[row['household_id']].contradicted = row.contradicted
    for row in members.rows:
        household = found.get(row['household_id'])
        if not household:
            continue
        if row.contradicted:
            household.open = True
            continue
        number, old, _ = row.people[0]
        household.members.append(Member(row, number, old))
    for record, _ in members.bad:
        try:
            key = members.cell(record, 'household_id').strip()
        except (TypeError, IndexError, UnicodeError):
            continue
        if key in found:
            found[key].open = True
    for household in found.values():  # nobody lives nowhere: who does is not known
        household.open = household.open or not household.members
    return found
