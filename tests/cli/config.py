"""Every setting has its value and the place it comes from."""
import json
import os
import re

from program import call, check, finish, root, work

here = work.name
YAML = """hedui: 1
unit: 甲
area: "659000"
areas: areas.csv
inbox: /srv/in

archive: archive
out: out
store: hedui.db
feeds: [feeds, more]
packs: cleanup-2014
publish:
  flags_change: 30%
"""
os.makedirs(f"{here}/inner")
with open(f"{here}/hedui.yaml", "w", encoding="utf-8") as file:
    file.write(YAML)


def settings(*words, cwd=here, env=None):
    done = call("config", "show", "--json", *words, cwd=cwd, env=env, code=0)
    return {s["key"]: s for s in json.loads(done.stdout)["settings"]}


plain = settings("-C", here)
for key, value, line in [("hedui", "1", 1), ("unit", "甲", 2), ("area", "659000", 3), ("areas", "areas.csv", 4),
                         ("inbox", "/srv/in", 5), ("archive", "archive", 7), ("out", "out", 8),
                         ("store", "hedui.db", 9), ("feeds", "feeds, more", 10), ("packs", "cleanup-2014", 11),
                         ("publish.flags_change", "30%", 13)]:
    one = plain[key]
    check((one["value"], one["origin"], one["line"]) == (value, "file", line), f"{key}: {one}")
for key, value in [("need", None), ("publish.rule_change", None), ("publish.compare_from", "0")]:
    one = plain[key]
    check((one["value"], one["origin"], one["line"]) == (value, "default", None), f"{key}: {one}")
check(plain["inbox"]["paths"] == ["/srv/in"], "an absolute path")
check(plain["store"]["paths"] == [f"{here}/hedui.db"], "a path of the workspace")
check(plain["feeds"]["paths"][:2] == [f"{here}/feeds", f"{here}/more"] and len(plain["feeds"]["paths"]) == 3,
      "local layouts come before the shipped ones")
check(plain["packs"]["paths"][0].endswith("rules/packs/cleanup-2014"), "the shipped pack")
os.makedirs(f"{here}/rules/packs/cleanup-2014")
check(settings("-C", here)["packs"]["paths"] == [f"{here}/rules/packs/cleanup-2014"], "the own pack")

for words, cwd, env, key, want in [
        ([], here, {}, "folder", (".", "current_folder", None)),
        ([], f"{here}/inner", {}, "folder", ("..", "folder_above", None)),
        (["-C", here], "/", {}, "folder", (here, "option", "-C")),
        ([], "/", {"HEDUI_FOLDER": here}, "folder", (here, "environment", "HEDUI_FOLDER")),
        ([], here, {}, "lang", ("zh", "default", None)),
        (["--lang", "en"], here, {"HEDUI_LANG": "zh"}, "lang", ("en", "option", "--lang")),
        ([], here, {"HEDUI_LANG": "en", "LANG": "zh_CN.UTF-8"}, "lang", ("en", "environment", "HEDUI_LANG")),
        ([], here, {"LANG": "en_GB.UTF-8"}, "lang", ("en", "environment", "LANG")),
        ([], here, {"LC_ALL": "C", "LANG": "en_GB.UTF-8"}, "lang", ("zh", "default", None)),
        ([], here, {"TMPDIR": "/var/tmp"}, "temporary", ("/var/tmp", "environment", "TMPDIR")),
        ([], here, {"HEDUI_SHARE": root}, "share", (root, "environment", "HEDUI_SHARE"))]:
    env.setdefault("TMPDIR", "")
    one = settings(*words, cwd=cwd, env=env)[key]
    check((one["value"], one["origin"], one["name"]) == want, f"{words} {env} {key}: {one}")

text = call("config", "show", "--origin", "--lang", "en", code=0, cwd=here).stdout
check(re.search(r"^unit +甲 +\./hedui\.yaml line 2$", text, re.M), text)
check(re.search(r"^need +\(not set\) +default$", text, re.M), text)
check("line" not in call("config", "show", "--lang", "en", code=0, cwd=here).stdout, "origins not asked for")
finish()
