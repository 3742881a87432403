"""Announcements, audiences and reports in lines and plain fields, for both faces alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from onewindow.desk.announcements import announcing
from onewindow.desk.announcements.announcing import Audience, Queued
from onewindow.desk.announcements.deliveries import STATES
from onewindow.desk.reports.report_text import share_text
from onewindow.desk.session.context import Session
from onewindow.metrics.announcement_effects import NO_EXPERIMENT, Comparison
from onewindow.metrics.announcement_outcomes import Effect, Party, Repeat
from onewindow.metrics.intervals import FEWEST, Estimate, wilson
from onewindow.records.adoption import Announcement, Release
from onewindow.records.structs import frozen_struct
from onewindow.store import rows
from onewindow.store.announcements import announcement_records
from onewindow.text.clean import clean
from onewindow.text.money import format_money
from onewindow.text.plural import counted

_WORDS = {"opportunity": "got an opportunity", "won": "won one", "bought": "bought again"}
EFFECT_COLUMNS = ("what", "clients", "told", "share", "share_low", "share_high")
REPEAT_COLUMNS = (
    *("what", "trained", "trained_hits", "trained_share", "trained_low", "trained_high"),
    *("untrained", "untrained_hits", "untrained_share", "untrained_low", "untrained_high"),
    *("difference", "difference_low", "difference_high", "verdict"),
)


@frozen_struct
class AnnouncementStatus:
    """One announcement as lists show it: how many clients are in each state, and the share of answers."""

    announcement: Announcement
    about: str
    """Product and version."""
    counts: Mapping[str, int]
    answered: Estimate | None
    """Of those told, with its 95 % interval; None while nobody is."""

    @property
    def notified(self) -> int:
        """How many were told, whatever came of it."""
        return sum(count for state, count in self.counts.items() if state != "queued")


def status_of(session: Session, announcement: Announcement) -> AnnouncementStatus:
    """How an announcement stands."""
    counts = announcement_records.counts(session.store, announcement.id)
    informed = sum(count for state, count in counts.items() if state != "queued")
    answered = wilson(counts.get("answered", 0), informed) if informed else None
    return AnnouncementStatus(announcement, about_of(session, announcement), counts, answered)


STATUS_COLUMNS = (
    *("id", "title", "about", "channel", "purpose", "audience", "state", "sent_on", *STATES),
    *("answered_share", "answered_low", "answered_high"),
)
"""The field names of `status_row`."""


def release_text(session: Session, release: Release) -> str:
    """A release as people call it: `Склад+ 5.2`."""
    return f"{session.directory.product(release.product_id)} {release.version_name}".strip()


def seats_text(counts: Mapping[str, tuple[int, int]], capacity: int | None) -> str:
    """Attendances in words: `3 attended (7 people) · 2 missed`, with the seats where they are counted."""
    order = ("accepted", "attended", "missed", "declined", "invited")
    parts = [
        f"{counts[state][0]} {state}"
        + (f" ({counted(counts[state][1], 'person', 'people')})" if state in ("accepted", "attended") else "")
        for state in order
        if state in counts
    ]
    seats = [] if capacity is None else [f"{capacity} seats"]
    return " · ".join([*parts, *seats]) or "nobody is invited"


def about_of(session: Session, announcement: Announcement) -> str:
    """Product and version that an announcement is about: `Склад+ 5.2`."""
    release = rows.find(session.store, Release, announcement.release_id) if announcement.release_id else None
    product = session.directory.product(announcement.product_id or (release.product_id if release else None))
    return " ".join(part for part in (product, release.version_name if release else "") if part)


def counts_text(counts: Mapping[str, int]) -> str:
    """The states that anybody is in: `3 queued · 12 told · 4 answered`; `nobody yet` without any."""
    return " · ".join(f"{counts[state]} {state}" for state in STATES if counts.get(state)) or "nobody yet"


def status_row(status: AnnouncementStatus) -> dict[str, object]:
    """An announcement's status as plain fields."""
    announcement, answered = status.announcement, status.answered
    return {
        "id": announcement.id,
        "title": announcement.title,
        "about": status.about,
        "channel": announcement.channel,
        "purpose": announcement.purpose,
        "audience": announcement.audience,
        "state": announcement.state,
        "sent_on": announcement.sent_on,
        **{state: status.counts.get(state, 0) for state in STATES},
        "answered_share": round(answered.value, 4) if answered else None,
        "answered_low": round(answered.low, 4) if answered else None,
        "answered_high": round(answered.high, 4) if answered else None,
    }


def audience_lines(announcement: Announcement, audience: Audience) -> list[str]:
    """An audience in words: how many, whom it reaches, who is left out and why."""
    words = clean(announcement.audience) or "everybody"
    lines = [
        f"{words}: {counted(audience.total, 'client')}, it reaches {audience.reached}"
        f" by {announcement.channel}."
    ]
    if audience.waiting:
        lines.append(f"{audience.waiting} of them are in quiet hours now; theirs goes later.")
    lines += left_out_lines(audience.left_out, audience.named)
    return lines


def left_out_lines(
    left_out: Mapping[announcing.LeftOut, int],
    named: Mapping[announcing.LeftOut, Iterable[str]] | None = None,
) -> list[str]:
    """Who is left out, one line a reason, the biggest first, with a few names."""
    lines: list[str] = []
    for why, count in sorted(left_out.items(), key=lambda reason_count: -reason_count[1]):
        names = [clean(name) for name in (named or {}).get(why, ())]
        more = ", …" if len(names) < count else ""
        lines.append(f"{count} {announcing.LEFT_OUT[why]}" + (f": {', '.join(names)}{more}" if names else ""))
    return lines


def queued_lines(queued: Queued) -> list[str]:
    """What came of queueing, in words."""
    return [f"{counted(queued.added, 'client is', 'clients are')} queued.", *left_out_lines(queued.left_out)]


def effect_lines(effect: Effect, within_days: int) -> list[str]:
    """What followed an announcement, in words."""
    if not effect.notified:
        return ["Nobody has been told yet."]
    people = counted(effect.notified, "client was", "clients were")
    lines = [f"{people} told; within {counted(within_days, 'day')} of it:"]
    width = max(map(len, effect.shares))
    lines += [
        f"  {name:<{width}}  {effect.counts[name]:>5}  {share_text(share)}"
        for name, share in effect.shares.items()
    ]
    lines.append(
        f"{counted(effect.requests, 'request')}, "
        f"{counted(effect.opportunities, 'opportunity', 'opportunities')}, {effect.won} won, bought for"
        f" {money_text(effect.money)}."
    )
    return lines


def effect_rows(effect: Effect) -> list[dict[str, object]]:
    """The same as plain fields; shares are 0 to 1."""
    return [
        {
            "what": name,
            "clients": effect.counts[name],
            "told": effect.notified,
            "share": round(share.value, 4),
            "share_low": round(share.low, 4),
            "share_high": round(share.high, 4),
        }
        for name, share in effect.shares.items()
    ]


def repeat_lines(repeat: Repeat, within_days: int) -> list[str]:
    """Trained clients against others in words, the warning last."""
    lines = [
        f"Within {within_days} days, trained {repeat.trained.clients} clients, others of the audience"
        f" {repeat.untrained.clients}.",
    ]
    if repeat.too_early:
        lines.append(f"{repeat.too_early} more are not counted: their {within_days} days are not over yet.")
    for name, comparison in repeat.comparisons.items():
        lines.append(f"  {_WORDS[name]}: {_against(name, repeat, comparison)}")
    lines.append(
        f"  bought for, subscriptions aside: {_bought(repeat.trained)} trained,"
        f" {_bought(repeat.untrained)} others"
    )
    lines.append(_first_use_line(repeat))
    return [*lines, NO_EXPERIMENT]


def _against(name: str, repeat: Repeat, comparison: Comparison) -> str:
    sides = [
        f"{getattr(party, name)} of {party.clients}"
        if share is None or party.clients < FEWEST
        else share_text(share)
        for party, share in ((repeat.trained, comparison.trained), (repeat.untrained, comparison.untrained))
    ]
    gap = comparison.difference
    points = ""
    if gap is not None and min(repeat.trained.clients, repeat.untrained.clients) >= FEWEST:
        points = f", {gap.value * 100:+.1f} points ({gap.low * 100:+.1f} … {gap.high * 100:+.1f})"
    return f"{sides[0]} trained, {sides[1]} others{points}: {comparison.verdict}"


def _bought(party: Party) -> str:
    averages = {currency: round(amount / party.clients) for currency, amount in party.money.items()}
    return (
        f"{money_text(party.money)} ({money_text(averages)} a client)"
        if party.clients
        else money_text(party.money)
    )


def _first_use_line(repeat: Repeat) -> str:
    first = repeat.first_use
    before = f"; {repeat.used_before} used it before" if repeat.used_before else ""
    if not first.n:
        return f"First use after training: nobody was new to it{before}."
    if first.median is None:
        return f"First use after training: {first.used} of {first.n} so far, fewer than half{before}."
    weeks = "the same week" if first.median == 0 else f"{first.median:g} weeks"
    return f"First use after training: half of {first.n} within {weeks}, {first.used} so far{before}."


def repeat_rows(repeat: Repeat) -> list[dict[str, object]]:
    """The same as plain fields; shares and differences are 0 to 1."""
    return [
        dict(
            zip(
                REPEAT_COLUMNS,
                (
                    name,
                    *_side(repeat.trained, name, comparison.trained),
                    *_side(repeat.untrained, name, comparison.untrained),
                    *_gap(comparison),
                    comparison.verdict,
                ),
                strict=True,
            )
        )
        for name, comparison in repeat.comparisons.items()
    ]


def _side(party: Party, name: str, share: Estimate | None) -> tuple[object, ...]:
    bounds = (share.value, share.low, share.high) if share else (None, None, None)
    return (party.clients, getattr(party, name), *(None if b is None else round(b, 4) for b in bounds))


def _gap(comparison: Comparison) -> tuple[float | None, ...]:
    gap = comparison.difference
    return (
        (None, None, None)
        if gap is None
        else tuple(round(bound, 4) for bound in (gap.value, gap.low, gap.high))
    )


def money_text(money: Mapping[str, int]) -> str:
    """Sums by currency: `120 000 ₽, 300 €`; `nothing` without any."""
    return (
        ", ".join(format_money(amount, currency) for currency, amount in sorted(money.items())) or "nothing"
    )
