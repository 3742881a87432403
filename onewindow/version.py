"""Which One Window this is: its version, and the commit that it was made from where that is known.

A wheel and a source archive carry their commit in a file that `setup.py` writes when they are built. In a
checkout there is none, for the next commit would make it wrong; there git is asked, by who has time for it.
"""

from __future__ import annotations

import os
import subprocess
from contextlib import suppress
from pathlib import Path

COMMIT_FILE = "commit.txt"
"""The file in the package that carries the commit of a build."""

_PACKAGE = Path(__file__).parent
_LONGEST = 5.0
"""Seconds that git may take: a checkout on a slow disk still answers, a broken one does not hold us up."""


def version_text() -> str:
    """Version and commit of a build, `0.1.0 (1a9f3aa)`; of a checkout its version. Starts no process."""
    return _with_commit(built_commit())


def full_version_text() -> str:
    """Version and commit, also of a checkout, where git is asked for it: not on the way to the window."""
    return _with_commit(built_commit() or commit_of_checkout(_PACKAGE.parent))


def built_commit() -> str:
    """The commit that this package was built from; empty in a checkout and where no build knew it."""
    with suppress(OSError, UnicodeDecodeError):
        return (_PACKAGE / COMMIT_FILE).read_text(encoding="ascii").strip()
    return ""


def commit_of_checkout(root: Path) -> str:
    """The short commit of a folder that is itself a git checkout, with `-dirty` where files differ from it.

    Empty where it is none, where git is missing or refuses. A folder that only lies inside of some other
    checkout has no commit of its own.
    """
    if not (root / ".git").exists():
        return ""
    # A hook of git calls us with GIT_DIR and the like set, which tell of its repository and not of this one.
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    with suppress(OSError, subprocess.SubprocessError, UnicodeDecodeError):
        done = subprocess.run(
            ["git", "describe", "--always", "--exclude=*", "--dirty", "--abbrev=10"],  # noqa: S607  git is where PATH says
            cwd=root,
            env=surroundings,
            capture_output=True,
            check=True,
            timeout=_LONGEST,
        )
        return done.stdout.decode("ascii").strip()
    return ""


def _with_commit(commit: str) -> str:
    number = _number()
    return f"{number} ({commit})" if commit else number


def _number() -> str:
    """The version of the installed distribution; what it is instead where nothing is installed."""
    # 20 ms to load: only `--version` and reports of faults ask.
    from importlib.metadata import PackageNotFoundError, version

    with suppress(PackageNotFoundError):
        return version("onewindow")
    return "from its source"
