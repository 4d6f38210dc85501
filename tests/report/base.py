"""What a store holds, asked of its base tables alone: the state of the latest run as the fold of the
changes written by the runs it rests on."""
import json
import sqlite3


class Store:
    def __init__(self, path):
        self.db = sqlite3.connect('file:%s?mode=ro' % path, uri=True)
        self.db.row_factory = sqlite3.Row
        self.run = self.one("""SELECT * FROM run WHERE state IN ('published', 'draft')
                               ORDER BY state = 'published' DESC, number DESC LIMIT 1""")
        self.stand(self.run['id'])

    def rows(self, sql, *values):
        return self.db.execute(sql, values).fetchall()

    def one(self, sql, *values):
        return self.db.execute(sql, values).fetchone()

    def stand(self, name):
        """Look at the run with this name."""
        self.run = self.one('SELECT * FROM run WHERE id = ?', name)
        self.runs = {r['number']: r for r in self.rows('SELECT * FROM run')}
        self.chain, number = [], self.run['number']
        while number is not None:
            self.chain.append(number)
            number = self.runs[number]['base']
        self.rules = {r['id']: r for r in self.rows(
            """SELECT u.*, x.n FROM run_rule x JOIN rule u ON u.number = x.rule
               WHERE x.run = ?""", self.run['number'])}
        self.deliveries = {d['number']: d for d in self.rows('SELECT * FROM delivery')}
        self.households = self.newest('SELECT v.*, h.id AS name FROM household_version v '
                                      'JOIN household h ON h.number = v.household', 'household')
        self.flags = self.read_flags()

    def newest(self, sql, key):
        """The newest row of each key within the chain."""
        kept, rank = {}, {run: i for i, run in enumerate(self.chain)}
        for row in self.rows(sql):
            if row['run'] not in rank:
                continue
            old = kept.get(row[key])
            if old is None or rank[row['run']] < rank[old['run']]:
                kept[row[key]] = row
        return kept

    def read_flags(self):
        """Flags that stand, raised or not checked, as dictionaries; tags are none."""
        identities = {f['number']: f for f in self.rows('SELECT * FROM flag')}
        versions = {v['number']: v for v in self.rows('SELECT * FROM flag_version')}
        proof = {}
        for row in self.rows('SELECT * FROM evidence ORDER BY version, n'):
            proof.setdefault(row['version'], []).append(row)
        flags = []
        for number, event in self.newest('SELECT * FROM flag_event', 'flag').items():
            version, flag = versions[event['version']], identities[number]
            if event['kind'] == 'gone' or version['effect'] == 'inform':
                continue
            household = self.households[flag['household']]
            flags.append({
                'number': number, 'household': household['name'], 'now': household, 'rule': flag['rule'],
                'subject': flag['subject'], 'since': self.runs[flag['run']], 'why': event['why'],
                'kept': event['kind'] == 'not_checked', 'version': version,
                'effect': version['effect'], 'severity': self.severity(flag['rule']),
                'title': self.rules[flag['rule']]['title'] if flag['rule'] in self.rules
                else flag['rule'],
                'place': self.rules[flag['rule']]['n'] if flag['rule'] in self.rules else -1,
                'evidence': proof.get(event['version'], [])})
        return flags

    def severity(self, rule):
        return self.rules[rule]['severity'] if rule in self.rules else ''

    def foreign(self, flag):
        """Rows that a flag rests on, but for what the family declared and our own registers say."""
        own = ('dibao_payment', 'exemption', 'refusal', 'tip')
        return [e for e in flag['evidence'] if e['line'] > 0
                and not self.deliveries[e['delivery']]['feed'].startswith('caseload_')
                and self.deliveries[e['delivery']]['feed'] not in own]

    def points(self, flag):
        """How urgent: severity, how surely it is this person, how many say so, how long."""
        rows = self.foreign(flag)
        sure = {'id_name': 3, 'id_only': 2, 'upgraded': 1, 'name_differs': 0}
        surety = min((sure[e['match']] for e in rows), default=3)
        sources = len({e['delivery'] for e in rows})
        months = (self.run['as_of'] - flag['since']['as_of']) // 30
        return ({'high': 3000, 'medium': 2000}.get(flag['severity'], 1000) + 200 * surety
                + (150 if sources > 1 else 100 if len(rows) > 1 else 50 if rows else 0)
                + 5 * min(9, max(0, months)))

    def people(self, household):
        return json.loads(household['people'])

    def listed(self):
        """Households on ledgers: by town code (raised or not, earliest day to look or None)."""
        day = {}
        for event in self.rows("SELECT * FROM flag_event WHERE kind = 'new'"):
            if event['run'] in self.chain:
                day[event['flag']] = max(day.get(event['flag'], 0), event['run'])
        found = {}
        for flag in self.flags:
            first = self.runs[day.get(flag['number'], flag['since']['number'])]['visit_by']
            old = found.get(flag['household'])
            if old is None:
                found[flag['household']] = [flag['now']['town_code'], not flag['kept'], first]
            else:
                old[1] = old[1] or not flag['kept']
                days = [d for d in (old[2], first) if d is not None]
                old[2] = min(days) if days else None
        return found

    def open_causes(self):
        """Rules left without an answer by a household's own causes: (household, rule, reason, source)."""
        causes = {c['number']: c for c in self.rows('SELECT * FROM cause')}
        raised = {(f['rule'], f['household']) for f in self.flags if not f['kept']}
        names = {n: h['name'] for n, h in self.households.items()}
        found = set()
        for number, event in self.newest('SELECT * FROM cause_event', 'cause').items():
            cause = causes[number]
            rule = self.rules.get(cause['rule'])
            if (event['open'] and rule and rule['effect'] != 'inform'
                    and rule['shown'] == 'everywhere'
                    and (cause['rule'], names[cause['household']]) not in raised):
                found.add((cause['household'], cause['rule'], cause['reason'], cause['source']))
        return found
