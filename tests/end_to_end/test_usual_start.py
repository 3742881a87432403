"""The window alone, on a file or none: the start that does without the command line says the same as it."""

from __future__ import annotations

from pathlib import Path

import pytest
from terminal import Terminal, onewindow
from textual.app import App


def _start(tmp_path: Path, *words: str, **environ: str) -> Terminal:
    return Terminal(onewindow(*words), environ={"XDG_CONFIG_HOME": str(tmp_path), **environ}, columns=120)


@pytest.mark.parametrize("more", [(), ("--debug",)])
def test_a_damaged_file_is_one_sentence(tmp_path: Path, more: tuple[str, ...]) -> None:
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"this is no database at all" * 100)
    with _start(tmp_path, "--db", str(broken), *more) as program:
        assert program.wait_end() == 1
        said = " ".join(program.sent.decode().split())
        assert "broken.db" in said
        assert ("Traceback" in said) == bool(more)


def test_the_address_of_a_server_is_no_file(tmp_path: Path) -> None:
    with _start(tmp_path, "--db", "postgres://localhost/clients") as program:
        assert program.wait_end() == 2
        assert "other databases are not supported" in " ".join(program.text.split())


def test_a_new_file_is_made_by_opening_the_window_on_it(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.db"
    with _start(tmp_path, "--db", str(fresh)) as program:
        program.wait_for("No client yet")
        program.press("ctrl+q")
        assert program.wait_end() == 0
    assert fresh.exists()


def test_the_first_frame_shows_the_list_full_around_the_open_client(demo: Path, tmp_path: Path) -> None:
    with Terminal(
        onewindow("--db", str(demo)), environ={"XDG_CONFIG_HOME": str(tmp_path)}, columns=120, rows=40
    ) as program:
        program.wait_for("? help")
        column = [line[:32] for line in program.lines]
        assert any("Ромашка ООО" in line for line in column)
        assert all(line.strip() for line in column[:-1]), "\n".join(column)


def test_a_shell_that_completes_gets_its_script_at_a_terminal(tmp_path: Path) -> None:
    with _start(tmp_path, _ONEWINDOW_COMPLETE="zsh_source") as program:
        assert program.wait_end() == 0
        assert "compdef _onewindow_completion onewindow" in program.text


def test_the_toolkit_still_knows_the_names_by_which_its_floating_widgets_are_left_out() -> None:
    app: App[None] = App()
    assert {"_disable_tooltips", "_disable_notifications"} <= vars(app).keys()
