"""Templates while one types: the shortcut before the cursor expands, or a chosen template is put there."""

from __future__ import annotations

from typing import Any

from onewindow.desk.session.context import Session
from onewindow.desk.templates import writing
from onewindow.records.clients import Client
from onewindow.records.requests import Request
from onewindow.screens.frame.box import Box, open_over
from onewindow.screens.frame.chooser import Chooser
from onewindow.store import rows
from onewindow.widgets.form import Form


def put_template(
    box: Box[Any], session: Session, form: Form, client_id: int, request_id: int | None, purpose: str = ""
) -> None:
    """Expand the shortcut before the cursor of the text field with the focus, or else offer the templates."""
    field = form.text_field
    if field is None:
        box.say("Put the cursor into a text of several lines.", warning=True)
        return
    client = rows.get(session.store, Client, client_id)
    request = rows.find(session.store, Request, request_id) if request_id else None
    made = writing.expand(session, *field.typed, client, request)
    if made is not None:
        field.rewrite(*made)
        return
    templates = writing.fitting(session, purpose, client, request)
    if not templates:
        box.say("There are no templates yet.", warning=True)
        return

    def chosen(template_id: str | None) -> None:
        if template_id is not None:
            template = next(fitting for fitting in templates if str(fitting.id) == template_id)
            field.insert(writing.render(session, template, client, request).text)
        field.focus()

    options = [(str(fitting.id), writing.template_label(fitting)) for fitting in templates]
    own = writing.in_language(session, templates, client, request)
    open_over(box, Chooser("Put in which template?", options, first=own), chosen)
