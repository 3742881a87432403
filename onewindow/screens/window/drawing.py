"""What the parts of the window show: the line of my day, the card, the rows and heights of the panels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onewindow.desk.queue import interruptions
from onewindow.desk.queue.my_day import my_day
from onewindow.desk.session.context import Session
from onewindow.desk.sla.shown_zone import other_zone
from onewindow.desk.window.card import CardView, laid_out
from onewindow.desk.window.panels.view import PanelView
from onewindow.screens.window.panel_heights import column_heights
from onewindow.widgets.line_box import Line, LineBox, Piece
from onewindow.widgets.panel import Panel
from onewindow.widgets.rows import ListSource, Tone

NARROW = 100
"""Below this many cells the panels fold and the list lies over them."""
HUGE = 160
"""From so many cells on the list of clients is wider."""
_SIDE, _HUGE_SIDE = 34, 40
"""The cells of the list of clients, as the stylesheet has them."""
CARD_LINES = 6
"""The most lines of the card, as the stylesheet has them."""


def client_width(width: int, *, is_wide: bool) -> int:
    """The cells that a window of so many has for the client: those beside the list where it is wide."""
    if not is_wide:
        return width
    return width - (_HUGE_SIDE if width >= HUGE else _SIDE)


def draw_day(top: LineBox, session: Session, near: int) -> None:
    """Draw the line of my day; `near` counts my requests that come near their term."""
    day = my_day(session)
    late: Tone = "late" if day.late else ""
    left: list[Piece] = [
        (" One Window", "title"),
        (f"{'':2}my requests: late {day.late - day.late_for_others}", late),
        (f", {day.late_for_others} for colleagues" if day.late_for_others else "", late),
        (f" · due today {day.due_today} · new {day.new}", ""),
    ]
    if waits := interruptions.summary(session):
        # What waits needs the room more than the name of the program.
        left = [*left[1:], (f" · {waits}", "accent")]
    elif near:
        left.append((f" · near {near}", "warn"))
    now = f"{session.local_now():%H:%M} {other_zone(session)}".rstrip()
    top.set_lines([left], right=[[(f"{session.me.name} · {now} ", "")]])


def card_lines(card: CardView | None, adds: str, room: int, *, is_wide: bool, is_unread: bool) -> list[Line]:
    """The lines of the card in so many cells; without one, why: `adds` is the key that adds a client."""
    if card is None and is_unread:
        return [[(" This client cannot be read; choose another one in the list.", "")]]
    if card is None:
        return [[(" No client yet: ", ""), (adds, "accent"), (" adds the first.", "")]]
    lines = card.wide if is_wide else card.narrow
    return [[(span.text, span.tone) for span in laid_out(line, room)] for line in lines]


def fill_panel(panel: Panel, view: PanelView, key: str) -> None:
    """Show the rows of a panel; `key` adds one, as its sentence says where there are none."""
    panel.set_columns(view.columns)
    panel.set_empty(*view.empty.replace("; n ", f"; {key} ").replace(". ", ".\n", 1).splitlines())
    panel.set_source(ListSource(view.rows))
    panel.set_title(
        view.title.removeprefix(view.title[:2]) if view.title[:1].isdigit() else view.title,
        view.summary,
        worst=view.worst,
        alarming=view.alarming,
    )


def wide_heights(
    promises: Panel,
    panels: Mapping[str, Panel],
    sides: Sequence[Sequence[str]],
    focused: str,
    *,
    width: int,
    room: int,
) -> dict[str, int]:
    """The lines of promises and of the panels in the columns below them, in so many cells and lines."""
    heights = {"promises": min(promises.lines_wanted(width), max(3, room // 4))}
    room -= heights["promises"]
    cells = (width - 1) // 2
    for names in sides:
        needs = {name: panels[name].lines_wanted(cells) for name in names}
        plain = {name: min(needs[name], panels[name].lines_of_one()) for name in names}
        heights |= column_heights(room, needs, plain, focused)
    return heights
