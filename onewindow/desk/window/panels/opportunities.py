"""Panel 5: repeat sales under way, ideas with their evidence, and those that are over with the reason."""

from __future__ import annotations

from onewindow.desk.session.context import Session
from onewindow.desk.window.panels.view import PanelView, RecordKey, phrases, pick, rows_of, tally
from onewindow.desk.window.panels.when import When, when
from onewindow.desk.window.snapshot import ClientSnapshot
from onewindow.records.feedback import Opportunity
from onewindow.text.layout.cells import Cell, Column, Row, Tone, mark_of
from onewindow.text.money import format_money

NAME, NUMBER, TITLE = "opportunities", "5", "opportunities"
MODES = ("open", "ideas", "all")
NEW_KIND = "opportunity"
KINDS = frozenset({"opportunity"})
EMPTY = "No opportunities. What the client may need next belongs here; n adds one."
COLUMNS = (
    Column(min_width=16),
    Column(min_width=14, second=True, drop_priority=1),
    Column(width=9, second=True),
    Column(width=9, second=True),
    Column(width=13, second=True, align="right"),
)
CLOSED = ("won", "lost", "dismissed")
CLOSING_DAYS = 14
"""From so many days before its end on a window is marked."""

_ORDER = {"offered": 0, "accepted": 0, "suggested": 1, "won": 2, "lost": 2, "dismissed": 2}


def view(session: Session, snapshot: ClientSnapshot, mode: str = "") -> PanelView:
    """The panel: what is offered or accepted by the end of its window, ideas after it, closed ones last."""
    moment = when(session, snapshot)
    chosen = pick(MODES, mode)
    hopeful = still_open(snapshot)
    under_way = [opportunity for opportunity in hopeful if _ORDER[opportunity.state] == 0]
    ideas = [opportunity for opportunity in hopeful if opportunity.state == "suggested"]
    shown = {"open": hopeful, "ideas": ideas, "all": sorted(snapshot.opportunities, key=_rank)}[chosen]
    over = sum((moment.days_to(opportunity.window_till) or 0) < 0 for opportunity in under_way)
    idea = "idea" if len(ideas) == 1 else "ideas"
    counts = (len(under_way), "open"), (over, "late"), (len(ideas), idea)
    return PanelView(
        name=NAME,
        title=f"{NUMBER} {TITLE}",
        summary=", ".join(part for part in (tally(*counts), _caution(snapshot, hopeful)) if part),
        worst=_worst(moment, hopeful),
        columns=COLUMNS,
        rows=rows_of(shown, lambda opportunity: _row(moment, opportunity)),
        empty=EMPTY,
        new_kind=NEW_KIND,
        kinds=KINDS,
        alarming=phrases((over, "late")),
    )


def still_open(snapshot: ClientSnapshot) -> list[Opportunity]:
    """What is offered or accepted by the end of its window, then the ideas; what is over is left out."""
    return [each for each in sorted(snapshot.opportunities, key=_rank) if each.state not in CLOSED]


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
