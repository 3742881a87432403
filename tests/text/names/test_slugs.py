"""The fast slug is the slug of python-slugify."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from slugify import slugify

from onewindow.text.names.slugs import slug_of

_ALPHABET = "0123456789abcXYZабвёжщъыьэюяЁЖЩЪЬЭЮЯ .«»()/_-&'’,№中é\n"


@given(st.text(st.sampled_from(_ALPHABET), max_size=90))
def test_it_spells_as_the_library_does(text: str) -> None:
    assert slug_of(text) == slugify(text, max_length=60)


def test_a_name_of_signs_has_no_slug() -> None:
    assert slug_of("«»") == ""
