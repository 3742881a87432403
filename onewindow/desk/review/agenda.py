"""The agenda that a review ends with: what a lead has to decide, then what was agreed, in Markdown."""

from __future__ import annotations

from onewindow.desk.review.reviewing import day_here, ordered
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client
from onewindow.records.reviews import Decision, ReviewDecision, ReviewRound
from onewindow.store import reviews
from onewindow.store.clients import client_stats
from onewindow.store.listing import by_ids
from onewindow.text.dates import short_day
from onewindow.text.markdown import plain_markdown

_TITLES: tuple[tuple[Decision, str], ...] = (
    ("escalate", "To decide"),
    ("touch", "Touches agreed"),
    ("snooze", "Put off"),
)


def agenda(session: Session, review: ReviewRound, left: int = 0) -> str:
    """A round as Markdown: escalations first, then touches, what is put off, and the counts.

    `left` is how many clients have no decision yet.
    """
    decisions = reviews.decisions(session.store, review.id)
    clients = by_ids(session.store, Client, [choice.client_id for choice in decisions])
    lines = [f"# Review: {plain_markdown(review.name)}", ""]
    who = session.directory.name(review.staff_id)
    first = day_here(session, review.started_at)
    ended = review.ended_at
    span = f"{first} – {day_here(session, ended)}" if ended else f"since {first}, not ended"
    lines.append(f"{plain_markdown(who)}, {span}")
    for decision, title in _TITLES:
        chosen = ordered(decisions, decision)
        if chosen:
            lines += ["", f"## {title} ({len(chosen)})", ""]
            lines += [_line(session, clients.get(choice.client_id), choice) for choice in chosen]
    lines += ["", "## Counts", ""]
    counts = {decision: len(ordered(decisions, decision)) for decision, _ in _TITLES}
    counts["fine"] = len(ordered(decisions, "fine"))
    lines += [f"- {decision}: {count}" for decision, count in counts.items()]
    lines.append(f"- reviewed: {len(decisions)}" + (f", not yet: {left}" if left else ""))
    return "\n".join(lines) + "\n"


def _line(session: Session, client: Client | None, decision: ReviewDecision) -> str:
    if client is None:
        return f"- {plain_markdown(decision.reason)}"
    stat = client_stats.find(session.store, client.id)
    health = "" if stat is None or stat.health is None else f", health {stat.health} {stat.band}"
    till = f", till {short_day(decision.till, session.today())}" if decision.till else ""
    goal = f" Goal: {plain_markdown(' / '.join(client.goal.splitlines()))}." if client.goal else ""
    words = f"{client.name} (C-{client.number}, {client.tier}{health}): {decision.reason}{till}."
    return f"- {plain_markdown(words)}{goal}"
