"""A client's status as a page of its own: HTML without anything from outside, Markdown, or plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from onewindow.desk.requests.client_status import ClientStatus, RequestStatus, status_lines

FORMATS = ("txt", "md", "html")
"""The endings of files that a page can be written into."""

# Every sign that could begin markup: what a client typed must not become a link or a heading.
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#+!|~&-])")
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:44em;margin:2em auto;padding:0 1em;color:#222}"
    "h2{font-size:1.1em;margin:1.6em 0 .2em}ul{margin:.3em 0;padding-left:1.2em;color:#555}"
    "p{margin:.2em 0}footer{margin-top:2em;color:#555}"
)


def page(status: ClientStatus, form: str) -> str:
    """The page in one of `FORMATS`, ending with a line break; texts from outside are escaped in it."""
    make = {"txt": _plain, "md": _markdown, "html": _html}[form]
    return "\n".join(make(status)) + "\n"


def _plain(status: ClientStatus) -> Iterator[str]:
    yield f"{status.title}: {status.client}"
    yield status.as_of
    yield ""
    for request in status.requests:
        yield from status_lines(request, status.result_word)
        yield ""
    if not status.requests:
        yield status.empty
    if status.contact:
        yield status.contact


def _markdown(status: ClientStatus) -> Iterator[str]:
    yield f"# {_md(status.title)}: {_md(status.client)}"
    yield ""
    yield _md(status.as_of)
    for request in status.requests:
        yield ""
        yield f"## {_md(request.number)} {_md(request.title)}"
        yield ""
        yield f"**{_md(_facts(request))}**"
        if request.result:
            yield ""
            yield f"{_md(status.result_word)}: {_md(request.result)}"
        yield ""
        for stage in request.stages:
            yield f"- {_md(stage.at)}: {_md(stage.text)}"
    if not status.requests:
        yield ""
        yield _md(status.empty)
    if status.contact:
        yield ""
        yield _md(status.contact)


def _html(status: ClientStatus) -> Iterator[str]:
    heading = f"{escape(status.title)}: {escape(status.client)}"
    yield "<!DOCTYPE html>"
    yield f'<html lang="{status.language}">'
    yield f'<head><meta charset="utf-8"><title>{heading}</title><style>{_STYLE}</style></head>'
    yield "<body>"
    yield f"<h1>{heading}</h1>"
    yield f"<p>{escape(status.as_of)}</p>"
    for request in status.requests:
        yield f"<h2>{escape(request.number)} {escape(request.title)}</h2>"
        yield f"<p><strong>{escape(_facts(request))}</strong></p>"
        if request.result:
            yield f"<p>{escape(status.result_word)}: {escape(request.result)}</p>"
        yield "<ul>"
        for stage in request.stages:
            yield f"<li>{escape(stage.at)}: {escape(stage.text)}</li>"
        yield "</ul>"
    if not status.requests:
        yield f"<p>{escape(status.empty)}</p>"
    if status.contact:
        yield f"<footer>{escape(status.contact)}</footer>"
    yield "</body>"
    yield "</html>"


def _facts(request: RequestStatus) -> str:
    return "; ".join(part for part in (request.now, request.promised, request.next_step) if part)


def _md(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)
