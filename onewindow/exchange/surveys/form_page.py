"""A survey as one page to fill in, which makes a mail of the answers and loads nothing from outside."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from html import escape

from onewindow.exchange.surveys.reply_text import COMMENT, one_line
from onewindow.exchange.surveys.wording import WORDS, ends
from onewindow.records.survey_questions import Question

_STYLE = """
body { font: 1.05rem/1.5 system-ui, sans-serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem;
  color: #1d1d1f; background: #fff; }
fieldset { border: 1px solid #8a8a8f; border-radius: .5rem; margin: 1.2rem 0; padding: .8rem 1rem; }
legend { font-weight: 600; padding: 0 .3rem; }
label { white-space: nowrap; }
textarea { width: 100%; box-sizing: border-box; font: inherit; min-height: 4rem; }
button { font: inherit; padding: .5rem 1.2rem; }
output { display: block; white-space: pre-wrap; overflow-wrap: anywhere; margin-top: 1rem; }
.marks { display: flex; flex-wrap: wrap; gap: .3rem .9rem; }
.ends { display: flex; justify-content: space-between; color: #55555a; font-size: .9rem; }
"""
# Read from the page, not written into the script: what others typed stays text there.
_SCRIPT = """
(function () {
  var form = document.querySelector('form'), out = document.querySelector('output');
  function said(name) {
    var got = [];
    form.querySelectorAll('[name="' + name + '"]').forEach(function (field) {
      var choice = field.type === 'radio' || field.type === 'checkbox';
      if (choice ? field.checked : field.value.trim()) { got.push(field.value.trim()); }
    });
    return got.join('; ').replace(/\\s+/g, ' ');
  }
  form.addEventListener('submit', function (event) {
    event.preventDefault();
    var data = form.dataset, lines = ['#survey ' + data.survey];
    if (data.code) { lines.push('#code ' + data.code); }
    data.names.split(' ').forEach(function (name) {
      if (said(name)) { lines.push(name + ': ' + said(name)); }
    });
    var text = lines.join('\\r\\n');
    out.textContent = text;
    location.href = 'mailto:' + encodeURIComponent(data.to).replace('%40', '@') +
      '?subject=' + encodeURIComponent(data.subject) + '&body=' + encodeURIComponent(text);
  });
})();
"""


def form_page(
    title: str,
    questions: Sequence[Question],
    language: str,
    *,
    survey_id: int,
    code: int | None,
    to: str,
    gift: str = "",
) -> str:
    """The page as HTML. `to` is the mail address that the answers go to; `code` is that of an invitation."""
    words = WORDS[language]
    names = " ".join([*(str(question.number) for question in questions), COMMENT])
    subject = f"{words['subject']}: {one_line(title)}"
    data = {
        "survey": str(survey_id),
        "code": str(code or ""),
        "to": to,
        "subject": subject,
        "names": names,
    }
    attributes = " ".join(f'data-{name}="{escape(value)}"' for name, value in data.items())
    fields = "\n".join(field for question in questions for field in _fields(question, language))
    given = f"<p>{escape(words['gift'])}: {escape(gift)}</p>" if gift.strip() else ""
    return f"""<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{_policy()}">
<title>{escape(one_line(title))}</title>
<style>{_STYLE}</style>
</head>
<body>
<h1>{escape(one_line(title))}</h1>
{given}
<form {attributes}>
{fields}
<fieldset><legend>{escape(words["other"])}</legend>
<textarea name="{COMMENT}" maxlength="1500"></textarea></fieldset>
<button type="submit">{escape(words["send"])}</button>
<p>{escape(words["hint"])} <b>{escape(to)}</b>.</p>
<output></output>
</form>
<script>{_SCRIPT}</script>
</body>
</html>
"""


def _fields(question: Question, language: str) -> Iterator[str]:
    yield (f"<fieldset><legend>{question.number}. {escape(one_line(question.text_in(language)))}</legend>")
    if question.is_scored:
        low, high = ends(question, language)
        marks = range(question.lowest, question.highest + 1)
        yield '<div class="marks">'
        yield from (_choice("radio", question.number, str(mark)) for mark in marks)
        yield "</div>"
        yield (
            f'<div class="ends"><span>{question.lowest} – {escape(low)}</span>'
            f"<span>{question.highest} – {escape(high)}</span></div>"
        )
    else:
        yield '<div class="marks">'
        yield from (_choice("checkbox", question.number, code) for code in question.reasons)
        yield "</div>"
        yield f'<textarea name="{question.number}" maxlength="1500"></textarea>'
    yield "</fieldset>"


def _choice(kind: str, number: int, value: str) -> str:
    shown = escape(one_line(value))
    return f'<label><input type="{kind}" name="{number}" value="{shown}"> {shown}</label>'


def _policy() -> str:
    """What the page may do: show its own style, run its own script, and load nothing at all."""
    script, style = (
        base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (_SCRIPT, _STYLE)
    )
    return f"default-src 'none'; script-src 'sha256-{script}'; style-src 'sha256-{style}'; base-uri 'none'"
