"""What the client list does: filter, order, marks, and changes of many clients at once.

What a key opens is loaded when it is first pressed: the first key after a start waits for nothing else.
"""

from __future__ import annotations

from collections.abc import Callable

from onewindow.desk.session import naming
from onewindow.records.clients import Client
from onewindow.screens.window.client_window import WindowScreen
from onewindow.store import rows
from onewindow.store.engine import Value


class ListActions:
    """Actions of the client list."""

    def __init__(self, window: WindowScreen) -> None:
        """Serve one window."""
        self.window = window

    def next_filter(self) -> None:
        """Next filter."""
        self.window.column.lists.next_filter()
        self.window.column.reload()

    def next_order(self) -> None:
        """Next order that this filter offers."""
        self.window.column.lists.next_order()
        self.window.column.reload()

    def mark(self) -> None:
        """Mark the client under the cursor, and go one down."""
        clients = self.window.column.clients
        clients.action_toggle_mark()
        clients.action_cursor_down()
        self.window.column.show_lines()

    def assign(self) -> None:
        """Give the marked clients to somebody."""
        from onewindow.screens.frame.chooser import Chooser

        window = self.window
        chosen = self._chosen()
        if not chosen:
            window.say("No client is marked and none is under the cursor.", warning=True)
            return

        def given(staff_id: str | None) -> None:
            if staff_id is None:
                return
            owner = naming.label(window.session, "staff", int(staff_id))
            label = f"{_counted(chosen)} to {owner}"
            self._change(chosen, lambda _: {"owner_id": int(staff_id)}, label)

        title = f"Who looks after {_counted(chosen)}?"
        window.host.push_screen(
            Chooser(title, naming.suggest(window.session, "staff", "", limit=2000), people=True), given
        )

    def tag(self) -> None:
        """Put a tag on the marked clients; on all that have it already it is taken off."""
        from onewindow.screens.frame.chooser import Prompt

        window = self.window
        chosen = self._chosen()
        if not chosen:
            window.say("No client is marked and none is under the cursor.", warning=True)
            return

        def tagged(typed: str | None) -> None:
            word = "-".join((typed or "").split())
            if not word:
                return
            off = all(word in client.tags.split() for client in chosen)
            label = f"tag {word} {'off' if off else 'on'} {_counted(chosen)}"
            self._change(chosen, lambda client: {"tags": _retagged(client.tags, word, off=off)}, label)

        window.host.push_screen(Prompt(f"Tag for {_counted(chosen)}", "tag"), tagged)

    def _chosen(self) -> list[Client]:
        clients = self.window.column.clients
        keys = clients.marked_keys or (
            {clients.cursor_key} if clients.cursor_key is not None else frozenset()
        )
        store = self.window.session.store
        return [rows.get(store, Client, key) for key in keys if isinstance(key, int)]

    def _change(self, chosen: list[Client], values: Callable[[Client], dict[str, Value]], label: str) -> None:
        from onewindow.desk.editing import changing

        window = self.window
        session = window.session
        session.change(
            label,
            lambda transaction: [
                changing.change_in(session, transaction, client, values(client)) for client in chosen
            ],
        )
        window.column.clients.set_marked(())
        window.column.show_lines()
        window.say(f"{label}; {window.why_key('edit.undo')} takes it back.")


def _counted(chosen: list[Client]) -> str:
    return chosen[0].name if len(chosen) == 1 else f"{len(chosen)} clients"


def _retagged(tags: str, word: str, *, off: bool) -> str:
    words = [tag for tag in tags.split() if tag != word]
    return " ".join(words if off else [*words, word])
