"""The whitespace: which segments own which products; behind a cell the clients who do not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from onewindow.desk.opportunities import as_text, whitespace
from onewindow.desk.session.context import Session
from onewindow.desk.window.panels.view import RecordKey
from onewindow.metrics.opportunities.whitespace import Whitespace
from onewindow.records.clients import Client
from onewindow.records.structs import frozen_struct
from onewindow.screens.frame.chosen_client import Chosen
from onewindow.screens.frame.table_screen import table_bindings
from onewindow.screens.opportunities.read_beside import ReadBeside
from onewindow.text.layout.bars import level
from onewindow.text.layout.cells import Cell, Column, Row
from onewindow.widgets.glyphs import glyphs_of
from onewindow.widgets.rows import ListSource
from onewindow.widgets.table import Table

_BAR = 12
_HEADINGS = ("segment", "product", "clients", "own it", "missing", "share (95 %)", "")
_COLUMNS = (
    Column(min_width=14),
    Column(min_width=14),
    Column(width=8, align="right"),
    Column(width=8, align="right"),
    Column(width=8, align="right"),
    Column(width=22),
    Column(width=_BAR, drop_priority=1),
)
_INSIDE_HEADINGS = ("client", "", "tier", "owner", "city")
_INSIDE_COLUMNS = (
    Column(min_width=20),
    Column(width=8),
    Column(width=5),
    Column(width=24),
    Column(width=16, drop_priority=1),
)


@frozen_struct
class Inside:
    """The clients of a segment who do not own a product."""

    cell: Whitespace
    clients: list[Client]


class WhitespaceScreen(ReadBeside):
    """`enter` on a cell lists the clients without the product, `enter` on one of them opens it."""

    scope = "whitespace"
    verbs: ClassVar = {"record.open": "who is missing", "panel.view": "by segment/product"}
    rereads = frozenset({"licence", "product", "segment", "client"})

    def __init__(self, session: Session) -> None:
        """Show every product on sale in every segment."""
        super().__init__(session, Table("whitespace", _HEADINGS, _COLUMNS))
        self.cells: list[Whitespace] = []
        """The rows of the matrix in their order."""
        self._inside: Inside | None = None
        self._wanted: Whitespace | None = None
        self._by_product = False

    def pieces(self, session: Session) -> Iterator[Any]:
        """The matrix, or the clients behind the cell that is open."""
        cell = self._wanted
        if cell is None:
            yield whitespace.whitespace(session)
        else:
            yield Inside(cell, whitespace.clients_without(session, cell.segment, cell.product_id))

    def take(self, piece: Any) -> None:
        """Show the matrix, or who is missing in a cell."""
        self.is_complete = True
        if isinstance(piece, Inside):
            self._inside = piece
        else:
            self._inside, self.cells = None, piece
        self._show()

    def own_reason(self, action_id: str) -> str:
        """Opening needs a row."""
        if action_id == "panel.view":
            return "go back to the matrix first" if self._inside else ""
        rows = self._inside.clients if self._inside else self.cells
        return "no row is under the cursor" if action_id == "record.open" and not rows else ""

    # inside

    def _show(self) -> None:
        inside = self._inside
        if inside is not None:
            self.table.set_headings(_INSIDE_HEADINGS, _INSIDE_COLUMNS)
            self.table.set_source(ListSource([self._client_row(client) for client in inside.clients]))
            product = self.session.directory.product(inside.cell.product_id)
            more = "" if len(inside.clients) == inside.cell.missing else f", the first {len(inside.clients)}"
            self.table.set_title(f"without {product}", f"{inside.cell.segment}: {inside.cell.missing}{more}")
            self.table.set_empty("Everybody there owns it.")
        else:
            names = self.session.directory.product
            cells = self.cells
            if self._by_product:
                cells = sorted(cells, key=lambda cell: (names(cell.product_id), -cell.missing, cell.segment))
            self.cells = cells
            self.table.set_headings(_HEADINGS, _COLUMNS)
            self.table.set_source(ListSource([self._cell_row(cell) for cell in cells]))
            segments = len({cell.segment for cell in cells})
            products = len({cell.product_id for cell in cells})
            self.table.set_title("whitespace", f"{products} products in {segments} segments")
            self.table.set_empty("No product is on sale.")
        self.show_hints()

    def _cell_row(self, cell: Whitespace) -> Row:
        share = cell.share
        drawn = level(share.value, _BAR, ascii=glyphs_of(self).ascii) if share else ""
        cells = (
            Cell(cell.segment),
            Cell(self.session.directory.product(cell.product_id)),
            Cell(str(cell.members)),
            Cell(str(cell.owners)),
            Cell(str(cell.missing), "accent" if cell.missing else "dim"),
            Cell(as_text.share_text(share), "dim"),
            Cell(drawn, "dim"),
        )
        return Row((cell.segment, cell.product_id), cells)

    def _client_row(self, client: Client) -> Row:
        cells = (
            Cell(client.name),
            Cell(f"C-{client.number}", "dim"),
            Cell(client.tier),
            Cell(self.session.directory.name(client.owner_id)),
            Cell(client.city, "dim"),
        )
        return Row(client.id, cells)

    def _open(self) -> None:
        if self._inside is not None:
            client = self._inside.clients[self.table.cursor]
            self.dismiss(Chosen(client.id, RecordKey("suggestion_mark", 0)))
            return
        self._wanted = self.cells[self.table.cursor]
        self.table.cursor = 0
        self.read()

    def _back(self) -> None:
        if self._wanted is None:
            self.dismiss(None)
            return
        opened, self._wanted, self._inside = self._wanted, None, None
        self._show()
        self.table.move_to_key((opened.segment, opened.product_id))
        self.read()

    def _view(self) -> None:
        self._by_product = not self._by_product
        self.table.cursor = 0
        if self._by_product:
            self._show()
        else:
            self.read()

    routes: ClassVar = {"record.open": _open, "panel.view": _view}
    BINDINGS = table_bindings(routes)
