"""Which folder is the workspace."""
import os

from program import call, check, finish, work

call("init", "one", "-q", code=0)
call("init", "two", "-q", code=0)
one, two = os.path.join(work.name, "one"), os.path.join(work.name, "two")
deep = os.path.join(one, "inbox", "a", "b")
bare = os.path.join(work.name, "bare")
os.makedirs(deep)
os.makedirs(bare)
os.chmod(work.name, 0o700)


def taken(*words, cwd, env=None):
    """The store that `db check` says it could not open tells which workspace was taken."""
    done = call("db", "check", *words, cwd=cwd, env=env, code=6)
    return done.stderr


CASES = [  # where, options, $HEDUI_FOLDER, the store named
    (one, [], None, "./hedui.db"),
    (deep, [], None, "../../../hedui.db"),
    (deep, ["-C", two], None, two + "/hedui.db"),
    (deep, [], two, two + "/hedui.db"),
    (one, [], two, two + "/hedui.db"),
    (one, ["-C", one], two, one + "/hedui.db"),
    (one, [], "", "./hedui.db"),
]
for where, words, variable, store in CASES:
    env = {} if variable is None else {"HEDUI_FOLDER": variable}
    text = taken(*words, cwd=where, env=env)
    check(f"“{store}”" in text, f"{where} {words} {variable}: {text}")
check("E8001" in call("db", "check", cwd=bare, code=10).stderr, "outside of a workspace")
# init makes a new one where it is told to, never the one that would be found
call("init", "-q", cwd=bare, env={"HEDUI_FOLDER": one}, code=0)
check(os.path.exists(os.path.join(bare, "hedui.yaml")), "init obeyed HEDUI_FOLDER")
call("init", "-q", cwd=deep, code=0)
# somebody else's folder above is not taken
if os.geteuid() == 0:
    os.chown(two, 12345, 12345)
    inner = os.path.join(two, "inbox")
    check("E8001" in call("db", "check", cwd=inner, code=10).stderr, "a stranger's workspace was taken")
finish()
