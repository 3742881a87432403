"""A package comes back as it went: export, import elsewhere, accept, export; no consent is widened."""

from __future__ import annotations

import json
from collections.abc import Generator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from rich_client import NOW, Clock

from onewindow.desk.editing import changing
from onewindow.desk.handover.content import Content, content_of
from onewindow.desk.handover.decisions import accept
from onewindow.desk.handover.packages_in import import_handovers
from onewindow.desk.opening import at_work, prepare_new_file
from onewindow.desk.session.context import Session
from onewindow.records.adoption import Licence, Product
from onewindow.records.clients import (
    CHANNELS,
    BillingDetails,
    Channel,
    Client,
    Consent,
    ConsentPurpose,
    ConsentState,
    Contact,
    Promise,
)
from onewindow.records.handover import Handover
from onewindow.records.organization import Staff
from onewindow.records.requests import Document
from onewindow.settings import Settings
from onewindow.store import rows
from onewindow.store.clients import cards as clients
from onewindow.store.engine import open_store
from onewindow.text.dates import utc_text


@contextmanager
def _office(folder: Path) -> Generator[Session]:
    """A new file with the same colleague and product as every other of these."""
    folder.mkdir(parents=True)
    with open_store(folder / "test.db", create=True) as store:
        me = prepare_new_file(
            store,
            Staff(login="ivanova", name="Иванова Мария"),
            "Europe/Moscow",
            utc_text(NOW - timedelta(days=400)),
        )
        session = at_work(store, me, Settings(), Clock(NOW), "Europe/Moscow")
        changing.insert(session, Product(name="Склад+"))
        yield session


def _there_and_back(folder: Path, make: Any) -> tuple[Content, Content, list[Consent]]:
    with _office(folder / "here") as session:
        client = make(session)
        content = content_of(session, client, {"deal": client.name})
    source = folder / "package.json"
    source.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    with _office(folder / "there") as session:
        (verdict,) = import_handovers(session, source).packages
        handover = rows.get(session.store, Handover, verdict.handover_id)
        accept(session, handover, with_debts=True)
        arrived = rows.get(session.store, Client, verdict.client_id)
        again = content_of(session, arrived, {"deal": arrived.name})
        return content, again, clients.consents(session.store, arrived.id)


def _sorted(content: Content) -> dict[str, list[str]]:
    return {
        section: sorted(json.dumps(entry, ensure_ascii=False, sort_keys=True) for entry in entries)
        for section, entries in content.items()
        if section != "deal"
    }


def _rich(session: Session) -> Client:
    me = session.me.id
    client = changing.insert(
        session,
        Client(
            name="Ромашка ООО",
            aliases="Ромаш\nRomashka",
            client_class="reseller",
            tier="A",
            segment="опт",
            industry="мебель",
            city="Казань",
            website="romashka.example",
            since="2019-03-01",
            time_zone="Asia/Yekaterinburg",
            tags="vip склад",
            note="до десяти не звонить",
            glossary="паллета = поддон",
            goal="меньше пересорта",
            goal_measure="до 1 %",
            goal_reviewed_on="2026-10-01",
            owner_id=me,
        ),
    )
    anna = changing.insert(
        session,
        Contact(
            client_id=client.id, name="Ким Анна Сергеевна", address_as="Анна Сергеевна", role="директор",
            manner="коротко",
            preferred_channel="sms", phone="+79123456789", phone_2="+79123456780", email="a@romashka.example",
            email_2="b@romashka.example", messenger="@kim", language="en", is_main=1,
        ),
    )  # fmt: skip
    told: tuple[tuple[ConsentPurpose, Channel, ConsentState], ...] = (
        ("marketing", "sms", "given"),
        ("marketing", "email", "refused"),
        ("newsletter", "messenger", "withdrawn"),
        ("personal_data", "post", "given"),
    )
    for purpose, channel, state in told:
        consent = Consent(
            client_id=client.id, contact_id=anna.id, purpose=purpose, channel=channel, state=state,
            decided_on="2026-02-03", source="договор п. 7",
        )  # fmt: skip
        changing.insert(session, consent)
    changing.insert(
        session,
        Consent(
            client_id=client.id,
            purpose="survey",
            channel="phone",
            state="refused",
            decided_on="2025-05-06",
            source="звонок",
        ),
    )
    changing.insert(
        session,
        BillingDetails(
            client_id=client.id, legal_name="ООО «Ромашка»", tax_id="7707083893", kpp="770701001",
            acts_on="устав",
            currency="EUR",
            head_name="Ким А. С.", head_position="директор", bank="Банк", bik="044525225",
        ),
    )  # fmt: skip
    changing.insert(
        session,
        Document(client_id=client.id, document_kind="contract", number="В-7", title="Договор", state="signed",
                 issued_on="2026-01-10", signed_on="2026-01-12", expires_on="2027-01-10", amount=12_000_050,
                 currency="EUR", location="/docs/1.pdf", note="две копии"),
    )  # fmt: skip
    changing.insert(
        session,
        Promise(client_id=client.id, text="отгрузка до 10:00", promise_kind="term",
                evidence="п. 4.2", in_contract=1,
                valid_from="2026-01-10", valid_till="2027-01-10", kept_count=14, broken_count=1,
                given_by_id=me, given_to_id=anna.id, deliverable="машина", acceptance="накладная"),
    )  # fmt: skip
    changing.insert(
        session,
        Promise(
            client_id=client.id,
            text="отчёт по внедрению",
            due_on="2026-12-01",
            evidence="письмо",
            given_by_id=me,
        ),
    )
    product = session.directory.products
    licence = Licence(
        client_id=client.id, product_id=next(iter(product)), bought=12,
        starts_on="2026-01-10", ends_on="2027-01-09",
        amount=99_00, currency="EUR", volume_limit=1000, installed_version="4.2",
    )  # fmt: skip
    changing.insert(session, licence)
    return client


def test_every_field_of_every_section_comes_back(tmp_path: Path) -> None:
    before, after, _ = _there_and_back(tmp_path, _rich)
    assert _sorted(after) == _sorted(before)
    assert len(before["consent"]) == 5
    assert {entry["channel"] for entry in before["consent"]} == {"sms", "email", "messenger", "post", "phone"}


def test_an_older_paper_does_not_widen_what_was_refused(tmp_path: Path) -> None:
    with _office(tmp_path / "here") as session:
        client = _rich(session)
        (anna,) = clients.contacts(session.store, client.id)
        package = {
            "deal": "Ещё",
            "client": {"name": client.name},
            "contact": [{"name": anna.name, "consents": "newsletter: given"}],
            "consent": [
                {
                    "contact": anna.name,
                    "purpose": "marketing",
                    "channel": "email",
                    "state": "given",
                    "decided_on": "2026-01-01",
                }
            ],
        }
        source = tmp_path / "package.json"
        source.write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")
        (verdict,) = import_handovers(session, source).packages
        accept(session, rows.get(session.store, Handover, verdict.handover_id), with_debts=True)
        stand = {
            (consent.purpose, consent.channel): consent.state
            for consent in clients.consents(session.store, client.id)
        }
        assert stand["marketing", "email"] == "refused"
        assert stand["newsletter", "messenger"] == "withdrawn"
        assert ("newsletter", "email") not in stand


_WORDS = st.text(
    st.characters(categories=("Lu", "Ll", "Nd"), max_codepoint=0x4FF), min_size=1, max_size=12
).map(lambda text: f"x{text}")
_CONSENTS = st.lists(
    st.tuples(
        st.sampled_from(("marketing", "newsletter", "survey", "personal_data")),
        st.sampled_from(CHANNELS),
        st.sampled_from(("given", "refused", "withdrawn")),
        st.dates(min_value=NOW.date() - timedelta(days=900), max_value=NOW.date()),
        _WORDS,
    ),
    max_size=5,
    unique_by=lambda case: case[:2],
)


@settings(max_examples=8)
@given(consents=_CONSENTS, term=_WORDS, kept=st.integers(0, 30), note=_WORDS)
def test_any_package_comes_back(consents: list[Any], term: str, kept: int, note: str) -> None:
    def make(session: Session) -> Client:
        client = changing.insert(
            session, Client(name="Лотос", note=note, owner_id=session.me.id, since="2024-05-06")
        )
        anna = changing.insert(session, Contact(client_id=client.id, name="Ким Анна"))
        for purpose, channel, state, day, source in consents:
            consent = Consent(
                client_id=client.id, contact_id=anna.id, purpose=purpose, channel=channel, state=state,
                decided_on=day.isoformat(), source=source,
            )  # fmt: skip
            changing.insert(session, consent)
        changing.insert(
            session,
            Promise(client_id=client.id, text=term, promise_kind="term", kept_count=kept, evidence=note),
        )
        return client

    with TemporaryDirectory() as folder:
        before, after, _ = _there_and_back(Path(folder), make)
    assert _sorted(after) == _sorted(before)
