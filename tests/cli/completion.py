"""bash is run with its script; zsh and fish read theirs where they are installed."""
import os
import shutil
import subprocess

from program import call, check, finish, table, work

everything = table()
commands = everything["commands"]
firsts = sorted({c["name"].split()[0] for c in commands})
paths = {}
for shell in "bash", "zsh", "fish":
    paths[shell] = os.path.join(work.name, shell)
    with open(paths[shell], "w", encoding="utf-8") as file:
        file.write(call("completion", shell, code=0).stdout)
    if shutil.which(shell):
        done = subprocess.run([shell, "-n", paths[shell]], capture_output=True, text=True)
        check(done.returncode == 0 and not done.stderr, f"{shell}: {done.stderr}")
    else:
        print(f"{shell} is not installed: its script was not read")
check("fish" in call("completion", "csh", code=2).stderr, "an unknown shell is not refused by name")

os.makedirs(os.path.join(work.name, "some", "folder"))
open(os.path.join(work.name, "some", "file.csv"), "w").close()
DRIVER = """
. "$1"
while IFS= read -r line; do
    IFS=$'\\t' read -ra COMP_WORDS <<<"${line%|}"
    [[ $line != *$'\\t|' ]] || COMP_WORDS+=('')
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    COMPREPLY=()
    _hedui
    echo "${COMPREPLY[*]}"
done
"""


def bash(lines):
    """What bash offers for the last word of each line."""
    feed = "".join("\t".join(line) + "|\n" for line in lines)
    done = subprocess.run(["bash", "-c", DRIVER, "bash", paths["bash"]], input=feed,
                          capture_output=True, text=True, cwd=work.name)
    check(not done.stderr, f"bash: {done.stderr}")
    return [sorted(found.split()) for found in done.stdout.split("\n")[:-1]]


def seconds(first):
    return sorted(c["name"].split()[1] for c in commands if c["name"].startswith(first + " "))


cases = [
    (["hedui", ""], firsts),
    (["hedui", "ini"], ["init"]),
    (["hedui", "-C", "some", ""], firsts),
    (["hedui", "-C", "init", "feeds", ""], seconds("feeds")),
    (["hedui", "rules", "te"], ["test"]),
    (["hedui", "--lang", ""], ["en", "zh"]),
    (["hedui", "--lang", "=", "z"], ["zh"]),
    (["hedui", "--lang", "="], ["en", "zh"]),
    (["hedui", "--lang", "=", "zh", "ini"], ["init"]),
    (["hedui", "run", "--progress", "b"], ["bar"]),
    (["hedui", "run", "--as-of", ""], []),
    (["hedui", "run", "--as-of", "2014-07-05", "--thr"], ["--threads"]),
    (["hedui", "help", ""], firsts),
    (["hedui", "help", "db", ""], seconds("db")),
    (["hedui", "completion", ""], ["bash", "fish", "zsh"]),
    (["hedui", "completion", "bash", ""], []),
    (["hedui", "init", "some/"], ["some/folder"]),
    (["hedui", "feeds", "check", "some/f"], ["some/file.csv", "some/folder"]),
    (["hedui", "-C", "some/"], ["some/folder"]),
    (["hedui", "nothing", ""], []),
]
general = [o["name"] for o in everything["options"]]
for command in commands:
    own = [o["name"] for o in command["options"]]
    cases.append((["hedui", *command["name"].split(), "--"], sorted("--" + n for n in own + general)))
    for option in command["options"]:
        if option["choices"]:
            cases.append((["hedui", *command["name"].split(), "--" + option["name"], ""],
                          sorted(option["choices"])))
for (words, wanted), found in zip(cases, bash([c[0] for c in cases])):
    check(found == wanted, f"{words}: {found}, not {wanted}")

if shutil.which("fish"):
    plain = [c for c in cases if "=" not in c[0] and "some" not in "".join(c[0]) and c[1]]
    script = f"source {paths['fish']}\n" + "".join(
        f"echo (complete -C '{' '.join(words)}' | string split -f 1 \\t)\n" for words, _ in plain)
    done = subprocess.run(["fish", "--no-config", "-c", script], capture_output=True, text=True,
                          cwd=work.name)
    check(not done.stderr, f"fish: {done.stderr}")
    for (words, wanted), found in zip(plain, done.stdout.split("\n")):
        check(set(wanted) <= set(found.split()), f"fish: {words}: {found}, not {wanted}")
finish()
