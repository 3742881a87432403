"""Several processes on one file: nothing is lost, everybody sees the others, nobody waits for ever."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest
from store_processes import finish, line, start
from store_samples import change, new_client, new_store

from onewindow.records.clients import Client
from onewindow.store import changes, engine, rows
from onewindow.store.engine import open_store
from onewindow.store.file import locks
from onewindow.store.problems import Busy, StoreProblem


def test_a_change_of_another_process_is_seen_once(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        new_client(store)
        assert not store.changed()
        seen = changes.last_seq(store)
        finish(start("write", store.path, "boris", "1"))
        assert store.changed()
        assert not store.changed()
        news = changes.changes_since(store, seen)
        assert [(each.op, each.entity) for each in news] == [("insert", "client"), ("update", "client")]


def test_one_s_own_change_is_no_news(tmp_path: Path) -> None:
    with new_store(tmp_path) as store, store.another() as second:
        new_client(store)
        assert not store.changed()
        assert second.changed()


def test_a_read_is_one_snapshot_also_while_others_write(tmp_path: Path) -> None:
    with new_store(tmp_path) as store, store.another() as writer:
        new_client(store)
        with store.read():
            before = store.scalar("SELECT COUNT(*) FROM client")
            new_client(writer)
            with store.read():
                assert store.scalar("SELECT COUNT(*) FROM client") == before
        assert store.scalar("SELECT COUNT(*) FROM client") == before + 1


def test_four_writers_lose_nothing(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        shared = new_client(store)
        writers = [start("write", store.path, f"writer {i}", "50") for i in range(4)]
        for each in writers:
            finish(each)
        assert store.scalar("SELECT COUNT(*) FROM client") == 201
        now = rows.get(store, Client, shared.id)
        assert (now.note, now.version) == ("200", 201)
        numbers = [number for (number,) in store.rows("SELECT number FROM client ORDER BY number")]
        assert numbers == list(range(1, 202))
        assert [seq for (seq,) in store.rows("SELECT seq FROM event ORDER BY seq")] == list(range(1, 402))
        assert store.rows("SELECT actor, COUNT(*) FROM change_set GROUP BY actor ORDER BY actor") == [
            ("anna", 1),
            *((f"writer {i}", 50) for i in range(4)),
        ]


def test_a_killed_process_loses_no_change_that_it_acknowledged(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        new_client(store)
        acknowledged: list[int] = []
        for _ in range(3):
            writer = start("write on", store.path, "boris")
            assert writer.stdout is not None
            acknowledged += [int(line(writer)) for _ in range(25)]
            writer.send_signal(signal.SIGKILL)
            acknowledged += [int(each) for each in writer.stdout.read().split()]
            writer.communicate()
            new_client(store, "written after the kill")
        saved = {record_id for (record_id,) in store.rows("SELECT id FROM client")}
        assert len(acknowledged) >= 75
        assert saved >= set(acknowledged)
        assert len(saved) <= len(acknowledged) + 7  # one more a kill may be saved and not acknowledged
        assert store.rows("PRAGMA integrity_check") == [("ok",)]
        assert store.scalar("SELECT COUNT(*) FROM event") == len(saved)


def test_a_process_killed_in_the_middle_of_a_write_leaves_the_queue(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        holder = start("hold", store.path)
        assert line(holder) == "holding"
        holder.send_signal(signal.SIGKILL)
        holder.communicate()
        assert new_client(store).number == 1


def test_waiting_in_vain_for_a_writer_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.1)
    with new_store(tmp_path) as store:
        holder = start("hold", store.path)
        assert line(holder) == "holding"
        with pytest.raises(Busy, match="keeps the file locked; nothing was saved"):
            new_client(store)
        assert store.scalar("SELECT COUNT(*) FROM client") == 0
        finish(holder)
        assert new_client(store).number == 1


def test_a_writer_past_the_queue_is_busy_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.1)
    with new_store(tmp_path) as store:
        holder = start("hold", store.path)
        assert line(holder) == "holding"
        store.path.with_name("onewindow.db.lock").unlink()
        with pytest.raises(Busy, match="keeps the file locked; nothing was saved"):
            new_client(store)
        finish(holder)


def test_a_store_is_usable_after_a_failed_write(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        with pytest.raises(StoreProblem), store.exclusive():
            store.execute("INSERT INTO nothing VALUES (1)")
        with pytest.raises(KeyError), store.exclusive():
            raise KeyError
        assert new_client(store).number == 1


def test_a_store_of_one_s_own_process_is_nobody_else(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        assert not store.others_present
        with store.another() as second:
            assert not store.others_present
            assert not second.others_present
        with open_store(store.path):
            assert not store.others_present


def test_another_process_is_present_until_it_goes(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        other = start("stay", store.path)
        assert line(other) == "open"
        assert store.others_present
        assert store.others_present
        assert other.pid in locks.process_ids(store.path) or not Path("/proc/locks").exists()
        finish(other)
        assert not store.others_present


def test_asking_who_is_there_keeps_one_s_own_mark(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        other = start("stay", store.path)
        assert line(other) == "open"
        assert store.others_present
        other.send_signal(signal.SIGKILL)
        other.communicate()
        with pytest.raises(StoreProblem, match="is in use"), locks.alone(store.path, 0):
            pass


def test_who_has_a_file_for_himself_keeps_others_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.05)
    with new_store(tmp_path) as store:
        path = store.path
    with locks.alone(path, 0), pytest.raises(Busy, match="being restored"):
        open_store(path)
    with open_store(path) as store:
        assert new_client(store).number == 1


def test_a_bulk_load_ends_with_full_durability_and_no_log(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        store.bulk_load(True)
        assert store.scalar("PRAGMA synchronous") == 0
        change(store, lambda t: t.insert_many([Client(name="x") for _ in range(100)]))
        store.bulk_load(False)
        assert store.scalar("PRAGMA synchronous") == 2
        assert store.path.with_name("onewindow.db-wal").stat().st_size == 0


def test_closing_waits_for_no_writer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 1.5)
    store = new_store(tmp_path)
    change(store, lambda t: t.insert_many([Client(name="x") for _ in range(500)]))
    holder = start("hold", store.path)
    assert line(holder) == "holding"
    store.rows("SELECT id FROM client WHERE slug = 'x'")
    begun = time.monotonic()
    store.close()
    assert time.monotonic() - begun < 1
    finish(holder)
