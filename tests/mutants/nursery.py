"""A process that has imported what the program stands on, and forks one for tests each time it is asked.

It reads lines of JSON, `{"arguments": […], "seconds": 9, "output": "…"}`, and answers each
with a line: the exit code of pytest, or "hang" if it took longer.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
import time
import traceback
from contextlib import suppress
from pathlib import Path

import pytest

_LOOK_SECONDS = 0.02


def main() -> None:
    """Answer until standard input ends; the first line names the modules to import."""
    for name in json.loads(sys.stdin.readline()):
        with suppress(Exception):
            importlib.import_module(name)
    for line in sys.stdin:
        asked = json.loads(line)
        print(_run(asked["arguments"], asked["seconds"], Path(asked["output"])), flush=True)  # noqa: T201  it answers


def _run(arguments: list[str], seconds: float, output: Path) -> str:
    process = os.fork()
    if process == 0:
        os.setsid()
        _talk_to(output)
        code = pytest.ExitCode.INTERNAL_ERROR
        try:
            code = pytest.main(arguments)
        except BaseException:  # it must not come back into the loop of its parent
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            os._exit(int(code))
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        ended, status = os.waitpid(process, os.WNOHANG)
        if ended:
            return str(os.waitstatus_to_exitcode(status))
        time.sleep(_LOOK_SECONDS)
    with suppress(ProcessLookupError):
        os.killpg(process, signal.SIGKILL)
    os.waitpid(process, 0)
    return "hang"


def _talk_to(output: Path) -> None:
    """Let what the tests print go to a file, and give them nothing to read."""
    target = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(target, 1)
    os.dup2(target, 2)


if __name__ == "__main__":
    main()
