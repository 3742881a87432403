"""A program whose records have a few fields more than ours, and what its faces show of them, as JSON.

Each field is one declaration, put into a copy of the record's module in memory before anybody imports it, and
one line of migration on a file of its own. Nothing else of the program is told of them.
"""

from __future__ import annotations

import ast
import json
import sys
from datetime import UTC, datetime
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from typing import Any

DECLARED = {
    "Client": """
    founded_on: str | None = attribute(
        "founded on", "date", when="behind", default=None, after="industry",
        words="founding date; UF_CRM_FOUNDED; дата основания; дата на основаване",
        filter_words="founded основана основан",
    )
    ownership: str = attribute(
        "ownership", "choice", default="private",
        choices={"private": "частная; ооо; частна", "state": "государственная; държавна"},
        words="форма собственности; собственост", filter_words="ownership собственность",
    )
    seats: int = attribute("seats", "number", default=0, words="рабочих мест", filter_words="seats мест")
    is_listed: int = attribute("on the stock exchange", "flag", default=0, filter_words="listed биржа")
""",
    "Asset": """
    bought_on: str | None = attribute("bought on", "date", when="behind", default=None)
""",
    "Contact": """
    hobby: str = attribute("hobby", words="увлечение; хоби")
""",
    "Handover": """
    risk: str = attribute("what may go wrong", words="риск")
""",
    "Promise": """
    asked_on: str | None = attribute(
        "asked for on", "date", when="behind", default=None, after="text", words="когда просили; поискано на"
    )
""",
}
MIGRATED = (
    "ALTER TABLE client ADD COLUMN founded_on TEXT CHECK (length(founded_on) = 10)",
    "ALTER TABLE client ADD COLUMN ownership TEXT NOT NULL DEFAULT 'private'"
    " CHECK (ownership IN ('private', 'state'))",
    "ALTER TABLE client ADD COLUMN seats INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE client ADD COLUMN is_listed INTEGER NOT NULL DEFAULT 0 CHECK (is_listed IN (0, 1))",
    "ALTER TABLE asset ADD COLUMN bought_on TEXT CHECK (length(bought_on) = 10)",
    "ALTER TABLE contact ADD COLUMN hobby TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE handover ADD COLUMN risk TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE promise ADD COLUMN asked_on TEXT CHECK (length(asked_on) = 10)",
)
_RECORDS = "onewindow.records."
_ZONE = "Europe/Moscow"
_NOW = datetime.now(UTC)


class _Declaring(SourceFileLoader):
    """Loads a module of records whose classes declare more than their file says."""

    def get_code(self, fullname: str) -> Any:  # noqa: ARG002  loaders are called so
        """The module compiled with the new declarations at the end of their classes."""
        lines = Path(self.path).read_text(encoding="utf-8").splitlines(keepends=True)
        classes = [each for each in ast.parse("".join(lines)).body if isinstance(each, ast.ClassDef)]
        for each in reversed(classes):
            lines.insert(each.end_lineno or 0, DECLARED.get(each.name, ""))
        return compile("".join(lines), self.path, "exec")


class _Finder(PathFinder):
    @classmethod
    def find_spec(cls, fullname: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """Our loader for every module of records, nothing for others."""
        found = super().find_spec(fullname, path, target) if fullname.startswith(_RECORDS) else None
        if found is None or found.origin is None or not found.origin.endswith(".py"):
            return None
        if found.submodule_search_locations is not None:
            return None
        return spec_from_file_location(fullname, found.origin, loader=_Declaring(fullname, found.origin))


sys.meta_path.insert(0, _Finder)

from command_line import CommandLine  # noqa: E402  the fields have to be declared first

from onewindow.desk.editing.catalogue_rows import table_columns  # noqa: E402
from onewindow.desk.editing.entries import Entry  # noqa: E402
from onewindow.desk.handover.packages_in import import_handovers  # noqa: E402
from onewindow.desk.opening import at_work, prepare_new_file  # noqa: E402
from onewindow.desk.session.context import Session  # noqa: E402
from onewindow.desk.window.card_fields import card_fields  # noqa: E402
from onewindow.desk.window.snapshot import load_snapshot  # noqa: E402
from onewindow.records.clients import Client  # noqa: E402
from onewindow.records.fields import columns  # noqa: E402
from onewindow.records.handover import Handover  # noqa: E402
from onewindow.records.kinds import KINDS  # noqa: E402
from onewindow.records.organization import Staff  # noqa: E402
from onewindow.settings import Settings  # noqa: E402
from onewindow.store import rows  # noqa: E402
from onewindow.store.engine import Store, open_store  # noqa: E402
from onewindow.store.people import organization  # noqa: E402
from onewindow.text.dates import utc_text  # noqa: E402


def main(folder: Path) -> None:
    """Use every face of the program once, and print what it shows of the new fields."""
    here, there = _file(folder / "here.db"), _file(folder / "there.db")
    line = CommandLine(here)
    line.run(
        "client", "add", "Ромашка", "--founded-on", "04.05.2001", "--ownership", "държавна", "--seats", "40"
    )
    line.run("client", "edit", "ромашка", "--founded-on", "2002-05-04", "--listed", "yes")
    line.run("promise", "add", "ромашка", "скидка", "--kind", "term", "--asked-on", "2020-01-02")
    line.run("segment", "add", "Казённые", "--filter", "собственность:государственная")
    found: dict[str, object] = {
        "imported": [_imported(line, folder, number, text) for number, text in enumerate(_FILES)],
        "imported promises": _imported_promises(line, folder),
        "imported with a contact": _imported_with_a_contact(line, folder),
        "filtered": {
            words: [each["name"] for each in line.data("client", "list", *words.split())]
            for words in (
                "--ownership state",
                "--where ownership:state",
                "--where основана:>=2002-05",
                "--where founded:none",
                "--where segment:казённые",
                "--where мест:>=40",
                "--where seats:0",
                "--where биржа:да",
                "--listed yes",
            )
        },
        "refused": [
            line.refusal("client", "list", "--where", words) for words in ("ownership:mine", "seats:--5")
        ],
        "json": line.data("client", "list", "--limit", "1")[0],
        "columns": line.out("client", "list", "--limit", "1", "--columns", "name,founded_on,ownership"),
        "exported": line.out("export", "client", "--limit", "1", "--format", "csv").splitlines(),
        "shown": line.out("promise", "list", "--columns", "text,asked_on"),
        "history": line.out("history", "client", "ромашка"),
    }
    package = folder / "package.json"
    content = json.loads(line.out("handover", "export", "ромашка"))
    content["deal"][0]["Риск"] = "переезд"
    package.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    found["package"] = content
    with open_store(here) as store:
        found |= _desk(_at_work(store))
    with open_store(there) as store:
        (taken,) = import_handovers(_at_work(store), package).packages
        client = rows.get(store, Client, taken.client_id)
        handover = rows.get(store, Handover, taken.handover_id)
        found["taken over"] = {"risk": vars(handover)["risk"]} | {
            name: vars(client)[name] for name in ("founded_on", "ownership")
        }
    sys.stdout.write(json.dumps(found, ensure_ascii=False))


def _file(path: Path) -> Path:
    me = Staff(login="anna", name="Анна", role="lead")
    with open_store(path, create=True) as store:
        for statement in MIGRATED:
            store.connection.execute(statement)
        prepare_new_file(store, me, _ZONE, utc_text(_NOW))
    return path


def _at_work(store: Store) -> Session:
    me = organization.first_person(store)
    assert me is not None
    return at_work(store, me, Settings(), lambda: _NOW, _ZONE)


_FILES = (
    "Name,Founded on,Ownership\nAcme,2003-04-05,state\n",
    "Название,Дата основания,Форма собственности\nАкме,05.04.2003,Государственная\n",
    "Име на фирмата;Дата на основаване;Собственост\nАкме БГ;05.04.2003;държавна\n",
    "Название компании,UF_CRM_FOUNDED,ownership\nАкме Битрикс,05.04.2003,ООО\n",
)
"""Files of other programs, in three languages, and one with the name of a user's own field in a CRM."""


def _imported(line: CommandLine, folder: Path, number: int, text: str) -> list[object]:
    source = folder / f"{number}.csv"
    source.write_text(text, encoding="utf-8")
    line.run("import", "client", str(source))
    newest = line.data("client", "list")[-1]
    return [newest["name"], newest["founded_on"], newest["ownership"]]


def _imported_promises(line: CommandLine, folder: Path) -> list[object]:
    source = folder / "promises.csv"
    source.write_text("Клиент,Обещание,Когда просили\nРомашка,приехать,03.02.2020\n", encoding="utf-8")
    line.run("import", "promise", str(source))
    newest = line.data("promise", "list")[-1]
    return [newest["text"], newest["asked_on"]]


def _imported_with_a_contact(line: CommandLine, folder: Path) -> list[object]:
    source = folder / "contacts.csv"
    source.write_text("Название,ФИО,Увлечение\nАкме,Иван Петров,рыбалка\n", encoding="utf-8")
    line.run("import", "client", str(source))
    newest = line.data("contact", "list")[-1]
    return [newest["name"], newest["hobby"]]


def _desk(session: Session) -> dict[str, object]:
    client_id = session.store.scalar("SELECT id FROM client WHERE name = 'Ромашка'")
    tables = {
        kind: columns(KINDS[kind].record) for kind in ("asset", "client", "contact", "handover", "promise")
    }
    return {
        "form": [each.name for each in Entry(session, "client").fields],
        "form of a promise": [each.name for each in Entry(session, "promise", None, client_id).fields],
        "catalogue": [each.title for each in table_columns(KINDS["asset"], of_one_client=True)],
        "card": [
            [each.label, each.value] for each in card_fields(session, load_snapshot(session, client_id))
        ],
        "tables": {
            kind: names
            == tuple(
                name for (name,) in session.store.rows("SELECT name FROM pragma_table_info(:kind)", kind=kind)
            )
            for kind, names in tables.items()
        },
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
