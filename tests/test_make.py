"""Which Python `make` sets up with: a PATH of Pythons that are not what they seem, and the real make."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
_PRETENDING = """#!/bin/sh
if [ "$1" = -c ]; then
    exec '{real}' -c "import sys
from collections import namedtuple
sys.version_info = namedtuple('V', 'major minor micro releaselevel serial')({version}, '{level}', 0)
sys._base_executable = '$0'
if not {has_venv}: sys.modules['ensurepip'] = None
exec(sys.argv[1])" "$2"
fi
if [ "$1 $2" = '-m venv' ]; then
    for folder in "$@"; do :; done
    [ "$3" = --clear ] && rm -rf "$folder"
    mkdir -p "$folder/bin" && cp "$0" "$folder/bin/python"
    sed -i.old "s|^sys._base_executable = .*|sys._base_executable = '$0'|" "$folder/bin/python"
fi
echo "$0 $*" >> '{log}'
"""
"""A Python that tells another version of itself, and notes what it is asked to do instead of doing it."""


class _Place:
    """A folder with our Makefile, and a PATH on which stand only the Pythons that a test puts there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "a checkout"
        self.path = [folder / "first", folder / "second"]
        self.log = folder / "log"
        for each in (self.folder / "tools", *self.path):
            each.mkdir(parents=True)
        for name in ("Makefile", "pyproject.toml", "setup.py", "tools/choose_python.sh"):
            shutil.copy(ROOT / name, self.folder / name)
        for tool in ("sh", "cat", "sed", "mkdir", "cp", "rm", "grep"):
            found = shutil.which(tool)
            assert found
            (self.path[1] / tool).symlink_to(found)

    def put(
        self, name: str, version: str, *, level: str = "final", has_venv: bool = True, second: bool = False
    ) -> Path:
        numbers = ", ".join(version.split("."))
        text = _PRETENDING.format(
            real=sys.executable, version=numbers, level=level, has_venv=has_venv, log=self.log
        )
        return self.put_script(name, text, second=second)

    def put_script(self, name: str, text: str, *, second: bool = False) -> Path:
        python = self.path[second] / name
        python.write_text(text)
        python.chmod(0o755)
        return python

    def make(self, *words: str) -> subprocess.CompletedProcess[str]:
        make = shutil.which("make")
        assert make
        environ = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
        environ.pop("PYTHON", None)
        path = os.pathsep.join(map(str, self.path))
        return subprocess.run(
            [make, "setup", *words],
            cwd=self.folder,
            env={**environ, "PATH": path},
            capture_output=True,
            text=True,
            check=False,
        )

    def python_of(self, *words: str) -> str:
        """The name of the Python with which `make setup` made the environment."""
        done = self.make(*words)
        assert done.returncode == 0, done.stderr
        made = [line for line in self.log.read_text().splitlines() if "-m venv" in line]
        assert (self.folder / ".venv" / "bin" / "python").exists()
        return made[-1].partition(" -m ")[0].rpartition("/")[2]

    def complaint(self, *words: str) -> str:
        done = self.make(*words)
        assert done.returncode != 0
        assert not (self.folder / ".venv").exists()
        said, *others = done.stderr.splitlines()
        assert all(line.startswith("make") for line in others)
        return said


@pytest.fixture
def place(tmp_path: Path) -> _Place:
    return _Place(tmp_path)


def test_the_newest_finished_one_is_taken(place: _Place) -> None:
    place.put("python3.11", "3.11.7")
    place.put("python3.15", "3.15.0", level="alpha")
    place.put("python3.9", "3.9.18")
    place.put("python3.13", "3.13.0", second=True)
    assert place.python_of() == "python3.13"


def test_a_name_says_nothing(place: _Place) -> None:
    # A launcher without its version, a link to an old one, and a python3 newer than all numbered ones.
    place.put_script("python3.13", "#!/bin/sh\necho 'python3.13: command not found' >&2\nexit 127\n")
    place.put("python3.12", "3.9.18")
    place.put("python3.11", "3.11.2")
    place.put("python3", "3.14.1")
    (place.path[0] / "python3.99").mkdir()
    (place.path[0] / "python3.11-config").write_text("no Python")
    assert place.python_of() == "python3"


@pytest.mark.parametrize("name", ["python3", "python", "python3.11"])
def test_the_oldest_that_will_do_will_do_by_any_name(place: _Place, name: str) -> None:
    place.put(name, "3.11.0")
    assert place.python_of() == name


def test_a_pre_release_is_better_than_none(place: _Place) -> None:
    place.put("python3.15", "3.15.0", level="beta")
    place.put("python3.10", "3.10.13")
    assert place.python_of() == "python3.15"


def test_one_without_venv_is_passed_over(place: _Place) -> None:
    place.put("python3.13", "3.13.0", has_venv=False)
    place.put("python3.11", "3.11.0")
    assert place.python_of() == "python3.11"


def test_what_is_missing_is_said_in_one_sentence(place: _Place) -> None:
    ending = "install one or name it: make PYTHON=/path/to/python3."
    assert place.complaint() == f"One Window needs Python 3.11 or newer: none is on the PATH; {ending}"
    place.put("python3.9", "3.9.18")
    old = place.put("python3", "3.10.13")
    ending = "install a newer one or name it: make PYTHON=/path/to/python3."
    assert place.complaint() == (
        f"One Window needs Python 3.11 or newer: the newest found is 3.10.13 ({old}); {ending}"
    )
    bare = place.put("python3.13", "3.13.5", has_venv=False)
    assert place.complaint() == (
        f"One Window needs Python 3.11 or newer: 3.13.5 ({bare}) has no venv and ensurepip, which Debian and"
        " Ubuntu keep in the package python3.13-venv; install that or name another Python:"
        " make PYTHON=/path/to/python3."
    )


def test_the_one_that_is_named_is_taken_or_refused(place: _Place) -> None:
    place.put("python3.13", "3.13.0")
    place.put("python3.12", "3.12.1")
    place.put("python3.10", "3.10.13")
    ending = "make PYTHON=/path/to/python3."
    beginning = "One Window needs Python 3.11 or newer: PYTHON="
    assert place.complaint("PYTHON=python3.10") == (
        f"{beginning}python3.10 is 3.10.13; name a newer one: {ending}"
    )
    assert place.complaint("PYTHON=nowhere") == (
        f"{beginning}nowhere cannot be run; name one that can: {ending}"
    )
    assert place.python_of("PYTHON=python3.12") == "python3.12"


def test_what_is_set_up_stays_until_another_is_named(place: _Place) -> None:
    place.put("python3.11", "3.11.0")
    assert place.python_of() == "python3.11"
    left = place.folder / ".venv" / "left-by-the-first"
    left.touch()
    place.put("python3.12", "3.12.1")
    assert place.python_of() == "python3.11"
    assert left.exists()
    assert place.python_of("PYTHON=python3.12") == "python3.12"
    assert not left.exists()
    asked = len(place.log.read_text().splitlines())
    assert place.make("PYTHON=python3.12").returncode == 0
    assert len(place.log.read_text().splitlines()) == asked


def test_an_environment_whose_python_is_gone_is_made_again(place: _Place) -> None:
    gone = place.put("python3.12", "3.12.1")
    assert place.python_of() == "python3.12"
    gone.unlink()
    python = place.folder / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to(gone)
    place.put("python3.11", "3.11.0")
    assert place.python_of() == "python3.11"
