"""`onewindow hand-off …`: the common verbs, and what the other side and we say of it.

What only some verbs need is loaded when they run: help and Tab name all of them.
"""

from __future__ import annotations

import click

from onewindow.cli.editing.record_group import Builder, RecordGroup
from onewindow.records.kinds import KINDS
from onewindow.records.requests import HandOffState

_MOVES: dict[str, tuple[HandOffState, str, str]] = {
    "accept": ("accepted", "Say that the other side has taken it.", "R-1042"),
    "ready": ("ready", "Say that the other side is ready; we confirm.", 'R-1042 "лежит в папке 3"'),
    "confirm": ("confirmed", "Confirm that it is done: the request may go on.", "R-1042"),
    "return": ("returned", "Give it back with the reason; it may be asked again.", 'R-1042 "какой номер?"'),
    "ask": ("asked", "Ask again for what came back.", 'R-1042 "номер 17"'),
    "drop": ("dropped", "Drop it with the reason: nobody has to do it any more.", 'R-1042 "нашли сами"'),
}


def _moving(name: str) -> Builder:
    state, help_text, example = _MOVES[name]

    def build(_: object) -> click.Command:
        from onewindow.cli.requests.links import move

        return move(name, state, help_text, example)

    return build


def _told_command(_: object) -> click.Command:
    from onewindow.cli.requests.links import told

    return told


group = RecordGroup(KINDS["hand_off"], {**{name: _moving(name) for name in _MOVES}, "told": _told_command})
