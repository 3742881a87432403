"""What an announcement says to a client: a template in their language, filled from card and announcement."""

from __future__ import annotations

from collections.abc import Mapping

from onewindow.desk.session.context import Session
from onewindow.desk.templates import writing
from onewindow.desk.templates.writing import FilledTemplate
from onewindow.records.adoption import Announcement, Release
from onewindow.records.clients import Client, Contact
from onewindow.records.messages import Template
from onewindow.store import rows, templates
from onewindow.text.fold import fold

ANY = ""
"""Stands for every language where one text is for all."""


class Wording:
    """The texts of one announcement, read once for a whole audience."""

    def __init__(self, session: Session, announcement: Announcement) -> None:
        """Read its templates: the one that it names and those of the same name in other languages."""
        self._session = session
        self._templates = _templates(session, announcement)
        self._values = _values(session, announcement)

    @property
    def languages(self) -> frozenset[str]:
        """The languages in which there is a text; ANY among them for one that is for all."""
        return frozenset(self._templates)

    def speaks(self, language: str) -> bool:
        """Whether there is a text for a language."""
        return bool({language, ANY} & self._templates.keys())

    def filled(self, client: Client, contact: Contact | None) -> FilledTemplate | None:
        """What a client is told, None where there is no text in their language."""
        language = contact.language if contact is not None else client.language
        template = self._templates.get(language) or self._templates.get(ANY)
        if template is None:
            return None
        if not template.language:
            template = template.with_changes({"language": language})
        return writing.render(self._session, template, client, contact=contact, extra=self._values)


def _templates(session: Session, announcement: Announcement) -> Mapping[str, Template]:
    if announcement.template_id is None:
        if not announcement.text.strip():
            return {}
        own = Template(
            name=announcement.title,
            purpose="announcement",
            language=ANY,
            subject=announcement.title,
            text=announcement.text,
        )
        return {ANY: own}
    chosen = rows.get(session.store, Template, announcement.template_id)
    # Translations of one text share its name.
    others = [
        template
        for template in templates.templates(session.store)
        if fold(template.name) == fold(chosen.name)
    ]
    return {**{template.language: template for template in others}, chosen.language: chosen}


def _values(session: Session, announcement: Announcement) -> Mapping[str, str]:
    """What the places that only an announcement has are filled with; '' where it is not known."""
    release = rows.find(session.store, Release, announcement.release_id) if announcement.release_id else None
    product = session.directory.product(announcement.product_id or (release.product_id if release else None))
    values = {"novelty": announcement.title, "product": product}
    if release is not None:
        values |= {
            "version": release.version_name,
            "released": release.released_on or "",
            "news": release.notes,
        }
    return values
