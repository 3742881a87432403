"""What the window says of a client in every state of everything, as whole texts in files."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from eventful_client import eventful
from rich_client import RichClient
from whole_answers import assert_says

from onewindow.desk.session.context import Session
from onewindow.desk.why import why
from onewindow.desk.window.card import card_view, laid_out
from onewindow.desk.window.card_fields import card_fields
from onewindow.desk.window.panels.registry import PANELS
from onewindow.desk.window.panels.view import PanelView, RecordKey
from onewindow.desk.window.show import window_text
from onewindow.desk.window.snapshot import load_snapshot


@pytest.fixture
def busy(session: Session, rich_client: RichClient) -> RichClient:
    """Ромашка with everything that a panel can say."""
    return eventful(session, rich_client)


def drawn(view: PanelView) -> Iterator[str]:
    """A panel in text: its head, then mark and style and each cell with its tone."""
    yield f"{view.title} ({view.summary}) {view.worst} [{' | '.join(view.alarming)}]"
    yield "columns " + " ".join(
        f"{c.width or c.min_width}{'+' if c.second else ''}{'>' if c.align == 'right' else ''}"
        f"{f'-{c.drop_priority}' if c.drop_priority else ''}"
        for c in view.columns
    )
    for row in view.rows:
        cells = [
            f"{cell.text}{f' <{cell.style}>' if cell.style else ''}{f' ({cell.short})' if cell.short else ''}"
            for cell in row.cells
        ]
        yield f"{row.mark}{f' {{{row.style}}}' if row.style else ''} {' | '.join(cells)}".rstrip()


@pytest.mark.parametrize("name", PANELS)
def test_a_panel_in_each_of_its_views(name: str, session: Session, busy: RichClient) -> None:
    snapshot, panel = load_snapshot(session, busy.id), PANELS[name]
    lines: list[str] = []
    for mode in panel.modes:
        lines += [f"== {mode}", *drawn(panel.view(session, snapshot, mode))]
    assert_says(lines, f"panel-{name}")


def test_the_card_at_three_widths_and_field_by_field(session: Session, busy: RichClient) -> None:
    snapshot = load_snapshot(session, busy.id)
    view = card_view(session, snapshot)
    lines: list[str] = []
    for width in (140, 100):
        lines += ["".join(span.text for span in laid_out(line, width)).rstrip() for line in view.wide]
    lines += ["".join(span.text for span in laid_out(line, 80)).rstrip() for line in view.narrow]
    for line in (*view.wide, *view.narrow):
        for side, spans in (("left", line.left), ("right", line.right)):
            for span in spans:
                key = f"{span.key.kind}.{span.field}" if span.key else ""
                lines.append(f"{side} {span.drop} {key} <{span.tone}> {span.text}")
    for field in card_fields(session, snapshot):
        of = f"{field.key.kind}{'' if field.key.id else ' to be made'}.{field.field}"
        lines.append(f"{field.section} | {field.label} | {field.value} | {of} | {field.warning}".rstrip(" |"))
    assert_says(lines, "card")


def test_the_window_as_text(session: Session, busy: RichClient) -> None:
    assert_says(window_text(session, load_snapshot(session, busy.id), 100).splitlines(), "window")


def test_why_of_every_record(session: Session, busy: RichClient) -> None:
    snapshot = load_snapshot(session, busy.id)
    lines: list[str] = []
    for word in ("health", "completeness"):
        lines += [f"== {word}", *why(session, snapshot, word)]
    lines += ["== client", *why(session, snapshot, RecordKey("client", busy.id))]
    for kind, made in busy.made.items():
        for record in made:
            lines += [f"== {kind}", *why(session, snapshot, RecordKey(kind, record.id))]
    assert_says(lines, "why")
