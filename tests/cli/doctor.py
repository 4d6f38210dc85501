"""hedui doctor on a county with one fault planted at a time: the check about it says so, the others
do not change; every check was seen sound and not sound."""
import fcntl
import json
import os
import shutil
import sqlite3
import subprocess
import sys

from program import call, check, finish, root, work

PLANTED = sys.argv[3]
base = os.path.join(work.name, "base")
county = os.path.join(work.name, "county")
call("demo", base, "--households", "1000", "-q", code=0)
DRAFT = "R20140705-01"
RELEASE = ["--person", "王主任", "--reason", "已核实", "--yes", "-q"]
call("runs", "publish", DRAFT, "-C", base, *RELEASE, code=0)
seen = {}


def doctor(env=None, *words):
    plant = {"LD_PRELOAD": PLANTED, "TMPDIR": "/tmp",
             "ASAN_OPTIONS": "verify_asan_link_order=0:detect_leaks=0"}
    plant.update(env or {})
    done = call("doctor", "-C", county, "--json", *words, env=plant)
    try:
        document = json.loads(done.stdout)
    except ValueError:
        check(False, f"no JSON: {done.stdout}{done.stderr}")
        return {}, done
    found = {c["check"]: c for c in document["checks"]}
    check(len(found) == len(document["checks"]), "a check is told twice")
    for one in found.values():
        seen.setdefault(one["check"], set()).add(one["state"])
        check((one["state"] in ("warn", "bad")) == (one["remedy"] is not None), f"remedy: {one}")
    states = [c["state"] for c in document["checks"]]
    for state in "ok", "warn", "bad", "skipped":
        check(document[state] == states.count(state), f"{state}: {document[state]}")
    want = 1 if "bad" in states else 3 if "warn" in states else 0
    check(done.returncode == want, f"exit code {done.returncode}, not {want}")
    return {code: one["state"] for code, one in found.items()}, found


def path(*names):
    return os.path.join(county, *names)


def write(name, text="", age=0):
    with open(path(name), "w", encoding="utf-8") as file:
        file.write(text)
    os.chmod(path(name), 0o600)
    touch(name, age)


def touch(name, age):
    now = os.stat(path(name)).st_mtime
    os.utime(path(name), (now - age, now - age))


def edit(name, old, new):
    with open(path(name), encoding="utf-8") as file:
        text = file.read()
    check(old in text, f"{name} does not say {old}")
    write(name, text.replace(old, new))


def store(*statements):
    with sqlite3.connect(path("hedui.db")) as db:
        for statement in statements:
            db.execute(statement)
    db.close()


def hedui(*words, code=0):
    call(*words, "-C", county, code=code)


def own_pack(old, new):
    shutil.copytree(f"{root}/rules/packs/cleanup-2014", path("rules/packs/cleanup-2014"))
    edit("rules/packs/cleanup-2014/vehicles.yaml", old, new)
    os.chmod(path("rules/packs/cleanup-2014"), 0o700)


def wrong_layout():
    os.mkdir(path("feeds"), 0o700)
    edit("hedui.yaml", "out: out", "out: out\nfeeds: [feeds]")
    write("feeds/x.yaml", "feed: x\nrubbish: 1\n")


def swap(name):
    os.rename(path(name), path("elsewhere"))
    os.symlink("elsewhere", path(name))


def folder(name, age):
    os.mkdir(path(name), 0o700)
    touch(name, age)


JULY = {"PLANT_TIME": "1404615600"}  # 2014-07-06
MIB = 1 << 20
OLD = 7200
ROOT = os.geteuid() == 0
NEEDS = "need: ["  # the demo's hedui.yaml names what it needs
NOT_LOOKED = dict.fromkeys(["night.feeds", "night.unread", "night.rules"], "skipped")
CASES = [  # what, the fault, environment, states that differ from those of the county as it is
    ("nothing", lambda: None, {}, {}),
    ("the night after", lambda: None, JULY, {"machine.clock": "bad", "runs.clock": "bad", "runs.age": "ok", "feeds.age": "ok",
     "night.feeds": "ok", "night.rules": "ok"}),
    ("a terminal of GB18030", lambda: None, {"LANG": "zh_CN.GB18030"}, {"machine.locale": "warn"}),
    ("LC_ALL comes first", lambda: None, {"LANG": "zh_CN.GB18030", "LC_ALL": "zh_CN.utf8"}, {}),
    ("no folder for temporary files", lambda: None, {"TMPDIR": "/nowhere"}, {"machine.temporary": "bad"}),
    ("little room", lambda: None, {"PLANT_FREE": str(200 * MIB)}, {"machine.temporary": "warn", "workspace.room": "warn"}),
    ("no room", lambda: None, {"PLANT_FREE": str(20 * MIB)}, {"machine.temporary": "warn", "workspace.room": "bad"}),
    ("room for a small inbox, not for this one", lambda: os.truncate(path("inbox", sorted(os.listdir(path("inbox")))[0]), 2 << 30),
     {"PLANT_FREE": str(1500 * MIB)}, {"workspace.room": "bad"}),
    ("a network", lambda: None, {"PLANT_TYPE": "0x6969"}, {"workspace.local": "bad", "store.open": "bad", "rules.check": "skipped", **dict.fromkeys(
        ["runs.clock", "runs.age", "runs.published", "feeds.needed", "feeds.age", "feeds.overdue"])}),
    ("reports for all", lambda: os.chmod(path("out"), 0o755), {}, {"workspace.modes": "bad"}),
    ("the workspace for a group", lambda: os.chmod(county, 0o750), {}, {"workspace.modes": "bad"}),
    ("hedui.yaml for all", lambda: os.chmod(path("hedui.yaml"), 0o644), {}, {"workspace.modes": "bad"}),
    ("an inbox for a group", lambda: os.chmod(path("inbox"), 0o770), {}, {}),
    ("an inbox for all", lambda: os.chmod(path("inbox"), 0o777), {}, {"workspace.modes": "bad"}),
    ("no area tree", lambda: os.unlink(path("areas.csv")), {}, {"workspace.areas": "bad"}),
    ("an area tree that cannot be used", lambda: write("areas.csv", "code,name\n1,2\n"), {}, {"workspace.areas": "bad"}),
    ("a file that no layout knows", lambda: write("inbox/车辆.csv", "x\n"), {}, {"night.unread": "warn"}),
    ("no inbox", lambda: shutil.rmtree(path("inbox")), {}, {"workspace.inbox": "bad", "night.unread": "skipped"}),
    ("no archive", lambda: shutil.rmtree(path("archive")), {}, {"workspace.archive": "bad"}),
    ("no folder for reports", lambda: shutil.rmtree(path("out")), {}, {"workspace.out": "bad"}),
    ("a file half written", lambda: write("archive/.veh.csv.gz.aB3dE9", age=OLD), {}, {"workspace.leftovers": "warn"}),
    ("a file being written", lambda: write("archive/.veh.csv.gz.aB3dE9"), {}, {}),
    ("a copy with its date", lambda: write("copy.db.202411", age=OLD), {}, {}),
    ("a replay half done", lambda: folder("archive/.replay-abcdef", OLD), {}, {"workspace.leftovers": "warn"}),
    ("an older schema", lambda: store("PRAGMA user_version = 1"), {}, {"store.schema": "bad", "rules.check": "skipped", **dict.fromkeys(
        ["store.open", "runs.clock", "runs.age", "runs.published", "feeds.needed", "feeds.age", "feeds.overdue"])}),
    ("a newer schema", lambda: store("PRAGMA user_version = 999"), {}, {"store.schema": "bad", "rules.check": "skipped", **dict.fromkeys(
        ["store.open", "runs.clock", "runs.age", "runs.published", "feeds.needed", "feeds.age", "feeds.overdue"])}),
    ("no database of ours", lambda: store("PRAGMA application_id = 7"), {}, {"store.schema": "bad", "rules.check": "skipped", **dict.fromkeys(
        ["store.open", "runs.clock", "runs.age", "runs.published", "feeds.needed", "feeds.age", "feeds.overdue"])}),
    ("no database at all", lambda: write("hedui.db", "x" * 5000), {}, {"store.schema": "bad", "rules.check": "skipped", **dict.fromkeys(
        ["store.open", "runs.clock", "runs.age", "runs.published", "feeds.needed", "feeds.age", "feeds.overdue"])}),
    ("a link to a database", lambda: swap("hedui.db"), {}, {"store.open": "bad", "rules.check": "skipped", **dict.fromkeys(
        ["runs.clock", "runs.age", "runs.published", "feeds.needed", "feeds.age", "feeds.overdue"])}),
    ("before the first run", lambda: os.unlink(path("hedui.db")), {}, {"store.open": "warn", **dict.fromkeys(
        ["store.schema", "runs.clock", "runs.age", "runs.published", "feeds.needed", "feeds.age", "feeds.overdue"])}),
    ("a draft", lambda: hedui("run", "--as-of", "2014-07-06", "-q", code=3), {}, {"runs.published": "warn"}),
    ("all withdrawn", lambda: hedui("runs", "withdraw", DRAFT, *RELEASE), {}, {
        "runs.published": "warn", "feeds.needed": "skipped", "feeds.age": None}),
    ("a need that did not come", lambda: edit("hedui.yaml", NEEDS, NEEDS + "bank_balance, "), {}, {"feeds.needed": "bad"}),
    ("a need that nobody knows", lambda: edit("hedui.yaml", NEEDS, NEEDS + "bank_balanse, "), {}, {"feeds.layouts": "bad"}),
    ("a layout that is wrong", wrong_layout, {}, {
        "feeds.layouts": "bad", "feeds.needed": "bad", "feeds.age": None, "feeds.overdue": None, "rules.check": "skipped", **NOT_LOOKED}),
    ("a rule that is wrong", lambda: own_pack("v.status.all(s, s.owned)", "v.status.all(s, s.ownd)"), {}, {"rules.check": "bad", **NOT_LOOKED}),
]
if ROOT:
    CASES.append(("somebody else's inbox is fine", lambda: os.chown(path("inbox"), 12345, 12345), {}, {}))
    CASES.append(("somebody else's archive", lambda: os.chown(path("archive"), 12345, 12345), {}, {"workspace.archive": "warn"}))


def lay_out():
    shutil.rmtree(county, ignore_errors=True)
    shutil.copytree(base, county)
    shutil.copystat(base, county)


lay_out()
plain, _ = doctor()
check({c: s for c, s in plain.items() if s != "ok"} == {
    "runs.age": "warn", "feeds.age": "warn", "night.feeds": "bad", "night.rules": "bad"},
      f"the county as it is: {plain}")
for what, fault, env, differ in CASES:
    lay_out()
    fault()
    states, _ = doctor(env)
    wanted = {**plain, **differ}
    wanted = {code: state for code, state in wanted.items() if state is not None}
    check(states == wanted, f"{what}: " + str(
        {c: (states.get(c), wanted.get(c)) for c in sorted({*states, *wanted}) if states.get(c) != wanted.get(c)}))

# what a night of 6 July would stop at; the newest run, which had it all, does not hide it
for name, words in ("caseload-member-20140705.csv.gz", "救助家庭成员 没有文件（caseload-member-"), (
        "hukou-201406.csv.gz", "户籍登记 没有文件（hukou-"):
    lay_out()
    there = [n for n in os.listdir(path("inbox")) if n.startswith(name.split("-2014")[0] + "-")]
    check(len(there) == 1, f"{name}: {there}")
    os.unlink(path("inbox", there[0]))
    states, found = doctor(JULY)
    check(states.get("night.feeds") == "bad" and words in found["night.feeds"]["found"]
          and states.get("feeds.needed") == "ok", f"{name}: {found.get('night.feeds')}")
    call("run", "-C", county, "--as-of", "2014-07-06", "-q", code=5)
lay_out()
states, found = doctor({"PLANT_TIME": "1408579200"})  # 2014-08-21, 52 days after the data
check("户籍登记 的数据已 52 天，超过停用线 45 天" in found["night.feeds"]["found"], f"stale: {found['night.feeds']}")
call("run", "-C", county, "--as-of", "2014-08-21", "-q", code=5)
states, found = doctor({"PLANT_TIME": "1401926400"})  # 2014-06-05: everything is of a later day
check("救助家庭 只有今天以后的文件" in found["night.feeds"]["found"], f"early: {found['night.feeds']}")

# a delivery that is late on a day after it was due
lay_out()

call("run", "-C", county, "--as-of", "2014-08-12", "-q")
states, found = doctor({"PLANT_TIME": "1407888000"})
check(states.get("feeds.overdue") == "warn", f"overdue: {found}")

lay_out()
with open(path("hedui.db.lock"), "w", encoding="utf-8") as lock:
    fcntl.flock(lock, fcntl.LOCK_EX)
    states, found = doctor()
    check(states.get("store.lock") == "warn" and str(os.getpid()) in found["store.lock"]["found"],
          f"lock: {found.get('store.lock')}")

lay_out()
write("hedui.yaml", "hedui: 1\nunitt: x\n")
states, found = doctor()
check(states.get("workspace.config") == "bad" and found["workspace.config"]["number"] == 1113,
      f"hedui.yaml: {found}")
check(all(code.split(".")[0] in ("machine", "workspace") for code in states), f"without a workspace: {states}")

for code, states in sorted(seen.items()):
    check("ok" in states, f"{code} was never seen sound")
    check(states & {"warn", "bad"}, f"{code} was never seen to fail")

# words, colours, quiet
lay_out()
os.chmod(path("out"), 0o755)
text = call("doctor", "-C", county, code=1).stdout
check("有误  权限" in text and "chmod go-rwx" in text and "\033" not in text, text)
check("\033[31m有误\033[0m" in call("doctor", "-C", county, "--color", "always").stdout, "red marks what is bad")
check("\033" not in call("doctor", "-C", county, env={"NO_COLOR": "1"}).stdout, "NO_COLOR")
quiet = call("doctor", "-C", county, "-q", code=1).stdout
check("权限" in quiet and "正常" not in quiet, quiet)
finish()
