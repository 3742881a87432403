"""A line that writes down what a client said, taken apart: the quote, the marks, and whom the rest names.

`ромашка «выгрузка в 1С раз в месяц» #пожелание !3 @Ким %Альфа v5.2 =1`: kind or product after #, importance
after !, who said it after @, a competitor after %, a release as v5.2, a feature after =. Several words after
a mark stand in quotation marks, or with _ between. Who and what is meant by names is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from onewindow.records.structs import frozen_struct
from onewindow.text.choices import spellings
from onewindow.text.fold import fold

_MOST = 3
_NAME = r"(?:«[^»]*»|“[^”]*”|\"[^\"]*\"|[^\s«“\"]+)"
_MARK = re.compile(rf"(?<!\S)(?P<mark>[#№@%=])(?P<name>{_NAME})")
_IMPORTANCE = re.compile(r"(?<!\S)!(?:(?P<number>[0-9])|(?P<more>!{0,2}))(?=$|[\s,;])")
_RELEASE = re.compile(r"(?<!\S)[vVвВ]\.?(?P<release>\d[\w.\-]*)(?=$|[\s,;])")
_QUOTE = re.compile(r"«(?P<a>[^»]*)»|“(?P<b>[^”]*)”|„(?P<c>[^“”]*)[“”]|\"(?P<d>[^\"]*)\"")
_BORDERS = '«»“”„"'


@frozen_struct
class FeedbackMarks:
    """What stands in a line; names are as typed, '' where there is none."""

    quote: str
    """What stands in quotation marks; '' where nothing does."""
    rest: str
    """The line with quote and marks blanked out, as long as the line: the client, and words of nobody."""
    kind: str
    products: tuple[str, ...]
    """Names after # that are no kind."""
    importance: int | None
    contact: str
    competitor: str
    release: str
    feature: str
    problems: tuple[str, ...]
    """Sentences about marks that cannot be."""


def read_feedback_line(text: str) -> FeedbackMarks:
    """The parts of a line; it raises nothing, whatever was typed. Of two marks alike the last one counts."""
    kinds = spellings("feedback", "feedback_kind")
    rest, found, products, problems = text, dict[str, str](), list[str](), list[str]()
    kind = ""
    # Marks first: a name after a mark may stand in quotation marks too.
    for match in list(_MARK.finditer(text)):
        name = match["name"].strip(_BORDERS).replace("_", " ").strip(" ,;:")
        mark = "#" if match["mark"] == "№" else match["mark"]
        if not name:
            continue
        rest = _blanked(rest, match.start(), match.end())
        if mark != "#":
            found[mark] = name
        elif named := kinds.get(fold(name)):
            kind = named
        else:
            products.append(name)
    quote = ""
    for match in _QUOTE.finditer(rest):
        quote = next(part for part in match.groups() if part is not None).strip()
        rest = _blanked(rest, match.start(), match.end())
        break
    importance: int | None = None
    for match in list(_IMPORTANCE.finditer(rest)):
        importance = int(match["number"]) if match["number"] else 1 + len(match["more"])
        rest = _blanked(rest, match.start(), match.end())
    if importance is not None and importance > _MOST:
        problems.append(f"Importance is !0 (idle wish) to !3 (cannot work without it), not !{importance}.")
        importance = None
    release = ""
    for match in list(_RELEASE.finditer(rest)):
        release = match["release"].rstrip(".")
        rest = _blanked(rest, match.start(), match.end())
    return FeedbackMarks(
        quote=quote,
        rest=rest,
        kind=kind,
        products=tuple(products),
        importance=importance,
        contact=found.get("@", ""),
        competitor=found.get("%", ""),
        release=release,
        feature=found.get("=", ""),
        problems=tuple(problems),
    )


def words_left(rest: str) -> Iterator[str]:
    """The words of a rest that say something."""
    return (word for word in rest.split() if word.strip(",;:—–-"))


def _blanked(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]
