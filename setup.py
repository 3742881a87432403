"""What pyproject.toml cannot say: a build notes the commit that it was made from, and begins with nothing."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py
from setuptools.command.sdist import sdist

ROOT = Path(__file__).parent
sys.path.insert(0, str(ROOT))  # a build is isolated and does not look where it stands

from onewindow.version import COMMIT_FILE, commit_of_checkout  # noqa: E402


def _note_commit(package: Path) -> None:
    """Write the commit of this checkout into a copy of the package; without git, what is there stays."""
    commit = commit_of_checkout(ROOT)
    if commit:
        note = package / COMMIT_FILE
        note.unlink(missing_ok=True)  # it may be a hard link to a file of the source
        note.write_text(f"{commit}\n", encoding="ascii")


class BuildPackages(build_py):
    """Copies the packages for a wheel, with their commit and without what earlier builds left behind."""

    def run(self) -> None:
        """Copy them. An editable installation copies nothing and has no commit of its own."""
        if self.editable_mode:
            super().run()
            return
        shutil.rmtree(self.build_lib, ignore_errors=True)
        super().run()
        _note_commit(Path(self.build_lib) / "onewindow")


class BuildSourceArchive(sdist):
    """Makes an archive that knows its commit, so that a wheel built from it does too."""

    def make_release_tree(self, base_dir: str, files: list[str]) -> None:
        """Lay out what the archive contains."""
        super().make_release_tree(base_dir, files)  # pyright: ignore[reportUnknownMemberType]
        _note_commit(Path(base_dir) / "onewindow")


setup(cmdclass={"build_py": BuildPackages, "sdist": BuildSourceArchive})
