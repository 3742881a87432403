"""What a terminal sends becomes keys whatever it is: a broken sequence loses itself and nothing behind it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events

from onewindow.terminal_driver import Reader
from onewindow.widgets.bursts import KeyBurst

_PIECES = (
    *("\x1b", "\x1b[", "\x1b[<", "\x1b[M", ";", ":", "u", "m", "M", "t", "R", "~", "$y", "?", "48", "0"),
    *("99999999999999999999", "-1", "1099", "55296", "1114112", "\x1bP", "\x1b]", "\x1b[200~", "\x1b[201~"),
)


def keys(reader: Reader, text: str) -> list[str]:
    """The keys that a text gives; several that come at once come as one message."""
    found: list[str] = []
    for message in reader.understood(text):
        if isinstance(message, KeyBurst):
            found += message.text
        elif isinstance(message, events.Key):
            found.append(message.key)
    return found


@given(
    st.lists(st.one_of(st.sampled_from(_PIECES), st.binary(max_size=8).map(lambda b: b.decode("latin-1"))))
)
def test_after_any_bytes_keys_are_read_again(pieces: list[str]) -> None:
    reader = Reader()
    list(reader.understood("".join(pieces)))
    list(reader.ticked())
    # The end of a paste that was begun, and more than the longest sequence that is waited for.
    list(reader.understood("\x1b[201~" + "x" * 40))
    assert keys(reader, "qй") == ["q", "й"]


@pytest.mark.parametrize(
    "broken",
    ["\x1b[1099::115;5;x", "\x1b[99999999999u", "\x1b[1;1;99999999999u", "\x1b[<0;1;1", "\x1b[48;0;0;0;0t"],
)
def test_a_broken_sequence_does_not_take_the_next_key_along(broken: str) -> None:
    reader = Reader()
    list(reader.understood(broken + "x" * 40))
    assert keys(reader, "s") == ["s"]


def test_a_mouse_report_without_a_size_of_cells_is_no_end() -> None:
    reader = Reader()
    list(reader.understood("\x1b[48;0;0;0;0t\x1b[<0;5;5M\x1b[48;30;100;600;1000t"))
    (press,) = reader.understood("\x1b[<0;11;21M")
    assert isinstance(press, events.MouseDown)
    assert (press.x, press.y) == (1, 1)
