"""Panel 4: what the client says of the software, in their own words, and what became of it."""

from __future__ import annotations

from onewindow.desk.feedback import wish_status
from onewindow.desk.session.context import Session
from onewindow.desk.window.panels.view import PanelView, RecordKey, pick, rows_of, tally
from onewindow.desk.window.panels.when import When, when
from onewindow.desk.window.snapshot import ClientSnapshot
from onewindow.records.feedback import Feedback
from onewindow.store.announcements.announcement_records import ClientDelivery
from onewindow.text.layout.cells import Cell, Column, Row, Tone

NAME, NUMBER, TITLE = "feedback", "4", "feedback"
MODES = ("all", "to tell", "novelties", "usage", "remark", "wish", "competitor", "reaction")
NEW_KIND = "feedback"
KINDS = frozenset({"feedback", "feature", "release", "delivery", "announcement"})
EMPTY = "No feedback. The client's own words on the software belong here; n writes down a quote."
COLUMNS = (
    Column(width=8),
    Column(min_width=16),
    Column(width=2, second=True),
    Column(width=14, second=True),
    Column(width=24, second=True, drop_priority=2),
    Column(width=8, second=True, drop_priority=1),
)


def view(session: Session, snapshot: ClientSnapshot, mode: str = "") -> PanelView:
    """The panel: first what the client is to be told, of announcements and of wishes that have come out."""
    moment = when(session, snapshot)
    chosen = pick(MODES, mode)
    to_tell = [quote for quote in snapshot.feedback if is_to_tell(snapshot, quote)]
    to_tell_ids = {quote.id for quote in to_tell}
    news = [sent for sent in snapshot.deliveries if sent.is_to_tell]
    ordered = [*to_tell, *(quote for quote in snapshot.feedback if quote.id not in to_tell_ids)]
    shown = [
        q
        for q in ordered
        if chosen in ("all", q.feedback_kind) or (chosen == "to tell" and q.id in to_tell_ids)
    ]
    entries: list[ClientDelivery | Feedback] = [*shown]
    if chosen == "novelties":
        entries = [*snapshot.deliveries]
    elif chosen in ("all", "to tell"):
        entries = [*news, *shown]

    def drawn(entry: ClientDelivery | Feedback) -> Row:
        if isinstance(entry, Feedback):
            return _row(snapshot, moment, entry, entry.id in to_tell_ids)
        return _news_row(snapshot, moment, entry)

    return PanelView(
        name=NAME,
        title=f"{NUMBER} {TITLE}",
        summary=tally((len(ordered), ""), (len(to_tell) + len(news), "to tell")),
        worst=f"{news[0].title}: to tell" if news else _worst(to_tell),
        columns=COLUMNS,
        rows=rows_of(entries, drawn),
        empty=EMPTY,
        new_kind=NEW_KIND,
        kinds=KINDS,
    )


def is_to_tell(snapshot: ClientSnapshot, quote: Feedback) -> bool:
    """Whether something became of the feature that a quote asks for, and nobody has told the client."""
    return wish_status.is_to_notify(snapshot.features.get(quote.feature_id or 0), quote)


def outcome(snapshot: ClientSnapshot, moment: When, quote: Feedback) -> str:
    """What became of a quote: `released: tell`, `told 14.11`, the feature's state, the competitor's name."""
    feature = snapshot.features.get(quote.feature_id or 0)
    if feature is not None and is_to_tell(snapshot, quote):
        return f"{wish_status.state_text(feature)}: tell"
    if quote.outcome == "declined":
        return "declined"
    if quote.told_on:
        return f"told {moment.day(quote.told_on)}"
    if quote.feedback_kind == "competitor":
        return quote.competitor
    return wish_status.state_text(feature) if feature else ""


def _row(snapshot: ClientSnapshot, moment: When, quote: Feedback, to_tell: bool) -> Row:
    tone: Tone = "accent" if to_tell else ""
    feature = snapshot.features.get(quote.feature_id or 0)
    about = feature.title if feature else quote.reaction or snapshot.contact_name(quote.contact_id)
    return Row(
        RecordKey("feedback", quote.id),
        (
            Cell(quote.feedback_kind),
            Cell(f"«{quote.quote}»"),
            Cell(f"×{quote.importance}"),
            Cell(outcome(snapshot, moment, quote), tone),
            Cell(about, "dim"),
            Cell(moment.day(quote.said_on), "dim"),
        ),
        ">" if to_tell else " ",
    )


def _news_row(snapshot: ClientSnapshot, moment: When, sent: ClientDelivery) -> Row:
    """An announcement that the client was told, or is to be told."""
    delivery = sent.delivery
    stands = f"tell by {sent.channel}" if sent.is_to_tell else delivery.state
    since = moment.moment(delivery.told_at) if delivery.told_at else ""
    return Row(
        RecordKey("delivery", delivery.id),
        (
            Cell("novelty"),
            Cell(f"{sent.title}: {delivery.answer}" if delivery.answer else sent.title),
            Cell(""),
            Cell(stands, "accent" if sent.is_to_tell else ""),
            Cell(snapshot.contact_name(delivery.contact_id), "dim"),
            Cell(since.partition(" ")[0], "dim"),
        ),
        ">" if sent.is_to_tell else " ",
    )


def _worst(to_tell: list[Feedback]) -> str:
    return f"«{to_tell[0].quote}»: tell" if to_tell else ""
