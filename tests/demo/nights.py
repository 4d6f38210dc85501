"""One night over one county, told in many ways: how the deliveries are packed, ordered and written,
how they are read, what is seen of the result, and where two nights differ."""
import csv
import glob
import gzip
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
from collections import namedtuple

DAY = "2014-07-05"
ENVIRONMENT = {**os.environ, "LC_ALL": "C.UTF-8", "HEDUI_LANG": "zh"}

# How a night is read (threads to inflate; share: rows are handed to other threads even if none waits
# for them) and what was delivered (members: gzip members and level;
# order: seed of a shuffle of rows and files; charset: of the cars, "same" or "other", both without
# the rows whose characters are broken: what is shown of those hangs on it). spoil: see night.c.
Way = namedtuple("Way", "threads input block keep share part inflate members order charset spoil",
                 defaults=(1, 0, 0, 0, 0, 0, "best", None, None, None, "nothing"))
READING = ("threads", "input", "block", "keep", "share", "part", "inflate", "spoil")

# Columns of the store that tell when a run was made.
CLOCK = {("run", "started"), ("run", "finished")}
# What the same rows in other bytes change: the receipts of the deliveries.
BYTES = {("delivery", "record"), ("delivery", "digest"), ("delivery", "size"), ("receipt", "record")}


def records(text):
    """Rows, a quoted line end inside one kept together, and what stands behind the last line end."""
    rows, held = [], b""
    lines = text.split(b"\n")
    for line in lines[:-1]:
        held += line + b"\n"
        if held.count(b'"') % 2 == 0:
            rows.append(held)
            held = b""
    return rows, held + lines[-1]


def pack(text, members, chance):
    """Cut anywhere into so many gzip members."""
    count, level = members
    cuts = sorted(chance.sample(range(1, len(text)), min(count - 1, len(text) - 1)))
    return b"".join(gzip.compress(text[a:b], level, mtime=0)
                    for a, b in zip([0] + cuts, cuts + [len(text)]))


def shuffled(rows, chance):
    """Titles above and totals below stay where they are: they have fewer cells."""
    if len(rows) < 3:
        return rows
    cells = [row.count(b",") for row in rows]
    usual = max(set(cells), key=cells.count)
    first, last = cells.index(usual) + 1, len(rows)
    while cells[last - 1] != usual:
        last -= 1
    body = rows[first:last]
    chance.shuffle(body)
    return rows[:first] + body + rows[last:]


def is_readable(row, charset):
    try:
        row.decode(charset)
    except UnicodeDecodeError:
        return False
    return True


class County:
    def __init__(self, root, program, night, work):
        self.program, self.night_program, self.work = program, night, work
        self.made, self.nights = os.path.join(work, "county"), 0
        self.change = None  # of (name, rows): a fact changed on purpose
        with open(f"{root}/feeds/vehicle.yaml", encoding="utf-8") as file:
            self.layout = file.read()
        self.charset = re.search(r"charset: *(\S+)", self.layout).group(1)
        self.other = "utf-8" if self.charset.lower() != "utf-8" else "gb18030"

    def make(self, households, seed, *options):
        done = subprocess.run([self.program, "demo", self.made, "--households", str(households),
                               "--seed", str(seed), "-q", *options], capture_output=True, text=True)
        if done.returncode:
            sys.exit(done.stdout + done.stderr)

    def deliver(self, name, data, way, chance):
        """The bytes of a delivery as this way has them."""
        cars = name.startswith("veh-")
        if way.members is None and way.order is None and not (cars and way.charset) and not self.change:
            return data
        rows, rest = records(gzip.decompress(data))
        if self.change:
            rows = self.change(name, rows)
        if cars and way.charset:
            rows = [row for row in rows + [rest] if is_readable(row, self.charset)]
            rest = b""
        if way.order is not None:
            rows = shuffled(rows, chance)
        if cars and way.charset == "other":
            rows = [row.decode(self.charset).encode(self.other) for row in rows]
        return pack(b"".join(rows) + rest, way.members or (1, 6), chance)

    def workspace(self, way):
        """The county before its first night, its deliveries as this way has them."""
        folder = os.path.join(self.work, "again")
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(os.path.join(folder, "inbox"), mode=0o700)
        for name in ("hedui.yaml", "areas.csv"):
            shutil.copy(os.path.join(self.made, name), folder)
        for name in ("feeds", "rules"):
            if os.path.isdir(os.path.join(self.made, name)):
                shutil.copytree(os.path.join(self.made, name), os.path.join(folder, name))
        if way.charset == "other":
            os.makedirs(os.path.join(folder, "feeds"))
            with open(os.path.join(folder, "feeds", "vehicle.yaml"), "w", encoding="utf-8") as file:
                file.write(re.sub(r"charset: *\S+", f"charset: {self.other}", self.layout, count=1))
            with open(os.path.join(folder, "hedui.yaml"), "a", encoding="utf-8") as file:
                file.write("feeds: [feeds]\n")
        chance = random.Random(way.order)
        names = sorted(os.listdir(os.path.join(self.made, "inbox")))
        if way.order is not None:
            chance.shuffle(names)
        for name in names:
            with open(os.path.join(self.made, "inbox", name), "rb") as file:
                data = file.read()
            if name.endswith(".csv.gz"):
                data = self.deliver(name, data, way, chance)
            with open(os.path.join(folder, "inbox", name), "wb") as file:
                file.write(data)
        return folder

    def night(self, way):
        """What is seen of a whole night, its store and its lists."""
        folder = self.workspace(way)
        self.nights += 1
        done = subprocess.run([self.night_program, folder]
                              + [f"{name}={getattr(way, name)}" for name in READING],
                              capture_output=True, text=True, env=ENVIRONMENT)
        if done.returncode:
            sys.exit(f"{way}: exit {done.returncode}: {done.stdout[-500:]}{done.stderr[-2000:]}")
        told = dict(line.split(" ", 1) for line in done.stdout.splitlines())
        seen = {"digest": told["digest"], "inflate": told["inflate"], "store": stored(folder)}
        for name in ("flags", "households", "rejects"):
            with open(told[name], encoding="utf-8-sig", newline="") as file:
                seen[name] = list(csv.reader(file))
        return seen

    def ordinary_night(self):
        """The digest that the program itself comes to."""
        done = subprocess.run([self.program, "run", "-C", self.workspace(Way()), "--as-of", DAY],
                              capture_output=True, text=True, env=ENVIRONMENT)
        found = re.search(r"^结果摘要 *([0-9a-f]+)", done.stdout, re.M)
        if done.returncode not in (0, 3) or not found:
            sys.exit(f"exit {done.returncode}: {done.stdout[-500:]}{done.stderr[-2000:]}")
        self.nights += 1
        return found.group(1)


def stored(folder):
    """All tables of the store but its clock: {table: [columns, rows]}."""
    (path,) = glob.glob(os.path.join(folder, "*.db"))
    store, tables = sqlite3.connect(path), {}
    for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"):
        columns = [row[1] for row in store.execute(f"PRAGMA table_info({name})")
                   if (name, row[1]) not in CLOCK]
        quoted = ", ".join(f'"{column}"' for column in columns)
        tables[name] = [columns] + sorted(store.execute(f"SELECT {quoted} FROM {name}"), key=repr)
    store.close()
    return tables


def without(rows, columns):
    at = [i for i, name in enumerate(rows[0]) if name not in columns]
    return [tuple(row[i] for i in at) for row in rows]


def in_any_order(rows):
    """Of cells that list several things too: they stand by the place of their rows."""
    return sorted(tuple(tuple(sorted(re.split("[；、]", cell))) for cell in row) for row in rows)


def comparable(seen, a, b):
    """What must be equal of a night when `a` and `b` differ as they do."""
    def differ(name):
        return getattr(a, name) != getattr(b, name)
    parts = {"digest": seen["digest"], "households": seen["households"]}
    flags, rejects = seen["flags"], seen["rejects"]
    if differ("charset"):
        rejects = without(rejects, {"字节位置"})
    if differ("order"):
        flags = in_any_order(without(flags, {"行号"}))
        rejects = in_any_order(without(rejects, {"行号", "字节位置"}))
    parts.update(flags=flags, rejects=rejects)
    if not differ("charset") and not differ("order"):
        hidden = BYTES if differ("members") else set()
        for table, rows in seen["store"].items():
            parts["store." + table] = without(rows, {c for t, c in hidden if t == table})
    return parts


def differences(one, a, other, b):
    """The parts in which two nights differ that must not."""
    x, y = comparable(one, a, b), comparable(other, a, b)
    return [name for name in sorted(set(x) | set(y)) if x.get(name) != y.get(name)]
