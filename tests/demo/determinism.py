"""determinism.py ROOT PROGRAM HOUSEHOLDS SEED SHUFFLES: one night over one county, again and again:
other numbers of threads, rows and files in other orders, other gzip members, another character set.
Every time the same result digest. In the end one fact is changed, and the digest with it."""
import glob
import gzip
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

root, program = sys.argv[1:3]
households, seed, shuffles = (int(n) for n in sys.argv[3:6])
work = tempfile.mkdtemp(prefix="hedui-determinism-")
runs = 0


def night(folder, threads):
    global runs
    done = subprocess.run([program, "run", "-C", folder, "--as-of", "2014-07-05", "--threads", str(threads)],
                          capture_output=True, text=True, env={**os.environ, "LC_ALL": "C.UTF-8", "HEDUI_LANG": "zh"})
    found = re.search(r"^结果摘要 *([0-9a-f]+)", done.stdout, re.M)
    if done.returncode not in (0, 3) or not found:
        sys.exit(f"exit {done.returncode}: {done.stdout[-500:]}{done.stderr[-500:]}")
    runs += 1
    return found.group(1)


def fresh(order=None):
    """The workspace before its first night, its deliveries written in some order."""
    folder = os.path.join(work, "again")
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(os.path.join(folder, "inbox"), mode=0o700)
    for name in ("hedui.yaml", "areas.csv"):
        shutil.copy(os.path.join(county, name), folder)
    for name in ("feeds", "rules"):
        if os.path.isdir(os.path.join(county, name)):
            shutil.copytree(os.path.join(county, name), os.path.join(folder, name))
    names = sorted(os.listdir(os.path.join(county, "inbox")))
    if order:
        order.shuffle(names)
    for name in names:
        shutil.copy(os.path.join(county, "inbox", name), os.path.join(folder, "inbox"))
    return folder


def records(text):
    """Rows, a quoted line end inside one kept together."""
    rows, start, quoted = [], 0, False
    for i, byte in enumerate(text):
        if byte == 0x22:
            quoted = not quoted
        elif byte == 0x0A and not quoted:
            rows.append(text[start:i + 1])
            start = i + 1
    return rows, text[start:]


def pack(rows, members, level):
    """Cut anywhere into so many gzip members."""
    text, out = b"".join(rows), b""
    cuts = sorted(random.sample(range(1, len(text)), min(members - 1, len(text) - 1)))
    for a, b in zip([0] + cuts, cuts + [len(text)]):
        out += gzip.compress(text[a:b], level, mtime=0)
    return out


def rewrite(folder, change):
    for path in glob.glob(os.path.join(folder, "inbox", "*.csv.gz")):
        with gzip.open(path) as file:
            rows, rest = records(file.read())
        with open(path, "wb") as file:
            file.write(change(os.path.basename(path), rows, rest))


county = os.path.join(work, "county")
try:
    done = subprocess.run([program, "demo", county, "--households", str(households), "--seed", str(seed), "-q"],
                          capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    want = night(fresh(), 1)
    failures = []

    def expect(what, folder, threads):
        if night(folder, threads) != want:
            failures.append(what)
            print("another digest:", what, flush=True)

    for threads in (2, 4, 8):
        expect(f"{threads} threads", fresh(), threads)
    for members, level in ((1, 9), (2, 1), (40, 6)):
        random.seed(members)
        folder = fresh()
        rewrite(folder, lambda name, rows, rest: pack(rows + [rest], members, level))
        expect(f"{members} gzip members", folder, 4)
    for n in range(shuffles):
        order = random.Random(n)
        folder = fresh(order)

        def shuffled(name, rows, rest):
            """Titles above and totals below stay where they are: they have fewer cells."""
            if len(rows) < 3:
                return pack(rows + [rest], 1, 1)
            cells = [row.count(b",") for row in rows]
            usual = max(set(cells), key=cells.count)
            first, last = cells.index(usual) + 1, len(rows)
            while cells[last - 1] != usual:
                last -= 1
            body = rows[first:last]
            order.shuffle(body)
            return pack(rows[:first] + body + rows[last:] + [rest], 1, 1)

        rewrite(folder, shuffled)
        expect(f"rows and files in order {n}", folder, 1 + n % 4)
    # the other character set, by a layout of the county's own
    with open(f"{root}/feeds/vehicle.yaml", encoding="utf-8") as file:
        layout = file.read()
    was = re.search(r"charset: *(\S+)", layout).group(1)
    other = "utf-8" if was.lower() != "utf-8" else "gb18030"
    folder = shutil.move(fresh(), os.path.join(work, "other"))
    os.makedirs(os.path.join(folder, "feeds"), exist_ok=True)
    with open(os.path.join(folder, "feeds", "vehicle.yaml"), "w", encoding="utf-8") as file:
        file.write(re.sub(r"charset: *\S+", f"charset: {other}", layout, count=1))
    with open(os.path.join(folder, "hedui.yaml"), "a", encoding="utf-8") as file:
        file.write("feeds: [feeds]\n")
    path = glob.glob(os.path.join(folder, "inbox", "veh-*.csv.gz"))[0]
    with gzip.open(path) as file:
        rows, rest = records(file.read())

    def readable(row):  # what of a broken character is shown hangs on the character set
        try:
            return bool(row.decode(was)) or True
        except UnicodeDecodeError:
            return False

    rows = [row for row in rows + [rest] if readable(row)]
    plain = fresh()
    with open(os.path.join(plain, "inbox", os.path.basename(path)), "wb") as file:
        file.write(gzip.compress(b"".join(rows), mtime=0))
    unbroken = shutil.move(plain, os.path.join(work, "plain"))
    with open(path, "wb") as file:
        file.write(gzip.compress(b"".join(row.decode(was).encode(other) for row in rows), mtime=0))
    want_all, want = want, night(unbroken, 2)
    expect(f"vehicles in {other} in place of {was}", folder, 4)
    want = want_all
    # and a test that can fail: one car less is another result
    folder = fresh()
    rewrite(folder, lambda name, rows, rest: pack((rows[:len(rows) // 2] if name.startswith("veh") else rows) + [rest], 1, 6))
    if night(folder, 4) == want:
        failures.append("nothing noticed that rows were gone")
    print(f"{runs} nights over {households} households, seed {seed}: digest {want}")
    if failures:
        sys.exit("another digest: " + "; ".join(failures))
finally:
    shutil.rmtree(work, ignore_errors=True)
