"""What is installed is the whole program, without make: a wheel is built, looked into and run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from email.parser import BytesParser
from email.policy import default
from pathlib import Path
from zipfile import ZipFile

import pytest

from onewindow.version import COMMIT_FILE, commit_of_checkout

pytest.importorskip("setuptools", minversion="77", reason="`make setup` installs what builds a wheel")

ROOT = Path(__file__).parents[1]
_SOURCE = ("pyproject.toml", "setup.py", "README.md", "LICENSE")
_PACKAGES = ("onewindow", "seed")


def _run(*words: str, cwd: Path, **surroundings: str) -> str:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    done = subprocess.run(
        words, cwd=cwd, env={**environ, **surroundings}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def _source(folder: Path) -> Path:
    """A copy of what a checkout has, without what running and building left in it."""
    left = shutil.ignore_patterns("__pycache__", "*.egg-info", COMMIT_FILE)
    for package in _PACKAGES:
        shutil.copytree(ROOT / package, folder / package, ignore=left)
    for name in _SOURCE:
        shutil.copy(ROOT / name, folder / name)
    return folder


def _build(source: Path, what: str) -> Path:
    """The archive that the build back end makes of a source: a `wheel` or an `sdist`."""
    code = f"from setuptools import build_meta; print(build_meta.build_{what}('dist'))"
    return source / "dist" / _run(sys.executable, "-c", code, cwd=source).splitlines()[-1]


def _commit(source: Path) -> str:
    git = ("git", "-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    _run("git", "init", "-q", cwd=source)
    (source / ".gitignore").write_text("build/\ndist/\n*.egg-info/\n")
    _run("git", "add", ".gitignore", *_SOURCE, cwd=source)
    _run(*git, "commit", "-q", "-m", "the source", cwd=source)
    (source / ".git" / "info" / "exclude").write_text("/onewindow\n/seed\n")
    return _run("git", "rev-parse", "--short=10", "HEAD", cwd=source)


def _version_said(wheel: Path, folder: Path) -> str:
    """What `onewindow --version` says when the wheel is installed in a folder."""
    shutil.unpack_archive(wheel, folder, "zip")
    return _run(sys.executable, "-m", "onewindow", "--version", cwd=folder, PYTHONPATH=str(folder))


def test_a_wheel_has_every_file_its_licence_and_its_commit(tmp_path: Path) -> None:
    source = _source(tmp_path / "source")
    commit = _commit(source)
    stale = source / "build" / "lib" / "onewindow" / "moved_away.py"
    stale.parent.mkdir(parents=True)
    stale.write_text("left by an earlier build\n")
    wheel = _build(source, "wheel")

    files = {
        path.relative_to(source).as_posix()
        for package in _PACKAGES
        for path in (source / package).rglob("*")
        if path.is_file() and path.parent.name != "__pycache__"
    }
    with ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
        told = {name.partition(".dist-info/")[2]: name for name in archive.namelist() if name not in packed}
        about = BytesParser(policy=default).parsebytes(archive.read(told["METADATA"]))
        commands = archive.read(told["entry_points.txt"]).decode()
        licence = archive.read(told["licenses/LICENSE"]).decode()
    assert packed == files | {f"onewindow/{COMMIT_FILE}"}
    assert {Path(name).suffix for name in packed} >= {".py", ".tcss", ".sql", ".toml", ".tsv", ".typed"}
    assert about["License-Expression"] == "MIT"
    assert about["Requires-Python"] == ">=3.11"
    assert licence.startswith("MIT License\n")
    assert "the authors of One Window" in licence
    assert "onewindow = onewindow.__main__:main" in commands

    version = f"onewindow {about['Version']} ({commit})"
    assert _version_said(wheel, tmp_path / "installed") == version


def test_an_archive_of_a_checkout_takes_its_commit_along_and_one_without_git_has_none(tmp_path: Path) -> None:
    source = _source(tmp_path / "source")
    commit = _commit(source)
    with tarfile.open(_build(source, "sdist")) as archive:
        archive.extractall(tmp_path, filter="data")
    (unpacked,) = tmp_path.glob("onewindow-*")
    assert _version_said(_build(unpacked, "wheel"), tmp_path / "one").endswith(f" ({commit})")

    shutil.rmtree(source / ".git")
    bare = _version_said(_build(source, "wheel"), tmp_path / "two")
    assert bare.startswith("onewindow ")
    assert "(" not in bare


def test_a_checkout_that_was_changed_says_so_and_a_folder_inside_of_one_has_no_commit(tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    for name in _SOURCE:
        (tmp_path / name).write_text("")
    commit = _commit(tmp_path)
    assert commit_of_checkout(tmp_path) == commit
    (tmp_path / "README.md").write_text("changed and not committed\n")
    assert commit_of_checkout(tmp_path) == f"{commit}-dirty"
    assert commit_of_checkout(tmp_path / "inside") == ""
    (tmp_path / "inside" / ".git").write_text("gitdir: nowhere\n")
    assert commit_of_checkout(tmp_path / "inside") == ""
