"""An older draft that stands in a form until somebody types over it or goes on with it."""

from __future__ import annotations

from collections.abc import Mapping


class OfferedDraft:
    """What a form knows of the draft that it offers; there is none at first."""

    def __init__(self) -> None:
        self.without: Mapping[str, str] | None = None
        """What the fields hold without the draft that is offered; None where none is."""
        self.marked_in = ""
        """The field whose text is marked while a draft is offered."""
        self._was_seen = False
        """Whether that field has had the focus: the toolkit may put it elsewhere first."""

    @property
    def stands(self) -> bool:
        """Whether a draft is offered that is neither gone on with nor typed over yet."""
        return self.without is not None

    def offer(self, without: Mapping[str, str]) -> None:
        """Offer a draft; `without` has the texts without it."""
        self.without = dict(without)

    def go_on(self) -> None:
        """Offer it no more: somebody goes on with it."""
        self.without = None

    def focused(self, name: str | None) -> None:
        """Note which field has the focus; who goes from the marked one to another goes on with the draft."""
        if name and name == self.marked_in:
            self._was_seen = True
        elif name and self._was_seen:
            self.without = None

    def take_typed(self) -> Mapping[str, str] | None:
        """Offer it no more, since something was typed; gives the texts without it, None where none stood."""
        without, self.without = self.without, None
        return without
