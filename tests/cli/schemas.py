"""Every command's document with --json says the schema that the command table has for it."""
import gzip
import json
import os
import shutil

from program import call, check, finish, root, table, work

county = os.path.join(work.name, "county")
AS_OF = "2014-07-05"
RUN, NEXT = "R20140705-01", "R20140706-01"
DECIDE = ["--person", "王主任", "--reason", "已核实", "--yes"]
demo = call("demo", county, "--households", "1000", "--json", code=0)
PROPOSE = ["--person", "李敏", "--reason", "残疾人专用车", "--evidence", "残疾证", "--until", "2014-07-08",
           "--as-of", AS_OF, "--yes"]
VEHICLES = os.path.join(county, "inbox", "veh-201406.csv.gz")
with gzip.open(VEHICLES) as packed, open(os.path.join(work.name, "veh-201407.csv"), "wb") as file:
    shutil.copyfileobj(packed, file)

LINES = [  # in this order; after the demo's own document
    ["init", os.path.join(work.name, "fresh")],
    ["doctor"],
    ["feeds", "list"],
    ["feeds", "check", VEHICLES],
    ["feeds", "show", VEHICLES, "2"],
    ["feeds", "show", VEHICLES, "2", "--reveal", "--person", "李敏", "--reason", "核对姓名", "--yes"],
    ["feeds", "request", "bank_balance", "--as-of", AS_OF, "--dry-run"],
    ["feeds", "requests"],
    ["feeds", "pack", os.path.join(work.name, "veh-201407.csv"), "--dry-run"],
    ["feeds", "quarantine"],
    ["feeds", "test"],
    ["feeds", "doc"],
    ["rules", "list"],
    ["rules", "show", "VEH-01"],
    ["rules", "check"],
    ["rules", "test"],
    ["rules", "doc"],
    ["rules", "confirmations"],
    ["runs", "publish", RUN, *DECIDE],
    ["overrides", "propose", "HOUSEHOLD", "VEH-01", *PROPOSE],
    ["overrides", "approve", "X20140705-01", *DECIDE, "--as-of", AS_OF],
    ["overrides", "revoke", "X20140705-01", *DECIDE, "--as-of", AS_OF],
    ["overrides", "propose", "HOUSEHOLD", "VEH-01", *PROPOSE],
    ["overrides", "refuse", "X20140705-02", *DECIDE, "--as-of", AS_OF],
    ["pairs", "propose", "HOUSEHOLD", "ROW", *PROPOSE],
    ["pairs", "approve", "P20140705-01", *DECIDE, "--as-of", AS_OF],
    ["pairs", "revoke", "P20140705-01", *DECIDE, "--as-of", AS_OF],
    ["pairs", "propose", "HOUSEHOLD", "ROW", *PROPOSE],
    ["pairs", "refuse", "P20140705-02", *DECIDE, "--as-of", AS_OF],
    ["pairs", "list"],
    ["run", "--as-of", "2014-07-06"],
    ["rules", "diff", RUN],
    ["runs", "list"],
    ["runs", "show"],
    ["runs", "diff", RUN, NEXT],
    ["runs", "export", "--out", os.path.join(work.name, "export.jsonl")],
    ["runs", "withdraw", NEXT, *DECIDE],
    ["overrides", "list"],
    ["report", "list"],
    ["report", "build", "ledger", RUN, "--out", os.path.join(work.name, "reports")],
    ["explain", "DB0000000001"],
    ["replay", RUN],
    ["db", "check"],
    ["db", "digest"],
    ["db", "migrate", "--dry-run"],
    ["db", "backup", os.path.join(work.name, "copy.db")],
    ["db", "purge", "--before", "2014-07-05", "--dry-run"],
    ["audit", "log"],
    ["config", "show"],
    ["man", os.path.join(work.name, "man")],
    ["version"],
    ["help", "E1001"],
    ["rules", "confirm", "shehui_jiuzhu", *DECIDE, "--as-of", AS_OF],
    ["rules", "unconfirm", "shehui_jiuzhu", *DECIDE, "--as-of", "2014-07-06"],
]
commands = {c["name"]: c for c in table()["commands"]}


def look(name, text):
    try:
        document = json.loads(text)
    except ValueError:
        check(False, f"{name}: no JSON: {text[:300]}")
        return
    check(document.get("schema") == commands[name]["schema"],
          f"{name}: {document.get('schema')}, the table has {commands[name]['schema']}: {text[:300]}")
    check(text.startswith('{"schema":'), f"{name}: the schema does not come first")


def car_owner():
    """A household that VEH-01 flags once."""
    flags = [json.loads(line) for line in call("runs", "export", RUN, "-C", county).stdout.splitlines()]
    of = [f["household"] for f in flags if f.get("type") == "flag" and f["rule"] == "VEH-01"]
    return min(h for h in of if of.count(h) == 1)


def row():
    """File and line of the car, as explain tells them."""
    flags = [json.loads(line) for line in call("runs", "export", RUN, "-C", county).stdout.splitlines()]
    return [[e["file"], str(e["line"])] for f in flags if f.get("type") == "flag" and f["rule"] == "VEH-01"
            and f["household"] == car_owner() for e in f["evidence"] if e["line"]][0]


def unseen_document():
    """A pack of the county's own that waits for a document to be seen."""
    own = os.path.join(county, "rules", "packs", "cleanup-2014")
    shutil.copytree(f"{root}/rules/packs/cleanup-2014", own)
    with open(f"{own}/pack.yaml", encoding="utf-8") as file:
        before, after = file.read().split("\n  shehui_jiuzhu:", 1)
    with open(f"{own}/pack.yaml", "w", encoding="utf-8") as file:
        file.write(before + "\n  shehui_jiuzhu:" + after.replace("confirmed: true", "confirmed: false", 1))


done = set()
look("demo", demo.stdout)
done.add("demo")
for words in LINES:
    name = " ".join(words[:2]) if " ".join(words[:2]) in commands else words[0]
    done.add(name)
    if name == "rules confirm":
        unseen_document()
    words = [car_owner() if word == "HOUSEHOLD" else word for word in words]
    if "ROW" in words:
        words[words.index("ROW"):words.index("ROW") + 1] = row()
    place = [] if name in ("init", "man", "version", "help") else ["-C", county]
    answer = call(*words, *place, "--json")
    # a file that cannot be packed has its document too: why not
    # the county stands in 2014: doctor says that a night of today would fail
    check(answer.returncode in ((1,) if name == "doctor" else (0, 3)),
          f"{words}: exit code {answer.returncode}: {answer.stderr}")
    look(name, answer.stdout)
without = {c for c in commands if commands[c]["schema"] is None}
check(without == {"completion"}, f"without a document: {without}")
check(set(commands) == done | without, f"not run: {sorted(set(commands) - done - without)}")
help_all = json.loads(call("help", "--all", "--json").stdout)
check(help_all["schema"] == "hedui.help_all/1", "the table's own schema")
finish()
