"""Panel 4: what the client says of the software, in his own words, and what became of it."""

from __future__ import annotations

from onewindow.desk.panels.view import PanelView, RecordKey, pick, rows_of, tally
from onewindow.desk.panels.when import When, when
from onewindow.desk.session import Session
from onewindow.desk.window import Picture
from onewindow.records.voice import Feedback
from onewindow.text.cells import Cell, Column, Row, Tone

NAME, NUMBER, TITLE = "feedback", "4", "feedback"
MODES = ("all", "to tell", "usage", "remark", "wish", "competitor", "reaction")
NEW_KIND = "feedback"
KINDS = frozenset({"feedback", "feature", "release"})
EMPTY = "No feedback. The client's own words on the software belong here; n writes down a quote."
COLUMNS = (
    Column(width=8),
    Column(min_width=16),
    Column(width=2),
    Column(width=14),
    Column(width=24, drop_priority=2),
    Column(width=8, drop_priority=1),
)


def view(session: Session, picture: Picture, mode: str = "") -> PanelView:
    """The panel: quotes whose wish has come out and whose author does not know it yet stand first."""
    moment = when(session, picture)
    chosen = pick(MODES, mode)
    to_tell = [quote for quote in picture.feedback if is_to_tell(picture, quote)]
    telling = {quote.id for quote in to_tell}
    ordered = [*to_tell, *(quote for quote in picture.feedback if quote.id not in telling)]
    shown = [
        q for q in ordered if chosen in ("all", q.feedback_kind) or (chosen == "to tell" and q.id in telling)
    ]
    return PanelView(
        name=NAME,
        title=f"{NUMBER} {TITLE}",
        summary=tally((len(ordered), ""), (len(to_tell), "to tell")),
        worst=_worst(to_tell),
        columns=COLUMNS,
        rows=rows_of(shown, lambda quote: _row(picture, moment, quote, quote.id in telling)),
        empty=EMPTY,
        new_kind=NEW_KIND,
        kinds=KINDS,
    )


def is_to_tell(picture: Picture, quote: Feedback) -> bool:
    """Whether the feature that a quote asks for is released and nobody has told the client."""
    feature = picture.features.get(quote.feature_id or 0)
    return feature is not None and feature.status == "released" and not quote.told_on


def outcome(picture: Picture, moment: When, quote: Feedback) -> str:
    """What became of a quote: `released: tell`, `told 14.11`, the feature's state, the competitor's name."""
    feature = picture.features.get(quote.feature_id or 0)
    if quote.told_on:
        return f"told {moment.day(quote.told_on)}"
    if is_to_tell(picture, quote):
        return "released: tell"
    if quote.feedback_kind == "competitor":
        return quote.competitor
    return feature.status.replace("_", " ") if feature else ""


def _row(picture: Picture, moment: When, quote: Feedback, telling: bool) -> Row:
    tone: Tone = "accent" if telling else ""
    feature = picture.features.get(quote.feature_id or 0)
    about = feature.title if feature else quote.reaction or picture.contact_name(quote.contact_id)
    return Row(
        RecordKey("feedback", quote.id),
        (
            Cell(quote.feedback_kind),
            Cell(f"«{quote.quote}»"),
            Cell(f"×{quote.importance}"),
            Cell(outcome(picture, moment, quote), tone),
            Cell(about, "dim"),
            Cell(moment.day(quote.said_on), "dim"),
        ),
        ">" if telling else " ",
    )


def _worst(to_tell: list[Feedback]) -> str:
    return f"«{to_tell[0].quote}» released" if to_tell else ""
