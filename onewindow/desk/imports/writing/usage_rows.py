"""Rows of use that wait to be gathered into weeks, and what became of them, outside the memory."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from dataclasses import replace

from onewindow.desk.imports.reporting import spool
from onewindow.desk.imports.reporting.run_report import RowVerdict
from onewindow.desk.imports.reporting.spool import Spool
from onewindow.desk.imports.rows.row import ReadRow
from onewindow.records.clients import Client
from onewindow.store.imports.numbered_notes import NumberedNotes

_PARTS = 64
_BLOCK = 100


class WaitingRows:
    """Rows in parts that fit into the memory: all of one client and product are in one part, in their order.

    A file of few rows has one part.
    """

    def __init__(self) -> None:
        """Have no rows yet."""
        self._few: list[ReadRow] = []
        self._many: list[Spool[ReadRow]] = []
        self._clients: dict[int, Client] = {}

    def add(self, row: ReadRow) -> None:
        """Take a row of a client and a product."""
        if not self._many:
            self._few.append(row)
            if len(self._few) > spool.KEPT:
                self._many = [Spool(kept=_BLOCK, block=_BLOCK) for _ in range(_PARTS)]
                for item in self._few:
                    self._put(item)
                self._few.clear()
            return
        self._put(row)

    def parts(self) -> Iterator[Iterable[ReadRow]]:
        """One part after the other; each can be gone through once."""
        if not self._many:
            yield self._few
        while self._many:
            part = self._many.pop()
            if part:
                yield map(self._with_client, part)

    def _put(self, row: ReadRow) -> None:
        if row.client is not None:
            self._clients[row.client.id] = row.client
        place = hash((row.values["client_id"], row.values["product_id"])) % _PARTS
        self._many[place].append(replace(row, client=None))

    def _with_client(self, row: ReadRow) -> ReadRow:
        row.client = self._clients.get(int(row.values["client_id"] or 0))
        return row


class KeptVerdicts:
    """What became of rows, by number, till they are told in the order of the file."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._notes = NumberedNotes()

    def keep(self, verdicts: Iterable[RowVerdict]) -> None:
        """Remember these; a later one of a row counts."""
        self._notes.put((verdict.row, pickle.dumps(verdict, pickle.HIGHEST_PROTOCOL)) for verdict in verdicts)

    def of(self, number: int) -> RowVerdict | None:
        """What became of a row; None for one that was never kept."""
        note = self._notes.get(number)
        return None if note is None else pickle.loads(note)  # noqa: S301  of nobody but this process

    def give_reason(self, number: int, reason: str) -> None:
        """Tell something else of a row."""
        verdict = self.of(number)
        if verdict is not None:
            self.keep([replace(verdict, reason=reason)])
