"""Whole accounts as people read them: clocks of many stories, what a handover or a card lacks, why to look.

Each account stands in `tests/metrics/told`, under what happened. ONEWINDOW_GOLDEN=write writes them anew;
the difference is read before it is committed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from onewindow.metrics.handover import completeness as handover
from onewindow.metrics.handover.completeness import HandoverInputs, Person, Word
from onewindow.metrics.health import alarm_weights
from onewindow.metrics.health.completeness import completeness, gaps, invoice_gaps
from onewindow.metrics.health.silence import radar
from onewindow.metrics.policies.working_time import calendar
from onewindow.metrics.review_order import ReviewInputs, explain, is_overdue, risk
from onewindow.metrics.sla.as_text import WatchName, why
from onewindow.metrics.sla.clocks import Policy, SlaEvent
from onewindow.records.clients import BillingDetails, Client, Contact

_TOLD = Path(__file__).parent / "told"
HOUR = 3600
_WORK = ((9 * HOUR, 12 * HOUR), (13 * HOUR, 18 * HOUR))
_MOSCOW = calendar(
    "Europe/Moscow",
    {**dict.fromkeys(range(5), _WORK), 5: ((10 * HOUR, 10 * HOUR + 5415),)},
    {"2026-11-12": (), "2026-11-18": ((9 * HOUR, 11 * HOUR),)},
    reasons={"2026-11-12": "inventory", "2026-11-18": "a short day"},
)
_POLICIES = {
    "": Policy(_MOSCOW, HOUR, 2 * HOUR, 10 * HOUR),
    "quick ": Policy(_MOSCOW, 0, 0, 0),
    "none ": Policy(_MOSCOW, None, None, None),
}
# Times of November 2026, whose 16th is a Monday; then what happened, and the moment at which it is told.
_STORIES = (
    ("16 09:00 opened", "16 09:30"),
    ("16 09:00 opened", "16 10:00"),
    ("16 09:00 opened", "16 10:01"),
    ("16 12:30 opened", "16 12:45"),
    ("16 11:00 opened, 16 11:20 reply", "16 12:00"),
    ("16 11:00 opened, 16 11:20 reply, 16 11:40 client_message", "16 14:00"),
    ("16 11:00 opened, 16 11:20 reply, 16 11:40 client_message, 16 14:10 reply", "16 15:00"),
    ("16 11:00 opened, 16 11:20 no_answer_needed", "16 12:00"),
    ("16 09:00 opened, 16 10:00 wait_client", "17 14:00"),
    ("16 09:00 opened, 16 10:00 wait_client, 17 14:00 resume", "17 15:00"),
    ("16 09:00 opened, 16 10:00 wait_client, 17 14:00 client_message", "17 15:00"),
    ("16 09:00 opened, 17 11:00 resolve", "20 09:00"),
    ("16 09:00 opened, 17 11:01 resolve", "20 09:00"),
    ("16 09:00 opened, 17 10:59 resolve, 18 09:00 reopen", "18 09:30"),
    ("16 09:00 opened, 17 10:59 resolve, 18 09:00 reopen, 18 09:01 resolve", "18 10:30"),
    ("16 09:00 opened, 17 09:00 decline", "18 09:00"),
    ("11 17:00 opened", "13 09:30"),
    ("11 17:00 opened, 16 17:30 resolve", "20 09:00"),
    ("17 17:00 opened", "19 12:00"),
    ("20 17:00 opened", "21 10:45"),
    ("20 17:00 opened", "23 10:45"),
    ("02 09:00 opened", "30 12:00"),
    ("16 09:00 opened, 16 10:00 quick policy", "16 10:30"),
    ("16 09:00 opened, 16 10:00 none policy", "16 10:30"),
    ("16 09:00 opened, 16 10:00 policy", "16 10:30"),
    ("16 09:00 quick opened", "16 09:00"),
    ("16 09:00 quick opened", "16 09:01"),
    ("16 09:00 none opened", "16 09:01"),
    ("16 09:00 opened, 16 17:00 merge", "17 09:00"),
)


def _at(text: str) -> datetime:
    day, clock = text.split()
    return datetime.fromisoformat(f"2026-11-{day} {clock}+03:00")


def _event(text: str) -> SlaEvent:
    when, named = text[:8], text[9:]
    policy = next(
        (each for name, each in _POLICIES.items() if name and named.startswith(name)), _POLICIES[""]
    )
    kind = named.rpartition(" ")[2]
    return SlaEvent(_at(when), kind, policy if kind in ("opened", "policy") else None)  # pyright: ignore[reportArgumentType]


def _clocks() -> Iterator[str]:
    names: tuple[WatchName, ...] = ("first_response", "next_response", "resolution")
    for told, now in _STORIES:
        for zone in ("Europe/Moscow", "Asia/Yekaterinburg"):
            yield f"{told}; at {now}, {zone}"
            for name in names if zone == "Europe/Moscow" else names[2:]:
                try:
                    lines = why([_event(each) for each in told.split(", ")], _at(now), zone, name)
                except ValueError as error:
                    lines = [f"refused: {error}"]
                yield from (f"    {line}" for line in lines)


_WHOLE = HandoverInputs(
    billing_details_missing=(),
    contract_number="17/26",
    invoices=("Счёт 1",),
    acts=("Акт 1",),
    people=(Person("Анна", True, True),),
    terms=(("акт до пятого", "договор п. 4"),),
    goal="быстрее",
    goal_measure="2 дня",
    products=("Склад+",),
    meeting_on="2026-11-04",
    meeting_form="онлайн",
    meeting_led_by="Иванова",
    meeting_notes="кто за что отвечает",
)


def _but(**values: object) -> tuple[HandoverInputs, dict[str, Word]]:
    return HandoverInputs(**{**vars(_WHOLE), **values}), {}  # pyright: ignore[reportArgumentType]


_HANDOVERS: dict[str, tuple[HandoverInputs, dict[str, Word]]] = {
    "nothing": (HandoverInputs(), {}),
    "all": (_WHOLE, {}),
    **{f"all but {name}": _but(**{name: empty}) for name, empty in vars(HandoverInputs()).items()},
    "two people": _but(people=(Person("Анна", False, True), Person("Пётр", True, False))),
    "a term without evidence": _but(terms=(("скидка", ""), ("срок", "x"))),
    "words": (
        HandoverInputs(),
        {
            "contract": Word("present", "it lies in the safe"),
            "acts": Word("not_needed", "the first month"),
            "invoices": Word("missing", "nobody has it"),
        },
    ),
}


def _handovers() -> Iterator[str]:
    for name, (facts, words) in _HANDOVERS.items():
        told = handover.checklist(facts, words)
        yield f"{name}: {told.percent} %, missing {', '.join(line.topic for line in told.missing)}"
        yield f"  blocked by {', '.join(line.topic for line in told.blockers)}"
        for line in told.lines:
            yield from (f"    {each}" for each in handover.why(line))


_FIRM = BillingDetails(
    legal_name="ООО «Ромашка»",
    tax_id="7707083893",
    kpp="770701001",
    legal_address="Москва, ул. Вавилова, 19",
    email="buh@romashka.ru",
    bank="Банк",
    bik="044525225",
    account="40702810438000000001",
    corr_account="30101810400000000225",
    head_name="Ким Анна Сергеевна",
    head_position="директор",
)
_ANNA = Contact(name="Анна Ким", address_as="Анна", phone="+79123456789", email="k@r.ru", is_main=1)
_CLIENT = Client(
    name="Ромашка",
    owner_id=1,
    deputy_id=2,
    since="2021-03-01",
    goal="закрывать месяц за 2 дня",
    goal_measure="сейчас 4",
    segment="торговля",
    industry="мебель",
    city="Казань",
)


def _cards() -> Iterator[str]:
    def told(
        name: str, client: Client, firm: BillingDetails | None, people: list[Contact], owned: int
    ) -> str:
        found = gaps(client, firm, people, owned)
        lacking = "; ".join(f"{gap.kind}.{gap.field} {gap.label}: {gap.why}" for gap in found)
        return f"{name}: {completeness(client, firm, people, owned)} %: {lacking}"

    yield told("all", _CLIENT, _FIRM, [_ANNA], 1)
    yield told("nothing", Client(name="x"), None, [], 0)
    for field in ("owner_id", "deputy_id", "since", "goal", "goal_measure", "segment", "industry", "city"):
        empty = None if field in ("owner_id", "deputy_id", "since") else ""
        yield told(f"no {field}", _CLIENT.with_changes({field: empty}), _FIRM, [_ANNA], 1)
    for field in ("phone", "email", "address_as", "is_main"):
        yield told(
            f"no {field}", _CLIENT, _FIRM, [_ANNA.with_changes({field: 0 if field == "is_main" else ""})], 1
        )
    yield told("no licence", _CLIENT, _FIRM, [_ANNA], 0)
    fields = (
        "legal_name",
        "tax_id",
        "kpp",
        "legal_address",
        "bank",
        "bik",
        "account",
        "corr_account",
        "head_name",
    )
    for country in ("RU", "BG", "DE", ""):
        for field in ("", *fields, "head_position", "email"):
            firm = _FIRM.with_changes({field: ""}) if field else _FIRM
            lacking = ", ".join(f"{gap.field} {gap.label} ({gap.why})" for gap in invoice_gaps(firm, country))
            yield f"invoice in {country or 'any country'} without {field or 'nothing'}: {lacking}"
        abroad = _FIRM.with_changes(
            {"iban": "BG80BNBG96611020345678", "bik": "", "account": "", "kpp": "", "tax_id": "831650349"}
        )
        lacking = ", ".join(gap.field for gap in invoice_gaps(abroad, country))
        yield f"invoice in {country or 'any country'} by IBAN: {lacking}"
        whole = completeness(_CLIENT.with_changes({"country": country}), abroad, [_ANNA], 1)
        yield f"card in {country or 'any country'} by IBAN: {whole} %"


def _reviews() -> Iterator[str]:
    base = ReviewInputs(0, "green", 0, False, 0, 0, 10, 90, "C")
    changes: list[dict[str, object]] = [{}]
    changes.extend([{"alarm": alarm} for alarm in (1, 49, 50, 90, 100)])
    changes.extend([{"band": band} for band in ("red", "amber", "green", "unknown")])
    changes.extend([{"fall": fall} for fall in (-5, 1, 10, 19, 20, 40, 100)])
    changes.extend([{"is_late": True}])
    changes.extend([{"value": value, "median_value": 100} for value in (0, 1, 25, 100, 400, 900, 10_000)])
    changes.extend([{"value": 100, "median_value": 0}])
    changes.extend(
        [{"days_since": days, "standard_days": 90} for days in (None, 0, 45, 89, 90, 91, 180, 400)]
    )
    changes.extend([{"standard_days": 0, "days_since": 5}])
    changes.extend(
        [{"tier": tier, "alarm": 60, "band": "red", "is_late": True} for tier in ("A", "B", "C", "D", "")]
    )
    for change in changes:
        inputs = ReviewInputs(**{**vars(base), **change})  # pyright: ignore[reportArgumentType]
        told = risk(inputs)
        due = "overdue" if is_overdue(inputs) else "in time"
        yield f"{change}: {told.points:.2f}, {due}; {'; '.join(explain(told))}"


def _silences() -> Iterator[str]:
    for counts in (
        [0, *[4] * 12], [1, *[4] * 12], [0, 0, *[1] * 13], [0, 0, 0, *[1] * 13], [*[0] * 4, *[1, 0] * 4],
        [*[0] * 6, *[0, 0, 1] * 5], [0] * 19, [3] * 7, [3] * 8, [0, 0, *[9] * 5], [0, 0, *[9] * 6],
        [0, 0, *[9] * 30], [0, 0, *[9] * 13, *[500] * 5], [0, 0, *[9] * 6, 500],
    ):  # fmt: skip
        told = radar(counts)
        if told is None:
            yield f"{counts}: too few"
        else:
            yield (
                f"{counts}: expected {told.expected:.4f}, seen {told.seen}, {told.probability:.6f} likely,"
                f" window {told.window}, history {told.history}{', a warning' if told.warning else ''}"
            )


def _alarms() -> Iterator[str]:
    for name, value in sorted(vars(alarm_weights).items()):
        if name.isupper() and not name.startswith("_"):
            yield f"{name}: {dict(value) if hasattr(value, 'items') else value}"


_ACCOUNTS = {
    "clocks": _clocks,
    "handovers": _handovers,
    "cards": _cards,
    "reviews": _reviews,
    "silences": _silences,
    "alarms": _alarms,
}


@pytest.mark.parametrize("name", _ACCOUNTS)
def test_an_account_reads_as_ever(name: str) -> None:
    lines = list(_ACCOUNTS[name]())
    file = _TOLD / f"{name}.txt"
    if os.environ.get("ONEWINDOW_GOLDEN") == "write":
        _TOLD.mkdir(exist_ok=True)
        file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    assert lines == (file.read_text(encoding="utf-8").splitlines() if file.exists() else [])
