"""Files with clients' data are for their owner, or for the group of the folder, whatever the umask is."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from onewindow.exchange.export.files import whole_file
from onewindow.exchange.messages.outgoing import Outgoing
from onewindow.exchange.messages.send_file import send_into_folder
from onewindow.store.file.paths import write_private

LETTER = Outgoing(
    key="1.onewindow@firm.ru",
    recipient="kim@romashka.ru",
    subject="Тема",
    text="Текст",
    sender_name="Иванова",
    sender_address="ivanova@firm.ru",
    at=datetime(2026, 11, 23, 8, tzinfo=UTC),
)


@pytest.fixture(params=[0o000, 0o022, 0o077, 0o777])
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "own"
    made.mkdir()
    made.chmod(0o700)
    return made


def mode(path: Path | str) -> int:
    return stat.S_IMODE(os.stat(path).st_mode)  # noqa: PTH116


@pytest.mark.usefixtures("umask")
@pytest.mark.parametrize(("of_folder", "of_file"), [(0o700, 0o600), (0o755, 0o600), (0o770, 0o660)])
def test_the_mode_follows_the_folder_and_never_the_umask(of_folder: int, of_file: int, folder: Path) -> None:
    folder.chmod(of_folder)
    write_private(folder / "rows.csv", b"a")
    assert mode(folder / "rows.csv") == of_file
    assert mode(send_into_folder(folder, LETTER, is_mail=True)) == of_file


def test_an_old_file_that_everybody_read_is_closed(folder: Path) -> None:
    (folder / "rows.csv").write_bytes(b"old")
    (folder / "rows.csv").chmod(0o666)
    write_private(folder / "rows.csv", b"new")
    assert mode(folder / "rows.csv") == 0o600


@pytest.mark.usefixtures("umask")
def test_an_export_is_its_owners(folder: Path) -> None:
    with whole_file(folder / "out.csv") as stream:
        stream.write(b"a")
    assert mode(folder / "out.csv") == 0o600


def test_the_mode_of_a_device_is_left_alone() -> None:
    before = Path("/dev/null").stat().st_mode
    write_private(Path("/dev/null"), b"x")
    assert Path("/dev/null").stat().st_mode == before
