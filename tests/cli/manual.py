"""Manual pages: one a command and language, formatted without a warning, found by their names."""
import glob
import json
import os
import re
import shutil
import subprocess
import sys

from program import call, check, finish, root, table, work, wrong

folder = os.path.join(work.name, "man")
count = json.loads(call("man", folder, "--json", code=0).stdout)["pages"]
commands = table()["commands"]
general = table()["options"]
pages = {"hedui": None, **{"hedui-" + c["name"].replace(" ", "-"): c for c in commands}}
for language, at in ("en", "man1"), ("zh", "zh_CN/man1"):
    there = {os.path.basename(p)[:-2] for p in glob.glob(f"{folder}/{at}/*")}
    check(there == set(pages), f"{at}: {there ^ set(pages)}")
    for name, command in pages.items():
        with open(f"{folder}/{at}/{name}.1", encoding="utf-8") as file:
            text = file.read().replace("\\:", "").replace("\\-", "-")
        for option in command["options"] if command else general:
            check(f"--{option['name']}\\fR" in text, f"{at}/{name}: lacks --{option['name']}")
        for each in [command] if command else commands:
            check(each[language].replace('"', "\\(dq") in text, f"{at}/{name}: lacks '{each[language]}'")
check(count == 2 * len(pages), f"{count} pages")

prose = {"hedui.yaml.5", "hedui-feeds.5", "hedui-rules.5"}
for at in "man5", "zh_CN/man5":
    there = set(os.listdir(f"{root}/man/{at}"))
    check(there == prose, f"man/{at}: {there ^ prose}")
    # every key of a new workspace is explained
    with open(f"{root}/man/{at}/hedui.yaml.5", encoding="utf-8") as file:
        text = file.read()
    call("init", "county", "-q")
    with open(f"{work.name}/county/hedui.yaml", encoding="utf-8") as file:
        for key in re.findall(r"^ *([a-z_]+):", file.read(), re.M):
            check(f"\\fB{key}\\fR" in text, f"man/{at}/hedui.yaml.5 does not explain {key}")
        check(f"\\fBhedui\\fR" in text, at)

every = glob.glob(f"{folder}/**/*.1", recursive=True) + glob.glob(f"{root}/man/**/*.5", recursive=True)
tools = 0
for page in every:
    if shutil.which("groff"):
        tools |= 1
        done = subprocess.run(["groff", "-man", "-k", "-Tutf8", "-ww", page], capture_output=True, text=True)
        check(done.returncode == 0 and not done.stderr, f"groff: {done.stderr}")
    if shutil.which("mandoc"):
        done = subprocess.run(["mandoc", "-Tlint", "-Wwarning", page], capture_output=True, text=True)
        bad = [line for line in done.stdout.splitlines() if "missing date" not in line]
        check(not bad, f"{bad}")
    if shutil.which("lexgrog"):
        tools |= 2
        done = subprocess.run(["lexgrog", page], capture_output=True, text=True)
        check(f'"{os.path.basename(page)[:-2]} - ' in done.stdout, f"lexgrog: {done.stdout}{done.stderr}")
if tools != 3:
    print("groff or lexgrog (man-db) is not installed: pages were not formatted")
    if not wrong:
        sys.exit(77)
finish()
