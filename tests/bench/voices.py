"""What clients said, ranked: a hundred thousand quotes over five thousand features, as a whole command."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

from onewindow.desk.opening import at_work, prepare_new_file, system_clock
from onewindow.records.adoption import Feature
from onewindow.records.clients import Client
from onewindow.records.feedback import Feedback, Revenue
from onewindow.records.organization import Staff
from onewindow.settings import Settings
from onewindow.store.changes import Transaction
from onewindow.store.engine import open_store
from onewindow.text.dates import utc_text
from tests.bench.files import ZONE
from tests.bench.program import ROOT, neutral
from tests.bench.samples import Line, Samples, milliseconds
from tests.terminal import onewindow

_LIMIT = 2000.0
_QUOTES_A_CLIENT = 20


def ranked(folder: Path, quotes: int, features: int, rounds: int) -> Iterator[Line]:
    """`onewindow feedback export --by feature`, from its start to its end."""
    database = folder / f"voices-{quotes}.db"
    if not database.exists():
        write_voices(database, quotes, features)
    command = onewindow("--db", str(database), "feedback", "export", "--by", "feature")
    environ = {**os.environ, **neutral(folder)}
    taken = Samples.of(milliseconds(lambda: _run(command, environ)) for _ in range(rounds))
    at = f"{quotes:,} quotes, {features:,} features".replace(",", " ")
    yield Line("ranking of features, as a command", at, "≤ 2 s", taken.spoken("ms"), taken.median, _LIMIT)


def _run(command: list[str], environ: dict[str, str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT, env=environ)


def write_voices(path: Path, quotes: int, features: int) -> None:
    """A file in which clients said so much, about so many features; each client paid something."""
    now, random = system_clock(), Random(13)
    day = [(now - timedelta(days=ago)).date().isoformat() for ago in range(1000)]
    draft = path.with_suffix(".draft.db")
    with open_store(draft, create=True) as store:
        me = prepare_new_file(store, Staff(login="reader", name="Иванова Мария"), ZONE, utc_text(now))
        session = at_work(store, me, Settings(), lambda: now, ZONE)

        def work(transaction: Transaction) -> None:
            clients = transaction.insert_many(
                Client(name=f"Клиент {place}", slug=f"klient-{place}", tier="B", stage="active")
                for place in range(max(1, quotes // _QUOTES_A_CLIENT))
            )
            wishes = transaction.insert_many(Feature(title=f"Пожелание {place}") for place in range(features))
            transaction.insert_many(
                Revenue(
                    client_id=client.id, on_date=day[random.randrange(360)], amount=random.randrange(10**7)
                )
                for client in clients
            )
            transaction.insert_many(
                Feedback(
                    client_id=random.choice(clients).id,
                    quote=f"нужно, чтобы работало само {place}",
                    importance=random.randrange(4),
                    said_on=random.choice(day),
                    feature_id=random.choice(wishes).id,
                )
                for place in range(quotes)
            )

        session.change("voices to measure", work)
    draft.rename(path)
