"""Find a client by anything: name, contact, phone, tax id, request number, in any script."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.message import Message

from onewindow.desk.meetings.unknown_caller import Becomes, UnknownCaller, number_in
from onewindow.desk.session.context import Session
from onewindow.desk.session.reading import BesideReader
from onewindow.screens.frame.box import Box
from onewindow.store.problems import StoreProblem
from onewindow.store.search.archived_hits import find_all
from onewindow.store.search.finding import Hit
from onewindow.widgets.bindings import bindings_of
from onewindow.widgets.finder import Finder
from onewindow.widgets.rows import Cell, Column, ListSource, Row

_COLUMNS = (
    Column(min_width=16),
    Column(width=8, drop_priority=2),
    Column(width=1),
    Column(width=12, drop_priority=1),
    Column(width=24),
)
"""Name, short number, tier, owner, why it was found."""


class ClientFinder(Box[int | UnknownCaller | None]):
    """Gives back the id of the client that was opened, or None; with nothing typed it offers one's own.

    Where `takes_unknown`, a number that nobody has becomes a new person, a new client or a lead by one key.
    """

    DEFAULT_CSS = """
    ClientFinder > Vertical { width: 96%; max-width: 104; }
    ClientFinder Finder { height: auto; max-height: 100%; }
    ClientFinder Finder > RowList { height: 16; }
    """
    scope = "finder"
    BINDINGS = bindings_of(
        {
            "caller.contact": "unknown('contact')",
            "caller.client": "unknown('client')",
            "caller.lead": "unknown('lead')",
        }
    )

    class Found(Message):
        """A search has ended."""

        def __init__(self, query: str, hits: Sequence[Hit]) -> None:
            super().__init__()
            self.query = query
            self.hits = hits

    class Failed(Message):
        """A search could not be made."""

        def __init__(self, problem: StoreProblem) -> None:
            super().__init__()
            self.problem = problem

    def __init__(
        self,
        session: Session,
        *,
        is_for_a_call: bool = False,
        takes_unknown: bool = False,
        whose: str = "",
    ) -> None:
        """Search on the session's file, from a connection of its own; in a call the number is at hand.

        `whose` is a number for which a client is looked for.
        """
        super().__init__()
        self._whose = whose
        self._session = session
        self.is_for_a_call = is_for_a_call
        self._takes_unknown = takes_unknown or is_for_a_call
        self._reader = BesideReader(session.store)
        self._asked = ""
        self._enter_waits = False
        self.finder = Finder(
            _COLUMNS,
            hint="name, contact, phone, tax id, request, e-mail",
            empty=("No client is found.", "A part of the name, or of the phone, is enough."),
        )
        self._shown_for: str | None = None

    @property
    def title_text(self) -> str:
        """What it does."""
        if self.is_for_a_call:
            return "The phone rings: who calls?"
        return f"Whose person calls from {self._whose}? Find the client" if self._whose else "Find a client"

    @property
    def typed(self) -> str:
        """What is looked for."""
        return self.finder.query_text

    def works(self, action_id: str) -> bool:
        """While one looks for the caller the telephone does not ring again."""
        if action_id.startswith("caller."):
            return self._takes_unknown
        return super().works(action_id) and not (self.is_for_a_call and action_id == "interruption.push")

    def action_unknown(self, becomes: Becomes) -> None:
        """Make something of a number that nobody has."""
        number = self._number()
        if not self._takes_unknown:
            return
        if not number:
            self.say("Type the number of who calls first.", warning=True)
        else:
            self.dismiss(UnknownCaller(number, becomes))

    def _number(self) -> str:
        return number_in(self.finder.query_text, self._session.settings.region)

    def _nothing_found(self) -> tuple[str, ...]:
        number = self._number() if self._takes_unknown else ""
        if not number:
            return ("No client is found.", "A part of the name, or of the phone, is enough.")
        keys = [self.key_of(f"caller.{kind}") for kind in ("contact", "client", "lead")]
        return (
            f"Nobody has {number}.",
            f"{keys[0]} a new person of a client, {keys[1]} a new client, {keys[2]} a lead to sales;"
            " the number is filled in.",
        )

    def contents(self) -> ComposeResult:
        """The input and what is found."""
        yield self.finder

    def on_mount(self) -> None:
        """Offer one's own clients."""
        self.finder.rows.set_empty("")
        self._search("")

    def on_unmount(self) -> None:
        """Stop the search."""
        self._reader.close()

    def on_finder_typed(self, message: Finder.Typed) -> None:
        """Search for what is typed."""
        self._search(message.query)

    def on_finder_chosen(self, message: Finder.Chosen) -> None:
        """Open the client; one who types fast and presses enter means what they typed last."""
        if self._shown_for == self._asked and isinstance(message.key, int):
            self.dismiss(message.key)
        else:
            self._enter_waits = True

    def on_finder_chosen_nothing(self) -> None:
        """Remember the enter until the results of what was typed are there."""
        key = self.finder.rows.cursor_key
        if self._shown_for != self._asked:
            self._enter_waits = True
        elif isinstance(key, int):
            self.dismiss(key)
        else:
            self.say(" ".join(self._nothing_found()), warning=True)

    def on_finder_closed(self) -> None:
        """Give nothing back."""
        self.dismiss(None)

    def on_client_finder_found(self, message: Found) -> None:
        """Show what was found, if it is still what is asked for."""
        if message.query != self._asked:
            return
        self._shown_for = message.query
        self.finder.rows.set_empty(*self._nothing_found())
        self.finder.set_results(ListSource([self._row(hit) for hit in message.hits]))
        if self._enter_waits and message.hits:
            self.dismiss(message.hits[0].client_id)
        elif self._enter_waits:
            self._enter_waits = False
            self.say(" ".join(self._nothing_found()), warning=True)

    def on_client_finder_failed(self, message: Failed) -> None:
        """Say what went wrong."""
        self.say(str(message.problem), warning=True)

    def _search(self, query: str) -> None:
        self._asked = query
        self._enter_waits = False
        me, limit = self._session.me.id, self._session.settings.search_limit
        self._reader.ask(
            lambda store: [find_all(store, query, me, limit)],
            lambda hits: self.post_message(self.Found(query, hits)),
            lambda problem: self.post_message(self.Failed(problem)),
        )

    def _row(self, hit: Hit) -> Row:
        owner = self._session.directory.surname(hit.owner_id)
        cells = (
            Cell(hit.name, "title"),
            Cell(f"C-{hit.number}", "dim"),
            Cell(hit.tier),
            Cell(owner, "dim"),
            Cell(hit.why, "dim"),
        )
        return Row(hit.client_id, cells, style="dim" if hit.archived_at else "")
