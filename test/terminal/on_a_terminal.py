"""Runs a command on a pseudo-terminal and answers what it asks.

Standard input: JSON {"command": [...], "env": {...}, "steps": [[question, answer], ...]}. A question is a regular expression that
is waited for behind the last one; an answer is typed as it stands ("\r" ends a line, "\u0003" is Ctrl-C, "\u0004" Ctrl-D).
Standard output: JSON {"screen": text, "code": exit code or null, "signal": signal or null, "step": steps that were taken}.
"""
import json
import os
import pty
import re
import select
import signal
import sys

asked = json.load(sys.stdin)
pid, terminal = pty.fork()
if pid == 0:
    os.execvpe(asked["command"][0], asked["command"], {**os.environ, **asked["env"]})

screen = ""
place = 0
steps = list(asked["steps"])
taken = 0


def read():
    """What came, or None at the end: Linux ends a terminal with an error."""
    try:
        data = os.read(terminal, 65536)
    except OSError:
        return None
    return data or None


raw = b""
while True:
    # Nothing is waited for by the clock; the cap is only for a command that would never end.
    ready, _, _ = select.select([terminal], [], [], 240)
    if not ready:
        os.kill(pid, signal.SIGKILL)
        break
    data = read()
    if data is None:
        break
    raw += data
    screen = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", raw.decode("utf-8", "replace"))
    while taken < len(steps):
        found = re.compile(steps[taken][0], re.DOTALL).search(screen, place)
        if found is None:
            break
        place = found.end()
        os.write(terminal, steps[taken][1].encode())
        taken += 1

_, status = os.waitpid(pid, 0)
exited = os.WIFEXITED(status)
json.dump(
    {
        "screen": screen,
        "code": os.WEXITSTATUS(status) if exited else None,
        "signal": None if exited else os.WTERMSIG(status),
        "step": taken,
    },
    sys.stdout,
)
