"""Addresses for headers of mails: an ASCII domain, one line, and a sentence for every other text."""

from __future__ import annotations

import pytest

from onewindow.exchange.messages.outgoing import Refused, mail_address, one_line


def test_an_address_is_given_back_with_its_domain_in_ascii() -> None:
    assert mail_address(" anna@vektor.example ") == "anna@vektor.example"
    assert mail_address("anna@пример.рф") == "anna@xn--e1afmkfd.xn--p1ai"
    assert mail_address("root@localhost", may_be_local=True) == "root@localhost"


@pytest.mark.parametrize("typed", ["anna", "anna@", "@vektor.example", "anna vektor@example.org", ""])
def test_any_other_text_is_refused_in_one_line(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        mail_address(typed)
    assert str(refused.value).startswith(f"“{typed}” is not a mail address")
    assert str(refused.value).endswith(".")


def test_a_text_for_a_header_has_neither_breaks_nor_controls() -> None:
    assert one_line(" a\r\nBcc: b\x1b[31m  c ") == "a Bcc: b\ufffd[31m c"
    with pytest.raises(Refused, match=r"^“a Bcc: b” is not a mail address"):
        mail_address("a\nBcc: b")
