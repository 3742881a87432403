"""Profiles of imports: how files of one program are read, kept under a name for everybody on this file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import cast

from onewindow.desk.imports.options import ImportOptions
from onewindow.desk.imports.reading.shaping import Shape
from onewindow.desk.session.context import Session
from onewindow.exchange.columns.dates import DATE_ORDERS, DateOrder
from onewindow.exchange.rows import ReadAs
from onewindow.store.imports import log
from onewindow.store.people import organization
from onewindow.store.problems import NotFound

_PREFIX = "import_profile/"


def save_profile(session: Session, name: str, kind: str, options: ImportOptions) -> None:
    """Keep how a file is read, and the program that it is from, under a name, over an older one."""
    kept = {
        "kind": kind,
        "map": dict(options.mapped),
        "dates": options.dates or "",
        "create_clients": options.create_clients,
        "source": options.source,
        "set": dict(options.shape.constants),
        "value": dict(options.shape.words),
        **asdict(options.read_as),
    }
    text = json.dumps(kept, ensure_ascii=False)
    session.change(
        f"import profile {name}",
        lambda transaction: organization.set_setting(transaction, _PREFIX + name, text),
    )


def profiles(session: Session) -> dict[str, Mapping[str, object]]:
    """All profiles by name: kind, map, dates, create_clients, source, set, value, and how it is read."""
    stored = log.settings_beginning(session.store, _PREFIX)
    return {name.removeprefix(_PREFIX): json.loads(text) for name, text in stored}


def profile(session: Session, name: str, kind: str) -> ImportOptions:
    """The options of a profile; raises NotFound for an unknown one, or one that is for another kind."""
    known = profiles(session)
    if name not in known:
        names = ", ".join(known) or "none yet; --save-profile keeps one"
        raise NotFound(f"There is no import profile “{name}”; there are: {names}.")
    kept = known[name]
    if kept["kind"] != kind:
        raise NotFound(f"The import profile “{name}” is for {kept['kind']} files.")
    dates: DateOrder | None = next((order for order in DATE_ORDERS if order == kept["dates"]), None)
    return ImportOptions(
        mapped=cast("Mapping[str, str]", kept["map"]),
        dates=dates,
        create_clients=bool(kept["create_clients"]),
        source=str(kept.get("source") or name),
        shape=Shape(
            cast("Mapping[str, str]", kept.get("set") or {}),
            cast("Mapping[str, str]", kept.get("value") or {}),
        ),
        read_as=ReadAs(
            str(kept.get("encoding") or ""),
            str(kept.get("sheet") or ""),
            int(str(kept.get("header_row") or 0)),
            str(kept.get("delimiter") or ""),
        ),
    )
