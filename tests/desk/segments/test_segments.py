"""The filter language: read and written back, refused in one sentence; asked one by one or at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich_client import NOW, Clock

from onewindow.desk.editing import changing
from onewindow.desk.filters.words import FIELDS, Filter, FilterProblem, Term, parse
from onewindow.desk.opening import at_work, prepare_new_file
from onewindow.desk.segments import membership
from onewindow.desk.session.context import Session
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.records.adoption import Licence, Product, Usage
from onewindow.records.clients import Client, Consent, Contact
from onewindow.records.fields import Record
from onewindow.records.organization import Segment, Staff
from onewindow.settings import Settings
from onewindow.store.engine import open_store
from onewindow.store.rows import fetch
from onewindow.text.dates import utc_text, week_number

TODAY = NOW.date()

_free = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=12)
_SAID_OTHERWISE = ("none", "нет", "никто", "няма", "никой", "me", "я", "аз")
"""Words for nobody and for oneself, in capitals too: they are written back as `none` and `me`."""
_VALUES = {
    "tier": st.sampled_from("ABCD"),
    "class": st.sampled_from(["reseller", "regular", "one_off"]),
    "stage": st.sampled_from(["handover", "onboarding", "active", "leaving", "lost"]),
    "language": st.sampled_from(["ru", "bg", "en"]),
    "payment": st.sampled_from(["unknown", "paid", "due", "overdue"]),
    "country": st.sampled_from(["RU", "BG", "KZ"]),
    "health": st.sampled_from(["<60", ">=75", "red", "unknown"]),
    "used": st.sampled_from(["<30d", ">60d", "never"]),
    "since": st.sampled_from(["2024", ">=2024-03", "<90d", "none", "2024-03-15"]),
    "consent": st.sampled_from(["marketing", "newsletter/email", "personal_data/sms"]),
    "owner": st.sampled_from(["none", "me"])
    | _free.filter(lambda text: text.casefold() not in _SAID_OTHERWISE),
}


@st.composite
def terms(draw: st.DrawFn) -> Term:
    field = draw(st.sampled_from(sorted(FIELDS)))
    values = draw(st.lists(_VALUES.get(field, _free), min_size=1, max_size=3, unique=True))
    return Term(field, tuple(values), draw(st.booleans()))


@given(st.lists(terms(), max_size=5))
def test_a_filter_that_is_written_is_read_as_the_same(found: list[Term]) -> None:
    written = Filter(tuple(found))
    assert parse(written.text) == written
    assert parse(parse(written.text).text).text == written.text


@given(st.text(max_size=40))
def test_anything_typed_is_read_or_refused_in_one_sentence(text: str) -> None:
    told = _refusal(text)
    assert "\n" not in told
    assert told == "" or told.endswith((".", "?"))


def _refusal(text: str) -> str:
    try:
        parse(text)
    except FilterProblem as problem:
        return str(problem)
    return ""


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("тариф:vip,B город:Казань", "tier:A,B city:Казань"),
        ("класс:постоянный -стадия:внедрение", "class:regular -stage:onboarding"),
        ('city:"Нижний Новгород","Ростов, на Дону"', 'city:"Нижний Новгород","Ростов, на Дону"'),
        ("город:«Велико Търново» страна:Болгария", 'city:"Велико Търново" country:BG'),
        ("ползвал:<2w  здраве:червен", "used:<14d health:red"),
        ("согласие:рассылка/почта", "consent:newsletter/email"),
        ("клиент-с:15.03.2024 owner:я", "since:2024-03-15 owner:me"),
        ('since:=2024 industry:""', 'since:2024 industry:""'),
    ],
)
def test_words_of_three_languages_are_read_as_the_usual_ones(typed: str, read: str) -> None:
    assert parse(typed).text == read


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("ромашка", "“ромашка” at character 1 is no filter: write field:value, for example city:Казань."),
        ("tier:A tir:B", "“tir” at character 8 is no field; did you mean tier?"),
        ("tier:A tier:Z", "“tier:Z” at character 8 cannot be; write tier:A, B, C or D."),
        ("city:", '“city:” at character 1 has no value; write one behind it, or "" for an empty one.'),
        ('city:"Каз', '“"Каз” at character 6 is a quote without its end; put " where it ends.'),
        ("used:30d", "“used:30d” at character 1 cannot be; write used:<30d, used:>60d or used:never."),
        ("health:<600", "“health:<600” at character 1 cannot be; write"),
        ("since:2024-13", "“since:2024-13” at character 1 cannot be; write"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(typed: str, told: str) -> None:
    with pytest.raises(FilterProblem) as refused:
        parse(typed)
    assert str(refused.value).startswith(told)


@pytest.fixture(scope="module")
def firm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """Some clients who differ in everything that filters look at."""
    with open_store(tmp_path_factory.mktemp("segments") / "test.db", create=True) as store:
        me = prepare_new_file(
            store, Staff(login="ivanova", name="Иванова Мария"), "Europe/Moscow", utc_text(NOW)
        )
        session = at_work(store, me, Settings(), Clock(NOW), "Europe/Moscow")
        _fill(session)
        yield session


def _fill(session: Session) -> None:
    def add(record: Record) -> int:
        return changing.insert(session, record).id

    petrov = add(Staff(login="petrov", name="Петров Олег", office="Казань"))
    sklad = add(Product(slug="sklad", name="Склад+"))
    module = add(Product(slug="scan", name="Сканер", parent_id=sklad))
    route = add(Product(slug="route", name="Маршрут"))
    cities, tiers, stages = ("Казань", "София", ""), "ABC", ("active", "onboarding", "lost")
    for number in range(36):
        client = add(
            Client(
                name=f"Клиент {number}",
                tier=tiers[number % 3],  # pyright: ignore[reportArgumentType]
                city=cities[number // 3 % 3],
                stage=stages[number // 9 % 3],  # pyright: ignore[reportArgumentType]
                loss_reason="ушёл" if number // 9 % 3 == 2 else "",
                owner_id=(None, session.me.id, petrov)[number % 3],
                tags="опт vip" if number % 4 == 0 else "",
                since=(TODAY - timedelta(days=30 * number)).isoformat() if number % 5 else None,
            )
        )
        if number % 2:
            ended = TODAY - timedelta(days=1) if number % 7 == 0 else None
            licence = Licence(
                client_id=client,
                product_id=(sklad, module, route)[number % 3],
                ends_on=ended.isoformat() if ended else None,
                last_used_on=(TODAY - timedelta(days=10 * number)).isoformat() if number % 4 == 1 else None,
            )
            add(licence)
            if number % 6 == 1:
                week = week_number(TODAY - timedelta(days=7))
                add(Usage(client_id=client, product_id=licence.product_id, week=week, active_users=3))
        if number % 3 == 0:
            person = add(Contact(client_id=client, name="Анна Ким"))
            add(Consent(client_id=client, contact_id=person, purpose="newsletter", decided_on="2026-01-01"))
            if number % 6 == 0:
                add(
                    Consent(
                        client_id=client,
                        contact_id=person,
                        purpose="newsletter",
                        state="withdrawn",
                        decided_on="2026-01-01" if number % 12 else "2025-01-01",
                    )
                )
    add(Segment(name="Казань A", filter="city:Казань tier:A"))
    add(Segment(name="Свои", filter='segment:"Казань A" owner:me,none'))


_ASKED = st.lists(
    st.sampled_from(
        [
            *("tier:A", "tier:A,B", "-tier:C", "city:казань", "city:София,kazan", 'city:""', "-city:София"),
            *("stage:active", "stage:lost,active", "-stage:onboarding", "owner:me", "owner:none,petrov"),
            *("office:Казань", "tag:VIP", "-tag:опт", "since:<200d", "since:>200d", "since:none"),
            *("since:2026", "since:<2026-03", "product:sklad", "product:Сканер", "-product:маршрут"),
            *("not-owning:склад", "used:<30d", "used:>60d", "used:never", "-used:never", "health:unknown"),
            *("health:<50", "consent:newsletter", "-consent:newsletter/email", "consent:marketing"),
            *('segment:"Казань A"', "-segment:Свои", "language:ru", "payment:unknown", "class:regular"),
        ]
    ),
    max_size=4,
)


@given(asked=_ASKED)
def test_one_by_one_the_answer_is_the_same_as_at_once(firm: Session, asked: list[str]) -> None:
    text = " ".join(asked)
    everybody = [each.id for each in fetch(firm.store, Client, "ORDER BY id")]
    members = list(membership.member_ids(firm, text))
    assert members == [each for each in everybody if membership.matches(firm, text, each)]
    assert membership.count(firm, text) == len(members)
    halves = [each.id for each in membership.members(firm, text, limit=7)]
    if halves:
        halves += [each.id for each in membership.members(firm, text, halves[-1])]
    assert halves == members


@given(asked=_ASKED)
def test_words_add_up_and_a_minus_turns_one_round(firm: Session, asked: list[str]) -> None:
    # Stages are asked for, so that lost clients are not left out of the one and let into the other.
    everybody = set(membership.member_ids(firm, "stage:active,onboarding,leaving,lost,handover"))
    used_of_products = any("used" in word for word in asked)
    each_alone = [set(membership.member_ids(firm, f"{word} -stage:handover")) for word in asked]
    together = set(membership.member_ids(firm, " ".join([*asked, "-stage:handover"])))
    if not used_of_products:
        assert together == everybody.intersection(*each_alone)
    for word, alone in zip(asked, each_alone, strict=True):
        turned = word[1:] if word.startswith("-") else f"-{word}"
        assert set(membership.member_ids(firm, f"{turned} -stage:handover")) == everybody - alone


def _client_numbers(firm: Session, text: str) -> set[int]:
    ids = list(membership.member_ids(firm, text))
    named = {each.id: each.name for each in fetch(firm.store, Client, "ORDER BY id")}
    return {int(named[each].split()[1]) for each in ids}


_DESCRIBED: list[tuple[str, Callable[[int], bool]]] = [
    ("", lambda _: True),
    ("city:kazan tier:A", lambda n: n % 3 == 0 and n // 3 % 3 == 0),
    ("product:склад", lambda n: n % 2 == 1 and n % 3 != 2 and n % 7 != 0),
    ("product:сканер", lambda n: n % 2 == 1 and n % 3 == 1 and n % 7 != 0),
    (
        "consent:newsletter/email",
        lambda n: n % 3 == 0 and (n % 6 != 0 or n % 12 == 0),
    ),
    ("used:<30d", lambda n: n % 6 == 1 or (n % 4 == 1 and n < 3)),
    ("tag:Vip since:none", lambda n: n % 4 == 0 and n % 5 == 0),
    ("segment:Свои", lambda n: n % 3 == 0 and n // 3 % 3 == 0),
    ("office:казань", lambda n: n % 3 == 2),
]
"""Filters, and whom of those who are not lost they let through."""


@pytest.mark.parametrize(("text", "expected"), _DESCRIBED)
def test_filters_find_whom_they_describe(firm: Session, text: str, expected: Callable[[int], bool]) -> None:
    lost = {number for number in range(36) if number // 9 % 3 == 2}
    assert _client_numbers(firm, text) == {number for number in range(36) if expected(number)} - lost
    assert _client_numbers(firm, f"{text} stage:lost") == {number for number in lost if expected(number)}


def test_an_archived_client_is_in_no_segment(session: Session) -> None:
    client = changing.insert(session, Client(name="Ромашка"))
    assert membership.matches(session, "tier:C", client.id)
    changing.archive(session, client)
    assert not membership.matches(session, "tier:C", client.id)


def test_use_is_that_of_the_products_that_the_filter_names(session: Session) -> None:
    client = changing.insert(session, Client(name="Ромашка"))
    sklad, route = (changing.insert(session, Product(slug=name, name=name)) for name in ("sklad", "route"))
    used = (TODAY - timedelta(days=3)).isoformat()
    changing.insert(session, Licence(client_id=client.id, product_id=sklad.id, last_used_on=used))
    changing.insert(session, Licence(client_id=client.id, product_id=route.id))
    assert membership.matches(session, "product:sklad used:<7d", client.id)
    assert membership.matches(session, "used:<7d", client.id)
    assert not membership.matches(session, "product:route used:<7d", client.id)
    assert membership.matches(session, "product:route used:never", client.id)


def test_names_that_mean_nothing_or_too_much_are_refused(firm: Session) -> None:
    for text, told in (
        ("product:опт", "product:опт names nothing: there is no product “опт”."),
        ("owner:сидоров", "owner:сидоров names nothing: there is no colleague “сидоров”."),
        ("office:Луна", "office:Луна: nobody works there; there are Казань."),
        ("segment:нет", "segment:нет names nothing: there is no segment “нет”."),
    ):
        with pytest.raises(FilterProblem) as refused:
            membership.ready(firm, text)
        assert str(refused.value) == told


def test_a_segment_cannot_be_a_part_of_itself(session: Session) -> None:
    first = changing.insert(session, Segment(name="Первый", filter="tier:A"))
    second = changing.insert(session, Segment(name="Второй", filter="segment:Первый"))
    with pytest.raises(FieldProblems, match="would be a part of itself"):
        changing.change(session, first, {"filter": "segment:Второй"})
    with pytest.raises(FieldProblems, match="there is a segment “Второй” already"):
        changing.insert(session, Segment(name="второй", filter="tier:B"))
    changing.change(session, first, {"filter": "tier:B"})
    assert parse(second.filter).text == "segment:Первый"


def test_only_the_card_decides_about_clocks(session: Session) -> None:
    still = changing.insert(session, Segment(name="Столица", filter="city:Москва tier:A"))
    moving = changing.insert(session, Segment(name="Молчат", filter="segment:Столица used:>30d"))
    assert membership.moving_problem(session.store, still) == ""
    told = membership.moving_problem(session.store, moving)
    assert told.startswith("“Молчат” has used:>30d, which lets others through though no card changed")
    for text in ("since:<90d", "owner:me", "product:x", "health:red", "payment:paid"):
        changing.insert(session, Product(slug="x", name="x")) if "product" in text else None
        assert membership.moving_problem(session.store, Segment(name="x", filter=text)) != "", text
    for text in ("since:>=2024-03", "owner:ivanova", "tag:vip", "segment:Столица", "-market:опт"):
        assert membership.moving_problem(session.store, Segment(name="x", filter=text)) == "", text


def test_a_day_is_the_day_of_the_reader(session: Session, clock: Clock) -> None:
    client = changing.insert(session, Client(name="Ромашка", since=date(2026, 11, 23).isoformat()))
    ready = membership.ready(session, "since:<3d")
    assert membership.matches(session, ready, client.id)
    clock.now += timedelta(days=3)
    assert not membership.matches(session, ready, client.id)
