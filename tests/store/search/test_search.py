"""Search as you type: what a person may type, and whom he must see."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from store_samples import NOW, change, new_store

from onewindow.records.clients import BillingDetails, Client, Contact
from onewindow.records.organization import Staff
from onewindow.records.requests import Request
from onewindow.store.changes import Transaction
from onewindow.store.engine import Store
from onewindow.store.search import docs, finding
from onewindow.store.search import words as search_words
from onewindow.store.search.finding import Hit, SearchInterrupted, find_clients


@dataclass(frozen=True)
class Office:
    """A small file and the ids of the people in it."""

    store: Store
    anna: int
    boris: int


def _fill(transaction: Transaction) -> tuple[int, int]:
    anna = transaction.insert(Staff(login="anna", name="Анна")).id
    boris = transaction.insert(Staff(login="boris", name="Борис")).id

    def client(name: str, owner: int = boris, aliases: str = "", external_id: str | None = None) -> int:
        record = Client(name=name, name_sort=name, owner_id=owner, aliases=aliases, external_id=external_id)
        return transaction.insert(record).id

    def contact(client_id: int, name: str, phone: str = "", email: str = "", messenger: str = "") -> None:
        address = "Кузьма Ильич" if name == "Кузьма Орлов" else ""
        transaction.insert(
            Contact(
                client_id=client_id,
                name=name,
                phone=phone,
                email=email,
                messenger=messenger,
                address_as=address,
            )
        )

    romashka = client("ООО «Ромашка»", aliases="Цветочный мир\nСадик", external_id="1C-00042")
    contact(romashka, "Анна Ким", phone="+79123456789", email="anna.kim@cvety.example")
    contact(romashka, "Кузьма Орлов", messenger="@orlik_77")
    transaction.insert(
        BillingDetails(
            client_id=romashka,
            legal_name="ООО «Флора Трейд»",
            tax_id="7701234567",
            kpp="770101001",
            ogrn="1027700132195",
            head_name="Зуев Лев Маркович",
        )
    )
    request = Request(client_id=romashka, title="Не печатает", opened_at=NOW, number=1042, external_id="HD-9")
    transaction.insert(request)
    sofia = client("София Мода", anna)
    contact(sofia, "Стоян Бъчваров", phone="+359888123456")
    local = client("Берёза")
    contact(local, "Юлия", phone="345-67-80 доб. 12, 8 (495) 111-22-33")
    contact(local, "Пётр", phone="0888765432")
    client("Щёлково Агро")
    client("Вектор")
    client("Аромат и Ко")
    client("Ромб", anna)
    gone = Client(name="Ромашка старая", name_sort="ромашка старая", number=900)
    transaction.archive(transaction.insert(gone))
    for number in range(60):
        client(f"Склад {number:02}")
    client("Верхний склад", anna)
    docs.refresh(transaction.store, transaction.touched_clients)
    return anna, boris


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with new_store(tmp_path_factory.mktemp("search")) as store:
        yield Office(store, *change(store, _fill))


def _names(hits: list[Hit]) -> list[str]:
    return [hit.name for hit in hits]


ROMASHKA = "ООО «Ромашка»"


@pytest.mark.parametrize(
    ("typed", "name", "why"),
    [
        ("ромашка", ROMASHKA, "name"),
        ("РОМАШ", ROMASHKA, "name"),
        ("ооо ром", ROMASHKA, "name"),
        ("Romashka", ROMASHKA, "name"),
        ("hjvfirf", ROMASHKA, "name"),
        ("Рамашка", ROMASHKA, "name"),
        ("Оомашка", ROMASHKA, "name"),
        ("рамаш", ROMASHKA, "name"),
        ("ромшака", ROMASHKA, "name"),
        ("цветочн", ROMASHKA, "also called Цветочный мир"),
        ("садик ромашка", ROMASHKA, "also called Садик"),
        ("флора", ROMASHKA, "legal name ООО «Флора Трейд»"),
        ("анна ким", ROMASHKA, "contact Анна Ким"),
        ("ким анна", ROMASHKA, "contact Анна Ким"),
        ("ромашка ким", ROMASHKA, "contact Анна Ким"),
        ("кузьма ильич", ROMASHKA, "contact Кузьма Орлов"),
        ("зуев", ROMASHKA, "head Зуев Лев Маркович"),
        ("anna.kim@cvety.example", ROMASHKA, "e-mail anna.kim@cvety.example"),
        ("@orlik_77", ROMASHKA, "messenger @orlik_77"),
        ("7701234567", ROMASHKA, "tax id 7701234567"),
        ("77012345", ROMASHKA, "tax id 7701234567"),
        ("1027700132195", ROMASHKA, "ОГРН 1027700132195"),
        ("770101001", ROMASHKA, "КПП 770101001"),
        ("1C-00042", ROMASHKA, "external id 1C-00042"),
        ("1c0004", ROMASHKA, "external id 1C-00042"),
        ("HD-9", ROMASHKA, "external id HD-9"),
        ("C-1", ROMASHKA, "C-1"),
        ("с1", ROMASHKA, "C-1"),
        ("R-1042", ROMASHKA, "R-1042"),
        ("к1042", ROMASHKA, "R-1042"),
        ("1042", ROMASHKA, "R-1042"),
        ("+7 912 345 67 89", ROMASHKA, "phone …6789"),
        ("8 (912) 345-67-89", ROMASHKA, "phone …6789"),
        ("89123456789", ROMASHKA, "phone …6789"),
        ("8912345", ROMASHKA, "phone …6789"),
        ("9123456", ROMASHKA, "phone …6789"),
        ("345-67-89", ROMASHKA, "phone …6789"),
        ("345 67 89", ROMASHKA, "phone …6789"),
        ("67-89", ROMASHKA, "phone …6789"),
        ("6789", ROMASHKA, "phone …6789"),
        ("ромашка 67-89", ROMASHKA, "phone …6789"),
        ("0888 123 456", "София Мода", "phone …3456"),
        ("+359 888 123 456", "София Мода", "phone …3456"),
        ("00359888123456", "София Мода", "phone …3456"),
        ("бъчв", "София Мода", "contact Стоян Бъчваров"),
        ("345-67-80", "Берёза", "phone …6780"),
        ("+7 495 111-22-33", "Берёза", "phone …2233"),
        ("+359888765432", "Берёза", "phone …5432"),
        ("берез", "Берёза", "name"),
        ("БЕРЁЗА", "Берёза", "name"),
        (",thtpf", "Берёза", "name"),
        ("Yulia", "Берёза", "contact Юлия"),
        ("Shchelkovo", "Щёлково Агро", "name"),
        ("Vector", "Вектор", "name"),
        ("ромат", "Аромат и Ко", "name"),
    ],
)
def test_whatever_is_typed_finds_the_client_and_says_why(
    office: Office, typed: str, name: str, why: str
) -> None:
    first = find_clients(office.store, typed)[0]
    assert (first.name, first.why) == (name, why)


@pytest.mark.parametrize(
    "typed", ["ромашка старая", "C-900", "щщщщщщ", "北京", "%", "_", "R-1", "ромашка вектор"]
)
def test_what_is_archived_or_unknown_is_not_found(office: Office, typed: str) -> None:
    assert find_clients(office.store, typed) == []


def test_own_clients_come_before_better_known_ones(office: Office) -> None:
    assert _names(find_clients(office.store, "ром", office.anna))[:2] == ["Ромб", ROMASHKA]
    assert _names(find_clients(office.store, "ром", office.boris))[:2] == [ROMASHKA, "Ромб"]


def test_an_own_client_is_seen_among_more_matches_than_fit(office: Office) -> None:
    by_person = find_clients(office.store, "склад", office.anna, limit=5)
    assert (len(by_person), by_person[0].name) == (5, "Верхний склад")
    own = [hit.client_id for hit in by_person[:1]]
    assert find_clients(office.store, "склад", own, limit=5)[0] == by_person[0]
    assert "Верхний склад" not in _names(find_clients(office.store, "склад", limit=5))


def test_a_whole_name_comes_before_own_clients_that_only_mention_it(office: Office) -> None:
    hits = find_clients(office.store, "склад 07", office.anna)
    assert (hits[0].name, hits[0].rank) == ("Склад 07", finding.WHOLE_NAME)


def test_a_client_called_like_a_short_number_is_not_hidden_by_it(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:

        def work(transaction: Transaction) -> None:
            for name in ("Первый", "C1 Групп"):
                transaction.insert(Client(name=name))
            docs.refresh(transaction.store, transaction.touched_clients)

        change(store, work)
        assert _names(find_clients(store, "c1")) == ["Первый", "C1 Групп"]
        assert _names(find_clients(store, "C-1")) == ["Первый"]


def test_a_hit_tells_what_a_list_shows(office: Office) -> None:
    hit = find_clients(office.store, "R-1042")[0]
    assert hit == Hit(hit.client_id, 1, ROMASHKA, "C", "active", office.boris, "R-1042", finding.NUMBER)


def test_beginnings_of_names_come_before_the_insides_of_words(office: Office) -> None:
    names = _names(find_clients(office.store, "ром"))
    assert names.index("Ромб") < names.index("Аромат и Ко")


_TOUCHED = (
    "INSERT INTO client_stat (client_id, owner_id, stage, health, band, coverage, open_count, next_due_at,"
    " last_touch_at, completeness, computed_at)"
    " SELECT id, owner_id, stage, 101, 'unknown', 0, 0, '', :at, 0, :at FROM client WHERE number = :number"
)


def test_an_empty_query_gives_the_own_clients_last_touched_first(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        anna, boris = change(store, _fill)
        numbers = [hit.number for hit in find_clients(store, "ром", anna)][:1]
        numbers += [hit.number for hit in find_clients(store, "верхний склад")]
        with store.exclusive():
            for number, day in zip([*numbers, 1], (23, 25, 24), strict=True):
                store.execute(_TOUCHED, number=number, at=f"2026-11-{day}T10:00:00Z")
        own = find_clients(store, "  ", anna)
        assert _names(own) == ["Верхний склад", "Ромб"]
        assert find_clients(store, "", {hit.client_id for hit in own}) == own
        assert find_clients(store, "", anna, limit=1) == own[:1]
        assert _names(find_clients(store, "", boris)) == [ROMASHKA]
        assert find_clients(store, "") == []


def test_a_portfolio_too_large_to_look_through_still_comes_first(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:

        def work(transaction: Transaction) -> int:
            staff = transaction.insert(Staff(login="anna", name="Анна")).id
            clients = [Client(name=f"Фирма {at}", number=at + 1, owner_id=staff) for at in range(1100)]
            transaction.insert_many(clients)
            transaction.insert(Client(name="Фирма 7", number=5000))
            docs.refresh(transaction.store, transaction.touched_clients)
            return staff

        anna = change(store, work)
        hits = find_clients(store, "фирма 7", anna)
        assert [(hit.name, hit.owner_id) for hit in hits[:2]] == [("Фирма 7", anna), ("Фирма 7", None)]


@example('"')
@example('" OR name:x* NEAR(a b) -')
@example("{name} : (a)")
@example("ромашка\x00")
@example("\ud800")
@example("🌼🌼🌼")
@example("+")
@example("8")
@example("00 0000")
@example("C-99999999999999999999")
@example("999999999999999999999999")
@given(st.one_of(st.text(max_size=200), st.text(alphabet="аромшк 18+-()*\"':^{}%_@.", max_size=40)))
def test_no_query_can_break_the_search(office: Office, typed: str) -> None:
    hits = find_clients(office.store, typed, office.anna)
    assert len(hits) <= 20
    assert len({hit.client_id for hit in hits}) == len(hits)
    assert all(hit.why for hit in hits)


def test_a_thread_with_its_own_store_searches_and_can_be_stopped(office: Office) -> None:
    found: list[str] = []
    stopped: list[bool] = []

    def work() -> None:
        with office.store.another() as own:
            found.extend(_names(find_clients(own, "ромашка")))
            own.connection.set_progress_handler(lambda: own.interrupt() or 0, 10)
            try:
                find_clients(own, "склад")
            except SearchInterrupted:
                stopped.append(True)
            own.connection.set_progress_handler(None, 0)
            found.extend(_names(find_clients(own, "вектор")))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert (found, stopped) == ([ROMASHKA, "Вектор"], [True])


def test_words_that_sound_alike_come_by_how_many_have_them(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        names = {"vektor": 1, "wektor": 3, "vector": 2, "vectory": 9, "romb": 5}
        change(store, lambda transaction: search_words.count(transaction.store, names))

        assert search_words.spelt_alike(store, "vecktor") == ["vectory", "wektor", "vector", "vektor"]
        assert search_words.spelt_alike(store, "vector") == ["wektor", "vektor"]
        assert search_words.spelt_alike(store, "ve") == []
        assert search_words.spelt_alike(store, "vector7") == []


def test_names_that_sound_alike_come_last_and_only_for_one_word_if_others_are_found(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:

        def fill(transaction: Transaction) -> None:
            for name in ("Wektor Trade", "Вектор", "Вектор Плюс", "Wektor Plus"):
                transaction.insert(Client(name=name, name_sort=name.casefold()))
            docs.refresh(transaction.store, transaction.touched_clients)

        change(store, fill)
        assert _names(find_clients(store, "вектор", 0)) == [
            "Вектор",
            "Вектор Плюс",
            "Wektor Plus",
            "Wektor Trade",
        ]
        assert _names(find_clients(store, "вектор плюс", 0)) == ["Вектор Плюс"]
        assert _names(find_clients(store, "вектор trade", 0)) == ["Wektor Trade"]


def test_of_many_slips_the_two_longest_words_are_looked_up(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:

        def fill(transaction: Transaction) -> None:
            transaction.insert(Client(name="Ромашковый завод", name_sort="ромашковый завод"))
            docs.refresh(transaction.store, transaction.touched_clients)

        change(store, fill)
        assert _names(find_clients(store, "рамошковый завид", 0)) == ["Ромашковый завод"]
