"""What a damaged file still holds comes out whole: compared with what was in it, for many kinds of damage."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from damaged_files import PAGE, content, damage, holding_pages, keys, rows_beside, zero
from store_samples import NOW, change, one_of_each

from onewindow.desk.caches import client_caches
from onewindow.desk.doctor.salvaging import SalvageReport, salvage
from onewindow.desk.opening import prepare_new_file
from onewindow.records.clients import Client, Consent, Contact, ContactNote
from onewindow.records.kinds import KINDS
from onewindow.records.organization import Staff
from onewindow.records.requests import Request, Touch
from onewindow.store.changes import Transaction
from onewindow.store.doctor import checking
from onewindow.store.engine import open_store
from onewindow.store.problems import StoreProblem
from onewindow.store.salvage.page_rows import record
from onewindow.store.session import drafts
from onewindow.store.sqlite_library import sqlite

MOMENT = datetime(2026, 11, 24, 9, tzinfo=UTC)
CLIENTS = 30


def _fill(transaction: Transaction) -> None:
    """Clients with people, requests and touches; some notes are too long for a page; all change once."""
    for number in range(CLIENTS):
        note = "длинно " * 900 if number % 7 == 0 else ""
        client = transaction.insert(Client(name=f"Клиент {number}", note=note))
        transaction.insert(Contact(client_id=client.id, name=f"Анна {number}", phone=f"+7912000{number:04}"))
        for at in range(6):
            request = Request(client_id=client.id, title=f"вопрос {at}", channel="phone", opened_at=NOW)
            stored = transaction.insert(request)
            transaction.update(stored, {"text": f"подробно {number}.{at} " * 20})
        for at in range(8):
            transaction.insert(Touch(client_id=client.id, at=NOW, text=f"звонок {number}.{at} " * 12))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whole") / "firm.db"
    with open_store(path, create=True) as store:
        prepare_new_file(store, Staff(login="anna", name="Анна"), "Europe/Moscow", NOW)
        change(store, _fill, label="filled")
        client_caches.rebuild(store, MOMENT)
        drafts.keep(store, None, "anna", "request", {"title": "half typed"}, "", NOW)
    return path


@pytest.fixture
def copied(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(whole, tmp_path / "firm.db"))


def _salvaged(path: Path, target: Path | None = None) -> SalvageReport:
    return salvage(path, target, MOMENT, "anna", _silent)


def _silent(_: str, __: int, ___: int) -> None:
    """Nobody looks how far it is."""


def _sound(path: Path) -> list[str]:
    with open_store(path) as store:
        return [
            finding.message for finding in checking.check(store, thorough=True)
        ] + client_caches.differences(store)


def test_a_sound_file_comes_out_as_it_was(copied: Path) -> None:
    before = copied.read_bytes()
    report = _salvaged(copied)
    assert report.path == copied.with_name("firm.salvaged.db")
    assert (report.lost, report.dangling, report.unassigned, report.problems) == ([], [], 0, [])
    assert copied.read_bytes() == before
    assert {path.name for path in copied.parent.iterdir()} == {"firm.db", "firm.salvaged.db"}
    expected, made = content(copied), content(report.path)
    (told,) = set(made.pop("change_set")) - set(expected.pop("change_set"))
    assert f"salvaged from {copied}: 0 records lost" in told
    assert made == expected
    assert _sound(report.path) == []


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("how", ["zeroed", "garbage", "flipped", "cut", "head", "head and pages"])
def test_every_row_of_an_undamaged_page_is_there(copied: Path, whole: Path, how: str, seed: int) -> None:
    hurt = damage(copied, how, seed)
    before = copied.read_bytes()
    report = _salvaged(copied)
    assert report.problems == []
    assert copied.read_bytes() == before
    for table, expected in rows_beside(whole, hurt).items():
        assert expected <= keys(report.path, table), table
    # As long as an index or the log tells what was there, each record is kept or told by name.
    gone = {(loss.kind, loss.id) for loss in report.lost}
    unknown = {count.kind for count in report.counts if count.unknown}
    for kind in {"client", "contact", "request", "touch"} - unknown if how != "cut" else ():
        missing = keys(whole, kind) - keys(report.path, kind)
        assert {(kind, record_id) for (record_id,) in missing} <= gone


def test_damage_of_indexes_and_lists_alone_loses_nothing(copied: Path) -> None:
    for name in ("request_client", "touch_client", "client_stat", "search_doc", "search_trigram_data"):
        zero(copied, *holding_pages(copied, name))
    report = _salvaged(copied)
    assert (report.lost, report.dangling, report.problems) == ([], [], [])
    assert sum(count.unknown for count in report.counts) == 0


def test_lost_requests_are_told_by_number_and_numbers_are_not_given_again(copied: Path, whole: Path) -> None:
    page = holding_pages(copied, "request")[-1]
    zero(copied, page)
    report = _salvaged(copied)
    kept = keys(report.path, "request")
    expected = _numbers(whole, {record_id for (record_id,) in keys(whole, "request") - kept})
    lost = {loss.number for loss in report.lost if loss.kind == "request" and not loss.stands_in}
    assert lost
    assert lost == expected
    assert all(loss.client_id and loss.made_by == "anna" for loss in report.lost)
    (count,) = [count for count in report.counts if count.kind == "request"]
    assert (count.lost, count.unknown) == (len([e for e in report.lost if e.kind == "request"]), 0)
    with open_store(report.path) as store:
        client_id = store.scalar("SELECT MIN(id) FROM client")
        added = change(
            store,
            lambda t: t.insert(Request(client_id=client_id, title="new", channel="phone", opened_at=NOW)),
        )
        assert added.number == max(_numbers(whole, {i for (i,) in keys(whole, "request")})) + 1


def _numbers(path: Path, ids: set[object]) -> set[int]:
    connection = sqlite.connect(path)
    numbers = dict(connection.execute("SELECT id, number FROM request"))
    connection.close()
    return {number for record_id, number in numbers.items() if record_id in ids}


def test_pages_of_indexes_to_which_nothing_leads_are_not_taken_for_rows(copied: Path, whole: Path) -> None:
    with copied.open("r+b") as file:  # with its head the file loses which page is whose
        file.write(bytes(PAGE))
    zero(copied, *_schema_pages(whole))
    report = _salvaged(copied)
    assert report.problems == []
    for table in ("counter", "setting", "request", "client", "touch", "event", "draft", "staff"):
        assert keys(report.path, table) == keys(whole, table), table


def _schema_pages(path: Path) -> list[int]:
    return [page for page in holding_pages(path, "sqlite_master") if page > 1]


def test_a_lost_client_is_stood_in_for_so_that_nothing_hangs_in_the_air(copied: Path, whole: Path) -> None:
    zero(copied, *holding_pages(copied, "client"))
    report = _salvaged(copied)
    assert keys(report.path, "client") == keys(whole, "client")
    assert keys(report.path, "request") == keys(whole, "request")
    assert {loss.kind for loss in report.lost} == {"client"}
    assert {dangling.outcome for dangling in report.dangling} == {"stands in"}
    with open_store(report.path) as store, open_store(whole) as before:
        names = dict(store.rows("SELECT id, name FROM client"))
        numbers = store.rows("SELECT id, number FROM client ORDER BY id")
        assert numbers == before.rows("SELECT id, number FROM client ORDER BY id")
        assert names == {i: f"C-{number} (lost in the damage, stands in)" for i, number in numbers}


def test_who_stands_in_keeps_every_reference_also_those_that_may_be_empty(copied: Path) -> None:
    with open_store(copied) as store:
        lost, other = store.rows("SELECT id, client_id FROM contact ORDER BY id LIMIT 2")

        def work(transaction: Transaction) -> None:
            transaction.insert(
                ContactNote(client_id=lost[1], contact_id=lost[0], text="до десяти", noted_on=NOW[:10])
            )
            for contact_id, client_id in (lost, other):
                consent = Consent(
                    client_id=client_id,
                    contact_id=contact_id,
                    purpose="newsletter",
                    decided_on=NOW[:10],
                    source="бланк",
                )
                transaction.insert(consent)
                request = Request(
                    client_id=client_id, contact_id=contact_id, title="кто спросил", opened_at=NOW
                )
                transaction.insert(request)

        change(store, work, label="said by people")
    zero(copied, *holding_pages(copied, "contact"))
    report = _salvaged(copied)
    assert _sound(report.path) == []
    with open_store(report.path) as store:
        asked = "SELECT client_id, contact_id FROM request WHERE title = 'кто спросил' ORDER BY client_id"
        assert store.rows(asked) == [(lost[1], lost[0]), (other[1], other[0])]
        asked = "SELECT client_id, contact_id FROM consent ORDER BY client_id"
        assert store.rows(asked) == [(lost[1], lost[0]), (other[1], other[0])]


def test_what_the_log_knows_of_a_lost_record_comes_back_with_it(tmp_path: Path) -> None:
    path = tmp_path / "firm.db"
    with open_store(path, create=True) as store:
        client = change(store, lambda t: t.insert(Client(name="Ромашка")))
        renamed = change(store, lambda t: t.update(client, {"name": "Ромашка Плюс", "city": "Казань"}))
        change(store, lambda t: t.insert(Contact(client_id=client.id, name="Анна")))
    zero(path, *holding_pages(path, "client"))
    report = _salvaged(path)
    assert report.problems == []
    with open_store(report.path) as store:
        values = store.one("SELECT name, city, number, version FROM client")
    assert values == ("Ромашка Плюс", "Казань", client.number, renamed.version)


def test_the_log_of_newest_changes_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "firm.db"
    with open_store(path, create=True) as store:
        change(store, lambda t: t.insert(Client(name="in the file")))
    raw = tmp_path / "raw"
    raw.mkdir()
    with open_store(path) as store:
        change(store, lambda t: t.insert(Client(name="only in the log")))
        for suffix in ("", "-wal"):
            shutil.copy(f"{path}{suffix}", raw)
    with (raw / "firm.db-wal").open("ab") as log:  # a write that was not finished
        log.write(b"\x01" * 5000)
    report = _salvaged(raw / "firm.db")
    with open_store(report.path) as store:
        names = store.rows("SELECT name FROM client ORDER BY id")
    assert names == [("in the file",), ("only in the log",)]


def test_a_salvage_never_overwrites_and_keeps_the_rights_of_its_source(copied: Path) -> None:
    copied.chmod(0o600)
    first, second = _salvaged(copied).path, _salvaged(copied).path
    assert (first.name, second.name) == ("firm.salvaged.db", "firm.salvaged-2.db")
    assert stat.S_IMODE(first.stat().st_mode) == 0o600
    before = first.read_bytes()
    with pytest.raises(StoreProblem, match="is there already; name another file"):
        _salvaged(copied, first)
    with pytest.raises(StoreProblem, match="is there already"):
        _salvaged(copied, copied)
    assert first.read_bytes() == before


def _nothing(path: Path) -> None:
    path.write_bytes(b"")


def _letter(path: Path) -> None:
    path.write_text("a letter " * 2000)


def _foreign(path: Path) -> None:
    connection = sqlite.connect(path)
    connection.execute("CREATE TABLE theirs (x)")
    connection.execute("INSERT INTO theirs VALUES (1)")
    connection.commit()
    connection.close()


@pytest.mark.parametrize("make", [_nothing, _letter, _foreign])
def test_a_file_of_which_nothing_is_ours_makes_nothing(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "x.db")
    with pytest.raises(StoreProblem, match="nothing was made"):
        _salvaged(tmp_path / "x.db")
    assert [path.name for path in tmp_path.iterdir()] == ["x.db"]


def test_a_file_in_use_is_not_salvaged(copied: Path) -> None:
    with open_store(copied), pytest.raises(StoreProblem, match="close One Window everywhere first"):
        _salvaged(copied)


def test_a_file_of_an_old_schema_is_salvaged_into_that_and_brought_on(tmp_path: Path) -> None:
    from onewindow.store import schema
    from onewindow.store.file import paths

    path = tmp_path / "old.db"
    connection = sqlite.connect(path, isolation_level=None)
    schema.migrate(connection, 5)
    connection.execute(
        "INSERT INTO setting (name, value, updated_at) VALUES ('x', 'kept', '2026-01-01T00:00:00Z')"
    )
    connection.execute(
        "INSERT INTO staff (id, created_at, updated_at, login, name, role, office, department, phone, email,"
        " language, open_limit, currency)"
        " VALUES (7, :at, :at, 'anna', 'Анна', 'lead', '', '', '', '', 'ru', 0, 'RUB')",
        {"at": NOW},
    )
    connection.close()
    header = paths.read_header(path)
    assert header is not None
    assert header.version == 5
    report = _salvaged(path)
    assert report.problems == []
    with open_store(report.path) as store:
        assert store.scalar("SELECT value FROM setting WHERE name = 'x'") == "kept"
        assert store.scalar("SELECT name FROM staff") == "Анна"
        assert store.scalar("PRAGMA user_version") == schema.SCHEMA_VERSION


def test_rows_are_read_as_sqlite_writes_them(tmp_path: Path) -> None:
    from onewindow.store.salvage.page_rows import layout, rows
    from onewindow.store.salvage.pages import Pages
    from onewindow.store.salvage.trees import survey

    path = tmp_path / "x.db"
    numbers = [0, 1, -1, 127, -128, 128, 2**15, -(2**15), 2**23, 2**31, -(2**31), 2**47, 2**62, -(2**63)]
    texts = ["", "x", "я" * 100, "длинно" * 700, "x" * 4057, "x" * 4058, "x" * 4061, "x" * 20_000, "\x00"]
    stored = [*numbers, *texts, None, 1.5, b"bytes"]
    connection = sqlite.connect(path)
    connection.execute("CREATE TABLE t (a, b)")
    connection.executemany("INSERT INTO t VALUES (?, ?)", [(value, i) for i, value in enumerate(stored)])
    connection.execute("CREATE INDEX i ON t (a)")
    connection.commit()
    connection.close()
    with Pages(path) as pages:
        trees = survey(pages).trees
        assert survey(pages).lost == []
        for name in ("t", "i"):
            tables = [rows(pages, layout(pages, number)) for number in trees[name].holding]
            assert sum(broken for _, broken, _ in tables) == 0
            values = [row.values[0] for many, _, _ in tables for row in many]
            assert sorted(map(repr, values)) == sorted(map(repr, stored))


def test_a_payload_that_cannot_be_a_row_is_refused() -> None:
    from onewindow.store.salvage.page_rows import BrokenPage

    for payload in (b"\x02\x0a", b"\x00", b"\x05\x01", b"\x02\x01", b"\x02\x0f", b"\x02\x09\x00"):
        with pytest.raises((BrokenPage, IndexError)):
            record(payload)


def test_a_value_that_nobody_can_read_any_more_costs_no_other(copied: Path) -> None:
    connection = sqlite.connect(copied, isolation_level=None)
    first, second = (row[0] for row in connection.execute("SELECT id FROM client ORDER BY id LIMIT 2"))
    broken = {
        f"UPDATE client SET since = '2026)11-27' WHERE id = {first}": ("client", first, "since", None),
        f"UPDATE client SET created_at = '2026-11-03x03:00:00Z' WHERE id = {second}": (
            *("client", second, "created_at"),
            "2026-11-24T09:00:00Z",
        ),
        "UPDATE policy SET valid_from = '20x0-01-01' WHERE id = (SELECT MIN(id) FROM policy)": (
            *("policy", int(connection.execute("SELECT MIN(id) FROM policy").fetchone()[0]), "valid_from"),
            "2026-11-24",
        ),
        'UPDATE calendar SET hours = \'{"zone": "Europe\'': (
            *("calendar", connection.execute("SELECT id FROM calendar").fetchone()[0], "hours"),
            '{"zone": "UTC", "weekly"',
        ),
    }
    for sql in broken:
        connection.execute(sql)
    connection.close()
    report = _salvaged(copied)
    told = {
        (replaced.table, replaced.row_id, replaced.column): replaced.now for replaced in report.unreadable
    }
    assert set(told) == {case[:3] for case in broken.values()}
    for table, row_id, column, now in broken.values():
        value = told[table, row_id, column]
        assert value is None if now is None else str(value).startswith(now)
    assert report.problems == []
    assert _sound(report.path) == []
    assert all(count.lost == 0 for count in report.counts)


@pytest.mark.parametrize("group", range(4))
def test_of_every_kind_a_lost_record_leaves_nothing_that_hangs_in_the_air(tmp_path: Path, group: int) -> None:
    """One record of every kind; those of a fourth of the kinds are taken out behind the program's back."""
    path = tmp_path / "firm.db"
    lost = [kind.table for kind in list(KINDS.values())[group::4]]
    with open_store(path, create=True) as store:
        prepare_new_file(store, Staff(login="anna", name="Анна"), "Europe/Moscow", NOW)
        one_of_each(store)
        client_caches.rebuild(store, MOMENT)
        store.connection.execute("PRAGMA foreign_keys=OFF")
        with store.exclusive():
            for table in lost:
                store.execute(f"DELETE FROM {table}")
    report = _salvaged(path)

    assert _sound(report.path) == []
    assert {dangling.outcome for dangling in report.dangling} <= {"emptied", "stands in", "left out"}
    assert report.dangling
    with open_store(report.path) as store:
        for dangling in report.dangling:
            assert isinstance(dangling.parent_id, int)
            count = store.scalar(
                f"SELECT count(*) FROM {dangling.parent} WHERE id = :id", id=dangling.parent_id
            )
            assert bool(count) == (dangling.outcome == "stands in"), dangling
