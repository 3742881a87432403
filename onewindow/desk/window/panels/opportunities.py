"""Panel 5: repeat sales under way, ideas and suggestions with their evidence, what is not offered and why.

How suggestions are put into words is loaded with the first of them, behind the first frame.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Union

from onewindow.desk.session.context import Session
from onewindow.desk.window.panels.view import PanelView, RecordKey, phrases, pick, rows_of, tally
from onewindow.desk.window.panels.when import When, when
from onewindow.desk.window.snapshot import ClientSnapshot
from onewindow.records.feedback import Opportunity
from onewindow.records.structs import frozen_struct
from onewindow.text.layout.cells import Cell, Column, Row, Tone, mark_of
from onewindow.text.money import format_money

if TYPE_CHECKING:
    from onewindow.desk.opportunities.suggesting import Suggested

NAME, NUMBER, TITLE = "opportunities", "5", "opportunities"
MODES = ("open", "ideas", "not offered", "all")
NEW_KIND = "opportunity"
KINDS = frozenset({"opportunity", "retired_trigger"})
EMPTY = "No opportunities. What the client may need next belongs here; n adds one."
COLUMNS = (
    Column(min_width=16),
    Column(min_width=14, second=True, drop_priority=1),
    Column(width=9, second=True),
    Column(width=9, second=True),
    Column(width=13, second=True, align="right", drop_priority=2),
)
CLOSED = ("won", "lost", "dismissed")
SUGGESTION = "suggestion_mark"
"""The kind in the keys of rows that stand for suggestions."""
CLOSING_DAYS = 14
"""From so many days before its end on a window is marked."""

_ORDER = {"offered": 0, "accepted": 0, "suggested": 1, "won": 2, "lost": 2, "dismissed": 2}


@frozen_struct
class HeldBack:
    """Several suggestions that are not offered, as one line."""

    kind: ClassVar[str] = SUGGESTION
    id: ClassVar[int] = -1
    """Of no suggestion: those are told apart by numbers from 0 on."""

    suggestions: tuple[Suggested, ...]


_Entry = Union["Opportunity", "Suggested", HeldBack]


def view(session: Session, snapshot: ClientSnapshot, mode: str = "") -> PanelView:
    """The panel: what is offered or accepted by the end of its window, ideas and suggestions after it.

    What is not offered now stands behind them with the reason; closed ones come last.
    """
    moment = when(session, snapshot)
    chosen = pick(MODES, mode)
    hopeful = still_open(snapshot)
    under_way = [opportunity for opportunity in hopeful if _ORDER[opportunity.state] == 0]
    ideas = [opportunity for opportunity in hopeful if opportunity.state == "suggested"]
    closed = sorted((each for each in snapshot.opportunities if each.state in CLOSED), key=_rank)
    suggested = [one for one in snapshot.suggestions or () if not one.is_suppressed]
    held_back = [one for one in snapshot.suggestions or () if one.is_suppressed]
    # What is held back would crowd out what is under way: several of them are one line.
    as_one = [HeldBack(tuple(held_back))] if len(held_back) > 1 else held_back
    shown: dict[str, list[_Entry]] = {
        "open": [*hopeful, *suggested, *as_one],
        "ideas": [*ideas, *suggested],
        "not offered": [*held_back],
        "all": [*hopeful, *suggested, *held_back, *closed],
    }
    over = sum((moment.days_to(opportunity.window_till) or 0) < 0 for opportunity in under_way)
    count = len(ideas) + len(suggested)
    counts = (
        *((len(under_way), "open"), (over, "late"), (count, "idea" if count == 1 else "ideas")),
        (len(held_back), "not offered"),
    )

    def drawn(entry: _Entry) -> Row:
        if isinstance(entry, Opportunity):
            return _row(moment, entry)
        if isinstance(entry, HeldBack):
            return _held_back_row(session, entry)
        return _suggestion_row(session, moment, entry)

    return PanelView(
        name=NAME,
        title=f"{NUMBER} {TITLE}",
        summary=", ".join(
            part for part in (tally(*counts), _caution(snapshot, [*under_way, *ideas])) if part
        ),
        worst=_worst(moment, [*under_way, *ideas]) or _first_of(moment, suggested),
        columns=COLUMNS,
        rows=rows_of(shown[chosen], drawn),
        empty=EMPTY,
        new_kind=NEW_KIND,
        kinds=KINDS,
        alarming=phrases((over, "late")),
    )


def still_open(snapshot: ClientSnapshot) -> list[Opportunity]:
    """What is offered or accepted by the end of its window, then the ideas; what is over is left out."""
    return [each for each in sorted(snapshot.opportunities, key=_rank) if each.state not in CLOSED]


def suggestion_of(snapshot: ClientSnapshot, key: RecordKey) -> Suggested | None:
    """The suggestion of a row, None for any other row."""
    if key.kind != SUGGESTION:
        return None
    return next((one for one in snapshot.suggestions or () if one.id == key.id), None)


def _suggestion_row(session: Session, moment: When, suggested: Suggested) -> Row:
    from onewindow.desk.opportunities import as_text  # only a suggestion needs it

    made, reasons = suggested.suggestion, as_text.reasons_text(session, suggested)
    return Row(
        RecordKey(SUGGESTION, suggested.id),
        (
            # The reason stands in the title: on a narrow panel the second text is what goes first.
            Cell(f"{made.title}: {reasons}" if reasons else made.title),
            Cell(as_text.evidence_text(session, suggested), "dim"),
            Cell(moment.due(made.window_till)),
            Cell("held back" if reasons else "suggested", "" if reasons else "accent"),
            Cell(as_text.amount_text(suggested)),
        ),
        " ",
        "dim" if reasons else "",
    )


def _held_back_row(session: Session, held: HeldBack) -> Row:
    from onewindow.desk.opportunities import as_text  # only a suggestion needs it

    reasons = as_text.reasons_of_all(session, held.suggestions)
    cells = (
        Cell(f"{len(held.suggestions)} not offered: {reasons}"),
        *(Cell(""),) * 2,
        Cell(""),
        Cell(""),
    )
    return Row(RecordKey(held.kind, held.id), cells, " ", "dim")


def _first_of(moment: When, suggested: list[Suggested]) -> str:
    for one in suggested[:1]:
        from onewindow.desk.opportunities import as_text  # only a suggestion needs it

        parts = (one.suggestion.title, as_text.amount_text(one), moment.due(one.suggestion.window_till))
        return " ".join(part for part in parts if part)
    return ""


def state_word(opportunity: Opportunity) -> str:
    """The state as people say it: a suggested one is an idea."""
    return "idea" if opportunity.state == "suggested" else opportunity.state


def amount_text(opportunity: Opportunity) -> str:
    """The amount with its currency, '' if nobody named one."""
    return "" if opportunity.amount is None else format_money(opportunity.amount, opportunity.currency)


def _caution(snapshot: ClientSnapshot, offered: list[Opportunity]) -> str:
    """That more is offered to a client who is lost or red, '' for all others and where nothing is offered."""
    if not offered:
        return ""
    if snapshot.client.stage == "lost":
        return "client lost"
    return "client red" if snapshot.health.band == "red" else ""


def _rank(opportunity: Opportunity) -> tuple[int, str]:
    # "9" sorts after every year: what has no end comes last.
    end = opportunity.window_till or opportunity.expected_on or "9"
    return _ORDER[opportunity.state], end


def _row(moment: When, opportunity: Opportunity) -> Row:
    closed = opportunity.state in CLOSED
    days = moment.days_to(opportunity.window_till)
    pressing = _ORDER[opportunity.state] == 0 and days is not None and days <= CLOSING_DAYS
    tone: Tone = "" if not pressing else "late" if (days or 0) < 0 else "warn"
    end = (
        moment.day(opportunity.closed_on)
        if closed
        else moment.due(opportunity.window_till or opportunity.expected_on)
    )
    # The reason stands in the title: on a narrow panel the evidence is what goes first.
    title = (
        f"{opportunity.title}: {opportunity.reason}" if closed and opportunity.reason else opportunity.title
    )
    return Row(
        RecordKey("opportunity", opportunity.id),
        (
            Cell(title),
            Cell(opportunity.evidence, "dim"),
            Cell(end, tone),
            Cell(state_word(opportunity)),
            Cell(amount_text(opportunity)),
        ),
        mark_of(tone),
        "dim" if closed else "",
    )


def _worst(moment: When, shown: list[Opportunity]) -> str:
    for opportunity in shown[:1]:
        parts = (opportunity.title, amount_text(opportunity), moment.due(opportunity.window_till))
        return " ".join(part for part in parts if part)
    return ""
