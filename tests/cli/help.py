"""The help: fits a terminal, names every command, and the table behind it is sound."""
from program import call, check, columns, finish, table

commands = table()["commands"]
names = [c["name"] for c in commands]
general = {o["name"] for o in table()["options"]}

for language in "zh", "en":
    top = call("--lang", language, code=0).stdout
    check(call("help", "--lang", language, code=0).stdout == top, "help is not what no command gives")
    lines = top.splitlines()
    check(len(lines) <= 24, f"{language}: the top help has {len(lines)} lines")
    for line in lines:
        check(columns(line) <= 110, f"{language}: {columns(line)} columns: {line}")
    every = call("help", "--all", "--lang", language, code=0).stdout
    for command in commands:
        first = command["name"].split()[0]
        usage = (command["name"] + " " + command["usage"]).rstrip()
        if not (command["minor"] and first == command["name"]):
            check(f" {first} " in top.replace("\n", " "), f"{language}: the top help lacks {first}")
        check(f"  {usage}  " in every, f"{language}: help --all lacks {usage}")
        check(command[language] in every, f"{language}: help --all lacks what {usage} does")
        own = call("help", *command["name"].split(), "--lang", language, code=0).stdout
        for option in command["options"]:
            check(f"--{option['name']} " in own, f"{own}: lacks --{option['name']}")

check(len(set(names)) == len(names), "a command stands twice")
valued = {}
for command in commands:
    words = command["name"].split()
    check(len(words) <= 2, f"{command['name']}: more than two words")
    for language in "zh", "en":
        text = command[language]
        check(text and text[-1] not in "。.", f"{command['name']}: '{text}' is no line of a list")
    for option in command["options"]:
        check(option["name"] not in general, f"{command['name']}: --{option['name']} is general")
        # a script of completion skips the value without knowing the command
        has = option["value"] is not None
        check(valued.setdefault(option["name"], has) == has,
              f"--{option['name']} takes a value in one command and none in another")
    if len(words) == 2:
        check(words[0] not in names, f"{words[0]} is a command and a first word")
finish()
