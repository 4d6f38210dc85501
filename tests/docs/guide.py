"""guide.py ROOT PROGRAM: every block of rules/README.md is taken as it stands: what it shows of packs,
rules, values, tables and scenarios passes check and test, its commands run over an invented county. A
block that nothing here takes is an error. new_rule.sh does the first example step by step."""

import datetime
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

root, hedui = pathlib.Path(sys.argv[1]), sys.argv[2]
text = (root / "rules/README.md").read_text(encoding="utf-8")
blocks = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.M | re.S)
taken = set()
environment = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TERM": "dumb", "HOME": os.getcwd()}
environment |= {name: os.environ[name] for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS") if name in os.environ}


def block(words):
    """The one block that holds the words."""
    found = [i for i, (_, body) in enumerate(blocks) if words in body]
    assert len(found) == 1, f"{len(found)} blocks hold: {words}"
    taken.add(found[0])
    return blocks[found[0]][1]


def run(county, *arguments, codes=(0,)):
    done = subprocess.run([hedui, *arguments], cwd=county, env=environment, capture_output=True, text=True,
                          stdin=subprocess.DEVNULL, check=False)
    said = done.stdout + done.stderr
    assert done.returncode in codes, f"{shlex.join(arguments)}: exit code {done.returncode}\n{said}"
    return said


def pack(county, name, **files):
    """A pack of these files is the county's only one; it passes check without a warning, and test."""
    folder = county / "rules/packs" / name
    for file, body in files.items():
        path = folder / (file.replace("__", "/") + ".yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body, encoding="utf-8")
    settings = county / "hedui.yaml"
    settings.write_text(re.sub(r"(?m)^packs:.*$", f"packs: [{name}]", settings.read_text(encoding="utf-8")),
                        encoding="utf-8")
    said = run(county, "rules", "check")
    assert "警告" not in said, said
    return run(county, "rules", "test")


def conditions(body):
    """Conditions over payments, as values: what stands behind two blanks and more says what is meant."""
    lines = [re.sub(r" {2,}\S*[^\x00-\x7f].*$", "", line) for line in body.splitlines()]
    joined = re.sub(r"\n +", " ", "\n".join(lines)).splitlines()
    assert len(joined) == 4, joined
    return "".join(
        f"  shown_{n}:\n    title: 手册里的条件\n    type: bool\n    is: |-\n      hh.real_estate.exists(r, {one})\n"
        for n, one in enumerate(joined, 1))


RULE = """rules:
  - id: SHOWN-01
    title: 用到手册里的条件
    basis: {document: qingli, article: 三（五）}
    effect: inform
    when: |-
      shown_1 && shown_2 && shown_3 && shown_4 && household_size > 0 && income > dec("0.00")
    examples:
      - {title: 没有房产, given: {real_estate: [], dibao_payments: []}, expect: false}
"""


def commands(county, words):
    """The commands in order. A decision is dated today, whatever day a document was written."""
    later = (datetime.date.today() + datetime.timedelta(days=180)).isoformat()
    body, said = block(words).replace("\\\n", " ").replace("2014-12-31", later), ""
    for line in body.splitlines():
        made = re.search(r"\bX\d{8}-\d\d\b", said)
        line = line.replace("X20140705-01", made.group()) if made else line
        arguments = shlex.split(line, comments=True)
        if arguments:
            assert arguments[0] == "hedui", line
            said = run(county, *arguments[1:], codes=(0, 2, 3))
            if "E8514" in said:  # asks on a terminal
                said = run(county, *arguments[1:], "--yes", codes=(0, 3))
            assert "错误" not in said, f"{line}: {said}"


def main(work):
    county = work / "county"
    subprocess.run([hedui, "demo", str(county), "--households", "1000", "-q"], env=environment,
                   capture_output=True, check=False)
    commands(county, "hedui explain DB0000000010")
    commands(county, "hedui overrides propose")

    block("rules/packs/<规则包>/scenarios/")  # where files stand
    first = {name: block(f"# 文件：rules/packs/county-2014/{name}.yaml") for name in ("pack", "care")}
    pack(county, "county-2014", **first)

    values = block("title: 家庭月收入")
    inherits = "inherits: [cleanup-2014]\n"
    pack(county, "cars", pack="pack: cars\ntitle: 手册里的规则\n" + inherits,
         cars=block("manual: 是否为残疾人专用车").replace("VEH-01", "SHOWN-02"))
    said = pack(county, "shown",
                pack="pack: shown\ntitle: 手册里的例子\n" + inherits + values +
                conditions(block("hh.benefit_intervals.exists")),
                payments=RULE,
                scenarios__two_cars=block("scenario: two-cars"))
    assert "个场景" in said, said

    table = block("decimal(0)").partition("  dibao_standard:\n")[2]
    pack(county, "own-2014",
         pack=block("replaces: cleanup-2014/dibao_standard").replace("county-2014", "own-2014") + table +
         "documents:\n  county_standard: {title: 本县低保标准（演示用）, kind: standard, level: county, confirmed: true}\n")

    settings = county / "hedui.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("packs: [own-2014]", "packs: [national-common]"),
                        encoding="utf-8")
    commands(county, "hedui rules confirmations")
    assert "$ hedui rules test" in block("$ hedui rules test")  # its output: docs.shown_output

    left = [body for i, (_, body) in enumerate(blocks) if i not in taken]
    assert not left, "nobody knows how to test:\n" + "\n".join(left)


with tempfile.TemporaryDirectory() as folder:
    try:
        main(pathlib.Path(folder))
    except AssertionError as error:
        sys.exit(str(error))
