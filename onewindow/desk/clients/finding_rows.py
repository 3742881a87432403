"""Findings as a list shows them: filtered by check and owner, kept right while cards are fixed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import cast

from onewindow.desk.clients.findings import CHECKS, Finding
from onewindow.text.layout.cells import Cell, Column, Row

DISPLAY_NAMES = {
    "invoice": "invoice",
    "identifier": "cannot be right",
    "look_alike": "look-alike",
    "stale": "stale",
    "uncovered": "uncovered",
    "duplicate": "double",
}
"""What a row says of its check."""
FIXED_BY = {"look_alike": "quality.correct", "uncovered": "quality.assign"}
"""The action that fixes findings of a check; those of others are fixed by `record.open`."""
HEADINGS = ("no.", "client", "kind", "key", "what is wrong")
COLUMNS = (
    Column(width=8, drop_priority=1),
    Column(width=24),
    Column(width=15, drop_priority=2),
    Column(width=6, drop_priority=3),
    Column(min_width=20),
)


class FindingTable:
    """The rows of the findings that fit the filter, as a list reads them: cards by id, then doubles."""

    def __init__(self, keys: Mapping[str, str] | None = None) -> None:
        """Begin empty, `take` fills it; `keys` are the names of the keys of actions."""
        self._keys = keys or {}
        self.check = ""
        """The only check that is shown, '' for all."""
        self.owner_id: int | None = None
        """The only owner whose clients are shown, None for all."""
        self._cards: list[Finding] = []
        self._doubles: list[Finding] = []
        self._shown_cards: list[Finding] = []
        self._shown_doubles: list[Finding] = []

    @property
    def count(self) -> int:
        """How many findings fit the filter."""
        return len(self._shown_cards) + len(self._shown_doubles)

    @property
    def known(self) -> int:
        """How many findings there are, whatever the filter."""
        return len(self._cards) + len(self._doubles)

    def counts(self) -> dict[str, int]:
        """How many findings of the owner in the filter each check has."""
        counts = dict.fromkeys(CHECKS, 0)
        for finding in (*self._cards, *self._doubles):
            if self.owner_id in (None, finding.owner_id):
                counts[finding.check] += 1
        return counts

    def show(self, check: str, owner_id: int | None) -> None:
        """Filter by other things."""
        self.check, self.owner_id = check, owner_id
        self._shown_cards = self._fitting(self._cards)
        self._shown_doubles = self._fitting(self._doubles)

    def take(self, findings: Iterable[Finding]) -> None:
        """Put the findings of further cards below; cards must come in the order of their ids."""
        for finding in findings:
            is_double = finding.check == "duplicate"
            (self._doubles if is_double else self._cards).append(finding)
            if self._fits(finding):
                (self._shown_doubles if is_double else self._shown_cards).append(finding)

    def clear(self) -> None:
        """Forget all findings, not the filter."""
        for kept in (self._cards, self._doubles, self._shown_cards, self._shown_doubles):
            kept.clear()

    def replace_cards(self, client_ids: Collection[int], findings: Sequence[Finding]) -> None:
        """Put what some cards give now in the place of what they gave."""
        for client_id in client_ids:
            mine = [finding for finding in findings if finding.client_id == client_id]
            for kept, new in ((self._cards, mine), (self._shown_cards, self._fitting(mine))):
                # Cards come by id, so that one fixed card costs two searches, not a walk over all findings.
                start = bisect_left(kept, client_id, key=_client_of)
                kept[start : bisect_right(kept, client_id, key=_client_of)] = new

    def replace_doubles(self, findings: Iterable[Finding]) -> None:
        """Put other doubles in the place of those known."""
        self._doubles = list(findings)
        self._shown_doubles = self._fitting(self._doubles)

    def finding(self, index: int) -> Finding | None:
        """The finding of a row, None where there is none."""
        if not 0 <= index < self.count:
            return None
        cards = len(self._shown_cards)
        return self._shown_cards[index] if index < cards else self._shown_doubles[index - cards]

    def rows(self, start: int, stop: int) -> Sequence[Row]:
        """The rows of some places."""
        findings = (self.finding(index) for index in range(start, stop))
        return [self._row(finding) for finding in findings if finding is not None]

    def index_of(self, key: object, near: int) -> int | None:
        """Where a finding is, or None."""
        at = self.finding(near)
        if at is not None and at.key == key:
            return near
        if not isinstance(key, tuple):
            return None
        client_id = cast("int", key[0])
        start = bisect_left(self._shown_cards, client_id, key=_client_of)
        stop = bisect_right(self._shown_cards, client_id, key=_client_of)
        # Doubles stand by groups and not by id: all of them are looked through.
        places = [*range(start, stop), *range(len(self._shown_cards), self.count)]
        return next((place for place in places if (one := self.finding(place)) and one.key == key), None)

    def _fitting(self, findings: Iterable[Finding]) -> list[Finding]:
        return [finding for finding in findings if self._fits(finding)]

    def _fits(self, finding: Finding) -> bool:
        return self.check in ("", finding.check) and self.owner_id in (None, finding.owner_id)

    def _row(self, finding: Finding) -> Row:
        key = self._keys.get(FIXED_BY.get(finding.check, "record.open"), "")
        texts = (f"C-{finding.number}", finding.name, DISPLAY_NAMES[finding.check], key, finding.message)
        return Row(finding.key, tuple(map(Cell, texts)), mark="?" if finding.check == "duplicate" else "!")


def _client_of(finding: Finding) -> int:
    return finding.client_id
